package transforms

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

var codeBranchRE = regexp.MustCompile(`\A\s*select\s+(?:'([a-z_]+)'(?: as kind)?|kind),\s+'([a-z_+]+)'`)

// TestCodeColumns holds the columns that rules can name to model code_regel: each SELECT of its union gives rows of one, and there
// are no others.
func TestCodeColumns(t *testing.T) {
	models, err := Headers()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.IndexFunc(models, func(m *Model) bool { return m.Name == "code_regel" })
	steps, _ := parts(models[at].SQL)
	var gives []CodeColumn
	for _, branch := range strings.Split(steps[len(steps)-1].body, "\n  union all\n") {
		m := codeBranchRE.FindStringSubmatch(branch)
		if m == nil {
			t.Fatalf("kind and column are not the first two values of %s", branch)
		}
		kinds := []string{m[1]}
		if m[1] == "" { // the kind of an allocation is a column
			kinds = []string{"wmo_toewijzing", "jeugd_toewijzing"}
		}
		for _, kind := range kinds {
			gives = append(gives, CodeColumn{kind, m[2]})
		}
	}
	offered := CodeColumns()
	for _, c := range gives {
		if !slices.Contains(offered, c) {
			t.Errorf("code_regel gives rows of %v, which no rule can name", c)
		}
	}
	for i, c := range offered {
		if !slices.Contains(gives, c) {
			t.Errorf("a rule can name %v, of which code_regel gives no row", c)
		}
		if slices.Contains(offered[:i], c) {
			t.Errorf("%v is there twice", c)
		}
	}
}
