package effect

import (
	"math"

	"stapel/transforms/estimate"
)

// Cohort is what was found of plans that were reported in one half year.
type Cohort struct {
	HalfYear Month // its first month
	Treated  int
	Fit
	Reason string // why it has none, in Dutch
}

// StaggeredFit is the mean over cohorts, by their sizes.
type StaggeredFit struct {
	Fit
	Cohorts []Cohort
	Treated int // in cohorts with a figure
	Left    int // in others
	Reason  string
}

// staggered is the estimator of Callaway and Sant'Anna by half-year cohort: from the year before to the year after, each household on the clock of its own
// month, against untreated households of the pool in the same half year; doubly robust on cost in both years and the quarter before, or without covariates.
// A cohort of
// fewer than Settings.LeastCohort is left out, counted. Cohorts share no household, so that their errors are independent.
func staggered(list []Amounts, pool []PoolUnit, amounts []Amounts, known []bool, stands []Stand, conditional bool, set Settings) StaggeredFit {
	type members struct {
		treated, rest []*Amounts
		weights       []float64 // of the rest
	}
	cohorts := map[Month]*members{}
	at := func(m Month) *members {
		half := m / 6 * 6
		if cohorts[half] == nil {
			cohorts[half] = &members{}
		}
		return cohorts[half]
	}
	for i := range list {
		c := at(list[i].Set.Plan.Reported)
		c.treated = append(c.treated, &list[i])
	}
	for k := range pool {
		if known[k] {
			c := at(pool[k].Plan.Reported)
			c.rest, c.weights = append(c.rest, &amounts[k]), append(c.weights, pool[k].Weight)
		}
	}
	var out StaggeredFit
	variance := 0.0
	for _, half := range sortedKeys(cohorts) {
		m := cohorts[half]
		if len(m.treated) == 0 {
			continue
		}
		c := Cohort{HalfYear: half, Treated: len(m.treated)}
		if c.Treated < set.LeastCohort {
			c.Reason = "te weinig huishoudens in dit halfjaar"
		} else {
			c.Fit, c.Reason = cohortFit(m.treated, m.rest, m.weights, stands, conditional)
		}
		out.Cohorts = append(out.Cohorts, c)
		if c.Reason != "" {
			out.Left += c.Treated
			continue
		}
		w := float64(c.Treated)
		out.Treated += c.Treated
		out.Estimate += w * c.Estimate
		variance += w * w * c.SE * c.SE
	}
	if out.Treated == 0 {
		out.Reason = "geen halfjaar met genoeg huishoudens en een schatting"
		return out
	}
	n := float64(out.Treated)
	out.Estimate, out.SE, out.N = out.Estimate/n, math.Sqrt(variance)/n, out.Treated
	out.DF = math.Inf(1)
	out.normal()
	return out
}

// cohortFit estimates one cohort in two periods: the year before, and after.
func cohortFit(treated, rest []*Amounts, weights []float64, stands []Stand, conditional bool) (Fit, string) {
	panel := estimate.StaggeredPanel{Times: []int{0, 1}, Y: make([][]float64, 2)}
	x := make([][]float64, 3)
	add := func(a *Amounts, first int) {
		s := &stands[a.Set.Treated]
		panel.First = append(panel.First, first)
		panel.Y[0], panel.Y[1] = append(panel.Y[0], a.TreatedBefore), append(panel.Y[1], a.TreatedAfter)
		for j := range x {
			x[j] = append(x[j], s.covariate([]int{0, 2, 1}[j], false)) // the year before, its last quarter, the year before that
		}
	}
	for _, a := range treated {
		add(a, 1)
		panel.Weights = append(panel.Weights, 1)
	}
	for k, a := range rest {
		add(a, estimate.NeverTreated)
		panel.Weights = append(panel.Weights, weights[k])
	}
	if conditional {
		panel.X = x
	}
	for {
		fit, err := estimate.Staggered(panel, estimate.StaggeredOptions{Draws: -1})
		if err == nil {
			for _, c := range fit.Cells {
				if c.Time == 1 {
					if c.Err == nil {
						return Fit{Estimate: c.ATT, SE: c.SE, N: c.Treated, Condition: c.Condition}, ""
					}
					err = c.Err
				}
			}
		}
		if len(panel.X) < 2 {
			return Fit{}, inDutch(err)
		}
		panel.X = panel.X[:len(panel.X)-1]
	}
}

// normal fills the interval and p-value of an estimate whose standard error is taken for known.
func (f *Fit) normal() {
	f.DF = math.Inf(1)
	f.Low, f.High, f.P = f.Estimate, f.Estimate, 1
	if f.SE > 0 {
		f.Low, f.High = f.Estimate-z975*f.SE, f.Estimate+z975*f.SE
		f.P = math.Erfc(math.Abs(f.Estimate) / f.SE / math.Sqrt2)
	}
}

// z975 is the quantile of the normal distribution that leaves 2,5% above.
const z975 = 1.959963984540054
