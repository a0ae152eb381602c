package costs_test

import (
	"fmt"
	"strings"
	"time"

	"pgregory.net/rapid"
)

// resident draws a person of a household: often just under or over 18 at the end of the windows.
func (w *world) resident(home int) {
	m := resident{ps: pseudonym(len(w.residents)), home: home, ouder1: -1, ouder2: -1}
	year := w.end.Year() - []int{45, 18, 17, 8, 0, 30, 19}[w.whole("leeftijd", 0, 6)]
	m.year = fmt.Sprint(year)
	if m.month = w.pick("zonder geboortemaand", "", "0", "00"); !w.chance("geboortemaand onbekend", 4) {
		m.month = fmt.Sprint(w.whole("geboortemaand", 1, 12))
	}
	w.residents = append(w.residents, m)
}

// parents draws the parents of a person: usually of the same household, sometimes of another, or of whom nothing is known.
func (w *world) parents(i int) {
	pick := func(name string) int {
		switch w.whole(name, 0, 3) {
		case 0:
			return -1
		case 1:
			return w.whole(name+" ergens", 0, len(w.residents)) // the last: unknown to huishouden
		}
		for j := range w.residents { // the first other one of the household
			if j != i && w.residents[j].home == w.residents[i].home {
				return j
			}
		}
		return -1
	}
	w.residents[i].ouder1, w.residents[i].ouder2 = pick("ouder1"), pick("ouder2")
}

func (w *world) parentPS(n int) string {
	switch {
	case n < 0:
		return ""
	case n == len(w.residents):
		return pseudonym(8888)
	}
	return w.residents[n].ps
}

// spells draws the spells of a person: most live at home all the time; others move, overlap, end, or live in an institution.
func (w *world) spells(i, houses int) {
	m := w.residents[i]
	long := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC)
	var previous time.Time
	for n := range rapid.SampledFrom([]int{1, 2, 3, 0, 4}).Draw(w.t, "verblijven") {
		begin, end, house := long, "", m.home
		if n > 0 || w.chance("later begonnen", 4) {
			begin = w.day("begindatum")
			if n > 0 && w.chance("zelfde begin", 4) {
				begin = previous
			}
		}
		gemeente := w.gemeente()
		if w.chance("verblijf eindigt", 3) {
			end = w.to("einddatum", begin, w.chance("en toch niet", 5))
		}
		if w.stops != "" && strings.HasSuffix(gemeente, w.stops) { // nobody lives there on its last day
			gone := w.stopDay.AddDate(0, 0, -1-w.whole("verhuisd voor het einde", 0, 3))
			begin, end = earliest(begin, gone), dayText(gone)
		}
		beginText := w.partly("begindatum", begin)
		if end != "" && w.chance("einddatum deels onbekend", 15) {
			end = end[:4] + "-00-00"
		}
		if w.chance("woont elders", 4) {
			house = w.whole("huis", 0, houses)
		}
		typhh, plhh := w.pick("typhh", "5", "6", "1"), w.pick("plhh", "6", "1", "9")
		if w.chance("instelling", 6) {
			typhh, plhh, house = "8", "10", 1000 // everyone in it shares an address
		}
		reason := ""
		if end != "" {
			reason = w.pick("reden_einde", "", "overleden", "buitenland", "onbekend")
		}
		ouder1, ouder2 := w.parentPS(m.ouder1), w.parentPS(m.ouder2)
		if w.chance("ouders niet genoemd", 4) {
			ouder1, ouder2 = "", ""
		}
		birthYear := m.year
		if w.chance("ander geboortejaar", 15) {
			birthYear = fmt.Sprint(w.end.Year() - 18)
		}
		w.line("huishouden", "persoon_ps", m.ps, "huishouden_ps", pseudonym(100_000+house), "gemeentecode", gemeente,
			"begindatum", beginText, "einddatum", end, "geboortejaar", birthYear, "geboortemaand", m.month,
			"geslacht", w.pick("geslacht", "1", "2", ""), "typhh", typhh, "plhh", plhh, "wijkcode", w.pick("wijk", "", "WK01", "WK02"),
			"reden_einde", reason, "ouder1_ps", ouder1, "ouder2_ps", ouder2)
		previous = begin
	}
}

// costs draws one line of a kind with money. Numbers come from short lists, so that lines meet.
func (w *world) costs() {
	switch kind := w.pick("soort kosten", "wmo_declaratie", "jeugd_declaratie", "zvw_declaratie", "participatie_uitkering",
		"schuldhulp_traject", "pgb_uitputting"); kind {
	case "zvw_declaratie":
		from := w.day("begindatum")
		w.line(kind, "persoon_ps", w.somebody("persoon"), "prestatie_code", "CO0001", "zorgsoort", w.pick("zorgsoort", "farmacie", "consulten_ggz"),
			"begindatum", dayText(from), "einddatum", w.to("einddatum", from, false), "bedrag_ct", fmt.Sprint(w.amount("bedrag")),
			"debet_credit", w.pick("debet_credit", "D", "D", "C"), "uzovi", w.pick("uzovi", "3311", "7029", ""), "aanbieder_agb", w.agb("agb"))
	case "participatie_uitkering":
		w.benefit()
	case "schuldhulp_traject":
		from := w.day("startdatum")
		w.line(kind, "traject_id", w.pick("traject", "T1", "T2", "T3"), "persoon_ps", w.somebody("persoon"), "gemeentecode", w.gemeente(),
			"startdatum", dayText(from), "einddatum", w.to("einddatum", from, true))
	case "pgb_uitputting":
		sign := ""
		if w.chance("teruggestort", 3) {
			sign = "-"
		}
		w.line(kind, "persoon_ps", w.somebody("persoon"), "gemeentecode", w.gemeente(), "wet", w.pick("wet", "wmo", "jeugd", "WMO"),
			"toekenning_id", "K1", "datum", dayText(w.day("datum")), "uitgenut_ct", sign+fmt.Sprint(w.amount("bedrag")))
	default:
		w.declaration(kind)
	}
}

// partly is a day, now and then without its day or month, or the day that means no end.
func (w *world) partly(name string, d time.Time) string {
	switch w.whole(name+" deels onbekend", 0, 30) {
	case 13:
		return d.Format("2006-01-00")
	case 14:
		return d.Format("20060000")
	case 15:
		return "2999-12-31"
	}
	return dayText(d)
}

// benefit draws the lines of a benefit, usually with a second person on it: one or two for each, which add up to the same unless
// somebody made a mistake.
func (w *world) benefit() {
	month, gemeente, number := w.day("maand"), w.gemeente(), w.pick("registratie", "B1", "B2", "B3")
	kind, cluster, amount := w.pick("statistiekcode", "01", "12"), w.pick("cluster", "", "j", "c"), w.amount("bedrag")
	if w.chance("teruggevorderd", 6) {
		amount = -amount
	}
	for n := range w.whole("mensen op de uitkering", 1, 3) {
		spelling := month.Format("2006-01")
		if w.chance("maand zonder streep", 5) {
			spelling = month.Format("200601")
		}
		if n > 0 && w.chance("ander bedrag", 6) {
			amount = w.amount("ander bedrag")
		}
		who, parts := w.somebody("persoon"), []int{amount}
		if w.chance("in twee betalingen", 3) {
			part := w.amount("deel")
			parts = []int{part, amount - part}
		}
		for _, ct := range parts {
			w.line("participatie_uitkering", "persoon_ps", who, "gemeentecode", gemeente, "jaarmaand", spelling,
				"registratienummer", number, "statistiekcode", kind, "cluster_bijz_bijstand", cluster, "betaalbaar_gesteld_eur", w.spell("bedrag", ct))
		}
	}
}

func (w *world) declaration(kind string) {
	from := w.day("product_begin")
	categories := map[string][]string{"wmo_declaratie": {"01", "02"}, "jeugd_declaratie": {"45", "47"}}[kind]
	previous, dc := "", w.pick("debet_credit", "D", "D", "C")
	if dc == "C" || w.chance("debet noemt een vorig nummer", 15) {
		previous = w.pick("vorig", "R1", "R2", "R3", "")
	}
	volume, tariff := w.pick("volume", "", "0", "3", "1000"), w.pick("tarief", "", "0", "7", "33")
	amount := fmt.Sprint(w.amount("bedrag"))
	if volume == "3" && tariff != "" && w.chance("volume maal tarief", 2) {
		amount = map[string]string{"0": "0", "7": w.pick("bedrag", "21", "22", "23", "24"), "33": w.pick("bedrag", "99", "97")}[tariff]
	}
	granted := ""
	if w.chance("toegekend", 3) {
		granted = fmt.Sprint(w.whole("toegekend bedrag", 0, 500_000))
	}
	failed := ""
	if w.chance("fout in de regel", 25) {
		failed = "x"
	}
	if w.chance("van voor 1990", 40) {
		from = time.Date(1989, 12, 31, 0, 0, 0, 0, time.UTC)
	}
	end := w.to("product_eind", from, false)
	who, gemeente, number, category, agb := w.somebody("persoon"), w.gemeente(), w.pick("toewijzing", "", "1", "2", "3"),
		w.pick("categorie", categories...), w.agb("agb")
	if w.chance("dezelfde zorg", 4) { // of the same person, in the same days
		from, end = w.end.AddDate(0, 0, -30), dayText(w.end)
		who, gemeente, number, category, agb = w.residents[0].ps, w.gemeenten[0], "", categories[0], ""
	}
	w.line(kind, "persoon_ps", who, "gemeentecode", gemeente, "referentie_nummer", w.pick("referentie", "R1", "R2", "R3", "R4", "R5"),
		"vorig_referentie_nummer", previous, "toewijzing_nummer", number, "product_categorie", category, "product_begin", dayText(from), "product_eind", end,
		"geleverd_volume", volume, "eenheid", w.pick("eenheid", "04", "83", ""), "tarief_ct", tariff, "bedrag_ct", amount+failed,
		"toegekend_ct", granted, "debet_credit", dc, "aanbieder_agb", agb)
}

// rest draws a line of a kind without money.
func (w *world) rest() {
	switch kind := w.pick("soort rest", "wmo_toewijzing", "jeugd_toewijzing", "wmo_toewijzing", "jeugd_toewijzing", "zvw_verzekerde", "veldmelding", "uitsluiting",
		"maatwerk_plan", "maatwerk_akkoord", "maatwerk_akkoord"); kind {
	case "zvw_verzekerde":
		from := w.day("begindatum")
		if w.chance("lang verzekerd", 2) {
			from = w.end.AddDate(-6, 0, 1)
		}
		w.line(kind, "persoon_ps", w.somebody("persoon"), "uzovi", w.pick("uzovi", "3311", "7029"), "begindatum", dayText(from),
			"einddatum", w.to("einddatum", from, true))
	case "veldmelding":
		w.line(kind, "persoon_ps", w.somebody("persoon"), "gemeentecode", w.gemeente(), "datum", dayText(w.day("datum")), "melder", "wijkteam")
	case "uitsluiting":
		from := w.day("begindatum")
		w.line(kind, "persoon_ps", w.somebody("persoon"), "soort", "bezwaar", "begindatum", dayText(from), "einddatum", w.to("einddatum", from, true))
	case "maatwerk_plan":
		w.plan()
	case "maatwerk_akkoord":
		for casus := w.pick("casus", "C1", "C2", "C3"); ; {
			w.line(kind, "casusnummer", casus, "maatwerker_ps", pseudonym(5000+w.whole("maatwerker", 0, 3)),
				"besluit", w.pick("besluit", "akkoord", "akkoord", "aanvullen", "afwijzen"), "datum", dayText(w.day("datum")))
			if w.chance("laatste besluit", 5) {
				break
			}
		}
	default:
		w.allocation(kind)
	}
}

func (w *world) plan() {
	on := w.day("datum_aanmelding")
	emptyOr := func(name string) string {
		if w.chance(name+" leeg", 2) {
			return ""
		}
		return dayText(w.day(name))
	}
	amount := func(name string) string {
		if w.chance(name+" leeg", 3) {
			return ""
		}
		return w.euro(name, true)
	}
	w.line("maatwerk_plan", "casusnummer", w.pick("casus", "C1", "C2", "C3"), "persoon_ps", w.somebody("persoon"), "gemeentecode", w.gemeente(),
		"status", w.pick("status", "concept", "sparren", "akkoord", "uitvoering", "gereed", "afgewezen", "ingetrokken"),
		"eindbaas_ps", w.pick("eindbaas", "", pseudonym(5000)), "datum_aanmelding", dayText(on), "datum_akkoord", emptyOr("datum_akkoord"),
		"datum_start", emptyOr("datum_start"), "huidig_eur", amount("huidig"), "dreigend_eur", amount("dreigend"),
		"maatwerk_eur", amount("maatwerk"), "horizon_mnd", w.pick("horizon", "", "12", "24"))
}

func (w *world) allocation(kind string) {
	categories := map[string][]string{"wmo_toewijzing": {"01", "02"}, "jeugd_toewijzing": {"45", "47"}}[kind]
	on, from := w.end.AddDate(0, 0, -100), w.day("ingangsdatum")
	if w.chance("een andere dag", 3) {
		on = w.day("toewijzing_datum")
	}
	begin, end, last := "", "", w.to("einddatum", from, true)
	if w.chance("loopt", 2) {
		from, last = w.end.AddDate(0, 0, -rapid.SampledFrom([]int{0, 100, 1000}).Draw(w.t, "sinds")), ""
	}
	if w.chance("geleverd", 2) {
		start := w.day("begin_levering")
		begin, end = dayText(start), w.to("einde_levering", start, true)
	}
	w.line(kind, "persoon_ps", w.somebody("persoon"), "gemeentecode", w.gemeente(), "toewijzing_nummer", w.pick("toewijzing", "1", "2", "3", "4", "5", "6"),
		"product_categorie", w.pick("categorie", append(categories, "")...), "toewijzing_datum", dayText(on),
		"toewijzing_tijd", w.pick("tijd", "09:00", "09:00:00", "10:30", "23:59:59", "09:00", "10:30", "9:00", ""), "ingangsdatum", dayText(from),
		"einddatum", last, "aanbieder_agb", w.agb("agb"), "reden_wijziging", w.pick("reden", "", "", "14", "13"),
		"begin_levering", begin, "einde_levering", end)
}
