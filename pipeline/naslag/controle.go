package naslag

// Marts are the tables that this reference works out, each in the order of its mart.
func (w *Wereld) Marts() []Tabel {
	return []Tabel{w.huishouden(), w.leden(), w.kostenMart(), w.ranglijst(), w.concentratie(), w.uitgesloten(), w.bevinding(),
		w.planMart(), w.dekking(), w.koppelgraad(), w.controle()}
}

// Huishoudens is the number of households at P, those that are not shown included; without any a run publishes nothing.
func (w *Wereld) Huishoudens() int { return len(w.huizen) }

// controle is the mart of that name (methods 8). Steps with neither lines nor eurocents are left out.
func (w *Wereld) controle() Tabel {
	type sleutel struct{ soort, stap string }
	regels, ct := map[sleutel]int64{}, map[sleutel]int64{}
	tel := func(soort, stap string, n, bedrag int64) {
		regels[sleutel{soort, stap}] += n
		ct[sleutel{soort, stap}] += bedrag
	}
	for _, r := range w.regels {
		bedrag, _ := w.geteld(r)
		tel(r.soort, "geleverd", 1, bedrag)
		tel(r.soort, r.lot, 1, bedrag)
		if r.lot != "geaccepteerd" {
			continue
		}
		switch {
		case r.gebruik == "herhaald":
			tel(r.soort, "herhaald", 1, bedrag)
		case r.gebruik == "ouder":
			tel(r.soort, "ouder", 1, 0)
		case r.gebruik == "uitgesloten":
			tel(r.soort, "uitgesloten", 1, bedrag)
		default:
			tel(r.soort, "gebruikt", 1, bedrag)
		}
	}
	for _, k := range w.kosten {
		dagen := 0
		for n := range 3 {
			if k.dagen[n] > 0 {
				dagen++
			}
		}
		binnen := k.deel[0] + k.deel[1] + k.deel[2]
		tel(k.regel.soort, "in_vensters", int64(dagen), binnen)
		tel(k.regel.soort, "buiten_vensters", 0, k.buiten)
		tel(k.regel.soort, "voor_vensters", 0, k.voor)
		tel(k.regel.soort, "na_vensters", 0, k.buiten-k.voor)
		if k.grondslag == "geprijsd" {
			tel(k.regel.soort, "geprijsd", 0, k.ct)
		}
		if id, _ := w.huisVan(k); id == "onbekend" {
			tel(k.regel.soort, "onbekend", int64(dagen), binnen)
		} else {
			tel(k.regel.soort, "huishoudens", int64(dagen), binnen)
		}
	}
	for _, h := range w.huizen {
		som := h.som(0) + h.som(1) + h.som(2)
		tel("totaal", "huishoudens", 1, som)
		switch {
		case h.verborgen:
			tel("totaal", "niet_getoond", 1, som)
		case h.elders:
			tel("totaal", "andere_gemeente", 1, som)
		default:
			tel("totaal", "ranglijst", 1, som)
		}
	}
	// beside the chain: what two deliveries have in common, where they differ, and lines equal to another (rules 61, 62)
	for _, r := range w.regels {
		if bedrag, _ := w.geteld(r); r.waarom == "overlap_gelijk" {
			tel(r.soort, "overlap_gelijk", 1, bedrag)
		}
	}
	for _, r := range w.verschilt {
		tel(r.soort, "overlap_verschilt", 1, w.ct(r))
	}
	for _, regels := range w.zelfde() {
		for _, r := range regels {
			tel(r.soort, "regel_gelijk", 1, w.ct(r))
		}
	}
	t := Tabel{Naam: "controle"}
	for s, n := range regels {
		if n == 0 && ct[s] == 0 {
			continue
		}
		t.Rijen = append(t.Rijen, Rij{"kind": s.soort, "stap": s.stap, "regels": n, "bedrag_ct": ct[s],
			"verschil_regels": int64(0), "verschil_ct": int64(0)})
	}
	return t.op("kind", "stap")
}
