// Package functions holds the models that are Go functions, one a file: what portable SQL cannot say exactly, or not at all.
// Each has the header of a model in a comment, and rows of struct types that the header is held to. The arithmetic is in package
// estimate, on slices; here it meets the tables.
package functions

import (
	"context"
	"fmt"

	"stapel/transforms/typed"
)

// Model is a model in Go. Its header is in the file of its name.
type Model struct {
	Name  string
	Layer string // as the folder of a SELECT would say it
	Func  *typed.Func
}

const (
	tussen = "tussen"
	marts  = "marts"
)

// Models returns the models in Go, in the order of their names.
func Models() ([]Model, error) {
	var out []Model
	for _, add := range []func() (Model, error){
		model("balans", marts, balans),
		model("betaler_matrix", marts, betalerMatrix),
		model("claim_toets", marts, claimToets),
		model("doorlooptijd", marts, doorlooptijd),
		model("doorlooptijd_maat", tussen, doorlooptijdMaat),
		model("dreiging", tussen, dreiging),
		model("effect", marts, effectMart),
		model("effect_deelnemer", tussen, deelnemer),
		model("effect_maand", marts, effectMaand),
		model("effect_rijp", tussen, effectRijp),
		model("hindernis", marts, hindernis),
		model("ijking_maat", marts, ijkingMaat),
		model("overgang", marts, overgang),
		model("pad", marts, pad),
		model("pad_stap", marts, padStap),
		model("patroon", marts, patroon),
		model("rijpheid", marts, rijpheid),
		model("rijpheid_kind", marts, rijpheidKind),
		model("uitkomst", marts, uitkomst),
		model("verwachting", tussen, verwachting),
	} {
		m, err := add()
		if err != nil {
			return nil, fmt.Errorf("model %s: %w", m.Name, err)
		}
		out = append(out, m)
	}
	return out, nil
}

func model[I, O any](name, layer string, fn func(context.Context, I) ([]O, error)) func() (Model, error) {
	return func() (Model, error) {
		f, err := typed.FuncOf(fn)
		return Model{name, layer, f}, err
	}
}
