package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"stapel/pipeline/exit"
)

// TestSpill: a region that is larger than the memory of the engine is run to its end on disk, and gives the bytes that it gives with memory enough: a run of one
// id is compared with the one that is there. STAPEL_SPILL says of how many households.
func TestSpill(t *testing.T) {
	households := os.Getenv("STAPEL_SPILL")
	if households == "" {
		t.Skip("make spill runs it")
	}
	data := filepath.Join(t.TempDir(), "data")
	key := filepath.Join(t.TempDir(), "sleutel")
	for _, args := range [][]string{{"generate", "--households", households, "--months", "36", "--seed", "7", "--out", data}, {"key", "new", "--key-file", key}} {
		if code, _, errs := stapel(t, t.Context(), args...); code != exit.Done {
			t.Fatalf("%s: exit %d: %s", args[0], code, errs)
		}
	}
	t.Setenv(noWerktafel, "false")
	t.Setenv("STAPEL_ENGINE_MEMORY_MB", "300")
	t.Setenv(oneThread, "0")
	most, done := spilled(filepath.Join(data, "runs", ".staging"))
	code, _, errs := stapel(t, t.Context(), "run", "--data", data, "--key-file", key, "--no-progress")
	done()
	if code != exit.Done {
		t.Fatalf("with 300 MB: exit %d: %s", code, errs)
	}
	if most.Load() < 50e6 {
		t.Errorf("at most %d bytes were spilled: this does not show that more than memory can be run", most.Load())
	}
	t.Logf("at most %d MB were spilled", most.Load()/1e6)
	t.Setenv("STAPEL_ENGINE_MEMORY_MB", "0")
	// --full, or it would take the tables of the run that it is compared with
	if code, _, errs := stapel(t, t.Context(), "run", "--full", "--data", data, "--key-file", key, "--no-progress"); code != exit.Done {
		t.Fatalf("with what the machine has: exit %d: %s", code, errs)
	}
	runs, err := filepath.Glob(filepath.Join(data, "runs", "2*"))
	if err != nil || len(runs) != 1 {
		t.Errorf("%d runs, want one: the second was not compared with the first, %v", len(runs), err)
	}
}

// spilled looks how much lies in the folders that engines spill into, at most, until done is called.
func spilled(staging string) (most *atomic.Int64, done func()) {
	most = &atomic.Int64{}
	stop, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			var n int64
			_ = filepath.WalkDir(staging, func(p string, d fs.DirEntry, err error) error {
				if err == nil && !d.IsDir() && strings.Contains(p, "/spill/") {
					if st, err := d.Info(); err == nil {
						n += st.Size()
					}
				}
				return nil
			})
			most.Store(max(most.Load(), n))
			select {
			case <-stop:
				return
			case <-time.After(100 * time.Millisecond):
			}
		}
	}()
	return most, func() { close(stop); <-ended }
}
