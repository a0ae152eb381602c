package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"stapel/config"
	"stapel/pipeline"
	"stapel/pipeline/arrival"
	"stapel/pipeline/duckdb"
	"stapel/pipeline/engine"
	"stapel/pipeline/evidence/attest"
	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/lake"
	"stapel/pipeline/trino"
	sampledata "stapel/sample-data"
)

func newRun(g *globals) *cobra.Command {
	var peildatum, until string
	var full, strict bool
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Read the inbox, compute, check, report and publish",
		Long: `Reads every extract of <data>/inbox into the lake, computes the marts, checks them, writes the reports and publishes
the run; <data>/latest then holds its id. An extract that was read before is not read again, and a table of which everything it is made from is as it was in an
earlier run is not made again.

EXIT STATUS
  0    done; lines in quarantine within their limit are said, not punished
  1    failed
  2    usage or configuration, no inbox, files of the sample under another key, or the peildatum can't be worked out
  3    with --strict: lines were quarantined, or files not read
  4    an extract was refused, the rest was done
  5    checks failed, nothing was published
  11   another run holds the lock
  12   a run with this id was published before with other bytes
  130  interrupted, nothing was published`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if until != "" && until != "lake" && until != "marts" {
				return &exit.Error{Code: exit.Usage, Err: fmt.Errorf("--until: use lake or marts")}
			}
			set := map[string]any{}
			if peildatum != "" {
				set["run.peildatum"] = peildatum
			}
			if err := g.hasInbox(); err != nil {
				return err
			}
			secret, err := g.readKey()
			if err != nil {
				return err
			}
			return g.execute(cmd.Context(), pipeline.Options{Secret: secret, Full: full, Strict: strict, Until: until}, set)
		},
	}
	f := cmd.Flags()
	f.StringVar(&peildatum, "peildatum", "", "last day of the month to run for (JJJJ-MM-DD); default: the last month all required feeds cover")
	f.StringVar(&until, "until", "", "stop after this stage: lake or marts")
	f.BoolVar(&full, "full", false, "read every extract again, and make every table again")
	f.BoolVar(&g.explainReuse, "explain-incremental", false, "say which tables were made again, and because of what (docs/incremental.md)")
	f.BoolVar(&strict, "strict", false, "exit 3 when lines were quarantined, or something in the inbox was not read")
	return cmd
}

// execute runs the pipeline with the engine in use and prints the summary.
func (g *globals) execute(ctx context.Context, opt pipeline.Options, set map[string]any) error {
	cfg, err := g.loadConfig(set)
	if err != nil {
		return err
	}
	if err := g.complete(&opt, cfg); err != nil {
		return err
	}
	before, err := (&lake.Lake{Root: g.data}).Latest()
	if err != nil {
		return err
	}
	result, err := pipeline.Run(ctx, opt)
	if err != nil {
		g.printRemarks(result)
		return err
	}
	g.code = result.Code
	if len(result.Reports) > 0 {
		if err := g.writeChanges(ctx, result, before, cfg); err != nil {
			return err
		}
	}
	if g.json {
		return g.printJSON(result)
	}
	if err := g.printSummary(ctx, result); err != nil {
		return err
	}
	if g.explainReuse {
		g.printReuse(result.Reuse)
	}
	return nil
}

// complete fills in what the command line, the configuration and the key in opt say of a run.
func (g *globals) complete(opt *pipeline.Options, cfg *config.Config) (err error) {
	opt.Data, opt.Config, opt.Version = g.data, cfg, version
	opt.Accept = acceptOwn
	if string(opt.Secret) == string(sampledata.DemoKey[:]) {
		opt.Accept, opt.Synthetic = acceptSample, true
	}
	if file := cfg.Settings.Signing.KeyFile; file != "" {
		if opt.Signer, err = attest.ReadSigner(file, g.data); err != nil {
			return err
		}
	}
	opt.Progress, opt.Arrival, opt.Keep = g.progress(), arriving(cfg), cfg.Settings.Engine.Kind == config.EngineDuckDB
	opt.Engine, opt.Compute = openEngine(cfg), g.computeEngine(cfg)
	return nil
}

// arriving says when a file of the inbox is whole.
func arriving(cfg *config.Config) arrival.Terms {
	return arrival.Real(time.Duration(cfg.Settings.Inbox.SettleSeconds)*time.Second, inbox.IngestLimits(cfg.Settings.Limits))
}

// openEngine opens the engine in this process with the settings of the configuration.
func openEngine(cfg *config.Config) engine.Open {
	return duckdb.Opener(cfg.Settings.Engine.MemoryMB, cfg.Settings.Engine.Threads)
}

// computeEngine opens what computes the models of a run: the engine in this process, or a Trino with that beside it.
func (g *globals) computeEngine(cfg *config.Config) engine.Open {
	e, t, ledger := cfg.Settings.Engine, cfg.Settings.Trino, (&lake.Lake{Root: g.data}).Ledger()
	if e.Kind != config.EngineTrino {
		if _, err := os.Stat(ledger); err == nil {
			slog.Warn("an earlier run left something behind in a Trino; a run with engine.kind: trino removes it, or do it by hand (docs/operations.md)", "ledger", ledger)
		}
		return openEngine(cfg)
	}
	opt := trino.Options{Address: t.Address, User: t.User, PasswordFile: t.PasswordFile, TokenFile: t.TokenFile, CAFile: t.CAFile, Catalog: t.Catalog,
		SchemaPrefix: t.SchemaPrefix, SharedDir: t.SharedDir, Location: t.Location, SortRows: t.SortRows,
		Ledger: ledger}
	return trino.Opener(opt, func(ctx context.Context, dirs []string, spill string) (trino.Local, error) {
		return duckdb.Open(ctx, duckdb.Options{Dirs: dirs, Spill: spill, MemoryMB: e.MemoryMB, Threads: e.Threads})
	})
}

// printRemarks says on stderr what the run came across, one line each.
func (g *globals) printRemarks(r *pipeline.Result) {
	for _, s := range r.RefusedBy {
		fmt.Fprintf(g.stderr, "geweigerd: %s\n", strings.ReplaceAll(s, "\n", " "))
	}
	for _, u := range r.Unread {
		fmt.Fprintf(g.stderr, "niet gelezen: %s\n", u)
	}
	for _, s := range r.Remarks {
		fmt.Fprintf(g.stderr, "opmerking: %s\n", s)
	}
	for _, s := range r.Warnings {
		fmt.Fprintf(g.stderr, "let op: %s\n", s)
	}
}
