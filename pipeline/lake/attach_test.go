package lake

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestBeside: what is coming is written down before it is in place, and of a process that was killed between the two both are known.
func TestBeside(t *testing.T) {
	l := &Lake{Root: t.TempDir()}
	known := func() Attached {
		t.Helper()
		all, err := l.Attachments()
		if err != nil {
			t.Fatal(err)
		}
		a := all["runs/x/pagina.html"]
		a.When = ""
		return a
	}
	page := filepath.Join(l.Root, "runs", "x", "pagina.html")
	if err := l.Put(page, []byte("een")); err != nil || read(t, page) != "een" {
		t.Fatal(err)
	}
	first := known()
	if there, err := l.IsAttached(page); err != nil || !there || len(first.Next) > 0 || first.Sha256 == "" {
		t.Fatalf("%+v, %v, %v", first, there, err)
	}
	if err := l.Put(page, []byte("anders")); !errors.Is(err, fs.ErrExist) || read(t, page) != "een" || len(known().Next) > 0 {
		t.Errorf("put over one that is there: %v, %+v", err, known())
	}
	// a folder where the page should come keeps it from its place, as a kill would
	if err := os.Remove(page); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Join(page, "in-de-weg"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := l.Replace(page, []byte("twee")); err == nil {
		t.Fatal("put over a folder")
	}
	if a := known(); a.Sha256 != first.Sha256 || len(a.Next) != 1 || a.Next[0] == "" || a.Next[0] == first.Sha256 {
		t.Errorf("%+v", a)
	}
	if err := l.Coming(page, []byte("drie")); err != nil { // and killed once more
		t.Fatal(err)
	}
	if a := known(); a.Sha256 != first.Sha256 || len(a.Next) != 2 {
		t.Errorf("either could be there: %+v", a)
	}
	if err := os.RemoveAll(page); err != nil {
		t.Fatal(err)
	}
	if err := l.Replace(page, []byte("twee")); err != nil || read(t, page) != "twee" || len(known().Next) > 0 {
		t.Errorf("%v, %+v", err, known())
	}
	second := known()
	if err := l.Coming(page, nil); err != nil {
		t.Fatal(err)
	}
	if a := known(); !slices.Equal(a.Next, []string{""}) || a.Sha256 != second.Sha256 {
		t.Errorf("about to go: %+v", a)
	}
	if err := errors.Join(Remove(page), l.Attach(page)); err != nil {
		t.Fatal(err)
	}
	if a := known(); len(a.Next) > 0 || a.Sha256 != "" {
		t.Errorf("gone: %+v", a)
	}
	if left, err := os.ReadDir(l.Staging()); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}
