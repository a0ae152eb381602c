package gate

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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

	impossible bool // what the process says that has no solution
}

type row struct {
	cols  []int
	coefs []float64
	right float64
	least bool // at least right; else equal to it
}

// A solver answers programs. What it answers is taken for nothing more than a proposal: the gate looks whether a proposal holds.
type solver interface {
	// solve gives the values of the columns; nil: no solution, or none found.
	solve(ctx context.Context, p *program) []float64
	name() string
}

// dense is gonum's simplex, for small programs. Left alone it can go round in circles for ever, and take rows that follow from others for a mistake. So
// every row gets a column of its own that costs more than anything else, which is where it starts; right sides are moved by a hair, so that no two
// bounds meet in one point; and it is stopped when it takes too long.
type dense struct{ columns int }

// Programs of more columns go to the process. Gonum factorises a whole matrix in every step, so that beyond some sixty columns starting
// another program is the quicker way; without one it is tried on larger ones.
const (
	columnsBeside = 64
	columnsAlone  = 140
)

func (dense) name() string { return "gonum" }

// takes reports whether it is meant for a program of that size.
func (d dense) takes(p *program) bool {
	return len(p.cost) <= d.columns && len(p.rows) <= d.columns/2 && !p.whole
}

// solve adds limits of columns as rows only when a solution breaks them: few do, and each row costs.
func (d dense) solve(ctx context.Context, p *program) []float64 {
	limited := map[int]bool{}
	for range len(p.cost) + 1 {
		x := d.simplex(ctx, p, limited)
		if x == nil {
			return nil
		}
		broken := false
		for j, v := range x {
			if v > p.limit[j]+1e-3 && !limited[j] {
				limited[j], broken = true, true
			}
		}
		if !broken {
			return x
		}
	}
	return nil
}

const (
	hair   = 1e-6
	hairs  = 1e-3 // what hairs may come to
	rounds = 20   // columns looked at, by the size of the program
)

// watched is a matrix that stops whoever reads too much of it: gonum looks at a column of it in every step.
type watched struct {
	*mat.Dense
	ctx  context.Context
	left *int
}

// RawMatrix hides that of Dense behind another form, or columns would be read past At.
func (w watched) RawMatrix() {}

// At is called for every element of a column.
func (w watched) At(i, j int) float64 {
	if i == 0 {
		if *w.left--; *w.left < 0 || w.ctx.Err() != nil {
			panic(errSteps)
		}
	}
	return w.Dense.At(i, j)
}

var errSteps = errors.New("gate: simplex took too many steps")

func (dense) simplex(ctx context.Context, p *program, limited map[int]bool) (x []float64) {
	defer func() { // gonum panics on matrices that it finds singular on the way too
		if recover() != nil {
			x = nil
		}
	}()
	n := len(p.cost)
	rows := append([]row(nil), p.rows...)
	for _, j := range slices.Sorted(maps.Keys(limited)) {
		rows = append(rows, row{cols: []int{j}, coefs: []float64{-1}, right: -p.limit[j], least: true})
	}
	m := len(rows)
	if m == 0 {
		return make([]float64, n)
	}
	// a column that is in no row is 0, for it costs; gonum refuses it
	place, kept := make([]int, n), 0
	for j := range place {
		place[j] = -1
	}
	for _, r := range rows {
		for _, j := range r.cols {
			if place[j] < 0 {
				place[j], kept = kept, kept+1
			}
		}
	}
	width := kept
	for _, r := range rows {
		if r.least {
			width++
		}
	}
	a := mat.NewDense(m, width+m, nil)
	right, cost, start := make([]float64, m), make([]float64, width+m), make([]int, m)
	dear := 1000.0
	for j, c := range p.cost {
		if place[j] >= 0 {
			cost[place[j]] = c
		}
		dear = max(dear, 1000*c)
	}
	slack := kept
	for i, r := range rows {
		for k, j := range r.cols {
			a.Set(i, place[j], a.At(i, place[j])+r.coefs[k])
		}
		if r.least {
			a.Set(i, slack, -1)
			slack++
		}
		if right[i] = r.right; r.right < 0 {
			right[i] = -r.right
			for j := range width {
				a.Set(i, j, -a.At(i, j))
			}
		}
		right[i] += hair * (1 + float64(i)/float64(m))
		a.Set(i, width+i, 1)
		cost[width+i], start[i] = dear, width+i
	}
	left := rounds * (width + m)
	_, y, err := lp.Simplex(cost, watched{a, ctx, &left}, right, 1e-7, start)
	if err != nil {
		return nil
	}
	for _, v := range y[width:] {
		if v > hairs {
			return nil // no solution without the columns that are not there
		}
	}
	x = make([]float64, n)
	for j, at := range place {
		if at >= 0 {
			x[j] = y[at]
		}
	}
	return x
}

// process is CBC of COIN-OR, run as a program (Debian: coinor-cbc). It gets numbers only: columns are v1, v2, ….
type process struct {
	path   string
	work   string // folder for files, which hold numbers of small groups: made and removed for every call
	broken error  // how it ended when it was not asked to: what it did not answer says nothing of what there is
}

func (p *process) name() string { return filepath.Base(p.path) }

// maxAnswer is more than a solution of the largest program takes.
const maxAnswer = 256 << 20

// script is what the process is told. Programs are small, so that making them smaller first takes longer than it saves.
const script = "threads 0\npresolve off\nimport p.mps\nsolve\nsolution s.txt\nquit\n"

func (s *process) solve(ctx context.Context, p *program) []float64 {
	x, err := s.ask(ctx, p)
	p.impossible = errors.Is(err, errNone)
	return x
}

// ask starts the process for one program: CBC 2.10 holds the second that it is asked against what it knows of the first, and calls one impossible that is not. What is
// to be done is said on standard input, and files are named from where it works, for it puts its arguments after one another into a text of a thousand characters and
// ends by a fault of memory when there are more.
func (s *process) ask(ctx context.Context, p *program) ([]float64, error) {
	work, err := filepath.Abs(cmp.Or(s.work, os.TempDir())) // the process works in a folder of its own, where a relative name is another
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp(work, "gate-*") // mode 0700
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	if err := os.WriteFile(filepath.Join(dir, "p.mps"), p.text(), 0o600); err != nil {
		return nil, err
	}
	cmd := exec.CommandContext(ctx, s.path, "-")
	cmd.Env, cmd.Dir, cmd.Stdin = []string{}, dir, strings.NewReader(script)
	cmd.WaitDelay = time.Second
	if err := cmd.Run(); err != nil { // killed, or no such program: what it may have written before is not looked at
		if ctx.Err() == nil {
			s.broken = err
		}
		return nil, err
	}
	return readAnswer(filepath.Join(dir, "s.txt"), len(p.cost))
}

// text is a program in the free MPS format, which takes CBC half the time to read that the LP format of CPLEX does.
func (p *program) text() []byte {
	type entry struct {
		row  int
		coef float64
	}
	of := make([][]entry, len(p.cost)) // by column
	b := []byte("NAME p FREE\nROWS\n N o\n")
	name := func(letter string, k int) {
		b = strconv.AppendInt(append(b, letter...), int64(k+1), 10)
	}
	number := func(f float64) {
		b = strconv.AppendFloat(append(b, ' '), f, 'g', -1, 64)
	}
	for i, r := range p.rows {
		if r.least {
			name(" G r", i)
		} else {
			name(" E r", i)
		}
		b = append(b, '\n')
		for k, j := range r.cols {
			of[j] = append(of[j], entry{i, r.coefs[k]})
		}
	}
	b = append(b, "COLUMNS\n"...)
	if p.whole {
		b = append(b, " m 'MARKER' 'INTORG'\n"...)
	}
	for j, c := range p.cost {
		name(" v", j)
		b = append(b, " o"...)
		number(c)
		for k, e := range of[j] {
			if k%2 == 1 { // two entries a line
				b = append(b, '\n')
				name(" v", j)
			}
			name(" r", e.row)
			number(e.coef)
		}
		b = append(b, '\n')
	}
	if p.whole {
		b = append(b, " n 'MARKER' 'INTEND'\n"...)
	}
	b = append(b, "RHS\n"...)
	for i, r := range p.rows {
		if r.right != 0 {
			name(" a r", i)
			number(r.right)
			b = append(b, '\n')
		}
	}
	b = append(b, "BOUNDS\n"...)
	for j, l := range p.limit {
		switch {
		case !math.IsInf(l, 1):
			name(" UP b v", j)
			number(l)
		case p.whole: // else 1
			name(" PL b v", j)
		default:
			continue
		}
		b = append(b, '\n')
	}
	return append(b, "ENDATA\n"...)
}

var (
	errAnswer = errors.New("gate: the solver's answer can't be read")
	errNone   = errors.New("gate: there is no solution")
)

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
	if strings.HasPrefix(lines[0], "Infeasible - objective value ") {
		return nil, errNone
	}
	// the second where whole numbers were asked
	if !strings.HasPrefix(lines[0], "Optimal - objective value ") && !strings.HasPrefix(lines[0], "Optimal (within gap tolerance) - objective value ") {
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

// identity is a hash of the program and of all libraries that the loader of the system would give it, which it says when asked in this way.
func (s *process) identity(ctx context.Context) (string, error) {
	cmd := exec.CommandContext(ctx, s.path, "-quit")
	cmd.Env = []string{"LD_TRACE_LOADED_OBJECTS=1"}
	out, err := cmd.Output()
	if err != nil {
		return "", err
	}
	h := sha256.New()
	for _, file := range append([]string{s.path}, strings.Fields(string(out))...) {
		if !filepath.IsAbs(file) {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		fmt.Fprintf(h, "%s %x\n", file, sha256.Sum256(data))
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// findSolver is the path of CBC, or "".
func findSolver() string {
	path, err := exec.LookPath("cbc")
	if err != nil {
		return ""
	}
	return path
}
