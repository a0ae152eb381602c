package machine

import (
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/sys/unix"
)

// Crypt says whether what is written on a volume is encrypted.
type Crypt int

// What can be seen of encryption.
const (
	Unknown   Crypt = iota // it can't be seen from here
	Encrypted              // by dm-crypt (LUKS), fscrypt, or a file system that encrypts
	Plain                  // nothing on this machine encrypts it; what lies under the machine may
	InMemory               // it is not on a disk
)

// Volume is where something lies.
type Volume struct {
	Point  string // where it is mounted
	Kind   string // of file system, as ext4
	Source string // what is mounted, as /dev/mapper/data
	Crypt  Crypt
}

// mount is a line of mountinfo (proc(5)).
type mount struct {
	device, root, point, kind, source, options string
}

func (m Machine) mounts() (all []mount) {
	for line := range strings.Lines(m.read("/proc/self/mountinfo")) {
		before, after, ok := strings.Cut(strings.TrimSpace(line), " - ")
		f, g := strings.Fields(before), strings.Fields(after)
		if !ok || len(f) < 6 || len(g) < 3 {
			continue
		}
		all = append(all, mount{device: f[2], root: unescape(f[3]), point: unescape(f[4]), kind: g[0], source: unescape(g[1]), options: g[2]})
	}
	return all
}

// unescape gives back the signs that mountinfo writes as octal numbers.
var unescape = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace

// VolumeOf finds the volume of a file or folder that is there.
func (m Machine) VolumeOf(name string) (Volume, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return Volume{}, err
	}
	if abs, err = filepath.EvalSymlinks(abs); err != nil {
		return Volume{}, err
	}
	var of mount
	for _, at := range m.mounts() {
		// of two on one point the later one hides the first
		if (at.point == "/" || abs == at.point || strings.HasPrefix(abs, at.point+"/")) && len(at.point) >= len(of.point) {
			of = at
		}
	}
	v := Volume{Point: of.point, Kind: of.kind, Source: of.source}
	v.Crypt = m.crypt(of)
	if v.Crypt != Encrypted && m.Root == "" && fscrypt(abs) {
		v.Crypt = Encrypted
	}
	return v, nil
}

// Kinds of file systems of which the name says enough.
var (
	inMemory   = []string{"tmpfs", "ramfs"}
	encrypting = []string{"ecryptfs", "fuse.gocryptfs", "fuse.encfs", "fuse.cryfs"}
	onBlocks   = []string{"ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "jfs", "vfat", "exfat", "ntfs3"}
)

func (m Machine) crypt(of mount) Crypt {
	switch {
	case slices.Contains(inMemory, of.kind):
		return InMemory
	case slices.Contains(encrypting, of.kind):
		return Encrypted
	case !slices.Contains(onBlocks, of.kind):
		return Unknown // a file server, a layer over another file system, ZFS
	}
	dir := m.at("/sys/dev/block/" + of.device)
	if _, err := os.Stat(dir); err != nil { // btrfs has a number of its own
		source, err := filepath.EvalSymlinks(m.at(of.source))
		if err != nil {
			return Unknown
		}
		dir = m.at("/sys/class/block/" + filepath.Base(source))
	}
	return m.block(dir, 0)
}

// block looks at a device and at what it lies on: a partition, LVM, RAID or a file.
func (m Machine) block(dir string, depth int) Crypt {
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil || depth > 16 {
		return Unknown
	}
	if id, err := os.ReadFile(filepath.Join(dir, "dm", "uuid")); err == nil && strings.HasPrefix(string(id), "CRYPT-") {
		return Encrypted
	}
	if file, err := os.ReadFile(filepath.Join(dir, "loop", "backing_file")); err == nil {
		v, err := m.VolumeOf(strings.TrimSpace(string(file)))
		if err != nil {
			return Unknown
		}
		return v.Crypt
	}
	if _, err := os.Stat(filepath.Join(dir, "partition")); err == nil {
		return m.block(filepath.Dir(dir), depth+1)
	}
	if strings.HasPrefix(filepath.Base(dir), "zram") {
		return InMemory
	}
	below, err := os.ReadDir(filepath.Join(dir, "slaves"))
	if err != nil {
		return Unknown
	}
	worst := Plain
	for i, d := range below {
		c := m.block(filepath.Join(dir, "slaves", d.Name()), depth+1)
		switch {
		case i == 0:
			worst = c
		case c == Plain || c == Unknown && worst == Encrypted: // one part that is not is enough
			worst = c
		}
	}
	return worst
}

// fscrypt reports whether a folder is encrypted by itself, whatever its volume is.
func fscrypt(name string) bool {
	var st unix.Statx_t
	if err := unix.Statx(unix.AT_FDCWD, name, 0, unix.STATX_BASIC_STATS, &st); err != nil {
		return false
	}
	return st.Attributes&unix.STATX_ATTR_ENCRYPTED != 0
}

// Swap is where memory is put on a disk.
type Swap struct {
	Name  string
	Crypt Crypt
}

// Swaps are the places in use.
func (m Machine) Swaps() (all []Swap) {
	n := 0
	for line := range strings.Lines(m.read("/proc/swaps")) {
		n++
		f := strings.Fields(line)
		if n == 1 || len(f) < 2 {
			continue
		}
		s := Swap{Name: unescape(f[0])}
		if f[1] == "file" {
			if v, err := m.VolumeOf(s.Name); err == nil {
				s.Crypt = v.Crypt
			}
		} else if device, err := filepath.EvalSymlinks(m.at(s.Name)); err == nil {
			s.Crypt = m.block(m.at(path.Join("/sys/class/block", filepath.Base(device))), 0)
		}
		all = append(all, s)
	}
	return all
}
