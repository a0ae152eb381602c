package inbox

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
)

// whole says whether the lake has every file of an extract that is in place, from its first to its last byte: lake.ErrDamaged when not. It looks at how
// long files are and how they begin and end, which a disk that lost bytes changes. Bytes that somebody changed in between are for `stapel verify`.
func whole(l *lake.Lake, kind, sha256 string, x *ingest.Extract) error {
	for _, part := range x.Delen {
		if err := wholeTable(filepath.Join(l.Extract(kind, sha256), part.Naam), part.Bytes); err != nil {
			return err
		}
	}
	for _, file := range []string{l.Persons(kind, sha256), l.Quarantine(kind, sha256)} {
		if err := wholeTable(file, 0); err != nil {
			return err
		}
	}
	return nil
}

// mark is how a Parquet file begins and ends.
const mark = "PAR1"

// wholeTable looks at one Parquet file; size 0 is any.
func wholeTable(name string, size int64) error {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return lake.ErrDamaged
	}
	if err != nil {
		return err
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	if !st.Mode().IsRegular() || st.Size() < 3*int64(len(mark)) || size > 0 && st.Size() != size {
		return lake.ErrDamaged
	}
	for _, at := range []int64{0, st.Size() - int64(len(mark))} {
		var got [len(mark)]byte
		if _, err := f.ReadAt(got[:], at); err != nil && err != io.EOF {
			return err
		}
		if string(got[:]) != mark {
			return lake.ErrDamaged
		}
	}
	return nil
}
