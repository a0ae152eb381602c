package effect

import (
	"errors"

	"stapel/transforms/estimate"
)

// Entrant is a household that took part in a draw, with its yearly cost before and after the month of the draw, whether it was drawn or not and whatever
// became of it then.
type Entrant struct {
	Household     int64
	Stratum       int // draw and stratum, numbered
	Drawn         bool
	Before, After float64
	Served        bool // it has a plan that started
}

// LotteryFit is the effect of having been drawn: intention to treat.
type LotteryFit struct {
	Adjusted Fit // Lin
	Plain    Fit // difference of means
	RandomP  float64
	Low      float64 // effects, the same for all, that randomisation does not reject
	High     float64
	HasRange bool
	Drawn    int
	Rest     int
	Served   int // of the drawn
	Crossed  int // of the rest
	Strata   int
}

// Lottery compares who was drawn with who was not. Adjusted is Lin's estimator on cost before and, where there are more than one, strata; RandomP is exact
// under the hypothesis that being drawn does nothing to anyone, with draws as they were made, within strata.
func Lottery(entrants []Entrant, set Settings) (*LotteryFit, error) {
	f := &LotteryFit{}
	n := len(entrants)
	y, before, drawn, stratum := make([]float64, n), make([]float64, n), make([]bool, n), make([]int, n)
	strata := map[int]int{}
	for i, e := range entrants {
		y[i], before[i], drawn[i], stratum[i] = e.After, e.Before, e.Drawn, e.Stratum
		strata[e.Stratum]++
		switch {
		case e.Drawn:
			f.Drawn++
			if e.Served {
				f.Served++
			}
		default:
			f.Rest++
			if e.Served {
				f.Crossed++
			}
		}
	}
	f.Strata = len(strata)
	x := [][]float64{before}
	labels := sortedKeys(strata)
	for _, label := range labels[min(1, len(labels)):] {
		column := make([]float64, n)
		for i := range entrants {
			if stratum[i] == label {
				column[i] = 1
			}
		}
		x = append(x, column)
	}
	lin, err := estimate.Lin(y, drawn, x, estimate.LinOptions{})
	if errors.Is(err, estimate.ErrCollinear) {
		lin, err = estimate.Lin(y, drawn, x[:1], estimate.LinOptions{})
	}
	if errors.Is(err, estimate.ErrCollinear) {
		lin, err = estimate.Lin(y, drawn, nil, estimate.LinOptions{})
	}
	if err != nil {
		return nil, err
	}
	f.Adjusted = Fit{Estimate: lin.Effect, SE: lin.SE, DF: lin.DF, N: n, Condition: lin.Condition}
	f.Adjusted.interval()
	f.Plain = Fit{Estimate: lin.Difference, SE: lin.PlainSE, DF: float64(n - 2), N: n}
	f.Plain.interval()
	change := make([]float64, n)
	for i := range change {
		change[i] = y[i] - before[i]
	}
	random, err := estimate.RandomisationInference(change, drawn, stratum, estimate.RandomiseOptions{Seed: set.Seed + ":loting", Draws: set.LotDraws})
	if err != nil {
		return nil, err
	}
	f.RandomP, f.Low, f.High, f.HasRange = random.P, random.Low, random.High, random.HasInterval
	f.Adjusted.P = random.P
	return f, nil
}
