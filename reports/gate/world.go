package gate

import (
	"fmt"
	"maps"
	"math"
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
