package costs

import (
	"cmp"
	"slices"

	"stapel/pipeline/reference/lines"
)

// newestAllocation is the line of an allocation that counts, and whether another line of the same delivery is as new (rules 69).
// Nothing in it depends on the order of lines, unless they say the same.
func (w *Reference) newestAllocation(list []*lines.Line) (newest *lines.Line, equal bool) {
	withoutTime := map[string]bool{} // by day: one of the lines of that day has no time
	for _, r := range list {
		if r.Get("toewijzing_tijd") == "" {
			withoutTime[r.Get("toewijzing_datum")] = true
		}
	}
	when := func(r *lines.Line) string {
		if withoutTime[r.Get("toewijzing_datum")] {
			return r.Get("toewijzing_datum")
		}
		return r.Get("toewijzing_datum") + " " + r.Get("toewijzing_tijd")
	}
	newest = slices.MaxFunc(list, func(a, b *lines.Line) int {
		order := cmp.Or(cmp.Compare(when(a), when(b)), a.Delivery.Made().Compare(b.Delivery.Made()), cmp.Compare(withdrawn(a), withdrawn(b)),
			cmp.Compare(a.Delivery.Newest, b.Delivery.Newest))
		for _, k := range []string{"ingangsdatum", "einddatum", "begin_levering", "einde_levering", "product_categorie", "aanbieder_agb",
			"reden_wijziging", "reden_beeindiging", "juridische_status", "wettelijke_vertegenwoordiging", "soort_adres"} {
			order = cmp.Or(order, cmp.Compare(a.Get(k), b.Get(k)))
		}
		return cmp.Or(order, cmp.Compare(a.Nr, b.Nr))
	})
	return newest, slices.ContainsFunc(list, func(r *lines.Line) bool {
		return r != newest && r.Delivery == newest.Delivery && when(r) == when(newest)
	})
}

// withdrawn is 1 for a line that withdraws its allocation.
func withdrawn(r *lines.Line) int {
	if r.Get("reden_wijziging") == "13" {
		return 1
	}
	return 0
}
