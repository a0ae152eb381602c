package accountant

import (
	"strings"
	"testing"
	"testing/fstest"

	"stapel/config"
	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/marttest"
	"stapel/reports/reporttest"
	"stapel/reports/seen"
)

var testRun = reporttest.Run()

func ct(v int64) *int64 { return &v }

// chain is a control chain of one kind, in the order of the steps.
func chain(kind string, steps ...any) (out []mart.Controle) {
	for i := 0; i < len(steps); i += 3 {
		out = append(out, mart.Controle{Kind: kind, Stap: steps[i].(string), Regels: ct(int64(steps[i+1].(int))), BedragCt: int64(steps[i+2].(int))})
	}
	return out
}

// world is a run of one kind of cost with a ledger: 1.000,00 in it, of which 20,00 is explained and 5,00 more was delivered than it says.
func world(t testing.TB, ledger bool) fstest.MapFS {
	marts := fstest.MapFS{}
	control := chain("wmo_declaratie", "geleverd", 10, 101_010, "geaccepteerd", 8, 98_500, "quarantaine", 1, 2_510, "vervangen", 0, 0, "dubbel", 1, 0, "geweigerd", 0, 0, "gebruikt", 7, 97_500, "uitgesloten", 1, 1_000,
		"in_vensters", 7, 90_000, "buiten_vensters", 0, 7_500, "voor_vensters", 0, 7_000, "na_vensters", 0, 500, "huishoudens", 6, 89_999, "onbekend", 1, 1, "overlap_gelijk", 0, 0, "overlap_verschilt", 2, 333, "regel_gelijk", 0, 0)
	control = append(control, chain("huishouden", "geleverd", 20, 0, "geaccepteerd", 20, 0, "quarantaine", 0, 0, "gebruikt", 20, 0)...)
	control = append(control, chain("totaal", "huishoudens", 5, 89_999, "ranglijst", 4, 80_000, "niet_getoond", 1, 9_999, "andere_gemeente", 0, 0)...)
	marttest.Write(t, marts, "controle", control)
	var fall []mart.Waterval
	for _, kind := range []string{"wmo_declaratie", "totaal"} {
		add := func(nr int64, step, sort string, amount int64) {
			fall = append(fall, mart.Waterval{Kind: kind, Volgnr: nr, Stap: step, Soort: sort, BedragCt: amount})
		}
		if ledger {
			add(1, "grootboek", "stand", 100_000)
			add(2, "verklaard", "stap", -2_000)
			add(3, "onverklaard", "stap", 500)
			add(4, "zonder_grootboek", "stap", 0)
			add(5, "niet_vergeleken", "stap", 2_510)
		}
		add(6, "geleverd", "stand", 101_010)
		add(7, "quarantaine", "stap", -2_510)
		add(11, "geaccepteerd", "stand", 98_500)
		add(12, "uitgesloten", "stap", -1_000)
		add(14, "gebruikt", "stand", 97_500)
		add(15, "voor_vensters", "stap", -7_000)
		add(16, "na_vensters", "stap", -500)
		add(17, "in_vensters", "stand", 90_000)
		add(18, "onbekend", "stap", -1)
		add(19, "huishoudens", "stand", 89_999)
		add(20, "niet_getoond", "stap", -9_999)
		add(22, "ranglijst", "stand", 80_000)
	}
	marttest.Write(t, marts, "waterval", fall)
	rows := []mart.Aansluiting{{Feed: "wmo_declaratie", Gemeente: "GM0855", Jaar: 2025, ExtractCt: ct(98_500), Oordeel: "geen_grootboek"}}
	if ledger {
		rows = []mart.Aansluiting{
			{Feed: "wmo_declaratie", Gemeente: "GM0824", Jaar: 2025, Bron: "b", GrootboekCt: ct(0), ExtractCt: ct(0), VerschilCt: ct(0), OpenCt: ct(0), Oordeel: "sluit"},
			{Feed: "wmo_declaratie", Gemeente: "GM0855", Jaar: 2024, Bron: "b", GrootboekCt: ct(52_000), ExtractCt: ct(50_000), VerschilCt: ct(2_000), Verklaringen: 1, VerklaardCt: 2_000, OpenCt: ct(0), Oordeel: "verklaard"},
			{Feed: "wmo_declaratie", Gemeente: "GM0855", Jaar: 2025, Bron: "b", GrootboekCt: ct(48_000), ExtractCt: ct(48_500), VerschilCt: ct(-500), OpenCt: ct(-500), Oordeel: "verschil"},
			{Feed: "zvw_declaratie", Gemeente: "alle", Jaar: 2025, ExtractCt: ct(7), Oordeel: "geen_grootboek"}}
		marttest.Write(t, marts, "aansluiting_verklaring", []mart.Verklaring{{Bestand: "grootboek_totaal/a.csv", Regel: 3, Feed: "wmo_declaratie", Gemeente: "GM0855", Jaar: 2024, Reden: "zonder_regels", BedragCt: 2_000, Bron: "b", Toelichting: "=1+1"}})
	}
	marttest.Write(t, marts, "aansluiting", rows)
	day := mart.Date(20_000)
	marttest.Write(t, marts, "levering", []mart.Levering{{Kind: "wmo_declaratie", Bestand: "wmo_declaratie/a.csv", Leverancier: "Gemeente", PeriodeVan: &day, PeriodeTot: &day, Status: "geaccepteerd", Regels: 10, Geaccepteerd: 8, Quarantaine: 1, BedragCt: ct(101_010)},
		{Kind: "huishouden", Bestand: "huishouden/a.csv", Status: "geaccepteerd", Regels: 20, Geaccepteerd: 20}})
	marttest.Write(t, marts, "quarantaine", []mart.Quarantaine{{Kind: "wmo_declaratie", Bestand: "wmo_declaratie/a.csv", RegelCode: "bedrag_ongeldig", Kolom: "bedrag_ct", Regels: 1}})
	marttest.Write(t, marts, "dekking", []mart.Dekking{{Kind: "wmo_declaratie", Gemeente: "GM0855", Maand: day, Gedekt: "ja", NieuwsteRegel: &day}, {Kind: "wmo_declaratie", Gemeente: "GM0824", Maand: day, Gedekt: "onbekend"}})
	marttest.Write(t, marts, "bevinding", []mart.Bevinding{{Onderwerp: "wmo_declaratie", RegelCode: "8017", Ernst: "let_op", Regels: ct(1), BedragCt: ct(-100)}})
	marttest.Write(t, marts, "uitgesloten", []mart.Uitgesloten{{Kind: "wmo_declaratie", Bestand: "wmo_declaratie/a.csv", RegelCode: "9384", BedragCt: ct(1_000)}})
	p := 0.04
	marttest.Write(t, marts, "effect", []estimate{{Schatter: "gematcht", Herkomst: "data", Klok: "gestart", Uitkomst: "kosten", Domein: "alle", Betaler: "alle", Behandeld: 65, Sets: 60, Vergelijk: 180, Ct: ct(-880_000),
		LaagCt: ct(-1_310_000), HoogCt: ct(-440_000), P: &p, Maanden: 7, Oordeel: "aangetoond"}, {Schatter: "gematcht", Herkomst: "data", Klok: "aangemeld", Uitkomst: "kosten", Domein: "alle", Betaler: "alle", Ct: ct(-777_777)},
		{Schatter: "voor_na", Herkomst: "data", Klok: "gestart", Uitkomst: "kosten", Domein: "alle", Betaler: "alle", Ct: ct(-2_280_000), Oordeel: ""}})
	marttest.Write(t, marts, "claim_toets", []claim{{ID: "DH-1", Huishouden: 150, BeweerdCt: 250_000_000, Oordeel: "niet te toetsen", Reden: "periode ligt buiten de gegevens"}})
	return marts
}

// render writes the report of a world.
func render(t testing.TB, marts fstest.MapFS) (reporttest.Dir, []reports.File) {
	t.Helper()
	w, err := testRun.Windows()
	if err != nil {
		t.Fatal(err)
	}
	in, err := seen.Read(t.Context(), marts, w.T0)
	if err != nil {
		t.Fatal(err)
	}
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	ev := Evidence{Config: cfg, Binary: strings.Repeat("ab", 32), Key: "f00d", Go: "go1.26", Platform: "linux/amd64", Files: 2, Lines: 30, Quarantined: 1, Tests: 264,
		Warnings: []Check{{Name: "grootboek_verschil", Sentence: "1 van 4 vergelijkingen met het grootboek hebben een verschil dat niet is verklaard", Violations: 1, Of: 4}},
		Releases: []Release{{Table: "effect", Status: "vrij", Cells: 12, Primary: 2, Secondary: 1, Rounded: 9, Proven: true},
			{Table: "overgang a+b", Status: "vrij", Cells: 4, Primary: 1, Rounded: 3, Proven: true}, {Table: "overgang a+c", Status: "geweigerd", Cells: 5, Primary: 2, Secondary: 1, Reason: "niet bewezen"}}}
	out := reporttest.Dir{}
	writer := reports.NewWriter(out, reports.Accountant)
	if err := Write(t.Context(), marts, testRun, in, ev, writer); err != nil {
		t.Fatal(err)
	}
	return out, writer.Files()
}
