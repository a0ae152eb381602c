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

// Detectable draws households that nobody treated as if they were, and says what effect the selection could show (methods 4, 7).
// The pool is the ranking's households that are not in maatwerk; drawn are those that a year ago were as dear as the cheapest of
// the selection is now, with children when every chosen household has them. Before is T1, after T0, of the households of now: who
// died or left is not among them, which the sentence beside it says. savings are the expected savings of the plans.
func Detectable(list []Household, chosen []Chosen, savings []int64, seed string) Power {
	p := Power{Households: len(chosen), Plans: len(savings)}
	if len(savings) >= fewest {
		sum := int64(0)
		for _, ct := range savings {
			sum += ct
		}
		mean := int64(math.Round(float64(sum) / float64(len(savings))))
		p.Saving = &mean
	}
	if len(chosen) < 2 {
		p.Why = "een selectie van minder dan twee huishoudens toont niets aan"
		return p
	}
	least := slices.MinFunc(chosen, func(a, b Chosen) int { return cmp.Compare(a.T0, b.T0) }).T0
	kids := !slices.ContainsFunc(chosen, func(c Chosen) bool { return !c.Kids })
	var pool []estimate.Never
	for _, h := range list {
		if h.InPlan {
			continue
		}
		stratum := "zonder kinderen"
		if h.Kids {
			stratum = "met kinderen"
		}
		drawable := h.T1 >= least && (h.Kids || !kids)
		if drawable {
			p.Pool++
		}
		pool = append(pool, estimate.Never{ID: h.ID, Before: h.T1, After: h.T0, Stratum: stratum, Drawable: drawable})
	}
	if p.Pool < fewest {
		p.Why = "te weinig huishoudens die een jaar eerder even duur waren en nooit in maatwerk waren"
		return p
	}
	placebo := estimate.PlaceboDraws(pool, len(chosen), resamples, seed)
	if placebo.Size < 1 || placebo.Single <= 0 {
		p.Why = "te weinig huishoudens om mee te vergelijken"
		return p
	}
	p.SE = rounded(placebo.Single / math.Sqrt(float64(len(chosen))))
	p.Detectable = rounded(estimate.Detectable(placebo.Single, len(chosen)))
	switch {
	case p.Saving == nil:
		p.Why = "minder dan tien plannen met een kosten-batenanalyse: geen verwachte besparing om tegen af te zetten"
	case *p.Saving <= 0:
		p.Why = "de plannen verwachten geen besparing"
	default:
		n, ok := estimate.Needed(placebo.Single, float64(*p.Saving), mostNeeded)
		if p.Needed = n; !ok {
			p.Why = "de verwachte besparing is met geen aantal huishoudens aan te tonen"
		}
	}
	return p
}

func rounded(x float64) *int64 {
	ct := int64(math.Round(x))
	return &ct
}
