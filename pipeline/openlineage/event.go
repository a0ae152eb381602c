package openlineage

import (
	"encoding/json"
	"io"

	"github.com/google/uuid"
)

// Namespace is that of all jobs and datasets of stapel.
const Namespace = "stapel"

// spec is where OpenLineage publishes its schemas: https://openlineage.io/docs/spec/object-model.
const (
	spec     = "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/"
	facetsOf = "https://openlineage.io/spec/facets/"
)

// States of a run as OpenLineage has them: one that began, and one of the others.
const (
	Start    = "START"
	Complete = "COMPLETE"
	Fail     = "FAIL"
	Abort    = "ABORT"
)

// Event is a RunEvent: what became of a run of a job.
type Event struct {
	Type     string    `json:"eventType"`
	Time     string    `json:"eventTime"` // RFC 3339, UTC, milliseconds
	Run      Run       `json:"run"`
	Job      Job       `json:"job"`
	Inputs   []Dataset `json:"inputs,omitempty"`
	Outputs  []Dataset `json:"outputs,omitempty"`
	Producer string    `json:"producer"`
	Schema   string    `json:"schemaURL"`
}

// Run is a run of a job, Job the job, Dataset a table that it reads or writes. Facets are by the name that the specification gives them.
type (
	Run struct {
		ID     uuid.UUID      `json:"runId"`
		Facets map[string]any `json:"facets,omitempty"`
	}
	Job struct {
		Namespace string         `json:"namespace"`
		Name      string         `json:"name"`
		Facets    map[string]any `json:"facets,omitempty"`
	}
	Dataset struct {
		Namespace string         `json:"namespace"`
		Name      string         `json:"name"`
		Facets    map[string]any `json:"facets,omitempty"`
		Input     map[string]any `json:"inputFacets,omitempty"`
		Output    map[string]any `json:"outputFacets,omitempty"`
	}
)

// facet is what every facet says: who made it, and what it is.
type facet struct {
	Producer string `json:"_producer"`
	Schema   string `json:"_schemaURL"`
}

// Facets of the specification, as far as stapel knows what to say in them.
type (
	parentFacet struct {
		facet
		reference
		Root reference `json:"root"`
	}
	reference struct {
		Run Run `json:"run"`
		Job Job `json:"job"`
	}
	errorFacet struct {
		facet
		Message  string `json:"message"`
		Language string `json:"programmingLanguage"`
	}
	engineFacet struct {
		facet
		Version string `json:"version"`
		Name    string `json:"name"`
	}
	jobTypeFacet struct {
		facet
		Processing  string `json:"processingType"`
		Integration string `json:"integration"`
		Type        string `json:"jobType"`
	}
	documentationFacet struct {
		facet
		Description string `json:"description"`
	}
	versionFacet struct {
		facet
		Version string `json:"datasetVersion"`
	}
	statisticsFacet struct {
		facet
		Rows  int64 `json:"rowCount"`
		Bytes int64 `json:"size,omitempty"`
		Files int   `json:"fileCount,omitempty"`
	}
	schemaFacet struct {
		facet
		Fields []field `json:"fields"`
	}
	field struct {
		Name        string `json:"name"`
		Type        string `json:"type"`
		Description string `json:"description,omitempty"`
		Position    int    `json:"ordinal_position"`
	}
	columnFacet struct {
		facet
		Fields map[string]columnFrom `json:"fields"`
	}
	columnFrom struct {
		From []inputField `json:"inputFields"`
	}
	inputField struct {
		Namespace       string           `json:"namespace"`
		Name            string           `json:"name"`
		Field           string           `json:"field"`
		Transformations []transformation `json:"transformations"`
	}
	transformation struct {
		Type    string `json:"type"`
		Subtype string `json:"subtype"`
	}
)

// Facets of stapel itself; the specification lets names begin with those of who defines them.
type (
	// runFacet ties a run to its folder and its line in the log of runs.
	runFacet struct {
		facet
		Run       string `json:"run_id,omitempty"`
		Peildatum string `json:"peildatum,omitempty"`
		Until     string `json:"tot,omitempty"` // lake or marts
		Version   string `json:"versie,omitempty"`
		Manifest  string `json:"manifest_sha256,omitempty"`
		Exit      *int   `json:"exit,omitempty"` // nil: no end is known
	}
	// extractsFacet are the files that the lines of a kind come from, without their names.
	extractsFacet struct {
		facet
		Extracts []extract `json:"extracten"`
	}
	extract struct {
		Sha256 string `json:"sha256"`
		Bytes  int64  `json:"bytes"`
		Rows   int64  `json:"geaccepteerd"`
	}
)

// maker is who makes events and facets.
type maker struct{ producer string }

// of is a facet of the specification, by the version of its schema and its name.
func (k maker) of(version, name string) facet {
	return facet{k.producer, facetsOf + version + "/" + name + ".json#/$defs/" + name}
}

// own is a facet of stapel, which is one of a kind of the specification with more in it.
func (k maker) own(base string) facet { return facet{k.producer, spec + base} }

// Write writes events, an object a line.
func Write(w io.Writer, events []Event) error {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	for _, e := range events {
		if err := out.Encode(e); err != nil {
			return err
		}
	}
	return nil
}
