package gate

import (
	"fmt"
	"maps"
	"math/bits"
	"slices"
)

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
