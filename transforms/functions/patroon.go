package functions

import (
	"cmp"
	"context"
	"maps"
	"math/bits"
	"slices"
	"strconv"
	"strings"

	"stapel/transforms/estimate"
	"stapel/transforms/typed"
)

/*
name: patroon
doc: >
  Which ingredients show together at P, for every set of two to five (methods 6): a row for each set that some household shows, and for
  each of those that cocktails ask, shown or not. Expected is what would be if ingredients had nothing to do with each other among households
  of one type and size, in households of which the absence of each would be known. Of an ingredient that no feed shows for everybody there is
  no expectation. q_waarde is over all sets of two to five that could be judged, those of the ingredients of cocktails (basis) apart from the rest.
level: totaal
grain: [combinatie]
reads: [patroon_groep, ingredient, cocktail_lijst]
columns:
  - combinatie tekst: ingredients in the order of the alphabet, joined by +
  - n_ingredienten aantal: how many
  - basis vlag: all are ingredients of cocktails
  - cocktail_id tekst: cocktails of which these are the ingredients, joined by |; empty text otherwise
  - huishoudens aantal: households in which all show
  - niet_te_beoordelen aantal: in which not all show and none is known to be absent
  - beoordeeld aantal: households of which the absence of each would be known
  - waargenomen aantal: of which all show
  - aandeel aandeel?: waargenomen over beoordeeld; empty without these
  - verwacht_huishoudens getal?: of beoordeeld; empty where nobody could be judged, or some ingredient shows in none of them
  - lift getal?: waargenomen over verwacht_huishoudens
  - lift_laag getal?: lower 95% bound, of the exact interval of a Poisson count
  - lift_hoog getal?: upper
  - p_waarde aandeel?: chance of so many or more, were nothing the matter
  - q_waarde aandeel?: the same after Benjamini and Hochberg
  - rang aantal?: place by lift_laag, then lift, then combinatie, those with basis apart from the rest
  - kosten_t0_ct ct: declared cost in T0 of huishoudens
  - gemiddeld_ct ct?: the same for each, half away from zero; empty without households
needs:
  kosten_t0_ct gemiddeld_ct: +gedeclareerd
figures:
  n_ingredienten: gegeven, aantal onderdelen van de combinatie
  huishoudens: telling, huishoudens waarin alle onderdelen er zijn
  niet_te_beoordelen: telling, huishoudens waarin niet alles te zien is en niets zeker ontbreekt
  beoordeeld: telling, huishoudens van wie van elk onderdeel bekend is of het er is
  waargenomen: telling, daarvan met alle onderdelen
  aandeel: schatting, waargenomen gedeeld door beoordeeld
  verwacht_huishoudens: schatting, huishoudens die men zou verwachten als onderdelen niets met elkaar te maken hadden
  lift: schatting, waargenomen gedeeld door verwacht
  lift_laag lift_hoog: schatting, 95%-grens van de lift (Poisson)
  p_waarde q_waarde: schatting, kans op zoveel of meer bij toeval; q na correctie voor het aantal combinaties
  rang: schatting, plaats naar lift_laag
  kosten_t0_ct: som, som van de kosten van die huishoudens in de laatste 12 maanden
  gemiddeld_ct: schatting, kosten_t0_ct gedeeld door huishoudens
*/

// patternTables are what patroon reads.
type patternTables struct {
	Groups      typed.Table[patternGroup]      `table:"patroon_groep"`
	Ingredients typed.Table[patternIngredient] `table:"ingredient"`
	Cocktails   typed.Table[patternCocktail]   `table:"cocktail_lijst"`
}

type patternGroup struct {
	Type       string `parquet:"typhh"`
	Size       int64  `parquet:"grootte"`
	Shows      int64  `parquet:"te_zien"`
	Known      int64  `parquet:"bekend"`
	Households int64  `parquet:"huishoudens"`
	Ct         int64  `parquet:"kosten_t0_ct"`
}

type patternIngredient struct {
	Name  string `parquet:"ingredient"`
	Bit   int64  `parquet:"bit"`
	Asked bool   `parquet:"basis"`
}

type patternCocktail struct {
	ID          string `parquet:"cocktail_id"`
	Ingredients string `parquet:"ingredienten"`
}

type patternRow struct {
	Set      string   `parquet:"combinatie"`
	N        int64    `parquet:"n_ingredienten"`
	Asked    bool     `parquet:"basis"`
	Cocktail string   `parquet:"cocktail_id"`
	Shown    int64    `parquet:"huishoudens"`
	Unknown  int64    `parquet:"niet_te_beoordelen"`
	Judged   int64    `parquet:"beoordeeld"`
	Seen     int64    `parquet:"waargenomen"`
	Share    *float64 `parquet:"aandeel,optional"`
	Expected *float64 `parquet:"verwacht_huishoudens,optional"`
	Lift     *float64 `parquet:"lift,optional"`
	Low      *float64 `parquet:"lift_laag,optional"`
	High     *float64 `parquet:"lift_hoog,optional"`
	P        *float64 `parquet:"p_waarde,optional"`
	Q        *float64 `parquet:"q_waarde,optional"`
	Rank     *int64   `parquet:"rang,optional"`
	Ct       int64    `parquet:"kosten_t0_ct"`
	MeanCt   *int64   `parquet:"gemiddeld_ct,optional"`
}

// The least and the most ingredients of a set.
const smallestSet, largestSet = 2, 5

// patroon counts the sets.
func patroon(ctx context.Context, in patternTables) ([]patternRow, error) {
	groups, err := in.Groups.All(ctx)
	if err != nil {
		return nil, err
	}
	ingredients, err := in.Ingredients.All(ctx)
	if err != nil {
		return nil, err
	}
	cocktails, err := in.Cocktails.All(ctx)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(ingredients, func(a, b patternIngredient) int { return cmp.Compare(a.Name, b.Name) })
	p := patternsOf(groups)
	var asked int64
	for _, i := range ingredients {
		if i.Asked {
			asked |= i.Bit
		}
	}
	sets := p.shown()
	subsets(asked, func(set int64) { sets[set] = sets[set] })
	var out []patternRow
	for _, set := range slices.Sorted(maps.Keys(sets)) {
		row := p.row(set, sets[set])
		row.N, row.Asked = int64(bits.OnesCount64(uint64(set))), set&^asked == 0
		row.Set = names(ingredients, set)
		row.Cocktail = named(cocktails, row.Set)
		out = append(out, row)
	}
	slices.SortFunc(out, func(a, b patternRow) int { return cmp.Compare(a.Set, b.Set) })
	among := p.judgeable()
	test(out, true, countSets(among&asked))
	test(out, false, countSets(among)-countSets(among&asked))
	return out, nil
}

// digits leaves out what of a number is the order in which it was worked out.
func digits(x float64) float64 {
	short, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 10, 64), 64)
	return short
}

// names are the ingredients of a set, joined.
func names(ingredients []patternIngredient, set int64) string {
	var list []string
	for _, i := range ingredients {
		if set&i.Bit != 0 {
			list = append(list, i.Name)
		}
	}
	return strings.Join(list, "+")
}

// named are the cocktails of which a set has the ingredients, and no more.
func named(cocktails []patternCocktail, set string) string {
	var ids []string
	for _, c := range cocktails {
		list := strings.Split(c.Ingredients, "+")
		slices.Sort(list)
		if strings.Join(list, "+") == set {
			ids = append(ids, c.ID)
		}
	}
	return strings.Join(ids, "|")
}

// subsets gives every set of two to five of the bits.
func subsets(of int64, give func(set int64)) {
	var grow func(set, left int64, n int)
	grow = func(set, left int64, n int) {
		if n >= smallestSet {
			give(set)
		}
		if n == largestSet {
			return
		}
		for left != 0 {
			bit := left & -left
			left &^= bit
			grow(set|bit, left, n+1)
		}
	}
	grow(0, of, 0)
}

// countSets is how many sets of two to five there are of the bits.
func countSets(of int64) int {
	n, sum, choose := bits.OnesCount64(uint64(of)), 0, 1
	for k := 1; k <= largestSet; k++ {
		choose = choose * (n - k + 1) / k
		if k >= smallestSet {
			sum += choose
		}
	}
	return sum
}

// test gives q-values and places to the rows with an expectation.
func test(rows []patternRow, asked bool, of int) {
	var list []*patternRow
	var p []float64
	for i := range rows {
		if rows[i].Asked == asked && rows[i].P != nil {
			list, p = append(list, &rows[i]), append(p, *rows[i].P)
		}
	}
	for i, q := range estimate.BenjaminiHochberg(p, max(of, len(p))) {
		list[i].Q = &q
	}
	slices.SortStableFunc(list, func(a, b *patternRow) int {
		return cmp.Or(cmp.Compare(digits(*b.Low), digits(*a.Low)), cmp.Compare(digits(*b.Lift), digits(*a.Lift)), cmp.Compare(a.Set, b.Set))
	})
	for i, r := range list {
		rank := int64(i + 1)
		r.Rank = &rank
	}
}
