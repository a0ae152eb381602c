package estimate

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mat"
)

// FixedEffectsFit is a regression within units and periods. Of OLSFit, Coef has no constant, Leverage counts the effects too, SST and R2 are
// of what is left of y within units and periods, K and DF count what was absorbed; a row that was dropped has residual and leverage 0.
type FixedEffectsFit struct {
	*OLSFit
	Units, Periods int // with effects of their own
	Components     int // parts of the panel that share no unit or period; each has effects known up to a constant
	Absorbed       int // coefficients that the effects take: Units + Periods - Components
	Singletons     int // rows dropped because nothing else was seen of their unit or their period

	rows    []int // that are used
	unitOf  []int // of rows
	periods []int // of rows
}

// FixedEffects regresses y on x with an effect for every unit and every period, which are labels; rows may be in any order, the panel may
// have gaps, and a row has one value of each column and weight. With one label for all periods there are effects of units only. Rows with weight 0, and
// those that are alone in their unit or period and so fit perfectly (S. Correia, Singletons, cluster-robust standard errors and fixed effects, 2015),
// take no part. The effects are taken out exactly: means of units, and the period effects from the equations that are left (Wansbeek and Kapteyn,
// Journal of Econometrics 41, 1989), so the number of periods should be moderate; where it is above that of units the two change places.
//
// A CollinearError names a covariate that does not vary within units and periods; its column counts from 0, there is no constant.
func FixedEffects(unit, period []int, x [][]float64, y, weights []float64) (*FixedEffectsFit, error) {
	n := len(y)
	if err := checkSample(n, weights, append([][]float64{y}, x...)...); err != nil {
		return nil, err
	}
	if len(unit) != n || len(period) != n {
		return nil, fmt.Errorf("%w: %d units and %d periods for %d rows", ErrInput, len(unit), len(period), n)
	}
	if len(x) == 0 {
		return nil, fmt.Errorf("%w: fixed effects without a covariate", ErrInput)
	}
	used := weighed(n, weights)
	rows := withoutSingletons(used, unit, period)
	if len(rows) == 0 {
		return nil, fmt.Errorf("%w: no unit or period is seen twice", ErrTooFew)
	}
	p, err := newPanel(rows, unit, period, weights)
	if err != nil {
		return nil, err
	}
	within := make([][]float64, len(x)+1)
	for j, c := range append([][]float64{y}, x...) {
		own := make([]float64, len(rows))
		for r, i := range rows {
			own[r] = c[i]
		}
		before := p.length(own)
		if err := p.demean(own); err != nil {
			return nil, err
		}
		if after := p.length(own); j > 0 && after <= collinearBelow*before {
			return nil, &CollinearError{Column: j - 1, Remaining: after / before}
		}
		within[j] = own
	}
	fit, err := leastSquares(within[1:], within[0], p.weights, false)
	if err != nil {
		return nil, err
	}
	f := &FixedEffectsFit{OLSFit: fit, Units: p.unitCount, Periods: p.periodCount, Components: p.components, Singletons: len(used) - len(rows),
		rows: rows, unitOf: p.unit, periods: p.period}
	if p.swapped {
		f.Units, f.Periods, f.unitOf, f.periods = f.Periods, f.Units, f.periods, f.unitOf
	}
	f.Absorbed = p.unitCount + p.periodCount - p.components
	f.K += f.Absorbed
	f.DF = f.N - f.K
	f.Sigma = 0
	if f.DF > 0 {
		f.Sigma = math.Sqrt(f.SSR / float64(f.DF))
	}
	effects, err := p.leverage()
	if err != nil {
		return nil, err
	}
	f.spread(y, weights, effects)
	return f, nil
}

// spread puts what is of the used rows back in the places of all n.
func (f *FixedEffectsFit) spread(y, weights, effects []float64) {
	n, residuals, leverage := len(y), f.Residuals, f.Leverage
	f.Residuals, f.Leverage, f.Fitted = make([]float64, n), make([]float64, n), make([]float64, n)
	copy(f.Fitted, y)
	for r, i := range f.rows {
		f.Residuals[i], f.Leverage[i], f.Fitted[i] = residuals[r], min(1, leverage[r]+effects[r]), y[i]-residuals[r]
	}
	f.used, f.weights = f.rows, weights
}

// Clustered is as OLSFit's. Effects of units, or periods, that lie within clusters of a way do not count as coefficients in the factor, but for one
// that stands for the constant: their clusters answer for them (Stata's xtreg and reghdfe). With opt.CountNested they do (areg).
func (f *FixedEffectsFit) Clustered(opt ClusterOptions, ways ...[]int) (*Covariance, error) {
	k := f.K
	if !opt.CountNested {
		nestedUnits, nestedPeriods := false, false
		for _, labels := range ways {
			if len(labels) != len(f.Residuals) {
				return nil, fmt.Errorf("%w: %d labels for %d rows", ErrInput, len(labels), len(f.Residuals))
			}
			nestedUnits = nestedUnits || f.nested(f.unitOf, f.Units, labels)
			nestedPeriods = nestedPeriods || f.nested(f.periods, f.Periods, labels)
		}
		if nestedUnits {
			k -= f.Units - 1
		}
		if nestedPeriods {
			k -= f.Periods - 1
		}
		k = max(k, f.K-f.Absorbed+1)
	}
	return f.clustered(opt, k, ways)
}

// nested says whether no group has rows in two clusters.
func (f *FixedEffectsFit) nested(group []int, count int, labels []int) bool {
	seen, first := make([]bool, count), make([]int, count)
	for r, i := range f.rows {
		g := group[r]
		if seen[g] && first[g] != labels[i] {
			return false
		}
		seen[g], first[g] = true, labels[i]
	}
	return true
}

// withoutSingletons drops rows that are alone in their unit or period, until there are none.
func withoutSingletons(rows, unit, period []int) []int {
	for {
		units, periods := map[int]int{}, map[int]int{}
		for _, i := range rows {
			units[unit[i]]++
			periods[period[i]]++
		}
		var kept []int
		for _, i := range rows {
			if units[unit[i]] > 1 && periods[period[i]] > 1 {
				kept = append(kept, i)
			}
		}
		if len(kept) == len(rows) {
			return rows
		}
		rows = kept
	}
}

// panel takes effects out of columns of its rows. Units are what is averaged out first; there are at least as many as periods.
type panel struct {
	unit, period           []int // numbers, of rows
	weights                []float64
	unitCount, periodCount int
	components             int
	swapped                bool            // units are the caller's periods
	unitWeight             []float64       // sum of the weights of a unit
	shares                 [][]periodShare // of a unit, how much weight it has in which periods
	chol                   mat.Cholesky    // of the equations of the period effects
	fixed                  []bool          // periods whose effect is 0, one a component
}

type periodShare struct {
	period int
	weight float64
}

func newPanel(rows, unit, period []int, weights []float64) (*panel, error) {
	p := &panel{weights: make([]float64, len(rows))}
	u, t := make([]int, len(rows)), make([]int, len(rows))
	for r, i := range rows {
		u[r], t[r], p.weights[r] = unit[i], period[i], weightOf(weights, i)
	}
	p.unit, p.unitCount = numbered(u)
	p.period, p.periodCount = numbered(t)
	if p.periodCount > p.unitCount {
		p.unit, p.period, p.unitCount, p.periodCount, p.swapped = p.period, p.unit, p.periodCount, p.unitCount, true
	}
	p.unitWeight, p.shares = make([]float64, p.unitCount), make([][]periodShare, p.unitCount)
	for r, g := range p.unit {
		p.unitWeight[g] += p.weights[r]
		p.shares[g] = append(p.shares[g], periodShare{p.period[r], p.weights[r]})
	}
	p.connect()
	s := mat.NewSymDense(p.periodCount, nil)
	for g, own := range p.shares {
		for _, a := range own {
			s.SetSym(a.period, a.period, s.At(a.period, a.period)+a.weight)
			for _, b := range own {
				if a.period <= b.period {
					s.SetSym(a.period, b.period, s.At(a.period, b.period)-a.weight*b.weight/p.unitWeight[g])
				}
			}
		}
	}
	for t, fixed := range p.fixed {
		if fixed {
			for o := range p.periodCount {
				s.SetSym(t, o, 0)
			}
			s.SetSym(t, t, 1)
		}
	}
	if !p.chol.Factorize(s) {
		return nil, fmt.Errorf("%w: effects of periods: weights too far apart", ErrNotConverged)
	}
	return p, nil
}

// connect finds the parts that share no unit, and fixes the first period of each.
func (p *panel) connect() {
	root := make([]int, p.periodCount)
	for t := range root {
		root[t] = t
	}
	var find func(t int) int
	find = func(t int) int {
		if root[t] != t {
			root[t] = find(root[t])
		}
		return root[t]
	}
	for _, own := range p.shares {
		for _, s := range own {
			a, b := find(own[0].period), find(s.period)
			root[max(a, b)] = min(a, b)
		}
	}
	p.fixed = make([]bool, p.periodCount)
	for t := range root {
		if find(t) == t {
			p.fixed[t] = true
			p.components++
		}
	}
}

// length is the root of the weighted sum of squares.
func (p *panel) length(v []float64) float64 {
	sum := 0.0
	for r := range v {
		sum += p.weights[r] * v[r] * v[r]
	}
	return math.Sqrt(sum)
}

// demean takes the effects out of v, in place; a second time what rounding left.
func (p *panel) demean(v []float64) error {
	for range 2 {
		p.unitMeans(v)
		right := mat.NewVecDense(p.periodCount, nil)
		for r, t := range p.period {
			if !p.fixed[t] {
				right.SetVec(t, right.AtVec(t)+p.weights[r]*v[r])
			}
		}
		var effect mat.VecDense
		if err := p.chol.SolveVecTo(&effect, right); err != nil {
			return fmt.Errorf("%w: effects of periods: %w", ErrNotConverged, err)
		}
		for r, t := range p.period {
			v[r] -= effect.AtVec(t)
		}
		p.unitMeans(v)
	}
	return nil
}

// unitMeans takes the mean of its unit from every value.
func (p *panel) unitMeans(v []float64) {
	mean := make([]float64, p.unitCount)
	for r, g := range p.unit {
		mean[g] += p.weights[r] * v[r] / p.unitWeight[g]
	}
	for r, g := range p.unit {
		v[r] -= mean[g]
	}
}

// leverage is that of the effects, by row: what the unit has, 1 over its weight, and what the period adds to it.
func (p *panel) leverage() ([]float64, error) {
	var inverse mat.SymDense
	if err := p.chol.InverseTo(&inverse); err != nil {
		return nil, fmt.Errorf("%w: effects of periods: %w", ErrNotConverged, err)
	}
	for t, fixed := range p.fixed {
		if fixed {
			inverse.SetSym(t, t, 0)
		}
	}
	with, whole := make([][]float64, p.unitCount), make([]float64, p.unitCount) // S⁻¹c in the periods of a unit, and c'S⁻¹c
	for g, own := range p.shares {
		for _, a := range own {
			sum := 0.0
			for _, b := range own {
				sum += inverse.At(a.period, b.period) * b.weight
			}
			with[g] = append(with[g], sum)
			whole[g] += a.weight * sum
		}
	}
	out, next := make([]float64, len(p.unit)), make([]int, p.unitCount)
	for r, g := range p.unit {
		w, t := p.unitWeight[g], p.period[r]
		out[r] = p.weights[r] * (1/w + inverse.At(t, t) - 2*with[g][next[g]]/w + whole[g]/w/w)
		next[g]++
	}
	return out, nil
}
