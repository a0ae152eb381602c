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

// tot draws a last day on or after a first one, or none.
func (w *wereld) tot(naam string, van time.Time, open bool) string {
	if open && w.een(naam+" open", 2) {
		return ""
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
	teken := ""
	if min && w.een(naam+" min", 6) {
		teken = "-"
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

// nieuweWereld draws a world.
func nieuweWereld(t *rapid.T) *wereld {
	w := &wereld{t: t, bestanden: map[string][]*bestand{}, instel: map[string]any{"limits.max_repeated_share": 1,
		"limits.max_quarantine_share": 1, "engine.memory_mb": 512, "engine.threads": 2}, drempel: 100_000}
	w.einde, _ = time.Parse(time.DateOnly, w.kies("einde", "2025-12-31", "2024-02-29", "2025-02-28", "2024-12-31", "2023-03-31"))
	w.gemeenten = []string{"0855", "0824", "0785"}[:w.getal("gemeenten", 1, 3)]
	if w.een("minderjarigen blijven", 6) {
		w.instel["household.attach_minors"] = false
	}
	if w.een("peildatum gezet", 6) {
		w.instel["run.peildatum"] = dagTekst(w.einde)
	}
	if w.een("lage drempel", 3) {
		w.drempel = 5
	}
	if w.een("prijsindex", 4) {
		w.index = []config.Index{{Year: 2011, Value: 1000}, {Year: 2023, Value: 1333}, {Year: 2024, Value: 1407}, {Year: 2025, Value: 999}}
	}
	for _, soort := range append(slices.Clone(verplicht), "wmo_toewijzing", "jeugd_toewijzing", "schuldhulp_traject", "zvw_verzekerde",
		"pgb_uitputting", "uitsluiting", "veldmelding", "maatwerk_plan", "maatwerk_akkoord") {
		w.leveringen(soort)
	}
	huizen := rapid.SampledFrom([]int{6, 12, 24, 3, 1}).Draw(t, "huishoudens")
	for i := range huizen {
		for range w.getal("personen", 1, 4) {
			w.mens(i)
		}
	}
	for i := range w.mensen {
		w.ouders(i)
		w.verblijven(i, huizen)
	}
	for range huizen { // all lines may be about anybody; drawn per household so that shrinking can leave some out
		for range rapid.SampledFrom([]int{4, 2, 0, 8, 1, 16}).Draw(t, "kosten") {
			w.kosten()
		}
		for range rapid.SampledFrom([]int{3, 1, 0, 8}).Draw(t, "rest") {
			w.rest()
		}
	}
	return w
}

// leveringen draws the deliveries of a kind and what they cover. The first one of a required kind covers everything in most
// worlds, or too few of them would have a month that all cover.
func (w *wereld) leveringen(soort string) {
	if !slices.Contains(verplicht, soort) && w.een("niets van "+soort, 6) {
		return
	}
	ver := w.einde.AddDate(0, -44, 0)
	for i := range w.getal("leveringen van "+soort, 1, 3) {
		b := &bestand{soort: soort, naam: string(rune('a'+i)) + ".csv", weer: w.een("nog eens geleverd", 10)}
		w.bestanden[soort] = append(w.bestanden[soort], b)
		eerste := i == 0 && slices.Contains(verplicht, soort)
		if eerste && w.een("eerste zonder brief", 150) || !eerste && w.een("zonder brief", 8) {
			continue
		}
		van, tot := ver, w.einde
		if !eerste || w.een("eerste dekt niet alles", 120) {
			van = w.dag("periode_van")
			tot, _ = time.Parse(time.DateOnly, w.tot("periode_tot", van, false))
		}
		gemeenten := w.gemeenten
		if !eerste && w.een("een gemeente", 2) || eerste && w.een("eerste mist een gemeente", 120) {
			gemeenten = w.gemeenten[:w.getal("zoveel gemeenten", 1, len(w.gemeenten))]
		}
		gemaakt := w.kies("aangemaakt", "2026-01-01", "2026-02-01", "2026-03-01")
		if !w.een("dekt nog niet alles", 2) || !strings.HasSuffix(soort, "_toewijzing") {
			gemaakt = max(gemaakt, dagTekst(tot)) // only allocations may cover days to come (rules 64)
		}
		b.brief = map[string]any{"levering_id": w.kies("levering_id", "a", "b", "c"), "periode_van": dagTekst(van), "periode_tot": dagTekst(tot),
			"aangemaakt": gemaakt, "gemeentecode": gemeenten}
		if l := w.kies("leverancier", "een", "twee", ""); l != "" {
			b.brief["gegevensleverancier"] = l
		}
		if soort == "zvw_declaratie" {
			if v := w.kies("alle_verzekeraars", "nee", "ja", ""); v != "" {
				b.brief["alle_verzekeraars"] = v
			}
			if w.een("uzovi in de brief", 3) {
				b.brief["uzovi"] = []string{w.kies("brief uzovi", "3311", "7029")}
			}
		}
	}
}

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
