package analist

import (
	"cmp"
	"context"
	"fmt"
	"math/big"
	"reflect"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/mart"
	"stapel/reports/marttest"
	"stapel/reports/reporttest"
)

func TestTopReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOf(rapid.IntRange(0, 50)).Draw(t, "values")
		kept := top[int]{n: rapid.IntRange(1, 20).Draw(t, "n"), order: func(a, b int) int { return cmp.Compare(b, a) }}
		for _, v := range values {
			kept.add(v)
		}
		want := slices.Clone(values)
		slices.SortFunc(want, func(a, b int) int { return b - a })
		want = want[:min(len(want), kept.n)]
		if got := kept.sorted(); !slices.Equal(got, want) || kept.seen != int64(len(values)) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

func TestDivRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64Range(-1e15, 1e15).Draw(t, "a"), rapid.Int64Range(1, 1e6).Draw(t, "b")
		want, _ := new(big.Int).SetString(big.NewRat(a, b).FloatString(0), 10)
		if got := divRound(a, b); got != want.Int64() {
			t.Fatalf("divRound(%d, %d) = %d, want %s", a, b, got, want)
		}
	})
	if divRound(5, 0) != 0 {
		t.Error("a mean over nothing is not 0")
	}
}

// TestRankingReference compares the streamed sums with plain loops over the rows.
func TestRankingReference(t *testing.T) {
	for _, n := range []int{1, 7, 100, 1303} {
		marts := fixture(t, n)
		rows, err := mart.All(context.Background(), marts, mart.Ranking)
		if err != nil {
			t.Fatal(err)
		}
		var r ranking
		if err := r.read(context.Background(), marts, testRun); err != nil {
			t.Fatal(err)
		}
		sum := func(pick func(mart.Ranglijst) bool) (out tally) {
			for _, row := range rows {
				if pick(row) {
					out.add(row.T0Ct)
				}
			}
			return out
		}
		at := func(row mart.Ranglijst) bool { return row.T0Ct >= testRun.DrempelCt }
		for what, pair := range map[string][2]tally{
			"all":      {{r.N, r.T0Ct}, sum(func(mart.Ranglijst) bool { return true })},
			"at":       {r.At, sum(at)},
			"eligible": {r.Eligible, sum(func(x mart.Ranglijst) bool { return x.InAanmerking })},
			"both":     {r.Both, sum(func(x mart.Ranglijst) bool { return x.InAanmerking && x.Veldmelding })},
			"data":     {r.Data, sum(func(x mart.Ranglijst) bool { return x.InAanmerking && !x.Veldmelding })},
			"field":    {r.Field, sum(func(x mart.Ranglijst) bool { return !x.InAanmerking && x.Veldmelding })},
		} {
			if pair[0] != pair[1] {
				t.Errorf("n %d, %s: %+v, want %+v", n, what, pair[0], pair[1])
			}
		}
		for _, reason := range r.Reasons {
			want := sum(func(x mart.Ranglijst) bool {
				return at(x) && slices.Contains(strings.Split(x.RedenNiet, "|"), reason.Name)
			})
			if reason.tally != want || want.N == 0 {
				t.Errorf("n %d, reason %s: %+v, want %+v", n, reason.Name, reason.tally, want)
			}
		}
		for i, row := range r.Rows {
			if row.H == nil || row.H.ID != rows[i].Huishouden {
				t.Fatalf("n %d: row %d has household %+v", n, i, row.H)
			}
			if want := []int64{rows[i].WmoCt, rows[i].JeugdCt, rows[i].ParticipatieCt, rows[i].ZvwCt}; !slices.Equal(row.Parts, want) {
				t.Fatalf("n %d: row %d has by domein %v, want %v", n, i, row.Parts, want)
			}
		}
		// The marks on the curve are the concentration figures of the mart (rules 29).
		for _, m := range r.Marks {
			i := slices.IndexFunc(rows, func(x mart.Ranglijst) bool { return float64(x.Rang)/float64(n) == m.X })
			if i < 0 || *rows[i].CumAandeel != m.Y {
				t.Errorf("n %d: mark at %v", n, m)
			}
		}
		if last := r.Curve[len(r.Curve)-1]; last != (draw.Point{X: 1, Y: 1}) || len(r.Curve) > 305 {
			t.Errorf("n %d: the curve ends at %v after %d points", n, last, len(r.Curve))
		}
	}
}

// TestCocktailsReference compares the streamed counts with sets of households, for random marts.
func TestCocktailsReference(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var rows []mart.Cocktail
		for h := range rapid.IntRange(0, 12).Draw(rt, "households") {
			for _, id := range []string{"1", "2", "eigen"} {
				episodes := rapid.IntRange(0, 3).Draw(rt, "episodes")
				for e := range episodes {
					status := rapid.SampledFrom(statusOrder).Draw(rt, "status")
					row := mart.Cocktail{Huishouden: fmt.Sprintf("h-%016x", h), Cocktail: id, Van: mart.Date(20000 + 10*e), Status: status,
						Actief: e == episodes-1 && rapid.Bool().Draw(rt, "actief"), T0Ct: int64(h * 1000)}
					if status != full {
						row.Ontbrekend = rapid.SampledFrom([]string{"ggz", "ggz|schulden", "ggz (zwak aanwezig)"}).Draw(rt, "ontbrekend")
					}
					rows = append(rows, row)
				}
			}
		}
		marts := fstest.MapFS{}
		marttest.Write(t, marts, "cocktail", rows)
		marttest.Write(t, marts, "cocktail_naam", testNames[:2])
		var c cocktails
		if err := c.read(context.Background(), marts); err != nil {
			rt.Fatal(err)
		}
		count := func(id string, pick func(mart.Cocktail) bool) int64 {
			seen := map[string]bool{}
			for _, row := range rows {
				if (id == "" || row.Cocktail == id) && pick(row) {
					seen[row.Huishouden] = true
				}
			}
			return int64(len(seen))
		}
		active := func(status string) func(mart.Cocktail) bool {
			return func(row mart.Cocktail) bool { return row.Actief && row.Status == status }
		}
		if want := count("", active(full)); c.Households != want {
			rt.Fatalf("%d households, want %d", c.Households, want)
		}
		for _, st := range c.Stats {
			got := []int64{st.Full.N, st.Threat.N, st.Unknown.N, st.EverFull}
			want := []int64{count(st.ID, active(full)), count(st.ID, active(threat)), count(st.ID, active(unknown)),
				count(st.ID, func(row mart.Cocktail) bool { return row.Status == full })}
			if !slices.Equal(got, want) {
				rt.Fatalf("cocktail %s: %v, want %v", st.ID, got, want)
			}
			if !slices.IsSortedFunc(st.Episodes, episodeOrder) {
				rt.Fatalf("cocktail %s: episodes are not in order", st.ID)
			}
		}
		for _, m := range c.Missing {
			var want int64
			for _, row := range rows {
				if active(unknown)(row) && slices.Contains(ingredients(row.Ontbrekend), m.Ingredient) {
					want++
				}
			}
			if m.N != want {
				rt.Fatalf("%s is missing %d times, want %d", m.Ingredient, m.N, want)
			}
		}
	})
}

func TestIngredients(t *testing.T) {
	for in, want := range map[string][]string{"": nil, "ggz": {"ggz"}, "ggz+kinderen": {"ggz", "kinderen"}, "ggz|schulden": {"ggz", "schulden"},
		"ggz (zwak aanwezig), ggz": {"ggz"}} {
		if got := ingredients(in); !reflect.DeepEqual(got, want) {
			t.Errorf("ingredients(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCoverageGroups(t *testing.T) {
	w, err := reports.Run{Peildatum: "2025-12-31"}.Windows()
	if err != nil {
		t.Fatal(err)
	}
	marts := fixture(t, 3)
	var s supply
	if err := s.read(context.Background(), marts, nil, w); err != nil {
		t.Fatal(err)
	}
	var zvw []string
	for _, strip := range s.Strips {
		if strip.Kind == "zvw_declaratie" {
			zvw = append(zvw, fmt.Sprintf("%s %d/12 %d/36 onbekend %d", testPage.Where(strip), strip.Covered(12), strip.Covered(36), strip.Unknown()))
		}
		if strip.Kind == "huishouden" && testPage.Where(strip) != "alle gemeenten" {
			t.Errorf("huishouden: %s", testPage.Where(strip))
		}
	}
	if got := strings.Join(zvw, "; "); got != "Oisterwijk en Tilburg 12/12 36/36 onbekend 0; Waalwijk 0/12 0/36 onbekend 36" {
		t.Error(got)
	}
	if got := s.Gaps(24, nil); !slices.Equal(got, []string{"schuldhulp_signaal", "zvw_declaratie", "wonen_signaal"}) {
		t.Errorf("gaps %v", got)
	}
	if got := s.Gaps(12, []string{"zvw_declaratie", "huishouden", "nooit_geleverd"}); !slices.Equal(got, []string{"zvw_declaratie", "nooit_geleverd"}) {
		t.Errorf("gaps of some %v", got)
	}
	// A month before the windows, or after them, belongs to no column.
	if w.MonthIndex(day("2022-12-01").Time()) != -1 || w.MonthIndex(day("2023-01-01").Time()) != 0 || w.MonthIndex(day("2025-12-01").Time()) != 35 {
		t.Error("months are counted from the wrong day")
	}
}

func TestLeapWindows(t *testing.T) {
	w, err := reports.Run{Peildatum: "2024-02-29"}.Windows()
	if err != nil {
		t.Fatal(err)
	}
	for got, want := range map[string]string{windowText(w.T0): "1\u00a0maart 2023 t/m 29\u00a0februari 2024", windowText(w.T1): "1\u00a0maart 2022 t/m 28\u00a0februari 2023"} {
		if got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestWordsOnPage(t *testing.T) {
	w, _ := reports.Run{Peildatum: "2025-12-31"}.Windows()
	p := &page{W: w, Run: testRun, F: &facts{}, Names: map[string]string{"1": "een"}}
	for _, c := range []struct{ got, want string }{
		{p.Reasons("kinderen|zvw_aandeel|eigen_regel"), "geen kind, vooral Zvw-kosten, eigen regel"},
		{p.Findings("akkoord_ontbreekt"), "gestart met minder dan twee akkoorden"},
		{p.Order("ggz>geen_uitkering"), "ggz → geen bijstand"},
		{p.Missing("geen_uitkering (zwak aanwezig)|ggz"), "waarschijnlijk geen bijstand, ggz"},
		{p.CocktailNames("1|9"), "een; 9"}, {p.CocktailNames(""), ""},
		{p.Since(day("2024-01-01")), "op of vóór 01-01-2024"}, {p.Since(day("2024-01-02")), "02-01-2024"},
		{p.Measure("top_0.1"), "duurste 0,1%"}, {p.Measure("gini"), "Gini-coëfficiënt"},
		{p.Measure("negatief"), "huishoudens met kosten onder nul"}, {p.MeasureValue(mart.Concentratie{Maat: "negatief", Waarde: ref(3.0)}), "3"},
		{p.MeasureValue(mart.Concentratie{Maat: "top_1", Waarde: ref(1.0)}), "100,0%"}, {p.MeasureValue(mart.Concentratie{Maat: "gini", Waarde: ref(0.62)}), "0,620"}, {p.MeasureValue(mart.Concentratie{Maat: "top_1"}), "–"},
		{p.Some(make([]string, 14)), strings.Repeat(", ", 11) + " en 2 andere"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// BenchmarkAnalist is the whole report over a ranking of 200.000 households.
func BenchmarkAnalist(b *testing.B) {
	marts := fixture(b, 200_000)
	b.ReportAllocs()
	b.ResetTimer()
	for b.Loop() {
		if _, err := report(context.Background(), marts, testRun, reporttest.Dir{}); err != nil {
			b.Fatal(err)
		}
	}
}
