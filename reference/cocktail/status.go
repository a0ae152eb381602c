package cocktail

import (
	"cmp"
	"slices"
	"strings"

	"stapel/config"
)

// State is what is known of an ingredient on a day.
type State int

// The states: known absent, not known, only a weak signal, a strong one.
const (
	Absent State = iota
	Unknown
	Weak
	Strong
)

// Status is rule 40: vol, dreigend, onbekend, or "" for no row. counted are the counted ingredients as the cocktail sees them (a
// signal below its minimum is as if not there), conditions the voorwaarden.
func Status(counted, conditions []State) string {
	absent, unknown, strong := 0, 0, 0
	for _, s := range counted {
		switch s {
		case Absent:
			absent++
		case Unknown:
			unknown++
		case Strong:
			strong++
		}
	}
	for _, s := range conditions {
		if s < Weak {
			return ""
		}
	}
	switch {
	case absent == 0 && unknown == 0:
		return "vol"
	case absent == 1 && unknown == 0 && len(counted) > 2:
		return "dreigend"
	case absent == 1 && unknown == 0 && strong > 0:
		return "dreigend"
	case absent == 0:
		return "onbekend"
	}
	return ""
}

// knows: the absence of the ingredient would be known in the month (rules 39).
func (w *world) knows(h *house, ingredient string, month day) bool {
	i := slices.IndexFunc(w.opt.Ingredients, func(in config.Ingredient) bool { return in.Name == ingredient })
	in := w.opt.Ingredients[i]
	switch in.Known {
	case config.KnownAlways:
		return true
	case config.KnownQuery:
		status, _ := w.benefitStatus(h, month)
		return status != "onbekend"
	}
	for _, kind := range in.Coverage {
		if !w.coversHouse(h, kind, month) {
			return false
		}
	}
	for _, kind := range in.IfDelivered {
		if w.gave[kind] && !w.coversHouse(h, kind, month) {
			return false
		}
	}
	return true
}

// walk goes through the 24 months day by day (rules 40, 41, 58).
func (w *world) walk(out *Result, h *house, k config.Cocktail, signals []signal) {
	minimum := map[string]config.Strength{}
	var counted, conditions []string
	for _, in := range k.Ingredients {
		minimum[in.Name] = in.Minimum
		counted = append(counted, in.Name)
	}
	for _, name := range k.Conditions {
		minimum[name] = config.Zwak
		conditions = append(conditions, name)
	}
	slices.Sort(counted)
	byName := map[string][]signal{}
	for _, s := range signals {
		if _, ok := minimum[s.ingredient]; ok {
			byName[s.ingredient] = append(byName[s.ingredient], s)
		}
	}
	shown := map[string][]State{} // by ingredient, a state a day: the strongest signal of the day
	for name, list := range byName {
		shown[name] = make([]State, w.to-w.from)
		for i := range shown[name] {
			for _, s := range list {
				switch d := w.from + day(i); {
				case s.from > d || d >= s.to:
				case s.strong:
					shown[name][i] = Strong
				default:
					shown[name][i] = max(shown[name][i], Weak)
				}
			}
		}
	}
	shows := func(name string, d day) State {
		if days := shown[name]; days != nil {
			return days[d-w.from]
		}
		return Absent
	}
	known := map[monthOf]bool{}
	state := func(name string, d day) (State, bool) {
		s := shows(name, d)
		below := s == Weak && minimum[name] == config.Sterk
		if s >= Weak && !below {
			return s, false
		}
		at := monthOf{name, d.first()}
		yes, looked := known[at]
		if !looked {
			yes = w.knows(h, name, at.month)
			known[at] = yes
		}
		if yes {
			return Absent, below
		}
		return Unknown, below
	}
	var current *Episode
	var begin day
	close := func(end day) {
		if current == nil {
			return
		}
		current.To, current.Active = end.String(), end == w.to
		out.Episodes = append(out.Episodes, *current)
		nr := int64(0)
		for _, s := range signals { // in order of ingredient, period and person
			if m, ok := minimum[s.ingredient]; ok && (s.strong || m == config.Zwak) && s.from < end && s.to > begin {
				nr++
				e := Evidence{Household: current.Household, Cocktail: k.ID, From: current.From, Nr: nr, Ingredient: s.ingredient,
					Strength: s.strength()}
				e.Kind, e.File, e.Line = s.source()
				out.Evidence = append(out.Evidence, e)
			}
		}
		current = nil
	}
	for d := w.from; d < w.to; d++ {
		var have, must []State
		var missing []string
		for _, name := range conditions {
			s, _ := state(name, d)
			must = append(must, s)
		}
		for _, name := range counted {
			s, below := state(name, d)
			have = append(have, s)
			if s < Weak && below {
				missing = append(missing, name+" (zwak aanwezig)")
			} else if s < Weak {
				missing = append(missing, name)
			}
		}
		status, list := Status(have, must), strings.Join(missing, "|")
		if current != nil && (status != current.Status || list != current.Missing) {
			close(d)
		}
		if current == nil && status != "" {
			current = &Episode{Household: id("h", h.key), Cocktail: k.ID, From: d.String(), Status: status, Missing: list,
				Order: order(byName, minimum, d)}
			begin = d
		}
	}
	close(w.to)
}

// order names the ingredients that show on a day by the first day of the run of days with a signal that the day is in; signals
// that touch are one (rules 41, 58).
func order(byName map[string][]signal, minimum map[string]config.Strength, d day) string {
	type start struct {
		name string
		day  day
	}
	var list []start
	for name, m := range minimum {
		shows := func(d day) bool {
			return slices.ContainsFunc(byName[name], func(s signal) bool {
				return s.from <= d && d < s.to && (s.strong || m == config.Zwak)
			})
		}
		if !shows(d) {
			continue
		}
		first := d
		for shows(first - 1) {
			first--
		}
		list = append(list, start{name, first})
	}
	slices.SortFunc(list, func(a, b start) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.name, b.name)) })
	var names []string
	for _, s := range list {
		names = append(names, s.name)
	}
	return strings.Join(names, ">")
}
