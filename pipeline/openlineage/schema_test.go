package openlineage_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"stapel/pipeline/lake"
	"stapel/pipeline/openlineage"
)

// testWrongEvents: what events are held to refuses what is none: else testEvents would say nothing.
func testWrongEvents(t *testing.T, opt openlineage.Options) {
	var line []byte
	for _, l := range written(t, opt) {
		if bytes.Contains(l, []byte(`"name":"stapel.run.ranglijst"`)) && bytes.Contains(l, []byte("COMPLETE")) {
			line = l
		}
	}
	all := checkers(t)
	for _, s := range all {
		if err := s.check(line); err != nil {
			t.Fatalf("%T: %v", s, err)
		}
	}
	at := func(doc any, path string) map[string]any {
		for name := range strings.FieldsSeq(path) {
			if list, ok := doc.(map[string]any)[name].([]any); ok {
				doc = list[0]
			} else {
				doc = doc.(map[string]any)[name]
			}
		}
		return doc.(map[string]any)
	}
	for name, change := range map[string]func(e map[string]any){
		"a state that there is not":    func(e map[string]any) { e["eventType"] = "DONE" },
		"no time":                      func(e map[string]any) { e["eventTime"] = "gisteren" },
		"no job":                       func(e map[string]any) { delete(e, "job") },
		"a job without a name":         func(e map[string]any) { delete(at(e, "job"), "name") },
		"no UUID":                      func(e map[string]any) { at(e, "run")["runId"] = "2025-12-31-0123456789ab" },
		"a producer that is no URI":    func(e map[string]any) { e["producer"] = "stapel of ours" },
		"an input without a namespace": func(e map[string]any) { delete(at(e, "inputs"), "namespace") },
		"a facet without its maker":    func(e map[string]any) { delete(at(e, "inputs facets version"), "_producer") },
		"a facet of stapel without one": func(e map[string]any) {
			at(e, "run facets")["stapel_run"] = map[string]any{"_schemaURL": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunFacet"}
		},
		"a parent without a run":   func(e map[string]any) { delete(at(e, "run facets parent"), "run") },
		"a parent that is no UUID": func(e map[string]any) { at(e, "run facets parent run")["runId"] = "x" },
		"rows in words":            func(e map[string]any) { at(e, "outputs outputFacets outputStatistics")["rowCount"] = "een" },
		"a column without a name":  func(e map[string]any) { delete(at(e, "outputs facets schema fields"), "name") },
		"a column from nowhere":    func(e map[string]any) { delete(at(e, "outputs facets columnLineage fields rang inputFields"), "field") },
		"a facet under another name": func(e map[string]any) {
			f := at(e, "outputs facets")
			f["versie"] = f["version"]
			delete(f, "version")
		},
	} {
		t.Run(name, func(t *testing.T) {
			var e map[string]any
			if err := json.Unmarshal(line, &e); err != nil {
				t.Fatal(err)
			}
			change(e)
			wrong, err := json.Marshal(e)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range all {
				if s.check(wrong) == nil {
					t.Errorf("%T: it is taken for an event", s)
				}
			}
		})
	}
}

// testOtherModels: of a run that another version of a model made, what the headers of now say of its marts is left out; of marts that the model is not in,
// it stays.
func testOtherModels(t *testing.T, opt openlineage.Options) {
	find := func(job string) dataset {
		t.Helper()
		for _, e := range decode(t, written(t, opt)) {
			if e.Job.Name == "stapel.run."+job && e.EventType == openlineage.Complete {
				out := e.output()
				out.Name = ""
				for _, in := range e.Inputs {
					out.Name += in.Name + " "
				}
				return out
			}
		}
		t.Fatalf("no %s", job)
		return dataset{}
	}
	if got := find("ranglijst"); !strings.Contains(got.Name, "tussen.rang") || len(got.Facets.Schema.Fields) == 0 {
		t.Fatalf("%+v", got)
	}
	file := (&lake.Lake{Root: opt.Data}).Run(opt.Run).Manifest()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	had := func(change func(models []any) []any) {
		t.Helper()
		var manifest map[string]any
		if err := json.Unmarshal(text, &manifest); err != nil {
			t.Fatal(err)
		}
		manifest["modellen"] = change(manifest["modellen"].([]any))
		changed, err := json.Marshal(manifest)
		if err == nil {
			err = os.WriteFile(file, changed, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	other := func(name string) {
		t.Helper()
		had(func(models []any) []any {
			for _, m := range models {
				if m := m.(map[string]any); m["naam"] == name {
					m["sql_sha256"] = strings.Repeat("0", 64)
				}
			}
			return models
		})
	}
	had(func(models []any) []any {
		return append(models, map[string]any{"naam": "eigen", "laag": "signals", "sql_sha256": "0"})
	})
	if got := find("signaal"); got.Name != "" {
		t.Errorf("the run had a signal more, and signals come from %s", got.Name)
	}
	other("rang") // the ranking reads it
	got := find("ranglijst")
	if got.Name != "" || len(got.Facets.ColumnLineage.Fields) > 0 || len(got.Facets.Schema.Fields) == 0 || got.Facets.Version.DatasetVersion == "" {
		t.Errorf("another rang: %+v", got)
	}
	if got := find("huishouden"); got.Name == "" {
		t.Error("huishouden is not made of rang, and has no inputs any more")
	}
	other("ranglijst")
	if got := find("ranglijst"); got.Name != "" || len(got.Facets.Schema.Fields) > 0 {
		t.Errorf("another ranglijst: %+v", got)
	}
}
