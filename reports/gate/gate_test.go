package gate_test

import (
	"context"
	"fmt"
	"testing"

	"stapel/config"
	"stapel/reports/gate"
)

var key = []byte("a key of tests, not of a project")

func rules(round bool) config.Disclosure {
	d := config.Disclosure{
		Counts:    config.DisclosureCounts{Minimum: 10, MaxGroupPercent: 90},
		Sums:      config.DisclosureSums{Dominance: []config.Dominance{{N: 1, Percent: 50}, {N: 2, Percent: 85}}, PPercent: 10, SmallPercent: 10},
		Quantiles: config.DisclosureQuantiles{EachSide: 10},
		Secondary: config.DisclosureSecondary{Cost: config.CostHouseholds, Combined: 3, Seconds: 60},
	}
	if round {
		d.Counts.RoundTo, d.Sums.RoundToEur = 5, 1000
	}
	return d
}

func release(t testing.TB, in gate.Input) *gate.Result {
	t.Helper()
	in.Key = key
	in.Options.Work = t.TempDir()
	r, err := gate.Release(context.Background(), in)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func grid(name string, rows [][]int64) gate.Table {
	t := gate.Table{Name: name, Population: "huishoudens", Moment: "2025-12-31", Dims: []gate.Dim{{Name: "rij", Exhaustive: true}, {Name: "kolom", Exhaustive: true}}}
	for i, row := range rows {
		t.Dims[0].Values = append(t.Dims[0].Values, gate.Value{Name: fmt.Sprint("r", i)})
		for j, n := range row {
			if i == 0 {
				t.Dims[1].Values = append(t.Dims[1].Values, gate.Value{Name: fmt.Sprint("k", j)})
			}
			t.Cells = append(t.Cells, gate.Cell{Key: []string{fmt.Sprint("r", i), fmt.Sprint("k", j)}, N: n, Members: digest(n, uint64(1000*i+j+7))})
		}
	}
	return withTotals(t)
}

// withTotals shows all totals of a table of leaves.
func withTotals(t gate.Table) gate.Table {
	var keys func(d int, key []string)
	cells := map[string]*gate.Cell{}
	var order []string
	for _, c := range t.Cells {
		keys = func(d int, key []string) {
			if d == len(t.Dims) {
				k := fmt.Sprint(key)
				if cells[k] == nil {
					cells[k] = &gate.Cell{Key: append([]string(nil), key...)}
					order = append(order, k)
				}
				s := cells[k]
				s.N, s.Sum, s.Abs, s.Members = s.N+c.N, s.Sum+c.Sum, s.Abs+c.Abs, s.Members+c.Members
				for _, l := range []int64{c.Largest, c.Second} {
					if l > s.Largest {
						s.Largest, s.Second = l, s.Largest
					} else if l > s.Second {
						s.Second = l
					}
				}
				return
			}
			for v := c.Key[d]; ; {
				keys(d+1, append(key[:d:d], v))
				if v == "" {
					break
				}
				for _, o := range t.Dims[d].Values {
					if o.Name == v {
						v = o.Parent
						break
					}
				}
			}
		}
		keys(0, nil)
	}
	t.Cells = nil
	for _, k := range order {
		t.Cells = append(t.Cells, *cells[k])
	}
	return t
}

func show(p gate.Published) (out string) {
	for _, c := range p.Cells {
		v := fmt.Sprint(c.N)
		if c.Hidden {
			v = "x"
		}
		out += fmt.Sprintf("%v%v=%s ", c.Key, c.Set, v)
	}
	return out
}

// digest is the digest of n households: of nobody it is 0.
func digest(n int64, of uint64) uint64 {
	if n == 0 {
		return 0
	}
	return of
}
