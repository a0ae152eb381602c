package naslag

import (
	"cmp"
	"slices"
	"time"
)

// nieuwsteToewijzing is the line of an allocation that counts, and whether another line of the same delivery is as new (rules 69).
// Nothing in it depends on the order of lines, unless they say the same.
func (w *Wereld) nieuwsteToewijzing(regels []*regel) (nieuwste *regel, gelijk bool) {
	zonderTijd := map[string]bool{} // by day: one of the lines of that day has no time
	for _, r := range regels {
		if r.cel["toewijzing_tijd"] == "" {
			zonderTijd[r.cel["toewijzing_datum"]] = true
		}
	}
	wanneer := func(r *regel) string {
		if zonderTijd[r.cel["toewijzing_datum"]] {
			return r.cel["toewijzing_datum"]
		}
		return r.cel["toewijzing_datum"] + " " + r.cel["toewijzing_tijd"]
	}
	nieuwste = slices.MaxFunc(regels, func(a, b *regel) int {
		oordeel := cmp.Or(cmp.Compare(wanneer(a), wanneer(b)), a.levering.gemaakt().Compare(b.levering.gemaakt()), cmp.Compare(ingetrokken(a), ingetrokken(b)),
			cmp.Compare(a.levering.nieuwst, b.levering.nieuwst))
		for _, k := range []string{"ingangsdatum", "einddatum", "begin_levering", "einde_levering", "product_categorie", "aanbieder_agb",
			"reden_wijziging", "reden_beeindiging", "juridische_status", "wettelijke_vertegenwoordiging", "soort_adres"} {
			oordeel = cmp.Or(oordeel, cmp.Compare(a.cel[k], b.cel[k]))
		}
		return cmp.Or(oordeel, cmp.Compare(a.nr, b.nr))
	})
	return nieuwste, slices.ContainsFunc(regels, func(r *regel) bool {
		return r != nieuwste && r.levering == nieuwste.levering && wanneer(r) == wanneer(nieuwste)
	})
}

// gemaakt is the instant at which a delivery was made, the zero time when no note says so.
func (l *levering) gemaakt() time.Time {
	if b := l.nieuwsteBrief(); b != nil {
		return b.tijdstip
	}
	return time.Time{}
}

// ingetrokken is 1 for a line that withdraws its allocation.
func ingetrokken(r *regel) int {
	if r.cel["reden_wijziging"] == "13" {
		return 1
	}
	return 0
}
