package mart

import (
	"slices"
	"testing"
)

// TestAmounts: columns are found by domein, in the order asked, also in a row that another is part of.
func TestAmounts(t *testing.T) {
	type row struct {
		Ranglijst
		Other int64
	}
	of, err := Amounts[row]("kosten_%s_ct", []string{"zvw", "wmo", "participatie"})
	if err != nil {
		t.Fatal(err)
	}
	if got := of(&row{Ranglijst: Ranglijst{WmoCt: 1, JeugdCt: 2, ParticipatieCt: 3, ZvwCt: 4}}); !slices.Equal(got, []int64{4, 1, 3}) {
		t.Errorf("amounts %v", got)
	}
	for _, name := range []string{"wlz", "t3"} {
		if _, err := Amounts[row]("kosten_%s_ct", []string{"wmo", name}); err == nil {
			t.Errorf("a column for %s", name)
		}
	}
}
