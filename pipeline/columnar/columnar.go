// Package columnar reads and writes Parquet files by column, for the models in Go: they work on slices and need no engine.
// It uses another library than the rest of the pipeline (arrow-go), which reads what DuckDB writes type for type.
package columnar

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"stapel/transforms"
)

// Read returns columns of a Parquet file, rows in the order of the file. Errors name the column, never a value.
func Read(ctx context.Context, name string, columns ...string) (_ *transforms.Frame, err error) {
	pf, err := file.OpenParquetFile(name, false)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, pf.Close()) }()
	r, err := pqarrow.NewFileReader(pf, pqarrow.ArrowReadProperties{Parallel: true}, memory.DefaultAllocator)
	if err != nil {
		return nil, err
	}
	schema := pf.MetaData().Schema
	indices := make([]int, len(columns))
	for i, c := range columns {
		if indices[i] = schema.ColumnIndexByName(c); indices[i] < 0 {
			return nil, fmt.Errorf("there is no column %s", c)
		}
	}
	groups := make([]int, pf.NumRowGroups())
	for i := range groups {
		groups[i] = i
	}
	out := transforms.NewFrame(int(pf.NumRows()))
	if len(groups) == 0 {
		groups = nil
	}
	table, err := r.ReadRowGroups(ctx, indices, groups)
	if err != nil {
		return nil, err
	}
	defer table.Release()
	for i := range int(table.NumCols()) {
		col := table.Column(i)
		v := &transforms.Vector{}
		for _, chunk := range col.Data().Chunks() {
			if err := appendChunk(v, chunk); err != nil {
				return nil, fmt.Errorf("column %s: %w", col.Name(), err)
			}
		}
		settle(v, col.DataType())
		out.Set(col.Name(), v)
	}
	return out, nil
}

// settle gives a column without rows its type.
func settle(v *transforms.Vector, t arrow.DataType) {
	if len(v.Ints)+len(v.Days)+len(v.Floats)+len(v.Texts)+len(v.Flags) > 0 {
		return
	}
	switch t.ID() {
	case arrow.DATE32:
		v.Days = []int32{}
	case arrow.FLOAT64:
		v.Floats = []float64{}
	case arrow.STRING:
		v.Texts = []string{}
	case arrow.BOOL:
		v.Flags = []bool{}
	default:
		v.Ints = []int64{}
	}
}

func appendChunk(v *transforms.Vector, chunk arrow.Array) error {
	n := chunk.Len()
	before := 0
	switch a := chunk.(type) {
	case *array.Int64:
		before, v.Ints = len(v.Ints), append(v.Ints, a.Int64Values()...)
	case *array.Date32:
		before = len(v.Days)
		for _, d := range a.Date32Values() {
			v.Days = append(v.Days, int32(d))
		}
	case *array.Float64:
		before, v.Floats = len(v.Floats), append(v.Floats, a.Float64Values()...)
	case *array.String:
		before = len(v.Texts)
		for i := range n {
			v.Texts = append(v.Texts, a.Value(i))
		}
	case *array.Boolean:
		before = len(v.Flags)
		for i := range n {
			v.Flags = append(v.Flags, a.Value(i))
		}
	default:
		return fmt.Errorf("type %s is none that a table of a run has", chunk.DataType())
	}
	if chunk.NullN() > 0 && v.Null == nil {
		v.Null = make([]bool, before)
	}
	if v.Null != nil {
		for i := range n {
			v.Null = append(v.Null, chunk.IsNull(i))
		}
	}
	return nil
}

// Write writes a table with just these columns, in this order. A column that is missing, has another type than its header
// says, another length than the table, or holds a number that is none, is an error.
func Write(name string, columns []transforms.Column, table *transforms.Frame) (err error) {
	fields := make([]arrow.Field, len(columns))
	cols := make([]arrow.Array, len(columns))
	for i, c := range columns {
		if !table.Has(c.Name) {
			return fmt.Errorf("column %s: the model gives none", c.Name)
		}
		a, err := build(c, table.Vector(c.Name), table.Rows)
		if err != nil {
			return fmt.Errorf("column %s: %w", c.Name, err)
		}
		defer a.Release()
		fields[i], cols[i] = arrow.Field{Name: c.Name, Type: a.DataType(), Nullable: true}, a
	}
	schema := arrow.NewSchema(fields, nil)
	batch := array.NewRecordBatch(schema, cols, int64(table.Rows))
	defer batch.Release()
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	w, err := pqarrow.NewFileWriter(schema, f, parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd)),
		pqarrow.DefaultWriterProps())
	if err != nil {
		return errors.Join(err, f.Close())
	}
	// closing the writer closes the file
	return errors.Join(w.Write(batch), w.Close())
}

var errType = errors.New("the values are of another type than the header says")

func build(c transforms.Column, v *transforms.Vector, rows int) (arrow.Array, error) {
	if v.Null != nil && len(v.Null) != rows {
		return nil, fmt.Errorf("%d marks of empty values for %d rows", len(v.Null), rows)
	}
	valid := make([]bool, rows)
	for i := range valid {
		valid[i] = !v.Empty(i)
	}
	fits := func(n int, typed bool) error {
		if !typed {
			return errType
		}
		if n != rows {
			return fmt.Errorf("%d values for %d rows", n, rows)
		}
		return nil
	}
	mem := memory.DefaultAllocator
	switch c.Type.SQLType() {
	case "BIGINT":
		if err := fits(len(v.Ints), v.Ints != nil || rows == 0); err != nil {
			return nil, err
		}
		b := array.NewInt64Builder(mem)
		defer b.Release()
		b.AppendValues(v.Ints, valid)
		return b.NewArray(), nil
	case "DATE":
		if err := fits(len(v.Days), v.Days != nil || rows == 0); err != nil {
			return nil, err
		}
		b := array.NewDate32Builder(mem)
		defer b.Release()
		for i, d := range v.Days {
			if valid[i] {
				b.Append(arrow.Date32(d))
			} else {
				b.AppendNull()
			}
		}
		return b.NewArray(), nil
	case "DOUBLE":
		if err := fits(len(v.Floats), v.Floats != nil || rows == 0); err != nil {
			return nil, err
		}
		for i, x := range v.Floats {
			if valid[i] && (math.IsNaN(x) || math.IsInf(x, 0)) {
				return nil, errors.New("a value is not a finite number; a figure that cannot be computed is empty")
			}
		}
		b := array.NewFloat64Builder(mem)
		defer b.Release()
		b.AppendValues(v.Floats, valid)
		return b.NewArray(), nil
	case "VARCHAR":
		if err := fits(len(v.Texts), v.Texts != nil || rows == 0); err != nil {
			return nil, err
		}
		b := array.NewStringBuilder(mem)
		defer b.Release()
		b.AppendValues(v.Texts, valid)
		return b.NewArray(), nil
	case "BOOLEAN":
		if err := fits(len(v.Flags), v.Flags != nil || rows == 0); err != nil {
			return nil, err
		}
		b := array.NewBooleanBuilder(mem)
		defer b.Release()
		b.AppendValues(v.Flags, valid)
		return b.NewArray(), nil
	}
	return nil, fmt.Errorf("no type %s", c.Type)
}
