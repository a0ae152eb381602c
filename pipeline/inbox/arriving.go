package inbox

import (
	"context"
	"time"

	"stapel/config"
	"stapel/pipeline/arrival"
)

// Whole looks at the inbox once files that came in just now are whole, or have had the time to be; it says when it looked. Extracts that are still
// being written are not among Found.
func Whole(ctx context.Context, dir string, cfg *config.Config, terms arrival.Terms) (in *Inbox, at time.Time, err error) {
	at = time.Now()
	if in, err = List(dir, cfg); err != nil || terms.Settle <= 0 {
		return in, at, err
	}
	var files []arrival.File
	for _, d := range in.Found {
		files = append(files, d.arriving())
	}
	waited, err := terms.Wait(ctx, files)
	if err != nil {
		return nil, at, err
	}
	at = terms.Now()
	if in, err = List(dir, cfg); err == nil { // more may have come
		in.waited = waited
		err = in.leaveArriving(ctx, terms)
	}
	return in, at, err
}

// arriving is the delivery as a file that may be on its way.
func (d *Delivery) arriving() arrival.File {
	f := arrival.File{Path: d.Path}
	if d.NoteFile != "" {
		f.Note = d.NotePath()
	}
	return f
}

// leaveArriving takes out what is still being written: half a file that ends with a line looks like a smaller one.
func (in *Inbox) leaveArriving(ctx context.Context, terms arrival.Terms) error {
	var found []*Delivery
	for _, d := range in.Found {
		whole, _, err := terms.Whole(ctx, d.arriving())
		switch {
		case err != nil:
			return err
		case whole:
			found = append(found, d)
		default:
			in.Arriving++
			in.Unread = append(in.Unread, Unread{d.Name, whyArriving, d.Path})
		}
	}
	in.Found = found
	return nil
}

const whyArriving = "veranderde nog, is dus misschien maar half; een volgende run leest het, als het dan stil ligt. Lever onder een andere naam (.part) en hernoem, of zet " +
	"sha256 in de leveringsbrief"
