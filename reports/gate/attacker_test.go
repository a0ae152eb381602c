package gate_test

import (
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"

	"stapel/config"
	"stapel/reports/gate"
)

// The attacker knows what is published, how tables are made and which rules hold. It shares no code with the gate: counts are found by
// trying whole numbers, sums by a simplex in exact fractions.

const much = 4000 // more than any count of these tests

// An attacker is what can be known: every cell with bounds, and what adds up.
type attacker struct {
	ids    map[string]int
	lo, hi []int64
	eqs    []map[int]int64
	end    int64 // no bound
}

func counting() *attacker { return &attacker{ids: map[string]int{}, end: much} }

func summing() *attacker { return &attacker{ids: map[string]int{}, end: 1 << 60} }

func name(moment string, values map[string]string) string {
	parts := []string{moment}
	for _, k := range slices.Sorted(maps.Keys(values)) {
		if values[k] != "" {
			parts = append(parts, k+"="+values[k])
		}
	}
	return strings.Join(parts, " ")
}

func (a *attacker) cell(id string) int {
	i, ok := a.ids[id]
	if !ok {
		i = len(a.lo)
		a.ids[id] = i
		a.lo, a.hi = append(a.lo, 0), append(a.hi, a.end)
	}
	return i
}

func (a *attacker) extra(lo, hi int64) int {
	a.lo, a.hi = append(a.lo, lo), append(a.hi, hi)
	return len(a.lo) - 1
}

func (a *attacker) sees(i int, lo, hi int64) {
	a.lo[i], a.hi[i] = max(a.lo[i], lo), min(a.hi[i], hi)
}

// crossings are all keys of a table, totals too.
func crossings(dims []gate.Dim) [][]string {
	out := [][]string{nil}
	for _, d := range dims {
		var next [][]string
		for _, k := range out {
			for _, v := range append([]gate.Value{{}}, d.Values...) {
				next = append(next, append(k[:len(k):len(k)], v.Name))
			}
		}
		out = next
	}
	return out
}

func valuesOf(dims []gate.Dim, key, set []string) map[string]string {
	v := map[string]string{}
	for i, d := range dims {
		v[d.Name] = key[i]
	}
	for _, s := range set {
		v[s] = "ja"
	}
	return v
}

// structure is what adds up in a table, whatever is published of it.
func (a *attacker) structure(t gate.Table) {
	has := func(key []string) bool { // a total over what does not add up is there only when it is shown
		for i, d := range t.Dims {
			if _, known := a.ids[name(t.Moment, valuesOf(t.Dims, key, nil))]; !d.Exhaustive && key[i] == "" && !known {
				return false
			}
		}
		return true
	}
	if t.Sets == nil {
		for _, key := range crossings(t.Dims) {
			if has(key) {
				a.cell(name(t.Moment, valuesOf(t.Dims, key, nil)))
			}
		}
		for i, d := range t.Dims {
			for _, key := range crossings(t.Dims) {
				if !has(key) {
					continue
				}
				whole := a.cell(name(t.Moment, valuesOf(t.Dims, key, nil)))
				sum := map[int]int64{whole: 1}
				for _, v := range d.Values {
					if v.Parent != key[i] {
						continue
					}
					sub := slices.Clone(key)
					sub[i] = v.Name
					part := a.cell(name(t.Moment, valuesOf(t.Dims, sub, nil)))
					if d.Exhaustive {
						sum[part] = -1
					} else {
						a.eqs = append(a.eqs, map[int]int64{whole: 1, part: -1, a.extra(0, a.end): -1})
					}
				}
				if len(sum) > 1 {
					a.eqs = append(a.eqs, sum)
				}
			}
		}
		return
	}
	n := len(t.Sets.Ingredients)
	atoms := make([]int, 1<<n)
	for m := range atoms {
		atoms[m] = a.cell(fmt.Sprint(t.Moment, " exactly ", m))
	}
	for with := range 1 << n {
		sum := map[int]int64{}
		var set []string
		for b, s := range t.Sets.Ingredients {
			if with>>b&1 == 1 {
				set = append(set, s)
			}
		}
		for m, at := range atoms {
			if m&with == with {
				sum[at] = -1
			}
		}
		sum[a.cell(name(t.Moment, valuesOf(t.Dims, nil, set)))] = 1
		a.eqs = append(a.eqs, sum)
	}
}

// reads takes in what is published; quantity "" is about counts.
func (a *attacker) reads(p gate.Published, r config.Disclosure, quantity string) {
	for _, c := range p.Cells {
		i := a.cell(name(p.Moment, valuesOf(p.Dims, c.Key, c.Set)))
		if c.Hidden || quantity != p.Quantity && quantity != "" {
			continue
		}
		if quantity == "" {
			spread := max(r.Counts.RoundTo, 1) - 1
			a.sees(i, max(c.N-spread, r.Counts.Minimum), c.N+spread)
		} else {
			spread := max(r.Sums.RoundToEur*100, 1) - 1
			a.sees(i, c.Sum-spread, c.Sum+spread)
		}
	}
}

// part is a cell with its coefficient in an equation.
type part struct {
	cell int
	coef int64
}

// narrow makes bounds as tight as each equation alone makes them; false when nothing is left.
func narrow(eqs [][]part, lo, hi []int64) bool {
	for changed := true; changed; {
		changed = false
		for _, eq := range eqs {
			var least, most int64
			for _, p := range eq {
				if p.coef > 0 {
					least, most = least+p.coef*lo[p.cell], most+p.coef*hi[p.cell]
				} else {
					least, most = least+p.coef*hi[p.cell], most+p.coef*lo[p.cell]
				}
			}
			if least > 0 || most < 0 {
				return false
			}
			if least == most {
				continue
			}
			for _, p := range eq {
				l, h := lo[p.cell], hi[p.cell]
				if l == h {
					continue
				}
				// coef*x is 0 less the others
				if p.coef > 0 {
					l, h = max(l, up(p.coef*h-most, p.coef)), min(h, down(p.coef*l-least, p.coef))
				} else {
					l, h = max(l, up(least-p.coef*h, -p.coef)), min(h, down(most-p.coef*l, -p.coef))
				}
				if l > h {
					return false
				}
				if l > lo[p.cell] || h < hi[p.cell] {
					if p.coef > 0 {
						least, most = least+p.coef*(l-lo[p.cell]), most-p.coef*(hi[p.cell]-h)
					} else {
						least, most = least-p.coef*(hi[p.cell]-h), most+p.coef*(l-lo[p.cell])
					}
					lo[p.cell], hi[p.cell], changed = l, h, true
				}
			}
		}
	}
	return true
}

func up(a, b int64) int64 {
	if q := a / b; q*b < a {
		return q + 1
	} else {
		return q
	}
}

func down(a, b int64) int64 { return -up(-a, b) }

// tries is how many branches an answer may take.
const tries = 20_000

// possible looks for whole numbers; ok is false when it gave up.
func (a *attacker) possible() (yes, ok bool) {
	left := tries
	eqs := make([][]part, len(a.eqs))
	for i, eq := range a.eqs {
		for _, c := range slices.Sorted(maps.Keys(eq)) {
			eqs[i] = append(eqs[i], part{c, eq[c]})
		}
	}
	var try func(lo, hi []int64) bool
	try = func(lo, hi []int64) bool {
		if left--; left < 0 {
			return false
		}
		if !narrow(eqs, lo, hi) {
			return false
		}
		pick := -1
		for i := range lo {
			if lo[i] < hi[i] && (pick < 0 || hi[i]-lo[i] < hi[pick]-lo[pick]) {
				pick = i
			}
		}
		if pick < 0 {
			return true
		}
		mid := lo[pick] + (hi[pick]-lo[pick])/2
		l, h := slices.Clone(lo), slices.Clone(hi)
		h[pick] = mid
		if try(l, h) {
			return true
		}
		l, h = slices.Clone(lo), slices.Clone(hi)
		l[pick] = mid + 1
		return try(l, h)
	}
	yes = try(slices.Clone(a.lo), slices.Clone(a.hi))
	return yes, yes || left >= 0
}

// can reports whether a form can be at least v.
func (a *attacker) can(t tester, form map[int]int64, v int64) bool {
	t.Helper()
	b := &attacker{ids: a.ids, end: a.end, lo: slices.Clone(a.lo), hi: slices.Clone(a.hi), eqs: slices.Clone(a.eqs)}
	eq := maps.Clone(form)
	eq[b.extra(v, much*100)] = -1
	b.eqs = append(b.eqs, eq)
	asked++
	yes, ok := b.possible()
	if !ok && len(b.lo) < 50 { // whole numbers took too long: fractions say at least what is surely not possible
		_, yes = b.farthest(nil)
		ok = !yes
	}
	if !ok {
		if unsure++; unsure > 5+asked/200 {
			t.Fatal("the attacker gave up too often:", unsure, "of", asked)
		}
	}
	return yes || !ok
}

// asked is how often the attacker asked what can be, unsure how often it had no sure answer.
var asked, unsure int

// knowsSmall reports whether it can be told that a group of n is below the minimum, or what it is to within the minimum.
func (a *attacker) knowsSmall(t tester, form map[int]int64, n, least int64) bool {
	t.Helper()
	if a.can(t, form, n+least) {
		return false
	}
	minus := map[int]int64{}
	for i, c := range form {
		minus[i] = -c
	}
	lo, hi := n, n
	for lo > -much && a.can(t, minus, -(lo-1)) {
		lo--
	}
	for a.can(t, form, hi+1) {
		hi++
	}
	return hi < least || hi-lo < least
}

// farthest is how large a form of sums can be, in exact fractions; nil is without end, and fits is false where nothing can be.
func (a *attacker) farthest(form map[int]int64) (most *big.Rat, fits bool) {
	n := len(a.lo)
	// columns are x - lo; a row for every equation and every upper bound
	var rows [][]*big.Rat
	rat := func(v int64) *big.Rat { return new(big.Rat).SetInt64(v) }
	var bounded []int
	for i := range n {
		if a.hi[i] < a.end {
			bounded = append(bounded, i)
		}
	}
	width := n + len(bounded)
	blank := func() []*big.Rat {
		r := make([]*big.Rat, width+1)
		for j := range r {
			r[j] = new(big.Rat)
		}
		return r
	}
	for _, eq := range a.eqs {
		r := blank()
		for i, c := range eq {
			r[i].SetInt64(c)
			r[width].Sub(r[width], rat(c*a.lo[i]))
		}
		rows = append(rows, r)
	}
	for k, i := range bounded {
		r := blank()
		r[i].SetInt64(1)
		r[n+k].SetInt64(1)
		r[width].SetInt64(a.hi[i] - a.lo[i])
		rows = append(rows, r)
	}
	// first phase: a column of its own for every row, driven out
	m := len(rows)
	basis := make([]int, m)
	for i, r := range rows {
		if r[width].Sign() < 0 {
			for j := range r {
				r[j].Neg(r[j])
			}
		}
		right := r[width]
		r = r[:width]
		for k := range m {
			v := new(big.Rat)
			if k == i {
				v.SetInt64(1)
			}
			r = append(r, v)
		}
		rows[i] = append(r, right)
		basis[i] = width + i
	}
	total := width + m
	pivot := func(cost []*big.Rat, p, q int) {
		inv := new(big.Rat).Inv(rows[p][q])
		for j := range rows[p] {
			rows[p][j].Mul(rows[p][j], inv)
		}
		clear := func(r []*big.Rat) {
			f := new(big.Rat).Set(r[q])
			if f.Sign() == 0 {
				return
			}
			for j := range r {
				if rows[p][j].Sign() != 0 {
					r[j].Sub(r[j], new(big.Rat).Mul(f, rows[p][j]))
				}
			}
		}
		for i := range rows {
			if i != p {
				clear(rows[i])
			}
		}
		clear(cost)
		basis[p] = q
	}
	run := func(cost []*big.Rat, columns int) bool { // least cost, Bland's rule
		for {
			q := slices.IndexFunc(cost[:columns], func(c *big.Rat) bool { return c.Sign() < 0 })
			if q < 0 {
				return true
			}
			p := -1
			var best *big.Rat
			for i, r := range rows {
				if r[q].Sign() > 0 {
					f := new(big.Rat).Quo(r[total], r[q])
					if p < 0 || f.Cmp(best) < 0 || f.Cmp(best) == 0 && basis[i] < basis[p] {
						p, best = i, f
					}
				}
			}
			if p < 0 {
				return false
			}
			pivot(cost, p, q)
		}
	}
	phase := make([]*big.Rat, total+1)
	for j := range phase {
		phase[j] = new(big.Rat)
		if j < width || j == total {
			for _, r := range rows {
				phase[j].Sub(phase[j], r[j])
			}
		}
	}
	run(phase, width)
	if phase[total].Sign() != 0 {
		return nil, false
	}
	for i, b := range basis { // what is left of the first phase stands at 0
		if b >= width {
			for q := range width {
				if rows[i][q].Sign() != 0 {
					pivot(phase, i, q)
					break
				}
			}
		}
	}
	cost := make([]*big.Rat, total+1)
	for j := range cost {
		cost[j] = new(big.Rat)
	}
	at := new(big.Rat)
	for i, c := range form {
		cost[i].SetInt64(-c)
		at.Add(at, rat(c*a.lo[i]))
	}
	for i, b := range basis {
		if f := new(big.Rat).Set(cost[b]); f.Sign() != 0 {
			for j := range cost {
				cost[j].Sub(cost[j], new(big.Rat).Mul(f, rows[i][j]))
			}
		}
	}
	if !run(cost, width) {
		return nil, true
	}
	return at.Add(at, cost[total]), true
}

// tester is a test, of the library or of rapid.
type tester interface {
	Helper()
	Fatal(...any)
}
