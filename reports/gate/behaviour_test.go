package gate_test

import (
	"encoding/json"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/reports/gate"

	"pgregory.net/rapid"
)

func TestRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := rapid.Int64Range(0, 100_000).Draw(t, "base")
		v := rapid.Int64Range(-1<<40, 1<<40).Draw(t, "value")
		members, k := rapid.Uint64().Draw(t, "members"), []byte(rapid.String().Draw(t, "key"))
		r := gate.Round(k, "n", members, v, base)
		switch {
		case base <= 1 && r != v:
			t.Fatalf("%d is rounded to %d without a base", v, r)
		case base > 1 && (r%base != 0 || r-v >= base || v-r >= base):
			t.Fatalf("%d is rounded to %d, base %d", v, r, base)
		case base > 1 && v%base == 0 && r != v:
			t.Fatalf("a multiple %d becomes %d", v, r)
		case r != gate.Round(k, "n", members, v, base):
			t.Fatal("the same households round otherwise the second time")
		}
	})
	// over many keys the mean is what was rounded: within five standard errors
	for _, v := range []int64{1, 2, 3, 4, 12, -3, 77} {
		const n = 20_000
		var sum float64
		for i := range n {
			sum += float64(gate.Round([]byte{byte(i), byte(i >> 8)}, "n", 42, v, 5))
		}
		over := float64(((v % 5) + 5) % 5)
		if se := 5 * math.Sqrt(over*(5-over)/25/n); math.Abs(sum/n-float64(v)) > 5*se {
			t.Errorf("%d is %.3f on average, standard error %.3f", v, sum/n, se)
		}
	}
	// sums and counts of the same households do not go up together
	together := 0
	for m := range uint64(1000) {
		if (gate.Round(key, "n", m, 12, 5) == 15) == (gate.Round(key, "kosten", m, 12, 5) == 15) {
			together++
		}
	}
	if together < 430 || together > 610 {
		t.Errorf("of 1000 counts and sums %d went the same way; 520 by chance", together)
	}
}

func TestSameAgain(t *testing.T) {
	in := gate.Input{Rules: rules(true), Tables: countryside(4, 5, 1, 3)}
	a, b := release(t, in), release(t, in)
	for i := range a.Records { // how long it took is no part of it
		a.Records[i].Seconds, b.Records[i].Seconds = 0, 0
	}
	x, _ := json.Marshal(a)
	y, _ := json.Marshal(b)
	if string(x) != string(y) {
		t.Error("the same release comes out otherwise the second time")
	}
}

// only finds the published cell with a key.
func only(t *testing.T, p gate.Published, key ...string) gate.PublishedCell {
	t.Helper()
	for _, c := range p.Cells {
		if slices.Equal(c.Key, key) {
			return c
		}
	}
	t.Fatalf("%s has no cell %v", p.Name, key)
	return gate.PublishedCell{}
}

func TestNothingToHide(t *testing.T) {
	r := release(t, gate.Input{Rules: rules(false), Tables: []gate.Table{grid("g", [][]int64{{20, 50}, {40, 19}})}})
	rec := r.Records[0]
	if rec.Status != gate.StatusFree || !rec.Proven || len(rec.Hidden) != 0 || rec.Cells != 9 {
		t.Errorf("%+v", rec)
	}
	if c := only(t, r.Tables[0], "r0", "k1"); c.N != 50 || c.Hidden {
		t.Errorf("%+v", c)
	}
}

func TestZeros(t *testing.T) {
	tb := grid("g", [][]int64{{20, 50}, {40, 0}})
	r := release(t, gate.Input{Rules: rules(false), Tables: []gate.Table{tb}})
	if !only(t, r.Tables[0], "r1", "k1").Hidden {
		t.Error("that nobody of r1 is in k1 is shown: a group of none is small")
	}
	for i := range tb.Cells {
		if c := &tb.Cells[i]; c.N == 0 {
			c.Structural = true
		}
	}
	r = release(t, gate.Input{Rules: rules(true), Tables: []gate.Table{tb}})
	if c := only(t, r.Tables[0], "r1", "k1"); c.Hidden || c.N != 0 {
		t.Errorf("%+v: what is known beforehand is hidden", c)
	}
	// a leaf that is not given is a group of none
	tb = grid("g", [][]int64{{20, 50}, {40, 0}})
	tb.Cells = slices.DeleteFunc(tb.Cells, func(c gate.Cell) bool { return c.N == 0 })
	r = release(t, gate.Input{Rules: rules(false), Tables: []gate.Table{tb}})
	if !only(t, r.Tables[0], "r1", "k1").Hidden {
		t.Error("a group that is left out is shown to be none")
	}
}

func TestNearlyAll(t *testing.T) {
	tb := grid("g", [][]int64{{190, 10}, {40, 45}})
	r := release(t, gate.Input{Rules: rules(false), Tables: []gate.Table{tb}})
	i := slices.IndexFunc(r.Records[0].Hidden, func(h gate.HiddenCell) bool { return slices.Equal(h.Key, []string{"r0", "k0"}) })
	if i < 0 || !slices.Contains(r.Records[0].Hidden[i].Rules, gate.RuleGroup) {
		t.Errorf("190 of 200 is shown: %+v", r.Records[0].Hidden)
	}
	// where people live is no secret about them, and a value that is alone below another is the same group
	tb.Dims[1].Place, tb.Dims[0].Place = true, true
	r = release(t, gate.Input{Rules: rules(false), Tables: []gate.Table{tb}})
	if only(t, r.Tables[0], "r0", "k0").Hidden {
		t.Error("190 of 200 in one place is hidden")
	}
	// nor that nearly all have not what few have
	tb.Dims[1].Place, tb.Dims[0].Place = false, true
	tb.Dims[1].Values[0].Plain = true
	r = release(t, gate.Input{Rules: rules(false), Tables: []gate.Table{tb}})
	if only(t, r.Tables[0], "r0", "k0").Hidden {
		t.Error("190 of 200 that have nothing is hidden")
	}
}

func TestSetsThatNeverAre(t *testing.T) {
	tb := gate.Table{Name: "c", Population: "huishoudens", Moment: "2025", Sets: &gate.Sets{Ingredients: []string{"jeugdzorg", "kinderen"}, Min: 1, Max: 2}}
	for m, n := range []int64{500, 0, 300, 250} { // nobody has youth care without children
		tb.Cells = append(tb.Cells, gate.Cell{Has: uint32(m), N: n, Members: digest(n, uint64(m))})
	}
	r := release(t, gate.Input{Rules: rules(false), Tables: []gate.Table{tb}})
	if len(r.Records[0].Hidden) == 0 {
		t.Error("that all with youth care have children is shown, and nobody said it is known")
	}
	tb.Sets.Never = []gate.Never{{With: []string{"jeugdzorg"}, Without: []string{"kinderen"}}}
	tb.Cells[1].N = 1
	if _, err := gate.Release(t.Context(), gate.Input{Rules: rules(false), Key: key, Tables: []gate.Table{tb}}); err == nil {
		t.Error("a household of a set that never is, and no error")
	}
}

func TestNoSolver(t *testing.T) {
	// small tables need none
	in := gate.Input{Rules: rules(false), Tables: []gate.Table{grid("g", [][]int64{{20, 50, 30}, {4, 19, 22}, {17, 32, 12}})}, Options: gate.Options{Solver: gate.NoSolver}}
	if r := release(t, in); r.Refused() || r.Records[0].Solver != "gonum" {
		t.Errorf("%+v", r.Records[0])
	}
	// what can't be proven without one is not published, and the record says what is missing: a solver that isn't there is none
	in.Tables = countryside(6, 5, 1, 4)
	in.Options.Solver = filepath.Join(t.TempDir(), "cbc")
	for _, rec := range release(t, in).Records {
		if rec.Proven != (rec.Status == gate.StatusFree) {
			t.Errorf("%+v", rec)
		}
		if rec.Status == gate.StatusRefused && rec.Reason != "niet bewezen: de oplosser cbc viel uit" {
			t.Errorf("a solver that can't be started: %s", rec.Reason)
		}
	}
}

func TestNotInTime(t *testing.T) {
	in := gate.Input{Rules: rules(false), Tables: countryside(40, 10, 6, 5)}
	in.Rules.Secondary.Seconds = 1
	r := release(t, in)
	if !r.Refused() || len(r.Tables) != 0 || !strings.HasSuffix(r.Records[0].Reason, "binnen 1 seconde") {
		t.Errorf("%d tables published, %s: %s", len(r.Tables), r.Records[0].Status, r.Records[0].Reason)
	}
}

func TestWrongTables(t *testing.T) {
	ok := func() gate.Table { return grid("g", [][]int64{{20, 50}, {40, 19}}) }
	for what, change := range map[string]func(*gate.Table){
		"a total that is no total": func(t *gate.Table) { t.Cells[0].N++ },
		"a cell twice":             func(t *gate.Table) { t.Cells = append(t.Cells, t.Cells[0]) },
		"a value unknown":          func(t *gate.Table) { t.Cells[0].Key = []string{"x", ""} },
		"too few values":           func(t *gate.Table) { t.Cells[0].Key = nil },
		"less than nobody":         func(t *gate.Table) { t.Cells[4].N = -1 },
		"a ring":                   func(t *gate.Table) { t.Dims[0].Values[0].Parent = "r1"; t.Dims[0].Values[1].Parent = "r0" },
		"a value twice":            func(t *gate.Table) { t.Dims[0].Values[0].Name = "r1" },
		"a sum of nothing":         func(t *gate.Table) { t.Quantity = "k"; t.Cells[0].Sum = 5 },
		"two of one name":          func(t *gate.Table) { t.Dims[1].Name = "rij" },
	} {
		tb := ok()
		change(&tb)
		if _, err := gate.Release(t.Context(), gate.Input{Rules: rules(false), Key: key, Tables: []gate.Table{tb}}); err == nil {
			t.Errorf("%s: no error", what)
		}
	}
	if _, err := gate.Release(t.Context(), gate.Input{Rules: rules(false), Key: []byte("short"), Tables: []gate.Table{ok()}}); err == nil {
		t.Error("no key, and no error")
	}
	if _, err := gate.Release(t.Context(), gate.Input{Key: key, Tables: []gate.Table{ok()}}); err == nil {
		t.Error("no rules, and no error")
	}
	a, b := ok(), ok()
	b.Name = "h"
	for i := range b.Cells {
		b.Cells[i].Members *= 2
	}
	if _, err := gate.Release(t.Context(), gate.Input{Rules: rules(false), Key: key, Tables: []gate.Table{a, b}}); err == nil {
		t.Error("one cell of two sets of households, and no error")
	}
}

func TestRelations(t *testing.T) {
	// the same households counted in another table: both together are all
	a := gate.Table{Name: "met", Population: "p", Moment: "m", Dims: []gate.Dim{{Name: "plan", Values: []gate.Value{{Name: "ja"}}}}, Cells: []gate.Cell{{Key: []string{"ja"}, N: 40, Members: 1}}}
	b := gate.Table{Name: "zonder", Population: "p", Moment: "m", Dims: []gate.Dim{{Name: "plan", Values: []gate.Value{{Name: "nee"}}}}, Cells: []gate.Cell{{Key: []string{"nee"}, N: 6, Members: 2}}}
	c := gate.Table{Name: "alle", Population: "p", Moment: "m", Cells: []gate.Cell{{N: 46, Members: 3}}}
	term := func(plan string, coef int64) gate.RelationTerm {
		return gate.RelationTerm{Population: "p", Moment: "m", Values: map[string]string{"plan": plan}, Coef: coef}
	}
	rel := gate.Relation{Terms: []gate.RelationTerm{term("", 1), term("ja", -1), term("nee", -1)}}
	in := gate.Input{Rules: rules(false), Tables: []gate.Table{a, b, c}, Relations: []gate.Relation{rel}}
	in.Rules.Counts.MaxGroupPercent = 0
	r := release(t, in)
	hidden := 0
	for _, p := range r.Tables {
		for _, c := range p.Cells {
			if c.Hidden {
				hidden++
			}
		}
	}
	if hidden != 2 {
		t.Errorf("%d cells hidden; 6 is 46 less 40, so one of these has to be too", hidden)
	}
	in.Relations[0].Terms[1].Coef = -2
	in.Key = key
	if _, err := gate.Release(t.Context(), in); err == nil {
		t.Error("a relation that does not hold, and no error")
	}
	in.Relations[0].Terms[1] = term("misschien", -1)
	if _, err := gate.Release(t.Context(), in); err == nil {
		t.Error("a relation of a cell that is not there, and no error")
	}
}

func TestDerived(t *testing.T) {
	shown, hidden := gate.PublishedCell{N: 40, Sum: 1_000_000}, gate.PublishedCell{Hidden: true}
	if r := gate.Share(shown, gate.PublishedCell{N: 80}); !r.OK || r.Rounded(100) != 50 {
		t.Errorf("%+v", r)
	}
	if gate.Share(shown, hidden).OK || gate.Share(hidden, shown).OK || gate.Mean(hidden).OK || gate.Mean(hidden).Rounded(1) != 0 {
		t.Error("a ratio of what is hidden")
	}
	if r := gate.Mean(gate.PublishedCell{N: 3, Sum: -10}); r.Rounded(1) != -3 || gate.Mean(gate.PublishedCell{N: 3, Sum: -11}).Rounded(1) != -4 || gate.Mean(shown).Rounded(1) != 25_000 {
		t.Errorf("%+v", r)
	}
	r := rules(false)
	for _, c := range []struct {
		n, num, den int64
		want        bool
	}{{20, 1, 2, true}, {19, 1, 2, false}, {40, 1, 4, true}, {39, 1, 4, false}, {40, 3, 4, true}, {1000, 0, 1, false}, {1000, 1, 1, false}, {1000, 1, 100, true}, {999, 1, 100, false}} {
		if got := gate.QuantileAllowed(r, c.n, c.num, c.den); got != c.want {
			t.Errorf("quantile %d/%d of %d: %v", c.num, c.den, c.n, got)
		}
	}
}

// TestEstimates: every arm of an estimate has enough units, and no unit makes up too much of it; a part of a whole tells no small rest.
func TestEstimates(t *testing.T) {
	r := rules(false)
	share := func(v float64) *float64 { return &v }
	for _, c := range []struct {
		largest *float64
		arms    []int64
		want    bool
	}{{nil, []int64{10, 10}, true}, {nil, []int64{10, 9}, false}, {nil, []int64{9, 10}, false}, {nil, []int64{10}, true}, {nil, nil, false}, {share(0.5), []int64{10, 30}, true}, {share(0.51), []int64{10, 30}, false}} {
		if got := gate.EstimateAllowed(r, c.largest, c.arms...); got != c.want {
			t.Errorf("%v: %v", c, got)
		}
	}
	for _, c := range []struct {
		part, whole int64
		want        bool
	}{{10, 20, true}, {10, 19, false}, {9, 40, false}, {40, 40, true}, {39, 40, false}, {30, 40, true}} {
		if got := gate.PartAllowed(r, c.part, c.whole); got != c.want {
			t.Errorf("%d of %d: %v", c.part, c.whole, got)
		}
	}
	for _, c := range [][3]int64{{876_543, 10_000, 880_000}, {-875_000, 10_000, -880_000}, {-874_999, 10_000, -870_000}, {7, 1, 7}, {7, 0, 7}, {0, 100, 0}} {
		if got := gate.Nearest(c[0], c[1]); got != c[2] {
			t.Errorf("%d to %d is %d, want %d", c[0], c[1], got, c[2])
		}
	}
}

// hiddenKeys are the cells of a table that are not shown.
func hiddenKeys(p gate.Published) (out []string) {
	for _, c := range p.Cells {
		if c.Hidden {
			out = append(out, strings.Join(append(c.Key, c.Set...), " "))
		}
	}
	return out
}

// TestSumsThatAddUp: a household can have costs in several domeinen, so that counts do not add up and sums do.
func TestSumsThatAddUp(t *testing.T) {
	tb := gate.Table{Name: "domeinen", Population: "p", Moment: "m", Quantity: "kosten", Dims: []gate.Dim{{Name: "domein", SumsAdd: true}}}
	add := func(name string, n, sum int64) {
		if name != "" {
			tb.Dims[0].Values = append(tb.Dims[0].Values, gate.Value{Name: name})
		}
		tb.Cells = append(tb.Cells, gate.Cell{Key: []string{name}, N: n, Sum: sum, Abs: sum, Largest: sum / 10, Second: sum / 10, Members: uint64(n)})
	}
	add("wmo", 40, 9_000_000)
	add("jeugd", 5, 1_000_000)
	add("zvw", 80, 7_000_000)
	add("", 100, 17_000_000)
	in := gate.Input{Rules: rules(false), Tables: []gate.Table{tb}}
	if got := hiddenKeys(release(t, in).Tables[0]); len(got) != 2 || !slices.Contains(got, "jeugd") {
		t.Errorf("%q hidden; the sum of jeugd is what the others leave of the total", got)
	}
	tb.Dims[0].SumsAdd = false
	in.Tables = []gate.Table{tb}
	if got := hiddenKeys(release(t, in).Tables[0]); !slices.Equal(got, []string{"jeugd"}) {
		t.Errorf("%q hidden, of sums that do not add up", got)
	}
}

// TestCredits: a sum can be below 0, and a credit counts as a contribution.
func TestCredits(t *testing.T) {
	tb := grid("g", [][]int64{{40, 50, 30}, {6, 25, 44}, {31, 22, 18}})
	tb.Quantity = "kosten"
	cells := slices.DeleteFunc(tb.Cells, func(c gate.Cell) bool { return c.Key[0] == "" || c.Key[1] == "" })
	for i := range cells {
		c := &cells[i]
		c.Sum, c.Abs, c.Largest, c.Second = c.N*200_000, c.N*200_000, 200_000, 200_000
		switch c.N {
		case 25: // more credits than bills
			c.Sum = -c.Sum
		case 44: // they cancel, and one household makes up most of both
			c.Sum, c.Largest = 0, 5_000_000
		}
	}
	tb.Cells = cells
	tb = withTotals(tb)
	in := gate.Input{Rules: rules(false), Tables: []gate.Table{tb}}
	r := release(t, in)
	if r.Refused() {
		t.Fatalf("%+v", r.Records)
	}
	got := hiddenKeys(r.Tables[0])
	if !slices.Contains(got, "r1 k2") || !slices.Contains(got, "r1 k0") {
		t.Errorf("%q hidden; the sum of r1 k2 is 0 of contributions of which one is more than half", got)
	}
	in.Rules = rules(true)
	if r := release(t, in); r.Refused() {
		t.Errorf("%+v", r.Records)
	}
}

// TestOneFromAnother: a table of one ingredient and a table of combinations are linked: who has not is everybody less who has.
func TestOneFromAnother(t *testing.T) {
	sets := gate.Table{Name: "c", Population: "p", Moment: "m", Sets: &gate.Sets{Ingredients: []string{"ggz", "schulden"}, Min: 1, Max: 2}}
	for m, n := range []int64{300, 40, 50, 20} {
		sets.Cells = append(sets.Cells, gate.Cell{Has: uint32(m), N: n, Members: uint64(1) << (8 * m)})
	}
	// households with ggz by schulden: 20 ja, 40 nee; by itself nothing is small
	tb := gate.Table{Name: "ggz", Population: "p", Moment: "m", Fixed: map[string]string{"ggz": "ja"},
		Dims:  []gate.Dim{{Name: "schulden", Exhaustive: true, Values: []gate.Value{{Name: "ja"}, {Name: "nee"}}}},
		Cells: []gate.Cell{{Key: []string{"ja"}, N: 20, Members: 1 << 24}, {Key: []string{"nee"}, N: 40, Members: 1 << 8}}}
	in := gate.Input{Rules: rules(false), Tables: []gate.Table{sets, tb}}
	r := release(t, in)
	if r.Refused() || len(hiddenKeys(r.Tables[0]))+len(hiddenKeys(r.Tables[1])) != 0 {
		t.Errorf("%+v", r.Records)
	}
	// now three of those with ggz have no debts: the one table hides them, and the other may not give them
	sets.Cells[1].N, tb.Cells[1].N = 3, 3
	in.Rules.Counts.MaxGroupPercent = 0
	r = release(t, in)
	if got := hiddenKeys(r.Tables[0]); len(got) == 0 || !slices.Contains(hiddenKeys(r.Tables[1]), "nee") {
		t.Errorf("%q and %q hidden: ggz less ggz with schulden is 3", got, hiddenKeys(r.Tables[1]))
	}
	tb.Cells[1].N = 4
	if _, err := gate.Release(t.Context(), gate.Input{Rules: in.Rules, Key: key, Tables: []gate.Table{sets, tb}}); err == nil {
		t.Error("tables that contradict each other, and no error")
	}
}
