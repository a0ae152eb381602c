// Package portable says what a SELECT may say so that DuckDB and Trino read it alike and it gives the same rows on both, in every run: by
// patterns over its text. It is no parser, and what depends on types it cannot see.
package portable

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Functions are those that DuckDB, Trino and the prelude all have, with the same meaning for what the models do with them. A new
// one goes on this list only after its meaning on both was looked up; where they differ even so, meanings refuses it.
var Functions = strings.Fields(`
	array_agg array_join bitwise_and bitwise_and_agg bitwise_not bitwise_or bitwise_or_agg cast coalesce concat count date_diff date_trunc deel exists first_value greatest id_tekst lag lead least
	length lower lpad max min nullif plus_dagen row_number sign sum substr translate upper year abs`)

// words that are followed by a parenthesis and are no function
var syntax = strings.Fields(`and as by from having in join not on or over partition rows select then union values when where with`)

var (
	textRE     = regexp.MustCompile(`'(?:[^']|'')*'|--[^\n]*`)
	callRE     = regexp.MustCompile(`\b([a-z_][a-z0-9_]*)\s*\(`)
	orderlyRE  = regexp.MustCompile(`\b(?:row_number|lead|lag|first_value)\b[^)]*\)\s*over\s*\(`)
	divisionRE = regexp.MustCompile(`[^/*]/[^/*]`)

	// distinctFrom compares; what follows its from is a value.
	distinctFrom = regexp.MustCompile(`\bis\s+(?:not\s+)?distinct\s+from\b`)
)

var forbidden = []struct {
	what string
	re   *regexp.Regexp
}{
	{"qualify", regexp.MustCompile(`\bqualify\b`)},
	{"a cast with ::", regexp.MustCompile(`::`)},
	{"//", regexp.MustCompile(`//`)},
	{"a list", regexp.MustCompile(`\[`)},
	{"a lambda", regexp.MustCompile(`->`)},
	{"exclude", regexp.MustCompile(`\bexclude\b`)},
	{"using sample", regexp.MustCompile(`\bsample\b`)},
	{"a temporary table", regexp.MustCompile(`\btemp\b`)},
	{"using", regexp.MustCompile(`\busing\b`)},
	{"group by all", regexp.MustCompile(`\bgroup by all\b`)},
	{"any_value", regexp.MustCompile(`\bany_value\b`)},
	{"a file name", regexp.MustCompile(`\b(read_parquet|read_csv|copy|attach)\b|\b(?:from|join)\s*\(?\s*'`)},
	{"a table function", regexp.MustCompile(`\b(?:from|join|lateral)\s+[a-z_][a-z0-9_.]*\s*\(`)},
	{"a decimal other than decimal(38, 0)", regexp.MustCompile(`\bdecimal\b`)},
	{"a function of another schema", regexp.MustCompile(`\.\s*[a-z_][a-z0-9_]*\s*\(`)},
	{"a table of another schema", regexp.MustCompile(`\b(?:from|join)\s+[a-z_][a-z0-9_]*\s*\.`)},
	{"a text that is written in another way than between single quotes", regexp.MustCompile(`[a-z0-9_&]'|\$`)},
	{"an upper-case word", regexp.MustCompile(`[A-Z]`)},
	{"limit", regexp.MustCompile(`\blimit\b`)},
	{"a clock, or chance", regexp.MustCompile(`\b(now|current_date|current_timestamp|random|uuid)\b`)},
	{"a template", regexp.MustCompile(`\{\{|\$\{`)},
	{"a block comment", regexp.MustCompile(`/\*|\*/`)},
	{"a second statement", regexp.MustCompile(`;`)},
	{"a quoted name", regexp.MustCompile(`"`)},
	{"a join by comma", regexp.MustCompile(`\b(?:from|join)\s+[a-z_][a-z0-9_]*(?:\s+(?:as\s+)?[a-z_][a-z0-9_]*)?\s*,`)},
}

// Blank is a SELECT without comments and with empty texts, which may hold anything: each the other's signs, too. What is distinct from
// a value is compared with =, so that after from there is a table.
func Blank(sql string) string {
	sql = textRE.ReplaceAllStringFunc(sql, func(s string) string {
		if s[0] == '-' {
			return ""
		}
		return "''"
	})
	return distinctFrom.ReplaceAllString(sql, "=")
}

// Problems are what in a SELECT is not in the subset, means another thing on each engine, or would make a run irreproducible.
func Problems(text string) (problems []string) {
	bad := func(format string, a ...any) { problems = append(problems, fmt.Sprintf(format, a...)) }
	sql := strings.ReplaceAll(Blank(text), "decimal(38, 0)", "bigint") // the one decimal there is
	for _, f := range forbidden {
		if f.re.MatchString(sql) {
			bad("%s is not portable, or makes a run irreproducible", f.what)
		}
	}
	for _, c := range callRE.FindAllStringSubmatch(sql, -1) {
		if !slices.Contains(Functions, c[1]) && !slices.Contains(syntax, c[1]) {
			bad("function %s is not on the list of functions that mean the same on both engines", c[1])
		}
	}
	// division is of a double by something that can't be 0, nothing else
	for _, at := range divisionRE.FindAllStringIndex(sql, -1) {
		before, after := strings.TrimRight(sql[:at[0]+1], " \n"), strings.TrimLeft(sql[at[1]-1:], " \n")
		if !strings.HasSuffix(before, "as double)") || !strings.HasPrefix(after, "nullif(") {
			bad("divide cast(... as double) by nullif(...) only")
		}
	}
	for _, at := range orderlyRE.FindAllStringIndex(sql, -1) {
		depth, end := 1, at[1]
		for ; end < len(sql) && depth > 0; end++ {
			depth += strings.Count(sql[end:end+1], "(") - strings.Count(sql[end:end+1], ")")
		}
		if !strings.Contains(sql[at[1]:end], "order by") {
			bad("a window without order: %s", sql[at[0]:end])
		}
	}
	return append(problems, meanings(text)...)
}
