// Package effect says what maatwerk did to cost (methods 7): clocks, matched sets, the estimators side by side, what they rest on and the verdict by
// rule. It is pure: slices and structs in, structs out, with the arithmetic of package estimate. Amounts are eurocents, and an effect is in eurocents a
// household a year, negative when cost went down. Nothing that cannot be said is left out: it has a Reason in Dutch, for whoever reads the marts.
//
// Order of work: Propensity scores households, Match makes sets by month, Measure gives each set its amounts before and after, and Analyse
// makes the rows.
package effect

import (
	"fmt"
	"time"
)

// Month counts calendar months: 12 times the year, plus the month less one. 0 is no month.
type Month int

// MonthOf is the month of a year.
func MonthOf(year int, month time.Month) Month { return Month(12*year + int(month) - 1) }

func (m Month) String() string { return fmt.Sprintf("%04d-%02d", int(m)/12, int(m)%12+1) }

// Clock says from which moment months after are counted.
type Clock string

// Started counts from the month of the start, for plans that started: the effect on the treated. Reported counts from the month in which the plan was
// reported, for all plans, started or not: intention to treat.
const (
	Started  Clock = "gestart"
	Reported Clock = "aangemeld"
)

// Clocks are both, the one that decides first.
var Clocks = []Clock{Started, Reported}

// Origins of a plan. Lottery draws are no origin: they have an estimator of their own.
const (
	FromData  = "data"
	FromField = "veld"
	AllOrigin = "alle" // data, veld and unknown counted together; never the figure that decides
)

// yearMonths are the months that a rate is for.
const yearMonths = 12

// Settings are what is fixed before a run; Defaults has those of methods 7.
type Settings struct {
	LeastMonths  int     // months after that a set needs
	Caliper      float64 // standard deviations of the logit
	Controls     int     // for each treated household at most
	LeastSets    int     // below it there are amounts, and no intervals
	Draws        int     // of the placebo in space
	LotDraws     int     // assignments that a lottery is compared with
	BootDraws    int     // of the bootstrap over sets
	CapShare     float64 // quantile of the pool's yearly cost at which costs are capped
	PlaceboShare float64 // of the estimate, that the placebo's mean may be
	PeakShare    float64 // of the estimate, that families of the field may cost more than before when they are reported
	PoolMost     int     // households in the pool of the placebo
	LeastCohort  int     // treated of a half year, for the staggered estimator
	Seed         string
	Shares       []float64 // of the expected saving that would have come anyway, or is hoped rather than known
}

// Defaults are the settings of methods 7.
func Defaults() Settings {
	return Settings{LeastMonths: 6, Caliper: 0.2, Controls: 3, LeastSets: 10, Draws: 999, LotDraws: 9999, BootDraws: 999, CapShare: 0.99,
		PlaceboShare: 0.25, PeakShare: 0.25, PoolMost: 20_000,
		LeastCohort: 10, Seed: "effect", Shares: []float64{0, 0.25, 0.40}}
}
