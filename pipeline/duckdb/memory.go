package duckdb

import (
	"os"
	"strconv"
	"strings"
)

// availableMB is the memory of the machine, or of its cgroup when that is less; 4096 when neither tells.
func availableMB() int {
	mb := 0
	if data, err := os.ReadFile("/proc/meminfo"); err == nil {
		for _, line := range strings.Split(string(data), "\n") {
			if f := strings.Fields(line); len(f) >= 2 && f[0] == "MemTotal:" {
				kb, _ := strconv.Atoi(f[1])
				mb = kb / 1024
			}
		}
	}
	for _, file := range []string{"/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"} {
		data, err := os.ReadFile(file)
		if err != nil {
			continue
		}
		// "max" (no limit) does not parse, and an absurdly large limit is none either
		if n, err := strconv.ParseInt(strings.TrimSpace(string(data)), 10, 64); err == nil && n>>20 > 0 && (mb == 0 || n>>20 < int64(mb)) {
			mb = int(n >> 20)
		}
	}
	if mb == 0 {
		return 4096
	}
	return mb
}
