package transforms

import (
	"strings"
	"testing"
)

// TestStyle holds every built-in model to the style of the house; there is none with a reason of its own not to be.
func TestStyle(t *testing.T) {
	for _, m := range loadAll(t) {
		for _, p := range m.Style() {
			t.Errorf("%s: %s", m.Name, p)
		}
	}
}

// TestStyleRefuses: each thing that the style does not have is found.
func TestStyleRefuses(t *testing.T) {
	const imports = "with\n\nb as (\n  select * from b\n),\n\nc as (\n  select x, y from c\n),\n\n"
	for sql, want := range map[string]string{
		"select a from b join c on true":                                                                                                                                            "begins with the word with",
		"with d as (\n  select a from b join c on true\n)\n\nselect * from d":                                                                                                       "begins with the word with",
		imports + "d as (\n  select a from b join c on true\n)\n\nselect a from d":                                                                                                  "one line: select * from d",
		imports + "d as (\n  select a from b join c on true\n)\n\nselect * from d\nwhere a > 0":                                                                                     "one line: select * from d",
		imports + "d as (\n  select a from b join c on true\n),\n\ne as (\n  select a from d\n)\n\nselect * from d":                                                                 "one line: select * from e",
		"with\n\nd as (\n  select a from b join c on true\n)\n\nselect * from d":                                                                                                    "step d reads b, which is no import",
		strings.Replace(imports, "select * from b", "select * from b where a > 0", 1) + "d as (\n  select a from b, c\n)\n\nselect * from d":                                        "b is the name of a table",
		strings.Replace(imports, "select * from b", "select a + 1 as a from b", 1) + "d as (\n  select a from b\n)\n\nselect * from d":                                              "b is the name of a table",
		strings.Replace(imports, "select * from b", "select * from c", 1) + "d as (\n  select a from b\n)\n\nselect * from d":                                                       "b is the name of a table",
		"with\n\nb as (\n  select * from b\n),\n\nd as (\n  select a from b\n),\n\nc as (\n  select * from c\n),\n\ne as (\n  select a from d join c on true\n)\n\nselect * from e": "import of c stands after a step",
		imports + "d as (\n  select a from (select a from b) x join c on true\n)\n\nselect * from d":                                                                                "step d has a step in it",
		imports + "d as (\n  select a from b where exists (with e as (select 1 from c) select * from e)\n)\n\nselect * from d":                                                      "step d has a step in it",
		imports + "d as (\n  select a from b\n)\n\nselect * from d":                                                                                                                 "nothing reads c",
		imports + "d as (\n  select a from b\n),\n\ne as (\n  select a from c\n)\n\nselect * from e":                                                                                "nothing reads d",
		imports + "d as (\n  select a from e\n),\n\ne as (\n  select a from b join c on true\n)\n\nselect * from e":                                                                 "step d reads e, which is no import",
		imports + "d as (\n  select a from b\n),\n\nd as (\n  select a from d join c on true\n)\n\nselect * from d":                                                                 "two CTEs are called d",
	} {
		m := &Model{Name: "x", Reads: []string{"b", "c"}, SQL: sql}
		if got := strings.Join(m.Style(), "; "); !strings.Contains(got, want) {
			t.Errorf("%s: %q; want something about %q", sql, got, want)
		}
	}
	fine := &Model{Name: "x", Reads: []string{"b", "c"}, Columns: []Column{{Name: "a", Type: Aantal, Doc: "d"}}, SQL: imports +
		"-- why this step\nd as (\n  select a from b where exists (select 1 from c where c.x is not distinct from (b.a)) -- why\n),\n\n" +
		"e as (\n  select 1 as a\n),\n\nf as (\n  select * from d\n  union all\n  select * from e\n)\n\nselect * from f"}
	if got := append(fine.Style(), fine.Lint()...); len(got) > 0 {
		t.Errorf("the style of the house: %v", got)
	}
}
