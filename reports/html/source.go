package html

import (
	"fmt"
	"html/template"
	"slices"
	"strings"

	"stapel/reports/cijfer"
	"stapel/reports/nl"
)

// sources are what a page says of where its figures come from: what it shows and which figures of the run those are, in the order of the page.
type sources struct{ shown []shownFigures }

// shownFigures are the figures of a table or a tile.
type shownFigures struct {
	what    string // caption or label
	of      []cijfer.Source
	derived bool // reckoned by the page from these figures; not shown as they are
}

// parse reads patterns with blanks between them.
func parse(patterns []string) (out []cijfer.Source, err error) {
	for _, p := range strings.Fields(strings.Join(patterns, " ")) {
		s, err := cijfer.Parse(p)
		if err != nil {
			return nil, err
		}
		out = append(out, s)
	}
	return out, nil
}

// Patterns are those of a table that shows some columns of the figures of one form, and other figures too; without a form the others alone.
func Patterns(form, columns, others string) string {
	if form == "" {
		return others
	}
	return strings.TrimSpace(form + "/" + columns + " " + others)
}

// Figures says which figures of the run the table shows, as patterns (package cijfer) with blanks between them; none is none.
func (t *Table) Figures(patterns ...string) (_ *Table, err error) {
	t.figures, err = parse(patterns)
	return t, err
}

// From says from which figures of the run the table is reckoned, where it does not show them as they are.
func (t *Table) From(patterns ...string) (_ *Table, err error) {
	t.from, err = parse(patterns)
	return t, err
}

// names are the attributes of the table, and tell the page what it shows.
func (t *Table) names() string {
	if t.page != nil {
		caption := strings.TrimSpace(t.plain)
		for _, s := range []shownFigures{{caption, t.figures, false}, {caption, t.from, true}} {
			if len(s.of) > 0 {
				t.page.shown = append(t.page.shown, s)
			}
		}
	}
	return attribute("data-cijfers", t.figures) + attribute("data-uit", t.from)
}

func attribute(name string, of []cijfer.Source) string {
	if len(of) == 0 {
		return ""
	}
	var forms []string
	for _, s := range of {
		forms = append(forms, s.String())
	}
	return fmt.Sprintf(` %s="%s"`, name, template.HTMLEscapeString(strings.Join(forms, " ")))
}

// figure is the attribute of what shows one figure, by its id, or, without one, of what is reckoned from the figures of patterns.
func (p *sources) figure(what, id, from string) (template.HTMLAttr, error) {
	if id != "" {
		s, err := cijfer.One(id)
		if err != nil {
			return "", err
		}
		p.shown = append(p.shown, shownFigures{what, []cijfer.Source{s}, false})
		return template.HTMLAttr(fmt.Sprintf(`data-cijfer="%s"`, template.HTMLEscapeString(id))), nil
	}
	of, err := parse([]string{from})
	if err != nil || len(of) == 0 {
		return "", err
	}
	p.shown = append(p.shown, shownFigures{what, of, true})
	return template.HTMLAttr(strings.TrimSpace(attribute("data-uit", of))), nil
}

// section is the part of the page that says so: closed until somebody asks, and on paper the forms of the ids alone.
func (p *sources) section() (template.HTML, error) {
	if len(p.shown) == 0 {
		return "", nil
	}
	var b strings.Builder
	b.WriteString(`<section class="herkomst" id="herkomst" aria-labelledby="k-herkomst"><details><summary id="k-herkomst">Waar komt dit getal vandaan?</summary>` +
		"\n<p>Elk cijfer van een run heeft een naam: tabel/sleutel/kolom. Vul tussen &lt; en &gt; in wat in de rij staat, en volg het cijfer terug met de opdracht erachter. " +
		"Staat er nog &lt;kolom&gt;, kies er dan een uit de tweede tabel.</p>\n")
	where, err := tableOf("smal", "Welke cijfers waar staan", []string{"Wat", "Staat er zo in, of is eruit berekend", "Opdracht|breek"})
	if err != nil {
		return "", err
	}
	b.WriteString(string(where.Begin()))
	var columns []cijfer.Source
	seen := map[string]bool{}
	for _, s := range p.shown {
		how := "zo"
		if s.derived {
			how = "berekend"
		}
		for _, of := range s.of {
			if line := s.what + of.String() + how; seen[line] {
				continue
			} else {
				seen[line] = true
			}
			row, err := where.Row(s.what, how, code(of.Command()))
			if err != nil {
				return "", err
			}
			b.WriteString(string(row))
			columns = append(columns, of)
		}
	}
	b.WriteString(string(where.End()) + "\n")
	how, err := tableOf("smal", "Hoe elk cijfer is berekend", []string{"Cijfer|breek", "Soort", "Hoe"})
	if err != nil {
		return "", err
	}
	b.WriteString(string(how.Begin()))
	for _, row := range explained(columns) {
		cells, err := how.Row(code(row.table+"/…/"+row.Name), row.Type, nl.Capital(row.Sentence))
		if err != nil {
			return "", err
		}
		b.WriteString(string(cells))
	}
	b.WriteString(string(how.End()) + "</details>\n" + "</section>")
	return template.HTML(b.String()), nil
}

// code is a word of the machine.
var code = element(`<span class="code">`, "</span>")

// paper is the line with what stands on a sheet of paper: the forms of the ids, of which the screen says more.
func (p *sources) paper() template.HTML {
	var all []cijfer.Source
	for _, s := range p.shown {
		all = append(all, s.of...)
	}
	if len(all) == 0 {
		return ""
	}
	named := forms(all)
	if len(named) > paperForms {
		return "" // the workbook beside the page has them
	}
	return `<span class="papier" aria-hidden="true"> Cijfers hier: ` + code(strings.Join(named, " · ")) + ".</span>"
}

// paperForms is how many forms stand on paper; of a page with more the workbook beside it has them.
const paperForms = 14

// explainedColumn is a column with the table that it stands in.
type explainedColumn struct {
	table string
	cijfer.Column
}

// explained are the columns of sources, each once, by table.
func explained(of []cijfer.Source) (out []explainedColumn) {
	for _, s := range of {
		table := s.Table
		if s.Free {
			table = "vrij/" + table
		}
		for _, c := range s.Columns {
			if one := (explainedColumn{table, c}); !slices.Contains(out, one) {
				out = append(out, one)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b explainedColumn) int { return strings.Compare(a.table, b.table) })
	return out
}

// forms are the forms of ids without their columns, each once.
func forms(of []cijfer.Source) (out []string) {
	for _, s := range of {
		if form := strings.TrimSuffix(s.ID(""), "/"); !slices.Contains(out, form) {
			out = append(out, form)
		}
	}
	slices.Sort(out)
	return out
}
