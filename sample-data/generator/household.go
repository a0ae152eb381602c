package generator

import "math"

// household is one household with everything that happens to those who are in it at the start of the period, or are born
// into it. It is made anew for every number.
type household struct {
	w      *world
	number int
	root   root

	health float64 // frailty shared by the household, standard normal: cost of health care
	social float64 // the same for provisions, debts and housing

	adults  int // persons[:adults] are the first adults, the rest are children
	couple  bool
	persons []person
	units   []unit
	spells  []spell
	plant   plant
	arrival day // of a household that moves in from elsewhere, else 0
	partner int // who moved in with the first adult on the day joined
	joined  day

	needs    []need
	given    []*alloc
	claims   []claim
	zvw      []zvw
	benefits []benefit
	admitted []span // admissions for ggz, by person
	arrears  []arrear
	housing  []housing
	debts    []debt
	allocs   int
	refs     int
	cost     []int64 // cents of each month of the period, as finally delivered
	programme
}

// person is someone in the household.
type person struct {
	ps      string
	birth   day // a first of a month
	man     bool
	parents [2]int // index, -1 for none
	end     day    // last day here: death, emigration, or never
	reason  string // of the end, as in reden_einde
	wlz     day    // first day of care under the Wlz, or never
	insured []insurance
}

type insurance struct {
	from, to day
	own      bool
	reason   string
}

type span struct {
	person   int
	from, to day
}

// spell is a stay at an address; to is the last day, or never.
type spell struct {
	person, unit, gemeente int
	from, to               day
	kind, place            byte // typhh and plhh; plhh 10 is 'x'
	letters                bool // a briefadres
	reason                 string
}

// compose draws who there are. Types: CBS households 2023, 39,5% single, 28,5% several without children, 32,0% with, of
// which 23,1% one parent; number of children 43,3 / 40,9 / 15,8% (one parent 61,5 / 28,9 / 9,5%).
func (h *household) compose() {
	d := h.root.dice(topicFrailty)
	h.health, h.social = d.normal(), 0
	h.social = 0.5*h.health + math.Sqrt(0.75)*d.normal()
	d = h.root.dice(topicCompose)
	kind := d.pick(39.5, 28.5, 24.6, 7.4) // single, couple, couple with children, one parent
	if h.plant.on {
		kind = []int{3, 3, 2, 0}[h.plant.cocktail]
	} else if h.arrive(); h.arrival != 0 {
		kind = d.pick(50, 20, 23, 7)
	}
	years := 0
	switch kind {
	case 0:
		years = [...]int{d.whole(20, 34), d.whole(35, 64), 65 + d.fewer(29)}[d.pick(27, 36, 37)]
	case 1:
		years = [...]int{d.whole(22, 37), d.whole(50, 64), 65 + d.fewer(24)}[d.pick(20, 33, 47)]
	default:
		years = int(40 + 7.5*d.normal())
		years = max(24, min(years, 58))
	}
	if h.plant.on {
		years = d.whole(34, 48)
	} else if h.arrival != 0 && years > 45 {
		years = d.whole(21, 45) // who moves to another gemeente is young
	}
	man := kind == 3 && d.chance(0.15) || kind != 3 && d.chance(0.5)
	if kind == 0 && years > 70 {
		man = d.chance(0.3)
	}
	h.grown(years, man, d)
	h.couple = kind == 1 || kind == 2
	if h.couple {
		h.grown(max(20, years+d.whole(-4, 4)), !man, d)
	}
	h.adults = len(h.persons)
	if kind < 2 {
		return
	}
	count := 1 + d.pick(43.3, 40.9, 15.8)
	if kind == 3 {
		count = 1 + d.pick(61.5, 28.9, 9.5)
	}
	oldest := min(years-21, 23)
	if h.plant.on {
		oldest = d.whole(8, 12)
	}
	for range count {
		a := d.whole(max(0, oldest-4), max(0, oldest))
		if h.plant.on {
			a = max(a, 5)
		}
		h.child(min(ymd(h.w.from.year()-a, d.whole(1, 12), 1), h.w.from)) // who is born later is born by an event
		oldest = max(0, a-d.whole(1, 4))
	}
}

func (h *household) grown(years int, man bool, d *dice) {
	h.add(person{birth: ymd(h.w.from.year()-years, d.whole(1, 12), 1), man: man, parents: [2]int{-1, -1}})
}

// child adds a child of the first adults.
func (h *household) child(birth day) int {
	p := person{birth: birth, parents: [2]int{0, -1}, man: h.root.dice(topicPerson + topic(len(h.persons))).chance(0.51)}
	if h.couple {
		p.parents[1] = 1
	}
	return h.add(p)
}

func (h *household) add(p person) int {
	p.ps, p.end, p.wlz = h.root.pseudonym('p', len(h.persons)), never, never
	h.persons = append(h.persons, p)
	return len(h.persons) - 1
}

// insure draws who is insured where. Fifteen in a hundred have another insurer, and six in a hundred switch on a first of
// January, so that the delivering insurer keeps its share.
func (h *household) insure() {
	d := h.root.dice(topicInsured)
	own := d.chance(0.85)
	if h.plant.on {
		own = h.plant.hidden != "ggz"
	}
	for i := range h.persons {
		p := &h.persons[i]
		from := max(p.birth, ymd(h.w.from.year()-2, 1, 1))
		last := min(p.end, p.wlz-1)
		mine := own
		if !h.plant.on && d.chance(0.1) {
			mine = d.chance(0.85)
		}
		for from <= last {
			to, reason := never, ""
			if !h.plant.on {
				for y := max(from, h.w.from).year() + 1; y <= h.w.to.year(); y++ {
					if switched := ymd(y, 1, 1); switched > from && d.chance(0.06) {
						to, reason = switched-1, "overstap"
						break
					}
				}
			}
			if last < never && (to == never || to > last) {
				to, reason = last, p.reason
				if reason == "" || p.wlz <= last+1 {
					reason = "wlz"
				}
				if p.reason == "onbekend" {
					reason = "overig"
				}
			}
			p.insured = append(p.insured, insurance{from, to, mine, reason})
			if to == never {
				break
			}
			from = to + 1
			mine = d.chance(0.85)
		}
	}
}

// covered is true when the person is insured by the delivering insurer on every day from..to.
func (p *person) covered(from, to day) bool {
	for _, s := range p.insured {
		if s.own && s.from <= from && to <= s.to {
			return true
		}
	}
	return false
}

// here calls f for every stretch of from..to in which the person lives in one gemeente and the municipality, not the Wlz,
// pays; last says that nothing follows.
func (h *household) here(i int, from, to day, f func(gemeente int, from, to day, last bool)) {
	to = min(to, h.persons[i].end, h.persons[i].wlz-1)
	var run spell
	open := false
	flush := func(last bool) {
		if a, b := max(run.from, from), min(run.to, to); open && a <= b {
			f(run.gemeente, a, b, last || b == to)
		}
	}
	for _, s := range h.spells {
		if s.person != i {
			continue
		}
		if open && s.gemeente == run.gemeente && s.from == run.to+1 {
			run.to = s.to
			continue
		}
		flush(false)
		run, open = s, true
	}
	flush(true)
}
