package pipeline_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"stapel/config/configtest"
	"stapel/pipeline"
	"stapel/pipeline/control"
	"stapel/pipeline/testrun"
	"stapel/sample-data/generator"
)

// outcome is all of a run that may not depend on what was kept: its files by hash, its manifest but for how it was executed, and its error.
type outcome struct {
	id, failed string
	files      map[string]string
	manifest   string
}

func (o outcome) differs(from outcome) string {
	if o.id != from.id || o.failed != from.failed {
		return fmt.Sprintf("run %s %q, want %s %q", o.id, o.failed, from.id, from.failed)
	}
	for _, name := range slices.Sorted(func(yield func(string) bool) {
		for name := range from.files {
			if !yield(name) {
				return
			}
		}
	}) {
		if o.files[name] != from.files[name] {
			return name + " has other bytes"
		}
	}
	if len(o.files) != len(from.files) || o.manifest != from.manifest {
		return "other files, or another manifest"
	}
	return ""
}

// runOn runs on a data folder, and tells what it published.
func runOn(t *testing.T, data string, set map[string]any, keep, full bool) (outcome, *control.Reuse) {
	t.Helper()
	opt := testrun.Options(data, configtest.Defaults(t, set))
	opt.Keep, opt.Full = keep, full
	result, err := pipeline.Run(t.Context(), opt)
	if err != nil {
		return outcome{failed: err.Error()}, nil
	}
	out := outcome{id: result.RunID, files: map[string]string{}}
	err = fs.WalkDir(os.DirFS(result.Folder), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(result.Folder, name))
		if name == "manifest.json" {
			var m control.Manifest
			err = errors.Join(err, json.Unmarshal(data, &m))
			m.Execution = control.Execution{}
			text, bad := json.Marshal(m)
			out.manifest, err = string(text), errors.Join(err, bad)
			return err
		}
		sum := sha256.Sum256(data)
		out.files[name] = hex.EncodeToString(sum[:])
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, result.Reuse
}

// fresh makes the run on the inbox of a data folder in another, without anything kept and from its extracts.
func fresh(t *testing.T, data string, set map[string]any) outcome {
	t.Helper()
	other := t.TempDir()
	if err := os.CopyFS(filepath.Join(other, "inbox"), os.DirFS(filepath.Join(data, "inbox"))); err != nil {
		t.Fatal(err)
	}
	out, _ := runOn(t, other, set, false, true)
	return out
}

// world generates a small inbox.
func world(t *testing.T, seed uint64) string {
	t.Helper()
	data := t.TempDir()
	if _, err := generator.Generate(t.Context(), generator.Options{Households: 60, Months: 24, Seed: seed, Dir: filepath.Join(data, "wereld")}); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(filepath.Join(data, "wereld", "inbox"), filepath.Join(data, "inbox")); err != nil {
		t.Fatal(err)
	}
	return data
}

// extracts are the files of an inbox, by name.
func extracts(t *testing.T, data string) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(data, "inbox", "*", "*.csv"))
	if err != nil || len(files) == 0 {
		t.Fatal(len(files), err)
	}
	return files
}

// long reports whether an extract has lines to spare.
func long(t *testing.T, file string) bool {
	t.Helper()
	if _, err := os.Stat(file); errors.Is(err, fs.ErrNotExist) {
		return true // it was taken away
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Count(data, []byte("\n")) > 3
}

// change takes a line out of an extract, and what its note says of lines and sums.
func change(t *testing.T, rng *rand.Rand, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.SplitAfter(data, []byte("\n"))
	at := 1 + rng.IntN(len(lines)-2)
	lines = slices.Delete(lines, at, at+1)
	if err := os.WriteFile(file, bytes.Join(lines, nil), 0o600); err != nil {
		t.Fatal(err)
	}
	note, err := os.ReadFile(file + ".levering.yaml")
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	var keep []string
	for line := range strings.Lines(string(note)) {
		if key, _, _ := strings.Cut(line, ":"); key != "sha256" && key != "aantal_regels" && key != "totaal_debet_ct" && key != "totaal_credit_ct" {
			keep = append(keep, line)
		}
	}
	if err := errors.Join(err, os.WriteFile(file+".levering.yaml", []byte(strings.Join(keep, "")), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// TestIncrementalIsFull: whatever changes between runs (an extract, a setting, an extract that goes or comes), a run that uses what earlier ones kept gives the
// bytes and the manifest of one that starts from nothing. STAPEL_INCREMENTEEL is how many worlds with how many changes each are drawn; make test has one.
func TestIncrementalIsFull(t *testing.T) {
	worlds, steps := 1, []int{0, 2}
	if n, err := strconv.Atoi(os.Getenv("STAPEL_INCREMENTEEL")); err == nil {
		worlds, steps = n, []int{0, 1, 2, 3, 0, 1}
	}
	for w := range worlds {
		seed := uint64(w + 1)
		rng := rand.New(rand.NewPCG(seed, 52))
		data := world(t, seed)
		files := extracts(t, data)
		gone := files[rng.IntN(len(files))]
		aside := filepath.Join(data, filepath.Base(gone))
		move := func(from, to string) {
			for _, end := range []string{"", ".levering.yaml"} {
				if err := os.Rename(from+end, to+end); err != nil && !errors.Is(err, fs.ErrNotExist) {
					t.Fatal(err)
				}
			}
		}
		set := map[string]any{"run.peildatum": "2025-12-31", "engine.threads": 1, "selection.require_exclusions": false}
		away := false
		runOn(t, data, set, true, false)
		for step, kind := range steps {
			what := ""
			switch {
			case kind == 0:
				file := files[rng.IntN(len(files))]
				for away && file == gone || !long(t, file) {
					file = files[rng.IntN(len(files))]
				}
				change(t, rng, file)
				what = "changed " + filepath.Base(file)
			case kind == 1:
				keys := []string{"household.attach_minors", "limits.max_household_persons", "run.peildatum"}
				switch key := keys[rng.IntN(len(keys))]; key {
				case "household.attach_minors":
					set[key] = set[key] == false
					what = key
				case "run.peildatum":
					set[key] = []string{"2025-12-31", "2025-11-30", "2025-10-31"}[rng.IntN(3)]
					what = key
				default:
					set[key] = 10 + rng.IntN(30)
					what = key
				}
			case away:
				move(aside, gone)
				away, what = false, "added "+filepath.Base(gone)
			default:
				move(gone, aside)
				away, what = true, "removed "+filepath.Base(gone)
			}
			got, reuse := runOn(t, data, set, true, false)
			want := fresh(t, data, set)
			if d := got.differs(want); d != "" {
				t.Errorf("world %d, step %d, %s: %s", seed, step, what, d)
			}
			if reuse != nil {
				t.Logf("world %d, step %d, %s: %d tables of earlier runs, %d made, %d and %d counts", seed, step, what, reuse.Tables, len(reuse.Made), reuse.Counts, reuse.Counted)
				if reuse.Tables == 0 && want.failed == "" {
					t.Errorf("world %d, step %d, %s: nothing is used again", seed, step, what)
				}
			}
		}
	}
}

// TestKeepSaysWhy: a run without a change makes nothing again; --full makes all; a kept table that is damaged is made again, and says that it was not kept; what
// is read by a model that gave the same rows is not made again.
func TestKeepSaysWhy(t *testing.T) {
	data := testrun.Small(t)
	set := testrun.SmallPeil
	first, reuse := runOn(t, data, set, true, false)
	if first.failed != "" || reuse.Tables != 0 || len(reuse.Made) < 100 || reuse.Made[0].Because[0] != "nieuw" {
		t.Fatalf("%s: %+v", first.failed, reuse)
	}
	all := len(reuse.Made)
	if again, reuse := runOn(t, data, set, true, false); again.differs(first) != "" || reuse.Tables != all || len(reuse.Made) > 0 || reuse.Counted > 0 {
		t.Errorf("the same again: %s, %d used again, %d made, %d counted", again.differs(first), reuse.Tables, len(reuse.Made), reuse.Counted)
	}
	if again, reuse := runOn(t, data, set, true, true); again.differs(first) != "" || reuse.Tables != 0 || len(reuse.Made) != all || reuse.Counts != 0 {
		t.Errorf("--full: %s, %d used again, %d made", again.differs(first), reuse.Tables, len(reuse.Made))
	}
	was := slog.Default()
	slog.SetDefault(slog.New(slog.DiscardHandler)) // of every table that is damaged it says so
	defer slog.SetDefault(was)
	kept, err := filepath.Glob(filepath.Join(data, "cache", "*.parquet"))
	if err != nil || len(kept) != all {
		t.Fatalf("%d tables are kept, want %d; %v", len(kept), all, err)
	}
	for _, file := range kept {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		text[len(text)/2] ^= 1
		if err := os.WriteFile(file, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	again, reuse := runOn(t, data, set, true, false)
	if d := again.differs(first); d != "" || reuse.Tables != 0 || len(reuse.Made) != all || reuse.Made[0].Because[0] != "niet bewaard" || !reuse.Made[0].Same {
		t.Errorf("after damage: %s, %d used again, %+v", d, reuse.Tables, reuse.Made[:1])
	}

	// a line of wmo that costs a cent more: households stay who they are, and nothing that is made of them alone is made again
	file := filepath.Join(data, "inbox", "wmo_declaratie", "w.csv")
	text, err := os.ReadFile(file)
	if err == nil {
		err = os.WriteFile(file, bytes.Replace(text, []byte(";3000;"), []byte(";3001;"), 1), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	_, reuse = runOn(t, data, set, true, false)
	why := map[string][]string{}
	for _, m := range reuse.Made {
		why[m.Name] = m.Because
	}
	if !slices.Contains(why["vervangen"], "lake_wmo_declaratie") || !slices.Contains(why["kosten_breed"], "kosten_persoon") || why["lid"] != nil || why["huishouden"] != nil {
		t.Errorf("made because of %v", why)
	}
}

const killedData = "STAPEL_BEWAAR" // names the data folder of the run that is killed

// TestKilledChild is the run that TestKilled kills.
func TestKilledChild(t *testing.T) {
	data := os.Getenv(killedData)
	if !strings.HasSuffix(data, "/doorgeslagen") {
		t.Skip("for TestKilled")
	}
	runOn(t, data, testrun.SmallPeil, true, false)
}

// TestKilled: a run that is killed with SIGKILL, halfway, leaves what it finished to the next, which uses it and gives the bytes of one
// that started from nothing.
func TestKilled(t *testing.T) {
	set := testrun.SmallPeil
	small := testrun.Small(t)
	want := fresh(t, small, set)
	for _, finished := range []int{90} {
		data := filepath.Join(t.TempDir(), "doorgeslagen")
		if err := os.CopyFS(filepath.Join(data, "inbox"), os.DirFS(filepath.Join(small, "inbox"))); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		child := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestKilledChild$") // the same program, so that its tables are of the same one
		child.Env = append(os.Environ(), killedData+"="+data)
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		done := make(chan error, 1)
		go func() { done <- child.Wait() }()
		for ended := false; !ended; {
			kept, _ := filepath.Glob(filepath.Join(data, "cache", "*.json"))
			if len(kept) >= finished {
				cancel() // SIGKILL
				<-done
				break
			}
			select {
			case <-done:
				ended = true // it was too quick: then all of it is there
			case <-time.After(time.Millisecond):
			}
		}
		cancel()
		got, reuse := runOn(t, data, set, true, false)
		if d := got.differs(want); d != "" {
			t.Errorf("killed after %d tables: %s", finished, d)
		}
		if reuse == nil || reuse.Tables < finished {
			t.Errorf("killed after %d tables, and not as many are used again", finished)
		}
		if left, _ := filepath.Glob(filepath.Join(data, "cache", ".deel-*")); len(left) > 0 {
			t.Errorf("killed after %d tables: %d halves are left", finished, len(left))
		}
	}
}
