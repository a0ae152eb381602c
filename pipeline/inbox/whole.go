package inbox

import (
	"errors"
	"io/fs"
	"path/filepath"
	"slices"

	"stapel/pipeline/control"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
)

// filesOf are the files that ingest writes of an extract that it accepts, each where at says that it lies.
func filesOf(x *ingest.Extract, at func(name string) string) (files []control.Held, err error) {
	names := []string{ingest.PersoonBestand, ingest.QuarantaineBestand}
	for _, part := range x.Delen {
		names = append(names, part.Naam)
	}
	for _, name := range names {
		bytes, sum, err := control.HashFile(at(name))
		if err != nil {
			return nil, err
		}
		files = append(files, control.Held{File: name, Bytes: bytes, Sha256: sum})
	}
	return files, nil
}

// whole says whether the lake has every file of an extract as it was written: lake.ErrDamaged when not, for a disk lost bytes of it or somebody changed it.
// Of an extract of another format, which is read again anyway, it says nothing.
func (r *Record) whole(l *lake.Lake, kind, sha256 string) error {
	if r.Format != lakeFormat {
		return nil
	}
	files, err := filesOf(r.Extract, func(name string) string {
		switch name {
		case ingest.PersoonBestand:
			return l.Persons(kind, sha256)
		case ingest.QuarantaineBestand:
			return l.Quarantine(kind, sha256)
		}
		return filepath.Join(l.Extract(kind, sha256), name)
	})
	if errors.Is(err, fs.ErrNotExist) || err == nil && !slices.Equal(files, r.Files) {
		return lake.ErrDamaged
	}
	return err
}
