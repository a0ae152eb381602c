package ingest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"stapel/config"
)

// TestNoteToFillIn: the delivery note that `stapel contract` writes is one for the header it writes beside it, claims no coverage as it is, and
// is still one when everything in it is filled in.
func TestNoteToFillIn(t *testing.T) {
	cfg, err := config.Load(config.Options{})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC)
	for _, kind := range cfg.Kinds() {
		c := cfg.Contracts[kind]
		text := c.Note()
		for name, note := range map[string]string{"as it is": text, "filled in": strings.ReplaceAll("\n"+text, "\n# ", "\n")} {
			if name == "filled in" { // but for the sentences above it
				_, note, _ = strings.Cut(note, "geweigerd.\n")
			}
			file := filepath.Join(t.TempDir(), kind+".csv"+NoteSuffix)
			if err := os.WriteFile(file, []byte(note), 0o600); err != nil {
				t.Fatal(err)
			}
			n, err := ReadNote(file)
			if err == nil {
				err = n.Check(c, now)
			}
			if err != nil {
				t.Errorf("%s, %s: %v\n%s", kind, name, err, note)
				continue
			}
			claims := n.PeriodeVan != nil || len(n.Gemeenten) > 0 || n.Gegevensleverancier != "" || n.AlleVerzekeraars != nil
			if claims != (name == "filled in") || n.AantalRegels == nil || n.ContractVersie != c.Version {
				t.Errorf("%s, %s: %+v", kind, name, n)
			}
		}
	}
}
