package people

import (
	"slices"

	"stapel/pipeline/reference/lines"
)

// personMonth is a kind, a person and the first of a month.
type personMonth struct {
	kind  string
	who   *Person
	month lines.Day
}

// Covers is whether a kind covers a person in a month (rules 19): for every gemeente in which there is a spell day in it, and of health
// care also the insurer (rules 46). Of nobody anything is known before birth.
func (p *People) Covers(kind string, who *Person, first lines.Day) bool {
	at := personMonth{kind, who, first}
	covered, asked := p.covered[at]
	if !asked {
		covered = who.Born(0) < first.Month(1) && p.Reaches(kind, who, first)
		p.covered[at] = covered
	}
	return covered
}

// Reaches is what Covers asks but for the birth.
func (p *People) Reaches(kind string, who *Person, first lines.Day) bool {
	return p.living(kind, who, first) && (kind != "zvw_declaratie" || p.insuredIn(who, first))
}

// living is whether the kind covers the month for every gemeente in which the person has a spell day in it, and links there.
func (p *People) living(kind string, who *Person, first lines.Day) bool {
	lived := false
	for _, s := range who.Spells {
		if s.From < first.Month(1) && s.To > first && s.From < s.To {
			lived = true
			if g := s.Line.Gemeente; !p.MonthCovered(kind, g, first) || !p.Linked(kind, g) {
				return false
			}
		}
	}
	return lived
}

// insuredIn is whether the zvw feed would know the person on every day of the month.
func (p *People) insuredIn(who *Person, first lines.Day) bool {
	switch p.zvw {
	case "alle":
		return true
	case "onbekend":
		return false
	}
	for x := first; x < first.Month(1); x++ {
		if !p.InsuredOn(who, x) {
			return false
		}
	}
	return true
}

// InsuredOn is whether the person is insured on a day with an insurer that delivers.
func (p *People) InsuredOn(who *Person, x lines.Day) bool {
	return slices.ContainsFunc(p.insured[who.PS], func(l *lines.Line) bool { return l.From <= x && x < l.Until })
}

// Insured are those with a spell of insurance with an insurer that delivers, by pseudonym.
func (p *People) Insured() map[string][]*lines.Line { return p.insured }

// Zvw is how the zvw feed covers persons: alle, verzekerde (insured spells tell) or onbekend (rules 46, 55).
func (p *People) Zvw() string { return p.zvw }

// insurers works out how the zvw feed covers persons, and lists the insured spells with an insurer that delivers: of each delivery those
// of the note's list, else those in its lines (rules 46).
func (p *People) insurers() {
	delivers, notes, all := map[string]bool{}, 0, 0
	for _, d := range p.Deliveries {
		if d.Kind != "zvw_declaratie" {
			continue
		}
		notes++
		if d.Note != nil && d.Note.AllInsurers == "ja" {
			all++
		}
		for u := range p.InsurersOf(d.First) { // a line that counts in another delivery says who delivered all the same
			delivers[u] = true
		}
	}
	switch {
	case !p.Known("zvw_declaratie") || !p.Linked("zvw_declaratie", ""):
		p.zvw = "onbekend"
	case notes > 0 && all == notes:
		p.zvw = "alle"
	case p.Given("zvw_verzekerde") && !p.Linked("zvw_verzekerde", ""):
		p.zvw = "onbekend" // nobody can be told to be insured, or not to be
	case p.Given("zvw_verzekerde"):
		p.zvw = "verzekerde"
	case all > 0:
		p.zvw = "alle"
	default:
		p.zvw = "onbekend"
	}
	p.insured = map[string][]*lines.Line{}
	for _, l := range p.World.ByKind["zvw_verzekerde"] {
		if delivers[l.Get("uzovi")] {
			p.insured[l.Get("persoon_ps")] = append(p.insured[l.Get("persoon_ps")], l)
		}
	}
}
