// Package doctor looks whether a machine and a data folder are fit for a run: room, memory, who can read what, encryption, clock, jobs, what was left behind. It
// reads and changes nothing, and says of each thing that is not right what to do. Whether files are still what runs made is for package verify.
package doctor

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"stapel/config"
	"stapel/pipeline/arrival"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/machine"
	"stapel/reports/nl"
)

// Verdict says how something is.
type Verdict string

// Verdicts. Only a Fault is worth an exit code: what may be as it should, and what can't be seen, is for somebody to judge.
const (
	Good    Verdict = "goed"
	Note    Verdict = "let op"
	Fault   Verdict = "fout"
	Unknown Verdict = "onbekend"
)

// Check is one thing that was looked at, in Dutch.
type Check struct {
	Name    string  `json:"naam"`
	Verdict Verdict `json:"oordeel"`
	What    string  `json:"wat"`
	Do      string  `json:"doen,omitempty"` // what to do about it
}

// Result is what was found, in the order in which it was looked at.
type Result struct {
	Code   exit.Code `json:"exit"` // Done or Failed: something is a Fault
	Checks []Check   `json:"controles"`
}

// Options say what to look at.
type Options struct {
	Data    string
	KeyFile string // "": none was named
	Version string // of the program
	// Load reads and checks the configuration, own signal models included.
	Load func(ctx context.Context) (*config.Config, error)
	// Arrival says when a file of the inbox is whole; nil: as it lies there.
	Arrival func(*config.Config) arrival.Terms
	// ReadKey reads the project key and gives its fingerprint.
	ReadKey func() (string, error)
	// Say is an error as people read it.
	Say func(error) string
	Now time.Time
	// Machine is this one when it is empty; tests give another.
	Machine machine.Machine

	free   func(folder string) (int64, error)   // room on the disk of a folder; nil: machine.Free
	device func(name string) (uint64, error)    // volume that it lies on; nil: machine.Device
	find   func(program string) (string, error) // a program of the machine; nil: exec.LookPath
	uid    int                                  // who runs stapel
	asUser bool                                 // uid was given
	zone   *time.Location                       // of the machine; nil: time.Local
	tz     *string                              // variable TZ; nil: of the environment
}

// examination is one look.
type examination struct {
	Options
	lake   *lake.Lake
	cfg    *config.Config // nil: it is not right
	held   *bool          // whether the data folder is locked; nil: not asked yet
	checks []Check
}

// Run looks at everything. The error is of a stop; what can't be looked at is a check that is unknown.
func Run(ctx context.Context, opt Options) (*Result, error) {
	x := &examination{Options: opt, lake: &lake.Lake{Root: opt.Data}}
	x.defaults()
	for _, look := range []func(context.Context){x.versions, x.configuration, x.memory, x.threads, x.programs, x.dataFolder, x.disk, x.quarantine, x.key, x.encryption,
		x.swap, x.trino, x.zoneOfMachine, x.clock, x.lock, x.latest, x.leftovers, x.inbox, x.jobs} {
		if err := ctx.Err(); err != nil {
			return nil, &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted; nothing is shown")}
		}
		look(ctx)
	}
	r := &Result{Checks: x.checks}
	for _, c := range x.checks {
		if c.Verdict == Fault {
			r.Code = exit.Failed
		}
	}
	return r, nil
}

func (x *examination) say(name string, v Verdict, do, format string, a ...any) {
	x.checks = append(x.checks, Check{Name: name, Verdict: v, What: nl.Plain(fmt.Sprintf(format, a...)), Do: nl.Plain(do)})
}

// unseen says that something could not be looked at.
func (x *examination) unseen(name string, err error) {
	x.say(name, Unknown, "", "niet te zien: %s", x.Say(err))
}

// exists reports whether there is something of that name.
func exists(name string) bool {
	_, err := os.Lstat(name)
	return err == nil
}

// Print says what was looked at, a line each, with what to do below it.
func (r *Result) Print(w io.Writer) {
	n := map[Verdict]int{}
	for _, c := range r.Checks {
		n[c.Verdict]++
		fmt.Fprintf(w, "%-9s %-14s %s\n", c.Verdict, c.Name, c.What)
		if c.Do != "" {
			fmt.Fprintf(w, "%-9s %-14s doe: %s\n", "", "", c.Do)
		}
	}
	fmt.Fprintf(w, "\n%s: %d goed, %d fout, %d let op, %d onbekend\n", nl.Plain(nl.Count(int64(len(r.Checks)), "punt", "punten")), n[Good], n[Fault],
		n[Note], n[Unknown])
	if r.Code == exit.Done {
		fmt.Fprintln(w, "niets staat een run in de weg")
	}
}
