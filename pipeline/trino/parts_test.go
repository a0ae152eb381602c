package trino

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/pipeline/duckdb"
	"stapel/pipeline/engine"
	"stapel/transforms"
)

// TestLedger: a schema that was made is remembered until it is dropped, and what is no schema of a run is not taken for one.
func TestLedger(t *testing.T) {
	l := ledger{filepath.Join(t.TempDir(), "elders")}
	made := func(schema, address string) pending {
		return pending{schema, address, "hive", "/mnt/gedeeld/" + schema, "/data"}
	}
	a, b := made("stapel_0123456789abcdef", "https://x:1"), made("stapel_fedcba9876543210", "https://y:1")
	want := func(want ...pending) {
		t.Helper()
		if got, err := l.list(); err != nil || !slices.Equal(got, want) {
			t.Errorf("%v, %v; want %v", got, err, want)
		}
	}
	want()
	for _, p := range []pending{a, b} {
		if err := l.add(p); err != nil {
			t.Fatal(err)
		}
	}
	want(a, b)
	f, err := os.OpenFile(l.file, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	// not ours, a folder that is not the schema's, and a line that was cut off
	f.WriteString("../../etc\thttps://x:1\thive\t/etc\t/data\npublic\thttps://x:1\thive\t/x/public\t/data\n" +
		"stapel_0123456789abcdef\thttps://x:1\thive\t/etc\t/data\nstapel_0123456789ab")
	f.Close()
	want(a, b)
	for _, p := range []pending{a, b} {
		if err := l.drop(p); err != nil {
			t.Fatal(err)
		}
	}
	want()
	if _, err := os.Stat(l.file); err == nil {
		t.Error("an empty ledger stays")
	}
}

// TestBatches: every question is asked once, in order, and many small ones together.
func TestBatches(t *testing.T) {
	var asks []engine.Ask
	for i := range 200 {
		asks = append(asks, engine.Ask{Name: "a", Query: strings.Repeat("x", 1+i*37%2*4000+i)})
	}
	next, long := 0, 0
	for _, b := range inBatches(asks) {
		size := 0
		for _, a := range asks[b.from:b.to] {
			size += len(a.Query)
		}
		if b.from != next || b.to <= b.from || size > batchBytes && b.to > b.from+1 || b.to-b.from > batchAsks {
			t.Fatalf("%v of %d bytes after %d", b, size, next)
		}
		next, long = b.to, max(long, b.to-b.from)
	}
	if next != len(asks) || inBatches(nil) != nil {
		t.Errorf("%d of %d are asked", next, len(asks))
	}
	if small := inBatches(make([]engine.Ask, 2*batchAsks)); len(small) != 2 {
		t.Errorf("%d statements for what goes into two", len(small))
	}
}

// TestPlace: an answer that lacks a number, or has one twice, is none.
func TestPlace(t *testing.T) {
	for _, c := range []struct {
		rows [][]string
		want bool
	}{
		{[][]string{{"1", "30"}, {"0", "20"}}, true},
		{[][]string{{"0", "20"}}, false},
		{[][]string{{"0", "20"}, {"0", "30"}}, false},
		{[][]string{{"0", "20"}, {"2", "30"}}, false},
		{[][]string{{"0", "20"}, {"1", "veel"}}, false},
		{[][]string{{"0", "20"}, {"1", "30"}, {"1", "30"}}, false},
	} {
		numbers := make([]int64, 2)
		if got := place(c.rows, numbers); got != c.want || got && !slices.Equal(numbers, []int64{20, 30}) {
			t.Errorf("%v: %t, %v", c.rows, got, numbers)
		}
	}
}

// TestBatchFails: when a statement of many fails, the error names the one that is wrong; and Trino's numbers go where they were asked.
func TestBatchFails(t *testing.T) {
	c := newCoordinator(t, func(s string) ([][]any, map[string]any, bool) {
		if strings.Contains(s, "kapot") {
			return nil, map[string]any{"errorName": "TABLE_NOT_FOUND", "errorType": "USER_ERROR", "message": "line 1:1: there is no kapot"}, true
		}
		return [][]any{{"3"}}, nil, true
	})
	done := 0
	_, err := at(t, c).Counts(t.Context(), []engine.Ask{{Name: "goed", Query: "select 1"}, {Name: "fout", Query: "select kapot"}, {Name: "ook", Query: "select 2"}},
		func() { done++ })
	if err == nil || err.Error() != "fout: line 1:1: there is no kapot" || done != 3 {
		t.Errorf("%v after %d", err, done)
	}
}

// TestDigest: the digest of the files differs when any value of any column does, is the same whatever the order of rows, and is one that Trino can
// be asked too.
func TestDigest(t *testing.T) {
	dir := t.TempDir()
	duck, err := duckdb.Open(t.Context(), duckdb.Options{Dirs: []string{dir}, Spill: filepath.Join(dir, "spill"), MemoryMB: 512, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer duck.Close()
	columns := []transforms.Column{{Name: "n", Type: transforms.Aantal}, {Name: "d", Type: transforms.Datum}, {Name: "b", Type: transforms.Vlag},
		{Name: "t", Type: transforms.Tekst}, {Name: "x", Type: transforms.Getal}}
	of := func(name, values string) string {
		t.Helper()
		file := filepath.Join(dir, name+".parquet")
		query := "select cast(n as bigint) as n, cast(d as date) as d, cast(b as boolean) as b, cast(t as varchar) as t, cast(x as double) as x from (values " + values + ") as v(n, d, b, t, x)"
		if _, err := duck.Write(t.Context(), name, query, nil, file); err != nil {
			t.Fatal(err)
		}
		e := &Engine{duck: duck}
		got, err := e.digestHere(t.Context(), bound{name, []string{file}, columns})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	first := of("a", "(1, '2024-02-29', true, 'abc', 0.5), (9223372036854775807, '1969-12-31', null, 'é', -2.25)")
	if other := of("b", "(9223372036854775807, '1969-12-31', null, 'é', -2.25), (1, '2024-02-29', true, 'abc', 0.5)"); other != first {
		t.Errorf("another order gives %s, not %s", other, first)
	}
	for name, values := range map[string]string{
		"number": "(2, '2024-02-29', true, 'abc', 0.5), (9223372036854775807, '1969-12-31', null, 'é', -2.25)",
		"day":    "(1, '2024-02-28', true, 'abc', 0.5), (9223372036854775807, '1969-12-31', null, 'é', -2.25)",
		"flag":   "(1, '2024-02-29', false, 'abc', 0.5), (9223372036854775807, '1969-12-31', null, 'é', -2.25)",
		"text":   "(1, '2024-02-29', true, 'abd', 0.5), (9223372036854775807, '1969-12-31', null, 'é', -2.25)",
		"share":  "(1, '2024-02-29', true, 'abc', 0.25), (9223372036854775807, '1969-12-31', null, 'é', -2.25)",
		"empty":  "(1, '2024-02-29', true, 'abc', 0.5), (9223372036854775807, '1969-12-31', false, 'é', -2.25)",
		"fewer":  "(1, '2024-02-29', true, 'abc', 0.5)",
	} {
		if other := of("c_"+name, values); other == first {
			t.Errorf("%s: the digest does not see it", name)
		}
	}
	// md5('abc') begins with 90 01 50 98 3c d2 4f; Trino's answers are those of a Trino 476
	if got := of("d", "(-1, '1970-01-01', true, 'abc', 1.5)"); got != "1|1|-1|1|0|1|1|1|40533842309468751|1|1500000" {
		t.Errorf("the digest is %s", got)
	}
}

// TestFunctions: the prelude is statements that make functions, and each can be dropped by its name and types.
func TestFunctions(t *testing.T) {
	all := functions()
	for _, s := range all {
		head, _, ok := strings.Cut(strings.TrimPrefix(s, "create function "), " returns ")
		if !strings.HasPrefix(s, "create function ") || !ok || strings.ContainsAny(s, ";\n") {
			t.Errorf("%q is not one statement that makes a function", s)
		}
		if sig := signature(head); !strings.HasSuffix(sig, ")") || strings.Count(sig, " ") != strings.Count(sig, ",") {
			t.Errorf("%q is called %q", head, sig)
		}
	}
	if len(all) < 3 {
		t.Errorf("%d functions", len(all))
	}
	if got := signature("deel(c bigint, n bigint, l bigint)"); got != "deel(bigint, bigint, bigint)" {
		t.Error(got)
	}
}

// TestLocation: a folder of the run is below what the catalog calls the shared one.
func TestLocation(t *testing.T) {
	for location, want := range map[string]string{"local:///": "local:///stapel_x/lid_1", "local:///stapel": "local:///stapel/stapel_x/lid_1",
		"s3://emmer/map/": "s3://emmer/map/stapel_x/lid_1"} {
		e := &Engine{opt: Options{Location: location}, schema: "stapel_x"}
		if got := e.location("/mnt/gedeeld/stapel_x/lid_1"); got != want {
			t.Errorf("%s: %s, want %s", location, got, want)
		}
	}
}

// TestSharedDir: the folder that both sides see is there, and is nobody else's.
func TestSharedDir(t *testing.T) {
	dir := t.TempDir()
	for _, mode := range []os.FileMode{0o755, 0o770, 0o710} {
		os.Chmod(dir, mode)
		if _, err := sharedDir(dir); err == nil || !strings.Contains(err.Error(), fmt.Sprintf("others can open it (mode %04o)", mode)) {
			t.Error(err)
		}
	}
	os.Chmod(dir, 0o700)
	if _, err := sharedDir(dir); err != nil {
		t.Error(err)
	}
	if _, err := sharedDir(filepath.Join(dir, "niet")); err == nil || !strings.HasPrefix(err.Error(), "trino.shared_dir: ") {
		t.Error(err)
	}
}

// TestDataApart: a data folder in the shared one is refused, for Trino would reach its inbox and key table.
func TestDataApart(t *testing.T) {
	shared := t.TempDir()
	os.Chmod(shared, 0o700)
	for _, data := range []string{shared, filepath.Join(shared, "data")} {
		_, err := Open(t.Context(), Options{SharedDir: shared, Ledger: filepath.Join(data, ".elders")}, nil, nil, "")
		if err == nil || !strings.Contains(err.Error(), "the data folder lies in trino.shared_dir") {
			t.Errorf("%s: %v", data, err)
		}
	}
}

// TestOpenFails: an engine that can't be opened leaves no folder and no line behind, also when it gets as far as its functions.
func TestOpenFails(t *testing.T) {
	for _, at := range []string{"create schema", "create function", "local"} {
		c := newCoordinator(t, func(s string) ([][]any, map[string]any, bool) {
			if strings.HasPrefix(s, at) {
				return nil, map[string]any{"errorName": "PERMISSION_DENIED", "errorType": "USER_ERROR", "message": "x"}, true
			}
			return nil, nil, true
		})
		shared, data := t.TempDir(), t.TempDir()
		os.Chmod(shared, 0o700)
		_, err := Open(t.Context(), Options{Address: c.URL, User: "stapel", Catalog: "hive", SchemaPrefix: "stapel_", SharedDir: shared, Location: "local:///x",
			Ledger: filepath.Join(data, "elders")}, func(context.Context, []string, string) (Local, error) { return nil, os.ErrPermission }, nil, "")
		if err == nil {
			t.Errorf("%s: it opens", at)
		}
		for _, dir := range []string{shared, data} {
			if left, _ := os.ReadDir(dir); len(left) > 0 {
				t.Errorf("%s: %s is left behind", at, left[0].Name())
			}
		}
		last := c.asked[len(c.asked)-1]
		if !strings.HasPrefix(last, "drop schema if exists hive.stapel_") {
			t.Errorf("%s: the last statement is %q", at, last)
		}
	}
}

// TestCloseFails: what can't be dropped is no error of the run, its files are gone all the same, and the next to open drops it.
func TestCloseFails(t *testing.T) {
	deaf := true
	c := newCoordinator(t, func(s string) ([][]any, map[string]any, bool) {
		if deaf && strings.HasPrefix(s, "drop schema") {
			return nil, map[string]any{"errorName": "PERMISSION_DENIED", "errorType": "USER_ERROR", "message": "x"}, true
		}
		return nil, nil, true
	})
	shared, data := t.TempDir(), t.TempDir()
	os.Chmod(shared, 0o700)
	opt := Options{Address: c.URL, User: "stapel", Catalog: "hive", SchemaPrefix: "stapel_", SharedDir: shared, Location: "local:///x", Ledger: filepath.Join(data, "elders")}
	local := func(ctx context.Context, dirs []string, spill string) (Local, error) {
		return duckdb.Open(ctx, duckdb.Options{Dirs: dirs, Spill: spill, MemoryMB: 256, Threads: 1})
	}
	first, err := Open(t.Context(), opt, local, nil, filepath.Join(data, "spill"))
	if err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Error(err)
	}
	if left, _ := os.ReadDir(shared); len(left) > 0 {
		t.Errorf("%s is left behind", left[0].Name())
	}
	if all, err := first.pending.list(); err != nil || !slices.Equal(all, []pending{first.own()}) {
		t.Fatalf("the ledger has %v, %v", all, err)
	}
	deaf = false
	second, err := Open(t.Context(), opt, local, nil, filepath.Join(data, "spill"))
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(c.asked, "drop schema if exists hive."+first.schema+" cascade") || first.schema == second.schema {
		t.Error("the schema of before is not dropped")
	}
	if all, _ := second.pending.list(); len(all) != 1 || all[0].schema != second.schema {
		t.Errorf("the ledger has %v", all)
	}
	if err := second.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(opt.Ledger); err == nil {
		t.Error("the ledger is left")
	}
	// what lies in another catalog can't be dropped, its files can; what is another data folder's is left alone
	for name, p := range map[string]pending{
		"catalog": {"stapel_0123456789abcdef", c.URL, "oud", filepath.Join(shared, "stapel_0123456789abcdef"), data},
		"folder":  {"stapel_0123456789abcdef", c.URL, "hive", filepath.Join(t.TempDir(), "stapel_0123456789abcdef"), data},
		"copy":    {"stapel_0123456789abcdef", c.URL, "hive", filepath.Join(shared, "stapel_0123456789abcdef"), "/elders"},
	} {
		if err := os.MkdirAll(p.dir, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := second.pending.add(p); err != nil {
			t.Fatal(err)
		}
		asked := len(c.asked)
		third, err := Open(t.Context(), opt, local, nil, filepath.Join(data, "spill"))
		if err != nil {
			t.Fatal(err)
		}
		if err := third.Close(); err != nil {
			t.Error(err)
		}
		_, there := os.Stat(p.dir)
		if gone := there != nil; gone != (name != "copy") {
			t.Errorf("%s: the folder is gone: %t", name, gone)
		}
		if dropped := slices.Contains(c.asked[asked:], "drop schema if exists hive."+p.schema+" cascade"); dropped != (name == "folder") {
			t.Errorf("%s: the schema is dropped: %t", name, dropped)
		}
		if all, _ := third.pending.list(); slices.Contains(all, p) != (name != "folder") {
			t.Errorf("%s: the ledger has %v", name, all)
		}
		os.Remove(opt.Ledger)
	}
}

// TestGoneIsDropped: a schema that is there no more does not keep a data folder from running.
func TestGoneIsDropped(t *testing.T) {
	c := newCoordinator(t, func(s string) ([][]any, map[string]any, bool) {
		if strings.HasPrefix(s, "drop function") {
			return nil, map[string]any{"errorName": "SCHEMA_NOT_FOUND", "errorType": "USER_ERROR", "message": "x"}, true
		}
		return nil, nil, true
	})
	e := at(t, c)
	e.pending = ledger{filepath.Join(t.TempDir(), "elders")}
	if err := e.dropSchema(t.Context(), "stapel_0123456789abcdef"); err != nil {
		t.Error(err)
	}
}

// TestWrittenWhole: rows that Trino does not find again are missed.
func TestWrittenWhole(t *testing.T) {
	c := newCoordinator(t, func(string) ([][]any, map[string]any, bool) { return [][]any{{"6"}}, nil, true })
	e := at(t, c)
	e.written = map[string]int64{"lid": 7}
	if _, err := e.Counts(t.Context(), nil, func() {}); err == nil || err.Error() != "lid: Trino wrote 7 rows and finds 6; every node has to see one folder at trino.location" {
		t.Error(err)
	}
	e.written = map[string]int64{"lid": 6}
	if _, err := e.Counts(t.Context(), nil, func() {}); err != nil || len(e.written) > 0 {
		t.Error(err, e.written)
	}
}

// TestNarrow: a table has the columns of the header in its order, whatever the SELECT gives beside them; a column that is not there is an error in
// the SELECT.
func TestNarrow(t *testing.T) {
	e := &Engine{tables: map[string]table{"s": {"table", [][2]string{{"b", "DATE"}, {"x", "BIGINT"}, {"a", "VARCHAR"}}, "/d"}}, handles: map[string]string{"f": "s"}}
	if err := e.Bind(t.Context(), "s", []string{"f"}, []transforms.Column{{Name: "a", Type: transforms.Tekst}, {Name: "b", Type: transforms.Datum}}); err != nil {
		t.Fatal(err)
	}
	if got, err := e.Describe(t.Context(), "s"); err != nil || !slices.Equal(got, [][2]string{{"a", "VARCHAR"}, {"b", "DATE"}}) {
		t.Error(got, err)
	}
	err := e.Bind(t.Context(), "s", []string{"f"}, []transforms.Column{{Name: "c", Type: transforms.Tekst}})
	if !engine.InQuery(err) || err.Error() != "bind s: it gives no column c" {
		t.Error(err)
	}
}

// TestInOrder: what is taken from Trino is in the order of the models, what is empty last.
func TestInOrder(t *testing.T) {
	dir := t.TempDir()
	duck, err := duckdb.Open(t.Context(), duckdb.Options{Dirs: []string{dir}, Spill: filepath.Join(dir, "spill"), MemoryMB: 256, Threads: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer duck.Close()
	for i, c := range []struct {
		values string
		want   bool
	}{
		{"(1, 'a', date '2024-01-01', false), (1, 'a', date '2024-01-01', true), (1, 'b', date '2023-01-01', true), (2, 'a', date '2024-01-01', false)", true},
		{"(1, 'a', date '2024-01-01', true), (1, 'a', date '2024-01-01', false)", false},
		{"(1, 'b', date '2024-01-01', true), (1, 'a', date '2024-01-01', true)", false},
		{"(2, 'a', date '2024-01-01', true), (1, 'b', date '2024-01-01', true)", false},
		{"(1, 'a', date '2024-01-02', true), (1, 'a', date '2024-01-01', true)", false},
		{"(1, 'Z', date '2024-01-01', true), (1, 'a', date '2024-01-01', true), (1, 'é', date '2024-01-01', true)", true},
		{"(1, 'a', date '2024-01-01', true), (1, null, date '2024-01-01', true), (null, 'a', date '2024-01-01', true)", true},
		{"(null, 'a', date '2024-01-01', true), (1, 'a', date '2024-01-01', true)", false},
	} {
		file := filepath.Join(dir, fmt.Sprintf("%d.parquet", i))
		query := "select cast(n as bigint) as n, t, d, b from (values " + c.values + ") as v(n, t, d, b)"
		if _, err := duck.Write(t.Context(), "v", query, nil, file); err != nil {
			t.Fatal(err)
		}
		if got, _, err := inOrder(t.Context(), file, []string{"n", "t", "d", "b"}); err != nil || got != c.want {
			t.Errorf("%s: %t, %v", c.values, got, err)
		}
		rows, err := duck.Write(t.Context(), "w", "select * from '"+file+"'", []string{"n", "t", "d", "b"}, file+".op")
		if err != nil || rows == 0 {
			t.Fatal(err)
		}
		if got, n, err := inOrder(t.Context(), file+".op", []string{"n", "t", "d", "b"}); err != nil || !got || n != rows {
			t.Errorf("%s: what DuckDB put in order is not, or has %d rows and not %d", c.values, n, rows)
		}
	}
}
