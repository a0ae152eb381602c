package effect

import (
	"fmt"
	"slices"
)

// bounds is the estimate with months that are not covered taken for the household's mean before.
func (w *writer) bounds() {
	m := w.measure
	m.Fill = true
	list, without := m.All(w.sets)
	r := w.row(MethodUncovered)
	months, missing, others, lost := 0, 0, 0, 0
	for _, a := range list {
		months, missing = months+a.Months, missing+a.Uncovered
		others, lost = others+a.ControlMonths, lost+a.ControlUncovered
	}
	r.note(fmt.Sprintf("maanden die niet gedekt zijn tellen als het gemiddelde ervoor: %d van %d bij behandelde huishoudens, %d van %d bij de andere",
		missing, months, lost, others))
	r.Treated, r.Sets, r.Controls = len(list), len(list), controlsOf(list)
	r.LeastMonths, r.MostMonths = monthsOf(list)
	h := headlineOf(list, without, w.origin)
	if h.Possible {
		r.set(h.Fit, w.study.Set.LeastSets)
	} else {
		r.note(h.Reason)
	}
	w.add(r)
}

// meanExpected is the mean expected saving of the plans of sets that say what they expect.
func (w *writer) meanExpected() (mean float64, n int) {
	for _, a := range w.list {
		if v, ok := w.study.Expected[a.Set.Plan.Case]; ok {
			mean += v
			n++
		}
	}
	return mean / max(1, float64(n)), n
}

// judge adds the detectable effect, and the verdict to the row of MethodMatched.
func (w *writer) judge() {
	expected, n := w.meanExpected()
	j := Judged{Possible: w.head.Possible, Sets: w.head.N, Estimate: w.head.Estimate, SE: w.head.SE, High: w.head.High, Expected: expected, HasExpect: n > 0,
		Placebo: w.placebo.Mean, HasPlacebo: w.placebo.Draws > 1, Field: w.origin != FromData}
	if w.rise != nil {
		j.Rise, j.HasRise = *w.rise, true
	}
	r := w.row(MethodDetectable)
	if j.Possible && j.Sets >= w.study.Set.LeastSets && j.SE > 0 {
		v := j.Detectable()
		r.Value = &v
		r.note("kleiner dan dit is met zoveel sets in vier van de vijf gevallen niet te zien")
	} else if j.Possible {
		r.note("te weinig sets, of geen spreiding")
	} else {
		r.note(w.head.Reason)
	}
	w.add(r)
	if w.clock != Started {
		return
	}
	verdict, why := Judge(j, w.study.Set)
	w.verdict = verdict
	at := slices.IndexFunc(w.rows, func(r Row) bool { return r.Method == MethodMatched })
	w.rows[at].Verdict = verdict
	w.rows[at].note(why)
}

// expected adds what plans expect, as it stands and with shares taken off that would have come anyway or were hoped for; negative, as an effect.
func (w *writer) expected() {
	mean, n := w.meanExpected()
	for _, share := range w.study.Set.Shares {
		r := w.row(MethodExpected)
		if share > 0 {
			r.Method = fmt.Sprintf("%s_min_%.0f", MethodExpected, 100*share)
			r.note(fmt.Sprintf("%.0f%% eraf: wat ook zonder maatwerk was gekomen, of te hoopvol was", 100*share))
		}
		r.Treated, r.Controls = n, 0
		if n == 0 {
			r.note("geen plan zegt wat het verwacht")
		} else {
			v := -(1 - share) * mean
			r.Value = &v
			r.note(fmt.Sprintf("%d van %d plannen zeggen wat zij verwachten", n, len(w.list)))
		}
		w.add(r)
	}
}

// net adds the effect with what was spent on the household's own plan and its part of the programme's cost, and the months in which the saving pays for
// what was spent. A payback of a saving that is not there is none.
func (w *writer) net() {
	r, back := w.row(MethodNet), w.row(MethodPayback)
	back.Unit = Months
	defer func() { w.add(r); w.add(back) }()
	switch {
	case !w.head.Possible:
		r.note(w.head.Reason)
		back.note(w.head.Reason)
		return
	case !w.study.HasSpent:
		r.note("er zijn geen uitgaven van het programma geleverd")
		back.note("er zijn geen uitgaven van het programma geleverd")
		return
	}
	spent, started := w.study.spentEach(w.list), w.study.started()
	f := w.head.Fit
	f.Estimate, f.Low, f.High = f.Estimate+spent, f.Low+spent, f.High+spent
	f.P = 1
	r.set(f, w.study.Set.LeastSets)
	r.P = nil
	r.note(fmt.Sprintf("met de uitgaven voor het eigen plan en een gelijk deel van de overige uitgaven, over %d gestarte plannen", started))
	back.Payback(w.head.Fit, spent, w.head.N >= w.study.Set.LeastSets)
}

// Payback fills a row with the months after which the saving has paid what was spent, both eurocents a household: from the estimate, and from both ends of
// its interval where these are savings.
func (r *Row) Payback(f Fit, spent float64, interval bool) {
	months := func(effect float64) *float64 {
		if effect >= 0 {
			return nil
		}
		v := yearMonths * spent / -effect
		return &v
	}
	if r.Value = months(f.Estimate); r.Value == nil {
		r.note("geen besparing: niets verdient zich terug")
		return
	}
	if !interval {
		r.note("te weinig sets: geen interval")
		return
	}
	r.Low = months(f.Low)
	if r.High = months(f.High); r.High == nil {
		r.note("het interval bevat ook geen besparing: naar boven is er geen grens")
	}
}
