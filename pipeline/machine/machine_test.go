package machine

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/gofrs/flock"
)

// lay makes a machine of files; a value that begins with "->" is a link to another file of the machine.
func lay(t *testing.T, files map[string]string) Machine {
	t.Helper()
	m := Machine{Root: t.TempDir()}
	for name, text := range files {
		file := m.at(name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if to, link := strings.CutPrefix(text, "->"); link {
			if err := os.Symlink(m.at(to), file); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return m
}

const (
	v2Mount = "31 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n"
	v1Mount = "35 31 0:32 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory\n34 31 0:31 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu\n"
)

// TestMemory: the lowest limit of the group of this process and of those above it, of both versions of cgroups, also where a container shows a part of the tree.
func TestMemory(t *testing.T) {
	const machine = "MemTotal:       24684084 kB\nMemFree: 1 kB\n"
	service := "0::/system.slice/stapel.service\n"
	for name, c := range map[string]struct {
		files     map[string]string
		limit     int64
		version   int
		available int64
	}{
		"no cgroups":                {map[string]string{}, 0, 0, 24684084 << 10},
		"v2, no limit":              {map[string]string{"/proc/self/cgroup": service, "/proc/self/mountinfo": v2Mount, "/sys/fs/cgroup/system.slice/stapel.service/memory.max": "max\n"}, 0, 0, 24684084 << 10},
		"v2, MemoryMax of systemd":  {map[string]string{"/proc/self/cgroup": service, "/proc/self/mountinfo": v2Mount, "/sys/fs/cgroup/system.slice/stapel.service/memory.max": "4294967296\n"}, 4 << 30, 2, 4 << 30},
		"v2, MemoryHigh":            {map[string]string{"/proc/self/cgroup": service, "/proc/self/mountinfo": v2Mount, "/sys/fs/cgroup/system.slice/stapel.service/memory.max": "4294967296\n", "/sys/fs/cgroup/system.slice/stapel.service/memory.high": "3221225472\n"}, 3 << 30, 2, 3 << 30},
		"v2, of the slice above":    {map[string]string{"/proc/self/cgroup": service, "/proc/self/mountinfo": v2Mount, "/sys/fs/cgroup/system.slice/memory.max": "2147483648\n", "/sys/fs/cgroup/system.slice/stapel.service/memory.max": "max\n"}, 2 << 30, 2, 2 << 30},
		"v2, in a namespace":        {map[string]string{"/proc/self/cgroup": "0::/\n", "/proc/self/mountinfo": v2Mount, "/sys/fs/cgroup/memory.max": "1073741824\n"}, 1 << 30, 2, 1 << 30},
		"v2, more than the machine": {map[string]string{"/proc/self/cgroup": "0::/\n", "/proc/self/mountinfo": v2Mount, "/sys/fs/cgroup/memory.max": "109951162777600\n"}, 100 << 40, 2, 24684084 << 10},
		"v1":                        {map[string]string{"/proc/self/cgroup": "4:memory:/jobs/stapel\n1:cpu:/\n0::/\n", "/proc/self/mountinfo": v1Mount, "/sys/fs/cgroup/memory/jobs/stapel/memory.limit_in_bytes": "536870912\n"}, 512 << 20, 1, 512 << 20},
		"v1, no limit":              {map[string]string{"/proc/self/cgroup": "4:memory:/\n", "/proc/self/mountinfo": v1Mount, "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n"}, 0, 0, 24684084 << 10},
		"v1, container without a namespace": {map[string]string{"/proc/self/cgroup": "4:memory:/docker/abc\n", "/sys/fs/cgroup/memory/memory.limit_in_bytes": "805306368\n",
			"/proc/self/mountinfo": "35 31 0:32 /docker/abc /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n"}, 768 << 20, 1, 768 << 20},
		"both": {map[string]string{"/proc/self/cgroup": "4:memory:/a\n0::/b\n", "/proc/self/mountinfo": v1Mount + "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n",
			"/sys/fs/cgroup/memory/a/memory.limit_in_bytes": "805306368\n"}, 768 << 20, 1, 768 << 20},
	} {
		c.files["/proc/meminfo"] = machine
		got := lay(t, c.files).Memory()
		if got.Limit != c.limit || got.Version != c.version || got.Bytes() != c.available {
			t.Errorf("%s: %+v, available %d", name, got, got.Bytes())
		}
	}
	if got := (Machine{Root: t.TempDir()}).Memory(); got.Bytes() != 0 {
		t.Errorf("a machine that says nothing: %+v", got)
	}
	if got := (Machine{}).Memory(); got.Bytes() <= 0 {
		t.Errorf("this machine: %+v", got)
	}
}

// TestCrypt: a volume is encrypted when all that it lies on is, by what sysfs says of devices.
func TestCrypt(t *testing.T) {
	const root = "27 1 254:0 / / rw,relatime - ext4 /dev/vda1 rw\n"
	// names of sysfs as they are: a disk, its partition, LUKS on that, LVM on two of these
	sys := map[string]string{
		"/sys/devices/vda/vda1/partition": "1\n", "/sys/devices/vda/slaves/.keep": "", "/sys/dev/block/254:0": "->/sys/devices/vda/vda1",
		"/sys/devices/virtual/dm-0/dm/uuid": "CRYPT-LUKS2-0f6c-data\n", "/sys/devices/virtual/dm-0/slaves/.keep": "", "/sys/dev/block/253:0": "->/sys/devices/virtual/dm-0",
		"/sys/devices/virtual/dm-1/dm/uuid": "LVM-abc\n", "/sys/devices/virtual/dm-1/slaves/dm-0": "->/sys/devices/virtual/dm-0", "/sys/dev/block/253:1": "->/sys/devices/virtual/dm-1",
		"/sys/devices/virtual/dm-2/dm/uuid": "LVM-def\n", "/sys/devices/virtual/dm-2/slaves/dm-0": "->/sys/devices/virtual/dm-0",
		"/sys/devices/virtual/dm-2/slaves/vda1": "->/sys/devices/vda/vda1", "/sys/dev/block/253:2": "->/sys/devices/virtual/dm-2",
		"/sys/class/block/dm-0": "->/sys/devices/virtual/dm-0", "/dev/mapper/data": "->/dev/dm-0", "/dev/dm-0": "", "/dev/dm-1": "",
		"/sys/class/block/dm-1": "->/sys/devices/virtual/dm-1", "/sys/class/block/vda1": "->/sys/devices/vda/vda1", "/dev/vda1": "",
		"/sys/devices/virtual/zram0/slaves/.keep": "", "/sys/class/block/zram0": "->/sys/devices/virtual/zram0", "/dev/zram0": "",
	}
	delete(sys, "/sys/devices/vda/slaves/.keep")
	folder := t.TempDir()
	real, err := filepath.EvalSymlinks(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		mount string
		want  Crypt
	}{
		{"", Plain},
		{"40 27 253:0 / " + real + " rw - ext4 /dev/mapper/data rw\n", Encrypted},
		{"40 27 253:1 / " + real + " rw - xfs /dev/mapper/vg-lv rw\n", Encrypted}, // LVM on LUKS
		{"40 27 253:2 / " + real + " rw - xfs /dev/mapper/vg-lv rw\n", Plain},     // one of two is not
		{"40 27 0:44 / " + real + " rw - btrfs /dev/mapper/data rw\n", Encrypted},
		{"40 27 0:44 / " + real + " rw - btrfs /dev/mapper/elders rw\n", Unknown},
		{"40 27 0:45 / " + real + " rw - tmpfs tmpfs rw\n", InMemory},
		{"40 27 0:46 / " + real + " rw - nfs4 server:/x rw\n", Unknown},
		{"40 27 0:46 / " + real + " rw - fuse.gocryptfs /x rw\n", Encrypted},
		{"40 27 253:0 / " + real + " rw - ext4 /dev/mapper/data rw\n41 40 254:0 /x " + real + " rw - ext4 /dev/vda1 rw\n", Plain}, // the later one hides the first
		{"40 27 9:9 / " + real + " rw - ext4 /dev/nowhere rw\n", Unknown},
		{"40 27 253:0 / " + real + "-elsewhere rw - ext4 /dev/mapper/data rw\n", Plain},
	} {
		m := lay(t, sys)
		if err := os.MkdirAll(m.at("/sys/devices/vda/slaves"), 0o700); err != nil {
			t.Fatal(err)
		}
		for _, keep := range []string{"/sys/devices/virtual/dm-0/slaves/.keep", "/sys/devices/virtual/zram0/slaves/.keep"} {
			os.Remove(m.at(keep))
		}
		if err := os.MkdirAll(m.at("/proc/self"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(m.at("/proc/self/mountinfo"), []byte(root+c.mount), 0o600); err != nil {
			t.Fatal(err)
		}
		v, err := m.VolumeOf(folder)
		if err != nil || v.Crypt != c.want {
			t.Errorf("%s: %+v, %v; want %d", c.mount, v, err, c.want)
		}
		swaps := "Filename Type Size Used Priority\n/dev/dm-1 partition 1 0 -2\n/dev/vda1 partition 1 0 -3\n/dev/zram0 partition 1 0 -4\n"
		if err := os.WriteFile(m.at("/proc/swaps"), []byte(swaps), 0o600); err != nil {
			t.Fatal(err)
		}
		all := m.Swaps()
		if len(all) != 3 || all[0].Crypt != Encrypted || all[1].Crypt != Plain || all[2].Crypt != InMemory {
			t.Errorf("swaps: %+v", all)
		}
	}
}

// TestHolder: a lock that a process holds is that of the process, and the file alone is no lock.
func TestHolder(t *testing.T) {
	file := filepath.Join(t.TempDir(), ".lock")
	if got := (Machine{}).Holder(file); got != 0 {
		t.Errorf("no file: %d", got)
	}
	lock := flock.New(file)
	if ok, err := lock.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	if _, err := os.Stat("/proc/locks"); err == nil {
		if got := (Machine{}).Holder(file); got != os.Getpid() {
			t.Errorf("held by this process: %d", got)
		}
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	if got := (Machine{}).Holder(file); got != 0 {
		t.Errorf("let go: %d", got)
	}
}
