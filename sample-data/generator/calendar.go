package generator

import "time"

// day counts days since 1970-01-01.
type day int32

const never day = 1 << 30 // after everything

func ymd(year, month, dayOfMonth int) day {
	return day(time.Date(year, time.Month(month), dayOfMonth, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

// parseDay reads JJJJ-MM-DD; 0 for what is no day.
func parseDay(text string) day {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return 0
	}
	return day(t.Unix() / 86400)
}

var (
	firstDay = ymd(1900, 1, 1)
	lastDay  = ymd(2039, 12, 31)
	calendar = newCalendar()
)

type date struct {
	text        string // JJJJ-MM-DD
	year, month int16
}

// newCalendar writes every day of the years that occur once, because a line has four dates.
func newCalendar() []date {
	out := make([]date, 0, lastDay-firstDay+1)
	for t := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC); len(out) < cap(out); t = t.AddDate(0, 0, 1) {
		out = append(out, date{t.Format(time.DateOnly), int16(t.Year()), int16(t.Month())})
	}
	return out
}

func (d day) String() string { return calendar[d-firstDay].text }
func (d day) year() int      { return int(calendar[d-firstDay].year) }
func (d day) month() int     { return int(calendar[d-firstDay].month) }

// first is the first day of d's month; next that of the month after it.
func (d day) first() day { return ymd(d.year(), d.month(), 1) }
func (d day) next() day  { return ymd(d.year(), d.month()+1, 1) }

// age is in whole years on d of someone born on birth (a first of a month).
func age(birth, d day) int {
	a := d.year() - birth.year()
	if d.month() < birth.month() {
		a--
	}
	return a
}

// period is what a set covers: whole months, from the first day of the first to the last day of the last.
type period struct {
	from, to day
	starts   []day // of every month, and the day after the last one
	index    []int16
}

func newPeriod(months int, to day) period {
	p := period{to: to, starts: make([]day, months+1)}
	for i := range p.starts {
		p.starts[i] = ymd(to.year(), to.month()+1-months+i, 1)
	}
	p.from = p.starts[0]
	p.index = make([]int16, to-p.from+1)
	for m := range months {
		for d := p.starts[m]; d < p.starts[m+1]; d++ {
			p.index[d-p.from] = int16(m)
		}
	}
	return p
}

func (p period) months() int { return len(p.starts) - 1 }

// monthOf is the number of d's month; months() for a day after the period. d is not before it.
func (p period) monthOf(d day) int {
	if d > p.to {
		return p.months()
	}
	return int(p.index[d-p.from])
}

// each calls f for every month that from..to (both included) touches within the period, with the part of it that is touched.
func (p period) each(from, to day, f func(m int, from, to day)) {
	from, to = max(from, p.from), min(to, p.to)
	if from > to {
		return
	}
	for m := p.monthOf(from); m < p.months() && p.starts[m] <= to; m++ {
		f(m, max(from, p.starts[m]), min(to, p.starts[m+1]-1))
	}
}
