// Package patronen is the chapter on patterns of the analyst's report: a page of its own and the marts behind it, for the CSV files and the
// workbook. It shows no household. Its numbers are raw: what leaves the organisation goes through disclosure control first, into the report
// of the werktafel.
package patronen

import (
	"embed"
	"html/template"
	"io"
	"slices"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/html"
	"stapel/reports/nl"
	"stapel/reports/seen"
	"stapel/reports/table"
	"stapel/transforms"
)

//go:embed templates
var embedded embed.FS

// FileName is the page, beside that of the report.
const FileName = "patronen.html"

// level is that of the page: raw aggregates.
const level = transforms.LevelTotaal

// page is what the template gets.
type page struct {
	Title  string
	Footer template.HTML
	Run    reports.Run
	W      reports.Windows
	Style  template.CSS
	*Facts
	in seen.Sources
}

// Write writes the page. in says how far each kind of extract can be relied on.
func Write(out *reports.Writer, run reports.Run, w reports.Windows, in seen.Sources, f *Facts) error {
	templates, style, err := reports.Templates(embedded, level, "patronen.css")
	if err != nil {
		return err
	}
	p := &page{Title: "patronen", Footer: "Ruwe aantallen zonder huishoudens: voor intern gebruik, niet delen.", Run: run, W: w,
		Style: style, Facts: f, in: in}
	return out.Write(FileName, level, func(dst io.Writer) error { return html.Execute(dst, templates, "patronen", p) })
}

// Know says whether a figure, a mart and a column with a point between, is known.
func (p *page) Know(figure string) (seen.Verdict, error) { return p.in.Figure(p.Run, figure) }

// lack is an ingredient of which nobody can say of everyone that it is absent.
type lack struct{ Name, Why string }

// Lacks are the ingredients whose absence cannot be told, of nobody (silent) or not of everybody, each with the sources that are the reason.
func (p *page) Lacks(silent bool) (out []lack) {
	var names []string
	for name := range p.Run.IngredientKinds {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		v := p.in.Judge(transforms.Needs{All: p.Run.IngredientKinds[name]})
		if !v.Known() && v.Unknown() == silent {
			out = append(out, lack{nl.Word("ingredient", name), v.Why()})
		}
	}
	return out
}

// Cocktails are those of the configuration, and after them those that only the marts know.
func (p *page) Cocktails() []reports.Cocktail {
	out := slices.Clone(p.Run.Cocktails)
	add := func(id string) {
		if !slices.ContainsFunc(out, func(c reports.Cocktail) bool { return c.ID == id }) {
			out = append(out, reports.Cocktail{ID: id, Naam: id})
		}
	}
	for _, g := range p.Groups {
		add(g.Cocktail)
	}
	for _, w := range p.Paths {
		add(w.Cocktail)
	}
	return out
}

// tableView is a table of the page.
type tableView struct {
	Class, Caption string
	Columns        []string // as tableof of package html takes them
	html.Body
	Search bool // it can be sorted and searched: it has no groups
	Notes  []string
	Figure string // what a figure of the table is called: its mart and key; empty where the page says it
	Shows  string // its columns, with a comma between
	Also   string // other figures that it shows, as patterns of package cijfer
	From   string // figures that it reckons with, as such patterns
	File   string // CSV file with all rows
}

// Figures are the patterns of all figures that the table shows.
func (t *tableView) Figures() string { return html.Patterns(t.Figure, t.Shows, t.Also) }

// or is the table, nil without rows.
func (t *tableView) or() *tableView {
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// known is a value for a cell, or that it is unknown: a zero too where something that would add to it says nothing.
func known(v seen.Verdict, value any) any {
	if v.Hides(value) {
		return template.HTML(`<span class="onbekend">` + table.UnknownWord + `</span>`)
	}
	return value
}

// mean is an amount for each, half away from zero; nil without any.
func mean(ct, n int64) *int64 {
	if n <= 0 {
		return nil
	}
	half := n / 2
	if ct < 0 {
		half = -half
	}
	m := (ct + half) / n
	return &m
}

// bars draws groups of counts.
func bars(id, title, desc string, names []string, groups []draw.Group) draw.Figure {
	if len(groups) == 0 {
		return draw.Figure{}
	}
	return draw.GroupedBars(id, title, desc, names, groups)
}
