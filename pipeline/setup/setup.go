// Package setup makes what somebody begins with: an inbox with a folder for every kind, in each of which a LEESMIJ.md says what goes there.
package setup

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/inbox"
	"stapel/pipeline/ingest"
	"stapel/pipeline/lake"
	"stapel/reports/nl"
)

// Inbox makes the folders of the inbox that are missing, and the explanation in each where there is none: nothing is overwritten. It gives how
// many explanations were written.
func Inbox(l *lake.Lake, cfg *config.Config) (written int, err error) {
	for _, kind := range cfg.Kinds() {
		dir := filepath.Join(l.Inbox(), kind)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return written, err
		}
		err := lake.WriteNew(filepath.Join(dir, inbox.Readme), []byte(Readme(cfg, kind)))
		switch {
		case errors.Is(err, fs.ErrExist):
		case err != nil:
			return written, err
		default:
			written++
		}
	}
	return written, nil
}

// KeyApart refuses a place for the key that is in the data folder: who gets the data would get the key with it. It looks at where the names
// lead, also when neither is there yet.
func KeyApart(data, key string) error {
	in, err := lake.Inside(data, key)
	if err != nil {
		return err
	}
	if in {
		return exit.Misuse("name a file elsewhere with --key-file: who has the data should not have the key with it", "the key would lie in the data folder")
	}
	return nil
}

// exclusions is the kind that says who must not be shown.
const exclusions = "uitsluiting"

// Needed are the kinds without which there is no run: those that the configuration requires, and uitsluiting when it asks for that.
func Needed(cfg *config.Config) (required []string, alsoExclusions bool) {
	for _, kind := range cfg.Kinds() {
		if cfg.Required(kind) {
			required = append(required, kind)
		}
	}
	return required, cfg.Settings.Selection.RequireExclusions && cfg.Contracts[exclusions] != nil
}

// Readme is the explanation in the folder of a kind, in Dutch.
func Readme(cfg *config.Config, kind string) string {
	c := cfg.Contracts[kind]
	var b strings.Builder
	p := func(format string, a ...any) { fmt.Fprintf(&b, format, a...) }
	p("# %s\n\n%s.\n\n", kind, c.Doc)
	_, alsoExclusions := Needed(cfg)
	switch {
	case cfg.Required(kind):
		p("**Verplicht**: zonder deze bron is er geen run.")
	case kind == exclusions && alsoExclusions:
		p("**Verplicht**, ook als er niemand in staat: een bestand met alleen de kopregel is dan genoeg.")
	default:
		p("Niet verplicht.")
	}
	if without := nl.Word("zonder", kind); without != nl.Word("", kind) {
		p(" Zonder deze bron is niet bekend %s.", without)
	}
	p("\n\n- Leverancier: %s\n- Standaard: %s\n", c.Supplier, c.Standard)
	p("\n## Wat hier komt te staan\n\n")
	p("Bestanden `.csv` of `.csv.gz`, met `;` tussen de kolommen en een kopregel, pas als zij helemaal af zijn. De namen zijn vrij.\n" +
		"In plaats van een BSN staat er een pseudoniem in: docs/leveranciers.md zegt hoe een leverancier dat maakt.\n\n")
	p("Naast elk bestand staat zijn **leveringsbrief**, `<bestand>%s`: wie levert, welke gemeenten en welke periode het bestand dekt,\n"+
		"hoeveel regels en welk bedrag erin staan. Alleen binnen die periode en die gemeenten zegt het ontbreken van een regel iets; zonder\n"+
		"brief is onbekend wat het bestand dekt. Klopt de brief niet, dan wordt het bestand geweigerd.\n\n", ingest.NoteSuffix)
	p("```\n%-[1]*[2]s  de kopregel, de beschrijving en een leveringsbrief om in te vullen\n"+
		"%-[1]*[3]s  wat een run van een bestand zou vinden\n```\n", len("stapel contract --out MAP")+len(kind)+1, "stapel contract "+kind+" --out MAP", "stapel check BESTAND")
	p("\n## Kolommen\n\nIn het kort; `stapel contract %s` heeft ook de codes.\n\n%s", kind, c.ColumnsInShort())
	p("\nstapel leest dit bestand niet.\n")
	return b.String()
}
