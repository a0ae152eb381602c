package schedule

import (
	"errors"
	"fmt"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"stapel/pipeline/exit"
)

var calendars = map[string][]string{
	"0 6 12 * *":          {"*-*-12 06:00:00 Europe/Amsterdam"},
	"*/15 * * * *":        {"*-*-* *:00,15,30,45:00 Europe/Amsterdam"},
	"0 7-18 * * 1-5":      {"Mon,Tue,Wed,Thu,Fri *-*-* 07..18:00:00 Europe/Amsterdam"},
	"30 5 1,15 jan-mar *": {"*-01..03-01,15 05:30:00 Europe/Amsterdam"},
	"0 0 * * 0,6":         {"Sun,Sat *-*-* 00:00:00 Europe/Amsterdam"},
	"0 0 * * 5-7":         {"Sun,Fri,Sat *-*-* 00:00:00 Europe/Amsterdam"},
	"5 4 13 * 5":          {"*-*-13 04:05:00 Europe/Amsterdam", "Fri *-*-* 04:05:00 Europe/Amsterdam"},
	"0 22 L * *":          {"*-*~01 22:00:00 Europe/Amsterdam"},
	"0 22 * * 5L":         {"Fri *-*~07/1 22:00:00 Europe/Amsterdam"},
	"0 9 * 2,8 mon#2":     {"Mon *-02,08-08..14 09:00:00 Europe/Amsterdam"},
	"0 6 */10 * *":        {"*-*-01,11,21,31 06:00:00 Europe/Amsterdam"},
	"0 6 29 2 *":          {"*-02-29 06:00:00 Europe/Amsterdam"},
}

// TestOnCalendar: what cron says, as systemd says it; and what it can't say, with why.
func TestOnCalendar(t *testing.T) {
	for expr, want := range calendars {
		got, err := OnCalendar(job(t, expr, "Europe/Amsterdam"))
		if err != nil || strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s: %q, %v; want %q", expr, got, err, want)
		}
	}
	var e *exit.Error
	if _, err := OnCalendar(job(t, "0 6 15W * *", "Europe/Amsterdam")); !errors.As(err, &e) || e.Code != exit.Usage || !strings.Contains(err.Error(), "15W") {
		t.Errorf("15W: %v", err)
	}
}

var elapse = regexp.MustCompile(`(?m)(?:Next elapse|Iter\. #\d+): \w+ (\S+ \S+) UTC`)

// TestSystemdSeesTheSameTicks asks systemd when each of these lines elapses: days around four changes of the clock, and two years of what is rare. Where the clock
// jumps, ours is at the jump, and systemd has none.
func TestSystemdSeesTheSameTicks(t *testing.T) {
	program, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("no systemd-analyze here: what systemd makes of OnCalendar is not compared")
	}
	day := func(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 11, 7, 0, 0, time.UTC) }
	changes := []time.Time{day(2026, 3, 29), day(2026, 10, 25), day(2027, 3, 28), day(2027, 10, 31)}
	compared := 0
	compare := func(expr string, from, to time.Time) (missed []string) {
		j := job(t, expr, "Europe/Amsterdam")
		lines, err := OnCalendar(j)
		if err != nil {
			t.Fatal(err)
		}
		ours, theirs := ticks(t, j, from, to), map[string]bool{}
		for _, line := range lines {
			cmd := exec.Command(program, "calendar", fmt.Sprintf("--iterations=%d", len(ours)+3), "--base-time="+from.Format(time.DateTime)+" UTC", line)
			cmd.Env = append(cmd.Environ(), "TZ=UTC", "LC_ALL=C", "SYSTEMD_COLORS=0")
			out, err := cmd.CombinedOutput()
			if err != nil {
				t.Fatalf("%s: %v\n%s", line, err, out)
			}
			for _, m := range elapse.FindAllStringSubmatch(string(out), -1) {
				at, err := time.Parse(time.DateTime, m[1])
				if err != nil {
					t.Fatal(err)
				}
				if at.Before(to) {
					theirs[at.UTC().Format("2006-01-02 15:04")] = true
				}
			}
		}
		for _, at := range ours {
			key := at.UTC().Format("2006-01-02 15:04")
			local := at.In(j.Location)
			there := fits(j.Expr, time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), 0, 0, time.UTC))
			switch {
			case theirs[key]:
				compared++
			case there:
				t.Errorf("%s: systemd has no tick at %s", expr, key)
			default:
				missed = append(missed, key)
			}
			delete(theirs, key)
		}
		if len(theirs) > 0 {
			t.Errorf("%s from %v: systemd has also %v", expr, from, theirs)
		}
		return missed
	}
	var missed []string
	for _, at := range changes {
		for expr := range calendars {
			if m := compare(expr, at.AddDate(0, 0, -1), at.AddDate(0, 0, 1)); m != nil {
				t.Errorf("%s: systemd leaves out %v", expr, m)
			}
		}
		missed = append(missed, compare("30 2 * * *", at.AddDate(0, 0, -3), at.AddDate(0, 0, 3))...)
	}
	if got := fmt.Sprint(missed); got != "[2026-03-29 01:00 2027-03-28 01:00]" {
		t.Errorf("of half past two systemd leaves out %s", got)
	}
	for _, expr := range []string{"0 6 12 * *", "0 22 L * *", "0 22 * * 5L", "0 9 * 2,8 mon#2", "0 6 29 2 *", "0 6 */10 * *"} {
		compare(expr, day(2026, 1, 1), day(2028, 3, 1))
	}
	if compared < 900 {
		t.Errorf("only %d ticks were compared", compared)
	}
}
