package main

import (
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"stapel/pipeline/faulttest"
	"stapel/pipeline/lake"
)

// TestKilledBeside: a kill while a run puts the page on what changed beside itself, before or after the page is in place, leaves nothing that stapel verify does
// not know; the next run makes the page.
func TestKilledBeside(t *testing.T) {
	if !faulttest.CanCount() {
		t.Skip("strace is not here")
	}
	f, err := undisturbed()
	if err != nil {
		t.Fatal(err)
	}
	for name, inPlace := range map[string]bool{"before": false, "after": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			data := filepath.Join(t.TempDir(), "d")
			if out, err := exec.Command("cp", "-a", f.Done, data).CombinedOutput(); err != nil {
				t.Fatalf("%v: %s", err, out)
			}
			page, err := at(data, "runs/*/reports/analist/"+changesFile)
			if err != nil {
				t.Fatal(err)
			}
			log := filepath.Join(data, lake.AttachLog)
			for _, file := range []string{page, log, log + ".stand"} { // as if it had been killed before that
				if err := os.Remove(file); err != nil {
					t.Fatal(err)
				}
			}
			lines := func() int {
				text, err := os.ReadFile(log)
				if err != nil && !errors.Is(err, fs.ErrNotExist) {
					t.Error(err)
				}
				return strings.Count(string(text), "\n")
			}
			there := func() bool {
				_, err := os.Lstat(page)
				return err == nil
			}
			call, on := "/^rename", page
			if inPlace {
				call, on = "fsync", filepath.Dir(page)
			}
			o, err := f.program.KillIn(t.Context(), call, on, func() bool { return lines() == 1 && there() == inPlace }, f.run(data)...)
			if err != nil || o.Signal == 0 {
				t.Fatalf("not killed: exit %d: %s, %v", o.Code, o.Last(), err)
			}
			if lines() != 1 || there() != inPlace {
				t.Fatalf("killed with %d lines in the log and the page in place: %v", lines(), there())
			}
			verify := func(want int) {
				t.Helper()
				o, err := f.program.Run(t.Context(), nil, "verify", "--all", "--data", data, f.flags[0], f.flags[1])
				if err != nil || o.Code != want {
					t.Errorf("verify after the kill: exit %d, want %d: %s%s, %v", o.Code, want, o.Out, o.Err, err)
				}
			}
			verify(0)
			if inPlace { // and still not just anything
				text, err := os.ReadFile(page)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(page, append(text, ' '), 0o600); err != nil {
					t.Fatal(err)
				}
				verify(12)
			}
			if err := f.recover(t.Context(), data); err != nil {
				t.Error(err)
			}
			if !there() || lines() != 3 {
				t.Errorf("after the next run there are %d lines, and the page is there: %v", lines(), there())
			}
		})
	}
}
