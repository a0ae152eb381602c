// Package effect is the chapter of the analyst's report on what maatwerk did: a page of raw figures, a page with the households that were compared, and the marts behind
// both for the CSV files and the workbook. What leaves the organisation goes through disclosure control first, into the page for the wethouder.
package effect

import (
	"embed"
	"html/template"
	"io"
	"strings"

	"stapel/reports"
	"stapel/reports/html"
	"stapel/reports/nl"
	"stapel/reports/seen"
	"stapel/transforms"
)

//go:embed templates
var embedded embed.FS

// The pages, beside that of the report.
const (
	FileName       = "effect.html"
	HouseholdsFile = "effect_huishoudens.html"
)

// page is what the templates get.
type page struct {
	Title  string
	Footer template.HTML
	Run    reports.Run
	W      reports.Windows
	Style  template.CSS
	*Facts
	in seen.Sources
}

// Write writes both pages. in says how far each kind of extract can be relied on.
func Write(out *reports.Writer, run reports.Run, w reports.Windows, in seen.Sources, f *Facts) error {
	for _, d := range []struct {
		file, template, title string
		footer                template.HTML
		level                 transforms.Level
	}{
		{FileName, "effect", "effect van maatwerk", "Ruwe cijfers zonder huishoudens: voor intern gebruik, niet delen.", transforms.LevelTotaal},
		{HouseholdsFile, "effect_huishoudens", "vergeleken huishoudens", "Gegevens per huishouden: niet doorsturen.", transforms.LevelRij},
	} {
		templates, style, err := reports.Templates(embedded, d.level, "effect.css")
		if err != nil {
			return err
		}
		p := &page{Title: d.title, Footer: d.footer, Run: run, W: w, Style: style, Facts: f, in: in}
		if err := out.Write(d.file, d.level, func(dst io.Writer) error { return html.Execute(dst, templates, d.template, p) }); err != nil {
			return err
		}
	}
	return nil
}

// Know says whether a figure, a mart and a column with a point between, is known. Of a mart that the program does not make nothing is said.
func (p *page) Know(figure string) (seen.Verdict, error) {
	name, _, _ := strings.Cut(figure, ".")
	if !p.Has(name) {
		return seen.Verdict{}, nil
	}
	return p.in.Figure(p.Run, figure)
}

// Lacking are the kinds that this chapter needs and that say nothing, in words; empty when all do.
func (p *page) Lacking() string {
	v := p.in.Judge(p.Run.Needs([]string{"+" + transforms.NeedsGedeclareerd, "+maatwerk_plan", "+maatwerk_uitgave", "+maatwerk_meting", "+claim"}))
	return nl.Capital(v.Why())
}

// tableView is a table of a page.
type tableView struct {
	Class, Caption string
	Columns        []string // as tableof of package html takes them
	html.Body
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
