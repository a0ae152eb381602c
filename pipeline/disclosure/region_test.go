package disclosure

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/pipeline/reference/onlooker"
	"stapel/reports/vrij"
	"stapel/transforms/typed"
)

// house is a household of a made-up region, with what shows in it on each day.
type house struct {
	key                 int64
	gemeente, wijk, typ string
	on                  [3]int // ingredients by day, the last is P
	unknown             int    // ingredients that no feed covers
	costs, owes         int64
	claim               string
}

// region is what a run would find in a region.
type region struct {
	days   [3]int32
	houses []house
}

var (
	regionIngredients = []string{"ggz", "jeugdzorg", "kinderen", "schulden", "woonproblematiek"}
	regionCocktails   = map[string][]string{"cocktail_a": {"ggz", "schulden", "woonproblematiek"}, "cocktail_b": {"jeugdzorg", "kinderen"}}
	regionNames       = []string{"cocktail_a", "cocktail_b"}
)

func bit(ingredient string) int { return 1 << slices.Index(regionIngredients, ingredient) }

func mask(ingredients []string) (m int) {
	for _, i := range ingredients {
		m |= bit(i)
	}
	return m
}

// drawRegion makes a region of so many households.
func drawRegion(seed uint64, n int, days [3]int32) *region {
	r, rng := &region{days: days}, rand.New(rand.NewPCG(seed, 1))
	for range n {
		r.houses = append(r.houses, drawHouse(rng))
	}
	return r
}

func drawHouse(rng *rand.Rand) (h house) {
	h.key = rng.Int64N(1 << 62)
	wijken := [][2]string{{"GM0855", "WK085501"}, {"GM0855", "WK085502"}, {"GM0855", "WK085503"}, {"GM0848", "WK084801"}, {"GM0848", "WK084802"}}
	at := wijken[[]int{0, 0, 0, 1, 1, 3, 3, 3, 4, 4}[rng.IntN(10)]]
	if rng.IntN(100) == 0 {
		at = wijken[2] // a wijk of few
	}
	h.gemeente, h.wijk = at[0], at[1]
	h.typ = []string{"1", "1", "1", "3", "3", "6"}[rng.IntN(6)]
	heavy := rng.IntN(30) == 0
	for i := range regionIngredients {
		of := []int{60, 80, 4, 40, 50}[i]
		if heavy {
			of = 3
		}
		if rng.IntN(of) == 0 {
			since := rng.IntN(3)
			for d := since; d < 3; d++ {
				h.on[d] |= 1 << i
			}
		}
		if rng.IntN(40) == 0 {
			h.unknown |= 1 << i
		}
	}
	h.costs = rng.Int64N(400_000)
	if h.on[2] != 0 {
		h.costs += rng.Int64N(6_000_000)
	}
	switch {
	case rng.IntN(20) == 0:
		h.claim = vrij.Ntb
	case rng.IntN(12) == 0 || heavy && rng.IntN(3) == 0:
		h.claim, h.owes = vrij.Met, 10_000+rng.Int64N(900_000)
	default:
		h.claim = vrij.Zonder
	}
	return h
}

// later is the region a quarter on: some have left, some came, and in some something else shows.
func (r *region) later(seed uint64, day int32) *region {
	rng := rand.New(rand.NewPCG(seed, 2))
	out := &region{days: [3]int32{r.days[1], r.days[2], day}}
	for _, h := range r.houses {
		if rng.IntN(40) == 0 {
			h = drawHouse(rng)
		}
		h.on = [3]int{h.on[1], h.on[2], h.on[2]}
		if rng.IntN(15) == 0 {
			h.on[2] ^= 1 << rng.IntN(len(regionIngredients))
		}
		out.houses = append(out.houses, h)
	}
	return out
}

// stand is how a household stands to a cocktail on a day, and what it lacks.
func (h *house) stand(cocktail string, day int) (verdict, lacks string) {
	var missing []string
	for _, i := range regionCocktails[cocktail] {
		if h.on[day]&bit(i) == 0 {
			missing = append(missing, i)
		}
	}
	switch {
	case len(missing) == 0:
		return vrij.Vol, ""
	case len(missing) == 1 && h.unknown&bit(missing[0]) != 0:
		return vrij.Onbekend, ""
	case len(missing) == 1:
		return vrij.Dreigend, missing[0]
	case h.unknown&mask(missing) == mask(missing):
		return vrij.Ntb, ""
	}
	return vrij.Nee, ""
}

// order is how two ingredients came: the first day of each, and whether one can tell.
func (h *house) order(a, b string) (days int64, both bool) {
	first := func(i string) int {
		return slices.IndexFunc(h.on[:], func(m int) bool { return m&bit(i) != 0 })
	}
	x, y := first(a), first(b)
	if x < 0 || y < 0 {
		return 0, false
	}
	if h.unknown&(bit(a)|bit(b)) != 0 {
		return -1, true
	}
	return int64(y-x) * 90, true
}

// way is how a household came into a cocktail, if it did.
func (h *house) way(cocktail string) string {
	need, day := mask(regionCocktails[cocktail]), -1
	for d := range h.on {
		if h.on[d]&need == need {
			day = d
			break
		}
	}
	switch {
	case day < 0:
		return ""
	case day == 0:
		return vrij.AlVol
	case h.unknown&need != 0:
		return vrij.Onbekend
	}
	ingredients := slices.Clone(regionCocktails[cocktail])
	slices.SortStableFunc(ingredients, func(a, b string) int { days, _ := h.order(b, a); return int(days) })
	return strings.Join(ingredients, ">")
}

// groups of claims that a household is in.
func (h *house) groups() []string {
	out := []string{vrij.Alle}
	for _, c := range regionNames {
		if v, _ := h.stand(c, 2); v == vrij.Vol {
			out = append(out, c)
		}
	}
	if len(out) == 1 {
		out = append(out, vrij.Geen)
	}
	return out
}

// collect adds households to rows by a key that the row is made from.
type collect[K comparable, R any] struct {
	rows map[K]*R
	keys []K
}

func (c *collect[K, R]) at(key K) *R {
	if c.rows == nil {
		c.rows = map[K]*R{}
	}
	if c.rows[key] == nil {
		c.rows[key] = new(R)
		c.keys = append(c.keys, key)
	}
	return c.rows[key]
}

func (c *collect[K, R]) list() (out []R) {
	for _, k := range c.keys {
		out = append(out, *c.rows[k])
	}
	return out
}

func members(sum *int64, key int64) { *sum = int64((uint64(*sum) + uint64(key)) % (1 << 62)) }

// lay writes what a run has of the region as files of a folder.
func (r *region) lay(t *testing.T, dir string) {
	t.Helper()
	var moments []momentRow
	for i, d := range r.days {
		quarter := d - 89
		moments = append(moments, momentRow{Day: d, Quarter: &quarter, IsP: i == 2})
	}
	var verdicts collect[[6]string, verdictRow]
	var costs collect[[2]string, costRow]
	var groups collect[int, groupRow]
	var orders collect[string, orderCountRow]
	var ways collect[[2]string, pathCountRow]
	var threats collect[[2]string, threatRow]
	var claims collect[[2]string, claimRow]
	top := func(largest, second *int64, v int64) {
		if v > *largest {
			*largest, *second = v, *largest
		} else if v > *second {
			*second = v
		}
	}
	for _, g := range append([]string{vrij.Alle, vrij.Geen}, regionNames...) {
		for _, s := range []string{vrij.Met, vrij.Zonder, vrij.Ntb} {
			*claims.at([2]string{g, s}) = claimRow{Group: g, State: s}
		}
	}
	for _, c := range regionNames {
		for _, i := range regionCocktails[c] {
			*threats.at([2]string{c, i}) = threatRow{Cocktail: c, Missing: i}
		}
	}
	for i := range r.houses {
		h := &r.houses[i]
		for d, day := range r.days {
			for _, c := range regionNames {
				v, _ := h.stand(c, d)
				row := verdicts.at([6]string{fmt.Sprint(day), c, h.gemeente, h.wijk, h.typ, v})
				*row = verdictRow{day, c, h.gemeente, h.wijk, h.typ, v, row.Households + 1, row.Members}
				members(&row.Members, h.key)
			}
		}
		for _, c := range append([]string{""}, regionNames...) {
			if v, _ := h.stand(c, 2); c != "" && v != vrij.Vol {
				continue
			}
			row := costs.at([2]string{c, h.gemeente})
			row.Cocktail, row.Gemeente = c, h.gemeente
			row.Households, row.Ct, row.AbsCt = row.Households+1, row.Ct+h.costs, row.AbsCt+h.costs
			members(&row.Members, h.key)
			top(&row.LargestCt, &row.SecondCt, h.costs)
		}
		g := groups.at(h.on[2])
		g.Shows, g.Households = int64(h.on[2]), g.Households+1
		members(&g.Members, h.key)
		for _, a := range regionIngredients {
			for _, b := range regionIngredients {
				days, both := h.order(a, b)
				if a == b || !both || days < 0 && h.unknown&(bit(a)|bit(b)) == 0 {
					continue
				}
				row := orders.at(fmt.Sprint(a, ">", b, days))
				row.From, row.To, row.Days, row.Households = a, b, days, row.Households+1
				members(&row.Members, h.key)
			}
		}
		for _, c := range regionNames {
			if way := h.way(c); way != "" {
				row := ways.at([2]string{c, way})
				row.Cocktail, row.Path, row.Households = c, way, row.Households+1
				members(&row.Members, h.key)
			}
			if _, lacks := h.stand(c, 2); lacks != "" {
				row := threats.at([2]string{c, lacks})
				row.Now++
				members(&row.NowMembers, h.key)
			}
			if _, lacks := h.stand(c, 0); lacks != "" {
				row := threats.at([2]string{c, lacks})
				row.Then++
				switch v, _ := h.stand(c, 2); v {
				case vrij.Vol:
					row.Full++
					members(&row.FullMembers, h.key)
				case vrij.Onbekend:
					row.Unseen++
					members(&row.UnseenMembers, h.key)
				default:
					members(&row.OtherMembers, h.key)
				}
			}
		}
		for _, g := range h.groups() {
			row := claims.at([2]string{g, h.claim})
			row.Households, row.OpenCt = row.Households+1, row.OpenCt+h.owes
			members(&row.Members, h.key)
			top(&row.LargestCt, &row.SecondCt, h.owes)
		}
	}
	var patterns []patternRow
	for m := 1; m < 1<<len(regionIngredients); m++ {
		list := ingredientsOf(m)
		row := patternRow{Set: strings.Join(list, "+")}
		for _, c := range regionNames {
			if mask(regionCocktails[c]) == m {
				row.Cocktail = c
			}
		}
		if len(list) > 1 {
			patterns = append(patterns, row)
		}
	}
	var ingredients []ingredientRow
	for i, name := range regionIngredients {
		ingredients = append(ingredients, ingredientRow{name, 1 << i, "zwak", true})
	}
	var asked []askedRow
	for _, c := range regionNames {
		for _, i := range regionCocktails[c] {
			asked = append(asked, askedRow{c, i, "zwak", false})
		}
	}
	obstacles := []obstacleRow{{Obstacle: "alle", Party: "alle", Plans: 60, Refused: 14}, {Obstacle: "wachtlijst", Party: "alle", Plans: 31, Refused: 4},
		{Obstacle: "alle", Party: "zorgkantoor", Plans: 25, Refused: 11}, {Obstacle: "wachtlijst", Party: "zorgkantoor", Plans: 12, Refused: 3}}
	for _, err := range []error{
		put(dir, "meetmoment", moments), put(dir, "cocktail_moment", verdicts.list()), put(dir, "cel_kosten", costs.list()), put(dir, "patroon_groep", groups.list()),
		put(dir, "patroon", patterns), put(dir, "ingredient", ingredients), put(dir, "cocktail_ingredient", asked), put(dir, "overgang_telling", orders.list()),
		put(dir, "overgang", []orderRow{}), put(dir, "pad_telling", ways.list()), put(dir, "pad", []pathRow{}), put(dir, "pad_stap", []stepRow{}),
		put(dir, "dreiging_telling", threats.list()), put(dir, "hindernis", obstacles), put(dir, "cel_fraudefuik", claims.list()),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
}

func ingredientsOf(m int) (out []string) {
	for _, i := range regionIngredients {
		if m&bit(i) != 0 {
			out = append(out, i)
		}
	}
	return out
}

func put[T any](dir, table string, rows []T) error {
	return typed.Write(filepath.Join(dir, table+".parquet"), rows)
}

// truth is what is so in the region, by the names of the onlooker, where small wijken are taken together as what was published has it.
func (r *region) truth(free *vrij.Tables) map[string]int64 {
	out, p := map[string]int64{}, r.days[2]
	wijken, ways := map[string]bool{}, map[string]bool{}
	for _, c := range free.Cocktail {
		wijken[c.Gemeente+c.Wijk] = true
	}
	for _, w := range free.Pad {
		ways[w.Cocktail+w.Pad] = true
	}
	for _, c := range free.Combinatie {
		out[onlooker.Set(p, strings.Split(c.Combinatie, "+")...)] = 0
	}
	for _, row := range free.Bijna {
		out[onlooker.Near(p, row.Cocktail, row.Ontbrekend)] = 0
		out[onlooker.NearBecame(p, row.Cocktail, row.Ontbrekend, vrij.Vol)] = 0
	}
	for i := range r.houses {
		h := &r.houses[i]
		wijk := h.wijk
		if !wijken[h.gemeente+h.wijk] {
			wijk = vrij.Overig
		}
		names := map[string]bool{} // a household is in a group once
		for d, day := range r.days {
			for _, c := range regionNames {
				v, _ := h.stand(c, d)
				for _, state := range []string{v, vrij.Alle} {
					for _, at := range [][2]string{{h.gemeente, wijk}, {h.gemeente, vrij.Alle}, {vrij.Alle, vrij.Alle}} {
						names[onlooker.Verdict(day, c, at[0], at[1], state)] = true
					}
					if day == p {
						names[onlooker.OfType(p, c, h.typ, state)] = true
					}
				}
			}
		}
		for m := 1; m < 1<<len(regionIngredients); m++ {
			if h.on[2]&m == m {
				names[onlooker.Set(p, ingredientsOf(m)...)] = true
			}
		}
		for _, a := range regionIngredients {
			for _, b := range regionIngredients {
				if h.on[2]&bit(a) != 0 && h.on[2]&bit(b) == 0 {
					names[onlooker.Without(p, a, b)] = true
				}
				if days, both := h.order(a, b); both && a != b {
					switch {
					case h.unknown&(bit(a)|bit(b)) != 0:
						names[onlooker.Order(p, a, b, vrij.Ntb)] = true
					case days == 0:
						names[onlooker.Order(p, a, b, vrij.Alle)] = true
					case days > 0:
						names[onlooker.Order(p, a, b, "")] = true
					}
				}
			}
		}
		out[onlooker.Cost(p, "", vrij.Alle)] += h.costs
		for _, c := range regionNames {
			switch v, lacks := h.stand(c, 2); {
			case v == vrij.Vol:
				out[onlooker.Cost(p, c, vrij.Vol)] += h.costs
			default:
				names[onlooker.Rest(p, c)] = true
				out[onlooker.Cost(p, c, vrij.Overig)] += h.costs
				if lacks != "" {
					names[onlooker.Near(p, c, lacks)] = true
				}
			}
			if way := h.way(c); way != "" {
				if !ways[c+way] {
					way = vrij.Overig
				}
				names[onlooker.Way(p, c, way)] = true
			}
			if _, lacks := h.stand(c, 0); lacks != "" {
				switch v, _ := h.stand(c, 2); v {
				case vrij.Onbekend:
				case vrij.Vol:
					names[onlooker.NearBecame(p, c, lacks, vrij.Vol)], names[onlooker.NearBecame(p, c, lacks, vrij.Alle)] = true, true
				default:
					names[onlooker.NearBecame(p, c, lacks, vrij.Overig)], names[onlooker.NearBecame(p, c, lacks, vrij.Alle)] = true, true
				}
			}
		}
		groups := h.groups()
		if !slices.Contains(groups, vrij.Geen) {
			groups = append(groups, onlooker.AnyCocktail)
		}
		for _, g := range groups {
			names[onlooker.Claim(p, g, h.claim)] = true
			out[onlooker.Owed(p, g)] += h.owes
			if g == vrij.Geen || g == onlooker.AnyCocktail {
				names[onlooker.Claim(p, g, vrij.Alle)] = true
			}
		}
		for n := range names {
			out[n]++
		}
	}
	for _, o := range [][4]any{{"alle", "alle", 60, 14}, {"wachtlijst", "alle", 31, 4}, {"alle", "zorgkantoor", 25, 11}, {"wachtlijst", "zorgkantoor", 12, 3}} {
		every, no := int64(o[2].(int)), int64(o[3].(int))
		for what, n := range map[string]int64{vrij.Alle: every, vrij.Geweigerd: no, vrij.Overig: every - no} {
			out[onlooker.Plans(p, o[0].(string), o[1].(string), what)] = n
		}
	}
	return out
}

// hidden are the small groups among what is known to exist and not shown.
func hidden(o *onlooker.Onlooker, truth map[string]int64) (out []onlooker.Secret) {
	for _, name := range slices.Sorted(maps.Keys(truth)) {
		if n := truth[name]; o.Known(name) && !o.Shown(name) && n < 10 && !strings.HasPrefix(name, "kosten") && !strings.HasPrefix(name, "open") {
			out = append(out, onlooker.Secret{Name: name, Truth: n})
		}
	}
	return out
}
