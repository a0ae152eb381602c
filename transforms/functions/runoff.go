package functions

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"stapel/transforms/estimate"
	"stapel/transforms/typed"
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

// runOffTables are what rijpheid and rijpheid_kind read.
type runOffTables struct {
	Cells    typed.Table[runOffCell] `table:"uitloop"`
	Feeds    typed.Table[feed]       `table:"ontvangst"`
	Calendar typed.Table[month]      `table:"kalender"`
}

type month struct {
	First int32 `parquet:"maand,date"`
}

// feed is what is known of the deliveries of a kind.
type feed struct {
	Kind      string `parquet:"kind"`
	First     *int32 `parquet:"eerste,optional,date"`
	Last      *int32 `parquet:"laatste,optional,date"`
	Delivered int64  `parquet:"geleverd"` // months with a delivery
	Known     bool   `parquet:"bekend"`
	Covered   int64  `parquet:"maanden"` // a bit a month of the calendar
	Cost      bool   `parquet:"kosten"`  // its lines are declared cost
}

// runOffCell is what came in of a month in a month, of a product group.
type runOffCell struct {
	Kind      string `parquet:"kind"`
	Group     string `parquet:"productgroep"`
	Month     *int32 `parquet:"productmaand,optional,date"`
	Receipt   *int32 `parquet:"ontvangstmaand,optional,date"`
	DebitCt   int64  `parquet:"debet_ct"`
	CreditCt  int64  `parquet:"credit_ct"`
	Lines     int64  `parquet:"debet_regels"`
	UndatedCt int64  `parquet:"ongedateerd_ct"`
}

// readRunOff reads the triangles and works out the maturity of every kind, group and month. calendar are the first days of the months.
func readRunOff(ctx context.Context, in runOffTables) (kinds []*runOff, calendar []int32, err error) {
	months, err := in.Calendar.All(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, m := range months {
		calendar = append(calendar, m.First)
	}
	start := monthNumber(calendar[0])
	byKind := map[string]*cellsOf{}
	for c, err := range in.Cells.Rows(ctx) {
		if err != nil {
			return nil, nil, err
		}
		if byKind[c.Kind] == nil {
			byKind[c.Kind] = &cellsOf{groups: map[string]*runOffGroup{}, newest: math.MinInt}
		}
		byKind[c.Kind].add(c, start, len(calendar))
	}
	feeds, err := in.Feeds.All(ctx)
	if err != nil {
		return nil, nil, err
	}
	for _, f := range feeds {
		c := byKind[f.Kind]
		if c == nil {
			if !f.Cost {
				continue
			}
			c = &cellsOf{newest: math.MinInt}
		}
		r := &runOff{kind: f.Kind, known: f.Known, first: math.MinInt, last: math.MinInt}
		for m := range calendar {
			r.covered = append(r.covered, f.Covered&(1<<m) != 0)
		}
		var first, last *int
		if f.First != nil && f.Last != nil {
			m, ahead := monthNumber(*f.First)-start, monthNumber(*f.Last+1)-start-1
			if c.dateless() { // what a delivery shows is known as of that delivery
				ahead = monthNumber(*f.Last) - start
			}
			first, last = &m, &ahead
		}
		r.limit(c, first, last)
		r.rare = c.dateless() && f.Delivered < minHistory
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

func (c *cellsOf) add(cell runOffCell, start, months int) {
	c.debits, c.undated = c.debits+cell.DebitCt, c.undated+cell.UndatedCt
	receipt := math.MaxInt // a credit without a month came in after all that is seen
	if cell.Receipt != nil {
		receipt = monthNumber(*cell.Receipt) - start
		c.newest = max(c.newest, receipt)
	} else {
		c.nowhen += cell.DebitCt
	}
	g := c.groups[cell.Group]
	if g == nil {
		g = newGroup(cell.Group, months)
		c.groups[cell.Group] = g
	}
	if cell.Month == nil {
		return
	}
	m := monthNumber(*cell.Month) - start
	g.debit, g.line = g.debit+cell.DebitCt, g.line+cell.Lines
	g.lines[m] += cell.Lines
	if cell.Receipt == nil {
		g.unknown[m] += cell.DebitCt
	} else if cell.DebitCt != 0 {
		g.debits[m] = append(g.debits[m], cellOf{receipt, cell.DebitCt})
	}
	if cell.CreditCt != 0 {
		g.credits[m] = append(g.credits[m], cellOf{receipt, cell.CreditCt})
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
