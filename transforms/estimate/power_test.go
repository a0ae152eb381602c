package estimate

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// TestPowerPublished: the examples of power.t.test in the manual of R (stats, power.t.test), to the digits that it prints: of two groups of 20 with a difference
// of one standard deviation, and the numbers a group for 90% and for 80%.
func TestPowerPublished(t *testing.T) {
	for _, c := range []struct{ n, want, within float64 }{{20, 0.8689528, 5e-8}, {22.02110, 0.90, 5e-7}, {16.71477, 0.80, 5e-7}} {
		got := Power(1, math.Sqrt(2/c.n), 2*(c.n-1))
		if math.Abs(got-c.want) > c.within {
			t.Errorf("n %v: %.8f, published %v", c.n, got, c.want)
		}
	}
	whole := Arms{Treated: 20, Controls: 20, SD: 1}
	if got := whole.Power(1); math.Abs(got-0.8689528) > 5e-8 || whole.DF() != 38 {
		t.Errorf("arms: %.8f, %v", got, whole.DF())
	}
}

// TestMultiplier: with many households the smallest effect is 2,8 standard errors (Bloom, Minimum Detectable Effects, 1995): 1,960 + 0,842.
func TestMultiplier(t *testing.T) {
	if got := DetectableSE(1, 1e6); math.Abs(got-2.8016) > 5e-4 {
		t.Errorf("%v", got)
	}
	if one, two := DetectableSE(3, 11), Detectable(3*math.Sqrt(12), 12); math.Abs(one-two) > 1e-12 {
		t.Errorf("of 12 sets %v by one function and %v by the other", one, two)
	}
}

// TestBorm: with rho between before and after, (1-rho²) n households adjusted show what n show unadjusted (Borm, Fransen and Lemmens 2007, abstract).
func TestBorm(t *testing.T) {
	for _, rho := range []float64{0, 0.5, 0.8, -0.5} {
		n := 100_000
		fewer := int(math.Round((1 - rho*rho) * float64(n)))
		plain, adjusted := Arms{Treated: n, Controls: n, SD: 7}, Arms{Treated: fewer, Controls: fewer, SD: 7, Rho: rho, Covariates: 1}
		if a, b := plain.Detectable(), adjusted.Detectable(); math.Abs(a/b-1) > 1e-4 {
			t.Errorf("rho %v: %v and %v", rho, a, b)
		}
	}
}

// TestPowerReference holds the distribution to a slow sum: the noncentral t over a fine grid of chi squared quantiles.
func TestPowerReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		df, delta := float64(rapid.IntRange(3, 400).Draw(t, "df")), rapid.Float64Range(0, 6).Draw(t, "delta")
		x := rapid.Float64Range(0.5, 4).Draw(t, "x")
		const cells = 20_000
		top := df + 12*math.Sqrt(2*df) + 60
		sum, weights := 0.0, 0.0
		for i := range cells {
			v := (float64(i) + 0.5) * top / cells
			w := math.Exp((df/2-1)*math.Log(v) - v/2 - (df/2-1)*math.Log(df) + df/2) // up to a factor
			sum, weights = sum+w*0.5*math.Erfc(-(x*math.Sqrt(v/df)-delta)/math.Sqrt2), weights+w
		}
		if got := noncentralT(x, df, delta); math.Abs(got-sum/weights) > 1e-4 {
			t.Fatalf("df %v, delta %v, x %v: %v, slowly %v", df, delta, x, got, sum/weights)
		}
	})
}

// TestDetectablePower: at the smallest effect the chance is four out of five, and half of the 5% where there is no effect.
func TestDetectablePower(t *testing.T) {
	for n := 6; n < 400; n += 13 {
		a := Arms{Treated: n, Controls: 2 * n, SD: 1e6, Rho: 0.6, Covariates: 1}
		if p := a.Power(a.Detectable()); p < 0.795 || p > 0.815 {
			t.Errorf("n %d: %v", n, p)
		}
		if p := a.Power(0); math.Abs(p-0.025) > 1e-9 {
			t.Errorf("n %d without an effect: %v", n, p)
		}
	}
	for _, a := range []Arms{{}, {Treated: 3, SD: 1}, {Treated: 1, Controls: 3, SD: 1, Covariates: 1}} {
		if !math.IsInf(a.Detectable(), 1) || a.Power(1) != 0 {
			t.Errorf("%+v: %v, %v", a, a.Detectable(), a.Power(1))
		}
	}
}

// TestNeededArms: one household fewer is too few.
func TestNeededArms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rho, effect := rapid.Float64Range(0, 0.95).Draw(t, "rho"), rapid.Float64Range(0.1, 2).Draw(t, "effect")
		arms := func(n int) Arms { return Arms{Treated: n, Controls: n, SD: 1, Rho: rho, Covariates: 1} }
		n, ok := NeededArms(effect, 100_000, arms)
		if !ok || arms(n).Detectable() > effect || arms(n-1).Detectable() <= effect {
			t.Fatalf("rho %v, effect %v: %d", rho, effect, n)
		}
	})
	arms := func(n int) Arms { return Arms{Treated: n, Controls: n, SD: 1} }
	for _, effect := range []float64{0, -1, math.NaN(), 1e-6} {
		if n, ok := NeededArms(effect, 1000, arms); ok || n != 0 {
			t.Errorf("effect %v: %d", effect, n)
		}
	}
}
