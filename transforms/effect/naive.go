package effect

import (
	"cmp"
	"errors"
	"math"

	"stapel/transforms/estimate"
)

// beforeAfter is the mean change of the treated alone.
func beforeAfter(list []Amounts) (Fit, error) {
	change := make([]float64, len(list))
	for i, a := range list {
		change[i] = a.TreatedAfter - a.TreatedBefore
	}
	f, err := fitSets(change, nil, Changes)
	if err != nil {
		return meanOnly(change), err
	}
	return f, nil
}

// meanOnly is the mean of values, without interval.
func meanOnly(values []float64) Fit {
	f := Fit{N: len(values), P: 1}
	for _, v := range values {
		f.Estimate += v / float64(len(values))
	}
	f.Low, f.High = f.Estimate, f.Estimate
	return f
}

// toTheMean is what untreated households of the pool with the treated's cost before did.
func toTheMean(list []Amounts, pool []Amounts, known []bool) (Fit, error) {
	var selected, first, second []float64
	for _, a := range list {
		selected = append(selected, a.TreatedBefore)
	}
	for k, a := range pool {
		if known[k] {
			first, second = append(first, a.TreatedBefore), append(second, a.TreatedAfter)
		}
	}
	if len(selected) == 0 || len(first) < 3 {
		return Fit{}, estimate.ErrTooFew
	}
	fit, err := estimate.RegressionDirect(selected, first, second, estimate.DirectOptions{})
	if err != nil {
		return Fit{}, err
	}
	return Fit{Estimate: fit.Change, SE: fit.StdErr, Low: fit.Low, High: fit.High, N: fit.Compared}, nil
}

// Fragile is what a figure rests on.
type Fragile struct {
	Low, High float64 // of the estimate, leaving out each set in turn
	Largest   float64 // share of the set with the largest change, of all changes taken without sign
	Capped    Fit     // with yearly costs capped
	Cap       float64 // at which, eurocents a year
	HasCapped bool
}

// fragile leaves out each set in turn. capped are the amounts of the same sets with costs capped.
func fragile(h Headline, capped []Amounts, limit float64) (Fragile, error) {
	f := Fragile{Low: math.Inf(1), High: math.Inf(-1), Cap: limit}
	change := changesOf(h.Amounts)
	if len(change) < 3 {
		return f, estimate.ErrTooFew
	}
	var all float64
	for _, v := range change {
		all += math.Abs(v)
	}
	for _, v := range change {
		if all > 0 {
			f.Largest = max(f.Largest, math.Abs(v)/all)
		}
	}
	n := len(change)
	estimates, errs := make([]float64, n), make([]error, n)
	estimate.InParallel(n, func(k int) {
		lags := make([][]float64, len(h.lags))
		for j, c := range h.lags {
			lags[j] = without(c, k)
		}
		fit, err := fitSets(without(change, k), lags, h.Form)
		estimates[k], errs[k] = fit.Estimate, err
	})
	if err := errors.Join(errs...); err != nil {
		return f, cmp.Or(errs[0], err)
	}
	for _, v := range estimates {
		f.Low, f.High = min(f.Low, v), max(f.High, v)
	}
	if !math.IsInf(limit, 1) {
		if fit, err := estimateSets(capped, h.Form); err == nil {
			f.Capped, f.HasCapped = fit, true
		}
	}
	return f, nil
}

// without is a copy of values without that at k.
func without(values []float64, k int) []float64 {
	out := make([]float64, 0, len(values)-1)
	return append(append(out, values[:k]...), values[k+1:]...)
}
