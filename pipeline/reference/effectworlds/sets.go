package effectworlds

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
)

// set is a plan with the households that it is compared with.
type set struct {
	number   int64
	month    lines.Day // of the report
	start    *lines.Day
	until    lines.Day // last month that counts; 0 without one
	plan     string
	origin   string
	treated  string
	controls []control
}

type control struct {
	id    string
	until lines.Day // last month before a plan of its own
	steps []step
}

// step is what a control counts for from a month on.
type step struct {
	month  lines.Day
	weight float64
}

// sets are the matched sets of a run.
func (r *results) sets() (out []*set, err error) {
	by := map[int64]*set{}
	for _, p := range r.participants {
		if p.Role != "behandeld" {
			continue
		}
		s := &set{number: p.Set, month: lines.Day(p.Month), plan: p.Case, origin: p.Origin, treated: p.id()}
		if p.Start != nil {
			day := lines.Day(*p.Start)
			s.start = &day
		}
		if p.Until != nil {
			s.until = lines.Day(*p.Until)
		}
		by[p.Set], out = s, append(out, s)
	}
	for _, p := range r.participants {
		if p.Role != "vergelijking" {
			continue
		}
		s := by[p.Set]
		if s == nil {
			return nil, fmt.Errorf("set %d has a control and no treated household", p.Set)
		}
		c := control{id: p.id(), until: math.MaxInt32}
		if p.OwnUntil != nil && lines.Day(*p.OwnUntil) < s.until {
			c.until = lines.Day(*p.OwnUntil)
		}
		if c.steps, err = steps(p.Counts); err != nil {
			return nil, err
		}
		s.controls = append(s.controls, c)
	}
	return out, nil
}

// steps reads telt: "month:weight" joined by |, months since the year 0.
func steps(text string) (out []step, err error) {
	if text == "" {
		return nil, nil
	}
	for _, part := range strings.Split(text, "|") {
		month, weight, _ := strings.Cut(part, ":")
		m, err := strconv.Atoi(month)
		if err != nil {
			return nil, fmt.Errorf("telt: a month is no number")
		}
		w, err := strconv.ParseFloat(weight, 64)
		if err != nil {
			return nil, fmt.Errorf("telt: a weight is no number")
		}
		out = append(out, step{lines.ParseDay(fmt.Sprintf("%04d-%02d-01", m/12, m%12+1)), w})
	}
	return out, nil
}

func (c *control) weight(month lines.Day) float64 {
	w := 1.0
	for _, s := range c.steps {
		if s.month <= month {
			w = s.weight
		}
	}
	return w
}

// amounts are a set's, in eurocents a year: the change of the treated household less that of its controls, and by how much it cost more before.
type amounts struct {
	change, naive float64
	lags          []float64   // the year before, its last quarter, the year before that
	secondYear    bool        // the last of these is known
	measured      []lines.Day // months after
}

// leastMonths after are what a set needs (effect.yaml).
const leastMonths = 6

// measure adds a set up under a law, "" for all; reason says why it has no amounts, as the marts do.
func (l *ledger) measure(s *set, law string) (a amounts, reason string, err error) {
	if s.start == nil {
		return a, "niet gestart", nil
	}
	last := min(s.start.Month(12), s.until)
	if last < s.start.Month(leastMonths) {
		return a, "te weinig complete maanden", nil
	}
	first, end := s.month.Month(-12), s.month.Month(-1)
	own, err := l.house(s.treated, s.month)
	if err != nil {
		return a, "", err
	}
	before, known := l.mean(own, first, end, law)
	if known == 0 {
		return a, "het jaar ervoor is niet bekend", nil
	}
	type other struct {
		control
		house  *people.House
		before float64
	}
	var others []other
	for _, c := range s.controls {
		h, err := l.house(c.id, s.month)
		if err != nil {
			return a, "", err
		}
		if v, known := l.mean(h, first, end, law); known > 0 {
			others = append(others, other{c, h, v})
		}
	}
	if len(others) == 0 {
		return a, "van geen vergelijkbaar huishouden is het jaar ervoor bekend", nil
	}
	after, change, alone, months := 0.0, 0.0, 0.0, 0.0
	for m := s.start.Month(1); m <= last; m = m.Month(1) {
		ct, ok := l.at(own, m, law)
		sum, n := 0.0, 0.0
		for _, c := range others {
			switch v, known := l.at(c.house, m, law); {
			case m > c.until: // treated itself by now: it counts, and adds nothing
				n++
			case known:
				n++
				sum += c.weight(m) * (float64(v) - c.before)
			}
		}
		if ok { // who looks at the treated alone looks at every month of theirs
			alone, months = alone+float64(ct), months+1
		}
		if !ok || n == 0 {
			continue
		}
		a.measured = append(a.measured, m)
		after += float64(ct)
		change += sum / n
	}
	if len(a.measured) < leastMonths {
		return a, "te weinig maanden waarin beide groepen bekend zijn", nil
	}
	n := float64(len(a.measured))
	a.naive = 12 * (alone/months - before)
	a.change = 12 * (after/n - before - change/n)
	a.secondYear = true
	lag := func(first, last lines.Day, all bool) float64 {
		mean, known := l.mean(own, first, last, law)
		a.secondYear = a.secondYear && (!all || known == 12)
		rest := 0.0
		for _, c := range others {
			v, known := l.mean(c.house, first, last, law)
			rest += v / float64(len(others))
			a.secondYear = a.secondYear && (!all || known == 12)
		}
		return 12 * (mean - rest)
	}
	a.lags = []float64{lag(first, end, false), lag(s.month.Month(-3), end, false), lag(first.Month(-12), end.Month(-12), true)}
	return a, "", nil
}

// figure is an estimate with its standard error, eurocents a household a year.
type figure struct{ estimate, se float64 }

// matched are the two forms: the mean change, and that at equal cost before.
func matched(changes []float64, lags [][]float64) (forms [2]figure, err error) {
	for k, x := range [][][]float64{nil, lags} {
		coef, se, err := leastSquares(changes, x)
		if err != nil {
			return forms, err
		}
		forms[k] = figure{coef[0], se[0]}
	}
	return forms, nil
}

// lagsOf are the columns of lags: the second year only where all sets know it.
func lagsOf(list []amounts) [][]float64 {
	columns := 3
	for _, a := range list {
		if !a.secondYear {
			columns = 2
		}
	}
	out := make([][]float64, columns)
	for _, a := range list {
		for j := range out {
			out[j] = append(out[j], a.lags[j])
		}
	}
	return out
}
