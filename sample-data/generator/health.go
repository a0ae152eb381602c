package generator

import "math"

// Cost of health care a person and year: mean by age x exp(sigma z - sigma^2/2), where z is standard normal and
//
//	z = 0,32 H + 0,63 P + 0,50 A + 0,50 T
//
// H is shared by the household, P is the person's own and lasts, A is the person's and follows an AR(1) process with 0,6
// from year to year (an illness), T belongs to the year alone (an accident). So the correlation of z is 0,65 between two
// years, 0,59 with one between, 0,10 between two persons of a household in whatever years: who is costly this year is
// less so the next. Sigma comes from the share of the costliest hundredth (25%; Vektis).
const (
	shareHousehold = 0.32
	sharePerson    = 0.63
	shareIllness   = 0.50
	shareYear      = 0.50
	illnessLasts   = 0.60
	healthSigma    = 1.57
)

// meanCost is the cost in euros of an insured year by age class of five years: the Vektis open file of 2015, raised by the
// ratio of the means of 2023 and 2015, without ggz, which is drawn apart.
var (
	meanCost = [...]float64{1753, 881, 834, 998, 1106, 1434, 1682, 1581, 1525, 1698, 2052, 2470, 3063, 3730, 4717, 5865, 7218, 8609, 9804}
	meanGgz  = [...]float64{0, 0, 0, 99, 301, 311, 313, 304, 268, 246, 236, 204, 166, 122, 117, 123, 118, 116, 72}
)

const (
	mean2015 = 2342
	mean2023 = 3151
)

// zvw is a line of the insurer.
type zvw struct {
	person    int
	code      string
	sort      string
	from, to  day
	ct        int
	received  day
	tooMuch   int
	corrected day
	provider  int
	own       int // eigen risico
	forced    bool
}

func ageClass(years int) int { return max(0, min(years/5, len(meanCost)-1)) }

// care draws what the insurer paid for everyone.
func (h *household) care() {
	for i := range h.persons {
		p := &h.persons[i]
		d := h.root.dice(topicPerson + 64 + topic(i))
		lasting, illness := d.normal(), d.normal()
		for y := h.w.from.year(); y <= h.w.to.year(); y++ {
			z := shareHousehold*h.health + sharePerson*lasting + shareIllness*illness + shareYear*d.normal()
			illness = illnessLasts*illness + math.Sqrt(1-illnessLasts*illnessLasts)*d.normal()
			years := y - p.birth.year()
			class := ageClass(years)
			mean := (meanCost[class] - meanGgz[class]) * mean2023 / mean2015 * h.w.prices[y-h.w.from.year()] / math.Pow(inflation, healthYear-priceYear)
			total := min(mean*math.Exp(healthSigma*z-healthSigma*healthSigma/2), 900000) * 100
			for _, s := range p.insured {
				from, to := max(s.from, h.w.from, ymd(y, 1, 1)), min(s.to, h.w.to, ymd(y, 12, 31))
				if s.own && from <= to {
					h.careYear(d, i, years, from, to, int(total*float64(to-from+1)/365.25))
				}
			}
		}
	}
}

// careYear splits an amount over the lines of from..to: registration with the huisarts, consults, medicines, nursing for
// the old, and the rest as hospital care in trajects of at most 120 days.
func (h *household) careYear(d *dice, i, years int, from, to day, total int) {
	length := int(to - from + 1)
	gp := d.whole(0, 5)
	put := func(code, sort string, days, ct, provider int, lag, sigma float64) {
		if ct <= 0 {
			return
		}
		days = max(1, min(days, length))
		at := seasonHealth.day(d, from, length-days+1)
		h.bill(d, zvw{person: i, code: code, sort: sort, from: at, to: at + day(days-1), ct: ct, provider: provider}, lag, sigma)
	}
	signing := min(total, 12*(600+10*gp)*length/365)
	put("HAI001", "huisarts_inschrijftarief", 1, signing, 20+gp, 30, 0.5)
	rest := total - signing
	if rest < 2000 {
		put("HAC001", "huisarts_consult", 1, rest, 20+gp, 30, 0.5)
		return
	}
	consult, pharmacy := min(rest*8/100, 45000), min(rest*14/100, 900000)
	put("HAC001", "huisarts_consult", 1, consult, 20+gp, 30, 0.5)
	put("FAR001", "farmacie", 21, pharmacy/2, 30+gp, 25, 0.5)
	put("FAR001", "farmacie", 21, pharmacy-pharmacy/2, 30+gp, 25, 0.5)
	rest -= consult + pharmacy
	if years >= 70 && rest > 60000 {
		share := min(12+(years-70)*2, 55)
		nursing := rest * share / 100
		rest -= nursing
		h.w.each(from+day(length/3), to, func(_ int, a, b day) {
			part := nursing * int(b-a+1) / (length - length/3)
			h.bill(d, zvw{person: i, code: "VVZ001", sort: "verpleging_en_verzorging", from: a, to: b, ct: part, provider: 40 + gp}, 40, 0.5)
		})
	}
	trajects := 1 + min(3, rest/500000)
	first := len(h.zvw)
	for range trajects {
		ct := rest / trajects
		put("MSZ001", "medisch_specialistische_zorg", 1+min(119, ct/4000), ct, 50+gp%3, 95, 0.8)
	}
	if years >= 18 && len(h.zvw) > first {
		h.zvw[first].own = min(38500, h.zvw[first].ct)
	}
}

// bill adds a line that comes in a lognormal time after the care, with this mean in days; one in a hundred is corrected.
func (h *household) bill(d *dice, z zvw, lag, sigma float64) {
	if z.ct <= 0 {
		return
	}
	z.received = z.to + day(min(d.lognormal(lag, sigma), 365))
	if d.chance(0.01) {
		z.tooMuch, z.corrected = max(1, z.ct/10), z.received+day(d.whole(20, 90))
	}
	h.zvw = append(h.zvw, z)
	h.cost[h.w.monthOf(z.from)] += int64(z.ct)
}

// mental draws episodes of ggz: one adult in twenty a year, some 5.700 euro each (Vektis factsheet ggz 2024), with an
// admission for some. A consult of 45 minutes is 135,89, a day 412 (the second is an assumption).
func (h *household) mental() {
	d := h.root.dice(topicGgz)
	for i := range h.persons {
		years := age(h.persons[i].birth, h.w.from)
		if years < 17 {
			continue
		}
		frail := lift(0.9, 0.6*h.social+0.8*d.normal())
		rate := 0.125 * meanGgz[ageClass(years)] / 300
		for range d.poisson(rate * frail * float64(h.w.to-h.w.from+200) / 365.25 * 0.295) {
			from := h.w.from - 200 + day(d.uniform()*float64(h.w.to-h.w.from+200))
			h.episode(d, i, from, d.whole(8, 46), d.chance(0.21))
		}
	}
}

// episode is a series of consults, after an admission when there is one.
func (h *household) episode(d *dice, i int, from day, consults int, admission bool) {
	p := &h.persons[i]
	here := func(a, b day) bool {
		return a >= h.w.from && b <= h.w.to && p.covered(a, b) && b <= p.end
	}
	if admission {
		to := from + day(max(10, min(d.lognormal(115, 0.9), 360)))
		forced := d.chance(0.2)
		if to >= h.w.from && to < min(p.end, p.wlz, h.w.to) {
			h.admitted = append(h.admitted, span{i, from, to})
		}
		h.w.each(from, to, func(_ int, a, b day) {
			if here(a, b) {
				h.bill(d, zvw{person: i, code: "VD0003", sort: "intramuraal_verblijf_ggz", from: a, to: b, ct: int(b-a+1) * h.w.price(41200, a.year()),
					provider: 55, forced: forced}, 45, 0.5)
			}
		})
		from = to + 7
	}
	for range consults {
		if here(from, from) {
			h.bill(d, zvw{person: i, code: "CO0497", sort: "consulten_ggz", from: from, to: from, ct: h.w.price(13589, from.year()), provider: 56 + i%3}, 35, 0.5)
		}
		from += day(d.whole(9, 26))
	}
}
