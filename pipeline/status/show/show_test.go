package show

import (
	"bytes"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"pgregory.net/rapid"

	"stapel/pipeline/exit"
	"stapel/pipeline/status"
	"stapel/reports/nltest"
	"stapel/reports/reporttest"
)

func ref[T any](v T) *T { return &v }

func on(day string) *status.Day {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return ref(status.DayOf(t))
}

// fixture is a status in which there is something of everything.
func fixture() View {
	now := time.Date(2026, 11, 20, 9, 30, 0, 0, time.UTC)
	s := &status.Status{Moment: now, Data: "/srv/stapel", Busy: true,
		Latest: &status.Latest{Run: "2026-09-30-0123456789ab", Peildatum: *on("2026-09-30"), Finished: ref(now.AddDate(0, 0, -30)), Days: ref(30)},
		Points: []status.Point{{Sort: status.OfRun, Text: `de laatste run mislukte met exitcode 5: <b>&"`, Do: "verhelp het"}, {Sort: status.OfFeed, Text: "te laat", Do: "vraag het"}},
		Runs: []status.Run{{Begin: now.Add(-time.Minute), Stand: status.RunBusy}, {Begin: now.Add(-time.Hour), Stand: status.RunFailed, Exit: ref(exit.ChecksFailed), Seconds: ref(12.34)},
			{Begin: now.AddDate(0, 0, -1), Stand: status.RunLost, Until: "lake"}, {Begin: now.AddDate(0, 0, -30), Stand: status.RunDone, Run: "2026-09-30-0123456789ab", Peildatum: "2026-09-30", Exit: ref(exit.Refused), Seconds: ref(60.0), Refused: 1, Bad: 1234}},
		Inbox: status.Inbox{Files: 3, New: []string{"wmo_declaratie/okt.csv"}, Arriving: []string{"zvw_declaratie/okt.csv"}, Unread: []status.Unread{{File: "x", Reason: "y"}}},
		Feeds: []status.Feed{
			{Kind: "wmo_declaratie", Gemeenten: []string{"GM0785", "GM0855"}, Supplier: "Gemeente \"Tilburg\" \\ &", Required: true, Deliveries: 2, Made: on("2026-10-10"), Days: ref(41), Until: on("2026-09-30"), Months: ref(12), Newest: on("2026-09-29"),
				Rhythm: "month", Set: true, Expected: on("2026-11-10"), Stand: status.Late, Why: "verwacht op 10 november 2026, 10 dagen geleden", Do: "vraag het", Ask: "de volgende levering vanaf 1 oktober 2026"},
			{Kind: "zvw_declaratie", Gemeenten: []string{"GM0855"}, Supplier: "Verzekeraar A", Required: true, Deliveries: 1, Made: on("2026-11-10"), Days: ref(10), Until: on("2026-10-31"), Stand: status.Fine},
			{Kind: "zvw_declaratie", Gemeenten: []string{"GM0855"}, Supplier: "Verzekeraar B", Required: true, Deliveries: 1, Made: on("2026-09-10"), Days: ref(71), Until: on("2026-09-30"), Stand: status.Behind, Why: "dekt tot en met 30 september 2026", Do: "vraag het", Ask: "een levering vanaf 1 oktober 2026"},
			{Kind: "huishouden", Gemeenten: []string{}, Role: "gemeente", Required: true, Stand: status.Missing, Why: "er is geen levering", Do: "vraag het", Ask: "Huishoudens (BRP)"},
			{Kind: "veldmelding", Gemeenten: []string{}, Stand: status.Absent},
		},
		Refused: []status.Refused{{Kind: "zvw_declaratie", File: "zvw_declaratie/sep.csv", Supplier: "verzekeraar  b", Code: "kop", Reason: "de kolom bedrag_ct ontbreekt", Remedy: "lever het bestand opnieuw"},
			{Kind: "huishouden", File: "huishouden/h.csv", Code: "geen_csv", Reason: "dit is geen CSV"}},
		Links: []status.Link{{Kind: "wmo_declaratie", Gemeente: "alle", Share: ref(0.987), Minimum: ref(0.9), Before: ref(0.99)}, {Kind: "wmo_declaratie", Gemeente: "GM0785", Share: ref(0.2), Minimum: ref(0.9), Bad: true},
			{Kind: "veldmelding", Gemeente: "alle"}},
		Models: []status.Timing{{Name: "ranglijst", Seconds: 6.1, Usual: ref(3.0), Runs: 5, Slower: true}, {Name: "kosten", Seconds: 1}},
		Stages: []status.Timing{{Name: "rekenen", Seconds: 17.5, Usual: ref(17.0), Runs: 5}},
		Jobs: []status.Job{{Name: "maandrun", Purpose: "Maandelijkse ranglijst", Stand: "mislukt", Due: now.Add(-3 * time.Hour), Next: now.AddDate(0, 1, 0), Exit: ref(exit.ChecksFailed), Failures: 2},
			{Name: "dagrun", Purpose: "Elke dag", Stand: "bij", Due: now, Next: now, Success: ref(now)}},
		Trouble: []status.Trouble{{What: "de taken", Why: "onleesbaar"}},
	}
	return View{Status: s, Version: "0.1.0", Zone: time.UTC, Place: func(code string) string { return map[string]string{"GM0855": "Tilburg", "GM0785": "Goirle"}[code] }}
}

// parsed reads the text format with the parser of Prometheus' own libraries.
func parsed(t testing.TB, text []byte) map[string]*dto.MetricFamily {
	t.Helper()
	p := expfmt.NewTextParser(model.LegacyValidation)
	out, err := p.TextToMetricFamilies(bytes.NewReader(text))
	if err != nil {
		t.Fatalf("%v in\n%s", err, text)
	}
	return out
}

// value is the sample of a family with these labels; NaN when there is none.
func value(f *dto.MetricFamily, pairs ...string) float64 {
	for _, m := range f.GetMetric() {
		var have []string
		for _, l := range m.GetLabel() {
			have = append(have, l.GetName(), l.GetValue())
		}
		if slices.Equal(have, pairs) {
			return m.GetGauge().GetValue()
		}
	}
	return math.NaN()
}

// TestPrometheus: what is known is a sample, what is not is none, and the parser of Prometheus reads it all.
func TestPrometheus(t *testing.T) {
	var b bytes.Buffer
	if err := Prometheus(&b, fixture()); err != nil {
		t.Fatal(err)
	}
	all := parsed(t, b.Bytes())
	for _, c := range []struct {
		name   string
		labels []string
		want   float64
	}{
		{"stapel_run_last_exit_code", nil, 5}, {"stapel_run_last_seconds", nil, 12.34}, {"stapel_run_failures", nil, 2}, {"stapel_run_busy", nil, 1},
		{"stapel_run_last_success_timestamp_seconds", nil, 1792575000}, // 21 October 2026, 9:30 UTC
		{"stapel_latest_peildatum_timestamp_seconds", nil, 1790726400}, // 30 September 2026
		{"stapel_feed_stand", []string{"kind", "wmo_declaratie", "gemeente", "GM0785", "stand", "te_laat"}, 1},
		{"stapel_feed_stand", []string{"kind", "wmo_declaratie", "gemeente", "GM0855", "stand", "bij"}, 0},
		{"stapel_feed_stand", []string{"kind", "zvw_declaratie", "gemeente", "GM0855", "stand", "achter"}, 1}, // the worst of two insurers
		{"stapel_feed_stand", []string{"kind", "huishouden", "gemeente", "", "stand", "ontbreekt"}, 1},
		{"stapel_feed_required", []string{"kind", "veldmelding"}, 0}, {"stapel_deliveries_refused", []string{"kind", "zvw_declaratie"}, 1}, {"stapel_deliveries_refused", []string{"kind", "wmo_declaratie"}, 0},
		{"stapel_feed_made_timestamp_seconds", []string{"kind", "huishouden", "gemeente", ""}, math.NaN()}, // unknown is never zero
		{"stapel_link_share", []string{"kind", "wmo_declaratie"}, 0.987}, {"stapel_link_share", []string{"kind", "veldmelding"}, math.NaN()},
		{"stapel_link_low", []string{"kind", "wmo_declaratie", "gemeente", "GM0785"}, 1},
		{"stapel_model_seconds", []string{"model", "ranglijst"}, 6.1}, {"stapel_model_usual_seconds", []string{"model", "kosten"}, math.NaN()},
		{"stapel_job_failing", []string{"job", "maandrun"}, 1}, {"stapel_job_failing", []string{"job", "dagrun"}, 0}, {"stapel_inbox_arriving", nil, 1},
		{"stapel_status_points", []string{"sort", "run"}, 1}, {"stapel_status_points", []string{"sort", "koppeling"}, 0}, {"stapel_status_unreadable", nil, 1},
	} {
		if got := value(all[c.name], c.labels...); got != c.want && !(math.IsNaN(got) && math.IsNaN(c.want)) {
			t.Errorf("%s %v: %v, want %v", c.name, c.labels, got, c.want)
		}
	}
	for name, f := range all {
		if f.GetType() != dto.MetricType_GAUGE || f.GetHelp() == "" {
			t.Errorf("%s is a %v with help %q", name, f.GetType(), f.GetHelp())
		}
		seen := map[string]bool{}
		for _, m := range f.GetMetric() {
			if key := m.String(); seen[key] {
				t.Errorf("%s has a sample twice: %s", name, key)
			} else {
				seen[key] = true
			}
		}
	}
	// nothing of what only the data folder may know
	for _, secret := range []string{"Verzekeraar", "Tilburg", ".csv", "1234", "mislukte", "0123456789ab"} {
		if strings.Contains(b.String(), secret) {
			t.Errorf("the file for Prometheus has %q", secret)
		}
	}
	if program, err := exec.LookPath("promtool"); err == nil {
		cmd := exec.Command(program, "check", "metrics")
		cmd.Stdin = bytes.NewReader(b.Bytes())
		if out, err := cmd.CombinedOutput(); err != nil || len(bytes.TrimSpace(out)) > 0 {
			t.Errorf("promtool: %v\n%s", err, out)
		}
	} else {
		t.Log("no promtool here: it was not asked")
	}
	var empty bytes.Buffer
	if err := Prometheus(&empty, View{Status: &status.Status{Moment: time.Now(), Inbox: status.Inbox{Never: true}}, Zone: time.UTC}); err != nil {
		t.Fatal(err)
	}
	all = parsed(t, empty.Bytes())
	for _, name := range []string{"stapel_run_last_exit_code", "stapel_run_failures", "stapel_inbox_new", "stapel_latest_timestamp_seconds"} {
		if all[name] != nil {
			t.Errorf("of an empty folder it knows %s", name)
		}
	}
}

// TestLabelsRoundTrip: whatever a name holds, the parser reads what was meant.
func TestLabelsRoundTrip(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		name := rapid.String().Draw(r, "name")
		v := View{Status: &status.Status{Jobs: []status.Job{{Name: name}}}, Zone: time.UTC}
		var b bytes.Buffer
		if err := Prometheus(&b, v); err != nil {
			r.Fatal(err)
		}
		p := expfmt.NewTextParser(model.LegacyValidation)
		all, err := p.TextToMetricFamilies(&b)
		if err != nil {
			r.Fatal(err)
		}
		if got := all["stapel_job_failures"].GetMetric()[0].GetLabel()[0].GetValue(); got != strings.ToValidUTF8(name, "\uFFFD") {
			r.Fatalf("%q, want %q", got, name)
		}
	})
}

// TestReminders: one a supplier, by any spelling of its name, with what is late, missing or refused, what to do, and lines that fit in a mail.
func TestReminders(t *testing.T) {
	all := Reminders(fixture())
	var who []string
	for _, r := range all {
		who = append(who, r.Supplier+" "+r.File)
	}
	want := []string{`Gemeente "Tilburg" \ & herinnering-gemeente-tilburg.txt`, "Verzekeraar B herinnering-verzekeraar-b.txt", "de leverancier (gemeente) herinnering-de-leverancier-gemeente.txt"}
	if !slices.Equal(who, want) {
		t.Errorf("%q, want %q", who, want)
	}
	golden, err := os.ReadFile(filepath.Join("testdata", "herinnering.txt"))
	if err != nil {
		t.Fatal(err)
	}
	if all[1].Text != string(golden) {
		t.Errorf("it says\n%s\nwant\n%s", all[1].Text, golden)
	}
	for _, r := range all {
		for line := range strings.Lines(r.Text) {
			if n := len([]rune(strings.TrimRight(line, "\n"))); n > width || strings.HasSuffix(line, " \n") {
				t.Errorf("%s: a line of %d: %q", r.File, n, line)
			}
		}
		if found := nltest.Jargon(r.Text); len(found) > 0 {
			t.Errorf("%s: %q", r.File, found)
		}
	}
	if none := Reminders(View{Status: &status.Status{Feeds: []status.Feed{{Kind: "wmo_declaratie", Stand: status.Fine}, {Kind: "veldmelding", Stand: status.Absent}, {Kind: "claim", Stand: status.Unknown}}}}); len(none) > 0 {
		t.Errorf("reminders of nothing: %v", none)
	}
	if odd := Reminders(View{Status: &status.Status{Feeds: []status.Feed{{Kind: "claim", Supplier: "../../etc", Stand: status.Late}, {Kind: "claim", Supplier: "etc", Stand: status.Late}, {Kind: "claim", Supplier: "Ж", Stand: status.Late}}}}); odd[0].File != "herinnering-etc.txt" || odd[1].File != "herinnering-etc-2.txt" || odd[2].File != "herinnering-leverancier.txt" {
		t.Errorf("names of files: %q, %q, %q", odd[0].File, odd[1].File, odd[2].File)
	}
}

// TestWrap: no word is lost or added, and no line is too long that could be shorter.
func TestWrap(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		words := rapid.SliceOfN(rapid.StringMatching(`[a-zë]{1,90}`), 1, 40).Draw(r, "words")
		out := wrap(strings.Join(words, " "), "1. ", "   ")
		if got := strings.Fields(out)[1:]; !slices.Equal(got, words) {
			r.Fatalf("%q, want %q", got, words)
		}
		for line := range strings.Lines(out) {
			line = strings.TrimRight(line, "\n")
			if len([]rune(line)) > width && len(strings.Fields(strings.TrimPrefix(line, "1. "))) > 1 {
				r.Fatalf("too long: %q", line)
			}
		}
	})
}

// TestText: a terminal gets every part, blanks that a terminal knows, and a dash for what is not known.
func TestText(t *testing.T) {
	var b bytes.Buffer
	if err := Text(&b, fixture()); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	for _, want := range []string{"bezig      er draait nu een run", "laatste    2026-09-30-0123456789ab, peildatum 30 september 2026 (51 dagen geleden), klaar 30 dagen geleden",
		"inbox      3 bestanden, 1 nieuw of veranderd sinds de laatste run, 1 komt nog binnen, 1 niet gelezen", "aandacht   2 punten", "     doe: verhelp het",
		"niet geleverd, en niet nodig voor een run: Veldmeldingen", "van 2 bronnen is niet bekend hoe vaak elk komt", "(tot en met lake)"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q", want)
		}
	}
	for _, want := range []string{`(?m)^20-11-2026 08:30 +- +- +5 +12,3 +0 +0 +mislukt$`, `(?m)^20-11-2026 09:29 +- +- +- +- +- +- +bezig$`, `(?m)^Wmo-declaraties +Goirle, Tilburg .* 10-10-2026 +41 +30-09-2026 +12 van 12 +29-09-2026 +elke maand +10-11-2026 +te laat$`,
		`(?m)^Huishoudens \(BRP\) +- +- +- +- +- +- +- +- +- +ontbreekt$`, `(?m)^Wmo-declaraties +Goirle +20,0% +90,0% +- +te weinig$`, `(?m)^ranglijst +6,10 +3,00 +5 +trager$`, `(?m)^maandrun +mislukt `} {
		if !regexp.MustCompile(want).MatchString(text) {
			t.Errorf("there is no line %s in\n%s", want, text)
		}
	}
	if strings.Contains(text, "\u00a0") {
		t.Error("it has blanks that terminals do not know")
	}
}

// TestPage: the page says what the terminal says, and escapes what comes from elsewhere.
func TestPage(t *testing.T) {
	page := render(t, fixture())
	if strings.Contains(page, "<b>&\"") || !strings.Contains(page, "&lt;b&gt;") {
		t.Error("text from elsewhere is markup")
	}
	rows := reporttest.TableOf(t, page, "Leveringen per bron")
	if len(rows) != 4 || rows[0][0] != "Wmo-declaraties" || rows[0][10] != "te laat" || rows[3][3] != "–" {
		t.Errorf("%q", rows)
	}
	words := reporttest.Words(page)
	for _, want := range []string{"Hoe staat het ervoor?", "er draait nu een run", "2 punten om naar te kijken", "Doe: verhelp het", "Gemaakt door stapel 0.1.0 op 20-11-2026 09:30", "Zonder gegevens van huishoudens of personen"} {
		if !strings.Contains(words, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if !strings.Contains(page, "<title>Status van stapel, 20-11-2026 09:30</title>") {
		t.Error("the page has another title")
	}
	// of an empty folder too
	render(t, View{Status: &status.Status{}, Zone: time.UTC, Place: func(string) string { return "" }})
}

func render(t testing.TB, v View) string {
	t.Helper()
	var b bytes.Buffer
	if err := Page(&b, v); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
