package inbox

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"stapel/pipeline/control"
	"stapel/pipeline/lake"
)

// Held are the files that the lake and the quarantine have of deliveries, by name: of an extract that was accepted its parts, its record, its persons
// and its lines in quarantine; of one that was refused the lines, when there are any.
func Held(l *lake.Lake, all []*Delivery) (held []control.Held, err error) {
	for _, d := range all {
		var files []string
		switch d.Status {
		case Accepted:
			parts, err := os.ReadDir(l.Extract(d.Kind, d.Sha256))
			if err != nil {
				return nil, err
			}
			for _, p := range parts {
				files = append(files, filepath.Join(l.Extract(d.Kind, d.Sha256), p.Name()))
			}
			files = append(files, l.Persons(d.Kind, d.Sha256), l.Quarantine(d.Kind, d.Sha256))
		case Refused:
			files = append(files, l.RefusedQuarantine(d.Kind, d.Sha256))
		}
		for _, file := range files {
			bytes, sum, err := control.HashFile(file)
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, err
			}
			rel, err := filepath.Rel(l.Root, file)
			if err != nil {
				return nil, err
			}
			held = append(held, control.Held{File: filepath.ToSlash(rel), Bytes: bytes, Sha256: sum})
		}
	}
	slices.SortFunc(held, func(a, b control.Held) int { return cmp.Compare(a.File, b.File) })
	return held, nil
}
