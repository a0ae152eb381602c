// Stapel turns pseudonymised extracts of the social domain into a ranking of costly households, giftige cocktails and
// reports on maatwerk. main holds what every command shares: signals, and the exit code of an error.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"stapel/pipeline/exit"
)

// version is set at build time; see the Makefile.
var version = "dev"

func main() {
	// Everything stapel makes is for its owner alone, also what a library creates.
	syscall.Umask(0o077)
	dieByName()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(int(code))
}

// dieByName lets a crash, such as one of a machine without memory, end the process by SIGABRT (134 in a shell) and not with exit code 2, which is that of a
// mistake in what was asked. No core is written, for it would hold what was read: a limit of
// 1 byte is also heeded where cores go to another program, which 0 is not.
func dieByName() {
	debug.SetTraceback("crash")
	_ = syscall.Setrlimit(syscall.RLIMIT_CORE, &syscall.Rlimit{Cur: 1, Max: 1}) // who may not set it has a limit of 0
}

// run executes one command line and returns its exit code. On failure the last line on stderr says what is wrong and what
// to do; with --json the last line on stdout is an object with the code and that message.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) exit.Code {
	g := &globals{stdout: stdout, stderr: stderr}
	root := newRoot(g)
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	cmd, err := root.ExecuteContextC(ctx)
	code := exitCode(g, err)
	if err == nil {
		return code
	}
	text := say(langOf(args), cmd, err)
	fmt.Fprintf(stderr, "stapel: %s\n", text)
	if g.json {
		line, _ := json.Marshal(map[string]any{"exit": code, "fout": text})
		fmt.Fprintf(stdout, "%s\n", line)
	}
	return code
}

// exitCode is the code of what a command came to.
func exitCode(g *globals, err error) exit.Code {
	var e *exit.Error
	switch {
	case err == nil:
		return g.code
	case errors.As(err, &e):
		return e.Code
	case g.started:
		return exit.Failed
	default:
		return exit.Usage // what cobra itself finds wrong with the command line
	}
}
