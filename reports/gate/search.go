package gate

import (
	"cmp"
	"context"
	"maps"
	"math"
	"slices"

	"stapel/reports/gate/linear"
)

// A witness is a table that an attacker can't exclude: how far cells lie from the truth in it. It is whole, adds up in every equation, and
// lies within everything that is shown; whoever proposed it, that is looked at (holds).
type witness struct {
	cells []int // ascending
	moved []int64
}

func (w *witness) at(cell int) int64 {
	if w == nil {
		return 0
	}
	if k, ok := slices.BinarySearch(w.cells, cell); ok {
		return w.moved[k]
	}
	return 0
}

func (w *witness) form(terms []term) (sum int64) {
	for _, t := range terms {
		sum += t.coef * w.at(t.cell)
	}
	return sum
}

// holds reports whether every equation adds up in the witness.
func (w *witness) holds(m *model) bool {
	seen := map[int]bool{}
	for _, c := range w.cells {
		for _, e := range m.touching(c) {
			if !seen[e] {
				seen[e] = true
				if w.form(m.eqs[e]) != 0 {
					return false
				}
			}
		}
	}
	return true
}

// outside are the cells that lie outside of where an attacker sees them.
func (w *witness) outside(m *model) (out []int) {
	for k, c := range w.cells {
		v := m.value(c) + w.moved[k]
		if b := m.bounds(c); v < b.lo || v > b.hi {
			out = append(out, c)
		}
	}
	return out
}

// possible reports whether the witness may be once enough cells are hidden.
func (w *witness) possible(m *model) bool {
	for k, c := range w.cells {
		v := m.value(c) + w.moved[k]
		b := m.bounds(c)
		if m.mayHide(c) {
			b = m.open(c)
		}
		if v < b.lo || v > b.hi {
			return false
		}
	}
	return true
}

// reach is how wide a witness is looked for around a goal: so many cells of an equation, so many in all. What lies further stays at the truth, which
// only makes it harder to find one.
type reach struct{ ofEquation, cells int }

var reaches = []reach{{5, 24}, {16, 60}}
var wide = reach{1 << 20, 20_000}

// around chooses the cells that may move, those first that can move furthest for nothing.
func (m *model) around(g *goal, r reach, unit int64, mayHide bool) []int {
	room := func(i int) (free, all int64) {
		span := func(s span) int64 {
			most := 64 * unit
			return min(s.hi-m.value(i), most) + min(m.value(i)-s.lo, most)
		}
		free = span(m.bounds(i))
		if all = free; mayHide && m.mayHide(i) {
			all = span(m.open(i))
		}
		return free, all
	}
	taken := make([]bool, len(m.w.cells))
	var queue []int
	type scored struct {
		cell int
		free int64
		cost float64
	}
	var s []scored
	best := func(terms []term, most int) {
		s = s[:0]
		for _, t := range terms {
			if taken[t.cell] {
				continue
			}
			if free, all := room(t.cell); all >= unit {
				s = append(s, scored{t.cell, free / unit, m.w.cells[t.cell].cost})
			}
		}
		if len(s) > most || len(queue)+len(s) > r.cells { // else all of them are taken, in whatever order
			slices.SortFunc(s, func(a, b scored) int {
				return cmp.Or(cmp.Compare(b.free, a.free), cmp.Compare(a.cost, b.cost), cmp.Compare(a.cell, b.cell))
			})
		}
		for _, c := range s[:min(len(s), most)] {
			if len(queue) < r.cells && !taken[c.cell] {
				taken[c.cell] = true
				queue = append(queue, c.cell)
			}
		}
	}
	best(g.terms, max(8, r.ofEquation))
	seen := map[int]bool{}
	var equations []int
	for k := 0; k < len(queue); k++ {
		for _, e := range m.touching(queue[k]) {
			if seen[e] && r == wide {
				continue // all that it has was taken the first time
			}
			if !seen[e] {
				seen[e] = true
				equations = append(equations, e)
			}
			best(m.eqs[e], r.ofEquation)
		}
	}
	m.alone(taken, equations)
	out := queue[:0]
	for _, i := range queue {
		if taken[i] {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}

// alone takes the cells out that can't move because an equation has no other that does, until there are none.
func (m *model) alone(active []bool, equations []int) {
	for len(equations) > 0 {
		e := equations[len(equations)-1]
		equations = equations[:len(equations)-1]
		last, others := -1, 0
		for _, t := range m.eqs[e] {
			if active[t.cell] {
				last, others = t.cell, others+1
			}
		}
		if others == 1 {
			active[last] = false
			equations = append(equations, m.touching(last)...)
		}
	}
}

// column is what a column of a program moves: a cell by so much.
type column struct {
	cell int
	sign int64
}

// program is the cheapest way to move the cells so that equations hold, in steps of unit, when something is asked of them: what is hidden moves for almost nothing,
// what is shown within where it is seen too, and beyond that for what hiding it costs.
func (m *model) program(active []int, unit int64, mayHide bool, weight map[int]float64) *task {
	t := &task{m: m, unit: unit, p: &linear.Program{}, at: map[int][]int{}}
	add := func(i int, sign, room int64, cost float64) {
		if room /= unit; room <= 0 {
			return
		}
		limit := math.Inf(1)
		if room < 1<<40 {
			limit = float64(room)
		}
		t.at[i] = append(t.at[i], len(t.cols))
		t.cols = append(t.cols, column{i, sign})
		t.p.Cost, t.p.Limit = append(t.p.Cost, cost), append(t.p.Limit, limit)
	}
	const free = 1e-3 // as little as possible, and never more than hiding a cell
	for _, i := range active {
		v, b := m.value(i), m.bounds(i)
		add(i, 1, b.hi-v, free)
		add(i, -1, v-b.lo, free)
		if mayHide && m.mayHide(i) {
			cost := m.w.cells[i].cost
			if w, ok := weight[i]; ok {
				cost = w
			}
			o := m.open(i)
			add(i, 1, o.hi-b.hi, cost)
			add(i, -1, b.lo-o.lo, cost)
		}
	}
	done := map[int]bool{}
	for _, i := range active {
		for _, e := range m.touching(i) {
			if !done[e] {
				done[e] = true
				t.p.Rows = append(t.p.Rows, t.row(m.eqs[e]))
			}
		}
	}
	return t
}

// row is a form of cells as a row of the columns that move them.
func (t *task) row(terms []term) (r linear.Row) {
	for _, c := range terms {
		for _, j := range t.at[c.cell] {
			r.Cols, r.Coefs = append(r.Cols, j), append(r.Coefs, float64(c.coef*t.cols[j].sign))
		}
	}
	return r
}

// moves are what a solver's columns say, where they are whole.
func (t *task) moves(x []float64) *witness {
	if x == nil {
		return nil
	}
	moved := map[int]int64{}
	for j, c := range t.cols {
		if math.Abs(x[j]) > 1<<50 {
			return nil
		}
		moved[c.cell] += c.sign * int64(math.Round(x[j])) * t.unit
	}
	w := &witness{}
	for _, c := range slices.Sorted(maps.Keys(moved)) {
		if v := moved[c]; v != 0 {
			w.cells, w.moved = append(w.cells, c), append(w.moved, v)
		}
	}
	return w
}

// proposal is what a solver's columns say, if that is a witness: whole, adding up, and as far as was asked.
func (t *task) proposal(x []float64) *witness {
	w := t.moves(x)
	if w == nil || w.form(t.goal.terms) < t.need || !w.holds(t.m) || !w.possible(t.m) {
		return nil
	}
	return w
}

// unitFor is the step in which cells move: CBC writes eight digits.
func unitFor(need int64) int64 { return max(1, need/1_000_000) }

// unit is the step for a goal whose form has coefficients of their own.
func (g *goal) unit(need int64) int64 {
	most := int64(1)
	for _, t := range g.terms {
		most = max(most, t.coef, -t.coef)
	}
	return unitFor(need / most)
}

// task is a program with what it is for.
type task struct {
	m    *model
	unit int64
	p    *linear.Program
	cols []column
	at   map[int][]int // columns by cell

	goal *goal // that has to be met, moved by need; nil: many, as far as they can be
	need int64
}

func (m *model) task(g *goal, r reach, need int64, mayHide bool, weight map[int]float64) *task {
	unit := g.unit(need)
	t := m.program(m.around(g, r, unit, mayHide), unit, mayHide, weight)
	t.goal, t.need = g, need
	asked := t.row(g.terms)
	if len(asked.Cols) == 0 {
		return nil
	}
	asked.Right, asked.Least = float64(ceilDiv(need, unit)), true
	t.p.Rows = slices.Insert(t.p.Rows, 0, asked)
	return t
}

// many is the program that moves the forms of goals of one model as far as they want to be moved, all together, with nothing more hidden.
func (m *model) many(goals []*goal, unit int64) *task {
	all := &goal{m: m}
	for _, g := range goals {
		all.terms = append(all.terms, g.terms...)
	}
	t := m.program(m.around(all, wide, unit, false), unit, false, nil)
	for _, g := range goals {
		r := t.row(g.terms)
		if len(r.Cols) == 0 {
			continue
		}
		r.Least = true
		r.Cols, r.Coefs = append(r.Cols, len(t.p.Cost)), append(r.Coefs, -1) // how far it comes
		t.p.Cost = append(t.p.Cost, -1)
		t.p.Limit = append(t.p.Limit, float64(ceilDiv(g.short(), unit)))
		t.p.Rows = append(t.p.Rows, r)
	}
	return t
}

// apart are the parts of a witness that no equation joins.
func (w *witness) apart(m *model) (out []*witness) {
	if w == nil {
		return nil
	}
	done, seen := make([]bool, len(w.cells)), map[int]bool{}
	for k := range w.cells {
		if done[k] {
			continue
		}
		done[k] = true
		part := []int{k}
		for j := 0; j < len(part); j++ {
			for _, e := range m.touching(w.cells[part[j]]) {
				if seen[e] {
					continue
				}
				seen[e] = true
				for _, t := range m.eqs[e] {
					if at, ok := slices.BinarySearch(w.cells, t.cell); ok && !done[at] {
						done[at] = true
						part = append(part, at)
					}
				}
			}
		}
		slices.Sort(part)
		p := &witness{}
		for _, at := range part {
			p.cells, p.moved = append(p.cells, w.cells[at]), append(p.moved, w.moved[at])
		}
		out = append(out, p)
	}
	return out
}

// answer solves a task; where the columns come out in parts it asks again for whole numbers.
func (s *search) answer(ctx context.Context, with linear.Solver, t *task) *witness {
	s.used[with.Name()] = true
	x := with.Solve(ctx, t.p)
	if w := t.proposal(x); w != nil || x == nil || s.process == nil {
		return w
	}
	whole := *t.p
	whole.Whole = true
	return t.proposal(s.process.Solve(ctx, &whole))
}
