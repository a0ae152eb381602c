package gate_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/reports/gate"
)

// unprovable is a table that can't be published: an earlier release showed too much of it.
func unprovable(t *testing.T) (in gate.Input) {
	t.Helper()
	tb := grid("g", [][]int64{{40, 30}, {5, 26}})
	before := rules(false)
	before.Counts.Minimum, before.Counts.MaxGroupPercent = 3, 0
	then := release(t, gate.Input{Rules: before, Tables: []gate.Table{tb}})
	in = gate.Input{Rules: rules(false), Tables: []gate.Table{tb}}
	entries := slices.DeleteFunc(then.Entries, func(e gate.Entry) bool { return e.N == 5 })
	in.Register = (&gate.Register{}).With("1", entries)
	return in
}

func TestGivenAwayBefore(t *testing.T) {
	in := unprovable(t)
	r := release(t, in)
	if !r.Refused() || len(r.Tables) != 0 {
		t.Errorf("what can't be protected any more is published: %+v", r.Records)
	}
	if len(r.Public) == 0 || !strings.Contains(strings.Join(r.Public, " "), `"kolom"="k0" "rij"="r1"`) {
		t.Errorf("the record does not say what earlier releases give away: %q", r.Public)
	}
	// shown itself
	tb := in.Tables[0]
	before := rules(false)
	before.Counts.Minimum, before.Counts.MaxGroupPercent = 3, 0
	in.Register = (&gate.Register{}).With("1", release(t, gate.Input{Rules: before, Tables: []gate.Table{tb}}).Entries)
	r = release(t, in)
	i := slices.IndexFunc(r.Records[0].Hidden, func(h gate.HiddenCell) bool { return slices.Equal(h.Key, []string{"r1", "k0"}) })
	if i < 0 || !slices.Contains(r.Records[0].Hidden[i].Rules, gate.RulePublic) || r.Records[0].Public != 1 {
		t.Errorf("a cell that was shown is not said to be: %+v", r.Records[0])
	}
}

func TestCoarser(t *testing.T) {
	in := unprovable(t)
	coarse := gate.Coarsen(in.Tables[0], "kolom")
	coarse.Name = "grof"
	in.Tables[0].Coarser = &coarse
	r := release(t, in)
	if len(r.Tables) != 1 || r.Tables[0].Name != "grof" || r.Records[0].Status != gate.StatusCoarser || r.Records[1].Status != gate.StatusFree || r.Refused() {
		t.Fatalf("%+v", r.Records)
	}
	if c := only(t, r.Tables[0], "r0", ""); c.N != 70 {
		t.Errorf("%+v", c)
	}
}

// TestLeftOut: a table of which nothing is published instead is left out, and that refuses nothing.
func TestLeftOut(t *testing.T) {
	in := unprovable(t)
	nothing := in.Tables[0]
	nothing.Name, nothing.Unseen = "niets", true
	in.Tables[0].Coarser = &nothing
	r := release(t, in)
	if len(r.Tables) != 0 || len(r.Records) != 1 || r.Records[0].Status != gate.StatusCoarser || r.Refused() || len(r.Entries) != 0 {
		t.Fatalf("%+v, %+v", r.Tables, r.Records)
	}
}

// TestPast: what was published of an earlier moment is published again as it was, whoever lives there now; what was not shown then is not shown.
func TestPast(t *testing.T) {
	then := grid("g", [][]int64{{43, 30}, {44, 6}})
	then.Past = true
	first := release(t, gate.Input{Rules: rules(true), Tables: []gate.Table{then}})
	if first.Records[0].Primary != 1 {
		t.Fatalf("nobody published it before, and it is %+v", first.Records[0])
	}
	now, other := grid("g", [][]int64{{52, 38}, {61, 26}}), grid("nu", [][]int64{{52, 38}, {61, 26}})
	for i := range now.Cells {
		now.Cells[i].Members += 99 * uint64(now.Cells[i].N)
	}
	now.Past, other.Moment = true, "2026-12-31"
	in := gate.Input{Rules: rules(true), Tables: []gate.Table{now, other}, Register: (&gate.Register{}).With("1", first.Entries)}
	r := release(t, in)
	if len(r.Tables) != 2 || r.Tables[0].Name != "nu" || show(r.Tables[1]) != show(first.Tables[0]) {
		t.Fatalf("%+v", r.Tables)
	}
	rec := r.Records[len(r.Records)-1]
	if r.Refused() || rec.Status != gate.StatusFree || !rec.Proven || rec.Cells != 9 || rec.Reason == "" {
		t.Errorf("%+v", r.Records)
	}
	for _, e := range r.Entries { // they are in the register as they are
		if strings.Contains(e.ID, then.Moment) {
			t.Errorf("%s is published anew", e.ID)
		}
	}
	// of the moment itself it is a revision
	in.Tables[0].Past = false
	if r := release(t, in); !r.Refused() {
		t.Error("a revised moment is published")
	}
}

func TestCoarsen(t *testing.T) {
	tb := gate.Table{Name: "w", Population: "p", Moment: "m", Dims: []gate.Dim{{Name: "gebied", Exhaustive: true, Values: []gate.Value{{Name: "A", Parent: ""}, {Name: "A1", Parent: "A"}, {Name: "A2", Parent: "A"}}}}}
	tb.Cells = []gate.Cell{{Key: []string{"A1"}, N: 20, Members: 1}, {Key: []string{"A2"}, N: 30, Members: 2}}
	c := gate.Coarsen(tb, "gebied")
	if len(c.Dims[0].Values) != 1 || len(c.Cells) != 2 || c.Cells[0].N != 50 || c.Cells[1].N != 50 || c.Cells[0].Members != 3 {
		t.Errorf("%+v", c)
	}
}

func TestRegister(t *testing.T) {
	path := filepath.Join(t.TempDir(), "register.jsonl")
	empty, err := gate.ReadRegister(path)
	if err != nil || empty.Len() != 0 {
		t.Fatal(err)
	}
	tb := grid("g", [][]int64{{43, 30}, {44, 26}})
	in := gate.Input{Rules: rules(true), Tables: []gate.Table{tb}}
	first := release(t, in)
	if err := empty.With("1", first.Entries).Write(path); err != nil {
		t.Fatal(err)
	}
	if st, err := os.Stat(path); err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("mode %v (%v)", st.Mode(), err)
	}
	reg, err := gate.ReadRegister(path)
	if err != nil || reg.Len() != 9 {
		t.Fatal(reg.Len(), err)
	}
	// other rules and another key: what was shown stays what it was
	in.Register = reg
	in.Rules.Counts.RoundTo = 2
	again := release(t, in)
	if show(again.Tables[0]) != show(first.Tables[0]) {
		t.Errorf("%s became %s", show(first.Tables[0]), show(again.Tables[0]))
	}
	if reg.With("2", again.Entries).Len() != 9 {
		t.Error("a cell is in the register twice")
	}
	// a sum that no table shows does not come into it, though another table has it
	with := tb
	with.Name, with.Quantity, with.Unseen = "met", "kosten", true
	if r := release(t, gate.Input{Rules: rules(true), Tables: []gate.Table{tb, with}}); len(r.Entries) != 9 || r.Entries[0].Sums != nil {
		t.Errorf("%+v", r.Entries)
	}
	// another moment is another cell
	later := tb
	later.Moment = "2026-12-31"
	in.Tables = []gate.Table{later}
	in.Rules = rules(true)
	if r := release(t, in); r.Refused() || reg.With("2", r.Entries).Len() != 18 {
		t.Error("another moment is taken for the same")
	}
	// the same moment with other households in it was revised
	revised := grid("g", [][]int64{{43, 30}, {44, 26}})
	for i := range revised.Cells {
		if revised.Cells[i].Key[0] != "r0" && revised.Cells[i].Key[1] != "k0" {
			revised.Cells[i].N, revised.Cells[i].Members = revised.Cells[i].N+1, revised.Cells[i].Members+99
		}
	}
	in.Tables = []gate.Table{revised}
	if r := release(t, in); !r.Refused() || !strings.HasPrefix(r.Records[0].Reason, "herzien") || len(r.Tables) != 0 {
		t.Errorf("%+v", r.Records)
	}
	for _, bad := range []string{"{", "{\"cel\":\"a\"}\n", "{\"cel\":\"a\",\"leden\":\"0000000000000000\",\"nieuw\":1}\n", "{\"cel\":\"a\",\"leden\":\"0000000000000000\"}"} {
		if err := os.WriteFile(path, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := gate.ReadRegister(path); err == nil {
			t.Errorf("%q is taken for a register", bad)
		}
	}
}
