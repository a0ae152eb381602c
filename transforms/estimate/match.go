package estimate

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
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
	u, err := NewMatchUnits(in, opt)
	if err != nil {
		return nil, err
	}
	return u.Match(in.Treated)
}

// check fills in the defaults and names what does not fit, but for who is treated.
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
	n := len(in.Logit)
	if in.ID != nil && len(in.ID) != n || in.Stratum != nil && len(in.Stratum) != n {
		return bad("%d logits, %d ids, %d strata", n, len(in.ID), len(in.Stratum))
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
	return opt, nil
}

// notFinite is the place of the first value that is no finite number, -1 when all are.
func notFinite(values []float64) int {
	return slices.IndexFunc(values, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
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
