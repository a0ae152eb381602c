package lines

import (
	"fmt"
	"strconv"
	"time"
)

// Day is a day, counted from 1970-01-01.
type Day int

// Never lies after every day of every extract: the end of what has no end.
const Never Day = 1 << 30

// ParseDay reads a day as JJJJ-MM-DD; what it gets was checked against its contract before.
func ParseDay(s string) Day {
	if len(s) == len(time.DateOnly) {
		year, err1 := strconv.Atoi(s[:4])
		month, err2 := strconv.Atoi(s[5:7])
		d, err3 := strconv.Atoi(s[8:])
		if err1 == nil && err2 == nil && err3 == nil {
			return On(year, month, d)
		}
	}
	panic(fmt.Sprintf("reference: a day was expected where there is none: %d characters", len(s)))
}

// On is a day of a year and month; a month or day beyond the last one counts on.
func On(year, month, d int) Day {
	return Day(time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// Time is midnight of the day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Year is that of the day.
func (d Day) Year() int { return d.Time().Year() }

// String is the day as JJJJ-MM-DD.
func (d Day) String() string { return d.Time().Format(time.DateOnly) }

// Month is the first day of the month that is n months after the one of d.
func (d Day) Month(n int) Day {
	t := d.Time()
	return On(t.Year(), int(t.Month())+n, 1)
}
