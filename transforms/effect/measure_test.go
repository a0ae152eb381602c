package effect_test

import (
	"math"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"stapel/transforms/effect"
)

// line is a series from January 2022 of these amounts for each of some months.
func line(parts ...[2]float64) *effect.Series {
	s := &effect.Series{From: month(2022, 1)}
	for _, p := range parts {
		for range int(p[1]) {
			s.Value = append(s.Value, p[0])
		}
	}
	return s
}

// TestMeasure is a panel worked out by hand. The treated household is reported in January 2024 and starts in February; months after are March to
// February 2025, of which those up to November 2024, nine, are mature. Before it cost 100 a month (2022: 50), after it 40; its controls cost 90 and 30
// before, and 60 and 40 after. The second is reported itself in September 2024, and has six months; from March on the first counts for 1,25.
//
// March to August: the controls change by (1,25 * -30 + 10) / 2 = -13,75 on average; September to November by 1,25 * -30 / 2 = -18,75. The mean over nine
// months
// is (6 * -13,75 + 3 * -18,75) / 9 = -15,4167 a month, or -185 a year.
func TestMeasure(t *testing.T) {
	series := []*effect.Series{line([2]float64{50, 12}, [2]float64{100, 12}, [2]float64{999, 2}, [2]float64{40, 24}),
		line([2]float64{20, 12}, [2]float64{90, 12}, [2]float64{999, 2}, [2]float64{60, 24}), line([2]float64{10, 12}, [2]float64{30, 12}, [2]float64{999,
			2}, [2]float64{40, 24})}
	set := &effect.Set{Plan: effect.Plan{Reported: month(2024, 1), Started: month(2024, 2)}, Treated: 0, Controls: []int{1, 2},
		Until: []effect.Month{math.MaxInt32, month(2024, 8)}, Stay: [][]effect.Step{{{Month: month(2024, 3), Weight: 1.25}}, nil}}
	m := effect.Measuring{Clock: effect.Started, Mature: month(2024, 11), Least: 6, Scale: 12, Series: func(place int) *effect.Series { return series[place] }}
	a, reason := m.Measure(set)
	if reason != "" || a.Months != 9 || a.Censored != 3 {
		t.Fatalf("%q, %d months, %d without", reason, a.Months, a.Censored)
	}
	for name, v := range map[string][2]float64{"treated before": {a.TreatedBefore, 1200}, "treated after": {a.TreatedAfter, 480},
		"controls before": {a.ControlBefore, 720},
		"controls after":  {a.ControlAfter, 535}, "change": {a.Change(), -720 + 185}, "lag": {a.Lags[0], 480}, "quarter": {a.Lags[1],
			480}, "second lag": {a.Lags[2], 600 - 180}} {
		if math.Abs(v[0]-v[1]) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, v[0], v[1])
		}
	}
	if !a.LagKnown {
		t.Error("the second year is known")
	}
	m.Mature = month(2024, 7)
	if _, reason = m.Measure(set); reason != "te weinig complete maanden" {
		t.Errorf("five months: %q", reason)
	}
	m.Mature = month(2024, 11)
	series[0].Covered = make([]bool, len(series[0].Value))
	for k := range series[0].Covered {
		series[0].Covered[k] = k < 30 // March to June 2024
	}
	if _, reason = m.Measure(set); reason != "te weinig maanden waarin beide groepen bekend zijn" {
		t.Errorf("four months are covered: %q", reason)
	}
	m.Fill = true
	if a, reason = m.Measure(set); reason != "" || a.Uncovered != 5 || math.Abs(a.TreatedAfter-12*(4*40+5*100)/9.) > 1e-9 {
		t.Errorf("%q: with what it cost before it cost %v, %d months of that", reason, a.TreatedAfter, a.Uncovered)
	}
	m.Fill, m.Cap = false, 1000
	series[0].Covered = nil
	if a, _ = m.Measure(set); a.TreatedBefore != 1000 || a.ControlBefore != 720 {
		t.Errorf("capped at 1000: %v and %v", a.TreatedBefore, a.ControlBefore)
	}
}

// TestMatchProperties: whatever the households, sets hold what is promised.
func TestMatchProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		clocks := []effect.Month{month(2023, 1), month(2023, 4)}
		var stands []effect.Stand
		var plans []effect.Plan
		n := rapid.IntRange(8, 60).Draw(t, "households")
		for h := range n {
			own := effect.Month(0)
			if rapid.IntRange(0, 4).Draw(t, "treated") == 0 {
				own = clocks[rapid.IntRange(0, 1).Draw(t, "clock")]
			}
			children, region := rapid.Bool().Draw(t, "children"), rapid.IntRange(0, 1).Draw(t, "region")
			cost := rapid.Int64Range(0, 100_000_00).Draw(t, "cost")
			for k, clock := range clocks {
				if own != 0 && own < clock {
					continue
				}
				s := effect.Stand{Household: int64(h + 1), Month: clock, Children: children, Region: region, Persons: 2, Oldest: 30 + h%7, OwnPlan: own,
					Known1: h%9 > 0, Known2: h%3 > 0,
					Before1: cost + int64(k), Before2: cost / 2, Quarter: cost / 4, Candidate: own != clock}
				if own == clock {
					s.Case = "c" + strconv.Itoa(h)
					plans = append(plans, effect.Plan{Case: s.Case, Household: s.Household, Origin: []string{effect.FromData, effect.FromField, ""}[h%3],
						Reported: clock, Started: clock + 1})
				}
				stands = append(stands, s)
			}
		}
		m, err := effect.Match(plans, stands, month(2024, 12), effect.Defaults())
		if err != nil {
			t.Fatal(err)
		}
		if len(m.Sets)+len(m.Dropped) != len(plans) {
			t.Fatalf("%d sets and %d without of %d plans", len(m.Sets), len(m.Dropped), len(plans))
		}
		used := map[int64]bool{}
		for k, s := range m.Sets {
			own := stands[s.Treated]
			if s.ID != k+1 || own.Case != s.Plan.Case || len(s.Controls) == 0 || len(s.Controls) > 3 || len(s.Until) != len(s.Controls) || len(s.Stay) != len(s.Controls) {
				t.Fatalf("set %+v", s)
			}
			if k > 0 && m.Sets[k-1].Plan.Reported > s.Plan.Reported {
				t.Fatal("sets are not in the order of months")
			}
			for c, i := range s.Controls {
				control := stands[i]
				if used[control.Household] || !control.Candidate || !control.Known1 || control.Month != own.Month || control.Children != own.Children || control.Region != own.Region {
					t.Fatalf("%+v stands beside %+v", control, own)
				}
				used[control.Household] = true
				if control.OwnPlan != 0 && s.Until[c] != control.OwnPlan-1 {
					t.Fatalf("a plan of its own in %v, counts until %v", control.OwnPlan, s.Until[c])
				}
			}
		}
		for _, d := range m.Dropped {
			if d.Reason == "" {
				t.Fatalf("%+v", d)
			}
		}
	})
}
