package costs_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"stapel/config"
)

// ownWorld is trials that need a world of their own: other settings, other notes, or one that is not published ("stopt").
type ownWorld struct {
	set    map[string]any
	notes  map[string]string // beside, or instead of, the usual ones
	trials []trial
}

// TestRulesOwnWorlds is the rules that a world has to itself, and the cases of what suppliers really send with their right amounts.
func TestRulesOwnWorlds(t *testing.T) {
	for i, e := range ownWorlds {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			cfg, err := config.Load(config.Options{Set: e.set})
			if err != nil {
				t.Fatal(err)
			}
			w := makeWorld(t, cfg, e.trials)
			w.notes = maps.Clone(notes)
			maps.Copy(w.notes, e.notes)
			w.try(t, cfg, e.trials)
		})
	}
}

// small are the settings of a world of a few lines: most are not about exclusions.
var small = map[string]any{"engine.threads": 1, "selection.require_exclusions": false, "reports.effect": false}

// noteOf is a note of 0855: what it covers, and when it was made.
func noteOf(from, to, made, further string) string {
	return "levering_id: x\naangemaakt: " + made + "\ngemeentecode: [\"0855\"]\nperiode_van: " + from + "\nperiode_tot: " + to + "\n" + further
}

// claims are health care claims of one person in the first so many months of 2025, each of 100 euros.
func claims(n int, further string) string {
	return times(n, "zvw_declaratie persoon=a begindatum=2025-%02[1]d-01 einddatum=2025-%02[1]d-28 bedrag_ct=10000 uzovi=9992 "+further)
}

// half and year are notes of a supplier of health care claims for all insured: of the first half of 2025, and of four years.
func half(supplier, further string) string {
	return noteOf("2025-01-01", "2025-06-30", "2025-07-15", supplier+"alle_verzekeraars: ja\n"+further)
}

func year(supplier, further string) string {
	return noteOf("2022-01-01", "2025-12-31", "2026-02-01", supplier+"alle_verzekeraars: ja\n"+further)
}

const (
	supplierV = "gegevensleverancier: V\n"
	supplierW = "gegevensleverancier: W\n"
	supplierX = "gegevensleverancier: X\n"
	supplierY = "gegevensleverancier: Y\n"
)

var ownWorlds = []ownWorld{
	// deliveries of claims side by side: V and W are of other insurers than those in the delivery without a name
	{wide(nil), map[string]string{"V1": half(supplierV, "uzovi: [\"9992\"]\n"), "V2": year(supplierV, "uzovi: [\"9992\"]\n"), "naamlozehelft": half("", ""),
		"W1": half(supplierW, "uzovi: [\"9993\"]\n"), "W2": year(supplierW, "uzovi: [\"9994\"]\n")}, []trial{
		{"61: case 01, January to June and then the year: 1.200 euros", "huishouden persoon=a huis=h\n" +
			claims(6, "levering=V1") + claims(12, "levering=V2"), `
		ranglijst bij=a kosten_zvw_ct=120000 kosten_t0_ct=120000 zvw_gedekt=ja
		uitgesloten #2 regel_code=overlap_gelijk
		uitgesloten #7 regel_code=overlap_gelijk
		!uitgesloten #8
		controle kind=zvw_declaratie stap=uitgesloten regels=7 bedrag_ct=61000
		controle kind=zvw_declaratie stap=overlap_gelijk regels=7 bedrag_ct=61000
		!controle kind=zvw_declaratie stap=overlap_verschilt
		!bevinding sleutel=zvw_declaratie/V2.csv regel_code=regel_gelijk`},
		{"61: an unnamed delivery may be anybody's, of the same insurers", "huishouden persoon=a huis=h\n" +
			"zvw_declaratie persoon=a begindatum=2025-01-01 einddatum=2025-01-02 uzovi=3311 levering=naamlozehelft\n" +
			"zvw_declaratie persoon=a begindatum=2025-02-01 einddatum=2025-02-02 uzovi=9991 levering=naamlozehelft\n" +
			"zvw_declaratie persoon=a begindatum=2025-02-01 einddatum=2025-02-02 uzovi=9991\n", `
		ranglijst bij=a kosten_zvw_ct=2000
		!uitgesloten #2
		!bevinding #2 regel_code=overlap_verschilt
		uitgesloten #3 regel_code=overlap_gelijk`},
		{"61: other insurers of one name are others", "huishouden persoon=a huis=h\n" +
			"zvw_declaratie persoon=a levering=W1\nzvw_declaratie persoon=a prestatie_code=Y levering=W1\nzvw_declaratie persoon=a levering=W2\n", `
		ranglijst bij=a kosten_zvw_ct=3000
		!uitgesloten #2
		!bevinding #3 regel_code=overlap_verschilt`},
	}},
	// whatever stops publication, each by a check of its own
	{small, map[string]string{"V1": half(supplierV, ""), "V2": year(supplierV, ""), "X": half(supplierX, ""), "Y": year(supplierY, "")}, []trial{
		{"61: what only the older delivery has stops", "huishouden persoon=a huis=h\n" +
			claims(6, "levering=V1") + "zvw_declaratie persoon=a begindatum=2025-06-30 einddatum=2025-07-02 bedrag_ct=100 levering=V1\n" +
			"zvw_declaratie persoon=a begindatum=2025-07-01 einddatum=2025-07-02 bedrag_ct=100 levering=V1\n" + claims(12, "levering=V2"), `
		stopt overlap_spreekt_tegen
		bevinding #8 regel_code=overlap_verschilt ernst=fout regels=1 bedrag_ct=100
		!bevinding #9 regel_code=overlap_verschilt
		controle kind=zvw_declaratie stap=overlap_verschilt regels=1 bedrag_ct=100`},
		{"61, 62: another insurer's claims are others, and equal ones above the limit", "huishouden persoon=a huis=h\n" +
			claims(6, "levering=X") + claims(7, "levering=Y"), `
		ranglijst bij=a kosten_zvw_ct=130000
		!uitgesloten #2
		bevinding sleutel=zvw_declaratie/Y.csv regel_code=regel_gelijk regels=6 bedrag_ct=60000
		stopt regel_vaak_gelijk`},
		{"62: case 02, one claim five times, above the limit", "huishouden persoon=a huis=h\n" + strings.Repeat("zvw_declaratie persoon=a bedrag_ct=100000\n", 5), `
		stopt regel_vaak_gelijk
		bevinding sleutel=zvw_declaratie/oud.csv regel_code=regel_gelijk regels=4 bedrag_ct=400000`},
		{"63: of twenty persons none is another key, and stops", "huishouden persoon=a huis=h\n" + times(20, "pgb_uitputting persoon=x%d wet=jeugd"), `
		stopt koppelt_helemaal_niet
		koppelgraad kind=pgb_uitputting gemeentecode=alle bestand=alle personen=20 gekoppeld=0 aandeel=0 oordeel=geen`},
		{"67: case 12, care a year before birth and a year after death", `
		huishouden persoon=a huis=h geboortejaar=1985 geboortemaand=1 begindatum=2020-01-01 typhh=6
		huishouden persoon=kind huis=h geboortejaar=2025 geboortemaand=6 begindatum=2025-06-01 typhh=6 plhh=1
		huishouden persoon=dood huis=dood geboortejaar=1940 begindatum=2020-01-01 einddatum=2024-12-15 reden_einde=overleden
		jeugd_declaratie persoon=kind product_begin=2024-01-01 product_eind=2024-01-31 bedrag_ct=400000` + "\n" +
			times(12, "wmo_declaratie persoon=dood referentie_nummer=R%d product_begin=2025-%02[1]d-01 product_eind=2025-%02[1]d-28 bedrag_ct=100000"), `
		stopt leven_overschreden
		bevinding #4 regel_code=voor_geboorte regels=1 bedrag_ct=400000
		bevinding #5 regel_code=na_overlijden regels=1 bedrag_ct=100000
		bevinding #16 regel_code=na_overlijden
		kosten bij=kind domein=jeugd venster=T1 bedrag_ct=400000
		kosten huishouden_id=onbekend domein=wmo venster=T0 bedrag_ct=1200000`},
	}},
	{wide(nil), nil, []trial{{"63: of fewer than twenty persons a share below the minimum says nothing, none at all does", `
		huishouden persoon=a huis=h
		huishouden persoon=weg huis=weg einddatum=2015-12-31
		jeugd_declaratie persoon=a
		jeugd_declaratie persoon=b
		jeugd_declaratie persoon=c
		zvw_declaratie persoon=b
		zvw_declaratie persoon=a begindatum=2022-12-31 einddatum=2022-12-31
		zvw_verzekerde persoon=weg
		zvw_verzekerde persoon=a
		wmo_declaratie persoon=b gemeentecode=0824`, `
		koppelgraad kind=jeugd_declaratie gemeentecode=alle bestand=alle personen=3 gekoppeld=1 minimum=0.9 oordeel=niet_beoordeeld
		koppelgraad kind=jeugd_declaratie gemeentecode=GM0855 bestand=alle personen=3 oordeel=niet_beoordeeld
		koppelgraad kind=zvw_declaratie gemeentecode=alle bestand=alle personen=1 gekoppeld=0 aandeel=0 minimum=0.5 oordeel=geen
		koppelgraad kind=zvw_declaratie gemeentecode=alle bestand=zvw_declaratie/oud.csv personen=1 oordeel=niet_beoordeeld
		koppelgraad kind=zvw_verzekerde gemeentecode=alle bestand=alle personen=2 gekoppeld=2 aandeel=1
		koppelgraad kind=huishouden gemeentecode=alle bestand=alle personen=1 gekoppeld=1 oordeel=ter_informatie
		!koppelgraad kind=wmo_declaratie
		dekking kind=zvw_declaratie gemeentecode=GM0855 maand=2025-12-01 gedekt=onbekend
		dekking kind=zvw_declaratie gemeentecode=GM0824 maand=2025-12-01 gedekt=onbekend
		dekking kind=jeugd_declaratie gemeentecode=GM0855 maand=2025-12-01 gedekt=ja
		ranglijst bij=a zvw_gedekt=onbekend`}}},
	{wide(nil), nil, []trial{{"63: of twenty persons the share is judged, also by gemeente", "huishouden persoon=a huis=h\n" + times(17, "huishouden persoon=p%d huis=h") +
		times(17, "wmo_declaratie persoon=p%d") + times(3, "wmo_declaratie persoon=x%d") + times(17, "jeugd_declaratie persoon=p%d") +
		times(1, "jeugd_declaratie persoon=x%d") + "huishouden persoon=b huis=b gemeentecode=0824\njeugd_declaratie persoon=b gemeentecode=0824\n" +
		"jeugd_declaratie persoon=a gemeentecode=0824\nwmo_declaratie persoon=x gemeentecode=0824\n" + times(10, "zvw_declaratie persoon=p%d") + times(10, "zvw_declaratie persoon=x%d"), `
		koppelgraad kind=wmo_declaratie gemeentecode=GM0855 bestand=alle personen=20 gekoppeld=17 aandeel=0.85 oordeel=te_laag
		koppelgraad kind=wmo_declaratie gemeentecode=GM0824 bestand=alle personen=1 gekoppeld=0 oordeel=geen
		koppelgraad kind=wmo_declaratie gemeentecode=alle bestand=wmo_declaratie/oud.csv personen=21 oordeel=te_laag
		koppelgraad kind=jeugd_declaratie gemeentecode=alle bestand=alle personen=20 gekoppeld=19 aandeel=0.95 oordeel=ja
		koppelgraad kind=zvw_declaratie gemeentecode=alle bestand=alle personen=20 gekoppeld=10 aandeel=0.5 oordeel=ja
		dekking kind=wmo_declaratie gemeentecode=GM0855 maand=2025-12-01 gedekt=onbekend
		dekking kind=wmo_declaratie gemeentecode=GM0855 maand=2023-01-01 gedekt=onbekend
		dekking kind=jeugd_declaratie gemeentecode=GM0855 maand=2025-12-01 gedekt=ja`}}},
	{small, map[string]string{
		"huishouden/oud": "aangemaakt: 2026-02-01\ngemeentecode: [\"0788\", \"0855\"]\nperiode_van: 2022-01-01\nperiode_tot: 2025-12-31\n",
		"oud":            "aangemaakt: 2026-02-01\ngemeentecode: [\"0788\"]\nperiode_van: 2022-01-01\nperiode_tot: 2024-12-31\nalle_verzekeraars: ja\n",
		"B":              noteOf("2022-01-01", "2025-12-31", "2026-02-01", "alle_verzekeraars: ja\n")},
		[]trial{{"68: case 06, a gemeente that stops does not hold P", `
		huishouden persoon=a huis=h gemeentecode=0788 begindatum=2018-01-01 einddatum=2024-12-31
		huishouden persoon=a huis=h begindatum=2025-01-01
		huishouden persoon=b huis=b begindatum=2018-01-01
		wmo_declaratie persoon=a gemeentecode=0788 product_begin=2024-03-01 product_eind=2024-03-31 bedrag_ct=40000
		wmo_declaratie persoon=a bedrag_ct=60000 levering=B
		jeugd_declaratie persoon=b bedrag_ct=0 levering=B
		zvw_declaratie persoon=b bedrag_ct=0 levering=B
		participatie_uitkering persoon=b betaalbaar_gesteld_eur=0,00 levering=B`, `
		huishouden bij=a peildatum=2025-12-31 gemeentecode=GM0855
		ranglijst bij=a kosten_t0_ct=60000 kosten_t1_ct=40000
		dekking kind=wmo_declaratie gemeentecode=GM0788 maand=2024-12-01 gedekt=ja
		dekking kind=wmo_declaratie gemeentecode=GM0788 maand=2025-01-01 gedekt=nee
		dekking kind=huishouden gemeentecode=GM0788 maand=2025-12-01 gedekt=ja`}}},
	{small, map[string]string{
		"huishouden/oud": "aangemaakt: 2025-02-01\ngemeentecode: [\"0788\"]\nperiode_van: 2022-01-01\nperiode_tot: 2025-01-31\n",
		"oud":            "aangemaakt: 2026-02-01\ngemeentecode: [\"0788\"]\nperiode_van: 2022-01-01\nperiode_tot: 2024-12-31\nalle_verzekeraars: ja\n",
		"B":              noteOf("2022-01-01", "2025-12-31", "2026-02-01", "alle_verzekeraars: ja\n")},
		[]trial{{"68: nobody lives there on the last day covered: opgeheven from then", `
		huishouden persoon=a huis=h gemeentecode=0788 einddatum=2025-01-30
		huishouden persoon=b huis=b levering=B
		wmo_declaratie persoon=b bedrag_ct=0 levering=B
		jeugd_declaratie persoon=b bedrag_ct=0 levering=B
		zvw_declaratie persoon=b bedrag_ct=0 levering=B
		participatie_uitkering persoon=b betaalbaar_gesteld_eur=0,00 levering=B`, `
		huishouden bij=b peildatum=2025-12-31
		dekking kind=wmo_declaratie gemeentecode=GM0788 maand=2025-01-01 gedekt=nee
		dekking kind=wmo_declaratie gemeentecode=GM0788 maand=2025-02-01 gedekt=opgeheven
		dekking kind=wonen_signaal gemeentecode=GM0788 maand=2025-02-01 gedekt=opgeheven
		dekking kind=wonen_signaal gemeentecode=GM0788 maand=2024-12-01 gedekt=onbekend`}}},
	{wide(map[string]any{"run.gemeenten": []string{"GM0855"}}), nil, []trial{{"75: households of another gemeente are in controle only", `
		huishouden persoon=a huis=h
		huishouden persoon=kind huis=h gemeentecode=0824 geboortejaar=2015
		huishouden persoon=b huis=b gemeentecode=0824
		huishouden persoon=c huis=c gemeentecode=0824
		wmo_declaratie persoon=a
		wmo_declaratie persoon=b gemeentecode=0824 bedrag_ct=2000
		wmo_declaratie persoon=c gemeentecode=0824 bedrag_ct=4000
		wmo_declaratie persoon=weg gemeentecode=0824 bedrag_ct=8000
		maatwerk_plan persoon=b gemeentecode=0824 datum_start=2025-01-01
		uitsluiting persoon=c`, `
		huishouden bij=a personen=2 gemeentecode=GM0855
		!huishouden_lid persoon=b
		!ranglijst kosten_wmo_ct=2000
		!kosten bedrag_ct=2000
		!plan casusnummer=N1
		!bevinding onderwerp=maatwerk_plan
		kosten huishouden_id=onbekend bedrag_ct=8000
		controle kind=totaal stap=huishoudens regels=3 bedrag_ct=7000
		controle kind=totaal stap=ranglijst regels=1 bedrag_ct=1000
		controle kind=totaal stap=niet_getoond regels=1 bedrag_ct=4000
		controle kind=totaal stap=andere_gemeente regels=1 bedrag_ct=2000`}}},
}
