package accountant

import "fmt"

// verdict is what the first page says before anything else.
type verdict struct{ Class, Head, Text string }

// Verdicts are whether the run closes, whether the deliveries are complete, and what kind of document this is.
func (p *page) Verdicts() []verdict {
	out := []verdict{p.closes()}
	complete := verdict{"fout", p.in.Ledger.Head(), p.in.Ledger.Text(p.Run.Namen.Gemeente)}
	if p.in.Ledger.Whole() {
		complete.Class = "goed"
	}
	return append(out, complete)
}

// closes says whether all control totals are 0.
func (p *page) closes() verdict {
	n, open := 0, 0
	for _, kind := range p.f.Control {
		for _, c := range kind {
			n++
			if c.VerschilRegel != 0 || c.VerschilCt != 0 {
				open++
			}
		}
	}
	switch {
	case n == 0:
		return verdict{"fout", "Er zijn geen controletotalen.", "Zonder die zegt dit rapport niets over volledigheid of juistheid."}
	case open > 0:
		return verdict{"fout", fmt.Sprintf("%d van de %d controletotalen sluiten niet.", open, n), "Gebruik geen bedrag voordat dat is uitgezocht."}
	}
	return verdict{"goed", "Alle controletotalen sluiten op 0,00.", "Elke geleverde regel en elke cent is terug te vinden: in de ranglijst, of bij een stap hieronder."}
}
