// Package mart reads a run's marts for the reports. A report asks for a handful of columns of tables that may have
// millions of rows, so marts are read as a stream, and only the columns of the row type are decoded. What a mart's columns are, its header
// says (package transforms): row types are held to it by a test, and tables for people take their columns from it.
package mart

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/parquet-go/parquet-go"
)

// Date is a day as Parquet stores it: days since 1970-01-01.
type Date int32

// Time is the day at midnight UTC.
func (d Date) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// DateOf is the day of t.
func DateOf(t time.Time) Date {
	return Date(time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// batch is how many rows are decoded at a time.
const batch = 512

// Scan calls fn for every row of a mart, in file order; the row is reused between calls. The error wraps fs.ErrNotExist when the run has
// no such mart.
func Scan[T any](ctx context.Context, marts fs.FS, t Table[T], fn func(*T) error) error {
	return scan(ctx, marts, t.Name, -1, fn)
}

// ScanFirst is Scan for the first limit rows. Row groups beyond are not read.
func ScanFirst[T any](ctx context.Context, marts fs.FS, t Table[T], limit int64, fn func(*T) error) error {
	return scan(ctx, marts, t.Name, limit, fn)
}

// ScanIfThere is Scan for a mart that may be missing: then nothing is read.
func ScanIfThere[T any](ctx context.Context, marts fs.FS, t Table[T], fn func(*T) error) error {
	if err := Scan(ctx, marts, t, fn); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// All returns every row of a mart; for the small ones.
func All[T any](ctx context.Context, marts fs.FS, t Table[T]) ([]T, error) {
	return ReadFile[T](ctx, marts, t.Name)
}

// AllIfThere is All for a mart that may be missing: then there are no rows.
func AllIfThere[T any](ctx context.Context, marts fs.FS, t Table[T]) ([]T, error) {
	rows, err := All(ctx, marts, t)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return rows, err
}

// ReadFile returns every row of <name>.parquet, which need not be a mart.
func ReadFile[T any](ctx context.Context, folder fs.FS, name string) ([]T, error) {
	var out []T
	err := scan(ctx, folder, name, -1, func(row *T) error {
		out = append(out, *row)
		return nil
	})
	return out, err
}

// Value is what p points at, the zero value without one.
func Value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

// scan reads rows until limit, or all when it is negative.
func scan[T any](ctx context.Context, marts fs.FS, name string, limit int64, fn func(*T) error) (err error) {
	file, done, err := open(marts, name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, done()) }()
	if err := checkColumns[T](file, name); err != nil {
		return err
	}
	reader := parquet.NewGenericReader[T](file)
	defer func() { err = errors.Join(err, reader.Close()) }()

	rows := make([]T, batch)
	for read := int64(0); limit < 0 || read < limit; {
		if err := ctx.Err(); err != nil {
			return err
		}
		want := int64(len(rows))
		if limit >= 0 {
			want = min(want, limit-read)
		}
		clear(rows)
		n, err := reader.Read(rows[:want])
		for i := range n {
			if err := fn(&rows[i]); err != nil {
				return err
			}
		}
		read += int64(n)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("mart %s: rij %d: %w", name, read+1, err)
		}
	}
	return nil
}

// Rows is the number of rows of a mart, from its footer.
func Rows(marts fs.FS, name string) (int64, error) {
	file, done, err := open(marts, name)
	if err != nil {
		return 0, err
	}
	return file.NumRows(), done()
}

// Has says whether the run has the mart.
func Has(marts fs.FS, name string) bool {
	_, err := fs.Stat(marts, name+".parquet")
	return err == nil
}

func open(marts fs.FS, name string) (*parquet.File, func() error, error) {
	f, err := marts.Open(name + ".parquet")
	if err != nil {
		return nil, nil, fmt.Errorf("mart %s: %w", name, err)
	}
	at, ok := f.(io.ReaderAt)
	if !ok {
		data, err := io.ReadAll(f)
		if err != nil {
			return nil, nil, errors.Join(fmt.Errorf("mart %s: %w", name, err), f.Close())
		}
		at = bytes.NewReader(data)
	}
	info, err := f.Stat()
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("mart %s: %w", name, err), f.Close())
	}
	file, err := parquet.OpenFile(at, info.Size(), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, nil, errors.Join(fmt.Errorf("mart %s: geen leesbaar Parquet-bestand: %w", name, err), f.Close())
	}
	return file, f.Close, nil
}

// checkColumns compares the row type with the file before anything is read: the library fills an absent column with
// zeros, and a zero in a report is a figure.
func checkColumns[T any](file *parquet.File, name string) error {
	for _, field := range Fields(reflect.TypeFor[T]()) {
		leaf, err := lookup(file, name, columnOf(field))
		if err != nil {
			return err
		}
		if !fits(field.Type, leaf.Node.Type().Kind()) {
			return wrongType(name, columnOf(field), leaf)
		}
	}
	return nil
}

// Fields are the fields of a row type, those of structs within it too.
func Fields(t reflect.Type) []reflect.StructField {
	return slices.DeleteFunc(reflect.VisibleFields(t), func(f reflect.StructField) bool { return f.Anonymous })
}

// columnOf is the column that a field of a row is read from.
func columnOf(field reflect.StructField) string {
	name, _, _ := strings.Cut(field.Tag.Get("parquet"), ",")
	return name
}

func lookup(file *parquet.File, name, column string) (parquet.LeafColumn, error) {
	leaf, ok := file.Schema().Lookup(column)
	if !ok {
		return leaf, fmt.Errorf("mart %s: kolom %s ontbreekt; is de mart door een andere versie van stapel gemaakt?", name, column)
	}
	return leaf, nil
}

func wrongType(name, column string, leaf parquet.LeafColumn) error {
	return fmt.Errorf("mart %s: kolom %s heeft type %s, dat past niet bij deze versie van stapel", name, column, leaf.Node.Type())
}

func fits(t reflect.Type, kind parquet.Kind) bool {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t.Kind() {
	case reflect.Int64:
		return kind == parquet.Int64 || kind == parquet.Int32
	case reflect.Int32:
		return kind == parquet.Int32
	case reflect.Float64:
		return kind == parquet.Double || kind == parquet.Float
	case reflect.Bool:
		return kind == parquet.Boolean
	default: // text; a whole number is written out in digits
		return kind == parquet.ByteArray || kind == parquet.Int32 || kind == parquet.Int64
	}
}
