package main

import (
	"github.com/spf13/cobra"

	"stapel/pipeline/purge"
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
			r.Print(g.labelled)
			return nil
		}),
	}
	f := cmd.Flags()
	f.IntVar(&opt.Keep, "keep", 0, "how many of the newest runs stay")
	f.BoolVar(&opt.Do, "yes", false, "remove them; without it nothing is removed")
	f.StringVar(&opt.Why, "reden", "", "with --yes: why they go; it is logged")
	return cmd
}
