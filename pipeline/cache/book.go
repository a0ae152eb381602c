package cache

import (
	"crypto/hmac"
	"encoding/json"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"stapel/pipeline/lake"
)

// Book is what is kept of the last run beside its tables: numbers that were counted, by key, and what each table was made from, by which a run says why it makes
// one again.
type Book struct {
	Stamp  string                       `json:"gemaakt_door"` // hash of what made the tables
	Tables map[string]string            `json:"tabellen"`     // hashes of files, by model
	Counts map[string]int64             `json:"getallen"`
	From   map[string]map[string]string `json:"gemaakt_uit"` // by model: what it read, with its hash
	Apart  map[string]Apart             `json:"delen"`       // by model that is made in parts
}

// Apart is a table that was made in parts: the key under which it is kept, and that of each part, by value.
type Apart struct {
	Key   string            `json:"tabel"`
	Parts map[string]string `json:"delen"`
}

// EmptyBook is that of no run.
func EmptyBook() Book {
	return Book{Tables: map[string]string{}, Counts: map[string]int64{}, From: map[string]map[string]string{}, Apart: map[string]Apart{}}
}

const bookName = "laatste" + recordEnd

// ReadBook reads the book; one that is not there, or is not whole, is empty.
func (s *Store) ReadBook() Book {
	b := EmptyBook()
	if !s.readSealed(bookName, &b) || b.Tables == nil || b.Counts == nil || b.From == nil || b.Apart == nil {
		return EmptyBook()
	}
	return b
}

// WriteBook replaces the book, and makes what was kept before it last.
func (s *Store) WriteBook(b Book) error {
	if err := s.writeSealed(bookName, b); err != nil {
		return err
	}
	return lake.Sync(s.dir) // with the names of all that was kept before it
}

// sealedFile is a file of the store that is no table.
type sealedFile struct {
	Of   json.RawMessage `json:"inhoud"`
	Seal string          `json:"zegel"`
}

// readSealed reads such a file; false when it is not there, or not whole.
func (s *Store) readSealed(name string, to any) bool {
	data, err := os.ReadFile(filepath.Join(s.dir, name))
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	var f sealedFile
	if err == nil {
		err = json.Unmarshal(data, &f)
	}
	if err == nil {
		var want string
		if want, err = s.sealOf(name, f.Of); err == nil && !hmac.Equal([]byte(want), []byte(f.Seal)) {
			err = errSeal
		}
	}
	if err == nil {
		err = json.Unmarshal(f.Of, to)
	}
	if err != nil {
		slog.Warn("what was kept of the last run is not used", "file", name, "why", err)
	}
	return err == nil
}

func (s *Store) writeSealed(name string, of any) error {
	text, err := json.Marshal(of)
	if err != nil {
		return err
	}
	seal, err := s.sealOf(name, json.RawMessage(text))
	if err != nil {
		return err
	}
	data, err := json.Marshal(sealedFile{text, seal})
	if err != nil {
		return err
	}
	part := s.part()
	if err := lake.WriteFile(part, append(data, '\n')); err != nil {
		os.Remove(part)
		return err
	}
	return s.move(part, filepath.Join(s.dir, name))
}
