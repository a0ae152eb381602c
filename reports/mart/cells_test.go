package mart

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/parquet-go/parquet-go"

	"stapel/reports/table"
	"stapel/transforms"
)

// shown is a row with a column of every kind, each empty or not.
type shown struct {
	Naam    *string  `parquet:"naam,optional"`
	Ct      *int64   `parquet:"ct,optional"`
	N       int64    `parquet:"n"`
	Aandeel *float64 `parquet:"aandeel,optional"`
	Dag     *Date    `parquet:"dag,optional,date"`
	Vlag    *bool    `parquet:"vlag,optional"`
}

var shownColumns = []table.Column{{Name: "vlag", Kind: table.Flag}, {Name: "naam", Kind: table.Text}, {Name: "ct", Kind: table.Euro}, {Name: "n", Kind: table.Int},
	{Name: "aandeel", Kind: table.Fraction}, {Name: "dag", Kind: table.Day}}

func shownRows(n int) (rows []shown, cells [][]any) {
	for i := range n {
		r, c := shown{N: int64(i)}, []any{nil, "", nil, int64(i), nil, nil}
		if i%3 > 0 {
			r.Naam, c[1] = new(fmt.Sprint("x", i)), fmt.Sprint("x", i)
			r.Ct, c[2] = new(int64(-i)), int64(-i)
		}
		if i%4 > 0 {
			r.Aandeel, c[4] = new(float64(i)/8), float64(i)/8
			r.Dag, c[5] = new(Date(i)), Date(i).Time()
			r.Vlag, c[0] = new(i%8 > 4), i%8 > 4
		}
		rows, cells = append(rows, r), append(cells, c)
	}
	return rows, cells
}

func gather(t *testing.T, each Each) (out [][]any) {
	t.Helper()
	if err := each(t.Context(), func(cells []any) error {
		out = append(out, slices.Clone(cells))
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestCells: a mart as a stream and rows in memory give the same cells; an empty text is a text, anything else empty is nothing.
func TestCells(t *testing.T) {
	rows, want := shownRows(1300)
	var b bytes.Buffer
	w := parquet.NewGenericWriter[shown](&b, parquet.MaxRowsPerRowGroup(300))
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	marts := fstest.MapFS{"proef.parquet": {Data: b.Bytes()}}
	for limit, n := range map[int64]int{-1: 1300, 0: 0, 1: 1, 301: 301, 5000: 1300} {
		if got := gather(t, Stream(marts, "proef", shownColumns, limit)); !reflect.DeepEqual(got, want[:n:n]) && n > 0 || len(got) != n {
			t.Errorf("limit %d: %d rows, or other cells", limit, len(got))
		}
	}
	if got := gather(t, Stream(marts, "anders", shownColumns, -1)); got != nil {
		t.Errorf("a mart that is not there has %v", got)
	}
	for i := range want { // in memory an empty text is one that is not there
		if rows[i].Naam == nil {
			rows[i].Naam = new("")
		}
	}
	if got := gather(t, Slice(shownColumns, rows)); !reflect.DeepEqual(got, want) {
		t.Error("rows in memory give other cells")
	}
	stop := errors.New("genoeg")
	if err := Stream(marts, "proef", shownColumns, -1)(t.Context(), func([]any) error { return stop }); !errors.Is(err, stop) {
		t.Errorf("callback: %v", err)
	}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Stream(marts, "proef", shownColumns, -1)(cancelled, func([]any) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	for want, columns := range map[string][]table.Column{
		"kolom weg ontbreekt": {{Name: "weg", Kind: table.Text}}, "kolom ct heeft type": {{Name: "ct", Kind: table.Text}},
		"kolom naam heeft type": {{Name: "naam", Kind: table.Int}}, "kolom n heeft type": {{Name: "n", Kind: table.Number}},
	} {
		err := Stream(marts, "proef", columns, -1)(t.Context(), func([]any) error { return nil })
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; want %q", err, want)
		}
	}
	if err := Slice([]table.Column{{Name: "weg"}}, rows)(t.Context(), nil); err == nil || !strings.Contains(err.Error(), "heeft geen kolom weg") {
		t.Errorf("a row without the column: %v", err)
	}
}

// TestMisfits: what in a row type is not what the header of its mart says is found, and nothing else.
func TestMisfits(t *testing.T) {
	type fits struct {
		Huishouden string   `parquet:"huishouden_id,optional"`
		Rang       int64    `parquet:"rang,optional"`
		Verwacht   *int64   `parquet:"verwacht_volgend_jaar_ct,optional"`
		Zvw        *float64 `parquet:"aandeel_zvw,optional"`
		Eligible   bool     `parquet:"in_aanmerking,optional"`
	}
	type absent struct {
		X string `parquet:"huisnummer,optional"`
	}
	type otherType struct {
		X string `parquet:"rang,optional"`
	}
	type never struct {
		X int64 `parquet:"verwacht_volgend_jaar_ct,optional"`
	}
	type always struct {
		X *int64 `parquet:"rang,optional"`
	}
	for want, typ := range map[string]reflect.Type{"": reflect.TypeFor[fits](), "has no column": reflect.TypeFor[absent](), "so it is int64": reflect.TypeFor[otherType](),
		"empty true, so it is *int64": reflect.TypeFor[never](), "empty false, so it is int64": reflect.TypeFor[always]()} {
		got, err := RowType{"ranglijst", typ}.Misfits()
		if err != nil || (want == "") != (len(got) == 0) || len(got) > 1 || want != "" && !strings.Contains(got[0], want) {
			t.Errorf("%s: %q, %v; want %q", typ, got, err, want)
		}
	}
	if _, err := (RowType{"bestaat_niet", reflect.TypeFor[fits]()}).Misfits(); err == nil {
		t.Error("a mart that does not exist has row types")
	}
}

// TestTableOf: every mart is a table for people: its level, and for every column a heading and a kind that goes with its type.
func TestTableOf(t *testing.T) {
	all, err := headers()
	if err != nil || len(all) < 30 {
		t.Fatalf("%d marts, %v", len(all), err)
	}
	for name, m := range all {
		tab, err := TableOf(name)
		if err != nil || tab.Level != m.Level || len(tab.Columns) != len(m.Columns) {
			t.Fatalf("%s: %+v, %v", name, tab, err)
		}
		for i, c := range tab.Columns {
			if c.Name != m.Columns[i].Name || c.Title == "" || (c.Kind == table.Euro) != (m.Columns[i].Type == transforms.Ct) {
				t.Errorf("%s: column %+v of %+v", name, c, m.Columns[i])
			}
		}
	}
	if len(kinds) != len(goTypes) {
		t.Error("a type has a kind and no Go type, or the other way round")
	}
}
