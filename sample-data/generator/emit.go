package generator

import "fmt"

var (
	agbs   = newAgbs()
	wijken = newWijken()
)

func newAgbs() (out [160]string) {
	for i := range out {
		out[i] = fmt.Sprint(agb(i))
	}
	return out
}

func newWijken() (out [3][6]string) {
	for g := range out {
		for i := range out[g] {
			out[g][i] = fmt.Sprintf("WK%s%02d", gemeenten[g], i)
		}
	}
	return out
}

// write writes all lines of the household.
func (h *household) write(o *output) {
	h.writePeople(o)
	h.writeAllocations(o)
	for i := range h.claims {
		h.writeClaim(o, &h.claims[i])
	}
	for i := range h.zvw {
		h.writeZvw(o, &h.zvw[i])
	}
	h.writeBenefits(o)
	h.writeTroubles(o)
	h.recordPlant(o)
	h.recordProgramme(o)
}

func (h *household) writePeople(o *output) {
	w := h.w
	for _, s := range h.spells {
		p := &h.persons[s.person]
		for k, win := range w.windows {
			if s.from > win.to || s.to < win.from {
				continue
			}
			to, reason := s.to, s.reason
			if to > win.to {
				to, reason = never, ""
			}
			o.row(kHousehold, k).s(p.ps).s(h.root.pseudonym('h', s.unit)).s(gemeenten[s.gemeente]).d(s.from).d(to).i(p.birth.year()).
				i(p.birth.month())
			if p.man {
				o.s("1")
			} else {
				o.s("2")
			}
			o.s(string(rune(s.kind)))
			if s.place == 'x' {
				o.s("10")
			} else {
				o.s(string(rune(s.place)))
			}
			if s.letters {
				o.s("B")
			} else {
				o.s("W")
			}
			o.s(wijken[s.gemeente][(h.number+s.unit)%6]).s(reason)
			for _, parent := range p.parents {
				if parent >= 0 {
					o.s(h.persons[parent].ps)
				} else {
					o.none()
				}
			}
			o.end()
		}
	}
	for i := range h.persons {
		p := &h.persons[i]
		for _, s := range p.insured {
			for k, win := range w.windows {
				if !s.own || s.from > win.to || s.to < win.from {
					continue
				}
				to, reason := s.to, s.reason
				if to > win.to {
					to, reason = never, ""
				}
				o.row(kInsured, k).s(p.ps).s(ownUzovi).d(s.from).d(to).s(reason).end()
			}
		}
	}
	if d := h.root.dice(topicVarious); !h.plant.on && d.chance(0.002) {
		o.row(kExcluded, 0).s(h.persons[0].ps).s([...]string{"bezwaar", "geheim_adres", "medewerker"}[d.pick(40, 45, 15)]).
			d(w.from + day(d.whole(0, int(w.to-w.from)))).none().end()
	}
}

func (h *household) writeAllocations(o *output) {
	for _, a := range h.given {
		for k, win := range h.w.windows {
			lines := a.known(win)
			for i, v := range lines {
				h.writeAllocation(o, a, v, k, i == len(lines)-1 && a.stop <= win.to && !a.gone)
			}
		}
	}
}

// writeAllocation writes one line of an allocation; ended says that it tells of the end of care.
func (h *household) writeAllocation(o *output, a *alloc, v version, slot int, ended bool) {
	o.row(a.of.kind, slot).s(h.persons[a.person].ps).s(gemeenten[a.gemeente]).i(a.number).s(a.of.category).s(a.of.category + "A01")
	if a.pgb {
		o.s("PGB")
	} else {
		o.s("ZIN")
	}
	o.d(v.on).d(a.from).d(v.planned)
	if a.pgb {
		o.none()
	} else {
		o.s(agbs[a.provider])
	}
	weekly, often := int(a.weekly+1), "2"
	if a.of.weekly == 0 {
		weekly, often = 1, "4"
	} else if a.of.unit == "14" {
		weekly = 7
	}
	o.i(weekly).s(a.of.unit).s(often).s(v.why)
	if a.gone {
		o.none()
	} else {
		o.d(a.from)
	}
	if ended {
		o.d(a.stop).s(a.reason)
	} else {
		o.none().none()
	}
	if a.keeper {
		o.s("07")
	} else {
		o.none()
	}
	o.s("01").end()
}

// slot is the file of a claim that came in on a day, and whether it is delivered at all.
func (h *household) slot(received day) (int, bool) {
	if known := h.w.known; known != 0 {
		return 0, received <= known
	}
	m := h.w.monthOf(max(received, h.w.from))
	return m, m < h.w.months() || !h.w.opt.Late
}

func (h *household) writeClaim(o *output, c *claim) {
	a, kind := c.alloc, kClaimWmo
	if a.of.kind == kYouth {
		kind = kClaimYouth
	}
	final := c.amount()
	if a.pgb {
		wet := "wmo"
		if kind == kClaimYouth {
			wet = "jeugd"
		}
		o.row(kPgb, h.w.yearly(c.month)).book(final, false).s(h.persons[a.person].ps).s(gemeenten[a.gemeente]).s(wet).id('P', h.number, a.number%100).
			d(c.to).i(final).none().end()
		return
	}
	if !a.gone {
		o.ledger[entry{kind, a.gemeente, c.from.year()}] += int64(final)
	}
	put := func(received day, ref, previous, volume int, credit bool) {
		slot, ok := h.slot(received)
		if !ok {
			return
		}
		ct := volume * c.tariff
		o.row(kind, slot).book(ct, credit).s(h.persons[a.person].ps).s(gemeenten[a.gemeente]).id('R', h.number, ref)
		if previous >= 0 {
			o.id('R', h.number, previous)
		} else {
			o.none()
		}
		o.i(a.number).s(a.of.category).s(a.of.category + "A01").d(c.from).d(c.to).i(volume).s(a.of.unit).i(c.tariff).i(ct).i(ct * c.granted / 100)
		if credit {
			o.s("C")
		} else {
			o.s("D")
		}
		o.d(received).s(agbs[a.provider]).end()
	}
	put(c.received, c.ref, -1, c.volume+c.tooMuch, false)
	if c.back {
		put(c.corrected, c.ref+1, c.ref, c.volume, true)
	}
	if c.tooMuch > 0 {
		put(c.corrected, c.ref+1, c.ref, c.volume+c.tooMuch, true)
		put(c.corrected, c.ref+2, -1, c.volume, false)
	}
}

// slotApart is slot for a kind with rhythm apart, of a claim about care that ended on a day.
func (h *household) slotApart(received, ended day) (int, bool) {
	m, ok := h.slot(received)
	switch {
	case h.w.known != 0:
	case m == h.w.months():
		m = 2*m - 1
	case ended < h.w.starts[m]:
		m += h.w.months() - 1
	}
	return m, ok
}

func (h *household) writeZvw(o *output, z *zvw) {
	put := func(received day, ct int, credit bool) {
		slot, ok := h.slotApart(received, z.to)
		if !ok || ct == 0 {
			return
		}
		o.row(kClaimZvw, slot).book(ct, credit).s(h.persons[z.person].ps).s(z.code).s(z.sort).d(z.from).d(z.to).i(ct).i(min(z.own, ct))
		if credit {
			o.s("C")
		} else {
			o.s("D")
		}
		o.d(received).s(ownUzovi).s(agbs[z.provider]).flag(z.forced).end()
	}
	put(z.received, z.ct+z.tooMuch, false)
	if z.tooMuch > 0 {
		put(z.corrected, z.ct+z.tooMuch, true)
		put(z.corrected, z.ct, false)
	}
}

func (h *household) writeBenefits(o *output) {
	w := h.w
	for i := range h.benefits {
		b := &h.benefits[i]
		o.ledger[entry{kBenefit, b.gemeente, w.starts[b.month].year()}] += int64(b.ct)
		w.told(b.month, func(slot, upTo int) {
			ct := b.ct
			if upTo == b.month && (upTo < w.months()-1 || w.opt.Late) {
				ct = b.first
			}
			for _, person := range [2]int{b.person, b.second} {
				if person < 0 {
					continue
				}
				o.row(kBenefit, slot).book(ct, false).s(h.persons[person].ps).s(gemeenten[b.gemeente]).s(w.starts[b.month].String()[:7]).
					id('U', h.number, b.number).s(b.code).eur(ct).s(b.form).s(b.housing).s(b.cluster).d(b.started).d(b.ends).s(b.reason)
				norm := normSinglePaid
				if b.form == "3" {
					norm = normCouplePaid
				}
				o.eur(w.price(norm, w.starts[b.month].year())).i(b.sharing).end()
			}
		})
	}
	if d := h.root.dice(topicVarious + 1000); len(h.benefits) > 0 && d.chance(0.06) {
		b := h.benefits[d.whole(0, len(h.benefits)-1)]
		on, ct := w.starts[b.month]+day(d.whole(0, 27)), 100*d.whole(80, 9000)
		w.told(b.month, func(slot, upTo int) {
			o.row(kRecovery, slot).s(h.persons[b.person].ps).s(gemeenten[b.gemeente]).id('V', h.number, 1).d(on).
				s([...]string{"51", "53", "56", "61"}[d.whole(0, 3)]).eur(ct).s("51").eur(ct * d.whole(0, 60) / 100).d(w.starts[upTo+1] - 1).end()
		})
	}
}

func (h *household) writeTroubles(o *output) {
	w := h.w
	for n, a := range h.arrears {
		w.told(w.monthOf(a.on), func(slot, upTo int) {
			known := a.taken < w.starts[upTo+1]
			o.row(kArrears, slot).id('S', h.number, n+1).s(h.persons[a.person].ps).s(gemeenten[a.gemeente]).s(a.partner).d(a.on).
				eur(a.euros * 100).flag(a.crisis)
			if known {
				o.id('Z', h.number, n+1).d(a.taken).s("Vervolghulp en/of verwijzing financieel").end()
			} else {
				o.none().none().s("Niet opgepakt: andere reden").end()
			}
		})
	}
	for _, t := range h.debts {
		for k, win := range w.toDate {
			if t.from > win.to || t.to < win.from {
				continue
			}
			for _, person := range t.persons {
				o.row(kDebtHelp, k).id('T', h.number, 1).s(h.persons[person].ps).s(gemeenten[t.gemeente]).d(t.from)
				if t.to <= win.to {
					o.d(t.to).eur(t.euros * 100).i(6 + t.euros%14).s("uitstroom").s("Schuldbemiddeling").s(t.reasonEnded)
				} else {
					o.none().eur(t.euros * 100).i(6 + t.euros%14).s("stabilisatie").none().none()
				}
				o.s("Budgetbeheer").flag(t.crisis).flag(false).end()
			}
		}
	}
	for _, s := range h.housing {
		for k, win := range w.toDate {
			if s.from > win.to || max(s.to, s.from) < win.from {
				continue
			}
			o.row(kHousing, k).s(h.persons[s.person].ps).s(gemeenten[s.gemeente]).s(s.sort).d(s.from)
			if s.to == 0 || s.to > win.to {
				o.none()
			} else {
				o.d(s.to)
			}
			if s.ct > 0 {
				o.eur(s.ct).end()
			} else {
				o.none().end()
			}
		}
	}
	if h.arm == armAcute || h.arm == armChronic {
		h.report(o, h.reported-7, "dreigt vast te lopen")
	} else if d := h.root.dice(topicVarious + 2000); !h.plant.on && d.chance(0.0015*lift(1.2, h.social)) {
		h.report(o, w.from+day(d.uniform()*float64(w.to-w.from+1)), "meerdere voorzieningen tegelijk")
	}
}

// report writes a veldmelding.
func (h *household) report(o *output, on day, why string) {
	g := h.at(0, on)
	if g < 0 {
		return
	}
	h.w.told(h.w.monthOf(on), func(slot, _ int) {
		o.row(kReport, slot).s(h.persons[0].ps).s(gemeenten[g]).d(on).s([...]string{"wijkteam", "school", "huisarts", "corporatie"}[h.number%4]).s(why).end()
	})
}
