package ingest

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"

	"stapel/config"
)

func day(s string) int32 {
	d, ok := parseDate([]byte(s), 0)
	if !ok {
		panic(s)
	}
	return d
}

// Every type, every spelling, once: what is delivered and what stands in the lake.
func TestReadTypes(t *testing.T) {
	s := testProjectKey(t)
	x := setup{contract: parseContract(t, testContract), data: testHeader +
		line("persoon_ps="+strings.ToUpper(ps("jan")), "ouder_ps="+ps("piet"), "huishouden_ps="+ps("thuis"), "gemeentecode=GM0855", "typhh=institutioneel",
			"dc=C", "nummer= 12345 ", "referentie=A-1", "toelichting=  lang verhaal ", "aantal=-5", "jaar=1999", "cijfer=7,5", "bedrag_ct=1250",
			"toegekend_eur=1.354,33", "schuld_eur=-0.5", "begin=31-01-2025", "eind=2025-02-28", "maand=202512", "crisis=ja", "hindernis=geld | regel") +
		line("begin=20250201", "toegekend_eur=0", "maand=2025-01", "crisis=nee", "toelichting=   ")}.run(t)
	if x.err != nil {
		t.Fatal(x.err)
	}
	jan, thuis := s.Key(DomainPersoon, ps("jan")), s.Key(DomainHuishouden, ps("thuis"))
	want := []map[string]any{{
		"levering": x.Levering, "regel": int64(2), "tijd_van": day("2025-01-31"), "tijd_tot": day("2025-03-01"), "geteld_ct": int64(-135433),
		"persoon_ps": jan, "ouder_ps": s.Key(DomainPersoon, ps("piet")), "huishouden_ps": thuis, "gemeentecode": "GM0855", "typhh": "8", "dc": "C",
		"nummer": "12345", "referentie": "A-1", "toelichting": "  lang verhaal ", "aantal": int64(-5), "jaar": int64(1999), "cijfer": int64(7500),
		"bedrag_ct": int64(1250), "toegekend_ct": int64(135433), "schuld_ct": int64(-50), "begin": day("2025-01-31"), "eind": day("2025-02-28"),
		"maand": day("2025-12-01"), "crisis": true, "hindernis": "geld|regels", "alleen_key": s.Key(DomainAlleen, ps("jan")),
	}, {
		"levering": x.Levering, "regel": int64(3), "tijd_van": day("2025-02-01"), "geteld_ct": int64(0),
		"persoon_ps": jan, "gemeentecode": "GM0855", "dc": "D", "bedrag_ct": int64(100), "toegekend_ct": int64(0), "begin": day("2025-02-01"),
		"maand": day("2025-01-01"), "crisis": false,
	}}
	for i, row := range x.rows {
		delete(row, "inhoud") // see TestContent
		for k := range union(row, want[i]) {
			if row[k] != want[i][k] {
				t.Errorf("line %d, %s: %v; want %v", i, k, row[k], want[i][k])
			}
		}
	}
	if len(x.persons) != 2 || x.Personen != 2 || !slices.ContainsFunc(x.persons, func(p persoonRow) bool { return p.Key == jan && p.Persoon == ps("jan") }) {
		t.Errorf("persons: %+v", x.persons)
	}
	if !slices.IsSortedFunc(x.persons, func(a, b persoonRow) int { return int(a.Key>>32 - b.Key>>32) }) {
		t.Error("persons are not sorted by key")
	}
	if x.Aanvaard != (Telling{2, 2, -135433}) || x.Geleverd != x.Aanvaard || x.RuwDebetCt != 100 || x.RuwCreditCt != 1250 {
		t.Errorf("totals: %+v", x.Extract)
	}
	if x.PeriodeVan.String() != "2025-01-31" || x.PeriodeTot.String() != "2025-02-28" || x.Gemeenten[0] != "GM0855" || x.Pseudoniem[0] != "v1" {
		t.Errorf("seen: %+v", x.Extract)
	}
}

func union(a, b map[string]any) map[string]bool {
	out := map[string]bool{}
	for _, m := range []map[string]any{a, b} {
		for k := range m {
			out[k] = true
		}
	}
	return out
}

// The lake's columns are those of Contract.Stored, in that order, with the types an engine has to see.
func TestSchema(t *testing.T) {
	c := parseContract(t, testContract)
	x := setup{contract: c, data: testHeader}.run(t)
	if x.err != nil || x.Aanvaard.Records != 0 || len(x.Delen) != 1 {
		t.Fatalf("header only: %v, %+v", x.err, x.Extract)
	}
	f, err := os.Open(filepath.Join(x.dir, x.Delen[0].Naam))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	p, err := parquet.OpenFile(f, x.Delen[0].Bytes)
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]string{"BIGINT": "INT(64,true)", "DATE": "DATE", "VARCHAR": "STRING", "BOOLEAN": "BOOLEAN"}
	fields := p.Schema().Fields()
	if len(fields) != len(c.Stored()) {
		t.Fatalf("%d columns; want %d", len(fields), len(c.Stored()))
	}
	for i, want := range c.Stored() {
		f := fields[i]
		always := i < 2 || want.Name == config.ColInhoud || slices.Contains([]string{"tijd_van", "geteld_ct"}, want.Name) // the period's end may be empty
		if col := c.Column(want.Name); col != nil {
			always = col.Required && !col.EmptyOK
		}
		if f.Name() != want.Name || f.Type().String() != types[string(want.Type)] || f.Optional() == always {
			t.Errorf("column %d: %s %s optional %v; want %s %s", i, f.Name(), f.Type(), f.Optional(), want.Name, want.Type)
		}
	}
	for _, name := range []string{x.Delen[0].Naam, PersoonBestand, QuarantaineBestand} {
		if info, err := os.Stat(filepath.Join(x.dir, name)); err != nil || info.Mode() != 0o600 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(x.dir, "*.tmp")); left != nil {
		t.Errorf("left behind: %v", left)
	}
}

// What is wrong with a cell, one at a time: rule, column, and that the line is counted.
func TestQuarantine(t *testing.T) {
	c := parseContract(t, testContract)
	for _, q := range []struct {
		cells []string
		want  string // column:regel_code, joined by blanks, in the order of the columns
	}{
		{[]string{"persoon_ps="}, "persoon_ps:leeg_verplicht"},
		{[]string{"persoon_ps=jan"}, "persoon_ps:pseudoniem_vorm"},
		{[]string{"ouder_ps=v1_" + strings.Repeat("a", 31)}, "ouder_ps:pseudoniem_vorm"},
		{[]string{"gemeentecode=855"}, "gemeentecode:gemeentecode_ongeldig"},
		{[]string{"gemeentecode=GM855"}, "gemeentecode:gemeentecode_ongeldig"},
		{[]string{"gemeentecode=O855"}, "gemeentecode:gemeentecode_ongeldig"},
		{[]string{"typhh=2"}, "typhh:code_onbekend"},
		{[]string{"typhh=18"}, "typhh:code_onbekend"},
		{[]string{"typhh=institutionele"}, "typhh:code_onbekend"},
		{[]string{"nummer=12a"}, "nummer:vorm_ongeldig"},
		{[]string{"nummer=1234567890"}, "nummer:vorm_ongeldig"},
		{[]string{"aantal=1,5"}, "aantal:getal_ongeldig"},
		{[]string{"aantal=-6"}, "aantal:getal_buiten_grens"},
		{[]string{"aantal=1000000001"}, "aantal:getal_buiten_grens"},
		{[]string{"jaar=99"}, "jaar:jaar_ongeldig"},
		{[]string{"jaar=1899"}, "jaar:getal_buiten_grens"},
		{[]string{"jaar=19x9"}, "jaar:jaar_ongeldig"},
		{[]string{"cijfer=10,001"}, "cijfer:getal_buiten_grens"},
		{[]string{"cijfer=0.999"}, "cijfer:getal_buiten_grens"},
		{[]string{"cijfer=7,25"}, "cijfer:getal_stap"},
		{[]string{"cijfer=acht"}, "cijfer:getal_ongeldig"},
		{[]string{"bedrag_ct=-1"}, "bedrag_ct:bedrag_negatief"},
		{[]string{"bedrag_ct=1,00"}, "bedrag_ct:bedrag_ongeldig"},
		{[]string{"bedrag_ct=1000000000001"}, "bedrag_ct:bedrag_te_groot"},
		{[]string{"toegekend_eur=1.354"}, "toegekend_eur:bedrag_dubbelzinnig"},
		{[]string{"toegekend_eur=-1"}, "toegekend_eur:bedrag_negatief"},
		{[]string{"dc=X"}, "dc:code_onbekend"},
		{[]string{"dc="}, "dc:leeg_verplicht"},
		{[]string{"begin=2025-02-30"}, "begin:datum_ongeldig"},
		{[]string{"eind=31-12-2025"}, "eind:datum_ongeldig"},
		{[]string{"eind=2024-12-31"}, "eind:einde_voor_begin"},
		{[]string{"maand=2025-13"}, "maand:maand_ongeldig"},
		{[]string{"crisis=JA"}, "crisis:vlag_ongeldig"},
		{[]string{"hindernis=geld|"}, "hindernis:code_onbekend"},
		{[]string{"hindernis=geld|huis"}, "hindernis:code_onbekend"},
		{[]string{"persoon_ps=x", "begin=", "bedrag_ct=", "crisis=misschien"},
			"persoon_ps:pseudoniem_vorm bedrag_ct:leeg_verplicht begin:leeg_verplicht crisis:vlag_ongeldig"},
	} {
		x := setup{contract: c, data: testHeader + line() + line(q.cells...) + line()}.run(t)
		if x.err != nil {
			t.Errorf("%v: %v", q.cells, x.err)
			continue
		}
		var got []string
		for _, r := range x.quarantine {
			got = append(got, r.Kolom+":"+r.RegelCode)
			if r.Regel != 3 || r.Bestand != "proef/x.csv" || r.Sha256 != x.Sha256 || r.Reden == "" {
				t.Errorf("%v: %+v", q.cells, r)
			}
			for _, cell := range q.cells {
				if _, v, _ := strings.Cut(cell, "="); len(v) > 3 && strings.Contains(r.Reden, v) {
					t.Errorf("%v: the reason shows the value", q.cells)
				}
			}
		}
		if s := strings.Join(got, " "); s != q.want {
			t.Errorf("%v: %s; want %s", q.cells, s, q.want)
		}
		if x.Quarantaine.Records != 1 || x.Aanvaard.Records != 2 || len(x.rows) != 2 {
			t.Errorf("%v: %+v accepted, %+v in quarantine", q.cells, x.Aanvaard, x.Quarantaine)
		}
	}
}

// The place of a quarantined record leads back to its text, whatever stands before it.
func TestQuarantinePlace(t *testing.T) {
	bad := strings.TrimSuffix(line("jaar=fout"), "\n")
	for _, before := range []string{"", "\n\n", line("toelichting=\"regel een\nregel twee\r\nregel \"\"drie\"\"\""), "\r", line("toelichting=één")} {
		for _, mark := range []string{"", "\xef\xbb\xbf"} {
			data := mark + testHeader + before + bad + "\r\n" + line()
			x := setup{contract: parseContract(t, testContract), data: data}.run(t)
			if x.err != nil || len(x.quarantine) != 1 {
				t.Fatalf("%q: %v, %+v", before, x.err, x.quarantine)
			}
			q := x.quarantine[0]
			if got := data[q.ByteVan : q.ByteVan+q.Lengte]; got != bad {
				t.Errorf("%q: leads to %q", before, got)
			}
			if want := int64(2 + lineEnds([]byte(before))); q.Regel != want {
				t.Errorf("%q: line %d; want %d", before, q.Regel, want)
			}
		}
	}
}

// Counted cents: toegekend where filled, else bedrag; credit negative; what can't be read is counted apart (rules 7, 12).
func TestCents(t *testing.T) {
	x := setup{contract: parseContract(t, testContract), data: testHeader +
		line("bedrag_ct=1000") +
		line("bedrag_ct=1000", "toegekend_eur=4,00") +
		line("bedrag_ct=1000", "dc=C") +
		line("bedrag_ct=1000", "toegekend_eur=0", "dc=debet") +
		line("bedrag_ct=500", "jaar=x") + // in quarantine with an amount
		line("bedrag_ct=x") + // without
		line("bedrag_ct=x", "toegekend_eur=7") + // counted amount known, raw amount not
		line("bedrag_ct=300", "toegekend_eur=x") + // the other way round
		line("dc=?") +
		"te;kort\n"}.run(t)
	if x.err != nil {
		t.Fatal(x.err)
	}
	if want := (Telling{4, 4, 1000 + 400 - 1000 + 0}); x.Aanvaard != want {
		t.Errorf("accepted %+v; want %+v", x.Aanvaard, want)
	}
	if want := (Telling{6, 6, 500 + 700}); x.Quarantaine != want {
		t.Errorf("quarantine %+v; want %+v", x.Quarantaine, want)
	}
	if x.Geleverd.Cent != x.Aanvaard.Cent+x.Quarantaine.Cent || x.Onleesbaar != 4 || x.OnleesbaarRuw != 4 {
		t.Errorf("delivered %+v, unreadable %d and %d", x.Geleverd, x.Onleesbaar, x.OnleesbaarRuw)
	}
	if x.RuwDebetCt != 1000*3+500+300 || x.RuwCreditCt != 1000 {
		t.Errorf("raw debit %d, credit %d", x.RuwDebetCt, x.RuwCreditCt)
	}
}

// A kind without a sign column: negatives are credit, and allowed. A kind without money has no cents.
func TestCentsWithoutSign(t *testing.T) {
	c := parseContract(t, "kind: k\nversion: '1'\nreplaces: none\nmoney: {amount: a_eur}\ncolumns: [{name: a_eur, type: eur}]\n")
	x := setup{contract: c, data: "a_eur\n1,50\n-0,25\n\n\"\"\n"}.run(t)
	if x.err != nil || x.RuwDebetCt != 150 || x.RuwCreditCt != 25 || x.Aanvaard != (Telling{3, 3, 125}) || x.Leeg.Records != 1 {
		t.Fatalf("%v, %+v", x.err, x.Extract)
	}
	if v, ok := x.rows[2]["geteld_ct"]; ok {
		t.Errorf("an empty amount is counted as %v", v)
	}
	x = setup{contract: parseContract(t, smallContract), data: "a;b\n1;x\n"}.run(t)
	if _, ok := x.rows[0]["geteld_ct"]; ok || x.Geleverd.Cent != 0 {
		t.Errorf("a kind without money: %+v", x.rows[0])
	}
}

func TestPeriods(t *testing.T) {
	base := "kind: k\nversion: '1'\nreplaces: period\ncolumns: [{name: d, type: datum}, {name: e, type: datum}, {name: m, type: maand}, {name: x, type: id}]\n"
	for _, c := range []struct {
		period, line string
		van, tot     any
		outside      int64 // of the note 2025-01-01 to 2025-01-31
		bad          string
	}{
		{"{column: d}", "2025-01-31;;", day("2025-01-31"), day("2025-02-01"), 0, ""},
		{"{column: d}", "2025-02-01;;", day("2025-02-01"), day("2025-02-02"), 1, ""},
		{"{column: d}", ";;", nil, nil, 0, ""},
		{"{column: d, end: e}", "2025-01-31;2025-02-28;", day("2025-01-31"), day("2025-03-01"), 0, ""},
		{"{column: d, end: e}", "2024-01-31;2024-12-31;", day("2024-01-31"), day("2025-01-01"), 1, ""},
		{"{column: d, end: e}", "2024-01-31;2025-01-01;", day("2024-01-31"), day("2025-01-02"), 0, ""},
		{"{column: d, end: e}", "2020-01-31;;", day("2020-01-31"), nil, 0, ""},
		{"{column: d, end: e}", "2025-02-01;;", day("2025-02-01"), nil, 1, ""},
		{"{column: d, end: e}", "2025-02-01;2025-01-31;", nil, nil, 0, "periode_omgekeerd"},
		{"{column: d, end: e}", "2025-02-01;2025-02-01;", day("2025-02-01"), day("2025-02-02"), 1, ""},
		{"{column: m}", ";;2025-01", day("2025-01-01"), day("2025-02-01"), 0, ""},
		{"{column: m}", ";;2024-12", day("2024-12-01"), day("2025-01-01"), 1, ""},
	} {
		from, to := Day(day("2025-01-01")), Day(day("2025-01-31"))
		x := setup{contract: parseContract(t, base+"period_column: "+c.period+"\n"), data: "d;e;m;x\n" + c.line + ";1\n",
			note: &Note{PeriodeVan: &from, PeriodeTot: &to}}.run(t)
		if x.err != nil {
			t.Fatal(x.err)
		}
		if c.bad != "" {
			if len(x.quarantine) != 1 || x.quarantine[0].RegelCode != c.bad || x.quarantine[0].Kolom != "e" {
				t.Errorf("%s of %s: %+v", c.line, c.period, x.quarantine)
			}
			continue
		}
		if x.rows[0]["tijd_van"] != c.van || x.rows[0]["tijd_tot"] != c.tot || x.BuitenPeriode != c.outside {
			t.Errorf("%s of %s: %v to %v, outside %d", c.line, c.period, x.rows[0]["tijd_van"], x.rows[0]["tijd_tot"], x.BuitenPeriode)
		}
	}
}

func TestWindows1252(t *testing.T) {
	text := strings.Replace(testContract, "replaces: none", "replaces: none\nencoding: windows-1252", 1)
	text = strings.Replace(text, "{code: C}", "{code: C, also: [crédit]}", 1)
	c := parseContract(t, text)
	x := setup{contract: c, data: testHeader + line("toelichting=\x80 5 voor Zo\xeb", "referentie=\xc9\xe9n", "dc=cr\xe9dit") +
		line("toelichting=\x81") + line("toelichting=\"zei \"\"nee\"\" \x96 \xe9cht\"")}.run(t)
	if x.err != nil {
		t.Fatal(x.err)
	}
	if x.rows[0]["toelichting"] != "€ 5 voor Zoë" || x.rows[0]["referentie"] != "Één" || x.rows[0]["dc"] != "C" || x.rows[1]["toelichting"] != `zei "nee" – écht` {
		t.Errorf("%v", x.rows)
	}
	if len(x.quarantine) != 1 || x.quarantine[0].RegelCode != "teken_ongeldig" || x.quarantine[0].Kolom != "toelichting" {
		t.Errorf("%+v", x.quarantine)
	}
	x = setup{contract: c, data: "\xef\xbb\xbf" + testHeader}.run(t)
	if r := x.refusal(t); r.Code != RefCodering {
		t.Error(r)
	}
}

// Other spellings of ja and nee, which a contract may list (rules 4).
func TestFlagSpellings(t *testing.T) {
	x := setup{contract: parseContract(t, testContract), data: testHeader + line("crisis=J") + line("crisis=1") + line("crisis=N") + line("crisis=0")}.run(t)
	if x.err != nil || len(x.rows) != 3 || x.rows[0]["crisis"] != true || x.rows[1]["crisis"] != true || x.rows[2]["crisis"] != false {
		t.Errorf("%v, %v", x.err, x.rows)
	}
	if len(x.quarantine) != 1 || x.quarantine[0].RegelCode != "vlag_ongeldig" {
		t.Errorf("%+v", x.quarantine)
	}
}

// extract.json can be read back, and says nothing that may not be said.
func TestExtractJSON(t *testing.T) {
	x := setup{contract: parseContract(t, testContract), data: testHeader + line("jaar=x") + line()}.run(t)
	data, err := json.Marshal(x.Extract)
	if err != nil {
		t.Fatal(err)
	}
	var back Extract
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	if fmt.Sprintf("%+v", back.Aanvaard) != fmt.Sprintf("%+v", x.Aanvaard) || back.Levering != x.Levering || *back.PeriodeVan != *x.PeriodeVan {
		t.Errorf("%s", data)
	}
	if strings.Contains(string(data), ps("jan")) || strings.Contains(string(data), x.dir) {
		t.Errorf("%s", data)
	}
	if len(back.Redenen) != 1 || back.Redenen[0] != (Reden{"jaar_ongeldig", "jaar", 1, 2, faultTexts[faultJaar].text}) {
		t.Errorf("%+v", back.Redenen)
	}
}

// Columns in any order, with capitals and blanks in their names; ignored ones are left out; absent ones are empty.
func TestHeaderOrder(t *testing.T) {
	x := setup{contract: parseContract(t, testContract), data: " Begin ;INTERN;bedrag_ct;dc;gemeentecode;\"Persoon_PS\";cijfer\n2025-01-01;zo maar;5;D;0855;" + ps("jan") + ";\n"}.run(t)
	if x.err != nil {
		// cijfer is required in the header, its cell may be empty.
		t.Fatal(x.err)
	}
	if got := slices.Sorted(maps.Keys(x.rows[0])); strings.Join(got, " ") != "bedrag_ct begin dc gemeentecode geteld_ct inhoud levering persoon_ps regel tijd_van" {
		t.Errorf("%v", got)
	}
}
