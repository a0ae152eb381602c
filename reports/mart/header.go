package mart

import (
	"fmt"
	"reflect"
	"strings"
	"sync"

	"stapel/reports/nl"
	"stapel/reports/table"
	"stapel/transforms"
)

// headers are those of all marts, by name.
var headers = sync.OnceValues(func() (map[string]*transforms.Model, error) {
	models, err := transforms.Headers()
	if err != nil {
		return nil, err
	}
	marts := map[string]*transforms.Model{}
	for _, m := range models {
		if m.Published() {
			marts[m.Name] = m
		}
	}
	return marts, nil
})

// Header is the header of a mart.
func Header(name string) (*transforms.Model, error) {
	marts, err := headers()
	if err != nil {
		return nil, err
	}
	if marts[name] == nil {
		return nil, fmt.Errorf("er is geen mart %s", name)
	}
	return marts[name], nil
}

// kinds are the kinds of column that people get, by the type in the header.
var kinds = map[transforms.ColumnType]table.Kind{transforms.Huishouden: table.Text, transforms.Persoon: table.Text, transforms.Tekst: table.Text,
	transforms.Gemeente: table.Text, transforms.Ct: table.Euro, transforms.Aantal: table.Int, transforms.Sleutel: table.Int,
	transforms.Aandeel: table.Fraction, transforms.Getal: table.Number, transforms.Datum: table.Day, transforms.Maand: table.Day,
	transforms.Vlag: table.Flag}

// TableOf is a mart as a table for people, without its rows: its level, and its columns with Dutch headings.
func TableOf(name string) (table.Table, error) {
	m, err := Header(name)
	if err != nil {
		return table.Table{}, err
	}
	t := table.Table{Name: name, Level: m.Level}
	for _, c := range m.Columns {
		kind := kinds[c.Type]
		if kind == table.Int && strings.HasSuffix(c.Name, "jaar") {
			kind = table.Year
		}
		t.Columns = append(t.Columns, table.Column{Name: c.Name, Title: nl.Heading(name, c.Name), Kind: kind})
	}
	return t, nil
}

// goTypes are the types of fields by the type in the header; a field of which the column may be empty is a pointer, but for text.
var goTypes = map[transforms.ColumnType]reflect.Type{transforms.Huishouden: reflect.TypeFor[string](), transforms.Persoon: reflect.TypeFor[string](),
	transforms.Tekst: reflect.TypeFor[string](), transforms.Gemeente: reflect.TypeFor[string](), transforms.Ct: reflect.TypeFor[int64](),
	transforms.Aantal: reflect.TypeFor[int64](), transforms.Sleutel: reflect.TypeFor[int64](), transforms.Aandeel: reflect.TypeFor[float64](),
	transforms.Getal: reflect.TypeFor[float64](), transforms.Datum: reflect.TypeFor[Date](), transforms.Maand: reflect.TypeFor[Date](),
	transforms.Vlag: reflect.TypeFor[bool]()}

// Misfits says where a row type is not what the header of its mart says: a column that is not there, another type, and a column that may be
// empty read as if it were never, or the other way round.
func (r RowType) Misfits() ([]string, error) {
	m, err := Header(r.Mart)
	if err != nil {
		return nil, err
	}
	byName := map[string]transforms.Column{}
	for _, c := range m.Columns {
		byName[c.Name] = c
	}
	var out []string
	for _, field := range Fields(r.Type) {
		c, ok := byName[columnOf(field)]
		if !ok {
			out = append(out, fmt.Sprintf("%s.%s: mart %s has no column %q", r.Type, field.Name, r.Mart, columnOf(field)))
			continue
		}
		want := goTypes[c.Type]
		if c.Empty && want.Kind() != reflect.String {
			want = reflect.PointerTo(want)
		}
		if field.Type != want {
			out = append(out, fmt.Sprintf("%s.%s is %s; column %s of mart %s is %s, empty %v, so it is %s", r.Type, field.Name, field.Type, c.Name,
				r.Mart, c.Type, c.Empty, want))
		}
	}
	return out, nil
}
