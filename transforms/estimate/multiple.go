package estimate

import (
	"cmp"
	"slices"
)

// BenjaminiHochberg gives each p-value its q-value: the least rate of false discoveries at which it is among the discoveries. of is how
// many hypotheses were tested, at least len(p); those of which the p-value is not given count as 1. The order is that of p.
//
// Source: Y. Benjamini and Y. Hochberg, Journal of the Royal Statistical Society B 57 (1995).
func BenjaminiHochberg(p []float64, of int) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(p[a], p[b]), cmp.Compare(a, b)) })
	q := make([]float64, len(p))
	least := 1.0
	for rank, i := range slices.Backward(order) {
		least = min(least, p[i]*float64(of)/float64(rank+1))
		q[i] = least
	}
	return q
}
