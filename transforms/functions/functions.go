// Package functions holds the models that are Go functions, one a file: what portable SQL cannot say exactly, or not at all.
// Each has the header of a model in a comment and is a node of the same graph. The arithmetic is in package estimate, on
// slices; here it meets the tables.
package functions

import (
	"embed"
	"fmt"

	"stapel/transforms"
)

//go:embed *.go
var sources embed.FS

// entries name the models with their layer, in the order of their names.
var entries = []struct {
	name  string
	layer transforms.Layer
	fn    transforms.Func
}{
	{"dreiging", transforms.Tussen, dreiging},
	{"ijking_maat", transforms.Marts, ijkingMaat},
	{"rijpheid", transforms.Marts, rijpheid},
	{"rijpheid_kind", transforms.Marts, rijpheidKind},
	{"verwachting", transforms.Tussen, verwachting},
}

// Models returns the models in Go.
func Models() ([]*transforms.Model, error) {
	var out []*transforms.Model
	for _, e := range entries {
		file := e.name + ".go"
		source, err := sources.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("transforms/functions: %w", err)
		}
		m, err := transforms.ParseGo("transforms/functions/"+file, e.layer, source, e.fn)
		if err != nil {
			return nil, err
		}
		out = append(out, m)
	}
	return out, nil
}
