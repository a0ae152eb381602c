package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"stapel/config"
	"stapel/pipeline"
	"stapel/pipeline/evidence/attest"
	"stapel/pipeline/evidence/bundle"
	"stapel/pipeline/evidence/verify"
	"stapel/pipeline/exit"
	"stapel/reports/nl"
	sampledata "stapel/sample-data"
)

func newVerify(g *globals) *cobra.Command {
	var opt verify.Options
	var trust, rerun, unpacked string
	cmd := &cobra.Command{
		Use:   "verify [RUN]",
		Short: "Find out whether runs are still what they were, and from what",
		Long: `Holds a published run (an id; default the latest) to what it wrote down of itself: every file to its hash, every table read
anew without the engine that wrote it (rows, order, sums that have to agree), the journal, the extracts in the inbox, the files of
the lake, configuration, project key, signature and chain of runs; and the logs of the data folder to their chain. What differs is
named, with what to do. Nothing is changed. Extracts that are no longer in the inbox are said, and are no difference. With --rerun
the run is made again in a folder that goes afterwards, from the inbox or from the lake, which needs no inbox; what went in
differently is said before what came out of it.

--bundle looks at what came out of a bundle (stapel bundle --open, or age): a folder, or the archive in it. It needs no data folder, key, configuration or engine.

EXIT STATUS
  0    nothing differs
  1    failed
  2    no data folder, no such run, or usage
  11   another run holds the lock
  12   something differs
  130  interrupted`,
		Example: `  stapel verify
  stapel verify 2025-12-31-0123456789ab
  stapel verify --all --json
  stapel verify --rerun inbox --key-file sleutel
  stapel verify --bundle bundel --vertrouw stapel.pub.pem`,
		Args: cobra.MaximumNArgs(1),
	}
	verified := g.reads(func(cmd *cobra.Command, args []string) error {
		if len(args) == 1 {
			if opt.All {
				return exit.Misuse("name a run, or use --all", "--all is every run")
			}
			opt.Run = args[0]
		}
		opt.Data = g.data
		opt.Load = func(set map[string]any) (*config.Config, error) { return g.loadConfig(set) }
		if g.keyFile != "" {
			secret, err := g.readKey()
			if err != nil {
				return err
			}
			opt.Secret = secret
		}
		if rerun != "" {
			return g.rerun(cmd.Context(), opt, verify.From(rerun))
		}
		r, err := verify.Run(cmd.Context(), opt)
		if err != nil {
			return err
		}
		g.code = r.Code
		if g.json {
			return g.printJSON(r)
		}
		g.printVerified(r)
		return nil
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if trust != "" {
			keys, err := attest.ReadPublicKeys(trust)
			if err != nil {
				return err
			}
			opt.Trusted = keys
		}
		if unpacked == "" {
			return verified(cmd, args)
		}
		if len(args) > 0 || opt.All || rerun != "" {
			return exit.Misuse("leave out the run, --all and --rerun", "--bundle looks at a bundle alone")
		}
		r, err := bundle.Check(cmd.Context(), unpacked, opt.Trusted)
		if err != nil {
			return err
		}
		g.code = r.Code
		if g.json {
			return g.printJSON(r)
		}
		r.Print(g.labelled)
		return nil
	}
	f := cmd.Flags()
	f.BoolVar(&opt.All, "all", false, "every run of the data folder")
	f.StringVar(&rerun, "rerun", "", "make the run again from inbox, or from lake (without the inbox), and compare what it gives")
	f.StringVar(&unpacked, "bundle", "", "look at what came out of a bundle: a folder, or the archive that age decrypted")
	f.StringVar(&trust, "vertrouw", "", "file with public keys (PEM), known from elsewhere: runs have to be signed by these, or by keys that these vouch for")
	return cmd
}

// rerun makes a run again in a folder that goes afterwards, and says what is not the same.
func (g *globals) rerun(ctx context.Context, opt verify.Options, from verify.From) error {
	if from != verify.FromInbox && from != verify.FromLake {
		return exit.Misuse("use lake or inbox", "--rerun is not known")
	}
	if opt.All {
		return exit.Misuse("leave out --all, and name the run", "--rerun is of one run")
	}
	secret := opt.Secret
	r, found, err := verify.Rerun(ctx, opt, from, func(ctx context.Context, data string, cfg *config.Config, until string, synthetic bool, inputs verify.Inputs) (string, error) {
		if secret == nil && synthetic {
			secret = sampledata.DemoKey[:]
		}
		if secret == nil {
			var err error
			if secret, err = g.readKey(); err != nil {
				return "", err
			}
		}
		result, err := pipeline.Run(ctx, pipeline.Options{Data: data, Config: cfg, Secret: secret, Version: version, Synthetic: synthetic, Until: until, Again: inputs,
			Full: from == verify.FromInbox, Progress: g.progress(), Engine: openEngine(cfg), Compute: g.computeEngine(cfg)})
		return result.RunID, err
	})
	if err != nil {
		return err
	}
	if r.Differ > 0 {
		g.code = exit.Difference
	}
	if g.json {
		return g.printJSON(struct {
			Exit exit.Code `json:"exit"`
			*verify.RerunResult
			Findings []verify.Finding `json:"bevindingen"`
		}{g.code, r, found})
	}
	g.labelled("run", "%s, opnieuw gemaakt uit %s", r.Run, r.From)
	for _, remark := range []bool{true, false} { // what went in differently comes before what came out of it
		for _, f := range found {
			if f.Remark == remark {
				g.labelled(map[bool]string{true: "anders in", false: "verschil"}[remark], "%s", f)
			}
		}
	}
	g.labelled("uitkomst", "%s gelijk, %s met dezelfde rijen in andere bytes, %s anders", nl.Count(int64(r.Same), "bestand", "bestanden"),
		nl.Count(int64(r.SameRow), "tabel", "tabellen"), nl.Count(int64(r.Differ), "bestand", "bestanden"))
	return nil
}

// printVerified says what was looked at and what was found, a line each.
func (g *globals) printVerified(r *verify.Result) {
	faults, remarks := 0, 0
	for _, f := range r.Findings {
		if f.Remark {
			remarks++
			continue
		}
		faults++
	}
	for _, run := range r.Runs {
		g.labelled("run", "%s: %s, %s, %s", run.ID, nl.Count(int64(run.Files), "bestand", "bestanden"),
			nl.Count(int64(run.Tables), "tabel", "tabellen")+" met "+nl.Count(run.Rows, "rij", "rijen"),
			nl.Count(int64(len(run.Identities)), "optelling klopt", "optellingen kloppen"))
		g.labelled("", "%s, waarvan %d niet meer in de inbox", nl.Count(int64(run.Inputs), "extract", "extracten"), run.Absent)
	}
	g.labelled("lake", "%s", nl.Count(int64(r.Lake), "bestand", "bestanden"))
	g.labelled("logboeken", "%s", nl.Count(r.LogLines, "regel in een keten", "regels in ketens"))
	key := "niet vergeleken; geef hem met --key-file"
	if r.KeyKnown {
		key = "vergeleken"
	}
	g.labelled("sleutel", "%s", key)
	for _, f := range r.Findings {
		label := "verschil"
		if f.Remark {
			label = "melding"
		}
		g.labelled(label, "%s", f)
	}
	if faults == 0 {
		g.labelled("uitkomst", "geen verschillen")
		return
	}
	fmt.Fprintf(g.stdout, "%-10s %s\n", "uitkomst", nl.Plain(nl.Count(int64(faults), "verschil", "verschillen")))
}
