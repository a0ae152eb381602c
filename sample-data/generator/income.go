package generator

// benefit is a month of a bijstandsuitkering.
type benefit struct {
	person, second int // second -1: one person
	month          int
	gemeente       int
	number         int
	code           string // statistiekcode
	cluster        string
	form           string
	housing        string
	ct, first      int // cents, in the end and as first delivered
	sharing        int // kostendelers
	started        day
	ends           day // on the last line, else never
	reason         string
}

type arrear struct {
	person, gemeente int
	partner          string
	on, taken        day
	euros            int
	crisis           bool
}

type housing struct {
	person, gemeente int
	sort             string
	from, to         day // to 0: something that happens on one day
	ct               int
}

type debt struct {
	persons     []int
	gemeente    int
	from, to    day
	euros       int
	crisis      bool
	reasonEnded string
}

// Norms of July 2024 in cents a month: as printed, and without holiday allowance (95%).
const (
	normSinglePaid = 130845
	normCouplePaid = 186921
	normSingle     = 124303
	normCouple     = 177575
)

// income draws bijstand: 401.000 persons (CBS, end of 2023), longest among the frail. A couple shares one benefit. It
// stops on an admission of more than four weeks, on care under the Wlz, and when the couple parts.
func (h *household) income() {
	d := h.root.dice(topicIncome)
	years := age(h.persons[0].birth, h.w.from)
	if years > 64 || years < 18 {
		return
	}
	rate := 0.029 * lift(1.3, h.social)
	if h.couple {
		rate *= 0.3
	} else if len(h.persons) > 1 {
		rate *= 2
	}
	const mean = 1500
	begin := h.w.from - 3*mean
	if d.poisson(rate*float64(h.w.to-begin)/365.25) == 0 {
		h.minima()
		return
	}
	from := begin + day(d.uniform()*float64(h.w.to-begin))
	to := from + day(max(60, d.lognormal(mean, 0.9)))
	reason := [...]string{"11", "98", "31", "02", "32", "05"}[d.pick(50, 16, 12, 9, 8, 5)]
	for _, a := range h.admitted {
		if a.person == 0 && a.to-a.from > 28 && a.from > from && a.from+30 < to {
			to, reason = a.from+30, "98"
		}
	}
	if h.joined > from && h.joined <= to {
		to, reason = h.joined-1, "02"
	}
	h.pay(d, from.first(), to, reason)
	for n := range d.poisson(2.4 * float64(h.w.months()) / 12) { // single payments for something
		m := d.whole(0, h.w.months()-1)
		if s := h.w.starts[m]; s > from && s < to && s < h.persons[0].end {
			h.here(0, s, s, func(g int, _, _ day, _ bool) {
				h.once(d, m, g, 2+n, from.first())
			})
		}
	}
}

// minima draws bijzondere bijstand for households with a low income and no bijstand: three in a hundred, mostly the frail,
// some twice a year. An assumption: municipal schemes for low incomes are in no sourced figure apart.
func (h *household) minima() {
	d := h.root.dice(topicMinima)
	if age(h.persons[0].birth, h.w.from) < 21 || !d.chance(0.030*lift(1.2, h.social)) {
		return
	}
	for n := range d.poisson(1.8 * float64(h.w.months()) / 12) {
		m := d.whole(0, h.w.months()-1)
		if g := h.at(0, h.w.starts[m]); g >= 0 {
			h.once(d, m, g, 40+n, h.w.starts[m])
		}
	}
}

// once writes a single payment for something.
func (h *household) once(d *dice, m, gemeente, number int, started day) {
	what := d.pick(8, 26, 24, 18, 24)
	ct := 100 * d.whole(120, 1500)
	if what == 4 {
		ct = h.w.price(45000, h.w.starts[m].year()) // individuele inkomenstoeslag, an assumption
	}
	h.special(m, gemeente, number, "12", [...]string{"c", "h", "f", "i", "k"}[what], ct, started)
}

// special writes a payment of bijzondere bijstand.
func (h *household) special(m, gemeente, number int, code, cluster string, ct int, started day) {
	h.benefits = append(h.benefits, benefit{person: 0, second: -1, month: m, gemeente: gemeente, number: number, code: code,
		cluster: cluster, form: "1", housing: "1", ct: ct, first: ct, started: started, ends: never})
	h.cost[m] += int64(ct)
}

// keeping writes what bijzondere bijstand pays for bewindvoering, a month at a time, to those who have that and no bijstand
// that pays for more. The tariff is an assumption.
func (h *household) keeping() {
	for _, n := range h.needs {
		if !n.keeper || n.person != 0 {
			continue
		}
		h.here(0, n.from.first(), n.to, func(g int, a, b day, _ bool) {
			h.w.each(a, b, func(m int, _, _ day) { h.special(m, g, 90, "11", "f", h.w.price(12500, h.w.starts[m].year()), a) })
		})
		return
	}
}

// pay writes the months of a benefit that began on a first of a month, to the month of to.
func (h *household) pay(d *dice, from, to day, reason string) {
	kept := 100
	if d.chance(0.2) {
		kept = d.whole(40, 90) // part of the norm, because of other income
	}
	sharing := 0 // others of 27 or over at the address, in households of their own
	if d.chance(0.06) {
		sharing = 1 + d.pick(75, 25)
	}
	h.here(0, from, to, func(g int, a, b day, last bool) {
		if b == to && to > h.w.to {
			last = false
		}
		why := reason
		switch {
		case !last:
			why = "32"
		case b == h.persons[0].end:
			why = "04"
		case b == h.persons[0].wlz-1:
			why = "98"
		}
		start := a
		if a != from {
			start = a.next() // the gemeente one left paid this month
		}
		h.w.each(start, b, func(m int, x, y day) {
			ended := never
			if b <= h.w.to && y == b {
				ended = b
			}
			second, form, norm, others := h.mate(x), "1", normSingle, 0
			switch {
			case second >= 0:
				form, norm = "3", normCouple
			case len(h.persons) > h.adults:
				form = "2"
			}
			if second < 0 && sharing > 0 { // kostendelersnorm: (40% + n x 30%) / n of the couple's norm
				others = sharing
				norm = normCouple * (40 + 30*(1+others)) / (100 * (1 + others))
			}
			ct := h.w.price(norm, x.year()) * kept / 100
			r := benefit{person: 0, second: second, month: m, gemeente: g, number: 1, code: "01", form: form, housing: "1", ct: ct,
				first: ct, sharing: others, started: start, ends: ended}
			if ended < never {
				r.reason = why
			}
			for _, s := range h.admitted {
				if s.person == 0 && s.from <= y && s.to >= x {
					r.housing = "4"
				}
			}
			for _, s := range h.spells {
				if s.person == 0 && s.letters && s.from <= y && s.to >= x {
					r.housing = "5"
				}
			}
			if d.chance(0.02) {
				r.first = ct * 9 / 10 // put right a month later
			}
			h.benefits = append(h.benefits, r)
			h.cost[m] += int64(ct)
		})
	})
}

// mate is the partner who shares an address with the first adult on a day, or -1.
func (h *household) mate(on day) int {
	unit, mate, theirs := -1, -1, -2
	for _, s := range h.spells {
		if s.from > on || on > s.to {
			continue
		}
		switch {
		case s.person == 0:
			unit = s.unit
		case s.person == 1 && h.adults == 2 || s.person == h.partner && h.joined < never:
			mate, theirs = s.person, s.unit
		}
	}
	if unit != theirs {
		return -1
	}
	return mate
}

// at is the gemeente a person lives in on a day, or -1.
func (h *household) at(person int, on day) int {
	for _, s := range h.spells {
		if s.person == person && s.from <= on && on <= s.to {
			return s.gemeente
		}
	}
	return -1
}

// troubles draws arrears (40,5 signals a thousand inhabitants a year: insurers 41, landlords 20, energy 20, water 18%; one
// in six taken up; Divosa), trajects of schuldhulp (75.531 applications in 2022, mean debt 40.170; NVVK) and housing.
func (h *household) troubles() {
	d := h.root.dice(topicDebt)
	years := float64(h.w.to-h.w.from+1) / 365.25
	day1 := func() day { return h.w.from + day(d.uniform()*float64(h.w.to-h.w.from+1)) }
	for i := range h.adults {
		for range d.poisson(0.062 * years * lift(1.3, h.social)) {
			on := day1()
			if g := h.at(i, on); g >= 0 && g != silent && age(h.persons[i].birth, on) < 80 {
				partner := [...]string{"Zorg", "Huur", "Energie", "Water"}[d.pick(41, 20, 20, 18)]
				a := arrear{person: i, gemeente: g, partner: partner, on: on, taken: never, euros: d.whole(150, 3200),
					crisis: partner == "Huur" && d.chance(0.2)}
				if d.chance(1.0 / 6) {
					a.taken = on + day(d.whole(4, 25))
				}
				h.arrears = append(h.arrears, a)
			}
		}
	}
	begin := h.w.from - 900
	for range d.poisson(0.009 * lift(1.4, h.social) * float64(h.w.to-begin) / 365.25) {
		from := begin + day(d.uniform()*float64(h.w.to-begin))
		t := debt{persons: []int{0}, from: from, to: from + day(max(60, d.lognormal(620, 0.6))), euros: int(min(d.lognormal(40170, 0.8), 400000)),
			crisis: d.chance(0.06), reasonEnded: [...]string{"Afgerond", "Ingetrokken", "Voldoet niet", "Zelf"}[d.pick(60, 20, 12, 8)]}
		t.to = min(t.to, h.persons[0].end)
		if t.gemeente = h.at(0, max(t.from, h.w.from)); t.gemeente < 0 || t.to < h.w.from || len(h.debts) > 0 {
			continue
		}
		if other := h.mate(max(t.from, h.w.from)); other >= 0 {
			t.persons = []int{0, other}
		}
		h.debts = append(h.debts, t)
	}
	d = h.root.dice(topicHousing)
	for range d.poisson(0.009 * years * lift(1.4, h.social)) {
		on := day1()
		g := h.at(0, on)
		if g < 0 {
			continue
		}
		s := housing{person: 0, gemeente: g, from: on, sort: [...]string{"huurachterstand", "ontruimingsaanzegging", "ontruiming",
			"urgentieaanvraag", "adresonderzoek", "overbewoning", "opvang", "woningsluiting"}[d.pick(48, 10, 3, 14, 10, 8, 6, 1)]}
		switch s.sort {
		case "huurachterstand":
			s.ct = 100 * d.whole(600, 4200)
		case "opvang":
			s.to = min(on+day(d.whole(30, 300)), h.persons[0].end)
		}
		h.housing = append(h.housing, s)
	}
}
