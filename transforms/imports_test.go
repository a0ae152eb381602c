package transforms_test

import (
	"reflect"
	"strings"
	"testing"

	"stapel/transforms"
)

const partly = `/*
name: telling
doc: Lines of a kind.
grain: [kind]
reads: [regel, stand, maand]
parts: kind
part_of: {maand: b}
columns:
  - kind tekst: kind
  - n aantal: lines
*/
with

regel as (
  select * from regel
),

stand as (
  select kind, levering from stand where kind in ('a', 'b')
),

maand as (
  select * from maand where soort = 'x'
),

-- regel as (
geteld as (
  select r.kind, count(*) as n from regel r join stand s on s.kind = r.kind cross join maand group by r.kind
)

select * from geteld
`

// TestImports: which rows a SELECT takes of what it reads is read from its imports, and they can be made to take fewer.
func TestImports(t *testing.T) {
	m, err := transforms.Parse("transforms/tussen/telling.sql", transforms.Tussen, []byte(partly))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]transforms.Import{"regel": {}, "stand": {Column: "kind", Values: []string{"a", "b"}}, "maand": {Column: "soort", Values: []string{"x"}}}
	if got := m.Imports(); !reflect.DeepEqual(got, want) {
		t.Errorf("imports are %v, want %v", got, want)
	}
	got := m.Within("kind in ('b')", func(table string) bool { return table != "maand" })
	for _, part := range []string{"regel as (\n  select * from regel\n  where kind in ('b')\n)", "from stand where kind in ('a', 'b')\n  and kind in ('b')\n)", "from maand where soort = 'x'\n)"} {
		if !strings.Contains(got, part) {
			t.Errorf("no %q in\n%s", part, got)
		}
	}
	if n := strings.Count(got, "kind in ('b')"); n != 2 {
		t.Errorf("%d conditions in\n%s", n, got)
	}
	m.Own = true
	if got := m.Imports(); len(got) != 0 {
		t.Errorf("an own model is believed to read no more than %v", got)
	}
}

// TestParts: a model in parts is a SELECT that has the column, and only what it reads is part of one.
func TestParts(t *testing.T) {
	for old, bad := range map[string]string{"parts: kind": "parts: n", "part_of: {maand: b}": "part_of: {elders: b}", "parts: kind\n": ""} {
		if _, err := transforms.Parse("transforms/tussen/telling.sql", transforms.Tussen, []byte(strings.Replace(partly, old, bad, 1))); err == nil {
			t.Errorf("%q in place of %q is accepted", bad, old)
		}
	}
	if _, err := transforms.Parse("transforms/marts/telling.sql", transforms.Marts, []byte(strings.Replace(partly, "grain", "level: totaal\ngrain", 1))); err == nil {
		t.Error("a mart in parts")
	}
}
