package estimate

import (
	"errors"
	"testing"

	"pgregory.net/rapid"
)

// lottery is an experiment of 60 in fifteen clusters, of which 19 drew the treatment, generated from the stream "lin".
func lottery() (y []float64, treated []bool, x [][]float64, clusters []int) {
	s := NewStream("lin")
	x = make([][]float64, 2)
	for i := range 60 {
		a, b := s.Below(100), s.Below(10)
		drawn := s.Below(3) == 0
		v := 100 + a*a/50 + 3*b + s.Below(50)
		if drawn {
			v += 20 + a/5
		}
		x[0], x[1] = append(x[0], float64(a)), append(x[1], float64(b))
		y, treated, clusters = append(y, float64(v)), append(treated, drawn), append(clusters, i/4)
	}
	return y, treated, x, clusters
}

// TestLinAgainstStatsmodels: the regression with centred covariates and products, as statsmodels 0.15 fits it: HC2 with the t, and clustered.
func TestLinAgainstStatsmodels(t *testing.T) {
	y, treated, x, clusters := lottery()
	fit, err := Lin(y, treated, x, LinOptions{})
	if err != nil {
		t.Fatal(err)
	}
	byCluster, err := Lin(y, treated, x, LinOptions{Clusters: clusters})
	if err != nil {
		t.Fatal(err)
	}
	for name, v := range map[string][2]float64{
		"effect": {fit.Effect, 30.0050528}, "HC2": {fit.SE, 5.53300219}, "low": {fit.Low, 18.91205131}, "high": {fit.High, 41.09805429},
		"R squared": {fit.R2, 0.91320210}, "difference": {fit.Difference, 6.94736842}, "its error": {fit.PlainSE, 19.50891279},
		"clustered": {byCluster.SE, 6.04246007}, "its low": {byCluster.Low, 17.04526489}, "its high": {byCluster.High, 42.96484071},
		"product": {fit.Coef[4], 0.18039298},
	} {
		decimals := 8
		if name == "effect" {
			decimals = 7
		}
		if !roundsTo(v[0], v[1], decimals) {
			t.Errorf("%s: %.9f, want %.8f", name, v[0], v[1])
		}
	}
	if fit.Treated != 19 || fit.Controls != 41 || fit.DF != 54 || byCluster.Clusters[0] != 15 || byCluster.DF != 14 {
		t.Errorf("%+v", fit)
	}
}

// TestLinIsTwoRegressions: the effect is what the regressions of both arms differ at the means of all (Lin 2013, section 2).
func TestLinIsTwoRegressions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x, y, w := drawRegression(t)
		treated := rapid.SliceOfN(rapid.Bool(), len(y), len(y)).Draw(t, "treated")
		fit, err := Lin(y, treated, x, LinOptions{Weights: w})
		if err != nil || fit.Condition > 1e4 {
			return
		}
		var at [2]float64
		for arm := range at {
			own := make([]float64, len(y))
			for i := range y {
				if treated[i] == (arm == 1) {
					own[i] = w[i]
				}
			}
			side, err := OLS(x, y, own)
			if err != nil {
				t.Fatal(err)
			}
			sum, all := 0.0, 0.0
			for i := range y {
				sum, all = sum+w[i]*side.Fitted[i], all+w[i]
			}
			at[arm] = sum / all
		}
		if !near(fit.Effect, at[1]-at[0], 1e-8) {
			t.Fatalf("%v, and between the arms %v", fit.Effect, at[1]-at[0])
		}
	})
}

func TestLinErrors(t *testing.T) {
	y, treated, x, clusters := lottery()
	if _, err := Lin(y, make([]bool, 60), x, LinOptions{}); !errors.Is(err, ErrOneArm) {
		t.Errorf("nobody treated: %v", err)
	}
	if _, err := Lin(y[1:], treated, x, LinOptions{}); !errors.Is(err, ErrInput) {
		t.Errorf("a value short: %v", err)
	}
	if _, err := Lin(y, treated, append(x, x[0]), LinOptions{}); !errors.Is(err, ErrCollinear) {
		t.Errorf("a covariate twice: %v", err)
	}
	for i := range clusters {
		clusters[i] /= 5
	}
	if _, err := Lin(y, treated, x, LinOptions{Clusters: clusters}); !errors.Is(err, ErrFewClusters) {
		t.Errorf("three clusters: %v", err)
	}
}
