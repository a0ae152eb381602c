package duckdb

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Tables lists, sorted, what a SELECT reads as DuckDB itself reads the text: tables and files by name (a table of another schema
// as schema.table), table functions as name(). Names of CTEs are none of them. Anything but one SELECT is an error.
func (e *Engine) Tables(ctx context.Context, query string) ([]string, error) {
	if names, ok := known.Load(query); ok {
		return slices.Clone(names.([]string)), nil
	}
	names, err := e.tables(ctx, query)
	if err == nil {
		known.Store(query, slices.Clone(names))
	}
	return names, err
}

// known is what Tables said of a text: it says the same of it as long as the program runs.
var known sync.Map

func (e *Engine) tables(ctx context.Context, query string) ([]string, error) {
	text, err := e.session.texts(ctx, "select cast(json_serialize_sql("+literal(query)+", skip_null := true, skip_empty := true, skip_default := true) as varchar)")
	if err != nil {
		return nil, e.explain("tables", e.spill, err)
	}
	var tree struct {
		Failed     bool   `json:"error"`
		Why        string `json:"error_message"`
		Statements []any  `json:"statements"`
	}
	if err := json.Unmarshal([]byte(text[0][0]), &tree); err != nil {
		return nil, errors.New("the engine's reading of it can't be read")
	}
	if tree.Failed {
		why, _, _ := strings.Cut(tree.Why, "\n")
		return nil, fmt.Errorf("the engine can't read it: %s", quoted.ReplaceAllString(why, "a file"))
	}
	if len(tree.Statements) != 1 {
		return nil, errors.New("it is not one SELECT")
	}
	var r reads
	r.walk(tree.Statements, nil)
	slices.Sort(r)
	return slices.Compact(r), nil
}

// reads is what a syntax tree names and no CTE is.
type reads []string

// walk adds what node names; ctes are the CTEs that can be named where it stands, in lower case, as DuckDB compares them.
func (r *reads) walk(node any, ctes []string) {
	switch n := node.(type) {
	case []any:
		for _, x := range n {
			r.walk(x, ctes)
		}
	case map[string]any:
		text := func(key string) string { s, _ := n[key].(string); return strings.ToLower(s) }
		ctes = r.with(n["cte_map"], ctes)
		switch text("type") {
		case "base_table":
			name := text("table_name")
			if schema := strings.Trim(text("catalog_name")+"."+text("schema_name"), "."); schema != "" {
				*r = append(*r, schema+"."+name)
			} else if !slices.Contains(ctes, name) {
				*r = append(*r, name)
			}
		case "table_function":
			name := "?"
			if f, ok := n["function"].(map[string]any); ok {
				name, _ = f["function_name"].(string)
			}
			*r = append(*r, strings.ToLower(name)+"()")
		case "show_ref":
			*r = append(*r, "describe()")
		}
		for key, x := range n {
			switch {
			case key == "cte_map":
			case key == "right" && text("type") == "recursive_cte_node": // the part that goes round
				r.walk(x, append(slices.Clip(ctes), text("cte_name")))
			default:
				r.walk(x, ctes)
			}
		}
	}
}

// with walks the CTEs of a node, each of which can name those before it, and returns what the node itself can name.
func (r *reads) with(node any, ctes []string) []string {
	list, _ := node.(map[string]any)
	entries, _ := list["map"].([]any)
	for _, x := range entries {
		entry, _ := x.(map[string]any)
		r.walk(entry["value"], ctes)
		name, _ := entry["key"].(string)
		ctes = append(slices.Clip(ctes), strings.ToLower(name))
	}
	return ctes
}
