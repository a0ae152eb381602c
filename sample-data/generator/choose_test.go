package generator

import (
	"context"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// planned makes the world of a programme, with who is in it.
func planned(t *testing.T, households int, p Programme, effect int) *world {
	t.Helper()
	opt := Options{Households: households, Months: 48, Seed: 21, Programme: p, Effect: effect}
	if err := opt.checkSize(); err != nil {
		t.Fatal(err)
	}
	w := newWorld(opt)
	if err := w.choose(context.Background()); err != nil {
		t.Fatal(err)
	}
	return w
}

// perMonth is what a household costs by domein and month of care, as its lines have it: PGB, and claims withdrawn, apart.
func (h *household) perMonth() (out [len(domeinen)][]float64) {
	for i := range out {
		out[i] = make([]float64, h.w.months())
	}
	for i := range h.claims {
		if c := &h.claims[i]; !c.alloc.gone && !c.alloc.pgb {
			out[map[int]int{kWmo: 0, kYouth: 1}[c.alloc.of.kind]][c.month] += float64(c.amount())
		}
	}
	for _, b := range h.benefits {
		out[2][b.month] += float64(b.ct)
	}
	for _, z := range h.zvw {
		for d := z.from; d <= z.to; d++ {
			out[3][h.w.monthOf(d)] += float64(z.ct) / float64(z.to-z.from+1)
		}
	}
	return out
}

// TestProgrammeTruth: the same world without an effect has the same people in the programme and the same cost of everyone else; the months of the
// truth are the difference, in each domein and month, to the cent a line; nothing changes up to the month of the start, and no cost is below nothing.
func TestProgrammeTruth(t *testing.T) {
	effects := map[string]int{"wmo": 1200, "jeugd": 4000, "participatie": 2500, "zvw": 6000}
	harm := map[string]int{"wmo": -1200, "jeugd": -4000, "participatie": -2500, "zvw": -6000}
	for _, c := range []struct {
		name   string
		p      Programme
		effect int
	}{
		{"by domein", Programme{Plans: 60, Effects: effects, NotStarted: 30}, 0},
		{"harm", Programme{Plans: 60, Effects: harm}, 0},
		{"from any domein", Programme{Plans: 60, Herkomst: "veld-acuut"}, 10000},
	} {
		t.Run(c.name, func(t *testing.T) {
			some := planned(t, 5000, c.p, c.effect)
			bare := c.p
			bare.Effects = nil
			none := planned(t, 5000, bare, 0)
			if !maps.Equal(some.chosen, none.chosen) {
				t.Fatal("the effect changes who is in the programme")
			}
			seen, touched := 0, map[int]bool{}
			for n := range some.chosen {
				a, b := none.household(n), some.household(n)
				if a.started != b.started || a.arm != b.arm || a.reported != b.reported {
					t.Fatal("the effect changes the plan")
				}
				was, is := a.perMonth(), b.perMonth()
				var truth [len(domeinen)][]int
				total := 0
				for i := range truth {
					truth[i] = make([]int, some.months())
				}
				for _, x := range b.takes {
					truth[x.at][x.month] += x.ct
					total += x.ct
				}
				if int64(total) != b.applied || c.effect >= 0 && c.name != "harm" && (b.applied < 0 || b.applied > b.wanted) {
					t.Errorf("household %d: %d ct in the months, %d of %d in all", n, total, b.applied, b.wanted)
				}
				for at := range truth {
					for m, ct := range truth[at] {
						if math.Abs(was[at][m]-is[at][m]-float64(ct)) > 20 { // a cent for each line
							t.Errorf("household %d, %s, month %d: %.1f less, the truth says %d", n, domeinen[at], m, was[at][m]-is[at][m], ct)
						}
						if is[at][m] < 0 || ct != 0 && (b.started == never || m <= some.monthOf(b.started)) {
							t.Errorf("household %d, %s, month %d: costs %.1f, %d taken off", n, domeinen[at], m, is[at][m], ct)
						}
						if ct != 0 {
							seen++
							touched[at] = true
						}
					}
				}
			}
			if seen < 300 || len(touched) < len(domeinen) {
				t.Errorf("%d months in %d domeinen show little", seen, len(touched))
			}
		})
	}
}

// TestProgrammeChosen: as many plans as asked, of families with cost, who started in the months asked; what the field and the data choose by is
// so; without an effect those chosen get cheaper by themselves, and those who were drawn as much as those who were not.
func TestProgrammeChosen(t *testing.T) {
	for _, herkomst := range Herkomsten() {
		t.Run(herkomst, func(t *testing.T) {
			p := Programme{Plans: 150, Herkomst: herkomst, From: "2024-03", To: "2024-12", NotStarted: 30}
			w := planned(t, 20000, p, 0)
			arms, started := map[string]int{}, 0
			var before, after [2]float64 // chosen, and alike but not
			rest, count := map[string]int{}, [2]int{}
			for _, n := range slices.Sorted(maps.Keys(w.chosen)) {
				h, e := w.household(n), w.chosen[n]
				arms[h.arm]++
				sum := func(from, to int) (ct float64) {
					for m := from; m < to; m++ {
						ct += float64(h.cost[m]) / 100
					}
					return ct
				}
				year, other := sum(e.at-12, e.at), 0
				if e.arm == armNone || e.arm == armNotChosen {
					other = 1
				}
				count[other]++
				before[other] += year
				after[other] += sum(e.start+1, e.start+13)
				switch {
				case year < leastCost/100 && herkomst != "veld-acuut" || h.plant.on || !h.family(w.starts[e.at]):
					t.Errorf("household %d costs %.0f and is in the programme", n, year)
				case herkomst == "veld-acuut" && 2*sum(e.at-3, e.at) < year:
					t.Errorf("household %d: no peak", n)
				case herkomst == "veld-chronisch" && sum(e.at-24, e.at-12) < leastCost/100:
					t.Errorf("household %d: nothing the year before", n)
				}
				if other == 0 && h.started < never {
					started++
					if m := h.started.String()[:7]; m < p.From || m > p.To || h.reported >= h.agreed || h.agreed >= h.started {
						t.Errorf("household %d started in %s", n, m)
					}
				} else if other == 0 {
					rest[h.closed]++
				}
			}
			if count[0] != p.Plans || arms[armOf[herkomst]] != p.Plans || herkomst == "loting" && arms[armNotChosen] != p.Plans {
				t.Errorf("%d in the programme: %v", count[0], arms)
			}
			if started < 90 || started > 120 || len(rest) != 3 {
				t.Errorf("%d of 150 started, the others %v", started, rest)
			}
			for i := range count {
				before[i] /= float64(count[i])
				after[i] /= float64(count[i])
			}
			kept, alike := after[0]/before[0], after[1]/before[1]
			switch {
			case herkomst == "veld-chronisch" && (kept < 0.8 || kept < alike+0.05), herkomst == "veld-acuut" && kept > 0.65,
				(herkomst == "data" || herkomst == "loting") && (kept > 0.8 || math.Abs(kept-alike) > 0.15):
				t.Errorf("those chosen keep %.2f of their cost without an effect, those alike %.2f", kept, alike)
			}
		})
	}
}

// TestProgrammeFiles: the plans are in the inbox as in the truth, with their herkomst; every month of the truth is after the start of its plan; and
// a set without a programme has no such file. The bytes do not depend on the number of workers.
func TestProgrammeFiles(t *testing.T) {
	opt := Options{Households: 3 * blockSize, Months: 36, Seed: 22, Workers: 1,
		Programme: Programme{Plans: 40, Herkomst: "veld-chronisch", Effects: map[string]int{"zvw": 3000}, NotStarted: 20}}
	dir := small(t, opt)
	opt.Workers = 3
	sameTree(t, dir, small(t, opt))
	plans := map[string]map[string]string{}
	for _, r := range readKind(t, dir, "maatwerk_plan") {
		if plans[r["casusnummer"]] = r; r["herkomst"] != "veld" {
			t.Errorf("herkomst %s", r["herkomst"])
		}
	}
	rows, err := ReadTruth(dir, "maatwerk")
	if err != nil {
		t.Fatal(err)
	}
	if len(plans) != 40 || len(rows) != 40 {
		t.Fatalf("%d plans, %d in the truth", len(plans), len(rows))
	}
	total, wanted := 0, map[string]int{}
	for _, r := range rows {
		p := plans[r["casusnummer"]]
		if p["persoon_ps"] != r["persoon_ps"] || p["datum_start"] != r["datum_start"] || p["datum_aanmelding"] != r["datum_aanmelding"] {
			t.Error("a plan is not that of the truth")
		}
		wanted[r["casusnummer"]] = number(t, r["effect_toegepast_ct"])
		total += wanted[r["casusnummer"]]
	}
	if rows, err = ReadTruth(dir, "effect"); err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r["domein"] != "zvw" || r["maand"] <= plans[r["casusnummer"]]["datum_start"] || plans[r["casusnummer"]]["persoon_ps"] != r["persoon_ps"] {
			t.Error("a month of the truth is not of its plan")
		}
		wanted[r["casusnummer"]] -= number(t, r["toegepast_ct"])
	}
	for n, left := range wanted {
		if left != 0 {
			t.Errorf("%s: the months miss %d ct", n, left)
		}
	}
	if total < 10000_00 {
		t.Errorf("%d ct taken off shows little", total)
	}
	if _, err := ReadTruth(small(t, Options{Households: 100, Months: 24, Seed: 1}), "effect"); err == nil {
		t.Error("a set without a programme has months of an effect")
	}
}

// TestEffectOfWhoIsFollowed: nothing comes off persons who had left the household by the first of the month of aanmelding, or join it later.
func TestEffectOfWhoIsFollowed(t *testing.T) {
	p := Programme{Plans: 60, Herkomst: "data"}
	with, without := planned(t, 4000, p, 10000), planned(t, 4000, p, 0)
	others := 0
	for n := range with.chosen {
		a, b := with.household(n), without.household(n)
		if a.arm == armNone || a.started == never {
			continue
		}
		on := a.w.starts[a.w.monthOf(a.reported)]
		home := a.spellAt(0, on).unit
		for i := range a.persons {
			lived := false
			for _, s := range a.spells {
				lived = lived || s.person == i && s.from <= on && on <= s.to && (s.unit == home || s.kind == '8')
			}
			sum := func(h *household) (ct int) {
				for _, z := range h.zvw {
					if z.person == i {
						ct += z.ct
					}
				}
				for _, c := range h.claims {
					if c.alloc.person == i {
						ct += c.amount()
					}
				}
				return ct
			}
			if lived {
				continue
			}
			if sum(b) > 0 {
				others++
			}
			if sum(a) != sum(b) {
				t.Errorf("household %d: %d ct comes off a person who is not of it", n, sum(b)-sum(a))
			}
		}
	}
	if others < 5 {
		t.Errorf("%d persons with cost are not of their household: that shows little", others)
	}
}

// TestOneDraw: with a month of a draw all take part in it, whoever drew nothing included, and are on its list by the household of its first day.
func TestOneDraw(t *testing.T) {
	p := Programme{Plans: 15, Herkomst: "loting", Draw: "2024-03", From: "2024-05", To: "2024-07"}
	dir := small(t, Options{Households: 1200, Months: 36, Seed: 5, Programme: p})
	rows, err := ReadTruth(dir, "maatwerk")
	if err != nil {
		t.Fatal(err)
	}
	arms := map[string]int{}
	for _, r := range rows {
		arms[r["arm"]]++
		if r["datum_aanmelding"][:7] != "2024-03" || r["arm"] == "loting" && (r["datum_start"] < "2024-05-01" || r["datum_start"] > "2024-07-31") {
			t.Errorf("%s in the draw of 2024-03: reported %s, started %s", r["arm"], r["datum_aanmelding"], r["datum_start"])
		}
	}
	if arms["loting"] != 15 || arms["loting_niet"] != 15 {
		t.Errorf("%v, want 15 of each", arms)
	}
	text, err := os.ReadFile(filepath.Join(dir, "README.txt"))
	if err != nil || !strings.Contains(string(text), " --loting 2024-03") {
		t.Errorf("README.txt does not say how it was made: %v", err)
	}
}

// TestProgrammeRefused: what can't be is said, with the flag that it is about.
func TestProgrammeRefused(t *testing.T) {
	for _, c := range []struct {
		p      Programme
		effect int
		want   string
	}{
		{Programme{Herkomst: "data"}, 0, "plannen: give a number"},
		{Programme{NotStarted: 5}, 0, "plannen: give a number"},
		{Programme{Plans: -1}, 0, "plannen: give 1 to 100000"},
		{Programme{Plans: 10, Herkomst: "wijk"}, 0, "herkomst: there is no"},
		{Programme{Plans: 10, NotStarted: 101}, 0, "niet-gestart: give 0 to 100"},
		{Programme{Plans: 10, Effects: map[string]int{"zvw": 1}}, 1, "effect-domein: give it or effect"},
		{Programme{Plans: 10, Effects: map[string]int{"huren": 1}}, 0, "effect-domein: there is no"},
		{Programme{Plans: 10, Effects: map[string]int{"zvw": 1000001}}, 0, "effect-domein: give at most"},
		{Programme{Plans: 10, From: "2024"}, 0, "start-van, start-tot"},
		{Programme{Plans: 10, From: "2024-02"}, 0, "start-van, start-tot"}, // 13 months before it: 12 and one
		{Programme{Plans: 10, To: "2026-01"}, 0, "start-van, start-tot"},
		{Programme{Plans: 10, From: "2024-09", To: "2024-08"}, 0, "start-van, start-tot"},
		{Programme{Plans: 10, Herkomst: "veld-chronisch", From: "2025-02"}, 0, "start-van, start-tot"},
		{Programme{Plans: 10, Herkomst: "veld-chronisch", From: "2025-03", To: "2025-03"}, 0, ""},
		{Programme{Plans: 10, From: "2024-03", To: "2025-12"}, 0, ""},
		{Programme{Draw: "2024-03"}, 0, "plannen: give a number"},
		{Programme{Plans: 10, Draw: "2024-03", From: "2024-05"}, 0, "loting: a draw is of herkomst"},
		{Programme{Plans: 10, Herkomst: "loting", Draw: "maart", From: "2024-05"}, 0, "loting: give a month"},
		{Programme{Plans: 10, Herkomst: "loting", Draw: "2023-12", From: "2024-05"}, 0, "loting: give a month"}, // 11 months before it
		{Programme{Plans: 10, Herkomst: "loting", Draw: "2024-03", From: "2024-04"}, 0, "loting: give a month"}, // a start within two months
		{Programme{Plans: 10, Herkomst: "loting", Draw: "2024-03", From: "2024-05"}, 0, ""},
		{Programme{}, 5, ""},
	} {
		err := Options{Households: 10, Months: 36, Effect: c.effect, Programme: c.p}.checkSize()
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.HasPrefix(err.Error(), c.want)) {
			t.Errorf("%+v: %v, want %q", c.p, err, c.want)
		}
	}
	w := newWorld(Options{Households: 200, Months: 36, Seed: 1, Programme: Programme{Plans: 50}})
	if err := w.choose(context.Background()); err == nil || !strings.Contains(err.Error(), "come into question") {
		t.Errorf("50 plans among 200 households: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := w.choose(ctx); err != context.Canceled {
		t.Errorf("interrupted: %v", err)
	}
	if _, err := ParseEffects([]string{"zvw=1", "zvw=2"}); err == nil {
		t.Error("a domein twice is read")
	}
	if _, err := ParseEffects([]string{"zvw"}); err == nil {
		t.Error("a domein without an amount is read")
	}
	if got, err := ParseEffects([]string{"zvw=-500", "jeugd=6000"}); err != nil || !maps.Equal(got, map[string]int{"zvw": -500, "jeugd": 6000}) {
		t.Errorf("%v, %v", got, err)
	}
}
