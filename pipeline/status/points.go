package status

import (
	"fmt"
	"slices"
	"strings"

	"stapel/pipeline/exit"
	"stapel/reports/nl"
)

// Point is something that somebody has to know or to do.
type Point struct {
	Sort Sort   `json:"soort"`
	Text string `json:"tekst"`         // Dutch
	Do   string `json:"doe,omitempty"` // Dutch
	// Supplier is who can do something about it, when that is who delivers.
	Supplier string `json:"gegevensleverancier,omitempty"`
	Kind     string `json:"kind,omitempty"`
}

// Sort is what a point is about.
type Sort string

// What a point can be about, in the order in which they are shown.
const (
	OfRun     Sort = "run"
	OfJob     Sort = "taak"
	OfFeed    Sort = "bron"
	OfRefused Sort = "geweigerd"
	OfInbox   Sort = "inbox"
	OfLink    Sort = "koppeling"
	OfTime    Sort = "tijd"
	OfStatus  Sort = "status"
)

// Sorts are all that a point can be about.
func Sorts() []Sort {
	return []Sort{OfRun, OfJob, OfFeed, OfRefused, OfInbox, OfLink, OfTime, OfStatus}
}

func (r *reading) point(sort Sort, supplier, kind, do, format string, a ...any) {
	r.out.Points = append(r.out.Points, Point{sort, nl.Plain(fmt.Sprintf(format, a...)), nl.Plain(do), supplier, kind})
}

// points says what needs somebody.
func (r *reading) points() {
	r.runPoints()
	for _, j := range r.out.Jobs {
		if j.Stand.Bad() {
			r.point(OfJob, "", "", j.Do, "taak %s %s", j.Name, j.Why)
		}
	}
	feeds := slices.Clone(r.out.Feeds)
	slices.SortStableFunc(feeds, func(a, b Feed) int { return slices.Index(standOrder, a.Stand) - slices.Index(standOrder, b.Stand) })
	for _, f := range feeds {
		if f.Stand.Bad() {
			r.point(OfFeed, f.Supplier, f.Kind, f.Do, "%s: %s", f.Name(r.Config.Names.Gemeente), f.Why)
		}
	}
	for _, f := range r.out.Refused {
		r.point(OfRefused, f.Supplier, f.Kind, f.Remedy, "%s is geweigerd: %s", f.File, f.Reason)
	}
	r.inboxPoints()
	for _, l := range r.out.Links {
		if l.Bad {
			text := nl.Word("kind", l.Kind) + ": te weinig personen zijn in de huishoudens te vinden"
			if l.Share != nil && l.Minimum != nil {
				text += fmt.Sprintf(" (%s, minimaal %s)", nl.Percent(*l.Share), nl.Percent(*l.Minimum))
			}
			r.point(OfLink, "", l.Kind, "kijk met de leverancier of de pseudoniemen van dezelfde versie zijn", "%s", text)
		}
	}
	var slow []string
	for _, t := range r.out.Models {
		if t.Slower {
			slow = append(slow, fmt.Sprintf("%s (%s s, gewoonlijk %s s)", t.Name, nl.Number(t.Seconds, 1), nl.Number(*t.Usual, 1)))
		}
	}
	if len(slow) > 0 {
		r.point(OfTime, "", "", "kijk naar geheugen en schijf van de machine, en of er veel meer is geleverd", "trager dan gewoonlijk: %s", nl.List(slow))
	}
	for _, t := range r.out.Trouble {
		r.point(OfStatus, "", "", "", "niet te lezen: %s: %s", t.What, t.Why)
	}
}

// Name is the feed in words: its kind, and of which gemeenten.
func (f Feed) Name(place func(string) string) string {
	name := nl.Word("kind", f.Kind)
	if len(f.Gemeenten) == 0 {
		return name
	}
	var places []string
	for _, g := range f.Gemeenten {
		places = append(places, place(g))
	}
	return name + " van " + nl.List(places)
}

// runPoints says that no run was made, or that the last ones failed.
func (r *reading) runPoints() {
	if len(r.runs) == 0 {
		r.point(OfRun, "", "", "leg extracten in de inbox en draai `stapel run`", "er is hier nog geen run gemaakt")
		return
	}
	failed, since := 0, ""
	var last *Run
	for i, run := range slices.Backward(r.runs) {
		at := r.run(run, i == len(r.runs)-1)
		if at.Stand == RunBusy {
			continue
		}
		if at.Stand == RunDone {
			break
		}
		if last == nil {
			last = &at
		}
		failed++
		since = run.Begin.In(r.Now.Location()).Format("02-01-2006 15:04")
	}
	if last == nil {
		return
	}
	how := "mislukte"
	switch {
	case last.Stand == RunLost:
		how = "is afgekapt: er is geen einde van bekend"
	case last.Stand == RunBroken:
		how = "is door iemand afgebroken"
	case last.Exit != nil && *last.Exit == exit.Disclosure:
		how = "is gepubliceerd, maar niet alles mocht naar buiten"
	case last.Exit != nil:
		how = fmt.Sprintf("mislukte met exitcode %d", *last.Exit)
	}
	text := "de laatste run " + how
	if failed > 1 {
		text += fmt.Sprintf("; de laatste %d lukten niet, sinds %s", failed, since)
	}
	if last.Fault != "" {
		text += ": " + last.Fault
	}
	do := "verhelp wat er staat en draai `stapel run`"
	if last.Stand == RunLost {
		do = "kijk of de machine stopte of te weinig geheugen had (`journalctl -k`), en draai `stapel run`"
	}
	r.point(OfRun, "", "", do, "%s", text)
}

// inboxPoints says what lies in the inbox that a run does not read.
func (r *reading) inboxPoints() {
	in := r.out.Inbox
	if n := len(in.Arriving); n > 0 {
		r.point(OfInbox, "", "", "wacht tot het stil ligt; een run leest het tot dan niet", "%s: %s", nl.Form(int64(n), "één bestand komt nog binnen", fmt.Sprintf("%d bestanden komen nog binnen", n)), some(in.Arriving))
	}
	for _, u := range in.Unread {
		r.point(OfInbox, "", "", "", "niet gelezen: %s: %s", u.File, u.Reason)
	}
}

// some are the first names of a list, and how many more there are.
func some(names []string) string {
	const shown = 5
	if more := len(names) - shown; more > 0 {
		return strings.Join(names[:shown], ", ") + fmt.Sprintf(" en %d andere", more)
	}
	return strings.Join(names, ", ")
}
