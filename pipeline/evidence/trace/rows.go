package trace

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"

	"stapel/transforms"
)

// stored is a published table as it lies in a file, read with another library than the one that wrote it.
type stored struct {
	model *transforms.Model
	file  string
	kept  map[string][]any // rows by key, of a table that is small enough to be kept
}

// keep is how many rows a table may have to be kept when more figures of it are asked for.
const keep = 20_000

// find returns the row of a key, a cell per column of the header; nil when there is none. Two rows of one key are an error.
func (t *stored) find(key string) (found []any, err error) {
	if t.kept != nil {
		return t.kept[key], nil
	}
	kept, n := map[string][]any{}, 0
	err = t.each(func(k string, row []any) error {
		if k == key {
			if found != nil {
				return fmt.Errorf("mart %s has two rows of one key", t.model.Name)
			}
			found = row
		}
		if n++; n <= keep {
			kept[k] = row
		}
		return nil
	})
	if n <= keep && err == nil {
		t.kept = kept
	}
	return found, err
}

// each hands over every row with its key.
func (t *stored) each(row func(key string, cells []any) error) (err error) {
	f, err := os.Open(t.file)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	pf, err := parquet.OpenFile(f, st.Size())
	if err != nil {
		return fmt.Errorf("mart %s: %w", t.model.Name, err)
	}
	names := pf.Schema().Columns()
	if len(names) != len(t.model.Columns) {
		return fmt.Errorf("mart %s has other columns than its header", t.model.Name)
	}
	for i, c := range t.model.Columns {
		if names[i][0] != c.Name {
			return fmt.Errorf("mart %s has other columns than its header", t.model.Name)
		}
	}
	buffer := make([]parquet.Row, 256)
	for _, group := range pf.RowGroups() {
		rows := group.Rows()
		for {
			n, err := rows.ReadRows(buffer)
			for _, raw := range buffer[:n] {
				cells := make([]any, len(t.model.Columns))
				for i, v := range raw {
					cells[i] = cell(t.model.Columns[i].Type, v)
				}
				if err := row(t.key(cells), cells); err != nil {
					return errors.Join(err, rows.Close())
				}
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				return errors.Join(err, rows.Close())
			}
		}
		if err := rows.Close(); err != nil {
			return err
		}
	}
	return nil
}

// cell is a value as Go has it: int64, float64, bool, text, and for a day its JJJJ-MM-DD; nil is empty.
func cell(of transforms.ColumnType, v parquet.Value) any {
	switch {
	case v.IsNull():
		return nil
	case of == transforms.Datum || of == transforms.Maand:
		return time.Unix(int64(v.Int32())*86400, 0).UTC().Format(time.DateOnly)
	case of.SQLType() == "BIGINT" && v.Kind() == parquet.Int64:
		return v.Int64()
	case of.SQLType() == "DOUBLE":
		return v.Double()
	case of.SQLType() == "BOOLEAN":
		return v.Boolean()
	default:
		return string(v.ByteArray())
	}
}

// key is the key of a row as an id has it.
func (t *stored) key(cells []any) string {
	var parts []string
	for _, g := range t.model.Grain {
		v := cells[t.at(g)]
		if n, ok := v.(int64); ok {
			v = strconv.FormatInt(n, 10)
		}
		if v == nil {
			v = ""
		}
		parts = append(parts, fmt.Sprint(v))
	}
	return strings.Join(parts, "/")
}

// at is the place of a column.
func (t *stored) at(column string) int {
	return slices.IndexFunc(t.model.Columns, func(c transforms.Column) bool { return c.Name == column })
}
