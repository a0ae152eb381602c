package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
	"stapel/pipeline/register"
)

func newRegister(g *globals) *cobra.Command {
	var out string
	var only bool
	cmd := &cobra.Command{
		Use:   "register FILE",
		Short: "Read the workbook of a maatwerk programme into the inbox",
		Long: `Reads the workbook that ` + "`stapel contract maatwerk --xlsx`" + ` made and a programme filled in, checks every sheet as ` + "`stapel check`" + ` would, and writes each
sheet that is kept as an extract with its delivery note into inbox/<kind>/. Line n of an extract is row n of its sheet. An empty sheet
is delivered only where the sheet Levering says that it is kept: otherwise nothing is known, and nothing is written. Of a workbook with a mistake that
refuses an extract nothing is written.

EXIT STATUS
  0    written, or in order with --check
  1    failed
  2    usage, or an extract is there already
  3    lines would go to quarantine; the extracts were written
  4    the workbook can't be read, or an extract would be refused; nothing was written
  130  interrupted`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" && !only {
				if err := g.hasData(); err != nil {
					return err
				}
			}
			return g.register(cmd.Context(), args[0], out, only)
		},
	}
	cmd.Flags().StringVar(&out, "out", "", "folder in which to write <kind>/; without it the inbox of the data folder")
	cmd.Flags().BoolVar(&only, "check", false, "only say what is wrong, and write nothing")
	return cmd
}

// writeRegister writes the empty workbook.
func (g *globals) writeRegister(cfg *config.Config, out string) error {
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	name := filepath.Join(out, register.File)
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) // for the programme: holds no data
	if errors.Is(err, fs.ErrExist) {
		return &exit.Error{Code: exit.Usage, Err: fmt.Errorf("%s is there already", register.File), Remedy: "move it, or name another folder with --out"}
	}
	if err != nil {
		return err
	}
	if err := errors.Join(register.Write(f, cfg), f.Close()); err != nil {
		os.Remove(name) // half of it would be in the way of the next try
		return err
	}
	_, err = fmt.Fprintln(g.stdout, name)
	return err
}

// registerRead is what became of a workbook, as --json says it.
type registerRead struct {
	Exit      exit.Code         `json:"exit"`
	Problems  []string          `json:"problemen,omitempty"` // because of which nothing was read
	Extracts  []*ingest.Extract `json:"extracten,omitempty"`
	Refusals  []*ingest.Refusal `json:"weigeringen,omitempty"`
	Silent    []string          `json:"niet_bijgehouden,omitempty"` // sheets that are empty and not kept
	Delivered []string          `json:"geleverd,omitempty"`         // files
}

// register reads a workbook and writes what it holds below a folder.
func (g *globals) register(ctx context.Context, file, out string, only bool) error {
	cfg, err := g.loadConfig(nil)
	if err != nil {
		return err
	}
	data, err := config.ReadFile(file, register.MostBytes)
	if err != nil {
		return err
	}
	extracts, silent, problems, err := register.Read(data, cfg)
	if err != nil {
		return err
	}
	said := registerRead{Silent: silent}
	for _, p := range problems {
		said.Exit, said.Problems = exit.Refused, append(said.Problems, p.String())
	}
	if err := g.checkRegister(ctx, cfg, extracts, &said); err != nil {
		return err
	}
	if g.code = said.Exit; !only && said.Exit != exit.Refused {
		if out == "" {
			out = (&lake.Lake{Root: g.data}).Inbox()
		}
		if said.Delivered, err = deliver(extracts, strings.TrimSuffix(filepath.Base(file), filepath.Ext(file)), out); err != nil {
			return err
		}
	}
	if g.json {
		return g.printJSON(said)
	}
	for _, text := range said.Problems {
		fmt.Fprintf(g.stdout, "GEWEIGERD  %s\n", text)
	}
	for _, title := range silent {
		fmt.Fprintf(g.stdout, "onbekend   blad %s is leeg en wordt niet bijgehouden: er wordt niets van geleverd\n", title)
	}
	for _, name := range said.Delivered {
		fmt.Fprintf(g.stdout, "geleverd   %s\n", name)
	}
	return nil
}

// checkRegister reads each extract as a run would, in a folder that goes away, and says what is wrong with it.
func (g *globals) checkRegister(ctx context.Context, cfg *config.Config, extracts []register.Extract, said *registerRead) error {
	work, err := os.MkdirTemp("", "stapel-register-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	for _, x := range extracts {
		name := filepath.Join(work, x.Kind+".csv")
		if err := errors.Join(lake.WriteNew(name, x.CSV), lake.WriteNew(register.Sidecar(name), x.Note)); err != nil {
			return err
		}
		var refusal *ingest.Refusal
		extract, err := readForCheck(ctx, cfg, cfg.Contracts[x.Kind], name, register.Sidecar(name))
		switch {
		case ctx.Err() != nil:
			return &exit.Error{Code: exit.Interrupted, Err: errors.New("interrupted")}
		case errors.As(err, &refusal):
			refusal.Bestand = "blad " + x.Sheet
			said.Exit, said.Refusals = exit.Refused, append(said.Refusals, refusal)
		case err != nil:
			return err
		case extract.Quarantaine.Records > 0 && said.Exit != exit.Refused:
			said.Exit = exit.Quarantined
		}
		if extract != nil {
			extract.Bestand = "blad " + x.Sheet
			said.Extracts = append(said.Extracts, extract)
		}
		if !g.json {
			if err := g.printCheck(extract, refusal, x.Kind, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// deliver writes the extracts, each after its note: who reads an extract finds what it covers. Nothing that is there is overwritten; what an earlier delivery of the same, that
// was cut off, wrote already is left as it is.
func deliver(extracts []register.Extract, name, out string) (written []string, err error) {
	type file struct {
		name string
		data []byte
	}
	var missing []file
	taken := ""
	for _, x := range extracts {
		csv := filepath.Join(out, x.Kind, name+".csv")
		for _, f := range []file{{register.Sidecar(csv), x.Note}, {csv, x.CSV}} {
			was, err := os.ReadFile(f.name)
			switch {
			case errors.Is(err, fs.ErrNotExist):
				missing = append(missing, f)
			case err != nil:
				return nil, err
			case !bytes.Equal(was, f.data):
				taken = cmp.Or(taken, filepath.Join(x.Kind, filepath.Base(f.name)))
			}
		}
		written = append(written, csv)
	}
	if len(missing) == 0 && len(extracts) > 0 {
		taken = cmp.Or(taken, filepath.Join(extracts[0].Kind, name+".csv"))
	}
	if taken != "" {
		return nil, &exit.Error{Code: exit.Usage, Err: fmt.Errorf("%s is there already", taken),
			Remedy: "what was delivered is never changed: give the workbook another name, such as one with its day"}
	}
	for _, f := range missing {
		if err := os.MkdirAll(filepath.Dir(f.name), 0o700); err != nil {
			return nil, err
		}
		if err := lake.WriteNew(f.name, f.data); err != nil {
			return nil, err
		}
	}
	return written, nil
}
