package estimate

import (
	"errors"
	"fmt"
	"math"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"
)

// The mouse data of Efron and Tibshirani, An Introduction to the Bootstrap, 1993, table 2.1, as the
// authors' R package bootstrap has them (mouse.t, mouse.c): days survived.
var (
	miceTreated = []float64{94, 197, 16, 38, 99, 141, 23}
	miceControl = []float64{52, 104, 146, 10, 50, 31, 40, 27, 46}
)

// lawSchools are the 15 of their table 3.1: average LSAT and average GPA.
var lawSchools = [2][]float64{
	{576, 635, 558, 578, 666, 580, 555, 661, 651, 605, 653, 575, 545, 572, 594},
	{3.39, 3.30, 2.81, 3.03, 3.44, 3.07, 3.00, 3.43, 3.36, 3.13, 3.12, 2.74, 2.76, 2.88, 2.96},
}

// meanOf is the mean with its plug-in standard error, the root of the sum of squares over n.
func meanOf(data []float64) Statistic {
	return func(r Resample) (float64, float64, error) {
		var values []float64
		for _, i := range r.Rows {
			values = append(values, data[i])
		}
		mean := stat.Mean(values, nil)
		return mean, stat.PopStdDev(values, nil) / math.Sqrt(float64(len(values))), nil
	}
}

func medianOf(data []float64) Statistic {
	return func(r Resample) (float64, float64, error) {
		var values []float64
		for _, i := range r.Rows {
			values = append(values, data[i])
		}
		slices.Sort(values)
		return values[len(values)/2], 0, nil
	}
}

// TestBootstrapIsEfron: the standard errors of mean and median of the treated mice with all resamples, "infinity" in table 2.2 of Efron and
// Tibshirani 1993: 23.36 and 37.83; means of table 2.1.
func TestBootstrapIsEfron(t *testing.T) {
	exact := BootstrapOptions{Exact: true, Least: 2}
	for _, c := range []struct {
		name          string
		figure        Statistic
		n             int
		estimate, err string
	}{
		{"mean of the treated", meanOf(miceTreated), 7, "86.86", "23.36"}, {"median of the treated", medianOf(miceTreated), 7, "94.00", "37.83"},
		{"mean of the controls", meanOf(miceControl), 9, "56.22", "13.33"}, // the plug-in error of their section 12.5
	} {
		fit, err := Bootstrap(c.n, nil, c.figure, exact)
		if err != nil {
			t.Fatal(err)
		}
		if printed(fit.Estimate, 2) != c.estimate || printed(fit.SE, 2) != c.err {
			t.Errorf("%s: %.2f, %.2f; want %s, %s", c.name, fit.Estimate, fit.SE, c.estimate, c.err)
		}
	}
	// Their section 12.5: with 1000 draws the 5% and 95% points of t* are -4.53 and 1.66, and the interval (35.82, 116.74). All 24.310
	// resamples, without the nine that have no error, give -4.608 and 1.510.
	fit, err := Bootstrap(9, nil, meanOf(miceControl), BootstrapOptions{Exact: true, Least: 2, Confidence: 0.9})
	if err != nil || fit.Failed != 9 || fit.Resamples != 24_310 {
		t.Fatal(fit, err)
	}
	low, high := (fit.Estimate-fit.PercentileT.High)/fit.StdErr, (fit.Estimate-fit.PercentileT.Low)/fit.StdErr
	if printed(low, 3) != "-4.608" || printed(high, 3) != "1.510" {
		t.Errorf("t* from %.3f to %.3f", low, high)
	}
	if math.Abs(fit.PercentileT.High-116.74) > 2 || math.Abs(fit.PercentileT.Low-35.82) > 3 {
		t.Errorf("interval %+v is far from the book's draws", fit.PercentileT)
	}
}

// TestBootstrapLawSchools: the correlation .776 of their section 3.2 and its standard error, .132 with 3200 draws in table 6.1; draws of
// another stream are to be within what 3200 draws differ.
func TestBootstrapLawSchools(t *testing.T) {
	correlation := func(r Resample) (float64, float64, error) {
		var x, y []float64
		for _, i := range r.Rows {
			x, y = append(x, lawSchools[0][i]), append(y, lawSchools[1][i])
		}
		return stat.Correlation(x, y, nil), 0, nil
	}
	fit, err := Bootstrap(15, nil, correlation, BootstrapOptions{Draws: 3200, Seed: "wet"})
	if err != nil || fit.HasT || printed(fit.Estimate, 3) != "0.776" || math.Abs(fit.SE-0.132) > 0.008 {
		t.Errorf("%+v, %v", fit, err)
	}
}

// TestBootstrapDoesNotDependOnThreads, nor on the order or the names of clusters that keep theirs; the seed counts.
func TestBootstrapDoesNotDependOnThreads(t *testing.T) {
	data := slices.Concat(miceTreated, miceControl)
	cluster := []int{3, 3, 9, 10, 11, 11, 14, 14, 20, 20, 21, 21, 21, 30, 31, 32}
	fits := map[string]*BootstrapFit{}
	for name, threads := range map[string]int{"one": 1, "four": 4} {
		before := runtime.GOMAXPROCS(threads)
		fit, err := Bootstrap(len(data), cluster, meanOf(data), BootstrapOptions{Seed: "a"})
		runtime.GOMAXPROCS(before)
		if err != nil || fit.Clusters != 10 {
			t.Fatal(fit, err)
		}
		fits[name] = fit
	}
	if !reflect.DeepEqual(fits["one"], fits["four"]) {
		t.Errorf("%+v and %+v", fits["one"], fits["four"])
	}
	other, err := Bootstrap(len(data), cluster, meanOf(data), BootstrapOptions{Seed: "b"})
	if err != nil || other.SE == fits["one"].SE {
		t.Error("another seed gives the same draws", err)
	}
}

// TestBootstrapOfMeans: over all resamples the mean of equal clusters has the standard error that is known, without bias, and every
// resample takes clusters whole; draws come near.
func TestBootstrapOfMeans(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g, size := rapid.IntRange(2, 6).Draw(t, "clusters"), rapid.IntRange(1, 3).Draw(t, "size")
		var data, means []float64
		var cluster []int
		for k := range g {
			sum := 0.0
			for range size {
				v := float64(rapid.IntRange(-100, 100).Draw(t, "value"))
				data, cluster, sum = append(data, v), append(cluster, 7*k-3), sum+v
			}
			means = append(means, sum/float64(size))
		}
		var wrong error
		figure := func(r Resample) (float64, float64, error) {
			times := map[[2]int]int{}
			for k, row := range r.Rows {
				times[[2]int{r.Cluster[k], cluster[row]}]++
			}
			for _, n := range times {
				if n != size {
					wrong = fmt.Errorf("a cluster in part: %v", r)
				}
			}
			if len(times) != g {
				wrong = fmt.Errorf("%d draws of %d clusters: %v", len(times), g, r)
			}
			v, _, err := meanOf(data)(r)
			return v, 0, err
		}
		before := runtime.GOMAXPROCS(1) // figure writes wrong
		fit, err := Bootstrap(len(data), cluster, figure, BootstrapOptions{Exact: true, Least: 2})
		runtime.GOMAXPROCS(before)
		if err != nil || wrong != nil {
			t.Fatal(err, wrong)
		}
		want := stat.PopStdDev(means, nil) / math.Sqrt(float64(g))
		if !near(fit.SE, want, 1e-9) || math.Abs(fit.Bias) > 1e-9*100 {
			t.Fatalf("SE %v, want %v; bias %v", fit.SE, want, fit.Bias)
		}
	})
}

// TestBootstrapP: a null far off is rejected, the estimate itself is not, and no draw makes it 0.
func TestBootstrapP(t *testing.T) {
	data := slices.Concat(miceTreated, miceControl)
	far, errFar := Bootstrap(16, nil, meanOf(data), BootstrapOptions{Draws: 199, Null: 1e6})
	here, errHere := Bootstrap(16, nil, meanOf(data), BootstrapOptions{Draws: 199, Null: stat.Mean(data, nil)})
	if errFar != nil || errHere != nil || far.P != 1.0/200 || here.P != 1 {
		t.Errorf("%v and %v (%v, %v)", far.P, here.P, errFar, errHere)
	}
}

// TestBootstrapErrors: too few, unequal, or a statistic that fails too often; a rare failure is counted.
func TestBootstrapErrors(t *testing.T) {
	data := slices.Concat(miceTreated, miceControl)
	broken := errors.New("broken")
	some := func(share int) Statistic {
		return func(r Resample) (float64, float64, error) {
			if !slices.IsSorted(r.Rows) && r.Rows[0]*16+r.Rows[1] < share { // out of 256, and never the data themselves
				return 0, 0, broken
			}
			return meanOf(data)(r)
		}
	}
	for name, c := range map[string]struct {
		rows    int
		cluster []int
		figure  Statistic
		opt     BootstrapOptions
		want    error
	}{
		"nothing wrong":  {16, nil, meanOf(data), BootstrapOptions{}, nil},
		"seven clusters": {7, nil, meanOf(miceTreated), BootstrapOptions{}, ErrBootstrapClusters},
		"one cluster":    {1, nil, meanOf(data), BootstrapOptions{Least: 1}, ErrBootstrapClusters},
		"a short label":  {16, []int{1, 2}, meanOf(data), BootstrapOptions{}, ErrBootstrapInput},
		"sure":           {16, nil, meanOf(data), BootstrapOptions{Confidence: 1}, ErrBootstrapInput},
		"too many":       {16, nil, meanOf(data), BootstrapOptions{Exact: true}, ErrBootstrapInput},
		"often":          {16, nil, some(20), BootstrapOptions{}, broken},
		"no number":      {16, nil, func(Resample) (float64, float64, error) { return math.NaN(), 0, nil }, BootstrapOptions{}, ErrBootstrapFailed},
	} {
		if fit, err := Bootstrap(c.rows, c.cluster, c.figure, c.opt); !errors.Is(err, c.want) || (err == nil) != (fit != nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if fit, err := Bootstrap(16, nil, some(1), BootstrapOptions{}); err != nil || fit.Failed == 0 {
		t.Errorf("a rare failure: %+v, %v", fit, err)
	}
}

// TestMultiplierIsFisher: with the differences themselves as influence, all signs of Rademacher are Fisher's test of Darwin's maize: 1726
// of 32.768, 5.267% (The Design of Experiments, 1935, section 21); and of the treated mice the error is Efron's 23.36.
func TestMultiplierIsFisher(t *testing.T) {
	fit, err := MultiplierBootstrap([]float64{stat.Mean(maize, nil)}, [][]float64{maize}, nil, MultiplierOptions{Exact: true})
	if err != nil || fit.P[0] != 1726.0/32768 || printed(100*fit.P[0], 3) != "5.267" || fit.PMax[0] != fit.P[0] {
		t.Errorf("%+v, %v", fit, err)
	}
	mean := stat.Mean(miceTreated, nil)
	var around []float64
	for _, v := range miceTreated {
		around = append(around, v-mean)
	}
	fit, err = MultiplierBootstrap([]float64{mean}, [][]float64{around}, nil, MultiplierOptions{Least: 7, Weight: Webb})
	if err != nil || printed(fit.SE[0], 2) != "23.36" {
		t.Errorf("%+v, %v", fit, err)
	}
}

// TestWildWeights: mean 0 and variance 1 of all, third moment 1 of Mammen's, and each value as often as it should be.
func TestWildWeights(t *testing.T) {
	const n = 60_000
	for _, c := range []struct {
		weight WildWeight
		third  float64
		chance map[string]float64
	}{
		{Rademacher, 0, map[string]float64{"-1.0000": 0.5, "1.0000": 0.5}},
		{Mammen, 1, map[string]float64{"-0.6180": 0.7236, "1.6180": 0.2764}},
		{Webb, 0, map[string]float64{"-1.2247": 1.0 / 6, "1.2247": 1.0 / 6, "-1.0000": 1.0 / 6, "1.0000": 1.0 / 6, "-0.7071": 1.0 / 6, "0.7071": 1.0 / 6}},
	} {
		s, seen := NewStream("w"), map[string]int{}
		var first, second, third float64
		for range n {
			v := c.weight.Draw(s)
			seen[printed(v, 4)]++
			first, second, third = first+v/n, second+v*v/n, third+v*v*v/n
		}
		if math.Abs(first) > 0.02 || math.Abs(second-1) > 0.02 || math.Abs(third-c.third) > 0.06 || len(seen) != len(c.chance) {
			t.Errorf("%s: moments %v %v %v, values %v", c.weight, first, second, third, seen)
		}
		for v, p := range c.chance {
			if math.Abs(float64(seen[v])/n-p) > 0.01 {
				t.Errorf("%s: %s came %d times in %d", c.weight, v, seen[v], n)
			}
		}
	}
}

// TestMultiplierBand: the draws have the covariance of the figures, equal figures are no more than one, and independent ones make the
// band as wide as Šidák's: of ten normals at 95% 2.80.
func TestMultiplierBand(t *testing.T) {
	const n = 500
	s := NewStream("band")
	influence := make([][]float64, 10)
	for j := range influence {
		for range n {
			influence[j] = append(influence[j], Rademacher.Draw(s)*(1+float64(s.Below(3))))
		}
	}
	many, errMany := MultiplierBootstrap(make([]float64, 10), influence, nil, MultiplierOptions{Draws: 4999, Seed: "x"})
	one, errOne := MultiplierBootstrap([]float64{0.4, 0.4}, [][]float64{influence[0], influence[0]}, nil, MultiplierOptions{Draws: 4999, Weight: Mammen})
	if errMany != nil || errOne != nil || math.Abs(many.Critical-2.80) > 0.1 || math.Abs(one.Critical-1.96) > 0.08 {
		t.Fatalf("%v and %v (%v, %v)", many.Critical, one.Critical, errMany, errOne)
	}
	if one.P[0] != one.PMax[0] || !near(one.High[1], 0.4+one.Critical*one.SE[0], 1e-12) || many.P[0] != 1 {
		t.Errorf("%+v", one.P)
	}
	// clusters: what is summed counts, and half of every pair that cancels leaves nothing
	cancel := []float64{}
	pairs := []int{}
	for i := range n {
		cancel, pairs = append(cancel, float64(1-2*(i%2))), append(pairs, i/2)
	}
	if _, err := MultiplierBootstrap([]float64{1}, [][]float64{cancel}, pairs, MultiplierOptions{}); !errors.Is(err, ErrBootstrapInput) {
		t.Error(err)
	}
	cancel[0] = 3
	fit, err := MultiplierBootstrap([]float64{1}, [][]float64{cancel}, pairs, MultiplierOptions{})
	if err != nil || !near(fit.SE[0], 2.0/n, 1e-12) || fit.Clusters != n/2 {
		t.Errorf("%+v, %v", fit.SE, err)
	}
	before := runtime.GOMAXPROCS(1)
	again, err := MultiplierBootstrap(make([]float64, 10), influence, nil, MultiplierOptions{Draws: 4999, Seed: "x"})
	runtime.GOMAXPROCS(before)
	if err != nil || !reflect.DeepEqual(again, many) {
		t.Error("draws depend on threads", err)
	}
	if _, err := MultiplierBootstrap([]float64{1}, [][]float64{{1, 2}}, nil, MultiplierOptions{}); !errors.Is(err, ErrBootstrapClusters) {
		t.Error(err)
	}
	if _, err := MultiplierBootstrap([]float64{1}, [][]float64{{1, math.NaN()}}, nil, MultiplierOptions{Least: 2}); !errors.Is(err, ErrBootstrapInput) {
		t.Error(err)
	}
}

// BenchmarkBootstrap: 999 draws of the mean of 2.000 sets.
func BenchmarkBootstrap(b *testing.B) {
	data := make([]float64, 2000)
	for i := range data {
		data[i] = float64(i * i % 977)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Bootstrap(len(data), nil, meanOf(data), BootstrapOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
