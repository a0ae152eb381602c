package inbox

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"

	"stapel/config"
	"stapel/pipeline/control"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
	"stapel/pipeline/progress"
)

// aloneFrom is the size from which an extract is read by itself: it keeps all processors busy, and needs its memory.
const aloneFrom = 32 << 20

// Options say how deliveries are read into the lake.
type Options struct {
	Config   *config.Config
	Key      *ingest.ProjectKey
	Full     bool // read every extract again
	Progress progress.Progress
}

// Ingest brings every delivery into the lake, or finds out why not. An extract that was read before under the same
// contract, note, key and limits is not read again, unless another stapel wrote it otherwise than this one would.
func Ingest(ctx context.Context, all []*Delivery, opt Options, l *lake.Lake) error {
	var total int64
	var large, small []*Delivery
	for _, d := range all {
		total += d.Bytes
		if d.Bytes >= aloneFrom {
			large = append(large, d)
		} else {
			small = append(small, d)
		}
	}
	show := progress.Or(opt.Progress)
	show.Stage("inlezen", total)
	defer show.Done()
	opt.Progress = progress.Serial(show) // extracts are read side by side
	read := func(ctx context.Context, d *Delivery) error {
		if d.Status != Accepted {
			opt.Progress.Add(d.Bytes)
			return nil
		}
		if err := ingestOne(ctx, d, opt, l); err != nil {
			return fmt.Errorf("%s: %w", d.Name, err)
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

// Record is what the lake keeps with an extract, beside what ingest says of it: enough to know whether it can be used
// again.
type Record struct {
	Format     int             `json:"formaat"`
	NoteSha256 string          `json:"levering_sha256"`
	Limits     ingest.Limits   `json:"grenzen"`
	Files      []control.Held  `json:"bestanden"` // that were written: parts, keys and lines in quarantine, by their name when they were
	Extract    *ingest.Extract `json:"extract"`
}

// Kept reads the record of an extract; fs.ErrNotExist when the lake does not have it, lake.ErrDamaged when it is not what was written.
func Kept(l *lake.Lake, kind, sha256 string) (*Record, error) {
	r := &Record{}
	err := l.Record(kind, sha256, r)
	if err == nil && r.Extract == nil {
		err = lake.ErrDamaged
	}
	return r, err
}

// Of reports whether the extract was read as it is now, under this contract, with this note and this key (its fingerprint).
func (r *Record) Of(contract *config.Contract, noteSha256, key string) bool {
	return r.Format == lakeFormat && r.NoteSha256 == noteSha256 && r.Extract.ContractSha256 == contract.Sha256 && r.Extract.Sleutel == key
}

// lakeFormat changes when ingest writes something else for the same extract, and what another one wrote then is read again: up to 4 its
// pages had bounds that were not those of their values, and up to 5 its record had no hashes.
const lakeFormat = 6

func ingestOne(ctx context.Context, d *Delivery, opt Options, l *lake.Lake) error {
	limits := IngestLimits(opt.Config.Settings.Limits)
	contract := opt.Config.Contracts[d.Kind]
	known, err := Kept(l, d.Kind, d.Sha256)
	if err == nil {
		err = known.whole(l, d.Kind, d.Sha256)
	}
	if d.Damaged = errors.Is(err, lake.ErrDamaged); err != nil && !d.Damaged && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err == nil && !opt.Full && known.Of(contract, d.NoteSha256, opt.Key.Fingerprint()) && known.Limits == limits {
		d.Extract = known.Extract
		opt.Progress.Add(d.Bytes)
		return l.Reused(d.Kind, d.Sha256)
	}
	staged, err := l.Stage(d.Kind, d.Sha256)
	if err != nil {
		return err
	}
	src := ingest.Source{Path: d.Path, Name: d.Name, Sha256: d.Sha256, Bytes: d.Bytes}
	d.Extract, err = ingest.Read(ctx, src, d.Note, ingest.Options{Contract: contract, Key: opt.Key, Limits: limits,
		Workers: opt.Config.Settings.Engine.Threads, Progress: opt.Progress.Add}, staged)
	if err := d.refuse(err); err != nil {
		return err
	}
	if d.Status == Refused {
		return l.CommitQuarantine(d.Kind, d.Sha256, staged)
	}
	record := Record{Format: lakeFormat, NoteSha256: d.NoteSha256, Limits: limits, Extract: d.Extract}
	if record.Files, err = filesOf(d.Extract, func(name string) string { return filepath.Join(staged, name) }); err != nil {
		return err
	}
	return l.Commit(d.Kind, d.Sha256, staged, record)
}

// IngestLimits are the configured limits as ingest takes them.
func IngestLimits(s config.LimitSettings) ingest.Limits {
	return ingest.Limits{MaxQuarantineShare: s.MaxQuarantineShare, MaxQuarantineLines: s.MaxQuarantineLines,
		MaxRecordBytes: s.MaxRecordBytes, MaxDecompressedBytes: s.MaxDecompressedBytes, MaxRatio: s.MaxGzipRatio}
}
