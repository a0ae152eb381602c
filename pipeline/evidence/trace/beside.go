package trace

import (
	"context"
	"strings"

	"stapel/reports/mart"
	"stapel/transforms"
)

// beside are the values of the row that a schatting or an oordeel stands in, and for the status of a cocktail the evidence of it: what the rule
// looked at.
func (t *Tracer) beside(ctx context.Context, out *Trace, m *transforms.Model, row []any) error {
	for i, c := range m.Columns {
		if out.ID == "" || strings.HasSuffix(out.ID, "/"+c.Name) {
			continue
		}
		out.Inputs = append(out.Inputs, Input{c.Name, row[i]})
	}
	if m.Name == "cocktail" && out.Type == transforms.Oordeel {
		return t.cocktail(out, row)
	}
	return nil
}

// cocktail adds what the cocktail asks, and each signal that counts for the episode with its source line.
func (t *Tracer) cocktail(out *Trace, row []any) error {
	names, err := t.named("cocktail_naam")
	if err != nil {
		return err
	}
	evidence, err := t.named("cocktail_bewijs")
	if err != nil {
		return err
	}
	id, _ := row[t.marts["cocktail"].at("cocktail_id")].(string)
	asked, err := names.find(id)
	if err != nil {
		return err
	}
	if asked != nil {
		out.Inputs = append(out.Inputs, Input{"cocktail_naam.ingredienten", asked[names.at("ingredienten")]})
	}
	own := t.marts["cocktail"].key(row) + "/"
	return evidence.each(func(key string, cells []any) error {
		if !strings.HasPrefix(key, own) {
			return nil
		}
		text := func(column string) string { s, _ := cells[evidence.at(column)].(string); return s }
		line, _ := cells[evidence.at("bron_regel")].(int64)
		out.Parts = append(out.Parts, Part{Kind: text("bron_kind"), File: text("bron_bestand"), Line: line,
			Member: text("ingredient") + ", " + text("sterkte"), Sum: 1})
		return nil
	})
}

// named is a mart by its name.
func (t *Tracer) named(name string) (*stored, error) {
	m, err := mart.Header(name)
	if err != nil {
		return nil, err
	}
	return t.mart(m)
}
