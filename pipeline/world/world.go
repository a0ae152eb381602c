// Package world is what a run knows before its first model: its deliveries, what they cover, the gemeenten, the peildatum and what that
// rests on; and the tables in which models read all that beside the configuration.
package world

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"stapel/config"
	"stapel/pipeline/control"
	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
)

// World is what a run knows before the first model: configuration, deliveries, what they cover, and P.
type World struct {
	Cfg       *config.Config
	All       []*inbox.Delivery
	Gemeenten []string      // of the run
	Peil      time.Time     // P
	Basis     control.Basis // what P rests on
	Lotteries []control.Lottery
	Plans     []control.Plan // analysis plans

	lots      []lotRow
	frozen    []planRow
	coverage  []coverage
	abolished map[string]bool
}

// coverage is a period, half-open in day numbers, that a kind covers for a gemeente.
type coverage struct {
	kind, gemeente string
	van, tot       int32
	delivery       *inbox.Delivery // nil: from the configuration
	levering       int64
}

// The kinds whose coverage the models ask for whatever the cocktails are.
const (
	kindHousehold = "huishouden"
	kindZvw       = "zvw_declaratie"
	kindInsured   = "zvw_verzekerde"
	kindBenefit   = "participatie_uitkering"
)

// New works out coverage, gemeenten and P (rules 17, 18, 47, 60, 68) of deliveries that are in the lake.
func New(cfg *config.Config, all []*inbox.Delivery, l *lake.Lake) (*World, error) {
	w := &World{Cfg: cfg, All: all}
	w.findCoverage()
	w.Gemeenten = cfg.Settings.Run.Gemeenten
	if len(w.Gemeenten) == 0 {
		w.Gemeenten = w.gemeentenOf(kindHousehold)
	}
	if err := w.findAbolished(l); err != nil {
		return w, err
	}
	if set := cfg.Settings.Run.Peildatum; set != "" {
		var err error
		if w.Peil, err = time.Parse(time.DateOnly, set); err != nil {
			return w, err
		}
		if err := w.peilIsCovered(); err != nil {
			return w, err
		}
	} else if err := w.findPeil(); err != nil {
		return w, err
	}
	w.findBasis()
	if err := w.findLotteries(l); err != nil {
		return w, err
	}
	if err := w.findPlans(l); err != nil {
		return w, err
	}
	return w, w.wantExclusions()
}

// kindExclusion is the kind that says who must not be shown (rules 48).
const kindExclusion = "uitsluiting"

// wantExclusions refuses a run to which nobody said who must not be shown: households with a secret address would be listed.
func (w *World) wantExclusions() error {
	if !w.Cfg.Settings.Selection.RequireExclusions || w.Cfg.Contracts[kindExclusion] == nil || w.delivered(kindExclusion) {
		return nil
	}
	return exit.Misuse(fmt.Sprintf("deliver a file of kind %[1]s, with no more than its header where there are none (`stapel contract %[1]s` writes it), or set "+
		"selection.require_exclusions: false in stapel.yaml: the report then says on page one that nobody was excluded", kindExclusion),
		"no extract of %s was accepted, so nobody has said which households must not be shown (secret addresses, objections)", kindExclusion)
}

// findCoverage takes what notes say; for a kind none of whose deliveries has a note, what the configuration says. The
// bytes of a duplicate don't count, its coverage does (rules 45).
func (w *World) findCoverage() {
	noted := map[string]bool{}
	ids := w.lakeIDs()
	for _, d := range w.All {
		if d.Note == nil || d.Status == inbox.Refused {
			continue
		}
		if d.Note.PeriodeVan == nil || d.Note.PeriodeTot == nil || len(d.Note.Gemeenten) == 0 {
			continue // a note that does not say what it covers
		}
		noted[d.Kind] = true
		for _, g := range d.Note.Gemeenten {
			w.coverage = append(w.coverage, coverage{d.Kind, g, int32(*d.Note.PeriodeVan), int32(*d.Note.PeriodeTot) + 1, d,
				ids[[2]string{d.Kind, d.Sha256}]})
		}
	}
	for _, kind := range w.Cfg.Kinds() {
		if noted[kind] {
			continue
		}
		for _, c := range w.Cfg.Settings.Feeds[kind].Coverage {
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
func (w *World) lakeIDs() map[[2]string]int64 {
	ids := map[[2]string]int64{}
	for _, d := range w.All {
		if d.Status == inbox.Accepted {
			ids[[2]string{d.Kind, d.Sha256}] = d.Extract.Levering
		}
	}
	return ids
}

func (w *World) delivered(kind string) bool {
	return slices.ContainsFunc(w.All, func(d *inbox.Delivery) bool { return d.Kind == kind && d.Status != inbox.Refused })
}

// gemeentenOf are the gemeenten in the accepted lines of a kind, sorted.
func (w *World) gemeentenOf(kind string) []string {
	var out []string
	for _, d := range w.All {
		if d.Kind == kind && d.Status == inbox.Accepted {
			out = append(out, d.Extract.Gemeenten...)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (w *World) known(kind string) bool {
	return slices.ContainsFunc(w.coverage, func(c coverage) bool { return c.kind == kind })
}

// covers reports whether deliveries of the kind cover all days of [van, tot) for the gemeente.
func (w *World) covers(kind, gemeente string, van, tot int32) bool {
	for _, c := range w.coverage { // in order of van
		if c.kind == kind && c.gemeente == gemeente && c.van <= van && c.tot > van {
			van = c.tot
		}
	}
	return van >= tot
}

// WindowStart is the first day of window Tn: 12 months to P, and the 12 before each.
func (w *World) WindowStart(n int) time.Time {
	return monthStart(w.Peil).AddDate(0, -11-12*n, 0)
}

// coveredMonths says per kind, gemeente and month of the windows whether it is covered: ja, nee, onbekend when nothing is known
// of the kind, or opgeheven after the last day of a gemeente that is no more.
func (w *World) coveredMonths() []dekkingMaandRow {
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
func (w *World) coveredSets() []dekkingMaskerRow {
	var out []dekkingMaskerRow
	calendar := w.calendar()
	for _, kind := range w.Cfg.Kinds() {
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
func (w *World) allGemeenten() []string {
	out := slices.Clone(w.Gemeenten)
	for _, c := range w.coverage {
		out = append(out, c.gemeente)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func (w *World) coveredKinds() []dekkingKindRow {
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
func (w *World) openEnds() []openTotRow {
	seen := w.allGemeenten()
	for _, d := range w.All {
		if d.Status == inbox.Accepted {
			seen = append(seen, d.Extract.Gemeenten...)
		}
	}
	slices.Sort(seen)
	seen = slices.Compact(seen)
	var out []openTotRow
	for _, kind := range w.Cfg.Kinds() {
		places := seen
		if w.Cfg.Contracts[kind].Gemeente() == "" {
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
				tot = day(w.Peil) + 1
			}
			out = append(out, openTotRow{kind, g, tot})
		}
	}
	return out
}

// zvwCoverage says how the zvw feed covers persons (rules 46, 55): alle, verzekerde (insured spells tell), or onbekend.
func (w *World) zvwCoverage() string {
	notes, all := 0, 0
	for _, d := range w.All {
		if d.Kind == kindZvw && d.Status != inbox.Refused {
			notes++
			if d.Note != nil && d.Note.AlleVerzekeraars != nil && *d.Note.AlleVerzekeraars {
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

func day(t time.Time) int32 { return int32(t.Unix() / 86400) }

func date(d int32) time.Time { return ingest.Day(d).Time() }

func monthStart(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC)
}

// Parts are the files of a kind's accepted lines.
func (w *World) Parts(l *lake.Lake, kind string) []string {
	var parts []string
	for _, d := range w.All {
		if d.Kind == kind && d.Status == inbox.Accepted {
			for _, p := range d.Extract.Delen {
				parts = append(parts, filepath.Join(l.Extract(kind, d.Sha256), p.Naam))
			}
		}
	}
	return parts
}

// Unseen lists the costs that no feed of this run shows (rules 16), in Dutch.
func (w *World) Unseen() []string {
	var list []string
	for _, kind := range w.Cfg.Kinds() {
		if c := w.Cfg.Contracts[kind].Cost; c != nil && c.Unseen != "" && !w.delivered(kind) {
			list = append(list, c.Unseen)
		}
	}
	return append(list, "vakantietoeslag op uitkeringen", "zorg die als vast bedrag wordt bekostigd (taakgericht)",
		"langdurige zorg uit de Wlz", "subsidies", "eigen bijdragen")
}
