package analist

import (
	"fmt"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/nl"
)

// funnelStep is a rule of the selection and the households that are left after it and the rules before it.
type funnelStep struct {
	reports.Regel
	tally
}

func newFunnel(run reports.Run) []funnelStep {
	out := make([]funnelStep, len(run.Regels))
	for i, rule := range run.Regels {
		out[i].Regel = rule
	}
	return out
}

// narrow counts a household at every step up to the first rule that it does not meet.
func (r *ranking) narrow(row *rankSum) {
	fails := strings.Split(row.RedenNiet, "|")
	for i := range r.Funnel {
		if slices.Contains(fails, r.Funnel[i].Naam) {
			return
		}
		r.Funnel[i].add(row.T0Ct)
	}
}

// stepView is a step of the funnel as the page shows it.
type stepView struct {
	Asks  string
	N, Ct int64
	Share float64 // of all households
	Note  string  // that the rule was not judged, or not wholly
}

// Funnel are the steps from all households to those in aanmerking.
func (p *page) Funnel() []stepView {
	r := p.F.Ranking
	out := []stepView{{Asks: "alle huishoudens op de ranglijst", N: r.N, Ct: r.T0Ct, Share: 1}}
	for _, step := range r.Funnel {
		view := stepView{Asks: step.Vraagt, N: step.N, Ct: step.Ct}
		if r.N > 0 {
			view.Share = float64(step.N) / float64(r.N)
		}
		switch v := p.F.Seen.Sources.Judge(p.Run.Needs(step.Needs)); {
		case v.Unknown():
			view.Note = "niet te beoordelen; " + v.Why()
		case !v.Known():
			view.Note = "niet geheel te beoordelen; " + v.Why()
		}
		out = append(out, view)
	}
	return out
}

// Unjudged names the rules that could not be judged, or not wholly.
func (p *page) Unjudged() (names []string) {
	for _, step := range p.F.Ranking.Funnel {
		if v := p.F.Seen.Sources.Judge(p.Run.Needs(step.Needs)); !v.Known() {
			names = append(names, step.Vraagt)
		}
	}
	return names
}

// costBand are the households between two costs, by the number of their cocktails that are vol.
type costBand struct {
	FromCt int64 // and above, up to the band before it
	Label  string
	N      [3]int64 // with none, one, and more cocktails
}

// newMatrix makes bands from the threshold down.
func newMatrix(threshold int64) []costBand {
	var out []costBand
	above := ""
	for _, part := range []int64{1, 2, 4, 10} {
		from := threshold / part
		label := "op of boven " + nl.EuroWhole(from)
		if above != "" {
			label = nl.EuroWhole(from) + " tot " + above
		}
		out = append(out, costBand{FromCt: from, Label: label})
		above = nl.EuroWhole(from)
	}
	return append(out, costBand{FromCt: -1 << 62, Label: "onder " + above})
}

// place counts a household in its band.
func (r *ranking) place(row *rankSum) {
	n := 0
	if row.Cocktails != "" {
		n = min(2, 1+strings.Count(row.Cocktails, "|"))
	}
	for i := range r.Matrix {
		if row.T0Ct >= r.Matrix[i].FromCt {
			r.Matrix[i].N[n]++
			return
		}
	}
}

// Meeting says how far the costliest households and those with a cocktail are the same; empty where there is nothing to say.
func (p *page) Meeting() string {
	r := p.F.Ranking
	if len(r.Matrix) == 0 || r.At.N == 0 || r.WithCocktail == 0 {
		return ""
	}
	both := r.Matrix[0].N[1] + r.Matrix[0].N[2]
	text := ""
	if v, err := p.Know("ranglijst.cocktails"); err == nil && v.Silent() {
		text = "Voor zover te zien. "
	}
	return text + fmt.Sprintf("Van de %s op of boven %s %s een volledige cocktail; van de %s met een volledige cocktail %s op of boven dat bedrag.",
		nl.Count(r.At.N, "huishouden", "huishoudens"), nl.EuroWhole(p.Run.DrempelCt), nl.Form(both, "heeft er 1", "hebben er "+nl.Int(both)),
		nl.Count(r.WithCocktail, "huishouden", "huishoudens"), nl.Form(both, "zit er 1", "zitten er "+nl.Int(both)))
}

// card is a candidate as page one shows it.
type card struct {
	rankRow
	page    *page
	Facts   []string // what there is to know beside cost
	Caveats []string // what is unknown of it
}

// Cards are the first candidates.
func (p *page) Cards() (out []card) {
	for _, row := range p.F.Ranking.Rows {
		if !row.InAanmerking {
			continue
		}
		if len(out) == pageCards {
			break
		}
		out = append(out, p.card(row))
	}
	return out
}

func (p *page) card(row rankRow) card {
	c := card{rankRow: row, page: p}
	known := func(figure string) bool {
		v, err := p.Know(figure)
		return err == nil && v.Known()
	}
	c.Facts = append(c.Facts, "kosten uit "+nl.Count(row.Domeinen, "domein", "domeinen"))
	switch {
	case known("ranglijst.voorzieningen"):
		c.Facts = append(c.Facts, nl.Count(row.Voorzieningen, "lopende voorziening", "lopende voorzieningen"))
	case row.Voorzieningen > 0:
		c.Facts = append(c.Facts, "minstens "+nl.Count(row.Voorzieningen, "lopende voorziening", "lopende voorzieningen"))
	default:
		c.Caveats = append(c.Caveats, "welke voorzieningen lopen is onbekend")
	}
	c.Facts = append(c.Facts, nl.Count(row.Aanbieders, "aanbieder", "aanbieders"))
	if row.JarenBovenDrempel > 1 {
		c.Facts = append(c.Facts, fmt.Sprintf("%d van de 3 jaren op of boven %s", row.JarenBovenDrempel, nl.EuroWhole(p.Run.DrempelCt)))
	}
	if row.Veldmelding {
		c.Facts = append(c.Facts, "ook gemeld door een professional")
	}
	switch {
	case row.Cocktails != "":
		c.Facts = append(c.Facts, "cocktail: "+p.CocktailNames(row.Cocktails))
	case known("ranglijst.cocktails") && row.ZvwGedekt == "ja":
		c.Facts = append(c.Facts, "geen volledige cocktail")
	default:
		c.Caveats = append(c.Caveats, "geen volledige cocktail gezien, maar niet elke bron dekt dit huishouden")
	}
	if row.ZvwGedekt != "ja" {
		c.Caveats = append(c.Caveats, nl.Word("zvw_gedekt", row.ZvwGedekt))
	}
	if !known("ranglijst.in_maatwerk") {
		c.Caveats = append(c.Caveats, "of er al een maatwerkplan is, is onbekend")
	}
	if p.TooBig(row) {
		c.Caveats = append(c.Caveats, "onwaarschijnlijk groot: "+nl.Count(row.H.Personen, "persoon", "personen"))
	}
	return c
}

// Family describes the household of a card.
func (c card) Family() string { return c.page.Family(c.rankRow) }

// Place is where the household of a card lives.
func (c card) Place() string {
	if c.H == nil {
		return ""
	}
	place := c.page.Gemeente(c.H.Gemeente)
	if c.H.Wijk != "" {
		place += ", " + c.page.Run.Namen.Wijk(c.H.Wijk)
	}
	return place
}

// Amounts are the parts of the cost of a card.
func (c card) Amounts() costParts { return c.page.Amounts(c.rankRow) }

// FullCt is the cost of the longest bar.
func (c card) FullCt() int64 { return c.page.TopFullCt }

// matrixRow is a band with its cells as shown.
type matrixRow struct {
	Label string
	Cells [3]any
}

// MatrixRows are the bands by the number of cocktails that are vol; what is zero while not every cocktail could be judged is unknown.
func (p *page) MatrixRows() (out []matrixRow, err error) {
	for _, band := range p.F.Ranking.Matrix {
		row := matrixRow{Label: band.Label}
		for i, n := range band.N {
			if row.Cells[i] = n; i == 0 {
				continue
			}
			if row.Cells[i], err = p.Shown("ranglijst.cocktails", n); err != nil {
				return nil, err
			}
		}
		out = append(out, row)
	}
	return out, nil
}
