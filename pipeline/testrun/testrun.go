// Package testrun runs the pipeline for tests, on a real engine. No program contains it.
package testrun

import (
	"os"
	"path/filepath"
	"testing"

	"stapel/config"
	"stapel/pipeline"
	"stapel/pipeline/duckdb"
	sampledata "stapel/sample-data"
)

// Sample puts the committed sample into the inbox of a new data folder.
func Sample(t testing.TB) (data string) {
	t.Helper()
	data = t.TempDir()
	if err := os.CopyFS(filepath.Join(data, "inbox"), sampledata.Inbox()); err != nil {
		t.Fatal(err)
	}
	return data
}

// Small is a data folder with a household and a declaration, for what does not depend on the data; its runs need a peildatum, see SmallPeil.
func Small(t testing.TB) (data string) {
	t.Helper()
	data = t.TempDir()
	for name, text := range map[string]string{
		"huishouden/h.csv": `persoon_ps;huishouden_ps;gemeentecode;begindatum;geboortejaar;typhh;plhh
v1_000000000000000000000000000000a1;v1_000000000000000000000000000000b1;0855;2020-01-01;1980;1;2
`,
		"wmo_declaratie/w.csv": `persoon_ps;gemeentecode;referentie_nummer;product_categorie;product_begin;product_eind;bedrag_ct;debet_credit;aanbieder_agb
v1_000000000000000000000000000000a1;0855;R1;02;2025-06-01;2025-06-30;3000;D;01234567
`,
	} {
		file := filepath.Join(data, "inbox", name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return data
}

// SmallPeil are the settings of a run on Small: the peildatum that it needs, and the one thread that it can use.
var SmallPeil = map[string]any{"run.peildatum": "2025-12-31", "engine.threads": 1}

// Options are those of a run on a data folder as far as the marts, with the key of the sample and the engine in use.
func Options(data string, cfg *config.Config) pipeline.Options {
	return pipeline.Options{Data: data, Config: cfg, Secret: sampledata.DemoKey[:], Version: "test", Synthetic: true, Until: "marts",
		Engine: duckdb.Opener(cfg.Settings.Engine.MemoryMB, cfg.Settings.Engine.Threads)}
}
