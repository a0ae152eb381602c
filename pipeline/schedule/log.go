package schedule

import (
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"stapel/pipeline/chain"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
)

// What a line of the log says of a job.
const (
	Known   = "bekend"       // it was first seen: ticks before do not count
	Started = "begonnen"     // a run was started for a tick
	Ended   = "klaar"        // it ended, with an exit code
	Waits   = "wacht"        // a required feed is late, and is waited for
	Refused = "geweigerd"    // a required feed is late, and nothing is run for this tick
	Nothing = "niets nieuws" // no feed of the job has anything new
)

// Entry is a line of the log of jobs.
type Entry struct {
	When time.Time  `json:"wanneer"` // UTC
	Job  string     `json:"taak"`
	What string     `json:"wat"`
	Tick *time.Time `json:"tik,omitempty"` // UTC, of all but Known
	Exit *exit.Code `json:"exit,omitempty"`
	Late []string   `json:"te_laat,omitempty"` // kinds that were required and had nothing new
	// Seen are marks of what lay in the inbox when a run started, by kind: what is not among them later is new.
	Seen map[string][]string `json:"gezien,omitempty"`
}

// State is what the log says of a job.
type State struct {
	Since    time.Time           // ticks before it do not count; zero: all do
	Settled  time.Time           // start of the last run that succeeded, or the last tick for which nothing was to be run; zero: none
	Seen     map[string][]string // what lay in the inbox at the last success
	Failures int                 // since the last success: runs that failed, or of which no end is known
	Retry    time.Time           // not before; zero: as soon as it is due
	Waiting  time.Time           // tick of the last Waits
	LastExit *exit.Code          // of the last run that ended
	LastEnd  time.Time
}

// Tries after a failure come ever later, after a run that was busy soon: by then it may be done.
const (
	busyPause  = 5 * time.Minute
	firstPause = time.Hour
	maxPause   = 24 * time.Hour
)

// Succeeded are the exit codes of a run that did what it was for: 3 and 4 say something about deliveries.
func Succeeded(code exit.Code) bool {
	return code == exit.Done || code == exit.Quarantined || code == exit.Refused
}

// Fold is what a log says of each job, by name.
func Fold(log []Entry) map[string]*State {
	out := map[string]*State{}
	begun := map[string]Entry{}
	for _, e := range log {
		s := out[e.Job]
		if s == nil {
			s = &State{}
			out[e.Job] = s
		}
		switch e.What {
		case Known:
			s.Since = e.When
		case Started:
			begun[e.Job] = e
			s.fail(e.When) // until its end says otherwise
		case Ended:
			start, ok := begun[e.Job]
			if !ok || e.Exit == nil {
				continue
			}
			delete(begun, e.Job)
			s.LastExit, s.LastEnd = e.Exit, e.When
			s.Failures--
			switch {
			case Succeeded(*e.Exit):
				s.Settled, s.Seen, s.Failures, s.Retry = start.When, start.Seen, 0, time.Time{}
			case *e.Exit == exit.Interrupted:
				s.Retry = time.Time{} // somebody stopped it; whoever starts again wants it
			case *e.Exit == exit.Locked:
				s.Retry = e.When.Add(busyPause)
			default:
				s.fail(e.When)
			}
		case Waits:
			if e.Tick != nil {
				s.Waiting = *e.Tick
			}
		case Refused, Nothing:
			if e.Tick != nil {
				s.Settled, s.Failures, s.Retry = *e.Tick, 0, time.Time{}
			}
		}
	}
	return out
}

func (s *State) fail(when time.Time) {
	pause := maxPause
	if s.Failures < 5 {
		pause = min(pause, firstPause<<s.Failures)
	}
	s.Failures++
	s.Retry = when.Add(pause)
}

// Log is what became of jobs: lines are added, and none is changed.
type Log interface {
	Read() ([]Entry, error)
	Append(Entry) error
}

// FileLog is the log of the data folder of that name.
type FileLog string

// Read reads the log. A line that was cut off says nothing; `stapel verify` finds it.
func (l FileLog) Read() ([]Entry, error) {
	all, err := chain.Read[Entry](filepath.Join(string(l), lake.JobLog))
	return slices.DeleteFunc(all, func(e Entry) bool { return e.Job == "" }), err
}

// Append adds a line, chained to the one before.
func (l FileLog) Append(e Entry) error {
	e.When = e.When.UTC().Truncate(time.Second)
	if err := lake.AppendLine(filepath.Join(string(l), lake.JobLog), e); err != nil {
		return fmt.Errorf("the log of jobs: %w", err)
	}
	return nil
}
