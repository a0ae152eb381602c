package lake

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Commit moves a staged extract into the lake with its record. An extract that is in place has the key table and the quarantine of the same
// reading, wherever this stops: what was read before goes first, quarantine and key table come next, and the extract itself last. Without it
// the two count for nothing, and the next run reads the extract again.
func (l *Lake) Commit(kind, sha256, staged string, record any) error {
	data, err := json.MarshalIndent(record, "", "  ")
	if err != nil {
		return err
	}
	if err := WriteFile(filepath.Join(staged, recordFile), append(data, '\n')); err != nil {
		return err
	}
	place := l.Extract(kind, sha256)
	before := filepath.Join(l.staging(), kind+"-"+sha256+"-eerder")
	if err := os.RemoveAll(before); err != nil {
		return err
	}
	// It is moved away and not removed: a folder that is half removed may still have its record. Staging is emptied at the next run.
	if err := away(place, before); err != nil {
		return err
	}
	for _, move := range [][2]string{{quarantineFile, l.Quarantine(kind, sha256)}, {personsFile, l.Persons(kind, sha256)}} {
		if err := Rename(filepath.Join(staged, move[0]), move[1]); err != nil {
			return err
		}
	}
	if err := l.Reused(kind, sha256); err != nil {
		return err
	}
	if err := Rename(staged, place); err != nil {
		return err
	}
	return os.RemoveAll(before)
}

// Reused says that the extract in place is the one in use: a refusal that came after it was read no longer stands.
func (l *Lake) Reused(kind, sha256 string) error {
	return Remove(l.RefusedQuarantine(kind, sha256))
}

// CommitQuarantine keeps the list of bad lines of an extract that was refused, and no list when it has none.
func (l *Lake) CommitQuarantine(kind, sha256, staged string) error {
	from, to := filepath.Join(staged, quarantineFile), l.RefusedQuarantine(kind, sha256)
	if _, err := os.Lstat(from); errors.Is(err, fs.ErrNotExist) {
		return Remove(to)
	}
	return Rename(from, to)
}

// Quarantines are the lists of bad lines of every kind and extract: for an extract that was refused when it was last read, the list of that
// reading.
func (l *Lake) Quarantines() ([]string, error) {
	files, err := filepath.Glob(l.Quarantine("*", "*"))
	if err != nil {
		return nil, err
	}
	refused := map[string]bool{}
	for _, f := range files {
		if extract, ok := strings.CutSuffix(f, refusedSuffix); ok {
			refused[extract+".parquet"] = true
		}
	}
	var out []string
	for _, f := range files {
		if !refused[f] {
			out = append(out, f)
		}
	}
	return out, nil
}
