package effect

import (
	"context"
	"fmt"
	"math/rand/v2"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"pgregory.net/rapid"

	"stapel/reports/mart"
	"stapel/reports/marttest"
	"stapel/reports/nl"
	"stapel/reports/nltest"
	"stapel/reports/reporttest"
)

var section = regexp.MustCompile(`(?s)<section id="([a-z]+)".*?</section>`)

// TestTables holds what a reader sees to the marts, in the world with an effect.
func TestTables(t *testing.T) {
	page, households := render(t, fixture(t, "effect"), testRun, everything())
	for _, c := range []struct {
		page, caption string
		want          [][]string
	}{
		{page, "Kosten van alle wetten samen", [][]string{
			{"Uit de gegevens gekozen", "-21.300", "-8.765 -13.086 tot -4.444", "6.179", "64 met maatwerk, 187 zonder", "7 tot 12", "Aangetoond", "Het interval ligt onder nul en de werkwijze vindt niets waar niets is"},
			{"Door het veld aangemeld", "-21.300", "-7.765 -12.086 tot -3.444", "6.179", "53 met maatwerk, 154 zonder", "7 tot 12", "Aangetoond", "Het interval ligt onder nul en de werkwijze vindt niets waar niets is"}}},
		{page, "Verwacht naast gezien", [][]string{{"Vooraf, in de plannen: een besparing staat hier boven nul"}, {"Verwachte besparing, alle plannen", "426.000", "–", "20 plannen van de 30", "–", "plan_totaal/besparing_alle verwacht, niet gezien"},
			{"Verwachte besparing, uitgevoerde plannen", "318.222", "–", "15 plannen van de 30", "–", "plan_totaal/besparing_uitgevoerd verwacht, niet gezien"},
			{"Gemiddeld per plan", "21.300", "–", "20 plannen van de 30", "–", "plan_totaal/gemiddelde_besparing_alle verwacht, niet gezien"}, {"Uit de gegevens gekozen: per huishouden per jaar, onder nul is minder kosten"},
			{"Verwacht in de plannen", "-21.300", "–", "64 met maatwerk", "7 tot 12", "20 van 64 plannen zeggen wat zij verwachten"}, {"Verwacht, 25% eraf", "-15.975", "–", "64 met maatwerk", "7 tot 12", "20 van 64 plannen zeggen wat zij verwachten"},
			{"Verwacht, 40% eraf", "-12.780", "–", "64 met maatwerk", "7 tot 12", "20 van 64 plannen zeggen wat zij verwachten"},
			{"Vergelijkbare huishoudens", "-8.765", "-13.086 tot -4.444", "64 met maatwerk, 187 zonder", "7 tot 12", "Het interval ligt onder nul en de werkwijze vindt niets waar niets is"}}},
		{page, "Alle werkwijzen naast elkaar, na de start", [][]string{{"Uit de gegevens gekozen"}, {"Voor en na De kosten erna min die ervoor. Dit is geen effect.", "-22.765", "-27.086 tot -18.444", "0,032", "64 met maatwerk", "7 tot 12",
			"Geen effect: wie gekozen is omdat het duur was, wordt ook zonder maatwerk goedkoper"}}},
		{page, "Per wet en per betaler", [][]string{{"Uit de gegevens gekozen"}}},
		{page, "Hoe vergelijkbaar", [][]string{{"Kosten in het jaar ervoor", "1,60", "0,13", "1,07", "611", "Uit balans"}, {"Kosten in het jaar daarvoor", "1,40", "0,11", "1,07", "1.222", "Uit balans"}}},
		{page, "Welke maanden", [][]string{{"Wmo-declaraties", "12 van de 12", "dec 2025", "dec 2025", "99,9% (99,3%)", ""}, {"Zvw-declaraties", "7 van de 12", "jul 2025", "dec 2025", "99,1% (96,2%)", "Er komt nog te veel binnen"}}},
		{page, "Wie maatwerk betaalde", [][]string{{"Programma maatwerk", "gemeente (Jeugdwet)", "560.960", "284.416 tot 837.504", "ja", ""}}},
		{page, "Verwacht in de plannen, per betaler", [][]string{{"Alle plannen met een kosten-batenanalyse"}, {"Gemeente (Wmo)", "400.000", "224.000", "176.000", "0", "19 van de 20"}}},
		{page, "Uitkomsten naast geld", [][]string{{"Dagen uit huis geplaatst"}, {"Uit de gegevens gekozen", "per jaar", "1,25", "0,75", "1,50", "1,25", "0,00", "-0,20 tot 0,20", "64", ""}}},
		{page, "Mensen die uit", [][]string{{"Mensen die verhuisden"}, {"Uit de gegevens gekozen", "personen per huishouden", "–", "–", "–", "–", "–", "–", "64", "Heeft geen ervoor"}}},
		{page, "Rapportcijfers", [][]string{{"Bij de start", "21", "20", "31", "28", "90,3%", "6,1", "–", "–"}, {"Na 12 maanden", "18", "16", "24", "17", "70,8%", "7,3", "0,9", "15"}}},
		{page, "Tijd tot akkoord", [][]string{{"Akkoord binnen twee maanden", "13,8%", "5,4% tot 32,2%", "29"}, {"Dagen tot de helft akkoord heeft", "182,0", "vanaf 120,0", "30"}}},
		{page, "Uitgaven van het programma", [][]string{{"2024"}, {"Training", "31.416", "–", "–", "0", "4"}, {"Samen", "140.000", "300.000", "138.000", "21.000", "44"}}},
		{page, "Beweerde besparingen", [][]string{{"150 gezinnen bespaarden 2,5 miljoen (Den Haag) DH-1", "150", "2.500.000", "–", "–", "–", "–", "Niet te toetsen", "De huishoudens van deze claim zijn niet in de gegevens"},
			{"20 analyses, 426.000 euro (Maastricht) MA-1", "20", "426.000", "426.000", "511.111", "123.456", "-65.432 tot 234.567", "Niet aangetoond", "Het interval bevat nul en de claim"}}},
		{households, "Sets: een huishouden", [][]string{{"Set 1: plan C001, uit de gegevens gekozen, verwachte besparing € 27.000"}, {"h-0000000000000001", "met maatwerk", "1,00", "feb 2024", "mei 2024", "mei 2025"},
			{"h-0000000000000100", "zonder maatwerk", "0,33", "feb 2024", "mei 2024", "apr 2025"}}},
	} {
		got := reporttest.TableOf(t, c.page, c.caption)
		if len(got) < len(c.want) {
			t.Errorf("%s: %q", c.caption, got)
			continue
		}
		for i, want := range c.want {
			if strings.Join(got[i], "|") != strings.Join(want, "|") {
				t.Errorf("%s, row %d:\n%q, want\n%q", c.caption, i+1, got[i], want)
			}
		}
	}
	if claims := reporttest.Words(section.FindAllString(page, -1)[12]); strings.Contains(claims, "2.926.000") || !strings.Contains(claims, "Tel ze niet op") {
		t.Errorf("claims are added up, or nobody says that they can't be: %s", claims)
	}
}

// TestNumbers: every estimate of mart effect stands in the page, whatever the world, and none that is not in a mart.
func TestNumbers(t *testing.T) {
	for _, name := range names {
		marts := fixture(t, name)
		page, _ := render(t, marts, testRun, everything(worlds[name].absent...))
		f, err := Read(context.Background(), marts)
		if err != nil {
			t.Fatal(err)
		}
		text := reporttest.Words(page)
		for _, e := range f.Effects {
			for _, v := range []*int64{e.Ct, e.LaagCt, e.HoogCt} {
				if v != nil && !strings.Contains(text, nl.AmountWhole(*v)) {
					t.Errorf("%s: %s of %s by %s is not in the page", name, nl.AmountWhole(*v), e.Schatter, e.Klok)
				}
			}
			if !strings.Contains(text, nl.Capital(e.Opmerking)) {
				t.Errorf("%s: the page does not say %q", name, e.Opmerking)
			}
		}
		if !strings.Contains(text, nl.Capital(worlds[name].verdict)) {
			t.Errorf("%s: no verdict", name)
		}
	}
}

// TestWorlds: what each world must say and must not say.
func TestWorlds(t *testing.T) {
	for name, c := range map[string]struct{ says, not []string }{
		"effect":   {[]string{"Aangetoond", "2 kenmerken"}, []string{"Niet alles is er"}},
		"geen":     {[]string{"Niet aangetoond"}, []string{"Aangetoond Het"}},
		"schade":   {[]string{"9.876", "Minder zorg kan ook schade zijn"}, nil},
		"te_klein": {[]string{"Te weinig sets", "Minder dan 10 sets: geen interval"}, []string{"-5.432 -5.432"}},
		"weinig": {[]string{"Niet te berekenen", "Niet alles is er. Niet geleverd: ", "Geen sets met bedragen", "Onbekend. niet geleverd: Tevredenheidsmetingen", "Onbekend. niet geleverd: Uitgaven van het programma",
			"Er zijn geen sets om te vergelijken."}, []string{"NaN", "Rapportcijfers van mensen"}},
	} {
		page, _ := render(t, fixture(t, name), testRun, everything(worlds[name].absent...))
		text := reporttest.Words(page)
		for _, want := range c.says {
			if want == "2 kenmerken" {
				want = "Na het vormen van sets verschillen er 2 van de 12 kenmerken meer dan 0,1 standaarddeviatie."
			}
			if !strings.Contains(text, want) {
				t.Errorf("%s does not say %q", name, want)
			}
		}
		for _, not := range c.not {
			if strings.Contains(text, not) {
				t.Errorf("%s says %q", name, not)
			}
		}
		if found := nltest.Jargon(text); len(found) > 0 {
			t.Errorf("%s: %q", name, found)
		}
	}
}

// TestNothing: a mart that is not there, and one without rows, say so in their part; neither draws or is an error.
func TestNothing(t *testing.T) {
	empty := fstest.MapFS{}
	for name := range fixture(t, "geen") {
		marttest.Write(t, empty, strings.TrimSuffix(name, ".parquet"), []struct{}{})
	}
	for name, c := range map[string]struct {
		marts fstest.MapFS
		says  string
	}{"no marts": {fstest.MapFS{}, "Niet beschikbaar in deze run."}, "no rows": {empty, "Leeg: "}} {
		page, households := render(t, c.marts, testRun, everything())
		found := append(section.FindAllString(page, -1), section.FindAllString(households, -1)...)
		if len(found) != 14 {
			t.Fatalf("%d parts", len(found))
		}
		for _, part := range found {
			if text := reporttest.Words(part); !strings.Contains(text, c.says) || strings.Contains(part, "<table") || strings.Contains(part, "<figure") {
				t.Errorf("%s: %s", name, text)
			}
		}
	}
	broken := fixture(t, "geen")
	broken["effect.parquet"] = &fstest.MapFile{Data: []byte("geen parquet")}
	if _, err := Read(context.Background(), broken); err == nil || !strings.Contains(err.Error(), "mart effect") {
		t.Errorf("a broken mart: %v", err)
	}
	for name := range fixture(t, "geen") {
		marts := fixture(t, "geen")
		delete(marts, name)
		render(t, marts, testRun, everything())
	}
}

// TestOneOrder: whatever the order of rows in the marts, the chapter has one.
func TestOneOrder(t *testing.T) {
	sorted, err := Read(context.Background(), fixture(t, "effect"))
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

// TestMarts: files have every row and column of the marts.
func TestMarts(t *testing.T) {
	marts := fixture(t, "effect")
	f, err := Read(context.Background(), marts)
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, m := range f.Marts() {
		seen++
		table, err := mart.TableOf(m.Name)
		if err != nil {
			t.Fatal(err)
		}
		all := func(each mart.Each) (out []string) {
			if err := each(context.Background(), func(cells []any) error {
				out = append(out, strings.ReplaceAll(fmt.Sprint(cells...), "ct per", "euro per"))
				return nil
			}); err != nil {
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
	if seen != 12 {
		t.Errorf("%d marts", seen)
	}
}

// TestWordsOfMethods: every estimator has a name and says how it works, in every order that is shown.
func TestWordsOfMethods(t *testing.T) {
	for _, m := range methods {
		if how[m] == "" || nl.Word("schatter", m) == strings.ReplaceAll(m, "_", " ") && m != lottery {
			t.Errorf("%s has no words", m)
		}
	}
	for _, c := range []struct{ mart, column, code, want string }{{"effect", "schatter", "voor_na", "Voor en na"}, {"effect", "domein", "alle", "alle wetten"}, {"uitkomst", "uitkomst", "ontruiming", "Ontruimingen"},
		{"betaler_matrix", "betaler_kosten", "programma", "programma maatwerk"}, {"koppeling", "herkomst", "", "herkomst niet bekend"}} {
		if of := Words(testRun, c.mart, c.column); of == nil || of(c.code) != c.want {
			t.Errorf("%s.%s of %q, want %q", c.mart, c.column, c.code, c.want)
		}
	}
	if Words(testRun, "effect", "n_sets") != nil {
		t.Error("a number has words")
	}
}

// TestHostile: text from data stays text.
func TestHostile(t *testing.T) {
	bad := `<script>alert(1)</script>"`
	marts := fixture(t, "effect")
	marttest.Write(t, marts, "claim_toets", []Claim{{ID: bad, Tekst: bad, Oordeel: bad, Reden: bad}})
	marttest.Write(t, marts, "koppeling", []Member{{Set: 1, Huishouden: bad, Casus: bad, Behandeld: true}})
	marttest.Write(t, marts, "betaler_matrix", []Payment{{Kosten: bad, Baten: bad, Ct: ref(int64(5))}})
	page, households := render(t, marts, testRun, everything())
	for _, html := range []string{page, households} {
		if strings.Count(html, "<script") != 1 || !strings.Contains(html, "&lt;script&gt;") {
			t.Error("text from data became markup")
		}
		for _, outside := range []string{"http:", "https:", "url(", "@import", "src="} {
			if strings.Contains(html, outside) {
				t.Errorf("the page holds %q", outside)
			}
		}
	}
	if !strings.Contains(page, nl.Word("niveau", "totaal")) || !strings.Contains(households, nl.Word("niveau", "rij")) {
		t.Error("a sheet of paper does not say its level")
	}
}
