package config

import (
	"strings"
	"testing"
)

// TestNames: names by code, one's own before those that are built in; without a name the code.
func TestNames(t *testing.T) {
	c, err := load(t, map[string]string{"namen.yaml": "add: true\ngemeenten: {\"0855\": Tilburg e.o.}\nwijken: {WK085503: Oud-Noord}\n"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for got, want := range map[string]string{c.Names.Gemeente("GM0855"): "Tilburg e.o.", c.Names.Gemeente("0824"): "Oisterwijk", c.Names.Gemeente("GM9998"): "GM9998",
		c.Names.Wijk("WK085503"): "Oud-Noord", c.Names.Wijk("WK085504"): "WK085504"} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	c, err = load(t, map[string]string{"namen.yaml": "gemeenten: {\"0855\": T}\n"}, Options{})
	if err != nil || c.Names.Gemeente("0824") != "GM0824" {
		t.Errorf("a file without add replaces the list: %q, %v", c.Names.Gemeente("0824"), err)
	}
	for text, want := range map[string]string{
		"gemeenten: {GM0855: T}\n":         "config/namen.yaml:1: gemeenten: want the four digits of a gemeente in quotes",
		"gemeenten: {\"0855\": \"\"}\n":    "gemeenten.0855: missing",
		"wijken:\n  {\"085503\": Noord}\n": "config/namen.yaml:2: wijken: want WK and six digits",
	} {
		if _, err := load(t, map[string]string{"namen.yaml": text}, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", text, err)
		}
	}
}

// TestPublished: values that are published, one's own after those that are built in.
func TestPublished(t *testing.T) {
	const line = `{gebied: "0855", maat: twee_of_meer, eenheid: per_1000_inwoners, waarde: 41.5, periode: "2024", bron: "B"}`
	c, err := load(t, map[string]string{"referentie_stapeling.yaml": "add: true\nwaarden:\n  - " + line + "\n"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if last := c.Published[len(c.Published)-1]; len(c.Published) < 3 || c.Published[0].Gebied != Netherlands || last != (Published{"0855", "twee_of_meer", "per_1000_inwoners", 41.5, "2024", "B"}) {
		t.Errorf("%+v", c.Published)
	}
	for from, to := range map[string]string{`gebied: "0855"`: "gebied: Tilburg", "maat: twee_of_meer": "maat: twee", "eenheid: per_1000_inwoners": "eenheid: procent", "waarde: 41.5": "waarde: 1001", `bron: "B"`: `bron: ""`} {
		_, err := load(t, map[string]string{"referentie_stapeling.yaml": "waarden:\n  - " + strings.Replace(line, from, to, 1) + "\n"}, Options{})
		key, _, _ := strings.Cut(to, ":")
		if err == nil || !strings.Contains(err.Error(), "config/referentie_stapeling.yaml:2: waarden.0."+key) {
			t.Errorf("%s: %v", to, err)
		}
	}
}
