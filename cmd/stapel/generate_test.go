package main

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"stapel/pipeline"
	"stapel/pipeline/exit"
	"stapel/sample-data/generator"
)

// generated makes a set and runs on it; it returns the data folder, the flags of the run, its result and exit code.
func generated(t *testing.T, opt generator.Options) (string, []string, *generator.Summary, pipeline.Result, exit.Code) {
	t.Helper()
	opt.Dir = filepath.Join(t.TempDir(), "d")
	sum, err := generator.Generate(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(t.TempDir(), "sleutel")
	if code, _, errs := stapel(t, t.Context(), "key", "new", "--key-file", key); code != exit.Done {
		t.Fatal(errs)
	}
	flags := []string{"--data", opt.Dir, "--key-file", key}
	code, out, errs := stapel(t, t.Context(), append([]string{"run", "--json"}, flags...)...)
	var result pipeline.Result
	if err := json.Unmarshal([]byte(out), &result); err != nil {
		t.Fatalf("%s\n%s", out, errs)
	}
	return opt.Dir, flags, sum, result, code
}

// truthRows reads a file of the truth, by column name.
func truthRows(t *testing.T, data, name string) []map[string]string {
	t.Helper()
	rows, err := generator.ReadTruth(data, name)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestGeneratedTruth: a run accepts all of a generated set, its control totals close, it finds every planted cocktail with
// the status, the missing ingredient and the order that were planted, and the plans of all who were in the programme.
func TestGeneratedTruth(t *testing.T) {
	data, flags, sum, result, code := generated(t, generator.Options{Households: 2000, Months: 36, Seed: 3, Effect: 6000})
	if code != exit.Done || len(result.RefusedBy) > 0 || result.Quarantined > 0 || len(result.Failed) > 0 {
		t.Fatalf("exit %d, refused %v, %d in quarantine, failed %v", code, result.RefusedBy, result.Quarantined, result.Failed)
	}
	if result.Peildatum != "2025-12-31" {
		t.Errorf("peildatum %s", result.Peildatum)
	}
	truth := int64(len(truthRows(t, data, "cocktails")) + len(truthRows(t, data, "maatwerk")))
	again := int64(0) // two months of a window with the same few lines are one file twice
	for _, d := range readMart[deliveryRow](t, data, "levering") {
		if d.Status == "dubbel" {
			again += d.Lines
		}
	}
	if result.Lines+again != sum.Lines-truth || again > 50 {
		t.Errorf("%d lines were read and %d twice, want the %d that were written", result.Lines, again, sum.Lines-truth)
	}
	id := keyOf(t, flags)
	household, inPlan := map[string]string{}, map[string]bool{}
	for _, m := range readMart[memberRow](t, data, "huishouden_lid") {
		household[m.Person] = m.Household
	}
	for _, r := range readMart[rankRow](t, data, "ranglijst") {
		inPlan[r.ID] = r.InPlan
	}
	episodes := map[string][]cocktailRow{}
	for _, c := range readMart[cocktailRow](t, data, "cocktail") {
		episodes[c.ID+c.Cocktail] = append(episodes[c.ID+c.Cocktail], c)
	}
	planted := map[string]int{}
	for _, p := range truthRows(t, data, "cocktails") {
		planted[p["cocktail_id"]+" "+p["status"]]++
		hh := household[id(p["persoon_ps"])]
		var at *cocktailRow
		for _, e := range episodes[hh+p["cocktail_id"]] {
			if e.Active {
				at = &e
			}
		}
		switch {
		case at == nil:
			t.Errorf("%s %s without %q: not found", p["cocktail_id"], p["status"], p["ontbrekend"])
		case at.Status != p["status"] || strings.TrimSuffix(at.Missing, " (zwak aanwezig)") != p["ontbrekend"]:
			t.Errorf("%s %s without %q: found %s without %q", p["cocktail_id"], p["status"], p["ontbrekend"], at.Status, at.Missing)
		case strings.TrimPrefix(at.Order, "kinderen>") != p["volgorde"]:
			t.Errorf("%s %s: order %q, want %q", p["cocktail_id"], p["status"], at.Order, p["volgorde"])
		}
	}
	if len(planted) != 12 {
		t.Errorf("planted %v, want four cocktails in three statuses", planted)
	}
	arms := map[string]int{}
	for _, p := range truthRows(t, data, "maatwerk") {
		arms[p["arm"]]++
		hh := household[id(p["persoon_ps"])]
		if want := p["casusnummer"] != ""; hh != "" && inPlan[hh] != want && want {
			t.Errorf("arm %s: the plan is not seen", p["arm"])
		}
	}
	for _, arm := range []string{"data", "veld_acuut", "veld_chronisch", "loting", "loting_niet"} {
		if arms[arm] == 0 {
			t.Errorf("nobody in arm %s", arm)
		}
	}
}

// counting is a bar that remembers.
type counting struct {
	total, done int64
	closed      bool
}

func (c *counting) Stage(_ string, total int64) { c.total = total }
func (c *counting) Add(n int64)                 { c.done += n }
func (c *counting) Done()                       { c.closed = true }

// TestGenerateProgress: the bar goes from nothing to all households, and is closed.
func TestGenerateProgress(t *testing.T) {
	bar := &counting{}
	g := &globals{stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}, progressWith: bar}
	root := newRoot(g)
	root.SetArgs([]string{"generate", "--households", "5000", "--months", "12", "--out", filepath.Join(t.TempDir(), "d")})
	if err := root.ExecuteContext(t.Context()); err != nil {
		t.Fatal(err)
	}
	if bar.total != 5000 || bar.done != 5000 || !bar.closed {
		t.Errorf("the bar ended as %+v", *bar)
	}
}
