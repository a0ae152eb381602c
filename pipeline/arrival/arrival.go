// Package arrival says whether a file of the inbox is whole, or still being written. Nobody who copies a file says when that is done, but for two things: a
// delivery note with the hash of the file, and time in which nothing changes. Half a file that ends with a line looks like a smaller one.
package arrival

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"strings"
	"sync"
	"time"

	"stapel/pipeline/control"
	"stapel/pipeline/ingest"
)

// File is a file of the inbox and its delivery note.
type File struct {
	Path string
	Note string // path; "" when there is none
}

// Terms are what it takes for a file to be whole.
type Terms struct {
	Settle time.Duration // that it holds still, unless its note has its hash; 0: it is whole as it lies there
	Limits ingest.Limits // on what is unpacked to see its hash
	Now    func() time.Time
	Sleep  func(ctx context.Context, d time.Duration)

	proofs *sync.Map // of proof: files whose hash was found to be that of the note; nil: each is worked out anew
}

// proof is a file as it was when it was last changed.
type proof struct {
	file File
	last time.Time
}

// Real are terms with the clock of this machine.
func Real(settle time.Duration, limits ingest.Limits) Terms {
	return Terms{Settle: settle, Limits: limits, proofs: &sync.Map{}, Now: time.Now, Sleep: func(ctx context.Context, d time.Duration) {
		select {
		case <-ctx.Done():
		case <-time.After(d):
		}
	}}
}

// lastChange is changed; tests say when.
var lastChange = changed

// touched is when a file or its note last changed. One that is gone, or is no file, was never touched: who reads it says what is wrong.
func touched(f File, now time.Time) (last time.Time, err error) {
	for _, name := range []string{f.Path, f.Note} {
		if name == "" {
			continue
		}
		st, err := os.Lstat(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return last, err
		}
		if !st.Mode().IsRegular() {
			continue
		}
		if at := lastChange(st, now); at.After(last) {
			last = at
		}
	}
	return last, nil
}

// Changed is when a file or its note last changed; the zero time of what is gone.
func Changed(f File, now time.Time) (time.Time, error) { return touched(f, now) }

// Whole reports whether a file is whole at this moment; if not, left is how long it has to hold still yet.
func (t Terms) Whole(ctx context.Context, f File) (whole bool, left time.Duration, err error) {
	if t.Settle <= 0 {
		return true, 0, nil
	}
	now := t.Now()
	last, err := touched(f, now)
	if err != nil {
		return false, 0, err
	}
	if left = t.Settle - now.Sub(last); left <= 0 {
		return true, 0, nil
	}
	if t.proofs != nil {
		if _, known := t.proofs.Load(proof{f, last}); known {
			return true, 0, nil
		}
	}
	proven, err := t.proven(ctx, f)
	if proven && t.proofs != nil {
		t.proofs.Store(proof{f, last}, true)
	}
	return proven, min(left, t.Settle), err // a clock of a file server may be ahead
}

// proven reports whether the note of a file has its hash: of the bytes on disk, or of what is in them. A note that can't be read, or a file that can't be
// unpacked, may be half itself.
func (t Terms) proven(ctx context.Context, f File) (bool, error) {
	if f.Note == "" {
		return false, nil
	}
	note, err := ingest.ReadNote(f.Note)
	if err != nil || note == nil || note.Sha256 == "" {
		return false, half(err)
	}
	_, sum, err := control.HashFile(f.Path)
	if err != nil || sum == note.Sha256 {
		return err == nil, half(err)
	}
	if !strings.HasSuffix(strings.ToLower(f.Path), ".gz") {
		return false, nil
	}
	sum, _, err = ingest.Identify(ctx, f.Path, t.Limits)
	return err == nil && sum == note.Sha256, half(err)
}

// half takes away an error that half a file gives.
func half(err error) error {
	var r *ingest.Refusal
	if errors.As(err, &r) || errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// Wait waits until files are whole, at most as long as one has to hold still: what lay there when it began and did not change since is whole by then. It gives
// how long it waited. Files that are not whole at the end are found with Whole.
func (t Terms) Wait(ctx context.Context, files []File) (waited time.Duration, err error) {
	if t.Settle <= 0 {
		return 0, nil
	}
	begin := t.Now()
	for ctx.Err() == nil {
		next := time.Duration(0)
		for _, f := range files {
			whole, left, err := t.Whole(ctx, f)
			if err != nil {
				return t.Now().Sub(begin), err
			}
			if !whole {
				next = max(next, left)
			}
		}
		waited = t.Now().Sub(begin)
		if next == 0 || waited >= t.Settle {
			return waited, nil
		}
		// a file that is being written is looked at again before that
		t.Sleep(ctx, min(next, t.Settle-waited, pause))
	}
	return t.Now().Sub(begin), ctx.Err()
}

// pause is how long is waited between looking and looking again: a note with the hash may come any moment.
const pause = 2 * time.Second
