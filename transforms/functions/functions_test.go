package functions

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"stapel/transforms/typed"
)

// row finds a row of verwachting.
func row(t *testing.T, rows []cellRow, band, years, kids string) cellRow {
	t.Helper()
	at := slices.IndexFunc(rows, func(r cellRow) bool { return r.Band == band && r.Years == years && r.Children == kids })
	if at < 0 {
		t.Fatalf("no cell %s %s %s", band, years, kids)
	}
	return rows[at]
}

// TestVerwachting, on paper. Band rest, ten households of 0 years with 1000 in the year after, without children, and ten of 1
// year with 3000, half of them with children. Mean 2000; years differ and nothing varies within, so each keeps its mean; in the
// second, children make no difference. Bands above the rest are empty and taken together with it.
func TestVerwachting(t *testing.T) {
	var list []householdCell
	for i := range 10 {
		list = append(list, householdCell{Moment: 1, Band: "rest", Years: new(int64(0)), NextCt: new(int64(1000))},
			householdCell{Moment: 1, Band: "rest", Years: new(int64(1)), Children: i%2 == 0, NextCt: new(int64(3000))})
	}
	list = append(list, householdCell{Moment: 0, Band: "rest"}, householdCell{Moment: 2, Band: "rest", NextCt: new(int64(99999999))},
		householdCell{Moment: 1, Band: "rest"})
	rows, err := verwachting(t.Context(), cellTables{typed.TableOf(list...)})
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(bands)*(1+(maxYears+1)*3) {
		t.Errorf("%d cells", len(rows))
	}
	for _, c := range []struct {
		band, years, kids string
		n, sum, expected  int64
	}{
		{"rest", "alle", "alle", 20, 40000, 2000}, {"rest", "0", "alle", 10, 10000, 1000}, {"rest", "1", "alle", 10, 30000, 3000},
		{"rest", "0", "nee", 10, 10000, 1000}, {"rest", "0", "ja", 0, 0, 1000}, {"rest", "1", "ja", 5, 15000, 3000},
		{"rest", "2", "ja", 0, 0, 2000}, {"top_0.1", "1", "ja", 0, 0, 3000}, {"top_10", "alle", "alle", 0, 0, 2000},
	} {
		if r := row(t, rows, c.band, c.years, c.kids); r.Households != c.n || r.SumCt != c.sum || r.ExpectedCt != c.expected {
			t.Errorf("%+v; want %d households, %d, expected %d", r, c.n, c.sum, c.expected)
		}
	}
}

// TestPools: a band of fewer than ten households is taken together with the next, and what is left at the end with the one before.
func TestPools(t *testing.T) {
	for name, c := range map[string]struct {
		sizes []int
		want  string
	}{
		"large":          {[]int{10, 40, 50, 100, 300, 500, 9000}, "[[0] [1] [2] [3] [4] [5] [6]]"},
		"small at first": {[]int{2, 6, 8, 15, 45, 75, 1356}, "[[0 1 2] [3] [4] [5] [6]]"},
		"small at last":  {[]int{10, 3, 2, 1, 1, 1, 1}, "[[0 1 2 3 4 5 6]]"},
		"a handful":      {[]int{1, 0, 0, 0, 0, 0, 3}, "[[0 1 2 3 4 5 6]]"},
	} {
		var list []householdCell
		for b, n := range c.sizes {
			for range n {
				list = append(list, householdCell{Moment: 1, Band: bands[b], NextCt: new(int64(1))})
			}
		}
		fit, err := newCellFit(t.Context(), typed.TableOf(list...))
		if err != nil {
			t.Fatal(err)
		}
		if got := fmt.Sprint(fit.pools()); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestVerwachtingWithoutData gives no cells rather than zeros.
func TestVerwachtingWithoutData(t *testing.T) {
	rows, err := verwachting(t.Context(), cellTables{typed.TableOf(householdCell{Moment: 0, Band: "rest"})})
	if err != nil || len(rows) != 0 {
		t.Errorf("%d cells, %v", len(rows), err)
	}
}

// TestIjkingMaat, on paper: four households of the back-test, the dearest first in T2.
func TestIjkingMaat(t *testing.T) {
	in := backTestTables{
		Households: typed.TableOf(householdThen{Moment: 1, Key: 0, Band: "rest", NextCt: new(int64(5))},
			householdThen{Moment: 2, Key: 1, Band: "top_0.1", YearCt: 900, NextCt: new(int64(300))},
			householdThen{Moment: 2, Key: 2, Band: "rest", YearCt: 100, NextCt: new(int64(500))},
			householdThen{Moment: 2, Key: 3, Band: "rest", YearCt: 50, NextCt: new(int64(40))},
			householdThen{Moment: 2, Key: 4, Band: "rest", YearCt: 10}),
		Expected:  typed.TableOf(expectedThen{0, 1, 7}, expectedThen{2, 1, 400}, expectedThen{2, 2, 450}, expectedThen{2, 3, 50}),
		Parameter: typed.TableOf(threshold{500}),
	}
	rows, err := ijkingMaat(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	amount := func(name string, n, expected, before int64, better string) measureRow {
		return measureRow{Name: name, N: n, ExpectedCt: &expected, BeforeCt: &before, Better: better}
	}
	share := func(name string, n int64, expected, before float64, better string) measureRow {
		return measureRow{Name: name, N: n, Expected: &expected, Before: &before, Better: better}
	}
	want := []measureRow{
		amount("gemiddelde_afwijking", 3, 53, 337, "verwacht"), // (100+50+10)/3 = 53,3; (600+400+10)/3 = 336,7
		amount("afwijking_top_10", 1, 100, 600, "verwacht"),
		share("verhouding", 3, 900.0/840, 1050.0/840, "verwacht"),
		share("overlap_drempel", 1, 1, 0, "verwacht"), // the dearest of T1 is the second household
		share("overlap_100", 3, 1, 1, "gelijk"),
		share("overlap_1pct", 1, 1, 0, "verwacht"),
	}
	if len(rows) != len(want) {
		t.Fatalf("%d measures", len(rows))
	}
	near := func(a, b *float64) bool {
		return a == nil && b == nil || a != nil && b != nil && math.Abs(*a-*b) < 1e-12
	}
	same := func(a, b *int64) bool { return a == nil && b == nil || a != nil && b != nil && *a == *b }
	for i, r := range rows {
		w := want[i]
		if r.Name != w.Name || r.N != w.N || r.Better != w.Better || !same(r.ExpectedCt, w.ExpectedCt) || !same(r.BeforeCt, w.BeforeCt) ||
			!near(r.Expected, w.Expected) || !near(r.Before, w.Before) {
			t.Errorf("measure %d is %+v, want %+v", i, r, w)
		}
	}
}

// TestModelNames: models are in the order of their names, as files are.
func TestModelNames(t *testing.T) {
	models, err := Models()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range models {
		names = append(names, m.Name)
	}
	if !slices.IsSorted(names) || len(names) == 0 {
		t.Errorf("models are not in the order of their names: %v", names)
	}
}
