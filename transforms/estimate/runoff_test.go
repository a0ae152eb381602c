package estimate

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// taylorAshe is the triangle of Taylor and Ashe (1983), as increments, that Mack (1993) works out.
var taylorAshe = [][]float64{
	{357848, 766940, 610542, 482940, 527326, 574398, 146342, 139950, 227229, 67948},
	{352118, 884021, 933894, 1183289, 445745, 320996, 527804, 266172, 425046},
	{290507, 1001799, 926219, 1016654, 750816, 146923, 495992, 280405},
	{310608, 1108250, 776189, 1562400, 272482, 352053, 206286},
	{443160, 693190, 991983, 769488, 504851, 470639},
	{396132, 937085, 847498, 805037, 705960},
	{440832, 847631, 1131398, 1063269},
	{359480, 1061648, 1443370},
	{376686, 986608},
	{344014},
}

func cumulative(increments [][]float64) Triangle {
	var t Triangle
	for _, row := range increments {
		sum, out := 0.0, []float64{}
		for _, v := range row {
			sum += v
			out = append(out, sum)
		}
		t.Rows = append(t.Rows, out)
	}
	return t
}

func (t Triangle) origins() []Origin {
	var out []Origin
	for _, row := range t.Rows {
		out = append(out, Origin{row[len(row)-1], len(row) - 1})
	}
	return out
}

// TestMack1993: the published results of the worked example: factors to four decimals, reserves and standard errors to the unit.
// Mack assumes no tail.
func TestMack1993(t *testing.T) {
	tri := cumulative(taylorAshe)
	d := Develop(tri)
	d.Tail = Tail{Factor: 1}
	for k, want := range []float64{3.4906, 1.7473, 1.4574, 1.1739, 1.1038, 1.0863, 1.0539, 1.0766, 1.0177} {
		if math.Abs(d.Factor[k]-want) > 0.00005 {
			t.Errorf("f_%d is %.4f, want %.4f", k, d.Factor[k], want)
		}
	}
	reserves := []float64{0, 94634, 469511, 709638, 984889, 1419459, 2177641, 3920301, 4278972, 4625811}
	errs := []float64{0, 75535, 121699, 133549, 261406, 411010, 558317, 875328, 971258, 1363155}
	var total float64
	for i, o := range tri.origins() {
		u, _ := d.Ultimate(o)
		total += u - o.Amount
		if math.Abs(u-o.Amount-reserves[i]) > 0.5 || math.Abs(d.Err(o)-errs[i]) > 0.5 {
			t.Errorf("year %d: reserve %.1f, error %.1f; want %.0f, %.0f", i, u-o.Amount, d.Err(o), reserves[i], errs[i])
		}
	}
	if math.Abs(total-18680856) > 0.5 || math.Abs(d.Err(tri.origins()...)-2447095) > 0.5 {
		t.Errorf("total reserve %.1f, error %.1f; want 18680856, 2447095", total, d.Err(tri.origins()...))
	}
}

// drawTriangle makes a triangle in which some months are empty, some rows are missing their beginning, and amounts are whole.
func drawTriangle(t *rapid.T) Triangle {
	n := rapid.IntRange(3, 16).Draw(t, "rows")
	var tri Triangle
	start := rapid.IntRange(0, n/2).Draw(t, "start")
	for i := range n {
		row, sum := make([]float64, n-i), 0.0
		for k := range row {
			sum += float64(rapid.IntRange(0, 100000/(1+k*k)).Draw(t, "amount"))
			row[k] = sum
		}
		tri.Rows, tri.From = append(tri.Rows, row), append(tri.From, max(0, start-i))
	}
	return tri
}

// slowDevelop says it as the book does: the factor is the mean of the single factors, weighted by what was in.
func slowDevelop(tri Triangle) (factor, sigma2, base []float64) {
	for k := range len(tri.Rows[0]) - 1 {
		type pair struct{ a, b float64 }
		var pairs []pair
		for i, row := range tri.Rows {
			if len(row) > k+1 && tri.From[i] <= k {
				pairs = append(pairs, pair{row[k], row[k+1]})
			}
		}
		var weights, sum, empty, n float64
		for _, p := range pairs {
			if p.a > 0 {
				weights, sum, n = weights+p.a, sum+p.a*(p.b/p.a), n+1
			} else {
				empty += p.b
			}
		}
		f := (sum + empty) / weights
		if weights == 0 {
			f = math.NaN()
		}
		s := math.NaN()
		if n >= 2 {
			s = 0
			for _, p := range pairs {
				if p.a > 0 {
					s += math.Pow(p.b-f*p.a, 2) / p.a / (n - 1)
				}
			}
		} else if k >= 2 {
			s = min(sigma2[k-1], sigma2[k-2])
			if sigma2[k-2] > 0 {
				s = min(s, math.Pow(sigma2[k-1], 2)/sigma2[k-2])
			}
		}
		factor, sigma2, base = append(factor, f), append(sigma2, s), append(base, weights)
	}
	seen := 0 // beyond it no row has anything
	for k, f := range factor {
		if !math.IsNaN(f) {
			seen = k + 1
		}
	}
	return factor[:seen], sigma2[:seen], base[:seen]
}

// alike is equal but for the rounding of floating point; NaN is like NaN.
func alike(a, b float64) bool {
	return math.IsNaN(a) && math.IsNaN(b) || math.Abs(a-b) <= 1e-9*math.Max(1, math.Max(math.Abs(a), math.Abs(b)))
}

// TestDevelopLikeTheBook, and the standard error against the recursion of Mack (1999) for one row and his double sum for several.
func TestDevelopLikeTheBook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tri := drawTriangle(t)
		d := Develop(tri)
		f, s, base := slowDevelop(tri)
		if len(d.Factor) != len(f) {
			t.Fatalf("%d factors, want %d", len(d.Factor), len(f))
		}
		for k := range f {
			if !alike(d.Factor[k], f[k]) || !alike(d.Sigma2[k], s[k]) || !alike(d.Base[k], base[k]) {
				t.Fatalf("k %d: %v %v %v, want %v %v %v", k, d.Factor[k], d.Sigma2[k], d.Base[k], f[k], s[k], base[k])
			}
		}
		d.Tail = Tail{Factor: 1}
		origins := tri.origins()
		ultimate := make([]float64, len(origins))
		total := 0.0
		for i, o := range origins {
			ultimate[i] = o.Amount
			mse := 0.0
			for k := o.K; k < len(f); k++ {
				mse = ultimate[i]*ultimate[i]*(s[k]/ultimate[i]+s[k]/base[k]) + mse*f[k]*f[k]
				ultimate[i] *= f[k]
			}
			u, factor := d.Ultimate(o)
			if !alike(u, ultimate[i]) || !alike(factor*o.Amount, u) {
				t.Fatalf("row %d: ultimate %v, want %v", i, u, ultimate[i])
			}
			if o.Amount > 0 && !alike(d.Err(o), math.Sqrt(mse)) {
				t.Fatalf("row %d: error %v, want %v", i, d.Err(o), math.Sqrt(mse))
			}
			total += mse
		}
		for i := range origins {
			for j := range i {
				for k := max(origins[i].K, origins[j].K); k < len(f); k++ {
					total += 2 * ultimate[i] * ultimate[j] * s[k] / (f[k] * f[k]) / base[k]
				}
			}
		}
		if got := d.Err(origins...); !math.IsNaN(total) && !alike(got, math.Sqrt(total)) {
			t.Fatalf("error of the sum %v, want %v", got, math.Sqrt(total))
		}
	})
}

// TestScale: amounts in another unit give the same factors and shares.
func TestScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tri := drawTriangle(t)
		by := rapid.Float64Range(0.01, 1000).Draw(t, "by")
		other := Triangle{From: tri.From}
		for _, row := range tri.Rows {
			out := make([]float64, len(row))
			for k, v := range row {
				out[k] = v * by
			}
			other.Rows = append(other.Rows, out)
		}
		a, b := Develop(tri), Develop(other)
		for _, o := range tri.origins() {
			u, f := a.Ultimate(o)
			u2, f2 := b.Ultimate(Origin{o.Amount * by, o.K})
			e, e2 := a.Err(o), b.Err(Origin{o.Amount * by, o.K})
			if !alike(f, f2) || !alike(u*by, u2) || !alike(e*by, e2) {
				t.Fatalf("factor %v and %v, ultimate %v and %v, error %v and %v", f, f2, u*by, u2, e*by, e2)
			}
		}
	})
}

// TestTail, on paper. Of the last twelve factors the last six add `late` and the six before `before`, in one step each.
func TestTail(t *testing.T) {
	for name, c := range map[string]struct{ before, late, want, decay float64 }{
		"nothing any more":                    {0.2, 0, 1, 0},
		"never anything":                      {0, 0, 1, 0},
		"fades fast: as much again":           {0.2, 0.01, 1.01, 0.5},
		"fades by three quarters":             {0.04, 0.03, 1.09, 0.75}, // 0,03 (0,75 + 0,75² + ...) = 0,09
		"does not fade: by a tenth":           {0.01, 0.01, 1.09, 0.9},
		"grows: by a tenth":                   {0.01, 0.02, 1.18, 0.9},
		"begins at the end, which is nothing": {0, 0.001, 1.009, 0.9},
	} {
		factors := []float64{5, 2, 1, 1, 1 + c.before, 1, 1, 1, 1, 1, 1, 1 + c.late, 1, 1}
		got := tailOf(factors)
		if !alike(got.Factor, c.want) || !alike(got.Decay, c.decay) || !alike(got.Err, c.want-1) || !alike(got.Late, c.late) {
			t.Errorf("%s: %+v, want %v, %v", name, got, c.want, c.decay)
		}
	}
	if got := tailOf([]float64{1.5, 1.2}); !alike(got.Late, 0.8) || got.Decay != 0.9 {
		t.Errorf("two factors: %+v", got)
	}
	if got := tailOf([]float64{3, 1, 1, 1, 1, 1, 1, 0.9, 1, 1, 1, 1, 1}); got.Factor != 1 {
		t.Errorf("taken back: %+v", got)
	}
}

// TestTailError: the tail's error is of one size with the ultimate, and shared by all rows.
func TestTailError(t *testing.T) {
	d := Development{Factor: []float64{2, 1}, Sigma2: []float64{0, 0}, Base: []float64{1, 1}, Tail: Tail{Factor: 1.1, Err: 0.1}}
	u, f := d.Ultimate(Origin{100, 0})
	if !alike(u, 220) || !alike(f, 2.2) || !alike(d.Err(Origin{100, 0}), 20) || !alike(d.Err(Origin{100, 0}, Origin{100, 2}), 30) {
		t.Errorf("ultimate %v, factor %v, errors %v and %v", u, f, d.Err(Origin{100, 0}), d.Err(Origin{100, 0}, Origin{100, 2}))
	}
}

// TestLowerShare: quantiles of a normal and a lognormal that can be looked up, and the shape of the bound.
func TestLowerShare(t *testing.T) {
	const z = 1.6448536269514722
	// to come 10 with error 10: lognormal with s² = ln 2, its 95% quantile 10 exp(z s - s²/2) = 27,8; the normal one is 26,4
	s := math.Sqrt(math.Log(2))
	for name, c := range map[string]struct{ amount, ultimate, err, want float64 }{
		"certain":            {100, 125, 0, 0.8},
		"all in":             {100, 100, 0, 1},
		"lognormal larger":   {90, 100, 10, 90 / (90 + 10*math.Exp(z*s-s*s/2))},
		"normal larger":      {99, 100, 10, 99 / (100 + 10*z)},
		"nothing to come":    {100, 100, 2, 100 / (100 + 2*z)},
		"to be taken back":   {100, 98, 1, 100 / (98 + z)},
		"small, almost sure": {999, 1000, 0.001, 999 / (999 + math.Exp(z*math.Sqrt(math.Log1p(1e-6))-math.Log1p(1e-6)/2))},
	} {
		if got := LowerShare(c.amount, c.ultimate, c.err, 0.95); !alike(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		amount := rapid.Float64Range(1, 1e9).Draw(t, "amount")
		left := rapid.Float64Range(0, 1e9).Draw(t, "left")
		err := rapid.Float64Range(0, 1e9).Draw(t, "err")
		more := err * rapid.Float64Range(1, 10).Draw(t, "more")
		a, b := LowerShare(amount, amount+left, err, 0.95), LowerShare(amount, amount+left, more, 0.95)
		if a <= 0 || a > 1 || a > amount/(amount+left)+1e-12 {
			t.Fatalf("bound %v of a share of %v", a, amount/(amount+left))
		}
		if b > a+1e-12 {
			t.Fatalf("a larger error gives a higher bound: %v, %v", a, b)
		}
	})
}
