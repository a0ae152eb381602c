package effect

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"hash"
	"math"
)

// Notes hold what parts of an estimate came to before, each under a key of all that the part reads: numbers to the bit, in order, with its settings and seed.
// What is under a key is what computing gives, or can't be decoded and is computed.
type Notes interface {
	Take(key string) ([]byte, bool)
	Put(key string, data []byte)
}

// noted is what makes gives, or what it gave before for the same key. fits says whether a note can be that; what makes says is not whole is not kept, nor is a
// number that is none.
func noted[V any](notes Notes, key func() *keyHash, fits func(v *V) bool, makes func() (v V, whole bool)) V {
	if notes == nil {
		v, _ := makes()
		return v
	}
	at := hex.EncodeToString(key().Sum(nil))
	var v V
	if data, ok := notes.Take(at); ok && json.Unmarshal(data, &v) == nil && fits(&v) {
		return v
	}
	v, whole := makes()
	if data, err := json.Marshal(v); err == nil && whole {
		notes.Put(at, data)
	}
	return v
}

// keyHash is a hash of typed values: each list has its length before it, so that no two lists of values are the same bytes.
type keyHash struct {
	hash.Hash
	buf []byte
}

// keyOf begins the key of a part by its name, which changes when what the part does changes otherwise than by the program.
func keyOf(part string) *keyHash {
	k := &keyHash{Hash: sha256.New()}
	k.text(part)
	return k
}

func (k *keyHash) ints(list ...int64) {
	k.buf = binary.BigEndian.AppendUint64(k.buf[:0], uint64(len(list)))
	for _, v := range list {
		k.buf = binary.BigEndian.AppendUint64(k.buf, uint64(v))
	}
	k.Write(k.buf)
}

func (k *keyHash) floats(list ...float64) {
	k.buf = binary.BigEndian.AppendUint64(k.buf[:0], uint64(len(list)))
	for _, v := range list {
		k.buf = binary.BigEndian.AppendUint64(k.buf, math.Float64bits(v))
	}
	k.Write(k.buf)
}

func (k *keyHash) table(columns [][]float64) {
	k.ints(int64(len(columns)))
	for _, c := range columns {
		k.floats(c...)
	}
}

func (k *keyHash) text(s string) {
	k.ints(int64(len(s)))
	k.Write([]byte(s))
}

func flag(b bool) int64 {
	if b {
		return 1
	}
	return 0
}
