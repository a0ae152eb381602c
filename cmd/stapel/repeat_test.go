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
	"regexp"
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
	code := run(ctx, append(args[:len(args):len(args)], "--lang=en"), &out, &errs)
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

// TestSameRunSameBytes: the same extracts, configuration, key and program give the same lake in another folder, and from the lake the same
// run. Only the manifest's uitvoering differs.
func TestSameRunSameBytes(t *testing.T) {
	first, other := shared(t, demoRun).data, shared(t, demoAgain).data
	wantDir, want := manifest(t, first)
	gotDir, got := manifest(t, other)
	wantFiles, gotFiles := tree(t, wantDir), tree(t, gotDir)
	delete(wantFiles, "manifest.json")
	delete(gotFiles, "manifest.json")
	if !maps.Equal(gotFiles, wantFiles) {
		for name := range wantFiles {
			if gotFiles[name] != wantFiles[name] {
				t.Errorf("%s has other bytes", name)
			}
		}
		t.Errorf("%d files, want %d", len(gotFiles), len(wantFiles))
	}
	got.Execution, want.Execution = control.Execution{}, control.Execution{}
	a, _ := json.Marshal(got)
	b, _ := json.Marshal(want)
	if !bytes.Equal(a, b) {
		t.Error("another manifest")
	}
	if !maps.Equal(tree(t, filepath.Join(other, "lake")), tree(t, filepath.Join(first, "lake"))) {
		t.Error("another lake")
	}
}

// TestThreadsChangeNothing: another number of threads is the same run, to the byte.
func TestThreadsChangeNothing(t *testing.T) {
	wantDir, want := manifest(t, shared(t, demoRun).data)
	gotDir, got := manifest(t, shared(t, demoOneThread).data)
	if got.RunID != want.RunID {
		t.Errorf("with one thread it is run %s, with more %s", got.RunID, want.RunID)
	}
	gotFiles, wantFiles := tree(t, gotDir), tree(t, wantDir)
	for _, files := range []map[string]string{gotFiles, wantFiles} {
		delete(files, "manifest.json") // has the time that it took
	}
	if !maps.Equal(gotFiles, wantFiles) {
		t.Error("one thread gives other files")
	}
}

// TestManifest: everything that is published is in the manifest with its hash, and everything in it is there; what is about two runs is not.
func TestManifest(t *testing.T) {
	dir, m := manifest(t, shared(t, demoRun).data)
	files := tree(t, dir)
	for _, o := range m.Outputs {
		if files[o.File] != o.Sha256 {
			t.Errorf("%s: the manifest has another hash", o.File)
		}
		delete(files, o.File)
	}
	if left := slices.Sorted(maps.Keys(files)); !slices.Equal(left, []string{"journal.jsonl", "manifest.json", "reports/analist/" + changesFile}) {
		t.Errorf("files that the manifest does not name: %v", left)
	}
	for _, c := range m.Checks {
		if !c.OK && c.Severity == "fout" {
			t.Errorf("published with a failed check: %s", c.Sentence)
		}
	}
	if len(m.Inputs) != 23 || m.Engine == "" || m.Binary == "" || m.Config == "" || m.Key == "" || m.Windows["T0"] != "2025-01-01..2026-01-01" {
		t.Errorf("the manifest misses something: %d inputs, %+v", len(m.Inputs), m.Windows)
	}
	if len(m.Files) == 0 || len(m.Contracts) == 0 || len(m.Settings) != 64 || m.Journal != tree(t, dir)["journal.jsonl"] {
		t.Errorf("the manifest misses what is configured, or has another journal: %d files, %d contracts", len(m.Files), len(m.Contracts))
	}
	for _, model := range m.Models {
		if model.Layer == "marts" && (len(model.RowDigest) != 64 || model.Level == "") {
			t.Errorf("mart %s has no digest or level", model.Name)
		}
	}
}

// TestDemoKeepsToItself: nothing of a delivered pseudonym leaves the inbox and the key table.
func TestDemoKeepsToItself(t *testing.T) {
	data := shared(t, demoRun).data
	pseudonym := regexp.MustCompile(`v1_[0-9a-f]{32}`)
	in := map[string]bool{}
	err := filepath.WalkDir(data, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(data, p)
		if err != nil {
			return err
		}
		text, err := os.ReadFile(p)
		if pseudonym.Match(text) {
			in[rel] = true
			if !strings.HasPrefix(rel, "inbox/") && !strings.HasPrefix(rel, "lake/persoon/") {
				t.Errorf("%s holds a pseudonym", rel)
			}
		}
		return err
	})
	if err != nil || len(in) == 0 {
		t.Errorf("%d files hold one, %v", len(in), err)
	}
}

func TestLocked(t *testing.T) {
	data, flags := testInbox(t, nil)
	lock := flock.New(filepath.Join(data, ".lock"))
	if ok, err := lock.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	args := append([]string{"run", "--until", "lake"}, flags...)
	if code, _, errs := stapel(t, t.Context(), args...); code != exit.Locked || !strings.Contains(errs, "another run") {
		t.Errorf("exit %d: %s", code, errs)
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := stapel(t, t.Context(), args...); code != exit.Done {
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

// TestInterrupted: a run that is stopped at any stage publishes nothing, and the next one is complete, after whatever the others left behind;
// when what it published is changed, the run that should have made it again notices.
func TestInterrupted(t *testing.T) {
	data, flags := testInbox(t, nil)
	args := append([]string{"run"}, flags...)
	for _, stage := range []string{"inlezen", "rekenen", "controleren", "rapporten"} {
		ctx, cancel := context.WithCancel(t.Context())
		g := &globals{stdout: &bytes.Buffer{}, stderr: &bytes.Buffer{}, progressWith: stopAt{stage, cancel}}
		root := newRoot(g)
		root.SetArgs(args)
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
	}
	if code, _, errs := stapel(t, t.Context(), args...); code != exit.Done {
		t.Errorf("the run after them: exit %d: %s", code, errs)
	}
	if left, _ := filepath.Glob(filepath.Join(data, "runs", ".staging", "*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}

	// a published run that was changed afterwards is noticed by the run that should have made it again
	dir, _ := manifest(t, data)
	file := filepath.Join(dir, "reports", "analist", "csv", "ranglijst.csv")
	if err := os.WriteFile(file, []byte("rang;huishouden_id\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errs := stapel(t, t.Context(), args...)
	if code != exit.Difference || !strings.Contains(errs, "csv/ranglijst.csv was changed or removed") {
		t.Errorf("exit %d: %s", code, errs)
	}
}
