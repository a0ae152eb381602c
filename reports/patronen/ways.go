package patronen

import (
	"fmt"
	"strings"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/nl"
)

// Most rows of the tables of orders and ways, and ways of a chart.
const (
	pageOrders = 30
	pageWays   = 12
	pagePaths  = 4
)

// OrderTable is what showed before what: each pair once, the commoner order first, and the other beside it.
func (p *page) OrderTable() *tableView {
	t := &tableView{Class: "smal", Caption: "Wat eerst te zien was, en wat daarna", Search: true, Figure: "overgang/<van_ingredient>/<naar_ingredient>",
		Shows: "huishoudens,mediaan_dagen,p25_dagen,p75_dagen,omgekeerd,gelijk,niet_te_beoordelen,aandeel,ondergrens,bovengrens,p_waarde", File: "overgang",
		Columns: []string{"Eerst", "Daarna", "Huishoudens|getal", "Dagen, mediaan en kwartielen|r", "Andersom|getal", "Andersom, dagen|r", "Op dezelfde dag|getal", "Niet te beoordelen|getal",
			"Aandeel (95%-interval)|r", "p|r"}}
	all := 0
	for i, o := range p.Orders {
		if i > 0 && p.Orders[i-1].Van == o.Naar && p.Orders[i-1].Naar == o.Van { // the other side of the pair above
			continue
		}
		if all++; all > pageOrders {
			continue
		}
		back := Order{}
		if i+1 < len(p.Orders) && p.Orders[i+1].Van == o.Naar && p.Orders[i+1].Naar == o.Van {
			back = p.Orders[i+1]
		}
		t.Row(nl.Capital(nl.Together(o.Van)), nl.Capital(nl.Together(o.Naar)), o.Huishoudens, stacked(round, o.Mediaan, o.P25, o.P75), o.Omgekeerd, stacked(round, back.Mediaan, back.P25, back.P75),
			o.Gelijk, o.Ntb, stacked(nl.Percent, o.Aandeel, o.Ondergrens, o.Bovengrens), chance(o.P))
	}
	if all > pageOrders {
		t.Caption += fmt.Sprintf(": de %d paren met de meeste huishoudens, van %s", pageOrders, nl.Int(int64(all)))
	}
	return t.or()
}

func round(x float64) string { return nl.Number(x, 0) }

// ways are those into a cocktail, in their order.
func (p *page) ways(cocktail string) (out []Path) {
	for _, w := range p.Paths {
		if w.Cocktail == cocktail {
			out = append(out, w)
		}
	}
	return out
}

// stepsOf are the steps of a way.
func (p *page) stepsOf(w Path) (out []Step) {
	for _, s := range p.Steps {
		if s.Cocktail == w.Cocktail && s.Pad == w.Pad {
			out = append(out, s)
		}
	}
	return out
}

// PathFigure draws the commonest ways into a cocktail; without an id none was seen.
func (p *page) PathFigure(c reports.Cocktail) draw.Figure {
	var lanes []draw.Lane
	var most int64
	for _, w := range p.ways(c.ID) {
		if !w.Seen() || len(lanes) == pagePaths {
			continue
		}
		most = max(most, w.Huishoudens, 1)
		lane := draw.Lane{Label: nl.Count(w.Huishoudens, "huishouden", "huishoudens"), Share: float64(w.Huishoudens) / float64(most)}
		if w.Mediaan != nil {
			lane.Note = "tot vol: " + nl.Days(*w.Mediaan)
		}
		took := map[int64]*float64{}
		for _, s := range p.stepsOf(w) {
			took[s.Stap] = s.Mediaan
		}
		for i, list := range append(strings.Split(w.Pad, ">"), whole) {
			step := draw.FlowStep{Words: nl.Ingredients(list)}
			if list == whole {
				step.Words = []string{nl.Word("pad", whole)}
			}
			if d := took[int64(i)]; d != nil {
				step.Delay, step.Known = nl.Days(*d), true
			}
			lane.Steps = append(lane.Steps, step)
		}
		lanes = append(lanes, lane)
	}
	if len(lanes) == 0 {
		return draw.Figure{}
	}
	return draw.Flow("fig-wegen-"+c.ID, c.Naam, "De meest gegane wegen, elk een rij van onderdelen in de volgorde waarin zij voor het eerst te zien waren, met de mediaan van het aantal "+
		"dagen ertussen. De wegen staan in de tabel hieronder.", lanes)
}

// PathTable are the ways into a cocktail, and how many households it became vol in without a way that was seen.
func (p *page) PathTable(c reports.Cocktail) *tableView {
	t := &tableView{Class: "smal wegen", Caption: "Wegen naar: " + c.Naam,
		Also:    "pad/*/huishoudens,mediaan_dagen,p25_dagen,p75_dagen pad_stap/*/mediaan_dagen,p25_dagen,p75_dagen",
		Columns: []string{"Weg", "Huishoudens|getal", "Dagen tot vol, mediaan (kwartielen)|r", "Dagen per stap, mediaan (kwartielen)"}}
	shown, all := 0, 0
	for _, w := range p.ways(c.ID) {
		if !w.Seen() {
			t.Row(nl.Capital(way(w.Pad)), w.Huishoudens, "n.v.t.", "")
			continue
		}
		if all++; shown == pageWays {
			continue
		}
		shown++
		var steps []string
		for _, s := range p.stepsOf(w) {
			to := nl.Word("pad", whole)
			if s.Naar != whole {
				to = nl.Together(s.Naar)
			}
			steps = append(steps, nl.Together(s.Van)+" → "+to+": "+span(round, s.Mediaan, s.P25, s.P75))
		}
		t.Row(nl.Capital(way(w.Pad)), w.Huishoudens, span(round, w.Mediaan, w.P25, w.P75), strings.Join(steps, "; "))
	}
	if shown < all {
		t.Caption += fmt.Sprintf(" (de %d meest gegane van %s)", shown, nl.Int(int64(all)))
	}
	return t.or()
}
