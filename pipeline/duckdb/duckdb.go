// Package duckdb is the engine: an in-process DuckDB in memory that joins Parquet files and writes Parquet files. There is
// no database file, so nothing is shared and nothing is left behind. After opening it is locked down: it can read and
// write below the folders it is given only, installs and loads nothing, reaches no network, and a model cannot change that.
package duckdb

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/duckdb/duckdb-go/v2/mapping"

	"stapel/pipeline/engine"
	"stapel/transforms"
)

// Options bound the engine.
type Options struct {
	Dirs     []string // folders that it may read and write in, and in no other; they need not be there yet
	Spill    string   // folder for what does not fit in memory
	MemoryMB int      // 0: 60% of what the machine or its cgroup has; at most 80% of that
	Threads  int      // 0: as many as the machine and its cgroup give

	spillMB int // most that may be in Spill, for tests; 0: what the disk has
}

// Engine is an open DuckDB. It is used by one goroutine at a time.
type Engine struct {
	session *session
	spill   string
	memory  int // MB that it may take
}

// Opener opens engines with so much memory and so many threads; 0 is what the machine has.
func Opener(memoryMB, threads int) engine.Open {
	return func(ctx context.Context, dirs []string, spill string) (engine.Engine, error) {
		return Open(ctx, Options{Dirs: dirs, Spill: spill, MemoryMB: memoryMB, Threads: threads})
	}
}

// Open starts the engine and locks it down.
func Open(ctx context.Context, opt Options) (*Engine, error) {
	var dirs []string
	for _, dir := range opt.Dirs {
		abs, err := filepath.Abs(dir)
		if err != nil {
			return nil, err
		}
		dirs = append(dirs, literal(abs))
	}
	spill, err := filepath.Abs(opt.Spill)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(spill, 0o700); err != nil {
		return nil, err
	}
	memory, threads := Limits(opt.MemoryMB, opt.Threads)
	if opt.MemoryMB > memory {
		slog.Warn("engine.memory_mb is more than the machine has; less is used", "memory_mb", opt.MemoryMB, "used_mb", memory)
	}
	prelude, err := transforms.Prelude("duckdb")
	if err != nil {
		return nil, err
	}
	session, err := newSession()
	if err != nil {
		return nil, err
	}
	settings := []string{
		"set autoinstall_known_extensions = false",
		"set autoload_known_extensions = false",
		"set allow_community_extensions = false",
		"set allow_persistent_secrets = false",
		"set timezone = 'UTC'",
		"set parquet_metadata_cache = true", // every model reads what the lake's files hold; one that changes is read again
		fmt.Sprintf("set memory_limit = '%dMB'", memory),
		fmt.Sprintf("set threads = %d", threads),
		"set temp_directory = " + literal(spill),
		"set allowed_directories = [" + strings.Join(dirs, ", ") + "]",
	}
	if opt.spillMB > 0 {
		settings = append(settings, fmt.Sprintf("set max_temp_directory_size = '%dMB'", opt.spillMB))
	}
	settings = append(settings, strings.Split(strings.TrimSpace(stripComments(prelude)), ";\n")...)
	// DuckDB has this setting for its tests; a connection has its own, and of the time zone too
	for _, text := range []string{"set timezone = 'UTC'", "set debug_force_external = true"} {
		if err := runOn(ctx, session.tight, text, nil); err != nil {
			session.close()
			return nil, fmt.Errorf("duckdb: %s: %w", text, err)
		}
	}
	settings = append(settings, "set enable_external_access = false", "set lock_configuration = true")
	e := &Engine{session: session, spill: spill, memory: memory}
	for _, s := range settings {
		if err := e.exec(ctx, "duckdb: "+strings.Join(strings.Fields(s)[:2], " "), s); err != nil {
			e.Close()
			return nil, err
		}
	}
	return e, nil
}

// Version names the engine and its version, as the manifest records it.
func (e *Engine) Version() string { return "duckdb " + LibraryVersion() }

// Writer names what wrote a file: this engine.
func (e *Engine) Writer(string) string { return e.Version() }

// Close ends the engine and frees its memory.
func (e *Engine) Close() error {
	e.session.close()
	return nil
}

// Bind gives the rows of Parquet files a name, with just these columns in this order. Without files it is an empty table.
func (e *Engine) Bind(ctx context.Context, name string, files []string, columns []transforms.Column) error {
	var cols []string
	for _, c := range columns {
		if len(files) == 0 {
			cols = append(cols, fmt.Sprintf("cast(null as %s) as %s", c.Type.SQLType(), ident(c.Name)))
		} else {
			cols = append(cols, ident(c.Name))
		}
	}
	from := "where false"
	if len(files) > 0 {
		var list []string
		for _, f := range files {
			abs, err := filepath.Abs(f)
			if err != nil {
				return err
			}
			list = append(list, literal(abs))
		}
		from = "from read_parquet([" + strings.Join(list, ", ") + "])"
	}
	return e.exec(ctx, "bind "+name, fmt.Sprintf("create or replace view %s as select %s %s", ident(name), strings.Join(cols, ", "), from))
}

// View names a SELECT without computing it.
func (e *Engine) View(ctx context.Context, name, query string) error {
	return e.exec(ctx, "view "+name, fmt.Sprintf("create or replace view %s as %s", ident(name), query))
}

// Write computes a SELECT into one Parquet file, in the order of the columns orderBy, and returns the number of rows. The
// bytes depend on the rows, their order and the engine's version, not on threads or time. A file that is there already
// is an error; a file that could not be finished is removed.
func (e *Engine) Write(ctx context.Context, name, query string, orderBy []string, file string) (rows int64, err error) {
	abs, err := filepath.Abs(file)
	if err != nil {
		return 0, err
	}
	if _, err := os.Lstat(abs); err == nil {
		return 0, fmt.Errorf("%s: %s exists", name, filepath.Base(file))
	}
	defer func() {
		if err != nil {
			os.Remove(abs)
		}
	}()
	if len(orderBy) > 0 {
		var by []string
		for _, c := range orderBy {
			by = append(by, ident(c))
		}
		query = fmt.Sprintf("select * from (%s) order by %s", query, strings.Join(by, ", "))
	}
	half := func() {
		slog.Debug("again, on disk", "name", name)
		os.Remove(abs)
	}
	err = e.session.query(ctx, fmt.Sprintf("copy (%s) to %s (format parquet, compression zstd)", query, literal(abs)), half, func(res *mapping.Result) error {
		rows = int64(mapping.RowsChanged(res))
		return nil
	})
	if err != nil {
		return 0, e.explain(name, filepath.Dir(abs), err)
	}
	if err := os.Chmod(abs, 0o600); err != nil {
		return 0, err
	}
	return rows, nil
}

// Describe returns the columns of a bound name, view or query, as name and SQL type.
func (e *Engine) Describe(ctx context.Context, name string) (columns [][2]string, err error) {
	rows, err := e.session.texts(ctx, "select column_name, column_type from (describe select * from "+ident(name)+")")
	if err != nil {
		return nil, e.explain(name, e.spill, err)
	}
	for _, row := range rows {
		columns = append(columns, [2]string(row))
	}
	return columns, nil
}

// Count returns the single whole number that a query gives.
func (e *Engine) Count(ctx context.Context, name, query string) (n int64, err error) {
	if n, err = e.session.number(ctx, query); err != nil {
		return 0, e.explain(name, e.spill, err)
	}
	return n, nil
}

// Counts returns the numbers that queries give. They run one after the other, each on all threads.
func (e *Engine) Counts(ctx context.Context, asks []engine.Ask, done func()) ([]int64, error) {
	numbers := make([]int64, len(asks))
	for i, a := range asks {
		start := time.Now()
		var err error
		if numbers[i], err = e.Count(ctx, a.Name, a.Query); err != nil {
			return nil, err
		}
		slog.Debug("count", "name", a.Name, "seconds", time.Since(start).Seconds())
		done()
	}
	return numbers, nil
}

// Text returns the single text that a query gives.
func (e *Engine) Text(ctx context.Context, name, query string) (string, error) {
	rows, err := e.session.texts(ctx, query)
	if err == nil && (len(rows) != 1 || len(rows[0]) != 1) {
		err = errors.New("it does not give one text")
	}
	if err != nil {
		return "", e.explain(name, e.spill, err)
	}
	return rows[0][0], nil
}

func (e *Engine) exec(ctx context.Context, what, query string) error {
	if err := e.session.run(ctx, query, nil); err != nil {
		return e.explain(what, e.spill, err)
	}
	return nil
}

func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

var plain = regexp.MustCompile(`^[a-z_][a-z0-9_]*$`)

// ident quotes a name that is not plain lower case; names come from contracts and headers, which allow nothing else.
func ident(s string) string {
	if plain.MatchString(s) {
		return s
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}

func stripComments(sql string) string {
	var out []string
	for _, line := range strings.Split(sql, "\n") {
		if !strings.HasPrefix(strings.TrimSpace(line), "--") {
			out = append(out, line)
		}
	}
	return strings.TrimSuffix(strings.TrimSpace(strings.Join(out, "\n")), ";")
}

// LibraryVersion is the version of the DuckDB that is linked in.
func LibraryVersion() string { return mapping.LibraryVersion() }
