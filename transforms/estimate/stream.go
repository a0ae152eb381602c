package estimate

import (
	"crypto/sha256"
	"encoding/binary"
	"strconv"
)

// Stream gives the numbers of a seed, for draws that are to be repeated: the SHA-256 of `seed + ":" + 0`, `seed + ":" + 1`, …, cut
// into four big-endian 64-bit numbers each. Anyone can redo it with a hash alone, on any machine and in any language.
type Stream struct {
	text []byte // the seed and a colon, with room for a number
	seed int    // length of these two
	next uint64
	sum  [sha256.Size]byte
	at   int // of the sum; how far it is used
}

// NewStream starts the stream of a seed, which is any text.
func NewStream(seed string) *Stream {
	text := append(make([]byte, 0, len(seed)+21), seed...)
	return &Stream{text: append(text, ':'), seed: len(seed) + 1, at: sha256.Size}
}

// Uint64 is the next number, each of the 2^64 equally likely. A stream does not end, and serves one goroutine.
func (s *Stream) Uint64() uint64 {
	if s.at == len(s.sum) {
		s.sum, s.at = sha256.Sum256(strconv.AppendUint(s.text[:s.seed], s.next, 10)), 0
		s.next++
	}
	v := binary.BigEndian.Uint64(s.sum[s.at:])
	s.at += 8
	return v
}

// Below is the next number below n, each equally likely: numbers from the incomplete last stretch of n are passed over. n is
// above 0.
func (s *Stream) Below(n int) int {
	limit := ^uint64(0) - (^uint64(0)%uint64(n)+1)%uint64(n)
	for {
		if v := s.Uint64(); v <= limit {
			return int(v % uint64(n))
		}
	}
}

// Shuffle puts k items of the slice, drawn without replacement, in its first k places (Fisher and Yates). Any order that the
// slice is in before serves.
func Shuffle[T any](s *Stream, items []T, k int) {
	for i := range min(k, len(items)) {
		j := i + s.Below(len(items)-i)
		items[i], items[j] = items[j], items[i]
	}
}
