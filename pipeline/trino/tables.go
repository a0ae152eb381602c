package trino

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"stapel/pipeline/engine"
	"stapel/transforms"
)

// drop drops a table or view of the run's schema, if there is one.
func (e *Engine) drop(ctx context.Context, name string) error {
	t, ok := e.tables[name]
	if !ok {
		return nil
	}
	delete(e.tables, name)
	delete(e.written, name)
	return e.exec(ctx, name, "drop "+t.kind+" "+name)
}

// place is a folder of the run that is not there yet, for the files of a table.
func (e *Engine) place(name string) string {
	e.folders++
	return filepath.Join(e.dir, fmt.Sprintf("%s_%d", name, e.folders))
}

// folder makes one.
func (e *Engine) folder(name string) (string, error) {
	dir := e.place(name)
	return dir, os.Mkdir(dir, 0o700)
}

// external names the Parquet files of a folder of the run.
func (e *Engine) external(ctx context.Context, name, dir string, columns [][2]string) error {
	if err := e.drop(ctx, name); err != nil {
		return err
	}
	var cols []string
	for _, c := range columns {
		cols = append(cols, quoted(c[0])+" "+strings.ToLower(c[1]))
	}
	err := e.exec(ctx, name, fmt.Sprintf("create table %s (%s) with (format = 'PARQUET', external_location = '%s')", name, strings.Join(cols, ", "), e.location(dir)))
	if err == nil {
		e.tables[name] = table{"table", columns, dir}
	}
	return err
}

// location is a folder of the run as the catalog calls it.
func (e *Engine) location(dir string) string {
	return strings.TrimSuffix(e.opt.Location, "/") + "/" + e.schema + "/" + filepath.Base(dir)
}

// sqlColumns are columns as a CREATE TABLE has them.
func sqlColumns(columns []transforms.Column) (out [][2]string) {
	for _, c := range columns {
		out = append(out, [2]string{c.Name, c.Type.SQLType()})
	}
	return out
}

// Bind names the rows of Parquet files. Those of a file that Write was asked for are in Trino already; others are linked into a folder of the
// run, or copied when they lie on another file system.
func (e *Engine) Bind(ctx context.Context, name string, files []string, columns []transforms.Column) error {
	if from := e.computed(files); from != nil {
		if len(from) == 1 && from[0] == name {
			return e.narrow(name, columns)
		}
		var names, parts []string
		for _, c := range columns {
			names = append(names, quoted(c.Name))
		}
		for _, table := range from {
			parts = append(parts, "select "+strings.Join(names, ", ")+" from "+table)
		}
		return e.View(ctx, name, strings.Join(parts, " union all "))
	}
	dir, err := e.folder(name)
	if err != nil {
		return err
	}
	for i, file := range files {
		if err := link(file, filepath.Join(dir, fmt.Sprintf("%06d.parquet", i))); err != nil {
			return err
		}
	}
	if err := e.external(ctx, name, dir, sqlColumns(columns)); err != nil {
		return err
	}
	if len(files) > 0 {
		e.unseen = append(e.unseen, bound{name, files, columns})
	}
	return nil
}

// computed are the tables that have the rows of files; nil when Trino did not compute them.
func (e *Engine) computed(files []string) (tables []string) {
	for _, f := range files {
		t := e.handles[f]
		if t == "" {
			return nil
		}
		tables = append(tables, t)
	}
	return tables
}

// narrow makes of a table that was written one with just these columns in this order, as binding a file would: who reads it does so by their names.
func (e *Engine) narrow(name string, columns []transforms.Column) error {
	t := e.tables[name]
	var bound [][2]string
	for _, c := range columns {
		at := slices.IndexFunc(t.columns, func(have [2]string) bool { return have[0] == c.Name })
		if at < 0 {
			return engine.QueryError(fmt.Sprintf("bind %s: it gives no column %s", name, c.Name))
		}
		bound = append(bound, t.columns[at])
	}
	e.tables[name] = table{t.kind, bound, t.dir}
	return nil
}

// quoted is a name of a column, which may be a word of SQL.
func quoted(name string) string { return `"` + name + `"` }

// link gives a file a second name; a copy where the file system of the first can't do that.
func link(from, to string) error {
	if err := os.Link(from, to); err == nil || errors.Is(err, os.ErrNotExist) || errors.Is(err, os.ErrExist) {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}

// manyParts is how often a view may say union all and still be planned again by each that reads it. One over all kinds takes Trino seconds to plan, and
// stages by the hundred; it is computed once.
const manyParts = 12

// View names a SELECT without computing it, unless it is a union of many. Who reads it has to be let in to what it reads.
func (e *Engine) View(ctx context.Context, name, query string) error {
	if strings.Count(query, "union all") >= manyParts {
		_, err := e.insert(ctx, name, query)
		return err
	}
	if err := e.drop(ctx, name); err != nil {
		return err
	}
	err := e.exec(ctx, name, fmt.Sprintf("create view %s security invoker as %s", name, query))
	if err == nil {
		e.tables[name] = table{kind: "view"}
	}
	return err
}

// Describe returns the columns of a bound name or view, as name and SQL type.
func (e *Engine) Describe(ctx context.Context, name string) ([][2]string, error) {
	if t := e.tables[name]; t.columns != nil {
		return t.columns, nil
	}
	return e.describe(ctx, name, name)
}

// describe asks for the columns of what can stand after from. DESCRIBE takes four times as long.
func (e *Engine) describe(ctx context.Context, name, from string) ([][2]string, error) {
	columns, _, err := e.ask(ctx, name, "select * from "+from+" where false")
	return columns, err
}

// Write computes a SELECT on Trino. With an order the rows are then read, put in that order, and written to file by the engine in this process;
// without one nobody but Trino reads them, and there is no file.
func (e *Engine) Write(ctx context.Context, name, query string, orderBy []string, file string) (int64, error) {
	rows, err := e.insert(ctx, name, query)
	if err != nil {
		return 0, err
	}
	e.handles[file] = name
	if len(orderBy) == 0 {
		return rows, nil
	}
	return rows, e.sorted(ctx, name, rows, orderBy, file)
}

// insert computes a SELECT into a table of its own, and gives the number of its rows. The table is made first: one that is made of a SELECT without
// rows has no folder, and then can't be read.
func (e *Engine) insert(ctx context.Context, name, query string) (int64, error) {
	if err := e.compare(ctx); err != nil {
		return 0, err
	}
	columns, err := e.describe(ctx, name, "("+query+")")
	if err != nil {
		return 0, err
	}
	dir, err := e.folder(name)
	if err != nil {
		return 0, err
	}
	if err := e.external(ctx, name, dir, columns); err != nil {
		return 0, err
	}
	rows, err := e.number(ctx, name, fmt.Sprintf("insert into %s %s", name, query))
	if err == nil {
		e.written[name] = rows
	}
	return rows, err
}

// sorted puts the rows that Trino wrote in order, in a file.
func (e *Engine) sorted(ctx context.Context, name string, rows int64, orderBy []string, file string) error {
	if e.opt.SortRows > 0 && rows > e.opt.SortRows {
		if ok, err := e.take(ctx, name, rows, orderBy, file); ok || err != nil {
			return err
		}
	}
	files, err := filesIn(e.tables[name].dir)
	if err != nil {
		return err
	}
	columns, err := modelColumns(e.tables[name].columns)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err := e.duck.Bind(ctx, name, files, columns); err != nil {
		return err
	}
	n, err := e.duck.Write(ctx, name, "select * from "+name, orderBy, file)
	if err == nil && n != rows {
		return fmt.Errorf("%s: Trino wrote %d rows, and trino.shared_dir shows %d; is that folder the one at trino.location, and does every node see it?", name, rows, n)
	}
	return err
}

// modelColumns are columns that Trino described as the engine in this process binds them.
func modelColumns(columns [][2]string) (out []transforms.Column, err error) {
	types := map[string]transforms.ColumnType{}
	for _, t := range []transforms.ColumnType{transforms.Aantal, transforms.Getal, transforms.Datum, transforms.Vlag, transforms.Tekst} {
		types[t.SQLType()] = t
	}
	for _, c := range columns {
		t, ok := types[c[1]]
		if !ok {
			return nil, engine.QueryError(fmt.Sprintf("column %s is %s, which no model gives", c[0], c[1]))
		}
		out = append(out, transforms.Column{Name: c[0], Type: t})
	}
	return out, nil
}

// Count returns the one whole number that a query gives.
func (e *Engine) Count(ctx context.Context, name, query string) (int64, error) {
	if err := e.compare(ctx); err != nil {
		return 0, err
	}
	return e.number(ctx, name, query)
}

// number runs a statement that gives one whole number.
func (e *Engine) number(ctx context.Context, what, statement string) (int64, error) {
	rows, err := e.rows(ctx, what, statement)
	if err != nil {
		return 0, err
	}
	if len(rows) != 1 || len(rows[0]) != 1 {
		return 0, fmt.Errorf("%s: it does not give one number", what)
	}
	n, err := strconv.ParseInt(rows[0][0], 10, 64)
	if err != nil {
		return 0, fmt.Errorf("%s: it does not give one number", what)
	}
	return n, nil
}
