package machine

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"
)

// Holder is the process that holds a lock on a file, 0 when none does or it can't be seen: flock is let go when a process ends, so that a file that nobody
// holds is no lock.
func (m Machine) Holder(file string) int {
	var st unix.Stat_t
	if err := unix.Stat(file, &st); err != nil {
		return 0
	}
	return m.holder(uint32(unix.Major(st.Dev)), uint32(unix.Minor(st.Dev)), st.Ino)
}

// holder reads /proc/locks (proc_locks(5)): `1: FLOCK ADVISORY WRITE 3524 fe:00:11013645 0 EOF`.
func (m Machine) holder(major, minor uint32, inode uint64) int {
	want := fmt.Sprintf("%02x:%02x:%d", major, minor, inode)
	for line := range strings.Lines(m.read("/proc/locks")) {
		f := strings.Fields(line)
		if len(f) < 6 || f[1] != "FLOCK" || f[5] != want {
			continue
		}
		if pid, err := strconv.Atoi(f[4]); err == nil && pid > 0 {
			return pid
		}
	}
	return 0
}
