// Package schedule says when jobs are due, keeps what became of them, and runs them one after the other; and it writes the same jobs down for systemd. When a
// job is due follows from its expression, the log and the moment that is asked about: nothing here looks at a clock of its own.
package schedule

import (
	"fmt"
	"time"

	"github.com/adhocore/gronx"

	"stapel/config"
)

// A tick is a minute on the clock on the wall that the expression of a job allows. Each is once:
//   - in the hour that is twice (the clock goes back) the first time counts,
//   - one in the hour that is not there (the clock goes forward) is at the moment that the clock jumps.
//
// gronx looks for the minute on a wall without such hours (UTC), and instant says when that minute is.

// Next is the first tick of a job after t.
func Next(job config.Job, t time.Time) (time.Time, error) {
	for wall := onWall(job, t); ; {
		next, err := gronx.NextTickAfter(job.Expr.Text, wall, false)
		if err != nil {
			return time.Time{}, fmt.Errorf("job %s: %w", job.Name, err)
		}
		if at := instant(next, job.Location); at.After(t) {
			return at, nil
		}
		wall = next // it was in the hour that is twice, or that is not there
	}
}

// Prev is the last tick of a job that is not after t.
func Prev(job config.Job, t time.Time) (time.Time, error) {
	// in the second of the two same hours minutes lie behind that are ahead on the wall
	for wall := onWall(job, t).Add(3 * time.Hour).Truncate(time.Minute); ; {
		prev, err := gronx.PrevTickBefore(job.Expr.Text, wall, true)
		if err != nil {
			return time.Time{}, fmt.Errorf("job %s: %w", job.Name, err)
		}
		prev = prev.Truncate(time.Minute)
		if at := instant(prev, job.Location); !at.After(t) {
			return at, nil
		}
		wall = prev.Add(-time.Minute)
	}
}

// onWall is what the clock of the job shows at t, as if it were UTC.
func onWall(job config.Job, t time.Time) time.Time {
	l := t.In(job.Location)
	return time.Date(l.Year(), l.Month(), l.Day(), l.Hour(), l.Minute(), l.Second(), 0, time.UTC)
}

// instant is when the clock of a zone first shows a minute, or jumps over it.
func instant(wall time.Time, zone *time.Location) time.Time {
	_, before := wall.Add(-24 * time.Hour).In(zone).Zone()
	_, after := wall.Add(24 * time.Hour).In(zone).Zone()
	early := wall.Add(-time.Duration(max(before, after)) * time.Second).In(zone)
	late := wall.Add(-time.Duration(min(before, after)) * time.Second).In(zone)
	for _, at := range []time.Time{early, late} {
		if at.Format(time.DateTime) == wall.Format(time.DateTime) {
			return at
		}
	}
	jump, _ := late.ZoneBounds()
	return jump
}
