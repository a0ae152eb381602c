package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/ingest"
	"stapel/reports/nl"
)

func newCheck(g *globals) *cobra.Command {
	var kind string
	cmd := &cobra.Command{
		Use:   "check FILE",
		Short: "Check one extract as a supplier would, without touching the lake",
		Long: `Reads one extract and its delivery note (<FILE>.levering.yaml) exactly as a run would and says, in Dutch, what is wrong
with it: that a run would not read it for its name or where it lies, why it would be refused, or which lines would go to
quarantine, by line number, column and rule. It also says when the file alone holds more equal lines than a run publishes.
Nothing is kept: no data folder and no key are needed. The kind is that of the folder the file is in, or of its name up to the
first dot or dash, unless --kind says otherwise.

EXIT STATUS
  0    the extract is in order
  1    failed
  2    usage, or the kind is not clear
  3    lines would go to quarantine
  4    the extract would be refused, or not be read
  130  interrupted`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if cmd.Flags().Changed("data") {
				if err := g.hasData(); err != nil {
					return err
				}
			}
			return g.check(cmd.Context(), args[0], kind)
		},
	}
	cmd.Flags().StringVar(&kind, "kind", "", "kind of extract, when folder and name do not tell")
	return cmd
}

func (g *globals) check(ctx context.Context, file, kind string) error {
	cfg, err := g.loadConfig(nil)
	if err != nil {
		return err
	}
	if _, err := os.Lstat(file); err != nil {
		return err
	}
	place, err := inbox.Locate(cfg, g.data, file)
	if err != nil {
		return err
	}
	if place.Unread != nil {
		g.code = exit.Refused
		if g.json {
			return g.printJSON(map[string]any{"exit": g.code, "extract": nil, "weigering": nil, "niet_gelezen": place.Unread})
		}
		_, err := fmt.Fprintf(g.stdout, "NIET GELEZEN  %s\n", place.Unread)
		return err
	}
	if kind == "" {
		kind = place.Kind
	}
	if kind == "" {
		return &exit.Error{Code: exit.Usage, Err: errors.New("it is not clear which kind of extract this is"),
			Remedy: "name it with --kind; the kinds are " + strings.Join(cfg.Kinds(), ", ")}
	}
	contract, err := contractOf(cfg, kind)
	if err != nil {
		return err
	}
	var extract *ingest.Extract
	refusal := place.Refusal
	if refusal == nil {
		extract, err = readForCheck(ctx, cfg, contract, file, place.Note)
	}
	switch {
	case ctx.Err() != nil:
		return &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted")}
	case refusal != nil, errors.As(err, &refusal):
		g.code = exit.Refused
		refusal.Bestand = inbox.SafeName(refusal.Bestand)
	case err != nil:
		return err
	case extract.Quarantaine.Records > 0:
		g.code = exit.Quarantined
	}
	if g.json {
		return g.printJSON(map[string]any{"exit": g.code, "extract": extract, "weigering": refusal})
	}
	return g.printCheck(extract, refusal, kind, file)
}

// Kinds of which the second says whose care the first is about.
const kindZvw, kindInsured = "zvw_declaratie", "zvw_verzekerde"

// whoseCare says what follows when neither the note nor a file beside it says whose insurers a file of health care speaks for; "" otherwise.
func whoseCare(x *ingest.Extract, kind, file string) string {
	if kind != kindZvw || x.Note != nil && x.Note.AlleVerzekeraars != nil && *x.Note.AlleVerzekeraars {
		return ""
	}
	if beside, err := filepath.Glob(filepath.Join(filepath.Dir(filepath.Dir(file)), kindInsured, "*.[cC][sS][vV]*")); err == nil && len(beside) > 0 {
		return ""
	}
	return "zonder `alle_verzekeraars: ja` in de brief, of een bestand " + kindInsured + ", is van niemand te zeggen dat er geen ggz is: " +
		"de kosten kunnen bij een andere verzekeraar liggen"
}

// readForCheck reads the extract, and its note when there is one, with a key made for the occasion, into a folder that goes away.
func readForCheck(ctx context.Context, cfg *config.Config, contract *config.Contract, file, noteFile string) (*ingest.Extract, error) {
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return nil, err
	}
	key, err := ingest.NewProjectKey(secret)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "stapel-check-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	var note *ingest.Note
	if noteFile != "" {
		if note, err = ingest.ReadNote(noteFile); err == nil {
			err = note.Check(contract, time.Now())
		}
		if err != nil {
			return nil, err
		}
	}
	x, err := ingest.Read(ctx, ingest.Source{Path: file, Name: inbox.SafeName(filepath.Base(file))}, note,
		ingest.Options{Contract: contract, Key: key, Limits: inbox.IngestLimits(cfg.Settings.Limits), Workers: cfg.Settings.Engine.Threads}, dir)
	if err != nil {
		return x, err
	}
	again, err := inbox.Repeated(ctx, dir, x, contract, cfg.Settings.Limits)
	if again != nil {
		x.Bevindingen = append(x.Bevindingen, *again)
	}
	return x, err
}

// printCheck says what a run would make of the extract, for the supplier.
func (g *globals) printCheck(x *ingest.Extract, refusal *ingest.Refusal, kind, file string) error {
	out := g.stdout
	if refusal != nil {
		fmt.Fprintf(out, "GEWEIGERD  %s\n", refusal.Error())
	}
	if x == nil {
		return nil
	}
	verdict := "in orde"
	switch {
	case refusal != nil:
		verdict = "zou worden geweigerd"
	case x.Quarantaine.Records > 0:
		verdict = "bruikbaar, met regels in quarantaine"
	}
	fmt.Fprintf(out, "%s  %s: %s\n", kind, x.Bestand, verdict)
	fmt.Fprintf(out, "regels     %s geleverd, %s goed, %s in quarantaine, %s leeg\n", nl.Int(x.Geleverd.Records), nl.Int(x.Aanvaard.Records),
		nl.Int(x.Quarantaine.Records), nl.Int(x.Leeg.Records))
	if x.Note == nil {
		fmt.Fprintf(out, "brief      geen leveringsbrief: wat dit bestand dekt is dan onbekend\n")
	} else {
		fmt.Fprintf(out, "brief      %s\n", map[bool]string{true: "klopt met het bestand", false: "gelezen"}[refusal == nil])
	}
	for _, b := range x.Bevindingen {
		fmt.Fprintf(out, "let op     %s\n", b.Tekst)
	}
	if remark := whoseCare(x, kind, file); remark != "" {
		fmt.Fprintf(out, "let op     %s\n", remark)
	}
	if len(x.Redenen) == 0 {
		return nil
	}
	fmt.Fprintln(out)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "kolom\tregel\tregels\teerste op regel\twat er mis is")
	for _, r := range x.Redenen {
		fmt.Fprintf(w, "%s\t%s\t%s\t%d\t%s\n", orDash(r.Kolom), r.Code, nl.Int(r.Aantal), r.Eerste, r.Tekst)
	}
	return w.Flush()
}
