package costs

// Marts are the tables that this reference works out, each in the order of its mart.
func (w *Reference) Marts() []Table {
	return []Table{w.households(), w.members(), w.costsMart(), w.ranking(), w.concentration(), w.excluded(), w.findings(),
		w.plans(), w.coverage(), w.linkShares(), w.control()}
}

// Households is the number of households at P, those that are not shown included; without any a run publishes nothing.
func (w *Reference) Households() int { return len(w.Houses) }

// control is the mart controle (methods 8). Steps with neither lines nor eurocents are left out.
func (w *Reference) control() Table {
	type key struct{ kind, step string }
	count, ct := map[key]int64{}, map[key]int64{}
	add := func(kind, step string, n, amount int64) {
		count[key{kind, step}] += n
		ct[key{kind, step}] += amount
	}
	for _, r := range w.All {
		amount, _ := w.Counted(r)
		add(r.Kind, "geleverd", 1, amount)
		add(r.Kind, r.Fate, 1, amount)
		if r.Fate != "geaccepteerd" {
			continue
		}
		switch {
		case r.Use == "herhaald":
			add(r.Kind, "herhaald", 1, amount)
		case r.Use == "ouder":
			add(r.Kind, "ouder", 1, 0)
		case r.Use == "uitgesloten":
			add(r.Kind, "uitgesloten", 1, amount)
		default:
			add(r.Kind, "gebruikt", 1, amount)
		}
	}
	for _, k := range w.costs {
		days := 0
		for n := range 3 {
			if k.days[n] > 0 {
				days++
			}
		}
		within := k.part[0] + k.part[1] + k.part[2]
		add(k.line.Kind, "in_vensters", int64(days), within)
		add(k.line.Kind, "buiten_vensters", 0, k.outside)
		add(k.line.Kind, "voor_vensters", 0, k.before)
		add(k.line.Kind, "na_vensters", 0, k.outside-k.before)
		if k.basis == "geprijsd" {
			add(k.line.Kind, "geprijsd", 0, k.ct)
		}
		if id, _ := w.houseOf(k); id == "onbekend" {
			add(k.line.Kind, "onbekend", int64(days), within)
		} else {
			add(k.line.Kind, "huishoudens", int64(days), within)
		}
	}
	for _, h := range w.Houses {
		sum := w.Sum(h, 0) + w.Sum(h, 1) + w.Sum(h, 2)
		add("totaal", "huishoudens", 1, sum)
		switch {
		case h.Hidden:
			add("totaal", "niet_getoond", 1, sum)
		case h.Elsewhere:
			add("totaal", "andere_gemeente", 1, sum)
		default:
			add("totaal", "ranglijst", 1, sum)
		}
	}
	// beside the chain: what two deliveries have in common, where they differ, and lines equal to another (rules 61, 62)
	for _, r := range w.All {
		if amount, _ := w.Counted(r); r.Why == "overlap_gelijk" {
			add(r.Kind, "overlap_gelijk", 1, amount)
		}
	}
	for _, r := range w.Differ {
		add(r.Kind, "overlap_verschilt", 1, w.Ct(r))
	}
	for _, list := range w.repeated() {
		for _, r := range list {
			add(r.Kind, "regel_gelijk", 1, w.Ct(r))
		}
	}
	t := Table{Name: "controle"}
	for s, n := range count {
		if n == 0 && ct[s] == 0 {
			continue
		}
		t.Rows = append(t.Rows, Row{"kind": s.kind, "stap": s.step, "regels": n, "bedrag_ct": ct[s],
			"verschil_regels": int64(0), "verschil_ct": int64(0)})
	}
	return t.by("kind", "stap")
}
