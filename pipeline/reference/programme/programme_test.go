package programme_test

import (
	"cmp"
	"fmt"
	"log/slog"
	"math"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"stapel/config"
	"stapel/pipeline/reference/extract"
	"stapel/pipeline/reference/lines"
	"stapel/pipeline/reference/people"
	"stapel/pipeline/reference/programme"
	"stapel/pipeline/reference/run"
)

const end = "2025-12-31"

// world is an inbox with the settings it is read with.
type world struct {
	set      extract.Set
	settings map[string]any
}

// drawWorld draws some people, a few of whom are excluded or live where the run does not look, and what a programme registers about plans of these:
// often twice, by two suppliers, in files with and without a note, for cases that are no plan, and after P.
func drawWorld(t *rapid.T) *world {
	chance := func(name string, one int) bool { return rapid.IntRange(1, one).Draw(t, name) == 1 }
	pick := func(name string, from ...string) string { return rapid.SampledFrom(from).Draw(t, name) }
	day := func(name, from, to string) string {
		first, last := lines.ParseDay(from), lines.ParseDay(to)
		return (first + lines.Day(rapid.IntRange(0, int(last-first)).Draw(t, name))).String()
	}
	w := &world{settings: map[string]any{"engine.memory_mb": 512, "engine.threads": 1, "selection.require_exclusions": false, "reports.effect": false, "limits.max_quarantine_share": 1,
		"limits.max_identical_share": 1, "limits.max_outside_life_share": 1, "limits.max_repeated_share": 1}}
	if chance("gemeenten gezet", 3) {
		w.settings["run.gemeenten"] = []string{"GM0855"}
	}
	deliver := func(kind, name, supplier string, list ...extract.Line) {
		n := &extract.Note{ID: kind + name, Supplier: supplier, Made: "2026-01-15", Gemeenten: extract.List{"0855", "0824"}, From: "2021-01-01", To: end}
		w.set = append(w.set, &extract.Delivery{Kind: kind, Name: name, Note: n, Lines: list})
	}
	someone := func(n int) string { return fmt.Sprintf("v1_%032x", n+1) }
	var homes, excluded []extract.Line
	people := rapid.IntRange(4, 12).Draw(t, "personen")
	for n := range people {
		town := []string{"0855", "0824"}[n%2]
		homes = append(homes, extract.Line{"persoon_ps": someone(n), "huishouden_ps": someone(1000 + n/4*2 + n%2), "gemeentecode": town, "begindatum": "2020-01-01",
			"geboortejaar": "1980", "typhh": "3", "plhh": "3"})
		if n > 1 && chance("uitgesloten", 6) {
			excluded = append(excluded, extract.Line{"persoon_ps": someone(n), "soort": "bezwaar", "begindatum": "2021-01-01"})
		}
	}
	deliver("huishouden", "a", "een", homes...)
	deliver("uitsluiting", "a", "een", excluded...)
	for _, kind := range []string{"wmo_declaratie", "jeugd_declaratie", "participatie_uitkering", "zvw_declaratie"} {
		deliver(kind, "a", "een")
	}
	number := func() string { return fmt.Sprintf("C%d", rapid.IntRange(1, 14).Draw(t, "casus")) }
	euro := func(name string) string {
		return fmt.Sprintf("%s%d,%02d", pick(name+" teken", "", "", "", "-"), rapid.IntRange(0, 30).Draw(t, name)*100, rapid.SampledFrom([]int{0, 0, 0, 1, 50}).Draw(t, name+" cent"))
	}
	maybe := func(name string, one int, value func(string) string) string {
		if chance(name+" leeg", one) {
			return ""
		}
		return value(name)
	}
	after := func(name string) string { return day(name, "2023-06-01", "2026-01-31") }
	put := func(kind string, make func() extract.Line) {
		if chance(kind+" niet geleverd", 8) {
			return
		}
		for i := range rapid.IntRange(1, 2).Draw(t, kind+" bestanden") {
			d := &extract.Delivery{Kind: kind, Name: string(rune('a' + i))}
			if !chance(kind+" zonder brief", 4) {
				d.Note = &extract.Note{ID: fmt.Sprint(kind, i), Supplier: pick(kind+" leverancier", "een", "twee"), Made: fmt.Sprintf("2026-01-%02d", 10+i),
					Gemeenten: extract.List{"0855", "0824"}, From: day(kind+" van", "2021-01-01", "2025-06-01"), To: day(kind+" tot", "2025-06-01", end)}
			}
			for range rapid.SampledFrom([]int{12, 24, 5, 1, 0}).Draw(t, kind+" regels") {
				l := make()
				for name, v := range l {
					if v == "" {
						delete(l, name)
					}
				}
				d.Lines = append(d.Lines, l)
			}
			w.set = append(w.set, d)
		}
	}
	put("maatwerk_plan", func() extract.Line {
		return extract.Line{"casusnummer": number(), "persoon_ps": someone(rapid.IntRange(0, people).Draw(t, "persoon")), "gemeentecode": pick("gemeente", "0855", "0824"),
			"status":           pick("status", "concept", "sparren", "akkoord", "uitvoering", "uitvoering", "gereed", "afgewezen", "ingetrokken"),
			"datum_aanmelding": after("aanmelding"), "datum_akkoord": maybe("akkoord", 3, after), "datum_start": maybe("start", 3, after),
			"huidig_eur": maybe("huidig", 4, euro), "dreigend_eur": maybe("dreigend", 6, euro), "maatwerk_eur": maybe("maatwerk", 6, euro),
			"onveiligheid": pick("onveiligheid", "ja", "nee", ""), "huiselijk_geweld": pick("geweld", "ja", "nee", "")}
	})
	put("maatwerk_plan_regel", func() extract.Line {
		return extract.Line{"casusnummer": number(), "scenario": pick("scenario", "huidig", "dreigend", "maatwerk"), "voorziening": "zorg",
			"betaler": pick("betaler", "gemeente_wmo", "zorgverzekeraar", "rijk"), "bedrag_eur": euro("bedrag"), "inbaar": pick("inbaar", "ja", "nee", "")}
	})
	put("maatwerk_meting", func() extract.Line {
		return extract.Line{"casusnummer": number(), "meetmoment_mnd": pick("moment", "0", "0", "6", "6", "12", "9"), "datum": after("datum"), "rol": pick("rol", "ouder", "jeugdige"),
			"cijfer": pick("cijfer", "1", "4,5", "6", "7,5", "10", ""), "persoon_nr": pick("nr", "", "1", "2")}
	})
	put("maatwerk_uitgave", func() extract.Line {
		return extract.Line{"datum": after("datum"), "soort": pick("soort", "training", "coaching", "maatwerkbudget"), "bedrag_eur": euro("bedrag"),
			"casusnummer": maybe("casus", 2, func(string) string { return number() }), "begroot_eur": maybe("begroot", 2, euro)}
	})
	return w
}

type (
	shareRow struct {
		Number   string `parquet:"casusnummer"`
		Scenario string `parquet:"scenario"`
		Payer    string `parquet:"betaler"`
		Ct       int64  `parquet:"bedrag_ct"`
		Yes      int64  `parquet:"inbaar_ct"`
		No       int64  `parquet:"niet_inbaar_ct"`
		Lines    int64  `parquet:"regels"`
	}
	payerRow struct {
		Group      string `parquet:"groep"`
		Payer      string `parquet:"betaler"`
		Now        int64  `parquet:"huidig_ct"`
		Threatens  int64  `parquet:"dreigend_ct"`
		Tailored   int64  `parquet:"maatwerk_ct"`
		Saving     int64  `parquet:"besparing_ct"`
		CanBeSpent int64  `parquet:"inbaar_ct"`
		Plans      int64  `parquet:"plannen"`
		Behind     int64  `parquet:"noemer"`
	}
	dayRow struct {
		Days     int64    `parquet:"dagen"`
		AtRisk   int64    `parquet:"at_risk"`
		Approved int64    `parquet:"akkoord"`
		Refused  int64    `parquet:"afgewezen"`
		Censored int64    `parquet:"gecensureerd"`
		Open     float64  `parquet:"aandeel_open"`
		Low      *float64 `parquet:"ci_laag,optional"`
		High     *float64 `parquet:"ci_hoog,optional"`
	}
	markRow struct {
		Moment       int64    `parquet:"meetmoment_mnd"`
		Asked        int64    `parquet:"gevraagd"`
		Answered     int64    `parquet:"beantwoord"`
		Mean         *float64 `parquet:"gemiddelde,optional"`
		Paired       *int64   `parquet:"gepaard_n,optional"`
		Change       *float64 `parquet:"gepaarde_verandering,optional"`
		Plans        int64    `parquet:"plannen"`
		PlansAsked   int64    `parquet:"plannen_gevraagd"`
		PlansAnswers int64    `parquet:"plannen_beantwoord"`
	}
	expenseRow struct {
		Year     int64  `parquet:"jaar"`
		What     string `parquet:"soort"`
		Ct       int64  `parquet:"bedrag_ct"`
		Set      *int64 `parquet:"begroot_ct,optional"`
		SetSpent *int64 `parquet:"begroot_besteed_ct,optional"`
		OnPlans  int64  `parquet:"voor_plannen_ct"`
		N        int64  `parquet:"regels"`
		NSet     int64  `parquet:"regels_begroot"`
		Plans    int64  `parquet:"plannen"`
	}
	totalRow struct {
		Measure string   `parquet:"meting"`
		Ct      *int64   `parquet:"waarde_ct,optional"`
		Value   *float64 `parquet:"waarde,optional"`
		Behind  int64    `parquet:"noemer"`
		Low     *float64 `parquet:"ci_laag,optional"`
		High    *float64 `parquet:"ci_hoog,optional"`
	}
	findingRow struct {
		Subject string `parquet:"onderwerp"`
		Key     string `parquet:"sleutel"`
		Code    string `parquet:"regel_code"`
	}
)

// shown writes a row out, with what pointers point at and numbers to nine digits.
func shown(r any) string {
	var parts []string
	v := reflect.ValueOf(r)
	for i := range v.NumField() {
		f := v.Field(i)
		for f.Kind() == reflect.Pointer && !f.IsNil() {
			f = f.Elem()
		}
		text := fmt.Sprint(f.Interface())
		if f.Kind() == reflect.Float64 {
			text = fmt.Sprintf("%.9g", math.Round(f.Float()*1e12)/1e12)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, " ")
}

// compare holds a mart to the rows of the reference, in whatever order, and counts them.
func compare[M, R any](marts, name string, want []R, had map[string]int, keep func(M) bool) (string, error) {
	read, err := run.Read[M](marts, name)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	var got, wanted []string
	for _, r := range read {
		if keep == nil || keep(r) {
			got = append(got, shown(r))
		}
	}
	for _, r := range want {
		wanted = append(wanted, shown(r))
	}
	slices.Sort(got)
	slices.Sort(wanted)
	had[name] += len(want)
	if !slices.Equal(got, wanted) {
		return fmt.Sprintf("%s is\n  %s\nwant\n  %s\n", name, strings.Join(got, "\n  "), strings.Join(wanted, "\n  ")), nil
	}
	return "", nil
}

// compareWorld runs on a world and compares its marts; what happened in it is counted.
func compareWorld(t *testing.T, w *world, dir string, had map[string]int) {
	t.Helper()
	cfg, err := config.Load(config.Options{Set: w.settings})
	if err != nil {
		t.Fatal(err)
	}
	if err := w.set.Write(dir, cfg); err != nil {
		t.Fatal(err)
	}
	marts, _, err := run.Any(t.Context(), dir, cfg)
	if err != nil {
		t.Fatal(err)
	}
	read, err := lines.New(w.set, cfg, run.Secret)
	if err != nil {
		t.Fatal(err)
	}
	p := programme.New(people.New(read))
	codes := []string{"plan_onbekend", "negatieve_doorlooptijd", "regels_tellen_niet_op"}
	shares, payers, waits, marks, expenses, findings := p.Shares(), p.Payers(), p.Waits(), p.Marks(), p.Expenses(), p.Findings()
	one, err1 := compare[shareRow](marts, "plan_regel", shares, had, nil)
	two, err2 := compare[payerRow](marts, "plan_betaler", payers, had, nil)
	three, err3 := compare[dayRow](marts, "doorlooptijd", waits, had, nil)
	four, err4 := compare[markRow](marts, "tevredenheid", marks, had, nil)
	five, err5 := compare[expenseRow](marts, "uitgave", expenses, had, nil)
	six, err6 := compare(marts, "bevinding", findings, had, func(r findingRow) bool { return slices.Contains(codes, r.Code) })
	totals := p.Totals()
	seven, err7 := compare[totalRow](marts, "plan_totaal", totals, had, nil)
	if err := cmp.Or(err1, err2, err3, err4, err5, err6, err7); err != nil {
		t.Fatal(err)
	}
	if text := one + two + three + four + five + six + seven; text != "" {
		t.Fatal(text)
	}
	note := func(what string, happened bool) {
		if happened {
			had[what]++
		}
	}
	for _, r := range shares {
		note("lines leave something", r.Payer == "niet_verdeeld" && r.Ct > 0)
		note("lines come to too much", r.Payer == "niet_verdeeld" && r.Ct < 0)
		note("nobody said whether it can be spent", r.Lines > 0 && r.Ct != r.Yes+r.No)
	}
	for _, r := range payers {
		note("carried out", r.Group == "uitgevoerd")
		note("a payer who pays more", r.Saving < 0)
		note("can be spent", r.CanBeSpent != 0)
	}
	for _, r := range totals {
		note("half approved", r.Measure == "mediaan_dagen_tot_akkoord" && r.Value != nil)
		note("half not approved", r.Measure == "mediaan_dagen_tot_akkoord" && r.Value == nil && r.Behind > 0)
		note("some within two months", r.Measure == "akkoord_binnen_twee_maanden" && r.Value != nil && *r.Value > 0)
	}
	for _, r := range waits {
		note("refused", r.Refused > 0)
		note("two on a day, or more", r.Approved > 1)
		note("an interval", r.Low != nil)
	}
	for _, r := range marks {
		note("another moment", r.Moment == 9)
		note("no answer", r.Answered < r.Asked)
		note("a change", r.Change != nil)
		note("plans of which nobody was asked", r.PlansAsked < r.Plans)
	}
	for _, r := range expenses {
		note("set aside for some", r.NSet > 0 && r.NSet < r.N)
		note("nothing set aside", r.Set == nil)
		note("for plans", r.OnPlans != 0)
	}
	for _, f := range findings {
		note(f.Code+" "+f.Subject, true)
	}
	note("gemeenten chosen", w.settings["run.gemeenten"] != nil)
}

// situations have to be in the worlds that are compared.
var situations = []string{"lines leave something", "lines come to too much", "nobody said whether it can be spent", "carried out", "a payer who pays more", "can be spent",
	"refused", "an interval", "half approved", "half not approved", "some within two months", "another moment", "no answer", "a change", "plans of which nobody was asked", "set aside for some",
	"nothing set aside", "for plans", "plan_onbekend maatwerk_plan_regel", "plan_onbekend maatwerk_meting", "plan_onbekend maatwerk_uitgave",
	"negatieve_doorlooptijd maatwerk_plan", "regels_tellen_niet_op maatwerk_plan", "gemeenten chosen"}

// fixedWorlds are numbers of worlds that together have every situation.
var fixedWorlds = []int{149, 119, 289, 282, 207, 1}

// TestProgramme compares some worlds that were drawn once, and in make test-long forty more, with the reference, row by row.
func TestProgramme(t *testing.T) {
	slog.SetDefault(slog.New(slog.DiscardHandler))
	worlds := slices.Clone(fixedWorlds)
	if os.Getenv("STAPEL_LANG") != "" {
		for n := range 40 {
			worlds = append(worlds, 1000+n)
		}
	}
	had := map[string]int{}
	for _, n := range worlds {
		t.Run(fmt.Sprint(n), func(t *testing.T) { compareWorld(t, rapid.Custom(drawWorld).Example(n), t.TempDir(), had) })
	}
	for _, what := range situations {
		if had[what] == 0 {
			t.Errorf("in no world: %s", what)
		}
	}
	t.Logf("%v", had)
}
