package world

import (
	"errors"
	"strings"
	"testing"
	"time"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/ingest"
)

// TestCoverageAhead: the configuration covers no day after the newest delivery of the kind, as its note says in its own zone, or after today.
func TestCoverageAhead(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	covered := func(kind, to string) *config.Config {
		c := *cfg
		c.Settings.Feeds = map[string]config.FeedSettings{kind: {Coverage: []config.Coverage{
			{Gemeente: "GM0855", From: "2020-01-01", To: "2020-12-31"}, {Gemeente: "GM0855", From: "2023-01-01", To: to}}}}
		return &c
	}
	made := func(kind, at, status string) *inbox.Delivery {
		when, err := time.Parse(time.RFC3339, at)
		if err != nil {
			t.Fatal(err)
		}
		return &inbox.Delivery{Kind: kind, Status: status, Note: &ingest.Note{Aangemaakt: &when}}
	}
	// 1 February 00.30 in Amsterdam is still 31 January in Greenwich
	now := time.Date(2026, 2, 1, 0, 30, 0, 0, time.FixedZone("", 3600))
	const zvw = "zvw_declaratie"
	noted := []*inbox.Delivery{made(zvw, "2025-12-31T12:00:00Z", inbox.Accepted), made(zvw, "2026-01-16T00:15:00+01:00", inbox.Duplicate),
		made(zvw, "2026-03-01T12:00:00Z", inbox.Refused), made("huishouden", "2026-04-01T12:00:00Z", inbox.Accepted)}
	silent := []*inbox.Delivery{{Kind: zvw, Status: inbox.Accepted}, {Kind: zvw, Status: inbox.Accepted, Note: &ingest.Note{}}}
	for name, c := range map[string]struct {
		kind, to   string
		deliveries []*inbox.Delivery
		want       string
	}{
		"to the day of the newest note":   {zvw, "2026-01-16", noted, ""},
		"a day after it":                  {zvw, "2026-01-17", noted, "feeds.zvw_declaratie.coverage: entry 2: periode_tot 2026-01-17 lies after 2026-01-16, the day on which"},
		"no note says: to today":          {zvw, "2026-02-01", silent, ""},
		"no note says: tomorrow":          {zvw, "2026-02-02", silent, "periode_tot 2026-02-02 lies after 2026-02-01, today"},
		"nothing delivered":               {zvw, "2026-02-02", nil, "lies after 2026-02-01, today"},
		"allocations lie ahead":           {"wmo_toewijzing", "2026-12-31", nil, ""},
		"allocations have their own note": {"wmo_toewijzing", "2026-12-31", []*inbox.Delivery{made("wmo_toewijzing", "2025-12-31T12:00:00Z", inbox.Accepted)}, ""},
	} {
		err := CheckAhead(covered(c.kind, c.to), c.deliveries, now)
		var e *exit.Error
		switch {
		case c.want == "" && err != nil, c.want != "" && (!errors.As(err, &e) || e.Code != exit.Usage || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}
