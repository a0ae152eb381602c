package cocktail

import (
	"cmp"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/reference/lines"
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

// Status is rules 40 and 72: vol, dreigend, onbekend, or "" for no row. counted are the counted ingredients as the cocktail sees them
// (a signal below its minimum is as if not there), conditions the voorwaarden; faint says that some counted one has such a signal.
func Status(counted, conditions []State, faint bool) string {
	absent, unknown, strong := tally(counted)
	present := faint || absent+unknown < len(counted)
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
	case absent == 0 && present:
		return "onbekend"
	}
	return ""
}

// certainly: that a day has no status is certain (rules 72): a condition is known absent, or too much of what is counted. One of the
// counted may be, when with a condition that is not known it would be a near miss.
func certainly(counted, conditions []State) bool {
	absent, unknown, strong := tally(counted)
	near := len(counted) > 2 || strong > 0
	return slices.Contains(conditions, Absent) || absent > 1 || absent == 1 && unknown == 0 && !near
}

// tally counts the states of a day; what is left shows weakly.
func tally(counted []State) (absent, unknown, strong int) {
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
	return absent, unknown, strong
}

// unseen is the status of days in Result.Hidden.
const unseen = "niet_te_beoordelen"

// hides: on a day without a status the cocktail could be there: its conditions are, and nothing counted is known to be absent.
func hides(counted, conditions []State) bool {
	return !slices.Contains(counted, Absent) && !slices.ContainsFunc(conditions, func(s State) bool { return s < Weak })
}

// count adds a household.
func (v *Verdict) count(status string) {
	v.Households++
	switch status {
	case "vol":
		v.Full++
	case "dreigend":
		v.Threatened++
	case "onbekend":
		v.Unknown++
	case "nee":
		v.None++
	default:
		v.CannotTell++
	}
}

// knows: the absence of the ingredient would be known in the month (rules 39).
func (w *world) knows(h *house, ingredient string, month day) bool {
	i := slices.IndexFunc(w.Config.Signals.Ingredients, func(in config.Ingredient) bool { return in.Name == ingredient })
	in := w.Config.Signals.Ingredients[i]
	switch in.Known {
	case config.KnownAlways:
		return true
	case config.KnownNever:
		return false
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
		if w.Given(kind) && !w.coversHouse(h, kind, month) {
			return false
		}
	}
	return true
}

// timeline is an ingredient over the 24 months as a cocktail sees it: its state a day, and where only a signal below the minimum is
// there.
type timeline struct {
	name  string
	state []State
	below []bool
}

// seen is an ingredient with what a cocktail asks of it.
type seen struct {
	name    string
	minimum config.Strength
}

// timeline looks at every day: the strongest signal of the day, else whether absence is known in its month.
func (w *world) timeline(h *house, name string, minimum config.Strength, list []signal) *timeline {
	out := &timeline{name, make([]State, w.to-w.from), make([]bool, w.to-w.from)}
	for month := w.from; month < w.to; month = month.Month(1) {
		absence := Unknown
		if w.knows(h, name, month) {
			absence = Absent
		}
		for d, end := month, month.Month(1); d < end; d++ {
			i, best := d-w.from, Absent
			for _, s := range list {
				if s.from <= d && d < s.to {
					if s.strong {
						best = Strong
					}
					best = max(best, Weak)
				}
			}
			out.below[i] = best == Weak && minimum == config.Sterk
			if out.state[i] = best; best == Absent || out.below[i] {
				out.state[i] = absence
			}
		}
	}
	return out
}

// walk goes through the 24 months day by day (rules 40, 41, 58), and gives the status at P: nee where there certainly is none, "" where
// that can't be told.
func (w *world) walk(out *Result, h *house, k config.Cocktail, signals []signal, made map[seen]*timeline) (verdict string) {
	minimum, byName := map[string]config.Strength{}, map[string][]signal{}
	for _, in := range k.Ingredients {
		minimum[in.Name] = in.Minimum
	}
	for _, name := range k.Conditions {
		minimum[name] = config.Zwak
	}
	for _, s := range signals {
		if _, ok := minimum[s.ingredient]; ok {
			byName[s.ingredient] = append(byName[s.ingredient], s)
		}
	}
	timelineOf := func(name string, minimum config.Strength) *timeline {
		at := seen{name, minimum}
		if made[at] == nil { // cocktails share ingredients
			made[at] = w.timeline(h, name, minimum, byName[name])
		}
		return made[at]
	}
	var counted, conditions []*timeline
	for _, in := range k.Ingredients {
		counted = append(counted, timelineOf(in.Name, in.Minimum))
	}
	slices.SortFunc(counted, func(a, b *timeline) int { return cmp.Compare(a.name, b.name) })
	for _, name := range k.Conditions {
		conditions = append(conditions, timelineOf(name, config.Zwak))
	}
	var current *Episode
	var begin day
	end := func(end day) {
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
	today, needed := make([]State, len(counted)), make([]State, len(conditions))
	hidden := stretch{Episode{Household: h.ID, Cocktail: k.ID, Status: unseen}, lines.Never, &out.Hidden}
	none := stretch{Episode{Household: h.ID, Cocktail: k.ID, Status: "nee"}, lines.Never, &out.None}
	for d := w.from; d < w.to; d++ {
		i := d - w.from
		on(i, counted, today)
		on(i, conditions, needed)
		status := Status(today, needed, slices.ContainsFunc(counted, func(t *timeline) bool { return t.below[i] }))
		verdict = status
		certain := status == "" && certainly(today, needed)
		hidden.day(d, status == "" && hides(today, needed))
		none.day(d, certain)
		if status == "" {
			if certain {
				verdict = "nee"
			}
			end(d)
			continue
		}
		var missing []string
		for _, t := range counted {
			switch {
			case t.state[i] >= Weak:
			case t.below[i]:
				missing = append(missing, t.name+" (zwak aanwezig)")
			default:
				missing = append(missing, t.name)
			}
		}
		list := strings.Join(missing, "|")
		if current != nil && (status != current.Status || list != current.Missing) {
			end(d)
		}
		if current == nil {
			current = &Episode{Household: h.ID, Cocktail: k.ID, From: d.String(), Status: status, Missing: list,
				Order: order(byName, minimum, d)}
			begin = d
		}
	}
	end(w.to)
	hidden.day(w.to, false)
	none.day(w.to, false)
	return verdict
}

// stretch puts days on end together, of which one thing can be said.
type stretch struct {
	of   Episode // but for its days
	from day
	to   *[]Episode // where they are put
}

// day says of the next day whether it is one of them.
func (s *stretch) day(d day, is bool) {
	switch {
	case is && s.from == lines.Never:
		s.from = d
	case !is && s.from != lines.Never:
		s.of.From, s.of.To = s.from.String(), d.String()
		*s.to = append(*s.to, s.of)
		s.from = lines.Never
	}
}

// on fills in the states of a day.
func on(i day, list []*timeline, states []State) {
	for n, t := range list {
		states[n] = t.state[i]
	}
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
