package werktafel

import (
	"cmp"
	"html/template"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/html"
	"stapel/reports/nl"
	"stapel/reports/vrij"
)

// Most rows that the page shows of long tables, and bars in a chart.
const (
	pageSets = 20
	setBars  = 8
)

// sets are the combinations, those that are surest to come more often than chance would have it first.
func (p *page) sets(named bool) (out []vrij.Combinatie) {
	for _, c := range p.T.Combinatie {
		if named == (c.Cocktail != "") {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b vrij.Combinatie) int {
		return cmp.Or(byLift(a.LiftLaag, b.LiftLaag), byCount(a.Huishoudens, b.Huishoudens), strings.Compare(a.Combinatie, b.Combinatie))
	})
	return out
}

func byLift(a, b *float64) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	}
	return cmp.Compare(*b, *a)
}

// often are the combinations without a name of which is sure that they come more often than by chance.
func (p *page) often() []vrij.Combinatie {
	return slices.DeleteFunc(p.sets(false), func(c vrij.Combinatie) bool { return c.LiftLaag == nil || *c.LiftLaag <= 1 || c.Huishoudens == nil })
}

// within are the cocktails that a combination has all ingredients of.
func (p *page) within(c vrij.Combinatie) string {
	have := strings.Split(c.Combinatie, "+")
	var names []string
	for _, k := range p.Run.Cocktails {
		missing := slices.ContainsFunc(slices.Concat(k.Ingredienten, k.Voorwaarden), func(in string) bool { return !slices.Contains(have, in) })
		if !missing && k.ID != c.Cocktail {
			names = append(names, k.Naam)
		}
	}
	return strings.Join(names, "; ")
}

// lift is how many times as often as expected, with its bounds; nothing where it is not shown.
func lift(c vrij.Combinatie) any {
	if c.Lift == nil {
		return nil
	}
	text := nl.Number(*c.Lift, 1)
	if c.LiftLaag != nil && c.LiftHoog != nil {
		text += " (" + nl.Number(*c.LiftLaag, 1) + " – " + nl.Number(*c.LiftHoog, 1) + ")"
	}
	return text
}

// SetTable are the combinations that nobody named, and below them those that have a name.
func (p *page) SetTable() *tableView {
	t := &tableView{Caption: "Combinaties van onderdelen op " + nl.Date(p.W.Peildatum), Figures: "vrij/combinatie/*/huishoudens,verwacht,lift,lift_laag,lift_hoog", Columns: []string{"Combinatie", "Huishoudens|getal", "Verwacht bij toeval|getal",
		"Keer zo vaak (95%-interval)|r"}}
	add := func(label string, list []vrij.Combinatie) {
		if len(list) > 0 {
			t.Group(label)
		}
		for _, c := range list {
			t.Row(p.setName(c), c.Huishoudens, c.Verwacht, lift(c))
		}
	}
	unnamed := p.sets(false)
	add("Nog zonder naam", unnamed[:min(len(unnamed), pageSets)])
	add("Met een naam: de cocktails", p.sets(true))
	if len(unnamed) > pageSets {
		t.Notes = append(t.Notes, "Bovenaan staat waar het zekerst is dat zij vaker samen voorkomen dan bij toeval; alle combinaties staan in csv/combinatie.csv.")
	}
	return t.or()
}

// setName is a combination with its name, or the cocktails that are part of it.
func (p *page) setName(c vrij.Combinatie) template.HTML {
	esc := template.HTMLEscapeString
	out := esc(nl.Capital(nl.Together(c.Combinatie)))
	switch in := p.within(c); {
	case c.Cocktail != "":
		out += "<small>" + esc(p.Run.Cocktail(c.Cocktail)) + "</small>"
	case in != "":
		out += `<small class="merk">met daarin: ` + esc(in) + "</small>"
	}
	return template.HTML(out)
}

// SetFigure draws how often combinations without a name show beside what was expected; without an id there is nothing to draw.
func (p *page) SetFigure() draw.Figure {
	var groups []draw.Group
	for _, c := range p.often() {
		if c.Verwacht != nil && len(groups) < setBars {
			groups = append(groups, group(nl.Capital(nl.Together(c.Combinatie)), c.Huishoudens, c.Verwacht))
		}
	}
	if len(groups) == 0 {
		return draw.Figure{}
	}
	return bars("fig-combinaties", "Combinaties zonder naam die vaker voorkomen dan bij toeval",
		"Per combinatie twee balken: hoeveel huishoudens haar hebben, en hoeveel dat er bij toeval zouden zijn. De aantallen staan in de tabel hieronder.",
		[]string{"huishoudens", "verwacht bij toeval"}, groups)
}

// CostTable is what households with each cocktail cost, and all others.
func (p *page) CostTable() *tableView {
	t := &tableView{Caption: "Gedeclareerde kosten in de laatste 12 maanden", Figures: "vrij/cocktail_kosten/*/huishoudens,kosten_ct,gemiddeld_ct",
		Columns: []string{"Cocktail", "Aantal|getal|Met de hele cocktail", "Kosten|euro|Met de hele cocktail",
			"Gemiddeld|euro|Met de hele cocktail", "Aantal|getal|Alle andere huishoudens", "Gemiddeld|euro|Alle andere huishoudens"}}
	for _, c := range p.Cocktails() {
		vol, rest := p.cost(c.ID, vrij.Vol), p.cost(c.ID, vrij.Overig)
		if vol == nil && rest == nil {
			continue
		}
		if vol == nil {
			vol = &vrij.CocktailKosten{}
		}
		if rest == nil {
			rest = &vrij.CocktailKosten{}
		}
		t.Row(c.Naam, vol.Huishoudens, vol.KostenCt, vol.GemiddeldCt, rest.Huishoudens, rest.GemiddeldCt)
	}
	return t.or()
}

func (p *page) cost(cocktail, part string) *vrij.CocktailKosten {
	for i := range p.T.CocktailKosten {
		if c := &p.T.CocktailKosten[i]; c.Cocktail == cocktail && c.Deel == part {
			return c
		}
	}
	return nil
}

// obstacles are the rows of hindernis of one kind: per obstacle over all parties, per party over all plans, or of both.
func (p *page) obstacles(byObstacle, byParty bool) (out []vrij.Hindernis) {
	for _, h := range p.T.Hindernis {
		if (h.Hindernis != vrij.Alle) == byObstacle && (h.Partij != vrij.Alle) == byParty {
			out = append(out, h)
		}
	}
	slices.SortStableFunc(out, func(a, b vrij.Hindernis) int {
		count := byCount(a.Plannen, b.Plannen)
		if byParty {
			count = cmp.Or(byCount(a.Afwijzingen, b.Afwijzingen), count)
		}
		return cmp.Or(count, strings.Compare(a.Hindernis, b.Hindernis), strings.Compare(a.Partij, b.Partij))
	})
	return out
}

// every is the row of all plans and all parties; nil where there is none.
func (p *page) every() *vrij.Hindernis {
	if rows := p.obstacles(false, false); len(rows) > 0 {
		return &rows[0]
	}
	return nil
}

// who is the party that is shown to refuse most plans with an obstacle; nil where none is shown.
func (p *page) who(obstacle string) *vrij.Hindernis {
	for _, h := range p.obstacles(true, true) {
		if h.Hindernis == obstacle && h.Afwijzingen != nil && *h.Afwijzingen > 0 && h.Partij != vrij.NietGenoemd {
			return &h
		}
	}
	return nil
}

// ObstacleTable is what stands in the way of plans, and who says no most.
func (p *page) ObstacleTable() *tableView {
	t := &tableView{Caption: "Wat plannen in de weg staat", Figures: "vrij/hindernis/*/plannen,afwijzingen,mediaan_dagen",
		Columns: []string{"Hindernis", "Plannen|getal", "Afgewezen|getal", "Dagen tot akkoord (mediaan)|r", "Zegt het vaakst nee"}}
	for _, h := range append(p.obstacles(true, false), p.obstacles(false, false)...) {
		row := html.Row{Cells: []any{nl.Capital(nl.Word("hindernis", h.Hindernis)), h.Plannen, h.Afwijzingen, daysOf(h.Mediaan), any(nil)}}
		if h.Hindernis == vrij.Alle {
			row.Class, row.Cells[4] = "totaal", ""
		} else if who := p.who(h.Hindernis); who != nil {
			row.Cells[4] = nl.Capital(nl.Word("partij", who.Partij)) + ": " + nl.Int(*who.Afwijzingen) + " keer"
		}
		t.Rows = append(t.Rows, row)
	}
	return t.or()
}

// PartyTable is who decides, and what they decide.
func (p *page) PartyTable() *tableView {
	t := &tableView{Caption: "Wie over plannen beslist", Figures: "vrij/hindernis/alle/<partij>/plannen,afwijzingen,mediaan_dagen",
		Columns: []string{"Partij", "Plannen waarover besloten is|getal", "Afgewezen|getal", "Dagen tot eerste besluit (mediaan)|r"}}
	for _, h := range p.obstacles(false, true) {
		t.Row(nl.Capital(nl.Word("partij", h.Partij)), h.Plannen, h.Afwijzingen, daysOf(h.Mediaan))
	}
	return t.or()
}

// PartyFigure draws PartyTable; without an id there is nothing to draw.
func (p *page) PartyFigure() draw.Figure {
	var groups []draw.Group
	for _, h := range p.obstacles(false, true) {
		if g := group(nl.Capital(nl.Word("partij", h.Partij)), h.Plannen, h.Afwijzingen); shown(g) {
			groups = append(groups, g)
		}
	}
	if len(groups) == 0 {
		return draw.Figure{}
	}
	return bars("fig-partijen", "Over hoeveel plannen een partij besloot, en hoeveel zij er afwees",
		"Per partij twee balken. De aantallen staan in de tabel hieronder; een streep is een aantal dat niet getoond mag worden.", []string{"plannen", "afgewezen"}, groups)
}

// SourceTable is how far each kind of extract can be relied on.
func (p *page) SourceTable() *tableView {
	rows := slices.Clone(p.T.Bron)
	slices.SortStableFunc(rows, func(a, b vrij.Bron) int { return reports.ByKind(a.Kind, b.Kind) })
	t := &tableView{Class: "smal", Caption: "Wat de bronnen van de laatste 12 maanden laten zien", Figures: "vrij/bron/*/stand",
		Columns: []string{"Bron", "Te gebruiken", "Zonder deze bron weet niemand"}}
	for _, b := range rows {
		row := html.Row{Cells: []any{nl.Word("kind", b.Kind), nl.Capital(nl.Word("bronstand", b.Stand)), nl.Word("zonder", b.Kind)}}
		if b.Stand != vrij.BronHeel {
			row.Class = "let-op"
		}
		t.Rows = append(t.Rows, row)
	}
	return t.or()
}

// elsewhere are tables of the folder that this report shows nothing of: those of the page for the wethouder.
var elsewhere = []string{"effect", "effect_betaler", "uitkomst", "plan_totaal", "tevredenheid", "claim"}

// RecordTable is what was left out of each table.
func (p *page) RecordTable() *tableView {
	t := &tableView{Class: "smal", Caption: "Wat van elk onderdeel niet getoond is", Figures: "vrij/verslag/*/cellen,primair,secundair,stand",
		Columns: []string{"Onderdeel", "Cijfers|getal", "Te klein om te tonen|getal", "Mee verborgen|getal", "Zo getoond"}}
	for _, v := range p.T.Verslag {
		if slices.Contains(elsewhere, v.Tabel) {
			continue
		}
		shown := nl.Capital(nl.Word("vrijstand", v.Stand))
		if v.Reden != "" {
			shown += ". " + sentence(v.Reden)
		}
		t.Row(nl.Word("tabel", v.Tabel), v.Cellen, v.Primair, v.Secundair, shown)
	}
	return t.or()
}
