// Package wethouder makes the one page on maatwerk for who decides about it: what was expected, what was seen, how sure that is, who gained, and what can't be said. It is
// safe to share, for it is made of the folder vrij of a run and of nothing else. Its sentences follow from the figures by rule.
package wethouder

import (
	"context"
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/html"
	"stapel/reports/nl"
	"stapel/reports/vrij"
	"stapel/transforms"
)

//go:embed templates
var embedded embed.FS

// level is that of the page.
const level = transforms.LevelVrij

// FileName is the page, in the folder of the werktafel.
const FileName = "wethouder.html"

// Write writes the page from the folder vrij of a run. An error names the table or the file.
func Write(ctx context.Context, folder fs.FS, run reports.Run, out *reports.Writer) error {
	if err := write(ctx, folder, run, out); err != nil {
		return fmt.Errorf("bladzijde voor de wethouder: %w", err)
	}
	return nil
}

func write(ctx context.Context, folder fs.FS, run reports.Run, out *reports.Writer) error {
	w, err := run.Windows()
	if err != nil {
		return err
	}
	tables, err := vrij.Read(ctx, folder)
	if err != nil {
		return err
	}
	templates, style, err := reports.Templates(embedded, level, "wethouder.css")
	if err != nil {
		return err
	}
	p := &page{Title: "maatwerk, op één bladzijde", Footer: "Zonder huishoudens, na controle op onthulling: vrij om te delen.", Run: run, W: w,
		Style: style, T: tables, F: FiguresOf(tables, run)}
	return out.Write(FileName, level, func(dst io.Writer) error { return html.Execute(dst, templates, "wethouder", p) })
}

// page is what the template gets.
type page struct {
	Title  string
	Footer string
	Run    reports.Run
	W      reports.Windows
	Style  template.CSS
	T      *vrij.Tables
	F      Figures
}

// Says are the five sentences.
func (p *page) Says() []Sentence { return Sentences(p.F) }

// Beforehand says of each origin by which analysis plan its verdict is; nothing where there is no verdict.
func (p *page) Beforehand() (out []string) {
	for _, o := range p.F.Origins {
		if o.Vooraf != "" {
			out = append(out, nl.Capital(short[o.Herkomst])+": "+o.Vooraf+".")
		}
	}
	return out
}

// Picture draws what was expected beside what was seen; without an id there is nothing that may be drawn.
func (p *page) Picture() draw.Figure {
	var rows []draw.Estimate
	for _, o := range p.F.Origins {
		for _, r := range []draw.Estimate{{Label: "verwacht", Value: o.Expected, Aside: true}, {Label: "voor en na (geen effect)", Value: o.BeforeAfter, Aside: true},
			{Label: "gezien", Value: o.Estimate, Low: o.Low, High: o.High}} {
			if r.Value != nil {
				r.Label = short[o.Herkomst] + ": " + r.Label
				rows = append(rows, r)
			}
		}
	}
	if len(rows) == 0 {
		return draw.Figure{}
	}
	return draw.Estimates("fig-wethouder", "Verwacht en gezien, euro per huishouden per jaar", "Per groep plannen wat vooraf was verwacht, wat de kosten erna min die ervoor zijn, en het verschil met "+
		"vergelijkbare huishoudens met het 95%-interval. De bedragen staan in de tabel hieronder.", "minder kosten", "meer kosten", rows)
}

// tableView is a table of the page: a cell that is nothing may not be shown.
type tableView struct {
	Caption string
	Columns []string
	html.Body
}

// Amounts is the picture in figures.
func (p *page) Amounts() *tableView {
	t := &tableView{Caption: "Euro per huishouden per jaar, onder nul is minder kosten", Columns: []string{"Plannen", "Huishoudens|getal", "Maanden gevolgd|getal", "Verwacht|bedrag", "Voor en na|bedrag", "Gezien|bedrag",
		"Van|bedrag|95%-interval", "Tot|bedrag|95%-interval", "Met de uitgaven erbij|bedrag", "Oordeel"}}
	for _, o := range p.F.Origins {
		t.Row(nl.Capital(nl.Word("herkomst", o.Herkomst)), o.Homes, o.Months, o.Expected, o.BeforeAfter, o.Estimate, o.Low, o.High, o.Net, o.Oordeel)
	}
	return t
}

// Outcomes are what changed beside money, of which a difference may be shown.
func (p *page) Outcomes() *tableView {
	t := &tableView{Caption: "Naast geld: verschil met vergelijkbare huishoudens", Columns: []string{"Wat", "Plannen", "Verschil|r", "Van|r|95%-interval", "Tot|r|95%-interval", "Eenheid"}}
	number := func(x *float64) any {
		if x == nil {
			return nil
		}
		return nl.Number(*x, 2)
	}
	for _, u := range p.T.Uitkomst {
		if u.Schatting != nil {
			t.Row(nl.Word("uitkomst", u.Uitkomst), short[u.Herkomst], number(u.Schatting), number(u.Laag), number(u.Hoog), u.Eenheid)
		}
	}
	return t
}

// Claims are savings that somebody stated, each by itself.
func (p *page) Claims() *tableView {
	t := &tableView{Caption: "Besparingen die zijn beweerd, elk over eigen huishoudens en een eigen periode: tel ze niet op", Columns: []string{"Claim", "Beweerd|bedrag", "Gezien, netto|bedrag", "Oordeel"}}
	for _, c := range p.T.Claim {
		t.Row(c.ID, c.BeweerdCt, c.NettoCt, c.Oordeel)
	}
	return t
}

// Marks is how content people are.
func (p *page) Marks() *tableView {
	t := &tableView{Caption: "Rapportcijfers van mensen in een plan", Columns: []string{"Moment", "Gevraagd|getal", "Antwoord|getal", "Gemiddeld|cijfer", "Verandering|cijfer"}}
	for _, m := range p.T.Tevredenheid {
		moment := "Bij de start"
		if m.Maand > 0 {
			moment = "Na " + nl.Count(m.Maand, "maand", "maanden")
		}
		t.Row(moment, m.Gevraagd, m.Beantwoord, m.Gemiddelde, m.Verandering)
	}
	return t
}
