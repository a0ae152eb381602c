package openlineage_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
)

// facetSchemas are the names of the schemas of facets that stapel writes, by the names under which they stand in an event.
var facetSchemas = map[string]string{
	"columnLineage": "ColumnLineageDatasetFacet", "version": "DatasetVersionDatasetFacet", "documentation": "DocumentationJobFacet", "errorMessage": "ErrorMessageRunFacet",
	"inputStatistics": "InputStatisticsInputDatasetFacet", "jobType": "JobTypeJobFacet", "outputStatistics": "OutputStatisticsOutputDatasetFacet", "parent": "ParentRunFacet",
	"processing_engine": "ProcessingEngineRunFacet", "schema": "SchemaDatasetFacet",
}

// form is what the documentation of OpenLineage says of events and of those facets: what has to be there, and what is a time, a UUID or a URI.
type form struct{}

func (form) check(line []byte) error {
	var e map[string]any
	if err := json.Unmarshal(line, &e); err != nil {
		return err
	}
	v := &looking{}
	switch e["eventType"] {
	case "START", "COMPLETE", "FAIL", "ABORT":
	default:
		v.bad("eventType %v", e["eventType"])
	}
	if at, err := time.Parse(time.RFC3339Nano, v.text(e, "eventTime")); err != nil || at.IsZero() {
		v.bad("eventTime")
	}
	v.uri(e, "producer")
	v.uri(e, "schemaURL")
	v.uuid(v.object(e, "run"), "runId")
	v.named(v.object(e, "job"))
	v.facets(v.object(e, "run")["facets"])
	v.facets(v.object(e, "job")["facets"])
	for _, side := range []string{"inputs", "outputs"} {
		list, _ := e[side].([]any)
		for _, d := range list {
			set, _ := d.(map[string]any)
			v.named(set)
			for _, of := range []string{"facets", "inputFacets", "outputFacets"} {
				v.facets(set[of])
			}
		}
	}
	return errors.Join(v.errs...)
}

// looking gathers what is wrong with an event.
type looking struct{ errs []error }

func (v *looking) bad(format string, a ...any) { v.errs = append(v.errs, fmt.Errorf(format, a...)) }

func (v *looking) text(of map[string]any, key string) string {
	s, _ := of[key].(string)
	if s == "" {
		v.bad("no text %s", key)
	}
	return s
}

func (v *looking) object(of map[string]any, key string) map[string]any {
	o, ok := of[key].(map[string]any)
	if !ok {
		v.bad("no object %s", key)
	}
	return o
}

func (v *looking) uri(of map[string]any, key string) {
	if u, err := url.Parse(v.text(of, key)); err != nil || u.Scheme == "" || strings.Contains(u.String(), " ") {
		v.bad("%s is no URI", key)
	}
}

func (v *looking) uuid(of map[string]any, key string) {
	if _, err := uuid.Parse(v.text(of, key)); err != nil {
		v.bad("%s is no UUID", key)
	}
}

func (v *looking) named(of map[string]any) {
	v.text(of, "namespace")
	v.text(of, "name")
}

func (v *looking) facets(all any) {
	facets, _ := all.(map[string]any)
	for name, f := range facets {
		facet, _ := f.(map[string]any)
		v.uri(facet, "_producer")
		v.uri(facet, "_schemaURL")
		if want := facetSchemas[name]; !strings.HasPrefix(name, "stapel_") && (want == "" || !strings.HasSuffix(v.text(facet, "_schemaURL"), "/"+want+".json#/$defs/"+want)) {
			v.bad("facet %s is of %v", name, facet["_schemaURL"])
		}
		switch name {
		case "parent":
			v.uuid(v.object(facet, "run"), "runId")
			v.named(v.object(facet, "job"))
		case "inputStatistics", "outputStatistics":
			for key, n := range facet {
				if _, number := n.(float64); !number && !strings.HasPrefix(key, "_") {
					v.bad("%s is no number", key)
				}
			}
		case "version":
			v.text(facet, "datasetVersion")
		case "schema":
			fields, _ := facet["fields"].([]any)
			for _, f := range fields {
				field, _ := f.(map[string]any)
				v.text(field, "name")
			}
		case "columnLineage":
			for _, f := range v.object(facet, "fields") {
				field, _ := f.(map[string]any)
				from, _ := field["inputFields"].([]any)
				for _, i := range from {
					in, _ := i.(map[string]any)
					v.named(in)
					v.text(in, "field")
				}
			}
		}
	}
}
