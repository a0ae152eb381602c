package faulttest

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Moment is when a process is killed: so long after it began, or after it made so many changes of files.
type Moment struct {
	After   time.Duration
	Changes int // 0: by time
}

func (m Moment) String() string {
	if m.Changes > 0 {
		return fmt.Sprintf("na %d wijzigingen", m.Changes)
	}
	return fmt.Sprintf("na %d ms", m.After.Milliseconds())
}

// changes are the calls that change what names what, or make it last.
const changes = "/^(mkdir|rename|unlink|rmdir|fsync|fdatasync|ftruncate|fchmod|link|symlink)"

// CanCount reports whether strace is here and may look at a program, with which changes of files are counted: in some containers it may not.
func CanCount() bool { return canCount() }

var canCount = sync.OnceValue(func() bool {
	return exec.Command("strace", "-f", "--seccomp-bpf", "-e", "trace="+changes, "-e", "signal=none", "-o", "|cat >/dev/null", "true").Run() == nil
})

// Kill runs the program and ends it at a moment with SIGKILL, which it can't catch. A program that is done before that ends as it does. The number of
// changes that it made is returned when they are counted.
func (p Program) Kill(ctx context.Context, at Moment, args ...string) (Outcome, int, error) {
	cmd := p.command(ctx, nil, args)
	if at.Changes == 0 {
		if err := cmd.Start(); err != nil {
			return Outcome{}, 0, err
		}
		timer := time.AfterFunc(at.After, func() { cmd.Process.Signal(syscall.SIGKILL) })
		defer timer.Stop()
		o, err := wait(cmd)
		return o, 0, err
	}
	lines, seen, err := traced(cmd, changes, "")
	if err != nil {
		return Outcome{}, 0, err
	}
	defer lines.Close()
	if err := cmd.Start(); err != nil {
		return Outcome{}, 0, err
	}
	seen.Close()
	counted := make(chan int)
	go func() {
		n, in := 0, bufio.NewScanner(lines)
		in.Buffer(nil, 1<<20)
		for in.Scan() {
			pid, call, _ := strings.Cut(in.Text(), " ")
			if call = strings.TrimSpace(call); call == "" || strings.HasPrefix(call, "---") || strings.HasPrefix(call, "+++") || strings.HasPrefix(call, "<...") {
				continue
			}
			if n++; n == at.Changes {
				if id, err := strconv.Atoi(pid); err == nil {
					syscall.Kill(id, syscall.SIGKILL) // of a thread's number it ends the process that the thread is of
				}
			}
		}
		counted <- n
	}()
	o, err := wait(cmd)
	return o, <-counted, err
}

// traced makes a command run under strace, which writes a line for each of the calls; seen is the end that strace has, to be closed when it runs.
func traced(cmd *exec.Cmd, calls, options string) (lines, seen *os.File, err error) {
	if lines, seen, err = os.Pipe(); err != nil {
		return nil, nil, err
	}
	name, rest := cmd.Args[0], cmd.Args[1:]
	// strace can't give a program another name than its file's, and its own output is line by line to a pipe only
	inner := append([]string{"bash", "-c", `exec -a "$1" "$0" "${@:2}"`, cmd.Path, name}, rest...)
	args := append([]string{"strace", "-f", "--seccomp-bpf", "-e", "trace=" + calls, "-e", "signal=none", "-o", "|cat >&3"}, strings.Fields(options)...)
	cmd.Args = append(args, inner...)
	if cmd.Path, err = exec.LookPath("strace"); err != nil {
		return nil, nil, err
	}
	cmd.ExtraFiles = []*os.File{seen}
	if cmd.Stdout == nil {
		cmd.Stdout, cmd.Stderr = &bytes.Buffer{}, &bytes.Buffer{}
	}
	return lines, seen, nil
}

// KillIn runs the program, holds it when it is about to make a call on a path, and ends it with SIGKILL once reached says that it is there: a moment that is too
// short to be hit. A program that does not make the call ends as it does.
func (p Program) KillIn(ctx context.Context, call, path string, reached func() bool, args ...string) (Outcome, error) {
	cmd := p.command(ctx, nil, args)
	lines, seen, err := traced(cmd, call, "-P "+path+" -e inject="+call+":delay_enter=60s")
	if err != nil {
		return Outcome{}, err
	}
	defer lines.Close()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} // what traces it goes with it
	if err := cmd.Start(); err != nil {
		return Outcome{}, err
	}
	seen.Close()
	ctx, ended := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ; ctx.Err() == nil; time.Sleep(time.Millisecond) {
			if reached() {
				syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
				return
			}
		}
	}()
	o, err := wait(cmd)
	ended()
	<-done
	return o, err
}
