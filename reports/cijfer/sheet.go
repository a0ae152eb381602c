package cijfer

import (
	"errors"
	"strings"

	"stapel/reports/nl"
	"stapel/reports/table"
	"stapel/transforms"
)

// A Sheet is a sheet of a workbook of which is said where its figures come from.
type Sheet struct {
	Title   string
	Figures string // that it shows, as patterns with blanks between them
	From    string // from which it is reckoned
}

// Of is the pattern of the figures that a table shows which has columns of a mart, or of a table of vrij; empty where these hold no figures.
func Of(free bool, name string, columns []table.Column) (string, error) {
	t, err := lookup(free, name)
	if err != nil {
		return "", err
	}
	var figures []string
	for _, c := range columns {
		if t.about(c.Name).Type != "" {
			figures = append(figures, c.Name)
		}
	}
	if len(figures) == 0 {
		return "", nil
	}
	pattern := name + "/*/" + strings.Join(figures, ",")
	if free {
		pattern = "vrij/" + pattern
	}
	return pattern, nil
}

// Herkomst is the sheet that says of every column of figures of the others what its figures are called, how they are worked out, and how to follow one
// back.
func Herkomst(level transforms.Level, sheets []Sheet) (table.Table, error) {
	t := table.Table{Name: "herkomst", Title: "Herkomst", Level: level,
		Note: "Waar elk getal vandaan komt. Vul tussen < en > in wat in de rij staat; de opdracht volgt het getal terug. ‘Berekend’: het blad rekent met dit cijfer, en toont het niet zelf."}
	for _, c := range []struct {
		name, title string
		width       float64
	}{{"blad", "Werkblad", 22}, {"kolom", "Kolom", 40}, {"cijfer", "Cijfer-id", 60}, {"zo", "Staat er zo in, of is eruit berekend", 18}, {"soort", "Soort", 12}, {"hoe", "Hoe het is berekend", 90},
		{"opdracht", "Opdracht", 80}} {
		t.Columns = append(t.Columns, table.Column{Name: c.name, Title: c.title, Kind: table.Text, Width: c.width})
	}
	var rows [][]any
	var failed error
	for _, s := range sheets {
		for i, patterns := range []string{s.Figures, s.From} {
			for pattern := range strings.FieldsSeq(patterns) {
				of, err := Parse(pattern)
				failed = errors.Join(failed, err)
				for _, c := range of.Columns {
					one := of
					one.Columns = []Column{c}
					rows = append(rows, []any{s.Title, c.Title, of.ID(c.Name), []string{"zo", "berekend"}[i], string(c.Type), nl.Capital(c.Sentence), one.Command()})
				}
			}
		}
	}
	t.Each = table.Slice(rows, func(r []any) []any { return r })
	return t, failed
}
