package gate_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"stapel/reports/gate"
)

// countryside is a table a quarter of gemeenten with their wijken by cocktail: counts that are mostly small, as they are, and costs that are skewed.
func countryside(gemeenten, wijken, quarters int, seed uint64) []gate.Table {
	rnd := rand.New(rand.NewPCG(seed, 2))
	var out []gate.Table
	for q := range quarters {
		t := gate.Table{Name: fmt.Sprint("cocktails ", q), Population: "huishoudens", Moment: fmt.Sprintf("2025K%d", q), Quantity: "kosten_t0",
			Dims: []gate.Dim{{Name: "gebied", Exhaustive: true, Place: true}, {Name: "cocktail"}}}
		for k := range 4 {
			t.Dims[1].Values = append(t.Dims[1].Values, gate.Value{Name: fmt.Sprint("c", k)})
		}
		for g := range gemeenten {
			gm := fmt.Sprintf("GM%04d", g)
			t.Dims[0].Values = append(t.Dims[0].Values, gate.Value{Name: gm})
			size := math.Exp(rnd.NormFloat64())
			for w := range wijken {
				wk := fmt.Sprintf("%s-%02d", gm, w)
				t.Dims[0].Values = append(t.Dims[0].Values, gate.Value{Name: wk, Parent: gm})
				for k := range 4 {
					n := int64(size * 8 * rnd.ExpFloat64() / float64(k+1))
					c := gate.Cell{Key: []string{wk, fmt.Sprint("c", k)}, N: n, Members: digest(n, rnd.Uint64())}
					for range n {
						a := int64(2_000_000 * math.Exp(1.2*rnd.NormFloat64()))
						c.Sum, c.Abs = c.Sum+a, c.Abs+a
						if a > c.Largest {
							c.Largest, c.Second = a, c.Largest
						} else if a > c.Second {
							c.Second = a
						}
					}
					t.Cells = append(t.Cells, c)
				}
			}
		}
		t = withTotals(t)
		// a household can be in several cocktails: there is no total over them
		cells := t.Cells[:0]
		for _, c := range t.Cells {
			if c.Key[1] != "" {
				cells = append(cells, c)
			}
		}
		t.Cells = cells
		out = append(out, t)
	}
	return out
}

// BenchmarkRelease is of 40 gemeenten with 400 wijken, 8 quarters and 4 cocktails.
func BenchmarkRelease(b *testing.B) {
	for _, c := range []struct {
		name   string
		round  bool
		solver string
	}{{"rounded", true, ""}, {"exact", false, ""}, {"rounded without a solver", true, gate.NoSolver}} {
		b.Run(c.name, func(b *testing.B) {
			for b.Loop() {
				in := gate.Input{Rules: rules(c.round), Tables: countryside(40, 10, 8, 1), Options: gate.Options{Solver: c.solver}}
				in.Rules.Secondary.Seconds = 300
				begin := time.Now()
				r := release(b, in)
				total := map[string]int{}
				for _, rec := range r.Records {
					total["cellen"] += rec.Cells
					total["primair"] += rec.Primary
					total["secundair"] += rec.Secondary
					total["bewijzen"] += rec.Goals
					total[rec.Status]++
				}
				b.Logf("%s: %v in %.1f s", c.name, total, time.Since(begin).Seconds())
			}
		})
	}
}

// BenchmarkCombinations is of every set of one to five of seven ingredients among 60.000 households, as for a middling gemeente, most of which have
// none.
func BenchmarkCombinations(b *testing.B) {
	for _, round := range []bool{true, false} {
		b.Run(fmt.Sprint("rounded ", round), func(b *testing.B) {
			rnd := rand.New(rand.NewPCG(3, 4))
			tb := gate.Table{Name: "patroon", Population: "huishoudens", Moment: "2025-12-31",
				Sets: &gate.Sets{Ingredients: []string{"ggz", "woonproblematiek", "kinderen", "niet_passend", "jeugdzorg", "schulden", "geen_uitkering"}, Min: 1, Max: 5}}
			has := map[uint32]int64{}
			for range 60_000 {
				trouble := rnd.ExpFloat64() // what makes one ingredient go with another
				var m uint32
				for i, p := range []float64{0.08, 0.01, 0.25, 0.01, 0.05, 0.04, 0.02} {
					if rnd.Float64() < min(0.9, p*trouble) {
						m |= 1 << i
					}
				}
				has[m]++
			}
			for m := range uint32(128) {
				tb.Cells = append(tb.Cells, gate.Cell{Has: m, N: has[m], Members: digest(has[m], rnd.Uint64())})
			}
			for b.Loop() {
				in := gate.Input{Rules: rules(round), Tables: []gate.Table{tb}}
				in.Rules.Secondary.Combined, in.Rules.Secondary.Seconds = 4, 300
				begin := time.Now()
				rec := release(b, in).Records[0]
				b.Logf("%s: %d cells, %d primary, %d secondary, %d goals in %.1f s", rec.Status, rec.Cells, rec.Primary, rec.Secondary, rec.Goals, time.Since(begin).Seconds())
			}
		})
	}
}
