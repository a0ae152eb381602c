package estimate

import (
	"cmp"
	"math"
	"slices"
)

// mass is a value and how much it weighs; masses are the distribution of what resampling or enumeration gave.
type (
	mass   struct{ value, weight float64 }
	masses []mass
)

// roundOff is the part of the total weight, or of a figure, that rounding may make.
const roundOff = 1e-9

func (m masses) sort() {
	slices.SortFunc(m, func(a, b mass) int { return cmp.Or(cmp.Compare(a.value, b.value), cmp.Compare(a.weight, b.weight)) })
}

func (m masses) total() (sum float64) {
	for _, v := range m {
		sum += v.weight
	}
	return sum
}

// moments are the mean and the variance; of draws, which weigh 1 each, the variance has one less below the line.
func (m masses) moments(exact bool) (mean, variance float64) {
	total := m.total()
	for _, v := range m {
		mean += v.weight * v.value / total
	}
	for _, v := range m {
		variance += v.weight * (v.value - mean) * (v.value - mean)
	}
	if !exact {
		total = max(1, total-1)
	}
	return mean, variance / total
}

// from is the least value at which a part p of the weight is there, to the largest at which a part p is still to come; m is sorted. Of
// 999 values of equal weight and p 0,025 these are the 25th and the 975th, as in Efron and Tibshirani 1993, section 12.5.
func (m masses) from(p float64) float64 {
	passed, need := 0.0, (p-roundOff)*m.total()
	for _, v := range m {
		if passed += v.weight; passed >= need {
			return v.value
		}
	}
	return m[len(m)-1].value
}

func (m masses) to(p float64) float64 {
	passed, need := 0.0, (p-roundOff)*m.total()
	for _, v := range slices.Backward(m) {
		if passed += v.weight; passed >= need {
			return v.value
		}
	}
	return m[0].value
}

// beyond is the share of values at least as far from 0 as limit, ties within rounding included; of draws one is added above and below
// the line, the value observed.
func (m masses) beyond(limit float64, exact bool) float64 {
	limit -= roundOff * math.Abs(limit)
	sum := 0.0
	for _, v := range m {
		if math.Abs(v.value) >= limit {
			sum += v.weight
		}
	}
	if exact {
		return sum / m.total()
	}
	return (sum + 1) / (m.total() + 1)
}
