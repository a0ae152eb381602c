package estimator

import (
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestPage: docs/estimators.md has every estimator, what is ours rounds to what was printed, and the tests that it names are there.
func TestPage(t *testing.T) {
	text, err := os.ReadFile("../../docs/estimators.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../../transforms/estimate/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var tests strings.Builder
	for _, f := range files {
		source, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		tests.Write(source)
	}
	missing := map[string]bool{}
	for _, name := range Names() {
		missing[name] = true
	}
	seen := map[string]bool{"file": true, "cited": true, "program": true, "hand": true}
	rows := 0
	for _, line := range strings.Split(string(text), "\n") {
		if !strings.HasPrefix(line, "| `") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		if len(cells) != 7 {
			t.Errorf("%d cells: %s", len(cells), line)
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows++
		name := strings.Trim(cells[0], "`")
		if _, ok := registry[name]; !ok || !seen[cells[5]] || cells[6] == "" {
			t.Errorf("no such estimator, or not said how it was seen: %s", line)
		}
		delete(missing, name)
		printed, ours := strings.Split(cells[2], " / "), strings.Split(cells[3], " / ")
		if len(printed) != len(ours) {
			t.Errorf("%d printed and %d ours: %s", len(printed), len(ours), line)
			continue
		}
		for i := range printed {
			v, err := strconv.ParseFloat(strings.Replace(ours[i], ",", ".", 1), 64)
			_, decimals, _ := strings.Cut(printed[i], ",")
			if got := strings.Replace(strconv.FormatFloat(v, 'f', len(decimals), 64), ".", ",", 1); err != nil || got != printed[i] {
				t.Errorf("%s is %s, printed %s: %s", ours[i], got, printed[i], line)
			}
		}
		for _, test := range regexp.MustCompile(`Test\w+`).FindAllString(cells[4], -1) {
			if !strings.Contains(tests.String(), "\nfunc "+test+"(") {
				t.Errorf("there is no %s: %s", test, line)
			}
		}
	}
	for name := range missing {
		t.Errorf("docs/estimators.md has no %s", name)
	}
	if rows < 50 {
		t.Errorf("only %d rows", rows)
	}
}
