package estimate

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/mat"
)

// countyMoments are of the panel mpdta that comes with R's package did 2.5.1: log teen employment in 500 US counties, 2003 to 2007, by the year in which
// their state raised its minimum wage. Of each group its size, and the means and covariances (by size; the lower triangle by row) of log population and of
// the four yearly changes of log employment, computed from it. Group means and their errors without covariates, and regressions on log population, depend
// on nothing else.
var countyMoments = []struct {
	first, size int
	mean        [5]float64
	covariance  [15]float64
}{
	{2004, 20,
		[5]float64{3.47639737865, -0.0731332705789, -0.0471114762701, -0.0327477324856, 0.0586836341204},
		[15]float64{1.62784774641, 0.0254619624214, 0.00889756646362, 0.0491690072033, -0.00238673078972, 0.0129159379901, 0.0251071709388, 0.00118751350902,
			-0.00155135337696, 0.00596771937913, -0.0473692331707, -0.0055155848017, 0.0016055300657, -0.00449239667359, 0.0138223959875}},
	{2006, 40,
		[5]float64{3.75408740697, -0.0561099119337, 0.0100576168616, 0.0294932413478, -0.0143936062769},
		[15]float64{1.32857640371, 0.0131092365384, 0.0179362987644, 0.0334496895625, 0.00233648706348, 0.0123614897847, 0.0249964515061, -0.000156676380363,
			-0.0026839547953, 0.00742491761009, 0.0126349190533, -0.000786744116141, 0.00188998055514, -0.00319065948757, 0.00988327807973}},
	{2007, 131,
		[5]float64{3.45864088333, -0.0321233687746, 0.010082542726, 0.00300072891099, -0.00381815240277},
		[15]float64{1.58875157095, -0.00197486029754, 0.0170660991045, 0.0202066042761, -0.00338524575316, 0.0255873485221, -0.0108200670623, 0.00165181900633,
			-0.00686276673811, 0.0248875558808, -0.0165635035645, 0.00114191063653, -7.44021098468e-05, -0.00714836894552, 0.0250939570938}},
	{NeverTreated, 309,
		[5]float64{3.1834335512, -0.0626300243579, 0.0128084356121, 0.0340878483007, 0.0222362583164},
		[15]float64{1.65211675952, 0.0248580748387, 0.029581302025, 0.0122101049699, -0.00945212566592, 0.0227115201396, -0.015518275723, 0.00202201259669,
			-0.00574919983397, 0.0400538370606, 0.0164191386163, 0.000635951001903, -0.00130024792775, -0.0122708282172, 0.0265266001084}},
}

// withMoments are n draws, generated, that have exactly these means and covariances, by column.
func withMoments(s *Stream, n int, mean [5]float64, covariance [15]float64) [5][]float64 {
	var columns [5][]float64
	for j := range columns {
		c := make([]float64, n)
		for i := range c {
			c[i] = float64(s.Below(1000000))
		}
		// twice: what is left after centring and taking out the columns before it, with mean square 1
		for range 2 {
			for _, before := range append([][]float64{nil}, columns[:j]...) {
				dot := 0.0
				for i := range c {
					if before == nil {
						dot += c[i]
					} else {
						dot += c[i] * before[i]
					}
				}
				for i := range c {
					if before == nil {
						c[i] -= dot / float64(n)
					} else {
						c[i] -= dot / float64(n) * before[i]
					}
				}
			}
		}
		square := 0.0
		for _, v := range c {
			square += v * v
		}
		for i := range c {
			c[i] /= math.Sqrt(square / float64(n))
		}
		columns[j] = c
	}
	sym := mat.NewSymDense(5, nil)
	at := 0
	for i := range 5 {
		for j := range i + 1 {
			sym.SetSym(i, j, covariance[at])
			at++
		}
	}
	var chol mat.Cholesky
	if !chol.Factorize(sym) {
		panic("not a covariance")
	}
	var lower mat.TriDense
	chol.LTo(&lower)
	var out [5][]float64
	for j := range out {
		out[j] = make([]float64, n)
		for i := range n {
			out[j][i] = mean[j]
			for k := range j + 1 {
				out[j][i] += lower.At(j, k) * columns[k][i]
			}
		}
	}
	return out
}

// counties is a panel with those moments, log population its covariate if asked.
func counties(covariate bool) StaggeredPanel {
	p := StaggeredPanel{Times: []int{2003, 2004, 2005, 2006, 2007}, Y: make([][]float64, 5)}
	var population []float64
	s := NewStream("counties")
	for _, g := range countyMoments {
		columns := withMoments(s, g.size, g.mean, g.covariance)
		population = append(population, columns[0]...)
		for i := range g.size {
			p.First = append(p.First, g.first)
			level := 5.0
			p.Y[0] = append(p.Y[0], level)
			for t := 1; t < 5; t++ {
				level += columns[t][i]
				p.Y[t] = append(p.Y[t], level)
			}
		}
	}
	if covariate {
		p.X = [][]float64{population}
	}
	return p
}

// TestStaggeredCounties: what the package's README (did 2.5.1) prints of group-time, dynamic and group effects and of the test of parallel trends, never
// treated counties being the controls. Its errors are of a bootstrap that can't be repeated; these are the analytic ones that did gives (bstrap = FALSE).
func TestStaggeredCounties(t *testing.T) {
	f, err := Staggered(counties(false), StaggeredOptions{Seed: "counties"})
	if err != nil {
		t.Fatal(err)
	}
	cells := []struct {
		group, time int
		att, se     float64
	}{
		{2004, 2004, -0.0105, 0.0232510}, {2004, 2005, -0.0704, 0.0309848}, {2004, 2006, -0.1373, 0.0364357}, {2004, 2007, -0.1008, 0.0343592},
		{2006, 2004, 0.0065, 0.0233268}, {2006, 2005, -0.0028, 0.0195586}, {2006, 2006, -0.0046, 0.0177552}, {2006, 2007, -0.0412, 0.0202292},
		{2007, 2004, 0.0305, 0.0150336}, {2007, 2005, -0.0027, 0.0163958}, {2007, 2006, -0.0311, 0.0178775}, {2007, 2007, -0.0261, 0.0166554},
	}
	if len(f.Cells) != len(cells) {
		t.Fatalf("%d cells", len(f.Cells))
	}
	for k, want := range cells {
		c := f.Cells[k]
		if c.Group != want.group || c.Time != want.time || !roundsTo(c.ATT, want.att, 4) || !roundsTo(c.SE, want.se, 7) || c.Err != nil {
			t.Errorf("%+v, want %+v", c, want)
		}
		if c.Controls != 309 || math.Abs(c.BootSE/c.SE-1) > 0.15 {
			t.Errorf("controls %d, error of the bootstrap %v beside %v", c.Controls, c.BootSE, c.SE)
		}
	}
	// the README's band of 2004 in 2006 is -0.2419 to -0.0326: 2.64 of its bootstrapped errors; a thousand draws tell it to a tenth or so
	if f.Critical < 2.5 || f.Critical > 2.85 {
		t.Errorf("critical value %v", f.Critical)
	}
	if w, df, p, err := f.PreTest(); err != nil || df != 5 || !roundsTo(p, 0.16812, 5) || !roundsTo(w, 7.791237, 6) {
		t.Errorf("test of parallel trends: %v, %d, %v, %v", w, df, p, err)
	}
	checkSummaries(t, f, map[StaggeredSummary][]effect{
		SummarySimple:   {{0, -0.0400, 0.0120340}},
		SummaryGroup:    {{0, -0.0310, 0.0124461}, {2004, -0.0797, 0.0263678}, {2006, -0.0229, 0.0167033}, {2007, -0.0261, 0.0166554}},
		SummaryCalendar: {{0, -0.0417, 0.0159719}, {2004, -0.0105, 0.0232510}, {2005, -0.0704, 0.0309848}, {2006, -0.0488, 0.0201259}, {2007, -0.0371, 0.0137471}},
		SummaryDynamic: {{0, -0.0772, 0.0199650}, {-3, 0.0305, 0.0150336}, {-2, -0.0006, 0.0132916}, {-1, -0.0245, 0.0142364}, {0, -0.0199, 0.0118264},
			{1, -0.0510, 0.0168935}, {2, -0.1373, 0.0364357}, {3, -0.1008, 0.0343592}},
	}, 7)
}

// effect is a part of a summary, or first the whole, as printed: four decimals of the effect.
type effect struct {
	at      int
	att, se float64
}

func checkSummaries(t *testing.T, f *StaggeredFit, want map[StaggeredSummary][]effect, decimals int) {
	t.Helper()
	for kind, effects := range want {
		s, err := f.Summary(kind)
		if err != nil {
			t.Fatal(err)
		}
		got := append([]StaggeredPart{{StaggeredEffect: s.Overall}}, s.Parts...)
		if len(got) != len(effects) {
			t.Fatalf("%s: %d parts", kind, len(s.Parts))
		}
		for k, e := range effects {
			if got[k].At != e.at || !roundsTo(got[k].ATT, e.att, 4) || !roundsTo(got[k].SE, e.se, decimals) {
				t.Errorf("%s: at %d %.6f (%.8f), want %+v", kind, got[k].At, got[k].ATT, got[k].SE, e)
			}
		}
	}
}

// TestStaggeredCountiesNotYet: the same with counties that are not treated yet as controls, as did gives it (control_group = "notyettreated", bstrap = FALSE).
func TestStaggeredCountiesNotYet(t *testing.T) {
	f, err := Staggered(counties(false), StaggeredOptions{Control: ControlNotYet})
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range []float64{-0.0194, -0.0783, -0.1363, -0.1008, -0.0026, -0.0019, 0.0047, -0.0412, 0.0298, -0.0024, -0.0311, -0.0261} {
		if !roundsTo(f.Cells[k].ATT, want, 4) {
			t.Errorf("%+v, want %v", f.Cells[k], want)
		}
	}
	checkSummaries(t, f, map[StaggeredSummary][]effect{
		SummarySimple:   {{0, -0.0398, 0.0120524}},
		SummaryGroup:    {{0, -0.0305, 0.0125751}, {2004, -0.0837, 0.0257016}, {2006, -0.0183, 0.0159222}, {2007, -0.0261, 0.0166554}},
		SummaryCalendar: {{0, -0.0443, 0.0155709}, {2004, -0.0194, 0.0223101}, {2005, -0.0783, 0.0303902}, {2006, -0.0423, 0.0190563}, {2007, -0.0371, 0.0137471}},
	}, 7)
}

// TestStaggeredCountiesRegression: given log population, by regression, as did gives it (xformla = ~lpop, est_method = "reg"); errors depend on more than
// these moments.
func TestStaggeredCountiesRegression(t *testing.T) {
	f, err := Staggered(counties(true), StaggeredOptions{Method: OutcomeRegression})
	if err != nil {
		t.Fatal(err)
	}
	for k, want := range []float64{-0.0149112, -0.0769963, -0.1410801, -0.1075443, -0.0020661, -0.0069683, 0.0007655, -0.0415356, 0.0263658, -0.0047598, -0.0285021, -0.0287895} {
		if !roundsTo(f.Cells[k].ATT, want, 7) {
			t.Errorf("%+v, want %v", f.Cells[k], want)
		}
	}
}

// households is a generated panel of 240 in forty clusters over five years, groups from 2023, 2024 and 2025, with two covariates that both the group and the
// change depend on, and weights.
func households() StaggeredPanel {
	s := NewStream("staggered")
	p := StaggeredPanel{Times: []int{2021, 2022, 2023, 2024, 2025}, Y: make([][]float64, 5), X: make([][]float64, 2)}
	for i := range 240 {
		a, b, w := s.Below(100), s.Below(2), 1+s.Below(3)
		first := []int{NeverTreated, NeverTreated, 2023, 2024, 2025}[min(4, s.Below(3+a/25))]
		level := s.Below(1000)
		for t, year := range p.Times {
			y := level + t*(10+a/4+5*b) + s.Below(40)
			if year >= first {
				y -= 20 + 5*(year-first)
			}
			p.Y[t] = append(p.Y[t], float64(y))
		}
		p.First, p.X[0], p.X[1] = append(p.First, first), append(p.X[0], float64(a)), append(p.X[1], float64(b))
		p.Weights, p.Clusters = append(p.Weights, float64(w)), append(p.Clusters, i/6)
	}
	return p
}

// TestStaggeredHouseholds: every way of comparing, against the package csdid 0.4.3 for Python (whose tests hold it to R's did) on the same panel: overall
// effects, and two cells.
func TestStaggeredHouseholds(t *testing.T) {
	type pair struct{ att, se float64 }
	for name, c := range map[string]struct {
		opt                              StaggeredOptions
		weights, clusters                bool
		simple, group, dynamic, calendar pair
		of2024in2024, of2025in2022       pair
	}{
		"dr, never": {StaggeredOptions{}, false, false,
			pair{-22.01934705, 1.70033575}, pair{-20.60141821, 1.79965222}, pair{-23.27360564, 1.78565548}, pair{-21.40998077, 1.71571018},
			pair{-23.47621595, 4.19616956}, pair{0.11461798, 3.62574950}},
		"dr, not yet": {StaggeredOptions{Control: ControlNotYet}, false, false,
			pair{-21.87662704, 1.68303094}, pair{-20.48393538, 1.82920459}, pair{-23.17010160, 1.75328924}, pair{-21.21477835, 1.68209360},
			pair{-23.01271352, 3.91293138}, pair{1.04428860, 2.79666876}},
		"ipw, never": {StaggeredOptions{Method: InverseProbability}, false, false,
			pair{-22.25065035, 1.70762308}, pair{-20.94416395, 1.83293737}, pair{-23.47266917, 1.78821686}, pair{-21.59338040, 1.71743038},
			pair{-23.92063058, 4.21334551}, pair{-0.94885911, 3.85993964}},
		"reg, never": {StaggeredOptions{Method: OutcomeRegression}, false, false,
			pair{-22.50166763, 1.69545798}, pair{-21.56663414, 1.76289668}, pair{-23.63902866, 1.78969300}, pair{-21.74917074, 1.71388964},
			pair{-23.38437088, 4.17451328}, pair{1.98050524, 3.28206186}},
		"ipw, not yet, weights": {StaggeredOptions{Control: ControlNotYet, Method: InverseProbability}, true, false,
			pair{-22.36112760, 1.79621795}, pair{-21.02824452, 2.02279743}, pair{-23.64248920, 1.87567931}, pair{-21.68869407, 1.77348968},
			pair{-24.89583298, 3.75517943}, pair{-0.12085738, 2.99086356}},
		"dr, not yet, weights": {StaggeredOptions{Control: ControlNotYet}, true, false,
			pair{-22.19037648, 1.77033780}, pair{-20.76251546, 1.97909758}, pair{-23.49682519, 1.85478801}, pair{-21.55207649, 1.74899182},
			pair{-24.78763042, 3.74197179}, pair{0.69542210, 2.90023785}},
		"reg, never, weights": {StaggeredOptions{Method: OutcomeRegression}, true, false,
			pair{-22.63985608, 1.77479092}, pair{-21.70252404, 1.88676550}, pair{-23.81831269, 1.88974928}, pair{-21.86690797, 1.78455568},
			pair{-24.36935980, 3.94175135}, pair{0.42421029, 3.26321422}},
		"dr, never, clusters": {StaggeredOptions{}, false, true,
			pair{-22.01934705, 1.64562101}, pair{-20.60141821, 1.73225527}, pair{-23.27360564, 1.62408183}, pair{-21.40998077, 1.73157277},
			pair{-23.47621595, 4.37703038}, pair{0.11461798, 3.40161574}},
		"dr, not yet, anticipation": {StaggeredOptions{Control: ControlNotYet, Anticipation: 1}, false, false,
			pair{-25.33434122, 1.82199977}, pair{-23.24186832, 2.11637050}, pair{-26.78313587, 1.83626392}, pair{-24.98311906, 1.81747699},
			pair{-25.23893015, 3.33164433}, pair{0.29800601, 3.06251434}},
		"dr, never, one base": {StaggeredOptions{Universal: true}, false, false,
			pair{-22.01934705, 1.70033575}, pair{-20.60141821, 1.79965222}, pair{-23.27360564, 1.78565548}, pair{-21.40998077, 1.71571018},
			pair{-23.47621595, 4.19616956}, pair{-1.48131205, 4.26802338}},
		"reg, not yet, one base": {StaggeredOptions{Universal: true, Control: ControlNotYet, Method: OutcomeRegression}, false, false,
			pair{-22.39186165, 1.67926800}, pair{-21.47759530, 1.79358549}, pair{-23.56418328, 1.75850620}, pair{-21.59053958, 1.68074668},
			pair{-23.06639620, 3.94046428}, pair{0.14837020, 3.70088514}},
	} {
		p := households()
		if !c.weights {
			p.Weights = nil
		}
		if !c.clusters {
			p.Clusters = nil
		}
		c.opt.Draws = -1
		f, err := Staggered(p, c.opt)
		if err != nil {
			t.Fatal(err)
		}
		same := func(what string, e StaggeredEffect, want pair) {
			if math.Abs(e.ATT-want.att) > 2e-8 || math.Abs(e.SE-want.se) > 2e-8 {
				t.Errorf("%s, %s: %.9f (%.9f), want %v", name, what, e.ATT, e.SE, want)
			}
		}
		for kind, want := range map[StaggeredSummary]pair{SummarySimple: c.simple, SummaryGroup: c.group, SummaryDynamic: c.dynamic, SummaryCalendar: c.calendar} {
			s, err := f.Summary(kind)
			if err != nil {
				t.Fatal(err)
			}
			same(string(kind), s.Overall, want)
		}
		for _, cell := range f.Cells {
			if cell.Condition < 2 || cell.Condition > 20 { // a hundred-wide covariate and a yes or no, columns of length 1
				t.Errorf("%s: condition %v", name, cell.Condition)
			}
			switch {
			case cell.Group == 2024 && cell.Time == 2024:
				same("2024 in 2024", cell.StaggeredEffect, c.of2024in2024)
			case cell.Group == 2025 && cell.Time == 2022:
				same("2025 in 2022", cell.StaggeredEffect, c.of2025in2022)
			}
		}
	}
}

// TestStaggeredWithoutNever: where all are treated in the end the last group is the control until then (csdid 0.4.3, as above).
func TestStaggeredWithoutNever(t *testing.T) {
	p := households()
	p.Clusters = nil
	for i, first := range p.First {
		p.Weights[i] = 1
		if first == NeverTreated {
			p.Weights[i] = 0
		}
	}
	f, err := Staggered(p, StaggeredOptions{Control: ControlNotYet, Method: OutcomeRegression, Draws: -1})
	if err != nil {
		t.Fatal(err)
	}
	if f.Until != 2024 || f.Never != 41 || f.Units != 124 || f.Dropped != 116 || len(f.Groups) != 2 {
		t.Errorf("%+v", f)
	}
	for kind, want := range map[StaggeredSummary][2]float64{SummarySimple: {-22.14831612, 4.44697311}, SummaryGroup: {-23.25983671, 4.43010765},
		SummaryDynamic: {-23.04265326, 4.94599503}, SummaryCalendar: {-20.74696958, 4.03343919}} {
		s, err := f.Summary(kind)
		if err != nil || !roundsTo(s.Overall.ATT, want[0], 8) || !roundsTo(s.Overall.SE, want[1], 8) {
			t.Errorf("%s: %+v %v, want %v", kind, s.Overall, err, want)
		}
	}
}
