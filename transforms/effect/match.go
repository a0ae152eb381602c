package effect

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"

	"stapel/transforms/estimate"
)

// Set is a treated household and those that stand beside it.
type Set struct {
	ID       int // from 1, in the order of months and of matching
	Plan     Plan
	Treated  int   // place among the stands
	Controls []int // likewise, nearest first
	// Last month in which a control counts, that before a plan of its own is reported, and what it counts for in which months (Staying).
	Until []Month
	Stay  [][]Step
}

// Dropped is a plan without a set, and why, in Dutch.
type Dropped struct {
	Plan   Plan
	Reason string
}

// Sets are the matched sets of all months.
type Sets struct {
	Sets    []Set
	Dropped []Dropped
	Scores  map[string]*Scores // by origin
	Used    map[int64]bool     // households that are a control
}

// The order in which covariates are given up when in one month they determine each other: trend first, for it is the difference of two others.
var giveUp = []int{6, 9, 7, 8, 10, 11, 5, 4}

// Match makes the sets, month by month. In each month those who are reported then are matched with households that nobody treated by then and that are in
// no other's control yet: exact on having children and on region, within the caliper of the logit of the propensity of their origin, nearest in the rank-based
// Mahalanobis distance. The standard deviation that the caliper is a multiple of is over all treated and all candidates, not of one month. Origins are
// matched in the order data, veld, unknown within a month. Who is treated later may be a control, and counts until the month before: to leave it out
// would be to choose by what was still to come. mature is the last month that is mature in every feed that is included.
func Match(plans []Plan, stands []Stand, mature Month, set Settings) (*Sets, error) {
	m := &Sets{Scores: map[string]*Scores{}, Used: map[int64]bool{}}
	byCase := map[string]int{}
	months := map[Month][]int{} // candidates
	for i := range stands {
		if s := &stands[i]; s.Case != "" {
			byCase[s.Case] = i
		} else if s.Candidate && s.Known1 {
			months[s.Month] = append(months[s.Month], i)
		}
	}
	type job struct {
		plan Plan
		at   int
	}
	jobs := map[Month]map[string][]job{}
	treated := map[string][]bool{}
	var clocks []Month
	for _, p := range plans {
		at, there := byCase[p.Case]
		reason := p.Excluded
		if there && stands[at].Known1 {
			if treated[p.Origin] == nil {
				treated[p.Origin] = make([]bool, len(stands))
			}
			treated[p.Origin][at] = true // also of plans that are not followed, for they are treated
		}
		switch {
		case reason != "":
		case !there || !stands[at].Known1:
			reason = "het jaar ervoor is niet bekend"
		case p.Last(mature, set.LeastMonths) == 0:
			reason = "te weinig complete maanden"
		}
		if reason != "" {
			m.Dropped = append(m.Dropped, Dropped{p, reason})
			continue
		}
		if jobs[p.Reported] == nil {
			jobs[p.Reported], clocks = map[string][]job{}, append(clocks, p.Reported)
		}
		jobs[p.Reported][p.Origin] = append(jobs[p.Reported][p.Origin], job{p, at})
	}
	origins := []string{FromData, FromField, ""}
	sd := map[string]float64{}
	for _, origin := range origins {
		if treated[origin] == nil {
			continue
		}
		scores, err := Propensity(stands, treated[origin], set.Seed)
		if errors.Is(err, ErrNobody) {
			scores = &Scores{Logit: make([]float64, len(stands)), Reason: "geen vergelijkbare huishoudens"}
		} else if err != nil {
			return nil, err
		}
		m.Scores[origin], sd[origin] = scores, scores.spread(stands, treated[origin])
	}
	slices.Sort(clocks)
	for _, clock := range clocks {
		for _, origin := range origins {
			list := jobs[clock][origin]
			if len(list) == 0 {
				continue
			}
			slices.SortFunc(list, func(a, b job) int { return cmp.Compare(a.plan.Household, b.plan.Household) })
			risk := riskSet{stands: stands, scores: m.Scores[origin], sd: sd[origin], set: set}
			for _, j := range list {
				risk.at = append(risk.at, j.at)
			}
			for _, i := range months[clock] {
				if own := stands[i].OwnPlan; !m.Used[stands[i].Household] && (own == 0 || own > clock) {
					risk.at = append(risk.at, i)
				}
			}
			found, reasons, err := risk.match(len(list))
			if err != nil {
				return nil, err
			}
			for _, f := range found {
				s := Set{ID: len(m.Sets) + 1, Plan: list[f.Treated].plan, Treated: list[f.Treated].at}
				for _, k := range f.Controls {
					c := risk.at[k]
					m.Used[stands[c].Household] = true
					s.Controls, s.Until = append(s.Controls, c), append(s.Until, until(stands[c].OwnPlan))
				}
				m.Sets = append(m.Sets, s)
			}
			for k, reason := range reasons {
				if reason != "" {
					m.Dropped = append(m.Dropped, Dropped{list[k].plan, reason})
				}
			}
		}
	}
	stay := Staying(stands, m.Scores, m.Used)
	for k := range m.Sets {
		s := &m.Sets[k]
		for _, c := range s.Controls {
			s.Stay = append(s.Stay, stay(stands[c].Household, s.Plan.Reported))
		}
	}
	return m, nil
}

// until is the last month before a household's own plan is reported.
func until(own Month) Month {
	if own == 0 {
		return math.MaxInt32
	}
	return own - 1
}

// spread is the root of the mean of the two groups' variances of the logit.
func (s *Scores) spread(stands []Stand, treated []bool) float64 {
	var of [2][]float64
	for i, v := range s.Logit {
		switch {
		case !stands[i].Known1:
		case treated[i]:
			of[1] = append(of[1], v)
		case stands[i].Candidate:
			of[0] = append(of[0], v)
		}
	}
	sum := 0.0
	for _, v := range of {
		if len(v) > 1 {
			sum += stat.Variance(v, nil) / 2
		}
	}
	return math.Sqrt(sum)
}

// riskSet is who can be matched in one month for one origin: places of stands.
type riskSet struct {
	stands []Stand
	scores *Scores
	sd     float64
	set    Settings
	at     []int
}

// match gives sets with places in at, of which the first n are the treated, and for each of these the reason why it has no set, "" when it has.
func (r *riskSet) match(n int) (sets []estimate.MatchSet, reasons []string, err error) {
	reasons = make([]string, n)
	if n == len(r.at) {
		for k := range reasons {
			reasons[k] = "geen kandidaat in die maand"
		}
		return nil, reasons, nil
	}
	treated := make([]bool, len(r.at))
	for k := range n {
		treated[k] = true
	}
	units, err := r.units()
	if err != nil {
		return nil, nil, err
	}
	m, err := units.Match(treated)
	if err != nil {
		return nil, nil, err
	}
	for _, d := range m.Dropped {
		reasons[d.Treated] = map[string]string{estimate.DroppedStratum: "geen kandidaat in dezelfde gemeente en met of zonder kinderen",
			estimate.DroppedCaliper: "geen kandidaat die erop lijkt", estimate.DroppedUsed: "kandidaten die erop lijken horen al bij een ander"}[d.Reason]
	}
	return m.Sets, reasons, nil
}

// units are those of the set, ready for whoever of them is treated.
func (r *riskSet) units() (*estimate.MatchUnits, error) {
	in := estimate.MatchInput{ID: make([]int64, len(r.at)), Stratum: make([]int, len(r.at)), Logit: make([]float64, len(r.at))}
	for k, i := range r.at {
		s := &r.stands[i]
		in.ID[k], in.Logit[k], in.Stratum[k] = s.Household, r.scores.Logit[i], 2*s.Region
		if s.Children {
			in.Stratum[k]++
		}
	}
	opt := estimate.MatchOptions{Controls: r.set.Controls, Spread: estimate.SpreadAll, NoCaliper: !r.scores.Fitted}
	if r.scores.Fitted {
		if here := stat.StdDev(in.Logit, nil); here > 0 && r.sd > 0 {
			opt.Caliper = r.set.Caliper * r.sd / here
		} else {
			opt.NoCaliper = true
		}
	}
	return r.nearest(in, opt)
}

// nearest are units that are near in all covariates, or in fewer where these determine each other in this month.
func (r *riskSet) nearest(in estimate.MatchInput, opt estimate.MatchOptions) (*estimate.MatchUnits, error) {
	var kept []int
	columns := make([][]float64, covariates)
	for j := range covariates {
		column := make([]float64, len(r.at))
		for k, i := range r.at {
			column[k] = r.stands[i].covariate(j, false)
		}
		if slices.ContainsFunc(column, func(v float64) bool { return v != column[0] }) {
			kept, columns[j] = append(kept, j), column
		}
	}
	for _, leave := range append([]int{-1}, giveUp...) {
		kept = slices.DeleteFunc(kept, func(j int) bool { return j == leave })
		in.X = nil
		for _, j := range kept {
			in.X = append(in.X, columns[j])
		}
		if len(in.X) == 0 {
			break
		}
		if u, err := estimate.NewMatchUnits(in, opt); !errors.Is(err, estimate.ErrMatchSingular) {
			return u, err
		}
	}
	opt.Distance = estimate.LogitDistance
	return estimate.NewMatchUnits(in, opt)
}
