package werktafel

import (
	"cmp"
	"html/template"
	"slices"
	"strings"
	"time"

	"stapel/reports"
	"stapel/reports/nl"
	"stapel/reports/vrij"
)

// page is what the templates of the report get.
type page struct {
	Title  string
	Footer string
	Run    reports.Run
	W      reports.Windows
	T      *vrij.Tables
	Style  template.CSS

	counts map[place]*int64
	days   []int32 // of cocktail, from old to new
	today  int32   // the peildatum

	cocktails []reports.Cocktail
	codes     []string            // gemeenten, by name
	districts map[string][]string // the wijken of each, by name
}

// place is a cell of table cocktail.
type place struct {
	day                               int32
	cocktail, gemeente, wijk, oordeel string
}

func newPage(run reports.Run, w reports.Windows, t *vrij.Tables, style template.CSS) *page {
	p := &page{Title: "werktafel", Run: run, W: w, T: t, Style: style, counts: map[place]*int64{}, cocktails: cocktails(run, t),
		districts: map[string][]string{}, Footer: "Zonder huishoudens, na controle op onthulling: vrij om te delen."}
	if len(t.Unproven()) > 0 {
		p.Footer = "Nog niet delen: niet alles is nagerekend."
		p.Style += "\n@page{@bottom-left{content:\"Nog niet delen\"}}"
	}
	seen := map[[2]string]bool{}
	for _, c := range t.Cocktail {
		p.counts[place{c.Dag, c.Cocktail, c.Gemeente, c.Wijk, c.Oordeel}] = c.Huishoudens
		if c.IsP {
			p.today = c.Dag
		}
		if !slices.Contains(p.days, c.Dag) {
			p.days = append(p.days, c.Dag)
		}
		at := [2]string{c.Gemeente, c.Wijk}
		if c.IsP && c.Gemeente != vrij.Alle && !seen[at] {
			seen[at] = true
			p.districts[c.Gemeente] = append(p.districts[c.Gemeente], c.Wijk)
		}
	}
	slices.Sort(p.days)
	for g, wijken := range p.districts {
		p.codes = append(p.codes, g)
		p.districts[g] = byName(slices.DeleteFunc(wijken, func(w string) bool { return w == vrij.Alle }), p.wijk)
	}
	p.codes = byName(p.codes, p.gemeente)
	return p
}

// Cocktails are those of the configuration, and after them others that the tables have.
func (p *page) Cocktails() []reports.Cocktail { return p.cocktails }

func cocktails(run reports.Run, t *vrij.Tables) []reports.Cocktail {
	all := slices.Clone(run.Cocktails)
	known := map[string]bool{}
	for _, c := range all {
		known[c.ID] = true
	}
	add := func(id string) {
		if !known[id] {
			known[id] = true
			all = append(all, reports.Cocktail{ID: id, Naam: id})
		}
	}
	for _, c := range t.Cocktail {
		add(c.Cocktail)
	}
	for _, c := range t.Pad {
		add(c.Cocktail)
	}
	return all
}

// count is how many households of a place have a cocktail in a state on the peildatum.
func (p *page) count(cocktail, gemeente, wijk, oordeel string) *int64 {
	return p.counts[place{p.today, cocktail, gemeente, wijk, oordeel}]
}

// all is count for everywhere.
func (p *page) all(cocktail, oordeel string) *int64 {
	return p.count(cocktail, vrij.Alle, vrij.Alle, oordeel)
}

// perThousand is how many have a cocktail of every thousand that can be judged, worked out from shown counts; nil where one of these is not shown.
// count gives the number in a state.
func perThousand(count func(oordeel string) *int64) *float64 {
	vol := count(vrij.Vol)
	if vol == nil {
		return nil
	}
	judged, ok := total(1, vol, count(vrij.Dreigend), count(vrij.Nee))
	if !ok {
		all := count(vrij.Alle)
		if judged, ok = total(-1, all, count(vrij.Onbekend), count(vrij.Ntb)); !ok {
			return nil
		}
	}
	if judged <= 0 {
		return nil
	}
	x := 1000 * float64(*vol) / float64(judged)
	return &x
}

// total is the first and, times sign, the others; false where one is not shown.
func total(sign int64, first *int64, others ...*int64) (int64, bool) {
	if first == nil {
		return 0, false
	}
	sum := *first
	for _, n := range others {
		if n == nil {
			return 0, false
		}
		sum += sign * *n
	}
	return sum, true
}

// byName orders codes by what people call them.
func byName(codes []string, name func(string) string) []string {
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(strings.Compare(name(a), name(b)), strings.Compare(a, b)) })
	return codes
}

// share is a part of a whole, both shown; nil otherwise.
func share(part, whole *int64) *float64 {
	if part == nil || whole == nil || *whole <= 0 {
		return nil
	}
	x := float64(*part) / float64(*whole)
	return &x
}

// byCount orders from many to few, what is not shown last.
func byCount(a, b *int64) int {
	switch {
	case a == nil && b == nil:
		return 0
	case a == nil:
		return 1
	case b == nil:
		return -1
	case *a != *b:
		if *a > *b {
			return -1
		}
		return 1
	}
	return 0
}

// SheetFile is the name of the page of a cocktail.
func (p *page) SheetFile(cocktail string) string { return sheetFile(cocktail) }

// day is a day in a table of the folder.
func day(d int32) time.Time { return vrij.Day(d) }

// Unproven are the parts of which the record does not say that nothing hidden can be worked out.
func (p *page) Unproven() (names []string) {
	for _, name := range p.T.Unproven() {
		names = append(names, nl.Word("tabel", name))
	}
	return names
}
