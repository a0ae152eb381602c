// Package trino is the engine for what has outgrown one machine: the SELECTs of models run on a Trino, over Parquet files in a folder that
// stapel and every node of Trino see. In that folder a run has one of its own, with links to the lake's files that it reads and with what Trino
// writes; and in the catalog it has a schema of its own. Both are gone when the engine is closed, also after a run that failed; of a run that was
// killed the next one removes them. What is published, and what Go reads, is put in order and written by the DuckDB in the process, so that its
// bytes are those that DuckDB alone would have written.
package trino

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stapel/config"
	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/transforms"
)

// Engine is an open Trino. It is used by one goroutine at a time.
type Engine struct {
	opt     Options
	duck    Local
	db      *sql.DB
	version string
	schema  string
	dir     string // folder of this run below SharedDir
	pending ledger // of the data folder

	tables  map[string]table  // by name
	handles map[string]string // file that Write was asked for: the table that has its rows
	taken   map[string]bool   // files that are as Trino wrote them
	written map[string]int64  // tables of which it is not yet checked that they have so many rows
	unseen  []bound           // what was bound since the two sides were last compared
	folders int
}

// table is a table or view of the run's schema.
type table struct {
	kind    string      // table or view
	columns [][2]string // of a table
	dir     string      // of its files
}

// Local is the engine in this process.
type Local interface {
	engine.Engine
	// Text returns the one text that a query gives.
	Text(ctx context.Context, name, query string) (string, error)
}

// OpenLocal opens it, as engine.Open does.
type OpenLocal func(ctx context.Context, dirs []string, spill string) (Local, error)

// Opener opens engines on a Trino. Each has one of open beside it, for what is put in order. Whoever opens holds the lock of the data folder that
// the file ledger of Options lies in.
func Opener(opt Options, open OpenLocal) engine.Open {
	return func(ctx context.Context, dirs []string, spill string) (engine.Engine, error) {
		return Open(ctx, opt, open, dirs, spill)
	}
}

// Open makes a schema for a run, with the functions that models call, and a folder beside those of other runs. What a run that was killed left
// behind is removed first.
func Open(ctx context.Context, opt Options, open OpenLocal, dirs []string, spill string) (_ *Engine, err error) {
	shared, err := sharedDir(opt.SharedDir)
	if err != nil {
		return nil, err
	}
	if opt.Ledger, err = filepath.Abs(opt.Ledger); err != nil {
		return nil, err
	}
	in, err := lake.Inside(shared, filepath.Dir(opt.Ledger))
	if err != nil {
		return nil, err
	}
	if in {
		return nil, exit.Misuse("put it elsewhere: what Trino can read there is what a run gives it", "the data folder lies in trino.shared_dir")
	}
	schema := opt.SchemaPrefix + unique()
	e := &Engine{opt: opt, schema: schema, written: map[string]int64{}, dir: filepath.Join(shared, schema), pending: ledger{opt.Ledger}, tables: map[string]table{}, handles: map[string]string{}, taken: map[string]bool{}}
	if e.db, e.version, err = connect(ctx, opt, schema); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, e.Close())
		}
	}()
	if err := e.tidy(ctx); err != nil {
		return nil, err
	}
	if err := e.pending.add(e.own()); err != nil {
		return nil, err
	}
	if err := os.Mkdir(e.dir, 0o700); err != nil {
		return nil, err
	}
	if err := e.exec(ctx, "a schema for the run", "create schema "+e.qualified(schema)); err != nil {
		return nil, err
	}
	for _, s := range functions() {
		if err := e.exec(ctx, "prelude", strings.Replace(s, "create function ", "create function "+e.qualified(schema)+".", 1)); err != nil {
			return nil, err
		}
	}
	if e.duck, err = open(ctx, append(slices.Clone(dirs), e.dir), spill); err != nil {
		return nil, err
	}
	return e, nil
}

// sharedDir is the folder that both sides see, which has to be there and to be its owner's alone.
func sharedDir(dir string) (string, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return "", err
	}
	st, err := os.Stat(abs)
	const remedy = "make a folder of mode 0700 that every node of Trino sees too; docs/operations.md"
	if err != nil {
		return "", exit.Misuse(remedy, "trino.shared_dir: there is no such folder")
	}
	if !st.IsDir() || st.Mode().Perm()&0o077 != 0 {
		return "", exit.Misuse(remedy, "trino.shared_dir: it is no folder, or others can open it (mode %s)", octal(st.Mode()))
	}
	return abs, nil
}

// unique tells the schemas of runs apart.
func unique() string {
	b := make([]byte, 8)
	rand.Read(b)
	return hex.EncodeToString(b)
}

// functions are the statements that make those functions that Trino lacks.
func functions() []string {
	text, err := transforms.Prelude(config.EngineTrino)
	if err != nil {
		panic(err) // it is in the program
	}
	var out []string
	for s := range strings.SplitSeq(text, ";\n") {
		var lines []string
		for line := range strings.Lines(s) {
			if !strings.HasPrefix(line, "--") {
				lines = append(lines, strings.TrimSpace(line))
			}
		}
		if s := strings.TrimSuffix(strings.TrimSpace(strings.Join(lines, " ")), ";"); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// Version names the engine and its version, and those of what puts its rows in order.
func (e *Engine) Version() string { return "trino " + e.version + ", " + e.duck.Version() }

// Writer names what wrote the bytes of a file that Write was asked for.
func (e *Engine) Writer(file string) string {
	if e.taken[file] {
		return "trino " + e.version
	}
	return e.duck.Writer(file)
}

// closeWithin is how long Trino may take to drop what a run made, which goes on when the run was interrupted.
const closeWithin = 2 * time.Minute

// Close drops the schema of the run and removes its folder. Where that fails, a run that was published stays so: it is said in the log, and the
// next run of the data folder does it.
func (e *Engine) Close() error {
	var errs []error
	if e.duck != nil {
		errs = append(errs, e.duck.Close())
	}
	if e.db != nil {
		ctx, cancel := context.WithTimeout(context.Background(), closeWithin)
		defer cancel()
		if all, err := e.pending.list(); err != nil {
			errs = append(errs, err)
		} else if slices.Contains(all, e.own()) {
			e.tryRemove(ctx, e.own())
		}
		errs = append(errs, e.db.Close())
	}
	return errors.Join(errs...)
}

// own is what is remembered of this run.
func (e *Engine) own() pending {
	return pending{e.schema, e.opt.Address, e.opt.Catalog, e.dir, filepath.Dir(e.pending.file)}
}

// tidy removes what runs that were killed left behind. What it can't remove is said, and left for the next time.
func (e *Engine) tidy(ctx context.Context) error {
	all, err := e.pending.list()
	if err != nil {
		return err
	}
	for _, p := range all {
		e.tryRemove(ctx, p)
	}
	return ctx.Err()
}

// tryRemove removes what a run made in Trino and in the shared folder, or says that it could not.
func (e *Engine) tryRemove(ctx context.Context, p pending) {
	err := e.remove(ctx, p)
	if err != nil {
		slog.Warn("what a run made in Trino could not be removed; the next run of this data folder tries again, or drop it by hand (docs/operations.md)",
			"schema", p.schema, "folder", p.dir, "ledger", e.pending.file, "error", err)
	}
}

// remove drops the schema of a run and removes its folder, which goes also where the schema does not.
func (e *Engine) remove(ctx context.Context, p pending) error {
	if p.data != e.own().data {
		return fmt.Errorf("it belongs to another data folder, of which this one is a copy: %s", p.data)
	}
	var err error
	if p.address == e.opt.Address && p.catalog == e.opt.Catalog {
		err = e.dropSchema(ctx, p.schema)
	} else {
		err = fmt.Errorf("it is in catalog %s of %s, and trino.address and trino.catalog name another", p.catalog, p.address)
	}
	if err := errors.Join(err, removeAll(p.dir)); err != nil {
		return err
	}
	return e.pending.drop(p)
}

// removeAll removes a folder, again when it comes back: a statement that was stopped may be writing still.
func removeAll(dir string) error {
	for range 50 {
		if err := os.RemoveAll(dir); err != nil {
			return err
		}
		time.Sleep(20 * time.Millisecond)
		if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
			return nil
		}
	}
	return fmt.Errorf("%s: something goes on writing in it", dir)
}

// dropSchema drops a schema with all that is in it. Functions go one by one: a metastore of files keeps them when their schema is dropped.
func (e *Engine) dropSchema(ctx context.Context, schema string) error {
	for _, s := range functions() {
		head, _, _ := strings.Cut(strings.TrimPrefix(s, "create function "), " returns ")
		if _, _, err := e.raw(ctx, "drop function if exists "+e.qualified(schema)+"."+signature(head)); err != nil && !isGone(err) {
			return explain(ctx, "prelude", err)
		}
	}
	return e.exec(ctx, "the schema of the run", "drop schema if exists "+e.qualified(schema)+" cascade")
}

// signature is the head of a function without the names of its parameters: deel(c bigint, n bigint) is deel(bigint, bigint).
func signature(head string) string {
	name, list, _ := strings.Cut(strings.TrimSuffix(strings.TrimSpace(head), ")"), "(")
	var types []string
	for p := range strings.SplitSeq(list, ",") {
		_, typ, _ := strings.Cut(strings.TrimSpace(p), " ")
		types = append(types, typ)
	}
	return name + "(" + strings.Join(types, ", ") + ")"
}

// qualified is a schema with its catalog.
func (e *Engine) qualified(schema string) string { return e.opt.Catalog + "." + schema }

// Tables lists what a SELECT reads, as the engine beside it reads the text.
func (e *Engine) Tables(ctx context.Context, query string) ([]string, error) {
	return e.duck.Tables(ctx, query)
}
