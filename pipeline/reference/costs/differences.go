package costs

import (
	"bytes"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"

	"stapel/pipeline/reference/lines"
)

// notComputed are columns that this reference does not work out: sentences for people, cocktails and the expected cost,
// which have references of their own.
var notComputed = map[string][]string{"bevinding": {"toelichting"}, "ranglijst": {"cocktails", "verwacht_volgend_jaar_ct"}}

// Mart reads a mart that a run wrote.
func Mart(marts fs.FS, name string) (Table, error) {
	t := Table{Name: name}
	data, err := fs.ReadFile(marts, name+".parquet")
	if err != nil {
		return t, err
	}
	file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return t, err
	}
	var columns []string
	for _, path := range file.Schema().Columns() {
		columns = append(columns, strings.Join(path, "."))
	}
	reader := parquet.NewGenericReader[any](file)
	defer reader.Close()
	buf := make([]parquet.Row, 64)
	for {
		n, err := reader.ReadRows(buf)
		for _, row := range buf[:n] {
			r := Row{}
			for _, v := range row {
				r[columns[v.Column()]] = cell(v)
			}
			for _, k := range notComputed[name] {
				delete(r, k)
			}
			t.Rows = append(t.Rows, r)
		}
		if err == io.EOF {
			return t, nil
		}
		if err != nil {
			return t, err
		}
	}
}

func cell(v parquet.Value) any {
	switch {
	case v.IsNull():
		return nil
	case v.Kind() == parquet.Boolean:
		return v.Boolean()
	case v.Kind() == parquet.Int32: // the only ones in a mart are days
		return lines.Day(v.Int32()).String()
	case v.Kind() == parquet.Int64:
		return v.Int64()
	case v.Kind() == parquet.Double:
		return v.Double()
	}
	return string(v.ByteArray())
}

// withoutEmpty leaves out what the reference leaves out: steps of the control totals with neither lines nor eurocents, and shares of
// nobody.
func (t Table) withoutEmpty() Table {
	out := Table{Name: t.Name}
	switch t.Name {
	case "koppelgraad":
		for _, r := range t.Rows {
			if r["personen"] != int64(0) {
				out.Rows = append(out.Rows, r)
			}
		}
		return out
	case "controle":
	default:
		return t
	}
	for _, r := range t.Rows {
		if r["regels"] == nil {
			r["regels"] = int64(0)
		}
		if r["regels"] != int64(0) || r["bedrag_ct"] != int64(0) {
			out.Rows = append(out.Rows, r)
		}
	}
	return out
}

// Compare compares a run's marts with the reference, every row, every column and the order of rows. It returns what
// differs, one line a difference.
func (w *Reference) Compare(marts fs.FS) (differences []string, err error) {
	for _, want := range w.Marts() {
		got, err := Mart(marts, want.Name)
		if err != nil {
			return nil, err
		}
		differences = append(differences, want.differences(got.withoutEmpty())...)
	}
	return differences, nil
}

// differences compares two tables row by row, in their order.
func (t Table) differences(got Table) (out []string) {
	wanted, found := t.texts(), got.texts()
	if slices.Equal(wanted, found) {
		return nil
	}
	if len(wanted) != len(found) {
		out = append(out, fmt.Sprintf("%s: %d rows, the reference has %d", t.Name, len(found), len(wanted)))
	}
	for _, r := range found {
		if !slices.Contains(wanted, r) {
			out = append(out, fmt.Sprintf("%s: the mart has       %s", t.Name, r))
		}
	}
	for _, r := range wanted {
		if !slices.Contains(found, r) {
			out = append(out, fmt.Sprintf("%s: the reference has  %s", t.Name, r))
		}
	}
	for i := range min(len(wanted), len(found)) {
		if len(out) == 0 && wanted[i] != found[i] {
			out = append(out, fmt.Sprintf("%s: row %d stands in another place", t.Name, i+1))
		}
	}
	return out
}

// texts are the rows as text.
func (t Table) texts() (out []string) {
	for _, r := range t.Rows {
		var parts []string
		for _, k := range slices.Sorted(maps.Keys(r)) {
			parts = append(parts, k+"="+Text(r[k]))
		}
		out = append(out, strings.Join(parts, " "))
	}
	return out
}
