package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"stapel/pipeline/exit"
)

type findingRow struct {
	Subject string `parquet:"onderwerp"`
	Key     string `parquet:"sleutel"`
	Code    string `parquet:"regel_code"`
	Text    string `parquet:"toelichting"`
}

type excludedRow struct {
	File string `parquet:"bestand"`
	Line int64  `parquet:"regel"`
	Code string `parquet:"regel_code"`
}

// TestFindings: each return code of the standard on the line that breaks it, and on no other (domain rules of the
// declarations 8017, 8021, 9307, 9308, 9346, 9389, 9390, and 9384 as uitgesloten). A finding does not change a figure.
func TestFindings(t *testing.T) {
	const ps = "v1_000000000000000000000000000000a1"
	var b strings.Builder
	b.WriteString("persoon_ps;gemeentecode;referentie_nummer;vorig_referentie_nummer;toewijzing_nummer;product_categorie;product_begin;product_eind;" +
		"geleverd_volume;eenheid;tarief_ct;bedrag_ct;debet_credit;aanbieder_agb\n")
	want := map[string]string{}
	line := 1
	declare := func(code, ref, before, allocation, from, to string, volume int, unit string, tariff, amount int, dc, agb string) {
		line++
		fmt.Fprintf(&b, "%s;0855;%s;%s;%s;02;%s;%s;%d;%s;%d;%d;%s;%s\n", ps, ref, before, allocation, from, to, volume, unit, tariff, amount, dc, agb)
		for _, c := range strings.Fields(code) {
			want[fmt.Sprintf("wmo_declaratie/w.csv:%d %s", line, c)] = ""
		}
	}
	const a, z = "00000001", "00000002"
	declare("", "R1", "", "100", "2025-01-01", "2025-01-31", 10, "04", 5000, 50000, "D", a)
	declare("", "R2", "R1", "100", "2025-01-01", "2025-01-31", 10, "04", 5000, 50000, "C", a) // takes R1 back
	declare("", "R3", "", "100", "2025-01-01", "2025-01-31", 9, "04", 5000, 45000, "D", a)    // and again, allowed
	declare("9389", "R4", "", "100", "2025-01-01", "2025-01-31", 9, "04", 5000, 45000, "D", a)
	declare("8017", "R5", "R999", "100", "2025-02-01", "2025-02-28", 1, "04", 5000, 5000, "C", a) // no such debit
	declare("8017 9390", "R6", "R1", "100", "2025-01-01", "2025-01-31", 10, "04", 5000, 50000, "C", a)
	declare("8021", "R1", "", "100", "2025-03-01", "2025-03-31", 1, "04", 5000, 5000, "D", a)
	declare("", "R1", "", "100", "2025-04-01", "2025-04-30", 1, "04", 5000, 5000, "D", z) // another provider
	declare("9307", "R7", "", "100", "2024-12-15", "2025-01-14", 1, "04", 5000, 5000, "D", z)
	declare("9308", "R8", "", "100", "2025-06-15", "2025-07-01", 1, "04", 5000, 5000, "D", z)
	declare("", "R9", "", "100", "2025-06-01", "2025-06-30", 47, "01", 146, 6839, "D", z)      // 47 min of 87,30 an hour: 145,5 a minute
	declare("9346", "R10", "", "100", "2025-05-01", "2025-05-31", 47, "01", 146, 6830, "D", z) // more than rounding explains
	declare("", "R11", "", "100", "2025-05-01", "2025-05-15", 10000, "83", 1, 99, "D", z)      // unit euro
	declare("", "R12", "", "200", "2025-05-01", "2025-05-31", 1, "04", 5000, 5000, "D", z)     // withdrawn: uitgesloten, no finding
	declare("", "R13", "", "", "2020-01-01", "2020-01-31", 1, "04", 5000, 5000, "D", z)        // without allocation
	declare("", "R14", "R13", "", "2020-01-01", "2020-01-31", 1, "04", 5000, 4000, "C", z)     // part of R13; 9346, for 1 x 5.000 is not 4.000
	want[fmt.Sprintf("wmo_declaratie/w.csv:%d 9346", line)] = ""

	data, flags := testInbox(t, map[string]string{
		"wmo_declaratie/w.csv": b.String(),
		"wmo_toewijzing/t.csv": "persoon_ps;gemeentecode;toewijzing_nummer;product_categorie;toewijzing_datum;ingangsdatum;einddatum;reden_wijziging\n" +
			ps + ";0855;100;02;2024-12-01;2025-01-01;2025-03-31;\n" +
			ps + ";0855;100;02;2025-03-01;2025-01-01;2025-06-30;04\n" + // the newest counts
			ps + ";0855;200;02;2024-12-01;2025-01-01;;\n" +
			ps + ";0855;200;02;2025-01-15;2025-01-01;2025-01-01;13\n",
	})
	t.Setenv("STAPEL_LIMITS_MAX_REPEATED_SHARE", "1") // one repeat in sixteen lines would stop publication
	code, _, errs := stapel(t, t.Context(), append([]string{"run"}, flags...)...)
	if code != exit.Done {
		t.Fatalf("exit %d: %s", code, errs)
	}
	got := map[string]string{}
	for _, f := range readMart[findingRow](t, data, "bevinding") {
		if f.Subject == "wmo_declaratie" {
			got[f.Key+" "+f.Code] = ""
			if f.Text == "" {
				t.Errorf("%s %s has no sentence", f.Key, f.Code)
			}
		}
	}
	if !maps.Equal(got, want) {
		t.Errorf("findings are\n  %s\nwant\n  %s", strings.Join(slices.Sorted(maps.Keys(got)), "\n  "), strings.Join(slices.Sorted(maps.Keys(want)), "\n  "))
	}
	var excluded []string
	for _, e := range readMart[excludedRow](t, data, "uitgesloten") {
		excluded = append(excluded, fmt.Sprint(e.File, ":", e.Line, " ", e.Code))
	}
	if want := []string{"wmo_declaratie/w.csv:15 9384", "wmo_toewijzing/t.csv:4 9384", "wmo_toewijzing/t.csv:5 9384"}; !slices.Equal(excluded, want) {
		t.Errorf("uitgesloten are %v, want %v", excluded, want)
	}
}

// TestPgbAndClaims: spending from a personal budget is a one-day cost of its law (rules 49), and no longer among what is
// not seen; a claim of the gemeente is a weak sign of debts and no cost (rules 37); nor is what the programme spends, which nobody has.
func TestMoneyOutsideDeclarations(t *testing.T) {
	const ps = "v1_000000000000000000000000000000a1"
	data, flags := testInbox(t, map[string]string{
		"pgb_uitputting/p.csv": "persoon_ps;gemeentecode;wet;toekenning_id;datum;uitgenut_ct\n" +
			ps + ";0855;wmo;T1;2025-01-01;12345\n" + ps + ";0855;JEUGDWET;T2;2024-12-31;100\n" + ps + ";0855;wmo;T1;2025-12-31;-345\n",
		"participatie_vordering/v.csv": "persoon_ps;gemeentecode;vordering_nummer;ontstaansdatum;ontstaansgrond;bedrag_eur\n" +
			ps + ";0855;V1;2025-10-01;55;1.354,33\n",
		"maatwerk_uitgave/u.csv": "datum;soort;bedrag_eur\n2025-03-01;training;1.354,33\n2025-04-01;coaching;-54,33\n",
	})
	if code, _, errs := stapel(t, t.Context(), append([]string{"run"}, flags...)...); code != exit.Done {
		t.Fatalf("exit %d: %s", code, errs)
	}
	ranks := readMart[rankRow](t, data, "ranglijst")
	if r := ranks[0]; r.T0 != 12000 || r.Wmo != 12000 || r.T1 != 100 || r.Domains != 1 {
		t.Errorf("the ranking is %+v", r)
	}
	type signalRow struct {
		Ingredient string `parquet:"ingredient"`
		From       int32  `parquet:"van,date"`
		To         int32  `parquet:"tot,date"`
		Strength   string `parquet:"sterkte"`
		Source     string `parquet:"bron_kind"`
	}
	var found []string
	for _, s := range readMart[signalRow](t, data, "signaal") {
		if s.Ingredient == "schulden" {
			found = append(found, fmt.Sprint(isoDay(s.From), "..", isoDay(s.To), " ", s.Strength, " ", s.Source))
		}
	}
	if want := []string{"2025-10-01..2026-03-30 zwak participatie_vordering"}; !slices.Equal(found, want) {
		t.Errorf("debts are %v, want %v", found, want)
	}
	// a kind with money that no cost figure uses reconciles all the same
	for _, c := range readMart[controlRow](t, data, "controle") {
		if c.Kind == "maatwerk_uitgave" && c.Step == "gebruikt" && (c.Ct != 130000 || c.Lines == nil || *c.Lines != 2) {
			t.Errorf("gebruikt is %+v, want 2 lines and 130000 ct", c)
		}
	}
}
