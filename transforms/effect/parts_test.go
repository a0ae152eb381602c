package effect_test

import (
	"math"
	"slices"
	"testing"

	"stapel/transforms/effect"
	"stapel/transforms/effect/world"
)

// split is a part of every series: a share that differs by month, so that parts do not follow each other.
func split(w *world.World, share func(place, m int) float64) func(place int) *effect.Series {
	return func(place int) *effect.Series {
		whole := w.Series[place]
		part := &effect.Series{From: whole.From}
		for m, v := range whole.Value {
			part.Value = append(part.Value, v*share(place, m))
		}
		return part
	}
}

// TestParts: what the laws show adds up to the figure that decides, for either form; intervals that hold together are wider than one by itself, and what
// nobody spends anything on has no interval.
func TestParts(t *testing.T) {
	for _, by := range []world.Selection{world.ByData, world.FieldAcute} {
		w, s := study(t, world.Options{Treated: 40, Effect: -10_000, Selection: by, Seed: "delen"}, 0)
		wmo := func(place, m int) float64 { return 0.3 + 0.2*math.Sin(float64(place%5+m)) }
		parts := []effect.Part{{Domain: "wmo", Payer: effect.All, Series: split(w, wmo)},
			{Domain: "zvw", Payer: effect.All, Series: split(w, func(place, m int) float64 { return 1 - wmo(place, m) })},
			{Domain: "jeugd", Payer: effect.All, Series: split(w, func(int, int) float64 { return 0 })}}
		rows := s.Parts(parts, effect.Started)
		origin := map[world.Selection]string{world.ByData: effect.FromData, world.FieldAcute: effect.FromField}[by]
		h := s.Headline(origin)
		sum := 0.0
		for _, r := range rows {
			if r.Origin != origin {
				continue
			}
			sum += *r.Value
			if r.Domain == "jeugd" {
				if *r.Value != 0 || r.Low != nil || r.Remark == "" {
					t.Errorf("%s: nothing spent: %+v", by, r)
				}
			} else if width := *r.High - *r.Low; !(width > 2*2.02**r.SE) || *r.P < 0 || *r.P > 1 {
				t.Errorf("%s, %s: an interval of %v at a standard error of %v", by, r.Domain, width, *r.SE)
			}
		}
		if math.Abs(sum-h.Estimate) > 1e-3 {
			t.Errorf("%s: parts add up to %v, the whole is %v", by, sum, h.Estimate)
		}
		all := rows[slices.IndexFunc(rows, func(r effect.Row) bool { return r.Origin == effect.AllOrigin })]
		if own := rows[slices.IndexFunc(rows, func(r effect.Row) bool { return r.Origin == origin })]; *all.Value != *own.Value || all.Remark == own.Remark {
			t.Errorf("%s: one origin is all: %v and %v", by, *all.Value, *own.Value)
		}
		if matrix := effect.Matrix(s.Parts([]effect.Part{{Domain: effect.All, Payer: "zorgverzekeraar",
			Series: func(place int) *effect.Series { return w.Series[place] }}}, effect.Started),
			map[string]float64{"gemeente": 3, "zorgverzekeraar": 1}); len(matrix) != 2 || math.Abs(*matrix[0].Amount-3**matrix[1].Amount) > 1 ||
			math.Abs(*matrix[0].Amount+*matrix[1].Amount+h.Estimate*float64(h.N)) > 1 || !(*matrix[0].Low < *matrix[0].Amount) {
			t.Errorf("%s: %+v", by, matrix)
		}
	}
}

// TestAround: by hand for one set, as TestMeasure: in March 2024 the treated household's change is -60 a month, that of its controls -13,75 on average, so
// that the
// difference is -46,25 * 12; in September it is -60 + 18,75.
func TestAround(t *testing.T) {
	series := []*effect.Series{line([2]float64{50, 12}, [2]float64{100, 12}, [2]float64{160, 2}, [2]float64{40, 24}),
		line([2]float64{20, 12}, [2]float64{90, 12}, [2]float64{90, 2}, [2]float64{60, 24}), line([2]float64{10, 12}, [2]float64{30, 12}, [2]float64{30, 2},
			[2]float64{40, 24})}
	s := &effect.Study{Set: effect.Defaults(), Mature: month(2024, 11), Series: func(place int) *effect.Series { return series[place] },
		Sets: []effect.Set{{Plan: effect.Plan{Origin: effect.FromField, Reported: month(2024, 1), Started: month(2024, 2)}, Treated: 0, Controls: []int{1, 2},
			Until: []effect.Month{math.MaxInt32, month(2024, 8)}, Stay: [][]effect.Step{{{Month: month(2024, 3), Weight: 1.25}}, nil}}}}
	rows := s.Around(effect.AllOrigin)
	if len(rows) != 25 {
		t.Fatalf("%d months", len(rows))
	}
	for at, want := range map[int]float64{-12: 0, -1: 0, 0: 60 * 12, 1: -46.25 * 12, 6: -46.25 * 12, 7: -41.25 * 12, 9: -41.25 * 12} {
		if r := rows[at+12]; r.Month != at || r.Value == nil || math.Abs(*r.Value-want) > 1e-9 || r.Low != nil || r.Remark == "" {
			t.Errorf("month %d: %+v, want %v", at, r, want)
		}
	}
	if r := rows[10+12]; r.Value != nil || r.Remark == "" {
		t.Errorf("a month that is not mature: %+v", r)
	}
}

// TestAroundBand: with enough sets there is a band, and in the months before it holds 0 in this world.
func TestAroundBand(t *testing.T) {
	_, s := study(t, world.Options{Treated: 60, Selection: world.ByData, Seed: "band"}, 0)
	for _, r := range s.Around(effect.FromData) {
		if r.Low == nil || r.High == nil || *r.Low > *r.Value || *r.High < *r.Value {
			t.Fatalf("%+v", r)
		}
		if r.Month < 0 && (*r.Low > 0 || *r.High < 0) {
			t.Errorf("month %d: [%v, %v]", r.Month, *r.Low, *r.High)
		}
	}
}

// TestOutcomes: days out of home at a year's rate, and of those with a cocktail the share that has none in the end.
func TestOutcomes(t *testing.T) {
	days := []*effect.Series{line([2]float64{0, 12}, [2]float64{10, 12}, [2]float64{0, 24}), line([2]float64{0, 12}, [2]float64{4, 12}, [2]float64{4, 24})}
	full := []*effect.Series{line([2]float64{1, 30}, [2]float64{0, 18}), line([2]float64{1, 48}), line([2]float64{0, 48}), line([2]float64{1, 30},
		[2]float64{0, 18})}
	plan := effect.Plan{Origin: effect.FromField, Reported: month(2024, 1), Started: month(2024, 2)}
	s := &effect.Study{Set: effect.Defaults(), Mature: month(2025, 12), Sets: []effect.Set{{Plan: plan, Treated: 0, Controls: []int{1},
		Until: []effect.Month{math.MaxInt32}, Stay: [][]effect.Step{nil}}}}
	rows := s.Outcomes([]effect.Outcome{{Name: "dagen_uithuisgeplaatst", Scale: 12, Series: func(p int) *effect.Series { return days[p] }}})
	r := rows[len(rows)-1]
	if *r.TreatedBefore != 120 || *r.TreatedAfter != 0 || *r.ControlBefore != 48 || *r.ControlAfter != 48 || *r.Value != -120 || r.Low != nil || r.Remark == "" {
		t.Errorf("%+v", r)
	}
	if data := rows[0]; data.Origin != effect.FromData || data.Value != nil || data.Remark == "" {
		t.Errorf("nobody from data: %+v", data)
	}
	s.Sets[0].Controls, s.Sets[0].Until, s.Sets[0].Stay = []int{1, 2, 3}, []effect.Month{math.MaxInt32, math.MaxInt32, math.MaxInt32}, make([][]effect.Step, 3)
	rows = s.Outcomes([]effect.Outcome{{Name: "cocktail_opgelost", Scale: 1, Solved: true, Series: func(p int) *effect.Series { return full[p] }}})
	if r = rows[len(rows)-1]; *r.TreatedAfter != 1 || *r.ControlAfter != 0.5 || *r.Value != 0.5 {
		t.Errorf("one of the two controls that had it is rid of it: %+v", r)
	}
	gone := s.Gone([]string{"verhuisd"}, func(place int, reason string) (float64, bool) { return []float64{2, 1, 0, 0}[place], place < 3 })
	if r = gone[len(gone)-1]; *r.TreatedAfter != 2 || *r.ControlAfter != 0.5 || *r.Value != 1.5 || r.Controls != 2 {
		t.Errorf("%+v", r)
	}
}

// TestBalance: matching brings the treated and their controls together.
func TestBalance(t *testing.T) {
	w := world.New(world.Options{Treated: 40, Selection: world.ByData, Seed: "balans"}, 0)
	m, err := effect.Match(w.Plans, w.Stands, w.Mature, effect.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	rows := effect.Balance(m, w.Stands, 1)
	if len(rows) != len(effect.Kenmerken) {
		t.Fatalf("%d rows", len(rows))
	}
	cost := rows[0]
	if !(*cost.Before > 0.5) || !(math.Abs(*cost.After) < *cost.Before/2) || cost.Cents == nil {
		t.Errorf("%+v", cost)
	}
	for _, r := range rows {
		if r.Covariate == "personen" && r.Cents != nil {
			t.Error("persons are no money")
		}
		if r.Covariate == "kosten_participatie" && (r.Before != nil || r.Remark == "") {
			t.Errorf("nobody has it: %+v", r)
		}
	}
	if none := effect.Balance(&effect.Sets{}, w.Stands, 0); none[0].After != nil || none[0].Remark == "" {
		t.Errorf("without sets: %+v", none[0])
	}
}
