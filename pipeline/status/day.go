package status

import (
	"encoding/json"
	"time"
)

// Day is a day, without a time or a zone.
type Day struct{ time.Time }

// DayOf is the day of a time, in its own zone.
func DayOf(t time.Time) Day {
	return Day{time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)}
}

// MarshalJSON writes JJJJ-MM-DD.
func (d Day) MarshalJSON() ([]byte, error) { return json.Marshal(d.Format(time.DateOnly)) }

// UnmarshalJSON reads JJJJ-MM-DD.
func (d *Day) UnmarshalJSON(data []byte) error {
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	t, err := time.Parse(time.DateOnly, s)
	d.Time = t
	return err
}

// DaysTo is how many days later another day is; negative when it is earlier.
func (d Day) DaysTo(other Day) int { return int(other.Sub(d.Time).Hours() / 24) }

// month is the first day of the last month that is whole when a day is the last one covered.
func (d Day) month() time.Time {
	next := d.AddDate(0, 0, 1)
	return time.Date(next.Year(), next.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, -1, 0)
}
