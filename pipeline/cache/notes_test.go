package cache

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// TestNotes: a note is there for the next run, unless that uses none of earlier ones, and for the run that made it always.
func TestNotes(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	n := open(t, dir, 1<<20).Notes("vrij", false)
	if _, ok := n.Take("a"); ok {
		t.Error("a note of nothing")
	}
	n.Put("a", []byte("gevonden"))
	n.Save()
	if data, ok := open(t, dir, 1<<20).Notes("vrij", false).Take("a"); !ok || string(data) != "gevonden" {
		t.Errorf("%q, %t", data, ok)
	}
	if _, ok := open(t, dir, 1<<20).Notes("effect", false).Take("a"); ok {
		t.Error("a note of another name")
	}
	fresh := open(t, dir, 1<<20).Notes("vrij", true)
	if _, ok := fresh.Take("a"); ok {
		t.Error("a note of an earlier run, where none is to be used")
	}
	fresh.Put("b", []byte("nu"))
	if data, ok := fresh.Take("b"); !ok || string(data) != "nu" {
		t.Errorf("what the run itself found: %q, %t", data, ok)
	}
	fresh.Save()
	if _, ok := open(t, dir, 1<<20).Notes("vrij", false).Take("a"); !ok {
		t.Error("a run that used none of them took them away")
	}
}

// TestNotesDamaged: notes of which a byte is another, or that were sealed with another key, are none.
func TestNotesDamaged(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	n := open(t, dir, 1<<20).Notes("vrij", false)
	n.Put("a", []byte("gevonden"))
	n.Save()
	file := filepath.Join(dir, "notities-vrij.json")
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	st, err := os.Stat(file)
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", st.Mode(), err)
	}
	other, err := Open(dir, []byte("another key of nobody, 32 bytes!"), 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := other.Notes("vrij", false).Take("a"); ok {
		t.Error("notes of another key are used")
	}
	for at := range text {
		bad := bytes.Clone(text)
		bad[at] ^= 1
		if err := os.WriteFile(file, bad, 0o600); err != nil {
			t.Fatal(err)
		}
		if data, ok := open(t, dir, 1<<20).Notes("vrij", false).Take("a"); ok && string(data) != "gevonden" {
			t.Fatalf("byte %d: %q is used", at, data)
		}
	}
}

// TestNotesBound: what no run used goes in the end, and the oldest first where there is no room.
func TestNotesBound(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "cache")
	n := open(t, dir, 1<<20).Notes("vrij", false)
	n.Put("used", []byte("x"))
	n.Put("unused", []byte("x"))
	n.Save()
	for range maxAge + 1 {
		n = open(t, dir, 1<<20).Notes("vrij", false)
		if _, ok := n.Take("used"); !ok {
			t.Fatal("a note that every run uses is gone")
		}
		n.Save()
	}
	n = open(t, dir, 1<<20).Notes("vrij", false)
	if _, ok := n.Take("unused"); ok {
		t.Error("a note that no run used is kept for ever")
	}
	n.Put("large", bytes.Repeat([]byte("x"), 900))
	n.Save()
	n = open(t, dir, 1000).Notes("vrij", false)
	n.Put("newer", bytes.Repeat([]byte("x"), 900))
	n.Save()
	n = open(t, dir, 1000).Notes("vrij", false)
	if _, ok := n.Take("newer"); !ok {
		t.Error("the newest note is not kept")
	}
	if _, ok := n.Take("large"); ok {
		t.Error("more is kept than may be")
	}
}
