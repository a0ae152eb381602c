package patterns

import (
	"math"
	"math/big"
	"slices"

	"stapel/pipeline/reference/lines"
)

// interval is a lower and an upper bound.
type interval struct{ low, high float64 }

// tail is what an exact interval of 95% leaves on either side.
const tail = 0.025

// bisect is where a rising function crosses a level, between two points.
func bisect(low, high, level float64, f func(float64) float64) float64 {
	for range 100 {
		middle := (low + high) / 2
		if f(middle) < level {
			low = middle
		} else {
			high = middle
		}
	}
	return (low + high) / 2
}

// logFactorial is the logarithm of n!.
func logFactorial(n int64) float64 {
	x, _ := math.Lgamma(float64(n) + 1)
	return x
}

// poisson is the chance of exactly k where mean is expected.
func poisson(k int64, mean float64) float64 {
	return math.Exp(float64(k)*math.Log(mean) - mean - logFactorial(k))
}

// poissonAtLeast is the chance of k or more, term by term until they no longer matter.
func poissonAtLeast(k int64, mean float64) float64 {
	if k == 0 {
		return 1
	}
	sum := 0.0
	for i := k; ; i++ {
		term := poisson(i, mean)
		sum += term
		if float64(i) > mean && term < 1e-18*sum || term == 0 && float64(i) > mean {
			return min(1, sum)
		}
	}
}

// poissonAtMost is the chance of k or fewer.
func poissonAtMost(k int64, mean float64) float64 {
	sum := 0.0
	for i := range k + 1 {
		sum += poisson(i, mean)
	}
	return sum
}

// garwood are the means at which so few, or so many, as k are just rare enough.
func (w *World) garwood(k int64) interval {
	out, made := w.garwoods[k]
	if made {
		return out
	}
	far := 2*float64(k) + 20
	if k > 0 {
		out.low = bisect(0, far, tail, func(mean float64) float64 { return poissonAtLeast(k, mean) })
	}
	out.high = bisect(1e-9, far, -tail, func(mean float64) float64 { return -poissonAtMost(k, mean) })
	w.garwoods[k] = out
	return out
}

// binomialAtMost is the chance of k or fewer of n.
func binomialAtMost(k, n int64, p float64) float64 {
	sum := 0.0
	for i := range k + 1 {
		sum += math.Exp(logFactorial(n) - logFactorial(i) - logFactorial(n-i) + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return sum
}

// clopperPearson are the chances at which so few, or so many, as k of n are just rare enough.
func clopperPearson(k, n int64) interval {
	out := interval{0, 1}
	if k > 0 {
		out.low = bisect(0, 1, tail, func(p float64) float64 { return 1 - binomialAtMost(k-1, n, p) })
	}
	if k < n {
		out.high = bisect(0, 1, -tail, func(p float64) float64 { return -binomialAtMost(k, n, p) })
	}
	return out
}

// signTest is the chance, were both sides as likely, of a split as uneven as k of n or more: of all ways to toss n coins.
func signTest(k, n int64) float64 {
	ways := new(big.Int)
	for i := range n + 1 {
		if max(i, n-i) >= max(k, n-k) {
			ways.Add(ways, new(big.Int).Binomial(n, i))
		}
	}
	p, _ := new(big.Rat).SetFrac(ways, new(big.Int).Lsh(big.NewInt(1), uint(n))).Float64()
	return p
}

// quartile is that of type 7: on a straight line through the values, the first at 0 and the last at 1. Nil without any.
func quartile(days []int64, nth int) *float64 {
	if len(days) == 0 {
		return nil
	}
	days = slices.Sorted(slices.Values(days))
	steps := nth * (len(days) - 1) // quarters of the way from one value to the next
	at, part := steps/4, steps%4
	out := float64(days[at])
	if part > 0 {
		out += float64(part) * float64(days[at+1]-days[at]) / 4
	}
	return &out
}

// wait is how long something was waited for, and whether it came.
type wait struct {
	days lines.Day
	came bool
}

// median is the first day after which at most half still waits, by Kaplan and Meier; nil when more than half do at the end. What came
// before the waiting began is left out.
func median(list []wait) *float64 {
	list = slices.DeleteFunc(slices.Clone(list), func(x wait) bool { return x.days < 0 })
	last := lines.Day(-1)
	for _, x := range list {
		last = max(last, x.days)
	}
	left := big.NewRat(1, 1)
	for d := lines.Day(0); d <= last; d++ {
		var waiting, came int64
		for _, x := range list {
			if x.days >= d {
				waiting++
			}
			if x.days == d && x.came {
				came++
			}
		}
		if came == 0 {
			continue
		}
		left.Mul(left, big.NewRat(waiting-came, waiting))
		if left.Cmp(big.NewRat(1, 2)) <= 0 {
			out := float64(d)
			return &out
		}
	}
	return nil
}

// discoveries gives q-values (Benjamini and Hochberg) to p-values of which there are more, all 1, so that there are of together.
func discoveries(p []float64, of int) []float64 {
	sorted := slices.Sorted(slices.Values(p))
	out := make([]float64, len(p))
	least := map[float64]float64{}
	q := 1.0
	for i := len(sorted) - 1; i >= 0; i-- {
		q = min(q, sorted[i]*float64(of)/float64(i+1))
		least[sorted[i]] = q
	}
	for i := range p {
		out[i] = least[p[i]]
	}
	return out
}
