package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stapel/pipeline/purge"
	"stapel/reports/nl"
)

func newPurge(g *globals) *cobra.Command {
	opt := purge.Options{}
	cmd := &cobra.Command{
		Use:   "purge --keep N",
		Short: "Remove runs beyond the last N",
		Long: `Says which runs of the data folder are beyond the last N with reports, and removes them with --yes. What was published between those N stays, and so does every run that
something refers to: the latest, one of which somebody chose, drew a lottery or a sample, froze an analysis plan or gave out a bundle, and one whose line in the chain
was given to others. Of a run that goes its manifest, journal and signed statement are kept in <data>/opgeruimd, so that the chain still holds, and who removed it and
why is added to <data>/opgeruimd.jsonl. Inbox and lake stay as they are.

Where the logs or the chain are not what was written, nothing is removed: what refers to a run is then not known.

EXIT STATUS
  0    said, or with --yes removed
  1    failed
  2    usage: no data folder, no --keep, no reason with --yes
  11   another run holds the lock
  12   logs, chain or runs are not what was written; nothing is removed
  130  interrupted`,
		Example: "  stapel purge --keep 12\n  stapel purge --keep 12 --yes --reden 'bewaartermijn van een jaar'",
		Args:    cobra.NoArgs,
		RunE: g.reads(func(cmd *cobra.Command, _ []string) error {
			opt.Data = g.data
			r, err := purge.Purge(cmd.Context(), opt)
			if err != nil {
				return err
			}
			if g.json {
				return g.printJSON(r)
			}
			g.printPurged(r)
			return nil
		}),
	}
	f := cmd.Flags()
	f.IntVar(&opt.Keep, "keep", 0, "how many of the newest runs stay")
	f.BoolVar(&opt.Do, "yes", false, "remove them; without it nothing is removed")
	f.StringVar(&opt.Why, "reden", "", "with --yes: why they go; it is logged")
	return cmd
}

// printPurged says of every run whether it stays, and why.
func (g *globals) printPurged(r *purge.Result) {
	gone := 0
	for _, run := range r.Runs {
		label, why := "blijft", strings.Join(run.Why, "; ")
		if !run.Stays {
			gone++
			label, why = "kan weg", "nergens naar verwezen"
			if run.Removed {
				label, why = "weg", "bewijs bewaard in opgeruimd/"+run.ID
			}
		}
		g.labelled(label, "%s  %.10s  %s MB  %s", run.ID, run.Published, nl.Int((run.Bytes+999_999)/1_000_000), why)
	}
	for _, name := range r.Other {
		g.labelled("geen run", "runs/%s; blijft liggen", name)
	}
	sum := fmt.Sprintf("%s van de %s, samen %s MB", nl.Count(int64(gone), "run", "runs"), nl.Int(int64(len(r.Runs))), nl.Int((r.Bytes+999_999)/1_000_000))
	switch {
	case gone == 0:
		g.labelled("uitkomst", "er is niets om weg te halen")
	case r.Done:
		g.labelled("uitkomst", "weggehaald: %s", sum)
	default:
		g.labelled("uitkomst", "er is niets weggehaald; met --yes --reden gaat dit weg: %s", sum)
	}
}
