package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"stapel/pipeline/effectplan"
	"stapel/reports/nl"
)

func newEffect(g *globals) *cobra.Command {
	cmd := &cobra.Command{Use: "effect", Short: "What a programme could show, and the plan by which it will be judged", Args: cobra.NoArgs, RunE: showHelp}
	cmd.AddCommand(newEffectPlan(g))
	return cmd
}

func newEffectPlan(g *globals) *cobra.Command {
	var opt effectplan.Options
	cmd := &cobra.Command{
		Use:   "plan",
		Short: "Say before a programme starts what it could show, and freeze the analysis plan",
		Long: `Says what effect so many households could show, by lottery and by comparison with households like them, with what chance the expected saving would be seen, how many
households that takes, what dropouts cost, and when a verdict can come at the earliest. It rests on the households of a published run that could have been
chosen a year ago; only sums over them are shown (docs/effect-plan.md).

With --freeze the plan is written to <data>/analyseplannen/<hash>.json, for good, and <data>/analyseplannen.jsonl says when. Later runs say by which plan a verdict is, and what is
not as in it.

EXIT STATUS
  0    done
  1    failed
  2    no data folder, or usage: no run, a number that cannot be, no such lottery, a plan that was frozen before
  11   a run is busy
  12   the run's tables were changed
  130  interrupted`,
		Example: `  stapel effect plan --households 60
  stapel effect plan --households 60 --draw 120 --expected 10000 --overlap 90
  stapel effect plan --households 60 --expected 10000 --start 2026-09 --freeze`,
		Args: cobra.NoArgs,
		RunE: g.reads(func(cmd *cobra.Command, _ []string) error {
			if err := above0(cmd, "households", "draw", "months", "expected", "overlap"); err != nil {
				return err
			}
			cfg, err := g.loadConfig(nil)
			if err != nil {
				return err
			}
			opt.Data, opt.Config = g.data, cfg
			r, err := effectplan.Plan(cmd.Context(), opt)
			if err != nil {
				return err
			}
			if g.json {
				return g.printJSON(r)
			}
			return printPlan(g.stdout, r)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&opt.Run, "run", "", "run id; default: the latest published run")
	f.IntVar(&opt.Households, "households", 0, "households that get maatwerk")
	f.IntVar(&opt.Listed, "draw", 0, "households on the list that these are drawn from; default: twice as many")
	f.IntVar(&opt.Months, "months", 0, "months after the start; default: primary.months in effect.yaml")
	f.IntVar(&opt.ExpectedEur, "expected", 0, "saving that is expected, euros a household a year; default: the mean of the plans of the run")
	f.IntVar(&opt.Overlap, "overlap", 0, "percent of the households that find others like them; default: 100")
	f.StringVar(&opt.Start, "start", "", "month in which the last household starts, YYYY-MM; default: the month after the peildatum")
	f.StringVar(&opt.Way, "manier", "", "how households will be chosen: rang, verwacht, loting or veld; default: rang")
	f.StringVar(&opt.Draw, "loting", "", "id of a lottery that was announced: it has the numbers")
	f.BoolVar(&opt.Freeze, "freeze", false, "freeze the analysis plan")
	return cmd
}

func printPlan(out io.Writer, r *effectplan.Result) error {
	fmt.Fprintf(out, "run          %s\n", r.RunID)
	s := r.Spread
	switch {
	case r.Why != "":
		fmt.Fprintf(out, "spreiding    onbekend: %s\n", r.Why)
	default:
		fmt.Fprintf(out, "spreiding    %s per jaar (standaardafwijking), samenhang met het jaar ervoor %s, van %s die een jaar geleden in aanmerking hadden kunnen komen\n",
			euros(s.Ct), nl.Number(*s.Correlation, 2), counted(s.Households, "huishouden", "huishoudens"))
	}
	if s.Dearest {
		fmt.Fprintln(out, "             er waren er te weinig boven de drempel van selection.yaml: de duurste onder de drempel tellen mee")
	}
	switch {
	case r.ExpectedCt == nil:
		fmt.Fprintln(out, "verwacht     niet bekend: minder dan tien plannen zeggen wat zij besparen; --expected zegt het")
	case r.Plans > 0:
		fmt.Fprintf(out, "verwacht     %s per huishouden per jaar, gemiddeld over %s van deze run\n", euros(r.ExpectedCt), counted(r.Plans, "plan", "plannen"))
	default:
		fmt.Fprintf(out, "verwacht     %s per huishouden per jaar\n", euros(r.ExpectedCt))
	}
	if r.Why == "" {
		if err := planTables(out, r); err != nil {
			return err
		}
	}
	earliest(out, r)
	if r.ID == "" {
		_, err := fmt.Fprintln(out, "analyseplan  niet vastgelegd (dat doet --freeze)")
		return err
	}
	_, err := fmt.Fprintf(out, "analyseplan  %s, vastgelegd in %s\n", r.ID[:12], r.File)
	return err
}

// planTables shows what numbers of households could show, and what is left when some drop out.
func planTables(out io.Writer, r *effectplan.Result) error {
	fmt.Fprintf(out, "\nKleinste besparing die in vier van de vijf gevallen is aan te tonen (95%%-interval onder nul), euro per huishouden per jaar, over %s na de start\n\n", counted(r.Months, "maand", "maanden"))
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "met maatwerk\tlijst bij loting\tdoor loting\tkans\tdoor vergelijken 1 op %d\tkans\tkandidaten\n", r.Ratio)
	for _, row := range r.Rows {
		mark := ""
		if row.Households == r.Households {
			mark = " <"
		}
		enough := map[bool]string{true: "genoeg", false: fmt.Sprintf("nu %d", r.Candidates)}[row.Enough]
		fmt.Fprintf(w, "%d%s\t%d\t%s\t%s\t%s\t%s\t%s\n", row.Households, mark, row.Listed, euros(row.LotteryCt), share(row.LotteryP), euros(row.MatchingCt), share(row.MatchingP), enough)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprint(out, `
kans: dat het interval onder nul ligt als de verwachte besparing er is. Een oordeel vraagt bij vergelijken meer: dat de werkwijze niets vindt waar niets is gedaan.
Vergelijken geldt alleen voor huishoudens die uit de gegevens zijn gekozen. < is wat is gevraagd; kandidaten: of er nu zoveel voldoen als de lijst lang is.
Voor aanmeldingen uit het veld is geen getal te beloven: wie op een piek of om een onbekende oorzaak is gekozen, daalt ook zonder maatwerk, en dat zit hier niet in.
`)
	if r.Way == "veld" {
		fmt.Fprintln(out, "Dit plan is voor het veld: de tabel zegt er dus niets over. Loot onder de aanmeldingen als dat kan.")
	}
	if n := r.Needed; r.ExpectedCt != nil {
		fmt.Fprintf(out, "nodig        voor %s: %s door loting, %s door vergelijken\n", euros(r.ExpectedCt), needed(n.Lottery), needed(n.Matching))
	}
	fmt.Fprintf(out, "\nAls er van de %s afvallen\n\n", counted(r.Households, "huishouden", "huishoudens"))
	fmt.Fprintln(w, "blijft over\tsets\tdoor vergelijken, als de rest geen vergelijkbare vindt\tdoor loting, wat een deelnemer moet besparen")
	for _, l := range r.Lost {
		mark := ""
		if l.Percent == r.Overlap {
			mark = " <"
		}
		fmt.Fprintf(w, "%d%%%s\t%d\t%s\t%s\n", l.Percent, mark, l.Sets, euros(l.MatchingCt), euros(l.EachCt))
	}
	if err := w.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out)
	return err
}

// earliest says when there can be a verdict.
func earliest(out io.Writer, r *effectplan.Result) {
	v := r.Verdict
	month := func(text string) string {
		m, err := time.Parse("2006-01", text)
		if err != nil {
			return text
		}
		return nl.Month(m)
	}
	fmt.Fprintf(out, "oordeel      laatste start %s, laatste maand die telt %s", month(v.Start), month(v.Until))
	switch {
	case v.Wait == nil:
		fmt.Fprintf(out, "; op zijn vroegst dan, maar wanneer is onbekend: van %s is niet bekend wanneer alles binnen is\n", nl.Kinds(v.Blind))
	case *v.Wait == 0:
		fmt.Fprintf(out, "; op zijn vroegst bij peildatum %s\n", v.First)
	default:
		fmt.Fprintf(out, "; rekeningen zijn na %s binnen (%s), dus op zijn vroegst bij peildatum %s\n", counted(*v.Wait, "maand", "maanden"), nl.Kinds(v.Slow), v.First)
	}
}

// euros are whole, a dash where there is no amount.
func euros(ct *int64) string {
	if ct == nil {
		return "-"
	}
	return nl.Plain(nl.EuroWhole(*ct))
}

// share is a chance; one that would round to certain says so.
func share(p *float64) string {
	switch {
	case p == nil:
		return "-"
	case *p > 0.99:
		return "> 99%"
	}
	return strings.TrimSpace(nl.Plain(nl.PercentShort(*p)))
}

func needed(n int) string {
	if n == 0 {
		return "met geen aantal"
	}
	return counted(n, "huishouden", "huishoudens")
}
