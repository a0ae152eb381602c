// Package cijfer says what the figures of a report are called, and of each how it is worked out and how to follow it back (docs/trace.md). A report names
// patterns; what is said about them comes from the headers of the marts and from the tables of the folder vrij, so that it is said once.
package cijfer

import (
	"fmt"
	"slices"
	"strings"

	"stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/reports/vrij"
	"stapel/transforms"
)

// A Source is where figures of a report stand: the form of their ids, with what is to be known of each column.
type Source struct {
	Free    bool   // of the folder vrij
	Table   string // mart, or table of vrij
	Key     []string
	Columns []Column
	Level   transforms.Level
}

// Column is a column of figures.
type Column struct {
	Name, Title string
	Type        transforms.FigureType // empty: it holds no figure, and its rows are counted
	Sentence    string                // Dutch
}

// counted is what is said of a column that holds no figure.
const counted = "het aantal rijen"

// freeSentence is how every figure of vrij came to be.
const freeSentence = "afgerond, en achtergehouden waar dat nodig is, door de onthullingscontrole"

// names is what ids need to know of a mart or of a table of vrij.
type names struct {
	table  string
	keys   []string
	level  transforms.Level
	all    []string                                            // columns
	figure func(column string) (transforms.FigureType, string) // what it is and how it is worked out; empty of a column that holds none
}

func lookup(free bool, name string) (t names, err error) {
	if free {
		columns, err := vrij.Columns(name)
		if err != nil {
			return t, err
		}
		figures, err := vrij.Figures(name)
		if err != nil {
			return t, err
		}
		return names{name, vrij.Keys(name), transforms.LevelVrij, columns, func(column string) (transforms.FigureType, string) {
			if !slices.Contains(figures, column) {
				return "", ""
			}
			return vrij.Type(name, column), freeSentence
		}}, nil
	}
	m, err := mart.Header(name)
	if err != nil {
		return t, err
	}
	t = names{table: name, keys: m.Grain, level: m.Level, figure: func(column string) (transforms.FigureType, string) {
		for _, c := range m.Columns {
			if c.Name == column {
				return c.Figure.Type, c.Figure.Of()
			}
		}
		return "", ""
	}}
	for _, c := range m.Columns {
		t.all = append(t.all, c.Name)
	}
	return t, nil
}

// about is what is to be known of a column.
func (t names) about(column string) Column {
	c := Column{Name: column, Title: nl.Heading(t.table, column), Sentence: counted}
	if kind, sentence := t.figure(column); kind != "" {
		c.Type, c.Sentence = kind, sentence
	}
	return c
}

// Parse reads a pattern: `<mart>/<key>/<columns>`, or `vrij/<table>/<key>/<columns>`. Columns have a comma between them; a key is the columns of the
// table's key with slashes between, each as <name> or as what stands there in every row of the report, or * for all of them by name.
func Parse(pattern string) (Source, error) {
	rest, free := strings.CutPrefix(pattern, "vrij/")
	parts := strings.Split(rest, "/")
	if len(parts) < 3 {
		return Source{}, fmt.Errorf("%q is geen vorm van een cijfer", pattern)
	}
	s := Source{Free: free, Table: parts[0], Key: parts[1 : len(parts)-1]}
	t, err := lookup(free, s.Table)
	if err != nil {
		return Source{}, fmt.Errorf("cijfer %q: %w", pattern, err)
	}
	s.Level = t.level
	if len(s.Key) == 1 && s.Key[0] == "*" {
		s.Key = nil
		for _, k := range t.keys {
			s.Key = append(s.Key, "<"+k+">")
		}
	}
	if len(s.Key) != len(t.keys) {
		return Source{}, fmt.Errorf("cijfer %q: de sleutel van %s is %s", pattern, s.Table, strings.Join(t.keys, ", "))
	}
	for i, k := range s.Key {
		if strings.HasPrefix(k, "<") && k != "<"+t.keys[i]+">" || k == "" {
			return Source{}, fmt.Errorf("cijfer %q: de sleutel van %s is %s", pattern, s.Table, strings.Join(t.keys, ", "))
		}
	}
	for name := range strings.SplitSeq(parts[len(parts)-1], ",") {
		if !slices.Contains(t.all, name) {
			return Source{}, fmt.Errorf("cijfer %q: %s heeft geen kolom %q", pattern, s.Table, name)
		}
		s.Columns = append(s.Columns, t.about(name))
	}
	return s, nil
}

// String is the pattern in full.
func (s Source) String() string {
	var names []string
	for _, c := range s.Columns {
		names = append(names, c.Name)
	}
	return s.ID(strings.Join(names, ","))
}

// ID is the form of the ids of one column.
func (s Source) ID(column string) string {
	id := s.Table + "/" + strings.Join(s.Key, "/") + "/" + column
	if s.Free {
		id = "vrij/" + id
	}
	return id
}

// Command is how a figure is followed back; one about a household, person, plan or line needs a reason.
func (s Source) Command() string {
	column := "<kolom>"
	if len(s.Columns) == 1 {
		column = s.Columns[0].Name
	}
	command := "stapel trace '" + s.ID(column) + "'"
	if s.Level == transforms.LevelRij {
		command += ` --reden "…"`
	}
	return command
}

// Check says whether an id can be one of a figure, as One does.
func Check(id string) error {
	_, err := One(id)
	return err
}

// One is the source of the figure of an id: its table and column are there and it has a key. Whether a row has that key the run knows.
func One(id string) (Source, error) {
	rest, free := strings.CutPrefix(id, "vrij/")
	first, last := strings.Index(rest, "/"), strings.LastIndex(rest, "/")
	if first <= 0 || last <= first+1 {
		return Source{}, fmt.Errorf("%q is geen id van een cijfer", id)
	}
	table, key, column := rest[:first], rest[first+1:last], rest[last+1:]
	t, err := lookup(free, table)
	if err != nil {
		return Source{}, fmt.Errorf("cijfer %q: %w", id, err)
	}
	if strings.Count(key, "/")+1 < len(t.keys) {
		return Source{}, fmt.Errorf("cijfer %q: de sleutel van %s is %s", id, table, strings.Join(t.keys, ", "))
	}
	if kind, _ := t.figure(column); kind == "" {
		return Source{}, fmt.Errorf("cijfer %q: %s heeft geen cijfer %q", id, table, column)
	}
	return Source{Free: free, Table: table, Key: []string{key}, Columns: []Column{t.about(column)}, Level: t.level}, nil
}
