package typed

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"
	"strings"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// batchRows is how many rows are decoded at a time.
const batchRows = 4096

// Read gives the rows of a Parquet file one by one, in the order of the file. Columns that T does not have are not read. A column
// that is missing, has another type than its field, or is empty where the field can't be, is an error; it comes last, in place of
// a row. Errors name the column, never a value.
func Read[T any](ctx context.Context, name string) iter.Seq2[T, error] {
	return read[T](ctx, onDisk(name))
}

// opener opens a Parquet file.
type opener func() (*file.Reader, error)

func onDisk(name string) opener {
	return func() (*file.Reader, error) { return file.OpenParquetFile(name, false) }
}

func read[T any](ctx context.Context, open opener) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		columns, err := Columns[T]()
		if err == nil {
			rows := make([]T, batchRows)
			fill := fillers(reflect.ValueOf(rows), columns)
			err = batches(ctx, open, columns, func(batch arrow.RecordBatch) (more bool, err error) {
				for k, c := range columns {
					if err := fill[k](batch.Column(k)); err != nil {
						return false, fmt.Errorf("column %s: %w", c.Name, err)
					}
				}
				for _, row := range rows[:batch.NumRows()] {
					if !yield(row, nil) {
						return false, nil
					}
				}
				return true, nil
			})
		}
		if err != nil {
			var none T
			yield(none, err)
		}
	}
}

// All returns every row of a Parquet file, as Read gives them.
func All[T any](ctx context.Context, name string) ([]T, error) { return collect(Read[T](ctx, name)) }

// Parse returns every row of a Parquet file that is in memory, as Read gives them: for who is handed files and not a disk.
func Parse[T any](ctx context.Context, data []byte) ([]T, error) {
	return collect(read[T](ctx, func() (*file.Reader, error) { return file.NewParquetReader(bytes.NewReader(data)) }))
}

func collect[T any](rows iter.Seq2[T, error]) (out []T, err error) {
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	return out, nil
}

// Values gives the rows of a Parquet file for which there is no row type: of each the values of the columns asked, as int64, int32
// (a date), float64, string or bool, or nil. The slice is used again for the next row.
func Values(ctx context.Context, name string, columns ...string) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		asked := make([]Column, len(columns))
		for i, c := range columns {
			asked[i] = Column{Name: c, Optional: true}
		}
		row := make([]any, len(columns))
		err := batches(ctx, onDisk(name), asked, func(batch arrow.RecordBatch) (more bool, err error) {
			for i := range int(batch.NumRows()) {
				for k := range row {
					if row[k], err = value(batch.Column(k), i); err != nil {
						return false, fmt.Errorf("column %s: %w", columns[k], err)
					}
				}
				if !yield(row, nil) {
					return false, nil
				}
			}
			return true, nil
		})
		if err != nil {
			yield(nil, err)
		}
	}
}

// batches calls do with the columns asked, in the order asked, of so many rows at a time.
func batches(ctx context.Context, open opener, columns []Column, do func(arrow.RecordBatch) (more bool, err error)) (err error) {
	pf, err := open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, pf.Close()) }()
	r, err := pqarrow.NewFileReader(pf, pqarrow.ArrowReadProperties{BatchSize: batchRows}, memory.DefaultAllocator)
	if err != nil {
		return err
	}
	indices := make([]int, len(columns))
	for i, c := range columns {
		if indices[i] = pf.MetaData().Schema.ColumnIndexByName(c.Name); indices[i] < 0 {
			return fmt.Errorf("there is no column %s", c.Name)
		}
	}
	all, err := r.Schema()
	if err != nil {
		return err
	}
	for i, c := range columns {
		if typ := arrowTypes[c.Type]; typ != nil && !arrow.TypeEqual(all.Field(indices[i]).Type, typ) {
			return fmt.Errorf("column %s: it holds %s, the row has %s", c.Name, all.Field(indices[i]).Type, c.Type)
		}
	}
	reader, err := r.GetRecordReader(ctx, indices, nil)
	if err != nil {
		return err
	}
	defer reader.Release()
	read := int64(0)
	for reader.Next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		batch := reader.RecordBatch()
		read += batch.NumRows()
		if more, err := do(batch); err != nil || !more {
			return err
		}
	}
	if err := reader.Err(); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if read != pf.NumRows() {
		return fmt.Errorf("%d rows were read of the %d that there are", read, pf.NumRows())
	}
	return nil
}

var arrowTypes = map[string]arrow.DataType{"BIGINT": arrow.PrimitiveTypes.Int64, "DATE": arrow.FixedWidthTypes.Date32,
	"DOUBLE": arrow.PrimitiveTypes.Float64, "VARCHAR": arrow.BinaryTypes.String, "BOOLEAN": arrow.FixedWidthTypes.Boolean}

// A filler puts the values of a column of a batch into a field of as many rows.
type filler func(values arrow.Array) error

// fillers are those of rows, a slice of structs with these columns. Batches have the columns' types.
func fillers(rows reflect.Value, columns []Column) []filler {
	out := make([]filler, len(columns))
	for k, c := range columns {
		switch c.Type {
		case "BIGINT":
			out[k] = fillerOf(rows, k, c, func(a arrow.Array) func(int) int64 { return a.(*array.Int64).Value })
		case "DATE":
			out[k] = fillerOf(rows, k, c, func(a arrow.Array) func(int) int32 {
				days := a.(*array.Date32)
				return func(i int) int32 { return int32(days.Value(i)) }
			})
		case "DOUBLE":
			out[k] = fillerOf(rows, k, c, func(a arrow.Array) func(int) float64 { return a.(*array.Float64).Value })
		case "VARCHAR":
			out[k] = fillerOf(rows, k, c, func(a arrow.Array) func(int) string {
				texts := a.(*array.String)
				own, at := string(texts.ValueBytes()), texts.ValueOffsets() // one text for the values of a batch, which does not stay
				return func(i int) string { return own[at[i]-at[0] : at[i+1]-at[0]] }
			})
		case "BOOLEAN":
			out[k] = fillerOf(rows, k, c, func(a arrow.Array) func(int) bool { return a.(*array.Boolean).Value })
		}
	}
	return out
}

// fillerOf is a filler of field k, a V or a *V. It looks the fields up once, for the rows of every batch.
func fillerOf[V any](rows reflect.Value, k int, c Column, values func(arrow.Array) func(int) V) filler {
	if !c.Optional {
		to := fieldsOf[V](rows, k)
		return func(a arrow.Array) error {
			if a.NullN() > 0 {
				return errors.New("it is empty in a row, and the row type says it never is")
			}
			value := values(a)
			for i := range a.Len() {
				*to[i] = value(i)
			}
			return nil
		}
	}
	to := fieldsOf[*V](rows, k)
	return func(a arrow.Array) error {
		value, own := values(a), make([]V, a.Len())
		for i := range own {
			*to[i] = nil
			if a.IsValid(i) {
				own[i] = value(i)
				*to[i] = &own[i]
			}
		}
		return nil
	}
}

// fieldsOf points at field k, an F, of every row.
func fieldsOf[F any](rows reflect.Value, k int) []*F {
	out := make([]*F, rows.Len())
	for i := range out {
		out[i] = rows.Index(i).Field(k).Addr().Interface().(*F)
	}
	return out
}

func value(column arrow.Array, i int) (any, error) {
	if column.IsNull(i) {
		return nil, nil
	}
	switch v := column.(type) {
	case *array.Int64:
		return v.Value(i), nil
	case *array.Date32:
		return int32(v.Value(i)), nil
	case *array.Float64:
		return v.Value(i), nil
	case *array.String:
		return strings.Clone(v.Value(i)), nil
	case *array.Boolean:
		return v.Value(i), nil
	}
	return nil, fmt.Errorf("no row has type %s", column.DataType())
}
