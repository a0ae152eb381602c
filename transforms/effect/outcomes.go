package effect

import "fmt"

// Outcome is something else than cost, on the same sets.
type Outcome struct {
	Name   string
	Unit   string
	Scale  float64 // 12 for a year's rate, 1 for a mean over months
	Solved bool    // of those who had it in the last month before, the share that has not in the last month after
	Series func(place int) *Series
}

// OutcomeRow is a row of mart uitkomst: both arms before and after.
type OutcomeRow struct {
	Outcome, Origin, Unit       string
	Sets, Controls              int
	TreatedBefore, TreatedAfter *float64
	ControlBefore, ControlAfter *float64
	Value, Low, High, P         *float64
	Remark                      string
}

// Outcomes are the rows of outcomes, by origin and over all; difference-in-differences, for there is no adjustment for cost in what is no cost. Less care
// can be
// harm: no saving is shown without them.
func (s *Study) Outcomes(outcomes []Outcome) (rows []OutcomeRow) {
	for _, o := range outcomes {
		for _, origin := range append(s.origins(), AllOrigin) {
			rows = append(rows, s.outcome(o, origin))
		}
	}
	return rows
}

func (s *Study) outcome(o Outcome, origin string) OutcomeRow {
	r := OutcomeRow{Outcome: o.Name, Origin: origin, Unit: o.Unit}
	m := s.measuring(Started)
	m.Series, m.Scale = o.Series, o.Scale
	var list []Amounts
	without := map[string]int{}
	for _, set := range s.of(origin) {
		var a Amounts
		var reason string
		if o.Solved {
			a, reason = m.solved(&set)
		} else {
			a, reason = m.Measure(&set)
		}
		if reason != "" {
			without[reason]++
			continue
		}
		list = append(list, a)
	}
	r.Sets, r.Controls = len(list), controlsOf(list)
	if len(without) > 0 {
		r.Remark = counted(without)
	}
	if len(list) == 0 {
		if r.Remark == "" {
			r.Remark = "geen sets"
		}
		return r
	}
	mean := func(of func(a *Amounts) float64) *float64 {
		v := 0.0
		for i := range list {
			v += of(&list[i]) / float64(len(list))
		}
		return &v
	}
	r.TreatedBefore, r.TreatedAfter = mean(func(a *Amounts) float64 { return a.TreatedBefore }), mean(func(a *Amounts) float64 { return a.TreatedAfter })
	r.ControlBefore, r.ControlAfter = mean(func(a *Amounts) float64 { return a.ControlBefore }), mean(func(a *Amounts) float64 { return a.ControlAfter })
	r.Value = mean((*Amounts).Change)
	note := ""
	switch f, err := fitSets(changesOf(list), nil, Changes); {
	case len(list) < s.Set.LeastSets:
		note = fmt.Sprintf("minder dan %d sets: geen interval", s.Set.LeastSets)
	case err != nil:
		note = inDutch(err)
	case !(f.SE > 0):
		note = "zonder spreiding: geen interval"
	default:
		r.Low, r.High, r.P = &f.Low, &f.High, &f.P
	}
	if note != "" && r.Remark != "" {
		note = "; " + note
	}
	r.Remark += note
	return r
}

// solved is 1 for a household that had it in the last month before and has not in the last month after that is known; a set counts when the treated
// household and
// any control had it.
func (m Measuring) solved(s *Set) (Amounts, string) {
	w, reason, ok := s.Plan.After(m.Clock, m.Mature, m.Least)
	if !ok {
		return Amounts{}, reason
	}
	of := func(place int, until Month) (v float64, ok bool) {
		series := m.Series(place)
		if had, known := series.At(s.Plan.Reported - 1); !known || had != 1 {
			return 0, false
		}
		for month := min(w.Last, until); month >= w.First; month-- {
			if now, known := series.At(month); known {
				return 1 - now, true
			}
		}
		return 0, false
	}
	a := Amounts{Set: s, Months: w.Months()}
	if a.TreatedAfter, ok = of(s.Treated, w.Last); !ok {
		return a, "had het niet, of het is niet bekend"
	}
	n := 0.0
	for k, c := range s.Controls {
		if v, ok := of(c, s.Until[k]); ok {
			a.ControlAfter, n = a.ControlAfter+v, n+1
		}
	}
	if n == 0 {
		return a, "geen vergelijkbaar huishouden had het"
	}
	a.ControlAfter /= n
	return a, ""
}

// Gone are the rows of who left, by reason and arm, as persons a household; gone says how many of a stand did, ok whether that is known.
func (s *Study) Gone(reasons []string, gone func(place int, reason string) (n float64, ok bool)) (rows []OutcomeRow) {
	for _, reason := range reasons {
		for _, origin := range append(s.origins(), AllOrigin) {
			r := OutcomeRow{Outcome: "vertrek_" + reason, Origin: origin, Unit: "personen per huishouden"}
			var treated, controls, sets float64
			var change []float64
			for _, set := range s.of(origin) {
				own, ok := gone(set.Treated, reason)
				if !ok {
					continue
				}
				sum, n := 0.0, 0.0
				for _, c := range set.Controls {
					if v, ok := gone(c, reason); ok {
						sum, n = sum+v, n+1
					}
				}
				if n == 0 {
					continue
				}
				sets, treated, controls = sets+1, treated+own, controls+sum/n
				change = append(change, own-sum/n)
				r.Controls += int(n)
			}
			r.Sets = int(sets)
			switch f, err := fitSets(change, nil, Changes); {
			case r.Sets == 0:
				r.Remark = "niet bekend wie vertrok"
			default:
				treated, controls = treated/sets, controls/sets
				v := treated - controls
				r.TreatedAfter, r.ControlAfter, r.Value = &treated, &controls, &v
				if r.Sets < s.Set.LeastSets {
					r.Remark = fmt.Sprintf("minder dan %d sets: geen interval", s.Set.LeastSets)
				} else if err == nil && f.SE > 0 {
					r.Low, r.High, r.P = &f.Low, &f.High, &f.P
				} else {
					r.Remark = "zonder spreiding: geen interval"
				}
			}
			rows = append(rows, r)
		}
	}
	return rows
}
