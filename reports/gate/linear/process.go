package linear

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Process is CBC of COIN-OR, run as a program (Debian: coinor-cbc). It gets numbers only: columns are v1, v2, ….
type Process struct {
	path   string
	work   string // folder for files, which hold numbers of small groups: made and removed for every call
	broken error
}

// Name is that of the program.
func (p *Process) Name() string { return filepath.Base(p.path) }

// At is the program of that path, which works in folders of its own below another; "" is that of the system.
func At(path, work string) *Process { return &Process{path: path, work: work} }

// Broken is how it ended when it was not asked to; nil: it never did. What it did not answer then says nothing of what there is.
func (p *Process) Broken() error { return p.broken }

// maxAnswer is more than a solution of the largest program takes.
const maxAnswer = 256 << 20

// script is what the process is told. Programs are small, so that making them smaller first takes longer than it saves.
const script = "threads 0\npresolve off\nimport p.mps\nsolve\nsolution s.txt\nquit\n"

// Solve starts it for the program.
func (s *Process) Solve(ctx context.Context, p *Program) []float64 {
	x, err := s.ask(ctx, p)
	p.Impossible = errors.Is(err, errNone)
	return x
}

// ask starts the process for one program: CBC 2.10 holds the second that it is asked against what it knows of the first, and calls one impossible that is not. What is
// to be done is said on standard input, and files are named from where it works, for it puts its arguments after one another into a text of a thousand characters and
// ends by a fault of memory when there are more.
func (s *Process) ask(ctx context.Context, p *Program) ([]float64, error) {
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
	return readAnswer(filepath.Join(dir, "s.txt"), len(p.Cost))
}

var (
	errAnswer = errors.New("linear: the solver's answer can't be read")
	errNone   = errors.New("linear: there is no solution")
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

// Identity is a hash of the program and of all libraries that the loader of the system would give it, which it says when asked in this way.
func (s *Process) Identity(ctx context.Context) (string, error) {
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

// Find is the path of CBC, or "".
func Find() string {
	path, err := exec.LookPath("cbc")
	if err != nil {
		return ""
	}
	return path
}
