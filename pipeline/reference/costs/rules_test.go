package costs_test

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/pipeline/reference/costs"
	"stapel/pipeline/reference/run"
)

// A trial is a rule with the lines that show it and the rows that must come of them. All of them together are one small world
// of their own with P = 2025-12-31, so that one run does for all: every trial has its own people.
//
// A line is a kind of extract and cells, column=value; what is not given has a value that does not matter. persoon=x and
// huis=y stand for pseudonyms of the trial's own. A row that must be there is a mart and columns; one that may not be there begins
// with "!". @ is the number of the trial. persoon=x is then a persoon_id, bij=x the household in which x lives, #2 the file and line of the second line.
type trial struct {
	name  string
	lines string
	want  string
}

// source is where a line of a trial went.
type source struct {
	file string
	line int
}

// trialWorld is the extracts of all of them.
type trialWorld struct {
	lines   map[string][]string // by kind/file
	sources map[string][]source // by trial
	notes   map[string]string   // by file, or by kind/file
}

// usual are the cells that a line has when the trial does not say otherwise.
var usual = map[string]string{
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

func (w *trialWorld) own(p *trial, kind, name string) string {
	return fmt.Sprintf("v1_%x", sha256.Sum256([]byte(p.name+"/"+kind+"/"+name)))[:40]
}

// add puts the lines of a trial in the extracts.
func (w *trialWorld) add(t *testing.T, cfg *config.Config, nr int, p *trial) {
	t.Helper()
	for text := range strings.Lines(p.lines) {
		fields := strings.Fields(text)
		if len(fields) == 0 {
			continue
		}
		kind, cells, file := fields[0], map[string]string{}, "oud"
		if cfg.Contracts[kind].Gemeente() != "" {
			cells["gemeentecode"] = "0855"
		}
		// numbers of a trial are its own as well
		for _, column := range []string{"registratienummer", "traject_id", "casusnummer"} {
			cells[column] = fmt.Sprintf("N%d", nr)
		}
		cells["referentie_nummer"] = fmt.Sprintf("R%dx%d", nr, len(w.sources[p.name]))
		cells["toewijzing_nummer"] = ""
		if strings.HasSuffix(kind, "_toewijzing") {
			cells["toewijzing_nummer"] = fmt.Sprint(1000 + nr)
		}
		for _, field := range append(strings.Fields(usual[kind]), fields[1:]...) {
			column, value, ok := strings.Cut(strings.ReplaceAll(field, "@", fmt.Sprint(nr)), "=")
			switch {
			case !ok:
				t.Fatalf("%s: %q is no cell", p.name, field)
			case column == "levering":
				file = value
			case column == "persoon":
				cells["persoon_ps"] = w.own(p, "persoon", value)
			case column == "PERSOON":
				cells["persoon_ps"] = strings.ToUpper(w.own(p, "persoon", value))
				cells["persoon_ps"] = "v1" + cells["persoon_ps"][2:]
			case column == "huis":
				cells["huishouden_ps"] = w.own(p, "huis", value)
			case strings.HasSuffix(column, "_ps") && value != "":
				cells[column] = w.own(p, "persoon", value)
			default:
				cells[column] = value
			}
		}
		var line []string
		for _, k := range cfg.Contracts[kind].Columns {
			line = append(line, cells[k.Name])
		}
		name := kind + "/" + file + ".csv"
		w.lines[name] = append(w.lines[name], strings.Join(line, ";"))
		w.sources[p.name] = append(w.sources[p.name], source{name, len(w.lines[name]) + 1})
	}
}

// What the old deliveries cover, and the new ones, which only Oisterwijk has and which replace what they cover.
const (
	oldNote = "levering_id: oud\naangemaakt: 2026-01-10\ngemeentecode: [\"0855\", \"0824\"]\nperiode_van: 2022-01-01\nperiode_tot: 2025-12-31\ngegevensleverancier: een\n"
	newNote = "levering_id: nieuw\naangemaakt: 2026-02-10\ngemeentecode: [\"0824\"]\nperiode_van: 2025-07-01\nperiode_tot: 2025-12-31\ngegevensleverancier: een\n"
)

// unnamed is a note that does not say who delivers, anders one of another supplier.
func unnamed(note string) string {
	return strings.Replace(note, "gegevensleverancier: een\n", "", 1)
}

func otherSupplier(note string) string {
	return strings.Replace(note, "gegevensleverancier: een\n", "gegevensleverancier: twee\n", 1)
}

// twins is a note of files with the same bytes.
var twins = strings.Replace(oldNote, "gegevensleverancier: een\n", "gegevensleverancier: vijf\n", 1)

// notes are the notes of the files that a trial may name; zonder has none.
var notes = map[string]string{"oud": oldNote, "nieuw": newNote, "naamloos": unnamed(oldNote), "naamloosnieuw": unnamed(newNote),
	"ander": otherSupplier(newNote), "derde": strings.Replace(oldNote, "gegevensleverancier: een\n", "gegevensleverancier: drie\n", 1), "zonder": "",
	"tweeling1": twins, "tweeling2": twins + "uzovi: [\"1111\"]\n"}

// makeWorld puts the lines of proeven in one world.
func makeWorld(t *testing.T, cfg *config.Config, trials []trial) *trialWorld {
	t.Helper()
	w := &trialWorld{lines: map[string][]string{}, sources: map[string][]source{}, notes: notes}
	for i := range trials {
		w.add(t, cfg, i+1, &trials[i])
	}
	return w
}

func (w *trialWorld) write(t *testing.T, cfg *config.Config, dir string) {
	t.Helper()
	for _, kind := range required { // a required kind without lines is a header
		if name := kind + "/oud.csv"; w.lines[name] == nil {
			w.lines[name] = []string{}
		}
	}
	for name, lines := range w.lines {
		kind, base, _ := strings.Cut(strings.TrimSuffix(name, ".csv"), "/")
		note, known := w.notes[kind+"/"+base]
		if !known {
			if note, known = w.notes[base]; !known {
				t.Fatalf("%s has no note", name)
			}
		}
		var header []string
		for _, k := range cfg.Contracts[kind].Columns {
			header = append(header, k.Name)
		}
		file := filepath.Join(dir, "inbox", name)
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		write(t, file, []byte(strings.Join(append([]string{strings.Join(header, ";")}, lines...), "\n")+"\n"))
		if note != "" {
			write(t, file+".levering.yaml", []byte(note))
		}
	}
}

// wide are limits at which a world of oddities is published.
func wide(set map[string]any) map[string]any {
	out := map[string]any{"limits.max_repeated_share": 1, "limits.max_quarantine_share": 1, "limits.max_identical_share": 1,
		"limits.max_outside_life_share": 1}
	maps.Copy(out, small)
	maps.Copy(out, set)
	return out
}

// TestRules is the rules that can be in one world, one by one.
func TestRules(t *testing.T) {
	cfg, err := config.Load(config.Options{Set: wide(nil)})
	if err != nil {
		t.Fatal(err)
	}
	trials := slices.Concat(householdRules, costRules, deliveryRules, existenceRules)
	makeWorld(t, cfg, trials).try(t, cfg, trials)
}

// try looks for each row in the marts of the reference, then runs the world of all of them once, and compares. What stops publication
// has to do so by the check that a trial names.
func (w *trialWorld) try(t *testing.T, cfg *config.Config, trials []trial) {
	t.Helper()
	dir := t.TempDir()
	w.write(t, cfg, dir)
	world, err := costs.Read(os.DirFS(filepath.Join(dir, "inbox")), cfg, run.Secret)
	if err != nil {
		t.Fatal(err)
	}
	marts := map[string]costs.Table{}
	for _, table := range world.Marts() {
		marts[table.Name] = table
	}
	var stops []string
	for i := range trials {
		p := &trials[i]
		t.Run(p.name, func(t *testing.T) {
			for line := range strings.Lines(p.want) {
				if check, ok := strings.CutPrefix(strings.TrimSpace(line), "stopt "); ok {
					stops = append(stops, check)
				} else if line = strings.TrimSpace(line); line != "" {
					w.look(t, world, marts, p, line)
				}
			}
		})
	}
	slices.Sort(stops)
	if got := checksOf(world); !slices.Equal(got, slices.Compact(stops)) {
		t.Errorf("publication stops for %v", world.Stops())
	}
	compare(t, world, dir, cfg)
}

// look looks for a row that must be there, or may not.
func (w *trialWorld) look(t *testing.T, world *costs.Reference, marts map[string]costs.Table, p *trial, line string) {
	t.Helper()
	text, not := strings.CutPrefix(line, "!")
	fields := strings.Fields(text)
	want := map[string]string{}
	for _, field := range fields[1:] {
		column, value, _ := strings.Cut(field, "=")
		switch {
		case column == "persoon":
			want["persoon_id"] = world.PersonID(w.own(p, "persoon", value))
		case column == "bij":
			want["huishouden_id"] = "nergens"
			for _, r := range marts["huishouden_lid"].Rows {
				if r["persoon_id"] == world.PersonID(w.own(p, "persoon", value)) {
					want["huishouden_id"] = r["huishouden_id"].(string)
				}
			}
		case strings.HasPrefix(column, "#"):
			var n int
			fmt.Sscanf(column, "#%d", &n)
			b := w.sources[p.name][n-1]
			if fields[0] == "bevinding" {
				want["sleutel"] = fmt.Sprintf("%s:%d", b.file, b.line)
			} else {
				want["bestand"], want["regel"] = b.file, fmt.Sprint(b.line)
			}
		default:
			want[column] = value
		}
	}
	var nearly []string
	for _, r := range marts[fields[0]].Rows {
		equal := true
		for k, v := range want {
			if _, exists := r[k]; !exists {
				t.Fatalf("%s has no column %s", fields[0], k)
			}
			equal = equal && costs.Text(r[k]) == v
		}
		if equal && not {
			t.Errorf("there is a row %s", text)
			return
		}
		if equal {
			return
		}
		if want["huishouden_id"] != "" && costs.Text(r["huishouden_id"]) == want["huishouden_id"] {
			nearly = append(nearly, fmt.Sprint(r))
		}
	}
	if !not {
		t.Errorf("there is no row %s; of this household there are\n%s", text, strings.Join(nearly, "\n"))
	}
}

// TestEveryRuleHasACase: rules about households, costs and the ranking that show in a mart have a trial whose name begins with
// their number. What the rules 17 and 47 say of P is in the tests of package pipeline, 29 in the random worlds.
func TestEveryRuleHasACase(t *testing.T) {
	named := map[string]bool{}
	all := slices.Concat(householdRules, costRules, deliveryRules, existenceRules)
	for _, e := range ownWorlds {
		all = append(all, e.trials...)
	}
	for _, p := range all {
		numbers, _, _ := strings.Cut(p.name, ":")
		for number := range strings.SplitSeq(numbers, ", ") {
			named[number] = true
		}
	}
	for _, number := range strings.Fields("1 8 9 11 12 13 14 15 18 19 21 22 23 24 25 26 27 30 44 45 46 48 49 50 51 52 54 55 57 59 60 61 62 63 65 66 67 68 69 70 71 73 74 75") {
		if !named[number] {
			t.Errorf("rule %s has no case", number)
		}
	}
}
