package schedule

import (
	"context"
	"errors"
	"fmt"
	"time"

	"stapel/config"
	"stapel/pipeline/exit"
)

// nap is the longest that the loop sleeps: files arrive, others write the log, and a machine that was asleep has another time.
const nap = 5 * time.Minute

// Loop runs jobs when they are due, one after the other. What stands in it is all that it knows of the world.
type Loop struct {
	Jobs  []config.Job
	Log   Log
	Inbox Inbox
	// Run makes the run of a job and gives its exit code; with ctx it is stopped, and has then to end by itself.
	Run   func(ctx context.Context, job config.Job) (exit.Code, error)
	Now   func() time.Time
	Sleep func(ctx context.Context, d time.Duration)
	// Tell is told what happens, one line at a time.
	Tell func(Event)
}

// Event is something that happened to a job.
type Event struct {
	Job  string    `json:"taak"`
	What string    `json:"wat"` // as in the log, or Idle
	Tick time.Time `json:"tik"`
	Exit exit.Code `json:"exit"` // with Ended
	Late []string  `json:"te_laat,omitempty"`
	// Next is when it is looked at again, with Idle and after a failure.
	Next time.Time `json:"volgende,omitzero"`
}

// Idle is the event of a job that is not due.
const Idle = "niet aan de beurt"

// Once looks at every job once, runs what is due, and gives what happened. Jobs run at their ticks and not later: who calls it keeps the time. One that the
// log does not know is due.
func (l *Loop) Once(ctx context.Context) ([]Event, error) {
	var all []Event
	for _, job := range l.Jobs {
		e, err := l.look(ctx, job, 0, true)
		if err != nil {
			return all, err
		}
		all = append(all, e)
		l.Tell(e)
		if ctx.Err() != nil {
			break
		}
	}
	return all, nil
}

// Forever runs jobs when they are due until ctx ends. A job that the log does not know waits for its first tick. The error says that a run was stopped, or what
// keeps the loop from going on; it is nil when nothing was running.
func (l *Loop) Forever(ctx context.Context) error {
	if err := l.Introduce(); err != nil {
		return err
	}
	told := map[string]time.Time{}
	for ctx.Err() == nil {
		wake := l.Now().Add(nap)
		for _, job := range l.Jobs {
			e, err := l.look(ctx, job, Later(job), false)
			if err != nil {
				return err
			}
			if e.What != Idle && (e.What != Waits || !told[job.Name].Equal(e.Tick)) {
				l.Tell(e)
			}
			if e.What == Waits {
				told[job.Name] = e.Tick
			}
			if e.What == Ended && e.Exit == exit.Interrupted && ctx.Err() != nil {
				return &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted; nothing was published")}
			}
			if ctx.Err() != nil {
				return nil
			}
			switch {
			case e.What == Ended:
				wake = l.Now() // its next tick may be within the nap that was counted from before the run
			case !e.Next.IsZero() && e.Next.Before(wake):
				wake = e.Next
			}
		}
		l.Sleep(ctx, max(wake.Sub(l.Now()), time.Second))
	}
	return nil
}

// Introduce writes down the jobs that the log does not know: ticks before now do not count for them.
func (l *Loop) Introduce() error {
	log, err := l.Log.Read()
	if err != nil {
		return err
	}
	states := Fold(log)
	for _, job := range l.Jobs {
		if states[job.Name] == nil {
			if err := l.Log.Append(Entry{When: l.Now(), Job: job.Name, What: Known}); err != nil {
				return err
			}
		}
	}
	return nil
}

// look looks at a job, does what is to be done, and writes that down.
func (l *Loop) look(ctx context.Context, job config.Job, later time.Duration, unknownIsDue bool) (Event, error) {
	log, err := l.Log.Read()
	if err != nil {
		return Event{}, err
	}
	s := Fold(log)[job.Name]
	if s == nil {
		s = &State{}
		if !unknownIsDue {
			s.Since = l.Now()
		}
	}
	now := l.Now()
	look, err := Judge(job, *s, now, later, l.Inbox)
	if err != nil {
		return Event{}, err
	}
	e := Event{Job: job.Name, Tick: look.Tick, Late: look.Late}
	tick := look.Tick.UTC()
	entry := Entry{When: now, Job: job.Name, Tick: &tick, Late: look.Late}
	switch look.Do {
	case Run:
		return l.run(ctx, job, entry, look, e)
	case Wait:
		e.What = Waits
		if s.Waiting.Equal(tick) {
			return e, nil
		}
	case Refuse:
		e.What = Refused
	case Skip:
		e.What, e.Late, entry.Late = Nothing, nil, nil
	default:
		e.What, e.Next, e.Late = Idle, look.Again, nil
		return e, nil
	}
	entry.What = e.What
	return e, l.Log.Append(entry)
}

func (l *Loop) run(ctx context.Context, job config.Job, entry Entry, look Look, e Event) (Event, error) {
	entry.What, entry.Seen = Started, look.Seen
	if err := l.Log.Append(entry); err != nil {
		return e, err
	}
	e.What = Started
	l.Tell(e)
	code, err := l.Run(ctx, job)
	if err != nil {
		err = fmt.Errorf("job %s could not be started: %w", job.Name, err)
		code = exit.Failed
	}
	entry.When, entry.What, entry.Exit, entry.Seen, entry.Late = l.Now(), Ended, &code, nil, nil
	if err := errors.Join(err, l.Log.Append(entry)); err != nil {
		return e, err
	}
	e.What, e.Exit = Ended, code
	if log, err := l.Log.Read(); err == nil && !Succeeded(code) {
		e.Next = Fold(log)[job.Name].Retry
	}
	return e, nil
}

// Outcome is the exit code of what happened: of the first job that failed, and without one the highest of what the others say about deliveries.
func Outcome(all []Event) exit.Code {
	worst := exit.Done
	for _, e := range all {
		switch {
		case e.What == Refused:
			return exit.Failed
		case e.What == Ended && !Succeeded(e.Exit):
			return e.Exit
		case e.What == Ended:
			worst = max(worst, e.Exit)
		}
	}
	return worst
}
