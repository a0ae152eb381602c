// Package machine says what the machine under the program gives: memory, room on a disk, and whether a volume is encrypted, as far as that can be seen without
// rights. What can't be seen is unknown, and never a yes.
package machine

import (
	"errors"
	"math"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// Machine is a machine by the files in which Linux says what it is.
type Machine struct {
	Root string // "": this machine; tests lay out another below a folder
}

// at is where a file of the machine lies.
func (m Machine) at(name string) string {
	if m.Root == "" {
		return name
	}
	return filepath.Join(m.Root, name)
}

func (m Machine) read(name string) string {
	data, err := os.ReadFile(m.at(name))
	if err != nil {
		return ""
	}
	return string(data)
}

// Memory is what may be taken, in bytes.
type Memory struct {
	Total   int64 // of the machine; 0: not known
	Limit   int64 // of the cgroup of this process or one above it, the lowest; 0: there is none
	Version int   // of the cgroups that Limit is of, 1 or 2; 0: there is no limit
}

// Bytes is the most that may be taken, 0 when it is not known.
func (m Memory) Bytes() int64 {
	if m.Limit > 0 && (m.Total == 0 || m.Limit < m.Total) {
		return m.Limit
	}
	return m.Total
}

// Memory reads how much there is, and how much of it cgroups leave: the limits of version 1 and 2, of the group of this process and of every group above it.
func (m Machine) Memory() Memory {
	out := Memory{}
	for line := range strings.Lines(m.read("/proc/meminfo")) {
		if f := strings.Fields(line); len(f) >= 2 && f[0] == "MemTotal:" {
			kb, _ := strconv.ParseInt(f[1], 10, 64)
			out.Total = kb << 10
		}
	}
	for _, g := range m.groups() {
		for _, dir := range g.dirs {
			for _, file := range g.files() {
				n, err := strconv.ParseInt(strings.TrimSpace(m.read(path.Join(dir, file))), 10, 64)
				// "max" is no number; of version 1 no limit is a number that no machine has
				if err != nil || n <= 0 || n > math.MaxInt64>>10 {
					continue
				}
				if out.Limit == 0 || n < out.Limit {
					out.Limit, out.Version = n, g.version
				}
			}
		}
	}
	return out
}

// group is the cgroup of this process that bounds memory, as one version has it.
type group struct {
	version int
	dirs    []string // its folder, and those of the groups above it
}

// files are those that bound memory. Above memory.high a process is slowed down until it hardly goes on.
func (g group) files() []string {
	if g.version == 2 {
		return []string{"memory.max", "memory.high"}
	}
	return []string{"memory.limit_in_bytes"}
}

// groups finds the cgroups of this process: /proc/self/cgroup names them, and mountinfo says where they lie. In a container the mount shows a part of the tree.
func (m Machine) groups() (all []group) {
	mounts := m.mounts()
	for line := range strings.Lines(m.read("/proc/self/cgroup")) {
		f := strings.SplitN(strings.TrimSpace(line), ":", 3)
		if len(f) != 3 {
			continue
		}
		version, kind := 1, "cgroup"
		switch {
		case f[1] == "":
			version, kind = 2, "cgroup2"
		case !contains(f[1], "memory"):
			continue
		}
		for _, mount := range mounts {
			if mount.kind != kind || version == 1 && !contains(mount.options, "memory") {
				continue
			}
			rel := f[2]
			if mount.root != "/" {
				var inside bool
				if rel, inside = strings.CutPrefix(f[2], mount.root); !inside {
					rel = "/"
				}
			}
			g := group{version: version}
			for rel = path.Clean("/" + rel); ; rel = path.Dir(rel) {
				g.dirs = append(g.dirs, path.Join(mount.point, rel))
				if rel == "/" {
					break
				}
			}
			all = append(all, g)
			break
		}
	}
	return all
}

// contains reports whether a list with commas has a word.
func contains(list, word string) bool {
	for w := range strings.SplitSeq(list, ",") {
		if w == word {
			return true
		}
	}
	return false
}

// Free is how many bytes somebody without rights may still write on the disk of a folder that is there.
func Free(folder string) (int64, error) {
	var st syscall.Statfs_t
	if err := syscall.Statfs(folder, &st); err != nil {
		return 0, &os.PathError{Op: "statfs", Path: folder, Err: err}
	}
	return int64(st.Bavail) * st.Bsize, nil
}

// Device numbers the volume of a file or folder: two with one number lie on one volume.
func Device(name string) (uint64, error) {
	st, err := os.Stat(name)
	if err != nil {
		return 0, err
	}
	sys, ok := st.Sys().(*syscall.Stat_t)
	if !ok {
		return 0, errors.New("the system does not say on which volume it lies")
	}
	return sys.Dev, nil
}
