package pipeline

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/checks"
	"stapel/pipeline/control"
	"stapel/pipeline/disclosure"
	"stapel/pipeline/evidence/lineage"
	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/lake"
	"stapel/pipeline/models"
	"stapel/pipeline/runlog"
	"stapel/reports"
	"stapel/reports/accountant"
	"stapel/reports/analist"
	"stapel/reports/vrij"
	"stapel/reports/werktafel"
	"stapel/reports/wethouder"
	"stapel/transforms"
)

// ingest reads the inbox into the lake.
func (x *execution) ingest(ctx context.Context) error {
	all, err := x.deliveredFiles(ctx)
	if err != nil {
		return err
	}
	x.deliveries = all
	x.result.Remarks = append(x.result.Remarks, unnamedSuppliers(x.opt.Config, all)...)
	for _, d := range all {
		if err := x.delivered(d); err != nil {
			return err
		}
	}
	switch {
	case len(x.result.RefusedBy) > 0:
		x.result.Code = exit.Refused
	case x.opt.Strict && (x.result.Quarantined > 0 || len(x.result.Unread) > 0):
		x.result.Code = exit.Quarantined
	}
	return inbox.OneVersion(all)
}

// deliveredFiles are the deliveries with what is in them: those of the inbox, read into the lake, or those of the run that is made again.
func (x *execution) deliveredFiles(ctx context.Context) ([]*inbox.Delivery, error) {
	if x.opt.Again != nil {
		return inbox.Again(x.opt.Again, x.opt.Config, x.lake)
	}
	in, at, err := inbox.Whole(ctx, x.lake.Inbox(), x.opt.Config, x.opt.Arrival)
	if err != nil {
		return nil, err
	}
	x.listed = at
	all := in.Found
	x.result.Unread, x.result.Remarks = in.Unread, in.Remarks()
	if len(all) == 0 && in.Arriving > 0 {
		return nil, exit.Misuse("wait until the copying is done and run again, or put their sha256 in the delivery notes", "every extract in the inbox is still being written")
	}
	if len(all) == 0 {
		return nil, exit.Misuse("put extracts in inbox/<kind>/", "there are no extracts in the inbox")
	}
	if err := inbox.Identify(ctx, all, x.opt.Config, x.opt.Now()); err != nil {
		return nil, err
	}
	if x.opt.Accept != nil {
		var files []Delivered
		for _, d := range all {
			files = append(files, Delivered{d.Kind, path.Base(d.Name), d.Sha256})
		}
		if err := x.opt.Accept(files); err != nil {
			return nil, err
		}
	}
	opt := inbox.Options{Config: x.opt.Config, Key: x.key, Full: x.opt.Full, Progress: x.opt.Progress}
	return all, inbox.Ingest(ctx, all, opt, x.lake)
}

// delivered writes down what became of a delivery.
func (x *execution) delivered(d *inbox.Delivery) error {
	in, err := d.Input()
	if err != nil {
		return err
	}
	if d.Damaged && d.Status == inbox.Accepted {
		x.result.Remarks = append(x.result.Remarks, d.Name+": wat de lake ervan had was niet meer heel; het is opnieuw ingelezen")
	}
	if d.Extract != nil {
		for _, b := range d.Extract.Bevindingen {
			x.result.Remarks = append(x.result.Remarks, d.Name+": "+b.Tekst)
		}
	}
	x.manifest.Inputs = append(x.manifest.Inputs, in)
	x.result.Files++
	x.result.Lines += in.Lines
	x.result.Quarantined += in.Quarantined
	if d.Refusal != nil {
		x.result.RefusedBy = append(x.result.RefusedBy, d.Refusal.Error())
	}
	return nil
}

// configured writes down which files the run goes by.
func (x *execution) configured() {
	m, delivered := x.manifest, map[string]bool{}
	for _, in := range m.Inputs {
		delivered[in.Kind] = true
	}
	for _, f := range x.opt.Config.Files {
		if f.Name != config.SettingsFile {
			m.Files = append(m.Files, control.ConfigFile{File: f.Name, Origin: f.Origin, Sha256: f.Sha256})
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(delivered)) {
		m.Contracts = append(m.Contracts, control.Contract{Kind: kind, File: path.Join("feeds", kind+".yaml"), Sha256: x.opt.Config.Contracts[kind].Sha256})
	}
}

// unnamedSuppliers says of which suppliers that are configured there is no delivery: a name that is spelt otherwise would change nothing,
// without a word.
func unnamedSuppliers(cfg *config.Config, all []*inbox.Delivery) (remarks []string) {
	for _, kind := range cfg.Kinds() {
		for _, s := range cfg.Settings.Feeds[kind].Suppliers {
			if !slices.ContainsFunc(all, func(d *inbox.Delivery) bool {
				return d.Kind == kind && d.Note != nil && config.FoldName(d.Note.Gegevensleverancier) == config.FoldName(s.Name)
			}) {
				remarks = append(remarks, fmt.Sprintf("feeds.%s.suppliers: geen levering noemt %s als gegevensleverancier", kind, inbox.SafeName(s.Name)))
			}
		}
	}
	return remarks
}

// compute binds what the models read and computes them, and writes down what each gave.
func (x *execution) compute(ctx context.Context) error {
	t := &x.tables
	seen := func(name, sha256 string) error {
		return x.journal.Add(control.Entry{Event: control.EventTable, Name: name, Sha256: sha256})
	}
	if err := t.BindInputs(ctx, x.world, seen); err != nil {
		return err
	}
	if err := t.BindLake(ctx, x.world, x.lake, models.LakeName); err != nil {
		return err
	}
	if err := t.BindLines(ctx, x.opt.Config, seen); err != nil {
		return err
	}
	todo := slices.DeleteFunc(slices.Clone(x.models), func(m *transforms.Model) bool { return m.Layer == transforms.Checks })
	x.opt.Progress.Stage("rekenen", int64(len(todo)))
	defer x.opt.Progress.Done()
	err := t.Compute(ctx, todo, func(made models.Made) error {
		x.opt.Progress.Add(1)
		return x.made(made)
	})
	if t.Keep != nil && err == nil {
		err = t.Keep.Save() // a run that is killed later leaves why tables are what they are
	}
	for _, m := range slices.Concat(x.explain, x.keys) {
		x.manifest.Models = append(x.manifest.Models, control.Model{Name: m.Name, Layer: string(m.Layer), Sha256: m.Sha256, Rows: -1})
	}
	return err
}

// made writes down what a model gave.
func (x *execution) made(made models.Made) error {
	m := made.Model
	x.took = append(x.took, runlog.Duration{Name: m.Name, Seconds: made.Took.Seconds()})
	record := control.Model{Name: m.Name, Layer: string(m.Layer), Level: m.Level, Sha256: m.Sha256, Rows: made.Rows}
	line := control.Entry{Event: control.EventModel, Name: m.Name, Sha256: m.Sha256, Rows: made.Rows}
	switch {
	case m.View:
		record.Level, line.Rows, line.Detail = "", 0, "view"
	case m.Published():
		sum, err := made.Hashes(x.tables.Engine)
		if err != nil {
			return err
		}
		record.File, record.RowDigest, record.Writer = sum.Sha256, sum.Digest, sum.Writer
		x.manifest.Outputs = append(x.manifest.Outputs, control.Output{File: lake.MartName(m.Name), Level: record.Level, Bytes: sum.Bytes, Sha256: record.File,
			RowDigest: record.RowDigest})
	}
	x.manifest.Models = append(x.manifest.Models, record)
	return x.journal.Add(line)
}

// check counts violations. A failed check of severity fout stops publication.
func (x *execution) check(ctx context.Context) (err error) {
	begin := func(counts int) { x.opt.Progress.Stage("controleren", int64(counts)) }
	defer x.opt.Progress.Done()
	if err := checks.All(ctx, &x.tables, x.models, begin, func() { x.opt.Progress.Add(1) }, x.checked); err != nil {
		return err
	}
	if x.result.Households, err = x.tables.Engine.Count(ctx, "ranglijst", "select count(*) from ranglijst"); err != nil {
		return err
	}
	if len(x.result.Failed) > 0 {
		return &exit.Error{Code: exit.ChecksFailed, Err: errors.New("checks failed, nothing was published: " + strings.Join(x.result.Failed, "; ")),
			Remedy: "the run before this one stays the latest; look at the extracts and the configuration that the check names"}
	}
	return nil
}

// checked writes down what a check found.
func (x *execution) checked(result control.CheckResult) error {
	x.manifest.Checks = append(x.manifest.Checks, result)
	x.result.Checks++
	said := strings.Join(append([]string{result.Sentence}, result.Details...), "; ")
	if !result.OK && result.Severity == "fout" {
		x.result.Failed = append(x.result.Failed, said)
	}
	if result.Severity == "waarschuwing" && result.Violations > 0 {
		x.result.Warnings = append(x.result.Warnings, said)
	}
	return x.journal.Add(control.Entry{Event: control.EventCheck, Name: result.Name, Rows: result.Violations, Detail: result.Sentence})
}

// release lets disclosure control decide what may leave, and writes that down.
func (x *execution) release(ctx context.Context) error {
	x.opt.Progress.Stage("vrijgeven", 1)
	defer x.opt.Progress.Done()
	opt := disclosure.Options{Config: x.opt.Config, Secret: x.opt.Secret, File: x.tables.File, Work: x.staged.Work(), Dir: x.staged.Free(), Sources: x.seen.Sources}
	if x.tables.Keep != nil {
		opt.Keep = x.tables.Keep.Notes("vrij")
	}
	out, err := disclosure.Write(ctx, opt)
	if err != nil {
		return err
	}
	for _, r := range out.Records {
		x.manifest.Released = append(x.manifest.Released, control.Release{Table: r.Table, Moment: r.Moment, Status: r.Status, Reason: r.Reason, Rules: r.Rules,
			Cells: r.Cells, Primary: r.Primary, Secondary: r.Secondary, Rounded: r.Rounded, Proven: r.Proven, Solver: r.Solver})
	}
	if x.result.Withheld = out.Refused; len(out.Refused) > 0 {
		x.result.Code = exit.Disclosure
	}
	for _, name := range vrij.Names() {
		file := filepath.Join(x.staged.Free(), name+".parquet")
		bytes, sum, err := control.HashFile(file)
		if err != nil {
			return err
		}
		rows, err := control.RowDigest(file)
		if err != nil {
			return err
		}
		x.manifest.Outputs = append(x.manifest.Outputs, control.Output{File: lake.FreeName(name), Level: transforms.LevelVrij, Bytes: bytes, Sha256: sum, RowDigest: rows})
	}
	return nil
}

// report writes the reports.
func (x *execution) report(ctx context.Context) error {
	x.opt.Progress.Stage("rapporten", 3)
	defer x.opt.Progress.Done()
	out := reports.NewWriter(reports.OSDir(x.staged.Reports()), reports.Analist)
	run := x.reportRun()
	var err error
	if run.Herkomst, err = lineage.Levels(x.opt.Config, "ranglijst"); err != nil {
		return err
	}
	if err := analist.Write(ctx, x.staged.MartFS(), run, x.seen, out); err != nil {
		return err
	}
	x.opt.Progress.Add(1)
	shared := reports.NewWriter(reports.OSDir(x.staged.Reports()), reports.Werktafel)
	if x.opt.Config.Settings.Reports.Werktafel {
		if err := werktafel.Write(ctx, os.DirFS(x.staged.Free()), x.reportRun(), shared); err != nil {
			return err
		}
		if err := wethouder.Write(ctx, os.DirFS(x.staged.Free()), x.reportRun(), shared); err != nil {
			return err
		}
	}
	x.opt.Progress.Add(1)
	signed := reports.NewWriter(reports.OSDir(x.staged.Reports()), reports.Accountant)
	if err := accountant.Write(ctx, x.staged.MartFS(), run, x.seen, x.evidence(), signed); err != nil {
		return err
	}
	for _, f := range slices.Concat(out.Files(), shared.Files(), signed.Files()) {
		name := lake.ReportName(f.Name)
		x.manifest.Outputs = append(x.manifest.Outputs, control.Output{File: name, Level: f.Level, Bytes: f.Bytes, Sha256: f.SHA256})
		if err := x.journal.Add(control.Entry{Event: control.EventReport, Name: name, Sha256: f.SHA256}); err != nil {
			return err
		}
	}
	return nil
}
