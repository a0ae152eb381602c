// Package register is the workbook in which a maatwerk programme keeps what it otherwise keeps nowhere: a spreadsheet with a sheet for each
// of the five maatwerk kinds, with lists to choose from and checks that work while somebody types, and the extracts that are read out of it
// again. The contracts say what the sheets hold; nothing here knows more of a column than its contract does.
package register

import (
	"strconv"

	"stapel/config"
	"stapel/pipeline/ingest"
)

// Name is what the five kinds together are called on the command line.
const Name = "maatwerk"

// File is how the empty workbook is called.
const File = "maatwerk.xlsx"

// The sheets beside those of the kinds.
const (
	aboutSheet    = "Uitleg"
	deliverySheet = "Levering"
	checkSheet    = "Controle"
)

// sheet is that of a kind. The first row holds the names of the columns, as an extract has them; each other row is a line.
type sheet struct {
	kind, title string
	rows        int // that are prepared; below them a sheet is read as well
}

var sheets = []sheet{
	{"maatwerk_plan", "Plannen", 500}, {"maatwerk_plan_regel", "Planregels", 3000}, {"maatwerk_meting", "Metingen", 2000},
	{"maatwerk_akkoord", "Akkoorden", 2000}, {"maatwerk_uitgave", "Uitgaven", 2000},
}

// ours are the sheets of the kinds that the configuration has.
func ours(cfg *config.Config) (out []sheet) {
	for _, s := range sheets {
		if cfg.Contracts[s.kind] != nil {
			out = append(out, s)
		}
	}
	return out
}

// Whether a kind is kept at all is asked apart: an empty sheet of a kind that is kept says that there is nothing, one of another kind says
// nothing.
const kept = "bijgehouden_"

// entry is a row of the sheet Levering.
type entry struct {
	key, about string
	required   bool
}

// entries are the rows of the sheet Levering, from its second.
func entries(list []sheet) []entry {
	out := []entry{
		{"gegevensleverancier", "wie levert, elke keer gelijk geschreven", true},
		{"gemeentecode", "de gemeenten waar het programma over gaat, vier cijfers, met een komma ertussen", true},
		{"periode_van", "eerste dag vanaf wanneer alles in deze werkmap staat", true},
		{"periode_tot", "laatste dag tot en met wanneer; niet later dan aangemaakt", true},
		{"aangemaakt", "de dag waarop de werkmap is bijgewerkt: een nieuwere vervangt een oudere", true},
		{"pseudoniem_versie", "het versielabel voor het liggend streepje in de pseudoniemen, zoals v1", false},
	}
	for _, s := range list {
		out = append(out, entry{kept + s.kind, "ja als het programma dit bijhoudt (blad " + s.title + "). Is het blad dan leeg, dan is er niets; zonder ja is het onbekend", false})
	}
	return out
}

// column is the letter of column n, from 0.
func column(n int) string {
	name := ""
	for n++; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}

// cell is the name of a cell: column from 0, row from 1.
func cell(col, row int) string { return column(col) + strconv.Itoa(row) }

// Extract is what a sheet says, as a supplier would deliver it. Line n of the file is row n of the sheet.
type Extract struct {
	Kind, Sheet string
	CSV, Note   []byte
	Lines       int
}

// Sidecar is the name of the note of an extract.
func Sidecar(csv string) string { return csv + ingest.NoteSuffix }

// Problem is something in a workbook because of which none of it is read. What stands in the cell is not shown.
type Problem struct{ Sheet, Cell, Text string }

func (p Problem) String() string {
	switch {
	case p.Sheet == "":
		return p.Text
	case p.Cell == "":
		return "blad " + p.Sheet + ": " + p.Text
	}
	return "blad " + p.Sheet + ", cel " + p.Cell + ": " + p.Text
}
