package lines

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"stapel/config"
)

// possible is whether a day is one that an extract may hold (rules 65).
func possible(t time.Time) bool { return t.Year() >= 1900 && t.Year() <= 2199 }

type dayForm struct {
	name, layout string
	re           *regexp.Regexp // year, month and day, in groups of those names
}

var dayForms = []dayForm{
	{"", time.DateOnly, regexp.MustCompile(`^(?P<j>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})$`)},
	{"DD-MM-JJJJ", "02-01-2006", regexp.MustCompile(`^(?P<d>[0-9]{2})-(?P<m>[0-9]{2})-(?P<j>[0-9]{4})$`)},
	{"JJJJMMDD", "20060102", regexp.MustCompile(`^(?P<j>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})$`)},
}

// readDay reads a day. One of which only the year, or the year and month, are known is the first or last that it can be, where the
// contract says so: 9999-00-00 for an end is 9999-12-31.
func readDay(c *config.Contract, k *config.Column, v string) (string, bool) {
	for _, form := range dayForms {
		if form.name != "" && !slices.Contains(k.Formats, form.name) {
			continue
		}
		if t, err := time.Parse(form.layout, v); err == nil {
			return meant(c, k, t)
		}
		m := form.re.FindStringSubmatch(v)
		if m == nil || k.Incomplete == config.IncompleteNo {
			continue
		}
		part := func(name string) int {
			n, _ := strconv.Atoi(m[form.re.SubexpIndex(name)])
			return n
		}
		if year, month := part("j"), part("m"); part("d") == 0 && month <= 12 && year > 0 {
			from, to := On(year, 1, 1), On(year+1, 1, 1)
			if month > 0 {
				from = On(year, month, 1)
				to = from.Month(1)
			}
			if k.Incomplete == config.IncompleteLast {
				from = to - 1
			}
			return meant(c, k, from.Time())
		}
	}
	return v, false
}

// meant is what a day in a cell stands for: one that means "no end" is an empty cell where an end may be left open, and wrong elsewhere.
func meant(c *config.Contract, k *config.Column, t time.Time) (string, bool) {
	if slices.Contains(c.CeilingDates, t.Format(time.DateOnly)) {
		return "", k.OpenEnd
	}
	return t.Format(time.DateOnly), possible(t)
}

// incomplete is whether a cell holds a day of which only the year, or the year and month, are known, where that may be.
func incomplete(k *config.Column, v string) bool {
	return v != "" && k.Incomplete != config.IncompleteNo && !slices.ContainsFunc(dayForms, func(form dayForm) bool {
		_, err := time.Parse(form.layout, v)
		return err == nil
	})
}

// readTime reads a time of day as HH:MM:SS (rules 69).
func readTime(v string) (string, bool) {
	if strings.Count(v, ":") == 1 {
		v += ":00"
	}
	t, err := time.Parse(time.TimeOnly, v)
	return v, err == nil && t.Format(time.TimeOnly) == v
}

// CostKind is whether lines of a kind are cost lines: they have money and a period (rules 66).
func CostKind(c *config.Contract) bool { return c.Money != nil && c.Period != nil }

// possiblePeriod is whether the period of a cost line can be: none begins before 1990, and none ends more than a year after the delivery
// was made (rules 66).
func possiblePeriod(l *Line) bool {
	made, known := l.Delivery.note.day()
	return l.From >= On(1990, 1, 1) && !(known && l.To != Never && l.To-1 > made+365)
}

// dated is whether the columns of a line's own time could be read.
func (l *Line) dated(c *config.Contract) bool {
	if c.Period == nil {
		return false
	}
	for _, name := range []string{c.Period.Column, c.Period.End} {
		if v := l.Get(name); v != "" {
			if _, err := time.Parse(time.DateOnly, v); err != nil {
				return false
			}
		}
	}
	return true
}

// period is the line's own time; ok is false without a date.
func (l *Line) period(c *config.Contract) (from, to Day, ok bool) {
	p := c.Period
	if from, ok = l.Day(p.Column); !ok {
		return 0, 0, false
	}
	if c.Column(p.Column).Type == config.TypeMaand {
		return from, from.Month(1), true
	}
	if p.End == "" {
		return from, from + 1, true
	}
	if last, ok := l.Day(p.End); ok {
		return from, last + 1, true
	}
	if p.WithoutEnd == config.EndEvent {
		return from, from + 1, true
	}
	return from, Never, true
}
