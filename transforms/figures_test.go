package transforms

import (
	"strings"
	"testing"
)

// TestFiguresAreExplained: every column of numbers of every mart that is not of its key has a type and a sentence of its own, and so has every oordeel.
func TestFiguresAreExplained(t *testing.T) {
	all, err := Headers()
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, m := range all {
		if !m.Published() {
			continue
		}
		key := map[string]bool{}
		for _, g := range m.Grain {
			key[g] = true
		}
		for _, c := range m.Columns {
			if _, number := inferred[c.Type]; !key[c.Name] && (number || c.Figure.Type != "") {
				if seen++; c.Figure.Type == "" || c.Figure.Formula == "" {
					t.Errorf("%s.%s: type %q, sentence %q", m.Name, c.Name, c.Figure.Type, c.Figure.Formula)
				}
				if c.Figure.Of() != c.Figure.Formula {
					t.Errorf("%s.%s is said to be %q", m.Name, c.Name, c.Figure.Of())
				}
			}
		}
	}
	if seen < 200 {
		t.Errorf("only %d columns of figures", seen)
	}
}

// TestFiguresRefused: what a header may not say of its figures.
func TestFiguresRefused(t *testing.T) {
	for name, c := range map[string]struct {
		header map[string]string
		want   string
	}{
		"no type":         {map[string]string{"n": "aantal, zoveel"}, "n: want som, telling, schatting, oordeel or gegeven"},
		"no words":        {map[string]string{"n": ""}, "n: want som"},
		"twice":           {map[string]string{"n": "som", "m n": "telling"}, "n stands there twice"},
		"twice in one":    {map[string]string{"n n": "telling"}, "n stands there twice"},
		"no pattern":      {map[string]string{"n@": "telling"}, "n@: want column@pattern of a key"},
		"a wrong pattern": {map[string]string{"n@a[": "telling"}, "n@a[: want column@pattern of a key"},
	} {
		if _, err := parseFigures(c.header); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	for name, c := range map[string]struct {
		figures map[string]string
		want    string
	}{
		"a key":         {map[string]string{"a": "telling"}, "m.sql: header: figures: a is of the key, which is no figure"},
		"no column":     {map[string]string{"c": "telling"}, "m.sql: header: figures: a name is none of its columns"},
		"no column at":  {map[string]string{"c@x*": "telling"}, "m.sql: header: figures: a name is none of its columns"},
		"as it must be": {map[string]string{"n": "telling, zoveel", "n@x/*": "gegeven, zo geleverd"}, ""},
	} {
		figures, err := parseFigures(c.figures)
		if err != nil {
			t.Fatal(err)
		}
		m := &Model{Name: "m", File: "m.sql", Layer: Marts, Level: LevelTotaal, Grain: []string{"a"}, Columns: []Column{{Name: "a", Type: Tekst}, {Name: "n", Type: Aantal}}, figures: figures}
		if err := m.applyFigures(); err == nil && c.want != "" || err != nil && err.Error() != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

// TestFigureOfRow: a header's column@pattern is what the figure is in rows whose key fits, and nowhere else; without a sentence the type has one.
func TestFigureOfRow(t *testing.T) {
	figures, err := parseFigures(map[string]string{"n": "telling, zoveel", "n@x/*": "gegeven"})
	if err != nil {
		t.Fatal(err)
	}
	m := &Model{Name: "m", Layer: Marts, Grain: []string{"a", "b"}, Columns: []Column{{Name: "a", Type: Tekst}, {Name: "b", Type: Tekst}, {Name: "n", Type: Aantal}}, figures: figures}
	if err := m.applyFigures(); err != nil {
		t.Fatal(err)
	}
	f := m.Columns[2].Figure
	for key, want := range map[string]Figure{"x/1": {Type: Gegeven}, "y/1": {Type: Telling, Formula: "zoveel"}, "x/1/2": {Type: Telling, Formula: "zoveel"}} {
		if got := f.In(key); got.Type != want.Type || got.Formula != want.Formula {
			t.Errorf("%s: %+v, want %+v", key, got, want)
		}
	}
	if of := f.In("x/1").Of(); of != typeSentences[Gegeven] {
		t.Errorf("of a type without words is said %q", of)
	}
}
