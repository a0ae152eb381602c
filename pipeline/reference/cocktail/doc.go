// Package cocktail is the slow reference of signals and cocktails: rules 31 to 41, 53, 56, 58, 59, 67 and 72, day by day and person by
// person, and what of 11, 13, 69 and 70 it needs itself. It goes by the lines and people of its sister packages. It shares no code and no
// SQL with the pipeline, has its code lists from the rules and not from signals.yaml, and is written to be read, not to be fast. Tests hold
// the models to it; no run uses it.
package cocktail

import (
	"cmp"
	"maps"
	"slices"

	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
)

// Signal is a row of the mart signaal. Dates are JJJJ-MM-DD; BronRegel is 0 where there is no source line.
type Signal struct {
	Household, Person, Ingredient, From, To, Strength, Kind, File string
	Line                                                          int64
}

// Episode is a row of the mart cocktail, without the cost.
type Episode struct {
	Household, Cocktail, From, To, Status string
	Active                                bool
	Missing, Order                        string
}

// Evidence is a row of the mart cocktail_bewijs.
type Evidence struct {
	Household, Cocktail, From        string
	Nr                               int64
	Ingredient, Strength, Kind, File string
	Line                             int64
}

// Verdict is a row of the mart cocktail_oordeel: households shown by what can be said of them at P.
type Verdict struct {
	Cocktail                                                string
	Households, Full, Threatened, Unknown, CannotTell, None int64
}

// Result are the rows of the marts, in no order that means anything.
type Result struct {
	Signals  []Signal
	Episodes []Episode
	Evidence []Evidence
	Verdicts []Verdict
	Hidden   []Episode // days without a status on which a cocktail could be there; in no mart
	None     []Episode // days on which there certainly is none: nee; idem
	Houses   int       // households shown
}

// Compute works out what shows in every household at P, and what the cocktails make of it.
func Compute(p *people.People) Result {
	w := newWorld(p)
	var out Result
	for _, k := range w.Config.Cocktails {
		out.Verdicts = append(out.Verdicts, Verdict{Cocktail: k.ID})
	}
	for _, h := range w.shown() {
		out.Houses++
		signals := w.signals(h)
		for _, s := range signals {
			out.Signals = append(out.Signals, s.row(h))
		}
		made := map[seen]*timeline{}
		for i, k := range w.Config.Cocktails {
			out.Verdicts[i].count(w.walk(&out, h, k, signals, made))
		}
	}
	return out
}

// Known says of households whether the absence of an ingredient would be known in a month, given its first day (rules 39).
func Known(p *people.People) func(h *people.House, ingredient string, first lines.Day) bool {
	return newWorld(p).knows
}

// world is people with what the rules of signals make of their lines.
type world struct {
	*people.People
	from, to day                           // the 24 months to P
	of       map[string]map[string][]*line // lines by kind and person, in order of file and line
	care     map[*line]bool                // allocations that count (rules 11)
	gone     map[[3]string]bool            // allocations that were withdrawn
	begins   map[string]bool               // kinds that fill begin_levering often enough (rules 36)
	unequal  map[benefit]bool              // benefits of which persons have other amounts
	paid     map[benefit]map[string]int64  // by person, what lines of one benefit add up to
	credits  map[[3]string]bool            // kind, gemeente with provider, reference

	occupants map[string][]occupant // by household, made when it is first asked for
}

type (
	day    = lines.Day
	line   = lines.Line
	person = people.Person
	house  = people.House
	spell  = people.Spell
)

func newWorld(p *people.People) *world {
	w := &world{People: p, from: p.P.Month(-23), to: p.P + 1, of: map[string]map[string][]*line{}, care: map[*line]bool{},
		gone: map[[3]string]bool{}, begins: map[string]bool{}, unequal: map[benefit]bool{}, paid: map[benefit]map[string]int64{},
		credits: map[[3]string]bool{}}
	for kind, list := range w.ByKind {
		list = slices.Clone(list)
		slices.SortFunc(list, func(a, b *line) int {
			return cmp.Or(cmp.Compare(a.Delivery.File, b.Delivery.File), cmp.Compare(a.Nr, b.Nr))
		})
		w.of[kind] = map[string][]*line{}
		for _, l := range list {
			w.of[kind][l.Get("persoon_ps")] = append(w.of[kind][l.Get("persoon_ps")], l)
		}
	}
	w.allocations()
	w.benefits()
	for _, l := range w.ByKind["jeugd_declaratie"] {
		if l.Get("debet_credit") == "C" && l.Get("vorig_referentie_nummer") != "" {
			w.credits[[3]string{l.Kind, l.Gemeente + l.Get("aanbieder_agb"), l.Get("vorig_referentie_nummer")}] = true
		}
	}
	return w
}

// shown are the households that marts are about, in order of id.
func (w *world) shown() (out []*house) {
	for _, id := range slices.Sorted(maps.Keys(w.Houses)) {
		if h := w.Houses[id]; !h.Away() {
			out = append(out, h)
		}
	}
	return out
}

// coversHouse: the kind covers every member born by then; attached members are left out.
func (w *world) coversHouse(h *house, kind string, month day) bool {
	anyone := false
	for _, p := range h.Members {
		if p.Attached || p.Born(0) >= month.Month(1) {
			continue
		}
		anyone = true
		if !w.Covers(kind, p, month) {
			return false
		}
	}
	return anyone
}

// newer orders lines from new to old: delivery, then line.
func newer(a, b *line) int { return lines.OldToNew(b, a) }

// cents is an amount in a cell that has one.
func (w *world) cents(l *line, column string) int64 {
	ct, ok := lines.Cents(w.Config.Contracts[l.Kind].Column(column), l.Get(column))
	if !ok {
		panic("reference: not an amount: " + l.Kind + " " + column)
	}
	return ct
}
