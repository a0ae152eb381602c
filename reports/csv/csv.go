// Package csv writes every CSV file that the program gives people: they open without a wizard in a Dutch Excel and are read without
// guessing by R and Power BI: semicolons, UTF-8 with a byte order mark, decimal commas, dates as JJJJ-MM-DD, and no text that a
// spreadsheet would run. Extracts are inputs and are written elsewhere, by what makes them up: there a cell has to be what it is.
package csv

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"stapel/config"
	"stapel/reports/nl"
	"stapel/reports/table"
)

// Write writes the header and all rows of t; after the columns, for each that holds codes, <column>_naam with what people call them. Amounts become euros with two decimals, without thousands separators. A table without a level
// is not written.
func Write(ctx context.Context, w io.Writer, t table.Table) error {
	if !t.Level.Known() {
		return fmt.Errorf("tabel %s heeft geen niveau", t.Name)
	}
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	out := csv.NewWriter(w)
	out.Comma, out.UseCRLF = ';', true
	// The words for codes stand after all columns, so that those keep their places.
	record := make([]string, len(t.Columns))
	var coded []int
	for i, c := range t.Columns {
		if record[i] = c.Export(); c.Words != nil {
			coded = append(coded, i)
		}
	}
	for _, i := range coded {
		record = append(record, record[i]+"_naam")
	}
	if err := out.Write(record); err != nil {
		return err
	}
	err := t.Each(ctx, func(cells []any) error {
		for i, c := range t.Columns {
			if c.IsUnknown(cells[i]) {
				record[i] = table.UnknownWord
				continue
			}
			if c.Withheld && cells[i] == nil {
				record[i] = table.WithheldWord
				continue
			}
			s, err := format(c.Kind, cells[i])
			if err != nil {
				return fmt.Errorf("tabel %s, kolom %s: %w", t.Name, c.Name, err)
			}
			record[i] = s
		}
		for k, i := range coded {
			record[len(t.Columns)+k] = record[i]
			if code, ok := cells[i].(string); ok && record[i] != table.UnknownWord {
				record[len(t.Columns)+k] = Safe(t.Columns[i].Words(code))
			}
		}
		return out.Write(record)
	})
	if err != nil {
		return err
	}
	out.Flush()
	return out.Error()
}

func format(kind table.Kind, cell any) (string, error) {
	if cell == nil {
		return "", nil
	}
	switch v := cell.(type) {
	case string:
		return Safe(v), nil
	case int64:
		if kind == table.Euro {
			return nl.Cents(v), nil
		}
		return strconv.FormatInt(v, 10), nil
	case float64:
		return nl.Decimal(v), nil
	case time.Time:
		return v.Format(time.DateOnly), nil
	case bool:
		if v {
			return "ja", nil
		}
		return "nee", nil
	default:
		return "", fmt.Errorf("geen cel van type %T", cell)
	}
}

// Safe puts an apostrophe before text that a spreadsheet would run as a formula, and before text that would look as if it had one.
func Safe(s string) string {
	if config.StartsFormula(strings.TrimLeft(s, "'")) {
		return "'" + s
	}
	return s
}

// Plain undoes Safe: what a cell held before it was written.
func Plain(s string) string {
	if rest, ok := strings.CutPrefix(s, "'"); ok && config.StartsFormula(strings.TrimLeft(rest, "'")) {
		return rest
	}
	return s
}
