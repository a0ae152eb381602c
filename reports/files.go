package reports

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"slices"

	"stapel/transforms"
)

// Folder is the folder of one report, and says of which levels its files may be.
type Folder string

// The folders of the reports of a run. What is about one household, person, plan or line goes to the analyst and the accountant alone;
// at the werktafel lies only what may leave the organisation.
const (
	Analist    Folder = "analist"
	Accountant Folder = "accountant"
	Werktafel  Folder = "werktafel"
)

var holds = map[Folder][]transforms.Level{
	Analist:    {transforms.LevelRij, transforms.LevelTotaal, transforms.LevelVrij},
	Accountant: {transforms.LevelRij, transforms.LevelTotaal, transforms.LevelVrij},
	Werktafel:  {transforms.LevelVrij},
}

// File is a file that was written.
type File struct {
	Name   string // path inside the folder of reports, with slashes
	Level  transforms.Level
	Bytes  int64
	SHA256 string // hex
}

// Dir is where reports go. Names have slashes; folders in a name are made as needed.
type Dir interface {
	Create(name string) (io.WriteCloser, error)
}

// OSDir is a Dir on disk. Folders are made with mode 0700, files with 0600: reports hold households.
type OSDir string

// Create makes the file and the folders above it, and empties it when it was there.
func (d OSDir) Create(name string) (io.WriteCloser, error) {
	if !filepath.IsLocal(filepath.FromSlash(name)) {
		return nil, fmt.Errorf("%s ligt buiten de map van het rapport", name)
	}
	path := filepath.Join(string(d), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return nil, err
	}
	return os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
}

// Writer writes the files of one report. A report gets nothing else to write with, so that no file of it is made without a level, or of
// a level that its folder may not hold.
type Writer struct {
	dir    Dir
	folder Folder
	files  []File
}

// NewWriter writes into a folder below dir.
func NewWriter(dir Dir, folder Folder) *Writer { return &Writer{dir: dir, folder: folder} }

// Write makes a file of a level with what fn writes. An error names the file; what fn wrote before it stays.
func (w *Writer) Write(name string, level transforms.Level, fn func(io.Writer) error) error {
	file, err := w.write(name, level, fn)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	w.files = append(w.files, file)
	return nil
}

// Files are the files written, in that order.
func (w *Writer) Files() []File { return w.files }

func (w *Writer) write(name string, level transforms.Level, fn func(io.Writer) error) (_ File, err error) {
	if path.Clean(name) != name || name == "." || !filepath.IsLocal(filepath.FromSlash(name)) {
		return File{}, fmt.Errorf("is geen naam in de map %s van de rapporten", w.folder)
	}
	if !slices.Contains(holds[w.folder], level) {
		return File{}, fmt.Errorf("niveau %q mag niet in de map %s van de rapporten", level, w.folder)
	}
	name = path.Join(string(w.folder), name)
	dst, err := w.dir.Create(name)
	if err != nil {
		return File{}, err
	}
	defer func() { err = errors.Join(err, dst.Close()) }()
	sum := sha256.New()
	count := &counter{}
	if err := fn(io.MultiWriter(dst, sum, count)); err != nil {
		return File{}, err
	}
	return File{Name: name, Level: level, Bytes: count.n, SHA256: hex.EncodeToString(sum.Sum(nil))}, nil
}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}
