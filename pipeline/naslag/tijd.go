package naslag

import (
	"errors"
	"slices"
)

// dekking is a period that a kind covers for a gemeente.
type dekking struct {
	soort, gemeente string
	van, tot        dag
	levering        *levering // nil: from the configuration
}

// dek works out what is covered, and the gemeenten of the run (rules 17).
func (w *Wereld) dek() {
	metBrief := map[string]bool{}
	for _, l := range w.leveringen {
		if l.brief == nil || l.brief.Van == "" || l.brief.Tot == "" || len(l.brief.gemeenten) == 0 {
			continue
		}
		metBrief[l.soort] = true
		for _, g := range l.brief.gemeenten {
			w.dekkingen = append(w.dekkingen, dekking{l.soort, g, eenDag(l.brief.Van), eenDag(l.brief.Tot) + 1, l})
		}
	}
	for soort, feed := range w.cfg.Settings.Feeds {
		if !metBrief[soort] {
			for _, c := range feed.Coverage {
				w.dekkingen = append(w.dekkingen, dekking{soort, c.Gemeente, eenDag(c.From), eenDag(c.To) + 1, nil})
			}
		}
	}
	w.gemeenten = slices.Clone(w.cfg.Settings.Run.Gemeenten)
	if len(w.gemeenten) == 0 {
		for _, r := range w.regels {
			if r.soort == "huishouden" && r.lot == "geaccepteerd" {
				w.gemeenten = append(w.gemeenten, w.gemeente(r))
			}
		}
	}
	slices.Sort(w.gemeenten)
	w.gemeenten = slices.Compact(w.gemeenten)
}

// peil works out P (rules 17, 68).
func (w *Wereld) peil() error {
	w.opgeheven = map[string]dag{}
	for _, g := range w.gemeenten {
		if laatste, leeg := w.verlaten(g); leeg {
			w.opgeheven[g] = laatste
		}
	}
	if set := w.cfg.Settings.Run.Peildatum; set != "" {
		w.P = eenDag(set)
		return nil
	}
	if len(w.gemeenten) == 0 {
		return errors.New("there are no lines about households, so no gemeenten")
	}
	doen := slices.DeleteFunc(slices.Clone(w.gemeenten), func(g string) bool { _, leeg := w.opgeheven[g]; return leeg })
	if len(doen) == 0 { // a gemeente that went into another; where nobody lives anywhere none did
		doen = w.gemeenten
	}
	laatste := dag(0)
	for _, d := range w.dekkingen {
		laatste = max(laatste, d.tot)
	}
	for eerste, n := laatste.maand(0), 0; n < 1200; eerste, n = eerste.maand(-1), n+1 {
		gedekt := true
		for _, soort := range w.cfg.Kinds() {
			for _, g := range doen {
				gedekt = gedekt && (!w.cfg.Required(soort) || w.maandGedekt(soort, g, eerste))
			}
		}
		if gedekt {
			w.P = eerste.maand(1) - 1
			return nil
		}
	}
	return errors.New("no month is covered by every required kind")
}

// verlaten is whether nobody lives in a gemeente on the last day that huishouden covers for it (rules 68), or, where others are covered
// longer, everybody leaves with that day; and which day that is.
func (w *Wereld) verlaten(gemeente string) (laatste dag, leeg bool) {
	gedekt := false
	for _, d := range w.dekkingen {
		if d.soort == "huishouden" && d.gemeente == gemeente && (!gedekt || d.tot-1 > laatste) {
			laatste, gedekt = d.tot-1, true
		}
	}
	if !gedekt {
		return 0, false
	}
	langer := false // another gemeente of the run is covered beyond it
	for _, d := range w.dekkingen {
		langer = langer || d.soort == "huishouden" && slices.Contains(w.gemeenten, d.gemeente) && d.tot-1 > laatste
	}
	for _, r := range w.perSoort["huishouden"] {
		van, tot, _ := w.periode(r)
		if w.gemeente(r) == gemeente && van <= laatste && laatste < tot && (!langer || tot > laatste+1) {
			return 0, false
		}
	}
	return laatste, true
}

// dagGedekt is whether some delivery of the kind covers the day for the gemeente.
func (w *Wereld) dagGedekt(soort, gemeente string, x dag) bool {
	return slices.ContainsFunc(w.dekkingen, func(d dekking) bool {
		return d.soort == soort && d.gemeente == gemeente && d.van <= x && x < d.tot
	})
}

// maandGedekt is whether every day of the month that begins on eerste is covered.
func (w *Wereld) maandGedekt(soort, gemeente string, eerste dag) bool {
	for x := eerste; x < eerste.maand(1); x++ {
		if !w.dagGedekt(soort, gemeente, x) {
			return false
		}
	}
	return true
}

// bekend is whether anything is known of what the kind covers.
func (w *Wereld) bekend(soort string) bool {
	return slices.ContainsFunc(w.dekkingen, func(d dekking) bool { return d.soort == soort })
}

// openEind is where a line that still runs is cut: after the last day its kind covers for its gemeente (rules 18), for a kind
// without a gemeente after the last day it covers at all; unknown: after P.
func (w *Wereld) openEind(soort, gemeente string) dag {
	eind := dag(0)
	for _, d := range w.dekkingen {
		if d.soort == soort && (d.gemeente == gemeente || w.cfg.Contracts[soort].Gemeente() == "") {
			eind = max(eind, d.tot)
		}
	}
	if eind == 0 {
		return w.P + 1
	}
	return eind
}

// eind is the day after the last of a line whose last day stands in kolom.
func (w *Wereld) eind(r *regel, kolom string) dag {
	if x, ok := r.dag(kolom); ok {
		return x + 1
	}
	return w.openEind(r.soort, w.gemeente(r))
}

// venster is 0, 1 or 2 for a day in T0, T1 or T2, else -1 (rules 18).
func (w *Wereld) venster(x dag) int {
	for n := range 3 {
		if van := w.P.maand(-11 - 12*n); van <= x && x < van.maand(12) {
			return n
		}
	}
	return -1
}

// geleverd is whether a file of the kind was delivered.
func (w *Wereld) geleverd(soort string) bool {
	return slices.ContainsFunc(w.leveringen, func(l *levering) bool { return l.soort == soort })
}
