// Package typedtest holds Parquet files, of whatever writer, to what an engine takes on trust: it leaves out pages and row groups whose bounds
// say that they hold nothing of what it looks for. No program contains it.
package typedtest

import (
	"bytes"
	"cmp"
	"fmt"
	"testing"

	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/metadata"
)

// Bounds fails the test where bounds, counts or places of a file are not those of its values, and returns how many of its pages have
// bounds, and how many have not: a file may go without, and say nothing. The columns are plain ones, without lists or groups.
func Bounds(t testing.TB, name string) (with, without int) {
	t.Helper()
	f, err := file.OpenParquetFile(name, false)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	defer f.Close()
	for g := range f.NumRowGroups() {
		for c := range f.RowGroup(g).NumColumns() {
			indexed, pages, err := chunk(f, g, c)
			if err != nil {
				t.Errorf("%s, row group %d, column %s: %v", name, g, f.MetaData().Schema.Column(c).Name(), err)
			}
			if indexed {
				with += pages
			} else {
				without += pages
			}
		}
	}
	return with, without
}

// chunk looks at one column of a row group.
func chunk(f *file.Reader, g, c int) (indexed bool, pages int, err error) {
	r, err := f.RowGroup(g).Column(c)
	if err != nil {
		return false, 0, err
	}
	switch r := r.(type) {
	case *file.BooleanColumnChunkReader:
		return column(f, g, c, r.ReadBatch, func(a, b bool) int { return cmp.Compare(ord(a), ord(b)) })
	case *file.Int32ColumnChunkReader:
		return column(f, g, c, r.ReadBatch, cmp.Compare[int32])
	case *file.Int64ColumnChunkReader:
		return column(f, g, c, r.ReadBatch, cmp.Compare[int64])
	case *file.Float64ColumnChunkReader:
		return column(f, g, c, r.ReadBatch, cmp.Compare[float64])
	case *file.ByteArrayColumnChunkReader:
		return column(f, g, c, r.ReadBatch, func(a, b parquet.ByteArray) int { return bytes.Compare(a, b) })
	}
	return false, 0, fmt.Errorf("no file of ours has columns of %s", r.Type())
}

func ord(b bool) int {
	if b {
		return 1
	}
	return 0
}

// limits are the smallest and the largest of some values, and how many are empty.
type limits[T any] struct {
	filled   bool
	min, max T
	nulls    int64
}

func column[T parquet.ColumnTypes](f *file.Reader, g, c int, read func(int64, []T, []int16, []int16) (int64, int, error),
	compare func(a, b T) int) (indexed bool, pages int, err error) {
	sizes, err := pageSizes(f, g, c)
	if err != nil {
		return false, 0, err
	}
	var all limits[T]
	byPage := make([]limits[T], len(sizes))
	optional := f.MetaData().Schema.Column(c).MaxDefinitionLevel() == 1
	for i, size := range sizes {
		values, levels := make([]T, size), make([]int16, size)
		for left := size; left > 0; {
			n, filled, err := read(left, values, levels, nil)
			if err != nil || n == 0 {
				return false, 0, fmt.Errorf("page %d lacks %d values: %v", i, left, err)
			}
			left -= n
			for _, l := range []*limits[T]{&byPage[i], &all} {
				l.add(values[:filled], compare)
				if optional {
					l.nulls += n - int64(filled)
				}
			}
		}
	}
	if err := statistics(f, g, c, all, compare); err != nil {
		return false, 0, err
	}
	group, err := f.GetPageIndexReader().RowGroup(g)
	if err != nil || group == nil {
		return false, len(sizes), err
	}
	places, err := group.GetOffsetIndex(c)
	if err != nil || places == nil {
		return false, len(sizes), err
	}
	row := int64(0)
	if n := len(places.GetPageLocations()); n != len(sizes) {
		return false, 0, fmt.Errorf("%d pages; it says %d", len(sizes), n)
	}
	for i, at := range places.GetPageLocations() {
		if at.FirstRowIndex != row {
			return false, 0, fmt.Errorf("page %d begins at row %d; it says %d", i, row, at.FirstRowIndex)
		}
		row += sizes[i]
	}
	index, err := group.GetColumnIndex(c)
	if err != nil || index == nil {
		return false, len(sizes), err
	}
	return true, len(sizes), bounds(index, byPage, compare)
}

// statistics holds those of a row group to its values.
func statistics[T parquet.ColumnTypes](f *file.Reader, g, c int, all limits[T], compare func(a, b T) int) error {
	of, err := f.MetaData().RowGroup(g).ColumnChunk(c)
	if err != nil {
		return err
	}
	if set, err := of.StatsSet(); err != nil || !set {
		return err
	}
	stats, err := of.Statistics()
	if err != nil {
		return err
	}
	if stats.HasNullCount() && stats.NullCount() != all.nulls {
		return fmt.Errorf("%d values are empty; it says %d", all.nulls, stats.NullCount())
	}
	s := stats.(interface {
		Min() T
		Max() T
	})
	if stats.HasMinMax() && (!all.filled || !holds(all, s.Min(), s.Max(), compare)) {
		return fmt.Errorf("its values are from %v to %v; it says from %v to %v", all.min, all.max, s.Min(), s.Max())
	}
	return nil
}

// bounds holds a column index to the values of the pages.
func bounds[T parquet.ColumnTypes](index metadata.ColumnIndex, pages []limits[T], compare func(a, b T) int) error {
	typed, ok := index.(*metadata.TypedColumnIndex[T])
	if !ok || len(index.GetNullPages()) != len(pages) {
		return fmt.Errorf("a %T of %d pages; there are %d", index, len(index.GetNullPages()), len(pages))
	}
	lower, upper, order := typed.MinValues(), typed.MaxValues(), index.GetBoundaryOrder()
	before := -1 // the page with values before
	for i, l := range pages {
		if empty := index.GetNullPages()[i]; empty == l.filled {
			return fmt.Errorf("page %d has values: %v; it says that it has none: %v", i, l.filled, empty)
		}
		if index.IsSetNullCounts() && index.GetNullCounts()[i] != l.nulls {
			return fmt.Errorf("page %d: %d values are empty; it says %d", i, l.nulls, index.GetNullCounts()[i])
		}
		if !l.filled {
			continue
		}
		if !holds(l, lower[i], upper[i], compare) {
			return fmt.Errorf("page %d: its values are from %v to %v; it says from %v to %v", i, l.min, l.max, lower[i], upper[i])
		}
		if before >= 0 {
			low, high := compare(lower[before], lower[i]), compare(upper[before], upper[i])
			if order == metadata.Ascending && max(low, high) > 0 || order == metadata.Descending && min(low, high) < 0 {
				return fmt.Errorf("page %d does not come after the one before: %s", i, order)
			}
		}
		before = i
	}
	return nil
}

func (l *limits[T]) add(values []T, compare func(a, b T) int) {
	for _, v := range values {
		if !l.filled || compare(v, l.min) < 0 {
			l.min = kept(v)
		}
		if !l.filled || compare(v, l.max) > 0 {
			l.max = kept(v)
		}
		l.filled = true
	}
}

// kept is a value that stays what it is when its page is gone.
func kept[T any](v T) T {
	if b, ok := any(v).(parquet.ByteArray); ok {
		return any(parquet.ByteArray(bytes.Clone(b))).(T)
	}
	return v
}

// holds says whether low and high are the bounds of the values. Those of a long text may be shorter: a lower one is a beginning of it, an
// upper one a beginning with a higher end.
func holds[T any](l limits[T], low, high T, compare func(a, b T) int) bool {
	if compare(low, l.min) == 0 && compare(high, l.max) == 0 {
		return true
	}
	const short = 16
	min, ok := any(l.min).(parquet.ByteArray)
	if !ok {
		return false
	}
	max, lower, upper := any(l.max).(parquet.ByteArray), any(low).(parquet.ByteArray), any(high).(parquet.ByteArray)
	lowerHolds := bytes.Equal(lower, min) || len(min) > short && len(lower) >= short && bytes.HasPrefix(min, lower)
	upperHolds := bytes.Equal(upper, max) || len(max) > short && len(upper) >= short && bytes.Compare(upper, max) > 0 && bytes.HasPrefix(max, upper[:len(upper)-1])
	return lowerHolds && upperHolds
}

// pageSizes are how many values, empty ones included, each page of a column has.
func pageSizes(f *file.Reader, g, c int) (sizes []int64, err error) {
	pages, err := f.RowGroup(g).GetColumnPageReader(c)
	if err != nil {
		return nil, err
	}
	for pages.Next() {
		if p, ok := pages.Page().(file.DataPage); ok {
			sizes = append(sizes, int64(p.NumValues()))
		}
	}
	return sizes, pages.Err()
}
