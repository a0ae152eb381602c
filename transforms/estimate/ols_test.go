package estimate

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
	"pgregory.net/rapid"
)

// longley is the data of J.W. Longley, Journal of the American Statistical Association 62 (1967): employment, then deflator, national product,
// unemployed, armed forces, population and year.
var longley = [][7]float64{
	{60323, 83.0, 234289, 2356, 1590, 107608, 1947},
	{61122, 88.5, 259426, 2325, 1456, 108632, 1948},
	{60171, 88.2, 258054, 3682, 1616, 109773, 1949},
	{61187, 89.5, 284599, 3351, 1650, 110929, 1950},
	{63221, 96.2, 328975, 2099, 3099, 112075, 1951},
	{63639, 98.1, 346999, 1932, 3594, 113270, 1952},
	{64989, 99.0, 365385, 1870, 3547, 115094, 1953},
	{63761, 100.0, 363112, 3578, 3350, 116219, 1954},
	{66019, 101.2, 397469, 2904, 3048, 117388, 1955},
	{67857, 104.6, 419180, 2822, 2857, 118734, 1956},
	{68169, 108.4, 442769, 2936, 2798, 120445, 1957},
	{66513, 110.8, 444546, 4681, 2637, 121950, 1958},
	{68655, 112.6, 482704, 3813, 2552, 123366, 1959},
	{69564, 114.2, 502601, 3931, 2514, 125368, 1960},
	{69331, 115.7, 518173, 4806, 2572, 127852, 1961},
	{70551, 116.9, 554894, 4007, 2827, 130081, 1962},
}

// TestOLSLongley: the values that the US National Institute of Standards and Technology certifies (Statistical Reference Datasets, linear regression,
// Longley, level of difficulty: higher). They have fifteen digits, of which the columns, condition 43.000 when scaled, leave eleven.
func TestOLSLongley(t *testing.T) {
	x, y := make([][]float64, 6), []float64{}
	for _, row := range longley {
		y = append(y, row[0])
		for j := range x {
			x[j] = append(x[j], row[j+1])
		}
	}
	fit, err := OLS(x, y, nil)
	if err != nil {
		t.Fatal(err)
	}
	cov, err := fit.Covariance(Classical)
	if err != nil {
		t.Fatal(err)
	}
	for j, want := range [][2]float64{
		{-3482258.63459582, 890420.383607373},
		{15.0618722713733, 84.9149257747669},
		{-0.358191792925910e-01, 0.334910077722432e-01},
		{-2.02022980381683, 0.488399681651699},
		{-1.03322686717359, 0.214274163161675},
		{-0.511041056535807e-01, 0.226073200069370},
		{1829.15146461355, 455.478499142212},
	} {
		if off := math.Abs(fit.Coef[j]/want[0] - 1); off > 1e-10 {
			t.Errorf("coefficient %d: %.15g, off by a share of %.1e", j, fit.Coef[j], off)
		}
		if off := math.Abs(cov.SE[j]/want[1] - 1); off > 1e-11 {
			t.Errorf("standard error %d: %.15g, off by a share of %.1e", j, cov.SE[j], off)
		}
	}
	for name, v := range map[string][2]float64{
		"residual standard deviation": {fit.Sigma, 304.854073561965},
		"R squared":                   {fit.R2, 0.995479004577296},
		"residual sum of squares":     {fit.SSR, 836424.055505915},
	} {
		if off := math.Abs(v[0]/v[1] - 1); off > 1e-11 {
			t.Errorf("%s: %.15g, want %.15g", name, v[0], v[1])
		}
	}
	if !roundsTo(fit.Condition/1000, 43.3, 1) {
		t.Errorf("condition %.6g", fit.Condition) // 43.275: D.A. Belsley, The American Statistician 38 (1984), 73-77
	}
}

// norris are the readings y of an ozone monitor at the standard's x.
var norris = [][2]float64{
	{0.1, 0.2}, {338.8, 337.4}, {118.1, 118.2}, {888.0, 884.6}, {9.2, 10.1}, {228.1, 226.5}, {668.5, 666.3}, {998.5, 996.3}, {449.1, 448.6},
	{778.9, 777.0}, {559.2, 558.2}, {0.3, 0.4}, {0.1, 0.6}, {778.1, 775.5}, {668.8, 666.9}, {339.3, 338.0}, {448.9, 447.5}, {10.8, 11.6},
	{557.7, 556.0}, {228.3, 228.1}, {998.0, 995.8}, {888.8, 887.6}, {119.6, 120.2}, {0.3, 0.3}, {0.6, 0.3}, {557.6, 556.8}, {339.3, 339.1},
	{888.0, 887.2}, {998.5, 999.0}, {778.9, 779.0}, {10.2, 11.1}, {117.6, 118.3}, {228.9, 229.2}, {668.4, 669.1}, {449.2, 448.9}, {0.2, 0.5},
}

// TestOLSNorris: as Longley, level of difficulty: lower.
func TestOLSNorris(t *testing.T) {
	x, y := make([][]float64, 1), []float64{}
	for _, row := range norris {
		y, x[0] = append(y, row[0]), append(x[0], row[1])
	}
	fit, err := OLS(x, y, nil)
	if err != nil {
		t.Fatal(err)
	}
	cov, err := fit.Covariance(Classical)
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string][2]float64{
		"B0": {fit.Coef[0], -0.262323073774029}, "its deviation": {cov.SE[0], 0.232818234301152},
		"B1": {fit.Coef[1], 1.00211681802045}, "that of B1": {cov.SE[1], 0.429796848199937e-03},
		"residual": {fit.Sigma, 0.884796396144373}, "R squared": {fit.R2, 0.999993745883712}, "sum": {fit.SSR, 26.6173985294224},
	} {
		if off := math.Abs(v[0]/v[1] - 1); off > 1e-12 {
			t.Errorf("%s: %.15g, want %.15g", name, v[0], v[1])
		}
	}
}

// publicSchools are expenditure on public schools and income, US dollars a head, of the states in 1979 without Wisconsin (US Department of Commerce,
// Statistical Abstract of the United States; table 14.1 of W.H. Greene, Econometric Analysis, 2nd edition, 1993). The second is Alaska.
var publicSchools = [2][]float64{
	{275, 821, 339, 275, 387, 452, 531, 424, 316, 265, 403, 304, 437, 345, 431, 355, 260, 316, 327, 427, 427, 466, 477, 259, 274,
		433, 294, 359, 279, 423, 388, 447, 335, 311, 322, 320, 397, 412, 342, 315, 321, 268, 315, 417, 353, 356, 415, 428, 320, 500},
	{6247, 10851, 7374, 6183, 8850, 8001, 8914, 8604, 7505, 6700, 8380, 6813, 8745, 7696, 7873, 8001, 6615, 6640, 6333, 8306, 8063, 8442, 7847, 5736, 7342,
		7051, 7391, 9032, 7277, 8818, 6505, 8267, 6607, 7478, 7812, 6951, 7839, 7733, 7526, 6242, 6841, 6489, 7697, 6622, 6541, 7624, 8450, 10022, 6456, 9096},
}

// schools regresses expenditure on income, in ten thousands, and its square; without drops a state.
func schools(t *testing.T, without int) *OLSFit {
	x, y := make([][]float64, 2), []float64{}
	for i, income := range publicSchools[1] {
		if i != without {
			y = append(y, publicSchools[0][i])
			x[0], x[1] = append(x[0], income/1e4), append(x[1], income/1e4*income/1e4)
		}
	}
	fit, err := OLS(x, y, nil)
	if err != nil {
		t.Fatal(err)
	}
	return fit
}

// TestHCPublicSchools: coefficients, classical and HC0 errors are those of Greene 1993, tables 14.2 and 14.3, pages 385 and 391; with HC3 those that
// A. Zeileis prints (Econometric computing with HC and HAC covariance matrix estimators, Journal of Statistical Software 11(10), 2004); HC1 and HC2 are the
// output of R's package sandwich (vcovHC) for the same fit. The quasi-t values of the square, with and without Alaska, are F. Cribari-Neto,
// Computational Statistics & Data Analysis 45 (2004), table 8, page 229.
func TestHCPublicSchools(t *testing.T) {
	fit := schools(t, -1)
	for j, want := range []float64{832.914, -1834.203, 1587.042} {
		if !roundsTo(fit.Coef[j], want, 3) {
			t.Errorf("coefficient %d: %.5f, want %.3f", j, fit.Coef[j], want)
		}
	}
	other := schools(t, 1)
	for kind, want := range map[CovarianceKind]struct {
		se              [3]float64
		with, withoutAK float64
	}{
		Classical: {[3]float64{327.292, 828.985, 519.077}, 3.06, -0.45},
		HC0:       {[3]float64{460.892, 1243.043, 829.993}, 1.91, -0.50},
		HC1:       {[3]float64{475.373, 1282.101, 856.072}, 0, 0},
		HC2:       {[3]float64{688.481, 1866.406, 1250.147}, 0, 0},
		HC3:       {[3]float64{1095.001, 2975.411, 1995.242}, 0.80, -0.28},
	} {
		cov, err := fit.Covariance(kind)
		if err != nil {
			t.Fatal(err)
		}
		for j := range want.se {
			if !roundsTo(cov.SE[j], want.se[j], 3) {
				t.Errorf("%v: standard error %d: %.5f, want %.3f", kind, j, cov.SE[j], want.se[j])
			}
		}
		if want.with == 0 {
			continue
		}
		rest, err := other.Covariance(kind)
		if err != nil {
			t.Fatal(err)
		}
		if q := fit.Coef[2] / cov.SE[2]; !roundsTo(q, want.with, 2) {
			t.Errorf("%v: quasi-t %.4f, want %.2f", kind, q, want.with)
		}
		if q := other.Coef[2] / rest.SE[2]; !roundsTo(q, want.withoutAK, 2) {
			t.Errorf("%v: quasi-t without Alaska %.4f, want %.2f", kind, q, want.withoutAK)
		}
	}
	cov, _ := fit.Covariance(HC3)
	if low, high := cov.Interval(fit.Coef, 2, 0.95); !near(low, 1587.0423-2.0117405*1995.24196, 1e-6) || !near(high, 1587.0423+2.0117405*1995.24196, 1e-6) {
		t.Errorf("interval %v to %v", low, high) // t.975 with 47 degrees of freedom: 2.0117
	}
}

// drawRegression draws a sample of small whole numbers, with weights.
func drawRegression(t *rapid.T) (x [][]float64, y, w []float64) {
	n := rapid.IntRange(8, 30).Draw(t, "units")
	for range rapid.IntRange(1, 3).Draw(t, "covariates") {
		var c []float64
		for range n {
			c = append(c, float64(rapid.IntRange(-9, 9).Draw(t, "x")))
		}
		x = append(x, c)
	}
	for range n {
		y = append(y, float64(rapid.IntRange(-50, 50).Draw(t, "y")))
		w = append(w, float64(rapid.IntRange(0, 4).Draw(t, "weight")))
	}
	return x, y, w
}

// slowOLS is the textbook: the inverse of the weighted cross products, coefficients, residuals and leverage.
func slowOLS(x [][]float64, y, w []float64) (inverse *mat.Dense, rows *mat.Dense, coef, residuals, leverage []float64) {
	n, k := len(y), len(x)+1
	rows = mat.NewDense(n, k, nil)
	cross, target := mat.NewDense(k, k, nil), mat.NewVecDense(k, nil)
	for i := range n {
		rows.Set(i, 0, 1)
		for j := range x {
			rows.Set(i, j+1, x[j][i])
		}
		row := rows.RowView(i)
		cross.RankOne(cross, w[i], row, row)
		target.AddScaledVec(target, w[i]*y[i], row)
	}
	inverse = mat.NewDense(k, k, nil)
	if inverse.Inverse(cross) != nil {
		return nil, nil, nil, nil, nil
	}
	var b mat.VecDense
	b.MulVec(inverse, target)
	for i := range n {
		row := rows.RowView(i)
		residuals = append(residuals, y[i]-mat.Dot(row, &b))
		leverage = append(leverage, w[i]*mat.Inner(row, inverse, row))
	}
	return inverse, rows, b.RawVector().Data, residuals, leverage
}

// slowSandwich sums, over all pairs of units, the product of their scores where they go together; times is by unit.
func slowSandwich(inverse, rows *mat.Dense, residuals, w []float64, together func(i, j int) float64) *mat.Dense {
	n, k := rows.Dims()
	meat := mat.NewDense(k, k, nil)
	for i := range n {
		for j := range n {
			meat.RankOne(meat, together(i, j)*w[i]*w[j]*residuals[i]*residuals[j], rows.RowView(i), rows.RowView(j))
		}
	}
	var v mat.Dense
	v.Product(inverse, meat, inverse)
	return &v
}

func sameMatrix(a, b mat.Matrix, relative float64) bool {
	k, _ := a.Dims()
	scale := 1.0 // where residuals are 0 the textbook has them within its rounding only
	for i := range k {
		scale = math.Max(scale, math.Abs(b.At(i, i)))
	}
	for i := range k {
		for j := range k {
			if math.Abs(a.At(i, j)-b.At(i, j)) > relative*scale {
				return false
			}
		}
	}
	return true
}

// TestOLSAgainstTextbook: coefficients, leverage and every covariance against sums over pairs of units.
func TestOLSAgainstTextbook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y, w := drawRegression(t)
		fit, err := OLS(x, y, w)
		if errors.Is(err, ErrTooFew) || errors.Is(err, ErrCollinear) {
			t.Skip(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		inverse, rows, coef, residuals, leverage := slowOLS(x, y, w)
		if inverse == nil || fit.Condition > 1e4 {
			t.Skip("badly conditioned")
		}
		n, k := 0, len(coef)
		for i := range y {
			if w[i] > 0 {
				n++
			}
			if !near(fit.Residuals[i], residuals[i], 1e-8) || !near(fit.Leverage[i], leverage[i], 1e-8) {
				t.Fatalf("unit %d: residual %v, leverage %v; want %v, %v", i, fit.Residuals[i], fit.Leverage[i], residuals[i], leverage[i])
			}
		}
		for j := range coef {
			if !near(fit.Coef[j], coef[j], 1e-8) {
				t.Fatalf("coefficients %v, want %v", fit.Coef, coef)
			}
		}
		if n <= k {
			return
		}
		for kind, times := range map[CovarianceKind]func(h float64) float64{
			HC0: func(float64) float64 { return 1 }, HC1: func(float64) float64 { return float64(n) / float64(n-k) },
			HC2: func(h float64) float64 { return 1 / (1 - h) }, HC3: func(h float64) float64 { return 1 / (1 - h) / (1 - h) },
		} {
			cov, err := fit.Covariance(kind)
			if errors.Is(err, ErrLeverage) {
				continue
			}
			want := slowSandwich(inverse, rows, residuals, w, func(i, j int) float64 {
				if i != j {
					return 0
				}
				return times(leverage[i])
			})
			if err != nil || !sameMatrix(cov.Matrix, want, 1e-7) {
				t.Fatalf("%v: %v\n%v\n%v", kind, err, mat.Formatted(cov.Matrix), mat.Formatted(want))
			}
		}
		one, two := rapid.SliceOfN(rapid.IntRange(-2, 2), len(y), len(y)).Draw(t, "one"), rapid.SliceOfN(rapid.IntRange(0, 5), len(y), len(y)).Draw(t, "two")
		count := func(label func(i int) int) float64 {
			seen := map[int]bool{}
			for i := range y {
				if w[i] > 0 {
					seen[label(i)] = true
				}
			}
			return float64(len(seen))
		}
		g := []float64{count(func(i int) int { return one[i] }), count(func(i int) int { return two[i] }), count(func(i int) int { return 10*one[i] + two[i] })}
		if min(g[0], g[1]) < 2 {
			return
		}
		for _, factor := range []ClusterFactor{FactorStata, FactorSmallest, FactorNone} {
			c := func(s int) float64 {
				used := g[s]
				switch factor {
				case FactorNone:
					return 1
				case FactorSmallest:
					used = min(g[0], g[1])
				}
				return used / (used - 1) * float64(n-1) / float64(n-k)
			}
			a, err := fit.Clustered(ClusterOptions{Factor: factor, Least: 2}, one)
			if err != nil {
				t.Fatal(err)
			}
			want := slowSandwich(inverse, rows, residuals, w, func(i, j int) float64 {
				if one[i] != one[j] {
					return 0
				}
				own := g[0]
				if factor == FactorNone {
					return 1
				}
				return own / (own - 1) * float64(n-1) / float64(n-k)
			})
			if !sameMatrix(a.Matrix, want, 1e-7) || a.DF != g[0]-1 {
				t.Fatalf("one way, factor %v:\n%v\n%v", factor, mat.Formatted(a.Matrix), mat.Formatted(want))
			}
			both, err := fit.Clustered(ClusterOptions{Factor: factor, Least: 2}, one, two)
			if err != nil {
				t.Fatal(err)
			}
			if both.Repaired {
				continue
			}
			want = slowSandwich(inverse, rows, residuals, w, func(i, j int) float64 {
				sum := 0.0
				if one[i] == one[j] {
					sum += c(0)
				}
				if two[i] == two[j] {
					sum += c(1)
				}
				if one[i] == one[j] && two[i] == two[j] {
					sum -= c(2)
				}
				return sum
			})
			if !sameMatrix(both.Matrix, want, 1e-7) || both.DF != min(g[0], g[1])-1 {
				t.Fatalf("two ways, factor %v:\n%v\n%v", factor, mat.Formatted(both.Matrix), mat.Formatted(want))
			}
		}
	})
}

// TestWLSRepeats: a whole weight is so many units for the coefficients, and for HC0 and clusters, which need no count, too.
func TestWLSRepeats(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y, w := drawRegression(t)
		labels := rapid.SliceOfN(rapid.IntRange(0, 3), len(y), len(y)).Draw(t, "labels")
		rx, ry, rl := make([][]float64, len(x)), []float64{}, []int{}
		for i := range y {
			for range int(w[i]) {
				for j := range x {
					rx[j] = append(rx[j], x[j][i])
				}
				ry, rl = append(ry, y[i]), append(rl, labels[i])
			}
		}
		a, err := OLS(x, y, w)
		b, err2 := OLS(rx, ry, nil)
		if err != nil || err2 != nil || a.DF <= 0 || a.Condition > 1e4 {
			return
		}
		for j := range a.Coef {
			if !near(a.Coef[j], b.Coef[j], 1e-9) {
				t.Fatalf("%v and %v", a.Coef, b.Coef)
			}
		}
		opt := ClusterOptions{Factor: FactorNone, Least: 2}
		ca, err := a.Clustered(opt, labels)
		cb, err2 := b.Clustered(opt, rl)
		if (err == nil) != (err2 == nil) || err == nil && !sameMatrix(ca.Matrix, cb.Matrix, 1e-8) {
			t.Fatalf("%v %v", err, err2)
		}
	})
}

// TestTwoWaysRepaired: residuals that cancel within both ways leave a difference below 0, which is set to 0 and said.
func TestTwoWaysRepaired(t *testing.T) {
	y := []float64{1, -1, -1, 1}
	fit, err := OLS(nil, y, nil)
	if err != nil {
		t.Fatal(err)
	}
	c, err := fit.Clustered(ClusterOptions{Least: 2}, []int{0, 0, 1, 1}, []int{0, 1, 0, 1})
	if err != nil || !c.Repaired || c.SE[0] != 0 {
		t.Errorf("%+v %v", c, err)
	}
}

// TestOLSRange: two columns of length 1 at an angle with cosine c = 11/(2 √39) have condition √((1+c)/(1-c)); and covariates whose
// squares are no numbers any more, too large or too small, are no different from others.
func TestOLSRange(t *testing.T) {
	for _, unit := range []float64{1e-180, 1, 1e180} {
		fit, err := OLS([][]float64{{1 * unit, 2 * unit, 3 * unit, 5 * unit}}, []float64{2, 4, 6, 10.5}, nil)
		if err != nil || !near(fit.Coef[1]*unit, 2.1285714285714286, 1e-12) || !near(fit.Condition, 3.97053401, 1e-8) {
			t.Errorf("in units of %g: %+v %v", unit, fit, err)
		}
	}
}

func TestOLSErrors(t *testing.T) {
	y := []float64{1, 2, 4, 8}
	for name, c := range map[string]struct {
		x          [][]float64
		y, weights []float64
		want       error
	}{
		"no number in y":         {[][]float64{{1, 2, 3, 5}}, []float64{1, 2, math.Inf(1), 3}, nil, ErrInput},
		"too few weights":        {[][]float64{{1, 2, 3, 5}}, y, []float64{1}, ErrInput},
		"the same twice":         {[][]float64{{1, 2, 3, 5}, {1, 2, 3, 5}}, y, nil, ErrCollinear},
		"a dummy for every one":  {[][]float64{{1, 1, 0, 0}, {0, 0, 1, 1}}, y, nil, ErrCollinear},
		"more columns than rows": {[][]float64{{1, 2, 3, 5}, {1, 0, 0, 1}, {7, 1, 1, 1}, {1, 1, 2, 2}}, y, nil, ErrTooFew},
	} {
		if _, err := OLS(c.x, c.y, c.weights); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	var e *CollinearError
	if _, err := OLS([][]float64{{1, 2, 3, 5}, {2, 4, 6, 10}}, y, nil); !errors.As(err, &e) || e.Column != 2 {
		t.Errorf("%v does not name the second covariate", err)
	}
	fit, err := OLS([][]float64{{0, 0, 0, 1}}, y, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fit.Covariance(HC3); !errors.Is(err, ErrLeverage) {
		t.Errorf("the only unit of its kind: %v", err)
	}
	if _, err := fit.Clustered(ClusterOptions{}, []int{1, 2, 3, 4}); !errors.Is(err, ErrFewClusters) || err.Error() != "too few clusters: fewer than 10 clusters: 4" {
		t.Errorf("%v", err)
	}
	full, err := OLS([][]float64{{1, 2, 3, 5}, {1, 0, 0, 1}, {7, 1, 1, 2}}, y, nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := full.Covariance(Classical); !errors.Is(err, ErrTooFew) {
		t.Errorf("no degrees of freedom: %v", err)
	}
}

// BenchmarkOLS: a hundred thousand households on twelve covariates, with HC2 and clusters.
func BenchmarkOLS(b *testing.B) {
	s := NewStream("ols")
	const n = 100000
	x, y, labels := make([][]float64, 12), make([]float64, n), make([]int, n)
	for i := range n {
		for j := range x {
			x[j] = append(x[j], float64(s.Below(1000)))
			y[i] += x[j][i]
		}
		y[i], labels[i] = y[i]+float64(s.Below(1000)), s.Below(500)
	}
	b.ReportAllocs()
	for b.Loop() {
		fit, err := OLS(x, y, nil)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := fit.Covariance(HC2); err != nil {
			b.Fatal(err)
		}
		if _, err := fit.Clustered(ClusterOptions{}, labels); err != nil {
			b.Fatal(err)
		}
	}
}

// TestOLSNobody: without units, or with none that weighs, there is an error and no panic.
func TestOLSNobody(t *testing.T) {
	for _, weights := range [][]float64{nil, {0, 0, 0}} {
		n := len(weights)
		if _, err := OLS([][]float64{make([]float64, n)}, make([]float64, n), weights); !errors.Is(err, ErrTooFew) {
			t.Errorf("%d units: %v", n, err)
		}
	}
}
