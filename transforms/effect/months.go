package effect

import "math"

// MonthRow is a row of mart effect_maand: the difference between the change of the treated and that of their controls, against the mean of the year
// before, in one month around the plan, at a year's rate. Month -12 to -1 are those before the report, 0 is the mean of the months from report to start, 1
// to 12 those
// after the start.
type MonthRow struct {
	Origin    string
	Month     int
	Sets      int
	Value     *float64
	Low, High *float64 // of a band that holds all months together with 95%
	Remark    string
}

// Around is the difference of changes by month, for one origin (AllOrigin: all), of the sets that have a window by clock Started.
func (s *Study) Around(origin string) []MonthRow {
	list, _ := s.measuring(Started).All(s.of(origin))
	changes := make([][]float64, 2*yearMonths+1) // by month, of sets that know it
	sets := make([][]int, len(changes))
	for k, a := range list {
		p := a.Set.Plan
		for e := range changes {
			first, last := p.Reported+Month(e-yearMonths), p.Reported+Month(e-yearMonths)
			switch {
			case e == yearMonths:
				first, last = p.Reported, p.Started
			case e > yearMonths:
				first = p.Started + Month(e-yearMonths)
				last = first
			}
			if last > s.Mature {
				continue
			}
			if v, ok := s.around(a.Set, first, last); ok {
				changes[e], sets[e] = append(changes[e], v), append(sets[e], k)
			}
		}
	}
	rows := make([]MonthRow, len(changes))
	var at []int
	var estimates []float64
	influence := map[int][]float64{}
	df := math.Inf(1)
	for e, own := range changes {
		rows[e] = MonthRow{Origin: origin, Month: e - yearMonths, Sets: len(own)}
		if len(own) == 0 {
			rows[e].Remark = "geen set kent deze maand"
			continue
		}
		f := meanOnly(own)
		rows[e].Value = &f.Estimate
		if len(own) < s.Set.LeastSets {
			rows[e].Remark = "te weinig sets: geen interval"
			continue
		}
		n := float64(len(own))
		u := make([]float64, len(list))
		spread := 0.0
		for i, v := range own {
			u[sets[e][i]] = (v - f.Estimate) / n * math.Sqrt(n/(n-1))
			spread += u[sets[e][i]] * u[sets[e][i]]
		}
		if !(spread > 0) {
			rows[e].Remark = "zonder spreiding: geen interval"
			continue
		}
		influence[e], at, estimates, df = u, append(at, e), append(estimates, f.Estimate), min(df, n-1)
	}
	if len(at) == 0 {
		return rows
	}
	covariance := make([][]float64, len(at))
	for a, e := range at {
		for _, o := range at {
			sum := 0.0
			for k, v := range influence[e] {
				sum += v * influence[o][k]
			}
			covariance[a] = append(covariance[a], sum)
		}
	}
	bands, err := s.together(estimates, covariance, df, s.Set.Seed+":band:"+origin)
	for a, e := range at {
		if err != nil {
			rows[e].Remark = inDutch(err)
			continue
		}
		rows[e].Low, rows[e].High = &bands[a].Low, &bands[a].High
	}
	return rows
}

// around is a set's difference of changes in some months, as Measure has it for those after.
func (s *Study) around(set *Set, first, last Month) (float64, bool) {
	change := func(place int) (before, mean float64, known int) {
		series := s.Series(place)
		before, _ = series.mean(set.Plan.Reported-yearMonths, set.Plan.Reported-1)
		mean, known = series.mean(first, last)
		return before, mean, known
	}
	before, mean, known := change(set.Treated)
	if known == 0 {
		return 0, false
	}
	sum, n := 0.0, 0.0
	for k, c := range set.Controls {
		if last > set.Until[k] {
			n++
			continue
		}
		b, m, known := change(c)
		if known == 0 {
			continue
		}
		sum += weightAt(set.Stay[k], last) * (m - b)
		n++
	}
	if n == 0 {
		return 0, false
	}
	return yearMonths * (mean - before - sum/n), true
}
