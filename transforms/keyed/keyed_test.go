package keyed_test

import (
	"math"
	"testing"

	"stapel/transforms/keyed"
)

// TestKey: equal values give equal keys, and no two different lists of values the same.
func TestKey(t *testing.T) {
	seen := map[string]int{}
	for i, add := range []func(h *keyed.Hash){
		func(*keyed.Hash) {},
		func(h *keyed.Hash) { h.Ints() },
		func(h *keyed.Hash) { h.Ints(0) },
		func(h *keyed.Hash) { h.Ints(1, 2) },
		func(h *keyed.Hash) { h.Ints(1); h.Ints(2) },
		func(h *keyed.Hash) { h.Ints(keyed.Flag(true), keyed.Flag(false)) },
		func(h *keyed.Hash) { h.Text("ab") },
		func(h *keyed.Hash) { h.Text("a"); h.Text("b") },
		func(h *keyed.Hash) { h.Floats(1.5) },
		func(h *keyed.Hash) { h.Floats(math.Nextafter(1.5, 2)) },
		func(h *keyed.Hash) { h.Floats(math.Copysign(0, -1)) },
		func(h *keyed.Hash) { h.Table([][]float64{{1, 2}}) },
		func(h *keyed.Hash) { h.Table([][]float64{{1}, {2}}) },
	} {
		one, other := keyed.Of("deel"), keyed.Of("deel")
		add(one)
		add(other)
		if one.Key() != other.Key() {
			t.Errorf("%d: the same values have two keys", i)
		}
		if j, ok := seen[one.Key()]; ok {
			t.Errorf("%d has the key of %d", i, j)
		}
		seen[one.Key()] = i
	}
	if keyed.Of("a").Key() == keyed.Of("b").Key() {
		t.Error("two parts have one key")
	}
}
