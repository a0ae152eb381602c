package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScripts runs the command line as a user does. Besides testscript's own commands there are `code N command ...`: the
// command exits with exactly N; `demo d`: d is a copy of the data folder in which the demo ran; and `steps heading`: the README's lines of
// console under that heading, one after the other, of which make build gives bin/stapel; `examples page`: those of a page of docs; `fillin file`: a work paper of a sample, filled in. Engines have one thread each. $SAMPLE is where the
// extracts of the sample lie.
func TestScripts(t *testing.T) {
	sample := shared(t, demoOneThread)
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			env.Setenv(oneThread, "1")
			env.Setenv(noExclusions, "false")
			env.Setenv(noWerktafel, "false")
			env.Setenv(noSettling, "0")
			env.Setenv("SAMPLE", filepath.Join(sample.data, "inbox"))
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"demo": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) != 1 {
					ts.Fatalf("usage: demo folder")
				}
				ts.Check(sample.copy(ts.MkAbs(args[0])))
			},
			"steps": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) != 1 {
					ts.Fatalf("usage: steps heading")
				}
				ts.Check(ts.Exec("sh", "-c", readmeSteps(ts, args[0])))
			},
			"examples": examplesCmd(),
			"fillin":   fillinCmd,
			"tamper":   tamperCmd,
			"code": func(ts *testscript.TestScript, neg bool, args []string) {
				if neg || len(args) < 2 {
					ts.Fatalf("usage: code N command [args]")
				}
				want, err := strconv.Atoi(args[0])
				ts.Check(err)
				got := 0
				if err := ts.Exec(args[1], args[2:]...); err != nil {
					exit, ok := err.(*exec.ExitError)
					if !ok {
						ts.Fatalf("%v", err)
					}
					got = exit.ExitCode()
				}
				if got != want {
					ts.Fatalf("exit code %d, want %d", got, want)
				}
			},
		},
	})
}

// readmeSteps is a shell script of what the README shows under a heading.
func readmeSteps(ts *testscript.TestScript, heading string) string {
	text, err := os.ReadFile("../../README.md")
	ts.Check(err)
	_, block, ok := strings.Cut(section(string(text), heading), "```console\n")
	if !ok {
		ts.Fatalf("the README shows no console under %s", heading)
	}
	block, _, _ = strings.Cut(block, "```")
	script := "set -e\n"
	for line := range strings.Lines(block) {
		command, ok := strings.CutPrefix(line, "$ ")
		if !ok {
			ts.Fatalf("the README: %q is no command", line)
		}
		if strings.HasPrefix(command, "make build ") {
			command = "mkdir bin; ln -s \"$(command -v stapel)\" bin/stapel\n"
		}
		script += command
	}
	return script
}
