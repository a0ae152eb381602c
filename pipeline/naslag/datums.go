package naslag

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"stapel/config"
)

// mogelijk is whether a day is one that an extract may hold (rules 65).
func mogelijk(t time.Time) bool { return t.Year() >= 1900 && t.Year() <= 2199 }

type datumVorm struct {
	naam, layout string
	re           *regexp.Regexp // year, month and day, in groups of those names
}

var datumVormen = []datumVorm{
	{"", time.DateOnly, regexp.MustCompile(`^(?P<j>[0-9]{4})-(?P<m>[0-9]{2})-(?P<d>[0-9]{2})$`)},
	{"DD-MM-JJJJ", "02-01-2006", regexp.MustCompile(`^(?P<d>[0-9]{2})-(?P<m>[0-9]{2})-(?P<j>[0-9]{4})$`)},
	{"JJJJMMDD", "20060102", regexp.MustCompile(`^(?P<j>[0-9]{4})(?P<m>[0-9]{2})(?P<d>[0-9]{2})$`)},
}

// leesDatum reads a day. A day that means "no end" is an empty cell where an end may be left open and wrong elsewhere; a day of
// which only the year, or the year and month, are known is the first or last that it can be, where the contract says so.
func leesDatum(c *config.Contract, k *config.Column, v string) (string, bool) {
	for _, vorm := range datumVormen {
		if vorm.naam != "" && !slices.Contains(k.Formats, vorm.naam) {
			continue
		}
		if t, err := time.Parse(vorm.layout, v); err == nil {
			if slices.Contains(c.CeilingDates, t.Format(time.DateOnly)) {
				return "", k.OpenEnd
			}
			return t.Format(time.DateOnly), mogelijk(t)
		}
		m := vorm.re.FindStringSubmatch(v)
		if m == nil || k.Incomplete == config.IncompleteNo {
			continue
		}
		deel := func(naam string) int {
			n, _ := strconv.Atoi(m[vorm.re.SubexpIndex(naam)])
			return n
		}
		if jaar, maand := deel("j"), deel("m"); deel("d") == 0 && maand <= 12 && jaar > 0 {
			van, tot := datum(jaar, 1, 1), datum(jaar+1, 1, 1)
			if maand > 0 {
				van = datum(jaar, maand, 1)
				tot = van.maand(1)
			}
			if k.Incomplete == config.IncompleteLast {
				van = tot - 1
			}
			return van.String(), mogelijk(van.tijd())
		}
	}
	return v, false
}

// onvolledig is whether a cell holds a day of which only the year, or the year and month, are known, where that may be.
func onvolledig(k *config.Column, v string) bool {
	return v != "" && k.Incomplete != config.IncompleteNo && !slices.ContainsFunc(datumVormen, func(vorm datumVorm) bool {
		_, err := time.Parse(vorm.layout, v)
		return err == nil
	})
}

// leesTijd reads a time of day as HH:MM:SS (rules 69).
func leesTijd(v string) (string, bool) {
	if strings.Count(v, ":") == 1 {
		v += ":00"
	}
	t, err := time.Parse(time.TimeOnly, v)
	return v, err == nil && t.Format(time.TimeOnly) == v
}

// kostsoort is whether lines of a kind are cost lines: they have money and a period (rules 66).
func kostsoort(c *config.Contract) bool { return c.Money != nil && c.Period != nil }

// periodeMogelijk is whether the period of a line can be: no cost line begins before 1990, and none ends more than a year after the delivery was made (rules 66).
func (w *Wereld) periodeMogelijk(r *regel) bool {
	if !kostsoort(w.cfg.Contracts[r.soort]) {
		return true
	}
	van, tot, ok := w.periode(r)
	if !ok {
		return true
	}
	gemaakt, bekend := r.levering.brief.dag()
	return van >= datum(1990, 1, 1) && !(bekend && tot != nooit && tot-1 > gemaakt+365)
}
