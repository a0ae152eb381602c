package estimate

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// What survival functions refuse.
var (
	// ErrFollowUp is follow-up that can't be read as such: slices of other lengths, a time that is no number, a cause below 0.
	ErrFollowUp = errors.New("no follow-up")
	// ErrNobodyFollowed is that nobody has a time of 0 or more.
	ErrNobodyFollowed = errors.New("nobody was followed")
	// ErrConfidence is a confidence that is not between 0 and 1.
	ErrConfidence = errors.New("confidence outside (0, 1)")
	// ErrScale is a scale that is none of those there are.
	ErrScale = errors.New("no scale for an interval")
)

// ShareScale is the scale on which the interval of a share is symmetric before it is put back on the share itself.
type ShareScale string

const (
	ScaleLogLog ShareScale = "log-log" // log(-log share): always within (0, 1); the default
	ScaleLog    ShareScale = "log"     // log share, cut off at 1: the default of R's survfit
	ScalePlain  ShareScale = "plain"   // the share itself, cut off at 0 and 1
)

// SurvivalOptions say how intervals are made. Zero values are the defaults.
type SurvivalOptions struct {
	Confidence float64    // two-sided; 0 is 0,95
	Scale      ShareScale // "" is ScaleLogLog
}

// filled are the options with their defaults, and the quantile of the normal distribution that goes with them.
func (o SurvivalOptions) filled() (SurvivalOptions, float64, error) {
	o.Confidence, o.Scale = cmp.Or(o.Confidence, 0.95), cmp.Or(o.Scale, ScaleLogLog)
	if !(o.Confidence > 0 && o.Confidence < 1) {
		return o, 0, fmt.Errorf("%w: %v", ErrConfidence, o.Confidence)
	}
	if !slices.Contains([]ShareScale{ScaleLogLog, ScaleLog, ScalePlain}, o.Scale) {
		return o, 0, fmt.Errorf("%w: %q", ErrScale, string(o.Scale))
	}
	return o, distuv.UnitNormal.Quantile(0.5 + o.Confidence/2), nil
}

// ShareInterval is an interval of a share, both from 0 to 1. It is not known where the share is 0 or 1: there is no variance then to make it of.
type ShareInterval struct {
	Low, High float64
	Known     bool
}

// interval is share ± z err on the scale.
func (s ShareScale) interval(share, err, z float64) ShareInterval {
	if share <= 0 || share >= 1 || err <= 0 {
		return ShareInterval{}
	}
	i := ShareInterval{Known: true}
	switch s {
	case ScalePlain:
		i.Low, i.High = share-z*err, share+z*err
	case ScaleLog:
		by := math.Exp(z * err / share)
		i.Low, i.High = share/by, share*by
	default:
		by := math.Exp(z * err / (share * -math.Log(share)))
		i.Low, i.High = math.Pow(share, by), math.Pow(share, 1/by)
	}
	i.Low, i.High = max(i.Low, 0), min(i.High, 1)
	return i
}

// SurvivalTime is a time that is reached or not: not when too many are left at the end of what was seen.
type SurvivalTime struct {
	Time    float64
	Reached bool
}

// SurvivalRow is a time at which somebody had the event or was lost from sight.
type SurvivalRow struct {
	Time     float64
	AtRisk   int           // followed until this time or longer, without the event before it
	Events   int           // had the event at this time
	Censored int           // lost from sight at this time, after the events of it
	Survival float64       // S(t): the share still without the event after this time
	StdErr   float64       // standard error of Survival, Greenwood's
	Interval ShareInterval // of Survival
}

// KaplanMeierFit is a product-limit estimate.
type KaplanMeierFit struct {
	Rows     []SurvivalRow // by time, each time once
	N        int           // followed: AtRisk of the first row
	Events   int
	Censored int
	Negative int // left out, for their time is below 0
	Options  SurvivalOptions
}

// KaplanMeier is the product-limit estimate of the share that is still without an event, with Greenwood's variance. time is how long a
// unit was followed, in any unit, event whether it ended with the event; otherwise it was lost from sight then (censored), and counts as
// at risk when the events of that time happened. Times below 0 are left out and counted. Censoring is taken to tell nothing about the
// event that would have come. Errors: ErrFollowUp, ErrNobodyFollowed, ErrConfidence, ErrScale.
//
// Source: E.L. Kaplan and P. Meier, Journal of the American Statistical Association 53 (1958); M. Greenwood, Reports on Public Health and Medical Subjects
// 33 (1926); the scales of the interval: J.D. Kalbfleisch and R.L. Prentice, The Statistical Analysis of Failure Time Data, 2nd ed. 2002, chapter 1.
func KaplanMeier(time []float64, event []bool, opt SurvivalOptions) (*KaplanMeierFit, error) {
	opt, z, err := opt.filled()
	if err != nil {
		return nil, err
	}
	if len(time) != len(event) {
		return nil, fmt.Errorf("%w: %d times, and %d that say whether there was an event", ErrFollowUp, len(time), len(event))
	}
	cause := make([]int, len(event))
	for i, e := range event {
		if e {
			cause[i] = 1
		}
	}
	steps, negative, err := followSteps(time, cause)
	if err != nil {
		return nil, err
	}
	fit := &KaplanMeierFit{N: steps[0].atRisk, Negative: negative, Options: opt}
	left, greenwood := 1.0, 0.0
	for _, s := range steps {
		if s.events > 0 {
			left *= float64(s.atRisk-s.events) / float64(s.atRisk)
			greenwood += float64(s.events) / (float64(s.atRisk) * float64(s.atRisk-s.events))
		}
		row := SurvivalRow{Time: s.time, AtRisk: s.atRisk, Events: s.events, Censored: s.censored, Survival: left}
		if left > 0 { // at 0 nobody can vary any more
			row.StdErr = left * math.Sqrt(greenwood)
		}
		row.Interval = opt.Scale.interval(row.Survival, row.StdErr, z)
		fit.Rows = append(fit.Rows, row)
		fit.Events += s.events
		fit.Censored += s.censored
	}
	return fit, nil
}

// At is the survival after time t, its standard error and interval: those of the last row at or before t; before the first 1, without an interval.
// ok is false when nobody was followed so long and not all had the event: what became of them is not known.
func (k *KaplanMeierFit) At(t float64) (survival, stdErr float64, interval ShareInterval, ok bool) {
	i, found := slices.BinarySearchFunc(k.Rows, t, func(r SurvivalRow, t float64) int { return cmp.Compare(r.Time, t) })
	if !found {
		i--
	}
	if i < 0 {
		return 1, 0, ShareInterval{}, true
	}
	row := k.Rows[i]
	if i == len(k.Rows)-1 && t > row.Time && row.Survival > 0 {
		return 0, 0, ShareInterval{}, false
	}
	return row.Survival, row.StdErr, row.Interval, true
}

// survivalRounding takes rounding in a product of fractions for what it is: 0,5 is at most 0,5.
const survivalRounding = 1e-12

// Quantile is the smallest time after which at most 1-p is still without the event; p is between 0 and 1, 0,5 for the median. Its interval is that of
// all times at which the interval of the survival holds 1-p: low is the smallest time at which the lower bound is at most 1-p, high that at which
// the upper bound is. A bound is not reached where too many are left, nor where nobody is left at once, of which there is no interval.
//
// Source: R. Brookmeyer and J. Crowley, Biometrics 38 (1982), by the interval of the options.
func (k *KaplanMeierFit) Quantile(p float64) (at, low, high SurvivalTime) {
	reach := func(t *SurvivalTime, time, share float64) {
		if !t.Reached && share <= 1-p+survivalRounding {
			*t = SurvivalTime{time, true}
		}
	}
	for _, r := range k.Rows {
		reach(&at, r.Time, r.Survival)
		if r.Interval.Known {
			reach(&low, r.Time, r.Interval.Low)
			reach(&high, r.Time, r.Interval.High)
		}
	}
	return at, low, high
}

// Median is Quantile(0.5): the smallest time with S(t) <= 0,5.
func (k *KaplanMeierFit) Median() (at, low, high SurvivalTime) { return k.Quantile(0.5) }

// followStep is a time with what happened at it.
type followStep struct {
	time                     float64
	atRisk, events, censored int
	byCause                  map[int]int
}

// followOrder are the places of times that count, those of 0 or more. A cause of 0 is lost from sight.
func followOrder(time []float64, cause []int) (order []int, negative int, err error) {
	for i, t := range time {
		switch {
		case math.IsNaN(t) || math.IsInf(t, 0):
			return nil, 0, fmt.Errorf("%w: the time at place %d is no number", ErrFollowUp, i)
		case cause != nil && cause[i] < 0:
			return nil, 0, fmt.Errorf("%w: the cause at place %d is %d", ErrFollowUp, i, cause[i])
		case t < 0:
			negative++
		default:
			order = append(order, i)
		}
	}
	if len(order) == 0 {
		return nil, negative, fmt.Errorf("%w: %d times, %d below 0", ErrNobodyFollowed, len(time), negative)
	}
	return order, negative, nil
}

// followSteps counts by time.
func followSteps(time []float64, cause []int) (steps []followStep, negative int, err error) {
	order, negative, err := followOrder(time, cause)
	if err != nil {
		return nil, negative, err
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Or(cmp.Compare(time[a], time[b]), cmp.Compare(a, b)) })
	for n, i := range order {
		if n == 0 || steps[len(steps)-1].time != time[i] {
			steps = append(steps, followStep{time: time[i], atRisk: len(order) - n, byCause: map[int]int{}})
		}
		s := &steps[len(steps)-1]
		if cause[i] == 0 {
			s.censored++
		} else {
			s.events++
			s.byCause[cause[i]]++
		}
	}
	return steps, negative, nil
}
