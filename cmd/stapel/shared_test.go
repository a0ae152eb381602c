package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"stapel/pipeline/exit"
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

func TestMain(m *testing.M) {
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

// demoAgain is the demo in another folder, run a second time from the lake with --json.
var demoAgain = sync.OnceValues(func() (*done, error) {
	d := &done{data: filepath.Join(sharedDir, "weer")}
	if err := d.run("demo"); err != nil {
		return nil, err
	}
	return d, d.run("demo", "--json")
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
	if err := copyDemo(to); err != nil {
		t.Fatal(err)
	}
	return to
}

func copyDemo(to string) error {
	d, err := demoRun()
	if err != nil {
		return err
	}
	if out, err := exec.Command("cp", "-a", d.data, to).CombinedOutput(); err != nil {
		return fmt.Errorf("%s", out)
	}
	return nil
}
