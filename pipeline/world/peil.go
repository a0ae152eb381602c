package world

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"

	"stapel/pipeline/control"
	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
)

// requiredKinds are the kinds that a run needs.
func (w *World) requiredKinds() []string {
	return slices.DeleteFunc(w.Cfg.Kinds(), func(kind string) bool { return !w.Cfg.Required(kind) })
}

// A place is a required kind in a gemeente: what has to be covered before P can be there.
type place struct{ kind, gemeente string }

// places are those that take part in P: a gemeente that is no more holds nothing back (rules 68).
func (w *World) places() (out []place) {
	for _, kind := range w.requiredKinds() {
		for _, g := range w.Gemeenten {
			if !w.abolished[g] {
				out = append(out, place{kind, g})
			}
		}
	}
	return out
}

// findPeil sets P to the last day of the last calendar month that every required feed covers for every gemeente.
func (w *World) findPeil() error {
	required := w.requiredKinds()
	if len(required) == 0 {
		return exit.Misuse("set run.peildatum", "no feed is required, so the peildatum cannot be worked out")
	}
	for _, kind := range required {
		if !w.delivered(kind) {
			return exit.Misuse(fmt.Sprintf("deliver it, set run.peildatum, or set feeds.%s.required: false", kind),
				"no extract of %s was accepted, and a run needs it", kind)
		}
		if !w.known(kind) {
			return exit.Misuse(fmt.Sprintf("add a delivery note (<file>%s), set feeds.%s.coverage, or set run.peildatum", ingest.NoteSuffix, kind),
				"no delivery of %s says what it covers, so the peildatum cannot be worked out", kind)
		}
	}
	if len(w.Gemeenten) == 0 {
		return exit.Misuse("set run.gemeenten", "the huishouden feed has no accepted lines, so there are no gemeenten")
	}
	month, ok := w.lastCovered(w.places())
	if !ok {
		return exit.Misuse("look at the periods and gemeenten of the delivery notes, or set run.peildatum and run.gemeenten",
			"there is no month that all required feeds (%s) cover for all gemeenten (%s)", strings.Join(required, ", "), strings.Join(w.Gemeenten, ", "))
	}
	w.Peil = month.AddDate(0, 1, -1)
	return nil
}

// lastCovered is the first day of the last month that is covered whole in all places.
func (w *World) lastCovered(places []place) (month time.Time, ok bool) {
	if len(places) == 0 || len(w.coverage) == 0 {
		return month, false
	}
	first, last := w.coverage[0].van, w.coverage[0].tot
	for _, c := range w.coverage {
		first, last = min(first, c.van), max(last, c.tot)
	}
	for m := monthStart(date(last)); day(m) >= first; m = m.AddDate(0, -1, 0) {
		if !slices.ContainsFunc(places, func(p place) bool { return !w.coversMonth(p, m) }) {
			return m, true
		}
	}
	return month, false
}

func (w *World) coversMonth(p place, month time.Time) bool {
	return w.covers(p.kind, p.gemeente, day(month), day(month.AddDate(0, 1, 0)))
}

// peilIsCovered refuses a peildatum that was set beyond what huishouden covers: nobody would live anywhere.
func (w *World) peilIsCovered() error {
	last := int32(0)
	for _, g := range w.Gemeenten {
		last = max(last, w.coveredUntil(kindHousehold, g))
	}
	if last > 0 && day(w.Peil) >= last {
		return exit.Misuse("set an earlier one, or deliver huishouden up to it", "run.peildatum %s is later than the last day that huishouden covers, %s",
			w.Peil.Format(time.DateOnly), date(last-1).Format(time.DateOnly))
	}
	return nil
}

// coveredUntil is the day after the last that a kind covers for a gemeente, 0 when it covers none.
func (w *World) coveredUntil(kind, gemeente string) (tot int32) {
	for _, c := range w.coverage {
		if c.kind == kind && c.gemeente == gemeente {
			tot = max(tot, c.tot)
		}
	}
	return tot
}

// findBasis works out for every place the last whole month it covers, and which held P: those that do not cover the month after
// it, when others do. What P would be without these is said too, so that somebody can ask for what is late.
func (w *World) findBasis() {
	w.Basis = control.Basis{Set: w.Cfg.Settings.Run.Peildatum != ""}
	for _, g := range w.Gemeenten {
		if w.abolished[g] && !w.Basis.Set {
			w.Basis.Gone = append(w.Basis.Gone, g)
		}
	}
	places := w.places()
	next := monthStart(w.Peil).AddDate(0, 1, 0)
	var free []place
	for _, p := range places {
		if w.coversMonth(p, next) {
			free = append(free, p)
		}
	}
	for _, p := range places {
		part := control.BasisFor{Kind: p.kind, Gemeente: p.gemeente, Held: !w.Basis.Set && len(free) > 0 && !slices.Contains(free, p)}
		if m, ok := w.lastCovered([]place{p}); ok {
			part.Until = m.Format("2006-01")
		}
		w.Basis.Parts = append(w.Basis.Parts, part)
	}
	if m, ok := w.lastCovered(free); ok && !w.Basis.Set {
		w.Basis.Without = m.AddDate(0, 1, -1).Format(time.DateOnly)
	}
}

// spell is what findAbolished reads of a line about households.
type spell struct {
	Gemeente string `parquet:"gemeentecode,optional"`
	Van      int32  `parquet:"tijd_van,optional,date"`
	Tot      *int32 `parquet:"tijd_tot,optional,date"`
}

// findAbolished finds the gemeenten of the run in which nobody lives on the last day that huishouden covers there, or, where others are
// covered longer, everybody leaves with that day: they are no more, as after a merger. When that is all of them the deliveries are wrong,
// not the gemeenten, and none counts as such.
func (w *World) findAbolished(l *lake.Lake) error {
	w.abolished = map[string]bool{}
	last := map[string]int32{}
	for _, g := range w.Gemeenten {
		if tot := w.coveredUntil(kindHousehold, g); tot > 0 {
			last[g] = tot - 1
			w.abolished[g] = true // until somebody is found
		}
	}
	latest := int32(0)
	for _, at := range last {
		latest = max(latest, at)
	}
	newest := map[string]int64{}
	noted := map[string]bool{}
	for _, d := range w.All {
		if d.Kind == kindHousehold && d.Status != inbox.Refused {
			newest[d.Sha256] = max(newest[d.Sha256], d.Order)
			noted[d.Sha256] = noted[d.Sha256] || d.Note != nil
		}
	}
	files := slices.DeleteFunc(slices.Clone(w.All), func(d *inbox.Delivery) bool { return d.Kind != kindHousehold || d.Status != inbox.Accepted })
	slices.SortFunc(files, func(a, b *inbox.Delivery) int { return int(newest[b.Sha256] - newest[a.Sha256]) })
	for _, d := range files {
		replaced := func(s *spell) bool {
			return noted[d.Sha256] && slices.ContainsFunc(w.coverage, func(c coverage) bool {
				return c.kind == kindHousehold && c.delivery != nil && c.delivery.Order > newest[d.Sha256] && c.levering != d.Extract.Levering &&
					c.gemeente == s.Gemeente && s.Van < c.tot && (s.Tot == nil || *s.Tot > c.van)
			})
		}
		for _, part := range d.Extract.Delen {
			if !slices.ContainsFunc(d.Extract.Gemeenten, func(g string) bool { return w.abolished[g] }) {
				break
			}
			err := scanSpells(filepath.Join(l.Extract(d.Kind, d.Sha256), part.Naam), func(s *spell) (more bool) {
				at, asked := last[s.Gemeente]
				if asked && w.abolished[s.Gemeente] && s.Van <= at && (s.Tot == nil || *s.Tot > at && (at == latest || *s.Tot > at+1)) && !replaced(s) {
					delete(w.abolished, s.Gemeente)
				}
				return len(w.abolished) > 0
			})
			if err != nil {
				return err
			}
		}
	}
	if len(w.abolished) == len(w.Gemeenten) {
		clear(w.abolished)
	}
	return nil
}

// scanSpells reads the spells of one Parquet file of the lake until see has seen enough.
func scanSpells(file string, see func(s *spell) (more bool)) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	pf, err := parquet.OpenFile(f, st.Size())
	if err != nil {
		return err
	}
	r := parquet.NewGenericReader[spell](pf)
	defer r.Close()
	rows := make([]spell, 1024)
	for {
		n, err := r.Read(rows)
		for i := range rows[:n] {
			if !see(&rows[i]) {
				return nil
			}
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}
