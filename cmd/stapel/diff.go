package main

import (
	"context"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"stapel/pipeline/diff"
	"stapel/pipeline/exit"
	"stapel/reports/nl"
)

func newDiff(g *globals) *cobra.Command {
	var opt diff.Options
	cmd := &cobra.Command{
		Use:   "diff RUN RUN",
		Short: "Say what changed from one run to another: who entered or left, and why",
		Long: `Compares two published runs of one project key (ids, latest, or vorige: the run before the latest): extracts, settings, cost per
domein to the cent, and households. A household entered or left when it came among, or went from, those in aanmerking or the
first N of the ranking. Reasons are worked out from both runs: the windows moved, extracts of a domein whose cost changed are
others, lines were replaced, other persons form the household, a plan, settings, another version of stapel; a change that none of
these accounts for is called niet_toegeschreven. Households that are not shown are counted, never named. Which households they are
is shown to who says why with --reden, and is logged in <data>/inzage.jsonl; without it there are counts and sums.

EXIT STATUS
  0    compared
  1    failed
  2    no data folder, or usage: no such run, runs of different keys, no reason with --uit, the file of --uit is there
  12   the tables of a run were changed
  130  interrupted`,
		Example: `  stapel diff vorige latest
  stapel diff vorige latest --reden "wie viel af, en waarom"
  stapel diff 2025-11-30-0123456789ab latest --uit verschil.csv --reden "lijst voor het overleg van maart"`,
		Args: cobra.ExactArgs(2),
		RunE: g.reads(func(cmd *cobra.Command, args []string) error {
			if err := above0(cmd, "n", "max"); err != nil {
				return err
			}
			cfg, err := g.loadConfig(nil)
			if err != nil {
				return err
			}
			opt.Data, opt.A, opt.B, opt.Config, opt.Engine = g.data, args[0], args[1], cfg, openEngine(cfg)
			if opt.N == 0 {
				opt.N = int64(cfg.Selection.Count)
			}
			return g.diff(cmd.Context(), opt)
		}),
	}
	f := cmd.Flags()
	f.Int64Var(&opt.N, "n", 0, "how many of the ranking count as its top; default: aantal in selection.yaml")
	f.IntVar(&opt.Show, "max", 20, "households shown; --uit has them all")
	f.StringVar(&opt.Why, "reden", "", "why you look at households; logged with your name")
	f.StringVar(&opt.List, "uit", "", "with --reden: write every changed household to this file (CSV)")
	return cmd
}

func (g *globals) diff(ctx context.Context, opt diff.Options) error {
	r, err := diff.Runs(ctx, opt)
	if err != nil {
		return err
	}
	if g.json {
		return g.printJSON(diffSummary(r))
	}
	out := g.stdout
	yes := map[bool]string{true: "anders", false: "gelijk"}
	fmt.Fprintf(out, "van          %s, peildatum %s\nnaar         %s, peildatum %s\n", r.A.ID, r.A.Peildatum, r.B.ID, r.B.Peildatum)
	fmt.Fprintf(out, "instellingen %s; programma %s\n", yes[r.OtherConfig], yes[r.OtherProgram])
	if len(r.Kinds) == 0 {
		fmt.Fprintln(out, "extracten    gelijk")
	}
	for _, k := range r.Kinds {
		fmt.Fprintf(out, "extracten    %s: %d erbij, %d weg", k.Name, k.New, k.Gone)
		if k.Replaced != 0 {
			fmt.Fprintf(out, ", %s vervangen regels meer", nl.Int(k.Replaced))
		}
		fmt.Fprintln(out)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', tabwriter.AlignRight)
	fmt.Fprintln(w, "\nkosten in de laatste 12 maanden, euro\teerst\tnu\tverschil\t")
	var a, b int64
	for _, domein := range opt.Config.Domeinen.Declared() {
		x, y := r.A.Totals[domein.Name], r.B.Totals[domein.Name]
		a, b = a+x, b+y
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t\n", domein.Label, nl.Amount(x), nl.Amount(y), nl.Amount(y-x))
	}
	fmt.Fprintf(w, "samen\t%s\t%s\t%s\t\n", nl.Amount(a), nl.Amount(b), nl.Amount(b-a))
	fmt.Fprintf(w, "waarvan zonder huishouden\t%s\t%s\t%s\t\n", nl.Amount(r.A.Unknown), nl.Amount(r.B.Unknown), nl.Amount(r.B.Unknown-r.A.Unknown))
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(out, "\nhuishoudens   %s in beide, waarvan %s zelf ongewijzigd; %s alleen eerst, %s alleen nu; niet getoond %d, nu %d\n",
		nl.Int(r.Both), nl.Int(r.Same), nl.Int(r.OnlyA), nl.Int(r.OnlyB), r.A.Hidden, r.B.Hidden)
	fmt.Fprintf(out, "in aanmerking %d erbij, %d eraf\n", r.Entered, r.Left)
	for _, reason := range diff.AllReasons {
		if n := r.ByReason[reason]; n > 0 {
			fmt.Fprintf(out, "reden         %s: %s\n", nl.Word("verschil", reason), nl.Count(int64(n), "huishouden", "huishoudens"))
		}
	}
	if opt.Why == "" {
		fmt.Fprintln(out, "\nwelke huishoudens dat zijn staat er met --reden \"...\" bij; dat wordt vastgelegd")
		return nil
	}
	if err := g.diffTable(r); err != nil {
		return err
	}
	if r.File != "" {
		fmt.Fprintf(out, "\nlijst         %s, %s\n", r.File, counted(r.Changed, "veranderd huishouden", "veranderde huishoudens"))
	}
	return nil
}

// diffTable shows who entered or left, with the reasons.
func (g *globals) diffTable(r *diff.Result) error {
	if r.Moved == 0 {
		return nil
	}
	w := tabwriter.NewWriter(g.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "\nerbij of eraf\thuishouden\trang\tT0\tverschil\tregels\tredenen")
	dash := func(n *int64, show func(int64) string) string {
		if n == nil {
			return "-"
		}
		return show(*n)
	}
	for _, c := range r.Shown {
		var rules []string
		met, broken := c.Rules()
		for _, x := range met {
			rules = append(rules, "niet meer "+x)
		}
		for _, x := range broken {
			rules = append(rules, "nu "+x)
		}
		var why []string
		for _, x := range c.Why {
			why = append(why, nl.Word("verschil", x))
		}
		fmt.Fprintf(w, "%s\t%s\t%s > %s\t%s > %s\t%s\t%s\t%s\n", map[bool]string{true: "erbij", false: "eraf"}[c.Entered], c.ID,
			dash(c.RankA, nl.Int), dash(c.RankB, nl.Int), dash(c.T0A, nl.AmountWhole), dash(c.T0B, nl.AmountWhole),
			nl.Amount(c.Delta), orDash(strings.Join(rules, ", ")), strings.Join(why, ", "))
	}
	if more := r.Moved - len(r.Shown); more > 0 {
		fmt.Fprintf(w, "en %d andere; --uit schrijft ze alle\n", more)
	}
	return w.Flush()
}

// diffSummary is the object of --json: counts and sums, no households.
func diffSummary(r *diff.Result) map[string]any {
	return map[string]any{"exit": exit.Done, "van": r.A.ID, "naar": r.B.ID, "configuratie_anders": r.OtherConfig, "programma_anders": r.OtherProgram,
		"peildatum_anders": r.Windows, "soorten": r.Kinds, "kosten_van_ct": r.A.Totals, "kosten_naar_ct": r.B.Totals, "beide": r.Both, "ongewijzigd": r.Same,
		"alleen_van": r.OnlyA, "alleen_naar": r.OnlyB, "in_aanmerking_erbij": r.Entered, "in_aanmerking_eraf": r.Left, "redenen": r.ByReason,
		"bestand": r.File}
}
