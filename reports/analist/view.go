package analist

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/transforms"
)

// controlTableView is a table of the control steps, with its cells as text.
type controlTableView struct {
	Caption string
	Columns []string
	Rows    []controlRowView
}

type controlRowView struct {
	Class string
	Cells []any
}

// lineSteps are about lines.
var lineSteps = []string{"geleverd", "geweigerd", "dubbel", "quarantaine", "vervangen", "geaccepteerd", "uitgesloten", "herhaald", "ouder", "gebruikt"}

// LineTable is the chain in lines; steps that no kind has are left out, and kinds that have nothing but zeros. Nil without any.
func (p *page) LineTable() *controlTableView {
	s := p.F.Supply
	view := &controlTableView{Caption: "Van levering tot gebruik, in regels", Columns: []string{"Soort"}}
	has := func(c *mart.Controle) bool { return c != nil && c.Regels != nil }
	var at []int
	for i, step := range s.Steps {
		used := slices.ContainsFunc(s.Chains, func(k controlChain) bool { return has(k.Steps[i]) })
		if slices.Contains(lineSteps, step) && used {
			view.Columns, at = append(view.Columns, nl.Word("stap", step)+"|r"), append(at, i)
		}
	}
	for _, chain := range s.Chains {
		row := controlRowView{Cells: []any{nl.Word("kind", chain.Kind)}}
		if chain.Kind == totalKind {
			row.Class = chain.Kind
		}
		filled := false
		for _, i := range at {
			text := ""
			if c := chain.Steps[i]; has(c) {
				text = nl.Int(*c.Regels)
				filled = filled || *c.Regels != 0
			}
			row.Cells = append(row.Cells, text)
		}
		if filled {
			view.Rows = append(view.Rows, row)
		}
	}
	if len(at) == 0 || len(view.Rows) == 0 {
		return nil
	}
	return view
}

// costBlock is the costs of one grondslag.
type costBlock struct {
	Label   string
	Rows    []costRow
	Unknown []unknownCost // domeinen of which nothing says what they cost
	Total   *costRow
}

// unknownCost is a domein without a figure, and why.
type unknownCost struct{ Label, Why string }

// CostBlocks are declared and priced costs, apart.
func (p *page) CostBlocks() []costBlock {
	var out []costBlock
	for _, b := range []struct{ grondslag, label string }{
		{"gedeclareerd", "Gedeclareerd"}, {"geprijsd", "Geschat met een vaste prijs, apart van het gedeclareerde"},
	} {
		block := costBlock{Label: b.label, Rows: p.F.Costs.Of(b.grondslag)}
		for _, d := range p.Run.Domeinen {
			v := p.F.Seen.Sources.Judge(p.Run.Needs([]string{transforms.Adds + transforms.NeedsDomein + d.Naam}))
			if d.Geprijsd == (b.grondslag == "geprijsd") && v.Unknown() {
				block.Unknown = append(block.Unknown, unknownCost{d.Label, v.Why()})
			}
		}
		if len(block.Rows) > 1 {
			total := p.F.Costs.Total(b.grondslag)
			block.Total = &total
		}
		if len(block.Rows)+len(block.Unknown) > 0 {
			out = append(out, block)
		}
	}
	return out
}

// MostFrequent are the cocktails by their number of active households.
func (p *page) MostFrequent() []cocktailStat {
	stats := slices.Clone(p.F.Cocktails.Stats)
	slices.SortStableFunc(stats, func(a, b cocktailStat) int { return cmp.Compare(b.Full.N, a.Full.N) })
	return stats
}

// Active is the number of active episodes of a cocktail.
func (p *page) Active(st cocktailStat) int64 { return st.Full.N + st.Threat.N + st.Unknown.N }

// PlanCount is the number of plans: of the totals where they are there, else of the rows.
func (p *page) PlanCount() int64 {
	if p.F.Plans.HasTotals {
		return p.F.Plans.Count("plannen")
	}
	return int64(len(p.F.Plans.Rows))
}

// StateColumns are the columns of the plans by state, and StateCounts their row.
func (p *page) StateColumns() (columns []string) {
	for _, s := range p.F.Plans.States() {
		columns = append(columns, nl.Word("planstatus", s.Status)+"|getal")
	}
	return append(columns, "totaal|getal sterk")
}

// StateCounts are the plans by state, and all.
func (p *page) StateCounts() (cells []any) {
	for _, s := range p.F.Plans.States() {
		cells = append(cells, s.N)
	}
	return append(cells, p.PlanCount())
}

// DumbbellsAll and DumbbellsShown count the plans with an analysis, and those in the chart.
func (p *page) DumbbellsAll() int { return len(p.F.Plans.Costed()) }

// DumbbellsShown is how many of DumbbellsAll the chart holds.
func (p *page) DumbbellsShown() int { return min(p.DumbbellsAll(), pageDumbbells) }

// Some names the first of a list and counts the rest.
func (p *page) Some(names []string) string {
	const few = 12
	if len(names) <= few {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s en %d andere", strings.Join(names[:few], ", "), len(names)-few)
}

// Measure names a concentration figure.
func (p *page) Measure(maat string) string {
	if strings.HasPrefix(maat, "top_") {
		return "duurste " + nl.Decimal(topShare(maat)) + "%"
	}
	switch maat {
	case "gini":
		return "Gini-coëfficiënt"
	case "negatief":
		return "huishoudens met kosten onder nul"
	default:
		return nl.Word("maat", maat)
	}
}

// MeasureValue shows a concentration figure: shares as percentages, counts whole, the Gini coefficient with decimals.
func (p *page) MeasureValue(c mart.Concentratie) string {
	switch {
	case c.Waarde == nil:
		return "–"
	case strings.HasPrefix(c.Maat, "top_"):
		return nl.Percent(*c.Waarde)
	case *c.Waarde == math.Trunc(*c.Waarde):
		return nl.Number(*c.Waarde, 0)
	default:
		return nl.Number(*c.Waarde, 3)
	}
}

// Since is the start of an episode. Episodes are cut at the 24 months before the peildatum (rules 41), so one that starts
// there may be older.
func (p *page) Since(van mart.Date) string {
	if day := van.Time(); day.After(p.W.T1) {
		return nl.DateShort(day)
	}
	return "op of vóór " + nl.DateShort(p.W.T1)
}

// Concentration are the concentration figures, smallest top first and other measures after them.
func (p *page) Concentration() []mart.Concentratie {
	rows := slices.Clone(p.F.Ranking.Concentration)
	slices.SortStableFunc(rows, func(a, b mart.Concentratie) int { return cmp.Compare(topShare(a.Maat), topShare(b.Maat)) })
	return rows
}

// topShare is the percentage in a measure's name; a measure without one comes after those with one.
func topShare(maat string) float64 {
	if text, ok := strings.CutPrefix(maat, "top_"); ok {
		if x, err := strconv.ParseFloat(text, 64); err == nil {
			return x
		}
	}
	return math.Inf(1)
}
