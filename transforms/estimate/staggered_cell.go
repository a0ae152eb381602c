package estimate

import (
	"errors"
	"fmt"

	"gonum.org/v1/gonum/mat"
)

const (
	overlapMost = 0.999 // probability of being of the group above which there is no overlap
	trimAt      = 0.995 // controls at or above it are left out
)

// comparison is a group and its controls, and how their outcome changed.
type comparison struct {
	treated []bool
	change  []float64
	weights []float64 // with mean 1
	x       [][]float64
	known   func(fit func() (*LogitFit, error)) (*LogitFit, error) // fits, unless the same was fitted before
}

// cell estimates the effect on group g in period t, against base.
func (s *staggering) cell(c *StaggeredCell, g, t, base int) error {
	var used []int
	var in comparison
	sum := 0.0
	for u, first := range s.first {
		treated := s.fit.groupOf[u] == g
		if !treated && !s.isControl(first, max(t, base)) {
			continue
		}
		used = append(used, u)
		in.treated, in.change, in.weights = append(in.treated, treated), append(in.change, s.y[t][u]-s.y[base][u]), append(in.weights, s.fit.weights[u])
		sum += s.fit.weights[u]
		if treated {
			c.Treated++
		} else {
			c.Controls++
		}
	}
	if c.Controls == 0 {
		return fmt.Errorf("%w: group %d has no controls in %d", ErrOneArm, c.Group, c.Time)
	}
	if least := s.opt.LeastGroup; c.Treated < least {
		return fmt.Errorf("%w: group %d has %d units, fewer than %d", ErrTooFew, c.Group, c.Treated, least)
	}
	for k := range in.weights {
		in.weights[k] *= float64(len(used)) / sum
	}
	for _, column := range s.x {
		own := make([]float64, len(used))
		for k, u := range used {
			own[k] = column[u]
		}
		in.x = append(in.x, own)
	}
	method := s.opt.Method
	if len(in.x) == 0 {
		method = OutcomeRegression
	}
	in.known = func(fit func() (*LogitFit, error)) (*LogitFit, error) { return s.known([2]int{g, len(used)}, fit) }
	att, influence, err := in.estimate(method, c)
	if err != nil {
		return fmt.Errorf("group %d in %d: %w", c.Group, c.Time, err)
	}
	c.ATT, c.influence = att, make([]float64, len(s.first))
	for k, u := range used {
		c.influence[u] = influence[k] * float64(len(s.first)) / float64(len(used))
	}
	return nil
}

// known fits, unless the units were fitted before.
func (s *staggering) known(units [2]int, fit func() (*LogitFit, error)) (*LogitFit, error) {
	if ps, ok := s.fits[units]; ok {
		return ps, nil
	}
	ps, err := fit()
	if err == nil {
		s.fits[units] = ps
	}
	return ps, err
}

// isControl says whether a unit treated from first on is a control up to the period with number t.
func (s *staggering) isControl(first, t int) bool {
	return first == NeverTreated || s.opt.Control == ControlNotYet && first > s.times[t]+s.opt.Anticipation
}

// estimate is the effect and the influence of each unit on it (Sant'Anna and Zhao 2020, equations 2.2, 2.4 and 2.6, and their supplement; the outcome
// regression weighs the covariates as the treated have them).
func (in comparison) estimate(method StaggeredMethod, c *StaggeredCell) (att float64, influence []float64, err error) {
	n := len(in.change)
	ofTreated, ofControls := make([]float64, n), make([]float64, n) // weights of the units on either side
	expected := make([]float64, n)                                  // change without treatment, by the regression
	for k, t := range in.treated {
		if t {
			ofTreated[k] = in.weights[k]
		}
	}
	var ps *LogitFit
	if method != OutcomeRegression {
		if ps, err = in.propensity(c); err != nil {
			return 0, nil, err
		}
		for k, t := range in.treated {
			if p := ps.Fitted[k]; !t && p < trimAt {
				ofControls[k] = in.weights[k] * p / (1 - p)
			}
		}
	}
	var reg *OLSFit
	if method != InverseProbability {
		if reg, err = in.regression(c); err != nil {
			return 0, nil, err
		}
		expected = reg.Fitted
	}
	residual := make([]float64, n)
	for k := range residual {
		residual[k] = in.change[k] - expected[k]
	}
	treatedMean, treatedWeight := weightedMean(residual, ofTreated)
	influence = make([]float64, n)
	for k, w := range ofTreated {
		influence[k] = w * (residual[k] - treatedMean) / treatedWeight
	}
	att = treatedMean
	shift := in.covariateMeans(ofTreated, nil, treatedWeight) // what the regression's coefficients move the effect by, with sign changed
	if method != OutcomeRegression {
		controlMean, controlWeight := weightedMean(residual, ofControls)
		att -= controlMean
		about := make([]float64, n)
		for k, w := range ofControls {
			about[k] = residual[k] - controlMean
			influence[k] -= w * about[k] / controlWeight
		}
		for j, m := range in.covariateMeans(ofControls, nil, controlWeight) {
			shift[j] -= m
		}
		// the propensity was estimated too
		move := linear(in.x, true, multiplied(ps.Cov, in.covariateMeans(ofControls, about, controlWeight)), n)
		for k, t := range in.treated {
			score := -ps.Fitted[k]
			if t {
				score++
			}
			influence[k] -= in.weights[k] * score * move[k] * float64(n)
		}
	}
	if reg != nil {
		move := linear(in.x, true, multiplied(reg.f.inverseCross(), shift), n)
		for k, t := range in.treated {
			if !t {
				influence[k] -= in.weights[k] * residual[k] * move[k] * float64(n)
			}
		}
	}
	return att, influence, nil
}

// propensity is the logit of being of the group.
func (in comparison) propensity(c *StaggeredCell) (*LogitFit, error) {
	ps, err := in.known(func() (*LogitFit, error) { return Logit(in.x, in.treated, in.weights) })
	if errors.Is(err, ErrSeparation) {
		return nil, fmt.Errorf("%w: %w", ErrPositivity, err)
	}
	if err != nil {
		return nil, err
	}
	c.Condition = max(c.Condition, ps.Condition)
	certain := 0
	for k, p := range ps.Fitted {
		if p > overlapMost {
			certain++
		}
		if p >= trimAt && !in.treated[k] {
			c.Trimmed++
		}
	}
	if certain > 0 {
		return nil, fmt.Errorf("%w: %d units have a probability above %v to be of the group", ErrPositivity, certain, overlapMost)
	}
	return ps, nil
}

// regression is of the change of controls on the covariates.
func (in comparison) regression(c *StaggeredCell) (*OLSFit, error) {
	w := make([]float64, len(in.weights))
	for k, t := range in.treated {
		if !t {
			w[k] = in.weights[k]
		}
	}
	reg, err := OLS(in.x, in.change, w)
	if err != nil {
		return nil, err
	}
	if len(in.x) > 0 {
		c.Condition = max(c.Condition, reg.Condition)
	}
	return reg, nil
}

// covariateMeans are the means of the constant and the covariates, weighted, each unit times a value if there are any; the weights have sum n times weight.
func (in comparison) covariateMeans(weights, values []float64, weight float64) []float64 {
	out := make([]float64, 1+len(in.x))
	for k, w := range weights {
		if values != nil {
			w *= values[k]
		}
		w /= weight * float64(len(weights))
		out[0] += w
		for j, c := range in.x {
			out[j+1] += w * c[k]
		}
	}
	return out
}

// weightedMean is of the values, and with it the mean weight.
func weightedMean(values, weights []float64) (mean, weight float64) {
	for k, w := range weights {
		mean += w * values[k]
		weight += w
	}
	return mean / weight, weight / float64(len(weights))
}

// multiplied is a symmetric matrix times a vector.
func multiplied(m *mat.SymDense, v []float64) []float64 {
	var out mat.VecDense
	out.MulVec(m, mat.NewVecDense(len(v), v))
	return out.RawVector().Data
}
