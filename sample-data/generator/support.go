package generator

import "math"

// product is a category of Wmo or Jeugd with how it is declared. weekly 0: one piece a calendar month.
type product struct {
	kind     int // kWmo or kYouth
	category string
	unit     string  // WJ756
	tariff   int     // cents a unit
	weekly   float64 // mean volume
	days     float64 // mean length of a need
}

// Tariffs and lengths are assumptions, set so that means a client come near the published ones: help in the house some
// 2.500 euro a year, guidance 6.500, sheltered living 50.000 (CBS Wmo 2022), shelter 25.000 (Cebeon 2011); ambulatory
// jeugdhulp 3.500, residential 40.000 to 80.000.
var (
	houseHelp = &product{kWmo, "01", "04", 3260, 1.6, 1460}
	guidance  = &product{kWmo, "02", "04", 6250, 2.1, 700}
	dayCare   = &product{kWmo, "07", "16", 4150, 3, 700}
	transport = &product{kWmo, "08", "84", 6500, 0, 1800}
	wheels    = &product{kWmo, "11", "84", 7200, 0, 1800}
	aids      = &product{kWmo, "14", "84", 3400, 0, 1400}
	sheltered = &product{kWmo, "15", "14", 13500, 7, 900}
	shelter   = &product{kWmo, "16", "14", 6800, 7, 240}

	ambulatory = &product{kYouth, "45", "01", 145, 50, 330}
	youthGgz   = &product{kYouth, "54", "01", 168, 50, 300}
	dayCentre  = &product{kYouth, "41", "16", 5200, 3, 350}
	treated    = &product{kYouth, "43", "14", 21500, 7, 420}
	fosterHome = &product{kYouth, "44", "14", 9800, 7, 600}
	crisisCare = &product{kYouth, "46", "14", 42000, 7, 30}
	protection = &product{kYouth, "48", "84", 79500, 0, 500}
)

// need is care that someone needs from..to; who lives elsewhere meanwhile gets an allocation there.
type need struct {
	person   int
	of       *product
	from, to day
	tariff   int
	weekly   float64
	pgb      bool
	keeper   bool   // under bewindvoering
	ends     string // reason of the end (WMO588, JZ588)
	early    int    // days that the allocation would have run on
	provider int
}

// claim is what was delivered in (part of) a month on an allocation.
type claim struct {
	alloc     *alloc
	month     int
	from, to  day
	volume    int // as finally declared
	tariff    int
	tooMuch   int // more than that at first, taken back by a credit
	granted   int // percent
	received  day
	corrected day
	ref       int
	back      bool // on a withdrawn allocation, and taken back whole
}

// alloc is an allocation.
type alloc struct {
	need
	number, gemeente int
	planned          day // einddatum, or never
	stop             day // last day of care, or never
	reason           string
	versions         []version
	moved            bool // goes on in another gemeente
	gone             bool // withdrawn
}

// rateBy is a yearly rate by age: under 65, 65 to 74, 75 to 84, 85 and over.
func rateBy(years int, young, old, older, oldest float64) float64 {
	switch {
	case years < 65:
		return young
	case years < 75:
		return old
	case years < 85:
		return older
	}
	return oldest
}

// supports draws the needs of Wmo. Rates are set to the clients in a thousand inhabitants: 31 help in the house, 14
// guidance and the like, 72 in all (CBS 2024). Who has one provision soon has another: half of them (CBS 2023).
func (h *household) supports() {
	d := h.root.dice(topicWmo)
	for i := range h.persons {
		p := &h.persons[i]
		years := age(p.birth, h.w.from)
		own := 0.6*h.social + 0.8*d.normal()
		frail := lift(1.35, own)
		if years >= 65 {
			frail = 0.92 * lift(0.8, own)
		}
		if years < 18 {
			frail *= 0.12
		}
		before := len(h.needs)
		h.want(d, i, houseHelp, rateBy(years, 0.0016, 0.013, 0.042, 0.088)*frail)
		h.want(d, i, guidance, rateBy(years, 0.0033, 0.0018, 0.002, 0.002)*frail)
		h.want(d, i, dayCare, rateBy(years, 0.0008, 0.0014, 0.005, 0.008)*frail)
		h.want(d, i, transport, rateBy(years, 0.0010, 0.0062, 0.022, 0.042)*frail)
		h.want(d, i, wheels, rateBy(years, 0.0006, 0.0022, 0.008, 0.018)*frail)
		h.want(d, i, aids, rateBy(years, 0.0010, 0.0045, 0.014, 0.027)*frail)
		if years >= 18 && years < 65 {
			trouble := lift(1.6, h.social)
			if h.adults == 1 && len(h.persons) == 1 {
				h.want(d, i, sheltered, 0.0060*trouble)
			}
			h.want(d, i, shelter, 0.0009*trouble)
		}
		h.along(d, before)
	}
}

// along adds what comes with the needs of Wmo from the n-th on: a second provision for some half, a third for half of those.
func (h *household) along(d *dice, n int) {
	for ; n < len(h.needs) && len(h.needs) < 60; n++ {
		if first := h.needs[n]; d.chance(0.64) {
			of := []*product{houseHelp, guidance, dayCare, transport, wheels, aids}[d.pick(28, 7, 7, 28, 12, 26)]
			from := first.from + day(d.whole(0, 500))
			h.need(d, first.person, of, from, from+day(max(60, d.lognormal(of.days, 0.7))))
		}
	}
}

// youth draws the needs of Jeugd: 11 in a hundred minors in half a year, 5% of them with residence (CBS 2023).
func (h *household) youth() {
	d := h.root.dice(topicYouth)
	for i := h.adults; i < len(h.persons); i++ {
		years := age(h.persons[i].birth, h.w.from)
		if years > 17 {
			continue
		}
		frail := lift(1.1, 0.8*h.social+0.6*d.normal())
		if years < 4 {
			frail *= 0.4
		}
		h.want(d, i, []*product{ambulatory, youthGgz, dayCentre}[d.pick(72, 21, 7)], 0.094*frail)
		h.want(d, i, treated, 0.0042*frail)
		h.want(d, i, crisisCare, 0.0012*frail)
		h.want(d, i, protection, 0.0050*frail)
	}
	for _, s := range h.spells { // a child placed out of home is in care there
		p := &h.persons[s.person]
		if s.kind == '8' && s.person >= h.adults && p.wlz == never {
			of := []*product{fosterHome, treated}[d.pick(55, 45)]
			h.need(d, s.person, of, s.from, s.to)
		}
	}
}

// want draws how often a need begins, from well before the period, at a rate a year. Two needs of one product do not overlap.
func (h *household) want(d *dice, person int, of *product, rate float64) {
	before := 3 * of.days
	begin := h.w.from - day(before)
	n := d.poisson(rate * (before + float64(h.w.to-h.w.from)) / 365.25)
	for range min(n, 4) {
		from := begin + day(d.uniform()*float64(h.w.to-begin))
		h.need(d, person, of, from, from+day(max(20, d.lognormal(of.days, 0.8))))
	}
}

func (h *household) need(d *dice, person int, of *product, from, to day) {
	last := ymd(h.persons[person].birth.year()+18, h.persons[person].birth.month(), 1) - 1
	if of.kind == kYouth {
		to = min(to, last)
	}
	if from = max(from, h.persons[person].birth); from > to || to < h.w.from {
		return
	}
	for _, o := range h.needs {
		if o.person == person && o.of == of && from <= o.to && o.from <= to {
			return
		}
	}
	n := need{person: person, of: of, from: from, to: to, provider: int(of.category[1]-'0')*5 + d.whole(0, 4)}
	if of.kind == kYouth {
		n.provider += 100
	}
	n.tariff = of.tariff + d.whole(-4, 4)*of.tariff/100
	if of == treated {
		n.tariff = of.tariff * d.whole(70, 190) / 100 // from an open group to a closed one
	}
	n.weekly = of.weekly
	if of.weekly > 0 && of.unit != "14" {
		n.weekly = min(d.lognormal(of.weekly, 0.6), 10*of.weekly)
	}
	n.pgb = (of == guidance || of == ambulatory || of == houseHelp) && d.chance(0.06)
	n.keeper = of.kind == kWmo && h.social > 1 && d.chance(0.12)
	if of.kind == kWmo {
		n.ends = [...]string{"19", "21", "22", "23", "36", "38"}[d.pick(66, 10, 6, 6, 6, 6)]
	} else {
		n.ends = [...]string{"31", "32", "33", "34", "35", "38"}[d.pick(62, 11, 7, 8, 5, 7)]
	}
	if n.ends != "19" && n.ends != "31" && d.chance(0.5) || d.chance(0.1) {
		n.early = d.whole(30, 200)
	}
	h.needs = append(h.needs, n)
}

// allocate makes allocations of the needs, one for each gemeente in which they are met, and what is declared on them.
func (h *household) allocate() {
	d, changes := h.root.dice(topicClaims), h.root.dice(topicChange)
	for _, n := range h.needs {
		h.here(n.person, n.from, n.to, func(gemeente int, from, to day, last bool) {
			if to < h.w.from || from > h.w.to || h.allocs == 100 { // a household has room for a hundred numbers
				return
			}
			a := &alloc{need: n, gemeente: gemeente, number: h.number*100 + h.allocs, stop: to, reason: n.ends}
			h.allocs++
			a.from = from
			if !last {
				a.moved = true
				a.reason = "31"
				if n.of.kind == kYouth {
					a.reason = "36"
				}
			} else if p := &h.persons[n.person]; to == p.end {
				a.reason = "02"
			} else if to == p.wlz-1 {
				a.reason = "39"
			}
			if a.planned = to + day(n.early); a.planned > h.w.to+300 {
				a.planned = never
			}
			a.change(changes)
			h.given = append(h.given, a)
			h.deliver(d, a)
			h.withdrawn(changes, a)
		})
	}
}

// deliver declares month by month. Claims come in some five weeks after the month; two in a hundred were too high at
// first, and two in a hundred are granted in part.
func (h *household) deliver(d *dice, a *alloc) {
	h.w.each(a.from, a.stop, func(m int, from, to day) {
		volume := 1
		switch {
		case a.of.unit == "14":
			volume = int(to - from + 1)
		case a.weekly > 0:
			season := &seasonWmo
			if a.of.kind == kYouth {
				season = &seasonYouth
			}
			volume = max(1, int(math.Round(a.weekly*float64(to-from+1)/7*(0.8+0.4*d.uniform())*season[from.month()-1])))
		}
		c := claim{alloc: a, month: m, from: from, to: to, volume: volume, tariff: h.w.price(a.tariff, from.year()), granted: 100,
			received: to + day(min(d.lognormal(38, 0.55), 240)), ref: h.refs}
		h.refs += 3
		switch u := d.uniform(); {
		case u < 0.02:
			c.tooMuch, c.corrected = max(1, volume/8), c.received+day(d.whole(25, 200))
		case u < 0.04:
			c.granted = 90
		}
		h.claims = append(h.claims, c)
		h.cost[m] += int64(c.amount())
	})
}

// amount is what the claim costs in the end, in cents.
func (c *claim) amount() int { return c.volume * c.tariff * c.granted / 100 }
