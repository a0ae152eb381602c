package pipeline

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"stapel/pipeline/columnar"
	"stapel/pipeline/control"
	"stapel/reports/nl"
	"stapel/transforms"
)

// check counts violations: of every materialised model's grain, and of the models in checks. A failed check of severity
// fout stops publication.
func (x *execution) check(ctx context.Context) error {
	x.opt.Progress.Stage("controleren", int64(len(x.models)))
	defer x.opt.Progress.Done()
	for _, m := range x.models {
		var result control.CheckResult
		var err error
		start := time.Now()
		switch {
		case m.Layer == transforms.Checks:
			result, err = x.checkModel(ctx, m)
		case m.View:
			x.opt.Progress.Add(1)
			continue
		default:
			result, err = x.checkGrain(ctx, m)
		}
		if err != nil {
			return fmt.Errorf("check %s: %w", m.Name, err)
		}
		slog.Debug("check", "name", result.Name, "violations", result.Violations, "seconds", time.Since(start).Seconds())
		x.opt.Progress.Add(1)
		if err := x.record(result); err != nil {
			return err
		}
	}
	if err := x.checkFinite(ctx); err != nil {
		return err
	}
	if err := x.checkDays(ctx); err != nil {
		return err
	}
	var err error
	if x.result.Households, err = x.engine.Count(ctx, "ranglijst", "select count(*) from ranglijst"); err != nil {
		return err
	}
	if len(x.result.Failed) > 0 {
		return &Error{Code: ChecksFailed, Err: errors.New("checks failed, nothing was published: " + strings.Join(x.result.Failed, "; ")),
			Remedy: "the run before this one stays the latest; look at the extracts and the configuration that the check names"}
	}
	return nil
}

// record keeps what a check found.
func (x *execution) record(result control.CheckResult) error {
	x.manifest.Checks = append(x.manifest.Checks, result)
	x.result.Checks++
	said := strings.Join(append([]string{result.Sentence}, result.Details...), "; ")
	if !result.OK && result.Severity == "fout" {
		x.result.Failed = append(x.result.Failed, said)
	}
	if result.Severity == "waarschuwing" && result.Violations > 0 {
		x.result.Warnings = append(x.result.Warnings, said)
	}
	return x.journal.add(entry{Event: "controle", Name: result.Name, Rows: result.Violations, Detail: result.Sentence})
}

// rows counts the rows of a table once: several checks look at one table, and a view is computed for it.
func (x *execution) rows(ctx context.Context, name string) (int64, error) {
	if n, ok := x.counted[name]; ok {
		return n, nil
	}
	n, err := x.engine.Count(ctx, name, "select count(*) from "+name)
	if err == nil {
		x.counted[name] = n
	}
	return n, err
}

// checkFinite checks that no share or other number of a mart is infinite or no number: a division by nothing is empty.
func (x *execution) checkFinite(ctx context.Context) error {
	return x.checkValues(ctx, "eindig", []transforms.ColumnType{transforms.Aandeel, transforms.Getal},
		func(column string) string { return column + " - " + column + " <> 0" }, // infinity less infinity is no number, and that is not 0
		"hebben een aandeel dat geen getal is", "a figure that cannot be computed is empty, not infinite")
}

// Days that a mart may hold (rules 65): other programs read no others, and nobody here lived before or will after.
const firstDay, lastDay = "1900-01-01", "2200-01-01"

// checkDays checks that no mart holds a day that can't be.
func (x *execution) checkDays(ctx context.Context) error {
	return x.checkValues(ctx, "dagen", []transforms.ColumnType{transforms.Datum, transforms.Maand},
		func(column string) string {
			return fmt.Sprintf("%[1]s < date '%[2]s' or %[1]s > date '%[3]s'", column, firstDay, lastDay)
		},
		fmt.Sprintf("hebben een dag voor %s of na %s", firstDay, lastDay), "such a day is a sign for something else, and other programs can't read it")
}

// checkValues checks of every mart the columns of some types: bad is true of a value that may not be there, what says so in Dutch.
func (x *execution) checkValues(ctx context.Context, name string, types []transforms.ColumnType, bad func(column string) string, what, reason string) error {
	for _, m := range x.models {
		var found []string
		for _, c := range m.Columns {
			if m.Published() && slices.Contains(types, c.Type) {
				found = append(found, bad(c.Name))
			}
		}
		if len(found) == 0 {
			continue
		}
		name := name + "_" + m.Name
		n, err := x.engine.Count(ctx, name, "select count(*) from "+m.Name+" where "+strings.Join(found, " or "))
		if err != nil {
			return fmt.Errorf("check %s: %w", m.Name, err)
		}
		d, err := x.rows(ctx, m.Name)
		if err != nil {
			return fmt.Errorf("check %s: %w", m.Name, err)
		}
		if err := x.record(control.CheckResult{Name: name, Severity: "fout", Violations: n, Denominator: d, OK: n == 0,
			Sentence: fmt.Sprintf("%d van %d rijen van %s %s", n, d, m.Name, what), Reason: reason}); err != nil {
			return err
		}
	}
	return nil
}

func (x *execution) checkModel(ctx context.Context, m *transforms.Model) (control.CheckResult, error) {
	n, err := x.engine.Count(ctx, m.Name, "select count(*) from ("+m.SQL+") as schending")
	if err != nil {
		return control.CheckResult{}, err
	}
	d, err := x.rows(ctx, m.Check.Denominator)
	if err != nil {
		return control.CheckResult{}, err
	}
	sentence := strings.NewReplacer("{n}", fmt.Sprint(n), "{d}", fmt.Sprint(d)).Replace(m.Check.Sentence)
	result := control.CheckResult{Name: m.Name, Severity: m.Check.Severity, Violations: n, Denominator: d, Threshold: m.Check.Threshold,
		OK: n <= m.Check.Threshold, Sentence: sentence, Reason: m.Check.Reason}
	switch {
	case n > 0 && m.Check.Detail != "":
		result.Details, err = x.details(ctx, m)
	case !result.OK && slices.Contains(m.Reads, transforms.SignalUnion):
		result.Details, err = x.ownSignalsIn(ctx, m)
	}
	return result, err
}

// ownSignalsIn tells how many violations of a check on all signals own models give: the check counts again over theirs alone.
func (x *execution) ownSignalsIn(ctx context.Context, m *transforms.Model) (said []string, err error) {
	for _, own := range x.models {
		if !own.Own {
			continue
		}
		n, err := x.engine.Count(ctx, m.Name, fmt.Sprintf("with %s as (select * from %s) select count(*) from (%s) as schending",
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
func (x *execution) details(ctx context.Context, m *transforms.Model) ([]string, error) {
	file := filepath.Join(x.staged, "work", "controle_"+m.Name+".parquet")
	if _, err := x.engine.Write(ctx, m.Name, m.SQL, m.Grain, file); err != nil {
		return nil, err
	}
	var names []string
	for _, c := range m.Columns {
		names = append(names, c.Name)
	}
	rows, err := columnar.Read(ctx, file, names...)
	if err != nil {
		return nil, err
	}
	var out []string
	for i := range min(rows.Rows, maxDetails) {
		var words []string
		for _, c := range m.Columns {
			words = append(words, "{"+c.Name+"}", word(c.Type, rows.Vector(c.Name), i))
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
		return strings.Replace(strconv.FormatFloat(v.Floats[i], 'f', 1, 64), ".", ",", 1)
	case v.Days != nil:
		return date(v.Days[i]).Format(time.DateOnly)
	case v.Flags != nil:
		return map[bool]string{true: "ja", false: "nee"}[v.Flags[i]]
	default:
		return v.Texts[i]
	}
}

// checkGrain checks that the columns of a model's grain identify its rows.
func (x *execution) checkGrain(ctx context.Context, m *transforms.Model) (control.CheckResult, error) {
	grain := strings.Join(m.Grain, ", ")
	n, err := x.engine.Count(ctx, "sleutel_"+m.Name, fmt.Sprintf("select count(*) from (select %s from %s group by %s having count(*) > 1) as dubbel",
		grain, m.Name, grain))
	if err != nil {
		return control.CheckResult{}, err
	}
	d, err := x.rows(ctx, m.Name)
	if err != nil {
		return control.CheckResult{}, err
	}
	return control.CheckResult{Name: "sleutel_" + m.Name, Severity: "fout", Violations: n, Denominator: d, OK: n == 0,
		Sentence: fmt.Sprintf("%d sleutels (%s) komen vaker voor in %s (%d rijen)", n, grain, m.Name, d),
		Reason:   "a table without a unique key has no total order, and a rerun could differ"}, nil
}
