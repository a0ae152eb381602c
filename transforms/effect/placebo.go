package effect

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/stat"

	"stapel/transforms/estimate"
	"stapel/transforms/keyed"
)

// PlaceboFit is what the whole procedure shows when the treated are households that nobody treated.
type PlaceboFit struct {
	Mean, SD  float64   // of the draws: bias of the procedure, and its spread
	P         float64   // share of draws as far from 0 as the estimate, one added above and below the line
	Draws     int       // with a figure
	Wanted    int       // that were made
	Estimates []float64 // by draw, those with a figure
	Sets      float64   // mean number of sets of a draw
	Reason    string    // why there is none, in Dutch
}

const noDraw = "geen trekking geeft een schatting"

// leastPool is how many untreated households there have to be for each that is drawn.
const leastPool = 4

// placeboSpace draws pseudo-treated, in each month as many as there were treated of the origin, each untreated household with odds as its propensity says, and
// matches and estimates as was done with the treated. A draw has a stream of its own.
func placeboSpace(sets []Set, scores *Scores, stands []Stand, pool []PoolUnit, amounts []Amounts, known []bool, h Headline, set Settings,
	seed string, notes Notes) PlaceboFit {
	p := PlaceboFit{Wanted: set.Draws}
	wanted := map[Month]int{}
	for _, s := range sets {
		wanted[s.Plan.Reported]++
	}
	months := make([]Month, 0, len(wanted))
	for m := range wanted {
		months = append(months, m)
	}
	slices.Sort(months)
	var parts []placeboMonth
	for _, m := range months {
		part := placeboMonth{wanted: wanted[m]}
		for k, u := range pool {
			if u.Plan.Reported == m && known[k] {
				part.units = append(part.units, k)
			}
		}
		if len(part.units) < leastPool*part.wanted {
			p.Reason = "te weinig huishoudens zonder maatwerk in " + m.String()
			return p
		}
		part.weigh(scores, pool)
		parts = append(parts, part)
	}
	if len(parts) == 0 || !h.Possible {
		p.Reason = "geen schatting om te toetsen"
		return p
	}
	sd := poolSpread(scores, stands, pool, sets)
	key := func() *keyed.Hash { return placeboKey(parts, scores, sd, stands, pool, amounts, h, set, seed) }
	return noted(notes, key, func(f *PlaceboFit) bool {
		return f.Wanted == set.Draws && f.Draws == len(f.Estimates) && (f.Reason == "") == (f.Draws > 1)
	},
		func() (PlaceboFit, bool) {
			return placeboDraws(p, parts, riskSet{stands: stands, scores: scores, sd: sd, set: set}, pool, amounts, h, seed), true
		})
}

// placeboKey is a hash of all that placeboDraws reads.
func placeboKey(parts []placeboMonth, scores *Scores, sd float64, stands []Stand, pool []PoolUnit, amounts []Amounts, h Headline, set Settings,
	seed string) *keyed.Hash {
	k := keyed.Of("placebo")
	k.Text(seed)
	k.Text(string(h.Form))
	k.Floats(h.Estimate, sd, set.Caliper)
	k.Ints(int64(set.Draws), int64(set.Controls), keyed.Flag(scores.Fitted), int64(len(parts)))
	for _, part := range parts {
		k.Ints(int64(part.wanted), int64(len(part.units)))
		k.Floats(part.odds...)
		for _, u := range part.units {
			at, a := pool[u].At, &amounts[u]
			s := &stands[at]
			k.Ints(s.Household, int64(s.Region), keyed.Flag(s.Children), keyed.Flag(a.LagKnown))
			var x [covariates]float64
			for j := range x {
				x[j] = s.covariate(j, false)
			}
			k.Floats(x[:]...)
			k.Floats(scores.Logit[at], a.TreatedBefore, a.TreatedAfter, a.ControlBefore, a.ControlAfter)
			k.Floats(a.Lags...)
		}
	}
	return k
}

// placeboDraws makes the draws of placeboSpace.
func placeboDraws(p PlaceboFit, parts []placeboMonth, risk riskSet, pool []PoolUnit, amounts []Amounts, h Headline, seed string) PlaceboFit {
	set := risk.set
	lists := make([][]Amounts, set.Draws)
	streams := make([]*estimate.Stream, set.Draws)
	failed := make([]bool, set.Draws)
	for b := range streams {
		streams[b] = estimate.NewStream(seed + ":" + strconv.Itoa(b))
	}
	for _, part := range parts { // of one month at a time, for its units take much memory
		among, err := part.among(risk, pool)
		if err != nil {
			p.Reason = noDraw
			return p
		}
		estimate.InParallel(set.Draws, func(b int) {
			m, err := among.Match(part.draw(streams[b]))
			if err != nil {
				failed[b] = true
				return
			}
			for _, s := range m.Sets {
				lists[b] = append(lists[b], combine(&amounts[part.units[s.Treated]], s.Controls, func(k int) *Amounts { return &amounts[part.units[k]] }))
			}
		})
	}
	results := make([]float64, set.Draws)
	counts := make([]int, set.Draws)
	estimate.InParallel(set.Draws, func(b int) {
		results[b], counts[b] = math.NaN(), 0
		if failed[b] {
			return
		}
		fit, err := estimateSets(lists[b], h.Form)
		if err != nil {
			return
		}
		results[b], counts[b] = fit.Estimate, fit.N
	})
	beyond, n := 0.0, 0
	for b, v := range results {
		if math.IsNaN(v) {
			continue
		}
		p.Estimates, n = append(p.Estimates, v), n+counts[b]
		if math.Abs(v) >= math.Abs(h.Estimate) {
			beyond++
		}
	}
	if p.Draws = len(p.Estimates); p.Draws < 2 {
		p.Reason = noDraw
		return p
	}
	p.Mean, p.SD = stat.MeanStdDev(p.Estimates, nil)
	p.P, p.Sets = (beyond+1)/float64(p.Draws+1), float64(n)/float64(p.Draws)
	return p
}

// combine is the amounts of a unit beside those of others, all of which have the same months by themselves.
func combine(own *Amounts, controls []int, of func(at int) *Amounts) Amounts {
	a := *own
	a.LagKnown = own.LagKnown
	lags := slices.Clone(own.Lags)
	n := float64(len(controls))
	for _, c := range controls {
		other := of(c)
		a.ControlBefore += other.TreatedBefore / n
		a.ControlAfter += other.TreatedAfter / n
		for j := range lags {
			lags[j] -= other.Lags[j] / n
		}
		a.LagKnown = a.LagKnown && other.LagKnown
	}
	a.Lags = lags
	return a
}

// poolSpread is the standard deviation that calipers are multiples of, with the treated beside the pool.
func poolSpread(scores *Scores, stands []Stand, pool []PoolUnit, sets []Set) float64 {
	var of [2][]float64
	for _, u := range pool {
		of[0] = append(of[0], scores.Logit[u.At])
	}
	for _, s := range sets {
		of[1] = append(of[1], scores.Logit[s.Treated])
	}
	sum := 0.0
	for _, v := range of {
		if len(v) > 1 {
			sum += stat.Variance(v, nil) / 2
		}
	}
	return math.Sqrt(sum)
}

// placeboMonth is the pool of one month.
type placeboMonth struct {
	wanted int
	units  []int     // places in the pool
	odds   []float64 // of each
}

// among are the units, ready for whoever of them is drawn.
func (p *placeboMonth) among(risk riskSet, pool []PoolUnit) (*estimate.MatchUnits, error) {
	for _, k := range p.units {
		risk.at = append(risk.at, pool[k].At)
	}
	return risk.units()
}

func (p *placeboMonth) weigh(scores *Scores, pool []PoolUnit) {
	highest := math.Inf(-1)
	for _, k := range p.units {
		highest = max(highest, scores.Logit[pool[k].At])
	}
	for _, k := range p.units {
		p.odds = append(p.odds, math.Exp(scores.Logit[pool[k].At]-highest))
	}
}

// draw says which units are drawn, without replacement: those with the largest u^(1/odds) (P. Efraimidis and P. Spirakis, Information Processing
// Letters 97, 2006).
func (p *placeboMonth) draw(stream *estimate.Stream) []bool {
	type key struct {
		value float64
		k     int
	}
	var best []key // those drawn so far, the largest first
	for k, odds := range p.odds {
		u := (float64(stream.Uint64()>>11) + 0.5) / (1 << 53)
		odds = max(odds, 1e-300)
		if len(best) == p.wanted && (u-1)/odds < best[len(best)-1].value-1e-9*math.Abs(best[len(best)-1].value) {
			continue // a logarithm is not above its number less 1
		}
		new := key{math.Log(u) / odds, k}
		at, _ := slices.BinarySearchFunc(best, new, func(a, b key) int { return cmp.Or(cmp.Compare(b.value, a.value), cmp.Compare(a.k, b.k)) })
		if at < p.wanted {
			best = slices.Insert(best, at, new)
			best = best[:min(len(best), p.wanted)]
		}
	}
	out := make([]bool, len(p.units))
	for _, b := range best {
		out[b.k] = true
	}
	return out
}

// placeboTime is the change from the first half of the second year before to the second half of it, before the year on which households were chosen:
// difference-in-differences of the same sets, at a year's rate, where nothing can have been done. In the year of the choice it would always fail.
func placeboTime(sets []Set, m Measuring) (Fit, int, string) {
	var change []float64
	for i := range sets {
		s := &sets[i]
		first := s.Plan.Reported - 2*yearMonths
		change = appendHalf(change, s, first, m)
	}
	if len(change) < 2 {
		return Fit{}, len(change), "het tweede jaar ervoor is niet bekend"
	}
	fit, err := fitSets(change, nil, Changes)
	if err != nil {
		return Fit{}, len(change), inDutch(err)
	}
	return fit, len(change), ""
}

func appendHalf(change []float64, s *Set, first Month, m Measuring) []float64 {
	const half = yearMonths / 2
	of := func(place int) (float64, bool) {
		a, known := m.Series(place).mean(first, first+half-1)
		b, other := m.Series(place).mean(first+half, first+yearMonths-1)
		return m.Scale * (b - a), known == half && other == half
	}
	d, ok := of(s.Treated)
	if !ok {
		return change
	}
	sum, n := 0.0, 0.0
	for _, c := range s.Controls {
		if v, ok := of(c); ok {
			sum, n = sum+v, n+1
		}
	}
	if n == 0 {
		return change
	}
	return append(change, d-sum/n)
}

// Months of the test for a peak: the quarter in which families are chosen, and those before it, of which so many must be known.
const peakMonths, peakBefore, peakKnown = 3, 24, 9

// peak is how much more the treated cost in the quarter before the report than in the 21 months before it, at a year's rate. Controls are matched on that
// quarter, so that theirs says nothing; but who was chosen in a crisis falls back afterwards further than who costs that much for good, whatever is done
// (O. Ashenfelter, Review of Economics and Statistics 60, 1978, on earnings before training).
func peak(sets []Set, m Measuring) (f Fit, n int, reason string) {
	var rise []float64
	for i := range sets {
		series, at := m.Series(sets[i].Treated), sets[i].Plan.Reported
		quarter, all := series.mean(at-peakMonths, at-1)
		before, known := series.mean(at-peakBefore, at-peakMonths-1)
		if all == peakMonths && known >= peakKnown {
			rise = append(rise, m.Scale*(quarter-before))
		}
	}
	f, err := fitSets(rise, nil, Changes)
	if err != nil {
		return f, len(rise), inDutch(err)
	}
	return f, len(rise), ""
}
