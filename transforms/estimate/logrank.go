package estimate

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat/distuv"
)

// ErrNoComparison is that groups can't be compared: there is one, or no event while two were at risk, or groups that were never at risk together.
var ErrNoComparison = errors.New("nothing to compare")

// LogRankGroup is what one group had and was expected to have.
type LogRankGroup struct {
	Group    int
	N        int
	Events   int
	Expected float64 // were there no difference between the groups of a stratum
}

// LogRankFit is a log-rank test.
type LogRankFit struct {
	Groups    []LogRankGroup // in ascending order
	ChiSquare float64
	DF        int // groups at risk at some event, less one
	P         float64
	Condition float64 // of the covariance that was decomposed
	Strata    int
	Negative  int // left out, for their time is below 0
}

// LogRank tests whether groups have the event at one rate, stratum by stratum. time and event are as in KaplanMeier, group and strata are labels of any kind;
// strata nil is one stratum. Where events coincide the variance is hypergeometric. A group of which nobody was at risk beside others when an event happened
// counts for nothing.
// Errors: ErrNoComparison, ErrFollowUp, ErrNobodyFollowed.
//
// Source: N. Mantel, Cancer Chemotherapy Reports 50 (1966); R. Peto and J. Peto, Journal of the Royal Statistical Society A 135 (1972); J.D. Kalbfleisch and
// R.L. Prentice, The Statistical Analysis of Failure Time Data, 2nd ed. 2002, chapter 1.
func LogRank(time []float64, event []bool, group, strata []int) (*LogRankFit, error) {
	if len(time) != len(event) || len(time) != len(group) || strata != nil && len(time) != len(strata) {
		return nil, fmt.Errorf("%w: %d times, %d that say whether there was an event, %d groups, %d strata", ErrFollowUp, len(time), len(event), len(group), len(strata))
	}
	if strata == nil {
		strata = make([]int, len(time))
	}
	order, negative, err := followOrder(time, nil)
	if err != nil {
		return nil, err
	}
	fit := &LogRankFit{Negative: negative}
	labels := map[int]int{} // to the place in Groups
	for _, i := range order {
		if _, ok := labels[group[i]]; !ok {
			labels[group[i]] = 0
			fit.Groups = append(fit.Groups, LogRankGroup{Group: group[i]})
		}
	}
	slices.SortFunc(fit.Groups, func(a, b LogRankGroup) int { return cmp.Compare(a.Group, b.Group) })
	for g := range fit.Groups {
		labels[fit.Groups[g].Group] = g
	}
	// last first: who was there at a time is who has been seen
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(strata[a], strata[b]), cmp.Compare(time[b], time[a]), cmp.Compare(a, b))
	})
	k := len(fit.Groups)
	covariance := mat.NewSymDense(k, nil)
	atRisk := make([]float64, k)
	for from := 0; from < len(order); {
		first := order[from]
		if from == 0 || strata[order[from-1]] != strata[first] {
			fit.Strata++
			clear(atRisk)
		}
		to, events := from, 0.0
		for ; to < len(order) && strata[order[to]] == strata[first] && time[order[to]] == time[first]; to++ {
			g := labels[group[order[to]]]
			atRisk[g]++
			fit.Groups[g].N++
			if event[order[to]] {
				fit.Groups[g].Events++
				events++
			}
		}
		if events > 0 {
			fit.expect(covariance, atRisk, events)
		}
		from = to
	}
	if err := fit.test(covariance); err != nil {
		return nil, err
	}
	return fit, nil
}

// expect adds what the groups were expected to have of the events of one time, and its covariance.
func (fit *LogRankFit) expect(covariance *mat.SymDense, atRisk []float64, events float64) {
	all := 0.0
	for _, n := range atRisk {
		all += n
	}
	spread := 0.0
	if all > 1 {
		spread = events * (all - events) / (all - 1)
	}
	for i, n := range atRisk {
		fit.Groups[i].Expected += events * n / all
		for j := i; j < len(atRisk); j++ {
			v := -n / all * atRisk[j] / all
			if i == j {
				v += n / all
			}
			covariance.SetSym(i, j, covariance.At(i, j)+spread*v)
		}
	}
}

// test is the quadratic form of what the groups had above what was expected, of all but the last, which the others fix.
func (fit *LogRankFit) test(covariance *mat.SymDense) error {
	var in []int
	for i := range fit.Groups {
		if covariance.At(i, i) > 0 {
			in = append(in, i)
		}
	}
	fit.DF = len(in) - 1
	if fit.DF < 1 {
		return fmt.Errorf("%w: %d groups, of which %d had somebody at risk beside another group when an event happened", ErrNoComparison, len(fit.Groups), len(in))
	}
	in = in[:fit.DF]
	part, above := mat.NewSymDense(fit.DF, nil), mat.NewVecDense(fit.DF, nil)
	for a, i := range in {
		above.SetVec(a, float64(fit.Groups[i].Events)-fit.Groups[i].Expected)
		for b := a; b < fit.DF; b++ {
			part.SetSym(a, b, covariance.At(i, in[b]))
		}
	}
	var chol mat.Cholesky
	ok := chol.Factorize(part)
	if ok {
		fit.Condition = chol.Cond()
	}
	if !ok || fit.Condition > 1e12 {
		return fmt.Errorf("%w: some groups were never at risk together with the others, in any stratum", ErrNoComparison)
	}
	var solved mat.VecDense
	if err := chol.SolveVecTo(&solved, above); err != nil {
		return fmt.Errorf("%w: %w", ErrNoComparison, err)
	}
	fit.ChiSquare = mat.Dot(above, &solved)
	fit.P = distuv.ChiSquared{K: float64(fit.DF)}.Survival(fit.ChiSquare)
	return nil
}
