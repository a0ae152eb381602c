package inbox

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/klauspost/compress/gzip"
	"github.com/parquet-go/parquet-go"

	"stapel/config"
	"stapel/pipeline/access"
	"stapel/pipeline/exit"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
)

// QuarantinedFile says how many lines of an extract are in quarantine, per rule and column.
type QuarantinedFile struct {
	Kind    string         `json:"kind"`
	File    string         `json:"bestand"`
	Sha256  string         `json:"sha256"`
	Lines   int            `json:"regels"`
	Reasons []ingest.Reden `json:"redenen"`
}

// QuarantinedLine is one line of an extract that is in quarantine. Text is what the supplier delivered; it is the only
// place where stapel shows it.
type QuarantinedLine struct {
	Line    int64                     `json:"regel"`
	Text    string                    `json:"tekst"`
	Reasons []ingest.QuarantaineRegel `json:"-"`
}

// ListQuarantine lists every extract that has lines in quarantine, by kind and file.
func ListQuarantine(data string) ([]QuarantinedFile, error) {
	l := &lake.Lake{Root: data}
	files, err := l.Quarantines()
	if err != nil {
		return nil, err
	}
	var out []QuarantinedFile
	for _, file := range files {
		rows, err := parquet.ReadFile[ingest.QuarantaineRegel](file)
		if err != nil {
			return nil, fmt.Errorf("quarantine of kind %s: %w", filepath.Base(filepath.Dir(file)), err)
		}
		if len(rows) == 0 {
			continue
		}
		q := QuarantinedFile{Kind: filepath.Base(filepath.Dir(file)), File: rows[0].Bestand, Sha256: rows[0].Sha256}
		lines := map[int64]bool{}
		reasons := map[[3]string]*ingest.Reden{}
		for _, r := range rows {
			lines[r.Regel] = true
			key := [3]string{r.RegelCode, r.Kolom, r.Reden}
			if reasons[key] == nil {
				reasons[key] = &ingest.Reden{Code: r.RegelCode, Kolom: r.Kolom, Eerste: r.Regel, Tekst: r.Reden}
			}
			reasons[key].Aantal++
		}
		q.Lines = len(lines)
		for _, r := range reasons {
			q.Reasons = append(q.Reasons, *r)
		}
		slices.SortFunc(q.Reasons, func(a, b ingest.Reden) int {
			return cmp.Or(cmp.Compare(a.Eerste, b.Eerste), cmp.Compare(a.Kolom, b.Kolom), cmp.Compare(a.Code, b.Code),
				cmp.Compare(a.Tekst, b.Tekst))
		})
		out = append(out, q)
	}
	slices.SortFunc(out, func(a, b QuarantinedFile) int { return cmp.Compare(a.File, b.File) })
	return out, nil
}

// ShowQuarantine reads lines in quarantine back from the extract in the inbox, at most max of them, or just the lines
// asked for. Who looks, at what and why is logged first. The extract must still hold the bytes that were read.
func ShowQuarantine(ctx context.Context, data string, cfg *config.Config, name string, only []int64, max int, why string) ([]QuarantinedLine, error) {
	reason, err := access.Because(why, "a line may hold personal data")
	if err != nil {
		return nil, err
	}
	l := &lake.Lake{Root: data}
	folder, base := path.Split(name)
	folder = path.Clean(folder)
	kind := strings.ToLower(folder)
	if cfg.Contracts[kind] == nil || base == "" || base != path.Base(base) {
		return nil, exit.Misuse("name it as the report does: <kind>/<file>.csv", "there is no such extract")
	}
	file := filepath.Join(l.Inbox(), folder, base)
	sha256, _, err := ingest.Identify(ctx, file, IngestLimits(cfg.Settings.Limits))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, exit.Misuse("put the extract back, or look at the supplier's copy", "the extract is no longer in the inbox")
	}
	if err != nil {
		return nil, err
	}
	rows, err := parquet.ReadFile[ingest.QuarantaineRegel](l.RefusedQuarantine(kind, sha256))
	if errors.Is(err, fs.ErrNotExist) {
		rows, err = parquet.ReadFile[ingest.QuarantaineRegel](l.Quarantine(kind, sha256))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, exit.Misuse("run stapel first; an extract that changed since is another extract", "this extract has not been read")
	}
	if err != nil {
		return nil, err
	}
	var lines []QuarantinedLine
	for _, r := range rows { // in order of line
		if n := len(lines); n > 0 && lines[n-1].Line == r.Regel {
			lines[n-1].Reasons = append(lines[n-1].Reasons, r)
		} else if (len(only) == 0 && n < max) || slices.Contains(only, r.Regel) {
			lines = append(lines, QuarantinedLine{Line: r.Regel, Reasons: []ingest.QuarantaineRegel{r}})
		}
	}
	if len(lines) == 0 {
		return nil, nil
	}
	var shown []int64
	for _, q := range lines {
		shown = append(shown, q.Line)
	}
	if err := reason.Log(data, access.Look{What: "quarantine show", File: name, Sha256: sha256, Lines: shown}); err != nil {
		return nil, err
	}
	return lines, readBack(file, lines)
}

// readBack fills in the text of lines, which are in order of place.
func readBack(file string, lines []QuarantinedLine) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	var in io.Reader = bufio.NewReaderSize(f, 1<<20)
	if strings.HasSuffix(strings.ToLower(file), ".gz") {
		z, err := gzip.NewReader(in)
		if err != nil {
			return err
		}
		defer z.Close()
		in = z
	}
	at := int64(0)
	for i := range lines {
		from, length := lines[i].Reasons[0].ByteVan, lines[i].Reasons[0].Lengte
		if _, err := io.CopyN(io.Discard, in, from-at); err != nil {
			return err
		}
		text := make([]byte, length)
		if _, err := io.ReadFull(in, text); err != nil {
			return err
		}
		lines[i].Text, at = string(text), from+length
	}
	return nil
}
