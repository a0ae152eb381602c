package main

import (
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"stapel/pipeline/exit"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
	"stapel/pipeline/setup"
	"stapel/reports/nl"
)

// defaultKey is where stapel init puts the key when no other place is named: beside the data folder, not in it.
const defaultKey = "stapel-sleutel"

func newInit(g *globals) *cobra.Command {
	return &cobra.Command{
		Use:   "init",
		Short: "Make an inbox and a project key, and say what to do next",
		Long: `Makes in the data folder an inbox with a folder for every kind of extract, each with a LEESMIJ.md that says in Dutch what goes
there, and a project key in the file of --key-file (./stapel-sleutel when that is not given), which may not lie in the data folder. What
is there already stays as it is, the key too.

EXIT STATUS
  0  made, or there already
  1  something could not be written
  2  the key would lie in the data folder, or the key file that is there is no key`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return g.begin() },
	}
}

func (g *globals) begin() error {
	cfg, err := g.loadConfig(nil)
	if err != nil {
		return err
	}
	if g.keyFile == "" {
		g.keyFile = defaultKey
	}
	if err := setup.KeyApart(g.data, g.keyFile); err != nil {
		return err
	}
	made := true
	key, err := makeKey(g.keyFile)
	if errors.Is(err, fs.ErrExist) {
		made = false
		var secret []byte
		if secret, err = g.readKey(); err == nil {
			key, err = ingest.NewProjectKey(secret)
		}
	}
	if err != nil {
		return err
	}
	l := &lake.Lake{Root: g.data}
	written, err := setup.Inbox(l, cfg)
	if err != nil {
		return err
	}
	required, exclusions := setup.Needed(cfg)
	if g.json {
		return g.printJSON(map[string]any{"exit": exit.Done, "inbox": l.Inbox(), "leesmij": written, "sleutel": g.keyFile, "sleutel_gemaakt": made,
			"kenmerk": key.Fingerprint(), "verplicht": required, "uitsluiting_verplicht": exclusions})
	}
	g.labelled("inbox", "%s: een map per soort, met in elke map een %s die zegt wat er komt te staan", l.Inbox(), "LEESMIJ.md")
	if made {
		g.labelled("sleutel", "%s, kenmerk %s; bewaar hem apart van de gegevens, met een kopie: zonder hem is geen run te herhalen", g.keyFile, key.Fingerprint())
	} else {
		g.labelled("sleutel", "%s was er al, kenmerk %s", g.keyFile, key.Fingerprint())
	}
	g.labelled("verplicht", "%s", nl.List(required))
	data := ""
	if filepath.Clean(g.data) != "data" {
		data = " --data " + g.data
	}
	if exclusions {
		g.labelled("", "en uitsluiting: wie niet getoond mag worden. Is dat niemand, dan is de kopregel genoeg:")
		g.labelled("", "stapel contract uitsluiting --out %s", filepath.Join(l.Inbox(), "uitsluiting"))
	}
	g.labelled("verder", "%-34s kopregel, beschrijving en leveringsbrief voor een leverancier", "stapel contract SOORT --out MAP")
	g.labelled("", "%-34s wat een run van een bestand zou vinden", "stapel check BESTAND"+data)
	g.labelled("", "stapel run --key-file %s%s", g.keyFile, data)
	return nil
}
