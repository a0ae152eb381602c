package models

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stapel/pipeline/cache"
	"stapel/pipeline/engine"
	"stapel/transforms"
	"stapel/transforms/typed"
)

// Tables are the tables of one computation: what the models read, and what they gave.
type Tables struct {
	Engine engine.Engine
	Work   string   // folder for what is not published
	Marts  string   // folder for marts, which have ids as text; "": nothing is published, and there are none
	Sorted bool     // write every table in the order of its grain, not only those that are published or that Go reads
	Wanted []string // tables that Go reads when all are computed
	Keep   *Keep    // tables of earlier computations; nil: there are none, and none is kept

	files  map[string]string // of inputs and computed models
	rows   map[string]int64  // of computed models, as they were written
	sorted map[string]bool   // tables that Go reads
	memo   *typed.Memo       // what models in Go share, while there are any to come
}

func (t *Tables) keep(name, file string) {
	if t.files == nil {
		t.files = map[string]string{}
	}
	t.files[name] = file
}

// File is the file of an input or of a model that was computed; "" of a view. Of a model that Go does not read it may be at the engine only.
func (t *Tables) File(name string) string { return t.files[name] }

// Rows is the number of rows of a table that was computed; false of one that was not, such as a view.
func (t *Tables) Rows(name string) (int64, bool) {
	n, ok := t.rows[name]
	return n, ok
}

// Made is what became of a model.
type Made struct {
	*transforms.Model
	File string // "" of a view
	Rows int64  // -1 of a view
	Took time.Duration

	Sum    *cache.Table // hashes of its file, where tables are kept
	Reused bool         // it was not made again
	Why    []string     // why it was, when tables are kept
	Anew   []string     // the parts of it that were; nil: all
	Same   bool         // and came out as in the last run
}

// Compute computes models in the order in which they are given and holds each to its header. done hears of each that is made. All models of
// layer signals are one table, which is there once the last of them is; checks are not for here.
func (t *Tables) Compute(ctx context.Context, list []*transforms.Model, done func(Made) error) error {
	t.sorted = map[string]bool{}
	for _, name := range t.Wanted {
		t.sorted[name] = true
	}
	t.memo = &typed.Memo{}
	signals, last := 0, 0
	for k, m := range list {
		if m.Layer == transforms.Signals {
			signals++
		}
		if m.Func != nil { // what Go reads is in the order of its grain
			last = k
			for _, name := range m.Reads {
				t.sorted[name] = true
			}
		}
	}
	var signalFiles []string
	for k, m := range list {
		if k > last {
			t.memo = nil // nobody asks for it any more
		}
		start := time.Now()
		made, err := t.make(ctx, m)
		if err != nil {
			return faultOf(m, err)
		}
		made.Took = time.Since(start)
		if m.Layer == transforms.Signals {
			if signalFiles = append(signalFiles, made.File); len(signalFiles) == signals {
				if err := t.Engine.Bind(ctx, transforms.SignalUnion, signalFiles, m.Columns); err != nil {
					return err
				}
				t.Keep.knowUnion(list)
			}
		}
		if err := done(made); err != nil {
			return err
		}
	}
	return t.filled(ctx, list)
}

// make computes one model and checks that it is what its header says.
func (t *Tables) make(ctx context.Context, m *transforms.Model) (Made, error) {
	if m.View {
		if err := t.Engine.View(ctx, m.Name, m.SQL); err != nil {
			return Made{}, err
		}
		t.Keep.knowView(m)
		return Made{Model: m, Rows: -1}, t.conforms(ctx, m, m.Columns)
	}
	file := filepath.Join(t.Work, m.Name+".parquet")
	query, orderBy, columns := m.SQL, []string(nil), m.Columns
	start := time.Now()
	if m.Func != nil {
		query = "select * from " + resultName(m)
	}
	publish := m.Published() && t.Marts != ""
	if publish {
		file = filepath.Join(t.Marts, m.Name+".parquet")
		query, columns = published(m, query)
	}
	if publish || m.Func != nil || t.Sorted || t.Keep != nil || t.sorted[m.Name] { // rows in an order: the same rows are the same bytes
		orderBy = m.Grain
	}
	key := t.Keep.keyOf(m, query, orderBy, columns)
	parts := t.Keep.apart(m, key)
	if kept, ok := t.Keep.take(m, key, file, publish); ok {
		t.hold(m.Name, file, kept.Rows)
		slog.Debug("reused", "name", m.Name, "rows", kept.Rows, "seconds", time.Since(start).Seconds())
		return Made{Model: m, File: file, Rows: kept.Rows, Sum: kept, Reused: true}, t.Engine.Bind(ctx, m.Name, []string{file}, columns)
	}
	made := Made{Model: m, File: file}
	if m.Func != nil {
		if err := t.call(ctx, m); err != nil {
			return Made{}, err
		}
	}
	if parts != nil {
		part, anew, ok, err := t.inParts(ctx, m, parts, columns)
		if err != nil {
			return Made{}, err
		}
		if ok {
			query, made.Anew = part, anew
		}
	}
	rows, err := t.Engine.Write(ctx, m.Name, query, orderBy, file)
	if err != nil {
		return Made{}, err
	}
	t.hold(m.Name, file, rows)
	slog.Debug("model", "name", m.Name, "rows", rows, "seconds", time.Since(start).Seconds())
	if err := t.Engine.Bind(ctx, m.Name, []string{file}, columns); err != nil {
		return Made{}, bindFault(m, err)
	}
	made.Rows = rows
	if err := t.conforms(ctx, m, columns); err != nil {
		return Made{}, err
	}
	return made, t.Keep.put(&made, key, t.Engine.Writer(file), publish)
}

// hold notes where a table is that was computed.
func (t *Tables) hold(name, file string, rows int64) {
	t.keep(name, file)
	if t.rows == nil {
		t.rows = map[string]int64{}
	}
	t.rows[name] = rows
}

// resultName is the name under which the engine sees what a Go function gave.
func resultName(m *transforms.Model) string { return m.Name + "_van_go" }

// call computes a model in Go and binds what it gives, so that the engine writes it like any other.
func (t *Tables) call(ctx context.Context, m *transforms.Model) error {
	file := filepath.Join(t.Work, resultName(m)+".parquet")
	if err := m.Func.Run(ctx, func(table string) string { return t.files[table] }, file, typed.Beside{Notes: t.Keep.goNotes(), Memo: t.memo}); err != nil {
		return err
	}
	return t.Engine.Bind(ctx, resultName(m), []string{file}, m.Columns)
}

// MartColumns are the columns of a mart as it is published: keys are text.
func MartColumns(m *transforms.Model) []transforms.Column {
	_, columns := published(m, "")
	return columns
}

// BindMart names a mart as a run published it; with only, those of its columns.
func (t *Tables) BindMart(ctx context.Context, name string, m *transforms.Model, file string, only ...string) error {
	columns := MartColumns(m)
	if len(only) > 0 {
		columns = slices.DeleteFunc(columns, func(c transforms.Column) bool { return !slices.Contains(only, c.Name) })
	}
	return t.Engine.Bind(ctx, name, []string{file}, columns)
}

// published wraps a mart's query so that keys become text, in the outermost SELECT only.
func published(m *transforms.Model, inner string) (query string, columns []transforms.Column) {
	var list []string
	for _, c := range m.Columns {
		switch c.Type {
		case transforms.Huishouden:
			list = append(list, fmt.Sprintf("case when %[1]s is not null then id_tekst('h', %[1]s) end as %[1]s", c.Name))
			c.Type = transforms.Tekst
		case transforms.Persoon:
			list = append(list, fmt.Sprintf("case when %[1]s is not null then id_tekst('p', %[1]s) end as %[1]s", c.Name))
			c.Type = transforms.Tekst
		default:
			list = append(list, c.Name)
		}
		columns = append(columns, c)
	}
	return fmt.Sprintf("select %s from (%s) as m", strings.Join(list, ", "), inner), columns
}

// conforms compares what a model gave with its header: names, order and types. It is how a HUGEINT or a DOUBLE of money
// never reaches a file.
func (t *Tables) conforms(ctx context.Context, m *transforms.Model, want []transforms.Column) error {
	got, err := t.Engine.Describe(ctx, m.Name)
	if err != nil {
		return err
	}
	var wanted [][2]string
	for _, c := range want {
		wanted = append(wanted, [2]string{c.Name, c.Type.SQLType()})
	}
	switch what, cure := misfit(got, wanted); {
	case what == "":
		return nil
	case m.Own:
		return ownFault(m, what+": "+cure)
	default:
		return fmt.Errorf("%s, as its header says", what)
	}
}

// filled checks that no column of a mart is empty whose header does not say that it may be: who reads it takes an empty amount for 0.
func (t *Tables) filled(ctx context.Context, list []*transforms.Model) error {
	if t.Marts == "" {
		return nil
	}
	var marts []*transforms.Model
	var asks []Ask
	for _, m := range list {
		var counts []string
		for _, c := range m.Columns {
			if !c.Empty {
				counts = append(counts, "count(*) - count("+c.Name+")")
			}
		}
		if m.Published() && len(counts) > 0 {
			ask := engine.Ask{Name: m.Name, Query: "select " + strings.Join(counts, " + ") + " from " + m.Name}
			marts, asks = append(marts, m), append(asks, Ask{ask, []string{m.Name}})
		}
	}
	empty, err := t.Counts(ctx, asks, func() {})
	if err != nil {
		return err
	}
	for i, m := range marts {
		if empty[i] == 0 {
			continue
		}
		for _, c := range m.Columns {
			if c.Empty {
				continue
			}
			n, err := t.Engine.Count(ctx, m.Name, "select count(*) - count("+c.Name+") from "+m.Name)
			if err == nil && n > 0 {
				err = fmt.Errorf("column %s is empty in %d rows, and its header does not say that it may be (%s?)", c.Name, n, c.Type)
			}
			if err != nil {
				return faultOf(m, err)
			}
		}
	}
	return nil
}
