package estimate

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// NeverTreated is the first treated period of a unit that is never treated.
const NeverTreated = math.MaxInt

// ErrPositivity is a group some of whose units, or of whose controls, are next to certain to be of the group, given their covariates: there is nothing
// to compare them with. It is the assumption of overlap, or positivity, that fails.
var ErrPositivity = errors.New("no overlap of a group with its controls")

// StaggeredPanel is what Staggered estimates from: units that are seen in every period.
type StaggeredPanel struct {
	Times    []int       // periods, increasing, in any unit of time, such as numbers of months
	Y        [][]float64 // outcome: Y[p][i] of unit i in Times[p]
	First    []int       // period from which unit i is treated, and stays so; NeverTreated
	X        [][]float64 // covariates, from before any treatment: X[j][i]; may be nil
	Weights  []float64   // of units, as in a sample; nil: all 1. A unit with weight 0 takes no part
	Clusters []int       // labels of units that go together; nil: each by itself
}

// StaggeredControl says whom a group is compared with.
type StaggeredControl string

// ControlNever are units that are treated in no period there is. ControlNotYet are these and units that are not treated by either of the periods
// compared, nor that soon after that they may anticipate it.
const (
	ControlNever  StaggeredControl = "never"
	ControlNotYet StaggeredControl = "notyet"
)

// StaggeredMethod says how covariates are held equal.
type StaggeredMethod string

// DoublyRobust is right when the regression or the propensity is (P. Sant'Anna and J. Zhao, Journal of Econometrics 219, 2020, the estimator of their
// equation 2.6 with a logit and least squares), OutcomeRegression when the change of controls is linear in the covariates (J. Heckman, H. Ichimura and
// P. Todd, Review of Economic Studies 64, 1997), InverseProbability when the logit of being of the group is, its weights summing to 1 (A. Abadie, Review of
// Economic Studies 72, 2005). Without covariates all three are the difference in mean change.
const (
	DoublyRobust       StaggeredMethod = "dr"
	OutcomeRegression  StaggeredMethod = "reg"
	InverseProbability StaggeredMethod = "ipw"
)

// StaggeredOptions are the options of Staggered; the zero value is the default.
type StaggeredOptions struct {
	Control       StaggeredControl // "": ControlNever
	Method        StaggeredMethod  // "": DoublyRobust
	Anticipation  int              // periods (in the unit of Times) before treatment in which it may show
	Universal     bool             // every cell against the last period before treatment; else those before treatment against the one just before them
	LeastGroup    int              // units a group has to have; 0: five more than there are covariates
	LeastClusters int              // 0: 10
	Confidence    float64          // of intervals and bands; 0: 0,95
	Draws         int              // of the bootstrap; 0: 999, below 0: none, and no bands
	Mammen        bool             // weights of E. Mammen (Annals of Statistics 21, 1993); else -1 or 1, each as likely
	Seed          string           // any text
}

// StaggeredEffect is an estimated effect, in the unit of the outcome.
type StaggeredEffect struct {
	ATT, SE           float64
	Low, High         float64 // by the normal, for this effect alone
	BootSE            float64 // from the quartiles of the bootstrap's draws
	BandLow, BandHigh float64 // for all effects beside it at once; without draws as Low and High

	influence []float64 // by unit: ATT less its truth is about their mean
}

// StaggeredCell is the average effect on a group in a period; before treatment it is what should be 0.
type StaggeredCell struct {
	Group, Time, Base int // first treated period, period compared, and with which
	StaggeredEffect
	Treated, Controls int     // units
	Trimmed           int     // controls left out because their probability to be of the group is 0,995 or more
	Condition         float64 // of the worse of the regressions; 0 without covariates
	Err               error   // why it can't be estimated; the effect is not filled then
}

// Post says whether the group is treated in this period.
func (c StaggeredCell) Post() bool { return c.Time >= c.Group }

// StaggeredFit are the effects by group and period.
type StaggeredFit struct {
	Cells    []StaggeredCell // by group and period
	Groups   []int           // first treated periods
	Sizes    []int           // units of each
	Never    int             // units that are not treated in the periods there are
	Units    int             // in all, that took part
	Dropped  int             // treated too early to have a period before it, or with weight 0
	Until    int             // last period used: without units that are never treated, those of the last group are controls as long as they are not treated
	Clusters int             // 0: each unit by itself
	Critical float64         // what standard errors are multiplied by in the bands of Cells; 0 without
	Options  StaggeredOptions

	share   []float64 // of each group, among all units
	groupOf []int     // of each unit; -1: never
	weights []float64 // of each unit, with mean 1
	cluster []int     // numbers
}

// Staggered estimates the average effect of treatment on each group of units treated from the same period on, in each period there is, when nobody is
// treated in the first (B. Callaway and P. Sant'Anna, Difference-in-differences with multiple time periods, Journal of Econometrics 225, 2021, theorem 1).
// It assumes that, given the covariates, the group would have changed as its controls did from the last period before treatment
// (and anticipation) on. Cells before treatment, against the period just before, test that in part (PreTest).
//
// Standard errors are from influence functions, in which units, or clusters, are independent; bands from the multiplier bootstrap (their algorithm 1).
// Memory is 8 bytes for every unit and cell. A cell that can't be estimated has an error of its own: ErrOneArm, ErrPositivity, ErrCollinear, ErrTooFew.
// ErrInput, ErrFewClusters, and ErrOneArm where there is no group or no control at all, are of the whole.
func Staggered(p StaggeredPanel, opt StaggeredOptions) (*StaggeredFit, error) {
	opt = opt.filled(len(p.X))
	if err := opt.check(); err != nil {
		return nil, err
	}
	if err := p.check(); err != nil {
		return nil, err
	}
	s, err := newStaggering(p, opt)
	if err != nil {
		return nil, err
	}
	f := s.fit
	for g, first := range f.Groups {
		for t := range s.times {
			base, ok := s.base(first, t)
			if !ok {
				continue
			}
			c := StaggeredCell{Group: first, Time: s.times[t], Base: s.times[base]}
			c.Err = s.cell(&c, g, t, base)
			f.Cells = append(f.Cells, c)
		}
	}
	var effects []*StaggeredEffect
	for k := range f.Cells {
		if f.Cells[k].Err == nil {
			effects = append(effects, &f.Cells[k].StaggeredEffect)
		}
	}
	f.Critical = f.infer(effects, "cells")
	return f, nil
}

func (o StaggeredOptions) filled(covariates int) StaggeredOptions {
	o.Control, o.Method, o.LeastGroup = cmp.Or(o.Control, ControlNever), cmp.Or(o.Method, DoublyRobust), cmp.Or(o.LeastGroup, covariates+5)
	o.LeastClusters, o.Confidence, o.Draws = cmp.Or(o.LeastClusters, leastClusters), cmp.Or(o.Confidence, 0.95), cmp.Or(o.Draws, 999)
	return o
}

func (o StaggeredOptions) check() error {
	switch {
	case o.Control != ControlNever && o.Control != ControlNotYet:
		return fmt.Errorf("%w: control group %q", ErrInput, o.Control)
	case o.Method != DoublyRobust && o.Method != OutcomeRegression && o.Method != InverseProbability:
		return fmt.Errorf("%w: method %q", ErrInput, o.Method)
	case o.Anticipation < 0:
		return fmt.Errorf("%w: anticipation of %d periods", ErrInput, o.Anticipation)
	case !(o.Confidence > 0 && o.Confidence < 1):
		return fmt.Errorf("%w: confidence %v", ErrInput, o.Confidence)
	}
	return nil
}

func (p StaggeredPanel) check() error {
	n := len(p.First)
	if len(p.Times) < 2 || len(p.Y) != len(p.Times) {
		return fmt.Errorf("%w: %d periods and %d columns of outcomes", ErrInput, len(p.Times), len(p.Y))
	}
	if !slices.IsSorted(p.Times) || len(slices.Compact(slices.Clone(p.Times))) != len(p.Times) {
		return fmt.Errorf("%w: periods do not increase", ErrInput)
	}
	if p.Clusters != nil && len(p.Clusters) != n {
		return fmt.Errorf("%w: %d cluster labels for %d units", ErrInput, len(p.Clusters), n)
	}
	return checkSample(n, p.Weights, append(slices.Clone(p.Y), p.X...)...)
}

// staggering is a panel made ready: units that take part, periods that are used.
type staggering struct {
	fit   *StaggeredFit
	opt   StaggeredOptions
	times []int
	y, x  [][]float64
	first []int
	// propensities, by group and number of units compared: the controls of a group at one time hold those at a later one, so the number tells them
	fits map[[2]int]*LogitFit
}

func newStaggering(p StaggeredPanel, opt StaggeredOptions) (*staggering, error) {
	last := p.Times[len(p.Times)-1]
	var used []int
	latest, never := 0, false
	for i, first := range p.First {
		if weightOf(p.Weights, i) == 0 || first != NeverTreated && first-opt.Anticipation <= p.Times[0] {
			continue
		}
		used = append(used, i)
		if first == NeverTreated || first-opt.Anticipation > last {
			never = true
		} else {
			latest = max(latest, first)
		}
	}
	if len(used) == 0 {
		return nil, fmt.Errorf("%w: nobody is untreated in the first period", ErrOneArm)
	}
	f := &StaggeredFit{Units: len(used), Dropped: len(p.First) - len(used), Options: opt}
	s := &staggering{fit: f, opt: opt, times: p.Times, fits: map[[2]int]*LogitFit{}}
	if !never && opt.Control == ControlNotYet {
		// the last group is what the others are compared with, as long as it is not treated
		s.times = slices.DeleteFunc(slices.Clone(p.Times), func(t int) bool { return t >= latest-opt.Anticipation })
		last = s.times[len(s.times)-1]
	}
	f.Until = last
	of := func(v []float64) []float64 {
		out := make([]float64, len(used))
		for u, i := range used {
			out[u] = v[i]
		}
		return out
	}
	for t := range s.times {
		s.y = append(s.y, of(p.Y[t]))
	}
	for _, c := range p.X {
		s.x = append(s.x, of(c))
	}
	for _, i := range used {
		first := p.First[i]
		if first != NeverTreated && first-opt.Anticipation > last {
			first = NeverTreated
		}
		s.first = append(s.first, first)
		f.weights = append(f.weights, weightOf(p.Weights, i))
	}
	f.count(s.first)
	if len(f.Groups) == 0 || opt.Control == ControlNever && f.Never == 0 {
		return nil, fmt.Errorf("%w: %d groups, %d units never treated", ErrOneArm, len(f.Groups), f.Never)
	}
	if p.Clusters != nil {
		labels := make([]int, len(used))
		for u, i := range used {
			labels[u] = p.Clusters[i]
		}
		f.cluster, f.Clusters = numbered(labels)
		if least := max(2, opt.LeastClusters); f.Clusters < least {
			return nil, fmt.Errorf("%w: fewer than %d clusters: %d", ErrFewClusters, least, f.Clusters)
		}
	}
	return s, nil
}

// count finds the groups, their sizes and shares.
func (f *StaggeredFit) count(first []int) {
	f.Groups = slices.Clone(first)
	slices.Sort(f.Groups)
	f.Groups = slices.Compact(f.Groups)
	if n := len(f.Groups); n > 0 && f.Groups[n-1] == NeverTreated {
		f.Groups = f.Groups[:n-1]
	}
	f.Sizes, f.share = make([]int, len(f.Groups)), make([]float64, len(f.Groups))
	all := 0.0
	for _, w := range f.weights {
		all += w
	}
	for u, w := range f.weights {
		f.weights[u] = w * float64(len(first)) / all
	}
	for u, t := range first {
		g, ok := slices.BinarySearch(f.Groups, t)
		if !ok {
			f.groupOf = append(f.groupOf, -1)
			f.Never++
			continue
		}
		f.groupOf = append(f.groupOf, g)
		f.Sizes[g]++
		f.share[g] += f.weights[u] / float64(len(first))
	}
}

// base is the period that period t is compared with, for the group treated from first on; ok is false where there is none, or it is t.
func (s *staggering) base(first, t int) (base int, ok bool) {
	base = t - 1
	if s.opt.Universal || s.times[t] >= first-s.opt.Anticipation {
		before, _ := slices.BinarySearch(s.times, first-s.opt.Anticipation)
		base = before - 1
	}
	return base, base >= 0 && base != t
}

// PreTest is the Wald test that all effects before treatment are 0: its statistic, degrees of freedom and p-value by chi-square. Effects within
// Anticipation of treatment are no part of it. ErrTooFew: there are none; ErrCollinear: one is a combination of others. A cell's own error comes first.
func (f *StaggeredFit) PreTest() (statistic float64, df int, p float64, err error) {
	var effects []*StaggeredEffect
	for k := range f.Cells {
		c := &f.Cells[k]
		if c.Time >= c.Group-f.Options.Anticipation {
			continue
		}
		if c.Err != nil {
			return 0, 0, 0, c.Err
		}
		effects = append(effects, &c.StaggeredEffect)
	}
	if df = len(effects); df == 0 {
		return 0, 0, 0, fmt.Errorf("%w: no effect before treatment", ErrTooFew)
	}
	sums := f.clusterSums(effects)
	att := make([]float64, df)
	for j, e := range effects {
		att[j] = e.ATT
	}
	if rows := len(sums) / df; rows < df {
		return 0, 0, 0, fmt.Errorf("%w: %d clusters for %d effects", ErrTooFew, rows, df)
	}
	// with the sums as rows of Z, V = Z'Z and att'V⁻¹att is the squared length of R⁻ᵀ att
	z, err := factor(mat.NewDense(len(sums)/df, df, sums), make([]float64, len(sums)/df))
	if err != nil {
		return 0, 0, 0, err
	}
	for j := range att {
		att[j] /= z.scale[j]
	}
	z.backTo(att)
	for _, v := range att {
		statistic += v * v
	}
	return statistic, df, distuv.ChiSquared{K: float64(df)}.Survival(statistic), nil
}
