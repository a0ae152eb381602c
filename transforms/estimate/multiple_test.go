package estimate

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// fifteen are the p-values of the example in Benjamini and Hochberg 1995: at a rate of 0,05 the first four are discoveries.
var fifteen = []float64{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000}

// TestBenjaminiHochberg: the example, in whatever order, with the q-values that follow by hand: 15 p over its place, and no more than that of a
// larger p. Hypotheses of which no p is given are as if it were 1.
func TestBenjaminiHochberg(t *testing.T) {
	want := []float64{0.0015, 0.0030, 0.0095, 0.035625, 0.0603, 15 * 0.0298 / 7, 15 * 0.0298 / 7, 0.0645, 0.0765, 0.486, 15 * 0.4262 / 11, 0.714875,
		15 * 0.6528 / 13, 15 * 0.7590 / 14, 1}
	got := BenjaminiHochberg(fifteen, 15)
	discoveries := 0
	for i := range want {
		if math.Abs(got[i]-want[i]) > 1e-12 {
			t.Errorf("p %v: %v, want %v", fifteen[i], got[i], want[i])
		}
		if got[i] <= 0.05 {
			discoveries++
		}
	}
	if discoveries != 4 {
		t.Errorf("%d discoveries, want 4", discoveries)
	}
	rapid.Check(t, func(r *rapid.T) {
		order := rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14}).Draw(r, "order")
		var p []float64
		for _, i := range order {
			p = append(p, fifteen[i])
		}
		before := slices.Clone(p)
		for n, q := range BenjaminiHochberg(p, 15) {
			if math.Abs(q-want[order[n]]) > 1e-12 {
				r.Fatalf("in order %v: %v at %d", order, q, n)
			}
		}
		if !slices.Equal(before, p) {
			r.Fatal("the p-values were changed")
		}
	})
	ones := slices.Clone(fifteen)
	for range 25 {
		ones = append(ones, 1)
	}
	for i, q := range BenjaminiHochberg(fifteen, 40) {
		if all := BenjaminiHochberg(ones, 40)[i]; q != all {
			t.Errorf("p %v among 40: %v, want %v", fifteen[i], q, all)
		}
	}
	if got := BenjaminiHochberg(nil, 7); len(got) != 0 {
		t.Errorf("of nothing: %v", got)
	}
}

// TestHolm: what R's p.adjust prints (multcomp, demo/Ch_Theory.Rout.save, to F. Bretz and others, Multiple Comparisons Using R, 2010, section 2.3), and the example
// of the article on Wikipedia, "Holm–Bonferroni method".
func TestHolm(t *testing.T) {
	for _, c := range []struct {
		p    []float64
		of   int
		want []float64
	}{
		{[]float64{0.01, 0.015, 0.005}, 3, []float64{0.020, 0.020, 0.015}},
		{[]float64{0.01, 0.04, 0.03, 0.005}, 4, []float64{0.03, 0.06, 0.06, 0.02}},
		{[]float64{0.01}, 4, []float64{0.04}},
		{[]float64{0.9, 0.5}, 2, []float64{1, 1}},
		{[]float64{0.02, 0.02}, 2, []float64{0.04, 0.04}},
		{nil, 3, nil},
	} {
		got := Holm(c.p, c.of)
		for i := range c.want {
			if math.Abs(got[i]-c.want[i]) > 1e-12 {
				t.Errorf("%v of %d: %v, want %v", c.p, c.of, got, c.want)
			}
		}
	}
}

// TestHolmSlow: a hypothesis is rejected at a level when the smallest p-values, one by one, are each at most the level over how many are left.
func TestHolmSlow(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := rapid.SliceOfN(rapid.Float64Range(0, 0.2), 1, 8).Draw(r, "p")
		of := len(p) + rapid.IntRange(0, 3).Draw(r, "more")
		level := rapid.Float64Range(0.001, 0.9).Draw(r, "level")
		adjusted := Holm(p, of)
		sorted := slices.Sorted(slices.Values(p))
		rejected := 0
		for rejected < len(p) && sorted[rejected]*float64(of-rejected) <= level {
			rejected++
		}
		for i, v := range p {
			if want := rejected > 0 && v <= sorted[rejected-1]; (adjusted[i] <= level) != want {
				r.Fatalf("%v of %d at %v: %v is rejected %v, want %v", p, of, level, v, !want, want)
			}
		}
	})
}
