package werktafel

import (
	"slices"
	"strings"

	"stapel/reports/html"
	"stapel/reports/nl"
	"stapel/reports/table"
	"stapel/reports/vrij"
)

// tableView is a table of a page: a cell that is nothing may not be shown.
type tableView struct {
	Class, Caption string
	Columns        []string // as tableof of package html takes them
	html.Body
	Notes   []string
	Figures string // that it shows, as patterns of package cijfer
	From    string // that it reckons with, as such patterns
}

// or is the table, nil without rows.
func (t *tableView) or() *tableView {
	if len(t.Rows) == 0 {
		return nil
	}
	return t
}

// gone is why a part of the report is not there.
type gone struct{ Label, Why string }

// Gone are the parts of some tables that are missing, each with the reason.
func (p *page) Gone(tables ...string) (out []gone) {
	for _, name := range tables {
		if v := p.T.Of(name); v != nil && v.Stand == vrij.Geweigerd {
			out = append(out, gone{nl.Word("tabel", name), sentence(v.Reden)})
		}
	}
	return out
}

// sentence is a reason with a capital and a full stop.
func sentence(reason string) string {
	reason = strings.TrimRight(strings.TrimSpace(reason), ".")
	if reason == "" {
		return "De reden is niet vastgelegd."
	}
	return nl.Capital(reason) + "."
}

// Coarser says that a part is shown with less detail.
func (p *page) Coarser(tables ...string) bool {
	return slices.ContainsFunc(tables, func(name string) bool {
		v := p.T.Of(name)
		return v != nil && v.Stand == vrij.Vergroofd
	})
}

// why says why there is no answer from some tables, whose rows need some kinds.
func (p *page) why(kinds []string, tables ...string) string {
	if lost := p.Gone(tables...); len(lost) > 0 {
		return "dat onderdeel wordt niet getoond. " + lost[0].Why
	}
	if names := p.undelivered(kinds); len(names) > 0 {
		return "onbekend, want niet geleverd of niet te gebruiken: " + nl.List(names) + "."
	}
	return "alle aantallen zijn " + table.WithheldWord + "."
}

// undelivered names the kinds of which nothing can be relied on.
func (p *page) undelivered(kinds []string) (names []string) {
	for _, b := range p.T.Bron {
		if slices.Contains(kinds, b.Kind) && b.Stand != vrij.BronHeel && b.Stand != vrij.BronDeels {
			names = append(names, nl.Word("kind", b.Kind))
		}
	}
	return names
}

// Unknown says of some kinds that nothing is known without them; empty when all are there.
func (p *page) Unknown(kinds ...string) string {
	names := p.undelivered(kinds)
	if len(names) == 0 {
		return ""
	}
	return nl.List(names) + ": niet geleverd of niet te gebruiken. Wat daaruit moet blijken is onbekend, geen nul."
}

// households is a number of households in a sentence.
func households(n *int64) string {
	if n == nil {
		return "een aantal huishoudens dat " + table.WithheldWord + " is"
	}
	return nl.Count(*n, "huishouden", "huishoudens")
}

// daysOf is a number of days in a table; nothing where it is not shown.
func daysOf(x *float64) any {
	if x == nil {
		return nil
	}
	return nl.Number(*x, 0)
}

// daysText is a number of days in a sentence.
func daysText(x *float64) string {
	if x == nil {
		return "een niet te tonen aantal dagen"
	}
	return nl.Days(*x)
}

// oneDecimal is a figure with one decimal in a table; nothing where it is not shown.
func oneDecimal(x *float64) any {
	if x == nil {
		return nil
	}
	return nl.Number(*x, 1)
}

// lacking are the words for what is missing.
func lacking(list string) string {
	parts := strings.Split(list, "|")
	for i, code := range parts {
		parts[i] = nl.Lacking(code)
	}
	return strings.Join(parts, ", ")
}

// gemeente is what people call a gemeente, or all of them.
func (p *page) gemeente(code string) string {
	if code == vrij.Alle {
		return nl.Word("plaats", code)
	}
	return p.Run.Namen.Gemeente(code)
}

// wijk is what people call a wijk.
func (p *page) wijk(code string) string {
	if code == "" {
		return nl.Word("plaats", code)
	}
	return p.Run.Namen.Wijk(code)
}
