package patronen

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/html"
	"stapel/reports/mart"
	"stapel/reports/nl"
)

// pageWijken is how many wijken of a cocktail the page shows.
const pageWijken = 15

// states are what the tables show of how households stand, with the part of Stand.
var states = []struct {
	name string
	of   func(Stand) int64
}{
	{"vol", func(s Stand) int64 { return s.Vol }},
	{"dreigend", func(s Stand) int64 { return s.Dreigend }},
	{"onbekend", func(s Stand) int64 { return s.Onbekend }},
	{"niet_te_beoordelen", func(s Stand) int64 { return s.Ntb }},
}

// perThousand is how many of 1.000 households that can be judged have the whole cocktail; nil where none can.
func (s Stand) perThousand() *float64 {
	judged := s.Vol + s.Dreigend + s.Nee
	if judged <= 0 {
		return nil
	}
	x := 1000 * float64(s.Vol) / float64(judged)
	return &x
}

// quarters are the quarters of the trend, first to last.
func (p *page) quarters() []mart.Date {
	days := map[mart.Date]bool{}
	for _, q := range p.Quarters {
		days[q.Kwartaal] = true
	}
	for _, a := range p.Areas {
		days[a.Kwartaal] = true
	}
	return slices.Sorted(maps.Keys(days))
}

// ends are the months in which quarters end.
func ends(quarters []mart.Date) []string {
	out := make([]string, len(quarters))
	for i, q := range quarters {
		out[i] = nl.Month(q.Time().AddDate(0, 2, 0))
	}
	return out
}

// trend is how households stood for a cocktail at the end of each quarter; nil where the mart does not say.
func (p *page) trend(cocktail string, quarters []mart.Date, of func(Stand) int64) []*int64 {
	out := make([]*int64, len(quarters))
	for _, q := range p.Quarters {
		if i := slices.Index(quarters, q.Kwartaal); q.Cocktail == cocktail && i >= 0 {
			n := of(q.Stand)
			out[i] = &n
		}
	}
	return out
}

// TrendFigure draws a cocktail over the quarters; without an id there are not two of them.
func (p *page) TrendFigure(c reports.Cocktail) draw.Figure {
	quarters := p.quarters()
	var series []draw.Series
	for _, s := range states[:2] {
		values := p.trend(c.ID, quarters, s.of)
		if len(slices.DeleteFunc(slices.Clone(values), func(n *int64) bool { return n == nil })) < 2 {
			return draw.Figure{}
		}
		series = append(series, draw.Series{Name: nl.Word("oordeel", s.name), Values: values})
	}
	return draw.CountLines("fig-verloop-"+c.ID, c.Naam, "Huishoudens aan het eind van elk kwartaal, vol en dreigend. De aantallen staan in de tabel hieronder.", ends(quarters), series)
}

// TrendTable is every cocktail over the quarters, with those that cannot be judged.
func (p *page) TrendTable() *tableView {
	quarters := p.quarters()
	t := p.overQuarters("Huishoudens aan het eind van elk kwartaal", "Stand", quarters)
	t.Figure, t.Shows, t.File = "trend/<kwartaal>/<cocktail_id>", "vol,dreigend,onbekend,niet_te_beoordelen,nee", "trend"
	for _, c := range p.Cocktails() {
		var rows []html.Row
		for _, s := range states {
			if values := p.trend(c.ID, quarters, s.of); slices.ContainsFunc(values, func(n *int64) bool { return n != nil }) {
				rows = append(rows, html.Row{Cells: cells(nl.Capital(nl.Word("oordeel", s.name)), values)})
			}
		}
		t.under(c.Naam, rows)
	}
	return t.or()
}

// overQuarters is a table with a column per quarter.
func (p *page) overQuarters(caption, head string, quarters []mart.Date) *tableView {
	t := &tableView{Class: "smal", Caption: caption, Columns: []string{head}}
	for _, m := range ends(quarters) {
		t.Columns = append(t.Columns, m+"|getal")
	}
	return t
}

// under adds rows below a heading, where there are any.
func (t *tableView) under(label string, rows []html.Row) {
	if len(rows) > 0 {
		t.Group(label)
		t.Rows = append(t.Rows, rows...)
	}
}

func cells(head string, values []*int64) []any {
	out := []any{head}
	for _, n := range values {
		out = append(out, n)
	}
	return out
}

// GemeenteTrend is the trend of each gemeente: with the whole cocktail, and those that cannot be judged on the last day.
func (p *page) GemeenteTrend() *tableView {
	quarters := p.quarters()
	t := p.overQuarters("Huishoudens met de hele cocktail per gemeente, aan het eind van elk kwartaal", "Gemeente", quarters)
	t.Columns = append(t.Columns, "Onbekend of niet te beoordelen, laatste kwartaal|getal")
	t.From, t.File = "trend_gebied/*/vol,onbekend,niet_te_beoordelen", "trend_gebied"
	t.Notes = []string{"Per wijk staat het verloop in csv/trend_gebied.csv; een gemeente is hier de som van haar wijken."}
	for _, c := range p.Cocktails() {
		full, open := map[string][]*int64{}, map[string]int64{}
		for _, a := range p.Areas {
			if a.Cocktail != c.ID {
				continue
			}
			if full[a.Gemeente] == nil {
				full[a.Gemeente] = make([]*int64, len(quarters))
			}
			i := slices.Index(quarters, a.Kwartaal)
			if full[a.Gemeente][i] == nil {
				full[a.Gemeente][i] = new(int64)
			}
			*full[a.Gemeente][i] += a.Vol
			if i == len(quarters)-1 {
				open[a.Gemeente] += a.Onbekend + a.Ntb
			}
		}
		var rows []html.Row
		for _, g := range slices.Sorted(maps.Keys(full)) {
			rows = append(rows, html.Row{Cells: append(cells(p.Run.Namen.Gemeente(g), full[g]), open[g])})
		}
		t.under(c.Naam, rows)
	}
	return t.or()
}

// groups are the groups of a feature for a cocktail.
func (p *page) groups(cocktail, feature string) (out []Group) {
	for _, g := range p.Groups {
		if g.Cocktail == cocktail && g.Kenmerk == feature {
			out = append(out, g)
		}
	}
	return out
}

// GroupTable is how households of each group of a feature stand per cocktail, and what they cost: huishoudtype, gemeente or wijk.
func (p *page) GroupTable(feature string) (*tableView, error) {
	cost, err := p.Know("cocktail_groep.kosten_vol_ct")
	if err != nil {
		return nil, err
	}
	t := &tableView{Class: "smal", Caption: nl.Word("kenmerk", feature) + " en cocktail op " + nl.Date(p.W.Peildatum), Figure: "cocktail_groep/<cocktail_id>/" + feature + "/<groep>",
		Shows: "huishoudens,vol,dreigend,onbekend,niet_te_beoordelen,nee", From: "cocktail_groep/*/vol,huishoudens,niet_te_beoordelen,kosten_vol_ct,kosten_overig_ct",

		File: "cocktail_groep", Columns: []string{nl.Word("kenmerk", feature), "Huishoudens|getal"}}
	for _, s := range states {
		t.Columns = append(t.Columns, nl.Capital(nl.Word("oordeel", s.name))+"|getal")
	}
	t.Columns = append(t.Columns, "Vol per 1.000 te beoordelen|r", "Vol|bedrag|Gemiddelde kosten", "Alle andere|bedrag|Gemiddelde kosten")
	for _, c := range p.Cocktails() {
		list := p.groups(c.ID, feature)
		label := c.Naam
		if all := len(list); feature == featureWijk {
			list = slices.DeleteFunc(list, func(g Group) bool { return g.Vol == 0 })
			slices.SortStableFunc(list, func(a, b Group) int { return cmp.Compare(b.Vol, a.Vol) })
			found := len(list)
			list = list[:min(found, pageWijken)]
			label += fmt.Sprintf(": %d van de %s met de hele cocktail, van %s in totaal", len(list), nl.Count(int64(found), "wijk", "wijken"), nl.Int(int64(all)))
		}
		var rows []html.Row
		for _, g := range list {
			row := []any{nl.Capital(groupName(p.Run, feature, g.Groep)), g.Huishoudens}
			for _, s := range states {
				row = append(row, s.of(g.Stand))
			}
			rows = append(rows, html.Row{Cells: append(row, decimal(g.perThousand()), known(cost, mean(g.VolCt, g.Vol)), known(cost, mean(g.OverigCt, g.Huishoudens-g.Vol)))})
		}
		t.under(label, rows)
	}
	return t.or(), nil
}

// CostTable is what households with each cocktail cost, and all others.
func (p *page) CostTable() (*tableView, error) {
	cost, err := p.Know("cocktail_groep.kosten_vol_ct")
	if err != nil {
		return nil, err
	}
	t := &tableView{Caption: "Gedeclareerde kosten in de laatste 12 maanden", Figure: "cocktail_groep/<cocktail_id>/alle/alle",
		Shows: "vol,kosten_vol_ct,kosten_overig_ct", From: "cocktail_groep/*/huishoudens,vol,kosten_vol_ct,kosten_overig_ct,onbekend,niet_te_beoordelen",
		File: "cocktail_groep", Columns: []string{"Cocktail",
			"Aantal|getal|Met de hele cocktail", "Kosten|bedrag|Met de hele cocktail", "Gemiddeld|bedrag|Met de hele cocktail", "Aantal|getal|Alle andere huishoudens",
			"Kosten|bedrag|Alle andere huishoudens", "Gemiddeld|bedrag|Alle andere huishoudens", "Onbekend of niet te beoordelen|getal|Alle andere huishoudens"}}
	for _, c := range p.Cocktails() {
		for _, g := range p.groups(c.ID, every) {
			rest := g.Huishoudens - g.Vol
			t.Row(c.Naam, g.Vol, known(cost, g.VolCt), known(cost, mean(g.VolCt, g.Vol)), rest, known(cost, g.OverigCt), known(cost, mean(g.OverigCt, rest)), g.Onbekend+g.Ntb)
		}
	}
	return t.or(), nil
}

// CostFigure draws the means of CostTable; without an id there are none.
func (p *page) CostFigure() (draw.Figure, error) {
	cost, err := p.Know("cocktail_groep.kosten_vol_ct")
	if err != nil || cost.Unknown() {
		return draw.Figure{}, err
	}
	var groups []draw.Group
	for _, c := range p.Cocktails() {
		for _, g := range p.groups(c.ID, every) {
			with, rest := mean(g.VolCt, g.Vol), mean(g.OverigCt, g.Huishoudens-g.Vol)
			if with != nil && rest != nil {
				groups = append(groups, draw.Group{Label: c.Naam, Counts: []int64{*with, *rest}})
			}
		}
	}
	if len(groups) == 0 {
		return draw.Figure{}, nil
	}
	return draw.GroupedAmounts("fig-kosten", "Gemiddelde kosten per huishouden, met en zonder de hele cocktail",
		"Per cocktail twee balken: huishoudens met de hele cocktail, en alle andere. De bedragen staan in de tabel hieronder.", []string{"met de hele cocktail", "alle andere"}, groups), nil
}
