package purge

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline"
	"stapel/pipeline/control"
	"stapel/pipeline/evidence/attest"
	"stapel/pipeline/evidence/verify"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
	"stapel/pipeline/testrun"
)

var settings = map[string]any{"run.peildatum": "2025-12-31", "engine.threads": 1, "reports.werktafel": false, "reports.effect": false}

// ran makes a run of a version of the program, and gives its id.
func ran(t *testing.T, data, version, until string) string {
	t.Helper()
	opt := testrun.Options(data, configtest.Defaults(t, settings))
	opt.Version, opt.Until = version, until
	r, err := pipeline.Run(t.Context(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return r.RunID
}

// another publishes a run as a later version of the program would have made it: of the same tables, with an id and a manifest of its own.
func another(t *testing.T, l *lake.Lake, of string, nr int, until string) string {
	t.Helper()
	data, err := os.ReadFile(l.Run(of).Manifest())
	must(t, err)
	var m control.Manifest
	must(t, json.Unmarshal(data, &m))
	m.Version = fmt.Sprint("v", nr)
	m.RunID, err = m.ID(until, true)
	must(t, err)
	finished, err := time.Parse(time.RFC3339, m.Execution.Finished)
	must(t, err)
	m.Execution.Finished = finished.Add(time.Duration(nr) * time.Second).Format(time.RFC3339)
	if until != "" {
		m.Outputs = slices.DeleteFunc(m.Outputs, func(o control.Output) bool { return lake.IsReport(o.File) })
	}
	data, err = m.JSON()
	must(t, err)
	must(t, os.CopyFS(string(l.Run(m.RunID)), os.DirFS(string(l.Run(of)))))
	must(t, os.WriteFile(l.Run(m.RunID).Manifest(), data, 0o600))
	if until != "" {
		must(t, os.RemoveAll(l.Run(m.RunID).Reports()))
	}
	_, err = attest.Extend(l, m.RunID)
	must(t, err)
	if until == "" {
		must(t, l.SetLatest(m.RunID))
	}
	return m.RunID
}

var made struct {
	sync.Once
	root string
	ids  []string
}

func TestMain(m *testing.M) {
	code := m.Run()
	os.RemoveAll(made.root)
	os.Exit(code)
}

// five is a copy of a data folder with five runs, of which the second has no reports; a head of the chain was given out when the first three were there.
func five(t *testing.T) (l *lake.Lake, ids []string) {
	t.Helper()
	made.Do(func() {
		small := testrun.Small(t)
		made.ids = append(made.ids, ran(t, small, "v0", ""))
		for i, until := range []string{"marts", "", "", ""} {
			made.ids = append(made.ids, another(t, &lake.Lake{Root: small}, made.ids[0], i+1, until))
		}
		var err error
		if made.root, err = os.MkdirTemp("", "stapel-purge-"); err == nil {
			err = os.CopyFS(filepath.Join(made.root, "data"), os.DirFS(small))
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	data := filepath.Join(t.TempDir(), "data")
	if err := os.CopyFS(data, os.DirFS(filepath.Join(made.root, "data"))); err != nil {
		t.Fatal(err)
	}
	closeAll(t, data)
	return &lake.Lake{Root: data}, made.ids
}

// closeAll gives back the modes that os.CopyFS does not keep.
func closeAll(t *testing.T, data string) {
	t.Helper()
	err := filepath.WalkDir(data, func(p string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Chmod(p, map[bool]os.FileMode{true: 0o700, false: 0o600}[d.IsDir()])
	})
	if err != nil {
		t.Fatal(err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// going are the places among ids of the runs that a result has go.
func going(r *Result, ids []string) (out []int) {
	for _, run := range r.Runs {
		if !run.Stays {
			out = append(out, slices.Index(ids, run.ID))
		}
	}
	return out
}

// TestReferences: beyond the last N, what nothing refers to goes. A run without reports does not count, and goes with those before it.
func TestReferences(t *testing.T) {
	for name, c := range map[string]struct {
		keep  int
		refer func(t *testing.T, l *lake.Lake, ids []string)
		want  []int
		why   string
	}{
		"four, of which there are":  {keep: 4},
		"more than there are":       {keep: 100},
		"three, and one in between": {keep: 3, want: []int{0, 1}},
		"two":                       {keep: 2, want: []int{0, 1, 2}},
		"one":                       {keep: 1, want: []int{0, 1, 2, 3}},
		"latest is an older one": {keep: 1, want: []int{1, 2, 3}, why: "latest", refer: func(t *testing.T, l *lake.Lake, ids []string) {
			must(t, l.SetLatest(ids[0]))
		}},
		"a selection": {keep: 1, want: []int{0, 1, 3}, why: "keuze", refer: func(t *testing.T, l *lake.Lake, ids []string) {
			must(t, lake.AppendLine(filepath.Join(l.Root, "selecties.jsonl"), map[string]any{"wat": "gekozen", "run": ids[2]}))
		}},
		"a lottery": {keep: 1, want: []int{0, 2, 3}, why: "loting", refer: func(t *testing.T, l *lake.Lake, ids []string) {
			must(t, lake.AppendLine(filepath.Join(l.Root, "lotingen.jsonl"), map[string]any{"wat": "aangekondigd", "run": ids[1], "loting": "loting-001"}))
		}},
		"a bundle": {keep: 1, want: []int{0, 1, 2}, why: "bundel", refer: func(t *testing.T, l *lake.Lake, ids []string) {
			must(t, lake.AppendLine(filepath.Join(l.Root, "inzage.jsonl"), map[string]any{"wat": "bundle", "run": ids[3]}))
			must(t, lake.AppendLine(filepath.Join(l.Root, "inzage.jsonl"), map[string]any{"wat": "trace", "run": ids[2]}))
		}},
		"a sample": {keep: 1, want: []int{1, 2, 3}, why: "steekproef", refer: func(t *testing.T, l *lake.Lake, ids []string) {
			file := filepath.Join(string(l.Run(ids[0])), "reports", "accountant", "steekproef-0123456789ab.json")
			must(t, os.WriteFile(file, []byte("{}"), 0o600))
			must(t, l.Attach(file))
		}},
		"an analysis plan": {keep: 1, want: []int{0, 1, 3}, why: "analyseplan", refer: func(t *testing.T, l *lake.Lake, ids []string) {
			must(t, os.MkdirAll(filepath.Join(l.Root, "analyseplannen"), 0o700))
			must(t, os.WriteFile(filepath.Join(l.Root, "analyseplannen", "x.json"), []byte(`{"grondslag":{"run_id":"`+ids[2]+`"}}`), 0o600))
		}},
		"a head of the chain that was given out": {keep: 1, want: []int{0, 1, 2, 3}, why: "kop van de keten", refer: func(t *testing.T, l *lake.Lake, _ []string) {
			_, err := attest.MakeReceipt(l.Root)
			must(t, err)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			l, ids := five(t)
			if c.refer != nil {
				c.refer(t, l, ids)
			}
			r, err := Purge(t.Context(), Options{Data: l.Root, Keep: c.keep})
			if err != nil {
				t.Fatal(err)
			}
			if got := going(r, ids); !slices.Equal(got, c.want) || r.Done {
				t.Errorf("%v go, want %v: %+v", got, c.want, r)
			}
			if c.why != "" && !slices.ContainsFunc(r.Runs, func(run Run) bool { return run.Stays && strings.Contains(strings.Join(run.Why, ";"), c.why) }) {
				t.Errorf("nothing stays for %q: %+v", c.why, r.Runs)
			}
			if left, _ := l.Runs(); len(left) != 5 {
				t.Errorf("%d runs are left of a dry run", len(left))
			}
		})
	}
}

// verified is what verify finds of a data folder, a line each; faults alone, or remarks as well.
func verified(t *testing.T, l *lake.Lake, all, remarks bool) string {
	t.Helper()
	load := func(set map[string]any) (*config.Config, error) { return configtest.Defaults(t, settings), nil }
	r, err := verify.Run(t.Context(), verify.Options{Data: l.Root, All: all, Load: load})
	must(t, err)
	var b strings.Builder
	for _, f := range r.Findings {
		if !f.Remark || remarks {
			fmt.Fprintln(&b, f)
		}
	}
	return b.String()
}

// TestRemoved: what goes is gone, verify and the next run find nothing wrong, and what stays of it is held to what it was.
func TestRemoved(t *testing.T) {
	l, ids := five(t)
	manifest, err := os.ReadFile(l.Run(ids[0]).Manifest())
	must(t, err)
	dossier := filepath.Join(l.Run(ids[0]).Dossiers(), "x.html")
	must(t, os.MkdirAll(filepath.Dir(dossier), 0o700))
	must(t, os.WriteFile(dossier, []byte("x"), 0o600))
	must(t, l.Attach(dossier))
	r, err := Purge(t.Context(), Options{Data: l.Root, Keep: 2, Do: true, Why: "bewaartermijn"})
	must(t, err)
	if got := going(r, ids); !slices.Equal(got, []int{0, 1, 2}) || !r.Done || r.Bytes <= 0 {
		t.Errorf("%+v", r)
	}
	left, err := l.Runs()
	must(t, err)
	if want := []string{ids[3], ids[4]}; !sameSet(left, want) {
		t.Errorf("left: %v", left)
	}
	if kept, err := os.ReadFile(l.Purged(ids[0]).Manifest()); err != nil || string(kept) != string(manifest) {
		t.Errorf("the manifest that stays: %v", err)
	}
	if entries, err := os.ReadDir(filepath.Join(l.Root, "runs", ".staging")); err != nil || len(entries) > 0 {
		t.Errorf("staging: %v, %v", entries, err)
	}
	for _, all := range []bool{false, true} {
		if got := verified(t, l, all, false); got != "" {
			t.Errorf("verify, all %v:\n%s", all, got)
		}
	}
	if got := verified(t, l, true, true); strings.Count(got, "opgeruimd opgeruimd/") != 3 {
		t.Errorf("verify says of what is gone:\n%s", got)
	}
	if _, err := published.Open(l, ids[0]); err == nil || !strings.Contains(err.Error(), "was removed with stapel purge") {
		t.Errorf("opening it: %v", err)
	}
	if attached, err := l.Attachments(); err != nil || attached["runs/"+ids[0]+"/reports/analist/dossiers/x.html"].Sha256 != "" {
		t.Errorf("what lay beside it: %v, %v", attached, err)
	}
	// again: nothing is left to go
	if r, err = Purge(t.Context(), Options{Data: l.Root, Keep: 2, Do: true, Why: "nog eens"}); err != nil || len(going(r, ids)) != 0 {
		t.Errorf("again: %+v, %v", r, err)
	}

	for name, c := range map[string]struct {
		change func(t *testing.T, l *lake.Lake)
		want   string
	}{
		"the evidence is gone":        {func(t *testing.T, l *lake.Lake) { must(t, os.RemoveAll(string(l.Purged(ids[0])))) }, "opgeruimd/" + ids[0]},
		"another manifest":            {func(t *testing.T, l *lake.Lake) { change(t, l.Purged(ids[0]).Manifest()) }, "opgeruimd/" + ids[0] + "/manifest.json"},
		"another journal":             {func(t *testing.T, l *lake.Lake) { change(t, l.Purged(ids[0]).Journal()) }, "opgeruimd/" + ids[0] + "/journal.jsonl"},
		"a line of the log":           {func(t *testing.T, l *lake.Lake) { change(t, filepath.Join(l.Root, lake.PurgeLog)) }, "opgeruimd.jsonl"},
		"something beside it":         {func(t *testing.T, l *lake.Lake) { must(t, os.WriteFile(string(l.Purged(ids[0]))+"/x", nil, 0o600)) }, "extra opgeruimd/" + ids[0] + "/x"},
		"a run removed by somebody":   {func(t *testing.T, l *lake.Lake) { must(t, os.RemoveAll(string(l.Run(ids[3])))) }, "run_weg runs/" + ids[3]},
		"and the log says it was not": {func(t *testing.T, l *lake.Lake) { forged(t, l, ids[3]) }, "run_weg runs/" + ids[3]},
	} {
		t.Run(name, func(t *testing.T) {
			copied := &lake.Lake{Root: filepath.Join(t.TempDir(), "data")}
			must(t, os.CopyFS(copied.Root, os.DirFS(l.Root)))
			closeAll(t, copied.Root)
			c.change(t, copied)
			if got := verified(t, copied, true, false); !strings.Contains(got, c.want) {
				t.Errorf("want %s:\n%s", c.want, got)
			}
			if name != "something beside it" {
				if _, err := Purge(t.Context(), Options{Data: copied.Root, Keep: 1, Do: true, Why: "x"}); name != "another journal" && code(err) != exit.Difference {
					t.Errorf("purge goes on: %v", err)
				}
			}
		})
	}

	// the same run made again is a run again
	if id := ran(t, l.Root, "v0", ""); id != ids[0] {
		t.Errorf("made again: %s, want %s", id, ids[0])
	}
	if got := verified(t, l, true, false); got != "" {
		t.Errorf("made again:\n%s", got)
	}
	r, err = Purge(t.Context(), Options{Data: l.Root, Keep: 1, Do: true, Why: "bewaartermijn"})
	must(t, err)
	if left, _ := l.Runs(); len(left) != 1 || left[0] != ids[0] {
		t.Errorf("left: %v, %+v", left, r)
	}
	if got := verified(t, l, true, false); got != "" {
		t.Errorf("afterwards:\n%s", got)
	}
}

func sameSet(a, b []string) bool {
	a, b = slices.Clone(a), slices.Clone(b)
	slices.Sort(a)
	slices.Sort(b)
	return slices.Equal(a, b)
}

func code(err error) exit.Code {
	var e *exit.Error
	if errors.As(err, &e) {
		return e.Code
	}
	return exit.Done
}

// change alters one byte in the middle of a file.
func change(t *testing.T, file string) {
	t.Helper()
	data, err := os.ReadFile(file)
	must(t, err)
	at := len(data) / 2
	data[at] = map[bool]byte{true: '1', false: '0'}[data[at] == '0']
	must(t, os.WriteFile(file, data, 0o600))
}

// forged removes a run as somebody would who knows how the log of removals is written, and not what the chain has of the run.
func forged(t *testing.T, l *lake.Lake, id string) {
	t.Helper()
	must(t, os.RemoveAll(string(l.Run(id))))
	must(t, lake.AppendLine(filepath.Join(l.Root, lake.PurgeLog), lake.Purged{Run: id, Manifest: strings.Repeat("0", 64), Why: "x"}))
}

// TestRefused: what is asked wrongly, and a data folder that is not whole, remove nothing.
func TestRefused(t *testing.T) {
	l, ids := five(t)
	for name, opt := range map[string]Options{"no number": {}, "below one": {Keep: -1}, "no reason": {Keep: 1, Do: true}, "two lines": {Keep: 1, Do: true, Why: "a\nb"},
		"a BSN": {Keep: 1, Do: true, Why: "om 111222333"}} {
		opt.Data = l.Root
		if _, err := Purge(t.Context(), opt); code(err) != exit.Usage {
			t.Errorf("%s: %v", name, err)
		}
	}
	lock, err := l.Lock()
	must(t, err)
	if _, err := Purge(t.Context(), Options{Data: l.Root, Keep: 1, Do: true, Why: "x"}); code(err) != exit.Locked {
		t.Errorf("while a run is busy: %v", err)
	}
	must(t, lock.Unlock())
	change(t, l.Run(ids[4]).Manifest())
	if _, err := Purge(t.Context(), Options{Data: l.Root, Keep: 1, Do: true, Why: "x"}); code(err) != exit.Difference {
		t.Errorf("a manifest was changed: %v", err)
	}
	if left, _ := l.Runs(); len(left) != 5 {
		t.Errorf("%d runs are left", len(left))
	}
}
