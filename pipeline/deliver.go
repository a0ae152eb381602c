package pipeline

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"stapel/config"
	"stapel/pipeline/control"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
)

// What becomes of a delivered file.
const (
	statusAccepted  = "geaccepteerd"
	statusRefused   = "geweigerd"
	statusDuplicate = "dubbel"
)

// delivery is one extract file of the inbox with its note.
type delivery struct {
	kind, path, name string
	sha256           string
	bytes            int64
	noteFile         string // name of its delivery note, beside it; "" when there is none
	note             *ingest.Note
	noteSha256       string

	status  string
	refusal *ingest.Refusal
	extract *ingest.Extract // nil when refused before it could be read
	order   int64           // among all deliveries: by aangemaakt, levering_id, file; deliveries without a note first
	moment  int64           // among all moments at which deliveries were made, from 1; 0: it does not say
}

// orderDeliveries numbers deliveries from old to new: by aangemaakt, levering_id and file (rules 8); those without a note
// come first, for they replace nothing.
func orderDeliveries(all []*delivery) {
	sorted := slices.Clone(all)
	slices.SortFunc(sorted, func(a, b *delivery) int {
		if (a.note == nil) != (b.note == nil) {
			if a.note == nil {
				return -1
			}
			return 1
		}
		if a.note != nil {
			if c := cmp.Or(compareMade(a, b), cmp.Compare(a.note.LeveringID, b.note.LeveringID)); c != 0 {
				return c
			}
		}
		return cmp.Compare(a.name, b.name)
	})
	moment := int64(0)
	for i, d := range sorted {
		d.order, d.moment = int64(i+1), 0
		if madeOn(d) == nil {
			continue
		}
		if i == 0 || madeOn(sorted[i-1]) == nil || compareMade(sorted[i-1], d) != 0 {
			moment++
		}
		d.moment = moment
	}
}

// compareMade orders two deliveries with a note by when they were made: the day as it was written, then the moment. One that
// does not say goes first.
func compareMade(a, b *delivery) int {
	x, y := madeOn(a), madeOn(b)
	if x == nil || y == nil {
		return cmp.Compare(value(x), value(y))
	}
	return cmp.Or(cmp.Compare(*x, *y), made(a.note).Compare(made(b.note)))
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

// identify reads the note and the hash of every delivery, puts them in order and finds what was delivered twice. now is the day
// that a note which does not say when it was made is held against.
func identify(ctx context.Context, all []*delivery, cfg *config.Config, limits ingest.Limits, now time.Time) error {
	err := sideBySide(ctx, all, func(ctx context.Context, d *delivery) error {
		d.status = statusAccepted
		if d.refusal != nil {
			return d.refuse(d.refusal)
		}
		err := d.readNote()
		if err == nil {
			err = d.note.Check(cfg.Contracts[d.kind], now)
		}
		if err == nil {
			d.sha256, d.bytes, err = ingest.Identify(ctx, d.path, limits)
		}
		return d.refuse(err)
	})
	if err != nil {
		return err
	}
	orderDeliveries(all)
	markDuplicates(all)
	return nil
}

// notePath is where the delivery note lies, when there is one.
func (d *delivery) notePath() string { return filepath.Join(filepath.Dir(d.path), d.noteFile) }

// readNote reads the delivery note and its hash, when there is one.
func (d *delivery) readNote() (err error) {
	if d.noteFile == "" {
		return nil
	}
	if d.note, err = ingest.ReadNote(d.notePath()); err == nil && d.note != nil {
		_, d.noteSha256, err = control.HashFile(d.notePath())
	}
	return err
}

// aloneFrom is the size from which an extract is read by itself: it keeps all processors busy, and needs its memory.
const aloneFrom = 32 << 20

// ingestAll brings every delivery into the lake, or finds out why not. An extract that was read before under the same
// contract, note and key is not read again.
func ingestAll(ctx context.Context, all []*delivery, opt Options, limits ingest.Limits, l *lake.Lake, key *ingest.Sleutel) error {
	var total int64
	var large, small []*delivery
	for _, d := range all {
		total += d.bytes
		if d.bytes >= aloneFrom {
			large = append(large, d)
		} else {
			small = append(small, d)
		}
	}
	opt.Progress.Stage("inlezen", total)
	defer opt.Progress.Done()
	var mu sync.Mutex
	show := opt.Progress
	opt.Progress = progressFunc(func(n int64) {
		mu.Lock()
		defer mu.Unlock()
		show.Add(n)
	})
	read := func(ctx context.Context, d *delivery) error {
		if d.status != statusAccepted {
			opt.Progress.Add(d.bytes)
			return nil
		}
		if err := ingestOne(ctx, d, opt, limits, l, key); err != nil {
			return fmt.Errorf("%s: %w", d.name, err)
		}
		return nil
	}
	for _, d := range large {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := read(ctx, d); err != nil {
			return err
		}
	}
	return sideBySide(ctx, small, read)
}

// progressFunc is a Progress that only adds.
type progressFunc func(n int64)

func (progressFunc) Stage(string, int64) {}
func (f progressFunc) Add(n int64)       { f(n) }
func (progressFunc) Done()               {}

// sideBySide does the same to every delivery, as many at a time as there are processors. What comes of one does not depend
// on the others, so neither does the result on their order.
func sideBySide(ctx context.Context, all []*delivery, do func(context.Context, *delivery) error) error {
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

// refuse notes a refusal of the file; any other error is the run's.
func (d *delivery) refuse(err error) error {
	var r *ingest.Refusal
	if errors.As(err, &r) {
		r.Bestand = d.name
		if r.Code == ingest.RefBriefOngeldig && d.noteFile != "" {
			r.Bestand = path.Join(path.Dir(d.name), SafeName(d.noteFile)) // the line it names is one of the note
		}
		d.status, d.refusal = statusRefused, r
		return nil
	}
	return err
}

// markDuplicates finds files of one kind with the same bytes: the oldest is read, the others count as dubbel.
func markDuplicates(all []*delivery) {
	first := map[[2]string]*delivery{}
	for _, d := range all {
		if d.status != statusAccepted {
			continue
		}
		id := [2]string{d.kind, d.sha256}
		if f := first[id]; f == nil || d.order < f.order {
			first[id] = d
		}
	}
	for _, d := range all {
		if d.status == statusAccepted && first[[2]string{d.kind, d.sha256}] != d {
			d.status = statusDuplicate
		}
	}
}

// record is what the lake keeps with an extract, beside what ingest says of it: enough to know whether it can be used
// again.
type record struct {
	Format     int             `json:"formaat"`
	NoteSha256 string          `json:"levering_sha256"`
	Limits     ingest.Limits   `json:"grenzen"`
	Extract    *ingest.Extract `json:"extract"`
}

// lakeFormat changes when ingest writes something else for the same extract.
const lakeFormat = 4

func ingestOne(ctx context.Context, d *delivery, opt Options, limits ingest.Limits, l *lake.Lake, key *ingest.Sleutel) error {
	contract := opt.Config.Contracts[d.kind]
	var known record
	err := l.Record(d.kind, d.sha256, &known)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil && !opt.Full && known.Format == lakeFormat && known.NoteSha256 == d.noteSha256 && known.Limits == limits &&
		known.Extract.ContractSha256 == contract.Sha256 && known.Extract.Sleutel == key.Vingerafdruk() {
		d.extract = known.Extract
		opt.Progress.Add(d.bytes)
		return l.Reused(d.kind, d.sha256)
	}
	staged, err := l.Stage(d.kind, d.sha256)
	if err != nil {
		return err
	}
	src := ingest.Source{Path: d.path, Name: d.name, Sha256: d.sha256, Bytes: d.bytes}
	d.extract, err = ingest.Read(ctx, src, d.note, ingest.Options{Contract: contract, Sleutel: key, Limits: limits,
		Workers: opt.Config.Settings.Engine.Threads, Progress: opt.Progress.Add}, staged)
	if err := d.refuse(err); err != nil {
		return err
	}
	if d.status == statusRefused {
		return l.CommitQuarantine(d.kind, d.sha256, staged)
	}
	return l.Commit(d.kind, d.sha256, staged, record{Format: lakeFormat, NoteSha256: d.noteSha256, Limits: limits, Extract: d.extract})
}

// IngestLimits are the configured limits as ingest takes them.
func IngestLimits(s config.LimitSettings) ingest.Limits {
	return ingest.Limits{MaxQuarantineShare: s.MaxQuarantineShare, MaxQuarantineLines: s.MaxQuarantineLines,
		MaxRecordBytes: s.MaxRecordBytes, MaxDecompressedBytes: s.MaxDecompressedBytes, MaxRatio: s.MaxGzipRatio}
}
