package functions

import (
	"cmp"
	"math"
	"slices"

	"stapel/transforms/estimate"
)

// patterns are households by what shows and what would be known, summed up as far as the counting of sets needs it.
type patterns struct {
	states []state // by what shows and is known
	strata []stratum
}

// state is what shows and what would be known to be absent in some households.
type state struct {
	shows, known   int64
	households, ct int64
}

// stratum is households of one type and size with one set of what would be known.
type stratum struct {
	key        int // of type and size
	known      int64
	households int64
	showing    [64]int64 // by number of bit
}

func patternsOf(groups []patternGroup) patterns {
	type kind struct {
		name string
		size int64
	}
	var p patterns
	kinds := map[kind]int{}
	states, strata := map[[2]int64]int{}, map[[2]int64]int{}
	for _, g := range groups {
		k := kind{g.Type, g.Size}
		if _, ok := kinds[k]; !ok {
			kinds[k] = len(kinds)
		}
		at, ok := states[[2]int64{g.Shows, g.Known}]
		if !ok {
			at = len(p.states)
			states[[2]int64{g.Shows, g.Known}] = at
			p.states = append(p.states, state{shows: g.Shows, known: g.Known})
		}
		p.states[at].households += g.Households
		p.states[at].ct += g.Ct
		id := [2]int64{int64(kinds[k]), g.Known}
		at, ok = strata[id]
		if !ok {
			at = len(p.strata)
			strata[id] = at
			p.strata = append(p.strata, stratum{key: kinds[k], known: g.Known})
		}
		s := &p.strata[at]
		s.households += g.Households
		each(g.Shows, func(bit int) { s.showing[bit] += g.Households })
	}
	slices.SortStableFunc(p.strata, func(a, b stratum) int { return cmp.Compare(a.key, b.key) })
	return p
}

// counted is a set with the households that show all of it.
type counted struct{ households, ct, seen int64 }

// shown are all sets that some household shows.
func (p patterns) shown() map[int64]counted {
	out := map[int64]counted{}
	for _, s := range p.states {
		subsets(s.shows, func(set int64) {
			c := out[set]
			c.households += s.households
			c.ct += s.ct
			if set&^s.known == 0 {
				c.seen += s.households
			}
			out[set] = c
		})
	}
	return out
}

// judgeable are the ingredients that show in some household in which their absence would be known.
func (p patterns) judgeable() (out int64) {
	for _, s := range p.states {
		out |= s.shows & s.known
	}
	return out
}

// row is what is known of a set.
func (p patterns) row(set int64, c counted) patternRow {
	r := patternRow{Shown: c.households, Seen: c.seen, Ct: c.ct}
	for _, s := range p.states {
		if missing := set &^ s.shows; missing != 0 && missing&s.known == 0 {
			r.Unknown += s.households
		}
	}
	var expected float64
	expected, r.Judged = p.expect(set)
	if r.Judged > 0 {
		share := float64(r.Seen) / float64(r.Judged)
		r.Share = &share
	}
	if expected > 0 {
		low, high := estimate.Poisson(int(r.Seen), 0.95)
		lift, chance := float64(r.Seen)/expected, estimate.PoissonAtLeast(int(r.Seen), expected)
		low, high = low/expected, high/expected
		r.Expected, r.Lift, r.Low, r.High, r.P = &expected, &lift, &low, &high, &chance
	}
	if r.Shown > 0 {
		mean := roundDiv(abs(r.Ct), r.Shown)
		if r.Ct < 0 {
			mean = -mean
		}
		r.MeanCt = &mean
	}
	return r
}

// expect is how many of the households of which all of a set would be known show all of it, were the ingredients independent of each other
// among those of one type and size; and how many these are.
func (p patterns) expect(set int64) (expected float64, judged int64) {
	var showing [largestSet]int64
	flush := func(households int64) {
		if households == 0 {
			return
		}
		product := float64(households)
		i := 0
		each(set, func(int) {
			product *= float64(showing[i]) / float64(households)
			i++
		})
		expected += product
	}
	key, households := math.MinInt, int64(0)
	for _, s := range p.strata {
		if set&^s.known != 0 {
			continue
		}
		if s.key != key {
			flush(households)
			key, households, showing = s.key, 0, [largestSet]int64{}
		}
		households += s.households
		judged += s.households
		i := 0
		each(set, func(bit int) {
			showing[i] += s.showing[bit]
			i++
		})
	}
	flush(households)
	return expected, judged
}

// each gives the numbers of the bits that are set, from the lowest.
func each(set int64, give func(bit int)) {
	for n := 0; set != 0; n, set = n+1, set>>1 {
		if set&1 != 0 {
			give(n)
		}
	}
}
