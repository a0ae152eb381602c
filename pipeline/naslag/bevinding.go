package naslag

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"

	"stapel/config"
)

// vinder takes what is found on a line.
type vinder func(r *regel, code string)

// bevinding is the mart of that name, but for the sentences.
func (w *Wereld) bevinding() Tabel {
	t := Tabel{Naam: "bevinding"}
	vind := func(soort, sleutel, code string, regels int, ct int64) {
		r := Rij{"onderwerp": soort, "sleutel": sleutel, "regel_code": code, "ernst": "let_op", "regels": int64(regels), "bedrag_ct": nil}
		if w.cfg.Contracts[soort].Money != nil && regels > 0 {
			r["bedrag_ct"] = ct
		}
		if regels == 0 { // about a file as a whole
			r["regels"] = nil
		}
		if code == "overlap_verschilt" {
			r["ernst"] = "fout"
		}
		t.Rijen = append(t.Rijen, r)
	}
	op := func(r *regel) string { return fmt.Sprintf("%s:%d", r.levering.naam, r.nr) }
	bij := func(r *regel, code string) {
		ct, _ := w.geteld(r)
		vind(r.soort, op(r), code, 1, ct)
	}
	for _, p := range w.personen {
		for _, v := range p.verblijven {
			if v.ingekort {
				bij(v.regel, "verblijf_ingekort")
			}
		}
	}
	w.onwaarschijnlijk(bij)
	for _, wet := range []string{"wmo", "jeugd"} {
		w.declaraties(wet, bij)
		for _, regels := range groepen(w.perSoort[wet+"_toewijzing"], perToewijzing) {
			if nieuwste, gelijk := w.nieuwsteToewijzing(regels); gelijk {
				bij(nieuwste, "toewijzing_gelijk")
			}
		}
	}
	for _, u := range w.uitkeringen() {
		for _, regels := range u.telt {
			if u.gelijk && len(regels) > 1 {
				vind("participatie_uitkering", op(regels[0]), "uitkering_gedeeld", len(regels), u.ct)
			}
		}
	}
	for _, r := range w.verschilt {
		bij(r, "overlap_verschilt")
	}
	som := func(regels []*regel) (ct int64) {
		for _, r := range regels {
			bedrag, _ := w.geteld(r)
			ct += bedrag
		}
		return ct
	}
	for l, regels := range w.zelfde() {
		vind(l.soort, l.naam, "regel_gelijk", len(regels), som(regels))
	}
	for _, l := range w.leveringen {
		if regels := w.buitenPeriode(l); len(regels) > 0 {
			vind(l.soort, l.naam, "buiten_periode", len(regels), som(regels))
		}
		if slices.ContainsFunc(w.regels, func(r *regel) bool {
			return r.levering == l && r.onvolledig && (r.lot == "geaccepteerd" || r.lot == "vervangen")
		}) {
			vind(l.soort, l.naam, "datum_onvolledig", 0, 0)
		}
		if w.tweede(l) {
			vind(l.soort, l.naam, "twee_leveranciers", 0, 0)
		}
	}
	for _, p := range w.plannen() {
		if p.verborgen {
			continue
		}
		for _, code := range p.bevindingen {
			vind("maatwerk_plan", p.regel.cel["casusnummer"], code, 1, 0)
		}
	}
	return t.op("onderwerp", "sleutel", "regel_code")
}

// tweede is whether a delivery is of another supplier than an older one of the same months, where one supplier delivers the kind
// (rules 71).
func (w *Wereld) tweede(l *levering) bool {
	return w.cfg.Contracts[l.soort].Suppliers == config.SuppliersOne && slices.ContainsFunc(w.paren(l.soort, perMaand), func(p paar) bool {
		een, ander := p.oud.leverancier, p.nieuw.leverancier
		return p.nieuw == l && een != "" && ander != "" && een != ander
	})
}

// declaraties finds what is wrong between declarations of one law, and between them and their allocations.
func (w *Wereld) declaraties(wet string, bij vinder) {
	regels := w.perSoort[wet+"_declaratie"]
	toegewezen := map[string]*regel{}
	for _, r := range w.gebruikt(wet + "_toewijzing") {
		toegewezen[perToewijzing(r)] = r
	}
	debet := map[string]int64{}   // by reference
	gevraagd := map[string]bool{} // the reference has a debit
	credits := map[string]bool{}  // the reference is taken back by some credit
	for _, r := range regels {
		if r.cel["debet_credit"] == "D" {
			debet[perReferentie(r)] += w.ct(r)
			gevraagd[perReferentie(r)] = true
		} else if r.cel["vorig_referentie_nummer"] != "" {
			credits[perVorige(r)] = true
		}
	}
	gezien, teruggenomen, eerder := map[string]bool{}, map[string]int{}, map[string]bool{}
	for _, r := range regels { // from old to new
		if gezien[perReferentie(r)] {
			bij(r, "8021")
		}
		gezien[perReferentie(r)] = true
		if r.cel["debet_credit"] == "C" {
			debet[perVorige(r)] += w.ct(r)
			if !gevraagd[perVorige(r)] || r.cel["vorig_referentie_nummer"] == "" || debet[perVorige(r)] < 0 {
				bij(r, "8017")
			}
			teruggenomen[perVorige(r)]++
			if r.cel["vorig_referentie_nummer"] != "" && teruggenomen[perVorige(r)] > 1 {
				bij(r, "9390")
			}
		} else if !credits[perReferentie(r)] {
			zorg := van("gemeentecode", "aanbieder_agb", "persoon_ps", "toewijzing_nummer", "product_categorie", "product_code",
				"product_begin", "product_eind")(r)
			if eerder[zorg] {
				bij(r, "9389")
			}
			eerder[zorg] = true
		}
		if t := toegewezen[perToewijzing(r)]; t != nil {
			if r.cel["product_begin"] < t.cel["ingangsdatum"] {
				bij(r, "9307")
			}
			if t.cel["einddatum"] != "" && r.cel["product_eind"] > t.cel["einddatum"] {
				bij(r, "9308")
			}
		}
		volume, err1 := strconv.ParseInt(r.cel["geleverd_volume"], 10, 64)
		tarief, err2 := strconv.ParseInt(r.cel["tarief_ct"], 10, 64)
		bedrag, _ := strconv.ParseInt(r.cel["bedrag_ct"], 10, 64)
		// the tariff is rounded to half a cent each way: over the volume that is half the volume, and half a cent for the amount
		if verschil := bedrag - volume*tarief; err1 == nil && err2 == nil && r.cel["eenheid"] != "83" &&
			2*max(verschil, -verschil) > volume+1 {
			bij(r, "9346")
		}
	}
}

// buitenPeriode lists the lines wholly outside the period that the note names (rules 50); what had ended before it is history
// where the contract says so (rules 74).
func (w *Wereld) buitenPeriode(l *levering) (out []*regel) {
	if l.dubbel || l.brief == nil || l.brief.Van == "" {
		return nil
	}
	for _, r := range w.regels {
		if r.levering != l || r.lot != "geaccepteerd" && r.lot != "vervangen" {
			continue
		}
		van, tot, ok := w.periode(r)
		if ok && (van > eenDag(l.brief.Tot) || tot <= eenDag(l.brief.Van) && !w.cfg.Contracts[l.soort].Period.History) {
			out = append(out, r)
		}
	}
	return out
}

// plan is a maatwerk plan as rules 43, 44 and 52 read it.
type plan struct {
	regel       *regel
	huis        any
	verborgen   bool
	akkoorden   int64
	bevindingen []string
}

func (w *Wereld) plannen() (out []plan) {
	for _, r := range w.gebruikt("maatwerk_plan") {
		p := plan{regel: r}
		if wie := w.personen[w.PersoonID(r.cel["persoon_ps"])]; wie != nil && wie.huis != nil {
			p.huis, p.verborgen = wie.huis.id, wie.huis.weg()
		}
		grens, gestart := r.dag("datum_start")
		if !gestart {
			grens = w.P
		}
		gunst := map[string]int{"afwijzen": 0, "aanvullen": 1, "akkoord": 2}
		laatste := map[string]*regel{} // of each maatwerker
		for _, b := range w.perSoort["maatwerk_akkoord"] {
			wie := b.cel["maatwerker_ps"]
			if op, _ := b.dag("datum"); b.cel["casusnummer"] != r.cel["casusnummer"] || wie == r.cel["eindbaas_ps"] || op > grens {
				continue
			}
			oud := laatste[wie]
			if oud == nil || b.cel["datum"] > oud.cel["datum"] ||
				b.cel["datum"] == oud.cel["datum"] && gunst[b.cel["besluit"]] < gunst[oud.cel["besluit"]] {
				laatste[wie] = b
			}
		}
		var data []string
		for _, b := range laatste {
			if b.cel["besluit"] == "akkoord" {
				data = append(data, b.cel["datum"])
			}
		}
		slices.Sort(data)
		p.akkoorden = int64(len(data))
		if gestart && grens <= w.P && len(data) < 2 {
			p.bevindingen = append(p.bevindingen, "akkoord_ontbreekt")
		}
		if r.cel["datum_akkoord"] != "" && len(data) >= 2 && data[1] > r.cel["datum_akkoord"] {
			p.bevindingen = append(p.bevindingen, "akkoord_na_datum")
		}
		if h := r.cel["horizon_mnd"]; h != "" && h != "12" && r.cel["dreigend_eur"] != "" && r.cel["maatwerk_eur"] != "" {
			p.bevindingen = append(p.bevindingen, "horizon_anders")
		}
		out = append(out, p)
	}
	return out
}

// planMart is the mart plan.
func (w *Wereld) planMart() Tabel {
	t := Tabel{Naam: "plan"}
	for _, p := range w.plannen() {
		if p.verborgen {
			continue
		}
		c := p.regel.cel
		r := Rij{"casusnummer": c["casusnummer"], "huishouden_id": p.huis, "status": c["status"], "datum_aanmelding": gevuld(c["datum_aanmelding"]),
			"datum_akkoord": gevuld(c["datum_akkoord"]), "datum_start": gevuld(c["datum_start"]), "akkoorden": p.akkoorden,
			"dagen_tot_akkoord": nil, "besparing_verwacht_ct": nil}
		if c["datum_akkoord"] != "" {
			r["dagen_tot_akkoord"] = int64(eenDag(c["datum_akkoord"]) - eenDag(c["datum_aanmelding"]))
		}
		for _, naam := range []string{"huidig", "dreigend", "maatwerk"} {
			kolom := w.cfg.Contracts["maatwerk_plan"].Column(naam + "_eur")
			r[naam+"_ct"] = nil
			if ct, ok := cent(kolom, c[naam+"_eur"]); ok {
				r[naam+"_ct"] = ct
			}
		}
		if dreigend, ok := r["dreigend_ct"].(int64); ok && r["maatwerk_ct"] != nil {
			r["besparing_verwacht_ct"] = dreigend - r["maatwerk_ct"].(int64)
		}
		genoemd := ""
		for _, code := range p.bevindingen {
			if code == "horizon_anders" {
				continue // about the amounts, not about the approvals
			}
			if genoemd != "" {
				genoemd += "|"
			}
			genoemd += code
		}
		r["bevindingen"] = genoemd
		t.Rijen = append(t.Rijen, r)
	}
	slices.SortFunc(t.Rijen, func(a, b Rij) int { return cmp.Compare(Tekst(a["casusnummer"]), Tekst(b["casusnummer"])) })
	return t
}
