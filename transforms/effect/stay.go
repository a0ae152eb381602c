package effect

import (
	"math"
	"slices"
)

// Step is what a household that nobody treated yet counts for from a month on.
type Step struct {
	Month  Month
	Weight float64
}

// mostWeight is what one control may count for at most.
const mostWeight = 10

// Staying gives, for each of some households from a month on, what it counts for while it is not treated: one over the chance that it would not have been by
// then, given what it cost at each moment of choice. Who becomes expensive is treated and drops out of the controls; those who stay and are alike then
// count for them (J. Robins and D. Finkelstein, Biometrics 56, 2000; M. Hernán and others, Journal of the American Statistical Association 96, 2001). Without
// it controls look cheaper than treated households would have been. Chances are those of the propensities of all origins; of one that could not
// be fitted there is none. Weights are held to 10.
func Staying(stands []Stand, scores map[string]*Scores, households map[int64]bool) func(household int64, after Month) []Step {
	type row struct {
		month  Month
		chance float64
	}
	rows := map[int64][]row{}
	for i := range stands {
		s := &stands[i]
		if !s.Known1 || !households[s.Household] {
			continue
		}
		stays := 1.0
		for _, origin := range sortedKeys(scores) {
			if of := scores[origin]; of.Fitted {
				stays *= 1 / (1 + math.Exp(of.Logit[i]))
			}
		}
		rows[s.Household] = append(rows[s.Household], row{s.Month, stays})
	}
	for _, list := range rows {
		slices.SortFunc(list, func(a, b row) int { return int(a.month - b.month) })
	}
	return func(household int64, after Month) (out []Step) {
		chance := 1.0
		for _, r := range rows[household] {
			if r.month <= after {
				continue
			}
			chance *= r.chance
			out = append(out, Step{r.month, min(mostWeight, 1/chance)})
		}
		return out
	}
}

// weightAt is what a household counts for in a month.
func weightAt(steps []Step, m Month) float64 {
	w := 1.0
	for _, s := range steps {
		if s.Month > m {
			break
		}
		w = s.Weight
	}
	return w
}
