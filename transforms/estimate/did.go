package estimate

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
)

// ErrOneArm is a comparison of which one side is empty.
var ErrOneArm = errors.New("no comparison")

// DIDOptions are the options of DID. Sets and Clusters exclude each other, and so do Sets and Weights.
type DIDOptions struct {
	X          [][]float64 // covariates, as they were before; of the change
	Weights    []float64
	Clusters   []int // labels of units whose changes go together
	Cluster    ClusterOptions
	Sets       []int   // labels of matched sets, each with treated and controls
	LeastSets  int     // sets that there have to be; 0: 10
	Confidence float64 // of the interval; 0: 0,95
}

// DIDFit is a difference-in-differences of two periods, in the unit of the outcome.
type DIDFit struct {
	Effect, SE, Low, High float64
	DF                    float64 // degrees of freedom of the t of the interval
	Covariance            string  // how SE was made
	Treated, Controls     int     // units, with a weight above 0
	Sets                  int
	Clusters              []int
	TreatedBefore         float64 // (weighted) means, of units also where there are sets
	TreatedAfter          float64
	ControlBefore         float64
	ControlAfter          float64
	Coef                  []float64 // of the covariates, per unit of theirs
	Condition             float64   // of the regression's matrix
}

// DID is the change of the treated less that of the controls, which is the average effect on the treated if their change would have been the
// controls' without treatment; given the covariates where there are any, the same effect for all (Angrist and Pischke, Mostly Harmless Econometrics,
// 2009, section 5.2). before and after have one value a unit.
//
// It is the coefficient of treated in the regression of the change. Its standard error is HC2, which without covariates is Neyman's, with the
// degrees of freedom of Welch (Biometrika 34, 1947) where there are neither covariates nor weights, else N-K; or clustered, with one less than the number of
// clusters. With sets it is the mean over sets of the mean change of its treated less that of its controls, SE = sd / sqrt(S), S-1 degrees of freedom; with
// covariates it is the constant of the regression of those differences on those of the covariates, with HC2 and S-K (D.B. Rubin, Journal of the
// American Statistical Association 74, 1979).
//
// ErrOneArm is a side, or a set's side, without units; ErrFewClusters too few clusters or sets; ErrLeverage an arm of one; further as OLS.
func DID(before, after []float64, treated []bool, opt DIDOptions) (*DIDFit, error) {
	n := len(treated)
	if err := checkSample(n, opt.Weights, append([][]float64{before, after}, opt.X...)...); err != nil {
		return nil, err
	}
	if opt.Sets != nil && (opt.Clusters != nil || opt.Weights != nil) {
		return nil, fmt.Errorf("%w: sets go with neither clusters nor weights", ErrInput)
	}
	opt.Confidence = cmp.Or(opt.Confidence, 0.95)
	fit := &DIDFit{}
	if err := fit.means(before, after, treated, opt.Weights); err != nil {
		return nil, err
	}
	change := make([]float64, n)
	for i := range change {
		change[i] = after[i] - before[i]
	}
	if opt.Sets != nil {
		if err := fit.bySets(change, treated, opt); err != nil {
			return nil, err
		}
		return fit, nil
	}
	arm := make([]float64, n)
	for i, t := range treated {
		if t {
			arm[i] = 1
		}
	}
	ols, err := OLS(append([][]float64{arm}, opt.X...), change, opt.Weights)
	if err != nil {
		return nil, err
	}
	cov, err := ols.robust(opt.Clusters, opt.Cluster)
	if err != nil {
		return nil, err
	}
	if opt.X == nil && opt.Weights == nil && opt.Clusters == nil {
		cov.DF = welch(ols.Residuals, treated)
	}
	fit.take(ols, cov, 1, opt.Confidence)
	fit.Coef = ols.Coef[2:]
	return fit, nil
}

// robust is clustered where there are clusters, and else HC2.
func (f *OLSFit) robust(clusters []int, opt ClusterOptions) (*Covariance, error) {
	if clusters != nil {
		return f.Clustered(opt, clusters)
	}
	return f.Covariance(HC2)
}

// take takes coefficient j for the effect.
func (f *DIDFit) take(ols *OLSFit, cov *Covariance, j int, confidence float64) {
	f.Effect, f.SE, f.DF, f.Covariance, f.Clusters, f.Condition = ols.Coef[j], cov.SE[j], cov.DF, cov.Kind, cov.Clusters, ols.Condition
	f.Low, f.High = cov.Interval(ols.Coef, j, confidence)
}

// means counts the arms, and fills their means.
func (f *DIDFit) means(before, after []float64, treated []bool, weights []float64) error {
	var all [2]float64
	for i, t := range treated {
		w := weightOf(weights, i)
		if w == 0 {
			continue
		}
		if t {
			f.Treated, all[1] = f.Treated+1, all[1]+w
			f.TreatedBefore, f.TreatedAfter = f.TreatedBefore+w*before[i], f.TreatedAfter+w*after[i]
		} else {
			f.Controls, all[0] = f.Controls+1, all[0]+w
			f.ControlBefore, f.ControlAfter = f.ControlBefore+w*before[i], f.ControlAfter+w*after[i]
		}
	}
	if f.Treated == 0 || f.Controls == 0 {
		return fmt.Errorf("%w: %d treated and %d controls", ErrOneArm, f.Treated, f.Controls)
	}
	f.TreatedBefore, f.TreatedAfter = f.TreatedBefore/all[1], f.TreatedAfter/all[1]
	f.ControlBefore, f.ControlAfter = f.ControlBefore/all[0], f.ControlAfter/all[0]
	return nil
}

// welch is Satterthwaite's degrees of freedom of a difference of two means, from the deviations.
func welch(deviations []float64, treated []bool) float64 {
	var n, v [2]float64
	for i, d := range deviations {
		a := 0
		if treated[i] {
			a = 1
		}
		n[a]++
		v[a] += d * d
	}
	for a := range v {
		v[a] /= n[a] * (n[a] - 1)
	}
	sum := v[0] + v[1]
	if sum == 0 {
		return n[0] + n[1] - 2
	}
	return sum * sum / (v[0]*v[0]/(n[0]-1) + v[1]*v[1]/(n[1]-1))
}

// bySets is DID over matched sets.
func (f *DIDFit) bySets(change []float64, treated []bool, opt DIDOptions) error {
	if len(opt.Sets) != len(treated) {
		return fmt.Errorf("%w: %d set labels for %d units", ErrInput, len(opt.Sets), len(treated))
	}
	number, count := numbered(opt.Sets)
	names := slices.Clone(opt.Sets)
	slices.Sort(names)
	names = slices.Compact(names)
	if least := max(2, cmp.Or(opt.LeastSets, leastClusters)); count < least {
		return fmt.Errorf("%w: fewer than %d sets: %d", ErrFewClusters, least, count)
	}
	size := make([][2]float64, count)
	for i, t := range treated {
		if t {
			size[number[i]][1]++
		} else {
			size[number[i]][0]++
		}
	}
	for s, n := range size {
		if n[0] == 0 || n[1] == 0 {
			return fmt.Errorf("%w: set %d has %.0f treated and %.0f controls", ErrOneArm, names[s], n[1], n[0])
		}
	}
	difference := func(v []float64) []float64 {
		out := make([]float64, count)
		for i, t := range treated {
			s := number[i]
			if t {
				out[s] += v[i] / size[s][1]
			} else {
				out[s] -= v[i] / size[s][0]
			}
		}
		return out
	}
	var x [][]float64
	for _, c := range opt.X {
		x = append(x, difference(c))
	}
	ols, err := OLS(x, difference(change), nil)
	if err != nil {
		return err
	}
	cov, err := ols.Covariance(HC2)
	if err != nil {
		return err
	}
	f.take(ols, cov, 0, opt.Confidence)
	f.Sets, f.Coef = count, ols.Coef[1:]
	return nil
}
