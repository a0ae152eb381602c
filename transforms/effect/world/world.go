// Package world makes households month by month of which the effect of maatwerk is known, to hold the estimators to: for tests, benchmarks and the
// validation, never for the product. A world is its options and its number: the same ones give the same world on any machine and for any
// number of threads.
package world

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/floats"

	"stapel/transforms/effect"
	"stapel/transforms/estimate"
)

// Selection is how households were chosen.
type Selection string

// The selections. ByLottery draws half of a list of expensive households. ByData chooses with odds that grow with what they cost in the two years and the
// quarter before, and nothing else: who is chosen and who is not differ only in what is seen. FieldAcute chooses households at a peak, in a crisis that
// passes, of which cost shows the height and not the cause: what is not seen and does not last. FieldChronic chooses by what a household needs in the long
// run: what is not seen and lasts. FieldSeen is people who choose by what a household cost in two years, by no moment and by nothing that is not seen.
const (
	ByLottery    Selection = "loting"
	ByData       Selection = "data"
	FieldAcute   Selection = "veld-acuut"
	FieldChronic Selection = "veld-chronisch"
	FieldSeen    Selection = "veld-zichtbaar"
)

// Selections are all.
var Selections = []Selection{ByLottery, ByData, FieldAcute, FieldChronic, FieldSeen}

// Options of a world.
type Options struct {
	Treated    int
	Effect     float64 // euros a household a year, negative is a saving
	Selection  Selection
	Households int  // 0: 600 and 8 for each treated
	Clocks     int  // months in which plans are reported; 0: 6
	Late       bool // bills of the last months are not in yet
	NoWait     bool // with Late: all months count, as if they were in
	Seed       string
}

// World is a study with its truth.
type World struct {
	Plans    []effect.Plan
	Stands   []effect.Stand
	Series   []*effect.Series // by stand; households share theirs
	Mature   effect.Month
	Entrants []effect.Entrant
	// True is the effect on each plan's household over months 1 to 12 after the start, in eurocents a year: cost does not fall below 0.
	True map[string]float64
	// TrueDrawn is the mean effect of having been drawn.
	TrueDrawn float64

	list   []household
	series []*effect.Series // by household
}

const (
	months    = 66
	firstYear = 30 // month in which the first plan is reported
)

// Start is the first month of every world.
const Start = effect.Month(12 * 2020)

// source is a generator for a name: PCG, which is fast and the same everywhere.
func source(name string) *rand.Rand {
	s := estimate.NewStream(name)
	return rand.New(rand.NewPCG(s.Uint64(), s.Uint64()))
}

// household is one with its cost without maatwerk.
type household struct {
	cost     []float64 // eurocents a month
	crisis   []bool
	level    float64 // log of what it needs in the long run
	children bool
	persons  int
	oldest   int
	ask      int
	region   int
}

// grow makes a household: a level that lasts, a part that fades by a tenth a month, crises of some five months, and noise.
func grow(s *rand.Rand) household {
	h := household{cost: make([]float64, months), crisis: make([]bool, months)}
	h.level = 0.7 * s.NormFloat64()
	drift, in := 0.5*s.NormFloat64(), false
	for m := range h.cost {
		drift = 0.9*drift + 0.5*math.Sqrt(1-0.81)*s.NormFloat64()
		if in {
			in = s.Float64() > 0.2
		} else {
			in = s.Float64() < 0.02
		}
		h.crisis[m] = in
		cost := 200_000 * math.Exp(h.level+drift-0.37) // some 24.000 euros a year
		if in {
			cost += 250_000
		}
		h.cost[m] = math.Round(cost * math.Exp(0.3*s.NormFloat64()-0.045))
	}
	h.children = s.Float64() < 0.6
	h.persons = 1 + int(3*s.Float64())
	if h.children {
		h.persons++
	}
	h.oldest = 25 + int(50*s.Float64())
	h.ask = max(0, int(2+1.2*h.level+s.NormFloat64()))
	h.region = int(3 * s.Float64())
	return h
}

func (h *household) sum(from, to int) (ct float64) {
	for m := max(0, from); m < to; m++ {
		ct += h.cost[m]
	}
	return ct
}

// score is the log odds of being chosen in a month, up to a constant.
func (h *household) score(m int, by Selection) float64 {
	thousands := func(ct float64) float64 { return math.Log1p(ct / 100_000) }
	switch by {
	case FieldAcute:
		if h.crisis[m-1] {
			return 4 + 0.5*thousands(h.sum(m-12, m))
		}
		return 0.5 * thousands(h.sum(m-12, m))
	case FieldChronic:
		return 3 * h.level
	case FieldSeen:
		return 3 * thousands(h.sum(m-24, m))
	}
	return 1.5*thousands(h.sum(m-12, m)) + 0.5*thousands(h.sum(m-24, m-12)) + thousands(4*h.sum(m-3, m))
}

// New makes world number n.
func New(o Options, n int) *World {
	if o.Households == 0 {
		o.Households = 600 + 8*o.Treated
	}
	if o.Clocks == 0 {
		o.Clocks = 6
	}
	name := fmt.Sprintf("%s:%s:%d:%d", o.Seed, o.Selection, o.Treated, n) // worlds with and without an effect are the same but for it
	list := make([]household, o.Households)
	people := source(name)
	for i := range list {
		list[i] = grow(people)
	}
	w := &World{Mature: Start + months - 1, list: list}
	stream := source(name + ":keuze")
	if o.Selection == ByLottery {
		w.lottery(list, o, stream)
		w.Plant(o.Effect)
		return w
	}
	own := make([]effect.Month, len(list))
	chosen := map[int][]int{} // by clock
	step := 12 / min(12, o.Clocks)
	for c := range o.Clocks {
		m := firstYear + step*c
		wanted := o.Treated*(c+1)/o.Clocks - o.Treated*c/o.Clocks
		type key struct {
			v float64
			i int
		}
		var keys []key
		for i := range list {
			// the largest of score plus Gumbel noise are a draw without replacement by odds
			v := list[i].score(m, o.Selection) - math.Log(stream.ExpFloat64())
			if own[i] == 0 {
				keys = append(keys, key{v, i})
			}
		}
		slices.SortFunc(keys, func(a, b key) int {
			if a.v > b.v {
				return -1
			}
			return 1
		})
		for _, k := range keys[:wanted] {
			own[k.i] = Start + effect.Month(m)
			chosen[m] = append(chosen[m], k.i)
		}
	}
	series := make([]*effect.Series, len(list))
	for i := range list {
		series[i] = &effect.Series{From: Start, Value: list[i].cost}
	}
	w.series = series
	origin := effect.FromField
	if o.Selection == ByData {
		origin = effect.FromData
	}
	for c := range o.Clocks {
		m := firstYear + step*c
		for _, i := range chosen[m] {
			p := effect.Plan{Case: fmt.Sprintf("c%d", i), Household: int64(i + 1), Origin: origin, Reported: own[i], Started: own[i] + effect.Month(1+stream.IntN(3))}
			w.Plans = append(w.Plans, p)
		}
	}
	w.Plant(o.Effect)
	if o.Late {
		bill(w, o)
	}
	for c := range o.Clocks {
		m := firstYear + step*c
		for i := range list {
			if clock := Start + effect.Month(m); own[i] == 0 || own[i] >= clock {
				w.stand(&list[i], series[i], i, m, own[i])
			}
		}
	}
	return w
}

// Plant makes the effect of a world another one, in euros a household a year: in every month after the start. Who was chosen does not depend on it.
func (w *World) Plant(yearly float64) {
	w.True, w.TrueDrawn = map[string]float64{}, 0
	for _, p := range w.Plans {
		i := p.Household - 1
		w.series[i].Value, w.True[p.Case] = w.list[i].treated(int(p.Started-Start), yearly)
	}
	drawn := 0.0
	for k := range w.Entrants {
		e := &w.Entrants[k]
		cost := w.list[e.Household-1].cost
		if e.Drawn {
			treated, sum := w.list[e.Household-1].treated(firstYear, yearly)
			cost, drawn = treated, drawn+1
			w.TrueDrawn += sum
		}
		e.After = floats.Sum(cost[firstYear+1 : firstYear+13])
	}
	w.TrueDrawn /= max(1, drawn)
}

// treated is the cost with the effect, and how much the effect was in months 1 to 12 after the start.
func (h *household) treated(start int, yearly float64) (treated []float64, sum float64) {
	treated = slices.Clone(h.cost)
	for m := start + 1; m < months; m++ {
		treated[m] = max(0, h.cost[m]+yearly*100/12)
		if m <= start+12 {
			sum += treated[m] - h.cost[m]
		}
	}
	return treated, sum
}

// bill leaves out what of the last months has not been billed yet; without waiting for it, what was in counts for all.
func bill(w *World, o Options) {
	const last = 48 // the last month that is there
	for i := range w.list {
		w.list[i].cost = slices.Clone(w.series[i].Value)
		for m := range w.list[i].cost {
			age := last - m
			switch {
			case age < 0:
				w.list[i].cost[m] = 0
			case age < 6:
				w.list[i].cost[m] *= []float64{0.1, 0.35, 0.6, 0.75, 0.85, 0.93}[age]
			}
		}
		w.series[i].Value = w.list[i].cost
	}
	w.Mature = Start + last - 6
	if o.NoWait {
		w.Mature = Start + last
	}
}

// stand adds a household as it was on the first day of month m.
func (w *World) stand(h *household, series *effect.Series, i, m int, own effect.Month) {
	s := effect.Stand{Household: int64(i + 1), Month: Start + effect.Month(m), Children: h.children, Region: h.region, Persons: h.persons, Oldest: h.oldest,
		Ingredients: h.ask, OwnPlan: own, Known1: true, Known2: true, Before1: int64(h.sum(m-12, m)), Before2: int64(h.sum(m-24,
			m-12)), Quarter: int64(h.sum(m-3, m)),
		Candidate: own != Start+effect.Month(m)}
	if own == s.Month {
		s.Case = fmt.Sprintf("c%d", i)
	}
	s.Domains[0] = s.Before1 * 3 / 10
	s.Domains[1] = s.Before1 * 2 / 10 * int64(btoi(h.children))
	s.Domains[3] = s.Before1 - s.Domains[0] - s.Domains[1]
	w.Stands, w.Series = append(w.Stands, s), append(w.Series, series)
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// lottery draws half of the most expensive households, in the first month.
func (w *World) lottery(list []household, o Options, stream *rand.Rand) {
	order := make([]int, len(list))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		if x, y := list[a].sum(firstYear-12, firstYear), list[b].sum(firstYear-12, firstYear); x != y {
			return int(math.Copysign(1, y-x))
		}
		return a - b
	})
	entrants := order[:2*o.Treated]
	stream.Shuffle(len(entrants), func(a, b int) { entrants[a], entrants[b] = entrants[b], entrants[a] })
	for k, i := range entrants {
		w.Entrants = append(w.Entrants, effect.Entrant{Household: int64(i + 1), Drawn: k < o.Treated, Served: k < o.Treated,
			Before: list[i].sum(firstYear-12, firstYear)})
	}
}

// Study matches the world, and is what Analyse takes. With draws below 0 there is no placebo.
func (w *World) Study(set effect.Settings) (*effect.Study, error) {
	sets, err := effect.Match(w.Plans, w.Stands, w.Mature, set)
	if err != nil {
		return nil, err
	}
	return &effect.Study{Sets: sets.Sets, Dropped: sets.Dropped, Stands: w.Stands, Scores: sets.Scores, Pool: effect.Pool(sets, w.Stands, set), Mature: w.Mature,
		Series: func(place int) *effect.Series { return w.Series[place] }, Entrants: w.Entrants, Set: set}, nil
}

// Truth is the mean effect on those of the sets, eurocents a year.
func (w *World) Truth(list []effect.Amounts) (mean float64) {
	for _, a := range list {
		mean += w.True[a.Set.Plan.Case] / float64(len(list))
	}
	return mean
}
