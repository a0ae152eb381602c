package status

import (
	"fmt"
	"time"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/schedule"
	"stapel/reports/nl"
)

// Job is a job of jobs.yaml.
type Job struct {
	Name     string     `json:"taak"`
	Purpose  string     `json:"doel"`
	Stand    JobStand   `json:"stand"`
	Due      time.Time  `json:"tik"`                // the last time that it had to run
	Next     time.Time  `json:"volgende"`           // the next time
	Success  *time.Time `json:"gelukt,omitempty"`   // begin of the last run that succeeded, or the last tick for which nothing was to be run
	Exit     *exit.Code `json:"exit,omitempty"`     // of the last run that ended
	Failures int        `json:"mislukt"`            // since the last success
	Retry    *time.Time `json:"opnieuw,omitempty"`  // when it is tried again
	Waits    []string   `json:"wacht_op,omitempty"` // kinds that are late
	Why      string     `json:"waarom,omitempty"`   // Dutch
	Do       string     `json:"doe,omitempty"`      // Dutch
}

// JobStand is how a job is doing.
type JobStand string

// How a job can be doing.
const (
	JobFine    JobStand = "bij"
	JobBusy    JobStand = "bezig"
	JobDue     JobStand = "aan_de_beurt" // it will run soon
	JobFailed  JobStand = "mislukt"
	JobOverdue JobStand = "te_laat"   // it should have begun
	JobWaits   JobStand = "wacht"     // for a feed that is late
	JobRefused JobStand = "geweigerd" // a feed was late, and it did not run
	JobNever   JobStand = "nog_nooit" // nothing here runs it
)

// Bad says that the job was due and did not succeed.
func (s JobStand) Bad() bool {
	return s == JobFailed || s == JobOverdue || s == JobWaits || s == JobRefused || s == JobNever
}

// slack is how long a job may be due before it should have begun: the units look every hour.
const slack = 75 * time.Minute

// jobs says of every job whether it did what it had to.
func (r *reading) jobs() error {
	log, err := schedule.FileLog(r.Data).Read()
	if err != nil {
		return err
	}
	states := schedule.Fold(log)
	last := map[string]schedule.Entry{}
	for _, e := range log {
		last[e.Job] = e
	}
	in := schedule.InboxOf(r.Data, r.Arrival)
	for _, job := range r.Config.Jobs {
		j, err := r.job(job, states[job.Name], last[job.Name], in)
		if err != nil {
			return err
		}
		j.Why, j.Do = nl.Plain(j.Why), nl.Plain(j.Do)
		r.out.Jobs = append(r.out.Jobs, j)
	}
	return nil
}

func (r *reading) job(job config.Job, s *schedule.State, last schedule.Entry, in schedule.Inbox) (j Job, err error) {
	j = Job{Name: job.Name, Purpose: job.Purpose, Stand: JobFine}
	if j.Due, err = schedule.Prev(job, r.Now); err != nil {
		return j, err
	}
	if j.Next, err = schedule.Next(job, r.Now); err != nil {
		return j, err
	}
	when := func(t time.Time) string { return t.In(job.Location).Format("02-01-2006 15:04") }
	if s == nil {
		j.Stand, j.Why = JobNever, "staat in jobs.yaml, maar is hier nooit gedraaid of gezien"
		j.Do = "draai `stapel schedule install` of `stapel schedule run`"
		return j, nil
	}
	j.Exit, j.Failures = s.LastExit, s.Failures
	if !s.Settled.IsZero() {
		at := s.Settled
		j.Success = &at
	}
	if r.out.Busy && last.What == schedule.Started {
		j.Stand, j.Failures = JobBusy, 0
		return j, nil
	}
	look, err := schedule.Judge(job, *s, r.Now, schedule.Later(job), in)
	if err != nil {
		return j, err
	}
	done := s.Settled
	if done.IsZero() {
		done = s.Since
	}
	due := done.Before(look.Tick)
	switch {
	case due && s.Failures > 0:
		j.Stand = JobFailed
		j.Why = "moest draaien om " + when(look.Tick) + " en is " + nl.Count(int64(s.Failures), "keer", "keer") + " mislukt"
		if last.What == schedule.Started {
			j.Why += "; van de laatste poging is geen einde bekend"
		} else if s.LastExit != nil {
			j.Why += fmt.Sprintf("; de laatste exitcode is %d", *s.LastExit)
		}
		j.Do = "kijk hierboven waarom de laatste run mislukte"
		if s.Retry.After(r.Now) {
			at := s.Retry
			j.Retry = &at
			j.Why += "; opnieuw vanaf " + when(at)
		}
	case due && (look.Do == schedule.Wait || look.Do == schedule.Refuse):
		j.Stand, j.Waits = JobWaits, look.Late
		j.Why = "moest draaien om " + when(look.Tick) + " en wacht op een nieuwe levering van " + nl.Kinds(look.Late)
		j.Do = "vraag om die levering: `stapel status --reminders` schrijft de herinnering"
	case due && look.Do == schedule.Run && r.Now.Sub(look.Tick.Add(schedule.Later(job))) > slack:
		j.Stand = JobOverdue
		j.Why = "moest draaien om " + when(look.Tick) + " en is niet begonnen"
		j.Do = "kijk of de timer of `stapel schedule run` nog loopt (`systemctl list-timers`)"
	case due && look.Do == schedule.Run:
		j.Stand = JobDue
	case !due && last.What == schedule.Refused:
		j.Stand, j.Waits = JobRefused, last.Late
		j.Why = "draaide niet om " + when(*last.Tick) + ", want er was geen nieuwe levering van " + nl.Kinds(last.Late)
		j.Do = "vraag om die levering en draai `stapel run` zelf, of wacht op de volgende keer (" + when(j.Next) + ")"
	}
	return j, nil
}
