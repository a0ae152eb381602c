package generator

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"math"
	"math/rand/v2"
)

// root is what every draw and pseudonym of one household is derived from: a hash of the seed and the household's number,
// so that a household is the same whoever makes it, and whatever the others are.
type root [2]uint64

func newRoot(seed uint64, number int) root {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], seed)
	binary.BigEndian.PutUint64(b[8:], uint64(number))
	sum := sha256.Sum256(b[:])
	return root{binary.BigEndian.Uint64(sum[:8]), binary.BigEndian.Uint64(sum[8:16])}
}

// topic names a stream of draws. Streams are apart, so that a choice made in one does not shift the draws of another: the
// same household with another effect of maatwerk differs by that effect only.
type topic uint64

const (
	topicFrailty topic = iota + 1
	topicCompose
	topicLife
	topicInsured
	topicHealth
	topicGgz
	topicWmo
	topicYouth
	topicIncome
	topicDebt
	topicHousing
	topicClaims
	topicPlant
	topicProgramme
	topicPlan
	topicVarious
	topicChange
	topicArrival
	topicMinima
	topicPerson // one stream a person: topicPerson + index
)

// dice draws from one stream.
type dice struct{ pcg rand.PCG }

func (r root) dice(t topic) *dice {
	d := &dice{}
	d.pcg.Seed(r[0]^uint64(t)*0x9e3779b97f4a7c15, r[1]+uint64(t)*0xbf58476d1ce4e5b9)
	return d
}

// pseudonym makes a delivered pseudonym: version label and 32 hex digits.
func (r root) pseudonym(kind byte, index int) string {
	var b [25]byte
	binary.BigEndian.PutUint64(b[:8], r[0])
	binary.BigEndian.PutUint64(b[8:16], r[1])
	b[16] = kind
	binary.BigEndian.PutUint64(b[17:], uint64(index))
	sum := sha256.Sum256(b[:])
	var out [35]byte
	copy(out[:], "v1_")
	hex.Encode(out[3:], sum[:16])
	return string(out[:])
}

// uniform is a number in (0,1).
func (d *dice) uniform() float64 { return (float64(d.pcg.Uint64()>>11) + 0.5) / (1 << 53) }

// chance is true with probability p.
func (d *dice) chance(p float64) bool { return d.uniform() < p }

// whole is a whole number from lo..hi, both included.
func (d *dice) whole(lo, hi int) int { return lo + int(d.uniform()*float64(hi-lo+1)) }

// fewer is a whole number from 0..n of which the higher ones are rarer, as ages are.
func (d *dice) fewer(n int) int { return int(math.Pow(d.uniform(), 1.4) * float64(n+1)) }

// pick is an index with the given weights.
func (d *dice) pick(weights ...float64) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	u := d.uniform() * total
	for i, w := range weights {
		if u < w {
			return i
		}
		u -= w
	}
	return len(weights) - 1
}

func (d *dice) normal() float64 { return math.Sqrt2 * math.Erfinv(2*d.uniform()-1) }

// lognormal draws from the lognormal distribution with this mean (not median) and sigma.
func (d *dice) lognormal(mean, sigma float64) float64 {
	return mean * math.Exp(sigma*d.normal()-sigma*sigma/2)
}

// poisson draws a count with this mean, by inversion; means here are small.
func (d *dice) poisson(mean float64) int {
	n, p := 0, math.Exp(-mean)
	for sum, u := p, d.uniform(); u > sum && n < 50; sum += p {
		n++
		p *= mean / float64(n)
	}
	return n
}

// lift is a multiplier with mean 1 over the standard normal z: how much more often something happens to the frail.
func lift(beta, z float64) float64 { return math.Exp(beta*z - beta*beta/2) }

// agb is the code of the i-th invented aanbieder: eight digits that fail the test on a BSN, so that a column full of them
// never looks like one.
func agb(i int) int {
	for n := 98500000 + 13*i; ; n++ {
		sum, rest := -(n % 10), n/10
		for weight := 2; rest > 0; weight++ {
			sum += weight * (rest % 10)
			rest /= 10
		}
		if sum%11 != 0 {
			return n
		}
	}
}
