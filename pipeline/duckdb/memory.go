package duckdb

import (
	"runtime"

	"stapel/pipeline/machine"
)

// unknownMB is what a machine is taken to have that does not say.
const unknownMB = 4096

// Limits are the memory (MB) and threads of an engine with these settings; 0 leaves one to the machine. Memory is bounded by the machine and by the cgroups that
// this process is in, whatever is configured: an engine that takes more is killed with the run. The rest of the program needs some as well.
func Limits(memoryMB, threads int) (mb, n int) {
	return limits(memoryMB, threads, machine.Machine{}.Memory().Bytes())
}

func limits(memoryMB, threads int, bytes int64) (int, int) {
	available := int(bytes >> 20)
	if available == 0 {
		available = unknownMB
	}
	if threads == 0 {
		threads = runtime.GOMAXPROCS(0) // processors that the process may use and, of Go 1.25 on, the quota of its cgroup
	}
	if memoryMB == 0 {
		return max(available*6/10, 1), threads
	}
	return max(min(memoryMB, available*8/10), 1), threads
}
