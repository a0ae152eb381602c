// Package faulttest lets faults come over the program and says what they left behind. A fault is given to a real process in a real data folder: it is
// killed, its disk is full, its folder may not be written. Afterwards a data folder is held to what a run without a fault made of the same inbox. No
// program contains it.
package faulttest

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"syscall"
)

// Program is the program under test, and what it is called with. It is run in a process of its own.
type Program struct {
	Path string   // of the executable
	Name string   // what it is called by: the first argument
	Env  []string // beside those of this process
}

// Outcome is how a process ended.
type Outcome struct {
	Code     int            // exit code; -1 when a signal ended it
	Signal   syscall.Signal // that ended it, or 0
	Core     bool           // it left a core
	Out, Err string
}

// Last is the last line on stderr: what is wrong, and what to do.
func (o Outcome) Last() string {
	lines := strings.Split(strings.TrimRight(o.Err, "\n"), "\n")
	return lines[len(lines)-1]
}

var stageRE = regexp.MustCompile(`msg=stage name=(\w+)`)

// following has what comes after a stage that was logged as done.
var following = map[string]string{"": "inlezen", "inlezen": "rekenen", "rekenen": "controleren", "controleren": "rapporten", "rapporten": "publiceren"}

// Stage is what a run was at when it ended, by its log of level info: a stage is logged when it is done.
func (o Outcome) Stage() string {
	last := ""
	for _, m := range stageRE.FindAllStringSubmatch(o.Err, -1) {
		last = m[1]
	}
	return following[last]
}

// Way is how a process is started; nil is as it is.
type Way func(*exec.Cmd)

// Run runs the program to its end.
func (p Program) Run(ctx context.Context, way Way, args ...string) (Outcome, error) {
	return finish(p.command(ctx, way, args))
}

func (p Program) command(ctx context.Context, way Way, args []string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, p.Path, args...)
	cmd.Args[0] = p.Name
	cmd.Env = append(os.Environ(), p.Env...)
	cmd.Stdout, cmd.Stderr = &bytes.Buffer{}, &bytes.Buffer{}
	if way != nil {
		way(cmd)
	}
	return cmd
}

func finish(cmd *exec.Cmd) (Outcome, error) {
	if err := cmd.Start(); err != nil {
		return Outcome{}, err
	}
	return wait(cmd)
}

// wait waits for a process whose output goes into buffers.
func wait(cmd *exec.Cmd) (Outcome, error) {
	err := cmd.Wait()
	o := Outcome{Code: cmd.ProcessState.ExitCode()}
	if b, ok := cmd.Stdout.(*bytes.Buffer); ok {
		o.Out = b.String()
	}
	if b, ok := cmd.Stderr.(*bytes.Buffer); ok {
		o.Err = b.String()
	}
	if st, ok := cmd.ProcessState.Sys().(syscall.WaitStatus); ok && st.Signaled() {
		o.Signal, o.Core = st.Signal(), st.CoreDump()
	}
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		err = nil
	}
	return o, err
}

// Limited starts the program with a limit of the shell's ulimit, such as "-f 100": what it may take of the machine.
func Limited(limit string) Way {
	return func(cmd *exec.Cmd) { wrap(cmd, "ulimit "+limit) }
}

// wrap puts a shell in front that does something and then becomes the program, under the name that it is called by.
func wrap(cmd *exec.Cmd, first string) {
	name, rest := cmd.Args[0], cmd.Args[1:]
	cmd.Args = append([]string{"bash", "-c", first + ` && program="$0" name="$1" && shift && exec -a "$name" "$program" "$@"`, cmd.Path, name}, rest...)
	cmd.Path, cmd.Err = "/bin/bash", nil
}
