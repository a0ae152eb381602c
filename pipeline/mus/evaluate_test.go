package mus

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestEvaluate: a draw worked out by hand. Debits are a line of 5,000 above the interval and ten of 500; a credit; a line without amount.
func TestEvaluate(t *testing.T) {
	lines := []Line{{"a", "f", 1, "T0", 5000}, {"a", "f", 20, "T0", -300}, {"a", "f", 21, "T0", 0}}
	for i := range int64(10) {
		lines = append(lines, Line{"a", "f", 2 + i, "T0", 500})
	}
	d, err := Take(Plan{0.95, 6000, 0, Poisson, Interval, "1"}, lines)
	if err != nil {
		t.Fatal(err)
	}
	// n: 3/0.6 = 5; 10,000/5 = 2,000; the line of 5,000 is taken, 5,000/4 = 1,250
	p := d.Parts[0]
	if p.Planned != 5 || p.TopLines != 1 || p.Top != 5000 || p.Interval != 1250 || p.Hits != 4 {
		t.Fatalf("%+v", p)
	}
	audited := make([]int64, len(d.Items))
	for i, it := range d.Items {
		audited[i] = it.Ct
	}
	clean, err := d.Evaluate(audited)
	if err != nil || clean.Verdict != Acceptable {
		t.Fatalf("%+v, %v", clean, err)
	}
	over := clean.Sides[0].Limits[0]
	if over.Likely != 0 || over.Upper != 3745 || over.Basic != 3745 { // 1,250 * 2.9957, rounded up
		t.Errorf("without errors: %+v", over)
	}
	debits := 0
	for i, it := range d.Items {
		switch {
		case it.Top && it.Side == Debit:
			audited[i] -= 700
		case it.Side == Debit && debits == 0:
			audited[i], debits = 400, 1 // a tainting of 0.2
		case it.Side == Debit && debits == 1:
			audited[i], debits = 550, 2 // too low by 0.1
		case it.Side == Zero:
			audited[i] = 80
		}
	}
	r, err := d.Evaluate(audited)
	if err != nil {
		t.Fatal(err)
	}
	over, under := r.Sides[0].Limits[0], r.Sides[0].Limits[1]
	// 1,250 * 0.2 + 700; 1,250 (2.99573 + (4.74386 - 2.99573) 0.2) + 700
	if over.Likely != 950 || over.TopCt != 700 || over.Found != 2 || over.FoundCt != 800 || over.Upper != 700+4182 {
		t.Errorf("too high: %+v", over)
	}
	if under.Likely != 125 || under.Upper != 3964 || under.Found != 1 {
		t.Errorf("too low: %+v", under)
	}
	if r.Zero == nil || r.Zero.Found != 1 || r.Zero.Share != 1 || r.Verdict != Open {
		t.Errorf("zero lines %+v, verdict %s", r.Zero, r.Verdict)
	}
	if _, err := d.Evaluate(audited[1:]); err == nil {
		t.Error("a line without an audited amount is evaluated")
	}
}

func TestVerdict(t *testing.T) {
	for _, c := range []struct {
		l    Limit
		want Verdict
	}{
		{Limit{Likely: 0, Upper: 100}, Acceptable}, {Limit{Likely: 100, Upper: 101}, Open}, {Limit{Likely: 101, Upper: 300}, Wrong},
		{Limit{Likely: 5, Upper: 10, Above: 1}, Open},
	} {
		if got := c.l.verdict(100); got != c.want {
			t.Errorf("%+v: %s, want %s", c.l, got, c.want)
		}
	}
}

// TestStringerCovers: in populations with known errors the Stringer bound is at least the true error in no fewer draws than it promises. Some draws of a
// seed; a fixed interval over lines in a random order, and cells.
func TestStringerCovers(t *testing.T) {
	const draws, conf = 200, 0.9
	for _, rate := range []float64{0.01, 0.05, 0.2} {
		for _, method := range []Method{Interval, Cell} {
			r := rand.New(rand.NewPCG(7, uint64(rate*1000)))
			var lines []Line
			wrong := map[int64]int64{}
			var total, book int64
			for i := range int64(1500) {
				ct := int64(math.Exp(4+1.2*r.NormFloat64())*10) + 1
				lines = append(lines, Line{"a", "f", i, "T0", ct})
				book += ct
				if r.Float64() < rate {
					wrong[i] = int64(float64(ct) * math.Min(1, r.Float64()*1.3))
					total += wrong[i]
				}
			}
			covered := 0
			for seed := range draws {
				d, err := Take(Plan{conf, book / 20, 0, Poisson, method, fmt.Sprint(seed)}, lines)
				if err != nil {
					t.Fatal(err)
				}
				var audited []int64
				for _, it := range d.Items {
					audited = append(audited, it.Ct-wrong[it.Row])
				}
				res, err := d.Evaluate(audited)
				if err != nil {
					t.Fatal(err)
				}
				if res.Sides[0].Limits[0].Upper >= total {
					covered++
				}
			}
			if share := float64(covered) / draws; share < conf {
				t.Errorf("rate %g, %s: the bound covers in %.3f of the draws", rate, method, share)
			}
		}
	}
}

// TestLikelyIsUnbiased: over all starts the likely error is the true one, but for the rounding of each.
func TestLikelyIsUnbiased(t *testing.T) {
	var lines []Line
	for i := range int64(40) {
		lines = append(lines, Line{"a", "f", i, "T0", 7 + i*i%23})
	}
	const interval = 31
	wrong := func(i int) float64 { return float64(lines[i].Ct) * float64(i%4) / 4 }
	true_, sum := 0.0, 0.0
	for i := range lines {
		true_ += wrong(i)
	}
	for start := range int64(interval) {
		for i, n := range fall(lines, interval, func(int) int64 { return start }) {
			sum += interval * float64(n) * wrong(i) / float64(lines[i].Ct)
		}
	}
	near(t, "mean likely error", sum/interval, true_, 1e-6)
}

// TestBoundsOrder: more or larger taintings never make the Stringer bound smaller, and the order in which they come does not matter.
func TestBoundsOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		n := 20 + r.IntN(100)
		var ts []float64
		for range r.IntN(10) {
			ts = append(ts, r.Float64())
		}
		more := append(slices.Clone(ts), r.Float64())
		turned := slices.Clone(ts)
		slices.Reverse(turned)
		for what, bound := range map[string]func([]float64) float64{"poisson": func(t []float64) float64 { return Stringer(0.95, 1/float64(n), t) },
			"binomial": func(t []float64) float64 { return StringerShare(0.95, n, t) }} {
			if bound(more) <= bound(ts) || bound(turned) != bound(ts) {
				t.Fatalf("%s: %v", what, ts)
			}
		}
		if StringerShare(0.95, n, ts) > Stringer(0.95, 1/float64(n), ts)+1e-12 {
			t.Fatalf("n %d: the binomial bound is above that of Poisson with %v", n, ts)
		}
	}
}
