package control

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// Journal is the run's log of what is done, appended and synced as it happens: what is in it has happened.
type Journal struct {
	f   *os.File
	seq int
}

// Events of a journal.
const (
	EventBegin  = "begin"
	EventInput  = "invoer"
	EventTable  = "tabel" // a table made for the models, or the SELECT of lake_regel: its hash says that it can be made again
	EventModel  = "model"
	EventCheck  = "controle"
	EventReport = "rapport"
	EventDone   = "klaar"
)

// Entry is a line of a journal.
type Entry struct {
	Seq    int    `json:"nr"`
	Event  string `json:"gebeurtenis"`
	Name   string `json:"naam,omitempty"`
	Sha256 string `json:"sha256,omitempty"`
	Rows   int64  `json:"rijen,omitempty"`
	Detail string `json:"toelichting,omitempty"`
}

// OpenJournal opens the journal of a run that is being made.
func OpenJournal(file string) (*Journal, error) {
	f, err := os.OpenFile(file, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	return &Journal{f: f}, nil
}

// Add writes what has happened, and makes it last.
func (j *Journal) Add(e Entry) error {
	j.seq++
	e.Seq = j.seq
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	if _, err := j.f.Write(append(line, '\n')); err != nil {
		return err
	}
	return j.f.Sync()
}

// Close closes the file.
func (j *Journal) Close() error { return j.f.Close() }

// ReadJournal reads the journal of a run that was made.
func ReadJournal(file string) (entries []Entry, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		var e Entry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
		entries = append(entries, e)
	}
	return entries, lines.Err()
}
