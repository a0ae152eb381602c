package effect

import (
	"encoding/json"

	"stapel/transforms/keyed"
)

// Notes hold what parts of an estimate came to before, each under a key of all that the part reads: numbers to the bit, in order, with its settings and seed.
// What is under a key is what computing gives, or can't be decoded and is computed.
type Notes interface {
	Take(key string) ([]byte, bool)
	Put(key string, data []byte)
}

// noted is what makes gives, or what it gave before for the same key. fits says whether a note can be that; what makes says is not whole is not kept, nor is a
// number that is none.
func noted[V any](notes Notes, key func() *keyed.Hash, fits func(v *V) bool, makes func() (v V, whole bool)) V {
	if notes == nil {
		v, _ := makes()
		return v
	}
	at := key().Key()
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
