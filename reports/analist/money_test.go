package analist

import (
	"strconv"
	"strings"
	"testing"

	"stapel/reports/mart"
)

// TestMoneyAddsUp: on the page every sum is the sum above it with what was taken off and added since, in each column; what is priced is in
// its own column and not in that of what is declared, and steps stand in the order of the chain.
func TestMoneyAddsUp(t *testing.T) {
	var s supply
	add := func(kind string, steps ...any) {
		for i := 0; i < len(steps); i += 2 {
			s.Control = append(s.Control, mart.Controle{Kind: kind, Stap: steps[i].(string), BedragCt: int64(steps[i+1].(int))})
		}
	}
	add("wmo_declaratie", "geleverd", 1000, "geweigerd", 100, "quarantaine", 50, "geaccepteerd", 850, "uitgesloten", 40, "gebruikt", 810, "voor_vensters", 60, "na_vensters", 10,
		"buiten_vensters", 70, "in_vensters", 740, "onbekend", 40, "huishoudens", 700, "regel_gelijk", 7)
	add("zvw_declaratie", "geleverd", 500, "vervangen", 20, "geaccepteerd", 480, "ouder", 0, "gebruikt", 480, "voor_vensters", 0, "na_vensters", 0, "in_vensters", 480, "onbekend", 0, "huishoudens", 480)
	add("schuldhulp_traject", "geleverd", 0, "geaccepteerd", 0, "gebruikt", 0, "geprijsd", 900, "voor_vensters", 100, "na_vensters", 200, "in_vensters", 600, "onbekend", 50, "huishoudens", 550)
	add("wmo_toewijzing", "geleverd", 0, "geaccepteerd", 0, "gebruikt", 0)
	add("totaal", "huishoudens", 1180, "niet_getoond", 30, "andere_gemeente", 50, "ranglijst", 1100)
	s.groupControl()
	table := (&page{F: &facts{Supply: s}}).MoneyTable()
	if got := strings.Join(table.Columns, ";"); got != "Stap;Wmo-declaraties|r;Schuldhulptrajecten|r;Zvw-declaraties|r;Gedeclareerd samen|r" {
		t.Fatalf("columns %s", got)
	}
	cents := func(cell any) int64 {
		text := strings.NewReplacer(".", "", ",", "").Replace(cell.(string))
		if text == "" {
			return 0
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	for column := 1; column < len(table.Columns); column++ {
		var running int64
		for i, row := range table.Rows {
			ct := cents(row.Cells[column])
			switch {
			case row.Class != "totaal" || i == 0:
				running += ct
			case row.Cells[column] == "" && column < len(table.Columns)-1: // a step of all kinds together
			case ct != running:
				t.Errorf("%s, %s: %d, and what stands above it comes to %d", table.Columns[column], row.Cells[0], ct, running)
			}
		}
	}
	var order []string
	for _, row := range table.Rows {
		order = append(order, row.Cells[0].(string))
	}
	if got, want := strings.Join(order, "|"), "geleverd|− in geweigerde bestanden|− in quarantaine|− vervangen door een nieuwere levering|geaccepteerd|− uitgesloten|"+
		"− ouder: een nieuwere regel telt|gebruikt|+ geschat met een vaste prijs|− over dagen vóór de drie jaren|− over dagen na de peildatum|in de drie jaren|"+
		"− van wie op de peildatum geen huishouden heeft|van huishoudens|− van huishoudens die niet getoond mogen worden|− van huishoudens in een andere gemeente|op de ranglijst"; got != want {
		t.Errorf("steps %s", got)
	}
	if last := table.Rows[len(table.Rows)-1]; last.Cells[4] != "11,00" {
		t.Errorf("the ranking has %v", last.Cells)
	}
	if (&page{F: &facts{}}).MoneyTable() != nil {
		t.Error("a table without a kind with money")
	}
}
