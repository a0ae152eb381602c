package analist

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"stapel/reports"
	"stapel/reports/draw"
	"stapel/reports/nl"
)

func testStrip(t testing.TB, pattern string) strip {
	t.Helper()
	s := strip{Kind: "huishouden", Gemeenten: []string{"GM0855"}, Start: time.Date(2023, 1, 1, 0, 0, 0, 0, time.UTC)}
	for _, r := range pattern {
		s.Months = append(s.Months, map[rune]draw.Cover{'+': draw.CoverYes, '-': draw.CoverNo, '?': draw.CoverUnknown, 'x': draw.CoverGone}[r])
	}
	return s
}

func TestGap(t *testing.T) {
	for pattern, want := range map[string]string{
		strings.Repeat("+", 36):                                 "jan\u00a02023|dec\u00a02025|",
		strings.Repeat("-", 36):                                 "||nooit gedekt",
		strings.Repeat("?", 36):                                 "||onbekend",
		"--" + strings.Repeat("+", 34):                          "mrt\u00a02023|dec\u00a02025|niet gedekt in jan\u00a02023 t/m feb\u00a02023",
		"+-+" + strings.Repeat("+", 32) + "-":                   "jan\u00a02023|nov\u00a02025|niet gedekt in feb\u00a02023 en dec\u00a02025",
		"+?" + strings.Repeat("+", 34):                          "jan\u00a02023|dec\u00a02025|niet gedekt in feb\u00a02023 (onbekend)",
		strings.Repeat("x", 36):                                 "||opgeheven",
		strings.Repeat("+", 24) + strings.Repeat("x", 12):       "jan\u00a02023|dec\u00a02024|",
		"-" + strings.Repeat("+", 23) + strings.Repeat("x", 12): "feb\u00a02023|dec\u00a02024|niet gedekt in jan\u00a02023",
		strings.Repeat("-", 35) + "?":                           "||niet gedekt in jan\u00a02023 t/m nov\u00a02025 en dec\u00a02025 (onbekend)",
		strings.Repeat("+-", 8) + strings.Repeat("+", 20):       "jan\u00a02023|dec\u00a02025|niet gedekt in feb\u00a02023, apr\u00a02023, jun\u00a02023, aug\u00a02023, okt\u00a02023, dec\u00a02023 en 2\u00a0andere gaten",
	} {
		s := testStrip(t, pattern)
		if got := s.First() + "|" + s.Last() + "|" + s.Gap(); got != want {
			t.Errorf("%s: %s, want %s", pattern, got, want)
		}
	}
}

// TestGapReference reads the sentence back month by month and compares it with the months themselves.
func TestGapReference(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		pattern := rapid.StringMatching(`(\+{1,12}|-{1,12}|\?{1,12}){3,8}`).Draw(rt, "pattern")
		pattern = (pattern + strings.Repeat("+", reports.Months))[:reports.Months]
		s := testStrip(t, pattern)
		names := make([]string, reports.Months)
		for i := range names {
			names[i] = nl.Month(s.Start.AddDate(0, i, 0))
		}
		switch s.Gap() {
		case "nooit gedekt":
			if strings.Trim(pattern, "-") != "" {
				rt.Fatalf("%s is said to be never covered", pattern)
			}
			return
		case "onbekend":
			if strings.Trim(pattern, "?") != "" {
				rt.Fatalf("%s is said to be unknown", pattern)
			}
			return
		}
		text := strings.TrimPrefix(s.Gap(), "niet gedekt in ")
		said := []rune(strings.Repeat("+", reports.Months))
		for _, gap := range strings.FieldsFunc(strings.ReplaceAll(text, " en ", ", "), func(r rune) bool { return r == ',' }) {
			gap = strings.TrimSpace(gap)
			if strings.Contains(gap, "andere gaten") || strings.Contains(gap, "ander gat") {
				return
			}
			gap, unknown := strings.CutSuffix(gap, " (onbekend)")
			from, to, long := strings.Cut(gap, " t/m ")
			if !long {
				to = from
			}
			a, b := slices.Index(names, from), slices.Index(names, to)
			if a < 0 || b < a || long && a == b {
				rt.Fatalf("%s: %q", pattern, text)
			}
			for i := a; i <= b; i++ {
				said[i] = map[bool]rune{true: '?', false: '-'}[unknown]
			}
		}
		if string(said) != pattern {
			rt.Fatalf("%s: %q says %s", pattern, text, string(said))
		}
		first, last := strings.Index(pattern, "+"), strings.LastIndex(pattern, "+")
		if first >= 0 && (s.First() != names[first] || s.Last() != names[last]) {
			rt.Fatalf("%s: from %s to %s", pattern, s.First(), s.Last())
		}
	})
}

func TestGapList(t *testing.T) {
	two := testStrip(t, strings.Repeat("-", 36))
	two.Kind, two.Gemeenten = "schuldhulp_signaal", []string{"GM0785"}
	rest := testStrip(t, strings.Repeat("+", 36))
	rest.Kind = "schuldhulp_signaal"
	all := testStrip(t, "-"+strings.Repeat("+", 35))
	all.Kind, all.All, all.Gemeenten = "zvw_verzekerde", true, []string{"GM0785", "GM0855"}
	none := testStrip(t, strings.Repeat("?", 36))
	none.Kind, none.All = "claim", true
	gone := testStrip(t, strings.Repeat("x", 36))
	list := supply{Strips: []strip{two, rest, all, none, gone}}.GapList()
	if gaps := (supply{Strips: []strip{testStrip(t, strings.Repeat("+", 24)+strings.Repeat("x", 12))}}).Gaps(24, nil); len(gaps) > 0 {
		t.Errorf("a gemeente that is no more is a gap: %q", gaps)
	}
	var got []string
	for _, k := range list.Kinds {
		for _, s := range k.Parts {
			got = append(got, fmt.Sprintf("%s: %s %s", nl.Word("kind", k.Kind), strings.Join(testPage.Named(s), ", "), s.Gap()))
		}
	}
	want := []string{"Vroegsignalen schulden: Goirle nooit gedekt", "Verzekerden (Zvw): alle gemeenten niet gedekt in jan\u00a02023"}
	if !slices.Equal(got, want) || !slices.Equal(list.Unknown, []string{"Claims"}) {
		t.Errorf("%q, unknown %q", got, list.Unknown)
	}
}

// TestCoverageOnPage: the table says from when to when, the list above it names the gaps.
func TestCoverageOnPage(t *testing.T) {
	_, out := render(t, fixture(t, 3), testRun)
	page := pages(out)
	for _, want := range []string{
		"<li>Vroegsignalen schulden: Oisterwijk niet gedekt in mei\u00a02023, feb\u00a02024, nov\u00a02024 en aug\u00a02025</li>",
		"<li>Zvw-declaraties: Waalwijk onbekend</li>",
		"<li>Woonsignalen: alle gemeenten niet gedekt in jan\u00a02023 t/m feb\u00a02024</li>",
		`<tr><th scope="row">Woonsignalen</th><td>alle gemeenten</td><td class="dagen">mrt` + "\u00a0" + `2024</td><td class="dagen">dec` + "\u00a0" + `2025</td><td class="r">12</td><td class="r">22</td>`,
		`<td colspan="2">onbekend</td>`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not have %s", want)
		}
	}
}
