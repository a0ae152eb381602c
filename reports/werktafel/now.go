package werktafel

import (
	"fmt"
	"slices"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/html"
	"stapel/reports/nl"
	"stapel/reports/table"
	"stapel/reports/vrij"
)

// states are the states of a household for a cocktail, in the order to show.
var states = []string{vrij.Vol, vrij.Dreigend, vrij.Onbekend, vrij.Ntb, vrij.Nee, vrij.Alle}

// drawn are the states that charts show.
var drawn = states[:3]

// NowTable is how all households stand for each cocktail on the peildatum.
func (p *page) NowTable() *tableView {
	t := &tableView{Caption: "Huishoudens per cocktail op " + nl.Date(p.W.Peildatum), Figures: "vrij/cocktail/*/huishoudens", From: "vrij/cocktail/*/huishoudens",
		Columns: []string{"Cocktail"},
		Notes:   []string{"Een huishouden kan bij meer cocktails staan: tel de rijen niet op. Het laatste cijfer is uitgerekend met de getoonde aantallen."}}
	for _, s := range states {
		t.Columns = append(t.Columns, nl.Capital(nl.Word("oordeel", s))+"|getal")
	}
	t.Columns = append(t.Columns, "Vol per 1.000 te beoordelen|r")
	if len(p.T.Cocktail) == 0 {
		return nil
	}
	for _, c := range p.Cocktails() {
		cells := []any{c.Naam}
		for _, s := range states {
			cells = append(cells, p.all(c.ID, s))
		}
		t.Row(append(cells, oneDecimal(perThousand(func(s string) *int64 { return p.all(c.ID, s) })))...)
	}
	return t.or()
}

// group is a row of bars, of which some may not be shown.
func group(label string, counts ...*int64) draw.Group {
	g := draw.Group{Label: label}
	for _, n := range counts {
		g.Hidden = append(g.Hidden, n == nil)
		if n == nil {
			n = new(int64)
		}
		g.Counts = append(g.Counts, *n)
	}
	return g
}

// bars draws groups, with a word for the dash where one may not be shown.
func bars(id, title, desc string, names []string, groups []draw.Group) draw.Figure {
	f := draw.GroupedBars(id, title, desc, names, groups)
	if slices.ContainsFunc(groups, func(g draw.Group) bool { return slices.Contains(g.Hidden, true) }) {
		f.Legend = append(f.Legend, draw.Key{Label: table.WithheldWord, Mark: draw.Mark(func(c *draw.Canvas) { c.Line(2, 6, 10, 6, draw.Ink, 1.2) })})
	}
	return f
}

// shown says whether a row of bars has one to show.
func shown(g draw.Group) bool { return slices.Contains(g.Hidden, false) }

// NowFigure draws NowTable; without an id there is nothing to draw.
func (p *page) NowFigure() draw.Figure {
	var groups []draw.Group
	for _, c := range p.Cocktails() {
		counts := make([]*int64, len(drawn))
		for i, s := range drawn {
			counts[i] = p.all(c.ID, s)
		}
		groups = append(groups, group(c.Naam, counts...))
	}
	if !slices.ContainsFunc(groups, shown) {
		return draw.Figure{}
	}
	return bars("fig-nu", "Huishoudens per cocktail op de peildatum",
		"Per cocktail drie balken: vol, dreigend en onbekend. De aantallen staan in de tabel hieronder; een streep is een aantal dat niet getoond mag worden.",
		stateWords(drawn), groups)
}

func stateWords(codes []string) (words []string) {
	for _, s := range codes {
		words = append(words, nl.Word("oordeel", s))
	}
	return words
}

// trend are the counts of a cocktail over the days, in a state.
func (p *page) trend(cocktail, state string) []*int64 {
	out := make([]*int64, len(p.days))
	for i, d := range p.days {
		out[i] = p.counts[place{d, cocktail, vrij.Alle, vrij.Alle, state}]
	}
	return out
}

// TrendFigure draws a cocktail over the quarters; without an id there are not two days to show.
func (p *page) TrendFigure(cocktail reports.Cocktail) draw.Figure {
	var series []draw.Series
	most := 0
	for _, s := range drawn[:2] { // what is unknown is in the table: a third line would run through the numbers of the first
		values := p.trend(cocktail.ID, s)
		n := 0
		for _, v := range values {
			if v != nil {
				n++
			}
		}
		most = max(most, n)
		series = append(series, draw.Series{Name: nl.Word("oordeel", s), Values: values})
	}
	if most < 2 {
		return draw.Figure{}
	}
	return draw.CountLines("fig-verloop-"+cocktail.ID, cocktail.Naam,
		"Huishoudens aan het eind van elk kwartaal, vol en dreigend. De aantallen staan in de tabel hieronder; waar een lijn onderbroken is, mag het aantal niet getoond worden.",
		p.moments(), series)
}

func (p *page) moments() []string {
	out := make([]string, len(p.days))
	for i, d := range p.days {
		out[i] = nl.Month(day(d))
	}
	return out
}

// TrendTable is every cocktail over the quarters.
func (p *page) TrendTable() *tableView {
	t := &tableView{Class: "smal", Caption: "Huishoudens aan het eind van elk kwartaal", Figures: "vrij/cocktail/*/huishoudens", Columns: []string{"Stand"}}
	for _, m := range p.moments() {
		t.Columns = append(t.Columns, m+"|getal")
	}
	if len(p.days) == 0 {
		return nil
	}
	for _, c := range p.Cocktails() {
		t.Group(c.Naam)
		for _, s := range drawn {
			cells := []any{nl.Capital(nl.Word("oordeel", s))}
			for _, n := range p.trend(c.ID, s) {
				cells = append(cells, n)
			}
			t.Row(cells...)
		}
	}
	return t.or()
}

// perTable is how many cocktails stand beside each other in a table, so that it fits a sheet.
const perTable = 4

// TypeTables are which types of household have each cocktail.
func (p *page) TypeTables() []*tableView {
	counts := map[[3]string]*int64{}
	var types []string
	for _, c := range p.T.CocktailType {
		counts[[3]string{c.Cocktail, c.Type, c.Oordeel}] = c.Huishoudens
		if !slices.Contains(types, c.Type) && c.Type != vrij.Alle {
			types = append(types, c.Type)
		}
	}
	slices.Sort(types)
	return p.beside("Soort huishouden en cocktail", "Soort huishouden", "vrij/cocktail_type/*/huishoudens", func(t *tableView, list []reports.Cocktail) {
		for _, typ := range types {
			cells := []any{nl.Capital(nl.Word("typhh", typ))}
			for _, c := range list {
				at := func(s string) *int64 { return counts[[3]string{c.ID, typ, s}] }
				cells = append(cells, at(vrij.Vol), oneDecimal(perThousand(at)))
			}
			t.Row(cells...)
		}
	})
}

// PlaceTables are each cocktail per gemeente.
func (p *page) PlaceTables() []*tableView {
	return p.beside("Vol per gemeente, en per 1.000 huishoudens die te beoordelen zijn", "Gemeente", "vrij/cocktail/*/huishoudens", func(t *tableView, list []reports.Cocktail) {
		for _, g := range p.codes {
			t.Row(p.placeCells(list, p.gemeente(g), g, vrij.Alle)...)
		}
		if len(t.Rows) > 0 {
			t.Rows = append(t.Rows, html.Row{Class: "totaal", Cells: p.placeCells(list, nl.Capital(p.gemeente(vrij.Alle)), vrij.Alle, vrij.Alle)})
		}
	})
}

// WijkTables are the wijken of which something is shown.
func (p *page) WijkTables() []*tableView {
	return p.beside("Wijken waarvan iets te tonen is", "Wijk", "vrij/cocktail/*/huishoudens", func(t *tableView, list []reports.Cocktail) {
		for _, g := range p.codes {
			first := true
			for _, w := range p.districts[g] {
				if !p.anyIn(list, g, w) {
					continue
				}
				if first {
					t.Group(p.gemeente(g))
					first = false
				}
				t.Row(p.placeCells(list, p.wijk(w), g, w)...)
			}
		}
	})
}

// beside makes tables with a few cocktails beside each other, of which rows adds the rows; one without rows is left out.
func (p *page) beside(caption, head, figures string, rows func(t *tableView, list []reports.Cocktail)) (out []*tableView) {
	for list := range slices.Chunk(p.Cocktails(), perTable) {
		t := &tableView{Class: "smal", Caption: caption, Figures: figures, From: figures, Columns: []string{head}}
		for _, c := range list {
			t.Columns = append(t.Columns, "Vol|getal|"+c.Naam, "Per 1.000|r|"+c.Naam)
		}
		if rows(t, list); len(t.Rows) > 0 {
			out = append(out, t)
		}
	}
	return out
}

func (p *page) placeCells(list []reports.Cocktail, label, gemeente, wijk string) []any {
	cells := []any{label}
	for _, c := range list {
		at := func(s string) *int64 { return p.count(c.ID, gemeente, wijk, s) }
		cells = append(cells, at(vrij.Vol), oneDecimal(perThousand(at)))
	}
	return cells
}

// anyIn says whether the number with a whole cocktail is shown of a place.
func (p *page) anyIn(list []reports.Cocktail, gemeente, wijk string) bool {
	return slices.ContainsFunc(list, func(c reports.Cocktail) bool { return p.count(c.ID, gemeente, wijk, vrij.Vol) != nil })
}

// WijkCount says of how many wijken something is shown; empty where there are none.
func (p *page) WijkCount() string {
	all, some := 0, 0
	for _, g := range p.codes {
		for _, w := range p.districts[g] {
			all++
			if p.anyIn(p.Cocktails(), g, w) {
				some++
			}
		}
	}
	switch {
	case all == 0:
		return ""
	case some == 0:
		return "Van geen enkele wijk is een aantal te tonen."
	case some == all:
		return "Van elke wijk is van een of meer cocktails het aantal te tonen."
	}
	return fmt.Sprintf("Van %d van de %d wijken is van een of meer cocktails het aantal te tonen. Van de andere mag niets getoond worden.", some, all)
}
