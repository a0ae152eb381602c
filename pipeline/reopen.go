package pipeline

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"time"

	"stapel/config"
	"stapel/pipeline/control"
	"stapel/pipeline/lake"
	"stapel/transforms"
)

// reopened is a published run opened again: what went into it, so that its models can be computed once more. What it is
// made of is compared with the manifest and the journal on the way; where it is no longer the same, opening fails.
type reopened struct {
	lake     *lake.Lake
	cfg      *config.Config
	manifest control.Manifest
	world    world
	tables   map[string]string // of the journal: SHA-256 of every table that was made for the models
}

var runRE = regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{12}$`)

// readRun reads manifest and journal of a published run; an empty id is the latest.
func readRun(l *lake.Lake, id string) (*reopened, error) {
	if id == "" {
		var err error
		if id, err = l.Latest(); err != nil {
			return nil, err
		}
		if id == "" {
			return nil, usage("run stapel first, or name the data folder with --data", "there is no published run in this data folder")
		}
	}
	if !runRE.MatchString(id) {
		return nil, usage("name it as in the report: peildatum and twelve hex digits", "that is no run id")
	}
	r := &reopened{lake: l, tables: map[string]string{}}
	data, err := os.ReadFile(filepath.Join(l.Run(id), "manifest.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usage("look in runs/ for those there are", "there is no run %s in this data folder", id)
	}
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal(data, &r.manifest); err != nil {
		return nil, fmt.Errorf("manifest of run %s: %w", id, err)
	}
	return r, r.readJournal()
}

func (r *reopened) readJournal() error {
	f, err := os.Open(filepath.Join(r.lake.Run(r.manifest.RunID), journalFile))
	if err != nil {
		return fmt.Errorf("journal of run %s: %w", r.manifest.RunID, err)
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	for n := 1; lines.Scan(); n++ {
		var e entry
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			return fmt.Errorf("journal of run %s: line %d: %w", r.manifest.RunID, n, err)
		}
		if e.Event == eventTable {
			r.tables[e.Name] = e.Sha256
		}
	}
	return lines.Err()
}

// changed says that the run can't be opened again because something it was made of is no longer there as it was.
func (r *reopened) changed(remedy, format string, a ...any) error {
	return usage(remedy, "run %s can't be opened again: %s", r.manifest.RunID, fmt.Sprintf(format, a...))
}

// differs says that files hold something else than what the run made or read.
func (r *reopened) differs(format string, a ...any) error {
	return &Error{Code: Difference, Err: fmt.Errorf("run %s: %s", r.manifest.RunID, fmt.Sprintf(format, a...)),
		Remedy: "nothing is shown; run stapel again (--full reads every extract again) and use that run"}
}

const runAgain = "run stapel again and use the new run"

// configure finds the configuration that the run had: as it is now, or with the peildatum given on the run's command line.
func (r *reopened) configure(load func(set map[string]any) (*config.Config, error)) error {
	for _, set := range []map[string]any{nil, {"run.peildatum": r.manifest.Peildatum}} {
		cfg, err := load(set)
		if err != nil {
			return err
		}
		if cfg.Sha256 == r.manifest.Config {
			r.cfg = cfg
			return nil
		}
	}
	return r.changed("give the --config and STAPEL_* settings of that run, or "+runAgain, "the configuration is another than the run had")
}

// rebuild finds the run's deliveries again, their notes and what the lake holds of them, and works out the world as the run
// did. Extracts and notes that came later don't count.
func (r *reopened) rebuild() error {
	var all []*delivery
	for _, in := range r.manifest.Inputs {
		d := &delivery{kind: in.Kind, name: in.File, sha256: in.Sha256, bytes: in.Bytes, noteSha256: in.NoteSha256, status: in.Status}
		if r.cfg.Contracts[d.kind] == nil {
			return r.changed(runAgain, "there is no contract of kind %s any more", d.kind)
		}
		var err error
		if d.status == statusAccepted {
			err = r.findExtract(d, in)
		} else if in.NoteSha256 != "" {
			err = r.findNote(d)
		}
		if err != nil {
			return err
		}
		all = append(all, d)
	}
	orderDeliveries(all)
	var err error
	if r.world, err = newWorld(r.cfg, all, r.lake); err != nil {
		return err
	}
	if r.world.peil.Format(time.DateOnly) != r.manifest.Peildatum || !slices.Equal(r.world.gemeenten, r.manifest.Gemeenten) {
		return r.changed(runAgain, "this stapel works out another peildatum or other gemeenten")
	}
	return nil
}

// findExtract reads the lake's record of an accepted extract. An extract that was read again, under another contract or with
// another note or key, is no longer what the run had; nor is one whose files changed.
func (r *reopened) findExtract(d *delivery, in control.Input) error {
	var known record
	err := r.lake.Record(d.kind, d.sha256, &known)
	if errors.Is(err, fs.ErrNotExist) {
		return r.changed(runAgain, "the lake no longer has %s", d.name)
	}
	if err != nil {
		return err
	}
	x := known.Extract
	if known.Format != lakeFormat || known.NoteSha256 != in.NoteSha256 || x.ContractSha256 != r.cfg.Contracts[d.kind].Sha256 ||
		x.Sleutel != r.manifest.Key || x.Geleverd.Records != in.Lines || x.Aanvaard.Records != in.Accepted {
		return r.changed(runAgain, "%s was read again since, under another contract, note, key or limit", d.name)
	}
	for _, part := range x.Delen {
		st, err := os.Stat(filepath.Join(r.lake.Extract(d.kind, d.sha256), part.Naam))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err != nil || st.Size() != part.Bytes {
			return r.differs("the lake's copy of %s was changed or removed", d.name)
		}
	}
	d.extract, d.note = x, x.Note
	return nil
}

// findNote reads the note of an extract that is not in the lake: a duplicate's note says what is covered, and every note
// has its place in the order of deliveries.
func (r *reopened) findNote(d *delivery) error {
	base := path.Base(d.name)
	if plain, err := strconv.Unquote(base); err == nil {
		base = plain
	}
	in := &inbox{cfg: r.cfg}
	if err := in.list(filepath.Join(r.lake.Inbox(), path.Dir(d.name)), d.kind); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	at := slices.IndexFunc(in.found, func(f *delivery) bool { return filepath.Base(f.path) == base })
	var sum string
	if at >= 0 && in.found[at].noteFile != "" {
		d.path, d.noteFile = in.found[at].path, in.found[at].noteFile
		var err error
		if _, sum, err = control.HashFile(d.notePath()); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	if sum != d.noteSha256 {
		return r.changed("put back the one the run read, or "+runAgain, "the delivery note of %s is gone from the inbox, or changed", d.name)
	}
	return d.readNote()
}

// models returns the models that give the named ones, in order, but for those that are taken as published; all of them have to be
// the text they were in the run.
func (r *reopened) models(names ...string) ([]*transforms.Model, error) {
	all, err := Models(r.cfg)
	if err != nil {
		return nil, err
	}
	if r.manifest.Prelude != transforms.PreludeSha256() {
		return nil, r.changed("use the stapel that made the run, or "+runAgain, "the models of this stapel call other functions than those of the run")
	}
	need := map[string]bool{}
	for _, n := range names {
		need[n] = true
	}
	var out []*transforms.Model
	for _, m := range slices.Backward(all) { // each comes after what it reads
		if !need[m.Name] {
			continue
		}
		at := slices.IndexFunc(r.manifest.Models, func(c control.Model) bool { return c.Name == m.Name })
		if at < 0 || r.manifest.Models[at].Sha256 != m.Sha256 {
			return nil, r.changed("use the stapel that made the run, or "+runAgain, "this stapel has another model %s than the run", m.Name)
		}
		if asPublished[m.Name] != "" {
			continue
		}
		for _, name := range m.Reads {
			need[name] = true
		}
		out = append(out, m)
	}
	slices.Reverse(out)
	return out, nil
}

// sameTable compares a table that was made again for the models with the one of the run, by the hash of its file or text.
func (r *reopened) sameTable(name, sum string) error {
	if r.tables[name] != sum {
		return r.changed("use the stapel that made the run, or "+runAgain, "table %s, made of deliveries and configuration, is not what it was", name)
	}
	return nil
}

// folders are where the engine finds what it needs to compute in work: the lines of the kinds, and the run's marts.
func (r *reopened) folders(work string) []string {
	return append(kindFolders(r.lake, r.cfg), filepath.Join(r.lake.Run(r.manifest.RunID), "marts"), work)
}

// martFolder is where the run's tables are.
func (r *reopened) martFolder() fs.FS {
	return Marts(r.lake.Root, r.manifest.RunID)
}

// marts compares published tables with the hashes in the manifest and returns their files.
func (r *reopened) marts(names ...string) (map[string]string, error) {
	files := map[string]string{}
	for _, name := range names {
		rel := "marts/" + name + ".parquet"
		at := slices.IndexFunc(r.manifest.Outputs, func(o control.Output) bool { return o.File == rel })
		if at < 0 {
			return nil, r.changed(runAgain, "it has no table %s", name)
		}
		files[name] = filepath.Join(r.lake.Run(r.manifest.RunID), filepath.FromSlash(rel))
		_, sum, err := control.HashFile(files[name])
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		if sum != r.manifest.Outputs[at].Sha256 {
			return nil, r.differs("%s was changed or removed", rel)
		}
	}
	return files, nil
}
