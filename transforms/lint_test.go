package transforms

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// loadAll reads every model, with any table that is not a model taken as an input; pipeline holds the inputs to the real ones.
func loadAll(t *testing.T) []*Model {
	t.Helper()
	var names []string
	for _, layer := range []Layer{Staging, Tussen, Signals, Marts, Checks} {
		entries, err := files.ReadDir(string(layer))
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			data, err := files.ReadFile(string(layer) + "/" + e.Name())
			if err != nil {
				t.Fatal(err)
			}
			m, err := Parse(e.Name(), layer, data)
			if err != nil {
				t.Fatal(err)
			}
			names = append(names, m.Reads...)
			names = append(names, "\x00"+m.Name)
		}
	}
	var inputs []string
	for _, n := range names {
		if n[0] != 0 && n != SignalUnion && !slices.Contains(names, "\x00"+n) && !slices.Contains(inputs, n) {
			inputs = append(inputs, n)
		}
	}
	models, err := Load(inputs)
	if err != nil {
		t.Fatal(err)
	}
	return models
}

// functions that DuckDB, Trino and the prelude all have, with the same meaning for what the models do with them. A new
// one goes on this list only after its meaning on both was looked up.
var allowed = strings.Fields(`
	array_agg array_join bitwise_and bitwise_and_agg bitwise_not bitwise_or bitwise_or_agg cast coalesce concat count date_diff date_trunc deel exists first_value greatest id_tekst lag lead least
	length lower lpad max min nullif plus_dagen row_number sign sum substr translate upper year abs`)

// words that are followed by a parenthesis and are no function
var syntax = strings.Fields(`and as by from having in join not on or over partition rows select then union values when where with`)

var (
	stringLit  = regexp.MustCompile(`'(?:[^']|'')*'`)
	lineNote   = regexp.MustCompile(`--[^\n]*`)
	callRE     = regexp.MustCompile(`\b([a-z_][a-z0-9_]*)\s*\(`)
	cteRE      = regexp.MustCompile(`(?m)^([a-z_][a-z0-9_]*) as \(`)
	tableRE    = regexp.MustCompile(`\b(?:from|join)\s+([a-z_][a-z0-9_]*)`)
	orderlyRE  = regexp.MustCompile(`\b(?:row_number|lead|lag|first_value)\b[^)]*\)\s*over\s*\(`)
	divisionRE = regexp.MustCompile(`[^/*]/[^/*]`)
)

func stripped(sql string) string {
	return lineNote.ReplaceAllString(stringLit.ReplaceAllString(sql, "''"), "")
}

// TestPortable holds every model to the subset of SQL that DuckDB and Trino read alike. `make lint` parses them with a
// Trino grammar as well.
func TestPortable(t *testing.T) {
	forbidden := map[string]*regexp.Regexp{
		"qualify": regexp.MustCompile(`\bqualify\b`), ":: cast": regexp.MustCompile(`::`), "//": regexp.MustCompile(`//`),
		"list literal": regexp.MustCompile(`\[`), "lambda": regexp.MustCompile(`->`), "exclude": regexp.MustCompile(`\bexclude\b`),
		"using sample": regexp.MustCompile(`\bsample\b`), "temp table": regexp.MustCompile(`\btemp\b`), "using": regexp.MustCompile(`\busing\b`),
		"group by all": regexp.MustCompile(`\bgroup by all\b`), "any_value": regexp.MustCompile(`\bany_value\b`),
		"file name": regexp.MustCompile(`\b(read_parquet|read_csv|copy|attach)\b`), "upper case": regexp.MustCompile(`\b(SELECT|FROM|WHERE|JOIN|CASE)\b`),
		"limit": regexp.MustCompile(`\blimit\b`), "now": regexp.MustCompile(`\b(now|current_date|current_timestamp|random|uuid)\b`),
		"template": regexp.MustCompile(`\{\{|\$\{`),
	}
	for _, m := range loadAll(t) {
		sql := stripped(m.SQL)
		for what, re := range forbidden {
			if re.MatchString(sql) {
				t.Errorf("%s: %s is not portable, or makes a run irreproducible", m.Name, what)
			}
		}
		for _, c := range callRE.FindAllStringSubmatch(sql, -1) {
			if !slices.Contains(allowed, c[1]) && !slices.Contains(syntax, c[1]) {
				t.Errorf("%s: function %s is not on the list of functions that mean the same on both engines", m.Name, c[1])
			}
		}
		// division is of a double by something that can't be 0, nothing else
		for _, at := range divisionRE.FindAllStringIndex(sql, -1) {
			before, after := strings.TrimRight(sql[:at[0]+1], " \n"), strings.TrimLeft(sql[at[1]-1:], " \n")
			if !strings.HasSuffix(before, "as double)") || !strings.HasPrefix(after, "nullif(") {
				t.Errorf("%s: divide cast(... as double) by nullif(...) only", m.Name)
			}
		}
		for _, c := range m.Columns {
			if c.Doc == "" {
				t.Errorf("%s: column %s has no description", m.Name, c.Name)
			}
			if strings.HasSuffix(c.Name, "_ct") != (c.Type == Ct) {
				t.Errorf("%s: column %s: the unit of money is in its name", m.Name, c.Name)
			}
		}
	}
}

// TestReadsIsTrue holds the header's reads to the tables the SELECT names: the graph is built from it.
func TestReadsIsTrue(t *testing.T) {
	for _, m := range loadAll(t) {
		sql := stripped(m.SQL)
		var ctes, names []string
		for _, c := range cteRE.FindAllStringSubmatch(sql, -1) {
			ctes = append(ctes, c[1])
		}
		for _, f := range tableRE.FindAllStringSubmatch(sql, -1) {
			if !slices.Contains(ctes, f[1]) && !slices.Contains(names, f[1]) {
				names = append(names, f[1])
			}
		}
		slices.Sort(names)
		reads := slices.Sorted(slices.Values(m.Reads))
		if !slices.Equal(names, reads) {
			t.Errorf("%s: reads %v in its header, %v in its text", m.Name, reads, names)
		}
	}
}

// TestOrdered: a window function that depends on order has one.
func TestOrdered(t *testing.T) {
	for _, m := range loadAll(t) {
		sql := stripped(m.SQL)
		for _, at := range orderlyRE.FindAllStringIndex(sql, -1) {
			depth, end := 1, at[1]
			for ; end < len(sql) && depth > 0; end++ {
				depth += strings.Count(sql[end:end+1], "(") - strings.Count(sql[end:end+1], ")")
			}
			if !strings.Contains(sql[at[1]:end], "order by") {
				t.Errorf("%s: a window without order: %s", m.Name, sql[at[0]:end])
			}
		}
	}
}

// TestMartsReadNoMart keeps money one way: marts have ids as text, so a model that reads one would join on text.
func TestMartsReadNoMart(t *testing.T) {
	models := loadAll(t)
	layer := map[string]Layer{}
	for _, m := range models {
		layer[m.Name] = m.Layer
	}
	for _, m := range models {
		for _, r := range m.Reads {
			if layer[r] == Marts && m.Layer != Checks {
				t.Errorf("%s reads the mart %s", m.Name, r)
			}
			if m.Layer == Staging && layer[r] == Marts {
				t.Errorf("%s: staging reads the lake only", m.Name)
			}
		}
	}
}

func TestParseRefuses(t *testing.T) {
	const ok = "/*\nname: x\ndoc: d\nlevel: rij\ngrain: [a]\nreads: [b]\ncolumns:\n  - a aantal: n\n*/\nselect a from b\n"
	if _, err := Parse("x.sql", Marts, []byte(ok)); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		text  string
		layer Layer
		want  string
	}{
		"no header":      {"select 1", Marts, "header"},
		"other name":     {strings.Replace(ok, "name: x", "name: y", 1), Marts, "is called x"},
		"unknown key":    {strings.Replace(ok, "doc: d", "doc: d\nowner: jan", 1), Marts, "owner"},
		"unknown type":   {strings.Replace(ok, "a aantal", "a money", 1), Marts, "known type"},
		"grain":          {strings.Replace(ok, "grain: [a]", "grain: [c]", 1), Marts, "no column c"},
		"mart no level":  {strings.Replace(ok, "level: rij\n", "", 1), Marts, "level"},
		"tussen level":   {ok, Tussen, "level"},
		"check no check": {strings.Replace(ok, "level: rij\n", "", 1), Checks, "check goes with"},
	} {
		_, err := Parse("x.sql", c.layer, []byte(c.text))
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "x.sql") {
			t.Errorf("%s: error %v; want one that names x.sql and says %q", name, err, c.want)
		}
	}
}

func TestSort(t *testing.T) {
	model := func(name string, reads ...string) *Model { return &Model{Name: name, Layer: Tussen, Reads: reads} }
	order, err := Sort([]*Model{model("c", "b"), model("b", "a", "in"), model("a", "in")}, []string{"in"})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"a", "b", "c"} {
		if order[i].Name != want {
			t.Errorf("place %d is %s, want %s", i, order[i].Name, want)
		}
	}
	if _, err := Sort([]*Model{model("a", "b"), model("b", "a")}, nil); err == nil || !strings.Contains(err.Error(), "wait for each other") {
		t.Errorf("a cycle gives %v", err)
	}
	if _, err := Sort([]*Model{model("a", "zzz")}, nil); err == nil || !strings.Contains(err.Error(), "zzz") {
		t.Errorf("an unknown table gives %v", err)
	}
	sig := &Model{Name: "s", Layer: Signals, Reads: []string{"in"}}
	order, err = Sort([]*Model{model("u", SignalUnion), sig}, []string{"in"})
	if err != nil || order[0] != sig {
		t.Errorf("a reader of all signals comes after them: %v, %v", order, err)
	}
}

// TestSharesAreNoMoney: the only DOUBLE is a share or a number, never an amount; every sum that a mart publishes as an amount
// is cast to BIGINT, for on the engine it is a HUGEINT, which Parquet does not have.
func TestSharesAreNoMoney(t *testing.T) {
	money := regexp.MustCompile(`_ct\b|_eur\b|^(bedrag|kosten|som|prijs|uitgaven)(_|$)`)
	sum := regexp.MustCompile(`\bsum\(`)
	for _, m := range loadAll(t) {
		for _, c := range m.Columns {
			if c.Type.SQLType() == "DOUBLE" && money.MatchString(c.Name) {
				t.Errorf("%s: column %s is a share by its type and money by its name", m.Name, c.Name)
			}
		}
		if m.Layer != Marts {
			continue
		}
		// the outermost SELECT is what is published: what stands after the last CTE
		sql := stripped(m.SQL)
		if at := strings.LastIndex(sql, "\n)\n"); at >= 0 {
			sql = sql[at:]
		}
		for _, at := range sum.FindAllStringIndex(sql, -1) {
			before := sql[:at[0]]
			if !strings.HasSuffix(before, "cast(") && !strings.Contains(before[strings.LastIndex(before, "\n")+1:], "cast(") {
				t.Errorf("%s: a published sum without a cast: %s", m.Name, sql[at[0]:min(len(sql), at[1]+20)])
			}
		}
	}
}
