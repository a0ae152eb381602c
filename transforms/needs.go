package transforms

import (
	"fmt"
	"slices"
	"strings"
)

// EveryColumn stands in a header's needs for all its columns.
const EveryColumn = "*"

// Words for what a column needs beside kinds; which kinds they mean depends on the configuration.
const (
	NeedsDomein        = "domein:"       // with a name: the kinds whose lines are cost of that domein
	NeedsGedeclareerd  = "gedeclareerd"  // all kinds whose lines are declared cost
	NeedsVoorzieningen = "voorzieningen" // the kinds of which lines are provisions that run
	NeedsIngredienten  = "ingredienten"  // the kinds that have to cover a household before an ingredient of a cocktail may be called absent
)

// Adds stands before a kind of which lines add to a column: without it the column says at least what it says, and nothing when no such kind is
// there. Without the sign the column says nothing without the kind.
const Adds = "+"

// parseNeeds reads a header's needs: which kinds have to be delivered for columns to say anything, as `columns: kinds`, both with blanks
// between.
func parseNeeds(header map[string]string) (map[string][]string, error) {
	out := map[string][]string{}
	for columns, kinds := range header {
		if strings.TrimSpace(kinds) == "" {
			return nil, fmt.Errorf("%s: want kinds", columns)
		}
		for name := range strings.FieldsSeq(columns) {
			if out[name] != nil {
				return nil, fmt.Errorf("%s stands there twice", name)
			}
			out[name] = strings.Fields(kinds)
		}
	}
	return out, nil
}

// applyNeeds gives the columns what the header says that they need, in the place of what the model they come from says.
func (m *Model) applyNeeds() error {
	left := len(m.needs)
	if m.needs[EveryColumn] != nil {
		left--
	}
	for i := range m.Columns {
		c := &m.Columns[i]
		if own := m.needs[c.Name]; own != nil {
			c.Needs = own
			left--
		} else if all := m.needs[EveryColumn]; all != nil {
			c.Needs = all
		}
	}
	if left > 0 {
		return fmt.Errorf("%s: header: needs: a name is none of its columns", m.File)
	}
	return nil
}

// Needs are the kinds that something needs: All of them, or of Some as many as there are.
type Needs struct{ All, Some []string }

// NeedsOf are the kinds that words of a header mean; kinds gives those of a word that is no kind itself. In order, none twice.
func NeedsOf(words []string, kinds func(word string) (list []string, ok bool)) Needs {
	var out Needs
	for _, word := range words {
		name, adds := strings.CutPrefix(word, Adds)
		list, ok := kinds(name)
		if !ok {
			list = []string{name}
		}
		if adds {
			out.Some = append(out.Some, list...)
		} else {
			out.All = append(out.All, list...)
		}
	}
	for _, list := range []*[]string{&out.All, &out.Some} {
		slices.Sort(*list)
		*list = slices.Compact(*list)
	}
	return out
}
