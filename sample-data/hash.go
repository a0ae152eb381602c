package sampledata

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"math"
)

// seed is the sentence that every draw and pseudonym is a hash of. Another sentence gives another set.
const seed = "stapel, synthetic demonstration set, edition 1: none of these people exist"

// pseudonym makes the delivered pseudonym of a thing: version label and 32 hex digits.
func pseudonym(kind, label string) string {
	sum := sha256.Sum256([]byte(seed + "\n" + kind + "\n" + label))
	return "v1_" + hex.EncodeToString(sum[:16])
}

// uniform draws a number in (0,1) that depends on its labels only.
func uniform(labels ...any) float64 {
	sum := sha256.Sum256([]byte(seed + "\n" + fmt.Sprintln(labels...)))
	return (float64(binary.BigEndian.Uint64(sum[:8])>>11) + 0.5) / (1 << 53)
}

// whole draws a whole number from lo..hi, both included.
func whole(lo, hi int, labels ...any) int {
	return lo + int(uniform(labels...)*float64(hi-lo+1))
}

// chance is true with probability p.
func chance(p float64, labels ...any) bool { return uniform(labels...) < p }

// pick draws an index with the given weights.
func pick(weights []float64, labels ...any) int {
	total := 0.0
	for _, w := range weights {
		total += w
	}
	u := uniform(labels...) * total
	for i, w := range weights {
		if u < w {
			return i
		}
		u -= w
	}
	return len(weights) - 1
}

// lognormal draws from the lognormal distribution with this mean (not median) and sigma.
func lognormal(mean, sigma float64, labels ...any) float64 {
	z := math.Sqrt2 * math.Erfinv(2*uniform(labels...)-1)
	return math.Exp(math.Log(mean) - sigma*sigma/2 + sigma*z)
}

// agb is the code of the i-th invented aanbieder: eight digits that fail the test on a BSN, so that a column full of
// them never looks like one.
func agb(i int) string {
	for n := 98500000 + 13*i; ; n++ {
		sum, rest := -(n % 10), n/10
		for weight := 2; rest > 0; weight++ {
			sum += weight * (rest % 10)
			rest /= 10
		}
		if sum%11 != 0 {
			return fmt.Sprint(n)
		}
	}
}
