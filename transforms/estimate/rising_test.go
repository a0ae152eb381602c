package estimate

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"
)

// TestRising: places are in the order of the last numbers and then of the ones before, as a sort by comparing has them, 0 and -0 equal.
func TestRising(t *testing.T) {
	finite := rapid.OneOf(rapid.Float64Range(-1e300, 1e300), rapid.SampledFrom([]float64{0, math.Copysign(0, -1), 1, -1, 5e-324, -5e-324}))
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 60).Draw(t, "n")
		first := rapid.SliceOfN(finite, n, n).Draw(t, "first")
		second := rapid.SliceOfN(rapid.OneOf(rapid.Int64(), rapid.Int64Range(-1, 1)), n, n).Draw(t, "second")
		r := newRising(n)
		r.by(func(i int) uint64 { return ofFloat(first[i]) })
		r.by(func(i int) uint64 { return ofInt(second[i]) })
		want := newRising(n).order
		slices.SortStableFunc(want, func(a, b int32) int {
			return cmp.Or(cmp.Compare(second[a], second[b]), cmp.Compare(first[a], first[b]))
		})
		if !slices.Equal(r.order, want) {
			t.Fatalf("got %v, want %v", r.order, want)
		}
		for i, rank := range r.averageRanks(first) {
			below, equal := 0, 0
			for _, v := range first {
				if v < first[i] {
					below++
				} else if v == first[i] {
					equal++
				}
			}
			if want := float64(below) + float64(equal+1)/2; rank != want {
				t.Fatalf("%v has rank %v, want %v", first[i], rank, want)
			}
		}
	})
}

// TestCovariances: to the last bit those that gonum makes of two columns at a time.
func TestCovariances(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n, p := rapid.IntRange(2, 40).Draw(t, "n"), rapid.IntRange(1, 13).Draw(t, "p")
		columns := make([][]float64, p)
		for j := range columns {
			columns[j] = rapid.SliceOfN(rapid.Float64Range(-1e9, 1e9), n, n).Draw(t, "column")
		}
		for j, row := range covariances(columns) {
			if row[j] != stat.Variance(columns[j], nil) {
				t.Fatalf("variance %d is %v, want %v", j, row[j], stat.Variance(columns[j], nil))
			}
			for k, v := range row {
				if want := stat.Covariance(columns[j], columns[k], nil); v != want {
					t.Fatalf("%d and %d: %v, want %v", j, k, v, want)
				}
			}
		}
	})
}
