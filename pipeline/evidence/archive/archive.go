// Package archive packs files so that equal files give equal bytes, and encrypts them to who may read them while they are written: nothing that is not
// encrypted gets on a disk here. It knows nothing of what it packs.
package archive

import (
	"archive/tar"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Entry is a file to be packed, with what it holds.
type Entry struct {
	Name   string // with slashes, below the folder that it is unpacked in
	Bytes  int64
	Sha256 string

	open func() (io.ReadCloser, error)
}

// Text is an entry that is in memory.
func Text(name string, data []byte) Entry {
	h := newHashing(io.Discard)
	h.Write(data)
	e := Entry{Name: name, open: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }}
	e.Bytes, e.Sha256 = h.sum()
	return e
}

// File is an entry of a file on disk. It is read now for its hash, and again when it is packed.
func File(name, file string) (Entry, error) {
	open := func() (io.ReadCloser, error) { return os.Open(file) }
	f, err := open()
	if err != nil {
		return Entry{}, err
	}
	defer f.Close()
	h := newHashing(io.Discard)
	_, err = io.Copy(h, f)
	e := Entry{Name: name, open: open}
	e.Bytes, e.Sha256 = h.sum()
	return e, err
}

// Folder is an entry for every file below a folder.
func Folder(dir string) (entries []Entry, err error) {
	err = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		if !d.Type().IsRegular() {
			return fmt.Errorf("%s is no file", filepath.ToSlash(rel))
		}
		e, err := File(filepath.ToSlash(rel), p)
		entries = append(entries, e)
		return err
	})
	return entries, err
}

// modTime is that of every file: a bundle has no clock. Zero would be 1970 in some programs and an error in others.
var modTime = time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)

// Write packs entries as tar, in the order of their names, each with the same time, owner and rights.
func Write(ctx context.Context, w io.Writer, entries []Entry) error {
	entries = slices.Clone(entries)
	slices.SortFunc(entries, func(a, b Entry) int { return cmp.Compare(a.Name, b.Name) })
	out := tar.NewWriter(w)
	for i, e := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		if i > 0 && entries[i-1].Name == e.Name || !local(e.Name) {
			return fmt.Errorf("%s can't be packed: it is there twice, or is no name of a file", e.Name)
		}
		if err := out.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: e.Name, Size: e.Bytes, Mode: 0o600, ModTime: modTime}); err != nil {
			return err
		}
		if err := e.copy(out); err != nil {
			return err
		}
	}
	return out.Close()
}

// copy writes what the entry holds, and finds out when that is no longer what it was.
func (e Entry) copy(w io.Writer) error {
	f, err := e.open()
	if err != nil {
		return err
	}
	defer f.Close()
	h := newHashing(w)
	_, err = io.Copy(h, f)
	if n, sum := h.sum(); err != nil || n != e.Bytes || sum != e.Sha256 {
		return errors.Join(fmt.Errorf("%s changed while it was packed", e.Name), err)
	}
	return nil
}

// Sum is how many bytes entries are when they are packed, and the SHA-256 of these.
func Sum(ctx context.Context, entries []Entry) (size int64, sum string, err error) {
	h := newHashing(io.Discard)
	err = Write(ctx, h, entries)
	size, sum = h.sum()
	return size, sum, err
}

// hashing passes on what is written, and adds it up.
type hashing struct {
	io.Writer
	n int64
	h hash.Hash
}

func newHashing(w io.Writer) *hashing { return &hashing{Writer: w, h: sha256.New()} }

func (h *hashing) Write(p []byte) (int, error) {
	h.h.Write(p)
	h.n += int64(len(p))
	return h.Writer.Write(p)
}

func (h *hashing) sum() (int64, string) { return h.n, hex.EncodeToString(h.h.Sum(nil)) }

// local reports whether a name stays in the folder that it is unpacked in, on every system.
func local(name string) bool {
	return name != "" && path.Clean(name) == name && filepath.IsLocal(name) && !strings.ContainsAny(name, "\\:\x00")
}

// maxFiles is far more than anything packs.
const maxFiles = 100_000

// Unpack writes what Write packed into a folder that is there and empty, for its owner alone, and returns how many files there are and the SHA-256 of all
// that was read. Whatever is no plain file in that folder is refused.
func Unpack(ctx context.Context, r io.Reader, dir string) (files int, sum string, err error) {
	h := newHashing(io.Discard)
	all := io.TeeReader(r, h)
	in := tar.NewReader(all)
	for {
		if err := ctx.Err(); err != nil {
			return files, "", err
		}
		head, err := in.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return files, "", err
		}
		if files++; head.Typeflag != tar.TypeReg || !local(head.Name) || files > maxFiles {
			return files, "", errors.New("there is something in it that is no file, or not in its folder")
		}
		if err := unpackOne(in, filepath.Join(dir, filepath.FromSlash(head.Name))); err != nil {
			return files, "", err
		}
	}
	if _, err := io.Copy(io.Discard, all); err != nil { // what follows the archive is in the hash, and the last of an encrypted file is held to its seal
		return files, "", err
	}
	_, sum = h.sum()
	return files, sum, nil
}

func unpackOne(r io.Reader, name string) error {
	if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
		return err
	}
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, r)
	return errors.Join(err, f.Close())
}

// Read is what the entry holds.
func (e Entry) Read() ([]byte, error) {
	f, err := e.open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}
