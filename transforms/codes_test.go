package transforms

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestCodeColumns holds two lists of the models to each other: the columns that code_regel gives rows of, and those that
// code_kolom says it offers, by which rules of signals.yaml are checked. At run time it would mean computing every row.
func TestCodeColumns(t *testing.T) {
	pairs := func(name string, re *regexp.Regexp) (out []string) {
		data, err := files.ReadFile("tussen/" + name + ".sql")
		if err != nil {
			t.Fatal(err)
		}
		_, sql, _ := strings.Cut(string(data), "*/")
		for _, m := range re.FindAllStringSubmatch(sql, -1) {
			kinds := []string{m[1]}
			if m[1] == "" { // the kind of an allocation is a column
				kinds = []string{"wmo_toewijzing", "jeugd_toewijzing"}
			}
			for _, kind := range kinds {
				out = append(out, kind+" "+m[2])
			}
		}
		slices.Sort(out)
		return out
	}
	rows := pairs("code_regel", regexp.MustCompile(`(?:\bselect\s+)(?:'([a-z_]+)'(?: as kind)?|kind),\s+'([a-z_+]+)'`))
	columns, err := CodeColumns()
	if err != nil {
		t.Fatal(err)
	}
	var offered []string
	for kind, names := range columns {
		for _, name := range names {
			offered = append(offered, kind+" "+name)
		}
	}
	slices.Sort(offered)
	if len(rows) < 20 || !slices.Equal(slices.Compact(rows), offered) {
		t.Errorf("code_regel gives %v\ncode_kolom says %v", rows, offered)
	}
}
