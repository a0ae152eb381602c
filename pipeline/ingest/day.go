package ingest

import (
	"fmt"
	"slices"
	"time"
)

// Day is a calendar day as the number of days since 1970-01-01, the form that Parquet's DATE has.
type Day int32

// String gives JJJJ-MM-DD.
func (d Day) String() string { return d.Time().Format(time.DateOnly) }

// Time is midnight UTC of the day.
func (d Day) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// MarshalText gives JJJJ-MM-DD.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads JJJJ-MM-DD.
func (d *Day) UnmarshalText(text []byte) error {
	v, ok := parseDate(text, 0)
	if !ok {
		return fmt.Errorf("geen datum JJJJ-MM-DD")
	}
	*d = Day(v)
	return nil
}

// Years that dates are read in, more than a cell may have: a note of the year 9999 has to be told what is wrong with it.
const minYear, maxYear = 1800, 9999

// monthStart holds the day number of the first day of every month from minYear to the first month after maxYear.
var monthStart = func() (t [(maxYear-minYear+1)*12 + 1]int32) {
	for i := range t {
		t[i] = int32(time.Date(minYear+i/12, time.Month(i%12+1), 1, 0, 0, 0, 0, time.UTC).Unix() / 86400)
	}
	return t
}()

// Spellings of dates and months that a contract can accept beside JJJJ-MM-DD and JJJJ-MM.
const (
	formDDMMJJJJ = 1 << iota // DD-MM-JJJJ
	formJJJJMMDD             // JJJJMMDD
	formJJJJMM               // JJJJMM
)

func dateForms(names []string) (forms int) {
	for _, n := range names {
		switch n {
		case "DD-MM-JJJJ":
			forms |= formDDMMJJJJ
		case "JJJJMMDD":
			forms |= formJJJJMMDD
		case "JJJJMM":
			forms |= formJJJJMM
		}
	}
	return forms
}

// digits2 and digits4 read digits; anything else makes them negative.
func digits2(b []byte) int {
	x, y := uint(b[0])-'0', uint(b[1])-'0'
	if x > 9 || y > 9 {
		return -1
	}
	return int(x*10 + y)
}

func digits4(b []byte) int {
	x, y := digits2(b), digits2(b[2:])
	if x < 0 || y < 0 {
		return -1
	}
	return x*100 + y
}

// dayNumber is the day number of a date, false when that date does not exist.
func dayNumber(year, month, day int) (int32, bool) {
	if year < minYear || year > maxYear || month < 1 || month > 12 || day < 1 {
		return 0, false
	}
	i := (year-minYear)*12 + month - 1
	n := monthStart[i] + int32(day) - 1
	return n, n < monthStart[i+1]
}

// parseDate reads a day in JJJJ-MM-DD or one of the other forms given.
func parseDate(b []byte, forms int) (day int32, ok bool) {
	switch {
	case len(b) == 10 && b[4] == '-' && b[7] == '-':
		return dayNumber(digits4(b), digits2(b[5:]), digits2(b[8:]))
	case len(b) == 10 && forms&formDDMMJJJJ != 0 && b[2] == '-' && b[5] == '-':
		return dayNumber(digits4(b[6:]), digits2(b[3:]), digits2(b))
	case len(b) == 8 && forms&formJJJJMMDD != 0:
		return dayNumber(digits4(b), digits2(b[4:]), digits2(b[6:]))
	}
	return 0, false
}

// Days that a cell may hold: 1900 to 2199 (rules 65). What lies further away is no day of care, and no engine may have to
// reckon with it.
var (
	firstCellDay = int64(monthStart[(1900-minYear)*12])
	lastCellDay  = int64(monthStart[(2200-minYear)*12]) - 1
	firstCostDay = int64(monthStart[(1990-minYear)*12])
)

// parsePartial reads a date of which the day, or the month and the day, is 00, in a form that forms has, as the first or the
// last day it can be.
func parsePartial(b []byte, forms int, last bool) (day int32, ok bool) {
	var y, m, d int
	switch {
	case len(b) == 10 && b[4] == '-' && b[7] == '-':
		y, m, d = digits4(b), digits2(b[5:]), digits2(b[8:])
	case len(b) == 10 && forms&formDDMMJJJJ != 0 && b[2] == '-' && b[5] == '-':
		y, m, d = digits4(b[6:]), digits2(b[3:]), digits2(b)
	case len(b) == 8 && forms&formJJJJMMDD != 0:
		y, m, d = digits4(b), digits2(b[4:]), digits2(b[6:])
	default:
		return 0, false
	}
	if y < minYear || y > maxYear || m < 0 || m > 12 || d != 0 {
		return 0, false
	}
	from, months := (y-minYear)*12+max(m, 1)-1, 1
	if m == 0 {
		months = 12
	}
	if last {
		return monthStart[from+months] - 1, true
	}
	return monthStart[from], true
}

// parseTime reads a time of day, UU:MM or UU:MM:SS.
func parseTime(b []byte) bool {
	if len(b) != 5 && len(b) != 8 || b[2] != ':' || len(b) == 8 && b[5] != ':' {
		return false
	}
	h, m, s := digits2(b), digits2(b[3:]), 0
	if len(b) == 8 {
		s = digits2(b[6:])
	}
	return h >= 0 && h < 24 && m >= 0 && m < 60 && s >= 0 && s < 60
}

// parseMonth reads a month in JJJJ-MM, or JJJJMM when forms has it, as its first day.
func parseMonth(b []byte, forms int) (first int32, ok bool) {
	switch {
	case len(b) == 7 && b[4] == '-':
		return dayNumber(digits4(b), digits2(b[5:]), 1)
	case len(b) == 6 && forms&formJJJJMM != 0:
		return dayNumber(digits4(b), digits2(b[4:]), 1)
	}
	return 0, false
}

// nextMonth is the first day of the month after the one that starts on day first.
func nextMonth(first int64) int64 {
	i, _ := slices.BinarySearch(monthStart[:], int32(first))
	return int64(monthStart[i+1])
}
