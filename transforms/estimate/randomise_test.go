package estimate

import (
	"errors"
	"math"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"
)

// maize are the differences in height, in eighths of an inch, of Darwin's fifteen pairs, cross-fertilised minus self-fertilised: Fisher, The
// Design of Experiments, 1935, table 3.
var maize = []float64{49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48}

// pairsOf are strata of two whose first, the treated, has the difference and whose second nothing.
func pairsOf(differences []float64) (y []float64, treated []bool, stratum []int) {
	for k, d := range differences {
		y, treated, stratum = append(y, d, 0), append(treated, true, false), append(stratum, k, k)
	}
	return y, treated, stratum
}

// arms are two groups, treated first.
func arms(one, zero []float64) (y []float64, treated []bool) {
	for i := range slices.Concat(one, zero) {
		treated = append(treated, i < len(one))
	}
	return slices.Concat(one, zero), treated
}

// TestRandomisationIsFisher and others: numbers of assignments as printed.
func TestRandomisationIsFisher(t *testing.T) {
	maizeY, maizeT, maizeS := pairsOf(maize)
	shoesY, shoesT, shoesS := pairsOf([]float64{0.8, 0.6, 0.3, -0.1, 1.1, -0.2, 0.3, 0.5, 0.5, 0.3})
	allRight, cups := arms([]float64{1, 1, 1, 1}, []float64{0, 0, 0, 0})
	oneWrong, _ := arms([]float64{1, 1, 1, 0}, []float64{1, 0, 0, 0})
	tomatoes, plots := arms([]float64{26.6, 23.7, 28.5, 14.2, 17.9, 24.3}, []float64{29.9, 11.4, 25.3, 16.5, 21.1})
	coughs, children := arms([]float64{3, 5, 0}, []float64{4, 0, 1})
	for _, c := range []struct {
		source           string
		y                []float64
		treated          []bool
		stratum          []int
		estimate         string
		greater, two, of float64 // 0: not printed
	}{
		{"Fisher 1935, chapter 2: all eight cups right, 1 in 70", allRight, cups, nil, "1.00", 1, 0, 70},
		{"Fisher 1935, chapter 2: three of four right, or better, 17 in 70", oneWrong, cups, nil, "0.50", 17, 0, 70},
		{"Fisher 1935, section 21: 863 of 32.768 above, 1.726 of both signs, 5.267%", maizeY, maizeT, maizeS, "20.93", 863, 1726, 32_768},
		{"Box, Hunter and Hunter, Statistics for Experimenters, 1978, chapter 4: tomatoes, 154 in 462", tomatoes, plots, nil, "1.69", 154, 0, 462},
		{"the same: boys' shoes, 3 larger and 4 equal in 1.024", shoesY, shoesT, shoesS, "0.41", 7, 14, 1024},
		{"Imbens and Rubin 2015, chapter 5: honey and cough, six children, 16 in 20", coughs, children, nil, "1.00", 0, 16, 20},
	} {
		fit, err := RandomisationInference(c.y, c.treated, c.stratum, RandomiseOptions{})
		if err != nil || !fit.Exact || float64(fit.Compared) != c.of || fit.Assignments != c.of {
			t.Fatal(c.source, fit, err)
		}
		if printed(fit.Estimate, 2) != c.estimate || c.greater > 0 && fit.Greater*c.of != c.greater || c.two > 0 && fit.P*c.of != c.two {
			t.Errorf("%s: %.3f, %v and %v of %v", c.source, fit.Estimate, fit.Greater*c.of, fit.P*c.of, c.of)
		}
	}
	// Efron and Tibshirani 1993, section 15.2: the treated mice outlive the controls with ASL .132 in 1000 draws; that is 1.608 of
	// the 11.440 assignments, .1406, and ours are to be within what 9.999 draws differ.
	y, treated := arms(miceTreated, miceControl)
	exact, err := RandomisationInference(y, treated, nil, RandomiseOptions{})
	drawn, errDrawn := RandomisationInference(y, treated, nil, RandomiseOptions{MostExact: -1, Seed: "muis"})
	if err != nil || errDrawn != nil || printed(exact.Estimate, 2) != "30.63" || exact.Greater*11_440 != 1608 || math.Abs(drawn.Greater-exact.Greater) > 0.015 {
		t.Errorf("%+v and %+v (%v, %v)", exact, drawn, err, errDrawn)
	}
	if drawn.Exact || math.Abs(drawn.Low-exact.Low) > 4 || math.Abs(drawn.High-exact.High) > 4 || drawn.Compared != 9999 {
		t.Errorf("interval %v to %v, drawn %v to %v", exact.Low, exact.High, drawn.Low, drawn.High)
	}
}

// TestRandomisationTypicalValues: for pairs the bounds are ordered means of the subsets of the differences (Hartigan 1969): of Darwin's maize
// the 819th of 32.767 from either side, as 819 / 32.768 is just below 2,5%.
func TestRandomisationTypicalValues(t *testing.T) {
	var means []float64
	for subset := 1; subset < 1<<15; subset++ {
		sum, n := 0.0, 0.0
		for k, d := range maize {
			if subset>>k&1 == 1 {
				sum, n = sum+d, n+1
			}
		}
		means = append(means, sum/n)
	}
	slices.Sort(means)
	y, treated, stratum := pairsOf(maize)
	fit, err := RandomisationInference(y, treated, stratum, RandomiseOptions{})
	if err != nil || !near(fit.Low, means[818], 1e-12) || !near(fit.High, means[len(means)-819], 1e-12) {
		t.Errorf("%v to %v, want %v to %v (%v)", fit.Low, fit.High, means[818], means[len(means)-819], err)
	}
}

// slowAssignments are the differences in means and t, both ways of counting them being the definition: every subset of units that has
// as many treated in each stratum as there were.
func slowAssignments(y []float64, treated []bool, stratum []int) (differences, studentised []float64) {
	count := func(subset int) map[int][2]int {
		n := map[int][2]int{}
		for i, s := range stratum {
			c := n[s]
			c[subset>>i&1]++
			n[s] = c
		}
		return n
	}
	observed := 0
	for i, t := range treated {
		if t {
			observed |= 1 << i
		}
	}
	want := count(observed)
	for subset := range 1 << len(y) {
		if !reflect.DeepEqual(count(subset), want) {
			continue
		}
		d, v := 0.0, 0.0
		for s := range want {
			var group [2][]float64
			for i := range y {
				if stratum[i] == s {
					group[subset>>i&1] = append(group[subset>>i&1], y[i])
				}
			}
			w := float64(len(group[0])+len(group[1])) / float64(len(y))
			d += w * (stat.Mean(group[1], nil) - stat.Mean(group[0], nil))
			v += w * w * (stat.Variance(group[1], nil)/float64(len(group[1])) + stat.Variance(group[0], nil)/float64(len(group[0])))
		}
		differences = append(differences, d)
		t := math.Inf(1)
		if v > 1e-18 {
			t = math.Abs(d) / math.Sqrt(v)
		} else if math.Abs(d) < 1e-12 {
			t = 0
		}
		studentised = append(studentised, t)
	}
	return differences, studentised
}

func share(values []float64, holds func(float64) bool) float64 {
	n := 0.0
	for _, v := range values {
		if holds(v) {
			n++
		}
	}
	return n / float64(len(values))
}

// TestRandomisationIsTheDefinition: probabilities by running over all subsets, and the interval by testing effects: what lies within is
// not rejected, what lies outside is.
func TestRandomisationIsTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(8, 11).Draw(t, "n")
		y, treated, stratum := make([]float64, n), make([]bool, n), make([]int, n)
		for i := range n {
			y[i] = float64(rapid.IntRange(-20, 20).Draw(t, "y"))
			treated[i] = i < 2 || i > 3 && i < 6 || i > 7 && rapid.Bool().Draw(t, "treated")
			if i > 3 {
				stratum[i] = 5
			}
		}
		y[0], y[1] = 30, 25
		fit, err := RandomisationInference(y, treated, stratum, RandomiseOptions{Confidence: 0.8})
		student, errStudent := RandomisationInference(y, treated, stratum, RandomiseOptions{Statistic: RandomiseStudentised})
		if err != nil || errStudent != nil {
			if errors.Is(err, ErrRandomiseStratum) || errors.Is(errStudent, ErrRandomiseStratum) {
				t.Skip()
			}
			t.Fatal(err, errStudent)
		}
		all, studentised := slowAssignments(y, treated, stratum)
		two := share(all, func(v float64) bool { return math.Abs(v) >= math.Abs(fit.Estimate)-1e-9 })
		greater := share(all, func(v float64) bool { return v >= fit.Estimate-1e-9 })
		less := share(all, func(v float64) bool { return v <= fit.Estimate+1e-9 })
		if len(all) != fit.Compared || !near(fit.P, two, 1e-12) || !near(fit.Greater, greater, 1e-12) || !near(fit.Less, less, 1e-12) {
			t.Fatalf("%+v; want %v, %v, %v of %d", fit, two, greater, less, len(all))
		}
		if want := share(studentised, func(v float64) bool { return v >= math.Abs(student.T)*(1-1e-9)-1e-9 }); !near(student.P, want, 1e-12) {
			t.Fatalf("studentised %v, want %v", student.P, want)
		}
		if !fit.HasInterval {
			t.Fatalf("no interval from %d assignments", len(all))
		}
		for _, c := range []struct {
			effect float64
			kept   bool
		}{{fit.Low - 1e-6, false}, {fit.Low + 1e-6, true}, {fit.Estimate, true}, {fit.High - 1e-6, true}, {fit.High + 1e-6, false}} {
			off := slices.Clone(y)
			for i := range off {
				if treated[i] {
					off[i] -= c.effect
				}
			}
			d, _ := slowAssignments(off, treated, stratum)
			at := fit.Estimate - c.effect
			above := share(d, func(v float64) bool { return v >= at-1e-9 })
			below := share(d, func(v float64) bool { return v <= at+1e-9 })
			if kept := above > 0.1+1e-12 && below > 0.1+1e-12; kept != c.kept {
				t.Fatalf("effect %v, kept %v: %v above, %v below, interval %v to %v", c.effect, kept, above, below, fit.Low, fit.High)
			}
		}
	})
}

// TestRandomisationIsCalibrated: without an effect draws reject as often as they say, however skewed the outcomes.
func TestRandomisationIsCalibrated(t *testing.T) {
	s, rejected := NewStream("geen effect"), 0
	const trials = 1000
	for k := range trials {
		y, treated := make([]float64, 30), make([]bool, 30)
		for i := range y {
			y[i] = math.Exp(float64(s.Below(1000)) / 150)
			treated[i] = i < 10
		}
		fit, err := RandomisationInference(y, treated, nil, RandomiseOptions{Draws: 99, MostExact: -1, Seed: string(rune('a' + k))})
		if err != nil || fit.P < 0.01 {
			t.Fatal(fit, err)
		}
		if fit.P <= 0.05 {
			rejected++
		}
	}
	if rejected < 30 || rejected > 72 { // 50 and three standard deviations
		t.Errorf("%d of %d rejected at 5%%", rejected, trials)
	}
}

// TestRandomisationDoesNotDependOnThreads; the seed counts.
func TestRandomisationDoesNotDependOnThreads(t *testing.T) {
	y, treated := arms(miceTreated, miceControl)
	opt := RandomiseOptions{MostExact: -1, Draws: 999, Statistic: RandomiseStudentised, Seed: "a"}
	before := runtime.GOMAXPROCS(1)
	one, errOne := RandomisationInference(y, treated, nil, opt)
	runtime.GOMAXPROCS(4)
	four, errFour := RandomisationInference(y, treated, nil, opt)
	runtime.GOMAXPROCS(before)
	opt.Seed = "b"
	other, errOther := RandomisationInference(y, treated, nil, opt)
	if errOne != nil || errFour != nil || errOther != nil || !reflect.DeepEqual(one, four) || one.P == other.P {
		t.Errorf("%+v, %+v, %+v", one, four, other)
	}
}

// TestRandomisationErrors: what has nothing to compare is an error; too few assignments for an interval are said.
func TestRandomisationErrors(t *testing.T) {
	y, treated := arms(miceTreated, miceControl)
	for name, c := range map[string]struct {
		y       []float64
		treated []bool
		stratum []int
		opt     RandomiseOptions
		want    error
	}{
		"nothing wrong":    {y, treated, nil, RandomiseOptions{}, nil},
		"a short one":      {y[:3], treated, nil, RandomiseOptions{}, ErrRandomiseInput},
		"a missing one":    {[]float64{1, math.NaN()}, []bool{true, false}, nil, RandomiseOptions{}, ErrRandomiseInput},
		"a strange one":    {y, treated, nil, RandomiseOptions{Statistic: "rank"}, ErrRandomiseInput},
		"nobody treated":   {y, make([]bool, 16), nil, RandomiseOptions{}, ErrRandomiseStratum},
		"a lonely stratum": {[]float64{1, 2, 3}, []bool{true, false, true}, []int{1, 1, 2}, RandomiseOptions{}, ErrRandomiseStratum},
		"pairs with t":     {[]float64{1, 2}, []bool{true, false}, nil, RandomiseOptions{Statistic: RandomiseStudentised}, ErrRandomiseStratum},
		"all alike":        {[]float64{4, 4, 4}, []bool{true, false, true}, nil, RandomiseOptions{}, ErrRandomiseSpread},
	} {
		if fit, err := RandomisationInference(c.y, c.treated, c.stratum, c.opt); !errors.Is(err, c.want) || (err == nil) != (fit != nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
	fit, err := RandomisationInference([]float64{5, 6, 7, 1, 2, 3}, []bool{true, true, true, false, false, false}, nil, RandomiseOptions{})
	if err != nil || fit.HasInterval || fit.P != 0.1 {
		t.Errorf("%+v, %v", fit, err)
	}
}

// BenchmarkRandomisation: 9.999 draws of 100 of 400 households.
func BenchmarkRandomisation(b *testing.B) {
	y, treated := make([]float64, 400), make([]bool, 400)
	for i := range y {
		y[i], treated[i] = float64(i*i%977), i < 100
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := RandomisationInference(y, treated, nil, RandomiseOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
