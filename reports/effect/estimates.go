package effect

import (
	"fmt"
	"slices"
	"strings"

	"stapel/reports/draw"
	"stapel/reports/html"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

// whole are the rows of effect about all cost of one origin by one clock.
func (p *page) whole(origin, clock string) (out []Effect) {
	for _, e := range p.Effects {
		if e.Herkomst == origin && e.Klok == clock && e.Uitkomst == cost && e.Domein == every && e.Betaler == every {
			out = append(out, e)
		}
	}
	return out
}

// Origins are the origins that the mart has, a draw that was held first, for nothing is as sure; all plans together are not among them, for they never decide.
func (p *page) Origins() (out []string) {
	for _, e := range p.Effects {
		if e.Herkomst != every && !slices.Contains(out, e.Herkomst) {
			out = append(out, e.Herkomst)
		}
	}
	if i := slices.Index(out, drawn); i > 0 && p.at(drawn, lottery).Ct != nil {
		out = slices.Insert(slices.Delete(out, i, i+1), 0, drawn)
	}
	return out
}

// at is one estimate of an origin; nil when the mart does not have it.
func (p *page) at(origin, method string) *Effect {
	for _, e := range p.whole(origin, started) {
		if e.Schatter == method {
			return &e
		}
	}
	return nil
}

// decides is the estimate that decides for an origin.
func (p *page) decides(origin string) *Effect {
	if origin == drawn {
		return p.at(origin, lottery)
	}
	return p.at(origin, matched)
}

// figure is what is known of an estimate: an amount a household a year, a share, or a number of months.
func (e *Effect) figure() string {
	switch {
	case e.Ct != nil:
		return nl.AmountWhole(*e.Ct)
	case e.Waarde == nil:
		return html.Dash
	case e.Eenheid == "aandeel":
		return nl.Percent(*e.Waarde)
	}
	return oneDecimal(*e.Waarde)
}

// bounds is its interval.
func (e *Effect) bounds() string {
	if e.LaagCt != nil || e.HoogCt != nil {
		return span(nl.AmountWhole, e.LaagCt, e.HoogCt)
	}
	return span(oneDecimal, e.WaardeLaag, e.WaardeHoog)
}

// count is who was compared with whom.
func (e *Effect) count() string {
	text := nl.Count(e.Behandeld, "met maatwerk", "met maatwerk")
	if e.Sets > 0 && e.Sets != e.Behandeld {
		text += ", " + nl.Count(e.Sets, "set", "sets")
	}
	if e.Vergelijk > 0 {
		text += ", " + nl.Count(e.Vergelijk, "zonder", "zonder")
	}
	return text
}

// VerdictTable is the answer by origin: what plans expected, what was seen, what could have been seen, and the verdict with its reason.
func (p *page) VerdictTable() *tableView {
	t := &tableView{Caption: "Kosten van alle wetten samen, euro per huishouden per jaar; onder nul is minder kosten", Figure: "effect/<schatter>/<herkomst>/gestart/kosten/alle/alle",
		Shows: "schatting_ct,ci_laag_ct,ci_hoog_ct,waarde,waarde_laag,waarde_hoog,n_behandeld,n_sets,n_vergelijking,maanden,maanden_meest,oordeel", File: "effect",
		Columns: []string{"Plannen", "Verwacht|r", "Gezien, met 95%-interval|r", "Kleinst te zien|r", "Huishoudens", "Maanden|r", "Oordeel", "Waarom"}}
	for _, origin := range p.Origins() {
		e := p.decides(origin)
		if e == nil || origin == drawn && e.Behandeld == 0 {
			continue
		}
		want, least := p.at(origin, expected), p.at(origin, detectable)
		value := func(e *Effect) string {
			if e == nil {
				return html.Dash
			}
			return e.figure()
		}
		verdict := e.Oordeel
		if verdict == "" {
			verdict = "geen oordeel"
		}
		t.Row(nl.Capital(nl.Word("herkomst", origin)), value(want), html.Over(e.figure(), e.bounds()), value(least), e.count(), between(e.Maanden, e.Meest), nl.Capital(verdict), nl.Capital(e.Opmerking))
	}
	return t.or()
}

// ExpectedTable is what was expected beforehand beside what was seen. Only what was expected is lowered for what would have come anyway.
func (p *page) ExpectedTable() *tableView {
	t := &tableView{Caption: "Verwacht naast gezien", Also: "plan_totaal/*/waarde_ct,noemer,waarde effect/<schatter>/<herkomst>/gestart/kosten/alle/alle/schatting_ct,ci_laag_ct,ci_hoog_ct,waarde,waarde_laag,waarde_hoog,n_behandeld,n_sets,n_vergelijking,maanden,maanden_meest",
		Columns: []string{"Wat", "Euro|r", "95%-interval|r", "Over", "Maanden|r", "Toelichting"},
		Notes:   []string{"Verwachte bedragen van alle plannen heten plan_totaal/<meting>/waarde_ct, de andere effect/<schatter>/<herkomst>/gestart/kosten/alle/alle/<kolom>."}}
	total := func(label, name string) {
		m := p.total(name)
		if m == nil || m.WaardeCt == nil {
			return
		}
		t.Row(label, nl.AmountWhole(*m.WaardeCt), html.Dash, nl.Count(m.Noemer, "plan", "plannen")+p.ofPlans(), html.Dash, html.Over("plan_totaal/"+name, "verwacht, niet gezien"))
	}
	t.Group("Vooraf, in de plannen: een besparing staat hier boven nul")
	total("Verwachte besparing, alle plannen", "besparing_alle")
	total("Verwachte besparing, uitgevoerde plannen", "besparing_uitgevoerd")
	total("Gemiddeld per plan", "gemiddelde_besparing_alle")
	if len(t.Rows) == 1 {
		t.Rows = nil
	}
	for _, origin := range p.Origins() {
		rows := 0
		for _, method := range []string{expected, "verwacht_min_25", "verwacht_min_40", matched, net, payback} {
			e := p.at(origin, method)
			if e == nil {
				continue
			}
			if rows++; rows == 1 {
				t.Group(nl.Capital(nl.Word("herkomst", origin)) + ": per huishouden per jaar, onder nul is minder kosten")
			}
			class := ""
			if method == matched {
				class = "totaal"
			}
			t.Rows = append(t.Rows, html.Row{Class: class, Cells: []any{nl.Word("schatter", method), e.figure(), e.bounds(), e.count(), between(e.Maanden, e.Meest), nl.Capital(e.Opmerking)}})
		}
	}
	return t.or()
}

// ofPlans says how many plans there are.
func (p *page) ofPlans() string {
	m := p.total("plannen")
	if m == nil || m.Waarde == nil {
		return ""
	}
	return " van de " + nl.Number(*m.Waarde, 0)
}

func (p *page) total(name string) *mart.PlanTotaal {
	for i := range p.Totals {
		if p.Totals[i].Meting == name {
			return &p.Totals[i]
		}
	}
	return nil
}

// beside are the estimators that stand beside each other; what was expected and what is left of it stand in another table.
func beside(method string) bool {
	return !strings.HasPrefix(method, expected) && method != net && method != payback
}

// EstimatorTable are all estimators of one clock, by origin, the one that is no effect first.
func (p *page) EstimatorTable(clock string) *tableView {
	t := &tableView{Class: "smal schatters", Caption: "Alle werkwijzen naast elkaar, " + nl.Word("klok", clock) + ": euro per huishouden per jaar, onder nul is minder kosten",
		Figure: "effect/<schatter>/<herkomst>/" + clock + "/kosten/alle/alle",
		Shows:  "schatting_ct,ci_laag_ct,ci_hoog_ct,waarde,waarde_laag,waarde_hoog,n_behandeld,n_sets,n_vergelijking,maanden,maanden_meest,p_waarde", File: "effect",
		Columns: []string{"Werkwijze", "Uitkomst|r", "95%-interval|r", "p|r", "Huishoudens", "Maanden|r", "Toelichting"}}
	for _, origin := range p.Origins() {
		var rows []Effect
		for _, e := range p.whole(origin, clock) {
			if beside(e.Schatter) {
				rows = append(rows, e)
			}
		}
		if len(rows) == 0 {
			continue
		}
		t.Group(nl.Capital(nl.Word("herkomst", origin)))
		for _, e := range rows {
			class := ""
			switch e.Schatter {
			case matched:
				class = "totaal"
			case beforeAfter:
				class = "waarschuwing"
			}
			t.Rows = append(t.Rows, html.Row{Class: class, Cells: []any{html.Over(nl.Word("schatter", e.Schatter), how[e.Schatter]), e.figure(), e.bounds(), chance(e.P), e.count(),
				between(e.Maanden, e.Meest), nl.Capital(e.Opmerking)}})
		}
	}
	return t.or()
}

// EstimatorFigure draws the estimators of an origin; without an id there is nothing to draw.
func (p *page) EstimatorFigure(origin string) draw.Figure {
	var rows []draw.Estimate
	for _, e := range p.whole(origin, started) {
		if beside(e.Schatter) && e.Ct != nil && e.Schatter != detectable {
			rows = append(rows, draw.Estimate{Label: nl.Word("schatter", e.Schatter), Value: e.Ct, Low: e.LaagCt, High: e.HoogCt, Aside: e.Schatter != matched && e.Schatter != lottery})
		}
	}
	if len(rows) == 0 {
		return draw.Figure{}
	}
	return draw.Estimates("fig-schatters-"+nameOf(origin), nl.Capital(nl.Word("herkomst", origin))+": de werkwijzen naast elkaar, euro per huishouden per jaar",
		"Per werkwijze de uitkomst met haar interval, rond nul. Alle getallen staan in de tabel hieronder.", "minder kosten", "meer kosten", rows)
}

// nameOf is an origin in the id of a drawing.
func nameOf(origin string) string {
	if origin == "" {
		return "onbekend"
	}
	return origin
}

// MonthFigure draws the months around the plan of an origin, beside what the procedure finds where nothing was done.
func (p *page) MonthFigure(origin string) draw.Figure {
	var moments []draw.Moment
	for _, m := range p.monthsOf(origin) {
		if m.Ct != nil {
			moments = append(moments, draw.Moment{Month: int(m.Maand), Value: m.Ct, Low: m.LaagCt, High: m.HoogCt})
		}
	}
	if len(moments) == 0 {
		return draw.Figure{}
	}
	var limits []int64
	if e := p.at(origin, placebo); e != nil && e.LaagCt != nil && e.HoogCt != nil {
		limits = []int64{*e.LaagCt, *e.HoogCt}
	}
	return draw.Moments("fig-maanden-"+nameOf(origin), nl.Capital(nl.Word("herkomst", origin))+": maand voor maand rond het plan, omgerekend naar een jaar",
		"Per maand het verschil met de vergelijkingsgroep, tegen het gemiddelde van het jaar ervoor. Voor de aanmelding hoort het rond nul te liggen. De getallen staan in de tabel hieronder.", moments, limits)
}

func (p *page) monthsOf(origin string) (out []Month) {
	for _, m := range p.Months {
		if m.Herkomst == origin && m.Uitkomst == cost && m.Domein == every {
			out = append(out, m)
		}
	}
	return out
}

// MonthTable are the months around the plan.
func (p *page) MonthTable() *tableView {
	t := &tableView{Class: "smal", Caption: "Verschil met de vergelijkingsgroep per maand, euro per huishouden, omgerekend naar een jaar", Figure: "effect_maand/<schatter>/<herkomst>/kosten/alle/<maand>",
		Shows: "schatting_ct,ci_laag_ct,ci_hoog_ct,n_sets",
		File:  "effect_maand", Columns: []string{"Maand|r", "Wanneer", "Verschil|r", "Band die voor alle maanden samen geldt|r", "Sets|getal", "Opmerking"}}
	last := "\x00"
	for _, m := range p.Months {
		if m.Uitkomst != cost || m.Domein != every {
			continue
		}
		if m.Herkomst != last {
			last = m.Herkomst
			t.Group(nl.Capital(nl.Word("herkomst", last)))
		}
		when := "voor de aanmelding"
		switch {
		case m.Maand == 0:
			when = "van aanmelding tot start"
		case m.Maand > 0:
			when = "na de start"
		}
		t.Row(fmt.Sprint(m.Maand), when, opt(nl.AmountWhole, m.Ct), span(nl.AmountWhole, m.LaagCt, m.HoogCt), m.Sets, m.Opmerking)
	}
	return t.or()
}

// PartTable is the effect by law and by payer: intervals hold all of one origin together.
func (p *page) PartTable() *tableView {
	t := &tableView{Caption: "Per wet en per betaler: euro per huishouden per jaar, onder nul is minder kosten", Figure: "effect/gematcht/<herkomst>/gestart/kosten/<domein>/<betaler>",
		Shows: "schatting_ct,ci_laag_ct,ci_hoog_ct,p_waarde,n_sets,maanden,maanden_meest", File: "effect",
		Columns: []string{"Deel", "Uitkomst|r", "Interval voor alle delen samen (95%)|r", "p, gecorrigeerd|r", "Sets|getal", "Maanden|r", "Opmerking"}}
	for _, origin := range append(p.Origins(), every) {
		rows := p.parts(origin)
		if len(rows) == 0 {
			continue
		}
		t.Group(nl.Capital(nl.Word("herkomst", origin)))
		for _, e := range rows {
			t.Row(p.partName(e), e.figure(), e.bounds(), chance(e.P), e.Sets, between(e.Maanden, e.Meest), nl.Capital(e.Opmerking))
		}
	}
	return t.or()
}

func (p *page) parts(origin string) (out []Effect) {
	for _, e := range p.Effects {
		if e.Herkomst == origin && e.Klok == started && e.Uitkomst == cost && e.Schatter == matched && (e.Domein != every || e.Betaler != every) {
			out = append(out, e)
		}
	}
	return out
}

func (p *page) partName(e Effect) string {
	switch {
	case e.Betaler == every:
		return "Wet: " + p.Run.Domein(e.Domein)
	case e.Domein == every:
		return "Betaler: " + nl.Word("betaler", e.Betaler)
	}
	return p.Run.Domein(e.Domein) + ", " + nl.Word("betaler", e.Betaler)
}

// PartFigure draws the effect by law and payer of an origin.
func (p *page) PartFigure(origin string) draw.Figure {
	var rows []draw.Estimate
	for _, e := range p.parts(origin) {
		if e.Ct != nil {
			rows = append(rows, draw.Estimate{Label: p.partName(e), Value: e.Ct, Low: e.LaagCt, High: e.HoogCt})
		}
	}
	if len(rows) == 0 {
		return draw.Figure{}
	}
	return draw.Estimates("fig-delen-"+nameOf(origin), nl.Capital(nl.Word("herkomst", origin))+": per wet en per betaler, euro per huishouden per jaar",
		"Per wet en per betaler de uitkomst met een interval dat voor alle delen samen geldt. De getallen staan in de tabel hieronder.", "minder kosten", "meer kosten", rows)
}
