package openlineage

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"stapel/pipeline/control"
	"stapel/pipeline/evidence/lineage"
	"stapel/pipeline/inbox"
	"stapel/pipeline/lake"
	"stapel/transforms"
)

// A feed is the lines of a kind in the lake, as a run had them.
type feed struct {
	input Dataset // of a mart
	whole Dataset // of the run, with the extracts
}

// feeds are the kinds of which the run accepted an extract.
func (w *world) feeds(m *control.Manifest) map[string]feed {
	extracts := map[string][]extract{}
	for _, in := range m.Inputs {
		if in.Status == inbox.Accepted {
			extracts[in.Kind] = append(extracts[in.Kind], extract{in.Sha256, in.Bytes, in.Accepted})
		}
	}
	out := map[string]feed{}
	for kind, all := range extracts {
		slices.SortFunc(all, func(a, b extract) int { return strings.Compare(a.Sha256, b.Sha256) })
		read := statisticsFacet{facet: w.of("1-0-0", "InputStatisticsInputDatasetFacet"), Files: len(all)}
		for _, e := range all {
			read.Rows += e.Rows
		}
		d := Dataset{Namespace: Namespace, Name: "lake." + kind, Facets: map[string]any{"version": w.version(versionOf(all))}, Input: map[string]any{"inputStatistics": read}}
		whole := d
		whole.Facets = map[string]any{"version": d.Facets["version"], "stapel_extracten": extractsFacet{w.own("DatasetFacet"), all}}
		out[kind] = feed{d, whole}
	}
	return out
}

// versionOf is the version of the lines of a kind: the SHA-256 of its extract; of more than one that of their hashes in order, a line each.
func versionOf(sorted []extract) string {
	if len(sorted) == 1 {
		return sorted[0].Sha256
	}
	h := sha256.New()
	for _, e := range sorted {
		h.Write([]byte(e.Sha256 + "\n"))
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (w *world) version(v string) versionFacet {
	return versionFacet{w.of("1-0-1", "DatasetVersionDatasetFacet"), v}
}

// engine is what made a mart, as its manifest says: `duckdb v1.5.5`.
func engine(m control.Model) (name, version string, ok bool) {
	name, version, ok = strings.Cut(m.Writer, " ")
	return name, version, ok && name != "" && version != ""
}

// mart is a mart as an event has it.
type mart struct {
	table  Dataset
	inputs []Dataset
	doc    string // of its header; empty when that is not known
}

// mart describes a mart of a run: what it is and what it is made of by its header, when that is still the one of the run.
func (w *world) mart(m *control.Manifest, made control.Model, feeds map[string]feed) (out mart) {
	out.table = Dataset{Namespace: Namespace, Name: "marts." + made.Name, Facets: map[string]any{"version": w.version(made.File)}}
	written := statisticsFacet{facet: w.of("1-0-2", "OutputStatisticsOutputDatasetFacet"), Rows: made.Rows, Files: 1}
	for _, o := range m.Outputs {
		if o.File == lake.MartName(made.Name) {
			written.Bytes = o.Bytes
		}
	}
	out.table.Output = map[string]any{"outputStatistics": written}
	at := slices.IndexFunc(w.origins, func(o lineage.Origin) bool { return o.Mart.Name == made.Name })
	if at < 0 || w.origins[at].Mart.Sha256 != made.Sha256 {
		return out
	}
	o := w.origins[at]
	out.doc = strings.TrimSpace(o.Mart.Doc)
	out.table.Facets["schema"] = w.schema(o.Mart)
	if !asRun(o.Models, m.Models) {
		return out
	}
	for _, kind := range o.Feeds {
		if f, delivered := feeds[kind]; delivered {
			out.inputs = append(out.inputs, f.input)
		}
	}
	if len(o.Columns) == 0 {
		return out
	}
	from, tables := map[string]columnFrom{}, []string{}
	for column, c := range o.Columns {
		name := w.tables[c.Table]
		if name == "" {
			name = "invoer." + c.Table // made of configuration and deliveries, or all signals together
		}
		from[column] = columnFrom{[]inputField{{Namespace, name, c.Name, []transformation{{"DIRECT", "IDENTITY"}}}}}
		if !slices.Contains(tables, name) {
			tables = append(tables, name)
		}
	}
	out.table.Facets["columnLineage"] = columnFacet{w.of("1-2-0", "ColumnLineageDatasetFacet"), from}
	slices.Sort(tables)
	for _, name := range tables {
		out.inputs = append(out.inputs, w.between(name, m.Models))
	}
	return out
}

// between is a table between feeds and marts, with its rows where the run counted them.
func (w *world) between(name string, models []control.Model) Dataset {
	d := Dataset{Namespace: Namespace, Name: name}
	_, table, _ := strings.Cut(name, ".")
	for _, m := range models {
		if m.Name == table && m.Rows >= 0 {
			d.Input = map[string]any{"inputStatistics": statisticsFacet{facet: w.of("1-0-0", "InputStatisticsInputDatasetFacet"), Rows: m.Rows}}
		}
	}
	return d
}

// asRun reports whether models are those that the run had, no signal model more or less.
func asRun(now []*transforms.Model, had []control.Model) bool {
	hashes, signals := map[string]string{}, 0
	for _, m := range had {
		hashes[m.Name] = m.Sha256
		if m.Layer == string(transforms.Signals) {
			signals++
		}
	}
	ours := 0
	for _, m := range now {
		if hashes[m.Name] != m.Sha256 {
			return false
		}
		if m.Layer == transforms.Signals {
			ours++
		}
	}
	return ours == 0 || ours == signals
}

// schema are the columns of a mart with their types in Parquet, and the Dutch sentence of how a figure is worked out, or what the header says of the column.
func (w *world) schema(m *transforms.Model) schemaFacet {
	s := schemaFacet{facet: w.of("1-2-0", "SchemaDatasetFacet")}
	for i, c := range m.Columns {
		f := field{Name: c.Name, Type: c.Type.SQLType(), Description: c.Figure.Formula, Position: i + 1}
		if c.Type == transforms.Huishouden || c.Type == transforms.Persoon {
			f.Type = "VARCHAR"
		}
		if f.Description == "" {
			f.Description = c.Doc
		}
		s.Fields = append(s.Fields, f)
	}
	return s
}
