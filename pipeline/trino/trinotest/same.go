package trinotest

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"stapel/pipeline/control"
)

// Compared is how much of two runs was found to be the same.
type Compared struct{ Models, Rows, Checks, Outputs int }

// Same holds the runs of two data folders to each other, which differ in what computed them: the journal of each (tables, rows of every model,
// violations of every check), and of a run that was published every row, in its order, of every mart, every check with its sentence, and the bytes
// of every output. With otherBytes the bytes of marts may differ, and their rows may not.
func Same(t testing.TB, a, b string, otherBytes bool) (of Compared) {
	t.Helper()
	if x, y := journal(t, a), journal(t, b); !bytes.Equal(x, y) {
		xs, ys := bytes.Split(x, []byte("\n")), bytes.Split(y, []byte("\n"))
		for i := range max(len(xs), len(ys)) {
			if i >= len(xs) || i >= len(ys) || !bytes.Equal(xs[i], ys[i]) {
				t.Fatalf("journals differ from line %d:\n%s\n%s", i+1, at(xs, i), at(ys, i))
			}
		}
	}
	x, y := manifest(t, a), manifest(t, b)
	if (x == nil) != (y == nil) {
		t.Fatalf("one of two runs was published: %t, %t", x != nil, y != nil)
	}
	if x == nil {
		return of
	}
	if x.Engine == y.Engine {
		t.Fatalf("both were computed by %s", x.Engine)
	}
	if len(x.Models) != len(y.Models) || len(x.Checks) != len(y.Checks) || len(x.Models) == 0 || len(x.Checks) == 0 {
		t.Fatalf("%d models and %d checks, and %d and %d", len(x.Models), len(x.Checks), len(y.Models), len(y.Checks))
	}
	for i, m := range x.Models {
		o := y.Models[i]
		if otherBytes {
			m.File, o.File, m.Writer, o.Writer = "", "", "", ""
		}
		if m != o {
			t.Errorf("model %s: %+v and %+v", m.Name, m, o)
		}
		of.Models++
		of.Rows += int(max(m.Rows, 0))
	}
	for i, c := range x.Checks {
		if !reflect.DeepEqual(c, y.Checks[i]) {
			t.Errorf("check %s: %+v and %+v", c.Name, c, y.Checks[i])
		}
		of.Checks++
	}
	folder := filepath.Dir(only(t, a, "manifest.json"))
	what := x.Differs(y, func(file string) string { return filepath.Join(folder, filepath.FromSlash(file)) })
	if what != "" || !otherBytes && !reflect.DeepEqual(x.Outputs, y.Outputs) {
		t.Errorf("the outputs differ: %s", what)
	}
	of.Outputs = len(x.Outputs)
	if x.RunID != y.RunID {
		t.Errorf("the runs are called %s and %s", x.RunID, y.RunID)
	}
	return of
}

func at(lines [][]byte, i int) []byte {
	if i < len(lines) {
		return lines[i]
	}
	return []byte("(no line)")
}

// journal is the one journal of a data folder, of a run that was published or of one that was not; nil where a run ended before it began one.
func journal(t testing.TB, data string) []byte {
	t.Helper()
	if runs, err := os.ReadDir(filepath.Join(data, "runs", ".staging")); err == nil && len(runs) == 0 && manifest(t, data) == nil {
		return nil
	}
	text, err := os.ReadFile(only(t, data, "journal.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// only is the one file of that name of the runs of a data folder.
func only(t testing.TB, data, name string) string {
	t.Helper()
	var found []string
	for _, pattern := range []string{"*", filepath.Join(".staging", "*")} {
		files, err := filepath.Glob(filepath.Join(data, "runs", pattern, name))
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, files...)
	}
	if len(found) != 1 {
		t.Fatalf("%d files %s in %s", len(found), name, data)
	}
	return found[0]
}

// manifest is that of the run that was published; nil when none was.
func manifest(t testing.TB, data string) *control.Manifest {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, "runs", "*", "manifest.json"))
	if err != nil || len(files) > 1 {
		t.Fatal(len(files), err)
	}
	if len(files) == 0 {
		return nil
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	m := &control.Manifest{}
	if err := json.Unmarshal(text, m); err != nil {
		t.Fatal(err)
	}
	return m
}
