// Package lake knows where things lie on disk below the data folder, and how they get there: written beside their place,
// synced, renamed. What is in place is complete, and what was interrupted is never in place.
package lake

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Lake is a data folder.
type Lake struct{ Root string }

// Open makes the folders that are missing (0700) and removes what an interrupted run left in staging. The caller holds
// the lock on the folder.
func Open(root string) (*Lake, error) {
	l := &Lake{Root: root}
	for _, dir := range []string{l.Inbox(), l.dir("lake"), l.dir("quarantine"), l.dir("runs")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
	}
	for _, dir := range []string{l.staging(), l.dir("runs", ".staging")} {
		if err := os.RemoveAll(dir); err != nil {
			return nil, err
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return nil, err
		}
	}
	return l, nil
}

func (l *Lake) dir(parts ...string) string {
	return filepath.Join(append([]string{l.Root}, parts...)...)
}

func (l *Lake) staging() string { return l.dir("lake", ".staging") }

// Inbox is where suppliers deliver: <kind>/*.csv[.gz]. It is never written to.
func (l *Lake) Inbox() string { return l.dir("inbox") }

// LockFile is the file that a run locks.
func (l *Lake) LockFile() string { return l.dir(".lock") }

// Extract is the folder of an accepted extract.
func (l *Lake) Extract(kind, sha256 string) string { return filepath.Join(l.Kind(kind), sha256) }

// Kind is the folder of a kind's accepted extracts.
func (l *Lake) Kind(kind string) string { return l.dir("lake", kind) }

// AllPersons is the folder of the key table. No kind may have its name; package config sees to that.
func (l *Lake) AllPersons() string { return l.dir("lake", "persoon") }

// Persons is the part of the key table that an extract brought (key, check, persoon_ps). Bound to no model.
func (l *Lake) Persons(kind, sha256 string) string {
	return filepath.Join(l.AllPersons(), kind+"-"+sha256+".parquet")
}

// Quarantine is where the quarantined lines of an extract are listed, by place and reason.
func (l *Lake) Quarantine(kind, sha256 string) string {
	return l.dir("quarantine", kind, sha256+".parquet")
}

// Names of what ingest writes into a staging folder.
const (
	recordFile     = "extract.json"
	personsFile    = "persoon.parquet"
	quarantineFile = "quarantaine.parquet"
)

// Stage makes an empty folder to write an extract into.
func (l *Lake) Stage(kind, sha256 string) (string, error) {
	dir := filepath.Join(l.staging(), kind+"-"+sha256)
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	return dir, os.MkdirAll(dir, 0o700)
}

// Record reads the record that Commit wrote with an extract; fs.ErrNotExist when the extract is not in the lake.
func (l *Lake) Record(kind, sha256 string, v any) error {
	data, err := os.ReadFile(filepath.Join(l.Extract(kind, sha256), recordFile))
	if err != nil {
		return err
	}
	return json.Unmarshal(data, v)
}

// Commit moves a staged extract into the lake with its record: quarantine and key table to their places first, the
// extract last, so that an extract that is in place has both.
func (l *Lake) Commit(kind, sha256, staged string, record any) error {
	data, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		return err
	}
	if err := WriteFile(filepath.Join(staged, recordFile), append(data, '\n')); err != nil {
		return err
	}
	for _, move := range [][2]string{{quarantineFile, l.Quarantine(kind, sha256)}, {personsFile, l.Persons(kind, sha256)}} {
		if err := rename(filepath.Join(staged, move[0]), move[1]); err != nil {
			return err
		}
	}
	place := l.Extract(kind, sha256)
	if err := os.RemoveAll(place); err != nil { // read again: with another contract, note or key
		return err
	}
	return rename(staged, place)
}

// CommitQuarantine keeps the list of bad lines of an extract that was refused.
func (l *Lake) CommitQuarantine(kind, sha256, staged string) error {
	from := filepath.Join(staged, quarantineFile)
	if _, err := os.Stat(from); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return rename(from, l.Quarantine(kind, sha256))
}

// Run is the folder of a published run.
func (l *Lake) Run(id string) string { return l.dir("runs", id) }

// StageRun makes an empty folder to prepare a run in.
func (l *Lake) StageRun(id string) (string, error) {
	dir := l.dir("runs", ".staging", id)
	if err := os.RemoveAll(dir); err != nil {
		return "", err
	}
	return dir, os.MkdirAll(dir, 0o700)
}

// Work makes a folder of its own to work in; the next run removes it when it was left behind.
func (l *Lake) Work(prefix string) (string, error) {
	if err := os.MkdirAll(l.dir("runs", ".staging"), 0o700); err != nil {
		return "", err
	}
	return os.MkdirTemp(l.dir("runs", ".staging"), prefix)
}

// Publish moves a prepared run into place. A run that is there is never replaced.
func (l *Lake) Publish(id, staged string) error {
	if _, err := os.Lstat(l.Run(id)); !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("run %s is there already", id)
	}
	return rename(staged, l.Run(id))
}

// SetLatest points latest at a run.
func (l *Lake) SetLatest(id string) error {
	tmp := l.dir("runs", ".staging", "latest")
	if err := WriteFile(tmp, []byte(id+"\n")); err != nil {
		return err
	}
	return rename(tmp, l.dir("latest"))
}

// Latest is the id of the newest published run, "" when there is none.
func (l *Lake) Latest() (string, error) {
	data, err := os.ReadFile(l.dir("latest"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", nil
	}
	return strings.TrimSpace(string(data)), err
}

// WriteFile writes a new file with mode 0600 and syncs it.
func WriteFile(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if _, err := f.Write(data); err != nil {
		f.Close()
		return err
	}
	if err := f.Sync(); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

// SyncTree syncs every file below dir and the folders that hold them, so that a rename that follows publishes bytes that
// are on disk.
func SyncTree(dir string) error {
	return filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return syncPath(p)
	})
}

func syncPath(p string) error {
	f, err := os.Open(p)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.Sync(); err != nil {
		return fmt.Errorf("sync: %w", err)
	}
	return nil
}

// rename moves within the data folder and makes the move last: contents first, then the folder that names it.
func rename(from, to string) error {
	if err := SyncTree(from); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	if err := os.Rename(from, to); err != nil {
		return err
	}
	return syncPath(filepath.Dir(to))
}
