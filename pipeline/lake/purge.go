package lake

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"stapel/pipeline/chain"
)

// PurgeLog tells which runs were removed, by whom and why. It is appended to, and never shortened by stapel.
const PurgeLog = "opgeruimd.jsonl"

// PurgedName is the folder with what stays of runs that were removed: what their evidence is in, and no table or report.
const PurgedName = "opgeruimd"

// Purged is a run that was removed.
type Purged struct {
	When     string `json:"wanneer"`
	Who      string `json:"wie"`
	Run      string `json:"run"`
	Manifest string `json:"manifest_sha256"`
	Bytes    int64  `json:"bytes"` // that its folder held
	Why      string `json:"reden"`
}

// Purged is the folder with the evidence of a run that was removed.
func (l *Lake) Purged(id string) Folder { return Folder(l.dir(PurgedName, id)) }

// PurgedRuns are the runs of the log of removals by id, each as it was last removed. Lines that can't be read are passed over: the chain of the log tells of those.
func (l *Lake) PurgedRuns() (map[string]Purged, error) {
	lines, err := chain.Read[Purged](l.dir(PurgeLog))
	if err != nil {
		return nil, err
	}
	out := map[string]Purged{}
	for _, p := range lines {
		if p.Run != "" {
			out[p.Run] = p
		}
	}
	return out, nil
}

// Purge removes a run. Its manifest, journal and statement are put apart first, then the log says that it goes, then it leaves its place as a whole, and then it is
// removed: wherever this stops, either the run is there or the log says why it is not. The caller holds the lock.
func (l *Lake) Purge(p Purged) error {
	from, kept := l.Run(p.Run), l.dir("runs", ".staging", p.Run+"-bewijs")
	if err := os.RemoveAll(kept); err != nil {
		return err
	}
	if err := makeFolder(kept); err != nil {
		return err
	}
	for _, file := range []string{from.Manifest(), from.Journal(), from.Envelope()} {
		data, err := os.ReadFile(file)
		if errors.Is(err, fs.ErrNotExist) {
			continue // of a run that nobody signed
		}
		if err != nil {
			return err
		}
		if err := WriteFile(filepath.Join(kept, filepath.Base(file)), data); err != nil {
			return err
		}
	}
	// one of the same run, removed before and made again
	if err := os.RemoveAll(string(l.Purged(p.Run))); err != nil {
		return err
	}
	if err := Rename(kept, string(l.Purged(p.Run))); err != nil {
		return err
	}
	if err := AppendLine(l.dir(PurgeLog), p); err != nil {
		return err
	}
	gone := l.dir("runs", ".staging", p.Run+"-weg")
	if err := os.RemoveAll(gone); err != nil {
		return err
	}
	if err := away(string(from), gone); err != nil {
		return err
	}
	if err := Sync(l.dir("runs")); err != nil {
		return err
	}
	return os.RemoveAll(gone)
}
