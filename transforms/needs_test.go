package transforms

import (
	"slices"
	"strings"
	"testing"

	"stapel/config"
)

// TestNeedsAreKinds: what marts need are kinds that there is a contract of, or words for them; a mart that hands a column on hands on what it
// needs.
func TestNeedsAreKinds(t *testing.T) {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	models, err := Headers()
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]string{}
	for _, m := range models {
		for _, c := range m.Columns {
			found[m.Name+"."+c.Name] = c.Needs
			for _, word := range c.Needs {
				name := strings.TrimPrefix(word, Adds)
				domein, isDomein := strings.CutPrefix(name, NeedsDomein)
				switch {
				case isDomein && cfg.Domeinen.Named(domein) != nil:
				case slices.Contains([]string{NeedsGedeclareerd, NeedsVoorzieningen, NeedsIngredienten}, name):
				case cfg.Contracts[name] != nil:
				default:
					t.Errorf("%s.%s needs %q, which is no kind", m.Name, c.Name, word)
				}
			}
		}
	}
	for column, want := range map[string]string{"rang.in_maatwerk": "maatwerk_plan", "ranglijst.in_maatwerk": "maatwerk_plan",
		"preventief.in_maatwerk": "maatwerk_plan", "plan.akkoorden": "maatwerk_plan maatwerk_akkoord", "plan.huidig_ct": "maatwerk_plan", "ranglijst.rang": ""} {
		if got := strings.Join(found[column], " "); got != want {
			t.Errorf("%s needs %q, want %q", column, got, want)
		}
	}
}

// TestNeedsOf: words become kinds, each once, apart by whether one suffices.
func TestNeedsOf(t *testing.T) {
	kinds := func(word string) ([]string, bool) {
		list, ok := map[string][]string{"gedeclareerd": {"b", "a"}, "domein:x": {}}[word]
		return list, ok
	}
	got := NeedsOf([]string{"k", "+gedeclareerd", "+a", "domein:x", "k"}, kinds)
	if !slices.Equal(got.All, []string{"k"}) || !slices.Equal(got.Some, []string{"a", "b"}) {
		t.Errorf("%+v", got)
	}
}

// TestNeedsMistakes: a header that names no column, no kinds, or a column twice.
func TestNeedsMistakes(t *testing.T) {
	for needs, want := range map[string]string{"b: k": "none of its columns", "a: \"\"": "want kinds", "a a: k": "twice"} {
		text := "/*\nname: m\ndoc: d\ngrain: [a]\nreads: []\ncolumns:\n  - a aantal: x\nneeds:\n  " + needs + "\n*/\nselect 1 as a\n"
		if _, err := Parse("transforms/tussen/m.sql", Tussen, []byte(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", needs, err)
		}
	}
}
