package mus

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func population(t *rapid.T, least int64) []Line {
	n := rapid.IntRange(1, 30).Draw(t, "lines")
	var lines []Line
	for i := range n {
		lines = append(lines, Line{"zvw_declaratie", fmt.Sprint("b", i%3), int64(i + 2), "T0", rapid.Int64Range(least, 60).Draw(t, "ct")})
	}
	return lines
}

func plan(t *rapid.T) Plan {
	tolerable := rapid.Int64Range(1, 400).Draw(t, "tolerable")
	return Plan{rapid.SampledFrom([]float64{0.8, 0.9, 0.95}).Draw(t, "conf"), tolerable, rapid.Int64Range(0, (tolerable-1)/2).Draw(t, "expected"),
		rapid.SampledFrom([]Distribution{Poisson, Binomial, Hypergeometric}).Draw(t, "model"), rapid.SampledFrom([]Method{Interval, Cell}).Draw(t, "method"),
		rapid.StringMatching("[a-z0-9]{1,8}").Draw(t, "seed")}
}

// TestEveryUnitAlike: over all starts there are, each unit below the interval is drawn exactly once, so that none has more chance than another, in a
// fixed interval and in every cell.
func TestEveryUnitAlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines := population(t, 1)
		interval := rapid.Int64Range(1, 70).Draw(t, "interval")
		cells := rapid.SliceOfN(rapid.Int64Range(0, interval-1), 2000, 2000).Draw(t, "cells")
		fixed, cell := make([]int64, len(lines)), make([]int64, len(lines))
		for start := range interval {
			for i, n := range fall(lines, interval, func(int) int64 { return start }) {
				fixed[i] += int64(n)
			}
			// every cell goes through all its places when its own is shifted
			for i, n := range fall(lines, interval, func(c int) int64 { return (cells[c] + start) % interval }) {
				cell[i] += int64(n)
			}
		}
		for i, l := range lines {
			want := l.Ct
			if l.Ct >= interval {
				want = 0 // taken whole, never drawn
			}
			if fixed[i] != want || cell[i] != want {
				t.Fatalf("line of %d units is hit %d and %d times over all %d starts", l.Ct, fixed[i], cell[i], interval)
			}
		}
	})
}

// TestFallIsSlow: the walk gives what looking at every unit gives.
func TestFallIsSlow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines, interval := population(t, 1), rapid.Int64Range(1, 70).Draw(t, "interval")
		start := rapid.Int64Range(0, interval-1).Draw(t, "start")
		var owner []int // of every unit
		for i, l := range lines {
			for range l.Ct {
				if l.Ct < interval {
					owner = append(owner, i)
				}
			}
		}
		want := map[int]int{}
		for at := start; at < int64(len(owner)); at += interval {
			want[owner[at]]++
		}
		got := fall(lines, interval, func(int) int64 { return start })
		for i := range lines {
			if got[i] != want[i] {
				t.Fatalf("line %d is hit %d times, want %d", i, got[i], want[i])
			}
		}
	})
}

// TestTakeAddsUp: the sides of a draw are the population to the cent, the order in which lines come does not matter, what is at least the interval is
// in it, and the sample is at least as large as the plan asks.
func TestTakeAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lines, plan := population(t, -60), plan(t)
		d, err := Take(plan, lines)
		if err != nil {
			t.Fatal(err)
		}
		var sum, want int64
		count := 0
		for _, p := range d.Parts {
			count += p.Lines
			sum += map[Side]int64{Debit: 1, Credit: -1}[p.Side] * p.Book
			if p.Top+p.Rest() != p.Book {
				t.Fatalf("%+v does not add up", p)
			}
		}
		for _, l := range lines {
			want += l.Ct
		}
		if sum != want || count != len(lines) {
			t.Fatalf("parts are %d in %d lines, the population %d in %d", sum, count, want, len(lines))
		}
		taken := map[Line]Item{}
		for _, it := range d.Items {
			taken[it.Line] = it
		}
		if len(taken) != len(d.Items) {
			t.Fatal("a line is selected twice")
		}
		for _, l := range lines {
			if l.Ct == 0 {
				continue
			}
			p := d.Parts[0]
			if l.Ct < 0 {
				p = d.Parts[1]
			}
			if whole := p.Interval == 0 || abs(l.Ct) >= p.Interval; whole != taken[l].Top {
				t.Fatalf("line of %d, interval %d: top %t", l.Ct, p.Interval, taken[l].Top)
			}
		}
		for _, p := range d.Parts[:2] {
			if p.Interval == 0 {
				continue
			}
			if p.Interval*int64(p.Planned) > p.Book && p.Interval > 1 {
				t.Fatalf("interval %d is larger than %d/%d", p.Interval, p.Book, p.Planned)
			}
			if least := int(p.Rest() / p.Interval); p.Hits < least || p.Hits > least+1 {
				t.Fatalf("%d hits in %d units at %d", p.Hits, p.Rest(), p.Interval)
			}
			if p.Start < 0 || p.Start >= p.Interval {
				t.Fatalf("start %d of interval %d", p.Start, p.Interval)
			}
		}
		shuffled := slices.Clone(lines)
		rand.New(rand.NewPCG(1, uint64(len(lines)))).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		again, err := Take(plan, shuffled)
		if err != nil || again.ID() != d.ID() {
			t.Fatalf("another order gives another draw, %v", err)
		}
		plan.Seed += "x"
		other, err := Take(plan, lines)
		if err != nil || other.ID() == d.ID() {
			t.Fatalf("another seed gives the same draw, %v", err)
		}
	})
}

// TestSizeIsLeast: the size is acceptable by the rule written out, and one fewer is not.
func TestSizeIsLeast(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		book := rapid.Int64Range(50, 2_000).Draw(t, "book")
		tolerable := rapid.Int64Range(2, book-1).Draw(t, "tolerable")
		expected := rapid.Int64Range(0, tolerable/3).Draw(t, "expected")
		conf := rapid.SampledFrom([]float64{0.7, 0.9, 0.95}).Draw(t, "conf")
		n, err := Size(Poisson, conf, book, tolerable, expected)
		if err != nil {
			t.Fatal(err)
		}
		rule := func(n int) bool {
			k := float64(n) * float64(expected) / float64(book)
			return Factor(conf, k) <= float64(n)*float64(tolerable)/float64(book)
		}
		if !rule(n) && int64(n) < book || n > 1 && rule(n-1) {
			t.Fatalf("%d of %d, %d, %d at %g: %t, one fewer %t", n, book, tolerable, expected, conf, rule(n), rule(n-1))
		}
		// the hypergeometric against every chance multiplied out
		h, err := Size(Hypergeometric, conf, book, tolerable, 0)
		if err != nil {
			t.Fatal(err)
		}
		none := 1.0
		for i := range int64(h) {
			if i == int64(h)-1 && none <= 1-conf-1e-9 {
				t.Fatalf("%d is more than needed", h)
			}
			none *= float64(max(book-tolerable-i, 0)) / float64(book-i)
		}
		if none > 1-conf+1e-9 {
			t.Fatalf("%d leaves a chance of %g", h, none)
		}
		if b, err := Size(Binomial, conf, book, tolerable, 0); err != nil || b < h {
			t.Fatalf("binomial %d is below hypergeometric %d, %v", b, h, err)
		}
	})
}

func TestRefuses(t *testing.T) {
	good := Plan{0.95, 100, 0, Poisson, Interval, "zaad"}
	for what, change := range map[string]func(*Plan){
		"confidence": func(p *Plan) { p.Confidence = 1 }, "tolerable": func(p *Plan) { p.Tolerable = 0 }, "expected": func(p *Plan) { p.Expected = 100 },
		"model": func(p *Plan) { p.Model = "normaal" }, "method": func(p *Plan) { p.Method = "" }, "seed": func(p *Plan) { p.Seed = " " },
	} {
		p := good
		change(&p)
		if _, err := Take(p, nil); err == nil {
			t.Errorf("a plan with a wrong %s is drawn by", what)
		}
	}
	line := Line{"zvw_declaratie", "b", 2, "T0", 5}
	if _, err := Take(good, []Line{line, line}); err == nil {
		t.Error("a line that is there twice is drawn from")
	}
	if d, err := Take(good, nil); err != nil || len(d.Items) != 0 {
		t.Errorf("nothing to draw from: %v, %v", d, err)
	}
	if _, err := Size(Poisson, 0.95, 1_000_000, 1000, 999); err == nil {
		t.Error("an expected error next to the tolerable one has a size")
	}
}
