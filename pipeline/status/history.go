package status

import (
	"cmp"
	"encoding/json"
	"errors"
	"os"
	"slices"
	"time"

	"stapel/pipeline/control"
	"stapel/pipeline/exit"
	"stapel/pipeline/ingest"
	"stapel/pipeline/runlog"
	"stapel/pipeline/schedule"
)

// history reads what runs came to. Runs of before there was a log of them are found by their manifests.
func (r *reading) history() (err error) {
	if r.runs, err = (runlog.Log{Data: r.Data}).Runs(); err != nil {
		return err
	}
	if err := r.before(); err != nil {
		r.trouble("runs van voor het logboek", err)
	}
	for i, run := range slices.Backward(r.runs) {
		if len(r.out.Runs) == r.Options.Runs {
			break
		}
		r.out.Runs = append(r.out.Runs, r.run(run, i == len(r.runs)-1))
	}
	return nil
}

// before adds the published runs that the log does not have, by what their manifests say.
func (r *reading) before() error {
	ids, err := r.lake.Runs()
	if err != nil {
		return err
	}
	known := map[string]bool{}
	for _, run := range r.runs {
		if run.End != nil {
			known[run.End.Run] = true
		}
	}
	var errs []error
	for _, id := range ids {
		if known[id] {
			continue
		}
		run, err := r.ofManifest(id)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		r.runs = append(r.runs, run)
	}
	slices.SortStableFunc(r.runs, func(a, b runlog.Run) int { return cmp.Or(a.Begin.Compare(b.Begin), cmp.Compare(runOf(a), runOf(b))) })
	return errors.Join(errs...)
}

func runOf(run runlog.Run) string {
	if run.End == nil {
		return ""
	}
	return run.End.Run
}

// ofManifest is a published run as its manifest has it. With what exit code it ended it does not say but for what was refused.
func (r *reading) ofManifest(id string) (run runlog.Run, err error) {
	text, err := os.ReadFile(r.lake.Run(id).Manifest())
	if err != nil {
		return run, err
	}
	var m control.Manifest
	if err := json.Unmarshal(text, &m); err != nil {
		return run, err
	}
	if run.Begin, err = time.Parse(time.RFC3339, m.Execution.Started); err != nil {
		return run, err
	}
	read := run.Begin.Add(time.Second) // manifests have whole seconds
	end := &runlog.End{Seconds: m.Execution.Seconds, Run: m.RunID, Peildatum: m.Peildatum, Read: &read, Files: len(m.Inputs), Stages: m.Execution.Stages}
	for _, in := range m.Inputs {
		end.Bad += in.Quarantined
		var why ingest.Refusal
		if in.Refusal != nil && json.Unmarshal(in.Refusal, &why) == nil {
			end.Exit = exit.Refused
			end.Refused = append(end.Refused, Refused{Kind: in.Kind, File: in.File, Code: why.Code, Reason: why.Tekst, Remedy: why.Remedie})
		}
	}
	run.End = end
	return run, nil
}

// run is a run as it is shown; newest says that no other began after it.
func (r *reading) run(run runlog.Run, newest bool) Run {
	out := Run{Begin: run.Begin, Until: run.Until, Stand: RunLost}
	if newest && r.out.Busy {
		out.Stand = RunBusy
	}
	end := run.End
	if end == nil {
		return out
	}
	out.Run, out.Peildatum, out.Exit, out.Seconds, out.Refused, out.Bad = end.Run, end.Peildatum, &end.Exit, &end.Seconds, len(end.Refused), end.Bad
	switch {
	case schedule.Succeeded(end.Exit):
		out.Stand = RunDone
	case end.Exit == exit.Interrupted:
		out.Stand = RunBroken
	default:
		out.Stand = RunFailed
	}
	if end.Fault != "" {
		out.Fault = r.Say(errors.New(end.Fault))
	}
	return out
}

// lastRead is the last run that came as far as knowing what was delivered; nil when none is known.
func (r *reading) lastRead() *runlog.Run {
	for i := len(r.runs) - 1; i >= 0; i-- {
		if r.runs[i].End != nil && r.runs[i].End.Read != nil {
			return &r.runs[i]
		}
	}
	return nil
}
