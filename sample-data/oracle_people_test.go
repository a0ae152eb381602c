package sampledata

import (
	"cmp"
	"slices"
	"strconv"
)

// oraclePeople says who lives with whom.
type oraclePeople struct {
	on     day
	all    map[string]*oraclePerson
	houses map[string]*oracleHouse // by huishouden_ps, or alone: persoon_ps
	homeOf map[string]*oracleHouse // of a person on the peildatum; absent: none
}

type oraclePerson struct {
	ps       string
	born     day
	spells   []oracleSpell // repaired, ordered
	now      *oracleSpell  // on the peildatum
	attached bool
}

type oracleSpell struct {
	line     *oracleLine
	from, to day // half-open
}

type oracleHouse struct {
	id      string
	members []*oraclePerson
	hidden  bool // a member is excluded
}

const peil = "2025-12-31"

// people repairs the spells (rules 21), forms the households of a day (methods 2) and attaches minors (rules 22, 23). Who is
// excluded on the peildatum hides the household of any day.
func (o *oracle) people(P day) *oraclePeople {
	p := &oraclePeople{on: P, all: map[string]*oraclePerson{}, houses: map[string]*oracleHouse{}, homeOf: map[string]*oracleHouse{}}
	byPerson := map[string][]*oracleLine{}
	for _, l := range o.of("huishouden") {
		byPerson[l.row["persoon_ps"]] = append(byPerson[l.row["persoon_ps"]], l)
	}
	for ps, lines := range byPerson {
		slices.SortStableFunc(lines, func(a, b *oracleLine) int {
			return cmp.Or(cmp.Compare(a.day("begindatum"), b.day("begindatum")), cmp.Compare(a.note.Made, b.note.Made))
		})
		who := &oraclePerson{ps: ps}
		for i, l := range lines {
			if i+1 < len(lines) && lines[i+1].day("begindatum") == l.day("begindatum") {
				l.use, l.code = "uitgesloten", "zelfde_begin"
				continue
			}
			from, to := l.span()
			if i+1 < len(lines) {
				to = min(to, lines[i+1].day("begindatum"))
			}
			who.spells = append(who.spells, oracleSpell{l, from, to})
		}
		newest := lines[len(lines)-1]
		year, _ := strconv.Atoi(newest.row["geboortejaar"])
		month, _ := strconv.Atoi(newest.row["geboortemaand"])
		who.born = ymd(year, max(month, 1), 1)
		for i := range who.spells {
			if s := &who.spells[i]; s.from <= P && P < s.to {
				who.now = s
			}
		}
		p.all[ps] = who
	}
	for _, who := range p.all {
		if id := who.own(); id != "" {
			p.join(id, who)
		}
	}
	for _, who := range p.all {
		if to := p.attachTo(who); to != "" {
			who.attached = true
			if old := p.homeOf[who.ps]; old != nil {
				old.members = slices.DeleteFunc(old.members, func(m *oraclePerson) bool { return m == who })
				if len(old.members) == 0 {
					delete(p.houses, old.id)
				}
			}
			p.join(to, who)
		}
	}
	for _, l := range o.of("uitsluiting") {
		from, to := l.span()
		if h := p.homeOf[l.row["persoon_ps"]]; h != nil && from <= d(peil) && d(peil) < to {
			h.hidden = true
		}
	}
	return p
}

func (p *oraclePeople) join(id string, who *oraclePerson) {
	if p.houses[id] == nil {
		p.houses[id] = &oracleHouse{id: id}
	}
	p.houses[id].members = append(p.houses[id].members, who)
	p.homeOf[who.ps] = p.houses[id]
}

// own is the household of a person's own spell on the peildatum.
func (who *oraclePerson) own() string {
	switch {
	case who.now == nil:
		return ""
	case who.institutional():
		return "alleen " + who.ps
	}
	return who.now.line.row["huishouden_ps"]
}

func (who *oraclePerson) institutional() bool {
	return who.now != nil && who.now.line.row["typhh"] == "8"
}

// adultOn is whether the 18th birthday is not after a day.
func (who *oraclePerson) adultOn(x day) bool {
	t := who.born.time()
	return ymd(t.Year()+18, int(t.Month()), 1) <= x
}

func (p *oraclePeople) attachTo(who *oraclePerson) string {
	P := p.on
	if who.adultOn(P) {
		return ""
	}
	var parents []*oraclePerson
	for _, s := range who.spells {
		r := s.line.row
		if s.from > P || r["ouder1_ps"] == "" && r["ouder2_ps"] == "" {
			continue
		}
		parents = nil
		for _, name := range []string{"ouder1_ps", "ouder2_ps"} {
			if q := p.all[r[name]]; q != nil {
				parents = append(parents, q)
			}
		}
	}
	var last *oracleSpell
	for i := range who.spells {
		if who.spells[i].from <= P {
			last = &who.spells[i]
		}
	}
	if last == nil || who.now == nil && (last.line.row["reden_einde"] == "overleden" || last.line.row["reden_einde"] == "buitenland") {
		return ""
	}
	if who.now != nil && !who.institutional() {
		for _, q := range parents {
			if q.own() == who.own() {
				return ""
			}
		}
	}
	for _, q := range parents {
		if q.adultOn(P) && q.now != nil && !q.institutional() {
			return q.own()
		}
	}
	for _, q := range parents {
		if q.adultOn(P) && q.now != nil {
			return q.own()
		}
	}
	return ""
}

// gemeente is that of the first adult who is not attached, in the order of keys, else of the first member (rules 24).
func (h *oracleHouse) gemeente() string {
	members := slices.Clone(h.members)
	slices.SortFunc(members, func(a, b *oraclePerson) int { return cmp.Compare(keyOf(a.ps), keyOf(b.ps)) })
	for _, m := range members {
		if m.adultOn(d(peil)) && !m.attached {
			return "GM" + m.now.line.row["gemeentecode"]
		}
	}
	return "GM" + members[0].now.line.row["gemeentecode"]
}
