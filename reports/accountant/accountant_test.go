package accountant

import (
	"bytes"
	stdhtml "html"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"stapel/reports/browsertest"
	"stapel/reports/mart"
	"stapel/reports/marttest"
	"stapel/reports/nltest"
)

var tag = regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<[^>]*>`)

func words(html string) string {
	return strings.Join(strings.Fields(stdhtml.UnescapeString(tag.ReplaceAllString(html, " "))), " ")
}

// TestPage: the page says what an accountant asks for, with the ledger and without it.
func TestPage(t *testing.T) {
	for _, c := range []struct {
		name   string
		ledger bool
		says   []string
		not    []string
	}{
		{"ledger", true, []string{"Alle controletotalen sluiten op 0,00.", "Volledigheid deels vastgesteld.",
			"Van de 3 vergelijkingen met het grootboek (een bron, een gemeente, een jaar) sluit er 1 op 0,00 en heeft er 1 een verschil dat is verklaard. Niet verklaard: Wmo-declaraties Tilburg 2025 (€ -5,00). " +
				"Niet met een grootboek vergeleken, dus niet vastgesteld: Zvw-declaraties over 2025.",
			"2 Verschil met het grootboek, verklaard -20,00 -20,00", "Wmo-declaraties Tilburg 2025 480,00 485,00 -5,00 0,00 -5,00 Verschil", "Betaald zonder regels per persoon 20,00",
			"Wmo-declaraties 1.010,10 985,00 25,10 0,00 0,00 0,00 0,00", "Wmo-declaraties Niet in een nieuwere levering 2 3,33", "65 60 180 7 -8.800,00 -13.100,00 -4.400,00 0,04 aangetoond",
			"DH-1 150 2.500.000,00 – – – niet te toetsen periode ligt buiten de gegevens", "Of deze leveringen volledig zijn: Zvw-declaraties over 2025.", "stapel trace aansluiting/wmo_declaratie/GM0824/2025/verschil_ct",
			"1 van 4 vergelijkingen met het grootboek", "effect 1 1 1 12 2 1 9 overgang 2 1 1 9 3 1 3 niet bewezen"}, []string{"overgang a+c", "7.777,77", "niet vastgesteld. Er zijn geen"}},
		{"no ledger", false, []string{"Volledigheid niet vastgesteld. Er zijn geen grootboektotalen geleverd", "begint daarom bij wat is geleverd", "Van wat is geleverd tot de ranglijst", "Of de leveringen volledig zijn: er zijn geen grootboektotalen"},
			[]string{"Verschil met het grootboek, verklaard"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out, files := render(t, world(t, c.ledger))
			text := words(out[FileName].String())
			for _, want := range c.says {
				if !strings.Contains(text, want) {
					t.Errorf("the page does not say %q", want)
				}
			}
			for _, wrong := range c.not {
				if strings.Contains(text, wrong) {
					t.Errorf("the page says %q", wrong)
				}
			}
			if found := nltest.Jargon(text); len(found) > 0 {
				t.Errorf("%q", found)
			}
			for _, f := range files {
				if f.Level != level {
					t.Errorf("%s is of level %s", f.Name, f.Level)
				}
			}
		})
	}
	render(t, fstest.MapFS{}) // a run without marts
}

// TestOpenControl: a control total that is not 0 is the first thing that the page says.
func TestOpenControl(t *testing.T) {
	marts := world(t, true)
	marttest.Write(t, marts, "controle", []mart.Controle{{Kind: "wmo_declaratie", Stap: "geleverd", BedragCt: 1, VerschilCt: 1}})
	out, _ := render(t, marts)
	if text := words(out[FileName].String()); !strings.Contains(text, "1 van de 1 controletotalen sluiten niet.") {
		t.Error("the page does not say that a control total is open")
	}
}

// book opens the workbook.
func book(t testing.TB, data []byte) *excelize.File {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// reckoned works out every formula of a workbook again, and returns how many there were and those that give another value than is stored.
func reckoned(t testing.TB, f *excelize.File) (n int, differ []string) {
	t.Helper()
	raw := excelize.Options{RawCellValue: true}
	for _, sheet := range f.GetSheetList() {
		rows, err := f.GetRows(sheet, raw)
		if err != nil {
			t.Fatal(err)
		}
		for r, row := range rows {
			for c := range row {
				cell, err := excelize.CoordinatesToCellName(c+1, r+1)
				if err != nil {
					t.Fatal(err)
				}
				formula, err := f.GetCellFormula(sheet, cell)
				if err != nil {
					t.Fatal(err)
				}
				if formula == "" {
					continue
				}
				n++
				stored, err := strconv.ParseFloat(row[c], 64)
				if err != nil {
					t.Fatalf("%s!%s holds %q", sheet, cell, row[c])
				}
				text, err := f.CalcCellValue(sheet, cell, raw)
				if err != nil {
					t.Fatalf("%s!%s, %s: %v", sheet, cell, formula, err)
				}
				if got, err := strconv.ParseFloat(text, 64); err != nil || math.Abs(got-stored) > 0.001 {
					differ = append(differ, sheet+"!"+cell)
				}
			}
		}
	}
	return n, differ
}

// TestWorkbook: every formula gives what is stored, the check adds up to 0, and a cent that is changed in any amount behind a difference shows in it.
func TestWorkbook(t *testing.T) {
	out, _ := render(t, world(t, true))
	f := book(t, out[WorkbookName].Bytes())
	n, differ := reckoned(t, f)
	if n < 90 || len(differ) > 0 {
		t.Errorf("%d formulas, of which %v give another value", n, differ)
	}
	check := func() float64 {
		rows, err := f.GetRows("Sluitcontrole")
		if err != nil || rows[len(rows)-1][0] != "Alles samen" {
			t.Fatalf("the check ends otherwise: %v", err)
		}
		if err := f.UpdateLinkedValue(); err != nil {
			t.Fatal(err)
		}
		text, err := f.CalcCellValue("Sluitcontrole", "D"+strconv.Itoa(len(rows)), excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		v, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if v := check(); v != 0 {
		t.Fatalf("the check is %v", v)
	}
	for _, at := range []struct{ sheet, cell string }{{"Waterval", "E8"}, {"Waterval", "E4"}, {"Ontvangen", "B4"}, {"Regels", "C5"}, {"Gebruikt", "E4"}} {
		text, err := f.GetCellValue(at.sheet, at.cell, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		was, err := strconv.ParseFloat(text, 64)
		if err != nil {
			t.Fatalf("%s!%s holds %q", at.sheet, at.cell, text)
		}
		if err := f.SetCellValue(at.sheet, at.cell, was+0.01); err != nil {
			t.Fatal(err)
		}
		if v := check(); v == 0 {
			t.Errorf("a cent more in %s!%s leaves the check at 0", at.sheet, at.cell)
		}
		if err := f.SetCellValue(at.sheet, at.cell, was); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFiles: the files hold what the page shows, no formula of a supplier's, and the same bytes twice.
func TestFiles(t *testing.T) {
	out, _ := render(t, world(t, true))
	again, _ := render(t, world(t, true))
	for name, data := range out {
		if !bytes.Equal(data.Bytes(), again[name].Bytes()) {
			t.Errorf("%s differs the second time", name)
		}
	}
	if text := out["csv/aansluiting.csv"].String(); !strings.Contains(text, "wmo_declaratie;GM0855;2025;480,00;485,00;-5,00;0,00;-5,00;verschil;aansluiting/wmo_declaratie/GM0855/2025/verschil_ct") {
		t.Errorf("aansluiting.csv: %s", text)
	}
	if text := out["csv/aansluiting_verklaring.csv"].String(); !strings.Contains(text, ";'=1+1;") {
		t.Errorf("a text that begins as a formula: %s", text)
	}
}

// TestPageInBrowser holds the page to what everyone needs, on the screen and on paper.
func TestPageInBrowser(t *testing.T) {
	out, _ := render(t, world(t, true))
	html := out[FileName].Bytes()
	o := browsertest.Open(t, html)
	browsertest.Accessible(t, o)
	o.Run(t, chromedp.EmulateViewport(1280, 900))
	if wide := browsertest.Eval[[]string](t, o, browsertest.TooWide); len(wide) > 0 {
		t.Errorf("at 1280: %v", wide)
	}
	o.Run(t, chromedp.ResetViewport())
	if sheets := browsertest.Sheets(t, o.PDF(t), 16*72/25.4); len(sheets) < 4 || len(sheets) > 12 {
		t.Errorf("%d sheets", len(sheets))
	}
	o.Quiet(t)
	browsertest.OnlyOwnScript(t, o, html)
}
