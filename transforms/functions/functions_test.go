package functions

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"stapel/transforms"
)

// given is an In of tables that a test makes.
type given map[string]*transforms.Frame

func (g given) Read(_ context.Context, table string, columns ...string) (*transforms.Frame, error) {
	f := g[table]
	if f == nil {
		return nil, fmt.Errorf("no table %s", table)
	}
	for _, c := range columns {
		if !f.Has(c) {
			return nil, fmt.Errorf("table %s has no column %s", table, c)
		}
	}
	return f, nil
}

// household is a row of huishouden_toen; years below 0 are not known, next below 0 is empty.
type household struct {
	moment     int64
	band       string
	years      int64
	kids       bool
	year, next int64
}

func households(list ...household) *transforms.Frame {
	n := len(list)
	moment, key, year := make([]int64, n), make([]int64, n), make([]int64, n)
	band, kids := make([]string, n), make([]bool, n)
	years := &transforms.Vector{Ints: make([]int64, n), Null: make([]bool, n)}
	next := &transforms.Vector{Ints: make([]int64, n), Null: make([]bool, n)}
	for i, h := range list {
		moment[i], key[i], band[i], kids[i], year[i] = h.moment, int64(i), h.band, h.kids, h.year
		years.Ints[i], years.Null[i] = h.years, h.years < 0
		next.Ints[i], next.Null[i] = h.next, h.next < 0
	}
	return transforms.NewFrame(n).SetInts("peil", moment).SetInts("huishouden", key).SetTexts("band", band).Set("jaren", years).
		SetFlags("kinderen", kids).SetInts("jaar_ct", year).Set("volgend_ct", next)
}

// cell finds a row of verwachting.
func cell(t *testing.T, f *transforms.Frame, band, years, kids string) (n, sum, expected int64, weight float64) {
	t.Helper()
	for i := range f.Rows {
		if f.Texts("band")[i] == band && f.Texts("jaren")[i] == years && f.Texts("kinderen")[i] == kids {
			return f.Ints("huishoudens")[i], f.Ints("som_ct")[i], f.Ints("verwacht_ct")[i], f.Floats("gewicht")[i]
		}
	}
	t.Fatalf("no cell %s %s %s", band, years, kids)
	return 0, 0, 0, 0
}

// TestVerwachting, on paper. Band rest, ten households of 0 years with 1000 in the year after, without children, and ten of 1
// year with 3000, half of them with children. Mean 2000; years differ and nothing varies within, so each keeps its mean; in the
// second, children make no difference. Bands above the rest are empty and taken together with it.
func TestVerwachting(t *testing.T) {
	var list []household
	for i := range 10 {
		list = append(list, household{moment: 1, band: "rest", next: 1000}, household{moment: 1, band: "rest", years: 1, kids: i%2 == 0, next: 3000})
	}
	list = append(list, household{moment: 0, band: "rest", next: -1}, household{moment: 2, band: "rest", next: 99999999}, household{moment: 1, band: "rest", next: -1})
	f, err := verwachting(t.Context(), given{"huishouden_toen": households(list...)})
	if err != nil {
		t.Fatal(err)
	}
	if f.Rows != len(bands)*(1+(maxYears+1)*3) {
		t.Errorf("%d cells", f.Rows)
	}
	for _, c := range []struct {
		band, years, kids string
		n, sum, expected  int64
	}{
		{"rest", "alle", "alle", 20, 40000, 2000}, {"rest", "0", "alle", 10, 10000, 1000}, {"rest", "1", "alle", 10, 30000, 3000},
		{"rest", "0", "nee", 10, 10000, 1000}, {"rest", "0", "ja", 0, 0, 1000}, {"rest", "1", "ja", 5, 15000, 3000},
		{"rest", "2", "ja", 0, 0, 2000}, {"top_0.1", "1", "ja", 0, 0, 3000}, {"top_10", "alle", "alle", 0, 0, 2000},
	} {
		n, sum, expected, _ := cell(t, f, c.band, c.years, c.kids)
		if n != c.n || sum != c.sum || expected != c.expected {
			t.Errorf("%s %s %s: %d households, %d, expected %d; want %d, %d, %d", c.band, c.years, c.kids, n, sum, expected, c.n, c.sum, c.expected)
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
		var list []household
		for b, n := range c.sizes {
			for range n {
				list = append(list, household{moment: 1, band: bands[b], next: 1})
			}
		}
		if got := fmt.Sprint(newCellFit(households(list...)).pools()); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// TestVerwachtingWithoutData gives no cells rather than zeros.
func TestVerwachtingWithoutData(t *testing.T) {
	f, err := verwachting(t.Context(), given{"huishouden_toen": households(household{moment: 0, band: "rest", next: -1})})
	if err != nil || f.Rows != 0 {
		t.Errorf("%d cells, %v", f.Rows, err)
	}
}

// TestIjkingMaat, on paper: four households of the back-test, the dearest first in T2.
func TestIjkingMaat(t *testing.T) {
	h := households(household{moment: 1, band: "rest", next: 5}, household{moment: 2, band: "top_0.1", year: 900, next: 300},
		household{moment: 2, band: "rest", year: 100, next: 500}, household{moment: 2, band: "rest", year: 50, next: 40},
		household{moment: 2, band: "rest", year: 10, next: -1})
	v := transforms.NewFrame(4).SetInts("peil", []int64{0, 2, 2, 2}).SetInts("huishouden", []int64{1, 1, 2, 3}).
		SetInts("verwacht_ct", []int64{7, 400, 450, 50})
	p := transforms.NewFrame(1).SetInts("drempel_ct", []int64{500})
	f, err := ijkingMaat(t.Context(), given{"huishouden_toen": h, "verwacht": v, "parameter": p})
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		n, exp, before int64
		e, b           float64
		better         string
	}
	want := map[string]row{
		"gemiddelde_afwijking": {3, 53, 337, 0, 0, "verwacht"}, // (100+50+10)/3 = 53,3; (600+400+10)/3 = 336,7
		"afwijking_top_10":     {1, 100, 600, 0, 0, "verwacht"},
		"verhouding":           {3, 0, 0, 900.0 / 840, 1050.0 / 840, "verwacht"},
		"overlap_drempel":      {1, 0, 0, 1, 0, "verwacht"}, // the dearest of T1 is the second household
		"overlap_100":          {3, 0, 0, 1, 1, "gelijk"},
		"overlap_1pct":         {1, 0, 0, 1, 0, "verwacht"},
	}
	if f.Rows != len(want) {
		t.Errorf("%d measures: %v", f.Rows, f.Texts("maat"))
	}
	for i, name := range f.Texts("maat") {
		w := want[name]
		got := row{f.Ints("n")[i], f.Ints("verwacht_ct")[i], f.Ints("vorig_ct")[i], f.Floats("verwacht")[i], f.Floats("vorig")[i], f.Texts("beter")[i]}
		if got.n != w.n || got.exp != w.exp || got.before != w.before || math.Abs(got.e-w.e)+math.Abs(got.b-w.b) > 1e-12 || got.better != w.better {
			t.Errorf("%s: %+v, want %+v", name, got, w)
		}
		if amount := w.exp > 0; f.Vector("verwacht_ct").Empty(i) == amount || f.Vector("verwacht").Empty(i) != amount {
			t.Errorf("%s: an amount has no share, and a share no amount", name)
		}
	}
}

// TestModelsHaveHeaders: every model in Go has a header that is read, and a doc of its own.
func TestModelsHaveHeaders(t *testing.T) {
	models, err := Models()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, m := range models {
		names = append(names, m.Name)
		if m.Func == nil || m.SQL != "" || m.Doc == "" {
			t.Errorf("%s: %+v", m.Name, m)
		}
	}
	if !slices.IsSorted(names) || len(names) == 0 {
		t.Errorf("models are not in the order of their names: %v", names)
	}
}
