// Package xlsx writes report tables as one workbook: real numbers, dates and amounts, one sheet a table. Sheets are
// streamed and limited, because a workbook is built in memory before it is written.
package xlsx

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"stapel/reports/table"
)

// noteRow is the first row of a table sheet. Below it come the totals, where a column is added up, the headings and the data.
const noteRow = 1

// headerRow is the row of the headings.
func headerRow(t table.Table) int {
	if slices.ContainsFunc(t.Columns, added) {
		return noteRow + 2
	}
	return noteRow + 1
}

// CellName is where the sheet of a table has a column in a row of data, both from 0, for formulas that point at it.
func CellName(t table.Table, column, row int) (string, error) {
	return excelize.CoordinatesToCellName(column+1, headerRow(t)+1+row)
}

// added says whether the sheet adds a column up.
func added(c table.Column) bool { return c.Sum && c.State != table.Unknown }

// Info is what the workbook says about itself; the first sheet is made from it.
type Info struct {
	Title   string
	Created time.Time  // the peildatum: a clock would make two equal runs differ
	Lines   [][]string // rows of the first sheet, a heading in the first cell
}

// Write writes the workbook: the sheet Toelichting and one sheet a table, in order.
func Write(ctx context.Context, w io.Writer, info Info, tables []table.Table) (err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	styles, err := newStyles(book)
	if err != nil {
		return err
	}
	if err := book.SetSheetName("Sheet1", "Toelichting"); err != nil {
		return err
	}
	if err := writeNotes(book, styles, info); err != nil {
		return err
	}
	for _, t := range tables {
		if err := writeTable(ctx, book, styles, t); err != nil {
			return fmt.Errorf("werkblad %s: %w", t.Title, err)
		}
	}
	return Finish(w, book, info.Title, info.Created)
}

// Finish writes a workbook that somebody else filled, under a title and with a day instead of a clock, so that equal workbooks are equal in bytes.
func Finish(w io.Writer, book *excelize.File, title string, day time.Time) error {
	created := day.Format("2006-01-02T15:04:05Z")
	if err := book.SetDocProps(&excelize.DocProperties{Title: title, Creator: "stapel", LastModifiedBy: "stapel",
		Created: created, Modified: created, Language: "nl-NL"}); err != nil {
		return err
	}
	var unordered bytes.Buffer
	if _, err := book.WriteTo(&unordered); err != nil {
		return err
	}
	return reorder(w, unordered.Bytes())
}

// reorder copies an archive with its parts sorted by name: the library writes streamed sheets in the order of a map, and
// equal workbooks must be equal in bytes.
func reorder(w io.Writer, archive []byte) error {
	in, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return err
	}
	slices.SortFunc(in.File, func(a, b *zip.File) int { return strings.Compare(a.Name, b.Name) })
	out := zip.NewWriter(w)
	for _, part := range in.File {
		if err := out.Copy(part); err != nil {
			return err
		}
	}
	return out.Close()
}

type styles struct {
	title, bold, wrap, header, note, withheld int
	cell, total                               map[table.Kind]int
}

func newStyles(book *excelize.File) (styles, error) {
	formats := []struct {
		kind   table.Kind
		format string
	}{
		{table.Text, "@"}, {table.Int, "#,##0"}, {table.Euro, `[$€-413]\ #,##0.00;[$€-413]\ \-#,##0.00`},
		{table.Fraction, "0.0%"}, {table.Year, "0"}, {table.Number, "#,##0.00"}, {table.Day, "dd\\-mm\\-yyyy"}, {table.Flag, "@"},
	}
	s := styles{cell: map[table.Kind]int{}, total: map[table.Kind]int{}}
	var failed error
	add := func(style excelize.Style) int {
		id, err := book.NewStyle(&style)
		failed = errors.Join(failed, err)
		return id
	}
	top := &excelize.Alignment{Vertical: "top"}
	s.title = add(excelize.Style{Font: &excelize.Font{Bold: true, Size: 16, Color: "14324F"}})
	s.bold = add(excelize.Style{Font: &excelize.Font{Bold: true}, Alignment: top})
	s.wrap = add(excelize.Style{Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}})
	s.note = add(excelize.Style{Font: &excelize.Font{Italic: true, Color: "4A5560"}})
	s.withheld = add(excelize.Style{Font: &excelize.Font{Color: "4A5560"}, Alignment: &excelize.Alignment{Horizontal: "right"}})
	s.header = add(excelize.Style{Font: &excelize.Font{Bold: true, Color: "FFFFFF"},
		Fill:      excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"14324F"}},
		Alignment: &excelize.Alignment{Vertical: "center", WrapText: true}})
	for _, f := range formats {
		s.cell[f.kind] = add(excelize.Style{CustomNumFmt: &f.format})
		s.total[f.kind] = add(excelize.Style{CustomNumFmt: &f.format, Font: &excelize.Font{Bold: true},
			Border: []excelize.Border{{Type: "bottom", Style: 1, Color: "14324F"}}})
	}
	return s, failed
}

func writeNotes(book *excelize.File, s styles, info Info) error {
	out, err := book.NewStreamWriter("Toelichting")
	if err != nil {
		return err
	}
	if err := errors.Join(out.SetColWidth(1, 1, 34), out.SetColWidth(2, 2, 96)); err != nil {
		return err
	}
	if err := out.SetRow("A1", []any{excelize.Cell{StyleID: s.title, Value: info.Title}}); err != nil {
		return err
	}
	for i, line := range info.Lines {
		cells := make([]any, len(line))
		for j, text := range line {
			style := s.wrap
			if j == 0 {
				style = s.bold
			}
			cells[j] = excelize.Cell{StyleID: style, Value: text}
		}
		if err := out.SetRow(fmt.Sprintf("A%d", i+3), cells); err != nil {
			return err
		}
	}
	return out.Flush()
}

func writeTable(ctx context.Context, book *excelize.File, s styles, t table.Table) error {
	if _, err := book.NewSheet(t.Title); err != nil {
		return err
	}
	headerRow := headerRow(t)
	// The totals stand above the data, so the rows are held until they are known; tables here are limited by the caller.
	var rows [][]any
	sums := make([]int64, len(t.Columns))
	err := t.Each(ctx, func(cells []any) error {
		row := make([]any, len(cells))
		for i, c := range t.Columns {
			value, formula := table.Stored(cells[i]), ""
			if calc, ok := cells[i].(table.Calc); ok {
				formula = calc.Formula
			}
			if c.IsUnknown(value) {
				row[i] = excelize.Cell{StyleID: s.note, Value: table.UnknownWord}
				continue
			}
			if c.Withheld && value == nil {
				row[i] = excelize.Cell{StyleID: s.withheld, Value: table.WithheldMark}
				continue
			}
			if n, ok := value.(int64); ok && c.Sum {
				sums[i] += n
			}
			if code, ok := value.(string); ok && c.Words != nil {
				value = c.Words(code)
			}
			row[i] = excelize.Cell{StyleID: s.cell[c.Kind], Value: export(c.Kind, value), Formula: formula}
		}
		rows = append(rows, row)
		return nil
	})
	if err != nil {
		return err
	}
	last := headerRow + max(len(rows), 1)
	if err := layOut(book, t, headerRow, last); err != nil {
		return err
	}
	out, err := book.NewStreamWriter(t.Title)
	if err != nil {
		return err
	}
	for i, c := range t.Columns {
		if err := out.SetColWidth(i+1, i+1, width(c)); err != nil {
			return err
		}
	}
	if err := freeze(out, t, headerRow); err != nil {
		return err
	}
	if err := writeHead(out, s, t, sums, headerRow, last); err != nil {
		return err
	}
	for i, row := range rows {
		if err := out.SetRow(fmt.Sprintf("A%d", headerRow+1+i), row); err != nil {
			return err
		}
	}
	corner, err := excelize.CoordinatesToCellName(len(t.Columns), last)
	if err != nil {
		return err
	}
	stripes := true
	err = out.AddTable(&excelize.Table{Range: fmt.Sprintf("A%d:%s", headerRow, corner), Name: "tabel_" + t.Name,
		StyleName: "TableStyleLight1", ShowRowStripes: &stripes})
	if err != nil {
		return err
	}
	return out.Flush()
}

// layOut sets how a sheet is printed: on its side, as wide as a page, with the headings on every page.
func layOut(book *excelize.File, t table.Table, headerRow, last int) error {
	landscape, a4, wide, tall, fit := "landscape", 9, 1, 0, true
	end, err := excelize.ColumnNumberToName(len(t.Columns))
	if err != nil {
		return err
	}
	quoted := "'" + strings.ReplaceAll(t.Title, "'", "''") + "'"
	return errors.Join(
		book.SetSheetProps(t.Title, &excelize.SheetPropsOptions{FitToPage: &fit}),
		book.SetPageLayout(t.Title, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &a4, FitToWidth: &wide, FitToHeight: &tall}),
		book.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Titles", RefersTo: fmt.Sprintf("%s!$%d:$%d", quoted, headerRow, headerRow), Scope: t.Title}),
		book.SetDefinedName(&excelize.DefinedName{Name: "_xlnm.Print_Area", RefersTo: fmt.Sprintf("%s!$A$%d:$%s$%d", quoted, noteRow, end, last), Scope: t.Title}))
}

// freeze keeps the headings in view, and the columns up to the id of a row where that is among the first three.
func freeze(out *excelize.StreamWriter, t table.Table, headerRow int) error {
	ids := 1 + slices.IndexFunc(t.Columns[:min(3, len(t.Columns))], func(c table.Column) bool {
		return strings.HasSuffix(c.Name, "_id") || c.Name == "casusnummer" || c.Name == "bestand"
	})
	corner, err := excelize.CoordinatesToCellName(ids+1, headerRow+1)
	if err != nil {
		return err
	}
	pane := "bottomLeft"
	if ids > 0 {
		pane = "bottomRight"
	}
	return out.SetPanes(&excelize.Panes{Freeze: true, XSplit: ids, YSplit: headerRow, TopLeftCell: corner, ActivePane: pane})
}

func writeHead(out *excelize.StreamWriter, s styles, t table.Table, sums []int64, headerRow, last int) error {
	if err := out.SetRow(fmt.Sprintf("A%d", noteRow), []any{excelize.Cell{StyleID: s.note, Value: t.Note}}); err != nil {
		return err
	}
	totals, header := make([]any, len(t.Columns)), make([]any, len(t.Columns))
	for i, c := range t.Columns {
		header[i] = excelize.Cell{StyleID: s.header, Value: c.Title}
		if !added(c) {
			totals[i] = excelize.Cell{StyleID: s.total[table.Text]}
			continue
		}
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			return err
		}
		// 109 is a sum that follows the filter; the value is cached for programs that do not calculate.
		totals[i] = excelize.Cell{StyleID: s.total[c.Kind], Value: export(c.Kind, sums[i]),
			Formula: fmt.Sprintf("SUBTOTAL(109,%s%d:%s%d)", name, headerRow+1, name, last)}
	}
	if headerRow > noteRow+1 {
		if first, ok := totals[0].(excelize.Cell); ok && first.Formula == "" {
			first.Value = "Totaal"
			totals[0] = first
		}
		if err := out.SetRow(fmt.Sprintf("A%d", headerRow-1), totals); err != nil {
			return err
		}
	}
	return out.SetRow(fmt.Sprintf("A%d", headerRow), header, excelize.RowOpts{Height: 15 * headLines})
}

// headLines is how many lines a heading may take.
const headLines = 3

// export turns a cell into what a spreadsheet stores: euros, day numbers, ja and nee.
func export(kind table.Kind, value any) any {
	switch v := value.(type) {
	case int64:
		if kind == table.Euro {
			return float64(v) / 100
		}
		return v
	case bool:
		if v {
			return "ja"
		}
		return "nee"
	case string:
		return clean(v)
	default:
		return value
	}
}

// clean drops what XML cannot hold and cuts at the longest text a cell may have.
func clean(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' || r == '\ufffe' || r == '\uffff' {
			return -1
		}
		return r
	}, s)
	if runes := []rune(s); len(runes) > excelize.TotalCellChars {
		s = string(runes[:excelize.TotalCellChars])
	}
	return s
}

// width is that of the kind of the column, or what its heading takes in the lines there are.
func width(c table.Column) float64 {
	wide := c.Width
	if wide == 0 {
		switch c.Kind {
		case table.Euro:
			wide = 16
		case table.Day:
			wide = 12
		case table.Text:
			wide = 18
		default:
			wide = 11
		}
	}
	longest := 0 // a word does not break
	for word := range strings.FieldsSeq(c.Title) {
		longest = max(longest, len([]rune(word)))
	}
	const button = 3 // of the filter
	return max(wide, float64(longest+button), float64(len([]rune(c.Title)))/(headLines-1)+button)
}
