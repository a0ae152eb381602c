package naslag

import (
	"fmt"
	"maps"
	"slices"

	"stapel/config"
)

// overlap finds what two deliveries of one supplier have in common where neither replaces the other (rules 61): of equal lines
// only those of the newest delivery count, and in a kind without a reference lines of months that both cover may not differ.
func (w *Wereld) overlap() {
	for _, soort := range w.cfg.Kinds() {
		contract := w.cfg.Contracts[soort]
		if contract.Period == nil {
			continue
		}
		van := map[*levering][]*regel{} // in order of line
		for _, r := range w.perSoort[soort] {
			van[r.levering] = append(van[r.levering], r)
		}
		mist := map[*regel]bool{} // a newer delivery of the same months lacks it
		for _, p := range w.paren(soort, perDag) {
			if !w.eenLeverancier(p) || !w.telt(p) {
				continue
			}
			verzekeraars := w.uzoviVan(p.nieuw)
			over := map[string]int{} // lines of the newer one that have no equal yet
			for _, r := range van[p.nieuw] {
				over[w.inhoud(r)]++
			}
			for _, r := range van[p.oud] {
				if over[w.inhoud(r)] > 0 {
					over[w.inhoud(r)]--
					r.gebruik, r.waarom = "uitgesloten", "overlap_gelijk"
				} else if len(contract.Reference) == 0 && w.hoortIn(r, p, verzekeraars) {
					mist[r] = true
				}
			}
		}
		for _, r := range w.perSoort[soort] {
			if mist[r] && r.waarom != "overlap_gelijk" {
				w.verschilt = append(w.verschilt, r)
			}
		}
		w.perSoort[soort] = slices.DeleteFunc(w.perSoort[soort], func(r *regel) bool { return r.waarom == "overlap_gelijk" })
	}
}

// telt is whether the lines of a pair are added up: in a kind in which that is so, or of suppliers of which it is, and where the newer
// does not replace those of the older.
func (w *Wereld) telt(p paar) bool {
	none := func(l *levering) bool { return w.cfg.Replaces(l.soort, l.leverancier) == config.ReplacesNone }
	return (w.cfg.Contracts[p.oud.soort].Replaces == config.ReplacesNone || none(p.oud) && none(p.nieuw)) &&
		!w.vervangtVan(p.oud.soort, p.nieuw.leverancier, p.oud.leverancier)
}

// eenLeverancier is whether two deliveries may be of one supplier: equal names, or one without; and where insurers are named, one
// that both have.
func (w *Wereld) eenLeverancier(p paar) bool {
	if p.oud.leverancier != p.nieuw.leverancier && p.oud.leverancier != "" && p.nieuw.leverancier != "" {
		return false
	}
	een, ander := w.uzoviVan(p.oud), w.uzoviVan(p.nieuw)
	if len(een) == 0 || len(ander) == 0 {
		return true
	}
	return slices.ContainsFunc(slices.Collect(maps.Keys(een)), func(u string) bool { return ander[u] })
}

// uzoviVan are the insurers of a delivery: those that its notes list, else those in its accepted lines.
func (w *Wereld) uzoviVan(l *levering) map[string]bool {
	out := map[string]bool{}
	for _, b := range l.brieven {
		for _, u := range b.uzovi {
			out[u] = true
		}
	}
	if len(out) > 0 || w.cfg.Contracts[l.soort].Column("uzovi") == nil {
		return out
	}
	for _, r := range w.regels {
		if r.levering == l && r.lot == "geaccepteerd" && r.cel["uzovi"] != "" {
			out[r.cel["uzovi"]] = true
		}
	}
	return out
}

// hoortIn is whether the newer delivery of a pair would have a line of the older one: it begins on a day that both cover, of its
// gemeente where it has one, and of an insurer of the newer delivery where both say which.
func (w *Wereld) hoortIn(r *regel, p paar, verzekeraars map[string]bool) bool {
	begin, _, ok := w.periode(r)
	if !ok {
		return false
	}
	if u := r.cel["uzovi"]; u != "" && len(verzekeraars) > 0 && !verzekeraars[u] {
		return false
	}
	for at := range p.samen {
		if at.dag == begin && (w.cfg.Contracts[r.soort].Gemeente() == "" || at.gemeente == w.gemeente(r)) {
			return true
		}
	}
	return false
}

// zelfde lists, by delivery, the lines that equal an earlier one of their kind, in whatever delivery, in kinds with money and a
// period where no reference tells lines apart (rules 62). They all count.
func (w *Wereld) zelfde() map[*levering][]*regel {
	out := map[*levering][]*regel{}
	for soort, regels := range w.perSoort {
		contract := w.cfg.Contracts[soort]
		if !kostsoort(contract) || len(contract.Reference) > 0 {
			continue
		}
		eerder := map[string]bool{}
		for _, r := range regels {
			if eerder[w.inhoud(r)] {
				out[r.levering] = append(out[r.levering], r)
			}
			eerder[w.inhoud(r)] = true
		}
	}
	return out
}

// Ernstig names what stops publication, for what rules 61, 62, 63 and 67 say.
func (w *Wereld) Ernstig() (out []string) {
	for _, r := range w.verschilt {
		out = append(out, fmt.Sprintf("overlap_verschilt: %s:%d", r.levering.naam, r.nr))
	}
	gelijk, buiten, alles := map[string]int64{}, map[string]int64{}, map[string]int64{}
	for _, regels := range w.zelfde() {
		for _, r := range regels {
			gelijk[r.soort] += max(w.ct(r), -w.ct(r))
		}
	}
	for soort, regels := range w.perSoort {
		if !kostsoort(w.cfg.Contracts[soort]) {
			continue
		}
		for _, r := range regels {
			alles[soort] += max(w.ct(r), -w.ct(r))
			if w.voorGeboorte(r) || w.naOverlijden(r) {
				buiten[soort] += max(w.ct(r), -w.ct(r))
			}
		}
	}
	for _, soort := range slices.Sorted(maps.Keys(alles)) {
		if float64(gelijk[soort]) > w.cfg.Settings.Limits.MaxIdenticalShare*float64(alles[soort]) {
			out = append(out, "regel_gelijk: "+soort)
		}
		if float64(buiten[soort]) > w.cfg.Settings.Limits.MaxOutsideLifeShare*float64(alles[soort]) {
			out = append(out, "buiten het leven: "+soort)
		}
	}
	for _, k := range w.koppels {
		if k.oordeel == "geen" && k.personen >= weinig {
			out = append(out, "koppelgraad: "+k.soort+" "+k.gemeente+" "+k.bestand)
		}
	}
	return out
}
