package generator

import (
	"cmp"
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// Programme is a maatwerk programme of a set size, with an effect that is planted. Plans 0 is none: households then come into a programme one by
// one, as many as meet its rules (see enrol).
//
// Who gets a plan is decided for the whole set, in a pass before the files are written, from families (someone under 18 with someone of 18 or
// over, outside an institution) that cost 10.000 euro or more in the twelve months before. The costliest four for every plan come into question
// (two, by lot), so that there are others alike. It depends on the options only.
type Programme struct {
	Plans      int            // in all, started or not
	Herkomst   string         // how households come in, one of Herkomsten; "" is data
	Effects    map[string]int // euros a household a year by domein (wmo, jeugd, participatie, zvw); positive is a saving; nil: Options.Effect, from any
	From, To   string         // first and last month of a start, JJJJ-MM; "" is as early as the herkomst allows, and twelve months before the end if it can
	NotStarted int            // percent of the plans that never start
	Draw       string         // with Herkomst loting: month of one draw, JJJJ-MM, that all take part in and are reported in; "" is a month of its own for each
}

// Herkomsten lists how households can come into a Programme:
//
//   - data: by lot among those who cost most in the twelve months before;
//   - veld-acuut: right after the highest quarter of their cost from the second year on, when it holds half of the year's cost. No quarter that
//     follows is higher, as may be for others who cost as much: the crisis passes by itself;
//   - veld-chronisch: those who cost most in each of two years, the frailest of them: their cost lasts, more than that of others who cost as much;
//   - loting: as data, with as many who were in the draw and got nothing.
func Herkomsten() []string { return []string{"data", "veld-acuut", "veld-chronisch", "loting"} }

var armOf = map[string]string{"": armData, "data": armData, "veld-acuut": armAcute, "veld-chronisch": armChronic, "loting": armLottery}

// domeinen are those that an effect can be planted in; each has one payer: gemeente_wmo, gemeente_jeugd, gemeente_participatie, zorgverzekeraar.
var domeinen = [...]string{"wmo", "jeugd", "participatie", "zvw"}

const (
	topicChoice topic = 3000
	leastCost         = 10000_00 // cents a year, of who comes into question
	poolPerPlan       = 4
	maxEffect         = 1_000_000 // euros a year
)

// ParseEffects reads effects by domein as a flag gives them: jeugd=6000, zvw=-500.
func ParseEffects(list []string) (map[string]int, error) {
	out := map[string]int{}
	for _, text := range list {
		name, amount, _ := strings.Cut(text, "=")
		euros, err := strconv.Atoi(amount)
		if _, twice := out[name]; err != nil || twice {
			return nil, fmt.Errorf("effect-domein: give each domein once, as in jeugd=6000, not %q", text)
		}
		out[name] = euros
	}
	return out, nil
}

// flags are those of the command that give this programme, each with a blank before it.
func (p Programme) flags() string {
	out := fmt.Sprintf(" --plannen %d --niet-gestart %d", p.Plans, p.NotStarted)
	for _, f := range [...][2]string{{"herkomst", p.Herkomst}, {"start-van", p.From}, {"start-tot", p.To}, {"loting", p.Draw}} {
		if f[1] != "" {
			out += " --" + f[0] + " " + f[1]
		}
	}
	for _, name := range domeinen {
		if euros, ok := p.Effects[name]; ok {
			out += fmt.Sprintf(" --effect-domein %s=%d", name, euros)
		}
	}
	return out
}

// history is how many months of cost come before aanmelding.
func (p Programme) history() int {
	if p.Herkomst == "veld-chronisch" {
		return 24
	}
	return 12
}

// window is the first and the last month of a start, by number; ok is false when there is none.
func (p Programme) window(w period) (from, to int, ok bool) {
	earliest := p.history() + 2 // two months at least lie between aanmelding and start
	from, to = earliest, max(earliest, w.months()-13)
	for _, end := range []struct {
		text string
		at   *int
	}{{p.From, &from}, {p.To, &to}} {
		if end.text == "" {
			continue
		}
		if *end.at, ok = w.monthNamed(end.text); !ok {
			return 0, 0, false
		}
	}
	return from, to, earliest <= from && from <= to && to < w.months()
}

// monthNamed is the number of a month, JJJJ-MM.
func (w period) monthNamed(text string) (month int, ok bool) {
	t, err := time.Parse("2006-01", text)
	return (t.Year()-w.from.year())*12 + int(t.Month()) - w.from.month(), err == nil
}

// draw is the month of the one draw, by number; ok is false when it can't be.
func (p Programme) draw(w period) (month int, ok bool) {
	from, _, _ := p.window(w)
	month, ok = w.monthNamed(p.Draw)
	return month, ok && p.history() <= month && month+2 <= from
}

// check says what is wrong with a programme in a set of so many months.
func (p Programme) check(months, effect int) error {
	if p.Plans == 0 {
		if p.Herkomst != "" || len(p.Effects) > 0 || p.From != "" || p.To != "" || p.Draw != "" || p.NotStarted != 0 {
			return fmt.Errorf("plannen: give a number of plans with the other flags of a programme")
		}
		return nil
	}
	if p.Plans < 0 || p.Plans > 100_000 {
		return fmt.Errorf("plannen: give 1 to 100000, not %d", p.Plans)
	}
	if _, ok := armOf[p.Herkomst]; !ok {
		return fmt.Errorf("herkomst: there is no %q; use %s", p.Herkomst, strings.Join(Herkomsten(), ", "))
	}
	if p.NotStarted < 0 || p.NotStarted > 100 {
		return fmt.Errorf("niet-gestart: give 0 to 100 percent, not %d", p.NotStarted)
	}
	if len(p.Effects) > 0 && effect != 0 {
		return fmt.Errorf("effect-domein: give it or effect, not both")
	}
	for name, euros := range p.Effects {
		if !slices.Contains(domeinen[:], name) {
			return fmt.Errorf("effect-domein: there is no %q; use %s", name, strings.Join(domeinen[:], ", "))
		}
		if euros < -maxEffect || euros > maxEffect {
			return fmt.Errorf("effect-domein: give at most 1000000 euros a year either way")
		}
	}
	w := newPeriod(months, ymd(2025, 12, 31))
	if _, _, ok := p.window(w); !ok {
		return fmt.Errorf("start-van, start-tot: give two months as in 2024-06, in order, %d months or more after the beginning of the set and before its end",
			p.history()+2)
	}
	if p.Draw == "" {
		return nil
	}
	if armOf[p.Herkomst] != armLottery {
		return fmt.Errorf("loting: a draw is of herkomst loting, not of %q", cmp.Or(p.Herkomst, "data"))
	}
	if _, ok := p.draw(w); !ok {
		return fmt.Errorf("loting: give a month as in 2023-12, 12 months or more after the beginning of the set and two or more before start-van")
	}
	return nil
}

// enrolment is the part that a household gets in a Programme.
type enrolment struct {
	number    int
	arm       string
	at, start int     // months of aanmelding and of the start
	score     int64   // cents: who costs most comes into question
	lot       float64 // who is lowest is taken
}

// choose decides who comes into the programme of the options.
func (w *world) choose(ctx context.Context) error {
	p := w.opt.Programme
	if p.Plans == 0 {
		return nil
	}
	pool, err := w.candidates(ctx)
	if err != nil {
		return err
	}
	if len(pool) < 2*p.Plans {
		return fmt.Errorf("plannen: %d households come into question, and %d plans need two each; give more households or fewer plans", len(pool), p.Plans)
	}
	slices.SortFunc(pool, func(a, b enrolment) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(a.number, b.number))
	})
	arm, rest := armOf[p.Herkomst], armNone
	if arm == armLottery {
		pool, rest = pool[:2*p.Plans], armNotChosen
	}
	pool = pool[:min(len(pool), poolPerPlan*p.Plans)]
	slices.SortFunc(pool, func(a, b enrolment) int { return cmp.Or(cmp.Compare(a.lot, b.lot), cmp.Compare(a.number, b.number)) })
	w.chosen = map[int]enrolment{}
	for i, e := range pool {
		if e.arm = arm; i >= p.Plans {
			e.arm = rest
		}
		w.chosen[e.number] = e
	}
	return nil
}

// candidates lists the households that come into question, on all processors, in the order of their numbers.
func (w *world) candidates(ctx context.Context) ([]enrolment, error) {
	blocks := make([][]enrolment, (w.opt.Households+blockSize-1)/blockSize)
	next := make(chan int)
	var wg sync.WaitGroup
	workers := w.opt.Workers
	if workers < 1 {
		workers = runtime.GOMAXPROCS(0)
	}
	for range workers {
		wg.Go(func() {
			for b := range next {
				for n := b * blockSize; n < min((b+1)*blockSize, w.opt.Households); n++ {
					if e, ok := w.household(n).candidate(); ok {
						blocks[b] = append(blocks[b], e)
					}
				}
			}
		})
	}
	for b := range blocks {
		if ctx.Err() != nil {
			break
		}
		next <- b
	}
	close(next)
	wg.Wait()
	return slices.Concat(blocks...), ctx.Err()
}

// candidate says when the household would come into the programme, and how it compares with the others; ok is false when it can't.
func (h *household) candidate() (e enrolment, ok bool) {
	p := h.w.opt.Programme
	from, to, _ := p.window(h.w.period)
	d := h.root.dice(topicChoice)
	e = enrolment{number: h.number, start: d.whole(from, to), lot: d.uniform()}
	lag := d.whole(2, min(8, from-p.history()))
	e.at = e.start - lag
	if p.Draw != "" {
		e.at, _ = p.draw(h.w.period)
	}
	sum := func(from, to int) (ct int64) {
		for m := from; m < to; m++ {
			ct += h.cost[m]
		}
		return ct
	}
	noise := d.normal()
	switch armOf[p.Herkomst] {
	case armAcute:
		for at := p.history(); at <= h.w.months(); at++ {
			if ct := sum(at-3, at); ct > e.score {
				e.at, e.start, e.score = at, at+lag, ct
			}
		}
		if e.start < from || e.start > to {
			return e, false
		}
		ok = 2*e.score >= max(sum(e.at-12, e.at), leastCost)
	case armChronic:
		e.score = min(sum(e.at-12, e.at), sum(e.at-24, e.at-12))
		e.lot = -(h.social + 0.5*h.health + 0.5*noise)
		ok = e.score >= leastCost
	default:
		e.score = sum(e.at-12, e.at)
		ok = e.score >= leastCost
	}
	first, on := h.w.starts[e.at], h.reportedOn(e.at)
	if p.Draw != "" && h.spellAt(0, first).unit != h.spellAt(0, on).unit {
		return e, false // the list of a draw is of households on the first of the month, and the truth is of those on the day
	}
	return e, ok && !h.plant.on && h.family(first) && h.family(on)
}

// reportedOn is the day of aanmelding in a month.
func (h *household) reportedOn(month int) day {
	return h.w.starts[month] + day(h.root.dice(topicChoice+1).whole(0, 20))
}

// family is true when the first adult lives with someone under 18, outside an institution, on a day.
func (h *household) family(on day) bool {
	home, kids := -1, false
	for _, s := range h.spells { // in the order of persons
		if s.from > on || on > s.to {
			continue
		}
		if s.person == 0 && s.kind != '8' {
			home = s.unit
		}
		if s.unit == home && age(h.persons[s.person].birth, on) < 18 {
			kids = true
		}
	}
	return kids
}

// enlist gives the household its part in the programme of the options.
func (h *household) enlist(e enrolment) {
	d := h.root.dice(topicChoice + 2)
	h.arm, h.reported, h.agreed, h.started = e.arm, h.reportedOn(e.at), never, never
	for m := e.at - 12; m < e.at; m++ {
		h.before += h.cost[m]
	}
	start := h.w.starts[e.start] + day(d.whole(0, 27))
	agreed := start - day(d.whole(3, 21))
	idle := d.uniform()*100 < float64(h.w.opt.Programme.NotStarted)
	fate := d.whole(0, 2)
	switch {
	case e.arm == armNotChosen:
	case !idle:
		h.agreed, h.started = agreed, start
		h.takeOff()
	case fate == 0:
		h.agreed = agreed
	default:
		h.closed = [...]string{"afgewezen", "ingetrokken"}[fate-1]
	}
}
