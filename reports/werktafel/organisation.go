package werktafel

import (
	"cmp"
	"slices"
	"strings"

	"stapel/reports/draw"
	"stapel/reports/html"
	"stapel/reports/nl"
	"stapel/reports/vrij"
)

// nearBars is how many near misses the chart has.
const nearBars = 8

// near are the near misses, where most households are first.
func (p *page) near(cocktail string) (out []vrij.Bijna) {
	for _, b := range p.T.Bijna {
		if cocktail == "" || b.Cocktail == cocktail {
			out = append(out, b)
		}
	}
	slices.SortStableFunc(out, func(a, b vrij.Bijna) int {
		return cmp.Or(byCount(a.Huishoudens, b.Huishoudens), strings.Compare(a.Cocktail, b.Cocktail), strings.Compare(a.Ontbrekend, b.Ontbrekend))
	})
	return out
}

var nearColumns = []string{"Wat nog ontbreekt", "Huishoudens nu|getal", "Een jaar gevolgd|getal|Wie er een jaar eerder zo voor stond", "Werd vol|getal|Wie er een jaar eerder zo voor stond",
	"Aandeel|procent|Wie er een jaar eerder zo voor stond"}

func nearCells(b vrij.Bijna) []any {
	return []any{nl.Capital(lacking(b.Ontbrekend)), b.Huishoudens, b.Gevolgd, b.Vol, b.Aandeel}
}

// NearTable are the near misses per cocktail.
func (p *page) NearTable() *tableView {
	t := &tableView{Caption: "Nog één onderdeel van een hele cocktail", Figures: "vrij/bijna/*/huishoudens,gevolgd,vol,aandeel", Columns: nearColumns}
	for _, c := range p.Cocktails() {
		rows := p.near(c.ID)
		if len(rows) > 0 {
			t.Group(c.Naam)
		}
		for _, b := range rows {
			t.Row(nearCells(b)...)
		}
	}
	return t.or()
}

// NearFigure draws where most households are near; without an id there is nothing to draw.
func (p *page) NearFigure() draw.Figure {
	var groups []draw.Group
	for _, b := range p.near("") {
		if b.Huishoudens != nil && len(groups) < nearBars {
			groups = append(groups, group(p.lacks(b), b.Huishoudens))
		}
	}
	if len(groups) == 0 {
		return draw.Figure{}
	}
	return bars("fig-bijna", "Waar de meeste huishoudens één onderdeel van een hele cocktail zijn",
		"Per cocktail en ontbrekend onderdeel een balk met het aantal huishoudens nu. Alle staan in de tabel hieronder.", []string{"huishoudens nu"}, groups)
}

// lacks names a near miss: what is not there, and what is.
func (p *page) lacks(b vrij.Bijna) string {
	var there []string
	for _, c := range p.Run.Cocktails {
		if c.ID != b.Cocktail {
			continue
		}
		for _, in := range slices.Concat(c.Ingredienten, c.Voorwaarden) {
			if !slices.ContainsFunc(strings.Split(b.Ontbrekend, "|"), func(code string) bool {
				name, _, _ := strings.Cut(strings.TrimSpace(code), " (")
				return name == in
			}) {
				there = append(there, nl.Word("ingredient", in))
			}
		}
	}
	if len(there) == 0 {
		return p.Run.Cocktail(b.Cocktail) + ", zonder " + lacking(b.Ontbrekend)
	}
	return nl.Capital(notYet(b.Ontbrekend)) + "; wel: " + nl.List(there)
}

// notYet says what is missing; what shows weakly may be there already.
func notYet(list string) string {
	if name, _, weak := strings.Cut(list, " (zwak aanwezig"); weak {
		return "nog niet zeker: " + nl.Word("ingredient", name)
	}
	return "nog niet: " + lacking(list)
}

// claims are the cells of fraudefuik of a group by their state.
func (p *page) claims(group string) map[string]vrij.Fraudefuik {
	out := map[string]vrij.Fraudefuik{}
	for _, f := range p.T.Fraudefuik {
		if f.Groep == group {
			out[f.Stand] = f
		}
	}
	return out
}

// claimShare is how many of those that can be judged have a claim; nil where a number is not shown.
func claimShare(c map[string]vrij.Fraudefuik) *float64 {
	judged, ok := total(1, c[vrij.Met].Huishoudens, c[vrij.Zonder].Huishoudens)
	if !ok {
		return nil
	}
	return share(c[vrij.Met].Huishoudens, &judged)
}

// claimMean is what a household with a claim has to pay, in cents; nil where a figure is not shown.
func claimMean(c map[string]vrij.Fraudefuik) *int64 {
	met := c[vrij.Met]
	if met.OpenCt == nil || met.Huishoudens == nil || *met.Huishoudens <= 0 {
		return nil
	}
	mean := *met.OpenCt / *met.Huishoudens
	return &mean
}

// groupName is what people call a group of fraudefuik.
func (p *page) groupName(code string) string {
	if code == vrij.Alle || code == vrij.Geen {
		return nl.Capital(nl.Word("groep", code))
	}
	return p.Run.Cocktail(code)
}

// ClaimTable are households with a claim, per cocktail.
func (p *page) ClaimTable() *tableView {
	t := &tableView{Caption: "Huishoudens met een terugvordering of boete die nog niet is betaald",
		Figures: "vrij/fraudefuik/*/huishoudens,open_ct", From: "vrij/fraudefuik/*/huishoudens,open_ct",
		Columns: []string{"Huishoudens", "Met|getal", "Zonder|getal", "Niet te beoordelen|getal",
			"Samen|getal", "Aandeel van wie te beoordelen is|procent", "Nog te betalen|euro", "Gemiddeld nog te betalen|euro"},
		Notes: []string{"De laatste kolom en het aandeel zijn uitgerekend met de getoonde cijfers."}}
	var groups []string
	for _, c := range p.Cocktails() {
		groups = append(groups, c.ID)
	}
	for _, g := range append(groups, vrij.Geen, vrij.Alle) {
		c := p.claims(g)
		if len(c) == 0 {
			continue
		}
		row := html.Row{Cells: []any{p.groupName(g), c[vrij.Met].Huishoudens, c[vrij.Zonder].Huishoudens, c[vrij.Ntb].Huishoudens, c[vrij.Alle].Huishoudens, claimShare(c),
			c[vrij.Met].OpenCt, claimMean(c)}}
		if g == vrij.Alle {
			row.Class = "totaal"
		}
		t.Rows = append(t.Rows, row)
	}
	return t.or()
}
