package inbox

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"stapel/config"
	"stapel/pipeline/control"
	"stapel/pipeline/exit"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
)

// What becomes of a delivered file: the values of Delivery.Status.
const (
	Accepted  = "geaccepteerd"
	Refused   = "geweigerd"
	Duplicate = "dubbel"
)

// Delivery is one extract file of the inbox with its note.
type Delivery struct {
	Kind, Path string
	Name       string // of its folder and file, fit for a line of text
	Sha256     string // of the unpacked bytes
	Bytes      int64  // unpacked
	NoteFile   string // name of its delivery note, beside it; "" when there is none
	Note       *ingest.Note
	NoteSha256 string

	Status  string
	Refusal *ingest.Refusal
	Extract *ingest.Extract // nil when refused before it could be read
	Damaged bool            // the lake had it, and not whole any more: it was read again
	Order   int64           // among all deliveries: by aangemaakt, levering_id, file; deliveries without a note first
	Moment  int64           // among all moments at which deliveries were made, from 1; 0: it does not say
}

// MadeOn is the day on which a delivery was made, in the time zone in which its note says so, or nil when it does not say.
func (d *Delivery) MadeOn() *int32 {
	made, ok := d.Note.Made()
	if !ok {
		return nil
	}
	at := int32(made)
	return &at
}

// Order numbers deliveries from old to new: by aangemaakt, levering_id and file (rules 8); those without a note
// come first, for they replace nothing.
func Order(all []*Delivery) {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b *Delivery) int {
		if (a.Note == nil) != (b.Note == nil) {
			if a.Note == nil {
				return -1
			}
			return 1
		}
		if a.Note != nil {
			if c := cmp.Or(compareMade(a, b), cmp.Compare(a.Note.LeveringID, b.Note.LeveringID)); c != 0 {
				return c
			}
		}
		return cmp.Compare(a.Name, b.Name)
	})
	moment := int64(0)
	for i, d := range sorted {
		d.Order, d.Moment = int64(i+1), 0
		if d.MadeOn() == nil {
			continue
		}
		if i == 0 || sorted[i-1].MadeOn() == nil || compareMade(sorted[i-1], d) != 0 {
			moment++
		}
		d.Moment = moment
	}
}

// compareMade orders two deliveries with a note by when they were made: the day as it was written, then the moment. One that
// does not say goes first.
func compareMade(a, b *Delivery) int {
	x, y := a.MadeOn(), b.MadeOn()
	if x == nil || y == nil {
		return cmp.Compare(value(x), value(y))
	}
	return cmp.Or(cmp.Compare(*x, *y), made(a.Note).Compare(made(b.Note)))
}

// value is what a pointer points at, or the lowest of all.
func value(day *int32) int32 {
	if day == nil {
		return math.MinInt32
	}
	return *day
}

// made is when a note says the delivery was made; the zero time when it does not say.
func made(n *ingest.Note) time.Time {
	if n.Aangemaakt == nil {
		return time.Time{}
	}
	return *n.Aangemaakt
}

// Identify reads the note and the hash of every delivery, puts them in order and finds what was delivered twice. now is the day
// that a note which does not say when it was made is held against.
func Identify(ctx context.Context, all []*Delivery, cfg *config.Config, now time.Time) error {
	limits := IngestLimits(cfg.Settings.Limits)
	err := sideBySide(ctx, all, func(ctx context.Context, d *Delivery) error {
		d.Status = Accepted
		if d.Refusal != nil {
			return d.refuse(d.Refusal)
		}
		err := d.ReadNote()
		if err == nil {
			err = d.Note.Check(cfg.Contracts[d.Kind], now)
		}
		if err == nil {
			d.Sha256, d.Bytes, err = ingest.Identify(ctx, d.Path, limits)
		}
		return d.refuse(err)
	})
	if err != nil {
		return err
	}
	Order(all)
	markDuplicates(all)
	return nil
}

// NotePath is where the delivery note lies, when there is one.
func (d *Delivery) NotePath() string { return filepath.Join(filepath.Dir(d.Path), d.NoteFile) }

// ReadNote reads the delivery note and its hash, when there is one. One that is written while it is read is refused: what was read would not be what was
// hashed.
func (d *Delivery) ReadNote() (err error) {
	if d.NoteFile == "" {
		return nil
	}
	before, err := os.Lstat(d.NotePath())
	if err != nil {
		return err
	}
	if d.Note, err = ingest.ReadNote(d.NotePath()); err != nil || d.Note == nil {
		return err
	}
	if _, d.NoteSha256, err = control.HashFile(d.NotePath()); err != nil {
		return err
	}
	after, err := os.Lstat(d.NotePath())
	if err == nil && (!os.SameFile(before, after) || before.Size() != after.Size() || !before.ModTime().Equal(after.ModTime())) {
		err = ingest.ChangedMeanwhile(d.Name)
	}
	return err
}

// refuse notes a refusal of the file; any other error is the run's. A file that was there when the inbox was listed and is gone was changed meanwhile.
func (d *Delivery) refuse(err error) error {
	if errors.Is(err, fs.ErrNotExist) && (gone(d.Path) || d.NoteFile != "" && gone(d.NotePath())) {
		err = ingest.ChangedMeanwhile(d.Name)
	}
	var r *ingest.Refusal
	if errors.As(err, &r) {
		r.Bestand = d.Name
		if r.Code == ingest.RefBriefOngeldig && d.NoteFile != "" {
			r.Bestand = path.Join(path.Dir(d.Name), SafeName(d.NoteFile)) // the line it names is one of the note
		}
		d.Status, d.Refusal = Refused, r
		return nil
	}
	var io *fs.PathError
	if errors.As(err, &io) && io.Path == filepath.Base(d.Path) { // as ingest calls it, which knows no kinds
		io.Path = d.Name
	}
	return err
}

func gone(name string) bool {
	_, err := os.Lstat(name)
	return errors.Is(err, fs.ErrNotExist)
}

// markDuplicates finds files of one kind with the same bytes: the oldest is read, the others count as dubbel.
func markDuplicates(all []*Delivery) {
	first := map[[2]string]*Delivery{}
	for _, d := range all {
		if d.Status != Accepted {
			continue
		}
		id := [2]string{d.Kind, d.Sha256}
		if f := first[id]; f == nil || d.Order < f.Order {
			first[id] = d
		}
	}
	for _, d := range all {
		if d.Status == Accepted && first[[2]string{d.Kind, d.Sha256}] != d {
			d.Status = Duplicate
		}
	}
}

// sideBySide does the same to every delivery, as many at a time as there are processors. What comes of one does not depend
// on the others, so neither does the result on their order.
func sideBySide(ctx context.Context, all []*Delivery, do func(context.Context, *Delivery) error) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.NumCPU())
	for _, d := range all {
		group.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			return do(ctx, d)
		})
	}
	return group.Wait()
}

// FindNote looks in the inbox for the note that a delivery had when a run read it, by its hash, and reads it. It reports whether it is
// still there.
func (d *Delivery) FindNote(cfg *config.Config, l *lake.Lake) (bool, error) {
	base := path.Base(d.Name)
	if plain, err := strconv.Unquote(base); err == nil {
		base = plain
	}
	in := &Inbox{cfg: cfg}
	if err := in.list(filepath.Join(l.Inbox(), path.Dir(d.Name)), d.Kind); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	at := slices.IndexFunc(in.Found, func(f *Delivery) bool { return filepath.Base(f.Path) == base })
	if at < 0 || in.Found[at].NoteFile == "" {
		return false, nil
	}
	_, sum, err := control.HashFile(in.Found[at].NotePath())
	if err != nil && !errors.Is(err, fs.ErrNotExist) || sum != d.NoteSha256 {
		return false, err
	}
	d.Path, d.NoteFile = in.Found[at].Path, in.Found[at].NoteFile
	return true, d.ReadNote()
}

// OneVersion checks that all pseudonyms of the run carry one version label: with two the joins would silently fail.
func OneVersion(all []*Delivery) error {
	byLabel := map[string]string{}
	var labels []string
	for _, d := range all {
		if d.Status != Accepted {
			continue
		}
		for _, list := range [][]string{d.Extract.Pseudoniem, d.Extract.PseudoniemHuishouden} {
			for _, v := range list {
				if byLabel[v] == "" {
					byLabel[v] = d.Name
					labels = append(labels, v)
				}
			}
		}
	}
	if len(labels) <= 1 {
		return nil
	}
	slices.Sort(labels)
	var where []string
	for _, v := range labels {
		where = append(where, fmt.Sprintf("%s (first in %s)", v, byLabel[v]))
	}
	return &exit.Error{Code: exit.Failed, Err: errors.New("the extracts carry more than one pseudonym version: " + strings.Join(where, ", ")),
		Remedy: "have all feeds delivered with the same version; nothing can be joined across versions"}
}
