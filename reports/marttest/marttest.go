// Package marttest makes marts for tests.
package marttest

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/parquet-go/parquet-go"

	"stapel/reports/mart"
	"stapel/transforms"
)

// Write puts rows into a folder of marts. A mart gets all columns of its header: those that T does not have are empty. A T with a column that
// the mart does not have is written as it is, for tests of marts that are wrong.
func Write[T any](t testing.TB, marts fstest.MapFS, name string, rows []T) {
	t.Helper()
	var b bytes.Buffer
	schema := parquet.SchemaOf(new(T))
	header, err := mart.Header(name)
	if err != nil || !within(schema, header) {
		w := parquet.NewGenericWriter[T](&b)
		if _, err := w.Write(rows); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		marts[name+".parquet"] = &fstest.MapFile{Data: b.Bytes()}
		return
	}
	full := parquet.NewSchema(name, columns(header))
	w := parquet.NewWriter(&b, full)
	for i := range rows {
		if _, err := w.WriteRows([]parquet.Row{fill(full, reflect.ValueOf(&rows[i]).Elem())}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	marts[name+".parquet"] = &fstest.MapFile{Data: b.Bytes()}
}

// fill makes a row of all columns. What is no pointer is never empty, as in a mart: a 0 is a 0.
func fill(full *parquet.Schema, from reflect.Value) parquet.Row {
	row := make(parquet.Row, len(full.Columns()))
	for i := range row {
		row[i] = parquet.NullValue().Level(0, 0, i)
	}
	for _, field := range mart.Fields(from.Type()) {
		name, _, _ := strings.Cut(field.Tag.Get("parquet"), ",")
		leaf, _ := full.Lookup(name)
		v := from.FieldByIndex(field.Index)
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				continue
			}
			v = v.Elem()
		}
		if v.Kind() == reflect.Int32 {
			row[leaf.ColumnIndex] = parquet.Int32Value(int32(v.Int())).Level(0, 1, leaf.ColumnIndex)
		} else {
			row[leaf.ColumnIndex] = parquet.ValueOf(v.Interface()).Level(0, 1, leaf.ColumnIndex)
		}
	}
	return row
}

// within reports whether the header has all columns of a schema.
func within(schema *parquet.Schema, header *transforms.Model) bool {
	names := map[string]bool{}
	for _, c := range header.Columns {
		names[c.Name] = true
	}
	for _, path := range schema.Columns() {
		if !names[strings.Join(path, ".")] {
			return false
		}
	}
	return true
}

// columns are those of a mart, as the engine writes them.
func columns(header *transforms.Model) parquet.Group {
	g := parquet.Group{}
	for _, c := range header.Columns {
		var node parquet.Node
		switch c.Type.SQLType() {
		case "BIGINT":
			node = parquet.Int(64)
			if c.Type == transforms.Huishouden || c.Type == transforms.Persoon {
				node = parquet.String()
			}
		case "DOUBLE":
			node = parquet.Leaf(parquet.DoubleType)
		case "DATE":
			node = parquet.Date()
		case "BOOLEAN":
			node = parquet.Leaf(parquet.BooleanType)
		default:
			node = parquet.String()
		}
		g[c.Name] = parquet.Optional(node)
	}
	return g
}
