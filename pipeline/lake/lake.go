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

	"stapel/pipeline/exit"
)

// Lake is a data folder.
type Lake struct{ Root string }

// Prepare makes the folders that are missing (0700) and removes what an interrupted run left in staging. The caller holds the lock.
func (l *Lake) Prepare() error {
	for _, dir := range []string{l.Inbox(), l.dir("lake"), l.dir("quarantine"), l.dir("runs")} {
		if err := makeFolder(dir); err != nil {
			return err
		}
	}
	for _, dir := range []string{l.staging(), l.dir("runs", ".staging")} {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	return nil
}

func (l *Lake) dir(parts ...string) string {
	return filepath.Join(append([]string{l.Root}, parts...)...)
}

func (l *Lake) staging() string { return l.dir("lake", ".staging") }

// Cache is the folder with tables of earlier runs, which the next one may use again. No run is made of it alone: it can be removed at any time.
func (l *Lake) Cache() string { return l.dir("cache") }

// Ledger is the file with what runs made outside the data folder and have yet to remove.
func (l *Lake) Ledger() string { return l.dir(".elders") }

// Names of the evidence beside the runs, as findings name them.
const (
	ChainName       = "keten.jsonl"                  // a line per published run, each naming the one before
	KeyRegisterName = "ondertekening/sleutels.jsonl" // which keys may sign, from when and until when
	ReceiptsName    = "ondertekening/ontvangst"      // heads of the chain as they were given to others
)

// JobLog tells what became of jobs that run by the clock.
const JobLog = "taken.jsonl"

// NoticeLog tells what somebody was told of.
const NoticeLog = "meldingen.jsonl"

// RunLog tells when runs began, and what they came to.
const RunLog = "runs.jsonl"

// Logs are the files that doings are added to: looks, selections, draws, frozen plans, what became latest, what was put beside runs, jobs, runs, messages, removals.
var Logs = []string{"inzage.jsonl", "selecties.jsonl", "lotingen.jsonl", "analyseplannen.jsonl", LatestLog, AttachLog, JobLog, RunLog, NoticeLog, PurgeLog}

// Chain is the file with a line per published run.
func (l *Lake) Chain() string { return l.dir(ChainName) }

// KeyRegister is the file with what became of every signing key.
func (l *Lake) KeyRegister() string { return l.dir(filepath.FromSlash(KeyRegisterName)) }

// Receipts is the folder with heads of the chain as they were given to others.
func (l *Lake) Receipts() string { return l.dir(filepath.FromSlash(ReceiptsName)) }

// Inbox is where suppliers deliver: <kind>/*.csv[.gz]. It is never written to.
func (l *Lake) Inbox() string { return l.dir("inbox") }

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

// RefusedQuarantine is where the bad lines are listed of an extract that was refused when it was last read. It has a place of its own: the
// lake may still hold the extract as it was read before, with the list of that reading.
func (l *Lake) RefusedQuarantine(kind, sha256 string) string {
	return l.dir("quarantine", kind, sha256+refusedSuffix)
}

const refusedSuffix = ".geweigerd.parquet"

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

// ErrDamaged is of a file that stapel wrote and that is no longer whole: a disk that lost what it said it kept, or somebody's hand.
var ErrDamaged = errors.New("it is not what stapel wrote")

// Record reads the record that Commit wrote with an extract; fs.ErrNotExist when the extract is not in the lake, ErrDamaged when it can't be read.
func (l *Lake) Record(kind, sha256 string, v any) error {
	data, err := os.ReadFile(filepath.Join(l.Extract(kind, sha256), recordFile))
	if err != nil {
		return err
	}
	if json.Unmarshal(data, v) != nil {
		return ErrDamaged
	}
	return nil
}

// Run is the folder of a published run.
func (l *Lake) Run(id string) Folder { return Folder(l.dir("runs", id)) }

// Runs are the ids of the folders of runs, in order; whether there is a whole run in one its manifest tells.
func (l *Lake) Runs() (ids []string, err error) {
	entries, err := os.ReadDir(l.dir("runs"))
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") {
			ids = append(ids, e.Name())
		}
	}
	return ids, err
}

// StageRun makes empty folders to prepare a run in.
func (l *Lake) StageRun(id string) (Folder, error) {
	f := Folder(l.dir("runs", ".staging", id))
	if err := os.RemoveAll(string(f)); err != nil {
		return "", err
	}
	return f, f.make()
}

// Staging is the folder in which runs are prepared: what a run that was killed leaves there goes when the next one begins.
func (l *Lake) Staging() string { return l.dir("runs", ".staging") }

// Work makes a folder of its own to work in; the next run removes it when it was left behind.
func (l *Lake) Work(prefix string) (string, error) {
	if err := os.MkdirAll(l.dir("runs", ".staging"), 0o700); err != nil {
		return "", err
	}
	return os.MkdirTemp(l.dir("runs", ".staging"), prefix)
}

// Publish moves a prepared run into place. A run that is there is never replaced.
func (l *Lake) Publish(id string, staged Folder) error {
	place := string(l.Run(id))
	if _, err := os.Lstat(place); !errors.Is(err, fs.ErrNotExist) {
		return DamagedRun(id)
	}
	return Rename(string(staged), place)
}

// DamagedRun is of the folder of a run whose manifest is gone or can't be read: no run may take its place, and none can be compared with it.
func DamagedRun(id string) error {
	return &exit.Error{Code: exit.Difference, Err: fmt.Errorf("the folder of run %s is there, and its manifest can't be read", id),
		Remedy: "put it back from a copy, or keep that folder for inspection elsewhere, and run again"}
}
