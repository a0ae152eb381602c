package transforms

import (
	"context"
	"io/fs"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"stapel/transforms/typed"
)

// goSources are the embedded sources of the models in Go, by name, to be changed.
func goSources(t *testing.T) fstest.MapFS {
	t.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(goFiles, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := goFiles.ReadFile(name)
		out[name] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestGoFiles: what is hashed is what the compiler takes of the models in Go and of every package of ours that they need.
func TestGoFiles(t *testing.T) {
	out, err := exec.Command("go", "list", "-deps", "-f",
		`{{with .Module}}{{if .Main}}{{range $.GoFiles}}{{$.ImportPath}}/{{.}} {{end}}{{end}}{{end}}`, "stapel/transforms/functions").Output()
	if err != nil {
		t.Fatal(err)
	}
	var compiled []string
	for _, name := range strings.Fields(string(out)) {
		compiled = append(compiled, strings.TrimPrefix(name, "stapel/transforms/"))
	}
	slices.Sort(compiled)
	if got := slices.Sorted(maps.Keys(goSources(t))); !slices.Equal(got, compiled) {
		t.Errorf("embedded: %v\ncompiled: %v", got, compiled)
	}
}

// TestGoSum: a byte more in what a model in Go may call changes its hash. No two models have one hash.
func TestGoSum(t *testing.T) {
	sums := func(sources fs.FS) map[string]string {
		models, err := goModels(sources)
		if err != nil {
			t.Fatal(err)
		}
		out := map[string]string{}
		for _, m := range models {
			out[m.Name] = m.Sha256
		}
		return out
	}
	was := sums(goFiles)
	if again := sums(goSources(t)); !maps.Equal(again, was) {
		t.Errorf("the same sources give %v and %v", was, again)
	}
	seen := map[string]bool{}
	for _, sum := range was {
		seen[sum] = true
	}
	if len(was) == 0 || len(seen) != len(was) {
		t.Errorf("%d models have %d hashes", len(was), len(seen))
	}
	for name := range goSources(t) {
		changed := goSources(t)
		changed[name].Data = append(changed[name].Data, '\n')
		for model, sum := range sums(changed) {
			if sum == was[model] {
				t.Errorf("a byte more in %s leaves the hash of %s as it was", name, model)
			}
		}
	}
}

// testRow and testTables are of a model that fits its header and tables.
type testRow struct {
	A int64    `parquet:"a"`
	B *float64 `parquet:"b,optional"`
}

type testTables struct {
	In typed.Table[testRow] `table:"x"`
}

const testHeader = "package p\n\n/*\nname: m\ndoc: d\ngrain: [a]\nreads: [x]\ncolumns:\n  - a aantal: n\n  - b aandeel: s\n*/\n"

// TestGoRowsRefused: rows that are not what the header says, or what the table has that is read, are found without running the model.
func TestGoRowsRefused(t *testing.T) {
	fn, err := typed.FuncOf(func(context.Context, testTables) ([]testRow, error) { return nil, nil })
	if err != nil {
		t.Fatal(err)
	}
	m, err := parseGo("m.go", Tussen, []byte(testHeader), fn)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ from, to, want string }{
		"no header":     {"/*\nname", "/* name", "has a header"},
		"a view":        {"doc: d", "doc: d\nview: true", "no view"},
		"another read":  {"reads: [x]", "reads: [x, y]", "it reads [x y] in its header, [x] in its types"},
		"no read":       {"reads: [x]", "reads: []", "it reads [] in its header, [x] in its types"},
		"another type":  {"a aantal", "a tekst", "a VARCHAR, b DOUBLE; its rows have a BIGINT, b DOUBLE"},
		"another name":  {"b aandeel", "c aandeel", "c DOUBLE; its rows have"},
		"another order": {"  - a aantal: n\n  - b aandeel: s\n", "  - b aandeel: s\n  - a aantal: n\n", "b DOUBLE, a BIGINT; its rows have a BIGINT"},
		"a column more": {"b aandeel: s", "b aandeel: s\n  - c ct: n", "its rows have"},
		"a column less": {"  - b aandeel: s\n", "", "its rows have"},
	} {
		_, err := parseGo("m.go", Tussen, []byte(strings.Replace(testHeader, c.from, c.to, 1)), fn)
		if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "m.go") {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
	mart := strings.Replace(testHeader, "doc: d", "doc: d\nlevel: rij", 1)
	if _, err := parseGo("m.go", Marts, []byte(strings.Replace(mart, "b aandeel", "b aandeel?", 1)), fn); err != nil {
		t.Errorf("a mart: %v", err)
	}
	want := "b DOUBLE; its rows have a BIGINT, b DOUBLE that may be empty"
	if _, err := parseGo("m.go", Marts, []byte(mart), fn); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("empty in the rows, not in the header: %v; want %q", err, want)
	}
	a, b := Column{Name: "a", Type: Huishouden}, Column{Name: "b", Type: Aandeel}
	x := func(columns ...Column) *Model { return &Model{Name: "x", Layer: Tussen, Columns: columns} }
	view := x(a, b)
	view.View = true
	for name, c := range map[string]struct {
		models []*Model
		inputs []Input
		want   string
	}{
		"a model":        {[]*Model{x(b, a, Column{Name: "c", Type: Tekst}), m}, nil, ""},
		"an input":       {[]*Model{m}, []Input{{"x", []Column{a, b}}}, ""},
		"no rows":        {[]*Model{m}, []Input{{"x", nil}}, "x is no table that"},
		"a view":         {[]*Model{view, m}, nil, "x is no table that"},
		"no column":      {[]*Model{x(a), m}, nil, "table x has no column b"},
		"another type":   {[]*Model{x(a, Column{Name: "b", Type: Ct}), m}, nil, "table x: column b is BIGINT, and DOUBLE in the row"},
		"idem, an input": {[]*Model{m}, []Input{{"x", []Column{{Name: "a", Type: Datum}, b}}}, "table x: column a is DATE, and BIGINT"},
	} {
		err := checkRows(c.models, c.inputs)
		if (c.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v; want %q", name, err, c.want)
		}
	}
}
