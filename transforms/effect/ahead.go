package effect

import (
	"math"

	"gonum.org/v1/gonum/stat"

	"stapel/transforms/estimate"
)

// Prospect is what is known of households that could take part, before a programme starts: what they cost in a year in which they could have been chosen, and in
// the year after it, in which nothing was done.
type Prospect struct {
	Households int
	SD         float64 // standard deviation of cost in the year after, eurocents
	Rho        float64 // correlation of both years
}

// fewestAhead is how many households a spread can be said of.
const fewestAhead = 30

// ProspectOf takes the cost in both years of the same households, in one order, eurocents. ok is false below thirty households, or without spread in either year.
func ProspectOf(before, after []float64) (p Prospect, ok bool) {
	p.Households = len(after)
	if len(after) < fewestAhead || len(before) != len(after) {
		return p, false
	}
	p.SD = stat.StdDev(after, nil)
	if !(p.SD > 0) || !(stat.StdDev(before, nil) > 0) {
		return Prospect{Households: p.Households}, false
	}
	p.Rho = stat.Correlation(before, after, nil)
	return p, true
}

// rated is the standard deviation of an amount a year that is measured over so many months: a year's, times sqrt(12/months) in a shorter time. That is what months
// that don't go together at all would give; months that do spread less, so that it errs on the safe side. A longer time is taken for a year.
func (p Prospect) rated(months int) float64 {
	if months >= yearMonths {
		return p.SD
	}
	return p.SD * math.Sqrt(yearMonths/float64(months))
}

// ByLottery is the comparison that a draw of so many from a list gives, adjusted for cost before as Lottery does, over months.
func (p Prospect) ByLottery(drawn, listed, months int) estimate.Arms {
	return estimate.Arms{Treated: drawn, Controls: listed - drawn, SD: p.rated(months), Rho: p.Rho, Covariates: 1}
}

// Matched is what sets can show: of one household and ratio that look like it, adjusted for cost before, over months. The smallest effect and the chance are those of
// Judge, which counts sets.
type Matched struct {
	Sets int
	SE   float64 // eurocents a household a year
}

// ByMatching is the comparison of so many sets of ratio controls: the difference of a set spreads as a household and the mean of ratio others, of
// what cost before does not tell. What else matching looks at can only lower it; weights of controls with a later plan of their own raise it.
func (p Prospect) ByMatching(sets, ratio, months int) Matched {
	return Matched{Sets: sets, SE: estimate.Arms{Treated: sets, Controls: ratio * sets, SD: p.rated(months), Rho: p.Rho}.SE()}
}

// Detectable is the smallest effect that the sets show four times out of five, by the rule that the verdict is by.
func (m Matched) Detectable() float64 { return estimateDetectable(m.SE, m.Sets) }

// Power is the chance that the interval shows an effect.
func (m Matched) Power(effect float64) float64 {
	return estimate.Power(effect, m.SE, float64(m.Sets-1))
}

// Matched sets and draws beyond this many households show nothing that is worth the while.
const mostAhead = 1_000_000

// NeededByLottery is the smallest number to draw, of a list of listed households for each share drawn (2: twice as many on the list), to show an effect; ok is false
// when no number does.
func (p Prospect) NeededByLottery(effect, listed float64, months int) (n int, ok bool) {
	return estimate.NeededArms(effect, mostAhead, func(n int) estimate.Arms { return p.ByLottery(n, Listed(n, listed), months) })
}

// Listed is how many households are on a list of which n are drawn, with times as many on it as are drawn.
func Listed(n int, times float64) int { return int(math.Round(float64(n) * times)) }

// NeededByMatching is the smallest number of sets to show an effect.
func (p Prospect) NeededByMatching(effect float64, ratio, months int) (n int, ok bool) {
	return estimate.Needed(p.ByMatching(1, ratio, months).SE, effect, mostAhead)
}
