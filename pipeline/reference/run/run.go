// Package run puts extracts through the real pipeline and reads the marts back, for the tests that hold them to a slow reference.
package run

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"

	"github.com/parquet-go/parquet-go"

	"stapel/config"
	"stapel/pipeline"
	"stapel/pipeline/duckdb"
	"stapel/pipeline/engine"
	"stapel/pipeline/reference/extract"
)

// Secret is the project key of these runs.
var Secret = []byte("reference: not a key of anyone's")

// Marts writes the set below dir and runs on it until the marts; it returns the folder of the marts. A file that was refused, a line
// in quarantine and a failed check are errors.
func Marts(ctx context.Context, dir string, cfg *config.Config, set extract.Set) (string, error) {
	if err := set.Write(dir, cfg); err != nil {
		return "", err
	}
	return On(ctx, dir, cfg)
}

// On runs on the inbox that is there.
func On(ctx context.Context, dir string, cfg *config.Config) (string, error) {
	marts, result, err := Any(ctx, dir, cfg)
	if err != nil {
		return "", err
	}
	if result.Quarantined > 0 || len(result.RefusedBy) > 0 {
		why, err := Read[struct {
			File   string `parquet:"bestand"`
			Column string `parquet:"kolom"`
			Reason string `parquet:"reden"`
			First  int64  `parquet:"eerste_regel"`
		}](marts, "quarantaine")
		return "", errors.Join(fmt.Errorf("refused %v, in quarantine %v", result.RefusedBy, why), err)
	}
	return marts, nil
}

// Any runs on the inbox that is there, whatever is wrong with its lines.
func Any(ctx context.Context, dir string, cfg *config.Config) (marts string, result *pipeline.Result, err error) {
	return By(ctx, dir, cfg, nil)
}

// By does so with another engine for the models; nil is the one in use.
func By(ctx context.Context, dir string, cfg *config.Config, compute engine.Open) (marts string, result *pipeline.Result, err error) {
	result, err = pipeline.Run(ctx, pipeline.Options{Data: dir, Config: cfg, Secret: Secret, Version: "reference", Until: "marts", Synthetic: true,
		Engine: duckdb.Opener(cfg.Settings.Engine.MemoryMB, cfg.Settings.Engine.Threads), Compute: compute})
	if err != nil {
		return "", nil, err
	}
	return filepath.Join(result.Folder, "marts"), result, nil
}

// Read reads a mart; T's parquet tags choose the columns.
func Read[T any](marts, name string) ([]T, error) {
	rows, err := parquet.ReadFile[T](filepath.Join(marts, name+".parquet"))
	if errors.Is(err, io.EOF) {
		err = nil // no rows
	}
	return rows, err
}
