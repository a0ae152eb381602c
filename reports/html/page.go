package html

import (
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"

	"stapel/reports/mart"
	"stapel/reports/nl"
)

// Execute fills the template named main from the *.tmpl files of templates. Templates have the functions of this
// package: numbers and dates in Dutch, and Dutch words for codes.
func Execute(w io.Writer, templates fs.FS, main string, data any) error {
	t, err := template.New("").Funcs(functions).ParseFS(templates, "*.tmpl")
	if err != nil {
		return err
	}
	return t.ExecuteTemplate(w, main, data)
}

var functions = template.FuncMap{
	"euro":       nl.Euro,
	"euroheel":   nl.EuroWhole,
	"bedrag":     nl.Amount,
	"bedragheel": nl.AmountWhole,
	"getal":      nl.Int,
	"procent":    nl.Percent,
	"dag":        nl.Date,
	"dagkort":    nl.DateShort,
	"maand":      nl.Month,
	"aantal":     nl.Count,
	"opsomming":  nl.List,
	"woord":      nl.Word,
	"staaf":      CostBar,
	"datum":      martDate,
	"optbedrag":  optional(nl.AmountWhole),
	"optgetal":   optional(nl.Int),
	"optcenten":  optional(nl.Amount),
	"optprocent": optional(nl.Percent),
	"splits":     split,
	"dict":       dict,
	"int64":      func(n int) int64 { return int64(n) },
}

// martDate shows a mart's day, a dash when it is empty.
func martDate(d *mart.Date) string {
	if d == nil {
		return "–"
	}
	return nl.DateShort(d.Time())
}

// optional makes a format show a dash for an empty value.
func optional[T any](format func(T) string) func(*T) string {
	return func(p *T) string {
		if p == nil {
			return "–"
		}
		return format(*p)
	}
}

// split cuts a list column at its bars; an empty one has no parts.
func split(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "|")
}

// dict passes more than one value to a template: key, value, key, value.
func dict(pairs ...any) (map[string]any, error) {
	if len(pairs)%2 != 0 {
		return nil, fmt.Errorf("dict: %d waarden, een even aantal verwacht", len(pairs))
	}
	m := make(map[string]any, len(pairs)/2)
	for i := 0; i < len(pairs); i += 2 {
		key, ok := pairs[i].(string)
		if !ok {
			return nil, fmt.Errorf("dict: sleutel %d is geen tekst", i/2)
		}
		m[key] = pairs[i+1]
	}
	return m, nil
}
