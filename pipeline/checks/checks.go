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

	"stapel/pipeline/columnar"
	"stapel/pipeline/control"
	"stapel/pipeline/ingest"
	"stapel/pipeline/models"
	"stapel/reports/nl"
	"stapel/transforms"
)

// checking looks at the tables of one run.
type checking struct {
	tables *models.Tables
	models []*transforms.Model
	record func(control.CheckResult) error
	rows   map[string]int64 // of tables that checks looked at
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

// count counts the rows of a table once: several checks look at one table, and a view is computed for it.
func (c *checking) count(ctx context.Context, name string) (int64, error) {
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

func (c *checking) checkModel(ctx context.Context, m *transforms.Model) (control.CheckResult, error) {
	n, err := c.tables.Engine.Count(ctx, m.Name, "select count(*) from ("+m.SQL+") as schending")
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
		n, err := c.tables.Engine.Count(ctx, m.Name, fmt.Sprintf("with %s as (select * from %s) select count(*) from (%s) as schending",
			transforms.SignalUnion, own.Name, m.SQL))
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
	rows, err := columnar.Read(ctx, file, names...)
	if err != nil {
		return nil, err
	}
	var out []string
	for i := range min(rows.Rows, maxDetails) {
		var words []string
		for _, col := range m.Columns {
			words = append(words, "{"+col.Name+"}", word(col.Type, rows.Vector(col.Name), i))
		}
		out = append(out, strings.NewReplacer(words...).Replace(m.Check.Detail))
	}
	return out, nil
}

// word is a value as a Dutch sentence has it.
func word(t transforms.ColumnType, v *transforms.Vector, i int) string {
	switch {
	case v.Empty(i):
		return "-"
	case t == transforms.Ct:
		return nl.Euro(v.Ints[i])
	case v.Ints != nil:
		return nl.Int(v.Ints[i])
	case v.Floats != nil:
		return nl.Number(v.Floats[i], 1)
	case v.Days != nil:
		return ingest.Dag(v.Days[i]).Time().Format(time.DateOnly)
	case v.Flags != nil:
		return map[bool]string{true: "ja", false: "nee"}[v.Flags[i]]
	default:
		return v.Texts[i]
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
