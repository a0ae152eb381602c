package openlineage_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"stapel/config/configtest"
	"stapel/pipeline"
	"stapel/pipeline/control"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/openlineage"
	"stapel/pipeline/runlog"
	"stapel/pipeline/testrun"
)

// specification is the variable with the folder `spec` of a copy of OpenLineage, whose schemas events are held to as well: make openlineage.
const specification = "STAPEL_OPENLINEAGE_SPEC"

// checkers are what an event is held to: what is known here of its form, and the schemas of the specification where there is a copy.
func checkers(t *testing.T) []interface{ check(line []byte) error } {
	t.Helper()
	out := []interface{ check(line []byte) error }{form{}}
	if dir := os.Getenv(specification); dir != "" {
		out = append(out, readSchemas(t, dir))
	}
	return out
}

// schemas are those of OpenLineage, by the names that they have.
type schemas struct{ c *jsonschema.Compiler }

func readSchemas(t *testing.T, dir string) schemas {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat() // a time, a UUID and a URI have to be one
	files := []string{filepath.Join(dir, "OpenLineage.json")}
	for _, f := range facetSchemas {
		files = append(files, filepath.Join(dir, "facets", f+".json"))
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := c.AddResource(doc.(map[string]any)["$id"].(string), doc); err != nil {
			t.Fatal(err)
		}
	}
	return schemas{c}
}

// check holds a line to the schema that it names itself, and each facet in it to its own.
func (s schemas) check(line []byte) error {
	event, err := jsonschema.UnmarshalJSON(bytes.NewReader(line))
	if err != nil {
		return err
	}
	return errors.Join(s.valid("https://openlineage.io/spec/2-0-2/OpenLineage.json", event), s.walk(event))
}

func (s schemas) valid(url string, doc any) error {
	schema, err := s.c.Compile(url)
	if err != nil {
		return err
	}
	return schema.Validate(doc)
}

func (s schemas) walk(node any) error {
	switch v := node.(type) {
	case []any:
		for _, e := range v {
			if err := s.walk(e); err != nil {
				return err
			}
		}
	case map[string]any:
		for key, e := range v {
			if url, ok := e.(string); ok && (key == "_schemaURL" || key == "schemaURL") {
				if err := s.valid(url, v); err != nil {
					return fmt.Errorf("%s: %w", url, err)
				}
			}
			if facets, ok := e.(map[string]any); ok && strings.HasSuffix(strings.ToLower(key), "facets") {
				// a facet stands where its own schema has it, by the name that this gives it
				for name, f := range facets {
					url, _ := f.(map[string]any)["_schemaURL"].(string)
					whole, _, _ := strings.Cut(url, "#")
					if err := s.named(whole, name); err != nil {
						return err
					}
				}
			}
			if err := s.walk(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// named refuses a facet under another name than its schema has for it.
func (s schemas) named(url, name string) error {
	if strings.HasPrefix(name, "stapel_") {
		return nil
	}
	schema, err := s.c.Compile(url)
	if err != nil {
		return err
	}
	if schema.Properties[name] == nil {
		return fmt.Errorf("%s has no facet %s", url, name)
	}
	return nil
}

// TestOfARun looks at the events of one run, of a household and a declaration.
func TestOfARun(t *testing.T) {
	data, cfg := testrun.Small(t), configtest.Defaults(t, testrun.SmallPeil)
	if _, err := pipeline.Run(context.Background(), testrun.Options(data, cfg)); err != nil {
		t.Fatal(err)
	}
	opt := openlineage.Options{Data: data, Run: onlyRun(t, data), Config: cfg, Version: "0.1.0"}
	t.Run("events", func(t *testing.T) { testEvents(t, opt) })
	t.Run("wrong events are refused", func(t *testing.T) { testWrongEvents(t, opt) })
	t.Run("other models", func(t *testing.T) { testOtherModels(t, opt) }) // changes the manifest
}

func written(t *testing.T, opt openlineage.Options) [][]byte {
	t.Helper()
	events, err := openlineage.Events(opt)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := openlineage.Write(&out, events); err != nil {
		t.Fatal(err)
	}
	return slices.Collect(bytes.Lines(out.Bytes()))
}

// An event as a reader of the file has it.
type event struct {
	EventType string
	EventTime time.Time
	Run       struct {
		RunID  string
		Facets struct {
			Parent struct{ Run struct{ RunID string } }
			Error  *struct{ Message string } `json:"errorMessage"`
			Stapel map[string]any            `json:"stapel_run"`
		}
	}
	Job             struct{ Namespace, Name string }
	Inputs, Outputs []dataset
}

type dataset struct {
	Name   string
	Facets struct {
		Version struct{ DatasetVersion string }
		Schema  struct {
			Fields []struct{ Name, Type, Description string }
		}
		ColumnLineage struct {
			Fields map[string]struct {
				InputFields []struct{ Name, Field string }
			}
		}
	}
	InputFacets  struct{ InputStatistics statistics }
	OutputFacets struct{ OutputStatistics statistics }
}

type statistics struct{ RowCount, Size, FileCount int64 }

func (e event) output() dataset { return e.Outputs[0] }

func decode(t *testing.T, lines [][]byte) (out []event) {
	t.Helper()
	for _, line := range lines {
		var e event
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		out = append(out, e)
	}
	return out
}

// testEvents: every event of a run, and of runs that failed or were killed, is one by all that it is held to; each run of a job begins and ends
// once; what an event says of a mart is what its manifest says; nothing in the file is a name of what was delivered.
func testEvents(t *testing.T, opt openlineage.Options) {
	data, id := opt.Data, opt.Run
	log := runlog.Log{Data: data}
	at := time.Now().Add(time.Minute)
	for i, end := range []*runlog.End{
		{Exit: exit.ChecksFailed, Seconds: 2, Fault: "wmo_declaratie/w.csv is wrong", Refused: []runlog.Refused{{File: "wmo_declaratie/w.csv"}}},
		nil,
		{Exit: exit.Interrupted, Seconds: 1},
		{Exit: exit.Refused, Seconds: 1},
	} {
		begun, err := log.Begin(at.Add(time.Duration(i)*time.Hour), "")
		if err == nil && end != nil {
			err = log.End(begun, at.Add(time.Duration(i)*time.Hour+seconds(end.Seconds)), *end)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	opt.Run, opt.All = "", true
	lines := written(t, opt)
	all := checkers(t)
	for _, line := range lines {
		for _, s := range all {
			if err := s.check(line); err != nil {
				t.Fatalf("%T: %.400s: %v", s, line, err)
			}
		}
		if bytes.Contains(line, []byte(".csv")) || bytes.Contains(line, []byte("v1_")) {
			t.Errorf("it has a name of what was delivered: %s", line)
		}
	}
	if again := written(t, opt); !slices.EqualFunc(lines, again, bytes.Equal) {
		t.Error("not the same events of the same data folder")
	}
	opt.Run, opt.All = id, false
	if one := written(t, opt); len(one) != len(lines)-8 || !slices.EqualFunc(lines[:len(one)], one, bytes.Equal) {
		t.Errorf("the events of the run alone, %d, are not the first of all %d", len(one), len(lines))
	}

	events := decode(t, lines)
	ended := map[string][]event{}
	for _, e := range events {
		if e.Job.Namespace != openlineage.Namespace || e.EventTime.IsZero() {
			t.Errorf("%+v", e.Job)
		}
		ended[e.Run.RunID] = append(ended[e.Run.RunID], e)
	}
	var manifest control.Manifest
	text, err := os.ReadFile((&lake.Lake{Root: data}).Run(id).Manifest())
	if err == nil {
		err = json.Unmarshal(text, &manifest)
	}
	if err != nil {
		t.Fatal(err)
	}
	marts, whole := 0, events[0]
	if f := ended[whole.Run.RunID][1].Run.Facets.Stapel; f["exit"] != 0.0 || f["run_id"] != id || f["tot"] != "marts" || len(fmt.Sprint(f["manifest_sha256"])) != 64 {
		t.Errorf("of the run: %v", f)
	}
	for _, pair := range ended {
		if len(pair) != 2 || pair[0].EventType != openlineage.Start || pair[1].EventType == openlineage.Start || pair[1].EventTime.Before(pair[0].EventTime) || pair[0].Job != pair[1].Job {
			t.Fatalf("it does not begin and end: %+v", pair)
		}
		for _, e := range pair {
			if slices.ContainsFunc(e.Inputs, func(d dataset) bool { return d.InputFacets.InputStatistics.RowCount < 0 }) {
				t.Errorf("%s: rows that nobody counted: %+v", e.Job.Name, e.Inputs)
			}
		}
		for _, later := range []string{"exit", "manifest_sha256"} {
			if pair[0].Run.Facets.Stapel[later] != nil {
				t.Errorf("when it began its %s was not known yet", later)
			}
		}
		name, isMart := strings.CutPrefix(pair[0].Job.Name, "stapel.run.")
		if !isMart {
			continue
		}
		marts++
		last := ended[whole.Run.RunID][1]
		if pair[1].Run.Facets.Parent.Run.RunID != whole.Run.RunID || pair[0].EventTime.Before(whole.EventTime) || pair[1].EventTime.After(last.EventTime) {
			t.Errorf("%s is not within its run", name)
		}
		at := slices.IndexFunc(manifest.Outputs, func(o control.Output) bool { return o.File == lake.MartName(name) })
		model := slices.IndexFunc(manifest.Models, func(m control.Model) bool { return m.Name == name })
		if at < 0 || model < 0 {
			t.Fatalf("the run made no %s", name)
		}
		out := pair[1].output()
		if o, m := manifest.Outputs[at], manifest.Models[model]; out.Name != "marts."+name || out.Facets.Version.DatasetVersion != o.Sha256 ||
			out.OutputFacets.OutputStatistics != (statistics{m.Rows, o.Bytes, 1}) {
			t.Errorf("%s: %+v, in the manifest %+v", name, out, o)
		}
		for column, from := range out.Facets.ColumnLineage.Fields {
			if !slices.ContainsFunc(pair[1].Inputs, func(d dataset) bool { return d.Name == from.InputFields[0].Name }) {
				t.Errorf("%s.%s comes from a table that is no input: %+v", name, column, from)
			}
		}
	}
	if want := len(slices.DeleteFunc(manifest.Outputs, func(o control.Output) bool { return !strings.HasPrefix(o.File, "marts/") })); marts != want || want < 50 {
		t.Errorf("%d marts, want %d", marts, want)
	}

	// of the ranking, by hand
	list := events[slices.IndexFunc(events, func(e event) bool { return e.Job.Name == "stapel.run.ranglijst" && e.EventType == openlineage.Complete })]
	for _, want := range []struct {
		name  string
		input int64
	}{{"lake.huishouden", 1}, {"lake.wmo_declaratie", 1}, {"tussen.rang", 1}} {
		if !slices.ContainsFunc(list.Inputs, func(d dataset) bool {
			return d.Name == want.name && d.InputFacets.InputStatistics.RowCount == want.input
		}) {
			t.Errorf("the ranking does not come from %v: %+v", want, list.Inputs)
		}
	}
	out := list.output()
	if f := out.Facets.ColumnLineage.Fields["kosten_t0_ct"].InputFields; len(f) != 1 || f[0].Name != "tussen.rang" || f[0].Field != "kosten_t0_ct" {
		t.Errorf("kosten_t0_ct comes from %+v", f)
	}
	fields := map[string]string{}
	for _, f := range out.Facets.Schema.Fields {
		if fields[f.Name] = f.Type; f.Description == "" {
			t.Errorf("%s says nothing", f.Name)
		}
	}
	for column, want := range map[string]string{"kosten_t0_ct": "BIGINT", "huishouden_id": "VARCHAR"} {
		if fields[column] != want {
			t.Errorf("%s is %s, want %s", column, fields[column], want)
		}
	}

	// what became of the others
	for i, want := range []string{openlineage.Fail, openlineage.Abort, openlineage.Abort, openlineage.Complete} {
		e := events[len(events)-8+2*i+1]
		if e.EventType != want || len(e.Inputs)+len(e.Outputs) > 0 || (e.Run.Facets.Error != nil) != (want == openlineage.Fail) {
			t.Errorf("run %d: %+v, want %s", i, e, want)
		}
		if want == openlineage.Fail && e.Run.Facets.Error.Message != "exit 5" {
			t.Errorf("%+v", e.Run.Facets.Error)
		}
	}
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

func onlyRun(t *testing.T, data string) string {
	t.Helper()
	ids, err := (&lake.Lake{Root: data}).Runs()
	if err != nil || len(ids) != 1 {
		t.Fatalf("%q, %v", ids, err)
	}
	return ids[0]
}
