package main

import (
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"stapel/pipeline/exit"
)

// what differs from one execution or build to the next, in the README and in the output alike
var volatile = regexp.MustCompile(`\d{4}-\d{2}-\d{2}-[0-9a-f]{12}|klaar in +[0-9,]+ s`)

var update = flag.Bool("update", false, "write what make run prints into the README")

// TestReadmeIsReal: the first screen of the README shows what `make run` prints. `go test ./cmd/stapel -run Readme -update`
// writes it there.
func TestReadmeIsReal(t *testing.T) {
	readme, err := filepath.Abs("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	before, block, ok := strings.Cut(string(text), "$ make run\n")
	if !ok {
		t.Fatal("the README does not show make run")
	}
	shown, after, _ := strings.Cut(block, "```")
	t.Chdir(t.TempDir())
	code, out, errs := stapel(t, t.Context(), "demo")
	if code != exit.Done {
		t.Fatalf("exit %d: %s", code, errs)
	}
	if *update {
		if err := os.WriteFile(readme, []byte(before+"$ make run\n"+errs+out+"```"+after), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	mask := func(s string) string { return volatile.ReplaceAllString(strings.TrimSpace(s), "#") }
	if got, want := mask(errs+out), mask(shown); got != want {
		t.Errorf("the README shows\n%s\n\nmake run prints\n%s", want, got)
	}
}
