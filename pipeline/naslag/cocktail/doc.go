// Package cocktail is the slow reference of signals and cocktails: rules 17 to 24, 31 to 41, 46, 48, 53, 56 to 59, 61, 63, 65, 67 and 69 to
// 75, day by day and person by person, from the lines of the extracts. It shares no code and no SQL with the pipeline, has its code
// lists from the rules and not from signals.yaml, and is written to be read, not to be fast. Tests hold the models to it; no command
// uses it.
package cocktail

import (
	"cmp"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"stapel/config"
	"stapel/pipeline/naslag/extract"
)

// Options are what a run has beside its extracts.
type Options struct {
	Set          extract.Set
	Secret       []byte   // the project key
	Peildatum    string   // JJJJ-MM-DD
	Gemeenten    []string // of the run, GM and four digits; none: those of huishouden
	AttachMinors bool
	Ingredients  []config.Ingredient // of which the dekking counts
	Cocktails    []config.Cocktail
}

// Signal is a row of the mart signaal. Dates are JJJJ-MM-DD; BronRegel is 0 where there is no source line.
type Signal struct {
	Household, Person, Ingredient, From, To, Strength, Kind, File string
	Line                                                          int64
}

// Episode is a row of the mart cocktail, without the cost.
type Episode struct {
	Household, Cocktail, From, To, Status string
	Active                                bool
	Missing, Order                        string
}

// Evidence is a row of the mart cocktail_bewijs.
type Evidence struct {
	Household, Cocktail, From        string
	Nr                               int64
	Ingredient, Strength, Kind, File string
	Line                             int64
}

// Verdict is a row of the mart cocktail_oordeel: households shown by what can be said of them at P.
type Verdict struct {
	Cocktail                                                string
	Households, Full, Threatened, Unknown, CannotTell, None int64
}

// Result are the rows of the marts, in no order that means anything.
type Result struct {
	Signals  []Signal
	Episodes []Episode
	Evidence []Evidence
	Verdicts []Verdict
	Houses   int // households shown
}

// Compute works everything out. It panics on an extract that a run would quarantine or refuse: a test that makes one is wrong.
func Compute(opt Options) Result {
	w := newWorld(opt)
	w.people()
	var out Result
	for _, k := range opt.Cocktails {
		out.Verdicts = append(out.Verdicts, Verdict{Cocktail: k.ID})
	}
	for _, h := range w.houses {
		if w.hidden(h) || w.elsewhere(h) {
			continue
		}
		out.Houses++
		signals := w.signals(h)
		for _, s := range signals {
			out.Signals = append(out.Signals, s.row(w, h))
		}
		for i, k := range opt.Cocktails {
			out.Verdicts[i].count(w.walk(&out, h, k, signals))
		}
	}
	return out
}

// day is a day since 1970-01-01.
type day int

// never is the end of what still runs.
const never day = 1 << 30

func parse(s string) day {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		panic("reference: not a date")
	}
	return day(t.Unix() / 86400)
}

func on(year, month, d int) day {
	return day(time.Date(year, time.Month(month), d, 0, 0, 0, 0, time.UTC).Unix() / 86400)
}

func (d day) time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }
func (d day) String() string  { return d.time().Format(time.DateOnly) }

// first is the first day of the month, next that of the month after.
func (d day) first() day { t := d.time(); return on(t.Year(), int(t.Month()), 1) }
func (d day) next() day  { t := d.time(); return on(t.Year(), int(t.Month())+1, 1) }

// key is rule 1.
func (w *world) key(domain, ps string) int64 {
	m := hmac.New(sha256.New, w.opt.Secret)
	m.Write([]byte(domain + "\n" + strings.ToLower(ps)))
	return int64(binary.BigEndian.Uint64(m.Sum(nil)) >> 1)
}

func id(prefix string, key int64) string { return fmt.Sprintf("%s-%016x", prefix, key) }

// line is an accepted line of an extract.
type line struct {
	kind, file string
	supplier   string // as the newest note of the same bytes names it
	levering   int64
	order      int       // of its delivery among all, newest highest
	made       time.Time // of its delivery, as the newest note says; zero when none does
	nr         int64
	cells      extract.Line
	gemeente   string // GM and four digits
	from, to   day    // in the kind's own time, to is the day after the last or never
}

func (l *line) get(column string) string { return l.cells[column] }
func (l *line) ps(column string) string  { return strings.ToLower(l.cells[column]) }

// date is a cell; ok is false when it is empty, or holds a day that means no end. Of a day, or a month and a day, that are not known
// the first that it can be is meant for a begin, the last for an end (rules 65).
func (l *line) date(column string) (d day, ok bool) {
	v := l.cells[column]
	if v == "" || in(v, "9999-12-31 2999-12-31 2099-12-31") {
		return 0, false
	}
	year, whole := strings.CutSuffix(v, "-00-00")
	month, part := strings.CutSuffix(v, "-00")
	switch end := column == "einddatum"; {
	case whole && end:
		return parse(year + "-12-31"), true
	case whole:
		return parse(year + "-01-01"), true
	case part && end:
		return parse(month+"-01").next() - 1, true
	case part:
		return parse(month + "-01"), true
	}
	return parse(v), true
}

// newer orders lines from new to old: delivery, then line.
func newer(a, b *line) int {
	return cmp.Or(cmp.Compare(b.order, a.order), cmp.Compare(b.levering, a.levering), cmp.Compare(b.nr, a.nr))
}

// cents reads whole eurocents, or euros with comma or point.
func (l *line) cents(column string) int64 {
	s := l.cells[column]
	euros := strings.HasSuffix(column, "_eur")
	if strings.Contains(s, ",") {
		s = strings.ReplaceAll(s, ".", "")
	}
	whole, part, _ := strings.Cut(strings.ReplaceAll(s, ",", "."), ".")
	if euros {
		part = (part + "00")[:2]
	}
	var n int64
	if _, err := fmt.Sscan(whole+part, &n); err != nil {
		panic("reference: not an amount: " + column)
	}
	return n
}
