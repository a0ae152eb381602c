package main

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stapel/pipeline"
	"stapel/pipeline/control"
	"stapel/reports/seen"
)

// summaryOf is what the summary says of a result about the peildatum and the data.
func summaryOf(r *pipeline.Result) string {
	var out bytes.Buffer
	g := &globals{stdout: &out}
	g.printBasis(r)
	g.printSeen(r)
	return out.String()
}

func TestSummaryOfWhatCameIn(t *testing.T) {
	ct := func(n int64) *int64 { return &n }
	share := func(n float64) *float64 { return &n }
	r := &pipeline.Result{Peildatum: "2024-12-31", PeilBasis: control.Basis{Without: "2025-12-31", Gone: []string{"GM0789"}, Parts: []control.BasisFor{
		{Kind: "huishouden", Gemeente: "GM0788", Until: "2025-12"}, {Kind: "zvw_declaratie", Gemeente: "GM0788", Until: "2024-12", Held: true}}}}
	r.Findings = []seen.Finding{{Code: "regel_gelijk", Kind: "wmo_declaratie", N: 2, Lines: 12, Ct: ct(1_234_56)}, {Code: "regel_gelijk", Kind: "zvw_declaratie", N: 1, Lines: 1, Ct: ct(-5)},
		{Code: "9384", Kind: "wmo_declaratie", N: 1, Lines: 1, Ct: ct(7_00), Excluded: true}, {Code: "huishouden_te_groot", Kind: "huishouden", N: 1, Lines: 1}}
	r.Links = []seen.Link{{Kind: "wmo_declaratie", Gemeente: "alle", File: "alle", Persons: 100, Linked: 95, Share: share(0.95), Minimum: share(0.9), Verdict: "ja"},
		{Kind: "zvw_declaratie", Gemeente: "alle", File: "alle", Persons: 10, Linked: 10, Share: share(1), Minimum: share(0.5), Verdict: "niet_beoordeeld"}}
	r.Outside = []seen.Outside{{Kind: "schuldhulp_traject", Ct: 27_353_52, Before: 1, After: 27_353_51}}
	want := `           tegengehouden door zvw_declaratie in GM0788 (tot en met 2024-12); zonder zou het 2025-12-31 zijn
           opgeheven, daarom niet meegeteld voor de peildatum: GM0789
koppeling  het laagst bij wmo_declaratie: 95 van 100 personen in huishouden te vinden (95,0%)
let op     regel_gelijk, gelijk aan een eerdere regel: 12 regels van wmo_declaratie, € 1.234,56; 1 regel van zvw_declaratie, € -0,05
let op     9384, toewijzing is ingetrokken (reden 13): 1 regel van wmo_declaratie, € 7,00 niet meegeteld
vensters   schuldhulp_traject valt buiten de lijst: € 0,01 voor de drie jaren van deze run, € 27.353,51 na de peildatum
`
	if got := summaryOf(r); got != want {
		t.Errorf("got\n%s", got)
	}

	r = &pipeline.Result{Peildatum: "2025-12-31", PeilBasis: control.Basis{Set: true, Parts: []control.BasisFor{{Kind: "zvw_declaratie", Gemeente: "GM0788", Until: "2024-12"}}}}
	r.Links = []seen.Link{{Kind: "jeugd_declaratie", Gemeente: "GM0855", File: "alle", Persons: 40, Linked: 3, Verdict: "te_laag"},
		{Kind: "zvw_declaratie", Gemeente: "alle", File: "alle", Persons: 1, Verdict: "geen"}, {Kind: "zvw_declaratie", Gemeente: "GM0855", File: "alle", Persons: 1, Verdict: "geen"}}
	want = `           ingesteld; zo ver komt niet: zvw_declaratie in GM0788 (tot en met 2024-12)
koppeling  jeugd_declaratie in GM0855: 3 van 40 personen gevonden in huishouden; wat deze bron niet laat zien is onbekend
koppeling  zvw_declaratie: 0 van 1 persoon gevonden in huishouden; wat deze bron niet laat zien is onbekend
`
	if got := summaryOf(r); got != want {
		t.Errorf("got\n%s", got)
	}

	r = &pipeline.Result{Peildatum: "2025-12-31"}
	r.Links = []seen.Link{{Kind: "zvw_declaratie", Gemeente: "alle", File: "alle", Persons: 3, Linked: 3, Share: share(1), Minimum: share(0.5), Verdict: "niet_beoordeeld"}}
	if got := summaryOf(r); got != "koppeling  van elke bron zijn alle personen in huishouden te vinden\n" {
		t.Errorf("got\n%s", got)
	}
}

// TestResultOfSample: --json has what the report says about the sample.
func TestResultOfSample(t *testing.T) {
	out := shared(t, demoAgain).out
	if !regexp.MustCompile(`^\{"exit":0,"run_id":"2025-12-31-[0-9a-f]{12}".*\}\n$`).MatchString(out) {
		t.Errorf("the summary is %s", out)
	}
	var r struct {
		Bevindingen []struct {
			Code, Kind  string
			Aantal      int64
			Regels      int64
			BedragCt    *int64 `json:"bedrag_ct"`
			Uitgesloten bool
		}
		Koppeling []struct {
			Kind, Oordeel       string
			Gemeente            string `json:"gemeentecode"`
			Personen, Gekoppeld int64
		}
		Buiten []seen.Outside `json:"buiten_vensters"`
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, f := range r.Bevindingen {
		codes = append(codes, f.Code+" "+f.Kind)
		if f.Code == "bedrag_ongelijk" && (f.Regels != 6 || f.BedragCt == nil || *f.BedragCt != 1_093_488 || !f.Uitgesloten) {
			t.Errorf("%+v", f)
		}
		if f.Code == "verblijf_dubbel" && f.BedragCt != nil {
			t.Errorf("%s has cents", f.Kind)
		}
	}
	want := "regel_gelijk zvw_declaratie,8017 wmo_declaratie,bedrag_ongelijk participatie_uitkering,9384 wmo_toewijzing,9384 wmo_declaratie,9384 jeugd_toewijzing," +
		"akkoord_na_datum maatwerk_plan,akkoord_ontbreekt maatwerk_plan,verblijf_dubbel huishouden,verblijf_ingekort huishouden"
	if got := strings.Join(codes, ","); got != want {
		t.Errorf("findings %s", got)
	}
	if !slices.Equal(r.Buiten, []seen.Outside{{Kind: "schuldhulp_traject", Ct: 2_735_352, Before: 1_384_517, After: 1_350_835}}) {
		t.Errorf("outside %v", r.Buiten)
	}
	home := 0
	for _, l := range r.Koppeling {
		if l.Kind == "huishouden" {
			home++
		} else if l.Gekoppeld != l.Personen || l.Gemeente == "" || l.Oordeel != "ja" && l.Personen >= 20 {
			t.Errorf("%+v", l)
		}
	}
	if home != 1 || len(r.Koppeling) < 14 {
		t.Errorf("%d links", len(r.Koppeling))
	}
}
