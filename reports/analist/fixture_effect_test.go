package analist

import (
	"bytes"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"stapel/reports/effect"
	"stapel/reports/marttest"
)

// TestEffectFiles: the marts of the chapter on effect are files and sheets, with words for codes in the workbook, and the report leads to the page.
func TestEffectFiles(t *testing.T) {
	marts := fixture(t, 30)
	marttest.Write(t, marts, "effect", []effect.Effect{{Schatter: "gematcht", Herkomst: "veld", Klok: "gestart", Uitkomst: "kosten", Domein: "alle", Betaler: "alle", Eenheid: "ct per huishouden per jaar",
		Behandeld: 64, Sets: 64, Vergelijk: 187, Ct: ref(int64(-876_543)), Oordeel: "aangetoond"}})
	marttest.Write(t, marts, "claim_toets", []effect.Claim{{ID: "MA-1", Tekst: "20 analyses", Huishouden: 20, BeweerdCt: 426_000_00, Oordeel: "niet te toetsen", Reden: "de huishoudens zijn er niet"}})
	_, out := render(t, marts, testRun)
	for name, want := range map[string]string{"csv/effect.csv": "gematcht;veld;gestart;kosten;alle;alle;euro per huishouden per jaar;64;64;187;-8765,43;", "csv/claim_toets.csv": "onbekend;onbekend;onbekend", "effect.html": "-8.765",
		"rapport.html": `href="effect.html"`} {
		if out[name] == nil || !strings.Contains(out[name].String(), want) {
			t.Errorf("%s does not hold %q: %.900s", name, want, out[name])
		}
	}
	if out["csv/uitgave.csv"] != nil {
		t.Error("there is a file of a mart that the run does not have")
	}
	f, err := excelize.OpenReader(bytes.NewReader(out["rapport.xlsx"].Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for at, want := range map[[2]string]string{{"Effect", "A1"}: "Alle 1\u00a0rij, naar herkomst en werkwijze.", {"Effect", "K3"}: "-8765.43", {"Effect", "A3"}: "Vergelijkbare huishoudens", {"Uitgaven", "A1"}: "Niet beschikbaar in deze run."} {
		if got, err := f.GetCellValue(at[0], at[1], excelize.Options{RawCellValue: true}); err != nil || got != want {
			t.Errorf("%s %s holds %q, want %q (%v)", at[0], at[1], got, want, err)
		}
	}
}
