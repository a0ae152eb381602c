package config

import (
	"fmt"
	"slices"
	"strings"
)

// Effect is effect.yaml: how the effect of maatwerk is estimated, fixed before a run (methods 7).
type Effect struct {
	Primary    EffectPrimary    `yaml:"primary"`
	Window     EffectWindow     `yaml:"window"`
	Matching   EffectMatching   `yaml:"matching"`
	Candidates EffectCandidates `yaml:"candidates"`
	Placebo    EffectPlacebo    `yaml:"placebo"`
	Peak       EffectPeak       `yaml:"peak"`
	Fragility  EffectFragility  `yaml:"fragility"`
	Resampling EffectResampling `yaml:"resampling"`
	Expected   EffectExpected   `yaml:"expected"`
}

// EffectPrimary is the one figure that the verdict is about.
type EffectPrimary struct {
	Outcome string `yaml:"outcome"`
	Months  int    `yaml:"months"` // after the month of the start
}

// EffectWindow says how much of the time after the start has to be mature.
type EffectWindow struct {
	MinMonths     int      `yaml:"min_months"`
	CompleteKinds []string `yaml:"complete_kinds"` // a month of theirs is mature once it is covered
}

// EffectMatching says how controls are found, and of how many sets something can be said.
type EffectMatching struct {
	Ratio     int     `yaml:"ratio"`      // controls for each treated household, at most
	Caliper   float64 `yaml:"caliper"`    // of the standard deviation of the logit
	MinSets   int     `yaml:"min_sets"`   // below it no interval
	MinCohort int     `yaml:"min_cohort"` // treated households in a cohort of the staggered estimate
}

// EffectCandidates says which more rules of selection.yaml a household must meet to be a control. Adults, children, institution and plan always
// count.
type EffectCandidates struct {
	MinDomains    bool `yaml:"min_domains"`
	AtThreshold   bool `yaml:"at_threshold"`
	MaxZvwPercent bool `yaml:"max_zvw_percent"`
}

// EffectPlacebo says how the procedure is tried on households that nobody treated.
type EffectPlacebo struct {
	Draws         int     `yaml:"draws"`
	MaxCandidates int     `yaml:"max_candidates"`
	MaxShare      float64 `yaml:"max_share"` // of the estimate, 0 to 1
}

// EffectPeak says how much more than before families of the field may cost when they are reported.
type EffectPeak struct {
	MaxShare float64 `yaml:"max_share"` // of the estimate, 0 to 1
}

// EffectFragility says where cost is capped to see whether a few households make the figure.
type EffectFragility struct {
	CapPercentile int `yaml:"cap_percentile"`
}

// EffectResampling says how often is drawn, and from which seed.
type EffectResampling struct {
	BootstrapDraws int    `yaml:"bootstrap_draws"`
	BandDraws      int    `yaml:"band_draws"`
	Seed           string `yaml:"seed"`
}

// EffectExpected holds what expected savings are lowered by, from small to large.
type EffectExpected struct {
	ReductionsPercent []int `yaml:"reductions_percent"` // three
}

// OutcomeCost is the outcome that the verdict can be about: all declared cost.
const OutcomeCost = "kosten"

// maxDraws is the most that may be drawn: more says nothing more.
const maxDraws = 99_999

func parseEffect(f File) (Effect, error) {
	var e Effect
	root, err := decodeStrict(f.label(), f.Data, &e)
	if err != nil {
		return e, err
	}
	bad := func(msg string, key ...string) error {
		return fmt.Errorf("%s:%d: %s: %s", f.label(), lineOf(root, key...), strings.Join(key, "."), msg)
	}
	between := func(n, from, to int) bool { return n >= from && n <= to }
	r := e.Expected.ReductionsPercent
	switch {
	case e.Primary.Outcome != OutcomeCost:
		return e, bad("the verdict is about "+OutcomeCost, "primary", "outcome")
	case !between(e.Primary.Months, 1, 12):
		return e, bad("want 1 to 12 months", "primary", "months")
	case !between(e.Window.MinMonths, 1, e.Primary.Months):
		return e, bad("want 1 to primary.months", "window", "min_months")
	case !between(e.Matching.Ratio, 1, 10):
		return e, bad("want 1 to 10 controls", "matching", "ratio")
	case !(e.Matching.Caliper > 0 && e.Matching.Caliper <= 10):
		return e, bad("want a number above 0, to 10", "matching", "caliper")
	case !between(e.Matching.MinSets, 3, 1000):
		return e, bad("want 3 to 1000 sets", "matching", "min_sets")
	case !between(e.Matching.MinCohort, 3, 1000):
		return e, bad("want 3 to 1000 households", "matching", "min_cohort")
	case !between(e.Placebo.Draws, 99, maxDraws):
		return e, bad("want 99 to 99999 draws", "placebo", "draws")
	case !between(e.Placebo.MaxCandidates, 100, 1_000_000):
		return e, bad("want 100 to 1000000 households", "placebo", "max_candidates")
	case !(e.Placebo.MaxShare > 0 && e.Placebo.MaxShare <= 1):
		return e, bad("want a share above 0, to 1", "placebo", "max_share")
	case !(e.Peak.MaxShare > 0 && e.Peak.MaxShare <= 1):
		return e, bad("want a share above 0, to 1", "peak", "max_share")
	case !between(e.Fragility.CapPercentile, 50, 100):
		return e, bad("want a percentile, 50 to 100", "fragility", "cap_percentile")
	case !between(e.Resampling.BootstrapDraws, 99, maxDraws):
		return e, bad("want 99 to 99999 draws", "resampling", "bootstrap_draws")
	case !between(e.Resampling.BandDraws, 99, maxDraws):
		return e, bad("want 99 to 99999 draws", "resampling", "band_draws")
	case strings.TrimSpace(e.Resampling.Seed) == "":
		return e, bad("want a text", "resampling", "seed")
	case len(r) != 3 || !slices.IsSorted(r) || !between(r[0], 0, 100) || !between(r[2], 0, 100):
		return e, bad("want three percentages from small to large, 0 to 100", "expected", "reductions_percent")
	}
	return e, nil
}

// validateEffect holds the kinds that effect.yaml names to those with declared cost.
func (c *Config) validateEffect(bad func(string, ...any)) {
	for _, kind := range c.Effect.Window.CompleteKinds {
		if !slices.Contains(c.CostKinds(Gedeclareerd), kind) {
			bad("effect.yaml: window.complete_kinds: %q is no kind with declared cost", kind)
		}
	}
}
