package naslag_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/pipeline/exit"
	"stapel/pipeline/lake"
	"stapel/pipeline/naslag"
)

// A proef is a rule with the lines that show it and the rows that must come of them. All of them together are one small world
// of their own with P = 2025-12-31, so that one run does for all: every proef has its own people.
//
// A line is a kind of extract and cells, column=value; what is not given has a value that does not matter. persoon=x and
// huis=y stand for pseudonyms of the proef's own. A row that must be there is a mart and columns; one that may not be there begins
// with "!". @ is the number of the proef. persoon=x is then a persoon_id, bij=x the household in which x lives, #2 the file and line of the second line.
type proef struct {
	naam   string
	regels string
	hoort  string
}

// bron is where a line of a proef went.
type bron struct {
	bestand string
	regel   int
}

// proefwereld is the extracts of all of them.
type proefwereld struct {
	regels  map[string][]string // by kind/file
	bronnen map[string][]bron   // by proef
	brieven map[string]string   // by file, or by kind/file
}

// vast are the cells that a line has when the proef does not say otherwise.
var vast = map[string]string{
	"huishouden":             "begindatum=2015-01-01 geboortejaar=1980 typhh=5 plhh=6",
	"wmo_declaratie":         "product_categorie=01 debet_credit=D product_begin=2025-03-01 product_eind=2025-03-31 bedrag_ct=1000",
	"jeugd_declaratie":       "product_categorie=45 debet_credit=D product_begin=2025-03-01 product_eind=2025-03-31 bedrag_ct=1000",
	"zvw_declaratie":         "prestatie_code=X zorgsoort=farmacie debet_credit=D begindatum=2025-03-01 einddatum=2025-03-31 bedrag_ct=1000",
	"participatie_uitkering": "jaarmaand=2025-03 statistiekcode=01 betaalbaar_gesteld_eur=10,00",
	"schuldhulp_traject":     "startdatum=2025-01-01",
	"wmo_toewijzing":         "product_categorie=01 toewijzing_datum=2024-12-01 ingangsdatum=2025-01-01",
	"jeugd_toewijzing":       "product_categorie=45 toewijzing_datum=2024-12-01 ingangsdatum=2025-01-01",
	"zvw_verzekerde":         "uzovi=3311 begindatum=2015-01-01",
	"pgb_uitputting":         "wet=wmo toekenning_id=K datum=2025-05-05 uitgenut_ct=1000",
	"veldmelding":            "datum=2025-05-05 melder=wijkteam",
	"uitsluiting":            "soort=bezwaar begindatum=2025-01-01",
	"maatwerk_plan":          "status=uitvoering datum_aanmelding=2025-01-01",
	"wonen_signaal":          "soort=ontruiming datum=2025-05-05",
}

func (w *proefwereld) eigen(p *proef, soort, naam string) string {
	return fmt.Sprintf("v1_%x", sha256.Sum256([]byte(p.naam+"/"+soort+"/"+naam)))[:40]
}

// voegToe puts the lines of a proef in the extracts.
func (w *proefwereld) voegToe(t *testing.T, cfg *config.Config, nr int, p *proef) {
	t.Helper()
	for tekst := range strings.Lines(p.regels) {
		velden := strings.Fields(tekst)
		if len(velden) == 0 {
			continue
		}
		soort, cellen, bestand := velden[0], map[string]string{}, "oud"
		if cfg.Contracts[soort].Gemeente() != "" {
			cellen["gemeentecode"] = "0855"
		}
		// numbers of a proef are its own as well
		for _, kolom := range []string{"registratienummer", "traject_id", "casusnummer"} {
			cellen[kolom] = fmt.Sprintf("N%d", nr)
		}
		cellen["referentie_nummer"] = fmt.Sprintf("R%dx%d", nr, len(w.bronnen[p.naam]))
		cellen["toewijzing_nummer"] = ""
		if strings.HasSuffix(soort, "_toewijzing") {
			cellen["toewijzing_nummer"] = fmt.Sprint(1000 + nr)
		}
		for _, veld := range append(strings.Fields(vast[soort]), velden[1:]...) {
			kolom, waarde, ok := strings.Cut(strings.ReplaceAll(veld, "@", fmt.Sprint(nr)), "=")
			switch {
			case !ok:
				t.Fatalf("%s: %q is no cell", p.naam, veld)
			case kolom == "levering":
				bestand = waarde
			case kolom == "persoon":
				cellen["persoon_ps"] = w.eigen(p, "persoon", waarde)
			case kolom == "PERSOON":
				cellen["persoon_ps"] = strings.ToUpper(w.eigen(p, "persoon", waarde))
				cellen["persoon_ps"] = "v1" + cellen["persoon_ps"][2:]
			case kolom == "huis":
				cellen["huishouden_ps"] = w.eigen(p, "huis", waarde)
			case strings.HasSuffix(kolom, "_ps") && waarde != "":
				cellen[kolom] = w.eigen(p, "persoon", waarde)
			default:
				cellen[kolom] = waarde
			}
		}
		var regel []string
		for _, k := range cfg.Contracts[soort].Columns {
			regel = append(regel, cellen[k.Name])
		}
		naam := soort + "/" + bestand + ".csv"
		w.regels[naam] = append(w.regels[naam], strings.Join(regel, ";"))
		w.bronnen[p.naam] = append(w.bronnen[p.naam], bron{naam, len(w.regels[naam]) + 1})
	}
}

// What the old deliveries cover, and the new ones, which only Oisterwijk has and which replace what they cover.
const (
	briefOud   = "levering_id: oud\naangemaakt: 2026-01-10\ngemeentecode: [\"0855\", \"0824\"]\nperiode_van: 2022-01-01\nperiode_tot: 2025-12-31\ngegevensleverancier: een\n"
	briefNieuw = "levering_id: nieuw\naangemaakt: 2026-02-10\ngemeentecode: [\"0824\"]\nperiode_van: 2025-07-01\nperiode_tot: 2025-12-31\ngegevensleverancier: een\n"
)

// naamloos is a note that does not say who delivers, anders one of another supplier.
func naamloos(brief string) string {
	return strings.Replace(brief, "gegevensleverancier: een\n", "", 1)
}

func anders(brief string) string {
	return strings.Replace(brief, "gegevensleverancier: een\n", "gegevensleverancier: twee\n", 1)
}

// brieven are the notes of the files that a proef may name; zonder has none.
var brieven = map[string]string{"oud": briefOud, "nieuw": briefNieuw, "naamloos": naamloos(briefOud), "naamloosnieuw": naamloos(briefNieuw),
	"ander": anders(briefNieuw), "zonder": ""}

// maakWereld puts the lines of proeven in one world.
func maakWereld(t *testing.T, cfg *config.Config, proeven []proef) *proefwereld {
	t.Helper()
	w := &proefwereld{regels: map[string][]string{}, bronnen: map[string][]bron{}, brieven: brieven}
	for i := range proeven {
		w.voegToe(t, cfg, i+1, &proeven[i])
	}
	return w
}

func (w *proefwereld) schrijf(t *testing.T, cfg *config.Config, dir string) {
	t.Helper()
	for _, soort := range verplicht { // a required kind without lines is a header
		if naam := soort + "/oud.csv"; w.regels[naam] == nil {
			w.regels[naam] = []string{}
		}
	}
	for naam, regels := range w.regels {
		soort, bestand, _ := strings.Cut(strings.TrimSuffix(naam, ".csv"), "/")
		brief, bekend := w.brieven[soort+"/"+bestand]
		if !bekend {
			if brief, bekend = w.brieven[bestand]; !bekend {
				t.Fatalf("%s has no note", naam)
			}
		}
		var kop []string
		for _, k := range cfg.Contracts[soort].Columns {
			kop = append(kop, k.Name)
		}
		file := filepath.Join(dir, "inbox", naam)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		schrijf(t, file, []byte(strings.Join(append([]string{strings.Join(kop, ";")}, regels...), "\n")+"\n"))
		if brief != "" {
			schrijf(t, file+".levering.yaml", []byte(brief))
		}
	}
}

// ruim are limits at which a world of oddities is published.
func ruim(set map[string]any) map[string]any {
	out := map[string]any{"limits.max_repeated_share": 1, "limits.max_quarantine_share": 1, "limits.max_identical_share": 1,
		"limits.max_outside_life_share": 1}
	maps.Copy(out, set)
	return out
}

// doeProeven looks for each row in the marts of the reference, then runs the world of all of them once, and compares.
func doeProeven(t *testing.T, proeven []proef) {
	cfg, err := config.Load(config.Options{Set: ruim(nil)})
	if err != nil {
		t.Fatal(err)
	}
	maakWereld(t, cfg, proeven).doe(t, cfg, proeven)
}

func (w *proefwereld) doe(t *testing.T, cfg *config.Config, proeven []proef) {
	t.Helper()
	dir := t.TempDir()
	w.schrijf(t, cfg, dir)
	wereld, err := naslag.Lees(os.DirFS(filepath.Join(dir, "inbox")), cfg, sleutel)
	if err != nil {
		t.Fatal(err)
	}
	marts := map[string]naslag.Tabel{}
	for _, tabel := range wereld.Marts() {
		marts[tabel.Naam] = tabel
	}
	stopt := false
	for i := range proeven {
		p := &proeven[i]
		t.Run(p.naam, func(t *testing.T) {
			for regel := range strings.Lines(p.hoort) {
				if regel = strings.TrimSpace(regel); regel == "stopt" {
					stopt = true
				} else if regel != "" {
					w.zoek(t, wereld, marts, p, regel)
				}
			}
		})
	}
	if ernstig := wereld.Ernstig(); stopt != (len(ernstig) > 0) {
		t.Errorf("publication stops: %v, for %v", stopt, ernstig)
	}
	result, err := draai(dir, cfg)
	var fout *exit.Error
	switch {
	case stopt && (!errors.As(err, &fout) || fout.Code != exit.ChecksFailed):
		t.Errorf("publication should stop, the run says %v", err)
	case stopt:
	case err != nil:
		t.Error(err)
	default:
		if verschillen, err := wereld.Vergelijk((&lake.Lake{Root: dir}).Run(result.RunID).MartFS()); err != nil || len(verschillen) > 0 {
			t.Errorf("the run and the reference differ: %v\n%s", err, strings.Join(verschillen, "\n"))
		}
	}
}

// zoek looks for a row that must be there, or may not.
func (w *proefwereld) zoek(t *testing.T, wereld *naslag.Wereld, marts map[string]naslag.Tabel, p *proef, regel string) {
	t.Helper()
	tekst, niet := strings.CutPrefix(regel, "!")
	velden := strings.Fields(tekst)
	hoort := map[string]string{}
	for _, veld := range velden[1:] {
		kolom, waarde, _ := strings.Cut(veld, "=")
		switch {
		case kolom == "persoon":
			hoort["persoon_id"] = wereld.PersoonID(w.eigen(p, "persoon", waarde))
		case kolom == "bij":
			hoort["huishouden_id"] = "nergens"
			for _, r := range marts["huishouden_lid"].Rijen {
				if r["persoon_id"] == wereld.PersoonID(w.eigen(p, "persoon", waarde)) {
					hoort["huishouden_id"] = r["huishouden_id"].(string)
				}
			}
		case strings.HasPrefix(kolom, "#"):
			var n int
			fmt.Sscanf(kolom, "#%d", &n)
			b := w.bronnen[p.naam][n-1]
			if velden[0] == "bevinding" {
				hoort["sleutel"] = fmt.Sprintf("%s:%d", b.bestand, b.regel)
			} else {
				hoort["bestand"], hoort["regel"] = b.bestand, fmt.Sprint(b.regel)
			}
		default:
			hoort[kolom] = waarde
		}
	}
	var bijna []string
	for _, r := range marts[velden[0]].Rijen {
		gelijk := true
		for k, v := range hoort {
			if _, bestaat := r[k]; !bestaat {
				t.Fatalf("%s has no column %s", velden[0], k)
			}
			gelijk = gelijk && naslag.Tekst(r[k]) == v
		}
		if gelijk && niet {
			t.Errorf("there is a row %s", tekst)
			return
		}
		if gelijk {
			return
		}
		if hoort["huishouden_id"] != "" && naslag.Tekst(r["huishouden_id"]) == hoort["huishouden_id"] {
			bijna = append(bijna, fmt.Sprint(r))
		}
	}
	if !niet {
		t.Errorf("there is no row %s; of this household there are\n%s", tekst, strings.Join(bijna, "\n"))
	}
}

// TestEveryRuleHasACase: rules about households, costs and the ranking that show in a mart have a proef whose name begins with
// their number. What the rules 17 and 47 say of P is in the tests of package pipeline, 29 in the random worlds.
func TestEveryRuleHasACase(t *testing.T) {
	genoemd := map[string]bool{}
	alle := slices.Concat(huishoudregels, kostenregels, leveringregels, bestaansregels)
	for _, e := range eigenWerelden {
		alle = append(alle, e.proef)
	}
	for _, p := range alle {
		nummers, _, _ := strings.Cut(p.naam, ":")
		for nummer := range strings.SplitSeq(nummers, ", ") {
			genoemd[nummer] = true
		}
	}
	for _, nummer := range strings.Fields("1 8 9 11 12 13 14 15 18 19 21 22 23 24 25 26 27 30 44 45 46 48 49 50 51 52 54 55 57 59 60 61 62 63 65 66 67 68 69 70 71 73 74 75") {
		if !genoemd[nummer] {
			t.Errorf("rule %s has no case", nummer)
		}
	}
}
