package ingest

import (
	"os"
	"path/filepath"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"
)

// QuarantaineRegel is one reason why a line is in quarantine: where the line is and what is wrong, never what it says. A line
// has as many of them as it has faults. ByteVan counts from 0 in the decompressed bytes; Lengte leaves out the line end.
type QuarantaineRegel struct {
	Bestand   string `parquet:"bestand,dict"`
	Sha256    string `parquet:"sha256,dict"`
	Regel     int64  `parquet:"regel,delta"`
	ByteVan   int64  `parquet:"byte_van,delta"`
	Lengte    int64  `parquet:"lengte"`
	Kolom     string `parquet:"kolom,optional,dict"` // empty: the line as a whole
	RegelCode string `parquet:"regel_code,dict"`
	Reden     string `parquet:"reden,dict"`
}

// Names of the files that Read writes beside the parts deel-000N.parquet.
const (
	PersoonBestand     = "persoon.parquet"
	QuarantaineBestand = "quarantaine.parquet"
)

// quarantine writes the quarantine file as the reading goes on, and counts reasons.
type quarantine struct {
	file    *os.File
	w       *parquet.GenericWriter[QuarantaineRegel]
	rows    []QuarantaineRegel
	inGroup int
	plan    *plan
	bestand string
	sha256  string
	reasons map[reasonKey]*Reden
}

type reasonKey struct {
	fault fault
	col   int32
}

func newQuarantine(dir string, p *plan, bestand, sha256 string) (*quarantine, error) {
	f, err := os.OpenFile(filepath.Join(dir, QuarantaineBestand), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return nil, err
	}
	w := parquet.NewGenericWriter[QuarantaineRegel](f, createdBy, parquet.Compression(&zstd.Codec{Level: zstd.SpeedFastest}),
		parquet.DataPageStatistics(false))
	return &quarantine{file: f, w: w, rows: make([]QuarantaineRegel, 0, 1024), plan: p, bestand: bestand, sha256: sha256,
		reasons: map[reasonKey]*Reden{}}, nil
}

func (q *quarantine) add(bad []badCell) error {
	for _, c := range bad {
		what := q.plan.faults[c.fault]
		k := reasonKey{c.fault, c.col}
		r := q.reasons[k]
		if r == nil {
			r = &Reden{Code: what.code, Eerste: c.line, Tekst: q.plan.reason(c.fault, c.col)}
			if c.col >= 0 {
				r.Kolom = q.plan.contract.Columns[c.col].Name
			}
			q.reasons[k] = r
		}
		r.Aantal++
		q.rows = append(q.rows, QuarantaineRegel{q.bestand, q.sha256, c.line, c.off, int64(c.length), r.Kolom, r.Code, r.Tekst})
		if len(q.rows) == cap(q.rows) {
			if err := q.flush(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (q *quarantine) flush() error {
	_, err := q.w.Write(q.rows)
	q.inGroup += len(q.rows)
	q.rows = q.rows[:0]
	if err == nil && q.inGroup >= groupRows {
		q.inGroup = 0
		err = q.w.Flush()
	}
	return err
}

func (q *quarantine) close() error {
	if err := q.flush(); err != nil {
		return err
	}
	if err := q.w.Close(); err != nil {
		return err
	}
	return q.file.Close()
}
