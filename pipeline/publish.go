package pipeline

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"stapel/pipeline/control"
	"stapel/pipeline/evidence/attest"
	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/lake"
)

// publish writes the manifest, moves the run into place and, when nothing stands in the way, points latest at it.
func (x *execution) publish() error {
	if err := x.staged.Tidy(); err != nil {
		return err
	}
	m := x.manifest
	m.Execution = control.Execution{Started: x.started.UTC().Format(time.RFC3339), Finished: time.Now().UTC().Format(time.RFC3339),
		Seconds: time.Since(x.started).Seconds(), Threads: x.opt.Config.Settings.Engine.Threads, Stages: x.result.Stages}
	x.result.Reuse = x.reuse()
	m.Execution.Reuse = x.result.Reuse
	if x.opt.Signer != nil {
		m.Execution.Signer = x.opt.Signer.ID
	}
	if err := x.journal.Add(control.Entry{Event: control.EventDone, Name: m.RunID}); err != nil {
		return err
	}
	var err error
	if m.Execution.Logs, err = control.ReadLogs(x.opt.Data, lake.Logs...); err != nil {
		return err
	}
	if m.Lake, err = inbox.Held(x.lake, x.deliveries); err != nil {
		return err
	}
	if _, m.Journal, err = control.HashFile(x.staged.Journal()); err != nil {
		return err
	}
	data, err := m.JSON()
	if err != nil {
		return err
	}
	if err := lake.WriteFile(x.staged.Manifest(), data); err != nil {
		return err
	}
	again, err := x.publishedBefore()
	if err != nil {
		return err
	}
	if err := x.chain(again, data); err != nil {
		return err
	}
	folder := x.lake.Run(m.RunID)
	x.result.Folder = string(folder)
	for _, o := range m.Outputs {
		if lake.IsReport(o.File) {
			x.result.Reports = append(x.result.Reports, folder.File(o.File))
		}
	}
	if x.opt.Until != "" || x.result.Code == exit.Disclosure {
		return nil // a run without reports is not the latest, nor one of which something may not leave
	}
	err = x.lake.SetLatest(m.RunID)
	x.latest = err == nil
	return err
}

// chain moves a run that was not published before into place, signed when there is a key, and gives it its line in the chain of runs. The line comes
// after the run and before latest: when the machine stops in between, the next run adds it.
func (x *execution) chain(again bool, manifest []byte) error {
	id := x.manifest.RunID
	if _, err := attest.Extend(x.lake, ""); err != nil {
		return err
	}
	added := ""
	if !again {
		if x.opt.Signer != nil {
			envelope, err := x.opt.Signer.SignRun(x.lake, manifest)
			if err != nil {
				return err
			}
			if err := lake.WriteFile(x.staged.Envelope(), envelope); err != nil {
				return err
			}
		}
		if err := x.lake.Publish(id, x.staged); err != nil {
			return err
		}
		added = id
	}
	lines, err := attest.Extend(x.lake, added)
	if err != nil {
		return err
	}
	x.result.Chain = lines[id].Nr
	x.result.SignedBy, err = attest.SignedBy(x.lake.Run(id))
	return err
}

// publishedBefore reports whether a run of this id is there with the same bytes; it then stays as it is. Other bytes under
// the id mean that a run can't be repeated, or that somebody changed it: a difference worth an exit code of its own.
func (x *execution) publishedBefore() (bool, error) {
	folder := x.lake.Run(x.manifest.RunID)
	data, err := os.ReadFile(folder.Manifest())
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	var before control.Manifest
	if json.Unmarshal(data, &before) != nil {
		return false, lake.DamagedRun(x.manifest.RunID)
	}
	differs := func(what string) error {
		return &exit.Error{Code: exit.Difference, Err: fmt.Errorf("run %s was published before with other bytes: %s", x.manifest.RunID, what),
			Remedy: "the same extracts, configuration, key and program have to give the same bytes; keep that folder for inspection elsewhere and run again"}
	}
	if before.Differs(x.manifest, folder.File) != "" {
		return false, differs("its manifest names other outputs")
	}
	for _, o := range before.Outputs {
		_, sum, err := control.HashFile(folder.File(o.File))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return false, err
		}
		if sum != o.Sha256 {
			return false, differs(o.File + " was changed or removed")
		}
	}
	return true, os.RemoveAll(string(x.staged))
}
