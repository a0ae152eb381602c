package gate

import (
	"context"
	"encoding/json"
	"math"
	"slices"

	"stapel/transforms/keyed"
)

// Keep holds what was found for blocks before, by a key of all that it follows from. It need not be believed: proofs that it gives are held against what would be
// published like any other, and what does not hold is searched again. At worst a table is refused that could be published.
type Keep interface {
	Take(key string) ([]byte, bool)
	Put(key string, found []byte)
}

// A block is what hangs together: cells that equations join, and all that must stay unknown of them. What is hidden in one block tells nothing of
// another, so that each is searched by itself, and comes out the same whatever the others are.
type block struct {
	cells []int // ascending
	goals []*goal
}

// blocks are those of the world that have a goal, by their first cell.
func (w *world) blocks() (out []*block) {
	root := make([]int, len(w.cells))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	join := func(terms []term) {
		for _, t := range terms {
			a, b := find(terms[0].cell), find(t.cell)
			root[max(a, b)] = min(a, b)
		}
	}
	for _, m := range w.models {
		for _, eq := range m.eqs {
			join(eq)
		}
	}
	for _, g := range w.goals {
		join(g.terms)
	}
	by := map[int]*block{}
	for _, g := range w.goals {
		first := find(g.terms[0].cell)
		if by[first] == nil {
			by[first] = &block{}
		}
		by[first].goals = append(by[first].goals, g)
	}
	for i := range w.cells {
		if b := by[find(i)]; b != nil {
			if len(b.cells) == 0 {
				out = append(out, b)
			}
			b.cells = append(b.cells, i)
		}
	}
	return out
}

// found is what a search comes to. Cells and goals are numbered as the block has them.
type found struct {
	Hidden    []int        `json:"verborgen,omitempty"` // on account of others
	Witnesses []foundTable `json:"getuigen,omitempty"`
	Goals     [][2]int     `json:"doelen"` // the witnesses up and down; -1 is none
	Used      []string     `json:"oplossers,omitempty"`
}

type foundTable struct {
	Cells []int   `json:"cellen"`
	Moved []int64 `json:"verschil"`
}

// keyOf is a hash of all that the search of a block reads: rules, solver, and of cells what they are, what is shown of them and what that costs.
func (s *search) keyOf(b *block) string {
	h := keyed.Of("gate block 2")
	h.Text(s.solver)
	h.Ints(int64(s.dense.Columns), s.w.rules.Counts.Minimum)
	local := map[int]int64{}
	for k, i := range b.cells {
		local[i] = int64(k)
	}
	terms := func(list []term) {
		h.Ints(int64(len(list)))
		for _, t := range list {
			h.Ints(local[t.cell], t.coef)
		}
	}
	models := map[*model]int64{}
	for k, m := range s.w.inOrder() {
		models[m] = int64(k)
		var eqs []int
		h.Ints(int64(k))
		for _, i := range b.cells {
			if c := s.w.cells[i]; m.has(i) {
				_, public := m.before(c)
				open, seen := m.open(i), span{}
				if !c.behind {
					seen = m.seenAs(i)
				}
				h.Ints(local[i], m.value(i), open.lo, open.hi, seen.lo, seen.hi, keyed.Flag(m.hidden(i)), keyed.Flag(public))
			}
			eqs = append(eqs, m.touching(i)...)
		}
		slices.Sort(eqs)
		for _, e := range slices.Compact(eqs) {
			terms(m.eqs[e])
		}
	}
	for _, i := range b.cells {
		c := s.w.cells[i]
		h.Ints(local[i], keyed.Flag(c.structural), keyed.Flag(c.behind), keyed.Flag(c.suppressed), keyed.Flag(c.reasons != 0), keyed.Flag(c.earlier != nil), int64(math.Float64bits(c.cost)))
	}
	for _, g := range b.goals {
		h.Ints(models[g.m], g.need, keyed.Flag(g.wide), g.n)
		terms(g.terms)
	}
	return h.Key()
}

// block proves the goals of a block, or takes over how that was done before, and gives those that it could not. What the clock or a solver that fell out cut short
// is not kept, nor what earlier releases gave away: of that nothing could be held to proof.
func (s *search) block(ctx context.Context, b *block) []*goal {
	s.now = b
	key := ""
	if s.keep != nil {
		key = s.keyOf(b)
		if data, ok := s.keep.Take(key); ok && s.restore(data) {
			return s.open()
		}
	}
	used := s.used
	s.used = map[string]bool{}
	failed := s.prove(ctx)
	lost := slices.ContainsFunc(failed, func(g *goal) bool { return g.lost })
	if s.keep != nil && !lost && ctx.Err() == nil && (s.process == nil || s.process.Broken() == nil) {
		s.keep.Put(key, s.result())
	}
	for name := range used {
		s.used[name] = true
	}
	return failed
}

// result is what became of the block.
func (s *search) result() []byte {
	local := map[int]int{}
	f := found{Goals: [][2]int{}}
	for k, i := range s.now.cells {
		local[i] = k
		if c := s.w.cells[i]; c.suppressed && c.reasons == 0 {
			f.Hidden = append(f.Hidden, k)
		}
	}
	at := map[*witness]int{}
	number := func(w *witness) int {
		if w == nil {
			return -1
		}
		k, ok := at[w]
		if !ok {
			k = len(f.Witnesses)
			at[w] = k
			t := foundTable{Moved: w.moved}
			for _, c := range w.cells {
				t.Cells = append(t.Cells, local[c])
			}
			f.Witnesses = append(f.Witnesses, t)
		}
		return k
	}
	for _, g := range s.now.goals {
		f.Goals = append(f.Goals, [2]int{number(g.up), number(g.down)})
	}
	for name := range s.used {
		f.Used = append(f.Used, name)
	}
	slices.Sort(f.Used)
	data, err := json.Marshal(f)
	if err != nil {
		panic(err) // numbers and names
	}
	return data
}

// restore takes over what was found; false, and nothing is changed, when it is not of this block or a proof in it does not hold.
func (s *search) restore(data []byte) bool {
	var f found
	b := s.now
	if json.Unmarshal(data, &f) != nil || len(f.Goals) != len(b.goals) {
		return false
	}
	within := func(list []int, n int) bool {
		return !slices.ContainsFunc(list, func(k int) bool { return k < 0 || k >= n })
	}
	if !within(f.Hidden, len(b.cells)) {
		return false
	}
	tables := make([]*witness, len(f.Witnesses))
	for k, t := range f.Witnesses {
		if !within(t.Cells, len(b.cells)) || len(t.Moved) != len(t.Cells) {
			return false
		}
		tables[k] = &witness{moved: t.Moved}
		for j, c := range t.Cells {
			if j > 0 && c <= t.Cells[j-1] {
				return false
			}
			tables[k].cells = append(tables[k].cells, b.cells[c])
		}
	}
	for _, pair := range f.Goals {
		if max(pair[0], pair[1]) >= len(tables) {
			return false
		}
	}
	for _, k := range f.Hidden {
		s.w.cells[b.cells[k]].suppressed = true
	}
	of := func(m *model, k int) *witness {
		if k < 0 || !tables[k].holds(m) || len(tables[k].outside(m)) > 0 {
			return nil
		}
		return tables[k]
	}
	whole := true
	for k, pair := range f.Goals {
		g := b.goals[k]
		g.up, g.down = of(g.m, pair[0]), of(g.m, pair[1])
		whole = whole && (g.up != nil || pair[0] < 0) && (g.down != nil || pair[1] < 0)
	}
	if !whole {
		s.forget(f.Hidden)
		return false
	}
	for _, name := range f.Used {
		s.used[name] = true
	}
	return true
}

// forget takes back what was restored.
func (s *search) forget(hidden []int) {
	for _, k := range hidden {
		c := s.w.cells[s.now.cells[k]]
		c.suppressed = !c.behind && c.reasons != 0
	}
	for _, g := range s.now.goals {
		g.up, g.down = nil, nil
	}
}

// memory is what a release itself finds: when tables are taken back and the rest is judged anew, most blocks are what they were.
type memory map[string][]byte

func (m memory) Take(key string) ([]byte, bool) {
	data, ok := m[key]
	return data, ok
}

func (m memory) Put(key string, found []byte) { m[key] = found }
