// Package checks counts what may not be in the tables of a run: keys that are not unique, shares that are no number, days that cannot be, and
// the violations that the models of layer checks list. Each result is a sentence.
package checks

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stapel/pipeline/control"
	"stapel/pipeline/engine"
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
}

// A check is one that is to be counted. of is the table whose rows are looked at.
type check struct {
	model *transforms.Model // of layer checks; nil of a check that is made of headers
	ask   models.Ask
	of    string
	// said says what violations n among rows d mean.
	said func(n, d int64) control.CheckResult
}

// All does every check there is on the computed models, in order: of each table its key, each model of layer checks, and what holds for every
// mart. done hears of every count that was made, record of every result, also of checks that fail.
func All(ctx context.Context, tables *models.Tables, list []*transforms.Model, begin func(counts int), done func(), record func(control.CheckResult) error) error {
	c := &checking{tables: tables, models: list}
	todo := c.list()
	counts, rows, err := c.count(ctx, todo, begin, done)
	if err != nil {
		return err
	}
	for i, k := range todo {
		result := k.said(counts[i], rows[k.of])
		if k.model != nil {
			if result.Details, err = c.more(ctx, k.model, result); err != nil {
				return fmt.Errorf("check %s: %w", k.model.Name, err)
			}
		}
		if err := record(result); err != nil {
			return err
		}
	}
	return nil
}

// list is every check, in order.
func (c *checking) list() (out []check) {
	for _, m := range c.models {
		switch {
		case m.Layer == transforms.Checks:
			out = append(out, check{m, models.Ask{Ask: engine.Ask{Name: m.Name, Query: CountOf(m)}, Reads: m.Reads}, m.Check.Denominator, func(n, d int64) control.CheckResult {
				return control.CheckResult{Name: m.Name, Severity: m.Check.Severity, Violations: n, Denominator: d, Threshold: m.Check.Threshold,
					OK: n <= m.Check.Threshold, Reason: m.Check.Reason,
					Sentence: strings.NewReplacer("{n}", fmt.Sprint(n), "{d}", fmt.Sprint(d)).Replace(m.Check.Sentence)}
			}})
		case !m.View:
			out = append(out, uniqueKey(m))
		}
	}
	return append(append(out, c.finite()...), c.days()...)
}

// count makes the counts of checks, and of the rows of what they look at where those were not written: a view is computed for it, and inputs
// are not.
func (c *checking) count(ctx context.Context, todo []check, begin func(int), done func()) (counts []int64, rows map[string]int64, err error) {
	rows = map[string]int64{}
	var asks []models.Ask
	for _, k := range todo {
		asks = append(asks, k.ask)
	}
	var unknown []string
	for _, k := range todo {
		if _, ok := rows[k.of]; ok {
			continue
		}
		n, ok := c.tables.Rows(k.of)
		if !ok {
			unknown, asks = append(unknown, k.of), append(asks, askOf(k.of, k.of, "select count(*) from "+k.of))
		}
		rows[k.of] = n
	}
	begin(len(asks))
	counts, err = c.tables.Counts(ctx, asks, done)
	if err != nil {
		return nil, nil, fmt.Errorf("check %w", err)
	}
	for i, name := range unknown {
		rows[name] = counts[len(todo)+i]
	}
	return counts, rows, nil
}

// askOf is a number asked of one table.
func askOf(name, table, query string) models.Ask {
	return models.Ask{Ask: engine.Ask{Name: name, Query: query}, Reads: []string{table}}
}

// finite checks that no share or other number of a mart is infinite or no number: a division by nothing is empty.
func (c *checking) finite() []check {
	return c.values("eindig", []transforms.ColumnType{transforms.Aandeel, transforms.Getal},
		func(column string) string { return column + " - " + column + " <> 0" }, // infinity less infinity is no number, and that is not 0
		"hebben een aandeel dat geen getal is", "a figure that cannot be computed is empty, not infinite")
}

// Days that a mart may hold (rules 65): other programs read no others, and nobody here lived before or will after.
const firstDay, lastDay = "1900-01-01", "2200-01-01"

// days checks that no mart holds a day that can't be.
func (c *checking) days() []check {
	return c.values("dagen", []transforms.ColumnType{transforms.Datum, transforms.Maand},
		func(column string) string {
			return fmt.Sprintf("%[1]s < date '%[2]s' or %[1]s > date '%[3]s'", column, firstDay, lastDay)
		},
		fmt.Sprintf("hebben een dag voor %s of na %s", firstDay, lastDay), "such a day is a sign for something else, and other programs can't read it")
}

// values checks of every mart the columns of some types: bad is true of a value that may not be there, what says so in Dutch.
func (c *checking) values(name string, types []transforms.ColumnType, bad func(column string) string, what, reason string) (out []check) {
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
		ask := askOf(name, m.Name, "select count(*) from "+m.Name+" where "+strings.Join(found, " or "))
		out = append(out, check{nil, ask, m.Name, func(n, d int64) control.CheckResult {
			return control.CheckResult{Name: name, Severity: "fout", Violations: n, Denominator: d, OK: n == 0,
				Sentence: fmt.Sprintf("%d van %d %s van %s %s", n, d, nl.Form(d, "rij", "rijen"), m.Name, what), Reason: reason}
		}})
	}
	return out
}

// CountOf counts the rows of a model: all that is asked of one whose rows are violations.
func CountOf(m *transforms.Model) string { return "select count(*) from (" + m.SQL + ") as schending" }

// more is what there is to say of a check that found violations beside how many.
func (c *checking) more(ctx context.Context, m *transforms.Model, result control.CheckResult) ([]string, error) {
	switch {
	case result.Violations > 0 && m.Check.Detail != "":
		return c.details(ctx, m)
	case !result.OK && slices.Contains(m.Reads, transforms.SignalUnion):
		return c.ownSignalsIn(ctx, m)
	}
	return nil, nil
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

// uniqueKey checks that the columns of a model's grain identify its rows.
func uniqueKey(m *transforms.Model) check {
	grain, name := strings.Join(m.Grain, ", "), "sleutel_"+m.Name
	query := fmt.Sprintf("select count(*) from (select %s from %s group by %s having count(*) > 1) as dubbel", grain, m.Name, grain)
	return check{nil, askOf(name, m.Name, query), m.Name, func(n, d int64) control.CheckResult {
		return control.CheckResult{Name: name, Severity: "fout", Violations: n, Denominator: d, OK: n == 0,
			Sentence: fmt.Sprintf("%d %s (%s) %s vaker voor in %s (%d %s)", n, nl.Form(n, "sleutel", "sleutels"), grain, nl.Form(n, "komt", "komen"), m.Name, d, nl.Form(d, "rij", "rijen")),
			Reason:   "a table without a unique key has no total order, and a rerun could differ"}
	}}
}
