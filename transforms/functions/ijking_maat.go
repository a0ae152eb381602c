package functions

import (
	"cmp"
	"context"
	"slices"

	"stapel/transforms/typed"
)

/*
name: ijking_maat
doc: >
  Does the expected cost foretell a year better than last year's cost does (methods 4)? Over the households of the back-test:
  gemiddelde_afwijking, the mean absolute difference with what T1 came to, and the same over the dearest tenth of T2, where
  candidates come from (afwijking_top_10); verhouding, what was foretold over what T1 came to;
  overlap_<n>, the part of the n dearest households of T1 that is among the n first by the foretelling (ties by cost in T2, then
  by key), for n the households at or above the threshold in T1, a hundred, and one in a hundred. Empty when there is no back-test.
level: totaal
grain: [maat]
reads: [huishouden_toen, verwacht, parameter]
columns:
  - maat tekst: gemiddelde_afwijking, afwijking_top_10, verhouding, overlap_drempel, overlap_100 or overlap_1pct
  - n aantal: households it is about
  - verwacht_ct ct?: of the expected cost; empty for a share
  - vorig_ct ct?: of last year's cost; empty for a share
  - verwacht aandeel?: of the expected cost; empty for an amount
  - vorig aandeel?: of last year's cost; empty for an amount
  - beter tekst: verwacht, vorig or gelijk; which of the two is closer
figures:
  n: schatting, huishoudens van de terugtoets waar de maat over gaat
  verwacht_ct verwacht: schatting, afwijking, verhouding of overlap van de verwachting met wat het werd
  vorig_ct vorig: schatting, hetzelfde van de kosten van het jaar ervoor
  beter: oordeel, wie van de twee dichter bij de werkelijkheid ligt
*/

// backTestTables are what ijking_maat reads.
type backTestTables struct {
	Households typed.Table[householdThen] `table:"huishouden_toen"`
	Expected   typed.Table[expectedThen]  `table:"verwacht"`
	Parameter  typed.Table[threshold]     `table:"parameter"`
}

type householdThen struct {
	Moment int64  `parquet:"peil"`
	Key    int64  `parquet:"huishouden"`
	Band   string `parquet:"band"`
	YearCt int64  `parquet:"jaar_ct"`
	NextCt *int64 `parquet:"volgend_ct,optional"`
}

type expectedThen struct {
	Moment     int64 `parquet:"peil"`
	Key        int64 `parquet:"huishouden"`
	ExpectedCt int64 `parquet:"verwacht_ct"`
}

type threshold struct {
	Ct int64 `parquet:"drempel_ct"`
}

type measureRow struct {
	Name       string   `parquet:"maat"`
	N          int64    `parquet:"n"`
	ExpectedCt *int64   `parquet:"verwacht_ct,optional"`
	BeforeCt   *int64   `parquet:"vorig_ct,optional"`
	Expected   *float64 `parquet:"verwacht,optional"`
	Before     *float64 `parquet:"vorig,optional"`
	Better     string   `parquet:"beter"`
}

// ijkingMaat compares the two foretellings.
func ijkingMaat(ctx context.Context, in backTestTables) ([]measureRow, error) {
	tests, err := backTest(ctx, in)
	if err != nil || len(tests) == 0 {
		return nil, err
	}
	limit, err := in.Parameter.One(ctx)
	if err != nil {
		return nil, err
	}
	var out []measureRow
	var foretold, before, real, atThreshold int64
	for _, t := range tests {
		foretold, before, real = foretold+t.expected, before+t.before, real+t.real
		if t.real >= limit.Ct {
			atThreshold++
		}
	}
	n := int64(len(tests))
	out = append(out, deviation("gemiddelde_afwijking", tests))
	if dearest := slices.DeleteFunc(slices.Clone(tests), func(t tested) bool { return t.rest }); len(dearest) > 0 {
		out = append(out, deviation("afwijking_top_10", dearest))
	}
	if real > 0 {
		out = append(out, share("verhouding", n, float64(foretold)/float64(real), float64(before)/float64(real),
			func(x float64) float64 { return absFloat(x - 1) }))
	}
	for _, top := range []struct {
		name string
		n    int64
	}{{"overlap_drempel", atThreshold}, {"overlap_100", min(100, n)}, {"overlap_1pct", (n + 99) / 100}} {
		if top.n > 0 {
			a, b := overlap(tests, int(top.n))
			out = append(out, share(top.name, top.n, a, b, func(x float64) float64 { return -x }))
		}
	}
	return out, nil
}

// tested is a household of the back-test; amounts in eurocents.
type tested struct {
	key                    int64
	before, expected, real int64
	rest                   bool // not in the dearest tenth
}

// backTestMoment is the end of T2, whose year after is T1.
const backTestMoment = 2

// backTest joins two tables in the order of peil and huishouden.
func backTest(ctx context.Context, in backTestTables) ([]tested, error) {
	var foretold []expectedThen
	for e, err := range in.Expected.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		if e.Moment == backTestMoment {
			foretold = append(foretold, e)
		}
	}
	var out []tested
	for h, err := range in.Households.Rows(ctx) {
		if err != nil {
			return nil, err
		}
		if h.Moment != backTestMoment || h.NextCt == nil {
			continue
		}
		for len(foretold) > 0 && foretold[0].Key < h.Key {
			foretold = foretold[1:]
		}
		if len(foretold) > 0 && foretold[0].Key == h.Key {
			out = append(out, tested{h.Key, h.YearCt, foretold[0].ExpectedCt, *h.NextCt, h.Band == "rest"})
		}
	}
	return out, nil
}

// overlap is the part of the n dearest households that is among the first n by the expected cost, and by the cost before.
func overlap(tests []tested, n int) (expected, before float64) {
	first := func(order func(a, b tested) int) map[int64]bool {
		sorted := slices.Clone(tests)
		slices.SortFunc(sorted, func(a, b tested) int { return cmp.Or(order(a, b), cmp.Compare(a.key, b.key)) })
		set := map[int64]bool{}
		for _, t := range sorted[:n] {
			set[t.key] = true
		}
		return set
	}
	real := first(func(a, b tested) int { return cmp.Compare(b.real, a.real) })
	both := func(set map[int64]bool) float64 {
		common := 0
		for key := range set {
			if real[key] {
				common++
			}
		}
		return float64(common) / float64(n)
	}
	return both(first(func(a, b tested) int {
			return cmp.Or(cmp.Compare(b.expected, a.expected), cmp.Compare(b.before, a.before))
		})),
		both(first(func(a, b tested) int { return cmp.Compare(b.before, a.before) }))
}

func abs(v int64) int64 { return max(v, -v) }

func absFloat(v float64) float64 { return max(v, -v) }

// roundDiv divides an amount that is not negative by a number above 0, rounded half up.
func roundDiv(a, n int64) int64 { return (2*a + n) / (2 * n) }

// deviation is the mean absolute difference with what the year came to, of one household or more.
func deviation(name string, tests []tested) measureRow {
	n := int64(len(tests))
	var expected, before int64
	for _, t := range tests {
		expected, before = expected+abs(t.expected-t.real), before+abs(t.before-t.real)
	}
	expected, before = roundDiv(expected, n), roundDiv(before, n)
	return measureRow{Name: name, N: n, ExpectedCt: &expected, BeforeCt: &before, Better: better(cmp.Compare(expected, before))}
}

// share is a figure of which the one with the smaller distance is the better.
func share(name string, n int64, expected, before float64, distance func(float64) float64) measureRow {
	return measureRow{Name: name, N: n, Expected: &expected, Before: &before,
		Better: better(cmp.Compare(distance(expected), distance(before)))}
}

// better names the smaller of two, by how they compare.
func better(order int) string {
	return map[int]string{-1: "verwacht", 0: "gelijk", 1: "vorig"}[order]
}
