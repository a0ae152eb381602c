package patronen

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	"stapel/reports/draw"
	"stapel/reports/html"
	"stapel/reports/nl"
	"stapel/reports/seen"
)

// Most rows of the tables of combinations, and bars of the chart.
const (
	pageSets  = 25
	pageBlind = 10
	setBars   = 8
	barLeast  = 5 // households of a bar: of fewer the chart says nothing
)

// falseShare is which share of the combinations that are called more frequent than by chance may be so by chance (Benjamini and Hochberg 1995).
const falseShare = 0.05

// Often says that the combination is more frequent than by chance, after the correction for how many were looked at.
func (s Set) Often() bool { return s.Q != nil && *s.Q <= falseShare }

// sets are the combinations of which something is asked, in their order.
func (p *page) sets(want func(Set) bool) (out []Set) {
	for _, s := range p.Sets {
		if want(s) {
			out = append(out, s)
		}
	}
	return out
}

// SetsOf are the combinations that no cocktail is named after, of ingredients of cocktails alone or with others, surest first.
func (p *page) SetsOf(basis bool) (*tableView, error) {
	list := p.sets(func(s Set) bool { return s.Cocktail == "" && s.Basis == basis && s.LiftLaag != nil })
	caption := "Zonder naam, alleen onderdelen van cocktails"
	if !basis {
		caption = "Zonder naam, met andere onderdelen erbij"
	}
	return p.setTable(caption, list)
}

// NamedSets are the combinations that are those of a cocktail, with their place among all of their kind.
func (p *page) NamedSets() (*tableView, error) {
	return p.setTable("De cocktails zelf", p.sets(func(s Set) bool { return s.Cocktail != "" }))
}

// BlindSets are combinations of which there is no expectation, the most frequent first.
func (p *page) BlindSets() *tableView {
	list := p.sets(func(s Set) bool { return s.LiftLaag == nil && s.Cocktail == "" && s.Huishoudens > 0 })
	slices.SortStableFunc(list, func(a, b Set) int { return int(b.Huishoudens - a.Huishoudens) })
	t := &tableView{Caption: "Wel gezien, zonder verwachting", Columns: []string{"Combinatie", "Huishoudens|getal", "Niet te beoordelen|getal"}, Figure: "patroon/<combinatie>", Shows: "huishoudens,niet_te_beoordelen", File: "patroon"}
	for _, s := range list[:min(len(list), pageBlind)] {
		t.Row(p.setName(s), s.Huishoudens, s.Ntb)
	}
	if len(list) > pageBlind {
		t.Caption += fmt.Sprintf(": %d van %s", pageBlind, nl.Int(int64(len(list))))
	}
	return t.or()
}

func (p *page) setTable(caption string, list []Set) (*tableView, error) {
	cost, err := p.Know("patroon.kosten_t0_ct")
	if err != nil {
		return nil, err
	}
	t := &tableView{Class: "smal combinaties", Caption: caption, Search: true, Figure: "patroon/<combinatie>",
		Shows: "rang,huishoudens,niet_te_beoordelen,waargenomen,beoordeeld,verwacht_huishoudens,lift,lift_laag,lift_hoog,q_waarde,gemiddeld_ct,kosten_t0_ct", File: "patroon",
		Columns: []string{"Plaats|getal", "Combinatie", "Huishoudens|getal", "Niet te beoordelen|getal", "Gezien, van wie te beoordelen is|r", "Verwacht bij toeval|r",
			"Keer zo vaak (95%-interval)|r", "q|r", "Vaker dan toeval|kies", "Kosten, gemiddeld|r"}}
	for _, s := range list[:min(len(list), pageSets)] {
		often := map[bool]string{true: "ja", false: "nee"}[s.Often()]
		if s.Q == nil {
			often = html.Dash
		}
		t.Row(s.Rang, p.setName(s), s.Huishoudens, s.Ntb, nl.Int(s.Waargenomen)+" van "+nl.Int(s.Beoordeeld), small(s.Verwacht), lifts(s), chance(s.Q), often,
			setCost(cost, s))
	}
	if len(list) > pageSets {
		t.Caption += fmt.Sprintf(": de eerste %d van %s", pageSets, nl.Int(int64(len(list))))
	}
	return t.or(), nil
}

// times is how many times as often, with a decimal where that says something.
func times(x float64) string {
	if x >= 100 {
		return nl.Number(x, 0)
	}
	return nl.Number(x, 1)
}

// lifts is how many times as often as expected, with its interval below it.
func lifts(s Set) any {
	if s.Lift == nil || s.LiftLaag == nil || s.LiftHoog == nil {
		return html.Dash
	}
	return html.Over(times(*s.Lift), times(*s.LiftLaag)+" – "+times(*s.LiftHoog))
}

// setCost is what households with the combination cost each, with the sum below it.
func setCost(v seen.Verdict, s Set) any {
	if s.GemiddeldCt == nil {
		return html.Dash
	}
	return known(v, html.Over(nl.AmountWhole(*s.GemiddeldCt), "samen "+nl.AmountWhole(s.KostenCt)))
}

// small is an expected number, of which one that is nearly none says so.
func small(x *float64) string {
	switch {
	case x == nil:
		return html.Dash
	case *x < 0.05:
		return "< 0,1"
	default:
		return nl.Number(*x, 1)
	}
}

// setName is a combination in words, with its key in the files, and the cocktails that it is or holds.
func (p *page) setName(s Set) template.HTML {
	esc := template.HTMLEscapeString
	out := esc(nl.Capital(nl.Together(s.Combinatie))) + `<small class="breek">` + esc(s.Combinatie) + "</small>"
	switch in := p.within(s); {
	case s.Cocktail != "":
		out += "<small>" + esc(cocktails(p.Run, s.Cocktail)) + "</small>"
	case in != "":
		out += `<small class="merk">met daarin: ` + esc(in) + "</small>"
	}
	return template.HTML(out)
}

// within are the cocktails of which a combination has all ingredients.
func (p *page) within(s Set) string {
	have := strings.Split(s.Combinatie, "+")
	var names []string
	for _, c := range p.Run.Cocktails {
		asked := slices.Concat(c.Ingredienten, c.Voorwaarden)
		if len(asked) > 0 && !slices.ContainsFunc(asked, func(in string) bool { return !slices.Contains(have, in) }) {
			names = append(names, c.Naam)
		}
	}
	return strings.Join(names, "; ")
}

// SetCounts says how many combinations there are, and how many of those without a name are more frequent than by chance.
func (p *page) SetCounts() string {
	named := len(p.sets(func(s Set) bool { return s.Cocktail != "" }))
	judged := len(p.sets(func(s Set) bool { return s.Cocktail == "" && s.Q != nil }))
	often := len(p.sets(func(s Set) bool { return s.Cocktail == "" && s.Often() }))
	return fmt.Sprintf("%s, waarvan %s met de onderdelen van een cocktail. Van de andere %s te toetsen; daarvan %s vaker voor dan bij toeval.",
		nl.Count(int64(len(p.Sets)), "combinatie", "combinaties"), nl.Int(int64(named)), nl.Form(int64(judged), "is er 1", "zijn er "+nl.Int(int64(judged))),
		nl.Form(int64(often), "komt er 1", "komen er "+nl.Int(int64(often))))
}

// SetFigure draws the surest combinations without a name beside what was expected; without an id there is none.
func (p *page) SetFigure() draw.Figure {
	var groups []draw.Group
	for _, s := range p.sets(func(s Set) bool {
		return s.Cocktail == "" && s.Often() && s.Verwacht != nil && s.Waargenomen >= barLeast
	}) {
		if len(groups) < setBars {
			groups = append(groups, draw.Group{Label: nl.Capital(nl.Together(s.Combinatie)), Counts: []int64{s.Waargenomen, int64(math.Round(*s.Verwacht))}})
		}
	}
	return bars("fig-combinaties", "Combinaties zonder naam die het zekerst vaker voorkomen dan bij toeval, bij minstens 5 huishoudens",
		"Per combinatie twee balken: hoeveel van de te beoordelen huishoudens haar hebben, en hoeveel dat er bij toeval zouden zijn. De aantallen staan in de tabellen hieronder.",
		[]string{"gezien", "verwacht bij toeval, afgerond"}, groups)
}
