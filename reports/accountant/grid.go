package accountant

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"stapel/reports/html"
	"stapel/reports/nl"
	"stapel/reports/table"
	"stapel/reports/xlsx"
)

// grid is a table of the report. The page, its CSV file and its sheet are made of the same cells; a sheet works formulas out again.
type grid struct {
	Name    string // of the CSV file, and of the table of the sheet
	Title   string // of the sheet
	Caption string
	Note    string // below the table
	Columns []table.Column
	Rows    [][]any
	strong  func(row []any) bool // a row that sums up
	where   place
	ids     string // its figures, as patterns of package cijfer
	from    string // those that it reckons with, as such patterns
	named   string // the column of the figure in the column cijfer_id; empty: the one of that name
}

// place is where a grid is shown.
type place int

const (
	everywhere place = iota
	onPage           // an arrangement of a table that files have
	inFiles          // too long for the page
)

// Shown says whether the page has it, and filed whether the files do.
func (g *grid) Shown() bool { return g.where != inFiles }
func (g *grid) filed() bool { return g.where != onPage }

// add appends a row.
func (g *grid) add(cells ...any) { g.Rows = append(g.Rows, cells) }

// at is the place of a column.
func (g *grid) at(name string) int {
	for i, c := range g.Columns {
		if c.Name == name {
			return i
		}
	}
	panic("the report has no column " + name + " in " + g.Name)
}

// cell is where the sheet has a column in the row that is added next, back rows before it.
func (g *grid) cell(name string, back int) string { return g.place(name, len(g.Rows)-back) }

func (g *grid) place(name string, row int) string {
	at, err := xlsx.CellName(g.table(true), g.at(name), row)
	if err != nil {
		panic(err) // no table of the report is as large as a sheet
	}
	return at
}

// span is a column of all rows in a formula of another sheet.
func (g *grid) span(name string) string {
	return fmt.Sprintf("'%s'!%s:%s", g.Title, g.place(name, 0), g.place(name, len(g.Rows)-1))
}

// calc is a stored amount in eurocents with the formula over cells in euros that has to give it, rounded to the cent for a spreadsheet reckons in
// binary fractions.
func calc(ct int64, format string, cells ...any) table.Calc {
	return table.Calc{Value: ct, Formula: "ROUND(" + fmt.Sprintf(format, cells...) + ",2)"}
}

// table is the grid as files write it; formulas: with those.
func (g *grid) table(formulas bool) table.Table {
	return table.Table{Name: g.Name, Title: g.Title, Level: level, Note: strings.TrimSpace(g.Caption + ". " + g.Note), Columns: g.Columns,
		Each: table.Slice(g.Rows, func(row []any) []any {
			out := make([]any, len(row))
			for i, cell := range row {
				if out[i] = cell; !formulas {
					out[i] = table.Stored(cell)
				}
			}
			return out
		})}
}

// kinds are the kinds of column of a page.
var kinds = map[table.Kind]string{table.Text: "", table.Int: "getal", table.Euro: "centen", table.Fraction: "procent", table.Year: "r", table.Number: "r", table.Day: "dagen", table.Flag: ""}

// Heads are the columns as the page takes them.
func (g *grid) Heads() (out []string) {
	for _, c := range g.Columns {
		if c.Name != idColumn {
			out = append(out, c.Title+"|"+kinds[c.Kind])
		}
	}
	return out
}

// Patterns and Basis are what the page says of where the figures of the table come from.
func (g *grid) Patterns() string { return g.ids }

// Basis are the figures that it reckons with.
func (g *grid) Basis() string { return g.from }

// Below are the words below the table on the page: its note, and what its figures are called.
func (g *grid) Below() string {
	if !slices.ContainsFunc(g.Columns, func(c table.Column) bool { return c.Name == idColumn }) {
		return g.Note
	}
	return strings.TrimSpace(g.Note + " De id van het cijfer staat per rij in csv/" + g.Name + ".csv.")
}

// Body are the rows as the page takes them.
func (g *grid) Body() (out []html.Row) {
	for _, row := range g.Rows {
		r := html.Row{}
		if g.strong != nil && g.strong(row) {
			r.Class = "sterk"
		}
		for i, cell := range row {
			if g.Columns[i].Name == idColumn {
				continue
			}
			content := shown(g.Columns[i], table.Stored(cell))
			if id := g.idOf(row, i); id != "" {
				content = html.Figure(id, content)
			}
			r.Cells = append(r.Cells, content)
		}
		out = append(out, r)
	}
	return out
}

// idOf is the id of the figure in a cell of a row; empty where it has none of its own.
func (g *grid) idOf(row []any, at int) string {
	if table.Stored(row[at]) == nil {
		return "" // a dash that stands for nothing
	}
	column := g.Columns[at].Name
	for i, c := range g.Columns {
		if id, ok := row[i].(string); ok && c.Name == idColumn && id != "" && column == cmp.Or(g.named, id[strings.LastIndex(id, "/")+1:]) {
			return id
		}
	}
	return ""
}

var yes = map[bool]string{true: "ja", false: "nee"}

func shown(c table.Column, value any) any {
	switch v := value.(type) {
	case nil:
		if k := kinds[c.Kind]; k == "" || k == "r" || k == "dagen" {
			return html.Dash
		}
	case string:
		if c.Words != nil {
			return c.Words(v)
		}
	case time.Time:
		return nl.DateShort(v)
	case bool:
		return yes[v]
	case float64:
		if c.Kind == table.Number {
			return nl.Number(v, 2)
		}
	case int64:
		if c.Kind == table.Year {
			return strconv.FormatInt(v, 10)
		}
	}
	return value
}

// column makes columns in short: what it is called in a file, its heading, its kind.
func column(name, title string, kind table.Kind) table.Column {
	return table.Column{Name: name, Title: title, Kind: kind}
}

// coded is a column of codes that have words.
func coded(name, title, sort string) table.Column {
	return table.Column{Name: name, Title: title, Kind: table.Text, Words: func(code string) string { return nl.Capital(nl.Word(sort, code)) }}
}

// summed is a column of amounts that the sheet adds up.
func summed(name, title string) table.Column {
	return table.Column{Name: name, Title: title, Kind: table.Euro, Sum: true}
}

// counted is a column of numbers that the sheet adds up.
func counted(name, title string) table.Column {
	return table.Column{Name: name, Title: title, Kind: table.Int, Sum: true}
}

// idColumn has what a figure of the row is called. Only files have it: on paper it would take the room of the figures.
const idColumn = "cijfer_id"

func figureID() table.Column {
	return table.Column{Name: idColumn, Title: "Cijfer-id", Kind: table.Text, Width: 40}
}
