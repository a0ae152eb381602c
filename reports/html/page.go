package html

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"strings"

	"stapel/reports/draw"
	"stapel/reports/nl"
)

// shared are the parts that all pages have: head and foot, figures with their legend, tiles.
//
//go:embed templates
var shared embed.FS

// Execute fills the template named main from the *.tmpl files of templates and those of this package. Templates have the functions of this
// package: numbers and dates in Dutch, and Dutch words for codes.
func Execute(w io.Writer, templates fs.FS, main string, data any) error {
	t := template.New("").Funcs(functions).Funcs(cellFunctions)
	t.Funcs(template.FuncMap{"cell": func(name string, data any) (template.HTML, error) { // a template as a cell
		var b strings.Builder
		err := t.ExecuteTemplate(&b, name, data)
		return template.HTML(b.String()), err
	}})
	p := &sources{}
	made := func(t *Table, err error) (*Table, error) {
		if err == nil {
			t.page = p
		}
		return t, err
	}
	t.Funcs(template.FuncMap{"cijfer": p.figure, "herkomst": p.section, "papier": p.paper,
		"table": func(class, caption string, columns ...any) (*Table, error) {
			return made(newTable(class, caption, columns...))
		},
		"tableof": func(class, caption string, columns []string) (*Table, error) {
			return made(tableOf(class, caption, columns))
		},
	})
	if _, err := t.ParseFS(shared, "templates/*.tmpl"); err != nil {
		return err
	}
	if _, err := t.ParseFS(templates, "*.tmpl"); err != nil {
		return err
	}
	return t.ExecuteTemplate(w, main, data)
}

var functions = template.FuncMap{
	"euroheel":   nl.EuroWhole,
	"bedrag":     nl.Amount,
	"bedragheel": nl.AmountWhole,
	"getal":      nl.Int,
	"procent":    nl.Percent,
	"dag":        nl.Date,
	"maand":      nl.Month,
	"aantal":     nl.Count,
	"opsomming":  nl.List,
	"woord":      nl.Word,
	"staaf":      draw.CostBar,
	"optprocent": of(nl.Percent),
	"dict":       dict,
	"script":     scriptText,
	"scripthash": scriptHash,
	"int64":      func(n int) int64 { return int64(n) },
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
