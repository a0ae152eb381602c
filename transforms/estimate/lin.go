package estimate

import (
	"cmp"
	"fmt"
)

// LinOptions are the options of Lin.
type LinOptions struct {
	Weights    []float64
	Clusters   []int // labels of units that were drawn together
	Cluster    ClusterOptions
	Confidence float64 // of the intervals; 0: 0,95
}

// LinFit is the effect of an experiment, in the unit of the outcome, with and without adjustment.
type LinFit struct {
	Effect, SE, Low, High float64
	DF                    float64 // degrees of freedom of the t of the interval
	Covariance            string  // how SE was made: HC2, or clustered
	Difference, PlainSE   float64 // of the means as they are, with its standard error of the same kind
	Treated, Controls     int     // units, with a weight above 0
	Clusters              []int
	R2                    float64
	Condition             float64
	Coef                  []float64 // constant, treated, covariates about their mean, and these times treated
}

// Lin is the average effect of a treatment that was drawn by lot, on all units, adjusted for covariates from before the draw: the coefficient of
// treated in the regression of y on treated, the covariates less their mean over all units, and their products with treated (W. Lin, Agnostic notes
// on regression adjustments to experimental data, Annals of Applied Statistics 7, 2013, section 2 and corollary 1). It is consistent whatever the outcome depends
// on, and asymptotically no less precise than the difference of means. The standard error is HC2, with N-K degrees of freedom, or clustered.
//
// ErrOneArm is an arm without units; a CollinearError names a coefficient, also where an arm alone does not vary; further as OLS.
func Lin(y []float64, treated []bool, x [][]float64, opt LinOptions) (*LinFit, error) {
	n := len(treated)
	if err := checkSample(n, opt.Weights, append([][]float64{y}, x...)...); err != nil {
		return nil, err
	}
	opt.Confidence = cmp.Or(opt.Confidence, 0.95)
	fit := &LinFit{}
	arm, all := make([]float64, n), 0.0
	for i, t := range treated {
		w := weightOf(opt.Weights, i)
		all += w
		switch {
		case t && w > 0:
			fit.Treated++
		case w > 0:
			fit.Controls++
		}
		if t {
			arm[i] = 1
		}
	}
	if fit.Treated == 0 || fit.Controls == 0 {
		return nil, fmt.Errorf("%w: %d treated and %d controls", ErrOneArm, fit.Treated, fit.Controls)
	}
	columns := [][]float64{arm}
	var products [][]float64
	for _, c := range x {
		mean := 0.0
		for i, v := range c {
			mean += weightOf(opt.Weights, i) * v / all
		}
		about, times := make([]float64, n), make([]float64, n)
		for i, v := range c {
			about[i], times[i] = v-mean, (v-mean)*arm[i]
		}
		columns, products = append(columns, about), append(products, times)
	}
	for j, c := range [][][]float64{{arm}, append(columns, products...)} {
		ols, err := OLS(c, y, opt.Weights)
		if err != nil {
			return nil, err
		}
		cov, err := ols.robust(opt.Clusters, opt.Cluster)
		if err != nil {
			return nil, err
		}
		if j == 0 {
			fit.Difference, fit.PlainSE = ols.Coef[1], cov.SE[1]
			continue
		}
		fit.Effect, fit.SE, fit.DF, fit.Covariance, fit.Clusters = ols.Coef[1], cov.SE[1], cov.DF, cov.Kind, cov.Clusters
		fit.Low, fit.High = cov.Interval(ols.Coef, 1, opt.Confidence)
		fit.R2, fit.Condition, fit.Coef = ols.R2, ols.Condition, ols.Coef
	}
	return fit, nil
}
