package typed

import (
	"context"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"pgregory.net/rapid"

	"stapel/transforms/typed/typedtest"
)

// full has a column of every type, plain and optional.
type full struct {
	Key    int64    `parquet:"huishouden"`
	Ct     *int64   `parquet:"bedrag_ct,optional"`
	Day    int32    `parquet:"dag,date"`
	Until  *int32   `parquet:"tot,optional,date"`
	Share  float64  `parquet:"aandeel"`
	Low    *float64 `parquet:"ondergrens,optional"`
	Name   string   `parquet:"naam"`
	Reason *string  `parquet:"reden,optional"`
	Flag   bool     `parquet:"vlag"`
	Known  *bool    `parquet:"bekend,optional"`
}

func drawn() *rapid.Generator[full] {
	finite := rapid.Float64().Filter(func(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) })
	return rapid.Custom(func(t *rapid.T) full {
		return full{rapid.Int64().Draw(t, "key"), rapid.Ptr(rapid.Int64(), true).Draw(t, "ct"), rapid.Int32().Draw(t, "day"),
			rapid.Ptr(rapid.Int32(), true).Draw(t, "until"), finite.Draw(t, "share"), rapid.Ptr(finite, true).Draw(t, "low"),
			rapid.String().Draw(t, "name"), rapid.Ptr(rapid.String(), true).Draw(t, "reason"), rapid.Bool().Draw(t, "flag"),
			rapid.Ptr(rapid.Bool(), true).Draw(t, "known")}
	})
}

// TestRoundTrip: what is written is read back value for value, empty ones included, by this package and by another library, which
// reads the same tags, and has the bounds of its values.
func TestRoundTrip(t *testing.T) {
	tb, dir, n := t, t.TempDir(), 0
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(drawn(), 0, 20).Draw(t, "rows")
		n++
		name := filepath.Join(dir, fmt.Sprint(n))
		if err := Write(name, rows); err != nil {
			t.Fatal(err)
		}
		got, err := All[full](context.Background(), name)
		if err != nil || len(got) != len(rows) || len(rows) > 0 && !reflect.DeepEqual(got, rows) {
			t.Fatalf("got %+v, %v; want %+v", got, err, rows)
		}
		typedtest.Bounds(tb, name)
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if parsed, err := Parse[full](context.Background(), data); err != nil || !reflect.DeepEqual(parsed, got) {
			t.Fatalf("from memory %+v, %v; want %+v", parsed, err, got)
		}
		other, err := parquet.ReadFile[full](name)
		if err != nil || len(other) != len(rows) || len(rows) > 0 && !reflect.DeepEqual(other, rows) {
			t.Fatalf("parquet-go reads %+v, %v; want %+v", other, err, rows)
		}
		i := 0
		for values, err := range Values(context.Background(), name, "vlag", "bedrag_ct", "dag") {
			want := []any{rows[i].Flag, nil, rows[i].Day}
			if rows[i].Ct != nil {
				want[1] = *rows[i].Ct
			}
			if err != nil || !reflect.DeepEqual(values, want) {
				t.Fatalf("row %d has values %v, %v; want %v", i, values, err, want)
			}
			i++
		}
		if i != len(rows) {
			t.Fatalf("%d rows of values, want %d", i, len(rows))
		}
	})
}

// TestManyRows: a table of more than a batch and more than a row group comes back in order, in part and over again; a pointer that
// is kept stays what it was.
func TestManyRows(t *testing.T) {
	type row struct {
		N    int64  `parquet:"n"`
		Half *int64 `parquet:"half,optional"`
		Name string `parquet:"naam"`
	}
	var rows []row
	for i := range int64(groupRows + 2*batchRows + 1) {
		r := row{N: i, Name: fmt.Sprint(i)}
		if i%2 == 0 {
			r.Half = new(i / 2)
		}
		rows = append(rows, r)
	}
	name := filepath.Join(t.TempDir(), "t.parquet")
	if err := Write(name, rows); err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(name); err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", st.Mode(), err)
	}
	typedtest.Bounds(t, name)
	for range 2 {
		got, err := All[row](t.Context(), name)
		if err != nil || !reflect.DeepEqual(got, rows) {
			t.Fatalf("%d rows, %v", len(got), err)
		}
	}
	seen := 0
	for r, err := range Read[row](t.Context(), name) {
		if err != nil || r.N != int64(seen) {
			t.Fatal(r, err)
		}
		if seen++; seen == batchRows+3 {
			break
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if got, err := All[row](ctx, name); err == nil {
		t.Errorf("after it was cancelled it gave %d rows", len(got))
	}
}

// TestReadRefused: a file that does not hold the rows that are asked is an error, which names the column and no value.
func TestReadRefused(t *testing.T) {
	name := filepath.Join(t.TempDir(), "t.parquet")
	if err := Write(name, []full{{Name: "geheim"}}); err != nil {
		t.Fatal(err)
	}
	type missing struct {
		A int64 `parquet:"er_niet"`
	}
	type another struct {
		A int64 `parquet:"naam"`
	}
	type empty struct {
		A string `parquet:"reden"`
	}
	for want, read := range map[string]func() error{
		"no column er_niet":         func() error { _, err := All[missing](t.Context(), name); return err },
		"column naam: it holds":     func() error { _, err := All[another](t.Context(), name); return err },
		"column reden: it is empty": func() error { _, err := All[empty](t.Context(), name); return err },
		"no column x": func() (err error) {
			for _, err = range Values(t.Context(), name, "x") {
			}
			return err
		},
		"parquet: file too small": func() error { _, err := Parse[full](t.Context(), []byte("x")); return err },
		"no such file":            func() error { _, err := All[full](t.Context(), name+"x"); return err },
	} {
		if err := read(); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "geheim") {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	// an empty value has no type that could be wrong, and no row that could be first
	other := filepath.Join(t.TempDir(), "t.parquet")
	if err := Write[full](other, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := All[another](t.Context(), other); err == nil {
		t.Error("a table without rows was read as rows of another type")
	}
}

// TestWriteRefused: no number that is none is written, and nothing over a file that is there.
func TestWriteRefused(t *testing.T) {
	for want, row := range map[string]full{
		"column aandeel: a value is not a finite":    {Share: math.NaN()},
		"column ondergrens: a value is not a finite": {Low: new(math.Inf(-1))},
	} {
		if err := Write(filepath.Join(t.TempDir(), "t.parquet"), []full{{}, row}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	name := filepath.Join(t.TempDir(), "t.parquet")
	if err := Write(name, []full{{}}); err != nil {
		t.Fatal(err)
	}
	if err := Write(name, []full{{}}); err == nil {
		t.Error("a file was written over")
	}
}

func refusal[T any]() error {
	_, err := Columns[T]()
	return err
}

type day int32

// TestColumns: a row type says what its columns are, or is none.
func TestColumns(t *testing.T) {
	got, err := Columns[full]()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, c := range got {
		names = append(names, fmt.Sprintf("%s %s %v", c.Name, c.Type, c.Optional))
	}
	want := "huishouden BIGINT false, bedrag_ct BIGINT true, dag DATE false, tot DATE true, aandeel DOUBLE false, ondergrens DOUBLE true, " +
		"naam VARCHAR false, reden VARCHAR true, vlag BOOLEAN false, bekend BOOLEAN true"
	if strings.Join(names, ", ") != want {
		t.Errorf("got %v", names)
	}
	for name, err := range map[string]error{
		"no struct": refusal[int64](),
		"no fields": refusal[struct{}](),
		"no tag":    refusal[struct{ A int64 }](),
		"not seen": refusal[struct {
			a int64 `parquet:"a"`
		}](),
		"int": refusal[struct {
			A int `parquet:"a"`
		}](),
		"a named type": refusal[struct {
			A day `parquet:"a,date"`
		}](),
		"no date": refusal[struct {
			A int32 `parquet:"a"`
		}](),
		"no int32": refusal[struct {
			A int64 `parquet:"a,date"`
		}](),
		"not optional": refusal[struct {
			A *int64 `parquet:"a"`
		}](),
		"no pointer": refusal[struct {
			A int64 `parquet:"a,optional"`
		}](),
		"a compressed one": refusal[struct {
			A int64 `parquet:"a,zstd"`
		}](),
		"twice": refusal[struct {
			A int64 `parquet:"a"`
			B int64 `parquet:"a"`
		}](),
	} {
		if err == nil {
			t.Errorf("%s: it is a row type", name)
		}
	}
}

// TestFunc: a function is run over files by the tables that its types name, and what it gives is a file. Types that are none are
// refused before.
func TestFunc(t *testing.T) {
	type in struct {
		N int64 `parquet:"n"`
	}
	type out struct {
		N *int64 `parquet:"som,optional"`
	}
	type tables struct {
		Numbers Table[in] `table:"getal"`
		Last    Table[in] `table:"laatste"`
	}
	f, err := FuncOf(func(ctx context.Context, t tables) ([]out, error) {
		last, err := t.Last.One(ctx)
		if err != nil {
			return nil, err
		}
		sum := int64(0)
		for row, err := range t.Numbers.Rows(ctx) {
			if err != nil {
				return nil, err
			}
			if row.N <= last.N {
				sum += row.N
			}
		}
		return []out{{&sum}, {}}, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	want := &Func{Reads: []Reads{{"getal", []Column{{"n", "BIGINT", false}}}, {"laatste", []Column{{"n", "BIGINT", false}}}},
		Gives: []Column{{"som", "BIGINT", true}}}
	if got := (&Func{Reads: f.Reads, Gives: f.Gives}); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	dir := t.TempDir()
	file := func(table string) string { return filepath.Join(dir, table) }
	for table, rows := range map[string][]in{"getal": {{1}, {2}, {3}}, "laatste": {{2}}, "twee": {{1}, {2}}} {
		if err := Write(file(table), rows); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Run(t.Context(), file, file("uit"), Beside{}); err != nil {
		t.Fatal(err)
	}
	if got, err := All[out](t.Context(), file("uit")); err != nil || len(got) != 2 || *got[0].N != 3 || got[1].N != nil {
		t.Errorf("got %v, %v", got, err)
	}
	// tables that several models read can be a struct of their own
	type more struct {
		tables
		Third Table[in] `table:"derde"`
	}
	g, err := FuncOf(func(ctx context.Context, t more) ([]out, error) {
		third, err := t.Third.One(ctx)
		if err != nil {
			return nil, err
		}
		last, err := t.Last.One(ctx)
		sum := third.N + last.N
		return []out{{&sum}}, err
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := append(slices.Clone(f.Reads), Reads{"derde", []Column{{"n", "BIGINT", false}}}); !reflect.DeepEqual(g.Reads, want) {
		t.Errorf("reads %+v, want %+v", g.Reads, want)
	}
	if err := Write(file("derde"), []in{{40}}); err != nil {
		t.Fatal(err)
	}
	if err := g.Run(t.Context(), file, file("uit2"), Beside{}); err != nil {
		t.Fatal(err)
	}
	if got, err := All[out](t.Context(), file("uit2")); err != nil || len(got) != 1 || *got[0].N != 42 {
		t.Errorf("got %v, %v", got, err)
	}
	for want, file := range map[string]func(string) string{
		"there is no table getal":      func(string) string { return "" },
		"a table of one row has 2":     func(string) string { return file("twee") },
		"table laatste: there is no c": func(string) string { return file("uit") },
	} {
		if err := f.Run(t.Context(), file, filepath.Join(dir, "niet"), Beside{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}

	type twice struct {
		A Table[in] `table:"getal"`
		B Table[in] `table:"getal"`
	}
	type nameless struct{ A Table[in] }
	type noRow struct {
		A Table[int64] `table:"getal"`
	}
	type noTable struct {
		A int64 `table:"getal"`
	}
	for name, err := range map[string]error{"two fields": refusedFunc[twice, out](), "no name": refusedFunc[nameless, out](),
		"no row": refusedFunc[noRow, out](), "no table": refusedFunc[noTable, out](), "no struct": refusedFunc[int64, out](),
		"gives no rows": refusedFunc[tables, int64]()} {
		if err == nil {
			t.Errorf("%s: it is a model", name)
		}
	}
}

func refusedFunc[I, O any]() error {
	_, err := FuncOf(func(context.Context, I) ([]O, error) { return nil, nil })
	return err
}
