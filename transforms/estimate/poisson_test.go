package estimate

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// poissonFrom is the chance of from to to events, added up term by term.
func poissonFrom(from, to int, mean float64) float64 {
	sum := 0.0
	for i := from; i <= to; i++ {
		g, _ := math.Lgamma(float64(i + 1))
		sum += math.Exp(float64(i)*math.Log(mean) - mean - g)
	}
	return sum
}

// TestPoisson: published intervals by Garwood's method, to the digits printed.
func TestPoisson(t *testing.T) {
	for _, c := range []struct {
		k                          int
		confidence, low, high, off float64
		source                     string
	}{
		{0, 0.95, 0, 3.689, 5e-4, "R package epitools, pois.exact"},
		{25, 0.90, 17.38, 34.92, 5e-3, "GraphPad QuickCalcs, confidence interval of a count"},
		{25, 0.95, 16.18, 36.90, 5e-3, "idem"},
		{25, 0.99, 14.00, 41.00, 5e-3, "idem"},
		// limits that are tabulated everywhere, to eight digits
		{0, 0.95, 0, 3.68887945, 5e-9, "minus the logarithm of 0,025"},
		{1, 0.95, 0.02531781, 5.57164339, 5e-9, "lower: minus the logarithm of 0,975"},
		{5, 0.95, 1.62348639, 11.66833208, 5e-9, ""},
		{10, 0.95, 4.79538870, 18.39035604, 5e-9, ""},
		{100, 0.95, 81.36399125, 121.62679379, 5e-9, ""},
	} {
		low, high := Poisson(c.k, c.confidence)
		if math.Abs(low-c.low) > c.off || math.Abs(high-c.high) > c.off {
			t.Errorf("%d at %v: %v to %v, want %v to %v (%s)", c.k, c.confidence, low, high, c.low, c.high, c.source)
		}
	}
}

// TestPoissonTails: at the bounds exactly 2,5% remains on either side, and the chance of so many is the sum of its terms.
func TestPoissonTails(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		k := rapid.IntRange(0, 2000).Draw(r, "k")
		low, high := Poisson(k, 0.95)
		if k > 0 && math.Abs(1-poissonFrom(0, k-1, low)-0.025) > 1e-8 {
			r.Fatalf("%d: at %v the chance of so many is %v", k, low, 1-poissonFrom(0, k-1, low))
		}
		if math.Abs(poissonFrom(0, k, high)-0.025) > 1e-8 {
			r.Fatalf("%d: at %v the chance of so few is %v", k, high, poissonFrom(0, k, high))
		}
		mean := rapid.Float64Range(0.001, 300).Draw(r, "mean")
		if got, want := PoissonAtLeast(k, mean), poissonFrom(k, max(k, int(mean))+600, mean); math.Abs(got-want) > 1e-9*max(want, 1e-3) {
			r.Fatalf("%d or more of %v: %v, want %v", k, mean, got, want)
		}
	})
}

// TestSignTest: by hand, all ways to toss n coins: 1 and 8 of 256 for one of eight, 1, 10, 45, 120 and 210 of 1024 for four of ten.
func TestSignTest(t *testing.T) {
	for _, c := range []struct {
		k, n int
		want float64
	}{
		{0, 1, 1}, {1, 1, 1}, {0, 5, 2. / 32}, {5, 5, 2. / 32}, {1, 8, 18. / 256}, {7, 8, 18. / 256}, {4, 10, 772. / 1024}, {5, 10, 1}, {3, 7, 1}, {0, 40, math.Pow(0.5, 39)},
	} {
		if got := SignTest(c.k, c.n); math.Abs(got-c.want) > 1e-12*c.want+1e-15 {
			t.Errorf("%d of %d: %v, want %v", c.k, c.n, got, c.want)
		}
	}
}
