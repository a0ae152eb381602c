// Package table is the one description of a report table that the CSV and the spreadsheet writers share, so that both
// show the same columns, units and rows.
package table

import (
	"context"
	"errors"
	"strings"

	"stapel/transforms"
)

// Kind is what a column holds, and with it the Go type of its cells. A nil cell is empty in every kind.
type Kind int

// The kinds of column.
const (
	Text     Kind = iota // string
	Int                  // int64
	Euro                 // int64 eurocents; the column's name ends in _ct
	Fraction             // float64, 0,123 is 12,3%
	Number               // float64
	Day                  // time.Time, a calendar day
	Flag                 // bool, shown as ja or nee
	Year                 // int64, a calendar year
)

// Column is one column of a table.
type Column struct {
	Name  string  // name in the mart
	Title string  // Dutch heading
	Kind  Kind    //
	Width float64 // spreadsheet width in characters; 0 takes the kind's own
	Sum   bool    // the spreadsheet adds it up
	State State   // whether its cells are known
	// Withheld says that an empty cell is one that may not be shown: files have the word for that.
	Withheld bool
	// Words are what people call a code, or a list of codes, of the column; nil: it holds none. A spreadsheet has the words, a file that a
	// program reads has them in a column of their own.
	Words func(string) string
}

// State is whether the cells of a column are known in a run. What is unknown is neither zero nor empty: files have the word.
type State int

// The states of a column.
const (
	Known       State = iota
	ZeroUnknown       // something that would add to it is missing: a zero is unknown
	Unknown           // nothing in it is known
)

// UnknownWord stands in a cell that is unknown.
const UnknownWord = "onbekend"

// WithheldWord stands in a cell that may not be shown, or WithheldMark where there is room for a mark alone.
const (
	WithheldWord = "minder dan 10 of niet te tonen"
	WithheldMark = "–"
)

// Calc is a cell that a spreadsheet works out again: what was stored, and the formula that has to give it.
type Calc struct {
	Value   any
	Formula string // without the sign before it
}

// Stored is the value of a cell, with or without a formula.
func Stored(cell any) any {
	if c, ok := cell.(Calc); ok {
		return c.Value
	}
	return cell
}

// IsUnknown says whether a cell of the column is unknown.
func (c Column) IsUnknown(cell any) bool {
	return c.State == Unknown || c.State == ZeroUnknown && IsZero(cell)
}

// IsZero says whether a value shows nothing: zero, no, or an empty text. Nothing at all is no zero.
func IsZero(value any) bool {
	switch v := value.(type) {
	case int64:
		return v == 0
	case *int64:
		return v != nil && *v == 0
	case float64:
		return v == 0
	case bool:
		return !v
	case string:
		return v == ""
	}
	return false
}

// Export is the column's name in a file in euros: _ct becomes _eur.
func (c Column) Export() string {
	if base, ok := strings.CutSuffix(c.Name, "_ct"); ok && c.Kind == Euro {
		return base + "_eur"
	}
	return c.Name
}

// Named are columns of one kind, by their names with blanks between.
func Named(kind Kind, names string) []Column {
	var out []Column
	for name := range strings.FieldsSeq(names) {
		out = append(out, Column{Name: name, Kind: kind})
	}
	return out
}

// Table is a table with its rows as a stream.
type Table struct {
	Name    string           // file name without extension: ranglijst
	Title   string           // sheet name: Ranglijst
	Level   transforms.Level // of a table that becomes a file of its own
	Note    string           // what the table shows, and what was left out
	Columns []Column
	// Each calls fn for every row in order, with a cell per column; fn may not keep the slice.
	Each func(ctx context.Context, fn func([]any) error) error
}

// Slice is an Each over rows in memory.
func Slice[T any](rows []T, cells func(T) []any) func(context.Context, func([]any) error) error {
	return func(ctx context.Context, fn func([]any) error) error {
		for _, row := range rows {
			if err := ctx.Err(); err != nil {
				return err
			}
			if err := fn(cells(row)); err != nil {
				return err
			}
		}
		return nil
	}
}

// First is an Each that stops after so many rows.
func First(each func(context.Context, func([]any) error) error, n int) func(context.Context, func([]any) error) error {
	return func(ctx context.Context, fn func([]any) error) error {
		enough := errors.New("enough")
		left := n
		err := each(ctx, func(cells []any) error {
			if left--; left < 0 {
				return enough
			}
			return fn(cells)
		})
		if errors.Is(err, enough) {
			return nil
		}
		return err
	}
}

// Opt is the value behind p, or an empty cell.
func Opt[T any](p *T) any {
	if p == nil {
		return nil
	}
	return *p
}
