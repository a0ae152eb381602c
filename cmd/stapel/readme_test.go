package main

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"stapel/pipeline"
)

// what differs from one execution or build to the next, in the README and in the output alike
var volatile = regexp.MustCompile(`\d{4}-\d{2}-\d{2}-[0-9a-f]{12}|klaar in +[0-9.]+ s`)

// TestReadmeIsReal: the first screen of the README shows what `make run` prints.
func TestReadmeIsReal(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, block, ok := strings.Cut(string(text), "$ make run\n")
	if !ok {
		t.Fatal("the README does not show make run")
	}
	shown, _, _ := strings.Cut(block, "```")
	t.Chdir(t.TempDir())
	code, out, errs := stapel(t, t.Context(), "demo")
	if code != pipeline.Done {
		t.Fatalf("exit %d: %s", code, errs)
	}
	mask := func(s string) string { return volatile.ReplaceAllString(strings.TrimSpace(s), "#") }
	if got, want := mask(errs+out), mask(shown); got != want {
		t.Errorf("the README shows\n%s\n\nmake run prints\n%s", want, got)
	}
}
