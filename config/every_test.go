package config

import (
	"strings"
	"testing"
	"time"
)

// TestEvery: the day on which the next delivery is expected, also from days that the next month does not have.
func TestEvery(t *testing.T) {
	for _, c := range []struct {
		every      Every
		from, want string
	}{
		{EveryDay, "2026-02-28", "2026-03-01"}, {EveryWeek, "2026-12-28", "2027-01-04"}, {EveryMonth, "2026-01-31", "2026-02-28"},
		{EveryMonth, "2028-01-31", "2028-02-29"}, {EveryMonth, "2026-12-15", "2027-01-15"}, {EveryQuarter, "2026-11-30", "2027-02-28"},
		{EveryYear, "2028-02-29", "2029-02-28"},
	} {
		from, err := time.Parse(time.DateOnly, c.from)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.every.Next(from).Format(time.DateOnly); got != c.want {
			t.Errorf("%s after %s: %s, want %s", c.every, c.from, got, c.want)
		}
	}
}

// TestArrivalChangesNoHash: how long a file holds still and how often a feed comes are in no hash of a run; what a feed covers is.
func TestArrivalChangesNoHash(t *testing.T) {
	hash := func(own string) string {
		t.Helper()
		cfg, err := load(t, map[string]string{"stapel.yaml": own}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		return cfg.Sha256 + cfg.SettingsSha256
	}
	plain := hash("feeds: {}\n")
	if plain != hash("inbox: {settle_seconds: 5, grace_days: 1}\nfeeds:\n  wmo_declaratie: {every: month}\n") {
		t.Error("how often a feed comes changes the hash")
	}
	if plain == hash("feeds:\n  wmo_declaratie: {required: false, every: month}\n") {
		t.Error("whether a feed is required does not change the hash")
	}
}

// TestArrivalRefused: a rhythm that there is not, and seconds that can't be.
func TestArrivalRefused(t *testing.T) {
	for own, want := range map[string]string{
		"feeds:\n  wmo_declaratie: {every: fortnight}\n": "feeds.wmo_declaratie.every: use day, week, month, quarter or year",
		"inbox: {settle_seconds: -1}\n":                  "inbox.settle_seconds: out of range",
		"inbox: {settle_seconds: 3601}\n":                "inbox.settle_seconds: out of range",
		"inbox: {grace_days: 400}\n":                     "inbox.grace_days: out of range",
	} {
		if _, err := load(t, map[string]string{"stapel.yaml": own}, Options{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", own, err)
		}
	}
}
