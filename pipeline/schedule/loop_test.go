package schedule

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stapel/config"
	"stapel/pipeline/arrival"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
)

// A world is a data folder with a clock that goes as the loop sleeps.
type world struct {
	t     testing.TB
	data  string
	log   Log
	now   time.Time
	until time.Time                                         // the loop is stopped then
	takes time.Duration                                     // a run
	gives func(job config.Job, started time.Time) exit.Code // Done without
	runs  []string
	told  []string
	stop  context.CancelFunc
}

type inMemory struct{ all []Entry }

func (m *inMemory) Read() ([]Entry, error) { return m.all, nil }

func (m *inMemory) Append(e Entry) error {
	m.all = append(m.all, e)
	return nil
}

func newWorld(t testing.TB, data string, from string) *world {
	return &world{t: t, data: data, log: FileLog(data), now: utc(t, from), takes: time.Minute}
}

func utc(t testing.TB, text string) time.Time {
	t.Helper()
	at, err := time.Parse("2006-01-02 15:04", text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func (w *world) loop(jobs ...config.Job) *Loop {
	return &Loop{Jobs: jobs, Log: w.log, Inbox: InboxOf(w.data, arrival.Terms{}), Now: func() time.Time { return w.now }, Tell: func(e Event) { w.told = append(w.told, e.Job+" "+e.What) },
		Sleep: func(_ context.Context, d time.Duration) {
			before := w.now
			if w.now = w.now.Add(d); !w.now.Before(w.until) {
				w.stop()
				if before.Before(w.until) {
					w.now = w.until
				}
			}
		},
		Run: func(ctx context.Context, job config.Job) (exit.Code, error) {
			w.runs = append(w.runs, w.now.UTC().Format("01-02 15:04"))
			started := w.now
			w.now = w.now.Add(w.takes)
			if ctx.Err() != nil {
				return exit.Interrupted, nil
			}
			if w.gives == nil {
				return exit.Done, nil
			}
			return w.gives(job, started), nil
		}}
}

// forever runs the loop up to a moment, and gives when it started runs.
func (w *world) forever(until string, jobs ...config.Job) string {
	w.t.Helper()
	w.until, w.runs = utc(w.t, until), nil
	ctx, stop := context.WithCancel(w.t.Context())
	w.stop = stop
	if err := w.loop(jobs...).Forever(ctx); err != nil {
		w.t.Fatal(err)
	}
	return strings.Join(w.runs, ", ")
}

func (w *world) once(at string, jobs ...config.Job) ([]Event, string) {
	w.t.Helper()
	w.now, w.runs = utc(w.t, at), nil
	all, err := w.loop(jobs...).Once(w.t.Context())
	if err != nil {
		w.t.Fatal(err)
	}
	return all, strings.Join(w.runs, ", ")
}

func (w *world) expect(what, got, want string) {
	w.t.Helper()
	if got != want {
		w.t.Errorf("%s: %q, want %q", what, got, want)
	}
}

func (w *world) deliver(kind, name string) {
	w.t.Helper()
	dir := filepath.Join(w.data, "inbox", kind)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		w.t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
		w.t.Fatal(err)
	}
}

// TestCatchingUp: a tick before the job was known does not count, one that was missed is made up for, several are one, and a run of over a tick makes the next due.
func TestCatchingUp(t *testing.T) {
	w, daily := newWorld(t, t.TempDir(), "2026-06-01 12:00"), job(t, "0 6 * * *", "Europe/Amsterdam")
	w.expect("three days", w.forever("2026-06-04 00:00", daily), "06-02 04:00, 06-03 04:00")
	w.now = utc(t, "2026-06-09 10:30") // the machine was off
	w.expect("after a week", w.forever("2026-06-10 12:00", daily), "06-09 10:30, 06-10 04:00")
	w.takes = 25 * time.Hour
	w.expect("runs of over a day", w.forever("2026-06-13 23:00", daily), "06-11 04:00, 06-12 05:00, 06-13 06:00")
}

// TestOnce: who keeps the time itself gets every job that is due; one that never ran is, unless it was written down before.
func TestOnce(t *testing.T) {
	w, daily := newWorld(t, t.TempDir(), "2026-06-01 12:00"), job(t, "0 6 * * *", "Europe/Amsterdam")
	daily.Jitter = 600 // is no concern of --once
	_, got := w.once("2026-06-01 12:00", daily)
	w.expect("never ran", got, "06-01 12:00")
	all, got := w.once("2026-06-02 03:59", daily)
	w.expect("before the tick", got, "")
	if all[0].What != Idle || !all[0].Next.Equal(utc(t, "2026-06-02 04:00")) || Outcome(all) != exit.Done {
		t.Errorf("before the tick: %+v", all)
	}
	_, got = w.once("2026-06-02 04:00", daily)
	w.expect("at the tick", got, "06-02 04:00")

	w = newWorld(t, t.TempDir(), "2026-06-01 12:00")
	if err := w.loop(daily).Introduce(); err != nil {
		t.Fatal(err)
	}
	_, got = w.once("2026-06-01 12:10", daily)
	w.expect("written down", got, "")
	_, got = w.once("2026-06-02 04:00", daily)
	w.expect("its first tick", got, "06-02 04:00")
}

// TestFailures: what failed is tried again ever later, what was busy soon, and what was stopped at once. 3 and 4 are no failures.
func TestFailures(t *testing.T) {
	monthly := job(t, "0 6 1 * *", "UTC")
	for code, want := range map[exit.Code]string{
		exit.Failed: "06-01 06:00, 06-01 07:01, 06-01 09:02, 06-01 13:03, 06-01 21:04, 06-02 13:05, 06-03 13:06",
		exit.Usage:  "06-01 06:00, 06-01 07:01, 06-01 09:02, 06-01 13:03, 06-01 21:04, 06-02 13:05, 06-03 13:06",
		exit.Locked: "06-01 06:00, 06-01 06:06, 06-01 06:12, 06-01 06:18", exit.Quarantined: "06-01 06:00", exit.Refused: "06-01 06:00",
	} {
		w := newWorld(t, t.TempDir(), "2026-05-20 12:00")
		w.gives = func(config.Job, time.Time) exit.Code { return code }
		until := "2026-06-04 00:00"
		if code == exit.Locked {
			until = "2026-06-01 06:20"
		}
		w.expect(fmt.Sprint("code ", code), w.forever(until, monthly), want)
	}

	w := newWorld(t, t.TempDir(), "2026-05-20 12:00")
	w.gives = func(config.Job, time.Time) exit.Code { return exit.Interrupted }
	all, _ := w.once("2026-06-01 06:00", monthly)
	if Outcome(all) != exit.Interrupted {
		t.Errorf("interrupted: %+v", all)
	}
	w.gives = nil
	_, got := w.once("2026-06-01 06:02", monthly)
	w.expect("after a stop", got, "06-01 06:02")

	// of one that was killed there is no end
	w = newWorld(t, t.TempDir(), "2026-05-20 12:00")
	tick := utc(t, "2026-06-01 06:00")
	if err := w.log.Append(Entry{When: tick, Job: monthly.Name, What: Started, Tick: &tick}); err != nil {
		t.Fatal(err)
	}
	_, got = w.once("2026-06-01 06:59", monthly)
	w.expect("killed, within the hour", got, "")
	_, got = w.once("2026-06-01 07:00", monthly)
	w.expect("killed, after an hour", got, "06-01 07:00")
}

// TestLateFeeds: what a job does when a feed that it requires has nothing new.
func TestLateFeeds(t *testing.T) {
	for late, want := range map[string][4]string{
		config.LateWait:    {"", "06-03 10:00", "", "wacht"},
		config.LateRefuse:  {"", "", "", "geweigerd"},
		config.LateWithout: {"06-01 06:00", "", "", "begonnen"},
	} {
		w, j := newWorld(t, t.TempDir(), "2026-05-01 06:00"), job(t, "0 6 1 * *", "UTC")
		j.Required, j.Late = []string{"wmo_declaratie", "zvw_declaratie"}, late
		w.deliver("wmo_declaratie", "mei.csv")
		w.deliver("zvw_declaratie", "mei.csv.gz")
		_, got := w.once("2026-05-01 06:00", j)
		w.expect(late+": all is new", got, "05-01 06:00")
		w.deliver("wmo_declaratie", "juni.csv")
		w.deliver("zvw_declaratie", "juni.csv.levering.yaml") // no extract
		all, got := w.once("2026-06-01 06:00", j)
		w.expect(late+": one is late", got, want[0])
		if code := Outcome(all); (code == exit.Failed) != (late == config.LateRefuse) {
			t.Errorf("%s: exit code %d", late, code)
		}
		log, err := w.log.Read()
		if err != nil {
			t.Fatal(err)
		}
		at := 2
		if log[at].What != want[3] || strings.Join(log[at].Late, " ") != "zvw_declaratie" {
			t.Errorf("%s: the log says %+v", late, log[at])
		}
		_, _ = w.once("2026-06-01 06:30", j)
		if again, _ := w.log.Read(); len(again) != len(log) {
			t.Errorf("%s: a second look is in the log: %+v", late, again[len(log):])
		}
		w.deliver("zvw_declaratie", "juni.csv")
		_, got = w.once("2026-06-03 10:00", j)
		w.expect(late+": it came two days later", got, want[1])
		_, got = w.once("2026-06-04 10:00", j)
		w.expect(late+": done", got, want[2])
		if late != config.LateWait {
			_, got = w.once("2026-07-01 06:00", j)
			w.expect(late+": the next", got, "07-01 06:00")
		}
	}
}

// TestFeeds: a job for feeds runs only when one of them has something new; the same file again, with other bytes, is new.
func TestFeeds(t *testing.T) {
	w, j := newWorld(t, t.TempDir(), "2026-05-01 06:00"), job(t, "0 * * * *", "UTC")
	j.Feeds = []string{"wonen_signaal", "huishouden"}
	all, got := w.once("2026-05-01 06:00", j)
	w.expect("nothing there", got, "")
	if all[0].What != Nothing || Outcome(all) != exit.Done {
		t.Errorf("nothing there: %+v", all)
	}
	w.deliver("huishouden", "a.csv")
	_, got = w.once("2026-05-01 06:30", j)
	w.expect("before the next tick", got, "")
	_, got = w.once("2026-05-01 07:00", j)
	w.expect("something there", got, "05-01 07:00")
	_, got = w.once("2026-05-01 08:00", j)
	w.expect("nothing new", got, "")
	if err := os.WriteFile(filepath.Join(w.data, "inbox/huishouden/a.csv"), []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, got = w.once("2026-05-01 09:00", j)
	w.expect("again", got, "05-01 09:00")
}

// TestTickSoonAfterRun: a run that makes up for what was missed ends just before the next tick, which is not slept through.
func TestTickSoonAfterRun(t *testing.T) {
	w, j := newWorld(t, t.TempDir(), "2026-10-25 02:56"), job(t, "0 */2 * * *", "Europe/Amsterdam")
	tick := utc(t, "2026-10-24 22:00")
	if err := w.log.Append(Entry{When: tick, Job: j.Name, What: Known}); err != nil {
		t.Fatal(err)
	}
	w.takes = time.Minute
	w.expect("missed, and the next", w.forever("2026-10-25 04:00", j), "10-25 02:56, 10-25 03:00")
}

// TestStop: a stop while nothing runs is no failure; one during a run ends with what interrupted is, after the run.
func TestStop(t *testing.T) {
	daily := job(t, "0 6 * * *", "UTC")
	w := newWorld(t, t.TempDir(), "2026-06-01 12:00")
	w.expect("idle", w.forever("2026-06-01 13:00", daily), "")
	ctx, stop := context.WithCancel(t.Context())
	w.until = utc(t, "2026-06-03 00:00")
	l := w.loop(daily)
	l.Run = func(ctx context.Context, _ config.Job) (exit.Code, error) {
		stop()
		<-ctx.Done()
		return exit.Interrupted, nil
	}
	var e *exit.Error
	if err := l.Forever(ctx); !errors.As(err, &e) || e.Code != exit.Interrupted {
		t.Errorf("stopped in a run: %v", err)
	}
	log, err := w.log.Read()
	if last := log[len(log)-1]; err != nil || last.What != Ended || *last.Exit != exit.Interrupted {
		t.Errorf("the log ends with %+v, %v", last, err)
	}
}

// TestOthersCount: what another wrote into the log counts at once, and a line that was cut off says nothing.
func TestOthersCount(t *testing.T) {
	daily := job(t, "0 6 * * *", "UTC")
	w := newWorld(t, t.TempDir(), "2026-06-01 12:00")
	_, got := w.once("2026-06-02 06:00", daily)
	w.expect("one", got, "06-02 06:00")
	other := newWorld(t, w.data, "2026-06-02 06:00")
	_, got = other.once("2026-06-02 06:01", daily)
	w.expect("another on the same folder", got, "")
	f, err := os.OpenFile(filepath.Join(w.data, lake.JobLog), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.WriteString(`{"wanneer":"2026-06-02T0`); err != nil {
		t.Fatal(err)
	}
	_, got = w.once("2026-06-03 06:00", daily)
	w.expect("after half a line", got, "06-03 06:00")
}

// TestLater: jitter is below what the job says, the same each time, and another for another job.
func TestLater(t *testing.T) {
	seen := map[time.Duration]bool{}
	for i := range 50 {
		j := config.Job{Name: fmt.Sprint("taak-", i), Jitter: 10}
		d := Later(j)
		if d < 0 || d >= 10*time.Minute || d != Later(j) {
			t.Errorf("%s: %v", j.Name, d)
		}
		seen[d] = true
	}
	if len(seen) < 40 {
		t.Errorf("50 jobs have %d delays", len(seen))
	}
	if d := Later(config.Job{Name: "taak"}); d != 0 {
		t.Errorf("without jitter: %v", d)
	}
	w, daily := newWorld(t, t.TempDir(), "2026-06-01 12:00"), job(t, "0 6 * * *", "UTC")
	daily.Jitter = 600
	want := utc(t, "2026-06-02 06:00").Add(Later(daily))
	got := w.forever("2026-06-02 17:00", daily)
	w.expect("with jitter", got, want.Format("01-02 15:04"))
}

// TestLoopAgainstMinuteByMinute: random expressions, jitter, runs that take long or fail, and times that the machine is off. The reference goes minute by
// minute: a run begins when there is a tick after the last success began, and no pause after a failure.
func TestLoopAgainstMinuteByMinute(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		expr := rapid.SampledFrom([]string{"0 */2 * * *", "30 2 * * *", "15,45 1-3 * * *", "0 3 29 * *", "0 22 * * 6", "7 */5 * * *"}).Draw(rt, "expr")
		j := job(t, expr, "Europe/Amsterdam")
		from := rapid.SampledFrom([]string{"2026-03-28 18:00", "2026-10-24 18:00", "2027-03-27 18:00", "2027-10-30 18:00"}).Draw(rt, "from")
		w := newWorld(t, "", from)
		w.log = &inMemory{}
		end := w.now.Add(24 * time.Hour)
		w.takes = time.Duration(rapid.IntRange(1, 200).Draw(rt, "takes")) * time.Minute
		failing := rapid.SliceOfN(rapid.Bool(), 40, 40).Draw(rt, "fails")
		w.gives = func(config.Job, time.Time) exit.Code {
			if failing[(len(w.runs)-1)%40] {
				return exit.Failed
			}
			return exit.Done
		}
		off := w.now.Add(time.Duration(rapid.IntRange(1, 1200).Draw(rt, "off")) * time.Minute)
		on := off.Add(time.Duration(rapid.IntRange(1, 800).Draw(rt, "for")) * time.Minute)

		// the reference: a clock that goes a minute a time
		all := walk(j, w.now, end)
		var want []string
		fails, success, free, pause := 0, w.now, w.now, w.now
		for at := w.now; at.Before(end); at = at.Add(time.Minute) {
			if !at.Before(off) && at.Before(on) || at.Before(free) || at.Before(pause) {
				continue
			}
			due := false
			for _, tick := range all {
				due = due || tick.After(success) && !tick.After(at)
			}
			if !due {
				continue
			}
			failed := failing[len(want)%40]
			want = append(want, at.UTC().Format("01-02 15:04"))
			free = at.Add(w.takes)
			if failed {
				pause = free.Add(min(24*time.Hour, time.Hour<<fails))
				fails++
			} else {
				success, fails = at, 0
			}
		}

		run := func(until time.Time) {
			w.until = until
			ctx, stop := context.WithCancel(context.Background())
			w.stop = stop
			if w.now.Before(until) {
				if err := w.loop(j).Forever(ctx); err != nil {
					rt.Fatal(err)
				}
			}
			stop()
		}
		run(off)
		if w.now.Before(on) {
			w.now = on
		}
		run(end)
		if got := strings.Join(w.runs, ", "); got != strings.Join(want, ", ") {
			rt.Fatalf("%s from %s, off %v to %v, takes %v:\n%s\nwant\n%s", expr, from, off, on, w.takes, got, strings.Join(want, ", "))
		}
	})
}
