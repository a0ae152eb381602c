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
	q := make([]float64, len(p))
	least := 1.0
	for rank, i := range slices.Backward(risingOrder(p)) {
		least = min(least, p[i]*float64(of)/float64(rank+1))
		q[i] = least
	}
	return q
}

// Holm gives each p-value the least level of the whole family at which its hypothesis is rejected, step by step from the smallest: the chance of even one
// false rejection is at most that level, however the hypotheses depend on each other. of is how many were tested, as for BenjaminiHochberg.
// The order is that of p.
//
// Source: S. Holm, Scandinavian Journal of Statistics 6 (1979).
func Holm(p []float64, of int) []float64 {
	adjusted := make([]float64, len(p))
	most := 0.0
	for rank, i := range risingOrder(p) {
		most = max(most, min(1, p[i]*float64(of-rank)))
		adjusted[i] = most
	}
	return adjusted
}

// risingOrder are the places of values in ascending order.
func risingOrder(values []float64) []int {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(values[a], values[b]), cmp.Compare(a, b)) })
	return order
}
