package sampledata

import "fmt"

// care is an allocation of Wmo or Jeugd with what was declared on it.
type care struct {
	law, category string // wmo or jeugd; WMO020 or JZ020
	from, to      string // allocation, both days included; to "" runs on
	ends, reason  string // 307: last day of care and why (WMO588, JZ588)
	agb           int    // number of the invented aanbieder
	monthly       int    // cents a calendar month, declared over the whole period of care
	amounts       []int  // or: cents per month, from the first month on
	represent     string // wettelijke_vertegenwoordiging
	code          string // product_code
}

// allocation is what declarations hang on.
type allocation struct {
	p           *person
	c           care
	number, agb string
	gemeente    string
	line        row
	from, stop  day // period of care, clipped to the coverage at the end
}

func (p *person) care(c care) *allocation {
	s := p.s
	a := &allocation{p: p, c: c, agb: agb(c.agb), gemeente: p.gemeente, from: d(c.from), stop: coverTo}
	a.number = fmt.Sprint(1000000 + s.number(c.law+"_toewijzing"))
	if c.code == "" {
		c.code = c.category + "A" + fmt.Sprintf("%02d", 1+c.agb%9)
	}
	a.c = c
	a.line = row{"persoon_ps": p.ps, "gemeentecode": a.gemeente, "toewijzing_nummer": a.number, "product_categorie": c.category,
		"product_code": c.code, "leveringsvorm": "ZIN", "toewijzing_datum": (a.from - 10).String(), "ingangsdatum": c.from,
		"einddatum": c.to, "aanbieder_agb": a.agb, "begin_levering": c.from, "einde_levering": c.ends, "reden_beeindiging": c.reason,
		"wettelijke_vertegenwoordiging": c.represent, "soort_adres": "01", "omvang_eenheid": "83", "omvang_frequentie": "6"}
	s.add(c.law+"_toewijzing", a.line)
	if c.to != "" {
		a.stop = min(a.stop, d(c.to))
	}
	if c.ends != "" {
		a.stop = min(a.stop, d(c.ends))
	}
	if c.monthly == 0 && c.amounts == nil {
		return a
	}
	from := max(a.from, coverFrom)
	i := 0
	months(from, a.stop, func(from, to day) {
		ct := c.monthly
		if c.amounts != nil {
			ct = c.amounts[i]
		}
		a.declare(from.String(), to.String(), ct, nil)
		i++
	})
	if c.amounts != nil && i != len(c.amounts) {
		panic(fmt.Sprintf("sample data: %d amounts for %d months from %s", len(c.amounts), i, c.from))
	}
	return a
}

// declare writes a debet line of ct cents over from..to, both included, in unit 83 (euros: the volume is in eurocents).
func (a *allocation) declare(from, to string, ct int, extra row) row {
	return a.write(from, to, ct, "D", extra)
}

// credit takes back a line written before: the same but for its own reference.
func (a *allocation) credit(debet row, extra row) row {
	r := row{"vorig_referentie_nummer": debet["referentie_nummer"], "geleverd_volume": debet["geleverd_volume"],
		"eenheid": debet["eenheid"], "tarief_ct": debet["tarief_ct"], "toegekend_ct": debet["toegekend_ct"]}
	for k, v := range extra {
		r[k] = v
	}
	var ct int
	fmt.Sscan(debet["bedrag_ct"], &ct)
	return a.write(debet["product_begin"], debet["product_eind"], ct, "C", r)
}

func (a *allocation) write(from, to string, ct int, sign string, extra row) row {
	s, c := a.p.s, a.c
	end := d(to)
	r := row{"persoon_ps": a.p.ps, "gemeentecode": a.gemeente, "product_categorie": c.category, "product_begin": from,
		"product_eind": to, "bedrag_ct": fmt.Sprint(ct), "debet_credit": sign, "toewijzing_nummer": a.number,
		"product_code": c.code, "geleverd_volume": fmt.Sprint(ct), "eenheid": "83", "toegekend_ct": fmt.Sprint(ct),
		"dagtekening": (end + 12).String(), "aanbieder_agb": a.agb, "declaratie_nummer": "D" + a.agb[5:] + "-" + end.month(),
		"referentie_nummer": fmt.Sprintf("%c%06d", c.law[0]-'a'+'A', s.number(c.law+"_declaratie"))}
	for k, v := range extra {
		r[k] = v
	}
	return s.add(c.law+"_declaratie", r)
}

// zvw writes a line of the insurer; from..to both included.
func (p *person) zvw(code, sort, from, to string, ct, provider int) row {
	return p.s.add("zvw_declaratie", row{"persoon_ps": p.ps, "prestatie_code": code, "zorgsoort": sort, "begindatum": from,
		"einddatum": to, "bedrag_ct": fmt.Sprint(ct), "debet_credit": "D", "declaratiedatum": (d(to) + 25).String(),
		"uzovi": ownUzovi, "aanbieder_agb": agb(provider), "wvggz_machtiging": "nee"})
}

// consult is one ggz consult of 45 minutes at the tariff of 2024.
func (p *person) consult(date string, provider int) row {
	return p.zvw("CO0497", "consulten_ggz", date, date, 13589, provider)
}

// hospital is a line of medical specialist care.
func (p *person) hospital(from, to string, ct, provider int) row {
	return p.zvw("MSZ001", "medisch_specialistische_zorg", from, to, ct, provider)
}

// benefit is a bijstandsuitkering, one line a month and person.
type benefit struct {
	number       string // registratienummer
	code         string // statistiekcode, default 01
	from, to     string // months JJJJ-MM, both included
	started      string // aanvang_uitkering, default the first of from
	ct           int    // a month
	group        bool   // write the amount with a point for the thousands
	housing      string // huisvesting, default 1
	form         string // leefvorm
	cluster      string
	ends, reason string // on the lines of the last month
}

func (s *set) benefit(b benefit, people ...*person) {
	if b.code == "" {
		b.code = "01"
	}
	if b.housing == "" {
		b.housing = "1"
	}
	if b.form == "" {
		b.form = "1"
	}
	if b.started == "" {
		b.started = b.from + "-01"
	}
	norm := map[string]string{"1": "1308,45", "2": "1308,45", "3": "1869,21"}[b.form]
	amount := eur(b.ct)
	if b.group && b.ct >= 100000 {
		amount = fmt.Sprintf("%d.%03d,%02d", b.ct/100000, b.ct/100%1000, b.ct%100)
	}
	months(d(b.from+"-01"), d(b.to+"-01"), func(m, _ day) {
		for _, p := range people {
			r := row{"persoon_ps": p.ps, "gemeentecode": p.gemeente, "jaarmaand": m.month(), "registratienummer": b.number,
				"statistiekcode": b.code, "betaalbaar_gesteld_eur": amount, "leefvorm": b.form, "huisvesting": b.housing,
				"cluster_bijz_bijstand": b.cluster, "aanvang_uitkering": b.started, "bedrag_norm_eur": norm, "aantal_kostendelers": "0"}
			if b.ends != "" && m.month() == b.to {
				r["einde_uitkering"], r["reden_beeindiging"] = b.ends, b.reason
			}
			s.add("participatie_uitkering", r)
		}
	})
}

// Amounts a month that the cases use: the norms of July 2024 without holiday allowance, and the couple's norm as printed.
const (
	single = 124303 // 95% of 1.308,45
	couple = 177575 // 95% of 1.869,21
	norm2  = 186921 // 1.869,21 itself: an odd number of cents
)

// housing writes a signal about housing; to "" for something that happens on one day.
func (p *person) housing(sort, date, to string, ct int) {
	r := row{"persoon_ps": p.ps, "gemeentecode": p.gemeente, "soort": sort, "datum": date, "einddatum": to}
	if ct > 0 {
		r["bedrag_eur"] = eur(ct)
	}
	p.s.add("wonen_signaal", r)
}

// arrears writes a vroegsignaal; taken is the day it was taken up, "" when it was not.
func (p *person) arrears(partner, date string, euros int, crisis bool, taken string) {
	r := row{"signaal_id": fmt.Sprintf("S%05d", p.s.number("signaal")), "persoon_ps": p.ps, "gemeentecode": p.gemeente,
		"signaalpartner_type": partner, "signaaldatum": date, "bedrag_eur": fmt.Sprint(euros), "crisissignaal": "nee",
		"opgepakt_op": taken}
	if crisis {
		r["crisissignaal"] = "ja"
	}
	if taken != "" {
		r["zaak_id"], r["resultaat"] = "Z"+r["signaal_id"][1:], "Vervolghulp en/of verwijzing financieel"
	} else {
		r["resultaat"] = "Niet opgepakt: andere reden"
	}
	p.s.add("schuldhulp_signaal", r)
}

// debtHelp writes a schuldhulptraject that the people share.
func (s *set) debtHelp(number, from, to string, euros int, people ...*person) {
	for _, p := range people {
		r := row{"traject_id": number, "persoon_ps": p.ps, "gemeentecode": p.gemeente, "startdatum": from, "einddatum": to,
			"totaal_schuld_eur": fmt.Sprint(euros), "aantal_schuldeisers": fmt.Sprint(whole(4, 19, "schuldeisers", number)),
			"fase": "stabilisatie", "begeleiding_soort": "Budgetbeheer", "crisisinterventie": "nee", "moratorium": "nee"}
		if to != "" {
			r["fase"], r["uitstroom_reden"], r["oplossing_soort"] = "uitstroom", "Afgerond", "Schuldbemiddeling"
		}
		s.add("schuldhulp_traject", r)
	}
}
