package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"stapel/pipeline/exit"
	"stapel/pipeline/explain"
	"stapel/pipeline/ingest"
	"stapel/reports/dossier"
	sampledata "stapel/sample-data"
)

// explainFlags say how an explanation is shown.
type explainFlags struct {
	page         string
	force, ascii bool
}

func newExplain(g *globals) *cobra.Command {
	var run, why string
	var show explainFlags
	cmd := &cobra.Command{
		Use:   "explain HOUSEHOLD",
		Short: "Show one household of a run over three years, each bar with its source line",
		Long: `Shows the persons, voorzieningen, costs per month, signals, cocktails and plan of one household (h- and 16 hex digits, as in
the ranking) over the 36 months of a run, each with the extract and line it comes from; below it why it is in or out of the
selection, the order in which cocktails came to be, and what the feeds do not cover. What the run did not publish is
computed again from the lake with the same models, and has to give the figures of the run to the cent.

It shows the life of a household, so a reason is asked (--reden); who looked at which household, when and why is added to
<data>/inzage.jsonl before anything is looked up. --html writes a page (mode 0600) instead of printing.

EXIT STATUS
  0    shown
  1    failed; nothing is shown when it could not be logged
  2    no data folder, or usage: no reason, no such household or run, the file is there; or the configuration, the delivery notes or the lake
       are no longer those of the run
  11   a run is busy
  12   the lake or the run's tables do not give the figures that were published
  130  interrupted`,
		Args: cobra.ExactArgs(1),
		RunE: g.reads(func(cmd *cobra.Command, args []string) error {
			opt := explain.Options{Data: g.data, Run: run, Household: args[0], Why: why, Copy: show.page != "", Version: version}
			return g.explain(cmd.Context(), opt, show)
		}),
	}
	f := cmd.Flags()
	f.StringVar(&run, "run", "", "run id; default: the latest published run")
	f.StringVar(&why, "reden", "", "why you look; it is logged")
	f.StringVar(&show.page, "html", "", "write a page to this file instead of printing")
	f.BoolVar(&show.force, "force", false, "with --html: replace a file that is there")
	f.BoolVar(&show.ascii, "ascii", false, "print letters and signs only, for a terminal without block characters")
	return cmd
}

func (g *globals) explain(ctx context.Context, opt explain.Options, show explainFlags) error {
	if err := show.free(); err != nil {
		return err
	}
	if err := g.explaining(&opt); err != nil {
		return err
	}
	found, err := explain.Household(ctx, opt)
	if err != nil {
		return err
	}
	picture, err := dossier.Draw(found)
	if err != nil {
		return err
	}
	if show.page != "" {
		if err := show.write(picture); err != nil {
			return err
		}
		if g.json {
			return g.printJSON(map[string]any{"exit": exit.Done, "run_id": picture.Run, "huishouden_id": picture.Huishouden, "html": show.page})
		}
		_, err := fmt.Fprintln(g.stdout, show.page)
		return err
	}
	if g.json {
		return g.printJSON(struct {
			Exit exit.Code `json:"exit"`
			*dossier.Picture
		}{exit.Done, picture})
	}
	glyphs := dossier.Blocks
	if show.ascii {
		glyphs = dossier.ASCII
	}
	return dossier.Terminal(g.stdout, picture, glyphs)
}

// explaining adds what every explanation needs: how configuration and engine are opened, and which key is the demo's.
func (g *globals) explaining(opt *explain.Options) error {
	demo, err := ingest.NewProjectKey(sampledata.DemoKey[:])
	if err != nil {
		return err
	}
	opt.Load, opt.Engine = g.loadConfig, openEngine
	opt.Synthetic = func(key string) bool { return key == demo.Fingerprint() }
	return nil
}

// free refuses a page that is there, before anything is looked up.
func (s explainFlags) free() error {
	if s.page == "" {
		return nil
	}
	info, err := os.Lstat(s.page)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.IsDir() || !s.force:
		return &exit.Error{Code: exit.Usage, Err: errors.New("the file of --html is there"), Remedy: "name another, or replace it with --force"}
	}
	return nil
}

// write makes the page for its owner alone. A file that is replaced is removed first, so that its mode, or where it points,
// does not matter.
func (s explainFlags) write(p *dossier.Picture) (err error) {
	if s.force {
		if err := os.Remove(s.page); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	f, err := os.OpenFile(s.page, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() {
		if err = errors.Join(err, f.Close()); err != nil {
			os.Remove(s.page)
		}
	}()
	return dossier.Page(f, p)
}
