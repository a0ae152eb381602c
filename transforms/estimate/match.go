package estimate

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"

	"gonum.org/v1/gonum/stat"
)

// MatchDistance is how far apart two units are, among those within the caliper.
type MatchDistance string

// The distances. RankMahalanobis is the default.
const (
	// RankMahalanobis is the squared Mahalanobis distance of ranks (Rosenbaum, Design of Observational Studies, 2010, section 8.3):
	// ranks over all units, ties averaged, and their covariance rescaled so that every variance is that of untied ranks. An outlier
	// then does not make a covariate count for little, nor does a rare binary one count for much.
	RankMahalanobis MatchDistance = "rank-mahalanobis"
	// Mahalanobis is the squared Mahalanobis distance, with the covariance over all units (Rubin, Biometrics 36, 1980).
	Mahalanobis MatchDistance = "mahalanobis"
	// LogitDistance is the absolute difference of the logit.
	LogitDistance MatchDistance = "logit"
)

// CaliperSpread is the standard deviation of the logit that a caliper is a multiple of.
type CaliperSpread string

// The spreads. SpreadWithin is the default.
const (
	// SpreadWithin is the root of the mean of the two groups' variances (Rosenbaum and Rubin, The American Statistician 39, 1985).
	SpreadWithin CaliperSpread = "within"
	// SpreadAll is over all units together (Rosenbaum 2010, chapter 13).
	SpreadAll CaliperSpread = "all"
)

// MatchInput is the units to be matched, treated and candidates together, one value per unit in every slice.
type MatchInput struct {
	Treated []bool
	ID      []int64     // orders units that tie, each once; nil: their order in the input
	Stratum []int       // treated and controls are of one stratum; nil: one stratum
	Logit   []float64   // of the propensity, or any other score: the window and the order
	X       [][]float64 // X[j] is covariate j; not read for LogitDistance
}

// MatchOptions are how to match; the zero value is three controls each, without replacement, the rank-based distance, 0,2 SD.
type MatchOptions struct {
	Distance  MatchDistance
	Controls  int           // for each treated unit at most; 0: 3
	Replace   bool          // a control may serve more than one treated unit
	Rounds    bool          // all treated units choose one control, then all a second; default: each chooses all of its own in turn
	Caliper   float64       // in standard deviations of the logit; 0: 0,2
	NoCaliper bool          // the whole stratum is within reach
	Spread    CaliperSpread // which standard deviation
}

// Why a treated unit has no control.
const (
	// DroppedStratum: its stratum has no candidate.
	DroppedStratum = "no candidate in the stratum"
	// DroppedCaliper: no candidate of its stratum lies within the caliper.
	DroppedCaliper = "no candidate within the caliper"
	// DroppedUsed: those within the caliper serve other treated units.
	DroppedUsed = "all candidates within the caliper are used"
)

// MatchSet is a treated unit and its controls, as places in the input, nearest control first.
type MatchSet struct {
	Treated  int
	Controls []int
	Distance []float64 // one per control: squared for the Mahalanobis distances, else in units of the logit
}

// MatchDrop is a treated unit that has no control, as its place in the input, and why.
type MatchDrop struct {
	Treated int
	Reason  string
}

// Matching is who was matched with whom.
type Matching struct {
	Sets       []MatchSet  // in the order in which they were matched
	Dropped    []MatchDrop // likewise
	Treated    int         // units, matched or not
	Candidates int         // units that could serve
	Used       int         // candidates that serve, each once
	Partial    int         // sets with fewer controls than asked
	Width      float64     // of the caliper, in units of the logit; +Inf without one
	Condition  float64     // of the covariance that the distance was made with; 1 for LogitDistance
	Options    MatchOptions
}

// Errors of Match.
var (
	// ErrMatchInput: slices that do not fit each other, a number that is none, an option that means nothing.
	ErrMatchInput = errors.New("matching: input does not fit")
	// ErrMatchEmpty: nobody treated, or nobody to match with.
	ErrMatchEmpty = errors.New("matching: a group is empty")
	// ErrMatchSingular: a covariate that is constant or follows from the others leaves the distance undefined.
	ErrMatchSingular = errors.New("matching: covariance is singular")
)

// sameDistance is what two distances may differ by in rounding and still be a tie; they are compared as multiples of it.
const sameDistance = 1e-9

// Match gives each treated unit its nearest candidates, greedily: exact strata, then the window on the logit, then the distance.
// Who is treated and most likely to be comes first: by descending logit, then by id. Of candidates equally near, to 1e-9, the lower
// id serves. A treated unit keeps what it finds when that is less than asked; without any it is dropped, with the reason. Each
// treated unit makes one set. The work is one pass over a treated unit's window: no matrix of distances is held, only the covariates
// once or (ranks) twice more.
//
// Source: Rosenbaum, Design of Observational Studies, 2010, chapters 8 and 13; the greedy order is that of MatchIt (Ho, Imai,
// King and Stuart, Journal of Statistical Software 42(8), 2011, method "nearest").
func Match(in MatchInput, opt MatchOptions) (*Matching, error) {
	opt, err := in.check(opt)
	if err != nil {
		return nil, err
	}
	s, err := newMatchSpace(in, opt)
	if err != nil {
		return nil, err
	}
	m := &Matching{Treated: len(s.treated), Candidates: len(s.candidates), Width: s.width, Condition: s.condition, Options: opt}
	sets := make([]MatchSet, len(s.treated))
	reasons := make([]string, len(s.treated))
	rounds, each := 1, opt.Controls
	if opt.Rounds {
		rounds, each = opt.Controls, 1
	}
	for range rounds {
		for at, i := range s.treated {
			reasons[at] = s.choose(i, each, &sets[at])
		}
	}
	for at, i := range s.treated {
		sets[at].Treated = i
		switch n := len(sets[at].Controls); {
		case n == 0:
			m.Dropped = append(m.Dropped, MatchDrop{i, reasons[at]})
			continue
		case n < opt.Controls:
			m.Partial++
		}
		m.Sets = append(m.Sets, sets[at])
	}
	for _, times := range s.used {
		if times > 0 {
			m.Used++
		}
	}
	return m, nil
}

// check fills in the defaults and names what does not fit.
func (in MatchInput) check(opt MatchOptions) (MatchOptions, error) {
	bad := func(format string, args ...any) (MatchOptions, error) {
		return opt, fmt.Errorf("%w: %s", ErrMatchInput, fmt.Sprintf(format, args...))
	}
	opt.Distance, opt.Spread = cmp.Or(opt.Distance, RankMahalanobis), cmp.Or(opt.Spread, SpreadWithin)
	opt.Controls, opt.Caliper = cmp.Or(opt.Controls, 3), cmp.Or(opt.Caliper, 0.2)
	switch {
	case opt.Controls < 0:
		return bad("%d controls", opt.Controls)
	case !(opt.Caliper > 0) || math.IsInf(opt.Caliper, 1):
		return bad("caliper %v", opt.Caliper)
	case !slices.Contains([]MatchDistance{RankMahalanobis, Mahalanobis, LogitDistance}, opt.Distance):
		return bad("distance %q", opt.Distance)
	case !slices.Contains([]CaliperSpread{SpreadWithin, SpreadAll}, opt.Spread):
		return bad("spread %q", opt.Spread)
	}
	n := len(in.Treated)
	if len(in.Logit) != n || in.ID != nil && len(in.ID) != n || in.Stratum != nil && len(in.Stratum) != n {
		return bad("%d units, %d logits, %d ids, %d strata", n, len(in.Logit), len(in.ID), len(in.Stratum))
	}
	columns := in.X
	if opt.Distance == LogitDistance {
		columns = nil
	} else if len(columns) == 0 {
		return bad("no covariates for distance %q", opt.Distance)
	}
	for j, column := range columns {
		if len(column) != n {
			return bad("covariate %d has %d values for %d units", j, len(column), n)
		}
		if i := notFinite(column); i >= 0 {
			return bad("covariate %d of unit %d is %v", j, i, column[i])
		}
	}
	if i := notFinite(in.Logit); i >= 0 {
		return bad("logit of unit %d is %v", i, in.Logit[i])
	}
	if in.ID != nil {
		sorted := slices.Sorted(slices.Values(in.ID))
		for i := 1; i < n; i++ {
			if sorted[i] == sorted[i-1] {
				return bad("id %d is there twice", sorted[i])
			}
		}
	}
	treated := 0
	for _, t := range in.Treated {
		if t {
			treated++
		}
	}
	if treated == 0 || treated == n {
		return opt, fmt.Errorf("%w: %d treated, %d candidates", ErrMatchEmpty, treated, n-treated)
	}
	return opt, nil
}

// notFinite is the place of the first value that is no finite number, -1 when all are.
func notFinite(values []float64) int {
	return slices.IndexFunc(values, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
}

// matchSpace holds the candidates by stratum, logit and id, with their covariates made such that the plain squared distance between
// two rows is the one asked for.
type matchSpace struct {
	in         MatchInput
	opt        MatchOptions
	treated    []int          // places in the input, in the order in which they choose
	candidates []int          // places in the input, by stratum, logit and id
	logit      []float64      // of candidates, in that order
	strata     map[int][2]int // where a stratum begins and ends in candidates
	rows       []float64      // p numbers per candidate, in that order
	own        []float64      // p numbers per treated unit, in the order of treated
	ownAt      map[int]int    // the place of a unit in treated
	p          int
	width      float64
	condition  float64
	used       []int // times that a candidate serves
	found      []neighbour
}

// neighbour is a candidate at a distance.
type neighbour struct {
	at       int
	distance float64
}

func newMatchSpace(in MatchInput, opt MatchOptions) (*matchSpace, error) {
	s := &matchSpace{in: in, opt: opt, strata: map[int][2]int{}, ownAt: map[int]int{}, condition: 1}
	var inGroup [2][]float64
	for i, t := range in.Treated {
		if t {
			s.treated, inGroup[0] = append(s.treated, i), append(inGroup[0], in.Logit[i])
		} else {
			s.candidates, inGroup[1] = append(s.candidates, i), append(inGroup[1], in.Logit[i])
		}
	}
	var err error
	if s.width, err = caliperWidth(in.Logit, inGroup, opt); err != nil {
		return nil, err
	}
	slices.SortFunc(s.treated, func(a, b int) int {
		return cmp.Or(cmp.Compare(in.Logit[b], in.Logit[a]), cmp.Compare(in.id(a), in.id(b)))
	})
	slices.SortFunc(s.candidates, func(a, b int) int {
		return cmp.Or(cmp.Compare(in.stratum(a), in.stratum(b)), cmp.Compare(in.Logit[a], in.Logit[b]), cmp.Compare(in.id(a), in.id(b)))
	})
	s.logit = make([]float64, len(s.candidates))
	for at, i := range s.candidates {
		s.logit[at] = in.Logit[i]
		span, ok := s.strata[in.stratum(i)]
		if !ok {
			span[0] = at
		}
		span[1] = at + 1
		s.strata[in.stratum(i)] = span
	}
	for at, i := range s.treated {
		s.ownAt[i] = at
	}
	s.used = make([]int, len(s.candidates))
	if opt.Distance != LogitDistance {
		err = s.place()
	}
	return s, err
}

func (in MatchInput) id(i int) int64 {
	if in.ID == nil {
		return int64(i)
	}
	return in.ID[i]
}

func (in MatchInput) stratum(i int) int {
	if in.Stratum == nil {
		return 0
	}
	return in.Stratum[i]
}

// caliperWidth is the half width of the window, in units of the logit.
func caliperWidth(logit []float64, inGroup [2][]float64, opt MatchOptions) (float64, error) {
	if opt.NoCaliper {
		return math.Inf(1), nil
	}
	if opt.Spread == SpreadAll {
		return opt.Caliper * stat.StdDev(logit, nil), nil
	}
	if len(inGroup[0]) < 2 || len(inGroup[1]) < 2 {
		return 0, fmt.Errorf("%w: a caliper within groups of %d and %d units", ErrMatchInput, len(inGroup[0]), len(inGroup[1]))
	}
	return opt.Caliper * math.Sqrt((stat.Variance(inGroup[0], nil)+stat.Variance(inGroup[1], nil))/2), nil
}

// choose adds up to n controls to the set of treated unit i, and says why when there is none.
func (s *matchSpace) choose(i, n int, set *MatchSet) (reason string) {
	span, ok := s.strata[s.in.stratum(i)]
	if !ok {
		return DroppedStratum
	}
	own := s.in.Logit[i]
	from, to := span[0], span[1]
	if !math.IsInf(s.width, 1) {
		// within is decided by the difference itself, as a reader would, and not by a rounded bound
		stratum := s.logit[span[0]:span[1]]
		from = span[0] + sort.Search(len(stratum), func(k int) bool { return own-stratum[k] <= s.width })
		to = span[0] + sort.Search(len(stratum), func(k int) bool { return stratum[k]-own > s.width })
	}
	if from >= to {
		return DroppedCaliper
	}
	mine := func(at int) bool { return slices.Contains(set.Controls, s.candidates[at]) }
	s.found = s.found[:0]
	limit := math.Inf(1)
	for at := from; at < to; at++ {
		if !s.opt.Replace && s.used[at] > 0 || s.opt.Replace && s.opt.Rounds && mine(at) {
			continue
		}
		d := s.distance(i, at, limit)
		if d > limit+sameDistance {
			continue
		}
		s.keep(neighbour{at, math.Round(d/sameDistance) * sameDistance}, n)
		if len(s.found) == n {
			limit = s.found[n-1].distance
		}
	}
	for _, f := range s.found {
		s.used[f.at]++
		set.Controls, set.Distance = append(set.Controls, s.candidates[f.at]), append(set.Distance, f.distance)
	}
	if len(s.found) == 0 {
		return DroppedUsed
	}
	return ""
}

// keep puts a candidate among the n nearest found so far.
func (s *matchSpace) keep(c neighbour, n int) {
	at, _ := slices.BinarySearchFunc(s.found, c, func(a, b neighbour) int {
		return cmp.Or(cmp.Compare(a.distance, b.distance), cmp.Compare(s.in.id(s.candidates[a.at]), s.in.id(s.candidates[b.at])))
	})
	if at >= n {
		return
	}
	s.found = slices.Insert(s.found, at, c)
	s.found = s.found[:min(len(s.found), n)]
}

// distance is from treated unit i to the candidate at a place; what exceeds limit need not be exact.
func (s *matchSpace) distance(i, at int, limit float64) float64 {
	if s.opt.Distance == LogitDistance {
		return math.Abs(s.in.Logit[i] - s.logit[at])
	}
	own := s.own[s.ownAt[i]*s.p:][:s.p]
	row := s.rows[at*s.p:][:s.p]
	sum := 0.0
	for j, v := range own {
		d := v - row[j]
		sum += d * d
		if sum > limit+sameDistance {
			break
		}
	}
	return sum
}

// Weights are one per unit of the input, n in all: 1 for a treated unit that is matched, the sum over its sets of one over
// the set's number of controls for a control, else 0. The weights of the controls add up to the number of sets.
func (m *Matching) Weights(n int) []float64 {
	w := make([]float64, n)
	for _, set := range m.Sets {
		w[set.Treated] = 1
		for _, c := range set.Controls {
			w[c] += 1 / float64(len(set.Controls))
		}
	}
	return w
}

// Differences are one per set, in their order: the treated unit's value minus the mean of its controls', in the unit of y, which
// has a value per unit of the input.
func (m *Matching) Differences(y []float64) []float64 {
	d := make([]float64, len(m.Sets))
	for k, set := range m.Sets {
		sum := 0.0
		for _, c := range set.Controls {
			sum += y[c]
		}
		d[k] = y[set.Treated] - sum/float64(len(set.Controls))
	}
	return d
}
