package duckdb

import (
	"context"
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	duck "github.com/duckdb/duckdb-go/v2"

	"stapel/transforms"
)

func open(t *testing.T, dir string, threads int) *Engine {
	t.Helper()
	e, err := Open(t.Context(), Options{Dirs: []string{dir}, Spill: filepath.Join(dir, "spill"), MemoryMB: 512, Threads: threads})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	return e
}

// TestLockedDown: a model can read and write below the folders that the engine is given, and nowhere else, and can't change that.
func TestLockedDown(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	secret := filepath.Join(outside, "geheim.csv")
	if err := os.WriteFile(secret, []byte("a\n1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(outside, filepath.Join(dir, "sluipweg")); err != nil {
		t.Fatal(err)
	}
	e := open(t, dir, 1)
	for name, query := range map[string]string{
		"file outside":     "select count(*) from read_csv('" + secret + "')",
		"system file":      "select count(*) from read_text('/etc/hostname')",
		"up and out":       "select count(*) from read_csv('" + dir + "/../" + filepath.Base(outside) + "/geheim.csv')",
		"symbolic link":    "select count(*) from read_csv('" + dir + "/sluipweg/geheim.csv')",
		"network":          "select count(*) from read_csv('https://example.invalid/x.csv')",
		"install":          "install httpfs",
		"load":             "load httpfs",
		"attach":           "attach '" + outside + "/x.db'",
		"write outside":    "copy (select 1) to '" + outside + "/uit.csv'",
		"external access":  "set enable_external_access = true",
		"allowed folders":  "set allowed_directories = ['/']",
		"environment":      "select getenv('HOME')",
		"unlock":           "set lock_configuration = false",
		"persisted secret": "create persistent secret s (type s3)",
	} {
		if err := e.exec(t.Context(), name, query); err == nil {
			t.Errorf("%s: %q works", name, query)
		}
	}
	if _, err := os.Stat(filepath.Join(outside, "uit.csv")); err == nil {
		t.Error("a file was written outside")
	}
	if _, err := e.Write(t.Context(), "binnen", "select 1 as a", nil, filepath.Join(dir, "in.parquet")); err != nil {
		t.Errorf("below its folder it works: %v", err)
	}
}

// TestFolders: each of the folders is open, also one that is made later; what lies beside them is not, also when its name begins as
// theirs does; and without folders nothing is.
func TestFolders(t *testing.T) {
	root := t.TempDir()
	in := func(parts ...string) string { return filepath.Join(append([]string{root}, parts...)...) }
	for _, name := range []string{"wmo", "wmo_oud", "persoon", "later"} {
		e := open(t, in(name), 1)
		if _, err := e.Write(t.Context(), name, "select 1 as a", nil, in(name, "x.parquet")); err != nil {
			t.Fatal(err)
		}
	}
	e, err := Open(t.Context(), Options{Dirs: []string{in("wmo"), in("nog niet")}, Spill: in("spill"), MemoryMB: 512})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	if err := os.Rename(in("later"), in("nog niet")); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]bool{"wmo": true, "nog niet": true, "wmo_oud": false, "persoon": false, "wmo/../persoon": false} {
		n, err := e.Count(t.Context(), name, "select count(*) from '"+root+"/"+name+"/x.parquet'")
		if (err == nil) != want || want && n != 1 {
			t.Errorf("%s: %d rows, %v", name, n, err)
		}
	}
	if _, err := e.Count(t.Context(), "alle", "select count(*) from '"+root+"/*/x.parquet'"); err == nil {
		t.Error("a pattern over all folders is read")
	}
	none, err := Open(t.Context(), Options{Spill: in("spill"), MemoryMB: 512})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { none.Close() })
	if _, err := none.Count(t.Context(), "wmo", "select count(*) from '"+in("wmo", "x.parquet")+"'"); err == nil {
		t.Error("an engine without folders reads a file")
	}
}

// TestSameBytes: the bytes of a mart depend on rows and order, not on the number of threads.
func TestSameBytes(t *testing.T) {
	const query = "select i % 1000 as k, i as v, cast(sum(i) over (partition by i % 7 order by i) as bigint) as s from range(500000) as t(i)"
	var first []byte
	for _, threads := range []int{1, 2, 4, 2} {
		dir := t.TempDir()
		e := open(t, dir, threads)
		file := filepath.Join(dir, "m.parquet")
		rows, err := e.Write(t.Context(), "m", query, []string{"k", "v"}, file)
		if err != nil || rows != 500000 {
			t.Fatalf("%d rows, %v", rows, err)
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = data
		} else if string(first) != string(data) {
			t.Errorf("%d threads give other bytes than 1", threads)
		}
		if st, _ := os.Stat(file); st.Mode().Perm() != 0o600 {
			t.Errorf("the file has mode %o", st.Mode().Perm())
		}
	}
}

func TestWriteLeavesNothingBroken(t *testing.T) {
	dir := t.TempDir()
	e := open(t, dir, 1)
	file := filepath.Join(dir, "m.parquet")
	if _, err := e.Write(t.Context(), "m", "select error('kapot') as a", nil, file); err == nil {
		t.Error("a failing query gives no error")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := e.Write(ctx, "m", "select 1 as a", nil, file); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled write gives %v", err)
	}
	if _, err := os.Stat(file); err == nil {
		t.Error("a broken file stays behind")
	}
	if _, err := e.Write(t.Context(), "m", "select 1 as a", nil, file); err != nil {
		t.Fatal(err)
	}
	if _, err := e.Write(t.Context(), "m", "select 2 as a", nil, file); err == nil {
		t.Error("an existing file is overwritten")
	}
}

func TestBind(t *testing.T) {
	dir := t.TempDir()
	e := open(t, dir, 1)
	cols := []transforms.Column{{Name: "b", Type: transforms.Ct}, {Name: "d", Type: transforms.Datum}}
	if err := e.Bind(t.Context(), "leeg", nil, cols); err != nil {
		t.Fatal(err)
	}
	if n, err := e.Count(t.Context(), "leeg", "select count(*) from leeg"); err != nil || n != 0 {
		t.Errorf("a name without files has %d rows, %v", n, err)
	}
	got, err := e.Describe(t.Context(), "leeg")
	if err != nil || len(got) != 2 || got[0] != [2]string{"b", "BIGINT"} || got[1] != [2]string{"d", "DATE"} {
		t.Errorf("its columns are %v, %v", got, err)
	}
	quoted := filepath.Join(dir, "o'brien.parquet")
	if _, err := e.Write(t.Context(), "m", "select cast(7 as bigint) as b, date '2025-01-01' as d, 'x' as extra", nil, quoted); err != nil {
		t.Fatal(err)
	}
	if err := e.Bind(t.Context(), "vol", []string{quoted, quoted}, cols); err != nil {
		t.Fatal(err)
	}
	if n, err := e.Count(t.Context(), "vol", "select cast(sum(b) as bigint) from vol"); err != nil || n != 14 {
		t.Errorf("two files sum to %d, %v", n, err)
	}
	if err := e.Bind(t.Context(), "mis", []string{quoted}, []transforms.Column{{Name: "ontbreekt", Type: transforms.Ct}}); err == nil {
		t.Error("a column that the file does not have is bound")
	}
}

// TestErrorsHoldNoData: a conversion error of DuckDB quotes the value; ours does not.
func TestErrorsHoldNoData(t *testing.T) {
	e := open(t, t.TempDir(), 1)
	_, err := e.Count(t.Context(), "som", "select cast(x as bigint) from (values ('v1_geheim')) as t(x)")
	if err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("the error is %v", err)
	}
	_, err = e.Count(t.Context(), "som", "select zzz from (values (1)) as t(x)")
	if err == nil || !strings.Contains(err.Error(), "zzz") {
		t.Errorf("an error about the query itself names what is wrong: %v", err)
	}
}

// TestOneNumber: a count is one BIGINT; an empty one, another type, and more or fewer rows are errors.
func TestOneNumber(t *testing.T) {
	e := open(t, t.TempDir(), 1)
	if n, err := e.Count(t.Context(), "som", "select cast(-7 as bigint)"); n != -7 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	for _, query := range []string{"select cast(null as bigint)", "select 7", "select cast(7 as hugeint)", "select i from range(2) as t(i)",
		"select i from range(5000) as t(i)", "select i from range(0) as t(i)", "select i, i from range(1) as t(i)", "select cast(7 as bigint)\x00"} {
		if n, err := e.Count(t.Context(), "som", query); err == nil {
			t.Errorf("%s: %d", query, n)
		}
	}
}

// TestInterrupt: a statement stops when its context is done, and the next one works.
func TestInterrupt(t *testing.T) {
	e := open(t, t.TempDir(), 2)
	for _, wait := range []time.Duration{0, time.Millisecond, 50 * time.Millisecond} {
		ctx, cancel := context.WithTimeout(t.Context(), wait)
		if _, err := e.Count(ctx, "som", "select count(*) from range(1000000) a(i), range(1000000) b(j) where (i * j) % 7 = 3"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%v", err)
		}
		cancel()
		if n, err := e.Count(t.Context(), "som", "select count(*) from range(7)"); n != 7 || err != nil {
			t.Errorf("after it: %d, %v", n, err)
		}
	}
}

// TestPrelude checks the few functions that differ between engines against rules 1 and methods 3: what Trino gives, DuckDB gives.
func TestPrelude(t *testing.T) {
	e := open(t, t.TempDir(), 1)
	for expr, want := range map[string]string{
		"deel(100, 1, 3)": "33", "deel(100, 2, 3)": "66", "deel(100, 3, 3)": "100", "deel(-100, 1, 3)": "-33", "deel(0, 1, 3)": "0",
		"deel(cast(99999999999 as bigint), 31, 366)":                            "8469945355",
		"deel(cast(1000000000000 as bigint), 3652058, cast(3652059 as bigint))": "999999726181", // the largest amount, over all days there are
		"deel(100, 1, 0)":                                                       "",
		"deel(cast(null as bigint), 1, 3)":                                      "",
		"deel(100, cast(null as bigint), 3)":                                    "",
		"id_tekst('h', cast(-1 as bigint))":                                     "onbekend",
		"id_tekst('h', cast(255 as bigint))":                                    "h-00000000000000ff",
		"id_tekst('p', 9223372036854775807)":                                    "p-7fffffffffffffff",
		"id_tekst('p', cast(null as bigint))":                                   "",
		"date_diff('day', date '2024-02-28', plus_dagen(date '2024-02-28', 2))": "2",
		"plus_dagen(date '2024-12-31', cast(1 as bigint))":                      "2025-01-01",
		"plus_dagen(cast(null as date), cast(1 as bigint))":                     "",
		"array_join(array_agg(x order by x), '|')":                              "a|b",
		"concat(x, '', ' ', 'c')":                                               "a c",
		"greatest(cast(2 as bigint), 10)":                                       "10",
		"least('b', x)":                                                         "a",
		"greatest(date '2024-01-01', date '2023-12-31')":                        "2024-01-01",
		"least(cast(3 as bigint), cast(-1 as bigint), cast(2 as bigint))":       "-1",
	} {
		from := "(values ('a')) as t(x)"
		if strings.Contains(expr, "array_agg") {
			from = "(values ('b'), ('a'), (cast(null as varchar))) as t(x)"
		}
		query := fmt.Sprintf("select case when cast(%s as varchar) is not distinct from %s then cast(1 as bigint) else 0 end from %s", expr, text(want), from)
		if got, err := e.Count(t.Context(), expr, query); err != nil || got != 1 {
			t.Errorf("%s is not %q, %v", expr, want, err)
		}
	}
	// a function of so many arguments is NULL where one of them is, and where none is it is what the engine's own is
	for name, most := range map[string]int{"concat": 16, "greatest": 4, "least": 4} {
		for n := 2; n <= most; n++ {
			args := make([]string, n)
			for i := range args {
				args[i] = fmt.Sprintf("'%d'", (i*7+3)%10)
			}
			full := strings.Join(args, ", ")
			query := fmt.Sprintf("select case when %s(%s) = system.main.%[1]s(%[2]s) then cast(0 as bigint) else 1 end", name, full)
			for i := range args {
				was := args[i]
				args[i] = "cast(null as varchar)"
				query += fmt.Sprintf(" + case when %s(%s) is null then 0 else 1 end", name, strings.Join(args, ", "))
				args[i] = was
			}
			if wrong, err := e.Count(t.Context(), name, query); err != nil || wrong != 0 {
				t.Errorf("%s of %d arguments: %d wrong, %v", name, n, wrong, err)
			}
		}
	}
}

// text is a value in SQL; none when it is empty.
func text(v string) string {
	if v == "" {
		return "cast(null as varchar)"
	}
	return "'" + v + "'"
}

// TestTables: the engine's own list of what a SELECT reads, also what its list of names leaves out.
func TestTables(t *testing.T) {
	e := open(t, t.TempDir(), 1)
	for query, want := range map[string]string{
		"select * from b join a on true": "a b",
		"with c as (select * from a), d as (select * from c where exists (select 1 from e)) select * from d": "a e",
		"with recursive r as (select 1 as a union all select a + 1 from r where a < 3) select * from r":      "",
		"with a as (select * from a) select * from a":                                                        "a",
		"select * from (with q as (select 1 as a) select * from q) as s join q on true":                      "q",
		"select (select max(a) from h) from i where j in (select k from l) order by (select 1 from m)":       "h i l m",
		"select * from '/x/y.parquet'":               "/x/y.parquet",
		"select * from read_parquet('/x/y.parquet')": "read_parquet()",
		"select * from a, glob('*')":                 "a glob()",
		"select * from query('select * from a')":     "query()",
		"select * from information_schema.tables":    "information_schema.tables",
		"select * from sqlite_master":                "sqlite_master",
		"select * from main.a":                       "main.a",
		"select * from (describe a)":                 "a describe()",
		"values (1)":                                 "",
		"with A as (select 1 as x) select a.x, (select max(x) from a) from a order by (select 1 from A)":          "",
		"with a as (select * from b), b as (select * from a) select * from b":                                     "b",
		"select * from (with b as (select 1 as x) select x from b union all select x from a) as s, b":             "a b",
		"with b as (select 1 as x union all select y from c), c as (select 1 as y) select * from b":               "c",
		"with recursive r as (select 1 as a union all select a + 1 from r, s) select * from r, (select * from a)": "a s",
		"with recursive r as (select a from r union all select a from r where a in (select 1 from t)) select 1":   "r t",
	} {
		got, err := e.Tables(t.Context(), query)
		if err != nil || strings.Join(got, " ") != want {
			t.Errorf("%s: %q, %v; want %q", query, got, err, want)
		}
	}
	for _, query := range []string{"select 1; select * from a", "drop table a", "copy a to 'x'", "select a from", "pivot a on b", "", "load 'x'"} {
		if got, err := e.Tables(t.Context(), query); err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%q: %q, %v", query, got, err)
		}
	}
}

// TestErrorsAreOneLine: what the engine lacks is said in one line with the setting or the folder to change.
func TestErrorsAreOneLine(t *testing.T) {
	const big = "select count(*) from (select i, repeat('x', 200) as s, row_number() over (partition by i % 100000 order by i desc) as n from range(3000000) as t(i)) as q where n > 0 and s > ''"
	small := func(spillMB int) error {
		dir := t.TempDir()
		e, err := Open(t.Context(), Options{Dirs: []string{dir}, Spill: filepath.Join(dir, "spill"), MemoryMB: 40, Threads: 1, spillMB: spillMB})
		if err != nil {
			t.Fatal(err)
		}
		defer e.Close()
		if spillMB == 0 { // an aggregate that can't be written away
			_, err = e.Count(t.Context(), "som", "select length(string_agg(repeat('x', 100), '')) from range(3000000) as t(i)")
			return err
		}
		_, err = e.Count(t.Context(), "som", big)
		return err
	}
	for want, err := range map[string]error{
		"som: computing needs more memory than engine.memory_mb allows (40 MB); raise engine.memory_mb": small(0),
		"som: no space left on the disk of ": small(1),
	} {
		if err == nil || !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "\n") || strings.Contains(err.Error(), "pragma") {
			t.Errorf("%v; want %q", err, want)
		}
	}
	e := open(t, t.TempDir(), 1)
	for query, want := range map[string]string{
		"select zzz from (values (1)) as t(x)":  "zzz",
		"select * from 'ergens/anders.parquet'": "may not use",
		"select * frm x":                        "syntax error",
		"select cast('v1_geheim' as bigint)":    "left out",
		"select error('v1_geheim')":             "left out",
	} {
		if _, err := e.Count(t.Context(), "som", query); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "\n") ||
			strings.Contains(err.Error(), "geheim") || strings.Contains(err.Error(), "anders") {
			t.Errorf("%s: %v; want one line about %q", query, err, want)
		}
	}
}

// TestFullDiskIsSaid: an error of the file system names the folder and what to do, not DuckDB's text.
func TestFullDiskIsSaid(t *testing.T) {
	e := open(t, t.TempDir(), 1)
	err := e.explain("kosten", "/data/runs", &duck.Error{Type: duck.ErrorTypeIO, Msg: "IO Error: Could not write file \"/data/runs/x\": No space left on device\nmore"})
	if want := "kosten: no space left on the disk of /data/runs; make room there"; !strings.HasPrefix(err.Error(), want) || strings.Contains(err.Error(), "\n") {
		t.Errorf("%v; want %q", err, want)
	}
}

// TestWideDouble: what concentratie says of a sum of more than 64 bits is the double nearest to it, as on Trino.
func TestWideDouble(t *testing.T) {
	e := open(t, t.TempDir(), 1)
	random := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		n := new(big.Int).SetUint64(random.Uint64())
		n.Lsh(n, uint(random.IntN(30))).Add(n, new(big.Int).SetUint64(random.Uint64()))
		want, _ := new(big.Float).SetInt(n).Float64()
		got, err := e.Count(t.Context(), "som", fmt.Sprintf("select count(*) from (select cast(cast(cast('%s' as decimal(38, 0)) as varchar) as double) as x) where x = cast('%s' as double)",
			n, strconv.FormatFloat(want, 'g', -1, 64)))
		if err != nil || got != 1 {
			t.Errorf("%s is not %v: %v", n, want, err)
		}
	}
}
