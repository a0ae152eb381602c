package status

import (
	"strings"
	"testing"
	"time"

	"stapel/config"
	"stapel/config/cron"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/runlog"
	"stapel/pipeline/schedule"
)

// logged writes runs into a data folder, a day apart and the last an hour ago; nil is a run without an end.
func logged(t *testing.T, data string, ends ...*runlog.End) {
	t.Helper()
	for i, end := range ends {
		at := now.Add(-time.Hour).AddDate(0, 0, i+1-len(ends))
		log := runlog.Log{Data: data}
		begun, err := log.Begin(at, "")
		if err == nil && end != nil {
			err = log.End(begun, at.Add(time.Minute), *end)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}

// TestRunsShown: what became of runs, the newest first, and what is said of those that did not succeed.
func TestRunsShown(t *testing.T) {
	ok, looked := &runlog.End{Exit: exit.Done, Run: "2026-10-31-0123456789ab"}, now
	failed := &runlog.End{Exit: exit.ChecksFailed, Fault: "checks failed, nothing was published: wat er niet klopt", Read: &looked}
	for what, c := range map[string]struct {
		ends   []*runlog.End
		stands string
		said   string
	}{
		"none":                      {nil, "", "er is hier nog geen run gemaakt"},
		"all well":                  {[]*runlog.End{ok, ok}, "klaar klaar", ""},
		"a refusal is no failure":   {[]*runlog.End{{Exit: exit.Refused}}, "klaar", ""},
		"failed before and not now": {[]*runlog.End{failed, ok}, "klaar mislukt", ""},
		"failed now":                {[]*runlog.End{ok, failed}, "mislukt klaar", "de laatste run mislukte met exitcode 5: checks failed, nothing was published: wat er niet klopt"},
		"failed again and again":    {[]*runlog.End{ok, failed, nil, failed}, "mislukt afgekapt mislukt klaar", "de laatste 3 lukten niet, sinds 18-11-2026 08:30"},
		"killed":                    {[]*runlog.End{ok, nil}, "afgekapt klaar", "de laatste run is afgekapt"},
		"stopped":                   {[]*runlog.End{{Exit: exit.Interrupted}}, "afgebroken", "de laatste run is door iemand afgebroken"},
		"not all may leave":         {[]*runlog.End{{Exit: exit.Disclosure}}, "mislukt", "gepubliceerd, maar niet alles mocht naar buiten"},
	} {
		data := inboxOf(t, monthly())
		logged(t, data, c.ends...)
		s := read(t, data, nil)
		var stands []string
		for _, r := range s.Runs {
			stands = append(stands, string(r.Stand))
		}
		if got := strings.Join(stands, " "); got != c.stands {
			t.Errorf("%s: %q, want %q", what, got, c.stands)
		}
		if text := points(s); !strings.Contains(text, c.said) || c.said == "" && text != "" {
			t.Errorf("%s: %q, want %q", what, text, c.said)
		}
	}
}

// TestBusy: while a run has the data folder the last run is busy, and not lost; a status takes nothing away from it.
func TestBusy(t *testing.T) {
	data := inboxOf(t, monthly())
	logged(t, data, nil)
	lock, err := (&lake.Lake{Root: data}).Lock()
	if err != nil {
		t.Fatal(err)
	}
	s := read(t, data, nil)
	if !s.Busy || s.Runs[0].Stand != RunBusy || points(s) != "" {
		t.Errorf("%v, %s, %q", s.Busy, s.Runs[0].Stand, points(s))
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	if s := read(t, data, nil); s.Busy || s.Runs[0].Stand != RunLost {
		t.Errorf("%v, %s", s.Busy, s.Runs[0].Stand)
	}
}

// TestTimings: beside the median of the runs before that went as far and succeeded; slower is twice as long and a second more.
func TestTimings(t *testing.T) {
	data := inboxOf(t, monthly())
	run := func(code exit.Code, a, b, c float64) *runlog.End {
		return &runlog.End{Exit: code, Models: []runlog.Duration{{Name: "a", Seconds: a}, {Name: "b", Seconds: b}, {Name: "c", Seconds: c}}}
	}
	logged(t, data, run(0, 99, 99, 99), run(0, 1, 0.1, 1), run(0, 2, 0.1, 1), run(5, 50, 50, 50), run(4, 3, 0.1, 1), run(0, 4, 0.1, 1), nil, run(0, 100, 0.1, 1), run(0, 6.1, 0.9, 1))
	s := read(t, data, nil)
	type want struct {
		name           string
		seconds, usual float64
		slower         bool
	}
	for i, w := range []want{{"a", 6.1, 3, true}, {"c", 1, 1, false}, {"b", 0.9, 0.1, false}} {
		m := s.Models[i]
		if m.Name != w.name || m.Seconds != w.seconds || m.Usual == nil || *m.Usual != w.usual || m.Slower != w.slower || m.Runs != 5 {
			t.Errorf("%+v, want %+v", m, w)
		}
	}
	if text := points(s); text != "trager dan gewoonlijk: a (6,1 s, gewoonlijk 3,0 s)\n" {
		t.Errorf("%q", text)
	}
	// the first run of all has nothing beside it
	data = inboxOf(t, monthly())
	logged(t, data, run(0, 1, 2, 3))
	if m := read(t, data, nil).Models; len(m) != 3 || m[0].Name != "c" || m[0].Usual != nil || m[0].Slower {
		t.Errorf("%+v", m)
	}
}

// TestJobs: a job that was due and did not succeed is said, with why.
func TestJobs(t *testing.T) {
	expr, err := cron.Parse("0 6 * * *")
	if err != nil {
		t.Fatal(err)
	}
	job := config.Job{Name: "dagrun", Purpose: "Elke dag", Cron: "0 6 * * *", Zone: "UTC", Expr: expr, Location: time.UTC}
	needs := job
	needs.Required, needs.Late = []string{"wmo_toewijzing"}, config.LateWait
	tick := time.Date(2026, 11, 20, 6, 0, 0, 0, time.UTC)
	code := func(c exit.Code) *exit.Code { return &c }
	at := func(h, m int, what string, more ...any) schedule.Entry {
		e := schedule.Entry{When: time.Date(2026, 11, 20, h, m, 0, 0, time.UTC), Job: "dagrun", What: what, Tick: &tick}
		for _, x := range more {
			switch x := x.(type) {
			case exit.Code:
				e.Exit = code(x)
			case []string:
				e.Late = x
			}
		}
		return e
	}
	yesterday := []schedule.Entry{{When: tick.AddDate(0, 0, -1), Job: "dagrun", What: schedule.Started}, {When: tick.AddDate(0, 0, -1), Job: "dagrun", What: schedule.Ended, Exit: code(0)}}
	for what, c := range map[string]struct {
		job   config.Job
		log   []schedule.Entry
		stand schedule.Stand
		said  string
	}{
		"ran":          {job, append(yesterday, at(6, 0, schedule.Started), at(6, 5, schedule.Ended, exit.Done)), schedule.JobFine, ""},
		"with refusal": {job, append(yesterday, at(6, 0, schedule.Started), at(6, 5, schedule.Ended, exit.Refused)), schedule.JobFine, ""},
		"nothing new":  {job, append(yesterday, at(6, 0, schedule.Nothing)), schedule.JobFine, ""},
		"first seen":   {job, []schedule.Entry{at(7, 0, schedule.Known)}, schedule.JobFine, ""},
		"never seen":   {job, nil, schedule.JobNever, "taak dagrun staat in jobs.yaml, maar is hier nooit gedraaid of gezien"},
		"failed":       {job, append(yesterday, at(9, 0, schedule.Started), at(9, 5, schedule.Ended, exit.ChecksFailed)), schedule.JobFailed, "moest draaien om 20-11-2026 06:00 en is 1 keer mislukt; de laatste exitcode is 5; opnieuw vanaf 20-11-2026 10:05"},
		"killed":       {job, append(yesterday, at(6, 0, schedule.Started)), schedule.JobFailed, "van de laatste poging is geen einde bekend"},
		"nobody began": {job, yesterday, schedule.JobOverdue, "moest draaien om 20-11-2026 06:00 en is niet begonnen"},
		"waits":        {needs, append(yesterday, at(6, 0, schedule.Waits, []string{"wmo_toewijzing"})), schedule.JobWaits, "wacht op een nieuwe levering van Wmo-toewijzingen"},
		"refused":      {needs, append(yesterday, at(6, 0, schedule.Refused, []string{"wmo_toewijzing"})), schedule.JobRefused, "draaide niet om 20-11-2026 06:00, want er was geen nieuwe levering van Wmo-toewijzingen"},
	} {
		data := inboxOf(t, monthly())
		logged(t, data, &runlog.End{})
		for _, e := range c.log {
			if err := schedule.FileLog(data).Append(e); err != nil {
				t.Fatal(err)
			}
		}
		cfg := defaults(t)
		cfg.Jobs = []config.Job{c.job}
		s, err := Read(t.Context(), Options{Data: data, Config: cfg, Now: now, Runs: 1})
		if err != nil || len(s.Jobs) != 1 || len(s.Trouble) > 0 {
			t.Fatalf("%s: %v, %+v", what, err, s)
		}
		if s.Jobs[0].Stand != c.stand || !strings.Contains(points(s), c.said) || c.said == "" && points(s) != "" {
			t.Errorf("%s: %s, %q; want %s, %q", what, s.Jobs[0].Stand, points(s), c.stand, c.said)
		}
	}
	// the job has to have begun some time after its tick, and not at it
	data := inboxOf(t, monthly())
	logged(t, data, &runlog.End{})
	for _, e := range yesterday {
		if err := schedule.FileLog(data).Append(e); err != nil {
			t.Fatal(err)
		}
	}
	cfg := defaults(t)
	cfg.Jobs = []config.Job{job}
	for minutes, want := range map[int]schedule.Stand{0: schedule.JobDue, 61: schedule.JobDue, 62: schedule.JobOverdue, -1: schedule.JobFine} {
		s, err := Read(t.Context(), Options{Data: data, Config: cfg, Now: tick.Add(time.Duration(minutes) * time.Minute), Runs: 1})
		if err != nil || s.Jobs[0].Stand != want {
			t.Errorf("%d minutes after the tick: %v, %v; want %s", minutes, s.Jobs[0].Stand, err, want)
		}
	}
}
