package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/ingest"
	"stapel/pipeline/register"
)

func newContract(g *globals) *cobra.Command {
	var out string
	var workbook bool
	cmd := &cobra.Command{
		Use:   "contract [KIND]",
		Short: "Write an empty extract and its description for a supplier",
		Long: `Writes <kind>.csv (the header line alone), <kind>.csv.levering.yaml (the delivery note, to fill in) and <kind>.md (a description in
Dutch: columns, codes, delivery note) for whoever has to deliver the extract. Without a kind it lists the kinds. Files that are there already are not overwritten.
With maatwerk --xlsx it writes maatwerk.xlsx, a workbook for the five maatwerk kinds together, with lists and checks, that a programme fills in
by hand; ` + "`stapel register`" + ` reads it.

EXIT STATUS
  0  written, or listed
  1  a file could not be written
  2  no such kind, or a file is there already`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			cfg, err := g.loadConfig(nil)
			if err != nil {
				return err
			}
			switch {
			case workbook && (len(args) == 0 || args[0] != register.Name):
				return exit.Misuse("use `stapel contract maatwerk --xlsx`", "there is a workbook for the maatwerk kinds together only")
			case workbook:
				return g.writeRegister(cfg, out)
			case len(args) == 0:
				return g.listKinds(cfg)
			}
			return g.writeContract(cfg, args[0], out)
		},
	}
	cmd.Flags().StringVar(&out, "out", ".", "folder to write to")
	cmd.Flags().BoolVar(&workbook, "xlsx", false, "write the workbook for maatwerk")
	return cmd
}

func (g *globals) listKinds(cfg *config.Config) error {
	for _, kind := range cfg.Kinds() {
		need := ""
		if cfg.Required(kind) {
			need = " (verplicht)"
		}
		if _, err := fmt.Fprintf(g.stdout, "%-24s %s%s\n", kind, cfg.Contracts[kind].Doc, need); err != nil {
			return err
		}
	}
	return nil
}

func (g *globals) writeContract(cfg *config.Config, kind, out string) error {
	contract, err := contractOf(cfg, kind)
	if err != nil {
		return err
	}
	files := [][2]string{{kind + ".csv", contract.Header()}, {kind + ".csv" + ingest.NoteSuffix, contract.Note()}, {kind + ".md", contract.Describe()}}
	for _, f := range files {
		if _, err := os.Lstat(filepath.Join(out, f[0])); !errors.Is(err, fs.ErrNotExist) {
			return &exit.Error{Code: exit.Usage, Err: fmt.Errorf("%s is there already", f[0]), Remedy: "move it, or name another folder with --out"}
		}
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		name := filepath.Join(out, f[0])
		if err := os.WriteFile(name, []byte(f[1]), 0o644); err != nil { // for the supplier: holds no data
			os.Remove(name) // half of it would be in the way of the next try
			return err
		}
		fmt.Fprintln(g.stdout, name)
	}
	return nil
}

func contractOf(cfg *config.Config, kind string) (*config.Contract, error) {
	if c := cfg.Contracts[kind]; c != nil {
		return c, nil
	}
	return nil, &exit.Error{Code: exit.Usage, Err: fmt.Errorf("there is no kind %s", kind),
		Remedy: "the kinds are " + strings.Join(cfg.Kinds(), ", ")}
}
