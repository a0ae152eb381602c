package werktafel

import (
	"bytes"
	"context"
	"encoding/csv"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"stapel/reports"
	"stapel/reports/nl"
	"stapel/reports/reporttest"
	"stapel/reports/table"
	"stapel/reports/vrij"
	"stapel/transforms"
)

// htmlFiles are the pages of the report on the built-in configuration.
var htmlFiles = []string{"werktafel.html", "tafelblad-cocktail_1.html", "tafelblad-cocktail_2.html", "tafelblad-cocktail_3.html", "tafelblad-cocktail_4.html"}

func TestFiles(t *testing.T) {
	files, out := render(t, rich(), testRun)
	want := append(slices.Clone(htmlFiles), "werktafel.xlsx")
	for _, name := range vrij.Names() {
		want = append(want, "csv/"+name+".csv")
	}
	var got []string
	for _, f := range files {
		name := strings.TrimPrefix(f.Name, "werktafel/")
		got = append(got, name)
		if f.Level != transforms.LevelVrij || f.Bytes != int64(out[name].Len()) || !strings.HasPrefix(f.Name, "werktafel/") {
			t.Errorf("%+v", f)
		}
	}
	if !slices.Equal(got, want) {
		t.Errorf("files %q, want %q", got, want)
	}
}

func TestEqualInputEqualBytes(t *testing.T) {
	_, a := render(t, rich(), testRun)
	_, b := render(t, rich(), testRun)
	for name := range a {
		if !bytes.Equal(a[name].Bytes(), b[name].Bytes()) {
			t.Errorf("%s differs between two renders", name)
		}
	}
}

// TestSelfContained: a page names no place outside itself but the other pages of the report.
func TestSelfContained(t *testing.T) {
	_, out := render(t, rich(), testRun)
	for _, name := range htmlFiles {
		page := out[name].String()
		for _, bad := range []string{"http:", "https:", "url(", "@import", "src=", "file:", "analist"} {
			if strings.Contains(page, bad) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
		if !strings.Contains(page, `content="default-src 'none';`) && !strings.Contains(page, `content="default-src &#39;none&#39;;`) {
			t.Errorf("%s has no content security policy", name)
		}
	}
}

// TestErrors: what is not whole is no report.
func TestErrors(t *testing.T) {
	w := func() *reports.Writer { return reports.NewWriter(reporttest.Dir{}, reports.Werktafel) }
	run := testRun
	run.Peildatum = "2025-12-30"
	if err := Write(t.Context(), folder(t, rich()), run, w()); err == nil || !strings.Contains(err.Error(), "peildatum") {
		t.Errorf("a peildatum that ends no month: %v", err)
	}
	refused := rich()
	refused.Verslag[0].Stand = vrij.Geweigerd
	if err := Write(t.Context(), folder(t, refused), testRun, w()); err == nil || !strings.Contains(err.Error(), "tabel cocktail is geweigerd en heeft") {
		t.Errorf("a refused table with rows: %v", err)
	}
	if err := Write(t.Context(), without{folder(t, rich()), "pad_stap.parquet"}, testRun, w()); err == nil || !strings.Contains(err.Error(), "tabel pad_stap") {
		t.Errorf("a missing file: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Write(ctx, folder(t, rich()), testRun, w()); err == nil {
		t.Error("a report was written after it was cancelled")
	}
}

// without is a folder in which a file is missing.
type without struct {
	fs.FS
	name string
}

func (w without) Open(name string) (fs.File, error) {
	if name == w.name {
		return nil, fs.ErrNotExist
	}
	return w.FS.Open(name)
}

// TestNothingShown: where nothing may be shown the pages say so in words, everywhere, and no cell of a table is empty or zero.
func TestNothingShown(t *testing.T) {
	tables := rich()
	hide(tables)
	_, out := render(t, tables, testRun)
	for _, name := range htmlFiles {
		text := out[name].String()
		for _, bad := range []string{`<td class="r"></td>`, `<td class="r">0</td>`, `<td class="r">–</td>`, "NaN", "<nil>", "%!", `<span class="waarde"></span>`} {
			if strings.Contains(strings.ReplaceAll(text, "isNaN", ""), bad) {
				t.Errorf("%s holds %q", name, bad)
			}
		}
		if n := strings.Count(text, table.WithheldWord); n < 15 {
			t.Errorf("%s says %d times that something is not shown", name, n)
		}
		if strings.Contains(text, "<figure") {
			t.Errorf("%s draws nothing", name)
		}
	}
	rows := readCSV(t, out["csv/cocktail.csv"].Bytes())
	at := slices.Index(rows[0], "huishoudens")
	for _, r := range rows[1:] {
		if r[at] != table.WithheldWord {
			t.Fatalf("csv/cocktail.csv has %q", r[at])
		}
	}
	book, err := excelize.OpenReader(bytes.NewReader(out["werktafel.xlsx"].Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet, err := book.GetRows("Bijna")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(sheet[0][0], table.WithheldWord) || !slices.Equal(sheet[2][2:], []string{"–", "–", "–", "–"}) {
		t.Errorf("werkblad Bijna: %q", sheet[:3])
	}
}

// TestLongSheet: a sheet shows so many rows, the newest, and says where the others are.
func TestLongSheet(t *testing.T) {
	tables := rich()
	for len(tables.Cocktail) <= sheetRows {
		tables.Cocktail = append(tables.Cocktail, tables.Cocktail...)
	}
	all := len(tables.Cocktail)
	_, out := render(t, tables, testRun)
	book, err := excelize.OpenReader(bytes.NewReader(out["werktafel.xlsx"].Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer book.Close()
	sheet, err := book.GetRows("Cocktails")
	if err != nil {
		t.Fatal(err)
	}
	if want := "De eerste 5.000 van " + nl.Int(int64(all)) + " rijen; alle staan in csv/cocktail.csv."; !strings.HasSuffix(sheet[0][0], want) || len(sheet) != sheetRows+2 || sheet[2][0] != "31-12-2025" {
		t.Errorf("%d rows under %q, the first %q", len(sheet), sheet[0][0], sheet[2])
	}
	if rows := readCSV(t, out["csv/cocktail.csv"].Bytes()); len(rows) != all+1 || rows[1][0] != "2024-03-31" {
		t.Errorf("the file has %d rows, the first %q", len(rows), rows[1])
	}
}

func readCSV(t *testing.T, data []byte) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.Comma = ';'
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestWordsBesideCodes: files have what people call a code.
func TestWordsBesideCodes(t *testing.T) {
	_, out := render(t, rich(), testRun)
	for name, want := range map[string]map[string]string{
		"cocktail":   {"cocktail_id_naam": "Jeugdzorg, woonproblematiek en kinderen", "gemeentecode_naam": "Tilburg", "oordeel_naam": "niet te beoordelen", "wijkcode_naam": "wijk niet geleverd"},
		"pad":        {"pad_naam": "Schulden → woonproblematiek → cocktail vol"},
		"pad_stap":   {"naar_ingredient_naam": "cocktail vol"},
		"bijna":      {"ontbrekend_naam": "waarschijnlijk geen bijstand"},
		"fraudefuik": {"groep_naam": "Alle huishoudens", "stand_naam": "met een terugvordering of boete"},
		"hindernis":  {"partij_naam": "partij niet genoemd"},
		"bron":       {"stand_naam": "niet geleverd"},
	} {
		rows := readCSV(t, out["csv/"+name+".csv"].Bytes())
		for column, word := range want {
			at := slices.Index(rows[0], column)
			if at < 0 || !slices.ContainsFunc(rows[1:], func(r []string) bool { return strings.EqualFold(r[at], word) }) {
				t.Errorf("csv/%s.csv has no %s %q", name, column, word)
			}
		}
	}
}

// TestRefused: a table that was refused is named with the reason, in its place, in the record and on the sheet of a cocktail; an answer that
// rests on it says so.
func TestRefused(t *testing.T) {
	_, out := render(t, poor(), testRun)
	const reason = "Niet binnen 300 seconden te bewijzen dat kleine groepen verborgen blijven."
	page := out["werktafel.html"].String()
	for id, label := range map[string]string{"wegen": "pad", "volgorde": "overgang", "combinaties": "combinatie"} {
		_, part, ok := strings.Cut(page, `<h3 id="`+id+`"`)
		part, _, _ = strings.Cut(part, "<h3")
		if want := nl.Word("tabel", label) + ": niet getoond.</strong> " + reason; !ok || !strings.Contains(part, want) {
			t.Errorf("%s does not say %q", id, want)
		}
	}
	if n := strings.Count(page, "Niet te zeggen: dat onderdeel wordt niet getoond. "+reason); n != 4 {
		t.Errorf("%d answers say that their part is not shown, want 4", n)
	}
	if !strings.Contains(out["tafelblad-cocktail_3.html"].String(), reason) {
		t.Error("the sheet does not say what is missing")
	}
	if _, part, _ := strings.Cut(page, `<h3 id="hindernissen"`); !strings.Contains(part[:900], "Maatwerkplannen en Akkoorden op plannen: niet geleverd") {
		t.Errorf("obstacles without plans: %s", part[:900])
	}
	if !strings.Contains(page, "<strong>Minder fijn getoond.</strong>") {
		t.Error("nothing says that a part is coarser")
	}
	if strings.Contains(page, "Nog niet delen") {
		t.Error("a refused table without rows is called unproven")
	}
}

// TestUnproven: a table with rows of which nobody proved that they hide what they should is no report to share.
func TestUnproven(t *testing.T) {
	for name, change := range map[string]func(*vrij.Tables){
		"not proven":    func(t *vrij.Tables) { t.Verslag[0].Bewezen = false },
		"not in record": func(t *vrij.Tables) { t.Verslag = t.Verslag[1:] },
	} {
		tables := rich()
		change(tables)
		_, out := render(t, tables, testRun)
		book, err := excelize.OpenReader(bytes.NewReader(out["werktafel.xlsx"].Bytes()))
		if err != nil {
			t.Fatal(err)
		}
		if head, err := book.GetCellValue("Toelichting", "A3"); err != nil || head != "Nog niet delen" {
			t.Errorf("%s: the workbook begins with %q, %v", name, head, err)
		}
		if err := book.Close(); err != nil {
			t.Fatal(err)
		}
		for _, file := range htmlFiles {
			if text := out[file].String(); strings.Contains(strings.Replace(text, `content:"Vrij om te delen"`, "", 1), "rij om te delen") || !strings.Contains(text, `content:"Nog niet delen"`) {
				t.Errorf("%s: %s says somewhere that it may be shared", name, file)
			}
			if text := out[file].String(); !strings.Contains(text, "Nog niet delen.") || !strings.Contains(text, "af te leiden zijn: "+nl.Word("tabel", "cocktail")+".") {
				t.Errorf("%s: %s does not say it", name, file)
			}
		}
	}
}

// TestLegendOfDashes: a drawing with a dash says what it is, one without does not; the dash of a hidden step is a dotted arrow.
func TestLegendOfDashes(t *testing.T) {
	_, out := render(t, rich(), testRun)
	page := out["werktafel.html"].String()
	figure := func(id string) string {
		at := strings.Index(page, `aria-labelledby="`+id+`-t `)
		if at < 0 {
			t.Fatalf("no figure %s", id)
		}
		from := strings.LastIndex(page[:at], "<figure")
		return page[from:at]
	}
	for id, word := range map[string]string{"fig-nu": table.WithheldWord, "fig-partijen": table.WithheldWord, "fig-wegen-cocktail_1": "aantal dagen niet te tonen",
		"fig-wegen-cocktail_4": "aantal dagen niet te tonen"} {
		if !strings.Contains(figure(id), "</svg> "+word+"</li>") {
			t.Errorf("%s does not say what its dash is", id)
		}
	}
	for _, id := range []string{"fig-bijna", "fig-combinaties", "fig-wegen-cocktail_3"} {
		if strings.Contains(figure(id), "te tonen</li>") {
			t.Errorf("%s explains a dash that it does not have", id)
		}
	}
}

// TestStepsByNumber: the days of a step stand at that step, also where the row of another is missing; of ways that nobody saw begin there are none.
func TestStepsByNumber(t *testing.T) {
	tables := rich()
	tables.PadStap = slices.DeleteFunc(tables.PadStap, func(s vrij.PadStap) bool { return s.Cocktail == "cocktail_1" && s.Stap == 1 })
	_, out := render(t, tables, testRun)
	page := out["werktafel.html"].String()
	if want := "het vaakst ggz → woonproblematiek → niet-passende begeleiding (190\u00a0dagen later) → cocktail vol (14\u00a0dagen later), 35\u00a0huishoudens"; !strings.Contains(page, want) {
		t.Errorf("the page does not say %q", want)
	}
	for row, days := range map[string]string{"Andere wegen samen</th><td class=\"r\">10": "205", "Volgorde niet te zien</th><td class=\"r\">45": "n.v.t."} {
		if !strings.Contains(page, row+`</td><td class="r">`+days+"</td>") {
			t.Errorf("%s: the days are not %s", row, days)
		}
	}
}

// TestOnlyWhatIsSure: a combination whose interval reaches down to what chance would give is in the table, and neither drawn nor an answer.
func TestOnlyWhatIsSure(t *testing.T) {
	const unsure = "Jeugdzorg &#43; kinderen &#43; niet-passende begeleiding"
	tables := rich()
	_, out := render(t, tables, testRun)
	page := out["werktafel.html"].String()
	if strings.Contains(page, "Jeugdzorg + kinderen + niet-passende begeleiding</text>") || !strings.Contains(page, "Ggz + schulden</text>") {
		t.Error("what is drawn is not what is sure")
	}
	for i := range tables.Combinatie {
		if tables.Combinatie[i].LiftLaag != nil {
			tables.Combinatie[i].LiftLaag = x(1)
		}
	}
	_, out = render(t, tables, testRun)
	page = out["werktafel.html"].String()
	if !strings.Contains(page, "Geen: van geen enkele combinatie zonder naam is zeker dat zij vaker voorkomt dan bij toeval") || strings.Contains(page, `id="fig-combinaties-t"`) {
		t.Error("a combination is called sure that is not")
	}
	if !strings.Contains(strings.ReplaceAll(page, " + ", " &#43; "), unsure) {
		t.Error("the table lacks a combination")
	}
}

// TestOwnCocktails: cocktails that the configuration does not know go by their id, and however many there are, a few stand beside each other.
func TestOwnCocktails(t *testing.T) {
	tables, run := rich(), testRun
	run.Cocktails = nil
	for _, id := range []string{"scheiding_bijstand", "tweede", "derde"} {
		for _, c := range tables.Cocktail {
			if c.Cocktail == "cocktail_1" {
				c.Cocktail = id
				tables.Cocktail = append(tables.Cocktail, c)
			}
		}
	}
	_, out := render(t, tables, run)
	page := out["werktafel.html"].String()
	for _, id := range append(slices.Clone(cocktailIDs), "scheiding_bijstand", "tweede", "derde") {
		heads := strings.Count(page, `<th scope="colgroup" colspan="2" class="m">`+id+"</th>")
		if _, ok := out["tafelblad-"+id+".html"]; !ok || heads < 2 {
			t.Errorf("%s: a sheet %v, at the head of %d tables", id, ok, heads)
		}
	}
	for i, head := range strings.Split(page, "<thead>")[1:] {
		head, _, _ = strings.Cut(head, "</thead>")
		if n := strings.Count(head, `scope="colgroup"`); n > perTable {
			t.Errorf("table %d has %d cocktails beside each other", i, n)
		}
	}
}

// TestPeildatumBetweenQuarters: a peildatum that ends no quarter is a moment of its own, the last.
func TestPeildatumBetweenQuarters(t *testing.T) {
	tables, run := rich(), testRun
	run.Peildatum = "2026-01-31"
	for _, c := range tables.Cocktail {
		if c.IsP {
			c.Dag, c.Kwartaal = date("2026-01-31"), nil
			if c.Huishoudens != nil {
				c.Huishoudens = n(*c.Huishoudens + 1_000_000)
			}
			tables.Cocktail = append(tables.Cocktail, c)
		}
	}
	for i := range tables.Cocktail {
		tables.Cocktail[i].IsP = tables.Cocktail[i].Kwartaal == nil
	}
	_, out := render(t, tables, run)
	page := out["werktafel.html"].String()
	if !strings.Contains(page, ">dec\u00a02025</th><th scope=\"col\" class=\"r\">jan\u00a02026</th></tr>") || !strings.Contains(page, ": 1.000.120\u00a0huishoudens.") ||
		!strings.Contains(page, "van 95 op 31-03-2024 naar 1.000.120 op 31-01-2026") {
		t.Error("the peildatum is not the last moment")
	}
	if rows := readCSV(t, out["csv/cocktail.csv"].Bytes()); rows[len(rows)-1][slices.Index(rows[0], "kwartaal")] != "" {
		t.Error("a day that ends no quarter has one")
	}
}
