package verify_test

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/pipeline"
	"stapel/pipeline/control"
	"stapel/pipeline/evidence/verify"
	"stapel/pipeline/testrun"
	sampledata "stapel/sample-data"
)

// again makes runs as the command does, with another key and version where they are given.
func again(key []byte, version string) verify.Again {
	return func(ctx context.Context, data string, cfg *config.Config, until string, synthetic bool, inputs []control.Input) (string, error) {
		opt := testrun.Options(data, cfg)
		opt.Until, opt.Synthetic, opt.Again, opt.Full = until, synthetic, inputs, inputs == nil
		opt.Secret, opt.Version = key, version
		r, err := pipeline.Run(ctx, opt)
		return r.RunID, err
	}
}

// causes are what a rerun says went in differently, by the first word of each.
func causes(found []verify.Finding) (out []string) {
	for _, f := range found {
		if f.Code == verify.RerunInput {
			name, _, _ := strings.Cut(f.What, ":")
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}

// long is true in make test-long and make torture.
func long() bool { return os.Getenv("STAPEL_LANG") != "" || os.Getenv("STAPEL_TORTURE") != "" }

// TestRerun: a run that is made again is equal to the byte, from the lake without an inbox and from the inbox without a lake; and what went in differently
// is named. The run with reports, and the inbox, are made again in make test-long and make torture only.
func TestRerun(t *testing.T) {
	f := shared(t)
	before := whole(t, f.data)
	same := func(what, id string, from verify.From) {
		t.Helper()
		r, found, err := verify.Rerun(t.Context(), verify.Options{Data: f.data, Run: id, Load: f.load}, from, again(sampledata.DemoKey[:], "test"))
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
		if r.Again != id || r.Same < 40 || r.SameRow+r.Differ > 0 || len(found) > 0 {
			t.Errorf("%s: %+v %v", what, r, found)
		}
	}
	elsewhere := filepath.Join(filepath.Dir(f.data), "inbox")
	if err := os.Rename(f.at("inbox"), elsewhere); err != nil {
		t.Fatal(err)
	}
	same("from the lake", f.first, verify.FromLake)
	_, _, err := verify.Rerun(t.Context(), verify.Options{Data: f.data, Run: f.first, Load: f.load}, verify.FromInbox, again(sampledata.DemoKey[:], "test"))
	if err == nil || !strings.Contains(err.Error(), "no longer in the inbox") {
		t.Errorf("from an inbox that is gone: %v", err)
	}
	if long() {
		same("the whole run from the lake", f.id, verify.FromLake)
	}
	if err := os.Rename(elsewhere, f.at("inbox")); err != nil {
		t.Fatal(err)
	}
	if long() {
		same("from the inbox", f.first, verify.FromInbox)
		otherwise(t, f)
	}
	if whole(t, f.data) != before {
		t.Error("making a run again changed the folder")
	}
}

// otherwise makes a run again with one thing that is another, each in turn.
func otherwise(t *testing.T, f *folder) {
	t.Helper()
	key := slices.Clone(sampledata.DemoKey[:])
	key[0]++
	for want, c := range map[string]struct {
		key     []byte
		version string
		set     map[string]any
	}{
		"threads":                              {sampledata.DemoKey[:], "test", map[string]any{"engine.threads": 2}}, // the same run, to the byte
		"instellingen (stapel.yaml, STAPEL_*)": {sampledata.DemoKey[:], "test", map[string]any{"limits.max_quarantine_lines": 11}},
		"programma":                            {sampledata.DemoKey[:], "anders", nil},
		"sleutel":                              {key, "test", nil},
	} {
		load := func(set map[string]any) (*config.Config, error) {
			all := maps.Clone(c.set)
			if all == nil {
				all = map[string]any{}
			}
			maps.Copy(all, set)
			return f.load(all)
		}
		for _, from := range []verify.From{verify.FromInbox, verify.FromLake} {
			r, found, err := verify.Rerun(t.Context(), verify.Options{Data: f.data, Run: f.first, Load: load}, from, again(c.key, c.version))
			if err != nil {
				t.Fatalf("%s from the %s: %v", want, from, err)
			}
			if got := strings.Join(causes(found), ", "); got != want || (r.Again == f.first && r.Differ == 0) != (want == "threads") {
				t.Errorf("from the %s: %s, want %s: %+v", from, got, want, r)
			}
		}
	}
}
