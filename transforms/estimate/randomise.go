package estimate

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/combin"
)

// RandomiseStatistic is what is compared over the assignments.
type RandomiseStatistic string

// The statistics. RandomiseDifference is the default.
const (
	// RandomiseDifference is the difference in means, treated minus control; over strata their mean by number of units.
	RandomiseDifference RandomiseStatistic = "difference"
	// RandomiseStudentised is that over its standard error (Neyman's, unequal variances): its test holds, in large samples, for the null of
	// no average effect too (Chung and Romano, Annals of Statistics 41, 2013). Two units of either arm in every stratum are needed.
	RandomiseStudentised RandomiseStatistic = "studentised"
)

// RandomiseOptions are how to test; the zero value is the difference in means, 9.999 draws, 95%, and all assignments up to 200.000.
type RandomiseOptions struct {
	Statistic  RandomiseStatistic
	Draws      int     // 0: 9.999
	Seed       string  // any text; equal seeds give equal draws
	Confidence float64 // of the interval, two-sided; 0: 0,95
	MostExact  int     // enumerate when there are no more assignments than this; 0: 200.000, below 0: never
}

// RandomiseFit is the test of no effect on anyone, and what effect, the same for all, cannot be rejected.
type RandomiseFit struct {
	Estimate    float64 // the difference in means, in the unit of the outcome
	T           float64 // the statistic
	P           float64 // two-sided: the share of assignments with |T| as large
	Greater     float64 // one-sided: with T as large
	Less        float64 // one-sided: with T as small
	Low, High   float64 // the effects that are not rejected, two one-sided tests; by the difference in means, whatever the statistic
	HasInterval bool    // false where there are too few assignments to reject any effect at the confidence
	Treated     int
	Control     int
	Strata      int
	Assignments float64 // possible ones, to float64's precision
	Compared    int     // all of them, or the draws
	Exact       bool    // all were compared; else P, Greater and Less have one added above and below the line
	Options     RandomiseOptions
}

// Errors of RandomisationInference.
var (
	// ErrRandomiseInput: slices that do not fit each other, a number that is none, an option that means nothing.
	ErrRandomiseInput = errors.New("randomisation: input does not fit")
	// ErrRandomiseStratum: a stratum without the treated or controls that the statistic needs.
	ErrRandomiseStratum = errors.New("randomisation: a stratum has too few units")
	// ErrRandomiseSpread: the outcomes do not vary, so that no assignment differs from another.
	ErrRandomiseSpread = errors.New("randomisation: outcomes do not vary")
)

// RandomisationInference compares the statistic with what it would have been under every assignment that could have been drawn: in each
// stratum (nil: one) as many treated as there are, each choice as likely. Pairs are strata of two. That is exact under the hypothesis
// that nobody's outcome depends on the treatment, without any model. The interval inverts it: effects, equal for all, that once taken
// off the treated are not rejected at half the remaining probability on either side. Statistics that differ by rounding are ties,
// and a tie counts as at least as large.
//
// With t the effect, the difference in means under assignment a is D(y, a) - t D(z, a), z being who was treated; it reaches the observed
// one up to t = (D(y) - D(y, a)) / (1 - D(z, a)), so that the bounds are ordered values of these, and no search is needed. For pairs
// they are Hartigan's typical values (Journal of the American Statistical Association 64, 1969).
//
// Source: Fisher, The Design of Experiments, 1935, chapters 2 and 3; Imbens and Rubin, Causal Inference, 2015, chapter 5; the one that is
// added, Phipson and Smyth, Statistical Applications in Genetics and Molecular Biology 9, 2010.
func RandomisationInference(y []float64, treated []bool, stratum []int, opt RandomiseOptions) (*RandomiseFit, error) {
	opt.Statistic, opt.Draws = cmp.Or(opt.Statistic, RandomiseDifference), cmp.Or(opt.Draws, 9999)
	opt.Confidence, opt.MostExact = cmp.Or(opt.Confidence, 0.95), cmp.Or(opt.MostExact, 200_000)
	r, err := newRandomiser(y, treated, stratum, opt)
	if err != nil {
		return nil, err
	}
	fit := &RandomiseFit{Strata: len(r.strata), Assignments: 1, Options: opt}
	for _, s := range r.strata {
		fit.Treated += s.treated
		fit.Control += len(s.units) - s.treated
		fit.Assignments *= binomial(len(s.units), s.treated)
	}
	observed := r.observed()
	fit.Estimate, fit.T = observed.difference, observed.statistic(opt.Statistic)
	var all []compared
	if fit.Exact = fit.Assignments <= float64(opt.MostExact); fit.Exact {
		all = r.enumerate()
	} else {
		all = make([]compared, opt.Draws)
		InParallel(opt.Draws, func(b int) { all[b] = r.draw(NewStream(opt.Seed + ":" + strconv.Itoa(b))) })
	}
	fit.Compared = len(all)
	fit.count(all, observed, r.spread)
	return fit, nil
}

// compared is an assignment's difference in means, of the outcome and of who was treated, and the variance of the former.
type compared struct{ difference, overlap, variance float64 }

func (c compared) plus(d compared) compared {
	return compared{c.difference + d.difference, c.overlap + d.overlap, c.variance + d.variance}
}

func (c compared) statistic(s RandomiseStatistic) float64 {
	switch {
	case s == RandomiseDifference:
		return c.difference
	case c.variance > 0:
		return c.difference / math.Sqrt(c.variance)
	case c.difference == 0:
		return 0
	default:
		return math.Inf(int(math.Copysign(1, c.difference)))
	}
}

// count fills in the probabilities and the interval.
func (f *RandomiseFit) count(all []compared, observed compared, spread float64) {
	slack := roundOff * spread
	if f.Options.Statistic == RandomiseStudentised {
		slack = roundOff * (1 + math.Abs(f.T))
	}
	var bounds []float64 // the effect up to which each assignment reaches the observed difference
	var two, greater, less, same float64
	for _, c := range all {
		t := c.statistic(f.Options.Statistic)
		if math.Abs(t) >= math.Abs(f.T)-slack {
			two++
		}
		if t >= f.T-slack {
			greater++
		}
		if t <= f.T+slack {
			less++
		}
		if away := 1 - c.overlap; away > roundOff {
			bounds = append(bounds, (observed.difference-c.difference)/away)
		} else {
			same++ // the observed assignment itself: it reaches its own difference whatever the effect
		}
	}
	n := float64(len(all))
	if !f.Exact {
		two, greater, less, same, n = two+1, greater+1, less+1, same+1, n+1
	}
	f.P, f.Greater, f.Less = two/n, greater/n, less/n
	// an effect is kept while more than half the rest of the probability lies on its side
	k := int(math.Floor((1-f.Options.Confidence)/2*n+roundOff)) + 1 - int(same)
	if f.HasInterval = k >= 1 && k <= len(bounds); f.HasInterval {
		slices.Sort(bounds)
		f.Low, f.High = bounds[k-1], bounds[len(bounds)-k]
	}
}

// randomStratum is a stratum: the outcomes of its units from their mean, who was treated, and its weight.
type randomStratum struct {
	units      []float64
	wasTreated []float64
	treated    int
	weight     float64
}

type randomiser struct {
	strata []randomStratum
	spread float64 // the largest deviation of an outcome from its stratum's mean
}

func newRandomiser(y []float64, treated []bool, stratum []int, opt RandomiseOptions) (*randomiser, error) {
	bad := func(format string, args ...any) (*randomiser, error) {
		return nil, fmt.Errorf("%w: %s", ErrRandomiseInput, fmt.Sprintf(format, args...))
	}
	if len(y) != len(treated) || stratum != nil && len(stratum) != len(y) || len(y) == 0 {
		return bad("%d outcomes, %d assignments, %d strata", len(y), len(treated), len(stratum))
	}
	if i := notFinite(y); i >= 0 {
		return bad("outcome of unit %d is %v", i, y[i])
	}
	if opt.Draws < 1 || !(opt.Confidence > 0 && opt.Confidence < 1) || opt.Statistic != RandomiseDifference && opt.Statistic != RandomiseStudentised {
		return bad("%d draws, confidence %v, statistic %q", opt.Draws, opt.Confidence, opt.Statistic)
	}
	if stratum == nil {
		stratum = make([]int, len(y))
	}
	least := 1
	if opt.Statistic == RandomiseStudentised {
		least = 2
	}
	r := &randomiser{}
	for _, members := range membersOf(len(y), stratum) {
		s := randomStratum{weight: float64(len(members)) / float64(len(y))}
		for _, i := range members {
			s.units = append(s.units, y[i])
			was := 0.0
			if treated[i] {
				was = 1
				s.treated++
			}
			s.wasTreated = append(s.wasTreated, was)
		}
		if control := len(members) - s.treated; s.treated < least || control < least {
			return nil, fmt.Errorf("%w: stratum %d has %d treated and %d controls, at least %d are needed",
				ErrRandomiseStratum, stratum[members[0]], s.treated, control, least)
		}
		mean := stat.Mean(s.units, nil)
		for k := range s.units {
			s.units[k] -= mean
			r.spread = max(r.spread, math.Abs(s.units[k]))
		}
		r.strata = append(r.strata, s)
	}
	if r.spread == 0 {
		return nil, ErrRandomiseSpread
	}
	return r, nil
}

// compare is what a stratum adds when the units at these places are the treated.
func (s randomStratum) compare(places []int) compared {
	n1 := float64(len(places))
	n0 := float64(len(s.units)) - n1
	var sum, squares, overlap, total, totalSquares float64
	for _, v := range s.units {
		total += v
		totalSquares += v * v
	}
	for _, k := range places {
		sum += s.units[k]
		squares += s.units[k] * s.units[k]
		overlap += s.wasTreated[k]
	}
	rest := total - sum
	c := compared{difference: s.weight * (sum/n1 - rest/n0), overlap: s.weight * (overlap/n1 - (float64(s.treated)-overlap)/n0)}
	if n1 > 1 && n0 > 1 {
		own := max(0, squares-sum*sum/n1) / (n1 - 1) / n1
		other := max(0, totalSquares-squares-rest*rest/n0) / (n0 - 1) / n0
		c.variance = s.weight * s.weight * (own + other)
	}
	return c
}

func (r *randomiser) observed() (c compared) {
	for _, s := range r.strata {
		var places []int
		for k, was := range s.wasTreated {
			if was == 1 {
				places = append(places, k)
			}
		}
		c = c.plus(s.compare(places))
	}
	return c
}

// enumerate is every assignment: each choice of a stratum with each of the strata before it.
func (r *randomiser) enumerate() []compared {
	all := []compared{{}}
	for _, s := range r.strata {
		var own []compared
		choices := combin.NewCombinationGenerator(len(s.units), s.treated)
		for places := make([]int, s.treated); choices.Next(); {
			own = append(own, s.compare(choices.Combination(places)))
		}
		next := make([]compared, 0, len(all)*len(own))
		for _, before := range all {
			for _, c := range own {
				next = append(next, before.plus(c))
			}
		}
		all = next
	}
	return all
}

func (r *randomiser) draw(stream *Stream) (c compared) {
	for _, s := range r.strata {
		places := indicesTo(len(s.units))
		Shuffle(stream, places, s.treated)
		c = c.plus(s.compare(places[:s.treated]))
	}
	return c
}
