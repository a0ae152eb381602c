package main

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/reports/nl"
)

func newQuarantine(g *globals) *cobra.Command {
	cmd := &cobra.Command{Use: "quarantine", Short: "List the lines in quarantine, or look at one", Args: cobra.NoArgs, RunE: showHelp}
	list := &cobra.Command{
		Use:   "list",
		Short: "List the extracts with lines in quarantine, per rule and column",
		Long: `Lists per extract how many lines are in quarantine, by rule and column, with the first line number. It shows no text.

EXIT STATUS
  0  listed; nothing is printed when the quarantine is empty
  1  failed
  2  usage`,
		Args: cobra.NoArgs,
		RunE: g.reads(func(*cobra.Command, []string) error { return g.listQuarantine() }),
	}
	var lines []int64
	var most int
	var why string
	show := &cobra.Command{
		Use:   "show KIND/FILE",
		Short: "Show the text of lines in quarantine, and log it",
		Long: `Reads lines in quarantine back from the extract in the inbox and shows them with what is wrong. stapel itself keeps
no text: only file, line, place and reason. A line may hold personal data, so a reason is asked (--reden), and who looked
at which lines, when and why is added to <data>/inzage.jsonl before anything is shown.

EXIT STATUS
  0  shown
  1  failed; nothing is shown when it could not be logged
  2  no such extract, no reason given, or the extract is no longer what was read`,
		Args: cobra.ExactArgs(1),
		RunE: g.reads(func(cmd *cobra.Command, args []string) error {
			if err := above0(cmd, "max"); err != nil {
				return err
			}
			return g.showQuarantine(cmd.Context(), args[0], lines, most, why)
		}),
	}
	f := show.Flags()
	f.Int64SliceVar(&lines, "regel", nil, "physical line numbers to show; default: the first ones")
	f.IntVar(&most, "max", 20, "show at most this many lines when none are named")
	f.StringVar(&why, "reden", "", "why you look; it is logged")
	cmd.AddCommand(list, show)
	return cmd
}

func (g *globals) listQuarantine() error {
	files, err := inbox.ListQuarantine(g.data)
	if err != nil {
		return err
	}
	if g.json {
		return g.printJSON(map[string]any{"exit": exit.Done, "quarantaine": files})
	}
	w := tabwriter.NewWriter(g.stdout, 0, 0, 2, ' ', 0)
	for _, q := range files {
		fmt.Fprintf(w, "%s: %s\n", q.File, counted(q.Lines, "regel", "regels"))
		for _, r := range q.Reasons {
			fmt.Fprintf(w, "  %s\t%s\t%s\tvanaf regel %d\t%s\n", orDash(r.Kolom), r.Code, nl.Int(r.Aantal), r.Eerste, r.Tekst)
		}
	}
	return w.Flush()
}

func (g *globals) showQuarantine(ctx context.Context, name string, only []int64, most int, why string) error {
	cfg, err := g.loadConfig(nil)
	if err != nil {
		return err
	}
	lines, err := inbox.ShowQuarantine(ctx, g.data, cfg, name, only, most, why)
	if err != nil {
		return err
	}
	if g.json {
		return g.printJSON(map[string]any{"exit": exit.Done, "regels": lines})
	}
	for _, l := range lines {
		fmt.Fprintf(g.stdout, "%s:%d\n", name, l.Line)
		for _, r := range l.Reasons {
			fmt.Fprintf(g.stdout, "  %s: %s\n", orDash(r.Kolom), r.Reden)
		}
		// quoted where it has to be: a line in quarantine may hold anything, also what a terminal obeys
		fmt.Fprintf(g.stdout, "  | %s\n", printable(l.Text))
	}
	if len(lines) == 0 {
		fmt.Fprintln(g.stdout, "geen van deze regels is in quarantaine")
	}
	return nil
}

// printable is s with control characters and bytes that are no text written as escapes.
func printable(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r == 0x7f || (r >= 0x80 && r < 0xa0) || r == '�' }) {
		return s
	}
	return strings.Trim(fmt.Sprintf("%q", s), `"`)
}

func (g *globals) printJSON(v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(g.stdout, "%s\n", line)
	return err
}
