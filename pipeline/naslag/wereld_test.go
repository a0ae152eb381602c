package naslag_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"stapel/config"
)

// A bestand is one extract with its note, nil for none.
type bestand struct {
	soort, naam string
	kop         []string
	regels      [][]string
	brief       map[string]any
	weer        bool // delivered once more
}

// wereld is a small municipal world: extracts of every kind that has to do with households and costs.
type wereld struct {
	t         *rapid.T
	einde     time.Time // the last day that the first delivery of every required kind covers
	gemeenten []string
	mensen    []mens
	bestanden map[string][]*bestand
	instel    map[string]any
	drempel   int64
	index     []config.Index
	stopt     string            // a gemeente that ends before the others, "" without one
	stopdag   time.Time         // its last day
	vreemd    map[string]string // kinds of which the persons of a gemeente, or of all (""), have another key than huishouden
	zvw       string            // how the deliveries of zvw_declaratie relate
	vervangt  []config.SupplierSettings
}

// mens is a person before the extracts are made.
type mens struct {
	ps             string
	jaar, maand    string
	thuis          int // number of the household
	ouder1, ouder2 int // -1: not known
}

func (w *wereld) getal(naam string, van, tot int) int {
	return rapid.IntRange(van, tot).Draw(w.t, naam)
}

func (w *wereld) kies(naam string, keuzes ...string) string {
	return rapid.SampledFrom(keuzes).Draw(w.t, naam)
}

// een is true once in about n times; shrinking makes it false. Not at n-1: rapid likes the ends of a range.
func (w *wereld) een(naam string, n int) bool { return w.getal(naam, 0, n-1) == (n+1)/2 }

// dag draws a day in or around the windows, often one on which something turns.
func (w *wereld) dag(naam string) time.Time {
	if w.een(naam+" draait", 2) {
		maand := time.Date(w.einde.Year(), w.einde.Month(), 1, 0, 0, 0, 0, time.UTC)
		eerste := maand.AddDate(0, 1-rapid.SampledFrom([]int{0, 12, 24, 36, 1, 6, 10, 22}).Draw(w.t, naam+" maanden terug"), 0)
		return eerste.AddDate(0, 0, rapid.SampledFrom([]int{-1, 0, 1, -2, 14}).Draw(w.t, naam+" dagen verder"))
	}
	return w.einde.AddDate(0, 0, 40-w.getal(naam+" dagen terug", 0, 1300))
}

func dagTekst(d time.Time) string { return d.Format(time.DateOnly) }

// tot draws a last day on or after a first one, or none, which some write as a day that never comes.
func (w *wereld) tot(naam string, van time.Time, open bool) string {
	if open && w.een(naam+" open", 2) {
		return w.kies(naam+" spelling", "", "", "9999-12-31", "31-12-2999")
	}
	return dagTekst(van.AddDate(0, 0, rapid.OneOf(rapid.IntRange(0, 3), rapid.IntRange(0, 800),
		rapid.SampledFrom([]int{0, 27, 28, 29, 30, 31, 364, 365, 366})).Draw(w.t, naam+" duur")))
}

// bedrag draws eurocents: few, many, or just at the threshold.
func (w *wereld) bedrag(naam string) int {
	return rapid.OneOf(rapid.IntRange(0, 999), rapid.IntRange(0, 20_000_000),
		rapid.SampledFrom([]int{9_999_999, 10_000_000, 1, 100, 101})).Draw(w.t, naam)
}

func (w *wereld) euro(naam string, min bool) string {
	ct := w.bedrag(naam)
	if min && w.een(naam+" min", 6) {
		ct = -ct
	}
	return w.spel(naam, ct)
}

// spel writes an amount in euros, in one of the spellings.
func (w *wereld) spel(naam string, ct int) string {
	teken := ""
	if ct < 0 {
		teken, ct = "-", -ct
	}
	whole, cents := fmt.Sprint(ct/100), fmt.Sprintf("%02d", ct%100)
	switch w.kies(naam+" spelling", ",", ".", "groep") {
	case ".":
		return teken + whole + "." + cents
	case "groep":
		for at := len(whole) - 3; at > 0; at -= 3 {
			whole = whole[:at] + "." + whole[at:]
		}
	}
	return teken + whole + "," + cents
}

// iemand draws a person, now and then one that no extract of households knows.
func (w *wereld) iemand(naam string) string {
	n := w.getal(naam, 0, len(w.mensen))
	if n == len(w.mensen) {
		return pseudoniem(9999)
	}
	if w.een(naam+" hoofdletters", 20) {
		label, rest, _ := strings.Cut(w.mensen[n].ps, "_")
		return label + "_" + strings.ToUpper(rest)
	}
	return w.mensen[n].ps
}

func (w *wereld) gemeente() string {
	g := rapid.SampledFrom(w.gemeenten).Draw(w.t, "gemeente")
	if w.een("met GM", 8) {
		return "GM" + g
	}
	return g
}

func (w *wereld) agb(naam string) string { return w.kies(naam, "10000001", "10000013", "10000025", "") }

func pseudoniem(n int) string { return fmt.Sprintf("v1_%032x", uint64(n)*0x9e3779b97f4a7c15+1) }

// regel puts a line into one of the deliveries of its kind; columns and cells alternate.
func (w *wereld) regel(soort string, cellen ...string) {
	lijst := w.bestanden[soort]
	if len(lijst) == 0 {
		return // the kind is not delivered
	}
	b := lijst[w.getal("levering", 0, len(lijst)-1)]
	if g := slices.Index(cellen, "gemeentecode"); g >= 0 && w.stopt != "" && strings.HasSuffix(cellen[g+1], w.stopt) {
		for _, ander := range lijst {
			if ander.naam == stopNaam {
				b = ander
			}
		}
	}
	b.voegToe(w.vreemde(soort, cellen))
	switch {
	case soort == "zvw_declaratie" || soort == "pgb_uitputting":
		if w.een("dezelfde regel nog eens", 6) {
			b.voegToe(w.vreemde(soort, cellen))
		}
	case strings.HasSuffix(soort, "_declaratie") || soort == "participatie_uitkering":
		if w.een("dezelfde regel in een andere levering", 5) {
			lijst[w.getal("andere levering", 0, len(lijst)-1)].voegToe(w.vreemde(soort, cellen))
		}
	}
}

// stopNaam is the file of what a gemeente that stops delivered.
const stopNaam = "stopt.csv"

// vreemde gives the person another pseudonym where the kind was made with another key.
func (w *wereld) vreemde(soort string, cellen []string) []string {
	gemeente, vreemd := w.vreemd[soort]
	if g := slices.Index(cellen, "gemeentecode"); !vreemd || gemeente != "" && (g < 0 || !strings.HasSuffix(cellen[g+1], gemeente)) {
		return cellen
	}
	cellen = slices.Clone(cellen)
	at := slices.Index(cellen, "persoon_ps") + 1
	label, rest, _ := strings.Cut(cellen[at], "_")
	cellen[at] = label + "_f" + rest[1:]
	return cellen
}

// voegToe puts a line in a file; columns and cells alternate.
func (b *bestand) voegToe(cellen []string) {
	if b.kop == nil {
		for i := 0; i < len(cellen); i += 2 {
			b.kop = append(b.kop, cellen[i])
		}
	}
	regel := make([]string, len(b.kop))
	for i := 0; i < len(cellen); i += 2 {
		regel[slices.Index(b.kop, cellen[i])] = cellen[i+1]
	}
	b.regels = append(b.regels, regel)
}

var verplicht = []string{"huishouden", "wmo_declaratie", "jeugd_declaratie", "participatie_uitkering", "zvw_declaratie"}

// schrijf writes the extracts below dir/inbox; equal files of a kind are duplicates, which is one of the things to get right.
func (w *wereld) schrijf(t rapid.TB, dir string, cfg *config.Config) {
	t.Helper()
	for soort, lijst := range w.bestanden {
		map1 := filepath.Join(dir, "inbox", soort)
		if err := os.MkdirAll(map1, 0o700); err != nil {
			t.Fatal(err)
		}
		for _, b := range lijst {
			kop := b.kop
			if kop == nil {
				for _, k := range cfg.Contracts[soort].Columns {
					kop = append(kop, k.Name)
				}
			}
			var text strings.Builder
			for _, r := range append([][]string{kop}, b.regels...) {
				text.WriteString(strings.Join(r, ";") + "\n")
			}
			schrijf(t, filepath.Join(map1, b.naam), []byte(text.String()))
			if b.weer { // the same bytes in a file of its own, without a note
				schrijf(t, filepath.Join(map1, "weer-"+b.naam), []byte(text.String()))
			}
			if b.brief != nil {
				data, err := yaml.Marshal(b.brief)
				if err != nil {
					t.Fatal(err)
				}
				schrijf(t, filepath.Join(map1, b.naam+".levering.yaml"), data)
			}
		}
	}
}

func schrijf(t rapid.TB, file string, data []byte) {
	t.Helper()
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
}
