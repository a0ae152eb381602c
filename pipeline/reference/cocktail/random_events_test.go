package cocktail

import (
	"fmt"
	"strconv"
	"strings"

	"stapel/pipeline/reference/extract"
	"stapel/pipeline/reference/lines"
)

func (w *randomWorld) insured(p *resident) {
	switch w.whole(0, 4) {
	case 0:
	case 1:
		cut := w.date("2024-02-01", "2025-12-31")
		w.add("zvw_verzekerde", extract.Line{"persoon_ps": p.ps, "uzovi": "0101", "begindatum": "2022-01-01", "einddatum": cut})
		w.add("zvw_verzekerde", extract.Line{"persoon_ps": p.ps, "uzovi": w.pick("0101 0202 0303"),
			"begindatum": (lines.ParseDay(cut) + day(w.whole(-3, 3))).String()})
	default:
		w.add("zvw_verzekerde", extract.Line{"persoon_ps": p.ps, "uzovi": w.pick("0101 0101 0202 0303"), "begindatum": "2022-01-01"})
	}
}

// interval are a first and maybe a last day, not reversed.
func (w *randomWorld) interval(openChance int) (from, to string) {
	from = w.date(worldFrom, "2025-12-31")
	if w.chance(openChance) {
		return from, ""
	}
	return from, w.date(from, worldTo)
}

// event is one thing that happens to a person, or a few that belong together.
func (w *randomWorld) event(p *resident) {
	w.refs++
	ref := fmt.Sprint(w.refs)
	town := w.pick(towns + " " + p.town + " " + p.town + " " + p.town)
	switch w.whole(0, 9) {
	case 0, 1, 8:
		w.allocation("wmo_toewijzing", p, town, "02 02 05 13 15 16 17 18 01", "22 23 21 21 36 02 31")
	case 2:
		w.allocation("jeugd_toewijzing", p, town, "45 45 46 47 48 51 52 54 44 40 55", "33 34 32 32 31 02 36")
	case 3:
		from, to := w.interval(0)
		l := extract.Line{"persoon_ps": p.ps, "gemeentecode": town, "referentie_nummer": ref, "product_categorie": w.pick("45 46 47 48 43"),
			"product_begin": from, "product_eind": to, "bedrag_ct": w.pick("12500 0 100"), "debet_credit": "D",
			"toegekend_ct": w.maybe(30, "0 100 12500"), "aanbieder_agb": w.maybe(80, "90000001 90000002"),
			"toewijzing_nummer": w.maybe(40, w.number())}
		w.add("jeugd_declaratie", l)
		if w.chance(30) {
			c := extract.Line{}
			for name, v := range l {
				c[name] = v
			}
			c["referentie_nummer"], c["debet_credit"] = ref+"c", "C"
			c["vorig_referentie_nummer"] = ref
			if w.chance(20) {
				c["vorig_referentie_nummer"] = ref + "x"
			}
			if w.chance(20) && c["aanbieder_agb"] != "" {
				c["aanbieder_agb"] = "90000003"
			}
			w.add("jeugd_declaratie", c)
		}
	case 4:
		w.claim(p)
	case 5:
		from, to := w.interval(40)
		id := fmt.Sprint(w.whole(1, max(1, w.refs)))
		for range w.whole(1, 2) {
			w.add("schuldhulp_traject", extract.Line{"traject_id": id, "persoon_ps": p.ps, "gemeentecode": town, "startdatum": from,
				"einddatum": to, "crisisinterventie": w.maybe(40, "ja nee"), "moratorium": w.maybe(40, "ja nee")})
		}
	case 6:
		for range w.whole(1, 3) {
			at := w.date(worldFrom, worldTo)
			w.refs++
			w.add("schuldhulp_signaal", extract.Line{"signaal_id": fmt.Sprint(w.refs), "persoon_ps": p.ps, "gemeentecode": town,
				"signaalpartner_type": w.pick("Huur Hypotheek Energie Water DUO"), "signaaldatum": at, "crisissignaal": w.maybe(70, "ja nee"),
				"opgepakt_op": w.maybe(20, at)})
		}
	case 7:
		w.add("participatie_vordering", extract.Line{"persoon_ps": p.ps, "gemeentecode": town, "vordering_nummer": ref,
			"ontstaansdatum": w.date(worldFrom, worldTo), "ontstaansgrond": w.pick("51 54 57 58 59 60 63 65 81"), "bedrag_eur": "100,00"})
	default:
		at, to := w.interval(60)
		w.add("wonen_signaal", extract.Line{"persoon_ps": p.ps, "gemeentecode": town, "datum": at, "einddatum": to,
			"soort": w.pick("huurachterstand ontruimingsaanzegging ontruiming urgentieaanvraag urgentie_afgewezen adresonderzoek briefadres " +
				"woningsluiting overbewoning opvang")})
	}
}

// number is that of an allocation before this one, of either law.
func (w *randomWorld) number() string { return fmt.Sprint(w.whole(1, max(1, w.refs))) }

// allocation adds one to three lines: the same number changed or withdrawn, or the same category with another provider.
func (w *randomWorld) allocation(kind string, p *resident, town, categories, reasons string) {
	category, ended := w.pick(categories), ""
	for range w.whole(1, 3) {
		w.refs++
		from, to := w.interval(50)
		if ended != "" && w.chance(60) { // follows on the one before: 90 days is the edge (rules 53)
			from = (lines.ParseDay(ended) + day([]int{0, 1, 90, 91}[w.whole(0, 3)])).String()
			if to != "" {
				to = max(from, to)
			}
		}
		if w.chance(20) { // 13 weeks are an edge (rules 56)
			to = (lines.ParseDay(from) + 90 + day(w.whole(0, 2))).String()
		}
		if w.chance(30) {
			category = w.pick(categories)
		}
		if w.chance(4) {
			category = "" // an allocation of care in general
		}
		l := extract.Line{"persoon_ps": p.ps, "gemeentecode": town, "toewijzing_nummer": fmt.Sprint(w.refs), "product_categorie": category,
			"toewijzing_datum": from, "ingangsdatum": from, "einddatum": to, "aanbieder_agb": w.maybe(90, "90000001 90000002 90000003 90000004"),
			"toewijzing_tijd": w.maybe(70, "09:00 09:00:00 10:30 23:59:59"), "wettelijke_vertegenwoordiging": w.maybe(10, "07 07 08"), "soort_adres": w.maybe(15, "01 02 04"), "juridische_status": w.maybe(15, "01 02 03 04 05 11 12")}
		if w.chance(75) {
			start := lines.ParseDay(from) + day(w.whole(0, 60)*w.whole(0, 2))
			if w.chance(10) {
				start = lines.ParseDay(from) + 90 + day(w.whole(0, 2))
			}
			l["begin_levering"] = start.String()
			if w.chance(60) {
				last := start + day(w.whole(0, 300))
				l["einde_levering"] = min(last, lines.ParseDay(worldTo)).String()
				if lines.ParseDay(l["einde_levering"]) < start {
					delete(l, "einde_levering")
				}
			}
		}
		ended = l["einde_levering"]
		if w.chance(60) {
			l["reden_beeindiging"] = w.pick(reasons)
		}
		w.add(kind, l)
		if w.chance(20) {
			again := extract.Line{}
			for name, v := range l {
				again[name] = v
			}
			again["toewijzing_datum"] = (lines.ParseDay(from) + day(w.whole(0, 2))).String()
			again["reden_wijziging"] = w.pick("13 04 05")
			again["toewijzing_tijd"] = w.maybe(90, "09:00 10:30:00 08:00")
			if again["toewijzing_tijd"] == "" {
				delete(again, "toewijzing_tijd")
			}
			if again["reden_wijziging"] != "13" {
				again["product_categorie"] = w.pick(categories)
			}
			w.add(kind, again)
		}
	}
}

// claim adds health care, sometimes the same twice, and credits.
func (w *randomWorld) claim(p *resident) {
	from, to := w.interval(0)
	if w.chance(60) {
		to = from
	}
	code, sort := w.pick("CO0497 co0497 GC0001 VD0002 XX0001 CO049 CO04975 COA497"), w.pick("consulten_ggz farmacie langdurige_ggz")
	l := extract.Line{"persoon_ps": p.ps, "prestatie_code": code, "zorgsoort": sort, "begindatum": from, "einddatum": to,
		"bedrag_ct": w.pick("13589 13589 0"), "debet_credit": "D", "uzovi": w.maybe(70, "0101 0202"),
		"wvggz_machtiging": w.maybe(30, "ja nee")}
	for range w.whole(1, 2) {
		w.add("zvw_declaratie", l)
	}
	for range w.whole(0, 2) * w.whole(0, 1) {
		c := extract.Line{}
		for name, v := range l {
			c[name] = v
		}
		c["debet_credit"] = "C"
		if w.chance(20) {
			c["prestatie_code"] = "OV0001"
		}
		w.add("zvw_declaratie", c)
	}
}

// cents reads what euros writes, and whole euros.
func cents(euros string) int64 {
	whole, part, _ := strings.Cut(euros, ",")
	n, err := strconv.ParseInt(whole+(part + "00")[:2], 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

func euros(ct int64) string {
	sign := ""
	if ct < 0 {
		sign, ct = "-", -ct
	}
	return fmt.Sprintf("%s%d,%02d", sign, ct/100, ct%100)
}

// benefit adds months of one benefit for one or two members, with an end, a pause, or amounts that disagree.
func (w *randomWorld) benefit(n int, all []*resident) {
	pair := all[:min(len(all), w.whole(1, 2))]
	for range w.whole(1, 2) {
		w.refs++
		first, town, code := lines.ParseDay(w.date("2022-06-01", "2025-12-31")).Month(0), all[0].town, w.pick("01 01 01 02 14 11 12")
		months, cluster := w.whole(1, 30), ""
		if code == "11" || code == "12" {
			months, cluster = w.whole(1, 3), w.pick("c d d a")
		}
		housed, amount := w.maybe(70, "1 1 1 4 5 6"), w.pick("1308,45 1308,45 0 -12,50")
		reason := w.maybe(80, "98 98 31 34 35 05 17 11 32 03 13")
		for i := range months {
			month := first
			for range i {
				month = month.Month(1)
			}
			if month > lines.ParseDay(worldTo) {
				break
			}
			if w.chance(8) {
				continue
			}
			for j, p := range pair {
				l := extract.Line{"persoon_ps": p.ps, "gemeentecode": town, "jaarmaand": month.String()[:7], "registratienummer": fmt.Sprint(w.refs),
					"statistiekcode": code, "cluster_bijz_bijstand": cluster, "huisvesting": housed, "betaalbaar_gesteld_eur": amount}
				if j == 1 && w.chance(5) {
					l["betaalbaar_gesteld_eur"] = "1,00"
				}
				var rest extract.Line
				if w.chance(10) { // in two payments, which may cancel each other
					rest = extract.Line{}
					for name, v := range l {
						rest[name] = v
					}
					ct := cents(l["betaalbaar_gesteld_eur"])
					part := int64(w.whole(0, 1)) * 10000
					l["betaalbaar_gesteld_eur"], rest["betaalbaar_gesteld_eur"] = euros(part), euros(ct-part)
				}
				if i == months-1 || w.chance(5) {
					end := month.Month(1) - 1 - day(w.whole(0, 30))
					if w.chance(40) { // 365 days before the first of a month is an edge (rules 33)
						t := month.Time()
						end = lines.On(t.Year()+1, int(t.Month())+1, 1) - 366 + day(w.whole(0, 2))
					}
					l["einde_uitkering"] = end.String()
					l["reden_beeindiging"] = reason
				}
				w.add("participatie_uitkering", l)
				if rest != nil {
					w.add("participatie_uitkering", rest)
				}
			}
		}
	}
}
