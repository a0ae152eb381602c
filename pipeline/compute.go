package pipeline

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"stapel/config"
	"stapel/pipeline/columnar"
	"stapel/pipeline/control"
	"stapel/pipeline/lake"
	"stapel/transforms"
)

// compute binds what the models read and computes them in order. Marts are written with ids as text and in the order of
// their grain; the rest stays in the run's work folder.
func (x *execution) compute(ctx context.Context) error {
	if err := x.bind(ctx); err != nil {
		return err
	}
	var todo []*transforms.Model
	for _, m := range x.models {
		if m.Layer != transforms.Checks {
			todo = append(todo, m)
		}
	}
	x.opt.Progress.Stage("rekenen", int64(len(todo)))
	defer x.opt.Progress.Done()
	var signalFiles []string
	signals := 0
	for _, m := range todo {
		if m.Layer == transforms.Signals {
			signals++
		}
		if m.Func != nil { // what Go reads is in the order of its grain
			for _, name := range m.Reads {
				x.ordered[name] = true
			}
		}
	}
	for _, m := range todo {
		file, err := x.materialise(ctx, m)
		if err != nil {
			return faultOf(m, err)
		}
		if m.Layer == transforms.Signals {
			// all signal models together are one table; it exists once the last of them does
			signalFiles = append(signalFiles, file)
			if len(signalFiles) == signals {
				if err := x.engine.Bind(ctx, transforms.SignalUnion, signalFiles, m.Columns); err != nil {
					return err
				}
			}
		}
		x.opt.Progress.Add(1)
	}
	return nil
}

// bind gives the lake's files and the inputs their names.
func (x *execution) bind(ctx context.Context) error {
	inputs := x.world.inputs()
	files, err := writeInputs(filepath.Join(x.staged, "work"), inputs)
	if err != nil {
		return err
	}
	x.files = files
	for _, in := range inputs {
		if err := x.engine.Bind(ctx, in.name, []string{files[in.name]}, in.columns); err != nil {
			return err
		}
		_, sum, err := control.HashFile(files[in.name])
		if err != nil {
			return err
		}
		if err := x.journal.add(entry{Event: eventTable, Name: in.name, Sha256: sum}); err != nil {
			return err
		}
	}
	for _, kind := range x.opt.Config.Kinds() {
		parts := x.world.parts(x.lake, kind)
		if err := x.engine.Bind(ctx, lakeName(kind), parts, lakeColumns(x.opt.Config.Contracts[kind])); err != nil {
			return err
		}
	}
	return x.engine.View(ctx, lakeLines, lakeLinesQuery(x.opt.Config))
}

// parts are the files of a kind's accepted lines.
func (w *world) parts(l *lake.Lake, kind string) []string {
	var parts []string
	for _, d := range w.all {
		if d.kind == kind && d.status == statusAccepted {
			for _, p := range d.extract.Delen {
				parts = append(parts, filepath.Join(l.Extract(kind, d.sha256), p.Naam))
			}
		}
	}
	return parts
}

// lakeColumns are the columns of a kind's files as models see them.
func lakeColumns(c *config.Contract) []transforms.Column {
	var cols []transforms.Column
	for _, s := range c.Stored() {
		cols = append(cols, transforms.Column{Name: s.Name, Type: lakeTypes[string(s.Type)]})
	}
	return cols
}

var lakeTypes = map[string]transforms.ColumnType{"BIGINT": transforms.Aantal, "DATE": transforms.Datum,
	"VARCHAR": transforms.Tekst, "BOOLEAN": transforms.Vlag}

// materialise computes one model, checks that it is what its header says, and returns its file ("" for a view).
func (x *execution) materialise(ctx context.Context, m *transforms.Model) (string, error) {
	if m.View {
		if err := x.engine.View(ctx, m.Name, m.SQL); err != nil {
			return "", err
		}
		if err := x.conforms(ctx, m, m.Columns); err != nil {
			return "", err
		}
		x.manifest.Models = append(x.manifest.Models, control.Model{Name: m.Name, Layer: string(m.Layer), Sha256: m.Sha256, Rows: -1})
		return "", x.journal.add(entry{Event: "model", Name: m.Name, Sha256: m.Sha256, Detail: "view"})
	}
	file := filepath.Join(x.staged, "work", m.Name+".parquet")
	query, orderBy, columns := m.SQL, []string(nil), m.Columns
	start := time.Now()
	if m.Func != nil {
		if err := x.call(ctx, m); err != nil {
			return "", err
		}
		query = "select * from " + resultName(m)
	}
	if m.Published() {
		file = filepath.Join(x.staged, "marts", m.Name+".parquet")
		query, columns = published(m, query)
	}
	if m.Published() || m.Func != nil || x.ordered[m.Name] {
		orderBy = m.Grain
	}
	rows, err := x.engine.Write(ctx, m.Name, query, orderBy, file)
	if err != nil {
		return "", err
	}
	x.files[m.Name] = file
	slog.Debug("model", "name", m.Name, "rows", rows, "seconds", time.Since(start).Seconds())
	if err := x.engine.Bind(ctx, m.Name, []string{file}, columns); err != nil {
		return "", bindFault(m, err)
	}
	if err := x.conforms(ctx, m, columns); err != nil {
		return "", err
	}
	record := control.Model{Name: m.Name, Layer: string(m.Layer), Level: m.Level, Sha256: m.Sha256, Rows: rows}
	if m.Published() {
		var bytes int64
		if bytes, record.File, err = control.HashFile(file); err != nil {
			return "", err
		}
		if record.RowDigest, err = control.RowDigest(file); err != nil {
			return "", err
		}
		x.manifest.Outputs = append(x.manifest.Outputs, control.Output{File: "marts/" + m.Name + ".parquet", Level: m.Level,
			Bytes: bytes, Sha256: record.File})
	}
	x.manifest.Models = append(x.manifest.Models, record)
	return file, x.journal.add(entry{Event: "model", Name: m.Name, Sha256: m.Sha256, Rows: rows})
}

// resultName is the name under which the engine sees what a Go function gave.
func resultName(m *transforms.Model) string { return m.Name + "_uitkomst" }

// call computes a model in Go and binds what it gives, so that the engine writes it like any other.
func (x *execution) call(ctx context.Context, m *transforms.Model) error {
	table, err := m.Func(ctx, tables{x: x, model: m})
	if err != nil {
		return err
	}
	file := filepath.Join(x.staged, "work", resultName(m)+".parquet")
	if err := columnar.Write(file, m.Columns, table); err != nil {
		return err
	}
	return x.engine.Bind(ctx, resultName(m), []string{file}, m.Columns)
}

// tables gives a model in Go what its header reads.
type tables struct {
	x     *execution
	model *transforms.Model
}

func (t tables) Read(ctx context.Context, table string, columns ...string) (*transforms.Frame, error) {
	file := t.x.files[table]
	if !slices.Contains(t.model.Reads, table) || file == "" {
		return nil, fmt.Errorf("it reads %s, which is not a computed table or input that its header names", table)
	}
	f, err := columnar.Read(ctx, file, columns...)
	if err != nil {
		return nil, fmt.Errorf("table %s: %w", table, err)
	}
	return f, nil
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
func (x *execution) conforms(ctx context.Context, m *transforms.Model, want []transforms.Column) error {
	return conforms(ctx, x.engine, m, want)
}

func conforms(ctx context.Context, engine Engine, m *transforms.Model, want []transforms.Column) error {
	got, err := engine.Describe(ctx, m.Name)
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
