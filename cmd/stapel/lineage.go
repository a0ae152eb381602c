package main

import (
	"io"

	"github.com/spf13/cobra"

	"stapel/pipeline/evidence/lineage"
	"stapel/pipeline/exit"
)

func newLineage(g *globals) *cobra.Command {
	var svg bool
	cmd := &cobra.Command{
		Use:   "lineage MART[.COLUMN]",
		Short: "Show from which feeds a mart or a column comes, and through which models",
		Long: `Shows from which feeds a mart, or a column of one, comes and through which models, as their headers say: below each table what it is made of. A
column that a header hands on goes to that column; of one that is computed the whole tables that its model reads stand below it, and it says so.
It looks at models and configuration, at no run and no data.

EXIT STATUS
  0    shown
  1    failed
  2    usage or configuration: no such mart or column`,
		Example: `  stapel lineage ranglijst.kosten_t0_ct
  stapel lineage cocktail --svg > cocktail.svg`,
		Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
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
	cmd.Flags().BoolVar(&svg, "svg", false, "a picture, from feeds on the left to the figure on the right")
	return cmd
}
