package effect

// Window is the months after of a set, from first to last; none when last is before first.
type Window struct{ First, Last Month }

// Months is how many there are.
func (w Window) Months() int { return max(0, int(w.Last-w.First)+1) }

// After is the window of a plan by a clock: months 1 to 12 after that of its start or report, as far as mature is reached, the last month that is mature
// in every feed that is included. ok is false, and the reason in Dutch, for a plan that has no window of at least so many months.
func (p Plan) After(clock Clock, mature Month, least int) (w Window, reason string, ok bool) {
	from := p.Reported
	if clock == Started {
		if p.Started == 0 {
			return Window{}, "niet gestart", false
		}
		from = p.Started
	}
	w = Window{from + 1, min(from+yearMonths, mature)}
	if w.Months() < least {
		return w, "te weinig complete maanden", false
	}
	return w, "", true
}

// Last is the last month that any clock of the plan counts; 0 when none does.
func (p Plan) Last(mature Month, least int) (last Month) {
	for _, clock := range Clocks {
		if w, _, ok := p.After(clock, mature, least); ok {
			last = max(last, w.Last)
		}
	}
	return last
}
