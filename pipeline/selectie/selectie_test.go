package selectie

import (
	"crypto/sha256"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

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
	if got, want := FieldBesideData(list), (Overlap{Tally{1, 5}, Tally{1, 7}, Tally{1, 11}}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	rates := Rates(list, []Chosen{{Household: list[1]}})
	if want := []Rate{{"kinderen", "ja", 2, 1, 0}, {"kinderen", "nee", 2, 1, 1}}; !slices.Equal(rates, want) {
		t.Errorf("%+v, want %+v", rates, want)
	}
}

func TestDecisions(t *testing.T) {
	chosen := func(id string) bool { return id == "h-1" || id == "h-2" }
	list, err := WriteList([]Chosen{{Household: Household{ID: "h-1", T0: -123456}, Nr: 1}, {Household: Household{ID: "h-2"}, Nr: 2}}, nil)
	if err != nil || !strings.Contains(string(list), "1;h-1;0;-1234,56;") {
		t.Fatalf("%v %s", err, list)
	}
	if got, err := ReadDecisions(list, chosen); err != nil || len(got) != 0 {
		t.Errorf("an empty list: %v, %v", got, err)
	}
	filled := "huishouden_id;besluit;reden\nh-1;ja;past; wacht\n"
	if _, err := ReadDecisions([]byte(filled), chosen); err == nil || !strings.Contains(err.Error(), "line 2: 4 cells under 3") {
		t.Errorf("a semicolon in the reason: %v", err)
	}
	got, err := ReadDecisions([]byte("\ufeffbesluit;huishouden_id;reden\nja;h-1;\"past; wacht niet\"\nNee;h-2;al geholpen\n"), chosen)
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
		_, err := ReadDecisions([]byte(text), chosen)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "h-") {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
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
	small, large := Detectable(list, chosen(10), savings, "s"), Detectable(list, chosen(40), savings, "s")
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
	if p := Detectable(list[:5], chosen(5), savings, "s"); p.Detectable != nil || !strings.Contains(p.Why, "te weinig") {
		t.Errorf("from five households: %+v", p)
	}
	if p := Detectable(list, chosen(10), savings[:9], "s"); p.Saving != nil || p.Detectable == nil || p.Why == "" {
		t.Errorf("without plans: %+v", p)
	}
	again := Detectable(list, chosen(10), savings, "s")
	if *again.SE != *small.SE {
		t.Error("the same draws give something else")
	}
}
