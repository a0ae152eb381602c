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
	server *trinotest.Server
	err    error
}

func TestMain(m *testing.M) {
	code := m.Run()
	stopPlain()
	os.Exit(code)
}

// stopPlain stops it; the next that wants it starts another.
func stopPlain() {
	if plain.server != nil {
		plain.server.Stop()
		plain.server = nil
	}
}

func server(t *testing.T) *trinotest.Server {
	t.Helper()
	if plain.server == nil {
		plain.server, plain.err = trinotest.Launch(context.Background(), trinotest.Options{})
	}
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

// defaults is the configuration as it is delivered, but for disclosure control: it takes longer than a run on DuckDB and is made of tables that are
// compared.
func defaults(t *testing.T) *config.Config {
	t.Helper()
	cfg, err := config.Load(config.Options{Set: map[string]any{"reports.werktafel": false}})
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

// both runs on two folders with the same inbox, with DuckDB and with Trino, to the last report, and holds the runs to each other.
func both(t *testing.T, here, there string, s *trinotest.Server, opt trino.Options) trinotest.Compared {
	t.Helper()
	if _, err := run(t.Context(), t, here, func(o *pipeline.Options) { o.Until = "" }); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	if _, err := run(t.Context(), t, there, func(o *pipeline.Options) { o.Until, o.Compute = "", s.Opener(there, opt) }); err != nil {
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
	for dir, may := range map[string][]string{s.Shared(): nil, s.Root: {"metastore", filepath.Base(s.Shared())}} {
		left, err := os.ReadDir(dir)
		left = slices.DeleteFunc(left, func(d os.DirEntry) bool { return slices.Contains(may, d.Name()) })
		if err != nil || len(left) > 0 {
			t.Errorf("what is left in %s: %v, %v", dir, left, err)
		}
	}
	if _, err := os.Stat(filepath.Join(data, ".elders")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the ledger is left: %v", err)
	}
}

// TestConformanceDemo: the sample gives the same on both engines, to the byte.
func TestConformanceDemo(t *testing.T) {
	s := server(t)
	of := both(t, testrun.Sample(t), testrun.Sample(t), s, trino.Options{})
	if of.Models < 150 || of.Checks < 150 || of.Rows < 100_000 || of.Outputs < 50 {
		t.Errorf("little was compared: %+v", of)
	}
}

// TestConformanceLongRepeated: a run of DuckDB that is repeated on Trino, which puts the marts in order itself, is the same run, and so is that one repeated;
// a mart that was changed since is found.
func TestConformanceLongRepeated(t *testing.T) {
	long(t)
	s := server(t)
	data := testrun.Sample(t)
	first, err := run(t.Context(), t, data, func(*pipeline.Options) {})
	if err != nil {
		t.Fatal(err)
	}
	onTrino := func(o *pipeline.Options) { o.Compute = s.Opener(data, trino.Options{SortRows: 1}) }
	again, err := run(t.Context(), t, data, onTrino)
	if err != nil || again.RunID != first.RunID {
		t.Fatal(err)
	}
	if err := os.RemoveAll(first.Folder); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if _, err := run(t.Context(), t, data, onTrino); err != nil {
			t.Fatal(err)
		}
	}
	mart := filepath.Join(first.Folder, "marts", "lorenz.parquet")
	other, err := os.ReadFile(filepath.Join(first.Folder, "marts", "concentratie.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(mart, other, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := run(t.Context(), t, data, func(*pipeline.Options) {}); err == nil || !strings.Contains(err.Error(), "was published before with other bytes") {
		t.Error(err)
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

// slowed is an engine that takes minutes for one model, and does something while it computes that.
type slowed struct {
	engine.Engine
	model string
	while func()
}

func (e slowed) Write(ctx context.Context, name, query string, orderBy []string, file string) (int64, error) {
	if name == e.model {
		go e.while()
		query = "select * from (" + query + ") as q where 0 = (select count(*) from lake_regel a cross join lake_regel b where a.regel * b.regel < 0)"
	}
	return e.Engine.Write(ctx, name, query, orderBy, file)
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
	for range 600 {
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

// TestConformanceLogin: a run is let in with a password, over TLS, under rules that let nobody else see anything of it; with a token an engine is; and
// with neither it is not.
func TestConformanceLogin(t *testing.T) {
	rules, err := os.ReadFile("testdata/rules.json")
	if err != nil {
		t.Fatal(err)
	}
	stopPlain() // two servers at a time are more than a small machine has room for
	for name, login := range map[string]trinotest.Login{"password": trinotest.Password, "token": trinotest.Token} {
		t.Run(name, func(t *testing.T) {
			s := trinotest.Start(t, trinotest.Options{Login: login, Rules: string(rules)})
			data := testrun.Sample(t)
			tried := 0
			open := onWrite(s.Opener(data, trino.Options{}), func(model string) {
				if model == "ranglijst" || model == "zelf" {
					othersSeeNothing(t, s)
					tried++
				}
			})
			if login == trinotest.Password {
				_, err = run(t.Context(), t, data, func(o *pipeline.Options) { o.Compute = open })
			} else {
				err = one(t, open)
			}
			if err != nil || tried != 1 {
				t.Error(err, tried)
			}
			clean(t, s, data)
			if err := one(t, s.Opener(testrun.Sample(t), trino.Options{PasswordFile: wrong(t)})); err == nil || !strings.Contains(err.Error(), "Trino does not let trino.user in") {
				t.Error(err)
			}
		})
	}
}

// one computes one table.
func one(t *testing.T, open engine.Open) error {
	dir := t.TempDir()
	e, err := open(t.Context(), []string{dir}, filepath.Join(dir, "spill"))
	if err != nil {
		return err
	}
	n, err := e.Write(t.Context(), "zelf", "select cast(1 as bigint) as a union all select cast(2 as bigint)", []string{"a"}, filepath.Join(dir, "zelf.parquet"))
	if err == nil && n != 2 {
		t.Errorf("%d rows", n)
	}
	return errors.Join(err, e.Close())
}

// othersSeeNothing holds that another user, who may ask, is refused all that a run made, what it asks, and that it is there.
func othersSeeNothing(t *testing.T, s *trinotest.Server) {
	t.Helper()
	rows, err := s.Query(t.Context(), trinotest.User, "select schema_name from hive.information_schema.schemata where schema_name like 'stapel%'")
	if err != nil || len(rows) != 1 {
		t.Fatalf("the run's user sees %v, %v", rows, err)
	}
	schema := rows[0][0].(string)
	tables, err := s.Query(t.Context(), trinotest.User, "select table_name from hive.information_schema.tables where table_schema = '"+schema+"'")
	if err != nil {
		t.Fatal(err)
	}
	statements := []string{"drop schema hive." + schema + " cascade", "create table hive." + schema + ".x (a bigint)",
		"select hive." + schema + ".deel(1, 2, 3)", "create schema hive.stapel_vreemd"}
	for _, table := range tables {
		statements = append(statements, fmt.Sprintf("select * from hive.%s.%s", schema, table[0]))
	}
	for _, statement := range statements {
		rows, err := s.Query(t.Context(), trinotest.Other, statement)
		if err == nil || !strings.Contains(err.Error(), "Access Denied") && !strings.Contains(err.Error(), "FUNCTION_NOT_FOUND") && !strings.Contains(err.Error(), "does not exist") {
			t.Errorf("another user gets %d rows of %q: %v", len(rows), statement, err)
		}
	}
	for _, list := range []string{"select schema_name from hive.information_schema.schemata where schema_name like 'stapel%'",
		"select table_name from hive.information_schema.tables where table_schema like 'stapel%'",
		"select query from system.runtime.queries where \"user\" = '" + trinotest.User + "'"} {
		if rows, err := s.Query(t.Context(), trinotest.Other, list); err == nil && len(rows) > 0 {
			t.Errorf("another user gets %d rows of %q", len(rows), list)
		}
	}
	if rows, err := s.Query(t.Context(), trinotest.Other, "select 1"); err != nil || len(rows) != 1 {
		t.Errorf("another user may not ask at all, so that nothing was tried: %v", err)
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

// killAtWork kills a worker while it works at a query; false when it never did.
func killAtWork(t *testing.T, s *trinotest.Server) bool {
	for range 1000 {
		rows, err := s.Query(t.Context(), trinotest.User, "select count(*) from system.runtime.tasks t join system.runtime.queries q on q.query_id = t.query_id "+
			"where t.node_id = 'worker1' and t.state = 'RUNNING' and q.query like 'insert%'")
		if err != nil {
			t.Error(err)
			return false
		}
		if rows[0][0].(float64) > 0 {
			s.KillWorker(1)
			return true
		}
	}
	return false
}

// TestConformanceLongLostNode: with two nodes a run gives the same; when one is killed during a query the run fails with a message that says so,
// leaves nothing behind, and succeeds when it is repeated.
func TestConformanceLongLostNode(t *testing.T) {
	long(t)
	s := trinotest.Start(t, trinotest.Options{Workers: 2})
	here, there := testrun.Sample(t), testrun.Sample(t)
	killed := make(chan bool, 1)
	_, err := run(t.Context(), t, there, func(o *pipeline.Options) {
		o.Compute = engine.Wrap(s.Opener(there, trino.Options{}), func(e engine.Engine) engine.Engine {
			return slowed{e, "kosten_persoon", func() { killed <- killAtWork(t, s) }}
		})
	})
	if len(killed) == 0 || !<-killed {
		t.Fatal("no node was killed while it was at work")
	}
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
