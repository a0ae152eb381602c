// Package engine says what a run needs of an engine. Package duckdb has the one in use; a model knows nothing of it.
package engine

import (
	"context"
	"errors"

	"stapel/transforms"
)

// Engine gives names to Parquet files, and writes SELECTs to Parquet files.
type Engine interface {
	// Bind names the rows of Parquet files; without files an empty table of those columns.
	Bind(ctx context.Context, name string, files []string, columns []transforms.Column) error
	// Tables lists what a SELECT reads, as the engine reads it: tables by name, files, table functions as name().
	Tables(ctx context.Context, query string) ([]string, error)
	// View names a SELECT.
	View(ctx context.Context, name, query string) error
	// Write computes a SELECT into a new Parquet file in the order given and returns its number of rows.
	Write(ctx context.Context, name, query string, orderBy []string, file string) (int64, error)
	// Describe returns the names and SQL types of a bound name or view.
	Describe(ctx context.Context, name string) ([][2]string, error)
	// Count returns the one whole number that a query gives.
	Count(ctx context.Context, name, query string) (int64, error)
	// Counts returns what Count gives of each, in their order; done hears of each. An engine to which a statement is a journey asks more at once.
	Counts(ctx context.Context, asks []Ask, done func()) ([]int64, error)
	// Writer names, with its version, what wrote the bytes of a file that Write was asked for: files of different writers may hold the same rows.
	Writer(file string) string
	// Version names the engine and its version.
	Version() string
	Close() error
}

// An Ask is a query that gives one whole number, and the name of what it is about.
type Ask struct{ Name, Query string }

// A QueryError is the message of an error that lies in a SELECT, not in the machine or the files.
type QueryError string

func (e QueryError) Error() string { return string(e) }

// InQuery is true of a QueryError and what wraps one.
func InQuery(err error) bool {
	var q QueryError
	return errors.As(err, &q)
}

// Open opens an engine that may read and write in the folders dirs and no others; spill is where it may put what does not
// fit in memory.
type Open func(ctx context.Context, dirs []string, spill string) (Engine, error)

// Wrap opens engines as open does, each within another that wrap makes of it.
func Wrap(open Open, wrap func(Engine) Engine) Open {
	return func(ctx context.Context, dirs []string, spill string) (Engine, error) {
		e, err := open(ctx, dirs, spill)
		if err != nil {
			return nil, err
		}
		return wrap(e), nil
	}
}
