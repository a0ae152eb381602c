package lake

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func open(t *testing.T, root string) *Lake {
	t.Helper()
	l := &Lake{Root: root}
	err := l.Prepare()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestCommit(t *testing.T) {
	l := open(t, t.TempDir())
	type record struct{ N int }
	for n := 1; n <= 2; n++ { // the second time it takes the place of the first
		staged, err := l.Stage("zvw", "abc")
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(staged, "deel-0000.parquet"), "deel")
		if n == 1 {
			write(t, filepath.Join(staged, "deel-0001.parquet"), "deel")
		}
		write(t, filepath.Join(staged, "persoon.parquet"), "sleutels")
		write(t, filepath.Join(staged, "quarantaine.parquet"), "regels")
		if err := l.Record("zvw", "abc", &record{}); n == 1 && !os.IsNotExist(err) {
			t.Errorf("before the commit there is a record: %v", err)
		}
		if err := l.Commit("zvw", "abc", staged, record{n}); err != nil {
			t.Fatal(err)
		}
		var r record
		if err := l.Record("zvw", "abc", &r); err != nil || r.N != n {
			t.Errorf("record %d is %+v, %v", n, r, err)
		}
	}
	if _, err := os.Stat(filepath.Join(l.Extract("zvw", "abc"), "deel-0001.parquet")); err == nil {
		t.Error("a part of the first reading is still there")
	}
	if read(t, l.Persons("zvw", "abc")) != "sleutels" || read(t, l.Quarantine("zvw", "abc")) != "regels" {
		t.Error("key table or quarantine is not in its place")
	}
	for _, inside := range []string{"persoon.parquet", "quarantaine.parquet"} {
		if _, err := os.Stat(filepath.Join(l.Extract("zvw", "abc"), inside)); err == nil {
			t.Errorf("%s lies beside the lines that models read", inside)
		}
	}
}

// TestOpenCleans: what an interrupted run left in staging is gone, what is published stays; everything is for the owner.
func TestOpenCleans(t *testing.T) {
	root := t.TempDir()
	l := open(t, root)
	staged, err := l.Stage("zvw", "half")
	if err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(staged, "deel-0000.parquet"), "half")
	run, err := l.StageRun("r1")
	if err != nil {
		t.Fatal(err)
	}
	write(t, run.Mart("m"), "half")
	write(t, l.Run("r0").Mart("m"), "heel")
	l = open(t, root)
	for _, gone := range []string{staged, string(run)} {
		if _, err := os.Stat(gone); err == nil {
			t.Errorf("%s is still there", gone)
		}
	}
	if read(t, l.Run("r0").Mart("m")) != "heel" {
		t.Error("a published run is gone")
	}
	err = filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if info, _ := d.Info(); p != root && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("others can read %s (%o)", p, info.Mode().Perm())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestPublish(t *testing.T) {
	l := open(t, t.TempDir())
	if id, err := l.Latest(); id != "" || err != nil {
		t.Errorf("latest of an empty folder is %q, %v", id, err)
	}
	for n, text := range []string{"eerste", "tweede"} {
		staged, err := l.StageRun("r1")
		if err != nil {
			t.Fatal(err)
		}
		write(t, staged.Mart("m"), text)
		if err := l.Publish("r1", staged); (err != nil) != (n > 0) {
			t.Fatalf("publishing the run a %s time: %v", text, err)
		}
		if err := l.SetLatest("r1"); err != nil {
			t.Fatal(err)
		}
		if got := read(t, l.Run("r1").Mart("m")); got != "eerste" {
			t.Errorf("a published run now holds %q", got)
		}
	}
	if id, err := l.Latest(); id != "r1" || err != nil {
		t.Errorf("latest is %q, %v", id, err)
	}
}

// TestPurgeStopped: wherever a removal stops, the run is whole in its place, or the log says why it is not and its evidence is there.
func TestPurgeStopped(t *testing.T) {
	const id = "2025-12-31-0123456789ab"
	stopped := errors.New("stopped")
	t.Cleanup(func() { move = os.Rename })
	for at := range 4 {
		l := &Lake{Root: t.TempDir()}
		if err := l.Prepare(); err != nil {
			t.Fatal(err)
		}
		folder := l.Run(id)
		for _, file := range []string{folder.Manifest(), folder.Journal(), folder.Mart("ranglijst")} {
			if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := WriteFile(file, []byte("x")); err != nil {
				t.Fatal(err)
			}
		}
		n := 0
		move = func(from, to string) error {
			if n++; n == at {
				return stopped
			}
			return os.Rename(from, to)
		}
		err := l.Purge(Purged{Run: id, Manifest: "m"})
		if at >= 1 && at <= 2 && !errors.Is(err, stopped) || (at == 0 || at > 2) && err != nil {
			t.Fatalf("stopped at move %d: %v", at, err)
		}
		_, martErr := os.Stat(folder.Mart("ranglijst"))
		_, keptErr := os.Stat(l.Purged(id).Manifest())
		log, err := l.PurgedRuns()
		if err != nil {
			t.Fatal(err)
		}
		switch there, said := martErr == nil, log[id].Run != "" && keptErr == nil; {
		case !there && !said:
			t.Errorf("stopped at move %d: the run is gone and nothing says so", at)
		case there != (at == 1 || at == 2):
			t.Errorf("stopped at move %d: the run is there: %v", at, there)
		}
		move = os.Rename
		if err := l.Purge(Purged{Run: id, Manifest: "m"}); (at == 1 || at == 2) && err != nil {
			t.Errorf("stopped at move %d, and again: %v", at, err)
		}
		if _, err := os.Stat(string(folder)); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("stopped at move %d, and again: it is still there", at)
		}
	}
}
