package lines

import (
	"slices"
	"strconv"
	"strings"

	"stapel/config"
)

// replace marks lines of an older delivery that a newer one covers (rules 8, 45): where one supplier delivers a kind those of
// anyone, where several do those of the same supplier, and of nobody without a name (rules 71). It then lists what is left.
func (w *World) replace() {
	for _, l := range w.All {
		if l.Fate == "geaccepteerd" && l.Delivery.noted && slices.ContainsFunc(w.Covers, func(c Cover) bool { return w.replaces(c, l) }) {
			l.Fate = "vervangen"
		}
	}
	for _, l := range w.All {
		if l.Fate == "geaccepteerd" {
			w.ByKind[l.Kind] = append(w.ByKind[l.Kind], l)
		}
	}
	for _, list := range w.ByKind {
		slices.SortStableFunc(list, OldToNew)
	}
}

// replaces is whether what a delivery covers replaces a line.
func (w *World) replaces(c Cover, l *Line) bool {
	if c.Delivery == nil || c.Kind != l.Kind || c.Delivery.Order <= l.Delivery.Newest {
		return false
	}
	return l.Period && l.From < c.To && l.To > c.From && (w.Config.Contracts[l.Kind].Gemeente() == "" || c.Gemeente == l.Gemeente) &&
		w.replacesOf(l.Kind, c.Delivery.note.supplier, l.Delivery.supplier)
}

// replacesOf is whether a newer delivery of one supplier replaces lines of another.
func (w *World) replacesOf(kind, newer, older string) bool {
	return w.Config.Replaces(kind, newer) == config.ReplacesPeriod &&
		(w.Config.Contracts[kind].Suppliers != config.SuppliersMany || newer != "" && newer == older)
}

// Content is what a line says, in one spelling: equal for lines that are equal in every column of the contract as it is kept.
func (w *World) Content(l *Line) string {
	if l.content != "" {
		return l.content
	}
	var parts []string
	for i := range w.Config.Contracts[l.Kind].Columns {
		k := &w.Config.Contracts[l.Kind].Columns[i]
		v := l.cells[i]
		if v == "" {
			parts = append(parts, "")
			continue
		}
		switch k.Type {
		case config.TypeEur, config.TypeCt:
			ct, _ := Cents(k, v)
			v = strconv.FormatInt(ct, 10)
		case config.TypeGeheel, config.TypeJaar:
			n, _ := strconv.ParseInt(v, 10, 64)
			v = strconv.FormatInt(n, 10)
		case config.TypeDecimaal:
			n, _ := strconv.ParseInt(thousandths(v), 10, 64)
			v = strconv.FormatInt(n, 10)
		}
		parts = append(parts, "="+v)
	}
	l.content = strings.Join(parts, "\x00")
	return l.content
}

// covers lists what a delivery covers, as the notes of its bytes say.
func (w *World) covers(d *Delivery) (out []Cover) {
	for _, c := range w.Covers {
		if c.Delivery != nil && c.Delivery.First == d {
			out = append(out, c)
		}
	}
	return out
}

// pair are two deliveries of one kind, with other bytes, that both cover something of a gemeente.
type pair struct{ old, newer *Delivery }

// pairs lists the deliveries of a kind of which the older one covers days that a newer one covers, or with months set months, for a
// gemeente.
func (w *World) pairs(kind string, months bool) (out []pair) {
	var list []*Delivery
	for _, d := range w.Deliveries {
		if d.Kind == kind && !d.Duplicate {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, func(a, b *Delivery) int { return a.Newest - b.Newest })
	meet := func(a, b Cover) bool {
		if months && a.From < a.To && b.From < b.To {
			a.From, a.To, b.From, b.To = a.From.Month(0), (a.To - 1).Month(1), b.From.Month(0), (b.To - 1).Month(1)
		}
		return a.Gemeente == b.Gemeente && max(a.From, b.From) < min(a.To, b.To)
	}
	for i, newer := range list {
		for _, old := range list[:i] {
			if slices.ContainsFunc(w.covers(old), func(a Cover) bool {
				return slices.ContainsFunc(w.covers(newer), func(b Cover) bool { return meet(a, b) })
			}) {
				out = append(out, pair{old, newer})
			}
		}
	}
	return out
}

// Second is whether a delivery is of another supplier than an older one of the same months, where one supplier delivers the kind
// (rules 71).
func (w *World) Second(d *Delivery) bool {
	return w.Config.Contracts[d.Kind].Suppliers == config.SuppliersOne && slices.ContainsFunc(w.pairs(d.Kind, true), func(p pair) bool {
		one, other := p.old.supplier, p.newer.supplier
		return p.newer == d && one != "" && other != "" && one != other
	})
}
