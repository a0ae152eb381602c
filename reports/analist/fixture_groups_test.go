package analist

import (
	"fmt"
	"testing"
	"testing/fstest"

	"stapel/reports/browsertest"
	"stapel/reports/mart"
	"stapel/reports/marttest"
)

// fixtureGroups are the marts about expectation, groups and comparison: consistent with each other where the page relates them.
func fixtureGroups(t testing.TB, marts fstest.MapFS, n int) {
	t.Helper()
	var bands []mart.Ijking
	var cells []mart.VerwachtCel
	for i, band := range bandOrder {
		size := int64(1 + i*i*n/40)
		mean := int64(300_000_00 / (i*i + 1))
		bands = append(bands, mart.Ijking{Band: band, N: size, VorigCt: size * mean, VerwachtCt: size * mean / 2, WerkelijkCt: size * mean * 9 / 20})
		for _, years := range yearOrder {
			for _, kids := range []string{"alle", "ja", "nee"} {
				if years == "alle" && kids != "alle" {
					continue
				}
				cells = append(cells, mart.VerwachtCel{Band: band, Jaren: years, Kinderen: kids, Huishoudens: size, SomCt: size * mean / 2,
					Gewicht: 0.25 * float64(i%4), VerwachtCt: mean / 2})
			}
		}
	}
	marttest.Write(t, marts, "ijking", bands)
	marttest.Write(t, marts, "verwacht_cel", cells)
	amount := func(name string, n, a, b int64, better string) mart.IjkingMaat {
		return mart.IjkingMaat{Maat: name, N: n, VerwachtCt: &a, VorigCt: &b, Beter: better}
	}
	share := func(name string, n int64, a, b float64, better string) mart.IjkingMaat {
		return mart.IjkingMaat{Maat: name, N: n, Verwacht: &a, Vorig: &b, Beter: better}
	}
	marttest.Write(t, marts, "ijking_maat", []mart.IjkingMaat{amount("afwijking_top_10", 40, 20_000_00, 33_000_00, "verwacht"),
		amount("gemiddelde_afwijking", int64(n), 6_784_00, 6_649_00, "vorig"), share("overlap_100", 100, 0.44, 0.44, "gelijk"),
		share("overlap_1pct", 4, 0.5, 0.25, "verwacht"), share("overlap_drempel", 12, 0.2, 0.2, "gelijk"), share("verhouding", int64(n), 0.94, 1.04, "vorig")})
	var groups []mart.Eerlijkheid
	for _, k := range featureOrder {
		for g := range map[string]int{"wijk": 40}[k] + 3 {
			name := fmt.Sprintf("%s-%02d", k, g)
			switch k {
			case "leeftijd":
				name = ages[g]
			case "huishoudtype":
				name = fmt.Sprint(g + 4)
			}
			groups = append(groups, mart.Eerlijkheid{Kenmerk: k, Groep: name, Huishoudens: int64(10 + g), InAanmerking: int64(g % 4),
				Geselecteerd: int64(g % 3), Getoetst: int64(9 + g), VerwachtCt: int64(g) * 100_000, WerkelijkCt: int64(g) * 90_000})
		}
	}
	marttest.Write(t, marts, "eerlijkheid", groups)
	var stack []mart.Stapeling
	for _, moment := range []string{"halfjaar", "peildatum"} {
		for _, g := range append([]string{"alle"}, testRun.Gemeenten...) {
			for i, maat := range stackOrder {
				stack = append(stack, mart.Stapeling{Moment: moment, Gemeente: g, Maat: maat, N: int64(40 - 4*i), Van: 100, Personen: int64(40 - 4*i), Inwoners: 230,
					Per100: ref(float64(40 - 4*i)), PerDuizend: ref(1000 * float64(40-4*i) / 230)})
			}
		}
	}
	marttest.Write(t, marts, "stapeling", stack)
	reference := []mart.ZvwReferentie{{Geslacht: "alle", Klasse: "alle", Verzekerden: 380, Dagen: 380 * 365, KostenCt: 95_000_00, PerJaarCt: 250_00,
		VerhoogdCt: 100_000_00, Verhouding: ref(0.95)}}
	for _, sex := range []string{"1", "2"} {
		for i := range 19 {
			class := fmt.Sprintf("%02d-%02d", 5*i, 5*i+4)
			if i == 18 {
				class = "90+"
			}
			reference = append(reference, mart.ZvwReferentie{Geslacht: sex, Klasse: class, Verzekerden: 10, Dagen: 3650, KostenCt: int64(i) * 500_000,
				PerJaarCt: int64(i) * 50_000, VerhoogdCt: int64(i) * 540_000, Verhouding: ref(0.926)})
		}
	}
	marttest.Write(t, marts, "zvw_referentie", reference)
	marttest.Write(t, marts, "rijpheid_kind", []mart.RijpheidKind{
		{Kind: "wmo_declaratie", Maanden: 12, Rijp: 9, RijpTot: ref(day("2025-09-01")), Ontvangst: ref(day("2026-01-01")), Aandeel: ref(0.945), Ondergrens: ref(0.915), Reden: "ondergrens"},
		{Kind: "zvw_declaratie", Maanden: 12, Reden: "te_weinig_historie"}})
	type month struct {
		Kind   string    `parquet:"kind"`
		Group  string    `parquet:"productgroep"`
		Month  mart.Date `parquet:"productmaand,date"`
		In     int64     `parquet:"ontvangen_ct"`
		Share  *float64  `parquet:"aandeel_binnen,optional"`
		Mature bool      `parquet:"rijp"`
	}
	marttest.Write(t, marts, "rijpheid", []month{{"wmo_declaratie", "02", day("2025-09-01"), 100, ref(0.97), true}})
	type point struct {
		N    int64    `parquet:"huishoudens"`
		Cost *float64 `parquet:"aandeel_kosten,optional"`
	}
	marttest.Write(t, marts, "lorenz", []point{{1, ref(0.2)}, {100, ref(1.0)}})
}

// TestGroupsOnPage: what the sections about expectation, groups and comparison say is what the marts hold.
func TestGroupsOnPage(t *testing.T) {
	_, out := render(t, fixture(t, 400), testRun)
	o, data := browsertest.Open(t, out["rapport.html"].Bytes()), browsertest.Open(t, out["gegevens.html"].Bytes())
	text := func(id string) string {
		page := o
		if id == "gegevens" {
			page = data
		}
		browsertest.Eval[bool](t, page, `document.querySelectorAll("details").forEach(d => d.open = true), true`)
		return browsertest.Eval[string](t, page, fmt.Sprintf(`document.getElementById(%q).innerText`, id))
	}
	for id, wants := range map[string][]string{
		"verwachting": {"gemiddeld €\u00a06.784 met de verwachting en €\u00a06.649 met de kosten van het jaar ervoor: de verwachting wint niet van de kosten van het jaar ervoor.",
			"dat €\u00a020.000 en €\u00a033.000: de verwachting zat er dichterbij", "duurste 0,1%", "300.000", "150.000", "135.000", "94,0%", "104,0%"},
		"gegevens":    {"9 van de 12", "sep 2025", "94,5%", "91,5%", "er komt nog te veel binnen", "minder dan 24 maanden historie"},
		"ranglijst":   {"Wmo-declaraties 9 van de 12 maanden, tot en met sep 2025; Zvw-declaraties 0 van de 12 maanden."},
		"eerlijkheid": {"de eerste 50", "paar met kinderen", "de 25 grootste van 43; alle staan in csv/eerlijkheid.csv", "111,1%", "25 tot 35"},
		"vergelijking": {"twee of meer voorzieningen", "Tilburg\t2024\tproef", "9,7\tNederland\ttweede helft 2023", "voorzieningen uit meer dan één wet", "Waalwijk", "12,0", "52,2",
			"€\u00a0100.000 kosten; hier is het €\u00a095.000, dat is 95,0% daarvan", "85–89", "90+", "9.000", "9.720"},
	} {
		got := text(id)
		for _, want := range wants {
			if !containsFolded(got, want) {
				t.Errorf("section %s does not say %q", id, want)
			}
		}
	}
	if n := browsertest.Eval[int](t, o, `document.querySelectorAll("#verwachting details").length`); n != 2 {
		t.Errorf("%d folded tables of cells", n)
	}
	o.Quiet(t)
}

// TestGroupsAbsent: a run without T1 has no expectation, and the page says why instead of showing zeros.
func TestGroupsAbsent(t *testing.T) {
	marts := fixture(t, 60)
	for _, name := range []string{"ijking", "ijking_maat", "verwacht_cel", "zvw_referentie"} {
		delete(marts, name+".parquet")
	}
	_, out := render(t, marts, testRun)
	for _, want := range []string{"Geen verwachting in deze run", "niet bekend wie op welke dagen verzekerd was"} {
		if !containsFolded(pages(out), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}
