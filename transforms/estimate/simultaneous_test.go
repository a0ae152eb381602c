package estimate

import (
	"errors"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/integrate/quad"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// contrasts is the covariance of differences of independent means with variances v, of which row i is mean pairs[i][1] less mean pairs[i][0].
func contrasts(v []float64, pairs [][2]int) [][]float64 {
	out := make([][]float64, len(pairs))
	for i, a := range pairs {
		out[i] = make([]float64, len(pairs))
		for j, b := range pairs {
			for m := range v {
				sign := func(p [2]int) float64 {
					switch m {
					case p[0]:
						return -1
					case p[1]:
						return 1
					}
					return 0
				}
				out[i][j] += sign(a) * sign(b) * v[m]
			}
		}
	}
	return out
}

func manyToOne(k int) (pairs [][2]int) {
	for i := range k {
		pairs = append(pairs, [2]int{0, i + 1})
	}
	return pairs
}

func allPairs(k int) (pairs [][2]int) {
	for i := range k {
		for j := range i {
			pairs = append(pairs, [2]int{j, i})
		}
	}
	return pairs
}

func maxT(t *testing.T, estimate []float64, covariance [][]float64, opt MaxTOptions) *MaxTFit {
	t.Helper()
	fit, err := MaxT(estimate, covariance, opt)
	if err != nil {
		t.Fatal(err)
	}
	return fit
}

// manyToOneWithin is the chance that the statistics of many means against one stay within c: given the one mean and the variance they are independent.
func manyToOneWithin(c float64, side MaxTSide, df float64, shared []float64) float64 {
	given := func(scale float64) float64 {
		return quad.Fixed(func(z float64) float64 {
			p := distuv.UnitNormal.Prob(z)
			for _, rho := range shared { // the correlation of two is the product of theirs
				own := math.Sqrt(1 - rho*rho)
				in := distuv.UnitNormal.CDF((c*scale - rho*z) / own)
				if side == SideBoth {
					in -= distuv.UnitNormal.CDF((-c*scale - rho*z) / own)
				}
				p *= in
			}
			return p
		}, -9, 9, 80, nil, 0)
	}
	if df == 0 {
		return given(1)
	}
	chi := distuv.ChiSquared{K: df}
	return quad.Fixed(func(s float64) float64 { return given(s) * 2 * s * df * chi.Prob(s*s*df) }, 0, 1+8/math.Sqrt(df), 80, nil, 0)
}

// nearCritical says that a critical value is what was printed, apart from the error it says it has.
func nearCritical(fit *MaxTFit, want, digits float64) bool {
	return math.Abs(fit.Critical-want) <= 0.5*math.Pow(10, -digits)+4*fit.CriticalErr && fit.CriticalErr < 0.006
}

// TestDunnett: the two-sided table of C.W. Dunnett, Biometrics 20 (1964), table II, of many means against one, all of equal size, at 5%, and the one-sided
// one of C.W. Dunnett, Journal of the American Statistical Association 50 (1955), table 1a, to the two decimals printed; and by numerical integration.
// Degrees of freedom 0 is without end.
func TestDunnett(t *testing.T) {
	means := []int{1, 2, 3, 5, 9}
	for _, c := range []struct {
		side MaxTSide
		df   float64
		want []float64
	}{
		{SideBoth, 5, []float64{2.57, 3.03, 3.29, 3.62, 3.97}},
		{SideBoth, 10, []float64{2.23, 2.57, 2.76, 2.99, 3.24}},
		{SideBoth, 20, []float64{2.09, 2.38, 2.54, 2.73, 2.95}},
		{SideBoth, 0, []float64{1.96, 2.21, 2.35, 2.51, 2.69}},
		{SideGreater, 6, []float64{1.94, 2.34, 2.56, 2.83, 3.12}},
		{SideGreater, 0, []float64{1.64, 1.92, 2.06, 2.23, 2.42}},
	} {
		for i, k := range means {
			fit := maxT(t, make([]float64, k), contrasts(slices.Repeat([]float64{1}, k+1), manyToOne(k)), MaxTOptions{DF: c.df, Side: c.side, Directions: 1 << 14})
			if !nearCritical(fit, c.want[i], 2) || fit.Rank != k {
				t.Errorf("%s, %v degrees, %d: %v ± %v, want %v", c.side, c.df, k, fit.Critical, fit.CriticalErr, c.want[i])
			}
			if p := manyToOneWithin(fit.Critical, c.side, c.df, slices.Repeat([]float64{math.Sqrt(0.5)}, k)); math.Abs(p-0.95) > 0.0008 {
				t.Errorf("%s, %v degrees, %d: within %v with chance %v", c.side, c.df, k, fit.Critical, p)
			}
		}
	}
}

// TestMaxTRecovery: minutes to recover under three kinds of blanket against the usual one, 20, 3, 3 and 15 patients, 37 degrees of freedom (F. Bretz,
// T. Hothorn and P. Westfall, Multiple Comparisons Using R, 2010, section 4.1; figures of multcomp 1.4, demo/Ch_Appl.Rout.save). R draws its integrals, to 0,001 in a chance,
// and prints a critical value of 2,1816 and, for the second, 5,64e-05: by integration it is 2,1827, and between 1 and 3 times the p-value of the one test.
func TestMaxTRecovery(t *testing.T) {
	variance := 1.6038 * 1.6038 / (1.0/20 + 1.0/3)
	v := []float64{variance / 20, variance / 3, variance / 3, variance / 15}
	shared := []float64{math.Sqrt(v[0] / (v[0] + v[1])), math.Sqrt(v[0] / (v[0] + v[2])), math.Sqrt(v[0] / (v[0] + v[3]))}
	fit := maxT(t, []float64{-2.1333, -7.4667, -1.6667}, contrasts(v, manyToOne(3)), MaxTOptions{DF: 37, Side: SideLess})
	if p := manyToOneWithin(fit.Critical, SideLess, 37, shared); math.Abs(p-0.95) > 5e-5 || math.Abs(fit.Critical-2.1816) > 0.002 {
		t.Errorf("critical %v ± %v, within it with chance %v; R 2.1816", fit.Critical, fit.CriticalErr, p)
	}
	for i, want := range []MaxTTest{
		{StdErr: 1.6038, Statistic: -1.330, High: 1.3655, P: 0.2412, PStepDown: 0.0958},
		{StdErr: 1.6038, Statistic: -4.656, High: -3.9678, P: 5.64e-05, PStepDown: 5.64e-05},
		{StdErr: 0.8848, Statistic: -1.884, High: 0.2636, P: 0.0925, PStepDown: 0.0640},
	} {
		got := fit.Tests[i]
		if !asPrinted(got.StdErr, want.StdErr, 4) || !asPrinted(got.Statistic, want.Statistic, 3) || math.Abs(got.High-want.High) > 0.002 ||
			!math.IsInf(got.Low, -1) {
			t.Errorf("%+v, want %+v", got, want)
		}
		if !asPrinted(got.PStepDown, want.PStepDown, 4) || math.Abs(got.P-want.P) > 1e-4 {
			t.Errorf("%+v, want %+v", got, want)
		}
		if p := 1 - manyToOneWithin(-got.Statistic, SideLess, 37, shared); math.Abs(got.P-p) > 5e-5 {
			t.Errorf("%+v, by integration %v", got, p)
		}
	}
	if one := (distuv.StudentsT{Sigma: 1, Nu: 37}).CDF(fit.Tests[1].Statistic); fit.Tests[1].P < one || fit.Tests[1].P > 3*one+1e-9 {
		t.Errorf("the second: %+v, of one test %v", fit.Tests[1], one)
	}
}

// TestMaxTImmer: yields of five varieties of barley, all ten pairs, of which four are free: the studentized range, of which R's TukeyHSD knows the distribution
// (as TestMaxTRecovery, section 4.2), 20 degrees of freedom.
func TestMaxTImmer(t *testing.T) {
	means := []float64{94.39167, 102.54167, 91.13333, 118.20000, 99.18333}
	const stdErr, half = 6.07797, 18.1875861 // half the width of TukeyHSD's intervals
	pairs := allPairs(5)
	estimate := make([]float64, len(pairs))
	for i, p := range pairs {
		estimate[i] = means[p[1]] - means[p[0]]
	}
	fit := maxT(t, estimate, contrasts(slices.Repeat([]float64{stdErr * stdErr / 2}, 5), pairs), MaxTOptions{DF: 20})
	if math.Abs(fit.Critical*stdErr-half) > 0.003 || fit.Rank != 4 {
		t.Errorf("half the width %v, want %v; %+v", fit.Critical*stdErr, half, fit)
	}
	want := map[[2]int]float64{{0, 1}: 0.670063958, {0, 2}: 0.982419709, {0, 3}: 0.006783701, {0, 4}: 0.931020848, {1, 2}: 0.360680099, {1, 3}: 0.113221634,
		{1, 4}: 0.980350080, {2, 3}: 0.002027122, {2, 4}: 0.679824487, {3, 4}: 0.037710044}
	for i, p := range pairs {
		if got := fit.Tests[i]; math.Abs(got.P-want[p]) > 3e-4 || got.PStepDown > got.P+1e-12 {
			t.Errorf("%v: %+v, want %v", p, got, want[p])
		}
	}
}

// TestMaxTDetergent: all pairs of five detergents, 16 degrees of freedom: R's quantile 3.0638 (multcomp, tests/Examples/multcomp-Ex.Rout.save; P. Westfall
// and others, Multiple Comparisons and Multiple Tests, 1999, page 190).
func TestMaxTDetergent(t *testing.T) {
	pairs := allPairs(5)
	fit := maxT(t, make([]float64, 10), contrasts(slices.Repeat([]float64{1}, 5), pairs), MaxTOptions{DF: 16})
	if !nearCritical(fit, 3.0638, 4) {
		t.Errorf("%v ± %v, want 3.0638", fit.Critical, fit.CriticalErr)
	}
}

// TestMaxTKnown: where the distribution is known: independent ones by Šidák; one and the same estimate, twice, as one; a total that follows from its parts
// costs less than a third that does not.
func TestMaxTKnown(t *testing.T) {
	for _, k := range []int{1, 2, 5, 12} {
		identity := make([][]float64, k)
		for i := range identity {
			identity[i] = make([]float64, k)
			identity[i][i] = float64(i + 1)
		}
		estimate := make([]float64, k)
		estimate[0] = 2.5
		fit := maxT(t, estimate, identity, MaxTOptions{Directions: 1 << 15})
		want := fit.quantile(0.5 + math.Pow(0.95, 1/float64(k))/2)
		p := 1 - math.Pow(1-math.Erfc(2.5/math.Sqrt2), float64(k))
		if !nearCritical(fit, want, 5) || math.Abs(fit.Tests[0].P-p) > 5e-4 || fit.Condition < 1 {
			t.Errorf("%d independent: %v ± %v, want %v; p %v, want %v", k, fit.Critical, fit.CriticalErr, want, fit.Tests[0].P, p)
		}
	}
	twice := maxT(t, []float64{1, 2}, [][]float64{{1, 2}, {2, 4}}, MaxTOptions{Directions: 1 << 14})
	if math.Abs(twice.Critical-1.959964) > 1e-6 || twice.Rank != 1 || twice.Tests[0].P != twice.Tests[1].P {
		t.Errorf("one estimate in two units: %+v", twice)
	}
	total := maxT(t, []float64{1, 2, 3}, [][]float64{{1, 0, 1}, {0, 1, 1}, {1, 1, 2}}, MaxTOptions{Directions: 1 << 15})
	if total.Rank != 2 || !(total.Critical > 2.2365 && total.Critical < 2.3877) { // between two and three independent ones
		t.Errorf("two and their total: %+v", total)
	}
	for side, sign := range map[MaxTSide]float64{SideGreater: 1, SideLess: -1} {
		one := maxT(t, []float64{-3 * sign}, [][]float64{{1}}, MaxTOptions{Side: side, DF: 7, Directions: 1 << 12})
		if p := 1 - one.longer(3)/2; math.Abs(one.Tests[0].P-p) > 1e-3 { // the other way altogether
			t.Errorf("%s: %+v, want %v", side, one, p)
		}
	}
}

// TestMaxTCritical: the critical value that two looks at every direction give is the one that halving finds: the chance of a larger statistic at it is what was asked.
func TestMaxTCritical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		fit := &MaxTFit{Rank: rapid.IntRange(1, 25).Draw(t, "rank"), Options: MaxTOptions{Confidence: rapid.Float64Range(0.9, 0.999).Draw(t, "confidence"),
			Side: rapid.SampledFrom([]MaxTSide{SideBoth, SideLess, SideGreater}).Draw(t, "side"), DF: rapid.SampledFrom([]float64{0, 2.5, 9, 500, 1e6}).Draw(t, "df")}}
		k := fit.Rank + rapid.IntRange(0, 3).Draw(t, "more")
		stream := NewStream(rapid.StringN(0, 4, 4).Draw(t, "seed"))
		largest := make([]float64, latticeShifts*100)
		for n := range largest {
			length, m := 0.0, math.Inf(-1)
			for range fit.Rank {
				z := distuv.UnitNormal.Quantile((float64(stream.Uint64()>>11) + 0.5) / (1 << 53))
				if length += z * z; fit.Options.Side == SideBoth {
					z = math.Abs(z)
				}
				m = max(m, z)
			}
			largest[n] = m / math.Sqrt(length)
		}
		fit.critical(largest, k)
		low, high := 0.0, 1e3
		for range 48 {
			if middle := (low + high) / 2; fit.beyond(largest, middle) > 1-fit.Options.Confidence {
				low = middle
			} else {
				high = middle
			}
		}
		if math.Abs(fit.Critical-low) > 1e-8*(1+math.Abs(low)) || !(fit.CriticalErr >= 0) {
			t.Fatalf("critical %v ± %v, want %v", fit.Critical, fit.CriticalErr, low)
		}
	})
}

// TestMaxTRepeats: equal input and seed, equal results, to the bit; another seed, another draw.
// TestMaxTBandsOnly: without p-values the intervals are the same to the last bit.
func TestMaxTBandsOnly(t *testing.T) {
	covariance := [][]float64{{4, 1, 0.5}, {1, 9, 2}, {0.5, 2, 1}}
	for _, side := range []MaxTSide{SideBoth, SideLess, SideGreater} {
		opt := MaxTOptions{DF: 12, Side: side, Seed: "a", Directions: 1 << 10}
		with, err := MaxT([]float64{3, -5, 0.2}, covariance, opt)
		if err != nil {
			t.Fatal(err)
		}
		opt.BandsOnly = true
		without, err := MaxT([]float64{3, -5, 0.2}, covariance, opt)
		if err != nil {
			t.Fatal(err)
		}
		if with.Critical != without.Critical || with.CriticalErr != without.CriticalErr {
			t.Errorf("%s: critical %v and %v", side, with.Critical, without.Critical)
		}
		for i, test := range with.Tests {
			if test.P == 0 || without.Tests[i].P != 0 {
				t.Errorf("%s: p-values %v and %v", side, test.P, without.Tests[i].P)
			}
			if test.P, test.PStepDown = 0, 0; test != without.Tests[i] {
				t.Errorf("%s: %+v and %+v", side, test, without.Tests[i])
			}
		}
	}
}

func TestMaxTRepeats(t *testing.T) {
	cov := contrasts([]float64{1, 2, 3, 4}, manyToOne(3))
	one := maxT(t, []float64{1, 2, 3}, cov, MaxTOptions{Seed: "a", Directions: 1 << 13})
	again := maxT(t, []float64{1, 2, 3}, cov, MaxTOptions{Seed: "a", Directions: 1 << 13})
	other := maxT(t, []float64{1, 2, 3}, cov, MaxTOptions{Seed: "b", Directions: 1 << 13})
	if one.Critical != again.Critical || !slices.Equal(one.Tests, again.Tests) || one.Critical == other.Critical {
		t.Errorf("%v, %v, %v", one.Critical, again.Critical, other.Critical)
	}
	if math.Abs(one.Critical-other.Critical) > 6*one.CriticalErr+1e-6 {
		t.Errorf("%v ± %v, of another seed %v", one.Critical, one.CriticalErr, other.Critical)
	}
}

// TestMaxTSlow: by plain simulation of the estimates themselves, with steps as they are defined.
func TestMaxTSlow(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		k := rapid.IntRange(1, 4).Draw(r, "k")
		free := rapid.IntRange(1, 4).Draw(r, "free")
		root := make([][]float64, k)
		for i := range root {
			root[i] = rapid.SliceOfN(rapid.SampledFrom([]float64{-1, -0.5, 0, 0.5, 1, 2}), free, free).Draw(r, "row")
			root[i][i%free] += 3.5 // no estimate without variance
		}
		cov := make([][]float64, k)
		for i := range cov {
			cov[i] = make([]float64, k)
			for j := range cov[i] {
				for m := range root[i] {
					cov[i][j] += root[i][m] * root[j][m]
				}
			}
		}
		estimate := rapid.SliceOfN(rapid.Float64Range(-8, 8), k, k).Draw(r, "estimates")
		side := rapid.SampledFrom([]MaxTSide{SideBoth, SideLess, SideGreater}).Draw(r, "side")
		df := float64(rapid.SampledFrom([]int{0, 3, 12}).Draw(r, "df"))
		fit, err := MaxT(estimate, cov, MaxTOptions{Side: side, DF: df, Directions: 4096})
		if err != nil {
			r.Fatal(err)
		}
		value := func(i int, v float64) float64 {
			v /= math.Sqrt(cov[i][i])
			switch side {
			case SideBoth:
				return math.Abs(v)
			case SideLess:
				return -v
			}
			return v
		}
		stream := NewStream("slow")
		normal := func() float64 { return fitNormal(float64(stream.Uint64()>>11)/(1<<53) + 1e-17) }
		const draws = 4000
		within, single, step := 0, make([]float64, k), make([]float64, k)
		for range draws {
			z, scale := make([]float64, free), 1.0
			for m := range z {
				z[m] = normal()
			}
			if df > 0 {
				sum := 0.0
				for range int(df) {
					v := normal()
					sum += v * v
				}
				scale = math.Sqrt(sum / df)
			}
			most, t := math.Inf(-1), make([]float64, k)
			for i := range t {
				v := 0.0
				for m := range z {
					v += root[i][m] * z[m]
				}
				t[i] = value(i, v/scale)
				most = max(most, t[i])
			}
			if most <= fit.Critical {
				within++
			}
			for i := range t {
				mine, rest := value(i, estimate[i]), math.Inf(-1)
				for j := range t {
					if value(j, estimate[j]) <= mine {
						rest = max(rest, t[j])
					}
				}
				if most > mine {
					single[i]++
				}
				if rest > mine {
					step[i]++
				}
			}
		}
		if share := float64(within) / draws; math.Abs(share-0.95) > 0.02 {
			r.Fatalf("%v within %v", share, fit.Critical)
		}
		for i, got := range fit.Tests {
			most := 0.0 // steps only rise
			for j := range estimate {
				if value(j, estimate[j]) >= value(i, estimate[i]) {
					most = max(most, step[j]/draws)
				}
			}
			if math.Abs(got.P-single[i]/draws) > 0.045 || math.Abs(got.PStepDown-most) > 0.045 {
				r.Fatalf("test %d: %+v; simulated %v, and by steps %v", i, got, single[i]/draws, most)
			}
		}
	})
}

// fitNormal is a quantile of the normal distribution.
func fitNormal(p float64) float64 { return (&MaxTFit{}).quantile(p) }

func TestMaxTRefuses(t *testing.T) {
	two := [][]float64{{1, 0}, {0, 1}}
	for _, c := range []struct {
		name     string
		estimate []float64
		cov      [][]float64
		opt      MaxTOptions
		want     error
	}{
		{"none", nil, nil, MaxTOptions{}, ErrCovariance},
		{"rows", []float64{1}, two, MaxTOptions{}, ErrCovariance},
		{"columns", []float64{1, 2}, [][]float64{{1, 0}, {0}}, MaxTOptions{}, ErrCovariance},
		{"no variance", []float64{1, 2}, [][]float64{{1, 0}, {0, 0}}, MaxTOptions{}, ErrCovariance},
		{"a variance that is no number", []float64{1, 2}, [][]float64{{1, 0}, {0, math.NaN()}}, MaxTOptions{}, ErrCovariance},
		{"a covariance that is no number", []float64{1, 2}, [][]float64{{1, math.NaN()}, {math.NaN(), 1}}, MaxTOptions{}, ErrCovariance},
		{"not symmetric", []float64{1, 2}, [][]float64{{1, 0.5}, {0, 1}}, MaxTOptions{}, ErrCovariance},
		{"correlation above 1", []float64{1, 2}, [][]float64{{1, 2}, {2, 1}}, MaxTOptions{}, ErrCovariance},
		{"a variance below 0", []float64{1, 2, 3}, [][]float64{{1, 0.9, -0.9}, {0.9, 1, 0.9}, {-0.9, 0.9, 1}}, MaxTOptions{}, ErrCovariance},
		{"an estimate that is no number", []float64{1, math.NaN()}, two, MaxTOptions{}, ErrCovariance},
		{"degrees below 0", []float64{1, 2}, two, MaxTOptions{DF: -1}, ErrCovariance},
		{"degrees that are no number", []float64{1, 2}, two, MaxTOptions{DF: math.NaN()}, ErrCovariance},
		{"side", []float64{1, 2}, two, MaxTOptions{Side: "left"}, ErrSide},
		{"confidence", []float64{1, 2}, two, MaxTOptions{Confidence: 2}, ErrConfidence},
	} {
		if _, err := MaxT(c.estimate, c.cov, c.opt); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
	}
}

func BenchmarkMaxT(b *testing.B) {
	for _, k := range []int{5, 24} {
		b.Run(map[int]string{5: "5", 24: "24"}[k], func(b *testing.B) {
			cov := contrasts(slices.Repeat([]float64{1}, k+1), manyToOne(k))
			b.ReportAllocs()
			for b.Loop() {
				if _, err := MaxT(make([]float64, k), cov, MaxTOptions{DF: 40}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
