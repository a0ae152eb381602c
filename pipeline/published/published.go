// Package published opens a run that was published: what it was made of, and what it gave. Everything that looks at a run afterwards stands on
// it. What is read is compared with the manifest once, and where it is no longer what the run made or read, that is an error.
package published

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"stapel/pipeline/control"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/seen"
)

// Run is a published run, by its manifest.
type Run struct {
	Lake     *lake.Lake
	Manifest control.Manifest

	same map[string]bool // marts that were found to be what the run wrote
}

var (
	householdRE = regexp.MustCompile(`^h-[0-7][0-9a-f]{15}$`)
	runRE       = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{12}$`)
)

// Open opens a published run by id; latest is the newest that was published with its reports, which an empty id is too, and vorige
// the one that was the latest before it.
func Open(l *lake.Lake, name string) (*Run, error) {
	switch name {
	case "", "latest":
		id, err := l.Latest()
		if err != nil {
			return nil, err
		}
		if id == "" {
			return nil, exit.Misuse("run stapel first, or name the data folder with --data", "there is no published run in this data folder")
		}
		return open(l, id)
	case "vorige":
		return before(l)
	}
	return open(l, name)
}

// Hold opens a run of a data folder as Open does, and takes the folder until the caller lets go of the lock: together with others that read it or, with
// changes, alone. A run that writes in the lake waits for those who read it, and the other way round.
func Hold(data, name string, changes bool) (*Run, *lake.Lock, error) {
	l := &lake.Lake{Root: data}
	r, err := Open(l, name)
	if err != nil {
		return nil, nil, err
	}
	take := l.LockShared
	if changes {
		take = l.Lock
	}
	lock, err := take()
	return r, lock, err
}

// HouseholdKey is the key that models have of a household, by its id in tables.
func HouseholdKey(id string) (int64, error) {
	if !householdRE.MatchString(id) {
		return 0, exit.Misuse("it is h- and 16 hex digits, as in the ranking", "that is no household id")
	}
	return strconv.ParseInt(strings.TrimPrefix(id, "h-"), 16, 64)
}

// IsRun reports whether a name has the form of a run id.
func IsRun(name string) bool { return runRE.MatchString(name) }

func open(l *lake.Lake, id string) (*Run, error) {
	if !IsRun(id) {
		return nil, exit.Misuse("name it as in the report: peildatum and twelve hex digits", "that is no run id")
	}
	r := &Run{Lake: l, same: map[string]bool{}}
	data, err := os.ReadFile(l.Run(id).Manifest())
	if errors.Is(err, fs.ErrNotExist) {
		if gone, err := l.PurgedRuns(); err == nil && gone[id].Run != "" {
			return nil, exit.Misuse("make it again from the same extracts, or name another", "run %s was removed with stapel purge", id)
		}
		return nil, exit.Misuse("look in runs/ for those there are", "there is no run %s in this data folder", id)
	}
	if err != nil {
		return nil, err
	}
	if json.Unmarshal(data, &r.Manifest) != nil {
		return nil, lake.DamagedRun(id)
	}
	return r, nil
}

// before opens the run that was the latest before the latest one: the log of latest tells, but for runs of before there was one. Of those
// it is the one that was finished last; runs without reports were never the latest.
func before(l *lake.Lake) (*Run, error) {
	earlier, err := l.Earlier()
	if err != nil {
		return nil, err
	}
	for _, id := range earlier {
		if r, err := open(l, id); err == nil {
			return r, nil
		}
	}
	latest, err := l.Latest()
	if err != nil {
		return nil, err
	}
	ids, err := l.Runs()
	if err != nil {
		return nil, err
	}
	var last *Run
	for _, id := range ids {
		r, err := open(l, id)
		if err != nil || id == latest || !r.reported() {
			continue // not a run, or one that never was the latest
		}
		if last == nil || cmp.Or(cmp.Compare(r.Manifest.Execution.Finished, last.Manifest.Execution.Finished), cmp.Compare(id, last.ID())) > 0 {
			last = r
		}
	}
	if last == nil {
		return nil, exit.Misuse("name two runs by id", "there is no run before the latest")
	}
	return last, nil
}

// ID names the run.
func (r *Run) ID() string { return r.Manifest.RunID }

// Folder is where the run lies.
func (r *Run) Folder() lake.Folder { return r.Lake.Run(r.ID()) }

// reported reports whether the run was published with its reports.
func (r *Run) reported() bool {
	return slices.ContainsFunc(r.Manifest.Outputs, func(o control.Output) bool { return lake.IsReport(o.File) })
}

// changed says that the run can't be opened again because something it was made of is no longer there as it was.
func (r *Run) changed(remedy, format string, a ...any) error {
	return exit.Misuse(remedy, "run %s can't be opened again: %s", r.ID(), fmt.Sprintf(format, a...))
}

// Differs says that files hold something else than what the run made or read.
func (r *Run) Differs(format string, a ...any) error {
	return &exit.Error{Code: exit.Difference, Err: fmt.Errorf("run %s: %s", r.ID(), fmt.Sprintf(format, a...)),
		Remedy: "nothing is shown; run stapel again (--full reads every extract again) and use that run"}
}

const runAgain = "run stapel again and use the new run"

// Marts are the files of published tables, each compared with its hash in the manifest when it is first asked for.
func (r *Run) Marts(names ...string) (map[string]string, error) {
	files := map[string]string{}
	for _, name := range names {
		rel := lake.MartName(name)
		at := slices.IndexFunc(r.Manifest.Outputs, func(o control.Output) bool { return o.File == rel })
		if at < 0 {
			return nil, r.changed(runAgain, "it has no table %s", name)
		}
		files[name] = r.Folder().Mart(name)
		if r.same[name] {
			continue
		}
		_, sum, err := control.HashFile(files[name])
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if sum != r.Manifest.Outputs[at].Sha256 {
			return nil, r.Differs("%s was changed or removed", rel)
		}
		r.same[name] = true
	}
	return files, nil
}

// Sources says how far the run can rely on each kind, from its published tables.
func (r *Run) Sources(ctx context.Context) (seen.Sources, error) {
	w, err := reports.Run{Peildatum: r.Manifest.Peildatum}.Windows()
	if err != nil {
		return nil, err
	}
	if _, err := r.Marts("levering", "dekking", "koppelgraad"); err != nil {
		return nil, err
	}
	return seen.ReadSources(ctx, r.Folder().MartFS(), w.T0)
}

// Scan hands the rows of a published table to row, one at a time, once the table was found to be what the run wrote.
func Scan[T any](ctx context.Context, r *Run, t mart.Table[T], row func(*T) error) error {
	if _, err := r.Marts(t.Name); err != nil {
		return err
	}
	return mart.Scan(ctx, r.Folder().MartFS(), t, row)
}
