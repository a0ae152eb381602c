// Package checks counts what may not be in the tables of a run: keys that are not unique, shares that are no number, days that cannot be, and
// the violations that the models of layer checks list. Each result is a sentence.
package checks

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stapel/pipeline/control"
	"stapel/pipeline/ingest"
	"stapel/pipeline/models"
	"stapel/reports/nl"
	"stapel/transforms"
	"stapel/transforms/typed"
)

// The queries that stand in Go here say the same of every table: a key that is there twice, a share that is no number, a day that can't
// be. They are made of headers, about the columns of a grain or of a type; as models they would be one for every table.

// checking looks at the tables of one run.
type checking struct {
	tables *models.Tables
	models []*transforms.Model
	record func(control.CheckResult) error
	rows   map[string]int64 // of views and inputs that checks looked at
}

// All does every check there is on the computed models, in order: of each table its key, each model of layer checks, and what holds for every
// mart. done hears of every model, record of every result, also of checks that fail.
func All(ctx context.Context, tables *models.Tables, list []*transforms.Model, done func(), record func(control.CheckResult) error) error {
	c := &checking{tables: tables, models: list, record: record, rows: map[string]int64{}}
	for _, m := range list {
		if err := c.check(ctx, m); err != nil {
			return fmt.Errorf("check %s: %w", m.Name, err)
		}
		done()
	}
	if err := c.checkFinite(ctx); err != nil {
		return err
	}
	return c.checkDays(ctx)
}

func (c *checking) check(ctx context.Context, m *transforms.Model) (err error) {
	var result control.CheckResult
	start := time.Now()
	switch {
	case m.Layer == transforms.Checks:
		result, err = c.checkModel(ctx, m)
	case m.View:
		return nil
	default:
		result, err = c.checkGrain(ctx, m)
	}
	if err != nil {
		return err
	}
	slog.Debug("check", "name", result.Name, "violations", result.Violations, "seconds", time.Since(start).Seconds())
	return c.record(result)
}

// count is the number of rows of a table: as it was written, or else counted once, for several checks look at one and a view is computed for it.
func (c *checking) count(ctx context.Context, name string) (int64, error) {
	if n, ok := c.tables.Rows(name); ok {
		return n, nil
	}
	if n, ok := c.rows[name]; ok {
		return n, nil
	}
	n, err := c.tables.Engine.Count(ctx, name, "select count(*) from "+name)
	if err == nil {
		c.rows[name] = n
	}
	return n, err
}

// checkFinite checks that no share or other number of a mart is infinite or no number: a division by nothing is empty.
func (c *checking) checkFinite(ctx context.Context) error {
	return c.checkValues(ctx, "eindig", []transforms.ColumnType{transforms.Aandeel, transforms.Getal},
		func(column string) string { return column + " - " + column + " <> 0" }, // infinity less infinity is no number, and that is not 0
		"hebben een aandeel dat geen getal is", "a figure that cannot be computed is empty, not infinite")
}

// Days that a mart may hold (rules 65): other programs read no others, and nobody here lived before or will after.
const firstDay, lastDay = "1900-01-01", "2200-01-01"

// checkDays checks that no mart holds a day that can't be.
func (c *checking) checkDays(ctx context.Context) error {
	return c.checkValues(ctx, "dagen", []transforms.ColumnType{transforms.Datum, transforms.Maand},
		func(column string) string {
			return fmt.Sprintf("%[1]s < date '%[2]s' or %[1]s > date '%[3]s'", column, firstDay, lastDay)
		},
		fmt.Sprintf("hebben een dag voor %s of na %s", firstDay, lastDay), "such a day is a sign for something else, and other programs can't read it")
}

// checkValues checks of every mart the columns of some types: bad is true of a value that may not be there, what says so in Dutch.
func (c *checking) checkValues(ctx context.Context, name string, types []transforms.ColumnType, bad func(column string) string, what, reason string) error {
	for _, m := range c.models {
		var found []string
		for _, col := range m.Columns {
			if m.Published() && slices.Contains(types, col.Type) {
				found = append(found, bad(col.Name))
			}
		}
		if len(found) == 0 {
			continue
		}
		name := name + "_" + m.Name
		n, err := c.tables.Engine.Count(ctx, name, "select count(*) from "+m.Name+" where "+strings.Join(found, " or "))
		if err != nil {
			return fmt.Errorf("check %s: %w", m.Name, err)
		}
		d, err := c.count(ctx, m.Name)
		if err != nil {
			return fmt.Errorf("check %s: %w", m.Name, err)
		}
		if err := c.record(control.CheckResult{Name: name, Severity: "fout", Violations: n, Denominator: d, OK: n == 0,
			Sentence: fmt.Sprintf("%d van %d rijen van %s %s", n, d, m.Name, what), Reason: reason}); err != nil {
			return err
		}
	}
	return nil
}

// CountOf counts the rows of a model: all that is asked of one whose rows are violations.
func CountOf(m *transforms.Model) string { return "select count(*) from (" + m.SQL + ") as schending" }

func (c *checking) checkModel(ctx context.Context, m *transforms.Model) (control.CheckResult, error) {
	n, err := c.tables.Engine.Count(ctx, m.Name, CountOf(m))
	if err != nil {
		return control.CheckResult{}, err
	}
	d, err := c.count(ctx, m.Check.Denominator)
	if err != nil {
		return control.CheckResult{}, err
	}
	sentence := strings.NewReplacer("{n}", fmt.Sprint(n), "{d}", fmt.Sprint(d)).Replace(m.Check.Sentence)
	result := control.CheckResult{Name: m.Name, Severity: m.Check.Severity, Violations: n, Denominator: d, Threshold: m.Check.Threshold,
		OK: n <= m.Check.Threshold, Sentence: sentence, Reason: m.Check.Reason}
	switch {
	case n > 0 && m.Check.Detail != "":
		result.Details, err = c.details(ctx, m)
	case !result.OK && slices.Contains(m.Reads, transforms.SignalUnion):
		result.Details, err = c.ownSignalsIn(ctx, m)
	}
	return result, err
}

// ownSignalsIn tells how many violations of a check on all signals own models give: the check counts again over theirs alone.
func (c *checking) ownSignalsIn(ctx context.Context, m *transforms.Model) (said []string, err error) {
	for _, own := range c.models {
		if !own.Own {
			continue
		}
		n, err := c.tables.Engine.Count(ctx, m.Name, fmt.Sprintf("with %s as (select * from %s) %s", transforms.SignalUnion, own.Name, CountOf(m)))
		if err != nil {
			return nil, err
		}
		if n > 0 {
			said = append(said, fmt.Sprintf("%s geeft er %d", own.File, n))
		}
	}
	return said, nil
}

// maxDetails is how many violations a check describes one by one; the sentence has their number.
const maxDetails = 10

// details describes the first violations of a check, in the order of its grain.
func (c *checking) details(ctx context.Context, m *transforms.Model) ([]string, error) {
	file := filepath.Join(c.tables.Work, "controle_"+m.Name+".parquet")
	if _, err := c.tables.Engine.Write(ctx, m.Name, m.SQL, m.Grain, file); err != nil {
		return nil, err
	}
	var names []string
	for _, col := range m.Columns {
		names = append(names, col.Name)
	}
	var out []string
	for row, err := range typed.Values(ctx, file, names...) {
		if err != nil {
			return nil, err
		}
		if len(out) == maxDetails {
			break
		}
		var words []string
		for i, col := range m.Columns {
			words = append(words, "{"+col.Name+"}", word(col.Type, row[i]))
		}
		out = append(out, strings.NewReplacer(words...).Replace(m.Check.Detail))
	}
	return out, nil
}

// word is a value as a Dutch sentence has it.
func word(t transforms.ColumnType, value any) string {
	switch v := value.(type) {
	case int64:
		if t == transforms.Ct {
			return nl.Euro(v)
		}
		return nl.Int(v)
	case float64:
		return nl.Number(v, 1)
	case int32:
		return ingest.Day(v).Time().Format(time.DateOnly)
	case bool:
		return map[bool]string{true: "ja", false: "nee"}[v]
	case string:
		return v
	default:
		return "-"
	}
}

// checkGrain checks that the columns of a model's grain identify its rows.
func (c *checking) checkGrain(ctx context.Context, m *transforms.Model) (control.CheckResult, error) {
	grain := strings.Join(m.Grain, ", ")
	n, err := c.tables.Engine.Count(ctx, "sleutel_"+m.Name, fmt.Sprintf("select count(*) from (select %s from %s group by %s having count(*) > 1) as dubbel",
		grain, m.Name, grain))
	if err != nil {
		return control.CheckResult{}, err
	}
	d, err := c.count(ctx, m.Name)
	if err != nil {
		return control.CheckResult{}, err
	}
	return control.CheckResult{Name: "sleutel_" + m.Name, Severity: "fout", Violations: n, Denominator: d, OK: n == 0,
		Sentence: fmt.Sprintf("%d sleutels (%s) komen vaker voor in %s (%d rijen)", n, grain, m.Name, d),
		Reason:   "a table without a unique key has no total order, and a rerun could differ"}, nil
}
