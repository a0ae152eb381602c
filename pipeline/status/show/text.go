// Package show shows a status: on a terminal, as a page, as a file for Prometheus, and as reminders to suppliers.
package show

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"stapel/pipeline/status"
	"stapel/reports/nl"
)

// View is a status with what showing it takes.
type View struct {
	*status.Status
	Version string
	Zone    *time.Location      // of the clock that people look at
	Place   func(string) string // a gemeente by name
}

// modelsShown is how many models are shown of which nothing stands out.
const modelsShown = 10

// Text writes the status for a terminal.
func Text(w io.Writer, v View) error {
	out := &errWriter{w: w}
	v.head(out)
	v.attention(out)
	v.table(out, "runs", []string{"begin", "run", "peildatum", "exit", "seconden", "geweigerd", "quarantaine", "stand"}, v.runRows())
	v.table(out, "bronnen", []string{"bron", "gemeenten", "leverancier", "gemaakt", "dagen", "gedekt t/m", "maanden", "nieuwste regel", "ritme", "verwacht", "stand"}, v.feedRows())
	if n := v.absent(); len(n) > 0 {
		fmt.Fprintf(out, "niet geleverd, en niet nodig voor een run: %s\n", nl.List(n))
	}
	if n := v.Rhythmless(); n > 0 {
		fmt.Fprintf(out, "%s\n", RhythmHint(n))
	}
	v.table(out, "koppeling: deel van de personen dat in de huishoudens te vinden is", []string{"bron", "gemeente", "aandeel", "minimum", "vorige run", "oordeel"}, v.linkRows())
	v.table(out, "tijden van de laatste run, en gewoonlijk (mediaan van de runs ervoor)", []string{"stap of model", "seconden", "gewoonlijk", "runs", ""}, v.timeRows())
	v.table(out, "taken", []string{"taak", "stand", "moest draaien", "volgende keer", "laatste exit", "doel"}, v.jobRows())
	return out.err
}

// errWriter keeps the first error.
type errWriter struct {
	w   io.Writer
	err error
}

func (e *errWriter) Write(p []byte) (int, error) {
	if e.err == nil {
		_, e.err = e.w.Write(p)
	}
	return len(p), e.err
}

func (v View) head(w io.Writer) {
	fmt.Fprintf(w, "status     %s, %s\n", v.Data, v.moment(v.Moment))
	if v.Busy {
		fmt.Fprintln(w, "bezig      er draait nu een run")
	}
	fmt.Fprintf(w, "laatste    %s\n", v.LatestText())
	fmt.Fprintf(w, "inbox      %s\n", v.InboxText())
}

// LatestText says which run is the latest.
func (v View) LatestText() string {
	l := v.Latest
	if l == nil {
		return "nog geen run met rapporten gepubliceerd"
	}
	text := fmt.Sprintf("%s, peildatum %s (%s)", l.Run, nl.Plain(nl.Date(l.Peildatum.Time)), status.Ago(v.Moment, l.Peildatum.Time))
	if l.Finished != nil {
		text += ", klaar " + status.Ago(v.Moment, *l.Finished)
	}
	return text
}

// InboxText says what lies in the inbox.
func (v View) InboxText() string {
	text := nl.Count(int64(v.Inbox.Files), "bestand", "bestanden")
	switch n := len(v.Inbox.New); {
	case v.Inbox.Never && v.Inbox.Files > 0:
		text += ", nog door geen run gelezen"
	case n > 0:
		text += fmt.Sprintf(", %d nieuw of veranderd sinds de laatste run", n)
	}
	if n := len(v.Inbox.Arriving); n > 0 {
		text += fmt.Sprintf(", %s nog binnen", nl.Count(int64(n), "komt", "komen"))
	}
	if n := len(v.Inbox.Unread); n > 0 {
		text += fmt.Sprintf(", %d niet gelezen", n)
	}
	return nl.Plain(text)
}

func (v View) attention(w io.Writer) {
	if len(v.Points) == 0 {
		fmt.Fprint(w, "aandacht   niets: alles is bij\n")
		return
	}
	fmt.Fprintf(w, "aandacht   %s\n", nl.Plain(nl.Count(int64(len(v.Points)), "punt", "punten")))
	for i, p := range v.Points {
		fmt.Fprintf(w, "  %d. %s\n", i+1, p.Text)
		if p.Do != "" {
			fmt.Fprintf(w, "     doe: %s\n", p.Do)
		}
	}
}

func (v View) table(w io.Writer, title string, head []string, rows [][]string) {
	if len(rows) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, strings.Join(head, "\t"))
	for _, row := range rows {
		for i, cell := range row {
			if row[i] = nl.Plain(cell); cell == "" && i < len(row)-1 {
				row[i] = "-"
			}
		}
		fmt.Fprintln(t, strings.TrimRight(strings.Join(row, "\t"), "\t"))
	}
	t.Flush() // the writer keeps its error
}

func (v View) moment(t time.Time) string { return t.In(v.Zone).Format("02-01-2006 15:04") }

func (v View) runRows() (rows [][]string) {
	for _, r := range v.Runs {
		code, seconds, refused, bad := "", "", "", ""
		if r.Exit != nil {
			code, refused, bad = fmt.Sprint(int(*r.Exit)), nl.Int(int64(r.Refused)), nl.Int(r.Bad)
		}
		if r.Seconds != nil {
			seconds = nl.Number(*r.Seconds, 1)
		}
		rows = append(rows, []string{v.moment(r.Begin), runName(r), r.Peildatum, code, seconds, refused, bad, word(string(r.Stand))})
	}
	return rows
}

// runName is the id of a run; of one that was to go no further than the lake there is none.
func runName(r status.Run) string {
	if r.Run == "" && r.Until == "lake" {
		return "(tot en met lake)"
	}
	return r.Run
}

// word is a word of a status, with blanks.
func word(s string) string { return strings.ReplaceAll(s, "_", " ") }

func day(d *status.Day) string {
	if d == nil {
		return ""
	}
	return nl.DateShort(d.Time)
}

func number(n *int) string {
	if n == nil {
		return ""
	}
	return nl.Int(int64(*n))
}

func percent(x *float64) string {
	if x == nil {
		return ""
	}
	return nl.Percent(*x)
}

func (v View) places(f status.Feed) string {
	var names []string
	for _, g := range f.Gemeenten {
		names = append(names, v.Place(g))
	}
	return strings.Join(names, ", ")
}

func months(n *int) string {
	if n == nil {
		return ""
	}
	return fmt.Sprintf("%d van 12", *n)
}

func (v View) feedRows() (rows [][]string) {
	for _, f := range v.Feeds {
		if f.Stand == status.Absent {
			continue
		}
		rows = append(rows, []string{nl.Word("kind", f.Kind), v.places(f), f.Supplier, day(f.Made), number(f.Days), day(f.Until), months(f.Months), day(f.Newest), f.RhythmWord(), day(f.Expected), word(string(f.Stand))})
	}
	return rows
}

// Rhythmless is how many feeds that are delivered have no rhythm, so that nobody sees when one is late.
func (v View) Rhythmless() (n int) {
	for _, f := range v.Feeds {
		if f.Deliveries > 0 && f.Rhythm == "" {
			n++
		}
	}
	return n
}

// RhythmHint says what that means.
func RhythmHint(n int) string {
	return fmt.Sprintf("van %s is niet bekend hoe vaak %s komt: te laat is dan niet te zien (feeds.<soort>.every in stapel.yaml)",
		nl.Plain(nl.Count(int64(n), "bron", "bronnen")), nl.Form(int64(n), "die", "elk"))
}

// absent are the feeds that are not delivered and need not be, by name.
func (v View) absent() (names []string) {
	for _, f := range v.Feeds {
		if f.Stand == status.Absent {
			names = append(names, f.Name(v.Place))
		}
	}
	return names
}

func (v View) linkRows() (rows [][]string) {
	for _, l := range v.Links {
		verdict, where := "genoeg", "alle"
		if l.Bad {
			verdict = "te weinig"
		}
		if l.Gemeente != where {
			where = v.Place(l.Gemeente)
		}
		rows = append(rows, []string{nl.Word("kind", l.Kind), where, percent(l.Share), percent(l.Minimum), percent(l.Before), verdict})
	}
	return rows
}

// timeRows are all stages, and the models that took longest or longer than usual.
func (v View) timeRows() (rows [][]string) {
	row := func(t status.Timing) []string {
		usual, slower := "", ""
		if t.Usual != nil {
			usual = nl.Number(*t.Usual, 2)
		}
		if t.Slower {
			slower = "trager"
		}
		return []string{t.Name, nl.Number(t.Seconds, 2), usual, nl.Int(int64(t.Runs)), slower}
	}
	for _, t := range v.Stages {
		rows = append(rows, row(t))
	}
	for i, t := range v.Models {
		if i < modelsShown || t.Slower {
			rows = append(rows, row(t))
		}
	}
	return rows
}

func (v View) jobRows() (rows [][]string) {
	for _, j := range v.Jobs {
		code := ""
		if j.Exit != nil {
			code = fmt.Sprint(int(*j.Exit))
		}
		rows = append(rows, []string{j.Name, word(string(j.Stand)), v.moment(j.Due), v.moment(j.Next), code, j.Purpose})
	}
	return rows
}
