package effect

import (
	"fmt"
	"slices"
	"strings"

	"stapel/transforms/estimate"
	"stapel/transforms/keyed"
)

// Study is what the estimators see: sets as they were matched, the pool, and the cost of their members.
type Study struct {
	Sets     []Set
	Dropped  []Dropped
	Stands   []Stand
	Scores   map[string]*Scores // by origin, one logit per stand
	Pool     []PoolUnit
	Mature   Month
	Immature []string                // feeds that are included and of which no month is known to be mature: then there is no window at all
	Series   func(place int) *Series // cost of a stand, eurocents a month
	Expected map[string]float64      // by case: expected saving in eurocents a year, of plans that say so
	Spent    map[string]float64      // by case: spent on the household's plan
	Overhead float64                 // spent on the programme as a whole, and on plans that did not start, eurocents
	HasSpent bool                    // expenses are delivered
	Entrants []Entrant
	NoDraw   string // why there are no entrants, in Dutch
	Set      Settings
	Notes    Notes // of parts of earlier estimates; nil: there are none, and none is kept
}

// Results are the rows of mart effect and, by origin, what decides.
type Results struct {
	Rows      []Row
	Headlines map[string]Headline // clock Started
	Verdicts  map[string]Verdict
}

func (s *Study) measuring(clock Clock) Measuring {
	return Measuring{Clock: clock, Mature: s.Mature, Least: s.Set.LeastMonths, Scale: yearMonths, Series: s.Series}
}

// of are the sets of an origin.
func (s *Study) of(origin string) (out []Set) {
	for _, set := range s.Sets {
		if origin == AllOrigin || set.Plan.Origin == origin {
			out = append(out, set)
		}
	}
	return out
}

// dropped counts the plans of an origin that are in no set, by reason.
func (s *Study) dropped(origin string) map[string]int {
	out := map[string]int{}
	for _, d := range s.Dropped {
		if d.Plan.Origin == origin {
			out[d.Reason]++
		}
	}
	return out
}

// origins are data and field, and unknown where a plan is of it.
func (s *Study) origins() []string {
	out := []string{FromData, FromField}
	if slices.ContainsFunc(s.Sets, func(set Set) bool { return set.Plan.Origin == "" }) ||
		slices.ContainsFunc(s.Dropped, func(d Dropped) bool { return d.Plan.Origin == "" }) {
		out = append(out, "")
	}
	return out
}

// Analyse makes the rows about cost, all estimators side by side: by origin and clock, then over all.
func (s *Study) Analyse() Results {
	out := Results{Headlines: map[string]Headline{}, Verdicts: map[string]Verdict{}}
	for _, clock := range Clocks {
		m := s.measuring(clock)
		pool, known := m.measurePool(s.Pool)
		for _, origin := range s.origins() {
			w := &writer{study: s, clock: clock, origin: origin, measure: m, pool: pool, known: known}
			w.write()
			out.Rows = append(out.Rows, w.rows...)
			if clock == Started {
				out.Headlines[origin], out.Verdicts[origin] = w.head, w.verdict
			}
		}
	}
	return out
}

// writer makes the rows of one origin and clock.
type writer struct {
	study   *Study
	clock   Clock
	origin  string
	measure Measuring
	pool    []Amounts
	known   []bool

	sets    []Set
	list    []Amounts
	head    Headline
	placebo PlaceboFit
	rise    *float64
	verdict Verdict
	rows    []Row
}

func (w *writer) row(method string) Row {
	r := Row{Method: method, Origin: w.origin, Clock: w.clock, Outcome: Cost, Domain: All, Payer: All, Unit: PerYear,
		Treated: len(w.list), Sets: len(w.list), Controls: controlsOf(w.list)}
	r.LeastMonths, r.MostMonths = monthsOf(w.list)
	return r
}

func (w *writer) add(r Row) { w.rows = append(w.rows, r) }

func (w *writer) write() {
	s := w.study
	w.sets = s.of(w.origin)
	var without map[string]int
	w.list, without = w.measure.All(w.sets)
	w.head = headlineOf(w.list, without, w.origin)
	w.before()
	w.matched()
	if w.clock == Started {
		w.staggered()
		w.lottery()
		w.placebos()
		w.peak()
		w.fragility()
	}
	w.bounds()
	w.judge()
	w.expected()
	w.net()
}

const (
	warnBeforeAfter = "geen effect: wie gekozen is omdat het duur was, wordt ook zonder maatwerk goedkoper"
	saysToMean      = "wat huishoudens zonder maatwerk met dezelfde kosten ervoor deden"
	assumesChanges  = "aanname: zonder maatwerk waren de kosten evenveel veranderd als in de vergelijkingsgroep"
	assumesLagged   = "aanname: zonder maatwerk hadden huishoudens met gelijke kosten ervoor ook gelijke kosten erna"
	saysBracket     = "de kleinste besparing van twee aannamen, en een interval dat beide omvat"
)

func (w *writer) before() {
	bare := slices.Clone(w.sets)
	for k := range bare {
		bare[k].Controls, bare[k].Until = nil, nil
	}
	list, _ := w.measure.All(bare)
	f, err := beforeAfter(list)
	r := w.row(MethodBeforeAfter)
	r.Treated, r.Sets, r.Controls = len(list), 0, 0
	r.note(warnBeforeAfter)
	if len(list) == 0 {
		r.note("geen huishoudens met bedragen")
	} else if r.set(f, w.study.Set.LeastSets); err != nil && f.N >= w.study.Set.LeastSets {
		r.note(inDutch(err))
	}
	w.add(r)
	f, err = toTheMean(list, w.pool, w.known)
	r = w.row(MethodToMean)
	r.Treated, r.Sets, r.Controls = len(list), 0, countTrue(w.known)
	r.note(saysToMean)
	if err != nil {
		r.note(inDutch(err))
	} else {
		r.set(f, w.study.Set.LeastSets)
	}
	w.add(r)
}

func countTrue(list []bool) (n int) {
	for _, v := range list {
		if v {
			n++
		}
	}
	return n
}

func (w *writer) matched() {
	h := w.head
	r := w.row(MethodMatched)
	if h.Bracket {
		r.note(saysBracket)
	} else {
		r.note(assumesLagged)
	}
	switch {
	case len(w.list) == 1:
		v := w.list[0].Change()
		r.Value = &v
		r.note("één set: geen interval")
	case !h.Possible:
		r.note(h.Reason)
	default:
		r.set(h.Fit, w.study.Set.LeastSets)
	}
	r.note(counted(h.Without))
	if list := counted(w.study.dropped(w.origin)); list != "" {
		r.note("plannen zonder set: " + list)
	}
	if len(w.study.Immature) > 0 {
		r.note("van geen maand is bekend dat alles binnen is bij " + strings.Join(w.study.Immature, ", "))
	}
	w.add(r)
	for k, form := range []Form{Changes, Lagged} {
		r := w.row(map[Form]string{Changes: MethodChanges, Lagged: MethodLagged}[form])
		r.note(map[Form]string{Changes: assumesChanges, Lagged: assumesLagged}[form])
		if h.HasBoth {
			r.set(h.Both[k], w.study.Set.LeastSets)
		} else {
			r.note(h.Reason)
		}
		w.add(r)
	}
	if w.clock == Started {
		w.bootstrap()
	}
}

// bootstrap is the percentile-t over sets, a check on the interval of MethodMatched's form.
func (w *writer) bootstrap() {
	r := w.row(MethodBootstrap)
	r.note("controle op het interval, door sets opnieuw te trekken")
	defer func() { w.add(r) }()
	if !w.head.Possible {
		r.note(w.head.Reason)
		return
	}
	h, change := w.head, changesOf(w.list)
	opt := estimate.BootstrapOptions{Seed: w.study.Set.Seed + ":bootstrap:" + w.origin, Draws: w.study.Set.BootDraws, Least: w.study.Set.LeastSets}
	key := func() *keyed.Hash {
		k := keyed.Of("bootstrap")
		k.Text(opt.Seed)
		k.Text(string(h.Form))
		k.Ints(int64(opt.Draws), int64(opt.Least))
		k.Floats(change...)
		k.Table(h.lags)
		return k
	}
	var failed error
	fit := noted(w.study.Notes, key, func(f *bootFit) bool { return f.Draws == opt.Draws }, func() (f bootFit, whole bool) {
		fit, err := estimate.Bootstrap(len(change), nil, func(sample estimate.Resample) (float64, float64, error) {
			pick := func(of []float64) []float64 {
				out := make([]float64, len(sample.Rows))
				for k, i := range sample.Rows {
					out[k] = of[i]
				}
				return out
			}
			var lags [][]float64
			for _, c := range h.lags {
				lags = append(lags, pick(c))
			}
			f, err := fitSets(pick(change), lags, h.Form)
			return f.Estimate, f.SE, err
		}, opt)
		if failed = err; err != nil {
			return f, false
		}
		return bootFit{opt.Draws, fit.Estimate, fit.SE, fit.HasT, fit.PercentileT.Low, fit.PercentileT.High, fit.P}, true
	})
	if failed != nil {
		r.note(inDutch(failed))
		return
	}
	r.Value, r.SE = &fit.Estimate, &fit.SE
	if fit.HasT {
		r.Low, r.High, r.P = &fit.Low, &fit.High, &fit.P
	}
}

// bootFit is what is told of a bootstrap.
type bootFit struct {
	Draws        int
	Estimate, SE float64
	HasT         bool
	Low, High, P float64
}

func (w *writer) staggered() {
	for _, conditional := range []bool{true, false} {
		f := staggered(w.list, w.study.Pool, w.pool, w.known, w.study.Stands, conditional, w.study.Set)
		r := w.row(MethodStaggered)
		if !conditional {
			r = w.row(MethodPlainStag)
			r.note("niet gecorrigeerd voor de kosten ervoor: beslist nooit")
		}
		r.Treated, r.Sets, r.Controls = f.Treated, 0, countTrue(w.known)
		if f.Reason != "" {
			r.note(f.Reason)
		} else {
			r.set(f.Fit, w.study.Set.LeastSets)
			r.note(fmt.Sprintf("halfjaren met een schatting: %d; huishoudens in een halfjaar zonder: %d", len(f.Cohorts), f.Left))
		}
		w.add(r)
	}
}

func (w *writer) lottery() {
	r, plain := w.row(MethodLottery), w.row(MethodPlainLot)
	r.Treated, r.Sets, r.Controls, r.LeastMonths, r.MostMonths = 0, 0, 0, 0, 0
	plain.Treated, plain.Sets, plain.Controls, plain.LeastMonths, plain.MostMonths = 0, 0, 0, 0, 0
	if w.origin != FromData { // a draw is of no origin: it is told once
		return
	}
	r.Origin, plain.Origin = OriginDraw, OriginDraw
	defer func() { w.add(r); w.add(plain) }()
	if len(w.study.Entrants) == 0 {
		reason := w.study.NoDraw
		if reason == "" {
			reason = "er is niet geloot"
		}
		r.note(reason)
		plain.note(reason)
		return
	}
	f, err := Lottery(w.study.Entrants, w.study.Set)
	if err != nil {
		r.note(inDutch(err))
		plain.note(inDutch(err))
		return
	}
	for _, row := range []*Row{&r, &plain} {
		row.Treated, row.Controls = f.Drawn, f.Rest
		row.note(fmt.Sprintf("getrokken of niet, wat er daarna ook gebeurde: %d van %d getrokken huishoudens kregen maatwerk, %d van %d andere ook",
			f.Served, f.Drawn, f.Crossed, f.Rest))
	}
	r.set(f.Adjusted, w.study.Set.LeastSets)
	if w.clock == Started {
		var why string
		r.Verdict, why = Judge(w.study.drawn(f), w.study.Set)
		r.note(why)
	}
	plain.set(f.Plain, w.study.Set.LeastSets)
	if f.HasRange && f.Drawn >= w.study.Set.LeastSets {
		r.note("p-waarde door opnieuw te loten")
	}
}

// drawn is what the verdict on a draw is made from. What plans expect is of families that are served, and a draw tells what it does to be drawn.
func (s *Study) drawn(f *LotteryFit) Judged {
	j := Judged{Possible: true, Sets: f.Drawn, Estimate: f.Adjusted.Estimate, SE: f.Adjusted.SE, High: f.Adjusted.High, Drawn: true, HasExpect: len(s.Expected) > 0}
	for _, key := range sortedKeys(s.Expected) {
		j.Expected += s.Expected[key] / float64(len(s.Expected))
	}
	j.Expected *= float64(f.Served)/float64(f.Drawn) - float64(f.Crossed)/float64(f.Rest)
	return j
}

// OriginDraw is the origin of rows about a lottery.
const OriginDraw = "loting"

// Detectable is the smallest effect that the sets could have shown four times out of five; 0 when there is no figure, or no spread to tell it from.
func (h *Headline) Detectable() float64 {
	if !h.Possible || h.SE <= 0 {
		return 0
	}
	return Judged{SE: h.SE, Sets: h.N}.Detectable()
}

// Headline is the figure that decides for an origin, alone.
func (s *Study) Headline(origin string) Headline {
	list, without := s.measuring(Started).All(s.of(origin))
	return headlineOf(list, without, origin)
}
