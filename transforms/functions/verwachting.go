package functions

import (
	"context"
	"math"
	"strconv"

	"stapel/transforms/estimate"
	"stapel/transforms/typed"
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

// cellTables are what verwachting reads.
type cellTables struct {
	Households typed.Table[householdCell] `table:"huishouden_toen"`
}

type householdCell struct {
	Moment   int64  `parquet:"peil"`
	Band     string `parquet:"band"`
	Years    *int64 `parquet:"jaren,optional"`
	Children bool   `parquet:"kinderen"`
	NextCt   *int64 `parquet:"volgend_ct,optional"`
}

type cellRow struct {
	Band       string  `parquet:"band"`
	Years      string  `parquet:"jaren"`
	Children   string  `parquet:"kinderen"`
	Households int64   `parquet:"huishoudens"`
	SumCt      int64   `parquet:"som_ct"`
	Weight     float64 `parquet:"gewicht"`
	ExpectedCt int64   `parquet:"verwacht_ct"`
}

// verwachting fits the cells.
func verwachting(ctx context.Context, in cellTables) ([]cellRow, error) {
	fit, err := newCellFit(ctx, in.Households)
	if err != nil || fit.households == 0 {
		return nil, err
	}
	var out []cellRow
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
			out = append(out, cell(b, "alle", "alle", fit.of(band, -1, -1), 1, mean))
			for y := range years {
				out = append(out, cell(b, strconv.Itoa(y), "alle", fit.of(band, y, -1), yearWeights[y], yearMeans[y]))
				weights, means := estimate.Shrink(leaves[y*len(kinds):(y+1)*len(kinds)], yearMeans[y], within)
				for k, kind := range kinds {
					out = append(out, cell(b, strconv.Itoa(y), kind, fit.of(band, y, k), weights[k], means[k]))
				}
			}
		}
	}
	return out, nil
}

// bands are the cost bands, dearest first.
var bands = []string{"top_0.1", "top_0.5", "top_1", "top_2", "top_5", "top_10", "rest"}

// kinds of household: without and with someone under 18.
var kinds = []string{"nee", "ja"}

const (
	fitMoment = 1  // the end of T1, whose year after is T0
	maxYears  = 2  // years before that are counted
	fewest    = 10 // households that carry a band's mean
)

// cellFit holds the cost in T0, in eurocents, of the households at the end of T1, by cell, in the order of their keys.
type cellFit struct {
	households int
	cells      [][maxYears + 2][2][]float64 // band, years (the last: not known), children
}

func newCellFit(ctx context.Context, households typed.Table[householdCell]) (*cellFit, error) {
	fit := &cellFit{cells: make([][maxYears + 2][2][]float64, len(bands))}
	at := map[string]int{}
	for b, band := range bands {
		at[band] = b
	}
	for h, err := range households.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		if h.Moment != fitMoment || h.NextCt == nil {
			continue
		}
		y, k := maxYears+1, 0
		if h.Years != nil {
			y = int(*h.Years)
		}
		if h.Children {
			k = 1
		}
		cell := &fit.cells[at[h.Band]][y][k]
		*cell = append(*cell, float64(*h.NextCt))
		fit.households++
	}
	return fit, nil
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

// cell is a row; values are the cost in T0 of its households, expected what one of them is expected to cost, in eurocents.
func cell(band int, years, children string, values []float64, weight, expected float64) cellRow {
	sum := int64(0)
	for _, v := range values {
		sum += int64(v)
	}
	return cellRow{Band: bands[band], Years: years, Children: children, Households: int64(len(values)), SumCt: sum, Weight: weight,
		ExpectedCt: int64(math.Floor(expected + 0.5))}
}
