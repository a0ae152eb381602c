package register

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/reports/nl"
)

// empty is the workbook as a programme gets it.
func empty(t *testing.T, cfg *config.Config) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Write(&b, cfg); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// filled is the workbook with cells filled in, by sheet and cell. A nil cell is emptied; a text that begins with = is a formula that nobody computed.
func filled(t *testing.T, book []byte, cells map[string]map[string]any) []byte {
	t.Helper()
	f, err := excelize.OpenReader(bytes.NewReader(book))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for sheet, list := range cells {
		for at, value := range list {
			if formula, ok := value.(string); ok && strings.HasPrefix(formula, "=") {
				err = f.SetCellFormula(sheet, at, formula[1:])
			} else {
				err = f.SetCellValue(sheet, at, value)
			}
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	var b bytes.Buffer
	if _, err := f.WriteTo(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func day(text string) time.Time {
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return d
}

// told is the sheet Levering, filled in.
func told() map[string]any {
	return map[string]any{"B2": "Programma Voorbeeld: maatwerk", "B3": "0855, GM0824", "B4": day("2024-01-01"), "B5": "2025-12-31", "B6": day("2026-01-15"), "B7": "V1"}
}

const someone = "v1_da7fa97fcf205de84847d444aa21fb4c"

// TestEmptyIsTheSame: equal contracts give equal bytes, and a sheet has the columns of its contract.
func TestEmptyIsTheSame(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	one := empty(t, cfg)
	if !bytes.Equal(one, empty(t, cfg)) {
		t.Error("two workbooks differ")
	}
	f, err := excelize.OpenReader(bytes.NewReader(one))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, s := range sheets {
		rows, err := f.GetRows(s.title)
		if err != nil || len(rows) != 1 || strings.Join(rows[0], ";")+"\n" != cfg.Contracts[s.kind].Header() {
			t.Errorf("%s: %v, %v", s.title, rows, err)
		}
		rules, err := f.GetDataValidations(s.title)
		if err != nil || len(rules) != len(cfg.Contracts[s.kind].Columns) {
			t.Errorf("%s: %d rules, %v", s.title, len(rules), err)
		}
		for _, r := range rules {
			if len(r.Formula1) > 300 || r.Prompt == nil || *r.Prompt == "" {
				t.Errorf("%s: %s: %q", s.title, r.Sqref, r.Formula1)
			}
		}
	}
}

// TestRead: what is filled in comes out as extracts whose lines are the rows, with what their notes say.
func TestRead(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	levering := told()
	levering["B10"] = "ja" // metingen are kept, and there are none; akkoorden are not
	data := filled(t, empty(t, cfg), map[string]map[string]any{
		"Levering": levering,
		"Plannen": {"A2": "C01", "B2": someone, "C2": 855, "D2": "uitvoering", "F2": day("2025-05-12"), "K2": 20000, "L2": 90000.0, "M2": 63000.5, "N2": 12,
			// row 3 is empty
			"A4": 7, "B4": someone, "C4": "0824", "D4": "concept", "F4": "13-06-2025", "Q4": "geen budget\nwachtlijst", "S4": true},
		"Uitgaven": {"A2": day("2025-01-31"), "B2": "coaching", "C2": 0.1 + 0.2, "A3": day("2025-02-28"), "B3": "overig", "C3": -1354.33},
	})
	extracts, silent, problems, err := Read(data, cfg)
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	if got := fmt.Sprint(silent); got != "[Planregels Akkoorden]" {
		t.Errorf("silent are %s", got)
	}
	const said = "levering_id: \"%s-2026-01-15\"\ngegevensleverancier: \"Programma Voorbeeld: maatwerk\"\ngemeentecode: [\"0855\", \"GM0824\"]\nperiode_van: 2024-01-01\n" +
		"periode_tot: 2025-12-31\naangemaakt: 2026-01-15\npseudoniem_versie: \"v1\"\ncontract_versie: \"1\"\naantal_regels: %d\n"
	head := func(kind string) string { return cfg.Contracts[kind].Header() }
	want := []struct{ csv, note string }{
		{head("maatwerk_plan") + "C01;" + someone + ";0855;uitvoering;;2025-05-12;;;;;20000,00;90000,00;63000,50;12;;;;;;\n\n" +
			"7;" + someone + ";0824;concept;;13-06-2025;;;;;;;;;;;geen budget wachtlijst;;ja;\n", fmt.Sprintf(said, "maatwerk_plan", 2)},
		{head("maatwerk_meting"), fmt.Sprintf(said, "maatwerk_meting", 0)},
		{head("maatwerk_uitgave") + "2025-01-31;coaching;0,30;;\n2025-02-28;overig;-1354,33;;\n",
			fmt.Sprintf(said, "maatwerk_uitgave", 2) + "totaal_debet_ct: 30\ntotaal_credit_ct: 135433\n"},
	}
	if len(extracts) != len(want) {
		t.Fatalf("%d extracts", len(extracts))
	}
	for i, x := range extracts {
		if string(x.CSV) != want[i].csv {
			t.Errorf("%s: got\n%swant\n%s", x.Sheet, x.CSV, want[i].csv)
		}
		if string(x.Note) != want[i].note {
			t.Errorf("%s: got\n%swant\n%s", x.Sheet, x.Note, want[i].note)
		}
	}
}

// TestReadRefuses: what has to be mended is said with sheet and cell, all of it, and never what stands there.
func TestReadRefuses(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	with := func(sheet string, cells map[string]any) map[string]map[string]any {
		out := map[string]map[string]any{"Levering": told(), "Uitgaven": {"A2": day("2025-01-31"), "B2": "coaching", "C2": 1}}
		if sheet == "Levering" {
			for at, v := range cells {
				out[sheet][at] = v
			}
		} else {
			out[sheet] = cells
		}
		return out
	}
	for name, c := range map[string]struct {
		cells map[string]map[string]any
		want  string
	}{
		"nothing at all": {nil, "blad Levering, cel B2: vul dit in: wie levert, elke keer gelijk geschreven\n" +
			"blad Levering, cel B3: vul dit in: de gemeenten waar het programma over gaat, vier cijfers, met een komma ertussen\n" +
			"blad Levering, cel B4: vul dit in: eerste dag vanaf wanneer alles in deze werkmap staat\n" +
			"blad Levering, cel B5: vul dit in: laatste dag tot en met wanneer; niet later dan aangemaakt\n" +
			"blad Levering, cel B6: vul dit in: de dag waarop de werkmap is bijgewerkt: een nieuwere vervangt een oudere"},
		"no lines":         {map[string]map[string]any{"Levering": told()}, "er staat geen enkele regel in, en het blad Levering zegt van niets dat het wordt bijgehouden"},
		"a day that isn't": {with("Levering", map[string]any{"B4": "eind januari"}), "blad Levering, cel B4: hier hoort een datum"},
		"a gemeente by name": {with("Levering", map[string]any{"B3": "Tilburg"}),
			"blad Levering, cel B3: hier horen gemeentecodes van vier cijfers, met een komma ertussen"},
		"a label":              {with("Levering", map[string]any{"B7": "v 1"}), "blad Levering, cel B7: hier hoort een label van letters en cijfers, zoals v1"},
		"perhaps":              {with("Levering", map[string]any{"B8": "soms"}), "blad Levering, cel B8: hier hoort ja of nee"},
		"a row of Levering":    {with("Levering", map[string]any{"A4": "begin"}), "blad Levering: de rij periode_van ontbreekt"},
		"lines, and not kept":  {with("Levering", map[string]any{"B12": "nee"}), "blad Uitgaven: er staan regels op, terwijl het blad Levering zegt dat dit niet wordt bijgehouden"},
		"another column":       {with("Metingen", map[string]any{"G1": "achternaam"}), "blad Metingen, cel G1: deze kolom hoort hier niet; hij kan gegevens bevatten die niet gedeeld mogen worden"},
		"a note in the margin": {with("Metingen", map[string]any{"A1": "casusnummer", "G5": "let op"}), ""},
		"a column twice":       {with("Metingen", map[string]any{"G1": "cijfer"}), "blad Metingen, cel G1: deze kolom staat er al"},
		"a column is gone":     {with("Metingen", map[string]any{"B1": nil}), "blad Metingen: de kolom meetmoment_mnd ontbreekt"},
		"a formula that nobody computed": {with("Metingen", map[string]any{"A2": "C01", "E2": "=3+4"}),
			"blad Metingen, cel E2: de uitkomst van deze formule is niet bewaard; bewaar de werkmap opnieuw in uw rekenprogramma"},
	} {
		_, _, problems, err := Read(filled(t, empty(t, cfg), c.cells), cfg)
		var got []string
		for _, p := range problems {
			got = append(got, p.String())
		}
		if s := strings.Join(got, "\n"); err != nil || s != c.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, s, c.want)
		}
	}
	for name, data := range map[string][]byte{"no workbook": []byte("casusnummer;status\n"), "nothing": nil, "far too large": make([]byte, MostBytes+1)} {
		if _, _, problems, err := Read(data, cfg); len(problems) != 1 || err != nil {
			t.Errorf("%s: %v, %v", name, problems, err)
		}
	}
}

// TestChecks: the sheet Controle does its sums: the case Sophie, lines that leave 1.000 euro, and one approval of two, for that of the eindbaas
// is not of another.
func TestChecks(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	boss := "v1_b0000000000000000000000000000000"
	f, err := excelize.OpenReader(bytes.NewReader(filled(t, empty(t, cfg), map[string]map[string]any{
		"Plannen": {"A2": "C01", "E2": boss, "F2": day("2025-05-12"), "H2": day("2025-05-01"), "I2": day("2025-12-01"), "K2": 20000, "L2": 90000, "M2": 63000, "A3": "C02"},
		"Planregels": {"A2": "C01", "B2": "dreigend", "D2": "rijk", "E2": 60000, "A3": "C01", "B3": "dreigend", "D3": "zorgverzekeraar", "E3": 29000,
			"A4": "C01", "B4": "maatwerk", "D4": "rijk", "E4": 63000},
		"Akkoorden": {"A2": "C01", "B2": boss, "C2": "akkoord", "A3": "C01", "B3": someone, "C3": "akkoord", "A4": "C02", "B4": someone, "C4": "akkoord"},
	})))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, want := range map[string]string{"A2": "C01", "B2": "", "C2": "1000", "D2": "0", "E2": "27000", "F2": "43000", "G2": "1",
		"H2": "gestart met minder dan twee akkoorden. dreigend telt niet op. akkoord van voor de aanmelding. ", "A3": "C02", "G3": "1", "H3": "", "A4": "", "H4": ""} {
		if got, err := f.CalcCellValue(checkSheet, at, excelize.Options{RawCellValue: true}); err != nil || got != want {
			t.Errorf("%s is %q, want %q: %v", at, got, want, err)
		}
	}
}

// TestNumbers: any amount in whole cents and any day comes out of a workbook as it was meant, though a spreadsheet keeps both as fractions.
func TestNumbers(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	book := empty(t, cfg)
	rapid.Check(t, func(rt *rapid.T) {
		levering := told()
		sheet := map[string]any{}
		var want strings.Builder
		want.WriteString(cfg.Contracts["maatwerk_uitgave"].Header())
		for row := range rapid.IntRange(1, 8).Draw(rt, "rows") {
			ct := rapid.Int64Range(-1_000_000_000_000, 1_000_000_000_000).Draw(rt, "ct")
			on := day("1900-03-01").AddDate(0, 0, rapid.IntRange(0, 109_000).Draw(rt, "day"))
			sheet[cell(0, row+2)], sheet[cell(2, row+2)] = on, float64(ct)/100
			fmt.Fprintf(&want, "%s;;%s;;\n", on.Format(time.DateOnly), nl.Cents(ct))
		}
		extracts, _, problems, err := Read(filled(t, book, map[string]map[string]any{"Levering": levering, "Uitgaven": sheet}), cfg)
		if err != nil || len(problems) > 0 {
			rt.Fatal(err, problems)
		}
		if got := string(extracts[0].CSV); got != want.String() {
			rt.Fatalf("got\n%swant\n%s", got, want.String())
		}
	})
}
