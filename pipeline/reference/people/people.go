// Package people is who lives with whom in the slow references: spells, households on a day, attached minors, who is left out (rules 21 to
// 24, 48, 57, 75), whose persons can be told (63), and of whom a feed would know (19, 46, 55). It goes by the lines that package lines read,
// person by person and day by day. No run uses it.
package people

import (
	"cmp"
	"slices"

	"stapel/pipeline/reference/lines"
)

// People are everybody with a spell and the households they make on a day.
type People struct {
	*lines.World
	On      lines.Day          // households are those of this day
	Persons map[string]*Person // by persoon_id
	Houses  map[string]*House  // by id
	Links   []Link             // how many persons of each kind huishouden knows (rules 63)

	zvw     string // how the zvw feed covers persons
	insured map[string][]*lines.Line
	covered map[personMonth]bool
	linked  map[[2]string]bool
}

// Person is someone with at least one spell.
type Person struct {
	ID       string
	PS       string  // the pseudonym, in lower case
	Spells   []Spell // repaired, from old to new
	House    *House  // on the day, nil without one
	Attached bool
	Fact     *Spell // the spell on the day, else the newest that began by then; nil when none did
	Now      bool   // Fact contains the day
}

// Spell is where a person lived, half-open.
type Spell struct {
	Line     *lines.Line
	House    string // id
	From, To lines.Day
	Cut      bool // by a later one
}

// Institution is whether the spell is in one.
func (s *Spell) Institution() bool { return s.Line.Get("typhh") == "8" }

// House is a household on the day.
type House struct {
	ID        string
	Members   []*Person // in order of id
	Hidden    bool      // a member is excluded (rules 48)
	Elsewhere bool      // of a gemeente that the run is not about (rules 75)
}

// Away is whether a household is in no mart but controle.
func (h *House) Away() bool { return h.Hidden || h.Elsewhere }

// New repairs the spells, forms the households at P and attaches minors, and judges which feeds link and cover. Of equal spells it sets
// the older lines aside.
func New(w *lines.World) *People {
	for _, list := range group(w.ByKind["huishouden"], func(l *lines.Line) string { return l.Get("persoon_ps") + " " + l.Get("begindatum") }) {
		for _, l := range list[:len(list)-1] { // the newest stays (rules 21)
			l.Exclude("verblijf_dubbel")
		}
	}
	p := Then(w, w.P)
	p.link()
	p.insurers()
	return p
}

// Then are the households of another day, of the same lines; who is excluded at P is so on any day.
func Then(w *lines.World, on lines.Day) *People {
	p := &People{World: w, On: on, Persons: map[string]*Person{}, Houses: map[string]*House{}, covered: map[personMonth]bool{},
		linked: map[[2]string]bool{}}
	p.spells()
	p.live()
	for _, l := range w.ByKind["uitsluiting"] {
		if who := p.Of(l.Get("persoon_ps")); who != nil && who.House != nil && l.From <= w.P && w.P < l.To {
			who.House.Hidden = true
		}
	}
	return p
}

// Of is the person of a pseudonym, nil without a spell.
func (p *People) Of(ps string) *Person {
	if ps == "" {
		return nil
	}
	return p.Persons[p.PersonID(ps)]
}

// spells repairs them (rules 21).
func (p *People) spells() {
	for _, l := range p.Used("huishouden") {
		id := p.PersonID(l.Get("persoon_ps"))
		if p.Persons[id] == nil {
			p.Persons[id] = &Person{ID: id, PS: l.Get("persoon_ps")}
		}
		s := Spell{Line: l, From: l.From, To: l.Until}
		if s.Institution() { // everyone in it is alone
			s.House = "h-" + p.Key("alleen", l.Get("persoon_ps"))
		} else {
			s.House = "h-" + p.Key("huishouden", l.Get("huishouden_ps"))
		}
		p.Persons[id].Spells = append(p.Persons[id].Spells, s)
	}
	for _, who := range p.Persons {
		slices.SortFunc(who.Spells, func(a, b Spell) int { return cmp.Compare(a.From, b.From) })
		for i := range who.Spells {
			s := &who.Spells[i]
			if i+1 < len(who.Spells) && who.Spells[i+1].From < s.To {
				s.To, s.Cut = who.Spells[i+1].From, true
			}
			if s.From <= p.On {
				who.Fact = s // the newest that began
			}
		}
		who.Now = who.Fact != nil && who.Fact.To > p.On
	}
}

// live forms the households and attaches minors (rules 22, 23).
func (p *People) live() {
	for _, who := range p.Persons {
		home := who.own()
		if to := p.attach(who); to != "" {
			home, who.Attached = to, true
		}
		if home == "" {
			continue
		}
		if p.Houses[home] == nil {
			p.Houses[home] = &House{ID: home}
		}
		who.House = p.Houses[home]
		who.House.Members = append(who.House.Members, who)
	}
	for _, h := range p.Houses {
		slices.SortFunc(h.Members, func(a, b *Person) int { return cmp.Compare(a.ID, b.ID) })
		h.Elsewhere = len(p.Config.Settings.Run.Gemeenten) > 0 && !slices.Contains(p.Gemeenten, p.Head(h).Fact.Line.Gemeente)
	}
}

// own is the household of the own spell on the day, "" without one.
func (who *Person) own() string {
	if !who.Now {
		return ""
	}
	return who.Fact.House
}

// Institutional is whether the person is in an institution on the day.
func (who *Person) Institutional() bool { return who.Now && who.Fact.Institution() }

// Born is the first of the month of birth, of the year without one (rules 22), n years later; of someone with a fact.
func (who *Person) Born(n int) lines.Day {
	year, _ := who.Fact.Line.Whole("geboortejaar")
	month, ok := who.Fact.Line.Whole("geboortemaand")
	if !ok {
		month = 1
	}
	return lines.On(int(year)+n, int(month), 1)
}

// Minor is whether the 18th birthday is after the day.
func (p *People) Minor(who *Person) bool { return who.Born(18) > p.On }

// attach is the household of a parent that a minor is attached to, "" when the minor stays (rules 23).
func (p *People) attach(who *Person) string {
	if !p.Config.Settings.Household.AttachMinors || who.Fact == nil || !p.Minor(who) {
		return ""
	}
	if reason := who.Fact.Line.Get("reden_einde"); !who.Now && (reason == "overleden" || reason == "buitenland") {
		return ""
	}
	var parents []*Person // with a spell on the day, as the newest line that names a parent has them
	for _, s := range who.Spells {
		one, two := s.Line.Get("ouder1_ps"), s.Line.Get("ouder2_ps")
		if s.From > p.On || one == "" && two == "" {
			continue
		}
		parents = nil
		for _, ps := range []string{one, two} {
			if q := p.Of(ps); q != nil && q.Now {
				parents = append(parents, q)
			}
		}
	}
	if who.Now && !who.Institutional() {
		for _, q := range parents {
			if q.own() == who.own() {
				return "" // lives with a parent, of whatever age
			}
		}
	}
	for _, institution := range []bool{false, true} { // first outside institutions, then anywhere
		for _, q := range parents {
			if !p.Minor(q) && (institution || !q.Institutional()) {
				return q.own()
			}
		}
	}
	return ""
}

// Head is the member whose gemeente, wijk and type are the household's: the first adult who is not attached, else the first
// member (rules 24).
func (p *People) Head(h *House) *Person {
	for _, who := range h.Members {
		if !p.Minor(who) && !who.Attached {
			return who
		}
	}
	return h.Members[0]
}

// Adults counts them.
func (p *People) Adults(h *House) (n int64) {
	for _, who := range h.Members {
		if !p.Minor(who) {
			n++
		}
	}
	return n
}

// Lives is whether the person of a pseudonym is a member.
func (p *People) Lives(h *House, ps string) bool {
	who := p.Of(ps)
	return who != nil && who.House == h
}

// group divides lines by a key, each group in the order of the lines.
func group(list []*lines.Line, key func(*lines.Line) string) map[string][]*lines.Line {
	out := map[string][]*lines.Line{}
	for _, l := range list {
		out[key(l)] = append(out[key(l)], l)
	}
	return out
}
