package typed

import (
	"context"
	"fmt"
	"iter"
	"reflect"
	"slices"
)

// Table is a table that a model in Go reads: a field of what it is given, with the table's name in a table tag.
type Table[T any] struct {
	rows func(ctx context.Context) iter.Seq2[T, error]
	file string // "" of a table of rows
}

// TableOf is a table of rows, for a test.
func TableOf[T any](rows ...T) Table[T] {
	return Table[T]{rows: func(context.Context) iter.Seq2[T, error] {
		return func(yield func(T, error) bool) {
			for _, row := range rows {
				if !yield(row, nil) {
					return
				}
			}
		}
	}}
}

// Rows gives the rows one by one: those of a model in the order of its grain, those of an input in the order in which it was made.
// An error comes last, in place of a row.
func (t Table[T]) Rows(ctx context.Context) iter.Seq2[T, error] { return t.rows(ctx) }

// All returns all rows, of a table that is small.
func (t Table[T]) All(ctx context.Context) ([]T, error) { return collect(t.rows(ctx)) }

// One returns the row of a table that has one; another number of rows is an error.
func (t Table[T]) One(ctx context.Context) (row T, err error) {
	all, err := t.All(ctx)
	if err == nil && len(all) != 1 {
		err = fmt.Errorf("a table of one row has %d", len(all))
	}
	if err != nil {
		return row, err
	}
	return all[0], nil
}

// Reads is a table that a model reads, with the columns that its rows have.
type Reads struct {
	Table   string
	Columns []Column
}

// Func is a model in Go, whatever the types of its rows.
type Func struct {
	Reads []Reads  // the tables it reads
	Gives []Column // the columns of its rows, in order
	run   func(ctx context.Context, file func(table string) string, to string) error
}

// bound is a *Table of any row type.
type bound interface {
	columns() ([]Column, error)
	bind(table, file string)
}

func (t *Table[T]) columns() ([]Column, error) { return Columns[T]() }

func (t *Table[T]) bind(table, file string) {
	t.file = file
	t.rows = func(ctx context.Context) iter.Seq2[T, error] {
		return func(yield func(T, error) bool) {
			for row, err := range Read[T](ctx, file) {
				if err != nil {
					err = fmt.Errorf("table %s: %w", table, err)
				}
				if !yield(row, err) {
					return
				}
			}
		}
	}
}

// FuncOf makes a model of a function. I is a struct of Tables, or of such structs embedded in it, O a row of what it gives. The rows depend on the tables alone: no
// clock, no chance. Types that are no rows are an error, here and not in a run.
func FuncOf[I, O any](fn func(ctx context.Context, in I) ([]O, error)) (*Func, error) {
	var f Func
	var err error
	if f.Gives, err = Columns[O](); err != nil {
		return nil, err
	}
	t := reflect.TypeFor[I]()
	if t.Kind() != reflect.Struct {
		return nil, fmt.Errorf("%s is no struct of tables", t)
	}
	tables := func(in *I, each func(table string, t bound) error) error {
		for _, field := range reflect.VisibleFields(t) {
			if field.Anonymous && field.Type.Kind() == reflect.Struct {
				continue // its fields come after it
			}
			name := field.Tag.Get("table")
			if name == "" || !field.IsExported() {
				return fmt.Errorf("%s.%s: a table is an exported field with its name in a table tag", t, field.Name)
			}
			b, ok := reflect.ValueOf(in).Elem().FieldByIndex(field.Index).Addr().Interface().(bound)
			if !ok {
				return fmt.Errorf("%s.%s: a table is a typed.Table", t, field.Name)
			}
			if err := each(name, b); err != nil {
				return err
			}
		}
		return nil
	}
	err = tables(new(I), func(table string, t bound) error {
		columns, err := t.columns()
		if err == nil && slices.ContainsFunc(f.Reads, func(r Reads) bool { return r.Table == table }) {
			err = fmt.Errorf("two fields are table %s", table)
		}
		f.Reads = append(f.Reads, Reads{table, columns})
		return err
	})
	if err != nil {
		return nil, err
	}
	f.run = func(ctx context.Context, file func(table string) string, to string) error {
		var in I
		err := tables(&in, func(table string, t bound) error {
			from := file(table)
			if from == "" {
				return fmt.Errorf("there is no table %s", table)
			}
			t.bind(table, from)
			return nil
		})
		if err != nil {
			return err
		}
		rows, err := fn(ctx, in)
		if err != nil {
			return err
		}
		return Write(to, rows)
	}
	return &f, nil
}

// Run computes the model. file gives the file of a table that it reads, "" when there is none; what the model gives is written to
// a new file. beside is what it may use beside its tables, which changes no row.
func (f *Func) Run(ctx context.Context, file func(table string) string, to string, beside Beside) error {
	return f.run(context.WithValue(ctx, besideKey{}, beside), file, to)
}
