package trace

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/reports/mart"
	"stapel/reports/vrij"
	"stapel/transforms"
)

// ID names a figure of a run: `<mart>/<key>/<column>`, or `vrij/<table>/<key>/<column>` of what disclosure control let through. A key of more
// columns than one has a slash between them; what stands in it is as in the table, days as JJJJ-MM-DD.
type ID struct {
	Free               bool // of the folder vrij
	Table, Key, Column string
}

// headers are those of all models, read once: who traces many figures asks for them with each.
var headers = sync.OnceValues(transforms.Headers)

// String is the id as it is written.
func (id ID) String() string {
	s := id.Table + "/" + id.Key + "/" + id.Column
	if id.Free {
		s = freePrefix + s
	}
	return s
}

const freePrefix = "vrij/"

// Parse takes an id apart. Whether there is such a table and column is for who looks it up.
func Parse(text string) (ID, error) {
	rest, free := strings.CutPrefix(text, freePrefix)
	first, last := strings.Index(rest, "/"), strings.LastIndex(rest, "/")
	if first <= 0 || last == first || last == len(rest)-1 {
		return ID{}, exit.Misuse("write <mart>/<key>/<column>, as in ranglijst/1/kosten_t0_ct, or with vrij/ before it; docs/trace.md has more", "that is no id of a figure")
	}
	return ID{Free: free, Table: rest[:first], Key: rest[first+1 : last], Column: rest[last+1:]}, nil
}

// header finds the mart and the column of an id. Its errors say which part is not there, and what is near.
func (id ID) header() (*transforms.Model, transforms.Column, error) {
	all, err := headers()
	if err != nil {
		return nil, transforms.Column{}, err
	}
	var names []string
	for _, m := range all {
		if m.Published() {
			names = append(names, m.Name)
		}
	}
	if !slices.Contains(names, id.Table) {
		return nil, transforms.Column{}, unknown("mart", id.Table, names)
	}
	m, err := mart.Header(id.Table)
	if err != nil {
		return nil, transforms.Column{}, err
	}
	var columns []string
	for _, c := range m.Columns {
		if c.Figure.Type != "" && c.Name == id.Column {
			return m, c, nil
		}
		if c.Figure.Type != "" {
			columns = append(columns, c.Name)
		}
	}
	if slices.ContainsFunc(m.Columns, func(c transforms.Column) bool { return c.Name == id.Column }) {
		return nil, transforms.Column{}, exit.Misuse("the figures of the mart are "+strings.Join(columns, ", "),
			"column %s of mart %s names things: it is no figure", id.Column, id.Table)
	}
	return nil, transforms.Column{}, unknown("column", id.Column, columns)
}

// freeColumns finds the table and the column of an id of vrij.
func (id ID) freeColumns() error {
	if !slices.Contains(vrij.Names(), id.Table) {
		return unknown("table of vrij", id.Table, vrij.Names())
	}
	figures, err := vrij.Figures(id.Table)
	if err != nil {
		return err
	}
	if !slices.Contains(figures, id.Column) {
		return unknown("column", id.Column, figures)
	}
	return nil
}

// unknown says that a part of an id is not there, and what is near. Names of tables and columns are no data, so that what was given may be said
// where it is near one; anything else is not repeated.
func unknown(part, given string, among []string) error {
	remedy := "there are " + strings.Join(among, ", ")
	if near := config.Nearest(given, among); near != "" {
		remedy = fmt.Sprintf("did you mean %s?", near)
	}
	return exit.Misuse(remedy, "the id names a %s that is not there", part)
}
