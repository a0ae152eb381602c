package ingest

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"stapel/config"
)

// plan is a contract made ready for one file: what to do with each field, in the order of its header.
type plan struct {
	contract *config.Contract
	stored   []config.StoredColumn
	fields   []field
	forms    []form       // per stored column: how a batch holds it
	tables   []*codeTable // per stored column: of a code
	filled   []bool       // per stored column: it can hold something, because it is in the header or made by stapel
	always   []bool       // per stored column: it is filled in every accepted line
	faults   []faultText  // faultTexts, then the order rules
	utf8     bool
	hasMoney bool

	// Columns by their place in stored; -1 where the contract has none.
	amount, override, sign int
	period, periodEnd      int
	periodMonth            bool // period is a month
	periodEvent            bool // without an end a line is about one day
	periodOrder            bool // no order rule of the contract compares the two
	orders                 []order
	derived                []derived

	gemeenten *[10000]bool // of the delivery note; nil: any
	history   bool         // lines that ended before the note's period are no finding (rules 74)
	costs     bool         // a line has an amount and a time that has to be possible (rules 66)
	lastDay   int64        // costs may not end after this day
	ceilings  []int64      // days that mean no end, ascending (rules 65)
	names     map[string]bool
	header    []string
	hasPeriod bool  // of the delivery note:
	noteFrom  int64 // first day
	noteTo    int64 // and the day after the last
}

// form is how a batch holds the values of a column.
type form uint8

const (
	formNumber form = iota
	formDate
	formFlag
	formCode
	formGemeente
	formText
)

// Places of the system columns in stored.
const (
	outLevering = iota
	outRegel
	outVan
	outTot
	outGeteld
	outInhoud
	outFirst // of the contract's columns
)

type order struct {
	a, b  int // places in stored
	col   int // place in contract.Columns of b
	fault fault
}

type derived struct {
	from   int // place in stored of the pseudonym
	out    int
	domain string
	when   int // place in stored of the code that decides; -1: always
	flag   int64
}

// field says what one field of a record is.
type field struct {
	name     string
	kind     kind
	col      int // place in contract.Columns; -1 for an ignored column
	out      int // place in stored
	required bool
	openEnd  bool              // a day that means no end is read as empty
	partial  config.Incomplete // which day a date without day or month is read as
	unknown  []string          // read as empty
	forms    int
	codes    *codeTable
	pattern  *pattern
	min, max int64 // in the unit that is stored
	step     int64 // a number is a multiple of it
	faultMin fault // of a number below min
	guard    int   // place among the columns that the statistical BSN rule watches; -1
}

// kind is config.ColumnType as a number, so that the choice of what to do with a cell is a jump.
type kind uint8

const (
	kindIgnored kind = iota
	kindPersoon
	kindHuishouden
	kindGemeente
	kindCode
	kindID
	kindTekst
	kindGeheel
	kindJaar
	kindDecimaal
	kindCt
	kindEur
	kindDatum
	kindMaand
	kindVlag
	kindLijst
	kindTijd
)

var kinds = map[config.ColumnType]struct {
	kind kind
	form form
}{
	config.TypePersoon: {kindPersoon, formNumber}, config.TypeHuishouden: {kindHuishouden, formNumber},
	config.TypeGemeente: {kindGemeente, formGemeente}, config.TypeCode: {kindCode, formCode}, config.TypeID: {kindID, formText},
	config.TypeTekst: {kindTekst, formText}, config.TypeGeheel: {kindGeheel, formNumber}, config.TypeJaar: {kindJaar, formNumber},
	config.TypeDecimaal: {kindDecimaal, formNumber}, config.TypeCt: {kindCt, formNumber}, config.TypeEur: {kindEur, formNumber},
	config.TypeDatum: {kindDatum, formDate}, config.TypeMaand: {kindMaand, formDate}, config.TypeVlag: {kindVlag, formFlag},
	config.TypeLijst: {kindLijst, formText}, config.TypeTijd: {kindTijd, formText},
}

// flagCredit marks the code C of a sign column among a code's flags; derived columns take the bits above it.
const flagCredit = 1

func newPlan(c *config.Contract, header []string, note *Note) (*plan, error) {
	p := &plan{contract: c, stored: c.Stored(), utf8: c.Encoding != "windows-1252", amount: -1, override: -1, sign: -1, period: -1, periodEnd: -1}
	p.faults = append(p.faults, faultTexts[:]...)
	p.header, p.names = header, map[string]bool{}
	for _, col := range c.Columns {
		p.names[col.Name] = true
	}
	for _, name := range c.Ignored {
		p.names[strings.ToLower(name)] = true
	}
	for _, text := range c.CeilingDates {
		day, ok := parseDate([]byte(text), 0)
		if !ok {
			return nil, fmt.Errorf("contract %s: ceiling_dates: geen datum", c.Kind)
		}
		p.ceilings = append(p.ceilings, int64(day))
	}
	slices.Sort(p.ceilings)
	if err := p.rules(); err != nil {
		return nil, err
	}
	p.forms, p.tables, p.filled = make([]form, len(p.stored)), make([]*codeTable, len(p.stored)), make([]bool, len(p.stored))
	p.forms[outVan], p.forms[outTot] = formDate, formDate
	for i := range p.stored {
		p.filled[i] = i < outFirst || i >= outFirst+len(c.Columns)
	}
	p.always = p.alwaysFilled()
	watched := 0
	for _, name := range header {
		i := slices.IndexFunc(c.Columns, func(col config.Column) bool { return col.Name == name })
		if i < 0 {
			p.fields = append(p.fields, field{name: name, col: -1, out: -1, guard: -1})
			continue
		}
		f, err := p.field(i)
		if err != nil {
			return nil, err
		}
		switch f.kind {
		case kindID, kindGeheel, kindCt:
			f.guard = watched
			watched++
		}
		p.filled[f.out], p.forms[f.out], p.tables[f.out] = true, kinds[c.Columns[i].Type].form, f.codes
		p.fields = append(p.fields, f)
	}
	if made, ok := note.Made(); ok {
		p.lastDay = int64(made) + 365
	}
	if note != nil {
		if len(note.Gemeenten) > 0 {
			p.gemeenten = new([10000]bool)
			for _, g := range note.Gemeenten {
				p.gemeenten[digits4([]byte(g[2:]))] = true
			}
		}
		if note.PeriodeVan != nil && note.PeriodeTot != nil {
			p.hasPeriod, p.noteFrom, p.noteTo = true, int64(*note.PeriodeVan), int64(*note.PeriodeTot)+1
		}
	}
	return p, nil
}

// alwaysFilled says which columns hold something in every line that is accepted: it depends on the contract alone, so that all
// files of a kind have one schema.
func (p *plan) alwaysFilled() []bool {
	always := make([]bool, len(p.stored))
	for i, col := range p.contract.Columns {
		always[outFirst+i] = col.Required && !col.EmptyOK
	}
	always[outLevering], always[outRegel], always[outInhoud] = true, true, true
	always[outGeteld] = p.hasMoney && always[p.amount]
	always[outVan] = p.period >= 0 && always[p.period]
	always[outTot] = always[outVan] && (p.periodEnd < 0 || always[p.periodEnd])
	return always
}

func (p *plan) out(column string) int {
	if column == "" {
		return -1
	}
	if i := slices.IndexFunc(p.contract.Columns, func(c config.Column) bool { return c.Name == column }); i >= 0 {
		return outFirst + i
	}
	return -1
}

// rules resolves the names in the contract's money, period, order and derived rules.
func (p *plan) rules() error {
	c := p.contract
	if m := c.Money; m != nil {
		p.hasMoney = true
		p.amount, p.override, p.sign = p.out(m.Amount), p.out(m.Override), p.out(m.Sign)
		if p.amount < 0 {
			return fmt.Errorf("contract %s: money.amount is no column", c.Kind)
		}
	}
	if c.Period != nil {
		p.period, p.periodEnd = p.out(c.Period.Column), p.out(c.Period.End)
		if p.period < 0 {
			return fmt.Errorf("contract %s: period_column.column is no column", c.Kind)
		}
		p.periodMonth = c.Columns[p.period-outFirst].Type == config.TypeMaand
		p.periodOrder = p.periodEnd >= 0
		p.periodEvent = c.Period.WithoutEnd == config.EndEvent
		p.history = c.Period.History
		p.costs, p.lastDay = p.hasMoney, math.MaxInt64
	}
	for _, o := range c.Orders {
		r := order{a: p.out(o.A), b: p.out(o.B), fault: fault(len(p.faults))}
		if r.a < 0 || r.b < 0 || len(p.faults) == math.MaxUint8 {
			return fmt.Errorf("contract %s: order %s names no two columns", c.Kind, o.Code)
		}
		r.col = r.b - outFirst
		text := o.Doc
		if text == "" {
			text = o.A + " ligt na " + o.B
		} else {
			text = "hieraan is niet voldaan: " + text
		}
		p.faults = append(p.faults, faultText{o.Code, text})
		p.orders = append(p.orders, r)
		if r.a == p.period && r.b == p.periodEnd {
			p.periodOrder = false
		}
	}
	for i, d := range c.Derived {
		r := derived{from: p.out(d.From), out: outFirst + len(c.Columns) + i, domain: d.Domain, when: p.out(d.When.Column), flag: 2 << i}
		if r.from < 0 || d.When.Column != "" && r.when < 0 || i > 60 {
			return fmt.Errorf("contract %s: derived %s names no column", c.Kind, d.Name)
		}
		p.derived = append(p.derived, r)
	}
	return nil
}

// field makes the i-th column of the contract ready.
func (p *plan) field(i int) (field, error) {
	col := &p.contract.Columns[i]
	f := field{name: col.Name, kind: kinds[col.Type].kind, col: i, out: outFirst + i, required: col.Required && !col.EmptyOK,
		openEnd: col.OpenEnd, partial: col.Incomplete, unknown: col.Unknown,
		forms: dateForms(col.Formats), min: math.MinInt64, max: math.MaxInt64, step: 1, faultMin: faultGrens, guard: -1}
	if col.Min != nil {
		f.min = *col.Min
	}
	if col.Max != nil {
		f.max = *col.Max
	}
	if col.Step != nil {
		f.step = *col.Step
	}
	money := col.Type == config.TypeCt || col.Type == config.TypeEur
	if (col.NonNegative || money && p.sign >= 0 && (f.out == p.amount || f.out == p.override)) && f.min < 0 {
		f.min = 0
		if money {
			f.faultMin = faultBedragNegatief
		}
	}
	if len(col.Codes) > 0 {
		f.codes = newCodeTable(col.Codes, func(code string) (flags int64) {
			if f.out == p.sign && code == "C" {
				flags |= flagCredit
			}
			for j, d := range p.derived {
				if d.when == f.out && slices.Contains(p.contract.Derived[j].When.In, code) {
					flags |= d.flag
				}
			}
			return flags
		})
	}
	if col.Pattern != "" {
		m, err := newPattern(col)
		if err != nil {
			return f, fmt.Errorf("contract %s: kolom %s: %w", p.contract.Kind, col.Name, err)
		}
		f.pattern = m
	}
	return f, nil
}
