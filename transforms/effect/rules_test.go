package effect_test

import (
	"math"
	"testing"
	"time"

	"stapel/transforms/effect"
)

func month(year, month int) effect.Month { return effect.MonthOf(year, time.Month(month)) }

// TestAfter: months 1 to 12 after the month of the start or the report, as far as they are mature.
func TestAfter(t *testing.T) {
	p := effect.Plan{Reported: month(2023, 3), Started: month(2023, 5)}
	for name, c := range map[string]struct {
		plan        effect.Plan
		clock       effect.Clock
		mature      effect.Month
		first, last effect.Month
		reason      string
	}{
		"a whole year":          {p, effect.Started, month(2025, 1), month(2023, 6), month(2024, 5), ""},
		"as far as mature":      {p, effect.Started, month(2023, 11), month(2023, 6), month(2023, 11), ""},
		"one month short of it": {p, effect.Started, month(2023, 10), month(2023, 6), month(2023, 10), "te weinig complete maanden"},
		"from the report":       {p, effect.Reported, month(2025, 1), month(2023, 4), month(2024, 3), ""},
		"not started":           {effect.Plan{Reported: p.Reported}, effect.Started, month(2025, 1), 0, 0, "niet gestart"},
		"reported, not started": {effect.Plan{Reported: p.Reported}, effect.Reported, month(2025, 1), month(2023, 4), month(2024, 3), ""},
	} {
		w, reason, ok := c.plan.After(c.clock, c.mature, 6)
		if w.First != c.first || w.Last != c.last || reason != c.reason || ok != (reason == "") {
			t.Errorf("%s: %v to %v, %q, %v", name, w.First, w.Last, reason, ok)
		}
	}
	if last := p.Last(month(2024, 4), 6); last != month(2024, 4) {
		t.Errorf("the last month of both clocks is %v", last)
	}
	if last := p.Last(month(2023, 8), 6); last != 0 {
		t.Errorf("without a window the last month is %v", last)
	}
}

// TestJudge is the rule of methods 7. At 20 sets the detectable effect is (2,093 + 0,861) SE: 2,954 SE.
func TestJudge(t *testing.T) {
	set := effect.Defaults()
	shown := effect.Judged{Possible: true, Sets: 20, Estimate: -10_000_00, SE: 3_000_00, High: -4_000_00, Expected: 10_000_00, HasExpect: true,
		Placebo: 2_400_00, HasPlacebo: true}
	for name, c := range map[string]struct {
		change func(j *effect.Judged)
		want   effect.Verdict
	}{
		"shown":                               {func(*effect.Judged) {}, effect.Shown},
		"no figure":                           {func(j *effect.Judged) { j.Possible = false }, effect.CannotCompute},
		"nine sets":                           {func(j *effect.Judged) { j.Sets = 9 }, effect.TooFewSets},
		"ten sets":                            {func(j *effect.Judged) { j.Sets = 10 }, effect.Shown},
		"an interval up to 0":                 {func(j *effect.Judged) { j.High = 0 }, effect.NotShown},
		"a placebo of a quarter":              {func(j *effect.Judged) { j.Placebo = -2_500_00 }, effect.NotShown},
		"a placebo just below it":             {func(j *effect.Judged) { j.Placebo = 2_499_99 }, effect.Shown},
		"by people, at a peak":                {func(j *effect.Judged) { j.Field, j.HasRise, j.Rise = true, true, 2_500_00 }, effect.NotShown},
		"by people, at a small one":           {func(j *effect.Judged) { j.Field, j.HasRise, j.Rise = true, true, 2_499_99 }, effect.Shown},
		"by people, in a dip":                 {func(j *effect.Judged) { j.Field, j.HasRise, j.Rise = true, true, -9_000_00 }, effect.Shown},
		"by people, nobody knows when":        {func(j *effect.Judged) { j.Field = true }, effect.NotShown},
		"by data, at a peak":                  {func(j *effect.Judged) { j.HasRise, j.Rise = true, 9_000_00 }, effect.Shown},
		"by lot, without a placebo":           {func(j *effect.Judged) { j.Drawn, j.HasPlacebo, j.Placebo = true, false, 0 }, effect.Shown},
		"by lot, up to 0":                     {func(j *effect.Judged) { j.Drawn, j.High = true, 0 }, effect.NotShown},
		"no placebo":                          {func(j *effect.Judged) { j.HasPlacebo, j.Placebo = false, 0 }, effect.NotShown},
		"harm":                                {func(j *effect.Judged) { j.Estimate, j.High = 9_000_00, 15_000_00 }, effect.NotShown},
		"could not have been seen":            {func(j *effect.Judged) { j.High, j.SE = 1_00, 3_400_00 }, effect.CannotShow},
		"seen though it was not to be":        {func(j *effect.Judged) { j.SE = 3_400_00 }, effect.Shown},
		"nobody expects anything":             {func(j *effect.Judged) { j.High, j.SE, j.HasExpect = 1_00, 3_400_00, false }, effect.NotShown},
		"placebo, and could not have been so": {func(j *effect.Judged) { j.Placebo, j.SE = 5_000_00, 3_400_00 }, effect.CannotShow},
	} {
		j := shown
		c.change(&j)
		if got, why := effect.Judge(j, set); got != c.want || why == "" {
			t.Errorf("%s: %q, want %q (%s)", name, got, c.want, why)
		}
	}
	if d := shown.Detectable(); math.Abs(d-(2.0930240544+0.8609505509)*shown.SE) > 1 {
		t.Errorf("detectable %.0f", d)
	}
}

// TestJudgeClaim is the order of methods 7.
func TestJudgeClaim(t *testing.T) {
	good := effect.Claim{Saving: 9_000_00, Population: true, Period: true, Payer: true, Estimate: -10_000_00, Low: -14_000_00, High: -6_000_00,
		SE: 2_000_00, Sets: 60, Interval: true}
	for name, c := range map[string]struct {
		change func(c *effect.Claim)
		want   effect.ClaimVerdict
	}{
		"no more than was found":        {func(*effect.Claim) {}, effect.ClaimSupported},
		"what was found":                {func(c *effect.Claim) { c.Saving = 10_000_00 }, effect.ClaimSupported},
		"more than was found":           {func(c *effect.Claim) { c.Saving = 10_000_01 }, effect.ClaimPartly},
		"far more than was found":       {func(c *effect.Claim) { c.Saving = 30_000_00 }, effect.ClaimPartly},
		"other households":              {func(c *effect.Claim) { c.Population = false }, effect.ClaimUntestable},
		"another time":                  {func(c *effect.Claim) { c.Period = false }, effect.ClaimUntestable},
		"another payer":                 {func(c *effect.Claim) { c.Payer = false }, effect.ClaimUntestable},
		"no interval":                   {func(c *effect.Claim) { c.Interval = false }, effect.ClaimUntestable},
		"too small to be seen":          {func(c *effect.Claim) { c.SE = 3_500_00 }, effect.ClaimUntestable},
		"nothing, outside the interval": {func(c *effect.Claim) { c.Estimate, c.Low, c.High = -1_000_00, -5_000_00, 3_000_00 }, effect.ClaimUnsupported},
		"nothing, inside the interval":  {func(c *effect.Claim) { c.Estimate, c.Low, c.High = -5_000_00, -10_000_00, 1_00 }, effect.ClaimNotShown},
		"harm":                          {func(c *effect.Claim) { c.Estimate, c.Low, c.High = 5_000_00, 1_000_00, 9_000_00 }, effect.ClaimUnsupported},
	} {
		claim := good
		c.change(&claim)
		if got, why := effect.JudgeClaim(claim); got != c.want || why == "" {
			t.Errorf("%s: %q, want %q (%s)", name, got, c.want, why)
		}
	}
}

// TestPayback: 12 months times what was spent over what is saved a year; the ends of the interval likewise.
func TestPayback(t *testing.T) {
	var r effect.Row
	r.Payback(effect.Fit{Estimate: -6_000_00, Low: -12_000_00, High: -3_000_00}, 3_000_00, true)
	if *r.Value != 6 || *r.Low != 3 || *r.High != 12 {
		t.Errorf("%v [%v, %v]", *r.Value, *r.Low, *r.High)
	}
	r = effect.Row{}
	r.Payback(effect.Fit{Estimate: -6_000_00, Low: -12_000_00, High: 3_000_00}, 3_000_00, true)
	if *r.Value != 6 || r.High != nil || r.Remark == "" {
		t.Errorf("an interval with harm in it ends at %v", r.High)
	}
	r = effect.Row{}
	r.Payback(effect.Fit{Estimate: 1, Low: -12_000_00, High: 3_000_00}, 3_000_00, true)
	if r.Value != nil || r.Remark == "" {
		t.Errorf("what costs more pays back after %v", r.Value)
	}
}
