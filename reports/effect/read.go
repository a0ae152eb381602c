package effect

import (
	"cmp"
	"context"
	"io/fs"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/table"
)

// Facts are the marts of the chapter, each in the order in which people want to see it. A mart that the run does not have has no rows.
type Facts struct {
	Effects  []Effect
	Months   []Month
	Balances []Balance
	Matrix   []Payment
	Outcomes []Outcome
	Members  []Member
	Claims   []Claim
	Payers   []Payer
	Parts    []Part
	Waits    []Wait
	Marks    []Mark
	Expenses []Expense
	Maturity []Maturity
	Totals   []mart.PlanTotaal
	Plans    []mart.Plan

	there map[string]bool
}

// Read reads the marts (<mart>.parquet at the top). An error names the mart.
func Read(ctx context.Context, marts fs.FS) (*Facts, error) {
	f := &Facts{there: map[string]bool{}}
	steps := []func() error{
		func() error { return read(ctx, marts, f, effectRows, &f.Effects) },
		func() error { return read(ctx, marts, f, monthRows, &f.Months) },
		func() error { return read(ctx, marts, f, balanceRows, &f.Balances) },
		func() error { return read(ctx, marts, f, matrixRows, &f.Matrix) },
		func() error { return read(ctx, marts, f, outcomeRows, &f.Outcomes) },
		func() error { return read(ctx, marts, f, memberRows, &f.Members) },
		func() error { return read(ctx, marts, f, claimRows, &f.Claims) },
		func() error { return read(ctx, marts, f, payerRows, &f.Payers) },
		func() error { return read(ctx, marts, f, partRows, &f.Parts) },
		func() error { return read(ctx, marts, f, waitRows, &f.Waits) },
		func() error { return read(ctx, marts, f, markRows, &f.Marks) },
		func() error { return read(ctx, marts, f, expenseRows, &f.Expenses) },
		func() error { return read(ctx, marts, f, maturityRows, &f.Maturity) },
		func() error { return read(ctx, marts, f, mart.PlanTotals, &f.Totals) },
		func() error { return read(ctx, marts, f, mart.Plans, &f.Plans) },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	f.order()
	return f, nil
}

func read[T any](ctx context.Context, marts fs.FS, f *Facts, t mart.Table[T], into *[]T) (err error) {
	f.there[t.Name] = mart.Has(marts, t.Name)
	*into, err = mart.AllIfThere(ctx, marts, t)
	return err
}

// Has says whether the run has a mart.
func (f *Facts) Has(name string) bool { return f.there[name] }

// The orders to show codes in. voor_na comes first, with its warning.
var (
	methods = []string{beforeAfter, "regressie_naar_het_midden", matched, "gematcht_verschil", "gematcht_gelijke_kosten", "gematcht_bootstrap", "gestaffeld", "gestaffeld_niet_gecorrigeerd",
		lottery, "loting_niet_gecorrigeerd", placebo, "placebo_tijd", "piek", detectable, "kwetsbaar_weglaten", "kwetsbaar_grootste", "kwetsbaar_afgetopt", uncovered, expected, "verwacht_min_25",
		"verwacht_min_40", net, payback}
	origins  = []string{fromData, fromField, "", drawn, every}
	outcomes = []string{"kosten", "dagen_uithuisgeplaatst", "ontruiming", "actieve_ingredienten", "cocktail_vol", "cocktail_opgelost", "in_schuldhulp", "bijstand"}
)

// order puts the rows in their order: it is total, whatever the order of the marts.
func (f *Facts) order() {
	byCode := func(list []string, a, b string) int {
		return cmp.Or(cmp.Compare(reports.Rank(list, a), reports.Rank(list, b)), strings.Compare(a, b))
	}
	slices.SortFunc(f.Effects, func(a, b Effect) int {
		return cmp.Or(byCode([]string{started, reported}, a.Klok, b.Klok), byCode(origins, a.Herkomst, b.Herkomst), byCode(outcomes, a.Uitkomst, b.Uitkomst), -byFlag(a.Domein == every, b.Domein == every),
			strings.Compare(a.Domein, b.Domein), -byFlag(a.Betaler == every, b.Betaler == every), strings.Compare(a.Betaler, b.Betaler), byCode(methods, a.Schatter, b.Schatter))
	})
	slices.SortFunc(f.Months, func(a, b Month) int {
		return cmp.Or(byCode(origins, a.Herkomst, b.Herkomst), byCode(outcomes, a.Uitkomst, b.Uitkomst), -byFlag(a.Domein == every, b.Domein == every), strings.Compare(a.Domein, b.Domein),
			byCode(methods, a.Schatter, b.Schatter), cmp.Compare(a.Maand, b.Maand))
	})
	slices.SortFunc(f.Balances, func(a, b Balance) int { return byCode(features, a.Kenmerk, b.Kenmerk) })
	slices.SortFunc(f.Matrix, func(a, b Payment) int {
		return cmp.Or(strings.Compare(a.Kosten, b.Kosten), strings.Compare(a.Baten, b.Baten))
	})
	slices.SortFunc(f.Outcomes, func(a, b Outcome) int {
		return cmp.Or(byCode(outcomes, a.Uitkomst, b.Uitkomst), byCode(origins, a.Herkomst, b.Herkomst))
	})
	slices.SortFunc(f.Members, func(a, b Member) int {
		return cmp.Or(cmp.Compare(a.Set, b.Set), -byFlag(a.Behandeld, b.Behandeld), strings.Compare(a.Huishouden, b.Huishouden))
	})
	slices.SortFunc(f.Claims, func(a, b Claim) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(f.Payers, func(a, b Payer) int {
		return cmp.Or(strings.Compare(a.Groep, b.Groep), strings.Compare(a.Betaler, b.Betaler))
	})
	slices.SortFunc(f.Parts, func(a, b Part) int {
		return cmp.Or(strings.Compare(a.Casus, b.Casus), byCode([]string{"huidig", "dreigend", "maatwerk"}, a.Scenario, b.Scenario), strings.Compare(a.Betaler, b.Betaler))
	})
	slices.SortFunc(f.Waits, func(a, b Wait) int { return cmp.Compare(a.Dagen, b.Dagen) })
	slices.SortFunc(f.Marks, func(a, b Mark) int { return cmp.Compare(a.Maand, b.Maand) })
	slices.SortFunc(f.Expenses, func(a, b Expense) int {
		return cmp.Or(cmp.Compare(a.Jaar, b.Jaar), byFlag(a.Soort == every, b.Soort == every), strings.Compare(a.Soort, b.Soort))
	})
	slices.SortFunc(f.Maturity, func(a, b Maturity) int { return reports.ByKind(a.Kind, b.Kind) })
	slices.SortFunc(f.Totals, func(a, b mart.PlanTotaal) int { return strings.Compare(a.Meting, b.Meting) })
	slices.SortFunc(f.Plans, func(a, b mart.Plan) int { return strings.Compare(a.Casus, b.Casus) })
}

// byFlag puts what is not so before what is.
func byFlag(a, b bool) int { return reports.ByFlag(a, b) }

// Mart is a mart of the chapter as a file shows it.
type Mart struct {
	Name, Title string // of the mart, and of its sheet
	Order       string // of the rows, in words
	Rows        int
	Each        func(columns []table.Column) mart.Each // the rows, with a cell per column of the mart
}

// Marts are the marts that this chapter alone shows, those that the run does not have too: these have no rows.
func (f *Facts) Marts() (out []Mart) {
	for _, m := range []Mart{
		martOf("effect", "Effect", "naar herkomst en werkwijze", inEuros(f.Effects)),
		martOf("effect_maand", "Effect per maand", "naar herkomst en maand", f.Months),
		martOf("balans", "Vergelijkbaarheid", "naar kenmerk", f.Balances),
		martOf("uitkomst", "Uitkomsten", "naar uitkomst en herkomst", f.Outcomes),
		martOf("betaler_matrix", "Wie betaalde, wie kreeg", "naar wie betaalde", f.Matrix),
		martOf("koppeling", "Sets", "naar set, met maatwerk eerst", f.Members),
		martOf("claim_toets", "Claims", "naar claim", f.Claims),
		martOf("plan_betaler", "Plannen per betaler", "naar groep en betaler", f.Payers),
		martOf("plan_regel", "Regels van plannen", "naar casusnummer, scenario en betaler", f.Parts),
		martOf("doorlooptijd", "Doorlooptijd", "naar dagen sinds de aanmelding", f.Waits),
		martOf("tevredenheid", "Tevredenheid", "naar meetmoment", f.Marks),
		martOf("uitgave", "Uitgaven", "naar jaar en soort", f.Expenses),
	} {
		if _, err := mart.Header(m.Name); err == nil { // the program may not make it yet
			out = append(out, m)
		}
	}
	return out
}

// inEuros are estimates as files have them: their amounts are exported in euros.
func inEuros(rows []Effect) []Effect {
	rows = slices.Clone(rows)
	for i, e := range rows {
		if unit, ok := strings.CutPrefix(e.Eenheid, "ct "); ok {
			rows[i].Eenheid = "euro " + unit
		}
	}
	return rows
}

func martOf[T any](name, title, order string, rows []T) Mart {
	return Mart{name, title, order, len(rows), func(columns []table.Column) mart.Each { return mart.Slice(columns, rows) }}
}
