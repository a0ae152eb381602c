package functions

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"stapel/transforms/typed"
)

// titanic are the 2.201 persons of R's datasets::Titanic, in its order: class within sex within age within survival.
var titanic = [32]int64{
	0, 0, 35, 0, // boys who died
	0, 0, 17, 0, // girls
	118, 154, 387, 670, // men
	4, 13, 89, 3, // women
	5, 11, 13, 0, // boys who survived
	1, 13, 14, 0, // girls
	57, 14, 75, 192, // men
	140, 80, 76, 20, // women
}

// titanicItems are what shows of a person, in the order of the alphabet and of the bits.
var titanicItems = strings.Fields("Age=Adult Age=Child Class=1st Class=2nd Class=3rd Class=Crew Sex=Female Sex=Male Survived=No Survived=Yes")

// titanicTables are the persons as households of one type and size; asked are items that a cocktail asks.
func titanicTables(asked func(item string) bool) patternTables {
	var groups []patternGroup
	for cell, n := range titanic {
		if n == 0 {
			continue
		}
		shows := int64(0)
		for _, item := range []string{
			"Class=" + []string{"1st", "2nd", "3rd", "Crew"}[cell%4],
			"Sex=" + []string{"Male", "Female"}[cell/4%2],
			"Age=" + []string{"Child", "Adult"}[cell/8%2],
			"Survived=" + []string{"No", "Yes"}[cell/16],
		} {
			shows |= 1 << slices.Index(titanicItems, item)
		}
		groups = append(groups, patternGroup{Type: "1", Size: 1, Shows: shows, Known: 1<<len(titanicItems) - 1, Households: n, Ct: 100 * n})
	}
	var ingredients []patternIngredient
	for i, item := range titanicItems {
		ingredients = append(ingredients, patternIngredient{Name: item, Bit: 1 << i, Asked: asked(item)})
	}
	return patternTables{Groups: typed.TableOf(groups...), Ingredients: typed.TableOf(ingredients...), Cocktails: typed.TableOf[patternCocktail]()}
}

// TestPatroonTitanic: support, confidence and lift of rules that the miner of frequent item sets arules gives for the Titanic, to the digits
// printed, from the counts of patroon. Source: the example of Y. Zhao, Association Rule Mining with R (slides of 2014, on chapter 9 of R and Data
// Mining), as those who follow it print it: apriori with its defaults, with Survived on the right from a support of 0,005, and the classes of
// children and adults.
func TestPatroonTitanic(t *testing.T) {
	rows, err := patroon(t.Context(), titanicTables(func(string) bool { return false }))
	if err != nil {
		t.Fatal(err)
	}
	bySet := map[string]patternRow{}
	for _, r := range rows {
		bySet[r.Set] = r
	}
	var count func(items ...string) int64 // of one item those of either sex, or of sexes those of either age
	count = func(items ...string) int64 {
		if len(items) > 1 {
			return bySet[strings.Join(slices.Sorted(slices.Values(items)), "+")].Shown
		}
		if strings.HasPrefix(items[0], "Sex=") {
			return count(items[0], "Age=Adult") + count(items[0], "Age=Child")
		}
		return count(items[0], "Sex=Female") + count(items[0], "Sex=Male")
	}
	const n = 2201
	if got := count("Sex=Female") + count("Sex=Male"); got != n {
		t.Fatalf("%d persons", got)
	}
	for _, rule := range []struct {
		left, right               string
		support, confidence, lift string
	}{
		{"", "Age=Adult", "0.9504771", "0.9504771", "1.0000000"},
		{"Class=2nd", "Age=Adult", "0.1185825", "0.9157895", "0.9635051"},
		{"Class=1st", "Age=Adult", "0.1449341", "0.9815385", "1.0326798"},
		{"Sex=Female", "Age=Adult", "0.1930940", "0.9042553", "0.9513700"},
		{"Class=3rd", "Age=Adult", "0.2848705", "0.8881020", "0.9343750"},
		{"Survived=Yes", "Age=Adult", "0.2971377", "0.9198312", "0.9677574"},
		{"Class=Crew", "Sex=Male", "0.3916402", "0.9740113", "1.2384742"},
		{"Class=Crew", "Age=Adult", "0.4020900", "1.0000000", "1.0521033"},
		{"Survived=No", "Sex=Male", "0.6197183", "0.9154362", "1.1639949"},
		{"Survived=No", "Age=Adult", "0.6533394", "0.9651007", "1.0153856"},
		{"Sex=Male", "Age=Adult", "0.7573830", "0.9630272", "1.0132040"},
		{"Sex=Female Survived=Yes", "Age=Adult", "0.1435711", "0.9186047", "0.9664669"},
		{"Class=3rd Sex=Male", "Survived=No", "0.1917310", "0.8274510", "1.2222950"},
		{"Class=3rd Survived=No", "Age=Adult", "0.2162653", "0.9015152", "0.9484870"},
		{"Class=3rd Sex=Male", "Age=Adult", "0.2099046", "0.9058824", "0.9530818"},
		{"Sex=Male Survived=Yes", "Age=Adult", "0.1535666", "0.9209809", "0.9689670"},
		{"Class=Crew Survived=No", "Sex=Male", "0.3044071", "0.9955423", "1.2658514"},
		{"Class=Crew Survived=No", "Age=Adult", "0.3057701", "1.0000000", "1.0521033"},
		{"Class=Crew Sex=Male", "Age=Adult", "0.3916402", "1.0000000", "1.0521033"},
		{"Class=Crew Age=Adult", "Sex=Male", "0.3916402", "0.9740113", "1.2384742"},
		{"Sex=Male Survived=No", "Age=Adult", "0.6038164", "0.9743402", "1.0251065"},
		{"Age=Adult Survived=No", "Sex=Male", "0.6038164", "0.9242003", "1.1751385"},
		{"Class=3rd Sex=Male Survived=No", "Age=Adult", "0.1758292", "0.9170616", "0.9648435"},
		{"Class=3rd Age=Adult Survived=No", "Sex=Male", "0.1758292", "0.8130252", "1.0337773"},
		{"Class=3rd Sex=Male Age=Adult", "Survived=No", "0.1758292", "0.8376623", "1.2373791"},
		{"Class=Crew Sex=Male Survived=No", "Age=Adult", "0.3044071", "1.0000000", "1.0521033"},
		{"Class=Crew Age=Adult Survived=No", "Sex=Male", "0.3044071", "0.9955423", "1.2658514"},
		{"Class=2nd Age=Child", "Survived=Yes", "0.011", "1.000", "3.096"},
		{"Class=2nd Sex=Female Age=Child", "Survived=Yes", "0.006", "1.000", "3.096"},
		{"Class=1st Sex=Female", "Survived=Yes", "0.064", "0.972", "3.010"},
		{"Class=1st Sex=Female Age=Adult", "Survived=Yes", "0.064", "0.972", "3.010"},
		{"Class=2nd Sex=Female", "Survived=Yes", "0.042", "0.877", "2.716"},
		{"Class=Crew Sex=Female", "Survived=Yes", "0.009", "0.870", "2.692"},
		{"Class=Crew Sex=Female Age=Adult", "Survived=Yes", "0.009", "0.870", "2.692"},
		{"Class=2nd Sex=Female Age=Adult", "Survived=Yes", "0.036", "0.860", "2.663"},
		{"Class=2nd Sex=Male Age=Adult", "Survived=No", "0.070", "0.917", "1.354"},
		{"Class=2nd Sex=Male", "Survived=No", "0.070", "0.860", "1.271"},
		{"Class=1st Age=Child", "Survived=Yes", "0.002726034", "1.0000000", "3.0956399"},
		{"Class=1st Age=Adult", "Survived=Yes", "0.089504771", "0.6175549", "1.9117275"},
		{"Class=2nd Age=Adult", "Survived=Yes", "0.042707860", "0.3601533", "1.1149048"},
		{"Class=3rd Age=Child", "Survived=Yes", "0.012267151", "0.3417722", "1.0580035"},
		{"Class=3rd Age=Adult", "Survived=Yes", "0.068605179", "0.2408293", "0.7455209"},
	} {
		left := strings.Fields(rule.left)
		both, of, right := float64(count(append(left, rule.right)...)), float64(n), float64(count(rule.right))
		if len(left) > 0 {
			of = float64(count(left...))
		}
		for name, x := range map[string]struct {
			got  float64
			want string
		}{"support": {both / n, rule.support}, "confidence": {both / of, rule.confidence}, "lift": {both / of / (right / n), rule.lift}} {
			_, digits, _ := strings.Cut(x.want, ".")
			if got := fmt.Sprintf("%.*f", len(digits), x.got); got != x.want {
				t.Errorf("{%s} => {%s}: %s %s, published %s", rule.left, rule.right, name, got, x.want)
			}
		}
		if len(left) == 1 { // the lift of two is that of the rule, and aandeel its support
			r := bySet[strings.Join(slices.Sorted(slices.Values([]string{left[0], rule.right})), "+")]
			if got := fmt.Sprintf("%.7f %.7f", *r.Share, *r.Lift); got != rule.support+" "+rule.lift {
				t.Errorf("%s: %s, published %s %s", r.Set, got, rule.support, rule.lift)
			}
		}
	}
}

// TestPatroonAll: every set of two to five of what is asked has a row, also what nobody shows; of the rest those that somebody shows; each counted
// once, person by person.
func TestPatroonAll(t *testing.T) {
	for _, asked := range []func(string) bool{
		func(string) bool { return true },
		func(string) bool { return false },
		func(item string) bool { return strings.HasPrefix(item, "Class=") },
	} {
		rows, err := patroon(t.Context(), titanicTables(asked))
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]int64{}
		for _, r := range rows {
			got[r.Set] = r.Shown
			if r.Ct != 100*r.Shown || (r.MeanCt == nil) != (r.Shown == 0) || r.MeanCt != nil && *r.MeanCt != 100 || r.Judged != 2201 || r.Seen != r.Shown || r.Unknown != 0 {
				t.Errorf("%+v", r)
			}
		}
		if len(got) != len(rows) {
			t.Errorf("%d rows, %d sets", len(rows), len(got))
		}
		sets := 0
		for bits := range 1 << len(titanicItems) {
			var items []string
			all := true
			for i, item := range titanicItems {
				if bits>>i&1 == 1 {
					items = append(items, item)
					all = all && asked(item)
				}
			}
			if len(items) < 2 || len(items) > 5 {
				continue
			}
			shown := int64(0)
			for cell, n := range titanic {
				of := []string{"Class=" + []string{"1st", "2nd", "3rd", "Crew"}[cell%4], "Sex=" + []string{"Male", "Female"}[cell/4%2],
					"Age=" + []string{"Child", "Adult"}[cell/8%2], "Survived=" + []string{"No", "Yes"}[cell/16]}
				if !slices.ContainsFunc(items, func(item string) bool { return !slices.Contains(of, item) }) {
					shown += n
				}
			}
			n, there := got[strings.Join(items, "+")]
			if there != (all || shown > 0) || n != shown {
				t.Errorf("%v: %d, a row %v; want %d", items, n, there, shown)
			}
			if there {
				sets++
			}
		}
		if sets != len(rows) {
			t.Errorf("%d rows, want %d", len(rows), sets)
		}
	}
}

// TestPatroonWithoutStrata: what the worked example of docs/methods.md would be, were couples and people alone of one type and size.
func TestPatroonWithoutStrata(t *testing.T) {
	const debts, housing, both = 1, 2, 3
	group := func(shows, households int64) patternGroup {
		return patternGroup{Type: "1", Size: 1, Shows: shows, Known: both, Households: households}
	}
	rows, err := patroon(t.Context(), patternTables{
		Ingredients: typed.TableOf(patternIngredient{"schulden", debts, true}, patternIngredient{"woonproblematiek", housing, true}),
		Cocktails:   typed.TableOf[patternCocktail](),
		Groups:      typed.TableOf(group(0, 15+4), group(debts, 1+1), group(housing, 3+2), group(both, 1+3))})
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	if r := rows[0]; r.Judged != 30 || r.Seen != 4 || math.Abs(*r.Expected-1.8) > 1e-12 || math.Abs(*r.Lift-2.22) > 0.005 {
		t.Errorf("%d judged, %d seen, %v expected, lift %v; want 30, 4, 1.8, 2.22", r.Judged, r.Seen, *r.Expected, *r.Lift)
	}
}
