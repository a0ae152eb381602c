package main

import (
	"fmt"
	"math"
	"testing"
)

type expectedRow struct {
	Rank     int64  `parquet:"rang"`
	ID       string `parquet:"huishouden_id"`
	T0       int64  `parquet:"kosten_t0_ct"`
	T1       int64  `parquet:"kosten_t1_ct"`
	Provided int64  `parquet:"voorzieningen"`
	Eligible bool   `parquet:"in_aanmerking"`
	Expected *int64 `parquet:"verwacht_volgend_jaar_ct,optional"`
}

type cellRow struct {
	Band       string `parquet:"band"`
	Years      string `parquet:"jaren"`
	Kids       string `parquet:"kinderen"`
	Households int64  `parquet:"huishoudens"`
	Sum        int64  `parquet:"som_ct"`
	Expected   int64  `parquet:"verwacht_ct"`
}

// TestExpectedCost: every household of the ranking has the value of the cell it is in, worked out here from the ranking itself.
func TestExpectedCost(t *testing.T) {
	ranks := mart[expectedRow](t, "ranglijst")
	cells := map[string]cellRow{}
	for _, c := range mart[cellRow](t, "verwacht_cel") {
		cells[c.Band+c.Years+c.Kids] = c
	}
	kids := map[string]bool{}
	for _, h := range mart[huishoudenRow](t, "huishouden") {
		kids[h.ID] = h.Children > 0
	}
	n := len(ranks)
	first := func(promille int) int { return (n*promille + 999) / 1000 }
	for i, r := range ranks {
		band := "rest"
		for _, b := range []struct {
			promille int
			name     string
		}{{100, "top_10"}, {50, "top_5"}, {20, "top_2"}, {10, "top_1"}, {5, "top_0.5"}, {1, "top_0.1"}} {
			if i < first(b.promille) {
				band = b.name
			}
		}
		years := 0
		for _, ct := range []int64{r.T0, r.T1} {
			if ct >= 50000_00 {
				years++
			}
		}
		child := "nee"
		if kids[r.ID] {
			child = "ja"
		}
		cell, ok := cells[fmt.Sprint(band, years, child)]
		if !ok || r.Expected == nil || *r.Expected != cell.Expected {
			t.Fatalf("rank %d: expected cost %v, its cell (%s, %d years, %s) says %d", r.Rank, r.Expected, band, years, child, cell.Expected)
		}
	}
	// cells hold each household once: those of a band are those of its years, and those of a year those with and without children
	for key, c := range cells {
		if c.Kids != "alle" {
			continue
		}
		var n, sum int64
		for _, part := range cells {
			if part.Band == c.Band && (c.Years == "alle" && part.Years != "alle" && part.Kids == "alle" ||
				c.Years != "alle" && part.Years == c.Years && part.Kids != "alle") {
				n, sum = n+part.Households, sum+part.Sum
			}
		}
		if n != c.Households || sum != c.Sum {
			t.Errorf("cell %s: %d households of %d ct, its parts %d of %d", key, c.Households, c.Sum, n, sum)
		}
	}
}

// TestLorenzIsTheRanking: the curve is the running cost of the ranking, at the points of its grid, and its area gives Gini.
func TestLorenzIsTheRanking(t *testing.T) {
	ranks := mart[expectedRow](t, "ranglijst")
	running := make([]int64, len(ranks)+1)
	for i, r := range ranks {
		running[i+1] = running[i] + max(0, r.T0)
	}
	total := running[len(ranks)]
	points := mart[struct {
		N int64   `parquet:"huishoudens"`
		X float64 `parquet:"aandeel_huishoudens"`
		Y float64 `parquet:"aandeel_kosten"`
	}](t, "lorenz")
	grid := map[int]bool{}
	for promille := 1; promille <= 1000; promille++ {
		if promille <= 20 || promille <= 200 && promille%5 == 0 || promille%10 == 0 {
			grid[(len(ranks)*promille+999)/1000] = true
		}
	}
	for _, p := range points {
		if !grid[int(p.N)] {
			t.Errorf("%d households are no point of the grid", p.N)
		}
	}
	if len(points) != len(grid) || len(grid) != 136 || points[len(points)-1].N != int64(len(ranks)) {
		t.Fatalf("%d points of %d, the last at %d", len(points), len(grid), points[len(points)-1].N)
	}
	for _, p := range points {
		if math.Abs(p.X-float64(p.N)/float64(len(ranks))) > 1e-12 || math.Abs(p.Y-float64(running[p.N])/float64(total)) > 1e-12 {
			t.Errorf("at %d households: %v, %v", p.N, p.X, p.Y)
		}
	}
	area := 0.0
	for i := range ranks {
		area += (float64(running[i]) + float64(running[i+1])) / 2 / float64(total) / float64(len(ranks))
	}
	at := map[int64]float64{}
	for _, p := range points {
		at[p.N] = p.Y
	}
	tops := map[string]int{"top_0.1": 1, "top_1": 10, "top_5": 50, "top_10": 100}
	var negative bool
	for _, r := range ranks {
		negative = negative || r.T0 < 0
	}
	for _, c := range mart[struct {
		Name  string  `parquet:"maat"`
		Value float64 `parquet:"waarde"`
	}](t, "concentratie") {
		if c.Name == "gini" && math.Abs(c.Value-(2*area-1)) > 1e-9 {
			t.Errorf("gini %v, the curve gives %v", c.Value, 2*area-1)
		}
		if promille := tops[c.Name]; promille > 0 {
			y, ok := at[int64((len(ranks)*promille+999)/1000)]
			if !ok || !negative && math.Abs(y-c.Value) > 1e-12 {
				t.Errorf("%s is %v, the curve has %v (a point: %v)", c.Name, c.Value, y, ok)
			}
		}
	}
}

// TestGroupsAreComplete: every way of looking at the selection counts every household of the ranking once, and the back-test of the
// groups is that of the bands.
func TestGroupsAreComplete(t *testing.T) {
	ranks := mart[expectedRow](t, "ranglijst")
	var eligible int64
	for _, r := range ranks {
		if r.Eligible {
			eligible++
		}
	}
	var tested, foretold, real int64
	for _, b := range mart[struct {
		N        int64 `parquet:"n"`
		Expected int64 `parquet:"verwacht_ct"`
		Real     int64 `parquet:"werkelijk_ct"`
	}](t, "ijking") {
		tested, foretold, real = tested+b.N, foretold+b.Expected, real+b.Real
	}
	type sums struct{ n, eligible, selected, tested, foretold, real int64 }
	got := map[string]sums{}
	for _, g := range mart[struct {
		Feature  string `parquet:"kenmerk"`
		Group    string `parquet:"groep"`
		N        int64  `parquet:"huishoudens"`
		Eligible int64  `parquet:"in_aanmerking"`
		Selected int64  `parquet:"geselecteerd"`
		Tested   int64  `parquet:"getoetst"`
		Expected int64  `parquet:"verwacht_ct"`
		Real     int64  `parquet:"werkelijk_ct"`
	}](t, "eerlijkheid") {
		s := got[g.Feature]
		got[g.Feature] = sums{s.n + g.N, s.eligible + g.Eligible, s.selected + g.Selected, s.tested + g.Tested, s.foretold + g.Expected, s.real + g.Real}
	}
	want := sums{int64(len(ranks)), eligible, min(eligible, 50), tested, foretold, real}
	for _, feature := range []string{"huishoudtype", "kinderen", "leeftijd", "geslacht", "gemeente", "wijk"} {
		if got[feature] != want || tested == 0 {
			t.Errorf("%s: %+v, want %+v", feature, got[feature], want)
		}
	}
}

// TestStackingIsTheRanking: on P, households by number of provisions are counted from the ranking's own column; and every
// moment, gemeente and measure has a row, whose shares are those of its counts.
func TestStackingIsTheRanking(t *testing.T) {
	want := map[string]int64{}
	for _, r := range mart[expectedRow](t, "ranglijst") {
		name := fmt.Sprint(r.Provided)
		if r.Provided >= 6 {
			name = "6+"
		}
		want[name]++
		if r.Provided >= 2 {
			want["twee_of_meer"]++
		}
	}
	rows, seen := 0, map[string]bool{}
	for _, s := range mart[struct {
		Moment     string  `parquet:"moment"`
		Gemeente   string  `parquet:"gemeentecode"`
		Measure    string  `parquet:"maat"`
		N          int64   `parquet:"huishoudens"`
		Of         int64   `parquet:"van_huishoudens"`
		Persons    int64   `parquet:"personen"`
		Inhabitant int64   `parquet:"inwoners"`
		Hundred    float64 `parquet:"per_100_huishoudens"`
		Thousand   float64 `parquet:"per_1000_inwoners"`
	}](t, "stapeling") {
		rows++
		seen[s.Gemeente] = true
		if math.Abs(s.Thousand-1000*float64(s.Persons)/float64(s.Inhabitant))+math.Abs(s.Hundred-100*float64(s.N)/float64(s.Of)) > 1e-9 {
			t.Errorf("%s %s %s: %v per hundred, %v per thousand: %+v", s.Moment, s.Gemeente, s.Measure, s.Hundred, s.Thousand, s)
		}
		if s.Moment == "peildatum" && s.Gemeente == "alle" && s.Measure != "meer_wetten" && s.N != want[s.Measure] {
			t.Errorf("%s: %d households, the ranking has %d", s.Measure, s.N, want[s.Measure])
		}
	}
	if rows != 2*9*len(seen) || len(seen) != 4 {
		t.Errorf("%d rows for %d gemeenten and all together, want 9 measures at 2 moments for each", rows, len(seen))
	}
}

// TestGoldenThen compares the households of a year and two years ago with the slow calculator: who lived together then, in
// which band and cell, and what the next year cost; and so the stacking of the half year, and health care on insured days.
func TestGoldenThen(t *testing.T) {
	want := expected(t).Totals
	cells := map[string]cellRow{}
	for _, c := range mart[cellRow](t, "verwacht_cel") {
		if c.Years != "alle" && c.Kids != "alle" && c.Households > 0 {
			cells[c.Band+" "+c.Years+" "+c.Kids] = c
		}
	}
	if len(cells) != len(want.Cells) || len(cells) == 0 {
		t.Errorf("%d cells with households, want %d", len(cells), len(want.Cells))
	}
	for _, w := range want.Cells {
		if c := cells[fmt.Sprint(w.Band, " ", w.Years, " ", w.Kids)]; c.Households != int64(w.Households) || c.Sum != w.NextCt {
			t.Errorf("cell %s %d %s: %d households, %d ct, want %d and %d", w.Band, w.Years, w.Kids, c.Households, c.Sum, w.Households, w.NextCt)
		}
	}
	bands := map[string][3]int64{}
	for _, b := range mart[struct {
		Band string `parquet:"band"`
		N    int64  `parquet:"n"`
		Real int64  `parquet:"werkelijk_ct"`
		Year int64  `parquet:"vorig_ct"`
	}](t, "ijking") {
		bands[b.Band] = [3]int64{b.N, b.Year, b.Real}
	}
	for _, w := range want.Bands {
		if got, want := bands[w.Band], [3]int64{int64(w.Households), w.YearCt, w.NextCt}; got != want {
			t.Errorf("back-test of %s: %v, want %v", w.Band, got, want)
		}
	}
	var stack = map[string][3]int64{}
	for _, s := range mart[struct {
		Moment     string `parquet:"moment"`
		Gemeente   string `parquet:"gemeentecode"`
		Measure    string `parquet:"maat"`
		Households int64  `parquet:"huishoudens"`
		Persons    int64  `parquet:"personen"`
		Of         int64  `parquet:"inwoners"`
	}](t, "stapeling") {
		if s.Moment == "halfjaar" && s.Gemeente == "alle" {
			stack[s.Measure] = [3]int64{s.Households, s.Persons, s.Of}
		}
	}
	w := want.Stacking
	for name, want := range map[string][3]int64{"twee_of_meer": {int64(w.Households), int64(w.Persons), int64(w.Inhabitants)},
		"meer_wetten": {int64(w.HouseholdLaws), int64(w.PersonLaws), int64(w.Inhabitants)}} {
		if stack[name] != want {
			t.Errorf("stacking, %s: %v, want %v", name, stack[name], want)
		}
	}
	care := map[string][3]int64{}
	for _, c := range mart[struct {
		Sex     string `parquet:"geslacht"`
		Persons int64  `parquet:"verzekerden"`
		Days    int64  `parquet:"verzekerde_dagen"`
		Cost    int64  `parquet:"kosten_ct"`
	}](t, "zvw_referentie") {
		s := care[c.Sex]
		care[c.Sex] = [3]int64{s[0] + c.Persons, s[1] + c.Days, s[2] + c.Cost}
	}
	var all [3]int64
	for _, w := range want.Insured {
		got := [3]int64{int64(w.Persons), w.Days, w.CostCt}
		if care[w.Sex] != got {
			t.Errorf("health care of sex %s: %v, want %v", w.Sex, care[w.Sex], got)
		}
		for i := range all {
			all[i] += got[i]
		}
	}
	if care["alle"] != all {
		t.Errorf("health care of all: %v, want %v", care["alle"], all)
	}
}
