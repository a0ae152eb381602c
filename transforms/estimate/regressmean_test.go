package estimate

import (
	"errors"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// galton are 928 mid-parents and their adult children, in inches: F. Galton, Journal of the Anthropological Institute 15 (1886), table I,
// with the classes placed as in R's HistData (Galton): columns are children, from the shortest.
func galton() (parents, children []float64) {
	child := []float64{61.7, 62.2, 63.2, 64.2, 65.2, 66.2, 67.2, 68.2, 69.2, 70.2, 71.2, 72.2, 73.2, 73.7}
	for _, row := range []struct {
		parent float64
		n      [14]int
	}{
		{73, [14]int{11: 1, 12: 3}},
		{72.5, [14]int{7: 1, 8: 2, 9: 1, 10: 2, 11: 7, 12: 2, 13: 4}},
		{71.5, [14]int{4: 1, 5: 3, 6: 4, 7: 3, 8: 5, 9: 10, 10: 4, 11: 9, 12: 2, 13: 2}},
		{70.5, [14]int{1, 0, 1, 0, 1, 1, 3, 12, 18, 14, 7, 4, 3, 3}},
		{69.5, [14]int{0, 0, 1, 16, 4, 17, 27, 20, 33, 25, 20, 11, 4, 5}},
		{68.5, [14]int{1, 0, 7, 11, 16, 25, 31, 34, 48, 21, 18, 4, 3, 0}},
		{67.5, [14]int{0, 3, 5, 14, 15, 36, 38, 28, 38, 19, 11, 4, 0, 0}},
		{66.5, [14]int{0, 3, 3, 5, 2, 17, 17, 14, 13, 4, 0, 0, 0, 0}},
		{65.5, [14]int{1, 0, 9, 5, 7, 11, 11, 7, 7, 5, 2, 1, 0, 0}},
		{64.5, [14]int{1, 1, 4, 4, 1, 5, 5, 0, 2, 0, 0, 0, 0, 0}},
		{64, [14]int{1, 0, 2, 4, 1, 2, 2, 1, 1, 0, 0, 0, 0, 0}},
	} {
		for k, n := range row.n {
			for range n {
				parents, children = append(parents, row.parent), append(children, child[k])
			}
		}
	}
	return parents, children
}

// TestRegressionIsGalton: the moments of his table, and its line: children = 23.94153 + 0.64629 parents (R, lm on HistData's Galton; he
// drew it at two thirds). Tall parents regress by what the line says of their mean.
func TestRegressionIsGalton(t *testing.T) {
	parents, children := galton()
	m, err := MeasurementsOf(parents, children)
	if err != nil || len(parents) != 928 {
		t.Fatal(len(parents), err)
	}
	slope := m.Correlation * m.SDSecond / m.SDFirst
	for name, c := range map[string][2]string{
		"mean of the parents":  {printed(m.MeanFirst, 2), "68.31"},
		"mean of the children": {printed(m.MeanSecond, 2), "68.09"},
		"SD of the parents":    {printed(m.SDFirst, 2), "1.79"},
		"SD of the children":   {printed(m.SDSecond, 2), "2.52"},
		"slope":                {printed(slope, 5), "0.64629"},
		"intercept":            {printed(m.MeanSecond-slope*m.MeanFirst, 5), "23.94153"},
	} {
		if c[0] != c[1] {
			t.Errorf("%s: %s, want %s", name, c[0], c[1])
		}
	}
	r, err := RegressionNormal(m, 70, false)
	if err != nil || !near(r.Second, 23.94153+0.64629*r.First, 1e-6) || !near(r.Change, r.Drift+r.Regression, 1e-12) {
		t.Errorf("%+v, %v", r, err)
	}
	// bands without a model: what the children of parents as tall did is the mean of those children
	var tall, sons []float64
	for i, p := range parents {
		if p >= 70 {
			tall, sons = append(tall, p), append(sons, children[i])
		}
	}
	d, err := RegressionDirect(tall, parents, children, DirectOptions{Bands: []float64{70, 71, 72, 73, 74}, Least: 4})
	if err != nil || !near(d.Change, stat.Mean(sons, nil)-stat.Mean(tall, nil), 1e-12) || d.Compared != 134 || d.Untreated != 134 || d.Outside != 0 {
		t.Errorf("%+v, %v", d, err)
	}
	if d.Change > -1 || math.Abs(d.Change-r.Change) > 0.4 {
		t.Errorf("bands %v, normal %v", d.Change, r.Change)
	}
}

// TestRegressionNormalIsPublished: the selection intensity, the mean of the best part p of a normal population (Falconer and Mackay,
// Introduction to Quantitative Genetics, 1996, appendix table A, infinite population), is what regresses by 1 - correlation; and the
// program of Barnett, van der Pols and Dobson, International Journal of Epidemiology 34 (2005), equation 1, on its own example, HDL cholesterol
// of mean 60 and SD 15 at 40, by the correlation, below and above.
func TestRegressionNormalIsPublished(t *testing.T) {
	for _, c := range []struct {
		cutoff    float64
		share     string
		intensity string
	}{
		{2.326348, "1.0", "2.665"}, {1.644854, "5.0", "2.063"}, {1.281552, "10.0", "1.755"}, {0.841621, "20.0", "1.400"}, {0, "50.0", "0.798"},
	} {
		m := TwoMeasurements{SDFirst: 1, SDSecond: 1, Correlation: 0.25}
		above, errAbove := RegressionNormal(m, c.cutoff, false)
		below, errBelow := RegressionNormal(m, -c.cutoff, true)
		if errAbove != nil || errBelow != nil || printed(100*above.Share, 1) != c.share || printed(above.First, 3) != c.intensity {
			t.Errorf("%v: %+v (%v, %v)", c.cutoff, above, errAbove, errBelow)
		}
		if !near(above.Change, -0.75*above.First, 1e-12) || below.Change != -above.Change || below.Share != above.Share {
			t.Errorf("%v: %+v and %+v", c.cutoff, above, below)
		}
	}
	for _, c := range []struct {
		correlation  float64
		below, above string
	}{{0, "26.97", "-2.71"}, {0.1, "24.27", "-2.44"}, {0.5, "13.49", "-1.35"}, {0.9, "2.70", "-0.27"}, {1, "0.00", "0.00"}} {
		m := TwoMeasurements{MeanFirst: 60, MeanSecond: 60, SDFirst: 15, SDSecond: 15, Correlation: c.correlation}
		low, errLow := RegressionNormal(m, 40, true)
		high, errHigh := RegressionNormal(m, 40, false)
		if errLow != nil || errHigh != nil || printed(low.Change, 2) != c.below || printed(high.Change, 2) != c.above {
			t.Errorf("correlation %v: %.2f and %.2f (%v, %v)", c.correlation, low.Change, high.Change, errLow, errHigh)
		}
	}
}

// evenly are n quantiles of a distribution.
func evenly(n int, quantile func(float64) float64) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = quantile((float64(i) + 0.5) / float64(n))
	}
	return out
}

// TestRegressionDensity: of a normal measurement it is the normal formula; of an exponential one, whose density is its share beyond at any
// cutoff, it is the error's variance over the scale, wherever one cuts (Das and Mulder 1983: variance times hazard).
func TestRegressionDensity(t *testing.T) {
	normal := evenly(20_000, distuv.Normal{Mu: 60, Sigma: 15}.Quantile)
	for _, below := range []bool{false, true} {
		m := TwoMeasurements{MeanFirst: 60, MeanSecond: 60, SDFirst: 15, SDSecond: 15, Correlation: 0.6}
		want, errWant := RegressionNormal(m, 75, below)
		got, err := RegressionDensity(normal, 0.4*15*15, 75, 0, below)
		if err != nil || errWant != nil || math.Abs(got.Change-want.Change) > 0.1 || math.Abs(got.First-want.First) > 0.1 || !near(got.Share, want.Share, 1e-3) {
			t.Errorf("below %v: %+v, want %+v (%v, %v)", below, got, want, err, errWant)
		}
	}
	exponential := evenly(50_000, distuv.Exponential{Rate: 1.0 / 1000}.Quantile)
	for _, cutoff := range []float64{500, 1000, 2500} {
		got, err := RegressionDensity(exponential, 90_000, cutoff, 50, false)
		if err != nil || math.Abs(got.Regression+90) > 1 {
			t.Errorf("at %v: %+v, %v", cutoff, got, err)
		}
	}
}

// TestRegressionDirectIsALine: the fit at each selected value is the weighted least squares line through the nearest, by tricube weight
// (Cleveland 1979), solved here with gonum; bands are means.
func TestRegressionDirectIsALine(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(5, 40).Draw(t, "n")
		first, second := make([]float64, n), make([]float64, n)
		for i := range n {
			first[i] = float64(rapid.IntRange(0, 30).Draw(t, "first"))
			second[i] = rapid.Float64Range(-50, 50).Draw(t, "second")
		}
		opt := DirectOptions{Nearest: rapid.IntRange(3, n).Draw(t, "nearest")}
		if rapid.Bool().Draw(t, "bands") {
			opt.Bands, opt.Least = []float64{0, 4.5, 20}, 2
		}
		x := rapid.Float64Range(-2, 32).Draw(t, "x")
		want, ok := slowDirect(x, first, second, opt)
		fit, err := RegressionDirect([]float64{x}, first, second, opt)
		if !ok {
			if !errors.Is(err, ErrNoOverlap) {
				t.Fatalf("at %v: %+v, %v", x, fit, err)
			}
			return
		}
		if err != nil || math.Abs(fit.Change-want) > 1e-5 {
			t.Fatalf("at %v: %+v, want %v (%v)", x, fit, want, err)
		}
		if opt.Bands != nil { // one band: the standard error of a mean
			var changes []float64
			for i, v := range first {
				if (v < 4.5) == (x < 4.5) && v < 20 {
					changes = append(changes, second[i]-v)
				}
			}
			if se := stat.StdErr(stat.StdDev(changes, nil), float64(len(changes))); !near(fit.StdErr, se, 1e-9) || fit.Untreated != len(changes) {
				t.Fatalf("%+v, want a standard error of %v from %d", fit, se, len(changes))
			}
		}
		both, err := RegressionDirect([]float64{x, x, 99}, first, second, opt)
		if err != nil || !near(both.Change, fit.Change, 1e-9) || !near(both.StdErr, fit.StdErr, 1e-9) || both.Outside != 1 || both.Compared != 2 || both.First != x {
			t.Fatalf("%+v, %v", both, err)
		}
	})
}

func slowDirect(x float64, first, second []float64, opt DirectOptions) (change float64, ok bool) {
	if opt.Bands != nil {
		for b := range len(opt.Bands) - 1 {
			var changes []float64
			for i, v := range first {
				if opt.Bands[b] <= v && v < opt.Bands[b+1] {
					changes = append(changes, second[i]-v)
				}
			}
			if opt.Bands[b] <= x && x < opt.Bands[b+1] && len(changes) >= opt.Least {
				return stat.Mean(changes, nil), true
			}
		}
		return 0, false
	}
	if x < slices.Min(first) || x > slices.Max(first) {
		return 0, false
	}
	var distances []float64
	for _, v := range first {
		distances = append(distances, math.Abs(v-x))
	}
	reach := slices.Sorted(slices.Values(distances))[opt.Nearest-1]
	var rows, right []float64
	var values, weights []float64
	for i, v := range first {
		if distances[i] > reach {
			continue
		}
		u := 0.0
		if reach > 0 {
			u = distances[i] / (reach * (1 + 1e-9))
		}
		w := math.Sqrt(math.Pow(1-u*u*u, 3))
		values, weights = append(values, v), append(weights, w*w)
		rows, right = append(rows, w, w*(v-x)), append(right, w*(second[i]-v))
	}
	mean := stat.Mean(values, weights)
	around, total := 0.0, 0.0
	for i, v := range values {
		around, total = around+weights[i]*(v-mean)*(v-mean), total+weights[i]
	}
	if around <= 1e-6*reach*reach*total { // on one value, but for a trifle
		for i := range right {
			change += right[i] * math.Sqrt(weights[i]) / total
		}
		return change, true
	}
	var line mat.VecDense
	var qr mat.QR
	qr.Factorize(mat.NewDense(len(right), 2, rows))
	if err := qr.SolveVecTo(&line, false, mat.NewVecDense(len(right), right)); err != nil && line.Len() == 0 {
		return 0, false
	}
	return line.AtVec(0), true
}

// TestRegressionDirectHoldsForCosts: of costs with a long tail, where the normal formula is off, what untreated households did is what
// the selected would have done, in 95% of samples or so within the interval.
func TestRegressionDirectHoldsForCosts(t *testing.T) {
	s := NewStream("kosten")
	uniform := func() float64 { return (float64(s.Uint64()>>11) + 0.5) / (1 << 53) }
	draw := func() (first, second float64) {
		lasting := 3 + 0.7*distuv.UnitNormal.Quantile(uniform())
		return math.Exp(lasting + 0.5*distuv.UnitNormal.Quantile(uniform())), math.Exp(lasting + 0.5*distuv.UnitNormal.Quantile(uniform()))
	}
	within, errDirect, errNormal := 0, 0.0, 0.0
	const trials = 150
	for range trials {
		var first, second, selected, truth []float64
		for range 2000 {
			a, b := draw()
			first, second = append(first, a), append(second, b)
		}
		for len(selected) < 60 {
			if a, _ := draw(); a > 60 && a < 150 {
				selected = append(selected, a)
			}
		}
		// log second given log first is normal: mean 3 + r (log a - 3), variance s² (1 - r²), with s² = 0,74 and r = 0,49 / 0,74
		v, r := 0.74, 0.49/0.74
		for _, a := range selected {
			truth = append(truth, math.Exp(3+r*(math.Log(a)-3)+v*(1-r*r)/2)-a)
		}
		want := stat.Mean(truth, nil)
		d, err := RegressionDirect(selected, first, second, DirectOptions{})
		m, errMoments := MeasurementsOf(first, second)
		n, errFit := RegressionNormal(m, 60, false)
		if err != nil || errMoments != nil || errFit != nil {
			t.Fatal(err, errMoments, errFit)
		}
		if d.Low <= want && want <= d.High {
			within++
		}
		errDirect += (d.Change - want) / trials
		errNormal += (n.Change - want) / trials
	}
	if within < 130 || math.Abs(errDirect) > 3 || math.Abs(errNormal) < 2*math.Abs(errDirect) {
		t.Errorf("%d of %d within; bias %.1f, normal %.1f", within, trials, errDirect, errNormal)
	}
}

// TestRegressionErrors: what cannot be said is an error.
func TestRegressionErrors(t *testing.T) {
	good := TwoMeasurements{SDFirst: 1, SDSecond: 1, Correlation: 0.5}
	wide, far := good, good
	wide.Correlation, far.SDFirst = 1.5, 0
	for name, c := range map[string]struct {
		m      TwoMeasurements
		cutoff float64
		want   error
	}{
		"nothing wrong": {good, 1, nil}, "more than one": {wide, 1, ErrRegressionInput}, "no spread": {far, 1, ErrRegressionInput},
		"no cutoff": {good, math.NaN(), ErrRegressionInput}, "too far": {good, 50, ErrRegressionNobody},
	} {
		if _, err := RegressionNormal(c.m, c.cutoff, false); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := MeasurementsOf([]float64{1, 2}, []float64{3, 3}); !errors.Is(err, ErrRegressionInput) {
		t.Error(err)
	}
	if _, err := RegressionDensity([]float64{1, 2, 3}, 1, 5, 0, false); !errors.Is(err, ErrRegressionNobody) {
		t.Error(err)
	}
	if _, err := RegressionDensity([]float64{2, 2, 2}, 1, 1, 0, false); !errors.Is(err, ErrRegressionInput) {
		t.Error(err)
	}
	for name, c := range map[string]struct {
		selected []float64
		opt      DirectOptions
		want     error
	}{
		"nobody selected": {nil, DirectOptions{}, ErrRegressionInput}, "far off": {[]float64{99}, DirectOptions{}, ErrNoOverlap},
		"one bound": {[]float64{2}, DirectOptions{Bands: []float64{1}}, ErrRegressionInput},
		"few":       {[]float64{2}, DirectOptions{Bands: []float64{1, 3}}, ErrNoOverlap},
		"unsorted":  {[]float64{2}, DirectOptions{Bands: []float64{3, 1}}, ErrRegressionInput},
	} {
		if d, err := RegressionDirect(c.selected, []float64{1, 2, 4}, []float64{1, 1, 1}, c.opt); !errors.Is(err, c.want) || (err == nil) != (d != nil) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// BenchmarkRegressionDirect: 2.000 selected among a million untreated.
func BenchmarkRegressionDirect(b *testing.B) {
	s := NewStream("bench")
	var first, second, selected []float64
	for range 1_000_000 {
		first, second = append(first, float64(s.Below(1_000_000))), append(second, float64(s.Below(1_000_000)))
	}
	for range 2000 {
		selected = append(selected, float64(500_000+s.Below(400_000)))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := RegressionDirect(selected, first, second, DirectOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
