package gate

import (
	"strings"
	"testing"

	"stapel/config"
)

func contains(s, part string) bool { return strings.Contains(s, part) }

func testRules() config.Disclosure {
	return config.Disclosure{
		Counts:    config.DisclosureCounts{Minimum: 10, MaxGroupPercent: 90},
		Sums:      config.DisclosureSums{Dominance: []config.Dominance{{N: 1, Percent: 50}, {N: 2, Percent: 85}}, PPercent: 10, SmallPercent: 10},
		Quantiles: config.DisclosureQuantiles{EachSide: 10},
		Secondary: config.DisclosureSecondary{Cost: config.CostHouseholds, Combined: 3, Seconds: 60},
	}
}

// TestLevels holds protection levels to the worked examples 4 and 5 of the Handbook on Statistical Disclosure Control, second edition, chapter 4.2.
func TestLevels(t *testing.T) {
	only := func(f func(s *config.DisclosureSums)) *world {
		r := testRules()
		r.Sums.Dominance, r.Sums.PPercent = nil, 0
		f(&r.Sums)
		return newWorld(r, nil)
	}
	for _, c := range []struct {
		what  string
		w     *world
		of    amount
		level int64
		why   reason
	}{
		// 330 of 300, 20 and 10 is unsafe by (1, 85), and has to be able to be 100/85 x 300 = 352,94
		{"example 4", only(func(s *config.DisclosureSums) { s.Dominance = []config.Dominance{{N: 1, Percent: 85}} }), amount{33000, 33000, 30000, 2000}, 2295, dominated},
		// p/100 x1 - (X - x1 - x2) = 30 - 10
		{"example 5", only(func(s *config.DisclosureSums) { s.PPercent = 10 }), amount{33000, 33000, 30000, 2000}, 2000, estimable},
		{"p% safe", only(func(s *config.DisclosureSums) { s.PPercent = 10 }), amount{35000, 35000, 30000, 2000}, 0, 0},
		{"two largest", only(func(s *config.DisclosureSums) { s.Dominance = []config.Dominance{{N: 2, Percent: 80}} }), amount{10000, 10000, 5000, 4000}, 1250, dominated},
		{"two largest safe", only(func(s *config.DisclosureSums) { s.Dominance = []config.Dominance{{N: 2, Percent: 90}} }), amount{10000, 10000, 5000, 4000}, 0, 0},
		// credits: contributions count without their sign
		{"credits", only(func(s *config.DisclosureSums) { s.Dominance = []config.Dominance{{N: 1, Percent: 50}} }), amount{0, 10000, 6000, 4000}, 2000, dominated},
		{"nothing", only(func(s *config.DisclosureSums) { s.Dominance = []config.Dominance{{N: 1, Percent: 50}} }), amount{}, 0, 0},
	} {
		if level, why := c.w.dominanceLevel(c.of); level != c.level || why != c.why {
			t.Errorf("%s: %d (%v), want %d (%v)", c.what, level, why.names(), c.level, c.why.names())
		}
	}
}
