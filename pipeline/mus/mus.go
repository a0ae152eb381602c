// Package mus is monetary-unit sampling: how many units to look at, which lines they fall on, and what the errors found say of a sum. It is
// arithmetic alone: it reads no file and knows nothing of a run. Amounts are eurocents. docs/sampling.md has the formulas and the published
// tables that it is held to.
package mus

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strconv"
	"strings"
)

// Line is a line of the population: where it stands, and its part of the figure.
type Line struct {
	Kind   string // kind of extract
	File   string
	Row    int64  // physical line
	Window string // period of the part: a line may be in several
	Ct     int64  // book value of the part
}

// order is a total order of lines: no two of a population are equal in it.
func order(a, b Line) int {
	return cmp.Or(strings.Compare(a.Kind, b.Kind), strings.Compare(a.File, b.File), cmp.Compare(a.Row, b.Row), strings.Compare(a.Window, b.Window))
}

// Sort puts lines in the order in which units are counted, whatever order they come in. A line that is there twice is an error.
func Sort(lines []Line) error {
	slices.SortFunc(lines, order)
	for i := 1; i < len(lines); i++ {
		if order(lines[i-1], lines[i]) == 0 {
			return fmt.Errorf("line %d of %s/%s is in the population twice", lines[i].Row, lines[i].Kind, lines[i].File)
		}
	}
	return nil
}

// Digest is the SHA-256 of a population in order, one line a row: kind, file, row, window and cents, with tabs between.
func Digest(lines []Line) string {
	h := sha256.New()
	for _, l := range lines {
		fmt.Fprintf(h, "%s\t%s\t%d\t%s\t%d\n", l.Kind, l.File, l.Row, l.Window, l.Ct)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Method is how units are chosen.
type Method string

// Methods: Interval takes a unit every J units from one start; Cell takes one unit at a place of its own in every J units.
const (
	Interval Method = "interval"
	Cell     Method = "cel"
)

// Plan is what somebody decides before a draw.
type Plan struct {
	Confidence float64      `json:"betrouwbaarheid"` // of the conclusion, between 0 and 1
	Tolerable  int64        `json:"toelaatbaar_ct"`  // error in the population that is just acceptable
	Expected   int64        `json:"verwacht_ct"`     // error that is expected, less than Tolerable
	Model      Distribution `json:"verdeling"`
	Method     Method       `json:"trekking"`
	Seed       string       `json:"zaad"`
}

// Check says what is wrong with a plan.
func (p Plan) Check() error {
	switch {
	case !(p.Confidence >= 0.5 && p.Confidence <= 0.999):
		return errors.New("the confidence is not between 0.5 and 0.999")
	case p.Tolerable <= 0:
		return errors.New("the tolerable error is not above 0")
	case p.Expected < 0 || p.Expected >= p.Tolerable:
		return errors.New("the expected error is not between 0 and the tolerable one")
	case p.Model != Poisson && p.Model != Binomial && p.Model != Hypergeometric:
		return errors.New("the distribution is not known")
	case p.Method != Interval && p.Method != Cell:
		return errors.New("the way of drawing is not known")
	case strings.TrimSpace(p.Seed) == "":
		return errors.New("there is no seed")
	}
	return nil
}

// uniform is a whole number from 0 to below, by hash of the texts: the first 256 bits of chance modulo below, which favours no number by
// more than 1 in 2^190.
func uniform(below int64, texts ...string) int64 {
	sum := sha256.Sum256([]byte(strings.Join(texts, "\n")))
	n := new(big.Int).SetBytes(sum[:])
	return n.Mod(n, big.NewInt(below)).Int64()
}

// number is how a whole number is written in a text that is hashed.
func number(n int) string { return strconv.Itoa(n) }
