// Package patterns is the slow reference of patterns: sets of ingredients, their order, the ways into a cocktail, how households stood and
// cost, what stands in the way of plans, and claims (docs/methods.md 5, "Patterns"; decision 0036; rules 42, 52 and 72). It goes by the
// signals and episodes of package cocktail and by the lines and people below that, household by household and month by month. Numbers are
// sums of terms and bisection. It shares no code and no SQL with the pipeline but the contracts and the configuration, and is written to be
// read, not to be fast. No run uses it.
package patterns

import (
	"cmp"
	"slices"

	"stapel/config"
	"stapel/pipeline/reference/cocktail"
	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
)

// World is the households that are shown, with what the reference of cocktails says of each.
type World struct {
	*people.People
	houses   []*household // in order of id
	absence  func(h *people.House, ingredient string, first lines.Day) bool
	garwoods map[int64]interval
}

// household is one that is shown.
type household struct {
	*people.House
	gemeente, wijk, kind string
	ct                   int64 // declared cost in T0
	signals              []signal
	spans                map[string][]span // by cocktail
	known                map[month]bool    // what was asked of absence
}

type month struct {
	ingredient string
	first      lines.Day
}

// signal shows an ingredient over [from, to).
type signal struct {
	ingredient string
	strong     bool
	from, to   lines.Day
}

// span is a verdict over [from, to).
type span struct {
	verdict  string
	from, to lines.Day
}

// New puts together what patterns are counted of. cost is the declared cost of a household in T0.
func New(p *people.People, result cocktail.Result, cost func(h *people.House) int64) *World {
	w := &World{People: p, absence: cocktail.Known(p), garwoods: map[int64]interval{}}
	byID := map[string]*household{}
	for id, house := range p.Houses {
		if house.Away() {
			continue
		}
		at := p.Head(house).Fact.Line
		h := &household{House: house, gemeente: at.Gemeente, wijk: at.Get("wijkcode"), kind: at.Get("typhh"), ct: cost(house),
			spans: map[string][]span{}, known: map[month]bool{}}
		byID[id] = h
		w.houses = append(w.houses, h)
	}
	slices.SortFunc(w.houses, func(a, b *household) int { return cmp.Compare(a.ID, b.ID) })
	for _, s := range result.Signals {
		h := byID[s.Household]
		h.signals = append(h.signals, signal{s.Ingredient, s.Strength == "sterk", lines.ParseDay(s.From), lines.ParseDay(s.To)})
	}
	for _, list := range [][]cocktail.Episode{result.Episodes, result.None} {
		for _, e := range list {
			h := byID[e.Household]
			h.spans[e.Cocktail] = append(h.spans[e.Cocktail], span{e.Status, lines.ParseDay(e.From), lines.ParseDay(e.To)})
		}
	}
	return w
}

// size is how many live there, 6 for more.
func (h *household) size() int { return min(len(h.Members), 6) }

// verdict is how the household stands on a day.
func (h *household) verdict(cocktail string, on lines.Day) string {
	for _, s := range h.spans[cocktail] {
		if s.from <= on && on < s.to {
			return s.verdict
		}
	}
	return "niet_te_beoordelen"
}

// shows is whether the ingredient shows on a day, from the minimum up.
func (h *household) shows(ingredient string, minimum config.Strength, on lines.Day) bool {
	return slices.ContainsFunc(h.signals, func(s signal) bool {
		return s.ingredient == ingredient && (s.strong || minimum == config.Zwak) && s.from <= on && on < s.to
	})
}

// first is the first day on which the ingredient showed, from the minimum up; ok is false when that was not by P.
func (w *World) first(h *household, ingredient string, minimum config.Strength) (first lines.Day, ok bool) {
	first = w.P + 1
	for _, s := range h.signals {
		if s.ingredient == ingredient && (s.strong || minimum == config.Zwak) {
			first = min(first, s.from)
		}
	}
	return first, first <= w.P
}

// known is whether the absence of the ingredient would be known in a month. Before the windows nothing is known, and of geen_uitkering
// nothing before the 24 months.
func (w *World) known(h *household, ingredient string, first lines.Day) bool {
	earliest := w.P.Month(-35)
	for _, in := range w.Config.Signals.Ingredients {
		if in.Name == ingredient && in.Known == config.KnownQuery {
			earliest = w.P.Month(-23)
		}
	}
	if first < earliest {
		return false
	}
	at := month{ingredient, first}
	known, asked := h.known[at]
	if !asked {
		known = w.absence(h.House, ingredient, first)
		h.known[at] = known
	}
	return known
}

// seen is whether the absence of the ingredient would have been known in the 12 months before that of the first day, and in all from
// there to that of the last.
func (w *World) seen(h *household, ingredient string, first, last lines.Day) bool {
	for m := first.Month(-12); m <= last; m = m.Month(1) {
		if !w.known(h, ingredient, m) {
			return false
		}
	}
	return true
}

// asked are the ingredients that some cocktail asks, as counted or as voorwaarde.
func (w *World) asked() map[string]bool {
	out := map[string]bool{}
	for _, k := range w.Config.Cocktails {
		for _, name := range ingredientsOf(k) {
			out[name] = true
		}
	}
	return out
}

// ingredientsOf are all those of a cocktail, in order.
func ingredientsOf(k config.Cocktail) []string {
	names := slices.Clone(k.Conditions)
	for _, in := range k.Ingredients {
		names = append(names, in.Name)
	}
	slices.Sort(names)
	return names
}

// minimum is the strongest that a cocktail asks of an ingredient.
func (w *World) minimum(ingredient string) config.Strength {
	for _, k := range w.Config.Cocktails {
		for _, in := range k.Ingredients {
			if in.Name == ingredient && in.Minimum == config.Sterk {
				return config.Sterk
			}
		}
	}
	return config.Zwak
}

// names are all ingredients, in order.
func (w *World) names() (out []string) {
	for _, in := range w.Config.Signals.Ingredients {
		out = append(out, in.Name)
	}
	slices.Sort(out)
	return out
}
