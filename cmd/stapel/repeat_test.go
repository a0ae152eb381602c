package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gofrs/flock"

	"stapel/pipeline/control"
	"stapel/pipeline/exit"
)

func stapel(t *testing.T, ctx context.Context, args ...string) (exit.Code, string, string) {
	t.Helper()
	var out, errs bytes.Buffer
	code := run(ctx, args, &out, &errs)
	return code, out.String(), errs.String()
}

// tree is the SHA-256 of every file below a folder.
func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(dir, p))
		files[p] = fmt.Sprintf("%x", sha256.Sum256(data))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func manifest(t *testing.T, data string) (dir string, m control.Manifest) {
	t.Helper()
	id, err := os.ReadFile(filepath.Join(data, "latest"))
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(data, "runs", strings.TrimSpace(string(id)))
	text, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	return dir, m
}

// TestSameRunSameBytes: the same extracts, configuration, key and program give the same bytes, in another folder, again in
// the same one, and when every extract is read anew. Only the manifest's uitvoering differs.
func TestSameRunSameBytes(t *testing.T) {
	first, err := demoRun()
	if err != nil {
		t.Fatal(err)
	}
	wantDir, want := manifest(t, first)
	wantFiles := tree(t, wantDir)
	delete(wantFiles, "manifest.json")
	lake := tree(t, filepath.Join(first, "lake"))
	other := t.TempDir()
	for i := range 2 { // the second time from the lake
		if code, _, errs := stapel(t, t.Context(), "demo", "--data", other); code != exit.Done {
			t.Fatalf("exit %d: %s", code, errs)
		}
		dir, got := manifest(t, other)
		gotFiles := tree(t, dir)
		delete(gotFiles, "manifest.json")
		if !maps.Equal(gotFiles, wantFiles) {
			for name := range wantFiles {
				if gotFiles[name] != wantFiles[name] {
					t.Errorf("run %d: %s has other bytes", i+1, name)
				}
			}
			t.Errorf("run %d: %d files, want %d", i+1, len(gotFiles), len(wantFiles))
		}
		got.Execution, want.Execution = control.Execution{}, control.Execution{}
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(want)
		if !bytes.Equal(a, b) {
			t.Errorf("run %d: another manifest", i+1)
		}
		if !maps.Equal(tree(t, filepath.Join(other, "lake")), lake) {
			t.Errorf("run %d: another lake", i+1)
		}
	}
}

// TestThreadsChangeNothing: another number of threads is another configuration, so another run, with the same marts.
func TestThreadsChangeNothing(t *testing.T) {
	first, err := demoRun()
	if err != nil {
		t.Fatal(err)
	}
	wantDir, want := manifest(t, first)
	t.Setenv("STAPEL_ENGINE_THREADS", "1")
	data := t.TempDir()
	if code, _, errs := stapel(t, t.Context(), "demo", "--data", data); code != exit.Done {
		t.Fatalf("exit %d: %s", code, errs)
	}
	gotDir, got := manifest(t, data)
	if got.RunID == want.RunID {
		t.Error("another configuration has the same run id")
	}
	if !maps.Equal(tree(t, filepath.Join(gotDir, "marts")), tree(t, filepath.Join(wantDir, "marts"))) {
		t.Error("one thread gives other marts")
	}
}

// TestManifest: everything that is published is in the manifest with its hash, and everything in it is there.
func TestManifest(t *testing.T) {
	data, err := demoRun()
	if err != nil {
		t.Fatal(err)
	}
	dir, m := manifest(t, data)
	files := tree(t, dir)
	for _, o := range m.Outputs {
		if files[o.File] != o.Sha256 {
			t.Errorf("%s: the manifest has another hash", o.File)
		}
		delete(files, o.File)
	}
	if left := slices.Sorted(maps.Keys(files)); !slices.Equal(left, []string{"journal.jsonl", "manifest.json"}) {
		t.Errorf("files that the manifest does not name: %v", left)
	}
	for _, c := range m.Checks {
		if !c.OK && c.Severity == "fout" {
			t.Errorf("published with a failed check: %s", c.Sentence)
		}
	}
	if len(m.Inputs) != 19 || m.Engine == "" || m.Binary == "" || m.Config == "" || m.Key == "" || m.Windows["T0"] != "2025-01-01..2026-01-01" {
		t.Errorf("the manifest misses something: %d inputs, %+v", len(m.Inputs), m.Windows)
	}
	for _, model := range m.Models {
		if model.Layer == "marts" && (len(model.RowDigest) != 64 || model.Level == "") {
			t.Errorf("mart %s has no digest or level", model.Name)
		}
	}
}

func TestLocked(t *testing.T) {
	data := t.TempDir()
	lock := flock.New(filepath.Join(data, ".lock"))
	if ok, err := lock.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	code, _, errs := stapel(t, t.Context(), "demo", "--data", data)
	if code != exit.Locked || !strings.Contains(errs, "another run") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := stapel(t, t.Context(), "demo", "--data", data); code != exit.Done {
		t.Errorf("after the lock is gone: exit %d: %s", code, errs)
	}
}

// stopAt ends a run when a stage begins.
type stopAt struct {
	stage  string
	cancel context.CancelFunc
}

func (s stopAt) Stage(name string, _ int64) {
	if name == s.stage {
		s.cancel()
	}
}
func (stopAt) Add(int64) {}
func (stopAt) Done()     {}

// TestInterrupted: a run that is stopped at any stage publishes nothing, and the next one is complete.
func TestInterrupted(t *testing.T) {
	for _, stage := range []string{"inlezen", "rekenen", "controleren", "rapporten"} {
		data := t.TempDir()
		ctx, cancel := context.WithCancel(t.Context())
		stop := stopAt{stage, cancel}
		g := &globals{stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}, progressWith: stop}
		root := newRoot(g)
		root.SetArgs([]string{"demo", "--data", data})
		err := root.ExecuteContext(ctx)
		if code := exitCode(g, err); code != exit.Interrupted {
			t.Errorf("%s: exit %d: %v", stage, code, err)
		}
		if _, err := os.Stat(filepath.Join(data, "latest")); err == nil {
			t.Errorf("%s: latest is there", stage)
		}
		if runs, _ := filepath.Glob(filepath.Join(data, "runs", "2*")); len(runs) > 0 {
			t.Errorf("%s: a run is published", stage)
		}
		if stage != "controleren" {
			continue // one run afterwards will do: every stage leaves the same behind
		}
		if code, _, errs := stapel(t, t.Context(), "demo", "--data", data); code != exit.Done {
			t.Errorf("%s: the run after it: exit %d: %s", stage, code, errs)
		}
		if left, _ := filepath.Glob(filepath.Join(data, "runs", ".staging", "*")); len(left) > 0 {
			t.Errorf("%s: left behind: %v", stage, left)
		}
	}
}

// TestTampered: a published run that was changed afterwards is noticed by the run that should have made it again.
func TestTampered(t *testing.T) {
	data := t.TempDir()
	if code, _, errs := stapel(t, t.Context(), "demo", "--data", data); code != exit.Done {
		t.Fatalf("exit %d: %s", code, errs)
	}
	dir, _ := manifest(t, data)
	file := filepath.Join(dir, "reports", "analist", "csv", "ranglijst.csv")
	if err := os.WriteFile(file, []byte("rang;huishouden_id\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errs := stapel(t, t.Context(), "demo", "--data", data)
	if code != exit.Difference || !strings.Contains(errs, "csv/ranglijst.csv was changed or removed") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
