package gate

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stapel/reports/gate/linear"
)

// TestManyAtOnce: goals that a few tables prove are not asked of the process one by one, nor is what stays hidden.
func TestManyAtOnce(t *testing.T) {
	path := cbc(t)
	asked := filepath.Join(t.TempDir(), "asked")
	counting := fake(t, "echo >> "+asked+"; exec "+path+` "$@"`)
	counts := make([][]int64, 12)
	for i := range counts {
		for j := range 10 {
			n := int64(20 + 3*i + 5*j)
			if (i+j)%3 == 0 {
				n = int64((i + 2*j) % 9)
			}
			counts[i] = append(counts[i], n)
		}
	}
	w := worldOf(t, counts)
	s := &search{w: w, process: linear.At(counting, t.TempDir()), used: map[string]bool{}, spent: map[*goal]time.Duration{}}
	s.dense.Columns = 0 // all of it goes to the process
	if open := s.protect(t.Context()); len(open) > 0 {
		t.Fatalf("%d of %d goals are not proven", len(open), len(w.goals))
	}
	lines, err := os.ReadFile(asked)
	if err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(string(lines), "\n"); len(w.goals) < 40 || 2*n > len(w.goals) {
		t.Errorf("the process was asked %d times for %d goals", n, len(w.goals))
	}
}

// TestApart: what no equation joins comes apart, and nothing else: the parts are the whole, and what holds of a part does not hang on another.
func TestApart(t *testing.T) {
	w := worldOf(t, [][]int64{{20, 30, 40, 50}, {21, 31, 41, 51}, {22, 32, 42, 52}, {23, 33, 43, 53}})
	m := w.models[""]
	at := func(x, y string) int {
		return w.byID[identity{"p", "m", map[string]string{"x": x, "y": y}}.String()]
	}
	names := func(letter string) []string {
		return []string{letter + "00", letter + "01", letter + "02", letter + "03"}
	}
	square := func(of map[int]int64, r1, r2, k1, k2 string) {
		for k, c := range []int{at(r1, k1), at(r1, k2), at(r2, k2), at(r2, k1)} {
			of[c] += int64(1 - 2*(k%2))
		}
	}
	one, two := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		moved := map[int]int64{}
		rows, cols := rapid.Permutation(names("r")).Draw(t, "rows"), rapid.Permutation(names("k")).Draw(t, "columns")
		square(moved, rows[0], rows[1], cols[0], cols[1])
		switch rapid.IntRange(0, 2).Draw(t, "second") {
		case 0:
			square(moved, rows[2], rows[3], cols[2], cols[3])
		case 1:
			square(moved, rows[1], rows[2], cols[2], cols[3])
		}
		broken := rapid.Bool().Draw(t, "broken")
		if broken {
			moved[at(rows[0], cols[0])]++
		}
		all := &witness{}
		for c := range w.cells {
			if moved[c] != 0 {
				all.cells, all.moved = append(all.cells, c), append(all.moved, moved[c])
			}
		}
		parts := all.apart(m)
		whole, cells := true, 0
		for _, p := range parts {
			whole, cells = whole && p.holds(m), cells+len(p.cells)
			for k, c := range p.cells {
				if p.moved[k] != all.at(c) {
					t.Fatalf("a part moves a cell by %d, the whole by %d", p.moved[k], all.at(c))
				}
				for _, e := range m.touching(c) {
					for _, term := range m.eqs[e] {
						if all.at(term.cell) != 0 && p.at(term.cell) == 0 {
							t.Fatal("an equation joins two parts")
						}
					}
				}
			}
		}
		if cells != len(all.cells) || whole == broken || whole != all.holds(m) {
			t.Fatalf("%d cells in %d parts of %d; hold: %t, broken: %t", cells, len(parts), len(all.cells), whole, broken)
		}
		if one++; len(parts) > 1 {
			one, two = one-1, two+1
		}
	})
	if one < 10 || two < 10 {
		t.Errorf("%d in one part, %d in more: too few of one kind", one, two)
	}
}
