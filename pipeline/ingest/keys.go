package ingest

import (
	"bytes"
	"math/bits"
)

// keyCache remembers the keys of pseudonyms that a worker saw lately: lines about one person tend to stand together, and a
// key costs more than everything else in a line. It is direct-mapped: a pseudonym has one place, and pushes out what was there.
type keyCache struct {
	hash    *hasher
	entries []keyEntry
	shift   int    // from a hash to a place
	record  uint32 // number of the record at hand

	// For pseudonyms whose place is taken by another one of the same record, or too long to keep.
	spare  []*keyEntry
	spared int
	lower  []byte
}

// keyEntry is a pseudonym and its key.
type keyEntry struct {
	key, hi, lo int64
	record      uint32 // the record that used it last
	n           uint8  // length of the pseudonym; 0 when it stands in long
	noted       bool   // in the set of persons already
	ps          [keyTextMax]byte
	long        *[]byte
}

const (
	keyTextMax   = 74 // makes an entry two cache lines; the usual pseudonym, v1_ and 64 hex digits, has 67
	keyCacheBits = 16 // at most; less for an extract with fewer pseudonyms than that
	minPseudonym = 32 // characters after the label
	maxLabel     = 16 // of the label
)

// newKeyCache makes a cache for an extract of so many bytes.
func newKeyCache(s *ProjectKey, domain string, bytes int64) *keyCache {
	n := min(keyCacheBits, max(6, bits.Len64(uint64(bytes/minPseudonym))))
	return &keyCache{hash: newHasher(s, domain), entries: make([]keyEntry, 1<<n), shift: 64 - n}
}

// text is the pseudonym, in lower case.
func (e *keyEntry) text() []byte {
	if e.n == 0 {
		return *e.long
	}
	return e.ps[:e.n]
}

// start begins a record: entries found from now on stay as they are until the next start.
func (c *keyCache) start() {
	c.record++
	c.spared = 0
}

// find returns the entry of a pseudonym, nil when it doesn't have the form of one. fresh says that it was not in the cache.
func (c *keyCache) find(b []byte) (e *keyEntry, fresh bool) {
	if len(b) < minPseudonym+2 {
		return nil, false
	}
	e = c.place(b)
	if int(e.n) == len(b) && bytes.Equal(e.ps[:e.n], b) {
		e.record = c.record
		return e, false
	}
	if !isPseudonym(b) {
		return nil, false
	}
	c.lower = append(c.lower[:0], b...)
	changed := false
	for i, ch := range c.lower {
		if ch-'A' <= 'Z'-'A' {
			c.lower[i] = ch | 0x20
			changed = true
		}
	}
	if b = c.lower; changed {
		e = c.place(b)
		if int(e.n) == len(b) && bytes.Equal(e.ps[:e.n], b) {
			e.record = c.record
			return e, false
		}
	}
	if e.record == c.record && e.n > 0 || len(b) > keyTextMax {
		if c.spared == len(c.spare) {
			c.spare = append(c.spare, new(keyEntry))
		}
		e = c.spare[c.spared]
		c.spared++
	}
	e.record, e.noted, e.long, e.n = c.record, false, nil, 0
	if len(b) <= keyTextMax {
		e.n = uint8(copy(e.ps[:], b))
	} else {
		long := bytes.Clone(b)
		e.long = &long
	}
	e.key, e.hi, e.lo = c.hash.sum(b)
	return e, true
}

// place is where b belongs in the cache, by its last eight bytes, which are random in a pseudonym.
func (c *keyCache) place(b []byte) *keyEntry {
	return &c.entries[packCode(b[len(b)-8:])*0x9e3779b97f4a7c15>>c.shift]
}

var isPseudonymByte = func() (t [256]bool) {
	for c := range t {
		t[c] = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
	}
	return t
}()

// isPseudonym reports whether b has the form of a pseudonym, whatever its case: a label of at most 16 letters and digits, an
// underscore, at least 32 letters and digits.
func isPseudonym(b []byte) bool {
	at := bytes.IndexByte(b, '_')
	if at < 1 || at > maxLabel || len(b)-at-1 < minPseudonym {
		return false
	}
	for i, c := range b {
		if !isPseudonymByte[c] && i != at {
			return false
		}
	}
	return true
}
