package analist

import (
	"fmt"
	"slices"
	"testing"
	"testing/fstest"

	"stapel/reports/mart"
	"stapel/reports/marttest"
)

// planEuros are huidig, dreigend and maatwerk of 20 plans, in euros.
var planEuros = [20][3]int64{{20000, 90000, 63000}, {15000, 28000, 12000}, {21000, 35000, 19000}, {30000, 52000, 21000},
	{26000, 41000, 24500}, {34000, 60000, 30000}, {12000, 22000, 9000}, {17000, 18000, 20500}, {25000, 47000, 18000},
	{19000, 33000, 15000}, {41000, 75000, 38000}, {16000, 29000, 11500}, {22000, 38000, 16000}, {27000, 44000, 22000},
	{14000, 26000, 10500}, {31000, 55000, 25000}, {18000, 31000, 14000}, {13000, 24000, 8500}, {24000, 43000, 15500}, {20000, 39000, 11000}}

func fixturePlans() ([]mart.Plan, []mart.PlanTotaal) {
	var rows []mart.Plan
	var sum, done [3]int64
	states := map[string]int64{}
	var nDone int64
	for i := range 30 {
		p := mart.Plan{Casus: fmt.Sprintf("C%02d", i+1), Aanmelding: day("2025-01-06") + mart.Date(9*i), Akkoorden: 2}
		switch {
		case i < 15:
			p.Status = "uitvoering"
		case i < 21:
			p.Status = "gereed"
		default:
			p.Status = []string{"sparren", "concept", "afgewezen"}[i%3]
		}
		if i < 21 {
			p.Akkoord = ref(p.Aanmelding + mart.Date(30+pick(200, "ak", i)))
			p.DagenTotAkkoord = ref(int64(*p.Akkoord - p.Aanmelding))
		}
		if i == 4 {
			p.Akkoorden, p.Bevindingen = 1, "akkoord_ontbreekt"
		}
		if i == 9 {
			p.Bevindingen = "akkoord_na_datum|regels_tellen_niet_op"
		}
		states[p.Status]++
		if i < len(planEuros) {
			v := planEuros[i]
			p.HuidigCt, p.DreigendCt, p.MaatwerkCt = ref(v[0]*100), ref(v[1]*100), ref(v[2]*100)
			p.BesparingCt = ref((v[1] - v[2]) * 100)
			nDone++
			for k := range v {
				sum[k] += v[k] * 100
				done[k] += v[k] * 100
			}
		}
		rows = append(rows, p)
	}
	totals := []mart.PlanTotaal{
		{Meting: "plannen", Waarde: ref(30.0), Noemer: 30, Eenheid: "plannen"},
		{Meting: "plannen_met_kba", Waarde: ref(20.0), Noemer: 30, Eenheid: "plannen"},
		{Meting: "horizon_anders", Waarde: ref(1.0), Noemer: 30, Eenheid: "plannen"},
	}
	for status, n := range states {
		totals = append(totals, mart.PlanTotaal{Meting: "plannen_status_" + status, Waarde: ref(float64(n)), Noemer: 30, Eenheid: "plannen"})
	}
	money := func(name string, ct, n int64) {
		totals = append(totals, mart.PlanTotaal{Meting: name, WaardeCt: &ct, Noemer: n, Eenheid: "ct"})
	}
	for _, scope := range []struct {
		name string
		v    [3]int64
		n    int64
	}{{"alle", sum, 20}, {"uitgevoerd", done, nDone}} {
		money("huidig_"+scope.name, scope.v[0], scope.n)
		money("dreigend_"+scope.name, scope.v[1], scope.n)
		money("maatwerk_"+scope.name, scope.v[2], scope.n)
		money("besparing_"+scope.name, scope.v[1]-scope.v[2], scope.n)
		money("gemiddelde_besparing_"+scope.name, divRound(scope.v[1]-scope.v[2], scope.n), scope.n)
	}
	slices.SortFunc(totals, func(a, b mart.PlanTotaal) int {
		if a.Meting < b.Meting {
			return -1
		}
		return 1
	})
	return rows, totals
}

// namedDelivery is a delivery with its id, which only the tables show.
type namedDelivery struct {
	mart.Levering
	ID string `parquet:"levering_id,optional"`
}

func fixtureSupply(t testing.TB, marts fstest.MapFS, rank []mart.Ranglijst) {
	t.Helper()
	kinds := []string{"huishouden", "wmo_toewijzing", "wmo_declaratie", "jeugd_toewijzing", "jeugd_declaratie", "participatie_uitkering",
		"schuldhulp_traject", "schuldhulp_signaal", "zvw_declaratie", "maatwerk_plan", "wonen_signaal"}
	var deliveries []namedDelivery
	var coverage []mart.Dekking
	var control []mart.Controle
	var total int64
	for _, r := range rank {
		total += r.T0Ct
	}
	informational := map[string][]string{"wmo_declaratie": {"overlap_gelijk"}, "jeugd_declaratie": {"overlap_gelijk"},
		"zvw_declaratie": {"overlap_gelijk", "overlap_verschilt", "regel_gelijk"}}
	steps := []string{"geleverd", "geweigerd", "dubbel", "quarantaine", "vervangen", "geaccepteerd", "uitgesloten", "gebruikt", "in_vensters", "buiten_vensters", "huishoudens", "onbekend", "ranglijst"}
	for k, kind := range kinds {
		deliveries = append(deliveries, namedDelivery{ID: fmt.Sprintf("L-%03d", k), Levering: mart.Levering{Kind: kind, Bestand: kind + "/levering_2025-12.csv.gz",
			Leverancier: "Gemeente Tilburg", PeriodeVan: ref(day("2023-01-01")),
			PeriodeTot: ref(day("2026-01-01")), Status: "geaccepteerd", Regels: int64(12000 + 931*k), Geaccepteerd: int64(12000 + 930*k),
			Quarantaine: int64(k), BedragCt: ref(int64(k) * 81_234_567_89)}})
		for _, step := range steps {
			row := mart.Controle{Kind: kind, Stap: step, Regels: ref(int64(12000 + 931*k)), VerschilRegel: 0, VerschilCt: 0}
			if kind == "wmo_declaratie" || kind == "jeugd_declaratie" || kind == "zvw_declaratie" {
				row.BedragCt = total / 3
			}
			control = append(control, row)
		}
		for _, step := range informational[kind] {
			control = append(control, mart.Controle{Kind: kind, Stap: step, Regels: ref(int64(0)), VerschilRegel: 0, VerschilCt: 0})
		}
		for g, gemeente := range testRun.Gemeenten {
			for m := range 36 {
				month := mart.DateOf(day("2023-01-01").Time().AddDate(0, m, 0))
				state := "ja"
				switch {
				case kind == "jeugd_toewijzing" && g == 2 && m > 23:
					state = "opgeheven"
				case kind == "zvw_declaratie" && g == 2:
					state = "onbekend"
				case kind == "wonen_signaal" && m < 14:
					state = "nee"
				case kind == "schuldhulp_signaal" && g == 1 && m%9 == 4:
					state = "nee"
				}
				coverage = append(coverage, mart.Dekking{Kind: kind, Gemeente: gemeente, Maand: month, Gedekt: state, NieuwsteRegel: ref(day("2025-12-28") - mart.Date(k))})
			}
		}
	}
	control = append(control, mart.Controle{Kind: "totaal", Stap: "ranglijst", BedragCt: total, VerschilCt: 0},
		mart.Controle{Kind: "totaal", Stap: "huishoudens", BedragCt: total, VerschilCt: 0})
	deliveries = append(deliveries,
		namedDelivery{Levering: mart.Levering{Kind: "zvw_declaratie", Bestand: "zvw_declaratie/kopie.csv", Leverancier: "<script>alert(1)</script>",
			Status: "dubbel", Regels: 19448}},
		namedDelivery{ID: "=HYPERLINK(\"http://example.invalid\")", Levering: mart.Levering{Kind: "zvw_declaratie", Bestand: "zvw_declaratie/proef.csv",
			Leverancier: "<script>alert(1)</script>", Status: "geweigerd", Regels: 311,
			Reden: "zvw_declaratie/proef.csv:1: verplichte kolommen ontbreken: uzovi; gebruik de kolomnamen van het contract"}},
		namedDelivery{Levering: mart.Levering{Kind: "wonen_signaal", Bestand: "wonen_signaal/los.csv", Status: "geweigerd",
			Reden: "wonen_signaal/los.csv.levering.yaml:3: periode_van: een datum JJJJ-MM-DD verwacht; herstel de leveringsbrief"}})
	marttest.Write(t, marts, "levering", deliveries)
	marttest.Write(t, marts, "dekking", coverage)
	marttest.Write(t, marts, "controle", control)
	marttest.Write(t, marts, "quarantaine", []mart.Quarantaine{
		{Kind: "jeugd_declaratie", Bestand: "jeugd_declaratie/levering_2025-12.csv.gz", RegelCode: "bedrag_dubbelzinnig", Kolom: "toegekend_eur", Regels: 3, EersteRegel: 8121, Reden: "Het bedrag kan duizendtallen of decimalen bedoelen; schrijf twee decimalen."},
		{Kind: "wmo_declaratie", Bestand: "wmo_declaratie/levering_2025-12.csv.gz", RegelCode: "datum_ongeldig", Kolom: "product_eind", Regels: 1, EersteRegel: 411, Reden: "De datum bestaat niet."},
		{Kind: "wmo_declaratie", Bestand: "wmo_declaratie/levering_2025-12.csv.gz", RegelCode: "te_weinig_velden", Regels: 1, EersteRegel: 88, Reden: "De regel heeft minder velden dan de kopregel."},
		{Kind: "zvw_declaratie", Bestand: "zvw_declaratie/proef.csv", RegelCode: "eigen_regel", Kolom: "begindatum", Regels: 311, EersteRegel: 2, Reden: "De datum ligt voor 2015."},
	})
	marttest.Write(t, marts, "uitgesloten", []mart.Uitgesloten{
		{Kind: "jeugd_declaratie", Bestand: "a.csv", RegelCode: "9384", BedragCt: ref(int64(41250))},
		{Kind: "jeugd_declaratie", Bestand: "a.csv", RegelCode: "9384", BedragCt: ref(int64(9900))},
		{Kind: "jeugd_declaratie", Bestand: "b.csv", RegelCode: "9384", BedragCt: ref(int64(75))},
	})
	fixtureFindings(t, marts)
}
