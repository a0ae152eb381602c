package status

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"

	"stapel/pipeline/arrival"
	"stapel/pipeline/inbox"
	"stapel/pipeline/ingest"
)

// delivery is an extract that lies in the inbox, as its note has it.
type delivery struct {
	kind, file string
	supplier   string // "" when no note says
	gemeenten  []string
	made       Day  // when the note says it was made, or else the file was last written
	said       bool // the note says when
	from, to   *Day // days covered, both included; nil when the note does not say
	refused    bool // the last run refused it, and it did not change since
	arriving   bool
}

// inbox looks at what lies in the inbox, and at the notes. No extract is opened, but for its hash when it came in just now.
func (r *reading) inbox() error {
	in, err := inbox.List(r.lake.Inbox(), r.Config)
	if errors.Is(err, fs.ErrNotExist) {
		r.out.Inbox.Never = true
		return nil
	}
	if err != nil {
		return err
	}
	last := r.lastRead()
	r.out.Inbox.Never = last == nil
	for _, u := range in.Unread {
		r.out.Inbox.Unread = append(r.out.Inbox.Unread, Unread{u.File, u.Reason})
	}
	for _, d := range in.Found {
		file := arrival.File{Path: d.Path}
		if d.NoteFile != "" {
			file.Note = d.NotePath()
		}
		whole, _, err := r.Arrival.Whole(r.ctx, file)
		if err != nil {
			return err
		}
		changed, err := arrival.Changed(file, r.Now)
		if err != nil {
			return err
		}
		x := delivery{kind: d.Kind, file: d.Name, arriving: !whole}
		fresh := last != nil && changed.After(*last.End.Read)
		switch {
		case !whole:
			r.out.Inbox.Arriving = append(r.out.Inbox.Arriving, d.Name)
		case fresh:
			r.out.Inbox.New = append(r.out.Inbox.New, d.Name)
		}
		if whole {
			r.out.Inbox.Files++
		}
		if last != nil && !fresh {
			if at := slices.IndexFunc(last.End.Refused, func(f Refused) bool { return f.File == d.Name }); at >= 0 {
				x.refused = true
				r.out.Refused = append(r.out.Refused, last.End.Refused[at])
			}
		}
		if err := x.read(d); err != nil {
			return err
		}
		if !x.said {
			st, err := os.Stat(d.Path)
			if err != nil {
				return ignore(err, fs.ErrNotExist)
			}
			x.made = DayOf(st.ModTime().In(r.Now.Location()))
		}
		r.deliveries = append(r.deliveries, x)
	}
	return nil
}

// read takes from the note what is asked of it. A note that a run would refuse says nothing.
func (x *delivery) read(d *inbox.Delivery) error {
	err := d.ReadNote()
	var refusal *ingest.Refusal
	if errors.As(err, &refusal) || d.Refusal != nil {
		x.refused = true
		return nil
	}
	if err != nil || d.Note == nil {
		return err
	}
	x.supplier, x.gemeenten = strings.TrimSpace(d.Note.Gegevensleverancier), d.Note.Gemeenten
	if at, ok := d.Note.Made(); ok {
		x.made, x.said = DayOf(at.Time()), true
	}
	if d.Note.PeriodeVan != nil && d.Note.PeriodeTot != nil {
		from, to := DayOf(d.Note.PeriodeVan.Time()), DayOf(d.Note.PeriodeTot.Time())
		x.from, x.to = &from, &to
	}
	return nil
}

// covers reports whether the delivery says that it is about a gemeente.
func (x *delivery) covers(gemeente string) bool {
	return len(x.gemeenten) == 0 || slices.Contains(x.gemeenten, gemeente)
}

// configured is what feeds.<kind>.coverage says of a gemeente: days covered, both included.
func (r *reading) configured(kind, gemeente string) (out [][2]Day) {
	for _, c := range r.Config.Settings.Feeds[kind].Coverage {
		from, err1 := time.Parse(time.DateOnly, c.From)
		to, err2 := time.Parse(time.DateOnly, c.To)
		if c.Gemeente == gemeente && err1 == nil && err2 == nil {
			out = append(out, [2]Day{DayOf(from), DayOf(to)})
		}
	}
	return out
}
