package analist

import (
	"fmt"
	"html/template"
	"strings"

	"stapel/reports/nl"
	"stapel/reports/seen"
	"stapel/reports/table"
)

// What is unknown is said by one mechanism: a column of a mart says in its header which kinds it needs, the run says how far it can rely on
// each, and every tile, sentence, table and file asks here before it shows a figure.

// Know says whether a figure is known.
func (p *page) Know(figure string) (seen.Verdict, error) {
	return p.F.Seen.Sources.Figure(p.Run, figure)
}

// Shown is a value of a figure for a cell or a sentence: the value, or that it is unknown. What is zero while something that would add to
// it says nothing is unknown too.
func (p *page) Shown(figure string, value any) (any, error) {
	v, err := p.Know(figure)
	if err != nil {
		return nil, err
	}
	if v.Hides(value) {
		return p.Unknown(), nil
	}
	return value, nil
}

// tile is a key figure.
type tile struct {
	Value, Label string
	Note         string // why it is unknown, or not the whole
	ID           string // of the figure that it is; empty: it was reckoned
	From         string // from which figures, as a pattern
}

// Tile is a key figure of a mart, named by its id, or by mart and column with a point between where it is reckoned from that column; text is how the
// value is written.
func (p *page) Tile(figure string, value int64, text, label string) (tile, error) {
	t := tile{Value: text, Label: label}
	name, column, reckoned := strings.Cut(figure, ".")
	if reckoned {
		t.From = name + "/*/" + column
	} else {
		name, column, t.ID = figure[:strings.Index(figure, "/")], figure[strings.LastIndex(figure, "/")+1:], figure
	}
	v, err := p.Know(name + "." + column)
	if err != nil {
		return tile{}, err
	}
	switch {
	case v.Hides(value):
		t.Value, t.Note, t.ID, t.From = table.UnknownWord, v.Why(), "", ""
	case !v.Known():
		t.Note = "niet volledig; " + v.Why()
	}
	return t, nil
}

// CocktailTile is how many households have a cocktail that is vol, and how many cannot be judged.
func (p *page) CocktailTile() tile {
	c := p.F.Cocktails
	t := tile{Value: nl.Int(c.Households), Label: nl.Form(c.Households, "huishouden met een volledige giftige cocktail", "huishoudens met een volledige giftige cocktail"), From: "cocktail/*/status,actief"}
	low, high := c.openVerdicts()
	switch {
	case high == 0:
	case c.Households == 0:
		t.Value, t.Note = table.UnknownWord, fmt.Sprintf("geen gezien; per cocktail niet te beoordelen: %s", span(low, high))
	default:
		t.Note = "per cocktail niet te beoordelen: " + span(low, high)
	}
	return t
}

func span(low, high int64) string {
	if low == high {
		return nl.Int(high)
	}
	return nl.Int(low) + " tot " + nl.Int(high)
}

// openVerdicts are the fewest and the most households of which a cocktail cannot be judged.
func (c *cocktails) openVerdicts() (low, high int64) {
	first := true
	for _, st := range c.Stats {
		v := st.Verdict
		if v == nil {
			continue
		}
		open := v.Onbekend + v.NietTeBeoordelen
		if first || open < low {
			low = open
		}
		high, first = max(high, open), false
	}
	return low, high
}

// lack is a kind that says nothing in this run, and what nobody can say without it.
type lack struct {
	Kind, Phrase, Means string
}

// Lacks are the kinds that say nothing in this run while a figure needs them.
func (p *page) Lacks() (out []lack) {
	for _, s := range p.F.Seen.Sources.Lacking(p.Run.Kinds) {
		if s.Kind == "zvw_verzekerde" && !p.Uninsured() {
			continue // the insurers say that they deliver everyone
		}
		out = append(out, lack{s.Kind, s.Phrase(), nl.Word("zonder", s.Kind)})
	}
	return out
}

// NoExclusions says that nobody said who must not be shown: households with a secret address may be in this report.
func (p *page) NoExclusions() bool { return p.F.Seen.Sources.NobodyExcluded() }

// Uninsured says that claims were delivered and of no household is known whether the insurer that delivers insures it.
func (p *page) Uninsured() bool {
	r := p.F.Ranking
	return p.F.Seen.Sources != nil && p.F.Seen.Sources.Of("zvw_declaratie").Reach != seen.ReachAbsent && r.N > 0 && r.InsuredUnknown == r.N
}

// Unknown is what stands in a cell where a figure would.
func (p *page) Unknown() template.HTML {
	return template.HTML(`<span class="onbekend">` + table.UnknownWord + `</span>`)
}

// CocktailCell is what the ranking says of the cocktails of a household: the names of those that are vol, or that they cannot be told.
func (p *page) CocktailCell(r rankRow) (any, error) {
	if r.Cocktails != "" {
		return p.CocktailNames(r.Cocktails), nil
	}
	return p.Shown("ranglijst.cocktails", "")
}

// ProvisionCell is how many provisions a household has, or that it is unknown.
func (p *page) ProvisionCell(r rankRow) (any, error) {
	v, err := p.Shown("ranglijst.voorzieningen", r.Voorzieningen)
	if n, ok := v.(int64); ok {
		return nl.Int(n), err
	}
	return v, err
}

// Priced says what was estimated at a fixed price, or that it is unknown; empty when there is nothing of the kind.
func (p *page) Priced() (string, error) {
	v, err := p.Know("ranglijst.geprijsd_t0_ct")
	switch ct := p.F.Ranking.GeprijsdCt; {
	case err != nil:
		return "", err
	case v.Unknown():
		return "Wat schuldhulp kost is onbekend: " + v.Why() + ".", nil
	case ct == 0:
		return "", nil
	default:
		return "Daarnaast is " + nl.EuroWhole(ct) + " geschat, met een vaste prijs, voor hulp waarvan geen bedrag wordt aangeleverd; dat staat overal apart.", nil
	}
}

// LinkSentence says how many persons of a kind are found.
func (p *page) LinkSentence(l seen.Link) string { return l.Sentence(p.Gemeente) }
