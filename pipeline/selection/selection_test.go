package selection

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"stapel/config"
	"stapel/transforms/estimate"

	"pgregory.net/rapid"
)

// region is a ranking of n households by rank, every third of them not in aanmerking.
func region(n int) []Household {
	var out []Household
	for i := range n {
		expected := int64((i * 7919) % 1000)
		out = append(out, Household{ID: fmt.Sprintf("h-%016x", (i*2654435761)%1_000_003), Rank: int64(i + 1), T0: int64(n-i) * 1000, T1: int64((i*31)%n) * 1000,
			Expected: &expected, Eligible: i%3 != 2, Reported: i%5 == 0, Kids: i%2 == 0,
			Attributes: map[string]string{"gemeente": []string{"GM0855", "GM0824", "GM0785"}[i%7%3], "kinderen": []string{"ja", "nee"}[i%2]}})
	}
	return out
}

func ids(chosen []Chosen) (out []string) {
	for _, c := range chosen {
		out = append(out, c.ID)
	}
	return out
}

func TestByRankAndExpected(t *testing.T) {
	list := region(10)
	if got := ids(ByRank(list, 3)); !slices.Equal(got, []string{list[0].ID, list[1].ID, list[3].ID}) {
		t.Errorf("by rank %v", got)
	}
	if n := len(ByRank(list, 100)); n != 7 {
		t.Errorf("%d of 7 in aanmerking", n)
	}
	chosen, err := ByExpected(list, 3)
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range chosen {
		if i > 0 && *c.Expected > *chosen[i-1].Expected || !c.Eligible || c.Nr != i+1 {
			t.Errorf("place %d: %+v", i+1, c)
		}
	}
	list[0].Expected = nil
	if _, err := ByExpected(list, 3); err == nil {
		t.Error("a household without expected cost was ordered by it")
	}
}

// TestLotteryIsRule3 redoes a draw as anyone can: hash seed, colon and id, and take the smallest.
func TestLotteryIsRule3(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list, n := region(rapid.IntRange(1, 60).Draw(t, "households")), rapid.IntRange(1, 70).Draw(t, "n")
		seed := rapid.String().Draw(t, "seed")
		var lots []string
		for _, h := range list {
			if h.Eligible {
				lots = append(lots, fmt.Sprintf("%x %s", sha256.Sum256([]byte(seed+":"+h.ID)), h.ID))
			}
		}
		slices.Sort(lots)
		lots = lots[:min(n, len(lots))]
		chosen, draw := ByLottery(list, n, seed, "")
		if len(chosen) != len(lots) {
			t.Fatalf("%d chosen, want %d", len(chosen), len(lots))
		}
		for i, c := range chosen {
			if c.Lot+" "+c.ID != lots[i] || c.Nr != i+1 {
				t.Fatalf("place %d is %s %s, want %s", i+1, c.Lot, c.ID, lots[i])
			}
		}
		for _, d := range draw {
			if d.Chosen != slices.Contains(ids(chosen), d.ID) {
				t.Fatalf("the draw and the selection differ on a household")
			}
		}
		// neither the order of the list nor who is not in aanmerking matters
		slices.Reverse(list)
		if again, _ := ByLottery(list, n, seed, ""); !slices.Equal(ids(again), ids(chosen)) {
			t.Fatal("another order of the list gives another draw")
		}
	})
}

// TestDivide: shares add up, differ from the exact share by less than one, and a group never gets more than it has.
func TestDivide(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sizes, total := map[string]int{}, 0
		for i := range rapid.IntRange(1, 6).Draw(t, "groups") {
			sizes[fmt.Sprint(i)] = rapid.IntRange(1, 40).Draw(t, "size")
			total += sizes[fmt.Sprint(i)]
		}
		n, sum := rapid.IntRange(0, total).Draw(t, "n"), 0
		for name, k := range divide(n, sizes) {
			sum += k
			if exact := float64(n) * float64(sizes[name]) / float64(total); math.Abs(float64(k)-exact) >= 1 || k > sizes[name] {
				t.Fatalf("group of %d gets %d, exactly %v", sizes[name], k, exact)
			}
		}
		if sum != n {
			t.Fatalf("%d divided, want %d", sum, n)
		}
	})
	// on paper: 5 over 3, 3 and 1 of 7: 2,14 2,14 0,71 is 2, 2 and 1
	if got := divide(5, map[string]int{"a": 3, "b": 3, "c": 1}); got["a"] != 2 || got["b"] != 2 || got["c"] != 1 {
		t.Errorf("divided %v", got)
	}
}

func TestStrata(t *testing.T) {
	list := region(90)
	chosen, _ := ByLottery(list, 20, "zaad", "gemeente")
	got, want := map[string]int{}, map[string]int{}
	for _, h := range list {
		if h.Eligible {
			want[h.Attributes["gemeente"]]++
		}
	}
	for _, c := range chosen {
		got[c.Stratum]++
	}
	for name, k := range divide(20, want) {
		if got[name] != k {
			t.Errorf("%s: %d chosen, want %d", name, got[name], k)
		}
	}
}

func TestDigest(t *testing.T) {
	list := []Household{{ID: "h-2", Eligible: true}, {ID: "h-3"}, {ID: "h-1", Eligible: true}}
	digest, n := Digest(list)
	if want := fmt.Sprintf("%x", sha256.Sum256([]byte("h-1\nh-2\n"))); digest != want || n != 2 {
		t.Errorf("%s of %d, want %s of 2", digest, n, want)
	}
}

func TestFieldAndRates(t *testing.T) {
	list := []Household{{T0: 5, Eligible: true, Reported: true}, {T0: 7, Eligible: true}, {T0: 11, Reported: true}, {T0: 13}}
	for i := range list {
		list[i].Attributes = map[string]string{"kinderen": []string{"ja", "nee"}[i%2]}
	}
	census := &Census{}
	for _, h := range list {
		census.Add(h)
	}
	if got, want := census.Overlap, (Overlap{Tally{1, 5}, Tally{1, 7}, Tally{1, 11}}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	rates := census.Rates([]Chosen{{Household: list[1]}})
	if want := []Rate{{"kinderen", "ja", 2, 1, 0}, {"kinderen", "nee", 2, 1, 1}}; !slices.Equal(rates, want) {
		t.Errorf("%+v, want %+v", rates, want)
	}
}

func TestDecisions(t *testing.T) {
	chosen := func(id string) bool { return id == "h-1" || id == "h-2" }
	list, err := written([]Chosen{{Household: Household{ID: "h-1", T0: -123456}, Nr: 1}, {Household: Household{ID: "h-2"}, Nr: 2}}, nil)
	if err != nil || !strings.Contains(string(list), "1;h-1;0;-1234,56;") {
		t.Fatalf("%v %s", err, list)
	}
	if got, err := ReadDecisions(list, UTF8, "", chosen, anyReason); err != nil || len(got) != 0 {
		t.Errorf("an empty list: %v, %v", got, err)
	}
	filled := "huishouden_id;besluit;reden\nh-1;ja;past; wacht\n"
	if _, err := ReadDecisions([]byte(filled), UTF8, "", chosen, anyReason); err == nil || !strings.Contains(err.Error(), "line 2: 4 cells under 3") {
		t.Errorf("a semicolon in the reason: %v", err)
	}
	got, err := ReadDecisions([]byte("\ufeffbesluit;huishouden_id;reden\nja;h-1;\"past; wacht niet\"\nNee;h-2;al geholpen\n"), UTF8, "", chosen, anyReason)
	if err != nil || got["h-1"] != (Decision{true, "past; wacht niet"}) || got["h-2"] != (Decision{false, "al geholpen"}) {
		t.Errorf("%v, %v", got, err)
	}
	for text, want := range map[string]string{
		"": "line 1: it has no header", "huishouden_id;besluit\n": "line 1: there is no column reden",
		"huishouden_id;besluit;reden\nh-9;ja;x\n":           "line 2: column huishouden_id: this household is not in the selection",
		"huishouden_id;besluit;reden\nh-1;ja;x\nh-1;ja;x\n": "line 3: column huishouden_id: this household is in the list twice",
		"huishouden_id;besluit;reden\nh-1;misschien;x\n":    "line 2: column besluit: write ja or nee",
		"huishouden_id;besluit;reden\nh-1;ja;\n":            "line 2: column reden: a decision needs its reason",
		"huishouden_id;besluit;reden\nh-1;;omdat\n":         "line 2: column besluit",
		"huishouden_id;besluit;reden\nh-1;\"ja;x\n":         "line 2: extraneous or missing",
	} {
		_, err := ReadDecisions([]byte(text), UTF8, "", chosen, anyReason)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "h-") {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// written is the list as a file.
func written(chosen []Chosen, decided map[string]Decision) ([]byte, error) {
	var b bytes.Buffer
	domeinen := config.Domeinen{{Name: "wmo", Label: "Wmo"}, {Name: "zvw", Label: "Zvw"}}
	for i := range chosen {
		chosen[i].Parts = make([]int64, len(domeinen))
	}
	err := WriteList(context.Background(), &b, domeinen, "2025-12-31-0123456789ab/1", chosen, decided)
	return b.Bytes(), err
}

// TestDecisionsAreText: a list is held to what an extract is held to, with line and column, and never the text itself.
func TestDecisionsAreText(t *testing.T) {
	chosen := func(id string) bool { return id == "h-1" || id == "h-2" }
	const head = "huishouden_id;besluit;reden\n"
	for text, want := range map[string]string{
		head + "h-1;ja;co\xf6rdinatie geheim\n":               "line 2: column reden: not UTF-8; save the list as CSV UTF-8, or say --codering windows-1252",
		head + "h-1;ja;x\nh-2;nee;\x80\n":                     "line 3: column reden: not UTF-8",
		head + "h-1;ja;a\x00geheim\n":                         "line 2: column reden: a NUL byte",
		head + "h-1;ja;\"a\tgeheim\"\n":                       "line 2: column reden: a tab",
		head + "h-1;ja;\"a\ngeheim\"\n":                       "line 2: column reden: a line end inside it",
		head + "h-1;ja;\"a\r\ngeheim\"\n":                     "line 2: column reden: a line end inside it",
		head + "h-1;ja;a\rgeheim\n":                           "line 2: column reden: a line end inside it",
		head + "h-1;ja;a\u2028geheim\n":                       "line 2: column reden: a line end inside it",
		head + "h-1;ja;a\x1b[31mgeheim\n":                     "line 2: column reden: a control character (U+001B)",
		head + "h-1;ja;\u0085geheim\n":                        "line 2: column reden: a control character (U+0085)",
		head + "h-1;ja;=geheim\n":                             "line 2: column reden: it begins as a formula",
		head + "h-1;ja; @geheim\n":                            "line 2: column reden: it begins as a formula",
		head + "h-1;+ja;geheim\n":                             "line 2: column besluit: it begins as a formula",
		head + "h-1;ja;" + strings.Repeat("g", 501) + "\n":    "line 2: column reden: 501 characters; at most 500",
		"huishouden_id;besluit;Reden;reden\n":                 "line 1: column 4 has the name of column 3",
		"huishouden_id;besluit;re\xebden\n":                   "line 1: column 3: not UTF-8",
		"x;huishouden_id;besluit;reden\ng\xe9heim;h-1;ja;y\n": "line 2: column 1: not UTF-8",
		"huishouden_id,besluit,reden\n":                       "not separated by ;",
		"sep=;\n" + head:                                      "without a line sep=",
		"\xff\xfeh\x00":                                       "UTF-16",
		"h\x00u\x00i\x00s\x00":                                "UTF-16",
		"\x00h\x00u\x00i\x00s":                                "UTF-16",
		"PK\x03\x04geheim":                                    "a zip file (a workbook?)",
	} {
		_, err := ReadDecisions([]byte(text), UTF8, "", chosen, anyReason)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "geheim") || strings.Contains(err.Error(), "h-") {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	got, err := ReadDecisions([]byte("\ufeffHuishouden_ID ;BESLUIT;reden;;\nh-1;ja;"+strings.Repeat("é", 500)+";;\n;;;;\n"), UTF8, "", chosen, anyReason)
	if err != nil || got["h-1"] != (Decision{true, strings.Repeat("é", 500)}) {
		t.Errorf("a list as a spreadsheet leaves it: %v", err)
	}
}

// TestDecisionsNameTheirSelection: decisions are taken from lines that name the selection they are for, and from no others.
func TestDecisionsNameTheirSelection(t *testing.T) {
	const of, head = "2025-12-31-0123456789ab/4", "huishouden_id;selectie;besluit;reden\n"
	chosen := func(string) bool { return true }
	if got, err := ReadDecisions([]byte(head+"h-1;"+of+";ja;x\n;;;\n"), UTF8, of, chosen, anyReason); err != nil || len(got) != 1 {
		t.Errorf("%v, %v", got, err)
	}
	for text, want := range map[string]string{
		"huishouden_id;besluit;reden\nh-1;ja;x\n":                           "there is no column selectie",
		head + "h-1;;ja;x\n":                                                "line 2: column selectie: it names no selection",
		head + "h-1;" + of + ";ja;x\nh-2;2025-12-31-0123456789ab/3;nee;x\n": "line 3: column selectie: this is a list of another selection",
		head + "h-1;2025-11-30-0123456789ab/4;;\n":                          "line 2: column selectie: this is a list of another selection",
	} {
		if _, err := ReadDecisions([]byte(text), UTF8, of, chosen, anyReason); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// TestDecisions1252: what is said to be Windows-1252 is read as that, and its five holes are refused.
func TestDecisions1252(t *testing.T) {
	chosen := func(id string) bool { return id == "h-1" }
	const head = "huishouden_id;besluit;reden\r\n"
	got, err := ReadDecisions([]byte(head+"h-1;ja;co\xf6rdinatie \x80 5, z\x92n idee\r\n"), Windows1252, "", chosen, anyReason)
	if err != nil || got["h-1"].Reason != "coördinatie € 5, z’n idee" {
		t.Errorf("%q, %v", got["h-1"].Reason, err)
	}
	for _, hole := range []string{"\x81", "\x8d", "\x8f", "\x90", "\x9d"} {
		_, err := ReadDecisions([]byte(head+"h-1;ja;a"+hole+"\r\n"), Windows1252, "", chosen, anyReason)
		if err == nil || !strings.Contains(err.Error(), "line 2: column reden: a byte that Windows-1252 does not have") {
			t.Errorf("%q: %v", hole, err)
		}
	}
	if _, err := ReadDecisions([]byte("\ufeff"+head), Windows1252, "", chosen, anyReason); err == nil || !strings.Contains(err.Error(), "begins as UTF-8") {
		t.Errorf("a byte order mark of UTF-8: %v", err)
	}
}

// TestListReadsBack: whatever decisions hold, the list is read back as it was, and no cell of it is a formula.
func TestListReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		reason := rapid.StringMatching(`'{0,2}[=+@-]?[\p{L}";, ]{0,20}x`).Draw(t, "reason")
		want := map[string]Decision{"h-1": {rapid.Bool().Draw(t, "yes"), strings.TrimSpace(reason)}}
		data, err := written([]Chosen{{Household: Household{ID: "h-1", T0: -5, Cocktails: "=c"}, Nr: 1}}, want)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), ";=") || !strings.Contains(string(data), ";-0,05;") {
			t.Fatalf("%s", data)
		}
		got, err := ReadDecisions(data, UTF8, "", func(string) bool { return true }, anyReason)
		if err != nil || got["h-1"] != want["h-1"] {
			t.Fatalf("%q, %v; want %q", got["h-1"].Reason, err, want["h-1"].Reason)
		}
	})
}

func detectable(list []Household, chosen []Chosen, savings []int64, seed string) Power {
	pool := NewPool(chosen)
	for _, h := range list {
		pool.Add(h)
	}
	return pool.Power(savings, seed)
}

// TestPoolIsEnough: what the pool leaves out changes no figure.
func TestPoolIsEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := region(rapid.IntRange(100, 4000).Draw(t, "households"))
		for i := range list {
			list[i].InPlan, list[i].T1 = i%17 == 0, list[i].T1/int64(1+i%4)
		}
		chosen := ByRank(list, rapid.IntRange(2, 12).Draw(t, "n"))
		pool := NewPool(chosen)
		var never []estimate.Never
		for _, h := range list {
			pool.Add(h)
			if one := NewPool(chosen); !h.InPlan {
				one.Add(h)
				never = append(never, slices.Concat(one.dear, one.cheaper["met kinderen"], one.cheaper["zonder kinderen"])...)
			}
		}
		kept := slices.Concat(pool.dear, pool.cheaper["met kinderen"], pool.cheaper["zonder kinderen"])
		if got, want := estimate.PlaceboDraws(kept, len(chosen), 50, "s"), estimate.PlaceboDraws(never, len(chosen), 50, "s"); got != want {
			t.Fatalf("%d households of %d give %+v, all give %+v", len(kept), len(never), got, want)
		}
	})
}

// TestDetectable: what can be shown shrinks with the number of households, and is not said where there is nothing to say it from.
func TestDetectable(t *testing.T) {
	var list []Household
	for i := range 400 {
		list = append(list, Household{ID: fmt.Sprintf("h-%03d", i), T0: int64(100_000_00 + (i*7919)%977*10_000), T1: int64(100_000_00 + (i*104729)%991*10_000), Kids: true})
	}
	chosen := func(n int) (out []Chosen) {
		for _, h := range list[:n] {
			h.T0 = 100_000_00
			out = append(out, Chosen{Household: h})
		}
		return out
	}
	savings := slices.Repeat([]int64{21_300_00}, 20)
	small, large := detectable(list, chosen(10), savings, "s"), detectable(list, chosen(40), savings, "s")
	if small.Detectable == nil || large.Detectable == nil || *large.Detectable >= *small.Detectable || small.Pool != 400 {
		t.Fatalf("%+v and %+v", small, large)
	}
	if r := float64(*small.SE) / float64(*large.SE); r < 1.8 || r > 2.2 {
		t.Errorf("four times as many households give an error %v times as small, want about 2", r)
	}
	if *small.Saving != 21_300_00 || small.Plans != 20 || small.Needed < 2 {
		t.Errorf("%+v", small)
	}
	if d := float64(*small.Detectable); small.Needed > 10 != (d > 21_300_00) {
		t.Errorf("10 households show %v, and %d are needed for 2130000", d, small.Needed)
	}
	if p := detectable(list[:5], chosen(5), savings, "s"); p.Detectable != nil || !strings.Contains(p.Why, "te weinig") {
		t.Errorf("from five households: %+v", p)
	}
	if p := detectable(list, chosen(10), savings[:9], "s"); p.Saving != nil || p.Detectable == nil || p.Why == "" {
		t.Errorf("without plans: %+v", p)
	}
	again := detectable(list, chosen(10), savings, "s")
	if *again.SE != *small.SE {
		t.Error("the same draws give something else")
	}
}

// anyReason takes every reason.
func anyReason(string) string { return "" }
