package ingest

import (
	"errors"
	"regexp"
	"regexp/syntax"

	"github.com/parquet-go/parquet-go"
	"github.com/zeebo/xxh3"
	"golang.org/x/text/encoding/charmap"

	"stapel/config"
)

// codeTable finds codes. Those of at most eight bytes, nearly all, are found by their bytes taken as a number.
type codeTable struct {
	keys  []uint64 // open addressing; 0 is free
	index []int32
	shift uint
	long  map[string]int32
	codes []codeEntry
}

type codeEntry struct {
	text  string // the code itself, also for a synonym
	value parquet.Value
	flags int64
	hash  uint64 // of text, for worker.hash
}

func newCodeTable(codes []config.Code, flags func(code string) int64) *codeTable {
	t := &codeTable{long: map[string]int32{}, shift: 64 - 4}
	n := 0
	for _, c := range codes {
		n += 1 + len(c.Synonyms)
	}
	for 1<<(64-t.shift) < 2*n {
		t.shift--
	}
	t.keys, t.index = make([]uint64, 1<<(64-t.shift)), make([]int32, 1<<(64-t.shift))
	for i, c := range codes {
		t.codes = append(t.codes, codeEntry{text: c.Code, value: textValue([]byte(c.Code)), flags: flags(c.Code), hash: xxh3.HashString(c.Code)})
		for _, s := range append([]string{c.Code}, c.Synonyms...) {
			if len(s) > 8 {
				t.long[s] = int32(i)
				continue
			}
			k := packCode([]byte(s))
			slot := t.slot(k)
			t.keys[slot], t.index[slot] = k, int32(i)
		}
	}
	return t
}

func packCode(b []byte) (k uint64) {
	for _, c := range b {
		k = k<<8 | uint64(c)
	}
	return k
}

// slot is where k is, or the free place where it belongs.
func (t *codeTable) slot(k uint64) int {
	i := int(k * 0x9e3779b97f4a7c15 >> t.shift)
	for t.keys[i] != 0 && t.keys[i] != k {
		i = (i + 1) & (len(t.keys) - 1)
	}
	return i
}

// find returns the place of the code that b is, or is another spelling of; -1 when it is neither. b is not empty and holds
// no NUL.
func (t *codeTable) find(b []byte) int64 {
	if len(b) > 8 {
		if i, ok := t.long[string(b)]; ok {
			return int64(i)
		}
		return -1
	}
	k := packCode(b)
	slot := t.slot(k)
	if t.keys[slot] != k {
		return -1
	}
	return int64(t.index[slot])
}

// pattern tests whether a whole cell has the form that a contract asks for. The forms in use are nearly all one class of
// characters repeated, such as [0-9]{8}; these are tested without the regular expression.
type pattern struct {
	re       *regexp.Regexp
	class    *[256]bool
	min, max int // length; max -1: no bound
}

func newPattern(col *config.Column) (*pattern, error) {
	re := col.Regexp()
	if re == nil {
		var err error
		if re, err = regexp.Compile(`^(?:` + col.Pattern + `)$`); err != nil {
			return nil, errors.New("pattern is geen reguliere expressie")
		}
	}
	p := &pattern{re: re}
	tree, err := syntax.Parse(col.Pattern, syntax.Perl)
	if err != nil || tree.Op != syntax.OpRepeat || tree.Sub[0].Op != syntax.OpCharClass {
		return p, nil
	}
	class := new([256]bool)
	for i := 0; i < len(tree.Sub[0].Rune); i += 2 {
		lo, hi := tree.Sub[0].Rune[i], tree.Sub[0].Rune[i+1]
		if hi > 0x7f {
			return p, nil
		}
		for r := lo; r <= hi; r++ {
			class[r] = true
		}
	}
	p.class, p.min, p.max = class, tree.Min, tree.Max
	return p, nil
}

func (p *pattern) match(b []byte) bool {
	if p.class == nil {
		return p.re.Match(b)
	}
	if len(b) < p.min || p.max >= 0 && len(b) > p.max {
		return false
	}
	for _, c := range b {
		if !p.class[c] {
			return false
		}
	}
	return true
}

// windows1252 holds the UTF-8 form of each byte; empty for the five that Windows-1252 leaves undefined.
var windows1252 = func() (t [256]string) {
	for i := range t {
		switch i {
		case 0x81, 0x8d, 0x8f, 0x90, 0x9d:
		default:
			t[i] = string(charmap.Windows1252.DecodeByte(byte(i)))
		}
	}
	return t
}()
