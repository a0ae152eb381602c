package cocktail

import "stapel/pipeline/reference/lines"

// Threat is a row of the mart dreiging_kans, without the shares: households with a near miss a year before P, what became of them, and
// households with it at P.
type Threat struct {
	Cocktail, Missing                 string
	Then, Unseen, Followed, Full, Now int64
}

// Threats follows every household from the last day before T0 to P, a day at a time (methods 5). episodes are those of the mart and the
// hidden ones: days on which nothing counted shows and nothing is known to be absent.
func Threats(episodes []Episode, peildatum string) []Threat {
	peil := lines.ParseDay(peildatum)
	last := peil.Month(-11) - 1 // the last day of the month, a year ago
	type couple struct{ house, cocktail string }
	days := map[couple]map[day]Episode{}
	for _, e := range episodes {
		at := couple{e.Household, e.Cocktail}
		if days[at] == nil {
			days[at] = map[day]Episode{}
		}
		for d := lines.ParseDay(e.From); d < lines.ParseDay(e.To); d++ {
			days[at][d] = e
		}
	}
	type group struct{ cocktail, missing string }
	groups := map[group]*Threat{}
	of := func(cocktail, missing string) *Threat {
		g := groups[group{cocktail, missing}]
		if g == nil {
			g = &Threat{Cocktail: cocktail, Missing: missing}
			groups[group{cocktail, missing}] = g
		}
		return g
	}
	for at, life := range days {
		if now := life[peil]; now.Status == "dreigend" {
			of(at.cocktail, now.Missing).Now++
		}
		then := life[last]
		if then.Status != "dreigend" {
			continue
		}
		full, hidden := false, false
		for d := last + 1; d <= peil; d++ {
			full = full || life[d].Status == "vol"
			hidden = hidden || life[d].Status == "onbekend" || life[d].Status == unseen
		}
		g := of(at.cocktail, then.Missing)
		g.Then++
		switch {
		case full:
			g.Full++
			g.Followed++
		case hidden:
			g.Unseen++
		default:
			g.Followed++
		}
	}
	var out []Threat
	for _, g := range groups {
		out = append(out, *g)
	}
	return out
}
