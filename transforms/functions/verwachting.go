package functions

import (
	"context"
	"math"
	"strconv"

	"stapel/transforms"
	"stapel/transforms/estimate"
)

/*
name: verwachting
doc: >
  What a household costs in the year after, by cell (methods 4, rules 28): band > years at or above half the threshold > has
  children; fitted on households as they were at the end of T1 and their cost in T0. The mean of a cell is drawn towards that of
  the cell above it by the variance between and within cells; a band is taken as it is, but bands of fewer than ten households
  are taken together with the next, cells and all. A row with jaren or kinderen "alle" is the cell above; it serves where the years are not known. No
  rows when T1 or T0 is not covered.
grain: [band, jaren, kinderen]
reads: [huishouden_toen]
columns:
  - band tekst: cost band
  - jaren tekst: 0, 1, 2 or alle
  - kinderen tekst: ja, nee or alle
  - huishoudens aantal: in the cell at the end of T1
  - som_ct ct: their cost in T0
  - gewicht aandeel: weight of the cell's own mean, 0 to 1
  - verwacht_ct ct: expected cost of a household, rounded half up
*/

// verwachting fits the cells.
func verwachting(ctx context.Context, in transforms.In) (*transforms.Frame, error) {
	f, err := in.Read(ctx, "huishouden_toen", "peil", "band", "jaren", "kinderen", "volgend_ct")
	if err != nil {
		return nil, err
	}
	fit := newCellFit(f)
	out := &cellRows{}
	if fit.households == 0 {
		return out.frame(), nil
	}
	for _, pool := range fit.pools() {
		mean := estimate.MomentsOf(fit.of(pool, -1, -1)).Mean
		var years, leaves []estimate.Moments
		for y := range maxYears + 1 {
			years = append(years, estimate.MomentsOf(fit.of(pool, y, -1)))
			for k := range kinds {
				leaves = append(leaves, estimate.MomentsOf(fit.of(pool, y, k)))
			}
		}
		yearWeights, yearMeans := estimate.Shrink(years, mean, estimate.PooledVariance(years))
		within := estimate.PooledVariance(leaves)
		for _, b := range pool {
			band := []int{b}
			out.add(b, "alle", "alle", fit.of(band, -1, -1), 1, mean)
			for y := range years {
				out.add(b, strconv.Itoa(y), "alle", fit.of(band, y, -1), yearWeights[y], yearMeans[y])
				weights, means := estimate.Shrink(leaves[y*len(kinds):(y+1)*len(kinds)], yearMeans[y], within)
				for k, kind := range kinds {
					out.add(b, strconv.Itoa(y), kind, fit.of(band, y, k), weights[k], means[k])
				}
			}
		}
	}
	return out.frame(), nil
}

// bands are the cost bands, dearest first.
var bands = []string{"top_0.1", "top_0.5", "top_1", "top_2", "top_5", "top_10", "rest"}

// kinds of household: without and with someone under 18.
var kinds = []string{"nee", "ja"}

const (
	maxYears = 2  // years before that are counted
	fewest   = 10 // households that carry a band's mean
)

// cellFit holds the cost in T0, in eurocents, of the households at the end of T1, by cell, in the order of their keys.
type cellFit struct {
	households int
	cells      [][maxYears + 2][2][]float64 // band, years (the last: not known), children
}

func newCellFit(f *transforms.Frame) *cellFit {
	fit := &cellFit{cells: make([][maxYears + 2][2][]float64, len(bands))}
	at := map[string]int{}
	for b, band := range bands {
		at[band] = b
	}
	moment, band, years, kids, next := f.Ints("peil"), f.Texts("band"), f.Vector("jaren"), f.Flags("kinderen"), f.Vector("volgend_ct")
	for i := range f.Rows {
		if moment[i] != 1 || next.Empty(i) {
			continue
		}
		y, k := maxYears+1, 0
		if !years.Empty(i) {
			y = int(years.Ints[i])
		}
		if kids[i] {
			k = 1
		}
		cell := &fit.cells[at[band[i]]][y][k]
		*cell = append(*cell, float64(next.Ints[i]))
		fit.households++
	}
	return fit
}

// of returns the values of a cell, over a few bands; -1 takes all years, those that are not known included, or both kinds of
// household.
func (fit *cellFit) of(pool []int, years, kind int) []float64 {
	var out []float64
	for _, band := range pool {
		for y, cell := range fit.cells[band] {
			for k, values := range cell {
				if (years < 0 || y == years) && (kind < 0 || k == kind) {
					out = append(out, values...)
				}
			}
		}
	}
	return out
}

// pools are the bands, those with fewer than ten households taken together with the next; what is too few at the end joins
// the one before.
func (fit *cellFit) pools() (pools [][]int) {
	var pool []int
	n := 0
	for b := range bands {
		pool = append(pool, b)
		if n += len(fit.of([]int{b}, -1, -1)); n >= fewest {
			pools, pool, n = append(pools, pool), nil, 0
		}
	}
	if last := len(pools) - 1; len(pool) > 0 && last >= 0 {
		pools[last] = append(pools[last], pool...)
	} else if len(pool) > 0 {
		pools = append(pools, pool)
	}
	return pools
}

// cellRows collects the rows of the table.
type cellRows struct {
	band, years, kids  []string
	n, sum, expectedCt []int64
	weight             []float64
}

func (r *cellRows) add(band int, years, kids string, values []float64, weight, expected float64) {
	sum := int64(0)
	for _, v := range values {
		sum += int64(v)
	}
	r.band, r.years, r.kids = append(r.band, bands[band]), append(r.years, years), append(r.kids, kids)
	r.n, r.sum = append(r.n, int64(len(values))), append(r.sum, sum)
	r.weight, r.expectedCt = append(r.weight, weight), append(r.expectedCt, int64(math.Floor(expected+0.5)))
}

func (r *cellRows) frame() *transforms.Frame {
	return transforms.NewFrame(len(r.band)).SetTexts("band", r.band).SetTexts("jaren", r.years).SetTexts("kinderen", r.kids).
		SetInts("huishoudens", r.n).SetInts("som_ct", r.sum).SetFloats("gewicht", r.weight).SetInts("verwacht_ct", r.expectedCt)
}
