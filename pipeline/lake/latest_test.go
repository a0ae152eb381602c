package lake

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEarlier: the runs that were the latest, in the order in which they were, also when one becomes it again and when something came in
// between.
func TestEarlier(t *testing.T) {
	l := open(t, t.TempDir())
	for _, step := range []struct{ latest, want string }{
		{"a", ""}, {"b", "a"}, {"c", "b a"}, {"a", "c b"}, {"c", "a b"}, {"c", "a b"}, {"d", "c a b"},
	} {
		if err := l.SetLatest(step.latest); err != nil {
			t.Fatal(err)
		}
		got, err := l.Earlier()
		if err != nil || !slices.Equal(got, strings.Fields(step.want)) {
			t.Errorf("after %s came %q, want %q (%v)", step.latest, got, step.want, err)
		}
	}

	// e breaks off between the log and latest; f then comes after d, not after e
	move = func(string, string) error { return errors.New("broken off") }
	err := l.SetLatest("e")
	move = os.Rename
	if latest, _ := l.Latest(); err == nil || latest != "d" {
		t.Fatalf("latest is %s, %v", latest, err)
	}
	if err := l.SetLatest("f"); err != nil {
		t.Fatal(err)
	}
	if got, err := l.Earlier(); err != nil || !slices.Equal(got, []string{"d", "c", "a", "b"}) {
		t.Errorf("after f came %q, %v", got, err)
	}

	// a line that was cut off stays a line of its own
	log := filepath.Join(l.Root, LatestLog)
	write(t, log, read(t, log)+`{"wanneer":"20`)
	if err := l.SetLatest("g"); err != nil {
		t.Fatal(err)
	}
	if got, err := l.Earlier(); err != nil || !slices.Equal(got, []string{"f", "d", "c", "a", "b"}) {
		t.Errorf("after g came %q, %v", got, err)
	}
}

// TestWriteNew: what is there stays, and what could not be written whole is not there.
func TestWriteNew(t *testing.T) {
	file := filepath.Join(t.TempDir(), "sleutel")
	if err := WriteNew(file, []byte("een")); err != nil {
		t.Fatal(err)
	}
	if err := WriteNew(file, []byte("twee")); !errors.Is(err, os.ErrExist) || read(t, file) != "een" {
		t.Errorf("%v; the file holds %q", err, read(t, file))
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info.Mode(), err)
	}
}
