package estimator

import "stapel/transforms/estimate"

// interval is from low to high, of which a side that is open or unknown is null.
type interval struct {
	Low  *float64 `json:"laag"`
	High *float64 `json:"hoog"`
}

func intervalOf(low, high float64) *interval { return &interval{known(low), known(high)} }

// shareInterval is nil when it is not known.
func shareInterval(i estimate.ShareInterval) *interval {
	if !i.Known {
		return nil
	}
	return intervalOf(i.Low, i.High)
}

// timeOf is nil when it was not reached.
func timeOf(t estimate.SurvivalTime) *float64 {
	if !t.Reached {
		return nil
	}
	return &t.Time
}

// confidenceOf is an option that is 0,95 where it is left out.
func confidenceOf(v *float64) error {
	if *v == 0 {
		*v = 0.95
	}
	if !(*v > 0 && *v < 1) {
		return misfit("betrouwbaarheid", "between 0 and 1")
	}
	return nil
}
