package programme

import (
	"math"
	"slices"

	"stapel/pipeline/reference/lines"
)

// Total is a row of the mart plan_totaal.
type Total struct {
	Measure   string
	Ct        *int64
	Value     *float64
	Behind    int64
	Low, High *float64
}

// Totals is the mart plan_totaal. There are no approvals in the worlds it is used on, so that of each plan that started nothing is known.
func (w *World) Totals() (out []Total) {
	own := w.own()
	count := func(name string, behind []*plan, when func(p *plan) bool) {
		n := 0.0
		for _, p := range behind {
			if when(p) {
				n++
			}
		}
		out = append(out, Total{Measure: name, Value: &n, Behind: int64(len(behind))})
	}
	only := func(list []*plan, when func(p *plan) bool) []*plan {
		return slices.DeleteFunc(slices.Clone(list), func(p *plan) bool { return !when(p) })
	}
	has := func(names ...string) func(p *plan) bool {
		return func(p *plan) bool {
			return !slices.ContainsFunc(names, func(name string) bool { _, ok := p.amounts[name]; return !ok })
		}
	}
	said := func(column string) func(p *plan) bool {
		return func(p *plan) bool { return p.line.Get(column) != "" }
	}
	is := func(column, value string) func(p *plan) bool {
		return func(p *plan) bool { return p.line.Get(column) == value }
	}
	started := func(p *plan) bool { on, ok := p.line.Day("datum_start"); return ok && on <= w.P }
	negative := func(p *plan) bool {
		on, ok := p.line.Day("datum_akkoord")
		reported, _ := p.line.Day("datum_aanmelding")
		return ok && on < reported
	}
	analysed := only(own, has("dreigend", "maatwerk"))
	carried := only(analysed, func(p *plan) bool { return slices.Contains([]string{"uitvoering", "gereed"}, p.line.Get("status")) })
	for group, list := range map[string][]*plan{"alle": analysed, "uitgevoerd": carried} {
		sum := func(name string, list []*plan, of func(a map[string]int64) int64) int64 {
			total := int64(0)
			for _, p := range list {
				total += of(p.amounts)
			}
			out = append(out, Total{Measure: name + "_" + group, Ct: &total, Behind: int64(len(list))})
			return total
		}
		now := only(list, has("huidig"))
		sum("huidig", now, func(a map[string]int64) int64 { return a["huidig"] })
		sum("meerkosten", now, func(a map[string]int64) int64 { return a["maatwerk"] - a["huidig"] })
		sum("dreigend", list, func(a map[string]int64) int64 { return a["dreigend"] })
		sum("maatwerk", list, func(a map[string]int64) int64 { return a["maatwerk"] })
		saving := sum("besparing", list, func(a map[string]int64) int64 { return a["dreigend"] - a["maatwerk"] })
		mean := Total{Measure: "gemiddelde_besparing_" + group, Behind: int64(len(list))}
		if len(list) > 0 {
			ct := int64(math.Round(float64(saving) / float64(len(list)))) // half away from zero
			mean.Ct = &ct
		}
		out = append(out, mean)
	}
	all := func(*plan) bool { return true }
	none := func(*plan) bool { return false }
	count("plannen", own, all)
	count("plannen_met_kba", own, has("dreigend", "maatwerk"))
	count("horizon_anders", analysed, none)
	count("akkoord_ontbreekt", own, none)
	count("akkoord_na_datum", own, none)
	count("akkoord_onbekend", own, started)
	count("plannen_gestart", own, started)
	count("negatieve_doorlooptijd", only(own, said("datum_akkoord")), negative)
	count("regels_tellen_niet_op", own, w.doesNotAddUp)
	count("onveiligheid", only(own, said("onveiligheid")), is("onveiligheid", "ja"))
	count("huiselijk_geweld", only(own, said("huiselijk_geweld")), is("huiselijk_geweld", "ja"))
	for _, status := range []string{"concept", "sparren", "akkoord", "uitvoering", "gereed", "afgewezen", "ingetrokken"} {
		if slices.ContainsFunc(own, is("status", status)) {
			count("plannen_status_"+status, own, is("status", status))
		}
	}
	return append(out, w.waitTotals()...)
}

// waitTotals are the median of the time to approval and the share within two months, by going through the days.
func (w *World) waitTotals() []Total {
	days := w.Waits()
	median, within := Total{Measure: "mediaan_dagen_tot_akkoord"}, Total{Measure: "akkoord_binnen_twee_maanden"}
	if len(days) > 0 {
		median.Behind, within.Behind = days[0].AtRisk, days[0].AtRisk
	}
	first := func(to **float64, d Day, share *float64) {
		if *to == nil && share != nil && *share <= 0.5+1e-12 {
			at := float64(d.Days)
			*to = &at
		}
	}
	before := Day{Open: 1}
	for _, d := range days {
		first(&median.Value, d, &d.Open)
		first(&median.Low, d, d.Low)
		first(&median.High, d, d.High)
		if lines.Day(d.Days) <= 61 {
			before = d
		}
	}
	if n := len(days); n > 0 && (days[n-1].Days >= 61 || before.Open == 0) {
		share := 1 - before.Open
		within.Value = &share
		if before.Low != nil {
			low, high := 1-*before.High, 1-*before.Low
			within.Low, within.High = &low, &high
		}
	}
	return []Total{median, within}
}
