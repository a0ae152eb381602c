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
	wie := d.levering.brief.Leverancier
	van, tot, ok := w.periode(r)
	return ok && van < d.tot && tot > d.van &&
		w.cfg.Replaces(r.soort, wie) == config.ReplacesPeriod &&
		(contract.Gemeente() == "" || d.gemeente == w.gemeente(r)) &&
		(contract.Suppliers != config.SuppliersMany || wie != "" && wie == r.levering.leverancier)
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

// plaats is a kind, a gemeente ("" for kinds without) and a month.
type plaats struct {
	soort, gemeente string
	maand           dag
}

// gedekt lists the months and gemeenten of which a delivery, as its notes say, covers a day.
func (w *Wereld) gedekt(l *levering) map[plaats]bool {
	out := map[plaats]bool{}
	for _, d := range w.dekkingen {
		if d.levering == nil || d.levering.eerste != l {
			continue
		}
		for maand := d.van.maand(0); maand < d.tot; maand = maand.maand(1) {
			out[plaats{l.soort, d.gemeente, maand}] = true
		}
	}
	return out
}

// paar are two deliveries of one kind, with other bytes, over the same months and gemeenten.
type paar struct {
	oud, nieuw *levering
	samen      map[plaats]bool
}

// paren lists the deliveries of a kind that cover a month and a gemeente together, the older with each newer one.
func (w *Wereld) paren(soort string) (out []paar) {
	var lijst []*levering
	waar := map[*levering]map[plaats]bool{}
	for _, l := range w.leveringen {
		if l.soort == soort && !l.dubbel {
			lijst, waar[l] = append(lijst, l), w.gedekt(l)
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
