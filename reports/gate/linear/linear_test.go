package linear

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// cbc is the solver that make test installs.
func cbc(t testing.TB) *Process {
	t.Helper()
	path := Find()
	if path == "" {
		t.Skip("cbc is not here; make test installs it (coinor-cbc)")
	}
	return At(path, os.TempDir())
}

func (p *Program) value(x []float64) (sum float64) {
	for j, c := range p.Cost {
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
		p := &Program{}
		for range n {
			p.Cost = append(p.Cost, float64(rapid.IntRange(0, 20).Draw(t, "cost")))
			p.Limit = append(p.Limit, rapid.SampledFrom([]float64{3, 10, 25, math.Inf(1)}).Draw(t, "limit"))
		}
		for i := range m {
			r := Row{Right: float64(rapid.IntRange(-8, 8).Draw(t, "right")), Least: i == 0 || rapid.Bool().Draw(t, "least")}
			for j := range n {
				if c := rapid.IntRange(-1, 1).Draw(t, "coefficient"); c != 0 {
					r.Cols, r.Coefs = append(r.Cols, j), append(r.Coefs, float64(c))
				}
			}
			if len(r.Cols) > 0 {
				p.Rows = append(p.Rows, r)
			}
		}
		if len(p.Rows) == 0 {
			return
		}
		a, b := Dense{ColumnsAlone}.Solve(t.Context(), p), process.Solve(t.Context(), p)
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
		p := &Program{Whole: true}
		for range n {
			p.Cost = append(p.Cost, float64(rapid.IntRange(1, 9).Draw(t, "cost")))
			p.Limit = append(p.Limit, rapid.SampledFrom([]float64{1, 4, math.Inf(1)}).Draw(t, "limit"))
		}
		for range rapid.IntRange(1, 2).Draw(t, "rows") {
			r := Row{Right: float64(rapid.IntRange(0, 9).Draw(t, "right")), Least: rapid.Bool().Draw(t, "least")}
			for j := range n {
				r.Cols, r.Coefs = append(r.Cols, j), append(r.Coefs, float64(rapid.IntRange(1, 3).Draw(t, "coefficient")))
			}
			p.Rows = append(p.Rows, r)
		}
		best := math.Inf(1) // coefficients are 1 or more, so that no column is above 9
		x := make([]float64, n)
		var each func(j int)
		each = func(j int) {
			if j < n {
				for v := 0.0; v <= min(9, p.Limit[j]); v++ {
					x[j] = v
					each(j + 1)
				}
				return
			}
			for _, r := range p.Rows {
				sum := 0.0
				for k, j := range r.Cols {
					sum += r.Coefs[k] * x[j]
				}
				if sum < r.Right || !r.Least && sum > r.Right {
					return
				}
			}
			best = min(best, p.value(x))
		}
		each(0)
		got := process.Solve(t.Context(), p)
		if (got == nil) != math.IsInf(best, 1) || got != nil && math.Abs(p.value(got)-best) > 1e-6 {
			t.Fatalf("%v; the least is %v\n%s", got, best, p.text())
		}
		switch {
		case got == nil:
			not++
		default:
			solved++
			for j, v := range got {
				if v > 1 && math.IsInf(p.Limit[j], 1) {
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
	p := &Program{Cost: []float64{1, 1}, Limit: []float64{math.Inf(1), math.Inf(1)}, Rows: []Row{{Cols: []int{0, 1}, Coefs: []float64{1, 1}, Right: 2}}}
	if x := (Dense{ColumnsAlone}).Solve(ctx, p); x != nil {
		t.Errorf("%v, after the end", x)
	}
	if x := (Dense{ColumnsAlone}).Solve(t.Context(), p); x == nil || math.Abs(x[0]+x[1]-2) > 1e-3 {
		t.Errorf("%v before it", x)
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
	p := &Program{Cost: []float64{1}, Limit: []float64{9}, Rows: []Row{{Cols: []int{0}, Coefs: []float64{1}, Right: 4, Least: true}}}
	x := At(path, "werk").Solve(t.Context(), p)
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
		x := p.Solve(t.Context(), &Program{Cost: []float64{1}, Limit: []float64{200}, Rows: []Row{{Cols: []int{0}, Coefs: []float64{1}, Right: float64(i), Least: true}}})
		if len(x) != 1 || math.Abs(x[0]-float64(i)) > 1e-6 {
			t.Fatalf("program %d: %v", i, x)
		}
	}
	if p.broken != nil {
		t.Error(p.broken)
	}
}
