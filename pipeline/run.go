// Package pipeline runs the stages in order: extracts into the lake, models into marts, checks, reports, publication. A
// run is prepared in a staging folder and renamed into place when everything in it is right; the file latest changes
// last. What is not published is as if it had not happened.
package pipeline

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"slices"
	"time"

	"stapel/config"
	"stapel/pipeline/arrival"
	"stapel/pipeline/control"
	"stapel/pipeline/disclosure"
	"stapel/pipeline/engine"
	"stapel/pipeline/evidence/attest"
	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
	"stapel/pipeline/models"
	"stapel/pipeline/progress"
	"stapel/pipeline/runlog"
	"stapel/pipeline/world"
	"stapel/reports"
	"stapel/reports/seen"
	"stapel/transforms"
)

// Options say what to run, and with what.
type Options struct {
	Data      string // data folder
	Config    *config.Config
	Secret    []byte            // the project key
	Signer    *attest.Signer    // signs what is published; nil: nobody does
	Version   string            // of the program
	Synthetic bool              // the sample: reports say so
	Full      bool              // read every extract again, and use no table of an earlier run
	Keep      bool              // keep tables for the next run, and use those of earlier ones
	Strict    bool              // quarantined lines, and files that are not read, are worth an exit code
	Until     string            // lake, marts, or "" for all
	Again     []control.Input   // of a run that is made again from its lake: the inbox is not read, nor any extract
	Progress  progress.Progress // nil: nobody is told
	Now       func() time.Time  // what day it is; nil: time.Now
	Arrival   arrival.Terms     // when a file of the inbox is whole; zero: as it lies there
	Engine    engine.Open       // in this process: reads what a model says it reads, and the key table
	Compute   engine.Open       // computes models and checks; nil: Engine
	// Accept, when set, may refuse the deliveries as a whole, before any is read: the demo key is for the demo's files only.
	Accept func(files []Delivered) error
}

// Delivered is one file of the inbox by kind, name and content.
type Delivered struct{ Kind, Name, Sha256 string }

// Result is the summary of a run; --json prints it.
type Result struct {
	Code        exit.Code       `json:"exit"`
	RunID       string          `json:"run_id,omitempty"`
	Peildatum   string          `json:"peildatum,omitempty"`
	PeilBasis   control.Basis   `json:"peildatum_door"`
	Gemeenten   []string        `json:"gemeenten,omitempty"`
	Files       int             `json:"bestanden"`
	RefusedBy   []string        `json:"geweigerd,omitempty"`    // Dutch, one a file
	Unread      []inbox.Unread  `json:"niet_gelezen,omitempty"` // what lies in the inbox and is no extract
	Remarks     []string        `json:"opmerkingen,omitempty"`
	Lines       int64           `json:"regels"`
	Quarantined int64           `json:"quarantaine"`
	Households  int64           `json:"huishoudens"`
	Checks      int             `json:"controles"`
	Failed      []string        `json:"controles_fout,omitempty"`
	Warnings    []string        `json:"waarschuwingen,omitempty"`
	Folder      string          `json:"map,omitempty"`
	SignedBy    string          `json:"ondertekend_met,omitempty"` // kenmerk of the key; empty: nobody signed
	Chain       int             `json:"keten_volgnummer,omitempty"`
	Reports     []string        `json:"rapporten,omitempty"`
	Withheld    []string        `json:"niet_vrijgegeven,omitempty"` // Dutch: tables that disclosure control refused
	Seconds     float64         `json:"seconden"`
	Reuse       *control.Reuse  `json:"hergebruik,omitempty"` // nil where nothing is kept
	Stages      []control.Stage `json:"stappen,omitempty"`

	seen.Seen
	// Report is what a report says about the run; figures are judged by it (seen.Sources.Figure).
	Report reports.Run `json:"-"`
}

// execution is the state of one run.
type execution struct {
	opt        Options
	lake       *lake.Lake
	key        *ingest.ProjectKey
	started    time.Time
	result     *Result
	manifest   *control.Manifest
	deliveries []*inbox.Delivery
	world      *world.World
	models     []*transforms.Model
	explain    []*transforms.Model // asked later, of one household
	keys       []*transforms.Model // asked of the key table
	staged     lake.Folder
	journal    *control.Journal
	tables     models.Tables
	seen       seen.Seen // what the marts say about the data that came in
	took       []runlog.Duration
	listed     time.Time // when the inbox was looked at
	latest     bool      // it became the latest
}

// Run does one run. The result is never nil; an error carries its exit code as *exit.Error.
func Run(ctx context.Context, opt Options) (*Result, error) {
	opt.Progress = progress.Or(opt.Progress)
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Compute == nil {
		opt.Compute = opt.Engine
	}
	x := &execution{opt: opt, lake: &lake.Lake{Root: opt.Data}, started: time.Now(), result: &Result{}, manifest: &control.Manifest{}}
	err := x.locked(ctx)
	x.result.Seconds = time.Since(x.started).Seconds()
	return x.result, err
}

// coded gives every error an exit code, which is that of the run.
func (x *execution) coded(ctx context.Context, err error) error {
	var e *exit.Error
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		e = &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted; nothing was published")}
		err = e
	case errors.As(err, &e):
	default:
		e = &exit.Error{Code: exit.Failed, Err: err}
		err = e
	}
	x.result.Code = e.Code
	return err
}

// locked is a run with the data folder for itself, and a line in the log when it begins and when it ends.
func (x *execution) locked(ctx context.Context) (err error) {
	defer func() { err = x.coded(ctx, err) }()
	if x.key, err = ingest.NewProjectKey(x.opt.Secret); err != nil {
		return &exit.Error{Code: exit.Usage, Err: err}
	}
	if err := os.MkdirAll(x.opt.Data, 0o700); err != nil {
		return err
	}
	lock, err := x.lake.Lock()
	if err != nil {
		return err
	}
	defer lock.Unlock()
	log := runlog.Log{Data: x.opt.Data}
	begun, err := log.Begin(x.started, x.opt.Until)
	if err != nil {
		return err
	}
	err = x.coded(ctx, x.run(ctx))
	if why := log.End(begun, time.Now(), x.end(err)); why != nil {
		slog.Warn("what became of the run was not written down", "error", why)
	}
	return err
}

func (x *execution) run(ctx context.Context) (err error) {
	if x.opt.Signer != nil {
		if err := attest.MaySign(x.opt.Data, x.opt.Signer); err != nil {
			return err
		}
	}
	if err := x.lake.Prepare(); err != nil {
		return err
	}
	if x.models, err = models.All(x.opt.Config); err != nil {
		return err
	}
	if x.explain, x.keys, err = models.Aside(x.opt.Config, x.models); err != nil {
		return err
	}
	if err := models.CheckReads(ctx, x.opt.Engine, x.lake.Staging(), slices.Concat(x.models, x.explain, x.keys)); err != nil {
		return err
	}
	if err := x.stage("inlezen", func() error { return x.ingest(ctx) }); err != nil {
		return err
	}
	if x.opt.Until == "lake" {
		return nil
	}
	if err := world.CheckAhead(x.opt.Config, x.deliveries, x.opt.Now()); err != nil {
		return err
	}
	if x.world, err = world.New(x.opt.Config, x.deliveries, x.lake); err != nil {
		return err
	}
	if err := x.identify(); err != nil {
		return err
	}
	if err := x.prepare(); err != nil {
		return err
	}
	defer x.journal.Close()
	if err := x.collisions(ctx); err != nil {
		return err
	}
	dirs := append(models.Folders(x.lake, x.opt.Config), x.staged.Work(), x.staged.Marts())
	engine, err := x.opt.Compute(ctx, dirs, x.staged.Spill())
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	x.tables = models.Tables{Engine: engine, Work: x.staged.Work(), Marts: x.staged.Marts(), Wanted: disclosure.Wanted}
	x.manifest.Engine = engine.Version()
	if x.keeps() {
		if x.tables.Keep, err = x.openCache(); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, x.tables.Keep.Close()) }()
	}
	if err := x.stage("rekenen", func() error { return x.compute(ctx) }); err != nil {
		return err
	}
	if err := x.stage("controleren", func() error { return x.check(ctx) }); err != nil {
		return err
	}
	if err := x.summarize(ctx); err != nil {
		return err
	}
	if x.opt.Until == "" {
		if x.opt.Config.Settings.Reports.Werktafel {
			if err := x.stage("vrijgeven", func() error { return x.release(ctx) }); err != nil {
				return err
			}
		}
		if err := x.stage("rapporten", func() error { return x.report(ctx) }); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return x.publish()
}

func (x *execution) stage(name string, do func() error) error {
	start := time.Now()
	err := do()
	s := control.Stage{Name: name, Seconds: time.Since(start).Seconds()}
	x.result.Stages = append(x.result.Stages, s)
	slog.Info("stage", "name", name, "seconds", s.Seconds)
	return err
}

// identify names the run after what goes into it: equal extracts, configuration, key and program give an equal id.
func (x *execution) identify() error {
	m := x.manifest
	var err error
	if m.Binary, err = control.Program(); err != nil {
		return err
	}
	m.Version, m.Go, m.Platform = x.opt.Version, runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH
	m.Prelude = transforms.PreludeSha256()
	m.Config, m.Key, m.Settings = x.opt.Config.Sha256, x.key.Fingerprint(), x.opt.Config.SettingsSha256
	x.configured()
	m.Peildatum, m.Gemeenten = x.world.Peil.Format(time.DateOnly), x.world.Gemeenten
	m.PeilBasis, x.result.PeilBasis = x.world.Basis, x.world.Basis
	m.Windows = map[string]string{}
	for n := range 3 {
		m.Windows[fmt.Sprintf("T%d", n)] = fmt.Sprintf("%s..%s", x.world.WindowStart(n).Format(time.DateOnly),
			x.world.WindowStart(n).AddDate(1, 0, 0).Format(time.DateOnly))
	}
	m.Lotteries, m.Plans = x.world.Lotteries, x.world.Plans
	if m.RunID, err = m.ID(x.opt.Until, x.opt.Synthetic); err != nil {
		return err
	}
	x.result.RunID, x.result.Peildatum, x.result.Gemeenten = m.RunID, m.Peildatum, m.Gemeenten
	return nil
}

func (x *execution) prepare() (err error) {
	if x.staged, err = x.lake.StageRun(x.manifest.RunID); err != nil {
		return err
	}
	if x.journal, err = control.OpenJournal(x.staged.Journal()); err != nil {
		return err
	}
	if err := x.journal.Add(control.Entry{Event: control.EventBegin, Name: x.manifest.RunID}); err != nil {
		return err
	}
	for _, in := range x.manifest.Inputs {
		if err := x.journal.Add(control.Entry{Event: control.EventInput, Name: in.File, Sha256: in.Sha256, Rows: in.Accepted, Detail: in.Status}); err != nil {
			return err
		}
	}
	return nil
}
