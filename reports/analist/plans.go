package analist

import (
	"cmp"
	"context"
	"io/fs"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/mart"
)

// plans is what the report shows of marts plan and plan_totaal.
type plans struct {
	Present, HasTotals bool
	Rows               []mart.Plan // by casusnummer
	Totals             []mart.PlanTotaal
	byName             map[string]mart.PlanTotaal
	Findings           []finding
}

// finding is a kind of remark on plans.
type finding struct {
	Code  string
	Plans []string // casusnummers
}

var planStates = []string{"concept", "sparren", "akkoord", "uitvoering", "gereed", "afgewezen", "ingetrokken"}

func (p *plans) read(ctx context.Context, marts fs.FS) (err error) {
	p.Present, p.HasTotals = mart.Has(marts, "plan"), mart.Has(marts, "plan_totaal")
	if p.Rows, err = mart.AllIfThere(ctx, marts, mart.Plans); err != nil {
		return err
	}
	if p.Totals, err = mart.AllIfThere(ctx, marts, mart.PlanTotals); err != nil {
		return err
	}
	p.byName = map[string]mart.PlanTotaal{}
	for _, t := range p.Totals {
		p.byName[t.Meting] = t
	}
	codes := map[string][]string{}
	for _, row := range p.Rows {
		for code := range strings.SplitSeq(row.Bevindingen, "|") {
			if code != "" {
				codes[code] = append(codes[code], row.Casus)
			}
		}
	}
	for code, rows := range codes {
		p.Findings = append(p.Findings, finding{code, rows})
	}
	slices.SortFunc(p.Findings, func(a, b finding) int { return cmp.Compare(a.Code, b.Code) })
	return nil
}

// Total is a figure of plan_totaal; a figure that is not there has no values.
func (p plans) Total(meting string) mart.PlanTotaal { return p.byName[meting] }

// Count is a count of plan_totaal, 0 when it is not there.
func (p plans) Count(meting string) int64 {
	t := p.byName[meting]
	switch {
	case t.Waarde != nil:
		return int64(*t.Waarde)
	case t.WaardeCt != nil:
		return *t.WaardeCt
	default:
		return 0
	}
}

// state is a plan state with its number of plans.
type state struct {
	Status string
	N      int64
}

// States are the states that occur, in the order of a plan's life.
func (p plans) States() []state {
	n := map[string]int64{}
	if p.HasTotals {
		for _, t := range p.Totals {
			if status, ok := strings.CutPrefix(t.Meting, "plannen_status_"); ok {
				n[status] = p.Count(t.Meting)
			}
		}
	} else {
		for _, row := range p.Rows {
			n[row.Status]++
		}
	}
	var out []state
	for status, count := range n {
		if count > 0 {
			out = append(out, state{status, count})
		}
	}
	slices.SortFunc(out, func(a, b state) int {
		return cmp.Or(cmp.Compare(reports.Rank(planStates, a.Status), reports.Rank(planStates, b.Status)), cmp.Compare(a.Status, b.Status))
	})
	return out
}

// Costed are the plans with a cost-benefit analysis (dreigend and maatwerk filled), largest expected saving first.
func (p plans) Costed() []mart.Plan {
	var out []mart.Plan
	for _, row := range p.Rows {
		if row.DreigendCt != nil && row.MaatwerkCt != nil {
			out = append(out, row)
		}
	}
	slices.SortFunc(out, func(a, b mart.Plan) int {
		return cmp.Or(cmp.Compare(*b.DreigendCt-*b.MaatwerkCt, *a.DreigendCt-*a.MaatwerkCt), cmp.Compare(a.Casus, b.Casus))
	})
	return out
}

// sumRow is a line of the sums over plans: all plans with an analysis beside those carried out.
type sumRow struct {
	Label       string
	All, Done   mart.PlanTotaal
	AllN, DoneN *int64 // plans behind them; nil when the figure is not there
	Class       string // of the row
}

// Sums are the sums of plan_totaal as shown.
func (p plans) Sums() []sumRow {
	n := func(t *mart.PlanTotaal) *int64 {
		if t.Meting == "" {
			return nil
		}
		return &t.Noemer
	}
	row := func(label, name, class string) sumRow {
		r := sumRow{Label: label, All: p.Total(name + "_alle"), Done: p.Total(name + "_uitgevoerd"), Class: class}
		r.AllN, r.DoneN = n(&r.All), n(&r.Done)
		return r
	}
	return []sumRow{
		row("Huidige kosten", "huidig", ""),
		row("Dreigende kosten zonder maatwerk", "dreigend", ""),
		row("Kosten met maatwerk", "maatwerk", ""),
		row("Verwachte besparing (dreigend − maatwerk)", "besparing", "totaal"),
		row("Gemiddelde verwachte besparing per plan", "gemiddelde_besparing", ""),
	}
}
