package transforms

import (
	"regexp"
	"slices"
	"strings"
)

// An Import is what a SELECT takes of a table that it reads: all rows, or those with one of a few values in a column.
type Import struct {
	Column string   // "": all rows
	Values []string // texts
}

var (
	withinRE = regexp.MustCompile(`\bwhere ([a-z0-9_]+) (?:= ('[^']*')|in \(('[^']*'(?:, '[^']*')*)\))$`)
	valueRE  = regexp.MustCompile(`'[^']*'`)
)

// Imports are what the SELECT takes of the tables that it reads, by table; one that it does not import is not among them. A model in Go, or one from a
// configuration, takes all rows of everything.
func (m *Model) Imports() map[string]Import {
	out := map[string]Import{}
	if m.Func != nil || m.Own {
		return out
	}
	ctes, _ := parts(m.SQL)
	for _, c := range ctes {
		if !slices.Contains(m.Reads, c.name) {
			continue
		}
		var in Import
		if at := withinRE.FindStringSubmatch(strings.Join(strings.Fields(c.body), " ")); at != nil {
			in.Column = at[1]
			for _, v := range valueRE.FindAllString(at[2]+at[3], -1) {
				in.Values = append(in.Values, strings.Trim(v, "'"))
			}
		}
		out[c.name] = in
	}
	return out
}

// Within is the SELECT on those rows only, of the tables for which it is true, that meet a condition.
func (m *Model) Within(condition string, of func(table string) bool) string {
	var out strings.Builder
	table, filtered := "", false
	for line := range strings.Lines(m.SQL) {
		bare := strings.TrimRight(line, " \n")
		switch head := cteHeadRE.FindStringSubmatch(bare); {
		case table == "" && head != nil && slices.Contains(m.Reads, head[1]) && of(head[1]):
			table, filtered = head[1], false
		case table != "" && (bare == ")" || bare == "),"):
			word := "where"
			if filtered {
				word = "and"
			}
			out.WriteString("  " + word + " " + condition + "\n")
			table = ""
		case table != "" && withinRE.MatchString(bare):
			filtered = true
		}
		out.WriteString(line)
	}
	return out.String()
}
