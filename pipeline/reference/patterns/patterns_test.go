package patterns

import (
	"fmt"
	"math"
	"testing"

	"stapel/config"
	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
)

// TestWorkedExample is the example of docs/methods.md: 10 couples of whom 4 have debts, 5 a housing problem and 3 both, and 20 people alone of
// whom 2, 4 and 1.
func TestWorkedExample(t *testing.T) {
	w := &World{People: &people.People{World: &lines.World{Config: &config.Config{}}}, garwoods: map[int64]interval{}}
	var list []now
	add := func(kind string, members, n int, debts, housing bool) {
		for range n {
			h := &household{House: &people.House{Members: make([]*people.Person, members)}, kind: kind}
			list = append(list, now{h, []bool{debts, housing}, []bool{true, true}})
		}
	}
	add("5", 4, 3, true, true)
	add("5", 4, 1, true, false)
	add("5", 4, 2, false, true)
	add("5", 4, 4, false, false)
	add("1", 1, 1, true, true)
	add("1", 1, 1, true, false)
	add("1", 1, 3, false, true)
	add("1", 1, 15, false, false)
	r := w.pattern(list, []string{"schulden", "woonproblematiek"}, []int{0, 1})
	got := fmt.Sprintf("%s %d %d %.2f %.2f %.2f %.2f", r.Set, r.Judged, r.Seen, *r.Expected, *r.Lift, *r.Low, *r.High)
	if want := "schulden+woonproblematiek 30 4 2.40 1.67 0.45 4.27"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	list[0].known[0], list[3].known[1], list[9].known[1] = false, false, false // of the third nothing shows, and debts are known to be absent
	r = w.pattern(list, []string{"schulden", "woonproblematiek"}, []int{0, 1})
	if r.Shown != 4 || r.Judged != 27 || r.Seen != 3 || r.Unknown != 1 {
		t.Errorf("%+v", r)
	}
}

// TestNumbers: by hand, or as published.
func TestNumbers(t *testing.T) {
	w := &World{garwoods: map[int64]interval{}}
	for what, x := range map[string]struct{ got, want float64 }{
		"the lower bound of 25 (GraphPad QuickCalcs)": {w.garwood(25).low, 16.18}, "the upper": {w.garwood(25).high, 36.90},
		"the upper bound of 0": {w.garwood(0).high, 3.689}, "the lower": {w.garwood(0).low, 0},
		"the lower bound of 81 of 263 (Newcombe 1998)": {clopperPearson(81, 263).low, 0.2527}, "the upper of 263": {clopperPearson(81, 263).high, 0.3676},
		"no more than all": {clopperPearson(3, 3).high, 1}, "three of three": {clopperPearson(3, 3).low, math.Cbrt(0.025)},
		"one of eight": {signTest(1, 8), 18. / 256}, "four of eight": {signTest(4, 8), 1},
		"three or more of one": {poissonAtLeast(3, 1), 1 - 2.5/math.E}, "none or more": {poissonAtLeast(0, 7), 1},
		"a quarter": {*quartile([]int64{100, 81, 1, 4, 9, 16, 25, 36, 49, 64}, 1), 10.75}, "three quarters": {*quartile([]int64{100, 81, 1, 4, 9, 16, 25, 36, 49, 64}, 3), 60.25},
		"half, with one that is lost": {*median([]wait{{1, true}, {1, true}, {4, true}, {5, true}, {6, false}, {9, true}, {9, false}, {22, true}, {-2, true}}), 5},
		"the fourth q-value of four":  {discoveries([]float64{0.01, 0.04, 0.03, 0.02}, 4)[1], 0.04}, "of eight": {discoveries([]float64{0.01, 0.9, 0.03, 0.02}, 8)[3], 0.08},
		"half a cent below 0": {float64(halfAway(-5, 2)), -3}, "half a cent": {float64(halfAway(5, 2)), 3},
	} {
		if math.Abs(x.got-x.want) > 0.005*math.Abs(x.want) && math.Abs(x.got-x.want) > 5e-5 {
			t.Errorf("%s: %v, want %v", what, x.got, x.want)
		}
	}
	if median([]wait{{3, true}, {9, false}, {9, false}}) != nil || quartile(nil, 2) != nil {
		t.Error("there is a median of what more than half still waits for, or of nothing")
	}
}
