package show

import (
	"embed"
	"html/template"
	"io"
	"strings"

	"stapel/reports"
	"stapel/reports/html"
	"stapel/reports/nl"
	"stapel/transforms"
)

//go:embed templates
var embedded embed.FS

// page is what the template gets.
type page struct {
	View
	Style template.CSS
	When  string
	Parts []part
}

// part is a section of the page: a table with remarks.
type part struct {
	ID, Name, Title string
	Head            []string // as reports/html takes them
	Rows            [][]any
	Notes           []string
}

// Page writes the status as a page of HTML that needs nothing beside it.
func Page(w io.Writer, v View) error {
	templates, style, err := reports.Templates(embedded, transforms.LevelTotaal, "status.css")
	if err != nil {
		return err
	}
	p := page{View: v, Style: style, When: v.moment(v.Moment), Parts: []part{
		{ID: "k-runs", Name: "Runs", Title: "De laatste runs, de nieuwste eerst", Head: heads(v.runTable()), Rows: cells(v.runTable())},
		{ID: "k-bronnen", Name: "Bronnen", Title: "Leveringen per bron", Head: heads(v.feedTable()), Rows: cells(v.feedTable()), Notes: v.feedNotes()},
		{ID: "k-koppeling", Name: "Koppeling", Title: "Deel van de personen dat in de huishoudens te vinden is", Head: heads(v.linkTable()), Rows: cells(v.linkTable())},
		{ID: "k-tijden", Name: "Tijden", Title: "Seconden van de laatste run, en gewoonlijk: de mediaan van de runs ervoor", Head: heads(v.timeTable()), Rows: cells(v.timeTable())},
		{ID: "k-taken", Name: "Taken", Title: "Taken van jobs.yaml", Head: heads(v.jobTable()), Rows: cells(v.jobTable())},
	}}
	return html.Execute(w, templates, "status", p)
}

func heads(t grid) (out []string) {
	for _, c := range t.columns {
		kind := ""
		switch {
		case c.right:
			kind = "|r"
		case c.days:
			kind = "|dagen"
		}
		out = append(out, nl.Capital(c.name)+kind)
	}
	return out
}

func cells(t grid) (out [][]any) {
	for _, row := range t.rows {
		var line []any
		for _, cell := range row {
			if strings.TrimSpace(cell) == "" {
				cell = html.Dash
			}
			line = append(line, cell)
		}
		out = append(out, line)
	}
	return out
}
