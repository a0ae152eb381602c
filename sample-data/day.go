package sampledata

import (
	"fmt"
	"time"
)

// day counts days since 1970-01-01, so that lengths are differences.
type day int

// d reads JJJJ-MM-DD. The dates are constants of this package; a wrong one is a mistake in it.
func d(s string) day {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic(err)
	}
	return day(t.Unix() / 86400)
}

func ymd(year, month, dayOfMonth int) day {
	return day(time.Date(year, time.Month(month), dayOfMonth, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (x day) time() time.Time { return time.Unix(int64(x)*86400, 0).UTC() }

// String writes JJJJ-MM-DD.
func (x day) String() string { return x.time().Format(time.DateOnly) }

// month writes JJJJ-MM.
func (x day) month() string { return x.time().Format("2006-01") }

// first is the first day of x's month, next that of the month after it.
func (x day) first() day { t := x.time(); return ymd(t.Year(), int(t.Month()), 1) }
func (x day) next() day  { t := x.time(); return ymd(t.Year(), int(t.Month())+1, 1) }

// The set's own time: what the feeds cover, and when the files were made.
var (
	coverFrom = d("2023-01-01")
	coverTo   = d("2025-12-31") // the peildatum P
	made      = d("2026-02-16")
)

// months calls f for every calendar month that from..to (both included) touches, with the part of it that is touched.
func months(from, to day, f func(from, to day)) {
	for m := from.first(); m <= to; m = m.next() {
		f(max(m, from), min(m.next()-1, to))
	}
}

// eur writes cents as euros with a decimal comma.
func eur(ct int) string { return fmt.Sprintf("%d,%02d", ct/100, ct%100) }
