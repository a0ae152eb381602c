package gate_test

import (
	"slices"
	"strings"
	"testing"

	"stapel/reports/gate"
)

// Leaks that are planted, each by showing one thing more than the gate does: the attacker has to find them, or what it does not find means nothing.

// shown is the tables with one hidden cell shown after all.
func shown(tables []gate.Published, of map[string]gate.Cell, at, cell int, base int64) []gate.Published {
	out := slices.Clone(tables)
	out[at].Cells = slices.Clone(out[at].Cells)
	c := &out[at].Cells[cell]
	c.Hidden = false
	true_ := of[name(out[at].Moment, valuesOf(out[at].Dims, c.Key, c.Set))]
	c.N, c.Sum = gate.Round(key, "n", true_.Members, true_.N, base), true_.Sum
	return out
}

// plant shows every cell in turn that is hidden for the sake of others, and wants a leak each time.
func plant(t *testing.T, in gate.Input) {
	t.Helper()
	in.Rules.Secondary.Cost = "cellen"
	r := release(t, in)
	if found := leaks(t, in.Tables, r.Tables, in.Rules, nil); len(found) > 0 {
		t.Fatalf("before anything is planted: %q", found)
	}
	of, planted := truth(in.Tables), 0
	for i, rec := range r.Records {
		if rec.Status != gate.StatusFree {
			t.Fatalf("%s: %s", rec.Table, rec.Reason)
		}
		for j, c := range r.Tables[i].Cells {
			h := slices.IndexFunc(rec.Hidden, func(h gate.HiddenCell) bool { return slices.Equal(h.Key, c.Key) && slices.Equal(h.Set, c.Set) })
			if h < 0 || !slices.Equal(rec.Hidden[h].Rules, []string{gate.RuleSecondary}) {
				continue
			}
			planted++
			// a cell is hidden in every table that shows it, and shown in one is shown
			if found := leaks(t, in.Tables, shown(r.Tables, of, i, j, in.Rules.Counts.RoundTo), in.Rules, nil); len(found) == 0 {
				t.Errorf("%v%v of %s is shown, and nothing is found", c.Key, c.Set, rec.Table)
			}
		}
	}
	if planted == 0 {
		t.Fatal("nothing was hidden for others: the example is no example")
	}
	t.Logf("%d planted", planted)
}

func TestPlantedInATable(t *testing.T) {
	plant(t, gate.Input{Rules: rules(false), Tables: []gate.Table{grid("g", [][]int64{{20, 50, 30}, {4, 19, 22}, {17, 32, 12}})}})
	plant(t, gate.Input{Rules: rules(false), Tables: []gate.Table{grid("g", [][]int64{{20, 50, 30, 11}, {4, 19, 22, 40}, {17, 32, 12, 5}, {30, 7, 40, 60}})}})
	rounded := gate.Input{Rules: rules(false), Tables: []gate.Table{grid("g", [][]int64{{40, 12}, {1, 30}})}}
	rounded.Rules.Counts.RoundTo = 2 // to 5 it would be rounding enough
	plant(t, rounded)
}

func TestPlantedInLinkedTables(t *testing.T) {
	// the same households by place, and by kind within place: what the one table hides the other may not give
	place, kind := flat("plaats", 2), flat("soort", 3)
	whole := gate.Table{Name: "plaats en soort", Population: "huishoudens", Moment: "2025K4", Dims: []gate.Dim{place, kind}}
	for i, row := range [][]int64{{30, 40, 50}, {6, 70, 14}} {
		for j, n := range row {
			whole.Cells = append(whole.Cells, gate.Cell{Key: []string{place.Values[i].Name, kind.Values[j].Name}, N: n, Members: uint64(10*i + j)})
		}
	}
	whole = withTotals(whole)
	plant(t, gate.Input{Rules: rules(false), Tables: []gate.Table{whole, marginal(whole, "plaats", 1), marginal(whole, "soort", 0)}})
}

func TestPlantedInCombinations(t *testing.T) {
	tb := gate.Table{Name: "combinaties", Population: "huishoudens", Moment: "2025K4", Sets: &gate.Sets{Ingredients: []string{"ggz", "schulden", "jeugdzorg"}, Min: 0, Max: 3}}
	for m, n := range []int64{200, 60, 70, 25, 80, 5, 40, 20} {
		tb.Cells = append(tb.Cells, gate.Cell{Has: uint32(m), N: n, Members: uint64(m + 1)})
	}
	plant(t, gate.Input{Rules: rules(false), Tables: []gate.Table{tb}})
}

func TestPlantedByAnEarlierRelease(t *testing.T) {
	// last time two columns were one; now they are apart, and each row shows the other three
	first := grid("eerder", [][]int64{{40, 30, 25}, {20, 18, 60}, {35, 22, 31}})
	then := release(t, gate.Input{Rules: rules(false), Tables: []gate.Table{first}})
	reg := (&gate.Register{}).With("1", then.Entries)
	// since then the group of row 1 and column 0 is looked at by whether it has debts: 5 have not
	next := first
	next.Name = "later"
	next.Dims = []gate.Dim{first.Dims[0], first.Dims[1], {Name: "schuld", Exhaustive: true, Values: []gate.Value{{Name: "ja"}, {Name: "nee"}}}}
	next.Cells = nil
	for _, c := range first.Cells {
		if c.Key[0] == "" || c.Key[1] == "" {
			continue
		}
		no := c.N / 3
		if c.N == 20 {
			no = 5
		}
		next.Cells = append(next.Cells, gate.Cell{Key: []string{c.Key[0], c.Key[1], "ja"}, N: c.N - no, Members: c.Members - 1},
			gate.Cell{Key: []string{c.Key[0], c.Key[1], "nee"}, N: no, Members: 1})
	}
	// its totals over debts are not shown this time: they were
	next = withTotals(next)
	next.Cells = slices.DeleteFunc(next.Cells, func(c gate.Cell) bool { return c.Key[2] == "" })
	in := gate.Input{Rules: rules(false), Tables: []gate.Table{next}}
	known := func(a *attacker) {
		for _, p := range then.Tables {
			a.reads(p, in.Rules, "")
		}
	}
	forgot := release(t, in)
	in.Register = reg
	told := release(t, in)
	if found := leaks(t, in.Tables, told.Tables, in.Rules, known); len(found) > 0 {
		t.Errorf("with the register: %q", found)
	}
	if found := leaks(t, in.Tables, forgot.Tables, in.Rules, known); len(found) == 0 {
		t.Error("without the register nothing is found: the example is no example")
	}
}

func TestPlantedByAMean(t *testing.T) {
	// the sum of r1 is hidden for one household makes up most of it; its count is not small. A mean of true values would give it back.
	tb := gate.Table{Name: "kosten", Population: "huishoudens", Moment: "2025", Quantity: "kosten", Dims: []gate.Dim{flat("rij", 3)}}
	for i, n := range []int64{40, 20, 30} {
		c := gate.Cell{Key: []string{tb.Dims[0].Values[i].Name}, N: n, Sum: n * 1_000_000, Abs: n * 1_000_000, Largest: 1_000_000, Second: 1_000_000, Members: uint64(i + 1)}
		if i == 1 {
			c.Sum, c.Abs, c.Largest = c.Sum+90_000_000, c.Abs+90_000_000, 91_000_000
		}
		tb.Cells = append(tb.Cells, c)
	}
	in := gate.Input{Rules: rules(false), Tables: []gate.Table{withTotals(tb)}}
	r := release(t, in)
	at := slices.IndexFunc(r.Tables[0].Cells, func(c gate.PublishedCell) bool { return c.Key[0] == "rij1" })
	if c := r.Tables[0].Cells[at]; !c.Hidden || gate.Mean(c).OK {
		t.Fatalf("%+v: a cell that one household makes up is shown, or its mean is", c)
	}
	if found := sumLeaks(in.Tables, r.Tables, in.Rules); len(found) > 0 {
		t.Fatalf("before anything is planted: %q", found)
	}
	// who knows the count and is told the mean knows the sum
	found := sumLeaks(in.Tables, shown(r.Tables, truth(in.Tables), 0, at, 0), in.Rules)
	if !slices.ContainsFunc(found, func(s string) bool { return strings.Contains(s, "rij1") }) {
		t.Errorf("the mean gives the sum away, and only %q is found", found)
	}
}

// TestRoundedAgain: asking for the same households again and again tells nothing, where rounding anew each time would tell the count.
func TestRoundedAgain(t *testing.T) {
	tb := grid("g", [][]int64{{43, 50}, {61, 72}})
	in := gate.Input{Rules: rules(true), Tables: []gate.Table{tb}}
	a := counting()
	a.reads(release(t, in).Tables[0], in.Rules, "")
	once := [2]int64{a.lo[a.ids["2025-12-31 kolom=k0 rij=r0"]], a.hi[a.ids["2025-12-31 kolom=k0 rij=r0"]]}
	for range 20 {
		a.reads(release(t, in).Tables[0], in.Rules, "")
	}
	i := a.ids["2025-12-31 kolom=k0 rij=r0"]
	if again := [2]int64{a.lo[i], a.hi[i]}; again != once || once[1]-once[0] < 8 {
		t.Errorf("known after one release %v, after many %v", once, again)
	}
	// planted: a key of its own for every release
	for k := range byte(20) {
		p := release(t, in).Tables[0]
		for j := range p.Cells {
			c := truth(in.Tables)[name(p.Moment, valuesOf(p.Dims, p.Cells[j].Key, nil))]
			p.Cells[j].N = gate.Round([]byte{k}, "n", c.Members, c.N, 5)
		}
		a.reads(p, in.Rules, "")
	}
	if a.lo[i] != 41 || a.hi[i] != 44 {
		t.Errorf("rounded anew it is known to lie in %d to %d; 41 to 44 is what both multiples leave", a.lo[i], a.hi[i])
	}
}

// TestPlantedAcrossTables: three tables that cross two of three things each give away what lies behind them, though none shows it.
func TestPlantedAcrossTables(t *testing.T) {
	whole := gate.Table{Name: "alles", Population: "huishoudens", Moment: "2025K4", Unseen: true, Dims: []gate.Dim{flat("a", 2), flat("b", 2), flat("c", 2)}}
	for i, n := range []int64{8, 5, 40, 50, 40, 50, 2, 60} {
		whole.Cells = append(whole.Cells, gate.Cell{Key: []string{[]string{"a0", "a1"}[i/4], []string{"b0", "b1"}[i/2%2], []string{"c0", "c1"}[i%2]}, N: n, Members: uint64(1) << (4 * i)})
	}
	whole = withTotals(whole)
	seen := []gate.Table{marginal(whole, "zonder a", 0), marginal(whole, "zonder b", 1), marginal(whole, "zonder c", 2)}
	for i := range seen {
		seen[i].Unseen = false
	}
	in := gate.Input{Rules: rules(false), Tables: append(seen[:3:3], whole)}
	in.Rules.Counts.MaxGroupPercent = 0
	r := release(t, in)
	if r.Refused() || len(r.Tables) != 3 {
		t.Fatalf("%+v", r.Records)
	}
	if found := leaks(t, in.Tables, r.Tables, in.Rules, nil); len(found) > 0 {
		t.Errorf("%q", found)
	}
	// without the table behind them all three are shown whole
	behind := in
	behind.Tables = seen
	if found := leaks(t, in.Tables, release(t, behind).Tables, in.Rules, nil); len(found) == 0 {
		t.Error("nothing is found: the example is no example")
	}
}

// TestSumOfASmallGroup: a cell that hides a small count well can hide its sum badly.
func TestSumOfASmallGroup(t *testing.T) {
	tb := gate.Table{Name: "kosten", Population: "p", Moment: "m", Quantity: "kosten", Dims: []gate.Dim{flat("rij", 4)}}
	for i, c := range []gate.Cell{{N: 8, Sum: 8_000_000}, {N: 30, Sum: 30_000}, {N: 50, Sum: 9_000_000}, {N: 60, Sum: 9_000_000}} {
		c.Key, c.Members, c.Abs, c.Largest, c.Second = []string{tb.Dims[0].Values[i].Name}, uint64(i+1), c.Sum, c.Sum/c.N, c.Sum/c.N
		tb.Cells = append(tb.Cells, c)
	}
	in := gate.Input{Rules: rules(false), Tables: []gate.Table{withTotals(tb)}}
	r := release(t, in)
	if found := sumLeaks(in.Tables, r.Tables, in.Rules); len(found) > 0 {
		t.Errorf("%q", found)
	}
	// the count alone asks for the cheapest cell beside it
	for i, c := range r.Tables[0].Cells {
		r.Tables[0].Cells[i].Hidden = c.Key[0] == "rij0" || c.Key[0] == "rij1"
		is := truth(in.Tables)[name("m", map[string]string{"rij": c.Key[0]})]
		r.Tables[0].Cells[i].N, r.Tables[0].Cells[i].Sum = is.N, is.Sum
	}
	if found := leaks(t, in.Tables, r.Tables, in.Rules, nil); len(found) > 0 {
		t.Errorf("the example is no example: %q", found)
	}
	if found := sumLeaks(in.Tables, r.Tables, in.Rules); len(found) == 0 {
		t.Error("8.000.000 can be 8.030.000 at most, and nothing is found")
	}
}

// TestPlantedByWhoHasNot: a table shows those with ggz and without debts, and a table of combinations those with ggz: the difference is small.
func TestPlantedByWhoHasNot(t *testing.T) {
	sets := gate.Table{Name: "c", Population: "p", Moment: "m", Sets: &gate.Sets{Ingredients: []string{"ggz", "schulden", "jeugdzorg"}, Min: 1, Max: 2}}
	for m, n := range []int64{300, 25, 50, 2, 60, 15, 40, 1} {
		sets.Cells = append(sets.Cells, gate.Cell{Has: uint32(m), N: n, Members: uint64(1) << (8 * m)})
	}
	not := gate.Table{Name: "zonder schulden", Population: "p", Moment: "m", Fixed: map[string]string{"ggz": "ja", "schulden": "nee"},
		Cells: []gate.Cell{{N: 40, Members: 1<<8 + 1<<40}}}
	in := gate.Input{Rules: rules(false), Tables: []gate.Table{sets, not}}
	in.Rules.Counts.MaxGroupPercent = 0
	if got := hiddenKeys(release(t, gate.Input{Rules: in.Rules, Tables: in.Tables[:1]}).Tables[0]); slices.Contains(got, "ggz") {
		t.Fatalf("%q hidden without the other table: the example is no example", got)
	}
	r := release(t, in)
	if got := append(hiddenKeys(r.Tables[0]), hiddenKeys(r.Tables[1])...); !slices.Contains(got, "ggz") && !slices.Contains(got, "") {
		t.Errorf("%q hidden; ggz is 43, of which 40 have no debts, so 3 have", got)
	}
}
