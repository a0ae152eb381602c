package patterns

import (
	"cmp"
	"slices"
	"strings"
)

// Pattern is a row of the mart patroon. Values that can be empty are nil.
type Pattern struct {
	Set                              string
	N                                int64
	Asked                            bool
	Cocktail                         string
	Shown, Unknown, Judged, Seen     int64
	Share, Expected, Lift, Low, High *float64
	P, Q                             *float64
	Rank                             *int64
	Ct                               int64
	MeanCt                           *int64
}

// now is a household on P: by ingredient, whether it shows and whether its absence would be known.
type now struct {
	house        *household
	shows, known []bool
}

// stratum is a household type and size.
type stratum struct {
	kind string
	size int
}

// Patterns are the sets of two to five ingredients that some household shows on P, and all those of ingredients of cocktails.
func (w *World) Patterns() (out []Pattern) {
	names, asked := w.names(), w.asked()
	var list []now
	for _, h := range w.houses {
		x := now{house: h}
		for _, name := range names {
			x.shows = append(x.shows, h.shows(name, w.minimum(name), w.P))
			x.known = append(x.known, w.known(h, name, w.P.Month(0)))
		}
		list = append(list, x)
	}
	judged := make([]bool, len(names)) // some household shows it of which its absence would be known
	for i := range names {
		judged[i] = slices.ContainsFunc(list, func(x now) bool { return x.shows[i] && x.known[i] })
	}
	family := map[bool]int{} // by whether all are ingredients of cocktails, how many sets could be judged
	for size := 2; size <= 5; size++ {
		choose(len(names), size, func(set []int) {
			all := func(is func(i int) bool) bool { return !slices.ContainsFunc(set, func(i int) bool { return !is(i) }) }
			basis := all(func(i int) bool { return asked[names[i]] })
			if all(func(i int) bool { return judged[i] }) {
				family[basis]++
			}
			if basis || slices.ContainsFunc(list, func(x now) bool { return all(func(i int) bool { return x.shows[i] }) }) {
				row := w.pattern(list, names, set)
				row.Asked = basis
				out = append(out, row)
			}
		})
	}
	for _, basis := range []bool{true, false} {
		var rows []*Pattern
		var p []float64
		for i := range out {
			if out[i].Asked == basis && out[i].Expected != nil {
				rows, p = append(rows, &out[i]), append(p, *out[i].P)
			}
		}
		for i, q := range discoveries(p, family[basis]) {
			rows[i].Q = &q
		}
		slices.SortFunc(rows, func(a, b *Pattern) int {
			return cmp.Or(cmp.Compare(*b.Low, *a.Low), cmp.Compare(*b.Lift, *a.Lift), cmp.Compare(a.Set, b.Set))
		})
		for i, row := range rows {
			rank := int64(i + 1)
			row.Rank = &rank
		}
	}
	return out
}

// choose gives every way to take so many of n, each in order.
func choose(n, size int, give func(set []int)) {
	var add func(set []int, from int)
	add = func(set []int, from int) {
		if len(set) == size {
			give(set)
			return
		}
		for i := from; i < n; i++ {
			add(append(slices.Clone(set), i), i+1)
		}
	}
	add(nil, 0)
}

// pattern counts one set.
func (w *World) pattern(list []now, names []string, set []int) Pattern {
	row := Pattern{N: int64(len(set))}
	var ingredients []string
	for _, i := range set {
		ingredients = append(ingredients, names[i])
	}
	row.Set = strings.Join(ingredients, "+")
	var cocktails []string
	for _, k := range w.Config.Cocktails {
		if slices.Equal(ingredientsOf(k), ingredients) {
			cocktails = append(cocktails, k.ID)
		}
	}
	row.Cocktail = strings.Join(cocktails, "|")

	households, with := map[stratum]float64{}, map[stratum][]float64{}
	for _, x := range list {
		shown, absent, known := 0, 0, 0
		for _, i := range set {
			switch {
			case x.shows[i]:
				shown++
			case x.known[i]:
				absent++
			}
			if x.known[i] {
				known++
			}
		}
		switch {
		case shown == len(set):
			row.Shown++
			row.Ct += x.house.ct
		case absent == 0:
			row.Unknown++
		}
		if known < len(set) {
			continue
		}
		row.Judged++
		if shown == len(set) {
			row.Seen++
		}
		s := stratum{x.house.kind, x.house.size()}
		households[s]++
		if with[s] == nil {
			with[s] = make([]float64, len(set))
		}
		for n, i := range set {
			if x.shows[i] {
				with[s][n]++
			}
		}
	}
	if row.Shown > 0 {
		mean := halfAway(row.Ct, row.Shown)
		row.MeanCt = &mean
	}
	if row.Judged == 0 {
		return row
	}
	share := float64(row.Seen) / float64(row.Judged)
	row.Share = &share
	expected := 0.0
	for s, n := range households {
		product := n
		for _, k := range with[s] {
			product *= k / n
		}
		expected += product
	}
	if expected == 0 {
		return row
	}
	bounds := w.garwood(row.Seen)
	lift, low, high, p := float64(row.Seen)/expected, bounds.low/expected, bounds.high/expected, poissonAtLeast(row.Seen, expected)
	row.Expected, row.Lift, row.Low, row.High, row.P = &expected, &lift, &low, &high, &p
	return row
}

// halfAway divides, with halves away from zero.
func halfAway(ct, n int64) int64 {
	if ct < 0 {
		return -halfAway(-ct, n)
	}
	return (2*ct + n) / (2 * n)
}
