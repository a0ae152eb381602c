package duckdb

import (
	"runtime"
	"testing"
)

// TestLimits: settings count up to what the machine has, and where nothing is set the machine decides.
func TestLimits(t *testing.T) {
	all := runtime.GOMAXPROCS(0)
	for _, c := range []struct {
		memory, threads int
		bytes           int64
		wantMB, wantN   int
	}{
		{0, 0, 10 << 30, 6144, all},
		{3000, 2, 10 << 30, 3000, 2},
		{16000, 64, 10 << 30, 8192, 64}, // more than the machine: 80% of it
		{300, 1, 1 << 30, 300, 1},
		{300, 0, 10 << 30, 300, 1}, // a thread wants memory
		{599, 0, 10 << 30, 599, 1},
		{300, 2, 10 << 30, 300, 2}, // somebody asked for it
		{0, 0, 0, 2457, all},       // a machine that does not say
	} {
		if mb, n := limits(c.memory, c.threads, c.bytes); mb != c.wantMB || n != c.wantN {
			t.Errorf("%+v: %d MB, %d threads", c, mb, n)
		}
	}
}
