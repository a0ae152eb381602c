package notify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"stapel/pipeline/exit"
	"stapel/pipeline/runlog"
	"stapel/pipeline/schedule"
	"stapel/reports/nl"
)

// outcomes is what became of a run, by its exit code, and what to do.
var outcomes = map[exit.Code][2]string{
	exit.Done:         {"gelukt", ""},
	exit.Failed:       {"mislukt", "Kijk op de machine met `stapel status` wat er misging; de vorige run blijft de laatste."},
	exit.Usage:        {"niet gedraaid: aan configuratie, sleutel of inbox klopt iets niet", "Kijk op de machine met `stapel doctor` en `stapel status`."},
	exit.Quarantined:  {"gelukt, met regels in quarantaine of bestanden die niet zijn gelezen", "Kijk met `stapel status` en `stapel quarantine show`, en vraag de leverancier om herstel."},
	exit.Refused:      {"gelukt, maar een levering is geweigerd", "`stapel status --reminders` schrijft de vraag aan de leverancier."},
	exit.ChecksFailed: {"controles zijn niet goed, er is niets gepubliceerd", "Kijk op de machine met `stapel status`; de vorige run blijft de laatste."},
	exit.Disclosure:   {"een rapport is niet vrijgegeven", "Kijk op de machine met `stapel status`."},
	exit.Locked:       {"niet begonnen: er liep al een run", ""},
	exit.Difference:   {"een eerdere run met hetzelfde nummer heeft andere bytes", "Kijk op de machine met `stapel verify`."},
	exit.Interrupted:  {"onderbroken, er is niets gepubliceerd", "Start hem opnieuw; wat klaar was wordt hergebruikt."},
}

func day(t time.Time) string { return nl.Plain(nl.Date(t)) + " " + t.Format("15:04 MST") }

// at is a moment on the clock of this machine.
func at(t time.Time) string { return day(t.Local()) }

func (n *Notifier) subject(what string) string {
	if n.Host == "" {
		return "stapel: " + what
	}
	return "stapel (" + n.Host + "): " + what
}

// ofRun tells of a run that ended, or of which no end is known.
func (n *Notifier) ofRun(run runlog.Run) Message {
	m := Message{Key: "run " + run.Begin.UTC().Format(time.RFC3339Nano), When: run.Begin.UTC()}
	var b strings.Builder
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	line("Begonnen: %s", at(run.Begin))
	if run.End == nil {
		m.Trouble = true
		m.Subject = n.subject("run is afgebroken")
		line("Uitkomst: van deze run is geen einde bekend: hij is afgebroken, of de machine viel uit.")
		line("Er is niets gepubliceerd; de vorige run blijft de laatste.")
		line("Doen: start hem opnieuw; een taak doet dat zelf.")
		m.Text = nl.Plain(b.String())
		return m
	}
	end := run.End
	m.When = run.Begin.UTC().Add(time.Duration(end.Seconds * float64(time.Second)))
	m.Trouble = end.Exit != exit.Done
	what := outcomes[end.Exit]
	if what[0] == "" {
		what = outcomes[exit.Failed]
	}
	m.Subject = n.subject(fmt.Sprintf("run %s (exit %d)", what[0], end.Exit))
	line("Uitkomst: %s (exit %d)", what[0], end.Exit)
	line("Duur: %s s", nl.Number(end.Seconds, 0))
	if end.Run != "" {
		line("Run: %s, peildatum %s", end.Run, end.Peildatum)
	}
	if end.Read != nil {
		line("Extracten: %s, %s, %s in quarantaine", nl.Count(int64(end.Files), "bestand", "bestanden"), nl.Count(end.Lines, "regel", "regels"), nl.Int(end.Bad))
	}
	if len(end.Refused) > 0 {
		line("Geweigerd: %s", kinds(end.Refused))
	}
	if len(end.Unread) > 0 {
		line("Niet gelezen: %s", nl.Count(int64(len(end.Unread)), "bestand", "bestanden"))
	}
	if len(end.Failed) > 0 {
		line("Controles niet goed: %d", len(end.Failed))
	}
	if len(end.Withheld) > 0 {
		line("Niet vrijgegeven: %s", nl.Count(int64(len(end.Withheld)), "tabel", "tabellen"))
	}
	if what[1] != "" {
		line("Doen: %s", what[1])
	}
	m.Text = nl.Plain(b.String())
	return m
}

// kinds are the kinds of deliveries that were refused, with how many of each.
func kinds(refused []runlog.Refused) string {
	count := map[string]int{}
	for _, r := range refused {
		count[r.Kind]++
	}
	var out []string
	for kind, n := range count {
		text := nl.Word("kind", kind)
		if n > 1 {
			text += fmt.Sprintf(" (%d keer)", n)
		}
		out = append(out, text)
	}
	slices.Sort(out)
	return nl.List(out)
}

// ofJob tells of a job that waits for a feed, or did not run because it was late.
func (n *Notifier) ofJob(e schedule.Entry) Message {
	m := Message{Key: "taak " + e.Job + " " + e.What, When: e.When.UTC(), Trouble: true}
	what, then := "wacht op een levering", "Hij begint zodra die er is."
	if e.What == schedule.Refused {
		what, then = "heeft niet gedraaid: een levering is te laat", "Voor deze keer is er geen run."
	}
	m.Subject = n.subject("taak " + e.Job + " " + what)
	var b strings.Builder
	if e.Tick != nil {
		m.Key += " " + e.Tick.UTC().Format(time.RFC3339)
		fmt.Fprintf(&b, "Voor: %s\n", at(*e.Tick))
	}
	fmt.Fprintf(&b, "Te laat: %s\n%s\nDoen: `stapel status --reminders` schrijft de vraag aan de leverancier.\n", nl.Kinds(e.Late), then)
	m.Text = nl.Plain(b.String())
	return m
}

func sortByTime(list []Message) {
	slices.SortStableFunc(list, func(a, b Message) int { return cmp.Or(a.When.Compare(b.When), cmp.Compare(a.Key, b.Key)) })
}
