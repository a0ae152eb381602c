package lines

import (
	"maps"
	"slices"

	"stapel/config"
)

// overlap finds what two deliveries of one supplier have in common where neither replaces the other (rules 61): of equal lines
// only those of the newest delivery count, and in a kind without a reference lines of months that both cover may not differ.
func (w *World) overlap() {
	for _, kind := range w.Config.Kinds() {
		contract := w.Config.Contracts[kind]
		if contract.Period == nil {
			continue
		}
		of := map[*Delivery][]*Line{} // in order of line
		for _, l := range w.ByKind[kind] {
			of[l.Delivery] = append(of[l.Delivery], l)
		}
		lacks := map[*Line]bool{} // a newer delivery of the same months lacks it
		for _, p := range w.pairs(kind, false) {
			if !w.addsUp(p) || !w.oneSupplier(p) {
				continue
			}
			insurers := w.InsurersOf(p.newer)
			left := map[string]int{} // lines of the newer one that have no equal yet
			for _, l := range of[p.newer] {
				left[w.Content(l)]++
			}
			for _, l := range of[p.old] {
				if left[w.Content(l)] > 0 {
					left[w.Content(l)]--
					l.Exclude("overlap_gelijk")
				} else if len(contract.Reference) == 0 && w.belongs(l, p, insurers) {
					lacks[l] = true
				}
			}
		}
		for _, l := range w.ByKind[kind] {
			if lacks[l] && l.Why != "overlap_gelijk" {
				w.Differ = append(w.Differ, l)
			}
		}
		w.ByKind[kind] = slices.DeleteFunc(w.ByKind[kind], func(l *Line) bool { return l.Why == "overlap_gelijk" })
	}
}

// addsUp is whether the lines of a pair are added up: in a kind in which that is so, or of suppliers of which it is, and where the
// newer does not replace those of the older.
func (w *World) addsUp(p pair) bool {
	none := func(d *Delivery) bool { return w.Config.Replaces(d.Kind, d.supplier) == config.ReplacesNone }
	return (w.Config.Contracts[p.old.Kind].Replaces == config.ReplacesNone || none(p.old) && none(p.newer)) &&
		!w.replacesOf(p.old.Kind, p.newer.supplier, p.old.supplier)
}

// oneSupplier is whether two deliveries may be of one supplier: equal names, or one without; and where insurers are named, one
// that both have.
func (w *World) oneSupplier(p pair) bool {
	if p.old.supplier != p.newer.supplier && p.old.supplier != "" && p.newer.supplier != "" {
		return false
	}
	one, other := w.InsurersOf(p.old), w.InsurersOf(p.newer)
	if len(one) == 0 || len(other) == 0 {
		return true
	}
	return slices.ContainsFunc(slices.Collect(maps.Keys(one)), func(u string) bool { return other[u] })
}

// InsurersOf are the insurers of a delivery's bytes: those that its notes list, else those in its accepted lines.
func (w *World) InsurersOf(d *Delivery) map[string]bool {
	out := map[string]bool{}
	for _, n := range d.notes {
		for _, u := range n.Uzovi {
			out[u] = true
		}
	}
	if len(out) > 0 || w.Config.Contracts[d.Kind].Column("uzovi") == nil {
		return out
	}
	for _, l := range w.All {
		if l.Delivery == d && l.Fate == "geaccepteerd" && l.Get("uzovi") != "" {
			out[l.Get("uzovi")] = true
		}
	}
	return out
}

// belongs is whether the newer delivery of a pair would have a line of the older one: it begins on a day that both cover, of its
// gemeente where it has one, and of an insurer of the newer delivery where both say which.
func (w *World) belongs(l *Line, p pair, insurers map[string]bool) bool {
	if u := l.Get("uzovi"); u != "" && len(insurers) > 0 && !insurers[u] {
		return false
	}
	return l.Period && w.bothCover(p, l.Gemeente, l.From)
}

// bothCover is whether both deliveries of a pair cover a day of one gemeente: of the line's where it has one.
func (w *World) bothCover(p pair, gemeente string, x Day) bool {
	return slices.ContainsFunc(w.covers(p.old), func(a Cover) bool {
		return a.From <= x && x < a.To && (w.Config.Contracts[p.old.Kind].Gemeente() == "" || a.Gemeente == gemeente) &&
			slices.ContainsFunc(w.covers(p.newer), func(b Cover) bool { return b.Gemeente == a.Gemeente && b.From <= x && x < b.To })
	})
}
