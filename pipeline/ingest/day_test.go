package ingest

import (
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	all := formDDMMJJJJ | formJJJJMMDD
	for _, c := range []struct {
		in    string
		forms int
		want  string // "" when refused
	}{
		{"2025-01-31", 0, "2025-01-31"},
		{"1970-01-01", 0, "1970-01-01"},
		{"1800-01-01", 0, "1800-01-01"},
		{"9999-12-31", 0, "9999-12-31"},
		{"2024-02-29", 0, "2024-02-29"},
		{"2000-02-29", 0, "2000-02-29"},
		{"31-01-2025", all, "2025-01-31"},
		{"20250131", all, "2025-01-31"},

		{"2025-02-29", 0, ""}, {"1900-02-29", 0, ""}, {"2025-04-31", 0, ""}, {"2025-00-01", 0, ""}, {"2025-13-01", 0, ""}, {"2025-01-00", 0, ""},
		{"1799-12-31", 0, ""}, {"0000-00-00", 0, ""}, {"31-01-2025", 0, ""}, {"20250131", 0, ""}, {"01-31-2025", all, ""},
		{"2025-1-31", all, ""}, {"2025/01/31", all, ""}, {"2025-01-31T00:00:00", all, ""}, {"2025013x", all, ""}, {"-025-01-31", all, ""},
		{"", all, ""}, {"20250100", all, ""}, {"2025-01-3:", all, ""}, {"31.01.2025", all, ""},
	} {
		day, ok := parseDate([]byte(c.in), c.forms)
		if got := Day(day).String(); ok != (c.want != "") || ok && got != c.want {
			t.Errorf("%q: %s, %v; want %q", c.in, got, ok, c.want)
		}
	}
}

// Every day from minYear on, against the standard library, and the first day that is none.
func TestEveryDay(t *testing.T) {
	day := time.Date(minYear, 1, 1, 0, 0, 0, 0, time.UTC)
	for ; day.Year() < 2200; day = day.AddDate(0, 0, 1) {
		text := day.Format(time.DateOnly)
		got, ok := parseDate([]byte(text), 0)
		if !ok || int64(got) != day.Unix()/86400 || Day(got).String() != text {
			t.Fatalf("%s: %d, %v", text, got, ok)
		}
		if _, ok := dayNumber(day.Year(), int(day.Month()), day.Day()+1); ok != (day.AddDate(0, 0, 1).Month() == day.Month()) {
			t.Fatalf("the day after %s: %v", text, ok)
		}
	}
}

func TestParseMonth(t *testing.T) {
	for _, c := range []struct {
		in    string
		forms int
		want  string
		next  string
	}{
		{"2025-01", 0, "2025-01-01", "2025-02-01"}, {"2025-12", 0, "2025-12-01", "2026-01-01"}, {"202512", formJJJJMM, "2025-12-01", "2026-01-01"},
		{"9999-12", 0, "9999-12-01", ""},
		{"202512", 0, "", ""}, {"2025-13", 0, "", ""}, {"2025-00", 0, "", ""}, {"2025-1", 0, "", ""}, {"12-2025", formJJJJMM, "", ""}, {"", 0, "", ""},
	} {
		day, ok := parseMonth([]byte(c.in), c.forms)
		if ok != (c.want != "") || ok && Day(day).String() != c.want {
			t.Errorf("%q: %v, %v; want %q", c.in, Day(day), ok, c.want)
		}
		if c.next != "" {
			if got := Day(nextMonth(int64(day))).String(); got != c.next {
				t.Errorf("after %q: %s; want %s", c.in, got, c.next)
			}
		}
	}
	if got := nextMonth(int64(monthStart[len(monthStart)-2])); got != int64(monthStart[len(monthStart)-1]) {
		t.Errorf("the month after the last one: %d", got)
	}
}
