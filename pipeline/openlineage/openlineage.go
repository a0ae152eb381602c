// Package openlineage says what runs did in the events of OpenLineage (https://openlineage.io), for catalogues that show where tables come from: a run as a
// whole, and below it the making of each mart. It has names of feeds, tables and columns, counts and hashes; no name of a file that was delivered, no text
// of an error, no value. Equal data folders give equal events.
package openlineage

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"stapel/config"
	"stapel/pipeline/control"
	"stapel/pipeline/evidence/lineage"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
	"stapel/pipeline/runlog"
	"stapel/transforms"
)

// Options say of what.
type Options struct {
	Data    string
	Run     string // a run that was published, as published.Open takes it
	All     bool   // every run of the log of runs, and those published that it does not have; Run is empty then
	Config  *config.Config
	Version string // of the program
}

// Events are those of one run, or of all, the oldest first. Of what a run made another version of the models would say more than is known: a mart of which a
// model is not what it was in the run has no inputs.
func Events(opt Options) (out []Event, err error) {
	w := &world{maker: maker{"pkg:generic/stapel@" + opt.Version}, lake: &lake.Lake{Root: opt.Data}, tables: map[string]string{}}
	if w.origins, err = lineage.Origins(opt.Config); err != nil {
		return nil, err
	}
	for _, o := range w.origins {
		for _, m := range o.Models {
			w.tables[m.Name] = string(m.Layer) + "." + m.Name
		}
	}
	lock, err := w.lake.LockShared()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	logged, err := runlog.Log{Data: opt.Data}.Runs()
	if err != nil {
		return nil, err
	}
	if opt.All {
		return w.all(logged)
	}
	r, err := published.Open(w.lake, opt.Run)
	if err != nil {
		return nil, err
	}
	made, err := w.made(r, logged)
	if err != nil {
		return nil, err
	}
	return w.events(made), nil
}

// world is what events are made with.
type world struct {
	maker
	lake    *lake.Lake
	origins []lineage.Origin
	tables  map[string]string // of models: the dataset that each is
}

// An execution is what is known of a run.
type execution struct {
	begin, end time.Time // end is begin where it is not known
	manifest   *control.Manifest
	sha256     string      // of the manifest
	logged     *runlog.Run // nil: the log does not have it
}

// made is a run that was published, with its lines in the log.
func (w *world) made(r *published.Run, logged []runlog.Run) (x execution, err error) {
	x.manifest = &r.Manifest
	if _, x.sha256, err = control.HashFile(r.Folder().Manifest()); err != nil {
		return x, err
	}
	at := r.Manifest.Execution
	x.begin, err = time.Parse(time.RFC3339, at.Started)
	if err == nil {
		x.end, err = time.Parse(time.RFC3339, at.Finished)
	}
	if err != nil {
		return x, lake.DamagedRun(r.ID())
	}
	for i, l := range logged {
		if l.End != nil && l.End.Run != r.ID() || l.Begin.UTC().Format(time.RFC3339) != at.Started {
			continue // it gave another run, or this one once more
		}
		x.logged, x.begin = &logged[i], l.Begin
		if l.End != nil {
			x.end = ended(l)
			break
		}
	}
	x.end = later(x.begin, x.end) // which the manifest has to the second
	return x, nil
}

// all are the events of every run.
func (w *world) all(logged []runlog.Run) (out []Event, err error) {
	ids, err := w.lake.Runs()
	if err != nil {
		return nil, err
	}
	var runs []execution
	known := map[*runlog.Run]bool{}
	for _, id := range ids {
		if !published.IsRun(id) {
			continue
		}
		r, err := published.Open(w.lake, id)
		if err != nil {
			return nil, err
		}
		x, err := w.made(r, logged)
		if err != nil {
			return nil, err
		}
		known[x.logged] = true
		runs = append(runs, x)
	}
	for i := range logged {
		if l := &logged[i]; !known[l] {
			runs = append(runs, execution{begin: l.Begin, end: ended(*l), logged: l})
		}
	}
	slices.SortFunc(runs, func(a, b execution) int { return cmp.Or(a.begin.Compare(b.begin), cmp.Compare(a.name(), b.name())) })
	for _, x := range runs {
		out = append(out, w.events(x)...)
	}
	return out, nil
}

// ended is when a run ended; when it began where no end is known.
func ended(l runlog.Run) time.Time {
	if l.End == nil {
		return l.Begin
	}
	return l.Begin.Add(seconds(l.End.Seconds))
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// name is what the id of the run is made of: the run that it gave and when it began to the second, which both manifest and log have, so that it stays when
// the run is purged; of one that gave none when it began.
func (x execution) name() string {
	switch {
	case x.manifest != nil:
		return "stapel run " + x.manifest.RunID + " " + x.manifest.Execution.Started
	case x.logged.End != nil && x.logged.End.Run != "":
		return "stapel run " + x.logged.End.Run + " " + x.begin.UTC().Format(time.RFC3339)
	}
	return "stapel run " + x.begin.UTC().Format(time.RFC3339Nano)
}

// ours is the space of names that ids of runs are made in. It was drawn once.
var ours = uuid.MustParse("7b00021a-276f-4a23-a232-ad6ef499f3e0")

// id is a UUID of version 5, so that the same run has the same one every time.
func id(name string) uuid.UUID { return uuid.NewSHA1(ours, []byte(name)) }

// outcome is the state that the run ended in.
func (x execution) outcome() string {
	if x.logged == nil {
		return Complete // its manifest is the last thing that a run writes
	}
	if x.logged.End == nil {
		if x.manifest != nil {
			return Complete // it was killed after it was published
		}
		return Abort
	}
	switch code := x.logged.End.Exit; {
	case code == exit.Interrupted:
		return Abort
	case code == exit.Done, code == exit.Quarantined, code == exit.Refused, code == exit.Disclosure && x.logged.End.Run != "":
		return Complete
	}
	return Fail
}

// events are those of one run: it begins, its marts are made, it ends.
func (w *world) events(x execution) []Event {
	job := Job{Namespace: Namespace, Name: "stapel.run", Facets: w.jobFacets("RUN", "")}
	what := w.runFacet(x)
	run := Run{ID: id(x.name()), Facets: map[string]any{"stapel_run": what}}
	end := w.event(x.outcome(), x.end, run, job)
	if end.Type == Fail {
		run.Facets["errorMessage"] = w.failure(x)
	}
	what.Exit, what.Manifest = nil, "" // not known yet when it began
	out := []Event{w.event(Start, x.begin, Run{ID: run.ID, Facets: map[string]any{"stapel_run": what}}, job)}
	if x.manifest == nil {
		return append(out, end)
	}
	parent := reference{Run{ID: run.ID}, Job{Namespace: Namespace, Name: job.Name}}
	feeds := w.feeds(x.manifest)
	times := x.times()
	for _, m := range x.manifest.Models {
		if m.Layer != string(transforms.Marts) || m.File == "" {
			continue
		}
		made := w.mart(x.manifest, m, feeds)
		end.Outputs = append(end.Outputs, Dataset{Namespace: Namespace, Name: made.table.Name, Facets: map[string]any{"version": made.table.Facets["version"]}, Output: made.table.Output})
		martRun := Run{ID: id(x.name() + " " + m.Name), Facets: map[string]any{"parent": parentFacet{w.of("1-2-0", "ParentRunFacet"), parent, parent}}}
		if name, version, ok := engine(m); ok {
			martRun.Facets["processing_engine"] = engineFacet{w.of("1-1-1", "ProcessingEngineRunFacet"), version, name}
		}
		martJob := Job{Namespace: Namespace, Name: job.Name + "." + m.Name, Facets: w.jobFacets("MODEL", made.doc)}
		at, known := times[m.Name]
		if !known {
			at = [2]time.Time{x.begin, x.end}
		}
		done := w.event(Complete, at[1], martRun, martJob)
		done.Inputs, done.Outputs = made.inputs, []Dataset{made.table}
		out = append(out, w.event(Start, at[0], martRun, martJob), done)
	}
	for _, f := range feeds {
		end.Inputs = append(end.Inputs, f.whole)
	}
	slices.SortFunc(end.Inputs, func(a, b Dataset) int { return cmp.Compare(a.Name, b.Name) })
	return append(out, end)
}

func (w *world) event(what string, at time.Time, run Run, job Job) Event {
	return Event{Type: what, Time: at.UTC().Format("2006-01-02T15:04:05.000Z"), Run: run, Job: job, Producer: w.producer, Schema: spec + "RunEvent"}
}

func (w *world) jobFacets(what, doc string) map[string]any {
	out := map[string]any{"jobType": jobTypeFacet{w.of("2-0-4", "JobTypeJobFacet"), "BATCH", "STAPEL", what}}
	if doc != "" {
		out["documentation"] = documentationFacet{w.of("1-1-0", "DocumentationJobFacet"), doc}
	}
	return out
}

func (w *world) runFacet(x execution) runFacet {
	f := runFacet{facet: w.own("RunFacet"), Manifest: x.sha256}
	if l := x.logged; l != nil {
		f.Until = l.Until
		if l.End != nil {
			code := int(l.End.Exit)
			f.Run, f.Peildatum, f.Exit = l.End.Run, l.End.Peildatum, &code
		}
	}
	if m := x.manifest; m != nil {
		f.Run, f.Peildatum, f.Version = m.RunID, m.Peildatum, m.Version
	}
	return f
}

// failure says with which exit code a run failed, and no more: an error can name a file of a supplier.
func (w *world) failure(x execution) errorFacet {
	return errorFacet{w.of("1-0-1", "ErrorMessageRunFacet"), fmt.Sprintf("exit %d", x.logged.End.Exit), "Go"}
}

// times are when each model was computed. The log has how long each took, in their order, and no clock: the first follows the stage that read the extracts, each
// begins when the one before it ended, and none ends after the run.
func (x execution) times() map[string][2]time.Time {
	out := map[string][2]time.Time{}
	if x.logged == nil || x.logged.End == nil {
		return out
	}
	at := x.begin
	if read := x.logged.End.Read; read != nil {
		at = later(at, *read)
	}
	for _, s := range x.logged.End.Stages {
		if s.Name == "rekenen" {
			break
		}
		at = at.Add(seconds(s.Seconds))
	}
	until := func(t time.Time) time.Time {
		if t.After(x.end) {
			return x.end
		}
		return t
	}
	for _, m := range x.logged.End.Models {
		next := at.Add(seconds(m.Seconds))
		out[m.Name] = [2]time.Time{until(at), until(next)}
		at = next
	}
	return out
}
