package effect

import (
	"cmp"
	"errors"
	"math"
	"slices"

	"stapel/transforms/estimate"
)

// Stand is a household on the first day of a month in which a plan was reported: the household of such a plan, or one that nobody treated by then and
// that could have been chosen. Cost is declared, in eurocents, of the persons who formed it on that day.
type Stand struct {
	Household   int64
	Month       Month
	Case        string // plan that was reported in Month; "" without one
	Candidate   bool   // it could be a control: nobody of it had a plan by the end of Month
	Children    bool
	Region      int // gemeente or group of them
	Persons     int
	Oldest      int   // age in years
	Ingredients int   // active on that day
	OwnPlan     Month // in which a plan of its own is reported, now or later; 0 never
	Known1      bool  // the year before is covered in whole
	Known2      bool  // the year before that too
	Before1     int64 // cost of the 12 months before Month
	Before2     int64 // of the 12 before these
	Quarter     int64 // of the last 3 months
	Domains     [4]int64
}

// Plan is a maatwerk plan.
type Plan struct {
	Case      string
	Household int64
	Origin    string // FromData, FromField or ""
	Reported  Month
	Started   Month // 0: not
	Excluded  string
}

// Errors of Propensity and Match.
var (
	// ErrNobody is a group without treated households, or without candidates.
	ErrNobody = errors.New("nobody to match")
)

const covariates = 12

// covariate gives a value of a household; costs grow by their logarithm where log is set, for a logit is linear.
func (s *Stand) covariate(j int, log bool) float64 {
	money := func(ct int64) float64 {
		if log {
			return math.Copysign(math.Log1p(math.Abs(float64(ct))/100_000), float64(ct)) // thousands of euros
		}
		return float64(ct)
	}
	before2 := s.Before2
	if !s.Known2 {
		before2 = s.Before1
	}
	switch j {
	case 0:
		return money(s.Before1)
	case 1:
		return money(before2)
	case 2:
		return money(4 * s.Quarter)
	case 3:
		return float64(s.Persons)
	case 4:
		return float64(s.Oldest)
	case 5:
		return float64(s.Ingredients)
	case 6:
		return money(s.Before1 - before2)
	case 11:
		if s.Known2 {
			return 0
		}
		return 1
	}
	return money(s.Domains[j-7])
}

// Kenmerken are the names of the covariates, in their order.
var Kenmerken = [covariates]string{"kosten_jaar_voor", "kosten_tweede_jaar_voor", "kosten_laatste_kwartaal", "personen", "oudste_leeftijd",
	"ingredienten", "trend", "kosten_wmo", "kosten_jeugd", "kosten_participatie", "kosten_zvw", "tweede_jaar_onbekend"}

// inEuro says which covariates are money; kosten_laatste_kwartaal is at a year's rate.
func inEuro(j int) bool { return j <= 2 || j >= 6 && j <= 10 }

// mix is a number of a household that nobody chose: the finaliser of SplitMix64 (G. Steele, D. Lea and C. Flood, OOPSLA 2014). It is for orders of a
// million households, where a stream each is slow.
func mix(seed uint64, household int64) uint64 {
	z := uint64(household) + seed
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

func seedOf(seed string) uint64 { return estimate.NewStream(seed).Uint64() }

// byHash sorts places of stands by the hash of their household, then month.
func byHash(stands []Stand, at []int, seed uint64) {
	type key struct {
		hash uint64
		at   int
	}
	keys := make([]key, len(at))
	for k, i := range at {
		keys[k] = key{mix(seed, stands[i].Household), i}
	}
	slices.SortFunc(keys, func(a, b key) int {
		if c := cmp.Compare(a.hash, b.hash); c != 0 {
			return c
		}
		return cmp.Or(cmp.Compare(stands[a.at].Household, stands[b.at].Household), cmp.Compare(stands[a.at].Month, stands[b.at].Month))
	})
	for k := range keys {
		at[k] = keys[k].at
	}
}
