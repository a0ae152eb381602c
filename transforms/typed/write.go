package typed

import (
	"errors"
	"fmt"
	"math"
	"os"
	"reflect"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// groupRows is how many rows are laid out by column at a time, and what a row group of a file holds at most.
const groupRows = 1 << 16

// Write writes rows to a new Parquet file of mode 0600, with the columns of T in the order of its fields. A number that is none is
// an error, which names its column.
func Write[T any](name string, rows []T) (err error) {
	columns, err := Columns[T]()
	if err != nil {
		return err
	}
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		fields[i] = arrow.Field{Name: c.Name, Type: arrowTypes[c.Type], Nullable: c.Optional}
	}
	schema := arrow.NewSchema(fields, nil)
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	w, err := pqarrow.NewFileWriter(schema, f, parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd)),
		pqarrow.DefaultWriterProps())
	if err != nil {
		return errors.Join(err, f.Close())
	}
	defer func() { err = errors.Join(err, w.Close()) }() // which closes the file
	for from := 0; from < len(rows); from += groupRows {
		if err := writeGroup(w, schema, columns, rows[from:min(from+groupRows, len(rows))]); err != nil {
			return err
		}
	}
	return nil
}

func writeGroup[T any](w *pqarrow.FileWriter, schema *arrow.Schema, columns []Column, rows []T) error {
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer b.Release()
	b.Reserve(len(rows))
	for k, c := range columns {
		var err error
		switch b := b.Field(k).(type) {
		case *array.Int64Builder:
			err = give(b, rows, k, b.Append)
		case *array.Date32Builder:
			err = give(b, rows, k, func(day int32) { b.Append(arrow.Date32(day)) })
		case *array.Float64Builder:
			finite := true
			err = give(b, rows, k, func(x float64) { finite = finite && !math.IsNaN(x) && !math.IsInf(x, 0); b.Append(x) })
			if !finite {
				err = errors.New("a value is not a finite number; a figure that cannot be computed is empty")
			}
		case *array.StringBuilder:
			err = give(b, rows, k, b.Append)
		case *array.BooleanBuilder:
			err = give(b, rows, k, b.Append)
		}
		if err != nil {
			return fmt.Errorf("column %s: %w", c.Name, err)
		}
	}
	batch := b.NewRecordBatch()
	defer batch.Release()
	return w.Write(batch)
}

// give appends field k of every row, which is a V or a *V.
func give[V, T any](b array.Builder, rows []T, k int, add func(V)) error {
	of := reflect.ValueOf(rows)
	for i := range rows {
		switch v := of.Index(i).Field(k).Addr().Interface().(type) {
		case *V:
			add(*v)
		case **V:
			if *v == nil {
				b.AppendNull()
			} else {
				add(**v)
			}
		default:
			return fmt.Errorf("%T is no column", v)
		}
	}
	return nil
}
