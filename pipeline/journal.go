package pipeline

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// journal is the run's log of what is done, appended and synced as it happens: what is in it has happened.
type journal struct {
	f   *os.File
	seq int
}

const (
	journalFile = "journal.jsonl"
	eventTable  = "tabel" // a table made for the models, or the text of a view: its hash says that it can be made again
)

type entry struct {
	Seq    int    `json:"nr"`
	Event  string `json:"gebeurtenis"`
	Name   string `json:"naam,omitempty"`
	Sha256 string `json:"sha256,omitempty"`
	Rows   int64  `json:"rijen,omitempty"`
	Detail string `json:"toelichting,omitempty"`
}

func openJournal(dir string) (*journal, error) {
	f, err := os.OpenFile(filepath.Join(dir, journalFile), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	return &journal{f: f}, nil
}

func (j *journal) add(e entry) error {
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

func (j *journal) close() error { return j.f.Close() }
