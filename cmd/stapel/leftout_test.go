package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stapel/config/configtest"
	"stapel/pipeline/exit"
	"stapel/reports/nl"
	"stapel/reports/nltest"
	"stapel/sample-data/generator"
)

// TestLeftOut runs a generated world with an optional kind left out, and reads the pages: that nobody delivered it is said where it counts, and
// what it would have shown stands nowhere as a zero. One kind, with STAPEL_LANG all; pages of made-up marts go through all of them in
// package analist.
func TestLeftOut(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	dir := filepath.Join(t.TempDir(), "d")
	if _, err := generator.Generate(t.Context(), generator.Options{Households: 300, Months: 36, Seed: 5, Dir: dir}); err != nil {
		t.Fatal(err)
	}
	key := filepath.Join(t.TempDir(), "sleutel")
	tag := regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<[^>]*>`)
	zeros := map[string]*regexp.Regexp{ // what a page would say of a kind that nobody delivered
		"maatwerk_plan":  regexp.MustCompile(`\b0 maatwerkplannen|verwachte besparing is € 0`),
		"veldmelding":    regexp.MustCompile(`alleen wijkteam 0`),
		"wmo_toewijzing": regexp.MustCompile(`twee of meer voorzieningen`),
	}
	command := func(args ...string) string {
		var out, errs bytes.Buffer
		if code := run(context.Background(), args, &out, &errs); code != exit.Done {
			t.Fatalf("%v: exit %d: %s", args, code, errs.String())
		}
		return out.String()
	}
	command("key", "new", "--key-file", key)
	for _, kind := range cfg.Kinds() {
		folder := filepath.Join(dir, "inbox", kind)
		if _, err := os.Stat(folder); err != nil || cfg.Required(kind) {
			continue
		}
		if os.Getenv("STAPEL_LANG") == "" && kind != "wmo_toewijzing" {
			continue
		}
		t.Run(kind, func(t *testing.T) {
			aside := filepath.Join(t.TempDir(), kind)
			if err := os.Rename(folder, aside); err != nil {
				t.Fatal(err)
			}
			defer os.Rename(aside, folder)
			printed := command("run", "--data", dir, "--key-file", key, "--no-progress")
			id, err := os.ReadFile(filepath.Join(dir, "latest"))
			if err != nil {
				t.Fatal(err)
			}
			page, err := os.ReadFile(filepath.Join(dir, "runs", strings.TrimSpace(string(id)), "reports", "analist", "rapport.html"))
			if err != nil {
				t.Fatal(err)
			}
			text := nl.Plain(strings.Join(strings.Fields(tag.ReplaceAllString(string(page), " ")), " "))
			apart := slices.Contains([]string{"pgb_uitputting", "grootboek_totaal", "maatwerk_plan_regel", "maatwerk_meting", "maatwerk_uitgave", "claim"}, kind)
			if said := strings.Contains(text, nl.Word("kind", kind)+" (niet geleverd): "+nl.Word("zonder", kind)); said == apart && kind != "zvw_verzekerde" {
				t.Errorf("the page says what nobody can say without %s: %v", kind, said)
			}
			if said := regexp.MustCompile(`(?m)^onbekend .*\b` + kind + `\b`).MatchString(printed); said == apart {
				t.Errorf("the summary names %s: %v", kind, said)
			}
			if re := zeros[kind]; re != nil && re.MatchString(text) {
				t.Errorf("the page says %q", re.FindString(text))
			}
			if found := nltest.Jargon(text); len(slices.DeleteFunc(found, func(s string) bool { return strings.HasPrefix(s, "T") })) > 0 {
				t.Error(found)
			}
		})
	}
}
