package gate

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"stapel/reports/gate/linear"
)

// cbc is the path of the solver that make test installs.
func cbc(t testing.TB) string {
	t.Helper()
	path := linear.Find()
	if path == "" {
		t.Skip("cbc is not here; make test installs it (coinor-cbc)")
	}
	return path
}

// fake is a solver that does as the script says.
func fake(t *testing.T, script string) string {
	path := filepath.Join(t.TempDir(), "cbc")
	if err := os.WriteFile(path, []byte("#!/bin/sh\n"+script+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// badSolvers are ways in which a solver does not do its work. What it reads says where it has to write, as often as it is asked.
var badSolvers = map[string]string{
	"fails":              "exit 1",
	"says nothing":       "exit 0",
	"is killed":          "kill -9 $$",
	"hangs":              "exec /bin/sleep 30",
	"writes garbage":     `while read -r b a; do case "$a" in s.txt) echo garbage > "$a";; esac; done`,
	"says infeasible":    `while read -r b a; do case "$a" in s.txt) echo "Infeasible - objective value 0.0" > "$a";; esac; done`,
	"names what is not":  `while read -r b a; do case "$a" in s.txt) printf 'Optimal - objective value 1\n 0 v99999 1 0\n' > "$a";; esac; done`,
	"names twice":        `while read -r b a; do case "$a" in s.txt) printf 'Optimal - objective value 1\n 0 v1 1 0\n 0 v1 1 0\n' > "$a";; esac; done`,
	"writes no number":   `while read -r b a; do case "$a" in s.txt) printf 'Optimal - objective value 1\n 0 v1 NaN 0\n' > "$a";; esac; done`,
	"lies: all is 0":     `while read -r b a; do case "$a" in s.txt) echo "Optimal - objective value 0" > "$a";; esac; done`,
	"lies: all is large": `while read -r b a; do case "$a" in s.txt) { echo "Optimal - objective value 0"; for i in 1 2 3 4 5 6 7; do echo " 0 v$i 1000 0"; done; } > "$a";; esac; done`,
	"answers by a link":  `while read -r b a; do case "$a" in s.txt) /bin/ln -s /etc/passwd "$a";; esac; done`,
}

// TestBadSolver: whatever a solver does, a goal that only it could prove is not proven, and nothing else happens.
func TestBadSolver(t *testing.T) {
	for name, script := range badSolvers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			work := t.TempDir()
			w := small2x2(t)
			s := &search{w: w, process: linear.At(fake(t, script), work), used: map[string]bool{}, spent: map[*goal]time.Duration{}}
			s.dense.Columns = 0 // nothing is small enough for it
			ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
			defer cancel()
			if open := s.protect(ctx); len(open) != len(w.goals) || len(open) == 0 {
				t.Errorf("%d of %d goals are not proven", len(open), len(w.goals))
			}
			if left, err := os.ReadDir(work); err != nil || len(left) > 0 {
				t.Errorf("it leaves %v behind (%v)", left, err)
			}
		})
	}
	// the same with one that works
	w := small2x2(t)
	s := &search{w: w, process: linear.At(cbc(t), os.TempDir()), used: map[string]bool{}, spent: map[*goal]time.Duration{}}
	if open := s.protect(t.Context()); len(open) > 0 {
		t.Errorf("with cbc %d goals are not proven", len(open))
	}
}

// small2x2 is the world of a table with one small cell, exact.
func small2x2(t testing.TB) *world { return worldOf(t, [][]int64{{4, 20}, {19, 30}}) }

// worldOf is the world of a table of rows and columns, with the total of all.
func worldOf(t testing.TB, counts [][]int64) *world {
	t.Helper()
	tb := &Table{Name: "t", Population: "p", Moment: "m", Dims: []Dim{{Name: "x", Exhaustive: true}, {Name: "y", Exhaustive: true}}}
	total := int64(0)
	for i, row := range counts {
		x := fmt.Sprintf("r%02d", i)
		tb.Dims[0].Values = append(tb.Dims[0].Values, Value{Name: x})
		for j, n := range row {
			y := fmt.Sprintf("k%02d", j)
			if i == 0 {
				tb.Dims[1].Values = append(tb.Dims[1].Values, Value{Name: y})
			}
			tb.Cells = append(tb.Cells, Cell{Key: []string{x, y}, N: n})
			total += n
		}
	}
	tb.Cells = append(tb.Cells, Cell{Key: []string{"", ""}, N: total})
	w := newWorld(testRules(), []byte("0123456789abcdef"))
	if err := w.build([]*tableIn{{Table: tb, status: StatusFree}}, nil); err != nil {
		t.Fatal(err)
	}
	w.round()
	w.price()
	w.judge()
	return w
}

// TestWhatTheSolverSees: numbers, in a folder of its own that is its owner's alone, and an empty environment.
func TestWhatTheSolverSees(t *testing.T) {
	t.Setenv("SECRET", "of the project")
	out := filepath.Join(t.TempDir(), "seen")
	script := `{ pwd; /usr/bin/stat -c %a . p.mps; /usr/bin/env; /bin/cat p.mps; } > ` + out + `; exit 1`
	w := small2x2(t)
	s := &search{w: w, process: linear.At(fake(t, script), t.TempDir()), used: map[string]bool{}, spent: map[*goal]time.Duration{}}
	s.protect(t.Context())
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, want := range []string{"\n700\n", "\n600\n", "COLUMNS", "v1"} {
		if !contains(text, want) {
			t.Errorf("no %q in what it sees:\n%s", want, text)
		}
	}
	for _, not := range []string{"SECRET", "HOME", "huishoudens", "\"p\"", "x="} {
		if contains(text, not) {
			t.Errorf("it sees %q:\n%s", not, text)
		}
	}
}
