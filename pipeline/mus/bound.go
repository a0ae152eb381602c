package mus

import (
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// Tainting is what part of a line is wrong: (book - audited) / book.

// Stringer is the upper bound of the error in a sampled population with the given interval, in the unit of the interval:
//
//	J [R_0 + sum_j (R_j - R_(j-1)) t_(j)]
//
// t_(1) >= t_(2) >= ... the taintings above 0, one for each unit drawn (Stringer 1963). A tainting above 1 counts as it is: the bound is then no
// bound, and who calls it says so.
func Stringer(conf, interval float64, taintings []float64) float64 {
	return interval * weigh(taintings, func(j int) float64 { return Factor(conf, float64(j)) })
}

// StringerShare is the same bound as a share of the population, with the exact bounds of a binomial sample of n units in the place of R_j/n. It is
// never above that of Stringer with interval 1/n.
func StringerShare(conf float64, n int, taintings []float64) float64 {
	return weigh(taintings, func(j int) float64 { return ClopperPearson(conf, j, n) })
}

func weigh(taintings []float64, factor func(j int) float64) float64 {
	t := slices.DeleteFunc(slices.Clone(taintings), func(t float64) bool { return t <= 0 })
	slices.SortFunc(t, func(a, b float64) int {
		switch {
		case a > b:
			return -1
		case a < b:
			return 1
		}
		return 0
	})
	before := factor(0)
	sum := before
	for j, t := range t {
		now := factor(j + 1)
		sum += (now - before) * t
		before = now
	}
	return sum
}

// ClopperPearson is the exact one-sided upper bound of a share, with k of n found (Clopper and Pearson 1934).
func ClopperPearson(conf float64, k, n int) float64 {
	if k >= n {
		return 1
	}
	return mathext.InvRegIncBeta(float64(k+1), float64(n-k), conf)
}

// Moment is the moment bound of Dworin and Grimlund (1984), Dollar Unit Sampling for Accounts Receivable and Inventory, The Accounting Review 59(2),
// 218-241, as a share of the population: a gamma distribution with the first three moments of the mean tainting of n units, one hypothetical
// tainting t* added to those found, in the form for receivables:
//
//	t* = 0.81 (1 - 0.667 tanh(10 mean)) (1 + 0.667 tanh(m/10))
//
// taintings are those that are not 0, m of them, of either sign. It is an approximation that was tried on populations like those of bookkeeping, and
// can become smaller when an error is found.
func Moment(conf float64, n int, taintings []float64) (float64, error) {
	t := slices.DeleteFunc(slices.Clone(taintings), func(t float64) bool { return t == 0 })
	m := float64(len(t))
	if n < 3 || len(t) > n {
		return 0, errors.New("too few units for a moment bound")
	}
	mean := 0.0
	for _, t := range t {
		mean += t / m
	}
	supposed := 0.81 * (1 - 0.667*math.Tanh(10*mean)) * (1 + 0.667*math.Tanh(m/10))
	var z, e [4]float64 // moments of a tainting, and of the share of units with an error
	for k := 1; k <= 3; k++ {
		z[k] = math.Pow(supposed, float64(k))
		for _, t := range t {
			z[k] += math.Pow(t, float64(k))
		}
		z[k] /= m + 1
	}
	size := float64(n)
	e[1] = (m + 1) / (size + 2)
	e[2] = e[1] * (m + 2) / (size + 3)
	e[3] = e[2] * (m + 3) / (size + 4)
	first := e[1] * z[1]
	second := (e[1]*z[2] + (size-1)*e[2]*z[1]*z[1]) / size
	third := (e[1]*z[3] + 3*(size-1)*e[2]*z[1]*z[2] + (size-1)*(size-2)*e[3]*z[1]*z[1]*z[1]) / (size * size)
	variance := second - first*first
	skew := third - 3*first*second + 2*first*first*first
	if !(variance > 0) || !(skew > 0) {
		return 0, errors.New("these taintings have no moment bound")
	}
	a := 4 * variance * variance * variance / (skew * skew)
	b := skew / (2 * variance)
	g := first - 2*variance*variance/skew
	// Wilson and Hilferty's approximation of the quantile of a gamma distribution, as in the article
	q := 1 + distuv.UnitNormal.Quantile(conf)/math.Sqrt(9*a) - 1/(9*a)
	return g + a*b*q*q*q, nil
}
