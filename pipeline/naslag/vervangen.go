package naslag

import (
	"slices"
	"strconv"
	"strings"

	"stapel/config"
)

// vervang marks lines of an older delivery that a newer one covers (rules 8, 45): where one supplier delivers a kind those of
// anyone, where several do those of the same supplier, and of nobody without a name (rules 71). It then lists what is left.
func (w *Wereld) vervang() {
	for _, r := range w.regels {
		if r.lot == "geaccepteerd" && r.levering.metBrief && slices.ContainsFunc(w.dekkingen, func(d dekking) bool { return w.vervangt(d, r) }) {
			r.lot = "vervangen"
		}
	}
	for _, r := range w.regels {
		if r.lot == "geaccepteerd" {
			w.perSoort[r.soort] = append(w.perSoort[r.soort], r)
		}
	}
	for _, lijst := range w.perSoort {
		slices.SortStableFunc(lijst, ouderNieuwer)
	}
}

// vervangt is whether what a delivery covers replaces a line.
func (w *Wereld) vervangt(d dekking, r *regel) bool {
	contract := w.cfg.Contracts[r.soort]
	if d.levering == nil || d.soort != r.soort || d.levering.volgorde <= r.levering.nieuwst {
		return false
	}
	van, tot, ok := w.periode(r)
	return ok && van < d.tot && tot > d.van && (contract.Gemeente() == "" || d.gemeente == w.gemeente(r)) &&
		w.vervangtVan(r.soort, d.levering.brief.Leverancier, r.levering.leverancier)
}

// vervangtVan is whether a newer delivery of one supplier replaces lines of another.
func (w *Wereld) vervangtVan(soort, nieuw, oud string) bool {
	return w.cfg.Replaces(soort, nieuw) == config.ReplacesPeriod &&
		(w.cfg.Contracts[soort].Suppliers != config.SuppliersMany || nieuw != "" && nieuw == oud)
}

// inhoud is what a line says, in one spelling: equal for lines that are equal in every column of the contract as it is kept.
func (w *Wereld) inhoud(r *regel) string {
	var delen []string
	for i := range w.cfg.Contracts[r.soort].Columns {
		k := &w.cfg.Contracts[r.soort].Columns[i]
		v := r.cel[k.Name]
		if v == "" {
			delen = append(delen, "")
			continue
		}
		switch k.Type {
		case config.TypeEur, config.TypeCt:
			ct, _ := cent(k, v)
			v = strconv.FormatInt(ct, 10)
		case config.TypeGeheel, config.TypeJaar:
			n, _ := strconv.ParseInt(v, 10, 64)
			v = strconv.FormatInt(n, 10)
		case config.TypeDecimaal: // whole thousandths
			geheel, deel, _ := strings.Cut(strings.ReplaceAll(v, ",", "."), ".")
			v = strings.TrimLeft(geheel, "0") + "." + (deel + "000")[:3]
		}
		delen = append(delen, "="+v)
	}
	return strings.Join(delen, "\x00")
}

// perDag and perMaand are units of coverage: the day itself, and the first of its month.
func perDag(x dag) dag   { return x }
func perMaand(x dag) dag { return x.maand(0) }

// plaats is a kind, a gemeente ("" for kinds without) and a day, which may stand for its month.
type plaats struct {
	soort, gemeente string
	dag             dag
}

// gedekt lists the days, or whatever eenheid makes of them, and gemeenten that a delivery covers, as its notes say.
func (w *Wereld) gedekt(l *levering, eenheid func(dag) dag) map[plaats]bool {
	out := map[plaats]bool{}
	for _, d := range w.dekkingen {
		if d.levering == nil || d.levering.eerste != l {
			continue
		}
		for x := d.van; x < d.tot; x++ {
			out[plaats{l.soort, d.gemeente, eenheid(x)}] = true
		}
	}
	return out
}

// paar are two deliveries of one kind, with other bytes, over the same days or months, and gemeenten.
type paar struct {
	oud, nieuw *levering
	samen      map[plaats]bool
}

// paren lists the deliveries of a kind that cover a day, or what eenheid makes of it, and a gemeente together, the older with each
// newer one.
func (w *Wereld) paren(soort string, eenheid func(dag) dag) (out []paar) {
	var lijst []*levering
	waar := map[*levering]map[plaats]bool{}
	for _, l := range w.leveringen {
		if l.soort == soort && !l.dubbel {
			lijst, waar[l] = append(lijst, l), w.gedekt(l, eenheid)
		}
	}
	slices.SortFunc(lijst, func(a, b *levering) int { return a.nieuwst - b.nieuwst })
	for i, nieuw := range lijst {
		for _, oud := range lijst[:i] {
			p := paar{oud, nieuw, map[plaats]bool{}}
			for at := range waar[oud] {
				if waar[nieuw][at] {
					p.samen[at] = true
				}
			}
			if len(p.samen) > 0 {
				out = append(out, p)
			}
		}
	}
	return out
}
