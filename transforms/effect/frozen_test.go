package effect_test

import (
	"strings"
	"testing"
	"time"

	"stapel/transforms/effect"
)

func frozenOn(date, differs string) effect.Frozen {
	on, err := time.Parse(time.DateOnly, date)
	if err != nil {
		panic(err)
	}
	return effect.Frozen{ID: strings.ReplaceAll(date, "-", "") + strings.Repeat("f", 56), On: on, Differs: differs}
}

// TestBeforehand: a verdict refers to the last plan of before the month of the first start, and says so where there is none.
func TestBeforehand(t *testing.T) {
	march := effect.MonthOf(2025, time.March)
	early, late, after := frozenOn("2025-01-15", ""), frozenOn("2025-02-28", "effect.matching.caliper was 0.2, is 0.3"), frozenOn("2025-03-01", "")
	for name, c := range map[string]struct {
		plans []effect.Frozen
		first effect.Month
		want  string
	}{
		"none":                  {nil, march, "geen analyseplan vooraf vastgelegd"},
		"equal":                 {[]effect.Frozen{early}, march, "volgens analyseplan 20250115ffff van 15-01-2025"},
		"changed":               {[]effect.Frozen{late}, march, "de instellingen zijn veranderd na het analyseplan van 28-02-2025 (20250228ffff): effect.matching.caliper was 0.2, is 0.3"},
		"afterwards":            {[]effect.Frozen{after}, march, "geen analyseplan vooraf vastgelegd: het eerste is van 01-03-2025, niet van vóór de maand van de eerste start"},
		"one before, one after": {[]effect.Frozen{early, after}, march, "volgens analyseplan 20250115ffff van 15-01-2025"},
		"two before":            {[]effect.Frozen{early, late}, march, "de instellingen zijn veranderd na het analyseplan van 28-02-2025 (20250228ffff): effect.matching.caliper was 0.2, is 0.3; het laatste van 2 plannen die vóór de eerste start zijn vastgelegd"},
		"nothing started":       {[]effect.Frozen{after}, 0, "volgens analyseplan 20250301ffff van 01-03-2025"},
	} {
		if got := effect.Beforehand(c.plans, c.first); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestFirstStart: plans without a set count as well, those of another origin and those that did not start do not.
func TestFirstStart(t *testing.T) {
	plan := func(origin string, started effect.Month) effect.Plan {
		return effect.Plan{Origin: origin, Started: started}
	}
	s := effect.Study{Sets: []effect.Set{{Plan: plan(effect.FromData, 24300)}, {Plan: plan(effect.FromField, 24200)}},
		Dropped: []effect.Dropped{{Plan: plan(effect.FromData, 24295)}, {Plan: plan(effect.FromData, 0)}}}
	for origin, want := range map[string]effect.Month{effect.FromData: 24295, effect.FromField: 24200, effect.AllOrigin: 24200, "": 0} {
		if got := s.FirstStart(origin); got != want {
			t.Errorf("%q: %d, want %d", origin, got, want)
		}
	}
}
