package transforms

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stapel/transforms/portable"
)

// loadAll reads every model, with any table that is not a model taken as an input; pipeline holds the inputs to the real ones.
func loadAll(t *testing.T) []*Model {
	t.Helper()
	models, err := Headers()
	if err != nil {
		t.Fatal(err)
	}
	others, err := read(Explain, Keys, Diff, Select, Sample, Trace)
	if err != nil {
		t.Fatal(err)
	}
	all := append(slices.Clone(models), others...)
	var inputs, names []string
	for _, m := range all {
		names = append(names, m.Name)
		inputs = append(inputs, m.Reads...)
	}
	aside := append(slices.Clone(inputs), names...)
	inputs = slices.DeleteFunc(inputs, func(n string) bool { return n == SignalUnion || slices.Contains(names, n) })
	if models, err = Sort(models, inputs); err != nil {
		t.Fatal(err)
	}
	for _, layer := range []Layer{Explain, Keys, Diff, Select, Sample, Trace} {
		own, err := Aside(layer, slices.DeleteFunc(slices.Clone(aside), func(n string) bool {
			return slices.ContainsFunc(all, func(m *Model) bool { return m.Layer == layer && m.Name == n })
		}), false)
		if err != nil {
			t.Fatal(err)
		}
		models = append(models, own...)
	}
	return models
}

// TestLint holds every model to the subset of SQL that DuckDB and Trino read alike, and to its header.
func TestLint(t *testing.T) {
	for _, m := range loadAll(t) {
		if m.Func != nil {
			continue
		}
		for _, p := range m.Lint() {
			t.Errorf("%s: %s", m.Name, p)
		}
		if m.Layer == Signals && !sameColumns(m.Columns, SignalColumns) {
			t.Errorf("%s: a signal model has the columns %v", m.Name, SignalColumns)
		}
	}
}

// TestLintRefuses: each thing that is not portable, or reads past its header, is found.
func TestLintRefuses(t *testing.T) {
	for sql, want := range map[string]string{
		"select a from b qualify a = 1":                                          "qualify",
		"select a::bigint from b":                                                "::",
		"select a // 2 from b":                                                   "//",
		"select list[1] from b":                                                  "a list",
		"select a -> 1 from b":                                                   "lambda",
		"select A from b":                                                        "upper-case",
		"select a from b order by a limit 1":                                     "limit",
		"select a from b where a < current_date":                                 "clock",
		"select md5(a) from b":                                                   "function md5",
		"select a from b, c":                                                     "comma",
		"select a from b as x, c":                                                "comma",
		"select a from b join c d, e on true":                                    "comma",
		`select a from "b"`:                                                      "quoted",
		"select a from b; drop view b":                                           "second statement",
		"select a /* from c */ from b":                                           "block comment",
		"select a from read_parquet('x')":                                        "file name",
		"select a from '/x/y.parquet'":                                           "file name",
		"select a from b join 'y.csv' on true":                                   "file name",
		"select a from b join\n'y.csv' on true":                                  "file name",
		"select a from ('y.csv')":                                                "file name",
		"select a from year(b)":                                                  "table function",
		"select a from b join lateral glob ('*') on true":                        "table function",
		"select a from information_schema.tables":                                "another schema",
		"select a from b where c = e'\\' or true --'":                            "another way",
		"select a from $$/x/y.parquet$$":                                         "another way",
		"select a from b union all select a from c":                              "reads [b] in its header, [b c]",
		"select 1 as a":                                                          "reads [b] in its header, []",
		"select a / 2 from b":                                                    "divide",
		"select date_diff('month', a, c) from b":                                 "'day' only",
		"select system.main.greatest(a, c) from b":                               "a function of another schema",
		"select cast(a as decimal(18, 2)) as a from b":                           "a decimal other than",
		"select cast(a as decimal) as a from b":                                  "a decimal other than",
		"select row_number() over (partition by a) as a from b":                  "window without order",
		"with\n\nc as (\n  select a from b\n)\n\nselect a from c join d on true": "[b d]",
	} {
		m := &Model{Name: "x", Reads: []string{"b"}, Columns: []Column{{Name: "a", Type: Aantal, Doc: "d"}}, SQL: sql}
		if got := strings.Join(m.Lint(), "; "); !strings.Contains(got, want) {
			t.Errorf("%s: %q; want something about %q", sql, got, want)
		}
	}
	fine := &Model{Name: "x", Reads: []string{"b"}, Columns: []Column{{Name: "a", Type: Aantal, Doc: "d"}},
		SQL: "select a from b where c in ('A; [x] -- now()', 'it''s', 'z') and c is distinct from 'from' and date '2025-01-01' > d -- can't; or: limit\ngroup by a, d\norder by a, d"}
	if got := fine.Lint(); len(got) > 0 {
		t.Errorf("a portable SELECT: %v", got)
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
			if layer[r] == Marts && m.Layer != Checks && m.Layer != Explain && m.Layer != Select && m.Layer != Trace {
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
		"from what":      {strings.Replace(ok, "a aantal: n", "from b: a of c", 1), Marts, "name as other"},
		"twice":          {strings.Replace(ok, "a aantal: n", "a aantal: n\n  - a tekst: t", 1), Marts, "two are called a"},
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

// TestHandedOn: columns that a header takes over have the type and the meaning of where they come from, through more models too; a model
// hands on only what it reads, and what is there.
func TestHandedOn(t *testing.T) {
	parse := func(name, reads, columns string) *Model {
		text := "/*\nname: " + name + "\ndoc: d\ngrain: [k]\nreads: [" + reads + "]\ncolumns:\n" + columns + "*/\nselect 1\n"
		m, err := Parse(name+".sql", Tussen, []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	a := parse("a", "in", "  - k aantal: key\n  - x_ct ct?: cents\n  - dag datum: day\n")
	b := parse("b", "a", "  - from a: all\n")
	c := parse("c", "b, in", "  - own vlag: own\n  - from b: k?, x_ct as y_ct\n")
	if err := resolve([]*Model{c, b, a}); err != nil {
		t.Fatal(err)
	}
	got := func(m *Model) (out string) {
		for _, c := range m.Columns {
			out += fmt.Sprintf("%s %s %q %v %s; ", c.Name, c.Type, c.Doc, c.Empty, c.from)
		}
		return out
	}
	if want := `k aantal "key" false a.k; x_ct ct "cents" true a.x_ct; dag datum "day" false a.dag; `; got(b) != want {
		t.Errorf("got %s", got(b))
	}
	if want := `own vlag "own" false ; k aantal "key" true b.k; y_ct ct "cents" false b.x_ct; `; got(c) != want {
		t.Errorf("got %s", got(c))
	}
	for want, models := range map[string][]*Model{
		"not a model that this one reads":        {parse("d", "in", "  - from a: k\n"), a},
		"from in: it is not a model":             {parse("d", "in", "  - from in: k\n")},
		"it has no column z":                     {parse("d", "a", "  - from a: k, z\n"), a},
		"grain: no column k":                     {parse("d", "a", "  - from a: dag\n"), a},
		"two are called dag":                     {parse("d", "a", "  - from a: k, dag\n  - dag datum: again\n"), a},
		"it hands on its own columns":            {parse("d", "e", "  - from e: k\n"), parse("e", "d", "  - from d: k\n")},
		"d.sql: header: columns: from a: it has": {parse("d", "a", "  - from a: key as k\n"), a},
	} {
		if err := resolve(models); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v; want something about %q", err, want)
		}
	}
	if m := parse("x", "a", "  - from a: dag\n  - k aantal: n\n"); m != nil {
		m.SQL = "select k from a"
		m.Columns[0].Doc = "d"
		if got := strings.Join(m.Lint(), "; "); !strings.Contains(got, "column dag") {
			t.Errorf("a column that its text does not name: %q", got)
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
		if m.Layer != Marts || m.Func != nil {
			continue
		}
		// what is published is what the last CTE selects
		ctes, _ := parts(portable.Blank(m.SQL))
		sql := ctes[len(ctes)-1].body
		for _, at := range sum.FindAllStringIndex(sql, -1) {
			before := sql[:at[0]]
			if !strings.HasSuffix(before, "cast(") && !strings.Contains(before[strings.LastIndex(before, "\n")+1:], "cast(") {
				t.Errorf("%s: a published sum without a cast: %s", m.Name, sql[at[0]:min(len(sql), at[1]+20)])
			}
		}
	}
}
