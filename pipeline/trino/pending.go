package trino

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"stapel/pipeline/lake"
)

// A pending schema was made and not dropped yet: in which catalog of which Trino, with which folder, by a run on which data folder. A data folder
// that was copied brings its ledger along, and what is in it is not the copy's.
type pending struct{ schema, address, catalog, dir, data string }

// A ledger is a file with the schemas that a data folder has pending, a line each: what a run that was killed left behind is found again.
type ledger struct{ file string }

// schemaName is what a line may name: it becomes part of statements, and the name of a folder that is removed.
var schemaName = regexp.MustCompile(`^[a-z][a-z0-9_]*[0-9a-f]{16}$`)

func (l ledger) list() (all []pending, err error) {
	data, err := os.ReadFile(l.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	for line := range strings.Lines(string(data)) {
		f := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		if len(f) == 5 && schemaName.MatchString(f[0]) && filepath.Base(f[3]) == f[0] { // a line that was cut off names nothing that was made
			all = append(all, pending{f[0], f[1], f[2], f[3], f[4]})
		}
	}
	return all, nil
}

func (l ledger) add(p pending) error {
	all, err := l.list()
	if err != nil {
		return err
	}
	return l.write(append(all, p))
}

func (l ledger) drop(p pending) error {
	all, err := l.list()
	if err != nil {
		return err
	}
	if all = slices.DeleteFunc(all, func(q pending) bool { return q == p }); len(all) > 0 {
		return l.write(all)
	}
	return lake.Remove(l.file)
}

// write replaces the file as a whole.
func (l ledger) write(all []pending) error {
	var b strings.Builder
	for _, p := range all {
		b.WriteString(strings.Join([]string{p.schema, p.address, p.catalog, p.dir, p.data}, "\t") + "\n")
	}
	next := l.file + "-nieuw"
	if err := lake.WriteFile(next, []byte(b.String())); err != nil {
		return err
	}
	return lake.Rename(next, l.file)
}
