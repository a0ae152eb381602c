package costs_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stapel/config"
	"stapel/pipeline/control"
	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/pipeline/reference/costs"
	"stapel/pipeline/reference/run"
	"stapel/pipeline/trino"
	"stapel/pipeline/trino/trinotest"
)

// drawn is whether random worlds were asked for.
var drawn bool

// choose is how the fixed worlds are found again when what is drawn has changed.
var choose = flag.Int("choose", 0, "say which of so many worlds together have every situation, in TestWorlds")

// TestMain sets how many random worlds are drawn, none by default, for each is a run of the whole pipeline: STAPEL_WORLDS, 100 in
// make test-long, or what -rapid.checks says.
func TestMain(m *testing.M) {
	flag.Parse()
	slog.SetDefault(slog.New(slog.DiscardHandler))
	flag.Visit(func(f *flag.Flag) { drawn = drawn || f.Name == "rapid.checks" })
	checks := os.Getenv("STAPEL_WORLDS")
	if checks == "" && os.Getenv("STAPEL_LANG") != "" {
		checks = "100"
	}
	if !drawn && checks != "" {
		drawn = true
		if err := flag.Set("rapid.checks", checks); err != nil {
			fmt.Fprintln(os.Stderr, "STAPEL_WORLDS:", err)
			os.Exit(2)
		}
	}
	os.Exit(m.Run())
}

// inFolder makes a folder that is gone when do returns.
func inFolder(t rapid.TB, do func(dir string)) {
	t.Helper()
	dir, err := os.MkdirTemp("", "reference")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	do(dir)
}

// TestWorldsDrawn draws small worlds, runs the pipeline on each, and compares every row of the marts about households, costs and
// the ranking with the reference. A world without a month that all cover, without households, or with a severe finding has to end
// as it should.
func TestWorldsDrawn(t *testing.T) {
	if !drawn {
		t.Skip("random worlds are for make worlds and make test-long; TestWorlds has some that were drawn")
	}
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		inFolder(t, func(dir string) { compareWorld(t, w, dir) })
	})
}

// fixedWorlds are numbers of worlds: five that together have every situation and are published, one that two checks stop, and one without
// a month that all cover.
var fixedWorlds = []int{535, 605, 77, 601, 2, 249, 3}

// TestWorlds compares some worlds that were drawn once, and holds that every situation that the rules speak of is in one of which rows
// were compared.
func TestWorlds(t *testing.T) {
	if *choose > 0 {
		chooseWorlds(t)
		return
	}
	in := map[string]int{}
	for _, n := range fixedWorlds {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			w := rapid.Custom(drawWorld).Example(n)
			if compared := compareWorld(t, w, filepath.Join(t.TempDir(), "d")); compared != nil {
				for name := range compared.Situations() {
					in[name]++
				}
			}
		})
	}
	for _, name := range situations {
		if in[name] == 0 {
			t.Errorf("in no world that is compared: %s; other worlds are found with -run TestWorlds -choose 800", name)
		}
	}
}

// TestConformanceWorlds computes worlds that were drawn on DuckDB and on a real Trino (make conformance), two of them, or with
// STAPEL_CONFORMANCE_LONG all and three that were never seen: the same rows, and the same violations of every check, also where nothing may be
// published.
func TestConformanceWorlds(t *testing.T) {
	server := trinotest.Start(t, trinotest.Options{})
	numbers := []int{fixedWorlds[0], 249}
	if os.Getenv("STAPEL_CONFORMANCE_LONG") != "" {
		numbers = slices.Clone(fixedWorlds)
		for range 3 {
			numbers = append(numbers, rand.IntN(1_000_000))
		}
	}
	for _, n := range numbers {
		t.Run(fmt.Sprint(n), func(t *testing.T) {
			w := rapid.Custom(drawWorld).Example(n)
			cfg := w.config(t)
			var folders []string
			var said []string
			for _, trinoComputes := range []bool{false, true} {
				dir := filepath.Join(t.TempDir(), "d")
				w.write(t, dir, cfg)
				var compute engine.Open
				if trinoComputes {
					compute = server.Opener(dir, trino.Options{})
				}
				_, _, err := run.By(t.Context(), dir, cfg, compute)
				folders, said = append(folders, dir), append(said, fmt.Sprint(err))
			}
			if said[0] != said[1] {
				t.Fatalf("DuckDB ends with %s, Trino with %s", said[0], said[1])
			}
			of := trinotest.Same(t, folders[0], folders[1], false)
			if said[0] == "<nil>" && of.Rows == 0 {
				t.Error("nothing was compared")
			}
			t.Logf("the same on both engines: %+v; %.60s", of, said[0])
		})
	}
}

// chooseWorlds says which worlds have, of all situations that are not yet in one that was chosen, the most.
func chooseWorlds(t *testing.T) {
	has := map[int]map[string]int{}
	for n := range *choose {
		w := rapid.Custom(drawWorld).Example(n)
		inFolder(t, func(dir string) {
			cfg := w.config(t)
			w.write(t, dir, cfg)
			switch world, err := costs.Read(os.DirFS(filepath.Join(dir, "inbox")), cfg, run.Secret); {
			case err != nil:
				t.Logf("%d has no month that all cover", n)
			case world.Households() == 0 || len(world.Stops()) > 0:
				t.Logf("%d is not published: %d households, %v", n, world.Households(), checksOf(world))
			default:
				has[n] = world.Situations()
			}
		})
	}
	missing := slices.Clone(situations)
	for len(missing) > 0 {
		lacks := func(n int) (out []string) {
			for _, name := range missing {
				if has[n][name] == 0 {
					out = append(out, name)
				}
			}
			return out
		}
		best := slices.MinFunc(slices.Sorted(maps.Keys(has)), func(a, b int) int { return cmp.Compare(len(lacks(a)), len(lacks(b))) })
		if len(lacks(best)) == len(missing) {
			t.Fatalf("in no world: %s", missing)
		}
		missing = lacks(best)
		t.Logf("%d; then %d are missing", best, len(missing))
	}
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

// compareWorld writes a world, works it out twice, and compares. It gives the reference of a world of which rows were compared, nil of
// another.
func compareWorld(t rapid.TB, w *world, dir string) *costs.Reference {
	t.Helper()
	cfg := w.config(t)
	cfg.Settings.Reports.Effect = false // it has worlds of its own
	w.write(t, dir, cfg)
	want, noMonth := costs.Read(os.DirFS(filepath.Join(dir, "inbox")), cfg, run.Secret)
	if noMonth == nil {
		return compare(t, want, dir, cfg)
	}
	_, _, err := run.Any(context.Background(), dir, cfg)
	var failed *exit.Error
	if !errors.As(err, &failed) || failed.Code != exit.Usage {
		t.Fatalf("the reference says %v, the run %v", noMonth, err)
	}
	return nil
}

// compare runs the pipeline on an inbox and compares every row of every mart with the reference, or when nothing may be published the
// checks that say so. It gives the reference when rows were compared.
func compare(t rapid.TB, want *costs.Reference, dir string, cfg *config.Config) *costs.Reference {
	t.Helper()
	marts, _, err := run.Any(context.Background(), dir, cfg)
	if want.Households() == 0 || len(want.Stops()) > 0 {
		var failed *exit.Error
		if !errors.As(err, &failed) || failed.Code != exit.ChecksFailed {
			t.Fatalf("%d households, publication stops for %v, the run says %v", want.Households(), want.Stops(), err)
		}
		if got := stoppedBy(t, dir); !slices.Equal(got, checksOf(want)) {
			t.Fatalf("publication stops for %v, the run stopped for %v", want.Stops(), got)
		}
		return nil
	}
	if err != nil {
		t.Fatal(err)
	}
	differences, err := want.Compare(os.DirFS(marts))
	if err != nil {
		t.Fatal(err)
	}
	if len(differences) > 0 {
		t.Fatalf("%d differences\n%s", len(differences), strings.Join(differences[:min(20, len(differences))], "\n"))
	}
	return want
}

// checksOf are the checks that stop publication, as the reference has them.
func checksOf(w *costs.Reference) (out []string) {
	for _, why := range w.Stops() {
		check, _, _ := strings.Cut(why, ":")
		out = append(out, check)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// stoppedBy are those of the checks that the reference knows of which a run that published nothing wrote violations in its journal.
func stoppedBy(t rapid.TB, dir string) (out []string) {
	t.Helper()
	journals, err := filepath.Glob(filepath.Join(dir, "runs", ".staging", "*", "journal.jsonl"))
	if err != nil || len(journals) != 1 {
		t.Fatalf("%d journals: %v", len(journals), err)
	}
	text, err := os.ReadFile(journals[0])
	if err != nil {
		t.Fatal(err)
	}
	known := []string{"overlap_spreekt_tegen", "regel_vaak_gelijk", "leven_overschreden", "koppelt_helemaal_niet"}
	for line := range bytes.Lines(text) {
		var e control.Entry
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		if e.Event == control.EventCheck && e.Rows > 0 && slices.Contains(known, e.Name) {
			out = append(out, e.Name)
		}
	}
	slices.Sort(out)
	return out
}

// situations have to be in some of the worlds that are compared: what is never drawn is never compared.
var situations = []string{
	"8017", "8021", "9307", "9308", "9346", "9389", "9390", "P before the last day covered", "a file made at a time of day",
	"akkoord_na_datum", "akkoord_ontbreekt", "andere_gemeente", "another key, all of a kind", "approvals niet_gestart",
	"approvals onbekend", "approvals ontbreekt", "approvals voldoende", "at or above the threshold",
	"attached by an older line that names the parents", "attached from a household without parents", "attached from an institution",
	"attached to a parent in an institution", "attached without a spell", "buiten_periode", "ceiling date",
	"cost of somebody unknown", "coverage nee", "coverage onbekend", "coverage opgeheven", "credit over two windows", "cut spell",
	"dubbel", "eligible", "excluded household", "field report", "geboortejaar_verschilt", "granted another amount", "herhaald",
	"horizon_anders", "huishouden_te_groot", "identical lines", "in an institution", "koppelgraad geen", "koppelgraad ja",
	"koppelgraad niet_beoordeeld", "koppelgraad te_laag", "last day not known", "line over a leap day",
	"minor alone in an institution", "minor who died or emigrated", "minor with a parent under 18 at home",
	"month of birth not known", "moved within a month", "na_overlijden", "negative total", "negatieve_doorlooptijd", "no household",
	"not because of domeinen", "not because of drempel", "not because of heeft_plan", "not because of instelling",
	"not because of kinderen", "not because of volwassenen", "not because of zvw_aandeel", "odd cents over two",
	"one benefit in two deliveries", "ouder", "partly outside the windows", "period that can't be", "periode_onwaarschijnlijk",
	"pgb paid back", "plan afgewezen", "plan akkoord", "plan concept", "plan gereed", "plan ingetrokken", "plan sparren",
	"plan uitvoering", "plan_onbekend", "priced only", "provisions", "quarantaine", "regel_gelijk", "spell after P",
	"time of day decides", "toewijzing_gelijk", "total of 0 or no cost", "traject of more than one", "twee_leveranciers",
	"two or more gemeenten", "uitgesloten9384", "uitgeslotenbedrag_ongelijk", "uitgeslotenoverlap_gelijk",
	"uitgeslotenverblijf_dubbel", "uitkering_gedeeld", "verblijf_ingekort", "verblijven_te_veel", "vervangen", "voor_geboorte",
	"zvw negative total", "zvw_gedekt deels", "zvw_gedekt ja", "zvw_gedekt nee", "zvw_gedekt onbekend",
}
