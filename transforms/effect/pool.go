package effect

import (
	"math"
	"slices"
)

// PoolUnit is an untreated household in one month of those in which plans were reported, with a plan as it could have been.
type PoolUnit struct {
	At     int     // place among the stands
	Weight float64 // what it counts for, as it was never treated (Staying)
	Plan   Plan    // its months are those of a plan that was reported in the month, chosen by hash
}

// Pool are households that nobody ever treated and that lie where the treated of some origin do: they show what happens without maatwerk. A household is
// in it in one month, chosen by hash by how many plans were reported in each in which it could have been chosen; of more than Settings.PoolMost those
// with the lowest hash are kept. Whether a household became a control does not matter.
func Pool(sets *Sets, stands []Stand, set Settings) []PoolUnit {
	plans := map[Month][]Plan{}
	lowest := map[string]float64{} // logit of the treated
	for _, s := range sets.Sets {
		plans[s.Plan.Reported] = append(plans[s.Plan.Reported], s.Plan)
		v := sets.Scores[s.Plan.Origin].Logit[s.Treated]
		if was, ok := lowest[s.Plan.Origin]; ok {
			v = min(v, was)
		}
		lowest[s.Plan.Origin] = v
	}
	near := func(i int) bool {
		for origin, v := range lowest {
			if sets.Scores[origin].Logit[i] >= v {
				return true
			}
		}
		return false
	}
	rows := map[int64][]int{}
	for i := range stands {
		s := &stands[i]
		if s.Candidate && s.OwnPlan == 0 && s.Known1 && len(plans[s.Month]) > 0 && near(i) {
			rows[s.Household] = append(rows[s.Household], i)
		}
	}
	seed, other := seedOf(set.Seed+":maand"), seedOf(set.Seed+":plan")
	var at []int
	for household, list := range rows {
		all := 0
		for _, i := range list {
			all += len(plans[stands[i].Month])
		}
		slices.Sort(list)
		place := float64(mix(seed, household)>>11) / (1 << 53) * float64(all)
		chosen := list[len(list)-1]
		for _, i := range list {
			if place -= float64(len(plans[stands[i].Month])); place < 0 {
				chosen = i
				break
			}
		}
		at = append(at, chosen)
	}
	slices.Sort(at)
	byHash(stands, at, seedOf(set.Seed+":reservoir"))
	if len(at) > set.PoolMost {
		at = at[:set.PoolMost]
	}
	slices.Sort(at)
	out := make([]PoolUnit, len(at))
	households := map[int64]bool{}
	for _, i := range at {
		households[stands[i].Household] = true
	}
	stay := Staying(stands, sets.Scores, households)
	for k, i := range at {
		own := plans[stands[i].Month]
		p := own[mix(other, stands[i].Household)%uint64(len(own))]
		weight := weightAt(stay(stands[i].Household, stands[i].Month), math.MaxInt32)
		out[k] = PoolUnit{i, weight, Plan{Household: stands[i].Household, Origin: p.Origin, Reported: p.Reported, Started: p.Started}}
	}
	return out
}

// measurePool gives, per unit, its amounts by itself; ok is false where they are not known.
func (m Measuring) measurePool(pool []PoolUnit) (out []Amounts, ok []bool) {
	out, ok = make([]Amounts, len(pool)), make([]bool, len(pool))
	for k, u := range pool {
		s := &Set{Plan: u.Plan, Treated: u.At}
		a, reason := m.Measure(s)
		out[k], ok[k] = a, reason == ""
	}
	return out, ok
}

// capOf is the quantile of yearly cost after in the pool, at which costs are capped; +Inf without a pool.
func capOf(list []Amounts, ok []bool, share float64) float64 {
	var after []float64
	for k, a := range list {
		if ok[k] {
			after = append(after, a.TreatedAfter)
		}
	}
	if len(after) == 0 {
		return math.Inf(1)
	}
	slices.Sort(after)
	return after[min(len(after)-1, int(math.Ceil(share*float64(len(after))))-1)]
}
