package dossier

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"stapel/reports/mart"
	"stapel/reports/nltest"
)

func drawn(t testing.TB, d *Dossier) *Picture {
	t.Helper()
	p, err := Draw(d)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func section(p *Picture, name string) Section {
	for _, s := range p.Banen {
		if s.Naam == name {
			return s
		}
	}
	return Section{}
}

func TestRoles(t *testing.T) {
	for _, c := range []struct {
		p    Persoon
		want string
	}{
		{Persoon{Minderjarig: true, Aangehecht: true, Plhh: "10"}, "kind, elders"},
		{Persoon{Minderjarig: true, Plhh: "1"}, "kind"},
		{Persoon{Minderjarig: true, Ouder: true}, "kind"}, // who is sixteen and a mother is a child of this household too
		{Persoon{Plhh: "7"}, "ouder"},
		{Persoon{Plhh: "5"}, "ouder"},
		{Persoon{Plhh: "9", Ouder: true}, "ouder"}, // somebody here names this person as parent
		{Persoon{Plhh: "1"}, "volwassen kind"},
		{Persoon{Plhh: "2"}, "volwassene"},
		{Persoon{Plhh: "10"}, "volwassene"},
	} {
		if got := role(c.p); got != c.want {
			t.Errorf("%+v is %q, want %q", c.p, got, c.want)
		}
	}
}

func TestAge(t *testing.T) {
	at := func(s string) time.Time { return dayOf(s).Time() }
	for _, c := range []struct {
		born, on string
		want     int
	}{{"2008-01-01", "2025-12-31", 17}, {"2007-12-31", "2025-12-31", 18}, {"2007-12-01", "2025-11-30", 17}, {"2004-02-29", "2022-02-28", 17},
		{"2004-02-29", "2022-03-01", 18}, {"2025-12-01", "2025-12-31", 0}} {
		if got := age(at(c.born), at(c.on)); got != c.want {
			t.Errorf("born %s is %d on %s, want %d", c.born, got, c.on, c.want)
		}
	}
}

// TestMarks: what stands in a month, and that no cover is shown where nothing could be known.
func TestMarks(t *testing.T) {
	p := drawn(t, family(3, 0))
	d := func(s string) Day { return Day(dayOf(s)) }
	r := Row{Balken: []Bar{
		{Van: d("2023-02-28"), Tot: d("2023-03-01"), Stijl: StyleHalf}, // one day of February
		{Van: d("2023-05-10"), Tot: d("2023-07-02"), Stijl: StyleHalf},
		{Van: d("2023-06-01"), Tot: d("2023-06-02"), Stijl: StyleFull},
		{Van: d("2023-06-03"), Tot: d("2023-06-09"), Stijl: StyleUnknown},
		{Van: d("2025-12-31"), Tot: d("2026-01-01"), Stijl: StyleFull},
	}}
	for m := range Months {
		r.cover[m] = CoverKnown
	}
	r.cover[3], r.cover[0] = CoverUnknown, CoverBlank
	term := terminal{p: p, g: ASCII}
	if got, want := term.grid(&r), "| =.?=#=.....|............|...........#"; got != want {
		t.Errorf("%q\nwant\n%q", got, want)
	}
}

func TestCovered(t *testing.T) {
	got := covered(0b0110, 0b1110, 0)
	if got[0] != CoverBlank || got[1] != CoverKnown || got[2] != CoverKnown || got[3] != CoverUnknown || got[4] != CoverBlank {
		t.Errorf("%v", got[:5])
	}
	if got := covered(allMonths, allMonths, signalFrom); got[signalFrom-1] != CoverBlank || got[signalFrom] != CoverKnown {
		t.Errorf("%v", got)
	}
}

// TestTakenBack: a credit takes back one line of the same provider, period and amount.
func TestTakenBack(t *testing.T) {
	line := func(ct int64, van mart.Date, agb string) Regel {
		return Regel{BedragCt: &ct, Van: van, Tot: van + 30, Aanbieder: agb}
	}
	lines := []Regel{line(500, 10, "a"), line(500, 10, "a"), line(-500, 10, "a"), line(-400, 10, "a"), line(400, 10, "b"), line(300, 11, "a"), line(-300, 10, "a"), {}}
	if got := takenBack(lines); len(got) != 1 || !got[0] {
		t.Errorf("taken back: %v", got)
	}
}

// TestRowsAddUp: whatever the household, every cost line is in one row, heads are the sums of their rows, and the rows add up to the
// ranking.
func TestRowsAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := family(rapid.IntRange(2, 8).Draw(t, "persons"), rapid.IntRange(0, 60).Draw(t, "allocations"))
		p, err := Draw(d)
		if err != nil {
			t.Fatal(err)
		}
		var t0, all, priced, want int64
		heads := map[string]int64{}
		seen := map[Bron]int{}
		for _, r := range section(p, "Voorzieningen").Rijen {
			if r.Kop {
				heads[r.Domein] += *r.T0Ct
				continue
			}
			heads[r.Domein] -= *r.T0Ct
			if r.Domein == "schuldhulp" {
				priced += *r.AllesCt
			} else {
				t0, all = t0+*r.T0Ct, all+*r.AllesCt
			}
			for _, b := range r.Bronnen {
				seen[b]++
			}
			if r.Persoon == 0 {
				t.Fatalf("row %s belongs to nobody", r.Label)
			}
		}
		for domein, rest := range heads {
			if rest != 0 {
				t.Fatalf("the rows of %s are %d cents off their head", domein, rest)
			}
		}
		for _, m := range d.Maanden {
			if m.Grondslag == "geprijsd" {
				want += m.DeelCt
			}
		}
		if t0 != d.Rang.T0Ct || all != d.Rang.T0Ct+d.Rang.T1Ct+d.Rang.T2Ct || priced != want {
			t.Fatalf("rows: T0 %d, all %d, priced %d; ranking: %d, %d, %d", t0, all, priced, d.Rang.T0Ct, d.Rang.T0Ct+d.Rang.T1Ct+d.Rang.T2Ct, want)
		}
		for _, r := range d.Regels {
			if seen[r.bron()] != 1 {
				t.Fatalf("line %v is in %d rows", r.bron(), seen[r.bron()])
			}
		}
	})
}

// TestLanesDoNotOverlap: two allocations at the same time are never one row.
func TestLanesDoNotOverlap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := family(2, 0)
		d.Regels, d.Maanden, d.Rang.T0Ct, d.Rang.T1Ct, d.Rang.T2Ct = nil, nil, 0, 0, 0
		n := rapid.IntRange(1, 25).Draw(t, "n")
		for i := range n {
			van := dayOf("2023-01-01") + mart.Date(rapid.IntRange(0, 1000).Draw(t, "van"))
			d.Regels = append(d.Regels, Regel{Persoon: d.Personen[i%2].ID, Domein: "wmo", Soort: "toewijzing", Sleutel: fmt.Sprint(i), Code: "02",
				Aanbieder: "73000000", Van: van, Tot: van + mart.Date(rapid.IntRange(1, 400).Draw(t, "dagen")), Kind: "wmo_toewijzing", Bestand: "a", Regel: int64(i + 2)})
		}
		p, err := Draw(d)
		if err != nil {
			t.Fatal(err)
		}
		bars := 0
		for _, r := range section(p, "Voorzieningen").Rijen {
			list := slices.Clone(r.Balken)
			slices.SortFunc(list, func(x, y Bar) int { return int(x.Van - y.Van) })
			for i := 1; i < len(list); i++ {
				if list[i].Van < list[i-1].Tot {
					t.Fatalf("two allocations overlap in one row")
				}
			}
			bars += len(list)
		}
		if bars != n {
			t.Fatalf("%d bars, want %d", bars, n)
		}
	})
}

// TestTerminalFits: no line is wider than 120 columns, and ASCII is ASCII.
func TestTerminalFits(t *testing.T) {
	d := family(8, 50)
	d.Huishouden.Wijk = "\x1b[31mé漢"
	p := drawn(t, d)
	for _, g := range []Glyphs{Blocks, ASCII} {
		var b bytes.Buffer
		if err := Terminal(&b, p, g); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(b.String(), "\n") {
			if n := utf8.RuneCountInString(line); n > 120 {
				t.Errorf("%d wide: %s", n, line)
			}
			for _, r := range line {
				if r < ' ' || r == 0x7f || g.ascii && r > '~' {
					t.Fatalf("%q in %q", r, line)
				}
			}
		}
	}
}

// TestNothingOfAPerson: a picture holds no key of a voorziening; it joins lines and is shown nowhere.
func TestNothingOfAPerson(t *testing.T) {
	d := family(3, 4)
	for i := range d.Regels {
		d.Regels[i].Sleutel = "GEHEIM" + d.Regels[i].Sleutel
	}
	p := drawn(t, d)
	var b bytes.Buffer
	if err := Terminal(&b, p, Blocks); err != nil {
		t.Fatal(err)
	}
	if err := Page(&b, p); err != nil {
		t.Fatal(err)
	}
	if err := json.NewEncoder(&b).Encode(p); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "GEHEIM") {
		t.Error("the picture shows the key of a voorziening")
	}
}

// TestUnknownDomein: cost of a domein that the picture has no place for is an error, not a smaller picture.
func TestUnknownDomein(t *testing.T) {
	d := family(2, 0)
	d.Rang.T0Ct += 5
	if _, err := Draw(d); err == nil {
		t.Error("the picture is drawn with cost missing")
	}
}

func TestNice(t *testing.T) {
	for in, want := range map[int64]int64{1: 100, 100: 100, 101: 200, 500: 500, 1243_03: 2000_00, 20000_00: 20000_00, 20000_01: 50000_00} {
		if got := nice(in); got != want {
			t.Errorf("nice(%d) = %d, want %d", in, got, want)
		}
	}
}

// TestSentences: what is unknown is said with its months and persons.
func TestSentences(t *testing.T) {
	p := drawn(t, family(3, 2))
	text := ""
	for _, s := range p.Zinnen {
		text += s.Kop + "\n" + strings.Join(s.Regels, "\n") + "\n"
	}
	for _, want := range []string{
		"- onder de drempel: €\u00a0",
		"- vooral Zvw-kosten: 87,6% van de kosten, hoogstens 80%",
		"- heeft al een plan",
		"2 van de drie jaren op of boven",
		"10-02-2024 t/m 03-03-2025: dreigend, ontbreekt: waarschijnlijk woonproblematiek; volgorde kinderen > ggz",
		"04-03-2025 en loopt door: vol; volgorde kinderen > ggz > woonproblematiek",
		"onbekend, niet te zien: schulden en woonproblematiek",
		"- ggz: sterk, zvw_declaratie/synthetisch-zvw_declaratie-2023-2025.csv.gz regel ",
		"Cocktail 4: er ontbrak steeds",
		"bevinding: gestart met minder dan twee akkoorden",
		"telt niet mee: 9384", "zvw_declaratie/a.csv regel 4 telt niet mee: dubbel met een nieuwere levering",
		"Zvw-declaraties koppelen niet. Van de 19\u00a0personen is niemand in de huishoudens te vinden. Wat deze bron niet laat zien is daarom onbekend",
		"Vroegsignalen schulden koppelen te weinig. Van de 40\u00a0personen in GM0855 zijn er 3 in de huishoudens te vinden",
		"- Wmo-declaraties: jan\u00a02023 t/m jun\u00a02023, voor niemand gedekt",
		"- Zvw-declaraties: jan\u00a02023",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no sentence says %q in\n%s", want, text)
		}
	}
}

// TestPlainDutch: neither the page nor the terminal holds a word that their readers do not have.
func TestPlainDutch(t *testing.T) {
	p := drawn(t, family(4, 6))
	var page, terminal bytes.Buffer
	if err := errors.Join(Page(&page, p), Terminal(&terminal, p, Blocks)); err != nil {
		t.Fatal(err)
	}
	tag := regexp.MustCompile(`(?s)<style>.*?</style>|<script>.*?</script>|<[^>]*>`)
	for what, text := range map[string]string{"page": tag.ReplaceAllString(page.String(), " "), "terminal": terminal.String()} {
		if found := nltest.Jargon(text); len(found) > 0 {
			t.Errorf("%s: %q", what, found)
		}
	}
}
