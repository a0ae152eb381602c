package models

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"

	"stapel/config"
	"stapel/pipeline/control"
	"stapel/pipeline/lake"
	"stapel/pipeline/world"
	"stapel/transforms"
)

// BindInputs writes the tables that Go makes for the models, and names them. seen hears the hash of each, before it is named.
func (t *Tables) BindInputs(ctx context.Context, w *world.World, seen func(name, sha256 string) error) error {
	for _, in := range w.Inputs() {
		file := filepath.Join(t.Work, in.Name+".parquet")
		if err := in.Write(file); err != nil {
			return err
		}
		_, sum, err := control.HashFile(file)
		if err != nil {
			return err
		}
		if err := seen(in.Name, sum); err != nil {
			return err
		}
		if err := t.Engine.Bind(ctx, in.Name, []string{file}, in.Columns); err != nil {
			return err
		}
		t.keep(in.Name, file)
		if err := t.Keep.knowInput(in.Name, sum, file, in.Columns); err != nil {
			return err
		}
	}
	return nil
}

// Give names a table of rows that models and queries join with: no key stands in the text of a query, which an error could quote. A T that is no row panics.
func Give[T any](ctx context.Context, t *Tables, name string, rows []T) error {
	in := world.Table(name, rows)
	file := filepath.Join(t.Work, name+".parquet")
	if err := in.Write(file); err != nil {
		return err
	}
	return t.Engine.Bind(ctx, name, []string{file}, in.Columns)
}

// BindLake names the accepted lines of every kind.
func (t *Tables) BindLake(ctx context.Context, w *world.World, l *lake.Lake, name func(kind string) string) error {
	for _, kind := range w.Cfg.Kinds() {
		parts, columns := w.Parts(l, kind), LakeColumns(w.Cfg.Contracts[kind])
		if err := t.Keep.knowFiles(name(kind), parts, columns); err != nil {
			return err
		}
		t.Keep.knowKind(name(kind), kind)
		if err := t.Engine.Bind(ctx, name(kind), parts, columns); err != nil {
			return err
		}
	}
	return nil
}

// BindLines names the lines of all kinds together, and those that are cost, once those of each kind are named. seen hears the hash of the SELECT
// that does so.
func (t *Tables) BindLines(ctx context.Context, cfg *config.Config, seen func(name, sha256 string) error) error {
	var lines, costs []string
	for _, kind := range cfg.Kinds() {
		lines = append(lines, LakeName(kind))
		if OwnAmount(cfg.Contracts[kind]) {
			costs = append(costs, LakeName(kind))
		}
	}
	grain := []string{kindColumn, config.ColLevering, config.ColRegel}
	for _, m := range []*transforms.Model{validModel(LakeLines, grain, lines, lineColumns, linesQuery(cfg, LakeName)),
		validModel(LakeCosts, grain, costs, costColumns, costsQuery(cfg, LakeName))} {
		sum := sha256.Sum256([]byte(m.SQL))
		if err := seen(m.Name, hex.EncodeToString(sum[:])); err != nil {
			return err
		}
		if err := t.Engine.View(ctx, m.Name, m.SQL); err != nil {
			return err
		}
		t.Keep.knowView(m)
	}
	return nil
}

// Folders are those of the lake that hold lines, which the engine that computes models may open: the inbox and the key table are not among
// them (docs/decisions/0019).
func Folders(l *lake.Lake, cfg *config.Config) []string {
	var dirs []string
	for _, kind := range cfg.Kinds() {
		dirs = append(dirs, l.Kind(kind))
	}
	return dirs
}
