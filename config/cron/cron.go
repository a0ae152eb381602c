// Package cron reads cron expressions of five fields: minute, hour, day of the month, month, day of the week. It takes what every cron reads alike, and of
// what some read otherwise it says how to write it so that all agree. What comes out are the values of each field; when that is, package schedule works out.
package cron

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Field is what one field of an expression allows.
type Field struct {
	Any    bool  // * : every value
	Values []int // otherwise those that are allowed, in order; Sunday is 0
}

// Has reports whether a field allows a value.
func (f Field) Has(v int) bool { return f.Any || slices.Contains(f.Values, v) }

// Expr is an expression that was read.
type Expr struct {
	Text                              string // as it was written, with single blanks and names of months and days as numbers
	Minute, Hour, Day, Month, Weekday Field

	// At most one of these, and then Day and Weekday are *; the zero value is that it was not said.
	LastDay     bool    // L: the last day of the month
	NearWorkday int     // 15W: the working day nearest to the 15th, in the same month
	LastWeekday *int    // 5L: the last Friday of the month
	Nth         *[2]int // 5#2: weekday and which one of the month, 1 to 4
}

type spec struct {
	name      string
	low, high int
	names     []string // of low and up
}

var specs = [5]spec{
	{"minute", 0, 59, nil},
	{"hour", 0, 23, nil},
	{"day of the month", 1, 31, nil},
	{"month", 1, 12, strings.Fields("JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC")},
	{"day of the week", 0, 7, strings.Fields("SUN MON TUE WED THU FRI SAT")},
}

// longest are the days of each month in the year that has most.
var longest = [13]int{0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}

// Parse reads an expression. An error says which field is wrong, and what is wanted there.
func Parse(text string) (Expr, error) {
	parts := strings.Fields(strings.ToUpper(text))
	if len(parts) != 5 {
		return Expr{}, fmt.Errorf("want five fields (minute, hour, day, month, day of the week) with blanks between them, and there are %d", len(parts))
	}
	e := Expr{}
	day, weekday := parts[2], parts[4]
	if special, err := e.special(day, weekday); err != nil {
		return Expr{}, err
	} else if special {
		day, weekday = "*", "*"
	}
	for i, to := range []*Field{&e.Minute, &e.Hour, &e.Day, &e.Month, &e.Weekday} {
		field := parts[i]
		if i == 2 {
			field = day
		}
		if i == 4 {
			field = weekday
		}
		f, written, err := specs[i].parse(field)
		if err != nil {
			return Expr{}, fmt.Errorf("%s: %w", specs[i].name, err)
		}
		*to = f
		if parts[i] == field {
			parts[i] = written
		}
	}
	switch {
	case strings.Contains(weekday, "*") && weekday != "*":
		return Expr{}, fmt.Errorf("day of the week: a step over * means one thing here and another there; write the days, as 1,3,5")
	case strings.Contains(day, "*") && day != "*" && weekday != "*":
		return Expr{}, fmt.Errorf("day of the month: a step over * beside a day of the week means one thing here and another there; write the days, as 1,11,21")
	case !e.happens():
		return Expr{}, fmt.Errorf("day of the month: none of these months has that day, so it would never be")
	}
	e.Text = strings.Join(parts, " ")
	return e, nil
}

// special reads what stands for a day that depends on the month.
func (e *Expr) special(day, weekday string) (bool, error) {
	marked := strings.ContainsAny(day, "LW") // no day of the month has a name
	number := strings.TrimSuffix(weekday, "L")
	which, nth, counted := strings.Cut(weekday, "#")
	marked = marked || number != weekday || counted
	switch {
	case !marked:
		return false, nil
	case day != "*" && weekday != "*":
		return false, fmt.Errorf("day: L, W and # stand alone: the other field of a day is * then")
	case day == "L":
		e.LastDay = true
	case day != "*":
		n, err := strconv.Atoi(strings.TrimSuffix(day, "W"))
		if err != nil || n < 1 || n > 31 {
			return false, fmt.Errorf("day of the month: want L (the last) or a day and W (15W: the working day nearest to the 15th), alone")
		}
		e.NearWorkday = n
	case counted:
		d, ok := specs[4].value(which)
		n, err := strconv.Atoi(nth)
		if !ok || err != nil || n < 1 || n > 4 {
			return false, fmt.Errorf("day of the week: want a day, # and 1 to 4 (5#2: the second Friday); the last is 5L")
		}
		e.Nth = &[2]int{d % 7, n}
	default:
		d, ok := specs[4].value(number)
		if !ok {
			return false, fmt.Errorf("day of the week: want a day and L (5L: the last Friday), alone")
		}
		d %= 7
		e.LastWeekday = &d
	}
	return true, nil
}

func (s spec) value(text string) (int, bool) {
	if i := slices.Index(s.names, text); i >= 0 {
		return i + s.low, true
	}
	n, err := strconv.Atoi(text)
	return n, err == nil && n >= s.low && n <= s.high && text[0] != '+' && text[0] != '-'
}

// parse reads a list of values, ranges and steps; written is the list with numbers for names.
func (s spec) parse(field string) (f Field, written string, err error) {
	if field == "*" {
		return Field{Any: true}, field, nil
	}
	var items []string
	for item := range strings.SplitSeq(field, ",") {
		low, high, step, text := s.low, s.high, 1, "*"
		span, by, stepped := strings.Cut(item, "/")
		if s.high == 7 {
			high = 6
		}
		if from, to, ranged := strings.Cut(span, "-"); span != "*" {
			var ok1, ok2 bool
			low, ok1 = s.value(from)
			high, ok2 = low, true
			text = strconv.Itoa(low)
			if ranged {
				high, ok2 = s.value(to)
				text += "-" + strconv.Itoa(high)
			}
			switch {
			case !ok1 || !ok2:
				return f, "", fmt.Errorf("want values of %d to %d, as 5, 1-5, 1-31/2, */10 or a list with commas", s.low, s.high)
			case high < low:
				return f, "", fmt.Errorf("a range goes from low to high; write two with a comma between them")
			case stepped && !ranged:
				return f, "", fmt.Errorf("a step is over * or a range, as */10 or 5-59/10")
			}
		}
		if stepped {
			if step, err = strconv.Atoi(by); err != nil || step < 1 || step > s.high {
				return f, "", fmt.Errorf("want a step of 1 to %d", s.high)
			}
			text += "/" + strconv.Itoa(step)
		}
		items = append(items, text)
		for v := low; v <= high; v += step {
			if s.high == 7 {
				f.Values = append(f.Values, v%7)
			} else {
				f.Values = append(f.Values, v)
			}
		}
	}
	slices.Sort(f.Values)
	f.Values = slices.Compact(f.Values)
	return f, strings.Join(items, ","), nil
}

// happens is false of a day that none of the months has.
func (e Expr) happens() bool {
	first := e.NearWorkday
	if !e.Day.Any {
		if !e.Weekday.Any {
			return true // either is enough
		}
		first = e.Day.Values[0]
	}
	for m := 1; m <= 12; m++ {
		if e.Month.Has(m) && first <= longest[m] {
			return true
		}
	}
	return false
}
