package functions

import (
	"math"
	"testing"

	"stapel/transforms/typed"
)

// TestDreiging: n is who was there less who could not be seen; without anybody there is no share; the interval is the exact one.
func TestDreiging(t *testing.T) {
	rows, err := dreiging(t.Context(), threatTables{typed.TableOf(
		threatCount{Cocktail: "a", Missing: "x", Then: 12, Full: 5, Unseen: 2, Now: 4},
		threatCount{Cocktail: "a", Missing: "y", Then: 3, Unseen: 3},
		threatCount{Cocktail: "b", Missing: "x", Now: 7},
		threatCount{Cocktail: "c", Missing: "z", Then: 1, Full: 1, Now: 1})})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct {
		n                int64
		share, low, high float64
		empty            bool
	}{{10, 0.5, 0.187086, 0.812914, false}, {0, 0, 0, 0, true}, {0, 0, 0, 0, true}, {1, 1, 0.025, 1, false}} {
		if rows[i].Followed != want.n {
			t.Errorf("row %d: %d followed, want %d", i, rows[i].Followed, want.n)
		}
		for name, x := range map[string]struct {
			got  *float64
			want float64
		}{"aandeel": {rows[i].Share, want.share}, "ondergrens": {rows[i].Low, want.low}, "bovengrens": {rows[i].High, want.high}} {
			if (x.got == nil) != want.empty || x.got != nil && math.Abs(*x.got-x.want) > 1e-6 {
				t.Errorf("row %d: %s is %v, want %v (empty %v)", i, name, x.got, x.want, want.empty)
			}
		}
	}
}
