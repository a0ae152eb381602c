package lake

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// staged makes a staged reading whose files all say which reading they are of.
func staged(t *testing.T, l *Lake, reading string) string {
	t.Helper()
	dir, err := l.Stage("zvw", "abc")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"deel-0000.parquet", personsFile, quarantineFile} {
		write(t, filepath.Join(dir, name), reading)
	}
	return dir
}

// TestCommitBreaksOff: wherever a second reading breaks off, an extract that is in place has key table and quarantine of the reading that
// it is of; and where there is none, reading again works.
func TestCommitBreaksOff(t *testing.T) {
	broken := errors.New("broken off")
	for at := 1; ; at++ {
		root := t.TempDir()
		l := open(t, root)
		if err := l.Commit("zvw", "abc", staged(t, l, "eerste"), "eerste"); err != nil {
			t.Fatal(err)
		}
		moves := 0
		move = func(from, to string) error {
			if moves++; moves >= at {
				return broken
			}
			return os.Rename(from, to)
		}
		err := l.Commit("zvw", "abc", staged(t, l, "tweede"), "tweede")
		move = os.Rename
		if err == nil {
			if moves != 4 || at != 5 {
				t.Errorf("a second reading takes %d moves, and the %dth could not fail", moves, at)
			}
			return
		}
		if !errors.Is(err, broken) {
			t.Fatal(err)
		}
		var record string
		switch err := l.Record("zvw", "abc", &record); {
		case os.IsNotExist(err):
		case err != nil:
			t.Fatal(err)
		default:
			for _, file := range []string{filepath.Join(l.Extract("zvw", "abc"), "deel-0000.parquet"), l.Persons("zvw", "abc"), l.Quarantine("zvw", "abc")} {
				if got := read(t, file); got != record {
					t.Errorf("broken off at move %d: the extract in place is the %s reading, and %s the %s", at, record, filepath.Base(file), got)
				}
			}
		}
		l = open(t, root) // as the next run does
		if err := l.Commit("zvw", "abc", staged(t, l, "derde"), "derde"); err != nil {
			t.Errorf("broken off at move %d, and read again: %v", at, err)
		}
	}
}

// TestRefusedAfterAccepted: an extract that is refused when it is read again leaves the one in place as it was, list and all, and its own
// list is shown until the extract counts again.
func TestRefusedAfterAccepted(t *testing.T) {
	l := open(t, t.TempDir())
	if err := l.Commit("zvw", "abc", staged(t, l, "goed"), "goed"); err != nil {
		t.Fatal(err)
	}
	shown := func(want string) {
		t.Helper()
		files, err := l.Quarantines()
		if err != nil || len(files) != 1 {
			t.Fatalf("%q, %v; want one list", files, err)
		}
		if got := read(t, files[0]); got != want {
			t.Errorf("the list shown is that of %q, want %q", got, want)
		}
	}
	shown("goed")
	if err := l.CommitQuarantine("zvw", "abc", staged(t, l, "geweigerd")); err != nil {
		t.Fatal(err)
	}
	shown("geweigerd")
	if read(t, l.Quarantine("zvw", "abc")) != "goed" {
		t.Error("the extract in place has the list of another reading")
	}
	if err := l.Reused("zvw", "abc"); err != nil {
		t.Fatal(err)
	}
	shown("goed")
	if err := l.CommitQuarantine("zvw", "abc", staged(t, l, "geweigerd")); err != nil {
		t.Fatal(err)
	}
	without := staged(t, l, "geweigerd om de brief")
	if err := os.Remove(filepath.Join(without, quarantineFile)); err != nil {
		t.Fatal(err)
	}
	if err := l.CommitQuarantine("zvw", "abc", without); err != nil {
		t.Fatal(err)
	}
	shown("goed")
	if err := l.CommitQuarantine("zvw", "abc", staged(t, l, "geweigerd")); err != nil {
		t.Fatal(err)
	}
	if err := l.Commit("zvw", "abc", staged(t, l, "opnieuw"), "opnieuw"); err != nil {
		t.Fatal(err)
	}
	shown("opnieuw")
}
