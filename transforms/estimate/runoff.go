package estimate

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"
)

// Triangle is a run-off triangle: Rows[i][k] is the amount that had come in of origin i by k months after it, cumulative; a later
// origin has a shorter row. What lies before From[i], one a row, was not observed (nil: every row from its first month).
type Triangle struct {
	Rows [][]float64
	From []int
}

func (t Triangle) from(i int) int {
	if t.From == nil {
		return 0
	}
	return t.From[i]
}

// seen calls f with every pair of months that row k of the development shows: what was in by k, and by k+1.
func (t Triangle) seen(k int, f func(now, next float64)) {
	for i, row := range t.Rows {
		if k >= t.from(i) && k+1 < len(row) {
			f(row[k], row[k+1])
		}
	}
}

// Development is how a triangle develops from month to month, after Mack, Distribution-free calculation of the standard error of
// chain ladder reserve estimates, ASTIN Bulletin 23(2), 1993. Factor, Sigma2 and Base are of one length: value k is about what comes in
// between k and k+1 months after an origin.
type Development struct {
	Factor []float64 // f_k: the sum of the rows by k+1 over the same rows by k; NaN where none has anything by k
	Sigma2 []float64 // his sigma²_k, in the unit of an amount; NaN where it can't be estimated
	Base   []float64 // the sum of amounts that f_k was divided by
	Tail   Tail
}

// Develop estimates the factors, weighted by volume, and their variance, as far as a row that has anything goes (Mack 1993, as
// Development). A factor that one row shows takes the variance that Mack proposes for the last: the least of the two before it, and
// of what their ratio would make it. A row that has nothing by k and something by k+1 raises f_k, and is left out of its variance,
// which the model does not define then. A triangle without rows has no factors and a tail of 1.
func Develop(t Triangle) Development {
	var d Development
	longest := 0
	for _, row := range t.Rows {
		longest = max(longest, len(row))
	}
	for k := range longest - 1 {
		var now, next float64
		rows := 0
		t.seen(k, func(a, b float64) {
			now, next = now+a, next+b
			if a > 0 {
				rows++
			}
		})
		f, s := math.NaN(), math.NaN()
		if now > 0 {
			f = next / now
		}
		switch {
		case rows > 1:
			s = 0
			t.seen(k, func(a, b float64) {
				if a > 0 {
					s += a * (b/a - f) * (b/a - f)
				}
			})
			s /= float64(rows - 1)
		case k >= 2:
			one, two := d.Sigma2[k-1], d.Sigma2[k-2]
			s = math.Min(one, two)
			if two > 0 {
				s = math.Min(s, one*one/two)
			}
		}
		d.Factor, d.Sigma2, d.Base = append(d.Factor, f), append(d.Sigma2, s), append(d.Base, now)
	}
	for n := len(d.Factor); n > 0 && math.IsNaN(d.Factor[n-1]); n = len(d.Factor) {
		d.Factor, d.Sigma2, d.Base = d.Factor[:n-1], d.Sigma2[:n-1], d.Base[:n-1]
	}
	d.Tail = tailOf(d.Factor)
	return d
}

// Tail is what is assumed after the last month of development that was seen, as shares of what is in by then.
type Tail struct {
	Factor float64 // what is there in the end over what is there by the last month seen, 1 or more
	Err    float64 // standard error of Factor: as large as what it adds
	Late   float64 // what the last half year that was seen added, as a share
	Decay  float64 // what that is to the half year before it; within [0,5, 0,9]
}

// halfYear is in months.
const halfYear = 6

// tailOf goes on as the last year seen went: half a year adds Decay times what the half year before it added, without end. That is
// the log-linear extrapolation of the factors, by half years rather than months because late months hold few lines. Development
// is never taken to fade faster than by half in half a year, so at the least as much again comes in as in the last half year, nor
// slower than by a tenth. Nothing in the last half year: 1. Months in which amounts were taken back count as nothing.
func tailOf(factors []float64) Tail {
	add := func(from, to int) float64 {
		product := 1.0
		for _, f := range factors[max(from, 0):max(to, 0)] {
			product *= math.Max(f, 1)
		}
		return product - 1
	}
	n := len(factors)
	t := Tail{Factor: 1, Late: add(n-halfYear, n)}
	before := add(n-2*halfYear, n-halfYear)
	if t.Late == 0 {
		return t
	}
	t.Decay = 0.9
	if before > 0 {
		t.Decay = math.Min(0.9, math.Max(0.5, t.Late/before))
	}
	t.Err = t.Late * t.Decay / (1 - t.Decay)
	t.Factor = 1 + t.Err
	return t
}

// Origin is a row at the end of its development so far: Amount is in, K months after it, 0 or more.
type Origin struct {
	Amount float64
	K      int
}

// Ultimate is the amount that an origin comes to in the end, and how much that is per amount that is in: the product of the factors
// from K on and the tail's. NaN where a factor is missing.
func (d Development) Ultimate(o Origin) (ultimate, factor float64) {
	factor = d.Tail.Factor
	for _, f := range d.Factor[min(o.K, len(d.Factor)):] {
		factor *= f
	}
	return o.Amount * factor, factor
}

// Err is the standard error, an amount, of the sum of what the origins come to: Mack's, process and estimation, with the covariance
// that they have through the factors they share (his theorem 3 and its corollary). The tail's error comes to it as one that all
// share. Amounts are above 0. NaN where a factor or its variance is missing.
func (d Development) Err(origins ...Origin) float64 {
	ultimate, reached := make([]float64, len(origins)), make([]float64, len(origins))
	var sum, variance float64
	for i, o := range origins {
		ultimate[i], _ = d.Ultimate(o)
		reached[i] = o.Amount // what it is expected to have come to by k
		sum += ultimate[i]
	}
	for k, f := range d.Factor {
		var share float64 // the sum of the ultimates that go through f_k
		relative := d.Sigma2[k] / (f * f)
		for i, o := range origins {
			if o.K > k {
				continue
			}
			share += ultimate[i]
			variance += ultimate[i] * ultimate[i] * relative / reached[i]
			reached[i] *= f
		}
		if share > 0 {
			variance += share * share * relative / d.Base[k]
		}
	}
	tail := d.Tail.Err / d.Tail.Factor * sum
	return math.Sqrt(variance + tail*tail)
}

// LowerShare is the lower bound, at a one-sided level (0,95), of the share of the ultimate that is in: amount over the upper bound
// of the ultimate. All but level are amounts; err is the standard error of the ultimate. What is still to come has that bound as the
// larger of two: normal, mean + z err, and lognormal with the same mean and standard error, which Mack proposes (section 6) because
// what is to come is skewed. The lognormal bound alone falls again when the error is more than about four times the mean, the normal
// one has no skew: neither can be had too low. What is in is known.
func LowerShare(amount, ultimate, err, level float64) float64 {
	z := distuv.UnitNormal.Quantile(level)
	left := ultimate - amount
	upper := left + z*err
	if left > 0 && err > 0 {
		s2 := math.Log1p(err / left * err / left)
		upper = math.Max(upper, left*math.Exp(z*math.Sqrt(s2)-s2/2))
	}
	return amount / (amount + upper)
}
