// Package pipeline runs the stages in order: extracts into the lake, models into marts, checks, reports, publication. A
// run is prepared in a staging folder and renamed into place when everything in it is right; the file latest changes
// last. What is not published is as if it had not happened.
package pipeline

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"stapel/config"
	"stapel/pipeline/control"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
	"stapel/reports"
	"stapel/reports/analist"
	"stapel/reports/seen"
	"stapel/transforms"
)

// Options say what to run, and with what.
type Options struct {
	Data      string // data folder
	Config    *config.Config
	Secret    []byte // the project key
	Version   string // of the program
	Synthetic bool   // the sample: reports say so
	Full      bool   // read every extract again
	Strict    bool   // quarantined lines, and files that are not read, are worth an exit code
	Until     string // lake, marts, or "" for all
	Progress  Progress
	Now       func() time.Time // what day it is; nil: time.Now
	Engine    OpenEngine
	// Accept, when set, may refuse the deliveries as a whole, before any is read: the demo key is for the demo's files only.
	Accept func(files []Delivered) error
}

// Delivered is one file of the inbox by kind, name and content.
type Delivered struct{ Kind, Name, Sha256 string }

// Result is the summary of a run; --json prints it.
type Result struct {
	Code        Code            `json:"exit"`
	RunID       string          `json:"run_id,omitempty"`
	Peildatum   string          `json:"peildatum,omitempty"`
	PeilBasis   control.Basis   `json:"peildatum_door"`
	Gemeenten   []string        `json:"gemeenten,omitempty"`
	Files       int             `json:"bestanden"`
	RefusedBy   []string        `json:"geweigerd,omitempty"`    // Dutch, one a file
	Unread      []Unread        `json:"niet_gelezen,omitempty"` // what lies in the inbox and is no extract
	Remarks     []string        `json:"opmerkingen,omitempty"`
	Lines       int64           `json:"regels"`
	Quarantined int64           `json:"quarantaine"`
	Households  int64           `json:"huishoudens"`
	Checks      int             `json:"controles"`
	Failed      []string        `json:"controles_fout,omitempty"`
	Warnings    []string        `json:"waarschuwingen,omitempty"`
	Folder      string          `json:"map,omitempty"`
	Reports     []string        `json:"rapporten,omitempty"`
	Seconds     float64         `json:"seconden"`
	Stages      []control.Stage `json:"stappen,omitempty"`

	seen.Seen
}

// execution is the state of one run.
type execution struct {
	opt      Options
	lake     *lake.Lake
	key      *ingest.Sleutel
	started  time.Time
	result   *Result
	manifest *control.Manifest
	world    world
	models   []*transforms.Model
	files    map[string]string // of the inputs and the computed models
	counted  map[string]int64  // rows of tables that checks looked at
	ordered  map[string]bool   // models whose rows have to be in the order of their grain
	staged   string
	journal  *journal
	engine   Engine
	seen     seen.Seen // what the marts say about the data that came in
}

// Run does one run. The result is never nil; an error carries its exit code as *Error.
func Run(ctx context.Context, opt Options) (*Result, error) {
	x := &execution{opt: opt, started: time.Now(), result: &Result{}, manifest: &control.Manifest{}, ordered: map[string]bool{}, counted: map[string]int64{}}
	err := x.run(ctx)
	x.result.Seconds = time.Since(x.started).Seconds()
	var e *Error
	switch {
	case err == nil:
	case ctx.Err() != nil:
		err = &Error{Code: Interrupted, Err: errors.New("interrupted; nothing was published")}
	case errors.As(err, &e):
	default:
		err = &Error{Code: Failed, Err: err}
	}
	if errors.As(err, &e) {
		x.result.Code = e.Code
	}
	return x.result, err
}

func (x *execution) run(ctx context.Context) (err error) {
	if x.key, err = ingest.NewSleutel(x.opt.Secret); err != nil {
		return &Error{Code: Usage, Err: err}
	}
	if err := os.MkdirAll(x.opt.Data, 0o700); err != nil {
		return err
	}
	lock := flock.New((&lake.Lake{Root: x.opt.Data}).LockFile())
	got, err := lock.TryLock()
	if err != nil {
		return err
	}
	if !got {
		return &Error{Code: Locked, Err: errors.New("another run is busy in this data folder"), Remedy: "wait until it is done"}
	}
	defer lock.Unlock()
	if x.lake, err = lake.Open(x.opt.Data); err != nil {
		return err
	}
	if x.models, err = Models(x.opt.Config); err != nil {
		return err
	}
	if err := CheckReads(ctx, x.opt.Engine, x.models); err != nil {
		return err
	}
	if err := x.stage("inlezen", func() error { return x.ingest(ctx) }); err != nil {
		return err
	}
	if x.opt.Until == "lake" {
		return nil
	}
	if err := checkCoverage(x.opt.Config, x.world.all, x.opt.now()); err != nil {
		return err
	}
	if x.world, err = newWorld(x.opt.Config, x.world.all, x.lake); err != nil {
		return err
	}
	if err := x.identify(); err != nil {
		return err
	}
	if err := x.prepare(); err != nil {
		return err
	}
	defer x.journal.close()
	if err := x.collisions(ctx); err != nil {
		return err
	}
	if x.engine, err = x.openEngine(ctx, append(kindFolders(x.lake, x.opt.Config), filepath.Join(x.staged, "work"), filepath.Join(x.staged, "marts"))); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, x.engine.Close()) }()
	x.manifest.Engine = x.engine.Version()
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

// ingest reads the inbox into the lake.
func (x *execution) ingest(ctx context.Context) error {
	in, err := listInbox(x.lake.Inbox(), x.opt.Config)
	if err != nil {
		return err
	}
	all := in.found
	x.result.Unread, x.result.Remarks = in.unread, in.remarks()
	if len(all) == 0 {
		return usage("put extracts in inbox/<kind>/", "there are no extracts in the inbox")
	}
	limits := IngestLimits(x.opt.Config.Settings.Limits)
	if err := identify(ctx, all, x.opt.Config, limits, x.opt.now()); err != nil {
		return err
	}
	if x.opt.Accept != nil {
		var files []Delivered
		for _, d := range all {
			files = append(files, Delivered{d.kind, path.Base(d.name), d.sha256})
		}
		if err := x.opt.Accept(files); err != nil {
			return err
		}
	}
	if err := ingestAll(ctx, all, x.opt, limits, x.lake, x.key); err != nil {
		return err
	}
	x.world.all = all
	x.result.Remarks = append(x.result.Remarks, unnamedSuppliers(x.opt.Config, all)...)
	for _, d := range all {
		in := control.Input{Kind: d.kind, File: d.name, Sha256: d.sha256, Bytes: d.bytes, NoteSha256: d.noteSha256, Status: d.status}
		if d.extract != nil {
			in.Lines, in.Accepted, in.Quarantined = d.extract.Geleverd.Records, d.extract.Aanvaard.Records, d.extract.Quarantaine.Records
			in.CountedCt = d.extract.Geleverd.Cent
			for _, b := range d.extract.Bevindingen {
				x.result.Remarks = append(x.result.Remarks, d.name+": "+b.Tekst)
			}
		}
		x.manifest.Inputs = append(x.manifest.Inputs, in)
		x.result.Files++
		x.result.Lines += in.Lines
		x.result.Quarantined += in.Quarantined
		if d.refusal != nil {
			x.result.RefusedBy = append(x.result.RefusedBy, d.refusal.Error())
		}
	}
	switch {
	case len(x.result.RefusedBy) > 0:
		x.result.Code = Refused
	case x.opt.Strict && (x.result.Quarantined > 0 || len(x.result.Unread) > 0):
		x.result.Code = Quarantined
	}
	return oneVersion(all)
}

// unnamedSuppliers says of which suppliers that are configured there is no delivery: a name that is spelt otherwise would change nothing,
// without a word.
func unnamedSuppliers(cfg *config.Config, all []*delivery) (remarks []string) {
	for _, kind := range cfg.Kinds() {
		for _, s := range cfg.Settings.Feeds[kind].Suppliers {
			if !slices.ContainsFunc(all, func(d *delivery) bool {
				return d.kind == kind && d.note != nil && config.FoldName(d.note.Gegevensleverancier) == config.FoldName(s.Name)
			}) {
				remarks = append(remarks, fmt.Sprintf("feeds.%s.suppliers: geen levering noemt %s als gegevensleverancier", kind, SafeName(s.Name)))
			}
		}
	}
	return remarks
}

// identify names the run after what goes into it: equal extracts, configuration, key and program give an equal id.
func (x *execution) identify() error {
	m := x.manifest
	exe, err := os.Executable()
	if err != nil {
		return err
	}
	if _, m.Binary, err = control.HashFile(exe); err != nil {
		return err
	}
	m.Version, m.Go, m.Platform = x.opt.Version, runtime.Version(), runtime.GOOS+"/"+runtime.GOARCH
	m.Config, m.Key = x.opt.Config.Sha256, x.key.Vingerafdruk()
	m.Peildatum, m.Gemeenten = x.world.peil.Format(time.DateOnly), x.world.gemeenten
	m.PeilBasis, x.result.PeilBasis = x.world.basis, x.world.basis
	m.Windows = map[string]string{}
	for n := range 3 {
		m.Windows[fmt.Sprintf("T%d", n)] = fmt.Sprintf("%s..%s", x.world.windowStart(n).Format(time.DateOnly),
			x.world.windowStart(n).AddDate(1, 0, 0).Format(time.DateOnly))
	}
	identity, err := json.Marshal([]any{m.Binary, m.Version, m.Platform, m.Config, m.Key, m.Peildatum, m.Gemeenten, m.Inputs,
		x.opt.Until, x.opt.Synthetic})
	if err != nil {
		return err
	}
	sum := sha256.Sum256(identity)
	m.RunID = m.Peildatum + "-" + hex.EncodeToString(sum[:6])
	x.result.RunID, x.result.Peildatum, x.result.Gemeenten = m.RunID, m.Peildatum, m.Gemeenten
	return nil
}

func (x *execution) prepare() (err error) {
	if x.staged, err = x.lake.StageRun(x.manifest.RunID); err != nil {
		return err
	}
	for _, dir := range []string{"marts", "vrij", reportFolder, "work"} {
		if err := os.MkdirAll(filepath.Join(x.staged, dir), 0o700); err != nil {
			return err
		}
	}
	if x.journal, err = openJournal(x.staged); err != nil {
		return err
	}
	if err := x.journal.add(entry{Event: "begin", Name: x.manifest.RunID}); err != nil {
		return err
	}
	for _, in := range x.manifest.Inputs {
		if err := x.journal.add(entry{Event: "invoer", Name: in.File, Sha256: in.Sha256, Rows: in.Accepted, Detail: in.Status}); err != nil {
			return err
		}
	}
	return nil
}

// reportFolder is the folder of a run that holds what people read.
const reportFolder = "reports"

func (x *execution) report(ctx context.Context) error {
	x.opt.Progress.Stage("rapporten", 1)
	defer x.opt.Progress.Done()
	out := reports.NewWriter(reports.OSDir(filepath.Join(x.staged, reportFolder)), reports.Analist)
	if err := analist.Write(ctx, os.DirFS(filepath.Join(x.staged, "marts")), x.reportRun(), x.seen, out); err != nil {
		return err
	}
	for _, f := range out.Files() {
		name := path.Join(reportFolder, f.Name)
		x.manifest.Outputs = append(x.manifest.Outputs, control.Output{File: name, Level: f.Level, Bytes: f.Bytes, Sha256: f.SHA256})
		if err := x.journal.add(entry{Event: "rapport", Name: name, Sha256: f.SHA256}); err != nil {
			return err
		}
	}
	return nil
}
