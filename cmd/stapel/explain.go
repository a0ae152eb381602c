package main

import (
	"context"
	"os"

	"github.com/spf13/cobra"

	"stapel/config"
	"stapel/pipeline"
	"stapel/pipeline/duckdb"
	"stapel/pipeline/ingest"
	"stapel/reports/uitleg"
	sampledata "stapel/sample-data"
)

func newExplain(g *globals) *cobra.Command {
	var run, why, page string
	var ascii, force bool
	cmd := &cobra.Command{
		Use:   "explain HOUSEHOLD",
		Short: "Show one household of a run over three years, with the source of every bar",
		RunE: func(cmd *cobra.Command, args []string) error {
			opt := pipeline.ExplainOptions{Data: g.data, Run: run, Household: args[0], Why: why, Copy: page != "", Version: version}
			return g.explain(cmd.Context(), opt, page, ascii, force)
		},
	}
	f := cmd.Flags()
	f.StringVar(&run, "run", "", "run id; default: the latest")
	f.StringVar(&why, "reden", "", "why you look; it is logged")
	f.StringVar(&page, "html", "", "write a page to this file")
	f.BoolVar(&force, "force", false, "overwrite")
	f.BoolVar(&ascii, "ascii", false, "no block characters")
	return cmd
}

func (g *globals) explain(ctx context.Context, opt pipeline.ExplainOptions, page string, ascii, force bool) error {
	opt.Load = g.loadConfig
	opt.Engine = func(ctx context.Context, cfg *config.Config, dir, spill string) (pipeline.Engine, error) {
		return duckdb.Open(ctx, duckdb.Options{Dir: dir, Spill: spill, MemoryMB: cfg.Settings.Engine.MemoryMB, Threads: cfg.Settings.Engine.Threads})
	}
	demo, err := ingest.NewSleutel(sampledata.DemoKey[:])
	if err != nil {
		return err
	}
	opt.Synthetic = func(key string) bool { return key == demo.Vingerafdruk() }
	d, err := pipeline.Explain(ctx, opt)
	if err != nil {
		return err
	}
	p, err := uitleg.Draw(d)
	if err != nil {
		return err
	}
	glyphs := uitleg.Blocks
	if ascii {
		glyphs = uitleg.ASCII
	}
	_ = os.Stdout
	return uitleg.Terminal(g.stdout, p, glyphs)
}
