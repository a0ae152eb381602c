package estimate

import "gonum.org/v1/gonum/stat/distuv"

// Proportion is the share k of n and its exact (Clopper-Pearson) interval, two-sided at the confidence given (0,95): every
// probability at which neither so few nor so many are too rare. It holds at least that often, and with few observations more often.
// All three are from 0 to 1. n is 1 or more and 0 <= k <= n.
//
// Source: C.J. Clopper and E.S. Pearson, Biometrika 26 (1934), by the quantiles of the beta distribution.
func Proportion(k, n int, confidence float64) (share, low, high float64) {
	half := (1 - confidence) / 2
	x, rest := float64(k), float64(n-k)
	low, high = 0, 1
	if k > 0 {
		low = distuv.Beta{Alpha: x, Beta: rest + 1}.Quantile(half)
	}
	if k < n {
		high = distuv.Beta{Alpha: x + 1, Beta: rest}.Quantile(1 - half)
	}
	return x / float64(n), low, high
}
