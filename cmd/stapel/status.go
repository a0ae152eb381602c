package main

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"stapel/pipeline/exit"
	"stapel/pipeline/status"
	"stapel/pipeline/status/show"
)

func newStatus(g *globals) *cobra.Command {
	var runs int
	cmd := &cobra.Command{
		Use:   "status",
		Short: "How a data folder is doing: runs, feeds, jobs, and what needs somebody",
		Long: `Says what the last runs came to, how fresh and complete every feed is, what is late, missing or refused and what to do about it, how well feeds link, how long models took
beside the runs before, and whether jobs ran (docs/status.md). It reads and changes nothing, also while a run is busy, and opens no extract. What can't be read is said.

EXIT STATUS
  0    done, whatever there is to say
  1    failed
  2    usage or configuration, or no data folder
  130  interrupted`,
		Example: `  stapel status --data /srv/stapel --config /etc/stapel`,
		Args:    cobra.NoArgs,
		RunE: g.reads(func(cmd *cobra.Command, _ []string) error {
			if err := above0(cmd, "n"); err != nil {
				return err
			}
			view, err := g.status(cmd.Context(), cmd, runs)
			if err != nil {
				return err
			}
			if g.json {
				return g.printJSON(struct {
					Exit exit.Code `json:"exit"`
					*status.Status
				}{exit.Done, view.Status})
			}
			return show.Text(g.stdout, view)
		}),
	}
	cmd.Flags().IntVar(&runs, "n", 10, "how many runs are shown, the last ones")
	return cmd
}

// status looks at the data folder.
func (g *globals) status(ctx context.Context, cmd *cobra.Command, runs int) (view show.View, err error) {
	cfg, err := g.loadConfig(nil)
	if err != nil {
		return view, err
	}
	opt := status.Options{Data: g.data, Config: cfg, Now: time.Now(), Arrival: arriving(cfg), Runs: runs, Say: func(err error) string { return say(g.lang, cmd, err) }}
	s, err := status.Read(ctx, opt)
	return show.View{Status: s, Version: version, Zone: time.Local, Place: cfg.Names.Gemeente}, err
}
