package sampledata

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
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
