package main

import (
	"cmp"
	"io"

	"github.com/spf13/cobra"

	"stapel/pipeline/evidence/lineage"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/openlineage"
	"stapel/reports/nl"
)

func newLineage(g *globals) *cobra.Command {
	var svg bool
	var events string
	opt := openlineage.Options{Version: version}
	cmd := &cobra.Command{
		Use:   "lineage MART[.COLUMN] | --openlineage FILE",
		Short: "Show from which feeds a mart or a column comes, and through which models",
		Long: `Shows from which feeds a mart, or a column of one, comes and through which models, as their headers say: below each table what it is made of. A
column that a header hands on goes to that column; of one that is computed the whole tables that its model reads stand below it, and it says so.
It looks at models and configuration, at no run and no data.

With --openlineage it writes what a run did as events of OpenLineage, JSON, an event a line (docs/openlineage.md): the run, and the making of each mart. A file that
is there is replaced as a whole. It has names of feeds, tables and columns, counts and hashes. --all has every run of the log, also those that failed or were killed.

EXIT STATUS
  0    shown or written
  1    failed
  2    usage or configuration: no such mart, column or run, no folder for the file
  11   with --openlineage: a run is busy`,
		Example: `  stapel lineage ranglijst.kosten_t0_ct
  stapel lineage cocktail --svg > cocktail.svg
  stapel lineage --openlineage gebeurtenissen.jsonl`,
		Args: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("openlineage") {
				return cobra.NoArgs(cmd, args)
			}
			return cobra.ExactArgs(1)(cmd, args)
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			switch asked := cmd.Flags().Changed("openlineage"); {
			case asked && opt.All && opt.Run != "":
				return exit.Misuse("name a run, or use --all", "--all is every run")
			case asked && (svg || events == ""):
				return exit.Misuse("use --openlineage FILE, without --svg", "--openlineage writes a file of events")
			case asked:
				return g.openLineage(opt, events)
			case opt.All || opt.Run != "":
				return exit.Misuse("use them with --openlineage FILE", "--run and --all say of which runs events are")
			}
			cfg, err := g.loadConfig(nil)
			if err != nil {
				return err
			}
			found, err := lineage.Of(cfg, args[0])
			if err != nil {
				return err
			}
			switch {
			case g.json:
				return g.printJSON(struct {
					Exit exit.Code `json:"exit"`
					*lineage.Node
				}{exit.Done, found})
			case svg:
				_, err = io.WriteString(g.stdout, string(found.SVG()))
			default:
				_, err = io.WriteString(g.stdout, found.Tree())
			}
			return err
		},
	}
	f := cmd.Flags()
	f.BoolVar(&svg, "svg", false, "a picture, from feeds on the left to the figure on the right")
	f.StringVar(&events, "openlineage", "", "write events of OpenLineage to this file")
	f.StringVar(&opt.Run, "run", "", "of which run; default: the latest published run")
	f.BoolVar(&opt.All, "all", false, "of all runs")
	return cmd
}

// openLineage writes the events of a run, or of all.
func (g *globals) openLineage(opt openlineage.Options, file string) error {
	if err := g.hasData(); err != nil {
		return err
	}
	if inside, err := lake.Inside(g.data, file); err != nil || inside {
		return cmp.Or(err, exit.Misuse("name one elsewhere", "the file of --openlineage lies in the data folder"))
	}
	var err error
	if opt.Config, err = g.loadConfig(nil); err != nil {
		return err
	}
	opt.Data = g.data
	list, err := openlineage.Events(opt)
	if err != nil {
		return err
	}
	if err := replace("--openlineage", file, 0o600, func(w io.Writer) error { return openlineage.Write(w, list) }); err != nil {
		return err
	}
	if g.json {
		return g.printJSON(map[string]any{"exit": exit.Done, "gebeurtenissen": len(list), "bestand": file})
	}
	g.labelled("geschreven", "%s, %s", file, nl.Count(int64(len(list)), "gebeurtenis", "gebeurtenissen"))
	return nil
}
