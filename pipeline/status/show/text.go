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
	v.table(out, "runs", v.runTable())
	v.table(out, "bronnen", v.feedTable())
	for _, note := range v.feedNotes() {
		fmt.Fprintln(out, note)
	}
	v.table(out, "koppeling: deel van de personen dat in de huishoudens te vinden is", v.linkTable())
	v.table(out, "tijden van de laatste run, en gewoonlijk (mediaan van de runs ervoor)", v.timeTable())
	v.table(out, "taken", v.jobTable())
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

func (v View) table(w io.Writer, title string, g grid) {
	if len(g.rows) == 0 {
		return
	}
	fmt.Fprintf(w, "\n%s\n", title)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	var head []string
	for _, c := range g.columns {
		head = append(head, c.name)
	}
	fmt.Fprintln(t, strings.Join(head, "\t"))
	for _, row := range g.rows {
		var line []string
		for _, cell := range row {
			if cell == "" {
				cell = "-"
			}
			line = append(line, nl.Plain(cell))
		}
		fmt.Fprintln(t, strings.Join(line, "\t"))
	}
	t.Flush() // the writer keeps its error
}
