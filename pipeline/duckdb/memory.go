package duckdb

import (
	"runtime"

	"stapel/pipeline/machine"
)

// unknownMB is what a machine is taken to have that does not say.
const unknownMB = 4096

// LeastMB is the least memory with which regions of 40.000 and 60.000 households were seen to come to their end, and what a thread of DuckDB wants, for each holds
// parts of its own of what it groups and joins. Regions of many more lines need more (docs/performance.md).
const LeastMB = 300

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
	mb := available * 6 / 10
	if memoryMB > 0 {
		mb = min(memoryMB, available*8/10)
	}
	mb = max(mb, 1)
	if threads == 0 {
		// processors that the process may use and, of Go 1.25 on, the quota of its cgroup; fewer where each would have too little memory
		threads = max(min(runtime.GOMAXPROCS(0), mb/LeastMB), 1)
	}
	return mb, threads
}
