package naslag

import (
	"cmp"
	"slices"
)

// weinig: of fewer persons than this a share says nothing, unless it is nothing (rules 63).
const weinig = 20

// koppel is how many persons of a kind, of one gemeente or file or over all, huishouden knows.
type koppel struct {
	soort, gemeente, bestand string // alle: over all
	personen, gekoppeld      int
	minimum                  float64
	oordeel                  string
}

// koppel counts, over accepted lines with a day in the windows, who has a spell at any time (rules 63).
func (w *Wereld) koppel() {
	bekend := map[string]bool{}
	for _, r := range w.perSoort["huishouden"] {
		bekend[r.cel["persoon_ps"]] = true
	}
	for _, soort := range w.cfg.Kinds() {
		contract := w.cfg.Contracts[soort]
		if contract.Person() == "" || contract.Period == nil {
			continue
		}
		type wie map[string]bool
		per := map[[2]string]wie{} // by gemeente and file
		noteer := func(gemeente, bestand, ps string) {
			if per[[2]string{gemeente, bestand}] == nil {
				per[[2]string{gemeente, bestand}] = wie{}
			}
			per[[2]string{gemeente, bestand}][ps] = true
		}
		for _, r := range w.regels {
			if r.soort != soort || r.lot != "geaccepteerd" || !w.inVensters(r) {
				continue
			}
			ps, gemeente := r.cel["persoon_ps"], w.gemeente(r)
			if gemeente != "" && !slices.Contains(w.gemeenten, gemeente) {
				continue
			}
			noteer("alle", "alle", ps)
			if soort == "huishouden" {
				continue
			}
			noteer("alle", r.levering.naam, ps)
			if gemeente != "" {
				noteer(gemeente, "alle", ps)
			}
		}
		for at, personen := range per {
			k := koppel{soort: soort, gemeente: at[0], bestand: at[1], personen: len(personen), minimum: contract.LinkShare()}
			for ps := range personen {
				p := w.personen[w.PersoonID(ps)]
				if soort != "huishouden" && bekend[ps] || soort == "huishouden" && p != nil && p.nu {
					k.gekoppeld++
				}
			}
			k.oordeel = k.oordeelt()
			w.koppels = append(w.koppels, k)
		}
	}
	slices.SortFunc(w.koppels, func(a, b koppel) int {
		return cmp.Or(cmp.Compare(a.soort, b.soort), cmp.Compare(a.gemeente, b.gemeente), cmp.Compare(a.bestand, b.bestand))
	})
}

func (k koppel) oordeelt() string {
	switch {
	case k.soort == "huishouden":
		return "ter_informatie"
	case k.personen < weinig && (k.gekoppeld > 0 || k.bestand != "alle"):
		return "niet_beoordeeld"
	case k.gekoppeld == 0:
		return "geen"
	case float64(k.gekoppeld)/float64(k.personen) < k.minimum:
		return "te_laag"
	}
	return "ja"
}

// inVensters is whether a line has a day in T0, T1 or T2.
func (w *Wereld) inVensters(r *regel) bool {
	van, tot, ok := w.periode(r)
	return ok && van <= w.P && tot > w.P.maand(-35)
}

// koppelt is whether the persons of a kind can be told, over all and in the gemeente: else the kind covers nobody there.
func (w *Wereld) koppelt(soort, gemeente string) bool {
	return !slices.ContainsFunc(w.koppels, func(k koppel) bool {
		hier := k.bestand == "alle" && (k.gemeente == "alle" || k.gemeente == gemeente)
		// where lines have no gemeente nothing says whom a file that does not link is about
		hier = hier || k.bestand != "alle" && w.cfg.Contracts[soort].Gemeente() == ""
		return k.soort == soort && hier && (k.oordeel == "te_laag" || k.oordeel == "geen")
	})
}

// koppelgraad is the mart of that name, without rows about nobody.
func (w *Wereld) koppelgraad() Tabel {
	t := Tabel{Naam: "koppelgraad"}
	for _, k := range w.koppels {
		r := Rij{"kind": k.soort, "gemeentecode": k.gemeente, "bestand": k.bestand, "personen": int64(k.personen),
			"gekoppeld": int64(k.gekoppeld), "aandeel": float64(k.gekoppeld) / float64(k.personen), "minimum": k.minimum, "oordeel": k.oordeel}
		if k.oordeel == "ter_informatie" {
			r["minimum"] = nil
		}
		t.Rijen = append(t.Rijen, r)
	}
	return t.op("kind", "gemeentecode", "bestand")
}
