package estimate

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
	"pgregory.net/rapid"
)

// vaso are the 39 observations of Finney, Biometrika 34 (1947), 320-334, on vasoconstriction in the skin of the digits: volume and rate of
// the air breathed in, and whether it occurred; the rate of the 32nd as Pregibon has it.
var vaso = struct {
	volume, rate []float64
	occurred     []bool
}{
	[]float64{3.7, 3.5, 1.25, .75, .8, .7, .6, 1.1, .9, .9, .8, .55, .6, 1.4, .75, 2.3, 3.2, .85, 1.7, 1.8, .4, .95, 1.35, 1.5, 1.6, .6, 1.8, .95, 1.9, 1.6,
		2.7, 2.35, 1.1, 1.1, 1.2, .8, .95, .75, 1.3},
	[]float64{.825, 1.09, 2.5, 1.5, 3.2, 3.5, .75, 1.7, .75, .45, .57, 2.75, 3, 2.33, 3.75, 1.64, 1.6, 1.415, 1.06, 1.8, 2, 1.36, 1.35, 1.36, 1.78, 1.5, 1.5,
		1.9, .95, .4, .75, .03, 1.83, 2.2, 2, 3.33, 1.9, 1.9, 1.625},
	truths("111111000000011111010000101010100111001"),
}

func truths(digits string) []bool {
	var out []bool
	for _, d := range digits {
		out = append(out, d == '1')
	}
	return out
}

func logs(values []float64) []float64 {
	var out []float64
	for _, v := range values {
		out = append(out, math.Log(v))
	}
	return out
}

// roundsTo says whether a value is what was printed with so many decimals.
func roundsTo(got, want float64, decimals int) bool {
	return math.Abs(got-want) <= 0.5000001*math.Pow10(-decimals)
}

// TestLogitVaso: D. Pregibon, Logistic regression diagnostics, Annals of Statistics 9 (1981), 705-724, section 3: coefficients, their standard
// errors and the deviance, of the logs of volume and rate.
func TestLogitVaso(t *testing.T) {
	fit, err := Logit([][]float64{logs(vaso.volume), logs(vaso.rate)}, vaso.occurred, nil)
	if err != nil {
		t.Fatal(err)
	}
	for j, want := range []struct{ coef, se float64 }{{-2.875, 1.321}, {5.179, 1.865}, {4.562, 1.838}} {
		if !roundsTo(fit.Coef[j], want.coef, 3) || !roundsTo(fit.SE[j], want.se, 3) {
			t.Errorf("coefficient %d: %.5f (%.5f), want %v", j, fit.Coef[j], fit.SE[j], want)
		}
	}
	if !roundsTo(-2*fit.LogLik, 29.23, 2) || !roundsTo(-2*fit.NullLogLik, 54.04, 2) {
		t.Errorf("deviance %.4f, of the constant %.4f", -2*fit.LogLik, -2*fit.NullLogLik)
	}
}

// TestLogitTwoByTwo: of a table of two by two the maximum likelihood estimate is the log odds ratio, its standard error Woolf's
// (B. Woolf, Annals of Human Genetics 19, 1955), and the fitted probabilities are the shares; counts are weights.
func TestLogitTwoByTwo(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.SliceOfN(rapid.IntRange(1, 100000), 4, 4).Draw(t, "counts") // (0, no) (0, yes) (1, no) (1, yes)
		w := []float64{float64(n[0]), float64(n[1]), float64(n[2]), float64(n[3]), 0}
		fit, err := Logit([][]float64{{0, 0, 1, 1, 1}}, []bool{false, true, false, true, true}, w)
		if err != nil {
			t.Fatal(err)
		}
		ratio := math.Log(w[3] / w[2] * w[0] / w[1])
		se := math.Sqrt(1/w[0] + 1/w[1] + 1/w[2] + 1/w[3])
		if !near(fit.Coef[0], math.Log(w[1]/w[0]), 1e-9) || !near(fit.Coef[1], ratio, 1e-9) || !near(fit.SE[1], se, 1e-9) || fit.N != 4 {
			t.Fatalf("%v (%v), want %v (%v)", fit.Coef, fit.SE, ratio, se)
		}
		if !near(fit.Fitted[1], w[1]/(w[0]+w[1]), 1e-9) || !near(fit.Fitted[4], w[3]/(w[2]+w[3]), 1e-9) {
			t.Fatalf("fitted %v", fit.Fitted)
		}
	})
}

// separated solves the linear program of K. Konis (Computational algorithms for detecting separation in binary response models, 2007,
// chapter 3): there is a line that puts no unit on the wrong side and some on the right one, if and only if the sum of what it puts there can be
// above 0 while every unit is held to 0..1.
func separated(t *rapid.T, x [][]float64, y []bool) bool {
	n, k := len(y), len(x)+1
	// c'g over g = plus - minus, with every unit's s_i x_i g + slack = 1 and - s_i x_i g + slack = 0
	c := make([]float64, 2*k+2*n)
	a := mat.NewDense(2*n, 2*k+2*n, nil)
	b := make([]float64, 2*n)
	for i := range n {
		s := -1.0
		if y[i] {
			s = 1
		}
		for j := range k {
			v := s
			if j > 0 {
				v *= x[j-1][i]
			}
			for part, sign := range []float64{1, -1} {
				c[2*j+part] -= sign * v
				a.Set(i, 2*j+part, sign*v)
				a.Set(n+i, 2*j+part, -sign*v)
			}
		}
		a.Set(i, 2*k+i, 1)
		a.Set(n+i, 2*k+n+i, 1)
		b[i] = 1
	}
	// all slacks in the basis: nothing is moved, every unit on the line
	basis := make([]int, 2*n)
	for i := range basis {
		basis[i] = 2*k + i
	}
	value, _, err := lp.Simplex(c, a, b, 1e-9, basis)
	if err != nil && !errors.Is(err, lp.ErrBland) {
		t.Skip(err)
	}
	return value < -1e-6
}

// TestLogitSeparation: an error exactly when there is a separating line, and then that line separates; else the score is 0, so that the
// likelihood, which has one summit, is at it.
func TestLogitSeparation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(4, 14).Draw(t, "units")
		x := make([][]float64, rapid.IntRange(1, 2).Draw(t, "covariates"))
		for j := range x {
			for range n {
				x[j] = append(x[j], float64(rapid.IntRange(-3, 3).Draw(t, "x")))
			}
		}
		y := rapid.SliceOfN(rapid.Bool(), n, n).Draw(t, "y")
		fit, err := Logit(x, y, nil)
		if errors.Is(err, ErrCollinear) {
			return
		}
		want := separated(t, x, y)
		var e *SeparationError
		switch {
		case errors.As(err, &e):
			off := 0
			for i, v := range linear(x, true, e.Direction, n) {
				if v < -1e-5 && y[i] || v > 1e-5 && !y[i] {
					t.Fatalf("unit %d on the wrong side of %v", i, e.Direction)
				}
				if math.Abs(v) > 1e-5 {
					off++
				}
			}
			if !want || off != e.Beyond || e.Complete != (off == n) || !errors.Is(err, ErrSeparation) {
				t.Fatalf("separation %v, of the program %v; %d units off the line", err, want, off)
			}
		case err != nil:
			t.Fatal(err)
		case want:
			t.Fatalf("no error, with fitted %v", fit.Fitted)
		default:
			for j := range fit.Coef {
				score := 0.0
				for i := range n {
					miss := -fit.Fitted[i]
					if y[i] {
						miss++
					}
					if j > 0 {
						miss *= x[j-1][i]
					}
					score += miss
				}
				if math.Abs(score) > 1e-8 {
					t.Fatalf("score %v of coefficient %d", score, j)
				}
			}
		}
	})
}

func TestLogitErrors(t *testing.T) {
	y := truths("0101")
	for name, c := range map[string]struct {
		x       [][]float64
		weights []float64
		want    error
	}{
		"a column too short":     {[][]float64{{1, 2, 3}}, nil, ErrInput},
		"no number":              {[][]float64{{1, 2, 3, math.NaN()}}, nil, ErrInput},
		"a weight below 0":       {[][]float64{{1, 2, 3, 4}}, []float64{1, 1, -1, 1}, ErrInput},
		"a constant beside ours": {[][]float64{{3, 3, 3, 3}}, nil, ErrCollinear},
		"a column of zeros":      {[][]float64{{0, 0, 0, 0}}, nil, ErrCollinear},
		"a sum of others":        {[][]float64{{1, 2, 5, 3}, {2, 3, 6, 4}}, nil, ErrCollinear},
		"one outcome":            {[][]float64{{1, 2, 3, 4}}, []float64{1, 0, 1, 0}, ErrSeparation},
		"fewer units than asked": {[][]float64{{1, 2, 3, 4}}, []float64{1, 0, 0, 0}, ErrTooFew},
	} {
		if _, err := Logit(c.x, y, c.weights); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

// TestLogitScale: measured in other units, and far from 0, a covariate gives the same probabilities.
func TestLogitScale(t *testing.T) {
	x := [][]float64{logs(vaso.volume), logs(vaso.rate)}
	fit, err := Logit(x, vaso.occurred, nil)
	if err != nil {
		t.Fatal(err)
	}
	moved := [][]float64{nil, x[1]}
	for _, v := range x[0] {
		moved[0] = append(moved[0], 1e6*v+1e8)
	}
	other, err := Logit(moved, vaso.occurred, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := range fit.Fitted {
		if !near(fit.Fitted[i], other.Fitted[i], 1e-9) {
			t.Errorf("unit %d: %v and %v", i, fit.Fitted[i], other.Fitted[i])
		}
	}
	if !near(fit.SE[1], 1e6*other.SE[1], 1e-8) || other.Condition < 10*fit.Condition {
		t.Errorf("standard error %v and %v, condition %v and %v", fit.SE[1], other.SE[1], fit.Condition, other.Condition)
	}
}

// TestLogitSmallWeights: all weights a millionth give the same estimate, as near, and errors a thousand times as large.
func TestLogitSmallWeights(t *testing.T) {
	x, small := [][]float64{logs(vaso.volume), logs(vaso.rate)}, make([]float64, len(vaso.occurred))
	for i := range small {
		small[i] = 1e-6
	}
	fit, err := Logit(x, vaso.occurred, nil)
	other, err2 := Logit(x, vaso.occurred, small)
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	for j := range fit.Coef {
		if !near(fit.Coef[j], other.Coef[j], 1e-12) || !near(1000*fit.SE[j], other.SE[j], 1e-12) {
			t.Errorf("%v (%v) and %v (%v)", fit.Coef, fit.SE, other.Coef, other.SE)
		}
	}
}

// TestLogitOvershoots: a step of Newton's goes too far here, to a lower likelihood, and so it is halved; the score is 0 in the end. Found by search.
func TestLogitOvershoots(t *testing.T) {
	x, y, w := []float64{1, 2, 1, -31, 0}, truths("11001"), []float64{19, 12, 1783, 219, 7}
	fit, err := Logit([][]float64{x}, y, w)
	if err != nil {
		t.Fatal(err)
	}
	var score [2]float64
	for i, p := range fit.Fitted {
		miss := -p
		if y[i] {
			miss++
		}
		score[0], score[1] = score[0]+w[i]*miss, score[1]+w[i]*miss*x[i]
	}
	if math.Abs(score[0])+math.Abs(score[1]) > 1e-9 {
		t.Errorf("score %v at %v after %d steps", score, fit.Coef, fit.Iterations)
	}
}

// BenchmarkLogit: a propensity of a hundred thousand households on twelve covariates.
func BenchmarkLogit(b *testing.B) {
	s := NewStream("logit")
	const n = 100000
	x, y := make([][]float64, 12), make([]bool, n)
	for j := range x {
		for range n {
			x[j] = append(x[j], float64(s.Below(1000))/1000)
		}
	}
	for i := range y {
		y[i] = float64(s.Below(1000))/1000 < logistic(x[0][i]+x[1][i]-3)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Logit(x, y, nil); err != nil {
			b.Fatal(err)
		}
	}
}
