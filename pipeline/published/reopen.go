package published

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"stapel/config"
	"stapel/pipeline/control"
	"stapel/pipeline/inbox"
	"stapel/pipeline/lake"
	"stapel/pipeline/world"
	"stapel/transforms"
)

// Reopened is a published run of which the models can be computed once more: its configuration, its deliveries and what the lake holds of them
// are found again, and are what they were.
type Reopened struct {
	*Run
	Config *config.Config
	World  *world.World

	tables map[string]string // of the journal: SHA-256 of every table that was made for the models
}

// Reopen finds what a run was made of. The caller holds the lock.
func Reopen(run *Run, load Load) (*Reopened, error) {
	r := &Reopened{Run: run, tables: map[string]string{}}
	entries, err := control.ReadJournal(run.Folder().Journal())
	if err != nil {
		return nil, fmt.Errorf("journal of run %s: %w", run.ID(), err)
	}
	for _, e := range entries {
		if e.Event == control.EventTable {
			r.tables[e.Name] = e.Sha256
		}
	}
	if err := r.configure(load); err != nil {
		return nil, err
	}
	return r, r.rebuild()
}

// configure finds the configuration that the run had.
func (r *Reopened) configure(load Load) error {
	now, err := load(nil)
	if err != nil {
		return err
	}
	cfg, had, err := Configuration(&r.Manifest, now, load)
	if err == nil && !had {
		err = r.changed("give the --config and STAPEL_* settings of that run, or "+runAgain, "the configuration is another than the run had")
	}
	r.Config = cfg
	return err
}

// Load reads the configuration, with single settings overridden as flags do.
type Load = func(set map[string]any) (*config.Config, error)

// Configuration finds the configuration that a run had: as it is now, or with the peildatum given on the run's command line. When the run had neither, it
// is the latter.
func Configuration(m *control.Manifest, now *config.Config, load Load) (cfg *config.Config, had bool, err error) {
	if now.Sha256 == m.Config {
		return now, true, nil
	}
	if cfg, err = load(map[string]any{"run.peildatum": m.Peildatum}); err != nil {
		return nil, false, err
	}
	return cfg, cfg.Sha256 == m.Config, nil
}

// rebuild finds the run's deliveries again, their notes and what the lake holds of them, and works out the world as the run
// did. Extracts and notes that came later don't count.
func (r *Reopened) rebuild() error {
	var all []*inbox.Delivery
	for _, in := range r.Manifest.Inputs {
		d := inbox.Listed(in)
		if r.Config.Contracts[d.Kind] == nil {
			return r.changed(runAgain, "there is no contract of kind %s any more", d.Kind)
		}
		var err error
		if d.Status == inbox.Accepted {
			err = r.findExtract(d, in)
		} else if err = d.NotAccepted(in); err == nil && in.NoteSha256 != "" && d.Note == nil {
			err = r.findNote(d) // of before the manifest had it
		}
		if err != nil {
			return err
		}
		all = append(all, d)
	}
	inbox.Order(all)
	var err error
	if r.World, err = world.New(r.Config, all, r.Lake); err != nil {
		return err
	}
	r.World.OnlyLotteries(r.Manifest.Lotteries)
	r.World.OnlyPlans(r.Manifest.Plans)
	if r.World.Peil.Format(time.DateOnly) != r.Manifest.Peildatum || !slices.Equal(r.World.Gemeenten, r.Manifest.Gemeenten) {
		return r.changed(runAgain, "this stapel works out another peildatum or other gemeenten")
	}
	return nil
}

// findExtract reads the lake's record of an accepted extract. An extract that was read again, under another contract or with
// another note or key, or that another stapel wrote otherwise, is no longer what the run had; nor is one whose files changed.
func (r *Reopened) findExtract(d *inbox.Delivery, in control.Input) error {
	known, err := inbox.Kept(r.Lake, d.Kind, d.Sha256)
	if errors.Is(err, fs.ErrNotExist) {
		return r.changed(runAgain, "the lake no longer has %s", d.Name)
	}
	if errors.Is(err, lake.ErrDamaged) {
		return r.Differs("the lake's copy of %s was changed or removed", d.Name)
	}
	if err != nil {
		return err
	}
	x := known.Extract
	if !known.Of(r.Config.Contracts[d.Kind], in.NoteSha256, r.Manifest.Key) || x.Geleverd.Records != in.Lines || x.Aanvaard.Records != in.Accepted {
		return r.changed(runAgain, "%s was read otherwise: by another stapel, contract, note, key or limit", d.Name)
	}
	for _, part := range x.Delen {
		st, err := os.Stat(filepath.Join(r.Lake.Extract(d.Kind, d.Sha256), part.Naam))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		if err != nil || st.Size() != part.Bytes {
			return r.Differs("the lake's copy of %s was changed or removed", d.Name)
		}
	}
	d.Extract, d.Note = x, x.Note
	return nil
}

// findNote reads the note of an extract that is not in the lake: a duplicate's note says what is covered, and every note
// has its place in the order of deliveries.
func (r *Reopened) findNote(d *inbox.Delivery) error {
	found, err := d.FindNote(r.Config, r.Lake)
	if err == nil && !found {
		err = r.changed("put back the one the run read, or "+runAgain, "the delivery note of %s is gone from the inbox, or changed", d.Name)
	}
	return err
}

// Models returns those of all models that give the named ones, in order, but for those that are taken as the run published them; all of them
// have to be the text they were in the run.
func (r *Reopened) Models(all []*transforms.Model, asPublished func(model string) bool, names ...string) ([]*transforms.Model, error) {
	const other = "use the stapel that made the run, or " + runAgain
	if r.Manifest.Prelude != transforms.PreludeSha256() {
		return nil, r.changed(other, "the models of this stapel call other functions than those of the run")
	}
	var out []*transforms.Model
	signals := false
	for _, m := range transforms.Giving(all, asPublished, names...) {
		signals = signals || m.Layer == transforms.Signals
		at := slices.IndexFunc(r.Manifest.Models, func(c control.Model) bool { return c.Name == m.Name })
		if at < 0 || r.Manifest.Models[at].Sha256 != m.Sha256 {
			return nil, r.changed(other, "this stapel has another model %s than the run", m.Name)
		}
		if asPublished(m.Name) {
			continue
		}
		out = append(out, m)
	}
	for _, c := range r.Manifest.Models { // all signal models are one table
		if signals && c.Layer == string(transforms.Signals) &&
			!slices.ContainsFunc(all, func(m *transforms.Model) bool { return m.Name == c.Name }) {
			return nil, r.changed(other, "this stapel does not have model %s of the run", c.Name)
		}
	}
	return out, nil
}

// SameTable compares a table that was made again for the models with the one of the run.
func (r *Reopened) SameTable(name, sha256 string) error {
	if r.tables[name] != sha256 {
		return r.changed("use the stapel that made the run, or "+runAgain, "table %s, made of deliveries and configuration, is not what it was", name)
	}
	return nil
}
