package sample

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"stapel/config/configtest"
	"stapel/pipeline/exit"
	"stapel/pipeline/mus"
)

// papers is a paper of a made-up population: debits of which two are large, credits, and lines without amount.
func papers(t *testing.T, method mus.Method, model mus.Distribution) *Paper {
	t.Helper()
	var lines []mus.Line
	for i := range int64(400) {
		ct := 1000 + i*i%977*13
		switch {
		case i%50 == 7:
			ct = -ct / 3
		case i%90 == 11:
			ct = 0
		case i%200 == 33:
			ct = 3_000_13
		case i%40 == 21:
			ct = 1_200_00
		}
		lines = append(lines, mus.Line{Kind: "wmo_declaratie", File: "a.csv", Row: i + 2, Window: "T0", Ct: ct})
	}
	plan := mus.Plan{Confidence: 0.9, Tolerable: 400_000, Expected: 20_000, Model: model, Method: method}
	var d *mus.Draw
	for seed := range 100 { // with cells, the first in which a line is hit twice
		var err error
		plan.Seed = fmt.Sprint("zaad ", seed)
		if d, err = mus.Take(plan, lines); err != nil {
			t.Fatal(err)
		}
		if method == mus.Interval || slices.ContainsFunc(d.Items, func(it mus.Item) bool { return it.Hits > 1 }) {
			break
		}
	}
	p := &Paper{Sort: recordSort, Format: recordFormat, Run: "2025-12-31-0123456789ab", Peildatum: "2025-12-31", Figure: Whole, Population: d.Population,
		Lines: len(lines), Plan: d.Plan, Parts: d.Parts, Draw: d.ID(), Sum: d.Parts[0].Book - d.Parts[1].Book}
	for i, it := range d.Items {
		p.Items = append(p.Items, Item{i + 1, it.Side, it.Top, it.Hits, it.Kind, it.File, it.Row, it.Window, "wmo", "gemeente_wmo", "gedeclareerd",
			"2025-01-01", "2025-02-01", it.Ct, it.Ct})
	}
	return p
}

// put writes the two papers in a folder, with change applied to the workbook.
func put(t *testing.T, p *Paper, change func(book *excelize.File)) string {
	t.Helper()
	data, err := p.workbook()
	if err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	if change != nil {
		change(book)
	}
	file := filepath.Join(t.TempDir(), "steekproef.xlsx")
	if err := book.SaveAs(file); err != nil {
		t.Fatal(err)
	}
	record, err := p.record()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(strings.TrimSuffix(file, ".xlsx")+recordSuffix, record, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func cellOf(column string, item int) string { return fmt.Sprint(column, firstRow+item) }

// fill fills in the book values, less what is wrong with an item.
func fill(p *Paper, wrong map[int]int64) func(book *excelize.File) {
	return func(book *excelize.File) {
		for i, it := range p.Items {
			if err := book.SetCellFloat(linesSheet, cellOf(colAudited, i), euros(it.BookCt-wrong[i]), 2, 64); err != nil {
				panic(err)
			}
		}
	}
}

// TestFormulasAgree: what the workbook computes is what stapel says, for debits and credits, both ways of drawing and two distributions.
func TestFormulasAgree(t *testing.T) {
	twice := 0
	for _, method := range []mus.Method{mus.Interval, mus.Cell} {
		for _, model := range []mus.Distribution{mus.Poisson, mus.Binomial} {
			p := papers(t, method, model)
			wrong := map[int]int64{}
			for i, it := range p.Items {
				twice += it.Hits - 1
				switch {
				case it.Side == mus.Zero:
				case i%7 == 3:
					wrong[i] = it.BookCt / 4
				case i%7 == 5:
					wrong[i] = -it.BookCt / 9
				}
			}
			file := put(t, p, fill(p, wrong))
			got, err := Evaluate(file)
			if err != nil {
				t.Fatal(err)
			}
			book, err := excelize.OpenFile(file)
			if err != nil {
				t.Fatal(err)
			}
			defer book.Close()
			value := func(sheet string, col, row int) float64 {
				name, err := excelize.CoordinatesToCellName(col+1, row)
				if err != nil {
					t.Fatal(err)
				}
				text, err := book.CalcCellValue(sheet, name, excelize.Options{RawCellValue: true})
				if err != nil {
					t.Fatalf("%s %s: %v", sheet, name, err)
				}
				x, err := strconv.ParseFloat(text, 64)
				if err != nil {
					t.Fatalf("%s %s: %q", sheet, name, text)
				}
				return x
			}
			for s, side := range got.Sides {
				for i, l := range side.Limits {
					col := s*blockWidth + 5 + i
					for row, want := range map[int]int64{sumsHead + 1: l.TopCt, sumsHead + 2: l.Likely, sumsHead + 3: l.Basic, sumsHead + 6: l.Upper} {
						if x := value(sumsSheet, col, row); math.Abs(x*100-float64(want)) > 1.001 {
							t.Errorf("%s, %s, %s %s, row %d: the workbook has %.4f, stapel %d cents", method, model, side.Part.Side, l.Direction, row, x, want)
						}
					}
				}
			}
			if text, err := book.CalcCellValue(linesSheet, fmt.Sprint(colRemark, totalRow)); err != nil || text != fmt.Sprintf("%d van %[1]d ingevuld", len(p.Items)) {
				t.Errorf("the count says %q, %v", text, err)
			}
		}
	}
	if twice == 0 {
		t.Error("no line is hit twice: the test shows less than it should")
	}
}

// TestEvaluateRefuses: everything but the amounts and remarks has to be as it was drawn, and every line has to have an amount.
func TestEvaluateRefuses(t *testing.T) {
	p := papers(t, mus.Interval, mus.Poisson)
	good := fill(p, nil)
	for what, c := range map[string]struct {
		change func(book *excelize.File)
		says   string
	}{
		"nothing filled in": {nil, "have no audited amount"},
		"one line left open": {func(b *excelize.File) { good(b); _ = b.SetCellValue(linesSheet, cellOf(colAudited, 2), nil) },
			fmt.Sprintf("1 of %d lines have no audited amount, the first in row %d", len(p.Items), firstRow+2)},
		"a book value":      {func(b *excelize.File) { good(b); _ = b.SetCellValue(linesSheet, cellOf(colBook, 1), 1.0) }, "column Boekwaarde is not as it was drawn"},
		"hits":              {func(b *excelize.File) { good(b); _ = b.SetCellValue(linesSheet, cellOf(colHits, 1), 2) }, "column Treffers is not"},
		"a line number":     {func(b *excelize.File) { good(b); _ = b.SetCellValue(linesSheet, cellOf("F", 0), 999) }, "column Regel is not"},
		"a file":            {func(b *excelize.File) { good(b); _ = b.SetCellValue(linesSheet, cellOf("E", 0), "b.csv") }, "column Bestand is not"},
		"how it came":       {func(b *excelize.File) { good(b); _ = b.SetCellValue(linesSheet, cellOf("C", 0), "anders") }, "column Gekozen is not"},
		"an amount in text": {func(b *excelize.File) { good(b); _ = b.SetCellValue(linesSheet, cellOf(colAudited, 1), "12,50 euro") }, "is no amount in euros"},
		"parts of cents":    {func(b *excelize.File) { good(b); _ = b.SetCellValue(linesSheet, cellOf(colAudited, 1), 1.005) }, "is no amount in euros"},
		"another row":       {func(b *excelize.File) { good(b); _ = b.SetCellValue(linesSheet, cellOf("A", len(p.Items)), 77) }, "a row that was not drawn"},
		"a row less":        {func(b *excelize.File) { good(b); _ = b.RemoveRow(linesSheet, firstRow) }, "is not as it was drawn"},
		"a heading":         {func(b *excelize.File) { good(b); _ = b.SetCellValue(linesSheet, "A3", "Nummer") }, "a heading is not"},
		"no sheet":          {func(b *excelize.File) { _ = b.DeleteSheet(linesSheet) }, "has no sheet"},
	} {
		_, err := Evaluate(put(t, p, c.change))
		var e *exit.Error
		if !errors.As(err, &e) || e.Code != exit.Usage || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v; want %q", what, err, c.says)
		}
	}
	file := put(t, p, good)
	if e, err := Evaluate(file); err != nil || e.Verdict != mus.Acceptable {
		t.Fatalf("%+v, %v", e, err)
	}
	record := strings.TrimSuffix(file, ".xlsx") + recordSuffix
	text, err := os.ReadFile(record)
	if err != nil {
		t.Fatal(err)
	}
	for what, change := range map[string][2]string{"plan": {`"toelaatbaar_ct": 400000`, `"toelaatbaar_ct": 4000000`},
		"a book value":   {`"boekwaarde_ct": `, `"boekwaarde_ct": 1`},
		"an unknown key": {`"soort"`, `"sort"`}, "the sum": {`"cijfer_ct": `, `"cijfer_ct": 1`}} {
		other := strings.Replace(string(text), change[0], change[1], 1)
		if other == string(text) {
			t.Fatalf("%s: nothing to change", what)
		}
		if err := os.WriteFile(record, []byte(other), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Evaluate(file); err == nil || !strings.Contains(err.Error(), recordSuffix) {
			t.Errorf("a record with another %s: %v", what, err)
		}
	}
	if err := os.Remove(record); err != nil {
		t.Fatal(err)
	}
	if _, err := Evaluate(file); err == nil || !strings.Contains(err.Error(), "not beside the workbook") {
		t.Errorf("without a record: %v", err)
	}
}

// TestWorkbookIsLocked: only what has to be filled in can be typed in, and the same draw gives the same bytes.
func TestWorkbookIsLocked(t *testing.T) {
	p := papers(t, mus.Interval, mus.Poisson)
	one, err := p.workbook()
	if err != nil {
		t.Fatal(err)
	}
	two, err := p.workbook()
	if err != nil || !bytes.Equal(one, two) {
		t.Errorf("two workbooks of one draw differ, %v", err)
	}
	book, err := excelize.OpenReader(bytes.NewReader(one))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	for _, sheet := range []string{aboutSheet, linesSheet, sumsSheet} {
		if set, err := book.GetSheetProtection(sheet); err != nil || !set.SelectUnlockedCells {
			t.Errorf("sheet %s is not protected: %+v, %v", sheet, set, err)
		}
	}
	for i, h := range headings {
		name, err := excelize.ColumnNumberToName(i + 1)
		if err != nil {
			t.Fatal(err)
		}
		id, err := book.GetCellStyle(linesSheet, cellOf(name, 0))
		if err != nil {
			t.Fatal(err)
		}
		style, err := book.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		open := style.Protection != nil && !style.Protection.Locked
		if open != (h == fillAmount || h == fillRemark) {
			t.Errorf("column %s: open %t", h, open)
		}
	}
}

func TestFigures(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	for id, says := range map[string]string{
		Whole: "", "kosten/onbekend/T1/*/*/*/bedrag_ct": "", "kosten/h-0000000000000001/T2/zvw/zorgverzekeraar/gedeclareerd/bedrag_ct": "",
		"ranglijst/h-0000000000000001/kosten_t0_ct": "", "ranglijst/*/kosten_wmo_ct": "", "ranglijst/*/kosten_t2_ct": "",
		"ranglijst/*/kosten_t3_ct": "no sum of lines", "ranglijst/*/domeinen": "no sum of lines", "ranglijst/onbekend/kosten_t0_ct": "no household id",
		"kosten/h-12/T0/*/*/*/bedrag_ct": "no household id", "kosten/*/T9/*/*/*/bedrag_ct": "a part that there is not: venster", "kosten/*/T0/brood/*/*/bedrag_ct": "domein",
		"kosten/*/T0/*/*/*/regels": "sum of lines", "effect/x/y": "estimates", "": "sum of lines",
	} {
		_, err := parse(id, cfg)
		if says == "" && err != nil || says != "" && (err == nil || !strings.Contains(err.Error(), says)) {
			t.Errorf("%s: %v; want %q", id, err, says)
		}
	}
}

func TestAmount(t *testing.T) {
	for text, want := range map[string]int64{"0": 0, "12": 12_00, "12,5": 12_50, "12.05": 12_05, "1%": 123_45, "0,5%": 61_72, "100%": 12345_67} {
		if got, err := amount("toelaatbaar", text, 12345_67); err != nil || got != want {
			t.Errorf("%s: %d, %v; want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"", "-1", "1.000", "1.000,00", "€ 5", "1,234", "101%", "%", "1e5", "veel"} {
		if got, err := amount("toelaatbaar", text, 12345_67); err == nil {
			t.Errorf("%q is read as %d", text, got)
		}
	}
}
