package costs

import (
	"testing"

	"pgregory.net/rapid"

	"stapel/pipeline/reference/lines"
)

// TestDaily: the parts of an amount add up, and those of the days to any day are what the formula of methods 3 gives.
func TestDaily(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := lines.Day(rapid.IntRange(19000, 20000).Draw(t, "from"))
		k := cost{ct: rapid.Int64Range(-5_000_000, 5_000_000).Draw(t, "ct"), from: from, to: from + lines.Day(rapid.IntRange(1, 800).Draw(t, "days"))}
		cut := from + lines.Day(rapid.IntRange(0, int(k.to-from)).Draw(t, "cut"))
		var before, after int64
		k.daily(func(x lines.Day, part int64) {
			if x < cut {
				before += part
			} else {
				after += part
			}
		})
		abs, sign := k.ct, int64(1)
		if abs < 0 {
			abs, sign = -abs, -1
		}
		if want := sign * (abs * int64(cut-from) / int64(k.to-from)); before != want || before+after != k.ct {
			t.Fatalf("%d and %d of %d, want %d first", before, after, k.ct, want)
		}
	})
}
