package effect

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"stapel/reports/draw"
	"stapel/reports/html"
	"stapel/reports/nl"
)

// BalanceTable is how alike both groups were before.
func (p *page) BalanceTable() *tableView {
	t := &tableView{Caption: "Hoe vergelijkbaar beide groepen waren, voor en na het vormen van sets", Figure: "balans/<kenmerk>", Shows: "smd_voor,smd_na,variantie_verhouding,verschil_ct", File: "balans",
		Columns: []string{"Kenmerk", "Verschil ervoor|r", "Verschil erna|r", "Spreiding, verhouding|r", "Verschil erna in euro|r", "Opmerking"}}
	for _, b := range p.Balances {
		t.Row(nl.Word("balans", b.Kenmerk), opt(twoDecimals, b.Voor), opt(twoDecimals, b.Na), opt(twoDecimals, b.Variantie), opt(nl.AmountWhole, b.VerschilCt), nl.Capital(b.Opmerking))
	}
	return t.or()
}

// unlike is the difference from which groups are not alike (docs/methods.md 7).
const unlike = 0.1

// BalanceSays says how many features are out of balance.
func (p *page) BalanceSays() string {
	var known, out int64
	for _, b := range p.Balances {
		if b.Na != nil {
			known++
			if math.Abs(*b.Na) > unlike {
				out++
			}
		}
	}
	if known == 0 {
		return "Er zijn geen sets om te vergelijken."
	}
	return fmt.Sprintf("Na het vormen van sets %s van de %s kenmerken meer dan 0,1 standaarddeviatie.", nl.Form(out, "verschilt er 1", "verschillen er "+nl.Int(out)), nl.Int(known))
}

// BalanceFigure draws it.
func (p *page) BalanceFigure() draw.Figure {
	var rows []draw.Gap
	for _, b := range p.Balances {
		if b.Voor != nil || b.Na != nil {
			rows = append(rows, draw.Gap{Label: nl.Word("balans", b.Kenmerk), Before: b.Voor, After: b.Na})
		}
	}
	if len(rows) == 0 {
		return draw.Figure{}
	}
	return draw.Gaps("fig-balans", "Verschil tussen huishoudens met en zonder maatwerk, in standaarddeviaties", "Per kenmerk het verschil voor en na het vormen van sets. Tussen de stippellijnen zijn groepen "+
		"vergelijkbaar. De getallen staan in de tabel hieronder.", [2]string{"alle mogelijke huishoudens", "in de sets"}, unlike, rows)
}

// MaturityTable says which months count, per kind of cost.
func (p *page) MaturityTable() *tableView {
	t := &tableView{Caption: "Welke maanden compleet genoeg zijn om mee te tellen", Figure: "rijpheid_kind/<kind>", Shows: "t0_maanden_rijp,t0_maanden,aandeel_binnen,ondergrens", File: "rijpheid",
		Columns: []string{"Soort", "Compleet in de laatste 12 maanden|r", "Compleet tot en met", "Laatste maand die binnen is", "Al binnen (ondergrens)|r", "Waarom niet verder"}}
	for _, m := range p.Maturity {
		why := ""
		if m.Reden != "" {
			why = nl.Capital(nl.Word("rijpheid", m.Reden))
		}
		in := opt(nl.Percent, m.Aandeel)
		if m.Aandeel != nil && m.Ondergrens != nil {
			in += " (" + nl.Percent(*m.Ondergrens) + ")"
		}
		t.Row(nl.Word("kind", m.Kind), nl.Int(m.Rijp)+" van de "+nl.Int(m.Maanden), monthOf(m.RijpTot), monthOf(m.Ontvangst), in, why)
	}
	return t.or()
}

// MatrixTable is who paid for maatwerk, and whom it saved money.
func (p *page) MatrixTable() *tableView {
	t := &tableView{Caption: "Wie maatwerk betaalde en wie minder of meer kosten had: euro over alle sets en 12 maanden; boven nul is minder kosten", Figure: "betaler_matrix/<betaler_kosten>/<betaler_baten>",
		Shows: "bedrag_ct,ci_laag_ct,ci_hoog_ct,inbaar",
		File:  "betaler_matrix", Columns: []string{"Betaalde maatwerk", "Had minder of meer kosten", "Bedrag|r", "95%-interval|r", "Zeker lager", "Opmerking"}}
	for _, m := range p.Matrix {
		t.Row(nl.Capital(nl.Word("betaler", m.Kosten)), nl.Word("betaler", m.Baten), opt(nl.AmountWhole, m.Ct), span(nl.AmountWhole, m.LaagCt, m.HoogCt), sure(m.Inbaar), nl.Capital(m.Opmerking))
	}
	return t.or()
}

// sure says whether bills are certainly lower.
func sure(v *bool) string {
	switch {
	case v == nil:
		return html.Dash
	case *v:
		return "ja"
	}
	return "nee"
}

// MatrixFigure draws it.
func (p *page) MatrixFigure() draw.Figure {
	var rows, columns []string
	for _, m := range p.Matrix {
		if !slices.Contains(rows, m.Kosten) {
			rows = append(rows, m.Kosten)
		}
		if !slices.Contains(columns, m.Baten) {
			columns = append(columns, m.Baten)
		}
	}
	amounts, any := make([][]*int64, len(rows)), false
	for i := range rows {
		amounts[i] = make([]*int64, len(columns))
	}
	for _, m := range p.Matrix {
		amounts[slices.Index(rows, m.Kosten)][slices.Index(columns, m.Baten)] = m.Ct
		any = any || m.Ct != nil
	}
	if !any {
		return draw.Figure{}
	}
	words := func(list []string) (out []string) {
		for _, code := range list {
			out = append(out, nl.Word("betaler", code))
		}
		return out
	}
	return draw.Flows("fig-betalers", "Links wie maatwerk betaalde, boven wie minder of meer kosten had", "Per betaler van maatwerk en per betaler van de zorg en ondersteuning hoeveel minder of meer die betaalde. "+
		"De bedragen staan in de tabel hieronder.", "betaalde maatwerk", words(rows), words(columns), amounts)
}

// PayerTable is what plans expected by who pays.
func (p *page) PayerTable() *tableView {
	t := &tableView{Caption: "Verwacht in de plannen, per betaler: euro over de looptijd van het plan", Figure: "plan_betaler/<groep>/<betaler>",
		Shows: "dreigend_ct,maatwerk_ct,besparing_ct,inbaar_ct,plannen,noemer", File: "plan_betaler",
		Columns: []string{"Betaler", "Zonder maatwerk|bedrag", "Met maatwerk|bedrag", "Verwachte besparing|bedrag", "Daarvan te besteden|bedrag", "Plannen|r"}}
	for _, group := range []string{every, "uitgevoerd"} {
		first := true
		for _, b := range p.Payers {
			if b.Groep != group {
				continue
			}
			if first {
				t.Group(map[string]string{every: "Alle plannen met een kosten-batenanalyse", "uitgevoerd": "Daarvan in uitvoering of gereed"}[group])
				first = false
			}
			t.Row(nl.Capital(nl.Word("betaler", b.Betaler)), b.DreigendCt, b.MaatwerkCt, b.BesparingCt, b.InbaarCt, nl.Int(b.Plannen)+" van de "+nl.Int(b.Noemer))
		}
	}
	return t.or()
}

// leaves begins the outcomes that are about who left.
const leaves = "vertrek_"

// OutcomeTable is what changed beside money.
func (p *page) OutcomeTable() *tableView {
	return p.outcomes("Uitkomsten naast geld: verschil met de vergelijkingsgroep", false)
}

// ExitTable is who left, of households with maatwerk and of those beside them.
func (p *page) ExitTable() *tableView {
	return p.outcomes("Mensen die uit een huishouden weg zijn aan het eind van de maanden die tellen", true)
}

func (p *page) outcomes(caption string, exits bool) *tableView {
	t := &tableView{Class: "smal", Caption: caption, Figure: "uitkomst/<uitkomst>/<herkomst>",
		Shows: "behandeld_voor,behandeld_na,vergelijking_voor,vergelijking_na,verschil,ci_laag,ci_hoog,n_sets", File: "uitkomst",
		Columns: []string{"Plannen", "Eenheid", "Met maatwerk: ervoor|r", "erna|r", "Zonder: ervoor|r", "erna|r", "Verschil|r", "95%-interval|r", "Sets|getal", "Opmerking"}}
	last := ""
	for _, o := range p.Outcomes {
		if strings.HasPrefix(o.Uitkomst, leaves) != exits {
			continue
		}
		if o.Uitkomst != last {
			last = o.Uitkomst
			t.Group(nl.Word("uitkomst", last))
		}
		t.Row(nl.Capital(nl.Word("herkomst", o.Herkomst)), o.Eenheid, opt(twoDecimals, o.Voor), opt(twoDecimals, o.Na), opt(twoDecimals, o.VergelijkVoor), opt(twoDecimals, o.VergelijkingNa),
			opt(twoDecimals, o.Verschil), span(twoDecimals, o.Laag, o.Hoog), o.Sets, nl.Capital(o.Opmerking))
	}
	return t.or()
}

// UncoveredTable is the estimate beside that with months without data taken as before, by origin and clock.
func (p *page) UncoveredTable() *tableView {
	t := &tableView{Caption: "Wat niet gedekte maanden hoogstens doen", Figure: "effect/grens_ongedekt/<herkomst>/<klok>/kosten/alle/alle",
		Shows: "schatting_ct,ci_laag_ct,ci_hoog_ct,n_behandeld,n_sets,n_vergelijking", Also: "effect/gematcht/<herkomst>/<klok>/kosten/alle/alle/schatting_ct", File: "effect",
		Columns: []string{"Plannen", "Geteld", "Uitkomst zonder die maanden|r", "Uitkomst als zij zijn als ervoor|r", "95%-interval|r", "Huishoudens", "Opmerking"}}
	for _, clock := range []string{started, reported} {
		for _, origin := range p.Origins() {
			rows := p.whole(origin, clock)
			find := func(method string) *Effect {
				if i := slices.IndexFunc(rows, func(e Effect) bool { return e.Schatter == method }); i >= 0 {
					return &rows[i]
				}
				return nil
			}
			filled, own := find(uncovered), find(matched)
			if filled == nil {
				continue
			}
			without := html.Dash
			if own != nil {
				without = own.figure()
			}
			t.Row(nl.Capital(nl.Word("herkomst", origin)), nl.Word("klok", clock), without, filled.figure(), filled.bounds(), filled.count(), nl.Capital(filled.Opmerking))
		}
	}
	return t.or()
}

// MarkTable are the marks that people gave.
func (p *page) MarkTable() *tableView {
	t := &tableView{Caption: "Rapportcijfers van mensen in een maatwerkplan", Figure: "tevredenheid/<meetmoment_mnd>",
		Shows: "plannen,plannen_gevraagd,gevraagd,beantwoord,gemiddelde,gepaarde_verandering,gepaard_n", From: "tevredenheid/*/beantwoord,gevraagd", File: "tevredenheid",
		Columns: []string{"Moment", "Plannen zover|getal", "Plannen gevraagd|getal", "Mensen gevraagd|getal", "Antwoord|getal", "Deel dat antwoordt|procent", "Gemiddeld|cijfer", "Verandering sinds de start|cijfer", "Bij hoeveel mensen|getal"}}
	for _, m := range p.Marks {
		var share *float64
		if m.Gevraagd > 0 {
			v := float64(m.Beantwoord) / float64(m.Gevraagd)
			share = &v
		}
		moment := "Bij de start"
		if m.Maand > 0 {
			moment = "Na " + nl.Count(m.Maand, "maand", "maanden")
		}
		t.Row(moment, m.Plannen, m.PlanGevraagd, m.Gevraagd, m.Beantwoord, share, m.Gemiddelde, m.Verandering, m.GepaardN)
	}
	return t.or()
}

// WaitFigure draws how long plans wait.
func (p *page) WaitFigure() draw.Figure {
	if len(p.Waits) == 0 {
		return draw.Figure{}
	}
	var levels []draw.Level
	for _, w := range p.Waits {
		levels = append(levels, draw.Level{Day: w.Dagen, Share: w.Open, Low: w.Laag, High: w.Hoog, AtRiskBelow: w.AtRisk < 10})
	}
	return draw.Levels("fig-doorlooptijd", "Deel van de plannen dat nog geen akkoord heeft", "Een lijn die daalt bij elk akkoord, met het 95%-interval als band; dun waar minder dan 10 plannen nog meetellen. "+
		"De getallen staan in de tabel hieronder en in csv/doorlooptijd.csv.", "dagen sinds de aanmelding", levels)
}

// WaitTable is the time to approval in a few figures.
func (p *page) WaitTable() *tableView {
	t := &tableView{Caption: "Tijd tot akkoord", Figure: "plan_totaal/<meting>", Shows: "waarde,ci_laag,ci_hoog,noemer", File: "plan_totaal", Columns: []string{"Wat", "Waarde|r", "95%-interval|r", "Plannen|getal"}}
	for _, m := range p.Totals {
		if m.Eenheid != "dagen" && m.Eenheid != "aandeel" {
			continue
		}
		format := oneDecimal
		if m.Eenheid == "aandeel" {
			format = nl.Percent
		}
		t.Row(waits(m.Meting), opt(format, m.Waarde), span(format, m.Laag, m.Hoog), m.Noemer)
	}
	return t.or()
}

// waits are the words for figures of plan_totaal about time.
func waits(meting string) string {
	words := map[string]string{"mediaan_dagen_tot_akkoord": "Dagen tot de helft akkoord heeft", "akkoord_binnen_twee_maanden": "Akkoord binnen twee maanden"}
	if w := words[meting]; w != "" {
		return w
	}
	return nl.Capital(strings.ReplaceAll(meting, "_", " "))
}

// ExpenseTable is what the programme spent.
func (p *page) ExpenseTable() *tableView {
	t := &tableView{Caption: "Uitgaven van het programma", Figure: "uitgave/<jaar>/<soort>", Shows: "bedrag_ct,begroot_ct,begroot_besteed_ct,voor_plannen_ct,regels", File: "uitgave",
		Columns: []string{"Soort", "Uitgegeven|bedrag", "Begroot|bedrag", "Uitgegeven waar begroot|bedrag", "Voor één plan|bedrag", "Regels|getal"}}
	last := int64(0)
	for _, e := range p.Expenses {
		if e.Jaar != last {
			last = e.Jaar
			t.Group(fmt.Sprint(last))
		}
		row := html.Row{Cells: []any{nl.Capital(nl.Word("uitgave", e.Soort)), e.BedragCt, e.BegrootCt, e.BegrootBesteed, e.VoorPlannenCt, e.Regels}}
		if e.Soort == every {
			row.Class = "totaal"
		}
		t.Rows = append(t.Rows, row)
	}
	return t.or()
}

// ClaimTable are savings that somebody stated. They are of other households and years each, and are never added up.
func (p *page) ClaimTable() *tableView {
	t := &tableView{Caption: "Beweerde besparingen, elk voor zich: euro; boven nul is een besparing", Figure: "claim_toets/<claim_id>",
		Shows: "huishoudens,beweerd_ct,verwacht_ct,voor_na_ct,netto_ct,ci_laag_ct,ci_hoog_ct,oordeel,reden", File: "claim_toets",
		Columns: []string{"Claim", "Huishoudens|getal", "Beweerd|bedrag", "Verwacht in de plannen|bedrag", "Voor en na|bedrag", "Gezien, netto|bedrag", "95%-interval|r", "Oordeel", "Waarom"}}
	for _, c := range p.Claims {
		t.Row(html.Over(c.Tekst, c.ID), c.Huishouden, c.BeweerdCt, c.VerwachtCt, c.VoorNaCt, c.NettoCt, span(nl.AmountWhole, c.LaagCt, c.HoogCt), nl.Capital(c.Oordeel), nl.Capital(c.Reden))
	}
	return t.or()
}

// pageSets is how many sets the page of households shows; the CSV has all.
const pageSets = 200

// SetTable are the households that were compared, set by set.
func (p *page) SetTable() *tableView {
	t := &tableView{Caption: "Sets: een huishouden met maatwerk en wie ernaast staat", Figure: "koppeling/<set_id>/<huishouden_id>", Shows: "gewicht", Also: "plan/*/besparing_verwacht_ct", File: "koppeling",
		Columns: []string{"Huishouden", "Rol", "Gewicht|r", "Gekozen in", "Start", "Telt tot en met"}}
	wanted := map[string]*int64{}
	for _, plan := range p.Plans {
		wanted[plan.Casus] = plan.BesparingCt
	}
	var sets int64
	for i, m := range p.Members {
		if i == 0 || m.Set != p.Members[i-1].Set {
			if sets++; sets > pageSets {
				continue
			}
			text := fmt.Sprintf("Set %d", m.Set)
			if m.Behandeld {
				text += ": plan " + m.Casus + ", " + nl.Word("herkomst", m.Herkomst)
				if v := wanted[m.Casus]; v != nil {
					text += ", verwachte besparing " + nl.EuroWhole(*v)
				}
			}
			t.Group(text)
		}
		if sets > pageSets {
			continue
		}
		role := "zonder maatwerk"
		if m.Behandeld {
			role = "met maatwerk"
		}
		t.Row(code(m.Huishouden), role, twoDecimals(m.Gewicht), nl.Month(m.T0.Time()), monthOf(m.Start), monthOf(m.Tot))
	}
	if sets > pageSets {
		t.Caption += fmt.Sprintf(" (de eerste %d van %s)", pageSets, nl.Int(sets))
	}
	return t.or()
}
