package functions

import (
	"math"

	"stapel/transforms/estimate"
)

// estimate develops the triangle of every group, and says of every month what is in and whether it is mature.
func (r *runOff) estimate() {
	short := r.short()
	for _, g := range r.groups {
		g.develop = estimate.Develop(r.triangle(g.debits))
		creditDevelop := estimate.Develop(r.triangle(g.credits))
		for m := range r.covered {
			s := g.sum(m, r.last)
			g.creditFactor, g.creditExpected = append(g.creditFactor, math.NaN()), append(g.creditExpected, math.NaN())
			s.reason = r.without(m, short)
			if s.reason == "" {
				at := estimate.Origin{Amount: float64(s.in), K: r.last - m}
				s.expected, s.factor = g.develop.Ultimate(at)
				s.err = g.develop.Err(at)
				switch {
				case len(g.develop.Factor) < minHistory-1: // the group began later
					s.reason = reasonShort
				case s.in <= 0:
					s.reason = reasonNone
				case math.IsNaN(s.expected) || math.IsNaN(s.err) || s.expected <= 0:
					s.reason = reasonShort
				default:
					s.judge(s.expected)
				}
				if at.Amount = inBy(g.credits[m], r.last); at.Amount > 0 {
					if end, factor := creditDevelop.Ultimate(at); end > 0 {
						g.creditExpected[m], g.creditFactor[m] = end, factor
					}
				}
			}
			g.months = append(g.months, s)
		}
	}
	r.together(short)
}

// without is why there is no estimate for a month of any group, or "".
func (r *runOff) without(m int, short bool) string {
	switch {
	case !r.known:
		return reasonNoFeed
	case !r.covered[m]:
		return reasonCover
	case r.noDate:
		return reasonNoDate
	case m > r.last:
		return reasonAhead
	case r.rare:
		return reasonRare
	case short:
		return reasonShort
	}
	return ""
}

// short reports whether there are fewer than 24 covered months.
func (r *runOff) short() bool {
	rows := 0
	for m, c := range r.covered {
		if c && m <= r.last {
			rows++
		}
	}
	return rows < minHistory
}

// triangle is that of the covered months. What came in before the month of the care counts in it.
func (r *runOff) triangle(cells [][]cellOf) (t estimate.Triangle) {
	for m, list := range cells {
		if !r.covered[m] || m > r.last {
			continue
		}
		row := make([]float64, r.last-m+1)
		for _, c := range list {
			if c.receipt <= r.last {
				row[max(0, c.receipt-m)] += float64(c.ct)
			}
		}
		for k := 1; k < len(row); k++ {
			row[k] += row[k-1]
		}
		from := 0
		if r.first > math.MinInt {
			from = max(0, r.first-m)
		}
		t.Rows, t.From = append(t.Rows, row), append(t.From, from)
	}
	return t
}

func inBy(cells []cellOf, last int) float64 {
	var sum int64
	for _, c := range cells {
		if c.receipt <= last {
			sum += c.ct
		}
	}
	return float64(sum)
}

// sum adds up what came in of a month.
func (g *runOffGroup) sum(m, last int) monthOf {
	s := monthOf{later: g.unknown[m], lines: g.lines[m]}
	for _, c := range g.debits[m] {
		if c.receipt <= last {
			s.in += c.ct
		} else {
			s.later += c.ct
		}
	}
	for _, c := range g.credits[m] {
		s.credit += c.ct
	}
	return s
}

// judge works out the share that is in and its lower bound.
func (s *monthOf) judge(expected float64) {
	s.estimated = true
	s.share = float64(s.in) / expected
	s.lower = estimate.LowerShare(float64(s.in), expected, s.err, boundLevel)
	s.mature = s.lower >= mature
	if !s.mature {
		s.reason = reasonBound
	}
}

// together says of every month whether the kind as a whole is mature: what is in of all groups, over what they come to, with the
// standard errors added up, as if all groups were wrong at once: a supplier or an administration that is late is late in many. A group
// of which there is no estimate leaves the kind without.
func (r *runOff) together(short bool) {
	for m := range r.covered {
		s := monthOf{reason: r.without(m, short)}
		if len(r.groups) == 0 && s.reason == "" {
			s.reason = reasonNone
		}
		for _, g := range r.groups {
			of := g.months[m]
			s.in, s.later, s.lines, s.credit = s.in+of.in, s.later+of.later, s.lines+of.lines, s.credit+of.credit
			if !of.estimated && s.reason == "" {
				s.reason, s.group = of.reason, g.name
			}
			s.expected, s.err = s.expected+of.expected, s.err+of.err
		}
		if s.reason == "" {
			s.judge(s.expected)
		}
		if s.reason == reasonBound { // the group with most to come, at its bound
			most := 0.0
			for _, g := range r.groups {
				of := g.months[m]
				if open := float64(of.in)/of.lower - float64(of.in); open > most {
					most, s.group = open, g.name
				}
			}
		}
		r.months = append(r.months, s)
		for _, g := range r.groups {
			g.months[m].kindMature = s.mature
		}
	}
}

// window adds up the last months of the calendar; the estimate is there when every group has one for every month.
func (r *runOff) window(n int) monthOf {
	var s monthOf
	s.estimated = len(r.groups) > 0
	for _, g := range r.groups {
		var origins []estimate.Origin
		for m := len(r.covered) - n; m < len(r.covered); m++ {
			of := g.months[m]
			s.in, s.later, s.credit, s.lines = s.in+of.in, s.later+of.later, s.credit+of.credit, s.lines+of.lines
			s.expected, s.estimated = s.expected+of.expected, s.estimated && of.estimated
			origins = append(origins, estimate.Origin{Amount: float64(of.in), K: r.last - m})
		}
		if s.estimated {
			s.err += g.develop.Err(origins...)
		}
	}
	if s.estimated {
		s.judge(s.expected)
	}
	return s
}
