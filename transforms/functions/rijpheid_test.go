package functions

import (
	"testing"

	"stapel/transforms/typed"
)

// TestTailWithoutStart: of a group whose first care is of this half year, and whose bills never come in the month of the care, the first
// factor of the development is nothing over nothing, and so is what is assumed after the last. It is empty then, and no reason to refuse
// a run.
func TestTailWithoutStart(t *testing.T) {
	const months = 36
	var calendar []month
	var cells []runOffCell
	for m := range months {
		calendar = append(calendar, month{monthDay(2023*12 + m)})
	}
	for m := months - 5; m < months-1; m++ {
		cells = append(cells, runOffCell{Kind: "wmo_declaratie", Group: "02", Month: &calendar[m].First, Receipt: &calendar[m+1].First,
			DebitCt: 1000, Lines: 1000})
	}
	rows, err := rijpheidKind(t.Context(), runOffTables{
		Cells: typed.TableOf(cells...), Calendar: typed.TableOf(calendar...),
		Feeds: typed.TableOf(feed{Kind: "wmo_declaratie", First: &calendar[0].First, Last: new(monthDay(2026 * 12)), Delivered: months,
			Known: true, Covered: 1<<months - 1}),
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1 || rows[0].Tail != nil {
		t.Fatalf("%d kinds, and a tail where there is none", len(rows))
	}
	if reason := rows[0].Reason; reason != reasonShort {
		t.Errorf("the first month is not mature for %q", reason)
	}
}
