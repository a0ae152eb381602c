package analist

import (
	"cmp"
	"context"
	"io/fs"
	"slices"

	"stapel/reports"
	"stapel/reports/mart"
)

// costs is mart kosten added up over households.
type costs struct {
	Present bool
	Rows    []costRow
}

// costRow is a domein and payer; amounts are eurocents by window (T0, T1, T2).
type costRow struct {
	Domein, Betaler, Grondslag string
	Ct                         [3]int64 // of households
	UnknownCt                  [3]int64 // of persons without a household
	Regels                     int64    // lines in the windows, both
}

// unknownHousehold is the huishouden_id of cost that belongs to no household at the peildatum.
const unknownHousehold = "onbekend"

var windowNames = []string{"T0", "T1", "T2"}

func (c *costs) read(ctx context.Context, marts fs.FS, run reports.Run) error {
	if c.Present = mart.Has(marts, "kosten"); !c.Present {
		return nil
	}
	type key struct{ domein, betaler, grondslag string }
	sums := map[key]*costRow{}
	err := mart.Scan(ctx, marts, mart.Costs, func(k *mart.Kosten) error {
		window := slices.Index(windowNames, k.Venster)
		if window < 0 {
			return nil
		}
		id := key{k.Domein, k.Betaler, k.Grondslag}
		row := sums[id]
		if row == nil {
			row = &costRow{Domein: k.Domein, Betaler: k.Betaler, Grondslag: k.Grondslag}
			sums[id] = row
		}
		if k.Huishouden == unknownHousehold {
			row.UnknownCt[window] += k.BedragCt
		} else {
			row.Ct[window] += k.BedragCt
		}
		row.Regels += k.Regels
		return nil
	})
	if err != nil {
		return err
	}
	for _, row := range sums {
		c.Rows = append(c.Rows, *row)
	}
	order := func(domein string) int {
		return slices.IndexFunc(run.Domeinen, func(d reports.Domein) bool { return d.Naam == domein })
	}
	slices.SortFunc(c.Rows, func(a, b costRow) int {
		return cmp.Or(cmp.Compare(a.Grondslag, b.Grondslag),
			cmp.Compare(order(a.Domein), order(b.Domein)),
			cmp.Compare(a.Domein, b.Domein), cmp.Compare(a.Betaler, b.Betaler))
	})
	return nil
}

// Of are the rows of one grondslag.
func (c costs) Of(grondslag string) []costRow {
	var out []costRow
	for _, row := range c.Rows {
		if row.Grondslag == grondslag {
			out = append(out, row)
		}
	}
	return out
}

// Total adds up the rows of one grondslag.
func (c costs) Total(grondslag string) costRow {
	total := costRow{Grondslag: grondslag}
	for _, row := range c.Of(grondslag) {
		for i := range row.Ct {
			total.Ct[i] += row.Ct[i]
			total.UnknownCt[i] += row.UnknownCt[i]
		}
		total.Regels += row.Regels
	}
	return total
}
