package chain

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// logged is a log of five lines.
func logged(t *testing.T) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "x.jsonl")
	for i := range 5 {
		if err := Append(name, map[string]string{"wat": fmt.Sprint("regel ", i+1)}); err != nil {
			t.Fatal(err)
		}
	}
	return name
}

func TestCheck(t *testing.T) {
	lines := func(change func(l [][]byte) [][]byte) func([]byte) []byte {
		return func(d []byte) []byte {
			return bytes.Join(change(bytes.SplitAfter(bytes.TrimSuffix(d, nil), []byte("\n"))), nil)
		}
	}
	for name, c := range map[string]struct {
		change func([]byte) []byte
		kind   Kind
		line   int
		nr     int64
	}{
		"a word":        {func(d []byte) []byte { return bytes.Replace(d, []byte("regel 3"), []byte("regel 8"), 1) }, Changed, 3, 3},
		"a number":      {func(d []byte) []byte { return bytes.Replace(d, []byte(`"nr":3`), []byte(`"nr":7`), 1) }, Changed, 3, 3},
		"a line away":   {lines(func(l [][]byte) [][]byte { return slices.Delete(l, 1, 2) }), Removed, 2, 2},
		"the last away": {lines(func(l [][]byte) [][]byte { return slices.Delete(l, 4, 5) }), Short, 0, 5},
		"exchanged":     {lines(func(l [][]byte) [][]byte { l[1], l[2] = l[2], l[1]; return l }), Moved, 3, 2},
		"twice":         {lines(func(l [][]byte) [][]byte { return slices.Insert(l, 2, l[1]) }), Added, 3, 2},
		"a tail":        {func(d []byte) []byte { return append(d, "x"...) }, Added, 6, 0},
	} {
		log := logged(t)
		data, err := os.ReadFile(log)
		if err != nil {
			t.Fatal(err)
		}
		if found, n, err := Check(log); err != nil || n != 5 || len(found) > 0 {
			t.Fatalf("untouched: %v %d %v", found, n, err)
		}
		if err := os.WriteFile(log, c.change(data), 0o600); err != nil {
			t.Fatal(err)
		}
		found, _, err := Check(log)
		if err != nil || len(found) != 1 || found[0].Kind != c.kind || found[0].Line != c.line || found[0].Nr != c.nr {
			t.Errorf("%s: %v %v, want %s at line %d, number %d", name, found, err, c.kind, c.line, c.nr)
		}
	}
}

// TestCut: a line that was cut off is no fault once the next line has it; one that was taken away stays missed when the log goes on.
func TestCut(t *testing.T) {
	log := logged(t)
	data, _ := os.ReadFile(log)
	if err := os.WriteFile(log, append(data, `{"wat":"afge`...), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Append(log, map[string]int{"wat": 6}); err != nil {
		t.Fatal(err)
	}
	if found, _, _ := Check(log); len(found) != 1 || found[0].Kind != Cut || found[0].Kind.Fault() {
		t.Errorf("cut off: %v", found)
	}
	log = logged(t)
	data, _ = os.ReadFile(log)
	all := bytes.SplitAfter(data, []byte("\n"))
	if err := os.WriteFile(log, bytes.Join(all[:4], nil), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Append(log, map[string]int{"wat": 6}); err != nil {
		t.Fatal(err)
	}
	if found, _, _ := Check(log); len(found) != 1 || found[0].Kind != Removed || found[0].Nr != 5 {
		t.Errorf("taken away: %v", found)
	}
}

// TestKilled: whoever writes may be killed at any byte of a line, or when the line is there and where the log ends is not, and again the next time. The next
// line that is written whole makes the log one that nobody changed.
func TestKilled(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		log := filepath.Join(t.TempDir(), "logboek.jsonl")
		whole := 0
		for n := range rapid.IntRange(1, 8).Draw(rt, "lines") {
			text, _ := os.ReadFile(log)
			head, _ := os.ReadFile(log + Suffix)
			if err := Append(log, map[string]int{"wat": n}); err != nil {
				rt.Fatal(err)
			}
			whole++
			now, _ := os.ReadFile(log)
			if !rapid.Bool().Draw(rt, "killed") {
				continue
			}
			kept := rapid.IntRange(len(text), len(now)).Draw(rt, "bytes")
			if kept < len(now) {
				whole--
			}
			if err := os.WriteFile(log, now[:kept], 0o600); err != nil {
				rt.Fatal(err)
			}
			// where the log ends may have been put right before the line was written
			if rapid.Bool().Draw(rt, "the end as it was") || kept < len(now) {
				err := os.WriteFile(log+Suffix, head, 0o600)
				if head == nil {
					err = setEnd(log, Head{})
				}
				if err != nil {
					rt.Fatal(err)
				}
			}
		}
		if err := Append(log, map[string]int{"wat": 99}); err != nil {
			rt.Fatal(err)
		}
		found, lines, err := Check(log)
		if err != nil || slices.ContainsFunc(found, func(f Found) bool { return f.Kind.Fault() }) {
			data, _ := os.ReadFile(log)
			rt.Fatalf("%v, %v\n%s", found, err, data)
		}
		if int(lines) != whole+1 {
			rt.Fatalf("%d lines, %d were written whole", lines, whole+1)
		}
	})
}

// TestFirst: a kill between the first line and the file beside the log leaves no fault, and a file that was taken away is one.
func TestFirst(t *testing.T) {
	log := filepath.Join(t.TempDir(), "log.jsonl")
	if err := Append(log, map[string]int{"wat": 1}); err != nil {
		t.Fatal(err)
	}
	if err := setEnd(log, Head{}); err != nil { // as it was before the line
		t.Fatal(err)
	}
	if found, n, err := Check(log); err != nil || n != 1 || len(found) != 1 || found[0].Kind.Fault() {
		t.Errorf("killed: %v %d %v", found, n, err)
	}
	if err := os.Remove(log + Suffix); err != nil {
		t.Fatal(err)
	}
	if found, _, _ := Check(log); len(found) != 1 || found[0].Kind != NoHead {
		t.Errorf("taken away: %v", found)
	}
	// a log in which nothing stands yet has the file already
	empty := filepath.Join(t.TempDir(), "leeg.jsonl")
	if err := errors.Join(os.WriteFile(empty, nil, 0o600), setEnd(empty, Head{})); err != nil {
		t.Fatal(err)
	}
	if found, n, err := Check(empty); err != nil || n != 0 || len(found) > 0 {
		t.Errorf("before the first line: %v %d %v", found, n, err)
	}
	if err := Append(empty, map[string]int{"wat": 1}); err != nil {
		t.Fatal(err)
	}
	if found, n, err := Check(empty); err != nil || n != 1 || len(found) > 0 {
		t.Errorf("after it: %v %d %v", found, n, err)
	}
}

// TestShell: the chain is what the commands of docs/verify.md make of two lines.
func TestShell(t *testing.T) {
	log := logged(t)
	page, err := os.ReadFile("../../docs/verify.md")
	if err != nil {
		t.Fatal(err)
	}
	_, script, _ := strings.Cut(string(page), "```sh\n")
	script, _, _ = strings.Cut(script, "```")
	out, err := exec.Command("sh", "-c", strings.ReplaceAll(script, "data/inzage.jsonl", log)).Output()
	if err != nil || len(out) < 64 {
		t.Fatalf("%s %v", out, err)
	}
	data, _ := os.ReadFile(log)
	if second := strings.Split(string(data), "\n")[1]; !strings.Contains(second, `"keten":"`+string(out[:64])+`"`) {
		t.Errorf("%s is not the chain of %s", out[:64], second)
	}
}
