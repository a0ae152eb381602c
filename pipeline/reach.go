package pipeline

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"stapel/config"
	"stapel/pipeline/lake"
	"stapel/transforms"
)

// What a model can reach: by name what its header says, by path nothing that leads to a person. The engine that computes models
// may open the lines of the kinds and what the run itself makes; the key table is for an engine of its own, which is closed before
// the first model (docs/decisions/0019).

// kindFolders are the folders of the lake that hold lines; lake/persoon and the inbox are not among them.
func kindFolders(l *lake.Lake, cfg *config.Config) []string {
	var dirs []string
	for _, kind := range cfg.Kinds() {
		dirs = append(dirs, l.Kind(kind))
	}
	return dirs
}

func (x *execution) openEngine(ctx context.Context, dirs []string) (Engine, error) {
	return x.opt.Engine(ctx, dirs, filepath.Join(x.staged, "spill"))
}

// collisions checks the key table, which no model reads: two pseudonyms with one 63-bit key differ in the 128-bit check.
func (x *execution) collisions(ctx context.Context) (err error) {
	var files []string
	for _, d := range x.world.all {
		if d.status == statusAccepted {
			files = append(files, x.lake.Persons(d.kind, d.sha256))
		}
	}
	engine, err := x.openEngine(ctx, []string{x.lake.AllPersons()})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	cols := []transforms.Column{{Name: "key", Type: transforms.Sleutel}, {Name: "check_hi", Type: transforms.Sleutel}, {Name: "check_lo", Type: transforms.Sleutel}}
	if err := engine.Bind(ctx, keyTable, files, cols); err != nil {
		return err
	}
	var n int64
	for _, m := range x.keys {
		found, err := engine.Count(ctx, m.Name, countOf(m))
		if err != nil {
			return err
		}
		n += found
	}
	if n > 0 {
		return &Error{Code: Failed, Err: fmt.Errorf("%d keys belong to two persons", n),
			Remedy: "make a new project key with `stapel key new` and run again; this happens about once in 57.000 runs at 18 million persons"}
	}
	return nil
}

// CheckReads holds every SELECT, before anything is read or computed, to the tables that its header names. The engine that tells
// which these are can open no file.
func CheckReads(ctx context.Context, open OpenEngine, models []*transforms.Model) (err error) {
	spill, err := os.MkdirTemp("", "stapel-lezen-") // nothing is computed, so nothing comes in it
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(spill)) }()
	engine, err := open(ctx, nil, spill)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, engine.Close()) }()
	return checkReads(ctx, engine, models)
}

// checkReads holds every SELECT, before any is computed, to the tables that its header names, by the engine's own reading of the
// text. An own model that reads anything else is a mistake in the configuration.
func checkReads(ctx context.Context, engine Engine, models []*transforms.Model) error {
	for _, m := range models {
		if m.Func != nil {
			continue
		}
		names, err := engine.Tables(ctx, m.SQL)
		if err == nil {
			names = slices.DeleteFunc(names, func(name string) bool { return slices.Contains(m.Reads, name) })
			if len(names) == 0 {
				continue
			}
			for i, name := range names {
				names[i] = shownTable(name)
			}
			err = fmt.Errorf("it reads %s, which its header does not name under reads", strings.Join(slices.Compact(names), ", "))
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		err = fmt.Errorf("%s: %w", m.File, err)
		if m.Own {
			return &Error{Code: Usage, Err: err, Remedy: "a signal model reads the tables that its header names, by name: no files, and no functions in from or join"}
		}
		return err
	}
	return nil
}

var tableName = regexp.MustCompile(`^[a-z_][a-z0-9_]{0,60}(?:\(\))?$`)

// shownTable is a table as a message may show it: a path says where data lies, and may hold anything.
func shownTable(name string) string {
	if !tableName.MatchString(name) {
		return "a file"
	}
	if f, ok := strings.CutSuffix(name, "()"); ok {
		return "function " + f
	}
	return name
}
