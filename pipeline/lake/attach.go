package lake

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// AttachLog tells what stapel put beside a run after it was published, selections and dossiers above all, and which draws it kept: files that no
// manifest names. It is appended to, and never shortened by stapel.
const AttachLog = "bijlagen.jsonl"

// Attached is a file that was put beside a run, or taken away again.
type Attached struct {
	When   string `json:"wanneer"`
	File   string `json:"bestand"`          // below the data folder, with slashes
	Sha256 string `json:"sha256,omitempty"` // empty: it was taken away
}

// Attach writes down what files hold now, so that it can be told later whether they still do.
func (l *Lake) Attach(files ...string) error {
	for _, file := range files {
		rel, err := filepath.Rel(l.Root, file)
		if err != nil {
			return err
		}
		data, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		a := Attached{When: time.Now().UTC().Format(time.RFC3339), File: filepath.ToSlash(rel)}
		if err == nil {
			sum := sha256.Sum256(data)
			a.Sha256 = hex.EncodeToString(sum[:])
		}
		if err := AppendLine(l.dir(AttachLog), a); err != nil {
			return err
		}
	}
	return nil
}

// Attachments are the files of AttachLog by name, each as it was last written down. Lines that can't be read are passed over: the chain of the log
// tells of those.
func (l *Lake) Attachments() (map[string]Attached, error) {
	data, err := os.ReadFile(l.dir(AttachLog))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: %w", AttachLog, err)
	}
	out := map[string]Attached{}
	for line := range strings.Lines(string(data)) {
		var a Attached
		if json.Unmarshal([]byte(line), &a) == nil && a.File != "" {
			out[a.File] = a
		}
	}
	return out, nil
}
