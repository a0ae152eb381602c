package main

import (
	"errors"
	"slices"

	"gonum.org/v1/gonum/stat"

	"stapel/transforms/effect"
	"stapel/transforms/effect/world"
	"stapel/transforms/estimate"
)

var (
	sizes      = []int{20, 60, 150}
	effects    = []float64{0, -10_000}
	selections = world.Selections
)

// expected is what every plan says it will save, euros a year.
const expected = 10_000

// cell is what came of the worlds of one kind. Amounts are euros a household a year.
type cell struct {
	by     world.Selection
	n      int
	effect float64

	primary figure            // that decides
	naive   figure            // voor_na, held to the same truth
	others  map[string]figure // by method
	verdict map[effect.Verdict]int
	placebo []float64
	rest    int
	sets    float64 // mean
	without int     // worlds in which there was no figure that decides
}

// figure is how an estimator did.
type figure struct {
	estimates, truths, errs []float64
	covered, below, judged  int // intervals that hold the truth, that lie below 0, of so many
}

func (f *figure) add(value, low, high, se, truth float64, interval bool) {
	f.estimates, f.truths = append(f.estimates, value/100), append(f.truths, truth/100)
	if !interval {
		return
	}
	f.errs = append(f.errs, se/100)
	f.judged++
	if low <= truth && truth <= high {
		f.covered++
	}
	if high < 0 {
		f.below++
	}
}

func (f *figure) bias() float64     { return stat.Mean(f.estimates, nil) - stat.Mean(f.truths, nil) }
func (f *figure) coverage() float64 { return float64(f.covered) / max(1, float64(f.judged)) }
func (f *figure) power() float64    { return float64(f.below) / max(1, float64(f.judged)) }

// spread is the standard deviation of the error.
func (f *figure) spread() float64 {
	d := slices.Clone(f.estimates)
	for k := range d {
		d[k] -= f.truths[k]
	}
	return stat.StdDev(d, nil)
}

// one is what came of a world.
type one struct {
	rows    []effect.Row
	truth   float64
	head    effect.Headline
	verdict effect.Verdict
	full    bool
	err     error
}

// add adds the worlds up, in their order.
func (c *cell) add(all []one) error {
	c.others, c.verdict = map[string]figure{}, map[effect.Verdict]int{}
	for _, w := range all {
		if w.err != nil {
			return w.err
		}
		if w.full {
			c.rest++
			c.verdict[w.verdict]++
		}
		h := w.head
		if !h.Possible {
			c.without++
		} else {
			c.primary.add(h.Estimate, h.Low, h.High, h.SE, w.truth, h.N >= effect.Defaults().LeastSets)
			c.sets += float64(h.N)
			for f, name := range []string{effect.MethodChanges, effect.MethodLagged} {
				if h.HasBoth {
					b := h.Both[f]
					c.other(name, func(f *figure) { f.add(b.Estimate, b.Low, b.High, b.SE, w.truth, true) })
				}
			}
		}
		for _, r := range w.rows {
			if r.Value == nil {
				continue
			}
			if r.Method == effect.MethodPlacebo {
				c.placebo = append(c.placebo, *r.Value/100)
				continue
			}
			truth := w.truth
			if r.Method == effect.MethodPlaceboTime || r.Method == effect.MethodPeak {
				truth = 0
			}
			interval := r.Low != nil && r.High != nil && r.SE != nil
			add := func(f *figure) {
				if interval {
					f.add(*r.Value, *r.Low, *r.High, *r.SE, truth, true)
				} else {
					f.add(*r.Value, 0, 0, 0, truth, false)
				}
			}
			if r.Method == effect.MethodBeforeAfter {
				add(&c.naive)
			} else {
				c.other(r.Method, add)
			}
		}
	}
	c.sets /= max(1, float64(len(all)-c.without))
	return nil
}

func (c *cell) other(method string, add func(*figure)) {
	f := c.others[method]
	add(&f)
	c.others[method] = f
}

// methods are those that are shown beside the one that decides.
var methods = []string{effect.MethodBeforeAfter, effect.MethodStaggered, effect.MethodPlainStag, effect.MethodPlacebo, effect.MethodPlaceboTime, effect.MethodPeak,
	effect.MethodCapped, effect.MethodBootstrap, effect.MethodPlainLot}

// makeWorld makes world number k, and gives what came of it for each effect: who was chosen and with whom it is matched does not depend on it.
func makeWorld(by world.Selection, n, k int, o options) (out []one) {
	set := effect.Defaults()
	set.Draws, set.LotDraws = o.draws, 99 // Lin's interval is the one that is held to the truth
	w := world.New(world.Options{Treated: n, Selection: by, Seed: "validatie"}, k)
	full := k < o.rest
	if by == world.ByLottery {
		for _, yearly := range effects {
			w.Plant(yearly)
			out = append(out, drawn(w, set, full))
		}
		return out
	}
	s, err := w.Study(set)
	if err != nil {
		return []one{{err: err}, {err: err}}
	}
	origin := effect.FromField
	if by == world.ByData {
		origin = effect.FromData
	}
	s.Expected = map[string]float64{}
	for _, p := range w.Plans {
		s.Expected[p.Case] = expected * 100
	}
	for _, yearly := range effects {
		w.Plant(yearly)
		var r one
		if !full {
			r.head = s.Headline(origin)
		} else {
			all := s.Analyse()
			r.full, r.head, r.verdict = true, all.Headlines[origin], all.Verdicts[origin]
			for _, row := range all.Rows {
				if row.Origin == origin && row.Clock == effect.Started && slices.Contains(methods, row.Method) {
					r.rows = append(r.rows, row)
				}
			}
		}
		r.truth = w.Truth(r.head.Amounts)
		r.head.Amounts = nil
		out = append(out, r)
	}
	return out
}

// drawn is a world with a lottery; it is judged without a placebo, for a draw needs none.
func drawn(w *world.World, set effect.Settings, full bool) (out one) {
	f, err := effect.Lottery(w.Entrants, set)
	if err != nil {
		return one{err: err}
	}
	out = one{truth: w.TrueDrawn, full: full}
	out.head = effect.Headline{Fit: f.Adjusted, Possible: true}
	if !full {
		return out
	}
	out.verdict, _ = effect.Judge(effect.Judged{Possible: true, Sets: f.Drawn, Estimate: f.Adjusted.Estimate, SE: f.Adjusted.SE, High: f.Adjusted.High,
		Expected: expected * 100, HasExpect: true, Drawn: true}, set)
	p := f.Plain
	out.rows = append(out.rows, effect.Row{Method: effect.MethodPlainLot, Value: &p.Estimate, SE: &p.SE, Low: &p.Low, High: &p.High})
	change, n := 0.0, 0.0
	for _, e := range w.Entrants {
		if e.Drawn {
			change, n = change+e.After-e.Before, n+1
		}
	}
	change /= n
	out.rows = append(out.rows, effect.Row{Method: effect.MethodBeforeAfter, Value: &change})
	return out
}

// late is what late bills do: the mean of before-after and of matched, waiting for them or not.
type late struct {
	wait           bool
	naive, matched figure
}

func lateBills(o options) ([]late, error) {
	var out []late
	for _, wait := range []bool{false, true} {
		l := late{wait: wait}
		type result struct {
			row  effect.Row
			head effect.Headline
			err  error
		}
		all := make([]result, o.rest)
		estimate.InParallel(o.rest, func(k int) {
			w := world.New(world.Options{Treated: 60, Selection: world.ByData, Seed: "laat", Late: true, NoWait: !wait}, k)
			set := effect.Defaults()
			set.Draws = 0
			s, err := w.Study(set)
			if err != nil {
				all[k].err = err
				return
			}
			r := s.Analyse()
			all[k].head = r.Headlines[effect.FromData]
			all[k].row = r.Rows[slices.IndexFunc(r.Rows, func(r effect.Row) bool { return r.Method == effect.MethodBeforeAfter && r.Origin == effect.FromData })]
		})
		for _, r := range all {
			if r.err != nil {
				return nil, r.err
			}
			if r.row.Value == nil || r.row.Low == nil || !r.head.Possible {
				return nil, errors.New("a world of late bills without a figure")
			}
			l.naive.add(*r.row.Value, *r.row.Low, *r.row.High, *r.row.SE, 0, true)
			l.matched.add(r.head.Estimate, r.head.Low, r.head.High, r.head.SE, 0, true)
		}
		out = append(out, l)
	}
	return out, nil
}
