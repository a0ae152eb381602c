package verify

import (
	"sync"

	"stapel/pipeline/evidence/recount"
)

// Known is what verifying found in bytes before, by their hash: of the same bytes it is not found out twice. Files are hashed anew every time. The zero
// value knows nothing yet.
type Known struct {
	mu     sync.Mutex
	tables map[string]table
	sums   map[string]summed
}

// summed is what adding up again gave.
type summed struct {
	held  []string
	wrong []recount.Wrong
}

func (k *Known) table(of string, read func() table) table {
	return remember(&k.mu, &k.tables, of, read)
}

// remember does what is not known yet. Two that ask at once may both do it: the same bytes give the same.
func remember[T any](mu *sync.Mutex, known *map[string]T, of string, find func() T) T {
	mu.Lock()
	x, ok := (*known)[of]
	mu.Unlock()
	if ok {
		return x
	}
	x = find()
	mu.Lock()
	defer mu.Unlock()
	if *known == nil {
		*known = map[string]T{}
	}
	(*known)[of] = x
	return x
}
