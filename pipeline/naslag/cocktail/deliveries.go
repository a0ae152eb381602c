package cocktail

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"stapel/pipeline/naslag/extract"
)

// made is the instant at which a delivery was made, in the zone that its note writes; zero when the note does not say.
func made(n *extract.Note) time.Time {
	for _, layout := range []string{time.DateOnly, time.RFC3339} {
		if t, err := time.Parse(layout, n.Made); err == nil {
			return t
		}
	}
	return time.Time{}
}

// oldToNew orders deliveries: without a note, then by the local day they were made, the instant, their number and their file (rules 8).
func oldToNew(a, b *extract.Delivery) int {
	switch {
	case a.Note == nil && b.Note == nil:
		return cmp.Compare(a.Bestand(), b.Bestand())
	case a.Note == nil:
		return -1
	case b.Note == nil:
		return 1
	}
	x, y := made(a.Note), made(b.Note)
	local := func(t time.Time) string {
		if t.IsZero() {
			return ""
		}
		return t.Format(time.DateOnly)
	}
	return cmp.Or(cmp.Compare(local(x), local(y)), x.Compare(y), cmp.Compare(a.Note.ID, b.Note.ID), cmp.Compare(a.Bestand(), b.Bestand()))
}

// replaced: the line lies, or partly lies, in what a newer delivery covers. Where several suppliers deliver a kind each replaces its
// own lines only (rules 8, 71). Corrections of declarations are credit lines, nothing replaces those.
func (w *world) replaced(l *line) bool {
	if strings.HasSuffix(l.kind, "_declaratie") {
		return false
	}
	many := in(l.kind, "uitsluiting wonen_signaal zvw_verzekerde")
	return slices.ContainsFunc(w.cover[l.kind], func(c cover) bool {
		return c.order > l.order && c.levering != l.levering && l.from < c.to && l.to > c.from && (l.gemeente == "" || c.gemeente == l.gemeente) &&
			(!many || c.supplier != "" && c.supplier == l.supplier)
	})
}

// stored is a cell as it is kept: one spelling for what means the same.
func (l *line) stored(column string) string {
	v := l.get(column)
	switch {
	case v == "":
		return ""
	case strings.HasSuffix(column, "_ps"):
		return strings.ToLower(v)
	case column == "gemeentecode":
		return gemeente(v)
	case strings.HasSuffix(column, "_eur"), strings.HasSuffix(column, "_ct"):
		return strconv.FormatInt(l.cents(column), 10)
	case in(v, "9999-12-31 2999-12-31 2099-12-31"):
		return ""
	}
	return v
}

// same is what the line says: equal for lines that are equal in every column.
func (l *line) same() string {
	var cells []string
	for _, column := range slices.Sorted(maps.Keys(l.cells)) {
		if v := l.stored(column); v != "" {
			cells = append(cells, column+"="+v)
		}
	}
	return strings.Join(cells, "\n")
}

type gemeenteDay struct {
	gemeente string
	day      day
}

// account is all that one delivery of a kind says of itself and in its lines, equal bytes being one delivery.
type account struct {
	order    int
	supplier string
	days     map[gemeenteDay]bool // that it covers
	insurers map[string]bool
	listed   bool
	lines    []*line
}

// overlap takes out lines that a newer delivery of the same supplier, over some of the same days, gives again: the k-th of those
// that say the same for the k-th there (rules 61).
func (w *world) overlap() {
	for _, kind := range []string{"wmo_declaratie", "jeugd_declaratie", "zvw_declaratie"} {
		list := w.accounts(kind)
		gone := map[*line]bool{}
		for _, old := range list {
			for _, young := range list {
				if old.order >= young.order || !old.meets(young) {
					continue
				}
				left := map[string]int{}
				for _, l := range young.lines {
					left[l.same()]++
				}
				for _, l := range old.lines {
					if left[l.same()] > 0 {
						left[l.same()]--
						gone[l] = true
					}
				}
			}
		}
		w.twice += len(gone)
		w.lines[kind] = slices.DeleteFunc(w.lines[kind], func(l *line) bool { return gone[l] })
	}
}

// meets: the two may be of one supplier and insurer, and cover a day of a gemeente both.
func (a *account) meets(b *account) bool {
	if a.supplier != b.supplier && a.supplier != "" && b.supplier != "" {
		return false
	}
	shares := func(x, y map[string]bool) bool {
		return slices.ContainsFunc(slices.Collect(maps.Keys(x)), func(k string) bool { return y[k] })
	}
	if len(a.insurers) > 0 && len(b.insurers) > 0 && !shares(a.insurers, b.insurers) {
		return false
	}
	return slices.ContainsFunc(slices.Collect(maps.Keys(a.days)), func(k gemeenteDay) bool { return b.days[k] })
}

func (w *world) accounts(kind string) map[int64]*account {
	out := map[int64]*account{}
	sorted := slices.Clone(w.opt.Set)
	slices.SortFunc(sorted, oldToNew)
	for i, d := range sorted {
		if d.Kind != kind {
			continue
		}
		a := out[d.Levering()]
		if a == nil {
			a = &account{days: map[gemeenteDay]bool{}, insurers: map[string]bool{}}
			out[d.Levering()] = a
		}
		a.order = i + 1
		if d.Note == nil {
			continue
		}
		a.supplier = d.Note.Supplier
		for _, u := range d.Note.Uzovi {
			a.insurers[u], a.listed = true, true
		}
	}
	for _, c := range w.cover[kind] {
		for d := c.from; d < c.to; d++ {
			out[c.levering].days[gemeenteDay{c.gemeente, d}] = true
		}
	}
	lines := slices.Clone(w.lines[kind])
	slices.SortFunc(lines, func(a, b *line) int { return cmp.Compare(a.nr, b.nr) })
	for _, l := range lines {
		a := out[l.levering]
		a.lines = append(a.lines, l)
		if u := l.get("uzovi"); u != "" && !a.listed {
			a.insurers[u] = true
		}
	}
	return out
}
