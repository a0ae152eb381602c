package estimate

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"math"
	"slices"
)

// ErrVariance is a variance of the cumulative incidence that is none of those there are.
var ErrVariance = errors.New("no variance of a cumulative incidence")

// IncidenceVariance is how the variance of a cumulative incidence is estimated.
type IncidenceVariance string

const (
	// VarianceDelta is by the delta method, as from a multinomial at each time; the default. G.E. Dinse and M.G. Larson, Biometrika 73 (1986), (6);
	// E. Marubini and M.G. Valsecchi, Analysing Survival Data, 1995, chapter 10. Without competing events and censoring it is binomial.
	VarianceDelta IncidenceVariance = "delta"
	// VarianceAalen is by the theory of counting processes: O. Aalen, Annals of Statistics 6 (1978), as R.J. Gray, Annals of Statistics 16 (1988), has it with
	// events that coincide: somewhat larger where few are at risk. What R's cmprsk computes, and what SAS calls AALEN.
	VarianceAalen IncidenceVariance = "aalen"
)

// IncidenceOptions say how variances and intervals are made. Zero values are the defaults.
type IncidenceOptions struct {
	SurvivalOptions
	Variance IncidenceVariance // "" is VarianceDelta
}

// IncidenceRow is what is known after a time at which somebody had an event, of whatever cause, or was lost from sight.
type IncidenceRow struct {
	Time      float64
	AtRisk    int           // followed until this time or longer, without any event before it
	Events    int           // had the event of this cause at this time
	Incidence float64       // F(t): the share that had the event of this cause by this time, were nobody lost from sight
	StdErr    float64       // of Incidence
	Interval  ShareInterval // of Incidence
}

// CauseIncidence is the cumulative incidence of one cause.
type CauseIncidence struct {
	Cause  int
	Events int
	Rows   []IncidenceRow // by time, the same times for every cause
}

// IncidenceFit is an Aalen-Johansen estimate.
type IncidenceFit struct {
	Causes   []CauseIncidence // in ascending order, those of which there are events
	Free     []float64        // the share still without any event, a row of the causes: with the incidences it is 1
	N        int              // followed
	Censored int
	Negative int // left out, for their time is below 0
	Options  IncidenceOptions
}

// CumulativeIncidence is the Aalen-Johansen estimate of the share that had an event of each cause by a time, where an event of one cause rules out
// those of the others. time is how long a unit was followed, in any unit; cause is 0 for lost from sight and above 0 for an event. Times below 0
// are left out and counted. Taking events of the other causes for lost from sight, and 1 minus Kaplan-Meier, would count too many. The interval is on
// the scale of the options applied to the incidence itself: log-log is that of J. Choudhury, Statistics in Medicine 21 (2002). Errors: those of KaplanMeier, and
// ErrVariance. Where nobody had an event there are no causes.
//
// Source: O. Aalen and S. Johansen, Scandinavian Journal of Statistics 5 (1978); J.D. Kalbfleisch and R.L. Prentice, The Statistical Analysis of Failure
// Time Data, 2nd ed. 2002, chapter 8.
func CumulativeIncidence(time []float64, cause []int, opt IncidenceOptions) (*IncidenceFit, error) {
	filled, z, err := opt.filled()
	if err != nil {
		return nil, err
	}
	opt.SurvivalOptions, opt.Variance = filled, cmp.Or(opt.Variance, VarianceDelta)
	if opt.Variance != VarianceDelta && opt.Variance != VarianceAalen {
		return nil, fmt.Errorf("%w: %q", ErrVariance, string(opt.Variance))
	}
	if len(time) != len(cause) {
		return nil, fmt.Errorf("%w: %d times and %d causes", ErrFollowUp, len(time), len(cause))
	}
	steps, negative, err := followSteps(time, cause)
	if err != nil {
		return nil, err
	}
	fit := &IncidenceFit{N: steps[0].atRisk, Negative: negative, Options: opt}
	total := map[int]int{}
	for _, s := range steps {
		fit.Censored += s.censored
		for c, n := range s.byCause {
			total[c] += n
		}
	}
	for _, c := range slices.Sorted(maps.Keys(total)) {
		one := CauseIncidence{Cause: c, Events: total[c]}
		free, sum, v := 1.0, 0.0, incidenceSums{}
		for _, s := range steps {
			if s.events > 0 {
				v.add(opt.Variance, free, float64(s.byCause[c]), float64(s.events), float64(s.atRisk))
				sum += free * float64(s.byCause[c]) / float64(s.atRisk)
				free *= float64(s.atRisk-s.events) / float64(s.atRisk)
			}
			row := IncidenceRow{Time: s.time, AtRisk: s.atRisk, Events: s.byCause[c], Incidence: sum, StdErr: v.stdErr()}
			row.Interval = opt.Scale.interval(row.Incidence, row.StdErr, z)
			one.Rows = append(one.Rows, row)
		}
		fit.Causes = append(fit.Causes, one)
	}
	free := 1.0
	for _, s := range steps {
		free *= float64(s.atRisk-s.events) / float64(s.atRisk)
		fit.Free = append(fit.Free, free)
	}
	return fit, nil
}

// At is the incidence of a cause by time t, its standard error and interval: those of the last row at or before t; before the first 0, without an interval;
// 0 too for a cause without events. ok is false when nobody was followed so long and some are still free: what became of them is not known.
func (f *IncidenceFit) At(cause int, t float64) (incidence, stdErr float64, interval ShareInterval, ok bool) {
	for _, c := range f.Causes {
		i, found := slices.BinarySearchFunc(c.Rows, t, func(r IncidenceRow, t float64) int { return cmp.Compare(r.Time, t) })
		if !found {
			i--
		}
		if last := len(c.Rows) - 1; i == last && t > c.Rows[last].Time && f.Free[last] > 0 {
			return 0, 0, ShareInterval{}, false
		}
		if c.Cause == cause && i >= 0 {
			return c.Rows[i].Incidence, c.Rows[i].StdErr, c.Rows[i].Interval, true
		}
	}
	return 0, 0, ShareInterval{}, len(f.Causes) > 0
}

// incidenceSums are the three sums of the variance, over the times i so far: sum of a_i (F-F_i)², of b_i, and of c_i (F-F_i), with what they need to
// follow F as it grows. Without differences of large numbers, so that nothing is lost however many times there are.
type incidenceSums struct {
	a, aDistance, aSquare float64
	b                     float64
	c, cDistance          float64
}

// incidenceRounding is below any variance of a share that there is among fewer than 30 million.
const incidenceRounding = 1e-15

// add is a time at which k of the cause and d of any cause had the event among n, when free was the share without any before.
func (s *incidenceSums) add(kind IncidenceVariance, free, k, d, n float64) {
	grows := free * k / n
	s.aSquare += 2*grows*s.aDistance + grows*grows*s.a
	s.aDistance += grows * s.a
	s.cDistance += grows * s.c
	own, others := k*(n-k)/n, 0.0 // of one cause, and of the others, among n: binomial
	if kind == VarianceAalen {
		m := max(n-1, 1) // 1 is an event of the last one, which has no variance
		own, others = k*(n-k)/m, (d-k)*(n-d+k)/m
	}
	s.b += free * free * own / (n * n)
	switch {
	case d == n: // nobody is left for whom it could go on
	case kind == VarianceAalen:
		s.a += (own + others) / ((n - d) * (n - d))
		s.c += free * own / (n * (n - d))
	default:
		s.a += d / (n * (n - d))
		s.c += free * k / (n * n)
	}
}

func (s *incidenceSums) stdErr() float64 {
	v := s.aSquare + s.b - 2*s.cDistance
	if v < incidenceRounding {
		return 0
	}
	return math.Sqrt(v)
}
