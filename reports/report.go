// Package reports writes what people read: it takes a folder of marts and makes a report of them. A report reads marts
// only, adds up nothing that a mart already holds, and has no clock, so that a rerun gives the same bytes.
package reports

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"stapel/reports/csv"
	"stapel/reports/html"
	"stapel/reports/xlsx"
)

//go:embed analist
var embedded embed.FS

// LevelRij is the level of files at household level: for the analyst only, not to be passed on.
const LevelRij = "rij"

// Run is what a report says about the run it comes from.
type Run struct {
	ID          string   // run id
	Peildatum   string   // JJJJ-MM-DD, the last day of a month
	Versie      string   // version of stapel
	Synthetisch bool     // the run used the sample data
	Gemeenten   []string // GM0855, in the order shown
	DrempelCt   int64    // selection threshold in eurocents
	// SelectieAantal is how many households a selection is for (aantal in selection.yaml).
	SelectieAantal int64
	NietGezien     []string // kosten die wij niet zien, each a phrase (rules 16)
	Basis          Basis    // what the peildatum rests on
	// MaxHuishouden is how many persons a household outside an institution probably has at most; 0: not known.
	MaxHuishouden int64

	// IngredientKinds says per ingredient which kinds must cover a household before the ingredient may be called absent
	// (`dekking` in signals.yaml, rules 39). Without it the report names every kind with gaps.
	IngredientKinds map[string][]string
}

// File is a file that was written.
type File struct {
	Name   string // path inside the report folder, with slashes
	Level  string // rij
	Bytes  int64
	SHA256 string // hex
}

// Dir is where a report goes. Names have slashes; folders in a name are made as needed.
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

// Analist writes the analyst's report: rapport.html, rapport.xlsx and csv/<table>.csv. It reads the marts it knows from
// marts (<mart>.parquet at the top); where one is missing the report says so. It returns the files in the order written.
// An error names the mart or the file; what was written before it stays.
func Analist(ctx context.Context, marts fs.FS, run Run, out Dir) ([]File, error) {
	w, err := newWindows(run.Peildatum)
	if err != nil {
		return nil, err
	}
	f, err := collect(ctx, marts, run, w)
	if err != nil {
		return nil, fmt.Errorf("analistenrapport: %w", err)
	}
	view, err := newPage(run, w, f)
	if err != nil {
		return nil, fmt.Errorf("analistenrapport: %w", err)
	}
	templates, err := fs.Sub(embedded, "analist")
	if err != nil {
		return nil, err
	}
	var files []File
	write := func(name string, fn func(io.Writer) error) error {
		file, err := create(out, name, fn)
		if err != nil {
			return fmt.Errorf("analistenrapport: %s: %w", name, err)
		}
		files = append(files, file)
		return nil
	}
	if err := write("rapport.html", func(w io.Writer) error { return html.Execute(w, templates, "rapport", view) }); err != nil {
		return files, err
	}
	sheets := sheetTables(f)
	err = write("rapport.xlsx", func(dst io.Writer) error { return xlsx.Write(ctx, dst, workbookInfo(run, w, f, sheets), sheets) })
	if err != nil {
		return files, err
	}
	for _, t := range exportTables(marts, f) {
		if err := write("csv/"+t.Name+".csv", func(w io.Writer) error { return csv.Write(ctx, w, t) }); err != nil {
			return files, err
		}
	}
	return files, nil
}

// create writes one file and measures it.
func create(out Dir, name string, fn func(io.Writer) error) (_ File, err error) {
	dst, err := out.Create(name)
	if err != nil {
		return File{}, err
	}
	defer func() { err = errors.Join(err, dst.Close()) }()
	sum := sha256.New()
	count := &counter{}
	if err := fn(io.MultiWriter(dst, sum, count)); err != nil {
		return File{}, err
	}
	return File{Name: name, Level: LevelRij, Bytes: count.n, SHA256: hex.EncodeToString(sum.Sum(nil))}, nil
}

type counter struct{ n int64 }

func (c *counter) Write(p []byte) (int, error) {
	c.n += int64(len(p))
	return len(p), nil
}

// windows are the three years of a run (rules 18): T0 is the 12 months ending on the peildatum.
type windows struct {
	Peildatum time.Time
	T0, T1    time.Time // first days
	T2        time.Time
}

func newWindows(peildatum string) (windows, error) {
	p, err := time.Parse(time.DateOnly, peildatum)
	if err != nil {
		return windows{}, fmt.Errorf("peildatum %q is geen datum in de vorm JJJJ-MM-DD", peildatum)
	}
	if p.AddDate(0, 0, 1).Day() != 1 {
		return windows{}, fmt.Errorf("peildatum %s is niet de laatste dag van een maand; stel run.peildatum in", peildatum)
	}
	first := time.Date(p.Year(), p.Month(), 1, 0, 0, 0, 0, time.UTC)
	return windows{Peildatum: p, T0: first.AddDate(0, -11, 0), T1: first.AddDate(0, -23, 0), T2: first.AddDate(0, -35, 0)}, nil
}

// months is the number of months the windows span.
const months = 36

// monthIndex is the position of a month in the windows, negative before T2.
func (w windows) monthIndex(t time.Time) int {
	return (t.Year()-w.T2.Year())*12 + int(t.Month()) - int(w.T2.Month())
}

// eachRow streams a mart into table cells.
func eachRow[T any](marts fs.FS, name string, cells func(*T) []any) func(context.Context, func([]any) error) error {
	return func(ctx context.Context, fn func([]any) error) error {
		return scan(ctx, marts, name, func(row *T) error { return fn(cells(row)) })
	}
}
