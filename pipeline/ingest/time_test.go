package ingest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// Dates without a day or month, legal in the BRP, are read as the first or last day they can be, in every form of the column, and
// the file says how many; a month of birth that is not known is empty (rules 65, case of people born abroad).
func TestIncompleteDates(t *testing.T) {
	head := "persoon_ps;huishouden_ps;gemeentecode;begindatum;einddatum;geboortejaar;geboortemaand;typhh;plhh\n"
	row := func(i int, begin, end, year, month string) string {
		return fmt.Sprintf("%s;%s;0855;%s;%s;%s;%s;1;2\n", ps(fmt.Sprint("p", i)), ps("h"), begin, end, year, month)
	}
	c := contractOf(t, "huishouden")
	x := setup{contract: c, data: head +
		row(0, "2020-01-01", "", "1980", "00") +
		row(1, "2020-01-01", "", "2012", "0") +
		row(2, "2020-01-01", "", "0000", "") +
		row(3, "20190000", "", "1975", "5") +
		row(4, "00000000", "", "1975", "5") +
		row(5, "2020-01-01", "", "1975", "05") +
		row(6, "2019-02-00", "2020-02-00", "1975", "12") +
		row(7, "00-00-2019", "00-02-2021", "1975", "") +
		row(8, "20190200", "20210000", "1975", "13") +
		row(9, "20191300", "", "1975", "") +
		row(10, "2019-00-05", "", "1975", "")}.run(t)
	if x.err != nil {
		t.Fatal(x.err)
	}
	type stay struct{ begin, end, month any }
	want := map[int64]stay{2: {day("2020-01-01"), nil, nil}, 3: {day("2020-01-01"), nil, nil}, 5: {day("2019-01-01"), nil, int64(5)},
		7: {day("2020-01-01"), nil, int64(5)}, 8: {day("2019-02-01"), day("2020-02-29"), int64(12)}, 9: {day("2019-01-01"), day("2021-02-28"), nil}}
	if len(x.rows) != len(want) {
		t.Errorf("%d rows", len(x.rows))
	}
	for _, row := range x.rows {
		if got := (stay{row["begindatum"], row["einddatum"], row["geboortemaand"]}); got != want[row["regel"].(int64)] {
			t.Errorf("line %d: %v", row["regel"], got)
		}
	}
	var reasons []string
	for _, q := range x.quarantine {
		reasons = append(reasons, fmt.Sprintf("%d %s %s", q.Regel, q.Kolom, q.Reden))
	}
	text := strings.Join(reasons, "\n")
	for _, r := range []string{"4 geboortejaar het jaar is 0000 (onbekend): dat mag niet; hier hoort 1900 tot en met 2100",
		"6 begindatum het jaar is 0000 (onbekend): dat mag niet; hier hoort een dag in de jaren 1900 tot en met 2199",
		"10 geboortemaand het getal ligt buiten de grenzen: hier hoort 1 tot en met 12", "11 begindatum deze dag bestaat niet", "12 begindatum de dag of maand is 00"} {
		if !strings.Contains(text, r) {
			t.Errorf("%q is not in\n%s", r, text)
		}
	}
	// 20190000 and the four of lines 8 and 9; those of line 10 are in quarantine with it.
	if x.Onvolledig != 5 || len(x.Bevindingen) != 1 || x.Bevindingen[0].Code != "datum_onvolledig" || !strings.HasPrefix(x.Bevindingen[0].Tekst, "5 datums ") {
		t.Errorf("%d: %+v", x.Onvolledig, x.Bevindingen)
	}
	// A column without the key stays as strict as it was.
	x = setup{contract: contractOf(t, "wonen_signaal"), data: "persoon_ps;gemeentecode;soort;datum\n" + ps("a") + ";0855;opvang;20190000\n"}.run(t)
	if len(x.quarantine) != 1 || x.quarantine[0].RegelCode != "datum_ongeldig" {
		t.Errorf("%+v", x.quarantine)
	}
	// BUS wrote 00000000 for no date.
	x = setup{contract: contractOf(t, "participatie_uitkering"), data: "persoon_ps;gemeentecode;jaarmaand;registratienummer;statistiekcode;betaalbaar_gesteld_eur;" +
		"aanvang_uitkering;einde_uitkering\n" + ps("a") + ";0855;2025-01;U1;01;1200;00000000;00000000\n"}.run(t)
	if x.err != nil || len(x.rows) != 1 || x.rows[0]["einde_uitkering"] != nil {
		t.Errorf("%v, %v, %+v", x.err, x.rows, x.Redenen)
	}
}

// A day that means no end is empty in the last day of what may still run, in every form, and nowhere else; what is empty runs.
func TestCeilingDates(t *testing.T) {
	text := "kind: k\nversion: '1'\nreplaces: period\nperiod_column: {column: van, end: tot}\ncolumns:\n" +
		"  - {name: van, type: datum, required: true}\n  - {name: tot, type: datum, open_end: true, formats: [DD-MM-JJJJ, JJJJMMDD]}\n"
	x := setup{contract: parseContract(t, text), data: "van;tot\n2025-01-01;9999-12-31\n2025-01-01;31-12-2999\n2025-01-01;20991231\n2025-01-01;2099-12-30\n" +
		"2199-12-31;2199-12-31\n1900-01-01;\n2025-01-01;9999-12-30\n9999-12-31;\n"}.run(t)
	if x.err != nil || len(x.rows) != 6 {
		t.Fatalf("%v, %+v", x.err, x.Redenen)
	}
	for i, want := range []any{nil, nil, nil, day("2099-12-31"), day("2200-01-01"), nil} {
		if x.rows[i]["tijd_tot"] != want {
			t.Errorf("line %d: to %v", i+2, x.rows[i]["tijd_tot"])
		}
	}
	if len(x.quarantine) != 2 || x.quarantine[0].RegelCode != "datum_buiten_grens" || x.quarantine[1].RegelCode != "plafonddatum" {
		t.Errorf("%+v", x.quarantine)
	}
	if x.PeriodeTot.String() != "2199-12-31" {
		t.Errorf("last day %s", x.PeriodeTot)
	}
	// A contract may name other days.
	x = setup{contract: parseContract(t, text+"ceiling_dates: [2100-01-01]\n"), data: "van;tot\n2025-01-01;2100-01-01\n2025-01-01;2099-12-31\n2025-01-01;9999-12-31\n"}.run(t)
	if len(x.rows) != 2 || x.rows[0]["tot"] != nil || x.rows[1]["tot"] != day("2099-12-31") {
		t.Errorf("%v", x.rows)
	}
}

// Costs that can't have been made yet, or before anyone's records, are in quarantine (rules 66).
func TestImpossiblePeriods(t *testing.T) {
	money := "kind: k\nversion: '1'\nreplaces: none\nmoney: {amount: b_ct}\ncolumns: [{name: b_ct, type: ct}, {name: d, type: datum}, {name: e, type: datum}, {name: m, type: maand}]\n"
	made := time.Date(2025, 3, 1, 23, 30, 0, 0, time.FixedZone("", 3600))
	for _, c := range []struct {
		period, line, bad string
		note              bool
	}{
		{"{column: d}", "2026-03-01;;", "", true},
		{"{column: d}", "2026-03-02;;", "d", true},
		{"{column: d}", "2026-03-02;;", "", false},
		{"{column: d}", "1990-01-01;;", "", true},
		{"{column: d}", "1989-12-31;;", "d", false},
		{"{column: d, end: e}", "2025-01-01;2026-03-01;", "", true},
		{"{column: d, end: e}", "2025-01-01;2026-03-02;", "e", true},
		{"{column: d, end: e}", "1989-12-31;2025-01-01;", "d", true},
		{"{column: d, end: e}", "2025-01-01;;", "", true},
		{"{column: m}", ";;2026-02", "", true},
		{"{column: m}", ";;2026-03", "m", true},
		{"{column: m}", ";;1989-12", "m", true},
		{"{column: m}", ";;", "", true},
	} {
		s := setup{contract: parseContract(t, money+"period_column: "+c.period+"\n"), data: "b_ct;d;e;m\n5;" + c.line + "\n"}
		if c.note {
			s.note = &Note{Aangemaakt: &made}
		}
		x := s.run(t)
		got := ""
		for _, q := range x.quarantine {
			got += q.Kolom
			if q.RegelCode != "periode_onmogelijk" {
				t.Errorf("%+v", q)
			}
		}
		if x.err != nil || got != c.bad {
			t.Errorf("%s of %s: %v, %q; want %q", c.line, c.period, x.err, got, c.bad)
		}
	}
	// Without an amount a line may be about any time.
	x := setup{contract: parseContract(t, strings.Replace(money, "money: {amount: b_ct}\n", "", 1)+"period_column: {column: d}\n"), data: "b_ct;d\n5;1950-01-01\n5;2150-01-01\n",
		note: &Note{Aangemaakt: &made}}.run(t)
	if x.err != nil || len(x.rows) != 2 {
		t.Errorf("%v, %+v", x.err, x.Redenen)
	}
}

// Lines that ended before the note's period are history in a kind that says so; lines that begin after it never are (rules 74).
func TestHistory(t *testing.T) {
	from, to := Day(day("2025-01-01")), Day(day("2025-12-31"))
	for history, want := range map[string]int64{"": 2, ", history: true": 1} {
		text := "kind: k\nversion: '1'\nreplaces: period\nperiod_column: {column: d, end: e" + history + "}\ncolumns: [{name: d, type: datum}, {name: e, type: datum}]\n"
		x := setup{contract: parseContract(t, text), data: "d;e\n2019-01-01;2024-12-31\n2019-01-01;2025-01-01\n2026-01-01;\n2019-01-01;\n",
			note: &Note{PeriodeVan: &from, PeriodeTot: &to}}.run(t)
		if x.err != nil || x.BuitenPeriode != want || len(x.Bevindingen) != 1 {
			t.Errorf("history %q: %v, %d, %+v", history, x.err, x.BuitenPeriode, x.Bevindingen)
		}
	}
}

// A note's period ends on the day the delivery was made, at the latest (rules 64).
func TestNoteCheck(t *testing.T) {
	past := parseContract(t, testContract)
	future := parseContract(t, strings.Replace(testContract, "end: eind}", "end: eind, future: true}", 1))
	now := time.Date(2026, 2, 1, 0, 30, 0, 0, time.FixedZone("", 3600)) // still January in UTC
	for _, c := range []struct {
		note, key     string // key: what is refused; empty: nothing
		futureRefuses bool
	}{
		{"aangemaakt: 2026-02-01", "", false},
		{"periode_van: 2025-01-01\nperiode_tot: 2026-02-01\naangemaakt: 2026-02-01", "", false},
		{"periode_van: 2025-01-01\nperiode_tot: 2026-02-02\naangemaakt: 2026-02-01", "periode_tot", false},
		{"periode_van: 2025-01-01\nperiode_tot: 2026-02-01\naangemaakt: 2026-02-01T00:30:00+01:00", "", false},
		{"periode_van: 2025-01-01\nperiode_tot: 2026-02-02\naangemaakt: 2026-02-01T23:30:00-05:00", "periode_tot", false},
		{"periode_van: 2025-01-01\nperiode_tot: 2026-02-01", "", false},
		{"periode_van: 2025-01-01\nperiode_tot: 2026-02-02", "periode_tot", false},
		{"periode_van: 2025-01-01\nperiode_tot: 9999-12-31\naangemaakt: 2026-02-01", "periode_tot", true},
		{"periode_van: 2025-01-01\nperiode_tot: 2099-12-31\naangemaakt: 2026-02-01", "periode_tot", true},
		{"periode_van: 2025-01-01\nperiode_tot: 2200-01-01\naangemaakt: 2026-02-01", "periode_tot", true},
		{"periode_van: 1899-12-31\nperiode_tot: 2026-01-01\naangemaakt: 2026-02-01", "periode_van", true},
		{"periode_van: 1900-01-01\nperiode_tot: 2026-01-01\naangemaakt: 2026-02-01", "", false},
	} {
		n, err := parseNote("x.csv.levering.yaml", []byte(c.note))
		if err != nil {
			t.Fatalf("%s: %v", c.note, err)
		}
		key := ""
		err = n.Check(past, now)
		if r := new(Refusal); errors.As(err, &r) {
			key = r.Kolom
			if line := 1 + strings.Count(c.note[:strings.Index(c.note, key)], "\n"); r.Code != RefBriefOngeldig || r.Regel != int64(line) || r.Remedie == "" ||
				r.Bestand != "x.csv.levering.yaml" {
				t.Errorf("%+v", r)
			}
		}
		if key != c.key || (n.Check(future, now) != nil) != c.futureRefuses {
			t.Errorf("%q: %v; of a kind about the future: %v", c.note, err, n.Check(future, now))
		}
	}
	if err := (*Note)(nil).Check(past, now); err != nil {
		t.Error(err)
	}
}

// The day a delivery was made is that of the zone that is written, whatever the zone of this machine.
func TestNoteDay(t *testing.T) {
	for written, want := range map[string]string{"2025-01-31": "2025-01-31", "2025-02-01T00:30:00+01:00": "2025-02-01", "2025-01-31T23:30:00Z": "2025-01-31",
		"2025-01-31T23:30:00-05:00": "2025-01-31"} {
		n, err := parseNote("x", []byte("aangemaakt: "+written+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		if made, ok := n.Made(); !ok || made.String() != want {
			t.Errorf("%s: %s", written, made)
		}
	}
	if _, ok := new(Note).Made(); ok {
		t.Error("a note that does not say when it was made")
	}
}

// Texts of a note end up in reports and workbooks: what does not belong there is refused, with line and key.
func TestNoteTexts(t *testing.T) {
	for _, c := range []struct{ yaml, want string }{
		{`"a\tb"`, "stuurteken"}, {`"a\nb"`, "stuurteken"}, {`"a\u0000b"`, "stuurteken"}, {`"a\u202eb"`, "stuurteken"}, {`"a\u00a0b"`, "harde spatie (U+00A0)"},
		{`"a\u200bb"`, "spatie zonder breedte"}, {`"=1+1"`, "formule"}, {`"+1"`, "formule"}, {`"-x"`, "formule"}, {`"@x"`, "formule"},
		{strings.Repeat("é", 201), "langer dan 200 tekens"}, {strings.Repeat("é", 200), ""}, {`" Gemeente Zoë-Noord "`, ""}, {`""`, ""},
	} {
		for _, key := range []string{"levering_id", "gegevensleverancier", "contract_versie"} {
			_, err := parseNote("x.csv.levering.yaml", []byte("# brief\n"+key+": "+c.yaml+"\n"))
			r := new(Refusal)
			switch errors.As(err, &r); {
			case c.want == "" && err != nil, c.want != "" && (r.Kolom != key || r.Regel != 2 || !strings.Contains(r.Tekst, c.want)):
				t.Errorf("%s: %s: %v", key, c.yaml, err)
			}
		}
	}
}

// A note in another encoding is refused with the cause.
func TestNoteEncoding(t *testing.T) {
	for _, c := range []struct {
		data  string
		regel int64
		text  string
	}{
		{"\xff\xfel\x00e\x00", 1, "UTF-16"}, {"\xfe\xff\x00l", 1, "UTF-16"}, {"l\x00e\x00", 1, "UTF-16"},
		{"levering_id: x\ngegevensleverancier: Gemeente Zo\xeb\n", 2, "geen UTF-8 (waarschijnlijk Windows-1252)"},
		{"PK\x03\x04", 1, "een zip-bestand"},
	} {
		path := filepath.Join(t.TempDir(), "x.csv"+NoteSuffix)
		if err := os.WriteFile(path, []byte(c.data), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := ReadNote(path)
		if r := new(Refusal); !errors.As(err, &r) || r.Code != RefBriefOngeldig || r.Regel != c.regel || !strings.Contains(r.Tekst, c.text) || r.Remedie == "" {
			t.Errorf("%q: %v", c.data, err)
		}
	}
	if n, err := parseNote("x", []byte("\xef\xbb\xbflevering_id: x\n")); err != nil || n.LeveringID != "x" {
		t.Errorf("a byte order mark: %v", err)
	}
}

// What the standards have and the contracts did not (DFD, the product categories of 2015, the time of an allocation, a generic
// allocation).
func TestStandardValues(t *testing.T) {
	x := setup{contract: contractOf(t, "schuldhulp_traject"), data: "traject_id;persoon_ps;gemeentecode;startdatum;begeleiding_soort\n" +
		"1;" + ps("a") + ";0855;2025-01-01;Lange Termijn Begeleiding (DFD)\n"}.run(t)
	if x.err != nil || len(x.rows) != 1 || x.rows[0]["begeleiding_soort"] != "Lange Termijn Begeleiding" {
		t.Errorf("%v, %+v", x.rows, x.Redenen)
	}
	for kind, cells := range map[string][]string{"jeugd_toewijzing": {"31;9:30", "38;09:30", "55;", ";16:45:10"}, "wmo_toewijzing": {";", "02;09:30"}} {
		data := "persoon_ps;gemeentecode;toewijzing_nummer;toewijzing_datum;ingangsdatum;product_categorie;toewijzing_tijd\n"
		for _, c := range cells {
			data += ps("a") + ";0855;1;2025-01-01;2025-01-01;" + c + "\n"
		}
		x := setup{contract: contractOf(t, kind), data: data}.run(t)
		bad := map[string]int{"jeugd_toewijzing": 1}[kind]
		if x.err != nil || len(x.rows) != len(cells)-bad || len(x.quarantine) != bad {
			t.Errorf("%s: %v, %+v", kind, x.err, x.Redenen)
		}
		if got := x.rows[len(x.rows)-1]["toewijzing_tijd"]; got != map[string]string{"jeugd_toewijzing": "16:45:10", "wmo_toewijzing": "09:30:00"}[kind] {
			t.Errorf("%s: %v", kind, got)
		}
	}
}
