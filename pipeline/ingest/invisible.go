package ingest

import (
	"bytes"
	"fmt"
	"strings"
)

// nullWords are the words that databases and programs write where nothing is. A cell that is one of them is not a value: taken
// for an id it would tie together every line that has it.
var nullWords = [numNullWords]string{"NULL", "NA", "N/A", "NaN", "NaT", "None", "<NA>", "nil", "-", "(null)", "\\N", "#N/A", "#N/B", "nvt", "n.v.t."}

const (
	numNullWords  = 15
	maxNullWord   = 6 // bytes in the longest
	numInvisibles = 13
)

// mayBeNull says of a first byte whether a null word starts with it.
var mayBeNull = func() (t [256]bool) {
	for _, w := range nullWords {
		t[strings.ToLower(w)[0]], t[strings.ToUpper(w)[0]] = true, true
	}
	return t
}()

// nullWord is the fault of a cell that is a null word, whatever its case; 0 for any other cell.
func nullWord(c []byte) fault {
	if len(c) == 0 || len(c) > maxNullWord || !mayBeNull[c[0]] {
		return 0
	}
	for i, w := range nullWords {
		if len(w) == len(c) && strings.EqualFold(w, string(c)) {
			return faultWoord + fault(i)
		}
	}
	return 0
}

// invisible is a sign that nobody sees and that makes a text another text.
type invisible struct {
	r    rune
	name string
}

// String is how a message names it.
func (s invisible) String() string { return fmt.Sprintf("%s (U+%04X)", s.name, s.r) }

var invisibles = [numInvisibles]invisible{{0xa0, "een harde spatie"}, {0xad, "een zacht afbreekstreepje"}, {0x2007, "een cijferspatie"},
	{0x2009, "een smalle spatie"}, {0x200b, "een spatie zonder breedte"}, {0x200c, "een teken zonder breedte"}, {0x200d, "een teken zonder breedte"},
	{0x200e, "een richtingsteken"}, {0x200f, "een richtingsteken"}, {0x202f, "een smalle harde spatie"}, {0x2060, "een teken zonder breedte"},
	{0x3000, "een brede spatie"}, {0xfeff, "een byte order mark"}}

// invisibleIn returns the place in invisibles of the first one that stands in c; -1 when there is none.
func invisibleIn(c []byte) int {
	if ascii(c) {
		return -1
	}
	for i, s := range invisibles {
		if bytes.ContainsRune(c, s.r) {
			return i
		}
	}
	return -1
}

// visible is a text without the invisible signs.
func visible(s string) string {
	return strings.Map(func(r rune) rune {
		for _, s := range invisibles {
			if r == s.r {
				return -1
			}
		}
		return r
	}, s)
}
