package xlsx

import (
	"bytes"
	"context"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"stapel/reports/table"
)

type row struct {
	id   string
	ct   int64
	day  any
	ja   bool
	frac any
}

func workbook(rows []row) ([]byte, error) {
	tab := table.Table{Name: "proef", Title: "Proef", Note: "Alle rijen.", Columns: []table.Column{
		{Name: "id", Title: "Huishouden", Kind: table.Text}, {Name: "kosten_ct", Title: "Kosten", Kind: table.Euro, Sum: true},
		{Name: "dag", Title: "Dag", Kind: table.Day}, {Name: "vlag", Title: "Vlag", Kind: table.Flag},
		{Name: "deel", Title: "Deel", Kind: table.Fraction},
	}, Each: table.Slice(rows, func(r row) []any { return []any{r.id, r.ct, r.day, r.ja, r.frac} })}
	second := tab
	second.Name, second.Title = "proef_2", "Tweede"
	var b bytes.Buffer
	err := Write(context.Background(), &b, Info{Title: "Proefboek", Created: time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC),
		Lines: [][]string{{"Run", "r1"}, {}, {"Proef", "Alle rijen."}}}, []table.Table{tab, second})
	return b.Bytes(), err
}

func TestReadBack(t *testing.T) {
	data, err := workbook([]row{
		{"h-0000000000000001", 1234567_89, time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC), true, 0.25},
		{"=HYPERLINK(\"http://example.invalid\")", -50, nil, false, nil},
		{"controle\x00teken", 1, nil, false, nil},
	})
	if err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got := strings.Join(f.GetSheetList(), ","); got != "Toelichting,Proef,Tweede" {
		t.Fatalf("sheets %s", got)
	}
	raw := func(cell string) string {
		v, err := f.GetCellValue("Proef", cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for cell, want := range map[string]string{"A1": "Alle rijen.", "A2": "Totaal", "A3": "Huishouden", "B3": "Kosten", "B4": "1234567.89",
		"B2": "1234567.4", "C4": "46022", "C5": "", "D4": "ja", "D5": "nee", "E4": "0.25", "A5": "=HYPERLINK(\"http://example.invalid\")",
		"A6": "controleteken"} {
		if got := raw(cell); got != want {
			t.Errorf("%s = %q, want %q", cell, got, want)
		}
	}
	if formula, err := f.GetCellFormula("Proef", "B2"); err != nil || formula != "SUBTOTAL(109,B4:B6)" {
		t.Errorf("formula %q, %v", formula, err)
	}
	if formula, err := f.GetCellFormula("Proef", "A5"); err != nil || formula != "" {
		t.Errorf("text became formula %q, %v", formula, err)
	}
	if got, err := f.CalcCellValue("Proef", "B2", excelize.Options{RawCellValue: true}); err != nil || got != "1234567.4" {
		t.Errorf("the formula gives %q (%v), cached 1234567.4", got, err)
	}
	panes, err := f.GetPanes("Proef")
	if err != nil || !panes.Freeze || panes.YSplit != 3 || panes.XSplit != 0 {
		t.Errorf("panes %+v %v", panes, err)
	}
	tables, err := f.GetTables("Proef")
	if err != nil || len(tables) != 1 || tables[0].Range != "A3:E6" {
		t.Errorf("tables %+v %v", tables, err)
	}
	if kind, err := f.GetCellType("Proef", "B4"); err != nil || kind != excelize.CellTypeUnset && kind != excelize.CellTypeNumber {
		t.Errorf("an amount is stored as %v, %v", kind, err)
	}
	if shown, err := f.GetCellValue("Proef", "C4"); err != nil || shown != "31-12-2025" {
		t.Errorf("the date shows as %q, %v", shown, err)
	}
	props, err := f.GetDocProps()
	if err != nil || props.Creator != "stapel" || props.Created != "2025-12-31T00:00:00Z" {
		t.Errorf("props %+v %v", props, err)
	}
}

// TestWithheld: what may not be shown is a dash, and adds nothing to the sum.
func TestWithheld(t *testing.T) {
	tab := table.Table{Name: "proef", Title: "Proef", Columns: []table.Column{{Name: "n", Title: "Aantal", Kind: table.Int, Withheld: true, Sum: true}, {Name: "m", Title: "M", Kind: table.Int}},
		Each: table.Slice([][]any{{nil, nil}, {int64(15), nil}}, func(r []any) []any { return r })}
	var b bytes.Buffer
	if err := Write(t.Context(), &b, Info{Title: "Proef"}, []table.Table{tab}); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A2": "15", "A4": table.WithheldMark, "A5": "15", "B4": "", "B5": ""} {
		if got, err := f.GetCellValue("Proef", cell); err != nil || got != want {
			t.Errorf("%s = %q, %v; want %q", cell, got, err, want)
		}
	}
}

func TestEmptyAndEqual(t *testing.T) {
	if _, err := workbook(nil); err != nil {
		t.Fatal(err)
	}
	rows := make([]row, 700)
	for i := range rows {
		rows[i] = row{"h-" + strconv.Itoa(i), int64(i * 37), nil, i%2 == 0, nil}
	}
	first, err := workbook(rows)
	if err != nil {
		t.Fatal(err)
	}
	for range 8 { // more than once: an order that depends on a map is right by chance now and then
		again, err := workbook(rows)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(first, again) {
			t.Fatal("two equal workbooks differ in bytes")
		}
	}
}

func TestLongText(t *testing.T) {
	if got := clean(strings.Repeat("é", excelize.TotalCellChars+9)); len([]rune(got)) != excelize.TotalCellChars {
		t.Errorf("%d characters kept", len([]rune(got)))
	}
}
