package naslag

import (
	"slices"
	"strings"
)

// ranglijst is the mart of that name, but for the columns cocktails and verwacht_volgend_jaar_ct.
func (w *Wereld) ranglijst() Tabel {
	t := Tabel{Naam: "ranglijst"}
	volgorde := w.volgorde()
	totaal, lopend := int64(0), int64(0)
	for _, h := range volgorde {
		totaal += h.som(0)
	}
	for i, h := range volgorde {
		zvw := h.uitgaven[0]["zvw"]
		lopend += h.som(0)
		r := Rij{"rang": int64(i + 1), "huishouden_id": h.id,
			"kosten_t0_ct": h.som(0), "kosten_t1_ct": h.som(1), "kosten_t2_ct": h.som(2),
			"kosten_wmo_ct": h.uitgaven[0]["wmo"], "kosten_jeugd_ct": h.uitgaven[0]["jeugd"],
			"kosten_participatie_ct": h.uitgaven[0]["participatie"], "kosten_zvw_ct": zvw,
			"geprijsd_schuldhulp_ct": h.geprijsd["schuldhulp"], "geprijsd_t0_ct": h.geprijsd["schuldhulp"],
			"domeinen": w.domeinen(h), "voorzieningen": w.voorzieningen(h), "aanbieders": int64(len(h.aanbieders)),
			"zvw_gedekt": w.zvwGedekt(h), "veldmelding": w.gemeld(h), "in_maatwerk": w.inMaatwerk(h)}
		boven := int64(0)
		for n := range 3 {
			if h.som(n) >= w.cfg.Selection.ThresholdEur*100 {
				boven++
			}
		}
		r["jaren_boven_drempel"] = boven
		r["aandeel_zvw"], r["cum_aandeel"] = nil, nil
		if h.som(0) > 0 {
			r["aandeel_zvw"] = float64(zvw) / float64(h.som(0))
		}
		if totaal != 0 {
			r["cum_aandeel"] = float64(lopend) / float64(totaal)
		}
		redenen := w.redenNiet(h)
		r["reden_niet"], r["in_aanmerking"] = strings.Join(redenen, "|"), len(redenen) == 0
		t.Rijen = append(t.Rijen, r)
	}
	return t
}

// domeinen counts those with a net cost above 0 in T0, declared or priced (rules 26).
func (w *Wereld) domeinen(h *huis) (n int64) {
	for _, d := range []string{"wmo", "jeugd", "participatie", "schuldhulp", "zvw"} {
		if h.uitgaven[0][d] > 0 || h.geprijsd[d] > 0 {
			n++
		}
	}
	return n
}

// woont is whether the person of a pseudonym is a member.
func (w *Wereld) woont(h *huis, ps string) bool {
	p := w.personen[w.PersoonID(ps)]
	return p != nil && p.huis == h
}

// voorzieningen counts what runs at P: allocations in their period of care, benefits paid in P's month, open trajects
// (rules 26, 60).
func (w *Wereld) voorzieningen(h *huis) int64 {
	loopt := map[string]bool{}
	for _, wet := range []string{"wmo", "jeugd"} {
		for _, r := range w.gebruikt(wet + "_toewijzing") {
			if !w.woont(h, r.cel["persoon_ps"]) {
				continue
			}
			van, ok := r.dag("begin_levering")
			if !ok {
				van, _ = r.dag("ingangsdatum")
			}
			tot := w.eind(r, "einddatum")
			if x, ok := r.dag("einde_levering"); ok {
				tot = x + 1
			}
			if van <= w.P && w.P < tot {
				loopt[wet+perToewijzing(r)] = true
			}
		}
	}
	for _, u := range w.uitkeringen() {
		for ps := range u.bedrag {
			if u.gelijk && u.maand == w.P.maand(0) && u.ct > 0 && w.woont(h, ps) {
				loopt["uitkering"+u.sleutel] = true
			}
		}
	}
	for _, r := range w.gebruikt("schuldhulp_traject") {
		if !w.woont(h, r.cel["persoon_ps"]) {
			continue
		}
		if van, _ := r.dag("startdatum"); van <= w.P && w.P < w.eind(r, "einddatum") {
			loopt["traject"+perTraject(r)] = true
		}
	}
	return int64(len(loopt))
}

// zvwGedekt says whether the zvw feed knows the members in T0 (rules 19, 46, 55).
func (w *Wereld) zvwGedekt(h *huis) string {
	wijze := w.zvwWijze()
	if wijze == "onbekend" {
		return "onbekend"
	}
	gedekt, maanden := 0, 0
	for _, p := range h.leden {
		for n := range 12 {
			eerste := w.P.maand(n - 11)
			if p.geboren(0) >= eerste.maand(1) {
				continue
			}
			maanden++
			if w.persoonGedekt(p, "zvw_declaratie", eerste) && (wijze == "alle" || w.verzekerd(p, eerste)) {
				gedekt++
			}
		}
	}
	switch gedekt {
	case maanden:
		return "ja"
	case 0:
		return "nee"
	}
	return "deels"
}

// zvwWijze is how the zvw feed covers persons: alle, verzekerde (insured spells tell) or onbekend.
func (w *Wereld) zvwWijze() string {
	brieven, alle := 0, 0
	for _, l := range w.leveringen {
		if l.soort == "zvw_declaratie" {
			brieven++
			if l.brief != nil && l.brief.Alle == "ja" {
				alle++
			}
		}
	}
	switch {
	case !w.bekend("zvw_declaratie") || !w.koppelt("zvw_declaratie", ""):
		return "onbekend"
	case brieven > 0 && alle == brieven:
		return "alle"
	case w.geleverd("zvw_verzekerde") && !w.koppelt("zvw_verzekerde", ""):
		return "onbekend" // nobody can be told to be insured, or not to be
	case w.geleverd("zvw_verzekerde"):
		return "verzekerde"
	case alle > 0:
		return "alle"
	}
	return "onbekend"
}

// persoonGedekt is whether the kind covers the month for every gemeente in which the person has a spell day in it.
func (w *Wereld) persoonGedekt(p *persoon, soort string, eerste dag) bool {
	woonde := false
	for _, v := range p.verblijven {
		if v.van < eerste.maand(1) && v.tot > eerste && v.van < v.tot {
			woonde = true
			if g := v.regel.cel["gemeentecode"]; !w.maandGedekt(soort, g, eerste) || !w.koppelt(soort, g) {
				return false
			}
		}
	}
	return woonde
}

// verzekerd is whether the person is insured every day of the month with an insurer that delivers (rules 46).
func (w *Wereld) verzekerd(p *persoon, eerste dag) bool {
	for x := eerste; x < eerste.maand(1); x++ {
		vandaag := slices.ContainsFunc(w.verzekerde[p.id], func(r *regel) bool {
			begin, _ := r.dag("begindatum")
			return begin <= x && x < w.eind(r, "einddatum")
		})
		if !vandaag {
			return false
		}
	}
	return true
}

// verzeker lists the insured spells with an insurer that delivers: the note's list, else those in its lines (rules 46).
func (w *Wereld) verzeker() {
	var levert []string
	for _, l := range w.leveringen {
		if l.soort == "zvw_declaratie" && l.brief != nil && !l.dubbel {
			levert = append(levert, l.brief.uzovi...)
		}
	}
	for _, r := range w.regels { // a line that counts in another delivery says who delivered all the same
		if r.soort != "zvw_declaratie" || r.lot != "geaccepteerd" {
			continue
		}
		if b := r.levering.brief; (b == nil || len(b.uzovi) == 0) && r.cel["uzovi"] != "" {
			levert = append(levert, r.cel["uzovi"])
		}
	}
	w.verzekerde = map[string][]*regel{}
	for _, r := range w.perSoort["zvw_verzekerde"] {
		if id := w.PersoonID(r.cel["persoon_ps"]); slices.Contains(levert, r.cel["uzovi"]) {
			w.verzekerde[id] = append(w.verzekerde[id], r)
		}
	}
}

// gemeld is whether a professional brought a member forward by P (rules 30).
func (w *Wereld) gemeld(h *huis) bool {
	return slices.ContainsFunc(w.perSoort["veldmelding"], func(r *regel) bool {
		op, _ := r.dag("datum")
		return op <= w.P && w.woont(h, r.cel["persoon_ps"])
	})
}

// inMaatwerk is whether a member has a plan, reported by P, that is not afgewezen or ingetrokken (rules 27).
func (w *Wereld) inMaatwerk(h *huis) bool {
	return slices.ContainsFunc(w.gebruikt("maatwerk_plan"), func(r *regel) bool {
		op, _ := r.dag("datum_aanmelding")
		return op <= w.P && r.cel["status"] != "afgewezen" && r.cel["status"] != "ingetrokken" && w.woont(h, r.cel["persoon_ps"])
	})
}

// redenNiet names the rules of eligibility that a household does not meet, in order (rules 27).
func (w *Wereld) redenNiet(h *huis) (out []string) {
	e := w.cfg.Selection.Eligibility
	volwassen := w.volwassenen(h)
	for _, regel := range []struct {
		naam  string
		faalt bool
	}{
		{"volwassenen", volwassen < int64(e.MinAdults)},
		{"kinderen", int64(len(h.leden))-volwassen < int64(e.MinChildren)},
		{"domeinen", w.domeinen(h) < int64(e.MinDomains)},
		{"drempel", e.AtThreshold && h.som(0) < w.cfg.Selection.ThresholdEur*100},
		{"zvw_aandeel", e.MaxZvwPercent > 0 && h.som(0) > 0 && h.uitgaven[0]["zvw"]*100 > h.som(0)*int64(e.MaxZvwPercent)},
		{"heeft_plan", e.NoPlan && w.inMaatwerk(h)},
		{"instelling", e.NotInstitutional && w.hoofd(h).feit.regel.cel["typhh"] == "8"},
	} {
		if regel.faalt {
			out = append(out, regel.naam)
		}
	}
	return out
}

// concentratie is the mart of that name (rules 29).
func (w *Wereld) concentratie() Tabel {
	t := Tabel{Naam: "concentratie"}
	volgorde := w.volgorde()
	n := len(volgorde)
	totaal, positief, negatief := int64(0), int64(0), 0
	for _, h := range volgorde {
		totaal += h.som(0)
		positief += max(h.som(0), 0)
		if h.som(0) < 0 {
			negatief++
		}
	}
	for maat, promille := range map[string]int{"top_0.1": 1, "top_1": 10, "top_5": 50, "top_10": 100} {
		top := 0
		for top*1000 < promille*n {
			top++ // the least whole number at or above promille of n
		}
		ct := int64(0)
		for _, h := range volgorde[:top] {
			ct += h.som(0)
		}
		r := Rij{"maat": maat, "waarde": nil}
		if totaal != 0 {
			r["waarde"] = float64(ct) / float64(totaal)
		}
		t.Rijen = append(t.Rijen, r)
	}
	gini := int64(0)
	for i, h := range volgorde {
		oplopend := n - i // place from the cheapest up, from 1
		gini += int64(2*oplopend-n-1) * max(h.som(0), 0)
	}
	r := Rij{"maat": "gini", "waarde": nil}
	if positief > 0 {
		r["waarde"] = float64(gini) / (float64(n) * float64(positief))
	}
	t.Rijen = append(t.Rijen, r, Rij{"maat": "negatief", "waarde": float64(negatief)})
	return t.op("maat")
}

// dekking is the mart of that name.
func (w *Wereld) dekking() Tabel {
	t := Tabel{Naam: "dekking"}
	nieuwste := w.nieuwste()
	gemeenten := slices.Clone(w.gemeenten)
	for _, d := range w.dekkingen {
		gemeenten = append(gemeenten, d.gemeente)
	}
	slices.Sort(gemeenten)
	for _, soort := range w.cfg.Kinds() {
		for _, g := range slices.Compact(slices.Clone(gemeenten)) {
			for n := range 36 {
				eerste := w.P.maand(n - 35)
				r := Rij{"kind": soort, "gemeentecode": g, "maand": eerste.String(), "nieuwste_regel": nil}
				laatste := max(nieuwste[plaats{soort, g, eerste}], nieuwste[plaats{soort, "", eerste}])
				if laatste > 0 {
					r["nieuwste_regel"] = laatste.String()
				}
				r["gedekt"] = w.stand(soort, g, eerste)
				t.Rijen = append(t.Rijen, r)
			}
		}
	}
	return t.op("kind", "gemeentecode", "maand")
}

// stand is what is known of a kind in a gemeente and month (rules 17, 63, 68).
func (w *Wereld) stand(soort, gemeente string, eerste dag) string {
	laatste, opgeheven := w.opgeheven[gemeente]
	switch gedekt := w.maandGedekt(soort, gemeente, eerste); {
	case !gedekt && opgeheven && eerste > laatste:
		return "opgeheven"
	case !w.koppelt(soort, gemeente):
		return "onbekend"
	case gedekt:
		return "ja"
	case !w.bekend(soort):
		return "onbekend"
	}
	return "nee"
}

// nieuwste is the latest first day of a line in each place, replaced lines included.
func (w *Wereld) nieuwste() map[plaats]dag {
	out := map[plaats]dag{}
	for _, r := range w.regels {
		if r.lot != "geaccepteerd" && r.lot != "vervangen" {
			continue
		}
		if van, _, ok := w.periode(r); ok {
			p := plaats{r.soort, w.gemeente(r), van.maand(0)}
			out[p] = max(out[p], van)
		}
	}
	return out
}
