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
	"slices"

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
	Figures string // that it shows, as patterns of package cijfer
	html.Body
}

// Amounts is the picture in figures.
func (p *page) Amounts() *tableView {
	t := &tableView{Caption: "Euro per huishouden per jaar, onder nul is minder kosten", Figures: "vrij/effect/*/huishoudens,maanden,schatting_ct,ci_laag_ct,ci_hoog_ct,oordeel",
		Columns: []string{"Plannen", "Huishoudens|getal", "Maanden gevolgd|getal", "Verwacht|bedrag", "Voor en na|bedrag", "Gezien|bedrag",
			"Van|bedrag|95%-interval", "Tot|bedrag|95%-interval", "Met de uitgaven erbij|bedrag", "Oordeel"}}
	for _, o := range p.F.Origins {
		of := func(method, column string, value any) any {
			if !slices.ContainsFunc(p.T.Effect, func(e vrij.Effect) bool { return e.Schatter == method && e.Herkomst == o.Herkomst }) {
				return value // there is no such row
			}
			return html.Figure("vrij/effect/"+method+"/"+o.Herkomst+"/"+column, value)
		}
		by := o.Schatter
		t.Row(nl.Capital(nl.Word("herkomst", o.Herkomst)), of(by, "huishoudens", o.Homes), of(by, "maanden", o.Months), of("verwacht", "schatting_ct", o.Expected),
			of("voor_na", "schatting_ct", o.BeforeAfter), of(by, "schatting_ct", o.Estimate), of(by, "ci_laag_ct", o.Low), of(by, "ci_hoog_ct", o.High),
			of("netto", "schatting_ct", o.Net), of(by, "oordeel", o.Oordeel))
	}
	return t
}

// Outcomes are what changed beside money, of which a difference may be shown.
func (p *page) Outcomes() *tableView {
	t := &tableView{Caption: "Naast geld: verschil met vergelijkbare huishoudens", Figures: "vrij/uitkomst/*/schatting,ci_laag,ci_hoog",
		Columns: []string{"Wat", "Plannen", "Verschil|r", "Van|r|95%-interval", "Tot|r|95%-interval", "Eenheid"}}
	number := func(x *float64) any {
		if x == nil {
			return nil
		}
		return nl.Number(*x, 2)
	}
	for _, u := range p.T.Uitkomst {
		if u.Schatting != nil {
			id := "vrij/uitkomst/" + u.Uitkomst + "/" + u.Herkomst + "/"
			t.Row(nl.Word("uitkomst", u.Uitkomst), short[u.Herkomst], html.Figure(id+"schatting", number(u.Schatting)), html.Figure(id+"ci_laag", number(u.Laag)),
				html.Figure(id+"ci_hoog", number(u.Hoog)), u.Eenheid)
		}
	}
	return t
}

// Claims are savings that somebody stated, each by itself.
func (p *page) Claims() *tableView {
	t := &tableView{Caption: "Besparingen die zijn beweerd, elk over eigen huishoudens en een eigen periode: tel ze niet op",
		Figures: "vrij/claim/*/beweerd_ct,netto_ct,oordeel", Columns: []string{"Claim", "Beweerd|bedrag", "Gezien, netto|bedrag", "Oordeel"}}
	for _, c := range p.T.Claim {
		id := "vrij/claim/" + c.ID + "/"
		t.Row(c.ID, html.Figure(id+"beweerd_ct", c.BeweerdCt), html.Figure(id+"netto_ct", c.NettoCt), html.Figure(id+"oordeel", c.Oordeel))
	}
	return t
}

// Marks is how content people are.
func (p *page) Marks() *tableView {
	t := &tableView{Caption: "Rapportcijfers van mensen in een plan", Figures: "vrij/tevredenheid/*/gevraagd,beantwoord,gemiddelde,gepaarde_verandering",
		Columns: []string{"Moment", "Gevraagd|getal", "Antwoord|getal", "Gemiddeld|cijfer", "Verandering|cijfer"}}
	for _, m := range p.T.Tevredenheid {
		moment := "Bij de start"
		if m.Maand > 0 {
			moment = "Na " + nl.Count(m.Maand, "maand", "maanden")
		}
		id := fmt.Sprintf("vrij/tevredenheid/%d/", m.Maand)
		t.Row(moment, html.Figure(id+"gevraagd", m.Gevraagd), html.Figure(id+"beantwoord", m.Beantwoord), html.Figure(id+"gemiddelde", m.Gemiddelde),
			html.Figure(id+"gepaarde_verandering", m.Verandering))
	}
	return t
}
