package trino_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"stapel/config"
	"stapel/pipeline"
	"stapel/pipeline/duckdb"
	"stapel/pipeline/engine"
	"stapel/pipeline/testrun"
	"stapel/pipeline/trino"
	"stapel/pipeline/trino/trinotest"
	"stapel/sample-data/generator"
)

// The tests in this file want a real Trino, which make conformance gets and starts; without one they are skipped.

// plain is the server of the tests that want nothing of theirs. It is started by the first and ends with the last.
var plain struct {
	once   sync.Once
	server *trinotest.Server
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	if plain.server != nil {
		plain.server.Stop()
	}
	os.Exit(code)
}

func server(t *testing.T) *trinotest.Server {
	t.Helper()
	plain.once.Do(func() { plain.server, plain.err = trinotest.Launch(context.Background(), trinotest.Options{}) })
	if errors.Is(plain.err, trinotest.ErrNone) {
		t.Skip(plain.err)
	}
	if plain.err != nil {
		t.Fatal(plain.err)
	}
	t.Cleanup(func() {
		if t.Failed() {
			t.Log(plain.server.LogTail(40))
		}
	})
	return plain.server
}

// defaults is the configuration as it is delivered.
func defaults(t *testing.T) *config.Config {
	t.Helper()
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// run runs on a data folder until the marts, with opt changed.
func run(ctx context.Context, t *testing.T, data string, change func(*pipeline.Options)) (*pipeline.Result, error) {
	t.Helper()
	opt := testrun.Options(data, defaults(t))
	change(&opt)
	return pipeline.Run(ctx, opt)
}

// both runs on two folders with the same inbox, with DuckDB and with Trino, and holds the runs to each other.
func both(t *testing.T, here, there string, s *trinotest.Server, opt trino.Options) trinotest.Compared {
	t.Helper()
	if _, err := run(t.Context(), t, here, func(*pipeline.Options) {}); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, err := run(t.Context(), t, there, func(o *pipeline.Options) { o.Compute = s.Opener(there, opt) }); err != nil {
		t.Fatal(err)
	}
	of := trinotest.Same(t, here, there, opt.SortRows > 0)
	t.Logf("the same on both engines: %+v; Trino took %.0f s", of, time.Since(start).Seconds())
	clean(t, s, there)
	return of
}

// clean holds that nothing of a run is left in Trino, in the shared folder, or in the ledger.
func clean(t *testing.T, s *trinotest.Server, data string) {
	t.Helper()
	rows, err := s.Query(context.Background(), trinotest.User, "select schema_name from hive.information_schema.schemata where schema_name like 'stapel%'")
	if err != nil || len(rows) > 0 {
		t.Errorf("schemas that are left: %v, %v", rows, err)
	}
	if left, err := os.ReadDir(s.Shared()); err != nil || len(left) > 0 {
		t.Errorf("folders that are left: %v, %v", left, err)
	}
	if _, err := os.Stat(filepath.Join(data, ".elders")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the ledger is left: %v", err)
	}
}

// TestConformanceDemo: the sample gives the same on both engines, to the byte.
func TestConformanceDemo(t *testing.T) {
	s := server(t)
	of := both(t, testrun.Sample(t), testrun.Sample(t), s, trino.Options{})
	if of.Models < 150 || of.Checks < 150 || of.Rows < 100_000 {
		t.Errorf("little was compared: %+v", of)
	}
}

// TestConformanceLongTaken: so it does when Trino puts every mart in order, row by row.
func TestConformanceLongTaken(t *testing.T) {
	long(t)
	both(t, testrun.Sample(t), testrun.Sample(t), server(t), trino.Options{SortRows: 1})
}

// long skips what takes more minutes than a run of CI has for it.
func long(t *testing.T) {
	t.Helper()
	if os.Getenv("STAPEL_CONFORMANCE_LONG") == "" {
		t.Skip("for make conformance-long")
	}
}

// TestConformanceHostile: so does a generated region in which everything is wrong that a supplier can get wrong.
func TestConformanceHostile(t *testing.T) {
	s := server(t)
	here, there := t.TempDir(), t.TempDir()
	if _, err := generator.Generate(t.Context(), generator.Options{Households: 1200, Months: 36, Seed: 11, Dir: here, Hostile: true}); err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(there, os.DirFS(here)); err != nil {
		t.Fatal(err)
	}
	both(t, here, there, s, trino.Options{})
}

// hooked is an engine that does something before it writes a model.
type hooked struct {
	engine.Engine
	before func(model string)
}

func (h hooked) Write(ctx context.Context, name, query string, orderBy []string, file string) (int64, error) {
	h.before(name)
	return h.Engine.Write(ctx, name, query, orderBy, file)
}

// onWrite is an opener of engines that call before.
func onWrite(open engine.Open, before func(model string)) engine.Open {
	return engine.Wrap(open, func(e engine.Engine) engine.Engine { return hooked{e, before} })
}

// TestConformanceInterrupted: a run that is interrupted stops in Trino as well, and leaves nothing behind.
func TestConformanceInterrupted(t *testing.T) {
	s := server(t)
	data := testrun.Sample(t)
	ctx, cancel := context.WithCancel(t.Context())
	_, err := run(ctx, t, data, func(o *pipeline.Options) {
		o.Compute = onWrite(s.Opener(data, trino.Options{}), func(model string) {
			if model == "kosten_persoon" {
				time.AfterFunc(300*time.Millisecond, cancel)
			}
		})
	})
	if err == nil || !strings.Contains(err.Error(), "interrupted; nothing was published") {
		t.Error(err)
	}
	clean(t, s, data)
	for range 100 {
		rows, err := s.Query(t.Context(), trinotest.User, "select count(*) from system.runtime.queries where state not in ('FINISHED', 'FAILED') and query not like '%runtime.queries%'")
		if err != nil {
			t.Fatal(err)
		}
		if rows[0][0].(float64) == 0 {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Error("queries go on in Trino")
}

// TestConformanceKilled: what a run that was killed left in Trino and in the shared folder, the next one removes.
func TestConformanceKilled(t *testing.T) {
	s := server(t)
	data := testrun.Small(t)
	set := maps.Clone(testrun.SmallPeil)
	set["selection.require_exclusions"] = false
	cfg, err := config.Load(config.Options{Set: set})
	if err != nil {
		t.Fatal(err)
	}
	// an engine that is opened and not closed is what a killed run is to Trino
	if _, err := s.Opener(data, trino.Options{})(t.Context(), []string{data}, filepath.Join(t.TempDir(), "spill")); err != nil {
		t.Fatal(err)
	}
	if left, _ := os.ReadDir(s.Shared()); len(left) != 1 {
		t.Fatalf("%d folders of a run that is on", len(left))
	}
	opt := testrun.Options(data, cfg)
	opt.Compute = s.Opener(data, trino.Options{})
	if _, err := pipeline.Run(t.Context(), opt); err != nil && !strings.Contains(err.Error(), "checks failed") {
		t.Fatal(err)
	}
	clean(t, s, data)
}

// TestConformanceOtherFiles: a shared folder that is not the one that Trino reads is found before anything is computed.
func TestConformanceOtherFiles(t *testing.T) {
	s := server(t)
	data := testrun.Sample(t)
	_, err := run(t.Context(), t, data, func(o *pipeline.Options) {
		open := s.Opener(data, trino.Options{})
		o.Compute = func(ctx context.Context, dirs []string, spill string) (engine.Engine, error) {
			e, err := open(ctx, dirs, spill)
			return swapping{e, &sync.Once{}, t, s}, err
		}
	})
	if err == nil || !strings.Contains(err.Error(), "Trino sees other files than stapel") {
		t.Error(err)
	}
	clean(t, s, data)
}

// swapping is an engine of whose files one is another by the time that Trino reads it: as many lines, one cent more.
type swapping struct {
	engine.Engine
	once *sync.Once
	t    *testing.T
	s    *trinotest.Server
}

// View is called when the lake is bound, and before anything is computed.
func (e swapping) View(ctx context.Context, name, query string) error {
	e.once.Do(func() {
		files, err := filepath.Glob(filepath.Join(e.s.Shared(), "*", "lake_wmo_declaratie_*", "*.parquet"))
		if err != nil || len(files) == 0 {
			e.t.Fatal(files, err)
		}
		duck, err := duckdb.Open(ctx, duckdb.Options{Dirs: []string{e.s.Shared()}, Spill: e.t.TempDir(), Threads: 1})
		if err != nil {
			e.t.Fatal(err)
		}
		defer duck.Close()
		changed := fmt.Sprintf("select * replace (case when regel = (select min(regel) from '%[1]s') then geteld_ct + 1 else geteld_ct end as geteld_ct) from '%[1]s'", files[0])
		if _, err := duck.Write(ctx, "ander", changed, nil, files[0]+".ander"); err != nil {
			e.t.Fatal(err)
		}
		if err := os.Rename(files[0]+".ander", files[0]); err != nil {
			e.t.Fatal(err)
		}
	})
	return e.Engine.View(ctx, name, query)
}

// TestConformanceLogin: a run is let in with a password and with a token, over TLS, under rules that let nobody else see anything of it; and
// without them it is not.
func TestConformanceLogin(t *testing.T) {
	rules, err := os.ReadFile("testdata/rules.json")
	if err != nil {
		t.Fatal(err)
	}
	for name, login := range map[string]trinotest.Login{"password": trinotest.Password, "token": trinotest.Token} {
		t.Run(name, func(t *testing.T) {
			s := trinotest.Start(t, trinotest.Options{Login: login, Rules: string(rules)})
			data := testrun.Sample(t)
			var seen atomic.Int64
			_, err := run(t.Context(), t, data, func(o *pipeline.Options) {
				o.Compute = onWrite(s.Opener(data, trino.Options{}), func(model string) {
					if model != "ranglijst" {
						return
					}
					rows, err := s.Query(t.Context(), trinotest.User, "select table_schema, count(*) from hive.information_schema.tables where table_schema like 'stapel%' group by 1")
					if err != nil || len(rows) != 1 {
						t.Errorf("the run's user sees %v, %v", rows, err)
						return
					}
					schema := rows[0][0].(string)
					for _, statement := range []string{"select * from hive." + schema + ".kosten_persoon", "select count(*) from hive." + schema + ".huishouden",
						"drop schema hive." + schema + " cascade", "create table hive." + schema + ".x (a bigint)"} {
						if rows, err := s.Query(t.Context(), trinotest.Other, statement); err == nil {
							t.Errorf("another user gets %d rows of %q", len(rows), statement)
						}
					}
					if rows, err := s.Query(t.Context(), trinotest.Other, "show schemas from hive"); err == nil && slices.ContainsFunc(rows, func(r []any) bool { return r[0] == schema }) {
						t.Error("another user sees the schema")
					}
					seen.Add(1)
				})
			})
			if err != nil || seen.Load() != 1 {
				t.Error(err, seen.Load())
			}
			clean(t, s, data)
			_, err = run(t.Context(), t, testrun.Sample(t), func(o *pipeline.Options) {
				o.Compute = s.Opener(data, trino.Options{PasswordFile: wrong(t)})
			})
			if err == nil || !strings.Contains(err.Error(), "Trino does not let trino.user in") {
				t.Error(err)
			}
		})
	}
}

// wrong is a file with a password that nobody has.
func wrong(t *testing.T) string {
	file := filepath.Join(t.TempDir(), "wachtwoord")
	if err := os.WriteFile(file, []byte("een ander\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// TestConformanceLongLostNode: with two nodes a run gives the same; when one is killed during a query the run fails with a message that says so,
// leaves nothing behind, and succeeds when it is repeated.
func TestConformanceLongLostNode(t *testing.T) {
	long(t)
	s := trinotest.Start(t, trinotest.Options{Workers: 2})
	here, there := testrun.Sample(t), testrun.Sample(t)
	_, err := run(t.Context(), t, there, func(o *pipeline.Options) {
		o.Compute = onWrite(s.Opener(there, trino.Options{}), func(model string) {
			if model == "kosten_deel" {
				time.AfterFunc(400*time.Millisecond, func() { s.KillWorker(1) })
			}
		})
	})
	if err == nil || !strings.Contains(err.Error(), "a node of Trino was lost while it worked; nothing was published; run again") {
		t.Errorf("a node was killed, and the run says %v", err)
	}
	if _, err := os.Stat(filepath.Join(there, "latest")); err == nil {
		t.Error("something was published")
	}
	clean(t, s, there)
	if err := s.StartWorker(t.Context()); err != nil {
		t.Fatal(err)
	}
	both(t, here, there, s, trino.Options{})
}
