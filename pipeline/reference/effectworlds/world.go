// Package effectworlds takes the validation of effects through the whole pipeline (docs/effect-pipeline.md): extracts of a region with a planted effect
// are read, joined and matched by a real run, and what its marts say is held to what was planted and to a slow second sum. Package transforms/effect/world
// does so for the estimators alone, on panels; here ingest, coverage, run-off, SQL and the models that choose who takes part are in between. No program contains it.
package effectworlds

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/parquet-go/parquet-go"

	"stapel/pipeline/ingest"
	"stapel/pipeline/reference/run"
	"stapel/sample-data/generator"
)

// World is a region with a programme of which the effect is known.
type World struct {
	Nr         int
	Plans      int
	Herkomst   string // one of generator.Herkomsten
	Effect     int    // euros a household a year, negative is a saving
	Seed       uint64
	Households int
}

const (
	months    = 60        // of extracts, up to December 2025
	firstFrom = "2023-03" // first month of a start: two years before aanmelding are there
	firstTo   = "2024-02" // last one: bills of twelve months after it are in by December 2025
	acuteFrom = "2022-10" // a crisis takes a longer time to find; two years before are not always there
	drawnIn   = "2023-12" // the draw of a lottery
	drawnFrom = "2024-02" // first and last start after it
	drawnTo   = "2024-04"
)

var (
	sizes   = []int{20, 60, 150}
	effects = []int{0, -10_000}
)

// Worlds are so many worlds, spread over sizes, ways to come in and effects, the smallest first; each is a region of its own. After 24 they begin again.
func Worlds(n int) (out []World) {
	herkomsten := []string{"loting", "data", "veld-acuut", "veld-chronisch"}
	for nr := range n {
		k := nr % (len(sizes) * len(herkomsten) * len(effects))
		w := World{Nr: nr + 1, Effect: effects[k%2], Herkomst: herkomsten[k/2%4], Plans: sizes[k/8], Seed: uint64(1001 + nr)}
		w.Households = map[int]int{20: 1500, 60: 3500, 150: 8000}[w.Plans]
		if w.origin() == "veld" { // fewer have a crisis, or cost much for two years
			w.Households *= 2
		}
		out = append(out, w)
	}
	return out
}

// Lottery is whether households were drawn.
func (w World) Lottery() bool { return w.Herkomst == "loting" }

// origin is the herkomst that plans say.
func (w World) origin() string {
	if strings.HasPrefix(w.Herkomst, "veld") {
		return "veld"
	}
	return "data"
}

func (w World) String() string {
	return fmt.Sprintf("world %d: %d plans, %s, effect %d", w.Nr, w.Plans, w.Herkomst, w.Effect)
}

// options are those of its extracts in dir; bills that come in after the last month are left out.
func (w World) options(dir string, effect int) generator.Options {
	p := generator.Programme{Plans: w.Plans, Herkomst: w.Herkomst, From: firstFrom, To: firstTo}
	switch {
	case w.Herkomst == "veld-acuut":
		p.From = acuteFrom
	case w.Lottery():
		p.Draw, p.From, p.To = drawnIn, drawnFrom, drawnTo
	}
	return generator.Options{Households: w.Households, Months: months, Seed: w.Seed, Dir: dir, Effect: -effect, Late: true, Programme: p}
}

// keepDraw writes the draw of the truth as stapel select keeps it: the households on the list, and a line of the log that says when.
func keepDraw(dir string) error {
	rows, err := generator.ReadTruth(dir, "maatwerk")
	if err != nil {
		return err
	}
	key, err := ingest.NewProjectKey(run.Secret)
	if err != nil {
		return err
	}
	type lot struct {
		Draw    string `parquet:"draw_id"`
		ID      string `parquet:"huishouden_id"`
		Stratum string `parquet:"stratum"`
		Chosen  bool   `parquet:"getrokken"`
		Lot     string `parquet:"lot"`
	}
	var list []lot
	for i, r := range rows {
		list = append(list, lot{"loting-001", fmt.Sprintf("h-%016x", key.Key("huishouden", r["huishouden_ps"])), "", r["arm"] == "loting", fmt.Sprint(i)})
	}
	if err := os.MkdirAll(filepath.Join(dir, "lotingen"), 0o700); err != nil {
		return err
	}
	if err := parquet.WriteFile(filepath.Join(dir, "lotingen", "loting-001.parquet"), list); err != nil {
		return err
	}
	entry := fmt.Sprintf(`{"wanneer":"%s-01T09:00:00Z","wat":"getrokken","loting":"loting-001"}`+"\n", drawnIn)
	return os.WriteFile(filepath.Join(dir, "lotingen.jsonl"), []byte(entry), 0o600)
}
