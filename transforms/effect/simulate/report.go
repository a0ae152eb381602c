package main

import (
	"fmt"
	"strings"

	"gonum.org/v1/gonum/stat"

	"stapel/transforms/effect"
	"stapel/transforms/effect/world"
)

func report(o options, cells []*cell, lates []late) string {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	p(`# What the estimators of effect do in worlds of which the effect is known

Made by `+"`make simulate`"+` (`+"`transforms/effect/simulate`"+`); the worlds are in `+"`transforms/effect/world`"+`. %d worlds a cell for the figure that decides, %d of them for all
others and the verdict, with %d draws of the placebo in each (a run makes 999). Amounts are euros a household a year. A household's cost has a level that lasts,
a part that fades by a tenth a month, crises of some five months, and noise; treated households cost the effect less in each
month after the start, never below 0, so that the true effect is a little less than what was planted. Selections:

- **loting**: half of a list of the most expensive households is drawn.
- **data**: chosen with odds that grow with cost in both years and the quarter before, and nothing else. What the estimate assumes holds.
- **veld-acuut**: chosen at a peak, in a crisis that passes, of which cost shows the height and not the cause. What nobody sees and does not last: no assumption holds to the letter.
- **veld-chronisch**: chosen for what a household needs in the long run, which its cost shows only in part. What nobody sees and lasts: no assumption holds to the letter.
- **veld-zichtbaar**: brought forward by people too, but for what two years cost and at no moment in particular. What the estimate assumes holds.

Where the assumption is violated the table says how wrong the figure is; what the report says there is the column of verdicts.

## The figure that decides

Of `+"`loting`"+` it is Lin's estimator, of data the matched difference adjusted for cost before, of veld the smaller saving of two with the interval that spans both.
coverage: intervals that hold the truth. below 0: intervals that lie below it; without an effect these are false.

| selection | n | planted | true | sets | mean | bias | spread | mean se | coverage | below 0 | without figure |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
`, o.worlds, o.rest, o.draws)
	for _, c := range cells {
		f := c.primary
		p("| %s | %d | %.0f | %.0f | %.1f | %.0f | %.0f | %.0f | %.0f | %.1f%% | %.1f%% | %d |\n", c.by, c.n, c.effect, stat.Mean(f.truths, nil), c.sets,
			stat.Mean(f.estimates, nil), f.bias(), f.spread(), stat.Mean(f.errs, nil), 100*f.coverage(), 100*f.power(), c.without)
	}
	p(`
![coverage](img/effect-coverage.svg)

![power](img/effect-power.svg)

## Before and after

What a comparison of before and after would have said.

| selection | n | planted | mean | wrong by | interval below 0 |
|---|--:|--:|--:|--:|--:|
`)
	for _, c := range cells {
		f := c.naive
		below := "no interval"
		if f.judged > 0 {
			below = fmt.Sprintf("%.1f%%", 100*f.power())
		}
		p("| %s | %d | %.0f | %.0f | %.0f | %s |\n", c.by, c.n, c.effect, stat.Mean(f.estimates, nil), f.bias(), below)
	}
	p(`
![bias](img/effect-bias.svg)

## Verdicts

Every plan expects to save %d euros a year. An interval below 0 is `+"`aangetoond`"+` only when the placebo's mean is less than a quarter of the estimate, and of
families of the field only when what they cost more than before when they were brought forward is less than that too. A true saving among families of veld-acuut is not shown either: cost
can't tell it from a crisis that passes.

| selection | n | planted | aangetoond | niet aangetoond | niet aan te tonen | te weinig sets or no figure | placebo: mean | spread |
|---|--:|--:|--:|--:|--:|--:|--:|--:|
`, expected)
	for _, c := range cells {
		share := func(v ...effect.Verdict) float64 {
			n := 0
			for _, v := range v {
				n += c.verdict[v]
			}
			return 100 * float64(n) / max(1, float64(c.rest))
		}
		placebo, spread := "", ""
		if len(c.placebo) > 1 {
			m, s := stat.MeanStdDev(c.placebo, nil)
			placebo, spread = fmt.Sprintf("%.0f", m), fmt.Sprintf("%.0f", s)
		}
		p("| %s | %d | %.0f | %.1f%% | %.1f%% | %.1f%% | %.1f%% | %s | %s |\n", c.by, c.n, c.effect, share(effect.Shown), share(effect.NotShown),
			share(effect.CannotShow),
			share(effect.TooFewSets, effect.CannotCompute), placebo, spread)
	}
	p(`
## All others

| selection | n | planted | estimator | bias | spread | mean se | coverage | below 0 |
|---|--:|--:|---|--:|--:|--:|--:|--:|
`)
	for _, c := range cells {
		for _, m := range []string{effect.MethodChanges, effect.MethodLagged, effect.MethodBootstrap, effect.MethodCapped, effect.MethodStaggered,
			effect.MethodPlainStag,
			effect.MethodPlaceboTime, effect.MethodPeak, effect.MethodPlainLot} {
			f, ok := c.others[m]
			if !ok || f.judged == 0 {
				continue
			}
			p("| %s | %d | %.0f | %s | %.0f | %.0f | %.0f | %.1f%% | %.1f%% |\n", c.by, c.n, c.effect, m, f.bias(), f.spread(), stat.Mean(f.errs, nil),
				100*f.coverage(), 100*f.power())
		}
	}
	p(`
placebo_tijd and piek are held to a truth of 0, for they look at the time before anything was done.

## Late bills

%d worlds of 60 households chosen by data, without an effect, of which the last six months are not all billed yet.

| months that count | estimator | mean | interval below 0 |
|---|---|--:|--:|
`, o.rest)
	for _, l := range lates {
		what := "all"
		if l.wait {
			what = "mature ones"
		}
		p("| %s | voor_na | %.0f | %.1f%% |\n", what, stat.Mean(l.naive.estimates, nil), 100*l.naive.power())
		p("| %s | gematcht | %.0f | %.1f%% |\n", what, stat.Mean(l.matched.estimates, nil), 100*l.matched.power())
	}
	p("\n## Held to what was asked\n\n")
	for _, line := range asked(cells) {
		p("- %s\n", line)
	}
	return b.String()
}

// asked says which cells miss what the issue asks.
func asked(cells []*cell) []string {
	var out []string
	inside, of := 0, 0
	for _, c := range cells {
		if c.n < 60 || c.by != world.ByData && c.by != world.ByLottery {
			continue
		}
		of++
		if v := c.primary.coverage(); v >= 0.93 && v <= 0.97 {
			inside++
		} else {
			out = append(out, fmt.Sprintf("coverage of %s, %d, %.0f is %.1f%%, outside 93-97%%", c.by, c.n, c.effect, 100*v))
		}
	}
	out = append([]string{fmt.Sprintf("coverage of 93-97%% where the assumption holds and n is at least 60: %d of %d cells", inside, of)}, out...)
	good, zero := 0, 0
	for _, c := range cells {
		if c.effect != 0 {
			continue
		}
		zero++
		if share := float64(c.verdict[effect.Shown]) / max(1, float64(c.rest)); share <= 0.05 {
			good++
		} else {
			out = append(out, fmt.Sprintf("without an effect %s, %d is aangetoond in %.1f%%", c.by, c.n, 100*share))
		}
	}
	out = append(out, fmt.Sprintf("aangetoond in at most 5%% of the worlds without an effect: %d of %d cells", good, zero))
	good, of = 0, 0
	for _, c := range cells {
		if c.by != world.FieldAcute && c.by != world.FieldChronic || c.effect != 0 {
			continue
		}
		of++
		if share := float64(c.verdict[effect.Shown]) / max(1, float64(c.rest)); share <= 0.10 {
			good++
		}
	}
	return append(out, fmt.Sprintf("not aangetoond in at least 90%% of the worlds without an effect in which the assumption is violated: %d of %d cells",
		good, of))
}
