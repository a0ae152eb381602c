package analist

import (
	"context"
	"io/fs"
	"slices"

	"stapel/reports"
	"stapel/reports/effect"
	"stapel/reports/patronen"
	"stapel/reports/seen"
)

// How many rows the page and the workbook show; the CSV files hold everything.
const (
	pageRanks      = 50
	pageCards      = 10
	pageChart      = 20
	pageFull       = 12 // episodes shown per cocktail: vol
	pageThreat     = 8  // dreigend
	pageUnknown    = 5  // onbekend
	pagePreventive = 25
	pagePlans      = 60
	pageDumbbells  = 40
	pageFiles      = 40
	sheetRows      = 5000
	sheetCoverage  = 50000
)

// facts is everything a report shows, read from the marts in one pass each.
type facts struct {
	Ranking    ranking
	Foresight  foresight
	Groups     groups
	Costs      costs
	Months     months
	Supply     supply
	Cocktails  cocktails
	Threats    threats
	Plans      plans
	Exclusions exclusions
	Patterns   *patronen.Facts
	Effect     *effect.Facts
	Seen       seen.Seen
}

func collect(ctx context.Context, marts fs.FS, run reports.Run, in seen.Seen, w reports.Windows) (*facts, error) {
	f := &facts{Seen: in}
	steps := []func() error{
		func() error { return f.Ranking.read(ctx, marts, run) },
		func() error { return f.Foresight.read(ctx, marts) },
		func() error { return f.Groups.read(ctx, marts) },
		func() error { return f.Costs.read(ctx, marts, run) },
		func() error { return f.Months.read(ctx, marts, run, w) },
		func() error { return f.Supply.read(ctx, marts, in.Links, w) },
		func() error { return f.Cocktails.read(ctx, marts) },
		func() error { return f.Threats.read(ctx, marts) },
		func() error { return f.Plans.read(ctx, marts) },
		func() error { return f.Exclusions.read(ctx, marts) },
		func() (err error) { f.Patterns, err = patronen.Read(ctx, marts); return err },
		func() (err error) { f.Effect, err = effect.Read(ctx, marts); return err },
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// top keeps the first n rows of a stream in a given order, in memory for 2n.
type top[T any] struct {
	n     int
	order func(a, b T) int // total
	rows  []T
	seen  int64
}

func (t *top[T]) add(row T) {
	t.seen++
	t.rows = append(t.rows, row)
	if len(t.rows) >= 2*t.n+16 {
		t.cut()
	}
}

func (t *top[T]) cut() {
	slices.SortFunc(t.rows, t.order)
	if len(t.rows) > t.n {
		clear(t.rows[t.n:])
		t.rows = t.rows[:t.n]
	}
}

// sorted is the rows kept, in order.
func (t *top[T]) sorted() []T {
	t.cut()
	return t.rows
}
