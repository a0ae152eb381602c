package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestBeforehand: every value of both files is there under its keys, and another value gives another list; cocktails have a hash of their own.
func TestBeforehand(t *testing.T) {
	load := func(files map[string]string) *Config {
		t.Helper()
		dir := t.TempDir()
		for name, text := range files {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		c, err := Load(Options{Dir: dir})
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	plain := load(nil)
	list, err := plain.Beforehand()
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []Setting{{"effect.primary.months", "12"}, {"effect.matching.caliper", "0.2"}, {"effect.expected.reductions_percent", "0, 25, 40"},
		{"effect.window.complete_kinds", "participatie_uitkering, pgb_uitputting"}, {"selection.threshold_eur", "100000"}, {"selection.eligibility.no_plan", "true"}} {
		if !slices.Contains(list, want) {
			t.Errorf("no %v in %v", want, list)
		}
	}
	for _, f := range plain.Files {
		if f.Name != "effect.yaml" && f.Name != "selection.yaml" {
			continue
		}
		values := 0
		for _, line := range strings.Split(string(f.Data), "\n") {
			line, _, _ = strings.Cut(line, "#")
			if line = strings.TrimSpace(line); line != "" && !strings.HasSuffix(line, ":") {
				values++
			}
		}
		in := 0
		for _, s := range list {
			if strings.HasPrefix(s.Name, strings.TrimSuffix(f.Name, "yaml")) {
				in++
			}
		}
		if in != values {
			t.Errorf("%s has %d values, the list %d", f.Name, values, in)
		}
	}
	text := ""
	for _, f := range plain.Files {
		if f.Name == "selection.yaml" {
			text = strings.Replace(string(f.Data), "threshold_eur: 100000", "threshold_eur: 90000", 1)
		}
	}
	other, err := load(map[string]string{"selection.yaml": text}).Beforehand()
	if err != nil || len(other) != len(list) || slices.Equal(other, list) {
		t.Errorf("another threshold gives %v, %v", other, err)
	}
	for value, want := range map[string]bool{"0.2": true, "0, 25, 40": true, "true": true, "": true, "stapel effect 1": false, "wmo, 3": false} {
		if got := (Setting{Value: value}).Plain(); got != want {
			t.Errorf("%q: %v", value, got)
		}
	}
	if len(plain.CocktailsSha256()) != 64 || (&Config{}).CocktailsSha256() != "" {
		t.Errorf("cocktails: %q", plain.CocktailsSha256())
	}
}
