package werktafel

import (
	"cmp"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/nl"
	"stapel/reports/vrij"
)

// Most paths that a chart shows, on the page and on a sheet for the table; the table beside it has them all.
const (
	pagePaths  = 5
	sheetPaths = 3
)

// way is a path with its steps.
type way struct {
	vrij.Pad
	Steps []vrij.PadStap
}

// real says whether the order of the path was seen.
func (w way) real() bool {
	return w.Pad.Pad != vrij.AlVol && w.Pad.Pad != vrij.Onbekend && w.Pad.Pad != vrij.Overig
}

// ways are the paths into a cocktail, the commonest first; those of which the order was not seen come last.
func (p *page) ways(cocktail string) (out []way) {
	for _, row := range p.T.Pad {
		if row.Cocktail != cocktail {
			continue
		}
		w := way{Pad: row}
		for _, s := range p.T.PadStap {
			if s.Cocktail == cocktail && s.Pad == row.Pad {
				w.Steps = append(w.Steps, s)
			}
		}
		slices.SortFunc(w.Steps, func(a, b vrij.PadStap) int { return cmp.Compare(a.Stap, b.Stap) })
		out = append(out, w)
	}
	slices.SortStableFunc(out, func(a, b way) int {
		return cmp.Or(reports.ByFlag(!a.real(), !b.real()), byCount(a.Huishoudens, b.Huishoudens), strings.Compare(a.Pad.Pad, b.Pad.Pad))
	})
	return out
}

// name is a path in words.
func (w way) name() string {
	if !w.real() {
		return nl.Capital(nl.Word("pad", w.Pad.Pad))
	}
	parts := strings.Split(w.Pad.Pad, ">")
	for i, list := range parts {
		parts[i] = nl.Together(list)
	}
	return nl.Capital(strings.Join(append(parts, nl.Word("pad", vrij.Vol)), " → "))
}

// delay is how long the n-th step of a path took, from 1; nothing where it is not shown.
func (w way) delay(n int) *float64 {
	for _, s := range w.Steps {
		if s.Stap == int64(n) {
			return s.Mediaan
		}
	}
	return nil
}

// parts are the ingredients of a path in their order, those of one day together, and the end.
func (w way) parts() (out [][]string) {
	for list := range strings.SplitSeq(w.Pad.Pad, ">") {
		out = append(out, nl.Ingredients(list))
	}
	return append(out, []string{nl.Word("pad", vrij.Vol)})
}

// stepsText are the days of each step, of a path with steps.
func (w way) stepsText() string {
	if !w.real() || len(w.Steps) == 0 {
		return ""
	}
	parts := make([]string, len(w.Steps))
	for i, s := range w.Steps {
		to := nl.Word("pad", vrij.Vol)
		if s.Naar != vrij.Vol {
			to = nl.Together(s.Naar)
		}
		parts[i] = nl.Together(s.Van) + " → " + to + ": " + daysText(s.Mediaan)
	}
	return strings.Join(parts, "; ")
}

// PathFigure draws the commonest ways into a cocktail; without an id there is none to show.
func (p *page) PathFigure(cocktail reports.Cocktail) draw.Figure {
	return p.pathFigure(cocktail, pagePaths)
}

func (p *page) pathFigure(cocktail reports.Cocktail, most int) draw.Figure {
	var lanes []draw.Lane
	var highest int64
	for _, w := range p.ways(cocktail.ID) {
		if !w.real() || w.Huishoudens == nil || len(lanes) == most {
			continue
		}
		highest = max(highest, *w.Huishoudens)
		lane := draw.Lane{Label: nl.Count(*w.Huishoudens, "huishouden", "huishoudens"), Note: "duur niet te tonen", Share: share0(*w.Huishoudens, highest)}
		if w.Mediaan != nil {
			lane.Note = "tot vol: " + daysText(w.Mediaan)
		}
		for i, words := range w.parts() {
			step := draw.FlowStep{Words: words}
			if i > 0 {
				d := w.delay(i)
				step.Known, step.Delay = d != nil, "–"
				if d != nil {
					step.Delay = daysText(d)
				}
			}
			lane.Steps = append(lane.Steps, step)
		}
		lanes = append(lanes, lane)
	}
	if len(lanes) == 0 {
		return draw.Figure{}
	}
	f := draw.Flow("fig-wegen-"+cocktail.ID, cocktail.Naam,
		"De meest gegane wegen, elk een rij van onderdelen in de volgorde waarin zij voor het eerst te zien waren, met de mediaan van het aantal dagen ertussen. Alle wegen staan in de tabel.",
		lanes)
	hidden := func(l draw.Lane) bool {
		return slices.ContainsFunc(l.Steps[1:], func(s draw.FlowStep) bool { return !s.Known })
	}
	if slices.ContainsFunc(lanes, hidden) {
		dotted := draw.Stroked(draw.Ink, 1.4)
		dotted.Dash = "3 3"
		f.Legend = []draw.Key{{Label: "aantal dagen niet te tonen", Mark: draw.Mark(func(c *draw.Canvas) { c.Path("M0 6H12", dotted) })}}
	}
	return f
}

// share0 is a part of a whole.
func share0(part, whole int64) float64 {
	if whole <= 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// PathTable are all ways into a cocktail.
func (p *page) PathTable(cocktail reports.Cocktail) *tableView {
	t := &tableView{Class: "wegen", Caption: "Alle wegen naar: " + cocktail.Naam, Figures: "vrij/pad/*/huishoudens,mediaan_dagen vrij/pad_stap/*/mediaan_dagen",
		Columns: []string{"Weg", "Huishoudens|getal", "Dagen tot vol (mediaan)|r", "Dagen per stap (mediaan)"}}
	for _, w := range p.ways(cocktail.ID) {
		whole := daysOf(w.Mediaan)
		if w.Pad.Pad == vrij.AlVol || w.Pad.Pad == vrij.Onbekend { // nobody saw it begin
			whole = "n.v.t."
		}
		t.Row(w.name(), w.Huishoudens, whole, w.stepsText())
	}
	return t.or()
}

// pageOrders is how many rows of the table of orders the page has.
const pageOrders = 20

// orders are the pairs of ingredients, each in the direction that was seen most, the commonest first.
func (p *page) orders() (out []vrij.Overgang) {
	for _, o := range p.T.Overgang {
		reverse := slices.IndexFunc(p.T.Overgang, func(r vrij.Overgang) bool { return r.Van == o.Naar && r.Naar == o.Van })
		if reverse >= 0 {
			if c := cmp.Or(byCount(o.Huishoudens, p.T.Overgang[reverse].Huishoudens), strings.Compare(o.Van, o.Naar)); c > 0 {
				continue
			}
		}
		out = append(out, o)
	}
	slices.SortStableFunc(out, func(a, b vrij.Overgang) int {
		return cmp.Or(byCount(a.Huishoudens, b.Huishoudens), strings.Compare(a.Van, b.Van), strings.Compare(a.Naar, b.Naar))
	})
	return out
}

// order is one direction of a pair; nil where the table does not have it.
func (p *page) order(from, to string) *vrij.Overgang {
	for i := range p.T.Overgang {
		if p.T.Overgang[i].Van == from && p.T.Overgang[i].Naar == to {
			return &p.T.Overgang[i]
		}
	}
	return nil
}

// before are what showed before an ingredient, the commonest first.
func (p *page) before(last string) (out []vrij.Overgang) {
	for _, o := range p.T.Overgang {
		if o.Naar == last && o.Huishoudens != nil {
			out = append(out, o)
		}
	}
	slices.SortStableFunc(out, func(a, b vrij.Overgang) int {
		return cmp.Or(byCount(a.Huishoudens, b.Huishoudens), strings.Compare(a.Van, b.Van))
	})
	return out
}

// OrderTable is what showed before what.
func (p *page) OrderTable() *tableView {
	t := &tableView{Class: "smal", Caption: "Wat eerst te zien was, en wat daarna",
		Figures: "vrij/overgang/*/huishoudens,omgekeerd,gelijk,niet_te_beoordelen,mediaan_dagen,p25_dagen,p75_dagen",
		Columns: []string{"Eerst", "Daarna", "Huishoudens|getal", "Andersom|getal", "Op dezelfde dag|getal",
			"Volgorde niet te beoordelen|getal", "Mediaan|r|Dagen ertussen", "Een kwart korter dan|r|Dagen ertussen", "Een kwart langer dan|r|Dagen ertussen"}}
	all := p.orders()
	for _, o := range all[:min(len(all), pageOrders)] {
		t.Row(nl.Capital(nl.Word("ingredient", o.Van)), nl.Capital(nl.Word("ingredient", o.Naar)), o.Huishoudens, o.Omgekeerd, o.Gelijk, o.NietTeBeoordelen, daysOf(o.Mediaan), daysOf(o.P25),
			daysOf(o.P75))
	}
	if len(all) > pageOrders {
		t.Notes = append(t.Notes, "De paren die het meest voorkomen; alle staan in csv/overgang.csv.")
	}
	return t.or()
}
