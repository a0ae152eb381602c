package mart

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"

	"github.com/parquet-go/parquet-go"

	"stapel/reports/table"
)

// Each is how the rows of a table are gone through.
type Each = func(ctx context.Context, fn func([]any) error) error

// Stream goes through the first limit rows of a mart, or all when limit is negative, with a cell per column of a table for people. A mart
// that is not there has no rows.
func Stream(marts fs.FS, name string, columns []table.Column, limit int64) Each {
	return func(ctx context.Context, fn func([]any) error) error {
		err := stream(ctx, marts, name, columns, limit, fn)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return err
	}
}

func stream(ctx context.Context, marts fs.FS, name string, columns []table.Column, limit int64, fn func([]any) error) (err error) {
	file, done, err := open(marts, name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	at := make([]int, len(columns))
	for i, c := range columns {
		leaf, err := lookup(file, name, c.Name)
		if err != nil {
			return err
		}
		if !shows(c.Kind, leaf.Node.Type().Kind()) {
			return wrongType(name, c.Name, leaf)
		}
		at[i] = leaf.ColumnIndex
	}
	cells := make([]any, len(columns))
	rows := make([]parquet.Row, batch)
	left := file.NumRows()
	if limit >= 0 {
		left = min(left, limit)
	}
	for _, group := range file.RowGroups() {
		if left == 0 {
			return nil
		}
		if err := rowsOf(ctx, group, rows, &left, func(row parquet.Row) error {
			for i, c := range columns {
				cells[i] = cell(c.Kind, row[at[i]])
			}
			return fn(cells)
		}); err != nil {
			return fmt.Errorf("mart %s: %w", name, err)
		}
	}
	return nil
}

// rowsOf hands on the rows of a group until there are no more left to read.
func rowsOf(ctx context.Context, group parquet.RowGroup, rows []parquet.Row, left *int64, fn func(parquet.Row) error) (err error) {
	reader := group.Rows()
	defer func() { err = errors.Join(err, reader.Close()) }()
	for *left > 0 {
		if err := ctx.Err(); err != nil {
			return err
		}
		n, err := reader.ReadRows(rows[:min(int64(len(rows)), *left)])
		for _, row := range rows[:n] {
			if err := fn(row); err != nil {
				return err
			}
		}
		*left -= int64(n)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// shows reports whether a kind of column can show what a Parquet column holds.
func shows(kind table.Kind, held parquet.Kind) bool {
	switch kind {
	case table.Int, table.Euro, table.Year:
		return held == parquet.Int64
	case table.Fraction, table.Number:
		return held == parquet.Double
	case table.Day:
		return held == parquet.Int32
	case table.Flag:
		return held == parquet.Boolean
	default:
		return held == parquet.ByteArray
	}
}

// cell is a value as tables have it: an empty text is a text.
func cell(kind table.Kind, v parquet.Value) any {
	switch {
	case kind == table.Text:
		return string(v.ByteArray())
	case v.IsNull():
		return nil
	}
	switch kind {
	case table.Int, table.Euro, table.Year:
		return v.Int64()
	case table.Fraction, table.Number:
		return v.Double()
	case table.Day:
		return Date(v.Int32()).Time()
	default:
		return v.Boolean()
	}
}

// Slice goes through rows in memory, with a cell per column of a table: the field that is read from it. A row type without one of the
// columns is an error.
func Slice[T any](columns []table.Column, rows []T) Each {
	return func(ctx context.Context, fn func([]any) error) error {
		cells, err := Cells[T](columns)
		if err != nil {
			return err
		}
		return table.Slice(rows, func(row T) []any { return cells(&row) })(ctx, fn)
	}
}

// Cells makes a row's cells for columns of a table.
func Cells[T any](columns []table.Column) (func(*T) []any, error) {
	t := reflect.TypeFor[T]()
	at := make([][]int, len(columns))
	for i, c := range columns {
		for _, field := range Fields(t) {
			if columnOf(field) == c.Name {
				at[i] = field.Index
			}
		}
		if at[i] == nil {
			return nil, fmt.Errorf("%s heeft geen kolom %s", t, c.Name)
		}
	}
	return func(row *T) []any {
		v := reflect.ValueOf(row).Elem()
		cells := make([]any, len(at))
		for i := range at {
			f := v.FieldByIndex(at[i])
			if f.Kind() == reflect.Pointer {
				if f.IsNil() {
					continue
				}
				f = f.Elem()
			}
			if day, ok := f.Interface().(Date); ok {
				cells[i] = day.Time()
			} else {
				cells[i] = f.Interface()
			}
		}
		return cells
	}, nil
}
