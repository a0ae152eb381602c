package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"stapel/pipeline/estimator"
)

func newEstimate(g *globals) *cobra.Command {
	opt := estimator.Options{Version: version}
	var list strings.Builder
	for _, name := range estimator.Names() {
		fmt.Fprintf(&list, "  %-26s%s\n", name, estimator.Doc(name))
	}
	cmd := &cobra.Command{
		Use:   "estimate NAME",
		Short: "Run one estimator on a CSV file, to hold it to another program",
		Long: `Runs one of the estimators that stapel uses on the columns of a CSV file and prints a JSON object: estimates, standard errors, sizes, the options
that were used, and the SHA-256 of what was read. It needs no data folder, no key and no configuration, so that whoever checks a report can hold its arithmetic to R,
Stata or SAS. The spec is a YAML file that names the columns and options; docs/estimate.md has them all, with an example of each.

ESTIMATORS
` + list.String() + `
EXIT STATUS
  0  estimated
  1  failed
  2  usage: no such estimator, a mistake in the spec or in the CSV, or data that it can't be estimated from`,
		Example: `  stapel estimate kaplan_meier --csv kaplan_meier.csv --spec kaplan_meier.yaml`,
		Args:    cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			opt.Name = args[0]
			doc, err := estimator.Run(opt)
			if err != nil {
				return err
			}
			if g.json {
				return g.printJSON(doc)
			}
			out := json.NewEncoder(g.stdout)
			out.SetEscapeHTML(false)
			out.SetIndent("", "  ")
			return out.Encode(doc)
		},
	}
	cmd.Flags().StringVar(&opt.CSV, "csv", "", "file with the data")
	cmd.Flags().StringVar(&opt.Spec, "spec", "", "file that names columns and options")
	return cmd
}
