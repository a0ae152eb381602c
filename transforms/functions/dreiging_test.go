package functions

import (
	"math"
	"testing"

	"stapel/transforms"
)

// TestDreiging: n is who was there less who could not be seen; without anybody there is no share; the interval is the exact one.
func TestDreiging(t *testing.T) {
	f, err := dreiging(t.Context(), given{"dreiging_telling": transforms.NewFrame(4).
		SetTexts("cocktail_id", []string{"a", "a", "b", "c"}).SetTexts("ontbrekend", []string{"x", "y", "x", "z"}).
		SetInts("toen", []int64{12, 3, 0, 1}).SetInts("vol", []int64{5, 0, 0, 1}).SetInts("niet_te_zien", []int64{2, 3, 0, 0}).
		SetInts("nu", []int64{4, 0, 7, 1})})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		n                int64
		share, low, high float64
		empty            bool
	}{{10, 0.5, 0.187086, 0.812914, false}, {0, 0, 0, 0, true}, {0, 0, 0, 0, true}, {1, 1, 0.025, 1, false}} {
		if f.Ints("gevolgd")[i] != want.n {
			t.Errorf("row %d: %d followed, want %d", i, f.Ints("gevolgd")[i], want.n)
		}
		for name, x := range map[string]float64{"aandeel": want.share, "ondergrens": want.low, "bovengrens": want.high} {
			if v := f.Vector(name); v.Empty(i) != want.empty || math.Abs(v.Floats[i]-x) > 1e-6 {
				t.Errorf("row %d: %s is %v (empty %v), want %v", i, name, v.Floats[i], v.Empty(i), x)
			}
		}
	}
}
