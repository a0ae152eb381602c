package vrij

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"stapel/transforms"
	"stapel/transforms/typed"
)

// keys are the columns that identify a row of a table, in the order of a figure's id. The others are figures.
var keys = map[string][]string{
	"cocktail":        {"dag", "cocktail_id", "gemeentecode", "wijkcode", "oordeel"},
	"cocktail_type":   {"cocktail_id", "typhh", "oordeel"},
	"cocktail_kosten": {"cocktail_id", "deel"},
	"combinatie":      {"combinatie"},
	"overgang":        {"van_ingredient", "naar_ingredient"},
	"pad":             {"cocktail_id", "pad"},
	"pad_stap":        {"cocktail_id", "pad", "stap"},
	"bijna":           {"cocktail_id", "ontbrekend"},
	"hindernis":       {"hindernis", "partij"},
	"fraudefuik":      {"groep", "stand"},
	"effect":          {"schatter", "herkomst"},
	"effect_betaler":  {"herkomst", "betaler"},
	"uitkomst":        {"uitkomst", "herkomst"},
	"plan_totaal":     {"meting"},
	"tevredenheid":    {"meetmoment_mnd"},
	"claim":           {"claim_id"},
	"bron":            {"kind"},
	"verslag":         {"tabel"},
}

// about are columns that are neither of a key nor a figure.
var about = []string{"is_p", "kwartaal", "n_ingredienten", "van_ingredient", "naar_ingredient", "eenheid", "cocktail_id"}

// find is the file of a table.
func find(name string) (file, error) {
	at := slices.IndexFunc(files, func(f file) bool { return f.name == name })
	if at < 0 {
		return file{}, fmt.Errorf("er is geen tabel %s", name)
	}
	return files[at], nil
}

func columnsOf(name string) ([]typed.Column, error) {
	f, err := find(name)
	if err != nil {
		return nil, err
	}
	columns, _, err := f.cells(&Tables{})
	return columns, err
}

// Figures are the columns of a table that hold figures.
func Figures(name string) (out []string, err error) {
	columns, err := Columns(name)
	return slices.DeleteFunc(columns, func(c string) bool { return slices.Contains(keys[name], c) || slices.Contains(about, c) }), err
}

// Key is the key of a row of a table in a figure's id.
func Key(name string, columns []typed.Column, row []any) string {
	var parts []string
	for _, k := range keys[name] {
		at := slices.IndexFunc(columns, func(c typed.Column) bool { return c.Name == k })
		parts = append(parts, keyText(row[at]))
	}
	return strings.Join(parts, "/")
}

func keyText(v any) string {
	if day, ok := v.(time.Time); ok {
		return day.Format(time.DateOnly)
	}
	return fmt.Sprint(v)
}

// Each hands over the rows of a table, with the key of each; a cell that may not be shown is nil.
func (t *Tables) Each(name string, row func(key string, columns []typed.Column, cells []any) error) error {
	f, err := find(name)
	if err != nil {
		return err
	}
	columns, rows, err := f.cells(t)
	if err != nil {
		return err
	}
	for _, cells := range rows {
		if err := row(Key(name, columns, cells), columns, cells); err != nil {
			return err
		}
	}
	return nil
}

// Keys are the columns that identify a row of a table, in the order of a figure's id.
func Keys(name string) []string { return slices.Clone(keys[name]) }

// Columns are the names of all columns of a table.
func Columns(name string) (out []string, err error) {
	columns, err := columnsOf(name)
	for _, c := range columns {
		out = append(out, c.Name)
	}
	return out, err
}

// Type is what a figure of a table is: an oordeel is a word, and of a number nothing can be counted again, for it was rounded.
func Type(name, column string) transforms.FigureType {
	columns, err := columnsOf(name)
	if err == nil && slices.ContainsFunc(columns, func(c typed.Column) bool { return c.Name == column && c.Type == "VARCHAR" }) {
		return transforms.Oordeel
	}
	return transforms.Gegeven
}
