package naslag

import (
	"cmp"
	"slices"
	"strings"
)

// groepen divides lines by a key, each group in the order of the lines.
func groepen(regels []*regel, sleutel func(*regel) string) map[string][]*regel {
	out := map[string][]*regel{}
	for _, r := range regels {
		out[sleutel(r)] = append(out[sleutel(r)], r)
	}
	return out
}

// van is a key of the values of some columns.
func van(kolommen ...string) func(*regel) string {
	return func(r *regel) string {
		var delen []string
		for _, k := range kolommen {
			delen = append(delen, r.cel[k])
		}
		return strings.Join(delen, "\x00")
	}
}

var (
	perToewijzing = van("gemeentecode", "toewijzing_nummer")
	perUitkering  = van("gemeentecode", "jaarmaand", "registratienummer", "statistiekcode", "cluster_bijz_bijstand")
	perTraject    = van("gemeentecode", "traject_id")
	perReferentie = van("gemeentecode", "aanbieder_agb", "referentie_nummer")
	perVorige     = van("gemeentecode", "aanbieder_agb", "vorig_referentie_nummer")
)

// sluitUit sets aside what only other lines make wrong, and older lines of what has a newest one (rules 11, 13, 14, 44).
func (w *Wereld) sluitUit() {
	for _, wet := range []string{"wmo", "jeugd"} {
		weg := map[string]bool{}
		for sleutel, regels := range groepen(w.perSoort[wet+"_toewijzing"], perToewijzing) {
			nieuwste, _ := w.nieuwsteToewijzing(regels)
			weg[sleutel] = nieuwste.cel["reden_wijziging"] == "13"
			for _, r := range regels {
				switch {
				case weg[sleutel]:
					r.gebruik, r.waarom = "uitgesloten", "9384"
				case r != nieuwste:
					r.gebruik = "ouder"
				}
			}
		}
		for _, r := range w.perSoort[wet+"_declaratie"] {
			if weg[perToewijzing(r)] {
				r.gebruik, r.waarom = "uitgesloten", "9384"
			}
		}
	}
	for _, u := range w.uitkeringen() {
		u.verdeelRegels()
	}
	// of equal spells the newest stays (rules 21); of a traject, per person, and of a plan only the newest line counts
	for _, regels := range groepen(w.perSoort["huishouden"], van("persoon_ps", "begindatum")) {
		for _, r := range regels[:len(regels)-1] {
			r.gebruik, r.waarom = "uitgesloten", "verblijf_dubbel"
		}
	}
	for _, regels := range groepen(w.perSoort["schuldhulp_traject"], van("gemeentecode", "traject_id", "persoon_ps")) {
		for _, r := range regels[:len(regels)-1] {
			r.gebruik = "ouder"
		}
	}
	for _, regels := range groepen(w.perSoort["maatwerk_plan"], van("casusnummer")) {
		for _, r := range regels[:len(regels)-1] {
			r.gebruik = "ouder"
		}
	}
}

// gebruikt lists the lines of a kind that figures use.
func (w *Wereld) gebruikt(soort string) (out []*regel) {
	for _, r := range w.perSoort[soort] {
		if r.gebruik == "gebruikt" {
			out = append(out, r)
		}
	}
	return out
}

// uitgesloten is the mart of that name.
func (w *Wereld) uitgesloten() Tabel {
	t := Tabel{Naam: "uitgesloten"}
	for _, r := range w.regels {
		if r.lot == "geaccepteerd" && r.gebruik == "uitgesloten" {
			x := Rij{"kind": r.soort, "bestand": r.levering.naam, "regel": int64(r.nr), "regel_code": r.waarom, "bedrag_ct": nil}
			if w.cfg.Contracts[r.soort].Money != nil {
				x["bedrag_ct"], _ = w.geteld(r)
			}
			t.Rijen = append(t.Rijen, x)
		}
	}
	return t.op("kind", "bestand", "regel")
}

// op puts the rows in the order of some columns.
func (t Tabel) op(kolommen ...string) Tabel {
	slices.SortFunc(t.Rijen, func(a, b Rij) int {
		for _, k := range kolommen {
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
