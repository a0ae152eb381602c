package notify

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/runlog"
	"stapel/pipeline/schedule"
)

// fake is a sender that keeps what it was given, and fails as often as it is told to.
type fake struct {
	name string
	fail int
	got  []string
}

func (f *fake) Name() string { return f.name }

func (f *fake) Send(_ context.Context, m Message) error {
	if f.fail > 0 {
		f.fail--
		return errors.New("de server is weg")
	}
	f.got = append(f.got, m.Subject)
	return nil
}

var start = time.Date(2026, 11, 12, 5, 0, 0, 0, time.UTC)

// ran writes down a run that began so many hours after the start; end nil: no end is known.
func ran(t *testing.T, data string, hours int, end *runlog.End) {
	t.Helper()
	at := start.Add(time.Duration(hours) * time.Hour)
	log := runlog.Log{Data: data}
	begun, err := log.Begin(at, "")
	if err != nil {
		t.Fatal(err)
	}
	if end == nil {
		return
	}
	if err := log.End(begun, at.Add(time.Minute), *end); err != nil {
		t.Fatal(err)
	}
}

func notifier(data, on string, senders ...Sender) *Notifier {
	return &Notifier{Data: data, On: on, Senders: senders, Now: func() time.Time { return start.Add(100 * time.Hour) }, Host: "bak"}
}

func tell(t *testing.T, n *Notifier, want string) {
	t.Helper()
	sent, err := n.Tell(t.Context())
	var got []string
	for _, m := range sent {
		got = append(got, m.Subject)
	}
	if err != nil || strings.Join(got, " | ") != want {
		t.Errorf("told %q, %v; want %q", got, err, want)
	}
}

// TestOnce: everything is told once, by each sender; what failed is told the next time, and what was there before anybody was told is not, but for the newest.
func TestOnce(t *testing.T) {
	data := t.TempDir()
	ran(t, data, 0, &runlog.End{Exit: exit.Failed})
	ran(t, data, 1, &runlog.End{Exit: exit.ChecksFailed, Failed: []string{"telt_op"}})
	one, two := &fake{name: "een"}, &fake{name: "twee", fail: 1}
	n := notifier(data, config.NotifyTrouble, one, two)

	const checks = "stapel (bak): run controles zijn niet goed, er is niets gepubliceerd (exit 5)"
	if _, err := n.Tell(t.Context()); err == nil || !strings.Contains(err.Error(), "weg") {
		t.Errorf("a sender failed: %v", err)
	}
	if strings.Join(one.got, "|") != checks || len(two.got) > 0 {
		t.Errorf("one %q, two %q", one.got, two.got)
	}
	tell(t, n, checks) // by the second
	if len(one.got) != 1 || len(two.got) != 1 {
		t.Errorf("one %q, two %q", one.got, two.got)
	}
	tell(t, n, "")

	ran(t, data, 2, &runlog.End{Exit: exit.Done})
	tell(t, n, "")
	ran(t, data, 3, nil)
	tell(t, n, "stapel (bak): run is afgebroken")
	n.On = config.NotifyAlways
	tell(t, n, "stapel (bak): run gelukt (exit 0)")
	tell(t, n, "")
}

// TestBusy: a run that is on is no run that was cut off.
func TestBusy(t *testing.T) {
	data := t.TempDir()
	ran(t, data, 0, nil)
	lock, err := (&lake.Lake{Root: data}).Lock()
	if err != nil {
		t.Fatal(err)
	}
	n := notifier(data, config.NotifyTrouble, &fake{name: "een"})
	if got, err := n.Pending(); err != nil || len(got) > 0 {
		t.Errorf("%v, %v", got, err)
	}
	if err := lock.Unlock(); err != nil {
		t.Fatal(err)
	}
	tell(t, n, "stapel (bak): run is afgebroken")
}

// TestJobs: a job that waits for a feed is told once a tick, and when it did not run.
func TestJobs(t *testing.T) {
	data := t.TempDir()
	n := notifier(data, config.NotifyTrouble, &fake{name: "een"})
	ran(t, data, 0, &runlog.End{Exit: exit.Done})
	n.On = config.NotifyAlways
	tell(t, n, "stapel (bak): run gelukt (exit 0)")
	n.On = config.NotifyTrouble
	tick := start.Add(time.Hour)
	for _, what := range []string{schedule.Waits, schedule.Refused, schedule.Nothing} {
		if err := schedule.FileLog(data).Append(schedule.Entry{When: tick, Job: "maandrun", What: what, Tick: &tick, Late: []string{"zvw_declaratie"}}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := n.Pending()
	if err != nil || len(got) != 2 || !strings.Contains(got[0].Text+got[1].Text, "Te laat: ") {
		t.Fatalf("%+v, %v", got, err)
	}
	tell(t, n, "stapel (bak): taak maandrun heeft niet gedraaid: een levering is te laat | stapel (bak): taak maandrun wacht op een levering")
}

// TestNothingPersonal: a message has kinds and counts; no name of a file, no supplier, no reason, no path and no sentence of an error.
func TestNothingPersonal(t *testing.T) {
	data := t.TempDir()
	const secret = "geheim"
	read := start
	end := &runlog.End{Exit: exit.Refused, Run: "2025-12-31-0123456789ab", Peildatum: "2025-12-31", Seconds: 61, Read: &read, Files: 24, Lines: 69601, Bad: 34, Fault: secret,
		Refused: []runlog.Refused{{Kind: "wmo_declaratie", File: secret + ".csv", Supplier: secret, Code: secret, Reason: secret, Remedy: secret}, {Kind: "wmo_declaratie", File: secret}},
		Unread:  []runlog.Unread{{File: secret, Reason: secret}}, Failed: []string{secret}, Withheld: []string{secret}}
	ran(t, data, 0, end)
	got, err := notifier(data, config.NotifyTrouble, &fake{name: "een"}).Pending()
	if err != nil || len(got) != 1 {
		t.Fatalf("%v, %v", got, err)
	}
	m := got[0]
	if strings.Contains(m.Subject+m.Text+m.Key, secret) {
		t.Errorf("it says too much:\n%s\n%s", m.Subject, m.Text)
	}
	for _, want := range []string{"24 bestanden, 69.601 regels, 34 in quarantaine", "(2 keer)", "Niet gelezen: 1 bestand\n", "Run: 2025-12-31-0123456789ab, peildatum 2025-12-31", "Duur: 61 s"} {
		if !strings.Contains(m.Text, want) {
			t.Errorf("no %q in\n%s", want, m.Text)
		}
	}
}

// TestCommand: a program gets the message on its standard input; one that fails has told nothing.
func TestCommand(t *testing.T) {
	out := filepath.Join(t.TempDir(), "uit")
	m := Message{Subject: "stapel: run mislukt (exit 1)", Text: "Uitkomst: mislukt\n"}
	if err := (command{"sh", "-c", `cat > "$1"`, "sh", out}).Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if got, err := os.ReadFile(out); err != nil || string(got) != m.Subject+"\n\n"+m.Text {
		t.Errorf("%q, %v", got, err)
	}
	if err := (command{"sh", "-c", "echo geheim >&2; exit 3"}).Send(t.Context(), m); err == nil || strings.Contains(err.Error(), "geheim") {
		t.Errorf("%v", err)
	}
	if err := (command{"/er/is/niets"}).Send(t.Context(), m); err == nil {
		t.Error("a program that is not there told something")
	}
}
