package gate_test

import (
	"flag"
	"fmt"
	"math/big"
	"os"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/reports/gate"

	"pgregory.net/rapid"
)

// secret is something that must not be told, by the tests' own reading of the rules.
type secret struct {
	what string
	form map[int]int64
	n    int64 // households of a small group; -1: the form must be able to be 0 or less
}

// truth is every cell of the tables by its name.
func truth(tables []gate.Table) map[string]gate.Cell {
	out := map[string]gate.Cell{}
	for _, t := range tables {
		for _, c := range t.Cells {
			if t.Sets == nil {
				out[name(t.Moment, valuesOf(t.Dims, c.Key, nil))] = c
				continue
			}
			for with := range uint32(1) << len(t.Sets.Ingredients) {
				if c.Has&with == with {
					var set []string
					for b, s := range t.Sets.Ingredients {
						if with>>b&1 == 1 {
							set = append(set, s)
						}
					}
					id := name(t.Moment, valuesOf(nil, nil, set))
					sum := out[id]
					sum.N, sum.Members = sum.N+c.N, sum.Members+c.Members
					out[id] = sum
				}
			}
		}
	}
	return out
}

// secrets of counts: small groups, what is left of a whole when a part goes, and what is nearly all of a whole.
func secrets(a *attacker, tables []gate.Table, r config.Disclosure) (out []secret) {
	of := truth(tables)
	least := r.Counts.Minimum
	for _, id := range sorted(of) {
		if c := of[id]; c.N < least {
			out = append(out, secret{id, map[int]int64{a.ids[id]: 1}, c.N})
		}
	}
	pair := func(whole, part string, only bool) {
		p, ok := of[whole]
		c, ok2 := of[part]
		if !ok || !ok2 || only || p.N < least {
			return
		}
		wi, pi := a.ids[whole], a.ids[part]
		if rest := p.N - c.N; rest < least {
			out = append(out, secret{whole + " without " + part, map[int]int64{wi: 1, pi: -1}, rest})
		}
		if most := r.Counts.MaxGroupPercent; most > 0 && c.N >= least && c.N*100 > p.N*most {
			out = append(out, secret{part + " of " + whole, map[int]int64{pi: 100, wi: -r.Counts.MaxGroupPercent}, -1})
		}
	}
	for _, t := range tables {
		if t.Sets != nil {
			names := t.Sets.Ingredients
			for with := range 1 << len(names) {
				for without := range 1 << len(names) {
					if with&without != 0 || without == 0 {
						continue
					}
					form, n := map[int]int64{}, int64(0)
					for m := range 1 << len(names) {
						if m&with == with && m&without == 0 {
							form[a.ids[fmt.Sprint(t.Moment, " exactly ", m)]] = 1
						}
					}
					for _, c := range t.Cells {
						if int(c.Has)&with == with && int(c.Has)&without == 0 {
							n += c.N
						}
					}
					if n < least {
						out = append(out, secret{fmt.Sprintf("with %b without %b", with, without), form, n})
					}
				}
				for b, more := range names {
					if with>>b&1 == 0 {
						var set []string
						for b, s := range names {
							if with>>b&1 == 1 {
								set = append(set, s)
							}
						}
						pair(name(t.Moment, valuesOf(nil, nil, set)), name(t.Moment, valuesOf(nil, nil, append(set, more))), false)
					}
				}
			}
			continue
		}
		for _, key := range crossings(t.Dims) {
			for i, d := range t.Dims {
				var parts []string
				for _, v := range d.Values {
					if v.Parent == key[i] {
						sub := slices.Clone(key)
						sub[i] = v.Name
						parts = append(parts, name(t.Moment, valuesOf(t.Dims, sub, nil)))
					}
				}
				for _, p := range parts {
					pair(name(t.Moment, valuesOf(t.Dims, key, nil)), p, d.Exhaustive && len(parts) == 1)
				}
			}
		}
	}
	return out
}

func sorted[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

// leaks is what the attacker can tell of counts that must not be told.
func leaks(t tester, tables []gate.Table, published []gate.Published, r config.Disclosure, more func(a *attacker)) (out []string) {
	t.Helper()
	a := counting()
	for _, p := range published {
		a.reads(p, r, "")
	}
	for _, tb := range tables {
		a.structure(tb)
	}
	if more != nil {
		more(a)
	}
	for _, s := range secrets(a, tables, r) {
		switch {
		case s.n < 0:
			minus := map[int]int64{}
			for i, c := range s.form {
				minus[i] = -c
			}
			if !a.can(t, minus, 0) {
				out = append(out, s.what)
			}
		case a.knowsSmall(t, s.form, s.n, r.Counts.Minimum):
			out = append(out, s.what)
		}
	}
	return out
}

// sumLeaks is what the attacker can tell of sums: too much of a small group's, or of one that one or two households make up.
func sumLeaks(tables []gate.Table, published []gate.Published, r config.Disclosure) (out []string) {
	a := summing()
	for _, p := range published {
		a.reads(p, r, p.Quantity)
	}
	for _, tb := range tables {
		a.structure(tb)
	}
	of := truth(tables)
	for _, id := range sorted(of) {
		c := of[id]
		var level float64
		if c.N < r.Counts.Minimum {
			level = max(float64(c.Abs*r.Sums.SmallPercent)/100, float64(r.Sums.RoundToEur*100), 100)
		}
		x1, x2, x := float64(c.Largest), float64(c.Second), float64(c.Abs)
		if x > 0 {
			level = max(level, 2*x1-x, (x1+x2)/0.85-x, 0.1*x1-(x-x1-x2))
		}
		if level <= 0 {
			continue
		}
		hi, fits := a.farthest(map[int]int64{a.ids[id]: 1})
		lo, _ := a.farthest(map[int]int64{a.ids[id]: -1})
		if !fits {
			return append(out, "what is published can't be")
		}
		value := float64(c.Sum)
		if f, _ := orFar(hi).Float64(); f < value+level-1 {
			out = append(out, fmt.Sprintf("%s: at most %.0f, is %.0f, level %.0f", id, f, value, level))
		}
		if f, _ := orFar(lo).Float64(); -f > max(0, value-level)+level/500+1 {
			out = append(out, fmt.Sprintf("%s: at least %.0f, is %.0f, level %.0f", id, -f, value, level))
		}
	}
	return out
}

func orFar(r *big.Rat) *big.Rat {
	if r == nil {
		return new(big.Rat).SetInt64(1 << 60)
	}
	return r
}

// few draws a count: often small, sometimes none.
func few(t *rapid.T, label string) int64 {
	switch rapid.IntRange(0, 3).Draw(t, label+" kind") {
	case 0:
		return rapid.Int64Range(0, 9).Draw(t, label)
	case 1:
		return rapid.Int64Range(8, 30).Draw(t, label)
	default:
		return rapid.Int64Range(10, 200).Draw(t, label)
	}
}

func households(t *rapid.T, label string, c *gate.Cell) {
	c.N = few(t, label)
	c.Members = digest(c.N, rapid.Uint64().Draw(t, label+" members"))
	for range c.N {
		a := int64(100 + len(label))
		if rapid.IntRange(0, 9).Draw(t, label+" dear") == 0 {
			a = rapid.Int64Range(1, 4_000_000).Draw(t, label+" cost")
		} else {
			a = 40_000 + int64(c.N)*997 + c.Sum%9973
		}
		c.Sum, c.Abs = c.Sum+a, c.Abs+a
		if a > c.Largest {
			c.Largest, c.Second = a, c.Largest
		} else if a > c.Second {
			c.Second = a
		}
	}
}

func leafTable(t *rapid.T, quantity string, dims ...gate.Dim) gate.Table {
	tb := gate.Table{Name: "tabel", Population: "huishoudens", Moment: "2025K4", Quantity: quantity, Dims: dims}
	for _, key := range crossings(dims) {
		leaf := true
		for i, v := range key {
			leaf = leaf && v != "" && !slices.ContainsFunc(dims[i].Values, func(o gate.Value) bool { return o.Parent == v })
		}
		if leaf {
			c := gate.Cell{Key: key}
			if quantity != "" {
				households(t, strings.Join(key, " "), &c)
			} else {
				c.N = few(t, strings.Join(key, " "))
				c.Members = digest(c.N, rapid.Uint64().Draw(t, "members"))
			}
			tb.Cells = append(tb.Cells, c)
		}
	}
	return withTotals(tb)
}

func flat(name string, n int) gate.Dim {
	d := gate.Dim{Name: name, Exhaustive: true}
	for i := range n {
		d.Values = append(d.Values, gate.Value{Name: fmt.Sprint(name, i)})
	}
	return d
}

func drawRules(t *rapid.T) config.Disclosure {
	return rules(rapid.Bool().Draw(t, "rounded"))
}

// stops fails the test with what was published.
func stops(t *rapid.T, found []string, r *gate.Result) {
	if len(found) > 0 {
		for _, p := range r.Tables {
			t.Log(show(p))
		}
		t.Fatalf("the attacker found %q", found)
	}
}

func must(t *rapid.T, in gate.Input) *gate.Result {
	in.Key = key
	in.Options.Work = os.TempDir()
	r, err := gate.Release(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	for _, rec := range r.Records {
		if rec.Status != gate.StatusFree || !rec.Proven {
			t.Fatalf("%s is %s: %s", rec.Table, rec.Status, rec.Reason)
		}
	}
	return r
}

func TestTwoWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		tb := leafTable(t, "", flat("rij", rapid.IntRange(1, 4).Draw(t, "rows")), flat("kolom", rapid.IntRange(1, 4).Draw(t, "columns")))
		in := gate.Input{Rules: drawRules(t), Tables: []gate.Table{tb}}
		r := must(t, in)
		stops(t, leaks(t, in.Tables, r.Tables, in.Rules, nil), r)
	})
}

func TestTwoWaySums(t *testing.T) {
	draws(t, "30")
	rapid.Check(t, func(t *rapid.T) {
		tb := leafTable(t, "kosten", flat("rij", rapid.IntRange(1, 3).Draw(t, "rows")), flat("kolom", rapid.IntRange(1, 3).Draw(t, "columns")))
		in := gate.Input{Rules: drawRules(t), Tables: []gate.Table{tb}}
		r := must(t, in)
		stops(t, append(leaks(t, in.Tables, r.Tables, in.Rules, nil), sumLeaks(in.Tables, r.Tables, in.Rules)...), r)
	})
}

// draws says how many draws a test of rapid takes that are dear, unless the flag says otherwise; with STAPEL_LANG rapid's own number.
func draws(t *testing.T, n string) {
	t.Helper()
	if os.Getenv("STAPEL_LANG") != "" {
		return
	}
	f := flag.Lookup("rapid.checks")
	if was := f.Value.String(); was == f.DefValue {
		if err := flag.Set("rapid.checks", n); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { flag.Set("rapid.checks", was) })
	}
}

func TestThreeWayWithAHierarchy(t *testing.T) {
	draws(t, "8")
	rapid.Check(t, func(t *rapid.T) {
		place := gate.Dim{Name: "gebied", Exhaustive: true, Values: []gate.Value{{Name: "A", Parent: ""}, {Name: "B", Parent: ""}, {Name: "A1", Parent: "A"}, {Name: "A2", Parent: "A"}}}
		tb := leafTable(t, "", place, flat("rij", 2), flat("kolom", 2))
		in := gate.Input{Rules: drawRules(t), Tables: []gate.Table{tb}}
		r := must(t, in)
		stops(t, leaks(t, in.Tables, r.Tables, in.Rules, nil), r)
	})
}

// marginal is a table without one of its dimensions.
func marginal(t gate.Table, name string, out int) gate.Table {
	m := t
	m.Name, m.Dims, m.Cells = name, slices.Delete(slices.Clone(t.Dims), out, out+1), nil
	for _, c := range t.Cells {
		if c.Key[out] == "" {
			c.Key = slices.Delete(slices.Clone(c.Key), out, out+1)
			m.Cells = append(m.Cells, c)
		}
	}
	return m
}

func TestLinkedTables(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := leafTable(t, "", flat("a", 2), flat("b", 2), flat("c", 2))
		whole.Unseen = true
		in := gate.Input{Rules: drawRules(t), Tables: []gate.Table{marginal(whole, "zonder a", 0), marginal(whole, "zonder b", 1), marginal(whole, "zonder c", 2), whole}}
		r := must(t, in)
		stops(t, leaks(t, in.Tables, r.Tables, in.Rules, nil), r)
	})
}

func TestNotExhaustive(t *testing.T) {
	draws(t, "30")
	rapid.Check(t, func(t *rapid.T) {
		tb := leafTable(t, "", flat("gebied", 3))
		tb.Name = "huishoudens"
		over := gate.Dim{Name: "cocktail", Values: []gate.Value{{Name: "x", Parent: ""}, {Name: "y", Parent: ""}}}
		in := gate.Table{Name: "cocktails", Population: "huishoudens", Moment: tb.Moment, Dims: []gate.Dim{tb.Dims[0], over}}
		for _, k := range over.Values {
			sum := gate.Cell{Key: []string{"", k.Name}}
			for _, c := range tb.Cells {
				if c.Key[0] != "" {
					// a part of the households, often nearly all of them
					n := c.N - min(c.N, rapid.Int64Range(0, 30).Draw(t, "not"))
					part := gate.Cell{Key: []string{c.Key[0], k.Name}, N: n, Members: digest(n, rapid.Uint64().Draw(t, "members"))}
					sum.N, sum.Members = sum.N+n, sum.Members+part.Members
					in.Cells = append(in.Cells, part)
				}
			}
			in.Cells = append(in.Cells, sum)
		}
		given := gate.Input{Rules: drawRules(t), Tables: []gate.Table{tb, in}}
		r := must(t, given)
		stops(t, leaks(t, given.Tables, r.Tables, given.Rules, nil), r)
	})
}

func combinations(t *rapid.T, n, most int) gate.Table {
	tb := gate.Table{Name: "combinaties", Population: "huishoudens", Moment: "2025K4",
		Sets: &gate.Sets{Ingredients: []string{"ggz", "schulden", "jeugdzorg", "kinderen"}[:n], Min: 0, Max: most}}
	for m := range uint32(1) << n {
		n := few(t, fmt.Sprint("atom ", m))
		tb.Cells = append(tb.Cells, gate.Cell{Has: m, N: n, Members: digest(n, rapid.Uint64().Draw(t, "members"))})
	}
	return tb
}

func TestCombinations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(2, 3).Draw(t, "ingredients")
		tb := combinations(t, n, rapid.IntRange(1, n).Draw(t, "largest set"))
		in := gate.Input{Rules: drawRules(t), Tables: []gate.Table{tb}}
		r := must(t, in)
		stops(t, leaks(t, in.Tables, r.Tables, in.Rules, nil), r)
	})
}

// TestWithoutASolver: gonum alone proves less, and what it does not prove is not published.
func TestWithoutASolver(t *testing.T) {
	draws(t, "30")
	refused, all := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		tb := leafTable(t, "", flat("rij", rapid.IntRange(1, 4).Draw(t, "rows")), flat("kolom", rapid.IntRange(1, 4).Draw(t, "columns")))
		in := gate.Input{Rules: drawRules(t), Key: key, Tables: []gate.Table{tb}, Options: gate.Options{Solver: gate.NoSolver}}
		r, err := gate.Release(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		if all++; r.Refused() {
			refused++
		}
		stops(t, leaks(t, in.Tables, r.Tables, in.Rules, nil), r)
	})
	if refused*2 > all {
		t.Errorf("%d of %d small tables are refused without a solver", refused, all)
	}
	t.Logf("%d of %d tables refused", refused, all)
}
