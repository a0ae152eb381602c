package transforms

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// parseColumns reads one item of a header's columns: a column of the model's own, `name type: what it is`, or columns that it hands on
// from a model it reads, `from model: name, name as other`, or `from model: all`. A question mark after a type, or after a name that is
// handed on, says that a mart's column may be empty.
func parseColumns(item map[string]string) ([]Column, error) {
	if len(item) != 1 {
		return nil, errors.New(`want "name type: what it is" or "from model: columns"`)
	}
	for key, value := range item {
		first, second, ok := strings.Cut(key, " ")
		if first == "from" && ok {
			return handedOn(second, value)
		}
		typ, empty := strings.CutSuffix(second, "?")
		if !ok || sqlTypes[ColumnType(typ)] == "" {
			return nil, errors.New(`want "name type: what it is" with a known type`)
		}
		return []Column{{Name: first, Type: ColumnType(typ), Doc: value, Empty: empty}}, nil
	}
	panic("unreachable")
}

func handedOn(model, list string) (out []Column, err error) {
	if strings.TrimSpace(list) == "all" {
		return []Column{{Name: "*", from: model + ".*"}}, nil
	}
	for part := range strings.SplitSeq(list, ",") {
		name, empty := strings.CutSuffix(strings.TrimSpace(part), "?")
		words := strings.Fields(name)
		switch {
		case len(words) == 1:
			out = append(out, Column{Name: words[0], Empty: empty, from: model + "." + words[0]})
		case len(words) == 3 && words[1] == "as":
			out = append(out, Column{Name: words[2], Empty: empty, from: model + "." + words[0]})
		default:
			return nil, fmt.Errorf(`from %s: want names, or "name as other", with commas between`, model)
		}
	}
	return out, nil
}

// complete checks, of a model whose columns are all known, that its grain is among them and that no name is there twice.
func (m *Model) complete() error {
	names := map[string]bool{}
	for _, c := range m.Columns {
		if c.from != "" && c.Type == "" {
			return nil // resolve calls again
		}
		if names[c.Name] {
			return fmt.Errorf("%s: header: columns: two are called %s", m.File, c.Name)
		}
		names[c.Name] = true
	}
	for _, g := range m.Grain {
		if !names[g] {
			return fmt.Errorf("%s: header: grain: no column %s", m.File, g)
		}
	}
	if err := m.applyNeeds(); err != nil {
		return err
	}
	return m.applyFigures()
}

// resolve fills in the columns that models hand on: type and description are those of the model they come from. A model hands on only
// what it reads.
func resolve(models []*Model) error {
	byName := map[string]*Model{}
	for _, m := range models {
		byName[m.Name] = m
	}
	busy := map[string]bool{}
	var fill func(m *Model) error
	fill = func(m *Model) error {
		if !slices.ContainsFunc(m.Columns, func(c Column) bool { return c.from != "" && c.Type == "" }) {
			return nil
		}
		if busy[m.Name] {
			return fmt.Errorf("%s: header: columns: it hands on its own columns", m.File)
		}
		busy[m.Name] = true
		defer delete(busy, m.Name)
		var columns []Column
		for _, c := range m.Columns {
			if c.from == "" {
				columns = append(columns, c)
				continue
			}
			model, name, _ := strings.Cut(c.from, ".")
			parent := byName[model]
			if parent == nil || !slices.Contains(m.Reads, model) {
				return fmt.Errorf("%s: header: columns: from %s: it is not a model that this one reads", m.File, model)
			}
			if err := fill(parent); err != nil {
				return err
			}
			found := false
			for _, p := range parent.Columns {
				switch {
				case name == "*":
					columns, found = append(columns, Column{p.Name, p.Type, p.Doc, p.Empty, p.Needs, p.Figure, model + "." + p.Name}), true
				case name == p.Name:
					columns, found = append(columns, Column{c.Name, p.Type, p.Doc, c.Empty, p.Needs, p.Figure, c.from}), true
				}
			}
			if !found {
				return fmt.Errorf("%s: header: columns: from %s: it has no column %s", m.File, model, name)
			}
		}
		m.Columns = columns
		return m.complete()
	}
	for _, m := range models {
		if err := fill(m); err != nil {
			return err
		}
	}
	return nil
}

// HandedOn is the model and column that a column is handed on from, by the header; "" of one that the model makes itself.
func (m *Model) HandedOn(column string) (model, from string) {
	for _, c := range m.Columns {
		if c.Name == column {
			model, from, _ = strings.Cut(c.from, ".")
		}
	}
	return model, from
}
