package faulttest

import (
	"slices"
	"strings"
	"testing"
)

// right is what a run does, as strace writes it: a staged extract of one file, and latest.
const right = `7 mkdirat(AT_FDCWD</w>, "/d/lake", 0700) = 0
7 openat(AT_FDCWD</w>, "/d", O_RDONLY|O_CLOEXEC) = 3</d>
7 fsync(3</d>) = 0
7 mkdirat(AT_FDCWD</w>, "/d/lake/wonen", 0700) = 0
7 fsync(3</d/lake>) = 0
7 mkdirat(AT_FDCWD</w>, "/d/lake/.staging/x", 0700) = 0
7 openat(AT_FDCWD</w>, "/d/lake/.staging/x/deel", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0600) = 4</d/lake/.staging/x/deel>
8 write(4</d/lake/.staging/x/deel>, ""..., 10 <unfinished ...>
7 openat(AT_FDCWD</w>, "/nowhere", O_RDONLY) = -1 ENOENT (No such file or directory)
8 <... write resumed>) = 10
8 fsync(4</d/lake/.staging/x/deel>) = 0
8 openat(5</d/lake/.staging/x>, "weg", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0600) = 9</d/lake/.staging/x/weg>
8 unlinkat(5</d/lake/.staging/x>, "weg", 0) = 0
8 mkdirat(AT_FDCWD</d/lake>, ".staging/x/work", 0700) = 0
8 openat(AT_FDCWD</d/lake>, ".staging/x/work/weg", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0600) = 9</d/lake/.staging/x/work/weg>
8 unlinkat(5</d/lake/.staging/x/work>, "weg", 0) = 0
8 unlinkat(5</d/lake/.staging/x>, "work", AT_REMOVEDIR) = 0
8 fsync(5</d/lake/.staging/x>) = 0
8 renameat(AT_FDCWD</w>, "/d/lake/.staging/x", AT_FDCWD</w>, "/d/lake/wonen/aa") = 0
8 fsync(6</d/lake/wonen>) = 0
8 openat(AT_FDCWD</w>, "/d/runs/.staging/latest", O_WRONLY|O_CREAT|O_TRUNC|O_CLOEXEC, 0600) = 4</d/runs/.staging/latest>
8 write(4</d/runs/.staging/latest>, ""..., 10) = 10
8 fsync(4</d/runs/.staging/latest>) = 0
8 renameat(AT_FDCWD</w>, "/d/runs/.staging/latest", AT_FDCWD</w>, "/d/latest") = 0
8 fsync(3</d>) = 0
`

func audited(trace string) []string {
	a := newAudit("/d")
	for line := range strings.Lines(trace) {
		a.line(strings.TrimRight(line, "\n"))
	}
	a.end()
	return a.faults
}

// TestAudit: a program that syncs what it has to is told from one that leaves out any one of them.
func TestAudit(t *testing.T) {
	if got := audited(right); len(got) > 0 {
		t.Fatalf("nothing is wrong, and it says %q", got)
	}
	lines := strings.SplitAfter(right, "\n")
	for i, line := range lines {
		if strings.Contains(line, "fsync") {
			if got := audited(strings.Join(slices.Delete(slices.Clone(lines), i, i+1), "")); len(got) == 0 {
				t.Errorf("without %q nothing is found", strings.TrimSpace(line))
			}
		}
	}
	for cut, want := range map[string]string{
		"8 fsync(4</d/lake/.staging/x/deel>) = 0\n": "lake/wonen/aa is put in place, and lake/.staging/x/deel is not on disk",
		"8 fsync(6</d/lake/wonen>) = 0\n":           "latest is put in place, and lake/wonen/aa does not last yet",
	} {
		if got := audited(strings.Replace(right, cut, "", 1)); !slices.Contains(got, want) {
			t.Errorf("without %q: %q", cut, got)
		}
	}
	if got := audited(""); len(got) != 1 {
		t.Errorf("of no calls at all it says %q", got)
	}
}
