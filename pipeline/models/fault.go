package models

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"stapel/pipeline/engine"
	"stapel/pipeline/exit"
	"stapel/transforms"
)

// modelFault is what went wrong with a model: it names the model once, whether the engine's message does so too or not.
type modelFault struct {
	model *transforms.Model
	err   error
}

func (f *modelFault) Error() string {
	return "model " + f.model.Name + ": " + withoutName(f.model, f.err)
}

func (f *modelFault) Unwrap() error { return f.err }

// withoutName is the message without the model's name in front.
func withoutName(m *transforms.Model, err error) string {
	text := err.Error()
	for _, what := range []string{m.Name, "view " + m.Name, "bind " + m.Name} {
		text = strings.TrimPrefix(text, what+": ")
	}
	return text
}

const unreadable = "the engine can't work with it: "

// queryWords says in words what the engine calls an error; of the others its own sentence is what there is.
var queryWords = map[string]string{
	"Conversion Error":     "a value can't be turned into the type that is asked; use try_cast, which leaves it empty",
	"Out of Range Error":   "a number does not fit the type that it is given; cast it to a wider one",
	"Invalid Input Error":  "a function is given a value that it can't work with",
	"Mismatch Type Error":  "two types that don't go together are compared or joined",
	"Binder Error":         "",
	"Parser Error":         "",
	"Catalog Error":        "",
	"Divide by Zero Error": "a number is divided by 0; use nullif",
}

// inWords is a message of the engine without its name for the kind of error.
func inWords(text string) string {
	for name, words := range queryWords {
		rest, ok := strings.CutPrefix(text, name)
		switch {
		case ok && words != "":
			return words
		case ok && rest != "" && rest[0] == ':':
			return unreadable + strings.TrimSpace(rest[1:])
		}
	}
	return text
}

// faultOf is what a run says when a model fails. An own signal that can't be computed as it is written is a mistake in the configuration.
func faultOf(m *transforms.Model, err error) error {
	var e *exit.Error
	if err == nil || errors.As(err, &e) || errors.Is(err, context.Canceled) {
		return err
	}
	if m.Own && engine.InQuery(err) {
		return ownFault(m, inWords(withoutName(m, err)))
	}
	return &modelFault{m, err}
}

func ownFault(m *transforms.Model, why string) error {
	return &exit.Error{Code: exit.Usage, Err: fmt.Errorf("%s: %s", m.File, why), Remedy: "mend the model, or take it out of the folder of --config; nothing was published"}
}

// bindFault is what a run says when the columns of a header can't be had of what a model gave.
func bindFault(m *transforms.Model, err error) error {
	if m.Own && engine.InQuery(err) {
		return ownFault(m, "it does not give every column of its header: "+strings.TrimPrefix(inWords(withoutName(m, err)), unreadable))
	}
	return err
}

// misfit is the first column that is not the one that a header names, and what would make it right; "" when they are the same. The
// engine binds by name, so that names differ only where they are missing.
func misfit(got, want [][2]string) (what, cure string) {
	for i, w := range want {
		switch {
		case i >= len(got) || got[i][0] != w[0]:
			return fmt.Sprintf("column %d is not %s", i+1, w[0]), "the columns are those of the header, in its order"
		case got[i][1] != w[1]:
			typ := strings.ToLower(w[1])
			return fmt.Sprintf("column %s is %s, want %s", w[0], got[i][1], w[1]),
				fmt.Sprintf("write cast(... as %s), and cast(null as %s) where it is empty", typ, typ)
		}
	}
	if len(got) > len(want) {
		return fmt.Sprintf("it gives %d columns, want %d", len(got), len(want)), "leave out what the header does not name"
	}
	return "", ""
}
