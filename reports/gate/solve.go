package gate

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"gonum.org/v1/gonum/mat"
	"gonum.org/v1/gonum/optimize/convex/lp"
)

// A program is a linear program: the least cost over columns from 0 to their limit, under rows that are equal to their right side, or at least it.
type program struct {
	cost  []float64
	limit []float64 // of a column; +Inf is none
	rows  []row
	whole bool // columns are whole numbers
}

type row struct {
	cols  []int
	coefs []float64
	right float64
	least bool // at least right; else equal to it
}

// A solver answers programs. What it answers is taken for nothing more than a proposal: the gate looks whether a proposal holds.
type solver interface {
	// solve gives a column's values for every program, nil where it has none: no solution, or none found.
	solve(ctx context.Context, ps []*program) [][]float64
	// takes reports whether it is meant for a program of that size.
	takes(p *program) bool
	name() string
}

// dense is gonum's simplex, for small programs. It is dense, and gives up on some that are degenerate.
type dense struct{}

func (dense) name() string { return "gonum" }

func (dense) takes(p *program) bool { return len(p.cost) <= 120 && len(p.rows) <= 60 && !p.whole }

func (d dense) solve(ctx context.Context, ps []*program) [][]float64 {
	out := make([][]float64, len(ps))
	for i, p := range ps {
		if ctx.Err() == nil {
			out[i] = d.one(p)
		}
	}
	return out
}

// one adds limits of columns as rows only when a solution breaks them: few do, and each row costs.
func (d dense) one(p *program) (x []float64) {
	defer func() { // gonum panics on matrices that it finds singular on the way
		if recover() != nil {
			x = nil
		}
	}()
	limited := map[int]bool{}
	for range len(p.cost) + 1 {
		x := d.simplex(p, limited)
		if x == nil {
			return nil
		}
		broken := false
		for j, v := range x {
			if v > p.limit[j]+1e-7 && !limited[j] {
				limited[j], broken = true, true
			}
		}
		if !broken {
			return x
		}
	}
	return nil
}

func (dense) simplex(p *program, limited map[int]bool) []float64 {
	n := len(p.cost)
	rows := make([]row, 0, len(p.rows)+len(limited))
	slack := n
	for _, r := range p.rows {
		r.cols, r.coefs = append([]int(nil), r.cols...), append([]float64(nil), r.coefs...)
		if r.least {
			r.cols, r.coefs = append(r.cols, slack), append(r.coefs, -1)
			slack++
		}
		rows = append(rows, r)
	}
	for j := range n {
		if limited[j] {
			rows = append(rows, row{cols: []int{j, slack}, coefs: []float64{1, 1}, right: p.limit[j]})
			slack++
		}
	}
	a := make([][]float64, len(rows))
	for i, r := range rows {
		a[i] = make([]float64, slack+1)
		for k, j := range r.cols {
			a[i][j] += r.coefs[k]
		}
		a[i][slack] = r.right
	}
	a = independent(a, slack)
	if a == nil {
		return nil
	}
	used := make([]int, 0, slack) // gonum wants no column of zeros
	for j := range slack {
		for i := range a {
			if a[i][j] != 0 {
				used = append(used, j)
				break
			}
		}
	}
	if len(a) == 0 {
		return make([]float64, n)
	}
	if len(used) < len(a) {
		return nil
	}
	dense := mat.NewDense(len(a), len(used), nil)
	right := make([]float64, len(a))
	for i := range a {
		for k, j := range used {
			dense.Set(i, k, a[i][j])
		}
		right[i] = a[i][slack]
	}
	cost := make([]float64, len(used))
	for k, j := range used {
		if j < n {
			cost[k] = p.cost[j]
		}
	}
	_, y, err := lp.Simplex(cost, dense, right, 1e-9, nil)
	if err != nil {
		return nil
	}
	x := make([]float64, n)
	for k, j := range used {
		if j < n {
			x[j] = y[k]
		}
	}
	return x
}

// independent leaves out rows that follow from those before them, which gonum takes for an error; nil where they contradict each other.
func independent(a [][]float64, n int) [][]float64 {
	var kept, reduced [][]float64
	var pivots []int
	for _, r := range a {
		v := append([]float64(nil), r...)
		for k, q := range reduced {
			if f := v[pivots[k]]; f != 0 {
				for j := range v {
					v[j] -= f * q[j]
				}
			}
		}
		pivot, most := -1, 1e-9
		for j := range n {
			if math.Abs(v[j]) > most {
				pivot, most = j, math.Abs(v[j])
			}
		}
		if pivot < 0 {
			if math.Abs(v[n]) > 1e-6 {
				return nil
			}
			continue
		}
		f := v[pivot]
		for j := range v {
			v[j] /= f
		}
		kept, reduced, pivots = append(kept, r), append(reduced, v), append(pivots, pivot)
	}
	if kept == nil {
		return [][]float64{}
	}
	return kept
}

// process is CBC of COIN-OR, run as a program (Debian: coinor-cbc). It gets numbers only: columns are v1, v2, ….
type process struct {
	path string
	work string // folder for files, which hold numbers of small groups: made and removed for every call
}

func (p process) name() string { return filepath.Base(p.path) }

func (process) takes(*program) bool { return true }

// maxAnswer is more than a solution of the largest program takes.
const maxAnswer = 256 << 20

func (s process) solve(ctx context.Context, ps []*program) [][]float64 {
	out := make([][]float64, len(ps))
	dir, err := os.MkdirTemp(s.work, "gate-*") // mode 0700
	if err != nil {
		return out
	}
	defer os.RemoveAll(dir)
	args := []string{"-threads", "0"}
	for i, p := range ps {
		in := filepath.Join(dir, fmt.Sprintf("p%d.lp", i))
		if os.WriteFile(in, p.text(), 0o600) != nil {
			return out
		}
		args = append(args, "-import", in, "-solve", "-solution", answer(dir, i))
	}
	cmd := exec.CommandContext(ctx, s.path, append(args, "-quit")...)
	cmd.Env, cmd.Dir = []string{}, dir
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil {
		return out // killed, or no such program: what it may have written before is not looked at
	}
	for i, p := range ps {
		out[i], _ = readAnswer(answer(dir, i), len(p.cost))
	}
	return out
}

func answer(dir string, i int) string { return filepath.Join(dir, fmt.Sprintf("s%d.txt", i)) }

// text is a program in the LP format of CPLEX.
func (p *program) text() []byte {
	var b bytes.Buffer
	num := func(f float64) string { return strconv.FormatFloat(f, 'g', -1, 64) }
	sum := func(cols []int, coefs []float64) {
		for k, j := range cols {
			if k > 0 && k%8 == 0 {
				b.WriteByte('\n')
			}
			sign := " + "
			if coefs[k] < 0 {
				sign = " - "
			}
			b.WriteString(sign + num(math.Abs(coefs[k])) + " v" + strconv.Itoa(j+1))
		}
	}
	b.WriteString("Minimize\n obj:")
	all := make([]int, len(p.cost))
	for j := range all {
		all[j] = j
	}
	sum(all, p.cost)
	b.WriteString("\nSubject To\n")
	for i, r := range p.rows {
		fmt.Fprintf(&b, " r%d:", i+1)
		sum(r.cols, r.coefs)
		op := " = "
		if r.least {
			op = " >= "
		}
		b.WriteString(op + num(r.right) + "\n")
	}
	b.WriteString("Bounds\n")
	for j, l := range p.limit {
		if !math.IsInf(l, 1) {
			fmt.Fprintf(&b, " 0 <= v%d <= %s\n", j+1, num(l))
		}
	}
	if p.whole {
		b.WriteString("General\n")
		for j := range p.cost {
			fmt.Fprintf(&b, " v%d\n", j+1)
		}
	}
	b.WriteString("End\n")
	return b.Bytes()
}

var errAnswer = errors.New("gate: the solver's answer can't be read")

// readAnswer reads a solution as CBC writes it: a line that says optimal, then lines of number, column, value and reduced cost. Columns that are not
// named are 0. Anything else is no answer.
func readAnswer(path string, n int) ([]float64, error) {
	st, err := os.Lstat(path)
	if err != nil || !st.Mode().IsRegular() || st.Size() > maxAnswer {
		return nil, errAnswer
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, errAnswer
	}
	lines := strings.Split(strings.TrimSuffix(string(data), "\n"), "\n")
	if !strings.HasPrefix(lines[0], "Optimal - objective value ") {
		return nil, errAnswer
	}
	x := make([]float64, n)
	seen := make([]bool, n)
	for _, line := range lines[1:] {
		f := strings.Fields(line)
		if len(f) != 4 || !strings.HasPrefix(f[1], "v") {
			return nil, errAnswer
		}
		j, err := strconv.Atoi(f[1][1:])
		v, err2 := strconv.ParseFloat(f[2], 64)
		if err != nil || err2 != nil || j < 1 || j > n || seen[j-1] || math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, errAnswer
		}
		x[j-1], seen[j-1] = v, true
	}
	return x, nil
}

// findSolver is the path of CBC, or "".
func findSolver() string {
	path, err := exec.LookPath("cbc")
	if err != nil {
		return ""
	}
	return path
}
