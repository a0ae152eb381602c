package main

import (
	"cmp"
	"context"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/reports/vrij"
	"stapel/transforms/typed"
)

// An onlooker knows all that a run published, and that counts add up. It shares nothing with the gate: no linear programs, only what each sum leaves for its
// parts, said over and over until nothing more follows. What it can narrow, anybody can.
type onlooker struct {
	low, high []float64
	sums      [][2][]int // total, parts
}

// The rules that the built-in configuration publishes by: what anybody can read in docs.
const (
	leastShown  = 10
	roundedTo   = 5
	widthHidden = 10
)

// cell is a count that is shown or not.
func (o *onlooker) cell(shown *int64) int {
	low, high := 0.0, math.Inf(1)
	if shown != nil {
		low, high = max(leastShown, float64(*shown-roundedTo+1)), float64(*shown+roundedTo-1)
	}
	o.low, o.high = append(o.low, low), append(o.high, high)
	return len(o.low) - 1
}

func (o *onlooker) sum(total int, parts ...int) { o.sums = append(o.sums, [2][]int{{total}, parts}) }

// think works out the bounds; it reports whether nothing contradicts itself.
func (o *onlooker) think() bool {
	set := func(i int, low, high float64) (changed bool) {
		if low > o.low[i] {
			o.low[i], changed = low, true
		}
		if high < o.high[i] {
			o.high[i], changed = high, true
		}
		return changed
	}
	for changed := true; changed; {
		changed = false
		for _, s := range o.sums {
			total := s[0][0]
			low, high := 0.0, 0.0
			for _, p := range s[1] {
				low, high = low+o.low[p], high+o.high[p]
			}
			changed = set(total, low, high) || changed
			for _, p := range s[1] {
				others := 0.0
				for _, q := range s[1] {
					if q != p {
						others += o.high[q]
					}
				}
				changed = set(p, o.low[total]-others, o.high[total]-(low-o.low[p])) || changed
			}
		}
	}
	for i := range o.low {
		if o.low[i] > o.high[i] {
			return false
		}
	}
	return true
}

// truth is a count of cocktail_telling, added up.
type truthRow struct {
	Quarter    int32  `parquet:"kwartaal,date"`
	Cocktail   string `parquet:"cocktail_id"`
	Gemeente   string `parquet:"gemeentecode"`
	Wijk       string `parquet:"wijkcode"`
	Households int64  `parquet:"huishoudens"`
	Full       int64  `parquet:"vol"`
	Near       int64  `parquet:"dreigend"`
	Unknown    int64  `parquet:"onbekend"`
	CantTell   int64  `parquet:"niet_te_beoordelen"`
	None       int64  `parquet:"nee"`
}

// verdicts are the kinds of household of a table of cocktails, which are all of them.
var verdicts = []string{vrij.Vol, vrij.Dreigend, vrij.Onbekend, vrij.Ntb, vrij.Nee}

type placed struct {
	quarter                         int32
	cocktail, gemeente, wijk, state string
}

// look takes in the tables of cocktails over time, by place, on P by type of household, with their cost and their near misses.
func look(t *vrij.Tables) (o *onlooker, at map[placed]int) {
	o, at = &onlooker{}, map[placed]int{}
	wijken, gemeenten := map[placed][]string{}, map[placed][]string{}
	for _, r := range t.Cocktail {
		if r.Kwartaal == nil {
			continue
		}
		key := placed{*r.Kwartaal, r.Cocktail, r.Gemeente, r.Wijk, r.Oordeel}
		at[key] = o.cell(r.Huishoudens)
		up := key
		switch {
		case r.Wijk != vrij.Alle:
			up.wijk = vrij.Alle
			wijken[up] = append(wijken[up], r.Wijk)
		case r.Gemeente != vrij.Alle:
			up.gemeente = vrij.Alle
			gemeenten[up] = append(gemeenten[up], r.Gemeente)
		}
	}
	for key, i := range at {
		if key.state == vrij.Alle {
			var parts []int
			for _, v := range verdicts {
				key.state = v
				part, ok := at[key]
				if !ok { // nobody is in it, says its absence
					part = o.cell(nil)
					o.high[part], at[key] = 0, part
				}
				parts = append(parts, part)
			}
			o.sum(i, parts...)
		}
	}
	for up, list := range wijken {
		var parts []int
		for _, w := range list {
			key := up
			key.wijk = w
			parts = append(parts, at[key])
		}
		o.sum(at[up], parts...)
	}
	for up, list := range gemeenten {
		var parts []int
		for _, g := range list {
			key := up
			key.gemeente = g
			parts = append(parts, at[key])
		}
		o.sum(at[up], parts...)
	}
	var last int32
	for key := range at {
		last = max(last, key.quarter)
	}
	all := func(cocktail, state string) int { return at[placed{last, cocktail, vrij.Alle, vrij.Alle, state}] }
	types := map[[2]string]int{}
	for _, r := range t.CocktailType {
		if r.Type == vrij.Alle {
			types[[2]string{r.Cocktail + " " + r.Type, r.Oordeel}] = all(r.Cocktail, r.Oordeel)
		} else {
			types[[2]string{r.Cocktail + " " + r.Type, r.Oordeel}] = o.cell(r.Huishoudens)
		}
	}
	byType, byState := map[[2]string][]int{}, map[string][]int{}
	for key, i := range types {
		cocktail, typ, _ := strings.Cut(key[0], " ")
		if typ != vrij.Alle {
			byType[[2]string{cocktail, key[1]}] = append(byType[[2]string{cocktail, key[1]}], i)
		}
		if key[1] != vrij.Alle {
			byState[key[0]] = append(byState[key[0]], i)
		}
	}
	for key, parts := range byType {
		o.sum(all(key[0], key[1]), parts...)
	}
	for key, parts := range byState {
		o.sum(types[[2]string{key, vrij.Alle}], parts...)
	}
	lacks := map[string][]int{}
	for _, r := range t.Bijna {
		lacks[r.Cocktail] = append(lacks[r.Cocktail], o.cell(r.Huishoudens))
	}
	for cocktail, parts := range lacks {
		o.sum(all(cocktail, vrij.Dreigend), parts...)
	}
	rest := map[string]int{}
	for _, r := range t.CocktailKosten {
		if r.Deel == vrij.Overig {
			rest[r.Cocktail] = o.cell(r.Huishoudens)
			o.sum(all(r.Cocktail, vrij.Alle), all(r.Cocktail, vrij.Vol), rest[r.Cocktail])
			o.sum(rest[r.Cocktail], all(r.Cocktail, vrij.Dreigend), all(r.Cocktail, vrij.Onbekend), all(r.Cocktail, vrij.Ntb), all(r.Cocktail, vrij.Nee))
		}
	}
	owed := map[string][]int{}
	for _, r := range t.Fraudefuik {
		if r.Stand != vrij.Alle {
			owed[r.Groep] = append(owed[r.Groep], o.cell(r.Huishoudens))
		}
	}
	for group, parts := range owed {
		if _, ok := rest[group]; ok {
			o.sum(all(group, vrij.Vol), parts...)
		}
	}
	return o, at
}

// TestReleased: of the demo, what was published is true, and of no small group that was hidden can an onlooker tell that it is one.
func TestReleased(t *testing.T) {
	d := shared(t, demoReleased)
	runs, err := filepath.Glob(filepath.Join(d.data, "runs", "2*"))
	if err != nil || len(runs) != 1 {
		t.Fatalf("runs of the demo: %v, %v", runs, err)
	}
	run := runs[0]
	tables, err := vrij.Read(context.Background(), os.DirFS(filepath.Join(run, "vrij")))
	if err != nil {
		t.Fatal(err)
	}
	o, at := look(tables)
	truth := truths(t, run)
	known := map[int]int64{}
	for key, i := range at {
		if n, ok := truth[key]; ok {
			known[i] = n
		}
	}
	shown, small := 0, 0
	for i, n := range known {
		if !math.IsInf(o.high[i], 1) {
			shown++
			if n < leastShown || float64(n) < o.low[i] || float64(n) > o.high[i] {
				t.Errorf("a count that is %d is shown as one between %v and %v", n, o.low[i], o.high[i])
			}
		} else if n < leastShown {
			small++
		}
	}
	if shown < 50 || small < 50 {
		t.Errorf("%d shown, %d small and hidden: too few to say anything", shown, small)
	}
	if !o.think() {
		t.Fatal("what was published contradicts itself")
	}
	for i, n := range known {
		if float64(n) < o.low[i] || float64(n) > o.high[i] {
			t.Errorf("an onlooker concludes what is not true: a count of %d lies between %v and %v", n, o.low[i], o.high[i])
		}
		if n < leastShown && (o.high[i] < leastShown || o.high[i]-o.low[i] < widthHidden) {
			t.Errorf("a group of %d that is hidden lies between %v and %v", n, o.low[i], o.high[i])
		}
	}
	t.Logf("%d counts shown, %d small ones hidden, none told", shown, small)
	leak(t, tables, truth)
}

// leak plants what the gate must never do, and holds that the onlooker would have seen it.
func leak(t *testing.T, tables *vrij.Tables, truth map[placed]int64) {
	t.Helper()
	keys := slices.SortedFunc(maps.Keys(truth), func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.quarter, b.quarter), cmp.Compare(a.cocktail, b.cocktail), cmp.Compare(a.gemeente, b.gemeente), cmp.Compare(a.wijk, b.wijk),
			cmp.Compare(a.state, b.state))
	})
	for _, key := range keys {
		if truth[key] >= leastShown || key.state == vrij.Alle || key.gemeente != vrij.Alle {
			continue
		}
		o, at := look(tables)
		for _, v := range append(slices.Clone(verdicts), vrij.Alle) { // its row, to the household
			other := key
			other.state = v
			if n, ok := truth[other]; ok && v != key.state {
				o.low[at[other]], o.high[at[other]] = float64(n), float64(n)
			}
		}
		o.think()
		if i := at[key]; o.high[i]-o.low[i] >= widthHidden {
			t.Errorf("a row was given away, and the onlooker takes the group of %d to lie between %v and %v", truth[key], o.low[i], o.high[i])
		}
		return
	}
	t.Error("no row to give away")
}

// truths are the counts of the marts by place and quarter, with their totals.
func truths(t *testing.T, run string) map[placed]int64 {
	t.Helper()
	rows, err := typed.All[truthRow](t.Context(), filepath.Join(run, "marts", "trend_gebied.parquet"))
	if err != nil {
		t.Fatal(err)
	}
	out := map[placed]int64{}
	for _, r := range rows {
		for state, n := range map[string]int64{vrij.Alle: r.Households, vrij.Vol: r.Full, vrij.Dreigend: r.Near, vrij.Onbekend: r.Unknown, vrij.Ntb: r.CantTell,
			vrij.Nee: r.None} {
			for _, at := range [][2]string{{r.Gemeente, r.Wijk}, {r.Gemeente, vrij.Alle}, {vrij.Alle, vrij.Alle}} {
				out[placed{r.Quarter, r.Cocktail, at[0], at[1], state}] += n
			}
		}
	}
	return out
}
