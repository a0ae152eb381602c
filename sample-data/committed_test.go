package sampledata

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the inbox of the demonstration set anew")

// TestCommitted holds the committed set equal to what the generator makes. What is packed is compared unpacked: another
// version of Go may pack it otherwise.
func TestCommitted(t *testing.T) {
	if *update {
		if err := os.RemoveAll("inbox"); err != nil {
			t.Fatal(err)
		}
		if err := Write("inbox"); err != nil {
			t.Fatal(err)
		}
	}
	dir := t.TempDir()
	if err := Write(dir); err != nil {
		t.Fatal(err)
	}
	fresh, size := walk(t, os.DirFS(dir))
	have, _ := walk(t, os.DirFS("inbox"))
	for name, data := range fresh {
		if !bytes.Equal(have[name], data) {
			t.Errorf("%s differs from what the generator makes; run go test ./sample-data -run TestCommitted -update", name)
		}
	}
	for name := range have {
		if fresh[name] == nil {
			t.Errorf("%s is no longer made; run go test ./sample-data -run TestCommitted -update", name)
		}
	}
	if size > 5_000_000 {
		t.Errorf("the set is %d bytes; at most 5 MB goes into the binary", size)
	}
	if !*update {
		embedded, _ := walk(t, Inbox())
		if len(embedded) != len(have) {
			t.Errorf("%d files embedded, %d in the folder", len(embedded), len(have))
		}
	}
}

// walk reads all files, unpacked, and adds up their sizes on disk.
func walk(t *testing.T, fsys fs.FS) (map[string][]byte, int) {
	t.Helper()
	out, size := map[string][]byte{}, 0
	err := fs.WalkDir(fsys, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		size += int(info.Size())
		out[filepath.ToSlash(path)], err = unpacked(fsys, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, size
}
