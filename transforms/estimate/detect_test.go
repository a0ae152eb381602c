package estimate

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// TestStream: the numbers are the hashes they are said to be, and below n each is equally likely.
func TestStream(t *testing.T) {
	s := NewStream("zaad")
	for i := range 9 {
		sum := sha256.Sum256([]byte(fmt.Sprintf("zaad:%d", i/4)))
		if got, want := s.Uint64(), binary.BigEndian.Uint64(sum[i%4*8:]); got != want {
			t.Fatalf("number %d is %d, want %d", i, got, want)
		}
	}
	var seen [7]int
	for range 70_000 {
		seen[s.Below(7)]++
	}
	for v, n := range seen {
		if math.Abs(float64(n)-10_000) > 500 { // five standard deviations
			t.Errorf("%d came %d times in 70.000", v, n)
		}
	}
}

// TestShuffleDraws: a draw is a sample without replacement, and every pair comes equally often.
func TestShuffleDraws(t *testing.T) {
	s, items, pairs := NewStream("s"), []int{0, 1, 2, 3, 4}, map[[2]int]int{}
	for range 20_000 {
		Shuffle(s, items, 2)
		sorted := slices.Sorted(slices.Values(items))
		if !slices.Equal(sorted, []int{0, 1, 2, 3, 4}) {
			t.Fatalf("items are %v", items)
		}
		pairs[[2]int{items[0], items[1]}]++
	}
	if len(pairs) != 20 {
		t.Fatalf("%d pairs of 20", len(pairs))
	}
	for p, n := range pairs {
		if n < 850 || n > 1150 {
			t.Errorf("%v came %d times in 20.000", p, n)
		}
	}
}

// pool of n households whose change has the given standard deviation, all drawable.
func simulated(n int, sd float64, seed string) []Never {
	s := NewStream(seed)
	uniform := func() float64 { return (float64(s.Uint64()>>11) + 0.5) / (1 << 53) }
	out := make([]Never, n)
	for i := range out {
		before := int64(5_000_000 + uniform()*10_000_000)
		out[i] = Never{ID: fmt.Sprintf("h-%05d", i), Before: before, Stratum: []string{"met", "zonder"}[i%2], Drawable: true,
			After: before + int64(math.Round(distuv.Normal{Mu: -700_000, Sigma: sd}.Quantile(uniform())))}
	}
	return out
}

// TestPlaceboKnownSpread: where changes are independent with a known standard deviation, one matched difference has that times
// sqrt(1 + 1/3), whatever part of the pool is drawn, and where nothing happened the procedure shows nothing.
func TestPlaceboKnownSpread(t *testing.T) {
	const sd = 2_000_000.0
	want := sd * math.Sqrt(4.0/3)
	for _, size := range []int{20, 80, 400} {
		var singles, means []float64
		for i := range 8 {
			p := PlaceboDraws(simulated(2000, sd, fmt.Sprint("pool", i)), size, 999, "trekking")
			if p.Size != size || p.Drawable != 2000 || p.Unpaired > 0 {
				t.Fatalf("%+v", p)
			}
			singles, means = append(singles, p.Single), append(means, p.Mean)
		}
		if got := stat.Mean(singles, nil); math.Abs(got/want-1) > 0.05 {
			t.Errorf("size %d: a difference has sd %.0f, want %.0f", size, got, want)
		}
		if m := stat.Mean(means, nil); math.Abs(m) > sd/20 {
			t.Errorf("size %d: nothing happened and it shows %.0f", size, m)
		}
	}
}

// TestPlaceboIsDeterministic: the order of the pool does not matter, the seed does.
func TestPlaceboIsDeterministic(t *testing.T) {
	pool := simulated(300, 1e6, "p")
	first := PlaceboDraws(pool, 20, 99, "a")
	other := slices.Clone(pool)
	slices.Reverse(other)
	if again := PlaceboDraws(other, 20, 99, "a"); again != first {
		t.Errorf("%+v and %+v", first, again)
	}
	if PlaceboDraws(pool, 20, 99, "b") == first {
		t.Error("another seed gives the same draws")
	}
	if p := PlaceboDraws(pool, 250, 9, "a"); p.Size != 150 {
		t.Errorf("%d of 300 drawn at a time", p.Size)
	}
	if p := PlaceboDraws(pool[:1], 5, 9, "a"); p.Size != 0 || p.SD != 0 {
		t.Errorf("%+v from one household", p)
	}
}

// TestMatchingIsNearest compares the walk over sorted households with a search over all of them.
func TestMatchingIsNearest(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		n := rapid.IntRange(2, 30).Draw(rt, "n")
		pool := make([]Never, n)
		for i := range pool {
			pool[i] = Never{ID: fmt.Sprintf("h-%02d", i), Before: rapid.Int64Range(0, 12).Draw(rt, "before"),
				After: rapid.Int64Range(0, 50).Draw(rt, "after"), Stratum: rapid.SampledFrom([]string{"a", "b"}).Draw(rt, "stratum"), Drawable: true}
		}
		slices.SortFunc(pool, func(a, b Never) int {
			return cmp.Or(cmp.Compare(a.Stratum, b.Stratum), cmp.Compare(a.Before, b.Before), cmp.Compare(a.ID, b.ID))
		})
		all := rapid.Permutation(indices(n)).Draw(rt, "order")
		drawn := slices.Clone(all[:rapid.IntRange(1, n).Draw(rt, "drawn")])
		m := matcher{order: pool, usedIn: make([]int, n)}
		sum, pairs := m.draw(drawn)
		wantSum, wantPairs := slowDraw(pool, drawn)
		if math.Abs(sum-wantSum) > 1e-9 || pairs != wantPairs {
			rt.Fatalf("sum %v of %d, want %v of %d", sum, pairs, wantSum, wantPairs)
		}
	})
}

func indices(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// slowDraw is the definition: for each drawn household, dearest first, three times the free household of its stratum that is
// first by distance in cost, distance in place, and place.
func slowDraw(pool []Never, drawn []int) (sum float64, n int) {
	used := map[int]bool{}
	for _, i := range drawn {
		used[i] = true
	}
	left := slices.Clone(drawn)
	for len(left) > 0 {
		at := 0
		for k := range left {
			if a, b := pool[left[k]], pool[left[at]]; a.Before > b.Before || a.Before == b.Before && a.ID < b.ID {
				at = k
			}
		}
		i := left[at]
		left = slices.Delete(left, at, at+1)
		change, found := 0.0, 0
		for range 3 {
			best := -1
			for j := range pool {
				if used[j] || pool[j].Stratum != pool[i].Stratum {
					continue
				}
				if best < 0 || distance(pool, i, j) < distance(pool, i, best) {
					best = j
				}
			}
			if best >= 0 {
				used[best] = true
				change += float64(pool[best].After - pool[best].Before)
				found++
			}
		}
		if found > 0 {
			sum += float64(pool[i].After-pool[i].Before) - change/float64(found)
			n++
		}
	}
	return sum, n
}

func distance(pool []Never, i, j int) int64 {
	cost, place := pool[i].Before-pool[j].Before, int64(i-j)
	return max(cost, -cost)*1_000_000 + max(place, -place)*1000 + int64(j)
}

// TestDetectable holds the formula at values from a table of t, and that more households always show a smaller effect.
func TestDetectable(t *testing.T) {
	for _, c := range []struct {
		n    int
		want float64 // t.975 + t.80, from a printed table
	}{{2, 12.706 + 1.376}, {10, 2.262 + 0.883}, {31, 2.042 + 0.854}, {61, 2.000 + 0.848}} {
		if got := Detectable(1000, c.n) * math.Sqrt(float64(c.n)) / 1000; math.Abs(got-c.want) > 0.002 {
			t.Errorf("n %d: factor %.4f, want %.3f", c.n, got, c.want)
		}
	}
	if !math.IsInf(Detectable(1, 1), 1) {
		t.Error("one household shows something")
	}
	rapid.Check(t, func(rt *rapid.T) {
		single := rapid.Float64Range(1, 1e9).Draw(rt, "single")
		n := rapid.IntRange(2, 5000).Draw(rt, "n")
		if a, b := Detectable(single, n), Detectable(single, n+1); !(b < a) {
			rt.Fatalf("%d households show %v, one more %v", n, a, b)
		}
	})
}

// TestNeeded: with so many the effect shows, with one less it does not.
func TestNeeded(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		single := rapid.Float64Range(1e5, 1e7).Draw(rt, "single")
		effect := rapid.Float64Range(1e4, 1e8).Draw(rt, "effect")
		n, ok := Needed(single, effect, 100_000)
		if !ok {
			if Detectable(single, 100_000) <= effect {
				rt.Fatal("100.000 are enough")
			}
			return
		}
		if Detectable(single, n) > effect || Detectable(single, n-1) <= effect {
			rt.Fatalf("%d is not the least", n)
		}
	})
	if _, ok := Needed(1, 0, 1000); ok {
		t.Error("no effect can be shown")
	}
	if _, ok := Needed(1, math.NaN(), 1000); ok {
		t.Error("an effect that is no number")
	}
}
