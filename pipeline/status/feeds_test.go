package status

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline/runlog"
)

// now is when tests look: the days in them are around it.
var now = time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)

// inboxOf makes a data folder with files of a kind and name, each with a note or without one.
func inboxOf(t testing.TB, files map[string]string) string {
	t.Helper()
	data := t.TempDir()
	for name, note := range files {
		file := filepath.Join(data, "inbox", name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("a;b\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if note != "" {
			if err := os.WriteFile(file+".levering.yaml", []byte(note), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return data
}

// note is a delivery note.
func note(supplier, gemeenten, from, to, made string) string {
	text := "gegevensleverancier: " + supplier + "\naangemaakt: " + made + "\n"
	if gemeenten != "" {
		text += "gemeentecode: [" + gemeenten + "]\n"
	}
	if from != "" {
		text += "periode_van: " + from + "\nperiode_tot: " + to + "\n"
	}
	return text
}

// monthly are deliveries of all required kinds but some, to the end of October.
func monthly(except ...string) map[string]string {
	files := map[string]string{}
	for _, kind := range []string{"huishouden", "wmo_declaratie", "jeugd_declaratie", "participatie_uitkering", "zvw_declaratie"} {
		files[kind+"/okt.csv"] = note("Tilburg", `"0855"`, "2023-01-01", "2026-10-31", "2026-11-10")
	}
	for _, kind := range except {
		delete(files, kind+"/okt.csv")
	}
	return files
}

func with(files map[string]string, more ...string) map[string]string {
	for i := 0; i < len(more); i += 2 {
		files[more[i]] = more[i+1]
	}
	return files
}

var loaded sync.Once
var built config.Config

// defaults is a copy of the built-in configuration, of which fields may be set.
func defaults(t testing.TB) *config.Config {
	loaded.Do(func() { built = *configtest.Defaults(t, nil) })
	cfg := built
	return &cfg
}

func read(t testing.TB, data string, feeds map[string]config.FeedSettings) *Status {
	t.Helper()
	cfg := defaults(t)
	cfg.Settings.Feeds = feeds
	s, err := Read(t.Context(), Options{Data: data, Config: cfg, Now: now, Runs: 10})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// feedsOf are the feeds of a kind, as stand, gemeenten and supplier.
func feedsOf(s *Status, kind string) (out []string) {
	for _, f := range s.Feeds {
		if f.Kind == kind {
			out = append(out, strings.TrimSpace(string(f.Stand)+" "+strings.Join(f.Gemeenten, ",")+" "+f.Supplier))
		}
	}
	return out
}

// TestStand: how feeds are doing, by what lies there, what is configured and what day it is.
func TestStand(t *testing.T) {
	no := false
	for what, c := range map[string]struct {
		files map[string]string
		feeds map[string]config.FeedSettings
		kind  string
		want  string
		why   string
	}{
		"as far as the others":        {monthly(), nil, "wmo_declaratie", "bij GM0855 Tilburg", ""},
		"required and not there":      {monthly("wmo_declaratie"), nil, "wmo_declaratie", "ontbreekt", "een run heeft deze bron nodig"},
		"not there, and need not be":  {monthly(), nil, "veldmelding", "niet_geleverd", ""},
		"not there, with a rhythm":    {monthly(), map[string]config.FeedSettings{"veldmelding": {Every: "month"}}, "veldmelding", "ontbreekt", "er is geen levering"},
		"no longer required":          {monthly("wmo_declaratie"), map[string]config.FeedSettings{"wmo_declaratie": {Required: &no}}, "wmo_declaratie", "niet_geleverd", ""},
		"a month ago and not late":    {monthly(), map[string]config.FeedSettings{"wmo_declaratie": {Every: "month"}}, "wmo_declaratie", "bij GM0855 Tilburg", ""},
		"a week ago, each day":        {monthly(), map[string]config.FeedSettings{"wmo_declaratie": {Every: "day"}}, "wmo_declaratie", "te_laat GM0855 Tilburg", "verwacht op 11 november 2026, 9 dagen geleden; de laatste is van 10 november 2026"},
		"within the days of grace":    {with(monthly(), "wmo_declaratie/okt.csv", note("Tilburg", `"0855"`, "2023-01-01", "2026-10-31", "2026-11-06")), map[string]config.FeedSettings{"wmo_declaratie": {Every: "week"}}, "wmo_declaratie", "bij GM0855 Tilburg", ""},
		"a day after them":            {with(monthly(), "wmo_declaratie/okt.csv", note("Tilburg", `"0855"`, "2023-01-01", "2026-10-31", "2026-11-05")), map[string]config.FeedSettings{"wmo_declaratie": {Every: "week"}}, "wmo_declaratie", "te_laat GM0855 Tilburg", "verwacht op 12 november 2026, 8 dagen geleden"},
		"a month behind the others":   {with(monthly("wmo_declaratie"), "wmo_declaratie/sep.csv", note("Tilburg", `"0855"`, "2023-01-01", "2026-09-30", "2026-10-10")), nil, "wmo_declaratie", "achter GM0855 Tilburg", "dekt tot en met 30 september 2026, terwijl een andere bron heel okt 2026 dekt; dat houdt de peildatum tegen"},
		"part of the month":           {with(monthly("wmo_declaratie"), "wmo_declaratie/okt.csv", note("Tilburg", `"0855"`, "2023-01-01", "2026-10-30", "2026-11-10")), nil, "wmo_declaratie", "achter GM0855 Tilburg", "dekt tot en met 30 oktober 2026"},
		"no note":                     {with(monthly(), "veldmelding/v.csv", ""), nil, "veldmelding", "onbekend", "niets zegt welke periode dit dekt"},
		"no note, and it is required": {with(monthly("wmo_declaratie"), "wmo_declaratie/w.csv", ""), nil, "wmo_declaratie", "onbekend", "niets zegt"},
		"covered as configured": {with(monthly("wmo_declaratie"), "wmo_declaratie/w.csv", ""), map[string]config.FeedSettings{"wmo_declaratie": {Coverage: []config.Coverage{{Gemeente: "GM0855", From: "2023-01-01", To: "2026-10-31"}}}},
			"wmo_declaratie", "bij GM0855", ""},
		"a note that is none": {with(monthly("wmo_declaratie"), "wmo_declaratie/w.csv", "{"), nil, "wmo_declaratie", "ontbreekt", "wat er ligt is geweigerd"},
		"as earlier ones came, and late": {with(monthly("wmo_declaratie"), "wmo_declaratie/1.csv", note("Tilburg", `"0855"`, "2023-01-01", "2026-07-31", "2026-08-01"), "wmo_declaratie/2.csv", note("Tilburg", `"0855"`, "2023-01-01", "2026-08-31", "2026-09-01"),
			"wmo_declaratie/3.csv", note("Tilburg", `"0855"`, "2023-01-01", "2026-09-30", "2026-10-01"), "wmo_declaratie/4.csv", note("Tilburg", `"0855"`, "2023-01-01", "2026-10-31", "2026-10-12")), nil,
			"wmo_declaratie", "te_laat GM0855 Tilburg", "verwacht op 11 november 2026, 9 dagen geleden"}, // 31, 30 and 11 days: every 30
		"two came at once, which is no rhythm": {with(monthly("wmo_declaratie"), "wmo_declaratie/1.csv", note("Tilburg", `"0855"`, "2023-01-01", "2026-10-31", "2026-01-01"), "wmo_declaratie/2.csv", note("Tilburg", `"0855"`, "2023-01-01", "2026-10-31", "2026-01-02")), nil,
			"wmo_declaratie", "bij GM0855 Tilburg", ""},
		"another gemeente does not have it": {with(monthly(), "huishouden/h2.csv", note("Goirle", `"0785"`, "2023-01-01", "2026-10-31", "2026-11-10")), nil, "wmo_declaratie", "bij GM0855 Tilburg|ontbreekt GM0785 Tilburg", "een run heeft deze bron nodig"},
		"two gemeenten that agree":          {with(monthly("wmo_declaratie"), "wmo_declaratie/okt.csv", note("Regio", `"0855", "0785"`, "2023-01-01", "2026-10-31", "2026-11-10")), nil, "wmo_declaratie", "bij GM0785,GM0855 Regio", ""},
		"one of two insurers": {with(monthly(), "zvw_declaratie/b.csv", note("Verzekeraar B", `"0855"`, "2023-01-01", "2026-10-31", "2026-08-10")), map[string]config.FeedSettings{"zvw_declaratie": {Every: "month"}}, "zvw_declaratie",
			"bij GM0855 Tilburg|te_laat GM0855 Verzekeraar B", "verwacht op 10 september 2026, 71 dagen geleden"},
	} {
		s := read(t, inboxOf(t, c.files), c.feeds)
		if got := strings.Join(slices.Sorted(slices.Values(feedsOf(s, c.kind))), "|"); got != c.want {
			t.Errorf("%s: %q, want %q", what, got, c.want)
		}
		said := ""
		for _, f := range s.Feeds {
			if f.Kind == c.kind && (said == "" || f.Stand.Bad()) {
				said = f.Why
			}
		}
		if !strings.Contains(said, c.why) || c.why == "" && said != "" {
			t.Errorf("%s: it says %q, want %q", what, said, c.why)
		}
		for _, f := range s.Feeds {
			if f.Stand.Bad() == (f.Do == "") && f.Stand != Unknown {
				t.Errorf("%s: %s is %s, and what to do is %q", what, f.Kind, f.Stand, f.Do)
			}
			if f.Stand.Bad() != strings.Contains(points(s), f.Why) && f.Why != "" && f.Stand != Unknown {
				t.Errorf("%s: %s: %q is not among what needs somebody", what, f.Kind, f.Why)
			}
		}
		if len(s.Trouble) > 0 {
			t.Errorf("%s: %v", what, s.Trouble)
		}
	}
}

func points(s *Status) string {
	text := ""
	for _, p := range s.Points {
		text += p.Text + "\n"
	}
	return text
}

// TestRefusedDoesNotCount: what the last run refused is no delivery, until another file takes its place; why is said.
func TestRefusedDoesNotCount(t *testing.T) {
	data := inboxOf(t, monthly())
	file := filepath.Join(data, "inbox", "wmo_declaratie", "okt.csv")
	later := time.Now().Add(time.Hour)
	log := runlog.Log{Data: data}
	begun, err := log.Begin(later, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := log.End(begun, later, runlog.End{Exit: 4, Run: "2026-10-31-0123456789ab", Read: &later, Files: 5,
		Refused: []runlog.Refused{{Kind: "wmo_declaratie", File: "wmo_declaratie/okt.csv", Supplier: "Tilburg", Code: "kop", Reason: "kolom ontbreekt", Remedy: "lever opnieuw"}}}); err != nil {
		t.Fatal(err)
	}
	s := read(t, data, nil)
	if got := feedsOf(s, "wmo_declaratie"); len(got) != 1 || strings.Join(strings.Fields(got[0]), " ") != "ontbreekt Tilburg" {
		t.Errorf("%q", got)
	}
	if len(s.Refused) != 1 || !strings.Contains(points(s), "wmo_declaratie/okt.csv is geweigerd: kolom ontbreekt") || len(s.Inbox.New) != 0 {
		t.Errorf("%+v\n%s%v", s.Refused, points(s), s.Inbox.New)
	}
	// another file in its place
	before := later.Add(-2 * time.Hour)
	begun, err = log.Begin(before, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(data, "runs.jsonl")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(data, "runs.jsonl.stand")); err != nil {
		t.Fatal(err)
	}
	if err := log.End(begun, before, runlog.End{Exit: 4, Read: &before, Files: 5, Refused: []runlog.Refused{{Kind: "wmo_declaratie", File: "wmo_declaratie/okt.csv", Reason: "kolom ontbreekt"}}}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("a;b;c\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	s = read(t, data, nil)
	if got := feedsOf(s, "wmo_declaratie"); len(got) != 1 || got[0] != "bij GM0855 Tilburg" || len(s.Refused) != 0 || len(s.Inbox.New) != 5 {
		t.Errorf("%q, %v, %v", got, s.Refused, s.Inbox.New)
	}
}
