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

// Follow is how long something was followed, in days, and whether it ended with the event or was lost from sight.
type Follow struct {
	Days  int64
	Event bool
}

// MedianSurvival is the least number of days after which at most half is still without the event, by the product-limit estimate; ok is
// false when more than half still is at the end. Who is lost from sight on a day was still there when the events of that day happened. Days below
// 0 are left out.
//
// Source: E.L. Kaplan and P. Meier, Journal of the American Statistical Association 53 (1958).
func MedianSurvival(list []Follow) (days int64, ok bool) {
	events, gone := map[int64]int64{}, map[int64]int64{}
	var atRisk, last int64
	for _, f := range list {
		if f.Days < 0 {
			continue
		}
		atRisk++
		gone[f.Days]++
		if f.Event {
			events[f.Days]++
		}
		last = max(last, f.Days)
	}
	left := 1.0
	for day := int64(0); day <= last && atRisk > 0; day++ {
		if d := events[day]; d > 0 {
			left *= 1 - float64(d)/float64(atRisk)
			if left <= 0.5+1e-12 {
				return day, true
			}
		}
		atRisk -= gone[day]
	}
	return 0, false
}
