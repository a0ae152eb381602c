package naslag_test

import (
	"fmt"
	"strings"
	"time"

	"pgregory.net/rapid"
)

// mens draws a person of a household: often just under or over 18 at the end of the windows.
func (w *wereld) mens(thuis int) {
	m := mens{ps: pseudoniem(len(w.mensen)), thuis: thuis, ouder1: -1, ouder2: -1}
	jaar := w.einde.Year() - []int{45, 18, 17, 8, 0, 30, 19}[w.getal("leeftijd", 0, 6)]
	m.jaar = fmt.Sprint(jaar)
	if m.maand = w.kies("zonder geboortemaand", "", "0", "00"); !w.een("geboortemaand onbekend", 4) {
		m.maand = fmt.Sprint(w.getal("geboortemaand", 1, 12))
	}
	w.mensen = append(w.mensen, m)
}

// ouders draws the parents of a person: usually of the same household, sometimes of another, or of whom nothing is known.
func (w *wereld) ouders(i int) {
	kies := func(naam string) int {
		switch w.getal(naam, 0, 3) {
		case 0:
			return -1
		case 1:
			return w.getal(naam+" ergens", 0, len(w.mensen)) // the last: unknown to huishouden
		}
		for j := range w.mensen { // the first other one of the household
			if j != i && w.mensen[j].thuis == w.mensen[i].thuis {
				return j
			}
		}
		return -1
	}
	w.mensen[i].ouder1, w.mensen[i].ouder2 = kies("ouder1"), kies("ouder2")
}

func (w *wereld) ouderPS(n int) string {
	switch {
	case n < 0:
		return ""
	case n == len(w.mensen):
		return pseudoniem(8888)
	}
	return w.mensen[n].ps
}

// verblijven draws the spells of a person: most live at home all the time; others move, overlap, end, or live in an institution.
func (w *wereld) verblijven(i, huizen int) {
	m := w.mensen[i]
	lang := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	var vorige time.Time
	for n := range rapid.SampledFrom([]int{1, 2, 3, 0, 4}).Draw(w.t, "verblijven") {
		begin, einde, huis := lang, "", m.thuis
		if n > 0 || w.een("later begonnen", 4) {
			begin = w.dag("begindatum")
			if n > 0 && w.een("zelfde begin", 4) {
				begin = vorige
			}
		}
		gemeente := w.gemeente()
		if w.een("verblijf eindigt", 3) {
			einde = w.tot("einddatum", begin, w.een("en toch niet", 5))
		}
		if w.stopt != "" && strings.HasSuffix(gemeente, w.stopt) { // nobody lives there on its last day
			weg := w.stopdag.AddDate(0, 0, -1-w.getal("verhuisd voor het einde", 0, 3))
			begin, einde = vroegste(begin, weg), dagTekst(weg)
		}
		beginTekst := w.deels("begindatum", begin)
		if einde != "" && w.een("einddatum deels onbekend", 15) {
			einde = einde[:4] + "-00-00"
		}
		if w.een("woont elders", 4) {
			huis = w.getal("huis", 0, huizen)
		}
		typhh, plhh := w.kies("typhh", "5", "6", "1"), w.kies("plhh", "6", "1", "9")
		if w.een("instelling", 6) {
			typhh, plhh, huis = "8", "10", 1000 // everyone in it shares an address
		}
		reden := ""
		if einde != "" {
			reden = w.kies("reden_einde", "", "overleden", "buitenland", "onbekend")
		}
		ouder1, ouder2 := w.ouderPS(m.ouder1), w.ouderPS(m.ouder2)
		if w.een("ouders niet genoemd", 4) {
			ouder1, ouder2 = "", ""
		}
		geboortejaar := m.jaar
		if w.een("ander geboortejaar", 15) {
			geboortejaar = fmt.Sprint(w.einde.Year() - 18)
		}
		w.regel("huishouden", "persoon_ps", m.ps, "huishouden_ps", pseudoniem(100_000+huis), "gemeentecode", gemeente,
			"begindatum", beginTekst, "einddatum", einde, "geboortejaar", geboortejaar, "geboortemaand", m.maand,
			"geslacht", w.kies("geslacht", "1", "2", ""), "typhh", typhh, "plhh", plhh, "wijkcode", w.kies("wijk", "", "WK01", "WK02"),
			"reden_einde", reden, "ouder1_ps", ouder1, "ouder2_ps", ouder2)
		vorige = begin
	}
}

// kosten draws one line of a kind with money. Numbers come from short lists, so that lines meet.
func (w *wereld) kosten() {
	switch soort := w.kies("soort kosten", "wmo_declaratie", "jeugd_declaratie", "zvw_declaratie", "participatie_uitkering",
		"schuldhulp_traject", "pgb_uitputting"); soort {
	case "zvw_declaratie":
		van := w.dag("begindatum")
		w.regel(soort, "persoon_ps", w.iemand("persoon"), "prestatie_code", "CO0001", "zorgsoort", w.kies("zorgsoort", "farmacie", "consulten_ggz"),
			"begindatum", dagTekst(van), "einddatum", w.tot("einddatum", van, false), "bedrag_ct", fmt.Sprint(w.bedrag("bedrag")),
			"debet_credit", w.kies("debet_credit", "D", "D", "C"), "uzovi", w.kies("uzovi", "3311", "7029", ""), "aanbieder_agb", w.agb("agb"))
	case "participatie_uitkering":
		w.uitkering()
	case "schuldhulp_traject":
		van := w.dag("startdatum")
		w.regel(soort, "traject_id", w.kies("traject", "T1", "T2", "T3"), "persoon_ps", w.iemand("persoon"), "gemeentecode", w.gemeente(),
			"startdatum", dagTekst(van), "einddatum", w.tot("einddatum", van, true))
	case "pgb_uitputting":
		teken := ""
		if w.een("teruggestort", 3) {
			teken = "-"
		}
		w.regel(soort, "persoon_ps", w.iemand("persoon"), "gemeentecode", w.gemeente(), "wet", w.kies("wet", "wmo", "jeugd", "WMO"),
			"toekenning_id", "K1", "datum", dagTekst(w.dag("datum")), "uitgenut_ct", teken+fmt.Sprint(w.bedrag("bedrag")))
	default:
		w.declaratie(soort)
	}
}

// deels is a day, now and then without its day or month, or the day that means no end.
func (w *wereld) deels(naam string, d time.Time) string {
	switch w.getal(naam+" deels onbekend", 0, 30) {
	case 13:
		return d.Format("2006-01-00")
	case 14:
		return d.Format("20060000")
	case 15:
		return "2999-12-31"
	}
	return dagTekst(d)
}

// uitkering draws the lines of a benefit, usually with a second person on it: one or two for each, which add up to the same unless
// somebody made a mistake.
func (w *wereld) uitkering() {
	maand, gemeente, nummer := w.dag("maand"), w.gemeente(), w.kies("registratie", "B1", "B2", "B3")
	soort, cluster, bedrag := w.kies("statistiekcode", "01", "12"), w.kies("cluster", "", "j", "c"), w.bedrag("bedrag")
	if w.een("teruggevorderd", 6) {
		bedrag = -bedrag
	}
	for n := range w.getal("mensen op de uitkering", 1, 3) {
		spelling := maand.Format("2006-01")
		if w.een("maand zonder streep", 5) {
			spelling = maand.Format("200601")
		}
		if n > 0 && w.een("ander bedrag", 6) {
			bedrag = w.bedrag("ander bedrag")
		}
		wie, delen := w.iemand("persoon"), []int{bedrag}
		if w.een("in twee betalingen", 3) {
			deel := w.bedrag("deel")
			delen = []int{deel, bedrag - deel}
		}
		for _, ct := range delen {
			w.regel("participatie_uitkering", "persoon_ps", wie, "gemeentecode", gemeente, "jaarmaand", spelling,
				"registratienummer", nummer, "statistiekcode", soort, "cluster_bijz_bijstand", cluster, "betaalbaar_gesteld_eur", w.spel("bedrag", ct))
		}
	}
}

func (w *wereld) declaratie(soort string) {
	van := w.dag("product_begin")
	categorie := map[string][]string{"wmo_declaratie": {"01", "02"}, "jeugd_declaratie": {"45", "47"}}[soort]
	vorig, dc := "", w.kies("debet_credit", "D", "D", "C")
	if dc == "C" || w.een("debet noemt een vorig nummer", 15) {
		vorig = w.kies("vorig", "R1", "R2", "R3", "")
	}
	volume, tarief := w.kies("volume", "", "0", "3", "1000"), w.kies("tarief", "", "0", "7", "33")
	bedrag := fmt.Sprint(w.bedrag("bedrag"))
	if volume == "3" && tarief != "" && w.een("volume maal tarief", 2) {
		bedrag = map[string]string{"0": "0", "7": w.kies("bedrag", "21", "22", "23", "24"), "33": w.kies("bedrag", "99", "97")}[tarief]
	}
	toegekend := ""
	if w.een("toegekend", 3) {
		toegekend = fmt.Sprint(w.getal("toegekend bedrag", 0, 500_000))
	}
	fout := ""
	if w.een("fout in de regel", 25) {
		fout = "x"
	}
	if w.een("van voor 1990", 40) {
		van = time.Date(1989, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	einde := w.tot("product_eind", van, false)
	wie, gemeente, nummer, categorieCode, agb := w.iemand("persoon"), w.gemeente(), w.kies("toewijzing", "", "1", "2", "3"),
		w.kies("categorie", categorie...), w.agb("agb")
	if w.een("dezelfde zorg", 4) { // of the same person, in the same days
		van, einde = w.einde.AddDate(0, 0, -30), dagTekst(w.einde)
		wie, gemeente, nummer, categorieCode, agb = w.mensen[0].ps, w.gemeenten[0], "", categorie[0], ""
	}
	w.regel(soort, "persoon_ps", wie, "gemeentecode", gemeente, "referentie_nummer", w.kies("referentie", "R1", "R2", "R3", "R4", "R5"),
		"vorig_referentie_nummer", vorig, "toewijzing_nummer", nummer, "product_categorie", categorieCode, "product_begin", dagTekst(van), "product_eind", einde,
		"geleverd_volume", volume, "eenheid", w.kies("eenheid", "04", "83", ""), "tarief_ct", tarief, "bedrag_ct", bedrag+fout,
		"toegekend_ct", toegekend, "debet_credit", dc, "aanbieder_agb", agb)
}

// rest draws a line of a kind without money.
func (w *wereld) rest() {
	switch soort := w.kies("soort rest", "wmo_toewijzing", "jeugd_toewijzing", "wmo_toewijzing", "jeugd_toewijzing", "zvw_verzekerde", "veldmelding", "uitsluiting",
		"maatwerk_plan", "maatwerk_akkoord", "maatwerk_akkoord"); soort {
	case "zvw_verzekerde":
		van := w.dag("begindatum")
		if w.een("lang verzekerd", 2) {
			van = w.einde.AddDate(-6, 0, 1)
		}
		w.regel(soort, "persoon_ps", w.iemand("persoon"), "uzovi", w.kies("uzovi", "3311", "7029"), "begindatum", dagTekst(van),
			"einddatum", w.tot("einddatum", van, true))
	case "veldmelding":
		w.regel(soort, "persoon_ps", w.iemand("persoon"), "gemeentecode", w.gemeente(), "datum", dagTekst(w.dag("datum")), "melder", "wijkteam")
	case "uitsluiting":
		van := w.dag("begindatum")
		w.regel(soort, "persoon_ps", w.iemand("persoon"), "soort", "bezwaar", "begindatum", dagTekst(van), "einddatum", w.tot("einddatum", van, true))
	case "maatwerk_plan":
		w.plan()
	case "maatwerk_akkoord":
		for casus := w.kies("casus", "C1", "C2", "C3"); ; {
			w.regel(soort, "casusnummer", casus, "maatwerker_ps", pseudoniem(5000+w.getal("maatwerker", 0, 3)),
				"besluit", w.kies("besluit", "akkoord", "akkoord", "aanvullen", "afwijzen"), "datum", dagTekst(w.dag("datum")))
			if w.een("laatste besluit", 5) {
				break
			}
		}
	default:
		w.toewijzing(soort)
	}
}

func (w *wereld) plan() {
	op := w.dag("datum_aanmelding")
	leegOf := func(naam string) string {
		if w.een(naam+" leeg", 2) {
			return ""
		}
		return dagTekst(w.dag(naam))
	}
	bedrag := func(naam string) string {
		if w.een(naam+" leeg", 3) {
			return ""
		}
		return w.euro(naam, true)
	}
	w.regel("maatwerk_plan", "casusnummer", w.kies("casus", "C1", "C2", "C3"), "persoon_ps", w.iemand("persoon"), "gemeentecode", w.gemeente(),
		"status", w.kies("status", "concept", "sparren", "akkoord", "uitvoering", "gereed", "afgewezen", "ingetrokken"),
		"eindbaas_ps", w.kies("eindbaas", "", pseudoniem(5000)), "datum_aanmelding", dagTekst(op), "datum_akkoord", leegOf("datum_akkoord"),
		"datum_start", leegOf("datum_start"), "huidig_eur", bedrag("huidig"), "dreigend_eur", bedrag("dreigend"),
		"maatwerk_eur", bedrag("maatwerk"), "horizon_mnd", w.kies("horizon", "", "12", "24"))
}

func (w *wereld) toewijzing(soort string) {
	categorie := map[string][]string{"wmo_toewijzing": {"01", "02"}, "jeugd_toewijzing": {"45", "47"}}[soort]
	op, van := w.einde.AddDate(0, 0, -100), w.dag("ingangsdatum")
	if w.een("een andere dag", 3) {
		op = w.dag("toewijzing_datum")
	}
	begin, einde, laatste := "", "", w.tot("einddatum", van, true)
	if w.een("loopt", 2) {
		van, laatste = w.einde.AddDate(0, 0, -rapid.SampledFrom([]int{0, 100, 1000}).Draw(w.t, "sinds")), ""
	}
	if w.een("geleverd", 2) {
		start := w.dag("begin_levering")
		begin, einde = dagTekst(start), w.tot("einde_levering", start, true)
	}
	w.regel(soort, "persoon_ps", w.iemand("persoon"), "gemeentecode", w.gemeente(), "toewijzing_nummer", w.kies("toewijzing", "1", "2", "3", "4", "5", "6"),
		"product_categorie", w.kies("categorie", append(categorie, "")...), "toewijzing_datum", dagTekst(op),
		"toewijzing_tijd", w.kies("tijd", "09:00", "09:00:00", "10:30", "23:59:59", "09:00", "10:30", "9:00", ""), "ingangsdatum", dagTekst(van),
		"einddatum", laatste, "aanbieder_agb", w.agb("agb"), "reden_wijziging", w.kies("reden", "", "", "14", "13"),
		"begin_levering", begin, "einde_levering", einde)
}
