package main

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"stapel/pipeline/exit"
	"stapel/pipeline/explain"
	"stapel/pipeline/lake"
	"stapel/reports/dossier"
	"stapel/reports/nl"
)

func newExport(g *globals) *cobra.Command {
	var opt explain.Options
	var dossiers bool
	var n int
	cmd := &cobra.Command{
		Use:   "export --dossiers",
		Short: "Write the dossiers of all candidates, which the report links",
		Long: `Writes for every household in aanmerking of a published run, or the first N by rank, the page that stapel explain --html makes: in
reports/analist/dossiers of the run (folder 0700, pages 0600), where the report beside it links them. The run itself stays as it is:
dossiers are no part of what was published. One that is there already is written anew.

A dossier shows the life of a household, so a reason is asked (--reden); who had the dossier of which household made, when and why is
added to <data>/inzage.jsonl, a line for each, before it is looked up.

EXIT STATUS
  0    written
  1    failed; dossiers that were written before that are there
  2    no data folder, or usage: no reason, no such run, nobody in aanmerking; or the configuration, the delivery notes or the lake are no longer those of
       the run
  11   a run is busy
  12   the lake or the run's tables do not give the figures that were published
  130  interrupted`,
		Example: `  stapel export --dossiers --reden "gesprekken van het wijkteam in maart"
  stapel export --dossiers --n 10 --reden "de eerste tien voor de werktafel"`,
		Args: cobra.NoArgs,
		RunE: g.reads(func(cmd *cobra.Command, _ []string) error {
			if !dossiers {
				return exit.Misuse("say what with --dossiers", "there is nothing to export")
			}
			if err := above0(cmd, "n"); err != nil {
				return err
			}
			opt.Data, opt.Version = g.data, version
			return g.exportDossiers(cmd.Context(), opt, n)
		}),
	}
	f := cmd.Flags()
	f.BoolVar(&dossiers, "dossiers", false, "the dossiers of the households in aanmerking")
	f.StringVar(&opt.Run, "run", "", "run id; default: the latest published run")
	f.IntVar(&n, "n", 0, "the first N by rank; default: all")
	f.StringVar(&opt.Why, "reden", "", "why you look; it is logged for each household")
	return cmd
}

func (g *globals) exportDossiers(ctx context.Context, opt explain.Options, n int) error {
	if err := g.explaining(&opt); err != nil {
		return err
	}
	done, err := explain.Candidates(ctx, opt, n, func(folder string, found *dossier.Dossier) error {
		picture, err := dossier.Draw(found)
		if err != nil {
			return err
		}
		var page bytes.Buffer
		if err := dossier.Page(&page, picture); err != nil {
			return err
		}
		return (&lake.Lake{Root: g.data}).Replace(filepath.Join(folder, picture.Huishouden+".html"), page.Bytes())
	})
	if err != nil {
		return err
	}
	if g.json {
		return g.printJSON(struct {
			Exit exit.Code `json:"exit"`
			*explain.Exported
		}{exit.Done, done})
	}
	_, err = fmt.Fprintf(g.stdout, "%s in aanmerking in run %s\n%s\n", nl.Plain(nl.Count(int64(done.Written), "dossier", "dossiers")+
		", van "+nl.Count(int64(done.Candidates), "huishouden", "huishoudens")), done.RunID, done.Folder)
	return err
}
