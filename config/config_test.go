package config

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

func load(t *testing.T, files map[string]string, opt Options) (*Config, error) {
	t.Helper()
	if files != nil {
		opt.Dir = t.TempDir()
		for name, text := range files {
			file := filepath.Join(opt.Dir, name)
			if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	return Load(opt)
}

func TestDefaults(t *testing.T) {
	c, err := load(t, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	// rules 10
	for _, kind := range []string{"huishouden", "wmo_declaratie", "jeugd_declaratie", "participatie_uitkering", "zvw_declaratie"} {
		if !c.Required(kind) {
			t.Errorf("%s is required", kind)
		}
	}
	if c.Required("wonen_signaal") {
		t.Error("wonen_signaal is optional")
	}
	// rules 8: both count for the declaraties, a newer delivery replaces the rest; two kinds have no date to replace by
	undated := []string{"grootboek_totaal", "maatwerk_plan_regel"}
	for _, kind := range c.Kinds() {
		want := ReplacesPeriod
		if strings.HasSuffix(kind, "_declaratie") || slices.Contains(undated, kind) {
			want = ReplacesNone
		}
		if got := c.Contracts[kind].Replaces; got != want {
			t.Errorf("%s: replaces %s, want %s", kind, got, want)
		}
	}
	if len(c.Kinds()) != 22 {
		t.Errorf("%d kinds have a contract, want the 22 of docs/extracts.md", len(c.Kinds()))
	}
	if c.Selection.ThresholdEur != 100000 {
		t.Errorf("threshold is %d", c.Selection.ThresholdEur)
	}
	if !c.Settings.Household.AttachMinors || c.Settings.Limits.MaxQuarantineShare != 0.01 {
		t.Errorf("settings are not those of stapel.yaml: %+v", c.Settings)
	}
}

// The same digits mean other things per law: 31 is moved in the Wmo, according to plan in Jeugd.
func TestCodeListsAreApart(t *testing.T) {
	c, err := load(t, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	doc := func(kind, code string) string {
		for _, x := range c.Contracts[kind].Column("reden_beeindiging").Codes {
			if x.Code == code {
				return x.Doc
			}
		}
		return ""
	}
	if doc("wmo_toewijzing", "31") != "verhuizing" || doc("jeugd_toewijzing", "31") != "volgens plan" {
		t.Errorf("31 is %q in the Wmo and %q in Jeugd", doc("wmo_toewijzing", "31"), doc("jeugd_toewijzing", "31"))
	}
}

func TestOverlay(t *testing.T) {
	base, err := load(t, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := load(t, map[string]string{
		"stapel.yaml":    "run:\n  gemeenten: [0855, GM0824]\nfeeds:\n  zvw_declaratie:\n    required: false\n",
		"selection.yaml": "threshold_eur: 50000\neligibility: {min_adults: 1}\n",
	}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(c.Settings.Run.Gemeenten, " "); got != "GM0824 GM0855" {
		t.Errorf("gemeenten are %s", got)
	}
	if c.Settings.Limits.MaxQuarantineLines != 10 {
		t.Error("a key that the own stapel.yaml does not name keeps its value")
	}
	if c.Required("zvw_declaratie") || c.Selection.ThresholdEur != 50000 || c.Selection.Eligibility.MinChildren != 0 {
		t.Errorf("the overlay is not in effect: %+v %+v", c.Settings.Feeds, c.Selection)
	}
	if c.Sha256 == base.Sha256 {
		t.Error("another configuration has another hash")
	}
	if !strings.Contains(c.Show(), "eigen      selection.yaml") {
		t.Errorf("show does not say where selection.yaml came from:\n%s", c.Show())
	}
}

func TestLayers(t *testing.T) {
	own := map[string]string{"stapel.yaml": "run:\n  peildatum: 2024-01-31\nlimits:\n  max_quarantine_lines: 7\n"}
	env := []string{"STAPEL_RUN_PEILDATUM=2024-02-29", "STAPEL_RUN_GEMEENTEN=0855,0824", "STAPEL_LIMITS_MAX_QUARANTINE_LINES=8"}
	c, err := load(t, own, Options{Environ: env})
	if err != nil {
		t.Fatal(err)
	}
	if c.Settings.Run.Peildatum != "2024-02-29" || len(c.Settings.Run.Gemeenten) != 2 || c.Settings.Limits.MaxQuarantineLines != 8 {
		t.Errorf("the environment overrides the file: %+v", c.Settings.Run)
	}
	c, err = load(t, own, Options{Environ: env, Set: map[string]any{"run.peildatum": "2024-03-31"}})
	if err != nil {
		t.Fatal(err)
	}
	if c.Settings.Run.Peildatum != "2024-03-31" {
		t.Error("a flag overrides the environment")
	}
}

// TestEnviron: a variable that is empty or has blanks around it, and one that is misspelt.
func TestEnviron(t *testing.T) {
	own := map[string]string{"stapel.yaml": "run:\n  peildatum: 2024-01-31\n  gemeenten: [\"0855\"]\n"}
	plain, err := load(t, nil, Options{})
	if err != nil {
		t.Fatal(err)
	}
	c, err := load(t, own, Options{Environ: []string{"STAPEL_RUN_PEILDATUM=", "STAPEL_RUN_GEMEENTEN=", "STAPEL_CONFIG=", "STAPEL_LANG=1", "PATH=x"}})
	if err != nil {
		t.Fatal(err)
	}
	if c.Settings.Run.Peildatum != "" || len(c.Settings.Run.Gemeenten) != 0 || c.Sha256 != plain.Sha256 {
		t.Errorf("empty variables set nothing to nothing: %+v", c.Settings.Run)
	}
	c, err = load(t, nil, Options{Environ: []string{"STAPEL_RUN_GEMEENTEN= 0855 , GM0824,", "STAPEL_LIMITS_MAX_QUARANTINE_SHARE=0.5",
		"STAPEL_HOUSEHOLD_ATTACH_MINORS=false", "STAPEL_LIMITS_MAX_DECOMPRESSED_BYTES=5000000000", "STAPEL_ENGINE_THREADS= 3 "}})
	if err != nil {
		t.Fatal(err)
	}
	s := c.Settings
	if !slices.Equal(s.Run.Gemeenten, []string{"GM0824", "GM0855"}) || s.Limits.MaxQuarantineShare != 0.5 || s.Household.AttachMinors ||
		s.Limits.MaxDecompressedBytes != 5_000_000_000 || s.Engine.Threads != 3 {
		t.Errorf("the environment sets %+v", s)
	}
	for entry, want := range map[string][]string{
		"STAPEL_RUN_GEMEENTE=0855":               {"STAPEL_RUN_GEMEENTE:", "did you mean STAPEL_RUN_GEMEENTEN?"},
		"STAPEL_run_peildatum=2025-12-31":        {"did you mean STAPEL_RUN_PEILDATUM?"},
		"STAPEL_KEYFILE=x":                       {"did you mean STAPEL_KEY_FILE?"},
		"STAPEL_MAX_QUARANTINE_LINES=GEHEIM":     {"STAPEL_MAX_QUARANTINE_LINES:", "did you mean STAPEL_LIMITS_MAX_QUARANTINE_LINES?"},
		"STAPEL_FEEDS_HUISHOUDEN_REQUIRED=false": {"stapel.yaml only"},
		"STAPEL_ZZZ=GEHEIM":                      {"STAPEL_ZZZ:", "stapel config show"},
		"STAPEL_ENGINE_THREADS=":                 {"STAPEL_ENGINE_THREADS:", "whole number"},
		"STAPEL_ENGINE_THREADS=GEHEIM":           {"STAPEL_ENGINE_THREADS:", "whole number"},
		"STAPEL_LIMITS_MAX_REPEATED_SHARE=0,5":   {"STAPEL_LIMITS_MAX_REPEATED_SHARE:", "with a point"},
		"STAPEL_LIMITS_MAX_REPEATED_SHARE=nan":   {"STAPEL_LIMITS_MAX_REPEATED_SHARE:", "with a point"},
		"STAPEL_HOUSEHOLD_ATTACH_MINORS=":        {"STAPEL_HOUSEHOLD_ATTACH_MINORS:", "true or false"},
		"STAPEL_RUN_GEMEENTEN=Tilburg":           {"run.gemeenten"},
	} {
		_, err := load(t, nil, Options{Environ: []string{entry}})
		if err == nil || strings.Contains(err.Error(), "GEHEIM") {
			t.Errorf("%s: %v", entry, err)
			continue
		}
		for _, w := range want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: %v; want it to say %q", entry, err, w)
			}
		}
	}
}

// Every mistake names the file, the line and the key, and says what to do.
func TestMistakes(t *testing.T) {
	contract := func(edit ...string) string {
		text := "kind: proef\nversion: \"1\"\nreplaces: none\ncolumns:\n  - {name: persoon_ps, type: persoon, required: true}\n" +
			"  - {name: soort, type: code, codes: [{code: \"01\"}]}\n  - {name: datum, type: datum}\n  - {name: bedrag_ct, type: ct}\n"
		return strings.NewReplacer(edit...).Replace(text)
	}
	if _, err := load(t, map[string]string{"feeds/proef.yaml": contract()}, Options{}); err != nil {
		t.Fatalf("the contract the cases start from is valid: %v", err)
	}
	effect := func(from, to string) string {
		text, err := os.ReadFile("effect.yaml")
		if err != nil || !strings.Contains(string(text), from) {
			t.Fatalf("%q is not in effect.yaml: %v", from, err)
		}
		return strings.Replace(string(text), from, to, 1)
	}
	signals := func(rule string) string {
		return "event_days: 180\nperiod_days: 1\ningredients:\n" +
			"  - {name: ggz, label: G, known: altijd}\n  - {name: woonproblematiek, label: W, known: altijd}\n" +
			"  - {name: niet_passende_begeleiding, label: N, known: altijd}\n  - {name: jeugdzorg, label: J, known: altijd}\n" +
			"  - {name: schulden, label: S, known: altijd}\n  - {name: kinderen, label: K, known: altijd}\n" +
			"  - {name: geen_uitkering, label: U, known: query}\nrules:\n  - " + rule + "\n"
	}
	for name, c := range map[string]struct {
		file, text string
		want       []string
	}{
		"unknown key":           {"stapel.yaml", "run:\n  peildatumm: 2025-12-31\n", []string{"config/stapel.yaml:2:", "peildatumm"}},
		"wrong type":            {"stapel.yaml", "limits:\n  max_quarantine_lines: veel\n", []string{"config/stapel.yaml:2:", "wrong type"}},
		"not a month end":       {"stapel.yaml", "run:\n  peildatum: 2025-12-30\n", []string{"run.peildatum", "last day of a month"}},
		"not a date":            {"stapel.yaml", "run:\n  peildatum: gisteren\n", []string{"run.peildatum", "JJJJ-MM-DD"}},
		"not a gemeente":        {"stapel.yaml", "run:\n  gemeenten: [Tilburg]\n", []string{"run.gemeenten", "four digits"}},
		"unknown feed":          {"stapel.yaml", "feeds:\n  wlz: {required: true}\n", []string{"feeds.wlz", "no contract"}},
		"coverage":              {"stapel.yaml", "feeds:\n  huishouden:\n    coverage: [{gemeentecode: \"0855\", periode_van: 2025-02-01, periode_tot: 2025-01-01}]\n", []string{"feeds.huishouden.coverage", "not reversed"}},
		"coverage for ever":     {"stapel.yaml", "feeds:\n  huishouden:\n    coverage: [{gemeentecode: \"0855\", periode_van: 2025-02-01, periode_tot: 9999-12-31}]\n", []string{"feeds.huishouden.coverage", "entry 1", "2199"}},
		"coverage since ever":   {"stapel.yaml", "feeds:\n  huishouden:\n    coverage: [{gemeentecode: \"0855\", periode_van: 1800-01-01, periode_tot: 2025-12-31}]\n", []string{"feeds.huishouden.coverage", "entry 1", "1900"}},
		"coverage to 2099":      {"stapel.yaml", "feeds:\n  wmo_toewijzing:\n    coverage: [{gemeentecode: \"0855\", periode_van: 2025-02-01, periode_tot: 2099-12-31}]\n", []string{"feeds.wmo_toewijzing.coverage", "no day"}},
		"share":                 {"stapel.yaml", "limits:\n  max_quarantine_share: 2\n", []string{"limits.max_quarantine_share", "range"}},
		"syntax":                {"stapel.yaml", "run: [\n", []string{"config/stapel.yaml:"}},
		"unknown file":          {"prijzen.yaml", "a: 1\n", []string{"config/prijzen.yaml", "unknown file"}},
		"two documents":         {"selection.yaml", "threshold_eur: 1\n---\nthreshold_eur: 2\n", []string{"config/selection.yaml", "second"}},
		"empty":                 {"selection.yaml", "", []string{"config/selection.yaml:1", "empty"}},
		"reference with a gap":  {"referentie_zvw.yaml", "source: s\njaar: 2015\nverhoging: {jaar: 2023, teller: 1, noemer: 1, source: s}\nnormen:\n  - {geslacht: \"1\", van: 0, tot: 5, jaar_ct: 1}\n  - {geslacht: \"1\", van: 6, tot: 9, jaar_ct: 1}\n", []string{"config/referentie_zvw.yaml:6", "follow each other"}},
		"selection for none":    {"selection.yaml", "threshold_eur: 5\naantal: 0\n", []string{"config/selection.yaml:2", "aantal"}},
		"a group of two":        {"disclosure.yaml", "counts: {minimum: 2}\n", []string{"config/disclosure.yaml:1", "counts.minimum"}},
		"rounding":              {"disclosure.yaml", "counts:\n  minimum: 10\n  round_to: 25\n", []string{"config/disclosure.yaml:3", "counts.round_to"}},
		"a rule unknown":        {"disclosure.yaml", "counts: {minimum: 10, maximum: 3}\n", []string{"config/disclosure.yaml:1", "unknown key maximum"}},
		"effect of what":        {"effect.yaml", effect("outcome: kosten", "outcome: geluk"), []string{"config/effect.yaml:5", "primary.outcome"}},
		"window too long":       {"effect.yaml", effect("min_months: 6 ", "min_months: 13 "), []string{"config/effect.yaml:9", "window.min_months"}},
		"caliper of 0":          {"effect.yaml", effect("caliper: 0.2", "caliper: 0"), []string{"config/effect.yaml:16", "matching.caliper"}},
		"caliper not a number":  {"effect.yaml", effect("caliper: 0.2", "caliper: .nan"), []string{"config/effect.yaml:16", "matching.caliper"}},
		"few draws":             {"effect.yaml", effect("draws: 999 ", "draws: 9 "), []string{"config/effect.yaml:28", "placebo.draws"}},
		"complete kind":         {"effect.yaml", effect("pgb_uitputting]", "huishouden]"), []string{"window.complete_kinds", "huishouden"}},
		"reductions":            {"effect.yaml", effect("[0, 25, 40]", "[25, 0, 40]"), []string{"config/effect.yaml:46", "expected.reductions_percent"}},
		"no seed":               {"effect.yaml", effect(`"stapel effect 1"`, `" "`), []string{"config/effect.yaml:43", "resampling.seed"}},
		"any peak":              {"effect.yaml", effect("peak:\n  max_share: 0.25", "peak:\n  max_share: 0"), []string{"config/effect.yaml:35", "peak.max_share"}},
		"effect by an own key":  {"effect.yaml", effect("max_share: 0.25", "maximum: 0.25"), []string{"config/effect.yaml:30", "unknown key maximum"}},
		"job without a purpose": {"jobs.yaml", "jobs:\n  - {name: maandrun, cron: \"0 6 12 * *\"}\n", []string{"config/jobs.yaml:2", "jobs.purpose"}},
		"job by another key":    {"jobs.yaml", "jobs:\n  - {name: maandrun, purpose: p, tijd: \"0 6 12 * *\"}\n", []string{"config/jobs.yaml:2", "unknown key tijd"}},
		"cron of six":           {"jobs.yaml", "jobs:\n  - {name: maandrun, purpose: p, cron: \"0 0 6 12 * *\"}\n", []string{"config/jobs.yaml:2", "jobs.cron", "five fields"}},
		"cron of no day":        {"jobs.yaml", "jobs:\n  - {name: maandrun, purpose: p, cron: \"0 6 30 2 *\"}\n", []string{"config/jobs.yaml:2", "jobs.cron", "never"}},
		"zone":                  {"jobs.yaml", "jobs:\n  - {name: maandrun, purpose: p, cron: \"0 6 12 * *\", zone: Tilburg}\n", []string{"config/jobs.yaml:2", "jobs.zone", "Europe/Amsterdam"}},
		"zone of the machine":   {"jobs.yaml", "jobs:\n  - {name: maandrun, purpose: p, cron: \"0 6 12 * *\", zone: Local}\n", []string{"config/jobs.yaml:2", "jobs.zone"}},
		"job name":              {"jobs.yaml", "jobs:\n  - {name: Maand run, purpose: p, cron: \"0 6 12 * *\"}\n", []string{"config/jobs.yaml:2", "jobs.name"}},
		"job twice":             {"jobs.yaml", "jobs:\n  - {name: a, purpose: p, cron: \"0 6 12 * *\"}\n  - {name: a, purpose: p, cron: \"0 6 12 * *\"}\n", []string{"config/jobs.yaml:3", "jobs.name", "already"}},
		"late and nothing said": {"jobs.yaml", "jobs:\n  - {name: a, purpose: p, cron: \"0 6 12 * *\", required: [huishouden]}\n", []string{"config/jobs.yaml:2", "jobs.late", "wait, without or refuse"}},
		"late of nothing":       {"jobs.yaml", "jobs:\n  - {name: a, purpose: p, cron: \"0 6 12 * *\", late: wait}\n", []string{"config/jobs.yaml:2", "jobs.late", "required"}},
		"job until":             {"jobs.yaml", "jobs:\n  - {name: a, purpose: p, cron: \"0 6 12 * *\", until: rapport}\n", []string{"config/jobs.yaml:2", "jobs.until"}},
		"jitter":                {"jobs.yaml", "jobs:\n  - {name: a, purpose: p, cron: \"0 6 12 * *\", jitter_minutes: 721}\n", []string{"config/jobs.yaml:2", "jobs.jitter_minutes"}},
		"memory of a job":       {"jobs.yaml", "jobs:\n  - {name: a, purpose: p, cron: \"0 6 12 * *\", memory_mb: 100}\n", []string{"config/jobs.yaml:2", "jobs.memory_mb"}},
		"feed of a job":         {"jobs.yaml", "jobs:\n  - {name: a, purpose: p, cron: \"0 6 12 * *\", feeds: [wlz]}\n", []string{"config/jobs.yaml", "jobs.a", "no contract of kind"}},
		"threshold":             {"selection.yaml", "eligibility: {}\nthreshold_eur: -5\n", []string{"config/selection.yaml:2", "threshold_eur"}},
		"price":                 {"prices.yaml", "prices:\n  - kind: schuldhulp_traject\n    unit: traject\n    price_eur: \"12.345\"\n    year: 2011\n    days: 365\n    source: s\n", []string{"config/prices.yaml:4", "two decimals"}},
		"price of what":         {"prices.yaml", "prices:\n  - {kind: zorg, unit: traject, price_eur: \"1\", year: 2011, days: 365, source: s}\n", []string{"config/prices.yaml", "no model prices"}},
		"file name":             {"feeds/anders.yaml", contract(), []string{"config/feeds/anders.yaml", "feeds/proef.yaml"}},
		"column type":           {"feeds/proef.yaml", contract("type: ct", "type: cent"), []string{"config/feeds/proef.yaml:8", "unknown type"}},
		"unit in the name":      {"feeds/proef.yaml", contract("bedrag_ct", "bedrag_eur"), []string{"config/feeds/proef.yaml:8", "unit of money"}},
		"no codes":              {"feeds/proef.yaml", contract(", codes: [{code: \"01\"}]", ""), []string{"config/feeds/proef.yaml:6", "codes"}},
		"double code":           {"feeds/proef.yaml", contract("[{code: \"01\"}]", "[{code: \"01\"}, {code: a, also: [\"01\"]}]"), []string{"config/feeds/proef.yaml:6", "twice"}},
		"double column":         {"feeds/proef.yaml", contract("name: datum", "name: soort"), []string{"config/feeds/proef.yaml:7", "twice"}},
		"own column":            {"feeds/proef.yaml", contract("name: datum", "name: regel"), []string{"config/feeds/proef.yaml:7", "stapel itself"}},
		"nationality":           {"feeds/proef.yaml", contract("name: soort", "name: nationaliteit"), []string{"config/feeds/proef.yaml:6", "nationality"}},
		"replaces what":         {"feeds/proef.yaml", contract("replaces: none", "replaces: period"), []string{"config/feeds/proef.yaml:3", "period_column"}},
		"codes of a flag":       {"feeds/proef.yaml", contract("{name: datum, type: datum}", "{name: vlag, type: vlag, codes: [{code: yes}]}"), []string{"config/feeds/proef.yaml:7", "ja and nee"}},
		"step of a date":        {"feeds/proef.yaml", contract("type: datum", "type: datum, step: 5"), []string{"config/feeds/proef.yaml:7", "step"}},
		"query":                 {"signals.yaml", strings.Replace(signals("{}"), "label: S, known: altijd", "label: S, known: query", 1), []string{"config/signals.yaml:8", "geen_uitkering"}},
		"period of a code":      {"feeds/proef.yaml", contract("columns:", "period_column: {column: soort}\ncolumns:"), []string{"config/feeds/proef.yaml:4", "datum"}},
		"event of no period":    {"feeds/proef.yaml", contract("columns:", "period_column: {column: datum, without_end: event}\ncolumns:"), []string{"config/feeds/proef.yaml:4", "without_end"}},
		"what without an end":   {"feeds/proef.yaml", contract("columns:", "period_column: {column: datum, end: datum, without_end: dag}\ncolumns:"), []string{"config/feeds/proef.yaml:4", "without_end"}},
		"date format":           {"feeds/proef.yaml", contract("type: datum", "type: datum, formats: [MM/DD/JJJJ]"), []string{"config/feeds/proef.yaml:7", "unknown format"}},
		"pattern":               {"feeds/proef.yaml", contract("type: datum", "type: id, pattern: '('"), []string{"config/feeds/proef.yaml:7", "regular expression"}},
		"order":                 {"feeds/proef.yaml", contract() + "order:\n  - {a: datum, b: soort, regel_code: x}\n", []string{"config/feeds/proef.yaml:10", "soort"}},
		"money":                 {"feeds/proef.yaml", contract() + "money: {amount: soort}\n", []string{"config/feeds/proef.yaml:9", "ct eur"}},
		"ingredient":            {"signals.yaml", signals("{ingredient: dorst, kind: wonen_signaal, column: soort, codes: [ontruiming], strength: sterk, source: s}"), []string{"config/signals.yaml:12", "ingredient"}},
		"code not in its list":  {"signals.yaml", signals("{ingredient: ggz, kind: wmo_toewijzing, column: product_categorie, codes: [\"45\"], strength: sterk, source: s}"), []string{"config/signals.yaml", "does not have code \"45\""}},
		"column of a rule":      {"signals.yaml", signals("{ingredient: ggz, kind: wmo_toewijzing, column: categorie, codes: [\"01\"], strength: sterk, source: s}"), []string{"config/signals.yaml", "no column categorie"}},
		"parts of a pair":       {"signals.yaml", signals("{ingredient: ggz, kind: wmo_toewijzing, column: reden_beeindiging+product_categorie, codes: [\"21\"], strength: sterk, source: s}"), []string{"config/signals.yaml", "parts"}},
		"cocktail":              {"cocktails.yaml", "cocktails:\n  - id: a\n    name: A\n    ingredients: [{name: ggz}, {name: dorst}]\n", []string{"config/cocktails.yaml", "dorst"}},
		"cocktail twice":        {"cocktails.yaml", "cocktails:\n  - id: a\n    name: A\n    ingredients: [{name: ggz}, {name: ggz}]\n", []string{"config/cocktails.yaml:4", "twice"}},
		"cocktail of one":       {"cocktails.yaml", "cocktails:\n  - id: a\n    name: A\n    ingredients: [{name: ggz}]\n", []string{"config/cocktails.yaml:4", "two ingredients"}},
	} {
		_, err := load(t, map[string]string{c.file: c.text}, Options{})
		if err == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: error %q does not say %q", name, err, want)
			}
		}
	}
}

// Codes are text all the way: 01 stays 01, also where YAML would make a number of it.
func TestCodesStayText(t *testing.T) {
	c, err := load(t, map[string]string{"feeds/proef.yaml": "kind: proef\nversion: 1\nreplaces: none\ncolumns:\n" +
		"  - {name: soort, type: code, codes: [{code: 01}, {code: 08}, {code: 1_0}]}\n"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"01", "08", "1_0"} {
		if got := c.Contracts["proef"].Columns[0].Codes[i].Code; got != want {
			t.Errorf("code %d is %q, want %q", i, got, want)
		}
	}
}

func TestIndexed(t *testing.T) {
	p := Prices{Prices: []Price{{Ct: 150000, Year: 2011}}, Index: []Index{{Year: 2011, Value: 1000}, {Year: 2024, Value: 1333}, {Year: 2025, Value: 1367}}}
	for year, want := range map[int]int64{2011: 150000, 2024: 199950, 2025: 205050, 1999: 150000} {
		if got := p.Indexed(p.Prices[0], year); got != want {
			t.Errorf("price of %d is %d, want %d", year, got, want)
		}
	}
	// half up: 1.005 x 1001 ct = 1006.005
	if got := (Prices{Index: []Index{{Year: 1, Value: 2}, {Year: 2, Value: 3}}}).Indexed(Price{Ct: 3, Year: 1}, 2); got != 5 {
		t.Errorf("3 ct x 3/2 = 4.5 rounds to %d, want 5", got)
	}
}

func TestNormalGemeente(t *testing.T) {
	for in, want := range map[string]string{"0855": "GM0855", "GM0855": "GM0855", " 0855 ": "GM0855", "855": "", "GM 0855": "", "gm0855": "", "": ""} {
		if got, ok := NormalGemeente(in); got != want || ok != (want != "") {
			t.Errorf("NormalGemeente(%q) = %q, %v", in, got, ok)
		}
	}
}

// manyIngredients is signals.yaml with n ingredients i0, i1, ... and cocktails of size each that ask them all.
func manyIngredients(n, size int) map[string]string {
	signals, cocktails := "add: true\ningredients:\n", "add: true\ncocktails:\n"
	for i := range n {
		signals += fmt.Sprintf("  - {name: i%d, label: I, known: altijd}\n", i)
	}
	for first := 0; first < n; first += size {
		var names []string
		for i := first; i < min(first+size, n); i++ {
			names = append(names, fmt.Sprintf("{name: i%d}", i))
		}
		cocktails += fmt.Sprintf("  - {id: c%d, name: C, ingredients: [%s]}\n", first, strings.Join(names, ", "))
	}
	return map[string]string{"signals.yaml": signals, "cocktails.yaml": cocktails}
}

// TestCocktailLimits: ingredients are bits of a whole number. 20 are built in.
func TestCocktailLimits(t *testing.T) {
	for _, c := range []struct {
		n, size int
		want    string
	}{{42, 14, ""}, {43, 13, "63 ingredients; at most 62"}, {30, 15, ""}, {32, 16, "at most 15 ingredients"}} {
		cfg, err := load(t, manyIngredients(c.n, c.size), Options{})
		switch {
		case c.want == "" && err != nil:
			t.Errorf("%d by %d: %v", c.n, c.size, err)
		case c.want == "" && len(cfg.Cocktails) != 4+(c.n+c.size-1)/c.size:
			t.Errorf("%d by %d: %d cocktails", c.n, c.size, len(cfg.Cocktails))
		case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)):
			t.Errorf("%d by %d: %v", c.n, c.size, err)
		}
	}
}

// TestAdded: a file that adds keeps what is built in, before its own; one that does not replaces it.
func TestAdded(t *testing.T) {
	built, err := Load(Options{})
	if err != nil {
		t.Fatal(err)
	}
	const own = "ingredients:\n  - {name: dorst, label: Dorst, known: nooit}\nrules:\n" +
		"  - {ingredient: dorst, kind: wonen_signaal, column: soort, codes: [opvang], strength: zwak, source: s}\n"
	added, err := load(t, map[string]string{"signals.yaml": "add: true\n" + own}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(built.Signals.Ingredients); len(added.Signals.Ingredients) != n+1 || added.Signals.Ingredients[n].Name != "dorst" ||
		len(added.Signals.Rules) != len(built.Signals.Rules)+1 || added.Signals.EventDays != built.Signals.EventDays {
		t.Errorf("added: %d ingredients, %d rules", len(added.Signals.Ingredients), len(added.Signals.Rules))
	}
	if added.Sha256 == built.Sha256 {
		t.Error("another configuration has the same hash")
	}
	replaced, err := load(t, map[string]string{"signals.yaml": "event_days: 180\nperiod_days: 1\n" + own,
		"cocktails.yaml": "cocktails: []\n"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(replaced.Signals.Ingredients) != 1 || len(replaced.Signals.Rules) != 1 || len(replaced.Cocktails) != 0 {
		t.Errorf("replaced: %d ingredients", len(replaced.Signals.Ingredients))
	}
	if where := added.Signals.Rules[len(added.Signals.Rules)-1].Where(); where != "config/signals.yaml:5: rules.0" {
		t.Errorf("the rule stands at %s", where)
	}
}

// TestJobs: what a job is when it says little; and jobs change nothing of what a run is named after.
func TestJobs(t *testing.T) {
	plain, err := load(t, nil, Options{})
	if err != nil || len(plain.Jobs) != 0 || plain.JobsFrom.Origin != "ingebouwd" {
		t.Fatalf("built in are %v, %v", plain.Jobs, err)
	}
	with, err := load(t, map[string]string{"jobs.yaml": "jobs:\n  - {name: nacht-1, purpose: Inlezen, cron: \"0 2 * * MON\"}\n"}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if j := with.Jobs[0]; j.Location.String() != "Europe/Amsterdam" || j.Expr.Text != "0 2 * * 1" || j.Late != "" || j.Until != "" {
		t.Errorf("the job is %+v", j)
	}
	if with.Sha256 != plain.Sha256 || len(with.Files) != len(plain.Files) || !strings.Contains(with.Show(), "eigen      jobs.yaml") {
		t.Errorf("jobs change the configuration: %s", with.Show())
	}
	_, err = load(t, map[string]string{"jobs.yaml": "jobs:\n  - {name: a, purpose: p, cron: \"0 2 * * *\", memory_mb: 1000}\n"}, Options{Environ: []string{"STAPEL_ENGINE_MEMORY_MB=1000"}})
	if err == nil || !strings.Contains(err.Error(), "engine.memory_mb") {
		t.Errorf("DuckDB may have as much as the whole job: %v", err)
	}
}
