package main

import (
	"os"
	"strconv"
	"testing"

	"stapel/pipeline/exit"
	"stapel/sample-data/generator"
)

// TestGeneratedProgramme holds a run to a programme with a planted effect: it accepts every line, knows every plan, and counts less than in the same world
// without the effect by what the truth says came off, a kind of cost at a time, to the cent.
func TestGeneratedProgramme(t *testing.T) {
	if os.Getenv("STAPEL_LANG") == "" {
		t.Skip("two runs of a larger world are for make test-long; the generator's own tests hold the files to the truth")
	}
	domein := map[string]string{"wmo": "wmo_declaratie", "jeugd": "jeugd_declaratie", "zvw": "zvw_declaratie", "participatie": "participatie_uitkering"}
	p := generator.Programme{Plans: 40, Herkomst: "loting", From: "2024-03", To: "2024-12", NotStarted: 20}
	counted := map[string]int64{}
	for i, effects := range []map[string]int{nil, {"wmo": 1000, "jeugd": 3000, "zvw": 6000, "participatie": 1500}} {
		p.Effects = effects
		data, _, _, result, code := generated(t, generator.Options{Households: 3500, Months: 36, Seed: 31, Programme: p})
		if code != exit.Done || len(result.RefusedBy) > 0 || result.Quarantined > 0 {
			t.Fatalf("exit %d, refused %v, %d in quarantine", code, result.RefusedBy, result.Quarantined)
		}
		for _, r := range readMart[controlRow](t, data, "controle") {
			if r.Step == "in_vensters" {
				counted[r.Kind] += r.Ct * int64(1-2*i)
			}
		}
		status := map[string]string{}
		for _, r := range readMart[planRow](t, data, "plan") {
			status[r.Number] = r.Status
		}
		started := 0
		for _, r := range truthRows(t, data, "maatwerk") {
			if r["arm"] == "loting_niet" {
				continue
			}
			if ran := status[r["casusnummer"]] == "uitvoering" || status[r["casusnummer"]] == "gereed"; status[r["casusnummer"]] == "" || ran != (r["behandeld"] == "ja") {
				t.Errorf("%s: status %q, behandeld %s", r["casusnummer"], status[r["casusnummer"]], r["behandeld"])
			} else if ran {
				started++
			}
		}
		if len(status) != 40 || started < 20 || started == 40 {
			t.Errorf("%d plans, %d started", len(status), started)
		}
		if effects == nil {
			continue
		}
		taken := map[string]int64{}
		for _, r := range truthRows(t, data, "effect") {
			ct, err := strconv.ParseInt(r["toegepast_ct"], 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			taken[domein[r["domein"]]] += ct
		}
		for _, kind := range domein {
			if taken[kind] <= 0 || counted[kind] != taken[kind] {
				t.Errorf("%s: %d ct less is counted, the truth says %d", kind, counted[kind], taken[kind])
			}
		}
	}
}
