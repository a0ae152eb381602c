package estimate

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// Never is a household that nobody treated, with its cost before and after the moment at which it could have been, over times of
// equal length, in eurocents.
type Never struct {
	ID            string // orders households with equal cost; no two have one
	Before, After int64
	Stratum       string // treated and controls are of one stratum
	Drawable      bool   // may be drawn as if it were treated; all serve as controls
}

// Placebo is what draws of households that nobody treated show: the spread that is there without any effect.
type Placebo struct {
	Size     int     // households drawn at a time; 0 when there are too few, and then there are no figures
	Drawable int     // of so many
	Mean     float64 // mean of the draws, eurocents: what the procedure shows where there is nothing
	SD       float64 // standard deviation of the draws, eurocents
	Single   float64 // standard deviation of one matched difference, eurocents: SE of n households is Single / sqrt(n)
	Unpaired int     // drawn households without a control left, over all draws
}

// controls is how many households stand beside each that is drawn.
const controls = 3

// Reach is how many households below the cheapest that may be drawn, of a stratum, draws of size households can have as controls: a pool
// may do without those that are cheaper still.
func Reach(size int) int { return (1 + controls) * size }

// PlaceboDraws draws size households as if they were treated, draws times, and compares the change of each with the mean change
// of three others: the nearest in cost before, of its stratum, each used once in a draw. What is drawn first is matched first; of
// two controls equally near in cost the nearer in the order (cost, id) serves, and then the first. The order of pool does not
// matter, and the seed is any text: equal pools and seeds give equal draws (Stream). When fewer than two draws have a household with a
// control, there is no spread: Mean, SD and Single are 0.
//
// Drawn and controls are disjoint samples of one pool, whose means differ with variance S² (1/n + 1/m) however much of the pool they
// take: what a small pool takes from the one's spread it gives back through the other's, so Single needs no correction for it.
// size is at most half of the drawable households; more are not drawn. See Rosenbaum, Design of Observational Studies, 2010,
// chapters 8 and 9, on matching; the placebo draws are those of methods 7.
func PlaceboDraws(pool []Never, size, draws int, seed string) Placebo {
	order := slices.Clone(pool)
	slices.SortFunc(order, func(a, b Never) int {
		return cmp.Or(cmp.Compare(a.Stratum, b.Stratum), cmp.Compare(a.Before, b.Before), cmp.Compare(a.ID, b.ID))
	})
	var drawable []int
	for i, u := range order {
		if u.Drawable {
			drawable = append(drawable, i)
		}
	}
	p := Placebo{Size: min(size, len(drawable)/2), Drawable: len(drawable)}
	if p.Size < 1 {
		return p
	}
	m := matcher{order: order, usedIn: make([]int, len(order))}
	stream := NewStream(seed)
	var means []float64
	for range draws {
		Shuffle(stream, drawable, p.Size)
		sum, n := m.draw(drawable[:p.Size])
		p.Unpaired += p.Size - n
		if n > 0 {
			means = append(means, sum/float64(n))
		}
	}
	if len(means) < 2 {
		return p
	}
	p.Mean, p.SD = stat.MeanStdDev(means, nil)
	p.Single = p.SD * math.Sqrt(float64(p.Size))
	return p
}

// matcher matches within order, which is sorted by stratum, cost before and id.
type matcher struct {
	order  []Never
	usedIn []int // the last draw in which a household was drawn or matched
	nr     int
}

// draw matches the drawn households, dearest first, and returns the sum and the number of the differences in change.
func (m *matcher) draw(drawn []int) (sum float64, n int) {
	m.nr++
	for _, i := range drawn {
		m.usedIn[i] = m.nr
	}
	byCost := slices.Clone(drawn)
	slices.SortFunc(byCost, func(a, b int) int {
		return cmp.Or(cmp.Compare(m.order[b].Before, m.order[a].Before), cmp.Compare(m.order[a].ID, m.order[b].ID))
	})
	for _, i := range byCost {
		change, found := 0.0, 0
		for found < controls {
			j := m.nearest(i)
			if j < 0 {
				break
			}
			m.usedIn[j] = m.nr
			change += float64(m.order[j].After - m.order[j].Before)
			found++
		}
		if found > 0 {
			sum += float64(m.order[i].After-m.order[i].Before) - change/float64(found)
			n++
		}
	}
	return sum, n
}

// nearest is the unused household nearest to i, -1 when its stratum has none left.
func (m *matcher) nearest(i int) int {
	free := func(j, step int) int {
		for j >= 0 && j < len(m.order) && m.order[j].Stratum == m.order[i].Stratum {
			if m.usedIn[j] != m.nr {
				return j
			}
			j += step
		}
		return -1
	}
	low, high := free(i-1, -1), free(i+1, 1)
	if low < 0 || high < 0 {
		return max(low, high)
	}
	if cmp.Or(cmp.Compare(m.order[i].Before-m.order[low].Before, m.order[high].Before-m.order[i].Before), cmp.Compare(i-low, high-i)) <= 0 {
		return low
	}
	return high
}

// Detectable is the smallest effect that n households show four times out of five, in a two-sided test at 5%, when single is the
// standard deviation of one difference: (t.975 + t.80) single / sqrt(n), with n-1 degrees of freedom (Bloom, Minimum Detectable
// Effects, 1995). Effect and single are in one unit, eurocents a household. Below two households nothing shows: +Inf.
func Detectable(single float64, n int) float64 {
	if n < 2 {
		return math.Inf(1)
	}
	t := distuv.StudentsT{Mu: 0, Sigma: 1, Nu: float64(n - 1)}
	return (t.Quantile(0.975) + t.Quantile(0.80)) * single / math.Sqrt(float64(n))
}

// Needed is the smallest number of households at which Detectable is at most effect, which is in the unit of single; ok is false,
// and n 0, when that is more than most, or when effect is not above 0.
func Needed(single, effect float64, most int) (n int, ok bool) {
	if !(effect > 0) || Detectable(single, most) > effect {
		return 0, false
	}
	return fewest(1, most, func(n int) bool { return Detectable(single, n) <= effect }), true // it falls with n
}

// fewest is the smallest number above low that is enough; high is, and so is every number above one that is.
func fewest(low, high int, enough func(int) bool) int {
	for high-low > 1 {
		if mid := low + (high-low)/2; enough(mid) {
			high = mid
		} else {
			low = mid
		}
	}
	return high
}
