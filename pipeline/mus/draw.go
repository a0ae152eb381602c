package mus

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
)

// Side is a population of its own: debits and credits are never set off against each other.
type Side string

// Sides. Zero lines have no unit to fall on: of them lines are counted.
const (
	Debit  Side = "debet"
	Credit Side = "credit"
	Zero   Side = "nul"
)

// Part is the draw from one side.
type Part struct {
	Side     Side  `json:"kant"`
	Lines    int   `json:"regels"`
	Book     int64 `json:"boekwaarde_ct"` // of a credit without its sign
	Planned  int   `json:"omvang"`        // sample size that the plan asks; of Zero: lines
	TopLines int   `json:"top_regels"`
	Top      int64 `json:"top_ct"`
	Interval int64 `json:"interval_ct"` // of the rest; 0: there is no rest
	Start    int64 `json:"start_ct"`    // of Interval: the first unit, from 0
	Hits     int   `json:"treffers"`    // units drawn from the rest; of Zero: lines drawn
}

// Rest is the book value that was sampled.
func (p Part) Rest() int64 { return p.Book - p.Top }

// Item is a line that was selected.
type Item struct {
	Line
	Side Side
	Top  bool // taken because it is at least the interval
	Hits int  // units that fell on it; 1 of a top or zero line
}

// Draw is a sample of a population.
type Draw struct {
	Plan       Plan
	Population string // Digest of all lines
	Parts      [3]Part
	Items      []Item // in the order of the population: debits, credits, zero lines
}

// Take draws from lines, which are put in order. It depends on nothing but the lines and the plan.
func Take(plan Plan, lines []Line) (*Draw, error) {
	if err := plan.Check(); err != nil {
		return nil, err
	}
	lines = slices.Clone(lines)
	if err := Sort(lines); err != nil {
		return nil, err
	}
	d := &Draw{Plan: plan, Population: Digest(lines)}
	var debits, credits, zeros []Line
	for _, l := range lines {
		switch {
		case l.Ct > 0:
			debits = append(debits, l)
		case l.Ct < 0:
			credits = append(credits, l)
		default:
			zeros = append(zeros, l)
		}
	}
	var book int64
	for i, side := range []Side{Debit, Credit} {
		part, items, err := d.units(side, [][]Line{debits, credits}[i])
		if err != nil {
			return nil, err
		}
		d.Parts[i], book = part, max(book, part.Book)
		d.Items = append(d.Items, items...)
	}
	part, items, err := d.count(zeros, book)
	d.Parts[2] = part
	d.Items = append(d.Items, items...)
	return d, err
}

func abs(ct int64) int64 { return max(ct, -ct) }

// units draws monetary units from the lines of one side.
func (d *Draw) units(side Side, lines []Line) (Part, []Item, error) {
	p := Part{Side: side, Lines: len(lines)}
	for _, l := range lines {
		p.Book += abs(l.Ct)
	}
	if p.Book == 0 {
		return p, nil, nil
	}
	n, err := Size(d.Plan.Model, d.Plan.Confidence, p.Book, d.Plan.Tolerable, d.Plan.Expected)
	if err != nil {
		return p, nil, err
	}
	p.Planned = n
	p.top(lines)
	hits := map[int]int{}
	if p.Interval > 0 {
		starts := d.starts(&p)
		hits = fall(lines, p.Interval, starts)
	}
	var items []Item
	for i, l := range lines {
		switch {
		case p.Interval == 0 || abs(l.Ct) >= p.Interval:
			items = append(items, Item{l, side, true, 1})
		case hits[i] > 0:
			items = append(items, Item{l, side, false, hits[i]})
			p.Hits += hits[i]
		}
	}
	return p, items, nil
}

// top finds the interval, and the lines that are taken whole because they are at least that. Taking them leaves fewer units of the n for a smaller
// rest, so the interval can only become smaller, and is computed again until no more lines are in it.
func (p *Part) top(lines []Line) {
	p.Interval = max(p.Book/int64(p.Planned), 1)
	for {
		p.Top, p.TopLines = 0, 0
		for _, l := range lines {
			if abs(l.Ct) >= p.Interval {
				p.Top += abs(l.Ct)
				p.TopLines++
			}
		}
		if p.Rest() == 0 {
			p.Interval = 0
			return
		}
		next := p.Interval
		if left := int64(p.Planned - p.TopLines); left > 0 {
			next = max(min(next, p.Rest()/left), 1)
		}
		if next == p.Interval {
			return
		}
		p.Interval = next
	}
}

// starts gives the place of the unit in each interval: the same in all, which is recorded, or one of its own by hash.
func (d *Draw) starts(p *Part) func(cell int) int64 {
	name := []string{"stapel-mus-1", d.Population, string(d.Plan.Method), string(p.Side), d.Plan.Seed}
	if d.Plan.Method == Cell {
		return func(cell int) int64 { return uniform(p.Interval, append(slices.Clone(name), number(cell))...) }
	}
	p.Start = uniform(p.Interval, name...)
	return func(int) int64 { return p.Start }
}

// fall says how many units fall on each line smaller than the interval: one in each interval of the rest, at start(interval). In the last, which may
// be shorter, there is one only where that place exists, so that every unit of the rest has the chance 1/interval.
func fall(lines []Line, interval int64, start func(cell int) int64) map[int]int {
	hits := map[int]int{}
	cell, passed := 0, int64(0)
	at := start(0)
	for i, l := range lines {
		if abs(l.Ct) >= interval {
			continue
		}
		passed += abs(l.Ct)
		for at < passed {
			hits[i]++
			cell++
			at = int64(cell)*interval + start(cell)
		}
	}
	return hits
}

// count draws lines without amount: as many as show with the confidence of the plan that no larger share of them is wrong than is tolerable of
// the money, those with the smallest hashes.
func (d *Draw) count(lines []Line, book int64) (Part, []Item, error) {
	p := Part{Side: Zero, Lines: len(lines)}
	if len(lines) == 0 {
		return p, nil, nil
	}
	n := len(lines)
	if d.Plan.Tolerable < book {
		wrong := max(int64(float64(len(lines))*float64(d.Plan.Tolerable)/float64(book)), 1)
		if wrong < int64(len(lines)) {
			var err error
			if n, err = Size(Hypergeometric, d.Plan.Confidence, int64(len(lines)), wrong, 0); err != nil {
				return p, nil, err
			}
		}
	}
	p.Planned = min(n, len(lines))
	p.Hits = p.Planned
	type lot struct {
		hash string
		at   int
	}
	lots := make([]lot, len(lines))
	for i, l := range lines {
		sum := sha256.Sum256(fmt.Appendf(nil, "stapel-mus-1\n%s\n%s\n%s\n%d\n%s\n%s", d.Population, l.Kind, l.File, l.Row, l.Window, d.Plan.Seed))
		lots[i] = lot{hex.EncodeToString(sum[:]), i}
	}
	slices.SortFunc(lots, func(a, b lot) int { return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.at, b.at)) })
	lots = lots[:p.Planned]
	slices.SortFunc(lots, func(a, b lot) int { return cmp.Compare(a.at, b.at) })
	var items []Item
	for _, l := range lots {
		items = append(items, Item{lines[l.at], Zero, false, 1})
	}
	return p, items, nil
}

// ID is the SHA-256 of the draw: its plan, its population and what came out. Another start or another line gives another.
func (d *Draw) ID() string {
	text, err := json.Marshal(struct {
		Plan       Plan
		Population string
		Parts      [3]Part
		Items      []Item
	}{d.Plan, d.Population, d.Parts, d.Items})
	if err != nil {
		panic(err) // whole numbers and texts
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])
}
