package main

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"stapel/pipeline/exit"
	sampledata "stapel/sample-data"
)

// sharedDir holds what is made once for all tests.
var sharedDir string

// withShared removes it after the tests.
type withShared struct{ m *testing.M }

func (w withShared) Run() int {
	var err error
	if sharedDir, err = os.MkdirTemp("", "stapel-tests-"); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(sharedDir)
	return w.m.Run()
}

// noExclusions lets a run do without a file of kind uitsluiting, which few tests are about.
const noExclusions = "STAPEL_SELECTION_REQUIRE_EXCLUSIONS"

// noWerktafel lets a run do without disclosure control, which takes longer than all the rest of the sample.
const noWerktafel = "STAPEL_REPORTS_WERKTAFEL"

// noSettling lets a run read files that were put there just now.
const noSettling = "STAPEL_INBOX_SETTLE_SECONDS"

func TestMain(m *testing.M) {
	if os.Getenv(noExclusions) == "" { // a script runs this binary as the program, and may say otherwise
		os.Setenv(noExclusions, "false")
		os.Setenv(noWerktafel, "false")
		os.Setenv(noSettling, "0")
	}
	testscript.Main(withShared{m}, map[string]func(){"stapel": main})
}

// A done is a data folder in which something ran, and what that printed.
type done struct{ data, out, errs string }

// run runs a command line in the folder.
func (d *done) run(args ...string) error {
	var out, errs bytes.Buffer
	if code := run(context.Background(), append(args, "--data", d.data), &out, &errs); code != exit.Done {
		return fmt.Errorf("%v: exit %d: %s", args, code, errs.String())
	}
	d.out, d.errs = out.String(), errs.String()
	return nil
}

// demoRun is the demo, run once for all tests that look at what it gives. Whoever changes it takes a copy.
var demoRun = sync.OnceValues(func() (*done, error) {
	d := &done{data: filepath.Join(sharedDir, "demo")}
	return d, d.run("demo")
})

// demoReleased is the demo as a user runs it, with disclosure control and the report of the werktafel: in a process of its own, for it has another
// environment.
var demoReleased = sync.OnceValues(func() (*done, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	d := &done{data: filepath.Join(sharedDir, "vrij")}
	var out, errs bytes.Buffer
	cmd := &exec.Cmd{Path: program, Args: []string{"stapel", "demo", "--data", d.data}, Stdout: &out, Stderr: &errs}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, noWerktafel+"=") {
			cmd.Env = append(cmd.Env, v)
		}
	}
	if err := cmd.Run(); err != nil {
		return nil, fmt.Errorf("demo: %w: %s", err, errs.String())
	}
	d.out, d.errs = out.String(), errs.String()
	return d, nil
})

// demoAgain is the demo in another folder, where the sample was read before: it runs from the lake, with --json.
var demoAgain = sync.OnceValues(func() (*done, error) {
	d := &done{data: filepath.Join(sharedDir, "weer")}
	if err := layOutSample(d.data); err != nil {
		return nil, err
	}
	key := filepath.Join(sharedDir, "demosleutel")
	if err := os.WriteFile(key, []byte(hex.EncodeToString(sampledata.DemoKey[:])+"\n"), 0o600); err != nil {
		return nil, err
	}
	if err := d.run("run", "--until", "lake", "--key-file", key); err != nil {
		return nil, err
	}
	return d, d.run("demo", "--json")
})

// oneThread is what an engine with one thread takes in the environment: for scripts, which run beside each other.
const oneThread = "STAPEL_ENGINE_THREADS"

// demoOneThread is the demo with an engine of one thread, and so another run.
var demoOneThread = sync.OnceValues(func() (*done, error) {
	if err := os.Setenv(oneThread, "1"); err != nil {
		return nil, err
	}
	defer os.Unsetenv(oneThread)
	d := &done{data: filepath.Join(sharedDir, "draad")}
	return d, d.run("demo")
})

// shared is what one of the above gives.
func shared(t *testing.T, of func() (*done, error)) *done {
	t.Helper()
	d, err := of()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// demoCopy is a copy of the demo's data folder.
func demoCopy(t *testing.T) string {
	t.Helper()
	to := filepath.Join(t.TempDir(), "d")
	if err := shared(t, demoRun).copy(to); err != nil {
		t.Fatal(err)
	}
	return to
}

// copy copies the data folder.
func (d *done) copy(to string) error {
	if out, err := exec.Command("cp", "-a", d.data, to).CombinedOutput(); err != nil {
		return fmt.Errorf("%s", out)
	}
	return nil
}
