package onlooker

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"stapel/reports/vrij"
)

// verdicts are all that a household can be to a cocktail.
var verdicts = []string{vrij.Vol, vrij.Dreigend, vrij.Onbekend, vrij.Ntb, vrij.Nee}

// states are all that a household can be to claims.
var states = []string{vrij.Met, vrij.Zonder, vrij.Ntb}

// See takes in what one release published. Same are the cocktails that a household has when it shows all ingredients, whatever their strength: anybody can read
// in the configuration which these are.
func (o *Onlooker) See(t *vrij.Tables, same map[string]bool) error {
	day := int32(math.MinInt32)
	for _, r := range t.Cocktail {
		if r.IsP {
			day = r.Dag
		}
	}
	if day == math.MinInt32 {
		return fmt.Errorf("nothing is published of the peildatum")
	}
	o.places(t)
	o.types(t, day)
	o.costs(t, day)
	o.sets(t, day, same)
	o.orders(t, day)
	o.ways(t, day)
	o.near(t, day)
	o.plans(t, day)
	o.claims(t, day)
	return nil
}

// places are verdicts by day and place. A verdict of which there is no row is one that nobody has.
func (o *Onlooker) places(t *vrij.Tables) {
	type at struct {
		day            int32
		cocktail       string
		gemeente, wijk string
	}
	wijken, gemeenten, there := map[at][]string{}, map[at][]string{}, map[string]bool{}
	var order []at
	seen := map[at]bool{}
	for _, r := range t.Cocktail {
		id := Verdict(r.Dag, r.Cocktail, r.Gemeente, r.Wijk, r.Oordeel)
		o.count(id, r.Huishoudens)
		there[id] = true
		place := at{r.Dag, r.Cocktail, r.Gemeente, r.Wijk}
		if !seen[place] {
			seen[place] = true
			order = append(order, place)
		}
	}
	for _, p := range order {
		for _, v := range verdicts {
			if id := Verdict(p.day, p.cocktail, p.gemeente, p.wijk, v); !there[id] {
				o.Know(id, 0, 0)
			}
		}
		o.whole(Verdicts, Verdict(p.day, p.cocktail, p.gemeente, p.wijk, vrij.Alle), namesOf(verdicts, func(v string) string {
			return Verdict(p.day, p.cocktail, p.gemeente, p.wijk, v)
		})...)
		up := p
		switch {
		case p.wijk != vrij.Alle:
			up.wijk = vrij.Alle
			wijken[up] = append(wijken[up], p.wijk)
		case p.gemeente != vrij.Alle:
			up.gemeente = vrij.Alle
			gemeenten[up] = append(gemeenten[up], p.gemeente)
		}
	}
	for _, p := range order {
		for _, v := range append(slices.Clone(verdicts), vrij.Alle) {
			if list := wijken[p]; len(list) > 0 {
				o.whole(Wijken, Verdict(p.day, p.cocktail, p.gemeente, p.wijk, v), namesOf(list, func(w string) string {
					return Verdict(p.day, p.cocktail, p.gemeente, w, v)
				})...)
			}
			if list := gemeenten[p]; len(list) > 0 {
				o.whole(Gemeenten, Verdict(p.day, p.cocktail, p.gemeente, p.wijk, v), namesOf(list, func(g string) string {
					return Verdict(p.day, p.cocktail, g, vrij.Alle, v)
				})...)
			}
		}
	}
}

func (o *Onlooker) types(t *vrij.Tables, day int32) {
	of := map[string]map[string]bool{}
	for _, r := range t.CocktailType {
		if r.Type != vrij.Alle {
			o.count(OfType(day, r.Cocktail, r.Type, r.Oordeel), r.Huishoudens)
			if of[r.Cocktail] == nil {
				of[r.Cocktail] = map[string]bool{}
			}
			of[r.Cocktail][r.Type] = true
		}
	}
	for _, c := range slices.Sorted(maps.Keys(of)) {
		list := slices.Sorted(maps.Keys(of[c]))
		for _, v := range append(slices.Clone(verdicts), vrij.Alle) {
			o.whole(Types, OfType(day, c, vrij.Alle, v), namesOf(list, func(typ string) string { return OfType(day, c, typ, v) })...)
		}
		for _, typ := range list {
			o.whole(Verdicts, OfType(day, c, typ, vrij.Alle), namesOf(verdicts, func(v string) string { return OfType(day, c, typ, v) })...)
		}
	}
}

// all is how many households have a verdict on the peildatum.
func all(day int32, cocktail, verdict string) string {
	return Verdict(day, cocktail, vrij.Alle, vrij.Alle, verdict)
}

func (o *Onlooker) costs(t *vrij.Tables, day int32) {
	for _, r := range t.CocktailKosten {
		o.sum(Cost(day, r.Cocktail, r.Deel), r.KostenCt)
		switch r.Deel {
		case vrij.Overig:
			rest := Rest(day, r.Cocktail)
			o.count(rest, r.Huishoudens)
			o.whole(Costs, all(day, "", vrij.Alle), all(day, r.Cocktail, vrij.Vol), rest)
			o.whole(Costs, rest, namesOf(verdicts[1:], func(v string) string { return all(day, r.Cocktail, v) })...)
			for _, part := range []string{vrij.Alle, vrij.Vol, vrij.Overig} { // a row may come later
				o.sum(Cost(day, r.Cocktail, part), nil)
			}
			o.whole(Costs, Cost(day, "", vrij.Alle), Cost(day, r.Cocktail, vrij.Vol), Cost(day, r.Cocktail, vrij.Overig))
		case vrij.Vol:
			o.count(all(day, r.Cocktail, vrij.Vol), r.Huishoudens)
		case vrij.Alle:
			o.count(all(day, "", vrij.Alle), r.Huishoudens)
		}
	}
}

// sets are combinations: every household shows exactly one set of all ingredients, and those with at least some are a sum of these.
func (o *Onlooker) sets(t *vrij.Tables, day int32, same map[string]bool) {
	var ingredients []string
	for _, r := range t.Combinatie {
		for _, i := range strings.Split(r.Combinatie, "+") {
			if !slices.Contains(ingredients, i) {
				ingredients = append(ingredients, i)
			}
		}
	}
	if len(ingredients) == 0 {
		return
	}
	slices.Sort(ingredients)
	exact := func(mask int) string { return name("precies", fmt.Sprint(day), fmt.Sprint(mask)) }
	least := func(id string, has, lacks int) {
		terms := []Term{{id, -1}}
		for m := range 1 << len(ingredients) {
			if m&has == has && m&lacks == 0 {
				terms = append(terms, Term{exact(m), 1})
			}
		}
		o.relate(Combination, 0, 0, terms...)
	}
	least(all(day, "", vrij.Alle), 0, 0)
	masks := map[int]bool{}
	for _, r := range t.Combinatie {
		list, mask := strings.Split(r.Combinatie, "+"), 0
		for _, i := range list {
			mask |= 1 << slices.Index(ingredients, i)
		}
		id := Set(day, list...)
		o.count(id, r.Huishoudens)
		least(id, mask, 0)
		masks[mask] = true
		for _, c := range strings.Split(r.Cocktail, "|") {
			switch {
			case c == "":
			case same[c]:
				o.whole(IsCocktail, id, all(day, c, vrij.Vol))
			default:
				o.within(IsCocktail, id, Term{all(day, c, vrij.Vol), 1})
			}
		}
	}
	// groups of two, had and not had, are what nobody publishes and everybody can take from each other
	for a := range ingredients {
		for b := range ingredients {
			if a != b && masks[1<<a|1<<b] {
				least(Without(day, ingredients[a], ingredients[b]), 1<<a, 1<<b)
			}
		}
	}
}

// Without are households with one ingredient that show not the other.
func Without(day int32, has, lacks string) string { return name("zonder", fmt.Sprint(day), has, lacks) }

func (o *Onlooker) orders(t *vrij.Tables, day int32) {
	for _, r := range t.Overgang {
		forth, back := Order(day, r.Van, r.Naar, ""), Order(day, r.Naar, r.Van, "")
		same, unsure := Order(day, r.Van, r.Naar, vrij.Alle), Order(day, r.Van, r.Naar, vrij.Ntb)
		o.count(forth, r.Huishoudens)
		o.count(back, r.Omgekeerd)
		o.count(same, r.Gelijk)
		o.count(unsure, r.NietTeBeoordelen)
		if pair := Set(day, r.Van, r.Naar); r.Van < r.Naar && o.Known(pair) { // who shows both now has shown both
			o.relate(Orders, 0, math.Inf(1), Term{forth, 1}, Term{back, 1}, Term{same, 1}, Term{unsure, 1}, Term{pair, -1})
		}
	}
}

func (o *Onlooker) ways(t *vrij.Tables, day int32) {
	of := map[string][]Term{}
	for _, r := range t.Pad {
		id := Way(day, r.Cocktail, r.Pad)
		o.count(id, r.Huishoudens)
		of[r.Cocktail] = append(of[r.Cocktail], Term{id, 1})
	}
	for _, c := range slices.Sorted(maps.Keys(of)) {
		o.relate(Ways, 0, math.Inf(1), append(of[c], Term{all(day, c, vrij.Vol), -1})...)
	}
}

func (o *Onlooker) near(t *vrij.Tables, day int32) {
	lacks := map[string][]string{}
	for _, r := range t.Bijna {
		id := Near(day, r.Cocktail, r.Ontbrekend)
		o.count(id, r.Huishoudens)
		lacks[r.Cocktail] = append(lacks[r.Cocktail], id)
		full, other, both := NearBecame(day, r.Cocktail, r.Ontbrekend, vrij.Vol), NearBecame(day, r.Cocktail, r.Ontbrekend, vrij.Overig),
			NearBecame(day, r.Cocktail, r.Ontbrekend, vrij.Alle)
		o.count(full, r.Vol)
		o.whole(Became, both, full, other)
		if r.Gevolgd != nil { // all less those that can't be followed, each rounded
			slack := float64(2 * (o.rules.RoundTo - 1))
			o.Know(both, float64(*r.Gevolgd)-slack, float64(*r.Gevolgd)+slack)
		}
	}
	for _, c := range slices.Sorted(maps.Keys(lacks)) {
		o.whole(NearMisses, all(day, c, vrij.Dreigend), lacks[c]...)
	}
}

func (o *Onlooker) plans(t *vrij.Tables, day int32) {
	for _, r := range t.Hindernis {
		every, refused := Plans(day, r.Hindernis, r.Partij, vrij.Alle), Plans(day, r.Hindernis, r.Partij, vrij.Geweigerd)
		o.count(every, r.Plannen)
		o.count(refused, r.Afwijzingen)
		o.whole(Obstacles, every, refused, Plans(day, r.Hindernis, r.Partij, vrij.Overig))
		for _, up := range [][2]string{{r.Hindernis, vrij.Alle}, {vrij.Alle, r.Partij}} {
			if up != [2]string{r.Hindernis, r.Partij} {
				o.within(PartOfPlans, Plans(day, up[0], up[1], vrij.Alle), Term{every, 1})
				o.within(PartOfPlans, Plans(day, up[0], up[1], vrij.Geweigerd), Term{refused, 1})
			}
		}
	}
}

func (o *Onlooker) claims(t *vrij.Tables, day int32) {
	groups := map[string]bool{}
	for _, r := range t.Fraudefuik {
		if r.Stand != vrij.Alle {
			o.count(Claim(day, r.Groep, r.Stand), r.Huishoudens)
		}
		if r.Stand == vrij.Met {
			o.sum(Owed(day, r.Groep), r.OpenCt)
		}
		groups[r.Groep] = true
	}
	var cocktails []string
	for _, g := range slices.Sorted(maps.Keys(groups)) {
		whole := cmp.Or(map[string]string{vrij.Alle: all(day, "", vrij.Alle), vrij.Geen: Claim(day, vrij.Geen, vrij.Alle)}[g], all(day, g, vrij.Vol))
		for _, r := range t.Fraudefuik {
			if r.Groep == g && r.Stand == vrij.Alle {
				o.count(whole, r.Huishoudens)
			}
		}
		o.whole(Claims, whole, namesOf(states, func(s string) string { return Claim(day, g, s) })...)
		if g != vrij.Alle && g != vrij.Geen {
			cocktails = append(cocktails, g)
		}
	}
	if !groups[vrij.Alle] || !groups[vrij.Geen] {
		return
	}
	for _, s := range states {
		any := Claim(day, AnyCocktail, s)
		o.whole(Claims, Claim(day, vrij.Alle, s), Claim(day, vrij.Geen, s), any)
		var parts []Term
		for _, c := range cocktails {
			part := Term{Claim(day, c, s), 1}
			o.within(PartOfAny, any, part)
			parts = append(parts, part)
		}
		o.relate(PartOfAny, 0, math.Inf(1), append(parts, Term{any, -1})...)
	}
	some := Claim(day, AnyCocktail, vrij.Alle)
	o.whole(Claims, some, namesOf(states, func(s string) string { return Claim(day, AnyCocktail, s) })...)
	var full []Term
	for _, c := range cocktails {
		part := Term{all(day, c, vrij.Vol), 1}
		o.within(PartOfAny, some, part)
		full = append(full, part)
	}
	o.relate(PartOfAny, 0, math.Inf(1), append(full, Term{some, -1})...)
	o.sum(Owed(day, AnyCocktail), nil)
	o.whole(Claims, Owed(day, vrij.Alle), Owed(day, vrij.Geen), Owed(day, AnyCocktail))
	for _, c := range cocktails {
		o.within(PartOfAny, Owed(day, AnyCocktail), Term{Owed(day, c), 1})
	}
}

func namesOf(list []string, f func(string) string) (out []string) {
	for _, s := range list {
		out = append(out, f(s))
	}
	return out
}
