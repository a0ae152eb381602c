package effect

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"stapel/transforms/estimate"
)

// TestFitSets: both forms are those of estimate.DID on sets of one treated and one control, which has published figures of its own.
func TestFitSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(10, 40).Draw(t, "sets")
		value := rapid.Float64Range(-1000, 1000)
		var before, after, second []float64
		var treated []bool
		var labels []int
		var change, lag, other []float64
		for s := range n {
			b, a, x := [2]float64{}, [2]float64{}, [2]float64{}
			for arm := range 2 {
				b[arm], a[arm], x[arm] = value.Draw(t, "before"), value.Draw(t, "after"), value.Draw(t, "second")
				before, after, second = append(before, b[arm]), append(after, a[arm]), append(second, x[arm])
				treated, labels = append(treated, arm == 1), append(labels, s)
			}
			change, lag, other = append(change, a[1]-b[1]-a[0]+b[0]), append(lag, b[1]-b[0]), append(other, x[1]-x[0])
		}
		for form, x := range map[Form][][]float64{Changes: nil, Lagged: {before, second}} {
			want, err := estimate.DID(before, after, treated, estimate.DIDOptions{Sets: labels, X: x})
			if err != nil {
				t.Skip(err)
			}
			got, err := fitSets(change, [][]float64{lag, other}, form)
			if err != nil {
				t.Fatal(err)
			}
			for name, v := range map[string][2]float64{"estimate": {got.Estimate, want.Effect}, "se": {got.SE, want.SE}, "low": {got.Low, want.Low},
				"high": {got.High, want.High}, "df": {got.DF, want.DF}} {
				if math.Abs(v[0]-v[1]) > 1e-6*(1+math.Abs(v[1])) {
					t.Fatalf("%s, %s: %v, want %v", form, name, v[0], v[1])
				}
			}
		}
	})
}

// TestHeadline: from data the lagged form decides; from the field the smaller saving of both, with an interval that spans both.
func TestHeadline(t *testing.T) {
	var list []Amounts
	for k := range 20 {
		peak := float64(k % 5 * 1000) // those that cost more before fall back further
		list = append(list, Amounts{Set: &Set{}, TreatedBefore: 10_000 + peak, TreatedAfter: 8_000 + 13*float64(k%7), ControlBefore: 10_000,
			ControlAfter: 10_000 + 11*float64(k%3),
			Lags:         []float64{peak, float64(k * k % 11), float64(k % 4)}, LagKnown: true})
	}
	data, field := headlineOf(list, nil, FromData), headlineOf(list, nil, FromField)
	if !data.Possible || data.Form != Lagged || data.Estimate != data.Both[1].Estimate || data.Low != data.Both[1].Low {
		t.Errorf("data: %+v", data.Fit)
	}
	if data.Both[0].Estimate >= data.Both[1].Estimate-1000 {
		t.Fatalf("the peak should look like a saving: %v and %v", data.Both[0].Estimate, data.Both[1].Estimate)
	}
	if field.Form != Lagged || field.Estimate != data.Both[1].Estimate || field.Low != min(data.Both[0].Low,
		data.Both[1].Low) || field.High != max(data.Both[0].High, data.Both[1].High) {
		t.Errorf("field: %+v", field.Fit)
	}
	if none := headlineOf(nil, nil, FromData); none.Possible || none.Reason == "" {
		t.Errorf("without sets: %+v", none)
	}
	if one := headlineOf(list[:1], nil, FromData); one.Possible || one.Reason == "" {
		t.Errorf("with one: %+v", one)
	}
}

// TestStaying is by hand: a household that stays with chances 0,8 and 0,5 counts for 1,25 and then for 2,5, never for more than 10.
func TestStaying(t *testing.T) {
	logit := func(p float64) float64 { return math.Log(p / (1 - p)) }
	var stands []Stand
	for m := Month(100); m < 105; m++ {
		stands = append(stands, Stand{Household: 7, Month: m, Known1: true})
	}
	scores := map[string]*Scores{FromData: {Fitted: true, Logit: []float64{logit(0.9), logit(0.2), logit(0.5), logit(0.5), logit(0.9)}},
		FromField: {Logit: []float64{9, 9, 9, 9, 9}}}
	steps := Staying(stands, scores, map[int64]bool{7: true})(7, 100)
	for m, want := range map[Month]float64{100: 1, 101: 1.25, 102: 2.5, 103: 5, 104: 10, 120: 10} {
		if got := weightAt(steps, m); math.Abs(got-want) > 1e-12 {
			t.Errorf("in month %d it counts for %v, want %v", m, got, want)
		}
	}
}

// TestDraw: households with higher odds are drawn more often, as often as they should for one draw, and each at most once.
func TestDraw(t *testing.T) {
	p := placeboMonth{wanted: 1, units: []int{0, 1, 2}, odds: []float64{1, 0.5, 0.25}}
	count := [3]int{}
	const draws = 7000
	for b := range draws {
		for k, drawn := range p.draw(estimate.NewStream("trekking" + string(rune(b)))) {
			if drawn {
				count[k]++
			}
		}
	}
	for k, want := range []float64{4. / 7, 2. / 7, 1. / 7} {
		if got := float64(count[k]) / draws; math.Abs(got-want) > 0.02 {
			t.Errorf("unit %d: %v of draws, want %v", k, got, want)
		}
	}
}
