package sampledata

import "fmt"

// Codes of the feeds that the cases name often, so that they read as words.
const (
	man   = "1"
	vrouw = "2"

	tilburg    = "0855" // three real codes; the people in them are invented
	oisterwijk = "0824"
	goirle     = "0785"
	ownUzovi   = "9991" // an insurer that does not exist
)

// person is someone in the set.
type person struct {
	s           *set
	ps          string
	year, month int // birth; month 0: not delivered
	sex         string
	parents     []*person
	gemeente    string // where the person lives now, and who pays
	insured     bool   // at the delivering insurer
	insuredFrom day    // first insured day
	insuredTo   day    // last insured day; 0: still
	outReason   string
}

// adult makes a person; birth is JJJJ-MM, or JJJJ when the month is not delivered.
func (s *set) adult(label, birth, sex string) *person {
	p := &person{s: s, ps: pseudonym("persoon", label), sex: sex, insured: true, insuredFrom: d("2021-01-01")}
	if n, _ := fmt.Sscanf(birth, "%d-%d", &p.year, &p.month); n == 0 {
		panic("sample data: birth " + birth)
	}
	if born := ymd(p.year, max(p.month, 1), 1); born > p.insuredFrom {
		p.insuredFrom = born
	}
	s.people = append(s.people, p)
	return p
}

// child makes a person with parents.
func (s *set) child(label, birth, sex string, parents ...*person) *person {
	p := s.adult(label, birth, sex)
	p.parents = parents
	return p
}

// uninsured says that the person has another insurer: the zvw feed knows nothing about them.
func (p *person) uninsured() *person { p.insured = false; return p }

// insured writes who is insured when, for everyone.
func (s *set) insured() {
	for _, p := range s.people {
		if !p.insured {
			continue
		}
		r := row{"persoon_ps": p.ps, "uzovi": ownUzovi, "begindatum": p.insuredFrom.String()}
		if p.insuredTo != 0 {
			r["einddatum"], r["reden_einde"] = p.insuredTo.String(), p.outReason
		}
		s.add("zvw_verzekerde", r)
	}
}

// home is an address with the people on it, for as long as they share it.
type home struct {
	s        *set
	ps       string
	gemeente string
	wijk     string
	typhh    string
	m2       int
}

func (s *set) home(label, gemeente, typhh string) *home {
	return &home{s: s, ps: pseudonym("huishouden", label), gemeente: gemeente, typhh: typhh,
		wijk: fmt.Sprintf("WK%s%02d", gemeente, whole(0, 5, "wijk", label)), m2: whole(55, 140, "m2", label)}
}

// lives writes one spell, both days included; to "" is still running. extra overrides columns.
func (p *person) lives(h *home, place, from, to string, extra row) {
	r := row{"persoon_ps": p.ps, "huishouden_ps": h.ps, "gemeentecode": h.gemeente, "begindatum": from, "einddatum": to,
		"geboortejaar": fmt.Sprint(p.year), "geslacht": p.sex, "typhh": h.typhh, "plhh": place, "functie_adres": "W",
		"wijkcode": h.wijk, "woonoppervlak_m2": fmt.Sprint(h.m2)}
	if p.month > 0 {
		r["geboortemaand"] = fmt.Sprint(p.month)
	}
	for i, parent := range p.parents {
		r[fmt.Sprintf("ouder%d_ps", i+1)] = parent.ps
	}
	for k, v := range extra {
		r[k] = v
	}
	p.gemeente = h.gemeente
	if to == "" || d(to) >= coverFrom { // a delivery tells of the spells that lie in its period
		p.s.add("huishouden", r)
	}
}

// typeOf derives typhh from who lives together: a person with a parent among them is a child.
func typeOf(members []*person) string {
	adults, children := 0, 0
	for _, m := range members {
		if childAmong(m, members) {
			children++
		} else {
			adults++
		}
	}
	switch {
	case adults == 1 && children == 0:
		return "1"
	case adults == 2 && children == 0:
		return "3"
	case adults == 2:
		return "5"
	case adults == 1:
		return "6"
	}
	return "7"
}

func childAmong(m *person, members []*person) bool {
	for _, parent := range m.parents {
		for _, other := range members {
			if other == parent {
				return true
			}
		}
	}
	return false
}

// placeOf is plhh for someone in a household of this type.
func placeOf(m *person, members []*person, typhh string) string {
	if childAmong(m, members) {
		return "1"
	}
	switch typhh {
	case "1":
		return "2"
	case "2", "3", "4", "5":
		return fmt.Sprint(int(typhh[0]-'0') + 1)
	case "6":
		return "7"
	case "8":
		return "10"
	}
	return "9"
}

// family writes a household whose members live together from a date until now; the first one names the case.
func (s *set) family(label, gemeente, from string, members ...*person) *home {
	h := s.home(label, gemeente, typeOf(members))
	for _, m := range members {
		start := d(from)
		if born := ymd(m.year, max(m.month, 1), 1); born > start {
			start = born
		}
		m.lives(h, placeOf(m, members, h.typhh), start.String(), "", nil)
	}
	return h
}
