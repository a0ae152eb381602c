package accountant

import (
	"stapel/reports/cijfer"
	"stapel/reports/table"
	"stapel/reports/xlsx"
)

// checkName is the sheet that adds up every difference.
const checkName = "sluitcontrole"

// differences are the columns that have to be 0 in every row, by table.
var differences = []struct{ grid, column, says string }{
	{"waterval", "verschil_ct", "Van grootboek tot ranglijst: elke stand is de vorige met de stappen erna"},
	{"controle_ontvangen", "verschil_ct", "Wat is geleverd is verdeeld, in euro"},
	{"controle_regels", "verschil", "Wat is geleverd is verdeeld, in regels"},
	{"controle_gebruikt", "verschil_ct", "Wat is geaccepteerd is verdeeld, tot en met de ranglijst"},
}

// sheets are the tables of the workbook: the check first, where figures come from last.
func sheets(grids []*grid) ([]table.Table, error) {
	out := []table.Table{checks(grids).table(true)}
	var about []cijfer.Sheet
	for _, g := range grids {
		out = append(out, g.table(true))
		about = append(about, cijfer.Sheet{Title: g.Title, Figures: g.ids, From: g.from})
	}
	last, err := cijfer.Herkomst(level, about)
	return append(out, last), err
}

// checks adds up the squares of all differences, so that one below zero does not hide one above it.
func checks(grids []*grid) *grid {
	c := &grid{Name: checkName, Title: "Sluitcontrole", Caption: "Alle verschillen, met een formule over de andere bladen; elke uitkomst moet 0 zijn",
		Columns: []table.Column{column("wat", "Wat moet sluiten", table.Text), column("blad", "Blad", table.Text), column("rijen", "Rijen", table.Int), column("uitkomst", "Verschillen, gekwadrateerd en opgeteld", table.Number)}}
	c.Columns[0].Width = 70
	var all float64
	for _, d := range differences {
		for _, g := range grids {
			if g.Name != d.grid {
				continue
			}
			sum := 0.0
			for _, row := range g.Rows {
				if n, ok := table.Stored(row[g.at(d.column)]).(int64); ok {
					x := float64(n)
					if g.Columns[g.at(d.column)].Kind == table.Euro {
						x /= 100
					}
					sum += x * x
				}
			}
			all += sum
			c.add(d.says, g.Title, int64(len(g.Rows)), table.Calc{Value: sum, Formula: "SUMSQ(" + g.span(d.column) + ")"})
		}
	}
	if len(c.Rows) > 0 {
		c.add("Alles samen", "", nil, table.Calc{Value: all, Formula: "SUM(" + c.place("uitkomst", 0) + ":" + c.place("uitkomst", len(c.Rows)-1) + ")"})
	}
	return c
}

// workbook is the first sheet.
func (p *page) workbook(grids []*grid) xlsx.Info {
	info := xlsx.Info{Title: "Rapport voor de accountant, peildatum " + p.Run.Peildatum, Created: p.W.Peildatum}
	if p.Run.Synthetisch {
		info.Lines = append(info.Lines, []string{"Synthetisch", "Synthetische voorbeeldgegevens: geen enkel huishouden bestaat."})
	}
	info.Lines = append(info.Lines, []string{"Vertrouwelijk", p.Footer})
	for _, f := range p.Sections[0].Parts[0].Facts {
		info.Lines = append(info.Lines, []string{f[0], f[1]})
	}
	info.Lines = append(info.Lines, []string{"Volledigheid", p.in.Ledger.Head() + " " + p.in.Ledger.Text(p.Run.Namen.Gemeente)},
		[]string{"Formules", "Naast elk totaal staat de formule die het narekent; de waarde is die van de run. Het blad Sluitcontrole moet overal 0 geven."})
	for _, g := range grids {
		info.Lines = append(info.Lines, []string{g.Title, g.Caption + "."})
	}
	return info
}
