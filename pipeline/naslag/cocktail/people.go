package cocktail

import (
	"cmp"
	"slices"
)

// person is who a pseudonym stands for, with the spells that count.
type person struct {
	ps       string
	key      int64
	spells   []spell
	at       *spell // the one that contains P
	newest   *spell // the last one begun by P
	born     day
	adult    day // 18th birthday
	parents  []string
	attached bool
	covered  map[monthOf]bool
}

type monthOf struct {
	kind  string
	month day
}

// spell is where a person lived over [from, to).
type spell struct {
	house    int64
	from, to day
	line     *line
}

// house is a household at P.
type house struct {
	key     int64
	members []*person // by key
}

// people makes the households at P (rules 21 to 23).
func (w *world) people() {
	for ps, lines := range w.of["huishouden"] {
		p := &person{ps: ps, key: w.key("persoon", ps), covered: map[monthOf]bool{}}
		byBegin := map[day]*line{} // of equal begins the newest stays
		for _, l := range lines {
			if other := byBegin[l.from]; other == nil || newer(l, other) < 0 {
				byBegin[l.from] = l
			}
		}
		var begins []day
		for d := range byBegin {
			begins = append(begins, d)
		}
		slices.Sort(begins)
		for i, d := range begins {
			l := byBegin[d]
			s := spell{house: w.key("huishouden", l.ps("huishouden_ps")), from: d, to: l.to, line: l}
			if l.get("typhh") == "8" {
				s.house = w.key("alleen", ps)
			}
			if s.to == never {
				s.to = w.open("huishouden", l.gemeente)
			}
			if i+1 < len(begins) {
				s.to = min(s.to, begins[i+1])
			}
			p.spells = append(p.spells, s)
		}
		for i := range p.spells {
			s := &p.spells[i]
			if s.from > w.peil {
				continue
			}
			p.newest = s
			if w.peil < s.to {
				p.at = s
			}
			if s.line.get("ouder1_ps") != "" || s.line.get("ouder2_ps") != "" {
				p.parents = []string{s.line.ps("ouder1_ps"), s.line.ps("ouder2_ps")}
			}
		}
		if p.newest == nil {
			continue // nothing is known of this person yet
		}
		facts := p.facts()
		p.born, p.adult = birthday(facts.line, 0), birthday(facts.line, 18)
		w.persons[ps] = p
	}
	byKey := map[int64]*house{}
	for _, p := range w.persons {
		key, ok := w.lives(p)
		if !ok {
			continue
		}
		h := byKey[key]
		if h == nil {
			h = &house{key: key}
			byKey[key] = h
			w.houses = append(w.houses, h)
		}
		h.members = append(h.members, p)
	}
	slices.SortFunc(w.houses, func(a, b *house) int { return cmp.Compare(a.key, b.key) })
	for _, h := range w.houses {
		slices.SortFunc(h.members, func(a, b *person) int { return cmp.Compare(a.key, b.key) })
	}
}

// facts that change are those of the spell at P, else of the newest (rules 51).
func (p *person) facts() *spell {
	if p.at != nil {
		return p.at
	}
	return p.newest
}

func birthday(l *line, years int) day {
	month := 1
	if m := l.get("geboortemaand"); !in(m, "0 00") && m != "" {
		month = int(l.cents("geboortemaand"))
	}
	return on(int(l.cents("geboortejaar"))+years, month, 1)
}

// lives says in which household a person is at P, and attaches minors (rules 23).
func (w *world) lives(p *person) (int64, bool) {
	own := func() (int64, bool) {
		if p.at == nil {
			return 0, false
		}
		return p.at.house, true
	}
	if !w.opt.AttachMinors || p.adult <= w.peil || len(p.parents) == 0 {
		return own()
	}
	if reason := p.newest.line.get("reden_einde"); p.at == nil && (reason == "overleden" || reason == "buitenland") {
		return own()
	}
	var parents []*person // with a spell at P
	for _, ps := range p.parents {
		if q := w.persons[ps]; q != nil && q.at != nil {
			parents = append(parents, q)
		}
	}
	if p.at != nil && p.at.line.get("typhh") != "8" &&
		slices.ContainsFunc(parents, func(q *person) bool { return q.at.house == p.at.house }) {
		return own()
	}
	for _, institution := range []bool{false, true} {
		for _, q := range parents {
			if q.adult <= w.peil && (q.at.line.get("typhh") != "8" || institution) {
				p.attached = true
				return q.at.house, true
			}
		}
	}
	return own()
}

// hidden: a member is excluded at P (rules 48, 57).
func (w *world) hidden(h *house) bool {
	return slices.ContainsFunc(h.members, func(p *person) bool {
		return slices.ContainsFunc(w.of["uitsluiting"][p.ps], func(l *line) bool { return l.from <= w.peil && w.peil < l.to })
	})
}

// elsewhere: the run is about gemeenten of which this household's is none (rules 24, 75).
func (w *world) elsewhere(h *house) bool {
	head := h.members[0]
	for _, p := range h.members {
		if p.adult <= w.peil && !p.attached {
			head = p
			break
		}
	}
	return len(w.opt.Gemeenten) > 0 && !slices.Contains(w.opt.Gemeenten, head.facts().line.gemeente)
}

// coversPerson is rule 19 for one person and month.
func (w *world) coversPerson(p *person, kind string, month day) bool {
	at := monthOf{kind, month}
	if known, ok := p.covered[at]; ok {
		return known
	}
	yes := w.lookPerson(p, kind, month)
	p.covered[at] = yes
	return yes
}

func (w *world) lookPerson(p *person, kind string, month day) bool {
	if p.born >= month.next() {
		return false
	}
	lived := false
	for d, end := month, month.next(); d < end; d++ {
		for _, s := range p.spells {
			if s.from <= d && d < s.to {
				lived = true
				if !w.covered(kind, s.line.gemeente, month) {
					return false
				}
			}
		}
	}
	if !lived || kind != "zvw_declaratie" || w.zvw == "alle" {
		return lived
	}
	if w.zvw == "onbekend" {
		return false
	}
	for d, end := month, month.next(); d < end; d++ {
		if !slices.ContainsFunc(w.of["zvw_verzekerde"][p.ps], func(l *line) bool {
			return w.insurers[l.get("uzovi")] && l.from <= d && d < w.end(l)
		}) {
			return false
		}
	}
	return true
}

// coversHouse: the kind covers every member born by then; attached members are left out.
func (w *world) coversHouse(h *house, kind string, month day) bool {
	anyone := false
	for _, p := range h.members {
		if p.attached || p.born >= month.next() {
			continue
		}
		anyone = true
		if !w.coversPerson(p, kind, month) {
			return false
		}
	}
	return anyone
}
