package functions

import (
	"math"
	"slices"
	"strings"
	"testing"

	"stapel/transforms/typed"
)

func near(got *float64, want float64) bool { return got != nil && math.Abs(*got-want) < 5e-3 }

// patternsFrom gives the rows of patroon by their combination.
func patternsFrom(t *testing.T, cocktails []patternCocktail, ingredients []patternIngredient, groups ...patternGroup) map[string]patternRow {
	t.Helper()
	rows, err := patroon(t.Context(), patternTables{typed.TableOf(groups...), typed.TableOf(ingredients...), typed.TableOf(cocktails...)})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]patternRow{}
	for _, r := range rows {
		out[r.Set] = r
	}
	if !slices.IsSortedFunc(rows, func(a, b patternRow) int { return strings.Compare(a.Set, b.Set) }) || len(out) != len(rows) {
		t.Error("rows are not in the order of their combination, each once")
	}
	return out
}

// TestPatroonExample is the worked example of docs/methods.md.
func TestPatroonExample(t *testing.T) {
	const debts, housing, child, prison = 1, 2, 4, 8
	ingredients := []patternIngredient{{"schulden", debts, true}, {"wonen", housing, true}, {"kind", child, true}, {"detentie", prison, false}}
	known := int64(debts | housing | child)
	rows := patternsFrom(t, []patternCocktail{{"k", "wonen+schulden"}, {"l", "wonen+schulden"}, {"m", "wonen+schulden+kind"}}, ingredients,
		patternGroup{"3", 4, debts | housing, known, 3, 300}, patternGroup{"3", 4, debts, known, 1, 50}, patternGroup{"3", 4, housing, known, 2, 10},
		patternGroup{"3", 4, 0, known, 4, 0},
		patternGroup{"1", 1, debts | housing, known, 1, 101}, patternGroup{"1", 1, debts, known, 1, 7}, patternGroup{"1", 1, housing, known, 3, 0},
		patternGroup{"1", 1, 0, known, 15, 0},
		// debts show where nobody would know that there are none: counted, and nothing is expected of it
		patternGroup{"1", 1, debts | housing, housing | child, 5, 99}, patternGroup{"1", 1, housing | prison, housing | child, 2, 0})
	r := rows["schulden+wonen"]
	if r.Shown != 9 || r.Judged != 30 || r.Seen != 4 || r.Unknown != 2 || r.Cocktail != "k|l" || !r.Asked || r.N != 2 || r.Ct != 500 || *r.MeanCt != 56 {
		t.Errorf("%+v", r)
	}
	if !near(r.Expected, 2.4) || !near(r.Lift, 1.6667) || !near(r.Low, 0.454) || !near(r.High, 4.267) || !near(r.Share, 4.0/30) {
		t.Errorf("expected %v, lift %v [%v, %v], share %v", *r.Expected, *r.Lift, *r.Low, *r.High, *r.Share)
	}
	// the only set of asked ingredients that both show where their absence would be known
	if !near(r.P, 0.2213) || !near(r.Q, 0.2213) || *r.Rank != 1 {
		t.Errorf("p %v, q %v, place %v", *r.P, *r.Q, *r.Rank)
	}
	// asked, not shown, and not expected either
	if r := rows["kind+schulden"]; r.Shown != 0 || r.Judged != 30 || r.Expected != nil || r.MeanCt != nil || r.Unknown != 0 {
		t.Errorf("%+v", r)
	}
	// no feed shows it for everybody: a count, nobody to be judged, and everybody else may have it
	if r := rows["detentie+wonen"]; r.Shown != 2 || r.Judged != 0 || r.Share != nil || r.Expected != nil || r.Asked || r.Unknown != 14 {
		t.Errorf("%+v", r)
	}
	if _, ok := rows["detentie+schulden"]; ok {
		t.Error("a set that is no cocktail's and that nobody shows has a row")
	}
	if r := rows["kind+schulden+wonen"]; r.Cocktail != "m" || r.N != 3 {
		t.Errorf("%+v", r)
	}
}

// TestPatroonFamily: the sets that nobody shows count among the hypotheses.
func TestPatroonFamily(t *testing.T) {
	const all = 1<<6 - 1
	var ingredients []patternIngredient
	for i, name := range []string{"a", "b", "c", "d", "e", "f"} {
		ingredients = append(ingredients, patternIngredient{name, 1 << i, i < 3})
	}
	rows := patternsFrom(t, nil, ingredients,
		patternGroup{"1", 1, 0b000011, all, 10, 0}, patternGroup{"1", 1, 0b000100, all, 10, 0}, patternGroup{"1", 1, 0b111000, all, 10, 0},
		patternGroup{"1", 1, 0, all, 70, 0})
	// of a, b and c four sets: three pairs and all three; of all six 15 + 20 + 15 + 6, less those four
	for set, of := range map[string]float64{"a+b": 4, "d+e+f": 52} {
		r := rows[set]
		if r.Q == nil || math.Abs(*r.Q / *r.P - of) > 1e-6 {
			t.Errorf("%s: p %v, q %v, want it over %v sets", set, *r.P, r.Q, of)
		}
	}
	if len(rows) != 4+4 { // of the rest the sets of d, e and f that are shown
		t.Errorf("%d rows", len(rows))
	}
}

// TestOvergang: each pair in both directions; what does not count is in neither.
func TestOvergang(t *testing.T) {
	rows, err := overgang(t.Context(), orderTables{typed.TableOf(
		orderCount{"a", "b", -1, 4}, orderCount{"a", "b", 0, 2}, orderCount{"a", "b", 10, 3}, orderCount{"a", "b", 40, 3},
		orderCount{"b", "a", -1, 4}, orderCount{"b", "a", 0, 2}, orderCount{"b", "a", 5, 2},
		orderCount{"c", "a", 7, 1})})
	if err != nil {
		t.Fatal(err)
	}
	by := map[string]orderRow{}
	for _, r := range rows {
		by[r.From+r.To] = r
	}
	r := by["ab"]
	if r.Households != 6 || r.Reverse != 2 || r.Same != 2 || r.Unknown != 4 || *r.Median != 25 || *r.P25 != 10 || *r.P75 != 40 {
		t.Errorf("%+v", r)
	}
	// 6 of 8: Clopper-Pearson 0,3491 to 0,9681; two-sided sign test 2 (1 + 8 + 28) / 256
	if !near(r.Share, 0.75) || !near(r.Low, 0.349) || !near(r.High, 0.968) || !near(r.P, 0.2891) {
		t.Errorf("%v [%v, %v], p %v", *r.Share, *r.Low, *r.High, *r.P)
	}
	if r := by["ba"]; r.Households != 2 || r.Reverse != 6 || r.Unknown != 4 || *r.Median != 5 {
		t.Errorf("%+v", r)
	}
	if r := by["ac"]; r.Households != 0 || r.Reverse != 1 || r.Median != nil || *r.Share != 0 || !near(r.P, 1) {
		t.Errorf("%+v", r)
	}
}

// TestPad: the rows of a cocktail are all its households, and those of which the way was not seen have no days.
func TestPad(t *testing.T) {
	tables := pathTables{typed.TableOf(
		pathCount{"k", "a>b", 0, "", "vol", 10, 1}, pathCount{"k", "a>b", 0, "", "vol", 30, 1},
		pathCount{"k", "a>b", 1, "a", "b", 10, 2}, pathCount{"k", "a>b", 2, "b", "vol", 0, 1}, pathCount{"k", "a>b", 2, "b", "vol", 20, 1},
		pathCount{"k", "al_vol", 0, "", "vol", -1, 3})}
	paths, err := pad(t.Context(), tables)
	if err != nil {
		t.Fatal(err)
	}
	if len(paths) != 2 || paths[0].Households != 2 || *paths[0].Median != 20 || *paths[0].P25 != 15 || paths[1].Path != "al_vol" ||
		paths[1].Households != 3 || paths[1].Median != nil {
		t.Errorf("%+v", paths)
	}
	steps, err := padStap(t.Context(), tables)
	if err != nil {
		t.Fatal(err)
	}
	if len(steps) != 2 || steps[0].To != "b" || steps[0].Households != 2 || *steps[0].Median != 10 || steps[1].From != "b" || *steps[1].Median != 10 {
		t.Errorf("%+v", steps)
	}
}

// TestHindernis: a plan that is not approved stays in sight; a party is asked about its own decisions; spelling makes no other obstacle.
func TestHindernis(t *testing.T) {
	text := func(s string) *string { return &s }
	days := func(n int64) *int64 { return &n }
	rows, err := hindernis(t.Context(), obstacleTables{
		typed.TableOf(
			obstaclePlan{"c1", text("Huisvesting| regels |huisvesting"), days(30), 400}, obstaclePlan{"c2", text("huisvesting"), nil, 200},
			obstaclePlan{"c3", text("huisvesting"), days(60), 300}, obstaclePlan{"c4", nil, nil, 100}),
		typed.TableOf(
			obstacleDecision{"c1", text("Corporatie"), "akkoord", 5}, obstacleDecision{"c1", text("corporatie "), "afwijzen", 9},
			obstacleDecision{"c2", text("corporatie"), "aanvullen", 15}, obstacleDecision{"c2", nil, "akkoord", 3},
			// what was said last counts, however it is spelt; of one day the least favourable
			obstacleDecision{"c3", text("CORPORATIE"), "afwijzen", 25}, obstacleDecision{"c3", text("corporatie"), "akkoord", 30},
			obstacleDecision{"c4", text("Alle"), "akkoord", 8}, obstacleDecision{"c4", text("alle"), "aanvullen", 8})})
	if err != nil {
		t.Fatal(err)
	}
	by := map[[2]string]obstacleRow{}
	for _, r := range rows {
		by[[2]string{r.Obstacle, r.Party}] = r
	}
	for _, c := range []struct {
		obstacle, party      string
		plans, refused, more int64
		median               float64
	}{
		{"alle", "alle", 4, 1, 2, 60},        // S(30) = 3/4, S(60) = 1/2: those that were not approved are in sight on both days
		{"huisvesting", "alle", 3, 1, 1, 60}, // S(30) = 2/3, S(60) = 1/3
		{"regels", "alle", 1, 1, 0, 30},
		{"huisvesting", "corporatie", 3, 1, 1, 15},
		{"alle", "niet_genoemd", 1, 0, 0, 3}, {"alle", "alle (naam)", 1, 0, 1, 8},
	} {
		r, ok := by[[2]string{c.obstacle, c.party}]
		if !ok || r.Plans != c.plans || r.Refused != c.refused || r.More != c.more || r.Median == nil || *r.Median != c.median {
			t.Errorf("%s, %s: %+v (median %v)", c.obstacle, c.party, r, r.Median)
		}
	}
	if len(rows) != 4+3+2 {
		t.Errorf("%d rows: %+v", len(rows), rows)
	}
}
