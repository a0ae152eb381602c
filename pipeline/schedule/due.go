package schedule

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stapel/config"
	"stapel/pipeline/arrival"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
)

// Do is what is to be done about a job now.
type Do int

// What can be done about a job.
const (
	Rest   Do = iota // it is not due
	Run              // run it
	Wait             // it is due, and a required feed is late: look again
	Refuse           // idem: nothing is run for this tick
	Skip             // it is due, and no feed of it has anything new
)

// Look is what there is to do about a job, and why.
type Look struct {
	Do    Do
	Tick  time.Time           // the last one
	Again time.Time           // with Rest: when to look again at the earliest
	Late  []string            // required kinds that have nothing new
	Seen  map[string][]string // what lies in the inbox now, of the kinds of the job
}

// Inbox gives a mark of every extract that lies in the inbox of a kind.
type Inbox func(kind string) ([]string, error)

// Judge says what is to be done about a job at a moment. It is due when the last run that succeeded began before the last tick: one that was missed is caught
// up with, several that were missed are one. later is how much later than its ticks it runs.
func Judge(job config.Job, s State, now time.Time, later time.Duration, inbox Inbox) (Look, error) {
	tick, err := Prev(job, now.Add(-later))
	if err != nil {
		return Look{}, err
	}
	look := Look{Tick: tick}
	last := s.Settled
	if last.IsZero() {
		last = s.Since
	}
	if !last.Before(tick) {
		next, err := Next(job, tick)
		look.Again = next.Add(later)
		return look, err
	}
	if now.Before(s.Retry) {
		look.Again = s.Retry
		return look, nil
	}
	look.Seen = map[string][]string{}
	fresh := map[string]bool{}
	for _, kind := range slices.Concat(job.Feeds, job.Required) {
		if look.Seen[kind], err = inbox(kind); err != nil {
			return look, err
		}
		fresh[kind] = slices.ContainsFunc(look.Seen[kind], func(mark string) bool { return !slices.Contains(s.Seen[kind], mark) })
	}
	for _, kind := range job.Required {
		if !fresh[kind] && !slices.Contains(look.Late, kind) {
			look.Late = append(look.Late, kind)
		}
	}
	look.Do = Run
	switch {
	case len(job.Feeds) > 0 && !slices.ContainsFunc(job.Feeds, func(kind string) bool { return fresh[kind] }):
		look.Do = Skip
	case len(look.Late) > 0 && job.Late == config.LateWait:
		look.Do = Wait
	case len(look.Late) > 0 && job.Late == config.LateRefuse:
		look.Do = Refuse
	}
	return look, nil
}

// Later is how much later than its ticks a job runs: whole seconds below its jitter, by its name alone, so that it is the same at every tick and on every machine.
func Later(job config.Job) time.Duration {
	if job.Jitter == 0 {
		return 0
	}
	sum := sha256.Sum256([]byte("stapel schedule " + job.Name))
	seconds := uint64(job.Jitter) * 60
	return time.Duration(binary.BigEndian.Uint64(sum[:])%seconds) * time.Second
}

// InboxOf looks in the inbox of a data folder. A mark is made of name, size and time of a file. One that is still being written is not there yet.
func InboxOf(data string, terms arrival.Terms) Inbox {
	return func(kind string) (marks []string, err error) {
		entries, err := os.ReadDir(filepath.Join((&lake.Lake{Root: data}).Inbox(), kind))
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, e := range entries {
			if name := strings.ToLower(e.Name()); !strings.HasSuffix(name, ".csv") && !strings.HasSuffix(name, ".csv.gz") {
				continue
			}
			file := arrival.File{Path: filepath.Join((&lake.Lake{Root: data}).Inbox(), kind, e.Name())}
			file.Note = file.Path + ingest.NoteSuffix
			if whole, _, err := terms.Whole(context.Background(), file); err != nil || !whole {
				if err != nil {
					return nil, err
				}
				continue
			}
			st, err := e.Info()
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return nil, err
			}
			sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d\n%d", e.Name(), st.Size(), st.ModTime().UnixNano()))
			marks = append(marks, hex.EncodeToString(sum[:8]))
		}
		return marks, nil
	}
}
