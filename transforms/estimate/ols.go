package estimate

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// ErrFewClusters is fewer clusters than a cluster-robust covariance can be trusted with.
var ErrFewClusters = errors.New("too few clusters")

// ErrLeverage is a unit whose own value alone sets its fitted value: its residual is 0 whatever it is, and says nothing about its variance.
var ErrLeverage = errors.New("a unit determines its own fit")

// OLSFit is a linear regression, by least squares or weighted least squares. Residuals and fitted values are in the unit of y.
type OLSFit struct {
	Coef      []float64
	Fitted    []float64 // one a unit, also of units with weight 0
	Residuals []float64
	Leverage  []float64 // diagonal of the (weighted) hat matrix; 0 of units with weight 0
	N, K, DF  int       // units with a weight above 0, coefficients (with what was absorbed), N - K
	SSR, SST  float64   // weighted sums of squares: of residuals, and of y about its mean
	R2        float64   // 1 - SSR/SST; 0 when y does not vary
	Sigma     float64   // residual standard deviation, root of SSR/DF; 0 without degrees of freedom
	Condition float64   // of the weighted matrix, columns scaled to length 1: largest over smallest singular value

	f       *factored
	used    []int
	weights []float64
}

// OLS regresses y on a constant, whose coefficient is the first, and x. With weights (nil: all 1) it minimises their sum with the squared
// residuals: right when the variance of a unit is as 1 over its weight. A unit with weight 0 takes no part. It is solved by QR, columns
// scaled. ErrInput is a bad column, ErrTooFew fewer units than coefficients, CollinearError names a covariate that others determine.
func OLS(x [][]float64, y, weights []float64) (*OLSFit, error) {
	return leastSquares(x, y, weights, true)
}

// leastSquares is OLS with or without the constant.
func leastSquares(x [][]float64, y, weights []float64, constant bool) (*OLSFit, error) {
	n := len(y)
	if err := checkSample(n, weights, append([][]float64{y}, x...)...); err != nil {
		return nil, err
	}
	used := weighed(n, weights)
	if len(used) == 0 {
		return nil, fmt.Errorf("%w: none", ErrTooFew)
	}
	target := make([]float64, len(used))
	for r, i := range used {
		target[r] = y[i] * math.Sqrt(weightOf(weights, i))
	}
	f, err := factor(weightedRows(x, constant, weights, used), target)
	if err != nil {
		return nil, err
	}
	fit := &OLSFit{Coef: f.solution, N: len(used), K: len(f.scale), Condition: f.condition, Residuals: make([]float64, n), Leverage: make([]float64, n),
		f: f, used: used, weights: weights}
	fit.DF = fit.N - fit.K
	fit.Fitted = linear(x, constant, fit.Coef, n)
	for i := range y {
		fit.Residuals[i] = y[i] - fit.Fitted[i]
	}
	for r, h := range f.leverage() {
		fit.Leverage[used[r]] = h
	}
	var all, mean float64
	for _, i := range used {
		all += weightOf(weights, i)
		mean += weightOf(weights, i) * y[i]
	}
	mean /= all
	for _, i := range used {
		w := weightOf(weights, i)
		fit.SSR += w * fit.Residuals[i] * fit.Residuals[i]
		fit.SST += w * (y[i] - mean) * (y[i] - mean)
	}
	if fit.SST > 0 {
		fit.R2 = 1 - fit.SSR/fit.SST
	}
	if fit.DF > 0 {
		fit.Sigma = math.Sqrt(fit.SSR / float64(fit.DF))
	}
	return fit, nil
}

// CovarianceKind names what is assumed of the residuals.
type CovarianceKind int

// Classical takes one variance for all. HC0 (White, Econometrica 48, 1980) takes each unit's squared residual for its variance, HC1 that times
// N/(N-K), HC2 over 1 - h and HC3 over (1 - h)², with h its leverage (MacKinnon and White, Journal of Econometrics 29, 1985; HC1 to HC3 are
// their names).
const (
	Classical CovarianceKind = iota
	HC0
	HC1
	HC2
	HC3
)

func (k CovarianceKind) String() string {
	return [...]string{"classical", "HC0", "HC1", "HC2", "HC3"}[k]
}

// Covariance is that of the coefficients of a fit, and how it was made.
type Covariance struct {
	Matrix   *mat.SymDense
	SE       []float64 // roots of its diagonal
	Kind     string
	DF       float64   // degrees of freedom of a t: N - K, or the least number of clusters less 1
	Clusters []int     // how many, one a way
	Factors  []float64 // what the sums over clusters were multiplied by: one a way and, of two, of what they share
	Repaired bool      // two ways left a variance of some combination below 0, which was set to 0
}

// Interval is the two-sided interval about coef, with the standard error of coefficient j, at a confidence (0,95), by the t with DF.
func (c *Covariance) Interval(coef []float64, j int, confidence float64) (low, high float64) {
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: c.DF}.Quantile(1 - (1-confidence)/2)
	return coef[j] - t*c.SE[j], coef[j] + t*c.SE[j]
}

// Covariance is that of the coefficients. ErrTooFew: no degrees of freedom. ErrLeverage: HC2 or HC3 where a leverage is 1.
func (f *OLSFit) Covariance(kind CovarianceKind) (*Covariance, error) {
	if f.DF <= 0 {
		return nil, fmt.Errorf("%w: %d for %d coefficients", ErrTooFew, f.N, f.K)
	}
	c := &Covariance{Kind: kind.String(), DF: float64(f.DF)}
	if kind == Classical {
		c.Matrix = f.f.inverseCross()
		c.Matrix.ScaleSym(f.Sigma*f.Sigma, c.Matrix)
		c.SE = roots(c.Matrix)
		return c, nil
	}
	times := func(float64) float64 { return 1 }
	switch kind {
	case HC1:
		times = func(float64) float64 { return float64(f.N) / float64(f.DF) }
	case HC2:
		times = func(h float64) float64 { return 1 / (1 - h) }
	case HC3:
		times = func(h float64) float64 { return 1 / ((1 - h) * (1 - h)) }
	}
	k := len(f.f.scale)
	meat, q := mat.NewDense(k, k, nil), make([]float64, k)
	for r, i := range f.used {
		h := f.Leverage[i]
		if kind >= HC2 && 1-h < collinearBelow {
			return nil, fmt.Errorf("%w: unit %d, for %v", ErrLeverage, i, kind)
		}
		f.f.rowOfQ(q, r)
		e := f.Residuals[i]
		blas64.Ger(times(h)*weightOf(f.weights, i)*e*e, vector(q), vector(q), meat.RawMatrix())
	}
	c.Matrix = f.f.unscaled(meat)
	c.SE = roots(c.Matrix)
	return c, nil
}

func vector(v []float64) blas64.Vector { return blas64.Vector{N: len(v), Data: v, Inc: 1} }

// ClusterFactor names the finite-sample factor of a cluster-robust covariance.
type ClusterFactor int

// FactorStata is G/(G-1) (N-1)/(N-K), with G clusters; of two ways each sum has its own G. FactorSmallest is the same with the least G for all.
// FactorNone is 1: only large numbers of clusters make that right.
const (
	FactorStata ClusterFactor = iota
	FactorSmallest
	FactorNone
)

// ClusterOptions are the options of Clustered.
type ClusterOptions struct {
	Factor ClusterFactor
	Least  int // clusters that there have to be, in either way; 0: 10
	// CountNested is of FixedEffectsFit.Clustered: its effects count as coefficients also where they lie within clusters.
	CountNested bool
}

const leastClusters = 10

// Clustered is the covariance when residuals of one cluster go together, in any way (Liang and Zeger, Biometrika 73, 1986). Clusters are
// labels, one a unit, of one way or two; with two ways it is the sum of both less that of what they share, with negative eigenvalues set to 0
// (Cameron, Gelbach and Miller, Journal of Business & Economic Statistics 29, 2011, equations 2.11 and 2.12 and section 2.3; eigenvalues here of
// covariates made orthogonal, so that their units do not matter). ErrFewClusters says how few.
func (f *OLSFit) Clustered(opt ClusterOptions, ways ...[]int) (*Covariance, error) {
	return f.clustered(opt, f.K, ways)
}

// clustered counts k coefficients in its factor.
func (f *OLSFit) clustered(opt ClusterOptions, k int, ways [][]int) (*Covariance, error) {
	if len(ways) < 1 || len(ways) > 2 {
		return nil, fmt.Errorf("%w: %d ways to cluster; one or two are known", ErrInput, len(ways))
	}
	if f.N <= k {
		return nil, fmt.Errorf("%w: %d for %d coefficients", ErrTooFew, f.N, k)
	}
	c := &Covariance{Kind: fmt.Sprintf("clustered, %d way", len(ways))}
	smallest := f.N
	sums := make([]labelling, 0, 3)
	for _, labels := range ways {
		l, err := f.labelling(labels)
		if err != nil {
			return nil, err
		}
		least := opt.Least
		if least == 0 {
			least = leastClusters
		}
		if l.count < max(least, 2) {
			return nil, fmt.Errorf("%w: fewer than %d clusters: %d", ErrFewClusters, max(least, 2), l.count)
		}
		smallest = min(smallest, l.count)
		c.Clusters = append(c.Clusters, l.count)
		sums = append(sums, l)
	}
	c.DF = float64(smallest - 1)
	if len(ways) == 2 {
		sums = append(sums, sums[0].with(sums[1]))
	}
	total := mat.NewDense(len(f.f.scale), len(f.f.scale), nil)
	for s, l := range sums {
		g, times := l.count, 1.0
		if opt.Factor == FactorSmallest {
			g = smallest
		}
		if opt.Factor != FactorNone {
			times = float64(g) / float64(g-1) * float64(f.N-1) / float64(f.N-k)
		}
		c.Factors = append(c.Factors, times)
		if s == 2 {
			times = -times
		}
		f.addClusters(total, l, times)
	}
	if len(ways) == 2 {
		var err error
		if c.Repaired, err = dropNegative(total); err != nil {
			return nil, err
		}
	}
	c.Matrix = f.f.unscaled(total)
	c.SE = roots(c.Matrix)
	return c, nil
}

// labelling numbers the clusters of the units that are used.
type labelling struct {
	numbers []int
	count   int
}

func (f *OLSFit) labelling(labels []int) (labelling, error) {
	if len(labels) != len(f.Residuals) {
		return labelling{}, fmt.Errorf("%w: %d labels for %d units", ErrInput, len(labels), len(f.Residuals))
	}
	own := make([]int, len(f.used))
	for r, i := range f.used {
		own[r] = labels[i]
	}
	numbers, count := numbered(own)
	return labelling{numbers, count}, nil
}

// with numbers the pairs.
func (l labelling) with(m labelling) labelling {
	pairs := make([]int, len(l.numbers))
	for r := range pairs {
		pairs[r] = l.numbers[r]*m.count + m.numbers[r]
	}
	numbers, count := numbered(pairs)
	return labelling{numbers, count}
}

// addClusters adds, times a factor, the sum over clusters of the outer product of its score, in the terms of Q.
func (f *OLSFit) addClusters(total *mat.Dense, l labelling, times float64) {
	k := len(f.f.scale)
	scores := make([]float64, l.count*k)
	for r, i := range f.used {
		score := scores[l.numbers[r]*k : (l.numbers[r]+1)*k]
		blas64.Axpy(math.Sqrt(weightOf(f.weights, i))*f.Residuals[i], vector(f.f.rows.RawRowView(r)), vector(score))
	}
	for g := range l.count {
		score := scores[g*k : (g+1)*k]
		f.f.backTo(score)
		blas64.Ger(times, vector(score), vector(score), total.RawMatrix())
	}
}

// dropNegative sets the negative eigenvalues of a symmetric matrix to 0, and says whether there were any beyond rounding.
func dropNegative(m *mat.Dense) (bool, error) {
	k, _ := m.Dims()
	sym := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			sym.SetSym(i, j, (m.At(i, j)+m.At(j, i))/2)
		}
	}
	var e mat.EigenSym
	if !e.Factorize(sym, true) {
		return false, fmt.Errorf("%w: eigenvalues of a covariance", ErrNotConverged)
	}
	values := e.Values(nil)
	if values[0] >= -1e-12*math.Abs(values[k-1]) {
		return false, nil
	}
	var vectors mat.Dense
	e.VectorsTo(&vectors)
	m.Zero()
	for j, v := range values {
		column := blas64.Vector{N: k, Data: vectors.RawMatrix().Data[j:], Inc: vectors.RawMatrix().Stride}
		blas64.Ger(math.Max(v, 0), column, column, m.RawMatrix())
	}
	return true, nil
}
