package transforms

import (
	"context"
	"fmt"
)

// Func is a model in Go, for what SQL cannot say portably or exactly: quantiles, estimates, draws. Like a SELECT it depends
// on the tables it reads only, has no clock and no chance, and gives rows that its grain identifies.
type Func func(ctx context.Context, in In) (*Frame, error)

// In gives a model in Go the tables that its header reads.
type In interface {
	// Read returns columns of a table. Rows of a model come in the order of its grain, rows of an input in the order in
	// which it was made. A table that the header does not name is an error.
	Read(ctx context.Context, table string, columns ...string) (*Frame, error)
}

// Frame is a table as columns of equal length.
type Frame struct {
	Rows    int
	columns map[string]*Vector
}

// Vector is a column: the slice of its type has the values, the others are nil. Where Null is true the value has no meaning.
type Vector struct {
	Ints   []int64 // keys, counts, eurocents
	Days   []int32 // dates and months, days since 1970-01-01
	Floats []float64
	Texts  []string
	Flags  []bool
	Null   []bool // nil: no value is empty
}

// NewFrame makes a table of so many rows without columns.
func NewFrame(rows int) *Frame { return &Frame{Rows: rows, columns: map[string]*Vector{}} }

// Set adds a column, or replaces it.
func (f *Frame) Set(name string, v *Vector) *Frame {
	f.columns[name] = v
	return f
}

// SetInts adds a column without empty values; SetTexts, SetFloats, SetFlags and SetDays likewise.
func (f *Frame) SetInts(name string, v []int64) *Frame { return f.Set(name, &Vector{Ints: v}) }

// SetTexts adds a column of text.
func (f *Frame) SetTexts(name string, v []string) *Frame { return f.Set(name, &Vector{Texts: v}) }

// SetFloats adds a column of shares.
func (f *Frame) SetFloats(name string, v []float64) *Frame { return f.Set(name, &Vector{Floats: v}) }

// SetFlags adds a column of flags.
func (f *Frame) SetFlags(name string, v []bool) *Frame { return f.Set(name, &Vector{Flags: v}) }

// SetDays adds a column of dates.
func (f *Frame) SetDays(name string, v []int32) *Frame { return f.Set(name, &Vector{Days: v}) }

// Vector returns a column. One that was not read is a mistake in the model, and panics.
func (f *Frame) Vector(name string) *Vector {
	v := f.columns[name]
	if v == nil {
		panic(fmt.Sprintf("the table has no column %s", name))
	}
	return v
}

// Has reports whether the table has a column.
func (f *Frame) Has(name string) bool { return f.columns[name] != nil }

// Ints returns a column of keys, counts or eurocents; Days, Floats, Texts and Flags those of their type.
func (f *Frame) Ints(name string) []int64 { return f.Vector(name).Ints }

// Days returns a column of dates or months.
func (f *Frame) Days(name string) []int32 { return f.Vector(name).Days }

// Floats returns a column of shares.
func (f *Frame) Floats(name string) []float64 { return f.Vector(name).Floats }

// Texts returns a column of text.
func (f *Frame) Texts(name string) []string { return f.Vector(name).Texts }

// Flags returns a column of flags.
func (f *Frame) Flags(name string) []bool { return f.Vector(name).Flags }

// Empty reports whether a value of a column is empty.
func (v *Vector) Empty(i int) bool { return v.Null != nil && v.Null[i] }
