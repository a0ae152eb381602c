package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"stapel/config"
	"stapel/pipeline/control"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
)

// world is what a run knows before the first model: configuration, deliveries, what they cover, and P.
type world struct {
	cfg       *config.Config
	all       []*delivery
	coverage  []coverage
	gemeenten []string // of the run
	abolished map[string]bool
	peil      time.Time
	basis     control.Basis // what P rests on
}

// coverage is a period, half-open in day numbers, that a kind covers for a gemeente.
type coverage struct {
	kind, gemeente string
	van, tot       int32
	delivery       *delivery // nil: from the configuration
	levering       int64
}

// The kinds whose coverage the models ask for whatever the cocktails are.
const (
	kindHousehold = "huishouden"
	kindZvw       = "zvw_declaratie"
	kindInsured   = "zvw_verzekerde"
	kindBenefit   = "participatie_uitkering"
)

// newWorld works out coverage, gemeenten and P (rules 17, 18, 47, 60, 68) of deliveries that are in the lake.
func newWorld(cfg *config.Config, all []*delivery, l *lake.Lake) (world, error) {
	w := world{cfg: cfg, all: all}
	w.findCoverage()
	w.gemeenten = cfg.Settings.Run.Gemeenten
	if len(w.gemeenten) == 0 {
		w.gemeenten = w.gemeentenOf(kindHousehold)
	}
	if err := w.findAbolished(l); err != nil {
		return w, err
	}
	if set := cfg.Settings.Run.Peildatum; set != "" {
		var err error
		if w.peil, err = time.Parse(time.DateOnly, set); err != nil {
			return w, err
		}
		if err := w.peilIsCovered(); err != nil {
			return w, err
		}
		w.findBasis()
		return w, nil
	}
	if err := w.findPeil(); err != nil {
		return w, err
	}
	w.findBasis()
	return w, nil
}

func usage(remedy, format string, a ...any) error {
	return &Error{Code: Usage, Err: fmt.Errorf(format, a...), Remedy: remedy}
}

// findCoverage takes what notes say; for a kind none of whose deliveries has a note, what the configuration says. The
// bytes of a duplicate don't count, its coverage does (rules 45).
func (w *world) findCoverage() {
	noted := map[string]bool{}
	ids := w.lakeIDs()
	for _, d := range w.all {
		if d.note == nil || d.status == statusRefused {
			continue
		}
		if d.note.PeriodeVan == nil || d.note.PeriodeTot == nil || len(d.note.Gemeenten) == 0 {
			continue // a note that does not say what it covers
		}
		noted[d.kind] = true
		for _, g := range d.note.Gemeenten {
			w.coverage = append(w.coverage, coverage{d.kind, g, int32(*d.note.PeriodeVan), int32(*d.note.PeriodeTot) + 1, d,
				ids[[2]string{d.kind, d.sha256}]})
		}
	}
	for _, kind := range w.cfg.Kinds() {
		if noted[kind] {
			continue
		}
		for _, c := range w.cfg.Settings.Feeds[kind].Coverage {
			van, _ := time.Parse(time.DateOnly, c.From)
			tot, _ := time.Parse(time.DateOnly, c.To)
			w.coverage = append(w.coverage, coverage{kind: kind, gemeente: c.Gemeente, van: day(van), tot: day(tot) + 1})
		}
	}
	slices.SortStableFunc(w.coverage, func(a, b coverage) int {
		return cmp.Or(cmp.Compare(a.kind, b.kind), cmp.Compare(a.gemeente, b.gemeente), cmp.Compare(a.van, b.van), cmp.Compare(a.tot, b.tot))
	})
}

// lakeIDs are the ids of accepted deliveries by kind and content.
func (w *world) lakeIDs() map[[2]string]int64 {
	ids := map[[2]string]int64{}
	for _, d := range w.all {
		if d.status == statusAccepted {
			ids[[2]string{d.kind, d.sha256}] = d.extract.Levering
		}
	}
	return ids
}

func (w *world) delivered(kind string) bool {
	return slices.ContainsFunc(w.all, func(d *delivery) bool { return d.kind == kind && d.status != statusRefused })
}

// gemeentenOf are the gemeenten in the accepted lines of a kind, sorted.
func (w *world) gemeentenOf(kind string) []string {
	var out []string
	for _, d := range w.all {
		if d.kind == kind && d.status == statusAccepted {
			out = append(out, d.extract.Gemeenten...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (w *world) known(kind string) bool {
	return slices.ContainsFunc(w.coverage, func(c coverage) bool { return c.kind == kind })
}

// covers reports whether deliveries of the kind cover all days of [van, tot) for the gemeente.
func (w *world) covers(kind, gemeente string, van, tot int32) bool {
	for _, c := range w.coverage { // in order of van
		if c.kind == kind && c.gemeente == gemeente && c.van <= van && c.tot > van {
			van = c.tot
		}
	}
	return van >= tot
}

// windowStart is the first day of window Tn: 12 months to P, and the 12 before each.
func (w *world) windowStart(n int) time.Time {
	return monthStart(w.peil).AddDate(0, -11-12*n, 0)
}

// coveredMonths says per kind, gemeente and month of the windows whether it is covered: ja, nee, onbekend when nothing is known
// of the kind, or opgeheven after the last day of a gemeente that is no more.
func (w *world) coveredMonths() []dekkingMaandRow {
	var out []dekkingMaandRow
	calendar := w.calendar()
	for _, set := range w.coveredSets() {
		known := w.known(set.Kind)
		for _, m := range calendar {
			row := dekkingMaandRow{set.Kind, set.Gemeentecode, m.Maand, "onbekend"}
			switch {
			case set.Maanden&m.Bit != 0:
				row.Gedekt = "ja"
			case w.abolished[set.Gemeentecode] && m.Maand >= w.coveredUntil(kindHousehold, set.Gemeentecode):
				row.Gedekt = "opgeheven"
			case known:
				row.Gedekt = "nee"
			}
			out = append(out, row)
		}
	}
	return out
}

// coveredSets are the covered months per kind and gemeente as sets.
func (w *world) coveredSets() []dekkingMaskerRow {
	var out []dekkingMaskerRow
	calendar := w.calendar()
	for _, kind := range w.cfg.Kinds() {
		for _, g := range w.allGemeenten() {
			row := dekkingMaskerRow{kind, g, 0}
			for _, m := range calendar {
				if w.covers(kind, g, m.Maand, m.Tot) {
					row.Maanden |= m.Bit
				}
			}
			out = append(out, row)
		}
	}
	return out
}

// allGemeenten are those of the run and any other that a note or the configuration covers.
func (w *world) allGemeenten() []string {
	out := slices.Clone(w.gemeenten)
	for _, c := range w.coverage {
		out = append(out, c.gemeente)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (w *world) coveredKinds() []dekkingKindRow {
	kinds := []string{kindZvw, kindBenefit}
	for _, in := range w.ingredientCoverage() {
		kinds = append(kinds, in.Kind)
	}
	slices.Sort(kinds)
	var out []dekkingKindRow
	for _, kind := range slices.Compact(kinds) {
		out = append(out, dekkingKindRow{kind, w.known(kind)})
	}
	return out
}

// openEnds says where a line that still runs is cut: after the last day its kind covers for its gemeente; unknown: after
// P (rules 18, 60). A kind whose lines have no gemeente has one row, without a gemeente: after the last day it covers at all.
func (w *world) openEnds() []openTotRow {
	seen := w.allGemeenten()
	for _, d := range w.all {
		if d.status == statusAccepted {
			seen = append(seen, d.extract.Gemeenten...)
		}
	}
	slices.Sort(seen)
	seen = slices.Compact(seen)
	var out []openTotRow
	for _, kind := range w.cfg.Kinds() {
		places := seen
		if w.cfg.Contracts[kind].Gemeente() == "" {
			places = []string{""}
		}
		for _, g := range places {
			tot := int32(0)
			for _, c := range w.coverage {
				if c.kind == kind && (c.gemeente == g || g == "") {
					tot = max(tot, c.tot)
				}
			}
			if tot == 0 {
				tot = day(w.peil) + 1
			}
			out = append(out, openTotRow{kind, g, tot})
		}
	}
	return out
}

// zvwCoverage says how the zvw feed covers persons (rules 46, 55): alle, verzekerde (insured spells tell), or onbekend.
func (w *world) zvwCoverage() string {
	notes, all := 0, 0
	for _, d := range w.all {
		if d.kind == kindZvw && d.status != statusRefused {
			notes++
			if d.note != nil && d.note.AlleVerzekeraars != nil && *d.note.AlleVerzekeraars {
				all++
			}
		}
	}
	switch {
	case notes > 0 && all == notes:
		return "alle"
	case w.delivered(kindInsured):
		return "verzekerde"
	case all > 0:
		return "alle"
	default:
		return "onbekend"
	}
}

// oneVersion checks that all pseudonyms of the run carry one version label: with two the joins would silently fail.
func oneVersion(all []*delivery) error {
	byLabel := map[string]string{}
	var labels []string
	for _, d := range all {
		if d.status != statusAccepted {
			continue
		}
		for _, list := range [][]string{d.extract.Pseudoniem, d.extract.PseudoniemHuishouden} {
			for _, v := range list {
				if byLabel[v] == "" {
					byLabel[v] = d.name
					labels = append(labels, v)
				}
			}
		}
	}
	if len(labels) <= 1 {
		return nil
	}
	slices.Sort(labels)
	var where []string
	for _, v := range labels {
		where = append(where, fmt.Sprintf("%s (first in %s)", v, byLabel[v]))
	}
	return &Error{Code: Failed, Err: errors.New("the extracts carry more than one pseudonym version: " + strings.Join(where, ", ")),
		Remedy: "have all feeds delivered with the same version; nothing can be joined across versions"}
}

func day(t time.Time) int32 { return int32(t.Unix() / 86400) }

func date(d int32) time.Time { return ingest.Dag(d).Time() }

func monthStart(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}
