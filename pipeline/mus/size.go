package mus

import (
	"errors"
	"fmt"
	"math"
	"math/big"

	"gonum.org/v1/gonum/mathext"
)

// Distribution is that of the number of units in error in a sample.
type Distribution string

// Distributions. Poisson is the one of the published tables of monetary-unit sampling, and the widest; Binomial and Hypergeometric count whole
// units in error, the second without replacement.
const (
	Poisson        Distribution = "poisson"
	Binomial       Distribution = "binomiaal"
	Hypergeometric Distribution = "hypergeometrisch"
)

// maxSize is more than anybody looks at.
const maxSize = 100_000

// Factor is the reliability factor R_j: with j errors in a sample, the upper bound of the expected number, chi2inv(conf; 2(j+1))/2. j need not be whole.
func Factor(conf, j float64) float64 { return mathext.GammaIncRegInv(j+1, conf) }

// Size is the least n that would show, with n * expected/book errors found, that no more than tolerable of book is wrong:
//
//	Poisson         chi2inv(conf; 2(n EE/BV + 1))/2 <= n TM/BV
//	Binomial        P(X <= k | n, TM/BV) <= 1-conf, k the whole number of errors that n EE/BV is rounded up to
//	Hypergeometric  idem of a population of BV units of which TM are wrong
//
// It is never more than there are units.
//
// The first is the rule of AICPA's table C-1, the second of. An n above 100,000 is an error.
func Size(d Distribution, conf float64, book, tolerable, expected int64) (int, error) {
	if book <= 0 || tolerable <= 0 || expected < 0 || expected >= tolerable || conf <= 0 || conf >= 1 {
		return 0, errors.New("no sample size for a population, error or confidence like these")
	}
	if d != Poisson && tolerable >= book {
		return 1, nil // everything may be wrong: any sample shows it
	}
	h := &tail{book: book, wrong: tolerable}
	for n := int64(1); n <= min(book, maxSize); n++ {
		ok := false
		switch d {
		case Poisson:
			m := float64(n) / float64(book)
			ok = mathext.GammaIncReg(1+m*float64(expected), m*float64(tolerable)) >= conf
		case Binomial:
			ok = atMost(ceilShare(n, expected, book), n, float64(tolerable)/float64(book)) <= 1-conf
		case Hypergeometric:
			h.grow()
			ok = h.atMost(ceilShare(n, expected, book)) <= 1-conf
		default:
			return 0, fmt.Errorf("no distribution %s", d)
		}
		if ok {
			return int(n), nil
		}
	}
	if book <= maxSize {
		return int(book), nil // all of it
	}
	return 0, errors.New("the expected error is too near the tolerable one: no sample of 100,000 would show it")
}

// ceilShare is n*part/whole rounded up, exactly: in floating point 0.035 * 400 is a little more than 14.
func ceilShare(n, part, whole int64) int64 {
	product := new(big.Int).Mul(big.NewInt(n), big.NewInt(part))
	q, r := new(big.Int).QuoRem(product, big.NewInt(whole), new(big.Int))
	if r.Sign() > 0 {
		return q.Int64() + 1
	}
	return q.Int64()
}

// atMost is the chance of at most k in n of a binomial distribution.
func atMost(k, n int64, p float64) float64 {
	if k >= n {
		return 1
	}
	return mathext.RegIncBeta(float64(n-k), float64(k+1), 1-p)
}

// tail is the hypergeometric distribution of a sample that grows by one unit at a time.
type tail struct {
	book, wrong int64
	n           int64
	none        float64 // log of the chance of no unit in error
}

// grow adds a unit to the sample.
func (t *tail) grow() {
	if right := t.book - t.wrong - t.n; right > 0 {
		t.none += math.Log1p(-float64(t.wrong) / float64(t.book-t.n))
	} else {
		t.none = math.Inf(-1)
	}
	t.n++
}

// atMost is the chance of at most k units in error.
func (t *tail) atMost(k int64) float64 {
	if k >= min(t.n, t.wrong) {
		return 1
	}
	right := t.book - t.wrong
	if t.n > right { // some error is certain: count from the fewest there can be
		return t.fromFewest(k)
	}
	p, sum := math.Exp(t.none), 0.0
	for i := int64(0); i <= k; i++ {
		sum += p
		p *= float64(t.wrong-i) / float64(i+1) * float64(t.n-i) / float64(right-t.n+i+1)
	}
	return min(sum, 1)
}

// fromFewest is atMost of a sample larger than all that is right. Populations are small there, so that logs of factorials are exact enough.
func (t *tail) fromFewest(k int64) float64 {
	choose := func(n, k int64) float64 {
		a, _ := math.Lgamma(float64(n + 1))
		b, _ := math.Lgamma(float64(k + 1))
		c, _ := math.Lgamma(float64(n - k + 1))
		return a - b - c
	}
	sum := 0.0
	for i := t.n - (t.book - t.wrong); i <= k; i++ {
		sum += math.Exp(choose(t.wrong, i) + choose(t.book-t.wrong, t.n-i) - choose(t.book, t.n))
	}
	return min(sum, 1)
}

// expansion are AICPA's expansion factors for expected error, by the risk of wrongly accepting in percent (Audit Guide Audit Sampling, before 2008;
// as printed in Whittington and Pany, Principles of Auditing, 2006).
var expansion = map[int]float64{1: 1.9, 5: 1.6, 10: 1.5, 15: 1.4, 20: 1.3, 25: 1.25, 30: 1.2, 37: 1.15, 50: 1}

// ExpansionFactor is AICPA's factor for a confidence; false where its table has none.
func ExpansionFactor(conf float64) (float64, bool) {
	risk := int(math.Round((1 - conf) * 100))
	f, ok := expansion[risk]
	return f, ok && math.Abs((1-conf)*100-float64(risk)) < 1e-9
}

// ExpansionSize is the size by the older rule of thumb BV R_0 / (TM - EE f), rounded up, with f the expansion factor: what many work papers still
// have beside theirs. It is compared with, never drawn by; false where the rule gives nothing.
func ExpansionSize(conf float64, book, tolerable, expected int64) (int, bool) {
	f, ok := ExpansionFactor(conf)
	room := float64(tolerable) - f*float64(expected)
	if !ok || room <= 0 {
		return 0, false
	}
	return int(math.Ceil(float64(book) * Factor(conf, 0) / room)), true
}
