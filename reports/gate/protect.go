package gate

import (
	"cmp"
	"context"
	"slices"
	"time"

	"stapel/reports/gate/linear"
)

// search hides cells until every goal has its witnesses.
type search struct {
	w       *world
	dense   linear.Dense
	process *linear.Process // nil: none
	solver  string          // which process that is, to the byte
	keep    Keep            // what was found for blocks before; nil: nothing
	now     *block          // that is searched
	used    map[string]bool
	spent   map[*goal]time.Duration
}

// proven reports whether a goal has what it takes.
func (g *goal) proven() bool { return g.met(g.up.form(g.terms), -g.down.form(g.terms)) }

// open are the goals of the block that are not proven, the hardest first.
func (s *search) open() (out []*goal) {
	for _, g := range s.now.goals {
		if !g.proven() {
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, func(a, b *goal) int { return cmp.Compare(b.wants(0), a.wants(0)) })
	return out
}

// share gives a witness to all goals that it proves something of.
func (s *search) share(m *model, w *witness) {
	done := map[int]bool{}
	for _, c := range w.cells {
		for _, gi := range s.w.uses[m][c] {
			if done[gi] {
				continue
			}
			done[gi] = true
			g := s.w.goals[gi]
			switch f := w.form(g.terms); {
			case g.proven():
			case f > g.up.form(g.terms):
				g.up = w
			case g.wide && f < g.down.form(g.terms):
				g.down = w
			}
		}
	}
}

// take makes a witness count: what stands in its way is hidden.
func (s *search) take(m *model, w *witness) {
	for _, c := range w.outside(m) {
		s.w.cells[c].suppressed = true
	}
	s.share(m, w)
}

// free looks for witnesses that need nothing hidden, near by and without the process.
func (s *search) free(ctx context.Context, g *goal) {
	for _, r := range reaches {
		if ctx.Err() != nil || g.proven() {
			return
		}
		t := g.m.task(g, r, g.short(), false, nil)
		if t == nil || !s.dense.Takes(t.p) {
			continue
		}
		if w := s.answer(ctx, s.dense, t); w != nil {
			s.take(g.m, w)
		}
	}
}

// freeFar does the same over everything that hangs together, with the process.
func (s *search) freeFar(ctx context.Context, g *goal) {
	if s.process == nil || ctx.Err() != nil || g.proven() {
		return
	}
	if t := g.m.task(g, wide, g.short(), false, nil); t != nil {
		if w := s.answer(ctx, s.process, t); w != nil {
			s.take(g.m, w)
		}
	}
}

// together does it for many goals at once: most have a table in common, and starting the process costs as much as what it does. A goal that it leaves unproven may be
// provable all the same, where others stood in its way; who is thorough asks again without those that came least far.
func (s *search) together(ctx context.Context, goals []*goal, thorough bool) {
	type group struct {
		m    *model
		unit int64
	}
	by := map[group][]*goal{}
	var order []group
	for _, g := range goals {
		k := group{g.m, 1}
		for unit := g.unit(g.short()); k.unit < unit; {
			k.unit *= 10
		}
		if by[k] == nil {
			order = append(order, k)
		}
		by[k] = append(by[k], g)
	}
	for _, k := range order {
		for open := by[k]; len(open) > 0; {
			w := s.atOnce(ctx, k.m, k.unit, open)
			if w == nil {
				break
			}
			left := slices.DeleteFunc(slices.Clone(open), (*goal).proven)
			if len(left) == len(open) && !thorough {
				break
			}
			if len(left) == len(open) {
				came := map[*goal]float64{}
				for _, g := range left {
					came[g] = float64(w.form(g.terms)) / float64(g.short())
				}
				slices.SortStableFunc(left, func(a, b *goal) int { return cmp.Compare(came[b], came[a]) })
				left = left[:len(left)/2]
			}
			open = left
		}
	}
}

// atOnce looks for a table that takes goals of one model as far as they can come together, and gives it to all; nil when there is none.
func (s *search) atOnce(ctx context.Context, m *model, unit int64, goals []*goal) *witness {
	if s.process == nil || ctx.Err() != nil {
		return nil
	}
	t := m.many(goals, unit)
	s.used[s.process.Name()] = true
	w := t.moves(s.process.Solve(ctx, t.p))
	for _, part := range w.apart(m) { // one may hold where another has come out in parts of households
		if !part.holds(m) || len(part.outside(m)) > 0 {
			continue
		}
		s.share(m, part)
		for _, g := range goals { // also those that are none of the world's
			if !g.proven() && part.form(g.terms) > g.up.form(g.terms) {
				g.up = part
			}
		}
	}
	return w
}

// short is how far up the form has to go, with how far down it is known to go.
func (g *goal) short() int64 { return g.wants(-g.down.form(g.terms)) }

// freely reports whether a goal is proven with nothing more hidden, after looking for it in every way.
func (s *search) freely(ctx context.Context, g *goal) bool {
	s.freeFar(ctx, g)
	if !g.proven() && g.wide && g.n > 0 {
		s.lower(ctx, g)
		s.freeFar(ctx, g)
	}
	return g.proven()
}

// lower looks how small a small group could be, for the less far up it then has to be able to lie.
func (s *search) lower(ctx context.Context, g *goal) {
	if !g.wide || g.n == 0 || -g.down.form(g.terms) >= g.n {
		return
	}
	down := &goal{m: g.m, terms: negated(g.terms), need: g.n}
	for _, need := range []int64{g.n, (g.n + 1) / 2} {
		down.need = need
		s.free(ctx, down)
		if down.up == nil {
			s.freeFar(ctx, down)
		}
		if down.up != nil && -down.up.form(g.terms) > -g.down.form(g.terms) {
			g.down = down.up
			return
		}
	}
}

// lowerAll does so for many at once.
func (s *search) lowerAll(ctx context.Context, goals []*goal) {
	var down []*goal
	for _, g := range goals {
		if g.wide && g.n > 0 && -g.down.form(g.terms) < g.n {
			down = append(down, &goal{m: g.m, terms: negated(g.terms), need: g.n})
		}
	}
	s.together(ctx, down, true)
}

func negated(terms []term) []term {
	out := slices.Clone(terms)
	for i := range out {
		out[i].coef = -out[i].coef
	}
	return out
}

// hide hides what proves a goal at the least cost that is found.
func (s *search) hide(ctx context.Context, g *goal) {
	s.lower(ctx, g)
	need := g.short()
	if g.proven() {
		return
	}
	var best *witness
	bestCost := 0.0
	cost := func(w *witness) (sum float64) {
		for _, c := range w.outside(g.m) {
			sum += s.w.cells[c].cost
		}
		return sum
	}
	try := func(t *task) *witness {
		if t == nil {
			return nil
		}
		var w *witness
		if s.dense.Takes(t.p) {
			w = s.answer(ctx, s.dense, t)
		}
		if w == nil && s.process != nil {
			w = s.answer(ctx, s.process, t)
		}
		if w != nil {
			if c := cost(w); best == nil || c < bestCost {
				best, bestCost = w, c
			}
		}
		return w
	}
	for _, r := range []reach{reaches[0], reaches[1], wide} {
		if ctx.Err() != nil || best != nil && bestCost == 0 {
			break
		}
		if r == reaches[1] && s.process != nil {
			continue // the process sees all of it at the same price
		}
		// A program charges a cell by how far it moves, hiding it costs the same however far: charging what the last answer used by its movement
		// brings the two together.
		w := try(g.m.task(g, r, need, true, nil))
		for range 2 {
			if w == nil || ctx.Err() != nil || bestCost == 0 {
				break
			}
			weight := map[int]float64{}
			for k, c := range w.cells {
				weight[c] = s.w.cells[c].cost / (float64(max(w.moved[k], -w.moved[k]))/float64(g.unit(need)) + 0.1)
			}
			for _, c := range g.m.around(g, r, g.unit(need), true) {
				if _, ok := weight[c]; !ok {
					weight[c] = s.w.cells[c].cost / 0.1
				}
			}
			w = try(g.m.task(g, r, need, true, weight))
		}
	}
	if best != nil {
		s.take(g.m, best)
	}
}

// protect proves all goals, and gives those that it could not.
func (s *search) protect(ctx context.Context) (failed []*goal) {
	for _, b := range s.w.blocks() {
		failed = append(failed, s.block(ctx, b)...)
	}
	return failed
}

// prove proves the goals of the block.
func (s *search) prove(ctx context.Context) []*goal {
	clock := func(g *goal, fn func()) {
		begin := time.Now()
		fn()
		s.spent[g] += time.Since(begin)
	}
	for _, g := range s.open() {
		clock(g, func() { s.free(ctx, g) })
	}
	s.together(ctx, s.open(), true)
	s.lowerAll(ctx, s.open())
	s.together(ctx, s.open(), true)
	for _, g := range s.open() {
		if ctx.Err() == nil && !g.proven() {
			clock(g, func() { s.hide(ctx, g) })
		}
	}
	if open := s.open(); len(open) > 0 || ctx.Err() != nil {
		s.givenAway(ctx, open)
		return open
	}
	s.clean(ctx)
	return s.open()
}

// givenAway finds the goals that can't be met though everything were hidden that can be, for what was shown before gives them away. The process has to
// say so, and something nearby has to have been shown before.
func (s *search) givenAway(ctx context.Context, goals []*goal) {
	if s.process == nil {
		return
	}
	for _, g := range goals {
		if ctx.Err() != nil {
			return
		}
		if !slices.ContainsFunc(s.near(g), func(c int) bool { return s.w.cells[c].earlier != nil }) {
			continue
		}
		if t := g.m.task(g, wide, g.wants(g.n), true, nil); t == nil {
			g.lost = true // nothing of it can move
		} else if x := s.process.Solve(ctx, t.p); x == nil {
			g.lost = t.p.Impossible
		}
	}
}

// near are all cells that hang together with a goal.
func (s *search) near(g *goal) (out []int) {
	seen := map[int]bool{}
	for _, t := range g.terms {
		out, seen[t.cell] = append(out, t.cell), true
	}
	for k := 0; k < len(out); k++ {
		for _, e := range g.m.touching(out[k]) {
			for _, t := range g.m.eqs[e] {
				if !seen[t.cell] {
					out, seen[t.cell] = append(out, t.cell), true
				}
			}
		}
	}
	return out
}

// clean shows again what need not be hidden, the dearest first.
func (s *search) clean(ctx context.Context) {
	var extra []int
	for _, i := range s.now.cells {
		if c := s.w.cells[i]; c.suppressed && c.reasons == 0 && !c.behind {
			extra = append(extra, i)
		}
	}
	slices.SortStableFunc(extra, func(a, b int) int { return cmp.Compare(s.w.cells[b].cost, s.w.cells[a].cost) })
	for _, i := range extra {
		if ctx.Err() != nil {
			return
		}
		c := s.w.cells[i]
		c.suppressed = false
		type kept struct {
			g        *goal
			up, down *witness
		}
		var lost []kept
		for _, g := range s.now.goals {
			b := g.m.bounds(i)
			out := func(w *witness) bool {
				v := w.at(i)
				return v != 0 && (g.m.value(i)+v < b.lo || g.m.value(i)+v > b.hi)
			}
			if u, d := out(g.up), out(g.down); u || d {
				lost = append(lost, kept{g, g.up, g.down})
				if u {
					g.up = nil
				}
				if d {
					g.down = nil
				}
			}
		}
		var again []*goal
		for _, k := range lost {
			if s.free(ctx, k.g); !k.g.proven() {
				again = append(again, k.g)
			}
		}
		s.together(ctx, again, false)
		if slices.ContainsFunc(again, func(g *goal) bool { return !s.freely(ctx, g) }) {
			c.suppressed = true
			for _, k := range lost {
				k.g.up, k.g.down = k.up, k.down
			}
		}
	}
}
