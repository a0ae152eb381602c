package estimate

import (
	"errors"
	"math"
	"runtime"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// drawStaggered draws a panel with groups from periods 3, 4, 6 and 9 out of 1, 3, 4, 6, 7: one is treated after the last. Covariates, if any, are whole.
func drawStaggered(t *rapid.T, covariates int) StaggeredPanel {
	p := StaggeredPanel{Times: []int{1, 3, 4, 6, 7}, Y: make([][]float64, 5), X: make([][]float64, covariates)}
	for range rapid.IntRange(30, 60).Draw(t, "units") {
		p.First = append(p.First, rapid.SampledFrom([]int{1, 3, 4, 6, 9, NeverTreated}).Draw(t, "first"))
		for k := range p.Y {
			p.Y[k] = append(p.Y[k], float64(rapid.IntRange(-50, 50).Draw(t, "y")))
		}
		for j := range p.X {
			p.X[j] = append(p.X[j], float64(rapid.IntRange(0, 3).Draw(t, "x")))
		}
	}
	return p
}

// TestStaggeredIsDifferences: without covariates every cell is the mean change of the group less that of its controls, chosen here in words of their own,
// with the two variances of a mean; and a period has one cell for each group that can have one.
func TestStaggeredIsDifferences(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawStaggered(t, 0)
		opt := StaggeredOptions{Control: rapid.SampledFrom([]StaggeredControl{ControlNever, ControlNotYet}).Draw(t, "control"),
			Universal:    rapid.Bool().Draw(t, "universal"),
			Anticipation: rapid.IntRange(0, 2).Draw(t, "anticipation"), Draws: -1, LeastGroup: 2}
		never := slices.ContainsFunc(p.First, func(first int) bool { return first == NeverTreated })
		if !never {
			return
		}
		f, err := Staggered(p, opt)
		if errors.Is(err, ErrOneArm) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range f.Cells {
			var one, other []float64
			now, base := slices.Index(p.Times, c.Time), slices.Index(p.Times, c.Base)
			for i, first := range p.First {
				change := p.Y[now][i] - p.Y[base][i]
				expects := first - opt.Anticipation // when it may first show
				switch {
				case first == c.Group:
					one = append(one, change)
				case first == NeverTreated || expects > 7, opt.Control == ControlNotYet && expects > c.Time && expects > c.Base:
					other = append(other, change)
				}
			}
			if len(one) != c.Treated || len(other) != c.Controls {
				t.Fatalf("%+v: %d treated, %d controls", c, len(one), len(other))
			}
			if c.Err != nil {
				if len(other) > 0 && len(one) >= 2 {
					t.Fatal(c.Err)
				}
				continue
			}
			a, va := stat.PopMeanVariance(one, nil)
			b, vb := stat.PopMeanVariance(other, nil)
			if !near(c.ATT, a-b, 1e-9) || !near(c.SE, math.Sqrt(va/float64(len(one))+vb/float64(len(other))), 1e-9) {
				t.Fatalf("%+v: want %v", c, a-b)
			}
			shows := c.Group - opt.Anticipation
			last := 0
			for _, time := range p.Times {
				if time < shows {
					last = time
				}
			}
			want := last
			if !opt.Universal && c.Time < shows {
				want = p.Times[now-1]
			}
			if c.Base != want || c.Base == c.Time {
				t.Fatalf("%+v: base %d", c, want)
			}
		}
		cells := 0
		for _, g := range f.Groups {
			for k, time := range p.Times {
				if opt.Universal && time != p.Times[lastBefore(p.Times, g-opt.Anticipation)] || !opt.Universal && k > 0 {
					cells++
				}
			}
		}
		if cells != len(f.Cells) {
			t.Fatalf("%d cells, want %d", len(f.Cells), cells)
		}
	})
}

func lastBefore(times []int, t int) int {
	last := 0
	for k, time := range times {
		if time < t {
			last = k
		}
	}
	return last
}

// TestStaggeredInfluence: the influence of a unit is what the effect changes by when the unit's weight rises, by as much of itself, times the number of
// units (the infinitesimal jackknife), for every method, cell and summary.
func TestStaggeredInfluence(t *testing.T) {
	for _, opt := range []StaggeredOptions{
		{}, {Method: InverseProbability, Control: ControlNotYet}, {Method: OutcomeRegression}, {Control: ControlNotYet}, {Method: InverseProbability, Universal: true},
	} {
		opt.Draws = -1
		p := households()
		p.Clusters = nil
		effects := func(unit int, by float64) (atts []float64, influence [][]float64) {
			q := p
			q.Weights = slices.Clone(p.Weights)
			q.Weights[unit] += by
			f, err := Staggered(q, opt)
			if err != nil {
				t.Fatal(err)
			}
			add := func(e StaggeredEffect) { atts, influence = append(atts, e.ATT), append(influence, e.influence) }
			for _, c := range f.Cells {
				add(c.StaggeredEffect)
			}
			for _, kind := range []StaggeredSummary{SummarySimple, SummaryGroup, SummaryDynamic, SummaryCalendar} {
				s, err := f.Summary(kind)
				if err != nil {
					t.Fatal(err)
				}
				add(s.Overall)
				for _, part := range s.Parts {
					add(part.StaggeredEffect)
				}
			}
			return atts, influence
		}
		_, influence := effects(0, 0)
		for unit := 0; unit < len(p.First); unit += 17 {
			const by = 1e-4
			up, _ := effects(unit, by)
			down, _ := effects(unit, -by)
			for k := range up {
				got := (up[k] - down[k]) / (2 * by) * p.Weights[unit]
				want := influence[k][unit] / float64(len(p.First))
				if math.Abs(got-want) > 1e-6*(1+math.Abs(want)) {
					t.Errorf("%+v: effect %d, unit %d: %v, influence %v", opt, k, unit, got, want)
				}
			}
		}
	}
}

// TestStaggeredThreads: the same bytes on one thread and on many, and of equal seeds only.
func TestStaggeredThreads(t *testing.T) {
	run := func(seed string, threads int, mammen bool) StaggeredCell {
		defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(threads))
		f, err := Staggered(households(), StaggeredOptions{Seed: seed, Mammen: mammen})
		if err != nil {
			t.Fatal(err)
		}
		return f.Cells[3]
	}
	one, many, other, third := run("a", 1, false), run("a", 7, false), run("b", 7, false), run("a", 2, true)
	if one.BootSE != many.BootSE || one.BandLow != many.BandLow {
		t.Errorf("%+v and %+v", one, many)
	}
	if one.BootSE == other.BootSE || one.BandLow == other.BandLow || one.BootSE == third.BootSE || one.SE != third.SE {
		t.Errorf("seeds or weights do not matter: %+v, %+v, %+v", one, other, third)
	}
}

// TestStaggeredBand: of five independent effects the band is Sidak's (Journal of the American Statistical Association 62, 1967), of five equal ones that of
// one, with either kind of weight; and the bootstrap's error is the analytic one.
func TestStaggeredBand(t *testing.T) {
	s := NewStream("band")
	const units = 400
	for _, mammen := range []bool{false, true} {
		f := &StaggeredFit{Units: units, Options: StaggeredOptions{Confidence: 0.9, Draws: 9999, Mammen: mammen}}
		var apart, equal []*StaggeredEffect
		for range 5 {
			e := &StaggeredEffect{ATT: 3, influence: make([]float64, units)}
			for u := range e.influence {
				e.influence[u] = distuv.UnitNormal.Quantile((float64(s.Below(1000)) + 0.5) / 1000)
			}
			apart = append(apart, e)
			equal = append(equal, &StaggeredEffect{influence: apart[0].influence})
		}
		for name, c := range map[string]struct {
			effects []*StaggeredEffect
			want    float64
		}{
			"apart": {apart, distuv.UnitNormal.Quantile((1 + math.Pow(0.9, 1.0/5)) / 2)},
			"equal": {equal, distuv.UnitNormal.Quantile(0.95)},
		} {
			if critical := f.infer(c.effects, name); math.Abs(critical-c.want) > 0.06 {
				t.Errorf("%s, mammen %v: critical value %v, want %v", name, mammen, critical, c.want)
			}
		}
		e := apart[0]
		if math.Abs(e.BootSE/e.SE-1) > 0.05 || e.Low > 3-1.6*e.SE || e.Low < 3-1.7*e.SE || e.BandLow > e.Low || e.BandHigh < e.High {
			t.Errorf("mammen %v: %+v", mammen, e)
		}
	}
}

// TestMammenWeights: two values, with mean 0, variance 1 and third moment 1.
func TestMammenWeights(t *testing.T) {
	next := mammen(NewStream("mammen"))
	const n = 200000
	var moment [4]float64
	seen := map[float64]bool{}
	for range n {
		v := next()
		seen[v] = true
		for k := range moment {
			moment[k] += math.Pow(v, float64(k)) / n
		}
	}
	if len(seen) != 2 || math.Abs(moment[1]) > 0.01 || math.Abs(moment[2]-1) > 0.01 || math.Abs(moment[3]-1) > 0.03 {
		t.Errorf("%v, moments %v", seen, moment)
	}
}

// TestSigns: they are the bits of the stream's numbers, the lowest first, so that anyone can redo them.
func TestSigns(t *testing.T) {
	next, numbers := signs(NewStream("signs")), NewStream("signs")
	for range 3 {
		number := numbers.Uint64()
		for bit := range 64 {
			if want := []float64{-1, 1}[number>>bit&1]; next() != want {
				t.Fatalf("bit %d of %x is %v", bit, number, want)
			}
		}
	}
}

// TestStaggeredMoves: an effect added after treatment is found to the digit, by group and period, and nothing else moves.
func TestStaggeredMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := drawStaggered(t, 1)
		opt := StaggeredOptions{Method: rapid.SampledFrom([]StaggeredMethod{DoublyRobust, OutcomeRegression, InverseProbability}).Draw(t, "method"), Draws: -1, LeastGroup: 2}
		f, err := Staggered(p, opt)
		if errors.Is(err, ErrOneArm) {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		q := p
		q.Y = nil
		for k, y := range p.Y {
			moved := slices.Clone(y)
			for i, first := range p.First {
				moved[i] += float64(1000 * k)
				if p.Times[k] >= first {
					moved[i] += float64(10*first + p.Times[k])
				}
			}
			q.Y = append(q.Y, moved)
		}
		other, err := Staggered(q, opt)
		if err != nil {
			t.Fatal(err)
		}
		for k, c := range f.Cells {
			want := 0.0
			if c.Post() {
				want = float64(10*c.Group + c.Time)
			}
			if (c.Err == nil) != (other.Cells[k].Err == nil) || c.Err == nil && !near(other.Cells[k].ATT, c.ATT+want, 1e-7) {
				t.Fatalf("%+v\n%+v", c, other.Cells[k])
			}
			if c.Err != nil && !errors.Is(c.Err, ErrPositivity) && !errors.Is(c.Err, ErrTooFew) && !errors.Is(c.Err, ErrOneArm) && !errors.Is(c.Err, ErrCollinear) {
				t.Fatal(c.Err)
			}
		}
	})
}

func TestStaggeredErrors(t *testing.T) {
	for name, c := range map[string]struct {
		change func(p *StaggeredPanel, o *StaggeredOptions)
		want   error
	}{
		"one period":          {func(p *StaggeredPanel, _ *StaggeredOptions) { p.Times, p.Y = p.Times[:1], p.Y[:1] }, ErrInput},
		"periods fall":        {func(p *StaggeredPanel, _ *StaggeredOptions) { p.Times = []int{5, 4, 3, 2, 1} }, ErrInput},
		"a period twice":      {func(p *StaggeredPanel, _ *StaggeredOptions) { p.Times = []int{1, 2, 2, 3, 4} }, ErrInput},
		"no number":           {func(p *StaggeredPanel, _ *StaggeredOptions) { p.Y[2][7] = math.NaN() }, ErrInput},
		"a label short":       {func(p *StaggeredPanel, _ *StaggeredOptions) { p.Clusters = p.Clusters[1:] }, ErrInput},
		"no such control":     {func(_ *StaggeredPanel, o *StaggeredOptions) { o.Control = "later" }, ErrInput},
		"no such method":      {func(_ *StaggeredPanel, o *StaggeredOptions) { o.Method = "magic" }, ErrInput},
		"anticipation after":  {func(_ *StaggeredPanel, o *StaggeredOptions) { o.Anticipation = -1 }, ErrInput},
		"certain":             {func(_ *StaggeredPanel, o *StaggeredOptions) { o.Confidence = 1 }, ErrInput},
		"forty-one clusters":  {func(_ *StaggeredPanel, o *StaggeredOptions) { o.LeastClusters = 41 }, ErrFewClusters},
		"nobody treated":      {func(p *StaggeredPanel, _ *StaggeredOptions) { setFirst(p, NeverTreated) }, ErrOneArm},
		"all treated at once": {func(p *StaggeredPanel, _ *StaggeredOptions) { setFirst(p, 2023) }, ErrOneArm},
		"treated before":      {func(p *StaggeredPanel, _ *StaggeredOptions) { setFirst(p, 2021) }, ErrOneArm},
		"one group, not yet":  {func(p *StaggeredPanel, o *StaggeredOptions) { setFirst(p, 2023); o.Control = ControlNotYet }, ErrOneArm},
	} {
		p, o := households(), StaggeredOptions{Draws: -1}
		c.change(&p, &o)
		if _, err := Staggered(p, o); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
}

func setFirst(p *StaggeredPanel, first int) {
	for i := range p.First {
		p.First[i] = first
	}
}

// TestStaggeredCellErrors: a cell that can't be estimated says so, and so does a summary that needs it.
func TestStaggeredCellErrors(t *testing.T) {
	small := households()
	for i, first := range small.First {
		if first == 2024 && i > 40 {
			small.First[i] = NeverTreated
		}
	}
	apart := households()
	for i, first := range apart.First {
		apart.X[1][i] = float64(i%7) / 10
		if first == 2024 {
			apart.X[1][i] += 5
		}
	}
	constant := households()
	for i := range constant.First {
		constant.X[1][i] = 3
	}
	for name, c := range map[string]struct {
		p      StaggeredPanel
		method StaggeredMethod
		want   error
	}{
		"a group of a few":       {small, OutcomeRegression, ErrTooFew},
		"a group by itself":      {apart, DoublyRobust, ErrPositivity},
		"nothing in a covariate": {constant, OutcomeRegression, ErrCollinear},
		"nor for the propensity": {constant, InverseProbability, ErrCollinear},
	} {
		f, err := Staggered(c.p, StaggeredOptions{Method: c.method, Draws: -1})
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range f.Cells {
			if cell.Group == 2024 && (!errors.Is(cell.Err, c.want) || cell.ATT != 0 || cell.SE != 0) {
				t.Errorf("%s: %+v", name, cell)
			}
		}
		for _, kind := range []StaggeredSummary{SummarySimple, SummaryGroup, SummaryDynamic, SummaryCalendar} {
			if _, err := f.Summary(kind); !errors.Is(err, c.want) {
				t.Errorf("%s, %s: %v", name, kind, err)
			}
		}
		if _, _, _, err := f.PreTest(); !errors.Is(err, c.want) {
			t.Errorf("%s: test of trends: %v", name, err)
		}
	}
	f, err := Staggered(households(), StaggeredOptions{Draws: -1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Summary("weekly"); !errors.Is(err, ErrInput) {
		t.Errorf("%v", err)
	}
}

// BenchmarkStaggered: five thousand households over twelve half-years, four groups, doubly robust on three covariates, with bands.
func BenchmarkStaggered(b *testing.B) {
	s := NewStream("bench")
	p := StaggeredPanel{Y: make([][]float64, 12), X: make([][]float64, 3)}
	for t := range p.Y {
		p.Times = append(p.Times, t)
	}
	for range 5000 {
		p.First = append(p.First, []int{4, 6, 8, 10, NeverTreated}[min(4, s.Below(20))])
		for j := range p.X {
			p.X[j] = append(p.X[j], float64(s.Below(100)))
		}
		for t := range p.Y {
			p.Y[t] = append(p.Y[t], float64(s.Below(1000)))
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		f, err := Staggered(p, StaggeredOptions{})
		if err != nil {
			b.Fatal(err)
		}
		if _, err := f.Summary(SummaryDynamic); err != nil {
			b.Fatal(err)
		}
	}
}

// TestStaggeredTrims: a control that is all but certain to be of the group, 399 of 400, is left out by inverse probability: what is left is the mean change of
// the treated less that of controls without the covariate, all of one propensity. The regression keeps it, and so does its part in the doubly robust
// estimate, whose controls' residuals are 0 here.
func TestStaggeredTrims(t *testing.T) {
	p := StaggeredPanel{Times: []int{1, 2}, Y: make([][]float64, 2), X: make([][]float64, 1)}
	add := func(count, first int, x, change float64) {
		for i := range count {
			p.First, p.X[0] = append(p.First, first), append(p.X[0], x)
			p.Y[0], p.Y[1] = append(p.Y[0], float64(i)), append(p.Y[1], float64(i)+change)
		}
	}
	add(399, 2, 1, 7)
	add(1, NeverTreated, 1, 1000)
	add(21, 2, 0, 7)
	add(200, NeverTreated, 0, 4)
	for method, want := range map[StaggeredMethod]float64{InverseProbability: 3, DoublyRobust: 7 - (399*1000+21*4)/420.0, OutcomeRegression: 7 - (399*1000+21*4)/420.0} {
		f, err := Staggered(p, StaggeredOptions{Method: method, Draws: -1})
		if err != nil || f.Cells[0].Err != nil {
			t.Fatal(err, f.Cells[0].Err)
		}
		trimmed := 1
		if method == OutcomeRegression {
			trimmed = 0
		}
		if c := f.Cells[0]; c.Trimmed != trimmed || c.Controls != 201 || !near(c.ATT, want, 1e-9) {
			t.Errorf("%s: %+v, want %v", method, c, want)
		}
	}
}
