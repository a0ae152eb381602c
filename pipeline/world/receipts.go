package world

import (
	"slices"

	"stapel/config"
	"stapel/pipeline/inbox"
)

// part is what one supplier delivers of a kind for one gemeente.
type part struct {
	first, last int32          // days on which the first and the newest were made
	months      map[int32]bool // in which one was
	live        bool           // covers a day of T0, or does not say what it covers
}

// receipts say per delivered kind over which time its deliveries were made, for what came in is known only as far as that: from
// the first to the newest delivery of a supplier for a gemeente of the run, and of all of these the latest first and the earliest
// newest, for beyond it a part is missing; and the fewest months in which one was made.
// Parts that cover no day of T0 don't count, unless there are no others: a supplier that stopped years ago sends nothing more.
func (w *World) receipts() []ontvangstRow {
	var out []ontvangstRow
	for _, kind := range w.Cfg.Kinds() {
		if !w.delivered(kind) {
			continue
		}
		row := ontvangstRow{Kind: kind, Bekend: w.known(kind), Maanden: w.coveredByAll(kind), Kosten: w.Cfg.Contracts[kind].HasCost(config.Gedeclareerd)}
		for _, p := range w.deliveredParts(kind) {
			n := int64(len(p.months))
			if row.Laatste == nil {
				row.Eerste, row.Laatste, row.Geleverd = &p.first, &p.last, n
				continue
			}
			first, last := max(*row.Eerste, p.first), min(*row.Laatste, p.last)
			row.Eerste, row.Laatste, row.Geleverd = &first, &last, min(row.Geleverd, n)
		}
		out = append(out, row)
	}
	return out
}

// deliveredParts are the parts of a kind of which a delivery says when it was made.
func (w *World) deliveredParts(kind string) []*part {
	var list []*part
	byID := map[[2]string]*part{}
	from, to := day(w.WindowStart(0)), day(w.Peil)
	for _, d := range w.All {
		at := d.MadeOn()
		if d.Kind != kind || d.Status == inbox.Refused || at == nil {
			continue
		}
		gemeenten := d.Note.Gemeenten
		if len(gemeenten) == 0 {
			gemeenten = []string{""}
		}
		for _, g := range gemeenten {
			if g != "" && !slices.Contains(w.Gemeenten, g) {
				continue
			}
			id := [2]string{g, d.Note.Gegevensleverancier}
			p := byID[id]
			if p == nil {
				p = &part{first: *at, last: *at, months: map[int32]bool{}}
				byID[id], list = p, append(list, p)
			}
			p.first, p.last = min(p.first, *at), max(p.last, *at)
			p.months[day(monthStart(date(*at)))] = true
			n := d.Note
			p.live = p.live || n.PeriodeVan == nil || n.PeriodeTot == nil || int32(*n.PeriodeVan) <= to && int32(*n.PeriodeTot) >= from
		}
	}
	if live := func(p *part) bool { return p.live }; slices.ContainsFunc(list, live) {
		list = slices.DeleteFunc(list, func(p *part) bool { return !p.live })
	}
	return list
}

// coveredByAll are the months that a kind covers for every gemeente of the run, as bits of the calendar.
func (w *World) coveredByAll(kind string) int64 {
	var out int64
	for _, m := range w.calendar() {
		all := len(w.Gemeenten) > 0
		for _, g := range w.Gemeenten {
			all = all && w.covers(kind, g, m.Maand, m.Tot)
		}
		if all {
			out |= m.Bit
		}
	}
	return out
}
