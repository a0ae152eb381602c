package analist

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"errors"
	"fmt"
	stdhtml "html"
	"io"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/xuri/excelize/v2"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/marttest"
	"stapel/reports/nl"
	"stapel/reports/reporttest"
	"stapel/reports/seen"
	"stapel/transforms"
)

// render writes the report and returns its files, without the folder.
func render(t testing.TB, marts fs.FS, run reports.Run) ([]reports.File, reporttest.Dir) {
	t.Helper()
	out := reporttest.Dir{}
	files, err := report(context.Background(), marts, run, out)
	if err != nil {
		t.Fatal(err)
	}
	return files, out
}

// report reads what the marts say about the data that came in, as a run does, and writes the report.
func report(ctx context.Context, marts fs.FS, run reports.Run, out reports.Dir) ([]reports.File, error) {
	in, err := seen.Read(ctx, marts, time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC))
	if err != nil {
		return nil, err
	}
	w := reports.NewWriter(out, reports.Analist)
	err = Write(ctx, marts, run, in, w)
	files := slices.Clone(w.Files())
	for i, f := range files {
		files[i].Name = strings.TrimPrefix(f.Name, "analist/")
	}
	return files, err
}

// pages are the pages of the report after each other: where something stands is for other tests.
func pages(out reporttest.Dir) string {
	var all strings.Builder
	for _, d := range documents {
		all.WriteString(out[d.File].String())
	}
	return all.String()
}

func TestFiles(t *testing.T) {
	files, out := render(t, fixture(t, 60), testRun)
	want := []string{"rapport.html", "gegevens.html", "samenvatting.html", "patronen.html", "effect.html", "effect_huishoudens.html", "rapport.xlsx", "csv/ranglijst.csv", "csv/huishouden.csv", "csv/kosten_totaal.csv", "csv/concentratie.csv",
		"csv/lorenz.csv", "csv/verwacht_cel.csv", "csv/ijking.csv", "csv/ijking_maat.csv", "csv/eerlijkheid.csv", "csv/stapeling.csv",
		"csv/zvw_referentie.csv", "csv/cocktail.csv", "csv/cocktail_bewijs.csv", "csv/cocktail_oordeel.csv", "csv/dreiging_kans.csv", "csv/preventief.csv", "csv/plan.csv", "csv/plan_totaal.csv", "csv/dekking.csv", "csv/rijpheid.csv", "csv/levering.csv",
		"csv/quarantaine.csv", "csv/aan_leveranciers.csv", "csv/koppelgraad.csv", "csv/controle.csv", "csv/uitgesloten.csv", "csv/bevinding.csv",
		"csv/opvallend.csv", "csv/patroon.csv", "csv/overgang.csv", "csv/pad.csv", "csv/pad_stap.csv", "csv/trend.csv", "csv/trend_gebied.csv", "csv/cocktail_groep.csv", "csv/hindernis.csv",
		"csv/fraudefuik.csv"}
	if len(files) != len(want) {
		t.Fatalf("%d files: %v", len(files), files)
	}
	households := []string{"rapport.html", "gegevens.html", "effect_huishoudens.html", "rapport.xlsx", "csv/ranglijst.csv", "csv/huishouden.csv", "csv/cocktail.csv", "csv/cocktail_bewijs.csv",
		"csv/preventief.csv", "csv/plan.csv", "csv/aan_leveranciers.csv", "csv/uitgesloten.csv", "csv/bevinding.csv"}
	for i, f := range files {
		level := transforms.LevelTotaal
		if slices.Contains(households, f.Name) {
			level = transforms.LevelRij
		}
		if f.Name != want[i] || f.Level != level || f.Bytes != int64(out[f.Name].Len()) || len(f.SHA256) != 64 {
			t.Errorf("file %d: %+v, want %s", i, f, want[i])
		}
	}
}

func TestEqualInputEqualBytes(t *testing.T) {
	_, a := render(t, fixture(t, 300), testRun)
	_, b := render(t, fixture(t, 300), testRun)
	for name := range a {
		if !bytes.Equal(a[name].Bytes(), b[name].Bytes()) {
			t.Errorf("%s differs between two renders", name)
		}
	}
}

// TestSelfContained holds that the page names no place outside itself, whatever a browser would block.
func TestSelfContained(t *testing.T) {
	_, out := render(t, fixture(t, 60), testRun)
	for _, d := range documents {
		page := out[d.File].String()
		for _, bad := range []string{"http:", "https:", "url(", "@import", "src=", "file:"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s holds %q", d.File, bad)
			}
		}
		if !strings.Contains(page, `content="default-src &#39;none&#39;;`) && !strings.Contains(page, `content="default-src 'none';`) {
			t.Errorf("%s has no content security policy", d.File)
		}
		// one script, of this program, that its policy names by its hash
		policy, _, _ := strings.Cut(stdhtml.UnescapeString(page[strings.Index(page, "script-src"):]), ";")
		_, script, _ := strings.Cut(page, "<script>")
		script, _, _ = strings.Cut(script, "</script>")
		sum := sha256.Sum256([]byte(script))
		if n := strings.Count(page, "<script"); n != 1 || !strings.HasSuffix(policy, " 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
			t.Errorf("%s: %d scripts under %s", d.File, n, policy)
		}
	}
}

func TestMissingMarts(t *testing.T) {
	_, out := render(t, fstest.MapFS{}, testRun)
	page := pages(out)
	for _, id := range []string{"watnu", "gegevens", "kosten", "ranglijst", "cocktails", "plannen", "uitgesloten", "opvallend"} {
		_, section, ok := strings.Cut(page, `<section id="`+id+`"`)
		section, _, _ = strings.Cut(section, "</section>")
		if !ok || !strings.Contains(section, "Niet beschikbaar in deze run") {
			t.Errorf("section %s does not say that it has no data", id)
		}
	}
	if strings.Contains(page, "<figure") || strings.Contains(page, "sluiten op 0,00") {
		t.Error("a report without marts shows a chart or says that the controls close")
	}
	// Leaving out one mart at a time never fails.
	for name := range fixture(t, 30) {
		marts := fixture(t, 30)
		delete(marts, name)
		render(t, marts, testRun)
	}
}

func TestEmptyMarts(t *testing.T) {
	marts := fstest.MapFS{}
	marttest.Write(t, marts, "ranglijst", []mart.Ranglijst{})
	marttest.Write(t, marts, "cocktail", []mart.Cocktail{})
	marttest.Write(t, marts, "plan", []mart.Plan{})
	marttest.Write(t, marts, "kosten", []mart.Kosten{})
	marttest.Write(t, marts, "dekking", []mart.Dekking{})
	_, out := render(t, marts, testRun)
	if page := pages(out); strings.Contains(strings.ReplaceAll(page, "isNaN", ""), "NaN") || !strings.Contains(page, "telt 0\u00a0huishoudens") {
		t.Error("an empty ranking is not shown as 0 households")
	}
}

func TestErrors(t *testing.T) {
	ctx := context.Background()
	for _, peildatum := range []string{"", "31-12-2025", "2025-12-30"} {
		run := testRun
		run.Peildatum = peildatum
		if _, err := report(ctx, fstest.MapFS{}, run, reporttest.Dir{}); err == nil || !strings.Contains(err.Error(), "peildatum") {
			t.Errorf("peildatum %q: %v", peildatum, err)
		}
	}
	marts := fixture(t, 10)
	marttest.Write(t, marts, "plan", []mart.Concentratie{{Maat: "gini"}})
	if _, err := report(ctx, marts, testRun, reporttest.Dir{}); err == nil || !strings.Contains(err.Error(), "mart plan: kolom casusnummer ontbreekt") {
		t.Errorf("mart with other columns: %v", err)
	}
	broken := errors.New("schijf vol")
	files, err := report(ctx, fixture(t, 10), testRun, failing{reporttest.Dir{}, "analist/csv/plan.csv", broken})
	if !errors.Is(err, broken) || !strings.Contains(err.Error(), "csv/plan.csv") || files[len(files)-1].Name != "csv/preventief.csv" {
		t.Errorf("full disk: %v", err)
	}
	cancelled, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := report(cancelled, fixture(t, 10), testRun, reporttest.Dir{}); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// failing is a folder in which one file cannot be closed.
type failing struct {
	reporttest.Dir
	name string
	err  error
}

type failingFile struct {
	io.WriteCloser
	err error
}

func (f failingFile) Close() error { return f.err }

func (f failing) Create(name string) (io.WriteCloser, error) {
	w, err := f.Dir.Create(name)
	if name == f.name {
		w = failingFile{w, f.err}
	}
	return w, err
}

func TestDifferenceIsLoud(t *testing.T) {
	marts := fixture(t, 30)
	marttest.Write(t, marts, "controle", []mart.Controle{{Kind: "totaal", Stap: "ranglijst", BedragCt: 100, VerschilCt: -1}})
	_, out := render(t, marts, testRun)
	head, _, _ := strings.Cut(out["rapport.html"].String(), "<main")
	summary, _, _ := strings.Cut(out["samenvatting.html"].String(), "<main")
	page := pages(out)
	if !strings.Contains(summary, "controle sluit niet") || strings.Contains(page, "Alle controles sluiten") || !strings.Contains(head, "controle sluit niet") || !strings.Contains(page, ">-0,01<") {
		t.Error("a difference of one cent is not on the first page")
	}
}

func TestHostileText(t *testing.T) {
	marts := fixture(t, 30)
	bad := `<script>alert("x")</script><img src=x onerror=alert(1)>`
	marttest.Write(t, marts, "cocktail_naam", []mart.CocktailNaam{{Cocktail: "1", Naam: bad, Ingredienten: bad}})
	run := testRun
	run.Gemeenten, run.ID, run.NietGezien = []string{bad}, bad, []string{bad}
	_, out := render(t, marts, run)
	page := pages(out)
	if strings.Count(page, "<script") != len(documents) || strings.Contains(page, "<script>alert") || strings.Contains(page, "<img") {
		t.Error("text from data became markup")
	}
	rows := readCSV(t, out, "levering")
	found := false
	for _, row := range rows {
		for _, cell := range row {
			if strings.HasPrefix(cell, "=") {
				t.Errorf("a CSV cell starts a formula: %s", cell)
			}
			found = found || strings.HasPrefix(cell, "'=HYPERLINK")
		}
	}
	if !found {
		t.Error("the hostile delivery id is not in the file")
	}
}

func readCSV(t *testing.T, out reporttest.Dir, name string) [][]string {
	t.Helper()
	text, ok := strings.CutPrefix(out["csv/"+name+".csv"].String(), "\ufeff")
	if !ok {
		t.Errorf("%s.csv has no byte order mark", name)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestTablesHoldTheMarts reads the CSV files and the workbook back and compares them with the marts.
func TestTablesHoldTheMarts(t *testing.T) {
	marts := fixture(t, 5300)
	_, out := render(t, marts, testRun)
	rank, err := mart.All(context.Background(), marts, mart.Ranking)
	if err != nil {
		t.Fatal(err)
	}
	rows := readCSV(t, out, "ranglijst")
	if len(rows) != 1+len(rank) || rows[0][2] != "kosten_t0_eur" {
		t.Fatalf("%d rows, header %v", len(rows), rows[0])
	}
	var shown int64
	for i, r := range rank {
		if rows[i+1][1] != r.Huishouden || strings.Replace(rows[i+1][2], ",", "", 1) != centsText(r.T0Ct) {
			t.Fatalf("row %d: %v", i, rows[i+1][:3])
		}
		if i < sheetRows {
			shown += r.T0Ct
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(out["rapport.xlsx"].Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	want := "Toelichting Ranglijst Terugtoets Eerlijkheid Stapeling Cocktails Cocktailoordeel Preventief Plannen Plantotalen Dekking Leveringen Quarantaine Aan leveranciers Opvallend Koppelgraad Controle Combinaties Volgorde Wegen Stappen Verloop Verloop per wijk Cocktail naar groep Hindernissen Terugvorderingen " +
		"Effect Effect per maand Vergelijkbaarheid Uitkomsten Wie betaalde, wie kreeg Sets Claims Plannen per betaler Regels van plannen Doorlooptijd Tevredenheid Uitgaven Herkomst"
	if got := strings.Join(f.GetSheetList(), " "); got != want {
		t.Errorf("sheets: %s", got)
	}
	cell := func(sheet, at string) string {
		v, err := f.GetCellValue(sheet, at, excelize.Options{RawCellValue: true})
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if note := cell("Ranglijst", "A1"); !strings.HasPrefix(note, "De eerste 5.000 van 5.300 rijen") {
		t.Errorf("the sheet does not say that it is cut: %s", note)
	}
	if cell("Ranglijst", "B4") != rank[0].Huishouden || cell("Ranglijst", "A5003") != "5000" || cell("Ranglijst", "A5004") != "" {
		t.Error("the ranking is not rows 4 to 5003")
	}
	if got := strings.Replace(cell("Ranglijst", "C2"), ".", "", 1); got != strings.TrimRight(centsText(shown), "0") && got != centsText(shown) {
		t.Errorf("total %s, want %s cents", got, centsText(shown))
	}
	if cell("Plannen", "J2") != "830000" || cell("Plannen", "L2") != "426000" {
		t.Errorf("plan totals %s %s", cell("Plannen", "J2"), cell("Plannen", "L2"))
	}
	if got := cell("Leveringen", "D15"); got != "<script>alert(1)</script>" {
		t.Errorf("the supplier's name is stored as %q", got)
	}
	if got := cell("Plantotalen", "E8"); got != "euro" || cell("Plantotalen", "A2") != nl.Heading("plan_totaal", "meting") {
		t.Errorf("an amount in euros has unit %q, under %q", got, cell("Plantotalen", "A2"))
	}
	// Codes are words, a year is no amount, and the ids stay in view.
	columns := map[string]string{}
	for i := range 40 {
		at, err := excelize.CoordinatesToCellName(i+1, 3)
		if err != nil {
			t.Fatal(err)
		}
		columns[cell("Ranglijst", at)] = strings.TrimRight(at, "0123456789")
	}
	for heading, want := range map[string]string{nl.Heading("huishouden", "gemeentecode"): "Tilburg|Oisterwijk|Waalwijk", nl.Heading("huishouden", "typhh"): "paar met kinderen|gehuwd paar met kinderen|eenouder|paar",
		nl.Heading("ranglijst", "zvw_gedekt"): "ja|zvw deels gedekt|zvw niet gedekt|zvw onbekend"} {
		if got := cell("Ranglijst", columns[heading]+"5"); !slices.Contains(strings.Split(want, "|"), got) {
			t.Errorf("%s holds %q", heading, got)
		}
	}
	if shown, err := f.GetCellValue("Ranglijst", columns[nl.Heading("huishouden", "jongste_geboortejaar")]+"5"); err != nil || len(shown) != 4 {
		t.Errorf("a year of birth shows as %q, %v", shown, err)
	}
	if panes, err := f.GetPanes("Ranglijst"); err != nil || panes.XSplit != 2 || panes.YSplit != 3 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	if layout, err := f.GetPageLayout("Ranglijst"); err != nil || *layout.Orientation != "landscape" || *layout.FitToWidth != 1 {
		t.Errorf("page layout %+v, %v", layout, err)
	}
	homes := readCSV(t, out, "huishouden")
	if at := slices.Index(homes[0], "gemeentecode_naam"); at != slices.Index(homes[0], "typhh_naam")-2 || homes[1][at] != testRun.Namen.Gemeente(homes[1][slices.Index(homes[0], "gemeentecode")]) {
		t.Errorf("the names are not after the codes: %v, %v", homes[0], homes[1])
	}
}

// TestPatternTables: the marts of the chapter on patterns are in the workbook and the files, in its order, with words beside codes and euros for cents.
func TestPatternTables(t *testing.T) {
	_, out := render(t, leftOut(t), testRun)
	for name, want := range map[string]string{
		"patroon":        "jeugdzorg+kinderen+woonproblematiek;3;ja;2;9;1;51;9;;1,5;6;2,7;11,4;0,0001;0,001;1;900,00;100,00;jeugdzorg + kinderen + woonproblematiek;",
		"overgang":       "ggz;schulden;3;40;20;60,5;0;0;0;;;;;ggz;schulden",
		"pad":            "2;jeugdzorg>woonproblematiek;4;90;;;",
		"pad_stap":       "2;jeugdzorg>woonproblematiek;1;jeugdzorg;woonproblematiek;4;88;;;",
		"trend":          "2025-07-01;2;60;9;5;4;3;39;",
		"trend_gebied":   "2025-10-01;2;GM0855;WK085501;60;9;5;4;3;39;",
		"cocktail_groep": "2;alle;alle;60;9;5;4;3;39;900,00;5100,00;",
		"hindernis":      "alle;alle;30;3;1;182;alle plannen;alle partijen samen",
		"fraudefuik":     "alle;60;6;50;4;0,1071",
	} {
		rows := readCSV(t, out, name)
		if got := strings.Join(rows[1], ";"); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
		if slices.ContainsFunc(rows[0], func(c string) bool { return strings.HasSuffix(c, "_ct") }) {
			t.Errorf("%s has a column in cents: %v", name, rows[0])
		}
	}
	f, err := excelize.OpenReader(bytes.NewReader(out["rapport.xlsx"].Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, want := range map[string]string{"A1": "Alle 2\u00a0rijen, naar de ondergrens van hoeveel vaker dan verwacht.", "A3": "jeugdzorg + kinderen + woonproblematiek", "A4": "ggz + schulden", "Q3": "900", "P2": "Plaats"} {
		if got, err := f.GetCellValue("Combinaties", at, excelize.Options{RawCellValue: true}); err != nil || got != want {
			t.Errorf("%s holds %q, want %q (%v)", at, got, want, err)
		}
	}
	if page := out["rapport.html"].String(); !strings.Contains(page, `href="patronen.html"`) {
		t.Error("the report does not lead to the page on patterns")
	}
	marts := fixture(t, 30)
	delete(marts, "patroon.parquet")
	_, out = render(t, marts, testRun)
	if out["csv/patroon.csv"] != nil {
		t.Error("there is a file of a mart that the run does not have")
	}
	if f, err = excelize.OpenReader(bytes.NewReader(out["rapport.xlsx"].Bytes())); err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, _ := f.GetCellValue("Combinaties", "A1"); got != "Niet beschikbaar in deze run." {
		t.Errorf("a sheet of a mart that the run does not have says %q", got)
	}
}

// centsText is an amount as 1234,56 without its comma.
func centsText(ct int64) string {
	if ct < 0 {
		return "-" + centsText(-ct)
	}
	return fmt.Sprintf("%d%02d", ct/100, ct%100)
}
