package functions

import "testing"

// TestMatureUntil: the last mature month counts with all before it, from the first that is; a month without bills, or that is not covered, tells
// nothing against it (methods 7).
func TestMatureUntil(t *testing.T) {
	const yes = ""
	calendar := []int32{0, 31, 59, 90, 120}
	for name, c := range map[string]struct {
		months []string // reason of each, empty for mature
		want   int      // place of the last, -1: none
	}{
		"all":                    {[]string{yes, yes, yes, yes, yes}, 4},
		"late bills":             {[]string{yes, yes, yes, reasonBound, reasonBound}, 2},
		"one month fails":        {[]string{yes, yes, reasonBound, yes, yes}, 1},
		"nothing came in":        {[]string{yes, yes, reasonNone, yes, reasonBound}, 3},
		"not covered":            {[]string{reasonCover, yes, reasonCover, yes, reasonAhead}, 3},
		"nothing at the end":     {[]string{yes, yes, yes, reasonNone, reasonNone}, 2},
		"begins later":           {[]string{reasonShort, reasonShort, yes, yes, reasonBound}, 3},
		"history too short":      {[]string{reasonShort, reasonShort, reasonShort, reasonShort, reasonShort}, -1},
		"first fails, then gone": {[]string{reasonBound, reasonNone, reasonNone, reasonNone, reasonNone}, -1},
	} {
		r := &runOff{}
		for _, reason := range c.months {
			r.months = append(r.months, monthOf{mature: reason == yes, reason: reason})
		}
		switch got := r.matureUntil(calendar); {
		case got == nil && c.want >= 0, got != nil && c.want < 0, got != nil && *got != calendar[c.want]:
			t.Errorf("%s: %v, want month %d", name, got, c.want)
		}
	}
}

// TestCoveredUntil: of a kind whose months are complete, a month that is not covered ends what is mature.
func TestCoveredUntil(t *testing.T) {
	calendar := []int32{0, 31, 59, 90}
	for name, c := range map[string]struct {
		covered []bool
		want    int // place of the last, -1: none
	}{
		"all": {[]bool{true, true, true, true}, 3}, "begins later": {[]bool{false, true, true, true}, 3}, "a gap": {[]bool{true, true, false, true}, 1},
		"ends": {[]bool{true, true, true, false}, 2}, "none": {[]bool{false, false, false, false}, -1},
	} {
		switch got := (&runOff{covered: c.covered}).coveredUntil(calendar); {
		case got == nil && c.want >= 0, got != nil && c.want < 0, got != nil && *got != calendar[c.want]:
			t.Errorf("%s: %v, want month %d", name, got, c.want)
		}
	}
}
