package generator

// version is a line of an allocation as it was sent: first, and whenever its end changed (WMO002, JZ002).
type version struct {
	on      day    // toewijzing_datum
	planned day    // einddatum, or never
	why     string // reden_wijziging: "" first, 02 died, 04 longer, 05 shorter, 07 moved, 13 withdrawn
}

// change decides how an allocation came to the end it has: given at once, given for a year and made longer, or given for
// longer and cut. It draws from a stream of its own.
func (a *alloc) change(d *dice) {
	a.versions = []version{{on: a.from - 10, planned: a.planned}}
	early := a.stop < never && a.planned == a.stop // ends on the day it was last said to end
	switch u := d.uniform(); {
	case early && a.reason == "02" && u < 0.6:
		a.versions[0].planned = a.stop + day(d.whole(30, 500))
		a.versions = append(a.versions, version{a.stop + day(d.whole(3, 20)), a.stop, "02"})
	case early && a.moved && u < 0.6:
		a.versions[0].planned = a.stop + day(d.whole(30, 500))
		a.versions = append(a.versions, version{a.stop - day(d.whole(0, 10)), a.stop, "07"})
	case early && a.reason != "02" && !a.moved && u < 0.08 && a.stop-a.from > 60:
		a.versions[0].planned = a.stop + day(d.whole(60, 400))
		a.versions = append(a.versions, version{a.stop - day(d.whole(0, 30)), a.stop, "05"})
	case u > 0.55: // a year at a time, two at most before the last
		for end := a.from + 364; len(a.versions) < 3 && a.stop > end+60; end += 365 {
			a.versions[len(a.versions)-1].planned = end
			a.versions = append(a.versions, version{end - day(d.whole(0, 35)), a.planned, "04"})
		}
	}
}

// withdrawn is an allocation that should not have been: the wrong aanbieder, or twice. One in eighty is made and taken
// away within weeks (reden 13), an einddatum on its first day. Some have a month declared by then, that the aanbieder
// takes back or forgets.
func (h *household) withdrawn(d *dice, a *alloc) {
	if !d.chance(1.0/80) || h.allocs == 100 || a.pgb || a.from < h.w.from || a.from+100 > h.w.to {
		return
	}
	wrong := &alloc{need: a.need, gemeente: a.gemeente, number: h.number*100 + h.allocs, planned: a.from, stop: a.from, gone: true}
	h.allocs++
	wrong.from = a.from
	wrong.provider = a.provider/5*5 + (a.provider+1)%5
	off := a.from + day(d.whole(15, 75))
	wrong.versions = []version{{a.from - 12, a.planned, ""}, {off, a.from, "13"}}
	h.given = append(h.given, wrong)
	to := a.from.next() - 1
	fate := d.pick(50, 30, 20) // nothing declared, taken back, left
	if fate == 0 || to-a.from < 10 || to > a.stop {
		return
	}
	c := claim{alloc: wrong, month: h.w.monthOf(a.from), from: a.from, to: to, volume: 1, tariff: h.w.price(a.tariff, a.from.year()),
		granted: 100, received: to + day(d.whole(8, 30)), ref: h.refs, back: fate == 1}
	if a.weekly > 0 {
		c.volume = max(1, int(a.weekly*float64(to-a.from+1)/7))
	}
	c.corrected = max(off, c.received) + day(d.whole(10, 60))
	h.refs += 3
	h.claims = append(h.claims, c)
}

// known lists the lines of an allocation that a delivery over win holds: those sent by its end that overlap it, and the
// newest when an older one does.
func (a *alloc) known(win window) (out []version) {
	for i, v := range a.versions {
		if v.on > win.to {
			break
		}
		newest := i+1 == len(a.versions) || a.versions[i+1].on > win.to
		if a.from <= win.to && v.planned >= win.from || newest && len(out) > 0 {
			out = append(out, v)
		}
	}
	return out
}
