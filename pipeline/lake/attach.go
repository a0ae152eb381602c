package lake

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"stapel/pipeline/chain"
)

// AttachLog tells what stapel put beside a run after it was published, selections and dossiers above all, and which draws it kept: files that no
// manifest names. It is appended to, and never shortened by stapel.
const AttachLog = "bijlagen.jsonl"

// Attached is a file that was put beside a run, or taken away again.
type Attached struct {
	When   string   `json:"wanneer"`
	File   string   `json:"bestand"`               // below the data folder, with slashes
	Sha256 string   `json:"sha256,omitempty"`      // empty: it was taken away
	To     []string `json:"gegeven_aan,omitempty"` // public keys of who got it: it lies elsewhere, and Sha256 is of what was encrypted
	// Coming says that it is about to be put there, or to go; a line without it follows when it is.
	Coming bool `json:"komt,omitempty"`
	// Next are the hashes of what was coming when nothing more was written down, "" of what was to go: of each process that was killed it is so
	// or it is not.
	Next []string `json:"-"`
}

// Put puts a new file beside a run, or beside the runs, and writes that down; fs.ErrExist when it is there.
func (l *Lake) Put(file string, data []byte) error {
	if err := free(file); err != nil {
		return err
	}
	return l.place(file, data, settle)
}

// Replace is Put over whatever is there.
func (l *Lake) Replace(file string, data []byte) error { return l.place(file, data, Rename) }

// place gives a file its name when it is whole. The line before says what is coming, so that at no moment a file lies there that stapel does not know.
func (l *Lake) place(file string, data []byte, name func(part, file string) error) error {
	work, err := l.Work("naast-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	part := filepath.Join(work, filepath.Base(file))
	if err := WriteFile(part, data); err != nil {
		return err
	}
	if err := l.Coming(file, data); err != nil {
		return err
	}
	if err := name(part, file); err != nil {
		return err
	}
	return l.Attach(file)
}

// Coming writes down what a file is about to hold, or that it is about to go (nil); Attach says afterwards that it is so.
func (l *Lake) Coming(file string, data []byte) error { return l.writeDown(file, data, true) }

// Attach writes down what files hold now, so that it can be told later whether they still do.
func (l *Lake) Attach(files ...string) error {
	for _, file := range files {
		data, err := os.ReadFile(file) // nil: it is not there
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err := l.writeDown(file, data, false); err != nil {
			return err
		}
	}
	return nil
}

func (l *Lake) writeDown(file string, data []byte, coming bool) error {
	rel, err := filepath.Rel(l.Root, file)
	if err != nil {
		return err
	}
	a := Attached{When: time.Now().UTC().Format(time.RFC3339), File: filepath.ToSlash(rel), Coming: coming}
	if data != nil {
		sum := sha256.Sum256(data)
		a.Sha256 = hex.EncodeToString(sum[:])
	}
	return AppendLine(l.dir(AttachLog), a)
}

// IsAttached reports whether a file that is there was written down as put beside a run.
func (l *Lake) IsAttached(file string) (bool, error) {
	if _, err := os.Lstat(file); err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			err = nil
		}
		return false, err
	}
	rel, err := filepath.Rel(l.Root, file)
	if err != nil {
		return false, err
	}
	all, err := l.Attachments()
	return all[filepath.ToSlash(rel)].Sha256 != "", err
}

// GaveOut writes down what was given to others: a file that does not stay in the data folder, the SHA-256 of what is in it before it was encrypted, and the
// public keys it was encrypted to.
func (l *Lake) GaveOut(file, sha256 string, to []string) error {
	return AppendLine(l.dir(AttachLog), Attached{When: time.Now().UTC().Format(time.RFC3339), File: filepath.Base(file), Sha256: sha256, To: to})
}

// Attachments are the files of AttachLog by name, each as it was last written down, with what was coming; what was given out is not among them. Lines that can't be read are passed over: the chain of the log
// tells of those.
func (l *Lake) Attachments() (map[string]Attached, error) {
	lines, err := chain.Read[Attached](l.dir(AttachLog))
	if err != nil {
		return nil, err
	}
	out := map[string]Attached{}
	for _, a := range lines {
		switch {
		case a.File == "" || len(a.To) > 0:
		case a.Coming:
			was := out[a.File]
			a.Sha256, a.Next = was.Sha256, append(was.Next, a.Sha256)
			out[a.File] = a
		default:
			out[a.File] = a
		}
	}
	return out, nil
}
