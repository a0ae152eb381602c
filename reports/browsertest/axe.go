package browsertest

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

// axePath is where .ci/setup axe puts axe-core, from the root of the module.
const axePath = ".ci/axe/node_modules/axe-core/axe.min.js"

// axe is the text of axe-core, empty where it is not installed.
var axe = sync.OnceValues(func() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", errors.New("the tests do not run below a go.mod")
		}
		dir = up
	}
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(filepath.Join(dir, axePath))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return string(text), err
})

// violation is a rule of axe-core that a page breaks.
type violation struct {
	ID, Impact, Help string
	Nodes            []struct {
		HTML, FailureSummary string
		Target               []any
	}
}

// What axe-core holds a page to: WCAG 2.2 up to level AA and best practices, or of these what depends on the width or the colours of the screen.
var (
	allRules   = []string{"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"}
	placeRules = []string{"scrollable-region-focusable", "target-size", "landmark-unique", "region", "aria-hidden-focus"}
	colorRules = []string{"color-contrast", "link-in-text-block"}
)

// axeRun fails on every rule of axe-core that the page breaks, of any impact. It skips the test where axe-core is not installed; make lint
// installs it. Rows after the twelfth of a table are as those before and left out. The debugger injects it, so that the page's own policy stays as it is.
func axeRun(t testing.TB, o *Page, rules []string) {
	t.Helper()
	text, err := axe()
	if err != nil {
		t.Fatal(err)
	}
	if text == "" {
		t.Skip("axe-core is not installed (make lint does that): the page is not held to its rules")
	}
	if !Eval[bool](t, o, `typeof axe === "object"`) {
		o.Run(t, chromedp.Evaluate[chromedp.Void](text))
	}
	only, err := json.Marshal(rules)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range Await[[]violation](t, o, `axe.run({exclude: ["tbody tr:nth-child(n+13)"]}, {resultTypes: ["violations"], preload: false, runOnly: `+string(only)+`}).then(r => r.violations)`) {
		var where []string
		for _, n := range v.Nodes[:min(len(v.Nodes), 3)] {
			where = append(where, fmt.Sprintf("%v %.160s (%s)", n.Target, n.HTML, strings.Join(strings.Fields(n.FailureSummary), " ")))
		}
		t.Errorf("axe %s (%s, %d times): %s: %s", v.ID, v.Impact, len(v.Nodes), v.Help, strings.Join(where, "; "))
	}
}
