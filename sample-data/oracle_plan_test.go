package sampledata

import (
	"cmp"
	"slices"
)

// plans works out what the mart plan must hold (rules 42-44), ordered by casusnummer.
func (o *oracle) plans() (out []PlanExpected) {
	amount := func(v string) *int64 {
		if v == "" {
			return nil
		}
		ct, _ := readEuros(v)
		return &ct
	}
	for _, l := range o.of("maatwerk_plan") {
		p := PlanExpected{Number: l.row["casusnummer"], Status: l.row["status"], Now: amount(l.row["huidig_eur"]),
			Threatens: amount(l.row["dreigend_eur"]), Tailored: amount(l.row["maatwerk_eur"]), Findings: []string{}}
		if p.Threatens != nil && p.Tailored != nil {
			saving := *p.Threatens - *p.Tailored
			p.Saving = &saving
		}
		if l.row["datum_akkoord"] != "" {
			days := int(l.day("datum_akkoord") - l.day("datum_aanmelding"))
			p.Days = &days
		}
		until := d(peil)
		started := l.row["datum_start"] != ""
		if started {
			until = l.day("datum_start")
		}
		last := map[string]*oracleLine{} // the last decision of each other maatwerker, the least favourable of a day
		rank := map[string]int{"akkoord": 0, "aanvullen": 1, "afwijzen": 2}
		for _, b := range o.of("maatwerk_akkoord") {
			who := b.row["maatwerker_ps"]
			if b.row["casusnummer"] != p.Number || who == l.row["eindbaas_ps"] || b.day("datum") > until {
				continue
			}
			old := last[who]
			if old == nil || b.row["datum"] > old.row["datum"] ||
				b.row["datum"] == old.row["datum"] && rank[b.row["besluit"]] > rank[old.row["besluit"]] {
				last[who] = b
			}
		}
		var dates []day
		for _, b := range last {
			if b.row["besluit"] == "akkoord" {
				dates = append(dates, b.day("datum"))
			}
		}
		slices.Sort(dates)
		p.Approvals = len(dates)
		if started && p.Approvals < 2 {
			p.Findings = append(p.Findings, "akkoord_ontbreekt")
		}
		if p.Approvals >= 2 && p.Days != nil && dates[1] > l.day("datum_akkoord") {
			p.Findings = append(p.Findings, "akkoord_na_datum")
		}
		out = append(out, p)
	}
	slices.SortFunc(out, func(a, b PlanExpected) int { return cmp.Compare(a.Number, b.Number) })
	return out
}

// survival is the Kaplan-Meier estimate of the time to akkoord: days and S just after them (rules 42).
func (o *oracle) survival() (days []int, s []float64) {
	type subject struct {
		days  int
		event bool
	}
	var all []subject
	for _, l := range o.of("maatwerk_plan") {
		at := subject{int(d(peil) - l.day("datum_aanmelding")), false}
		if l.row["datum_akkoord"] != "" && l.day("datum_akkoord") <= d(peil) {
			at = subject{int(l.day("datum_akkoord") - l.day("datum_aanmelding")), true}
		}
		all = append(all, at)
	}
	slices.SortFunc(all, func(a, b subject) int { return cmp.Compare(a.days, b.days) })
	now := 1.0
	for i := 0; i < len(all); {
		t, events, risk := all[i].days, 0, len(all)-i
		for ; i < len(all) && all[i].days == t; i++ {
			if all[i].event {
				events++
			}
		}
		now *= 1 - float64(events)/float64(risk)
		days, s = append(days, t), append(s, now)
	}
	return days, s
}
