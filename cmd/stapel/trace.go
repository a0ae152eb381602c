package main

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"stapel/pipeline/evidence/trace"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
)

func newTrace(g *globals) *cobra.Command {
	var opt trace.Options
	var format, file string
	cmd := &cobra.Command{
		Use:   "trace ID",
		Short: "Follow one figure of a run back to what it is made of",
		Long: `Follows a figure of a published run, named <mart>/<key>/<column> as in ranglijst/1/kosten_t0_ct (docs/trace.md), back to what it is made of. A
som goes to source lines with the part of each to the cent, a telling to its members, a schatting is computed again from the same extracts, an oordeel is
shown with its rule and what that looked at. The whole table is computed again with the models of the run; a figure that does not come out as it was
published, or parts that do not add up to it, end with exit code 12 and nothing is shown. vrij/<table>/<key>/<column> names a figure that may leave.

A figure about one household, person, plan or line needs a reason (--reden), and so does the list of lines or members under any figure; who looked
at which figure, when and why is added to <data>/inzage.jsonl first. Without it a total shows what each file adds to it.

EXIT STATUS
  0    traced
  1    failed; nothing is shown when it could not be logged
  2    no data folder, or usage: no such figure, no reason, the file of --out is there; or the configuration, the delivery notes or the lake are no
       longer those of the run
  11   a run is busy
  12   the lake or the run's tables do not give the figure that was published
  130  interrupted`,
		Example: `  stapel trace controle/totaal/ranglijst/bedrag_ct
  stapel trace ranglijst/1/kosten_t0_ct --reden "vraag van de accountant"
  stapel trace ranglijst/1/kosten_t0_ct --reden "vraag van de accountant" --format csv --out regels.csv`,
		Args: cobra.ExactArgs(1),
		RunE: g.reads(func(cmd *cobra.Command, args []string) error {
			if g.json {
				format = trace.JSON
			}
			if !slices.Contains([]string{trace.Text, trace.CSV, trace.JSON}, format) {
				return exit.Misuse("use text, csv or json", "--format is not known")
			}
			opt.Data, opt.Load, opt.Engine = g.data, g.loadConfig, openEngine
			return g.trace(cmd.Context(), opt, args[0], format, file)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&opt.Run, "run", "", "run id; default: the latest published run")
	f.StringVar(&opt.Why, "reden", "", "why you look; it is logged")
	f.StringVar(&format, "format", trace.Text, "text, csv or json")
	f.StringVar(&file, "out", "", "write to this file instead of printing")
	return cmd
}

func (g *globals) trace(ctx context.Context, opt trace.Options, id, format, file string) (err error) {
	if err := (explainFlags{page: file}).free(); err != nil {
		return exit.Misuse("name another", "the file of --out is there")
	}
	t, err := trace.Open(ctx, opt)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, t.Close()) }()
	found, err := t.Figure(ctx, id)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := found.Write(ctx, &out, format); err != nil {
		return err
	}
	if file == "" {
		_, err = g.stdout.Write(out.Bytes())
		return err
	}
	return lake.WriteNew(file, out.Bytes())
}
