package duckdb

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	duck "github.com/duckdb/duckdb-go/v2"
)

// Tables lists, sorted, what a SELECT reads as DuckDB itself reads the text: tables and files by name (a table of another schema
// as schema.table), table functions as name(). Names of CTEs are none of them. Anything but one SELECT is an error.
func (e *Engine) Tables(ctx context.Context, query string) ([]string, error) {
	var text string
	if err := e.conn.QueryRowContext(ctx, "select cast(json_serialize_sql(cast(? as varchar)) as varchar)", query).Scan(&text); err != nil {
		return nil, e.explain("tables", e.spill, err)
	}
	var tree struct {
		Failed     bool   `json:"error"`
		Why        string `json:"error_message"`
		Statements []any  `json:"statements"`
	}
	if err := json.Unmarshal([]byte(text), &tree); err != nil {
		return nil, errors.New("the engine's reading of it can't be read")
	}
	if tree.Failed {
		why, _, _ := strings.Cut(tree.Why, "\n")
		return nil, fmt.Errorf("the engine can't read it: %s", quoted.ReplaceAllString(why, "a file"))
	}
	if len(tree.Statements) != 1 {
		return nil, errors.New("it is not one SELECT")
	}
	// DuckDB's own list knows which name is a CTE where it stands; the tree knows what the list leaves out: functions, and the
	// tables of the system
	names, err := duck.GetTableNames(e.conn, query, false)
	if err != nil {
		return nil, e.explain("tables", e.spill, err)
	}
	var r reads
	r.walk(tree.Statements)
	for _, name := range r.tables {
		if !slices.Contains(names, name) && !slices.Contains(r.ctes, name) {
			names = append(names, name)
		}
	}
	names = append(names, r.others...)
	slices.Sort(names)
	return slices.Compact(names), nil
}

// reads is what a syntax tree names.
type reads struct {
	tables []string // also CTEs
	ctes   []string
	others []string // functions, and tables with their schema
}

func (r *reads) walk(node any) {
	switch n := node.(type) {
	case []any:
		for _, x := range n {
			r.walk(x)
		}
	case map[string]any:
		text := func(key string) string { s, _ := n[key].(string); return s }
		switch text("type") {
		case "BASE_TABLE":
			name := strings.ToLower(text("table_name"))
			if schema := strings.Trim(text("catalog_name")+"."+text("schema_name"), "."); schema != "" {
				r.others = append(r.others, strings.ToLower(schema)+"."+name)
			} else {
				r.tables = append(r.tables, name)
			}
		case "TABLE_FUNCTION":
			name := "?"
			if f, ok := n["function"].(map[string]any); ok {
				name, _ = f["function_name"].(string)
			}
			r.others = append(r.others, strings.ToLower(name)+"()")
		case "SHOW_REF":
			r.others = append(r.others, "describe()")
		}
		if ctes, ok := n["cte_map"].(map[string]any); ok {
			list, _ := ctes["map"].([]any)
			for _, c := range list {
				if entry, ok := c.(map[string]any); ok {
					key, _ := entry["key"].(string)
					r.ctes = append(r.ctes, strings.ToLower(key))
				}
			}
		}
		for _, x := range n {
			r.walk(x)
		}
	}
}
