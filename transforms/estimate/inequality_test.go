package estimate

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// tenIncomes is the vector of the example of R's ineq (A. Zeileis, package ineq, man page ineq).
var tenIncomes = []float64{541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261}

// TestInequality: what R's ineq computes of its example: Gini and Atkinson as its man page asks for, and further ones, as typed in by the tests of ports of
// it to other languages (Scala: org.scalar.ineq, IneqTest; MATLAB: mortar, TestIneq; Python: concentrationMetrics).
func TestInequality(t *testing.T) {
	check := func(name string, got float64, err error, want, digits float64) {
		if err != nil || !asPrinted(got, want, digits) {
			t.Errorf("%s: %v, %v; want %v", name, got, err, want)
		}
	}
	gini := func(x []float64, opt GiniOptions) (float64, error) {
		fit, err := Gini(x, opt)
		if err != nil {
			return 0, err
		}
		return fit.Gini, nil
	}
	g, err := gini(tenIncomes, GiniOptions{})
	check("Gini", g, err, 0.4620911, 7)
	g, err = gini(tenIncomes, GiniOptions{SmallSample: true})
	check("Gini, corrected", g, err, 0.5134346, 7)
	g, err = gini(append(append([]float64{}, tenIncomes[:1]...), tenIncomes[2:]...), GiniOptions{})
	check("Gini without the second", g, err, 0.4331769, 7)
	for _, c := range []struct{ aversion, want float64 }{{0.5, 0.1796591}, {1, 0.3518251}, {0.4, 0.1440938}} {
		a, err := Atkinson(tenIncomes, c.aversion)
		check("Atkinson", a, err, c.want, 7)
	}
	v, err := TheilT(tenIncomes)
	check("Theil T", v, err, 0.3623412, 7)
	v, err = TheilL(tenIncomes)
	check("Theil L", v, err, 0.4335946, 7)
	// by hand: one of five has all
	g, err = gini([]float64{0, 0, 0, 0, 7}, GiniOptions{})
	check("one has all", g, err, 0.8, 12)
	g, err = gini([]float64{0, 0, 0, 0, 7}, GiniOptions{SmallSample: true})
	check("one has all, corrected", g, err, 1, 12)
	v, err = TheilT([]float64{0, 0, 0, 0, 7})
	check("one has all, Theil T is ln 5", v, err, math.Log(5), 12)
	v, err = Atkinson([]float64{1, 4, 4}, 2)
	check("harmonic mean 2 of mean 3", v, err, 1.0/3, 12)
	v, err = Atkinson([]float64{1e-9, 1, 1}, 100)
	check("by far the poorest counts", v, err, 1-1.5e-9*math.Pow(3, 1.0/99), 17)
}

// TestGiniOfConcentratie: the coefficient of the table concentratie: n in the denominator, below 0 as 0, and the shares with all as they are.
func TestGiniOfConcentratie(t *testing.T) {
	amounts := []float64{-500, 0, 100, 300, 600, 1000}
	fit, err := Gini(amounts, GiniOptions{NegativeAsZero: true})
	// ranks 1 to 6 from the top: (7 - 2 rang) x, over 6 times 2000
	if want := float64(5*1000+3*600+1*300-1*100) / (6 * 2000); err != nil || math.Abs(fit.Gini-want) > 1e-15 || fit.Negative != 1 || fit.Zero != 1 || fit.N != 6 {
		t.Errorf("%+v %v, want %v", fit, err, want)
	}
	shares, err := TopShares(amounts, []float64{0.001, 0.3, 0.5, 1})
	want := []TopShare{{0.001, 1, 1000, 1000.0 / 1500}, {0.3, 2, 600, 1600.0 / 1500}, {0.5, 3, 300, 1900.0 / 1500}, {1, 6, -500, 1}}
	for i := range want {
		if err != nil || shares[i] != want[i] {
			t.Errorf("%+v %v, want %+v", shares[i], err, want[i])
		}
	}
	hundred := make([]float64, 100)
	for i := range hundred {
		hundred[i] = 1
	}
	for part, units := range map[float64]int{0.07: 7, 0.1: 10, 0.29: 29, 0.57: 57, 0.571: 58, 0.0001: 1} {
		if s, err := TopShares(hundred, []float64{part}); err != nil || s[0].Units != units || math.Abs(s[0].Share-float64(units)/100) > 1e-12 {
			t.Errorf("%v of a hundred: %+v %v, want %d", part, s, err, units)
		}
	}
}

func TestInequalityRefuses(t *testing.T) {
	gini := func(opt GiniOptions) func([]float64) error {
		return func(x []float64) error { _, err := Gini(x, opt); return err }
	}
	atkinson := func(a float64) func([]float64) error {
		return func(x []float64) error { _, err := Atkinson(x, a); return err }
	}
	theilT := func(x []float64) error { _, err := TheilT(x); return err }
	theilL := func(x []float64) error { _, err := TheilL(x); return err }
	top := func(part float64) func([]float64) error {
		return func(x []float64) error { _, err := TopShares(x, []float64{part}); return err }
	}
	for _, c := range []struct {
		name string
		f    func([]float64) error
		x    []float64
		want error
	}{
		{"Gini of nothing", gini(GiniOptions{}), nil, ErrNoAmounts}, {"Gini of zeros", gini(GiniOptions{}), []float64{0, 0}, ErrNoAmounts},
		{"Gini of NaN", gini(GiniOptions{}), []float64{1, math.NaN()}, ErrNoAmounts}, {"Gini of Inf", gini(GiniOptions{}), []float64{1, math.Inf(1)}, ErrNoAmounts},
		{"Gini below 0", gini(GiniOptions{}), []float64{1, -1, 5}, ErrNegative},
		{"Gini, all below 0", gini(GiniOptions{NegativeAsZero: true}), []float64{-1, -2}, ErrNoAmounts},
		{"Gini of one, corrected", gini(GiniOptions{SmallSample: true}), []float64{1}, ErrNoAmounts},
		{"T below 0", theilT, []float64{1, -1, 5}, ErrNegative}, {"T of nothing", theilT, nil, ErrNoAmounts}, {"T of zeros", theilT, []float64{0}, ErrNoAmounts},
		{"L of 0", theilL, []float64{1, 0}, ErrNotPositive}, {"L below 0", theilL, []float64{1, -1}, ErrNotPositive}, {"L of nothing", theilL, nil, ErrNoAmounts},
		{"Atkinson of 0", atkinson(1), []float64{1, 0}, ErrNotPositive}, {"Atkinson of 0, more", atkinson(2), []float64{1, 0}, ErrNotPositive},
		{"Atkinson below 0", atkinson(0.5), []float64{1, -1, 4}, ErrNegative}, {"aversion 0", atkinson(0), []float64{1}, ErrAversion},
		{"aversion NaN", atkinson(math.NaN()), []float64{1}, ErrAversion}, {"aversion without end", atkinson(math.Inf(1)), []float64{1}, ErrAversion},
		{"Atkinson of nothing", atkinson(0.5), nil, ErrNoAmounts},
		{"top of nothing", top(0.5), nil, ErrNoAmounts}, {"top 0", top(0), []float64{1}, ErrPart}, {"top above all", top(1.5), []float64{1}, ErrPart},
		{"top of a total of 0", top(0.5), []float64{1, -1}, ErrNoAmounts},
	} {
		if err := c.f(c.x); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
	if a, err := Atkinson([]float64{0, 1}, 0.5); err != nil || math.Abs(a-0.5) > 1e-12 {
		t.Errorf("of 0 and 1 with aversion 0,5: %v %v", a, err)
	}
}

// TestInequalitySlow: the Gini coefficient as half the mean difference of all pairs; no measure changes when all amounts are multiplied, or repeated; each is 0
// when all have the same; giving from a richer to a poorer, not so much that they change places, lowers none.
func TestInequalitySlow(t *testing.T) {
	measures := func(r *rapid.T, x []float64) []float64 {
		fit, err := Gini(x, GiniOptions{})
		if err != nil {
			r.Fatal(err)
		}
		out := []float64{fit.Gini}
		for _, f := range []func([]float64) (float64, error){TheilT, TheilL, func(x []float64) (float64, error) { return Atkinson(x, 0.5) },
			func(x []float64) (float64, error) { return Atkinson(x, 1) }, func(x []float64) (float64, error) { return Atkinson(x, 3) }} {
			v, err := f(x)
			if err != nil {
				r.Fatal(err)
			}
			out = append(out, v)
		}
		return out
	}
	rapid.Check(t, func(r *rapid.T) {
		x := rapid.SliceOfN(rapid.Float64Range(1, 1e5), 2, 25).Draw(r, "amounts")
		got := measures(r, x)
		total, pairs := 0.0, 0.0
		var scaled, same []float64
		for _, a := range x {
			total += a
			scaled, same = append(scaled, 1000*a, 1000*a), append(same, 7)
			for _, b := range x {
				pairs += math.Abs(a - b)
			}
		}
		n := float64(len(x))
		if want := pairs / (2 * n * total); math.Abs(got[0]-want) > 1e-12 {
			r.Fatalf("Gini %v, want %v", got[0], want)
		}
		equal, more := measures(r, same), measures(r, scaled)
		i, j := rapid.IntRange(0, len(x)-1).Draw(r, "i"), rapid.IntRange(0, len(x)-1).Draw(r, "j")
		if x[i] > x[j] {
			i, j = j, i
		}
		give := (x[j] - x[i]) / 2
		x[i], x[j] = x[i]+give, x[j]-give
		after := measures(r, x)
		for m := range got {
			if math.Abs(equal[m]) > 1e-12 || math.Abs(more[m]-got[m]) > 1e-9 || got[m] < 0 {
				r.Fatalf("measure %d: %v; of equal amounts %v, of more %v", m, got[m], equal[m], more[m])
			}
			if after[m] > got[m]+1e-9 {
				r.Fatalf("measure %d: %v after a gift from %d to %d, %v before", m, after[m], j, i, got[m])
			}
		}
	})
}
