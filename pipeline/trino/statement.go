package trino

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"strings"
	"time"
)

// path is a header of every statement: the functions of the run's schema are found without its name.
func (e *Engine) path() any { return sql.Named("X-Trino-Path", e.qualified(e.schema)) }

// exec runs a statement that gives nothing.
func (e *Engine) exec(ctx context.Context, what, statement string) error {
	_, err := e.rows(ctx, what, statement)
	return err
}

// rows runs a statement and gives its rows, none of whose values is empty, as text. Statements that give many rows are not for here.
func (e *Engine) rows(ctx context.Context, what, statement string) ([][]string, error) {
	_, rows, err := e.ask(ctx, what, statement)
	return rows, err
}

// ask runs a statement and gives the names and types of its columns, and its rows. It is a query for the driver, also when it gives nothing: what
// is only executed goes on in Trino when ctx is done.
func (e *Engine) ask(ctx context.Context, what, statement string) (columns [][2]string, rows [][]string, err error) {
	start := time.Now()
	columns, rows, err = e.raw(ctx, statement)
	slog.Debug("trino", "what", what, "seconds", time.Since(start).Seconds())
	return columns, rows, explain(ctx, what, err)
}

// raw does so, and leaves errors as the driver gives them.
func (e *Engine) raw(ctx context.Context, statement string) (columns [][2]string, rows [][]string, err error) {
	r, err := e.db.QueryContext(ctx, statement, e.path())
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	types, err := r.ColumnTypes()
	if err != nil {
		return nil, nil, err
	}
	for _, t := range types {
		columns = append(columns, [2]string{t.Name(), plainType(t.DatabaseTypeName())})
	}
	values, into := make([]sql.NullString, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for r.Next() {
		if err := r.Scan(into...); err != nil {
			return nil, nil, err
		}
		row := make([]string, len(values))
		for i, v := range values {
			if row[i] = v.String; !v.Valid {
				return nil, nil, fmt.Errorf("a value is empty")
			}
		}
		rows = append(rows, row)
	}
	return columns, rows, r.Err()
}

// plainType is a type as models know it: how long a text may be is none of theirs.
func plainType(name string) string {
	name = strings.ToUpper(name)
	if base, _, ok := strings.Cut(name, "("); ok && (base == "VARCHAR" || base == "CHAR") {
		return base
	}
	return name
}
