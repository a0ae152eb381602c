package effect

import (
	"fmt"
	"math"
	"slices"
)

func (w *writer) placebos() {
	s := w.study
	r := w.row(MethodPlacebo)
	r.note("wat de werkwijze vindt bij huishoudens zonder maatwerk: hoort nul te zijn")
	switch {
	case !w.head.Possible:
		w.placebo.Reason = w.head.Reason
	case s.Set.Draws > 0:
		var counting []Set
		for _, a := range w.list {
			counting = append(counting, *a.Set)
		}
		w.placebo = placeboSpace(counting, s.Scores[w.origin], s.Stands, s.Pool, w.pool, w.known, w.head, s.Set, s.Set.Seed+":placebo:"+w.origin, s.Notes)
	default:
		w.placebo.Reason = "geen trekkingen gevraagd"
	}
	if w.placebo.Reason != "" {
		r.note(w.placebo.Reason)
	} else {
		p := w.placebo
		low, high := quantiles(p.Estimates)
		r.Value, r.SE, r.Low, r.High, r.P = &p.Mean, &p.SD, &low, &high, &p.P
		r.note(fmt.Sprintf("%d van %d trekkingen", p.Draws, p.Wanted))
	}
	w.add(r)
	f, n, reason := placeboTime(w.sets, w.measure)
	r = w.row(MethodPlaceboTime)
	r.Treated, r.Sets, r.LeastMonths, r.MostMonths = n, n, yearMonths/2, yearMonths/2
	r.note("verandering binnen het tweede jaar ervoor, voordat er gekozen werd: hoort nul te zijn")
	if reason != "" {
		r.note(reason)
	} else {
		r.set(f, s.Set.LeastSets)
	}
	w.add(r)
}

// quantiles are the 2,5% and the 97,5% point.
func quantiles(values []float64) (low, high float64) {
	sorted := slices.Sorted(slices.Values(values))
	at := func(p float64) float64 {
		return sorted[min(len(sorted)-1, max(0, int(math.Ceil(p*float64(len(sorted))))-1))]
	}
	return at(0.025), at(0.975)
}

// peak adds what the treated cost more than before when they were reported.
func (w *writer) peak() {
	f, n, reason := peak(w.sets, w.measure)
	r := w.row(MethodPeak)
	r.Treated, r.Sets, r.Controls, r.LeastMonths, r.MostMonths = n, n, 0, peakMonths, peakMonths
	r.note("kosten van behandelde huishoudens in het kwartaal voor de aanmelding, min die in de 21 maanden ervoor")
	if reason != "" {
		r.note(reason)
	} else {
		w.rise = &f.Estimate
		r.set(f, w.study.Set.LeastSets)
	}
	w.add(r)
}

func (w *writer) fragility() {
	leave, largest, capped := w.row(MethodLeaveOut), w.row(MethodLargest), w.row(MethodCapped)
	leave.note("kleinste en grootste schatting als steeds één set wordt weggelaten")
	largest.note("deel van alle veranderingen dat bij één set ligt")
	largest.Unit = Share
	limit := capOf(w.pool, w.known, w.study.Set.CapShare)
	m := w.measure
	if !math.IsInf(limit, 1) {
		m.Cap = limit
	}
	list, _ := m.All(w.sets)
	f, err := fragile(w.head, list, limit)
	switch {
	case !w.head.Possible || err != nil:
		reason := w.head.Reason
		if err != nil && w.head.Possible {
			reason = inDutch(err)
		}
		leave.note(reason)
		largest.note(reason)
		capped.note(reason)
	default:
		leave.Value, leave.Low, leave.High, largest.Value = &w.head.Estimate, &f.Low, &f.High, &f.Largest
		capped.note(fmt.Sprintf("jaarkosten afgetopt op het %.0fe percentiel van huishoudens zonder maatwerk", 100*w.study.Set.CapShare))
		if f.HasCapped {
			capped.set(f.Capped, w.study.Set.LeastSets)
		} else {
			capped.note("geen huishoudens zonder maatwerk om een grens aan te ontlenen")
		}
	}
	w.add(leave)
	w.add(largest)
	w.add(capped)
}
