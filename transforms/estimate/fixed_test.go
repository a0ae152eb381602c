package estimate

import (
	"errors"
	"math"
	"testing"

	"pgregory.net/rapid"
)

// grunfeld is the panel of Y. Grunfeld (The determinants of corporate investment, Chicago, 1958), ten firms from 1935 to 1954, in millions of
// dollars: investment, value of the firm and its capital, in the version that C. Kleiber and A. Zeileis restored (The Grunfeld data at 50, German
// Economic Review 11, 2010), without American Steel.
var grunfeld = [10][3][]float64{
	{ // General Motors
		{317.6, 391.8, 410.6, 257.7, 330.8, 461.2, 512, 448, 499.6, 547.5, 561.2, 688.1, 568.9, 529.2, 555.1, 642.9, 755.9, 891.2, 1304.4, 1486.7},
		{3078.5, 4661.7, 5387.1, 2792.2, 4313.2, 4643.9, 4551.2, 3244.1, 4053.7, 4379.3, 4840.9, 4900.9, 3526.5, 3254.7, 3700.2, 3755.6, 4833, 4924.9, 6241.7, 5593.6},
		{2.8, 52.6, 156.9, 209.2, 203.4, 207.2, 255.2, 303.7, 264.1, 201.6, 265, 402.2, 761.5, 922.4, 1020.1, 1099, 1207.7, 1430.5, 1777.3, 2226.3},
	},
	{ // US Steel
		{209.9, 355.3, 469.9, 262.3, 230.4, 361.6, 472.8, 445.6, 361.6, 288.2, 258.7, 420.3, 420.5, 494.5, 405.1, 418.8, 588.2, 645.5, 641, 459.3},
		{1362.4, 1807.1, 2676.3, 1801.9, 1957.3, 2202.9, 2380.5, 2168.6, 1985.1, 1813.9, 1850.2, 2067.7, 1796.7, 1625.8, 1667, 1677.4, 2289.5, 2159.4, 2031.3, 2115.5},
		{53.8, 50.5, 118.1, 260.2, 312.7, 254.2, 261.4, 298.7, 301.8, 279.1, 213.8, 132.6, 264.8, 306.9, 351.1, 357.8, 342.1, 444.2, 623.6, 669.7},
	},
	{ // General Electric
		{33.1, 45, 77.2, 44.6, 48.1, 74.4, 113, 91.9, 61.3, 56.8, 93.6, 159.9, 147.2, 146.3, 98.3, 93.5, 135.2, 157.3, 179.5, 189.6},
		{1170.6, 2015.8, 2803.3, 2039.7, 2256.2, 2132.2, 1834.1, 1588, 1749.4, 1687.2, 2007.7, 2208.3, 1656.7, 1604.4, 1431.8, 1610.5, 1819.4, 2079.7, 2371.6, 2759.9},
		{97.8, 104.4, 118, 156.2, 172.6, 186.6, 220.9, 287.8, 319.9, 321.3, 319.6, 346, 456.4, 543.4, 618.3, 647.4, 671.3, 726.1, 800.3, 888.9},
	},
	{ // Chrysler
		{40.29, 72.76, 66.26, 51.6, 52.41, 69.41, 68.35, 46.8, 47.4, 59.57, 88.78, 74.12, 62.68, 89.36, 78.98, 100.66, 160.62, 145, 174.93, 172.49},
		{417.5, 837.8, 883.9, 437.9, 679.7, 727.8, 643.6, 410.9, 588.4, 698.4, 846.4, 893.8, 579, 694.6, 590.3, 693.5, 809, 727, 1001.5, 703.2},
		{10.5, 10.2, 34.7, 51.8, 64.3, 67.1, 75.2, 71.4, 67.1, 60.5, 54.6, 84.8, 96.8, 110.2, 147.4, 163.2, 203.5, 290.6, 346.1, 414.9},
	},
	{ // Atlantic Refining
		{39.68, 50.73, 74.24, 53.51, 42.65, 46.48, 61.4, 39.67, 62.24, 52.32, 63.21, 59.37, 58.02, 70.34, 67.42, 55.74, 80.3, 85.4, 91.9, 81.43},
		{157.7, 167.9, 192.9, 156.7, 191.4, 185.5, 199.6, 189.5, 151.2, 187.7, 214.7, 232.9, 249, 224.5, 237.3, 240.1, 327.3, 359.4, 398.4, 365.7},
		{183.2, 204, 236, 291.7, 323.1, 344, 367.7, 407.2, 426.6, 470, 499.2, 534.6, 566.6, 595.3, 631.4, 662.3, 683.9, 729.3, 774.3, 804.9},
	},
	{ // IBM
		{20.36, 25.98, 25.94, 27.53, 24.6, 28.54, 43.41, 42.81, 27.84, 32.6, 39.03, 50.17, 51.85, 64.03, 68.16, 77.34, 95.3, 99.49, 127.52, 135.72},
		{197, 210.3, 223.1, 216.7, 286.4, 298, 276.9, 272.6, 287.4, 330.3, 324.4, 401.9, 407.4, 409.2, 482.2, 673.8, 676.9, 702, 793.5, 927.3},
		{6.5, 15.8, 27.7, 39.2, 48.6, 52.5, 61.5, 80.5, 94.4, 92.6, 92.3, 94.2, 111.4, 127.4, 149.3, 164.4, 177.2, 200, 211.5, 238.7},
	},
	{ // Union Oil
		{24.43, 23.21, 32.78, 32.54, 26.65, 33.71, 43.5, 34.46, 44.28, 70.8, 44.12, 48.98, 48.51, 50, 50.59, 42.53, 64.77, 72.68, 73.86, 89.51},
		{138, 200.1, 210.1, 161.2, 161.7, 145.1, 110.6, 98.1, 108.8, 118.2, 126.5, 156.7, 119.4, 129.1, 134.8, 140.8, 179, 178.1, 186.8, 192.7},
		{100.2, 125, 142.4, 165.1, 194.8, 222.9, 252.1, 276.3, 300.3, 318.2, 336.2, 351.2, 373.6, 389.4, 406.7, 429.5, 450.6, 466.9, 486.2, 511.3},
	},
	{ // Westinghouse
		{12.93, 25.9, 35.05, 22.89, 18.84, 28.57, 48.51, 43.34, 37.02, 37.81, 39.27, 53.46, 55.56, 49.56, 32.04, 32.24, 54.38, 71.78, 90.08, 68.6},
		{191.5, 516, 729, 560.4, 519.9, 628.5, 537.1, 561.2, 617.2, 626.7, 737.2, 760.5, 581.4, 662.3, 583.8, 635.2, 723.8, 864.1, 1193.5, 1188.9},
		{1.8, 0.8, 7.4, 18.1, 23.5, 26.5, 36.2, 60.8, 84.4, 91.2, 92.4, 86, 111.1, 130.6, 141.8, 136.7, 129.7, 145.5, 174.8, 213.5},
	},
	{ // Goodyear
		{26.63, 23.39, 30.65, 20.89, 28.78, 26.93, 32.08, 32.21, 35.69, 62.47, 52.32, 56.95, 54.32, 40.53, 32.54, 43.48, 56.49, 65.98, 66.11, 49.34},
		{290.6, 291.1, 335, 246, 356.2, 289.8, 268.2, 213.3, 348.2, 374.2, 387.2, 347.4, 291.9, 297.2, 276.9, 274.6, 339.9, 474.8, 496, 474.5},
		{162, 174, 183, 198, 208, 223, 234, 248, 274, 282, 316, 302, 333, 359, 370, 376, 391, 414, 443, 468},
	},
	{ // Diamond Match
		{2.54, 2, 2.19, 1.99, 2.03, 1.81, 2.14, 1.86, 0.93, 1.18, 1.36, 2.24, 3.81, 5.66, 4.21, 3.42, 4.67, 6, 6.53, 5.12},
		{70.91, 87.94, 82.2, 58.72, 80.54, 86.47, 77.68, 62.16, 62.24, 61.82, 65.85, 69.54, 64.97, 68, 71.24, 69.05, 83.04, 74.42, 63.51, 58.12},
		{4.5, 4.71, 4.57, 4.56, 4.38, 4.21, 4.12, 3.83, 3.58, 3.41, 3.31, 3.23, 3.9, 5.38, 7.39, 8.74, 9.07, 9.93, 11.68, 14.33},
	},
}

// grunfeldRows is the panel in rows.
func grunfeldRows() (firm, year []int, x [][]float64, y []float64) {
	x = make([][]float64, 2)
	for f, columns := range grunfeld {
		for t := range columns[0] {
			firm, year = append(firm, f), append(year, 1935+t)
			y, x[0], x[1] = append(y, columns[0][t]), append(x[0], columns[1][t]), append(x[1], columns[2][t])
		}
	}
	return firm, year, x, y
}

// TestFixedGrunfeld: B.H. Baltagi, Econometric Analysis of Panel Data, 3rd edition, 2005: within estimates of firms in table 2.1 (page 21), of firms and
// years in table 3.1 (page 43). The clustered errors are those of pyfixest 0.60 on the same rows, with its
// names of what we call the factor (k_fixef nonnested, full; G_df conventional, min).
func TestFixedGrunfeld(t *testing.T) {
	firm, year, x, y := grunfeldRows()
	one := make([]int, len(y))
	for name, c := range map[string]struct {
		period   []int
		coef, se [2]float64
		absorbed int
		byFirm   [2]float64 // clustered by firm
		counted  [2]float64 // the same, nested effects counted
		both     [2]float64 // by firm and year
		smallest [2]float64 // the same, with the least number of clusters
	}{
		"firms": {one, [2]float64{0.11012, 0.31007}, [2]float64{0.01186, 0.01735}, 10,
			[2]float64{0.0151944939, 0.0527517718}, [2]float64{0.0155539403, 0.0539996866}, [2]float64{0.0126118596, 0.0450480962}, [2]float64{0.0117111788, 0.0435899896}},
		"firms and years": {year, [2]float64{0.11772, 0.35792}, [2]float64{0.01375, 0.02272}, 29,
			[2]float64{0.0108244295, 0.0478483966}, [2]float64{0.0111089155, 0.0491059410}, [2]float64{0.0118641804, 0.0465178428}, [2]float64{0.0112657889, 0.0451912829}},
	} {
		fit, err := FixedEffects(firm, c.period, x, y, nil)
		if err != nil {
			t.Fatal(err)
		}
		cov, err := fit.Covariance(Classical)
		if err != nil {
			t.Fatal(err)
		}
		for j := range c.coef {
			if !roundsTo(fit.Coef[j], c.coef[j], 5) || !roundsTo(cov.SE[j], c.se[j], 5) {
				t.Errorf("%s: coefficient %d: %.6f (%.6f), want %.5f (%.5f)", name, j, fit.Coef[j], cov.SE[j], c.coef[j], c.se[j])
			}
		}
		for what, v := range map[string]struct {
			opt  ClusterOptions
			ways [][]int
			want [2]float64
		}{
			"by firm":           {ClusterOptions{}, [][]int{firm}, c.byFirm},
			"all counted":       {ClusterOptions{CountNested: true}, [][]int{firm}, c.counted},
			"by firm and year":  {ClusterOptions{}, [][]int{firm, year}, c.both},
			"smallest of these": {ClusterOptions{Factor: FactorSmallest}, [][]int{firm, year}, c.smallest},
		} {
			cov, err := fit.Clustered(v.opt, v.ways...)
			if err != nil {
				t.Fatal(err)
			}
			for j := range v.want {
				if !roundsTo(cov.SE[j], v.want[j], 10) {
					t.Errorf("%s, %s: standard error %d: %.11f, want %.10f", name, what, j, cov.SE[j], v.want[j])
				}
			}
		}
		if fit.Absorbed != c.absorbed || fit.DF != 200-2-c.absorbed || fit.Units != 10 {
			t.Errorf("%s: absorbed %d, degrees of freedom %d, units %d", name, fit.Absorbed, fit.DF, fit.Units)
		}
	}
}

// drawPanel draws rows of a panel with gaps and repeats, in any order.
func drawPanel(t *rapid.T) (unit, period []int, x [][]float64, y, w []float64) {
	x = make([][]float64, rapid.IntRange(1, 2).Draw(t, "covariates"))
	for u := range rapid.IntRange(2, 7).Draw(t, "units") {
		for p := range 5 {
			for range rapid.IntRange(0, 2).Draw(t, "rows") {
				unit, period = append(unit, 10*u), append(period, -p)
				for j := range x {
					x[j] = append(x[j], float64(rapid.IntRange(-9, 9).Draw(t, "x")))
				}
				y = append(y, float64(rapid.IntRange(-50, 50).Draw(t, "y")))
				w = append(w, float64(rapid.IntRange(1, 4).Draw(t, "weight")))
			}
		}
	}
	return unit, period, x, y, w
}

// dummies is the regression with a column of ones for every unit and period that is not determined by those before it.
func dummies(t *rapid.T, rows, unit, period []int, x [][]float64, y, w []float64) (fit *OLSFit, own func(v []float64) []float64) {
	own = func(v []float64) []float64 {
		var out []float64
		for _, i := range rows {
			out = append(out, v[i])
		}
		return out
	}
	var columns [][]float64
	add := func(labels []int) {
		seen := map[int]bool{}
		for _, i := range rows {
			if seen[labels[i]] {
				continue
			}
			seen[labels[i]] = true
			c := make([]float64, len(y))
			for k := range c {
				if labels[k] == labels[i] {
					c[k] = 1
				}
			}
			if _, err := OLS(append(columns, own(c)), own(y), own(w)); err == nil {
				columns = append(columns, own(c))
			}
		}
	}
	add(unit)
	add(period)
	for _, c := range x {
		columns = append(columns, own(c))
	}
	fit, err := OLS(columns, own(y), own(w))
	if err != nil {
		return nil, own
	}
	return fit, own
}

// TestFixedAgainstDummies: a regression with a column for every effect gives the same coefficients, residuals, leverage, degrees of freedom and
// covariances.
func TestFixedAgainstDummies(t *testing.T) {
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		unit, period, x, y, w := drawPanel(t)
		if len(y) == 0 {
			return
		}
		fit, err := FixedEffects(unit, period, x, y, w)
		rows := withoutSingletons(weighed(len(y), w), unit, period)
		if len(rows) == 0 {
			if !errors.Is(err, ErrTooFew) {
				t.Fatalf("no rows, and %v", err)
			}
			return
		}
		slow, own := dummies(t, rows, unit, period, x, y, w)
		if err != nil || slow == nil || slow.Condition > 1e4 {
			if err == nil && slow == nil {
				t.Fatal("no fit by dummies")
			}
			return
		}
		compared++
		at := slow.K - len(x)
		for j := range x {
			if !near(fit.Coef[j], slow.Coef[at+j], 1e-8) {
				t.Fatalf("coefficients %v, want %v", fit.Coef, slow.Coef[at:])
			}
		}
		if fit.DF != slow.DF || fit.N != slow.N || fit.K != slow.K || fit.Singletons != len(y)-len(rows) {
			t.Fatalf("N %d K %d DF %d, want %d %d %d", fit.N, fit.K, fit.DF, slow.N, slow.K, slow.DF)
		}
		for r, e := range own(fit.Residuals) {
			if !near(e, slow.Residuals[r], 1e-8) || !near(own(fit.Leverage)[r], slow.Leverage[r], 1e-7) {
				t.Fatalf("row %d: %v (%v), want %v (%v)", r, e, own(fit.Leverage)[r], slow.Residuals[r], slow.Leverage[r])
			}
		}
		if fit.DF <= 0 {
			return
		}
		same := func(name string, a, b *Covariance, err, err2 error) {
			if (err == nil) != (err2 == nil) {
				t.Fatalf("%s: %v and %v", name, err, err2)
			}
			for j := range x {
				if err == nil && math.Abs(a.SE[j]-b.SE[at+j]) > 1e-6*(1e-3+b.SE[at+j]) {
					t.Fatalf("%s: %v, want %v", name, a.SE, b.SE[at:])
				}
			}
		}
		for _, kind := range []CovarianceKind{Classical, HC0, HC1, HC2, HC3} {
			a, err := fit.Covariance(kind)
			b, err2 := slow.Covariance(kind)
			same(kind.String(), a, b, err, err2)
		}
		var ownUnit []int
		for _, i := range rows {
			ownUnit = append(ownUnit, unit[i])
		}
		a, err := fit.Clustered(ClusterOptions{CountNested: true, Least: 2}, unit)
		b, err2 := slow.Clustered(ClusterOptions{Least: 2}, ownUnit)
		same("clustered", a, b, err, err2)
	})
	if compared < 10 {
		t.Errorf("only %d compared", compared)
	}
}

func TestFixedErrors(t *testing.T) {
	unit, period := []int{1, 1, 2, 2, 3, 3}, []int{1, 2, 1, 2, 1, 2}
	y := []float64{1, 2, 4, 8, 3, 1}
	for name, c := range map[string]struct {
		unit, period []int
		x            [][]float64
		want         error
	}{
		"a trait of units":    {unit, period, [][]float64{{5, 5, 1, 1, 2, 2}}, ErrCollinear},
		"a trait of periods":  {unit, period, [][]float64{{5, 1, 5, 1, 5, 1}}, ErrCollinear},
		"too few labels":      {unit[1:], period, [][]float64{{5, 1, 5, 1, 2, 1}}, ErrInput},
		"nothing seen twice":  {[]int{1, 2, 3, 4, 5, 6}, period, [][]float64{{5, 1, 5, 1, 2, 1}}, ErrTooFew},
		"without a covariate": {unit, period, nil, ErrInput},
	} {
		if _, err := FixedEffects(c.unit, c.period, c.x, y, nil); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	var e *CollinearError
	if _, err := FixedEffects(unit, period, [][]float64{{1, 2, 9, 1, 4, 4}, {5, 5, 1, 1, 2, 2}}, y, nil); !errors.As(err, &e) || e.Column != 1 {
		t.Errorf("%v does not name the second covariate", err)
	}
}

// TestFixedFlat: an outcome that units and periods make up altogether leaves nothing to the covariate, and that is no failure.
func TestFixedFlat(t *testing.T) {
	fit, err := FixedEffects([]int{1, 1, 2, 2, 3, 3}, []int{1, 2, 1, 2, 1, 2}, [][]float64{{1, 2, 9, 1, 4, 4}}, []float64{10, 13, 20, 23, 30, 33}, nil)
	if err != nil || math.Abs(fit.Coef[0]) > 1e-14 || fit.SSR > 1e-24 {
		t.Errorf("%+v %v", fit, err)
	}
}

// BenchmarkFixed: ten thousand households over 36 months, with three covariates.
func BenchmarkFixed(b *testing.B) {
	s := NewStream("fixed")
	const units, months = 10000, 36
	var unit, month []int
	x, y := make([][]float64, 3), []float64{}
	for u := range units {
		for m := range months {
			if s.Below(20) == 0 {
				continue
			}
			unit, month, y = append(unit, u), append(month, m), append(y, float64(s.Below(1000)))
			for j := range x {
				x[j] = append(x[j], float64(s.Below(1000)))
			}
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		fit, err := FixedEffects(unit, month, x, y, nil)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := fit.Clustered(ClusterOptions{}, unit); err != nil {
			b.Fatal(err)
		}
	}
}

// TestClusteredGrunfeld: the pooled regression, clustered by firm, by year and by both, as pyfixest 0.60 has it (G_df conventional, then min).
func TestClusteredGrunfeld(t *testing.T) {
	firm, year, x, y := grunfeldRows()
	fit, err := OLS(x, y, nil)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		factor ClusterFactor
		ways   [][]int
		want   [3]float64
	}{
		"firm":            {FactorStata, [][]int{firm}, [3]float64{20.4252029285, 0.0158943367, 0.0849671126}},
		"year":            {FactorStata, [][]int{year}, [3]float64{10.2728909499, 0.0079094935, 0.0386723375}},
		"both":            {FactorStata, [][]int{firm, year}, [3]float64{19.7166806838, 0.0163951495, 0.0795431893}},
		"both, smallest":  {FactorSmallest, [][]int{firm, year}, [3]float64{19.5056077357, 0.0163517540, 0.0784739140}},
		"both, the other": {FactorSmallest, [][]int{year, firm}, [3]float64{19.5056077357, 0.0163517540, 0.0784739140}},
	} {
		cov, err := fit.Clustered(ClusterOptions{Factor: c.factor}, c.ways...)
		if err != nil {
			t.Fatal(err)
		}
		for j := range c.want {
			if !roundsTo(cov.SE[j], c.want[j], 10) {
				t.Errorf("%s: standard error %d: %.11f, want %.10f", name, j, cov.SE[j], c.want[j])
			}
		}
	}
}
