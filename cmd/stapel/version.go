package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"stapel/pipeline/duckdb"
)

func newVersion(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of stapel and of its engine",
		Long:  "Prints the versions of stapel, Go and DuckDB.\n\nEXIT STATUS\n  0  always",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(g.stdout, "stapel %s (%s, duckdb %s, %s/%s)\n", version, runtime.Version(), duckdb.LibraryVersion(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}
