package costs

import (
	"cmp"
	"slices"

	"stapel/pipeline/reference/people"
)

// Then is a household as it was on the last day of an earlier window, with the declared cost of its members (rules 28).
type Then struct {
	House               *people.House
	Year, Before, After int64  // of the window that ends on that day, the one before it and the one after
	Kids                bool   // someone under 18
	Band                string // by cost in that window
	AboveHalf           int    // of that window and the one before, those at or above half the threshold
}

// Bands are those of cost: households among so many promille of the costliest.
var Bands = []struct {
	Name     string
	Promille int
}{{"top_0.1", 1}, {"top_0.5", 5}, {"top_1", 10}, {"top_2", 20}, {"top_5", 50}, {"top_10", 100}, {"rest", 1000}}

// Then are the households shown of the last day of a window, 1 or 2, the costliest first, then by id. What was before T2 is not known.
func (w *Reference) Then(window int) (out []*Then) {
	byPerson := map[string][3]int64{}
	for _, k := range w.costs {
		if k.basis != "gedeclareerd" {
			continue
		}
		sums := byPerson[k.person]
		for n := range sums {
			sums[n] += k.part[n]
		}
		byPerson[k.person] = sums
	}
	then := people.Then(w.World, w.P.Month(1-12*window)-1)
	for _, h := range then.Houses {
		if h.Away() {
			continue
		}
		t := &Then{House: h}
		for _, who := range h.Members {
			sums := byPerson[who.ID]
			t.Year += sums[window]
			t.After += sums[window-1]
			if window < 2 {
				t.Before += sums[window+1]
			}
			t.Kids = t.Kids || then.Minor(who)
		}
		for _, ct := range []int64{t.Year, t.Before} {
			if 2*ct >= w.Config.Selection.ThresholdEur*100 {
				t.AboveHalf++
			}
		}
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b *Then) int { return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(a.House.ID, b.House.ID)) })
	for i, t := range out {
		for _, b := range slices.Backward(Bands) {
			if i < (len(out)*b.Promille+999)/1000 { // the least whole number at or above so many promille
				t.Band = b.Name
			}
		}
	}
	return out
}
