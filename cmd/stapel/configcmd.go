package main

import (
	"fmt"

	"github.com/spf13/cobra"
)

func newConfig(g *globals) *cobra.Command {
	cmd := &cobra.Command{Use: "config", Short: "Show or validate the configuration", Args: cobra.NoArgs, RunE: showHelp}
	cmd.AddCommand(
		&cobra.Command{
			Use:   "show",
			Short: "Print the configuration in effect and where each file came from",
			Long: `Prints the settings in effect (built-in, overlaid by --config, STAPEL_* and flags) and the files behind them.

EXIT STATUS
  0  the configuration is valid
  2  it is not; the message names file, line and key`,
			Args: cobra.NoArgs,
			RunE: func(*cobra.Command, []string) error {
				cfg, err := g.loadConfig(nil)
				if err != nil {
					return err
				}
				_, err = fmt.Fprint(g.stdout, cfg.Show())
				return err
			},
		},
		&cobra.Command{
			Use:   "validate",
			Short: "Check the configuration",
			Long: `Checks every file of the configuration: unknown keys, code lists, rules that name a column or ingredient that is
not there, own signal models that are not portable or read what is not there.

EXIT STATUS
  0  the configuration is valid
  2  it is not; the message names file, line and key`,
			Args: cobra.NoArgs,
			RunE: func(cmd *cobra.Command, _ []string) error {
				cfg, err := g.checkedConfig(cmd.Context())
				if err != nil {
					return err
				}
				_, err = fmt.Fprintf(g.stdout, "de configuratie is goed: %s, %s, %s, %s, %s, sha256 %s\n", counted(len(cfg.Files), "bestand", "bestanden"),
					counted(len(cfg.Contracts), "soort extract", "soorten extracten"), counted(len(cfg.Cocktails), "cocktail", "cocktails"),
					counted(len(cfg.SignalQueries), "eigen signaalmodel", "eigen signaalmodellen"), counted(len(cfg.Jobs), "taak", "taken"), cfg.Sha256)
				return err
			},
		})
	return cmd
}
