package costs_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stapel/config"
	"stapel/pipeline"
	"stapel/pipeline/duckdb"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/reference/costs"
)

var key = []byte("a key for tests, 32 bytes long!!")

// TestMain sets how many worlds are drawn: STAPEL_WORLDS, else few, for each is a run of the whole pipeline; more in
// make test-long. The flag -rapid.checks goes first.
func TestMain(m *testing.M) {
	flag.Parse()
	given := false
	flag.Visit(func(f *flag.Flag) { given = given || f.Name == "rapid.checks" })
	if !given {
		checks := os.Getenv("STAPEL_WORLDS")
		if checks == "" {
			checks = "12"
			seed := "20251231" // the same worlds every time; others are for the long run
			if os.Getenv("STAPEL_LANG") != "" {
				checks, seed = "100", "0"
			}
			if err := flag.Set("rapid.seed", seed); err != nil {
				fmt.Fprintln(os.Stderr, "rapid.seed:", err)
				os.Exit(2)
			}
		}
		if err := flag.Set("rapid.checks", checks); err != nil {
			fmt.Fprintln(os.Stderr, "STAPEL_WORLDS:", err)
			os.Exit(2)
		}
	}
	os.Exit(m.Run())
}

// runOn runs the pipeline on a data folder up to and including the marts.
func runOn(dir string, cfg *config.Config) (*pipeline.Result, error) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	return pipeline.Run(context.Background(), pipeline.Options{Data: dir, Config: cfg, Secret: key, Version: "test", Until: "marts",
		Engine: duckdb.Opener(cfg.Settings.Engine.MemoryMB, cfg.Settings.Engine.Threads)})
}

// inFolder makes a folder that is gone when do returns.
func inFolder(t rapid.TB, do func(dir string)) {
	t.Helper()
	dir, err := os.MkdirTemp("", "naslag")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	do(dir)
}

// TestWorlds draws small worlds, runs the pipeline on each, and compares every row of the marts about households, costs and
// the ranking with the reference. A world without a month that all cover, without households, or with a severe finding has to end
// as it should.
func TestWorlds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		inFolder(t, func(dir string) { compare(t, w, dir) })
	})
}

func (w *world) config(t rapid.TB) *config.Config {
	t.Helper()
	cfg, err := config.Load(config.Options{Set: w.settings})
	if err != nil {
		t.Fatal(err)
	}
	cfg.Selection.ThresholdEur, cfg.Prices.Index = w.threshold, w.index
	if len(w.replacing) > 0 {
		cfg.Settings.Feeds = map[string]config.FeedSettings{"zvw_declaratie": {Suppliers: w.replacing}}
	}
	return cfg
}

func compare(t rapid.TB, w *world, dir string) {
	t.Helper()
	cfg := w.config(t)
	w.write(t, dir, cfg)
	want, noMonth := costs.Read(os.DirFS(dir+"/inbox"), cfg, key)
	result, err := runOn(dir, cfg)
	var failed *exit.Error
	switch {
	case noMonth != nil:
		if !errors.As(err, &failed) || failed.Code != exit.Usage {
			t.Fatalf("the reference says %v, the run %v", noMonth, err)
		}
		return
	case want.Households() == 0 || len(want.Stops()) > 0:
		if !errors.As(err, &failed) || failed.Code != exit.ChecksFailed {
			t.Fatalf("%d households, publication stops for %v, the run says %v", want.Households(), want.Stops(), err)
		}
		return
	case err != nil:
		t.Fatal(err)
	}
	differences, err := want.Compare((&lake.Lake{Root: dir}).Run(result.RunID).MartFS())
	if err != nil {
		t.Fatal(err)
	}
	if len(differences) > 0 {
		t.Fatalf("%d differences\n%s", len(differences), strings.Join(differences[:min(20, len(differences))], "\n"))
	}
}

// TestWorldsHaveEverything draws worlds without running them, and holds that every situation that the rules speak of is in
// some of them: what is never drawn is never compared.
func TestWorldsHaveEverything(t *testing.T) {
	const worlds = 100
	in, none := map[string]int{}, 0
	for i := range worlds {
		w := rapid.Custom(drawWorld).Example(i)
		inFolder(t, func(dir string) {
			cfg := w.config(t)
			w.write(t, dir, cfg)
			want, err := costs.Read(os.DirFS(dir+"/inbox"), cfg, key)
			if err != nil {
				none++
				return
			}
			for name := range want.Situations() {
				in[name]++
			}
		})
	}
	for _, name := range slices.Sorted(maps.Keys(in)) {
		t.Logf("%3d of %d worlds: %s", in[name], worlds, name)
	}
	t.Logf("%3d of %d worlds: no month that all cover", none, worlds)
	for _, name := range situations {
		if in[name] == 0 {
			t.Errorf("%d of %d worlds: %s", in[name], worlds, name)
		}
	}
}

// situations have to be in some of the worlds that are drawn.
var situations = []string{
	"8017", "8021", "9307", "9308", "9346", "9389", "9390", "P before the last day covered", "a file made at a time of day",
	"akkoord_na_datum", "akkoord_ontbreekt", "andere_gemeente", "another key, all of a kind", "at or above the threshold",
	"attached by an older line that names the parents", "attached from a household without parents", "attached from an institution",
	"attached to a parent in an institution", "attached without a spell", "buiten_periode", "ceiling date",
	"cost of somebody unknown", "coverage nee", "coverage onbekend", "coverage opgeheven", "credit over two windows", "cut spell",
	"dubbel", "eligible", "excluded household", "field report", "geboortejaar_verschilt", "granted another amount", "herhaald",
	"horizon_anders", "huishouden_te_groot", "identical lines", "in an institution", "koppelgraad geen", "koppelgraad ja",
	"koppelgraad niet_beoordeeld", "koppelgraad te_laag", "last day not known", "line over a leap day",
	"minor alone in an institution", "minor who died or emigrated", "minor with a parent under 18 at home",
	"month of birth not known", "moved within a month", "na_overlijden", "negative total", "no household",
	"not because of domeinen", "not because of drempel", "not because of heeft_plan", "not because of instelling",
	"not because of kinderen", "not because of volwassenen", "not because of zvw_aandeel", "odd cents over two",
	"one benefit in two deliveries", "ouder", "partly outside the windows", "period that can't be", "periode_onwaarschijnlijk",
	"pgb paid back", "plan afgewezen", "plan akkoord", "plan concept", "plan gereed", "plan ingetrokken", "plan sparren",
	"plan uitvoering", "priced only", "provisions", "publication stops", "quarantaine", "regel_gelijk", "spell after P",
	"time of day decides", "toewijzing_gelijk", "total of 0 or no cost", "traject of more than one", "twee_leveranciers",
	"two or more gemeenten", "uitgesloten9384", "uitgeslotenbedrag_ongelijk", "uitgeslotenoverlap_gelijk",
	"uitgeslotenverblijf_dubbel", "uitkering_gedeeld", "verblijf_ingekort", "verblijven_te_veel", "vervangen", "voor_geboorte",
	"zvw negative total", "zvw_gedekt deels", "zvw_gedekt ja", "zvw_gedekt nee", "zvw_gedekt onbekend",
}
