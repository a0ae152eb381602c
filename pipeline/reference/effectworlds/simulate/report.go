package main

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"stapel/pipeline/reference/effectworlds"
)

const head = `# What a run says of worlds of which the effect is known

Made by ` + "`make simulate-pipeline`" + ` (` + "`pipeline/reference/effectworlds`" + `). [effect-validation.md](effect-validation.md) holds the estimators to panels, many thousand times; here %d
regions are generated as CSV extracts (` + "`stapel generate`" + `, 60 months, without the bills that come in later), read, joined and matched by one run each, and what their marts say is held to what was planted. What is
new beside the panel is everything before the estimators: ingest, corrections and late bills, who is insured with whom, moves and births, which months are mature, who is a candidate.

A world is a region of 1.500 (20 plans), 3.500 (60) or 8.000 households (150), half as many more for veld. How households come in is in
[sample-data.md](sample-data.md#a-programme-of-a-set-size); all plans start. Of a lottery the draw of the truth is kept as ` + "`lotingen/*.parquet`" + `, as ` + "`stapel select`" + ` keeps it. Amounts are euros a household a year.

- **true**: what the households that are followed, as they were on the first of the month of the report or the draw, cost less because of the effect in the months that were measured: their lines in the
  extracts less those in the extracts of the same region without an effect. Of a lottery over those drawn, from the month after the draw, so that it is less than the effect after a start.
- **by the truth**: the same months from ` + "`truth/effect.csv`" + `. It also has what came off persons who joined the household later, or had left it by then; nobody who follows a fixed household can see these.
- **figure**: what decides: of a lottery Lin's estimator, of data the matched difference at equal cost before, of veld the smaller saving of two with the interval that spans both.
- **wrong by**: figure less true, in standard errors of the figure. **holds**: whether the 95%% interval holds the true effect. **verdict**: of the figure that decides.

## Worlds

| nr | herkomst | plans | planted | sets or entrants | true | by the truth | figure | se | wrong by | holds | before and after | verdict |
|--:|---|--:|--:|--:|--:|--:|--:|--:|--:|---|--:|---|
`

func report(done []*effectworlds.Outcome) string {
	var b strings.Builder
	p := func(format string, args ...any) { fmt.Fprintf(&b, format, args...) }
	p(head, len(done))
	for _, o := range done {
		n := o.Sets
		if o.Lottery() {
			n = o.Entrants
		}
		wrong, holds := "", "no interval"
		if v, ok := o.Wrong(); ok {
			wrong = fmt.Sprintf("%.2f", v)
		}
		if in, there := o.Interval(); there {
			holds = map[bool]string{true: "yes", false: "**no**"}[in]
		}
		p("| %d | %s | %d | %d | %d | %.0f | %.0f | %s | %s | %s | %s | %s | %s |\n", o.Nr, o.Herkomst, o.Plans, o.Effect, n, o.True/100, o.Planted/100, euros(o.Estimate),
			euros(o.SE), wrong, holds, euros(o.Naive), o.Verdict)
	}
	if len(done) < 24 {
		p("\nThis page is unfinished: it has %d of the 24 worlds that there are of sizes, ways to come in and effects. Nothing is known of the others.\n", len(done))
	}
	totals(p, done)
	identities(p, done)
	return b.String()
}

func euros(ct *int64) string {
	if ct == nil {
		return ""
	}
	return fmt.Sprintf("%.0f", float64(*ct)/100)
}

// group is some of the worlds.
type group struct {
	name string
	of   func(o *effectworlds.Outcome) bool
}

// totals writes coverage, bias and verdicts, with what so few worlds allow to be said.
func totals(p func(string, ...any), done []*effectworlds.Outcome) {
	p(`
## Together

holds and below: intervals that hold the true effect, and that lie wholly below it, which flatter. Between brackets what the share may be in worlds like these (95%%, Clopper and Pearson): so few
worlds tell 95%% from 70%%, and not from 90%%. wrong by: mean error in standard errors, which of an unbiased figure lies within the two bounds after it in 95%% of such sets of worlds; spread: of these errors, 1 where standard errors are right.

| worlds | with an interval | holds | below | wrong by | may be | spread | mean error, euros | before and after, euros |
|---|--:|--:|--:|--:|--:|--:|--:|--:|
`)
	by := func(names ...string) func(o *effectworlds.Outcome) bool {
		return func(o *effectworlds.Outcome) bool {
			for _, n := range names {
				if o.Herkomst == n {
					return true
				}
			}
			return len(names) == 0
		}
	}
	for _, g := range []group{{"loting", by("loting")}, {"data", by("data")}, {"loting and data: what is assumed holds", by("loting", "data")}, {"veld-acuut", by("veld-acuut")},
		{"veld-chronisch", by("veld-chronisch")}, {"all", by()}} {
		var errors, amounts, naive []float64
		holds, below := 0, 0
		for _, o := range done {
			v, ok := o.Wrong()
			if !g.of(o) || !ok {
				continue
			}
			errors, amounts = append(errors, v), append(amounts, (float64(*o.Estimate)-o.True)/100)
			if in, _ := o.Interval(); in {
				holds++
			}
			if o.Flatters() {
				below++
			}
			if o.Naive != nil {
				naive = append(naive, (float64(*o.Naive)-o.True)/100)
			}
		}
		if n := len(errors); n > 0 {
			p("| %s | %d | %s | %s | %.2f | ±%.2f | %s | %.0f | %.0f |\n", g.name, n, share(holds, n), share(below, n), stat.Mean(errors, nil), 1.96/math.Sqrt(float64(n)),
				spread(errors), stat.Mean(amounts, nil), stat.Mean(naive, nil))
		}
	}
	p("\n| verdict | without an effect | with one |\n|---|--:|--:|\n")
	count, of := map[string][2]int{}, [2]int{}
	var verdicts []string
	for _, o := range done {
		if _, seen := count[o.Verdict]; !seen {
			verdicts = append(verdicts, o.Verdict)
		}
		c, k := count[o.Verdict], 0
		if o.Effect != 0 {
			k = 1
		}
		c[k]++
		of[k]++
		count[o.Verdict] = c
	}
	for _, v := range verdicts {
		p("| %s | %s | %s |\n", v, share(count[v][0], of[0]), share(count[v][1], of[1]))
	}
}

func spread(v []float64) string {
	if len(v) < 2 {
		return ""
	}
	return fmt.Sprintf("%.2f", stat.StdDev(v, nil))
}

// share is k of n with the exact bounds of Clopper and Pearson (Biometrika 26, 1934).
func share(k, n int) string {
	if n == 0 {
		return ""
	}
	low, high := 0.0, 1.0
	if k > 0 {
		low = distuv.Beta{Alpha: float64(k), Beta: float64(n - k + 1)}.Quantile(0.025)
	}
	if k < n {
		high = distuv.Beta{Alpha: float64(k + 1), Beta: float64(n - k)}.Quantile(0.975)
	}
	return fmt.Sprintf("%d of %d (%.0f%% to %.0f%%)", k, n, 100*low, 100*high)
}

// identities writes what holds to the cent in every world.
func identities(p func(string, ...any), done []*effectworlds.Outcome) {
	p(`
## What holds in every world

To the cent, against a second sum of the lines of the extracts that has neither SQL nor code of the estimators (the slow reference of households, costs and coverage; least squares in 320 bits). Taken as given are who was
matched and what a control that is treated later counts for.

| | figures | wrong |
|---|--:|--:|
`)
	var names []string
	total, wrong := map[string]int{}, map[string]int{}
	for _, o := range done {
		for _, c := range o.Checks {
			if _, seen := total[c.Name]; !seen {
				names = append(names, c.Name)
			}
			total[c.Name] += c.Of
			wrong[c.Name] += len(c.Wrong)
		}
	}
	for _, n := range names {
		p("| %s | %d | %d |\n", n, total[n], wrong[n])
	}
	for _, o := range done {
		for _, m := range o.Mistakes() {
			p("\n- world %d: %s", o.Nr, m)
		}
	}
	p("\n")
}
