package effect_test

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat"

	"stapel/transforms/effect"
	"stapel/transforms/effect/world"
)

// TestAheadKnown: figures worked out by hand. A standard deviation of 30.000 euros and a correlation of 0,6 leave 24.000; of 60 drawn of 120 the standard
// error is 24.000 sqrt(2/60) = 4.382 euros, of 60 sets of one and three 24.000 sqrt(4/180) = 3.578 euros; t.975 + t.80 is 1,9806 + 0,8446 with 116 degrees of freedom and
// 2,0010 + 0,8478 with 59 (tables of the t).
func TestAheadKnown(t *testing.T) {
	p := effect.Prospect{Households: 500, SD: 30_000_00, Rho: 0.6}
	lot, sets := p.ByLottery(60, 120, 12), p.ByMatching(60, 3, 12)
	for what, c := range map[string]struct{ got, want, within float64 }{
		"se of a draw":               {lot.SE(), 24_000_00 * math.Sqrt(2.0/60), 1},
		"se of sets":                 {sets.SE, 24_000_00 * math.Sqrt(4.0/180), 1},
		"detectable by a draw":       {lot.Detectable() / lot.SE(), 1.9806 + 0.8446, 2e-4},
		"detectable by sets":         {sets.Detectable() / sets.SE, 2.0010 + 0.8478, 2e-4},
		"half a year spreads more":   {p.ByMatching(60, 3, 6).SE / sets.SE, math.Sqrt2, 1e-12},
		"two years no less than one": {p.ByMatching(60, 3, 24).SE / sets.SE, 1, 1e-12},
	} {
		if math.Abs(c.got-c.want) > c.within {
			t.Errorf("%s: %v, want %v", what, c.got, c.want)
		}
	}
	n, ok := p.NeededByMatching(10_000_00, 3, 12)
	if before := p.ByMatching(n-1, 3, 12); !ok || p.ByMatching(n, 3, 12).Detectable() > 10_000_00 || before.Detectable() <= 10_000_00 {
		t.Errorf("%d sets are needed, %v", n, ok)
	}
	if n, ok = p.NeededByLottery(10_000_00, 2, 12); !ok || p.ByLottery(n, 2*n, 12).Detectable() > 10_000_00 || p.ByLottery(n-1, 2*n-2, 12).Detectable() <= 10_000_00 {
		t.Errorf("%d are to be drawn, %v", n, ok)
	}
}

// TestAheadFew: nothing is said of fewer than thirty households, or of households that cost the same.
func TestAheadFew(t *testing.T) {
	some := make([]float64, 40)
	for i := range some {
		some[i] = float64(i * i)
	}
	if p, ok := effect.ProspectOf(some, some); !ok || p.Households != 40 || math.Abs(p.Rho-1) > 1e-12 {
		t.Errorf("%+v, %v", p, ok)
	}
	for what, x := range map[string][2][]float64{"few": {some[:29], some[:29]}, "equal after": {some, make([]float64, 40)}, "equal before": {make([]float64, 40), some}} {
		if p, ok := effect.ProspectOf(x[0], x[1]); ok || p.SD != 0 || p.Rho != 0 {
			t.Errorf("%s: %+v", what, p)
		}
	}
}

// TestAheadInWorlds holds what is said beforehand to what the estimators say afterwards in worlds in which nothing is done: the mean standard error of Lin's estimator and
// of matched sets, against that foreseen from the same households' cost.
func TestAheadInWorlds(t *testing.T) {
	const worlds, n = 12, 100
	for by, within := range map[world.Selection]float64{world.ByLottery: 0.05, world.ByData: 0.15} {
		foreseen, found := make([]float64, worlds), make([]float64, worlds)
		for k := range worlds {
			w := world.New(world.Options{Treated: n, Selection: by, Seed: "vooraf"}, k)
			w.Plant(0)
			set := effect.Defaults()
			set.LotDraws = 99
			if by == world.ByLottery {
				var before, after []float64
				for _, e := range w.Entrants {
					before, after = append(before, e.Before), append(after, e.After)
				}
				p, _ := effect.ProspectOf(before, after)
				f, err := effect.Lottery(w.Entrants, set)
				if err != nil {
					t.Fatal(err)
				}
				foreseen[k], found[k] = p.ByLottery(f.Drawn, f.Drawn+f.Rest, 12).SE(), f.Adjusted.SE
				continue
			}
			s, err := w.Study(set)
			if err != nil {
				t.Fatal(err)
			}
			h := s.Headline(effect.FromData)
			var before, after []float64
			for _, a := range h.Amounts {
				before, after = append(before, a.TreatedBefore), append(after, a.TreatedAfter)
			}
			p, _ := effect.ProspectOf(before, after)
			foreseen[k], found[k] = p.ByMatching(h.N, 3, 12).SE, h.SE
		}
		ratio := stat.Mean(foreseen, nil) / stat.Mean(found, nil)
		t.Logf("%s: foreseen %.0f, found %.0f euros: %.3f", by, stat.Mean(foreseen, nil)/100, stat.Mean(found, nil)/100, ratio)
		if math.Abs(ratio-1) > within {
			t.Errorf("%s: foreseen over found %.3f", by, ratio)
		}
	}
}
