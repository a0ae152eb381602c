package transforms

import (
	"errors"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"stapel/config"
)

// SignalColumns are the columns of every signal model, in this order: they are read together as SignalUnion.
var SignalColumns = []Column{
	{Name: "persoon", Type: Persoon, Doc: "whose signal; empty for one of the household as a whole"},
	{Name: "huishouden", Type: Huishouden, Doc: "household at P; empty for a person's"},
	{Name: "ingredient", Type: Tekst, Doc: "what it shows"},
	{Name: "van", Type: Datum, Doc: "first day"},
	{Name: "tot", Type: Datum, Doc: "day after the last, nawerking included"},
	{Name: "sterkte", Type: Tekst, Doc: "sterk or zwak"},
	{Name: "kind", Type: Tekst, Doc: "source kind"},
	{Name: "levering", Type: Sleutel, Doc: "source delivery"},
	{Name: "regel", Type: Aantal, Doc: "source line"},
}

var modelNameRE = regexp.MustCompile(`^[a-z][a-z0-9_]*$`)

// sameColumns compares names and types: what a column means is a model's own to say.
func sameColumns(a, b []Column) bool {
	return slices.EqualFunc(a, b, func(a, b Column) bool { return a.Name == b.Name && a.Type == b.Type })
}

// OwnSignals reads the signal models of the configuration folder. They are held to what the built-in ones are held to, before
// anything runs; an error names the file and everything that is wrong with it.
func OwnSignals(files []config.File) ([]*Model, error) {
	var out []*Model
	for _, f := range files {
		label := "config/" + f.Name
		var bad *config.TextError
		if len(f.Data) > config.MaxFileBytes {
			return nil, fmt.Errorf("%s: larger than %d bytes", label, config.MaxFileBytes)
		}
		if err := config.CheckText(f.Data); errors.As(err, &bad) {
			return nil, fmt.Errorf("%s:%d: character %d: %s", label, bad.Line, bad.Column, bad.Why)
		}
		if name := strings.TrimSuffix(path.Base(f.Name), ".sql"); !modelNameRE.MatchString(name) {
			return nil, fmt.Errorf("%s: a model's name has lower-case letters, digits and underscores", label)
		}
		m, err := Parse(label, Signals, f.Data)
		if err != nil {
			return nil, err
		}
		problems := m.Lint()
		if !sameColumns(m.Columns, SignalColumns) {
			var want []string
			for _, c := range SignalColumns {
				want = append(want, c.Name+" "+string(c.Type))
			}
			problems = append(problems, "a signal model has the columns "+strings.Join(want, ", ")+", in this order")
		}
		if m.View {
			problems = append(problems, "a signal model is a table, no view")
		}
		if slices.Contains(m.Reads, SignalUnion) {
			problems = append(problems, "a signal model cannot read the signals")
		}
		m.Own = true
		if len(problems) > 0 {
			return nil, fmt.Errorf("%s: %s", label, strings.Join(problems, "; "))
		}
		out = append(out, m)
	}
	return out, nil
}
