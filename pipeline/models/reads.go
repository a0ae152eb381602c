package models

import (
	"context"
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"

	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/transforms"
)

// CheckReads holds every SELECT, before anything is read or computed, to the tables that its header names. The engine that tells
// which these are can open no file. dir is where it has a folder to spill in, in which nothing comes; "" is that of the system for temporary files.
func CheckReads(ctx context.Context, open engine.Open, dir string, list []*transforms.Model) (err error) {
	spill, err := os.MkdirTemp(dir, "stapel-lezen-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(spill)) }()
	e, err := open(ctx, nil, spill)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, e.Close()) }()
	return CheckReadsWith(ctx, e, list)
}

// CheckReadsWith holds every SELECT, before any is computed, to the tables that its header names, by the engine's own reading of the
// text. An own model that reads anything else is a mistake in the configuration.
func CheckReadsWith(ctx context.Context, e engine.Engine, list []*transforms.Model) error {
	for _, m := range list {
		if m.Func != nil {
			continue
		}
		names, err := e.Tables(ctx, m.SQL)
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
			return &exit.Error{Code: exit.Usage, Err: err, Remedy: "a signal model reads the tables that its header names, by name: no files, and no functions in from or join"}
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
