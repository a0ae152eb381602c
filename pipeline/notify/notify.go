// Package notify tells people what became of runs and jobs that nobody watched: by mail, or through a program of theirs. A message has counts, exit codes, kinds and
// days; no name of a file, no line, nothing of a household. What was told stands in a log, so that everything is told once, also when telling failed at first.
package notify

import (
	"context"
	"errors"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"

	"stapel/config"
	"stapel/pipeline/chain"
	"stapel/pipeline/lake"
	"stapel/pipeline/runlog"
	"stapel/pipeline/schedule"
)

// Message is what somebody is told.
type Message struct {
	Key     string    `json:"gebeurtenis"` // of what it tells: one for each run and each job's tick
	When    time.Time `json:"wanneer"`     // UTC, of what it tells
	Trouble bool      `json:"mis"`
	Subject string    `json:"onderwerp"` // Dutch
	Text    string    `json:"tekst"`     // Dutch, lines
}

// Sender brings a message to somebody.
type Sender interface {
	Name() string // in the log
	Send(ctx context.Context, m Message) error
}

// told is a line of the log: what was told, by what.
type told struct {
	When time.Time `json:"wanneer"`
	Key  string    `json:"gebeurtenis"`
	By   string    `json:"langs"`
}

// skipped is by what something was told that was there before anybody was told anything.
const skipped = "niets"

// Notifier tells what the logs of a data folder have.
type Notifier struct {
	Data    string
	On      string // config.NotifyTrouble or NotifyAlways
	Senders []Sender
	Now     func() time.Time
	Host    string // name of the machine, for the subject; "": none
}

// Pending are the messages that were not told yet, the oldest first. Of what was there before anything was ever told only the newest counts.
func (n *Notifier) Pending() ([]Message, error) {
	w, err := n.look()
	return w.pending, err
}

// waiting is what there is to tell.
type waiting struct {
	log     map[told]bool
	old     []Message // when nothing was ever told: those that are not told any more
	pending []Message
}

func (n *Notifier) look() (w waiting, err error) {
	all, err := n.events()
	if err != nil {
		return w, err
	}
	if w.log, err = n.log(); err != nil {
		return w, err
	}
	first := len(w.log) == 0
	if first && len(all) > 1 {
		w.old, all = all[:len(all)-1], all[len(all)-1:]
	}
	for _, m := range all {
		switch {
		case (m.Trouble || n.On == config.NotifyAlways) && len(n.left(w.log, m)) > 0:
			w.pending = append(w.pending, m)
		case first:
			w.old = append(w.old, m)
		}
	}
	return w, nil
}

// left are the senders that have not told a message.
func (n *Notifier) left(log map[told]bool, m Message) (out []Sender) {
	for _, s := range n.Senders {
		if !log[told{Key: m.Key, By: s.Name()}] && !log[told{Key: m.Key, By: skipped}] {
			out = append(out, s)
		}
	}
	return out
}

// Tell tells what was not told yet, and gives what each sender told. A sender that fails is tried again the next time; its error does not keep the others from telling.
func (n *Notifier) Tell(ctx context.Context) (sent []Message, err error) {
	// of two at once the second finds that all is told
	lock := flock.New(filepath.Join(n.Data, ".melding"))
	if err := lock.Lock(); err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	w, err := n.look()
	if err != nil {
		return nil, err
	}
	for _, m := range w.old {
		if err := n.write(m.Key, skipped); err != nil {
			return nil, err
		}
	}
	var errs []error
	failed := map[string]bool{}
	for _, m := range w.pending {
		done := false
		for _, s := range n.left(w.log, m) {
			if failed[s.Name()] {
				continue
			}
			if err := s.Send(ctx, m); err != nil {
				failed[s.Name()] = true
				errs = append(errs, err)
				continue
			}
			if err := n.write(m.Key, s.Name()); err != nil {
				return sent, err
			}
			done = true
		}
		if done {
			sent = append(sent, m)
		}
	}
	return sent, errors.Join(errs...)
}

func (n *Notifier) write(key, by string) error {
	return lake.AppendLine(filepath.Join(n.Data, lake.NoticeLog), told{When: n.Now().UTC().Truncate(time.Second), Key: key, By: by})
}

// log is what was told, without when. A line that was cut off says nothing; `stapel verify` finds it.
func (n *Notifier) log() (map[told]bool, error) {
	lines, err := chain.Read[told](filepath.Join(n.Data, lake.NoticeLog))
	if err != nil {
		return nil, err
	}
	out := map[told]bool{}
	for _, t := range lines {
		if t.Key != "" {
			out[told{Key: t.Key, By: t.By}] = true
		}
	}
	return out, nil
}

// events are all that could be told, the oldest first: runs that ended or were cut off, and jobs that did not run because a feed was late.
func (n *Notifier) events() ([]Message, error) {
	runs, err := (runlog.Log{Data: n.Data}).Runs()
	if err != nil {
		return nil, err
	}
	busy, err := (&lake.Lake{Root: n.Data}).Busy()
	if err != nil {
		return nil, err
	}
	var out []Message
	for i, run := range runs {
		if run.End == nil && i == len(runs)-1 && busy {
			continue // it is on
		}
		out = append(out, n.ofRun(run))
	}
	jobs, err := schedule.FileLog(n.Data).Read()
	if err != nil {
		return nil, err
	}
	for _, e := range jobs {
		if e.What == schedule.Refused || e.What == schedule.Waits {
			out = append(out, n.ofJob(e))
		}
	}
	sortByTime(out)
	return out, nil
}

// Test sends by every sender a message that says that it is a test; nothing is written down.
func (n *Notifier) Test(ctx context.Context) error {
	m := Message{When: n.Now().UTC(), Subject: n.subject("proefbericht"), Text: "Dit is een proef: zo komen meldingen over runs aan.\n"}
	var errs []error
	for _, s := range n.Senders {
		errs = append(errs, s.Send(ctx, m))
	}
	return errors.Join(errs...)
}
