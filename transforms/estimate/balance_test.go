package estimate

import (
	"errors"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// TestBalanceIsMatchIt: the balance that MatchIt 4 prints in its vignette for all data and for the 1:1 match (as TestMatchIsMatchIt):
// standardised mean difference and variance ratio, which it does not print for binary covariates.
func TestBalanceIsMatchIt(t *testing.T) {
	treated, x := lalonde(t)
	score := propensity(treated, x)
	m, err := Match(MatchInput{Treated: treated, Logit: score}, MatchOptions{Distance: LogitDistance, Controls: 1, NoCaliper: true})
	if err != nil {
		t.Fatal(err)
	}
	columns := append([][]float64{score}, x...)
	for _, c := range []struct {
		weights []float64
		want    [][2]string
	}{
		{nil, [][2]string{{"1.7941", "0.9211"}, {"-0.3094", "0.4400"}, {"0.0550", "0.4959"}, {"1.7615", ""}, {"-0.3498", ""}, {"-0.8263", ""},
			{"0.2450", ""}, {"-0.7211", "0.5181"}, {"-0.2903", "0.9563"}}},
		{m.Weights(len(treated)), [][2]string{{"0.9739", "0.7566"}, {"0.0718", "0.4568"}, {"-0.1290", "0.5721"}, {"1.0259", ""}, {"-0.6629", ""},
			{"-0.0552", ""}, {"0.1546", ""}, {"-0.0505", "1.3289"}, {"-0.0257", "1.4956"}}},
	} {
		b, err := Balance(treated, columns, c.weights, BalanceOptions{Scale: ScaleTreated})
		if err != nil {
			t.Fatal(err)
		}
		for j, want := range c.want {
			r := b.Rows[j]
			if got := printed(r.SMD, 4); got != want[0] || !r.HasSMD {
				t.Errorf("covariate %d: SMD %s, want %s", j, got, want[0])
			}
			if got := printed(r.VarianceRatio, 4); want[1] != "" && got != want[1] || r.Binary != (want[1] == "") {
				t.Errorf("covariate %d: variance ratio %s, want %s; binary %v", j, got, want[1], r.Binary)
			}
		}
		if c.weights != nil && (b.Treated != 185 || b.Control != 185 || b.ControlN != 185) {
			t.Errorf("%d and %d units, effectively %v", b.Treated, b.Control, b.ControlN)
		}
	}
}

// TestBalanceIsWeighted: whole weights are as good as repeated units, for means and overlap; equal weights give the usual variance.
func TestBalanceIsWeighted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(8, 40).Draw(t, "n")
		treated, x, weights := make([]bool, n), make([]float64, n), make([]float64, n)
		var again []bool
		var repeated []float64
		for i := range n {
			treated[i], x[i] = i%2 == 0, float64(rapid.IntRange(-5, 20).Draw(t, "x"))
			times := rapid.IntRange(0, 3).Draw(t, "times")
			if i < 4 {
				times = 1
			}
			weights[i] = float64(times)
			for range times {
				again, repeated = append(again, treated[i]), append(repeated, x[i])
			}
		}
		a, errA := Balance(treated, [][]float64{x}, weights, BalanceOptions{})
		b, errB := Balance(again, [][]float64{repeated}, nil, BalanceOptions{})
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		p, q := a.Rows[0], b.Rows[0]
		if !near(p.Treated, q.Treated, 1e-12) || !near(p.Control, q.Control, 1e-12) || !near(p.Overlap.Within, q.Overlap.Within, 1e-12) ||
			!near(p.Overlap.Coefficient, q.Overlap.Coefficient, 1e-12) {
			t.Fatalf("%+v, repeated %+v", p, q)
		}
		var one, zero []float64
		for i, v := range repeated {
			if again[i] {
				one = append(one, v)
			} else {
				zero = append(zero, v)
			}
		}
		va, vb := stat.Variance(one, nil), stat.Variance(zero, nil)
		if q.Binary {
			return
		}
		scale := math.Sqrt((va + vb) / 2)
		if !near(q.Scale, scale, 1e-12) || q.HasSMD && !near(q.SMD, (q.Treated-q.Control)/scale, 1e-12) ||
			q.HasRatio != (vb > 0) || vb > 0 && !near(q.VarianceRatio, va/vb, 1e-12) {
			t.Fatalf("%+v, variances %v and %v", q, va, vb)
		}
		within := 0
		for _, v := range one {
			if slices.Min(zero) <= v && v <= slices.Max(zero) {
				within++
			}
		}
		if !near(q.Overlap.Within, float64(within)/float64(len(one)), 1e-12) {
			t.Fatalf("within %v, want %d of %d", q.Overlap.Within, within, len(one))
		}
	})
}

// TestOverlapCoefficient: of two normals a distance d apart it is 2 F(-d/2) (Inman and Bradley 1989), in whatever monotone scale,
// and of two shares 1 - |p-q|.
func TestOverlapCoefficient(t *testing.T) {
	for _, d := range []float64{0, 0.5, 1, 2, 4} {
		var score, other []float64
		var treated []bool
		for i := range 20_000 {
			z := distuv.UnitNormal.Quantile((float64(i/2) + 0.5) / 10_000)
			if i%2 == 0 {
				z += d
			}
			score, other, treated = append(score, z), append(other, math.Exp(3*z)), append(treated, i%2 == 0)
		}
		a, errA := OverlapOf(score, treated, nil)
		b, errB := OverlapOf(other, treated, nil)
		want := 2 * distuv.UnitNormal.CDF(-d/2)
		if errA != nil || errB != nil || math.Abs(a.Coefficient-want) > 0.01 || a != b {
			t.Errorf("d %v: %+v and %+v, want %.3f (%v, %v)", d, a, b, want, errA, errB)
		}
	}
	o, err := OverlapOf([]float64{1, 1, 1, 0, 1, 0, 0, 0}, []bool{true, true, true, true, false, false, false, false}, nil)
	if err != nil || !near(o.Coefficient, 0.5, 1e-12) || o.Within != 1 {
		t.Errorf("%+v, %v", o, err)
	}
}

// TestBalanceErrors: what does not fit, or does not meet, is an error; what has no scale is said.
func TestBalanceErrors(t *testing.T) {
	treated := []bool{true, true, false, false}
	if _, err := OverlapOf([]float64{3, 4, 1, 2}, treated, nil); !errors.Is(err, ErrNoOverlap) {
		t.Error(err)
	}
	if _, err := OverlapOf([]float64{3, 4, 1, 2}, treated, []float64{1, 1, 0, 0}); !errors.Is(err, ErrBalanceEmpty) {
		t.Error(err)
	}
	for name, c := range map[string]struct {
		x       []float64
		weights []float64
		opt     BalanceOptions
		want    error
	}{
		"nothing wrong": {[]float64{1, 2, 3, 4}, nil, BalanceOptions{}, nil},
		"a short one":   {[]float64{1, 2, 3}, nil, BalanceOptions{}, ErrBalanceInput},
		"a missing one": {[]float64{1, 2, 3, math.NaN()}, nil, BalanceOptions{}, ErrBalanceInput},
		"below nothing": {[]float64{1, 2, 3, 4}, []float64{1, 1, 1, -1}, BalanceOptions{}, ErrBalanceInput},
		"too few":       {[]float64{1, 2, 3, 4}, []float64{1}, BalanceOptions{}, ErrBalanceInput},
		"a strange one": {[]float64{1, 2, 3, 4}, nil, BalanceOptions{Scale: "large"}, ErrBalanceInput},
		"one group":     {[]float64{1, 2, 3, 4}, []float64{0, 0, 1, 1}, BalanceOptions{}, ErrBalanceEmpty},
	} {
		if b, err := Balance(treated, [][]float64{c.x}, c.weights, c.opt); !errors.Is(err, c.want) || (err == nil) != (b != nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
	b, err := Balance(treated, [][]float64{{5, 5, 5, 5}, {1, 2, 7, 7}}, nil, BalanceOptions{})
	if err != nil || b.Rows[0].HasSMD || b.Rows[0].HasRatio || !b.Rows[1].HasSMD || b.Rows[1].HasRatio {
		t.Errorf("%+v, %v", b, err)
	}
}
