package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/ingest"
	"stapel/sample-data/generator"
)

// neverGenerated are codes that no bad file of `stapel generate --hostile` has, and why.
var neverGenerated = map[string]string{
	"te_groot":          "takes a file of more than 64 GiB",
	"bestand_gewijzigd": "takes someone who writes while it is read",
	"bedragen_te_groot": "takes nine million lines of the largest amount",
	"teken_ongeldig":    "takes a contract in Windows-1252; no built-in one is",
	"periode_omgekeerd": "every built-in contract has an order rule for its period, which says einde_voor_begin",
}

type countRow struct {
	File  string `parquet:"bestand"`
	Code  string `parquet:"regel_code"`
	Lines int64  `parquet:"regels"`
}

// TestGeneratedHostile: of a set with bad files exactly those are refused that should be, for the reason that they should,
// every bad line is found, and the rest is done.
func TestGeneratedHostile(t *testing.T) {
	data, flags, sum, result, code := generated(t, generator.Options{Households: 400, Months: 24, Seed: 5, Late: true, Hostile: true})
	if result.Peildatum != "2025-12-31" {
		t.Errorf("peildatum %s: a gemeente that is no more holds it back", result.Peildatum)
	}
	checkTold(t, data, flags)
	if code != exit.Refused || len(result.RefusedBy) != sum.Refused || result.Quarantined != int64(sum.Quarantined) {
		t.Errorf("exit %d, %d refused and %d in quarantine, want %d and %d:\n%s\n%s", code, len(result.RefusedBy), result.Quarantined, sum.Refused,
			sum.Quarantined, strings.Join(result.RefusedBy, "\n"), strings.Join(result.Failed, "\n"))
	}
	want, got := map[string]string{}, map[string]string{}
	expect := func(what, file, code, n string) { want[what+" "+file+" "+code] = n }
	have := func(what, file, code string, n int64) { got[what+" "+file+" "+code] = fmt.Sprint(n) }
	bad, cases := map[string]bool{}, 0
	for _, r := range truthRows(t, data, "slecht") {
		r["bestand"] = placeOf(r["bestand"])
		bad[r["bestand"]] = true
		switch kind, _, _ := strings.Cut(r["bestand"], "/"); r["uitkomst"] {
		case "dekking", "vervangen": // checkTold, and no mart says it of a file
		case "overgeslagen":
			if !strings.Contains(strings.Join(result.Remarks, "\n"), filepath.Base(r["bestand"])) {
				t.Errorf("%s: not mentioned", r["bestand"])
			}
		case "opgemerkt":
			if !slices.ContainsFunc(result.Unread, func(u inbox.Unread) bool {
				return u.File == r["bestand"] || u.File == "inbox/"+kind || strings.HasSuffix(u.File, filepath.Base(r["bestand"])) ||
					strings.Count(r["bestand"], "/") > 1 && strings.HasSuffix(u.File, filepath.Base(filepath.Dir(r["bestand"])))
			}) {
				t.Errorf("%s: not mentioned", r["bestand"])
			}
		case "geweigerd":
			expect("status", r["bestand"], "geweigerd", "1")
			if _, out, _ := stapel(t, t.Context(), "check", "--json", filepath.Join(data, "inbox", r["bestand"])); refusalCode(t, out) != r["code"] {
				t.Errorf("%s: check refuses it with %q, want %q", r["bestand"], refusalCode(t, out), r["code"])
			}
		case "bevinding":
			if kind == "maatwerk_plan" { // known by case, not by line
				cases++
				expect("bevinding", kind, r["code"], r["aantal"])
				continue
			}
			expect("bevinding", r["bestand"], r["code"], r["aantal"])
		case "quarantaine", "uitgesloten":
			expect(r["uitkomst"], r["bestand"], r["code"], r["aantal"])
		default:
			expect("status", r["bestand"], r["uitkomst"], "1")
		}
	}
	for _, d := range readMart[deliveryRow](t, data, "levering") {
		if d.File = placeOf(d.File); bad[d.File] {
			have("status", d.File, d.Status, 1)
		} else if d.Status == "geweigerd" || d.Quarantined > 0 {
			t.Errorf("%s: a good file is %s with %d lines in quarantine", d.File, d.Status, d.Quarantined)
		}
	}
	count := map[[3]string]int64{}
	for _, q := range readMart[countRow](t, data, "quarantaine") { // a row for every column and reason
		count[[3]string{"quarantaine", placeOf(q.File), q.Code}] += q.Lines
	}
	for _, f := range readMart[findingRow](t, data, "bevinding") {
		file, _, _ := strings.Cut(f.Key, ".csv:")
		switch file = strings.TrimSuffix(file, ".csv") + ".csv"; {
		case bad[file]:
			count[[3]string{"bevinding", file, f.Code}]++
		case f.Subject == "maatwerk_plan" && strings.HasPrefix(f.Key, "H-"):
			count[[3]string{"bevinding", "maatwerk_plan", f.Code}]++
		}
	}
	for _, e := range readMart[excludedRow](t, data, "uitgesloten") {
		if bad[e.File] {
			count[[3]string{"uitgesloten", e.File, e.Code}]++
		}
	}
	for k, n := range count {
		have(k[0], k[1], k[2], n)
	}
	for _, k := range slices.Sorted(maps.Keys(want)) {
		if got[k] != want[k] {
			t.Errorf("%s: %s, want %s", k, orDash(got[k]), want[k])
		}
	}
	for k := range got {
		if want[k] == "" {
			t.Errorf("%s: %s, want nothing", k, got[k])
		}
	}
	if cases != 5 {
		t.Errorf("%d findings about plans", cases)
	}
}

// refusalCode is the code of the refusal in what check --json prints.
func refusalCode(t *testing.T, out string) string {
	t.Helper()
	var said struct {
		Refusal *ingest.Refusal `json:"weigering"`
	}
	if err := json.Unmarshal([]byte(out), &said); err != nil || said.Refusal == nil {
		return ""
	}
	return said.Refusal.Code
}

// TestHostileHoldsEveryCode: every code of refusal, quarantine and finding that docs/extracts.md names has a bad file, or
// is among those that cannot have one.
func TestHostileHoldsEveryCode(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "d")
	_, alone := generator.FaultNames()
	alone = slices.DeleteFunc(alone, func(name string) bool { return strings.HasPrefix(name, "koppeling_") }) // one key at a time
	if _, err := generator.Generate(t.Context(), generator.Options{Households: 1, Months: 12, Seed: 1, Hostile: true, Faults: alone, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	has := map[string]bool{}
	for _, r := range truthRows(t, dir, "slecht") {
		if r["uitkomst"] != "publicatie" && r["uitkomst"] != "dekking" {
			has[r["code"]] = true
		}
	}
	text, code := page(t, "extracts.md"), regexp.MustCompile("`([a-z0-9_]+)`")
	known := map[string]bool{}
	for _, heading := range []string{"## Quarantine", "## Refusals", "## Lines that only other lines make wrong"} {
		for line := range strings.Lines(section(text, heading)) {
			cell, _, table := strings.Cut(strings.TrimPrefix(line, "| "), " | ")
			if !table || !strings.HasPrefix(line, "| ") || cell == "code" || cell == "regel_code" {
				continue
			}
			for _, m := range code.FindAllStringSubmatch(cell, -1) {
				known[m[1]] = true
			}
			for _, number := range regexp.MustCompile(`\b\d{4}\b`).FindAllString(cell, -1) {
				known[number] = true
			}
		}
	}
	prose := section(text, "## Lines that only other lines make wrong")
	for _, m := range code.FindAllStringSubmatch(prose, -1) {
		if strings.Contains(m[1], "_") || m[1] == "9384" {
			known[m[1]] = true
		}
	}
	for _, setting := range []string{"max_repeated_share", "max_days", "min_link_share"} {
		delete(known, setting)
	}
	if len(known) < 45 {
		t.Fatalf("the page names %d codes only", len(known))
	}
	for _, c := range slices.Sorted(maps.Keys(known)) {
		switch why, never := neverGenerated[c]; {
		case has[c] && never:
			t.Errorf("%s has a bad file, and is said to have none: %s", c, why)
		case !has[c] && !never:
			t.Errorf("%s has no bad file in sample-data/generator/hostile_*.go", c)
		}
	}
	for c := range has {
		if c != "" && !known[c] {
			t.Errorf("%s is not on the page", c)
		}
	}
}
