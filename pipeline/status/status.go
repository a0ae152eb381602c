// Package status says how a data folder is doing: what came in and what did not, what runs came to, and what somebody has to do about it. It reads what lies
// there and changes nothing, also while a run is busy. What can't be read is said, and the rest is said all the same: this is what people look at when
// something is wrong.
package status

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"time"

	"stapel/config"
	"stapel/pipeline/arrival"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/runlog"
)

// Options say of which folder, and when.
type Options struct {
	Data    string
	Config  *config.Config
	Now     time.Time
	Arrival arrival.Terms
	Runs    int                // how many runs are shown, the last ones
	Say     func(error) string // an error, as people read it
}

// Status is how a data folder is doing. Nothing in it is about a household or a person, but for how many persons of a feed are found.
type Status struct {
	Moment  time.Time `json:"moment"` // UTC
	Data    string    `json:"datamap"`
	Busy    bool      `json:"bezig"` // a run is busy
	Latest  *Latest   `json:"laatste,omitempty"`
	Points  []Point   `json:"aandacht"` // what needs somebody, the worst first
	Runs    []Run     `json:"runs"`     // the last ones, newest first
	Inbox   Inbox     `json:"inbox"`
	Feeds   []Feed    `json:"bronnen"`
	Refused []Refused `json:"geweigerd"`
	Links   []Link    `json:"koppeling"`
	Models  []Timing  `json:"modellen"` // of the last run that computed, slowest first
	Stages  []Timing  `json:"stappen"`
	Jobs    []Job     `json:"taken"`
	Trouble []Trouble `json:"niet_te_lezen,omitempty"`
}

// Latest is the newest run that was published with its reports.
type Latest struct {
	Run       string `json:"run_id"`
	Peildatum Day    `json:"peildatum"`
	// Finished is when it was done, Days how long ago that is; nil when its manifest does not say.
	Finished *time.Time `json:"klaar,omitempty"`
	Days     *int       `json:"dagen,omitempty"`
}

// Run is a run as it ended.
type Run struct {
	Begin     time.Time  `json:"begin"` // UTC
	Until     string     `json:"tot,omitempty"`
	Stand     RunStand   `json:"stand"`
	Run       string     `json:"run_id,omitempty"`
	Peildatum string     `json:"peildatum,omitempty"`
	Exit      *exit.Code `json:"exit,omitempty"` // nil: it is busy, or no end is known
	Seconds   *float64   `json:"seconden,omitempty"`
	Fault     string     `json:"fout,omitempty"` // why it failed, as people read it
	Refused   int        `json:"geweigerd"`
	Bad       int64      `json:"quarantaine"`
}

// RunStand is what became of a run.
type RunStand string

// What can become of a run.
const (
	RunDone   RunStand = "klaar"      // it did what it was for, whatever it has to say of deliveries
	RunFailed RunStand = "mislukt"    // nothing was published, or not all
	RunBusy   RunStand = "bezig"      //
	RunLost   RunStand = "afgekapt"   // no end is known: it was killed, or the machine stopped
	RunBroken RunStand = "afgebroken" // somebody stopped it
)

// Inbox is what lies in the inbox now.
type Inbox struct {
	Files    int      `json:"bestanden"`         // extracts that are whole
	New      []string `json:"nieuw"`             // that came or changed after the last run read the inbox
	Arriving []string `json:"komt_binnen"`       // that are still being written
	Unread   []Unread `json:"niet_gelezen"`      // what is no extract
	Never    bool     `json:"nog_nooit_gelezen"` // no run is known that read the inbox
}

// Unread is something in the inbox that a run does not read.
type Unread struct {
	File   string `json:"bestand"`
	Reason string `json:"reden"`
}

// Refused is a delivery that the last run refused, and that lies there still.
type Refused = runlog.Refused

// Trouble is what could not be read.
type Trouble struct {
	What string `json:"wat"`
	Why  string `json:"waarom"`
}

// reading is what is gathered for a status.
type reading struct {
	Options
	ctx  context.Context
	lake *lake.Lake
	out  *Status
	runs []runlog.Run // all, the oldest first

	deliveries []delivery
	region     []string // gemeenten
	lines      map[feedKey]Day
}

// Read looks at a data folder. An error says that it could not look at all.
func Read(ctx context.Context, opt Options) (*Status, error) {
	if opt.Say == nil {
		opt.Say = func(err error) string { return err.Error() }
	}
	r := &reading{Options: opt, ctx: ctx, lake: &lake.Lake{Root: opt.Data}, lines: map[feedKey]Day{}, out: &Status{Moment: opt.Now.UTC().Truncate(time.Second), Data: opt.Data,
		Points: []Point{}, Runs: []Run{}, Feeds: []Feed{}, Refused: []Refused{}, Links: []Link{}, Models: []Timing{}, Stages: []Timing{}, Jobs: []Job{},
		Inbox: Inbox{New: []string{}, Arriving: []string{}, Unread: []Unread{}}}}
	for _, part := range []struct {
		what string
		read func() error
	}{
		{"of er een run bezig is", r.busy}, {"het logboek van runs", r.history}, {"de laatste run", r.latest}, {"de inbox", r.inbox}, {"de bronnen", r.feeds},
		{"hoe de bronnen koppelen", r.links}, {"de tijden van modellen", r.timings}, {"de taken", r.jobs},
	} {
		if err := ctx.Err(); err != nil {
			return nil, &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted")}
		}
		if err := part.read(); err != nil {
			r.trouble(part.what, err)
		}
	}
	r.points()
	return r.out, nil
}

func (r *reading) trouble(what string, err error) {
	r.out.Trouble = append(r.out.Trouble, Trouble{what, r.Say(err)})
}

// busy finds out whether a run has the data folder.
func (r *reading) busy() (err error) {
	r.out.Busy, err = r.lake.Busy()
	return err
}

// ignore takes away an error that is no error here.
func ignore(err, none error) error {
	if errors.Is(err, none) {
		return nil
	}
	return err
}

// latest reads what the newest published run says of itself.
func (r *reading) latest() error {
	id, err := r.lake.Latest()
	if err != nil || id == "" {
		return err
	}
	text, err := os.ReadFile(r.lake.Run(id).Manifest())
	if err != nil {
		return err
	}
	var m struct {
		Run       string   `json:"run_id"`
		Peildatum string   `json:"peildatum"`
		Gemeenten []string `json:"gemeenten"`
		Execution struct {
			Finished string `json:"klaar"`
		} `json:"uitvoering"`
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return err
	}
	peil, err := time.Parse(time.DateOnly, m.Peildatum)
	if err != nil {
		return err
	}
	l := &Latest{Run: m.Run, Peildatum: DayOf(peil)}
	if at, err := time.Parse(time.RFC3339, m.Execution.Finished); err == nil {
		days := int(r.Now.Sub(at).Hours() / 24)
		l.Finished, l.Days = &at, &days
	}
	r.out.Latest, r.region = l, m.Gemeenten
	return nil
}
