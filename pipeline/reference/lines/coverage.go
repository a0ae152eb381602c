package lines

import (
	"errors"
	"slices"
)

// Cover is a period that a kind covers for a gemeente.
type Cover struct {
	Kind, Gemeente string
	From, To       Day
	Delivery       *Delivery // nil: from the configuration
}

// place is a kind, a gemeente and the first of a month.
type place struct {
	kind, gemeente string
	month          Day
}

// cover works out what is covered, and the gemeenten of the run (rules 17).
func (w *World) cover() {
	noted := map[string]bool{}
	for _, d := range w.Deliveries {
		from, last, ok := d.Span()
		if !ok || len(d.note.gemeenten) == 0 {
			continue
		}
		noted[d.Kind] = true
		for _, g := range d.note.gemeenten {
			w.Covers = append(w.Covers, Cover{d.Kind, g, from, last + 1, d})
		}
	}
	for kind, feed := range w.Config.Settings.Feeds {
		if !noted[kind] {
			for _, c := range feed.Coverage {
				w.Covers = append(w.Covers, Cover{kind, c.Gemeente, ParseDay(c.From), ParseDay(c.To) + 1, nil})
			}
		}
	}
	w.Gemeenten = slices.Clone(w.Config.Settings.Run.Gemeenten)
	if len(w.Gemeenten) == 0 {
		for _, l := range w.All {
			if l.Kind == "huishouden" && l.Fate == "geaccepteerd" {
				w.Gemeenten = append(w.Gemeenten, l.Gemeente)
			}
		}
	}
	slices.Sort(w.Gemeenten)
	w.Gemeenten = slices.Compact(w.Gemeenten)
}

// peil works out P (rules 17, 68).
func (w *World) peil() error {
	for _, g := range w.Gemeenten {
		if last, empty := w.left(g); empty {
			w.Gone[g] = last
		}
	}
	if set := w.Config.Settings.Run.Peildatum; set != "" {
		w.P = ParseDay(set)
		return nil
	}
	if len(w.Gemeenten) == 0 {
		return errors.New("there are no lines about households, so no gemeenten")
	}
	count := slices.DeleteFunc(slices.Clone(w.Gemeenten), func(g string) bool { _, empty := w.Gone[g]; return empty })
	if len(count) == 0 { // a gemeente that went into another; where nobody lives anywhere none did
		count = w.Gemeenten
	}
	last := Day(0)
	for _, c := range w.Covers {
		last = max(last, c.To)
	}
	for first, n := last.Month(0), 0; n < 1200; first, n = first.Month(-1), n+1 {
		covered := true
		for _, kind := range w.Config.Kinds() {
			for _, g := range count {
				covered = covered && (!w.Config.Required(kind) || w.MonthCovered(kind, g, first))
			}
		}
		if covered {
			w.P = first.Month(1) - 1
			return nil
		}
	}
	return errors.New("no month is covered by every required kind")
}

// left is whether nobody lives in a gemeente on the last day that huishouden covers for it (rules 68), or, where others are covered
// longer, everybody leaves with that day; and which day that is.
func (w *World) left(gemeente string) (last Day, empty bool) {
	covered := false
	for _, c := range w.Covers {
		if c.Kind == "huishouden" && c.Gemeente == gemeente && (!covered || c.To-1 > last) {
			last, covered = c.To-1, true
		}
	}
	if !covered {
		return 0, false
	}
	longer := false // another gemeente of the run is covered beyond it
	for _, c := range w.Covers {
		longer = longer || c.Kind == "huishouden" && slices.Contains(w.Gemeenten, c.Gemeente) && c.To-1 > last
	}
	for _, l := range w.ByKind["huishouden"] {
		if l.Gemeente == gemeente && l.From <= last && last < l.To && (!longer || l.To > last+1) {
			return 0, false
		}
	}
	return last, true
}

// MonthCovered is whether every day of the month that begins on first is covered by some delivery of the kind for the gemeente.
func (w *World) MonthCovered(kind, gemeente string, first Day) bool {
	at := place{kind, gemeente, first}
	covered, asked := w.months[at]
	if asked {
		return covered
	}
	covered = true
	for x, end := first, first.Month(1); x < end; x++ {
		covered = covered && slices.ContainsFunc(w.Covers, func(c Cover) bool {
			return c.Kind == kind && c.Gemeente == gemeente && c.From <= x && x < c.To
		})
	}
	w.months[at] = covered
	return covered
}

// Known is whether anything is known of what the kind covers.
func (w *World) Known(kind string) bool {
	return slices.ContainsFunc(w.Covers, func(c Cover) bool { return c.Kind == kind })
}

// Given is whether a file of the kind was delivered.
func (w *World) Given(kind string) bool {
	return slices.ContainsFunc(w.Deliveries, func(d *Delivery) bool { return d.Kind == kind })
}

// Open is where a line that still runs is cut: after the last day its kind covers for its gemeente (rules 18), for a kind
// without a gemeente after the last day it covers at all; unknown: after P.
func (w *World) Open(kind, gemeente string) Day {
	end := Day(0)
	for _, c := range w.Covers {
		if c.Kind == kind && (c.Gemeente == gemeente || w.Config.Contracts[kind].Gemeente() == "") {
			end = max(end, c.To)
		}
	}
	if end == 0 {
		return w.P + 1
	}
	return end
}

// Window is 0, 1 or 2 for a day in T0, T1 or T2, else -1 (rules 18).
func (w *World) Window(x Day) int {
	end := w.starts[3]
	for n, from := range w.starts[:3] {
		if from <= x && x < end {
			return n
		}
		end = from
	}
	return -1
}

// InWindows is whether a line has a day in T0, T1 or T2.
func (w *World) InWindows(l *Line) bool { return l.Period && l.From <= w.P && l.To > w.starts[2] }
