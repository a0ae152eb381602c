package arrival

import (
	"io/fs"
	"time"
)

// written is the time of a file's contents; one that is yet to come was set by somebody, and says nothing.
func written(st fs.FileInfo, now time.Time) time.Time {
	if at := st.ModTime(); !at.After(now) {
		return at
	}
	return time.Time{}
}
