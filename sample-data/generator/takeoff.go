package generator

import "math"

// taken is what an effect took off the cost of a domein in a month of care; below 0 it was put on.
type taken struct {
	month int
	at    int // of domeinen
	ct    int
}

// takeOff takes the effect of the programme of the options off what was delivered from the month after the start on, a domein at a time: in whole
// units of Wmo and Jeugd, in cents of benefits and of the lines of the insurer, never below nothing, and only of who belonged to the household on the
// first of the month of aanmelding: nobody who follows that household would see what came off somebody who left it before, or joins it later. Care as PGB is left alone, because no figure of
// cost counts it. What can't be taken in a month is carried to the next. What came off is kept by month of care: a line of the insurer that lasts is
// divided over its days, as its cost is.
func (h *household) takeOff() {
	first := h.w.monthOf(h.started) + 1
	h.after = h.w.months() - first
	h.followed = h.membersOn(h.w.starts[h.w.monthOf(h.reported)])
	byDomein := h.w.opt.Programme.Effects
	if len(byDomein) == 0 {
		h.takeFrom(first, h.w.opt.Effect, "wmo", "jeugd", "zvw", "participatie")
		return
	}
	for _, name := range domeinen {
		if euros := byDomein[name]; euros != 0 {
			h.takeFrom(first, euros, name)
		}
	}
}

// takeFrom takes euros a year off these domeinen, in this order, from a month on.
func (h *household) takeFrom(first, euros int, names ...string) {
	monthly, carry := int(math.Round(float64(euros)*100/12)), 0
	for m := first; m < h.w.months(); m++ {
		carry += monthly
		h.wanted += int64(monthly)
		for _, name := range names {
			switch name {
			case "wmo":
				carry -= h.takeCare(m, 0, kWmo, carry)
			case "jeugd":
				carry -= h.takeCare(m, 1, kYouth, carry)
			case "participatie":
				carry -= h.takeBenefits(m, carry)
			case "zvw":
				carry -= h.takeInsured(m, carry)
			}
		}
	}
}

// membersOn says of each person whether it lives with the first adult on a day, or is a child of somebody who does, in an institution.
func (h *household) membersOn(on day) []bool {
	at := func(person int) (s spell, there bool) {
		for _, s := range h.spells {
			if s.person == person && s.from <= on && on <= s.to {
				return s, true
			}
		}
		return s, false
	}
	home, _ := at(0)
	with := func(person int) bool {
		s, there := at(person)
		return there && s.kind != '8' && s.unit == home.unit
	}
	out := make([]bool, len(h.persons))
	for i, p := range h.persons {
		out[i] = with(i)
		if s, there := at(i); there && s.kind == '8' && age(p.birth, on) < 18 {
			for _, parent := range p.parents {
				out[i] = out[i] || parent >= 0 && with(parent)
			}
		}
	}
	return out
}

// takeCare takes at most ct, in whole units, off the claims of one law over a month; the same for the next two. They return what they took.
func (h *household) takeCare(m, at, law, ct int) (sum int) {
	for i := range h.claims {
		c := &h.claims[i]
		if c.month != m || c.alloc.of.kind != law || c.alloc.gone || c.alloc.pgb || !h.followed[c.alloc.person] {
			continue
		}
		was := c.amount()
		units := min((ct-sum)*100/(c.tariff*c.granted), c.volume)
		c.volume -= units
		sum += h.took(m, at, was-c.amount())
	}
	return sum
}

func (h *household) takeBenefits(m, ct int) (sum int) {
	for i := range h.benefits {
		b := &h.benefits[i]
		if b.month != m || !h.followed[b.person] || b.second >= 0 && !h.followed[b.second] {
			continue
		}
		cut, right := min(ct-sum, b.ct), b.first == b.ct
		if b.ct -= cut; right {
			b.first = b.ct
		} else {
			b.first = b.ct * 9 / 10
		}
		sum += h.took(m, 2, cut)
	}
	return sum
}

func (h *household) takeInsured(m, ct int) (sum int) {
	for i := range h.zvw {
		z := &h.zvw[i]
		if z.from < h.w.starts[m] || z.from >= h.w.starts[m+1] || !h.followed[z.person] {
			continue
		}
		cut := min(ct-sum, z.ct)
		if cut == 0 {
			continue
		}
		z.ct -= cut
		z.own = min(z.own, z.ct)
		sum += cut
		days, done := int(z.to-z.from)+1, 0
		h.w.each(z.from, z.to, func(month int, _, to day) {
			part := cut*(int(to-z.from)+1)/days - done
			done += h.took(month, 3, part)
		})
	}
	return sum
}

// took keeps what came off.
func (h *household) took(month, at, ct int) int {
	if ct != 0 {
		h.takes = append(h.takes, taken{month, at, ct})
		h.applied += int64(ct)
	}
	return ct
}

// recordTaken writes what the effect took off, by month and domein, into the truth.
func (h *household) recordTaken(o *output) {
	var sums [len(domeinen)][]int
	for _, t := range h.takes {
		if sums[t.at] == nil {
			sums[t.at] = make([]int, h.w.months())
		}
		sums[t.at][t.month] += t.ct
	}
	for at, months := range sums {
		for m, ct := range months {
			if ct != 0 {
				o.row(kTruthEffect, 0).s(h.persons[0].ps).id('M', h.number, 1).d(h.w.starts[m]).s(domeinen[at]).i(ct).end()
			}
		}
	}
}
