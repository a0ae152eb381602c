package config

import (
	"maps"
	"slices"
	"strings"
	"time"
)

// Every is how often a feed is delivered.
type Every string

// The rhythms of feeds.
const (
	EveryDay     Every = "day"
	EveryWeek    Every = "week"
	EveryMonth   Every = "month"
	EveryQuarter Every = "quarter"
	EveryYear    Every = "year"
)

var everyOrder = []Every{EveryDay, EveryWeek, EveryMonth, EveryQuarter, EveryYear}

// maxSettle is the longest that a file may have to hold still, in seconds: a run waits for it with the data folder locked.
const maxSettle = 3600

// Known reports whether it is one of the rhythms.
func (e Every) Known() bool { return slices.Contains(everyOrder, e) }

// Next is the day on which the delivery after one of that day is expected. A month later than the last day of January is the last day of February.
func (e Every) Next(day time.Time) time.Time {
	switch e {
	case EveryDay:
		return day.AddDate(0, 0, 1)
	case EveryWeek:
		return day.AddDate(0, 0, 7)
	case EveryMonth:
		return monthsLater(day, 1)
	case EveryQuarter:
		return monthsLater(day, 3)
	default:
		return monthsLater(day, 12)
	}
}

func monthsLater(day time.Time, n int) time.Time {
	first := time.Date(day.Year(), day.Month(), 1, 0, 0, 0, 0, day.Location()).AddDate(0, n, 0)
	last := first.AddDate(0, 1, -1).Day()
	return first.AddDate(0, 0, min(day.Day(), last)-1)
}

func everyNames() string {
	var names []string
	for _, e := range everyOrder {
		names = append(names, string(e))
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// undated are feeds without what changes no figure. One that says nothing else is not there, so that a run has the id that it had before.
func undated(feeds map[string]FeedSettings) map[string]FeedSettings {
	out := maps.Clone(feeds)
	for kind, f := range out {
		if f.Every = ""; f.Required == nil && f.Coverage == nil && f.Suppliers == nil {
			delete(out, kind)
			continue
		}
		out[kind] = f
	}
	return out
}
