// Package runlog keeps what became of every run, also of those that published nothing and those that were killed: a line when it begins and a line when it
// ends. It holds no more than the summary of a run does: counts, names of files, sentences without values of cells, and seconds.
package runlog

import (
	"fmt"
	"path/filepath"
	"time"

	"stapel/pipeline/chain"
	"stapel/pipeline/control"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
)

// What a line says of a run.
const (
	Begun = "begonnen"
	Ended = "klaar"
)

// Entry is a line of the log.
type Entry struct {
	When time.Time `json:"wanneer"` // UTC
	What string    `json:"wat"`
	// Begin is when the run began, by which its two lines are found together.
	Begin time.Time `json:"begin"`
	Until string    `json:"tot,omitempty"` // lake or marts; "": to the reports

	*End // with Ended
}

// End is what a run came to.
type End struct {
	Exit      exit.Code  `json:"exit"`
	Seconds   float64    `json:"seconden"`
	Run       string     `json:"run_id,omitempty"`
	Peildatum string     `json:"peildatum,omitempty"`
	Latest    bool       `json:"laatste,omitempty"` // it is the latest now
	Fault     string     `json:"fout,omitempty"`    // English: why it failed
	Read      *time.Time `json:"gelezen,omitempty"` // when it looked at the inbox; nil: it did not come as far as knowing what was delivered
	Files     int        `json:"bestanden,omitempty"`
	Lines     int64      `json:"regels,omitempty"`
	Bad       int64      `json:"quarantaine,omitempty"` // lines in quarantine
	Refused   []Refused  `json:"geweigerd,omitempty"`
	Unread    []Unread   `json:"niet_gelezen,omitempty"`
	Failed    []string   `json:"controles_fout,omitempty"` // Dutch: checks that stopped publication
	Withheld  []string   `json:"niet_vrijgegeven,omitempty"`
	Stages    []Duration `json:"stappen,omitempty"`
	Models    []Duration `json:"modellen,omitempty"` // that were computed, in that order
}

// Refused is a delivery that was refused.
type Refused struct {
	Kind     string `json:"kind"`
	File     string `json:"bestand"`
	Supplier string `json:"gegevensleverancier,omitempty"` // as its note names it
	Code     string `json:"code"`
	Reason   string `json:"reden"` // Dutch
	Remedy   string `json:"remedie,omitempty"`
}

// Unread is something in the inbox that was not read.
type Unread struct {
	File   string `json:"bestand"`
	Reason string `json:"reden"` // Dutch
}

// Duration is how long a stage or a model took.
type Duration = control.Stage

// Log is the log of a data folder.
type Log struct{ Data string }

// Begin writes down that a run begins, and gives the line that its end refers to.
func (l Log) Begin(at time.Time, until string) (Entry, error) {
	at = at.UTC()
	e := Entry{When: at, What: Begun, Begin: at, Until: until}
	return e, l.append(e)
}

// End writes down what the run of a line came to.
func (l Log) End(begun Entry, at time.Time, end End) error {
	begun.When, begun.What, begun.End = at.UTC(), Ended, &end
	return l.append(begun)
}

func (l Log) append(e Entry) error {
	if err := lake.AppendLine(filepath.Join(l.Data, lake.RunLog), e); err != nil {
		return fmt.Errorf("the log of runs: %w", err)
	}
	return nil
}

// Run is a run as the log has it: End is nil of one of which no end is known.
type Run struct {
	Begin time.Time
	Until string
	End   *End
}

// Runs are all runs, the oldest first. A line that was cut off says nothing; `stapel verify` finds it.
func (l Log) Runs() ([]Run, error) {
	lines, err := chain.Read[Entry](filepath.Join(l.Data, lake.RunLog))
	if err != nil {
		return nil, err
	}
	var runs []Run
	at := map[time.Time]int{}
	for _, e := range lines {
		if e.Begin.IsZero() {
			continue
		}
		i, known := at[e.Begin]
		if !known {
			i = len(runs)
			at[e.Begin] = i
			runs = append(runs, Run{Begin: e.Begin, Until: e.Until})
		}
		if e.What == Ended && e.End != nil {
			runs[i].End = e.End
		}
	}
	return runs, nil
}
