package functions

import (
	"testing"

	"stapel/transforms"
)

// TestTailWithoutStart: of a group whose first care is of this half year, and whose bills never come in the month of the care, the first
// factor of the development is nothing over nothing, and so is what is assumed after the last. It is empty then, and no reason to refuse
// a run.
func TestTailWithoutStart(t *testing.T) {
	const months = 36
	calendar, lines := make([]int32, months), []int64{}
	for m := range calendar {
		calendar[m] = monthDay(2023*12 + m)
	}
	var care, received []int32
	for m := months - 5; m < months-1; m++ {
		care, received, lines = append(care, calendar[m]), append(received, calendar[m+1]), append(lines, 1000)
	}
	n := len(care)
	same := func(v string) (out []string) {
		for range n {
			out = append(out, v)
		}
		return out
	}
	in := given{
		"kalender": transforms.NewFrame(months).SetDays("maand", calendar),
		"ontvangst": transforms.NewFrame(1).SetTexts("kind", []string{"wmo_declaratie"}).SetDays("eerste", []int32{calendar[0]}).
			SetDays("laatste", []int32{monthDay(2026 * 12)}).SetInts("geleverd", []int64{months}).SetFlags("bekend", []bool{true}).
			SetInts("maanden", []int64{1<<months - 1}),
		"uitloop": transforms.NewFrame(n).SetTexts("kind", same("wmo_declaratie")).SetTexts("productgroep", same("02")).SetDays("productmaand", care).
			SetDays("ontvangstmaand", received).SetInts("debet_ct", lines).SetInts("credit_ct", make([]int64, n)).SetInts("debet_regels", lines).
			SetInts("ongedateerd_ct", make([]int64, n)),
	}
	f, err := rijpheidKind(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if v := f.Vector("staartfactor"); f.Rows != 1 || !v.Empty(0) {
		t.Errorf("%d kinds, and a tail of %v", f.Rows, v.Floats)
	}
	if reason := f.Texts("reden")[0]; reason != reasonShort {
		t.Errorf("the first month is not mature for %q", reason)
	}
}
