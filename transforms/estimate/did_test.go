package estimate

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// evenSpread are n values with a mean and a standard error of it: half above and half below.
func evenSpread(n int, mean, se float64) []float64 {
	var out []float64
	for i := range n {
		d := se * math.Sqrt(float64(n-1))
		if i%2 == 0 {
			d = -d
		}
		out = append(out, mean+d)
	}
	return out
}

// TestDIDCardKrueger: D. Card and A.B. Krueger, Minimum wages and employment, American Economic Review 84 (1994), table 3, page 780: employment in
// full-time equivalents of fast-food stores in New Jersey and Pennsylvania. From the means of both waves their difference; from the changes of the same
// stores and their standard errors, that and its standard error. The stores here are made to have those means and errors.
func TestDIDCardKrueger(t *testing.T) {
	for name, c := range map[string]struct {
		change    [2]float64 // Pennsylvania, New Jersey
		se        [2]float64
		want, err float64
	}{
		"row 3": {[2]float64{-2.16, 0.59}, [2]float64{1.25, 0.54}, 2.76, 1.36},
		"row 4": {[2]float64{-2.28, 0.47}, [2]float64{1.25, 0.48}, 2.75, 1.34},
	} {
		after := append(evenSpread(76, c.change[0], c.se[0]), evenSpread(318, c.change[1], c.se[1])...)
		treated := make([]bool, len(after))
		for i := 76; i < len(treated); i++ {
			treated[i] = true
		}
		fit, err := DID(make([]float64, len(after)), after, treated, DIDOptions{})
		if err != nil {
			t.Fatal(err)
		}
		// the changes are rounded to a hundredth each, and so is their difference
		if math.Abs(fit.Effect-c.want) > 0.0101 || !roundsTo(fit.SE, c.err, 2) || fit.Treated != 318 || fit.Controls != 76 {
			t.Errorf("%s: %.3f (%.4f), want %.2f (%.2f)", name, fit.Effect, fit.SE, c.want, c.err)
		}
	}
}

// sleepGain are the hours of sleep that ten patients gained with two drugs ("Student", The probable error of a mean, Biometrika 6, 1908).
var sleepGain = [2][]float64{
	{0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0},
	{1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4},
}

// TestDIDSleep: the second drug against the first, as patients of their own and as pairs: what R prints for t.test(extra ~ group, data = sleep), by
// Welch, t = -1.8608, df = 17.776, -3.3654832 to 0.2054832, and for the pairs, t = -4.0621, df = 9, -2.4598858 to -0.7001142, both of the first less the second.
func TestDIDSleep(t *testing.T) {
	after, treated, pair := slices.Concat(sleepGain[1], sleepGain[0]), make([]bool, 20), []int{}
	for i := range treated {
		treated[i], pair = i < 10, append(pair, i%10)
	}
	before := make([]float64, 20)
	for i := range before {
		before[i], after[i] = 7, after[i]+7
	}
	for name, c := range map[string]struct {
		opt              DIDOptions
		t, df, low, high float64
		decimals         int
	}{
		"apart": {DIDOptions{}, 1.8608, 17.776, -0.2054832, 3.3654832, 3},
		"pairs": {DIDOptions{Sets: pair}, 4.0621, 9, 0.7001142, 2.4598858, 3},
	} {
		fit, err := DID(before, after, treated, c.opt)
		if err != nil {
			t.Fatal(err)
		}
		if !near(fit.Effect, 1.58, 1e-12) || !roundsTo(fit.Effect/fit.SE, c.t, 4) || !roundsTo(fit.DF, c.df, c.decimals) ||
			!roundsTo(fit.Low, c.low, 7) || !roundsTo(fit.High, c.high, 7) {
			t.Errorf("%s: %+v", name, fit)
		}
		if !near(fit.TreatedAfter-fit.TreatedBefore, 2.33, 1e-12) || !near(fit.ControlAfter, 7.75, 1e-12) || fit.ControlBefore != 7 {
			t.Errorf("%s: means %+v", name, fit)
		}
	}
}

// TestDIDMoves: what moves all alike, or moves with a covariate, is no effect; what moves the treated is.
func TestDIDMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, before, w := drawRegression(t)
		n := len(before)
		after := make([]float64, n)
		treated := rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "treated")
		sets := rapid.SliceOfN(rapid.IntRange(1, 3), n, n).Draw(t, "sets")
		for i := range after {
			after[i] = before[i] + float64(rapid.IntRange(-20, 20).Draw(t, "change"))
		}
		for name, opt := range map[string]DIDOptions{
			"plain": {}, "covariates": {X: x}, "weights": {X: x, Weights: w}, "sets": {Sets: sets, LeastSets: 2},
			"sets with covariates": {X: x[:1], Sets: sets, LeastSets: 2},
			"clusters":             {X: x, Clusters: sets, Cluster: ClusterOptions{Least: 2}},
		} {
			fit, err := DID(before, after, treated, opt)
			if err != nil || fit.Condition > 1e4 {
				continue
			}
			moved := slices.Clone(after)
			for i := range moved {
				moved[i] += 100
				if opt.X != nil {
					moved[i] -= 3 * x[0][i]
				}
				if treated[i] {
					moved[i] += 5
				}
			}
			other, err := DID(before, moved, treated, opt)
			if err != nil || !near(other.Effect, fit.Effect+5, 1e-8) || math.Abs(other.SE-fit.SE) > 1e-7*(1+fit.SE) {
				t.Fatalf("%s: %v (%v), moved by 5 %v (%v), %v", name, fit.Effect, fit.SE, other.Effect, other.SE, err)
			}
		}
		// without covariates it is the difference of the changes, of weighted means
		fit, err := DID(before, after, treated, DIDOptions{Weights: w})
		if err == nil && !near(fit.Effect, fit.TreatedAfter-fit.TreatedBefore-fit.ControlAfter+fit.ControlBefore, 1e-9) {
			t.Fatalf("%+v", fit)
		}
	})
}

// TestDIDSets: sets of one treated and several controls by hand: differences 4 - 1 = 3, 6 - 2 = 4 and 2 - 0 = 2; mean 3, sd 1.
func TestDIDSets(t *testing.T) {
	after := []float64{4, 0, 2, 6, 2, 2, -1, 1}
	treated := []bool{true, false, false, true, false, true, false, false}
	fit, err := DID(make([]float64, 8), after, treated, DIDOptions{Sets: []int{7, 7, 7, 9, 9, 2, 2, 2}, LeastSets: 3})
	if err != nil {
		t.Fatal(err)
	}
	if !near(fit.Effect, 3, 1e-12) || !near(fit.SE, 1/math.Sqrt(3), 1e-12) || fit.DF != 2 || fit.Sets != 3 {
		t.Errorf("%+v", fit)
	}
}

func TestDIDErrors(t *testing.T) {
	before, after := make([]float64, 4), []float64{1, 2, 4, 8}
	two := truths("1100")
	for name, c := range map[string]struct {
		treated []bool
		opt     DIDOptions
		want    error
	}{
		"nobody treated":         {truths("0000"), DIDOptions{}, ErrOneArm},
		"one treated":            {truths("1000"), DIDOptions{}, ErrLeverage},
		"controls weigh nothing": {two, DIDOptions{Weights: []float64{1, 1, 0, 0}}, ErrOneArm},
		"few sets":               {two, DIDOptions{Sets: []int{1, 2, 1, 2}}, ErrFewClusters},
		"a set without control":  {two, DIDOptions{Sets: []int{1, 2, 2, 2}, LeastSets: 2}, ErrOneArm},
		"few clusters":           {two, DIDOptions{Clusters: []int{1, 2, 1, 2}}, ErrFewClusters},
		"sets and clusters":      {two, DIDOptions{Clusters: []int{1, 2, 1, 2}, Sets: []int{1, 2, 1, 2}}, ErrInput},
		"treated by a covariate": {two, DIDOptions{X: [][]float64{{3, 3, 5, 5}}}, ErrCollinear},
		"sets of too few units":  {two, DIDOptions{Sets: []int{1, 1}}, ErrInput},
	} {
		if _, err := DID(before, after, c.treated, c.opt); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}
