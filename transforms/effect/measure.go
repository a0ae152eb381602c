package effect

import (
	"math"
	"slices"
)

// Series is what a household was month by month: cost in eurocents, days, or 0 and 1 for a state. A month outside it, or that is not covered, is not known.
type Series struct {
	From    Month
	Value   []float64
	Covered []bool // nil: all
}

// At is the value of a month; ok is false where it is not known.
func (s *Series) At(m Month) (v float64, ok bool) {
	if s == nil {
		return 0, false
	}
	k := int(m - s.From)
	if k < 0 || k >= len(s.Value) || s.Covered != nil && !s.Covered[k] {
		return 0, false
	}
	return s.Value[k], true
}

// mean is over the months from first to last that are known.
func (s *Series) mean(first, last Month) (mean float64, known int) {
	for m := first; m <= last; m++ {
		if v, ok := s.At(m); ok {
			mean += v
			known++
		}
	}
	return mean / max(1, float64(known)), known
}

// Amounts are a set's, at a year's rate when Scale is 12. Before is the year before, of all controls alike. After is before and the mean change of the months
// in which the treated household is known and any control is, or was before a plan of its own; in each a control that is not treated yet counts for
// those who are by then (Staying), and one that is not covered for nothing.
type Amounts struct {
	Set                             *Set
	Months                          int // after
	TreatedBefore, TreatedAfter     float64
	ControlBefore, ControlAfter     float64
	Lags                            []float64 // treated less controls: the year before, its last quarter, and the year before that
	LagKnown                        bool      // of the second
	Uncovered                       int       // months after of the treated household that are not known
	ControlMonths, ControlUncovered int       // months after of all controls, and how many are not known
	Censored                        int       // months after of controls with a plan of their own
}

// Change is that of the treated less that of its controls.
func (a *Amounts) Change() float64 {
	return a.TreatedAfter - a.TreatedBefore - a.ControlAfter + a.ControlBefore
}

// Measuring says what is measured.
type Measuring struct {
	Clock  Clock
	Mature Month
	Least  int     // months after
	Scale  float64 // 12 for a year's rate, 1 for a mean over months
	Fill   bool    // months that are not covered count as the household's mean before: a bound
	Series func(place int) *Series
	Cap    float64 // of a year's rate; 0: none
}

// Measure gives a set's amounts; reason, in Dutch, says why it has none.
func (m Measuring) Measure(s *Set) (a Amounts, reason string) {
	w, reason, ok := s.Plan.After(m.Clock, m.Mature, m.Least)
	if !ok {
		return a, reason
	}
	first, last := s.Plan.Reported-yearMonths, s.Plan.Reported-1
	own := m.Series(s.Treated)
	before, known := own.mean(first, last)
	if known == 0 {
		return a, "het jaar ervoor is niet bekend"
	}
	type control struct {
		series *Series
		before float64
		until  Month
		steps  []Step
	}
	var controls []control
	for k, c := range s.Controls {
		series := m.Series(c)
		if v, known := series.mean(first, last); known > 0 {
			controls = append(controls, control{series, v, s.Until[k], s.Stay[k]})
		}
	}
	if len(controls) == 0 && len(s.Controls) > 0 {
		return a, "van geen vergelijkbaar huishouden is het jaar ervoor bekend"
	}
	a = Amounts{Set: s}
	var after, change float64 // of months, of the treated and of controls
	for month := w.First; month <= w.Last; month++ {
		sum, n := 0.0, 0
		for _, c := range controls {
			a.ControlMonths++
			if month > c.until {
				a.Censored++
				n++
				continue
			}
			v, ok := c.series.At(month)
			if !ok {
				if a.ControlUncovered++; !m.Fill {
					continue
				}
				v = c.before
			}
			sum += weightAt(c.steps, month) * (v - c.before)
			n++
		}
		v, ok := own.At(month)
		if !ok {
			a.Uncovered++
			if !m.Fill {
				continue
			}
			v = before
		}
		if n == 0 && len(controls) > 0 {
			continue
		}
		a.Months++
		after += v
		change += sum / max(1, float64(n))
	}
	if a.Months < m.Least {
		return a, "te weinig maanden waarin beide groepen bekend zijn"
	}
	n := float64(a.Months)
	earlier, lagKnown := own.mean(first-yearMonths, last-yearMonths)
	a.LagKnown = lagKnown == yearMonths
	quarter, _ := own.mean(last-2, last)
	var controlBefore, controlQuarter, controlEarlier float64
	for _, c := range controls {
		controlBefore += c.before / float64(len(controls))
		q, _ := c.series.mean(last-2, last)
		controlQuarter += q / float64(len(controls))
		v, known := c.series.mean(first-yearMonths, last-yearMonths)
		controlEarlier += v / float64(len(controls))
		a.LagKnown = a.LagKnown && known == yearMonths
	}
	a.TreatedBefore, a.TreatedAfter = m.rate(before), m.rate(after/n)
	a.ControlBefore, a.ControlAfter = m.rate(controlBefore), m.rate(controlBefore+change/n)
	a.Lags = []float64{a.TreatedBefore - a.ControlBefore, m.Scale * (quarter - controlQuarter), m.Scale * (earlier - controlEarlier)}
	return a, ""
}

// rate is that of a monthly mean, capped.
func (m Measuring) rate(mean float64) float64 {
	if v := m.Scale * mean; m.Cap == 0 || v <= m.Cap {
		return v
	}
	return m.Cap
}

// All measures sets, and counts those without amounts by the reason.
func (m Measuring) All(sets []Set) (out []Amounts, without map[string]int) {
	without = map[string]int{}
	for i := range sets {
		a, reason := m.Measure(&sets[i])
		if reason != "" {
			without[reason]++
			continue
		}
		out = append(out, a)
	}
	return out, without
}

// monthsOf are the least and the most months after.
func monthsOf(list []Amounts) (least, most int) {
	least = math.MaxInt
	for _, a := range list {
		least, most = min(least, a.Months), max(most, a.Months)
	}
	if len(list) == 0 {
		return 0, 0
	}
	return least, most
}

// controlsOf counts controls, each once.
func controlsOf(list []Amounts) int {
	n := 0
	for _, a := range list {
		n += len(a.Set.Controls)
	}
	return n
}

// lagsOf are the columns that a lagged form is adjusted for: the second year only where all sets know it.
func lagsOf(list []Amounts) [][]float64 {
	columns := 3
	if slices.ContainsFunc(list, func(a Amounts) bool { return !a.LagKnown }) {
		columns = 2
	}
	out := make([][]float64, columns)
	for j := range out {
		for _, a := range list {
			out[j] = append(out[j], a.Lags[j])
		}
	}
	return out
}

func changesOf(list []Amounts) []float64 {
	out := make([]float64, len(list))
	for i := range list {
		out[i] = list[i].Change()
	}
	return out
}

// Rate is the yearly rate of a series from first to last, and of how many months it is known.
func Rate(s *Series, first, last Month) (rate float64, known int) {
	mean, known := s.mean(first, last)
	return yearMonths * mean, known
}
