package estimate

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// tally counts values.
func tally(values ...int64) (out []Tally) {
	for _, v := range slices.Sorted(slices.Values(values)) {
		if n := len(out); n > 0 && out[n-1].Value == v {
			out[n-1].Count++
		} else {
			out = append(out, Tally{v, 1})
		}
	}
	return out
}

// TestQuantile: what R prints for quantile(), of type 7.
func TestQuantile(t *testing.T) {
	thousandths := tally(1720, 2090, 2570, 2600, 1410, 1760, 2200, 2700, 1130, 2830, 1575, 2400, 2950, 1930, 3005, 1680, 3160, 1715, 2015, 2550, 3400, 2040, 3640)
	nine := tally(1, 2, 3, 4, 5, 6, 7, 8, 9)
	for _, c := range []struct {
		values  []Tally
		p, want float64
		source  string
	}{
		{nine, 0, 1, "TIBCO Enterprise Runtime for R 6.1, quantile(1:9)"}, {nine, 0.25, 3, ""}, {nine, 0.5, 5, ""}, {nine, 0.75, 7, ""}, {nine, 1, 9, ""},
		{nine, 0.1, 1.8, ""}, {nine, 0.3, 3.4, ""}, {nine, 0.9, 8.2, ""},
		{tally(1, 4, 9, 16, 25, 36, 49, 64, 81, 100), 0.25, 10.75, "Foundations and Applications of Statistics: An Introduction Using R, quantile((1:10)^2)"},
		{tally(1, 4, 9, 16, 25, 36, 49, 64, 81, 100), 0.5, 30.5, ""}, {tally(1, 4, 9, 16, 25, 36, 49, 64, 81, 100), 0.75, 60.25, ""},
		{thousandths, 0.25, 1740, "\"Calculating Quantiles Using R\", 23 values in thousandths"}, {thousandths, 0.75, 2765, ""},
		{tally(7), 0.25, 7, "one value"}, {tally(3, 3, 3, 5), 0.75, 3.5, "by hand"}, {tally(-4, 0), 0.5, -2, "by hand"},
	} {
		if got, ok := Quantile(c.values, c.p); !ok || math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%v of %v: %v, want %v (%s)", c.p, c.values, got, c.want, c.source)
		}
	}
	if _, ok := Quantile(nil, 0.5); ok {
		t.Error("of nothing there is one")
	}
}

// TestQuantileTallies: values that were seen more often are as many values beside each other.
func TestQuantileTallies(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-5, 30), 1, 40).Draw(r, "values")
		p := rapid.SampledFrom([]float64{0, 0.25, 0.5, 0.75, 1}).Draw(r, "p")
		list := slices.Sorted(slices.Values(values))
		quarters := int(4*p) * (len(list) - 1)
		want := float64(list[quarters/4])
		if part := quarters % 4; part > 0 {
			want += float64(part) / 4 * float64(list[quarters/4+1]-list[quarters/4])
		}
		if got, ok := Quantile(tally(values...), p); !ok || math.Abs(got-want) > 1e-9 {
			r.Fatalf("%v of %v: %v, want %v", p, list, got, want)
		}
	})
}

// follow has those with the event, and those who were lost from sight.
func follow(events, lost []int64) (out []followed) {
	for _, d := range lost {
		out = append(out, followed{Days: d})
	}
	for _, d := range events {
		out = append(out, followed{Days: d, Event: true})
	}
	return out
}
