package arrival

import (
	"io/fs"
	"syscall"
	"time"
)

// changed is when a file was last written or renamed. The time of its contents may be set to anything, and programs that copy set it to that of the original,
// before they are done even; that of the inode is set by the system alone, at every write.
func changed(st fs.FileInfo, now time.Time) time.Time {
	if sys, ok := st.Sys().(*syscall.Stat_t); ok {
		return time.Unix(sys.Ctim.Unix())
	}
	return written(st, now)
}
