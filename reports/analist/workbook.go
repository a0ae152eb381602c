package analist

import (
	"fmt"
	"strings"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/reports/table"
	"stapel/reports/xlsx"
)

// sheetTables are the sheets of the workbook, limited to what a person can look through; a missing mart gives an empty
// sheet that says so.
func sheetTables(f *facts) []table.Table {
	rank := rankTable(f.Ranking.HasExpected)
	// A reader of the workbook wants to see who a household is without a second sheet.
	rank.Columns = append(rank.Columns, householdColumns[1:]...)
	rank = withRows(rank, table.Slice(f.Ranking.Rows, func(r rankRow) []any {
		cells := rankCells(&r.Ranglijst, f.Ranking.HasExpected)
		if r.H == nil {
			return append(cells, make([]any, len(householdColumns)-1)...)
		}
		home := *r.H
		home.Type = nl.Word("typhh", home.Type)
		return append(cells, householdCells(&home)[1:]...)
	}))
	coverage := f.Supply.Coverage[:min(len(f.Supply.Coverage), sheetCoverage)]
	returned := f.Supply.Returned()
	episodes := int64(0)
	if f.Cocktails.Sheet != nil {
		episodes = f.Cocktails.Sheet.seen
	}
	return []table.Table{
		sheet(rank, f.Ranking.Present, len(f.Ranking.Rows), f.Ranking.N, "naar kosten in T0"),
		sheet(withRows(bandTable, table.Slice(f.Foresight.Bands, bandCells)), len(f.Foresight.Bands) > 0, len(f.Foresight.Bands),
			int64(len(f.Foresight.Bands)), "naar kosten in T2; sommen over de huishoudens"),
		sheet(withRows(fairnessTable, table.Slice(head(f.Groups.Fairness), fairnessCells)), len(f.Groups.Fairness) > 0,
			min(len(f.Groups.Fairness), sheetRows), int64(len(f.Groups.Fairness)), "naar kenmerk en groep"),
		sheet(withRows(stackTable, table.Slice(head(f.Groups.Stacking), stackCells)), len(f.Groups.Stacking) > 0,
			min(len(f.Groups.Stacking), sheetRows), int64(len(f.Groups.Stacking)), "naar moment, gemeente en aantal"),
		sheet(withRows(cocktailTable, table.Slice(f.Cocktails.Rows, func(c mart.Cocktail) []any { return cocktailCells(&c) })),
			f.Cocktails.Present, len(f.Cocktails.Rows), episodes, "actief eerst, dan vol, dreigend, onbekend, dan naar kosten"),
		sheet(withRows(verdictTable, table.Slice(f.Cocktails.Verdicts(), verdictCells)), f.Cocktails.HasVerdicts,
			len(f.Cocktails.Verdicts()), int64(len(f.Cocktails.Verdicts())), "naar cocktail"),
		sheet(withRows(preventiveTable, table.Slice(f.Threats.Rows, func(r mart.Preventief) []any { return preventiveCells(&r) })),
			f.Threats.Present, len(f.Threats.Rows), f.Threats.N, "naar ondergrens van het aandeel dat binnen een jaar vol werd"),
		sheet(withRows(planTable, table.Slice(head(f.Plans.Rows), planCells)), f.Plans.Present,
			min(len(f.Plans.Rows), sheetRows), int64(len(f.Plans.Rows)), "naar casusnummer"),
		sheet(withRows(planTotalTable, table.Slice(head(f.Plans.Totals), planTotalCells)), f.Plans.HasTotals,
			min(len(f.Plans.Totals), sheetRows), int64(len(f.Plans.Totals)), "naar meting"),
		sheet(withRows(coverageTable, table.Slice(coverage, coverageCells)), f.Supply.HasCoverage, len(coverage),
			int64(len(f.Supply.Coverage)), "naar soort, gemeente en maand"),
		sheet(withRows(deliveryTable, table.Slice(head(f.Supply.Deliveries), deliveryCells)), f.Supply.HasDeliveries,
			min(len(f.Supply.Deliveries), sheetRows), int64(len(f.Supply.Deliveries)), "naar soort en bestand"),
		sheet(withRows(quarantineTable, table.Slice(head(f.Supply.Quarantine), quarantineCells)), f.Supply.HasQuarantine,
			min(len(f.Supply.Quarantine), sheetRows), int64(len(f.Supply.Quarantine)), "naar soort en bestand"),
		sheet(withRows(returnedTable, table.Slice(head(returned), returnedCells)), f.Supply.HasDeliveries || f.Supply.HasQuarantine,
			min(len(returned), sheetRows), int64(len(returned)), "naar leverancier en bestand"),
		sheet(withRows(doubtTable, table.Slice(head(f.Seen.Findings), doubtCells)), f.Exclusions.HasFindings,
			min(len(f.Seen.Findings), sheetRows), int64(len(f.Seen.Findings)), "naar wat opvalt en soort; dezelfde regel kan vaker opvallen"),
		sheet(withRows(linkTable, table.Slice(head(f.Supply.Links), linkCells)), f.Supply.HasLinks,
			min(len(f.Supply.Links), sheetRows), int64(len(f.Supply.Links)), "naar soort; personen die in huishouden te vinden zijn"),
		sheet(withRows(controlTable, table.Slice(head(f.Supply.Control), controlCells)), f.Supply.HasControl,
			min(len(f.Supply.Control), sheetRows), int64(len(f.Supply.Control)), "naar soort en stap"),
	}
}

// head is what fits on a sheet.
func head[T any](rows []T) []T { return rows[:min(len(rows), sheetRows)] }

// sheet says above a table how much of it is shown.
func sheet(t table.Table, present bool, shown int, all int64, order string) table.Table {
	switch {
	case !present:
		t.Note = "Niet beschikbaar in deze run."
	case int64(shown) < all:
		t.Note = fmt.Sprintf("De eerste %s van %s rijen (%s). Alle rijen staan in csv/%s.csv; "+
			"totalen gelden voor de getoonde rijen.", nl.Int(int64(shown)), nl.Int(all), order, t.Name)
	default:
		t.Note = fmt.Sprintf("Alle %s, %s.", nl.Count(all, "rij", "rijen"), order)
	}
	return t
}

func workbookInfo(run reports.Run, w reports.Windows, f *facts, sheets []table.Table) xlsx.Info {
	lines := [][]string{
		{"Let op", "Dit bestand bevat gegevens per huishouden. Niet doorsturen; alleen voor de analist."},
	}
	if run.Synthetisch {
		lines = append(lines, []string{"Voorbeeld", "Synthetische voorbeeldgegevens: geen enkele rij gaat over een bestaand huishouden."})
	}
	lines = append(lines,
		[]string{"Run", run.ID},
		[]string{"Versie van stapel", run.Versie},
		[]string{"Peildatum", nl.Date(w.Peildatum)},
		[]string{"T0", windowText(w.T0)}, []string{"T1", windowText(w.T1)}, []string{"T2", windowText(w.T2)},
		[]string{"Gemeenten", strings.Join(run.Gemeenten, ", ")},
		[]string{"Drempel", nl.Euro(run.DrempelCt) + " per jaar; op of boven dit bedrag"},
		[]string{"Volledigheid", notComplete + " " + completeness(f.Supply.Ledger)},
		[]string{"Kosten die wij niet zien", strings.Join(run.NietGezien, "; ")},
		[]string{"Bedragen", "In euro's met centen. De regel boven de koppen telt op wat het filter laat zien."},
		[]string{},
		[]string{"Werkblad", "Inhoud"},
	)
	for _, s := range sheets {
		lines = append(lines, []string{s.Title, s.Note})
	}
	return xlsx.Info{Title: "Analistenrapport " + nl.Date(w.Peildatum), Created: w.Peildatum, Lines: lines}
}
