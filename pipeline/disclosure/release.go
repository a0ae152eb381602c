package disclosure

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

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
	area         = "gebied"
	kind         = "huishoudtype"
	claim        = "vordering"
	anyCocktail  = "cocktails"
	hasSome      = "wel"
	full         = "vol"
	notFull      = "niet_vol"
	near         = "dreigend"
	everybody    = ""          // a total
	quantityOwed = "vordering" // eurocents that are left to pay
)

// verdict is the dimension of how households stand to one cocktail.
func verdict(cocktail string) string { return "oordeel " + cocktail }

// missing is the dimension of what a near miss lacks.
func missing(cocktail string) string { return "ontbreekt " + cocktail }

// verdictValues are those of cocktail_moment, and halves those that have a cocktail and all others. Nearly all households have no cocktail, which
// gives nothing away; nor does what no feed covers.
var (
	verdictValues = []gate.Value{{Name: full}, {Name: near}, {Name: vrij.Onbekend}, {Name: vrij.Ntb, Plain: true}, {Name: vrij.Nee, Plain: true}}
	halves        = []gate.Value{{Name: full}, {Name: notFull, Plain: true}}
)

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

// byCost is what households with each cocktail cost, and all others.
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
		without := *less(*all, &with)
		total := *all
		with.Key, without.Key, total.Key = []string{full}, []string{notFull}, []string{everybody}
		out = append(out, gate.Table{Name: tableCost + " " + id, Population: households, Moment: t.peil, Quantity: "kosten_t0",
			Dims:  []gate.Dim{{Name: verdict(id), Values: halves, Exhaustive: true}},
			Cells: []gate.Cell{total, with, without}})
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
	return []gate.Table{{Name: tableObstacles, Population: plans, Moment: t.peil, Dims: dims, Cells: unseen(cells, notRefused)}}
}

// digestOf stands for the members of a cell of which they are not known.
func digestOf(key []string, n int64) uint64 {
	sum := sha256.Sum256(fmt.Appendf(nil, "%q %d", key, n))
	return binary.BigEndian.Uint64(sum[:])
}

// claimed are households with a claim to pay, among those with each cocktail, without any, and all.
func (t *tables) claimed() (out []gate.Table) {
	counts, owed := map[string]map[string]*gate.Cell{}, map[string]*gate.Cell{}
	var groups []string
	for _, c := range t.claims {
		if counts[c.Group] == nil {
			counts[c.Group] = map[string]*gate.Cell{}
			groups = append(groups, c.Group)
		}
		counts[c.Group][c.State] = &gate.Cell{N: c.Households, Members: digest(c.Members)}
		if c.State == vrij.Met {
			owed[c.Group] = &gate.Cell{N: c.Households, Members: digest(c.Members), Sum: c.OpenCt, Abs: c.OpenCt, Largest: c.LargestCt, Second: c.SecondCt}
		}
	}
	for _, g := range groups {
		fixed := map[string]string{verdict(g): full}
		switch g {
		case vrij.Alle:
			fixed = map[string]string{}
		case vrij.Geen:
			fixed = map[string]string{anyCocktail: vrij.Geen}
		}
		if c := owed[g]; c != nil {
			with := maps.Clone(fixed)
			with[claim] = vrij.Met
			out = append(out, gate.Table{Name: tableOwed + " " + g, Population: households, Moment: t.peil, Fixed: with, Quantity: quantityOwed, Cells: []gate.Cell{*c}})
		}
		out = append(out, claimTable(t.peil, tableClaims+" "+g, fixed, counts[g]))
	}
	return append(out, t.someCocktail(counts, owed)...)
}

// claimDim is how households stand to claims.
var claimDim = gate.Dim{Name: claim, Exhaustive: true, Values: []gate.Value{{Name: vrij.Met}, {Name: vrij.Zonder, Plain: true}, {Name: vrij.Ntb, Plain: true}}}

func claimTable(peil, name string, fixed map[string]string, states map[string]*gate.Cell) gate.Table {
	s := newTally([]gate.Dim{claimDim})
	for state, c := range states {
		s.addCell([]string{state}, *c)
	}
	return gate.Table{Name: name, Population: households, Moment: peil, Fixed: fixed, Dims: []gate.Dim{claimDim}, Cells: s.list()}
}

// someCocktail are households with at least one cocktail, of which nothing is shown: who publishes all of them and those without gives these away, and of
// these those with each cocktail are a part.
func (t *tables) someCocktail(counts map[string]map[string]*gate.Cell, owed map[string]*gate.Cell) (out []gate.Table) {
	all, none := counts[vrij.Alle], counts[vrij.Geen]
	if all == nil || none == nil {
		return nil
	}
	some := map[string]*gate.Cell{}
	for state, c := range all {
		some[state] = less(*c, none[state])
	}
	dim := gate.Dim{Name: anyCocktail, Exhaustive: true, Values: []gate.Value{{Name: vrij.Geen, Plain: true}, {Name: hasSome}}}
	s := newTally([]gate.Dim{dim, claimDim})
	for state, c := range none {
		s.addCell([]string{vrij.Geen, state}, *c)
	}
	for state, c := range some {
		s.addCell([]string{hasSome, state}, *c)
	}
	out = append(out, gate.Table{Name: "met of zonder cocktail", Population: households, Moment: t.peil, Dims: []gate.Dim{dim, claimDim}, Cells: s.list(), Unseen: true})
	var someOwed *gate.Cell
	if a := owed[vrij.Alle]; a != nil {
		someOwed = less(*a, owed[vrij.Geen])
		out = append(out, sumTable(t.peil, "schuld met of zonder cocktail", map[string]string{claim: vrij.Met}, dim, owed[vrij.Geen], someOwed, a))
	}
	for _, id := range t.cocktails {
		has := counts[id]
		if has == nil {
			continue
		}
		of := gate.Dim{Name: verdict(id), Exhaustive: true, Values: halves}
		s := newTally([]gate.Dim{of, claimDim})
		for state, c := range some {
			if h := has[state]; h != nil {
				s.addCell([]string{full, state}, *h)
			}
			s.addCell([]string{notFull, state}, *less(*c, has[state]))
		}
		fixed := map[string]string{anyCocktail: hasSome}
		out = append(out, gate.Table{Name: "onder wie een cocktail heeft " + id, Population: households, Moment: t.peil, Fixed: fixed, Dims: []gate.Dim{of, claimDim}, Cells: s.list(),
			Unseen: true})
		if someOwed != nil {
			out = append(out, sumTable(t.peil, "schuld onder wie een cocktail heeft "+id, map[string]string{anyCocktail: hasSome, claim: vrij.Met}, of, owed[id],
				less(*someOwed, owed[id]), someOwed))
		}
	}
	return out
}

// hasOne says that who has a cocktail has at least one, in counts and in what is owed.
func (t *tables) hasOne() (out []gate.Relation) {
	groups, owing := map[string]bool{}, map[string]bool{}
	for _, c := range t.claims {
		groups[c.Group], owing[c.Group] = true, owing[c.Group] || c.State == vrij.Met
	}
	if !groups[vrij.Alle] || !groups[vrij.Geen] {
		return nil
	}
	for _, id := range t.cocktails {
		same := func(quantity string, more map[string]string) {
			with, alone := map[string]string{anyCocktail: hasSome, verdict(id): full}, map[string]string{verdict(id): full}
			maps.Copy(with, more)
			maps.Copy(alone, more)
			out = append(out, gate.Relation{Quantity: quantity, Terms: []gate.RelationTerm{{Population: households, Moment: t.peil, Values: with, Coef: 1},
				{Population: households, Moment: t.peil, Values: alone, Coef: -1}}})
		}
		if !groups[id] {
			continue
		}
		same("", nil)
		for _, v := range claimDim.Values {
			same("", map[string]string{claim: v.Name})
		}
		if owing[id] && owing[vrij.Alle] {
			same(quantityOwed, map[string]string{claim: vrij.Met})
		}
	}
	return out
}

// less is a cell without a part of it. The two that weigh most of what is left are taken to be those of all: they can't weigh more, so that too much is
// hidden rather than too little.
func less(all gate.Cell, part *gate.Cell) *gate.Cell {
	if part == nil {
		return &all
	}
	c := gate.Cell{N: all.N - part.N, Members: all.Members - part.Members, Sum: all.Sum - part.Sum, Abs: all.Abs - part.Abs}
	c.Largest = min(all.Largest, c.Abs)
	c.Second = min(all.Second, c.Abs-c.Largest)
	return &c
}

// sumTable are the two halves of a whole, with their sums, of which nothing is shown.
func sumTable(peil, name string, fixed map[string]string, dim gate.Dim, first, second, whole *gate.Cell) gate.Table {
	t := gate.Table{Name: name, Population: households, Moment: peil, Fixed: fixed, Dims: []gate.Dim{dim}, Quantity: quantityOwed, Unseen: true}
	for i, c := range []*gate.Cell{whole, first, second} {
		cell := gate.Cell{}
		if c != nil {
			cell = *c
		}
		cell.Key = []string{append([]string{everybody}, dim.Values[0].Name, dim.Values[1].Name)[i]}
		t.Cells = append(t.Cells, cell)
	}
	return t
}
