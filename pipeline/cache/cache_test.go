package cache

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

var secret = []byte("cache: a key of nobody, 32 bytes")

func open(t *testing.T, dir string, limit int64) *Store {
	t.Helper()
	s, err := Open(dir, secret, limit)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// put keeps a file of so many bytes.
func put(t *testing.T, s *Store, key, text string, shared bool) Table {
	t.Helper()
	file := filepath.Join(t.TempDir(), "tabel.parquet")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256([]byte(text))
	of := Table{Name: "tabel", Sha256: hex.EncodeToString(sum[:]), Bytes: int64(len(text)), Rows: 3}
	if err := s.Put(key, file, of, shared); err != nil {
		t.Fatal(err)
	}
	return of
}

func TestTakeWhatWasPut(t *testing.T) {
	for _, shared := range []bool{false, true} {
		dir := filepath.Join(t.TempDir(), "cache")
		s, key := open(t, dir, 1<<20), Key("a")
		want := put(t, s, key, "rijen", shared)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = open(t, dir, 1<<20)
		file := filepath.Join(t.TempDir(), "uit.parquet")
		got, ok := s.Take(key, file, shared)
		if !ok || got.Sha256 != want.Sha256 || got.Rows != 3 {
			t.Fatalf("shared %t: took %+v, %t", shared, got, ok)
		}
		if text, err := os.ReadFile(file); err != nil || string(text) != "rijen" {
			t.Errorf("shared %t: the file holds %q, %v", shared, text, err)
		}
		if _, ok := s.Take(Key("b"), file+"2", shared); ok {
			t.Error("took what was not put")
		}
		for name, mode := range map[string]os.FileMode{dir: 0o700, filepath.Join(dir, key+tableEnd): 0o600, filepath.Join(dir, key+recordEnd): 0o600} {
			if st, err := os.Stat(name); err != nil || st.Mode().Perm() != mode {
				t.Errorf("%s is %v, %v; want %o", filepath.Base(name), st.Mode(), err, mode)
			}
		}
	}
}

// TestDamaged: an entry of which a byte of table or record is another, that is shorter, that lies under another key, or that another project key sealed, is none;
// nothing of it stays where it was to come, and the next Put heals it.
func TestDamaged(t *testing.T) {
	flip := func(name string) error {
		data, err := os.ReadFile(name)
		if err == nil {
			data[len(data)/2] ^= 1
			err = os.WriteFile(name, data, 0o600)
		}
		return err
	}
	key, other := Key("a"), Key("b")
	for what, damage := range map[string]func(dir string) error{
		"table":     func(dir string) error { return flip(filepath.Join(dir, key+tableEnd)) },
		"record":    func(dir string) error { return flip(filepath.Join(dir, key+recordEnd)) },
		"cut off":   func(dir string) error { return os.Truncate(filepath.Join(dir, key+tableEnd), 2) },
		"empty":     func(dir string) error { return os.Truncate(filepath.Join(dir, key+recordEnd), 0) },
		"no table":  func(dir string) error { return os.Remove(filepath.Join(dir, key+tableEnd)) },
		"no record": func(dir string) error { return os.Remove(filepath.Join(dir, key+recordEnd)) },
		"another table": func(dir string) error {
			for _, end := range []string{tableEnd, recordEnd} {
				if err := os.Rename(filepath.Join(dir, other+end), filepath.Join(dir, key+end)); err != nil {
					return err
				}
			}
			return nil
		},
		"rehashed": func(dir string) error { // who has no key can put a hash that fits, and no seal
			if err := os.WriteFile(filepath.Join(dir, key+tableEnd), []byte("anders"), 0o600); err != nil {
				return err
			}
			record, err := os.ReadFile(filepath.Join(dir, key+recordEnd))
			was, is := sha256.Sum256([]byte("rijen")), sha256.Sum256([]byte("anders"))
			record = bytes.ReplaceAll(record, []byte(hex.EncodeToString(was[:])), []byte(hex.EncodeToString(is[:])))
			if err == nil {
				err = os.WriteFile(filepath.Join(dir, key+recordEnd), record, 0o600)
			}
			return err
		},
	} {
		dir := t.TempDir()
		s := open(t, dir, 1<<20)
		put(t, s, key, "rijen", false)
		put(t, s, other, "andere rijen", false)
		if err := damage(dir); err != nil {
			t.Fatal(err)
		}
		file := filepath.Join(t.TempDir(), "uit.parquet")
		if _, ok := s.Take(key, file, false); ok {
			t.Errorf("%s: it is taken", what)
		}
		if _, err := os.Stat(file); err == nil {
			t.Errorf("%s: a file is left where it was to come", what)
		}
		put(t, s, key, "rijen", false)
		if _, ok := s.Take(key, file, false); !ok {
			t.Errorf("%s: it is not taken after it was put again", what)
		}
	}
	dir := t.TempDir()
	put(t, open(t, dir, 1<<20), key, "rijen", false)
	stranger, err := Open(dir, []byte("another key"), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := stranger.Take(key, filepath.Join(t.TempDir(), "x"), false); ok {
		t.Error("an entry that another key sealed is taken")
	}
}

// TestTrim: what was not used for longest goes first, until the rest fits; what a killed run left half goes when the store is opened.
func TestTrim(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, 1<<20)
	rows := strings.Repeat("x", 1000)
	for i := range 5 {
		put(t, s, Key(fmt.Sprint(i)), rows, false)
		then := time.Now().Add(time.Duration(i-100) * time.Hour)
		if err := os.Chtimes(filepath.Join(dir, Key(fmt.Sprint(i))+recordEnd), then, then); err != nil {
			t.Fatal(err)
		}
	}
	for _, left := range []string{partName + "1", Key("zonder") + tableEnd} {
		if err := os.WriteFile(filepath.Join(dir, left), []byte("half"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s = open(t, dir, 4000) // three, with their records
	if _, ok := s.Take(Key("0"), filepath.Join(t.TempDir(), "x"), false); !ok {
		t.Fatal("the oldest is not there")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	var kept []string
	for i := range 5 {
		if _, err := os.Stat(filepath.Join(dir, Key(fmt.Sprint(i))+recordEnd)); err == nil {
			kept = append(kept, fmt.Sprint(i))
		}
	}
	if fmt.Sprint(kept) != "[0 3 4]" {
		t.Errorf("kept %v, want the one just used and the two youngest", kept)
	}
	if files, _ := os.ReadDir(dir); len(files) != 6 {
		t.Errorf("%d files are left, want 6", len(files))
	}
	if put(t, s, Key("groot"), strings.Repeat("x", 5000), false); len(s.used) != 1 {
		t.Error("a table larger than the store is kept")
	}
}

// TestBook: what is kept of the last run is there again, and what is damaged counts as nothing.
func TestBook(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir, 1<<20)
	b := EmptyBook()
	b.Stamp, b.Counts["a"], b.From["m"], b.Tables["m"] = "s", 7, map[string]string{"r": "1"}, "2"
	if err := s.WriteBook(b); err != nil {
		t.Fatal(err)
	}
	if got := s.ReadBook(); fmt.Sprint(got) != fmt.Sprint(b) {
		t.Errorf("read %v, want %v", got, b)
	}
	data, err := os.ReadFile(filepath.Join(dir, bookName))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, bookName), bytes.Replace(data, []byte(`"a":7`), []byte(`"a":0`), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := s.ReadBook(); len(got.Counts) != 0 {
		t.Errorf("a count that was changed is read: %v", got)
	}
}

func TestKey(t *testing.T) {
	seen := map[string]bool{}
	for _, parts := range [][]string{{}, {""}, {"", ""}, {"a", "b"}, {"ab"}, {"a,b"}, {`a","b`}, {"b", "a"}} {
		k := Key(parts...)
		if seen[k] || len(k) != 64 {
			t.Errorf("%q has the key of another list: %s", parts, k)
		}
		seen[k] = true
	}
}
