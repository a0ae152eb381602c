package werktafel

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"stapel/reports/cijfer"
	"stapel/reports/nl"
	"stapel/reports/table"
	"stapel/reports/vrij"
	"stapel/reports/xlsx"
)

// titles are the names of the sheets of the workbook.
var titles = map[string]string{"cocktail": "Cocktails", "cocktail_type": "Soort huishouden", "cocktail_kosten": "Kosten", "pad": "Wegen", "pad_stap": "Stappen", "overgang": "Volgorde",
	"bijna": "Bijna", "fraudefuik": "Terugvorderingen", "combinatie": "Combinaties", "hindernis": "Hindernissen", "bron": "Bronnen", "effect": "Effect", "effect_betaler": "Effect per betaler", "uitkomst": "Uitkomsten",
	"plan_totaal": "Plannen", "tevredenheid": "Tevredenheid", "claim": "Claims", "verslag": "Wat verborgen is"}

// widths are those of columns that need another than their kind's.
var widths = map[string]float64{"cocktail_id": 46, "combinatie": 52, "geweigerd_reden": 60, "hindernis": 26, "kind": 26, "naar_ingredient": 28, "ontbrekend": 32, "pad": 64, "partij": 26,
	"tabel": 34, "van_ingredient": 28, "groep": 46, "schatter": 36, "herkomst": 26, "uitkomst": 28, "deel": 28, "stand": 32, "typhh": 24}

// sheetRows is how many rows a sheet has at most: a workbook is for looking through, and is built in memory.
const sheetRows = 5000

// exports are the tables of the folder, with words beside their codes.
func (p *page) exports() ([]table.Table, error) { return p.forPeople(p.T) }

func (p *page) forPeople(of *vrij.Tables) ([]table.Table, error) {
	tables, err := of.ForPeople()
	for _, t := range tables {
		for i, c := range t.Columns {
			if c.Kind == table.Text {
				t.Columns[i].Words = p.words(t.Name, c.Name)
			}
		}
	}
	return tables, err
}

// workbook are the same tables as sheets, the newest days first.
func (p *page) workbook() ([]table.Table, error) {
	newest := *p.T
	newest.Cocktail = slices.Clone(newest.Cocktail)
	slices.SortStableFunc(newest.Cocktail, func(a, b vrij.Cocktail) int { return cmp.Compare(b.Dag, a.Dag) })
	tables, err := p.forPeople(&newest)
	for i := range tables {
		t := &tables[i]
		t.Title = titles[t.Name]
		for k, c := range t.Columns {
			t.Columns[k].Width = widths[c.Name]
		}
		t.Note = nl.Word("tabel", t.Name) + "."
		if slices.ContainsFunc(t.Columns, func(c table.Column) bool { return c.Withheld }) {
			t.Note += " " + table.WithheldMark + " betekent: " + table.WithheldWord + ". Aantallen zijn afgerond: telt niet op door afronding."
		}
		if all := p.T.Rows(t.Name); all > sheetRows {
			t.Each = table.First(t.Each, sheetRows)
			t.Note += fmt.Sprintf(" De eerste %s van %s rijen; alle staan in csv/%s.csv.", nl.Int(sheetRows), nl.Int(int64(all)), t.Name)
		}
		for _, lost := range p.Gone(t.Name) {
			t.Note = "Niet getoond. " + lost.Why
		}
	}
	return tables, err
}

// origins is the sheet that says where the figures of the others come from.
func origins(sheets []table.Table) (table.Table, error) {
	var list []cijfer.Sheet
	for _, s := range sheets {
		pattern, err := cijfer.Of(true, s.Name, s.Columns)
		if err != nil {
			return table.Table{}, err
		}
		list = append(list, cijfer.Sheet{Title: s.Title, Figures: pattern})
	}
	return cijfer.Herkomst(level, list)
}

// words are the words for the codes of a column; nil where it holds none.
func (p *page) words(name, column string) func(string) string {
	word := func(sort string) func(string) string {
		return func(code string) string { return nl.Word(sort, code) }
	}
	switch column {
	case "cocktail_id":
		return p.Run.Cocktail
	case "gemeentecode":
		return p.gemeente
	case "wijkcode":
		return func(code string) string {
			if code == vrij.Alle {
				return "alle wijken"
			}
			return p.wijk(code)
		}
	case "typhh":
		return func(code string) string {
			if code == vrij.Alle {
				return "alle soorten"
			}
			return nl.Word("typhh", code)
		}
	case "oordeel", "deel", "kind", "hindernis", "partij", "tabel": // verdicts on effects and claims are words
		return word(column)
	case "combinatie", "van_ingredient":
		return nl.Together
	case "naar_ingredient":
		return func(code string) string {
			if code == vrij.Vol {
				return nl.Word("pad", code)
			}
			return nl.Together(code)
		}
	case "pad":
		return func(code string) string { return way{Pad: vrij.Pad{Pad: code}}.name() }
	case "ontbrekend":
		return lacking
	case "groep":
		return p.groupName
	}
	switch name + "." + column {
	case "effect.schatter":
		return word("schatter")
	case "effect.herkomst", "effect_betaler.herkomst", "uitkomst.herkomst":
		return word("herkomst")
	case "effect_betaler.betaler":
		return word("betaler")
	case "uitkomst.uitkomst":
		return word("uitkomst")
	case "fraudefuik.stand":
		return word("stand")
	case "bron.stand":
		return word("bronstand")
	case "verslag.stand":
		return word("vrijstand")
	}
	return nil
}

// workbookInfo is the first sheet.
func (p *page) workbookInfo(sheets []table.Table) xlsx.Info {
	lines := [][]string{{"Vrij om te delen", "Zonder huishoudens, na controle op onthulling. Alle cijfers in dit bestand zijn die van het rapport."}}
	if names := p.Unproven(); len(names) > 0 {
		lines[0] = []string{"Nog niet delen", "Niet nagerekend of verborgen cijfers af te leiden zijn: " + nl.List(names) + "."}
	}
	if p.Run.Synthetisch {
		lines = append(lines, []string{"Voorbeeld", "Synthetische voorbeeldgegevens: geen enkel huishouden in dit bestand bestaat."})
	}
	lines = append(lines,
		[]string{"Run", p.Run.ID},
		[]string{"Versie van stapel", p.Run.Versie},
		[]string{"Peildatum", nl.Date(p.W.Peildatum)},
		[]string{"Gemeenten", strings.Join(p.Run.Gemeenten, ", ")},
		[]string{table.WithheldMark, "Een streep in een cel betekent: " + table.WithheldWord + ". Het is nooit nul."},
		[]string{"Afgerond", "Aantallen en bedragen zijn afgerond, ieder apart: telt niet op door afronding."},
		[]string{},
		[]string{"Werkblad", "Inhoud"})
	for _, s := range sheets {
		lines = append(lines, []string{s.Title, s.Note})
	}
	return xlsx.Info{Title: "Werktafelrapport " + nl.Date(p.W.Peildatum), Created: p.W.Peildatum, Lines: lines}
}
