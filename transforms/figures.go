package transforms

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"
)

// FigureType says what a figure is, and so how it is traced (methods 8). The zero value is no figure: words, days and keys that name things.
type FigureType string

// Figure types. Som is money that is added up of source lines, telling counts members, schatting is computed from both, oordeel is a word by a rule.
// Gegeven is a number that somebody delivered or that names something: nothing is counted in it.
const (
	Som       FigureType = "som"
	Telling   FigureType = "telling"
	Schatting FigureType = "schatting"
	Oordeel   FigureType = "oordeel"
	Gegeven   FigureType = "gegeven"
)

// inferred is the type of a figure of which the header does not say it, by the type of its column.
var inferred = map[ColumnType]FigureType{Ct: Som, Aantal: Telling, Aandeel: Schatting, Getal: Schatting, Sleutel: Gegeven}

// A Figure is what a header says of a figure: its type, and how it is worked out, in Dutch.
type Figure struct {
	Type    FigureType
	Formula string // a sentence; empty where nobody wrote one

	others []rowFigure // of rows whose key fits a pattern
}

// rowFigure is what the figures of some rows are, where those of a column are not all alike.
type rowFigure struct {
	keys string // as path.Match has it
	Figure
}

// In is what the figure is in the row of a key.
func (f Figure) In(key string) Figure {
	for _, o := range f.others {
		if fits, err := path.Match(o.keys, key); err == nil && fits {
			return o.Figure
		}
	}
	return f
}

// parseFigures reads a header's figures: `columns: type, sentence` or `columns: type`, with blanks between columns. `column@pattern` is about the
// rows whose key fits.
func parseFigures(header map[string]string) (map[string]Figure, error) {
	out := map[string]Figure{}
	for columns, value := range header {
		word, sentence, _ := strings.Cut(value, ",")
		f := Figure{Type: FigureType(strings.TrimSpace(word)), Formula: strings.TrimSpace(sentence)}
		if !slices.Contains([]FigureType{Som, Telling, Schatting, Oordeel, Gegeven}, f.Type) {
			return nil, fmt.Errorf("%s: want som, telling, schatting, oordeel or gegeven, and a sentence after a comma", columns)
		}
		for name := range strings.FieldsSeq(columns) {
			_, keys, some := strings.Cut(name, "@")
			if _, err := path.Match(keys, ""); some && (err != nil || keys == "") {
				return nil, fmt.Errorf("%s: want column@pattern of a key", name)
			}
			if _, there := out[name]; there {
				return nil, fmt.Errorf("%s stands there twice", name)
			}
			out[name] = f
		}
	}
	return out, nil
}

// applyFigures gives the columns what the header says of them, in the place of what the model that they come from says; of a mart's others it is
// inferred. A column of the key is no figure.
func (m *Model) applyFigures() error {
	left := len(m.figures)
	for i := range m.Columns {
		c := &m.Columns[i]
		key := slices.Contains(m.Grain, c.Name)
		if own, said := m.figures[c.Name]; said {
			left--
			if key {
				return fmt.Errorf("%s: header: figures: %s is of the key, which is no figure", m.File, c.Name)
			}
			c.Figure = own
		} else if m.Published() && c.Figure.Type == "" && !key {
			c.Figure.Type = inferred[c.Type]
		} else if key {
			c.Figure = Figure{}
		}
		c.Figure.others = nil
		for _, name := range slices.Sorted(maps.Keys(m.figures)) {
			if column, keys, some := strings.Cut(name, "@"); some && column == c.Name {
				left--
				c.Figure.others = append(c.Figure.others, rowFigure{keys, m.figures[name]})
			}
		}
	}
	if left > 0 {
		return fmt.Errorf("%s: header: figures: a name is none of its columns", m.File)
	}
	return nil
}

// FigureColumns are the columns of a mart that hold a figure or an oordeel.
func (m *Model) FigureColumns() (out []Column) {
	for _, c := range m.Columns {
		if c.Figure.Type != "" {
			out = append(out, c)
		}
	}
	return out
}

// Of says how a figure is worked out, in Dutch: the header's sentence, or what its type says.
func (f Figure) Of() string {
	if f.Formula != "" {
		return f.Formula
	}
	return typeSentences[f.Type]
}

var typeSentences = map[FigureType]string{
	Som:       "de som, op de cent, van delen van bronregels",
	Telling:   "het aantal leden dat eronder staat",
	Schatting: "berekend door het model van deze tabel; opnieuw rekenen geeft hetzelfde getal",
	Oordeel:   "een regel, toegepast op de getallen ernaast",
	Gegeven:   "zo geleverd, of een nummer; er is niets in geteld",
}
