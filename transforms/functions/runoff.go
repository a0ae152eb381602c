package functions

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"stapel/transforms"
	"stapel/transforms/estimate"
)

// Rules of maturity (methods 4).
const (
	mature       = 0.95 // share that must be in, at its lower bound
	boundLevel   = 0.95 // one-sided
	minHistory   = 24   // months
	minLines     = 30   // debit parts a month that a product group needs to stand alone
	minShare     = 50   // and one fiftieth of the kind's debits
	maxUnknown   = 100  // one hundredth of the debits may lack a month received, or a date
	pool         = "overig"
	reasonNoFeed = "dekking_onbekend"
	reasonCover  = "niet_gedekt"
	reasonNoDate = "ontvangst_onbekend"
	reasonAhead  = "nog_niet_ontvangen"
	reasonShort  = "te_weinig_historie"
	reasonRare   = "te_weinig_leveringen"
	reasonNone   = "niets_ontvangen"
	reasonBound  = "ondergrens"
)

// runOff is what is known of how the bills of one kind come in. Months are numbered from the first of the calendar.
type runOff struct {
	kind    string
	known   bool   // something says what the kind covers
	covered []bool // per month of the calendar, for all gemeenten of the run
	first   int    // first month whose receipts are seen
	last    int    // last month whose receipts are all seen
	noDate  bool   // too little says when lines came in
	rare    bool   // lines have no date, and there are too few deliveries to tell from
	groups  []*runOffGroup
	months  []monthOf // of the groups together
}

// runOffGroup is a product group, or the pool of small ones.
type runOffGroup struct {
	name           string
	members        []string
	debits         [][]cellOf // per month of the calendar
	credits        [][]cellOf
	unknown        []int64 // debits that came in nobody knows when
	lines          []int64
	debit, line    int64 // of the months of the calendar
	develop        estimate.Development
	months         []monthOf
	creditFactor   []float64 // NaN where there is none
	creditExpected []float64
}

// cellOf is what came in of a month in a month.
type cellOf struct {
	receipt int
	ct      int64
}

// monthOf is what can be said of a month: amounts in eurocents, by the end of the last month whose receipts are all seen.
type monthOf struct {
	in, later, lines, credit      int64
	factor, expected, err, share  float64
	lower                         float64
	estimated, mature, kindMature bool
	reason, group                 string
}

// readRunOff reads the triangles and works out the maturity of every kind, group and month.
func readRunOff(ctx context.Context, in transforms.In) (kinds []*runOff, calendar []int32, err error) {
	cal, err := in.Read(ctx, "kalender", "maand")
	if err != nil {
		return nil, nil, err
	}
	feeds, err := in.Read(ctx, "ontvangst", "kind", "eerste", "laatste", "geleverd", "bekend", "maanden", "kosten")
	if err != nil {
		return nil, nil, err
	}
	cells, err := in.Read(ctx, "uitloop", "kind", "productgroep", "productmaand", "ontvangstmaand", "debet_ct", "credit_ct", "debet_regels",
		"ongedateerd_ct")
	if err != nil {
		return nil, nil, err
	}
	calendar = cal.Days("maand")
	start := monthNumber(calendar[0])
	byKind := map[string]*cellsOf{}
	for i := range cells.Rows {
		kind := cells.Texts("kind")[i]
		if byKind[kind] == nil {
			byKind[kind] = &cellsOf{groups: map[string]*runOffGroup{}, newest: math.MinInt}
		}
		byKind[kind].add(cells, i, start, len(calendar))
	}
	for i, kind := range feeds.Texts("kind") {
		c := byKind[kind]
		if c == nil {
			if !feeds.Flags("kosten")[i] {
				continue
			}
			c = &cellsOf{newest: math.MinInt}
		}
		r := &runOff{kind: kind, known: feeds.Flags("bekend")[i], first: math.MinInt, last: math.MinInt}
		for m := range calendar {
			r.covered = append(r.covered, feeds.Ints("maanden")[i]&(1<<m) != 0)
		}
		var first, last *int
		if v := feeds.Vector("eerste"); !v.Empty(i) {
			m, ahead := monthNumber(v.Days[i])-start, monthNumber(feeds.Days("laatste")[i]+1)-start-1
			if c.dateless() { // what a delivery shows is known as of that delivery
				ahead = monthNumber(feeds.Days("laatste")[i]) - start
			}
			first, last = &m, &ahead
		}
		r.limit(c, first, last)
		r.rare = c.dateless() && feeds.Ints("geleverd")[i] < minHistory
		r.groups = pooled(c.groups, r.covered)
		r.estimate()
		kinds = append(kinds, r)
	}
	return kinds, calendar, nil
}

// monthNumber counts months from the year 0.
func monthNumber(day int32) int {
	t := time.Unix(int64(day)*86400, 0).UTC()
	return t.Year()*12 + int(t.Month()) - 1
}

// cellsOf are the cells of a kind, with its debits over all months: in all, without a date of their own, and without a month.
type cellsOf struct {
	groups                  map[string]*runOffGroup
	debits, undated, nowhen int64
	newest                  int // newest month in which anything came in
}

func (c *cellsOf) dateless() bool { return c.undated*maxUnknown > c.debits }

func (c *cellsOf) add(f *transforms.Frame, i, start, months int) {
	debit, credit, lines := f.Ints("debet_ct")[i], f.Ints("credit_ct")[i], f.Ints("debet_regels")[i]
	c.debits, c.undated = c.debits+debit, c.undated+f.Ints("ongedateerd_ct")[i]
	receipt, when := 0, !f.Vector("ontvangstmaand").Empty(i)
	if when {
		receipt = monthNumber(f.Days("ontvangstmaand")[i]) - start
		c.newest = max(c.newest, receipt)
	} else {
		c.nowhen += debit
	}
	name := f.Texts("productgroep")[i]
	g := c.groups[name]
	if g == nil {
		g = newGroup(name, months)
		c.groups[name] = g
	}
	if f.Vector("productmaand").Empty(i) {
		return
	}
	m := monthNumber(f.Days("productmaand")[i]) - start
	g.debit, g.line = g.debit+debit, g.line+lines
	g.lines[m] += lines
	if !when {
		g.unknown[m] += debit
		receipt = math.MaxInt // a credit without a month came in after all that is seen
	} else if debit != 0 {
		g.debits[m] = append(g.debits[m], cellOf{receipt, debit})
	}
	if credit != 0 {
		g.credits[m] = append(g.credits[m], cellOf{receipt, credit})
	}
}

func newGroup(name string, months int) *runOffGroup {
	return &runOffGroup{name: name, members: []string{name}, debits: make([][]cellOf, months), credits: make([][]cellOf, months),
		unknown: make([]int64, months), lines: make([]int64, months)}
}

// limit sets between which months receipts are seen. Lines with a date show every month up to the last that was over when the
// newest delivery was made. Without dates nothing is seen before the first delivery. Where no delivery says when it was made, the
// newest month in the lines may not be over, and may be a mistake: the one before it, and not beyond P.
func (r *runOff) limit(c *cellsOf, first, last *int) {
	r.noDate = c.nowhen*maxUnknown > c.debits || last == nil && c.newest == math.MinInt
	switch {
	case last != nil:
		r.last = *last
	case c.newest > math.MinInt:
		r.last = min(c.newest-1, len(r.covered)-1)
	}
	if c.dateless() && first != nil {
		r.first = *first
	}
}

// pooled puts small product groups together: those with less than a fiftieth of the debits of the kind in the windows, or fewer
// than 30 debit parts a covered month on average. While the pool is small itself the smallest other group joins it. Of a kind with
// one group it keeps its name.
func pooled(groups map[string]*runOffGroup, covered []bool) []*runOffGroup {
	var list []*runOffGroup
	var total, months int64
	for _, g := range groups {
		list = append(list, g)
		total += g.debit
	}
	for _, c := range covered {
		if c {
			months++
		}
	}
	slices.SortFunc(list, func(a, b *runOffGroup) int {
		return cmp.Or(cmp.Compare(b.debit, a.debit), cmp.Compare(a.name, b.name))
	})
	if len(list) <= 1 {
		return list
	}
	large := func(g *runOffGroup) bool { return g.debit*minShare >= total && g.line >= minLines*months }
	rest := newGroup(pool, len(covered))
	rest.members = nil
	var kept []*runOffGroup
	for _, g := range list {
		if large(g) && g.name != pool {
			kept = append(kept, g)
		} else {
			rest.join(g)
		}
	}
	for len(rest.members) > 0 && !large(rest) && len(kept) > 0 {
		rest.join(kept[len(kept)-1])
		kept = kept[:len(kept)-1]
	}
	if len(rest.members) > 0 {
		kept = append(kept, rest)
	}
	slices.SortFunc(kept, func(a, b *runOffGroup) int { return cmp.Compare(a.name, b.name) })
	return kept
}

func (g *runOffGroup) join(other *runOffGroup) {
	g.members = append(g.members, other.members...)
	slices.Sort(g.members)
	g.debit, g.line = g.debit+other.debit, g.line+other.line
	for m := range g.debits {
		g.debits[m] = append(g.debits[m], other.debits[m]...)
		g.credits[m] = append(g.credits[m], other.credits[m]...)
		g.unknown[m] += other.unknown[m]
		g.lines[m] += other.lines[m]
	}
}
