package estimate

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// untreatedPool are untreated units by first measurement, then change.
type untreatedPool struct{ first, change []float64 }

func newUntreatedPool(first, second []float64) untreatedPool {
	order := indicesTo(len(first))
	slices.SortFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(first[a], first[b]), cmp.Compare(second[a], second[b]), cmp.Compare(a, b))
	})
	var p untreatedPool
	for _, i := range order {
		p.first, p.change = append(p.first, first[i]), append(p.change, second[i]-first[i])
	}
	return p
}

// inBand is where the units of the band of x begin, and their weights, equal; nil outside the bands and for too few units.
func (p untreatedPool) inBand(x float64, opt DirectOptions) (from int, weights []float64) {
	b := sort.Search(len(opt.Bands), func(k int) bool { return opt.Bands[k] > x })
	if b == 0 || b == len(opt.Bands) {
		return 0, nil
	}
	from = sort.SearchFloat64s(p.first, opt.Bands[b-1])
	n := sort.SearchFloat64s(p.first, opt.Bands[b]) - from
	if n < opt.Least {
		return 0, nil
	}
	return from, slices.Repeat([]float64{1 / float64(n)}, n)
}

// leastSpread is the variance, by weight and as a part of the squared reach, below which a neighbourhood has no slope.
const leastSpread = 1e-6

// nearby is where the units nearest to x begin, and what each weighs in the line through them at x; nil beyond the range of all. Units
// as far as the last of the nearest come with it. Where nearly all weight lies on one value there is no line, and it is their mean.
func (p untreatedPool) nearby(x float64, opt DirectOptions) (from int, weights []float64) {
	n := len(p.first)
	if n < 3 || x < p.first[0] || x > p.first[n-1] {
		return 0, nil
	}
	k := min(opt.Nearest, n)
	// the k nearest are a stretch of the sorted values: slide it while the next one is nearer than the first
	from = min(max(sort.SearchFloat64s(p.first, x)-k, 0), n-k)
	for from+k < n && p.first[from+k]-x < x-p.first[from] {
		from++
	}
	to := from + k
	reach := max(x-p.first[from], p.first[to-1]-x)
	for from > 0 && x-p.first[from-1] <= reach {
		from--
	}
	for to < n && p.first[to]-x <= reach {
		to++
	}
	weights = make([]float64, to-from)
	var sum, mean, squares float64
	for i := range weights {
		u := 0.0
		if reach > 0 {
			u = math.Abs(p.first[from+i]-x) / (reach * (1 + roundOff)) // the last of the nearest counts a trifle
		}
		weights[i] = math.Pow(1-u*u*u, 3)
		sum += weights[i]
		mean += weights[i] * (p.first[from+i] - x)
	}
	mean /= sum
	for i, w := range weights {
		d := p.first[from+i] - x - mean
		squares += w * d * d
	}
	for i, w := range weights {
		share := w / sum
		if squares > leastSpread*reach*reach*sum {
			share += w * -mean * (p.first[from+i] - x - mean) / squares
		}
		weights[i] = share
	}
	return from, weights
}
