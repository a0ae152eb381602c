package status

import (
	"time"

	"stapel/pipeline/exit"
	"stapel/pipeline/schedule"
)

// Job is a job of jobs.yaml.
type Job struct {
	Name     string         `json:"taak"`
	Purpose  string         `json:"doel"`
	Stand    schedule.Stand `json:"stand"`
	Due      time.Time      `json:"tik"`                // the last time that it had to run
	Next     time.Time      `json:"volgende"`           // the next time
	Success  *time.Time     `json:"gelukt,omitempty"`   // begin of the last run that succeeded, or the last tick for which nothing was to be run
	Exit     *exit.Code     `json:"exit,omitempty"`     // of the last run that ended
	Failures int            `json:"mislukt"`            // since the last success
	Retry    *time.Time     `json:"opnieuw,omitempty"`  // when it is tried again
	Waits    []string       `json:"wacht_op,omitempty"` // kinds that are late
	Why      string         `json:"waarom,omitempty"`   // Dutch
	Do       string         `json:"doe,omitempty"`      // Dutch
}

// jobs says of every job whether it did what it had to.
func (r *reading) jobs() error {
	place := schedule.Place{Data: r.Data, Now: r.Now, Busy: r.out.Busy, Arrival: r.Arrival}
	all, err := place.Standings(r.Config.Jobs)
	if err != nil {
		return err
	}
	for i, job := range r.Config.Jobs {
		s := all[i]
		j := Job{Name: job.Name, Purpose: job.Purpose, Stand: s.Stand, Due: s.Last, Next: s.Next, Retry: s.Retry, Waits: s.Late, Why: s.Why, Do: s.Do}
		if s.State != nil {
			j.Exit = s.State.LastExit
			if s.Stand != schedule.JobBusy { // it counts as failed until its end says otherwise
				j.Failures = s.State.Failures
			}
			if at := s.State.Settled; !at.IsZero() {
				j.Success = &at
			}
		}
		r.out.Jobs = append(r.out.Jobs, j)
	}
	return nil
}
