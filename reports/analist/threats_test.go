package analist

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"stapel/reports/mart"
	"stapel/reports/marttest"
)

// TestPreventive: the page shows the list in the order of its numbers, with k of n and the interval of each group, and says of a group
// without anybody to follow that there is no answer.
func TestPreventive(t *testing.T) {
	marts := fixture(t, 200)
	marttest.Write(t, marts, "dreiging_kans", []mart.DreigingKans{
		{Cocktail: "1", Ontbrekend: "ggz", Nu: 1},
		{Cocktail: "2", Ontbrekend: "jeugdzorg", Toen: 5, NietTeZien: 1, Gevolgd: 4, Vol: 3, Aandeel: ref(0.75), Ondergrens: ref(0.194), Bovengrens: ref(0.994), Nu: 2},
		{Cocktail: "3", Ontbrekend: "woonproblematiek (zwak aanwezig)", Toen: 200, Gevolgd: 200, Vol: 100, Aandeel: ref(0.5), Ondergrens: ref(0.429),
			Bovengrens: ref(0.571), Nu: 31}})
	var list []mart.Preventief
	for i := range 34 {
		row := mart.Preventief{Volgnr: int64(i + 1), Huishouden: fmt.Sprintf("h-%016x", i), Cocktail: "3", Van: day("2025-03-01"), T0Ct: 100,
			Ontbrekend: "woonproblematiek (zwak aanwezig)", Gevolgd: 200, Vol: 100, InMaatwerk: i == 1, Cocktails: map[bool]string{true: "2"}[i == 1]}
		if i == 33 {
			row.Cocktail, row.Ontbrekend, row.Gevolgd, row.Vol = "1", "ggz", 0, 0
		}
		list = append(list, row)
	}
	marttest.Write(t, marts, "preventief", list)
	_, out := render(t, marts, testRun)
	page := pages(out)
	_, section, ok := strings.Cut(page, `id="preventief"`)
	if !ok {
		t.Fatal("no preventive list")
	}
	section, _, _ = strings.Cut(section, "<h3>")
	rest := section
	for _, want := range []string{"fig-dreiging", "50,0% (42,9% tot 57,1%)", "75,0% (19,4% tot 99,4%)", "ggz</td><td class=\"r\">0</td>", "De eerste 25 van 34",
		"h-0000000000000000", "100 van 200", "h-0000000000000001", "in maatwerk; ook vol: " + testNames[1].Naam, "h-0000000000000018"} {
		_, after, ok := strings.Cut(rest, want)
		if !ok {
			t.Errorf("no %q where it belongs", want)
			continue
		}
		rest = after
	}
	if strings.Contains(section, "h-0000000000000019") {
		t.Error("more rows than it says")
	}
	if csv := out["csv/preventief.csv"].String(); strings.Count(csv, "\n") != 35 || !strings.Contains(csv, "34;h-0000000000000021;1;2025-03-01;ggz;;1,00;;nee;0;0;;;") {
		t.Errorf("csv: %s", csv)
	}

	empty := fstest.MapFS{}
	marttest.Write(t, empty, "dreiging_kans", []mart.DreigingKans{})
	marttest.Write(t, empty, "preventief", []mart.Preventief{})
	marttest.Write(t, empty, "cocktail", []mart.Cocktail{})
	_, out = render(t, empty, testRun)
	if page := pages(out); !strings.Contains(page, "dreigde er bij geen huishouden een cocktail") {
		t.Error("nothing is said of no near misses")
	}
}
