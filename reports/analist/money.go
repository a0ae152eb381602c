package analist

import (
	"stapel/reports/nl"
)

// moneyStep is a row of the chain in money: a step that is taken off or added to what stands above it, or a sum.
type moneyStep struct {
	step  string
	label string
	sign  int64 // -1 is taken off, 1 is added, 0 is what is left
}

// moneySteps are the chain from what was delivered to what is ranked, in its order: every 0 is what stands above it and what was taken off
// or added since, so that a reader can add up (methods 8).
var moneySteps = []moneyStep{
	{"geleverd", "geleverd", 0}, {"geweigerd", "in geweigerde bestanden", -1}, {"dubbel", "dubbel geleverd", -1}, {"quarantaine", "in quarantaine", -1},
	{"vervangen", "vervangen door een nieuwere levering", -1}, {"geaccepteerd", "geaccepteerd", 0}, {"uitgesloten", "uitgesloten", -1},
	{"herhaald", "herhaald: dezelfde uitkering voor een tweede persoon", -1}, {"ouder", "ouder: een nieuwere regel telt", -1}, {"gebruikt", "gebruikt", 0},
	{"geprijsd", "geschat met een vaste prijs", 1}, {"voor_vensters", "over dagen vóór de drie jaren", -1}, {"na_vensters", "over dagen na de peildatum", -1},
	{"in_vensters", "in de drie jaren", 0}, {"onbekend", "van wie op de peildatum geen huishouden heeft", -1}, {"huishoudens", "van huishoudens", 0},
	{"niet_getoond", "van huishoudens die niet getoond mogen worden", -1}, {"andere_gemeente", "van huishoudens in een andere gemeente", -1},
	{"ranglijst", "op de ranglijst", 0},
}

// MoneyTable is the chain in euros and cents: a column a kind with money, and the declared ones together. Steps that no kind has are left out.
func (p *page) MoneyTable() *controlTableView {
	s := p.F.Supply
	var kinds []controlChain
	var total *controlChain
	for i, c := range s.Chains {
		switch {
		case c.Kind == totalKind:
			total = &s.Chains[i]
		case s.at(c, "in_vensters") != nil:
			kinds = append(kinds, c)
		}
	}
	if len(kinds) == 0 {
		return nil
	}
	t := &controlTableView{Caption: "Van levering tot ranglijst, in euro's en centen", Columns: []string{"Stap"}}
	for _, c := range kinds {
		t.Columns = append(t.Columns, nl.Word("kind", c.Kind)+"|r")
	}
	t.Columns = append(t.Columns, "Gedeclareerd samen|r")
	for _, step := range moneySteps {
		cells, found, sum := []any{step.text()}, false, int64(0)
		for _, c := range kinds {
			cell := any("")
			if r := s.at(c, step.step); r != nil {
				cell, found = step.amount(r.BedragCt), true
				if s.at(c, "geprijsd") == nil {
					sum += r.BedragCt
				}
			}
			cells = append(cells, cell)
		}
		if total != nil {
			if r := s.at(*total, step.step); r != nil {
				sum, found = r.BedragCt, true
			}
		}
		together := any(step.amount(sum))
		if step.step == "geprijsd" {
			together = ""
		}
		if found {
			t.Rows = append(t.Rows, controlRowView{step.class(), append(cells, together)})
		}
	}
	return t
}

// totalKind is the kind of rows of mart controle over all kinds.
const totalKind = "totaal"

func (s moneyStep) text() string {
	return map[int64]string{-1: "− ", 0: "", 1: "+ "}[s.sign] + s.label
}

// amount is what is added: what is taken off has a minus.
func (s moneyStep) amount(ct int64) string {
	if s.sign < 0 {
		ct = -ct
	}
	return nl.Amount(ct)
}

func (s moneyStep) class() string {
	if s.sign == 0 {
		return "totaal"
	}
	return ""
}
