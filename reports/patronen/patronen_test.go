package patronen

import (
	"context"
	"fmt"
	"math/big"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"stapel/reports"
	"stapel/reports/mart"
	"stapel/reports/marttest"
	"stapel/reports/nl"
	"stapel/reports/nltest"
	"stapel/reports/reporttest"
	"stapel/reports/seen"
)

var section = regexp.MustCompile(`(?s)<section id="([a-z]+)".*?</section>`)

// TestTables holds what a reader sees to the marts.
func TestTables(t *testing.T) {
	page := render(t, fixture(t), testRun, everything())
	third, name := testRun.Cocktails[2], testRun.Cocktails[2].Naam
	for _, c := range []struct {
		caption string
		want    [][]string
	}{
		{"Zonder naam, alleen onderdelen", [][]string{
			{"3", "Jeugdzorg + schulden jeugdzorg+schulden", "431", "17", "402 van 12.345", "150,3", "2,7 2,4 – 3,0", "< 0,001", "ja", "20.337 samen 8.765.432"},
			{"5", "Ggz + schulden ggz+schulden", "88", "9", "77 van 11.111", "70,5", "1,1 0,9 – 1,4", "0,346", "nee", "14.029 samen 1.234.568"}}},
		{"Zonder naam, met andere", [][]string{{"1", "Huurachterstand + kinderen + schulden + woonproblematiek huurachterstand+kinderen+schulden+woonproblematiek met daarin: " + name,
			"61", "3", "59 van 9.876", "< 0,1", "1.475 1.123 – 1.903", "< 0,001", "ja", "3.645 samen 222.333"}}},
		{"De cocktails zelf", [][]string{{"4", "Kinderen + schulden + woonproblematiek kinderen+schulden+woonproblematiek " + name, "265", "75", "244 van 12.001", "99,8", "2,4 2,1 – 2,8", "0,004", "ja",
			"2.097 samen 555.667"}}},
		{"Wel gezien, zonder verwachting", [][]string{{"Detentie + ggz detentie+ggz", "13", "4.321"}}},
		{"Wat eerst te zien was", [][]string{
			{"Woonproblematiek", "Schulden", "185", "98 31 – 211", "140", "119 45 – 302", "6", "501", "56,9% 51,3% – 62,4%", "0,015"},
			{"Detentie", "Ggz", "0", "–", "0", "–", "2", "33", "–", "–"}}},
		{"Wegen naar: " + name, [][]string{
			{"Woonproblematiek → schulden → cocktail vol", "110", "96 (74 – 133)", "woonproblematiek → schulden: 91 (70 – 128); schulden → cocktail vol: 1 (0 – 12)"},
			{"Schulden → woonproblematiek → cocktail vol", "43", "163 (47 – 362)", "schulden → woonproblematiek: 158 (40 – 350); woonproblematiek → cocktail vol: 5 (2 – 15)"},
			{"Al vol toen de 24 maanden begonnen", "71", "n.v.t.", ""}, {"Volgorde niet te zien", "52", "n.v.t.", ""}}},
		{"Huishoudens aan het eind van elk kwartaal", [][]string{{testRun.Cocktails[0].Naam}, {"Vol", "210", "220", "230"}, {"Dreigend", "410", "420", "430"}, {"Onbekend", "611", "621", "631"},
			{"Niet te beoordelen", "812", "822", "832"}}},
		{"Huishoudens met de hele cocktail per gemeente", [][]string{{testRun.Cocktails[0].Naam}, {"Oisterwijk", "2.007", "2.027", "2.047", "4.104"}, {"Tilburg", "7", "27", "47", "104"}}},
		{"Soort huishouden en cocktail", [][]string{{testRun.Cocktails[0].Naam}, {"Niet geleverd", "12", "0", "1", "2", "3", "0,0", "–", "100"},
			{"Eenouder", "2.500", "71", "72", "73", "74", "30,2", "10.014", "5.809"}}},
		{"Gemeente en cocktail", [][]string{{testRun.Cocktails[0].Naam}, {"Oisterwijk", "6.000", "91", "92", "93", "94", "15,7", "10.011", "4.080"}, {"Tilburg", "14.000", "131", "132", "133", "134",
			"9,5", "10.008", "3.181"}}},
		{"Wijk en cocktail", [][]string{{testRun.Cocktails[0].Naam + ": 1 van de 1 wijk met de hele cocktail, van 1 in totaal"}, {testRun.Namen.Wijk("WK085501"), "4.000", "31", "32", "33", "34", "7,9", "10.032", "1.036"}}},
		{"Gedeclareerde kosten", [][]string{{testRun.Cocktails[0].Naam, "222", "7.777.778", "35.035", "19.778", "88.888.889", "4.494", "449"}}},
		{"Wat plannen in de weg staat", [][]string{{"Huisvesting", "47", "21", "4", "–"}, {"Alle plannen", "95", "33", "7", "182"}}},
		{"Wie over plannen besluit", [][]string{{"Woningcorporatie", "58", "26", "44,8%", "5", "1"}, {"Partij niet genoemd", "12", "2", "16,7%", "1", "34"}}},
		{"Wie besluit over plannen met", [][]string{{"Huisvesting"}, {"Woningcorporatie", "29", "19", "65,5%", "3", "46"}}},
		{"Huishoudens met een terugvordering", [][]string{{nl.Capital(third.Naam), "72", "180", "13", "265", "28,6%", "84", "412.000", "5.722"},
			{"Zonder een van de cocktails", "501", "17.400", "1.099", "19.000", "2,8%", "533", "2.400.000", "4.790"},
			{"Alle huishoudens", "641", "18.000", "1.359", "20.000", "3,4%", "702", "2.914.001", "4.546"}}},
	} {
		got := reporttest.TableOf(t, page, c.caption)
		if len(got) < len(c.want) {
			t.Errorf("%s: %q", c.caption, got)
			continue
		}
		for i, want := range c.want {
			if strings.Join(got[i], "|") != strings.Join(want, "|") {
				t.Errorf("%s, row %d: %q, want %q", c.caption, i+1, got[i], want)
			}
		}
	}
	text := reporttest.Words(page)
	for _, want := range []string{"Niet delen.", "ruwe aantallen", "5 combinaties, waarvan 1 met de onderdelen van een cocktail. Van de andere zijn er 3 te toetsen; daarvan komen er 2 vaker voor dan bij toeval.",
		"Een cijfer heet patroon/<combinatie>/<kolom> ; alle rijen staan in csv/patroon.csv.", "deze run heeft dat niet"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if strings.Contains(text, "onbekend: ") || strings.Contains(text, "niet geleverd:") || strings.Contains(text, "NaN") {
		t.Error("a page for which all was delivered says that something was not")
	}
	run := testRun
	run.Werktafel = true
	if page := render(t, fixture(t), run, everything()); !strings.Contains(page, `href="../werktafel/werktafel.html"`) {
		t.Error("the page does not lead to what may be shared")
	}
}

// TestAbsent: what a kind that was not delivered would have shown is unknown, with the kind as the reason, and never a zero.
func TestAbsent(t *testing.T) {
	for kind, c := range map[string]struct {
		part     string
		says, no []string
	}{
		"maatwerk_plan":          {"hindernissen", []string{"Onbekend. niet geleverd: Maatwerkplannen."}, []string{"95", "Alle plannen"}},
		"maatwerk_akkoord":       {"hindernissen", []string{"Alle plannen 95 onbekend onbekend 182", "Wie nee zegt is onbekend. niet geleverd: Akkoorden op plannen."}, []string{"Woningcorporatie"}},
		"participatie_vordering": {"fraudefuik", []string{"Onbekend. niet geleverd: Vorderingen (BDFS)."}, []string{"641", "2.914"}},
		"zvw_declaratie":         {"kosten", []string{"Niet volledig; niet geleverd: Zvw-declaraties."}, nil},
	} {
		page := render(t, fixture(t), testRun, everything(kind))
		for _, m := range section.FindAllStringSubmatch(page, -1) {
			if m[1] != c.part {
				continue
			}
			text := reporttest.Words(m[0])
			for _, want := range c.says {
				if !strings.Contains(text, want) {
					t.Errorf("without %s it does not say %q: %s", kind, want, text)
				}
			}
			for _, no := range c.no {
				if strings.Contains(text, no) {
					t.Errorf("without %s it says %q", kind, no)
				}
			}
		}
	}
	head := reporttest.Words(render(t, fixture(t), testRun, everything("schuldhulp_signaal", "zvw_declaratie")))
	for _, want := range []string{"Van niemand is te zeggen dat dit ontbreekt", "schulden: niet geleverd: Vroegsignalen schulden", "ggz: niet geleverd: Zvw-declaraties"} {
		if !strings.Contains(head, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	part := everything()
	part["zvw_declaratie"] = seen.Source{Kind: "zvw_declaratie", Reach: seen.ReachPart, Months: 9}
	if head := reporttest.Words(render(t, fixture(t), testRun, part)); !strings.Contains(head, "Niet van iedereen is te zeggen of dit ontbreekt ggz: dekt 9 van de laatste 12 maanden: Zvw-declaraties") {
		t.Error("a kind that covers nine months is not named")
	}
	none := reporttest.Words(render(t, fixture(t), testRun, everything(testRun.Kinds...)))
	if !strings.Contains(none, "< 0,001 ja onbekend") || strings.Contains(none, "8.765.432") {
		t.Error("costs are shown though nothing that makes them was delivered")
	}
}

// TestNothing: a mart that is not there, and one without rows, say so in their part; neither draws or is an error.
func TestNothing(t *testing.T) {
	empty := fstest.MapFS{}
	for _, m := range (&Facts{}).Marts() {
		marttest.Write(t, empty, m.Name, []struct{}{})
	}
	for name, c := range map[string]struct {
		marts fstest.MapFS
		says  string
	}{"no marts": {fstest.MapFS{}, "Niet beschikbaar in deze run."}, "no rows": {empty, "Leeg: "}} {
		page := render(t, c.marts, testRun, everything())
		found := section.FindAllString(page, -1)
		if len(found) != 8 {
			t.Fatalf("%d parts", len(found))
		}
		for _, part := range found {
			if text := reporttest.Words(part); !strings.Contains(text, c.says) || strings.Contains(part, "<table") || strings.Contains(part, "<figure") {
				t.Errorf("%s: %s", name, text)
			}
		}
	}
	if text := reporttest.Words(render(t, empty, testRun, everything("schuldhulp_signaal"))); !strings.Contains(text, "Van sommige onderdelen kon dat ook niet") {
		t.Error("an empty table does not lead to what could not be seen")
	}
	broken := fixture(t)
	broken["pad.parquet"] = &fstest.MapFile{Data: []byte("geen parquet")}
	if _, err := Read(context.Background(), broken); err == nil || !strings.Contains(err.Error(), "mart pad") {
		t.Errorf("a broken mart: %v", err)
	}
	marttest.Write(t, broken, "pad", []mart.Concentratie{{}})
	if _, err := Read(context.Background(), broken); err == nil || !strings.Contains(err.Error(), "mart pad: kolom cocktail_id ontbreekt") {
		t.Errorf("a mart with other columns: %v", err)
	}
	for name := range fixture(t) {
		marts := fixture(t)
		delete(marts, name)
		render(t, marts, testRun, everything())
	}
}

// TestOneOrder: whatever the order of rows in the marts, the chapter has one.
func TestOneOrder(t *testing.T) {
	sorted, err := Read(context.Background(), fixture(t))
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		other := *sorted
		v := reflect.ValueOf(&other).Elem()
		for i := range v.NumField() {
			if f := v.Field(i); f.Kind() == reflect.Slice {
				list := reflect.AppendSlice(reflect.MakeSlice(f.Type(), 0, f.Len()), f)
				r.Shuffle(list.Len(), reflect.Swapper(list.Interface()))
				f.Set(list)
			}
		}
		other.order()
		if !reflect.DeepEqual(&other, sorted) {
			t.Fatal("rows in another order come out in another order")
		}
	})
}

// TestMarts: files have every row and column of the marts, in the order of the page.
func TestMarts(t *testing.T) {
	marts := fixture(t)
	f, err := Read(context.Background(), marts)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range f.Marts() {
		table, err := mart.TableOf(m.Name)
		if err != nil {
			t.Fatal(err)
		}
		all := func(each mart.Each) (out []string) {
			if err := each(context.Background(), func(cells []any) error { out = append(out, fmt.Sprint(cells...)); return nil }); err != nil {
				t.Fatal(err)
			}
			return out
		}
		got, want := all(m.Each(table.Columns)), all(mart.Stream(marts, m.Name, table.Columns, -1))
		if len(got) != m.Rows || m.Rows == 0 || !f.Has(m.Name) || m.Title == "" || m.Order == "" {
			t.Errorf("%s: %d rows of %d", m.Name, len(got), m.Rows)
		}
		slices.Sort(got)
		slices.Sort(want)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", m.Name, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	name := testRun.Cocktails[0].Naam
	for _, c := range []struct{ mart, column, code, want string }{
		{"patroon", "combinatie", "geen_uitkering+ggz", "geen bijstand + ggz"}, {"patroon", "cocktail_id", testRun.Cocktails[0].ID + "|eigen", name + "; eigen"}, {"patroon", "cocktail_id", "", ""},
		{"overgang", "van_ingredient", "ggz", "ggz"}, {"pad_stap", "naar_ingredient", "vol", "cocktail vol"}, {"pad_stap", "van_ingredient", "ggz+schulden", "ggz + schulden"},
		{"pad", "pad", "al_vol", "al vol toen de 24 maanden begonnen"}, {"pad", "pad", "ggz+schulden>dakloos", "ggz + schulden → zonder vast adres of in de opvang → cocktail vol"},
		{"cocktail_groep", "groep", "alle", "alle huishoudens"}, {"cocktail_groep", "groep", "GM0855", "Tilburg"}, {"cocktail_groep", "groep", "6", "eenouder"}, {"cocktail_groep", "groep", "", "niet geleverd"},
		{"cocktail_groep", "groep", "WK999999", testRun.Namen.Wijk("WK999999")}, {"fraudefuik", "groep", "geen", "zonder een van de cocktails"}, {"fraudefuik", "groep", testRun.Cocktails[0].ID, name},
		{"hindernis", "hindernis", "alle", "alle plannen"}, {"hindernis", "partij", "niet_genoemd", "partij niet genoemd"},
	} {
		if of := Words(testRun, c.mart, c.column); of == nil || of(c.code) != c.want {
			t.Errorf("%s.%s of %q, want %q", c.mart, c.column, c.code, c.want)
		}
	}
	if Words(testRun, "patroon", "huishoudens") != nil {
		t.Error("a number has words")
	}
}

func TestPlainDutch(t *testing.T) {
	for _, in := range []seen.Sources{everything(), everything("maatwerk_akkoord", "schuldhulp_signaal", "participatie_vordering")} {
		if found := nltest.Jargon(reporttest.Words(render(t, fixture(t), testRun, in))); len(found) > 0 {
			t.Errorf("%q", found)
		}
	}
}

// TestMean compares with exact rationals, rounded half away from zero.
func TestMean(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ct, n := rapid.Int64Range(-1e15, 1e15).Draw(t, "ct"), rapid.Int64Range(-2, 5000).Draw(t, "n")
		got := mean(ct, n)
		if n <= 0 {
			if got != nil {
				t.Fatalf("the mean of %d is %d", n, *got)
			}
			return
		}
		if want := big.NewRat(ct, n).FloatString(0); got == nil || fmt.Sprint(*got) != want && !(want == "-0" && *got == 0) {
			t.Fatalf("%d over %d is %v, want %s", ct, n, *got, want)
		}
	})
}

// TestHostile: text from data stays text.
func TestHostile(t *testing.T) {
	bad := `<script>alert(1)</script>"`
	marts := fixture(t)
	marttest.Write(t, marts, "hindernis", []Obstacle{{bad, "alle", 3, 1, 0, nil}, {"alle", bad, 3, 1, 0, nil}})
	marttest.Write(t, marts, "patroon", []Set{{Combinatie: bad, Huishoudens: 3, Rang: ref(int64(1)), Lift: ref(2.0), LiftLaag: ref(1.0), LiftHoog: ref(3.0), Verwacht: ref(1.5), Q: ref(0.01), Waargenomen: 9}})
	run := testRun
	run.Cocktails = append([]reports.Cocktail{{ID: "x", Naam: bad}}, run.Cocktails...)
	marttest.Write(t, marts, "fraudefuik", []Claim{{Groep: "x", Met: 3, OpenCt: 5}})
	page := render(t, marts, run, everything())
	if strings.Count(page, "<script") != 1 || !strings.Contains(page, "&lt;script&gt;") {
		t.Error("text from data became markup")
	}
	for _, outside := range []string{"http:", "https:", "url(", "@import", "src="} {
		if strings.Contains(page, outside) {
			t.Errorf("the page holds %q", outside)
		}
	}
	if !strings.Contains(page, nl.Word("niveau", "totaal")) {
		t.Error("a sheet of paper does not say its level")
	}
}
