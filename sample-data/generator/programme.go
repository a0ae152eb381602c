package generator

import "math"

// The arms of the programme, by how a household comes into it.
const (
	armNone      = ""
	armData      = "data"           // the twelve months before cost 50.000 or more
	armAcute     = "veld_acuut"     // the field brings it forward at the top of a crisis that passes by itself
	armChronic   = "veld_chronisch" // the field brings it forward because it has been stuck for two years
	armLottery   = "loting"         // cost 20.000 to 50.000 and the lot chose it
	armNotChosen = "loting_niet"    // the same, and the lot did not: no maatwerk
)

// programme is a household's part in maatwerk.
type programme struct {
	arm      string
	reported day // datum_aanmelding
	agreed   day
	started  day // never: not started in the period
	before   int64
	wanted   int64 // effect in cents over the months after the start, positive is a saving
	applied  int64
	after    int    // months after that of the start
	closed   string // status of a plan that ended without a start
	takes    []taken
	followed []bool // by person: an effect of a Programme comes off
}

// enrol decides from the household's own costs whether it comes into the programme, and when. It draws from a stream of
// its own and looks only back, so that what follows is what would have followed without maatwerk, less the effect.
func (h *household) enrol() {
	months := h.w.months()
	if h.w.opt.Programme.Plans > 0 {
		if e, ok := h.w.chosen[h.number]; ok && e.arm != armNone {
			h.enlist(e)
		}
		return
	}
	if h.plant.on || months < 24 {
		return
	}
	d := h.root.dice(topicProgramme)
	at := d.whole(12, months-9)
	fate := d.uniform()
	lot := d.chance(0.5)
	sum := func(from, to int) (ct int64) {
		for m := max(from, 0); m < to; m++ {
			ct += h.cost[m]
		}
		return ct
	}
	year, before, top := sum(at-12, at), sum(at-24, at-12), sum(at-3, at)
	switch {
	case top*4 >= 60000_00 && top*2 >= year && fate < 0.25:
		h.arm = armAcute
	case at >= 24 && year >= 35000_00 && before >= 35000_00 && fate < 0.6:
		h.arm = armChronic
	case year >= 50000_00 && fate > 0.88:
		h.arm = armData
	case year >= 20000_00 && year < 50000_00 && fate > 0.80:
		h.arm = armNotChosen
		if lot {
			h.arm = armLottery
		}
	default:
		return
	}
	h.before = year
	h.reported = h.w.starts[at] + day(d.whole(0, 20))
	h.agreed, h.started = never, never
	if h.arm == armNotChosen || h.at(0, h.reported) < 0 {
		if h.arm != armNotChosen {
			h.arm = armNone
		}
		return
	}
	h.agreed = h.reported + day(max(20, d.lognormal(170, 0.55)))
	if h.started = h.agreed + day(d.whole(3, 21)); h.started > h.w.to {
		h.started = never
	}
	if h.agreed > h.w.to {
		h.agreed = never
	}
	if h.started < never {
		h.treat()
	}
}

// treat takes the effect off (or, when negative, puts it on) what was delivered from the month after the start: in whole
// units of Wmo and Jeugd first, the rest in cents on the lines of the insurer, never below nothing. What could not be
// taken in a month is carried to the next.
func (h *household) treat() {
	first := h.w.monthOf(h.started) + 1
	h.after = h.w.months() - first
	carry := 0
	for m := first; m < h.w.months(); m++ {
		monthly := int(math.Round(float64(h.w.opt.Effect) * 100 / 12))
		h.wanted += int64(monthly)
		carry += monthly
		start := carry
		for i := range h.claims {
			c := &h.claims[i]
			if c.month != m || carry == 0 || c.alloc.gone {
				continue
			}
			c.granted = 100
			if units := min(carry/c.tariff, c.volume); units != 0 {
				c.volume -= units
				carry -= units * c.tariff
			}
		}
		for i := range h.zvw {
			z := &h.zvw[i]
			if z.from < h.w.starts[m] || z.from >= h.w.starts[m+1] || carry == 0 {
				continue
			}
			cut := min(carry, z.ct)
			z.ct -= cut
			z.own = min(z.own, z.ct)
			carry -= cut
		}
		h.applied += int64(start - carry)
	}
}

var obstacles = [...][2]string{
	{"inkomen|huisvesting", "wonen"}, {"wachtlijst", "zorg"}, {"regelgeving|financiering", "inkomen"}, {"huisvesting", "wonen"},
	{"samenwerking", "zorg"}, {"inkomen", "inkomen"}, {"privacy|samenwerking", "zorg"}, {"schulden|huisvesting", "schulden"},
}

// recordProgramme writes the plan with its lines, approvals, measurements and expense, and the truth.
func (h *household) recordProgramme(o *output) {
	if h.arm == armNone {
		return
	}
	w, d := h.w, h.root.dice(topicPlan)
	s, ps := h.spellAt(0, h.reported), h.persons[0].ps
	o.row(kTruthProgramme, 0).s(ps).s(h.root.pseudonym('h', s.unit)).s(gemeenten[s.gemeente]).s(h.arm).flag(h.started < never)
	if h.arm == armNotChosen {
		o.none()
	} else {
		o.id('M', h.number, 1)
	}
	o.d(h.reported).d(h.started).i(int(h.before)).i(int(h.wanted)).i(int(h.applied)).i(h.after).end()
	h.recordTaken(o)
	if h.arm == armNotChosen {
		return
	}
	// amounts of the canvas: what it costs now, would cost, and costs with maatwerk; expected, so too rosy
	now := int(h.before/100_00) * 100
	threat := now + 1000*d.whole(5, 60)
	tailored := threat - 1000*d.whole(2, 35)
	tailored = max(tailored, 1000)
	status, done := "sparren", never
	switch {
	case h.started < never && h.started+365 <= w.to:
		status, done = "gereed", h.started+365
	case h.started < never:
		status = "uitvoering"
	case h.agreed < never:
		status = "akkoord"
	case h.closed != "":
		status = h.closed
	}
	table := never
	if h.agreed < never {
		table = h.agreed - 7
	}
	data := "veld"
	if h.arm == armData || h.arm == armLottery {
		data = "data"
	}
	budget := 500 * d.whole(1, 12)
	obstacle := obstacles[d.whole(0, len(obstacles)-1)]
	keeper := func(i int) string { return root{1, 1}.pseudonym('m', i) }
	boss := d.whole(0, 39)
	o.row(kPlan, 0).id('M', h.number, 1).s(ps).s(gemeenten[s.gemeente]).s(status).s(keeper(boss)).d(h.reported).d(table).d(h.agreed).
		d(h.started).d(done).eur(now * 100).eur(threat * 100).eur(tailored * 100).i(12).eur(budget * 100).s(data).s(obstacle[0]).s(obstacle[1]).
		flag(d.chance(0.3)).flag(d.chance(0.15)).end()
	for i, total := range [...]int{now, threat, tailored} {
		part := total * 60 / 100
		scenario := [...]string{"huidig", "dreigend", "maatwerk"}[i]
		o.row(kPlanLine, 0).id('M', h.number, 1).s(scenario).s("jeugdhulp en begeleiding").s("gemeente_jeugd").eur(part * 100).end()
		o.row(kPlanLine, 0).id('M', h.number, 1).s(scenario).s("zorg").s("zorgverzekeraar").eur((total - part) * 100).end()
	}
	h.objections(o, keeper, boss)
	if h.agreed < never {
		for i := 1; i <= 2; i++ {
			o.row(kApproval, 0).id('M', h.number, 1).s(keeper((boss + i) % 40)).s("akkoord").d(h.agreed - day(i)).s(parties[(boss+i)%3]).end()
		}
		o.plans.plans++
		o.plans.saving += int64(threat-tailored) * 100
	}
	if h.started == never {
		return
	}
	o.row(kExpense, 0).d(h.started).s("maatwerkbudget").book(budget*100, false).eur(budget*100).id('M', h.number, 1).eur(budget * 100).end()
	mark := 6 + d.whole(0, 5) // in halves
	for _, m := range [...]int{0, 6, 12} {
		on := h.started + day(m*30)
		if on > w.to {
			break
		}
		o.row(kMeasure, 0).id('M', h.number, 1).i(m).d(on).s("ouder")
		if d.chance(0.2) {
			o.none() // asked, and not answered
		} else if mark = min(20, mark+d.whole(0, m/3)); mark%2 == 0 {
			o.i(mark / 2)
		} else {
			o.s(string([]byte{byte('0' + mark/2), ',', '5'}))
		}
		o.i(1).end()
	}
}

// parties are who decide about a plan.
var parties = [...]string{"gemeente", "zorgverzekeraar", "woningcorporatie"}

// objections writes what the two who decide said before: that more is needed, or no. Of a plan that is not agreed it is how it stands. How often
// is an assumption: no public figure says it.
func (h *household) objections(o *output, keeper func(int) string, boss int) {
	d := h.root.dice(topicPlan + 1000)
	for i := 1; i <= 2; i++ {
		party := (boss + i) % len(parties)
		objects, no := d.chance([...]float64{0.2, 0.35, 0.45}[party]), d.chance(0.4)
		on := h.reported + day(d.whole(20, 120))
		if !objects || on > h.w.to || on >= h.agreed-2 {
			continue
		}
		decision := "aanvullen"
		if no {
			decision = "afwijzen"
		}
		o.row(kApproval, 0).id('M', h.number, 1).s(keeper((boss + i) % 40)).s(decision).d(on).s(parties[party]).end()
	}
}

// spellAt is where a person lives on a day; the last stay before it when there is none.
func (h *household) spellAt(person int, on day) (at spell) {
	for _, s := range h.spells {
		if s.person == person && s.from <= on {
			at = s
		}
	}
	return at
}
