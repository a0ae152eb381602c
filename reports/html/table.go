package html

import (
	"fmt"
	"html/template"
	"reflect"
	"strings"

	"stapel/reports/cijfer"
	"stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/reports/table"
)

// Table is a table of a page. What a column is, is said once: its heading, and the kind of its cells, which sets them in their place and
// writes amounts, shares and days in Dutch. A template writes Begin, rows and End:
//
//	{{$t := table "smal" "Regels per soort" "Soort" "Regels|getal" "Bedrag|bedrag"}}{{$t.Begin}}{{range .}}{{$t.Row .Kind .N .Ct}}{{end}}{{$t.End}}
//
// The first column of words heads its row. An empty value is a dash.
type Table struct {
	class   string
	plain   string        // the caption
	caption template.HTML // as the page has it
	columns []column
	head    int // the column that heads a row; -1: none
	frame   string
	hides   bool // a value that is not there may not be shown
	figures []cijfer.Source
	from    []cijfer.Source
	page    *sources // nil: a table of the page about itself
}

// column is a column: in a template `heading|kind and classes|heading above`, the last two where they are needed, or what the function column makes.
type column struct {
	title, above template.HTML
	kind         kind
	class        string // of its cells, beside that of the kind
}

// kind is what the cells of a column are.
type kind struct {
	class  string
	format func(any) (string, error) // nil: words
}

var kinds = map[string]kind{
	"":        {},
	"breek":   {class: "breek"}, // words that may break anywhere
	"dagen":   {class: "dagen"}, // words that do not break
	"kies":    {class: "kies"},  // one of a few words, which the script of the page offers to choose from
	"r":       {"r", words},     // what is written already, on the right
	"getal":   {"r", of(nl.Int)},
	"bedrag":  {"r", of(nl.AmountWhole)},
	"centen":  {"r", of(nl.Amount)},
	"euro":    {"r", of(nl.EuroWhole)},
	"procent": {"r", of(nl.Percent)},
	"cijfer":  {"r", of(func(x float64) string { return nl.Number(x, 1) })},
	"datum":   {"dagen", of(func(d mart.Date) string { return nl.DateShort(d.Time()) })},
	"maand":   {"", of(func(d mart.Date) string { return nl.Month(d.Time()) })},
}

// Dash stands in a cell without a value.
const Dash = "–"

// of is a format for values of T, pointers to them, and nothing.
func of[T any](format func(T) string) func(any) (string, error) {
	return func(v any) (string, error) {
		at := reflect.ValueOf(v)
		for at.Kind() == reflect.Pointer && !at.IsNil() {
			at = at.Elem()
		}
		switch want := reflect.TypeFor[T](); {
		case v == nil || at.Kind() == reflect.Pointer:
			return Dash, nil
		case at.Type() != want && !(at.Type() == reflect.TypeFor[int]() && want.Kind() == reflect.Int64): // a length is a number too
			return "", fmt.Errorf("een waarde van type %T past niet", v)
		default:
			return format(at.Convert(want).Interface().(T)), nil
		}
	}
}

func words(v any) (string, error) { return fmt.Sprint(v), nil }

// newTable makes a table whose caption and headings stand in a template.
func newTable(class, caption string, columns ...any) (*Table, error) {
	return makeTable(class, caption, own, columns...)
}

// tableOf makes a table whose caption and headings the program makes up.
func tableOf(class, caption string, columns []string) (*Table, error) {
	all := make([]any, len(columns))
	for i := range columns {
		all[i] = columns[i]
	}
	return makeTable(class, caption, escape, all...)
}

func makeTable(class, caption string, write func(string) template.HTML, columns ...any) (*Table, error) {
	t := &Table{class: class, plain: caption, caption: write(caption), head: -1, frame: "tabel"}
	for i, text := range columns {
		c, ok := text.(column)
		if !ok {
			title, rest, _ := strings.Cut(fmt.Sprint(text), "|")
			kind, above, _ := strings.Cut(rest, "|")
			var err error
			if c, err = newColumn(kind, write(title)); err != nil {
				return nil, fmt.Errorf("tabel %s: %w", t.caption, err)
			}
			c.above = write(above)
		}
		t.columns = append(t.columns, c)
		if t.head < 0 && c.kind.format == nil {
			t.head = i
		}
	}
	return t, nil
}

// newColumn is a column of a kind with a heading that may hold markup.
func newColumn(kind string, heading ...any) (column, error) {
	name, classes, _ := strings.Cut(kind, " ")
	k, ok := kinds[name]
	if !ok {
		return column{}, fmt.Errorf("er is geen soort kolom %q", name)
	}
	return column{title: inline(heading...), kind: k, class: classes}, nil
}

// Bare leaves out the room around the table, for one that stands beside something else.
func (t *Table) Bare() *Table {
	t.frame = "tabel los"
	return t
}

// Withheld says that what is empty in the table may not be shown. It is a dash that is read out as such.
func (t *Table) Withheld() *Table {
	t.hides = true
	return t
}

// withheld is a value that may not be shown.
const withheld = template.HTML(`<span class="verborgen"><span aria-hidden="true" title="` + table.WithheldWord + `">` + table.WithheldMark +
	`</span><span class="lezer">` + table.WithheldWord + `</span></span>`)

// nothing says whether a value is not there.
func nothing(v any) bool {
	at := reflect.ValueOf(v)
	for at.Kind() == reflect.Pointer && !at.IsNil() {
		at = at.Elem()
	}
	return v == nil || at.Kind() == reflect.Pointer
}

// Interactive lets the script of the page sort the table and search in it. It has one body, and a cell for every row and column.
func (t *Table) Interactive() *Table {
	t.class = strings.TrimSpace(t.class + " interactief")
	return t
}

// Begin is the table up to its rows.
func (t *Table) Begin() template.HTML { return t.Head() + "<tbody>" }

// End ends the table, with footnotes below it.
func (t *Table) End(notes ...any) template.HTML { return "</tbody>" + t.Foot(notes...) }

// Head is Begin, and Foot is End, of a table with more bodies than one.
func (t *Table) Head() template.HTML {
	var b strings.Builder
	fmt.Fprintf(&b, "<div class=%q><table%s%s><caption>%s</caption>\n<thead><tr>", t.frame, class(t.class), t.names(), t.caption)
	above := false
	for i, c := range t.columns {
		switch {
		case c.above == "" && !t.grouped():
			b.WriteString(heading(c, ""))
		case c.above == "":
			b.WriteString(heading(c, ` rowspan="2"`))
		case i == 0 || t.columns[i-1].above != c.above:
			n := 1
			for i+n < len(t.columns) && t.columns[i+n].above == c.above {
				n++
			}
			fmt.Fprintf(&b, `<th scope="colgroup" colspan="%d" class="m">%s</th>`, n, c.above)
			above = true
		}
	}
	if above {
		b.WriteString("</tr>\n<tr>")
		for _, c := range t.columns {
			if c.above != "" {
				b.WriteString(heading(c, ""))
			}
		}
	}
	b.WriteString("</tr></thead>\n")
	return template.HTML(b.String())
}

// Foot ends a table of which the template writes the bodies.
func (t *Table) Foot(notes ...any) template.HTML {
	out := template.HTML("</table></div>")
	for _, n := range notes {
		out += "\n" + `<p class="toelichting">` + inline(n) + "</p>"
	}
	return out
}

func (t *Table) grouped() bool {
	for _, c := range t.columns {
		if c.above != "" {
			return true
		}
	}
	return false
}

// heading heads a column; over words that head rows it may be empty.
func heading(c column, span string) string {
	if c.title == "" {
		return fmt.Sprintf("<td%s></td>", span)
	}
	var classes []string
	if c.kind.class == "r" || c.kind.class == "kies" {
		classes = append(classes, c.kind.class)
	}
	if strings.Contains(c.class, "breed") {
		classes = append(classes, "breed")
	}
	return fmt.Sprintf(`<th scope="col"%s%s>%s</th>`, span, class(strings.Join(classes, " ")), c.title)
}

// Cell is a cell over more columns or rows than one.
type Cell struct {
	content any
	columns int
	rows    int  // 0: the cell above reaches here
	group   bool // it stands beside rows of its own
	id      string
}

// Figure is a cell that shows the figure of an id.
func Figure(id string, content any) Cell { return Cell{content, 1, 1, false, id} }

// Row is a row: a cell per column.
func (t *Table) Row(cells ...any) (template.HTML, error) { return t.RowIn("", cells...) }

// RowIn is a row of a class.
func (t *Table) RowIn(classes string, cells ...any) (template.HTML, error) {
	var b strings.Builder
	fmt.Fprintf(&b, "<tr%s>", class(classes))
	at := 0
	for _, content := range cells {
		cell, ok := content.(Cell)
		if !ok {
			cell = Cell{content, 1, 1, false, ""}
		}
		if at += cell.columns; at > len(t.columns) {
			break
		}
		if cell.rows == 0 {
			continue
		}
		if err := t.cell(&b, at-cell.columns, cell); err != nil {
			return "", err
		}
	}
	if at != len(t.columns) {
		return "", fmt.Errorf("tabel %s: een rij van %d cellen onder %d kolommen", t.caption, len(cells), len(t.columns))
	}
	b.WriteString("</tr>")
	return template.HTML(b.String()), nil
}

// RowOf is a row of a class, of cells in a list.
func (t *Table) RowOf(classes string, cells []any) (template.HTML, error) {
	return t.RowIn(classes, cells...)
}

func (t *Table) cell(b *strings.Builder, at int, cell Cell) error {
	c := t.columns[at]
	text := inline(cell.content)
	if t.hides && nothing(cell.content) {
		text = withheld
	} else if _, done := cell.content.(template.HTML); c.kind.format != nil && !done {
		s, err := c.kind.format(cell.content)
		if err != nil {
			return fmt.Errorf("tabel %s, kolom %s: %w", t.caption, c.title, err)
		}
		text = inline(s)
	}
	tag, scope, span := "td", "", ""
	if at == t.head && text != "" { // nothing heads nothing
		tag, scope = "th", ` scope="row"`
		if cell.group {
			scope = ` scope="rowgroup"`
		}
	}
	if cell.group {
		span += fmt.Sprintf(` rowspan="%d"`, cell.rows)
	}
	if cell.columns > 1 {
		span += fmt.Sprintf(` colspan="%d"`, cell.columns)
	}
	if cell.id != "" {
		if err := cijfer.Check(cell.id); err != nil {
			return fmt.Errorf("tabel %s: %w", t.caption, err)
		}
		span += fmt.Sprintf(` data-cijfer="%s"`, template.HTMLEscapeString(cell.id))
	}
	classes := strings.TrimSpace(c.kind.class + " " + c.class)
	if cell.columns > 1 {
		classes = ""
	}
	fmt.Fprintf(b, "<%s%s%s%s>%s</%s>", tag, scope, span, class(classes), text, tag)
	return nil
}

// Group is a row that says what the rows below it are about.
func (t *Table) Group(label string) template.HTML {
	classes := t.columns[0].kind.class
	return template.HTML(fmt.Sprintf(`<tr class="groep"><th scope="rowgroup" colspan="%d"%s>%s</th></tr>`, len(t.columns), class(classes), escape(label)))
}

func class(names string) string {
	if names == "" {
		return ""
	}
	return fmt.Sprintf(` class="%s"`, names)
}

// own is text of the page itself between tags; what comes from data goes through escape.
func own(s string) template.HTML {
	return template.HTML(strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s))
}

// escape is text as html/template writes it between tags.
func escape(s string) template.HTML {
	return template.HTML(strings.ReplaceAll(template.HTMLEscapeString(s), "+", "&#43;"))
}

// inline joins words and markup into markup; words are escaped.
func inline(parts ...any) template.HTML {
	var b strings.Builder
	for _, p := range parts {
		if h, ok := p.(template.HTML); ok {
			b.WriteString(string(h))
		} else if p != nil {
			b.WriteString(string(escape(fmt.Sprint(p))))
		}
	}
	return template.HTML(b.String())
}

// element is markup of one element, for a cell.
func element(open, end string) func(...any) template.HTML {
	return func(parts ...any) template.HTML { return template.HTML(open) + inline(parts...) + template.HTML(end) }
}

// part is a caption that says how many of all a table shows, when it does not show them all.
func part(caption string, shown, all int) string {
	if shown < all {
		return fmt.Sprintf("%s, %d van %d", caption, shown, all)
	}
	return caption
}

// first is a cell over n rows in the first of them, and no cell in the others.
func first(is bool, n int, content any) Cell {
	if is {
		return Cell{content, 1, n, true, ""}
	}
	return Cell{nil, 1, 0, true, ""}
}

var cellFunctions = template.FuncMap{
	"column": newColumn,
	"abbr": func(short, long string) template.HTML {
		return `<abbr title="` + escape(long) + `">` + escape(short) + "</abbr>"
	},
	"br":     func() template.HTML { return "<br>" },
	"join":   inline,
	"small":  element("<small>", "</small>"),
	"mark":   element(`<small class="merk">`, "</small>"),
	"code":   element(`<span class="code">`, "</span>"),
	"bold":   element("<strong>", "</strong>"),
	"part":   part,
	"first":  first,
	"hidden": func() template.HTML { return withheld },                                        // what may not be shown
	"span":   func(n int, content any) Cell { return Cell{content, n, 1, false, ""} },         // columns
	"dash":   func(s string) string { return map[bool]string{true: Dash, false: s}[s == ""] }, // a dash for nothing
}

// Row is a row of a page's table, or with a Group a heading above rows.
type Row struct {
	Group, Class string
	Cells        []any
}

// Body are the rows of a table, for a view of it to embed.
type Body struct{ Rows []Row }

// Row adds a row.
func (b *Body) Row(cells ...any) { b.Rows = append(b.Rows, Row{Cells: cells}) }

// Group adds a heading.
func (b *Body) Group(label string) { b.Rows = append(b.Rows, Row{Group: label}) }

// Over is a figure with what explains it below it.
func Over(figure, below string) template.HTML {
	return template.HTML(template.HTMLEscapeString(figure) + "<small>" + template.HTMLEscapeString(below) + "</small>")
}
