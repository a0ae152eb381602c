package transforms

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"stapel/transforms/portable"
)

// A cte is a named part of a SELECT after its with.
type cte struct{ name, body string }

var (
	cteHeadRE   = regexp.MustCompile(`^([a-z_][a-z0-9_]*) as \($`)
	importRE    = regexp.MustCompile(`^select (?:\*|[a-z0-9_]+(?:, [a-z0-9_]+)*) from ([a-z_][a-z0-9_]*)(?: where [a-z0-9_]+ (?:= ''|in \(''(?:, '')*\)))?$`)
	derivedRE   = regexp.MustCompile(`\b(?:from|join)\s*\(`)
	innerWithRE = regexp.MustCompile(`\bwith\b`)
	resultRE    = regexp.MustCompile(`^select \* from ([a-z_][a-z0-9_]*)$`)
)

// parts takes a SELECT without comments apart: its CTEs in order, and the lines after with that are in none of them. A CTE begins and
// ends on a line of its own.
func parts(sql string) (ctes []cte, rest []string) {
	in := false
	for line := range strings.Lines(sql) {
		line = strings.TrimRight(line, " \n")
		head := cteHeadRE.FindStringSubmatch(line)
		switch {
		case !in && head != nil:
			in, ctes = true, append(ctes, cte{name: head[1]})
		case in && (line == ")" || line == "),"):
			in = false
		case in:
			ctes[len(ctes)-1].body += line + "\n"
		case line != "":
			rest = append(rest, line)
		}
	}
	return ctes, rest
}

// Style says where the SELECT is not written as the models of the house are: with, then an import of every table that the header
// reads (a CTE of the table's own name that takes it as it is, columns of it, or the rows with a few values in one), then a CTE for each step, which reads CTEs before it,
// and as the last line select * from the last of them. What a model reads, and in which order it works, then is in the left margin.
// An engine sees through imports: one that is read once costs nothing, one that is read more often is read once.
func (m *Model) Style() (problems []string) {
	if m.Func != nil {
		return nil
	}
	bad := func(format string, a ...any) { problems = append(problems, fmt.Sprintf(format, a...)) }
	ctes, rest := parts(portable.Blank(m.SQL))
	if len(rest) == 0 || rest[0] != "with" || len(ctes) == 0 {
		return []string{"it begins with the word with on a line of its own, and CTEs"}
	}
	result := resultRE.FindStringSubmatch(rest[len(rest)-1])
	if len(rest) != 2 || result == nil || result[1] != ctes[len(ctes)-1].name {
		bad("after the last CTE there is one line: select * from %s", ctes[len(ctes)-1].name)
	}
	var known []string
	used, steps := map[string]bool{}, false
	for _, c := range ctes {
		if slices.Contains(known, c.name) {
			bad("two CTEs are called %s", c.name)
		}
		if slices.Contains(m.Reads, c.name) {
			table := importRE.FindStringSubmatch(strings.Join(strings.Fields(c.body), " "))
			if table == nil || table[1] != c.name {
				bad("%s is the name of a table: as a CTE it takes that table as it is, columns of it, or rows with given values in one", c.name)
			}
			if steps {
				bad("the import of %s stands after a step", c.name)
			}
			known = append(known, c.name)
			continue
		}
		steps = true
		if derivedRE.MatchString(c.body) || innerWithRE.MatchString(c.body) {
			bad("step %s has a step in it", c.name)
		}
		for _, f := range tableRE.FindAllStringSubmatch(c.body, -1) {
			used[f[1]] = true
			if !slices.Contains(known, f[1]) {
				bad("step %s reads %s, which is no import or step before it", c.name, f[1])
			}
		}
		known = append(known, c.name)
	}
	for _, name := range known[:len(known)-1] {
		if !used[name] {
			bad("nothing reads %s", name)
		}
	}
	return problems
}
