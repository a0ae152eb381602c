package analist

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"stapel/reports"
	"stapel/reports/browsertest"
	"stapel/reports/mart"
	"stapel/reports/marttest"
	"stapel/reports/seen"
)

// TestPeildatum: what held the peildatum, what it would be without, gemeenten that are no more, and a peildatum that was set.
func TestPeildatum(t *testing.T) {
	parts := []reports.BasisPart{part("huishouden", "GM0788", "2025-12", false), part("zvw_declaratie", "GM0788", "2024-12", true),
		part("zvw_declaratie", "GM0855", "2024-12", true),
		part("wmo_declaratie", "GM0855", "", true)}
	for name, c := range map[string]struct {
		basis reports.Basis
		want  string
	}{
		"nothing known": {reports.Basis{}, ""},
		"nothing held":  {reports.Basis{Parts: parts[:1]}, "De peildatum is de laatste dag die alle verplichte bronnen dekken; geen bron houdt hem tegen."},
		"held": {reports.Basis{Parts: parts[:2], Without: "2025-12-31"}, "Peildatum 31-12-2024, tegengehouden door Zvw-declaraties in GM0788 (tot en met dec\u00a02024); " +
			"zonder zou het 31-12-2025 zijn."},
		"more": {reports.Basis{Parts: parts}, "Peildatum 31-12-2024, tegengehouden door Zvw-declaraties in GM0788 en GM0855 (tot en met dec\u00a02024); " +
			"Wmo-declaraties in GM0855 (geen hele maand)."},
		"set":  {reports.Basis{Set: true, Parts: parts}, "De peildatum is ingesteld in de configuratie.|Niet alle verplichte bronnen komen zo ver: Wmo-declaraties in GM0855 (geen hele maand)."},
		"gone": {reports.Basis{Gone: []string{"GM0788", "GM0789"}}, "Opgeheven: GM0788 en GM0789. Op de laatste gedekte dag woont daar niemand meer; daarom doen deze gemeenten niet mee bij de peildatum."},
	} {
		w, err := reports.Run{Peildatum: "2024-12-31"}.Windows()
		if err != nil {
			t.Fatal(err)
		}
		p := &page{W: w, Run: reports.Run{Peildatum: "2024-12-31", Basis: c.basis}}
		if got := strings.Join(p.Peildatum(), "|"); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestResidence: what is said of huishouden itself.
func TestResidence(t *testing.T) {
	one := seen.Link{Persons: 1, Linked: 1, Share: ref(1.0)}
	if got := (&page{}).Residence(&one); got != "In de huishoudens staat in deze drie jaren 1\u00a0persoon; daarvan heeft 1 op de peildatum een adres (100,0%)." {
		t.Error(got)
	}
}

// TestSeenOnPage: the section about what came in, its warnings on the first page, and the marks elsewhere.
func TestSeenOnPage(t *testing.T) {
	marts := fixture(t, 400)
	_, out := render(t, marts, testRun)
	o, data := browsertest.Open(t, out["rapport.html"].Bytes()), browsertest.Open(t, out["gegevens.html"].Bytes())
	text := func(selector string) string {
		page := o
		if selector == "#opvallend" || selector == "#gegevens" {
			page = data
		}
		return browsertest.Eval[string](t, page, fmt.Sprintf(`document.querySelector(%q).innerText`, selector))
	}
	for selector, wants := range map[string][]string{
		"header": {"Peildatum 31-12-2025, tegengehouden door Zvw-declaraties in Oisterwijk en Tilburg (tot en met dec 2025); zonder zou het 31-01-2026 zijn.",
			"Opgeheven: Waalwijk.", "Zvw-declaraties koppelen te weinig aan de huishoudens. Van de 1.000 personen zijn er 400 in de huishoudens te vinden (40,0%); het minimum is 50,0%.",
			"Jeugdwet-toewijzingen koppelen te weinig aan de huishoudens. Van de 40 personen in Tilburg zijn er 3", "Wat deze bron niet laat zien is onbekend",
			"Onwaarschijnlijk: 1 huishouden met onwaarschijnlijk veel personen."},
		"#opvallend": {"gelijk aan een eerdere regel regel_gelijk", "Zvw-declaraties 12 302,18 Vraag de leverancier of het om verschillende zorg gaat.",
			"referentienummer komt vaker voor 8021", "Wmo-declaraties 1 5,00", "Jeugdwet-declaraties 2 70,00", "zorg na het overlijden na_overlijden", "2 4.001,50",
			"toewijzing is ingetrokken (reden 13) 9384", "Jeugdwet-declaraties 3",
			"Wel gezocht, niets gevonden: dubbel met een nieuwere levering (gezocht in Wmo-declaraties, Jeugdwet-declaraties en Zvw-declaraties); " +
				"ontbreekt in een nieuwere levering over dezelfde maand (gezocht in Zvw-declaraties); dezelfde zorg twee keer gedeclareerd;",
			"zorg vóór de geboorte; uitkering in delen, opgeteld; regels van één uitkering noemen verschillende bedragen.",
			"twee leveranciers over dezelfde maand twee_leveranciers", "onwaarschijnlijk groot huishouden huishouden_te_groot",
			"Zvw-declaraties 1.000 400 40,0% 50,0% te laag: onbekend", "waarvan zvw_declaratie/levering_2025-12.csv.gz 1.000 400 40,0% 50,0% te laag",
			"waarvan Tilburg 40 3 7,5% 90,0% te laag: onbekend", "Woonsignalen 9 1 11,1% 90,0% niet beoordeeld: te weinig personen",
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
	verdicts, err := mart.All(context.Background(), marts, mart.Verdicts)
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
	data.Quiet(t)
}

// TestNothingSeen: a run in which all is well says what was looked for.
func TestNothingSeen(t *testing.T) {
	marts := fixture(t, 5)
	marttest.Write(t, marts, "bevinding", []mart.Bevinding{})
	marttest.Write(t, marts, "uitgesloten", []mart.Uitgesloten{})
	marttest.Write(t, marts, "koppelgraad", []seen.Link{{Kind: "wmo_declaratie", Gemeente: seen.Every, File: seen.Every, Persons: 5, Linked: 5,
		Share: ref(1.0), Minimum: ref(0.9), Verdict: "niet_beoordeeld"}})
	run := testRun
	run.MaxHuishouden = 31
	_, out := render(t, marts, run)
	html := pages(out)
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
