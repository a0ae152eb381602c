package selection

import (
	"cmp"
	"math"
	"slices"

	"stapel/transforms/estimate"
)

// Power is what effect a selection could show at all, before anything is done. Amounts are eurocents a household a year.
type Power struct {
	Households int    `json:"huishoudens"`      // of the selection
	Pool       int    `json:"vergelijkbaar"`    // households that were never in maatwerk and as dear a year earlier as the selection is now
	SE         *int64 `json:"standaardfout_ct"` // of the mean effect, nil when it cannot be said
	Detectable *int64 `json:"kleinst_aantoonbaar_ct"`
	Saving     *int64 `json:"verwachte_besparing_ct"` // mean over plans with a cost-benefit analysis
	Plans      int    `json:"plannen"`                // so many
	Needed     int    `json:"nodig"`                  // households to show that saving, 0 when it cannot be said
	Why        string `json:"reden,omitempty"`        // Dutch: why something cannot be said
}

const (
	resamples  = 999
	fewest     = 10        // households in the pool, or plans, below which nothing is said
	mostNeeded = 1_000_000 // beyond so many households an effect is not to be shown
)

// A Pool is what is kept of households that nobody treated, to draw from as if they were treated: the ranking's that are not in maatwerk.
// Drawn are those that a year ago were as dear as the cheapest of the selection is now, with children when every chosen household has them.
// Of the cheaper ones only the dearest are kept that a draw can ever reach, so that the pool is as large as what is dear, not as the ranking.
type Pool struct {
	chosen  int
	least   int64
	kids    bool
	dear    []estimate.Never
	cheaper map[string][]estimate.Never // by stratum
}

// NewPool is the pool to hold a selection against.
func NewPool(chosen []Chosen) *Pool {
	p := &Pool{chosen: len(chosen), cheaper: map[string][]estimate.Never{}, kids: !slices.ContainsFunc(chosen, func(c Chosen) bool { return !c.Kids })}
	if len(chosen) > 0 {
		p.least = slices.MinFunc(chosen, func(a, b Chosen) int { return cmp.Compare(a.T0, b.T0) }).T0
	}
	return p
}

// Add adds a household of the ranking. Before is T1, after T0, of the households of now: who died or left is not among them, which the sentence
// beside the figure says.
func (p *Pool) Add(h Household) {
	if h.InPlan || p.kids && !h.Kids {
		return
	}
	u := estimate.Never{ID: h.ID, Before: h.T1, After: h.T0, Stratum: "zonder kinderen", Drawable: h.T1 >= p.least}
	if h.Kids {
		u.Stratum = "met kinderen"
	}
	if u.Drawable {
		p.dear = append(p.dear, u)
		return
	}
	kept := append(p.cheaper[u.Stratum], u)
	if reach := estimate.Reach(p.chosen); len(kept) > 2*reach+1000 {
		slices.SortFunc(kept, func(a, b estimate.Never) int { return cmp.Or(cmp.Compare(b.Before, a.Before), cmp.Compare(b.ID, a.ID)) })
		kept = kept[:reach]
	}
	p.cheaper[u.Stratum] = kept
}

// Power says what effect the selection could show (methods 4, 7). savings are the expected savings of the plans.
func (p *Pool) Power(savings []int64, seed string) Power {
	out := Power{Households: p.chosen, Plans: len(savings)}
	if len(savings) >= fewest {
		sum := int64(0)
		for _, ct := range savings {
			sum += ct
		}
		mean := int64(math.Round(float64(sum) / float64(len(savings))))
		out.Saving = &mean
	}
	if p.chosen < 2 {
		out.Why = "een selectie van minder dan twee huishoudens toont niets aan"
		return out
	}
	if out.Pool = len(p.dear); out.Pool < fewest {
		out.Why = "te weinig huishoudens die een jaar eerder even duur waren en nooit in maatwerk waren"
		return out
	}
	placebo := estimate.PlaceboDraws(slices.Concat(p.dear, p.cheaper["met kinderen"], p.cheaper["zonder kinderen"]), p.chosen, resamples, seed)
	if placebo.Size < 1 || placebo.Single <= 0 {
		out.Why = "te weinig huishoudens om mee te vergelijken"
		return out
	}
	out.SE = rounded(placebo.Single / math.Sqrt(float64(p.chosen)))
	out.Detectable = rounded(estimate.Detectable(placebo.Single, p.chosen))
	switch {
	case out.Saving == nil:
		out.Why = "minder dan tien plannen met een kosten-batenanalyse: geen verwachte besparing om tegen af te zetten"
	case *out.Saving <= 0:
		out.Why = "de plannen verwachten geen besparing"
	default:
		n, ok := estimate.Needed(placebo.Single, float64(*out.Saving), mostNeeded)
		if out.Needed = n; !ok {
			out.Why = "de verwachte besparing is met geen aantal huishoudens aan te tonen"
		}
	}
	return out
}

func rounded(x float64) *int64 {
	ct := int64(math.Round(x))
	return &ct
}
