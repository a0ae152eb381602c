package cocktail

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/pipeline/reference/extract"
	"stapel/pipeline/reference/run"
)

var update = flag.Bool("update", false, "write testdata/waarheidstabel.csv anew")

// seven are the base ingredients, in the order of the table.
var seven = []string{"ggz", "woonproblematiek", "kinderen", "niet_passende_begeleiding", "jeugdzorg", "schulden", "geen_uitkering"}

// words of the table, in the order in which it goes through them.
var words = []string{"ja", "nee", "onbekend"}

// combination is a row of the table: a word per ingredient, numbered 0 to 2186.
func combination(n int) map[string]string {
	out := map[string]string{}
	for i := len(seven) - 1; i >= 0; i-- {
		out[seven[i]] = words[n%3]
		n /= 3
	}
	return out
}

// outcome is what rule 40 says of a cocktail: the status and what is missing.
func outcome(k config.Cocktail, states map[string]string) (status, missing string) {
	var counted, conditions []State
	var names []string
	state := map[string]State{"ja": Strong, "nee": Absent, "onbekend": Unknown}
	for _, in := range k.Ingredients {
		counted = append(counted, state[states[in.Name]])
		if states[in.Name] != "ja" {
			names = append(names, in.Name)
		}
	}
	for _, name := range k.Conditions {
		conditions = append(conditions, state[states[name]])
	}
	slices.Sort(names)
	if status = Status(counted, conditions, false); status == "" {
		return "-", ""
	}
	return status, strings.Join(names, "|")
}

func truthTable(cfg *config.Config) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = ';'
	header := slices.Clone(seven)
	for _, k := range cfg.Cocktails {
		header = append(header, k.ID)
	}
	w.Write(header)
	for n := range 2187 {
		states := combination(n)
		var row []string
		for _, name := range seven {
			row = append(row, states[name])
		}
		for _, k := range cfg.Cocktails {
			status, _ := outcome(k, states)
			row = append(row, status)
		}
		w.Write(row)
	}
	w.Flush()
	return b.Bytes()
}

// TestTruthTable: the committed table of all 3^7 combinations is what rule 40 gives, and its counts are those that follow from the
// rule by hand. A cocktail with n counted ingredients is vol in 1 of 3^n combinations of them, dreigend in n, onbekend in 2^n - 2: one has to be there.
func TestTruthTable(t *testing.T) {
	cfg := load(t, nil, "")
	want := truthTable(cfg)
	const file = "testdata/waarheidstabel.csv"
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("the committed table is not what rule 40 gives; go test ./pipeline/reference/cocktail -run TestTruthTable -update")
	}
	for i, counts := range [][3]int{{27, 81, 162}, {81, 162, 162}, {81, 162, 162}, {81, 243, 486}} {
		seen := map[string]int{}
		for _, l := range strings.Split(strings.TrimSpace(string(got)), "\n")[1:] {
			seen[strings.Split(l, ";")[7+i]]++
		}
		if seen["vol"] != counts[0] || seen["dreigend"] != counts[1] || seen["onbekend"] != counts[2] {
			t.Errorf("cocktail_%d: %v, want vol, dreigend, onbekend %v", i+1, seen, counts)
		}
	}
}

// hinge gives every ingredient a feed of its own that its absence hangs on, so that every combination can be made from extracts. By
// default some can't: who does not know jeugdzorg does not know niet_passende_begeleiding either, and kinderen is always known.
var hinge = map[string]string{"ggz": "zvw_declaratie", "woonproblematiek": "wonen_signaal", "kinderen": "veldmelding",
	"niet_passende_begeleiding": "wmo_toewijzing", "jeugdzorg": "jeugd_toewijzing", "schulden": "schuldhulp_traject",
	"geen_uitkering": "participatie_uitkering"}

// load reads the configuration, with an own signals.yaml when there is one.
func load(t testing.TB, set map[string]any, signals string) *config.Config {
	t.Helper()
	opt := config.Options{Set: set}
	if signals != "" {
		opt.Dir = t.TempDir()
		if err := os.WriteFile(filepath.Join(opt.Dir, "signals.yaml"), []byte(signals), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	cfg, err := config.Load(opt)
	if err != nil {
		t.Fatal(err)
	}
	return cfg
}

// hinged is the built-in signals.yaml with every dekking replaced.
func hinged(t *testing.T) string {
	data, err := os.ReadFile("../../../config/signals.yaml")
	if err != nil {
		t.Fatal(err)
	}
	rules := string(data)
	_, rules, ok := strings.Cut(rules, "\nrules:\n")
	if !ok {
		t.Fatal("signals.yaml has no rules")
	}
	var b strings.Builder
	b.WriteString("event_days: 180\nperiod_days: 1\ningredients:\n")
	for _, in := range load(t, nil, "").Signals.Ingredients {
		dekking := strings.Join(in.Coverage, ", ")
		if h := hinge[in.Name]; h != "" {
			dekking = h
		}
		switch {
		case in.Name == "geen_uitkering":
			fmt.Fprintf(&b, "  - {name: %s, label: %s, known: query}\n", in.Name, in.Label)
		case dekking == "":
			fmt.Fprintf(&b, "  - {name: %s, label: %s, known: altijd}\n", in.Name, in.Label)
		default:
			fmt.Fprintf(&b, "  - {name: %s, label: %s, known: gedekt, dekking: [%s]}\n", in.Name, in.Label, dekking)
		}
	}
	b.WriteString("rules:\n" + rules)
	return b.String()
}

// truthExtracts has a household for every row of the table, in the gemeente that exactly the feeds cover on which its unknown
// ingredients do not hang. Signals that show are strong.
func truthExtracts() extract.Set {
	const peil = "2025-12-31"
	gemeenten := map[string][]string{}
	code := func(bits int) string { return fmt.Sprintf("%04d", 1000+bits) }
	for bits := range 128 {
		for i, name := range seven {
			if bits>>i&1 == 0 {
				gemeenten[hinge[name]] = append(gemeenten[hinge[name]], code(bits))
			}
		}
		for _, kind := range []string{"huishouden", "jeugd_declaratie", "wmo_declaratie", "schuldhulp_signaal"} {
			gemeenten[kind] = append(gemeenten[kind], code(bits))
		}
	}
	lines := map[string][]extract.Line{}
	for n := range 2187 {
		states := combination(n)
		bits := 0
		for i, name := range seven {
			if states[name] == "onbekend" {
				bits |= 1 << i
			}
		}
		g, adult := code(bits), truthPerson(n, 0)
		add := func(kind string, l extract.Line) {
			if l["persoon_ps"] == "" {
				l["persoon_ps"] = adult
			}
			if kind != "zvw_declaratie" {
				l["gemeentecode"] = g
			}
			lines[kind] = append(lines[kind], l)
		}
		lives := func(ps, born, place string) {
			add("huishouden", extract.Line{"persoon_ps": ps, "huishouden_ps": truthPerson(n, 9), "begindatum": "2020-01-01", "geboortejaar": born,
				"typhh": "6", "plhh": place})
		}
		lives(adult, "1980", "7")
		if states["kinderen"] == "ja" {
			lives(truthPerson(n, 1), "2015", "1")
		}
		number := fmt.Sprint(n + 1)
		if states["ggz"] == "ja" {
			add("zvw_declaratie", extract.Line{"prestatie_code": "CO0497", "zorgsoort": "consulten_ggz", "begindatum": "2025-11-03",
				"einddatum": "2025-11-03", "bedrag_ct": "13589", "debet_credit": "D"})
		}
		if states["woonproblematiek"] == "ja" {
			add("wonen_signaal", extract.Line{"soort": "opvang", "datum": "2025-10-01", "einddatum": peil})
		}
		if states["niet_passende_begeleiding"] == "ja" {
			add("wmo_toewijzing", extract.Line{"toewijzing_nummer": number, "product_categorie": "02", "toewijzing_datum": "2025-01-01",
				"ingangsdatum": "2025-01-01", "einddatum": "2025-10-31", "begin_levering": "2025-01-01", "einde_levering": "2025-10-31",
				"reden_beeindiging": "22"})
		}
		if states["jeugdzorg"] == "ja" {
			add("jeugd_toewijzing", extract.Line{"toewijzing_nummer": number, "product_categorie": "45", "toewijzing_datum": "2025-09-01",
				"ingangsdatum": "2025-09-01", "begin_levering": "2025-09-01", "einddatum": "2026-06-30"})
		}
		if states["schulden"] == "ja" {
			add("schuldhulp_traject", extract.Line{"traject_id": number, "startdatum": "2025-08-01", "einddatum": "2026-06-30"})
		}
		benefit := func(month, amount, end, reason string) {
			add("participatie_uitkering", extract.Line{"jaarmaand": month, "registratienummer": number, "statistiekcode": "01",
				"betaalbaar_gesteld_eur": amount, "einde_uitkering": end, "reden_beeindiging": reason})
		}
		switch states["geen_uitkering"] {
		case "ja":
			benefit("2025-11", "1300", "2025-11-30", "98")
		case "nee":
			benefit("2025-12", "1300", "", "")
		}
	}
	var set extract.Set
	for _, kind := range []string{"huishouden", "jeugd_declaratie", "jeugd_toewijzing", "participatie_uitkering", "schuldhulp_signaal",
		"schuldhulp_traject", "veldmelding", "wmo_declaratie", "wmo_toewijzing", "wonen_signaal", "zvw_declaratie"} {
		note := &extract.Note{Supplier: "proef", Gemeenten: gemeenten[kind], From: "2023-01-01", To: peil, Made: "2026-01-15"}
		if kind == "zvw_declaratie" {
			note.AllInsurers = "ja"
		}
		set = append(set, &extract.Delivery{Kind: kind, Name: "a", Note: note, Lines: lines[kind]})
	}
	return set
}

func truthPerson(household, who int) string { return fmt.Sprintf("v1_%024x%08x", household+1, who+1) }

// TestTruthTableRuns: the real models give, for extracts that realise all 2.187 combinations, on P the status of the table and the
// ingredients that are missing.
func TestTruthTableRuns(t *testing.T) {
	settings := map[string]any{"run.peildatum": "2025-12-31", "selection.require_exclusions": false, "reports.effect": false, "engine.threads": 1}
	cfg := load(t, settings, hinged(t))
	set, dir := truthExtracts(), t.TempDir()
	marts, err := run.Marts(t.Context(), dir, cfg, set)
	if err != nil {
		t.Fatal(err)
	}
	table := readTable(t)
	check := func(cfg *config.Config, marts string, expect func(states map[string]string) map[string]string) {
		t.Helper()
		people := peopleOf(t, cfg, set)
		active := map[[2]string]Episode{}
		for _, e := range fromMarts(t, marts).Episodes {
			if e.Active {
				active[[2]string{e.Household, e.Cocktail}] = e
			}
		}
		wrong := 0
		for n, row := range table {
			states := expect(combination(n))
			h := houseOf(people, truthPerson(n, 9))
			for _, k := range cfg.Cocktails {
				status, missing := outcome(k, states)
				if at := number(states); table[at][k.ID] != status {
					t.Fatalf("row %d of the table says %s for %s, the rule %s", at, table[at][k.ID], k.ID, status)
				}
				e, ok := active[[2]string{h, k.ID}]
				if !ok {
					e.Status = "-"
				}
				if e.Status != status || e.Missing != missing {
					if wrong++; wrong <= 10 {
						t.Errorf("%s, %v (%v): %s %q, want %s %q", k.ID, states, row, e.Status, e.Missing, status, missing)
					}
				}
			}
		}
		if wrong > 10 {
			t.Errorf("%d statuses are wrong", wrong)
		}
	}
	check(cfg, marts, func(s map[string]string) map[string]string { return s })

	// the same extracts with the dekking as it is: what hangs on another ingredient's feed is unknown with it
	cfg = load(t, settings, "")
	if marts, err = run.On(t.Context(), dir, cfg); err != nil {
		t.Fatal(err)
	}
	check(cfg, marts, func(s map[string]string) map[string]string {
		unknown := func(names ...string) bool {
			return slices.ContainsFunc(names, func(name string) bool { return s[name] == "onbekend" })
		}
		if s["woonproblematiek"] == "nee" && unknown("niet_passende_begeleiding", "geen_uitkering") {
			s["woonproblematiek"] = "onbekend"
		}
		if s["niet_passende_begeleiding"] == "nee" && unknown("jeugdzorg") {
			s["niet_passende_begeleiding"] = "onbekend"
		}
		if unknown("kinderen") {
			s["kinderen"] = "nee"
		}
		return s
	})
}

func number(states map[string]string) (n int) {
	for _, name := range seven {
		n = n*3 + slices.Index(words, states[name])
	}
	return n
}

func readTable(t *testing.T) (rows []map[string]string) {
	t.Helper()
	f, err := os.Open("testdata/waarheidstabel.csv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comma = ';'
	lines, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range lines[1:] {
		row := map[string]string{}
		for i, name := range lines[0] {
			row[name] = l[i]
		}
		rows = append(rows, row)
	}
	return rows
}
