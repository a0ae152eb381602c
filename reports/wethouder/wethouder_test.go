package wethouder

import (
	"go/parser"
	"go/token"
	stdhtml "html"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"stapel/reports"
	"stapel/reports/browsertest"
	"stapel/reports/nltest"
	"stapel/reports/reporttest"
	"stapel/reports/vrij"
)

// testRun is a run of the built-in configuration.
var testRun = reporttest.Run()

func payer(origin, name string, amount, low, high *int64) vrij.EffectBetaler {
	return vrij.EffectBetaler{Herkomst: origin, Betaler: name, Ct: amount, LaagCt: low, HoogCt: high}
}

func mark(at int64, asked, answered *int64, mean, change *float64) vrij.Tevredenheid {
	return vrij.Tevredenheid{Maand: at, Gevraagd: asked, Beantwoord: answered, Gemiddelde: mean, Verandering: change}
}

func ct(euros int64) *int64 { v := 100 * euros; return &v }

func ref[T any](v T) *T { return &v }

// found are the rows of one origin.
func found(origin, verdict string, homes *int64, estimate, low, high, least *int64) []vrij.Effect {
	months := homes
	if months != nil {
		months = ref(int64(7))
	}
	return []vrij.Effect{{Schatter: "gematcht", Herkomst: origin, Huishoudens: homes, Ct: estimate, LaagCt: low, HoogCt: high, Maanden: months, Oordeel: verdict},
		{Schatter: "kleinst_aantoonbaar", Herkomst: origin, Ct: least}, {Schatter: "verwacht", Herkomst: origin, Ct: ct(-21_300)}, {Schatter: "voor_na", Herkomst: origin, Ct: ct(-22_800)}}
}

// worlds are what came through the gate in five worlds, with the sentences that follow.
var worlds = []struct {
	name   string
	tables vrij.Tables
	want   [5]string
}{
	{"effect", vrij.Tables{Effect: slices.Concat(found("data", "aangetoond", ref(int64(65)), ct(-8_800), ct(-13_100), ct(-4_400), ct(6_200)),
		found("veld", "niet aangetoond", ref(int64(55)), ct(-7_800), ct(-12_000), ct(-3_400), ct(6_300))),
		EffectBetaler: []vrij.EffectBetaler{payer("data", "zorgverzekeraar", ct(-5_600), ct(-9_000), ct(-2_100)), payer("data", "gemeente_wmo", ct(1_900), ct(300), ct(3_500)), payer("veld", "gemeente_jeugd", ct(-100), ct(-900), ct(700))}}, [5]string{
		"Van ongeveer 20 plannen is vooraf berekend wat zij opleveren: samen € 426.000 minder kosten, gemiddeld € 21.300 per plan.",
		"Bij huishoudens die uit de gegevens zijn gekozen waren de kosten € 8.800 per jaar lager dan bij vergelijkbare huishoudens zonder maatwerk. " +
			"Bij huishoudens die het veld aanmeldde waren de kosten € 7.800 per jaar lager dan bij vergelijkbare huishoudens zonder maatwerk.",
		"Uit de gegevens: de besparing is aangetoond, met 95% zekerheid tussen € 13.100 minder kosten en € 4.400 minder kosten. " +
			"Uit het veld: een besparing is niet aangetoond, want het verschil kan ook komen door de manier waarop is gekozen of vergeleken.",
		"Zeker minder kosten: zorgverzekeraar (uit de gegevens, € 5.600 per huishouden per jaar). Zeker meer kosten: gemeente (Wmo) (uit de gegevens, € 1.900 per huishouden per jaar).",
		"Niet te zeggen is wat er na twaalf maanden gebeurt. Niet in deze bedragen: Wlz en subsidies."}},
	{"geen", vrij.Tables{Effect: found("data", "niet aangetoond", ref(int64(65)), ct(-300), ct(-4_900), ct(4_200), ct(6_500)),
		EffectBetaler: []vrij.EffectBetaler{payer("data", "zorgverzekeraar", ct(-200), ct(-2_500), ct(2_100))}}, [5]string{"",
		"Bij huishoudens die uit de gegevens zijn gekozen waren de kosten € 300 per jaar lager dan bij vergelijkbare huishoudens zonder maatwerk.",
		"Uit de gegevens: een besparing is niet aangetoond, het kan toeval zijn, met 95% zekerheid tussen € 4.900 minder kosten en € 4.200 meer kosten.",
		"Van geen enkele betaler is zeker dat die minder of meer kosten had.", ""}},
	{"schade", vrij.Tables{Effect: found("data", "niet aangetoond", ref(int64(60)), ct(9_900), ct(6_700), ct(13_100), ct(4_600)),
		EffectBetaler: []vrij.EffectBetaler{payer("data", "gemeente_jeugd", ct(6_100), ct(3_900), ct(8_300))}}, [5]string{"",
		"Bij huishoudens die uit de gegevens zijn gekozen waren de kosten € 9.900 per jaar hoger dan bij vergelijkbare huishoudens zonder maatwerk.",
		"Uit de gegevens: dit is geen besparing, de kosten stegen, met 95% zekerheid tussen € 6.700 meer kosten en € 13.100 meer kosten.",
		"Zeker meer kosten: gemeente (Jeugdwet) (uit de gegevens, € 6.100 per huishouden per jaar).", ""}},
	{"te klein", vrij.Tables{Effect: slices.Concat(found("data", "te weinig sets", nil, nil, nil, nil, nil), found("veld", "niet aan te tonen", ref(int64(10)), ct(-5_400), ct(-26_000), ct(15_200), ct(29_500))),
		EffectBetaler: []vrij.EffectBetaler{payer("data", "zorgverzekeraar", nil, nil, nil)}}, [5]string{"",
		"Bij huishoudens die uit de gegevens zijn gekozen is geen verschil te berekenen of te tonen. Bij huishoudens die het veld aanmeldde waren de kosten € 5.400 per jaar lager dan bij vergelijkbare huishoudens zonder maatwerk.",
		"Uit de gegevens: te weinig huishoudens om te zeggen of het toeval is. Uit het veld: een besparing is niet aan te tonen, want met zoveel huishoudens is pas een verschil vanaf € 29.500 te zien.",
		"Dat is niet te zeggen.", ""}},
	{"weinig bronnen", vrij.Tables{Effect: []vrij.Effect{{Schatter: "gematcht", Herkomst: "data", Oordeel: "niet te berekenen"}, {Schatter: "loting", Herkomst: "loting"}},
		PlanTotaal: []vrij.PlanTotaal{{Meting: "besparing_alle", Eenheid: "eurocent"}}, Uitkomst: []vrij.Uitkomst{{Uitkomst: "ontruiming", Herkomst: "data", Eenheid: "per jaar"}},
		Tevredenheid: []vrij.Tevredenheid{{Maand: 0}}, Bron: []vrij.Bron{{Kind: "zvw_declaratie", Stand: vrij.NietGeleverd}, {Kind: "wmo_declaratie", Stand: vrij.KoppeltNiet}, {Kind: "maatwerk_plan", Stand: vrij.BronHeel}, {Kind: "wonen_signaal", Stand: vrij.NietGeleverd}}}, [5]string{
		"Wat de plannen samen zouden besparen, is niet vastgelegd of niet te tonen.", "Bij huishoudens die uit de gegevens zijn gekozen is geen verschil te berekenen of te tonen.", "Uit de gegevens: niet te berekenen.", "Dat is niet te zeggen.",
		"Niet te zeggen is wat er na twaalf maanden gebeurt en of het mensen beter of slechter gaat. Onbekend, want niet geleverd of niet te gebruiken: Zvw-declaraties en Wmo-declaraties. Niet in deze bedragen: Wlz en subsidies."}},
}

// whole adds to a world what all worlds have.
func whole(t vrij.Tables) *vrij.Tables {
	if t.PlanTotaal == nil {
		t.PlanTotaal = []vrij.PlanTotaal{{Meting: "besparing_alle", WaardeCt: ct(426_000), Noemer: ref(int64(20)), Eenheid: "eurocent"}, {Meting: "gemiddelde_besparing_alle", WaardeCt: ct(21_300), Noemer: ref(int64(20)), Eenheid: "eurocent"}}
	}
	if t.Uitkomst == nil {
		t.Uitkomst = []vrij.Uitkomst{{Uitkomst: "dagen_uithuisgeplaatst", Herkomst: "data", Eenheid: "dagen per jaar", Schatting: ref(-3.25), Laag: ref(-8.5), Hoog: ref(2.0)},
			{Uitkomst: "ontruiming", Herkomst: "data", Eenheid: "per jaar", Schatting: ref(0.02)}}
	}
	if t.Tevredenheid == nil {
		t.Tevredenheid = []vrij.Tevredenheid{mark(0, ref(int64(30)), ref(int64(25)), ref(6.1), nil), mark(12, ref(int64(25)), nil, ref(7.3), ref(0.9))}
	}
	t.Claim = []vrij.Claim{{ID: "DH-1", BeweerdCt: 250_000_000, Oordeel: "niet te toetsen"},
		{ID: "MA-1", BeweerdCt: 42_600_000, NettoCt: ct(123_000), LaagCt: ct(-65_000), HoogCt: ct(235_000), Oordeel: "niet aangetoond"}}
	return &t
}

// TestBeforehand: each verdict says by which analysis plan it is; where there is none nothing is said.
func TestBeforehand(t *testing.T) {
	const plan, none = "volgens analyseplan abcdefabcdef van 02-01-2025", "geen analyseplan vooraf vastgelegd"
	rows := slices.Concat(found("data", "aangetoond", ref(int64(65)), ct(-8_800), ct(-13_100), ct(-4_400), ct(6_200)), found("veld", "niet aangetoond", ref(int64(55)), ct(-7_800), ct(-12_000), ct(-3_400), ct(6_300)))
	for i := range rows {
		if rows[i].Oordeel != "" {
			rows[i].Analyseplan = map[string]string{"data": plan, "veld": none}[rows[i].Herkomst]
		}
	}
	p := page{F: FiguresOf(whole(vrij.Tables{Effect: rows}), testRun)}
	if got, want := p.Beforehand(), []string{"Uit de gegevens: " + plan + ".", "Uit het veld: " + none + "."}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if got := (&page{F: FiguresOf(whole(worlds[0].tables), testRun)}).Beforehand(); len(got) > 0 {
		t.Errorf("without a word of plans: %q", got)
	}
}

// TestSentences holds the sentences to the figures, in every world.
func TestSentences(t *testing.T) {
	for _, w := range worlds {
		for i, s := range Sentences(FiguresOf(whole(w.tables), testRun)) {
			want := w.want[i]
			if want == "" { // as in the first world
				want = worlds[0].want[i]
			}
			if got := strings.ReplaceAll(s.Says, "\u00a0", " "); got != want {
				t.Errorf("%s, %s\n%q, want\n%q", w.name, s.Ask, got, want)
			}
		}
	}
	none := Sentences(Figures{})
	if len(none) != 5 || none[1].Says != "Wat maatwerk met de kosten deed, is niet berekend." {
		t.Errorf("without figures: %+v", none)
	}
}

// TestSure: what decides is the verdict, never a bound by itself; a saving is said to be there after one verdict only.
func TestSure(t *testing.T) {
	for _, verdict := range []string{"aangetoond", "niet aangetoond", "niet aan te tonen", "te weinig sets", "niet te berekenen", "", "iets nieuws"} {
		for _, high := range []*int64{nil, ct(-1), ct(1)} {
			o := Origin{Herkomst: "data", Oordeel: verdict, Estimate: ct(-500), Low: ct(-900), High: high}
			if says := sure(o); strings.Contains(says, "de besparing is aangetoond") != (verdict == "aangetoond") || !strings.HasSuffix(says, ".") {
				t.Errorf("%q, %v: %q", verdict, high, says)
			}
		}
	}
}

var tag = regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<[^>]*>`)

// words are what a reader sees, those of drawings too.
func words(html string) string {
	return strings.Join(strings.Fields(stdhtml.UnescapeString(tag.ReplaceAllString(html, " "))), " ")
}

// folder writes tables as the gate does, and opens the folder.
func folder(t testing.TB, tables *vrij.Tables) fs.FS {
	t.Helper()
	dir := t.TempDir()
	if err := vrij.Write(dir, tables); err != nil {
		t.Fatal(err)
	}
	return os.DirFS(dir)
}

// render writes the page.
func render(t testing.TB, from fs.FS) string {
	t.Helper()
	out := reporttest.Dir{}
	w := reports.NewWriter(out, reports.Werktafel)
	if err := Write(t.Context(), from, testRun, w); err != nil {
		t.Fatal(err)
	}
	if files := w.Files(); len(files) != 1 || files[0].Level != level {
		t.Errorf("files: %+v", files)
	}
	return out[FileName].String()
}

// TestPage: the page has its sentences and its figures, a dash where something may not be shown, and words that people have.
func TestPage(t *testing.T) {
	for _, w := range worlds {
		text := words(render(t, folder(t, whole(w.tables))))
		for _, s := range Sentences(FiguresOf(whole(w.tables), testRun)) {
			if !strings.Contains(text, strings.Join(strings.Fields(s.Says), " ")) {
				t.Errorf("%s: the page does not say %q", w.name, s.Says)
			}
		}
		if found := nltest.Jargon(text); len(found) > 0 {
			t.Errorf("%s: %q", w.name, found)
		}
		if strings.Contains(text, "NaN") || strings.Contains(text, "2.926.000") {
			t.Errorf("%s: a figure that is none, or claims added up", w.name)
		}
	}
	text := words(render(t, folder(t, whole(worlds[0].tables))))
	for _, want := range []string{"Uit de gegevens gekozen 65 7 -21.300 -22.800 -8.800 -13.100 -4.400", "Dagen uit huis geplaatst uit de gegevens -3,25 -8,50 2,00", "DH-1 2.500.000 – minder dan 10 of niet te tonen niet te toetsen",
		"Na 12 maanden 25 – minder dan 10 of niet te tonen 7,3 0,9"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not hold %q", want)
		}
	}
	render(t, folder(t, &vrij.Tables{}))
}

// TestReadsVrijOnly: the page opens the files of the folder vrij and no other, and imports nothing that could read a mart.
func TestReadsVrijOnly(t *testing.T) {
	opened := &reporttest.Recorder{FS: folder(t, whole(worlds[0].tables))}
	render(t, opened)
	for _, name := range opened.Names {
		if !slices.Contains(vrij.Names(), strings.TrimSuffix(name, ".parquet")) {
			t.Errorf("it opened %s", name)
		}
	}
	if len(opened.Names) != len(vrij.Names()) {
		t.Errorf("it opened %q", opened.Names)
	}
	allowed := strings.Fields(`context embed fmt html/template io io/fs slices strings stapel/reports stapel/reports/draw stapel/reports/html stapel/reports/nl stapel/reports/vrij stapel/transforms`)
	for _, file := range []string{"wethouder.go", "sentences.go"} {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, spec := range parsed.Imports {
			if path, err := strconv.Unquote(spec.Path.Value); err != nil || !slices.Contains(allowed, path) {
				t.Errorf("%s imports %s", file, path)
			}
		}
	}
}

// TestPageInBrowser holds the page to what everyone needs, and to one sheet of paper.
func TestPageInBrowser(t *testing.T) {
	for _, w := range worlds {
		t.Run(w.name, func(t *testing.T) {
			html := []byte(render(t, folder(t, whole(w.tables))))
			o := browsertest.Open(t, html)
			browsertest.Accessible(t, o)
			o.Run(t, chromedp.EmulateViewport(1280, 900))
			if wide := browsertest.Eval[[]string](t, o, browsertest.TooWide); len(wide) > 0 {
				t.Errorf("at 1280: %v", wide)
			}
			o.Run(t, chromedp.ResetViewport())
			if sheets := browsertest.Sheets(t, o.PDF(t), 16*72/25.4); len(sheets) != 1 {
				t.Errorf("%d sheets", len(sheets))
			}
			o.Quiet(t)
			browsertest.OnlyOwnScript(t, o, html)
		})
	}
}
