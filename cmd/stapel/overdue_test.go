package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/config/cron"
	"stapel/pipeline/doctor"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/schedule"
	"stapel/pipeline/status"
)

// TestOverdue: `stapel doctor` and `stapel status` say the same of a job, in the same words, and that it is late only when it is later than a timer may be.
func TestOverdue(t *testing.T) {
	amsterdam, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	moment := func(s string) time.Time {
		t.Helper()
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	job := func(name, expr string, change ...func(*config.Job)) config.Job {
		t.Helper()
		e, err := cron.Parse(expr)
		if err != nil {
			t.Fatal(err)
		}
		j := config.Job{Name: name, Purpose: "toets", Cron: expr, Zone: "Europe/Amsterdam", Expr: e, Location: amsterdam}
		for _, c := range change {
			c(&j)
		}
		return j
	}
	line := func(name, what, at string, tick ...string) schedule.Entry {
		e := schedule.Entry{When: moment(at), Job: name, What: what}
		if len(tick) > 0 {
			of := moment(tick[0])
			e.Tick = &of
		}
		return e
	}
	// ran is a run of a job for a tick, that began and ended at these moments.
	ran := func(name, tick, begin, end string, code exit.Code) []schedule.Entry {
		ended := line(name, schedule.Ended, end, tick)
		ended.Exit = &code
		return []schedule.Entry{line(name, schedule.Started, begin, tick), ended}
	}
	// usual is a run of the job dag that took so long, and succeeded, the day before 12 November
	usual := func(took time.Duration) []schedule.Entry {
		e := ran("dag", "2026-11-11T06:00:00+01:00", "2026-11-11T06:00:00+01:00", "2026-11-11T06:00:00+01:00", exit.Done)
		e[1].When = e[1].When.Add(took)
		return e
	}
	jitter := func(j *config.Job) { j.Jitter = 90 }
	needs := func(late string) func(*config.Job) {
		return func(j *config.Job) { j.Required, j.Late = []string{"huishouden"}, late }
	}
	feed := func(j *config.Job) { j.Feeds = []string{"huishouden"} }
	daily := job("dag", "0 6 * * *")
	type looks map[string]schedule.Stand // at which moment, what is said of the first job
	for name, c := range map[string]struct {
		jobs []config.Job
		log  []schedule.Entry
		busy bool
		file string // when an extract of huishouden came; "": there is none
		want looks
		say  string // in what is said at the last of these moments
		do   string // in what to do about it
	}{
		"on time": {jobs: []config.Job{daily}, log: ran("dag", "2026-11-12T06:00:00+01:00", "2026-11-12T06:00:40+01:00", "2026-11-12T06:20:00+01:00", exit.Done),
			want: looks{"2026-11-12T06:30:00+01:00": schedule.JobFine, "2026-11-13T05:59:59+01:00": schedule.JobFine}},
		// the hourly look may find it: an hour and the accuracy of a timer
		"nobody began": {jobs: []config.Job{daily}, log: usual(0),
			want: looks{"2026-11-12T06:00:00+01:00": schedule.JobDue, "2026-11-12T07:01:00+01:00": schedule.JobDue, "2026-11-12T07:01:01+01:00": schedule.JobOverdue, "2026-11-12T07:50:00+01:00": schedule.JobOverdue},
			say:  "taak dag moest draaien om 12-11-2026 06:00 en is niet begonnen", do: "`stapel schedule run --once --job dag`"},
		// a timer draws its own delay below the jitter, which is not that of the loop
		"with jitter": {jobs: []config.Job{job("dag", "0 6 * * *", jitter)}, log: usual(0),
			want: looks{"2026-11-12T06:00:01+01:00": schedule.JobDue, "2026-11-12T08:31:00+01:00": schedule.JobDue, "2026-11-12T08:31:01+01:00": schedule.JobOverdue},
			say:  "moest draaien om 12-11-2026 06:00"},
		// another job of the folder may run first, as long as it usually does
		"behind another": {jobs: []config.Job{daily, job("groot", "30 5 * * *")},
			log: slices.Concat(ran("groot", "2026-11-09T05:30:00+01:00", "2026-11-09T05:30:00+01:00", "2026-11-09T05:40:00+01:00", exit.Done),
				ran("groot", "2026-11-10T05:30:00+01:00", "2026-11-10T05:30:00+01:00", "2026-11-10T09:30:00+01:00", exit.Done),
				ran("groot", "2026-11-11T05:30:00+01:00", "2026-11-11T05:30:00+01:00", "2026-11-11T07:30:00+01:00", exit.Done),
				usual(0)),
			want: looks{"2026-11-12T09:01:00+01:00": schedule.JobDue, "2026-11-12T09:01:01+01:00": schedule.JobOverdue}},
		"another has the folder": {jobs: []config.Job{daily}, log: usual(0), busy: true, want: looks{"2026-11-12T18:00:00+01:00": schedule.JobDue}},
		"found it busy": {jobs: []config.Job{daily}, log: append(usual(0), ran("dag", "2026-11-12T06:00:00+01:00", "2026-11-12T06:00:00+01:00", "2026-11-12T06:00:01+01:00", exit.Locked)...),
			want: looks{"2026-11-12T06:02:00+01:00": schedule.JobDue, "2026-11-12T07:01:00+01:00": schedule.JobDue, "2026-11-12T07:01:01+01:00": schedule.JobOverdue}},
		"runs now": {jobs: []config.Job{daily}, log: append(usual(0), line("dag", schedule.Started, "2026-11-12T06:00:00+01:00", "2026-11-12T06:00:00+01:00")), busy: true,
			want: looks{"2026-11-12T06:00:10+01:00": schedule.JobBusy, "2026-11-12T19:00:00+01:00": schedule.JobBusy}},
		"was killed": {jobs: []config.Job{daily}, log: append(usual(0), line("dag", schedule.Started, "2026-11-12T06:00:00+01:00", "2026-11-12T06:00:00+01:00")),
			want: looks{"2026-11-12T06:10:00+01:00": schedule.JobFailed}, say: "taak dag moest draaien om 12-11-2026 06:00 en is 1 keer mislukt; van de laatste poging is geen einde bekend; opnieuw vanaf 12-11-2026 07:00",
			do: "`journalctl -u stapel-dag.service`"},
		"failed": {jobs: []config.Job{daily}, log: append(usual(0), ran("dag", "2026-11-12T06:00:00+01:00", "2026-11-12T06:00:00+01:00", "2026-11-12T06:05:00+01:00", exit.ChecksFailed)...),
			want: looks{"2026-11-12T06:10:00+01:00": schedule.JobFailed, "2026-11-14T06:10:00+01:00": schedule.JobFailed}, say: "taak dag moest draaien om 12-11-2026 06:00 en is 1 keer mislukt; de laatste exitcode is 5"},
		// with a jitter a timer may begin before the loop would: its failure is said at once all the same
		"failed early": {jobs: []config.Job{job("dag", "0 6 * * *", jitter)}, log: append(usual(0), ran("dag", "2026-11-12T06:00:00+01:00", "2026-11-12T06:00:01+01:00", "2026-11-12T06:00:02+01:00", exit.Failed)...),
			want: looks{"2026-11-12T06:00:05+01:00": schedule.JobFailed}, say: "is 1 keer mislukt"},
		"never ran": {jobs: []config.Job{daily}, want: looks{"2026-11-12T12:00:00+01:00": schedule.JobNever}, say: "taak dag staat in jobs.yaml, maar is hier nooit gedraaid of gezien", do: "`stapel schedule install`"},
		"installed today": {jobs: []config.Job{daily}, log: []schedule.Entry{line("dag", schedule.Known, "2026-11-12T10:00:00+01:00")},
			want: looks{"2026-11-12T23:00:00+01:00": schedule.JobFine, "2026-11-13T06:30:00+01:00": schedule.JobDue, "2026-11-13T07:02:00+01:00": schedule.JobOverdue}, say: "moest draaien om 13-11-2026 06:00"},
		// its ticks come before a slack that counts from the last one is over
		"every hour, and switched off": {jobs: []config.Job{job("dag", "0 * * * *")}, log: usual(0),
			want: looks{"2026-11-11T08:00:30+01:00": schedule.JobDue, "2026-11-12T06:30:00+01:00": schedule.JobOverdue}, say: "taak dag moest draaien om 11-11-2026 07:00 en is niet begonnen"},
		"switched off weeks ago": {jobs: []config.Job{daily}, log: usual(0), want: looks{"2026-12-01T06:10:00+01:00": schedule.JobOverdue}, say: "moest draaien om 12-11-2026 06:00"},
		"no longer a job":        {log: usual(0), want: looks{"2026-11-20T12:00:00+01:00": ""}},
		// a run of this job that takes longer than to its next tick is no reason to say that it is late
		"took too long": {jobs: []config.Job{job("dag", "0 * * * *")}, log: usual(150 * time.Minute),
			want: looks{"2026-11-11T08:31:00+01:00": schedule.JobDue, "2026-11-11T12:01:00+01:00": schedule.JobDue, "2026-11-11T12:01:01+01:00": schedule.JobOverdue}, say: "moest draaien om 11-11-2026 07:00"},
		"somebody stopped it": {jobs: []config.Job{daily}, log: append(usual(0), ran("dag", "2026-11-12T06:00:00+01:00", "2026-11-12T06:00:00+01:00", "2026-11-12T09:00:00+01:00", exit.Interrupted)...),
			want: looks{"2026-11-12T10:01:00+01:00": schedule.JobDue, "2026-11-12T10:01:01+01:00": schedule.JobOverdue}},

		"waits": {jobs: []config.Job{job("dag", "0 6 * * *", needs(config.LateWait))}, log: append(usual(0), line("dag", schedule.Waits, "2026-11-12T06:00:00+01:00", "2026-11-12T06:00:00+01:00")),
			want: looks{"2026-11-12T06:10:00+01:00": schedule.JobWaits, "2026-11-13T12:00:00+01:00": schedule.JobWaits}, say: "taak dag moest draaien om 12-11-2026 06:00 en wacht op een nieuwe levering van Huishoudens (BRP)", do: "--reminders"},
		// what it waited for came now: the next look will find that
		"waited": {jobs: []config.Job{job("dag", "0 6 * * *", needs(config.LateWait))}, log: append(usual(0), line("dag", schedule.Waits, "2026-11-12T06:00:00+01:00", "2026-11-12T06:00:00+01:00")),
			file: "now", want: looks{"now+10m": schedule.JobDue, "now+62m": schedule.JobOverdue}},
		"refused": {jobs: []config.Job{job("dag", "0 6 * * *", needs(config.LateRefuse))}, log: append(usual(0), line("dag", schedule.Refused, "2026-11-12T06:00:00+01:00", "2026-11-12T06:00:00+01:00")),
			want: looks{"2026-11-12T06:10:00+01:00": schedule.JobRefused}, say: "taak dag draaide niet om 12-11-2026 06:00", do: "13-11-2026 06:00"},
		// a clock that goes writes down that there was nothing new
		"nothing new": {jobs: []config.Job{job("dag", "0 6 * * *", feed)}, log: append(usual(0), line("dag", schedule.Nothing, "2026-11-12T06:00:00+01:00", "2026-11-12T06:00:00+01:00")),
			want: looks{"2026-11-12T20:00:00+01:00": schedule.JobFine}},
		"nobody looked": {jobs: []config.Job{job("dag", "0 6 * * *", feed)}, log: usual(0), want: looks{"2026-11-12T06:30:00+01:00": schedule.JobDue, "2026-11-12T20:00:00+01:00": schedule.JobOverdue}},

		// 29 March 2026: 2:30 is not there, the tick is at the jump, and of it systemd has none: the hourly look begins
		"the hour that is not there": {jobs: []config.Job{job("dag", "30 2 * * *")}, log: ran("dag", "2026-03-28T02:30:00+01:00", "2026-03-28T02:30:00+01:00", "2026-03-28T02:30:00+01:00", exit.Done),
			want: looks{"2026-03-29T01:59:59+01:00": schedule.JobFine, "2026-03-29T03:00:00+02:00": schedule.JobDue, "2026-03-29T04:01:00+02:00": schedule.JobDue, "2026-03-29T04:01:01+02:00": schedule.JobOverdue},
			say:  "moest draaien om 29-03-2026 03:00"},
		// 25 October 2026: the first 2:30 counts, also for who looks in the second
		"the hour that is twice": {jobs: []config.Job{job("dag", "30 2 * * *")}, log: ran("dag", "2026-10-24T02:30:00+02:00", "2026-10-24T02:30:00+02:00", "2026-10-24T02:30:00+02:00", exit.Done),
			want: looks{"2026-10-25T02:29:59+02:00": schedule.JobFine, "2026-10-25T02:30:00+02:00": schedule.JobDue, "2026-10-25T02:31:00+01:00": schedule.JobDue, "2026-10-25T02:31:01+01:00": schedule.JobOverdue},
			say:  "moest draaien om 25-10-2026 02:30"},
		"ran in the hour that is twice": {jobs: []config.Job{job("dag", "30 2 * * *")}, log: ran("dag", "2026-10-25T02:30:00+02:00", "2026-10-25T02:30:00+02:00", "2026-10-25T02:40:00+02:00", exit.Done),
			want: looks{"2026-10-25T02:30:00+01:00": schedule.JobFine, "2026-10-26T02:29:00+01:00": schedule.JobFine}},
	} {
		t.Run(name, func(t *testing.T) {
			l := &lake.Lake{Root: filepath.Join(t.TempDir(), "data")}
			if err := l.Prepare(); err != nil {
				t.Fatal(err)
			}
			slices.SortStableFunc(c.log, func(a, b schedule.Entry) int { return a.When.Compare(b.When) })
			for _, e := range c.log {
				if err := schedule.FileLog(l.Root).Append(e); err != nil {
					t.Fatal(err)
				}
			}
			if c.file != "" {
				dir := filepath.Join(l.Inbox(), "huishouden")
				if err := os.MkdirAll(dir, 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, "a.csv"), []byte("x"), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			if c.busy {
				lock, err := l.Lock()
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = lock.Unlock() })
			}
			cfg := *configtest.Defaults(t, nil) // a copy
			cfg.Jobs = c.jobs
			latest := ""
			at := func(s string) time.Time {
				if ago, ok := strings.CutPrefix(s, "now+"); ok {
					d, err := time.ParseDuration(ago)
					if err != nil {
						t.Fatal(err)
					}
					return time.Now().Add(d)
				}
				return moment(s)
			}
			for when := range c.want {
				if latest == "" || at(when).After(at(latest)) {
					latest = when
				}
			}
			for when, want := range c.want {
				now := at(when)
				s, err := status.Read(t.Context(), status.Options{Data: l.Root, Config: &cfg, Now: now, Runs: 1})
				if err != nil || len(s.Jobs) != len(c.jobs) {
					t.Fatalf("%v, %+v", err, s)
				}
				d, err := doctor.Run(t.Context(), doctor.Options{Data: l.Root, Now: now, Load: func(context.Context) (*config.Config, error) { return &cfg, nil },
					ReadKey: func() (string, error) { return "", nil }, Say: func(err error) string { return err.Error() }})
				if err != nil {
					t.Fatal(err)
				}
				var verdict doctor.Verdict
				said, do := "", ""
				for _, x := range d.Checks {
					if x.Name == "taken" && (strings.HasPrefix(x.What, "taak dag moest ") || strings.HasPrefix(x.What, "taak dag draaide niet ") || strings.HasPrefix(x.What, "taak dag staat ") || strings.HasPrefix(x.What, "taak dag:")) {
						verdict, said, do = x.Verdict, x.What, x.Do
					}
				}
				if len(c.jobs) == 0 {
					if verdict != "" {
						t.Errorf("doctor says of what is no job: %s", said)
					}
					continue
				}
				j := s.Jobs[0]
				if string(j.Stand) != string(want) {
					t.Errorf("%s: status says %s (%s), want %s", when, j.Stand, j.Why, want)
				}
				severity := doctor.Good
				switch want {
				case schedule.JobFailed, schedule.JobOverdue:
					severity = doctor.Fault
				case schedule.JobNever, schedule.JobWaits, schedule.JobRefused:
					severity = doctor.Note
				}
				if verdict != severity {
					t.Errorf("%s: doctor says %s (%s), want %s", when, verdict, said, severity)
				}
				bad := severity != doctor.Good
				if bad && (said != "taak dag "+j.Why || do != j.Do || do == "") {
					t.Errorf("%s: other words: doctor %q, %q; status %q, %q", when, said, do, j.Why, j.Do)
				}
				if listed := slices.ContainsFunc(s.Points, func(p status.Point) bool { return p.Sort == status.OfJob && p.Text == said && p.Do == do }); listed != bad {
					t.Errorf("%s: among what needs somebody: %v, want %v", when, listed, bad)
				}
				if when == latest && (!strings.Contains(said, c.say) || !strings.Contains(do, c.do)) {
					t.Errorf("%s: %q, %q; want %q, %q", when, said, do, c.say, c.do)
				}
			}
		})
	}
}
