package generator

import (
	"cmp"
	"math"
	"slices"
)

// unit is an address with those who live there.
type unit struct {
	gemeente int
	letters  bool // a postal address only
	alone    bool // an institution
	members  []int
	from     day // of the open spells
}

type eventKind int

const (
	evBirth eventKind = iota
	evLeave           // a grown child leaves home
	evPart            // a couple separates
	evMove
	evAway // to another gemeente
	evDeath
	evWlz
	evPlaced // a child is placed out of home
	evHome   // and comes back
	evHomeless
	evHoused
	evAbroad
	evGone // to elsewhere in the country
	evJoin // a partner moves in from elsewhere
)

type event struct {
	on     day
	kind   eventKind
	person int
}

// arrive decides whether the household moves in from elsewhere in the period, and when: 17 in a thousand a year.
func (h *household) arrive() {
	d, days := h.root.dice(topicArrival), float64(h.w.to-h.w.from)
	if d.chance(0.017 * days / 365.25) {
		h.arrival = h.w.from + 1 + day(d.uniform()*(days-1))
	}
}

// join lets a partner move in with the first adult, who lives alone or with children.
func (h *household) join(at int, on day, d *dice) {
	here := h.units[at]
	if here.alone || here.letters || h.joined != never ||
		slices.ContainsFunc(here.members, func(m int) bool { return m != 0 && !h.kid(m, &here) }) {
		return
	}
	h.close(at, on, "")
	first := h.persons[0]
	birth := ymd(h.w.from.year()-max(20, age(first.birth, h.w.from)+d.whole(-5, 5)), d.whole(1, 12), 1)
	h.partner, h.joined = h.add(person{birth: birth, man: !first.man, parents: [2]int{-1, -1}}), on
	u := &h.units[at]
	u.from, u.members = on, append(slices.Clone(u.members), h.partner)
}

// live draws what happens in the period and writes the spells. Rates a year are assumptions of the order of the national
// figures; what comes of social trouble comes oftener to the frail.
func (h *household) live() {
	w, d := h.w, h.root.dice(topicLife)
	at := func() day { return w.from + 1 + day(d.uniform()*float64(w.to-w.from-1)) }
	years := float64(w.to-w.from+1) / 365.25
	gemeente := d.pick(weights[:]...)
	if h.plant.on && gemeente == silent {
		gemeente = 0
	}
	if h.plant.hidden == "woonproblematiek" || h.plant.hidden == "schulden" {
		gemeente = silent
	}
	since := w.from - day(d.lognormal(3000, 0.9))
	if since < firstDay {
		since = firstDay
	}
	oldest := h.persons[0].birth
	for _, p := range h.persons[:h.adults] {
		oldest = max(oldest, p.birth)
	}
	since = min(max(since, oldest+18*366), w.from-1)
	if h.arrival != 0 {
		since = h.arrival
	}
	var events []event
	happen := func(rate float64, kind eventKind, person int) bool {
		if n := d.poisson(rate * years); n == 0 {
			return false
		}
		events = append(events, event{at(), kind, person})
		return true
	}
	if !h.plant.on {
		h.fates(d, happen, &events)
	}
	slices.SortStableFunc(events, func(a, b event) int { return cmp.Compare(a.on, b.on) })

	u := unit{gemeente: gemeente, from: since}
	for i := range h.persons {
		if h.persons[i].birth <= w.from {
			u.members = append(u.members, i)
		}
	}
	h.units = append(h.units, u)
	for _, e := range events {
		h.apply(e, d)
	}
	for i := range h.units {
		h.close(i, never, "")
	}
	slices.SortStableFunc(h.spells, func(a, b spell) int {
		return cmp.Or(cmp.Compare(a.person, b.person), cmp.Compare(a.from, b.from))
	})
}

// fates draws the events.
func (h *household) fates(d *dice, happen func(float64, eventKind, int) bool, events *[]event) {
	w, trouble := h.w, lift(1.3, h.social)
	happen(0.003, evAbroad, 0)
	happen(0.009, evGone, 0)
	if happen(0.07, evMove, 0) || age(h.persons[0].birth, w.from) < 40 {
		happen(0.03, evMove, 0)
	}
	happen(0.02, evAway, 0)
	if !h.couple && age(h.persons[0].birth, w.from) < 60 {
		happen(0.040, evJoin, 0)
	}
	if h.couple {
		if a := age(h.persons[0].birth, w.from); a < 60 {
			happen(0.014*lift(0.5, h.social), evPart, 0)
		}
		mother := age(max(h.persons[0].birth, h.persons[1].birth), w.from)
		if mother >= 23 && mother <= 40 {
			happen(0.12, evBirth, 0)
		}
	} else if h.adults == 1 && age(h.persons[0].birth, w.from) < 62 {
		if happen(0.002*trouble, evHomeless, 0) {
			last := (*events)[len(*events)-1]
			if back := last.on + day(d.lognormal(240, 0.7)) + 20; back < w.to {
				*events = append(*events, event{back, evHoused, 0})
			}
		}
	}
	for i := range h.persons {
		years := age(h.persons[i].birth, w.from)
		happen(0.000025*math.Exp(0.098*float64(years)), evDeath, i)
		switch {
		case years >= 75:
			happen(0.012*math.Exp(0.11*float64(years-75)), evWlz, i)
		case i >= h.adults && years >= 17:
			happen(0.18, evLeave, i)
		case i >= h.adults && years < 15:
			if happen(0.0035*lift(1.5, h.social), evPlaced, i) {
				last := (*events)[len(*events)-1]
				if back := last.on + day(d.lognormal(420, 0.7)) + 30; back < w.to {
					*events = append(*events, event{back, evHome, i})
				}
			}
		}
	}
}

// close ends the open spells of a unit on the day before, or leaves them open.
func (h *household) close(i int, before day, reason string) {
	u := &h.units[i]
	to := never
	if before < never {
		to = before - 1
	}
	grown, kids := 0, 0
	for _, m := range u.members {
		if h.kid(m, u) {
			kids++
		} else {
			grown++
		}
	}
	kind := byte('7')
	switch {
	case u.alone:
		kind = '8'
	case grown == 1 && kids == 0:
		kind = '1'
	case grown == 2 && kids == 0:
		kind = '3'
	case grown == 2:
		kind = '5'
	case grown == 1:
		kind = '6'
	}
	for _, m := range u.members {
		place := byte('9')
		switch {
		case kind == '8':
			place = 'x'
		case h.kid(m, u):
			place = '1'
		case kind == '1':
			place = '2'
		case kind == '3' || kind == '5':
			place = kind + 1
		case kind == '6':
			place = '7'
		}
		from := max(u.from, h.persons[m].birth)
		if to >= from {
			h.spells = append(h.spells, spell{person: m, unit: i, gemeente: u.gemeente, from: from, to: to, kind: kind, place: place,
				letters: u.letters, reason: reason})
		}
	}
}

// kid is true for someone who lives with a parent.
func (h *household) kid(m int, u *unit) bool {
	for _, parent := range h.persons[m].parents {
		if parent >= 0 && slices.Contains(u.members, parent) {
			return true
		}
	}
	return false
}

// where is the unit a person lives in now, or -1.
func (h *household) where(person int) int {
	for i := range h.units {
		if slices.Contains(h.units[i].members, person) {
			return i
		}
	}
	return -1
}

// apply lets one event happen, if it still can: someone who died does not move.
func (h *household) apply(e event, d *dice) {
	at := h.where(e.person)
	if at < 0 {
		return
	}
	if h.units[at].from >= e.on {
		return // two things on one day: the first stands
	}
	home := h.where(0)
	split := func(unitOf unit, members ...int) { // members leave for a unit of their own
		h.close(at, e.on, "")
		u := &h.units[at]
		u.members = slices.DeleteFunc(slices.Clone(u.members), func(m int) bool { return slices.Contains(members, m) })
		u.from = e.on
		unitOf.members, unitOf.from = members, e.on
		h.units = append(h.units, unitOf)
	}
	here := h.units[at]
	switch e.kind {
	case evBirth:
		if here.alone || len(here.members) < 2 || len(h.persons)-h.adults > 4 {
			return
		}
		h.close(at, e.on, "")
		birth := e.on.first()
		m := h.child(birth)
		u := &h.units[at]
		u.from, u.members = e.on, append(slices.Clone(u.members), m)
	case evLeave:
		switch {
		case at != home || here.letters || len(here.members) == 1:
		case d.chance(0.5):
			split(unit{gemeente: here.gemeente}, e.person)
		default: // to study or work elsewhere
			h.close(at, e.on, "")
			h.leave(at, e.person, e.on, "onbekend")
		}
	case evPart:
		if h.where(1) == at && !here.alone {
			split(unit{gemeente: here.gemeente}, 1)
			h.couple = false
		}
	case evMove, evAway, evHomeless, evHoused:
		if here.alone || e.kind == evHomeless && len(here.members) > 1 || e.kind == evHoused != here.letters {
			return
		}
		next := unit{gemeente: here.gemeente, letters: e.kind == evHomeless}
		if e.kind == evAway {
			next.gemeente = (here.gemeente + d.whole(1, 2)) % 3
		}
		split(next, here.members...)
	case evDeath:
		h.close(at, e.on, "")
		h.leave(at, e.person, e.on, "overleden")
	case evAbroad, evGone:
		if here.alone {
			return
		}
		h.close(at, e.on, "")
		reason := "buitenland"
		if e.kind == evGone {
			reason = "onbekend" // the gemeente's own extract does not say where to
		}
		for _, m := range here.members {
			h.leave(at, m, e.on, reason)
		}
	case evJoin:
		h.join(at, e.on, d)
	case evWlz:
		if !here.alone {
			h.persons[e.person].wlz = e.on
			split(unit{gemeente: here.gemeente, alone: true}, e.person)
		}
	case evPlaced:
		if at == home && age(h.persons[e.person].birth, e.on) < 17 {
			split(unit{gemeente: here.gemeente, alone: true}, e.person)
		}
	case evHome:
		if here.alone && home >= 0 && !h.units[home].alone && h.units[home].from < e.on {
			h.close(at, e.on, "")
			h.units[at].members = nil
			h.close(home, e.on, "")
			u := &h.units[home]
			u.from, u.members = e.on, append(slices.Clone(u.members), e.person)
		}
	}
}

// leave takes a person out of the register: the last spell, closed before, gets the reason.
func (h *household) leave(at, person int, on day, reason string) {
	u := &h.units[at]
	u.members = slices.DeleteFunc(slices.Clone(u.members), func(m int) bool { return m == person })
	u.from = on
	p := &h.persons[person]
	p.end, p.reason = on-1, reason
	for i := len(h.spells) - 1; i >= 0; i-- {
		if h.spells[i].person == person {
			h.spells[i].reason = reason
			break
		}
	}
}
