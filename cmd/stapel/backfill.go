package main

import (
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"stapel/pipeline"
	"stapel/pipeline/exit"
	"stapel/reports/nl"
)

func newBackfill(g *globals) *cobra.Command {
	var from, to string
	cmd := &cobra.Command{
		Use:   "backfill",
		Short: "Make the tables of earlier months",
		Long: `Makes a run as far as its marts for every end of a month from --from up to and with --to, of the extracts that are in the inbox now. None of them becomes
the latest, nothing is released and no report is written: they are for stapel diff and for who follows figures over time. What was made before stays as it is, and is
held to what it would be now; what was finished when it was broken off is used again, so that it can be asked again until it is done. A month that can't be made, for
the feeds do not cover it, is said, and the others are made.

EXIT STATUS
  0    done
  1    failed
  2    usage or configuration, or of a month the peildatum is not covered
  4    an extract was refused, the rest was done
  5    checks of a month failed, it was not published
  11   another run holds the lock
  12   a run with this id was published before with other bytes
  130  interrupted; months that were done stay`,
		Example: "  stapel backfill --from 2024-12-31 --to 2025-12-31 --key-file sleutel",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			months, err := monthEnds(from, to)
			if err != nil {
				return err
			}
			if err := g.hasInbox(); err != nil {
				return err
			}
			secret, err := g.readKey()
			if err != nil {
				return err
			}
			return g.backfill(cmd, months, secret)
		},
	}
	f := cmd.Flags()
	f.StringVar(&from, "from", "", "first peildatum, the last day of a month (JJJJ-MM-DD)")
	f.StringVar(&to, "to", "", "last peildatum")
	return cmd
}

// maxMonths is a hundred years.
const maxMonths = 1200

// monthEnds are the last days of the months from one to another, which both are such days.
func monthEnds(from, to string) (ends []string, err error) {
	const remedy = "give the last day of a month, as in 2025-12-31"
	begin, ok := afterMonth(from)
	if !ok {
		return nil, exit.Misuse(remedy, "--from is no last day of a month")
	}
	end, ok := afterMonth(to)
	if !ok {
		return nil, exit.Misuse(remedy, "--to is no last day of a month")
	}
	if end.Before(begin) {
		return nil, exit.Misuse("give the earlier one with --from", "--to lies before --from")
	}
	for first := begin; !first.After(end); first = first.AddDate(0, 1, 0) {
		ends = append(ends, first.AddDate(0, 0, -1).Format(time.DateOnly))
	}
	if len(ends) > maxMonths {
		return nil, exit.Misuse("name a shorter time", "--from and --to are more than a hundred years apart")
	}
	return ends, nil
}

// afterMonth is the day after the last day of a month; false of another day, and of what is none.
func afterMonth(text string) (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, text)
	next := day.AddDate(0, 0, 1)
	return next, err == nil && next.Day() == 1
}

// backfilled is what became of a month.
type backfilled struct {
	Peildatum string    `json:"peildatum"`
	Code      exit.Code `json:"exit"`
	RunID     string    `json:"run_id,omitempty"`
	Reused    int       `json:"hergebruikt"` // tables of earlier runs
	Made      int       `json:"gemaakt"`
	Error     string    `json:"fout,omitempty"`
}

// backfill makes a run for each month, oldest first. What ends one ends the others only when it would end these as well.
func (g *globals) backfill(cmd *cobra.Command, months []string, secret []byte) error {
	var all []backfilled
	for _, month := range months {
		cfg, err := g.loadConfig(map[string]any{"run.peildatum": month})
		if err != nil {
			return err
		}
		opt := pipeline.Options{Secret: secret, Until: "marts"}
		if err := g.complete(&opt, cfg); err != nil {
			return err
		}
		result, err := pipeline.Run(cmd.Context(), opt)
		done := backfilled{Peildatum: month, Code: result.Code, RunID: result.RunID}
		if result.Reuse != nil {
			done.Reused, done.Made = result.Reuse.Tables, len(result.Reuse.Made)
		}
		if err != nil {
			var e *exit.Error
			if !errors.As(err, &e) || e.Code != exit.Usage && e.Code != exit.ChecksFailed {
				return err
			}
			done.Code, done.Error = e.Code, say(g.lang, cmd, err)
		}
		if g.code == exit.Done {
			g.code = done.Code
		}
		all = append(all, done)
		if !g.json {
			g.printBackfilled(done)
		}
	}
	if g.json {
		return g.printJSON(struct {
			Code   exit.Code    `json:"exit"`
			Months []backfilled `json:"maanden"`
		}{g.code, all})
	}
	return nil
}

func (g *globals) printBackfilled(b backfilled) {
	if b.Error != "" {
		fmt.Fprintf(g.stdout, "%s niet gemaakt: %s\n", b.Peildatum, b.Error)
		return
	}
	fmt.Fprintf(g.stdout, "%s %s: %s hergebruikt, %s gemaakt\n", b.Peildatum, b.RunID, nl.Plain(nl.Count(int64(b.Reused), "tabel", "tabellen")), nl.Int(int64(b.Made)))
}
