package estimate

import (
	"errors"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// remission are weeks of remission of Freireich and others (Blood 21, 1963), 6-MP and placebo, as in Cox (1972) and in Kalbfleisch and Prentice (2002).
func remission() (sixMP, placebo []followed) {
	return follow([]int64{6, 6, 6, 7, 10, 13, 16, 22, 23}, []int64{6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35}),
		follow([]int64{1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23}, nil)
}

// aml are weeks of remission in acute myelogenous leukaemia, with and without maintenance (Miller, Survival Analysis, 1981, page 49).
func aml() (maintained, not []followed) {
	return follow([]int64{9, 13, 18, 23, 31, 34, 48}, []int64{13, 28, 45, 161}),
		follow([]int64{5, 5, 8, 8, 12, 23, 27, 30, 33, 43, 45}, []int64{16})
}

// bmt are days without relapse after a bone marrow transplant in three groups of disease, ALL, AML low and AML high risk, below 0 those lost from sight
// after so many (J.P. Klein and M.L. Moeschberger, Survival Analysis, 1997, section 1.3 and table D.1, in the order of SAS's data set Sashelp.BMT).
var bmt = [3][]int64{
	{-2081, -1602, -1496, -1462, -1433, -1377, -1330, -996, -226, -1199, -1111, -530, -1182, -1167, 418, 383, 276, 104, 609, 172, 487, 662, 194, 230, 526,
		122, 129, 74, 122, 86, 466, 192, 109, 55, 1, 107, 110, 332},
	{-2569, -2506, -2409, -2218, -1857, -1829, -1562, -1470, -1363, -1030, -860, -1258, -2246, -1870, -1799, -1709, -1674, -1568, -1527, -1324, -957, -932,
		-847, -848, -1850, -1843, -1535, -1447, -1384, 414, 2204, 1063, 481, 105, 641, 390, 288, 421, 79, 748, 486, 48, 272, 1074, 381, 10, 53, 80, 35, 248,
		704, 211, 219, 606},
	{-2640, -2430, -2252, -2140, -2133, -1238, -1631, -2024, -1345, -1136, -845, 422, 162, 84, 100, 2, 47, 242, 456, 268, 318, 32, 467, 47, 390, 183, 105,
		115, 164, 93, 120, 80, 677, 64, 168, 74, 16, 157, 625, 48, 273, 63, 76, 113, 363},
}

// signedFollow reads days, of which those below 0 are of somebody lost from sight.
func signedFollow(days []int64) (list []followed) {
	for _, d := range days {
		list = append(list, followed{Days: max(d, -d), Event: d > 0})
	}
	return list
}

func followColumns(list []followed) (time []float64, event []bool) {
	for _, f := range list {
		time, event = append(time, float64(f.Days)), append(event, f.Event)
	}
	return time, event
}

func kaplanMeier(t *testing.T, list []followed, opt SurvivalOptions) *KaplanMeierFit {
	t.Helper()
	time, event := followColumns(list)
	fit, err := KaplanMeier(time, event, opt)
	if err != nil {
		t.Fatal(err)
	}
	return fit
}

// asPrinted says that a value is what was printed, to the digits printed.
func asPrinted(got, want, digits float64) bool {
	return math.Abs(got-want) <= 0.5*math.Pow(10, -digits)*(1+1e-9)
}

// lifeLine is a line of a printed life table.
type lifeLine struct {
	time                     float64
	atRisk, events           int
	survival, err, low, high float64 // -1: printed as unknown
}

// checkTable compares the lines with events.
func checkTable(t *testing.T, name string, fit *KaplanMeierFit, lines []lifeLine, digits, errDigits float64) {
	t.Helper()
	rows := slices.DeleteFunc(slices.Clone(fit.Rows), func(r SurvivalRow) bool { return r.Events == 0 })
	if len(rows) != len(lines) {
		t.Fatalf("%s: %d times with events, want %d", name, len(rows), len(lines))
	}
	for i, want := range lines {
		r := rows[i]
		if r.Time != want.time || r.AtRisk != want.atRisk || r.Events != want.events || !asPrinted(r.Survival, want.survival, digits) {
			t.Errorf("%s: %+v, want %+v", name, r, want)
		}
		if want.err < 0 {
			if r.Interval.Known || r.StdErr != 0 {
				t.Errorf("%s: an interval at %v: %+v", name, r.Time, r)
			}
			continue
		}
		if !r.Interval.Known || !asPrinted(r.StdErr, want.err, errDigits) || !asPrinted(r.Interval.Low, want.low, errDigits) ||
			!asPrinted(r.Interval.High, want.high, min(digits, errDigits)) {
			t.Errorf("%s: %+v, want %+v", name, r, want)
		}
	}
}

// TestKaplanMeierAML: what R prints for the two groups, on its default scale, the logarithm (survival 3.x, tests/doaml.Rout.save, the reference output of
// the package's own tests).
func TestKaplanMeierAML(t *testing.T) {
	maintained, not := aml()
	opt := SurvivalOptions{Scale: ScaleLog}
	one, other := kaplanMeier(t, maintained, opt), kaplanMeier(t, not, opt)
	checkTable(t, "maintained", one, []lifeLine{
		{9, 11, 1, 0.909, 0.0867, 0.7541, 1}, {13, 10, 1, 0.818, 0.1163, 0.6192, 1}, {18, 8, 1, 0.716, 0.1397, 0.4884, 1},
		{23, 7, 1, 0.614, 0.1526, 0.3769, 0.999}, {31, 5, 1, 0.491, 0.1642, 0.2549, 0.946}, {34, 4, 1, 0.368, 0.1627, 0.1549, 0.875},
		{48, 2, 1, 0.184, 0.1535, 0.0359, 0.944}}, 3, 4)
	checkTable(t, "not maintained", other, []lifeLine{
		{5, 12, 2, 0.8333, 0.1076, 0.6470, 1}, {8, 10, 2, 0.6667, 0.1361, 0.4468, 0.995}, {12, 8, 1, 0.5833, 0.1423, 0.3616, 0.941},
		{23, 6, 1, 0.4861, 0.1481, 0.2675, 0.883}, {27, 5, 1, 0.3889, 0.1470, 0.1854, 0.816}, {30, 4, 1, 0.2917, 0.1387, 0.1148, 0.741},
		{33, 3, 1, 0.1944, 0.1219, 0.0569, 0.664}, {43, 2, 1, 0.0972, 0.0919, 0.0153, 0.620}, {45, 1, 1, 0, -1, -1, -1}}, 3, 4)
	checkMedian(t, "maintained", one, 31, 18, -1)
	checkMedian(t, "not maintained", other, 23, 8, -1)
	if one.N != 11 || one.Events != 7 || one.Censored != 4 || one.Negative != 0 {
		t.Errorf("counts %+v", one)
	}
}

// checkMedian compares the median and its bounds; -1 is not reached.
func checkMedian(t *testing.T, name string, fit *KaplanMeierFit, want ...float64) {
	t.Helper()
	at, low, high := fit.Median()
	for i, got := range []SurvivalTime{at, low, high} {
		if got.Reached != (want[i] >= 0) || got.Reached && got.Time != want[i] {
			t.Errorf("%s, on %s: median, low and high %v %v %v, want %v", name, fit.Options.Scale, at, low, high, want)
			return
		}
	}
}

// TestKaplanMeierRemission: what Stata's sts list prints, on the scale log-log (G. Rodríguez, Survival Analysis, Princeton, "The Gehan Survival Data"), and
// the medians that R prints on the logarithm (MASS, gehan).
func TestKaplanMeierRemission(t *testing.T) {
	sixMP, placebo := remission()
	one, other := kaplanMeier(t, sixMP, SurvivalOptions{}), kaplanMeier(t, placebo, SurvivalOptions{})
	checkTable(t, "6-MP", one, []lifeLine{
		{6, 21, 3, 0.8571, 0.0764, 0.6197, 0.9516}, {7, 17, 1, 0.8067, 0.0869, 0.5631, 0.9228}, {10, 15, 1, 0.7529, 0.0963, 0.5032, 0.8894},
		{13, 12, 1, 0.6902, 0.1068, 0.4316, 0.8491}, {16, 11, 1, 0.6275, 0.1141, 0.3675, 0.8049}, {22, 7, 1, 0.5378, 0.1282, 0.2678, 0.7468},
		{23, 6, 1, 0.4482, 0.1346, 0.1881, 0.6801}}, 4, 4)
	first := other.Rows[0]
	if !asPrinted(first.Survival, 0.9048, 4) || !asPrinted(first.StdErr, 0.0641, 4) || !asPrinted(first.Interval.Low, 0.6700, 4) ||
		!asPrinted(first.Interval.High, 0.9753, 4) {
		t.Errorf("placebo: %+v", first)
	}
	checkMedian(t, "6-MP", kaplanMeier(t, sixMP, SurvivalOptions{Scale: ScaleLog}), 23, 16, -1)
	checkMedian(t, "placebo", kaplanMeier(t, placebo, SurvivalOptions{Scale: ScaleLog}), 8, 4, 12)
	checkMedian(t, "6-MP", one, 23, 13, -1)
	checkMedian(t, "placebo", other, 8, 4, 11)
}

// TestKaplanMeierBMT: what SAS prints for the first group (SAS/STAT 14.1 User's Guide, The LIFETEST Procedure, Computational Formulas): survival, standard
// error, and the interval of the time by which a quarter has the event, on all three scales.
func TestKaplanMeierBMT(t *testing.T) {
	survival := []float64{0.97368, 0.94737, 0.92105, 0.89474, 0.86842, 0.84211, 0.81579, 0.78947, 0.73684, 0.71053, 0.68421, 0.65789, 0.63158, 0.60412, 0.57666,
		0.54920, 0.52174, 0.49428, 0.46682, 0.43936, 0.41190, 0.38248, 0.35306}
	stdErr := []float64{0.025967, 0.036224, 0.043744, 0.049784, 0.054836, 0.059153, 0.062886, 0.066135, 0.071434, 0.073570, 0.075405, 0.076960, 0.078252, 0.079522,
		0.080509, 0.081223, 0.081672, 0.081860, 0.081788, 0.081457, 0.080862, 0.080260, 0.079296}
	for _, c := range []struct {
		scale     ShareScale
		low, high float64
	}{{ScalePlain, 107, 276}, {ScaleLogLog, 86, 230}, {ScaleLog, 107, 332}} {
		fit := kaplanMeier(t, signedFollow(bmt[0]), SurvivalOptions{Scale: c.scale})
		n := 0
		for _, r := range fit.Rows {
			if r.Events == 0 {
				continue
			}
			if !asPrinted(r.Survival, survival[n], 5) || !asPrinted(r.StdErr, stdErr[n], 6) {
				t.Errorf("day %v: %+v, want %v %v", r.Time, r, survival[n], stdErr[n])
			}
			n++
		}
		if at, low, high := fit.Quantile(0.25); at.Time != 122 || low.Time != c.low || high.Time != c.high || !(low.Reached && high.Reached) {
			t.Errorf("%s: a quarter by %v, [%v, %v], want 122, [%v, %v]", c.scale, at, low, high, c.low, c.high)
		}
	}
}

// TestKaplanMeierAt: between the rows, before the first, after the last.
func TestKaplanMeierAt(t *testing.T) {
	sixMP, placebo := remission()
	fit := kaplanMeier(t, sixMP, SurvivalOptions{})
	for _, c := range []struct{ time, want float64 }{{0, 1}, {5.9, 1}, {6, 18.0 / 21}, {6.5, 18.0 / 21}, {35, 0.44818}} {
		if s, _, i, ok := fit.At(c.time); !ok || math.Abs(s-c.want) > 5e-6 || i.Known != (c.want < 1) {
			t.Errorf("after %v weeks %v %v %v, want %v", c.time, s, i, ok, c.want)
		}
	}
	if _, _, _, ok := fit.At(35.1); ok {
		t.Error("known after the last week that anybody was followed")
	}
	if s, _, _, ok := kaplanMeier(t, placebo, SurvivalOptions{}).At(100); !ok || s != 0 {
		t.Error("nobody is left, and that is not known")
	}
}

func TestKaplanMeierRefuses(t *testing.T) {
	yes := []bool{true, true}
	for _, c := range []struct {
		time  []float64
		event []bool
		opt   SurvivalOptions
		want  error
	}{
		{[]float64{1}, yes, SurvivalOptions{}, ErrFollowUp},
		{[]float64{1, math.NaN()}, yes, SurvivalOptions{}, ErrFollowUp},
		{[]float64{1, math.Inf(1)}, yes, SurvivalOptions{}, ErrFollowUp},
		{nil, nil, SurvivalOptions{}, ErrNobodyFollowed},
		{[]float64{-1, -2}, yes, SurvivalOptions{}, ErrNobodyFollowed},
		{[]float64{1, 2}, yes, SurvivalOptions{Confidence: 1}, ErrConfidence},
		{[]float64{1, 2}, yes, SurvivalOptions{Confidence: math.NaN()}, ErrConfidence},
		{[]float64{1, 2}, yes, SurvivalOptions{Scale: "logit"}, ErrScale},
	} {
		if _, err := KaplanMeier(c.time, c.event, c.opt); !errors.Is(err, c.want) {
			t.Errorf("%v: %v, want %v", c.time, err, c.want)
		}
	}
}

// drawFollow draws a few that are followed, with ties, and some with days below 0.
func drawFollow(r *rapid.T) []followed {
	return rapid.SliceOfN(rapid.Custom(func(r *rapid.T) followed {
		return followed{Days: rapid.Int64Range(-2, 12).Draw(r, "days"), Event: rapid.Bool().Draw(r, "event")}
	}), 1, 30).Draw(r, "list")
}

// TestKaplanMeierSlow: as the definition says, day by day over everybody; the median is that of slowMedian; what adds up does; wider
// confidence gives no narrower an interval.
func TestKaplanMeierSlow(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		list := drawFollow(r)
		time, event := followColumns(list)
		scale := rapid.SampledFrom([]ShareScale{ScaleLogLog, ScaleLog, ScalePlain}).Draw(r, "scale")
		fit, err := KaplanMeier(time, event, SurvivalOptions{Scale: scale})
		negative := 0
		for _, f := range list {
			if f.Days < 0 {
				negative++
			}
		}
		if negative == len(list) {
			if !errors.Is(err, ErrNobodyFollowed) {
				r.Fatal(err)
			}
			return
		}
		if err != nil || fit.N != len(list)-negative || fit.Negative != negative || fit.Events+fit.Censored != fit.N {
			r.Fatalf("%+v, %v", fit, err)
		}
		wide, _ := KaplanMeier(time, event, SurvivalOptions{Scale: scale, Confidence: 0.99})
		for day := int64(0); day <= 12; day++ {
			want := 1.0
			for d := int64(0); d <= day; d++ {
				there, events := 0, 0
				for _, f := range list {
					if f.Days >= d {
						there++
					}
					if f.Days == d && f.Event {
						events++
					}
				}
				if there > 0 {
					want *= 1 - float64(events)/float64(there)
				}
			}
			got, stdErr, in, ok := fit.At(float64(day))
			if ok && math.Abs(got-want) > 1e-12 {
				r.Fatalf("day %d: %v, want %v", day, got, want)
			}
			if ok && in.Known && !(0 <= in.Low && in.Low <= got && got <= in.High && in.High <= 1 && stdErr > 0) {
				r.Fatalf("day %d: %v ± %v, %v", day, got, stdErr, in)
			}
			if _, _, w, _ := wide.At(float64(day)); w.Known != in.Known || w.Known && (w.Low > in.Low || w.High < in.High) {
				r.Fatalf("day %d: at 99%% %v, at 95%% %v", day, w, in)
			}
		}
		median, reached := slowMedian(list)
		at, low, high := fit.Median()
		if at.Reached != reached || reached && at.Time != float64(median) {
			r.Fatalf("median %v, want %d %v", at, median, reached)
		}
		if s, _, _, _ := fit.At(at.Time); reached && (!low.Reached && s > 0 || low.Reached && low.Time > at.Time) {
			r.Fatalf("median %v, low %v, survival %v", at, low, s)
		}
		if high.Reached && (!reached || high.Time < at.Time) {
			r.Fatalf("median %v, low %v, high %v", at, low, high)
		}
	})
}

func BenchmarkSurvival(b *testing.B) {
	const n = 1_000_000
	stream := NewStream("benchmark")
	time, event, group, cause := make([]float64, n), make([]bool, n), make([]int, n), make([]int, n)
	for i := range n {
		time[i], cause[i], group[i] = float64(stream.Below(3650)), stream.Below(4), stream.Below(5)
		event[i] = cause[i] > 0
	}
	for name, f := range map[string]func() error{
		"KaplanMeier": func() error { _, err := KaplanMeier(time, event, SurvivalOptions{}); return err },
		"Incidence":   func() error { _, err := CumulativeIncidence(time, cause, IncidenceOptions{}); return err },
		"LogRank":     func() error { _, err := LogRank(time, event, group, nil); return err },
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := f(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// followed is how long something was followed, in days, and whether it ended with the event or was lost from sight.
type followed struct {
	Days  int64
	Event bool
}

// slowMedian is the least number of days after which at most half is still without the event, by the product-limit estimate; ok is
// false when more than half still is at the end. Who is lost from sight on a day was still there when the events of that day happened. Days below
// 0 are left out.
//
// Source: E.L. Kaplan and P. Meier, Journal of the American Statistical Association 53 (1958).
func slowMedian(list []followed) (days int64, ok bool) {
	events, gone := map[int64]int64{}, map[int64]int64{}
	var atRisk, last int64
	for _, f := range list {
		if f.Days < 0 {
			continue
		}
		atRisk++
		gone[f.Days]++
		if f.Event {
			events[f.Days]++
		}
		last = max(last, f.Days)
	}
	left := 1.0
	for day := int64(0); day <= last && atRisk > 0; day++ {
		if d := events[day]; d > 0 {
			left *= 1 - float64(d)/float64(atRisk)
			if left <= 0.5+1e-12 {
				return day, true
			}
		}
		atRisk -= gone[day]
	}
	return 0, false
}
