package estimate

import (
	"errors"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/stat"
	"pgregory.net/rapid"
)

// slowMatch is the definition: for each treated unit by descending logit and id, k times the free candidate of its stratum within the
// caliper that is first by distance (as a multiple of 1e-9) and id, out of a matrix made with the inverse of the covariance.
func slowMatch(in MatchInput, opt MatchOptions, width float64) (controls map[int][]int, reasons map[int]string) {
	n, p := len(in.Treated), len(in.X)
	columns := mat.NewDense(n, p, nil)
	for j, x := range in.X {
		for i := range n {
			v := x[i]
			if opt.Distance == RankMahalanobis {
				below, equal := 0, 0
				for _, other := range x {
					if other < v {
						below++
					} else if other == v {
						equal++
					}
				}
				v = float64(below) + float64(equal+1)/2
			}
			columns.Set(i, j, v)
		}
	}
	var c mat.SymDense
	stat.CovarianceMatrix(&c, columns, nil)
	if opt.Distance == RankMahalanobis {
		d := mat.NewDiagDense(p, nil)
		for j := range p {
			d.SetDiag(j, math.Sqrt(float64(n)*float64(n+1)/12/c.At(j, j)))
		}
		var half, full mat.Dense
		half.Mul(d, &c)
		full.Mul(&half, d)
		for j := range p {
			for k := range j + 1 {
				c.SetSym(j, k, full.At(j, k))
			}
		}
	}
	var inverse mat.Dense
	if err := inverse.Inverse(&c); err != nil {
		panic(err)
	}
	distance := func(a, b int) float64 {
		if opt.Distance == LogitDistance {
			return math.Round(math.Abs(in.Logit[a]-in.Logit[b]) / 1e-9)
		}
		var diff mat.VecDense
		diff.SubVec(columns.RowView(a), columns.RowView(b))
		return math.Round(mat.Inner(&diff, &inverse, &diff) / 1e-9)
	}
	controls, reasons = map[int][]int{}, map[int]string{}
	used := map[int]bool{}
	var left []int
	for i, t := range in.Treated {
		if t {
			left = append(left, i)
		}
	}
	for len(left) > 0 {
		first := 0
		for k := range left {
			a, b := left[k], left[first]
			if in.Logit[a] > in.Logit[b] || in.Logit[a] == in.Logit[b] && in.ID[a] < in.ID[b] {
				first = k
			}
		}
		i := left[first]
		left = slices.Delete(left, first, first+1)
		reasons[i] = DroppedStratum
		for range opt.Controls {
			best := -1
			for j := range n {
				if in.Treated[j] || in.Stratum[j] != in.Stratum[i] {
					continue
				}
				if reasons[i] == DroppedStratum {
					reasons[i] = DroppedCaliper
				}
				if math.Abs(in.Logit[i]-in.Logit[j]) > width {
					continue
				}
				reasons[i] = DroppedUsed
				if used[j] && !opt.Replace || slices.Contains(controls[i], j) {
					continue
				}
				if best < 0 || distance(i, j) < distance(i, best) || distance(i, j) == distance(i, best) && in.ID[j] < in.ID[best] {
					best = j
				}
			}
			if best >= 0 {
				controls[i], used[best] = append(controls[i], best), true
			}
		}
	}
	return controls, reasons
}

// drawMatch draws units with few different values, so that much ties.
func drawMatch(t *rapid.T) MatchInput {
	n := rapid.IntRange(6, 40).Draw(t, "n")
	in := MatchInput{ID: make([]int64, n), Treated: make([]bool, n), Stratum: make([]int, n), Logit: make([]float64, n),
		X: [][]float64{make([]float64, n), make([]float64, n)}}
	for i, id := range rapid.Permutation(indices(n)).Draw(t, "ids") {
		in.ID[i] = int64(id)
		in.Treated[i] = i > 1 && (i < 4 || rapid.Bool().Draw(t, "treated"))
		in.Stratum[i] = rapid.IntRange(0, 2).Draw(t, "stratum")
		in.Logit[i] = float64(rapid.IntRange(-8, 8).Draw(t, "logit")) / 4
		in.X[0][i] = float64(rapid.IntRange(0, 4).Draw(t, "x0"))
		in.X[1][i] = rapid.Float64Range(0, 100).Draw(t, "x1")
	}
	in.X[0][0], in.X[0][1], in.X[1][0], in.X[1][1], in.X[1][2] = 0, 1, 0, 50, 100
	return in
}

// TestMatchIsTheDefinition compares with slowMatch, for every distance, with and without replacement and caliper.
func TestMatchIsTheDefinition(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawMatch(t)
		opt := MatchOptions{Distance: rapid.SampledFrom([]MatchDistance{RankMahalanobis, Mahalanobis, LogitDistance}).Draw(t, "distance"),
			Controls: rapid.IntRange(1, 4).Draw(t, "controls"), Replace: rapid.Bool().Draw(t, "replace"),
			Caliper: rapid.SampledFrom([]float64{0.2, 0.5, 2}).Draw(t, "caliper"), NoCaliper: rapid.Bool().Draw(t, "open"),
			Spread: rapid.SampledFrom([]CaliperSpread{SpreadWithin, SpreadAll}).Draw(t, "spread")}
		m, err := Match(in, opt)
		if err != nil {
			t.Fatal(err)
		}
		controls, reasons := slowMatch(in, opt, m.Width)
		served := map[int]bool{}
		for _, set := range m.Sets {
			if !slices.Equal(set.Controls, controls[set.Treated]) {
				t.Fatalf("unit %d got %v, want %v (%v)", set.Treated, set.Controls, controls[set.Treated], set.Distance)
			}
			for _, c := range set.Controls {
				served[c] = true
			}
		}
		for _, d := range m.Dropped {
			if len(controls[d.Treated]) > 0 || d.Reason != reasons[d.Treated] {
				t.Fatalf("unit %d dropped, %s; want %v, %s", d.Treated, d.Reason, controls[d.Treated], reasons[d.Treated])
			}
		}
		if len(m.Sets)+len(m.Dropped) != m.Treated || len(served) != m.Used {
			t.Fatalf("%d sets, %d dropped, %d treated, %d used of %d", len(m.Sets), len(m.Dropped), m.Treated, m.Used, len(served))
		}
	})
}

// TestMatchDoesNotDependOnOrder: with ids the order of the input does not matter, and rounds give nobody a second control before
// somebody else's first.
func TestMatchDoesNotDependOnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := drawMatch(t)
		order := rapid.Permutation(indices(len(in.ID))).Draw(t, "order")
		other := MatchInput{X: make([][]float64, 2)}
		for _, i := range order {
			other.ID, other.Treated, other.Stratum = append(other.ID, in.ID[i]), append(other.Treated, in.Treated[i]), append(other.Stratum, in.Stratum[i])
			other.Logit = append(other.Logit, in.Logit[i])
			other.X[0], other.X[1] = append(other.X[0], in.X[0][i]), append(other.X[1], in.X[1][i])
		}
		opt := MatchOptions{NoCaliper: true, Rounds: rapid.Bool().Draw(t, "rounds"), Controls: 2}
		a, errA := Match(in, opt)
		b, errB := Match(other, opt)
		if errA != nil || errB != nil || len(a.Sets) != len(b.Sets) {
			t.Fatal(errA, errB, len(a.Sets), len(b.Sets))
		}
		most, free := 0, map[int]bool{}
		for k, set := range a.Sets {
			again := b.Sets[k]
			for c := range set.Controls {
				if in.ID[set.Controls[c]] != other.ID[again.Controls[c]] {
					t.Fatalf("set %d: %v and %v", k, set, again)
				}
			}
			most = max(most, len(set.Controls))
		}
		for _, d := range a.Dropped {
			free[in.Stratum[d.Treated]] = true
		}
		for _, set := range a.Sets {
			if opt.Rounds && free[in.Stratum[set.Treated]] && len(set.Controls) > 1 {
				t.Fatalf("unit %d has two controls while others of its stratum have none", set.Treated)
			}
		}
	})
}

// TestMatchByHand: reasons, sets that are not full, weights and differences.
func TestMatchByHand(t *testing.T) {
	in := MatchInput{
		Treated: []bool{true, true, true, true, false, false, false, false},
		Stratum: []int{1, 1, 2, 3, 1, 1, 1, 2},
		Logit:   []float64{2, 1, 1, 1, 1.5, 1.9, 2.2, 9},
	}
	opt := MatchOptions{Distance: LogitDistance, Caliper: 1, Controls: 2, Spread: SpreadAll}
	m, err := Match(in, opt) // the standard deviation of the logit is 2,72
	if err != nil {
		t.Fatal(err)
	}
	want := []MatchSet{{Treated: 0, Controls: []int{5, 6}}, {Treated: 1, Controls: []int{4}}}
	for k, w := range want {
		if m.Sets[k].Treated != w.Treated || !slices.Equal(m.Sets[k].Controls, w.Controls) {
			t.Errorf("set %d: %v, want %v", k, m.Sets[k], w)
		}
	}
	if drops := []MatchDrop{{2, DroppedCaliper}, {3, DroppedStratum}}; !slices.Equal(m.Dropped, drops) || m.Partial != 1 || m.Used != 3 {
		t.Errorf("%+v", m)
	}
	if w := m.Weights(8); !slices.Equal(w, []float64{1, 1, 0, 0, 1, 0.5, 0.5, 0}) {
		t.Errorf("weights %v", w)
	}
	if d := m.Differences([]float64{10, 20, 0, 0, 5, 1, 3, 0}); !slices.Equal(d, []float64{8, 15}) {
		t.Errorf("differences %v", d)
	}
	in.Treated[5] = true // now 1,9 comes second, and takes what is left to 2
	opt.Controls = 3
	if m, err = Match(in, opt); err != nil || len(m.Dropped) != 4 || m.Dropped[0] != (MatchDrop{5, DroppedUsed}) {
		t.Errorf("%+v, %v", m, err)
	}
}

// TestMatchAtTheEdge: who is exactly a caliper away is within it, the caliper within groups is of the mean variance, and candidates whose
// distances differ by rounding alone (0,3 - 0,2 and 0,4 - 0,3) tie, so that the lower id serves.
func TestMatchAtTheEdge(t *testing.T) {
	edge := MatchInput{Treated: []bool{true, false, false}, Logit: []float64{0, -1, 1}} // a standard deviation of 1
	for caliper, want := range map[float64]int{1: 2, 0.999: 0} {
		m, err := Match(edge, MatchOptions{Distance: LogitDistance, Caliper: caliper, Spread: SpreadAll})
		if err != nil || m.Used != want || m.Width != caliper {
			t.Errorf("caliper %v: %+v, %v", caliper, m, err)
		}
	}
	groups := MatchInput{Treated: []bool{true, true, false, false}, Logit: []float64{0, 2, 0, 4}} // variances 2 and 8
	if m, err := Match(groups, MatchOptions{Distance: LogitDistance}); err != nil || !near(m.Width, 0.2*math.Sqrt(5), 1e-12) {
		t.Errorf("%+v, %v", m, err)
	}
	tie := MatchInput{Treated: []bool{true, false, false}, Logit: []float64{0.3, 0.2, 0.4}, ID: []int64{9, 2, 1}}
	m, err := Match(tie, MatchOptions{Distance: LogitDistance, Controls: 1, NoCaliper: true})
	if err != nil || m.Sets[0].Controls[0] != 2 {
		t.Errorf("%+v, %v", m, err)
	}
}

// TestMatchErrors: what does not fit is named, and never matched as if it were zero.
func TestMatchErrors(t *testing.T) {
	good := func() MatchInput {
		return MatchInput{Treated: []bool{true, true, false, false}, Logit: []float64{1, 2, 1, 2}, X: [][]float64{{1, 2, 3, 4}, {1, 0, 0, 1}}}
	}
	for name, c := range map[string]struct {
		change func(*MatchInput, *MatchOptions)
		want   error
	}{
		"nothing wrong":       {func(*MatchInput, *MatchOptions) {}, nil},
		"a missing covariate": {func(in *MatchInput, _ *MatchOptions) { in.X[0][2] = math.NaN() }, ErrMatchInput},
		"an infinite logit":   {func(in *MatchInput, _ *MatchOptions) { in.Logit[0] = math.Inf(1) }, ErrMatchInput},
		"a short column":      {func(in *MatchInput, _ *MatchOptions) { in.X[1] = in.X[1][:3] }, ErrMatchInput},
		"no columns":          {func(in *MatchInput, _ *MatchOptions) { in.X = nil }, ErrMatchInput},
		"an id twice":         {func(in *MatchInput, _ *MatchOptions) { in.ID = []int64{1, 2, 2, 3} }, ErrMatchInput},
		"a strange distance":  {func(_ *MatchInput, o *MatchOptions) { o.Distance = "far" }, ErrMatchInput},
		"no room":             {func(_ *MatchInput, o *MatchOptions) { o.Caliper = -1 }, ErrMatchInput},
		"one treated":         {func(in *MatchInput, _ *MatchOptions) { in.Treated[1] = false }, ErrMatchInput},
		"nobody treated":      {func(in *MatchInput, _ *MatchOptions) { in.Treated = make([]bool, 4) }, ErrMatchEmpty},
		"a constant":          {func(in *MatchInput, _ *MatchOptions) { in.X[1] = []float64{3, 3, 3, 3} }, ErrMatchSingular},
		"a copy":              {func(in *MatchInput, _ *MatchOptions) { in.X[1] = []float64{2, 4, 6, 8} }, ErrMatchSingular},
	} {
		in, opt := good(), MatchOptions{}
		c.change(&in, &opt)
		if m, err := Match(in, opt); !errors.Is(err, c.want) || (err == nil) != (m != nil) {
			t.Errorf("%s: %v, %v", name, m, err)
		}
	}
}

// BenchmarkMatch: 2.000 treated of a million, 12 covariates, 1:3 without replacement within 0,2 SD in eight strata and in one.
func BenchmarkMatch(b *testing.B) {
	const n, treatedN, p = 1_002_000, 2_000, 12
	in := MatchInput{ID: make([]int64, n), Treated: make([]bool, n), Stratum: make([]int, n), Logit: make([]float64, n), X: make([][]float64, p)}
	s := NewStream("bench")
	uniform := func() float64 { return float64(s.Uint64()>>11) / (1 << 53) }
	for j := range in.X {
		in.X[j] = make([]float64, n)
		for i := range in.X[j] {
			in.X[j][i] = math.Floor(math.Exp(10 * uniform())) // amounts with a long tail, and ties
		}
	}
	for i := range n {
		in.ID[i], in.Treated[i], in.Stratum[i] = int64(i), i < treatedN, s.Below(8)
		in.Logit[i] = -6 + 4*uniform()
		if in.Treated[i] {
			in.Logit[i] += 1
		}
	}
	for _, c := range []struct {
		name    string
		stratum []int
	}{{"eight strata", in.Stratum}, {"one stratum", nil}} {
		b.Run(c.name, func(b *testing.B) {
			in := in
			in.Stratum = c.stratum
			b.ReportAllocs()
			for b.Loop() {
				if m, err := Match(in, MatchOptions{}); err != nil || len(m.Sets) < treatedN/2 {
					b.Fatal(m, err)
				}
			}
		})
	}
}
