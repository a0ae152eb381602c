package gate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// cbc is the solver that make test installs.
func cbc(t testing.TB) *process {
	t.Helper()
	path := findSolver()
	if path == "" {
		t.Skip("cbc is not here; make test installs it (coinor-cbc)")
	}
	return processAt(path, os.TempDir())
}

func (p *program) value(x []float64) (sum float64) {
	for j, c := range p.cost {
		sum += c * x[j]
	}
	return sum
}

// TestSolversAgree: of the same program both find the same least cost, or neither finds any.
func TestSolversAgree(t *testing.T) {
	process := cbc(t)
	solved, not := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		n, m := rapid.IntRange(1, 12).Draw(t, "columns"), rapid.IntRange(1, 7).Draw(t, "rows")
		p := &program{}
		for range n {
			p.cost = append(p.cost, float64(rapid.IntRange(0, 20).Draw(t, "cost")))
			p.limit = append(p.limit, rapid.SampledFrom([]float64{3, 10, 25, math.Inf(1)}).Draw(t, "limit"))
		}
		for i := range m {
			r := row{right: float64(rapid.IntRange(-8, 8).Draw(t, "right")), least: i == 0 || rapid.Bool().Draw(t, "least")}
			for j := range n {
				if c := rapid.IntRange(-1, 1).Draw(t, "coefficient"); c != 0 {
					r.cols, r.coefs = append(r.cols, j), append(r.coefs, float64(c))
				}
			}
			if len(r.cols) > 0 {
				p.rows = append(p.rows, r)
			}
		}
		if len(p.rows) == 0 {
			return
		}
		a, b := dense{columnsAlone}.solve(t.Context(), p), process.solve(t.Context(), p)
		if (a == nil) != (b == nil) {
			t.Fatalf("gonum %v, cbc %v\n%s", a, b, p.text())
		}
		if a == nil {
			not++
			return
		}
		solved++
		if x, y := p.value(a), p.value(b); math.Abs(x-y) > 1e-2 {
			t.Fatalf("gonum %v, cbc %v\n%s", x, y, p.text())
		}
	})
	if solved < 20 || not < 5 {
		t.Errorf("%d programs solved, %d that have no solution: too few of one kind", solved, not)
	}
}

// TestWholePrograms: where whole numbers are asked, they are the cheapest of all whole numbers that there are; an unlimited column may be more than 1.
func TestWholePrograms(t *testing.T) {
	process := cbc(t)
	solved, not, large := 0, 0, 0
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 3).Draw(t, "columns")
		p := &program{whole: true}
		for range n {
			p.cost = append(p.cost, float64(rapid.IntRange(1, 9).Draw(t, "cost")))
			p.limit = append(p.limit, rapid.SampledFrom([]float64{1, 4, math.Inf(1)}).Draw(t, "limit"))
		}
		for range rapid.IntRange(1, 2).Draw(t, "rows") {
			r := row{right: float64(rapid.IntRange(0, 9).Draw(t, "right")), least: rapid.Bool().Draw(t, "least")}
			for j := range n {
				r.cols, r.coefs = append(r.cols, j), append(r.coefs, float64(rapid.IntRange(1, 3).Draw(t, "coefficient")))
			}
			p.rows = append(p.rows, r)
		}
		best := math.Inf(1) // coefficients are 1 or more, so that no column is above 9
		x := make([]float64, n)
		var each func(j int)
		each = func(j int) {
			if j < n {
				for v := 0.0; v <= min(9, p.limit[j]); v++ {
					x[j] = v
					each(j + 1)
				}
				return
			}
			for _, r := range p.rows {
				sum := 0.0
				for k, j := range r.cols {
					sum += r.coefs[k] * x[j]
				}
				if sum < r.right || !r.least && sum > r.right {
					return
				}
			}
			best = min(best, p.value(x))
		}
		each(0)
		got := process.solve(t.Context(), p)
		if (got == nil) != math.IsInf(best, 1) || got != nil && math.Abs(p.value(got)-best) > 1e-6 {
			t.Fatalf("%v; the least is %v\n%s", got, best, p.text())
		}
		switch {
		case got == nil:
			not++
		default:
			solved++
			for j, v := range got {
				if v > 1 && math.IsInf(p.limit[j], 1) {
					large++
				}
			}
		}
	})
	if solved < 20 || not < 5 || large < 5 {
		t.Errorf("%d programs solved, %d that have no solution, %d columns above 1: too few of one kind", solved, not, large)
	}
}

// TestStopsInTime: gonum by itself need not come back from degenerate programs like those of tables; here it is stopped.
func TestStopsInTime(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	p := &program{cost: []float64{1, 1}, limit: []float64{math.Inf(1), math.Inf(1)}, rows: []row{{cols: []int{0, 1}, coefs: []float64{1, 1}, right: 2}}}
	if x := (dense{columnsAlone}).solve(ctx, p); x != nil {
		t.Errorf("%v, after the end", x)
	}
	if x := (dense{columnsAlone}).solve(t.Context(), p); x == nil || math.Abs(x[0]+x[1]-2) > 1e-3 {
		t.Errorf("%v before it", x)
	}
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

// none is a solver in place of gonum's, that finds nothing.
type none struct{ solver }

// TestBadSolver: whatever a solver does, a goal that only it could prove is not proven, and nothing else happens.
func TestBadSolver(t *testing.T) {
	for name, script := range badSolvers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			work := t.TempDir()
			w := small2x2(t)
			s := &search{w: w, process: processAt(fake(t, script), work), used: map[string]bool{}, spent: map[*goal]time.Duration{}}
			s.dense.columns = 0 // nothing is small enough for it
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
	s := &search{w: w, process: cbc(t), used: map[string]bool{}, spent: map[*goal]time.Duration{}}
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
	s := &search{w: w, process: processAt(fake(t, script), t.TempDir()), used: map[string]bool{}, spent: map[*goal]time.Duration{}}
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

func TestAnswers(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	for text, want := range map[string][]float64{
		"Optimal - objective value 7.5\n      0 v1    3   1\n      1 v3   2.5e+00   2\n": {3, 0, 2.5},
		"Optimal - objective value 0\n":    {0, 0, 0},
		"Infeasible - objective value 0\n": nil,
		"":                                 nil,
		"Optimal - objective value 1\n 0 v4 1 1\n":                                                 nil,
		"Optimal - objective value 1\n 0 v1 1\n":                                                   nil,
		"Optimal - objective value 1\n** 0 v1 1 1\n":                                               nil,
		"Optimal - objective value 1\n 0 w1 1 1\n":                                                 nil,
		"Optimal - objective value 1\n 0 v1 inf 1\n":                                               nil,
		"Stopped on time - objective value 1\n 0 v1 1 1\n":                                         nil,
		"Optimal (within gap tolerance) - objective value 7.00000000\n      0 v1         1    0\n": {1, 0, 0},
	} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := readAnswer(path, 3)
		if (want == nil) != (errors.Is(err, errAnswer) || errors.Is(err, errNone) && text[0] == 'I') {
			t.Errorf("%q: %v", text, err)
		}
		for j := range want {
			if got[j] != want[j] {
				t.Errorf("%q: %v, want %v", text, got, want)
			}
		}
	}
}

// TestRelativeWork: a folder may be named from where the program was started, as that of make run is; the process works elsewhere.
func TestRelativeWork(t *testing.T) {
	path := cbc(t).path
	t.Chdir(t.TempDir())
	if err := os.Mkdir("werk", 0o700); err != nil {
		t.Fatal(err)
	}
	p := &program{cost: []float64{1}, limit: []float64{9}, rows: []row{{cols: []int{0}, coefs: []float64{1}, right: 4, least: true}}}
	x := processAt(path, "werk").solve(t.Context(), p)
	if len(x) != 1 || x[0] < 3.9 || x[0] > 4.1 {
		t.Errorf("%v", x)
	}
}

// TestDeepFolder: programs are answered wherever the files lie. CBC with arguments ends by a fault of memory when these are longer than a thousand characters, which was
// 25 programs at once, or one in a folder far down; and asked for one after another it calls the second impossible.
func TestDeepFolder(t *testing.T) {
	p := cbc(t)
	p.work = filepath.Join(t.TempDir(), strings.Repeat("een-lange-naam-van-een-map/", 30))
	if err := os.MkdirAll(p.work, 0o700); err != nil {
		t.Fatal(err)
	}
	for i := range 120 {
		x := p.solve(t.Context(), &program{cost: []float64{1}, limit: []float64{200}, rows: []row{{cols: []int{0}, coefs: []float64{1}, right: float64(i), least: true}}})
		if len(x) != 1 || math.Abs(x[0]-float64(i)) > 1e-6 {
			t.Fatalf("program %d: %v", i, x)
		}
	}
	if p.broken != nil {
		t.Error(p.broken)
	}
}
