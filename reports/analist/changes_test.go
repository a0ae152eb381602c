package analist

import (
	"bytes"
	"strings"
	"testing"

	"stapel/reports/browsertest"
	"stapel/reports/nltest"
)

// TestChanges: the page says who came and went and why, in words, and that there is no run before where there is none.
func TestChanges(t *testing.T) {
	c := Changes{Before: "2025-11-30-0123456789ab", BeforePeildatum: "2025-11-30", Entered: 1, Left: 1, Both: 1476, Same: 1400, Gone: 1, Fresh: 2, All: 3,
		Reasons: []ReasonCount{{"nieuwe_gegevens", 70}}, Households: []Changed{
			{ID: "h-0000000000000001", Entered: true, RankA: ref(int64(9)), RankB: ref(int64(2)), T0A: ref(int64(90_000_00)), T0B: ref(int64(120_000_00)), Why: []string{"nieuwe_gegevens"}, NoLonger: []string{"drempel"}},
			{ID: "h-0000000000000002", Left: true, RankA: ref(int64(3)), T0A: ref(int64(110_000_00)), Why: []string{"samenstelling", "maatwerkplan"}, Broken: []string{"kinderen", "heeft_plan"}},
			{ID: "h-0000000000000003", RankA: ref(int64(49)), RankB: ref(int64(60))}}}
	page := func(c Changes) string {
		var b bytes.Buffer
		if err := WriteChanges(&b, testRun, c); err != nil {
			t.Fatal(err)
		}
		_, body, _ := strings.Cut(b.String(), "<body>")
		body, _, _ = strings.Cut(body, "<script>")
		return body
	}
	got := page(c)
	for _, want := range []string{"van 1.476\u00a0huishoudens in beide runs zijn ongewijzigd", "1\u00a0huishouden was er alleen eerst, 2\u00a0huishoudens zijn er alleen nu",
		"nieuwe gegevens</th><td class=\"r\">70</td>", "erbij</td><td class=\"r\">9</td><td class=\"r\">2</td><td class=\"r\">90.000</td><td class=\"r\">120.000</td><td>nieuwe gegevens; niet meer onder de drempel</td>",
		"eraf</td><td class=\"r\">3</td><td class=\"r\">–</td><td class=\"r\">110.000</td><td class=\"r\">–</td><td>andere samenstelling; maatwerkplan; nu geen kind en heeft al een plan</td>",
		"andere plaats</td>", "3 van 3 huishoudens"} {
		if !strings.Contains(got, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if found := nltest.Jargon(got); len(found) > 0 {
		t.Error(found)
	}
	var whole bytes.Buffer
	if err := WriteChanges(&whole, testRun, c); err != nil {
		t.Fatal(err)
	}
	browsertest.Accessible(t, browsertest.Open(t, whole.Bytes()))
	if none := page(Changes{}); !strings.Contains(none, "Er is geen vorige run om mee te vergelijken.") || strings.Contains(none, "<table") {
		t.Error("without a run before the page says something else")
	}
}
