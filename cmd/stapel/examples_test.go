package main

import (
	"fmt"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"sync"

	"github.com/rogpeppe/go-internal/testscript"
)

// example is a command that a page shows, with what it shows that it prints.
type example struct{ command, shown string }

// examplesOf are the examples in the console blocks of a page.
func examplesOf(text string) (out []example) {
	for _, block := range strings.Split(text, "```console\n")[1:] {
		block, _, _ = strings.Cut(block, "```")
		for line := range strings.Lines(block) {
			if command, ok := strings.CutPrefix(line, "$ "); ok {
				out = append(out, example{command: strings.TrimSpace(command)})
			} else if len(out) > 0 {
				out[len(out)-1].shown += line
			}
		}
	}
	return out
}

// varies is what differs from build to build, and from time to time.
var varies = []struct {
	re *regexp.Regexp
	as string
}{
	{runID, "$1-x"}, {regexp.MustCompile(`\b[0-9a-f]{64}\b`), "x"}, {regexp.MustCompile(`kenmerk [0-9a-f]{16}`), "kenmerk x"},
	{regexp.MustCompile(`"seconden":[0-9.e-]+`), `"seconden":x`}, {regexp.MustCompile(`(?m)^stapel \S+ \(.*\)$`), "stapel x"},
	{regexp.MustCompile(`\d+ bestanden, 22 soorten`), "x bestanden, 22 soorten"},
}

func steady(s string) string {
	for _, v := range varies {
		s = v.re.ReplaceAllString(s, v.as)
	}
	return strings.ReplaceAll(s, "\u00a0", " ")
}

// looksLike reports whether what is printed is what is shown, in which an ellipsis stands for any text: a line of it for any lines.
func looksLike(shown, printed string) bool {
	var re strings.Builder
	for i, part := range strings.Split(strings.ReplaceAll(steady(shown), "…\n", "…"), "…") {
		if i > 0 {
			re.WriteString("(?s:.*)")
		}
		re.WriteString(regexp.QuoteMeta(part))
	}
	return regexp.MustCompile("^" + re.String() + "$").MatchString(steady(printed))
}

// examplesCmd is the command `examples page [until]`: it runs the examples of a page that were not run yet, up to and with a line, and compares. Scripts
// run side by side, each with a page of its own.
func examplesCmd() func(ts *testscript.TestScript, neg bool, args []string) {
	type place struct{ done, code int }
	var lock sync.Mutex
	places := map[string]*place{}
	return func(ts *testscript.TestScript, neg bool, args []string) {
		if neg || len(args) == 0 {
			ts.Fatalf("usage: examples page [command]")
		}
		lock.Lock()
		at := places[args[0]]
		if at == nil {
			at = &place{}
			places[args[0]] = at
		}
		lock.Unlock()
		text, err := os.ReadFile("../../docs/" + args[0])
		ts.Check(err)
		all := examplesOf(string(text))
		for ; at.done < len(all); at.done++ {
			x := all[at.done]
			cmd := exec.Command("sh", "-c", fmt.Sprintf("(exit %d); ", at.code)+x.command)
			cmd.Dir, cmd.Env = ts.MkAbs("."), append(os.Environ(), "PATH="+ts.Getenv("PATH"), oneThread+"=1", noExclusions+"="+ts.Getenv(noExclusions))
			out, err := cmd.CombinedOutput()
			if at.code = 0; err != nil {
				at.code = cmd.ProcessState.ExitCode()
			}
			if !looksLike(x.shown, string(out)) {
				ts.Fatalf("%s: %s\nshows\n%s\nand it prints\n%s", args[0], x.command, x.shown, out)
			}
			if len(args) > 1 && x.command == strings.TrimPrefix(args[1], "$ ") {
				at.done++
				return
			}
		}
		if len(args) > 1 {
			ts.Fatalf("%s has no %s", args[0], args[1])
		}
	}
}
