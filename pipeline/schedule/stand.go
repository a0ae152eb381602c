package schedule

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"stapel/config"
	"stapel/pipeline/arrival"
	"stapel/pipeline/exit"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
	"stapel/reports/nl"
)

// Stand is how a job is doing.
type Stand string

// How a job can be doing.
const (
	JobFine    Stand = "bij"
	JobBusy    Stand = "bezig"
	JobDue     Stand = "aan_de_beurt" // it will run soon
	JobFailed  Stand = "mislukt"
	JobOverdue Stand = "te_laat"   // it should have begun
	JobWaits   Stand = "wacht"     // for a feed that is late
	JobRefused Stand = "geweigerd" // a feed was late, and it did not run
	JobNever   Stand = "nog_nooit" // nothing here runs it
)

// Bad says that the job was due and did not succeed.
func (s Stand) Bad() bool {
	return s == JobFailed || s == JobOverdue || s == JobWaits || s == JobRefused || s == JobNever
}

// Standing is how a job is doing at a moment, and why.
type Standing struct {
	Stand Stand
	State *State     // what the log says of it; nil: nothing, and then Stand is JobNever
	Last  time.Time  // the last tick
	Next  time.Time  // the next one
	Retry *time.Time // with JobFailed: when it is tried again
	Late  []string   // with JobWaits and JobRefused: kinds
	Why   string     // of what is Bad: Dutch, goes on after "taak NAME"
	Do    string     // of what is Bad: Dutch, what to do about it
}

// Place is a data folder at a moment.
type Place struct {
	Data    string
	Now     time.Time
	Busy    bool // a run has it
	Arrival arrival.Terms
}

// What a timer may do: units that are installed say these, and a job is late only when it is later than they allow.
const (
	lookAgain = time.Hour   // OnUnitInactiveSec: of what a tick did not start
	accuracy  = time.Minute // AccuracySec
)

// timedRuns is of how many runs that succeeded the median is the time that a job takes.
const timedRuns = 5

// Standings say how jobs are doing, in their order: the one judgement of `stapel doctor` and `stapel status`.
func (p Place) Standings(jobs []config.Job) ([]Standing, error) {
	log, err := FileLog(p.Data).Read()
	if err != nil {
		return nil, err
	}
	states := Fold(log)
	lines := map[string][]Entry{}
	for _, e := range log {
		lines[e.Job] = append(lines[e.Job], e)
	}
	held := time.Duration(0)
	for _, job := range jobs {
		held += usual(lines[job.Name])
	}
	out := make([]Standing, len(jobs))
	for i, job := range jobs {
		if out[i], err = p.standing(job, states[job.Name], lines[job.Name], held); err != nil {
			return nil, err
		}
		out[i].Why, out[i].Do = nl.Plain(out[i].Why), nl.Plain(out[i].Do)
	}
	return out, nil
}

// slack is how long after it could begin a job has to have begun. A tick that started nothing, as in the hour that a timer of systemd leaves out or while another
// run had the data folder, is found when the timer looks again; each look is as late as jitter and accuracy let it be. held is how long runs may have the folder
// before it: jobs run one after the other.
func slack(job config.Job, held time.Duration) time.Duration {
	return lookAgain + time.Duration(job.Jitter)*time.Minute + accuracy + held
}

// usual is how long a job takes: the median of its last runs that succeeded; 0 when there are none.
func usual(log []Entry) time.Duration {
	var took []time.Duration
	var begun time.Time
	for _, e := range log {
		switch {
		case e.What == Started:
			begun = e.When
		case e.What == Ended && e.Exit != nil && Succeeded(*e.Exit) && !begun.IsZero():
			took = append(took, e.When.Sub(begun))
		}
	}
	if len(took) == 0 {
		return 0
	}
	took = slices.Sorted(slices.Values(took[max(0, len(took)-timedRuns):]))
	return took[len(took)/2] // of an even number the longer one: no alarm too early
}

func (p Place) standing(job config.Job, s *State, log []Entry, held time.Duration) (out Standing, err error) {
	out = Standing{Stand: JobFine, State: s}
	if out.Last, err = Prev(job, p.Now); err != nil {
		return out, err
	}
	if out.Next, err = Next(job, p.Now); err != nil {
		return out, err
	}
	when := func(t time.Time) string { return t.In(job.Location).Format("02-01-2006 15:04") }
	if s == nil {
		out.Stand, out.Why = JobNever, "staat in jobs.yaml, maar is hier nooit gedraaid of gezien"
		out.Do = "draai `stapel schedule install` of `stapel schedule run`"
		return out, nil
	}
	last := log[len(log)-1]
	done := s.Settled
	if done.IsZero() {
		done = s.Since
	}
	switch {
	case p.Busy && last.What == Started:
		out.Stand = JobBusy
		return out, nil
	case !done.Before(out.Last):
		if last.What == Refused {
			out.Stand, out.Late = JobRefused, last.Late
			out.Why = "draaide niet om " + when(*last.Tick) + ", want er was geen nieuwe levering van " + nl.Kinds(last.Late)
			out.Do = "vraag om die levering en draai `stapel run` zelf, of wacht op de volgende keer (" + when(out.Next) + ")"
		}
		return out, nil
	}
	missed, err := missed(job, done, log, out.Last)
	if err != nil {
		return out, err
	}
	out.Why = "moest draaien om " + when(missed)
	if s.Failures > 0 {
		out.failed(job, last, p.Now, when)
		return out, nil
	}
	look, err := Judge(job, *s, p.Now, 0, InboxOf(p.Data, p.Arrival))
	if err != nil {
		return out, err
	}
	if look.Do == Wait {
		out.Stand, out.Late = JobWaits, look.Late
		out.Why += " en wacht op een nieuwe levering van " + nl.Kinds(look.Late)
		out.Do = "vraag om die levering: `stapel status --reminders` schrijft de herinnering"
		return out, nil
	}
	ready, err := p.ready(job, s, missed)
	if err != nil {
		return out, err
	}
	if look.Do != Rest && !p.Busy && p.Now.Sub(ready) > slack(job, held) {
		out.Stand = JobOverdue
		out.Why += " en is niet begonnen"
		out.Do = "kijk of de klok loopt (`systemctl list-timers`, cron of `stapel schedule run`), en haal hem in: `stapel schedule run --once --job " + job.Name + "`"
	} else {
		out.Stand, out.Why = JobDue, ""
	}
	return out, nil
}

// failed says that the last tries of a job failed.
func (out *Standing) failed(job config.Job, last Entry, now time.Time, when func(time.Time) string) {
	out.Stand = JobFailed
	out.Why += " en is " + nl.Count(int64(out.State.Failures), "keer", "keer") + " mislukt"
	if last.What == Started {
		out.Why += "; van de laatste poging is geen einde bekend"
	} else if out.State.LastExit != nil {
		out.Why += fmt.Sprintf("; de laatste exitcode is %d", *out.State.LastExit)
	}
	if at := out.State.Retry; at.After(now) {
		out.Retry = &at
		out.Why += "; opnieuw vanaf " + when(at)
	}
	out.Do = "kijk waarom: bij de runs van `stapel status`, of met `journalctl -u " + UnitName(job) + ".service`"
}

// missed is the first tick that a job has to make up for. Counted from the last one, a job of every hour would never be late.
func missed(job config.Job, done time.Time, log []Entry, last time.Time) (time.Time, error) {
	if !done.IsZero() {
		return Next(job, done)
	}
	for _, e := range log { // it was never introduced, and never succeeded
		if e.Tick != nil {
			return *e.Tick, nil
		}
	}
	return last, nil
}

// ready is from when a job could have begun: its tick, or the end of its run that took longer than to that tick, or of one that somebody stopped, or the coming of
// the feed that it waited for.
func (p Place) ready(job config.Job, s *State, missed time.Time) (time.Time, error) {
	at := missed
	if s.LastExit != nil && *s.LastExit != exit.Locked && s.LastEnd.After(at) {
		at = s.LastEnd
	}
	if s.Waiting.Before(missed) {
		return at, nil
	}
	for _, kind := range job.Required {
		dir := filepath.Join((&lake.Lake{Root: p.Data}).Inbox(), kind)
		entries, err := os.ReadDir(dir)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return at, err
		}
		for _, e := range entries {
			file := filepath.Join(dir, e.Name())
			came, err := arrival.Changed(arrival.File{Path: file, Note: file + ingest.NoteSuffix}, p.Now)
			if err != nil {
				return at, err
			}
			if came.After(at) {
				at = came
			}
		}
	}
	return at, nil
}
