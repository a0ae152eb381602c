package costs

import (
	"slices"

	"stapel/pipeline/reference/lines"
)

// coverage is the mart dekking.
func (w *Reference) coverage() Table {
	t := Table{Name: "dekking"}
	newest := w.newest()
	gemeenten := slices.Clone(w.Gemeenten)
	for _, c := range w.World.Covers {
		gemeenten = append(gemeenten, c.Gemeente)
	}
	slices.Sort(gemeenten)
	for _, kind := range w.Config.Kinds() {
		for _, g := range slices.Compact(slices.Clone(gemeenten)) {
			for n := range 36 {
				first := w.P.Month(n - 35)
				r := Row{"kind": kind, "gemeentecode": g, "maand": first.String(), "nieuwste_regel": nil, "gedekt": w.state(kind, g, first)}
				if last := max(newest[place{kind, g, first}], newest[place{kind, "", first}]); last > 0 {
					r["nieuwste_regel"] = last.String()
				}
				t.Rows = append(t.Rows, r)
			}
		}
	}
	return t.by("kind", "gemeentecode", "maand")
}

// state is what is known of a kind in a gemeente and month (rules 17, 63, 68).
func (w *Reference) state(kind, gemeente string, first lines.Day) string {
	last, gone := w.Gone[gemeente]
	switch covered := w.MonthCovered(kind, gemeente, first); {
	case !covered && gone && first > last:
		return "opgeheven"
	case !w.Linked(kind, gemeente):
		return "onbekend"
	case covered:
		return "ja"
	case !w.Known(kind):
		return "onbekend"
	}
	return "nee"
}

// place is a kind, a gemeente ("" for kinds without) and the first of a month.
type place struct {
	kind, gemeente string
	month          lines.Day
}

// newest is the latest first day of a line in each place, replaced lines included.
func (w *Reference) newest() map[place]lines.Day {
	out := map[place]lines.Day{}
	for _, l := range w.All {
		if l.Period && (l.Fate == "geaccepteerd" || l.Fate == "vervangen") {
			at := place{l.Kind, l.Gemeente, l.From.Month(0)}
			out[at] = max(out[at], l.From)
		}
	}
	return out
}

// linkShares is the mart koppelgraad, without rows about nobody.
func (w *Reference) linkShares() Table {
	t := Table{Name: "koppelgraad"}
	for _, k := range w.Links {
		r := Row{"kind": k.Kind, "gemeentecode": k.Gemeente, "bestand": k.File, "personen": int64(k.Persons), "gekoppeld": int64(k.Linked),
			"aandeel": float64(k.Linked) / float64(k.Persons), "minimum": k.Minimum, "oordeel": k.Verdict}
		if k.Verdict == "ter_informatie" {
			r["minimum"] = nil
		}
		t.Rows = append(t.Rows, r)
	}
	return t.by("kind", "gemeentecode", "bestand")
}
