package estimate

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// atLeast is the chance of k or more of n, added up term by term.
func atLeast(k, n int, p float64) float64 {
	sum := 0.0
	for i := k; i <= n; i++ {
		a, _ := math.Lgamma(float64(n + 1))
		b, _ := math.Lgamma(float64(i + 1))
		c, _ := math.Lgamma(float64(n - i + 1))
		switch {
		case p == 0 && i > 0, p == 1 && i < n:
		default:
			term := a - b - c
			if i > 0 {
				term += float64(i) * math.Log(p)
			}
			if i < n {
				term += float64(n-i) * math.Log1p(-p)
			}
			sum += math.Exp(term)
		}
	}
	return sum
}

// TestProportion: published intervals, to the digits printed.
func TestProportion(t *testing.T) {
	for _, c := range []struct {
		k, n            int
		share, low, top float64
	}{
		{0, 10, 0, 0, 0.3084971}, {10, 10, 1, 0.6915029, 1}, {1, 10, 0.1, 0.0025286, 0.4450161}, {5, 10, 0.5, 0.1870860, 0.8129140},
		{81, 263, 0.3079848, 0.2527, 0.3676}, // Newcombe 1998
		{15, 148, 0.1013514, 0.0578, 0.1617},
		{1, 1, 1, 0.025, 1}, {0, 1, 0, 0, 0.975},
	} {
		share, low, top := Proportion(c.k, c.n, 0.95)
		if math.Abs(share-c.share) > 1e-6 || math.Abs(low-c.low) > 6e-5 || math.Abs(top-c.top) > 6e-5 {
			t.Errorf("%d of %d: %v [%v, %v], want %v [%v, %v]", c.k, c.n, share, low, top, c.share, c.low, c.top)
		}
	}
}

// TestProportionTails: at the bounds exactly 2,5% remains on either side, by a sum over the binomial distribution.
func TestProportionTails(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 3000).Draw(r, "n")
		k := rapid.IntRange(0, n).Draw(r, "k")
		share, low, high := Proportion(k, n, 0.95)
		if !(low <= share && share <= high) {
			r.Fatalf("%d of %d: %v outside [%v, %v]", k, n, share, low, high)
		}
		if k > 0 && math.Abs(atLeast(k, n, low)-0.025) > 1e-7 {
			r.Fatalf("%d of %d: at %v the chance of so many is %v", k, n, low, atLeast(k, n, low))
		}
		if k < n && math.Abs(1-atLeast(k+1, n, high)-0.025) > 1e-7 {
			r.Fatalf("%d of %d: at %v the chance of so few is %v", k, n, high, 1-atLeast(k+1, n, high))
		}
	})
}
