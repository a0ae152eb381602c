package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"stapel/pipeline/exit"
	"stapel/pipeline/faulttest"
)

// besides are commands that put something beside a run or the runs, after others that they need. What says that it was done before has another exit code than 0.
var besides = map[string]struct {
	before [][]string
	args   []string
	twice  exit.Code // when it is asked again
	many   bool      // changes
}{
	"selection": {args: []string{"select", "--n", "2", "--vast", "--reden", "toets"}},
	"lottery": {before: [][]string{{"select", "--n", "1", "--vast", "--reden", "toets"}, {"select", "--manier", "loting", "--vast", "--n", "2", "--reden", "toets"}},
		args: []string{"select", "--manier", "loting", "--vast", "--loting", "loting-001", "--seed", "4 17 23", "--reden", "toets"}},
	// a selection that takes the place of a lottery, whose draw goes
	"after a lottery": {before: [][]string{{"select", "--manier", "loting", "--vast", "--n", "2", "--reden", "toets"},
		{"select", "--manier", "loting", "--vast", "--loting", "loting-001", "--seed", "4 17 23", "--reden", "toets"}}, args: []string{"select", "--n", "2", "--vast", "--reden", "toets"}},
	"sample":        {args: []string{"sample", "--toelaatbaar", "2%", "--seed", "iets anders", "--reden", "controle"}, twice: exit.Usage},
	"receipt":       {args: []string{"chain", "receipt"}},
	"analysis plan": {args: []string{"effect", "plan", "--households", "60", "--expected", "10000", "--start", "2026-09", "--freeze"}, twice: exit.Usage},
	"dossiers":      {args: []string{"export", "--dossiers", "--n", "2", "--reden", "toets"}, many: true},
}

// TestKilledBesides: a command that is killed at any change that it makes of what is on disk leaves nothing that stapel verify does not know, and comes to its end
// when it is asked again. Some changes, and each in make torture, which has the dossiers too.
func TestKilledBesides(t *testing.T) {
	if !faulttest.CanCount() {
		t.Skip("strace is not here")
	}
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	demo := shared(t, demoRun)
	program := faulttest.Program{Path: path, Name: "stapel", Env: []string{oneThread + "=1"}}
	for name, c := range besides {
		t.Run(name, func(t *testing.T) {
			if c.many && !long() {
				t.Skip("STAPEL_TORTURE is not set")
			}
			t.Parallel()
			data := filepath.Join(t.TempDir(), "d")
			if err := demo.copy(data); err != nil {
				t.Fatal(err)
			}
			do := func(want exit.Code, args ...string) {
				t.Helper()
				o, err := program.Run(t.Context(), nil, append(args, "--data", data)...)
				if err != nil || o.Code != int(want) {
					t.Fatalf("%s: exit %d, want %d: %s%s, %v", strings.Join(args, " "), o.Code, want, o.Out, o.Err, err)
				}
			}
			for _, args := range c.before {
				do(exit.Done, args...)
			}
			first, step := 9, 41
			if long() {
				first, step = 1, 1
			}
			killed, ended := 0, false
			for n := first; !ended; n += step {
				o, _, err := program.Kill(t.Context(), faulttest.Moment{Changes: n}, append(c.args, "--data", data)...)
				if err != nil || o.Signal == 0 && o.Code != int(exit.Done) && o.Code != int(c.twice) {
					t.Fatalf("change %d: exit %d: %s, %v", n, o.Code, o.Last(), err)
				}
				if ended = o.Signal == 0; !ended {
					killed++
				}
				do(exit.Done, "verify", "--all")
			}
			if killed == 0 {
				t.Error("it was done before it could be killed")
			}
			do(c.twice, c.args...)
			do(exit.Done, "verify", "--all")
			t.Logf("killed %d times", killed)
		})
	}
}
