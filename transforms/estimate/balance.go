package estimate

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
)

// BalanceScale is the standard deviation that a difference of means is divided by. It is of all units given, without weights, so that
// the figures before and after matching have one denominator.
type BalanceScale string

// The scales. ScalePooled is the default.
const (
	// ScalePooled is the root of the mean of the two groups' variances (Rosenbaum and Rubin 1985; Austin, Statistics in Medicine 28, 2009).
	ScalePooled BalanceScale = "pooled"
	// ScaleTreated is of the treated (MatchIt, for the effect on the treated).
	ScaleTreated BalanceScale = "treated"
)

// BalanceOptions are the scale and the number of bins of the overlap coefficient; the zero value is pooled and 20.
type BalanceOptions struct {
	Scale       BalanceScale
	Bins        int
	MomentsOnly bool // no Overlap, which takes most of the time
}

// BalanceRow is how one covariate compares. The figures but for Scale are weighted.
type BalanceRow struct {
	Treated, Control float64 // means, in the covariate's unit
	Difference       float64 // treated minus control, likewise
	Scale            float64 // the standard deviation that SMD has for denominator, likewise
	SMD              float64 // standardised mean difference
	HasSMD           bool    // false where Scale is 0: SMD is then 0 and means nothing
	VarianceRatio    float64 // of treated over control
	HasRatio         bool    // false where the controls have no variance
	Binary           bool    // only 0 and 1: the variances are p (1-p)
	Overlap          Overlap
}

// Overlap is how far the values of two groups lie in one place.
type Overlap struct {
	Within      float64 // share of the treated, by weight, from the least to the largest value of the controls
	Coefficient float64 // the area that the two distributions share, from 0 to 1
}

// BalanceTable has a row per covariate, in their order.
type BalanceTable struct {
	Rows               []BalanceRow
	Treated, Control   int     // units with weight
	TreatedN, ControlN float64 // effective numbers: the square of the sum of weights by the sum of their squares
	Options            BalanceOptions
}

// Errors of Balance and OverlapOf.
var (
	// ErrBalanceInput: slices that do not fit each other, a number that is none, a weight below 0, an option that means nothing.
	ErrBalanceInput = errors.New("balance: input does not fit")
	// ErrBalanceEmpty: a group without units that have weight.
	ErrBalanceEmpty = errors.New("balance: a group is empty")
	// ErrNoOverlap: no treated unit lies within the range of the controls.
	ErrNoOverlap = errors.New("no overlap of treated and controls")
)

// Balance compares treated and controls on each covariate, weighted (Matching.Weights; nil: all 1). Units with weight 0 count in the
// scale only. A covariate with only the values 0 and 1 has variance p (1-p); of others the weighted variance is
// sum w (x-m)² / (W - sum w² / W) with W = sum w, which is the usual one when weights are equal.
//
// Source: Austin 2009; the weighted variance and the treatment of binary covariates are those of MatchIt (Greifer, MatchIt 4,
// "Assessing Balance"), to whose printed figures the tests hold it.
func Balance(treated []bool, x [][]float64, weights []float64, opt BalanceOptions) (*BalanceTable, error) {
	opt.Scale, opt.Bins = cmp.Or(opt.Scale, ScalePooled), cmp.Or(opt.Bins, overlapBins)
	if opt.Scale != ScalePooled && opt.Scale != ScaleTreated || opt.Bins < 2 {
		return nil, fmt.Errorf("%w: scale %q, %d bins", ErrBalanceInput, opt.Scale, opt.Bins)
	}
	weights, err := balanceWeights(treated, x, weights)
	if err != nil {
		return nil, err
	}
	t := &BalanceTable{Options: opt}
	t.Treated, t.TreatedN = effective(treated, weights, true)
	t.Control, t.ControlN = effective(treated, weights, false)
	if t.Treated == 0 || t.Control == 0 {
		return nil, fmt.Errorf("%w: %d treated and %d controls with weight", ErrBalanceEmpty, t.Treated, t.Control)
	}
	ones := slices.Repeat([]float64{1}, len(treated))
	for _, column := range x {
		r := BalanceRow{Binary: !slices.ContainsFunc(column, func(v float64) bool { return v != 0 && v != 1 })}
		var one, zero, allOne, allZero float64
		r.Treated, one = weightedMoments(column, treated, weights, true, r.Binary)
		r.Control, zero = weightedMoments(column, treated, weights, false, r.Binary)
		_, allOne = weightedMoments(column, treated, ones, true, r.Binary)
		_, allZero = weightedMoments(column, treated, ones, false, r.Binary)
		r.Difference = r.Treated - r.Control
		r.Scale = math.Sqrt(allOne)
		if opt.Scale == ScalePooled {
			r.Scale = math.Sqrt((allOne + allZero) / 2)
		}
		if r.HasSMD = r.Scale > 0; r.HasSMD {
			r.SMD = r.Difference / r.Scale
		}
		if r.HasRatio = zero > 0; r.HasRatio {
			r.VarianceRatio = one / zero
		}
		if !opt.MomentsOnly {
			r.Overlap = overlapOf(column, treated, weights, opt.Bins)
		}
		t.Rows = append(t.Rows, r)
	}
	return t, nil
}

// overlapBins is the number of bins of the overlap coefficient.
const overlapBins = 20

// OverlapOf is the overlap of one score, such as the logit of the propensity; weights nil: all 1. When not one treated unit lies within
// the range of the controls there is nothing to compare: ErrNoOverlap, with the two ranges.
//
// The coefficient is the area under the lower of the two densities (Inman and Bradley, Communications in Statistics 18, 1989). It does
// not change under a monotone transformation, and so is taken over bins of the two groups together, each group with half the weight:
// bins of equal weight, equal values in one bin. For a binary score it is exact. Few units and many bins make it too low.
func OverlapOf(score []float64, treated []bool, weights []float64) (Overlap, error) {
	weights, err := balanceWeights(treated, [][]float64{score}, weights)
	if err != nil {
		return Overlap{}, err
	}
	one, _ := effective(treated, weights, true)
	zero, _ := effective(treated, weights, false)
	if one == 0 || zero == 0 {
		return Overlap{}, fmt.Errorf("%w: %d treated and %d controls with weight", ErrBalanceEmpty, one, zero)
	}
	o := overlapOf(score, treated, weights, overlapBins)
	if o.Within == 0 {
		lowT, highT := rangeOf(score, treated, weights, true)
		lowC, highC := rangeOf(score, treated, weights, false)
		return Overlap{}, fmt.Errorf("%w: treated from %g to %g, controls from %g to %g", ErrNoOverlap, lowT, highT, lowC, highC)
	}
	return o, nil
}

// balanceWeights are the weights, 1 when there are none, after a look at what does not fit.
func balanceWeights(treated []bool, x [][]float64, weights []float64) ([]float64, error) {
	if weights == nil {
		weights = slices.Repeat([]float64{1}, len(treated))
	}
	if len(weights) != len(treated) {
		return nil, fmt.Errorf("%w: %d weights for %d units", ErrBalanceInput, len(weights), len(treated))
	}
	for i, w := range weights {
		if !(w >= 0) || math.IsInf(w, 1) {
			return nil, fmt.Errorf("%w: weight of unit %d is %v", ErrBalanceInput, i, w)
		}
	}
	for j, column := range x {
		if len(column) != len(treated) {
			return nil, fmt.Errorf("%w: covariate %d has %d values for %d units", ErrBalanceInput, j, len(column), len(treated))
		}
		if i := notFinite(column); i >= 0 {
			return nil, fmt.Errorf("%w: covariate %d of unit %d is %v", ErrBalanceInput, j, i, column[i])
		}
	}
	return weights, nil
}

// effective is the number of units of a group that have weight, and the number of equal weights that would tell as much.
func effective(treated []bool, weights []float64, group bool) (n int, equal float64) {
	var sum, squares float64
	for i, w := range weights {
		if treated[i] == group && w > 0 {
			n++
			sum += w
			squares += w * w
		}
	}
	if n == 0 {
		return 0, 0
	}
	return n, sum * sum / squares
}

// weightedMoments are the weighted mean and variance of a group; the variance of a single unit is 0.
func weightedMoments(x []float64, treated []bool, weights []float64, group, binary bool) (mean, variance float64) {
	var sum, squares, around float64
	for i, w := range weights {
		if treated[i] == group {
			sum += w
			squares += w * w
			mean += w * x[i]
		}
	}
	mean /= sum
	if binary {
		return mean, mean * (1 - mean)
	}
	for i, w := range weights {
		if treated[i] == group {
			around += w * (x[i] - mean) * (x[i] - mean)
		}
	}
	if free := sum - squares/sum; free > 1e-12*sum {
		variance = around / free
	}
	return mean, variance
}

func rangeOf(x []float64, treated []bool, weights []float64, group bool) (low, high float64) {
	low, high = math.Inf(1), math.Inf(-1)
	for i, w := range weights {
		if treated[i] == group && w > 0 {
			low, high = min(low, x[i]), max(high, x[i])
		}
	}
	return low, high
}

// overlapOf needs both groups to have weight.
func overlapOf(x []float64, treated []bool, weights []float64, bins int) Overlap {
	low, high := rangeOf(x, treated, weights, false)
	var order []int
	var total [2]float64
	var within float64
	group := func(i int) int {
		if treated[i] {
			return 1
		}
		return 0
	}
	for i, w := range weights {
		if w == 0 {
			continue
		}
		order = append(order, i)
		total[group(i)] += w
		if treated[i] && low <= x[i] && x[i] <= high {
			within += w
		}
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(x[a], x[b]), cmp.Compare(a, b)) })
	o := Overlap{Within: within / total[1]}
	var bin [2]float64
	passed, width := 0.0, 1/float64(bins)
	edge := width
	for k, i := range order {
		share := weights[i] / total[group(i)]
		bin[group(i)] += share
		passed += share / 2
		last := k == len(order)-1
		if !last && (passed < edge-1e-12 || x[order[k+1]] == x[i]) {
			continue
		}
		o.Coefficient += min(bin[0], bin[1])
		bin = [2]float64{}
		for edge <= passed+1e-12 {
			edge += width
		}
	}
	return o
}
