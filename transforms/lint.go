package transforms

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"stapel/transforms/portable"
)

var (
	wordRE  = regexp.MustCompile(`[a-z_][a-z0-9_]*`)
	cteRE   = regexp.MustCompile(`(?m)^([a-z_][a-z0-9_]*) as \(`)
	tableRE = regexp.MustCompile(`\b(?:from|join)\s+([a-z_][a-z0-9_]*)`)
)

// Lint says what in a SELECT is not in the subset of SQL that DuckDB and Trino read alike, would make a run irreproducible, or is
// not what its header says. `make lint` parses the built-in models with a Trino grammar as well.
func (m *Model) Lint() (problems []string) {
	bad := func(format string, a ...any) { problems = append(problems, fmt.Sprintf(format, a...)) }
	for _, c := range m.Columns {
		if c.Doc == "" {
			bad("column %s has no description", c.Name)
		}
		if strings.HasSuffix(c.Name, "_ct") != (c.Type == Ct) {
			bad("column %s: the unit of money is in its name", c.Name)
		}
	}
	if m.Func != nil {
		return problems // no SELECT; its rows are held to the header when it is loaded
	}
	problems = append(problems, portable.Problems(m.SQL)...)
	sql := portable.Blank(m.SQL)
	for _, c := range m.Columns {
		if _, name, ok := strings.Cut(c.from, "."); ok && !slices.Contains(wordRE.FindAllString(sql, -1), name) {
			bad("column %s is handed on in its header, and %s is not in its text", c.Name, name)
		}
	}
	if names, reads := tables(sql), slices.Sorted(slices.Values(m.Reads)); !slices.Equal(names, reads) {
		bad("it reads %v in its header, %v in its text", reads, names)
	}
	return problems
}

// tables are the names after from and join that are no CTE where they stand, sorted: in a CTE its own name is that of a table.
func tables(sql string) (names []string) {
	heads := cteRE.FindAllStringSubmatchIndex(sql, -1)
	for _, f := range tableRE.FindAllStringSubmatchIndex(sql, -1) {
		name := sql[f[2]:f[3]]
		isCTE := slices.ContainsFunc(heads, func(h []int) bool {
			end := strings.Index(sql[h[1]:], "\n)")
			return sql[h[2]:h[3]] == name && end >= 0 && h[1]+end < f[0]
		})
		if !isCTE && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
