package world

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stapel/config"
	"stapel/config/configtest"
	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
)

// noLines is a lake without extracts: what these tests deliver has notes only.
func noLines(t *testing.T) *lake.Lake { return &lake.Lake{Root: t.TempDir()} }

// delivered is an accepted delivery with a note, from, to inclusive.
func delivered(kind, gemeenten, from, to string) *inbox.Delivery {
	d := &inbox.Delivery{Kind: kind, Name: kind + "/" + gemeenten + from + ".csv", Sha256: kind + gemeenten + from, Status: inbox.Accepted,
		Extract: &ingest.Extract{Gemeenten: strings.Fields(gemeenten), Pseudoniem: []string{"v1"}}}
	if from != "" {
		a, _ := time.Parse(time.DateOnly, from)
		b, _ := time.Parse(time.DateOnly, to)
		van, tot := ingest.Day(day(a)), ingest.Day(day(b))
		d.Note = &ingest.Note{Gemeenten: strings.Fields(gemeenten), PeriodeVan: &van, PeriodeTot: &tot}
	}
	return d
}

var requiredKinds = []string{"huishouden", "wmo_declaratie", "jeugd_declaratie", "participatie_uitkering", "zvw_declaratie"}

// all delivers every required kind for the same gemeenten and period, but those in except.
func all(gemeenten, from, to string, except ...*inbox.Delivery) []*inbox.Delivery {
	out := except
	for _, kind := range requiredKinds {
		replaced := false
		for _, d := range except {
			replaced = replaced || d.Kind == kind
		}
		if !replaced {
			out = append(out, delivered(kind, gemeenten, from, to))
		}
	}
	return out
}

// TestPeildatum: P is the last day of the last month that every required feed covers for every gemeente (rules 17).
func TestPeildatum(t *testing.T) {
	for name, c := range map[string]struct {
		deliveries []*inbox.Delivery
		want       string
	}{
		"whole year":         {all("GM0855", "2023-01-01", "2025-12-31"), "2025-12-31"},
		"half a month":       {all("GM0855", "2023-01-01", "2025-12-30"), "2025-11-30"},
		"one feed is behind": {all("GM0855", "2023-01-01", "2025-12-31", delivered("zvw_declaratie", "GM0855", "2023-01-01", "2025-09-30")), "2025-09-30"},
		"one gemeente is behind": {all("GM0824 GM0855", "2023-01-01", "2025-12-31", delivered("wmo_declaratie", "GM0824", "2023-01-01", "2025-10-31"),
			delivered("wmo_declaratie", "GM0855", "2023-01-01", "2025-12-31")), "2025-10-31"},
		"two deliveries meet in a month": {all("GM0855", "2023-01-01", "2025-12-31", delivered("wmo_declaratie", "GM0855", "2023-01-01", "2025-12-15"),
			delivered("wmo_declaratie", "GM0855", "2025-12-16", "2025-12-31")), "2025-12-31"},
		"a day between them": {all("GM0855", "2023-01-01", "2025-12-31", delivered("wmo_declaratie", "GM0855", "2023-01-01", "2025-12-14"),
			delivered("wmo_declaratie", "GM0855", "2025-12-16", "2025-12-31")), "2025-11-30"},
		"an optional feed is behind": {append(all("GM0855", "2023-01-01", "2025-12-31"), delivered("wonen_signaal", "GM0855", "2023-01-01", "2024-01-31")), "2025-12-31"},
		"February of a leap year":    {all("GM0855", "2023-01-01", "2024-02-29"), "2024-02-29"},
		"a gap long ago":             {all("GM0855", "2020-01-01", "2020-12-31", all("GM0855", "2023-05-01", "2023-05-31")...), "2023-05-31"},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := New(configtest.Defaults(t, nil), c.deliveries, noLines(t))
			if err != nil {
				t.Fatal(err)
			}
			if got := w.Peil.Format(time.DateOnly); got != c.want {
				t.Errorf("P is %s, want %s", got, c.want)
			}
		})
	}
}

// TestPeildatumRefused: what is missing is named with both remedies, exit 2 (rules 17, 47, 60).
func TestPeildatumRefused(t *testing.T) {
	without := func(kind string) []*inbox.Delivery {
		var out []*inbox.Delivery
		for _, d := range all("GM0855", "2023-01-01", "2025-12-31") {
			if d.Kind != kind {
				out = append(out, d)
			}
		}
		return out
	}
	for name, c := range map[string]struct {
		deliveries []*inbox.Delivery
		want       []string
	}{
		"no file":       {without("zvw_declaratie"), []string{"zvw_declaratie", "run.peildatum", "required: false"}},
		"no note":       {append(without("zvw_declaratie"), delivered("zvw_declaratie", "", "", "")), []string{"zvw_declaratie", "run.peildatum", ".levering.yaml"}},
		"nothing meets": {all("GM0855", "2023-01-01", "2023-12-31", delivered("zvw_declaratie", "GM0855", "2024-01-01", "2024-12-31")), []string{"no month", "run.peildatum"}},
	} {
		_, err := New(configtest.Defaults(t, nil), c.deliveries, noLines(t))
		var e *exit.Error
		if !errors.As(err, &e) || e.Code != exit.Usage {
			t.Errorf("%s: error %v, want exit 2", name, err)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %q does not say %q", name, err, want)
			}
		}
	}
	// with the peildatum set, a required kind without a file is no error
	w, err := New(configtest.Defaults(t, map[string]any{"run.peildatum": "2025-12-31"}), without("zvw_declaratie"), noLines(t))
	if err != nil || w.Peil.Format(time.DateOnly) != "2025-12-31" {
		t.Errorf("P set by hand: %v, %v", w.Peil, err)
	}
}

func TestWindows(t *testing.T) {
	w, err := New(configtest.Defaults(t, map[string]any{"run.peildatum": "2024-02-29"}), all("GM0855", "2023-01-01", "2025-12-31"), noLines(t))
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range []string{"2023-03-01", "2022-03-01", "2021-03-01"} {
		if got := w.WindowStart(n).Format(time.DateOnly); got != want {
			t.Errorf("T%d starts on %s, want %s", n, got, want)
		}
	}
	if p := w.parameter(); p.Tot-p.T0Van != 366 || p.T0Van-p.T1Van != 365 || p.SignaalVan != p.T1Van || date(p.Peilmaand).Day() != 1 {
		t.Errorf("parameters are %+v", p)
	}
	if months := w.calendar(); len(months) != 36 || months[35].Tot != day(w.Peil)+1 {
		t.Errorf("%d months, the last to %s", len(months), date(months[len(months)-1].Tot))
	}
}

// TestCoversAgrees compares the union of coverage with a slow obvious reference, day by day.
func TestCoversAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var list []*inbox.Delivery
		covered := map[int32]bool{}
		for i := range rapid.IntRange(0, 5).Draw(t, "deliveries") {
			from := rapid.Int32Range(19000, 19060).Draw(t, "from")
			to := from + rapid.Int32Range(0, 40).Draw(t, "days")
			d := delivered("wmo_declaratie", "GM0855", date(from).Format(time.DateOnly), date(to).Format(time.DateOnly))
			d.Sha256 = fmt.Sprint(i)
			list = append(list, d)
			for x := from; x <= to; x++ {
				covered[x] = true
			}
		}
		w := &World{Cfg: &config.Config{Contracts: map[string]*config.Contract{"wmo_declaratie": {}}}, All: list}
		w.findCoverage()
		van := rapid.Int32Range(18990, 19110).Draw(t, "van")
		tot := van + rapid.Int32Range(1, 40).Draw(t, "length")
		want := true
		for x := van; x < tot; x++ {
			want = want && covered[x]
		}
		if got := w.covers("wmo_declaratie", "GM0855", van, tot); got != want {
			t.Fatalf("covers [%d,%d) = %v, want %v", van, tot, got, want)
		}
		if w.covers("wmo_declaratie", "GM0824", van, tot) {
			t.Fatal("covers a gemeente that nobody delivers")
		}
	})
}

func TestZvwCoverage(t *testing.T) {
	ja, nee := true, false
	zvw := func(all *bool) *inbox.Delivery {
		d := delivered(kindZvw, "GM0855", "2023-01-01", "2025-12-31")
		d.Note.AlleVerzekeraars = all
		return d
	}
	insured := delivered(kindInsured, "GM0855", "2023-01-01", "2025-12-31")
	for name, c := range map[string]struct {
		all  []*inbox.Delivery
		want string
	}{
		"speaks for all":           {[]*inbox.Delivery{zvw(&ja)}, "alle"},
		"own insured only":         {[]*inbox.Delivery{zvw(&nee), insured}, "verzekerde"},
		"nobody says":              {[]*inbox.Delivery{zvw(nil)}, "onbekend"},
		"one of two, with insured": {[]*inbox.Delivery{zvw(&ja), zvw(nil), insured}, "verzekerde"},
		"one of two, without":      {[]*inbox.Delivery{zvw(&ja), zvw(nil)}, "alle"},
		"nothing at all":           {nil, "onbekend"},
	} {
		w := &World{All: c.all}
		if got := w.zvwCoverage(); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestDeliveredAgain: bytes that are delivered again are as new as that delivery, whose note says what it covers (rules 45).
func TestDeliveredAgain(t *testing.T) {
	at := func(name, sha, when, id string) *inbox.Delivery {
		d := delivered("wonen_signaal", "GM0855", "2023-01-01", "2025-12-31")
		d.Name, d.Sha256 = name, sha
		d.Extract.Levering = int64(len(sha))
		if when == "" {
			d.Note = nil
			return d
		}
		made, _ := time.Parse(time.DateOnly, when)
		d.Note.Aangemaakt, d.Note.LeveringID = &made, id
		return d
	}
	list := []*inbox.Delivery{at("c", "1", "2025-03-01", "b"), at("a", "22", "2025-03-01", "a"), at("b", "333", "2025-01-01", "z"), at("z", "4444", "", ""),
		at("later", "333", "2025-06-01", "y")}
	inbox.Order(list)
	list[4].Status = inbox.Duplicate
	w := &World{Cfg: configtest.Defaults(t, nil), All: list}
	for _, r := range w.deliveries() {
		if r.Bestand == "b" && r.Volgnr != 5 {
			t.Errorf("bytes delivered again later are as new as that delivery: %d", r.Volgnr)
		}
	}
	w.findCoverage()
	if n := len(w.coverageRows()); n != 4 {
		t.Errorf("%d periods of coverage; a duplicate's counts, a delivery without a note has none", n)
	}
}

func TestOneVersion(t *testing.T) {
	a, b := delivered("huishouden", "GM0855", "2023-01-01", "2025-12-31"), delivered("zvw_declaratie", "GM0855", "2023-01-01", "2025-12-31")
	if err := inbox.OneVersion([]*inbox.Delivery{a, b}); err != nil {
		t.Error(err)
	}
	b.Extract.Pseudoniem = []string{"v2"}
	if err := inbox.OneVersion([]*inbox.Delivery{a, b}); err == nil || !strings.Contains(err.Error(), "v1") || !strings.Contains(err.Error(), b.Name) {
		t.Errorf("two versions give %v", err)
	}
	b.Status = inbox.Refused
	if err := inbox.OneVersion([]*inbox.Delivery{a, b}); err != nil {
		t.Errorf("a refused file has no say: %v", err)
	}
}

// TestConfiguredCoverage counts only for a kind whose deliveries have no note.
func TestConfiguredCoverage(t *testing.T) {
	cfg := configtest.Defaults(t, nil)
	cfg.Settings.Feeds = map[string]config.FeedSettings{"wonen_signaal": {Coverage: []config.Coverage{{Gemeente: "GM0855", From: "2024-01-01", To: "2024-12-31"}}}}
	w := &World{Cfg: cfg, All: []*inbox.Delivery{delivered("wonen_signaal", "GM0855", "", "")}}
	w.findCoverage()
	if !w.covers("wonen_signaal", "GM0855", 19723, 19724) || len(w.coverageRows()) != 0 {
		t.Errorf("coverage from the configuration: %+v", w.coverage)
	}
	w = &World{Cfg: cfg, All: []*inbox.Delivery{delivered("wonen_signaal", "GM0824", "2025-01-01", "2025-12-31")}}
	w.findCoverage()
	if w.covers("wonen_signaal", "GM0855", 19723, 19724) {
		t.Error("a note takes the place of the configuration")
	}
}
