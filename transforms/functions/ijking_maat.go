package functions

import (
	"cmp"
	"context"
	"slices"

	"stapel/transforms"
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
*/

// ijkingMaat compares the two foretellings.
func ijkingMaat(ctx context.Context, in transforms.In) (*transforms.Frame, error) {
	h, err := in.Read(ctx, "huishouden_toen", "peil", "huishouden", "band", "jaar_ct", "volgend_ct")
	if err != nil {
		return nil, err
	}
	v, err := in.Read(ctx, "verwacht", "peil", "huishouden", "verwacht_ct")
	if err != nil {
		return nil, err
	}
	p, err := in.Read(ctx, "parameter", "drempel_ct")
	if err != nil {
		return nil, err
	}
	tests := backTest(h, v)
	out := &measureRows{}
	if len(tests) == 0 {
		return out.frame(), nil
	}
	var foretold, before, real, atThreshold int64
	for _, t := range tests {
		foretold, before, real = foretold+t.expected, before+t.before, real+t.real
		if t.real >= p.Ints("drempel_ct")[0] {
			atThreshold++
		}
	}
	n := int64(len(tests))
	out.deviation("gemiddelde_afwijking", tests)
	out.deviation("afwijking_top_10", slices.DeleteFunc(slices.Clone(tests), func(t tested) bool { return t.rest }))
	if real > 0 {
		out.share("verhouding", n, float64(foretold)/float64(real), float64(before)/float64(real), func(x float64) float64 { return absFloat(x - 1) })
	}
	for _, top := range []struct {
		name string
		n    int64
	}{{"overlap_drempel", atThreshold}, {"overlap_100", min(100, n)}, {"overlap_1pct", (n + 99) / 100}} {
		if top.n > 0 {
			a, b := overlap(tests, int(top.n))
			out.share(top.name, top.n, a, b, func(x float64) float64 { return -x })
		}
	}
	return out.frame(), nil
}

// tested is a household of the back-test; amounts in eurocents.
type tested struct {
	key                    int64
	before, expected, real int64
	rest                   bool // not in the dearest tenth
}

// backTest joins two tables in the order of peil and huishouden.
func backTest(h, v *transforms.Frame) []tested {
	var out []tested
	moment, key, band, before, next := h.Ints("peil"), h.Ints("huishouden"), h.Texts("band"), h.Ints("jaar_ct"), h.Vector("volgend_ct")
	vMoment, vKey, expected := v.Ints("peil"), v.Ints("huishouden"), v.Ints("verwacht_ct")
	j := 0
	for i := range h.Rows {
		if moment[i] != 2 || next.Empty(i) {
			continue
		}
		for j < v.Rows && (vMoment[j] < 2 || vMoment[j] == 2 && vKey[j] < key[i]) {
			j++
		}
		if j < v.Rows && vMoment[j] == 2 && vKey[j] == key[i] {
			out = append(out, tested{key[i], before[i], expected[j], next.Ints[i], band[i] == "rest"})
		}
	}
	return out
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
	share := func(set map[int64]bool) float64 {
		both := 0
		for key := range set {
			if real[key] {
				both++
			}
		}
		return float64(both) / float64(n)
	}
	return share(first(func(a, b tested) int {
			return cmp.Or(cmp.Compare(b.expected, a.expected), cmp.Compare(b.before, a.before))
		})),
		share(first(func(a, b tested) int { return cmp.Compare(b.before, a.before) }))
}

func abs(v int64) int64 { return max(v, -v) }

func absFloat(v float64) float64 { return max(v, -v) }

// roundDiv divides an amount that is not negative by a number above 0, rounded half up.
func roundDiv(a, n int64) int64 { return (2*a + n) / (2 * n) }

type measureRows struct {
	name, better      []string
	n, expCt, beforCt []int64
	exp, before       []float64
	amountRow         []bool
}

// deviation adds the mean absolute difference with what the year came to.
func (r *measureRows) deviation(name string, tests []tested) {
	n := int64(len(tests))
	if n == 0 {
		return
	}
	var expected, before int64
	for _, t := range tests {
		expected, before = expected+abs(t.expected-t.real), before+abs(t.before-t.real)
	}
	expected, before = roundDiv(expected, n), roundDiv(before, n)
	r.add(name, n, expected, before, 0, 0, true, cmp.Compare(expected, before))
}

// share adds a figure of which the one with the smaller distance is the better.
func (r *measureRows) share(name string, n int64, expected, before float64, distance func(float64) float64) {
	r.add(name, n, 0, 0, expected, before, false, cmp.Compare(distance(expected), distance(before)))
}

func (r *measureRows) add(name string, n, expCt, beforeCt int64, exp, before float64, amount bool, order int) {
	r.name, r.n, r.amountRow = append(r.name, name), append(r.n, n), append(r.amountRow, amount)
	r.expCt, r.beforCt = append(r.expCt, expCt), append(r.beforCt, beforeCt)
	r.exp, r.before = append(r.exp, exp), append(r.before, before)
	r.better = append(r.better, map[int]string{-1: "verwacht", 0: "gelijk", 1: "vorig"}[order])
}

func (r *measureRows) frame() *transforms.Frame {
	shares := make([]bool, len(r.amountRow))
	for i, amount := range r.amountRow {
		shares[i] = !amount
	}
	ints := func(v []int64) *transforms.Vector { return &transforms.Vector{Ints: v, Null: shares} }
	floats := func(v []float64) *transforms.Vector { return &transforms.Vector{Floats: v, Null: r.amountRow} }
	return transforms.NewFrame(len(r.name)).SetTexts("maat", r.name).SetInts("n", r.n).Set("verwacht_ct", ints(r.expCt)).
		Set("vorig_ct", ints(r.beforCt)).Set("verwacht", floats(r.exp)).Set("vorig", floats(r.before)).SetTexts("beter", r.better)
}
