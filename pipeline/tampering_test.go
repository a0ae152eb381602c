package pipeline_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"stapel/pipeline/engine"
	"stapel/transforms"
)

// A tamper changes a table that a check reads, or one further up: columns get other values, or rows are left out or come twice.
type tamper struct {
	table   string
	replace string // column expressions, as in select * replace (...)
	where   string // which rows stay
	twice   bool   // a row is there twice
	instead string // the whole table, where there may be no row to change
	also    string // more whole tables, as they stand after with
}

func (w tamper) query() string {
	if w.instead != "" {
		return w.instead
	}
	q := "select *"
	if w.replace != "" {
		q += " replace (" + w.replace + ")"
	}
	q += " from " + w.table
	if w.where != "" {
		q += " where " + w.where
	}
	if w.twice {
		q += " union all (select * from " + w.table + " limit 1)"
	}
	return q
}

// tampering is an engine that counts each check a second time for every change that has to set it off.
type tampering struct {
	engine.Engine
	t       *testing.T
	seen    map[string]int // changes that set a check off
	all     []*transforms.Model
	models  map[string]*transforms.Model
	queries map[string]string // what the models were computed with
}

func (e *tampering) View(ctx context.Context, name, query string) error {
	e.queries[name] = query
	return e.Engine.View(ctx, name, query)
}

func (e *tampering) Write(ctx context.Context, name, query string, orderBy []string, file string) (int64, error) {
	e.queries[name] = query
	return e.Engine.Write(ctx, name, query, orderBy, file)
}

// between are the models that are made of a table and that a check is made of, in the order in which they are computed. What is made of a model
// in Go or of the signals together stays as it is.
func (e *tampering) between(table, check string) (names []string) {
	of := map[string]bool{table: true}
	for _, m := range e.all {
		again := m.Func == nil && m.Layer != transforms.Signals
		of[m.Name] = of[m.Name] || again && slices.ContainsFunc(m.Reads, func(r string) bool { return of[r] })
	}
	in := map[string]bool{check: true}
	for _, m := range slices.Backward(e.all) {
		if in[m.Name] {
			for _, r := range m.Reads {
				in[r] = true
			}
		}
	}
	for _, m := range e.all {
		if of[m.Name] && in[m.Name] && m.Name != table && m.Name != check {
			names = append(names, m.Name)
		}
	}
	return names
}

func (e *tampering) Count(ctx context.Context, name, query string) (int64, error) {
	n, err := e.Engine.Count(ctx, name, query)
	list := tampers[name]
	if m := e.models[name]; m != nil && m.Layer != transforms.Checks || err != nil {
		list = nil // the denominator of a check may be called as one
	}
	if table, ok := strings.CutPrefix(name, "sleutel_"); ok {
		list = []tamper{{table: table, twice: true}}
		if rows, err := e.Engine.Count(ctx, table, "select count(*) from "+table); err != nil {
			return 0, err
		} else if rows == 0 { // nothing in the sample shows it: two empty rows are as good
			list = []tamper{{table: table, instead: fmt.Sprintf("select %s from range(2)", emptyRow(e.models[table]))}}
		}
	}
	if mart, ok := strings.CutPrefix(name, "eindig_"); ok {
		for _, c := range e.models[mart].Columns {
			if c.Type == transforms.Aandeel || c.Type == transforms.Getal {
				for _, value := range []string{"nan", "infinity", "-infinity"} {
					list = append(list, tamper{table: mart, replace: oneRow(c.Name, "cast('"+value+"' as double)", c.Name)})
				}
			}
		}
	}
	if mart, ok := strings.CutPrefix(name, "dagen_"); ok && e.models[mart] != nil {
		for _, c := range e.models[mart].Columns {
			for _, day := range []string{"1899-12-31", "2200-01-02"} {
				if c.Type == transforms.Datum || c.Type == transforms.Maand {
					list = append(list, tamper{table: mart, instead: fmt.Sprintf("select * replace (date '%s' as %s) from (select %s)", day, c.Name, emptyRow(e.models[mart]))})
				}
			}
		}
	}
	for _, w := range list {
		// the name of the table means the changed one inside the check, the real one inside the change
		view := "echt_" + w.table
		if _, err := e.Engine.Describe(ctx, view); err != nil {
			if err := e.Engine.View(ctx, view, "select * from "+w.table); err != nil {
				return 0, err
			}
		}
		changed := w
		changed.table = view
		also := ""
		if w.also != "" {
			also = ", " + w.also
		}
		if m := e.models[name]; m != nil && !slices.Contains(m.Reads, w.table) {
			for _, between := range e.between(w.table, name) {
				also += fmt.Sprintf(", %s as (%s)", between, e.queries[between])
			}
		}
		got, err := e.Engine.Count(ctx, name, fmt.Sprintf("with %s as (%s)%s %s", w.table, changed.query(), also, query))
		if err != nil {
			e.t.Errorf("check %s over %+v: %v", name, w, err)
		} else if got <= n {
			e.t.Errorf("check %s finds %d violations, and no more with %+v", name, n, w)
		} else {
			e.seen[name]++
		}
	}
	if m := e.models[name]; m != nil && m.Layer == transforms.Checks {
		for _, wrong := range mistakes[name] {
			if got, err := e.Engine.Count(ctx, name, wrong.planted(e.t, e.models)+query); err != nil {
				e.t.Errorf("check %s with %s instead of %s in %s: %v", name, wrong.is, wrong.was, wrong.model, err)
			} else if got <= n {
				e.t.Errorf("check %s finds %d violations, and no more with %s instead of %s in model %s", name, n, wrong.is, wrong.was, wrong.model)
			}
		}
	}
	return n, err
}

// Counts asks one by one, so that each is tampered with.
func (e *tampering) Counts(ctx context.Context, asks []engine.Ask, done func()) (numbers []int64, err error) {
	for _, a := range asks {
		n, err := e.Count(ctx, a.Name, a.Query)
		if err != nil {
			return nil, err
		}
		numbers = append(numbers, n)
		done()
	}
	return numbers, nil
}
