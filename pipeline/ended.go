package pipeline

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/runlog"
)

// end is what the log says of a run that ended.
func (x *execution) end(err error) runlog.End {
	r := x.result
	end := runlog.End{Exit: r.Code, Seconds: time.Since(x.started).Seconds(), Run: r.RunID, Peildatum: r.Peildatum, Latest: x.latest,
		Files: r.Files, Lines: r.Lines, Bad: r.Quarantined, Failed: r.Failed, Withheld: r.Withheld, Stages: r.Stages, Models: x.took}
	var e *exit.Error
	if errors.As(err, &e) {
		end.Fault = e.Error()
	}
	if x.deliveries != nil && !x.listed.IsZero() {
		at := x.listed.UTC()
		end.Read = &at
	}
	for _, d := range x.deliveries {
		if d.Refusal == nil {
			continue
		}
		refused := runlog.Refused{Kind: d.Kind, File: d.Name, Code: d.Refusal.Code, Reason: why(d), Remedy: d.Refusal.Remedie}
		if d.Note != nil {
			refused.Supplier = d.Note.Gegevensleverancier
		}
		end.Refused = append(end.Refused, refused)
	}
	for _, u := range r.Unread {
		end.Unread = append(end.Unread, runlog.Unread{File: u.File, Reason: u.Reason})
	}
	return end
}

// why says what was wrong with a delivery, and where in it.
func why(d *inbox.Delivery) string {
	r, where := d.Refusal, ""
	if r.Bestand != d.Name {
		where = "leveringsbrief, "
	}
	if r.Regel > 0 {
		where += fmt.Sprintf("regel %d, ", r.Regel)
	}
	if r.Kolom != "" {
		where += r.Kolom + ", "
	}
	if where == "" {
		return r.Tekst
	}
	return strings.TrimSuffix(where, ", ") + ": " + r.Tekst
}
