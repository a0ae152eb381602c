package naslag

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
)

// kost is an amount that one person follows, over [van, tot).
type kost struct {
	regel                      *regel
	persoon                    string
	domein, betaler, grondslag string
	aanbieder                  string
	van, tot                   dag
	ct                         int64
	eerste                     bool     // of the parts of a line that is split
	deel                       [3]int64 // per window
	dagen                      [3]int   // idem
	buiten                     int64    // outside the windows
	voor                       int64    // of which before them
}

// bereken collects the cost lines (rules 12-15, 49), cuts each by day and gives each to the household of its person.
func (w *Wereld) bereken() {
	for _, r := range append(w.gebruikt("wmo_declaratie"), w.gebruikt("jeugd_declaratie")...) {
		wet := map[string]string{"wmo_declaratie": "wmo", "jeugd_declaratie": "jeugd"}[r.soort]
		w.boek(r, wet, "gemeente_"+wet, "gedeclareerd", "product_begin", "product_eind")
	}
	for _, r := range w.gebruikt("zvw_declaratie") {
		w.boek(r, "zvw", "zorgverzekeraar", "gedeclareerd", "begindatum", "einddatum")
	}
	for _, r := range w.gebruikt("pgb_uitputting") {
		w.boek(r, r.cel["wet"], "gemeente_"+r.cel["wet"], "gedeclareerd", "datum", "datum")
	}
	w.boekUitkeringen()
	w.trajecten()
	for i := range w.kosten {
		k := &w.kosten[i]
		w.knip(k)
		p := w.personen[k.persoon]
		if p == nil || p.huis == nil {
			continue
		}
		for n := range 3 {
			switch {
			case k.grondslag == "gedeclareerd":
				p.huis.uitgaven[n][k.domein] += k.deel[n]
			case n == 0:
				p.huis.geprijsd[k.domein] += k.deel[n]
			}
		}
		if k.dagen[0] > 0 && k.aanbieder != "" {
			p.huis.aanbieders[k.aanbieder] = true
		}
	}
}

func (w *Wereld) boek(r *regel, domein, betaler, grondslag, begin, einde string) {
	van, _ := r.dag(begin)
	laatste, _ := r.dag(einde)
	w.kosten = append(w.kosten, kost{regel: r, persoon: w.PersoonID(r.cel["persoon_ps"]), domein: domein, betaler: betaler,
		grondslag: grondslag, aanbieder: r.cel["aanbieder_agb"], van: van, tot: laatste + 1, ct: w.ct(r), eerste: true})
}

// verdeel splits an amount over persons in order of id: what the first k of n get together is rounded towards zero
// (methods 3).
func verdeel(ct int64, ids []string) map[string]int64 {
	ids = slices.Sorted(slices.Values(ids))
	out, gegeven := map[string]int64{}, int64(0)
	for i, id := range ids {
		samen := ct * int64(i+1) / int64(len(ids)) // Go rounds towards zero: sign and floor of the amount
		out[id] = samen - gegeven
		gegeven = samen
	}
	return out
}

// trajecten prices each traject once, over days from the startdatum of its newest line (rules 14).
func (w *Wereld) trajecten() {
	for _, regels := range groepen(w.gebruikt("schuldhulp_traject"), perTraject) {
		start, _ := regels[len(regels)-1].dag("startdatum")
		perPersoon := map[string]*regel{}
		for _, r := range regels {
			perPersoon[w.PersoonID(r.cel["persoon_ps"])] = r
		}
		for _, p := range w.cfg.Prices.Prices {
			if p.Kind == "schuldhulp_traject" {
				w.split(perPersoon, w.prijs(p.PriceEur, p.Year, start.tijd().Year()), kost{domein: "schuldhulp", betaler: "gemeente_schuldhulp",
					grondslag: "geprijsd", van: start, tot: start + dag(p.Days)})
			}
		}
	}
}

// prijs is a price at the level of a year, rounded half up (rules 14, 59).
func (w *Wereld) prijs(euro string, basis, jaar int) int64 {
	bedrag, err := strconv.ParseFloat(euro, 64)
	if err != nil {
		panic(err)
	}
	ct := int64(bedrag*100 + 0.5)
	index := map[int]int64{}
	for _, x := range w.cfg.Prices.Index {
		index[x.Year] = x.Value
	}
	if index[jaar] == 0 || index[basis] == 0 {
		return ct
	}
	return (2*ct*index[jaar] + index[basis]) / (2 * index[basis])
}

func (w *Wereld) split(regels map[string]*regel, ct int64, k kost) {
	delen := verdeel(ct, slices.Collect(maps.Keys(regels)))
	for i, id := range slices.Sorted(maps.Keys(delen)) {
		k.persoon, k.regel, k.ct, k.eerste = id, regels[id], delen[id], i == 0
		w.kosten = append(w.kosten, k)
	}
}

// knip walks the days of a line; the first i days of L get the floor of |ct| i / L, with the sign of ct (methods 3).
func (w *Wereld) knip(k *kost) {
	teken, bedrag := int64(1), k.ct
	if bedrag < 0 {
		teken, bedrag = -1, -bedrag
	}
	gegeven := int64(0)
	for x := k.van; x < k.tot; x++ {
		totHier := bedrag * int64(x-k.van+1) / int64(k.tot-k.van)
		if n := w.venster(x); n >= 0 {
			k.deel[n] += teken * (totHier - gegeven)
			k.dagen[n]++
		} else {
			k.buiten += teken * (totHier - gegeven)
			if x < w.P {
				k.voor += teken * (totHier - gegeven)
			}
		}
		gegeven = totHier
	}
}

// huisVan is the id of the household that a cost goes to, onbekend without one.
func (w *Wereld) huisVan(k kost) (id string, weg bool) {
	if p := w.personen[k.persoon]; p != nil && p.huis != nil {
		return p.huis.id, p.huis.weg()
	}
	return "onbekend", false
}

// kostenMart is the mart kosten.
func (w *Wereld) kostenMart() Tabel {
	type sleutel struct{ huis, venster, domein, betaler, grondslag string }
	ct, regels := map[sleutel]int64{}, map[sleutel]int64{}
	for _, k := range w.kosten {
		id, weg := w.huisVan(k)
		for n := range 3 {
			if !weg && k.dagen[n] > 0 {
				s := sleutel{id, "T" + strconv.Itoa(n), k.domein, k.betaler, k.grondslag}
				ct[s] += k.deel[n]
				regels[s]++
			}
		}
	}
	t := Tabel{Naam: "kosten"}
	for s := range regels {
		t.Rijen = append(t.Rijen, Rij{"huishouden_id": s.huis, "venster": s.venster, "domein": s.domein, "betaler": s.betaler,
			"grondslag": s.grondslag, "bedrag_ct": ct[s], "regels": regels[s]})
	}
	return t.op("huishouden_id", "venster", "domein", "betaler", "grondslag")
}

// som is a household's declared cost in a window.
func (h *huis) som(venster int) (ct int64) {
	for _, x := range h.uitgaven[venster] {
		ct += x
	}
	return ct
}

// volgorde lists the households shown by cost in T0, the costliest first, then by id.
func (w *Wereld) volgorde() (out []*huis) {
	for _, h := range w.huizen {
		if !h.weg() {
			out = append(out, h)
		}
	}
	slices.SortFunc(out, func(a, b *huis) int { return cmp.Or(cmp.Compare(b.som(0), a.som(0)), cmp.Compare(a.id, b.id)) })
	return out
}
