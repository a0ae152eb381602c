package pipeline

import (
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// roomsOfReports are the reports, which do not know of each other.
var roomsOfReports = []string{"stapel/reports/analist", "stapel/reports/dossier"}

// TestImports holds the one-way flow: config -> nothing of ours; transforms -> config; reports -> config, transforms;
// pipeline -> these; only cmd ties the engine and the sample to it.
func TestImports(t *testing.T) {
	allowed := map[string][]string{
		"stapel/config":               {},
		"stapel/transforms":           {"stapel/config"},
		"stapel/reports":              {"stapel/config", "stapel/transforms", "stapel/reports/nl"},
		"stapel/reports/analist":      {"stapel/config", "stapel/transforms", "stapel/reports"},
		"stapel/reports/dossier":      {"stapel/config", "stapel/transforms", "stapel/reports"},
		"stapel/pipeline":             {"stapel/config", "stapel/transforms", "stapel/reports", "stapel/pipeline"},
		"stapel/pipeline/ingest":      {"stapel/config", "stapel/pipeline/ingest"},
		"stapel/pipeline/lake":        {},
		"stapel/pipeline/control":     {"stapel/config", "stapel/transforms"},
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
			if strings.HasPrefix(pkg, "stapel/reports") && slices.Contains(roomsOfReports, dep) {
				t.Errorf("%s imports %s; a report is a room of its own", pkg, dep)
			}
			if pkg == "stapel/pipeline" && (dep == "stapel/pipeline/duckdb" || dep == "stapel/pipeline/naslag" || dep == "stapel/sample-data") {
				t.Errorf("%s imports %s; cmd ties them together, or tests do", pkg, dep)
			}
		}
	}
}

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
