package pipeline

import (
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/transforms"
)

// TestImports holds the one-way flow: config -> nothing of ours; transforms -> config; reports -> config, transforms;
// pipeline -> these; only cmd ties the engine and the sample to it.
func TestImports(t *testing.T) {
	allowed := map[string][]string{
		"stapel/config":               {},
		"stapel/transforms":           {"stapel/config"},
		"stapel/reports":              {"stapel/config", "stapel/transforms", "stapel/reports"},
		"stapel/pipeline":             {"stapel/config", "stapel/transforms", "stapel/reports", "stapel/pipeline"},
		"stapel/pipeline/ingest":      {"stapel/config", "stapel/pipeline/ingest"},
		"stapel/pipeline/lake":        {},
		"stapel/pipeline/control":     {},
		"stapel/pipeline/duckdb":      {"stapel/config", "stapel/transforms"},
		"stapel/pipeline/selection":   {"stapel/reports", "stapel/config", "stapel/transforms"},
		"stapel/pipeline/diff":        {},
		"stapel/pipeline/columnar":    {"stapel/config", "stapel/transforms"},
		"stapel/pipeline/naslag":      {"stapel/config"},
		"stapel/transforms/estimate":  {},
		"stapel/transforms/functions": {"stapel/config", "stapel/transforms"},
		"stapel/sample-data":          {"stapel/sample-data"},
	}
	// references are for tests: no program contains them
	program, err := exec.Command("go", "list", "-deps", "stapel/cmd/stapel").Output()
	if err != nil || strings.Contains(string(program), "stapel/pipeline/naslag") {
		t.Errorf("the program contains a reference (%v)", err)
	}
	for pkg, may := range allowed {
		out, err := exec.Command("go", "list", "-deps", pkg).Output()
		if err != nil {
			t.Fatalf("go list %s: %v", pkg, err)
		}
		for _, dep := range strings.Fields(string(out)) {
			if !strings.HasPrefix(dep, "stapel/") || dep == pkg {
				continue
			}
			if !slices.ContainsFunc(may, func(p string) bool { return dep == p || strings.HasPrefix(dep, p+"/") }) {
				t.Errorf("%s imports %s", pkg, dep)
			}
			if pkg == "stapel/pipeline" && (dep == "stapel/pipeline/duckdb" || dep == "stapel/pipeline/naslag" || dep == "stapel/sample-data") {
				t.Errorf("%s imports %s; cmd ties them together, or tests do", pkg, dep)
			}
		}
	}
}

// TestAsideHasItsOwnNames: an own signal can't have the name of a table that explain makes or asks; and what is asked apart is no model
// of a run.
func TestAsideHasItsOwnNames(t *testing.T) {
	cfg := defaults(t, nil)
	models, err := Models(cfg)
	if err != nil {
		t.Fatal(err)
	}
	explain, keys, err := Aside(cfg, models)
	if err != nil || len(explain) < len(explained) || len(keys) == 0 {
		t.Fatalf("%d models of explain, %d of keys: %v", len(explain), len(keys), err)
	}
	for _, m := range append(explain, keys...) {
		if slices.ContainsFunc(models, func(r *transforms.Model) bool { return r.Name == m.Name }) {
			t.Errorf("%s is a model of a run", m.Name)
		}
	}
	for _, name := range []string{"eigen_persoon", "uitleg_maand", "eigen_regel"} {
		cfg.SignalQueries = []config.File{{Name: "signals/" + name + ".sql", Data: []byte("/*\nname: " + name + ownSignal)}}
		var stop *Error
		if _, err := Models(cfg); !errors.As(err, &stop) || stop.Code != Usage || !strings.Contains(err.Error(), "two tables are called "+name) {
			t.Errorf("an own signal called %s: %v", name, err)
		}
	}
	cfg.SignalQueries = []config.File{{Name: "signals/anders.sql", Data: []byte("/*\nname: anders" + ownSignal)}}
	if _, err := Models(cfg); err != nil {
		t.Error(err)
	}
}

const ownSignal = `
doc: a signal of the configuration
grain: [persoon]
reads: [lid]
columns:
  - persoon persoon: key
  - huishouden huishouden: empty
  - ingredient tekst: kinderen
  - van datum: birthday
  - tot datum: 18th birthday
  - sterkte tekst: sterk
  - kind tekst: source kind
  - levering sleutel: source delivery
  - regel aantal: source line
*/
select
  persoon, cast(null as bigint) as huishouden, 'kinderen' as ingredient, geboren as van, meerderjarig as tot, 'sterk' as sterkte,
  'huishouden' as kind, levering, regel
from lid
`

// TestModelsReadWhatThereIs: every table a model reads is a model, an input or a kind; a mart never reads the inbox, for
// there is no name for it.
func TestModelsReadWhatThereIs(t *testing.T) {
	cfg := defaults(t, nil)
	models, err := Models(cfg)
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]bool{}
	for _, m := range models {
		for _, r := range m.Reads {
			read[r] = true
		}
	}
	for _, name := range InputNames(cfg) {
		// a kind is at least among all lines; what only accountants and later models need is read nowhere else yet
		if !read[name] && (!strings.HasPrefix(name, "lake_") || !read[lakeLines]) {
			t.Errorf("no model reads %s", name)
		}
	}
}
