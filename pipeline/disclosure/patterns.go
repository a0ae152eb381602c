package disclosure

import (
	"cmp"
	"maps"
	"slices"

	"stapel/reports/gate"
)

// maxSets is how many ingredients a table of combinations can have at the gate.
const maxSets = 16

// base are the ingredients of cocktails, which the werktafel gets to see together.
func (t *tables) base() (out []ingredientRow) {
	for _, i := range t.ingredients {
		if i.Asked && len(out) < maxSets {
			out = append(out, i)
		}
	}
	slices.SortFunc(out, func(a, b ingredientRow) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// sets are combinations of ingredients at P.
func (t *tables) sets() []gate.Table {
	base := t.base()
	var names, plain []string
	for _, i := range base {
		names = append(names, i.Name)
		// what cocktails ask only as a voorwaarde says who a household is, not what is the matter
		if !slices.ContainsFunc(t.asked, func(a askedRow) bool { return a.Ingredient == i.Name && !a.Condition }) {
			plain = append(plain, i.Name)
		}
	}
	cells := map[uint32]*gate.Cell{}
	for _, g := range t.groups {
		var has uint32
		for i, in := range base {
			if g.Shows&in.Bit != 0 {
				has |= 1 << i
			}
		}
		if cells[has] == nil {
			cells[has] = &gate.Cell{Has: has}
		}
		cells[has].N += g.Households
		cells[has].Members += digest(g.Members)
	}
	var list []gate.Cell
	for _, has := range slices.Sorted(maps.Keys(cells)) {
		list = append(list, *cells[has])
	}
	most := 5
	if t.few {
		most = 3
	}
	return []gate.Table{{Name: tableSets, Population: households, Moment: t.peil, Sets: &gate.Sets{Ingredients: names, Min: 1, Max: most, Plain: plain}, Cells: list}}
}

// relations say which sets of ingredients are a cocktail: where every ingredient counts from the minimum that the cocktail asks, those who
// show the set are those who have it vol.
func (t *tables) relations() (out []gate.Relation) {
	minimum := map[string]string{}
	for _, i := range t.base() {
		minimum[i.Name] = i.Minimum
	}
	sets, same := map[string]map[string]string{}, map[string]bool{}
	for _, a := range t.asked {
		if sets[a.Cocktail] == nil {
			sets[a.Cocktail], same[a.Cocktail] = map[string]string{}, true
		}
		sets[a.Cocktail][a.Ingredient] = gate.Have
		same[a.Cocktail] = same[a.Cocktail] && minimum[a.Ingredient] == a.Minimum
	}
	for _, id := range t.cocktails {
		if same[id] && (len(sets[id]) <= 3 || len(sets[id]) <= 5 && !t.few) {
			out = append(out, gate.Relation{Terms: []gate.RelationTerm{
				{Population: households, Moment: t.peil, Values: sets[id], Coef: 1},
				{Population: households, Moment: t.peil, Values: map[string]string{verdict(id): full}, Coef: -1}}})
		}
	}
	return append(out, t.hasOne()...)
}

// Values of the dimension of order.
const (
	forth  = "eerst"
	back   = "daarna"
	oneDay = "gelijk"
	unsure = "niet_te_beoordelen"
)

// pairs are two ingredients that have both shown, by which came first; of each pair one table, that of the first in the alphabet.
func (t *tables) pairs() (out []gate.Table) {
	type pair struct{ a, b string }
	tallies := map[pair]*tally{}
	dims := []gate.Dim{{Name: "volgorde", Exhaustive: true, Values: []gate.Value{{Name: forth}, {Name: back}, {Name: oneDay}, {Name: unsure, Plain: true}}}}
	for _, c := range t.orderCounts {
		p, way := pair{c.From, c.To}, forth
		if c.To < c.From {
			p, way = pair{c.To, c.From}, back
		}
		switch {
		case c.Days <= 0 && way == back: // is there in the other direction as well
			continue
		case c.Days == 0:
			way = oneDay
		case c.Days < 0:
			way = unsure
		}
		if tallies[p] == nil {
			tallies[p] = newTally(dims)
		}
		tallies[p].add([]string{way}, c.Households, c.Members)
	}
	for _, p := range slices.SortedFunc(maps.Keys(tallies), func(x, y pair) int { return cmp.Or(cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b)) }) {
		out = append(out, gate.Table{Name: tablePairs + " " + p.a + "+" + p.b, Population: bothShown, Moment: t.peil, Fixed: map[string]string{"paar": p.a + "+" + p.b},
			Dims: dims, Cells: tallies[p].parts()})
	}
	return out
}

// rest are the ways that too few households went to be shown one by one.
const rest = "overig"

// ways are the paths into each cocktail; those of fewer than the minimum together.
func (t *tables) ways() (out []gate.Table) {
	count := map[[2]string]int64{}
	for _, c := range t.pathCounts {
		if c.Step == 0 {
			count[[2]string{c.Cocktail, c.Path}] += c.Households
		}
	}
	for _, id := range t.cocktails {
		name := func(path string) string {
			if count[[2]string{id, path}] < t.rules.Counts.Minimum {
				return rest
			}
			return path
		}
		values := map[string]bool{}
		for _, c := range t.pathCounts {
			if c.Cocktail == id && c.Step == 0 {
				values[name(c.Path)] = true
			}
		}
		if len(values) == 0 {
			continue
		}
		dims := []gate.Dim{{Name: "pad " + id, Exhaustive: true}}
		for _, v := range slices.Sorted(maps.Keys(values)) {
			dims[0].Values = append(dims[0].Values, gate.Value{Name: v})
		}
		s := newTally(dims)
		for _, c := range t.pathCounts {
			if c.Cocktail == id && c.Step == 0 {
				s.add([]string{name(c.Path)}, c.Households, c.Members)
			}
		}
		out = append(out, gate.Table{Name: tableWays + " " + id, Population: everFull, Moment: t.peil, Fixed: map[string]string{"cocktail": id}, Dims: dims, Cells: s.parts()})
	}
	return out
}

// Values of what became of a near miss.
const (
	becameFull = "werd_vol"
	notSeen    = "niet_te_zien"
	other      = "anders"
)

// nearMisses are those of now, which are the households that are dreigend, and what became of those of a year ago.
func (t *tables) nearMisses() (out []gate.Table) {
	for _, id := range t.cocktails {
		var lacks []gate.Value
		for _, c := range t.threats {
			if c.Cocktail == id {
				lacks = append(lacks, gate.Value{Name: c.Missing})
			}
		}
		if len(lacks) == 0 {
			continue
		}
		dims := []gate.Dim{{Name: missing(id), Values: lacks, Exhaustive: true}}
		then := append(slices.Clone(dims), gate.Dim{Name: "afloop", Exhaustive: true, Values: []gate.Value{{Name: becameFull}, {Name: other, Plain: true}, {Name: notSeen, Plain: true}}})
		now, became := newTally(dims), newTally(then)
		for _, c := range t.threats {
			if c.Cocktail != id {
				continue
			}
			now.add([]string{c.Missing}, c.Now, c.NowMembers)
			became.add([]string{c.Missing, becameFull}, c.Full, c.FullMembers)
			became.add([]string{c.Missing, notSeen}, c.Unseen, c.UnseenMembers)
			became.add([]string{c.Missing, other}, c.Then-c.Full-c.Unseen, c.OtherMembers)
		}
		out = append(out,
			gate.Table{Name: tableNear + " " + id, Population: households, Moment: t.peil, Fixed: map[string]string{verdict(id): near}, Dims: dims, Cells: now.list()},
			gate.Table{Name: tableNear + " " + id + " een jaar eerder", Population: yearAgo, Moment: t.peil, Fixed: map[string]string{"cocktail": id}, Dims: then,
				Cells: unseen(became.list(), other)})
	}
	return out
}
