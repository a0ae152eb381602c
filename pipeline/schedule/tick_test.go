package schedule

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stapel/config"
	"stapel/config/cron"
)

// job is one of an expression in a zone.
func job(t testing.TB, expr, zone string) config.Job {
	t.Helper()
	e, err := cron.Parse(expr)
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	loc, err := time.LoadLocation(zone)
	if err != nil {
		t.Fatal(err)
	}
	return config.Job{Name: "proef", Purpose: "toets", Cron: expr, Zone: zone, Expr: e, Location: loc}
}

// fits is the slow reference for one minute on a wall, by the fields and a calendar alone.
func fits(e cron.Expr, wall time.Time) bool {
	last := time.Date(wall.Year(), wall.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	if !e.Minute.Has(wall.Minute()) || !e.Hour.Has(wall.Hour()) || !e.Month.Has(int(wall.Month())) {
		return false
	}
	weekday := int(wall.Weekday())
	switch {
	case e.LastDay:
		return wall.Day() == last
	case e.LastWeekday != nil:
		return weekday == *e.LastWeekday && wall.Day()+7 > last
	case e.Nth != nil:
		return weekday == e.Nth[0] && wall.Day() > 7*(e.Nth[1]-1) && wall.Day() <= 7*e.Nth[1]
	case e.NearWorkday > last:
		return false
	case e.NearWorkday > 0:
		best, far := 0, 99
		for d := 1; d <= last; d++ {
			w := time.Date(wall.Year(), wall.Month(), d, 0, 0, 0, 0, time.UTC).Weekday()
			if away := max(d-e.NearWorkday, e.NearWorkday-d); w != time.Saturday && w != time.Sunday && away < far {
				best, far = d, away
			}
		}
		return wall.Day() == best
	case !e.Day.Any && !e.Weekday.Any:
		return e.Day.Has(wall.Day()) || e.Weekday.Has(weekday)
	}
	return e.Day.Has(wall.Day()) && e.Weekday.Has(weekday)
}

// walk is the slow reference: minute by minute, all ticks of [from, to). It knows of the clock only what it shows.
func walk(j config.Job, from, to time.Time) (out []time.Time) {
	shown := map[string]bool{}
	begin := from.Add(-4 * time.Hour)
	before := time.Time{}
	for at := begin; at.Before(to); at = at.Add(time.Minute) {
		local := at.In(j.Location)
		wall := time.Date(local.Year(), local.Month(), local.Day(), local.Hour(), local.Minute(), 0, 0, time.UTC)
		tick := false
		if !before.IsZero() {
			for w := before.Add(time.Minute); w.Before(wall); w = w.Add(time.Minute) { // minutes that the clock jumped over
				tick = tick || fits(j.Expr, w)
			}
		}
		key := wall.Format(time.DateTime)
		if !shown[key] {
			tick = tick || fits(j.Expr, wall)
		}
		shown[key] = true
		before = wall
		if tick && !at.Before(from) {
			out = append(out, at)
		}
	}
	return out
}

// ticks are those of [from, to) by Next.
func ticks(t testing.TB, j config.Job, from, to time.Time) (out []time.Time) {
	t.Helper()
	for at := from.Add(-time.Second); ; {
		next, err := Next(j, at)
		if err != nil {
			t.Fatal(err)
		}
		if !next.Before(to) {
			return out
		}
		out = append(out, next)
		at = next
	}
}

func shown(list []time.Time) string {
	var out []string
	for _, t := range list {
		out = append(out, t.UTC().Format("01-02 15:04"))
	}
	return strings.Join(out, " ")
}

// TestDaylightSaving: both days of 2026 and 2027, worked out by hand. In UTC: the clock jumps from 2 to 3 at 01:00 on 29 March 2026 and 28 March 2027, and goes
// back from 3 to 2 at 01:00 on 25 October 2026 and 31 October 2027 (Summer Time directive 2000/84/EC, articles 2 and 3: the last Sundays, at 01:00 GMT).
func TestDaylightSaving(t *testing.T) {
	for _, c := range []struct{ expr, day, want string }{
		// the hour that is not there
		{"30 2 * * *", "2026-03-29", "03-29 01:00"},
		{"30 2 * * *", "2027-03-28", "03-28 01:00"},
		{"0,30 2,3 * * *", "2026-03-29", "03-29 01:00 03-29 01:30"},
		{"0,30 2,3 * * *", "2027-03-28", "03-28 01:00 03-28 01:30"},
		{"0 * * * *", "2026-03-29", "03-28 23:00 03-29 00:00 03-29 01:00 03-29 02:00 03-29 03:00 03-29 04:00 03-29 05:00 03-29 06:00 03-29 07:00 03-29 08:00 " +
			"03-29 09:00 03-29 10:00 03-29 11:00 03-29 12:00 03-29 13:00 03-29 14:00 03-29 15:00 03-29 16:00 03-29 17:00 03-29 18:00 03-29 19:00 03-29 20:00 03-29 21:00"},
		// the hour that is twice
		{"30 2 * * *", "2026-10-25", "10-25 00:30"},
		{"30 2 * * *", "2027-10-31", "10-31 00:30"},
		{"0,30 1-3 * * *", "2026-10-25", "10-24 23:00 10-24 23:30 10-25 00:00 10-25 00:30 10-25 02:00 10-25 02:30"},
		{"0,30 1-3 * * *", "2027-10-31", "10-30 23:00 10-30 23:30 10-31 00:00 10-31 00:30 10-31 02:00 10-31 02:30"},
		// no such hour in the expression
		{"0 6 * * *", "2026-03-29", "03-29 04:00"},
		{"0 6 * * *", "2026-10-25", "10-25 05:00"},
	} {
		j := job(t, c.expr, "Europe/Amsterdam")
		from, err := time.ParseInLocation(time.DateOnly, c.day, j.Location)
		if err != nil {
			t.Fatal(err)
		}
		to := from.AddDate(0, 0, 1)
		if got := shown(ticks(t, j, from, to)); got != c.want {
			t.Errorf("%s on %s: %s, want %s", c.expr, c.day, got, c.want)
		}
		if got := shown(walk(j, from, to)); got != c.want {
			t.Errorf("%s on %s: the reference says %s, want %s", c.expr, c.day, got, c.want)
		}
	}
}

// TestRareTicks: days that come once in years are found.
func TestRareTicks(t *testing.T) {
	for expr, want := range map[string]string{
		"0 0 29 2 *":    "2104-02-29", // 2100 is no leap year
		"59 23 31 12 *": "2096-12-31",
		"0 6 31 * *":    "2096-03-31",
		"0 6 31W 1 *":   "2097-01-31",
		"0 6 * 2 0#4":   "2097-02-24",
		"0 6 * 2 1L":    "2097-02-25",
	} {
		j := job(t, expr, "Europe/Amsterdam")
		got, err := Next(j, time.Date(2096, 3, 1, 0, 0, 0, 0, time.UTC))
		if err != nil || got.In(j.Location).Format(time.DateOnly) != want {
			t.Errorf("%s: %v, %v; want %s", expr, got, err, want)
		}
		back, err := Prev(j, got.Add(time.Hour))
		if err != nil || !back.Equal(got) {
			t.Errorf("%s: the tick before an hour after %v is %v, %v", expr, got, back, err)
		}
	}
	j := job(t, "0 0 29 2 *", "Europe/Amsterdam")
	if got, err := Prev(j, time.Date(2104, 2, 1, 0, 0, 0, 0, time.UTC)); err != nil || got.In(j.Location).Format(time.DateOnly) != "2096-02-29" {
		t.Errorf("before 2104: %v, %v", got, err)
	}
}

// expressions draws what cron.Parse takes, of every form.
func expressions() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		field := func(name string, low, high int, star bool) string {
			item := func() string {
				a := rapid.IntRange(low, high).Draw(t, name)
				b := rapid.IntRange(a, high).Draw(t, name)
				switch rapid.IntRange(0, 3).Draw(t, name+" form") {
				case 0:
					return fmt.Sprintf("%d-%d", a, b)
				case 1:
					return fmt.Sprintf("%d-%d/%d", a, b, rapid.IntRange(1, max(1, high/2)).Draw(t, name+" step"))
				case 2:
					if star {
						return fmt.Sprintf("*/%d", rapid.IntRange(1, max(1, high/2)).Draw(t, name+" step"))
					}
				}
				return fmt.Sprint(a)
			}
			items := []string{item()}
			for range rapid.IntRange(0, 2).Draw(t, name+" more") {
				items = append(items, item())
			}
			return strings.Join(items, ",")
		}
		minute, hour := field("minute", 0, 59, true), field("hour", 0, 23, true)
		if rapid.Bool().Draw(t, "small hours") { // where the clock jumps
			hour = field("hour", 0, 4, false)
		}
		month := "*"
		if rapid.Bool().Draw(t, "months") {
			month = field("month", 1, 12, true)
		}
		day, weekday := "*", "*"
		switch rapid.IntRange(0, 8).Draw(t, "days") {
		case 0:
			day = field("day", 1, 31, true)
		case 1:
			weekday = field("weekday", 0, 7, false)
		case 2:
			day, weekday = field("day", 1, 31, false), field("weekday", 0, 7, false)
		case 3:
			day = "L"
		case 4:
			day = fmt.Sprintf("%dW", rapid.IntRange(1, 31).Draw(t, "near"))
		case 5:
			weekday = fmt.Sprintf("%dL", rapid.IntRange(0, 7).Draw(t, "last"))
		case 6:
			weekday = fmt.Sprintf("%d#%d", rapid.IntRange(0, 7).Draw(t, "nth day"), rapid.IntRange(1, 4).Draw(t, "nth"))
		}
		return strings.Join([]string{minute, hour, day, month, weekday}, " ")
	})
}

// TestTicksAgainstMinuteByMinute holds Next and Prev to the reference: random expressions, over some days around a change of the clock or elsewhere.
func TestTicksAgainstMinuteByMinute(t *testing.T) {
	zones := []string{"Europe/Amsterdam", "UTC", "America/Curacao", "Australia/Lord_Howe", "America/St_Johns"}
	around := []time.Time{time.Date(2026, 3, 27, 20, 0, 0, 0, time.UTC), time.Date(2026, 10, 24, 9, 0, 0, 0, time.UTC), time.Date(2027, 3, 26, 20, 0, 0, 0, time.UTC),
		time.Date(2027, 10, 30, 7, 0, 0, 0, time.UTC), time.Date(2027, 12, 30, 12, 0, 0, 0, time.UTC), time.Date(2028, 2, 27, 12, 0, 0, 0, time.UTC)}
	rapid.Check(t, func(rt *rapid.T) {
		text := expressions().Draw(rt, "expr")
		if _, err := cron.Parse(text); err != nil {
			rt.Skip(err.Error())
		}
		j := job(t, text, rapid.SampledFrom(zones).Draw(rt, "zone"))
		from := rapid.SampledFrom(around).Draw(rt, "around").Add(time.Duration(rapid.IntRange(0, 3000).Draw(rt, "later")) * time.Minute)
		to := from.Add(60 * time.Hour)
		want := walk(j, from, to)
		if got := ticks(t, j, from, to); shown(got) != shown(want) {
			rt.Fatalf("%s %s from %v:\n%s\nwant\n%s", j.Expr.Text, j.Zone, from, shown(got), shown(want))
		}
		if len(want) == 0 {
			return
		}
		at := from.Add(time.Duration(rapid.Int64Range(int64(want[0].Sub(from)), int64(to.Sub(from))-1).Draw(rt, "at")))
		last := want[0]
		for _, w := range want {
			if !w.After(at) {
				last = w
			}
		}
		if got, err := Prev(j, at); err != nil || !got.Equal(last) {
			rt.Fatalf("%s %s: the tick before %v is %v, %v; want %v", j.Expr.Text, j.Zone, at, got, err, last)
		}
	})
}
