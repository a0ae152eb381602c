package effect_test

import (
	"math"
	"reflect"
	"runtime"
	"slices"
	"testing"

	"stapel/transforms/effect"
	"stapel/transforms/effect/world"
)

func study(t testing.TB, o world.Options, draws int) (*world.World, *effect.Study) {
	t.Helper()
	set := effect.Defaults()
	set.Draws = draws
	w := world.New(o, 1)
	s, err := w.Study(set)
	if err != nil {
		t.Fatal(err)
	}
	return w, s
}

// TestThreads: the rows are the same for any number of threads.
func TestThreads(t *testing.T) {
	o := world.Options{Treated: 24, Effect: -10_000, Selection: world.ByData, Seed: "draden"}
	_, s := study(t, o, 19)
	was := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(was)
	one := s.Analyse()
	runtime.GOMAXPROCS(4)
	_, s = study(t, o, 19)
	if four := s.Analyse(); !reflect.DeepEqual(one.Rows, four.Rows) {
		t.Error("one thread and four give different rows")
	}
}

// TestEveryRow: every estimator has its row for both origins, and a value or a reason.
func TestEveryRow(t *testing.T) {
	_, s := study(t, world.Options{Treated: 24, Effect: -10_000, Selection: world.ByData, Seed: "rijen"}, 19)
	rows := s.Analyse().Rows
	for _, origin := range []string{effect.FromData, effect.FromField} {
		for _, method := range effect.Methods {
			of := origin
			if method == effect.MethodLottery || method == effect.MethodPlainLot {
				of = effect.OriginDraw
			}
			at := slices.IndexFunc(rows, func(r effect.Row) bool { return r.Method == method && r.Origin == of && r.Clock == effect.Started })
			if at < 0 {
				t.Errorf("%s, %s: no row", method, origin)
			} else if r := rows[at]; r.Value == nil && r.Remark == "" {
				t.Errorf("%s, %s: neither a value nor why not", method, origin)
			}
		}
	}
	keys := map[[6]string]bool{}
	for _, r := range rows {
		key := [6]string{r.Method, r.Origin, string(r.Clock), r.Outcome, r.Domain, r.Payer}
		if keys[key] {
			t.Errorf("%v is there twice", key)
		}
		keys[key] = true
		for _, v := range []*float64{r.Value, r.SE, r.Low, r.High, r.P} {
			if v != nil && (math.IsNaN(*v) || math.IsInf(*v, 0)) {
				t.Errorf("%v is %v", key, *v)
			}
		}
	}
}

// TestFewSets: below ten sets there are amounts and no interval, and the verdict says so.
func TestFewSets(t *testing.T) {
	_, s := study(t, world.Options{Treated: 12, Effect: -10_000, Selection: world.FieldAcute, Seed: "weinig"}, 19)
	s.Sets = s.Sets[:9]
	r := s.Analyse()
	row := r.Rows[slices.IndexFunc(r.Rows, func(r effect.Row) bool { return r.Method == effect.MethodMatched && r.Origin == effect.FromField })]
	if row.Value == nil || row.Low != nil || row.SE != nil || row.P != nil || row.Verdict != effect.TooFewSets {
		t.Errorf("%+v", row)
	}
}

// TestNobody: without plans every row has its reason.
func TestNobody(t *testing.T) {
	s := &effect.Study{Set: effect.Defaults(), Mature: month(2024, 12), Series: func(int) *effect.Series { return nil }}
	rows := s.Analyse().Rows
	if len(rows) == 0 {
		t.Fatal("no rows")
	}
	for _, r := range rows {
		if r.Remark == "" || r.Value != nil {
			t.Errorf("%+v", r)
		}
	}
}

// TestPlant: an effect that is planted comes back; without one the interval holds 0 in this world.
func TestPlant(t *testing.T) {
	w, s := study(t, world.Options{Treated: 60, Selection: world.ByData, Seed: "plant"}, 0)
	none := s.Headline(effect.FromData)
	w.Plant(-10_000)
	planted := s.Headline(effect.FromData)
	if moved := planted.Estimate - none.Estimate; math.Abs(moved-w.Truth(planted.Amounts)) > 150_00 {
		t.Errorf("planted %.0f, and the estimate moves by %.0f", w.Truth(planted.Amounts), moved)
	}
	if none.Low > 0 || none.High < 0 {
		t.Errorf("[%.0f, %.0f]", none.Low, none.High)
	}
}

// TestLottery: the effect of a draw is found, and the strata are held apart.
func TestLottery(t *testing.T) {
	w := world.New(world.Options{Treated: 60, Effect: -10_000, Selection: world.ByLottery, Seed: "loting"}, 3)
	f, err := effect.Lottery(w.Entrants, effect.Defaults())
	if err != nil {
		t.Fatal(err)
	}
	if f.Drawn != 60 || f.Rest != 60 || f.Served != 60 || f.Crossed != 0 || f.Strata != 1 {
		t.Errorf("%+v", f)
	}
	if f.Adjusted.Low > w.TrueDrawn || f.Adjusted.High < w.TrueDrawn || !(f.Adjusted.SE < f.Plain.SE) {
		t.Errorf("%.0f [%.0f, %.0f], plain se %.0f, truth %.0f", f.Adjusted.Estimate, f.Adjusted.Low, f.Adjusted.High, f.Plain.SE, w.TrueDrawn)
	}
}

func BenchmarkMatch(b *testing.B) {
	w := world.New(world.Options{Treated: 150, Selection: world.ByData, Seed: "bench"}, 0)
	for b.Loop() {
		if _, err := effect.Match(w.Plans, w.Stands, w.Mature, effect.Defaults()); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRegion is a region: 2.000 plans in 12 months against a million candidates in them, matched and estimated with all draws.
func BenchmarkRegion(b *testing.B) {
	w := world.New(world.Options{Treated: 2000, Households: 84_000, Clocks: 12, Effect: -10_000, Selection: world.ByData, Seed: "regio"}, 0)
	b.Logf("%d stands", len(w.Stands))
	for b.Loop() {
		s, err := w.Study(effect.Defaults())
		if err != nil {
			b.Fatal(err)
		}
		r := s.Analyse()
		b.Logf("%d sets, %d without, %d in the pool: %.0f", len(s.Sets), len(s.Dropped), len(s.Pool), r.Headlines[effect.FromData].Estimate)
	}
}

// TestTestClaim: a claim without cases, of another time, or of too few households in sets is not tested; one about its own cases is, beside what was found.
func TestTestClaim(t *testing.T) {
	w, s := study(t, world.Options{Treated: 150, Effect: -20_000, Selection: world.ByData, Seed: "claim"}, 0)
	var cases []string
	for _, set := range s.Sets {
		cases = append(cases, set.Plan.Case)
	}
	s.HasSpent, s.Overhead = true, 100_000_00
	s.Expected = map[string]float64{cases[0]: 12_000_00}
	n := len(cases)
	h := s.Headline(effect.FromData)
	good := effect.Stated{Saving: 13_000_00 * float64(n), Households: n, First: world.Start + 32, Last: world.Start + 55, Cases: cases}
	payers := []effect.Part{{Domain: effect.All, Payer: "zorgverzekeraar", Series: func(place int) *effect.Series { return w.Series[place] }}}
	got := s.TestClaim(good, payers)
	if got.Verdict != effect.ClaimSupported || *got.Expected != 12_000_00*float64(n) || math.Abs(*got.Low+float64(n)*h.High) > 1 || math.Abs(*got.High+float64(n)*h.Low) > 1 ||
		math.Abs(*got.Net-(-h.Estimate*float64(n)-100_000_00/float64(len(w.Plans))*float64(n))) > 1 {
		t.Errorf("%+v", got)
	}
	big := good
	big.Saving = 300_000_00 * float64(n)
	if got := s.TestClaim(big, payers); got.Verdict != effect.ClaimPartly || got.Reason == "" {
		t.Errorf("far too much: %q, %s", got.Verdict, got.Reason)
	}
	same := good
	same.Payer = "zorgverzekeraar"
	if part := s.TestClaim(same, payers); part.Verdict != got.Verdict || math.Abs(*part.Low-*got.Low) > 1 || part.Net != nil {
		t.Errorf("all cost is of one payer: %+v", part)
	}
	for name, change := range map[string]func(c *effect.Stated){
		"no cases":         func(c *effect.Stated) { c.Cases = nil },
		"other households": func(c *effect.Stated) { c.Households = 2 * n },
		"three years":      func(c *effect.Stated) { c.Last = c.First + 35 },
		"too early":        func(c *effect.Stated) { c.First, c.Last = world.Start, world.Start+11 },
		"another payer":    func(c *effect.Stated) { c.Payer = "woningcorporatie" },
	} {
		c := good
		change(&c)
		if got := s.TestClaim(c, payers); got.Verdict != effect.ClaimUntestable || got.Reason == "" {
			t.Errorf("%s: %q, %s", name, got.Verdict, got.Reason)
		}
	}
}
