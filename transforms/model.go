// Package transforms holds what turns the lake into marts: one portable SELECT per table, each with a header that says
// what it is, what it reads, its grain and its columns. A model names tables, never files; the engine binds names to
// Parquet. Configuration reaches a model only as a table (parameter, venster, cocktail_ingredient, ...), so that a model
// is the same text in every run and can be hashed, traced and run on another engine.
package transforms

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"stapel/transforms/typed"
)

//go:embed staging/*.sql tussen/*.sql signals/*.sql marts/*.sql checks/*.sql explain/*.sql keys/*.sql diff/*.sql select/*.sql sample/*.sql trace/*.sql
var files embed.FS

//go:embed prelude/*.sql
var preludes embed.FS

// Engines are those that have a prelude.
var Engines = []string{"duckdb", "trino"}

// Prelude returns the statements that define, for the engine, the few functions that differ between engines.
func Prelude(engine string) (string, error) {
	if !slices.Contains(Engines, engine) {
		return "", fmt.Errorf("no prelude for engine %q", engine)
	}
	text, err := preludes.ReadFile("prelude/" + engine + ".sql")
	return string(text), err
}

// PreludeSha256 is the hash of those statements, of every engine: a SELECT's own hash does not cover the functions that it calls, and what
// these mean is one thing on all of them.
func PreludeSha256() string {
	var all []byte
	for _, engine := range Engines {
		text, err := Prelude(engine)
		if err != nil {
			panic(err) // it is embedded
		}
		all = append(all, text...)
	}
	return hash(all)
}

// hash is a SHA-256 in hexadecimal digits.
func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// Layer is the folder a model is in, and says what becomes of it.
type Layer string

// Layers, in the order in which data flows. Signals all have the columns of signaal_bron and are bound together under
// that name. Marts are published; the rest is working material of a run. The others are asked apart from the models of a run:
// Explain of one household, Keys of the key table, which no model of a run reads, Diff of two runs, Select of the ranking of one, Sample of the lines
// behind a sum, and Trace of what lies under one figure.
const (
	Staging Layer = "staging"
	Tussen  Layer = "tussen"
	Signals Layer = "signals"
	Marts   Layer = "marts"
	Checks  Layer = "checks"
	Explain Layer = "explain"
	Keys    Layer = "keys"
	Diff    Layer = "diff"
	Select  Layer = "select"
	Sample  Layer = "sample"
	Trace   Layer = "trace"
)

// SignalUnion is the name under which all signal models together are read.
const SignalUnion = "signaal_bron"

// Level is the privacy level of a mart, and of every file that a run makes of marts (methods 9). The zero value is no level.
type Level string

// Levels: rij is about one household, person, plan or line, totaal is a raw aggregate; neither leaves the organisation. vrij is what
// disclosure control let through; no mart is.
const (
	LevelRij    Level = "rij"
	LevelTotaal Level = "totaal"
	LevelVrij   Level = "vrij"
)

// Known reports whether it is one of the levels.
func (l Level) Known() bool { return l == LevelRij || l == LevelTotaal || l == LevelVrij }

// ColumnType is the type of a model's column.
type ColumnType string

// Column types and what they are in Parquet. huishouden and persoon are BIGINT keys inside and text (h-…, p-…) in a mart;
// ct is eurocents; aandeel is a part of a whole, getal any other number that is not whole: these are the DOUBLEs, and never money.
const (
	Huishouden ColumnType = "huishouden"
	Persoon    ColumnType = "persoon"
	Ct         ColumnType = "ct"
	Aantal     ColumnType = "aantal"
	Sleutel    ColumnType = "sleutel"
	Aandeel    ColumnType = "aandeel"
	Getal      ColumnType = "getal"
	Datum      ColumnType = "datum"
	Maand      ColumnType = "maand"
	Vlag       ColumnType = "vlag"
	Tekst      ColumnType = "tekst"
	Gemeente   ColumnType = "gemeente"
)

var sqlTypes = map[ColumnType]string{Huishouden: "BIGINT", Persoon: "BIGINT", Ct: "BIGINT", Aantal: "BIGINT", Sleutel: "BIGINT",
	Aandeel: "DOUBLE", Getal: "DOUBLE", Datum: "DATE", Maand: "DATE", Vlag: "BOOLEAN", Tekst: "VARCHAR", Gemeente: "VARCHAR"}

// SQLType is the column's type inside models.
func (t ColumnType) SQLType() string { return sqlTypes[t] }

// Column is one column of a model, with its unit or meaning in Doc.
type Column struct {
	Name   string
	Type   ColumnType
	Doc    string
	Empty  bool     // of a mart: it may be NULL
	Needs  []string // what has to be delivered for it to say anything: kinds, or what needs.go has words for
	Figure Figure   // what the figure is, of a mart; figures.go

	from string // model and column that it is handed on from; with a star all of that model's
}

// Check is what a check model adds: a check selects violations, and its result is a sentence.
type Check struct {
	Severity    string `yaml:"severity"`    // fout stops publication, waarschuwing is reported
	Denominator string `yaml:"denominator"` // a table: how many rows were looked at
	Sentence    string `yaml:"sentence"`    // Dutch; {n} violations, {d} rows looked at
	Detail      string `yaml:"detail"`      // Dutch, one sentence a violation with {column} of the check's columns; empty: the number says it
	Reason      string `yaml:"reason"`      // why the threshold is what it is
	Threshold   int64  `yaml:"threshold"`   // so many violations are accepted
}

// Model is one SELECT with its header.
type Model struct {
	Name    string
	Layer   Layer
	Level   Level
	Doc     string
	Grain   []string // the columns that identify a row, and its order
	Reads   []string
	Columns []Column
	View    bool // not materialised: computed where it is read
	// Parts is a column that takes the table apart: rows with one value in it follow from the rows with that value of those tables read that have the column too, and
	// from all rows of the others. So one part can be made again without the others; "" is a table of one part.
	Parts string
	// PartOf are tables without that column of which all rows go into one part, by table its value.
	PartOf map[string]string
	Check  *Check
	SQL    string      // the SELECT alone; empty for a model in Go
	Func   *typed.Func // a model in Go; nil for a SELECT
	Sha256 string      // of the whole file; of a model in Go see goSum
	File   string      // as messages name it
	Own    bool        // from the configuration folder, not built in

	needs   map[string][]string // by column, or EveryColumn
	figures map[string]Figure   // by column
}

// Published reports whether the model is a mart.
func (m *Model) Published() bool { return m.Layer == Marts }

type header struct {
	Name    string              `yaml:"name"`
	Doc     string              `yaml:"doc"`
	Level   Level               `yaml:"level"`
	Grain   []string            `yaml:"grain"`
	Reads   []string            `yaml:"reads"`
	View    bool                `yaml:"view"`
	Parts   string              `yaml:"parts"`
	PartOf  map[string]string   `yaml:"part_of"`
	Columns []map[string]string `yaml:"columns"`
	Needs   map[string]string   `yaml:"needs"`
	Figures map[string]string   `yaml:"figures"`
	Check   *Check              `yaml:"check"`
}

var (
	headerRE = regexp.MustCompile(`(?s)\A/\*\n(.*?)\*/\n`)
)

// Parse reads one model file. Errors name the file, and the line where the header's YAML is wrong.
func Parse(file string, layer Layer, data []byte) (*Model, error) {
	loc := headerRE.FindSubmatchIndex(data)
	if loc == nil {
		return nil, fmt.Errorf("%s:1: a model starts with a header between /* and */", file)
	}
	m, err := parseHeader(file, ".sql", layer, data, loc[2:4])
	if err != nil {
		return nil, err
	}
	m.SQL = strings.TrimRight(strings.TrimSpace(string(data[loc[1]:])), ";")
	return m, nil
}

// parseHeader reads the YAML at data[at[0]:at[1]].
func parseHeader(file, ext string, layer Layer, data []byte, at []int) (*Model, error) {
	var h header
	line := 1 + strings.Count(string(data[:at[0]]), "\n")
	dec := yaml.NewDecoder(strings.NewReader(strings.Repeat("\n", line-1) + string(data[at[0]:at[1]])))
	dec.KnownFields(true)
	if err := dec.Decode(&h); err != nil {
		return nil, fmt.Errorf("%s: header: %w", file, err)
	}
	m := &Model{Name: h.Name, Layer: layer, Level: h.Level, Doc: h.Doc, Grain: h.Grain, Reads: h.Reads, View: h.View, Parts: h.Parts, PartOf: h.PartOf,
		Check: h.Check, Sha256: hash(data), File: file}
	bad := func(format string, a ...any) error { return fmt.Errorf("%s: %s", file, fmt.Sprintf(format, a...)) }
	if want := strings.TrimSuffix(path.Base(file), ext); m.Name != want {
		return nil, bad("header: name: the model in %s%s is called %s", want, ext, want)
	}
	if m.Parts != "" && (ext != ".sql" || !slices.Contains(m.Grain, m.Parts) || layer == Marts || layer == Checks) {
		return nil, bad("header: parts: a column of the grain, of a SELECT that is no mart and no check")
	}
	for table := range m.PartOf {
		if m.Parts == "" || !slices.Contains(m.Reads, table) {
			return nil, bad("header: part_of: tables of reads, of a model with parts")
		}
	}
	if m.Doc == "" || len(m.Grain) == 0 || len(h.Columns) == 0 {
		return nil, bad("header: doc, grain and columns are needed")
	}
	for i, item := range h.Columns {
		columns, err := parseColumns(item)
		if err != nil {
			return nil, bad("header: columns.%d: %v", i, err)
		}
		m.Columns = append(m.Columns, columns...)
	}
	var err error
	if m.needs, err = parseNeeds(h.Needs); err != nil {
		return nil, bad("header: needs: %v", err)
	}
	if m.figures, err = parseFigures(h.Figures); err != nil {
		return nil, bad("header: figures: %v", err)
	}
	if err := m.complete(); err != nil {
		return nil, err
	}
	if (m.Level != "") != (layer == Marts) || (m.Level != "" && m.Level != LevelRij && m.Level != LevelTotaal) {
		return nil, bad("header: level: a mart has level rij or totaal, other models have none")
	}
	if (m.Check != nil) != (layer == Checks) {
		return nil, bad("header: check goes with the folder checks")
	}
	if m.Check != nil && (m.Check.Denominator == "" || m.Check.Sentence == "" || m.Check.Reason == "" ||
		(m.Check.Severity != "fout" && m.Check.Severity != "waarschuwing")) {
		return nil, bad("header: check: severity (fout, waarschuwing), denominator, sentence and reason are needed")
	}
	return m, nil
}

// Input is a table that is no model. Columns are those of its rows; nil when a model in Go can't read it.
type Input struct {
	Name    string
	Columns []Column
}

// Load parses all embedded models of a run, SELECTs and Go functions, and returns them, with more models given (own signals), in an order
// in which each comes after what it reads; that order is the same every time. Models in Go are held to the columns of what they read.
func Load(inputs []Input, more ...*Model) ([]*Model, error) {
	models, err := Headers()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, in := range inputs {
		names = append(names, in.Name)
	}
	if models, err = Sort(append(models, more...), names); err != nil {
		return nil, err
	}
	return models, checkRows(models, inputs)
}

// Headers parses all embedded models of a run and returns them in no particular order. Columns that a header takes over from another
// model are filled in.
func Headers() ([]*Model, error) {
	inGo, err := goModels(goFiles)
	if err != nil {
		return nil, err
	}
	models, err := read(Staging, Tussen, Signals, Marts, Checks)
	if err != nil {
		return nil, err
	}
	models = append(inGo, models...)
	return models, resolve(models)
}

func read(layers ...Layer) (models []*Model, err error) {
	for _, layer := range layers {
		entries, err := fs.ReadDir(files, string(layer))
		if err != nil {
			return nil, err
		}
		for _, e := range entries {
			file := path.Join(string(layer), e.Name())
			data, err := files.ReadFile(file)
			if err != nil {
				return nil, err
			}
			m, err := Parse("transforms/"+file, layer, data)
			if err != nil {
				return nil, err
			}
			models = append(models, m)
		}
	}
	return models, nil
}
