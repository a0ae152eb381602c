// Package sampledata makes and holds the demonstration set: extracts of about 1.500 invented households, and the results
// that a run over them must give.
//
// Everything in it is synthetic. The gemeentecodes are real codes, because the formats ask for them; the people,
// households, aanbieders, insurer and plans do not exist. About fifty households are written by hand, each to pin down
// one rule, with results computed by hand in verwacht.yaml; the others are drawn from published national figures (see
// README.md), by hashing a fixed sentence, so that the same code makes the same bytes everywhere.
//
// The set is committed and embedded, so that the demo runs without a network and a test can compare what a run gives
// with what it should give. Write makes it again; TestCommitted holds the two together.
package sampledata

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

//go:embed inbox
var committed embed.FS

// demoSentence is hashed into DemoKey. It is public, which is the point.
const demoSentence = "This key is public. It is for the synthetic demonstration set of stapel only, never for real data."

// DemoKey is the project key of the demonstration set: 32 bytes, the SHA-256 of a public sentence. Keys made with it
// protect nobody, so it must be refused for any other inbox.
var DemoKey = sha256.Sum256([]byte(demoSentence))

// Inbox is the committed set as a file system whose root holds one folder per kind: wmo_declaratie/….csv and
// wmo_declaratie/….csv.levering.yaml.
func Inbox() fs.FS {
	sub, err := fs.Sub(committed, "inbox")
	if err != nil {
		panic(err) // only an invalid path name can fail, and it is a constant
	}
	return sub
}

// Unpacked is a file of the set by its path in Inbox, unpacked when it ends in .gz.
func Unpacked(name string) ([]byte, error) { return unpacked(Inbox(), name) }

func unpacked(fsys fs.FS, name string) ([]byte, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil || !strings.HasSuffix(name, ".gz") {
		return data, err
	}
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return io.ReadAll(r)
}

// Write makes the set anew below dir, in the layout of Inbox. Folders get mode 0700 and files 0600. Files that are there
// already are overwritten; others are left alone. The bytes do not depend on the clock, the machine or the order of calls; those of
// .csv.gz only on the version of Go, and what is in them not even on that.
func Write(dir string) error {
	for _, f := range build().files() {
		path := filepath.Join(dir, filepath.FromSlash(f.name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return fmt.Errorf("sample data: %w", err)
		}
		if err := os.WriteFile(path, f.data, 0o600); err != nil {
			return fmt.Errorf("sample data: %w", err)
		}
	}
	return nil
}
