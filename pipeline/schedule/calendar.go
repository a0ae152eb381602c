package schedule

import (
	"fmt"
	"strings"

	"stapel/config"
	"stapel/config/cron"
	"stapel/pipeline/exit"
)

var weekdays = []string{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"}

// OnCalendar is the expression of a job as systemd says it (systemd.time(7)): one line, or two that both count. It refuses what can't be said so. The ticks are
// those of Next, but for one: of a minute that is not there because the clock jumps systemd has no tick at all.
func OnCalendar(job config.Job) ([]string, error) {
	e := job.Expr
	line := func(weekday, day string) string {
		return strings.TrimSpace(fmt.Sprintf("%s *-%s%s %s:%s:00 %s", weekday, values(e.Month), day, values(e.Hour), values(e.Minute), job.Zone))
	}
	switch {
	case e.NearWorkday > 0:
		return nil, exit.Misuse("name a day of the month or of the week, as 1#2 for the second Monday", "job %s: a timer of systemd has no way to say %dW, the working day nearest to a day", job.Name, e.NearWorkday)
	case e.LastDay:
		return []string{line("", "~01")}, nil
	case e.LastWeekday != nil:
		return []string{line(weekdays[*e.LastWeekday], "~07/1")}, nil
	case e.Nth != nil:
		first := 7*(e.Nth[1]-1) + 1
		return []string{line(weekdays[e.Nth[0]], fmt.Sprintf("-%02d..%02d", first, first+6))}, nil
	case !e.Day.Any && !e.Weekday.Any: // either is enough, and in one line both would be needed
		return []string{line("", "-"+values(e.Day)), line(days(e.Weekday), "-*")}, nil
	}
	return []string{line(days(e.Weekday), "-"+values(e.Day))}, nil
}

func days(f cron.Field) string {
	var out []string
	for _, v := range f.Values {
		out = append(out, weekdays[v])
	}
	return strings.Join(out, ",")
}

// values are those of a field, three or more in a row as a range.
func values(f cron.Field) string {
	if f.Any {
		return "*"
	}
	var out []string
	two := func(v int) string { return fmt.Sprintf("%02d", v) }
	for i := 0; i < len(f.Values); {
		end := i
		for end+1 < len(f.Values) && f.Values[end+1] == f.Values[end]+1 {
			end++
		}
		if end-i < 2 {
			end = i
			out = append(out, two(f.Values[i]))
		} else {
			out = append(out, two(f.Values[i])+".."+two(f.Values[end]))
		}
		i = end + 1
	}
	return strings.Join(out, ",")
}
