package sampledata

import (
	"fmt"
	"math"
	"slices"
)

// How many households are drawn: from the population as a whole, and from those with many provisions at once. The second
// group is far larger than its share in a real gemeente (some 10% has two provisions or more), or a set of 300 would
// hold three households that matter.
const (
	fromPopulation = 176
	fromStacked    = 66
)

// drawn is one drawn household.
type drawn struct {
	s        *set
	label    string
	stacked  bool
	gemeente string
	adults   []*person
	children []*person
	apart    day // the couple lives apart since; 0: no
	dead     *person
}

func (s *set) generate() {
	for i := range fromPopulation + fromStacked {
		h := &drawn{s: s, label: fmt.Sprintf("getrokken-%03d", i), stacked: i >= fromPopulation}
		h.gemeente = []string{tilburg, oisterwijk, goirle}[pick([]float64{60, 20, 20}, h.label, "gemeente")]
		h.compose()
		h.settle()
		for _, p := range slices.Concat(h.adults, h.children) {
			if chance(0.15, p.ps, "andere verzekeraar") {
				p.uninsured()
			}
			p.health()
		}
		h.supports()
		h.youth()
		h.income()
		h.troubles()
		if h.stacked && len(h.children) > 0 && h.dead == nil && h.apart == 0 {
			s.stacked = append(s.stacked, h.adults[0])
		}
	}
}

// compose draws who there are. Types: CBS households 2023, 39,5% single, 28,5% several without children, 32,0% with, of
// which 23,1% one parent; number of children 43,3 / 40,9 / 15,8% (one parent 61,5 / 28,9 / 9,5%).
func (h *drawn) compose() {
	types := []float64{39.5, 28.5, 24.6, 7.4} // single, couple, couple with children, one parent
	if h.stacked {
		types = []float64{22, 6, 27, 45} // assumption: programmes look for families, mostly with one parent
	}
	kind := pick(types, h.label, "type")
	age := 0
	switch kind {
	case 0:
		age = whole(20, 92, h.label, "leeftijd")
	case 1:
		age = []int{whole(23, 37, h.label, "leeftijd"), whole(50, 86, h.label, "leeftijd")}[pick([]float64{30, 70}, h.label, "fase")]
	default:
		age = whole(27, 52, h.label, "leeftijd")
	}
	if h.stacked && kind < 2 {
		age = whole(21, 63, h.label, "leeftijd")
	}
	sexes := []string{vrouw, man}
	if kind != 3 && chance(0.5, h.label, "geslacht") || kind == 3 && chance(0.15, h.label, "geslacht") {
		sexes = []string{man, vrouw}
	}
	born := func(age int, who string) string {
		return fmt.Sprintf("%d-%02d", 2025-age, whole(1, 12, h.label, who, "maand"))
	}
	h.adults = append(h.adults, h.s.adult(h.label+"/1", born(age, "1"), sexes[0]))
	if kind == 1 || kind == 2 {
		other := max(19, age+whole(-4, 4, h.label, "verschil"))
		h.adults = append(h.adults, h.s.adult(h.label+"/2", born(other, "2"), sexes[1]))
	}
	if kind < 2 {
		return
	}
	weights := []float64{43.3, 40.9, 15.8}
	if kind == 3 {
		weights = []float64{61.5, 28.9, 9.5}
	}
	for c := range 1 + pick(weights, h.label, "kinderen") {
		who := fmt.Sprint("kind ", c)
		oldest := min(age-20, 19)
		h.children = append(h.children, h.s.child(fmt.Sprintf("%s/%d", h.label, 3+c),
			born(whole(max(0, age-44), oldest, h.label, who), who), []string{man, vrouw}[pick([]float64{1, 1}, h.label, who, "geslacht")],
			h.adults...))
	}
}

// settle writes the spells, with what happens in a life: a birth, a move within the gemeente, a separation, a death.
func (h *drawn) settle() {
	s, all := h.s, slices.Concat(h.adults, h.children)
	youngest := h.adults[0].year
	for _, a := range h.adults {
		youngest = max(youngest, a.year)
	}
	at := ymd(whole(max(youngest+18, 1990), 2021, h.label, "sinds"), whole(1, 12, h.label, "sinds maand"), 1)
	here := h.label
	event := pick([]float64{84, 6, 5, 5}, h.label, "gebeurtenis")
	on := ymd(whole(2023, 2025, h.label, "jaar"), whole(2, 11, h.label, "maand"), whole(1, 28, h.label, "dag"))

	// spells of everyone born by then; a birth starts new ones, since the type or the number changes
	bornBy := func(x day) (out []*person) {
		for _, p := range all {
			if ymd(p.year, p.month, 1) <= x {
				out = append(out, p)
			}
		}
		return out
	}
	births := []day{}
	for _, c := range h.children {
		if b := ymd(c.year, c.month, 1); b > at {
			births = append(births, b)
		}
	}
	slices.Sort(births)
	births = slices.Compact(births)
	write := func(from, to day, members []*person, label string) {
		if len(members) == 0 || to != 0 && to < from {
			return
		}
		house := s.home(label, h.gemeente, typeOf(members))
		end := ""
		if to != 0 {
			end = to.String()
		}
		for _, p := range members {
			extra := row{}
			if p == h.dead && to == on-1 {
				extra["reden_einde"] = "overleden"
			}
			p.lives(house, placeOf(p, members, house.typhh), from.String(), end, extra)
		}
	}
	split := func(from, to day, label string) {
		for _, b := range births {
			if b > from && (to == 0 || b <= to) {
				write(from, b-1, bornBy(b-1), label)
				from = b
			}
		}
		write(from, to, bornBy(from), label)
	}
	switch {
	case event == 1:
		split(at, on-1, here)
		split(on, 0, here+"/nieuw")
	case event == 2 && len(h.adults) == 2 && (len(births) == 0 || births[len(births)-1] < on):
		split(at, on-1, here)
		h.apart = on
		rest := append([]*person{h.adults[0]}, h.children...)
		write(on, 0, rest, here+"/een")
		write(on, 0, h.adults[1:], here+"/twee")
	case event == 3 && len(h.adults) == 2 && h.adults[0].year < 1962:
		h.dead = h.adults[1]
		h.dead.insuredTo, h.dead.outReason = on-1, "overleden"
		split(at, on-1, here)
		write(on, 0, append([]*person{h.adults[0]}, h.children...), here)
	default:
		split(at, 0, here)
	}
}

// health draws what the insurer paid: the mean by age (Vektis open file 2015, raised to the mean of 2023 by 3151/2342), a
// lognormal with sigma 1,65, and a correlation between years of 0,75 (assumption).
func (p *person) health() {
	if !p.insured {
		return
	}
	for y := 2023; y <= 2025; y++ {
		from, to := ymd(y, 1, 1), ymd(y, 12, 31)
		if b := ymd(p.year, max(p.month, 1), 1); b > from {
			from = b
		}
		if p.insuredTo != 0 {
			to = min(to, p.insuredTo)
		}
		if from > to {
			continue
		}
		const sigma, rho = 1.65, 0.75
		z := rho*normal(p.ps, "gezondheid") + math.Sqrt(1-rho*rho)*normal(p.ps, "gezondheid", y)
		mean := meanHealth(y-p.year) * 3151 / 2342 * 100
		total := int(min(mean*math.Exp(sigma*z-sigma*sigma/2), 18000000))
		p.healthYear(y, from, to, total)
	}
}

// healthYear splits a year's total in lines: registration with the huisarts, consults, medicines, nursing for the old,
// and the rest as hospital care in up to three trajects of at most 120 days, some of them running into the next year.
func (p *person) healthYear(y int, from, to day, total int) {
	line := func(code, sort string, a, b day, ct int, lag float64, provider int) row {
		billed := b + day(lognormal(lag, 0.8, p.ps, code, a, "declaratie"))
		if ct <= 0 || b > coverTo || billed > made {
			return nil // not declared yet when the file was made
		}
		r := p.zvw(code, sort, a.String(), b.String(), ct, provider)
		r["declaratiedatum"] = billed.String()
		return r
	}
	provider := whole(0, 5, p.ps, "huisarts")
	line("HAI001", "huisarts_inschrijftarief", from, min(from+89, to), 1900+whole(0, 9, p.ps, y, "tarief")*10, 30, 20+provider)
	if total < 6000 {
		return
	}
	day1 := func(what string) day { return from + day(whole(0, int(to-from), p.ps, y, what)) }
	consult, pharmacy, rest := total*8/100, total*12/100, total
	at := day1("consult")
	line("HAC001", "huisarts_consult", at, at, consult, 30, 20+provider)
	at = min(day1("farmacie"), to-20)
	line("FAR001", "farmacie", at, at+20, pharmacy, 25, 30+provider)
	rest -= consult + pharmacy
	if y-p.year >= 75 {
		at = max(from, min(day1("wijkverpleging"), to-90))
		line("VVZ001", "verpleging_en_verzorging", at, min(at+90, to), rest*2/5, 40, 40+provider)
		rest -= rest * 2 / 5
	}
	parts := 1 + min(2, rest/600000)
	for i := range parts {
		ct := rest / parts
		at = day1(fmt.Sprint("ziekenhuis ", i))
		length := min(119, ct/4000)
		if p.insuredTo != 0 && at+day(length) > p.insuredTo {
			length = int(p.insuredTo - at)
		}
		r := line("MSZ001", "medisch_specialistische_zorg", at, at+day(length), ct, 75, 50+provider%3)
		if r != nil && i == 0 && y-p.year >= 18 {
			r["eigen_risico_ct"] = fmt.Sprint(min(38500, ct))
		}
	}
}

// meanHealth is the cost in euros of an insured year of 2015 at an age.
func meanHealth(age int) float64 {
	table := []float64{1753, 881, 834, 998, 1106, 1434, 1682, 1581, 1525, 1698, 2052, 2470, 3063, 3730, 4717, 5865, 7218, 8609, 9804}
	return table[max(0, min(age/5, len(table)-1))]
}
