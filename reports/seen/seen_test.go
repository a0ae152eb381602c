package seen

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stapel/reports/mart"
	"stapel/reports/marttest"
)

// foundText writes findings as code, kind, findings, lines, cents and whether they are left out.
func foundText(found []Finding) (out []string) {
	for _, f := range found {
		ct := "-"
		if f.Ct != nil {
			ct = fmt.Sprint(*f.Ct)
		}
		out = append(out, fmt.Sprintf("%s %s %d %d %s %v %v", f.Code, f.Kind, f.N, f.Lines, ct, f.Excluded, f.Severe))
	}
	return out
}

// TestFindings: findings add up per code and kind, in a fixed order; lines that are left out have cents where their kind has money.
func TestFindings(t *testing.T) {
	marts := fstest.MapFS{}
	row := func(kind, key, code, level string, lines, ct *int64) mart.Bevinding {
		return mart.Bevinding{Onderwerp: kind, Sleutel: key, RegelCode: code, Ernst: level, Regels: lines, BedragCt: ct, Toelichting: "x"}
	}
	one := new(int64(1))
	marttest.Write(t, marts, "bevinding", []mart.Bevinding{
		row("huishouden", "h.csv:2", "huishouden_te_groot", "let_op", one, nil), row("maatwerk_plan", "C1", "akkoord_ontbreekt", "let_op", nil, nil),
		row("wmo_declaratie", "w.csv:2", "8021", "let_op", one, new(int64(-500))), row("wmo_declaratie", "w.csv:3", "8021", "let_op", one, new(int64(700))),
		row("jeugd_declaratie", "j.csv:3", "8021", "let_op", one, new(int64(9))), row("zvw_declaratie", "z.csv", "regel_gelijk", "let_op", new(int64(40)), new(int64(0))),
		row("zvw_declaratie", "z.csv:4", "overlap_verschilt", "fout", one, new(int64(3)))})
	marttest.Write(t, marts, "uitgesloten", []mart.Uitgesloten{
		{Kind: "huishouden", Bestand: "h.csv", RegelCode: "verblijf_dubbel"}, {Kind: "wmo_declaratie", Bestand: "w.csv", RegelCode: "9384", BedragCt: new(int64(600))},
		{Kind: "wmo_declaratie", Bestand: "w.csv", RegelCode: "overlap_gelijk", BedragCt: new(int64(500))},
		{Kind: "wmo_declaratie", Bestand: "w.csv", RegelCode: "overlap_gelijk", BedragCt: new(int64(-100))}})
	step := func(kind, step string, ct int64) mart.Controle {
		return mart.Controle{Kind: kind, Stap: step, BedragCt: ct}
	}
	marttest.Write(t, marts, "controle", []mart.Controle{step("wmo_declaratie", "in_vensters", 7), step("wmo_declaratie", "buiten_vensters", -12),
		step("wmo_declaratie", "voor_vensters", -15), step("wmo_declaratie", "na_vensters", 3), step("pgb_uitputting", "voor_vensters", 2),
		step("pgb_uitputting", "na_vensters", -2), step("jeugd_declaratie", "na_vensters", 5),
		step("zvw_declaratie", "buiten_vensters", 0), step("jeugd_declaratie", "buiten_vensters", 5)})
	found, err := findings(context.Background(), marts)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"overlap_verschilt zvw_declaratie 1 1 3 false true", "overlap_gelijk wmo_declaratie 2 2 400 true false",
		"regel_gelijk zvw_declaratie 1 40 0 false false", "8021 wmo_declaratie 2 2 200 false false", "8021 jeugd_declaratie 1 1 9 false false",
		"9384 wmo_declaratie 1 1 600 true false", "huishouden_te_groot huishouden 1 1 - false false",
		"akkoord_ontbreekt maatwerk_plan 1 0 - false false", "verblijf_dubbel huishouden 1 1 - true false"}
	if got := foundText(found); !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	outside, err := outsideWindows(context.Background(), marts)
	if err != nil || !slices.Equal(outside, []Outside{{"wmo_declaratie", -12, -15, 3}, {"jeugd_declaratie", 5, 0, 5}, {"pgb_uitputting", 0, 2, -2}}) {
		t.Errorf("%v %v", outside, err)
	}
	none, err := findings(context.Background(), fstest.MapFS{})
	if err != nil || len(none) > 0 {
		t.Errorf("%v %v", none, err)
	}
}

// TestLinks: kinds in their order, the whole before its parts; a file alone covers nobody less.
func TestLinks(t *testing.T) {
	marts := fstest.MapFS{}
	row := func(kind, gemeente, file string, n int64, verdict string) Link {
		return Link{Kind: kind, Gemeente: gemeente, File: file, Persons: 1000, Linked: n, Share: new(float64(n) / 1000), Verdict: verdict}
	}
	const file = "levering_2025-12.csv.gz"
	marttest.Write(t, marts, "koppelgraad", []Link{row("huishouden", Every, Every, 970, "ter_informatie"),
		row("jeugd_toewijzing", "GM0855", Every, 3, "te_laag"), row("jeugd_toewijzing", Every, Every, 990, "ja"),
		row("wmo_declaratie", Every, Every, 1000, "ja"), row("wmo_declaratie", Every, "wmo_declaratie/"+file, 1000, "ja"),
		row("wonen_signaal", Every, Every, 1, "niet_beoordeeld"),
		row("zvw_declaratie", Every, Every, 400, "te_laag"), row("zvw_declaratie", Every, "zvw_declaratie/"+file, 400, "te_laag")})
	links, err := Links(context.Background(), marts)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, l := range links {
		got = append(got, fmt.Sprintf("%s %s %s %v %v", l.Kind, l.Gemeente, strings.TrimPrefix(l.File, l.Kind+"/"), l.Bad(), l.Silent()))
	}
	want := []string{"huishouden alle alle false false", "wmo_declaratie alle alle false false", "wmo_declaratie alle levering_2025-12.csv.gz false false",
		"jeugd_toewijzing alle alle false false", "jeugd_toewijzing GM0855 alle true true", "zvw_declaratie alle alle true true",
		"zvw_declaratie alle levering_2025-12.csv.gz true false", "wonen_signaal alle alle false false"}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s", strings.Join(got, "\n"))
	}
	for _, c := range []struct {
		l    Link
		want string
	}{
		{Link{Gemeente: Every, Persons: 20}, "Van de 20\u00a0personen is niemand in de huishoudens te vinden."},
		{Link{Gemeente: "GM0855", Persons: 3, Linked: 1, Share: new(1.0 / 3), Minimum: new(0.9), Verdict: "te_laag"},
			"Van de 3\u00a0personen in GM0855 is er 1 in de huishoudens te vinden (33,3%); het minimum is 90,0%."},
		{Link{Gemeente: Every, Persons: 40, Linked: 39, Share: new(0.975), Minimum: new(0.9), Verdict: "ja"},
			"Van de 40\u00a0personen zijn er 39 in de huishoudens te vinden (97,5%)."},
	} {
		if got := c.l.Sentence(func(code string) string { return code }); got != c.want {
			t.Errorf("%s", got)
		}
	}
}
