package openlineage

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stapel/pipeline/control"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/published"
	"stapel/pipeline/runlog"
)

// TestTimes: models follow the stage before them, one after the other, and none ends after the run.
func TestTimes(t *testing.T) {
	at := func(s float64) time.Time { return time.Date(2026, 11, 12, 6, 0, 0, 0, time.UTC).Add(seconds(s)) }
	read := at(2)
	x := execution{begin: at(0), end: at(8), logged: &runlog.Run{Begin: at(0), End: &runlog.End{Read: &read,
		Stages: []runlog.Duration{{Name: "inlezen", Seconds: 3}, {Name: "rekenen", Seconds: 2.5}, {Name: "rapporten", Seconds: 1}},
		Models: []runlog.Duration{{Name: "a", Seconds: 0.5}, {Name: "b", Seconds: 2}, {Name: "c", Seconds: 4}}}}}
	got := x.times()
	for name, want := range map[string][2]time.Time{"a": {at(5), at(5.5)}, "b": {at(5.5), at(7.5)}, "c": {at(7.5), at(8)}} {
		if got[name] != want {
			t.Errorf("%s: %v, want %v", name, got[name], want)
		}
	}
	x.logged = nil
	if got := x.times(); len(got) > 0 {
		t.Errorf("without the log: %v", got)
	}
}

// TestTimesAreWithinTheRun: whatever the log says, models come one after the other, none before the run began or after it ended.
func TestTimesAreWithinTheRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		begin := time.Date(2026, 11, 12, 6, 0, 0, 0, time.UTC)
		took := rapid.Custom(func(t *rapid.T) runlog.Duration {
			return runlog.Duration{Name: rapid.SampledFrom([]string{"inlezen", "rekenen", "rapporten"}).Draw(t, "stage"), Seconds: rapid.Float64Range(0, 5).Draw(t, "seconds")}
		})
		end := &runlog.End{Seconds: rapid.Float64Range(0, 20).Draw(t, "run"), Stages: rapid.SliceOfN(took, 0, 4).Draw(t, "stages")}
		if rapid.Bool().Draw(t, "read") {
			read := begin.Add(seconds(rapid.Float64Range(-5, 25).Draw(t, "after")))
			end.Read = &read
		}
		for i := range rapid.IntRange(0, 6).Draw(t, "models") {
			end.Models = append(end.Models, runlog.Duration{Name: fmt.Sprint(i), Seconds: rapid.Float64Range(0, 5).Draw(t, "took")})
		}
		logged := runlog.Run{Begin: begin, End: end}
		x := execution{begin: begin, end: ended(logged), logged: &logged}
		got, before := x.times(), x.begin
		for _, m := range end.Models {
			at := got[m.Name]
			if at[0].Before(before) || at[1].Before(at[0]) || at[1].After(x.end) {
				t.Fatalf("%s: %v, the run from %v to %v", m.Name, at, x.begin, x.end)
			}
			before = at[1]
		}
		if len(got) != len(end.Models) {
			t.Fatalf("%d times of %d models", len(got), len(end.Models))
		}
	})
}

// TestOutcome: what the exit code of a run comes to.
func TestOutcome(t *testing.T) {
	done, published := func(code exit.Code, run string) *runlog.Run {
		return &runlog.Run{End: &runlog.End{Exit: code, Run: run}}
	}, &control.Manifest{}
	for i, c := range []struct {
		x    execution
		want string
	}{
		{execution{logged: done(exit.Done, "r")}, Complete},
		{execution{logged: done(exit.Quarantined, "r")}, Complete},
		{execution{logged: done(exit.Refused, "")}, Complete}, // as far as the lake
		{execution{logged: done(exit.Disclosure, "r")}, Complete},
		{execution{logged: done(exit.Disclosure, "")}, Fail},
		{execution{logged: done(exit.Failed, "")}, Fail},
		{execution{logged: done(exit.Usage, "")}, Fail},
		{execution{logged: done(exit.ChecksFailed, "")}, Fail},
		{execution{logged: done(exit.Difference, "r")}, Fail},
		{execution{logged: done(134, "")}, Fail}, // one that is not known
		{execution{logged: done(exit.Interrupted, "")}, Abort},
		{execution{logged: &runlog.Run{}}, Abort},
		{execution{logged: &runlog.Run{}, manifest: published}, Complete}, // killed after it was published
		{execution{manifest: published}, Complete},                        // of before there was a log
	} {
		if got := c.x.outcome(); got != c.want {
			t.Errorf("%d: %s, want %s", i, got, c.want)
		}
	}
}

// TestVersionOf: of one extract its own hash; of two the SHA-256 of both, a line each, as `printf '%s\n%s\n' a b | sha256sum` gives it.
func TestVersionOf(t *testing.T) {
	if got := versionOf([]extract{{Sha256: "a"}}); got != "a" {
		t.Error(got)
	}
	if got, want := versionOf([]extract{{Sha256: "a"}, {Sha256: "b"}}), "911169ddaaf146aff539f58c26c489af3b892dff0fe283c1c264c65ae5aa59a2"; got != want {
		t.Error(got)
	}
}

// TestItsLine: the lines of a run in the log are those of the same second that gave this run, also when another one failed in that second, and of one that was
// killed after it was published that without an end.
func TestItsLine(t *testing.T) {
	l := &lake.Lake{Root: t.TempDir()}
	r := &published.Run{Lake: l, Manifest: control.Manifest{RunID: "2025-12-31-0123456789ab", Execution: control.Execution{Started: "2026-11-12T06:00:00Z", Finished: "2026-11-12T06:00:09Z"}}}
	file := r.Folder().Manifest()
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("{}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	begin := time.Date(2026, 11, 12, 6, 0, 0, 0, time.UTC)
	at := func(s float64, end *runlog.End) runlog.Run { return runlog.Run{Begin: begin.Add(seconds(s)), End: end} }
	failed, gave := &runlog.End{Exit: exit.Usage, Seconds: 0.01}, &runlog.End{Run: r.ID(), Seconds: 9.5}
	for name, c := range map[string]struct {
		logged []runlog.Run
		line   int // -1: none
		end    float64
	}{
		"its own":            {[]runlog.Run{at(0.2, gave)}, 0, 9.7},
		"another failed":     {[]runlog.Run{at(0.1, failed), at(0.2, gave)}, 1, 9.7},
		"another was killed": {[]runlog.Run{at(0.1, nil), at(0.2, gave)}, 1, 9.7},
		"killed afterwards":  {[]runlog.Run{at(0.2, nil), at(60, failed)}, 0, 9},
		"made once more":     {[]runlog.Run{at(0.2, gave), at(60, gave)}, 0, 9.7},
		"another run":        {[]runlog.Run{at(60, gave)}, -1, 9},
		"of before the log":  {nil, -1, 9},
	} {
		x, err := (&world{lake: l}).made(r, c.logged)
		if err != nil {
			t.Fatal(err)
		}
		if c.line < 0 && x.logged != nil || c.line >= 0 && x.logged != &c.logged[c.line] || !x.end.Equal(begin.Add(seconds(c.end))) || len(x.sha256) != 64 {
			t.Errorf("%s: %+v", name, x)
		}
	}
	r.Manifest.Execution.Started = "gisteren"
	if _, err := (&world{lake: l}).made(r, nil); err == nil {
		t.Error("a manifest without a time")
	}
}

// TestIDStays: a run has the same id by its manifest, by its manifest and the log, and by the log alone once it was purged; another one has another.
func TestIDStays(t *testing.T) {
	begin := time.Date(2026, 11, 12, 6, 0, 0, 123456789, time.UTC)
	m := &control.Manifest{RunID: "2025-12-31-0123456789ab", Execution: control.Execution{Started: "2026-11-12T06:00:00Z"}}
	logged := &runlog.Run{Begin: begin, End: &runlog.End{Run: m.RunID}}
	want := id(execution{begin: begin, manifest: m}.name())
	for i, x := range []execution{{begin: begin, manifest: m, logged: logged}, {begin: begin, logged: logged}} {
		if got := id(x.name()); got != want || got.Version() != 5 {
			t.Errorf("%d: %s, want %s", i, got, want)
		}
	}
	seen := map[string]string{}
	for _, x := range []execution{{begin: begin, manifest: m}, {begin: begin.Add(time.Second), logged: &runlog.Run{End: logged.End}},
		{begin: begin, logged: &runlog.Run{}}, {begin: begin.Add(time.Nanosecond), logged: &runlog.Run{}}} {
		got := id(x.name()).String()
		if seen[got] != "" {
			t.Errorf("%s and %s have one id", seen[got], x.name())
		}
		seen[got] = fmt.Sprint(x.name())
	}
}

// TestBetween: of a table that was computed where it is read nobody counted the rows.
func TestBetween(t *testing.T) {
	w, models := &world{}, []control.Model{{Name: "a", Rows: -1}, {Name: "b", Rows: 0}}
	if d := w.between("tussen.a", models); d.Input != nil {
		t.Errorf("%+v", d.Input)
	}
	if d := w.between("tussen.b", models); d.Input == nil { // none is a number
		t.Error("no rows of b")
	}
}
