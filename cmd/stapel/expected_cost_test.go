package main

import (
	"fmt"
	"math"
	"slices"
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

// TestLorenzIsTheRanking: the curve is the running cost of the ranking, and its area gives Gini.
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
	if len(points) != 200 || points[len(points)-1].N != int64(len(ranks)) {
		t.Fatalf("%d points, the last at %d", len(points), points[len(points)-1].N)
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
	for _, c := range mart[struct {
		Name  string  `parquet:"maat"`
		Value float64 `parquet:"waarde"`
	}](t, "concentratie") {
		if c.Name == "gini" && math.Abs(c.Value-(2*area-1)) > 1e-9 {
			t.Errorf("gini %v, the curve gives %v", c.Value, 2*area-1)
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

// TestStackingIsTheRanking: households by number of provisions, counted from the ranking's own column.
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
	half := map[string]int64{}
	seen := []string{}
	for _, s := range mart[struct {
		Moment   string  `parquet:"moment"`
		Gemeente string  `parquet:"gemeentecode"`
		Measure  string  `parquet:"maat"`
		N        int64   `parquet:"huishoudens"`
		Of       int64   `parquet:"van_huishoudens"`
		Persons  int64   `parquet:"inwoners"`
		Share    float64 `parquet:"per_1000_inwoners"`
	}](t, "stapeling") {
		if s.Gemeente != "alle" {
			continue
		}
		if math.Abs(s.Share-1000*float64(s.N)/float64(s.Persons)) > 1e-9 {
			t.Errorf("%s %s: %v per thousand, %d of %d", s.Moment, s.Measure, s.Share, s.N, s.Persons)
		}
		if s.Moment == "halfjaar" {
			half[s.Measure] = s.N
			continue
		}
		seen = append(seen, s.Measure)
		if s.Measure != "meer_wetten" && s.N != want[s.Measure] {
			t.Errorf("%s: %d households, the ranking has %d", s.Measure, s.N, want[s.Measure])
		}
	}
	for name := range want {
		if !slices.Contains(seen, name) {
			t.Errorf("no row for %s", name)
		}
	}
	if half["twee_of_meer"] < want["twee_of_meer"] || half["0"] > want["0"] {
		t.Errorf("over half a year %v, on one day %v", half, want)
	}
}
