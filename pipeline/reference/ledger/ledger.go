// Package ledger is the slow reference of what ties deliveries to the books (docs/methods.md 8, docs/ledger.md): day by day, line by line, without
// SQL. It goes by the lines of the references below it, shares no code with the pipeline but the contracts, and is written to be read. No run
// uses it.
package ledger

import (
	"stapel/config"
	"stapel/pipeline/reference/costs"
	"stapel/pipeline/reference/lines"
)

// Cell is a feed in a gemeente and a calendar year; Gemeente is alle where lines name none.
type Cell struct {
	Feed, Gemeente string
	Jaar           int
}

// Row is what there is to say of a cell, in eurocents. Ledger is nil without a total, Extract when nothing of the feed was accepted or its lines have
// no amount.
type Row struct {
	Ledger, Extract *int64
	Explained       int64
	Explanations    int
}

// Rows compares the ledger of an inbox with its extracts.
func Rows(w *costs.Reference) map[Cell]*Row {
	out := map[Cell]*Row{}
	at := func(c Cell) *Row {
		if out[c] == nil {
			out[c] = &Row{}
		}
		return out[c]
	}
	for kind, contract := range w.Config.Contracts {
		if !declared(contract) {
			continue
		}
		for _, l := range w.ByKind[kind] {
			if l.Use == "herhaald" {
				continue
			}
			for year, ct := range byYear(l.From, max(l.To, l.From+1), w.Ct(l)) {
				r := at(Cell{kind, gemeente(contract, l.Gemeente), year})
				if r.Extract == nil {
					r.Extract = new(int64)
				}
				*r.Extract += ct
			}
		}
	}
	total, newest := w.Config.Contracts["grootboek_totaal"], map[Cell][2]*lines.Delivery{}
	of := func(l *lines.Line) (c Cell, explains int, ct int64) {
		year, _ := l.Whole("jaar")
		ct, _ = lines.Cents(total.Column("bedrag_eur"), l.Get("bedrag_eur"))
		if l.Get("reden") != "" {
			explains = 1
		}
		return Cell{l.Get("feed"), l.Gemeente, int(year)}, explains, ct
	}
	for _, l := range w.ByKind["grootboek_totaal"] { // from old to new
		c, explains, _ := of(l)
		both := newest[c]
		both[explains] = l.Delivery
		newest[c] = both
	}
	last := map[[2]string]*lines.Line{} // of a cell and taakveld
	name := func(l *lines.Line) [2]string {
		return [2]string{l.Get("feed") + l.Gemeente + l.Get("jaar"), l.Get("taakveld")}
	}
	for _, l := range w.ByKind["grootboek_totaal"] {
		if c, explains, _ := of(l); explains == 0 && newest[c][0] == l.Delivery {
			last[name(l)] = l
		}
	}
	for _, l := range w.ByKind["grootboek_totaal"] {
		c, explains, ct := of(l)
		if newest[c][explains] != l.Delivery || explains == 0 && last[name(l)] != l {
			continue
		}
		contract := w.Config.Contracts[c.Feed]
		r := at(Cell{c.Feed, gemeente(contract, c.Gemeente), c.Jaar})
		if explains == 1 {
			r.Explained, r.Explanations = r.Explained+ct, r.Explanations+1
		} else {
			if r.Ledger == nil {
				r.Ledger = new(int64)
			}
			*r.Ledger += ct
		}
		if r.Extract == nil && declared(contract) && len(w.ByKind[c.Feed]) > 0 {
			r.Extract = new(int64) // delivered, and no line in that year
		}
	}
	return out
}

// declared says whether lines of a kind are cost with an amount that somebody declared or paid.
func declared(c *config.Contract) bool { return c.Cost != nil && c.Cost.Grondslag == "gedeclareerd" }

func gemeente(c *config.Contract, code string) string {
	if c.Gemeente() == "" {
		return "alle"
	}
	return code
}

// byYear gives every day of a period its cents: what is due up to and with the day, rounded down, less what was given. A credit is as its debit.
func byYear(from, to lines.Day, ct int64) map[int]int64 {
	sign, given := int64(1), int64(0)
	if ct < 0 {
		sign, ct = -1, -ct
	}
	out := map[int]int64{}
	for day := from; day < to; day++ {
		due := ct * int64(day-from+1) / int64(to-from)
		out[day.Year()] += sign * (due - given)
		given = due
	}
	return out
}
