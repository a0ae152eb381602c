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

// Options are those of a run on a data folder as far as the marts, with the key of the sample and the engine in use.
func Options(data string, cfg *config.Config) pipeline.Options {
	return pipeline.Options{Data: data, Config: cfg, Secret: sampledata.DemoKey[:], Version: "test", Synthetic: true, Until: "marts",
		Engine: duckdb.Opener(cfg.Settings.Engine.MemoryMB, cfg.Settings.Engine.Threads)}
}
