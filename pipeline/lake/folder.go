package lake

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
)

// Folder is the folder of a run, staged or published. What lies where in it is said here and nowhere else.
type Folder string

// Names of what a run holds, as its manifest writes them.
const (
	martFolder   = "marts"
	freeFolder   = "vrij"
	reportFolder = "reports"
	workFolder   = "work"
	spillFolder  = "spill"
)

// make makes the folders that a run is prepared in.
func (f Folder) make() error {
	for _, dir := range []string{martFolder, freeFolder, reportFolder, workFolder} {
		if err := os.MkdirAll(filepath.Join(string(f), dir), 0o700); err != nil {
			return err
		}
	}
	return nil
}

// Manifest is the file that says what went into the run and what came out.
func (f Folder) Manifest() string { return filepath.Join(string(f), ManifestName) }

// Envelope is the file with the signed statement on the run; a run that was made without a signing key has none.
func (f Folder) Envelope() string { return filepath.Join(string(f), EnvelopeName) }

// EnvelopeName is the signed statement of a run, ManifestName its manifest and JournalName its journal, as a statement names them.
const (
	EnvelopeName = "manifest.dsse.json"
	ManifestName = "manifest.json"
	JournalName  = "journal.jsonl"
)

// Journal is the file that says what the run did, in order.
func (f Folder) Journal() string { return filepath.Join(string(f), JournalName) }

// Marts is the folder of the published tables.
func (f Folder) Marts() string { return filepath.Join(string(f), martFolder) }

// Mart is the file of a published table.
func (f Folder) Mart(name string) string { return filepath.Join(f.Marts(), name+".parquet") }

// MartFS opens the published tables.
func (f Folder) MartFS() fs.FS { return os.DirFS(f.Marts()) }

// Free is the folder of what may leave.
func (f Folder) Free() string { return filepath.Join(string(f), freeFolder) }

// Reports is the folder of what people read: in it a folder for each reader.
func (f Folder) Reports() string { return filepath.Join(string(f), reportFolder) }

// Dossiers is the folder of pages about one household each, beside the report that links them. They are made on request, and are no part of the
// run.
func (f Folder) Dossiers() string { return filepath.Join(f.Reports(), "analist", "dossiers") }

// Selection is the folder of the n-th selection made from the run.
func (f Folder) Selection(n string) string { return filepath.Join(string(f), "selecties", n) }

// Work is the folder of what models give that is not published, while a run is prepared.
func (f Folder) Work() string { return filepath.Join(string(f), workFolder) }

// Spill is where the engine puts what does not fit in memory.
func (f Folder) Spill() string { return filepath.Join(string(f), spillFolder) }

// Tidy removes what a published run does not keep.
func (f Folder) Tidy() error {
	for _, dir := range []string{f.Work(), f.Spill()} {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
	}
	return nil
}

// MartName is a mart's file, and ReportName a report's, as a manifest names it.
func MartName(name string) string { return path.Join(martFolder, name+".parquet") }

// FreeName is a table of what may leave, as a manifest names it.
func FreeName(table string) string { return path.Join(freeFolder, table+".parquet") }

// ReportName is the file of a report as a manifest names it; file has the folder of its reader.
func ReportName(file string) string { return path.Join(reportFolder, file) }

// IsReport reports whether a file that a manifest names is one of a report.
func IsReport(name string) bool {
	return len(name) > len(reportFolder) && name[:len(reportFolder)+1] == reportFolder+"/"
}

// File is the place of a file that a manifest names.
func (f Folder) File(name string) string { return filepath.Join(string(f), filepath.FromSlash(name)) }
