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
}

// EmptyBook is that of no run.
func EmptyBook() Book {
	return Book{Tables: map[string]string{}, Counts: map[string]int64{}, From: map[string]map[string]string{}}
}

const bookName = "laatste" + recordEnd

type sealedBook struct {
	Book
	Seal string `json:"zegel"`
}

// ReadBook reads the book; one that is not there, or is not whole, is empty.
func (s *Store) ReadBook() Book {
	empty := EmptyBook()
	data, err := os.ReadFile(filepath.Join(s.dir, bookName))
	if errors.Is(err, fs.ErrNotExist) {
		return empty
	}
	var b sealedBook
	if err == nil {
		err = json.Unmarshal(data, &b)
	}
	if err == nil {
		var want string
		if want, err = s.sealOf(bookName, b.Book); err == nil && !hmac.Equal([]byte(want), []byte(b.Seal)) {
			err = errSeal
		}
	}
	if err != nil || b.Tables == nil || b.Counts == nil || b.From == nil {
		slog.Warn("what was kept of the last run is not used", "why", err)
		return empty
	}
	return b.Book
}

// WriteBook replaces the book, and makes what was kept before it last.
func (s *Store) WriteBook(b Book) error {
	seal, err := s.sealOf(bookName, b)
	if err != nil {
		return err
	}
	data, err := json.Marshal(sealedBook{b, seal})
	if err != nil {
		return err
	}
	part := s.part()
	if err := lake.WriteFile(part, append(data, '\n')); err != nil {
		os.Remove(part)
		return err
	}
	if err := s.move(part, filepath.Join(s.dir, bookName)); err != nil {
		return err
	}
	return lake.Sync(s.dir) // with the names of all that was kept before it
}
