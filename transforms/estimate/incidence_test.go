package estimate

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// cgvhd are thousandths of a year to lost from sight, chronic graft-versus-host disease, relapse, and death (causes 0 to 3) of 100 patients after a
// transplant: M. Pintilie, Competing Risks, 2006, data set cgvhd.
var cgvhd = [][]float64{
	{1205, 57, 2776, 1202},
	{520, 408, 348, 482, 378, 381, 914, 923, 397, 479, 991, 474, 339, 277, 367, 742, 408, 958, 282, 413, 394, 342, 367, 277, 367, 331, 320, 329, 444, 964,
		564, 402, 277, 400, 446, 474, 329, 323, 392, 496, 630, 383, 361, 277, 287, 619, 452, 290, 479, 857, 1993, 463, 496, 422, 307, 701, 279, 419, 616, 331,
		567, 764, 381, 553, 287, 345, 375, 517, 457, 345, 422, 479, 290, 350, 372, 277, 474, 465, 433, 359, 408, 402, 350, 411, 301, 320},
	{416, 438, 274, 172, 301},
	{63, 110, 181, 287, 219},
}

func byCause(times [][]float64) (time []float64, cause []int) {
	for c, list := range times {
		for _, v := range list {
			time, cause = append(time, v), append(cause, c)
		}
	}
	return time, cause
}

// TestCumulativeIncidence: what SAS's LIFETEST computes with ERROR=DELTA and with ERROR=AALEN, on the scale log-log (reference files of the tests of
// scikit-survival, tests/data/cgvhd_delta.npy and cgvhd_aalen.npy), to six decimals.
func TestCumulativeIncidence(t *testing.T) {
	time, cause := byCause(cgvhd)
	delta, err := CumulativeIncidence(time, cause, IncidenceOptions{})
	if err != nil {
		t.Fatal(err)
	}
	aalen, err := CumulativeIncidence(time, cause, IncidenceOptions{Variance: VarianceAalen})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		cause                             int
		time                              float64
		incidence, low, high, low2, high2 float64
	}{
		{1, 277, 0.050505, 0.018789, 0.106152, 0.018674, 0.106521}, {1, 301, 0.121212, 0.066323, 0.193743, 0.066067, 0.194196},
		{1, 408, 0.474747, 0.373869, 0.568876, 0.373072, 0.569570}, {1, 438, 0.535354, 0.432516, 0.627628, 0.431601, 0.628365},
		{1, 520, 0.707071, 0.606708, 0.786284, 0.605274, 0.787175}, {1, 964, 0.848485, 0.761327, 0.905746, 0.758720, 0.906861},
		{1, 991, 0.858586, 0.772928, 0.913699, 0.770134, 0.914843}, {1, 1205, 0.858586, 0.772928, 0.913699, 0.770134, 0.914843},
		{1, 1993, 0.878788, 0.791629, 0.931041, 0.781200, 0.934621}, {2, 172, 0.010101, 0.000890, 0.049487, 0.000876, 0.049816},
		{2, 277, 0.020202, 0.003903, 0.064226, 0.003863, 0.064554}, {2, 301, 0.030303, 0.008157, 0.078685, 0.008087, 0.079042},
		{2, 408, 0.030303, 0.008157, 0.078685, 0.008087, 0.079042}, {2, 438, 0.050505, 0.018789, 0.106152, 0.018607, 0.106734},
		{2, 520, 0.050505, 0.018789, 0.106152, 0.018607, 0.106734}, {2, 964, 0.050505, 0.018789, 0.106152, 0.018607, 0.106734},
		{2, 991, 0.050505, 0.018789, 0.106152, 0.018607, 0.106734}, {2, 1205, 0.050505, 0.018789, 0.106152, 0.018607, 0.106734},
		{2, 1993, 0.050505, 0.018789, 0.106152, 0.018607, 0.106734}, {3, 63, 0.010101, 0.000890, 0.049487, 0.000877, 0.049809},
		{3, 172, 0.020202, 0.003903, 0.064226, 0.003865, 0.064544}, {3, 277, 0.040404, 0.013196, 0.092631, 0.013107, 0.092974},
		{3, 301, 0.050505, 0.018789, 0.106152, 0.018675, 0.106516}, {3, 408, 0.050505, 0.018789, 0.106152, 0.018675, 0.106516},
		{3, 438, 0.050505, 0.018789, 0.106152, 0.018675, 0.106516}, {3, 520, 0.050505, 0.018789, 0.106152, 0.018675, 0.106516},
		{3, 964, 0.050505, 0.018789, 0.106152, 0.018675, 0.106516}, {3, 991, 0.050505, 0.018789, 0.106152, 0.018675, 0.106516},
		{3, 1205, 0.050505, 0.018789, 0.106152, 0.018675, 0.106516}, {3, 1993, 0.050505, 0.018789, 0.106152, 0.018675, 0.106516},
	} {
		got, _, in, ok := delta.At(c.cause, c.time)
		if !ok || !asPrinted(got, c.incidence, 6) || !asPrinted(in.Low, c.low, 6) || !asPrinted(in.High, c.high, 6) {
			t.Errorf("delta: %v %v, want %+v", got, in, c)
		}
		if got, _, in, ok = aalen.At(c.cause, c.time); !ok || !asPrinted(got, c.incidence, 6) || !asPrinted(in.Low, c.low2, 6) || !asPrinted(in.High, c.high2, 6) {
			t.Errorf("Aalen: %v %v, want %+v", got, in, c)
		}
	}
	if delta.N != 100 || delta.Censored != 4 || len(delta.Causes) != 3 || delta.Causes[0].Events != 86 {
		t.Errorf("counts %+v", delta)
	}
	if _, _, _, ok := delta.At(1, 2777); ok {
		t.Error("known after the last time")
	}
	if f, _, in, ok := delta.At(3, 62); f != 0 || in.Known || !ok {
		t.Error("no event before the first")
	}
	if f, _, _, ok := delta.At(7, 300); f != 0 || !ok {
		t.Error("a cause that nobody had")
	}
}

func TestCumulativeIncidenceRefuses(t *testing.T) {
	for _, c := range []struct {
		time  []float64
		cause []int
		opt   IncidenceOptions
		want  error
	}{
		{[]float64{1}, []int{1, 2}, IncidenceOptions{}, ErrFollowUp},
		{[]float64{1, 2}, []int{1, -2}, IncidenceOptions{}, ErrFollowUp},
		{[]float64{-1}, []int{1}, IncidenceOptions{}, ErrNobodyFollowed},
		{[]float64{1}, []int{1}, IncidenceOptions{Variance: "bootstrap"}, ErrVariance},
		{[]float64{1}, []int{1}, IncidenceOptions{SurvivalOptions: SurvivalOptions{Scale: "?"}}, ErrScale},
		{[]float64{1}, []int{1}, IncidenceOptions{SurvivalOptions: SurvivalOptions{Confidence: -1}}, ErrConfidence},
	} {
		if _, err := CumulativeIncidence(c.time, c.cause, c.opt); !errors.Is(err, c.want) {
			t.Errorf("%v %v: %v, want %v", c.time, c.cause, err, c.want)
		}
	}
}

// slowVariance is Dinse and Larson's (6), and Gray's, as they are written: sums over all times, of differences of incidences. Gray's is of what a
// later event of either kind does to the share, by how much the number of them varies.
func slowVariance(kind IncidenceVariance, rows []IncidenceRow, events []int, upTo int) float64 {
	free, sum := 1.0, 0.0
	for i := 0; i <= upTo; i++ {
		n, k, d, above := float64(rows[i].AtRisk), float64(rows[i].Events), float64(events[i]), rows[upTo].Incidence-rows[i].Incidence
		after := free * (1 - d/n)
		switch {
		case kind == VarianceDelta:
			sum += free * free * (n - k) * k / (n * n * n)
			if n > d {
				sum += above*above*d/(n*(n-d)) - 2*above*free*k/(n*n)
			}
		case n > 1:
			still := 0.0
			if after > 0 {
				still = above / after
			}
			sum += free * free * k * (n - k) / (n * n * (n - 1)) * (1 - still) * (1 - still)
			sum += free * free * (d - k) * (n - d + k) / (n * n * (n - 1)) * still * still
		}
		free = after
	}
	return sum
}

// TestCumulativeIncidenceSlow: incidences and what is free come to 1; of one cause it is what Kaplan-Meier leaves, with Greenwood's error; without anybody
// lost it is a share of those followed with a binomial error; the variance is as written.
func TestCumulativeIncidenceSlow(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		n := rapid.IntRange(1, 30).Draw(r, "n")
		causes := rapid.IntRange(1, 3).Draw(r, "causes")
		lost := rapid.Bool().Draw(r, "lost")
		time, cause, event := make([]float64, n), make([]int, n), make([]bool, n)
		for i := range n {
			least := 1
			if lost {
				least = 0
			}
			time[i], cause[i] = float64(rapid.IntRange(0, 10).Draw(r, "time")), rapid.IntRange(least, causes).Draw(r, "cause")
			event[i] = cause[i] > 0
		}
		km, err := KaplanMeier(time, event, SurvivalOptions{})
		if err != nil {
			r.Fatal(err)
		}
		for _, kind := range []IncidenceVariance{VarianceDelta, VarianceAalen} {
			fit, err := CumulativeIncidence(time, cause, IncidenceOptions{Variance: kind})
			if err != nil {
				r.Fatal(err)
			}
			events := make([]int, len(km.Rows))
			for i, row := range km.Rows {
				sum := fit.Free[i]
				for _, c := range fit.Causes {
					sum += c.Rows[i].Incidence
				}
				if math.Abs(sum-1) > 1e-12 || math.Abs(fit.Free[i]-row.Survival) > 1e-12 {
					r.Fatalf("at %v %v is free, of survival %v, and all is %v", row.Time, fit.Free[i], row.Survival, sum)
				}
				events[i] = row.Events
			}
			for _, c := range fit.Causes {
				for i, row := range c.Rows {
					if want := slowVariance(kind, c.Rows, events, i); math.Abs(row.StdErr*row.StdErr-want) > 1e-12 {
						r.Fatalf("%s at %v: variance %v, want %v", kind, row.Time, row.StdErr*row.StdErr, want)
					}
					if kind != VarianceDelta {
						continue
					}
					if len(fit.Causes) == 1 && math.Abs(row.StdErr-km.Rows[i].StdErr) > 1e-9 {
						r.Fatalf("of one cause: %v ± %v, Kaplan-Meier %+v", row.Incidence, row.StdErr, km.Rows[i])
					}
					if !lost && math.Abs(row.StdErr*row.StdErr-row.Incidence*(1-row.Incidence)/float64(n)) > 1e-12 {
						r.Fatalf("nobody lost: %v ± %v of %d", row.Incidence, row.StdErr, n)
					}
				}
			}
		}
	})
}
