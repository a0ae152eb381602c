// Package keyed makes keys of all that a part of a computation reads: a hash of typed values, each list with its length before it, so that no two lists of values
// are the same bytes.
package keyed

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"math"
)

// Hash is a key that is being made.
type Hash struct {
	hash hash.Hash
	buf  []byte
}

// Of begins the key of a part by its name, which changes when what the part does changes otherwise than by the program.
func Of(part string) *Hash {
	h := &Hash{hash: sha256.New()}
	h.Text(part)
	return h
}

// Key is the key: a SHA-256 in hexadecimal digits.
func (h *Hash) Key() string { return hex.EncodeToString(h.hash.Sum(nil)) }

// Ints adds whole numbers.
func (h *Hash) Ints(list ...int64) {
	h.buf = binary.BigEndian.AppendUint64(h.buf[:0], uint64(len(list)))
	for _, v := range list {
		h.buf = binary.BigEndian.AppendUint64(h.buf, uint64(v))
	}
	h.hash.Write(h.buf)
}

// Floats adds numbers, to the bit.
func (h *Hash) Floats(list ...float64) {
	h.buf = binary.BigEndian.AppendUint64(h.buf[:0], uint64(len(list)))
	for _, v := range list {
		h.buf = binary.BigEndian.AppendUint64(h.buf, math.Float64bits(v))
	}
	h.hash.Write(h.buf)
}

// Table adds lists of numbers.
func (h *Hash) Table(columns [][]float64) {
	h.Ints(int64(len(columns)))
	for _, c := range columns {
		h.Floats(c...)
	}
}

// Text adds a text.
func (h *Hash) Text(s string) {
	h.Ints(int64(len(s)))
	h.hash.Write([]byte(s))
}

// Flag is a truth as a number.
func Flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
