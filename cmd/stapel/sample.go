package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"stapel/pipeline/exit"
	"stapel/pipeline/mus"
	"stapel/pipeline/sample"
)

func newSample(g *globals) *cobra.Command {
	var opt sample.Options
	filled, sure, method, model := "", "95", string(mus.Interval), string(mus.Poisson)
	cmd := &cobra.Command{
		Use:   "sample [FIGURE]",
		Short: "Draw a monetary-unit sample of the lines behind a figure, and evaluate it when it is filled in",
		Long: `Draws a monetary-unit sample of the source lines behind a figure of mart kosten or ranglijst, for an accountant. FIGURE is its id, with
* for all of a part of the key: kosten/*/T0/wmo/*/gedeclareerd/bedrag_ct is all declared cost of the Wmo in the last year. Without it it is all
declared cost of the last year. The lines are computed again from the lake and have to add up to the figure to the cent.

It writes a workbook to fill in, and beside it a record of the draw, in the accountant's folder of the run or in --out. The draw follows from the lines, the
plan and the seed alone, so that anybody can do it again; the seed is one that nobody could choose to suit. Lines of at least the interval are all taken;
credits are a population of their own, and of lines without amount some are counted.

--evaluate reads the workbook when it is filled in, with the record beside it, and says what may be concluded: the most likely error, the Stringer bound
and the moment bound, apart for what is too high and what is too low. It refuses a workbook in which anything else was changed, or a line is not filled in.

The workbook shows source lines, so a reason is asked (--reden); it is added to <data>/inzage.jsonl before the workbook is written. docs/sampling.md has the
formulas.

EXIT STATUS
  0    done; --evaluate ends so whatever its verdict is
  1    failed; nothing is written when it could not be logged
  2    no data folder, or usage: no reason, seed or amount, no such figure or run, the paper is there; a workbook that is not filled in or was changed;
       or the configuration, the delivery notes or the lake are no longer those of the run
  11   a run is busy
  12   the lake does not give the figure that was published
  130  interrupted`,
		Example: `  stapel sample --toelaatbaar 1% --seed "4 17 23 38 41 45" --reden "controle jaarrekening 2025"
  stapel sample kosten/*/T0/wmo/*/gedeclareerd/bedrag_ct --toelaatbaar 250000 --verwacht 50000 --seed "4 17 23" --reden "controle Wmo"
  stapel sample --evaluate steekproef-0123456789ab.xlsx`,
		Args: cobra.MaximumNArgs(1),
	}
	draw := g.reads(func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			opt.Figure = args[0]
		}
		percent, err := strconv.ParseFloat(strings.TrimSuffix(strings.Replace(sure, ",", ".", 1), "%"), 64)
		if err != nil {
			return exit.Misuse("write a percentage, such as 95", "--zekerheid is no percentage")
		}
		opt.Data, opt.Load, opt.Engine = g.data, g.loadConfig, openEngine
		opt.Plan.Confidence, opt.Plan.Method, opt.Plan.Model = percent/100, mus.Method(method), mus.Distribution(model)
		d, err := sample.Take(cmd.Context(), opt)
		if err != nil {
			return err
		}
		if g.json {
			return g.printJSON(map[string]any{"exit": exit.Done, "run_id": d.Run, "cijfer": d.Figure, "trekking_sha256": d.Draw, "regels": len(d.Items),
				"werkblad": d.Workbook, "vastlegging": d.Record})
		}
		return d.Print(g.stdout)
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if filled == "" {
			return draw(cmd, args)
		}
		if len(args) > 0 {
			return exit.Misuse("leave it out: the record beside the workbook has it", "--evaluate takes no figure")
		}
		e, err := sample.Evaluate(filled)
		if err != nil {
			return err
		}
		if g.json {
			return g.printJSON(struct {
				Exit exit.Code `json:"exit"`
				*sample.Evaluated
			}{exit.Done, e})
		}
		return e.Print(g.stdout)
	}
	f := cmd.Flags()
	f.StringVar(&opt.Run, "run", "", "run id; default: the latest published run")
	f.StringVar(&opt.Why, "reden", "", "why you look at source lines; logged with your name")
	f.StringVar(&opt.Tolerable, "toelaatbaar", "", "error that is just acceptable: euros, or a percentage of the debits")
	f.StringVar(&opt.Expected, "verwacht", "0", "error that is expected: euros, or a percentage of the debits")
	f.StringVar(&sure, "zekerheid", sure, "confidence of the conclusion, in percent")
	f.StringVar(&opt.Plan.Seed, "seed", "", "the seed, of which the draw follows")
	f.StringVar(&method, "trekking", method, "interval (one start) or cel (a place of its own in each interval)")
	f.StringVar(&model, "verdeling", model, "poisson, binomiaal or hypergeometrisch")
	f.StringVar(&opt.Out, "out", "", "folder for the work paper; default: the accountant's in the run")
	f.StringVar(&filled, "evaluate", "", "evaluate this filled-in workbook")
	return cmd
}
