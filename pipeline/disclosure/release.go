package disclosure

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"stapel/reports/gate"
	"stapel/reports/vrij"
)

// Populations: of whom cells speak.
const (
	households = "huishoudens" // at P
	bothShown  = "huishoudens waarin beide ooit te zien waren"
	everFull   = "huishoudens met de cocktail vol in 24 maanden"
	yearAgo    = "huishoudens met een bijna-cocktail een jaar eerder"
	plans      = "plannen"
)

// Dimensions, and values that several tables have.
const (
	area      = "gebied"
	kind      = "huishoudtype"
	claim     = "vordering"
	full      = "vol"
	notFull   = "niet_vol"
	near      = "dreigend"
	everybody = "" // a total
)

// verdict is the dimension of how households stand to one cocktail.
func verdict(cocktail string) string { return "oordeel " + cocktail }

// missing is the dimension of what a near miss lacks.
func missing(cocktail string) string { return "ontbreekt " + cocktail }

// verdictValues are those of cocktail_moment: all that is not vol together, and apart.
// Nearly all households have no cocktail, which gives nothing away; nor does what no feed covers.
var verdictValues = []gate.Value{{Name: full}, {Name: notFull, Plain: true}, {Name: near, Parent: notFull}, {Name: "onbekend", Parent: notFull},
	{Name: "niet_te_beoordelen", Parent: notFull, Plain: true}, {Name: "nee", Parent: notFull, Plain: true}}

// enough is how many times the least group that is shown there have to be households before types of household, quarters by gemeente, combinations of more
// than three and the parties of each obstacle are shown: among fewer hardly anything could be, and to prove that takes longer than all the rest.
const enough = 1000

// types are the tables by type of household, and what they give away beside those by gemeente.
func (t *tables) types() []gate.Table {
	if t.few {
		return nil
	}
	return append(t.byType(), t.crossed()...)
}

// release are all other tables that leave together.
func (t *tables) release() (out []gate.Table) {
	out = append(out, t.byArea()...)
	out = append(out, t.byCost()...)
	out = append(out, t.sets()...)
	out = append(out, t.pairs()...)
	out = append(out, t.ways()...)
	out = append(out, t.nearMisses()...)
	out = append(out, t.inTheWay()...)
	return append(out, t.claimed()...)
}

// tally adds households to a cell and to every total that it is part of.
type tally struct {
	up    []func(value string) []string // by dimension: the value, and what it is part of
	cells map[string]*gate.Cell
}

// newTally has every cell: one that is not there would tell that there is nobody in it.
func newTally(dims []gate.Dim) *tally {
	s := &tally{cells: map[string]*gate.Cell{}}
	keys := [][]string{nil}
	for _, d := range dims {
		parents := map[string]string{}
		for _, v := range d.Values {
			parents[v.Name] = v.Parent
		}
		s.up = append(s.up, func(value string) []string {
			list := []string{value}
			for value != everybody {
				value = parents[value]
				list = append(list, value)
			}
			return list
		})
		var longer [][]string
		for _, k := range keys {
			longer = append(longer, append(slices.Clone(k), everybody))
			for _, v := range d.Values {
				longer = append(longer, append(slices.Clone(k), v.Name))
			}
		}
		keys = longer
	}
	for _, k := range keys {
		s.cells[strings.Join(k, "\x00")] = &gate.Cell{Key: k}
	}
	return s
}

// add counts a leaf.
func (s *tally) add(key []string, n, members int64) {
	keys := [][]string{nil}
	for i, up := range s.up {
		var longer [][]string
		for _, k := range keys {
			for _, v := range up(key[i]) {
				longer = append(longer, append(slices.Clone(k), v))
			}
		}
		keys = longer
	}
	for _, k := range keys {
		c := s.cells[strings.Join(k, "\x00")]
		c.N += n
		c.Members += digest(members)
	}
}

// digest is a digest of members as the gate has it. Tables have sums of keys modulo 2^62, the gate adds up modulo 2^64: moved up by two bits the one is
// the other, so that a total has one digest however it was divided.
func digest(members int64) uint64 { return uint64(members) << 2 }

// list are the cells in the order of their keys.
func (s *tally) list() (out []gate.Cell) {
	for _, id := range slices.Sorted(maps.Keys(s.cells)) {
		out = append(out, *s.cells[id])
	}
	return out
}

// smallest is how many times the least group that is shown a wijk has to have households to be shown by itself. In one of fewer hardly
// anything but "nee" could be shown, at the cost of much around it; it is counted with the other small ones of its gemeente.
const smallest = 20

// places are the gemeenten with their wijken, or without; and where the households of a wijk are counted.
func (t *tables) places(wijken bool) (d gate.Dim, at func(v verdictRow) string) {
	d = gate.Dim{Name: area, Exhaustive: true, Place: true}
	seen := map[string]bool{}
	add := func(name, parent string) {
		if !seen[name] {
			seen[name] = true
			d.Values = append(d.Values, gate.Value{Name: name, Parent: parent})
		}
	}
	for _, v := range t.verdicts {
		add(v.Gemeente, everybody)
	}
	if !wijken {
		return d, func(v verdictRow) string { return v.Gemeente }
	}
	at = func(v verdictRow) string {
		if name := place(v.Gemeente, v.Wijk); t.live[name] >= smallest*t.rules.Counts.Minimum {
			return name
		}
		return place(v.Gemeente, vrij.Overig)
	}
	for _, v := range t.verdicts {
		add(at(v), v.Gemeente)
	}
	return d, at
}

// place is a wijk as the gate knows it: codes of wijken are the supplier's, and may be the same in two gemeenten.
func place(gemeente, wijk string) string { return gemeente + "/" + wijk }

// byArea is how households stand to each cocktail on each day: by gemeente, and on P by wijk, unless that can't be.
func (t *tables) byArea() (out []gate.Table) {
	for _, m := range t.moments {
		for _, id := range t.cocktails {
			by := func(name string, wijken bool) gate.Table {
				places, at := t.places(wijken)
				if !m.IsP && t.few {
					places.Values, at = nil, func(verdictRow) string { return everybody }
				}
				dims := []gate.Dim{places, {Name: verdict(id), Values: verdictValues, Exhaustive: true}}
				s := newTally(dims)
				for _, v := range t.verdicts {
					if v.Day == m.Day && v.Cocktail == id {
						s.add([]string{at(v), v.Verdict}, v.Households, v.Members)
					}
				}
				return gate.Table{Name: name, Population: households, Moment: moment(m.Day), Dims: dims, Cells: s.list()}
			}
			table := by(tableArea+" "+id, m.IsP)
			if m.IsP {
				coarse := by(tableArea+" "+id+" per gemeente", false)
				table.Coarser = &coarse
			}
			out = append(out, table)
		}
	}
	return out
}

// byType is how households of each type stand on P.
func (t *tables) byType() (out []gate.Table) {
	types := map[string]bool{}
	for _, v := range t.verdicts {
		types[v.Type] = true
	}
	var values []gate.Value
	for _, name := range slices.Sorted(maps.Keys(types)) {
		values = append(values, gate.Value{Name: cmp.Or(name, noType)})
	}
	for _, id := range t.cocktails {
		dims := []gate.Dim{{Name: kind, Values: values, Exhaustive: true}, {Name: verdict(id), Values: verdictValues, Exhaustive: true}}
		s := newTally(dims)
		for _, v := range t.verdicts {
			if v.Day == t.day && v.Cocktail == id {
				s.add([]string{cmp.Or(v.Type, noType), v.Verdict}, v.Households, v.Members)
			}
		}
		out = append(out, gate.Table{Name: tableType + " " + id, Population: households, Moment: t.peil, Dims: dims, Cells: s.list()})
	}
	return out
}

// crossed are households by gemeente, type and how they stand on P: nothing of it is shown, but who publishes gemeenten and types apart gives something of it
// away.
func (t *tables) crossed() (out []gate.Table) {
	for _, byType := range t.byType() {
		id := strings.TrimPrefix(byType.Name, tableType+" ")
		places, at := t.places(false)
		dims := append([]gate.Dim{places}, byType.Dims...)
		s := newTally(dims)
		for _, v := range t.verdicts {
			if v.Day == t.day && v.Cocktail == id {
				s.add([]string{at(v), cmp.Or(v.Type, noType), v.Verdict}, v.Households, v.Members)
			}
		}
		out = append(out, gate.Table{Name: "gekruist " + id, Population: households, Moment: t.peil, Dims: dims, Cells: s.list(), Unseen: true})
	}
	return out
}

// noType stands for a type of household that was not delivered.
const noType = "onbekend"

// byCost is what households with each cocktail cost, and all others. Of the others the two that weigh most are taken to be those of all: they
// can't weigh more, so that too much is hidden rather than too little.
func (t *tables) byCost() (out []gate.Table) {
	sum := map[string]*gate.Cell{}
	for _, c := range t.costs {
		if sum[c.Cocktail] == nil {
			sum[c.Cocktail] = &gate.Cell{}
		}
		to := sum[c.Cocktail]
		to.N, to.Members = to.N+c.Households, to.Members+digest(c.Members)
		to.Sum, to.Abs = to.Sum+c.Ct, to.Abs+c.AbsCt
		top := []int64{to.Largest, to.Second, c.LargestCt, c.SecondCt}
		slices.Sort(top)
		to.Largest, to.Second = top[3], top[2]
	}
	all := sum[""]
	if all == nil {
		return nil
	}
	for _, id := range t.cocktails {
		with := gate.Cell{}
		if sum[id] != nil {
			with = *sum[id]
		}
		without := gate.Cell{Key: []string{notFull}, N: all.N - with.N, Members: all.Members - with.Members, Sum: all.Sum - with.Sum,
			Abs: all.Abs - with.Abs, Largest: min(all.Largest, all.Abs-with.Abs)}
		without.Second = min(all.Second, without.Abs-without.Largest)
		total := *all
		with.Key, total.Key = []string{full}, []string{everybody}
		out = append(out, gate.Table{Name: tableCost + " " + id, Population: households, Moment: t.peil, Quantity: "kosten_t0",
			Dims:  []gate.Dim{{Name: verdict(id), Values: verdictValues[:2], Exhaustive: true}},
			Cells: []gate.Cell{total, with, without}})
	}
	return out
}

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
	var names []string
	for _, i := range base {
		names = append(names, i.Name)
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
	return []gate.Table{{Name: tableSets, Population: households, Moment: t.peil, Sets: &gate.Sets{Ingredients: names, Min: 1, Max: most}, Cells: list}}
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
	return out
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
			Dims: dims, Cells: tallies[p].list()})
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
		out = append(out, gate.Table{Name: tableWays + " " + id, Population: everFull, Moment: t.peil, Fixed: map[string]string{"cocktail": id}, Dims: dims, Cells: s.list()})
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
				Cells: became.list()})
	}
	return out
}

// Values of what a party, or some party, last said about a plan.
const (
	refused    = "afgewezen"
	notRefused = "niet_afgewezen"
)

// inTheWay are plans by what stood in their way and who decided. A plan has several obstacles and parties, so that these do not add up. Which plans
// they are is not known here; a cell rounds by what it is and how many.
func (t *tables) inTheWay() []gate.Table {
	if len(t.obstacles) == 0 {
		return nil
	}
	dims := []gate.Dim{{Name: "hindernis"}, {Name: "partij"}, {Name: "besluit", Exhaustive: true, Values: []gate.Value{{Name: refused}, {Name: notRefused, Plain: true}}}}
	seen := [2]map[string]bool{{}, {}}
	total := func(s string) string {
		if s == "alle" {
			return everybody
		}
		return s
	}
	var cells []gate.Cell
	for _, o := range t.obstacles {
		if t.few && total(o.Obstacle) != everybody && total(o.Party) != everybody {
			continue
		}
		for i, v := range []string{total(o.Obstacle), total(o.Party)} {
			if v != everybody && !seen[i][v] {
				seen[i][v] = true
				dims[i].Values = append(dims[i].Values, gate.Value{Name: v})
			}
		}
		whole := gate.Cell{Key: []string{total(o.Obstacle), total(o.Party), everybody}}
		for _, c := range []gate.Cell{{Key: []string{whole.Key[0], whole.Key[1], refused}, N: o.Refused}, {Key: []string{whole.Key[0], whole.Key[1], notRefused}, N: o.Plans - o.Refused}} {
			if c.N > 0 {
				c.Members = digestOf(c.Key, c.N)
			}
			whole.N, whole.Members = whole.N+c.N, whole.Members+c.Members
			cells = append(cells, c)
		}
		cells = append(cells, whole)
	}
	return []gate.Table{{Name: tableObstacles, Population: plans, Moment: t.peil, Dims: dims, Cells: cells}}
}

// digestOf stands for the members of a cell of which they are not known.
func digestOf(key []string, n int64) uint64 {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %d", key, n))
	return binary.BigEndian.Uint64(sum[:])
}

// claimed are households with a claim to pay, among those with each cocktail, without any, and all.
func (t *tables) claimed() (out []gate.Table) {
	var groups []string
	for _, c := range t.claims {
		if !slices.Contains(groups, c.Group) {
			groups = append(groups, c.Group)
		}
	}
	for _, g := range groups {
		fixed := map[string]string{verdict(g): full}
		switch g {
		case "alle":
			fixed = map[string]string{}
		case "geen":
			fixed = map[string]string{"cocktails": "geen"}
		}
		dims := []gate.Dim{{Name: claim, Exhaustive: true, Values: []gate.Value{{Name: "met"}, {Name: "zonder", Plain: true}, {Name: unsure, Plain: true}}}}
		s := newTally(dims)
		for _, c := range t.claims {
			if c.Group != g {
				continue
			}
			s.add([]string{c.State}, c.Households, c.Members)
			if c.State == "met" {
				with := maps.Clone(fixed)
				with[claim] = "met"
				out = append(out, gate.Table{Name: tableOwed + " " + g, Population: households, Moment: t.peil, Fixed: with, Quantity: "vordering",
					Cells: []gate.Cell{{N: c.Households, Members: digest(c.Members), Sum: c.OpenCt, Abs: c.OpenCt, Largest: c.LargestCt, Second: c.SecondCt}}})
			}
		}
		out = append(out, gate.Table{Name: tableClaims + " " + g, Population: households, Moment: t.peil, Fixed: fixed, Dims: dims, Cells: s.list()})
	}
	return out
}
