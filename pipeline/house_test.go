package pipeline_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/config/configtest"
	"stapel/pipeline/models"
)

// A room is a package: what it may import of stapel, and how many lines it may have, tests aside. More lines than that are a second room.
type room struct {
	may   string // packages of stapel, without stapel/
	lines int
}

// rooms are all packages. The program flows one way: config -> nothing of ours; transforms -> config; reports -> config, transforms; the rooms
// of pipeline -> these; only cmd ties engine, sample and pipeline together. docs/architecture.md says what each is for.
var rooms = map[string]room{
	"config":            {"config/cron", 3500},
	"config/cron":       {"", 250},
	"config/configtest": {"config", 100},

	"transforms":           {"config transforms/functions transforms/portable transforms/typed", 1350},
	"transforms/estimate":  {"", 6500}, // a file an estimator: they know nothing of each other
	"transforms/keyed":     {"", 80},
	"transforms/effect":    {"transforms/estimate transforms/keyed", 3750},                   // what maatwerk did: sets, estimators side by side, verdicts
	"transforms/functions": {"transforms/effect transforms/estimate transforms/typed", 3900}, // a file a model: they know nothing of each other
	"transforms/portable":  {"", 400},
	"transforms/typed":     {"", 700},

	"transforms/typed/typedtest": {"", 300},
	"transforms/effect/world":    {"transforms/effect transforms/estimate", 400},
	"transforms/effect/simulate": {"transforms/effect transforms/effect/world transforms/estimate", 800},

	// a report is a room, and does not know of another
	"reports":             {"config reports/draw reports/nl transforms", 650},
	"reports/analist":     {"config reports reports/cijfer reports/csv reports/draw reports/effect reports/html reports/mart reports/nl reports/patronen reports/seen reports/table reports/xlsx transforms", 4600},
	"reports/dossier":     {"reports reports/draw reports/html reports/mart reports/nl reports/seen transforms", 2700},
	"reports/werktafel":   {"reports reports/cijfer reports/csv reports/draw reports/html reports/nl reports/table reports/vrij reports/xlsx transforms", 2200},
	"reports/patronen":    {"reports reports/draw reports/html reports/mart reports/nl reports/seen reports/table transforms", 1400}, // a chapter of analist
	"reports/effect":      {"reports reports/draw reports/html reports/mart reports/nl reports/seen reports/table transforms", 1400}, // another one
	"reports/accountant":  {"config reports reports/cijfer reports/csv reports/draw reports/html reports/mart reports/nl reports/seen reports/table reports/xlsx transforms", 1450},
	"reports/wethouder":   {"reports reports/draw reports/html reports/nl reports/vrij transforms", 500},
	"reports/vrij":        {"reports/nl reports/table transforms transforms/typed", 650},
	"reports/seen":        {"reports reports/mart reports/nl reports/table transforms", 700},
	"reports/gate":        {"config reports/gate/linear reports/nl transforms/keyed", 3150}, // one judgement: rules, what is known, what proves it
	"reports/gate/linear": {"", 450},                                                        // who solves programs; knows nothing of what they are about
	"reports/browsertest": {"", 600},
	"reports/csv":         {"config reports/nl reports/table", 300},
	"reports/draw":        {"reports/nl", 1800},
	"reports/cijfer":      {"reports/mart reports/nl reports/table reports/vrij transforms", 350},
	"reports/html":        {"reports/cijfer reports/draw reports/mart reports/nl reports/table", 800},
	"reports/mart":        {"reports/nl reports/table transforms", 1000},
	"reports/marttest":    {"reports/mart transforms", 200},
	"reports/reporttest":  {"config reports", 200},
	"reports/nl":          {"", 900},
	"reports/nltest":      {"", 100},
	"reports/table":       {"transforms", 300},
	"reports/xlsx":        {"reports/table", 400},

	"pipeline": {"config pipeline/arrival pipeline/cache pipeline/checks pipeline/control pipeline/disclosure pipeline/engine pipeline/evidence/attest pipeline/evidence/lineage pipeline/exit pipeline/inbox pipeline/ingest " +
		"pipeline/lake pipeline/models pipeline/progress pipeline/runlog pipeline/world reports reports/accountant reports/analist reports/seen reports/vrij reports/werktafel " +
		"reports/wethouder transforms", 950},
	"pipeline/exit":       {"", 100},
	"pipeline/dutch":      {"", 950}, // two files of sentences
	"pipeline/progress":   {"", 100},
	"pipeline/engine":     {"transforms", 100},
	"pipeline/chain":      {"", 450},
	"pipeline/cache":      {"pipeline/lake", 550},
	"pipeline/lake":       {"pipeline/chain pipeline/exit", 1010},
	"pipeline/control":    {"transforms", 500},
	"pipeline/access":     {"config pipeline/exit pipeline/ingest pipeline/lake", 200},
	"pipeline/disclosure": {"config reports/gate reports/seen reports/vrij transforms/estimate transforms/typed", 1800},
	"pipeline/machine":    {"", 400},
	"pipeline/doctor":     {"config pipeline/arrival pipeline/chain pipeline/control pipeline/duckdb pipeline/exit pipeline/lake pipeline/machine pipeline/published pipeline/schedule pipeline/setup reports/nl", 1100},
	"pipeline/purge":      {"config pipeline/access pipeline/analyseplan pipeline/chain pipeline/control pipeline/evidence/attest pipeline/exit pipeline/lake pipeline/published reports/nl", 450},
	"pipeline/duckdb":     {"pipeline/engine pipeline/machine transforms", 700},
	"pipeline/trino":      {"config pipeline/engine pipeline/exit pipeline/lake pipeline/trust transforms transforms/typed", 1500},
	"pipeline/ingest":     {"config", 6000}, // one reader, with what it reads and what it refuses: its parts know each other's records
	"pipeline/inbox": {"config pipeline/access pipeline/arrival pipeline/control pipeline/exit pipeline/ingest pipeline/lake pipeline/progress reports/nl transforms/typed",
		1400},
	"pipeline/trust":       {"pipeline/exit", 100},
	"pipeline/notify":      {"config pipeline/chain pipeline/exit pipeline/lake pipeline/runlog pipeline/schedule pipeline/trust reports/nl", 600},
	"pipeline/schedule":    {"config config/cron pipeline/arrival pipeline/chain pipeline/exit pipeline/ingest pipeline/lake reports/nl", 1300},
	"pipeline/setup":       {"config pipeline/exit pipeline/inbox pipeline/ingest pipeline/lake reports/nl", 200},
	"pipeline/register":    {"config pipeline/ingest reports/nl", 900},
	"pipeline/analyseplan": {"config pipeline/chain pipeline/exit pipeline/lake", 300},
	"pipeline/world":       {"config pipeline/analyseplan pipeline/control pipeline/exit pipeline/inbox pipeline/ingest pipeline/lake transforms transforms/typed", 1700},
	"pipeline/models":      {"config pipeline/cache pipeline/control pipeline/engine pipeline/exit pipeline/lake pipeline/world transforms transforms/typed", 1600},
	"pipeline/checks":      {"pipeline/control pipeline/engine pipeline/ingest pipeline/models reports/nl transforms transforms/typed", 500},
	"pipeline/published":   {"config pipeline/control pipeline/exit pipeline/inbox pipeline/lake pipeline/world reports reports/mart reports/seen transforms", 600},
	"pipeline/selection": {"config pipeline/access pipeline/engine pipeline/exit pipeline/lake pipeline/models pipeline/published reports reports/csv reports/mart " +
		"reports/seen reports/table transforms transforms/estimate", 1500},
	"pipeline/effectplan": {"config pipeline/access pipeline/analyseplan pipeline/exit pipeline/published pipeline/selection reports/mart transforms/effect", 550},
	"pipeline/diff": {"config pipeline/access pipeline/engine pipeline/exit pipeline/inbox pipeline/lake pipeline/models pipeline/published pipeline/world " +
		"reports/csv reports/mart reports/table transforms", 800},
	"pipeline/evidence/attest": {"config pipeline/control pipeline/exit pipeline/lake", 1700}, // one judgement: keys, chain, statements and what is wrong with them
	"pipeline/estimator":       {"config pipeline/exit transforms/estimate", 3000},            // a file an estimator
	"pipeline/mus":             {"", 900},                                                     // arithmetic alone
	"pipeline/sample": {"config pipeline/access pipeline/engine pipeline/exit pipeline/lake pipeline/models pipeline/mus pipeline/published reports/mart reports/nl " +
		"reports/xlsx transforms", 1400},
	"pipeline/evidence/verify":  {"config pipeline/analyseplan pipeline/chain pipeline/control pipeline/evidence/attest pipeline/evidence/recount pipeline/exit pipeline/inbox pipeline/ingest pipeline/lake pipeline/published reports/mart reports/nl", 2100},
	"pipeline/evidence/recount": {"pipeline/control pipeline/inbox pipeline/lake reports/mart reports/nl", 700},
	"pipeline/explain": {"config pipeline/access pipeline/engine pipeline/exit pipeline/models pipeline/published reports reports/dossier " +
		"reports/mart reports/seen transforms", 900},

	"pipeline/evidence/trace": {"config pipeline/access pipeline/control pipeline/engine pipeline/exit pipeline/models pipeline/published reports/csv " +
		"reports/mart reports/nl reports/table reports/vrij transforms transforms/typed", 1300},

	"docs":                      {"", 20}, // the pages that a bundle takes along
	"pipeline/evidence/archive": {"config pipeline/exit pipeline/lake", 450},
	"pipeline/evidence/bundle": {"config docs pipeline/access pipeline/control pipeline/evidence/archive pipeline/evidence/attest pipeline/evidence/recount pipeline/evidence/verify " +
		"pipeline/exit pipeline/ingest pipeline/lake pipeline/mus pipeline/published pipeline/sample reports/csv reports/mart reports/nl reports/table transforms", 1400},

	"pipeline/openlineage":      {"config pipeline/control pipeline/evidence/lineage pipeline/exit pipeline/inbox pipeline/lake pipeline/published pipeline/runlog transforms", 750},
	"pipeline/evidence/lineage": {"config pipeline/exit pipeline/models reports reports/draw transforms", 550},

	"pipeline/modeltest":    {"config pipeline/engine pipeline/models pipeline/world transforms transforms/typed", 700},
	"pipeline/faulttest":    {"pipeline/control pipeline/lake", 800},
	"pipeline/testrun":      {"config pipeline pipeline/duckdb sample-data", 300},
	"pipeline/bench":        {"config pipeline pipeline/duckdb pipeline/engine pipeline/models sample-data/generator transforms transforms/typed", 500},
	"pipeline/ingest/bench": {"config pipeline/ingest", 500},
	"pipeline/cache/bench":  {"", 200},

	"pipeline/trino/trinotest": {"pipeline/control pipeline/duckdb pipeline/engine pipeline/lake pipeline/trino", 900},
	"pipeline/trino/bench": {"config pipeline pipeline/duckdb pipeline/engine pipeline/lake pipeline/models pipeline/published pipeline/trino pipeline/trino/trinotest " +
		"sample-data/generator transforms", 400},
	// the slow references: one reader and one people, three that go by them, and patterns by one of these
	"pipeline/reference/extract":   {"config", 300},
	"pipeline/reference/lines":     {"config pipeline/reference/extract", 1200},
	"pipeline/reference/people":    {"pipeline/reference/lines", 500},
	"pipeline/reference/costs":     {"config pipeline/reference/lines pipeline/reference/people", 1900},
	"pipeline/reference/cocktail":  {"config pipeline/reference/lines pipeline/reference/people", 1500},
	"pipeline/reference/patterns":  {"config pipeline/reference/cocktail pipeline/reference/lines pipeline/reference/people", 1100},
	"pipeline/reference/programme": {"pipeline/reference/lines pipeline/reference/people", 600},
	"pipeline/reference/effect":    {"config pipeline/reference/costs pipeline/reference/lines pipeline/reference/people", 400},
	"pipeline/reference/ledger":    {"config pipeline/reference/costs pipeline/reference/lines", 150},
	"pipeline/reference/onlooker":  {"reports/vrij", 950},
	"pipeline/reference/effectworlds": {"config pipeline/duckdb pipeline/engine pipeline/ingest pipeline/reference/costs pipeline/reference/effect pipeline/reference/lines " +
		"pipeline/reference/people pipeline/reference/run sample-data/generator", 1600},
	"pipeline/reference/effectworlds/simulate": {"config pipeline/reference/effectworlds", 400},
	"pipeline/reference/run":                   {"config pipeline pipeline/duckdb pipeline/engine pipeline/reference/extract", 100},

	// what came in, what runs came to, and how both are said
	"pipeline/arrival":     {"pipeline/control pipeline/ingest", 250},
	"pipeline/runlog":      {"pipeline/chain pipeline/control pipeline/exit pipeline/lake", 200},
	"pipeline/status":      {"config pipeline/arrival pipeline/control pipeline/exit pipeline/inbox pipeline/ingest pipeline/lake pipeline/runlog pipeline/schedule reports/mart reports/nl reports/seen", 1500},
	"pipeline/status/show": {"pipeline/status reports reports/html reports/nl transforms", 1100},

	"sample-data":           {"sample-data/generator", 2200},
	"sample-data/generator": {"", 5200},

	"cmd/package": {"pipeline/schedule", 560}, // builds what people install; not part of it
	"cmd/stapel": {"config pipeline pipeline/arrival pipeline/control pipeline/diff pipeline/doctor pipeline/duckdb pipeline/dutch pipeline/effectplan pipeline/engine " +
		"pipeline/estimator pipeline/evidence/archive pipeline/evidence/attest pipeline/evidence/bundle pipeline/evidence/lineage " +
		"pipeline/evidence/trace pipeline/evidence/verify pipeline/exit pipeline/explain pipeline/inbox pipeline/ingest pipeline/lake pipeline/models " +
		"pipeline/mus pipeline/notify pipeline/openlineage pipeline/progress pipeline/purge pipeline/register pipeline/sample pipeline/schedule pipeline/selection pipeline/setup " +
		"pipeline/status pipeline/status/show pipeline/trino reports reports/analist reports/dossier reports/mart reports/nl reports/seen " +
		"reports/table reports/werktafel sample-data sample-data/generator", 5050},
}

// notInTheProgram are packages for tests and benchmarks.
var notInTheProgram = []string{"config/configtest", "pipeline/modeltest", "pipeline/faulttest", "pipeline/testrun", "pipeline/bench", "pipeline/cache/bench", "pipeline/ingest/bench", "pipeline/reference",
	"pipeline/trino/bench", "pipeline/trino/trinotest", "reports/browsertest", "reports/marttest", "reports/nltest", "reports/reporttest", "transforms/typed/typedtest",
	"transforms/effect/world", "transforms/effect/simulate"}

// TestHouse holds every package to what it may import and to its size, and the program to what is meant for it.
func TestHouse(t *testing.T) {
	cmd := exec.Command("go", "list", "-json=ImportPath,Dir,GoFiles,Imports,Deps", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for in := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath, Dir        string
			GoFiles, Imports, Deps []string
		}
		if err := in.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(p.ImportPath, "stapel/")
		r, ok := rooms[name]
		if !ok {
			t.Errorf("package %s is no room yet: say here what it may import, and in docs/architecture.md what it is for", name)
		}
		seen[name] = true
		may := strings.Fields(r.may)
		for _, dep := range p.Imports {
			if dep, ours := strings.CutPrefix(dep, "stapel/"); ours && !slices.Contains(may, dep) {
				t.Errorf("%s imports %s", name, dep)
			} else if at := slices.Index(may, dep); ours && at >= 0 {
				may = slices.Delete(may, at, at+1)
			}
		}
		if len(may) > 0 {
			t.Errorf("%s no longer imports %s", name, strings.Join(may, ", "))
		}
		lines := 0
		for _, file := range p.GoFiles {
			text, err := os.ReadFile(filepath.Join(p.Dir, file))
			if err != nil {
				t.Fatal(err)
			}
			lines += bytes.Count(text, []byte("\n"))
		}
		if lines > r.lines {
			t.Errorf("%s has %d lines, and may have %d: what in it is a room of its own?", name, lines, r.lines)
		}
		if name == "cmd/stapel" {
			for _, dep := range p.Deps {
				if dep := strings.TrimPrefix(dep, "stapel/"); slices.ContainsFunc(notInTheProgram, func(n string) bool { return dep == n || strings.HasPrefix(dep, n+"/") }) {
					t.Errorf("the program contains %s", dep)
				}
			}
		}
	}
	for name := range rooms {
		if !seen[name] {
			t.Errorf("there is no package %s", name)
		}
	}
}

// TestModelsReadWhatThereIs: every table a model reads is a model, an input or a kind; a mart never reads the inbox, for
// there is no name for it.
func TestModelsReadWhatThereIs(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	all, err := models.All(cfg)
	if err != nil {
		t.Fatal(err)
	}
	read := map[string]bool{}
	for _, m := range all {
		for _, r := range m.Reads {
			read[r] = true
		}
	}
	for _, name := range models.InputNames(cfg) {
		// a kind is at least among all lines; what only accountants and later models need is read nowhere else yet
		if !read[name] && (!strings.HasPrefix(name, "lake_") || !read[models.LakeLines]) {
			t.Errorf("no model reads %s", name)
		}
	}
}
