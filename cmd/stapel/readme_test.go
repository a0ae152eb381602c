package main

import (
	"flag"
	"os"
	"regexp"
	"strings"
	"testing"
)

// runID is a run's id, of which the digits are from the program among others: the README has x for them. The seconds that a run takes are
// those of whoever wrote them there.
var (
	runID   = regexp.MustCompile(`(\d{4}-\d{2}-\d{2})-[0-9a-f]{12}`)
	seconds = regexp.MustCompile(`klaar in +[0-9,]+ s`)
)

var update = flag.Bool("update", false, "write what make run prints into the README")

// TestReadmeIsReal: the first screen of the README shows what `make run` prints. `go test ./cmd/stapel -run Readme -update`
// writes it there.
func TestReadmeIsReal(t *testing.T) {
	const readme = "../../README.md"
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, block, ok := strings.Cut(string(text), "$ make run\n")
	if !ok {
		t.Fatal("the README does not show make run")
	}
	shown, after, _ := strings.Cut(block, "```")
	d := shared(t, demoReleased)
	printed := runID.ReplaceAllString(strings.ReplaceAll(d.errs+d.out, d.data, "data-demo"), "$1-xxxxxxxxxxxx")
	printed = seconds.ReplaceAllString(printed, seconds.FindString(shown))
	switch {
	case printed == shown:
	case *update:
		if err := os.WriteFile(readme, []byte(before+"$ make run\n"+printed+"```"+after), 0o644); err != nil {
			t.Fatal(err)
		}
	default:
		t.Errorf("the README shows\n%s\n\nmake run prints\n%s", shown, printed)
	}
}
