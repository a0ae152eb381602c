package effect

import (
	"fmt"
	"math"
	"slices"
)

// Stated is a claim as it was made: a saving over a period, of so many households, perhaps at one payer, perhaps with its cases.
type Stated struct {
	ID         string
	Saving     float64 // eurocents, positive
	Households int
	First      Month // of the period
	Last       Month
	Payer      string // "": all
	Cases      []string
}

// Tested is a claim beside what was found for the same households, eurocents over all of them and the 12 months after their start; savings are positive.
type Tested struct {
	Stated
	Expected, BeforeAfter, Net, Low, High *float64 // Net is the saving less what was spent, Low and High the interval of the saving itself
	Verdict                               ClaimVerdict
	Reason                                string
}

// What a claim has to have to be tested.
const (
	leastInSets   = 0.8 // share of its cases that are in sets
	longestPeriod = 24  // months: households start at different times, and each is followed for 12 months
)

// TestClaim tests one claim by what was found for its own cases: the bracket, unless all were chosen from data. It is not compared with other households, nor
// with a longer time than was measured, and claims are never added up.
func (s *Study) TestClaim(c Stated, payers []Part) Tested {
	t := Tested{Stated: c}
	var sets []Set
	origin := FromData
	for _, set := range s.Sets {
		if slices.Contains(c.Cases, set.Plan.Case) {
			sets = append(sets, set)
			if set.Plan.Origin != FromData {
				origin = FromField
			}
		}
	}
	m := s.measuring(Started)
	list, without := m.All(sets)
	h := headlineOf(list, without, origin)
	n := float64(c.Households)
	inside := true
	for _, a := range list {
		w, _, _ := a.Set.Plan.After(Started, s.Mature, s.Set.LeastMonths)
		inside = inside && w.First >= c.First && w.Last <= c.Last
	}
	claim := Claim{Saving: c.Saving / max(1, n), Population: len(c.Cases) > 0 && float64(len(list)) >= leastInSets*math.Max(n, float64(len(c.Cases))),
		Period: inside && int(c.Last-c.First)+1 <= longestPeriod, Payer: c.Payer == ""}
	fit := h.Fit
	for _, p := range payers {
		if c.Payer != "" && p.Payer == c.Payer && h.Possible {
			claim.Payer = true
			if j, err := s.joint(h, []Part{p}, Started); err == nil {
				fit = Fit{Estimate: j.Estimate[0], SE: math.Sqrt(max(0, j.Covariance[0][0])), DF: j.DF, N: j.N}
				fit.interval()
			}
		}
	}
	claim.Estimate, claim.Low, claim.High, claim.SE, claim.Sets = fit.Estimate, fit.Low, fit.High, fit.SE, h.N
	claim.Interval = h.Possible && h.N >= s.Set.LeastSets && fit.SE > 0
	t.Verdict, t.Reason = JudgeClaim(claim)
	switch {
	case len(c.Cases) == 0:
		t.Reason = "de claim noemt geen plannen, en gaat over andere huishoudens dan die in de gegevens staan"
	case !claim.Population:
		t.Reason = fmt.Sprintf("van de %d plannen zijn er %d in de vergelijking", len(c.Cases), len(list))
	case !claim.Period && inside:
		t.Reason = fmt.Sprintf("de claim gaat over %d maanden, en elk huishouden is 12 maanden gevolgd", int(c.Last-c.First)+1)
	}
	if !claim.Population {
		return t
	}
	total := func(v float64) *float64 {
		v *= -n
		return &v
	}
	if f, err := beforeAfter(list); err == nil && c.Payer == "" {
		t.BeforeAfter = total(f.Estimate)
	}
	expected, known := 0.0, 0
	for _, a := range list {
		if v, ok := s.Expected[a.Set.Plan.Case]; ok {
			expected, known = expected+v, known+1
		}
	}
	if known > 0 && c.Payer == "" {
		t.Expected = total(-expected / float64(known))
	}
	if h.Possible && s.HasSpent && c.Payer == "" {
		spent := s.spentEach(list)
		t.Net = total(fit.Estimate + spent)
	}
	if claim.Interval {
		t.Low, t.High = total(fit.High), total(fit.Low)
	}
	return t
}

// spentEach is what was spent on the plan of a household of these, and its equal part of what was for none.
func (s *Study) spentEach(list []Amounts) float64 {
	own := 0.0
	for _, a := range list {
		own += s.Spent[a.Set.Plan.Case]
	}
	return own/max(1, float64(len(list))) + s.Overhead/max(1, float64(s.started()))
}

// started counts the plans that started, in a set or not.
func (s *Study) started() (n int) {
	for _, set := range s.Sets {
		if set.Plan.Started != 0 {
			n++
		}
	}
	for _, d := range s.Dropped {
		if d.Plan.Started != 0 {
			n++
		}
	}
	return n
}
