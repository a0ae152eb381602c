package gate

import (
	"fmt"
	"maps"
	"math"
	"math/bits"
	"slices"
	"strings"

	"stapel/config"
)

// far is further than any count or sum: no bound.
const far = int64(1) << 58

// A cell is a variable of the attacker's: everything in whatever table, and what lies behind it, once.
type cell struct {
	id      string
	who     identity
	n       int64
	members uint64
	sums    map[string]amount // by quantity

	structural bool
	behind     bool     // no table shows it: a household's exact set, a total that is left out, what is over of a total
	tables     []int    // of the release, that show it
	quantities []string // whose sums they show

	reasons    reason
	suppressed bool // not shown, where a table would
	earlier    *Entry
	cost       float64

	count shownValue
	shown map[string]shownValue // sums
}

// hidden reports whether an attacker sees no value of the cell.
func (c *cell) hidden() bool { return c.behind || c.suppressed }

type amount struct{ sum, abs, largest, second int64 }

func (a amount) plus(b amount) amount {
	c := Cell{Sum: a.sum, Abs: a.abs, Largest: a.largest, Second: a.second}
	c.merge(Cell{Sum: b.sum, Abs: b.abs, Largest: b.largest, Second: b.second})
	return amount{c.Sum, c.Abs, c.Largest, c.Second}
}

// shownValue is a value as it is shown, or was, and the least that a shown count could be.
type shownValue struct{ value, base, least int64 }

// span is where an attacker knows a shown value to lie.
func (s shownValue) span() span {
	if s.base <= 1 {
		return span{s.value, s.value}
	}
	return span{max(s.value-s.base+1, s.least), s.value + s.base - 1}
}

type span struct{ lo, hi int64 }

func (s span) and(o span) span { return span{max(s.lo, o.lo), min(s.hi, o.hi)} }

type term struct {
	cell int
	coef int64
}

// A model is what an attacker knows to hold between counts, or between the sums of one quantity.
type model struct {
	w        *world
	quantity string // "" are counts
	eqs      [][]term
	of       [][]int // equations by cell
	seen     map[string]bool
}

// value is the truth.
func (m *model) value(i int) int64 {
	if m.quantity == "" {
		return m.w.cells[i].n
	}
	return m.w.cells[i].sums[m.quantity].sum
}

// open is where a cell may lie that is not shown. Nobody is taken to know more of a count than that it is no negative number, and more of a
// sum than whether it is: a sum can be negative only where credits exceed what was billed.
func (m *model) open(i int) span {
	c := m.w.cells[i]
	s := span{0, far}
	if m.quantity != "" && c.sums[m.quantity].sum < 0 {
		s.lo = -far
	}
	if c.structural {
		s = span{0, 0}
	}
	if e, ok := m.before(c); ok {
		s = s.and(e.span())
	}
	return s
}

// seenAs is where a cell lies for who sees it shown.
func (m *model) seenAs(i int) span {
	c := m.w.cells[i]
	if c.structural {
		return span{0, 0}
	}
	if m.quantity == "" {
		return c.count.span().and(m.open(i))
	}
	return c.shown[m.quantity].span().and(m.open(i))
}

// before is the value that an earlier release showed of the cell.
func (m *model) before(c *cell) (shownValue, bool) {
	if c.earlier == nil {
		return shownValue{}, false
	}
	if m.quantity == "" {
		return shownValue{c.earlier.N, c.earlier.Base, c.earlier.Least}, c.earlier.Counted
	}
	s, ok := c.earlier.Sums[m.quantity]
	return shownValue{s.Value, s.Base, -far}, ok
}

// hidden reports whether an attacker sees no value of a cell in this model: a count may be shown by a table without sums.
func (m *model) hidden(i int) bool {
	c := m.w.cells[i]
	return c.hidden() || m.quantity != "" && !slices.Contains(c.quantities, m.quantity)
}

func (m *model) bounds(i int) span {
	if m.hidden(i) {
		return m.open(i)
	}
	return m.seenAs(i)
}

// mayHide reports whether hiding the cell tells an attacker less.
func (m *model) mayHide(i int) bool {
	c := m.w.cells[i]
	if m.hidden(i) || c.structural {
		return false
	}
	_, public := m.before(c)
	return !public
}

func (m *model) has(i int) bool {
	if m.quantity == "" {
		return true
	}
	_, ok := m.w.cells[i].sums[m.quantity]
	return ok
}

func (m *model) equation(terms []term) {
	coefs := map[int]int64{}
	for _, t := range terms { // a cell can be on both sides: all of the ingredients is an exact set too
		coefs[t.cell] += t.coef
	}
	terms = nil
	for _, c := range slices.Sorted(maps.Keys(coefs)) {
		if coefs[c] != 0 {
			terms = append(terms, term{c, coefs[c]})
		}
	}
	key := fmt.Sprint(terms)
	if m.seen[key] || len(terms) == 0 {
		return
	}
	m.seen[key] = true
	for _, t := range terms {
		for len(m.of) <= t.cell {
			m.of = append(m.of, nil)
		}
		m.of[t.cell] = append(m.of[t.cell], len(m.eqs))
	}
	m.eqs = append(m.eqs, terms)
}

func (m *model) touching(i int) []int {
	if i < len(m.of) {
		return m.of[i]
	}
	return nil
}

// A world is all cells of a release with what holds between them.
type world struct {
	rules  config.Disclosure
	key    []byte
	cells  []*cell
	byID   map[string]int
	tables []*tableIn
	models map[string]*model
	goals  []*goal
	uses   map[*model]map[int][]int // goals by the cells that they speak of
}

// tableIn is a table with its cells in the world.
type tableIn struct {
	*Table
	full  []completed
	at    []int // of full, in world.cells
	shows []shownCell
	// as in its record; coarser says that another stands in its place
	status, reason string
	coarser        bool
}

// shownCell is a cell that the table shows, with the set of a table of combinations.
type shownCell struct {
	key  []string
	set  []string
	cell int
}

func newWorld(rules config.Disclosure, key []byte) *world {
	w := &world{rules: rules, key: key, byID: map[string]int{}, models: map[string]*model{}}
	w.model("")
	return w
}

func (w *world) model(quantity string) *model {
	m := w.models[quantity]
	if m == nil {
		m = &model{w: w, quantity: quantity, seen: map[string]bool{}}
		w.models[quantity] = m
	}
	return m
}

// inOrder are the models, counts first.
func (w *world) inOrder() []*model {
	var out []*model
	for _, q := range slices.Sorted(maps.Keys(w.models)) {
		out = append(out, w.models[q])
	}
	return out
}

// add puts a cell of a table into the world, or finds it there.
func (w *world) add(t *tableIn, who identity, c Cell) (int, error) {
	id := who.String()
	i, ok := w.byID[id]
	if !ok {
		i = len(w.cells)
		w.byID[id] = i
		w.cells = append(w.cells, &cell{id: id, who: who, n: c.N, members: c.Members, structural: c.Structural, behind: true,
			sums: map[string]amount{}, shown: map[string]shownValue{}})
	}
	have := w.cells[i]
	if have.n != c.N || have.members != c.Members {
		return 0, fmt.Errorf("gate: table %q: a cell is of other households than the same cell of another table", t.Name)
	}
	have.structural = have.structural || c.Structural
	if t.Quantity != "" {
		a := amount{c.Sum, c.Abs, c.Largest, c.Second}
		if had, ok := have.sums[t.Quantity]; ok && had.sum != a.sum {
			return 0, fmt.Errorf("gate: table %q: a cell has another sum of %s than the same cell of another table", t.Name, t.Quantity)
		} else if ok {
			// a total that was worked out knows its largest contributions less well than one that was given
			a = amount{a.sum, min(had.abs, a.abs), max(had.largest, a.largest), max(had.second, a.second)}
		}
		have.sums[t.Quantity] = a
	}
	return i, nil
}

func (w *world) show(t *tableIn, number int, key, set []string, i int) {
	if t.Unseen {
		return
	}
	c := w.cells[i]
	t.shows = append(t.shows, shownCell{key, set, i})
	if t.status == StatusRefused {
		return
	}
	c.behind = false
	if !slices.Contains(c.tables, number) {
		c.tables = append(c.tables, number)
	}
	if t.Quantity != "" && !slices.Contains(c.quantities, t.Quantity) {
		c.quantities = append(c.quantities, t.Quantity)
	}
}

// build makes the world of the tables. Tables that are refused stay in it: what they would have shown has to stay unknown all the same.
func (w *world) build(tables []*tableIn, relations []Relation) error {
	w.tables = tables
	for number, t := range tables {
		if t.full == nil {
			var err error
			if t.full, err = complete(t.Table); err != nil {
				return err
			}
		}
		t.at, t.shows = make([]int, len(t.full)), nil
		for j, c := range t.full {
			who := t.identity(c.Key)
			if t.Sets != nil {
				if t.Sets.never(c.Has) {
					if c.N != 0 {
						return fmt.Errorf("gate: table %q: it has households of a set that is said never to be", t.Name)
					}
					c.Structural = true
				}
				for b, name := range t.Sets.Ingredients {
					who.values[name] = Lack
					if c.Has>>b&1 == 1 {
						who.values[name] = Have
					}
				}
			}
			var err error
			if t.at[j], err = w.add(t, who, c.Cell); err != nil {
				return err
			}
			if c.shown && t.Sets == nil {
				w.show(t, number, c.Key, nil, t.at[j])
			}
		}
		if t.Sets != nil {
			if err := w.sets(t, number); err != nil {
				return err
			}
		}
	}
	for _, t := range tables {
		w.additivity(t)
	}
	for _, t := range tables {
		if t.Sets != nil {
			w.link(t)
		}
	}
	return w.relate(relations)
}

// family is a value of a dimension with the values below it, at one place of the other dimensions.
type family struct {
	parent   int
	dim      *Dim
	children []int
	plain    []bool // of each child: its value is
}

// families are all of a table, in a fixed order. A parent may be a cell of another table.
func (w *world) families(t *tableIn) []family {
	at := map[string]int{}
	var out []family
	for d := range t.Dims {
		up, plain := map[string]string{}, map[string]bool{}
		for _, v := range t.Dims[d].Values {
			up[v.Name], plain[v.Name] = v.Parent, v.Plain
		}
		for j, c := range t.full {
			if c.Key[d] == "" {
				continue
			}
			key := slices.Clone(c.Key)
			key[d] = up[c.Key[d]]
			who := t.identity(key)
			if t.Sets != nil {
				for b, name := range t.Sets.Ingredients {
					who.values[name] = Lack
					if c.Has>>b&1 == 1 {
						who.values[name] = Have
					}
				}
			}
			parent, ok := w.byID[who.String()]
			if !ok {
				continue
			}
			k := fmt.Sprint(d, parent)
			f, ok := at[k]
			if !ok {
				f = len(out)
				at[k] = f
				out = append(out, family{parent: parent, dim: &t.Dims[d]})
			}
			out[f].children, out[f].plain = append(out[f].children, t.at[j]), append(out[f].plain, plain[c.Key[d]])
		}
	}
	return out
}

func (w *world) additivity(t *tableIn) {
	models := []*model{w.model("")}
	if t.Quantity != "" {
		models = append(models, w.model(t.Quantity))
	}
	for _, f := range w.families(t) {
		for _, m := range models {
			if f.dim.Exhaustive || f.dim.SumsAdd && m.quantity != "" {
				terms := []term{{f.parent, 1}}
				for _, c := range f.children {
					terms = append(terms, term{c, -1})
				}
				m.equation(terms)
				continue
			}
			for _, c := range f.children {
				m.rest(f.parent, c)
			}
		}
	}
}

// rest says that a part is no more than the whole: what is over is a cell of its own, that no table shows. Of sums it holds only
// where no credit is in the way.
func (m *model) rest(whole, part int) {
	if !m.has(whole) || !m.has(part) || m.value(whole) < m.value(part) {
		return
	}
	w := m.w
	id := m.quantity + "|" + w.cells[whole].id + "|" + w.cells[part].id
	i, ok := w.byID[id]
	if !ok {
		i = len(w.cells)
		w.byID[id] = i
		c := &cell{id: id, behind: true, sums: map[string]amount{}}
		if m.quantity == "" {
			c.n = m.value(whole) - m.value(part)
		} else {
			c.sums[m.quantity] = amount{sum: m.value(whole) - m.value(part)}
		}
		w.cells = append(w.cells, c)
	}
	m.equation([]term{{whole, 1}, {part, -1}, {i, -1}})
}

// never reports whether a household can't have exactly the set.
func (s *Sets) never(has uint32) bool {
	return slices.ContainsFunc(s.Never, func(n Never) bool {
		return s.mask(n.With)&^has == 0 && s.mask(n.Without)&has == 0 && len(n.With)+len(n.Without) > 0
	})
}

func (s *Sets) mask(names []string) (m uint32) {
	for b, name := range s.Ingredients {
		if slices.Contains(names, name) {
			m |= 1 << b
		}
	}
	return m
}

func (s *Sets) names(mask uint32) (out []string) {
	for b, name := range s.Ingredients {
		if mask>>b&1 == 1 {
			out = append(out, name)
		}
	}
	return out
}

// places are the cells of a table of combinations by their key, in its order.
func (t *tableIn) places() (keys [][]string, atoms map[string][]int) {
	atoms = map[string][]int{}
	for j, c := range t.full {
		k := cellKey(c.Key, 0)
		if atoms[k] == nil {
			keys = append(keys, c.Key)
		}
		atoms[k] = append(atoms[k], j)
	}
	return keys, atoms
}

// sets makes the cells that a table of combinations shows: how many households have at least all of a set.
func (w *world) sets(t *tableIn, number int) error {
	models := []*model{w.model("")}
	if t.Quantity != "" {
		models = append(models, w.model(t.Quantity))
	}
	keys, atoms := t.places()
	for _, key := range keys {
		for set := range uint32(1) << len(t.Sets.Ingredients) {
			if size := bits.OnesCount32(set); size < t.Sets.Min || size > t.Sets.Max {
				continue
			}
			var all Cell
			var terms []term
			can := false
			for _, j := range atoms[cellKey(key, 0)] {
				if c := t.full[j]; c.Has&set == set {
					all.merge(c.Cell)
					can = can || !t.Sets.never(c.Has)
					terms = append(terms, term{t.at[j], -1})
				}
			}
			all.Structural = !can
			who := t.identity(key)
			for _, name := range t.Sets.names(set) {
				who.values[name] = Have
			}
			i, err := w.add(t, who, all)
			if err != nil {
				return err
			}
			w.show(t, number, key, t.Sets.names(set), i)
			for _, m := range models {
				m.equation(append([]term{{i, 1}}, terms...))
			}
		}
	}
	return nil
}

// link says of cells of other tables which households of a table of combinations they hold: those that have, or lack, some of its ingredients.
func (w *world) link(t *tableIn) {
	keys, atoms := t.places()
	type place struct{ key []string }
	at := map[string]place{}
	for _, key := range keys {
		at[t.identity(key).String()] = place{key}
	}
	for i, c := range w.cells {
		if c.who.values == nil {
			continue
		}
		rest := identity{c.who.population, c.who.moment, maps.Clone(c.who.values)}
		var with, without uint32
		other := false
		for b, name := range t.Sets.Ingredients {
			switch rest.values[name] {
			case Have:
				with |= 1 << b
			case Lack:
				without |= 1 << b
			case "":
			default:
				other = true
			}
			delete(rest.values, name)
		}
		p, ok := at[rest.String()]
		if !ok || other || bits.OnesCount32(with|without) == len(t.Sets.Ingredients) {
			continue
		}
		terms := []term{{i, 1}}
		for _, j := range atoms[cellKey(p.key, 0)] {
			if has := t.full[j].Has; has&with == with && has&without == 0 {
				terms = append(terms, term{t.at[j], -1})
			}
		}
		w.model("").equation(terms)
		if _, ok := c.sums[t.Quantity]; ok && t.Quantity != "" {
			w.model(t.Quantity).equation(terms)
		}
	}
}

func (w *world) relate(relations []Relation) error {
	for _, r := range relations {
		m := w.models[r.Quantity]
		if m == nil {
			return fmt.Errorf("gate: a relation is of %q, which no table has sums of", r.Quantity)
		}
		var terms []term
		var sum int64
		for _, t := range r.Terms {
			i, ok := w.byID[identity{t.Population, t.Moment, t.Values}.String()]
			if !ok || !m.has(i) {
				return fmt.Errorf("gate: a relation names a cell that no table has")
			}
			terms = append(terms, term{i, t.Coef})
			sum += t.Coef * m.value(i)
		}
		if sum != 0 {
			return fmt.Errorf("gate: a relation does not hold of the cells that it names")
		}
		m.equation(terms)
	}
	// equations that the truth does not obey would prove anything
	for _, m := range w.inOrder() {
		for _, eq := range m.eqs {
			var sum int64
			for _, t := range eq {
				sum += t.coef * m.value(t.cell)
			}
			if sum != 0 {
				return fmt.Errorf("gate: cells of several tables do not add up: %s", w.cells[eq[0].cell].id)
			}
		}
	}
	return nil
}

// price gives every cell what hiding it costs.
func (w *world) price() {
	for _, c := range w.cells {
		switch w.rules.Secondary.Cost {
		case config.CostCells:
			c.cost = 1
		case config.CostLog:
			c.cost = 1 + math.Log1p(float64(c.n))
		default:
			c.cost = 1 + float64(c.n)
		}
		c.cost *= float64(max(1, len(c.tables)))
	}
}

func joined(names []string) string { return strings.Join(names, "+") }
