package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// debian is a Debian in a folder, and how to run something in it, as root or as somebody else.
type debian struct{ root string }

// newDebian makes one with the package of this machine beside it, as /stapel.deb.
func newDebian(t *testing.T, with string) debian {
	t.Helper()
	dist := made(t)
	if os.Getuid() != 0 {
		t.Skip("only root can make a Debian of its own")
	}
	d := debian{filepath.Join(t.TempDir(), "debian")}
	must(t, exec.Command("debootstrap", "--variant=minbase", "--include="+with, "bookworm", d.root))
	must(t, exec.Command("mount", "--bind", "/proc", filepath.Join(d.root, "proc")))
	t.Cleanup(func() { exec.Command("umount", filepath.Join(d.root, "proc")).Run() })
	debs, err := filepath.Glob(filepath.Join(dist, "stapel_*_"+runtime.GOARCH+".deb"))
	if err != nil || len(debs) != 1 {
		t.Fatalf("%v, %v", debs, err)
	}
	if err := install(debs[0], filepath.Join(d.root, "stapel.deb"), 0o644); err != nil {
		t.Fatal(err)
	}
	return d
}

func (d debian) in(t *testing.T, user string, words ...string) string {
	t.Helper()
	args := []string{d.root}
	if user != "" {
		args = append([]string{"--userspec=" + user + ":" + user}, args...)
	}
	cmd := exec.Command("chroot", append(args, words...)...)
	cmd.Env = []string{"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "DEBIAN_FRONTEND=noninteractive"}
	return must(t, cmd)
}

// ready follows docs/operations.md from the key to a job, with a generated region of so many households in the inbox.
func (d debian) ready(t *testing.T, households string) {
	t.Helper()
	d.in(t, "", "stapel", "key", "new", "--key-file", "/etc/stapel/sleutel")
	d.in(t, "", "chown", "stapel:", "/etc/stapel/sleutel")
	d.in(t, "stapel", "stapel", "init", "--data", packageData, "--config", packageConfig, "--key-file", "/etc/stapel/sleutel")
	d.in(t, "stapel", "stapel", "generate", "--households", households, "--months", "36", "--seed", "1", "--out", packageData+"/proef")
	d.in(t, "stapel", "sh", "-c", "cp -r "+packageData+"/proef/inbox/. "+packageData+"/inbox/")
	if err := put(filepath.Join(d.root, "etc/stapel/jobs.yaml"), []byte("jobs:\n  - name: maandrun\n    purpose: Proef\n    cron: \"0 6 12 * *\"\n"), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestInstalled installs the package in a Debian of its own, follows docs/operations.md there, runs what the unit runs, installs over it, removes it, and looks at
// what is left.
func TestInstalled(t *testing.T) {
	d := newDebian(t, "adduser,libstdc++6,coinor-cbc")
	root := d.root
	in := func(user string, words ...string) string {
		t.Helper()
		return d.in(t, user, words...)
	}
	there := func(name, mode string) {
		t.Helper()
		if got := strings.TrimSpace(in("", "stat", "-c", "%a %U:%G", name)); got != mode {
			t.Errorf("%s is %s, want %s", name, got, mode)
		}
	}
	gone := func(name string) {
		t.Helper()
		if _, err := os.Lstat(filepath.Join(root, name)); err == nil {
			t.Errorf("%s is still there", name)
		}
	}

	// nothing in it: nothing stays
	in("", "dpkg", "--install", "/stapel.deb")
	there("/var/lib/stapel", "700 stapel:stapel")
	there("/etc/stapel", "750 root:stapel")
	in("", "dpkg", "--purge", "stapel")
	for _, name := range []string{"usr/bin/stapel", "var/lib/stapel", "etc/stapel", "usr/share/doc/stapel", "usr/lib/systemd/system/stapel.timer"} {
		gone(name)
	}
	if users := in("", "getent", "passwd"); strings.Contains(users, "stapel") {
		t.Error("the user is still there")
	}

	// what the page says, from installation to the first run by the clock
	in("", "dpkg", "--install", "/stapel.deb")
	in("", "dpkg", "--verify", "stapel")
	// as systemctl enable makes it, which is not here
	wanted := "etc/systemd/system/timers.target.wants/stapel.timer"
	in("", "install", "-d", "/etc/systemd/system/timers.target.wants")
	in("", "ln", "-s", "/usr/lib/systemd/system/stapel.timer", "/"+wanted)
	for _, name := range []string{"usr/share/man/man1/stapel-run.1.gz", "usr/share/bash-completion/completions/stapel", "usr/share/doc/stapel/copyright", "usr/share/doc/stapel/operations.md"} {
		if st, err := os.Stat(filepath.Join(root, name)); err != nil || st.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
	there("/usr/share/man/man1", "755 root:root")
	there("/usr/share/man/man1/stapel-run.1.gz", "644 root:root")
	in("stapel", "stapel", "version")
	d.ready(t, "200")
	unit, err := os.ReadFile(filepath.Join(root, "usr/lib/systemd/system/stapel.service"))
	if err != nil {
		t.Fatal(err)
	}
	_, command, found := strings.Cut(string(unit), "\nExecStart=")
	command, _, _ = strings.Cut(command, "\n")
	if !found || !strings.Contains(string(unit), "\nUser=stapel\n") {
		t.Fatalf("the unit runs nothing, or as somebody else:\n%s", unit)
	}
	in("stapel", strings.Fields(command)...)
	latest := func() string {
		t.Helper()
		text, err := os.ReadFile(filepath.Join(root, packageData, "latest"))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	run := latest()
	in("stapel", "stapel", "verify", "--data", packageData, "--config", packageConfig, "--key-file", "/etc/stapel/sleutel")

	// an upgrade, and removal: data, key and configuration stay as they are
	in("", "dpkg", "--install", "/stapel.deb")
	if _, err := os.Lstat(filepath.Join(root, wanted)); err != nil {
		t.Error("an upgrade turned the timer off")
	}
	in("", "dpkg", "--remove", "stapel")
	gone("usr/bin/stapel")
	gone(wanted)
	in("", "dpkg", "--purge", "stapel")
	if latest() != run {
		t.Error("latest was changed")
	}
	there("/etc/stapel/sleutel", "600 stapel:stapel")
	there("/etc/stapel/jobs.yaml", "644 root:root")
	there("/var/lib/stapel", "700 stapel:stapel")
	for _, name := range []string{"usr/bin/stapel", "usr/share/doc/stapel", "usr/share/man/man1/stapel.1.gz", "usr/lib/systemd/system/stapel.service"} {
		gone(name)
	}
}
