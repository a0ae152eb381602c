package gate

import (
	"fmt"
	"math/bits"
	"slices"
)

// reason is why a cell is hidden on its own account; none is a cell that is hidden to protect others.
type reason uint8

const (
	small reason = 1 << iota
	group
	dominated
	estimable
)

// The names of the rules, as records have them.
const (
	RuleSmall     = "klein"       // fewer households than the minimum
	RuleGroup     = "groep"       // nearly all of its row or column
	RuleDominance = "dominantie"  // one or two households make up too much of the sum
	RuleP         = "p_procent"   // one household could estimate another's amount
	RuleSecondary = "secundair"   // hidden so that another cell can't be worked out
	RuleRefused   = "geweigerd"   // its table is not published
	RulePublic    = "al_openbaar" // an earlier release showed it: it can't be protected any more
)

func (r reason) names() (out []string) {
	for i, name := range []string{RuleSmall, RuleGroup, RuleDominance, RuleP} {
		if r>>i&1 == 1 {
			out = append(out, name)
		}
	}
	return out
}

// A goal is something an attacker must not be able to tell: a form, a sum of coefficient times cell, has to be able to lie need above what it is.
// A wide goal says it of a small group of n households: it has to be able to be as large as the minimum, and the values that it can have
// have to lie as far apart as the minimum.
type goal struct {
	m     *model
	what  string
	terms []term
	need  int64
	wide  bool
	n     int64

	up, down *witness // what proves it
	lost     bool     // earlier releases give it away, whatever is published now
}

// met reports whether the two witnesses prove the goal, by how far the form lies from the truth in each.
func (g *goal) met(up, down int64) bool {
	if !g.wide {
		return up >= g.need
	}
	least := g.m.w.rules.Counts.Minimum
	return g.n+up >= least && up+down >= least
}

// wants is how far up the form has to go when it can go down so far.
func (g *goal) wants(down int64) int64 {
	if !g.wide {
		return g.need
	}
	least := g.m.w.rules.Counts.Minimum
	return max(least-g.n, least-down)
}

func (w *world) goal(g *goal) {
	if len(g.terms) == 0 {
		return
	}
	for _, t := range g.terms {
		if !g.m.has(t.cell) {
			return
		}
	}
	w.goals = append(w.goals, g)
}

// dominanceLevel is how far above its value a sum has to be able to lie so that nobody is estimated too well, and the rules that want it; 0 is a sum
// that may be shown. The levels are those of the Handbook on Statistical Disclosure Control, second edition (ESSnet/STACE), chapter 4.2, table
// "Upper protection levels"; sums of contributions without their sign stand for the sum where there are credits (the same, 4.3).
func (w *world) dominanceLevel(a amount) (level int64, why reason) {
	for _, r := range w.rules.Sums.Dominance {
		top := a.largest
		if r.N == 2 {
			top += a.second
		}
		if top*100 > r.Percent*a.abs {
			level, why = max(level, 1, ceilDiv(top*100, r.Percent)-a.abs), why|dominated
		}
	}
	rest := a.abs - a.largest - a.second
	if p := w.rules.Sums.PPercent; p > 0 && rest*100 < p*a.largest {
		level, why = max(level, 1, ceilDiv(p*a.largest, 100)-rest), why|estimable
	}
	return level, why
}

func ceilDiv(a, b int64) int64 { return (a + b - 1) / b }

// smallLevel is how far from its value the sum of a group has to be able to lie that is hidden for its size.
func (w *world) smallLevel(a amount) int64 {
	return max(ceilDiv(a.abs*w.rules.Sums.SmallPercent, 100), w.rules.Sums.RoundToEur*100, 100)
}

// around wants a sum to be able to lie level above and below what it is, as far below as it can lie at all.
func (w *world) around(m *model, what string, terms []term, level int64) {
	w.goal(&goal{m: m, what: what, terms: terms, need: level})
	down := make([]term, len(terms))
	var value int64
	for i, t := range terms {
		down[i] = term{t.cell, -t.coef}
		value += t.coef * m.value(t.cell)
	}
	need := level
	if value >= 0 {
		need = min(level, value) // that costs are no credit is known to everybody
		if unit := unitFor(need); unit > 1 {
			need -= 64 * unit // what cells keep that move in steps
		}
	}
	if need > 0 {
		w.goal(&goal{m: m, what: what, terms: down, need: need})
	}
}

// judge finds the cells that may not be shown, and everything that must not be told.
func (w *world) judge() {
	w.goals = nil
	counts := w.models[""]
	least := w.rules.Counts.Minimum
	for i, c := range w.cells {
		c.reasons, c.suppressed = 0, false
		if c.who.values == nil || c.structural {
			continue // what is over of a total is judged with it below
		}
		if c.behind && w.exact(c) {
			continue // a household's exact set: the forms of sets below
		}
		_, public := counts.before(c)
		if c.n < least {
			c.reasons |= small
			if !public {
				w.goal(&goal{m: counts, what: c.id, terms: []term{{i, 1}}, wide: true, n: c.n})
			}
		}
		for q, a := range c.sums {
			m := w.models[q]
			level, why := w.dominanceLevel(a)
			if c.n < least {
				level = max(level, w.smallLevel(a))
			}
			c.reasons |= why
			if _, public := m.before(c); level > 0 && !public {
				w.around(m, c.id, []term{{i, 1}}, level)
			}
		}
	}
	for _, t := range w.tables {
		for _, f := range w.families(t) {
			w.judgeFamily(t, f)
		}
		if t.Sets != nil {
			w.judgeSets(t)
		}
	}
	for _, c := range w.cells {
		c.suppressed = !c.behind && c.reasons != 0
	}
	w.uses = map[*model]map[int][]int{}
	for gi, g := range w.goals {
		if w.uses[g.m] == nil {
			w.uses[g.m] = map[int][]int{}
		}
		for _, t := range g.terms {
			w.uses[g.m][t.cell] = append(w.uses[g.m][t.cell], gi)
		}
	}
}

// exact reports whether a cell is a household's exact set of a table of combinations.
func (w *world) exact(c *cell) bool {
	for _, t := range w.tables {
		if t.Sets == nil || t.Population != c.who.population || t.Moment != c.who.moment {
			continue
		}
		if !slices.ContainsFunc(t.Sets.Ingredients, func(name string) bool { v := c.who.values[name]; return v != Have && v != Lack }) {
			return true
		}
	}
	return false
}

// judgeFamily looks at what a part says of its whole: nearly all of it, or all but a few.
func (w *world) judgeFamily(t *tableIn, f family) {
	if t.Sets != nil {
		return
	}
	for k, c := range f.children {
		w.judgePart(f.parent, c, f.dim.Place, f.plain[k], f.dim.Exhaustive, len(f.children))
	}
}

func (w *world) judgePart(whole, part int, place, plain, exhaustive bool, parts int) {
	counts := w.models[""]
	p, c := w.cells[whole], w.cells[part]
	least, percent := w.rules.Counts.Minimum, w.rules.Counts.MaxGroupPercent
	if c.structural || exhaustive && parts == 1 || p.n < least {
		return // one and the same group; or so small a whole that nothing of it is shown
	}
	_, public := counts.before(c)
	if over := 100*c.n - percent*p.n; percent > 0 && !place && !plain && over > 0 && c.n >= least {
		c.reasons |= group
		if !public {
			w.goal(&goal{m: counts, what: c.id + " van " + p.id, terms: []term{{whole, percent}, {part, -100}},
				need: ceilDiv(over, 100) * 100}) // whole households, or proposals come in parts
		}
	}
	if rest := p.n - c.n; rest < least && (rest > 0 || !place) && !(exhaustive && parts == 2) {
		w.derived(p.id+" zonder "+c.id, []term{{whole, 1}, {part, -1}}, rest, func(q string) (amount, bool) {
			a, ok := p.sums[q]
			b, ok2 := c.sums[q]
			return amount{sum: a.sum - b.sum, abs: max(0, a.abs-b.abs)}, ok && ok2
		})
	}
}

// derived wants a small group to be hidden that is no cell, but what is left of cells.
func (w *world) derived(what string, terms []term, n int64, of func(quantity string) (amount, bool)) {
	w.goal(&goal{m: w.models[""], what: what, terms: terms, wide: true, n: n})
	for _, m := range w.inOrder() {
		if a, ok := of(m.quantity); ok && m.quantity != "" {
			w.around(m, what, terms, w.smallLevel(a))
		}
	}
}

// judgeSets looks at the groups that inclusion and exclusion make of a table of combinations: those that have all of some ingredients and none
// of others.
func (w *world) judgeSets(t *tableIn) {
	keys, atoms := t.places()
	n := len(t.Sets.Ingredients)
	for _, key := range keys {
		at := atoms[cellKey(key, 0)]
		find := func(with uint32) (int, bool) {
			who := t.identity(key)
			for _, name := range t.Sets.names(with) {
				who.values[name] = Have
			}
			i, ok := w.byID[who.String()]
			return i, ok
		}
		_, everybody := find(0)
		for with := range uint32(1) << n {
			size := bits.OnesCount32(with)
			if whole, ok := find(with); ok {
				for b := range n {
					if part, ok := find(with | 1<<b); ok && with>>b&1 == 0 {
						// who has the one and not the other is looked at below, as far as that goes
						plain := slices.Contains(t.Sets.Plain, t.Sets.Ingredients[b])
						w.judgePart(whole, part, false, plain, size+1 <= w.rules.Secondary.Combined, 2)
					}
				}
			}
			for without := range uint32(1) << n {
				if with&without != 0 || size+bits.OnesCount32(without) > w.rules.Secondary.Combined || with|without == 0 || with == 0 && !everybody {
					continue
				}
				if _, cell := find(with); cell && without == 0 {
					continue
				}
				var all Cell
				var terms []term
				for _, j := range at {
					if c := t.full[j]; c.Has&with == with && c.Has&without == 0 && !t.Sets.never(c.Has) {
						all.merge(c.Cell)
						terms = append(terms, term{t.at[j], 1})
					}
				}
				if all.N >= w.rules.Counts.Minimum || len(terms) == 0 {
					continue
				}
				w.derived(fmt.Sprintf("%s +%s -%s", t.identity(key), joined(t.Sets.names(with)), joined(t.Sets.names(without))), terms, all.N,
					func(q string) (amount, bool) {
						return amount{sum: all.Sum, abs: all.Abs}, q == t.Quantity
					})
			}
		}
	}
}
