package estimate

import (
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"
)

// TestMoments against gonum.
func TestMoments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var values []float64
		for _, v := range rapid.SliceOfN(rapid.IntRange(-1e9, 1e9), 2, 50).Draw(t, "values") {
			values = append(values, float64(v))
		}
		m := MomentsOf(values)
		mean, variance := stat.MeanVariance(values, nil)
		if m.N != int64(len(values)) || !near(m.Mean, mean, 1e-9) || !near(m.SS/float64(m.N-1), variance, 1e-6) {
			t.Fatalf("got %v, want mean %v variance %v", m, mean, variance)
		}
	})
}

func near(a, b, relative float64) bool {
	return math.Abs(a-b) <= relative*(1+math.Max(math.Abs(a), math.Abs(b)))
}

// TestShrinkByHand: two groups of two, computed on paper. Means 10 and 20, deviations 1 and 1 within: s = (2+2)/2 = 2; between =
// 2*25*2 = 100; t = (100 - 2) / (4 - 8/4) = 49; w = 49 / (49 + 1) = 0,98.
func TestShrinkByHand(t *testing.T) {
	groups := []Moments{MomentsOf([]float64{9, 11}), MomentsOf([]float64{19, 21})}
	if s := PooledVariance(groups); s != 2 {
		t.Errorf("variance within %v, want 2", s)
	}
	w, v := Shrink(groups, 15, 2)
	if !near(w[0], 0.98, 1e-12) || !near(v[0], 0.98*10+0.02*15, 1e-12) || !near(v[1], 0.98*20+0.02*15, 1e-12) {
		t.Errorf("weights %v, values %v", w, v)
	}
}

func TestShrinkCorners(t *testing.T) {
	for name, c := range map[string]struct {
		groups  []Moments
		within  float64
		weights []float64
	}{
		"an empty group and an only one get their parent": {[]Moments{{}, MomentsOf([]float64{1, 2, 3})}, 1, []float64{0, 0}},
		"groups that do not differ more than chance":      {[]Moments{MomentsOf([]float64{0, 10}), MomentsOf([]float64{1, 11})}, 50, []float64{0, 0}},
		"values without chance, groups that differ":       {[]Moments{MomentsOf([]float64{3, 3}), MomentsOf([]float64{4, 4})}, 0, []float64{1, 1}},
		"no groups at all": {nil, 1, nil},
	} {
		w, v := Shrink(c.groups, 7, c.within)
		for i := range c.weights {
			want := c.weights[i]*c.groups[i].Mean + (1-c.weights[i])*7
			if !near(w[i], c.weights[i], 1e-12) || !near(v[i], want, 1e-12) {
				t.Errorf("%s: group %d: weight %v, value %v", name, i, w[i], v[i])
			}
		}
	}
}

// TestShrinkFindsTheMean: groups drawn around a parent are estimated better by shrinking than by their own mean or by the
// parent's, over many draws; that is what it is for.
func TestShrinkFindsTheMean(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var own, parent, shrunk float64
	for range 400 {
		truth := make([]float64, 8)
		groups := make([]Moments, 8)
		for g := range groups {
			truth[g] = 100 + 10*r.NormFloat64()
			values := make([]float64, 2+r.IntN(12))
			for i := range values {
				values[i] = truth[g] + 30*r.NormFloat64()
			}
			groups[g] = MomentsOf(values)
		}
		_, values := Shrink(groups, 100, PooledVariance(groups))
		for g := range groups {
			own += (groups[g].Mean - truth[g]) * (groups[g].Mean - truth[g])
			parent += (100 - truth[g]) * (100 - truth[g])
			shrunk += (values[g] - truth[g]) * (values[g] - truth[g])
		}
	}
	if shrunk > 0.95*parent || shrunk > 0.7*own {
		t.Errorf("squared error: shrunk %.0f, own means %.0f, parent %.0f", shrunk, own, parent)
	}
}

// TestShrinkStaysBetween: an estimate lies between the group's mean and the parent, and moving everything moves it alike.
func TestShrinkStaysBetween(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var groups, moved []Moments
		for range rapid.IntRange(1, 6).Draw(t, "groups") {
			// whole cents, as amounts are: moving a billionth by 500 loses it
			var values, other []float64
			for _, v := range rapid.SliceOfN(rapid.IntRange(0, 1000), 0, 8).Draw(t, "values") {
				values, other = append(values, float64(v)), append(other, float64(v+500))
			}
			groups, moved = append(groups, MomentsOf(values)), append(moved, MomentsOf(other))
		}
		_, v := Shrink(groups, 300, PooledVariance(groups))
		_, m := Shrink(moved, 800, PooledVariance(moved))
		for i, g := range groups {
			low, high := min(g.Mean, 300), max(g.Mean, 300)
			if g.N == 0 {
				low, high = 300, 300
			}
			if v[i] < low-1e-9 || v[i] > high+1e-9 || !near(v[i]+500, m[i], 1e-6) {
				t.Fatalf("group %d: %v is not between %v and %v (moved: %v)", i, v[i], low, high, m[i])
			}
		}
	})
}

// slowShrink is the textbook in exact fractions, from the values themselves (Searle, Casella and McCulloch 1992, section 3.6): mean
// squares from pairs of differences, t = (MSA - MSE) / n0 with n0 = (N - sum n²/N) / (a - 1), w = n t / (n t + s).
func slowShrink(groups [][]int64, parent int64) (within *big.Rat, weights, values []*big.Rat) {
	rat := func(v int64) *big.Rat { return new(big.Rat).SetInt64(v) }
	var means []*big.Rat
	var filled [][]int64
	total := int64(0)
	ssw := new(big.Rat)
	for _, g := range groups {
		if len(g) == 0 {
			continue
		}
		n, sum := int64(len(g)), int64(0)
		for i, a := range g {
			sum += a
			for _, b := range g[:i] {
				ssw.Add(ssw, big.NewRat((a-b)*(a-b), n))
			}
		}
		filled, means, total = append(filled, g), append(means, big.NewRat(sum, n)), total+n
	}
	within = new(big.Rat)
	if df := total - int64(len(filled)); df > 0 {
		within.Quo(ssw, rat(df))
	}
	t := new(big.Rat)
	if a := int64(len(filled)); a > 1 {
		ssa, n0 := new(big.Rat), rat(total)
		for i, g := range filled {
			n := int64(len(g))
			n0.Sub(n0, big.NewRat(n*n, total))
			for k := range i {
				d := new(big.Rat).Sub(means[i], means[k])
				d.Mul(d, d).Mul(d, big.NewRat(n*int64(len(filled[k])), total))
				ssa.Add(ssa, d)
			}
		}
		n0.Quo(n0, rat(a-1))
		t.Sub(ssa.Quo(ssa, rat(a-1)), within).Quo(t, n0)
		if t.Sign() < 0 {
			t.SetInt64(0)
		}
	}
	at := 0
	for _, g := range groups {
		w, v := new(big.Rat), rat(parent)
		if len(g) > 0 {
			if nt := new(big.Rat).Mul(rat(int64(len(g))), t); nt.Sign() > 0 {
				w.Quo(nt, new(big.Rat).Add(nt, within))
			}
			d := new(big.Rat).Sub(means[at], v)
			v.Add(v, d.Mul(d, w))
			at++
		}
		weights, values = append(weights, w), append(values, v)
	}
	return within, weights, values
}

// TestShrinkIsTheTextbook holds the variance within, the weights and the values to the textbook, on amounts with a heavy tail and
// groups of any size, empty ones and all alike included.
func TestShrinkIsTheTextbook(t *testing.T) {
	amount := rapid.OneOf(rapid.Int64Range(-1000, 5000), rapid.Int64Range(0, 50_000_000), rapid.Just(int64(0)))
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.SliceOfN(rapid.SliceOfN(amount, 0, 12), 0, 6).Draw(t, "groups")
		parent := rapid.Int64Range(0, 10_000_000).Draw(t, "parent")
		var groups []Moments
		for _, g := range raw {
			values := make([]float64, len(g))
			for i, v := range g {
				values[i] = float64(v)
			}
			groups = append(groups, MomentsOf(values))
		}
		within, weights, values := slowShrink(raw, parent)
		want, _ := within.Float64()
		got := PooledVariance(groups)
		if !near(got, want, 1e-9) {
			t.Fatalf("variance within %v, want %v", got, want)
		}
		w, v := Shrink(groups, float64(parent), got)
		for i := range raw {
			wantW, _ := weights[i].Float64()
			wantV, _ := values[i].Float64()
			if !near(w[i], wantW, 1e-6) || !near(v[i], wantV, 1e-6) {
				t.Fatalf("group %d: weight %v, value %v, want %v and %v", i, w[i], v[i], wantW, wantV)
			}
		}
	})
}
