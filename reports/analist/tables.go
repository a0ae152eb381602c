package analist

import (
	"errors"
	"io/fs"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/effect"
	"stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/reports/patronen"
	"stapel/reports/seen"
	"stapel/reports/table"
	"stapel/transforms"
)

// maker makes tables of marts: the columns are those of their headers, in their order unless something else is said.
type maker struct {
	marts fs.FS
	run   reports.Run
	in    seen.Sources
	err   error // of a mart that does not exist
}

func (m *maker) of(name string, change ...func([]table.Column) []table.Column) table.Table {
	t, err := mart.TableOf(name)
	m.err = errors.Join(m.err, err)
	for _, c := range change {
		t.Columns = c(t.Columns)
	}
	for i, c := range t.Columns {
		v, err := m.in.Figure(m.run, name+"."+c.Name)
		m.err = errors.Join(m.err, err)
		switch {
		case v.Unknown():
			t.Columns[i].State = table.Unknown
		case v.Silent():
			t.Columns[i].State = table.ZeroUnknown
		}
	}
	return t
}

// stream is a mart as it is.
func (m *maker) stream(name string, change ...func([]table.Column) []table.Column) table.Table {
	t := m.of(name, change...)
	t.Each = mart.Stream(m.marts, name, t.Columns, -1)
	return t
}

// ordered is a mart in the order in which the report shows it.
func ordered[T any](m *maker, name string, rows []T, change ...func([]table.Column) []table.Column) table.Table {
	t := m.of(name, change...)
	t.Each = mart.Slice(t.Columns, rows)
	return t
}

// pattern is a mart of the chapter on patterns.
func (m *maker) pattern(p patronen.Mart) table.Table {
	t := m.of(p.Name)
	t.Each = p.Each(t.Columns)
	return t
}

// effect is a mart of the chapter on what maatwerk did.
func (m *maker) effect(p effect.Mart) table.Table {
	t := m.of(p.Name)
	t.Each = p.Each(t.Columns)
	return t
}

func in(names string) func(table.Column) bool {
	return func(c table.Column) bool { return slices.Contains(strings.Fields(names), c.Name) }
}

// without leaves columns out.
func without(names string) func([]table.Column) []table.Column {
	return func(columns []table.Column) []table.Column { return slices.DeleteFunc(columns, in(names)) }
}

// last puts columns at the end.
func last(names string) func([]table.Column) []table.Column {
	return func(columns []table.Column) []table.Column {
		var kept, moved []table.Column
		for _, c := range columns {
			if in(names)(c) {
				moved = append(moved, c)
			} else {
				kept = append(kept, c)
			}
		}
		return append(kept, moved...)
	}
}

// made is a table that is no mart: columns by kind and name.
func made(name string, level transforms.Level, columns ...[]table.Column) table.Table {
	t := table.Table{Name: name, Level: level, Columns: slices.Concat(columns...)}
	for i, c := range t.Columns {
		t.Columns[i].Title = nl.Heading(name, c.Name)
	}
	return t
}

// How the report has marts of which it does not show all columns, or in another order.
var (
	rankColumns      = last("verwacht_volgend_jaar_ct")
	householdColumns = without("peildatum")
	bandColumns      = last("verwacht_ct werkelijk_ct")
	deliveryColumns  = last("sha256")
	maturityColumns  = without("regels later_ct credit_ct ontwikkelfactor se_ct credit_ontwikkelfactor credit_aandeel_binnen kind_rijp")
)

// costTable is what households cost, added up.
func costTable(f *facts) table.Table {
	t := made("kosten_totaal", transforms.LevelTotaal, table.Named(table.Text, "domein betaler grondslag"),
		table.Named(table.Euro, "t0_ct t1_ct t2_ct onbekend_t0_ct onbekend_t1_ct onbekend_t2_ct"), table.Named(table.Int, "regels"))
	t.Each = table.Slice(f.Costs.Rows, func(c costRow) []any {
		return []any{c.Domein, c.Betaler, c.Grondslag, c.Ct[0], c.Ct[1], c.Ct[2], c.UnknownCt[0], c.UnknownCt[1], c.UnknownCt[2], c.Regels}
	})
	return t
}

// returnedTable is what goes back to suppliers. It holds places of single lines.
func returnedTable(rows []returned) table.Table {
	t := made("aan_leveranciers", transforms.LevelRij, table.Named(table.Text, "gegevensleverancier kind bestand wat regel_code kolom"),
		table.Named(table.Int, "regels eerste_regel"), table.Named(table.Text, "reden wat_te_doen"))
	t.Each = table.Slice(rows, func(r returned) []any {
		return []any{r.Supplier, r.Kind, r.File, r.What, r.Code, r.Column, table.Opt(r.Lines), table.Opt(r.First), r.Reason, r.Remedy}
	})
	return t
}

// doubtTable is what stands out, per code and kind.
func doubtTable(rows []seen.Finding) table.Table {
	t := made("opvallend", transforms.LevelTotaal, table.Named(table.Text, "regel_code wat kind"), table.Named(table.Int, "aantal regels"),
		table.Named(table.Euro, "bedrag_ct"), table.Named(table.Flag, "telt_mee"), table.Named(table.Text, "betekenis wat_te_doen"))
	t.Each = table.Slice(rows, func(f seen.Finding) []any {
		return []any{f.Code, label(f.Code), f.Kind, f.N, f.Lines, table.Opt(f.Ct), !f.Excluded, nl.Meaning(f.Code), nl.Advice(f.Code)}
	})
	return t
}

// inEuros is plan_totaal as it is shown: amounts are exported in euros.
func inEuros(totals []mart.PlanTotaal) []mart.PlanTotaal {
	totals = slices.Clone(totals)
	for i, t := range totals {
		if t.WaardeCt != nil {
			totals[i].Eenheid = "euro"
		}
	}
	return totals
}

// exportTables are the tables written as CSV: all rows of the marts the report uses.
func exportTables(marts fs.FS, run reports.Run, f *facts) ([]table.Table, error) {
	m := &maker{marts: marts, run: run, in: f.Seen.Sources}
	back := "levering" // either mart has something for suppliers
	if !f.Supply.HasDeliveries {
		back = "quarantaine"
	}
	var out []table.Table
	type export struct {
		mart  string
		table table.Table
	}
	list := []export{
		{"ranglijst", m.stream("ranglijst", rankColumns)},
		{"huishouden", m.stream("huishouden", householdColumns)},
		{"kosten", costTable(f)},
		{"concentratie", m.stream("concentratie")},
		{"lorenz", m.stream("lorenz")},
		{"verwacht_cel", ordered(m, "verwacht_cel", f.Foresight.Cells)},
		{"ijking", ordered(m, "ijking", f.Foresight.Bands, bandColumns)},
		{"ijking_maat", ordered(m, "ijking_maat", f.Foresight.Measures)},
		{"eerlijkheid", ordered(m, "eerlijkheid", f.Groups.Fairness)},
		{"stapeling", ordered(m, "stapeling", f.Groups.Stacking)},
		{"zvw_referentie", m.stream("zvw_referentie")},
		{"cocktail", m.stream("cocktail")},
		{"cocktail_bewijs", m.stream("cocktail_bewijs")},
		{"cocktail_oordeel", m.stream("cocktail_oordeel")},
		{"dreiging_kans", ordered(m, "dreiging_kans", f.Threats.Chances)},
		{"preventief", m.stream("preventief")},
		{"plan", m.stream("plan")},
		{"plan_totaal", ordered(m, "plan_totaal", inEuros(f.Plans.Totals))},
		{"dekking", m.stream("dekking")},
		{"rijpheid", m.stream("rijpheid", maturityColumns)},
		{"levering", m.stream("levering", deliveryColumns)},
		{"quarantaine", m.stream("quarantaine")},
		{back, returnedTable(f.Supply.Returned())},
		{"koppelgraad", ordered(m, "koppelgraad", f.Supply.Links)},
		{"controle", m.stream("controle")},
		{"uitgesloten", m.stream("uitgesloten")},
		{"bevinding", m.stream("bevinding")},
		{"bevinding", doubtTable(f.Seen.Findings)},
	}
	for _, p := range f.Patterns.Marts() {
		list = append(list, export{p.Name, m.pattern(p)})
	}
	for _, p := range f.Effect.Marts() {
		list = append(list, export{p.Name, m.effect(p)})
	}
	for _, t := range list {
		if mart.Has(marts, t.mart) {
			out = append(out, f.coded(run, t.table))
		}
	}
	return out, m.err
}
