// Package modeltest computes models of a few rows and compares what they give with rows that were worked out by hand: rows in, rows out,
// on the engine in use. The cases stand next to the models, in transforms/testdata/cases. No program contains it.
package modeltest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"

	"stapel/config"
	"stapel/pipeline/engine"
	"stapel/pipeline/models"
	"stapel/pipeline/world"
	"stapel/transforms"
	"stapel/transforms/typed"
)

// File is what transforms/testdata/cases/<model>.yaml holds. A table is text: a line with names of columns, then a line for each row; see
// Table.
type File struct {
	Model    string                       `yaml:"-"`        // the name of the file
	Defaults map[string]map[string]string `yaml:"defaults"` // by table and column, the value where a row names none; without: empty
	Tables   map[string]string            `yaml:"tables"`   // what all cases read
	Cases    []Case                       `yaml:"cases"`
}

// Case is one computation. What the model reads and the case does not name is empty, but for what the configuration makes (see Bench).
type Case struct {
	Name   string            `yaml:"name"` // says which rule is shown
	Tables map[string]string `yaml:"tables"`
	Rows   string            `yaml:"rows"` // what has to come, in the order of the grain; columns that are not named are not compared
}

var ruleRE = regexp.MustCompile(`\b(?:rules|methods|decisions) \d`)

// Read reads a file of cases. Errors name the file.
func Read(file string) (*File, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	f := &File{Model: strings.TrimSuffix(filepath.Base(file), ".yaml")}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	if err := dec.Decode(f); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Base(file), err)
	}
	seen := map[string]bool{}
	for _, c := range f.Cases {
		if !ruleRE.MatchString(c.Name) || seen[c.Name] {
			return nil, fmt.Errorf("%s: %q: a case has a name of its own, which says which of the rules, methods or decisions it shows", filepath.Base(file), c.Name)
		}
		seen[c.Name] = true
	}
	return f, nil
}

// Bench is an engine on which every table that models read is there: those that the configuration and P make as a run has them, the rest
// without rows.
type Bench struct {
	engine   engine.Engine
	work     string
	models   map[string]*transforms.Model
	columns  map[string][]transforms.Column // of every table
	standard map[string]string              // by table, the view with the rows that it has when no case gives any
	first    time.Time                      // first month of kalender
	made     int
}

// ofConfig are the tables that the configuration and P make; the others are made of deliveries.
var ofConfig = []string{"parameter", "peil", "kalender", "boekjaar", "kind_feit", "kosten_kind", "prijs", "zvw_norm", "ingredient", "ingredient_dekking",
	"cocktail_lijst", "cocktail_ingredient", "code_ingredient", "effect_parameter", "effect_kalender", "effect_kind"}

// New makes a bench with a peildatum. work is a folder of its own.
func New(ctx context.Context, cfg *config.Config, e engine.Engine, work string, peil time.Time) (*Bench, error) {
	b := &Bench{engine: e, work: work, models: map[string]*transforms.Model{}, columns: map[string][]transforms.Column{}, standard: map[string]string{}}
	w := &world.World{Cfg: cfg, Peil: peil}
	b.first = w.WindowStart(2)
	for _, in := range w.Inputs() {
		b.columns[in.Name] = in.Columns
		if slices.Contains(ofConfig, in.Name) {
			file, view := filepath.Join(work, in.Name+".parquet"), "gewoon_"+in.Name
			if err := errors.Join(in.Write(file), e.Bind(ctx, view, []string{file}, in.Columns)); err != nil {
				return nil, err
			}
			b.standard[in.Name] = view
		}
	}
	for _, kind := range cfg.Kinds() {
		b.columns[models.LakeName(kind)] = models.LakeColumns(cfg.Contracts[kind])
	}
	list, err := models.All(cfg)
	if err != nil {
		return nil, err
	}
	asked, keys, err := models.Aside(cfg, list)
	if err != nil {
		return nil, err
	}
	for _, m := range slices.Concat(list, asked, keys) {
		b.models[m.Name], b.columns[m.Name] = m, m.Columns
		if m.Published() { // whoever reads a mart reads keys as text
			b.columns[m.Name] = models.MartColumns(m)
		}
	}
	b.columns[transforms.SignalUnion] = transforms.SignalColumns
	maps.Copy(b.columns, models.AsideColumns)
	for name := range b.columns {
		if err := b.reset(ctx, name); err != nil {
			return nil, err
		}
	}
	return b, b.lines(ctx, cfg)
}

// lines makes the tables of lines of all kinds together, and learns their columns of the engine.
func (b *Bench) lines(ctx context.Context, cfg *config.Config) error {
	tables := models.Tables{Engine: b.engine}
	if err := tables.BindLines(ctx, cfg, func(string, string) error { return nil }); err != nil {
		return err
	}
	for _, name := range models.InputNames(cfg) {
		if b.columns[name] != nil {
			continue
		}
		found, err := b.engine.Describe(ctx, name)
		if err != nil {
			return err
		}
		types := map[string]transforms.ColumnType{"BIGINT": transforms.Aantal, "DATE": transforms.Datum, "VARCHAR": transforms.Tekst, "BOOLEAN": transforms.Vlag}
		for _, c := range found {
			b.columns[name] = append(b.columns[name], transforms.Column{Name: c[0], Type: types[c[1]]})
		}
	}
	return nil
}

// reset gives a table the rows that it has when no case gives any.
func (b *Bench) reset(ctx context.Context, table string) error {
	if view := b.standard[table]; view != "" {
		return b.engine.View(ctx, table, "select * from "+view)
	}
	return b.engine.Bind(ctx, table, nil, b.columns[table])
}

// Run computes one case and says what is not as it should be.
func (b *Bench) Run(ctx context.Context, f *File, c Case) (err error) {
	m := b.models[f.Model]
	switch {
	case m == nil:
		return fmt.Errorf("there is no model %s", f.Model)
	case m.Func != nil:
		return fmt.Errorf("model %s is a Go function: test it in Go", f.Model)
	}
	given := maps.Clone(f.Tables)
	if given == nil {
		given = map[string]string{}
	}
	maps.Copy(given, c.Tables)
	views := b.views(m, given)
	reads := slices.Clone(m.Reads)
	for _, v := range views {
		reads = append(reads, v.Reads...)
	}
	for name := range f.Defaults {
		if !slices.Contains(reads, name) {
			return fmt.Errorf("defaults: %s does not read %s", f.Model, name)
		}
	}
	defer func() {
		names := append(slices.Collect(maps.Keys(given)), f.Model)
		for _, v := range views {
			names = append(names, v.Name)
		}
		for _, name := range names {
			if b.columns[name] != nil {
				err = errors.Join(err, b.reset(ctx, name))
			}
		}
	}()
	for name, text := range given {
		if !slices.Contains(reads, name) {
			return fmt.Errorf("%s does not read %s", f.Model, name)
		}
		if err := b.give(ctx, name, text, f.Defaults[name]); err != nil {
			return fmt.Errorf("table %s: %w", name, err)
		}
	}
	for _, v := range views {
		if err := b.engine.View(ctx, v.Name, v.SQL); err != nil {
			return fmt.Errorf("view %s: %w", v.Name, err)
		}
	}
	want, err := b.parse(c.Rows, m.Columns)
	if err != nil {
		return fmt.Errorf("rows: %w", err)
	}
	got, err := b.compute(ctx, m)
	if err != nil {
		return err
	}
	return want.compare(got, m.Grain)
}

// views are the views below a model that are computed for a case, each after what it reads: those of which the case gives no rows, and gives what they
// read; or that read the configuration alone. A view is part of who reads it, so that a case may show a rule where it is seen.
func (b *Bench) views(m *transforms.Model, given map[string]string) (out []*transforms.Model) {
	for _, name := range m.Reads {
		v := b.models[name]
		if _, ok := given[name]; ok || v == nil || !v.View || v.Layer != transforms.Tussen {
			continue
		}
		below := b.views(v, given)
		isGiven := func(r string) bool { _, ok := given[r]; return ok }
		other := func(r string) bool { return b.standard[r] == "" }
		if len(below) == 0 && !slices.ContainsFunc(v.Reads, isGiven) && slices.ContainsFunc(v.Reads, other) {
			continue
		}
		for _, w := range append(below, v) {
			if !slices.Contains(out, w) {
				out = append(out, w)
			}
		}
	}
	return out
}

// compute computes the model, holds it to its header, and reads it in the order of its grain.
func (b *Bench) compute(ctx context.Context, m *transforms.Model) ([]map[string]value, error) {
	if err := b.engine.View(ctx, m.Name, m.SQL); err != nil {
		return nil, err
	}
	found, err := b.engine.Describe(ctx, m.Name)
	if err != nil {
		return nil, err
	}
	var names []string
	for i, c := range m.Columns {
		if i >= len(found) || found[i] != [2]string{c.Name, c.Type.SQLType()} || len(found) != len(m.Columns) {
			return nil, fmt.Errorf("it gives the columns %v, and its header says %v", found, m.Columns)
		}
		names = append(names, c.Name)
	}
	b.made++
	file := filepath.Join(b.work, fmt.Sprintf("uitkomst-%d.parquet", b.made))
	defer os.Remove(file)
	if _, err := b.engine.Write(ctx, m.Name, "select * from "+m.Name, m.Grain, file); err != nil {
		return nil, err
	}
	var rows []map[string]value
	for cells, err := range typed.Values(ctx, file, names...) {
		if err != nil {
			return nil, err
		}
		row := map[string]value{}
		for i, name := range names {
			row[name] = of(cells[i])
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// give gives a table rows. Of a table that always has one row, parameter, those columns that the text names are replaced.
func (b *Bench) give(ctx context.Context, name, text string, defaults map[string]string) error {
	columns := b.columns[name]
	rows, err := b.parse(text, columns)
	if err != nil {
		return err
	}
	for column, word := range defaults {
		at := slices.IndexFunc(columns, func(c transforms.Column) bool { return c.Name == column })
		if at < 0 {
			return fmt.Errorf("defaults: it has no column %s", column)
		}
		if slices.ContainsFunc(rows.columns, func(c transforms.Column) bool { return c.Name == column }) {
			continue
		}
		v, err := b.value(columns[at].Type, word)
		if err != nil {
			return fmt.Errorf("defaults: column %s: %w", column, err)
		}
		rows.columns = append(rows.columns, columns[at])
		for i := range rows.values {
			rows.values[i] = append(rows.values[i], v)
		}
	}
	if name == "parameter" && len(rows.values) == 1 {
		var list []string
		for i, c := range rows.columns {
			list = append(list, rows.values[0][i].sql(c.Type)+" as "+c.Name)
		}
		return b.engine.View(ctx, name, fmt.Sprintf("select * replace (%s) from %s", strings.Join(list, ", "), b.standard[name]))
	}
	if len(rows.values) == 0 {
		return b.engine.Bind(ctx, name, nil, columns)
	}
	var parts []string
	for _, row := range rows.values {
		var list []string
		for _, c := range columns {
			v := value{}
			if at := slices.IndexFunc(rows.columns, func(r transforms.Column) bool { return r.Name == c.Name }); at >= 0 {
				v = row[at]
			}
			list = append(list, v.sql(c.Type)+" as "+c.Name)
		}
		parts = append(parts, "select "+strings.Join(list, ", "))
	}
	return b.engine.View(ctx, name, strings.Join(parts, " union all "))
}
