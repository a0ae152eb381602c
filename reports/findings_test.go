package reports

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stapel/reports/browsertest"
	"stapel/reports/mart"
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
	one := ref(int64(1))
	writeMart(t, marts, "bevinding", []mart.Bevinding{
		row("huishouden", "h.csv:2", "huishouden_te_groot", "let_op", one, nil), row("maatwerk_plan", "C1", "akkoord_ontbreekt", "let_op", nil, nil),
		row("wmo_declaratie", "w.csv:2", "8021", "let_op", one, ref(int64(-500))), row("wmo_declaratie", "w.csv:3", "8021", "let_op", one, ref(int64(700))),
		row("jeugd_declaratie", "j.csv:3", "8021", "let_op", one, ref(int64(9))), row("zvw_declaratie", "z.csv", "regel_gelijk", "let_op", ref(int64(40)), ref(int64(0))),
		row("zvw_declaratie", "z.csv:4", "overlap_verschilt", "fout", one, ref(int64(3)))})
	writeMart(t, marts, "uitgesloten", []mart.Uitgesloten{
		{Kind: "huishouden", Bestand: "h.csv", Regel: one, RegelCode: "verblijf_dubbel"}, {Kind: "wmo_declaratie", Bestand: "w.csv", Regel: one, RegelCode: "9384", BedragCt: ref(int64(600))},
		{Kind: "wmo_declaratie", Bestand: "w.csv", Regel: one, RegelCode: "overlap_gelijk", BedragCt: ref(int64(500))},
		{Kind: "wmo_declaratie", Bestand: "w.csv", Regel: one, RegelCode: "overlap_gelijk", BedragCt: ref(int64(-100))}})
	step := func(kind, step string, ct int64) mart.Controle {
		return mart.Controle{Kind: kind, Stap: step, BedragCt: &ct}
	}
	writeMart(t, marts, "controle", []mart.Controle{step("wmo_declaratie", "in_vensters", 7), step("wmo_declaratie", "buiten_vensters", -12),
		step("wmo_declaratie", "voor_vensters", -15), step("wmo_declaratie", "na_vensters", 3), step("pgb_uitputting", "voor_vensters", 2),
		step("pgb_uitputting", "na_vensters", -2), step("jeugd_declaratie", "na_vensters", 5),
		step("zvw_declaratie", "buiten_vensters", 0), step("jeugd_declaratie", "buiten_vensters", 5)})
	found, err := Findings(context.Background(), marts)
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
	outside, err := OutsideWindows(context.Background(), marts)
	if err != nil || !slices.Equal(outside, []Outside{{"wmo_declaratie", -12, -15, 3}, {"jeugd_declaratie", 5, 0, 5}, {"pgb_uitputting", 0, 2, -2}}) {
		t.Errorf("%v %v", outside, err)
	}
	none, err := Findings(context.Background(), fstest.MapFS{})
	if err != nil || len(none) > 0 {
		t.Errorf("%v %v", none, err)
	}
}

// TestLinks: kinds in their order, the whole before its parts; a file alone covers nobody less.
func TestLinks(t *testing.T) {
	links, err := Links(context.Background(), fixture(t, 3))
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
		{Link{Gemeente: every, Persons: 20}, "Van de 20\u00a0personen is niemand in de huishoudens te vinden."},
		{Link{Gemeente: "GM0855", Persons: 3, Linked: 1, Share: ref(1.0 / 3), Minimum: ref(0.9), Verdict: "te_laag"},
			"Van de 3\u00a0personen in GM0855 is er 1 in de huishoudens te vinden (33,3%); het minimum is 90,0%."},
		{Link{Gemeente: every, Persons: 40, Linked: 39, Share: ref(0.975), Minimum: ref(0.9), Verdict: "ja"},
			"Van de 40\u00a0personen zijn er 39 in de huishoudens te vinden (97,5%)."},
	} {
		if got := c.l.Sentence(); got != c.want {
			t.Errorf("%s", got)
		}
	}
	if got := (Link{Persons: 1, Linked: 1, Share: ref(1.0)}).Residence(); got != "In de huishoudens staat in deze drie jaren 1\u00a0persoon; daarvan heeft 1 op de peildatum een adres (100,0%)." {
		t.Error(got)
	}
}

// TestPeildatum: what held the peildatum, what it would be without, gemeenten that are no more, and a peildatum that was set.
func TestPeildatum(t *testing.T) {
	parts := []BasisPart{{"huishouden", "GM0788", "2025-12", false}, {"zvw_declaratie", "GM0788", "2024-12", true}, {"zvw_declaratie", "GM0855", "2024-12", true},
		{"wmo_declaratie", "GM0855", "", true}}
	for name, c := range map[string]struct {
		basis Basis
		want  string
	}{
		"nothing known": {Basis{}, ""},
		"nothing held":  {Basis{Parts: parts[:1]}, "De peildatum is de laatste dag die alle verplichte bronnen dekken; geen bron houdt hem tegen."},
		"held": {Basis{Parts: parts[:2], Without: "2025-12-31"}, "Peildatum 31-12-2024, tegengehouden door Zvw-declaraties in GM0788 (tot en met dec\u00a02024); " +
			"zonder zou het 31-12-2025 zijn."},
		"more": {Basis{Parts: parts}, "Peildatum 31-12-2024, tegengehouden door Zvw-declaraties in GM0788 en GM0855 (tot en met dec\u00a02024); " +
			"Wmo-declaraties in GM0855 (geen hele maand)."},
		"set":  {Basis{Set: true, Parts: parts}, "De peildatum is ingesteld in de configuratie.|Niet alle verplichte bronnen komen zo ver: Wmo-declaraties in GM0855 (geen hele maand)."},
		"gone": {Basis{Gone: []string{"GM0788", "GM0789"}}, "Opgeheven: GM0788 en GM0789. Op de laatste gedekte dag woont daar niemand meer; daarom doen deze gemeenten niet mee bij de peildatum."},
	} {
		w, err := newWindows("2024-12-31")
		if err != nil {
			t.Fatal(err)
		}
		p := &page{W: w, Run: Run{Peildatum: "2024-12-31", Basis: c.basis}}
		if got := strings.Join(p.Peildatum(), "|"); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestSeenOnPage: the section about what came in, its warnings on the first page, and the marks elsewhere.
func TestSeenOnPage(t *testing.T) {
	marts := fixture(t, 400)
	_, out := render(t, marts, testRun)
	o := browsertest.Open(t, out["rapport.html"].Bytes())
	text := func(selector string) string {
		return browsertest.Eval[string](t, o, fmt.Sprintf(`document.querySelector(%q).innerText`, selector))
	}
	for selector, wants := range map[string][]string{
		"header": {"Peildatum 31-12-2025, tegengehouden door Zvw-declaraties in GM0824 en GM0855 (tot en met dec 2025); zonder zou het 31-01-2026 zijn.",
			"Opgeheven: GM0867.", "Zvw-declaraties koppelen te weinig aan de huishoudens. Van de 1.000 personen zijn er 400 in de huishoudens te vinden (40,0%); het minimum is 50,0%.",
			"Jeugdwet-toewijzingen koppelen te weinig aan de huishoudens. Van de 40 personen in GM0855 zijn er 3", "Wat deze bron niet laat zien is onbekend",
			"Onwaarschijnlijk: 1 huishouden met onwaarschijnlijk veel personen."},
		"#opvallend": {"gelijk aan een eerdere regel regel_gelijk", "Zvw-declaraties 12 302,18 Vraag de leverancier of het om verschillende zorg gaat.",
			"referentienummer komt vaker voor 8021", "Wmo-declaraties 1 5,00", "Jeugdwet-declaraties 2 70,00", "zorg na het overlijden na_overlijden", "2 4.001,50",
			"toewijzing is ingetrokken (reden 13) 9384", "Jeugdwet-declaraties 3",
			"Wel gezocht, niets gevonden: dubbel met een nieuwere levering (gezocht in Wmo-declaraties, Jeugdwet-declaraties en Zvw-declaraties); " +
				"ontbreekt in een nieuwere levering over dezelfde maand (gezocht in Zvw-declaraties); dezelfde zorg twee keer gedeclareerd;",
			"zorg vóór de geboorte; uitkering in delen, opgeteld; regels van één uitkering noemen verschillende bedragen.",
			"twee leveranciers over dezelfde maand twee_leveranciers", "onwaarschijnlijk groot huishouden huishouden_te_groot",
			"Zvw-declaraties 1.000 400 40,0% 50,0% te laag: onbekend", "waarvan zvw_declaratie/levering_2025-12.csv.gz 1.000 400 40,0% 50,0% te laag",
			"waarvan GM0855 40 3 7,5% 90,0% te laag: onbekend", "Woonsignalen 9 1 11,1% 90,0% niet beoordeeld: te weinig personen",
			"In de huishoudens staan in deze drie jaren 1.000 personen; daarvan hebben 970 op de peildatum een adres (97,0%)."},
		"#kosten":    {"Bedragen buiten de drie jaren van dit rapport", "gaan over dagen vóór 1 januari 2023 of na de peildatum, 31 december 2025"},
		"#cocktails": {"Niet te beoordelen", "Zeker niet", "Samen"},
		"#gegevens":  {"gemeente opgeheven"},
		"#ranglijst": {"onwaarschijnlijk groot: 31 personen"},
	} {
		got := text(selector)
		for _, want := range wants {
			if !containsFolded(got, want) {
				t.Errorf("%s does not say %q in\n%s", selector, want, got)
			}
		}
	}
	if strings.Contains(text("#opvallend"), "zorg vóór de toewijzing 9307") || browsertest.Eval[int](t, o, `document.querySelectorAll("#ranglijst th .merk").length`) != 1 {
		t.Error("something is shown that was not found, or more households are too big than one")
	}
	// every household stands once in each row of the cocktails
	rows := browsertest.Eval[[][]string](t, o, `[...document.querySelectorAll("#cocktails table")[0].tBodies[0].rows].map(r => [...r.cells].slice(1, 7).map(c => c.innerText))`)
	verdicts, err := mart.All[mart.CocktailOordeel](context.Background(), marts, "cocktail_oordeel")
	if err != nil || len(rows) != len(verdicts) {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	for i, v := range verdicts {
		want := fmt.Sprint([]int64{v.Vol, v.Dreigend, v.Onbekend, v.NietTeBeoordelen, v.Nee, v.Huishoudens})
		if got := "[" + strings.Join(rows[i], " ") + "]"; got != want || v.Vol+v.Dreigend+v.Onbekend+v.NietTeBeoordelen+v.Nee != 400 {
			t.Errorf("row %d is %s, want %s", i, got, want)
		}
	}
	o.Quiet(t)
}

// TestNothingSeen: a run in which all is well says what was looked for.
func TestNothingSeen(t *testing.T) {
	marts := fixture(t, 5)
	writeMart(t, marts, "bevinding", []mart.Bevinding{})
	writeMart(t, marts, "uitgesloten", []mart.Uitgesloten{})
	writeMart(t, marts, "koppelgraad", []mart.Koppelgraad{{Kind: "wmo_declaratie", Gemeente: every, Bestand: every, Personen: 5, Gekoppeld: 5,
		Aandeel: ref(1.0), Minimum: ref(0.9), Oordeel: "niet_beoordeeld"}})
	run := testRun
	run.MaxHuishouden = 31
	_, out := render(t, marts, run)
	html := out["rapport.html"].String()
	for _, want := range []string{"Er is geen bedrag gevonden waar iets mee is.", "gelijk aan een eerdere regel (gezocht in Zvw-declaraties)", "uitkering in delen, opgeteld"} {
		if !strings.Contains(html, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	for _, no := range []string{"Onwaarschijnlijk:", "koppelen niet", "koppelen te weinig", "onwaarschijnlijk groot", "om na te kijken</h3>\n<div class=\"tabel\"><table class=\"smal opvallend\"><caption>Wat niet"} {
		if strings.Contains(html, no) {
			t.Errorf("the page says %q", no)
		}
	}
}
