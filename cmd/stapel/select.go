package main

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"stapel/pipeline/exit"
	"stapel/pipeline/selection"
	"stapel/reports/nl"
	"stapel/reports/table"
)

func newSelect(g *globals) *cobra.Command {
	var opt selection.Options
	manier, encoding := string(selection.OpRang), string(selection.UTF8)
	cmd := &cobra.Command{
		Use:   "select",
		Short: "Choose candidate households, by rank, expected cost or lot, and record what people decide",
		Long: `Chooses N households among those in aanmerking of a published run, by rank, by expected cost of next year, or by lot, and shows
what that gives. With --vast the selection is kept, under a number; without it nothing is stored. The list advises, a person decides:
write it with --vast --uit, fill in besluit (ja or nee) and reden, save it as CSV UTF-8, and record it with --redenen. The list names
its selection, and decisions are recorded for that one alone. It says beforehand what effect so many households could show at all, sets reports from the field beside the data, and
shows how groups fare. The run itself stays as it is. Which households are chosen is shown, or written, to who
says why with --reden, and is logged in <data>/inzage.jsonl; without it there are counts.

A lottery is always kept (--vast), for one that is only shown could be drawn until it suits. It takes two steps, so that the list is known before the seed: without --seed the list is written down in
<data>/lotingen.jsonl, with its SHA-256; then, with a seed that nobody could choose (a die thrown in public, a drawn lottery
number), --loting ID --seed TEXT draws. A draw is not redone with another seed.

EXIT STATUS
  0    done
  1    failed
  2    no data folder, or usage: flags that do not go together, no reason with --uit, no run, nobody in aanmerking, a file with decisions that is
       wrong or is about another selection, another list than was announced
  11   a run is busy
  12   the run's tables were changed
  130  interrupted`,
		Example: `  stapel select --n 30
  stapel select --n 30 --vast --uit lijst.csv --reden "kandidaten van het voorjaar"
  stapel select --redenen lijst.csv
  stapel select --manier loting --n 30 --vast
  stapel select --manier loting --vast --loting loting-001 --seed "4 17 23 38 41 45"`,
		Args: cobra.NoArgs,
		RunE: g.reads(func(cmd *cobra.Command, _ []string) error {
			if err := above0(cmd, "n"); err != nil {
				return err
			}
			cfg, err := g.loadConfig(nil)
			if err != nil {
				return err
			}
			opt.Data, opt.Config, opt.Engine, opt.Manier = g.data, cfg, openEngine(cfg), selection.Manier(manier)
			opt.Encoding = selection.Encoding(encoding)
			return g.selectHouseholds(cmd.Context(), opt)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&opt.Run, "run", "", "run id; default: the latest published run")
	f.IntVar(&opt.N, "n", 0, "number of households; default: aantal in selection.yaml")
	f.BoolVar(&opt.Keep, "vast", false, "keep the selection; without it it is shown alone")
	f.StringVar(&manier, "manier", manier, "rang, verwacht or loting")
	f.StringVar(&opt.Stratum, "stratum", "", "with loting: divide over gemeente, kinderen or huishoudtype by size")
	f.StringVar(&opt.Draw, "loting", "", "with --seed: the lottery to draw")
	f.StringVar(&opt.Seed, "seed", "", "with --loting: the seed")
	f.StringVar(&opt.Why, "reden", "", "why you look at households; logged with your name")
	f.StringVar(&opt.List, "uit", "", "with --reden: write the list to fill in to this file (CSV)")
	f.StringVar(&opt.Decisions, "redenen", "", "record the decisions of this file (CSV)")
	f.StringVar(&encoding, "codering", encoding, "with --redenen: how that file was saved, utf-8 or windows-1252 (plain CSV)")
	return cmd
}

func (g *globals) selectHouseholds(ctx context.Context, opt selection.Options) error {
	r, err := selection.Select(ctx, opt)
	if err != nil {
		return err
	}
	if g.json {
		return g.printJSON(struct {
			Exit exit.Code `json:"exit"`
			*selection.Result
		}{exit.Done, r})
	}
	out := g.stdout
	fmt.Fprintf(out, "run          %s, %s aan alle regels\n", r.RunID, nl.Count(int64(r.Eligible), "huishouden voldoet", "huishoudens voldoen"))
	for _, rule := range r.Unjudged {
		fmt.Fprintf(out, "onbekend     niet of niet geheel te beoordelen: %s\n", nl.Plain(rule))
	}
	if r.Announced {
		fmt.Fprintf(out, "loting       %s aangekondigd: %d te trekken, lijst sha256 %s\n", r.Draw, min(r.Asked, r.Eligible), r.Digest)
		_, err := fmt.Fprintf(out, "verder       stapel select --manier loting --vast --loting %s --seed \"...\", met een zaad dat niemand kon kiezen\n", r.Draw)
		return err
	}
	if r.Draw != "" {
		fmt.Fprintf(out, "loting       %s, lijst sha256 %s\n", r.Draw, r.Digest)
	}
	if r.Nr == 0 {
		fmt.Fprintf(out, "selectie     niet vastgelegd (dat doet --vast), manier %s: %d gekozen van %d gevraagd\n", r.Manier, r.Taken, r.Asked)
	} else {
		fmt.Fprintf(out, "selectie     %d, manier %s: %d gekozen van %d gevraagd\n", r.Nr, r.Manier, r.Taken, r.Asked)
		fmt.Fprintf(out, "besluiten    %d ja, %d nee, %d nog te besluiten\n", r.Yes, r.No, r.Open)
	}
	field, err := r.Sources.Figure(r.Report, "ranglijst.veldmelding")
	if err != nil {
		return err
	}
	for _, o := range []struct {
		name string
		t    selection.Tally
	}{{"regels en wijkteam", r.Overlap.Both}, {"alleen regels", r.Overlap.Rules}, {"alleen wijkteam", r.Overlap.Field}} {
		if field.Unknown() {
			fmt.Fprintf(out, "gevonden     door het wijkteam: onbekend (%s)\n", field.Why())
			break
		}
		mean := ""
		if o.t.N > 0 {
			mean = ", gemiddeld " + nl.Plain(nl.EuroWhole(o.t.Ct/int64(o.t.N))) + " in de laatste 12 maanden"
		}
		fmt.Fprintf(out, "gevonden     %s: %s%s\n", o.name, nl.Count(int64(o.t.N), "huishouden", "huishoudens"), mean)
	}
	for _, line := range powerLines(r.Power) {
		fmt.Fprintf(out, "aantoonbaar  %s\n", line)
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	if opt.Why == "" {
		fmt.Fprintln(w, "\nwelke huishoudens dat zijn staat er met --reden \"...\" bij; dat wordt vastgelegd")
	} else {
		if err := chosenTable(w, r); err != nil {
			return err
		}
	}
	fmt.Fprintln(w, "\nkenmerk\tgroep\thuishoudens\tvoldoet\tgekozen")
	for _, x := range r.Rates {
		group := x.Group
		if x.Feature == "huishoudtype" {
			group = nl.Word("typhh", group)
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%d\n", x.Feature, group, nl.Int(int64(x.All)), x.Eligible, x.Chosen)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	switch {
	case r.File != "" && r.Nr == 0:
		fmt.Fprintf(out, "\nlijst        %s; om te bekijken: besluiten neemt --redenen alleen van een lijst die met --vast is geschreven\n", r.File)
	case r.File != "":
		fmt.Fprintf(out, "\nlijst        %s; vul besluit en reden in, en leg ze vast met --redenen\n", r.File)
	}
	return nil
}

// chosenTable shows the households that are chosen.
func chosenTable(w io.Writer, r *selection.Result) error {
	cocktails, err := r.Sources.Figure(r.Report, "ranglijst.cocktails")
	if err != nil {
		return err
	}
	field, err := r.Sources.Figure(r.Report, "ranglijst.veldmelding")
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "\nnr\trang\thuishouden\tkosten\tverwacht\tdomeinen\tcocktails\tveld\tbesluit")
	for _, c := range r.Chosen {
		expected, decided := "-", "-"
		if c.Expected != nil {
			expected = nl.Plain(nl.EuroWhole(*c.Expected))
		}
		if d, ok := r.Decided[c.ID]; ok {
			decided = map[bool]string{true: "ja", false: "nee"}[d.Yes]
		}
		seen, reported := orDash(strings.ReplaceAll(c.Cocktails, "|", " ")), map[bool]string{true: "ja", false: "-"}[c.Reported]
		if cocktails.Hides(c.Cocktails) {
			seen = table.UnknownWord
		}
		if field.Unknown() {
			reported = table.UnknownWord
		}
		fmt.Fprintf(w, "%d\t%d\t%s\t%s\t%s\t%d\t%s\t%s\t%s\n", c.Nr, c.Rank, c.ID, nl.Plain(nl.Euro(c.T0)), expected, c.Domains,
			seen, reported, decided)
	}
	return nil
}

// powerLines say in words what a selection could show at all.
func powerLines(p selection.Power) []string {
	var out []string
	if p.Detectable != nil {
		out = append(out, fmt.Sprintf("met %s een effect vanaf %s per huishouden per jaar (80%% kans, 5%% toets; %s vergelijkbaar, zonder wie sindsdien overleed of vertrok)",
			counted(p.Households, "huishouden", "huishoudens"), nl.Plain(nl.EuroWhole(*p.Detectable)), nl.Int(int64(p.Pool))))
	}
	if p.Saving != nil && p.Needed > 0 {
		out = append(out, fmt.Sprintf("de verwachte besparing van %s (gemiddeld over %s) vraagt %s",
			nl.Plain(nl.EuroWhole(*p.Saving)), counted(p.Plans, "plan", "plannen"), counted(p.Needed, "huishouden", "huishoudens")))
	}
	if p.Why != "" {
		out = append(out, "effect niet te berekenen: "+p.Why)
	}
	return out
}
