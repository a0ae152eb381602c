package gate_test

import (
	"slices"
	"testing"

	"stapel/reports/gate"
)

// The example of linked tables of sdcTable (sdcTools/sdcTable, tests/testthat/test-linked-tables.r): regions in two counties, and the same regions as big
// and small ones. Each table alone is safe; county-1 less the small ones is K and N, of which N is shown, and so K would be. There, with groups up to 3
// hidden, N is the one more that has to be.
func TestLinkedTablesOfSdcTable(t *testing.T) {
	counts := map[string]int64{"A": 2, "B": 2, "I": 8, "J": 8, "K": 3, "L": 3, "M": 3, "N": 7}
	table := func(name string, parents map[string]string) gate.Table {
		tb := gate.Table{Name: name, Population: "huishoudens", Moment: "2025", Dims: []gate.Dim{{Name: "region", Exhaustive: true, Place: true}}}
		for _, p := range sorted(parents) {
			up := parents[p]
			if !slices.ContainsFunc(tb.Dims[0].Values, func(v gate.Value) bool { return v.Name == up }) {
				tb.Dims[0].Values = append(tb.Dims[0].Values, gate.Value{Name: up})
			}
			tb.Dims[0].Values = append(tb.Dims[0].Values, gate.Value{Name: p, Parent: up})
			tb.Cells = append(tb.Cells, gate.Cell{Key: []string{p}, N: counts[p], Members: uint64(p[0])})
		}
		return withTotals(tb)
	}
	county := map[string]string{"A": "county-1", "B": "county-1", "I": "county-1", "J": "county-1", "K": "county-2", "L": "county-2", "M": "county-2", "N": "county-2"}
	size := map[string]string{"A": "small", "B": "small", "I": "small", "J": "small", "K": "small", "L": "big", "M": "big", "N": "small"}
	in := gate.Input{Rules: rules(false), Tables: []gate.Table{table("county", county), table("size", size)}}
	in.Rules.Counts.Minimum = 4
	r := release(t, in)
	for i, rec := range r.Records {
		if rec.Status != gate.StatusFree || rec.Primary != 5 || rec.Secondary != 1 {
			t.Errorf("%s is %s with %d and %d hidden; want 5 and 1", rec.Table, rec.Status, rec.Primary, rec.Secondary)
		}
		at := slices.IndexFunc(r.Tables[i].Cells, func(c gate.PublishedCell) bool { return c.Key[0] == "N" })
		if !r.Tables[i].Cells[at].Hidden {
			t.Errorf("%s shows N", rec.Table)
		}
	}
	if found := leaks(t, in.Tables, r.Tables, in.Rules, nil); len(found) > 0 {
		t.Errorf("%q", found)
	}
}
