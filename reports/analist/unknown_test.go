package analist

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stapel/reports/mart"
	"stapel/reports/marttest"
	"stapel/reports/nl"
	"stapel/reports/nltest"
)

// leftOut is a run to which every kind was delivered whole, but for those named; its marts hold what a run counts where there is nothing.
func leftOut(t *testing.T, absent ...string) fstest.MapFS {
	t.Helper()
	marts := fixture(t, 60)
	var deliveries []mart.Levering
	var coverage []mart.Dekking
	for _, kind := range testRun.Kinds {
		gone := slices.Contains(absent, kind)
		if !gone {
			deliveries = append(deliveries, mart.Levering{Kind: kind, Bestand: kind + "/a.csv", Status: "geaccepteerd"})
		}
		for m := range 12 {
			month := mart.DateOf(testDay.AddDate(0, m-11, 0))
			coverage = append(coverage, mart.Dekking{Kind: kind, Gemeente: "GM0855", Maand: month, Gedekt: map[bool]string{true: "onbekend", false: "ja"}[gone]})
		}
	}
	marttest.Write(t, marts, "levering", deliveries)
	marttest.Write(t, marts, "dekking", coverage)
	delete(marts, "koppelgraad.parquet")
	is := func(kind string) bool { return slices.Contains(absent, kind) }
	rank, households := fixtureRanking(60)
	for i := range rank {
		r := &rank[i]
		r.Veldmelding, r.InMaatwerk = r.Veldmelding && !is("veldmelding"), r.InMaatwerk && !is("maatwerk_plan")
		if is("wmo_toewijzing") && is("jeugd_toewijzing") {
			r.Voorzieningen = 0
		}
		if is("schuldhulp_traject") {
			r.GeprijsdSchuldCt, r.GeprijsdT0Ct = 0, 0
		}
		r.ZvwGedekt = map[bool]string{true: "onbekend", false: "ja"}[is("zvw_verzekerde")]
	}
	marttest.Write(t, marts, "ranglijst", rank)
	marttest.Write(t, marts, "huishouden", households)
	if is("maatwerk_plan") {
		marttest.Write(t, marts, "plan", []mart.Plan{})
		zero := 0.0
		marttest.Write(t, marts, "plan_totaal", []mart.PlanTotaal{{Meting: "plannen", Waarde: &zero, Eenheid: "plannen"}, {Meting: "besparing_alle", WaardeCt: ref(int64(0)), Eenheid: "eurocent"}})
	}
	return marts
}

// TestUnknownIsNeverZero leaves every kind out in turn and reads the pages: what it would have shown is said to be unknown, with the kind as
// the reason, and nowhere shown as a zero.
func TestUnknownIsNeverZero(t *testing.T) {
	tag := regexp.MustCompile(`<[^>]*>`)
	words := func(html string) string {
		return strings.Join(strings.Fields(tag.ReplaceAllString(strings.ReplaceAll(html, "><", "> <"), " ")), " ")
	}
	for name, c := range map[string]struct {
		absent   []string
		says, no []string
	}{
		"uitsluiting":            {says: []string{"Er zijn geen uitsluitingen geleverd."}},
		"veldmelding":            {says: []string{"niet geleverd: Veldmeldingen"}, no: []string{"alleen wijkteam"}},
		"maatwerk_plan":          {says: []string{"onbekend maatwerkplannen niet geleverd: Maatwerkplannen", "heeft nog geen maatwerkplan niet te beoordelen; niet geleverd: Maatwerkplannen", "of er al een maatwerkplan is, is onbekend"}, no: []string{"0 maatwerkplannen", "besparing is"}},
		"maatwerk_akkoord":       {says: []string{"Of plannen genoeg akkoorden hadden is onbekend."}, no: []string{"Plannen per bevinding"}},
		"schuldhulp_traject":     {says: []string{"Wat schuldhulp kost is onbekend: niet geleverd: Schuldhulptrajecten.", "kosten uit minstens 2 domeinen niet geheel te beoordelen"}},
		"schuldhulp_signaal":     {says: []string{"Vroegsignalen schulden (niet geleverd)"}},
		"participatie_vordering": {says: []string{"Vorderingen (BDFS) (niet geleverd)"}},
		"wonen_signaal":          {says: []string{"Woonsignalen (niet geleverd)"}},
		"zvw_verzekerde":         {says: []string{"Van niemand is bekend of een verzekeraar die levert hem verzekert.", "Verzekerden (Zvw) (niet geleverd)"}},
		"wmo_toewijzing":         {says: []string{"Onbekend. niet geleverd: Wmo-toewijzingen.", "minstens"}, no: []string{"twee of meer voorzieningen"}},
		"jeugd_toewijzing":       {says: []string{"Onbekend. niet geleverd: Jeugdwet-toewijzingen."}, no: []string{"twee of meer voorzieningen"}},
		"toewijzingen": {absent: []string{"wmo_toewijzing", "jeugd_toewijzing"}, says: []string{"welke voorzieningen lopen is onbekend", "Wmo-toewijzingen (niet geleverd)"},
			no: []string{"0 lopende voorzieningen"}},
		"participatie_uitkering": {says: []string{"Onbekend. niet geleverd: Uitkeringen (BUS).", "niet volledig; niet geleverd: Uitkeringen (BUS)"}},
		"pgb_uitputting":         {}, // kosten die wij niet zien says it
		"grootboek_totaal":       {says: []string{"Volledigheid niet vastgesteld."}},
	} {
		t.Run(name, func(t *testing.T) {
			if c.absent == nil {
				c.absent = []string{name}
			}
			_, out := render(t, leftOut(t, c.absent...), testRun)
			text := words(out["rapport.html"].String())
			for _, want := range c.says {
				if !strings.Contains(text, want) {
					t.Errorf("the page does not say %q", want)
				}
			}
			for _, no := range c.no {
				if strings.Contains(text, no) {
					t.Errorf("the page says %q", no)
				}
			}
			for _, kind := range c.absent {
				if !slices.Contains([]string{"pgb_uitputting", "grootboek_totaal"}, kind) && !strings.Contains(text, nl.Word("kind", kind)+" (niet geleverd): "+nl.Word("zonder", kind)) {
					t.Errorf("the page does not say what nobody can say without %s", kind)
				}
			}
		})
	}
	all := words(func() string { _, out := render(t, leftOut(t), testRun); return out["rapport.html"].String() }())
	if strings.Contains(all, "niet geleverd:") || strings.Contains(all, "(niet geleverd)") {
		t.Error("a run to which all was delivered says that something was not")
	}
}

// TestUnknownInFiles: what is unknown is so in every row of the files, and a zero is where something that adds to it is missing.
func TestUnknownInFiles(t *testing.T) {
	absent := []string{"maatwerk_plan", "veldmelding", "wmo_toewijzing", "jeugd_toewijzing", "schuldhulp_traject"}
	_, out := render(t, leftOut(t, absent...), testRun)
	rows := readCSV(t, out, "ranglijst")
	found := map[string]map[string]int{}
	for _, row := range rows[1:] {
		for i, cell := range row {
			if name := rows[0][i]; cell == "onbekend" && name != "zvw_gedekt" {
				if found[name] == nil {
					found[name] = map[string]int{}
				}
				found[name][cell]++
			}
		}
	}
	n := len(rows) - 1
	for column, want := range map[string]int{"in_maatwerk": n, "veldmelding": n, "voorzieningen": n, "geprijsd_schuldhulp_eur": n, "geprijsd_t0_eur": n} {
		if found[column]["onbekend"] != want {
			t.Errorf("%s is unknown in %d of %d rows", column, found[column]["onbekend"], n)
		}
	}
	if names := slices.Sorted(maps.Keys(found)); !slices.Contains(names, "cocktails") || slices.Contains(names, "rang") {
		t.Errorf("unknown: %s", fmt.Sprint(names))
	}
}

// TestPlainDutch: no page holds a word that its readers do not have.
func TestPlainDutch(t *testing.T) {
	tag := regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<[^>]*>`)
	for name, marts := range map[string]fstest.MapFS{"all": fixture(t, 60), "five kinds": leftOut(t, "wmo_toewijzing", "jeugd_toewijzing", "maatwerk_plan", "schuldhulp_traject",
		"schuldhulp_signaal", "zvw_verzekerde", "veldmelding", "uitsluiting", "wonen_signaal")} {
		_, out := render(t, marts, testRun)
		for _, d := range documents {
			text := tag.ReplaceAllString(out[d.File].String(), " ")
			text = strings.ReplaceAll(text, "heten zij T0, T1 en T2", "") // files keep their names, and the page says so
			if found := nltest.Jargon(text); len(found) > 0 {
				t.Errorf("%s, %s: %q", name, d.File, found)
			}
		}
	}
}
