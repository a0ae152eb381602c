package lake

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
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

// TestWriteNew: what is there stays, and nothing bears the name before it is whole, also where a file can't have two names.
func TestWriteNew(t *testing.T) {
	for name, linked := range map[string]func(from, to string) error{
		"linked":   os.Link,
		"no links": func(from, to string) error { return &os.LinkError{Op: "link", Old: from, New: to, Err: syscall.EPERM} },
	} {
		t.Run(name, func(t *testing.T) {
			t.Cleanup(func() { link = os.Link })
			link = linked
			file := filepath.Join(t.TempDir(), "sleutel")
			missing := func() {
				t.Helper()
				if _, err := os.Lstat(file); !errors.Is(err, fs.ErrNotExist) {
					t.Errorf("it is there: %v", err)
				}
			}
			full := &fs.PathError{Op: "write", Path: "elders", Err: syscall.ENOSPC}
			if err := WriteNewFrom(file, func(w io.Writer) error { missing(); return full }); !errors.Is(err, syscall.ENOSPC) {
				t.Error(err)
			}
			missing()
			err := WriteNewFrom(file, func(w io.Writer) error {
				_, err := io.WriteString(w, "een")
				missing()
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if err := WriteNew(file, []byte("twee")); !errors.Is(err, os.ErrExist) || read(t, file) != "een" {
				t.Errorf("%v; the file holds %q", err, read(t, file))
			}
			// another that was quicker
			if err := WriteNewFrom(file+"2", func(io.Writer) error { return os.WriteFile(file+"2", []byte("eerst"), 0o600) }); !errors.Is(err, os.ErrExist) || read(t, file+"2") != "eerst" {
				t.Errorf("%v; the file holds %q", err, read(t, file+"2"))
			}
			if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
				t.Errorf("%v, %v", info.Mode(), err)
			}
			if left, err := os.ReadDir(filepath.Dir(file)); err != nil || len(left) != 2 {
				t.Errorf("%v, %v", left, err)
			}
			var at *fs.PathError
			nowhere := filepath.Join(filepath.Dir(file), "geen", "map")
			if err := WriteNew(nowhere, nil); !errors.As(err, &at) || at.Path != nowhere {
				t.Errorf("it names another file: %v", err)
			}
		})
	}
}
