package analist

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"stapel/reports"
	"stapel/reports/cijfer"
	"stapel/reports/mart"
	"stapel/reports/nl"
	"stapel/reports/table"
	"stapel/reports/xlsx"
)

// widths are those of columns that need another than their kind's, by name; a table that needs another yet has its own.
var widths = map[string]float64{"aangemaakt": 20, "band": 20, "bestand": 36, "betekenis": 80, "bevindingen": 34, "casusnummer": 16, "cocktail_id": 24,
	"combinatie": 60, "hindernis": 30, "naar_ingredient": 28, "pad": 70, "partij": 30, "van_ingredient": 28,
	"cocktails": 24, "eenheid": 16, "gegevensleverancier": 26, "groep": 24, "huishouden_id": 21, "kenmerk": 16, "kind": 24, "kolom": 24,
	"levering_id": 20, "maat": 16, "meting": 34, "ontbrekend": 30, "oordeel": 20, "reden": 80, "reden_niet": 34, "sha256": 66, "volgorde": 60, "wat": 28,
	"wat_te_doen": 80, "opmerking": 80, "schatter": 44, "herkomst": 26, "uitkomst": 28, "omschrijving": 60, "betaler_kosten": 26, "betaler_baten": 26,
	"balans.kenmerk": 50, "claim_toets.reden": 60,
	"levering.reden": 60, "fraudefuik.groep": 40, "opvallend.regel_code": 24, "opvallend.wat": 40, "opvallend.wat_te_doen": 60, "preventief.volgorde": 48}

// sums are the columns that a sheet adds up; of the others a sum over rows says nothing.
var sums = map[string]string{
	"ranglijst": `kosten_t0_ct kosten_t1_ct kosten_t2_ct kosten_wmo_ct kosten_jeugd_ct kosten_participatie_ct kosten_zvw_ct geprijsd_schuldhulp_ct
		geprijsd_t0_ct verwacht_volgend_jaar_ct`,
	"ijking": "n vorig_ct verwacht_ct werkelijk_ct", "plan": "huidig_ct dreigend_ct maatwerk_ct besparing_verwacht_ct",
	"levering": "regels geaccepteerd quarantaine bedrag_ct", "quarantaine": "regels", "aan_leveranciers": "regels", "controle": "verschil_regels verschil_ct",
}

// sheet is a table of the workbook.
type sheet struct {
	title   string
	table   table.Table
	present bool  // the run has the mart
	all     int64 // rows there are
	limit   int   // rows that are shown; 0: sheetRows
	order   string
}

// sheetTables are the sheets of the workbook, limited to what a person can look through; a missing mart gives an empty
// sheet that says so.
func sheetTables(marts fs.FS, run reports.Run, f *facts) ([]table.Table, error) {
	m := &maker{marts: marts, run: run, in: f.Seen.Sources}
	s, returned, episodes := f.Supply, f.Supply.Returned(), int64(0)
	if f.Cocktails.Sheet != nil {
		episodes = f.Cocktails.Sheet.seen
	}
	count := func(n int) int64 { return int64(n) }
	var out []table.Table
	list := []sheet{
		{"Ranglijst", m.ranking(f.Ranking.Rows), f.Ranking.Present, f.Ranking.N, 0, "naar kosten in de laatste 12 maanden"},
		{"Terugtoets", ordered(m, "ijking", f.Foresight.Bands, bandColumns), len(f.Foresight.Bands) > 0, count(len(f.Foresight.Bands)), 0,
			"naar kosten twee jaar ervoor; sommen over de huishoudens"},
		{"Eerlijkheid", ordered(m, "eerlijkheid", f.Groups.Fairness), len(f.Groups.Fairness) > 0, count(len(f.Groups.Fairness)), 0,
			"naar kenmerk en groep"},
		{"Stapeling", ordered(m, "stapeling", f.Groups.Stacking), len(f.Groups.Stacking) > 0, count(len(f.Groups.Stacking)), 0,
			"naar moment, gemeente en aantal"},
		{"Cocktails", ordered(m, "cocktail", f.Cocktails.Rows), f.Cocktails.Present, episodes, 0,
			"actief eerst, dan vol, dreigend, onbekend, dan naar kosten"},
		{"Cocktailoordeel", m.stream("cocktail_oordeel"), f.Cocktails.Verdicts > 0, count(f.Cocktails.Verdicts), 0, "naar cocktail"},
		{"Preventief", m.stream("preventief"), f.Threats.Present, f.Threats.N, 0, "naar ondergrens van het aandeel dat binnen een jaar vol werd"},
		{"Plannen", m.stream("plan"), f.Plans.Present, count(len(f.Plans.Rows)), 0, "naar casusnummer"},
		{"Plantotalen", ordered(m, "plan_totaal", inEuros(f.Plans.Totals)), f.Plans.HasTotals, count(len(f.Plans.Totals)), 0, "naar meting"},
		{"Dekking", m.stream("dekking"), s.HasCoverage, count(len(s.Coverage)), sheetCoverage, "naar soort, gemeente en maand"},
		{"Leveringen", m.stream("levering", deliveryColumns), s.HasDeliveries, count(len(s.Deliveries)), 0, "naar soort en bestand"},
		{"Quarantaine", m.stream("quarantaine"), s.HasQuarantine, count(len(s.Quarantine)), 0, "naar soort en bestand"},
		{"Aan leveranciers", returnedTable(returned), s.HasDeliveries || s.HasQuarantine, count(len(returned)), 0, "naar leverancier en bestand"},
		{"Opvallend", doubtTable(f.Seen.Findings), f.Exclusions.HasFindings, count(len(f.Seen.Findings)), 0,
			"naar wat opvalt en soort; dezelfde regel kan vaker opvallen"},
		{"Koppelgraad", ordered(m, "koppelgraad", s.Links), s.HasLinks, count(len(s.Links)), 0,
			"naar soort; personen die in huishouden te vinden zijn"},
		{"Controle", m.stream("controle"), s.HasControl, count(len(s.Control)), 0, "naar soort en stap"},
	}
	for _, p := range f.Patterns.Marts() {
		list = append(list, sheet{p.Title, m.pattern(p), f.Patterns.Has(p.Name), count(p.Rows), 0, p.Order})
	}
	for _, p := range f.Effect.Marts() {
		list = append(list, sheet{p.Title, m.effect(p), f.Effect.Has(p.Name), count(p.Rows), 0, p.Order})
	}
	for _, sh := range list {
		out = append(out, f.coded(run, sh.limited()))
	}
	about, err := origins(out)
	return append(out, about), errors.Join(m.err, err)
}

// reckonedFrom are the figures behind sheets that are no mart.
var reckonedFrom = map[string]string{"opvallend": "bevinding/*/regels,bedrag_ct uitgesloten/*/regel_code,bedrag_ct",
	"aan_leveranciers": "levering/*/status quarantaine/*/regels,eerste_regel bevinding/*/regels"}

// origins is the sheet that says where the figures of the others come from.
func origins(sheets []table.Table) (table.Table, error) {
	var list []cijfer.Sheet
	var failed error
	for _, s := range sheets {
		one := cijfer.Sheet{Title: s.Title, From: reckonedFrom[s.Name]}
		marts := []string{s.Name}
		if s.Name == "ranglijst" {
			marts = append(marts, "huishouden") // whose columns stand beside it
		}
		for _, name := range marts {
			if one.From == "" {
				pattern, err := cijfer.Of(false, name, s.Columns)
				failed = errors.Join(failed, err)
				one.Figures += " " + pattern
			}
		}
		list = append(list, one)
	}
	t, err := cijfer.Herkomst(level, list)
	return t, errors.Join(failed, err)
}

// ranking is the ranking with, beside each household, who it is: a reader of the workbook wants to see that without a second sheet.
func (m *maker) ranking(rows []rankRow) table.Table {
	t, home := m.of("ranglijst", rankColumns), m.of("huishouden", householdColumns, without("huishouden_id"))
	ranks, err := mart.Cells[mart.Ranglijst](t.Columns)
	homes, err2 := mart.Cells[mart.Huishouden](home.Columns)
	m.err = errors.Join(m.err, err, err2)
	t.Columns = slices.Concat(t.Columns, home.Columns)
	t.Each = table.Slice(rows, func(r rankRow) []any {
		cells := ranks(&r.Ranglijst)
		if r.H == nil {
			return append(cells, make([]any, len(home.Columns))...)
		}
		return append(cells, homes(r.H)...)
	})
	return t
}

// limited is the table as the sheet shows it: with its widths and sums, its first rows, and above them how many those are.
func (s sheet) limited() table.Table {
	t := s.table
	t.Title = s.title
	for i := range t.Columns {
		c := &t.Columns[i]
		c.Width = cmp.Or(widths[t.Name+"."+c.Name], widths[c.Name])
		c.Sum = slices.Contains(strings.Fields(sums[t.Name]), c.Name)
	}
	limit := cmp.Or(s.limit, sheetRows)
	t.Each = table.First(t.Each, limit)
	switch {
	case !s.present:
		t.Note = "Niet beschikbaar in deze run."
	case int64(limit) < s.all:
		t.Note = fmt.Sprintf("De eerste %s van %s rijen (%s). Alle rijen staan in csv/%s.csv; "+
			"totalen gelden voor de getoonde rijen.", nl.Int(int64(limit)), nl.Int(s.all), s.order, t.Name)
	default:
		t.Note = fmt.Sprintf("Alle %s, %s.", nl.Count(s.all, "rij", "rijen"), s.order)
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
		[]string{"Jaar 1 (T0)", windowText(w.T0)}, []string{"Jaar 2 (T1)", windowText(w.T1)}, []string{"Jaar 3 (T2)", windowText(w.T2)},
		[]string{"Gemeenten", strings.Join(run.Gemeenten, ", ")},
		[]string{"Drempel", nl.Euro(run.DrempelCt) + " per jaar; op of boven dit bedrag"},
		[]string{"Volledigheid", f.Seen.Ledger.Head() + " " + f.Seen.Ledger.Text(run.Namen.Gemeente)},
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
