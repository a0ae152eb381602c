package main

import (
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"stapel/config"
	"stapel/pipeline/evidence/archive"
	"stapel/pipeline/evidence/bundle"
	"stapel/pipeline/exit"
	"stapel/reports/nl"
)

func newBundle(g *globals) *cobra.Command {
	var opt bundle.Options
	open, identity, fresh := "", "", ""
	cmd := &cobra.Command{
		Use:   "bundle [RUN]",
		Short: "Gather what an accountant needs of a run in one encrypted file, and open one",
		Long: `Writes for an external accountant one file, encrypted to their public key with age: the totals of a run (an id; default the latest),
what disclosure control let through, the reports of accountant and werktafel, manifest, journal and signed statement, the chain and the public register of keys,
contracts and rules, and how to check it all. Of households only those are in it that drawn lines belong to: of each work paper in the accountant's folder of the
run, or those named with --steekproef, the source lines and the rows of their households. It says what was left out, and why. Nothing is written unencrypted.

The run is verified first, and with a difference nothing is written. Equal input gives equal content: its SHA-256 is printed, and kept in <data>/bijlagen.jsonl. A
reason is asked (--reden); it is added to <data>/inzage.jsonl before anything is written.

--open unpacks a bundle with the private key of --identity, in a folder that is not there yet (the age program does it too: age -d -i KEY FILE | tar -x).
stapel verify --bundle looks at it. --new-identity makes a private key of age, for an accountant who has none.

EXIT STATUS
  0    written, or opened
  1    failed
  2    no data folder, or usage: no reason, no such run or sample, --to is no public key of age or ssh, the file or folder of --out is there, another key
  11   a run is busy
  12   verification found a difference, or the bundle that is opened is damaged
  130  interrupted`,
		Example: `  stapel bundle --to age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kudf20gmqv8s2te --out bundel.age --reden "controle jaarrekening 2025"
  stapel bundle --steekproef 26a8e2f9b85d --to "$(cat accountant.pub)" --out bundel.age --reden "controle jaarrekening 2025"
  stapel bundle --open bundel.age --identity sleutel.txt --out bundel`,
		Args: cobra.MaximumNArgs(1),
	}
	pack := g.reads(func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			opt.Run = args[0]
		}
		opt.Data = g.data
		opt.Load = func(set map[string]any) (*config.Config, error) { return g.loadConfig(set) }
		return g.pack(cmd.Context(), opt)
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		switch {
		case fresh != "":
			public, err := archive.NewIdentity(fresh)
			if err != nil {
				return err
			}
			g.labelled("sleutel", "%s: houd dit bestand voor uzelf", fresh)
			g.labelled("ontvanger", "%s: geef dit aan de gemeente, voor --to", public)
			return nil
		case open == "":
			return pack(cmd, args)
		case identity == "":
			return exit.Misuse("name the file of the private key with --identity", "--open needs a key")
		}
		done, err := archive.Open(cmd.Context(), open, identity, opt.Out)
		if err != nil {
			return err
		}
		if g.json {
			return g.printJSON(struct {
				Exit exit.Code `json:"exit"`
				*archive.Opened
			}{exit.Done, done})
		}
		g.labelled("bundel", "%s in %s", nl.Count(int64(done.Files), "bestand", "bestanden"), done.Folder)
		g.labelled("sha256", "%s: dit noemde de gemeente ook", done.Sha256)
		g.labelled("verder", "stapel verify --bundle %s", done.Folder)
		return nil
	}
	f := cmd.Flags()
	f.StringArrayVar(&opt.To, "to", nil, "public key of who may read it: age1…, or a line of ssh-ed25519 or ssh-rsa; more than once for more of them")
	f.StringVar(&opt.Out, "out", "", "the encrypted file, not in the data folder; with --open the folder")
	f.StringArrayVar(&opt.Samples, "steekproef", nil, "draw to take along: its first twelve digits, or its .json file; default: all in the accountant's folder of the run")
	f.StringVar(&opt.Why, "reden", "", "why it is given; logged with your name")
	f.StringVar(&open, "open", "", "open this bundle")
	f.StringVar(&identity, "identity", "", "with --open: file of the private key, of age or ssh")
	f.StringVar(&fresh, "new-identity", "", "make a private key of age in this file")
	return cmd
}

// pack writes a bundle and says what is in it.
func (g *globals) pack(ctx context.Context, opt bundle.Options) error {
	m, err := bundle.Make(ctx, opt)
	if err != nil {
		return err
	}
	if g.json {
		return g.printJSON(struct {
			Exit exit.Code `json:"exit"`
			*bundle.Made
		}{exit.Done, m})
	}
	g.labelled("run", "%s", m.Run)
	g.labelled("bundel", "%s: %s, %s voor het versleutelen", m.File, nl.Count(int64(m.Files), "bestand", "bestanden"), nl.Count(m.Bytes, "byte", "bytes"))
	g.labelled("inhoud", "sha256 %s", m.Sha256)
	g.labelled("", "noem die aan de accountant langs een andere weg; zij staat in bijlagen.jsonl")
	g.labelled("bestand", "sha256 %s, versleuteld voor %s", m.Sealed, nl.Count(int64(len(m.To)), "ontvanger", "ontvangers"))
	what := "geen: er is niets per huishouden in"
	if len(m.Draws) > 0 {
		what = fmt.Sprintf("%s: %s van %s", nl.Count(int64(len(m.Draws)), "trekking", "trekkingen"), nl.Count(int64(m.Lines), "regel", "regels"),
			nl.Count(int64(m.Households), "huishouden", "huishoudens"))
	}
	g.labelled("steekproef", "%s", what)
	g.labelled("weggelaten", "%s van de run; LEESMIJ.txt zegt welke en waarom", nl.Count(int64(m.LeftOut), "bestand", "bestanden"))
	return nil
}
