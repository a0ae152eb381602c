package generator

import (
	"maps"
	"strings"
	"testing"
)

// TestChanges: the lines of an allocation follow each other and end where it ends; withdrawn ones are few, hold no care, and
// what was declared on them is no cost.
func TestChanges(t *testing.T) {
	w := newWorld(Options{Households: 1, Months: 36, Seed: 20})
	seen := map[string]int{}
	given, back, left := 0, 0, 0
	for n := range 20000 {
		h := w.household(n)
		var ct int64
		for _, a := range h.given {
			given++
			last := a.versions[len(a.versions)-1]
			if last.planned != a.planned || a.gone != (last.why == "13") || a.gone && (a.planned != a.from || a.stop != a.from) {
				t.Fatalf("household %d: an allocation does not end as its newest line says", n)
			}
			for i, v := range a.versions {
				if i > 0 {
					seen[v.why]++
					if v.on <= a.versions[i-1].on {
						t.Fatalf("household %d: a change was sent before what it changes", n)
					}
				}
				if longer := i > 0 && v.planned > a.versions[i-1].planned; v.why == "04" && !longer || v.why == "05" && longer {
					t.Fatalf("household %d: longer is shorter", n)
				}
			}
		}
		for i := range h.claims {
			c := &h.claims[i]
			if c.alloc.gone && c.back {
				back++
			} else if c.alloc.gone {
				left++
			} else {
				ct += int64(c.amount())
			}
			if end := c.alloc.versions[len(c.alloc.versions)-1].planned; !c.alloc.gone && (c.from < c.alloc.from || c.to > end) {
				t.Fatalf("household %d: a claim outside its allocation", n)
			}
		}
		for i := range h.zvw {
			ct += int64(h.zvw[i].ct)
		}
		for _, b := range h.benefits {
			ct += int64(b.ct)
		}
		for _, c := range h.cost {
			ct -= c
		}
		if ct != 0 {
			t.Fatalf("household %d: cost a month and what is delivered differ by %d ct", n, ct)
		}
	}
	for _, why := range []string{"02", "04", "05", "07", "13"} {
		if seen[why] < 20 {
			t.Errorf("reden_wijziging %s: %d times", why, seen[why])
		}
	}
	if share := float64(seen["13"]) / float64(given); share < 0.003 || share > 0.015 || back < 10 || left < 10 {
		t.Errorf("%.4f of allocations are withdrawn, %d months taken back and %d left", share, back, left)
	}
}

// TestKnown: a delivery holds the lines that overlap it, and the newest with them; not what was sent after it.
func TestKnown(t *testing.T) {
	w := newWorld(Options{Households: 1, Months: 36, Seed: 1})
	first := func(year, month int) day { return ymd(year, month, 1) }
	longer := &alloc{need: need{from: first(2023, 3)}, versions: []version{{first(2023, 2), first(2024, 3) - 1, ""}, {first(2024, 2), never, "04"}}}
	shorter := &alloc{need: need{from: first(2023, 3)}, versions: []version{{first(2023, 2), first(2025, 9), ""}, {first(2024, 2), first(2024, 3), "05"}}}
	for what, c := range map[string]struct {
		a    *alloc
		want [3]string
	}{"longer": {longer, [3]string{"-", "- 04", "04"}}, "shorter": {shorter, [3]string{"-", "- 05", "- 05"}}} {
		for k, win := range w.windows {
			var got []string
			for _, v := range c.a.known(win) {
				got = append(got, strings.TrimSpace("- "[:1-min(len(v.why), 1)]+v.why))
			}
			if s := strings.Join(got, " "); s != c.want[k] {
				t.Errorf("%s, delivery %d: %q, want %q", what, k, s, c.want[k])
			}
		}
	}
}

// TestEveryoneLives: whoever is in a delivery has a stay in one of huishouden.
func TestEveryoneLives(t *testing.T) {
	dir := small(t, Options{Households: 4000, Months: 36, Seed: 21})
	lives := map[string]bool{}
	for _, r := range readKind(t, dir, "huishouden") {
		lives[r["persoon_ps"]] = true
	}
	for _, k := range kinds {
		if k.rhythm == truth || !strings.HasPrefix(k.header, "persoon_ps") && !strings.Contains(k.header, ";persoon_ps") {
			continue
		}
		rows := readKind(t, dir, k.name)
		if len(rows) == 0 {
			t.Errorf("%s: no lines", k.name)
		}
		for _, r := range rows {
			if !lives[r["persoon_ps"]] {
				t.Fatalf("%s: someone without a stay", k.name)
			}
		}
	}
}

// TestPopulation: households and insured persons grow about as published: 1,26% a year (CBS, 2023 to 2024), and 0,43% a year
// (Vektis, 2015 to 2023); people come and go.
func TestPopulation(t *testing.T) {
	w := newWorld(Options{Households: 1, Months: 36, Seed: 22})
	var homes, people [2]float64
	came, joined, left := 0, 0, 0
	for n := range 30000 {
		h := w.household(n)
		for i, on := range []day{w.from, w.to} {
			at := map[int]bool{}
			for _, s := range h.spells {
				if s.from <= on && on <= s.to {
					people[i]++
					at[s.unit] = true
				}
			}
			homes[i] += float64(len(at))
		}
		came += int(boolean(h.arrival != 0))
		joined += int(boolean(h.joined < never))
		for i := range h.persons {
			left += int(boolean(h.persons[i].reason == "onbekend"))
		}
	}
	if g := 100 * (homes[1]/homes[0] - 1) / 3; g < 0.7 || g > 2 {
		t.Errorf("households grow %.2f%% a year", g)
	}
	if g := 100 * (people[1]/people[0] - 1) / 3; g < 0 || g > 1 {
		t.Errorf("persons grow %.2f%% a year", g)
	}
	if came < 100 || joined < 100 || left < 100 {
		t.Errorf("%d households came, %d partners joined, %d persons left", came, joined, left)
	}
}

// TestPrices: the norm of 2024 is the printed one, other years follow the trend, and who shares the cost gets less; jeugdhulp
// has a low summer.
func TestPrices(t *testing.T) {
	dir := small(t, Options{Households: 6000, Months: 36, Seed: 23})
	norm := map[string]string{}
	shared := 0
	for _, r := range readKind(t, dir, "participatie_uitkering") {
		if r["statistiekcode"] != "01" {
			continue
		}
		year := r["jaarmaand"][:4]
		if r["leefvorm"] == "3" {
			norm[year] = r["bedrag_norm_eur"]
		} else if r["aantal_kostendelers"] != "0" {
			shared++
			if r["betaalbaar_gesteld_eur"] > "930,00" && len(r["betaalbaar_gesteld_eur"]) == 6 || len(r["betaalbaar_gesteld_eur"]) > 6 {
				t.Fatal("who shares the cost gets as much as who does not")
			}
		}
	}
	if want := map[string]string{"2023": "1801,15", "2024": "1869,21", "2025": "1939,84"}; !maps.Equal(norm, want) {
		t.Errorf("norms of a couple %v, want %v", norm, want)
	}
	if shared < 10 {
		t.Errorf("%d lines with kostendelers", shared)
	}
	volume := map[string]int{}
	for _, r := range readKind(t, dir, "jeugd_declaratie") {
		if r["debet_credit"] == "D" && r["eenheid"] == "01" {
			volume[r["product_begin"][5:7]] += number(t, r["geleverd_volume"])
		}
	}
	if volume["08"]*10 > volume["03"]*8 || volume["08"]*10 < volume["03"]*4 {
		t.Errorf("jeugdhulp in August %d, in March %d", volume["08"], volume["03"])
	}
}
