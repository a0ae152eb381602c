package effectworlds

import (
	"errors"
	"math"
	"os"
	"testing"

	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"

	"stapel/config/configtest"
	"stapel/transforms/estimate"
)

// TestPlay takes one small world through the pipeline: every identity holds, and each check sees a figure that is off by a few cents. With STAPEL_LANG a
// lottery and a world from the field follow.
func TestPlay(t *testing.T) {
	worlds := []World{{Nr: 1, Plans: 8, Herkomst: "data", Effect: -10_000, Seed: 5, Households: 500}}
	if os.Getenv("STAPEL_LANG") != "" {
		worlds = append(worlds, World{Nr: 2, Plans: 15, Herkomst: "loting", Effect: -10_000, Seed: 6, Households: 900},
			World{Nr: 3, Plans: 20, Herkomst: "veld-acuut", Effect: -10_000, Seed: 7, Households: 1500})
	}
	for _, w := range worlds {
		t.Run(w.Herkomst, func(t *testing.T) {
			dir := t.TempDir()
			p, err := begin(t.Context(), w, dir, configtest.Defaults(t, nil))
			if err != nil {
				t.Fatal(err)
			}
			if err := p.decide(); err != nil {
				t.Fatal(err)
			}
			o := p.out
			for _, m := range o.Mistakes() {
				t.Error(m)
			}
			if o.Sets < 5 || o.Estimate == nil || o.True > -1000_00 || math.Abs(o.True-o.Planted) > math.Abs(o.Planted)/4 {
				t.Errorf("%d sets, true %.0f, by the truth %.0f: nothing was planted, or nobody is followed", o.Sets, o.True, o.Planted)
			}
			for _, e := range p.effect { // each amount that is worked out again, five cents more
				if e.Ct == nil || e.Clock != "gestart" {
					continue
				}
				if held := map[string]bool{"gematcht": true, "gematcht_verschil": true, "gematcht_gelijke_kosten": true, "netto": true, "loting": true}; !held[e.Method] || e.Origin == "alle" {
					continue
				}
				*e.Ct += 5
				p.out = &Outcome{World: w}
				if err := p.hold(p.dir); err != nil {
					t.Fatal(err)
				}
				if *e.Ct -= 5; len(p.out.Mistakes()) == 0 {
					t.Errorf("%s, %s, %s is five cents off, and nothing sees it", e.Method, e.Domain, e.Payer)
				}
			}
			p.results.plans = p.results.plans[1:]
			p.links = p.links[1:]
			p.links[0].Weight++
			p.out = &Outcome{World: w}
			if err := p.hold(p.dir); err != nil {
				t.Fatal(err)
			}
			if len(p.out.Mistakes()) < 2 {
				t.Errorf("a plan less and another weight give %q", p.out.Mistakes())
			}
		})
	}
}

// TestWorlds: 24 worlds are all sizes, ways to come in and effects once, and no two are one region.
func TestWorlds(t *testing.T) {
	cells, seeds := map[World]int{}, map[uint64]bool{}
	for _, w := range Worlds(25) {
		seeds[w.Seed] = true
		cells[World{Plans: w.Plans, Herkomst: w.Herkomst, Effect: w.Effect}]++
	}
	if len(cells) != 24 || len(seeds) != 25 {
		t.Errorf("%d cells and %d seeds, want 24 and 25", len(cells), len(seeds))
	}
}

// TestLeastSquares: a mean has the error of a mean, a difference of two means that of Welch (HC2 is exact for both), and any other fit is that of package estimate.
func TestLeastSquares(t *testing.T) {
	y := []float64{3, 8, 1, 9, 14, 2, 7}
	coef, se, err := leastSquares(y, nil)
	if err != nil || math.Abs(coef[0]-stat.Mean(y, nil)) > 1e-12 || math.Abs(se[0]-stat.StdErr(stat.StdDev(y, nil), 7)) > 1e-12 {
		t.Errorf("mean %v, error %v, %v", coef, se, err)
	}
	coef, se, err = leastSquares(y, [][]float64{{1, 1, 1, 0, 0, 0, 0}})
	a, b := y[:3], y[3:]
	welch := math.Sqrt(stat.Variance(a, nil)/3 + stat.Variance(b, nil)/4)
	if err != nil || math.Abs(coef[1]-stat.Mean(a, nil)+stat.Mean(b, nil)) > 1e-12 || math.Abs(se[1]-welch) > 1e-12 {
		t.Errorf("difference %v, error %v, %v; want error %v", coef, se, err, welch)
	}
	if _, _, err := leastSquares(y, [][]float64{{1, 1, 1, 1, 1, 1, 1}}); err == nil {
		t.Error("a column that is the constant has a coefficient")
	}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(8, 30).Draw(t, "rows")
		column := rapid.SliceOfN(rapid.Float64Range(-1e7, 1e7), n, n)
		y, x := column.Draw(t, "y"), [][]float64{column.Draw(t, "a"), column.Draw(t, "b")}
		ols, err := estimate.OLS(x, y, nil)
		var collinear *estimate.CollinearError
		if errors.As(err, &collinear) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if ols.Condition > 1e6 {
			return // there the faster one has lost digits
		}
		cov, err := ols.Covariance(estimate.HC2)
		if err != nil {
			return // a row that fits by itself has no HC2
		}
		coef, se, err := leastSquares(y, x)
		if err != nil {
			t.Fatal(err)
		}
		for k := range coef {
			if math.Abs(coef[k]-ols.Coef[k]) > 1e-6*(1+math.Abs(ols.Coef[k])) || math.Abs(se[k]-cov.SE[k]) > 1e-6*(1+math.Abs(cov.SE[k])) {
				t.Fatalf("coefficient %d is %v ± %v, and %v ± %v", k, coef[k], se[k], ols.Coef[k], cov.SE[k])
			}
		}
	})
}
