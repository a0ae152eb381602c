package costs

import (
	"cmp"
	"slices"
	"strings"

	"stapel/pipeline/reference/lines"
)

// group divides lines by a key, each group in the order of the lines.
func group(list []*lines.Line, key func(*lines.Line) string) map[string][]*lines.Line {
	out := map[string][]*lines.Line{}
	for _, r := range list {
		out[key(r)] = append(out[key(r)], r)
	}
	return out
}

// columnsOf is a key of the values of some columns.
func columnsOf(columns ...string) func(*lines.Line) string {
	return func(r *lines.Line) string {
		var parts []string
		for _, k := range columns {
			parts = append(parts, r.Get(k))
		}
		return strings.Join(parts, "\x00")
	}
}

var (
	byAllocation = columnsOf("gemeentecode", "toewijzing_nummer")
	byBenefit    = columnsOf("gemeentecode", "jaarmaand", "registratienummer", "statistiekcode", "cluster_bijz_bijstand")
	byTraject    = columnsOf("gemeentecode", "traject_id")
	byReference  = columnsOf("gemeentecode", "aanbieder_agb", "referentie_nummer")
	byPrevious   = columnsOf("gemeentecode", "aanbieder_agb", "vorig_referentie_nummer")
)

// exclude sets aside what only other lines make wrong, and older lines of what has a newest one (rules 11, 13, 14, 44).
func (w *Reference) exclude() {
	for _, law := range []string{"wmo", "jeugd"} {
		away := map[string]bool{}
		for key, list := range group(w.ByKind[law+"_toewijzing"], byAllocation) {
			newest, _ := w.newestAllocation(list)
			away[key] = newest.Get("reden_wijziging") == "13"
			for _, r := range list {
				switch {
				case away[key]:
					r.Exclude("9384")
				case r != newest:
					r.Use = "ouder"
				}
			}
		}
		for _, r := range w.ByKind[law+"_declaratie"] {
			if away[byAllocation(r)] {
				r.Exclude("9384")
			}
		}
	}
	for _, u := range w.benefits() {
		u.divide()
	}
	// of a traject, per person, and of a plan only the newest line counts
	for _, list := range group(w.ByKind["schuldhulp_traject"], columnsOf("gemeentecode", "traject_id", "persoon_ps")) {
		for _, r := range list[:len(list)-1] {
			r.Use = "ouder"
		}
	}
	for _, list := range group(w.ByKind["maatwerk_plan"], columnsOf("casusnummer")) {
		for _, r := range list[:len(list)-1] {
			r.Use = "ouder"
		}
	}
}

// excluded is the mart uitgesloten.
func (w *Reference) excluded() Table {
	t := Table{Name: "uitgesloten"}
	for _, r := range w.All {
		if r.Fate == "geaccepteerd" && r.Use == "uitgesloten" {
			x := Row{"kind": r.Kind, "bestand": r.Delivery.File, "regel": int64(r.Nr), "regel_code": r.Why, "bedrag_ct": nil}
			if w.Config.Contracts[r.Kind].Money != nil {
				x["bedrag_ct"], _ = w.Counted(r)
			}
			t.Rows = append(t.Rows, x)
		}
	}
	return t.by("kind", "bestand", "regel")
}

// by puts the rows in the order of some columns.
func (t Table) by(columns ...string) Table {
	slices.SortFunc(t.Rows, func(a, b Row) int {
		for _, k := range columns {
			c := 0
			if x, ok := a[k].(int64); ok {
				c = cmp.Compare(x, b[k].(int64))
			} else {
				c = cmp.Compare(a[k].(string), b[k].(string))
			}
			if c != 0 {
				return c
			}
		}
		return 0
	})
	return t
}
