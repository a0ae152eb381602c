package estimate

import "math"

// Tally is how often a value was seen.
type Tally struct {
	Value, Count int64
}

// Quantile is the value below which a part p of what was seen lies, with a straight line between two neighbours (Hyndman and Fan's type 7, the
// default of R). values are in ascending order, each once; ok is false when nothing was seen.
//
// Source: R.J. Hyndman and Y. Fan, The American Statistician 50 (1996).
func Quantile(values []Tally, p float64) (q float64, ok bool) {
	var n int64
	for _, v := range values {
		n += v.Count
	}
	if n == 0 {
		return 0, false
	}
	at := p * float64(n-1)
	low := int64(math.Floor(at))
	a, b := nth(values, low), nth(values, min(low+1, n-1))
	return float64(a) + (at-float64(low))*float64(b-a), true
}

// nth is the value at a place, from 0.
func nth(values []Tally, place int64) int64 {
	for _, v := range values {
		if place < v.Count {
			return v.Value
		}
		place -= v.Count
	}
	panic("estimate: a place after the last value")
}
